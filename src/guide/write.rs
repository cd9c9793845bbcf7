//! How each act is written down: drafts of events, with what they replace and are about.
//!
//! One function an act. Whoever calls one appends the draft; nothing here decides whether to.

use crate::guide::step::ConflictOf;
use crate::model::fact::{
    Action, ActionUpdate, Affected, Assignment, Bridge, Classification, Closure, Decision,
    Declaration, Description, Finding, HandOff, Link, Naming, Observation, Page, Reason, Release,
    Responder, Restored, SameAs, StageEntry, Update, Verdict, Waiver, Words,
};
use crate::model::term::{
    ActionKind, ActionState, FindingKind, Level, Nature, Relation, Role, Stage, Stamp,
};
use crate::model::{
    Draft, Entry, EventId, Fact, Incident, IncidentId, Person, Register, Timestamp,
};

/// The same draft, as something that happened at a stated time.
pub fn at(draft: Draft, at: Option<Timestamp>) -> Draft {
    Draft { at, ..draft }
}

fn replacing<T>(draft: Draft, register: Option<&Register<T>>) -> Draft {
    let replaces = register.map(Register::to_replace).unwrap_or_default();
    Draft { replaces, ..draft }
}

fn about(draft: Draft, event: EventId) -> Draft {
    Draft {
        on: Some(event),
        ..draft
    }
}

fn words(text: &str) -> Words {
    Words {
        text: text.trim().to_owned(),
    }
}

fn verdict(because: &str) -> Verdict {
    Verdict {
        because: because.trim().to_owned(),
    }
}

/// The incident exists from now on.
pub fn declare(nature: Nature) -> Draft {
    Fact::Declared(Declaration { nature, link: None }).draft()
}

/// What is broken, for whom.
pub fn title(incident: &Incident, title: &str) -> Draft {
    let description = Description {
        title: Some(title.trim().to_owned()),
        summary: None,
    };
    replacing(Fact::Described(description).draft(), Some(&incident.title))
}

/// A few sentences.
pub fn summary(incident: &Incident, summary: &str) -> Draft {
    let description = Description {
        title: None,
        summary: Some(summary.trim().to_owned()),
    };
    replacing(
        Fact::Described(description).draft(),
        Some(&incident.summary),
    )
}

/// Priority, and how it came about.
pub fn classify(incident: &Incident, classification: Classification) -> Draft {
    let mut draft = replacing(
        Fact::Classified(classification).draft(),
        Some(&incident.classification),
    );
    draft.replaces.extend(incident.major.to_replace());
    draft
}

/// A standard incident becomes a major one.
pub fn escalate(incident: &Incident, reason: &str) -> Draft {
    let reason = Reason {
        reason: reason.trim().to_owned(),
    };
    replacing(Fact::Escalated(reason).draft(), Some(&incident.major))
}

/// A major incident becomes a standard one.
pub fn downgrade(incident: &Incident, reason: &str) -> Draft {
    let reason = Reason {
        reason: reason.trim().to_owned(),
    };
    replacing(Fact::Downgraded(reason).draft(), Some(&incident.major))
}

/// One of the stamps, now or at a stated time.
pub fn state(incident: &Incident, stamp: Stamp, when: Option<Timestamp>) -> Draft {
    let draft = Fact::Observed(Observation { stamp }).draft();
    at(replacing(draft, incident.stamps.get(&stamp)), when)
}

/// A stage begins, with what was still open before it.
pub fn enter_stage(incident: &Incident, stage: Stage, open: Vec<String>, reason: &str) -> Draft {
    let entry = StageEntry {
        stage,
        open,
        reason: reason.trim().to_owned(),
    };
    replacing(Fact::StageEntered(entry).draft(), Some(&incident.stage))
}

/// A person takes a role.
pub fn assign(incident: &Incident, role: Role, person: Person) -> Draft {
    let draft = Fact::RoleAssigned(Assignment {
        role: role.clone(),
        person,
    })
    .draft();
    replacing(draft, incident.roles.get(&role))
}

/// A role is free again.
pub fn release(incident: &Incident, role: Role) -> Draft {
    let draft = Fact::RoleReleased(Release { role: role.clone() }).draft();
    replacing(draft, incident.roles.get(&role))
}

/// A person is called something, perhaps for the first time.
pub fn name_person(person: Person, name: &str) -> Draft {
    Fact::PersonNamed(Naming {
        person,
        name: name.trim().to_owned(),
    })
    .draft()
}

/// A person or a team was called.
pub fn page(who: &str, via: &str) -> Draft {
    Fact::ResponderPaged(Page {
        who: who.trim().to_owned(),
        person: None,
        via: via.trim().to_owned(),
    })
    .draft()
}

/// A person is there.
pub fn join_response(person: Person) -> Draft {
    Fact::ResponderJoined(Responder { person }).draft()
}

/// Where the response meets.
pub fn bridge(label: &str, url: &str) -> Draft {
    Fact::BridgeOpened(Bridge {
        label: label.trim().to_owned(),
        url: url.trim().to_owned(),
    })
    .draft()
}

/// A service is hit.
pub fn affect(incident: &Incident, service: &str, level: Level) -> Draft {
    let service = service.trim().to_owned();
    let draft = Fact::ServiceAffected(Affected {
        service: service.clone(),
        level,
    })
    .draft();
    replacing(draft, incident.services.get(&service))
}

/// A service works again.
pub fn restore(incident: &Incident, service: &str) -> Draft {
    let draft = Fact::ServiceRestored(Restored {
        service: service.to_owned(),
    })
    .draft();
    replacing(draft, incident.services.get(service))
}

/// An update was sent; a person says so.
pub fn update(update: Update) -> Draft {
    Fact::UpdateSent(update).draft()
}

/// A text left Muster; whether it was sent is not known.
pub fn hand_off(audience: &str, to: &str, text: &str) -> Draft {
    Fact::HandedOff(HandOff {
        audience: audience.to_owned(),
        to: to.to_owned(),
        text: text.to_owned(),
    })
    .draft()
}

/// A possible cause.
pub fn hypothesis(text: &str) -> Draft {
    Fact::HypothesisRaised(words(text)).draft()
}

/// A possible cause proved right or wrong.
pub fn decide_hypothesis(hypothesis: EventId, confirmed: bool, because: &str) -> Draft {
    let verdict = verdict(because);
    let fact = if confirmed {
        Fact::HypothesisConfirmed(verdict)
    } else {
        Fact::HypothesisRuledOut(verdict)
    };
    about(fact.draft(), hypothesis)
}

/// A decision.
pub fn decision(text: &str, because: &str) -> Draft {
    Fact::DecisionMade(Decision {
        text: text.trim().to_owned(),
        because: because.trim().to_owned(),
    })
    .draft()
}

/// A workaround is in place.
pub fn workaround(text: &str) -> Draft {
    Fact::WorkaroundApplied(words(text)).draft()
}

/// A workaround was taken away.
pub fn remove_workaround(workaround: EventId, because: &str) -> Draft {
    about(
        Fact::WorkaroundRemoved(verdict(because)).draft(),
        workaround,
    )
}

/// A fix is in place.
pub fn fix(text: &str) -> Draft {
    Fact::FixApplied(words(text)).draft()
}

/// Recovery was checked.
pub fn check(text: &str, passed: bool) -> Draft {
    if passed {
        Fact::CheckPassed(words(text)).draft()
    } else {
        Fact::CheckFailed(words(text)).draft()
    }
}

/// An observation.
pub fn note(text: &str) -> Draft {
    Fact::Note(words(text)).draft()
}

/// The review was held.
pub fn review(text: &str) -> Draft {
    Fact::ReviewHeld(words(text)).draft()
}

/// Something the review found.
pub fn finding(finding: FindingKind, text: &str) -> Draft {
    Fact::FindingAdded(Finding {
        finding,
        text: text.trim().to_owned(),
    })
    .draft()
}

/// An improvement is agreed.
pub fn action(
    action: ActionKind,
    text: &str,
    owner: Option<Person>,
    due: Option<Timestamp>,
) -> Draft {
    Fact::ActionAdded(Action {
        action,
        text: text.trim().to_owned(),
        owner,
        due,
    })
    .draft()
}

/// Where an improvement stands.
pub fn update_action(action: EventId, state: ActionState) -> Draft {
    about(Fact::ActionUpdated(ActionUpdate { state }).draft(), action)
}

/// The incident is over.
pub fn close(incident: &Incident, outcome: &str, open: Vec<String>, reason: &str) -> Draft {
    let closure = Closure {
        outcome: outcome.trim().to_owned(),
        open,
        reason: reason.trim().to_owned(),
    };
    replacing(Fact::Closed(closure).draft(), Some(&incident.closing))
}

/// It is not over after all.
pub fn reopen(incident: &Incident, reason: &str) -> Draft {
    let reason = Reason {
        reason: reason.trim().to_owned(),
    };
    replacing(Fact::Reopened(reason).draft(), Some(&incident.closing))
}

/// What it has to do with another incident.
pub fn link(relation: Relation, incident: IncidentId) -> Draft {
    Fact::Linked(Link { relation, incident }).draft()
}

/// The other declaration is the same outage.
pub fn same_as(incident: IncidentId) -> Draft {
    Fact::SameAs(SameAs { incident }).draft()
}

/// A criterion does not apply here.
pub fn waive(criterion: &str, reason: &str) -> Draft {
    Fact::Waived(Waiver {
        criterion: criterion.to_owned(),
        reason: reason.trim().to_owned(),
    })
    .draft()
}

/// An event is taken back; it stays on record. Also takes back a taking back.
pub fn retract(event: EventId) -> Draft {
    about(Fact::Retracted(Verdict::default()).draft(), event)
}

/// An event's words are dropped for good, in every copy.
pub fn erase(event: EventId, because: &str) -> Draft {
    about(Fact::Erased(verdict(because)).draft(), event)
}

/// An event says something else than first written.
pub fn amend(entry: &Entry, fact: &Fact) -> Draft {
    entry.corrected_to(Some(fact))
}

/// An event happened at another time than first written.
pub fn amend_time(entry: &Entry, when: Timestamp) -> Draft {
    at(entry.corrected_to(None), Some(when))
}

/// The words of an entry that can be corrected, where it has any.
pub fn text_of(fact: &Fact) -> Option<&str> {
    match fact {
        Fact::Note(words)
        | Fact::HypothesisRaised(words)
        | Fact::WorkaroundApplied(words)
        | Fact::FixApplied(words)
        | Fact::CheckPassed(words)
        | Fact::CheckFailed(words)
        | Fact::ReviewHeld(words) => Some(&words.text),
        Fact::DecisionMade(decision) => Some(&decision.text),
        Fact::FindingAdded(finding) => Some(&finding.text),
        Fact::ActionAdded(action) => Some(&action.text),
        Fact::UpdateSent(update) => Some(&update.text),
        _ => None,
    }
}

/// The same fact with other words, where it has any.
pub fn with_text(fact: &Fact, text: &str) -> Option<Fact> {
    let mut fact = fact.clone();
    let slot = match &mut fact {
        Fact::Note(words)
        | Fact::HypothesisRaised(words)
        | Fact::WorkaroundApplied(words)
        | Fact::FixApplied(words)
        | Fact::CheckPassed(words)
        | Fact::CheckFailed(words)
        | Fact::ReviewHeld(words) => &mut words.text,
        Fact::DecisionMade(decision) => &mut decision.text,
        Fact::FindingAdded(finding) => &mut finding.text,
        Fact::ActionAdded(action) => &mut action.text,
        Fact::UpdateSent(update) => &mut update.text,
        _ => return None,
    };
    text.trim().clone_into(slot);
    Some(fact)
}

/// One of the values that people set apart from each other holds from now on: the one that this
/// event set. None where it no longer stands there.
pub fn settle(incident: &Incident, conflict: &ConflictOf, choice: EventId) -> Option<Draft> {
    fn chosen<T: Clone>(register: &Register<T>, choice: EventId) -> Option<(T, Timestamp)> {
        register
            .standing()
            .find(|(setting, _)| setting.id() == choice)
            .map(|(setting, value)| (value.clone(), setting.when))
    }
    match conflict {
        ConflictOf::Title => {
            chosen(&incident.title, choice).map(|(value, _)| title(incident, &value))
        }
        ConflictOf::Summary => {
            chosen(&incident.summary, choice).map(|(value, _)| summary(incident, &value))
        }
        ConflictOf::Classification => {
            chosen(&incident.classification, choice).map(|(value, _)| classify(incident, value))
        }
        ConflictOf::Major => chosen(&incident.major, choice).map(|(major, _)| {
            if major {
                escalate(incident, "")
            } else {
                downgrade(incident, "")
            }
        }),
        ConflictOf::Stage => chosen(&incident.stage, choice)
            .map(|(entry, _)| enter_stage(incident, entry.stage, entry.open, &entry.reason)),
        ConflictOf::Stamp(stamp) => chosen(incident.stamps.get(stamp)?, choice)
            .map(|((), when)| state(incident, *stamp, Some(when))),
        ConflictOf::Role(role) => {
            chosen(incident.roles.get(role)?, choice).map(|(holder, _)| match holder {
                Some(person) => assign(incident, role.clone(), person),
                None => release(incident, role.clone()),
            })
        }
        ConflictOf::Service(service) => {
            chosen(incident.services.get(service)?, choice).map(|(level, _)| match level {
                Some(level) => affect(incident, service, level),
                None => restore(incident, service),
            })
        }
        ConflictOf::Closing => {
            chosen(&incident.closing, choice).map(|(closing, _)| match closing {
                Some(closure) => close(incident, &closure.outcome, closure.open, &closure.reason),
                None => reopen(incident, ""),
            })
        }
        ConflictOf::Event(event) => settle_amendment(incident, *event, choice),
    }
}

fn settle_amendment(incident: &Incident, event: EventId, choice: EventId) -> Option<Draft> {
    let apart = incident.amended_apart.get(&event)?;
    let target = incident.entry(event)?;
    let Fact::Amended(amendment) = &incident.entry(choice)?.fact else {
        return None;
    };
    let mut draft = about(Fact::Amended(amendment.clone()).draft(), event);
    draft.at = target.dated.then_some(target.when);
    draft.replaces.clone_from(apart);
    Some(draft)
}
