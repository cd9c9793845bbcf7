//! The calendar against another one: jiff, with all zones of its database.

use std::sync::OnceLock;

use jiff::civil;
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{ToSpan, ZonedDateTime};
use proptest::prelude::*;

use super::*;
use crate::model::{Span, Timestamp};

/// A zone of the database, as the program sees one.
pub(crate) struct Place(TimeZone);

impl Zone for Place {
    fn offset_minutes(&self, at: Timestamp) -> i32 {
        self.0.to_offset(theirs(at)).seconds().div_euclid(60)
    }
}

/// The zone of this name.
pub(crate) fn place(name: &str) -> &'static Place {
    let place = places().iter().find(|(other, _)| other == name);
    &place.expect("a zone of the database").1
}

fn places() -> &'static [(String, Place)] {
    static PLACES: OnceLock<Vec<(String, Place)>> = OnceLock::new();
    PLACES.get_or_init(|| {
        let bundled = jiff::tz::TimeZoneDatabase::bundled();
        let names = bundled.available().map(|name| name.to_string());
        let named = |name: String| {
            let zone = bundled.get(&name).expect("a zone that is listed");
            (name, Place(zone))
        };
        names.map(named).collect()
    })
}

/// As people write it: `2026-11-21T02:30+01:00`, with seconds where there are any.
pub(crate) fn shown(at: Timestamp, zone: &dyn Zone) -> String {
    let offset = zone.offset_minutes(at);
    let local = (at + Span::minutes(i64::from(offset))).to_string();
    let to = if at.ms() % 60_000 == 0 { 16 } else { 23 };
    let (sign, size) = (if offset < 0 { '-' } else { '+' }, offset.abs());
    format!("{}{sign}{:02}:{:02}", &local[..to], size / 60, size % 60)
}

/// Reads `2026-11-21T02:30+01:00`.
pub(crate) fn at(text: &str) -> Timestamp {
    let full = match text.find('Z') {
        Some(_) => text.replace('Z', ":00Z"),
        None => format!("{}:00{}", &text[..16], &text[16..]),
    };
    Timestamp::parse_rfc3339(&full).expect("a time of a test")
}

/// Reads `2026-11-21`.
pub(crate) fn day(text: &str) -> Date {
    let date: civil::Date = text.parse().expect("a date of a test");
    Date::new(
        i32::from(date.year()),
        date.month() as u32,
        date.day() as u32,
    )
    .expect("a date of a test")
}

fn theirs(at: Timestamp) -> jiff::Timestamp {
    jiff::Timestamp::from_millisecond(at.ms()).expect("a time that jiff knows")
}

fn ours(at: jiff::Timestamp) -> Timestamp {
    Timestamp::clamped(at.as_millisecond())
}

/// Their instant of a time on the wall, by the rule of ours: the first of two, and the change
/// itself where the time never comes.
fn their_instant(zone: &TimeZone, shown: civil::DateTime) -> Timestamp {
    let instant = match zone.to_ambiguous_timestamp(shown).offset() {
        AmbiguousOffset::Unambiguous { offset } => offset.to_timestamp(shown),
        AmbiguousOffset::Fold { before, .. } => before.to_timestamp(shown),
        AmbiguousOffset::Gap { before, .. } => {
            let after_it = before.to_timestamp(shown).expect("in range") + 1.second();
            let change = zone.preceding(after_it).next().expect("the gap's change");
            Ok(change.timestamp())
        }
    };
    ours(instant.expect("in range"))
}

fn their_start(start: Timestamp, zone: &TimeZone) -> civil::DateTime {
    ZonedDateTime::new(theirs(start), zone.clone()).datetime()
}

fn their_ends(
    zone: &TimeZone,
    start: civil::DateTime,
    last: civil::Date,
) -> (Timestamp, Timestamp) {
    let next = last.tomorrow().expect("in range");
    let midnight = next.to_datetime(civil::Time::midnight());
    (
        their_instant(zone, last.to_datetime(start.time())),
        their_instant(zone, midnight),
    )
}

fn ends(ends: Ends) -> (Timestamp, Timestamp) {
    (ends.safe, ends.legal)
}

/// All that a start gives, here and there.
fn agree(start: Timestamp, place: &Place) {
    let Place(zone) = place;
    let local = their_start(start, zone);
    for n in [0_u32, 1, 3, 14, 30, 60] {
        let last = local.date() + i64::from(n).days();
        assert_eq!(
            ends(days(start, n, place)),
            their_ends(zone, local, last),
            "{start} + {n} days in {:?}",
            zone.iana_name()
        );
    }
    for n in [1_u32, 2, 12] {
        let last = local.date() + i64::from(n).months();
        assert_eq!(
            ends(months(start, n, place)),
            their_ends(zone, local, last),
            "{start} + {n} months in {:?}",
            zone.iana_name()
        );
    }
    for n in [1_u32, 24, 72] {
        let later = ZonedDateTime::new(theirs(start), zone.clone()) + i64::from(n).hours();
        assert_eq!(hours(start, n), ours(later.timestamp()));
    }
}

#[test]
fn around_every_change_of_every_clock() {
    let from: jiff::Timestamp = "2020-01-01T00:00:00Z".parse().expect("a time");
    let to: jiff::Timestamp = "2036-01-01T00:00:00Z".parse().expect("a time");
    let mut changes = 0;
    for (_, place) in places() {
        let Place(zone) = place;
        let following = zone.following(from);
        for change in following.take_while(|change| change.timestamp() < to) {
            changes += 1;
            let change = ours(change.timestamp());
            // The periods that end about the change, and those that start about it.
            for days_before in [0, 1, 3, 30] {
                let about = change - Span::days(days_before);
                for minutes in [-61, -60, -30, -1, 0, 1, 29, 30, 60, 61] {
                    let start = about + Span::minutes(minutes);
                    let local = their_start(start, zone);
                    let n = days_before as u32;
                    let last = local.date() + i64::from(n).days();
                    assert_eq!(
                        ends(days(start, n, place)),
                        their_ends(zone, local, last),
                        "{start} + {n} days in {:?}",
                        zone.iana_name()
                    );
                }
            }
            let month_before = their_start(change, zone) - 1.month();
            let start = their_instant(zone, month_before);
            let last = their_start(start, zone).date() + 1.month();
            assert_eq!(
                ends(months(start, 1, place)),
                their_ends(zone, their_start(start, zone), last),
                "{start} + 1 month in {:?}",
                zone.iana_name()
            );
        }
    }
    assert!(changes > 5_000, "{changes} changes");
}

/// Any instant from 2020 to 2035, half of them near a change of the zone's clock.
fn start_in(place: &Place, near: bool, ms: i64) -> Timestamp {
    let start = Timestamp::clamped(ms);
    let change = place.0.following(theirs(start)).next();
    match change {
        Some(change) if near => {
            let change = ours(change.timestamp());
            change + Span((ms % 11_000_000) - 5_500_000)
        }
        _ => start,
    }
}

fn any_ms() -> impl Strategy<Value = i64> {
    let (from, to) = (at("2020-01-01T00:00Z"), at("2035-01-01T00:00Z"));
    from.ms()..to.ms()
}

proptest! {
    #![proptest_config(crate::model::laws::config())]

    #[test]
    fn any_start_in_any_zone(ms in any_ms(), near: bool, index in 0..places().len()) {
        let place = &places()[index].1;
        agree(start_in(place, near, ms), place);
    }

    #[test]
    fn the_wall_is_reached_first_at_its_instant(
        ms in any_ms(), near: bool, index in 0..places().len()
    ) {
        let place = &places()[index].1;
        let start = start_in(place, near, ms);
        let on_the_wall = wall(start, place);
        let first = instant(on_the_wall, place);
        prop_assert!(first <= start, "the first time it shows is not after one time it shows");
        prop_assert!(wall(first, place) >= on_the_wall);
        prop_assert!(wall(first - Span(1), place) < on_the_wall);
    }

    #[test]
    fn a_period_ends_after_its_start_and_later_for_a_later_wall(
        ms in any_ms(), later_ms in 0..200_000_000_i64, n in 0..70_u32,
        index in 0..places().len(), calendar in 0..Calendar::ALL.len()
    ) {
        let place = &places()[index].1;
        let holidays = Holidays::default();
        let working = holidays.working(Calendar::ALL[calendar]);
        let periods = |start: Timestamp| [
            days(start, n, place),
            months(start, n, place),
            business_days(start, n, place, &working),
            roll(days(start, n, place), place, &working),
        ];
        let (start, later) = (Timestamp::clamped(ms), Timestamp::clamped(ms + later_ms));
        let in_order = wall(start, place) <= wall(later, place);
        for (one, other) in periods(start).into_iter().zip(periods(later)) {
            if n > 0 {
                prop_assert!(one.safe > start && one.legal > one.safe);
            }
            if in_order {
                prop_assert!(one.last_day <= other.last_day && one.legal <= other.legal);
            }
            // A start on a day off counts as the working day's before, with its own time of day.
            if in_order && one.last_day < other.last_day {
                prop_assert!(one.safe <= other.safe);
            }
        }
        if in_order {
            prop_assert!(days(start, n, place).safe <= days(later, n, place).safe);
        }
        prop_assert!(hours(start, n) >= start && hours(start, n) <= hours(later, n));
        let counted = next_full_hour(start, place);
        prop_assert!(counted >= start && counted <= next_full_hour(later, place));
    }

    #[test]
    fn working_days_are_counted_one_by_one(
        ms in any_ms(), n in 0..70_u32, index in 0..places().len(),
        extra in prop::collection::vec(0..4_000_i32, 0..20)
    ) {
        let place = &places()[index].1;
        // West of Greenwich the first hours of 2020 are still 2019, of which nothing is known.
        let known = at("2020-01-02T00:00Z").ms()..at("2029-08-01T00:00Z").ms();
        let start = Timestamp::clamped(ms.clamp(known.start, known.end));
        let extra: Vec<Date> = extra.into_iter().map(|n| Date::of(2020, 1, 1).plus_days(n)).collect();
        let with_extra = extra.iter().map(|day| (Calendar::UsFederal, *day)).collect();
        let holidays = Holidays::with(with_extra);
        let local = their_start(start, &place.0);
        let mut last = local.date();
        let mut left = n;
        while left > 0 {
            last = last.tomorrow().expect("in range");
            let text = last.to_string();
            let off = US.split_whitespace().any(|holiday| holiday == text)
                || extra.iter().any(|day| day.to_string() == text);
            let weekend = matches!(last.weekday(), civil::Weekday::Saturday | civil::Weekday::Sunday);
            left -= u32::from(!off && !weekend);
        }
        let found = business_days(start, n, place, &holidays.working(Calendar::UsFederal));
        prop_assert_eq!(ends(found), their_ends(&place.0, local, last));
        prop_assert_eq!(found.last_day.to_string(), last.to_string());
        prop_assert!(!found.beyond_data);
    }

    #[test]
    fn dates_are_those_of_another_calendar(days in -200_000..2_000_000_i32, months in 0..500_u32) {
        let date = Date::from_days(days);
        let other = civil::date(1970, 1, 1) + i64::from(days).days();
        prop_assert_eq!(date.to_string(), other.to_string());
        prop_assert_eq!(i32::from(date.weekday()), other.weekday().to_monday_zero_offset() as i32);
        let later = other + i64::from(months).months();
        prop_assert_eq!(date.plus_months(months).to_string(), later.to_string());
        let (year, month, day) = date.civil();
        prop_assert_eq!(Date::new(year, month, day), Some(date));
    }
}

#[test]
fn there_is_no_such_day() {
    for (year, month, day) in [
        (2026, 2, 29),
        (2026, 4, 31),
        (2026, 13, 1),
        (2026, 0, 1),
        (2026, 1, 0),
        (0, 1, 1),
        (10_000, 1, 1),
    ] {
        assert_eq!(Date::new(year, month, day), None);
    }
    assert!(Date::new(2028, 2, 29).is_some());
}

#[test]
fn times_that_come_twice_or_never() {
    for (zone, on_the_wall, expected) in [
        (
            "Europe/Berlin",
            ("2026-03-29", 2 * 60 + 30),
            "2026-03-29T03:00+02:00",
        ),
        (
            "Europe/Berlin",
            ("2026-03-29", 2 * 60),
            "2026-03-29T03:00+02:00",
        ),
        (
            "Europe/Berlin",
            ("2026-03-29", 3 * 60),
            "2026-03-29T03:00+02:00",
        ),
        (
            "Europe/Berlin",
            ("2026-10-25", 2 * 60 + 30),
            "2026-10-25T02:30+02:00",
        ),
        (
            "Europe/Berlin",
            ("2026-10-25", 3 * 60),
            "2026-10-25T03:00+01:00",
        ),
        // The day begins at 01:00, and a day has 00:00 twice.
        (
            "America/Havana",
            ("2026-03-08", 0),
            "2026-03-08T01:00-04:00",
        ),
        (
            "America/Havana",
            ("2026-11-01", 0),
            "2026-11-01T00:00-04:00",
        ),
        (
            "America/New_York",
            ("2026-11-01", 60),
            "2026-11-01T01:00-04:00",
        ),
        (
            "Australia/Lord_Howe",
            ("2026-10-04", 2 * 60 + 15),
            "2026-10-04T02:30+11:00",
        ),
        (
            "Asia/Kolkata",
            ("2026-11-24", 21 * 60 + 30),
            "2026-11-24T21:30+05:30",
        ),
    ] {
        let zone = place(zone);
        let date = day(on_the_wall.0);
        let time = Span::minutes(on_the_wall.1);
        assert_eq!(shown(instant(Wall { date, time }, zone), zone), expected);
    }
}

#[test]
fn a_fixed_offset_never_changes() {
    let zone = FixedOffset(-210);
    let start = at("2026-01-31T23:59-03:30");
    assert_eq!(wall(start, &zone).date, day("2026-01-31"));
    let due = months(start, 1, &zone);
    assert_eq!(shown(due.safe, &zone), "2026-02-28T23:59-03:30");
    assert_eq!(shown(due.legal, &zone), "2026-03-01T00:00-03:30");
}

#[test]
fn european_periods() {
    let zone = place("Europe/Berlin");
    let holidays = Holidays::default();
    let eu = holidays.working(Calendar::EuTarget);
    for (start, counted) in [
        ("2026-04-02T17:20+02:00", "2026-04-02T18:00+02:00"),
        ("2026-04-02T17:00+02:00", "2026-04-02T17:00+02:00"),
        ("2026-10-25T02:59+02:00", "2026-10-25T02:00+01:00"),
    ] {
        assert_eq!(shown(next_full_hour(at(start), zone), zone), counted);
    }
    for (start, second) in [
        // Thursday to Sunday of Easter: no working day; Friday to Monday: one; Monday on: two.
        ("2026-04-02T17:20+02:00", Some("2026-04-09T00:00+02:00")),
        ("2026-11-20T10:00+01:00", Some("2026-11-25T00:00+01:00")),
        ("2026-11-23T10:00+01:00", None),
    ] {
        let start = at(start);
        let found = two_working_days(start, hours(start, 72), zone, &eu);
        let found = found.map(|ends| shown(ends.legal, zone));
        assert_eq!(found.as_deref(), second);
    }
    let sunday = months(at("2027-01-31T10:00+01:00"), 1, zone);
    let rolled = roll(sunday, zone, &eu);
    assert_eq!(shown(rolled.safe, zone), "2027-02-28T10:00+01:00");
    assert_eq!(shown(rolled.legal, zone), "2027-03-02T00:00+01:00");
}

#[test]
fn years_without_known_holidays_are_told() {
    let zone = FixedOffset(0);
    let holidays = Holidays::default();
    for calendar in Calendar::ALL {
        let (first, last) = calendar.years();
        let working = holidays.working(*calendar);
        let beyond = |text: &str| business_days(at(text), 5, &zone, &working).beyond_data;
        assert!(!beyond(&format!("{first}-01-02T00:00Z")));
        assert!(!beyond(&format!("{last}-12-01T00:00Z")));
        assert!(beyond(&format!("{}-12-30T00:00Z", first - 1)));
        assert!(beyond(&format!("{last}-12-30T00:00Z")));
        assert_eq!(Calendar::named(calendar.name()), Some(*calendar));
    }
}

/// The weekdays that are off, from 2020 to 2030 or for as long as the list is.
fn weekdays_off(calendar: Calendar, years: std::ops::RangeInclusive<i32>) -> Vec<String> {
    let holidays = Holidays::default();
    let mut found = Vec::new();
    let mut date = Date::of(*years.start(), 1, 1);
    while date.year() <= *years.end() {
        if !date.is_weekend() && holidays.is_holiday(calendar, date) {
            found.push(date.to_string());
        }
        date = date.plus_days(1);
    }
    found
}

fn check(calendar: Calendar, years: std::ops::RangeInclusive<i32>, list: &str) {
    let expected: Vec<String> = list.split_whitespace().map(str::to_owned).collect();
    assert_eq!(weekdays_off(calendar, years), expected, "{calendar:?}");
}

#[test]
fn target_closing_days() {
    check(Calendar::EuTarget, 2020..=2030, TARGET);
}

#[test]
fn easter_by_another_reckoning() {
    let holidays = Holidays::default();
    for year in 1900..4200 {
        // Gauss, with the exceptions that the moon's calendar makes.
        let (a, b, c) = (year % 19, year % 4, year % 7);
        let k = year / 100;
        let m = (15 + k - k / 4 - (13 + 8 * k) / 25) % 30;
        let n = (4 + k - k / 4) % 7;
        let d = (19 * a + m) % 30;
        let e = (2 * b + 4 * c + 6 * d + n) % 7;
        let exception = (d == 29 && e == 6) || (d == 28 && e == 6 && a > 10);
        let easter = Date::of(year, 3, 22).plus_days(d + e - if exception { 7 } else { 0 });
        for (days, holiday) in [(-2, true), (0, false), (1, true)] {
            let day = easter.plus_days(days);
            let found = holidays.is_holiday(Calendar::EuTarget, day);
            assert_eq!(found, holiday, "{day} of {easter}");
        }
    }
}

#[test]
fn federal_holidays_as_observed() {
    check(Calendar::UsFederal, 2020..=2030, US);
}

#[test]
fn bank_holidays_in_england_and_wales() {
    check(Calendar::EnglandWales, 2020..=2030, UK);
}

#[test]
fn national_holidays_in_australia() {
    check(Calendar::Australia, 2020..=2030, AUSTRALIA);
}

#[test]
fn gazetted_holidays_in_india() {
    check(Calendar::India, 2025..=2026, INDIA);
}

const TARGET: &str = "
    2020-01-01 2020-04-10 2020-04-13 2020-05-01 2020-12-25
    2021-01-01 2021-04-02 2021-04-05
    2022-04-15 2022-04-18 2022-12-26
    2023-04-07 2023-04-10 2023-05-01 2023-12-25 2023-12-26
    2024-01-01 2024-03-29 2024-04-01 2024-05-01 2024-12-25 2024-12-26
    2025-01-01 2025-04-18 2025-04-21 2025-05-01 2025-12-25 2025-12-26
    2026-01-01 2026-04-03 2026-04-06 2026-05-01 2026-12-25
    2027-01-01 2027-03-26 2027-03-29
    2028-04-14 2028-04-17 2028-05-01 2028-12-25 2028-12-26
    2029-01-01 2029-03-30 2029-04-02 2029-05-01 2029-12-25 2029-12-26
    2030-01-01 2030-04-19 2030-04-22 2030-05-01 2030-12-25 2030-12-26";

const US: &str = "
    2020-01-01 2020-01-20 2020-02-17 2020-05-25 2020-07-03 2020-09-07 2020-10-12 2020-11-11 2020-11-26 2020-12-25
    2021-01-01 2021-01-18 2021-02-15 2021-05-31 2021-06-18 2021-07-05 2021-09-06 2021-10-11 2021-11-11 2021-11-25 2021-12-24 2021-12-31
    2022-01-17 2022-02-21 2022-05-30 2022-06-20 2022-07-04 2022-09-05 2022-10-10 2022-11-11 2022-11-24 2022-12-26
    2023-01-02 2023-01-16 2023-02-20 2023-05-29 2023-06-19 2023-07-04 2023-09-04 2023-10-09 2023-11-10 2023-11-23 2023-12-25
    2024-01-01 2024-01-15 2024-02-19 2024-05-27 2024-06-19 2024-07-04 2024-09-02 2024-10-14 2024-11-11 2024-11-28 2024-12-25
    2025-01-01 2025-01-20 2025-02-17 2025-05-26 2025-06-19 2025-07-04 2025-09-01 2025-10-13 2025-11-11 2025-11-27 2025-12-25
    2026-01-01 2026-01-19 2026-02-16 2026-05-25 2026-06-19 2026-07-03 2026-09-07 2026-10-12 2026-11-11 2026-11-26 2026-12-25
    2027-01-01 2027-01-18 2027-02-15 2027-05-31 2027-06-18 2027-07-05 2027-09-06 2027-10-11 2027-11-11 2027-11-25 2027-12-24 2027-12-31
    2028-01-17 2028-02-21 2028-05-29 2028-06-19 2028-07-04 2028-09-04 2028-10-09 2028-11-10 2028-11-23 2028-12-25
    2029-01-01 2029-01-15 2029-02-19 2029-05-28 2029-06-19 2029-07-04 2029-09-03 2029-10-08 2029-11-12 2029-11-22 2029-12-25
    2030-01-01 2030-01-21 2030-02-18 2030-05-27 2030-06-19 2030-07-04 2030-09-02 2030-10-14 2030-11-11 2030-11-28 2030-12-25";

const UK: &str = "
    2020-01-01 2020-04-10 2020-04-13 2020-05-08 2020-05-25 2020-08-31 2020-12-25 2020-12-28
    2021-01-01 2021-04-02 2021-04-05 2021-05-03 2021-05-31 2021-08-30 2021-12-27 2021-12-28
    2022-01-03 2022-04-15 2022-04-18 2022-05-02 2022-06-02 2022-06-03 2022-08-29 2022-09-19 2022-12-26 2022-12-27
    2023-01-02 2023-04-07 2023-04-10 2023-05-01 2023-05-08 2023-05-29 2023-08-28 2023-12-25 2023-12-26
    2024-01-01 2024-03-29 2024-04-01 2024-05-06 2024-05-27 2024-08-26 2024-12-25 2024-12-26
    2025-01-01 2025-04-18 2025-04-21 2025-05-05 2025-05-26 2025-08-25 2025-12-25 2025-12-26
    2026-01-01 2026-04-03 2026-04-06 2026-05-04 2026-05-25 2026-08-31 2026-12-25 2026-12-28
    2027-01-01 2027-03-26 2027-03-29 2027-05-03 2027-05-31 2027-08-30 2027-12-27 2027-12-28
    2028-01-03 2028-04-14 2028-04-17 2028-05-01 2028-05-29 2028-08-28 2028-12-25 2028-12-26
    2029-01-01 2029-03-30 2029-04-02 2029-05-07 2029-05-28 2029-08-27 2029-12-25 2029-12-26
    2030-01-01 2030-04-19 2030-04-22 2030-05-06 2030-05-27 2030-08-26 2030-12-25 2030-12-26";

const AUSTRALIA: &str = "
    2020-01-01 2020-01-27 2020-04-10 2020-04-13 2020-12-25 2020-12-28
    2021-01-01 2021-01-26 2021-04-02 2021-04-05 2021-12-27 2021-12-28
    2022-01-03 2022-01-26 2022-04-15 2022-04-18 2022-04-25 2022-09-22 2022-12-26 2022-12-27
    2023-01-02 2023-01-26 2023-04-07 2023-04-10 2023-04-25 2023-12-25 2023-12-26
    2024-01-01 2024-01-26 2024-03-29 2024-04-01 2024-04-25 2024-12-25 2024-12-26
    2025-01-01 2025-01-27 2025-04-18 2025-04-21 2025-04-25 2025-12-25 2025-12-26
    2026-01-01 2026-01-26 2026-04-03 2026-04-06 2026-12-25 2026-12-28
    2027-01-01 2027-01-26 2027-03-26 2027-03-29 2027-12-27 2027-12-28
    2028-01-03 2028-01-26 2028-04-14 2028-04-17 2028-04-25 2028-12-25 2028-12-26
    2029-01-01 2029-01-26 2029-03-30 2029-04-02 2029-04-25 2029-12-25 2029-12-26
    2030-01-01 2030-01-28 2030-04-19 2030-04-22 2030-04-25 2030-12-25 2030-12-26";

const INDIA: &str = "
    2025-02-26 2025-03-14 2025-03-31 2025-04-10 2025-04-18 2025-05-12 2025-08-15 2025-09-05 2025-10-02 2025-10-20 2025-11-05 2025-12-25
    2026-01-26 2026-03-04 2026-03-26 2026-03-31 2026-04-03 2026-05-01 2026-05-27 2026-06-26 2026-08-26 2026-09-04 2026-10-02 2026-10-20 2026-11-24 2026-12-25";
