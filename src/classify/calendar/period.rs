//! Periods: so many hours, days, months or working days after an instant.
//!
//! The day of the event is day 0 and is not counted. The European rules on periods, dates and time
//! limits are those of Regulation 1182/71 Article 3 (checked). Knows no regulator.

use crate::classify::calendar::zone::{Wall, Zone, instant, wall};
use crate::classify::calendar::{Date, Working};
use crate::model::{Span, Timestamp};

const HOUR_MS: i64 = 3_600_000;

/// When a period of days, months or working days is over.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Ends {
    /// The start's time of day on the last day: whoever keeps it is right by any reading.
    pub safe: Timestamp,
    /// The last day's 24:00, where the law lets the period end.
    pub legal: Timestamp,
    /// The last day.
    pub last_day: Date,
    /// Holidays of a year were needed that are not known, so the end may really be later.
    pub beyond_data: bool,
}

/// So many times 60 minutes later: weekends count, and a change of clocks changes nothing.
pub fn hours(start: Timestamp, n: u32) -> Timestamp {
    start + Span::hours(i64::from(n))
}

/// So many calendar days later.
pub fn days(start: Timestamp, n: u32, zone: &dyn Zone) -> Ends {
    let shown = wall(start, zone);
    ends_on(shown.date.plus_days(n as i32), shown.time, zone)
}

/// The same day number so many months later, or that month's last day.
pub fn months(start: Timestamp, n: u32, zone: &dyn Zone) -> Ends {
    let shown = wall(start, zone);
    ends_on(shown.date.plus_months(n), shown.time, zone)
}

/// So many working days after the day of the event, which may be a day off itself.
pub fn business_days(start: Timestamp, n: u32, zone: &dyn Zone, working: &Working<'_>) -> Ends {
    let shown = wall(start, zone);
    let last_day = working.after(shown.date, n);
    Ends {
        beyond_data: !working.knows(shown.date, last_day),
        ..ends_on(last_day, shown.time, zone)
    }
}

/// A period whose last day is known.
pub fn ends_on(last_day: Date, time: Span, zone: &dyn Zone) -> Ends {
    let date = last_day;
    Ends {
        safe: instant(Wall { date, time }, zone),
        legal: midnight_after(last_day, zone),
        last_day,
        beyond_data: false,
    }
}

/// Regulation 1182/71 Article 3(4): a period that ends on a day off ends with the next working day.
/// Not for periods in hours. The safe end stays where it is.
pub fn roll(ends: Ends, zone: &dyn Zone, working: &Working<'_>) -> Ends {
    let last_day = working.on_or_after(ends.last_day);
    Ends {
        safe: ends.safe,
        legal: midnight_after(last_day, zone),
        last_day,
        beyond_data: ends.beyond_data || !working.knows(ends.last_day, last_day),
    }
}

/// Regulation 1182/71 Article 3(1): the hour of the event does not count in a period of hours. An
/// event on the stroke of an hour gains nothing here, which is the careful reading.
pub fn next_full_hour(start: Timestamp, zone: &dyn Zone) -> Timestamp {
    let past = wall(start, zone).time.0.rem_euclid(HOUR_MS);
    start + Span(if past == 0 { 0 } else { HOUR_MS - past })
}

/// Regulation 1182/71 Article 3(5): a period of two days or more has two working days in it. The end
/// of the second one, where a period from `start` to `end` has fewer. Whether that holds for
/// periods in hours is disputed.
pub fn two_working_days(
    start: Timestamp,
    end: Timestamp,
    zone: &dyn Zone,
    working: &Working<'_>,
) -> Option<Ends> {
    let second = business_days(start, 2, zone, working);
    (second.last_day > wall(end, zone).date).then_some(second)
}

fn midnight_after(day: Date, zone: &dyn Zone) -> Timestamp {
    let date = day.plus_days(1);
    let time = Span(0);
    instant(Wall { date, time }, zone)
}
