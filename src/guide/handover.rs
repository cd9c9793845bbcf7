//! The brief of a hand-over: what is known, in whole sentences, for a person to correct. Updates to
//! audiences are `draft`'s.
//!
//! Says only what the log holds; what is not known is said to be not known.

use crate::guide::step::{Advice, Urgency};
use crate::guide::{brief, dues, recovery, stages, tasks, words};
use crate::model::incident::{HypothesisState, Workaround};
use crate::model::task::TaskState;
use crate::model::term::{Phase, Stamp};
use crate::model::{Incident, Said, Timestamp};
use crate::runbook::plan::{Row, plan};

/// Older decisions are in the timeline.
const LAST_DECISIONS: usize = 3;
/// Later dues are in the guide.
const NEXT_DUES: usize = 4;

/// A task with who does it, and what was said of it last.
fn task(incident: &Incident, row: &Row) -> String {
    let who = row.doer.map(|person| brief::name_or_you(incident, person));
    let news = if row.report.is_empty() {
        &row.words
    } else {
        &row.report
    };
    let about: Vec<String> = who
        .into_iter()
        .chain((!news.is_empty()).then(|| news.trim().trim_end_matches('.').to_owned()))
        .collect();
    if about.is_empty() {
        row.task.title.clone()
    } else {
        format!("{} ({})", row.task.title, about.join(": "))
    }
}

/// What whoever takes a role over needs to know: state, what is open and due, people, risks. Lines,
/// for a person to complete. Sources: PagerDuty's and Google's hand-over practice.
pub fn brief(
    incident: &Incident,
    advice: Option<&Advice>,
    now: Timestamp,
    utc_offset_minutes: i32,
) -> String {
    let wall = |at: Timestamp| words::wall(at, now, utc_offset_minutes);
    let mut lines = vec![opening(incident)];
    lines.push(format!("Stage: {}.", words::stage(incident.stage())));
    lines.extend(incident.began_at().map(|at| {
        let so_far = words::span(incident.ended_at().unwrap_or(now) - at);
        format!("Began {}, {so_far}.", wall(at))
    }));
    lines.extend(services(incident));
    lines.push(condition(incident));
    let listed = |what: &str, parts: Vec<String>| {
        (!parts.is_empty()).then(|| format!("{what}: {}.", parts.join("; ")))
    };
    let plan = plan(incident, now);
    for (what, state) in [
        ("Running", TaskState::Running),
        ("Blocked", TaskState::Blocked),
    ] {
        let rows = plan.rows.iter().filter(|row| row.state == state);
        let tasks = rows.map(|row| task(incident, row)).take(NEXT_DUES);
        lines.extend(listed(what, tasks.collect()));
    }
    lines.extend(
        tasks::restoration(&plan, wall)
            .map(|(when, _)| format!("Service back: {}.", when.to_ascii_lowercase())),
    );
    let tested = incident.hypotheses.iter();
    let tested = tested.filter(|said| said.what.state == HypothesisState::Open);
    let sentence = |text: &str| text.trim().trim_end_matches('.').to_owned();
    lines.extend(listed(
        "Being tested",
        tested
            .map(|said| {
                let text = sentence(&said.what.text);
                let tester = said.what.tester;
                tester.map_or(text.clone(), |person| {
                    format!("{text} ({})", brief::name_or_you(incident, person))
                })
            })
            .collect(),
    ));
    let decisions = incident.decisions.iter().rev().take(LAST_DECISIONS);
    lines.extend(listed(
        "Decided",
        decisions.map(|said| sentence(&said.what.text)).collect(),
    ));
    lines.extend(advice.and_then(|advice| {
        let stage = advice.stages.iter();
        let current = stage.filter(|view| view.stage == incident.stage());
        let open = current.flat_map(|view| stages::open(&view.criteria));
        listed(
            "Open",
            open.map(|criterion| sentence(&criterion.title)).collect(),
        )
    }));
    lines.extend(advice.and_then(|advice| {
        let dues = advice.dues.iter().take(NEXT_DUES);
        listed(
            "Due",
            dues.map(|due| format!("{} {}", due.title, wall(due.at)))
                .collect(),
        )
    }));
    let held = incident.roles.keys().filter_map(|role| {
        let person = incident.holder(role)?;
        let name = brief::name_or_you(incident, person);
        Some(format!("{} {name}", words::role_within(role)))
    });
    lines.extend(listed("Roles", held.collect()));
    let bridges = incident.bridges.iter();
    lines.extend(listed(
        "Where we meet",
        bridges
            .map(|said| format!("{} {}", said.what.label, said.what.url))
            .collect(),
    ));
    let ends = recovery::in_place(incident).filter_map(|said| said.what.expires);
    let ends = ends
        .min()
        .map(|at| format!("a workaround ends {}", wall(at)));
    let risks = ends.into_iter().chain(risks(incident, advice)).collect();
    lines.extend(listed("Risks", risks));
    lines.join("\n")
}

/// What may go wrong next, as far as the log shows it.
fn risks(incident: &Incident, advice: Option<&Advice>) -> Vec<String> {
    let mut risks = Vec::new();
    let in_place = |said: &&Said<Workaround>| said.what.removed_by.is_none();
    if incident.workarounds.iter().any(|said| in_place(&said)) && incident.fixes.is_empty() {
        risks.push("service rests on a workaround, the fault is not mended".to_owned());
    }
    if let Some(failed) = incident.checks.last().filter(|said| !said.what.passed) {
        risks.push(format!(
            "the last check failed: {}",
            failed.what.text.trim()
        ));
    }
    let late = advice.into_iter().flat_map(|advice| &advice.dues);
    let late = late.filter(|due| due.urgency == Urgency::Overdue).count();
    if late > 0 {
        risks.push(words::count(late, "thing is overdue", "things are overdue"));
    }
    risks
}

fn opening(incident: &Incident) -> String {
    let title = brief::title(incident);
    let title = title.trim_end_matches('.');
    match (dues::phase(incident), incident.priority()) {
        (Phase::Resolved, _) => format!("Over: {title}."),
        (_, Some(priority)) if incident.is_major() => {
            format!("Major incident ({priority}): {title}.")
        }
        _ => format!("{title}."),
    }
}

fn services(incident: &Incident) -> Option<String> {
    let hit: Vec<String> = incident
        .affected()
        .iter()
        .map(|(name, level)| format!("{name} ({})", words::level(*level)))
        .collect();
    (!hit.is_empty()).then(|| format!("Hit: {}.", hit.join(", ")))
}

fn condition(incident: &Incident) -> String {
    let workaround = incident
        .workarounds
        .iter()
        .rev()
        .find(|said| said.what.removed_by.is_none())
        .map(|said| said.what.text.trim_end_matches('.'));
    let cause = incident
        .hypotheses
        .iter()
        .rev()
        .find(|said| said.what.state == HypothesisState::Confirmed)
        .map(|said| said.what.text.trim_end_matches('.'));
    let mut text = match (
        dues::phase(incident),
        incident.stamp(Stamp::Restored).is_some(),
        workaround,
    ) {
        (Phase::Resolved, ..) => "Service is back and the fault is mended.".to_owned(),
        (_, true, _) => "Service is back; we are watching that it stays so.".to_owned(),
        (_, false, Some(workaround)) => format!("A workaround is in place: {workaround}."),
        (Phase::Identified, ..) => "The cause is known and we are working on it.".to_owned(),
        _ => "We are looking into it; the cause is not known yet.".to_owned(),
    };
    if let Some(cause) = cause {
        text.push_str(&format!(" Cause: {cause}."));
    }
    text
}
