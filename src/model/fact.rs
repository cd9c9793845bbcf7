//! What an event says, read from its body: one type a kind.
//!
//! Reading never fails the log: a body that a kind cannot be read from is kept as it came and
//! shown as a plain line. Fields that this version does not know are left alone.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::communication::{
    Approval, FormEntry, ImpactConfirmation, Notice, PublicDescription, RegimeAnswer, RegimeStamp,
};
use super::drill::{DrillStart, Inject, Pacing, SkippedInject};
use super::id::{EventId, IncidentId, Person};
use super::json;
use super::kind::Kind;
use super::log::Draft;
use super::organisation::{AudienceRules, Contact, RegimeChoice, Service};
use super::picture::Picture;
use super::proposal::{Acceptance, Proposed};
use super::task::{
    Attachment, KeptRunbook, RemovedRunbook, Task, TaskAssignment, TaskChange, TaskMove, TaskNews,
    ToolOpening,
};
use super::term::{
    ActionKind, ActionState, ChangeKind, CheckBy, Criterion, Effect, EntryMark, FindingKind,
    Impact, Level, Nature, Phase, Priority, Relation, Role, Scope, Stage, Stamp, Urgency,
};
use super::time::Timestamp;

macro_rules! facts {
    ($($variant:ident($body:ty),)*) => {
        /// An event's kind and body together.
        #[derive(Clone, PartialEq, Eq, Debug)]
        pub enum Fact {
            $(#[doc = concat!("See [`Kind::", stringify!($variant), "`].")] $variant($body),)*
            /// Another version's kind, a body that cannot be read, or one that was erased.
            Unread,
        }

        impl Fact {
            /// Reads a body. [`Fact::Unread`] where this version cannot.
            pub fn read(kind: &Kind, body: &str) -> Self {
                match kind {
                    $(Kind::$variant => serde_json::from_str(body).map_or(Self::Unread, Self::$variant),)*
                    Kind::Other(_) => Self::Unread,
                }
            }

            /// The kind; none of what was not read.
            pub fn kind(&self) -> Option<Kind> {
                match self {
                    $(Self::$variant(_) => Some(Kind::$variant),)*
                    Self::Unread => None,
                }
            }

            fn to_json(&self) -> Result<String, serde_json::Error> {
                match self {
                    $(Self::$variant(body) => serde_json::to_string(body),)*
                    Self::Unread => Ok("{}".to_owned()),
                }
            }
        }
    };
}

facts! {
    Joined(Introduction),
    PersonNamed(Naming),
    Declared(Declaration),
    Described(Description),
    PublicDescribed(PublicDescription),
    ImpactConfirmed(ImpactConfirmation),
    Observed(Observation),
    Classified(Classification),
    Escalated(Reason),
    Downgraded(Reason),
    StageEntered(StageEntry),
    RoleAssigned(Assignment),
    RoleReleased(Release),
    HandoverOffered(Handover),
    ResponderPaged(Page),
    ResponderJoined(Responder),
    ResponderLeft(Responder),
    ResponderAcknowledged(Acknowledgement),
    BridgeOpened(Bridge),
    ServiceAffected(Affected),
    ServiceRestored(Restored),
    ServiceDefined(Service),
    ServiceRemoved(RemovedName),
    ContactDefined(Contact),
    ContactRemoved(RemovedName),
    AudienceDefined(AudienceRules),
    AudienceRemoved(RemovedName),
    RegimesChosen(RegimeChoice),
    RunbookKept(KeptRunbook),
    RunbookRemoved(RemovedRunbook),
    RunbookAttached(Attachment),
    TaskAdded(Task),
    TaskChanged(TaskChange),
    TaskMoved(TaskMove),
    TaskAssigned(TaskAssignment),
    TaskStarted(TaskNews),
    TaskReported(TaskNews),
    TaskBlocked(TaskNews),
    TaskCompleted(TaskNews),
    TaskSkipped(TaskNews),
    TaskReopened(TaskNews),
    ToolOpened(ToolOpening),
    HandedOff(HandOff),
    Proposed(Proposed),
    Accepted(Acceptance),
    Declined(Verdict),
    UpdateApproved(Approval),
    UpdateSent(Update),
    RegimeStamped(RegimeStamp),
    RegimeAnswered(RegimeAnswer),
    FormFilled(FormEntry),
    Notified(Notice),
    HypothesisRaised(Suspicion),
    HypothesisAssigned(Responder),
    EvidenceAdded(Evidence),
    HypothesisConfirmed(Verdict),
    HypothesisRuledOut(Verdict),
    ChangeRecorded(Change),
    DecisionMade(Decision),
    WorkaroundApplied(Relief),
    WorkaroundRemoved(Verdict),
    ProblemRecorded(Problem),
    ProblemClosed(Verdict),
    FixApplied(Words),
    CheckPlanned(CheckPlan),
    CheckBegun(Acknowledgement),
    CheckPassed(Words),
    CheckFailed(Words),
    WatchStarted(Watch),
    BacklogDrained(Words),
    Note(Words),
    PictureAdded(Picture),
    DrillBegun(DrillStart),
    DrillPaced(Pacing),
    InjectDelivered(Inject),
    InjectSkipped(SkippedInject),
    DrillEnded(Words),
    ReviewHeld(Words),
    FindingAdded(Finding),
    WhyAnswered(Words),
    EntryMarked(Marking),
    EntryTagged(ServiceTag),
    RunbookImproved(RunbookImprovement),
    ActionAdded(Action),
    ActionUpdated(ActionUpdate),
    Closed(Closure),
    Reopened(Reason),
    Linked(Link),
    SameAs(SameAs),
    Amended(Amendment),
    Retracted(Verdict),
    Erased(Verdict),
    Waived(Waiver),
}

impl Fact {
    /// The draft of an event that says this.
    pub fn draft(&self) -> Draft {
        // Serialising these types cannot fail: no map has keys that are not text.
        let body = self
            .to_json()
            .and_then(|body| json::canonical(&body))
            .unwrap_or_else(|_| "{}".to_owned());
        let kind = self.kind().unwrap_or(Kind::Note);
        Draft {
            kind,
            body: body.into(),
            at: None,
            on: None,
            replaces: Vec::new(),
        }
    }
}

/// A person introduces themselves, once for each page they write from.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Introduction {
    /// Who.
    pub person: Person,
    /// What they are called.
    pub name: String,
    /// IANA name of their time zone.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub zone: String,
}

/// A person is called something.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Naming {
    /// Who.
    pub person: Person,
    /// What they are called.
    pub name: String,
}

/// An incident is declared.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Declaration {
    /// Whether it is one.
    pub nature: Nature,
    /// Where the imported record lies, for the person to open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

/// What the incident is, in words.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Description {
    /// What is broken, for whom: one line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// A few sentences.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
}

/// One of the stamps; its instant is the event's own time.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Observation {
    /// Which one.
    pub stamp: Stamp,
}

/// Answers, and what followed from them when they were given.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Classification {
    /// The scheme that was applied: `itil_3x3`, `statuspage`.
    pub scheme: String,
    /// What people cannot do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effect: Option<Effect>,
    /// How many they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<Scope>,
    /// How soon it gets worse.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub urgency: Option<Urgency>,
    /// What else was asked, and answered.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub criteria: BTreeMap<Criterion, bool>,
    /// ITIL's impact, where effect and scope gave one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub impact: Option<Impact>,
    /// The priority; none while it is pending.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
    /// Whether it is a major incident.
    pub major: bool,
    /// The reason in a sentence.
    #[serde(default)]
    pub why: String,
    /// Why a person decided otherwise than the scheme, if one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overruled: Option<String>,
}

/// Why something was done.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Reason {
    /// In the person's words.
    #[serde(default)]
    pub reason: String,
}

/// A stage begins, or begins again.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct StageEntry {
    /// Which one.
    pub stage: Stage,
    /// Exit criteria of the stage before that were open, by their names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub open: Vec<String>,
    /// Why it was entered all the same.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// A person takes a role.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Assignment {
    /// Which one.
    pub role: Role,
    /// Who.
    pub person: Person,
}

/// A role's holder wants to hand it over. The event is `on` the assignment that it would end; the
/// other confirms by an assignment that is `on` this event.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Handover {
    /// Which role.
    pub role: Role,
    /// To whom.
    pub person: Person,
    /// What they need to know: state, what is open, what is due, risks.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub brief: String,
}

/// A role is free again.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Release {
    /// Which one.
    pub role: Role,
}

/// A person or team is called.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Page {
    /// Whom, by the name that was called.
    pub who: String,
    /// The person, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<Person>,
    /// How: phone, pager, chat …
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub via: String,
    /// Who is called next, in turn, where nobody answers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub then: Vec<String>,
}

/// It is so, of the event that `on` names: somebody who was called has answered, what a planned check
/// waits for holds.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Acknowledgement {}

/// A person is there, or not any more; or tests the hypothesis that `on` names.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Responder {
    /// Who.
    pub person: Person,
}

/// Something of the library is not there any more.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RemovedName {
    /// What it was called.
    pub name: String,
}

/// A place where the response meets.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Bridge {
    /// What it is: call, chat, document.
    pub label: String,
    /// Its address.
    pub url: String,
}

/// A service is hit.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Affected {
    /// Its name.
    pub service: String,
    /// How badly.
    pub level: Level,
}

/// A service works again.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Restored {
    /// Its name.
    pub service: String,
}

/// A text left Muster; whether it was sent, a person must say.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct HandOff {
    /// For whom it was meant.
    pub audience: String,
    /// Where to: clipboard, mail …
    pub to: String,
    /// The text.
    #[serde(default)]
    pub text: String,
}

/// A stakeholder update was sent. It is never undone: another one corrects it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Update {
    /// To whom.
    pub audience: String,
    /// By which channel.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub channel: String,
    /// What it said.
    pub text: String,
    /// What it said of the incident as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phase: Option<Phase>,
    /// When the next one was promised for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_due: Option<Timestamp>,
    /// The services that it named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub services: Vec<String>,
    /// Where it can be found: an address or a number.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reference: String,
    /// The update that it corrects.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrects: Option<EventId>,
}

/// Free words.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
pub struct Words {
    /// In the person's words.
    pub text: String,
}

/// Said about the event that `on` names.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Verdict {
    /// Why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub because: String,
}

/// A possible cause. The event may be `on` the change that is suspected.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
pub struct Suspicion {
    /// What it might be.
    pub text: String,
    /// The service that it is about.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub service: String,
}

/// Something that was seen; the event is `on` the hypothesis.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Evidence {
    /// Whether it speaks for the hypothesis; if not, against it.
    pub supports: bool,
    /// What was seen.
    pub text: String,
}

/// Something was changed, at the event's own time.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Change {
    /// What.
    pub text: String,
    /// What sort of change it was.
    pub change: ChangeKind,
    /// The service that it was made to.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub service: String,
    /// Where it can be found: a number or an address.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reference: String,
}

/// A decision.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Decision {
    /// What was decided.
    pub text: String,
    /// Why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub because: String,
    /// The choices that there were.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<String>,
    /// The service that it is about.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub service: String,
}

/// A workaround, with what it restores and what it costs. How the service is with it is said by a
/// `service_affected` of its own, which the clocks go by.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Relief {
    /// What was done.
    pub text: String,
    /// The service that people can use again because of it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub service: String,
    /// How the service is with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    /// What it costs, in words: money, work, risk.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub cost: String,
    /// Until when it lasts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Timestamp>,
    /// How it is undone.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub undo: String,
}

/// A problem record (ITIL): what is still to be mended when service is back. The event may be `on`
/// the workaround that stays because of it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Problem {
    /// Its number or address.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reference: String,
    /// What is still to be mended.
    pub text: String,
}

/// How recovery will be checked.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CheckPlan {
    /// What must be so: "Less than 1 % of orders fail".
    pub text: String,
    /// By what it is decided.
    pub by: CheckBy,
    /// The service that it is about.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub service: String,
    /// For how many minutes it must be so, of a threshold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u32>,
}

/// Recovery is watched.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Watch {
    /// For how many minutes.
    pub minutes: u32,
}

/// Something the review found.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Finding {
    /// What it is.
    pub finding: FindingKind,
    /// In words.
    pub text: String,
}

/// What an entry was for the course of the incident.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Marking {
    /// What.
    pub mark: EntryMark,
    /// Why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub because: String,
}

/// A service that an entry is about.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ServiceTag {
    /// Its name.
    pub service: String,
}

/// A runbook that was changed because of what the review found.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RunbookImprovement {
    /// Its name in the library.
    pub runbook: String,
    /// What it is called.
    pub title: String,
    /// What was changed.
    pub text: String,
}

/// An improvement.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Action {
    /// What it is for.
    pub action: ActionKind,
    /// What is to be done.
    pub text: String,
    /// Who does it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<Person>,
    /// By when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Timestamp>,
    /// By what one sees that it worked: "fires within two minutes in the next drill".
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub success: String,
    /// Its number or address in another tool.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub ticket: String,
}

/// Where an improvement stands.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ActionUpdate {
    /// Now.
    pub state: ActionState,
}

/// How it ended.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Closure {
    /// In a sentence.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub outcome: String,
    /// What was still open, by the names of the criteria.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub open: Vec<String>,
    /// Why it was closed all the same.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// What it has to do with another incident.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Link {
    /// What.
    pub relation: Relation,
    /// Which one.
    pub incident: IncidentId,
}

/// The other declaration of the same outage.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SameAs {
    /// Its id.
    pub incident: IncidentId,
}

/// What the event that `on` names should say; the amendment's own `at`, where given, is the time.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Amendment {
    /// The whole new body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Box<RawValue>>,
    /// Why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub because: String,
}

impl PartialEq for Amendment {
    fn eq(&self, other: &Self) -> bool {
        let text = |amendment: &Self| amendment.body.as_ref().map(|body| body.get().to_owned());
        text(self) == text(other) && self.because == other.because
    }
}

impl Eq for Amendment {}

/// A question of the guide that does not apply here.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Waiver {
    /// The criterion, by its name.
    pub criterion: String,
    /// Why.
    #[serde(default)]
    pub reason: String,
}
