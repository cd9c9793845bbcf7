//! What the guide says: steps, dues and criteria, each with its reason and the act that does it.
//!
//! Plain values; the screen shows them and opens the form that belongs to the act.

use std::sync::Arc;

use crate::classify::regime::{RegimeId, Report, Trigger};
use crate::model::communication::PublicWord;
use crate::model::organisation::Organisation;
use crate::model::task::{Attachment, TaskChange, TaskId};
use crate::model::term::{Relation, Role, Stage, Stamp};
use crate::model::{EventId, Person, Timestamp};

/// Something that a person can do, for which the screen has a form or a button.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub enum Act {
    /// Write what is broken, for whom.
    WriteTitle,
    /// Write a few sentences.
    WriteSummary,
    /// Answer effect, scope and urgency.
    Classify,
    /// Answer what priority 2 needs beyond the three answers.
    AnswerCriteria,
    /// Make a standard incident a major one.
    Escalate,
    /// Make a major incident a standard one.
    Downgrade,
    /// State one of the stamps.
    State(Stamp),
    /// Give a role to a person.
    AssignRole(Role),
    /// Offer a role to somebody else, with what they need to know.
    HandOver(Role),
    /// Say that the other has taken over.
    ConfirmHandover(Role),
    /// Call a person or a team.
    PageResponder,
    /// Call somebody whom the organisation names.
    CallContact(String),
    /// Call whoever comes next, since this call was not answered.
    CallNext(EventId),
    /// Say that somebody who was called has answered.
    Answer(EventId),
    /// Say that somebody is not there any more.
    Leave(Person),
    /// Name the call, chat or document where the response meets.
    OpenBridge,
    /// Say which service is hit, and how badly.
    AffectService,
    /// Say that a service works again.
    RestoreService(String),
    /// Tell an audience.
    SendUpdate(String),
    /// The first word, to executives and customers at once.
    FirstWord,
    /// Say what was wrong in an update, by another.
    CorrectUpdate(EventId),
    /// Write words that outsiders may read.
    DescribePublicly,
    /// Confirm a moment from which a regulator's clock runs.
    StampRegime(RegimeId, Trigger),
    /// Answer what a regime asks.
    AnswerRegime(RegimeId),
    /// Say that a report went to an authority.
    Notify(RegimeId, Report),
    /// Name a possible cause.
    RaiseHypothesis,
    /// Say who tests a possible cause.
    AssignHypothesis(EventId),
    /// Say what was seen, for a possible cause or against it.
    AddEvidence(EventId),
    /// Confirm a possible cause or rule it out.
    DecideHypothesis(EventId),
    /// Say what was changed, and when.
    RecordChange,
    /// Name a change as a possible cause.
    SuspectChange(EventId),
    /// Write down a decision.
    MakeDecision,
    /// Say what was done so that people can work.
    ApplyWorkaround,
    /// Say that a workaround was taken away.
    RemoveWorkaround(EventId),
    /// Say which problem record holds what is still to be mended: of one workaround, or of all.
    RecordProblem(Option<EventId>),
    /// Say that a problem record was closed.
    CloseProblem(EventId),
    /// Say what was done about the fault itself.
    ApplyFix,
    /// Say whether recovery holds.
    CheckRecovery,
    /// Say how recovery will be checked.
    PlanCheck,
    /// Say that what a planned check waits for holds from now on.
    BeginCheck(EventId),
    /// Say what came of a planned check.
    JudgeCheck(EventId),
    /// Watch recovery for a while.
    StartWatch,
    /// Say that what had waited was worked off.
    DrainBacklog,
    /// Everybody is free of their role, but for who leads.
    StandDown,
    /// Go to a stage.
    EnterStage(Stage),
    /// Say that the review was held.
    HoldReview,
    /// Write down what the review found.
    AddFinding,
    /// Answer why, of a finding or of another answer.
    AnswerWhy(EventId),
    /// Mark an entry as a turning point or a delay.
    MarkEntry(EventId),
    /// Say which service an entry is about.
    TagEntry(EventId),
    /// Change a runbook because of what was found.
    ImproveRunbook(String),
    /// Agree on an improvement.
    AddAction,
    /// Say where an improvement stands.
    UpdateAction(EventId),
    /// There is a task more.
    AddTask,
    /// Follow a runbook.
    AttachRunbook,
    /// Add the task that a rule proposes.
    AcceptTask(Box<TaskChange>),
    /// Something about a task.
    Task(TaskId, TaskAct),
    /// Close the incident.
    Close,
    /// Open it again.
    Reopen,
    /// Say what it has to do with another incident.
    Link(Relation),
    /// Join it with another declaration of the same outage.
    Join,
    /// Choose between values that people set apart from each other.
    SettleConflict(ConflictOf),
    /// Give a copy away.
    Export,
    /// Write an observation into the timeline.
    WriteNote,
    /// Take in lines copied from a chat or a log.
    PasteLines,
    /// Add a picture, to an entry where one is named.
    AddPicture(Option<EventId>),
    /// Say that a criterion does not apply here.
    Waive(String),
}

/// What a person can do about a task.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub enum TaskAct {
    /// Give it to somebody, who reports back by then.
    Assign,
    /// Say that it was begun, or goes on.
    Start,
    /// Say how it goes.
    Report,
    /// Say that it is done.
    Complete,
    /// Say that it cannot go on.
    Block,
    /// Leave it out.
    Skip,
    /// Have it done again.
    Reopen,
    /// Change what it says.
    Change,
    /// One place up in the list.
    Earlier,
    /// One place down in the list.
    Later,
}

/// What two people set apart from each other.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub enum ConflictOf {
    /// The title.
    Title,
    /// The summary.
    Summary,
    /// One of the words that outsiders may read.
    Public(PublicWord),
    /// Whether customers are hit.
    CustomersHit,
    /// Priority and answers.
    Classification,
    /// Major or standard.
    Major,
    /// The stage.
    Stage,
    /// A stamp.
    Stamp(Stamp),
    /// A role's holder.
    Role(Role),
    /// A service's level.
    Service(String),
    /// When a regime's clock starts: the regime, and what starts it.
    RegimeStamp(String, String),
    /// The answer to a regime's question: the regime, and the question.
    RegimeAnswer(String, String),
    /// What stands in an authority's form: the regime, the report, the field.
    FormField(String, String, String),
    /// What is to be done in a task.
    Task(TaskId),
    /// Who does a task.
    TaskOwner(TaskId),
    /// Closed or open.
    Closing,
    /// What an event says.
    Event(EventId),
}

/// How near a due is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub enum Urgency {
    /// It has passed.
    Overdue,
    /// It comes soon.
    Soon,
    /// There is time.
    Later,
}

/// Something that is to be done by an instant.
#[derive(Clone, PartialEq, Eq, Debug, Hash)]
pub struct Due {
    /// A stable name, for keys and tests.
    pub name: String,
    /// What, in a few words: "Executives: update".
    pub title: String,
    /// By when.
    pub at: Timestamp,
    /// How near that is.
    pub urgency: Urgency,
    /// Why, in a sentence with its source.
    pub why: String,
    /// What does it.
    pub act: Act,
}

/// The one thing to do next.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Step {
    /// A stable name, for keys and tests.
    pub name: String,
    /// What, as one would say it: "Tell the executives what changed".
    pub title: String,
    /// Why, in a sentence.
    pub why: String,
    /// What the button says: "Write the update".
    pub button: String,
    /// What does it.
    pub act: Act,
    /// The events that the reason rests on.
    pub because_of: Vec<EventId>,
    /// What says no to it, where a person may.
    pub decline: Option<Act>,
}

/// A step that rests on no single event.
pub fn step(
    name: &str,
    title: impl Into<String>,
    why: impl Into<String>,
    button: &str,
    act: Act,
) -> Step {
    Step {
        name: name.to_owned(),
        title: title.into(),
        why: why.into(),
        button: button.to_owned(),
        act,
        because_of: Vec::new(),
        decline: None,
    }
}

/// Whether a criterion is met.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Met {
    /// Not yet.
    Open,
    /// By these events.
    By(Vec<EventId>),
    /// A person said that it does not apply, and why.
    Waived(String),
}

/// Something that a stage expects before the next one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Criterion {
    /// A stable name, in files too.
    pub name: &'static str,
    /// As a state of affairs: "A workaround is applied".
    pub title: String,
    /// Who sees to it.
    pub who: Role,
    /// Why it matters, in a sentence.
    pub why: String,
    /// Whether it is met.
    pub met: Met,
    /// What meets it.
    pub act: Act,
}

/// One of the six stages as it stands in an incident.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StageView {
    /// Which one.
    pub stage: Stage,
    /// Short name: "Work around".
    pub short: &'static str,
    /// ITIL's name: "Investigation and workaround".
    pub long: &'static str,
    /// What it is for, in two sentences a newcomer understands.
    pub purpose: &'static str,
    /// What must be so before it makes sense.
    pub entry: &'static str,
    /// Whether it was entered.
    pub entered: Option<Timestamp>,
    /// What it expects before the next one.
    pub criteria: Vec<Criterion>,
}

/// Something that does not add up; said, never refused.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Contradiction {
    /// In a sentence: "Restored at 02:10 lies before impact started at 02:13."
    pub what: String,
    /// The events that disagree.
    pub events: Vec<EventId>,
    /// What mends it.
    pub act: Act,
}

/// Everything that the guide has to say about an incident now.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Advice {
    /// The one thing to do next; none when nothing is left to do.
    pub next: Option<Step>,
    /// What else could be done now, best first, without the one above.
    pub also: Vec<Step>,
    /// By instant, the most overdue first.
    pub dues: Vec<Due>,
    /// The stages, in order.
    pub stages: Vec<StageView>,
    /// Values that people set apart from each other.
    pub conflicts: Vec<Step>,
    /// What does not add up.
    pub contradictions: Vec<Contradiction>,
    /// The next update due, of all audiences.
    pub next_update: Option<Due>,
}

/// What the machine knows of zones: minutes east of UTC in the zone of this name at an instant; of an
/// empty name, in the machine's own.
#[derive(Clone, Copy)]
pub struct Zones(pub fn(&str, Timestamp) -> i32);

impl Default for Zones {
    /// UTC alone.
    fn default() -> Self {
        Self(|_, _| 0)
    }
}

impl PartialEq for Zones {
    /// One machine has one.
    fn eq(&self, _other: &Self) -> bool {
        true
    }
}

impl Eq for Zones {}

impl std::fmt::Debug for Zones {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Zones")
    }
}

/// What the guide must be told besides the incident.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Circumstances {
    /// When a copy of this incident last left this browser, if one did.
    pub last_export: Option<Timestamp>,
    /// What the host and the library say of the organisation.
    pub organisation: Arc<Organisation>,
    /// What the machine knows of zones.
    pub zones: Zones,
    /// The host's rules.
    pub house: Arc<Attachment>,
    /// The runbook that fits what is broken best, by its title.
    pub fitting_runbook: Option<String>,
    /// Whether anybody else's events are in the log: then another copy exists.
    pub others_hold_it: bool,
    /// Minutes since the epoch's zone offset are never needed here: times come formatted by this
    /// many minutes east of UTC, for sentences that name a time.
    pub utc_offset_minutes: i32,
}
