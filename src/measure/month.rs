//! Months of the calendar, by which figures are grouped.
//!
//! Knows no zone: offsets come in, for a month begins with what the clock on the wall shows.

use super::downtime::Period;
use crate::classify::calendar::{Date, Wall, Zone, instant, wall};
use crate::guide::words;
use crate::model::{Span, Timestamp};

/// A month of a year.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Month {
    year: i32,
    /// 1 to 12.
    month: u32,
}

impl Month {
    /// The month that an instant lies in.
    pub fn of(at: Timestamp, zone: &dyn Zone) -> Self {
        let (year, month, _) = wall(at, zone).date.civil();
        Self { year, month }
    }

    /// Its first day.
    pub fn first(self) -> Date {
        Date::of(self.year, self.month, 1)
    }

    /// Its last day.
    pub fn last(self) -> Date {
        self.next().first().plus_days(-1)
    }

    /// The one after it.
    pub fn next(self) -> Self {
        let (year, month, _) = self.first().plus_months(1).civil();
        Self { year, month }
    }

    /// What of it lies in a period; none where nothing does.
    pub fn within(self, period: Period, zone: &dyn Zone) -> Option<Period> {
        let (from, to) = (midnight(self.first(), zone), self.next().first());
        Period::of(from, midnight(to, zone), Timestamp::MAX)?.within(period)
    }

    /// As files have it, and in order: `2026-11`.
    pub fn name(self) -> String {
        format!("{:04}-{:02}", self.year, self.month)
    }

    /// As people read it: "Nov 2026".
    pub fn title(self) -> String {
        let name = words::MONTHS_IN_FULL.get(self.month as usize - 1);
        let name = name.and_then(|name| name.get(..3)).unwrap_or_default();
        format!("{name} {}", self.year)
    }
}

/// The first instant of a day.
pub(super) fn midnight(date: Date, zone: &dyn Zone) -> Timestamp {
    let time = Span(0);
    instant(Wall { date, time }, zone)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classify::calendar::FixedOffset;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse_rfc3339(text).unwrap()
    }

    #[test]
    fn a_month_is_the_one_on_the_wall() {
        for (instant, east, name, title) in [
            ("2026-11-30T22:59:59Z", 60, "2026-11", "Nov 2026"),
            ("2026-11-30T23:00:00Z", 60, "2026-12", "Dec 2026"),
            ("2026-12-31T23:30:00Z", 60, "2027-01", "Jan 2027"),
            ("2024-03-01T00:00:00Z", -60, "2024-02", "Feb 2024"),
        ] {
            let month = Month::of(at(instant), &FixedOffset(east));
            assert_eq!(
                (month.name().as_str(), month.title().as_str()),
                (name, title)
            );
        }
    }

    #[test]
    fn months_follow_each_other_without_a_gap() {
        let (zone, all) = (FixedOffset(120), Period::until(Timestamp::MAX));
        let mut month = Month::of(at("2023-11-11T00:00:00Z"), &zone);
        for days in [30, 31, 31, 29, 31, 30] {
            let period = month.within(all, &zone).unwrap();
            assert_eq!(period.length(), Span::days(days), "{month:?}");
            month = month.next();
            assert_eq!(month.within(all, &zone).unwrap().begins(), period.ends());
        }
        let cut = Period::of(
            at("2024-05-10T00:00:00Z"),
            at("2024-07-01T00:00:00Z"),
            Timestamp::MAX,
        )
        .unwrap();
        assert_eq!(month.last().to_string(), "2024-05-31");
        assert_eq!(month.within(cut, &zone).unwrap().begins(), cut.begins());
        let none = Period::of(at("2025-05-10T00:00:00Z"), Timestamp::MAX, Timestamp::MAX).unwrap();
        assert_eq!(month.within(none, &zone), None);
    }
}
