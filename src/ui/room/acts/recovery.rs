//! Forms about recovery: checks, planned and at once, the watch, the backlog.

use leptos::prelude::*;

use super::super::here::use_here;
use super::causes::OfService;
use super::{needed, words_of};
use crate::guide::recovery::{Stand, WATCH_MINUTES, stand};
use crate::guide::{words, write};
use crate::model::fact::CheckPlan;
use crate::model::term::CheckBy;
use crate::model::{EventId, Span};
use crate::ui::parts::field::{SelectField, TextField};
use crate::ui::parts::form::EntryForm;
use crate::ui::parts::time::full;

fn line() -> RwSignal<String> {
    RwSignal::new(String::new())
}

fn results() -> Vec<(String, String)> {
    vec![
        ("passed".to_owned(), "It holds".to_owned()),
        ("failed".to_owned(), "It does not hold".to_owned()),
    ]
}

/// Minutes as one of several lengths.
fn lengths(minutes: &[u32]) -> Vec<(String, String)> {
    let spans = minutes.iter().map(|minutes| {
        let span = words::span(Span::minutes((*minutes).into()));
        (minutes.to_string(), span)
    });
    spans.collect()
}

#[component]
pub fn Check() -> impl IntoView {
    let here = use_here();
    let text = line();
    let passed = RwSignal::new("passed".to_owned());
    let submit = move || {
        needed(&text.get_untracked(), "Say what was looked at.")?;
        let holds = passed.with_untracked(|passed| passed == "passed");
        here.act(
            vec![write::check(&text.get_untracked(), holds)],
            "Checked recovery",
        );
        here.close_form();
        Ok(())
    };
    view! {
        <EntryForm button="Write it down" submit>
            <TextField label="What was looked at" value=text hint="The number that told of the trouble, seen from where people are." first=true/>
            <SelectField label="Result" value=passed options=results()/>
        </EntryForm>
    }
}

#[component]
pub fn PlanCheck() -> impl IntoView {
    let here = use_here();
    let (text, service) = (line(), line());
    let by = RwSignal::new(CheckBy::Threshold.name().to_owned());
    let minutes = RwSignal::new("10".to_owned());
    let submit = move || {
        needed(&text.get_untracked(), "Say what must be so.")?;
        let by = CheckBy::named(&by.get_untracked()).unwrap_or(CheckBy::Test);
        let minutes = minutes.get_untracked().parse().ok();
        let plan = CheckPlan {
            text: text.get_untracked(),
            by,
            service: service.get_untracked(),
            minutes: minutes.filter(|_| by == CheckBy::Threshold),
        };
        here.act(vec![write::recovery::plan_check(&plan)], "Planned a check");
        here.close_form();
        Ok(())
    };
    let options = CheckBy::ALL
        .iter()
        .map(|by| (by.name().to_owned(), words::check_by(*by).to_owned()))
        .collect();
    let holds = move || by.with(|by| by == CheckBy::Threshold.name());
    view! {
        <EntryForm button="Plan it" submit>
            <TextField label="What must be so" value=text hint="“Less than 1 % of orders fail”, “an order from abroad goes through”." first=true/>
            <SelectField label="Decided by" value=by options/>
            {move || holds().then(|| view! { <SelectField label="It holds for" value=minutes options=lengths(&[5, 10, 15, 30, 60, 120])/> })}
            <OfService value=service/>
        </EntryForm>
    }
}

#[component]
pub fn JudgeCheck(event: EventId) -> impl IntoView {
    let here = use_here();
    let said = words_of(here, event);
    let text = line();
    let passed = RwSignal::new("passed".to_owned());
    let waits = here.ask_now(|incident| {
        let mut planned = incident.planned_checks.iter();
        let found = planned.find(|said| said.id() == event)?;
        match stand(incident, found) {
            Stand::Holding(until) => Some(until),
            _ => None,
        }
    });
    let waits = waits.flatten().filter(|until| here.instant() < *until);
    let submit = move || {
        let holds = passed.with_untracked(|passed| passed == "passed");
        here.act_on("Checked recovery", |incident| {
            write::recovery::judge_check(incident, event, holds, &text.get_untracked())
        });
        here.close_form();
        Ok(())
    };
    view! {
        <EntryForm button="Write it down" submit>
            <p dir="auto"><b>{said}</b></p>
            {waits.map(|until| view! { <p class="faint small">"It has to hold until "{full(until)}"; before that it does not count as passed."</p> })}
            <SelectField label="Result" value=passed options=results() first=true/>
            <TextField label="What was seen" value=text hint="May be left empty."/>
        </EntryForm>
    }
}

#[component]
pub fn StartWatch() -> impl IntoView {
    let here = use_here();
    let minutes = RwSignal::new(WATCH_MINUTES.to_string());
    let submit = move || {
        let minutes = minutes.get_untracked().parse().unwrap_or(WATCH_MINUTES);
        here.act(
            vec![write::recovery::watch(minutes)],
            "Began to watch recovery",
        );
        here.close_form();
        Ok(())
    };
    view! {
        <EntryForm button="Watch it" submit>
            <p class="faint">"A check that fails meanwhile says that it is not over."</p>
            <SelectField label="For how long" value=minutes options=lengths(&[15, 30, 60, 120, 240, 1440]) first=true/>
        </EntryForm>
    }
}

#[component]
pub fn DrainBacklog() -> impl IntoView {
    let here = use_here();
    let text = line();
    let submit = move || {
        let draft = write::recovery::drained(&text.get_untracked());
        here.act(vec![draft], "The backlog is drained");
        here.close_form();
        Ok(())
    };
    view! {
        <EntryForm button="It is drained" submit>
            <TextField label="What had waited, and is worked off" value=text hint="Orders, mails, jobs. May be left empty." first=true/>
        </EntryForm>
    }
}
