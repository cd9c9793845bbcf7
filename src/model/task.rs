//! Tasks of an incident, and the runbooks that they come from: what events say of them, and what
//! the fold makes of it.
//!
//! Only what was said. When a task can be done, and what that means for the end, is for `runbook`.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::id::{EventId, Person, Writer};
use super::incident::Said;
use super::log::Place;
use super::register::Register;
use super::term::{Priority, Role, Stage};
use super::time::Timestamp;

/// A task's name for good: the event that added it, or the runbook and its key in there. Two people
/// who attached the same runbook apart from each other mean the same task.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TaskId(Box<str>);

impl TaskId {
    /// The task that this event added.
    pub fn added_by(event: EventId) -> Self {
        Self(event.to_string().into())
    }

    /// The task that has this key in an attached runbook.
    pub fn in_runbook(runbook: &str, key: &str) -> Self {
        Self(format!("{runbook}#{key}").into())
    }

    /// As text, for keys and files.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for TaskId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&str> for TaskId {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

/// What a task is there for.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// Anything else.
    #[default]
    Other,
    /// To find out what is wrong: while it is open, nobody can say when service is back.
    Diagnose,
    /// To bring service back.
    Restore,
    /// To see that it is back.
    Verify,
    /// To tell somebody.
    Inform,
}

impl Purpose {
    /// Whether it says nothing.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde asks")]
    pub(super) fn is_other(&self) -> bool {
        *self == Self::Other
    }
}

/// A link into the tool that does it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Hash, Default, Serialize, Deserialize)]
pub struct TaskLink {
    /// What it opens.
    pub label: String,
    /// Its address, perhaps with fields of the incident: `{title}`, `{service}` …
    pub url: String,
}

/// When a task is needed at all; nothing named: always.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Hash, Default, Serialize, Deserialize)]
pub struct OnlyIf {
    /// Only at these priorities.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub priorities: Vec<Priority>,
    /// Only where one of these services was hit.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub services: Vec<String>,
}

impl OnlyIf {
    fn is_always(&self) -> bool {
        *self == Self::default()
    }
}

/// What is to be done.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Hash, Default, Serialize, Deserialize)]
pub struct Task {
    /// Its name within its runbook; empty where it comes from none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub key: String,
    /// In a line.
    pub title: String,
    /// The heading that it stands under.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub section: String,
    /// What it is there for.
    #[serde(default, skip_serializing_if = "Purpose::is_other")]
    pub purpose: Purpose,
    /// How many minutes it takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u32>,
    /// How many at the most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<u32>,
    /// Whose it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// What must be done before: other tasks, in a runbook by their keys.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<TaskId>,
    /// How it is done, in Markdown.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// How one sees that it is done.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub check: String,
    /// How it is taken back.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub rollback: String,
    /// Into the tools that do it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<TaskLink>,
    /// When it is needed at all.
    #[serde(default, skip_serializing_if = "OnlyIf::is_always")]
    pub only: OnlyIf,
}

/// What makes a rule fire: something that happens after its runbook was attached.
#[derive(Clone, PartialEq, Eq, Debug, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// A stage is entered.
    StageEntered(Stage),
    /// The priority becomes one of these.
    PriorityRaised(Vec<Priority>),
    /// A task of the same runbook is done, by its key.
    TaskDone(TaskId),
    /// Nobody wrote anything down for so many minutes. Only the guide may say so: silence here may
    /// be ignorance of what happened elsewhere.
    Silence(u32),
}

/// What a rule does.
#[derive(Clone, PartialEq, Eq, Debug, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Then {
    /// Adds a task.
    AddTask(String),
    /// Proposes a task; a person adds it.
    ProposeTask(String),
    /// Proposes that somebody takes a role.
    ProposeRole(Role),
    /// Opens a draft for an audience.
    OpenDraft(String),
    /// Something is due so many minutes later.
    StartClock {
        /// After how many minutes.
        minutes: u32,
        /// What.
        title: String,
    },
}

/// A rule of a runbook.
#[derive(Clone, PartialEq, Eq, Debug, Hash, Serialize, Deserialize)]
pub struct Rule {
    /// Its name within the runbook.
    pub key: String,
    /// In the runbook's words.
    pub text: String,
    /// When.
    pub when: When,
    /// Then.
    pub then: Then,
}

/// A runbook as it was when it was attached.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Attachment {
    /// Its name for good: `database-failover`, or `database-failover@eu` where it runs twice.
    pub runbook: String,
    /// What it is called.
    pub title: String,
    /// Which version of it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub version: String,
    /// What one must know first, in Markdown.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub about: String,
    /// Its tasks, in order.
    pub tasks: Vec<Task>,
    /// Its rules.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<Rule>,
}

impl Attachment {
    /// Its tasks with the names that they have in the incident.
    pub fn named(&self) -> impl Iterator<Item = (TaskId, Task)> + '_ {
        self.tasks.iter().map(|task| {
            let after = task.after.iter();
            let after = after.map(|key| TaskId::in_runbook(&self.runbook, key.as_str()));
            let named = Task {
                after: after.collect(),
                ..task.clone()
            };
            (TaskId::in_runbook(&self.runbook, &task.key), named)
        })
    }
}

/// A runbook of the library has this text from now on.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct KeptRunbook {
    /// Its name for good.
    pub runbook: String,
    /// All of it, in Markdown.
    pub text: String,
}

/// A runbook of the library is not offered any more.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RemovedRunbook {
    /// Its name for good.
    pub runbook: String,
}

/// A task became another.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Hash, Serialize, Deserialize)]
pub struct TaskChange {
    /// Which one.
    pub task: TaskId,
    /// All of it, as it is from now on.
    pub becomes: Task,
}

/// A task stands elsewhere in the list.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct TaskMove {
    /// Which one.
    pub task: TaskId,
    /// Behind which other; none for the first place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub behind: Option<TaskId>,
}

/// A person does a task.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct TaskAssignment {
    /// Which one.
    pub task: TaskId,
    /// Who; nobody when they gave it back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<Person>,
    /// By when they report back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report_by: Option<Timestamp>,
}

/// A task's link into a tool was opened.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ToolOpening {
    /// Which task.
    pub task: TaskId,
    /// What the link is called.
    pub label: String,
    /// The address, as it was opened.
    pub url: String,
}

/// News of a task.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct TaskNews {
    /// Which one.
    pub task: TaskId,
    /// What came of it, or why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// When there is news again, where that was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report_by: Option<Timestamp>,
}

/// How far a task is. The further one holds where two people said different things apart from each
/// other: what is done is done.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum TaskState {
    /// Nobody has begun it, or it was opened again.
    #[default]
    Open,
    /// It cannot go on.
    Blocked,
    /// Somebody is at it.
    Running,
    /// It is left out.
    Skipped,
    /// It is done.
    Done,
}

impl TaskState {
    /// Whether nothing more is to be done about it.
    pub fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::Skipped)
    }
}

/// A task as it stands.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct TaskRecord {
    /// What is to be done; the runbook that it comes from, as it was attached.
    pub definition: Register<Task>,
    /// Where somebody put it.
    pub moved: Register<Option<TaskId>>,
    /// Who does it, and by when they report back.
    pub owner: Register<TaskAssignment>,
    /// How far it is, with the words that were said.
    pub state: Register<(TaskState, String)>,
    /// What was reported in between.
    pub reports: Vec<Said<TaskNews>>,
    /// Where in the order of events it first came, and its place in its runbook.
    pub added: Option<(Place, usize)>,
}

/// How far a task is, since when, with which words.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stand<'a> {
    /// How far.
    pub state: TaskState,
    /// Since when, if anybody ever said.
    pub since: Option<Timestamp>,
    /// What was said with it.
    pub text: &'a str,
}

impl TaskRecord {
    /// What is to be done; none where it was taken back.
    pub fn task(&self) -> Option<&Task> {
        self.definition.current()
    }

    /// When the incident got it.
    pub fn added_at(&self) -> Option<Timestamp> {
        self.definition.first().map(|(setting, _)| setting.when)
    }

    /// How far it is.
    pub fn stand(&self) -> Stand<'_> {
        let heads = self.state.heads();
        let furthest = heads
            .into_iter()
            .max_by_key(|(setting, (state, _))| (*state, setting.when, setting.place));
        furthest.map_or(
            Stand {
                state: TaskState::Open,
                since: None,
                text: "",
            },
            |(setting, (state, text))| Stand {
                state: *state,
                since: Some(setting.when),
                text,
            },
        )
    }

    /// When the run that is on, or the one that ended last, was begun.
    pub fn begun_at(&self) -> Option<Timestamp> {
        let stand = self.stand();
        let until = stand.since?;
        let begun = self
            .state
            .standing()
            .filter(|(setting, (state, _))| *state == TaskState::Running && setting.when <= until);
        begun.map(|(setting, _)| setting.when).max()
    }

    /// Who does it: whom it was given to, or else whoever began it last.
    pub fn doer(&self, writers: &BTreeMap<Writer, Person>) -> Option<Person> {
        if let Some(owner) = self.owner.current() {
            return owner.person;
        }
        let mut begun = self
            .state
            .standing()
            .filter(|(_, (state, _))| *state == TaskState::Running);
        let (setting, _) = begun.next_back()?;
        writers.get(&setting.place.writer).copied()
    }

    /// By when somebody is to report back: what was said last about it, as long as it is not over.
    pub fn report_by(&self) -> Option<Timestamp> {
        if self.stand().state.is_over() {
            return None;
        }
        let assigned = self.owner.current_setting();
        let assigned = assigned.map(|(setting, owner)| (setting.place, owner.report_by));
        let reported = self.reports.last();
        let reported = reported.map(|said| (said.place, said.what.report_by));
        // A report without a next time leaves none.
        assigned.max(reported).and_then(|(_, by)| by)
    }
}
