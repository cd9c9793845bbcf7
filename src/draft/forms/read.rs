//! What a person or an answer says, as a field takes it. What cannot be read is told, never bent.

use std::fmt;

use super::{Kind, Value};
use crate::model::{Span, Timestamp};

/// What stands between several choices or codes.
pub const SEPARATOR: char = ';';

/// A number that is not negative, with a few places after the point.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Amount {
    /// The number without its point.
    digits: u64,
    /// How many of its digits stand after the point.
    places: u8,
}

impl Amount {
    /// Reads a number: digits, a point or a comma before the places, spaces or apostrophes between
    /// groups. More places than `places` are rounded, halves up (2025/302, Annex II, 3.5). None for
    /// anything else, a comma or point that may as well stand between groups among it.
    pub fn read(text: &str, places: u8) -> Option<Self> {
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let text: String = text
            .chars()
            .filter(|c| !c.is_whitespace() && !"'’".contains(*c))
            .collect();
        let (whole, rest) = text.split_once(['.', ',']).unwrap_or((&text, ""));
        let plain =
            !whole.is_empty() && digits(whole) && digits(rest) && !text.ends_with(['.', ',']);
        // "1,200" may be one and a bit, or a thousand and more.
        let is_doubtful = rest.len() == 3 && (1..=3).contains(&whole.len()) && whole != "0";
        if !plain || is_doubtful || (places == 0 && !rest.is_empty()) {
            return None;
        }
        let mut number: u64 = whole.parse().ok()?;
        let mut rest = rest.bytes().map(|byte| u64::from(byte - b'0'));
        for _ in 0..places {
            let digit = rest.next().unwrap_or(0);
            number = number.checked_mul(10)?.checked_add(digit)?;
        }
        let up = rest.next().is_some_and(|digit| digit >= 5);
        Some(Self {
            digits: number.checked_add(u64::from(up))?,
            places,
        })
    }

    /// A whole number.
    pub fn whole(number: u64) -> Self {
        Self {
            digits: number,
            places: 0,
        }
    }

    fn is_above(self, most: u64) -> bool {
        let unit = 10_u64
            .checked_pow(u32::from(self.places))
            .unwrap_or(u64::MAX);
        self.digits > most.saturating_mul(unit)
    }
}

/// With a point, and no noughts at the end: `2.4`, `1200`.
impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let places = usize::from(self.places);
        let text = format!("{:0width$}", self.digits, width = places + 1);
        let (whole, rest) = text.split_at(text.len() - places);
        f.write_str(whole)?;
        let rest = rest.trim_end_matches('0');
        if rest.is_empty() {
            return Ok(());
        }
        write!(f, ".{rest}")
    }
}

/// Reads a text as a field of this kind takes it; the error says what it takes.
pub(super) fn read(kind: Kind, text: &str, utc_offset_minutes: i32) -> Result<Value, &'static str> {
    let text = text.trim();
    match kind {
        Kind::Text => Some(Value::Text(text.to_owned())).filter(|_| !text.is_empty()),
        Kind::Date => date(text, utc_offset_minutes).map(Value::Date),
        Kind::Length => length(text).map(Value::Length),
        Kind::Number { unit, places } => Amount::read(text, places)
            .filter(|amount| unit != PERCENT || !amount.is_above(100))
            .map(Value::Number),
        Kind::YesNo => yes_no(text).map(Value::YesNo),
        Kind::Choice(options) => chosen(options, text)
            .filter(|chosen| chosen.len() == 1)
            .map(Value::Chosen),
        Kind::Choices(options) => chosen(options, text).map(Value::Chosen),
        Kind::Lei => codes(text, is_lei).map(Value::Text),
        Kind::Currency => codes(text, is_currency)
            .filter(|code| code.len() == 3)
            .map(Value::Text),
    }
    .ok_or(takes(kind))
}

/// The unit of parts of a hundred.
pub(super) const PERCENT: &str = "%";

/// What a field takes, in a sentence.
pub(super) fn takes(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "Write it in words.",
        Kind::Date => {
            "Write it as 2026-11-24 03:14, or with its zone as 2026-11-24T03:14:00+01:00."
        }
        Kind::Length => "Write days, hours and minutes as 00:02:45.",
        Kind::Number { unit: PERCENT, .. } => "Write a number from 0 to 100, as 2.4.",
        Kind::Number { places: 0, .. } => "Write a whole number, without marks between its digits.",
        Kind::Number { .. } => "Write a number without marks between its groups, as 1200.5.",
        Kind::YesNo => "Say yes or no.",
        Kind::Choice(_) => "Choose one of those that the form has.",
        Kind::Choices(_) => "Choose among those that the form has.",
        Kind::Lei => {
            "Write 20 letters and digits whose check digits hold; a semicolon between several."
        }
        Kind::Currency => "Write a currency's three letters, as EUR.",
    }
}

/// With a zone, or without one as the clock on the wall has it.
fn date(text: &str, utc_offset_minutes: i32) -> Option<Timestamp> {
    if let Ok(at) = Timestamp::parse_rfc3339(text) {
        return Some(at);
    }
    let (day, clock) = text.split_once([' ', 'T'])?;
    let seconds = if clock.len() == 5 { ":00" } else { "" };
    let local = Timestamp::parse_rfc3339(&format!("{day}T{}{seconds}Z", clock.trim())).ok()?;
    Some(local - Span::minutes(i64::from(utc_offset_minutes)))
}

/// `DD:HH:MM`.
fn length(text: &str) -> Option<Span> {
    let mut parts = text.split(':');
    let mut next = |most: i64| -> Option<i64> {
        let part = parts.next()?.trim();
        let plain = !part.is_empty() && part.len() <= 4;
        let plain = plain && part.bytes().all(|byte| byte.is_ascii_digit());
        let number: i64 = part.parse().ok().filter(|_| plain)?;
        (number <= most).then_some(number)
    };
    let (days, hours, minutes) = (next(9999)?, next(23)?, next(59)?);
    let all = days * 1440 + hours * 60 + minutes;
    parts.next().is_none().then_some(Span::minutes(all))
}

fn yes_no(text: &str) -> Option<bool> {
    let is = |words: [&str; 3]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
    if is(["yes", "y", "true"]) {
        Some(true)
    } else if is(["no", "n", "false"]) {
        Some(false)
    } else {
        None
    }
}

/// What was chosen, in the form's order; none where something is not on the form, or nothing is.
fn chosen(options: &'static [&'static str], text: &str) -> Option<Vec<&'static str>> {
    let parts = text.split([SEPARATOR, '\n']).map(str::trim);
    let wanted: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    let has = |option: &str| wanted.iter().any(|part| part.eq_ignore_ascii_case(option));
    let known = |part: &&str| {
        options
            .iter()
            .any(|option| part.eq_ignore_ascii_case(option))
    };
    if wanted.is_empty() || !wanted.iter().all(known) {
        return None;
    }
    Some(
        options
            .iter()
            .copied()
            .filter(|option| has(option))
            .collect(),
    )
}

/// Codes in capitals, if each is one.
fn codes(text: &str, is_code: fn(&str) -> bool) -> Option<String> {
    let codes: Vec<String> = text
        .split(SEPARATOR)
        .map(|code| code.trim().to_ascii_uppercase())
        .collect();
    codes
        .iter()
        .all(|code| is_code(code))
        .then(|| codes.join("; "))
}

fn is_currency(code: &str) -> bool {
    code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// 20 letters and digits that leave 1 when divided by 97, letters counting from 10 (ISO 17442 with
/// ISO 7064's check digits; from memory, and tried on identifiers in use).
fn is_lei(code: &str) -> bool {
    let rest = code.bytes().try_fold(0_u32, |rest, byte| match byte {
        b'0'..=b'9' => Some((rest * 10 + u32::from(byte - b'0')) % 97),
        b'A'..=b'Z' => Some((rest * 100 + u32::from(byte - b'A') + 10) % 97),
        _ => None,
    });
    code.len() == 20 && rest == Some(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_field_takes_is_read_and_the_rest_is_told() {
        const OPTIONS: &[&str] = &["staff", "a, b", "IT Security"];
        let percent = Kind::Number {
            unit: PERCENT,
            places: 1,
        };
        let count = Kind::Number {
            unit: "clients",
            places: 0,
        };
        let money = Kind::Number {
            unit: "thousands",
            places: 3,
        };
        let shown = |value: Value| match value {
            Value::Text(text) => text,
            Value::Date(at) => at.to_string(),
            Value::Length(span) => span.whole_minutes().to_string(),
            Value::Number(amount) => amount.to_string(),
            Value::YesNo(yes) => yes.to_string(),
            Value::Chosen(chosen) => chosen.join("|"),
        };
        for (kind, text, expected) in [
            (Kind::Text, " a ", Some("a")),
            (Kind::Text, "  ", None),
            (
                Kind::Date,
                "2026-11-24 03:14",
                Some("2026-11-24T02:14:00.000Z"),
            ),
            (
                Kind::Date,
                "2026-11-24T03:14:05",
                Some("2026-11-24T02:14:05.000Z"),
            ),
            (
                Kind::Date,
                "2026-11-24T03:14:05Z",
                Some("2026-11-24T03:14:05.000Z"),
            ),
            (Kind::Date, "yesterday", None),
            (Kind::Date, "2026-11-24", None),
            (Kind::Date, "2026-13-24 03:14", None),
            (Kind::Length, "01:02:03", Some("1563")),
            (Kind::Length, "00:24:00", None),
            (Kind::Length, "2:45", None),
            (Kind::Length, "1:1:1:1", None),
            (Kind::Length, "-1:00:00", None),
            (percent, "2,4", Some("2.4")),
            (percent, "2.45", Some("2.5")),
            (percent, "99.96", Some("100")),
            (percent, "100.1", None),
            (percent, "0.125", Some("0.1")),
            (percent, "-1", None),
            (count, "1 200", Some("1200")),
            (count, "1,200", None),
            (count, "12.5", None),
            (count, "about 5", None),
            (count, "99999999999999999999", None),
            (money, "2.5", Some("2.5")),
            (money, "2.500", None),
            (money, "0.250", Some("0.25")),
            (money, "1234.5678", Some("1234.568")),
            (money, ".5", None),
            (money, "5.", None),
            (Kind::YesNo, "Yes", Some("true")),
            (Kind::YesNo, "perhaps", None),
            (Kind::Choice(OPTIONS), "it security", Some("IT Security")),
            (Kind::Choice(OPTIONS), "staff; a, b", None),
            (Kind::Choices(OPTIONS), "a, b; STAFF;", Some("staff|a, b")),
            (Kind::Choices(OPTIONS), "staff; robots", None),
            (Kind::Choices(OPTIONS), ";", None),
            (Kind::Currency, "eur", Some("EUR")),
            (Kind::Currency, "EURO", None),
            (Kind::Currency, "EUR; USD", None),
            // Made for this test: the check digits hold, and belong to nobody.
            (Kind::Lei, "0000 ", None),
            (
                Kind::Lei,
                "00000000000000000098",
                Some("00000000000000000098"),
            ),
            (Kind::Lei, "00000000000000000099", None),
            (Kind::Lei, "é0000000000000000098", None),
        ] {
            let read = read(kind, text, 60);
            let read = read.map(shown);
            assert_eq!(read.as_deref().ok(), expected, "{kind:?} {text}");
            assert!(read.is_ok() || read.is_err_and(|why| why.ends_with('.')));
        }
    }
}
