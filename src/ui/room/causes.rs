//! The panel of causes: workarounds, what it might be, what was changed, fixes, problem records.

use leptos::prelude::*;

use super::here::{Form, use_here};
use super::items::{Item, Items};
use super::work::{act, item, newest_first};
use crate::guide::causes::{self, Beside};
use crate::guide::{Act, timeline, words, write};
use crate::model::incident::{Hypothesis, HypothesisState, ProblemRecord, Workaround};
use crate::model::{Incident, Said};
use crate::search::Question;
use crate::ui::derived::Derived;
use crate::ui::parts::alike::{AlikeList, Helped, like};
use crate::ui::parts::time::wall;

/// What it might be, and how people work meanwhile.
#[component]
pub fn Causes() -> impl IntoView {
    let here = use_here();
    let workarounds = here.view(|incident| {
        // In the order in which they were applied: a later one may rest on an earlier one.
        let all = incident.workarounds.iter();
        all.map(|said| workaround(incident, said)).collect()
    });
    let hypotheses =
        here.view(|incident| newest_first(&incident.hypotheses, |said| hypothesis(incident, said)));
    let changes = here.view(|incident| causes::changes(incident).iter().map(change).collect());
    let fixes =
        here.view(|incident| newest_first(&incident.fixes, |said| item(said, "", &said.what)));
    let problems = here.view(|incident| newest_first(&incident.problems, problem));
    view! {
        <Items title="Workarounds" term="Workaround" add=vec![act("A workaround is in place", Act::ApplyWorkaround)] items=workarounds
            empty="None yet. A way for people to work comes before the cause."/>
        <Items title="Hypotheses" term="Hypothesis" add=vec![act("Raise a hypothesis", Act::RaiseHypothesis)] items=hypotheses
            empty="Nothing is being tested. A guess that is written down can be ruled out."/>
        <Items title="Changes before the impact" add=vec![act("A change was made", Act::RecordChange)] items=changes
            empty="None is written down. What changed in the two days before it began?"/>
        <Items title="Fixes" term="Fix" add=vec![act("A fix is in place", Act::ApplyFix)] items=fixes empty="No fix is in place."/>
        <Items title="Problem records" add=vec![act("Record a problem", Act::RecordProblem(None))] items=problems
            empty="None. What cannot be mended now is held in one, so that a workaround is not forgotten."/>
        <LikeThis/>
    }
}

/// Past incidents that resemble this one, and what worked then, to be used here.
#[component]
fn LikeThis() -> impl IntoView {
    let here = use_here();
    here.session.make_searchable();
    let past = Derived::new(move || {
        let question = here.ask(|incident| Question::of(here.id, incident));
        question
            .map(|question| like(here.session, &question))
            .unwrap_or_default()
    });
    let using = Callback::new(move |helped: Helped| match helped {
        Helped::Workaround(text) => here.open_form(Form::Workaround(text)),
        Helped::Cause(text) => here.act(vec![write::hypothesis(&text)], "Raised a hypothesis"),
        Helped::Runbook(id, _) => super::acts::tasks::follow(here, &id),
        Helped::Fix(_) => {}
    });
    view! { <AlikeList past using/> }
}

fn workaround(incident: &Incident, said: &Said<Workaround>) -> Item {
    let Workaround {
        service,
        level,
        cost,
        undo,
        expires,
        removed_by,
        ..
    } = &said.what;
    let own = |problem: &&Said<ProblemRecord>| problem.what.workaround == Some(said.id());
    let has_record = incident.problems.iter().any(|problem| own(&problem));
    let tag = match (removed_by, expires) {
        (Some(_), _) => ("tag", "removed".to_owned()),
        (None, Some(until)) => ("tag good", format!("until {}", wall(*until, said.when))),
        (None, None) => ("tag good", "in place".to_owned()),
    };
    let mut acts = Vec::new();
    if removed_by.is_none() {
        acts.push(act("Was removed", Act::RemoveWorkaround(said.id())));
        if !has_record {
            acts.push(act("It stays", Act::RecordProblem(Some(said.id()))));
        }
    }
    Item {
        tag: Some(tag),
        detail: timeline::eased(service, *level, cost, undo),
        acts,
        ..item(said, "", &said.what.text)
    }
}

fn hypothesis(incident: &Incident, said: &Said<Hypothesis>) -> Item {
    let tag = match said.what.state {
        HypothesisState::Open => ("tag soon", "open"),
        HypothesisState::Confirmed => ("tag good", "confirmed"),
        HypothesisState::RuledOut => ("tag", "ruled out"),
    };
    let acts = if said.what.state == HypothesisState::Open {
        vec![
            act("Decide", Act::DecideHypothesis(said.id())),
            act("Who tests it", Act::AssignHypothesis(said.id())),
            act("What was seen", Act::AddEvidence(said.id())),
        ]
    } else {
        vec![act("Decide again", Act::DecideHypothesis(said.id()))]
    };
    Item {
        tag: Some((tag.0, tag.1.to_owned())),
        detail: timeline::suspected(incident, &said.what),
        acts,
        ..item(said, "", &said.what.text)
    }
}

fn change(beside: &Beside<'_>) -> Item {
    let said = beside.change;
    let class = if beside.near { "tag soon" } else { "tag" };
    let words = beside.words();
    let acts = match beside.suspected {
        Some(_) => Vec::new(),
        None => vec![act("It might be this", Act::SuspectChange(said.id()))],
    };
    Item {
        tag: (!words.is_empty()).then_some((class, words)),
        detail: timeline::found_at(&said.what),
        acts,
        ..item(said, words::change(said.what.change), &said.what.text)
    }
}

fn problem(said: &Said<ProblemRecord>) -> Item {
    let (tag, acts) = match said.what.closed_by {
        Some(_) => (("tag", "closed"), Vec::new()),
        None => (
            ("tag soon", "open"),
            vec![act("It is closed", Act::CloseProblem(said.id()))],
        ),
    };
    let problem = &said.what.problem;
    Item {
        tag: Some((tag.0, tag.1.to_owned())),
        acts,
        ..item(said, &problem.reference, &problem.text)
    }
}
