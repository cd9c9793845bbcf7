//! Services, contacts, audiences and regulators: what the host says of them, and what the library
//! says in its stead.
//!
//! Lists and forms; what follows for an incident is the guide's.

pub mod apart;
mod audiences;
mod regimes;

use leptos::prelude::*;

use super::derived::Derived;
use super::session::use_session;
use crate::guide::{library, organisation as guide, write};
use crate::model::Draft;
use crate::model::organisation::{Contact, Service};
use crate::model::term::Priority;
use crate::ui::parts::field::TextField;
use crate::ui::parts::form::EntryForm;

/// The screen.
#[component]
pub fn OrganisationScreen() -> impl IntoView {
    view! {
        <main class="page organisation">
            <h1 tabindex="-1">"Services and contacts"</h1>
            <p class="faint lead">"What depends on what, who looks after it, and whom a priority calls: the guide uses it in every incident. The host's "<code>"muster.json"</code>" may say it for all; what is written here stands in its stead, and travels when everything is exported."</p>
            <apart::SetApart/>
            <Services/>
            <Contacts/>
            <audiences::Audiences/>
            <regimes::Regimes/>
        </main>
    }
}

fn list(text: &str) -> Vec<String> {
    let names = text.split(',').map(|name| name.trim().to_owned());
    names.filter(|name| !name.is_empty()).collect()
}

/// A whole number, or nothing.
fn number<T: std::str::FromStr>(text: &str, what: &str) -> Result<Option<T>, String> {
    match text.trim() {
        "" => Ok(None),
        text => text
            .parse()
            .map(Some)
            .map_err(|_| format!("{what}: “{text}” is not a whole number that fits.")),
    }
}

fn named(text: &str) -> Result<String, String> {
    let name = text.trim();
    if name.is_empty() {
        Err("Give it a name.".to_owned())
    } else {
        Ok(name.to_owned())
    }
}

/// A line of a list, with what changes or removes it.
#[component]
fn Row(
    name: String,
    about: String,
    /// Fills the form with it.
    #[prop(into)]
    change: Callback<()>,
    /// Takes it out.
    #[prop(into)]
    remove: Callback<()>,
) -> impl IntoView {
    let (changed, removed) = (name.clone(), name.clone());
    view! {
        <li>
            <div class="item-what" dir="auto"><p><b>{name}</b></p><p class="faint small">{about}</p></div>
            <div class="item-end row">
                <button type="button" class="button small" on:click=move |_| change.run(())>"Change"<span class="sr">" "{changed}</span></button>
                <button type="button" class="button small" on:click=move |_| remove.run(())>"Remove"<span class="sr">" "{removed}</span></button>
            </div>
        </li>
    }
}

fn field() -> RwSignal<String> {
    RwSignal::new(String::new())
}

fn shown<T: ToString>(value: Option<T>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

#[component]
fn Services() -> impl IntoView {
    let session = use_session();
    let held = Derived::new(move || {
        session.ask_organisation(|organisation| organisation.services.clone())
    });
    let [name, owner, needs, tier, cost, public] =
        [field(), field(), field(), field(), field(), field()];
    let fill = move |service: &Service| {
        name.set(service.name.clone());
        owner.set(service.owner.clone());
        needs.set(service.depends_on.join(", "));
        tier.set(shown(service.tier));
        cost.set(shown(service.cost_per_minute));
        public.set(service.public_name.clone());
    };
    let write_down = move |draft: Draft, what: &str| session.act_in_library(vec![draft], what);
    let submit = move || {
        let service = Service {
            name: named(&name.get_untracked())?,
            owner: owner.get_untracked().trim().to_owned(),
            depends_on: list(&needs.get_untracked()),
            tier: number(&tier.get_untracked(), "Tier")?,
            cost_per_minute: number(&cost.get_untracked(), "Cost")?,
            public_name: public.get_untracked().trim().to_owned(),
        };
        let draft = session.ask_untracked(|records| {
            write::organisation::define_service(records.library(), service)
        });
        write_down(draft, "Kept a service");
        fill(&Service::default());
        Ok(())
    };
    let rows = move || {
        let rows = held.get().into_iter().map(|service| {
            let about = guide::about(&session.organisation(), &service.name);
            let (changed, removed) = (service.clone(), service.name.clone());
            let remove = move |()| {
                let draft = session.ask_untracked(|records| {
                    write::organisation::remove_service(records.library(), &removed)
                });
                write_down(draft, "Removed a service");
            };
            view! { <Row name=service.name about change=move |()| fill(&changed) remove/> }
        });
        rows.collect_view()
    };
    view! {
        <section class="organisation-part" aria-label="Services">
            <h2>"Services"</h2>
            <ul class="items sheet">{rows}</ul>
            <div class="sheet share-box">
                <EntryForm button="Keep the service" submit>
                    <TextField label="Service" value=name/>
                    <TextField label="Looked after by" value=owner hint="A person or team below, who is called when it is hit."/>
                    <TextField label="Cannot do without" value=needs hint="Other services, with commas between."/>
                    <div class="two"><TextField label="Tier" value=tier/><TextField label="Cost of a minute" value=cost/></div>
                    <TextField label="Outsiders call it" value=public hint="The status page shows it under this name; not at all where this is empty."/>
                </EntryForm>
            </div>
        </section>
    }
}

#[component]
fn Contacts() -> impl IntoView {
    let session = use_session();
    let held = Derived::new(move || {
        session.ask_organisation(|organisation| organisation.contacts.clone())
    });
    let [name, reach, then, priorities] = [field(), field(), field(), field()];
    let fill = move |contact: &Contact| {
        name.set(contact.name.clone());
        reach.set(contact.reach.clone());
        then.set(contact.then.join(", "));
        let at: Vec<String> = contact
            .priorities
            .iter()
            .map(|at| at.number().to_string())
            .collect();
        priorities.set(at.join(", "));
    };
    let write_down = move |draft: Draft, what: &str| session.act_in_library(vec![draft], what);
    let submit = move || {
        let at = priorities.get_untracked();
        let at: Option<Vec<Priority>> = list(&at)
            .iter()
            .map(|number| Priority::new(number.trim_start_matches(['P', 'p']).parse().ok()?))
            .collect();
        let contact = Contact {
            name: named(&name.get_untracked())?,
            reach: reach.get_untracked().trim().to_owned(),
            then: list(&then.get_untracked()),
            priorities: at.ok_or("Priorities are numbers from 1 to 5, with commas between.")?,
        };
        let draft = session.ask_untracked(|records| {
            write::organisation::define_contact(records.library(), contact)
        });
        write_down(draft, "Kept a contact");
        fill(&Contact::default());
        Ok(())
    };
    let rows = move || {
        let rows = held.get().into_iter().map(|contact| {
            let about = library::contact(&contact);
            let (changed, removed) = (contact.clone(), contact.name.clone());
            let remove = move |()| {
                let draft = session.ask_untracked(|records| {
                    write::organisation::remove_contact(records.library(), &removed)
                });
                write_down(draft, "Removed a contact");
            };
            view! { <Row name=contact.name about change=move |()| fill(&changed) remove/> }
        });
        rows.collect_view()
    };
    view! {
        <section class="organisation-part" aria-label="Contacts">
            <h2>"Contacts"</h2>
            <ul class="items sheet">{rows}</ul>
            <div class="sheet share-box">
                <EntryForm button="Keep the contact" submit>
                    <TextField label="Person or team" value=name/>
                    <TextField label="Number or address" value=reach hint="A number, mail or https address: it becomes links that call."/>
                    <TextField label="If nobody answers" value=then hint="Who is called next, in turn, with commas between."/>
                    <TextField label="Called at priority" value=priorities hint="1, 2: at these they are called whatever is hit."/>
                </EntryForm>
            </div>
        </section>
    }
}
