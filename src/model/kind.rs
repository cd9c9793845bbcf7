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
    /// A role was given back.
    RoleReleased = "role_released",
    /// A person or team was called.
    ResponderPaged = "responder_paged",
    /// A person joined the response.
    ResponderJoined = "responder_joined",
    /// A call, chat or document was opened for the response.
    BridgeOpened = "bridge_opened",
    /// A service was hit, to some level.
    ServiceAffected = "service_affected",
    /// A service works again.
    ServiceRestored = "service_restored",
    /// A text was copied or opened elsewhere; that does not say that it was sent.
    HandedOff = "handed_off",
    /// A stakeholder update was sent, a person confirms.
    UpdateSent = "update_sent",
    /// A possible cause was named.
    HypothesisRaised = "hypothesis_raised",
    /// A possible cause proved right.
    HypothesisConfirmed = "hypothesis_confirmed",
    /// A possible cause proved wrong.
    HypothesisRuledOut = "hypothesis_ruled_out",
    /// A decision was made.
    DecisionMade = "decision_made",
    /// A workaround is in place.
    WorkaroundApplied = "workaround_applied",
    /// A workaround was taken away again.
    WorkaroundRemoved = "workaround_removed",
    /// A fix is in place.
    FixApplied = "fix_applied",
    /// Recovery was checked, and holds.
    CheckPassed = "check_passed",
    /// Recovery was checked, and does not hold.
    CheckFailed = "check_failed",
    /// An observation in free words.
    Note = "note",
    /// The review was held.
    ReviewHeld = "review_held",
    /// The review found something.
    FindingAdded = "finding_added",
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
            Self::UpdateSent | Self::StageEntered | Self::RoleAssigned | Self::Closed
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
