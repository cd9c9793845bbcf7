//! Between instants and what the clock on the wall shows.
//!
//! Knows no zones: an offset for each instant comes in, from the browser or from a test.

use crate::classify::calendar::Date;
use crate::model::{Span, Timestamp};

const DAY_MS: i64 = 86_400_000;

/// A place's offset from UTC, at any instant.
pub trait Zone {
    /// Minutes east of UTC at that instant: 60 for +01:00.
    fn offset_minutes(&self, at: Timestamp) -> i32;
}

/// A zone that never changes its clocks; the minutes that it lies east of UTC.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FixedOffset(pub i32);

impl Zone for FixedOffset {
    fn offset_minutes(&self, _at: Timestamp) -> i32 {
        self.0
    }
}

/// What calendar and clock on the wall show.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Wall {
    /// The day.
    pub date: Date,
    /// The time since that day's 00:00, as the clock shows it.
    pub time: Span,
}

/// What is on the wall at an instant.
pub fn wall(at: Timestamp, zone: &dyn Zone) -> Wall {
    let shown = shown_ms(at, zone);
    Wall {
        date: Date::from_days(shown.div_euclid(DAY_MS) as i32),
        time: Span(shown.rem_euclid(DAY_MS)),
    }
}

/// The first instant at which the wall shows this time, or has passed it over.
///
/// So where clocks are put back and a time comes twice, it is the first. Where they are put
/// forward and a time never comes, it is the moment of the change. Both are the earlier choice, and
/// a later time on the wall never gives an earlier instant.
///
/// Takes it that clocks change once within two days at most.
pub fn instant(shown: Wall, zone: &dyn Zone) -> Timestamp {
    let shown = i64::from(shown.date.days()) * DAY_MS + shown.time.0;
    let offset_near = |ms| offset_ms(Timestamp::clamped(ms), zone);
    let (before, after) = (offset_near(shown - DAY_MS), offset_near(shown + DAY_MS));
    let mut too_early = shown - before.max(after);
    let mut reached = shown - before.min(after);
    let has_come = |ms| shown_ms(Timestamp::clamped(ms), zone) >= shown;
    if before == after || has_come(too_early) {
        return Timestamp::clamped(too_early);
    }
    while reached - too_early > 1 {
        let middle = too_early + (reached - too_early) / 2;
        if has_come(middle) {
            reached = middle;
        } else {
            too_early = middle;
        }
    }
    Timestamp::clamped(reached)
}

fn offset_ms(at: Timestamp, zone: &dyn Zone) -> i64 {
    i64::from(zone.offset_minutes(at)) * 60_000
}

/// The time on the wall as if it were UTC.
fn shown_ms(at: Timestamp, zone: &dyn Zone) -> i64 {
    at.ms() + offset_ms(at, zone)
}
