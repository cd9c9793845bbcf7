//! Forms about people: roles, who was called, who is there, where everybody meets.

use leptos::prelude::*;

use super::super::here::{Here, use_here};
use super::needed;
use crate::guide::{brief, calls, handover, roles, words, write};
use crate::model::order;
use crate::model::term::Role;
use crate::model::{Draft, EventId, Person};
use crate::ui::browser;
use crate::ui::letters;
use crate::ui::parts::field::{CheckField, SelectField, TextArea, TextField, TimeField, read_time};
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
    let own = mine.clone();
    let renames = move || {
        let name = who.name.get();
        who.me.get() && !name.trim().is_empty() && name.trim() != own
    };
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
        {move || renames().then(|| view! { <p class="faint small">"From now on you are called “"{who.name.get()}"” in everything that you write."</p> })}
    }
}

/// A role as a form names it: one that is known, an expert for some system, or one of the host's own.
#[derive(Clone, Copy)]
struct RoleField {
    name: RwSignal<String>,
    of: RwSignal<String>,
}

impl RoleField {
    fn new(role: &Role) -> Self {
        Self {
            name: RwSignal::new(role.name().to_owned()),
            of: RwSignal::new(String::new()),
        }
    }

    /// What has to be written besides, if anything.
    fn asks(self) -> Option<&'static str> {
        self.name.with(|name| match name.as_str() {
            "" => Some("What the role is called"),
            name if name == Role::SubjectMatterExpert.name() => Some("For which system"),
            _ => None,
        })
    }

    fn role(self) -> Result<Role, String> {
        let (name, of) = (self.name.get_untracked(), self.of.get_untracked());
        match (name.as_str(), of.trim()) {
            ("", "") => Err("Say what the role is called.".to_owned()),
            ("", own) => Ok(Role::named(own)),
            (name, system) if name == Role::SubjectMatterExpert.name() => Ok(Role::expert(system)),
            (name, _) => Ok(Role::named(name)),
        }
    }
}

#[component]
fn RoleChoice(field: RoleField, role: Role) -> impl IntoView {
    let own = (!Role::KNOWN.contains(&role) && !role.name().is_empty()).then_some(&role);
    let organisation = use_here().session.organisation();
    let of_host: Vec<Role> = organisation
        .roles
        .iter()
        .map(|name| Role::named(name))
        .collect();
    let known = Role::KNOWN
        .iter()
        .chain(&of_host)
        .chain(own.filter(|own| !of_host.contains(own)));
    let mut options: Vec<(String, String)> = known
        .map(|role| (role.name().to_owned(), words::role(role)))
        .collect();
    options.push((String::new(), "Another role…".to_owned()));
    let duty = move || field.name.with(|name| roles::duty(&Role::named(name)));
    view! {
        <SelectField label="Role" value=field.name options/>
        <p class="faint small">{duty}</p>
        {move || field.asks().map(|label| view! { <TextField label value=field.of/> })}
    }
}

#[component]
pub fn Assign(role: Role) -> impl IntoView {
    let here = use_here();
    let field = RoleField::new(&role);
    let held = holder_name(here, &role);
    let who = if held.is_some() {
        WhoField::nobody()
    } else {
        WhoField::me(here)
    };
    let submit = move || {
        let role = field.role()?;
        let (mut drafts, Some(person)) = who.drafts(here) else {
            return Err("Say who, or tick “That is me”.".to_owned());
        };
        let what = format!("Gave a role: {}", words::role_within(&role));
        drafts.extend(here.ask_now(|incident| write::assign(incident, role, person)));
        here.act(drafts, &what);
        here.close_form();
        Ok(())
    };
    view! {
        <EntryForm button="Give the role" submit>
            {held.map(|held| view! { <p class="faint" dir="auto">{held}" has it now; it passes on at once, and the log says so."</p> })}
            <RoleChoice field role/>
            <PersonChoice label="Who" who first=true/>
        </EntryForm>
    }
}

fn holder_name(here: Here, role: &Role) -> Option<String> {
    let name = here.ask_now(|incident| {
        let person = incident.holder(role)?;
        Some(brief::name_or_you(incident, person))
    });
    name.flatten()
}

/// Offers a role to somebody else, with a brief that was drafted from the log.
#[component]
pub fn HandOver(role: Role) -> impl IntoView {
    let here = use_here();
    let now = here.instant();
    let brief = here.advice.with_untracked(|advice| {
        let drafted = here.ask_now(|incident| {
            let offset = browser::utc_offset_minutes(now);
            handover::brief(incident, advice.as_ref(), now, offset)
        });
        drafted.unwrap_or_default()
    });
    let brief = RwSignal::new(brief);
    let who = WhoField::nobody();
    let held = holder_name(here, &role).unwrap_or_else(|| "Nobody".to_owned());
    let words = format!(
        "{held} keeps the role until the other says aloud: {}.",
        roles::taking_over(&role)
    );
    let submit = move || {
        let (mut drafts, Some(person)) = who.drafts(here) else {
            return Err("Say who takes over, or tick “That is me”.".to_owned());
        };
        let what = format!("Offered a role: {}", words::role_within(&role));
        let brief = brief.get_untracked();
        let role = role.clone();
        drafts
            .extend(here.ask_now(|incident| write::offer_handover(incident, role, person, &brief)));
        here.act(drafts, &what);
        here.close_form();
        Ok(())
    };
    view! {
        <EntryForm button="Offer it" submit>
            <p class="faint small" dir="auto">{words}</p>
            <PersonChoice label="To" who first=true/>
            <TextArea label="What they need to know" value=brief hint="Drafted from the log. Add what is only in your head: risks above all." rows=9/>
        </EntryForm>
    }
}

/// The brief of a hand-over, for the one who takes over to read and confirm.
#[component]
pub fn ConfirmHandover(role: Role) -> impl IntoView {
    let here = use_here();
    let offered = here
        .ask_now(|incident| {
            let handover = &incident.handover(&role)?.what.handover;
            let to = brief::name_or_you(incident, handover.person);
            Some((to, handover.brief.clone()))
        })
        .flatten();
    let says = roles::taking_over(&role);
    let what = format!("Took over: {}", words::role_within(&role));
    let submit = move || {
        let confirmed = here.ask_now(|incident| write::confirm_handover(incident, &role));
        match confirmed.flatten() {
            Some(draft) => here.act(vec![draft], &what),
            None => return Err("This offer is over: the role has gone to somebody.".to_owned()),
        }
        here.close_form();
        Ok(())
    };
    let (to, brief) = offered.unwrap_or_default();
    view! {
        <EntryForm button=says.clone() submit only_asks=true>
            <p dir="auto"><b>{to}</b>" reads this, asks what is unclear, and says aloud: "{says}"."</p>
            <blockquote class="brief" dir="auto">{brief}</blockquote>
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
        <EntryForm button="Release" submit only_asks=true>
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

/// Says who was called. What was typed as a number or address becomes links that call.
#[component]
pub fn PageResponder(
    /// The call that was not answered, where this is for the next on its path.
    #[prop(optional)]
    unanswered: Option<EventId>,
    /// Whom the organisation names, where they are to be called.
    #[prop(optional, into)]
    contact: String,
) -> impl IntoView {
    let here = use_here();
    let organisation = here.session.organisation();
    let known = organisation.contact(&contact).cloned();
    let next = here
        .ask_now(|incident| {
            let missed = incident
                .pages
                .iter()
                .find(|said| Some(said.id()) == unanswered)?;
            calls::next_on_path(incident, missed)
        })
        .flatten();
    let known = known.map(|contact| (contact.name, contact.then));
    let (next, rest) = next.or(known).unwrap_or_default();
    let reach = organisation
        .contact(&next)
        .map(|contact| contact.reach.clone());
    let names = organisation
        .contacts
        .iter()
        .map(|contact| contact.name.clone());
    let names: Vec<String> = names.collect();
    let (who, via, when) = (
        RwSignal::new(next),
        RwSignal::new(String::new()),
        RwSignal::new(String::new()),
    );
    let (reach, then) = (
        RwSignal::new(reach.unwrap_or_default()),
        RwSignal::new(rest.join(", ")),
    );
    // Whoever is known brings their number and path along.
    Effect::new(move |before: Option<String>| {
        let name = who.get();
        if before.is_some_and(|before| before != name)
            && let Some(contact) = here.session.organisation().contact(&name)
        {
            reach.set(contact.reach.clone());
            then.set(contact.then.join(", "));
        }
        name
    });
    let words = here.ask_now(calls::invitation).unwrap_or_default();
    let ways = move || reach.with(|reach| calls::ways(reach, &words));
    let submit = move || {
        needed(&who.get_untracked(), "Say who was called.")?;
        let at = read_time(when, Lean::Past)?;
        let then = then.get_untracked();
        let call = write::Call {
            who: who.get_untracked(),
            via: via.get_untracked(),
            then: then.split(',').map(str::to_owned).collect(),
            instead_of: unanswered,
        };
        here.act(
            vec![write::at(write::page(&call), at)],
            "Said who was called",
        );
        here.close_form();
        Ok(())
    };
    let vias = ["phone", "chat", "pager", "mail"]
        .map(str::to_owned)
        .to_vec();
    view! {
        <EntryForm button="They were called" submit>
            <TextField label="Who was called" value=who suggestions=names hint="A person or a team. Muster calls nobody itself." first=true/>
            <TextField label="Number or address" value=reach hint="Stays here: it only makes links that call, with the words filled in."/>
            <p class="row ways">{move || ways().into_iter().map(|way| view! { <a class="button small" href=way.address target="_blank" rel="noopener noreferrer">{way.label}</a> }).collect_view()}</p>
            <div class="two">
                <TextField label="How" value=via suggestions=vias/>
                <TimeField label="When" value=when/>
            </div>
            <TextField label="If nobody answers" value=then hint="Who is called next, in turn, with commas between. The guide says when."/>
        </EntryForm>
    }
}

#[component]
pub fn OpenBridge() -> impl IntoView {
    let here = use_here();
    // The host's own place first, as long as the incident does not have it.
    let organisation = here.session.organisation();
    let held = here.ask_now(|incident| {
        let bridges = incident.bridges.iter();
        bridges
            .map(|said| said.what.url.clone())
            .collect::<Vec<_>>()
    });
    let held = held.unwrap_or_default();
    let mut places = organisation.bridges.iter();
    let place = places.find(|place| !held.contains(&place.url)).cloned();
    let place = place.unwrap_or_default();
    let label = if place.label.is_empty() {
        "Call".to_owned()
    } else {
        place.label
    };
    let (label, url) = (RwSignal::new(label), RwSignal::new(place.url));
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
