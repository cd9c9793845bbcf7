//! What the guide says: steps, dues and criteria, each with its reason and the act that does it.
//!
//! Plain values; the screen shows them and opens the form that belongs to the act.

use crate::model::term::{Relation, Role, Stage, Stamp};
use crate::model::{EventId, Timestamp};

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
    /// Call a person or a team.
    PageResponder,
    /// Name the call, chat or document where the response meets.
    OpenBridge,
    /// Say which service is hit, and how badly.
    AffectService,
    /// Say that a service works again.
    RestoreService(String),
    /// Tell an audience.
    SendUpdate(String),
    /// Name a possible cause.
    RaiseHypothesis,
    /// Confirm a possible cause or rule it out.
    DecideHypothesis(EventId),
    /// Write down a decision.
    MakeDecision,
    /// Say what was done so that people can work.
    ApplyWorkaround,
    /// Say that a workaround was taken away.
    RemoveWorkaround(EventId),
    /// Say what was done about the fault itself.
    ApplyFix,
    /// Say whether recovery holds.
    CheckRecovery,
    /// Go to a stage.
    EnterStage(Stage),
    /// Say that the review was held.
    HoldReview,
    /// Write down what the review found.
    AddFinding,
    /// Agree on an improvement.
    AddAction,
    /// Say where an improvement stands.
    UpdateAction(EventId),
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
    /// Say that a criterion does not apply here.
    Waive(String),
}

/// What two people set apart from each other.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub enum ConflictOf {
    /// The title.
    Title,
    /// The summary.
    Summary,
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

/// What the guide must be told besides the incident.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Circumstances {
    /// When a copy of this incident last left this browser, if one did.
    pub last_export: Option<Timestamp>,
    /// Whether anybody else's events are in the log: then another copy exists.
    pub others_hold_it: bool,
    /// Minutes since the epoch's zone offset are never needed here: times come formatted by this
    /// many minutes east of UTC, for sentences that name a time.
    pub utc_offset_minutes: i32,
}
