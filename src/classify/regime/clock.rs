//! A clock: what is due by when, from what, and how it stands now.
//!
//! Plain values for a screen. Knows no regime; `now` comes in.

use super::RegimeId;
use super::vocabulary::{Anchor, Report};
use crate::classify::Provenance;
use crate::model::order::sort_by;
use crate::model::{Span, Timestamp};

/// One report that a regime wants, with its deadline.
#[derive(Clone, PartialEq, Debug)]
pub struct Clock {
    /// Who wants it.
    pub regime: RegimeId,
    /// What is wanted.
    pub report: Report,
    /// Whether it runs, and since when.
    pub starts: Start,
    /// By when; none while it has not started, or where the rule says "without delay".
    pub due: Option<Due>,
    /// The other moment that was weighed, where the rule takes the earlier of two.
    pub beside: Option<Beside>,
    /// When the report was sent first.
    pub stopped: Option<Timestamp>,
    /// What stops it, as a sentence.
    pub stops_by: &'static str,
    /// Where it is written.
    pub article: &'static str,
    /// How far that can be relied on.
    pub provenance: Provenance,
    /// Why it is due then, in a line.
    pub about: &'static str,
    /// What the report must say; empty where the rules that were read do not say.
    pub contains: &'static str,
}

/// Whether a clock has started.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Start {
    /// Nobody has confirmed its moment, or its earlier report has not been sent.
    NotStarted {
        /// What it waits for.
        waiting_for: Anchor,
        /// The question that asks a person for it.
        question: &'static str,
    },
    /// It started.
    From {
        /// From this.
        anchor: Anchor,
        /// Then.
        at: Timestamp,
    },
}

impl Start {
    /// When it started.
    pub const fn at(self) -> Option<Timestamp> {
        match self {
            Self::NotStarted { .. } => None,
            Self::From { at, .. } => Some(at),
        }
    }
}

/// A deadline. Whoever is done at the instant itself is on time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Due {
    /// The instant to count down to: right by every reading.
    pub strict: Timestamp,
    /// Where the law lets the period end later than that.
    pub legal: Option<Later>,
    /// Where it may end later still, by a reading that is disputed or a leave that must be given.
    /// Never to be planned with.
    pub possible: Option<Later>,
    /// Holidays were needed of a year whose holidays are not known.
    pub beyond_data: bool,
}

/// A later end, and what makes it one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Later {
    /// The instant.
    pub at: Timestamp,
    /// The rule.
    pub why: &'static str,
}

impl Due {
    /// The last instant that is not late.
    pub fn last(&self) -> Timestamp {
        self.legal.map_or(self.strict, |legal| legal.at)
    }
}

/// The moment that did not set the deadline, with the deadline that it would have set.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Beside {
    /// What it is.
    pub anchor: Anchor,
    /// When it was.
    pub at: Timestamp,
    /// What would be due then.
    pub due: Timestamp,
}

/// How a clock stands at an instant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// It waits for its moment.
    NotStarted,
    /// It runs, and no hour is set: as soon as possible.
    WithoutDelay {
        /// How long it has run.
        since: Span,
    },
    /// It runs.
    Running {
        /// How long is left until the strict instant.
        left: Span,
    },
    /// The strict instant has passed; the law still lets the period run.
    Extended {
        /// How long is left of that.
        left: Span,
    },
    /// It is late.
    Overdue {
        /// By how much.
        by: Span,
    },
    /// The report was sent.
    Sent {
        /// How late; none where it was on time.
        late: Option<Span>,
    },
}

impl Clock {
    /// How it stands.
    pub fn state(&self, now: Timestamp) -> State {
        let late = |at: Timestamp| {
            let last = self.due.map(|due| due.last());
            last.filter(|last| at > *last).map(|last| at - last)
        };
        if let Some(sent) = self.stopped {
            return State::Sent { late: late(sent) };
        }
        let Some(start) = self.starts.at() else {
            return State::NotStarted;
        };
        match (self.due, late(now)) {
            (None, _) => State::WithoutDelay { since: now - start },
            (Some(_), Some(by)) => State::Overdue { by },
            (Some(due), None) if now <= due.strict => State::Running {
                left: due.strict - now,
            },
            (Some(due), None) => State::Extended {
                left: due.last() - now,
            },
        }
    }
}

/// Puts clocks in the order in which they want something: those that run by what is due first, then
/// those that have not started, then those that stopped.
pub fn by_due(clocks: &mut [Clock]) {
    sort_by(clocks, |a, b| rank(a).cmp(&rank(b)));
}

fn rank(clock: &Clock) -> (u8, Timestamp) {
    let due = clock.due.map(|due| due.strict).or(clock.starts.at());
    match (clock.stopped, due) {
        (Some(sent), _) => (2, sent),
        (None, Some(due)) => (0, due),
        (None, None) => (1, Timestamp::MAX),
    }
}
