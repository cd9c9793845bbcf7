//! Forms about services.

use leptos::prelude::*;

use super::super::here::use_here;
use super::{line_of, needed};
use crate::guide::{organisation, words, write};
use crate::model::EventId;
use crate::model::term::Level;
use crate::ui::parts::field::{CheckField, SelectField, TextField, TimeField, read_time};
use crate::ui::parts::form::EntryForm;
use crate::ui::said_at::Lean;
use crate::ui::session::use_session;

/// Says which service an entry is about, or that it is not about one after all.
#[component]
pub fn Tag(event: EventId) -> impl IntoView {
    let here = use_here();
    let (said, tagged) = here
        .ask_now(|incident| {
            let services = incident.about(event).into_iter().map(str::to_owned);
            (line_of(incident, event), services.collect::<Vec<String>>())
        })
        .unwrap_or_default();
    let tagged = StoredValue::new(tagged);
    let service = RwSignal::new(String::new());
    let submit = move || {
        let service = service.get_untracked();
        needed(&service, "Name the service.")?;
        if !tagged.with_value(|tagged| tagged.iter().any(|one| one == service.trim())) {
            here.act(
                vec![write::tag(event, &service)],
                "Said which service it is about",
            );
        }
        here.close_form();
        Ok(())
    };
    let untag = move |service: &str| {
        let drafts = here.ask_now(|incident| write::untag(incident, event, service));
        here.act(
            drafts.unwrap_or_default(),
            &format!("It is not about {service}"),
        );
        here.close_form();
    };
    let more = move || {
        let tagged = tagged.get_value().into_iter();
        tagged
            .map(|service| {
                let words = format!("Not about {service}");
                view! { <button type="button" class="button" on:click=move |_| untag(&service)>{words}</button> }
            })
            .collect_view()
    };
    view! {
        <EntryForm button="Write it down" submit more>
            <p dir="auto"><b>{said}</b></p>
            <TextField label="Service" value=service suggestions=known_services() hint="The timeline can show what is about one service alone." first=true/>
        </EntryForm>
    }
}

#[component]
pub fn Affect() -> impl IntoView {
    let here = use_here();
    let (name, when) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let level = RwSignal::new(Level::Down.name().to_owned());
    let also = RwSignal::new(Vec::<String>::new());
    let submit = move || {
        let service = name.get_untracked();
        needed(&service, "Name the service.")?;
        let at = read_time(when, Lean::Past)?;
        let level = Level::named(&level.get_untracked()).unwrap_or(Level::Down);
        let what = format!("{} is {}", service.trim(), words::level(level));
        let chosen = also.get_untracked();
        let names: Vec<String> = [service].into_iter().chain(chosen).collect();
        let drafts = here.ask_now(|incident| {
            let drafts = names
                .iter()
                .map(|name| write::affect(incident, name, level));
            drafts.map(|draft| write::at(draft, at)).collect()
        });
        here.act(drafts.unwrap_or_default(), &what);
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
            <Known name also/>
            <SelectField label="It is" value=level options/>
            <TimeField label="Since" value=when/>
        </EntryForm>
    }
}

/// What the catalogue says of a service, and what cannot do without it: each can be called hit too.
#[component]
fn Known(name: RwSignal<String>, also: RwSignal<Vec<String>>) -> impl IntoView {
    let organisation = use_session().organisation();
    move || {
        let name = name.get();
        also.set(Vec::new());
        let about = organisation::about(&organisation, &name);
        let dependents = organisation::dependents(&organisation, &name);
        let boxes = dependents.into_iter().map(|service| {
            let (shown, name) = (service.name.clone(), service.name.clone());
            let hit = RwSignal::new(false);
            Effect::new(move |_| {
                let hit = hit.get();
                also.update(|also| {
                    also.retain(|other| *other != name);
                    if hit {
                        also.push(name.clone());
                    }
                });
            });
            view! { <CheckField label=format!("{shown} is hit too") value=hit/> }
        });
        let boxes = boxes.collect_view();
        (!about.is_empty()).then(|| view! { <p class="faint small" dir="auto">{about}</p>{boxes} })
    }
}

/// Every service of the catalogue, and that any incident of this browser names.
pub(super) fn known_services() -> Vec<String> {
    let organisation = use_session().organisation();
    use_session().ask_untracked(|records| {
        let mut names = std::collections::BTreeSet::new();
        names.extend(
            organisation
                .services
                .iter()
                .map(|service| service.name.clone()),
        );
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
