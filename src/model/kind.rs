//! The kinds of events, in the field's own words, past tense.
//!
//! A kind that this version does not know is carried by its name and never refused.

use std::fmt;

macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)*) => {
        /// What happened.
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind {
            $($(#[$doc])* $variant,)*
            /// A kind that another version writes.
            Other(Box<str>),
        }

        impl Kind {
            /// Every kind that this version knows.
            pub const KNOWN: &'static [Kind] = &[$(Kind::$variant),*];

            /// The kind of this name.
            pub fn named(name: &str) -> Self {
                match name {
                    $($name => Self::$variant,)*
                    other => Self::Other(other.into()),
                }
            }

            /// The name in files.
            pub fn name(&self) -> &str {
                match self {
                    $(Self::$variant => $name,)*
                    Self::Other(name) => name,
                }
            }
        }
    };
}

kinds! {
    /// A writer introduced its person.
    Joined = "joined",
    /// A person got their name, or another one.
    PersonNamed = "person_named",
    /// The incident was declared.
    Declared = "declared",
    /// Its title or summary was written.
    Described = "described",
    /// Words that outsiders may read were written.
    PublicDescribed = "public_described",
    /// Whether customers are hit, a person confirms.
    ImpactConfirmed = "impact_confirmed",
    /// A stamp that the metrics need: impact started, detected, acknowledged …
    Observed = "observed",
    /// Impact, urgency and priority were decided.
    Classified = "classified",
    /// A standard incident became a major one.
    Escalated = "escalated",
    /// A major incident became a standard one.
    Downgraded = "downgraded",
    /// A stage of the process was entered.
    StageEntered = "stage_entered",
    /// A person took a role.
    RoleAssigned = "role_assigned",
    /// A role's holder wants to hand it over; nothing changes until the other confirms.
    HandoverOffered = "handover_offered",
    /// A role was given back.
    RoleReleased = "role_released",
    /// A person or team was called.
    ResponderPaged = "responder_paged",
    /// Somebody who was called has answered.
    ResponderAcknowledged = "responder_acknowledged",
    /// A person joined the response.
    ResponderJoined = "responder_joined",
    /// A person is not part of the response any more.
    ResponderLeft = "responder_left",
    /// A call, chat or document was opened for the response.
    BridgeOpened = "bridge_opened",
    /// A service was hit, to some level.
    ServiceAffected = "service_affected",
    /// A service works again.
    ServiceRestored = "service_restored",
    /// In the library: a service is so from now on.
    ServiceDefined = "service_defined",
    /// In the library: there is no such service any more.
    ServiceRemoved = "service_removed",
    /// In the library: a person or team is called so, and like this.
    ContactDefined = "contact_defined",
    /// In the library: nobody is called so any more.
    ContactRemoved = "contact_removed",
    /// In the library: an audience is told so from now on.
    AudienceDefined = "audience_defined",
    /// In the library: there is no such audience any more.
    AudienceRemoved = "audience_removed",
    /// In the library: these regimes apply to the organisation.
    RegimesChosen = "regimes_chosen",
    /// In the library: a runbook has this text from now on.
    RunbookKept = "runbook_kept",
    /// In the library: a runbook is not offered any more.
    RunbookRemoved = "runbook_removed",
    /// A runbook is followed from now on.
    RunbookAttached = "runbook_attached",
    /// There is a task more.
    TaskAdded = "task_added",
    /// A task became another: its words, its length, what it waits for.
    TaskChanged = "task_changed",
    /// A task stands elsewhere in the list.
    TaskMoved = "task_moved",
    /// A person does a task.
    TaskAssigned = "task_assigned",
    /// A task was begun.
    TaskStarted = "task_started",
    /// Whoever does a task said how it goes.
    TaskReported = "task_reported",
    /// A task cannot go on.
    TaskBlocked = "task_blocked",
    /// A task is done.
    TaskCompleted = "task_completed",
    /// A task is left out, for a reason.
    TaskSkipped = "task_skipped",
    /// A task is to be done again.
    TaskReopened = "task_reopened",
    /// A task's link into a tool was opened.
    ToolOpened = "tool_opened",
    /// A text was copied or opened elsewhere; that does not say that it was sent.
    HandedOff = "handed_off",
    /// Something was proposed; nothing is done by that.
    Proposed = "proposed",
    /// A person accepted a proposal.
    Accepted = "accepted",
    /// A person declined a proposal.
    Declined = "declined",
    /// A person lets a text go out to an audience.
    UpdateApproved = "update_approved",
    /// A stakeholder update was sent, a person confirms.
    UpdateSent = "update_sent",
    /// A regime's clock started, a person confirms.
    RegimeStamped = "regime_stamped",
    /// A regime's question was answered.
    RegimeAnswered = "regime_answered",
    /// A field of an authority's form was written.
    FormFilled = "form_filled",
    /// A report went to an authority, a person confirms.
    Notified = "notified",
    /// A possible cause was named.
    HypothesisRaised = "hypothesis_raised",
    /// A person tests a possible cause.
    HypothesisAssigned = "hypothesis_assigned",
    /// Something was seen that speaks for a possible cause, or against it.
    EvidenceAdded = "evidence_added",
    /// A possible cause proved right.
    HypothesisConfirmed = "hypothesis_confirmed",
    /// A possible cause proved wrong.
    HypothesisRuledOut = "hypothesis_ruled_out",
    /// Something was changed, by people or their tools: a deployment, a configuration.
    ChangeRecorded = "change_recorded",
    /// A decision was made.
    DecisionMade = "decision_made",
    /// A workaround is in place.
    WorkaroundApplied = "workaround_applied",
    /// A workaround was taken away again.
    WorkaroundRemoved = "workaround_removed",
    /// What is still to be mended is held in a problem record.
    ProblemRecorded = "problem_recorded",
    /// A problem record was closed.
    ProblemClosed = "problem_closed",
    /// A fix is in place.
    FixApplied = "fix_applied",
    /// How recovery will be checked.
    CheckPlanned = "check_planned",
    /// What a check waits for holds since then.
    CheckBegun = "check_begun",
    /// Recovery was checked, and holds.
    CheckPassed = "check_passed",
    /// Recovery was checked, and does not hold.
    CheckFailed = "check_failed",
    /// Recovery is watched from now on, for a while.
    WatchStarted = "watch_started",
    /// What waited during the incident was worked off.
    BacklogDrained = "backlog_drained",
    /// An observation in free words.
    Note = "note",
    /// A picture was added.
    PictureAdded = "picture_added",
    /// A drill began, by a scenario.
    DrillBegun = "drill_begun",
    /// The drill's clock runs at another speed, or goes on from another minute.
    DrillPaced = "drill_paced",
    /// Somebody of the scenario said something.
    InjectDelivered = "inject_delivered",
    /// Something that the scenario has is left out.
    InjectSkipped = "inject_skipped",
    /// The drill is over.
    DrillEnded = "drill_ended",
    /// The review was held.
    ReviewHeld = "review_held",
    /// The review found something.
    FindingAdded = "finding_added",
    /// The review asked why, and this is the answer.
    WhyAnswered = "why_answered",
    /// An entry was a turning point of the incident, or a delay.
    EntryMarked = "entry_marked",
    /// An entry is about a service.
    EntryTagged = "entry_tagged",
    /// A runbook was changed because of what the review found.
    RunbookImproved = "runbook_improved",
    /// An improvement was agreed.
    ActionAdded = "action_added",
    /// An improvement's state changed.
    ActionUpdated = "action_updated",
    /// The incident was closed.
    Closed = "closed",
    /// The incident was opened again.
    Reopened = "reopened",
    /// The incident has to do with another one.
    Linked = "linked",
    /// Two declarations are one outage.
    SameAs = "same_as",
    /// An event says something else than first written.
    Amended = "amended",
    /// An event is taken back; it stays on record.
    Retracted = "retracted",
    /// An event's body is dropped for good in every copy.
    Erased = "erased",
    /// The guide's question was answered with "does not apply here".
    Waived = "waived",
}

impl Kind {
    /// Events of weight carry a seal over everything that their writer then had.
    pub fn is_weighty(&self) -> bool {
        matches!(
            self,
            Self::UpdateSent
                | Self::Notified
                | Self::StageEntered
                | Self::HandoverOffered
                | Self::RoleAssigned
                | Self::Closed
        )
    }

    /// Whether the event changes what earlier events mean, so that adding it is not only adding.
    pub fn is_structural(&self) -> bool {
        matches!(
            self,
            Self::Amended | Self::Retracted | Self::Erased | Self::SameAs
        )
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Debug for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
