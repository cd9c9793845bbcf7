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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guide::write;
    use crate::model::term::ChangeKind;
    use crate::model::testing::{incident as id, noon, writer};
    use crate::model::{Cursor, Draft, Fold, Log, LogScope, Person};

    fn told(drafts: impl IntoIterator<Item = Draft>) -> Incident {
        let mut log = Log::new(LogScope::Incident(id(1)));
        for draft in drafts {
            log.append(writer(1), draft, noon());
        }
        Fold::of(&[&log], Cursor::Now).incident().clone()
    }

    fn change(text: &str, hours_before: i64) -> Draft {
        let change = Change {
            text: text.to_owned(),
            change: ChangeKind::Deployment,
            service: "Checkout".to_owned(),
            reference: String::new(),
        };
        write::causes::change(&change, Some(noon() - Span::hours(hours_before)))
    }

    #[test]
    fn changes_lie_beside_the_impact_nearest_first() {
        let none = Incident::default();
        let mut drafts = vec![
            change("older", 49),
            change("a day before", 24),
            change("after it", -1),
            change("two days before", 48),
            change("at once", 0),
            change("just before", 2),
        ];
        drafts.push(write::state(&none, Stamp::ImpactStarted, Some(noon())));
        let incident = told(drafts);
        let rows: Vec<_> = changes(&incident)
            .iter()
            .map(|beside| (beside.change.what.text.clone(), beside.near, beside.words()))
            .collect();
        let expected = [
            ("at once", true, "under a minute before the impact"),
            ("just before", true, "2 h 00 before the impact"),
            ("a day before", true, "24 h 00 before the impact"),
            ("two days before", true, "2 days 0 h before the impact"),
            ("after it", false, "1 h 00 after the impact"),
            ("older", false, "2 days 1 h before the impact"),
        ];
        let expected =
            expected.map(|(text, near, words)| (text.to_owned(), near, words.to_owned()));
        assert_eq!(rows, expected);
    }

    #[test]
    fn without_a_start_changes_are_only_listed() {
        let incident = told([change("a day before", 24)]);
        let all = changes(&incident);
        assert_eq!((all[0].near, all[0].before), (false, None));
        assert_eq!(all[0].words(), "");
    }

    #[test]
    fn a_hypothesis_is_raised_from_a_change() {
        let incident = told([change("New timeouts", 2)]);
        let changed = incident.changes[0].id();
        let raised = write::causes::suspect_change(&incident, changed).unwrap();
        let incident = told([change("New timeouts", 2), raised]);
        let held = &incident.hypotheses[0];
        assert_eq!(held.what.text, "New timeouts");
        assert_eq!(held.what.service, "Checkout");
        assert_eq!(changes(&incident)[0].suspected, Some(held.id()));
        assert_eq!(write::causes::suspect_change(&incident, held.id()), None);
    }

    #[test]
    fn an_untested_hypothesis_is_told_in_its_time() {
        let none = Incident::default();
        let raised = || write::hypothesis("The change at noon");
        let enter = |stage| write::enter_stage(&none, stage, Vec::new(), "");
        let back = || write::state(&none, Stamp::Restored, None);
        let rows: [(&str, Vec<Draft>, usize); 5] = [
            ("too early", vec![raised()], 0),
            (
                "being looked into",
                vec![raised(), enter(Stage::Investigation)],
                1,
            ),
            (
                "service comes first",
                vec![raised(), enter(Stage::Recovery)],
                0,
            ),
            (
                "service is back",
                vec![raised(), enter(Stage::Recovery), back()],
                1,
            ),
            ("two of them", vec![raised(), raised(), back()], 2),
        ];
        for (what, drafts, count) in rows {
            assert_eq!(steps(&told(drafts)).len(), count, "{what}");
        }
        let open = told([raised(), enter(Stage::Investigation)]);
        let hypothesis = open.hypotheses[0].id();
        let person = Person::from_bytes([1; 10]);
        let tested = write::causes::assign_hypothesis(hypothesis, person);
        let seen = write::causes::evidence(hypothesis, false, "It began before");
        let incident = told([raised(), enter(Stage::Investigation), tested, seen]);
        assert!(steps(&incident).is_empty());
        let held = &incident.hypotheses[0].what;
        assert_eq!(held.tester, Some(person));
        let seen: Vec<_> = held
            .evidence
            .iter()
            .map(|said| said.what.supports)
            .collect();
        assert_eq!(seen, [false]);
        let ruled_out = write::decide_hypothesis(hypothesis, false, "");
        let decided = told([raised(), enter(Stage::Investigation), ruled_out]);
        assert!(steps(&decided).is_empty());
    }
}
