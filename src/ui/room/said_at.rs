//! When somebody says that a thing happened: "02:13 errors began", "10 min ago", "2026-11-23 23:50".
//!
//! Knows no clock, no zone and no browser: `now` comes in, and the offset from UTC as a function.

use crate::guide::words;
use crate::model::{Span, Timestamp};

/// A clock time at the start of a line is only taken for the line's own if it lies this near:
/// further back, it may as well speak of tomorrow.
const NEAR: Span = Span::hours(12);
/// Clocks of two people differ; a minute ahead is still now.
const AHEAD: Span = Span::minutes(1);
const DAY_MS: i64 = 86_400_000;

/// A line of which the beginning says when.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SaidAt<'a> {
    /// When.
    pub at: Timestamp,
    /// The rest of the line.
    pub words: &'a str,
}

/// Which way a clock time without a date is meant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Lean {
    /// It has happened: the last time that the clock showed this.
    Past,
    /// It is to happen: the next time.
    Future,
}

/// Why a text is not understood as a time.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error(
    "“{0}” is not a time that can be read. Write 02:13, 10 min ago, in 30 min, yesterday 23:50 or 2026-11-24 02:13."
)]
pub struct NotATime(String);

/// The time that a line begins with, where it can mean only one.
pub fn split(line: &str, now: Timestamp, offset: impl Fn(Timestamp) -> i32) -> Option<SaidAt<'_>> {
    let line = line.trim();
    let line = strip_word(line, "at").unwrap_or(line);
    let (at, rest) = match ago(line) {
        Some((span, rest)) => (now - span, rest),
        None => {
            let (yesterday, dated) = match strip_word(line, "yesterday") {
                Some(rest) => (true, rest),
                None => (false, line),
            };
            let (clock, rest) = Clock::read(dated)?;
            let at = clock.last(now, yesterday, &offset);
            let near = yesterday || now - at <= NEAR;
            (at, near.then_some(rest)?)
        }
    };
    let words = rest.strip_prefix([',', ':', '–', '—', '-']).unwrap_or(rest);
    let apart = words.starts_with(char::is_whitespace);
    let words = words
        .trim_start()
        .trim_start_matches(['–', '—', '-'])
        .trim_start();
    (apart && !words.is_empty() && !goes_on(words)).then_some(SaidAt { at, words })
}

/// "02:13 to 02:20" and "02:13 and 02:20" speak of more than one instant.
fn goes_on(words: &str) -> bool {
    let joins = ["to", "until", "till", "and", "or", "through"];
    joins.iter().any(|join| strip_word(words, join).is_some()) || Clock::read(words).is_some()
}

/// The instant that a field holds; none where it is empty or says "now".
///
/// # Errors
/// When it is not a time, with what can be written.
pub fn instant(
    text: &str,
    now: Timestamp,
    lean: Lean,
    offset: impl Fn(Timestamp) -> i32,
) -> Result<Option<Timestamp>, NotATime> {
    let text = text.trim();
    if text.is_empty() || text.eq_ignore_ascii_case("now") {
        return Ok(None);
    }
    let read = moved(text, now, lean)
        .or_else(|| on_the_clock(text, now, lean, &offset))
        .or_else(|| dated(text, lean, &offset))
        .or_else(|| as_written(text, now, lean, &offset))
        .or_else(|| Timestamp::parse_rfc3339(text).ok());
    read.map(Some)
        .ok_or_else(|| NotATime(text.chars().take(40).collect()))
}

/// "10 min ago", "in 30 min", "-10", "+30".
fn moved(text: &str, now: Timestamp, lean: Lean) -> Option<Timestamp> {
    if let Some((span, rest)) = ago(text) {
        return rest.trim().is_empty().then_some(now - span);
    }
    let (ahead, rest) = match (
        text.strip_prefix('-'),
        text.strip_prefix('+'),
        strip_word(text, "in"),
    ) {
        (Some(rest), ..) => (false, rest),
        (_, Some(rest), _) | (.., Some(rest)) => (true, rest),
        _ => (lean == Lean::Future, text),
    };
    let (span, rest) = length(rest.trim_start(), Unit::MayLack(text.len() != rest.len()))?;
    let moved = if ahead { now + span } else { now - span };
    rest.trim().is_empty().then_some(moved)
}

fn on_the_clock(
    text: &str,
    now: Timestamp,
    lean: Lean,
    offset: &impl Fn(Timestamp) -> i32,
) -> Option<Timestamp> {
    let (day, text) = match (
        strip_word(text, "yesterday"),
        strip_word(text, "tomorrow"),
        strip_word(text, "today"),
    ) {
        (Some(rest), ..) => (Some(-1), rest),
        (_, Some(rest), _) => (Some(1), rest),
        (.., Some(rest)) => (Some(0), rest),
        _ => (None, text),
    };
    let (clock, rest) = Clock::read(text)?;
    if !rest.trim().is_empty() {
        return None;
    }
    Some(match (day, lean) {
        (Some(days), _) => clock.on(now, days, offset),
        (None, Lean::Past) => clock.last(now, false, offset),
        (None, Lean::Future) => {
            let today = clock.on(now, 0, offset);
            if today < now {
                clock.on(now, 1, offset)
            } else {
                today
            }
        }
    })
}

/// "2026-11-24", "2026-11-24 02:13". A day alone ends in the evening when it lies ahead.
fn dated(text: &str, lean: Lean, offset: &impl Fn(Timestamp) -> i32) -> Option<Timestamp> {
    let (date, rest) = (text.get(..10)?, text.get(10..)?);
    let midnight = Timestamp::parse_canonical(&format!("{date}T00:00:00.000Z")).ok()?;
    let clock = rest.strip_prefix(['T', ' ']).map(str::trim_start);
    match clock {
        Some(clock) => {
            let (clock, rest) = Clock::read(clock)?;
            rest.trim()
                .is_empty()
                .then(|| clock.after_midnight(midnight, offset))
        }
        None if rest.is_empty() => {
            let ms = if lean == Lean::Future {
                18 * 3_600_000
            } else {
                0
            };
            Some(Clock { ms, utc: false }.after_midnight(midnight, offset))
        }
        None => None,
    }
}

/// "25 Nov, 00:10" and "23 Nov 2025, 02:13": as a time of another day is written, and so proposed.
fn as_written(
    text: &str,
    now: Timestamp,
    lean: Lean,
    offset: &impl Fn(Timestamp) -> i32,
) -> Option<Timestamp> {
    let (day, rest) = number(text, 1..=2)?;
    let (name, rest) = rest.trim_start().split_at_checked(3)?;
    let month = words::MONTHS
        .iter()
        .position(|month| name.eq_ignore_ascii_case(month))?
        + 1;
    let (year, clock) = rest.split_once(',')?;
    let year = match year.trim() {
        "" => (now + minutes(offset(now))).utc_date().0,
        year => number(year, 4..=4).filter(|(_, rest)| rest.is_empty())?.0,
    };
    let clock = clock.trim();
    dated(
        &format!("{year:04}-{month:02}-{day:02} {clock}"),
        lean,
        offset,
    )
}

/// "10 min ago errors began" as the span and the rest.
fn ago(text: &str) -> Option<(Span, &str)> {
    let (span, rest) = length(text, Unit::Needed)?;
    let rest = rest.trim_start();
    let (word, after) = (rest.get(..3)?, rest.get(3..)?);
    (word.eq_ignore_ascii_case("ago") && !after.starts_with(char::is_alphanumeric))
        .then_some((span, after))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
    Needed,
    /// Minutes are meant where a sign says that a span is.
    MayLack(bool),
}

fn length(text: &str, unit: Unit) -> Option<(Span, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let number: i64 = text
        .get(..digits)
        .filter(|digits| (1..=4).contains(&digits.len()))?
        .parse()
        .ok()?;
    let rest = text.get(digits..)?.trim_start();
    let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (word, after) = (
        rest.get(..letters)?.to_ascii_lowercase(),
        rest.get(letters..)?,
    );
    let span = match word.as_str() {
        "m" | "min" | "mins" | "minute" | "minutes" => Span::minutes(number),
        "h" | "hour" | "hours" => Span::hours(number),
        "d" | "day" | "days" => Span::days(number),
        "" if unit == Unit::MayLack(true) => Span::minutes(number),
        _ => return None,
    };
    Some((span, after))
}

/// The text after a word and the gap behind it.
fn strip_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let head = text.get(..word.len())?;
    let rest = text.get(word.len()..)?;
    (head.eq_ignore_ascii_case(word) && rest.starts_with(char::is_whitespace))
        .then(|| rest.trim_start())
}

/// A time of day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Clock {
    ms: i64,
    utc: bool,
}

impl Clock {
    /// `2:13`, `02:13:20`, `2:13 pm`, `02:13Z`, `02:13 UTC`, with what follows.
    fn read(text: &str) -> Option<(Self, &str)> {
        let (hour, rest) = number(text, 1..=2)?;
        let (minute, mut rest) = number(rest.strip_prefix(':')?, 2..=2)?;
        let mut second = 0;
        if let Some((seconds, after)) = rest.strip_prefix(':').and_then(|rest| number(rest, 2..=2))
        {
            (second, rest) = (seconds, after);
        }
        let (hour, rest) = match half_of_day(rest) {
            Some((half, rest)) if (1..=12).contains(&hour) => (hour % 12 + half, rest),
            Some(_) => return None,
            None => (hour, rest),
        };
        if hour > 23 || minute > 59 || second > 59 {
            return None;
        }
        let (utc, rest) = match zone(rest) {
            Some(rest) => (true, rest),
            None => (false, rest),
        };
        // "02:13x", "02:130" and "02:13-02:20" are something else.
        let ends = rest
            .chars()
            .next()
            .is_none_or(|next| next.is_whitespace() || ",:–—-".contains(next));
        let range = rest
            .strip_prefix(['-', '–', '—'])
            .is_some_and(|rest| rest.starts_with(|next: char| next.is_ascii_digit()));
        let clock = Self {
            ms: ((hour * 60 + minute) * 60 + second) * 1000,
            utc,
        };
        (ends && !range).then_some((clock, rest))
    }

    fn after_midnight(self, midnight: Timestamp, offset: &impl Fn(Timestamp) -> i32) -> Timestamp {
        let local = midnight + Span(self.ms);
        if self.utc {
            return local;
        }
        // The offset is that of the instant meant, which is found from the offset near it.
        let near = local - minutes(offset(local));
        local - minutes(offset(near))
    }

    /// This time on the day of `now`, so many days on.
    fn on(self, now: Timestamp, days: i64, offset: &impl Fn(Timestamp) -> i32) -> Timestamp {
        let local = if self.utc {
            now
        } else {
            now + minutes(offset(now))
        };
        let midnight =
            Timestamp::clamped(local.ms().div_euclid(DAY_MS) * DAY_MS) + Span::days(days);
        self.after_midnight(midnight, offset)
    }

    /// The last time that the clock showed this.
    fn last(
        self,
        now: Timestamp,
        yesterday: bool,
        offset: &impl Fn(Timestamp) -> i32,
    ) -> Timestamp {
        let today = self.on(now, 0, offset);
        if yesterday || today > now + AHEAD {
            self.on(now, -1, offset)
        } else {
            today
        }
    }
}

fn minutes(number: i32) -> Span {
    Span::minutes(i64::from(number))
}

fn number(text: &str, digits: std::ops::RangeInclusive<usize>) -> Option<(i64, &str)> {
    let count = text.bytes().take_while(u8::is_ascii_digit).count();
    let number = text
        .get(..count)
        .filter(|_| digits.contains(&count))?
        .parse()
        .ok()?;
    Some((number, text.get(count..)?))
}

fn half_of_day(text: &str) -> Option<(i64, &str)> {
    let rest = text.trim_start();
    let half = match rest.get(..2)?.to_ascii_lowercase().as_str() {
        "am" => 0,
        "pm" => 12,
        _ => return None,
    };
    let rest = rest.get(2..)?;
    (!rest.starts_with(char::is_alphanumeric)).then_some((half, rest))
}

fn zone(text: &str) -> Option<&str> {
    if let Some(rest) = text.strip_prefix(['Z', 'z']) {
        return (!rest.starts_with(char::is_alphanumeric)).then_some(rest);
    }
    let rest = text.trim_start();
    let (head, rest) = (rest.get(..3)?, rest.get(3..)?);
    (head.eq_ignore_ascii_case("utc") && !rest.starts_with(char::is_alphanumeric)).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse_rfc3339(text).unwrap()
    }

    /// Half past three in the night, an hour east of UTC.
    fn now() -> Timestamp {
        at("2026-11-24T02:30:20Z")
    }

    fn check_line(line: &str, expected: Option<(&str, &str)>) {
        let read = split(line, now(), |_| 60);
        let expected = expected.map(|(when, words)| SaidAt {
            at: at(when),
            words,
        });
        assert_eq!(read, expected, "{line}");
    }

    #[test]
    fn a_line_that_begins_with_a_time_is_of_that_time() {
        check_line(
            "03:13 errors began",
            Some(("2026-11-24T02:13:00Z", "errors began")),
        );
        check_line(
            "  3:13 errors began",
            Some(("2026-11-24T02:13:00Z", "errors began")),
        );
        check_line(
            "at 03:13, errors began",
            Some(("2026-11-24T02:13:00Z", "errors began")),
        );
        check_line(
            "03:13:20 – errors",
            Some(("2026-11-24T02:13:20Z", "errors")),
        );
        check_line("3:13 am errors", Some(("2026-11-24T02:13:00Z", "errors")));
        check_line("02:13Z errors", Some(("2026-11-24T02:13:00Z", "errors")));
        check_line("02:13 UTC errors", Some(("2026-11-24T02:13:00Z", "errors")));
        check_line("23:50 errors", Some(("2026-11-23T22:50:00Z", "errors")));
        check_line(
            "yesterday 03:00 deploy",
            Some(("2026-11-23T02:00:00Z", "deploy")),
        );
        check_line(
            "10 min ago errors",
            Some(("2026-11-24T02:20:20Z", "errors")),
        );
        check_line("2 h ago: errors", Some(("2026-11-24T00:30:20Z", "errors")));
        check_line("03:30 just now", Some(("2026-11-24T02:30:00Z", "just now")));
    }

    #[test]
    fn what_may_mean_something_else_is_left_alone() {
        for line in [
            "",
            "03:13",
            "errors since 03:13",
            "03:13-03:20 errors",
            "03:13 - 03:20 errors",
            "03:13 to 03:20 errors",
            "03:13 until now errors",
            "15:00 change freeze starts",
            "03:135 errors",
            "3:1 odds",
            "25:10 errors",
            "03:61 errors",
            "13:10 pm errors",
            "1234:10 errors",
            "10 minors ago",
            "10 min later it was back",
            "at once everything failed",
            "03:13x",
            "۰۳:۱۳ errors",
        ] {
            check_line(line, None);
        }
    }

    #[test]
    fn a_time_of_another_day_is_read_as_it_is_written() {
        for (text, expected) in [
            ("25 Nov, 00:10", "2026-11-24T23:10:00Z"),
            ("25 nov, 00:10", "2026-11-24T23:10:00Z"),
            ("1 Jan 2027, 02:13", "2027-01-01T01:13:00Z"),
            ("23 Nov 2025, 3:13 pm", "2025-11-23T14:13:00Z"),
            ("23 Nov, 02:13 UTC", "2026-11-23T02:13:00Z"),
        ] {
            check_field(text, Lean::Future, Some(expected));
            check_field(text, Lean::Past, Some(expected));
        }
        for text in [
            "31 Feb, 00:10",
            "0 Nov, 00:10",
            "25 Nov",
            "25 Nov 00:10 or so",
            "25 Nov, 25:10",
            "25 Now, 00:10",
            "25 Nov 26, 00:10",
            "25 Nóv, 00:10",
            "25 Nov, ",
        ] {
            assert!(
                instant(text, now(), Lean::Future, |_| 60).is_err(),
                "{text}"
            );
        }
    }

    fn check_field(text: &str, lean: Lean, expected: Option<&str>) {
        let read = instant(text, now(), lean, |_| 60);
        assert_eq!(read, Ok(expected.map(at)), "{text}");
    }

    #[test]
    fn a_field_understands_what_people_write() {
        check_field("", Lean::Past, None);
        check_field(" now ", Lean::Future, None);
        check_field("03:13", Lean::Past, Some("2026-11-24T02:13:00Z"));
        check_field("15:00", Lean::Past, Some("2026-11-23T14:00:00Z"));
        check_field("03:13", Lean::Future, Some("2026-11-25T02:13:00Z"));
        check_field("15:00", Lean::Future, Some("2026-11-24T14:00:00Z"));
        check_field("10 min ago", Lean::Future, Some("2026-11-24T02:20:20Z"));
        check_field("-10", Lean::Past, Some("2026-11-24T02:20:20Z"));
        check_field("10 min", Lean::Past, Some("2026-11-24T02:20:20Z"));
        check_field("30 min", Lean::Future, Some("2026-11-24T03:00:20Z"));
        check_field("in 30 min", Lean::Future, Some("2026-11-24T03:00:20Z"));
        check_field("+30", Lean::Future, Some("2026-11-24T03:00:20Z"));
        check_field("in 2 h", Lean::Past, Some("2026-11-24T04:30:20Z"));
        check_field("3 days", Lean::Future, Some("2026-11-27T02:30:20Z"));
        check_field("yesterday 23:50", Lean::Past, Some("2026-11-23T22:50:00Z"));
        check_field("tomorrow 9:00", Lean::Future, Some("2026-11-25T08:00:00Z"));
        check_field("2026-11-23 23:50", Lean::Past, Some("2026-11-23T22:50:00Z"));
        check_field("2026-11-23T23:50", Lean::Past, Some("2026-11-23T22:50:00Z"));
        check_field("2026-11-23", Lean::Past, Some("2026-11-22T23:00:00Z"));
        check_field("2026-12-01", Lean::Future, Some("2026-12-01T17:00:00Z"));
        check_field(
            "2026-11-23T23:50:00+05:30",
            Lean::Past,
            Some("2026-11-23T18:20:00Z"),
        );
    }

    #[test]
    fn a_field_says_what_it_cannot_read() {
        for text in [
            "soon",
            "10",
            "24:00",
            "2026-13-01",
            "03:13 and later",
            "99999 min",
            "2026-11-23 99:00",
        ] {
            assert!(instant(text, now(), Lean::Past, |_| 60).is_err(), "{text}");
        }
    }

    #[test]
    fn the_clock_change_is_seen() {
        // Central Europe, 2026-10-25: 03:00 summer time becomes 02:00.
        let change = at("2026-10-25T01:00:00Z");
        let offset = |when: Timestamp| if when < change { 120 } else { 60 };
        let read = instant("01:30", at("2026-10-25T05:00:00Z"), Lean::Past, offset);
        assert_eq!(read, Ok(Some(at("2026-10-24T23:30:00Z"))));
        let read = instant("04:30", at("2026-10-25T05:00:00Z"), Lean::Past, offset);
        assert_eq!(read, Ok(Some(at("2026-10-25T03:30:00Z"))));
    }

    proptest! {
        #[test]
        fn any_line_and_field_is_read_without_harm(text in "\\PC{0,40}", ms in -62_135_596_800_000_i64..=253_402_300_799_999, minutes in -900..900) {
            let now = Timestamp::clamped(ms);
            let _ = instant(&text, now, Lean::Past, |_| minutes);
            if let Some(said) = split(&text, now, |_| minutes) {
                prop_assert!(text.trim().ends_with(said.words.trim_end()));
            }
        }

        #[test]
        fn a_time_that_is_written_with_its_day_is_read_back(away in -2_000_000_i64..2_000_000, minutes in -840..840, future: bool) {
            let when = Timestamp::clamped(now().ms() / 60_000 * 60_000) + Span::minutes(away);
            let local = |at: Timestamp| at + super::minutes(minutes);
            let written = words::wall_of(local(when), local(now()));
            prop_assume!(written.contains(','));
            let lean = if future { Lean::Future } else { Lean::Past };
            prop_assert_eq!(instant(&written, now(), lean, |_| minutes), Ok(Some(when)), "{}", written);
        }

        #[test]
        fn the_last_half_day_is_understood(back in 0_i64..719, minutes in -840..840) {
            let now = now();
            let when = now - Span::minutes(back);
            let local = (when + Span::minutes(i64::from(minutes))).to_string();
            let line = format!("{} errors", &local[11..16]);
            let said = split(&line, now, |_| minutes).unwrap();
            prop_assert!((when - said.at).0 < 60_000 && when >= said.at);
        }
    }
}
