//! What an audience was told, newest first. What was sent is corrected by another, never undone.

use leptos::prelude::*;

use super::Letters;
use crate::guide::Act;
use crate::guide::words;
use crate::model::fact::Update;
use crate::model::{EventId, Said, Timestamp};
use crate::ui::parts::time::WallTime;

/// An update as it stands in the list.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
struct Line {
    id: Option<EventId>,
    when: Option<Timestamp>,
    about: String,
    text: String,
}

fn line(said: &Said<Update>) -> Line {
    let update = &said.what;
    let parts = [
        update.corrects.map(|_| "Correction".to_owned()),
        update.phase.map(|phase| words::phase(phase).to_owned()),
        (!update.channel.is_empty()).then(|| format!("by {}", update.channel)),
        (!update.reference.is_empty()).then(|| update.reference.clone()),
    ];
    Line {
        id: Some(said.id()),
        when: Some(said.when),
        about: parts.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        text: update.text.clone(),
    }
}

#[component]
pub fn Sent(letters: Letters) -> impl IntoView {
    let here = letters.here;
    let lines = crate::ui::derived::Derived::new(move || {
        let audience = letters
            .chosen
            .with(|seat| seat.as_ref().map(|seat| seat.audience.clone()));
        here.ask(|incident| {
            let updates = incident.updates.iter().rev();
            let theirs = updates.filter(|said| Some(&said.what.audience) == audience.as_ref());
            theirs.map(line).collect::<Vec<_>>()
        })
        .unwrap_or_default()
    });
    let rows = move || {
        let rows = lines.get().into_iter().map(move |line| {
            let correct = line.id.map(|id| {
                let begin = move |_| here.begin(Act::CorrectUpdate(id));
                view! { <button type="button" class="button small" on:click=begin>"Correct it"</button> }
            });
            view! {
                <li>
                    <div class="item-what" dir="auto"><p class="pre">{line.text}</p><p class="faint small">{line.when.map(|at| view! { <WallTime at/> })}" "{line.about}</p></div>
                    <div class="item-end">{correct}</div>
                </li>
            }
        });
        rows.collect_view()
    };
    move || {
        (!lines.with(Vec::is_empty)).then(|| {
            view! {
                <section aria-label="Sent">
                    <h2>"Sent"</h2>
                    <ul class="items sheet">{rows}</ul>
                </section>
            }
        })
    }
}
