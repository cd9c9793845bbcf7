//! Forms that correct or erase an entry.

use leptos::prelude::*;

use super::super::here::use_here;
use super::{needed, words_of};
use crate::guide::write;
use crate::model::EventId;
use crate::ui::parts::field::{TextArea, TextField, TimeField, read_time};
use crate::ui::parts::form::EntryForm;
use crate::ui::said_at::Lean;

#[component]
pub fn Words(event: EventId) -> impl IntoView {
    let here = use_here();
    let text = RwSignal::new(words_of(here, event));
    let submit = move || {
        let typed = text.get_untracked();
        needed(
            &typed,
            "Words are needed; to take the entry back, use “Take back”.",
        )?;
        let draft = here.ask_now(|incident| {
            let entry = incident.entry(event)?;
            Some(write::amend(entry, &write::with_text(&entry.fact, &typed)?))
        });
        match draft.flatten() {
            Some(draft) => here.act(vec![draft], "Corrected the words"),
            None => return Err("This entry's words cannot be corrected here.".to_owned()),
        }
        here.close_form();
        Ok(())
    };
    view! {
        <EntryForm button="Correct" submit>
            <TextArea label="What it should say" value=text hint="What it said first stays on record." first=true/>
        </EntryForm>
    }
}

#[component]
pub fn Time(event: EventId) -> impl IntoView {
    let here = use_here();
    let when = RwSignal::new(String::new());
    let submit = move || {
        let Some(at) = read_time(when, Lean::Past)? else {
            return Err("Say when it happened.".to_owned());
        };
        let draft = here
            .ask_now(|incident| {
                incident
                    .entry(event)
                    .map(|entry| write::amend_time(entry, at))
            })
            .flatten();
        match draft {
            Some(draft) => here.act(vec![draft], "Corrected the time"),
            None => return Err("This entry is not held here.".to_owned()),
        }
        here.close_form();
        Ok(())
    };
    view! {
        <EntryForm button="Correct" submit>
            <TimeField label="It happened at" value=when blank="no change" first=true/>
        </EntryForm>
    }
}

#[component]
pub fn Erase(event: EventId) -> impl IntoView {
    let here = use_here();
    let because = RwSignal::new(String::new());
    let submit = move || {
        here.session.erase(here.id, event, &because.get_untracked());
        here.close_form();
        Ok(())
    };
    view! {
        <EntryForm button="Erase for good" submit>
            <p>"The words go for good, here and in every copy that hears of it. The line itself stays, with who erased it. This cannot be undone. A clock that the line stopped runs again."</p>
            <TextField label="Because" value=because hint="For example: a password was pasted. Do not repeat it here." first=true/>
        </EntryForm>
    }
}
