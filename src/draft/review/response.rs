//! What was thought and done in the response: decisions, hypotheses, changes, and how it was mended.

use super::document::{Block, Row, Section, View, own, resting, row, table};
use super::sections::{lines, or_none, section};
use crate::guide::words;
use crate::model::fact::Change;
use crate::model::incident::{Hypothesis, HypothesisState, Workaround};
use crate::model::{Said, order};

pub(super) fn decisions(view: &View<'_>) -> Section {
    let rows = view.incident.decisions.iter().map(|said| {
        row(vec![
            own(view.when(said.when)),
            resting(said.what.text.trim(), vec![said.id()]),
            own(lines(
                &or_none(&said.what.because),
                &choices(&said.what.options),
            )),
            own(view.who(said)),
        ])
    });
    let header = ["When", "Decision", "Why", "Noted by"];
    let table = table("", &header, rows.collect(), "No decision is in the log.");
    section("decisions", "Decisions", vec![table])
}

pub(super) fn hypotheses(view: &View<'_>) -> Section {
    let rows = view.incident.hypotheses.iter().map(|said| {
        let state = match said.what.state {
            HypothesisState::Open => "open",
            HypothesisState::Confirmed => "confirmed",
            HypothesisState::RuledOut => "ruled out",
        };
        let because = match said.what.state {
            HypothesisState::Open => String::new(),
            _ => or_none(&said.what.because),
        };
        let mut because = own(lines(&because, &seen(&said.what)));
        because.from = said.what.evidence.iter().map(Said::id).collect();
        let tester = said.what.tester.map(|person| view.name(person));
        let verdict = resting(state, said.what.decided_by.into_iter().collect());
        row(vec![
            own(view.when(said.when)),
            resting(said.what.text.trim(), vec![said.id()]),
            own(tester.unwrap_or_default()),
            verdict,
            because,
        ])
    });
    let header = ["Raised", "Hypothesis", "Tested by", "Verdict", "Why"];
    let table = table("", &header, rows.collect(), "No hypothesis is in the log.");
    section("hypotheses", "Hypotheses", vec![table])
}

pub(super) fn mending(view: &View<'_>) -> Section {
    let incident = view.incident;
    let around = incident.workarounds.iter().map(|said| {
        let removed = said.what.removed_by.and_then(|by| incident.entry(by));
        let removed = removed.map(|entry| resting(view.when(entry.when), vec![entry.id()]));
        row(vec![
            own(view.when(said.when)),
            resting(
                lines(&said.what.text, &relief(view, &said.what)),
                vec![said.id()],
            ),
            removed.unwrap_or_else(|| own("still in place, as far as the log says")),
        ])
    });
    let header = ["Applied", "Workaround", "Removed"];
    let around = table(
        "Workarounds",
        &header,
        around.collect(),
        "No workaround is in the log.",
    );
    let fixes = incident.fixes.iter().map(|said| {
        let text = resting(said.what.trim(), vec![said.id()]);
        row(vec![own(view.when(said.when)), text, own(view.who(said))])
    });
    let header = ["When", "Fix", "Noted by"];
    let fixes = table("Fixes", &header, fixes.collect(), "No fix is in the log.");
    let checks = incident.checks.iter().map(|said| {
        let passed = if said.what.passed { "passed" } else { "failed" };
        let text = resting(said.what.text.trim(), vec![said.id()]);
        row(vec![
            own(view.when(said.when)),
            text,
            own(passed),
            own(view.who(said)),
        ])
    });
    let header = ["When", "Check", "Result", "Noted by"];
    let none = "No check of recovery is in the log.";
    let checks = table("Checks of recovery", &header, checks.collect(), none);
    let mut blocks = vec![around, fixes, checks];
    blocks.extend(problems(view));
    blocks.extend(drained(view));
    section("mending", "Workarounds, fixes and checks", blocks)
}

/// What a workaround restores and costs, how long it lasts, and how it is undone.
fn relief(view: &View<'_>, around: &Workaround) -> String {
    let level = around.level.map(|level| words::level(level).to_owned());
    let service = match (around.service.trim(), level) {
        ("", level) => level.unwrap_or_default(),
        (service, None) => service.to_owned(),
        (service, Some(level)) => format!("{service} {level}"),
    };
    let expires = around.expires.map(|at| view.when(at));
    let parts = [
        ("Service", service),
        ("It costs", around.cost.trim().to_owned()),
        ("Lasts until", expires.unwrap_or_default()),
        ("To undo it", around.undo.trim().to_owned()),
    ];
    let parts = parts.iter().filter(|(_, text)| !text.is_empty());
    let parts: Vec<String> = parts
        .map(|(what, text)| format!("{what}: {text}"))
        .collect();
    parts.join("\n")
}

/// Problem records, where there are any.
fn problems(view: &View<'_>) -> Option<Block> {
    let rows = view.incident.problems.iter().map(|said| {
        let closed = said.what.closed_by.and_then(|by| view.incident.entry(by));
        let closed = closed.map(|entry| resting(view.when(entry.when), vec![entry.id()]));
        row(vec![
            resting(said.what.problem.text.trim(), vec![said.id()]),
            own(said.what.problem.reference.trim()),
            closed.unwrap_or_else(|| own("open, as far as the log says")),
        ])
    });
    let rows: Vec<Row> = rows.collect();
    let header = ["What is still to be mended", "Reference", "Closed"];
    (!rows.is_empty()).then(|| table("Problem records", &header, rows, ""))
}

/// What had waited, where somebody said that it was worked off.
fn drained(view: &View<'_>) -> Option<Block> {
    let rows = view.incident.drained.iter().map(|said| {
        row(vec![
            own(view.when(said.when)),
            resting(said.what.trim(), vec![said.id()]),
        ])
    });
    let rows: Vec<Row> = rows.collect();
    (!rows.is_empty()).then(|| table("Backlogs that were worked off", &["When", "What"], rows, ""))
}

/// The choices that a decision had.
fn choices(options: &[String]) -> String {
    if options.is_empty() {
        return String::new();
    }
    format!("Among: {}", options.join("; "))
}

/// What was seen for a hypothesis, and against it.
fn seen(hypothesis: &Hypothesis) -> String {
    let lines = hypothesis.evidence.iter().map(|said| {
        let speaks = if said.what.supports { "For" } else { "Against" };
        format!("{speaks} it: {}", said.what.text.trim())
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// What was changed around the incident's start.
pub(super) fn changes(view: &View<'_>) -> Section {
    // Pasted ones have their place in the log by chance.
    let mut changes: Vec<&Said<Change>> = view.incident.changes.iter().collect();
    order::sort_by_key(&mut changes, |said| (said.when, said.place));
    let rows = changes.into_iter().map(|said| {
        row(vec![
            own(view.when(said.when)),
            resting(said.what.text.trim(), vec![said.id()]),
            own(words::change(said.what.change)),
            own(said.what.service.trim()),
            own(said.what.reference.trim()),
        ])
    });
    let header = ["When", "Change", "Kind", "Service", "Reference"];
    let table = table("", &header, rows.collect(), "No change is in the log.");
    section("changes", "What was changed", vec![table])
}
