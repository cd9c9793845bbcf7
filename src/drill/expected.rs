//! What is expected of those who practise, in words that a scenario can use, and whether it came.
//!
//! Only what an incident's log shows can be expected: nobody judges by taste here.

use std::collections::BTreeMap;

use crate::classify::targets::Audience;
use crate::guide::{timeline, words};
use crate::model::term::{Priority, Role, Stage, Stamp};
use crate::model::{Entry, EventId, Fact, Incident, Place, Span, Timestamp};
use crate::runbook::markdown::{role, takes};

/// Something that an incident's log shows was done.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Deed {
    /// The priority was decided.
    Classified,
    /// The priority was decided, and is this.
    Priority(Priority),
    /// Somebody has this role.
    Role(Role),
    /// A hand-over of this role was confirmed.
    HandedOver(Role),
    /// Somebody was called.
    Called,
    /// It was said where to meet.
    Bridge,
    /// This audience had an update.
    Told(String),
    /// A service was named as hit.
    Service,
    /// A possible cause was named.
    Hypothesis,
    /// Something was seen for a possible cause or against it.
    Evidence,
    /// A possible cause was ruled out.
    RuledOut,
    /// A possible cause was confirmed.
    Confirmed,
    /// A change was written down.
    Change,
    /// A decision was written down.
    Decision,
    /// A workaround was put in place.
    Workaround,
    /// A fix was put in place.
    Fix,
    /// Recovery was checked, and holds.
    CheckPassed,
    /// Recovery was checked, and does not hold.
    CheckFailed,
    /// Recovery is watched.
    Watch,
    /// What had waited was worked off.
    Backlog,
    /// Service was said to be back.
    Restored,
    /// A task was added.
    Task,
    /// This regime's clock was started, or one of its questions answered.
    Clock(String),
    /// A report went to this regime's authority.
    Reported(String),
    /// This stage was entered.
    Stage(Stage),
    /// A note was written.
    Note,
}

/// The words for deeds that need nothing more, for files.
const PLAIN: [(&str, Deed); 18] = [
    ("classified", Deed::Classified),
    ("called", Deed::Called),
    ("bridge", Deed::Bridge),
    ("service", Deed::Service),
    ("hypothesis", Deed::Hypothesis),
    ("hypothesis ruled out", Deed::RuledOut),
    ("hypothesis confirmed", Deed::Confirmed),
    ("evidence", Deed::Evidence),
    ("change", Deed::Change),
    ("decision", Deed::Decision),
    ("workaround", Deed::Workaround),
    ("fix", Deed::Fix),
    ("check passed", Deed::CheckPassed),
    ("check failed", Deed::CheckFailed),
    ("watch", Deed::Watch),
    ("backlog", Deed::Backlog),
    ("restored", Deed::Restored),
    ("task", Deed::Task),
];

/// All that can be expected, as a message says it.
pub const CHOICES: &str = "classified, priority <1 to 5>, role <role>, handover <role>, called, bridge, update <audience>, service, hypothesis, hypothesis ruled out, hypothesis confirmed, evidence, change, decision, workaround, fix, check passed, check failed, watch, backlog, restored, task, clock <regime>, report <regime>, stage <stage>, note";

impl Deed {
    /// Reads a deed as scenarios write it; none where it is none.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let mut plain = PLAIN.iter();
        if let Some((_, deed)) = plain.find(|(name, _)| name.eq_ignore_ascii_case(text)) {
            return Some(deed.clone());
        }
        if text.eq_ignore_ascii_case("note") {
            return Some(Self::Note);
        }
        let (kind, rest) = text.split_once(' ')?;
        // A role or an audience of one's own is called as it is written; all else has small letters.
        let rest = rest.trim();
        let small = rest.to_ascii_lowercase();
        Some(match kind.to_ascii_lowercase().as_str() {
            _ if rest.is_empty() => return None,
            "priority" => Self::Priority(Priority::new(rest.parse().ok()?)?),
            "role" => Self::Role(role(rest)),
            "handover" => Self::HandedOver(role(rest)),
            "update" if Audience::named(&small).is_some() => Self::Told(small),
            "update" => Self::Told(rest.to_owned()),
            "clock" => Self::Clock(small.replace(' ', "_")),
            "report" => Self::Reported(small.replace(' ', "_")),
            "stage" => Self::Stage(Stage::named(&small)?),
            _ => return None,
        })
    }

    /// As a state of affairs: "Executives have an update".
    pub fn words(&self) -> String {
        let plain = match self {
            Self::Classified => "The priority is decided",
            Self::Called => "Help is called",
            Self::Bridge => "It is said where to meet",
            Self::Service => "A service is named as hit",
            Self::Hypothesis => "A possible cause is named",
            Self::Evidence => "What was seen is written down for a cause or against it",
            Self::RuledOut => "A possible cause is ruled out",
            Self::Confirmed => "A cause is confirmed",
            Self::Change => "A change is written down",
            Self::Decision => "A decision is written down",
            Self::Workaround => "A workaround is in place",
            Self::Fix => "A fix is in place",
            Self::CheckPassed => "A check of recovery passes",
            Self::CheckFailed => "A check of recovery is said to fail",
            Self::Watch => "Recovery is watched",
            Self::Backlog => "What had waited is worked off",
            Self::Restored => "Service is said to be back",
            Self::Task => "A task is added",
            Self::Note => "A note is written",
            Self::Priority(priority) => return format!("The priority is {}", priority.number()),
            Self::Role(role) => return format!("Somebody is {}", words::role_within(role)),
            Self::HandedOver(role) => {
                return format!("The role of {} is handed over", words::role_within(role));
            }
            Self::Told(audience) => {
                return format!("An update to {}", timeline::audience(audience));
            }
            Self::Clock(regime) => {
                return format!("The clock of {} is asked", words::regime(regime));
            }
            Self::Reported(regime) => return format!("A report under {}", words::regime(regime)),
            Self::Stage(stage) => return format!("The stage “{}”", words::stage(*stage)),
        };
        plain.to_owned()
    }

    /// Whether it is a state that may hold already when it is asked for.
    fn is_state(&self) -> bool {
        matches!(
            self,
            Self::Classified
                | Self::Priority(_)
                | Self::Role(_)
                | Self::Bridge
                | Self::Service
                | Self::Clock(_)
                | Self::Restored
        )
    }

    /// Whether an entry does it.
    pub fn is_done_by(&self, entry: &Entry) -> bool {
        match (self, &entry.fact) {
            (Self::Classified, Fact::Classified(said)) => said.priority.is_some(),
            (Self::Priority(wanted), Fact::Classified(said)) => said.priority == Some(*wanted),
            (Self::Role(wanted), Fact::RoleAssigned(said)) => said.role == *wanted,
            (Self::HandedOver(wanted), Fact::RoleAssigned(said)) => {
                said.role == *wanted && entry.on.is_some()
            }
            (Self::Told(wanted), Fact::UpdateSent(said)) => {
                said.audience.eq_ignore_ascii_case(wanted)
            }
            (Self::Clock(wanted), Fact::RegimeStamped(said)) => {
                said.regime.eq_ignore_ascii_case(wanted)
            }
            (Self::Clock(wanted), Fact::RegimeAnswered(said)) => {
                said.regime.eq_ignore_ascii_case(wanted)
            }
            (Self::Reported(wanted), Fact::Notified(said)) => {
                said.regime.eq_ignore_ascii_case(wanted)
            }
            (Self::Stage(wanted), Fact::StageEntered(said)) => said.stage == *wanted,
            (Self::Restored, Fact::Observed(said)) => said.stamp == Stamp::Restored,
            (Self::Called, Fact::ResponderPaged(_) | Fact::ResponderJoined(_))
            | (Self::Bridge, Fact::BridgeOpened(_))
            | (Self::Service, Fact::ServiceAffected(_))
            | (Self::Hypothesis, Fact::HypothesisRaised(_))
            | (Self::Evidence, Fact::EvidenceAdded(_))
            | (Self::RuledOut, Fact::HypothesisRuledOut(_))
            | (Self::Confirmed, Fact::HypothesisConfirmed(_))
            | (Self::Change, Fact::ChangeRecorded(_))
            | (Self::Decision, Fact::DecisionMade(_))
            | (Self::Workaround, Fact::WorkaroundApplied(_))
            | (Self::Fix, Fact::FixApplied(_))
            | (Self::CheckPassed, Fact::CheckPassed(_))
            | (Self::CheckFailed, Fact::CheckFailed(_))
            | (Self::Watch, Fact::WatchStarted(_))
            | (Self::Backlog, Fact::BacklogDrained(_))
            | (Self::Task, Fact::TaskAdded(_) | Fact::RunbookAttached(_))
            | (Self::Note, Fact::Note(_)) => true,
            _ => false,
        }
    }

    /// What an entry makes so of a state: the one service that it says is hit, or the state itself.
    fn subject<'a>(&self, entry: &'a Entry) -> &'a str {
        match (self, &entry.fact) {
            (Self::Service, Fact::ServiceAffected(said)) => &said.service,
            (Self::Service, Fact::ServiceRestored(said)) => &said.service,
            _ => "",
        }
    }

    /// Whether an entry ends the state that another of the same subject made.
    fn is_ended_by(&self, entry: &Entry) -> bool {
        match (self, &entry.fact) {
            (Self::Classified | Self::Priority(_), Fact::Classified(_)) => !self.is_done_by(entry),
            (Self::Role(wanted), Fact::RoleReleased(said)) => said.role == *wanted,
            (Self::Service, Fact::ServiceRestored(_))
            | (Self::Restored, Fact::ServiceAffected(_)) => true,
            _ => false,
        }
    }

    /// The entry that made the state that holds at an instant, if it does.
    fn holds<'a>(
        &self,
        entries: impl Iterator<Item = &'a Entry>,
        at: Timestamp,
    ) -> Option<&'a Entry> {
        let mut held: BTreeMap<&str, &Entry> = BTreeMap::new();
        for entry in entries.take_while(|entry| entry.when < at) {
            let subject = self.subject(entry);
            if self.is_done_by(entry) {
                held.entry(subject).or_insert(entry);
            } else if self.is_ended_by(entry) {
                held.remove(subject);
            }
        }
        held.into_values()
            .min_by_key(|entry| (entry.when, entry.place))
    }

    /// The first entry that did it, and when, from an instant on; a state that still holds then counts
    /// from then. What stood before the drill began counts for nothing.
    pub fn found(
        &self,
        incident: &Incident,
        begun: Place,
        from: Timestamp,
    ) -> Option<(EventId, Timestamp)> {
        // By when it happened.
        let entries = incident.timeline.iter();
        let mut entries = entries.filter(|entry| entry.stands() && entry.place > begun);
        let held = self
            .is_state()
            .then(|| self.holds(entries.clone(), from))
            .flatten();
        let first = match held {
            Some(held) => held,
            None => entries.find(|entry| entry.when >= from && self.is_done_by(entry))?,
        };
        Some((first.id(), first.when.max(from)))
    }
}

/// A deed that is expected, within a time.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Expected {
    /// What.
    pub deed: Deed,
    /// Within how many minutes of the drill; none where any time will do.
    pub within: Option<u32>,
    /// Why, in the scenario's words; may be empty.
    pub why: String,
}

impl Expected {
    /// Reads `update executives within 10 min: they must not hear it from outside`.
    ///
    /// # Errors
    /// What is wrong, and what may stand there.
    pub fn read(text: &str) -> Result<Self, String> {
        let (what, why) = text.split_once(':').unwrap_or((text, ""));
        let (deed, within) = match what.split_once(" within ") {
            Some((deed, time)) => {
                let Some((minutes, None)) = takes(time.trim()) else {
                    let time = time.trim();
                    return Err(format!(
                        "“{time}” is no length of time. Write it as “within 10 min”."
                    ));
                };
                (deed, Some(minutes))
            }
            None => (what, None),
        };
        let Some(read) = Deed::read(deed) else {
            let deed = deed.trim();
            return Err(format!(
                "“{deed}” is nothing that a log shows. Write one of: {CHOICES}."
            ));
        };
        Ok(Self {
            deed: read,
            within,
            why: why.trim().to_owned(),
        })
    }

    /// The limit, where there is one.
    pub fn limit(&self) -> Option<Span> {
        self.within.map(|minutes| Span::minutes(i64::from(minutes)))
    }

    /// In words: "An update to executives within 10 min".
    pub fn words(&self) -> String {
        match self.limit() {
            Some(limit) => format!("{} within {}", self.deed.words(), words::span(limit)),
            None => self.deed.words(),
        }
    }
}

#[cfg(test)]
mod tests;
