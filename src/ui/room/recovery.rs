//! The panel of recovery: the watch with its countdown, checks, what is still hit, what had waited.

use leptos::prelude::*;

use super::here::use_here;
use super::items::{Item, Items};
use super::work::{act, item, newest_first};
use crate::guide::recovery::{self, Stand};
use crate::guide::{Act, brief, timeline, words};
use crate::model::incident::{Check, PlannedCheck};
use crate::model::{Incident, Said, Timestamp};
use crate::ui::derived::Derived;

/// Whether service is proven to be back.
#[component]
pub fn Recovery() -> impl IntoView {
    let here = use_here();
    let watched = Derived::new(move || {
        let now = here.session.clock().minute();
        let watch = here.ask(|incident| watch(incident, now)).flatten();
        watch.into_iter().collect()
    });
    let planned = Derived::new(move || {
        let now = here.session.clock().minute();
        let planned = here.ask(|incident| {
            let all = incident.planned_checks.iter();
            all.map(|said| planned(incident, said, now)).collect()
        });
        planned.unwrap_or_default()
    });
    let checks = here.view(|incident| newest_first(&incident.checks, check));
    let hit = here.view(|incident| {
        incident
            .affected()
            .into_iter()
            .map(|(name, _)| super::services::service(incident, name))
            .collect()
    });
    let drained =
        here.view(|incident| newest_first(&incident.drained, |said| item(said, "", &said.what)));
    let roles = here.view(roles);
    view! {
        <Items title="The watch" add=vec![act("Watch recovery", Act::StartWatch)] items=watched
            empty="Recovery is not being watched yet. What comes back often comes back twice."/>
        <Items title="Planned checks" add=vec![act("Plan a check", Act::PlanCheck)] items=planned
            empty="None is planned. What must be so, for how long, before it counts as restored?"/>
        <Items title="Checks of recovery" term="Recovery check" add=vec![act("Check recovery", Act::CheckRecovery)] items=checks
            empty="Nothing is checked yet. A fix that was applied is not service that is restored."/>
        <Items title="Still hit" add=Vec::new() items=hit empty="No service is said to be hit."/>
        <Items title="Backlog" add=vec![act("The backlog is drained", Act::DrainBacklog)] items=drained
            empty="Nobody has said that what had waited is worked off."/>
        <Items title="Roles still held" add=vec![act("Stand everybody down", Act::StandDown)] items=roles
            empty="Nobody holds one but who leads, if anybody does."/>
    }
}

/// The watch that was begun last, with what is left of it.
fn watch(incident: &Incident, now: Timestamp) -> Option<Item> {
    let watch = recovery::watch(incident)?;
    let (class, word) = match watch.failed {
        Some(_) => ("tag late", "does not hold".to_owned()),
        None if watch.runs(now) => ("tag soon", words::due(watch.until, now)),
        None => ("tag good", "over".to_owned()),
    };
    let minutes = words::span(watch.until - watch.from);
    Some(Item {
        lead: "Watched".to_owned(),
        text: format!("for {minutes}, from"),
        tag: Some((class, word)),
        when: Some(watch.from),
        ..Item::default()
    })
}

fn planned(incident: &Incident, said: &Said<PlannedCheck>, now: Timestamp) -> Item {
    let (class, word) = match recovery::stand(incident, said) {
        Stand::Open => ("tag", "to be done".to_owned()),
        Stand::Holding(until) if now < until => (
            "tag soon",
            format!("holds; counts {}", words::due(until, now)),
        ),
        Stand::Holding(_) => ("tag soon", "has it held?".to_owned()),
        Stand::Passed(_) => ("tag good", "holds".to_owned()),
        Stand::Failed(_) => ("tag late", "does not hold".to_owned()),
    };
    let acts = match recovery::act(incident, said) {
        Some(begin @ Act::BeginCheck(_)) => vec![act("It holds from now on", begin)],
        Some(judge) => vec![act("Result", judge)],
        None => vec![act("Check again", Act::JudgeCheck(said.id()))],
    };
    Item {
        tag: Some((class, word)),
        detail: timeline::decided_by(&said.what.plan),
        acts,
        ..item(said, "", &said.what.plan.text)
    }
}

fn check(said: &Said<Check>) -> Item {
    let tag = if said.what.passed {
        ("tag good", "holds")
    } else {
        ("tag late", "does not hold")
    };
    Item {
        tag: Some((tag.0, tag.1.to_owned())),
        ..item(said, "", &said.what.text)
    }
}

fn roles(incident: &Incident) -> Vec<Item> {
    let held = recovery::held_roles(incident).into_iter();
    let items = held.map(|role| Item {
        lead: words::role(role),
        text: incident
            .holder(role)
            .map(|person| brief::name_or_you(incident, person))
            .unwrap_or_default(),
        ..Item::default()
    });
    items.collect()
}
