//! Proposals as events say them: what an assistant, a rule, a runbook or a past incident suggests, and
//! what a person answered.
//!
//! A proposal does nothing by being there. Only a person's answer writes something else, and that is
//! for `guide`.

use serde::{Deserialize, Serialize};

use super::fact::{Suspicion, Words};
use super::id::{EventId, IncidentId};
use super::incident::Said;
use super::task::{Purpose, TaskId};

/// Who or what proposes.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// An assistant, by the name that a person gave it; empty where they gave none.
    Assistant(String),
    /// A rule, by its runbook and key: `database-failover/rule-1`.
    Rule(String),
    /// That a runbook fits, by its name for good.
    Runbook(String),
    /// A past incident like this one.
    Alike(IncidentId),
}

/// A task that is proposed. Of what tasks can have, only words: no links, no conditions.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
pub struct ProposedTask {
    /// In a line.
    pub title: String,
    /// How it is done.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// What it is there for.
    #[serde(default, skip_serializing_if = "Purpose::is_other")]
    pub purpose: Purpose,
    /// Its name for good, where it has one already: a rule's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task: Option<TaskId>,
}

/// An update that is proposed. Nobody has sent it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
pub struct ProposedUpdate {
    /// To whom.
    pub audience: String,
    /// What it might say; empty where the log's own draft is meant.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
}

/// A case like this one.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
pub struct SimilarCase {
    /// The past incident, where it is one that this browser holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incident: Option<IncidentId>,
    /// What is alike, and what came of it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
}

/// What is proposed.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Proposal {
    /// That something is done.
    Task(ProposedTask),
    /// That this might be the cause.
    Hypothesis(Suspicion),
    /// That an audience is told.
    Update(ProposedUpdate),
    /// That somebody finds this out.
    Question(Words),
    /// That a case like this one is looked at.
    Similar(SimilarCase),
    /// That a runbook is followed, by its name for good.
    Runbook(String),
}

/// A proposal, with what it rests on.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Proposed {
    /// Who or what proposes it.
    pub from: Origin,
    /// What.
    pub what: Proposal,
    /// The events that it rests on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub because: Vec<EventId>,
    /// Why, in words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
}

/// A person accepts the proposal that `on` names.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Acceptance {
    /// The event that was written because of it, if one was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub becomes: Option<EventId>,
    /// Whether it helped, in a person's own judgement; none where nobody has said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub helped: Option<bool>,
}

/// What a person answered.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Answer {
    /// It was followed.
    Accepted(Acceptance),
    /// It was not, and perhaps why.
    Declined(String),
}

/// A proposal with its answers: several where people answered apart from each other.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ProposalRecord {
    /// As proposed.
    pub proposed: Proposed,
    /// What people answered, in order.
    pub answers: Vec<Said<Answer>>,
}
