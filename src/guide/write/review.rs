//! How it is written down what a review found, why, and what follows from it.

use super::about;
use crate::model::fact::{Action, Marking, RunbookImprovement, Words};
use crate::model::term::EntryMark;
use crate::model::{Draft, EventId, Fact, Incident};

/// Why something is so: a finding, or an answer to why.
pub fn why(of: EventId, text: &str) -> Draft {
    let text = text.trim().to_owned();
    about(Fact::WhyAnswered(Words { text }).draft(), of)
}

/// An entry was a turning point of the incident, or a delay.
pub fn mark(entry: EventId, mark: EntryMark, because: &str) -> Draft {
    let because = because.trim().to_owned();
    about(Fact::EntryMarked(Marking { mark, because }).draft(), entry)
}

/// An entry has no mark any more: each that it was given is taken back, lest an earlier one come back.
pub fn unmark(incident: &Incident, entry: EventId) -> Vec<Draft> {
    let marks = incident.marks.get(&entry).into_iter().flatten();
    marks.map(|said| super::retract(said.id())).collect()
}

/// A runbook was changed because of what was found.
pub fn runbook_improved(runbook: &str, title: &str, text: &str) -> Draft {
    Fact::RunbookImproved(RunbookImprovement {
        runbook: runbook.to_owned(),
        title: title.trim().to_owned(),
        text: text.trim().to_owned(),
    })
    .draft()
}

/// An improvement is agreed.
pub fn improvement(action: &Action) -> Draft {
    Fact::ActionAdded(Action {
        action: action.action,
        text: action.text.trim().to_owned(),
        owner: action.owner,
        due: action.due,
        success: action.success.trim().to_owned(),
        ticket: action.ticket.trim().to_owned(),
    })
    .draft()
}
