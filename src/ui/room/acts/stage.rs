//! Forms about stages, stamps, closing, and what does not apply.

use leptos::prelude::*;

use super::super::here::{left_open, use_here};
use super::needed;
use crate::guide::{recovery, stages, words, write};
use crate::model::term::{Stage, Stamp};
use crate::ui::parts::field::{TextField, TimeField, read_time};
use crate::ui::parts::form::EntryForm;
use crate::ui::parts::time::full;
use crate::ui::said_at::Lean;

#[component]
pub fn State(stamp: Stamp) -> impl IntoView {
    let here = use_here();
    let when = RwSignal::new(String::new());
    let stated = here.ask_now(|incident| incident.stamp(stamp)).flatten();
    let submit = move || {
        let at = read_time(when, Lean::Past)?;
        here.act_on(
            &format!("Stated: {}", words::stamp(stamp).to_ascii_lowercase()),
            |incident| write::state(incident, stamp, at),
        );
        here.close_form();
        Ok(())
    };
    view! {
        <EntryForm button="State it" submit>
            <p class="faint">{meaning(stamp)}</p>
            {stated.map(|at| view! { <p>"So far: "<b>{full(at)}</b></p> })}
            <TimeField label="When" value=when first=true/>
        </EntryForm>
    }
}

fn meaning(stamp: Stamp) -> &'static str {
    match stamp {
        Stamp::ImpactStarted => {
            "When customers or staff were first hit. Often earlier than anybody noticed."
        }
        Stamp::Detected => "When somebody or something first noticed.",
        Stamp::Acknowledged => "When a person took it on.",
        Stamp::Mitigated => "When the effect became smaller, by a workaround or otherwise.",
        Stamp::Restored => "When people could work again as usual, as they see it.",
        Stamp::Resolved => "When the fault itself was mended.",
    }
}

#[component]
pub fn Enter(stage: Stage) -> impl IntoView {
    let here = use_here();
    let reason = RwSignal::new(String::new());
    let open = here
        .ask_now(|incident| left_open(incident, stage))
        .unwrap_or_default();
    let back = here
        .ask_now(|incident| stage < incident.stage())
        .unwrap_or(false);
    let names: Vec<String> = open.iter().map(|(name, _)| name.clone()).collect();
    let submit = move || {
        let names = names.clone();
        here.act_on(
            &format!("Went to “{}”", words::stage(stage)),
            |incident| write::enter_stage(incident, stage, names, &reason.get_untracked()),
        );
        here.close_form();
        Ok(())
    };
    let word = if back { "Go back" } else { "Go on" };
    view! {
        <EntryForm button=word submit>
            {if back { view! { <p>"Stages may be returned to; what was done there stays done."</p> }.into_any() } else { ().into_any() }}
            <LeftOpen open/>
            <TextField label="Because" value=reason hint="May be left empty." first=true/>
        </EntryForm>
    }
}

/// What is still open, said and not refused.
#[component]
fn LeftOpen(open: Vec<(String, String)>) -> impl IntoView {
    (!open.is_empty()).then(|| {
        view! {
            <div><p>"Still open; the log will say that it was:"</p>
            <ul class="left-open">{open.into_iter().map(|(_, title)| view! { <li>{title}</li> }).collect_view()}</ul></div>
        }
    })
}

#[component]
pub fn Close() -> impl IntoView {
    let here = use_here();
    let (outcome, reason) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let organisation = here.session.organisation();
    let now = here.instant();
    let open = here
        .ask_now(|incident| recovery::open_before_closing(incident, &organisation, now))
        .unwrap_or_default();
    let names: Vec<String> = open.iter().map(|(name, _)| name.clone()).collect();
    let ask_reason = !open.is_empty();
    let submit = move || {
        let names = names.clone();
        here.act_on("Closed the incident", |incident| {
            write::close(
                incident,
                &outcome.get_untracked(),
                names,
                &reason.get_untracked(),
            )
        });
        here.close_form();
        Ok(())
    };
    view! {
        <EntryForm button="Close" submit>
            <TextField label="How it ended, in a sentence" value=outcome first=true/>
            <LeftOpen open/>
            {ask_reason.then(|| view! { <TextField label="It is closed all the same because" value=reason/> })}
        </EntryForm>
    }
}

#[component]
pub fn Reopen() -> impl IntoView {
    let here = use_here();
    let reason = RwSignal::new(String::new());
    let submit = move || {
        here.act_on("Opened it again", |incident| {
            write::reopen(incident, &reason.get_untracked())
        });
        here.close_form();
        Ok(())
    };
    view! { <EntryForm button="Open it again" submit><TextField label="Because" value=reason first=true/></EntryForm> }
}

#[component]
pub fn Waive(criterion: String) -> impl IntoView {
    let here = use_here();
    let reason = RwSignal::new(String::new());
    let found = here
        .ask_now(|incident| {
            Stage::ALL
                .iter()
                .flat_map(|stage| stages::criteria(incident, *stage))
                .find(|other| other.name == criterion)
        })
        .flatten();
    // What a rule proposes is declined the same way.
    let proposed = || {
        here.advice.with_untracked(|advice| {
            let advice = advice.as_ref()?;
            let mut steps = advice.next.iter().chain(&advice.also);
            let step = steps.find(|step| step.name == criterion);
            let due = || advice.dues.iter().find(|due| due.name == criterion);
            step.map(|step| step.title.clone())
                .or_else(|| due().map(|due| due.title.clone()))
        })
    };
    let title = found.map(|found| found.title).or_else(proposed);
    let title = title.unwrap_or_else(|| criterion.clone());
    let submit = move || {
        needed(
            &reason.get_untracked(),
            "Say why it does not apply; the review will ask.",
        )?;
        here.act(
            vec![write::waive(&criterion, &reason.get_untracked())],
            "Said what does not apply",
        );
        here.close_form();
        Ok(())
    };
    view! {
        <EntryForm button="It does not apply" submit>
            <p><b>{title}</b></p>
            <TextField label="Because" value=reason first=true/>
        </EntryForm>
    }
}
