//! Public holidays: by rule where there is one, listed where there is none, for the years known.
//!
//! Where it is not sure that a day is off, it is not: a deadline then comes too early rather than
//! too late. A host adds its own days. Knows no regulator.

use crate::classify::Provenance;
use crate::classify::calendar::Date;
use crate::model::order::sort;

names!(
    /// Whose days off count.
    Calendar {
        /// The euro payment system's closing days, off in nearly all of the EU. A member state's
        /// own bank holidays are for the host to add.
        EuTarget = "eu_target",
        /// Federal holidays of the United States, as observed.
        UsFederal = "us_federal",
        /// Bank holidays of England and Wales, with substitutes.
        EnglandWales = "england_wales",
        /// Gazetted holidays of India's central government.
        India = "india",
        /// Days that are off in every state of Australia. A state's own are for the host to add.
        Australia = "australia",
    }
);

impl Calendar {
    /// In words.
    pub const fn title(self) -> &'static str {
        match self {
            Self::EuTarget => "EU (TARGET closing days)",
            Self::UsFederal => "US federal holidays",
            Self::EnglandWales => "bank holidays in England and Wales",
            Self::India => "gazetted holidays in India",
            Self::Australia => "national holidays in Australia",
        }
    }

    /// The first and the last year that its days are known for. What a government may still
    /// proclaim is not known for any.
    pub const fn years(self) -> (i32, i32) {
        match self {
            Self::EuTarget | Self::UsFederal => (2020, 2035),
            Self::EnglandWales | Self::Australia => (2020, 2030),
            // The moon decides some days, so each year's list is published late in the year before.
            Self::India => (2025, 2026),
        }
    }

    /// How far its days can be relied on.
    pub const fn provenance(self) -> Provenance {
        Provenance::Practice
    }

    /// The days that are off, of one year. An observed New Year may lie on the day before the year.
    fn off(self, year: i32) -> Vec<Date> {
        match self {
            Self::EuTarget => target(year),
            Self::UsFederal => us_federal(year),
            Self::EnglandWales => england_wales(year),
            Self::India => india(year),
            Self::Australia => australia(year),
        }
    }
}

/// The known holidays, with what a host added.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Holidays {
    extra: Vec<(Calendar, Date)>,
}

impl Holidays {
    /// With a host's own days off.
    pub fn with(mut extra: Vec<(Calendar, Date)>) -> Self {
        sort(&mut extra);
        extra.dedup();
        Self { extra }
    }

    /// Working days by one of the calendars.
    pub fn working(&self, calendar: Calendar) -> Working<'_> {
        Working {
            calendar,
            holidays: self,
        }
    }

    /// Whether the day is a holiday. Weekends are none of their own.
    pub fn is_holiday(&self, calendar: Calendar, date: Date) -> bool {
        self.extra.binary_search(&(calendar, date)).is_ok()
            || calendar.off(date.year()).contains(&date)
            || (date.civil().1 == 12 && calendar.off(date.year() + 1).contains(&date))
    }
}

/// Working days: Monday to Friday without the holidays of one calendar.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Working<'a> {
    calendar: Calendar,
    holidays: &'a Holidays,
}

impl Working<'_> {
    /// Whether people work on that day.
    pub fn is_working(&self, date: Date) -> bool {
        !date.is_weekend() && !self.holidays.is_holiday(self.calendar, date)
    }

    /// This day if it is a working day, or the next one.
    pub fn on_or_after(&self, date: Date) -> Date {
        let mut day = date;
        while !self.is_working(day) {
            day = day.plus_days(1);
        }
        day
    }

    /// The working day that is so many after a day, which does not count itself.
    pub fn after(&self, date: Date, n: u32) -> Date {
        let mut day = date;
        for _ in 0..n {
            day = self.on_or_after(day.plus_days(1));
        }
        day
    }

    /// Whether the holidays are known of all years from one day to another.
    pub fn knows(&self, from: Date, to: Date) -> bool {
        let (first, last) = self.calendar.years();
        first <= from.year() && to.year() <= last
    }
}

/// Easter Sunday of the Gregorian calendar: the Sunday after the church's full moon of spring.
fn easter(year: i32) -> Date {
    let golden = year.rem_euclid(19);
    let century = year.div_euclid(100);
    // How far the church's moon has moved since the calendar was reformed.
    let moved = century - century / 4 - (8 * century + 13) / 25 + 15;
    let age = (19 * golden + moved).rem_euclid(30);
    // Two ages never occur: a full moon that would be too late comes a day earlier.
    let late = age == 29 || (age == 28 && golden > 10);
    let full_moon = Date::of(year, 3, 21).plus_days(age - i32::from(late));
    full_moon.plus_days(1).on_or_after(SUNDAY)
}

const MONDAY: u8 = 0;
const THURSDAY: u8 = 3;
const SATURDAY: u8 = 5;
const SUNDAY: u8 = 6;

/// The n-th such weekday of a month.
fn nth(year: i32, month: u32, weekday: u8, n: i32) -> Date {
    Date::of(year, month, 1)
        .on_or_after(weekday)
        .plus_days(7 * (n - 1))
}

/// The last Monday of a month of 31 days.
fn last_monday(year: i32, month: u32) -> Date {
    Date::of(year, month, 25).on_or_after(MONDAY)
}

fn target(year: i32) -> Vec<Date> {
    let easter = easter(year);
    vec![
        Date::of(year, 1, 1),
        easter.plus_days(-2),
        easter.plus_days(1),
        Date::of(year, 5, 1),
        Date::of(year, 12, 25),
        Date::of(year, 12, 26),
    ]
}

fn us_federal(year: i32) -> Vec<Date> {
    let mut days = vec![
        nth(year, 1, MONDAY, 3),
        nth(year, 2, MONDAY, 3),
        last_monday(year, 5),
        nth(year, 9, MONDAY, 1),
        nth(year, 10, MONDAY, 2),
        nth(year, 11, THURSDAY, 4),
    ];
    let fixed = [(1, 1), (6, 19), (7, 4), (11, 11), (12, 25)];
    for (month, day) in fixed {
        // Juneteenth is a holiday since 2021.
        if month != 6 || year >= 2021 {
            days.push(observed(Date::of(year, month, day)));
        }
    }
    days
}

/// Federal holidays on a Saturday are taken on the Friday before, those on a Sunday on the Monday.
fn observed(day: Date) -> Date {
    match day.weekday() {
        SATURDAY => day.plus_days(-1),
        SUNDAY => day.plus_days(1),
        _ => day,
    }
}

/// Adds a day, and if it is on a weekend the next day that is not off yet.
fn with_substitute(days: &mut Vec<Date>, day: Date) {
    days.push(day);
    let mut off = day;
    while off.is_weekend() || (off != day && days.contains(&off)) {
        off = off.plus_days(1);
    }
    days.push(off);
}

fn england_wales(year: i32) -> Vec<Date> {
    let easter = easter(year);
    let mut days = vec![
        easter.plus_days(-2),
        easter.plus_days(1),
        last_monday(year, 8),
    ];
    // Boxing Day first: it stays on a Monday, and Christmas on a Sunday goes behind it.
    for day in [(1, 1), (12, 26), (12, 25)] {
        with_substitute(&mut days, Date::of(year, day.0, day.1));
    }
    days.push(match year {
        // 75 years after the war in Europe.
        2020 => Date::of(2020, 5, 8),
        _ => nth(year, 5, MONDAY, 1),
    });
    match year {
        // The Queen's 70 years, and her funeral.
        2022 => days.extend([(6, 2), (6, 3), (9, 19)].map(|(m, d)| Date::of(2022, m, d))),
        _ => days.push(last_monday(year, 5)),
    }
    if year == 2023 {
        // The King's coronation.
        days.push(Date::of(2023, 5, 8));
    }
    days
}

fn australia(year: i32) -> Vec<Date> {
    let easter = easter(year);
    let mut days = vec![
        easter.plus_days(-2),
        easter.plus_days(1),
        // Substitutes differ from state to state.
        Date::of(year, 4, 25),
    ];
    for (month, day) in [(1, 1), (1, 26), (12, 26), (12, 25)] {
        with_substitute(&mut days, Date::of(year, month, day));
    }
    if year == 2022 {
        // The day of mourning for the Queen.
        days.push(Date::of(2022, 9, 22));
    }
    days
}

fn india(year: i32) -> Vec<Date> {
    let listed: &[(u32, u32)] = match year {
        2025 => &[
            (2, 26),
            (3, 14),
            (3, 31),
            (4, 10),
            (5, 12),
            (6, 7),
            (7, 6),
            (8, 16),
            (9, 5),
            (10, 20),
            (11, 5),
        ],
        2026 => &[
            (3, 4),
            (3, 21),
            (3, 26),
            (3, 31),
            (5, 1),
            (5, 27),
            (6, 26),
            (8, 26),
            (9, 4),
            (10, 20),
            (11, 8),
            (11, 24),
        ],
        _ => &[],
    };
    let every_year = [(1, 26), (8, 15), (10, 2), (12, 25)];
    let mut days = vec![easter(year).plus_days(-2)];
    for &(month, day) in every_year.iter().chain(listed) {
        days.push(Date::of(year, month, day));
    }
    days
}
