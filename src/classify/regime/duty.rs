//! How most regimes say what they want: a report, what it counts from, and a period.
//!
//! Turns such a line into a clock. What a line cannot say is said in the regime's module.

use super::RegimeId;
use super::clock::{Clock, Due, Later, Start};
use super::known::{Entity, Known};
use super::question::Question;
use super::vocabulary::{Anchor, Report, Trigger};
use crate::classify::Provenance;
use crate::classify::calendar::{self, Calendar, Ends, Holidays, Working, Zone};
use crate::model::Timestamp;

/// One report that is wanted.
pub(super) struct Duty {
    pub(super) report: Report,
    pub(super) from: From,
    pub(super) within: Period,
    pub(super) article: &'static str,
    pub(super) provenance: Provenance,
    pub(super) about: &'static str,
    pub(super) contains: &'static str,
}

/// What a period counts from.
#[derive(Clone, Copy)]
pub(super) enum From {
    /// A moment that a person confirms, and how this regime asks for it.
    When(Trigger, &'static str),
    /// The first report of this kind.
    Sent(Report),
}

/// How long there is.
#[derive(Clone, Copy)]
pub(super) enum Period {
    /// Hours, around the clock.
    Hours(u32),
    /// Hours under Regulation 1182/71.
    EuHours(u32),
    /// Calendar days.
    Days(u32),
    /// Calendar days under Regulation 1182/71.
    EuDays(u32),
    /// Months under Regulation 1182/71.
    EuMonths(u32),
    /// Working days.
    BusinessDays(Calendar, u32),
    /// No hour is set.
    WithoutDelay,
}

pub(super) const DAY_ENDS: &str = "The period ends with its last day.";
pub(super) const DAY_ENDS_ROLLED: &str = "The last day ends at 24:00; a day off at the end makes it the next working day (Regulation 1182/71 Art. 3).";
pub(super) const HOUR_OF_EVENT: &str =
    "The hour of the event does not count (Regulation 1182/71 Art. 3(1)).";
pub(super) const TWO_WORKING_DAYS: &str = "Two working days belong to a period of two days or more (Regulation 1182/71 Art. 3(5)). Whether that holds for a period in hours is disputed: do not plan with it.";

/// All that a regime's rules look at.
pub(super) struct Case<'a> {
    pub(super) regime: RegimeId,
    pub(super) known: &'a Known,
    pub(super) entity: &'a Entity,
    pub(super) zone: &'a dyn Zone,
    pub(super) holidays: &'a Holidays,
}

impl Case<'_> {
    /// A clock for each line.
    pub(super) fn clocks(&self, duties: &[Duty]) -> Vec<Clock> {
        duties.iter().map(|duty| self.clock(duty)).collect()
    }

    /// The clock of a line.
    pub(super) fn clock(&self, duty: &Duty) -> Clock {
        let starts = self.start(duty.from);
        let due = starts.at().and_then(|at| self.due(at, duty.within));
        Clock {
            regime: self.regime,
            report: duty.report,
            starts,
            due,
            beside: None,
            stopped: self.known.first(duty.report),
            stops_by: duty.report.stops_by(),
            article: duty.article,
            provenance: duty.provenance,
            about: duty.about,
            contains: duty.contains,
        }
    }

    fn start(&self, from: From) -> Start {
        let (anchor, at, question) = match from {
            From::When(trigger, question) => {
                (Anchor::Trigger(trigger), self.known.at(trigger), question)
            }
            From::Sent(report) => (
                Anchor::Report(report),
                self.known.first(report),
                report.question(),
            ),
        };
        match at {
            Some(at) => Start::From { anchor, at },
            None => Start::NotStarted {
                waiting_for: anchor,
                question,
            },
        }
    }

    /// When a period from an instant is over.
    pub(super) fn due(&self, start: Timestamp, period: Period) -> Option<Due> {
        match period {
            Period::Hours(n) => Some(strict(calendar::hours(start, n))),
            Period::EuHours(n) => Some(self.eu_hours(start, n)),
            Period::Days(n) => Some(with_day(calendar::days(start, n, self.zone), DAY_ENDS)),
            Period::EuDays(n) => Some(self.rolled(calendar::days(start, n, self.zone))),
            Period::EuMonths(n) => Some(self.rolled(calendar::months(start, n, self.zone))),
            Period::BusinessDays(calendar, n) => {
                let working = self.holidays.working(calendar);
                let ends = calendar::business_days(start, n, self.zone, &working);
                Some(with_day(ends, DAY_ENDS))
            }
            Period::WithoutDelay => None,
        }
    }

    /// Working days of the EU, with what the host added.
    pub(super) fn eu(&self) -> Working<'_> {
        self.holidays.working(Calendar::EuTarget)
    }

    fn rolled(&self, ends: Ends) -> Due {
        with_day(calendar::roll(ends, self.zone, &self.eu()), DAY_ENDS_ROLLED)
    }

    fn eu_hours(&self, start: Timestamp, n: u32) -> Due {
        let mut due = strict(calendar::hours(start, n));
        let counted = calendar::hours(calendar::next_full_hour(start, self.zone), n);
        due.legal = later(due.strict, counted, HOUR_OF_EVENT);
        if n < 48 {
            return due;
        }
        let extended = calendar::two_working_days(start, due.strict, self.zone, &self.eu());
        due.possible = extended.and_then(|ends| later(due.last(), ends.legal, TWO_WORKING_DAYS));
        due.beyond_data = extended.is_some_and(|ends| ends.beyond_data);
        due
    }

    /// Whether an answer rules a duty out. What is not answered rules out nothing.
    pub(super) fn is_no(&self, question: &Question) -> bool {
        self.known.answers.yes(question) == Some(false)
    }

    /// Whether it was answered with yes.
    pub(super) fn is_yes(&self, question: &Question) -> bool {
        self.known.answers.yes(question) == Some(true)
    }
}

/// A deadline at an instant, by every reading.
pub(super) const fn strict(at: Timestamp) -> Due {
    Due {
        strict: at,
        legal: None,
        possible: None,
        beyond_data: false,
    }
}

/// A later end, if it really is later.
pub(super) fn later(than: Timestamp, at: Timestamp, why: &'static str) -> Option<Later> {
    (at > than).then_some(Later { at, why })
}

pub(super) fn with_day(ends: Ends, why: &'static str) -> Due {
    Due {
        legal: later(ends.safe, ends.legal, why),
        beyond_data: ends.beyond_data,
        ..strict(ends.safe)
    }
}
