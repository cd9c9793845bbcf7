//! Forms that settle what people set apart, and that tie incidents together.

use leptos::prelude::*;

use super::super::here::{Here, use_here};
use crate::guide::{ConflictOf, brief, timeline, words, write};
use crate::model::term::Relation;
use crate::model::{EventId, Incident, IncidentId};
use crate::ui::parts::field::SelectField;
use crate::ui::parts::form::EntryForm;
use crate::ui::parts::time::wall;

/// One of the values that stand apart.
struct Choice {
    event: EventId,
    words: String,
    by: String,
}

fn choices(here: Here, conflict: &ConflictOf) -> Vec<Choice> {
    let now = here.instant();
    here.ask_now(|incident| {
        let step = crate::guide::advise::conflicts(incident)
            .into_iter()
            .find(|step| step.act == crate::guide::Act::SettleConflict(conflict.clone()));
        let events = step.map(|step| step.because_of).unwrap_or_default();
        events
            .into_iter()
            .filter_map(|event| choice(incident, event, |at| wall(at, now)))
            .collect()
    })
    .unwrap_or_default()
}

fn choice(
    incident: &Incident,
    event: EventId,
    wall: impl Fn(crate::model::Timestamp) -> String,
) -> Option<Choice> {
    let entry = incident.entry(event)?;
    let line = timeline::line(incident, entry);
    let said = [line.lead, line.text]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    let by = entry.by.map_or_else(
        || "somebody".to_owned(),
        |person| brief::name_or_you(incident, person),
    );
    Some(Choice {
        event,
        words: said,
        by: format!("{by}, {}", wall(entry.when)),
    })
}

#[component]
pub fn Settle(conflict: ConflictOf) -> impl IntoView {
    let here = use_here();
    let rows = choices(here, &conflict)
        .into_iter()
        .map(|choice| {
            let conflict = conflict.clone();
            let event = choice.event;
            let settle = move |_| {
                if let Some(draft) = here.ask_now(|incident| write::settle(incident, &conflict, event)).flatten() {
                    here.act(vec![draft], "Settled what was set apart");
                }
                here.close_form();
            };
            view! {
                <li>
                    <button type="button" class="button choose" on:click=settle>
                        <span dir="auto">{choice.words}</span><span class="faint small">{choice.by}</span>
                    </button>
                </li>
            }
        })
        .collect_view();
    view! {
        <p class="faint">"Two people set this without having seen each other's. Choose what holds; both stay on record."</p>
        <ul class="choose-list">{rows}</ul>
    }
}

/// The other incidents that this browser holds.
fn others(here: Here) -> Vec<(String, String)> {
    here.session.ask_untracked(|records| {
        let ids = records.incident_ids();
        let others = ids.into_iter().filter(|id| *id != here.id);
        others
            .filter_map(|id| Some((id.to_string(), records.incident(id).map(brief::title)?)))
            .collect()
    })
}

#[component]
pub fn Link(relation: Relation) -> impl IntoView {
    let here = use_here();
    let options = others(here);
    if options.is_empty() {
        return view! { <p>"This browser holds no other incident. Import its file first."</p> }
            .into_any();
    }
    let other = RwSignal::new(
        options
            .first()
            .map(|(id, _)| id.clone())
            .unwrap_or_default(),
    );
    let kind = RwSignal::new(relation.name().to_owned());
    let kinds = Relation::ALL
        .iter()
        .map(|relation| {
            (
                relation.name().to_owned(),
                words::relation(*relation).to_owned(),
            )
        })
        .collect();
    let submit = move || {
        let id = chosen(other)?;
        let relation = Relation::named(&kind.get_untracked()).unwrap_or(Relation::Related);
        here.act(vec![write::link(relation, id)], "Linked another incident");
        here.close_form();
        Ok(())
    };
    view! {
        <EntryForm button="Link" submit>
            <SelectField label="This one is" value=kind options=kinds first=true/>
            <SelectField label="Incident" value=other options/>
        </EntryForm>
    }
    .into_any()
}

fn chosen(other: RwSignal<String>) -> Result<IncidentId, String> {
    other
        .with_untracked(|id| id.parse())
        .map_err(|_| "Choose an incident.".to_owned())
}

#[component]
pub fn Join() -> impl IntoView {
    let here = use_here();
    let options = others(here);
    if options.is_empty() {
        return view! { <p>"This browser holds no other incident. Import its file first."</p> }
            .into_any();
    }
    let other = RwSignal::new(
        options
            .first()
            .map(|(id, _)| id.clone())
            .unwrap_or_default(),
    );
    let submit = move || {
        let id = chosen(other)?;
        here.act(vec![write::same_as(id)], "Joined two declarations");
        here.close_form();
        Ok(())
    };
    view! {
        <EntryForm button="They are one" submit>
            <p>"Both are shown as one from then on, with everything that was written in either. It can be taken back."</p>
            <SelectField label="The same outage as" value=other options first=true/>
        </EntryForm>
    }
    .into_any()
}
