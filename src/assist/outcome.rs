//! What became of each proposal, for the review: who followed it, what was written because of it, and
//! whether it helped, as far as the log says or a person has judged.
//!
//! Never infers that something helped from its having been done.

#[cfg(test)]
mod tests;

use crate::guide::proposals::{self, Group};
use crate::guide::write;
use crate::guide::{brief, words};
use crate::model::incident::{HypothesisState, Incident};
use crate::model::proposal::{Answer, Proposal};
use crate::model::task::TaskState;
use crate::model::{EventId, Kind, Said};

/// What people answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum State {
    /// Nobody did.
    Open,
    /// It was followed.
    Accepted,
    /// It was not.
    Declined,
    /// One person followed it and another did not, apart from each other.
    Both,
}

/// A proposal, and what became of it.
#[derive(Clone, PartialEq, Eq, Debug, Hash)]
pub struct Outcome {
    /// The events that proposed it: several where it came more than once.
    pub events: Vec<EventId>,
    /// What sort of proposal it is: "Proposed task".
    pub kind: &'static str,
    /// What was proposed.
    pub what: String,
    /// Who or what proposed it.
    pub from: String,
    /// Why.
    pub why: String,
    /// On which entries it rests.
    pub because: Vec<EventId>,
    /// What people answered.
    pub state: State,
    /// That in words, with who: "accepted by Ada".
    pub answered: String,
    /// The events of the answers.
    pub answers: Vec<EventId>,
    /// What came of it since, as far as the log says; empty where nothing can.
    pub became: String,
    /// Whether it helped, and by whose word.
    pub helped: String,
    /// Whether something is written twice, because two people accepted apart from each other.
    pub twice: bool,
}

/// What became of every proposal, in the order in which they were made.
pub fn outcomes(incident: &Incident) -> Vec<Outcome> {
    let groups = proposals::groups(incident).into_iter();
    groups.map(|group| outcome(incident, &group)).collect()
}

fn outcome(incident: &Incident, group: &Group<'_>) -> Outcome {
    let proposed = group.proposed();
    let (state, answered) = answered(incident, group);
    let accepted = matches!(state, State::Accepted | State::Both);
    let (became, proof) = if accepted {
        became(incident, group)
    } else {
        (String::new(), None)
    };
    let written = written(incident, group);
    Outcome {
        events: group.events.clone(),
        kind: proposals::kind_lead(&proposed.what),
        what: proposals::words(incident, &proposed.what),
        from: proposals::from(&proposed.from),
        why: proposed.words.clone(),
        because: proposed.because.clone(),
        state,
        answered,
        answers: group.answers.iter().map(|said| said.id()).collect(),
        became,
        helped: judged(incident, group).or(proof).unwrap_or_default(),
        twice: written.len() > 1
            && matches!(
                proposed.what,
                Proposal::Hypothesis(_) | Proposal::Similar(_)
            ),
    }
}

/// The events that were written because of it, and stand.
fn written(incident: &Incident, group: &Group<'_>) -> Vec<EventId> {
    let mut all: Vec<EventId> = group
        .answers
        .iter()
        .filter_map(|said| match &said.what {
            Answer::Accepted(acceptance) => acceptance.becomes,
            Answer::Declined(_) => None,
        })
        .filter(|event| incident.entry(*event).is_some_and(|entry| entry.stands()))
        .collect();
    all.sort_unstable();
    all.dedup();
    all
}

fn by<T>(incident: &Incident, said: &Said<T>) -> String {
    said.by.map_or_else(
        || "somebody".to_owned(),
        |person| brief::name_or_you(incident, person),
    )
}

fn answered(incident: &Incident, group: &Group<'_>) -> (State, String) {
    let (mut yes, mut no, mut told) = (false, false, Vec::new());
    for said in &group.answers {
        let who = by(incident, said);
        let answer = match &said.what {
            Answer::Accepted(_) => {
                yes = true;
                format!("accepted by {who}")
            }
            Answer::Declined(because) => {
                no = true;
                if because.is_empty() {
                    format!("declined by {who}")
                } else {
                    format!("declined by {who}: {because}")
                }
            }
        };
        if !told.contains(&answer) {
            told.push(answer);
        }
    }
    let state = match (yes, no) {
        (false, false) => State::Open,
        (true, false) => State::Accepted,
        (false, true) => State::Declined,
        (true, true) => State::Both,
    };
    if told.is_empty() {
        told.push("never answered".to_owned());
    }
    (state, told.join("; "))
}

/// A person's own word on whether it helped; the last one counts.
fn judged(incident: &Incident, group: &Group<'_>) -> Option<String> {
    let mut answers = group.answers.iter().rev();
    answers.find_map(|said| match &said.what {
        Answer::Accepted(acceptance) => acceptance.helped.map(|helped| {
            let word = if helped { "yes" } else { "no" };
            let entry = incident.entry(said.id());
            let judge = entry.and_then(|entry| entry.amended);
            let judge = judge
                .and_then(|event| incident.entry(event))
                .and_then(|entry| entry.by);
            let who = judge.map_or_else(
                || by(incident, said),
                |person| brief::name_or_you(incident, person),
            );
            format!("{word}, {who} says")
        }),
        Answer::Declined(_) => None,
    })
}

/// What the log says came of it, and whether that proves that it was right.
fn became(incident: &Incident, group: &Group<'_>) -> (String, Option<String>) {
    match &group.proposed().what {
        what @ (Proposal::Task(_) | Proposal::Question(_)) => (task(incident, what), None),
        Proposal::Hypothesis(suspicion) => hypothesis(incident, group, &suspicion.text),
        Proposal::Update(update) => {
            let accepted = group.answers.iter().map(|said| said.place).min();
            let mut sent = incident.updates.iter().filter(|said| {
                said.what.audience == update.audience && Some(said.place) > accepted
            });
            let first = sent.next();
            let became = match first {
                None => "no update was sent since",
                Some(said) if said.what.text.trim() == update.text.trim() => "sent as proposed",
                Some(_) => "an update was sent since, in other words",
            };
            (became.to_owned(), None)
        }
        Proposal::Similar(_) => (similar(incident, group).to_owned(), None),
        Proposal::Runbook(id) => {
            let tasks = incident.tasks.iter();
            let of_it = tasks.filter(|(task, _)| {
                task.as_str()
                    .strip_prefix(id.as_str())
                    .is_some_and(|rest| rest.starts_with('#'))
            });
            let states: Vec<TaskState> = of_it.map(|(_, record)| record.stand().state).collect();
            let done = states.iter().filter(|state| **state == TaskState::Done);
            let all = words::count(states.len(), "task", "tasks");
            (format!("followed: {} of {all} done", done.count()), None)
        }
    }
}

/// Whether a link or a note came of it, and stands.
fn similar(incident: &Incident, group: &Group<'_>) -> &'static str {
    let written = written(incident, group);
    let kinds = written.iter().filter_map(|event| incident.entry(*event));
    let kinds: Vec<&Kind> = kinds.map(|entry| &entry.kind).collect();
    let came =
        |said: &&Said<Answer>| matches!(&said.what, Answer::Accepted(one) if one.becomes.is_some());
    if kinds.contains(&&Kind::Linked) {
        "linked"
    } else if !kinds.is_empty() {
        "noted"
    } else if group.answers.iter().any(came) {
        "what was written of it was taken away again"
    } else {
        ""
    }
}

fn task(incident: &Incident, what: &Proposal) -> String {
    let record = write::proposals::task(what).and_then(|change| incident.tasks.get(&change.task));
    match record.filter(|record| record.task().is_some()) {
        None => "the task was taken away again",
        Some(record) => match record.stand().state {
            TaskState::Open => "the task was not begun",
            TaskState::Blocked => "the task is blocked",
            TaskState::Running => "the task was begun",
            TaskState::Skipped => "the task was left out",
            TaskState::Done => "the task was done",
        },
    }
    .to_owned()
}

fn hypothesis(incident: &Incident, group: &Group<'_>, text: &str) -> (String, Option<String>) {
    let written = written(incident, group);
    let of_it = incident
        .hypotheses
        .iter()
        .filter(|said| written.contains(&said.id()) || said.what.text == text);
    let states: Vec<HypothesisState> = of_it.map(|said| said.what.state).collect();
    if states.contains(&HypothesisState::Confirmed) {
        return (
            "confirmed".to_owned(),
            Some("yes: it proved right".to_owned()),
        );
    }
    if !states.is_empty()
        && states
            .iter()
            .all(|state| *state == HypothesisState::RuledOut)
    {
        return (
            "ruled out".to_owned(),
            Some("no: it proved wrong".to_owned()),
        );
    }
    ("not decided".to_owned(), None)
}
