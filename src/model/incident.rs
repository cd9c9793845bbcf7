//! An incident as it stands: the answer that the fold gives.
//!
//! Plain values for the questions to be asked of; decides nothing, and holds nothing that does
//! not come from the log.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::value::RawValue;

use super::communication::{Approval, PublicWords, RegimeRecord};
use super::drill::DrillRecord;
use super::fact::{
    Action, Amendment, Bridge, Change, CheckPlan, Classification, Closure, Decision, Declaration,
    Evidence, Fact, Finding, Handover, Link, Marking, Page, Problem, Relief, RunbookImprovement,
    StageEntry, Suspicion, Update, Watch,
};
use super::id::{Digest, EventId, IncidentId, Person, Writer};
use super::kind::Kind;
use super::log::{Draft, Place};
use super::order;
use super::organisation::{AudienceRules, Contact, Organisation, RegimeChoice, Service};
use super::picture::Attached;
use super::proposal::ProposalRecord;
use super::register::Register;
use super::task::{Attachment, TaskId, TaskRecord};
use super::term::{ActionState, Level, Nature, Phase, Priority, Role, Stage, Stamp};
use super::time::Timestamp;

/// What became of an entry.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Standing {
    /// It holds.
    Stands,
    /// It was taken back, by this event.
    Retracted(EventId),
    /// Its text was dropped for good.
    Erased,
    /// A later version of the same foreign item is held.
    Superseded,
}

/// One line of the timeline.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// Where it stands in the canonical order.
    pub place: Place,
    /// When it happened, as far as it can be told.
    pub when: Timestamp,
    /// When it was written down, as its writer's machine gave it.
    pub noted: Timestamp,
    /// Whether a person stated when it happened.
    pub dated: bool,
    /// Whether the clock that it was noted by is believed.
    pub clock_believed: bool,
    /// Who wrote it down, where known.
    pub by: Option<Person>,
    /// The foreign item or rule that it was made from.
    pub source: Option<Box<str>>,
    /// The event that it is about.
    pub on: Option<EventId>,
    /// What happened.
    pub kind: Kind,
    /// What it says now, with amendments.
    pub fact: Fact,
    /// What became of it.
    pub standing: Standing,
    /// The amendment that gave it its words or time, if one did.
    pub amended: Option<EventId>,
    /// The amendments that no other has replaced; several where they were made apart.
    pub amendments: Vec<EventId>,
    /// The digest over all that its writer then had, on events of weight.
    pub seal: Option<Digest>,
}

impl Entry {
    /// The event's id.
    pub fn id(&self) -> EventId {
        self.place.id()
    }

    /// Whether it was made from something else: an imported item, a pasted line, a rule. What a drill's
    /// scenario says is not told as such.
    pub fn is_foreign(&self) -> bool {
        self.source.is_some() && self.kind != Kind::InjectDelivered
    }

    /// Whether it holds.
    pub fn stands(&self) -> bool {
        self.standing == Standing::Stands
    }

    /// The draft of an amendment that gives it other words, or keeps them, at the same stated time.
    pub fn corrected_to(&self, fact: Option<&Fact>) -> Draft {
        // What an earlier amendment made of the words must not be lost with it.
        let words = fact.or(self.amended.map(|_| &self.fact));
        let body =
            words.and_then(|fact| RawValue::from_string(fact.draft().body.into_string()).ok());
        let draft = Fact::Amended(Amendment {
            body,
            because: String::new(),
        })
        .draft();
        Draft {
            on: Some(self.id()),
            at: self.dated.then_some(self.when),
            replaces: self.amendments.clone(),
            ..draft
        }
    }
}

/// Something said by an event that stands, with where and when.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Said<T> {
    /// By which event.
    pub place: Place,
    /// When it happened.
    pub when: Timestamp,
    /// Who wrote it down.
    pub by: Option<Person>,
    /// Made from a foreign item.
    pub foreign: bool,
    /// What.
    pub what: T,
}

impl<T> Said<T> {
    /// The event's id.
    pub fn id(&self) -> EventId {
        self.place.id()
    }
}

/// Whether a hypothesis holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum HypothesisState {
    /// Not yet decided.
    Open,
    /// It proved right.
    Confirmed,
    /// It proved wrong.
    RuledOut,
}

/// A possible cause.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hypothesis {
    /// In words.
    pub text: String,
    /// The service that it is about; empty where none was named.
    pub service: String,
    /// The change that is suspected.
    pub change: Option<EventId>,
    /// Who tests it; the last one said.
    pub tester: Option<Person>,
    /// What was seen, for it and against it.
    pub evidence: Vec<Said<Evidence>>,
    /// Whether it holds.
    pub state: HypothesisState,
    /// Why it was confirmed or ruled out.
    pub because: String,
    /// The event that decided it.
    pub decided_by: Option<EventId>,
}

impl Hypothesis {
    /// As it is raised: nobody tests it, and nothing was seen.
    pub(super) fn raised(suspicion: &Suspicion, change: Option<EventId>) -> Self {
        Self {
            text: suspicion.text.clone(),
            service: suspicion.service.clone(),
            change,
            tester: None,
            evidence: Vec::new(),
            state: HypothesisState::Open,
            because: String::new(),
            decided_by: None,
        }
    }
}

/// A workaround.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Workaround {
    /// In words.
    pub text: String,
    /// The service that people can use again because of it; empty where none was named.
    pub service: String,
    /// How the service is with it.
    pub level: Option<Level>,
    /// What it costs, in words.
    pub cost: String,
    /// Until when it lasts.
    pub expires: Option<Timestamp>,
    /// How it is undone.
    pub undo: String,
    /// The event that took it away again.
    pub removed_by: Option<EventId>,
}

impl Workaround {
    /// As it is applied.
    pub(super) fn applied(relief: &Relief) -> Self {
        Self {
            text: relief.text.clone(),
            service: relief.service.clone(),
            level: relief.level,
            cost: relief.cost.clone(),
            expires: relief.expires,
            undo: relief.undo.clone(),
            removed_by: None,
        }
    }
}

/// A problem record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ProblemRecord {
    /// As recorded.
    pub problem: Problem,
    /// The workaround that stays because of it; none where it is about all of them.
    pub workaround: Option<EventId>,
    /// The event that closed it.
    pub closed_by: Option<EventId>,
}

/// A hand-over that was offered.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Offer {
    /// What is offered, and to whom.
    pub handover: Handover,
    /// The assignment that it would end.
    pub ends: Option<EventId>,
}

/// A person or team that was called.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Called {
    /// Whom, how, and who comes next.
    pub page: Page,
    /// The call that was not answered, where this one was made for that.
    pub instead_of: Option<EventId>,
    /// When they answered, if they did.
    pub answered: Option<Timestamp>,
}

/// Whether recovery holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Check {
    /// What was looked at.
    pub text: String,
    /// Whether it was as it should be.
    pub passed: bool,
    /// The planned check that this is the result of.
    pub of: Option<EventId>,
}

/// How recovery will be checked. Results are in [`Incident::checks`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PlannedCheck {
    /// What must be so, and by what that is decided.
    pub plan: CheckPlan,
    /// Since when it holds, each time that somebody said so.
    pub begun: Vec<Said<()>>,
}

/// An answer to why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Why {
    /// The answer.
    pub text: String,
    /// The finding or the answer that it says the why of.
    pub of: Option<EventId>,
}

/// An improvement that was agreed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Improvement {
    /// As agreed.
    pub action: Action,
    /// Where it stands.
    pub state: ActionState,
    /// The event that said so last.
    pub updated_by: Option<EventId>,
}

/// A person, as the log knows them.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PersonRecord {
    /// What they are called; the last one said holds.
    pub name: String,
    /// IANA name of their time zone, as the machine gave it.
    pub zone: String,
    /// When they joined the response, if they did.
    pub responding_since: Option<Timestamp>,
    /// When they last wrote something down.
    pub last_wrote: Option<Timestamp>,
}

/// What a library holds, by name; none where something was removed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Library {
    /// The texts of runbooks.
    pub runbooks: BTreeMap<String, Register<Option<String>>>,
    /// Services.
    pub services: BTreeMap<String, Register<Option<Service>>>,
    /// Whom to call.
    pub contacts: BTreeMap<String, Register<Option<Contact>>>,
    /// Who is told, and how.
    pub audiences: BTreeMap<String, Register<Option<AudienceRules>>>,
    /// Which regimes apply.
    pub regimes: Register<RegimeChoice>,
}

impl Library {
    /// What a host says, with what this library says in its stead.
    pub fn over(&self, host: Organisation) -> Organisation {
        let services = self.services.iter();
        let contacts = self.contacts.iter();
        let audiences = self.audiences.iter();
        host.with(
            services.filter_map(|(name, held)| Some((name, held.current()?))),
            contacts.filter_map(|(name, held)| Some((name, held.current()?))),
        )
        .with_audiences(audiences.filter_map(|(name, held)| Some((name, held.current()?))))
        .with_regimes(self.regimes.current())
    }
}

/// An incident as it stands.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Incident {
    /// The lowest id of those that were declared for it.
    pub id: Option<IncidentId>,
    /// All ids that were declared for it.
    pub ids: BTreeSet<IncidentId>,
    /// How it was declared.
    pub declared: Vec<Said<Declaration>>,
    /// Declarations that were taken back.
    pub withdrawn: Vec<EventId>,
    /// What is broken, for whom.
    pub title: Register<String>,
    /// A few sentences.
    pub summary: Register<String>,
    /// What outsiders may read.
    pub public: PublicWords,
    /// Whether customers are hit, as a person confirmed it.
    pub customers_hit: Register<bool>,
    /// Priority and how it came about.
    pub classification: Register<Classification>,
    /// Major or standard, as classified, escalated or downgraded.
    pub major: Register<bool>,
    /// The stage of the process.
    pub stage: Register<StageEntry>,
    /// The stamps, each as its event's time.
    pub stamps: BTreeMap<Stamp, Register<()>>,
    /// Who has which role; none where it was released.
    pub roles: BTreeMap<Role, Register<Option<Person>>>,
    /// Hand-overs that were offered; see [`Incident::handover`].
    pub handovers: Vec<Said<Offer>>,
    /// Everybody the log names.
    pub people: BTreeMap<Person, PersonRecord>,
    /// Who writes from which page.
    pub writers: BTreeMap<Writer, Person>,
    /// How each service is; none where it works again.
    pub services: BTreeMap<String, Register<Option<Level>>>,
    /// Who was called.
    pub pages: Vec<Said<Called>>,
    /// Where the response meets.
    pub bridges: Vec<Said<Bridge>>,
    /// What a library holds; only its own log says any of that.
    pub library: Library,
    /// Runbooks that are followed.
    pub runbooks: Vec<Said<Attachment>>,
    /// What is to be done, of runbooks and otherwise.
    pub tasks: BTreeMap<TaskId, TaskRecord>,
    /// Texts that a person let go out.
    pub approvals: Vec<Said<Approval>>,
    /// Updates sent.
    pub updates: Vec<Said<Update>>,
    /// What was said of each regime.
    pub regimes: BTreeMap<String, RegimeRecord>,
    /// Texts that were copied or opened elsewhere.
    pub hand_offs: Vec<Said<String>>,
    /// What was proposed, and answered.
    pub proposals: Vec<Said<ProposalRecord>>,
    /// Possible causes.
    pub hypotheses: Vec<Said<Hypothesis>>,
    /// What was changed, each at its own time.
    pub changes: Vec<Said<Change>>,
    /// Decisions.
    pub decisions: Vec<Said<Decision>>,
    /// Workarounds.
    pub workarounds: Vec<Said<Workaround>>,
    /// Problem records.
    pub problems: Vec<Said<ProblemRecord>>,
    /// Fixes.
    pub fixes: Vec<Said<String>>,
    /// How recovery will be checked.
    pub planned_checks: Vec<Said<PlannedCheck>>,
    /// Checks of recovery.
    pub checks: Vec<Said<Check>>,
    /// How long recovery is watched, each from when it was said.
    pub watches: Vec<Said<Watch>>,
    /// When what had waited was worked off, in words.
    pub drained: Vec<Said<String>>,
    /// Pictures that were added.
    pub pictures: Vec<Said<Attached>>,
    /// What it says of the drill that it is, if it is one with a scenario.
    pub drill: DrillRecord,
    /// Reviews held.
    pub reviews: Vec<Said<String>>,
    /// What they found.
    pub findings: Vec<Said<Finding>>,
    /// Answers to why, each to a finding or to another answer.
    pub whys: Vec<Said<Why>>,
    /// What entries were for the course of the incident, by entry; see [`Incident::mark`].
    pub marks: BTreeMap<EventId, Vec<Said<Marking>>>,
    /// Services that entries are about, by entry; see [`Incident::about`].
    pub service_tags: BTreeMap<EventId, Vec<Said<String>>>,
    /// Runbooks that were changed because of it.
    pub runbooks_improved: Vec<Said<RunbookImprovement>>,
    /// Improvements agreed.
    pub actions: Vec<Said<Improvement>>,
    /// What it has to do with others.
    pub links: Vec<Said<Link>>,
    /// Closed with this, or open again.
    pub closing: Register<Option<Closure>>,
    /// Questions of the guide that do not apply, by criterion, with the reason.
    pub waived: BTreeMap<String, Said<String>>,
    /// Conflicting amendments: what was amended, and by which events.
    pub amended_apart: BTreeMap<EventId, Vec<EventId>>,
    /// Other declarations of the same outage that are not held here.
    pub same_as: BTreeSet<IncidentId>,
    /// Every event in order of when it happened.
    pub timeline: Vec<Entry>,
}

impl Incident {
    /// What is broken; none where nobody has said.
    pub fn title(&self) -> Option<&str> {
        self.title
            .current()
            .map(String::as_str)
            .filter(|title| !title.trim().is_empty())
    }

    /// What an entry was for the course of the incident: the last word holds.
    pub fn mark(&self, entry: EventId) -> Option<&Said<Marking>> {
        self.marks.get(&entry)?.last()
    }

    /// The services that an entry was said to be about, each once.
    pub fn about(&self, entry: EventId) -> Vec<&str> {
        let mut services: Vec<&str> = Vec::new();
        for said in self.service_tags.get(&entry).into_iter().flatten() {
            if !services.contains(&said.what.as_str()) {
                services.push(&said.what);
            }
        }
        services
    }

    /// Every service that was hit or that an entry was said to be about, each once, by name.
    pub fn services_named(&self) -> BTreeSet<&str> {
        let tagged = self.service_tags.values().flatten();
        let tagged = tagged.map(|said| said.what.as_str());
        self.services
            .keys()
            .map(String::as_str)
            .chain(tagged)
            .collect()
    }

    /// Whether customers are hit; none where nobody has confirmed either.
    pub fn customers_hit(&self) -> Option<bool> {
        self.customers_hit.current().copied()
    }

    /// The last time that a person let exactly this text go out to an audience.
    pub fn approval(&self, audience: &str, text: &str) -> Option<&Said<Approval>> {
        let mut approvals = self.approvals.iter().rev();
        approvals
            .find(|said| said.what.audience == audience && said.what.text.trim() == text.trim())
    }

    /// What was said of a regime, to be added to.
    pub(super) fn regime(&mut self, name: &str) -> &mut RegimeRecord {
        self.regimes.entry(name.to_owned()).or_default()
    }

    /// The classification that holds.
    pub fn classified(&self) -> Option<&Classification> {
        self.classification.current()
    }

    /// The priority that holds; none while it is pending.
    pub fn priority(&self) -> Option<Priority> {
        self.classified()?.priority
    }

    /// Whether it is a major incident.
    pub fn is_major(&self) -> bool {
        self.major.current().copied().unwrap_or(false)
    }

    /// Whether it is one at all.
    pub fn nature(&self) -> Nature {
        self.declared
            .first()
            .map_or(Nature::Real, |said| said.what.nature)
    }

    /// The stage that was entered last; where none was, what a foreign page's updates say; else the
    /// first.
    pub fn stage(&self) -> Stage {
        self.stage
            .current()
            .map_or_else(|| self.stage_by_updates(), |entry| entry.stage)
    }

    fn stage_by_updates(&self) -> Stage {
        let foreign = self
            .updates
            .iter()
            .filter(|said| said.foreign && said.what.phase.is_some());
        match foreign
            .max_by_key(|said| (said.when, said.place))
            .and_then(|said| said.what.phase)
        {
            None => Stage::Identification,
            Some(Phase::Investigating | Phase::Identified) => Stage::Investigation,
            Some(Phase::Monitoring) => Stage::Recovery,
            Some(Phase::Resolved | Phase::Postmortem) => Stage::Review,
        }
    }

    /// When it was first declared.
    pub fn declared_at(&self) -> Option<Timestamp> {
        self.declared.iter().map(|said| said.when).min()
    }

    /// When a stamp was, as it holds now.
    pub fn stamp(&self, stamp: Stamp) -> Option<Timestamp> {
        let (setting, ()) = self.stamps.get(&stamp)?.current_setting()?;
        Some(setting.when)
    }

    /// Who holds a role now.
    pub fn holder(&self, role: &Role) -> Option<Person> {
        let (_, holder) = self.roles.get(role)?.latest()?;
        *holder
    }

    /// The hand-over of a role that waits for the other to confirm: the last one offered since the
    /// role was last given.
    pub fn handover(&self, role: &Role) -> Option<&Said<Offer>> {
        let (given, holder) = self.roles.get(role)?.latest()?;
        holder.as_ref()?;
        let mut offers = self.handovers.iter().rev();
        offers.find(|said| said.what.handover.role == *role && said.what.ends == Some(given.id()))
    }

    /// Who leads: the major incident manager.
    pub fn leader(&self) -> Option<Person> {
        self.holder(&Role::MajorIncidentManager)
    }

    /// How many tasks are not over.
    pub fn open_tasks(&self) -> usize {
        let tasks = self.tasks.values();
        tasks
            .filter(|record| record.task().is_some() && !record.stand().state.is_over())
            .count()
    }

    /// What is known of a task; news of one that is not held waits for it.
    pub(super) fn task(&mut self, id: &TaskId) -> &mut TaskRecord {
        self.tasks.entry(id.clone()).or_default()
    }

    /// What a person is called.
    pub fn name(&self, person: Person) -> &str {
        self.people
            .get(&person)
            .map_or("somebody", |record| record.name.as_str())
    }

    /// How a service is now; none where it works.
    pub fn level(&self, service: &str) -> Option<Level> {
        let (_, level) = self.services.get(service)?.latest()?;
        *level
    }

    /// Services that do not work now, worst first.
    pub fn affected(&self) -> Vec<(&str, Level)> {
        let mut affected: Vec<(&str, Level)> = self
            .services
            .keys()
            .filter_map(|name| Some((name.as_str(), self.level(name)?)))
            .collect();
        order::sort_by(&mut affected, |(a, at_a), (b, at_b)| {
            at_b.cmp(at_a).then_with(|| a.cmp(b))
        });
        affected
    }

    /// Whether it is closed.
    pub fn is_closed(&self) -> bool {
        self.closing
            .latest()
            .is_some_and(|(_, closure)| closure.is_some())
    }

    /// When it was closed, if it is.
    pub fn closed_at(&self) -> Option<Timestamp> {
        let (setting, closure) = self.closing.latest()?;
        closure.as_ref().map(|_| setting.when)
    }

    /// When it began, by the best that is known: impact, detection, declaration.
    pub fn began_at(&self) -> Option<Timestamp> {
        self.stamp(Stamp::ImpactStarted)
            .or_else(|| self.stamp(Stamp::Detected))
            .or_else(|| self.declared_at())
    }

    /// When service was back, by restoration, or else resolution or closing.
    pub fn ended_at(&self) -> Option<Timestamp> {
        self.stamp(Stamp::Restored)
            .or_else(|| self.stamp(Stamp::Resolved))
            .or_else(|| self.closed_at())
    }

    /// An entry by its event's id.
    pub fn entry(&self, id: EventId) -> Option<&Entry> {
        self.timeline.iter().rev().find(|entry| entry.id() == id)
    }

    /// Whether a person has taken it on: acknowledged, or leads.
    pub fn is_acknowledged(&self) -> bool {
        self.stamp(Stamp::Acknowledged).is_some() || self.leader().is_some()
    }
}
