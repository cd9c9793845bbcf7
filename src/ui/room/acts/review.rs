//! Forms of a review: why, what an entry was, what is better in a runbook from now on.

use leptos::prelude::*;

use super::super::here::use_here;
use super::{line_of, needed, words_of};
use crate::guide::{timeline, write};
use crate::model::EventId;
use crate::model::term::EntryMark;
use crate::runbook::markdown;
use crate::ui::parts::field::{SelectField, TextArea, TextField};
use crate::ui::parts::form::EntryForm;

/// The choice of no mark.
const UNMARKED: &str = "none";

#[component]
pub fn Why(event: EventId) -> impl IntoView {
    let here = use_here();
    let said = words_of(here, event);
    let text = RwSignal::new(String::new());
    let submit = move || {
        needed(&text.get_untracked(), "Say why.")?;
        let draft = write::review::why(event, &text.get_untracked());
        here.act(vec![draft], "Answered why");
        here.close_form();
        Ok(())
    };
    view! {
        <EntryForm button="Write it down" submit>
            <p dir="auto"><b>{said}</b></p>
            <TextField label="Why?" value=text hint="What made it so, not who. Stop at what you can change." first=true/>
        </EntryForm>
    }
}

#[component]
pub fn Mark(event: EventId) -> impl IntoView {
    let here = use_here();
    let (said, marked) = here
        .ask_now(|incident| {
            let marked = incident.mark(event).map(|said| said.what.clone());
            (line_of(incident, event), marked)
        })
        .unwrap_or_default();
    let (chosen, because) = match marked {
        Some(marking) => (marking.mark.name(), marking.because),
        None => (EntryMark::TurningPoint.name(), String::new()),
    };
    let (chosen, because) = (RwSignal::new(chosen.to_owned()), RwSignal::new(because));
    let submit = move || {
        let drafts = match EntryMark::named(&chosen.get_untracked()) {
            Some(mark) => vec![write::review::mark(event, mark, &because.get_untracked())],
            None => here
                .ask_now(|incident| write::review::unmark(incident, event))
                .unwrap_or_default(),
        };
        if !drafts.is_empty() {
            here.act(drafts, "Marked an entry");
        }
        here.close_form();
        Ok(())
    };
    let marks = EntryMark::ALL.iter();
    let mut options: Vec<(String, String)> = marks
        .map(|mark| {
            (
                mark.name().to_owned(),
                timeline::mark_words(*mark).to_owned(),
            )
        })
        .collect();
    options.push((UNMARKED.to_owned(), "Not marked".to_owned()));
    view! {
        <EntryForm button="Mark it" submit>
            <p dir="auto"><b>{said}</b></p>
            <SelectField label="It was" value=chosen options first=true/>
            <TextField label="Because" value=because hint="May be left empty."/>
        </EntryForm>
    }
}

#[component]
pub fn ImproveRunbook(id: String) -> impl IntoView {
    let here = use_here();
    let shelf = here.session.shelf_now();
    let first = shelf.iter().find(|offered| offered.runbook.id == id);
    let chosen = first
        .or_else(|| shelf.first())
        .map(|offered| offered.runbook.id.clone())
        .unwrap_or_default();
    let options: Vec<(String, String)> = shelf
        .iter()
        .map(|offered| (offered.runbook.id.clone(), offered.runbook.title.clone()))
        .collect();
    let text_of = move |id: &str| {
        let found = shelf.iter().find(|offered| offered.runbook.id == id);
        found
            .map(|offered| offered.text.clone())
            .unwrap_or_default()
    };
    let text = RwSignal::new(text_of(&chosen));
    let (chosen, changed) = (RwSignal::new(chosen), RwSignal::new(String::new()));
    let before = StoredValue::new(text.get_untracked());
    Effect::new(move |earlier: Option<String>| {
        let now = chosen.get();
        if earlier.is_some_and(|earlier| earlier != now) {
            let found = text_of(&now);
            before.set_value(found.clone());
            text.set(found);
        }
        now
    });
    let submit = move || {
        let new = text.get_untracked();
        if before.with_value(|before| *before == new) {
            return Err("Nothing is changed in its text yet.".to_owned());
        }
        needed(
            &changed.get_untracked(),
            "Say in a few words what is better now.",
        )?;
        let id = crate::ui::runbooks::keep(here.session, Some(&chosen.get_untracked()), &new)?;
        let title = markdown::read("", &new).title;
        let draft = write::review::runbook_improved(&id, &title, &changed.get_untracked());
        here.act(vec![draft], "Improved a runbook");
        here.close_form();
        Ok(())
    };
    view! {
        <EntryForm button="Keep it as a new version" submit>
            <SelectField label="Which runbook" value=chosen options/>
            <TextArea label="Its text, in Markdown" value=text rows=14 first=true/>
            <TextField label="What is better now" value=changed hint="Earlier versions stay under Runbooks."/>
        </EntryForm>
    }
}
