//! Forms about services.

use leptos::prelude::*;

use super::super::here::use_here;
use super::needed;
use crate::guide::{words, write};
use crate::model::term::Level;
use crate::ui::parts::field::{SelectField, TextField, TimeField, read_time};
use crate::ui::parts::form::EntryForm;
use crate::ui::said_at::Lean;
use crate::ui::session::use_session;

#[component]
pub fn Affect() -> impl IntoView {
    let here = use_here();
    let (name, when) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let level = RwSignal::new(Level::Down.name().to_owned());
    let submit = move || {
        let service = name.get_untracked();
        needed(&service, "Name the service.")?;
        let at = read_time(when, Lean::Past)?;
        let level = Level::named(&level.get_untracked()).unwrap_or(Level::Down);
        let what = format!("{} is {}", service.trim(), words::level(level));
        here.act_on(&what, |incident| {
            write::at(write::affect(incident, &service, level), at)
        });
        here.close_form();
        Ok(())
    };
    let options = Level::ALL
        .iter()
        .rev()
        .map(|level| (level.name().to_owned(), words::level(*level).to_owned()))
        .collect();
    view! {
        <EntryForm button="It is hit" submit>
            <TextField label="Service" value=name suggestions=known_services() first=true/>
            <SelectField label="It is" value=level options/>
            <TimeField label="Since" value=when/>
        </EntryForm>
    }
}

/// Every service that any incident of this browser names.
fn known_services() -> Vec<String> {
    use_session().ask_untracked(|records| {
        let mut names = std::collections::BTreeSet::new();
        for id in records.incident_ids() {
            if let Some(incident) = records.incident(id) {
                names.extend(incident.services.keys().cloned());
            }
        }
        names.into_iter().collect()
    })
}

#[component]
pub fn Restore(service: String) -> impl IntoView {
    let here = use_here();
    let when = RwSignal::new(String::new());
    let name = service.clone();
    let submit = move || {
        let at = read_time(when, Lean::Past)?;
        here.act_on(&format!("{service} works again"), |incident| {
            write::at(write::restore(incident, &service), at)
        });
        here.close_form();
        Ok(())
    };
    view! {
        <EntryForm button="It works again" submit>
            <p dir="auto"><b>{name}</b></p>
            <TimeField label="Since" value=when first=true/>
        </EntryForm>
    }
}
