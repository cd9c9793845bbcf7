//! The five times of an incident: to detect, acknowledge, mitigate, restore and resolve.
//!
//! A time rests on two moments that somebody stated, or there is none: a moment that is missing is
//! never taken to be now, and moments in the wrong order never give a negative time.

use super::case::{Case, Moment, Stated};
use crate::classify::Provenance;
use crate::guide::words;
use crate::model::{EventId, Span, Timestamp};

/// Where the definitions come from: rules.md D, from memory, not checked against a source.
pub const FROM: Provenance = Provenance::Practice;

/// A time that is measured.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Measure {
    /// Detected − impact started.
    Detect,
    /// Acknowledged − detected.
    Acknowledge,
    /// Mitigated − impact started.
    Mitigate,
    /// Restored − impact started.
    Restore,
    /// Resolved − impact started.
    Resolve,
}

impl Measure {
    /// All of them, in order.
    pub const ALL: [Self; 5] = [
        Self::Detect,
        Self::Acknowledge,
        Self::Mitigate,
        Self::Restore,
        Self::Resolve,
    ];

    /// The name in addresses and files: `restore`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Detect => "detect",
            Self::Acknowledge => "acknowledge",
            Self::Mitigate => "mitigate",
            Self::Restore => "restore",
            Self::Resolve => "resolve",
        }
    }

    /// The one of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }

    /// The name on the screen.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Detect => "Time to detect",
            Self::Acknowledge => "Time to acknowledge",
            Self::Mitigate => "Time to mitigate",
            Self::Restore => "Time to restore",
            Self::Resolve => "Time to resolve",
        }
    }

    /// The field's short name; of restoring and resolving it is the same.
    pub const fn short(self) -> &'static str {
        match self {
            Self::Detect => "TTD",
            Self::Acknowledge => "TTA",
            Self::Mitigate => "TTM",
            Self::Restore => "TTR (restore)",
            Self::Resolve => "TTR (resolve)",
        }
    }

    /// The moments that it lies between.
    pub const fn between(self) -> (Moment, Moment) {
        match self {
            Self::Detect => (Moment::ImpactStarted, Moment::Detected),
            Self::Acknowledge => (Moment::Detected, Moment::Acknowledged),
            Self::Mitigate => (Moment::ImpactStarted, Moment::Mitigated),
            Self::Restore => (Moment::ImpactStarted, Moment::Restored),
            Self::Resolve => (Moment::ImpactStarted, Moment::Resolved),
        }
    }

    /// What it says, by which formula, from which source, in a sentence.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Detect => {
                "How long nobody knew: “Detected” minus “Impact started” (common practice, from memory)."
            }
            Self::Acknowledge => {
                "How long until a person took it on: “Acknowledged” minus “Detected” (common practice, from memory)."
            }
            Self::Mitigate => {
                "How long until it hurt less: “Mitigated” minus “Impact started” (common practice, from memory)."
            }
            Self::Restore => {
                "How long until service was fully back: “Service restored” minus “Impact started” (common practice, from memory)."
            }
            Self::Resolve => {
                "How long until the fault was mended: “Resolved” minus “Impact started” (common practice, from memory)."
            }
        }
    }

    /// Whether service that fails again undoes its end.
    const fn is_undone_by_reopening(self) -> bool {
        matches!(self, Self::Mitigate | Self::Restore | Self::Resolve)
    }
}

/// What one incident says of a time.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Figure {
    /// It was this long.
    Known {
        /// How long.
        span: Span,
        /// Where it begins.
        from: Stated,
        /// Where it ends.
        to: Stated,
    },
    /// The incident is open and the end has not come.
    Running {
        /// Where it begins.
        from: Stated,
        /// How long it has been; never averaged.
        so_far: Span,
    },
    /// Nobody stated these.
    Missing(Vec<Moment>),
    /// The end lies before the beginning: one of them is wrong.
    OutOfOrder {
        /// Where it should begin.
        from: Stated,
        /// Where it should end.
        to: Stated,
    },
}

impl Figure {
    /// How long, where that is known.
    pub fn span(&self) -> Option<Span> {
        match self {
            Self::Known { span, .. } => Some(*span),
            _ => None,
        }
    }

    /// The events that it rests on.
    pub fn events(&self) -> Vec<EventId> {
        match self {
            Self::Known { from, to, .. } | Self::OutOfOrder { from, to } => {
                vec![from.event, to.event]
            }
            Self::Running { from, .. } => vec![from.event],
            Self::Missing(_) => Vec::new(),
        }
    }

    /// In a few words, or why there is none.
    pub fn words(&self) -> String {
        match self {
            Self::Known { span, .. } => words::span(*span),
            Self::Running { so_far, .. } => format!("running for {}", words::span(*so_far)),
            Self::Missing(moments) => {
                let names: Vec<String> = moments
                    .iter()
                    .map(|moment| format!("“{}”", moment.words()))
                    .collect();
                format!("nobody stated {}", names.join(" and "))
            }
            Self::OutOfOrder { from, to } => format!(
                "out of order: “{}” lies {} before “{}”",
                to.moment.words(),
                words::span(from.at - to.at),
                words::lower_first(from.moment.words())
            ),
        }
    }
}

/// What an incident says of a time, at `now`.
pub fn figure(case: &Case, measure: Measure, now: Timestamp) -> Figure {
    let (from, to) = measure.between();
    // An end that was stated before it all began again is not the end.
    let holds = |stated: &Stated| {
        let reopened = case.reopened.is_some_and(|at| at >= stated.at);
        !(measure.is_undone_by_reopening() && reopened)
    };
    match (case.stated(from), case.stated(to).filter(holds)) {
        (Some(from), Some(to)) if to.at < from.at => Figure::OutOfOrder { from, to },
        (Some(from), Some(to)) => Figure::Known {
            span: to.at - from.at,
            from,
            to,
        },
        (Some(from), None) if !is_past(case, to, holds) => Figure::Running {
            from,
            so_far: Span((now - from.at).0.max(0)),
        },
        (begin, end) => {
            let end_is_due = end.is_none() && is_past(case, to, holds);
            let missing = [(begin.is_none(), from), (end_is_due, to)];
            let missing = missing.into_iter().filter(|(missing, _)| *missing);
            Figure::Missing(missing.map(|(_, moment)| moment).collect())
        }
    }
}

/// Whether a moment must have come: the incident is closed, or something is stated that comes after
/// it. What was declared has been detected.
fn is_past(case: &Case, moment: Moment, holds: impl Fn(&Stated) -> bool) -> bool {
    let mut stated = case.moments.iter();
    case.closed || stated.any(|one| moment.comes_before(one.moment) && holds(one))
}

/// All five, in order.
pub fn figures(case: &Case, now: Timestamp) -> Vec<(Measure, Figure)> {
    let all = Measure::ALL.into_iter();
    all.map(|measure| (measure, figure(case, measure, now)))
        .collect()
}
