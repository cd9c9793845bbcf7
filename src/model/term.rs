//! The field's closed vocabularies: priority, stage, role, stamp, level and their like.
//!
//! Only names and order; what follows from them is decided in `classify` and `guide`.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

macro_rules! terms {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$vdoc])* #[serde(rename = $text)] $variant,)*
        }

        impl $name {
            /// All of them, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name in files.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)*
                }
            }

            /// The one of this name.
            pub fn named(name: &str) -> Option<Self> {
                match name {
                    $($text => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }
    };
}

terms!(
    /// Whether an incident is one.
    Nature {
        /// It is happening.
        Real = "real",
        /// Somebody tries Muster out.
        Test = "test",
        /// Written down after the fact, with its true times.
        Retrospective = "retrospective",
        /// The sample that comes with Muster.
        Sample = "sample",
        /// An exercise.
        Drill = "drill",
    }
);

terms!(
    /// What people cannot do.
    Effect {
        /// A service the business lives on is down, or data or safety is at risk.
        CannotWork = "cannot_work",
        /// An important function is down or badly slow.
        WorkIsHard = "work_is_hard",
        /// Everyone gets their work done.
        Nuisance = "nuisance",
        /// Nobody can say yet.
        NotSure = "not_sure",
    }
);

terms!(
    /// How many people are hit.
    Scope {
        /// Most customers, a whole region, several departments.
        Most = "most",
        /// One large customer, one department, a tenth or more of the users.
        Many = "many",
        /// Single people or teams.
        Few = "few",
        /// Nobody can say yet.
        NotSure = "not_sure",
    }
);

terms!(
    /// How soon it gets worse.
    Urgency {
        /// Each minute costs money, trust, data or a legal deadline.
        GettingWorse = "getting_worse",
        /// It will hurt before the day is over.
        WithinHours = "within_hours",
        /// Nothing changes until tomorrow.
        CanWait = "can_wait",
        /// Nobody can say yet.
        NotSure = "not_sure",
    }
);

terms!(
    /// What makes an incident of priority 2 a major one, besides its age.
    Criterion {
        /// Three or more teams are needed.
        SeveralTeams = "several_teams",
        /// Data, security or people's safety may be harmed.
        DataOrSafety = "data_or_safety",
        /// A legal deadline may apply.
        LegalClock = "legal_clock",
        /// The press or the public has noticed.
        Press = "press",
    }
);

terms!(
    /// The six stages of major-incident management.
    Stage {
        /// Identification and classification.
        Identification = "identification",
        /// Escalation and coordination.
        Escalation = "escalation",
        /// Stakeholder communication.
        Communication = "communication",
        /// Investigation and workaround.
        Investigation = "investigation",
        /// Resolution and recovery.
        Recovery = "recovery",
        /// Post-incident review.
        Review = "review",
    }
);

terms!(
    /// The instants that the measures need, besides declaration and closing.
    Stamp {
        /// Customers or staff were first hit.
        ImpactStarted = "impact_started",
        /// Somebody or something noticed.
        Detected = "detected",
        /// A person took it on.
        Acknowledged = "acknowledged",
        /// The effect was reduced, by a workaround or otherwise.
        Mitigated = "mitigated",
        /// Service is fully back.
        Restored = "restored",
        /// The fault itself is mended.
        Resolved = "resolved",
    }
);

terms!(
    /// How badly a service is hit.
    Level {
        /// Slow, or failing now and then.
        Degraded = "degraded",
        /// Some of it, or for some people, does not work.
        PartlyDown = "partly_down",
        /// It does not work.
        Down = "down",
    }
);

terms!(
    /// What was changed.
    ChangeKind {
        /// Another version of a program runs.
        Deployment = "deployment",
        /// A setting is another.
        Configuration = "configuration",
        /// Machines, networks, certificates, what others supply.
        Infrastructure = "infrastructure",
        /// Anything else.
        Other = "other",
    }
);

terms!(
    /// By what a check of recovery is decided.
    CheckBy {
        /// A figure holds for a time.
        Threshold = "threshold",
        /// A person tries it out.
        Test = "test",
        /// A customer says so.
        Word = "word",
    }
);

terms!(
    /// What one incident is to another.
    Relation {
        /// It is the same thing, reported twice; the other one goes on.
        Duplicate = "duplicate",
        /// The other one is the larger one that this belongs to.
        Parent = "parent",
        /// The other one caused it.
        CausedBy = "caused_by",
        /// They have something to do with each other.
        Related = "related",
    }
);

terms!(
    /// What a review found.
    FindingKind {
        /// Something that made it happen, or made it worse.
        ContributingFactor = "contributing_factor",
        /// What helped.
        WentWell = "went_well",
        /// What hindered.
        WentBadly = "went_badly",
        /// Where it could have been worse.
        Luck = "luck",
    }
);

terms!(
    /// What an entry was for the course of the incident.
    EntryMark {
        /// From here on it went another way.
        TurningPoint = "turning_point",
        /// Here time was lost.
        Delay = "delay",
    }
);

terms!(
    /// What an improvement is for.
    ActionKind {
        /// So that it does not happen again.
        Prevent = "prevent",
        /// So that it hurts less.
        Mitigate = "mitigate",
        /// So that it is noticed sooner.
        Detect = "detect",
        /// So that people work together better.
        Process = "process",
    }
);

terms!(
    /// Where an improvement stands.
    ActionState {
        /// Agreed, not begun.
        Open = "open",
        /// Somebody is at it.
        InProgress = "in_progress",
        /// Done, and seen to work.
        Done = "done",
        /// Not to be done after all.
        Dropped = "dropped",
    }
);

terms!(
    /// What an update to outsiders says of the incident (the field's four phases).
    Phase {
        /// The cause is unknown.
        Investigating = "investigating",
        /// The cause is known, a fix is under way.
        Identified = "identified",
        /// The fix is in, it is being watched.
        Monitoring = "monitoring",
        /// Everything is normal.
        Resolved = "resolved",
        /// The review was published.
        Postmortem = "postmortem",
    }
);

/// What the name of an expert for one system begins with.
const EXPERT: &str = "subject_matter_expert: ";

/// A role in the response; the host may add its own.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Role {
    /// Leads: owns process and record, decides, delegates, fixes nothing. Also called incident
    /// commander.
    MajorIncidentManager,
    /// Keeps the timers, stands by to take over.
    Deputy,
    /// Leads those who fix.
    OperationsLead,
    /// Owns all texts that go out.
    CommunicationsLead,
    /// Keeps the timeline.
    Scribe,
    /// Speaks for and to customers.
    CustomerLiaison,
    /// Knows a system: condition, actions, needs.
    SubjectMatterExpert,
    /// The same for one system, so that several can have the role: in files
    /// `subject_matter_expert: Database`.
    Expert(Box<str>),
    /// Decides on money and risk, and does not steer the fix.
    ExecutiveSponsor,
    /// The host's own, by its name.
    Own(Box<str>),
}

impl Role {
    /// Those that Muster knows.
    pub const KNOWN: &'static [Self] = &[
        Self::MajorIncidentManager,
        Self::Deputy,
        Self::OperationsLead,
        Self::CommunicationsLead,
        Self::Scribe,
        Self::CustomerLiaison,
        Self::SubjectMatterExpert,
        Self::ExecutiveSponsor,
    ];

    /// The name in files.
    pub fn name(&self) -> &str {
        match self {
            Self::MajorIncidentManager => "major_incident_manager",
            Self::Deputy => "deputy",
            Self::OperationsLead => "operations_lead",
            Self::CommunicationsLead => "communications_lead",
            Self::Scribe => "scribe",
            Self::CustomerLiaison => "customer_liaison",
            Self::SubjectMatterExpert => "subject_matter_expert",
            Self::ExecutiveSponsor => "executive_sponsor",
            Self::Expert(name) | Self::Own(name) => name,
        }
    }

    /// The role of this name.
    pub fn named(name: &str) -> Self {
        let known = Self::KNOWN.iter().find(|role| role.name() == name);
        match (known, name.strip_prefix(EXPERT)) {
            (Some(known), _) => known.clone(),
            (None, Some(system)) if !system.trim().is_empty() => Self::Expert(name.into()),
            _ => Self::Own(name.into()),
        }
    }

    /// The expert for a system.
    pub fn expert(system: &str) -> Self {
        match system.trim() {
            "" => Self::SubjectMatterExpert,
            system => Self::Expert(format!("{EXPERT}{system}").into()),
        }
    }

    /// The system that this is the expert for.
    pub fn system(&self) -> Option<&str> {
        match self {
            Self::Expert(name) => name.strip_prefix(EXPERT),
            _ => None,
        }
    }
}

impl Serialize for Role {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Role {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self::named(&String::deserialize(deserializer)?))
    }
}

macro_rules! numbered {
    ($(#[$doc:meta])* $name:ident, $highest:literal, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
        #[serde(try_from = "u8", into = "u8")]
        pub struct $name(u8);

        impl $name {
            /// The one of this number, if there is one; 1 is the gravest.
            pub const fn new(number: u8) -> Option<Self> {
                if number >= 1 && number <= $highest { Some(Self(number)) } else { None }
            }

            /// Its number; 1 is the gravest.
            pub const fn number(self) -> u8 {
                self.0
            }
        }

        impl TryFrom<u8> for $name {
            type Error = String;
            fn try_from(number: u8) -> Result<Self, String> {
                Self::new(number).ok_or_else(|| format!("{number} is not between 1 and {}", $highest))
            }
        }

        impl From<$name> for u8 {
            fn from(value: $name) -> u8 {
                value.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}{}", $prefix, self.0)
            }
        }
    };
}

numbered!(
    /// ITIL's priority, 1 (critical) to 5 (planning).
    Priority, 5, "P"
);
numbered!(
    /// ITIL's impact, 1 (high) to 3 (low).
    Impact, 3, ""
);

impl Priority {
    /// P1, critical.
    pub const P1: Self = Self(1);
    /// P2, high.
    pub const P2: Self = Self(2);
    /// P3, moderate.
    pub const P3: Self = Self(3);
    /// P4, low.
    pub const P4: Self = Self(4);
    /// P5, planning.
    pub const P5: Self = Self(5);
    /// From the gravest to the least.
    pub const ALL: [Self; 5] = [Self(1), Self(2), Self(3), Self(4), Self(5)];
}
