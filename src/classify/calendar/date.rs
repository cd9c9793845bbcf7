//! A day of the calendar, without a zone.
//!
//! Knows no time of day; where a day begins is a matter of `zone`.

use std::fmt;

use crate::model::time::{civil_from_days, days_from_civil, days_in_month};

/// A date of the Gregorian calendar, kept as days since 1970-01-01.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(i32);

impl Date {
    /// The date of this year (1 to 9999), month (1 to 12) and day; none where there is no such day.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        let real = (1..=9999).contains(&year)
            && (1..=12).contains(&month)
            && (1..=days_in_month(i64::from(year), i64::from(month))).contains(&i64::from(day));
        real.then(|| Self::of(year, month, day))
    }

    /// For dates that stand in the code. A day that there is not becomes one after the month.
    pub(crate) const fn of(year: i32, month: u32, day: u32) -> Self {
        Self(days_from_civil(year as i64, month as i64, day as i64) as i32)
    }

    /// The date so many days after 1970-01-01.
    pub const fn from_days(days: i32) -> Self {
        Self(days)
    }

    /// Days since 1970-01-01.
    pub const fn days(self) -> i32 {
        self.0
    }

    /// Year, month 1 to 12, day 1 to 31.
    pub fn civil(self) -> (i32, u32, u32) {
        let (year, month, day) = civil_from_days(i64::from(self.0));
        (year as i32, month as u32, day as u32)
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.civil().0
    }

    /// 0 for Monday to 6 for Sunday.
    pub const fn weekday(self) -> u8 {
        // 1970-01-01 was a Thursday.
        (self.0 as i64 + 3).rem_euclid(7) as u8
    }

    /// Whether it is a Saturday or a Sunday.
    pub const fn is_weekend(self) -> bool {
        self.weekday() > 4
    }

    /// So many days later, or earlier.
    pub const fn plus_days(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }

    /// The same day number so many months later; the month's last day where it has no such day.
    pub fn plus_months(self, months: u32) -> Self {
        let (year, month, day) = civil_from_days(i64::from(self.0));
        let from_zero = year * 12 + month - 1 + i64::from(months);
        let (year, month) = (from_zero.div_euclid(12), from_zero.rem_euclid(12) + 1);
        let day = day.min(days_in_month(year, month));
        Self(days_from_civil(year, month, day) as i32)
    }

    /// This day, or the next of that weekday (0 for Monday) after it.
    pub const fn on_or_after(self, weekday: u8) -> Self {
        self.plus_days((weekday as i32 - self.weekday() as i32).rem_euclid(7))
    }
}

/// As files have it: `2026-11-24`.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.civil();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
