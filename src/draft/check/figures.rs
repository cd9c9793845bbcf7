//! Figures and times in a text, in a form that can be compared: "02:13" and "2:13 am" are one.
//!
//! Left out are dates, versions, telephone numbers, addresses, and figures that are part of a name
//! (`P1`, `INC-17`, `3rd`).

use std::ops::Range;

use crate::guide::words::MONTHS_IN_FULL;

/// What a figure says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Value {
    /// Minutes after midnight.
    Time(u32),
    /// A part of a hundred.
    Percent(Box<str>),
    /// A count or size.
    Plain(Box<str>),
}

/// A figure in a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Figure {
    /// Its bytes, with a percent sign that belongs to it.
    pub range: Range<usize>,
    /// What it says.
    pub value: Value,
}

const MONTHS: &[&str] = &[
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// Units that may be written onto a figure; with other letters it is a name.
const UNITS: &[&str] = &[
    "am", "b", "d", "eur", "gb", "h", "hr", "hrs", "k", "kb", "m", "mb", "min", "mins", "ms", "pm",
    "s", "sec", "tb", "usd", "x",
];

/// The figures of a text, in order.
pub(super) fn figures(text: &str) -> Vec<Figure> {
    let mut found: Vec<Figure> = Vec::new();
    let mut at = 0;
    while let Some(first) = next_digit(text, at) {
        let run = run_end(text, first);
        let figure = figure(text, first, run);
        at = run.max(first + 1);
        if let Some(figure) = figure {
            at = at.max(figure.range.end);
            found.push(figure);
        }
    }
    share_percent(text, &mut found);
    found
}

fn next_digit(text: &str, from: usize) -> Option<usize> {
    let rest = text.get(from..)?;
    rest.find(|c: char| c.is_ascii_digit()).map(|at| from + at)
}

/// The end of the unbroken run of letters, digits and marks between them that a figure starts.
fn run_end(text: &str, first: usize) -> usize {
    let rest = text.get(first..).unwrap_or_default();
    let mut end = 0;
    for (at, c) in rest.char_indices() {
        let next = rest.get(at + c.len_utf8()..);
        let next = next.and_then(|rest| rest.chars().next());
        let within = ".,:'’".contains(c) && next.is_some_and(|next| next.is_ascii_digit());
        if !c.is_alphanumeric() && !within {
            break;
        }
        end = at + c.len_utf8();
    }
    first + end
}

fn figure(text: &str, first: usize, end: usize) -> Option<Figure> {
    let run = text.get(first..end)?;
    let before = text.get(..first)?;
    let rest = text.get(end..)?;
    if is_part_of_name(before, rest) || is_item(before, rest) {
        return None;
    }
    let letters = run.find(char::is_alphabetic).unwrap_or(run.len());
    let (number, unit) = run.split_at_checked(letters)?;
    if !unit.is_empty() && !UNITS.iter().any(|known| known.eq_ignore_ascii_case(unit)) {
        return None;
    }
    if number.contains(':') {
        let minutes = time(number, half(unit, rest))?;
        return Some(Figure {
            range: first..end,
            value: Value::Time(minutes),
        });
    }
    let percent = if unit.is_empty() { percent(rest) } else { None };
    let number = plain(number)?;
    if let Some(sign) = percent {
        return Some(Figure {
            range: first..end + sign,
            value: Value::Percent(number),
        });
    }
    if let Some(afternoon) = half(unit, rest).filter(|_| !number.contains('.')) {
        let minutes = time(&format!("{number}:00"), Some(afternoon))?;
        return Some(Figure {
            range: first..end,
            value: Value::Time(minutes),
        });
    }
    (!is_date(before, rest)).then_some(Figure {
        range: first..end,
        value: Value::Plain(number),
    })
}

/// `INC-17`, `+49 30`, `a@1`, `24/7`, `2026-11-24`, `#3`.
fn is_part_of_name(before: &str, rest: &str) -> bool {
    let chunk = before
        .rsplit(char::is_whitespace)
        .next()
        .unwrap_or_default();
    let tail = rest.split(char::is_whitespace).next().unwrap_or_default();
    let joined = chunk.ends_with(|c: char| c.is_alphanumeric() || "_/#@+\\.=".contains(c));
    let hyphenated = chunk
        .strip_suffix('-')
        .is_some_and(|chunk| chunk.ends_with(char::is_alphanumeric));
    let after_letters = hyphenated && !chunk.starts_with(|c: char| c.is_ascii_digit());
    let address = chunk.contains(['@', '_']) || chunk.contains("://") || chunk.contains('+');
    let goes_on = tail.starts_with(['/', '_', '@']) || tail.contains('@');
    joined || after_letters || address || goes_on || is_iso_date(chunk, tail) || in_phone(before)
}

/// A year, month and day with hyphens, seen from any of the three.
fn is_iso_date(chunk: &str, tail: &str) -> bool {
    let hyphens = |part: &str| part.matches('-').count();
    let only = |part: &str| {
        part.chars()
            .all(|c| c.is_ascii_digit() || "-.,;:)TZ".contains(c))
    };
    hyphens(chunk) + hyphens(tail) >= 2 && only(chunk) && only(tail)
}

/// Whether the groups of a telephone number stand before.
fn in_phone(before: &str) -> bool {
    let groups = before.trim_end_matches(|c: char| c.is_ascii_digit() || " -()".contains(c));
    groups.ends_with('+') && groups.len() < before.len()
}

/// `1.` or `2)` at the start of a line.
fn is_item(before: &str, rest: &str) -> bool {
    let starts_line = before.is_empty() || before.ends_with('\n');
    starts_line && (rest.starts_with(". ") || rest.starts_with(')'))
}

/// How far a percent sign that follows goes.
fn percent(rest: &str) -> Option<usize> {
    let sign = rest.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    let gap = rest.len() - sign.len();
    if gap > 3 {
        return None;
    }
    ["%", "percent", "per cent"]
        .into_iter()
        .find(|word| sign.starts_with(word))
        .map(|word| gap + word.len())
}

/// Whether `pm` follows, or `am`.
fn half(unit: &str, rest: &str) -> Option<bool> {
    let next = if unit.is_empty() {
        rest.trim_start_matches([' ', '\u{a0}', '\u{202f}'])
    } else {
        unit
    };
    let word = next.split(|c: char| !c.is_alphanumeric() && c != '.');
    let word = word.into_iter().next().unwrap_or_default();
    let is = |forms: [&str; 3]| forms.iter().any(|form| word.eq_ignore_ascii_case(form));
    if is(["pm", "p.m.", "p.m"]) {
        Some(true)
    } else if is(["am", "a.m.", "a.m"]) {
        Some(false)
    } else {
        None
    }
}

/// `2:13` or `02:13:05` as minutes; of another form it is no time of day.
fn time(number: &str, afternoon: Option<bool>) -> Option<u32> {
    let mut parts = number.split(':');
    let hour: u32 = parts.next()?.parse().ok()?;
    let minute = parts.next().filter(|minute| minute.len() == 2)?;
    let minute: u32 = minute.parse().ok()?;
    let hour = match afternoon {
        None => hour,
        Some(afternoon) if (1..=12).contains(&hour) => hour % 12 + if afternoon { 12 } else { 0 },
        Some(_) => return None,
    };
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

/// A number without its groups' marks, with a point before its fraction; none of a version.
fn plain(number: &str) -> Option<Box<str>> {
    let number: String = number.chars().filter(|c| !"'’".contains(*c)).collect();
    let groups = |mark: char| {
        let mut parts = number.split(mark);
        let first = parts
            .next()
            .is_some_and(|first| (1..=3).contains(&first.len()));
        first && parts.all(|part| part.len() == 3 && part.bytes().all(|b| b.is_ascii_digit()))
    };
    let number = match (number.matches(',').count(), number.matches('.').count()) {
        (0, 0) => number,
        (_, 0 | 1) if number.contains(',') && groups_before_point(&number) => {
            number.replace(',', "")
        }
        (1, 0) => number.replace(',', "."),
        (0, 1) => number,
        (0, _) if groups('.') => number.replace('.', ""),
        _ => return None,
    };
    let number = if number.contains('.') {
        number.trim_end_matches('0').trim_end_matches('.')
    } else {
        number.as_str()
    };
    let short = number.trim_start_matches('0');
    Some(if short.is_empty() || short.starts_with('.') {
        format!("0{short}").into()
    } else {
        short.into()
    })
}

/// `1,200` or `12,000.5`.
fn groups_before_point(number: &str) -> bool {
    let whole = number.split('.').next().unwrap_or_default();
    let mut parts = whole.split(',');
    let first = parts.next().map_or(0, str::len);
    (1..=3).contains(&first) && parts.all(|part| part.len() == 3)
}

/// A month stands next to it: `24 November 2026`, `Nov 24`.
fn is_date(before: &str, rest: &str) -> bool {
    let is_month = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        let long = word.len() >= 3 && word.chars().all(char::is_alphabetic);
        let start = word.get(..3).unwrap_or_default();
        long && word.starts_with(char::is_uppercase)
            && MONTHS.iter().any(|month| month.eq_ignore_ascii_case(start))
            && (word.len() == 3
                || word.len() == 4
                || MONTHS_IN_FULL
                    .iter()
                    .any(|full| full.eq_ignore_ascii_case(word)))
    };
    let mut words = before.split_whitespace().rev();
    let last = words.next().unwrap_or_default();
    // "Nov 24, 2026": the year after the day.
    let year = last.ends_with(',') && words.next().is_some_and(is_month);
    let next = rest.split_whitespace().next().unwrap_or_default();
    let apart = rest.starts_with(char::is_whitespace) || rest.starts_with(". ");
    is_month(last) || year || (apart && is_month(next))
}

/// "38 to 42 %": the sign is for both.
fn share_percent(text: &str, found: &mut [Figure]) {
    for place in (1..found.len()).rev() {
        let (Some(first), Some(second)) = (found.get(place - 1), found.get(place)) else {
            return;
        };
        let between = text.get(first.range.end..second.range.start);
        let linked = between.is_some_and(|between| {
            ["to", "-", "–", "—", "and", "or", "or even"].contains(&between.trim())
        });
        let shared = match (&first.value, &second.value) {
            (Value::Plain(number), Value::Percent(_)) if linked => number.clone(),
            _ => continue,
        };
        if let Some(first) = found.get_mut(place - 1) {
            first.value = Value::Percent(shared);
        }
    }
}
