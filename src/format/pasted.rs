//! Lines copied from a chat or a log, each with the time that it begins with.
//!
//! Reads ISO 8601 and RFC 3339, both forms of syslog (RFC 3164 and RFC 5424), Unix seconds and
//! milliseconds, `date`'s words, days of chats and clock times alone. What has no time of its own
//! belongs to the line before. Knows no clock and no zone: now, and the offset of the lines' clock from
//! UTC, come in. Any text gives a reading.

use std::borrow::Cow;

use chrono::{NaiveDate, NaiveTime};

use crate::model::fact::{Change, Words};
use crate::model::term::ChangeKind;
use crate::model::{Digest, Event, Fact, Timestamp, order};

/// Lines that are read; what is longer is told.
pub const MOST_LINES: usize = 2_000;
/// Bytes of one entry's words; longer ones are cut, and say so.
const LONGEST: usize = 4_000;
const DAY_MS: i64 = 86_400_000;
/// Clocks differ: a little ahead is still now.
const AHEAD_MS: i64 = 5 * 60_000;
/// Lines of one log stand out of order by so much at most; what goes back further is of another day.
const DISORDER_MS: i64 = 60 * 60_000;

/// How times are to be read where a line does not say.
#[derive(Clone, Copy)]
pub struct Clock<'a> {
    /// Now.
    pub now: Timestamp,
    /// How far the lines' clock is east of UTC at an instant, in minutes.
    pub offset: &'a dyn Fn(Timestamp) -> i32,
    /// Whether `03/04/2026` is the third of April.
    pub day_first: bool,
}

/// A line with its time.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pasted {
    /// The line in the text, counted from 1.
    pub line: usize,
    /// When it was.
    pub at: Timestamp,
    /// What it says, with the lines below it that have no time.
    pub words: String,
}

/// What was read.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Reading {
    /// The lines with a time, in the order of their times; of equal ones, as they came.
    pub lines: Vec<Pasted>,
    /// Whether some line has a time without a zone.
    pub asks_zone: bool,
    /// Whether some line's day and month could be either way round.
    pub asks_day: bool,
    /// Lines before the first that has a time, which belong to none.
    pub without: usize,
    /// Lines with a time and no words.
    pub wordless: usize,
    /// Lines beyond [`MOST_LINES`].
    pub beyond: usize,
}

/// A time at the beginning of a line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Stamp {
    /// With its zone, or counted from 1970.
    Instant(Timestamp),
    /// By a clock on a wall, its milliseconds as if it were UTC.
    Wall(i64),
    /// The same, without its year; minutes east of UTC where that is said.
    Yearless {
        month: u32,
        day: u32,
        time: NaiveTime,
        zone: Option<i32>,
    },
    /// A clock time alone; minutes east of UTC where that is said.
    Clock { time: NaiveTime, zone: Option<i32> },
}

impl Stamp {
    /// Whether it says of which zone it is.
    fn has_zone(self) -> bool {
        match self {
            Self::Instant(_) => true,
            Self::Wall(_) => false,
            Self::Yearless { zone, .. } | Self::Clock { zone, .. } => zone.is_some(),
        }
    }
}

struct Begun<'a> {
    stamp: Stamp,
    /// What follows.
    rest: Cow<'a, str>,
    /// Day and month could be either way round.
    either: bool,
}

/// Reads a text. Lines without a time continue the line before.
pub fn read(text: &str, clock: &Clock<'_>) -> Reading {
    let mut reading = Reading::default();
    let mut found: Vec<(usize, Stamp, String)> = Vec::new();
    for (place, line) in text.lines().enumerate() {
        let line = line.trim_end();
        if place >= MOST_LINES {
            reading.beyond += usize::from(!line.trim().is_empty());
            continue;
        }
        match begun(line, clock.day_first, latest(clock)) {
            Some(begun) => {
                reading.asks_day |= begun.either;
                reading.asks_zone |= !begun.stamp.has_zone();
                found.push((place + 1, begun.stamp, begun.rest.into_owned()));
            }
            None if line.trim().is_empty() => {}
            None => match found.last_mut() {
                Some((.., words)) => {
                    if !words.is_empty() {
                        words.push('\n');
                    }
                    words.push_str(line.trim());
                }
                None => reading.without += 1,
            },
        }
    }
    let stamps: Vec<Stamp> = found.iter().map(|(_, stamp, _)| *stamp).collect();
    let instants = instants(&stamps, clock);
    for ((line, _, words), at) in found.into_iter().zip(instants) {
        let words = cut(words.trim());
        if words.is_empty() {
            reading.wordless += 1;
        } else {
            reading.lines.push(Pasted { line, at, words });
        }
    }
    order::sort_by_key(&mut reading.lines, |line| (line.at, line.line));
    reading
}

/// Whether a text looks as if it were copied from a chat or a log: two lines or more that begin with a
/// time.
pub fn looks_like(text: &str) -> bool {
    let lines = text.lines().take(MOST_LINES);
    let mut dated = lines.filter(|line| begun(line, true, Timestamp::MAX).is_some());
    dated.nth(1).is_some()
}

/// What lines are.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Lines {
    /// What people said, or machines logged.
    Notes,
    /// What was changed, of a service where one is named.
    Changes(ChangeKind, String),
}

/// The event that a line becomes. It is made of the line and what it is alone, so that whoever pastes
/// the same line holds the same event.
pub fn event(line: &Pasted, lines: &Lines) -> Event {
    let text = line.words.clone();
    let fact = match lines {
        Lines::Notes => Fact::Note(Words { text }),
        Lines::Changes(change, service) => Fact::ChangeRecorded(Change {
            text,
            change: *change,
            service: service.trim().to_owned(),
            reference: String::new(),
        }),
    };
    let draft = fact.draft();
    let digest = Digest::of(&[b"muster-pasted-1\n", draft.body.as_bytes()]);
    let source = format!("a pasted line, {} {}", line.at, digest.short());
    let content = format!("{source}\n{}", draft.body);
    let content: [&[u8]; 2] = [b"muster-pasted-1\n", content.as_bytes()];
    let draft = crate::model::Draft {
        at: Some(line.at),
        ..draft
    };
    Event::made_of(&content, source, 1, line.at, draft)
}

fn cut(words: &str) -> String {
    if words.len() <= LONGEST {
        return words.to_owned();
    }
    let mut end = LONGEST;
    while !words.is_char_boundary(end) {
        end -= 1;
    }
    let kept = words.get(..end).unwrap_or_default();
    format!("{kept} … (cut)")
}

fn latest(clock: &Clock<'_>) -> Timestamp {
    Timestamp::clamped(clock.now.ms().saturating_add(AHEAD_MS))
}

/// What the stamps mean. A clock time alone goes with the whole time before it, where there is one: it
/// is the first such time from there on. Those before any whole time go with what follows: the last
/// such time before that, and of the last line before now.
fn instants(stamps: &[Stamp], clock: &Clock<'_>) -> Vec<Timestamp> {
    let latest = latest(clock);
    let mut places: Vec<usize> = (0..stamps.len()).collect();
    if is_newest_first(stamps) {
        places.reverse();
    }
    let mut instants: Vec<Option<Timestamp>> = vec![None; stamps.len()];
    let mut before: Option<Timestamp> = None;
    for place in &places {
        let (Some(stamp), Some(slot)) = (stamps.get(*place), instants.get_mut(*place)) else {
            continue;
        };
        *slot = match *stamp {
            Stamp::Instant(at) => Some(at),
            Stamp::Wall(ms) => Some(of_wall(ms, clock.offset)),
            Stamp::Yearless {
                month,
                day,
                time,
                zone,
            } => Some(with_zone(zone, clock, |offset| {
                of_day(month, day, time, latest, clock.now, offset)
            })),
            Stamp::Clock { time, zone } => before.map(|before| {
                with_zone(zone, clock, |offset| {
                    from_then_on(time, before, latest, offset)
                })
            }),
        };
        before = slot.or(before);
    }
    let mut follows = latest;
    for place in places.iter().rev() {
        let (Some(stamp), Some(slot)) = (stamps.get(*place), instants.get_mut(*place)) else {
            continue;
        };
        if let (None, Stamp::Clock { time, zone }) = (*slot, *stamp) {
            let by = Timestamp::clamped(follows.ms().saturating_add(DISORDER_MS)).min(latest);
            *slot = Some(with_zone(zone, clock, |offset| of_clock(time, by, offset)));
        }
        follows = slot.unwrap_or(follows).min(latest);
    }
    let instants = instants.into_iter();
    instants.map(|at| at.unwrap_or(clock.now)).collect()
}

/// By the zone that a stamp has itself, or else by the one that was asked for.
fn with_zone(
    zone: Option<i32>,
    clock: &Clock<'_>,
    work_out: impl Fn(&dyn Fn(Timestamp) -> i32) -> Timestamp,
) -> Timestamp {
    match zone {
        Some(minutes) => work_out(&move |_| minutes),
        None => work_out(clock.offset),
    }
}

/// Whether clock times alone cover less of the day when they are read from the last line on.
fn is_newest_first(stamps: &[Stamp]) -> bool {
    let clocks = stamps.iter().filter_map(|stamp| match stamp {
        Stamp::Clock { time, .. } => Some(of_midnight(*time)),
        _ => None,
    });
    let clocks: Vec<i64> = clocks.collect();
    let pairs = clocks.iter().zip(clocks.iter().skip(1));
    let on: i64 = pairs.clone().map(|(a, b)| (b - a).rem_euclid(DAY_MS)).sum();
    let back: i64 = pairs.map(|(a, b)| (a - b).rem_euclid(DAY_MS)).sum();
    back < on
}

/// The instant at which a wall clock shows this.
fn of_wall(ms: i64, offset: &dyn Fn(Timestamp) -> i32) -> Timestamp {
    let minutes = |at: i64| i64::from(offset(Timestamp::clamped(at))) * 60_000;
    // The offset of the instant, not of the wall's reading: they differ around a change of clocks.
    let near = ms - minutes(ms);
    Timestamp::clamped(ms - minutes(near))
}

/// The last such day that has come.
fn of_day(
    month: u32,
    day: u32,
    time: NaiveTime,
    latest: Timestamp,
    now: Timestamp,
    offset: &dyn Fn(Timestamp) -> i32,
) -> Timestamp {
    let (this_year, ..) = now.utc_date();
    let this_year = i32::try_from(this_year).unwrap_or(1970);
    // One may be the 29th of February.
    let years = (0..=8).map(|back| this_year + 1 - back);
    let instants = years.filter_map(|year| Some(of_wall(wall(year, month, day, time)?, offset)));
    let mut past = instants.filter(|at| *at <= latest);
    past.next().unwrap_or(now)
}

/// The day on which an instant lies by a clock, from its midnight on, and the clock time on the days
/// around it.
fn around(
    time: NaiveTime,
    at: Timestamp,
    days: [i64; 4],
    offset: &dyn Fn(Timestamp) -> i32,
) -> [Timestamp; 4] {
    let local = at.ms() + i64::from(offset(at)) * 60_000;
    let midnight = local.div_euclid(DAY_MS) * DAY_MS;
    let of_day = midnight + of_midnight(time);
    days.map(|days| of_wall(of_day + days * DAY_MS, offset))
}

/// The last time that the clock showed this, by then.
fn of_clock(time: NaiveTime, by: Timestamp, offset: &dyn Fn(Timestamp) -> i32) -> Timestamp {
    let days = around(time, by, [1, 0, -1, -2], offset);
    let mut past = days.into_iter().filter(|at| *at <= by);
    past.next().unwrap_or(by)
}

/// The first time that the clock shows this from then on, but nothing that is still to come.
fn from_then_on(
    time: NaiveTime,
    then: Timestamp,
    latest: Timestamp,
    offset: &dyn Fn(Timestamp) -> i32,
) -> Timestamp {
    let earliest = then.ms().saturating_sub(DISORDER_MS);
    let days = around(time, then, [-1, 0, 1, 2], offset);
    let mut on = days.into_iter().filter(|at| at.ms() >= earliest);
    let on = on.next().unwrap_or(then);
    if on > latest && then <= latest {
        of_clock(time, latest, offset)
    } else {
        on
    }
}

fn of_midnight(time: NaiveTime) -> i64 {
    time.signed_duration_since(NaiveTime::MIN)
        .num_milliseconds()
}

fn wall(year: i32, month: u32, day: u32, time: NaiveTime) -> Option<i64> {
    let day = NaiveDate::from_ymd_opt(year, month, day)?;
    Some(day.and_time(time).and_utc().timestamp_millis())
}

/// The time that a line begins with, and what follows.
fn begun(line: &str, day_first: bool, latest: Timestamp) -> Option<Begun<'_>> {
    let line = line
        .trim_start()
        .trim_start_matches(['\u{feff}', '>', '•', '*', '-']);
    let line = priority_left_out(line.trim_start());
    let (closing, inner) = match line.chars().next()? {
        '[' => (Some(']'), line.get(1..)?),
        '(' => (Some(')'), line.get(1..)?),
        '"' => (Some('"'), line.get(1..)?),
        _ => (None, line),
    };
    let mut begun = stamp(inner.trim_start(), day_first, latest)?;
    if let Some(closing) = closing {
        begun.rest = unclosed(begun.rest, closing)?;
    } else if goes_on(&begun.rest) {
        return None;
    }
    begun.rest = match begun.rest {
        Cow::Borrowed(rest) => Cow::Borrowed(words_of(rest)),
        Cow::Owned(rest) => Cow::Owned(words_of(&rest).to_owned()),
    };
    Some(begun)
}

/// "02:13.5" and "10:30th": a number of something else.
fn goes_on(rest: &str) -> bool {
    if !rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, ':' | '.' | '/')) {
        return false;
    }
    let then_letter = rest.chars().nth(1).is_some_and(char::is_alphanumeric);
    then_letter || !rest.starts_with(':')
}

/// What follows a time without what closes it: `] x`, and ` INFO] x` too.
fn unclosed(rest: Cow<'_, str>, closing: char) -> Option<Cow<'_, str>> {
    let Cow::Borrowed(rest) = rest else {
        return None;
    };
    if let Some(rest) = rest.trim_start().strip_prefix(closing) {
        return Some(Cow::Borrowed(rest));
    }
    let (inside, after) = rest.strip_prefix(' ')?.split_once(closing)?;
    Some(Cow::Owned([inside.trim(), " ", after.trim()].concat()))
}

fn words_of(rest: &str) -> &str {
    let rest = rest.trim_start();
    let rest = rest.trim_start_matches([',', ':', '–', '—', '-', '|', ']', '\t', ';']);
    rest.trim()
}

/// Syslog's priority, and RFC 5424's version: `<34>1 `.
fn priority_left_out(line: &str) -> &str {
    let Some((number, rest)) = line.strip_prefix('<').and_then(|rest| rest.split_once('>')) else {
        return line;
    };
    let is_priority = (1..=3).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    if !is_priority {
        return line;
    }
    rest.strip_prefix("1 ").unwrap_or(rest)
}

fn stamp(text: &str, day_first: bool, latest: Timestamp) -> Option<Begun<'_>> {
    dated(text, day_first)
        .or_else(|| worded(text))
        .or_else(|| counted(text, latest))
        .or_else(|| {
            let (time, rest) = clock_time(text)?;
            // "02:13 -10 nodes": a number is a zone only where it stands at the time itself.
            let apart = rest.starts_with(' ');
            let (zone, rest) = match zone(rest) {
                (Some(minutes), _) if apart && minutes != 0 => (None, rest),
                zoned => zoned,
            };
            Some(plain(Stamp::Clock { time, zone }, rest))
        })
}

fn plain(stamp: Stamp, rest: &str) -> Begun<'_> {
    Begun {
        stamp,
        rest: Cow::Borrowed(rest),
        either: false,
    }
}

/// `2026-11-24T02:13:05.123Z`, `2026/11/24 02:13`, `24.11.2026, 02:13`, `11/24/26, 2:13 AM`.
fn dated(text: &str, day_first: bool) -> Option<Begun<'_>> {
    let (first, rest) = number(text, 4)?;
    let mark = rest
        .chars()
        .next()
        .filter(|c| matches!(c, '-' | '/' | '.'))?;
    let (second, rest) = number(rest.get(1..)?, 2)?;
    let (third, rest) = number(rest.strip_prefix(mark)?, 4)?;
    let digits = |start: &str, end: &str| start.len() - end.len();
    let year_first = digits(text, text.trim_start_matches(|c: char| c.is_ascii_digit())) == 4;
    let mut either = false;
    let (year, month, day) = if year_first {
        (first, second, third)
    } else {
        let day_leads = match mark {
            '.' => true,
            _ if first > 12 => true,
            _ if second > 12 => false,
            _ => {
                either = first != second;
                day_first
            }
        };
        let year = if third < 100 { 2000 + third } else { third };
        if day_leads {
            (year, second, first)
        } else {
            (year, first, second)
        }
    };
    let rest = rest
        .strip_prefix(['T', 't', '_'])
        .unwrap_or_else(|| rest.trim_start_matches([',', ' ']));
    let (time, rest) = clock_time(rest)?;
    let ms = wall(i32::try_from(year).ok()?, month, day, time)?;
    let (zone, rest) = zone(rest);
    let stamp = zone.map_or(Stamp::Wall(ms), |minutes| {
        Stamp::Instant(Timestamp::clamped(ms - i64::from(minutes) * 60_000))
    });
    Some(Begun {
        stamp,
        rest: Cow::Borrowed(rest),
        either,
    })
}

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];
const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// `Nov 24 02:13:05`, `Tue Nov 24 02:13:05 UTC 2026`, `24/Nov/2026:02:13:05 +0100`, `24 Nov 2026 02:13`.
fn worded(text: &str) -> Option<Begun<'_>> {
    let text = match name(text, &DAYS) {
        Some((_, rest)) => rest.trim_start_matches([',', ' ']),
        None => text,
    };
    let (month, day, year, rest) = match name(text, &MONTHS) {
        Some((month, rest)) => {
            let (day, rest) = number(rest.trim_start(), 2)?;
            (month, day, None, rest.trim_start_matches([',', ' ']))
        }
        None => {
            let (day, rest) = number(text, 2)?;
            let (month, rest) = name(rest.strip_prefix([' ', '/', '-'])?, &MONTHS)?;
            let rest = rest.strip_prefix([' ', '/', '-'])?;
            match number(rest, 4).filter(|(year, _)| *year > 1969) {
                Some((year, rest)) => (
                    month,
                    day,
                    Some(year),
                    rest.trim_start_matches([' ', ':', ',']),
                ),
                None => (month, day, None, rest),
            }
        }
    };
    // "Nov 24 2026 02:13:05", as switches write it.
    let (year, rest) = match number(rest, 4).filter(|(year, _)| *year > 1969) {
        Some((year, after)) if year_stands_alone(after) => (Some(year), after.trim_start()),
        _ => (year, rest),
    };
    let (time, rest) = clock_time(rest)?;
    let (zone, rest) = zone(rest);
    // "02:13:05 UTC 2026", as `date` writes it.
    let (year, rest) = match (year, number(rest.trim_start(), 4)) {
        (None, Some((year, after))) if (1970..3000).contains(&year) && zone.is_some() => {
            (Some(year), after)
        }
        _ => (year, rest),
    };
    let stamp = match year {
        None => {
            // A year in which the day exists at all.
            wall(2024, month, day, time)?;
            Stamp::Yearless {
                month,
                day,
                time,
                zone,
            }
        }
        Some(year) => {
            let ms = wall(i32::try_from(year).ok()?, month, day, time)?;
            zone.map_or(Stamp::Wall(ms), |minutes| {
                Stamp::Instant(Timestamp::clamped(ms - i64::from(minutes) * 60_000))
            })
        }
    };
    Some(plain(stamp, rest))
}

fn year_stands_alone(after: &str) -> bool {
    after.starts_with(' ')
}

/// Seconds or milliseconds since 1970 up to now: ten or thirteen digits. Telephone numbers mostly lie
/// beyond.
fn counted(text: &str, latest: Timestamp) -> Option<Begun<'_>> {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (whole, rest) = (text.get(..digits)?, text.get(digits..)?);
    let ms = match digits {
        10 => whole.parse::<i64>().ok()? * 1_000,
        13 => whole.parse::<i64>().ok()?,
        _ => return None,
    };
    let (part, rest) = fraction(rest);
    let ms = ms + i64::from(part);
    let at = Timestamp::from_ms(ms).ok().filter(|at| *at <= latest)?;
    Some(plain(Stamp::Instant(at), rest))
}

/// `02:13`, `2:13:05,123`, `2:13 AM`.
fn clock_time(text: &str) -> Option<(NaiveTime, &str)> {
    let (hour, rest) = number(text, 2)?;
    let (minute, rest) = two(rest.strip_prefix(':')?)?;
    let seconds = rest.strip_prefix(':').and_then(two);
    let (second, rest, part) = match seconds {
        Some((second, rest)) => {
            let (part, rest) = fraction(rest);
            (second, rest, part)
        }
        None => (0, rest, 0),
    };
    // "14:13 am Gateway" is German.
    let (half, rest) = match hour {
        1..=12 => half_of_day(rest),
        _ => (None, rest),
    };
    let hour = match (half, hour) {
        (None, hour) => hour,
        (Some(false), hour) => hour % 12,
        (Some(true), hour) => hour % 12 + 12,
    };
    // A leap second is the last one that clocks have.
    let time = NaiveTime::from_hms_milli_opt(hour, minute, second.min(59), part)?;
    (second <= 60).then_some((time, rest))
}

/// Exactly two digits, and what follows.
fn two(text: &str) -> Option<(u32, &str)> {
    let digits = text.get(..2)?;
    let are_digits = digits.bytes().all(|byte| byte.is_ascii_digit());
    let number = digits.parse().ok().filter(|_| are_digits)?;
    Some((number, text.get(2..)?))
}

/// Thousandths after a point or a comma, and what follows.
fn fraction(text: &str) -> (u32, &str) {
    let Some(digits) = text.strip_prefix(['.', ',']) else {
        return (0, text);
    };
    let rest = digits.trim_start_matches(|c: char| c.is_ascii_digit());
    let length = digits.len() - rest.len();
    if length == 0 {
        return (0, text);
    }
    let first: String = digits
        .chars()
        .take(length)
        .chain("00".chars())
        .take(3)
        .collect();
    (first.parse().unwrap_or(0), rest)
}

/// Whether it is the afternoon, where that is said.
fn half_of_day(text: &str) -> (Option<bool>, &str) {
    let after = text.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    for (word, afternoon) in [("am", false), ("pm", true), ("a.m.", false), ("p.m.", true)] {
        let found = after.get(..word.len());
        if found.is_some_and(|found| found.eq_ignore_ascii_case(word)) {
            let rest = after.get(word.len()..).unwrap_or_default();
            if !rest.starts_with(char::is_alphanumeric) {
                return (Some(afternoon), rest);
            }
        }
    }
    (None, text)
}

/// Minutes east of UTC, where that is said: `Z`, `UTC`, `GMT`, `+01:00`, `-0500`, `+01`.
fn zone(text: &str) -> (Option<i32>, &str) {
    let after = text.strip_prefix(' ').unwrap_or(text);
    for word in ["UTC", "GMT", "Z", "z"] {
        let Some(rest) = after.strip_prefix(word) else {
            continue;
        };
        if !rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '+' | '-')) {
            return (Some(0), rest);
        }
    }
    let (sign, digits) = match (after.strip_prefix('+'), after.strip_prefix(['-', '−'])) {
        (Some(rest), _) => (1, rest),
        (_, Some(rest)) => (-1, rest),
        _ => return (None, text),
    };
    let Some((hours, rest)) = two(digits).filter(|(hours, _)| *hours <= 14) else {
        return (None, text);
    };
    let minutes = two(rest.strip_prefix(':').unwrap_or(rest)).filter(|(minutes, _)| *minutes < 60);
    let (minutes, rest) = minutes.unwrap_or((0, rest));
    if rest.starts_with(char::is_alphanumeric) {
        return (None, text);
    }
    let east = i32::try_from(hours * 60 + minutes).unwrap_or(0);
    (Some(sign * east), rest)
}

/// A whole number of up to so many digits at the beginning, and what follows.
fn number(text: &str, most: usize) -> Option<(u32, &str)> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let length = text.len() - rest.len();
    if length == 0 || length > most {
        return None;
    }
    Some((text.get(..length)?.parse().ok()?, rest))
}

/// One of some names of three letters, or the whole word that begins so, and what follows; counted
/// from 1.
fn name<'a>(text: &'a str, names: &[&str]) -> Option<(u32, &'a str)> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let word = text.get(..text.len() - rest.len())?;
    let first = word.get(..3).filter(|_| word.len() <= 9)?;
    let mut names = names.iter().zip(1..);
    let (_, number) = names.find(|(name, _)| name.eq_ignore_ascii_case(first))?;
    Some((number, rest.strip_prefix('.').unwrap_or(rest)))
}

#[cfg(test)]
mod tests;
