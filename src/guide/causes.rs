//! What it might be: who tests it, what was seen, and which changes lie close before the impact.
//!
//! Says what is open and lays changes beside the impact's start. Never asks for a cause: people come
//! first, and `advise` decides when anything is said at all.

use crate::guide::stages::is_back;
use crate::guide::step::{Act, Step, step};
use crate::guide::words;
use crate::model::fact::Change;
use crate::model::incident::{Hypothesis, HypothesisState};
use crate::model::term::{Stage, Stamp};
use crate::model::{EventId, Incident, Said, Span, order};

/// Changes this long before the impact's start are laid beside it. Muster's own default.
pub const NEAR: Span = Span::hours(48);
/// Longer words of a hypothesis are shortened where they are named.
const NAMED: usize = 60;

/// A change, and how it lies to the impact's start.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Beside<'a> {
    /// The change.
    pub change: &'a Said<Change>,
    /// How long before the impact's start it was made; negative where it was after. None where
    /// nobody knows when the impact began.
    pub before: Option<Span>,
    /// Whether it lies within [`NEAR`] before the impact's start, so that it can have caused it.
    pub near: bool,
    /// The hypothesis that was raised from it.
    pub suspected: Option<EventId>,
}

impl Beside<'_> {
    /// "2 h 10 before the impact".
    pub fn words(&self) -> String {
        let Some(before) = self.before else {
            return String::new();
        };
        let which = if before.is_negative() {
            "after"
        } else {
            "before"
        };
        format!("{} {which} the impact", words::span(before))
    }
}

/// The changes beside the impact's start: first those that can have caused it, the nearest first;
/// then the others, nearest first. Where the impact's start is not stated, it is taken to be when the
/// incident began by the best that is known.
pub fn changes(incident: &Incident) -> Vec<Beside<'_>> {
    let began = incident
        .stamp(Stamp::ImpactStarted)
        .or_else(|| incident.began_at());
    let beside = incident.changes.iter().map(|change| {
        let before = began.map(|began| began - change.when);
        Beside {
            change,
            before,
            near: before.is_some_and(|before| !before.is_negative() && before <= NEAR),
            suspected: suspected(incident, change.id()),
        }
    });
    let mut all: Vec<Beside<'_>> = beside.collect();
    order::sort_by_key(&mut all, |beside| {
        let distance = beside.before.map_or(0, |before| before.0.abs());
        (!beside.near, distance, beside.change.place)
    });
    all
}

/// The hypothesis that was raised from a change.
fn suspected(incident: &Incident, change: EventId) -> Option<EventId> {
    let mut raised = incident.hypotheses.iter();
    raised
        .find(|said| said.what.change == Some(change))
        .map(Said::id)
}

/// Open hypotheses that nobody tests.
pub fn untested(incident: &Incident) -> impl Iterator<Item = &Said<Hypothesis>> {
    undecided(incident).filter(|said| said.what.tester.is_none())
}

/// A hypothesis by its words, within a sentence.
pub fn named(hypothesis: &Hypothesis) -> String {
    format!("“{}”", words::shortened(hypothesis.text.trim(), NAMED))
}

/// Who tests what might be it: told while it is being looked into, and once service is back.
pub fn steps(incident: &Incident) -> Vec<Step> {
    if incident.stage() != Stage::Investigation && !is_back(incident) {
        return Vec::new();
    }
    let open = untested(incident).map(|said| {
        let mut step = step(
            "untested",
            format!("Say who tests {}", named(&said.what)),
            "A guess that nobody tests is neither ruled out nor right.",
            "Say who tests it",
            Act::AssignHypothesis(said.id()),
        );
        step.because_of.push(said.id());
        step
    });
    open.collect()
}

/// Hypotheses that nobody has decided, in the order in which they were raised.
pub fn undecided(incident: &Incident) -> impl Iterator<Item = &Said<Hypothesis>> {
    let all = incident.hypotheses.iter();
    all.filter(|said| said.what.state == HypothesisState::Open)
}
