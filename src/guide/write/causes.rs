//! How it is written down what it might be, what was changed, what was decided, and how people work
//! meanwhile.

use super::{about, affect, at, state, verdict};
use crate::model::fact::{Change, Decision, Evidence, Problem, Relief, Responder, Suspicion};
use crate::model::term::Stamp;
use crate::model::{Draft, EventId, Fact, Incident, Person, Timestamp};

fn trimmed(text: &str) -> String {
    text.trim().to_owned()
}

/// A possible cause, of a service where one is named.
pub fn hypothesis(text: &str, service: &str) -> Draft {
    Fact::HypothesisRaised(Suspicion {
        text: trimmed(text),
        service: trimmed(service),
    })
    .draft()
}

/// A change is a possible cause. None where it no longer stands.
pub fn suspect_change(incident: &Incident, change: EventId) -> Option<Draft> {
    let mut changes = incident.changes.iter();
    let said = changes.find(|said| said.id() == change)?;
    let draft = hypothesis(&said.what.text, &said.what.service);
    Some(about(draft, change))
}

/// A person tests a possible cause.
pub fn assign_hypothesis(hypothesis: EventId, person: Person) -> Draft {
    let draft = Fact::HypothesisAssigned(Responder { person }).draft();
    about(draft, hypothesis)
}

/// Something was seen that speaks for a possible cause, or against it.
pub fn evidence(hypothesis: EventId, supports: bool, text: &str) -> Draft {
    let evidence = Evidence {
        supports,
        text: trimmed(text),
    };
    about(Fact::EvidenceAdded(evidence).draft(), hypothesis)
}

/// Something was changed, now or at a stated time.
pub fn change(change: &Change, when: Option<Timestamp>) -> Draft {
    let change = Change {
        text: trimmed(&change.text),
        change: change.change,
        service: trimmed(&change.service),
        reference: trimmed(&change.reference),
    };
    at(Fact::ChangeRecorded(change).draft(), when)
}

/// A decision, among choices.
pub fn decision(decision: &Decision) -> Draft {
    let options = decision.options.iter().map(|option| trimmed(option));
    Fact::DecisionMade(Decision {
        text: trimmed(&decision.text),
        because: trimmed(&decision.because),
        options: options.filter(|option| !option.is_empty()).collect(),
        service: trimmed(&decision.service),
    })
    .draft()
}

/// A workaround is in place, now or since a stated time; how the service is with it stands beside it,
/// and that the effect is smaller where a person says so.
pub fn apply_workaround(
    incident: &Incident,
    relief: &Relief,
    mitigated: bool,
    when: Option<Timestamp>,
) -> Vec<Draft> {
    let relief = Relief {
        text: trimmed(&relief.text),
        service: trimmed(&relief.service),
        level: relief.level.filter(|_| !relief.service.trim().is_empty()),
        cost: trimmed(&relief.cost),
        expires: relief.expires,
        undo: trimmed(&relief.undo),
    };
    let level = relief
        .level
        .map(|level| affect(incident, &relief.service, level));
    let mut drafts = vec![Fact::WorkaroundApplied(relief).draft()];
    drafts.extend(level);
    if mitigated {
        drafts.push(state(incident, Stamp::Mitigated, None));
    }
    drafts.into_iter().map(|draft| at(draft, when)).collect()
}

/// What is still to be mended is held in a problem record: of one workaround, or of all.
pub fn problem(workaround: Option<EventId>, reference: &str, text: &str) -> Draft {
    let problem = Problem {
        reference: trimmed(reference),
        text: trimmed(text),
    };
    Draft {
        on: workaround,
        ..Fact::ProblemRecorded(problem).draft()
    }
}

/// A problem record was closed.
pub fn close_problem(problem: EventId, because: &str) -> Draft {
    about(Fact::ProblemClosed(verdict(because)).draft(), problem)
}
