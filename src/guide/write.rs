//! How each act is written down: drafts of events, with what they replace and are about.
//!
//! One function an act. Whoever calls one appends the draft; nothing here decides whether to.

pub mod causes;
pub mod communication;
pub mod drill;
pub mod organisation;
pub mod proposals;
pub mod recovery;
pub mod review;
pub mod tasks;

use crate::guide::step::ConflictOf;
use crate::model::communication::PublicDescription;
use crate::model::fact::{
    Acknowledgement, Action, ActionUpdate, Affected, Assignment, Bridge, Classification, Closure,
    Decision, Declaration, Description, Finding, HandOff, Handover, Link, Naming, Observation,
    Page, Reason, Release, Relief, Responder, Restored, SameAs, ServiceTag, StageEntry, Update,
    Verdict, Waiver, Words,
};
use crate::model::picture::Picture;
use crate::model::term::{
    ActionKind, ActionState, FindingKind, Level, Nature, Relation, Role, Stage, Stamp,
};
use crate::model::{
    Draft, Entry, EventId, Fact, Incident, IncidentId, Kind, Person, Register, Standing, Timestamp,
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

/// A role's holder wants to hand it over, with what the other needs to know.
pub fn offer_handover(incident: &Incident, role: Role, person: Person, brief: &str) -> Draft {
    let given = incident.roles.get(&role).and_then(Register::latest);
    let handover = Handover {
        role: role.clone(),
        person,
        brief: brief.trim().to_owned(),
    };
    Draft {
        on: given.map(|(setting, _)| setting.id()),
        ..Fact::HandoverOffered(handover).draft()
    }
}

/// The person to whom a role was offered has it from now on. None where the offer is over.
pub fn confirm_handover(incident: &Incident, role: &Role) -> Option<Draft> {
    let offer = incident.handover(role)?;
    let draft = assign(incident, role.clone(), offer.what.handover.person);
    Some(Draft {
        on: Some(offer.id()),
        ..draft
    })
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

/// A call to a person or a team.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Call {
    /// Whom.
    pub who: String,
    /// How.
    pub via: String,
    /// Who is called next, in turn, where nobody answers.
    pub then: Vec<String>,
    /// The call that was not answered, where this one is made for that.
    pub instead_of: Option<EventId>,
}

/// A person or a team was called.
pub fn page(call: &Call) -> Draft {
    let then = call.then.iter().map(|who| who.trim().to_owned());
    let page = Page {
        who: call.who.trim().to_owned(),
        person: None,
        via: call.via.trim().to_owned(),
        then: then.filter(|who| !who.is_empty()).collect(),
    };
    Draft {
        on: call.instead_of,
        ..Fact::ResponderPaged(page).draft()
    }
}

/// Somebody who was called has answered.
pub fn answer(call: EventId) -> Draft {
    about(
        Fact::ResponderAcknowledged(Acknowledgement {}).draft(),
        call,
    )
}

/// A person is not there any more.
pub fn leave_response(person: Person) -> Draft {
    Fact::ResponderLeft(Responder { person }).draft()
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

/// An entry is about a service.
pub fn tag(entry: EventId, service: &str) -> Draft {
    let service = service.trim().to_owned();
    about(Fact::EntryTagged(ServiceTag { service }).draft(), entry)
}

/// An entry is not about a service after all: each time that it was said is taken back.
pub fn untag(incident: &Incident, entry: EventId, service: &str) -> Vec<Draft> {
    let said = incident.service_tags.get(&entry).into_iter().flatten();
    said.filter(|said| said.what == service)
        .map(|said| retract(said.id()))
        .collect()
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
    causes::hypothesis(text, "")
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
    causes::decision(&Decision {
        text: text.to_owned(),
        because: because.to_owned(),
        ..Decision::default()
    })
}

/// A workaround is in place.
pub fn workaround(text: &str) -> Draft {
    Fact::WorkaroundApplied(Relief {
        text: text.trim().to_owned(),
        ..Relief::default()
    })
    .draft()
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

/// A picture is added; to an entry, where one is named.
pub fn picture(picture: Picture, of: Option<EventId>) -> Draft {
    Draft {
        on: of,
        ..Fact::PictureAdded(picture).draft()
    }
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
    review::improvement(&Action {
        action,
        text: text.to_owned(),
        owner,
        due,
        success: String::new(),
        ticket: String::new(),
    })
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

/// Whether a person may take an entry back; where not, what to do instead, in a sentence. What has
/// left the house cannot be called back: a sent update is corrected by another, never undone.
///
/// # Errors
/// Where people outside have it already.
pub fn can_be_taken_back(entry: &Entry) -> Result<(), &'static str> {
    match entry.kind {
        Kind::UpdateSent => {
            Err("It was sent, and people have read it. Send another update that corrects it.")
        }
        Kind::Notified => Err("The authority has it. Report again, and say there what was wrong."),
        _ => Ok(()),
    }
}

/// An event's words are dropped for good, in every copy; and those of every correction of it, which
/// may repeat them.
pub fn erase(incident: &Incident, event: EventId, because: &str) -> Vec<Draft> {
    let corrects = |entry: &&Entry| {
        entry.kind == Kind::Amended && entry.on == Some(event) && entry.standing != Standing::Erased
    };
    let corrections = incident.timeline.iter().filter(corrects);
    let all = std::iter::once(event).chain(corrections.map(Entry::id));
    all.map(|event| about(Fact::Erased(verdict(because)).draft(), event))
        .collect()
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
        | Fact::FixApplied(words)
        | Fact::CheckPassed(words)
        | Fact::CheckFailed(words)
        | Fact::BacklogDrained(words)
        | Fact::WhyAnswered(words)
        | Fact::ReviewHeld(words) => Some(&words.text),
        Fact::HypothesisRaised(suspicion) => Some(&suspicion.text),
        Fact::PictureAdded(picture) => Some(&picture.text),
        Fact::EvidenceAdded(evidence) => Some(&evidence.text),
        Fact::ChangeRecorded(change) => Some(&change.text),
        Fact::WorkaroundApplied(relief) => Some(&relief.text),
        Fact::ProblemRecorded(problem) => Some(&problem.text),
        Fact::CheckPlanned(plan) => Some(&plan.text),
        Fact::DecisionMade(decision) => Some(&decision.text),
        Fact::FindingAdded(finding) => Some(&finding.text),
        Fact::RunbookImproved(improved) => Some(&improved.text),
        Fact::ActionAdded(action) => Some(&action.text),
        Fact::UpdateSent(update) => Some(&update.text),
        Fact::HandoverOffered(handover) => Some(&handover.brief),
        _ => None,
    }
}

/// The same fact with other words, where it has any.
pub fn with_text(fact: &Fact, text: &str) -> Option<Fact> {
    let mut fact = fact.clone();
    let slot = match &mut fact {
        Fact::Note(words)
        | Fact::FixApplied(words)
        | Fact::CheckPassed(words)
        | Fact::CheckFailed(words)
        | Fact::BacklogDrained(words)
        | Fact::WhyAnswered(words)
        | Fact::ReviewHeld(words) => &mut words.text,
        Fact::HypothesisRaised(suspicion) => &mut suspicion.text,
        Fact::PictureAdded(picture) => &mut picture.text,
        Fact::EvidenceAdded(evidence) => &mut evidence.text,
        Fact::ChangeRecorded(change) => &mut change.text,
        Fact::WorkaroundApplied(relief) => &mut relief.text,
        Fact::ProblemRecorded(problem) => &mut problem.text,
        Fact::CheckPlanned(plan) => &mut plan.text,
        Fact::DecisionMade(decision) => &mut decision.text,
        Fact::FindingAdded(finding) => &mut finding.text,
        Fact::RunbookImproved(improved) => &mut improved.text,
        Fact::ActionAdded(action) => &mut action.text,
        Fact::UpdateSent(update) => &mut update.text,
        Fact::HandoverOffered(handover) => &mut handover.brief,
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
        ConflictOf::Public(word) => {
            let register = incident.public.register(*word);
            chosen(register, choice).map(|(text, _)| {
                communication::describe(incident, PublicDescription::of(*word, text))
            })
        }
        ConflictOf::CustomersHit => chosen(&incident.customers_hit, choice)
            .map(|(hit, _)| communication::confirm_customers(incident, hit)),
        ConflictOf::RegimeStamp(regime, trigger) => {
            let register = incident.regimes.get(regime)?.stamps.get(trigger)?;
            chosen(register, choice)
                .map(|((), when)| communication::stamp(incident, regime, trigger, Some(when)))
        }
        ConflictOf::RegimeAnswer(regime, question) => {
            let register = incident.regimes.get(regime)?.answers.get(question)?;
            chosen(register, choice)
                .map(|(answer, _)| communication::answer(incident, regime, question, &answer))
        }
        ConflictOf::FormField(regime, report, field) => {
            let register = incident.regimes.get(regime)?.entries(report, field)?;
            chosen(register, choice)
                .map(|(text, _)| communication::fill(incident, regime, report, field, &text))
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
        ConflictOf::Task(task) => {
            let register = &incident.tasks.get(task)?.definition;
            chosen(register, choice).map(|(becomes, _)| tasks::change(incident, task, becomes))
        }
        ConflictOf::TaskOwner(task) => {
            let register = &incident.tasks.get(task)?.owner;
            chosen(register, choice)
                .map(|(owner, _)| tasks::assign(incident, task, owner.person, owner.report_by))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::testing::{incident as id, noon, note, writer};
    use crate::model::{Cursor, Fold, Log, LogScope};

    #[test]
    fn what_is_erased_is_in_no_correction_either() {
        let mut log = Log::new(LogScope::Incident(id(1)));
        let folded = |log: &Log| Fold::of(&[log], Cursor::Now).incident().clone();
        let first = log
            .append(writer(1), note("the password is swordfish"), noon())
            .id;
        for words in ["the password is swordfish!", "swordfish, again"] {
            let incident = folded(&log);
            let entry = incident.entry(first).unwrap();
            let fact = with_text(&entry.fact, words).unwrap();
            log.append(writer(2), amend(entry, &fact), noon());
        }
        log.append(writer(1), note("something else"), noon());
        for draft in erase(&folded(&log), first, "pasted by mistake") {
            log.append(writer(1), draft, noon());
        }
        let texts: String = log.events().map(|(_, event)| event.to_json()).collect();
        assert!(!texts.contains("swordfish"), "{texts}");
        assert!(texts.contains("something else"));
        let again = erase(&folded(&log), first, "");
        assert_eq!(again.len(), 1, "what is gone is not erased once more");
    }
}
