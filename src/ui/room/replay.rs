//! The incident replayed: the room as it was at a minute, and what a person knew then.
//!
//! Shows what `guide::replay` says of two folds. Writes nothing.

use leptos::html;
use leptos::prelude::*;

use super::acts::ActDialog;
use super::here::Here;
use super::status::Strip;
use super::{open_beside, where_held};
use crate::guide::replay::{Aspect, Told, aspects, moments, told};
use crate::guide::{brief, words};
use crate::model::{Cursor, Fold, IncidentId, Person, Span, Timestamp};
use crate::ui::derived::Derived;
use crate::ui::parts::field::SelectField;
use crate::ui::parts::time::{full, wall};
use crate::ui::session::use_session;

/// How many entries are shown.
const ENTRIES: usize = 14;

/// The screen.
#[component]
pub fn ReplayScreen(
    /// Which incident.
    id: IncidentId,
) -> impl IntoView {
    where_held(id, move || view! { <Held id/> }.into_any())
}

/// The axis that is walked: whole minutes from the first entry to the last.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
struct Axis {
    moments: Vec<Timestamp>,
}

impl Axis {
    fn from(&self) -> Timestamp {
        self.moments.first().copied().unwrap_or(Timestamp::MIN)
    }

    fn minutes(&self) -> i64 {
        let last = self.moments.last().copied().unwrap_or(self.from());
        // The last entry is past its own minute's beginning.
        (last - self.from()).whole_minutes() + 1
    }

    fn at(&self, minute: i64) -> Timestamp {
        self.from() + Span::minutes(minute)
    }

    /// The minute by which the entry after this one, or before it, has happened.
    fn step(&self, minute: i64, forward: bool) -> i64 {
        let minutes = |moment: &Timestamp| {
            let past = *moment - self.from();
            let whole = past.whole_minutes();
            whole + i64::from(past > Span::minutes(whole))
        };
        let mut all = self.moments.iter().map(minutes);
        let found = if forward {
            all.find(|at| *at > minute)
        } else {
            all.rfind(|at| *at < minute)
        };
        found.unwrap_or(if forward { self.minutes() } else { 0 })
    }
}

#[component]
fn Held(id: IncidentId) -> impl IntoView {
    let here = open_beside(id);
    let axis = here.view(|incident| Axis {
        moments: moments(incident),
    });
    let minute = RwSignal::new(axis.with_untracked(Axis::minutes));
    let at = Derived::new(move || axis.with(|axis| axis.at(minute.get())));
    let people = here
        .ask_now(|incident| {
            let wrote = incident
                .people
                .iter()
                .filter(|(_, record)| record.last_wrote.is_some());
            wrote
                .map(|(person, _)| (person.to_string(), brief::name_or_you(incident, *person)))
                .collect::<Vec<_>>()
        })
        .unwrap_or_default();
    let leader = here.ask_now(|incident| incident.leader()).flatten();
    let person = RwSignal::new(
        leader
            .map(|leader| leader.to_string())
            .filter(|leader| people.iter().any(|(person, _)| person == leader))
            .or_else(|| people.first().map(|(person, _)| person.clone()))
            .unwrap_or_default(),
    );
    view! {
        <main class="page replay">
            <Strip/>
            <h1 tabindex="-1">"Replay"</h1>
            <Slider axis minute at/>
            <div class="replay-body">
                <section aria-label="How it was" class="sheet table">
                    <SelectField label="What they knew" value=person options=people/>
                    <Beside here at person/>
                </section>
                <Entries here at/>
            </div>
            <ActDialog/>
        </main>
    }
}

#[component]
fn Slider(axis: Derived<Axis>, minute: RwSignal<i64>, at: Derived<Timestamp>) -> impl IntoView {
    let session = use_session();
    let last = move || axis.with(Axis::minutes);
    let node = NodeRef::<html::Input>::new();
    let moved = move |event| minute.set(event_target_value(&event).parse().unwrap_or(0));
    let said = Derived::new(move || wall(at.get(), session.clock().minute()));
    let since = Derived::new(move || {
        let past = at.get() - axis.with(Axis::from);
        format!("{} after the first entry", words::span(past))
    });
    let step = move |forward: bool| {
        let next = axis.with_untracked(|axis| axis.step(minute.get_untracked(), forward));
        minute.set(next);
        if let Some(input) = node.get_untracked() {
            input.set_value(&next.to_string());
        }
    };
    view! {
        <div class="replay-at">
            <p><b class="big num" title=move || full(at.get())>{said.shown()}</b>" "<span class="faint">{since.shown()}</span></p>
            <label class="field"><span class="sr">"Minute"</span>
                <input node_ref=node type="range" min="0" max=move || last().to_string() step="1" aria-valuetext=said.shown()
                    value=minute.get_untracked().to_string() prop:value=move || minute.get().to_string() on:input=moved/>
            </label>
            <p class="row">
                <button type="button" class="button" on:click=move |_| step(false)>"Entry before"</button>
                <button type="button" class="button" on:click=move |_| step(true)>"Next entry"</button>
                <span class="faint small">"The arrow keys move by a minute, Page up and Page down by more."</span>
            </p>
        </div>
    }
}

/// Two folds of one moment: by all that is known now, and as far as one person knew.
#[component]
fn Beside(here: Here, at: Derived<Timestamp>, person: RwSignal<String>) -> impl IntoView {
    let asked = move |cursor: Cursor| {
        here.session.ask(|records| {
            let logs = records.logs_of(here.id);
            aspects(Fold::of(&logs, cursor).incident())
        })
    };
    let rows = Derived::new(move || {
        let at = at.get();
        let now = asked(Cursor::HappenedBy(at));
        let then = person
            .with(|person| person.parse::<Person>().ok())
            .map(|person| asked(Cursor::KnownTo { person, at }));
        let then = then.unwrap_or_default();
        let pairs = now.into_iter().enumerate();
        pairs
            .map(|(place, aspect)| {
                let known = then.get(place).map(|then| then.words.clone());
                (aspect, known.unwrap_or_default())
            })
            .collect::<Vec<(Aspect, String)>>()
    });
    let rows = move || {
        let rows = rows.get().into_iter();
        rows.map(|(aspect, then)| {
            let differs = then != aspect.words;
            view! {
                <tr class:differs=differs>
                    <th scope="row">{aspect.title}</th>
                    <td dir="auto">{aspect.words}</td>
                    <td dir="auto">{then}{differs.then(|| view! { <span class="sr">" (not yet known so)"</span> })}</td>
                </tr>
            }
        })
        .collect_view()
    };
    view! {
        <table>
            <thead><tr><th scope="col">"At that minute"</th><th scope="col">"By what is known now"</th><th scope="col">"As they knew it then"</th></tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

#[component]
fn Entries(here: Here, at: Derived<Timestamp>) -> impl IntoView {
    let told = Derived::new(move || {
        let at = at.get();
        here.ask(|incident| told(incident, at, ENTRIES))
            .unwrap_or_default()
    });
    let rows = move || {
        let now = here.session.clock().minute();
        let rows = told.get().into_iter();
        rows.map(|told: Told| {
            let later = told
                .known_later
                .map(|later| format!("written down {} later", words::span(later)));
            view! {
                <li class:turn=told.turning_point>
                    <span class="when num small">{wall(told.when, now)}</span>" "<span dir="auto">{told.words}</span>
                    {later.map(|later| view! { " "<span class="tag soon">{later}</span> })}
                </li>
            }
        })
        .collect_view()
    };
    view! {
        <section aria-label="What had happened">
            <h2>"What had happened"</h2>
            <ol class="told sheet">{rows}</ol>
        </section>
    }
}
