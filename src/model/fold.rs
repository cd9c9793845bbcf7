//! The fold: from a log to the incident as it is, as it was, or as somebody knew it.
//!
//! Never fails, on any set of events: what cannot be read is a plain line of the timeline. Adding
//! the newest event to a fold gives the same incident as folding everything again.

use std::collections::{BTreeMap, BTreeSet};

use super::clocks::Clocks;
use super::communication::PublicWord;
use super::event::Event;
use super::fact::{Amendment, Fact};
use super::id::{EventId, IncidentId, Person, Writer};
use super::incident::{
    Called, Check, Entry, Hypothesis, HypothesisState, Improvement, Incident, Offer, PlannedCheck,
    ProblemRecord, Said, Standing, Why, Workaround,
};
use super::kind::Kind;
use super::log::{Log, Place};
use super::order;
use super::picture::Attached;
use super::proposal::{Answer, ProposalRecord};
use super::register::Register;
use super::task::{TaskId, TaskNews, TaskState};
use super::term::ActionState;
use super::time::Timestamp;

/// As of when, and for whom.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cursor {
    /// Everything that is known now.
    Now,
    /// What had happened by then, by all that is known now.
    HappenedBy(Timestamp),
    /// What a person had before them then: their own events and those that they had seen.
    KnownTo {
        /// Who.
        person: Person,
        /// When, by the times at which things were written down.
        at: Timestamp,
    },
}

/// An incident with what is needed to go on folding.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fold {
    cursor: Cursor,
    clocks: Clocks,
    takebacks: Takebacks,
    incident: Incident,
    last: Option<Place>,
    newest_of_source: BTreeMap<Box<str>, (Timestamp, Place)>,
    known: Option<BTreeMap<Writer, u32>>,
}

/// Other words and another time, each where the amendment gives them.
type Amended = (Option<Box<str>>, Option<Timestamp>);

/// What later events made of earlier ones.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
struct Takebacks {
    retracted: BTreeMap<EventId, EventId>,
    amendments: BTreeMap<EventId, Register<Amended>>,
}

impl Fold {
    /// Folds the log of an incident, together with the logs of other declarations of the same
    /// outage.
    pub fn of(logs: &[&Log], cursor: Cursor) -> Self {
        // An event that was brought into a second log stands at the same place in both.
        let mut logs = logs.to_vec();
        order::sort_by_key(&mut logs, |log| log.scope());
        let clocks = Clocks::of(&logs);
        let known = match cursor {
            Cursor::KnownTo { person, at } => Some(known_to(&logs, &clocks, person, at)),
            Cursor::Now | Cursor::HappenedBy(_) => None,
        };
        let mut events: Vec<(Place, &Event)> = logs
            .iter()
            .flat_map(|log| log.sound_events())
            .filter(|(place, _)| is_known(known.as_ref(), *place))
            .collect();
        if logs.len() > 1 {
            order::sort_by_key(&mut events, |(place, _)| *place);
        }
        let mut fold = Self {
            cursor,
            takebacks: Takebacks::of(&events, &clocks),
            clocks,
            incident: Incident::default(),
            last: None,
            newest_of_source: newest_of_source(&events),
            known,
        };
        let ids = order::set(logs.iter().filter_map(|log| log.scope().incident()));
        fold.incident.id = ids.first().copied();
        fold.incident.ids = ids;
        for (place, event) in events {
            fold.apply(place, event);
        }
        // Entries came in canonical order; a stable sort keeps it among equals.
        order::sort_by_key(&mut fold.incident.timeline, |entry| {
            (entry.when, entry.place)
        });
        fold
    }

    /// The incident as it stands.
    pub fn incident(&self) -> &Incident {
        &self.incident
    }

    /// What the wall clocks are worth.
    pub fn clocks(&self) -> &Clocks {
        &self.clocks
    }

    /// Takes in an event that was just added to one of the logs. Where it is the newest and changes
    /// nothing about earlier ones, only it is folded; otherwise everything is folded again.
    pub fn push(&mut self, logs: &[&Log], event: &Event) {
        // As it is held: its body may have been erased before it came.
        let held = logs.iter().find_map(|log| {
            log.with_id(event.id)
                .find(|(_, held)| held.is_same_as(event))
        });
        match held {
            Some((place, held)) if self.is_simple(logs, place, held) && self.clocks.push(held) => {
                let entries = self.incident.timeline.len();
                self.apply(place, held);
                self.settle_newest_entry(entries);
            }
            _ => *self = Self::of(logs, self.cursor),
        }
    }

    fn is_simple(&self, logs: &[&Log], place: Place, event: &Event) -> bool {
        let newest = self.last.is_none_or(|last| last < place);
        let alone = place.twin == 0
            && logs
                .iter()
                .map(|log| log.with_id(event.id).count())
                .sum::<usize>()
                == 1;
        // Sound itself, and no damaged tick beyond it has become sound by it.
        let highest = logs
            .iter()
            .any(|log| log.tick() == place.tick && log.holds(event.id));
        newest
            && alone
            && highest
            && self.cursor == Cursor::Now
            && event.source.is_none()
            && !event.kind.is_structural()
            && !self.takebacks.retracted.contains_key(&event.id)
            && !self.takebacks.amendments.contains_key(&event.id)
    }

    /// The entry that was just put last goes where its time belongs.
    fn settle_newest_entry(&mut self, entries_before: usize) {
        let timeline = &mut self.incident.timeline;
        if timeline.len() == entries_before {
            return;
        }
        let Some(entry) = timeline.pop() else { return };
        let at =
            timeline.partition_point(|other| (other.when, other.place) < (entry.when, entry.place));
        timeline.insert(at, entry);
    }

    fn apply(&mut self, place: Place, event: &Event) {
        self.last = self.last.max(Some(place));
        let amendment = self.takebacks.amendments.get(&event.id);
        let amended = amendment.and_then(|register| register.current_setting());
        let (new_body, new_at) = match amended {
            Some((_, (body, at))) => (body.as_deref(), *at),
            None => (None, None),
        };
        let when = new_at.unwrap_or_else(|| self.clocks.when(event));
        let body = new_body.or_else(|| event.body.text());
        let fact = match body {
            Some(body) if event.body.text().is_some() => Fact::read(&event.kind, body),
            _ => Fact::Unread,
        };
        if let Some(apart) = amendment
            .map(Register::conflict)
            .filter(|apart| !apart.is_empty())
        {
            let by = apart.iter().map(|(setting, _)| setting.id()).collect();
            self.incident.amended_apart.insert(event.id, by);
        }
        let entry = Entry {
            place,
            when,
            noted: event.noted,
            dated: event.at.is_some() || new_at.is_some(),
            clock_believed: self.clocks.believes(event.id),
            by: self.incident.writers.get(&place.writer).copied(),
            source: event.source.clone(),
            on: event.on,
            kind: event.kind.clone(),
            fact,
            standing: self.standing(place, event),
            amended: amended.map(|(setting, _)| setting.id()),
            amendments: amendment.map(Register::to_replace).unwrap_or_default(),
            seal: event.seal,
        };
        self.apply_entry(entry, &event.replaces);
    }

    fn standing(&self, place: Place, event: &Event) -> Standing {
        let superseded = event
            .source
            .as_ref()
            .and_then(|source| self.newest_of_source.get(source))
            .is_some_and(|(_, newest)| *newest != place);
        if let Some(by) = self.takebacks.retracted.get(&event.id) {
            Standing::Retracted(*by)
        } else if event.body.text().is_none() {
            Standing::Erased
        } else if superseded {
            Standing::Superseded
        } else {
            Standing::Stands
        }
    }

    fn apply_entry(&mut self, mut entry: Entry, replaces: &[EventId]) {
        let beyond = matches!(self.cursor, Cursor::HappenedBy(then) if entry.when > then);
        let introduces = matches!(entry.kind, Kind::Joined | Kind::PersonNamed);
        if let Fact::Joined(introduction) = &entry.fact {
            // Who wrote is known even where the introduction was taken back.
            self.incident
                .writers
                .insert(entry.place.writer, introduction.person);
            entry.by = Some(introduction.person);
        }
        if let Some(by) = entry.by.filter(|_| !beyond) {
            let record = self.incident.people.entry(by).or_default();
            record.last_wrote = record.last_wrote.max(Some(entry.when));
        }
        let means_something = entry.stands() && entry.fact != Fact::Unread;
        // Whoever came later has the same name before; what a later value had replaced stays so.
        if means_something && (introduces || !beyond) {
            self.take_effect(&entry, replaces);
        } else {
            self.pass_through(&entry, replaces);
        }
        if beyond {
            return;
        }
        if entry.kind == Kind::Declared && !means_something {
            self.incident.withdrawn.push(entry.id());
        }
        self.incident.timeline.push(entry);
    }

    fn take_effect(&mut self, entry: &Entry, replaces: &[EventId]) {
        let said = Saying { entry, replaces };
        let incident = &mut self.incident;
        match &entry.fact {
            Fact::Joined(introduction) => {
                let record = incident.people.entry(introduction.person).or_default();
                record.name.clone_from(&introduction.name);
                record.zone.clone_from(&introduction.zone);
            }
            Fact::PersonNamed(naming) => {
                incident
                    .people
                    .entry(naming.person)
                    .or_default()
                    .name
                    .clone_from(&naming.name);
            }
            Fact::Declared(declaration) => incident.declared.push(said.this(declaration.clone())),
            Fact::Described(description) => {
                if let Some(title) = &description.title {
                    said.set(&mut incident.title, title.clone());
                }
                if let Some(summary) = &description.summary {
                    said.set(&mut incident.summary, summary.clone());
                }
            }
            Fact::PublicDescribed(description) => {
                for word in PublicWord::ALL {
                    if let Some(text) = description.word(word) {
                        said.set(incident.public.register_mut(word), text.clone());
                    }
                }
            }
            Fact::ImpactConfirmed(confirmation) => {
                said.set(&mut incident.customers_hit, confirmation.customers);
            }
            Fact::Observed(observation) => {
                said.set(incident.stamps.entry(observation.stamp).or_default(), ())
            }
            Fact::Classified(classification) => {
                said.set(&mut incident.major, classification.major);
                said.set(&mut incident.classification, classification.clone());
            }
            Fact::Escalated(_) => said.set(&mut incident.major, true),
            Fact::Downgraded(_) => said.set(&mut incident.major, false),
            Fact::StageEntered(stage) => said.set(&mut incident.stage, stage.clone()),
            Fact::RoleAssigned(assignment) => {
                incident.people.entry(assignment.person).or_default();
                let role = incident.roles.entry(assignment.role.clone()).or_default();
                said.set(role, Some(assignment.person));
            }
            Fact::RoleReleased(release) => {
                said.set(
                    incident.roles.entry(release.role.clone()).or_default(),
                    None,
                );
            }
            Fact::HandoverOffered(handover) => {
                incident.people.entry(handover.person).or_default();
                let offer = Offer {
                    handover: handover.clone(),
                    ends: entry.on,
                };
                incident.handovers.push(said.this(offer));
            }
            Fact::ResponderPaged(page) => incident.pages.push(said.this(Called {
                page: page.clone(),
                instead_of: entry.on,
                answered: None,
            })),
            Fact::ResponderAcknowledged(_) => {
                if let Some(called) = find(&mut incident.pages, entry.on) {
                    called.answered = Some(entry.when);
                }
            }
            Fact::ResponderLeft(responder) => {
                let record = incident.people.entry(responder.person).or_default();
                record.responding_since = None;
            }
            Fact::ResponderJoined(responder) => {
                let record = incident.people.entry(responder.person).or_default();
                let since = record
                    .responding_since
                    .map_or(entry.when, |since| since.min(entry.when));
                record.responding_since = Some(since);
            }
            Fact::BridgeOpened(bridge) => incident.bridges.push(said.this(bridge.clone())),
            Fact::ServiceAffected(affected) => {
                let service = incident
                    .services
                    .entry(affected.service.clone())
                    .or_default();
                said.set(service, Some(affected.level));
            }
            Fact::ServiceRestored(restored) => {
                said.set(
                    incident
                        .services
                        .entry(restored.service.clone())
                        .or_default(),
                    None,
                );
            }
            Fact::RunbookKept(kept) => {
                let runbooks = &mut incident.library.runbooks;
                let held = runbooks.entry(kept.runbook.clone()).or_default();
                said.set(held, Some(kept.text.clone()));
            }
            Fact::RunbookRemoved(removed) => {
                let runbooks = &mut incident.library.runbooks;
                said.set(runbooks.entry(removed.runbook.clone()).or_default(), None);
            }
            Fact::ServiceDefined(service) => {
                let services = &mut incident.library.services;
                let held = services.entry(service.name.clone()).or_default();
                said.set(held, Some(service.clone()));
            }
            Fact::ServiceRemoved(removed) => {
                let services = &mut incident.library.services;
                said.set(services.entry(removed.name.clone()).or_default(), None);
            }
            Fact::ContactDefined(contact) => {
                let contacts = &mut incident.library.contacts;
                let held = contacts.entry(contact.name.clone()).or_default();
                said.set(held, Some(contact.clone()));
            }
            Fact::ContactRemoved(removed) => {
                let contacts = &mut incident.library.contacts;
                said.set(contacts.entry(removed.name.clone()).or_default(), None);
            }
            Fact::AudienceDefined(rules) => {
                let audiences = &mut incident.library.audiences;
                let held = audiences.entry(rules.name.clone()).or_default();
                said.set(held, Some(rules.clone()));
            }
            Fact::AudienceRemoved(removed) => {
                let audiences = &mut incident.library.audiences;
                said.set(audiences.entry(removed.name.clone()).or_default(), None);
            }
            Fact::RegimesChosen(choice) => {
                said.set(&mut incident.library.regimes, choice.clone());
            }
            Fact::RunbookAttached(attachment) => {
                for (index, (id, task)) in attachment.named().enumerate() {
                    let record = incident.tasks.entry(id).or_default();
                    record.added.get_or_insert((entry.place, index));
                    said.set(&mut record.definition, task);
                }
                incident.runbooks.push(said.this(attachment.clone()));
            }
            Fact::TaskAdded(task) => {
                let id = TaskId::added_by(entry.id());
                let record = incident.tasks.entry(id).or_default();
                record.added.get_or_insert((entry.place, 0));
                said.set(&mut record.definition, task.clone());
            }
            Fact::TaskChanged(change) => {
                let record = incident.task(&change.task);
                record.added.get_or_insert((entry.place, 0));
                said.set(
                    &mut incident.task(&change.task).definition,
                    change.becomes.clone(),
                );
            }
            Fact::TaskMoved(moved) => {
                said.set(&mut incident.task(&moved.task).moved, moved.behind.clone());
            }
            Fact::TaskAssigned(assignment) => {
                if let Some(person) = assignment.person {
                    incident.people.entry(person).or_default();
                }
                said.set(
                    &mut incident.task(&assignment.task).owner,
                    assignment.clone(),
                );
            }
            Fact::TaskReported(news) => {
                incident
                    .task(&news.task)
                    .reports
                    .push(said.this(news.clone()));
            }
            Fact::TaskStarted(news) => said.stand(incident, news, TaskState::Running),
            Fact::TaskBlocked(news) => said.stand(incident, news, TaskState::Blocked),
            Fact::TaskCompleted(news) => said.stand(incident, news, TaskState::Done),
            Fact::TaskSkipped(news) => said.stand(incident, news, TaskState::Skipped),
            Fact::TaskReopened(news) => said.stand(incident, news, TaskState::Open),
            Fact::UpdateApproved(approval) => incident.approvals.push(said.this(approval.clone())),
            Fact::UpdateSent(update) => incident.updates.push(said.this(update.clone())),
            Fact::RegimeStamped(stamp) => {
                let stamps = &mut incident.regime(&stamp.regime).stamps;
                said.set(stamps.entry(stamp.trigger.clone()).or_default(), ());
            }
            Fact::RegimeAnswered(answered) => {
                let answers = &mut incident.regime(&answered.regime).answers;
                let held = answers.entry(answered.question.clone()).or_default();
                said.set(held, answered.answer.clone());
            }
            Fact::FormFilled(filled) => {
                let forms = &mut incident.regime(&filled.regime).forms;
                let form = forms.entry(filled.report.clone()).or_default();
                let held = form.entry(filled.field.clone()).or_default();
                said.set(held, filled.text.clone());
            }
            Fact::Notified(notice) => {
                let notices = &mut incident.regime(&notice.regime).notices;
                notices.push(said.this(notice.clone()));
            }
            Fact::HandedOff(hand_off) => incident
                .hand_offs
                .push(said.this(hand_off.audience.clone())),
            Fact::Proposed(proposed) => incident.proposals.push(said.this(ProposalRecord {
                proposed: proposed.clone(),
                answers: Vec::new(),
            })),
            Fact::Accepted(acceptance) => {
                if let Some(found) = find(&mut incident.proposals, entry.on) {
                    let answer = Answer::Accepted(acceptance.clone());
                    found.answers.push(said.this(answer));
                }
            }
            Fact::Declined(verdict) => {
                if let Some(found) = find(&mut incident.proposals, entry.on) {
                    let answer = Answer::Declined(verdict.because.clone());
                    found.answers.push(said.this(answer));
                }
            }
            Fact::HypothesisRaised(suspicion) => incident
                .hypotheses
                .push(said.this(Hypothesis::raised(suspicion, entry.on))),
            Fact::HypothesisAssigned(tester) => {
                incident.people.entry(tester.person).or_default();
                if let Some(found) = find(&mut incident.hypotheses, entry.on) {
                    found.tester = Some(tester.person);
                }
            }
            Fact::EvidenceAdded(evidence) => {
                if let Some(found) = find(&mut incident.hypotheses, entry.on) {
                    found.evidence.push(said.this(evidence.clone()));
                }
            }
            Fact::HypothesisConfirmed(verdict) => {
                decide(
                    &mut incident.hypotheses,
                    entry,
                    HypothesisState::Confirmed,
                    &verdict.because,
                );
            }
            Fact::HypothesisRuledOut(verdict) => {
                decide(
                    &mut incident.hypotheses,
                    entry,
                    HypothesisState::RuledOut,
                    &verdict.because,
                );
            }
            Fact::ChangeRecorded(change) => incident.changes.push(said.this(change.clone())),
            Fact::DecisionMade(decision) => incident.decisions.push(said.this(decision.clone())),
            Fact::WorkaroundApplied(relief) => incident
                .workarounds
                .push(said.this(Workaround::applied(relief))),
            Fact::WorkaroundRemoved(_) => {
                if let Some(found) = find(&mut incident.workarounds, entry.on) {
                    found.removed_by = Some(entry.id());
                }
            }
            Fact::ProblemRecorded(problem) => incident.problems.push(said.this(ProblemRecord {
                problem: problem.clone(),
                workaround: entry.on,
                closed_by: None,
            })),
            Fact::ProblemClosed(_) => {
                if let Some(found) = find(&mut incident.problems, entry.on) {
                    found.closed_by = Some(entry.id());
                }
            }
            Fact::FixApplied(words) => incident.fixes.push(said.this(words.text.clone())),
            Fact::CheckPlanned(plan) => incident.planned_checks.push(said.this(PlannedCheck {
                plan: plan.clone(),
                begun: Vec::new(),
            })),
            Fact::CheckBegun(_) => {
                if let Some(found) = find(&mut incident.planned_checks, entry.on) {
                    found.begun.push(said.this(()));
                }
            }
            Fact::CheckPassed(words) | Fact::CheckFailed(words) => {
                incident.checks.push(said.this(Check {
                    text: words.text.clone(),
                    passed: entry.kind == Kind::CheckPassed,
                    of: entry.on,
                }));
            }
            Fact::WatchStarted(watch) => incident.watches.push(said.this(watch.clone())),
            Fact::BacklogDrained(words) => incident.drained.push(said.this(words.text.clone())),
            Fact::PictureAdded(picture) => incident.pictures.push(said.this(Attached {
                picture: picture.clone(),
                of: entry.on,
            })),
            Fact::DrillBegun(start) => incident.drill.begun.push(said.this(start.clone())),
            Fact::DrillPaced(pacing) => incident.drill.paces.push(said.this(pacing.clone())),
            Fact::InjectDelivered(inject) => {
                incident.drill.delivered.push(said.this(inject.clone()))
            }
            Fact::InjectSkipped(skipped) => incident.drill.skipped.push(said.this(skipped.clone())),
            Fact::DrillEnded(words) => incident.drill.ended.push(said.this(words.text.clone())),
            Fact::ReviewHeld(words) => incident.reviews.push(said.this(words.text.clone())),
            Fact::FindingAdded(finding) => incident.findings.push(said.this(finding.clone())),
            Fact::WhyAnswered(words) => incident.whys.push(said.this(Why {
                text: words.text.clone(),
                of: entry.on,
            })),
            Fact::EntryMarked(marking) => {
                if let Some(on) = entry.on {
                    incident
                        .marks
                        .entry(on)
                        .or_default()
                        .push(said.this(marking.clone()));
                }
            }
            Fact::EntryTagged(tag) => {
                if let Some(on) = entry.on {
                    let tags = incident.service_tags.entry(on).or_default();
                    tags.push(said.this(tag.service.clone()));
                }
            }
            Fact::RunbookImproved(improved) => {
                incident.runbooks_improved.push(said.this(improved.clone()));
            }
            Fact::ActionAdded(action) => incident.actions.push(said.this(Improvement {
                action: action.clone(),
                state: ActionState::Open,
                updated_by: None,
            })),
            Fact::ActionUpdated(update) => {
                if let Some(found) = find(&mut incident.actions, entry.on) {
                    found.state = update.state;
                    found.updated_by = Some(entry.id());
                }
            }
            Fact::Closed(closure) => said.set(&mut incident.closing, Some(closure.clone())),
            Fact::Reopened(_) => said.set(&mut incident.closing, None),
            Fact::Linked(link) => incident.links.push(said.this(link.clone())),
            Fact::SameAs(same) => {
                incident.same_as.insert(same.incident);
            }
            Fact::Waived(waiver) => {
                incident
                    .waived
                    .insert(waiver.criterion.clone(), said.this(waiver.reason.clone()));
            }
            Fact::Note(_)
            | Fact::ToolOpened(_)
            | Fact::Amended(_)
            | Fact::Retracted(_)
            | Fact::Erased(_)
            | Fact::Unread => {}
        }
    }

    /// An event without effect still says what it had replaced, wherever that was.
    fn pass_through(&mut self, entry: &Entry, replaces: &[EventId]) {
        fn pass<T>(register: &mut Register<T>, entry: &Entry, replaces: &[EventId]) {
            if replaces.iter().any(|id| register.knows(*id)) {
                register.set(
                    entry.place,
                    entry.when,
                    entry.source.is_some(),
                    replaces,
                    None,
                );
            }
        }
        if replaces.is_empty() {
            return;
        }
        let incident = &mut self.incident;
        pass(&mut incident.title, entry, replaces);
        pass(&mut incident.summary, entry, replaces);
        for word in PublicWord::ALL {
            pass(incident.public.register_mut(word), entry, replaces);
        }
        pass(&mut incident.customers_hit, entry, replaces);
        pass(&mut incident.classification, entry, replaces);
        pass(&mut incident.major, entry, replaces);
        pass(&mut incident.stage, entry, replaces);
        pass(&mut incident.closing, entry, replaces);
        incident
            .stamps
            .values_mut()
            .for_each(|register| pass(register, entry, replaces));
        incident
            .roles
            .values_mut()
            .for_each(|register| pass(register, entry, replaces));
        incident
            .services
            .values_mut()
            .for_each(|register| pass(register, entry, replaces));
        let library = &mut incident.library;
        library
            .runbooks
            .values_mut()
            .for_each(|register| pass(register, entry, replaces));
        library
            .services
            .values_mut()
            .for_each(|register| pass(register, entry, replaces));
        library
            .contacts
            .values_mut()
            .for_each(|register| pass(register, entry, replaces));
        library
            .audiences
            .values_mut()
            .for_each(|register| pass(register, entry, replaces));
        pass(&mut library.regimes, entry, replaces);
        for record in incident.regimes.values_mut() {
            record
                .stamps
                .values_mut()
                .for_each(|register| pass(register, entry, replaces));
            let fields = record.forms.values_mut().flat_map(BTreeMap::values_mut);
            record
                .answers
                .values_mut()
                .chain(fields)
                .for_each(|register| pass(register, entry, replaces));
        }
        for record in incident.tasks.values_mut() {
            pass(&mut record.definition, entry, replaces);
            pass(&mut record.moved, entry, replaces);
            pass(&mut record.owner, entry, replaces);
            pass(&mut record.state, entry, replaces);
        }
    }
}

/// An event that stands, as the one who says something.
struct Saying<'a> {
    entry: &'a Entry,
    replaces: &'a [EventId],
}

impl Saying<'_> {
    fn this<T>(&self, what: T) -> Said<T> {
        Said {
            place: self.entry.place,
            when: self.entry.when,
            by: self.entry.by,
            foreign: self.entry.source.is_some(),
            what,
        }
    }

    fn stand(&self, incident: &mut Incident, news: &TaskNews, state: TaskState) {
        let record = incident.task(&news.task);
        self.set(&mut record.state, (state, news.text.clone()));
        if news.report_by.is_some() {
            record.reports.push(self.this(news.clone()));
        }
    }

    fn set<T>(&self, register: &mut Register<T>, value: T) {
        register.set(
            self.entry.place,
            self.entry.when,
            self.entry.source.is_some(),
            self.replaces,
            Some(value),
        );
    }
}

fn find<T>(all: &mut [Said<T>], id: Option<EventId>) -> Option<&mut T> {
    let id = id?;
    all.iter_mut()
        .find(|said| said.id() == id)
        .map(|said| &mut said.what)
}

fn decide(
    hypotheses: &mut [Said<Hypothesis>],
    entry: &Entry,
    state: HypothesisState,
    because: &str,
) {
    if let Some(found) = find(hypotheses, entry.on) {
        found.state = state;
        because.clone_into(&mut found.because);
        found.decided_by = Some(entry.id());
    }
}

fn is_known(known: Option<&BTreeMap<Writer, u32>>, place: Place) -> bool {
    known.is_none_or(|known| {
        known
            .get(&place.writer)
            .is_some_and(|seq| place.seq <= *seq)
    })
}

/// For each writer, up to which event a person knew of them.
fn known_to(
    logs: &[&Log],
    clocks: &Clocks,
    person: Person,
    at: Timestamp,
) -> BTreeMap<Writer, u32> {
    let mut known: BTreeMap<Writer, u32> = BTreeMap::new();
    let mut learn = |writer: Writer, seq: u32| {
        let so_far = known.entry(writer).or_default();
        *so_far = seq.max(*so_far);
    };
    for log in logs {
        let tick = log.tick();
        for writer in log
            .writers()
            .filter(|writer| is_writer_of(log, *writer, person))
        {
            let sound = log
                .by_writer(writer)
                .filter(|(place, _)| place.tick <= tick);
            let by_then = sound.filter(|(_, event)| clocks.noted_when(event) <= at);
            for (place, event) in by_then {
                learn(writer, place.seq);
                event
                    .seen
                    .iter()
                    .for_each(|&(other, seq)| learn(other, seq));
            }
        }
    }
    known
}

fn is_writer_of(log: &Log, writer: Writer, person: Person) -> bool {
    log.by_writer(writer)
        .filter(|(_, event)| event.kind == Kind::Joined)
        .any(|(_, event)| {
            let body = event.body.text().unwrap_or_default();
            matches!(Fact::read(&event.kind, body), Fact::Joined(joined) if joined.person == person)
        })
}

/// Of the versions of a foreign item, the one whose item is newest holds.
fn newest_of_source(events: &[(Place, &Event)]) -> BTreeMap<Box<str>, (Timestamp, Place)> {
    let mut newest: BTreeMap<Box<str>, (Timestamp, Place)> = BTreeMap::new();
    for (place, event) in events {
        if let Some(source) = &event.source {
            let this = (event.noted, *place);
            newest
                .entry(source.clone())
                .and_modify(|best| *best = this.max(*best))
                .or_insert(this);
        }
    }
    newest
}

impl Takebacks {
    fn of(events: &[(Place, &Event)], clocks: &Clocks) -> Self {
        let mut takebacks = Self::default();
        let acting: Vec<(Place, &Event)> = events
            .iter()
            .filter(|(_, event)| matches!(event.kind, Kind::Retracted | Kind::Amended))
            .copied()
            .collect();
        if acting.is_empty() {
            return takebacks;
        }
        // What an event acts on must come before it, so that nothing takes itself back.
        let mut first_place: BTreeMap<EventId, Place> = BTreeMap::new();
        for (place, _) in events {
            first_place.entry(place.id()).or_insert(*place);
        }
        let targets = |place: Place, event: &Event| {
            event
                .on
                .filter(|on| first_place.get(on).is_some_and(|target| *target < place))
        };
        for &(place, event) in acting.iter().rev() {
            let stands = !takebacks.retracted.contains_key(&event.id);
            if let (Kind::Retracted, true, Some(on)) = (&event.kind, stands, targets(place, event))
            {
                takebacks.retracted.insert(on, event.id);
            }
        }
        for (place, event) in acting {
            if let (Kind::Amended, Some(on)) = (&event.kind, targets(place, event)) {
                let stands = !takebacks.retracted.contains_key(&event.id);
                let value = read_amendment(event).filter(|_| stands);
                let when = clocks.noted_when(event);
                let register = takebacks.amendments.entry(on).or_default();
                register.set(place, when, false, &event.replaces, value);
            }
        }
        takebacks
    }
}

fn read_amendment(event: &Event) -> Option<Amended> {
    let amendment: Amendment = serde_json::from_str(event.body.text()?).ok()?;
    Some((amendment.body.map(|body| body.get().into()), event.at))
}

/// The other declarations that a log says are of the same outage, as far as that stands.
pub fn same_as(log: &Log) -> BTreeSet<IncidentId> {
    if !log.events().any(|(_, event)| event.kind == Kind::SameAs) {
        return BTreeSet::new();
    }
    Fold::of(&[log], Cursor::Now).incident.same_as
}
