//! Forms that take a few words: titles, summaries, reviews, findings, improvements.

use leptos::prelude::*;

use super::super::here::use_here;
use super::{needed, words_of};
use crate::guide::{timeline, write};
use crate::model::EventId;
use crate::model::fact::Action as Agreed;
use crate::model::term::{ActionKind, ActionState, FindingKind};
use crate::ui::parts::field::{SelectField, TextArea, TextField, TimeField, read_time};
use crate::ui::parts::form::EntryForm;
use crate::ui::room::acts::people::{PersonChoice, WhoField};
use crate::ui::said_at::Lean;

fn line() -> RwSignal<String> {
    RwSignal::new(String::new())
}

#[component]
pub fn Title() -> impl IntoView {
    let here = use_here();
    let title = RwSignal::new(
        here.ask_now(|incident| incident.title().unwrap_or_default().to_owned())
            .unwrap_or_default(),
    );
    let submit = move || {
        let text = title.get_untracked();
        needed(&text, "Say in a few words what is broken, and for whom.")?;
        here.act_on("Wrote the title", |incident| write::title(incident, &text));
        here.close_form();
        Ok(())
    };
    view! {
        <EntryForm button="Keep the title" submit>
            <TextField label="What is broken, for whom?" value=title hint="As the people hit by it would say it: “Card payments fail at checkout in Europe”." first=true/>
        </EntryForm>
    }
}

#[component]
pub fn Summary() -> impl IntoView {
    let here = use_here();
    let text = RwSignal::new(
        here.ask_now(|incident| incident.summary.current().cloned().unwrap_or_default())
            .unwrap_or_default(),
    );
    let submit = move || {
        here.act_on("Wrote the summary", |incident| {
            write::summary(incident, &text.get_untracked())
        });
        here.close_form();
        Ok(())
    };
    view! {
        <EntryForm button="Keep the summary" submit>
            <TextArea label="What is known, for somebody who joins now" value=text hint="Condition, actions, needs." first=true/>
        </EntryForm>
    }
}

#[component]
pub fn Review() -> impl IntoView {
    let here = use_here();
    let (text, when) = (line(), line());
    let submit = move || {
        let at = read_time(when, Lean::Past)?;
        here.act(
            vec![write::at(write::review(&text.get_untracked()), at)],
            "The review was held",
        );
        here.close_form();
        Ok(())
    };
    view! {
        <EntryForm button="It was held" submit>
            <TextArea label="Who was there, what came of it" value=text first=true/>
            <TimeField label="When" value=when/>
        </EntryForm>
    }
}

#[component]
pub fn Finding() -> impl IntoView {
    let here = use_here();
    let text = line();
    let kind = RwSignal::new(FindingKind::ContributingFactor.name().to_owned());
    let submit = move || {
        needed(&text.get_untracked(), "Say what was found.")?;
        let finding =
            FindingKind::named(&kind.get_untracked()).unwrap_or(FindingKind::ContributingFactor);
        here.act(
            vec![write::finding(finding, &text.get_untracked())],
            "Added a finding",
        );
        here.close_form();
        Ok(())
    };
    let options = FindingKind::ALL
        .iter()
        .map(|kind| {
            (
                kind.name().to_owned(),
                timeline::finding_words(*kind).to_owned(),
            )
        })
        .collect();
    view! {
        <EntryForm button="Add it" submit>
            <SelectField label="What is it?" value=kind options/>
            <TextField label="In a sentence, without blame" value=text hint="What made it sensible at the time?" first=true/>
        </EntryForm>
    }
}

#[component]
pub fn Action() -> impl IntoView {
    let here = use_here();
    let (text, due, success, ticket) = (line(), line(), line(), line());
    let kind = RwSignal::new(ActionKind::Prevent.name().to_owned());
    let owner = WhoField::nobody();
    let submit = move || {
        needed(&text.get_untracked(), "Say what changes.")?;
        let due = read_time(due, Lean::Future)?;
        let (mut drafts, person) = owner.drafts(here);
        let kind = ActionKind::named(&kind.get_untracked()).unwrap_or(ActionKind::Prevent);
        drafts.push(write::review::improvement(&Agreed {
            action: kind,
            text: text.get_untracked(),
            owner: person,
            due,
            success: success.get_untracked(),
            ticket: ticket.get_untracked(),
        }));
        here.act(drafts, "Added an improvement");
        here.close_form();
        Ok(())
    };
    let options = ActionKind::ALL
        .iter()
        .map(|kind| (kind.name().to_owned(), kind_words(*kind).to_owned()))
        .collect();
    view! {
        <EntryForm button="Add it" submit>
            <TextField label="What changes" value=text first=true/>
            <SelectField label="So that" value=kind options/>
            <PersonChoice label="Who sees to it" who=owner/>
            <TimeField label="By when" value=due blank="no date" lean=Lean::Future/>
            <TextField label="By what one sees that it worked" value=success hint="“Fires within two minutes in the next drill.” May be left empty."/>
            <TextField label="Ticket" value=ticket hint="Its number or address in another tool. May be left empty."/>
        </EntryForm>
    }
}

fn kind_words(kind: ActionKind) -> &'static str {
    match kind {
        ActionKind::Prevent => "it does not happen again",
        ActionKind::Mitigate => "it hurts less",
        ActionKind::Detect => "it is noticed sooner",
        ActionKind::Process => "people work together better",
    }
}

#[component]
pub fn UpdateAction(event: EventId) -> impl IntoView {
    let here = use_here();
    let said = words_of(here, event);
    let state = RwSignal::new(ActionState::Done.name().to_owned());
    let submit = move || {
        let state = ActionState::named(&state.get_untracked()).unwrap_or(ActionState::Open);
        here.act(
            vec![write::update_action(event, state)],
            "Said where an improvement stands",
        );
        here.close_form();
        Ok(())
    };
    let options = ActionState::ALL
        .iter()
        .map(|state| {
            (
                state.name().to_owned(),
                timeline::action_words(*state).to_owned(),
            )
        })
        .collect();
    view! {
        <EntryForm button="Write it down" submit>
            <p dir="auto"><b>{said}</b></p>
            <SelectField label="It is" value=state options first=true/>
        </EntryForm>
    }
}
