//! Instants and spans as whole milliseconds: what "when" means in an event.
//!
//! Knows no clock and no time zone: `now` and offsets come in as arguments from the screen.

use std::fmt;
use std::ops::{Add, Sub};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An instant in UTC, in milliseconds since 1970-01-01T00:00:00Z, between the years 0001 and 9999.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

/// A length of time in milliseconds; negative when the end lies before the start.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug)]
pub struct Span(pub i64);

/// Why a text is not a time that Muster can hold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TimeError {
    /// Not the one form that files use.
    #[error("\"{0}\" is not a UTC time of the form 2026-11-24T03:14:07.000Z")]
    NotCanonical(String),
    /// Not RFC 3339 at all.
    #[error("\"{0}\" is not an RFC 3339 date and time")]
    NotRfc3339(String),
    /// Outside the years that can be written.
    #[error("the time is outside the years 0001 to 9999")]
    OutOfRange,
}

const DAY_MS: i64 = 86_400_000;

impl Span {
    /// A span of whole minutes.
    pub const fn minutes(n: i64) -> Self {
        Self(n * 60_000)
    }
    /// A span of whole hours.
    pub const fn hours(n: i64) -> Self {
        Self(n * 3_600_000)
    }
    /// A span of whole 24-hour days.
    pub const fn days(n: i64) -> Self {
        Self(n * DAY_MS)
    }
    /// Whole minutes, rounded down.
    pub const fn whole_minutes(self) -> i64 {
        self.0.div_euclid(60_000)
    }
    /// Whether the end lies before the start.
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }
}

impl Timestamp {
    /// 0001-01-01T00:00:00Z, the earliest instant that can be written.
    pub const MIN: Self = Self(-62_135_596_800_000);
    /// 9999-12-31T23:59:59.999Z, the latest instant that can be written.
    pub const MAX: Self = Self(253_402_300_799_999);

    /// The instant `ms` milliseconds after 1970-01-01T00:00:00Z.
    ///
    /// # Errors
    /// When the year would not have four digits.
    pub fn from_ms(ms: i64) -> Result<Self, TimeError> {
        if (Self::MIN.0..=Self::MAX.0).contains(&ms) {
            Ok(Self(ms))
        } else {
            Err(TimeError::OutOfRange)
        }
    }

    /// Like [`Timestamp::from_ms`], but the nearest instant that can be written where `ms` cannot.
    /// For a machine's own clock, which may say anything.
    pub fn clamped(ms: i64) -> Self {
        Self(ms.clamp(Self::MIN.0, Self::MAX.0))
    }

    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub const fn ms(self) -> i64 {
        self.0
    }

    /// Reads the one form that files use: `2026-11-24T03:14:07.000Z`.
    ///
    /// # Errors
    /// When the text has any other form, or names no real instant.
    pub fn parse_canonical(text: &str) -> Result<Self, TimeError> {
        let wrong = || TimeError::NotCanonical(clip(text));
        let bytes = text.as_bytes();
        if bytes.len() != 24 || !canonical_marks(bytes) {
            return Err(wrong());
        }
        let number = |from: usize, to: usize| -> Option<i64> {
            bytes[from..to].iter().try_fold(0_i64, |sum, byte| {
                byte.is_ascii_digit()
                    .then(|| sum * 10 + i64::from(byte - b'0'))
            })
        };
        let fields = (|| {
            Some((
                number(0, 4)?,
                number(5, 7)?,
                number(8, 10)?,
                number(11, 13)?,
                number(14, 16)?,
                number(17, 19)?,
                number(20, 23)?,
            ))
        })();
        let (year, month, day, hour, minute, second, milli) = fields.ok_or_else(wrong)?;
        let real = year >= 1
            && (1..=12).contains(&month)
            && (1..=days_in_month(year, month)).contains(&day)
            && hour < 24
            && minute < 60
            && second < 60;
        if !real {
            return Err(wrong());
        }
        let seconds =
            days_from_civil(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second;
        Self::from_ms(seconds * 1000 + milli)
    }

    /// Reads any RFC 3339 date and time, with any offset, to the millisecond.
    ///
    /// # Errors
    /// When it is not RFC 3339, or outside the years that can be written.
    pub fn parse_rfc3339(text: &str) -> Result<Self, TimeError> {
        let parsed = chrono::DateTime::parse_from_rfc3339(text.trim())
            .map_err(|_| TimeError::NotRfc3339(clip(text)))?;
        Self::from_ms(parsed.timestamp_millis())
    }

    /// The date in UTC as year, month 1–12 and day 1–31.
    pub fn utc_date(self) -> (i64, i64, i64) {
        civil_from_days(self.0.div_euclid(DAY_MS))
    }
}

fn canonical_marks(bytes: &[u8]) -> bool {
    [
        (4, b'-'),
        (7, b'-'),
        (10, b'T'),
        (13, b':'),
        (16, b':'),
        (19, b'.'),
        (23, b'Z'),
    ]
    .iter()
    .all(|&(place, mark)| bytes[place] == mark)
}

/// A hostile text is quoted in errors, so never at its full length.
fn clip(text: &str) -> String {
    text.chars().take(40).collect()
}

const fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// How many days a month has, 1 being January.
pub(crate) const fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap(year) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Days since 1970-01-01 of a date in the proleptic Gregorian calendar, counted in 400-year eras
/// whose years begin in March, so that the leap day is the last of its year.
pub(crate) const fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// The inverse of [`days_from_civil`].
pub(crate) const fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let month = if shifted < 10 {
        shifted + 3
    } else {
        shifted - 9
    };
    let year = year_of_era + era * 400 + (month <= 2) as i64;
    (year, month, day_of_year - (153 * shifted + 2) / 5 + 1)
}

/// The form that files use: `2026-11-24T03:14:07.000Z`.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.utc_date();
        let in_day = self.0.rem_euclid(DAY_MS);
        let (hour, minute) = (in_day / 3_600_000, in_day / 60_000 % 60);
        let (second, milli) = (in_day / 1000 % 60, in_day % 1000);
        write!(
            f,
            "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{milli:03}Z"
        )
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Sub for Timestamp {
    type Output = Span;
    fn sub(self, earlier: Self) -> Span {
        Span(self.0 - earlier.0)
    }
}

impl Add<Span> for Timestamp {
    type Output = Self;
    fn add(self, span: Span) -> Self {
        Self::clamped(self.0.saturating_add(span.0))
    }
}

impl Sub<Span> for Timestamp {
    type Output = Self;
    fn sub(self, span: Span) -> Self {
        Self::clamped(self.0.saturating_sub(span.0))
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        super::id::from_text(deserializer, Self::parse_canonical)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_canonical_form_is_read_and_anything_else_is_refused() {
        for (text, ms) in [
            ("1970-01-01T00:00:00.000Z", Some(0)),
            ("2026-11-24T03:14:07.123Z", Some(1_795_490_047_123)),
            ("2024-02-29T00:00:00.000Z", Some(1_709_164_800_000)),
            ("0001-01-01T00:00:00.000Z", Some(Timestamp::MIN.0)),
            ("9999-12-31T23:59:59.999Z", Some(Timestamp::MAX.0)),
            ("2023-02-29T00:00:00.000Z", None),
            ("2026-11-24T03:14:07Z", None),
            ("2026-11-24T03:14:07.123+00:00", None),
            ("2026-11-24T24:00:00.000Z", None),
            ("2026-13-24T00:00:00.000Z", None),
            ("0000-01-01T00:00:00.000Z", None),
            ("2026-11-2४T03:14:07.1Z", None),
            ("", None),
        ] {
            assert_eq!(
                Timestamp::parse_canonical(text).ok().map(Timestamp::ms),
                ms,
                "{text}"
            );
        }
    }

    #[test]
    fn offsets_are_turned_into_utc() {
        let read = Timestamp::parse_rfc3339("2026-11-24T03:14:07+05:30").map(|t| t.to_string());
        assert_eq!(read.as_deref(), Ok("2026-11-23T21:44:07.000Z"));
        assert!(Timestamp::parse_rfc3339("yesterday").is_err());
    }

    proptest! {
        #[test]
        fn printing_and_reading_agree(ms in Timestamp::MIN.0..=Timestamp::MAX.0) {
            let printed = Timestamp(ms).to_string();
            prop_assert_eq!(Timestamp::parse_canonical(&printed), Ok(Timestamp(ms)));
            prop_assert_eq!(Timestamp::parse_rfc3339(&printed), Ok(Timestamp(ms)));
        }
    }
}
