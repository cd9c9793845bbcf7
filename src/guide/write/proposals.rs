//! How it is written down that something is proposed, and what a person makes of it.
//!
//! What is accepted is written as a person would have written it by hand, and the acceptance beside
//! it. Nothing is written for a proposal that nobody has answered.

use super::{about, causes, link, note, tasks, verdict};
use crate::model::proposal::{Acceptance, Proposal, Proposed};
use crate::model::task::{Attachment, Purpose, Task, TaskChange, TaskId};
use crate::model::term::Relation;
use crate::model::{Digest, Draft, Entry, EventId, Fact, Incident, Writer};

/// How many characters a task's title has at the most where it is made of a question.
const TITLE: usize = 80;

/// Something is proposed.
pub fn propose(proposed: Proposed) -> Draft {
    Fact::Proposed(proposed).draft()
}

/// A proposal was followed; `becomes` is the event that was written because of it.
pub fn accept(proposal: EventId, becomes: Option<EventId>) -> Draft {
    let acceptance = Acceptance {
        becomes,
        helped: None,
    };
    about(Fact::Accepted(acceptance).draft(), proposal)
}

/// A proposal was not followed.
pub fn decline(proposal: EventId, because: &str) -> Draft {
    about(Fact::Declined(verdict(because)).draft(), proposal)
}

/// A person says whether what they accepted helped. None where the entry is no acceptance.
pub fn judge(entry: &Entry, helped: bool) -> Option<Draft> {
    let Fact::Accepted(acceptance) = &entry.fact else {
        return None;
    };
    let judged = Acceptance {
        helped: Some(helped),
        ..acceptance.clone()
    };
    Some(super::amend(entry, &Fact::Accepted(judged)))
}

/// The task that a proposal would add: named by what it says, so that two people who accept it apart
/// from each other mean one task.
pub fn task(what: &Proposal) -> Option<TaskChange> {
    let (named, becomes) = match what {
        Proposal::Task(proposed) => (
            proposed.task.clone(),
            Task {
                title: proposed.title.clone(),
                text: proposed.text.clone(),
                purpose: proposed.purpose,
                ..Task::default()
            },
        ),
        Proposal::Question(question) => {
            let title = crate::guide::words::shortened(question.text.trim(), TITLE);
            let title = format!("Find out: {title}");
            let whole = question.text.trim().chars().count() <= TITLE;
            let text = if whole { "" } else { question.text.trim() };
            (
                None,
                Task {
                    title,
                    text: text.to_owned(),
                    purpose: Purpose::Diagnose,
                    ..Task::default()
                },
            )
        }
        _ => return None,
    };
    let of_words = || {
        let parts = [becomes.title.as_bytes(), b"\n", becomes.text.as_bytes()];
        let id = Writer::from_digest(Digest::of(&parts));
        TaskId::in_runbook("proposal", id.as_str())
    };
    Some(TaskChange {
        task: named.unwrap_or_else(of_words),
        becomes,
    })
}

/// What a person would write by hand to follow a proposal. None where nothing is to be written: the
/// task is there already, an update is for a person to send, a runbook is not on the shelf.
pub fn followed(
    incident: &Incident,
    what: &Proposal,
    runbook: Option<Attachment>,
) -> Option<Draft> {
    match what {
        Proposal::Task(_) | Proposal::Question(_) => {
            let change = task(what)?;
            let held = incident.tasks.get(&change.task);
            let is_there = held.is_some_and(|record| record.task().is_some());
            (!is_there).then(|| tasks::accept(change))
        }
        Proposal::Hypothesis(suspicion) => {
            Some(causes::hypothesis(&suspicion.text, &suspicion.service))
        }
        Proposal::Update(_) => None,
        Proposal::Similar(case) => match case.incident {
            Some(other) if incident.ids.contains(&other) => None,
            Some(other) => Some(link(Relation::Related, other)),
            None => Some(note(&format!("A similar case: {}", case.text))),
        },
        Proposal::Runbook(id) => runbook
            .filter(|attachment| {
                let mut followed = incident.runbooks.iter();
                !followed.any(|said| said.what.runbook == *id) && attachment.runbook == *id
            })
            .map(tasks::attach),
    }
}
