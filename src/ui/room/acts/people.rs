//! Forms about people: roles, who was called, who is there, where everybody meets.

use leptos::prelude::*;

use super::super::here::{Here, use_here};
use super::needed;
use crate::guide::{brief, words, write};
use crate::model::order;
use crate::model::term::Role;
use crate::model::{Draft, Person};
use crate::ui::browser;
use crate::ui::letters;
use crate::ui::parts::field::{CheckField, SelectField, TextField, TimeField, read_time};
use crate::ui::parts::form::EntryForm;
use crate::ui::said_at::Lean;

/// A person as a form names them: oneself, somebody known, or somebody new.
#[derive(Clone, Copy)]
pub struct WhoField {
    name: RwSignal<String>,
    me: RwSignal<bool>,
}

impl WhoField {
    /// Oneself at first.
    pub fn me(here: Here) -> Self {
        let name = here
            .session
            .settings()
            .with_untracked(|settings| settings.name.clone());
        Self {
            name: RwSignal::new(name),
            me: RwSignal::new(true),
        }
    }

    /// Nobody at first.
    pub fn nobody() -> Self {
        Self {
            name: RwSignal::new(String::new()),
            me: RwSignal::new(false),
        }
    }

    /// What must be written down so that the person is known, and who it is.
    pub fn drafts(self, here: Here) -> (Vec<Draft>, Option<Person>) {
        let name = self.name.get_untracked().trim().to_owned();
        if self.me.get_untracked() {
            if !name.is_empty() {
                here.session.rename(&name);
            }
            return (
                Vec::new(),
                Some(
                    here.session
                        .settings()
                        .with_untracked(|settings| settings.person),
                ),
            );
        }
        if name.is_empty() {
            return (Vec::new(), None);
        }
        if let Some(known) = here
            .ask_now(|incident| {
                incident
                    .people
                    .iter()
                    .find(|(_, record)| record.name == name)
                    .map(|(person, _)| *person)
            })
            .flatten()
        {
            return (Vec::new(), Some(known));
        }
        let person = Person::from_bytes(browser::random_bytes());
        (vec![write::name_person(person, &name)], Some(person))
    }
}

/// Who, with the names that the incident knows.
#[component]
pub fn PersonChoice(
    /// What is asked.
    #[prop(into)]
    label: String,
    /// Where the answer goes.
    who: WhoField,
    /// Whether the dialog opens with the focus here.
    #[prop(optional)]
    first: bool,
) -> impl IntoView {
    let here = use_here();
    let mine = here
        .session
        .settings()
        .with_untracked(|settings| settings.name.clone());
    let known = here.ask_now(|incident| {
        let mut names: Vec<String> = incident
            .people
            .values()
            .map(|record| record.name.clone())
            .filter(|name| !name.is_empty())
            .collect();
        order::sort(&mut names);
        names.dedup();
        names
    });
    // Another name than one's own is somebody else.
    Effect::new(move |before: Option<String>| {
        let now = who.name.get();
        if before.is_some_and(|before| before != now) && !mine.is_empty() {
            who.me.set(now == mine);
        }
        now
    });
    view! {
        <TextField label value=who.name suggestions=known.unwrap_or_default() first/>
        <CheckField label="That is me" value=who.me/>
    }
}

#[component]
pub fn Assign(role: Role) -> impl IntoView {
    let here = use_here();
    let name = RwSignal::new(role.name().to_owned());
    let held = here
        .ask_now(|incident| {
            incident
                .holder(&role)
                .map(|person| brief::name_or_you(incident, person))
        })
        .flatten();
    let who = if held.is_some() {
        WhoField::nobody()
    } else {
        WhoField::me(here)
    };
    let submit = move || {
        let role = Role::named(&name.get_untracked());
        let (mut drafts, Some(person)) = who.drafts(here) else {
            return Err("Say who, or tick “That is me”.".to_owned());
        };
        let what = format!("Gave a role: {}", letters::small(&words::role(&role)));
        drafts.extend(here.ask_now(|incident| write::assign(incident, role, person)));
        here.act(drafts, &what);
        here.close_form();
        Ok(())
    };
    let own = (!Role::KNOWN.contains(&role)).then_some(&role);
    let options = Role::KNOWN
        .iter()
        .chain(own)
        .map(|role| (role.name().to_owned(), words::role(role)))
        .collect();
    let duty = move || name.with(|name| words::duty(&Role::named(name)));
    view! {
        <EntryForm button="Give the role" submit>
            {held.map(|held| view! { <p class="faint" dir="auto">{held}" has it now; it passes on, and the log says so."</p> })}
            <SelectField label="Role" value=name options/>
            <p class="faint small">{duty}</p>
            <PersonChoice label="Who" who first=true/>
        </EntryForm>
    }
}

#[component]
pub fn Release(role: Role) -> impl IntoView {
    let here = use_here();
    let held = here
        .ask_now(|incident| {
            incident
                .holder(&role)
                .map(|person| brief::name_or_you(incident, person))
        })
        .flatten();
    let title = words::role(&role);
    let submit = move || {
        let role = role.clone();
        here.act_on("Released a role", |incident| write::release(incident, role));
        here.close_form();
        Ok(())
    };
    view! {
        <EntryForm button="Release" submit>
            <p dir="auto">{held.unwrap_or_else(|| "Nobody".to_owned())}" no longer is "{letters::small(&title)}"; nobody has the role from then on."</p>
        </EntryForm>
    }
}

#[component]
pub fn JoinResponse() -> impl IntoView {
    let here = use_here();
    let who = WhoField::me(here);
    let submit = move || {
        let (mut drafts, Some(person)) = who.drafts(here) else {
            return Err("Say who joined.".to_owned());
        };
        drafts.push(write::join_response(person));
        here.act(drafts, "Somebody joined");
        here.close_form();
        Ok(())
    };
    view! { <EntryForm button="They are here" submit><PersonChoice label="Who" who first=true/></EntryForm> }
}

#[component]
pub fn PageResponder() -> impl IntoView {
    let here = use_here();
    let (who, via, when) = (
        RwSignal::new(String::new()),
        RwSignal::new(String::new()),
        RwSignal::new(String::new()),
    );
    let submit = move || {
        needed(&who.get_untracked(), "Say who was called.")?;
        let at = read_time(when, Lean::Past)?;
        here.act(
            vec![write::at(
                write::page(&who.get_untracked(), &via.get_untracked()),
                at,
            )],
            "Said who was called",
        );
        here.close_form();
        Ok(())
    };
    let ways = ["phone", "chat", "pager", "mail"]
        .map(str::to_owned)
        .to_vec();
    view! {
        <EntryForm button="They were called" submit>
            <TextField label="Who was called" value=who hint="A person or a team. Muster calls nobody itself." first=true/>
            <TextField label="How" value=via suggestions=ways/>
            <TimeField label="When" value=when/>
        </EntryForm>
    }
}

#[component]
pub fn OpenBridge() -> impl IntoView {
    let here = use_here();
    let (label, url) = (
        RwSignal::new("Call".to_owned()),
        RwSignal::new(String::new()),
    );
    let submit = move || {
        needed(&url.get_untracked(), "Give its address, number or room.")?;
        here.act(
            vec![write::bridge(&label.get_untracked(), &url.get_untracked())],
            "Named a bridge",
        );
        here.close_form();
        Ok(())
    };
    let kinds = ["Call", "Chat", "Document"].map(str::to_owned).to_vec();
    view! {
        <EntryForm button="We meet there" submit>
            <TextField label="Address, number or room" value=url hint="A link, tel:+49…, or “Room 4”. It stands in the head of the room." first=true/>
            <TextField label="What it is" value=label suggestions=kinds/>
        </EntryForm>
    }
}
