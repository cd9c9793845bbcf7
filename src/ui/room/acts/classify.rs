//! Forms about priority and handling.

use leptos::prelude::*;

use super::super::here::{Here, use_here};
use super::needed;
use crate::classify::priority::Answers;
use crate::guide::write;
use crate::model::Span;
use crate::ui::parts::field::TextField;
use crate::ui::parts::form::EntryForm;
use crate::ui::parts::questions::{
    CriteriaAsked, Questions, SeeDifferently, ThreeQuestions, VerdictCard, spoken,
};

fn questions(here: Here) -> Questions {
    let now = here.instant();
    here.ask_now(|incident| {
        let answers = incident.classified().map(Answers::from).unwrap_or_default();
        let running = incident
            .began_at()
            .filter(|_| incident.ended_at().is_none())
            .map_or(Span(0), |began| now - began);
        Questions::new(&answers, running)
    })
    .unwrap_or_else(|| Questions::new(&Answers::default(), Span(0)))
}

fn submit(here: Here, questions: Questions) -> Result<(), String> {
    let Some(classification) = questions.classification()? else {
        return Err("Answer at least one question.".to_owned());
    };
    let what = spoken(&classification);
    here.act_on(&what, |incident| write::classify(incident, classification));
    here.close_form();
    Ok(())
}

#[component]
pub fn Classify() -> impl IntoView {
    let here = use_here();
    let questions = questions(here);
    view! {
        <EntryForm button="Classify" submit=move || submit(here, questions)>
            <ThreeQuestions questions first=true/>
            <div class="verdict-line"><VerdictCard questions/></div>
            <SeeDifferently questions/>
        </EntryForm>
    }
}

#[component]
pub fn Criteria() -> impl IntoView {
    let here = use_here();
    let questions = questions(here);
    view! {
        <EntryForm button="These are the answers" submit=move || submit(here, questions)>
            <CriteriaAsked questions alone=true/>
            <div class="verdict-line"><VerdictCard questions/></div>
        </EntryForm>
    }
}

#[component]
pub fn Escalate() -> impl IntoView {
    let here = use_here();
    let reason = RwSignal::new(String::new());
    let submit = move || {
        here.act_on("Made it a major incident", |incident| {
            write::escalate(incident, &reason.get_untracked())
        });
        here.close_form();
        Ok(())
    };
    view! { <EntryForm button="Make it a major incident" submit><TextField label="Because" value=reason first=true/></EntryForm> }
}

#[component]
pub fn Downgrade() -> impl IntoView {
    let here = use_here();
    let reason = RwSignal::new(String::new());
    let submit = move || {
        needed(&reason.get_untracked(), "Say why; somebody will ask.")?;
        here.act_on("Made it a standard incident", |incident| {
            write::downgrade(incident, &reason.get_untracked())
        });
        here.close_form();
        Ok(())
    };
    view! {
        <EntryForm button="Make it a standard incident" submit>
            <TextField label="Because" value=reason hint="It takes the light path from then on; it can be escalated again." first=true/>
        </EntryForm>
    }
}
