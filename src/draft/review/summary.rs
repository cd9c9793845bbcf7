//! The executive summary: what, for whom, how long, at what cost, why, what was done, what will be.
//!
//! Fits on one page: long words are cut, lists say how much more there is, and all of it stands in the
//! sections that follow.

use super::document::{Block, Fact, Line, Section, View, fact, missing, own, resting};
use super::{figures, sections};
use crate::guide::words;
use crate::model::communication::PublicWord;
use crate::model::incident::HypothesisState;
use crate::model::term::{ActionState, FindingKind};
use crate::model::{EventId, Register, Said};

/// Letters of somebody's words that the summary has.
const MOST_LETTERS: usize = 420;
/// Letters of each thing in a list.
const MOST_OF_EACH: usize = 140;
/// Things of one kind that the summary has.
const MOST_THINGS: usize = 3;

/// The summary.
pub(super) fn section(view: &View<'_>) -> Section {
    let incident = view.incident;
    let mut blocks = Vec::new();
    if let Some(written) = written(&incident.summary) {
        blocks.push(Block::Quote(written));
    } else {
        let says = "Nobody has written a summary; what follows is from the log alone.";
        blocks.push(Block::Missing(says.to_owned()));
    }
    blocks.push(Block::Facts(vec![
        what(view),
        whom(view),
        services(view),
        figures::length(view),
        figures::cost(view),
        causes(view),
        done(view),
        actions(view),
    ]));
    Section {
        id: "summary",
        title: "Executive summary",
        blocks,
    }
}

fn cut(text: &str, most: usize) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words::shortened(&words.join(" "), most)
}

/// What a person wrote; none where it is empty.
fn written(register: &Register<String>) -> Option<Line> {
    let (setting, text) = register.current_setting()?;
    let text = text.trim();
    (!text.is_empty()).then(|| resting(words::shortened(text, MOST_LETTERS), vec![setting.id()]))
}

fn what(view: &View<'_>) -> Fact {
    let what = written(&view.incident.title);
    let missing = || missing("What", "Nobody has said what was broken.");
    what.map_or_else(missing, |line| {
        let classified = view.incident.classification.current_setting();
        let Some((setting, classification)) = classified else {
            return fact("What", line, "No priority was set.");
        };
        let mut from = line.from.clone();
        from.push(setting.id());
        let kind = if view.incident.is_major() {
            "major"
        } else {
            "standard"
        };
        let priority = classification.priority.map(|priority| priority.to_string());
        let priority = priority.unwrap_or_else(|| "Priority pending".to_owned());
        let note = format!("{priority}, {kind} incident.");
        fact("What", resting(line.text, from), note)
    })
}

fn whom(view: &View<'_>) -> Fact {
    let incident = view.incident;
    let hit = incident.customers_hit.current_setting();
    let note = match hit {
        Some((_, true)) => "A person confirmed that customers were hit.",
        Some((_, false)) => "A person confirmed that customers were not hit.",
        None => "Nobody has confirmed whether customers were hit.",
    };
    let confirmed = hit.map(|(setting, _)| setting.id());
    match written(incident.public.register(PublicWord::Whom)) {
        Some(mut line) => {
            line.from.extend(confirmed);
            fact("For whom", line, note)
        }
        None => match hit {
            Some((_, hit)) => {
                let who = if *hit { "Customers" } else { "Not customers" };
                let line = resting(who, confirmed.into_iter().collect());
                fact("For whom", line, "Nobody has written who was hit.")
            }
            None => missing("For whom", "Nobody has written who was hit."),
        },
    }
}

fn services(view: &View<'_>) -> Fact {
    let mut from: Vec<EventId> = Vec::new();
    let mut names: Vec<Line> = Vec::new();
    for (name, register) in &view.incident.services {
        let hits: Vec<EventId> = register
            .standing()
            .map(|(setting, _)| setting.id())
            .collect();
        if register.standing().any(|(_, level)| level.is_some()) {
            names.push(own(name.trim()));
            from.extend(hits);
        }
    }
    if names.is_empty() {
        return missing("Services", "No service was named.");
    }
    fact("Services", joined(&names, ", ", from), "")
}

/// The first few of some words, and how many more there are.
fn joined(lines: &[Line], between: &str, mut from: Vec<EventId>) -> Line {
    let few = lines.iter().take(MOST_THINGS);
    let texts: Vec<String> = few
        .clone()
        .map(|line| cut(&line.text, MOST_OF_EACH))
        .collect();
    from.extend(few.flat_map(|line| &line.from));
    let mut text = texts.join(between);
    let more = lines.len().saturating_sub(MOST_THINGS);
    if more > 0 {
        text.push_str(&format!(", and {more} more"));
    }
    resting(text, from)
}

/// What a review found to have contributed, or else hypotheses that proved right.
fn causes(view: &View<'_>) -> Fact {
    let found = sections::found(view, FindingKind::ContributingFactor);
    let confirmed = view.incident.hypotheses.iter();
    let confirmed = confirmed.filter(|said| said.what.state == HypothesisState::Confirmed);
    let confirmed = confirmed.map(|said| {
        let decided = said.what.decided_by;
        resting(
            &said.what.text,
            [said.id()].into_iter().chain(decided).collect(),
        )
    });
    let (lines, note) = if found.is_empty() {
        (
            confirmed.collect(),
            "A hypothesis that was confirmed; no review has named factors.",
        )
    } else {
        (found, "Contributing factors, as the review found them.")
    };
    if lines.is_empty() {
        return missing(
            "Why",
            "No cause is confirmed, and no review has named factors.",
        );
    }
    fact("Why", joined(&lines, "; ", Vec::new()), note)
}

fn done(view: &View<'_>) -> Fact {
    let incident = view.incident;
    let fixes = incident.fixes.iter().map(said);
    let around = incident.workarounds.iter();
    let around = around.map(|said| resting(&said.what.text, vec![said.id()]));
    let lines: Vec<Line> = fixes.chain(around).collect();
    if lines.is_empty() {
        return missing("What was done", "No fix and no workaround is in the log.");
    }
    fact("What was done", joined(&lines, "; ", Vec::new()), "")
}

fn said(said: &Said<String>) -> Line {
    resting(&said.what, vec![said.id()])
}

fn actions(view: &View<'_>) -> Fact {
    let term = "What is next";
    let all = sections::improvements(view.incident);
    let open = all.iter().filter(|said| {
        let state = said.what.state;
        matches!(state, ActionState::Open | ActionState::InProgress)
    });
    let lines: Vec<Line> = open
        .map(|said| {
            let owner = said.what.action.owner.map(|person| view.name(person));
            let owner = owner.unwrap_or_else(|| "nobody yet".to_owned());
            let due = said.what.action.due.map(|due| view.day(due));
            let due = due.unwrap_or_else(|| "no date".to_owned());
            let text = cut(&said.what.action.text, MOST_OF_EACH - 40);
            resting(format!("{text} ({owner}, {due})"), vec![said.id()])
        })
        .collect();
    match (lines.is_empty(), all.is_empty()) {
        (true, true) => missing(term, "No improvement was agreed."),
        (true, false) => {
            let from = all.iter().map(|said| said.id()).collect();
            fact(
                term,
                resting(
                    "All improvements that were agreed are done or dropped.",
                    from,
                ),
                "",
            )
        }
        (false, _) => fact(term, joined(&lines, "; ", Vec::new()), ""),
    }
}
