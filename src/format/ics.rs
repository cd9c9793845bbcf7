//! A calendar file (iCalendar, RFC 5545) of instants that people should be reminded of.
//!
//! An entry keeps its `uid`: with a higher `sequence`, importing again changes what the calendar has
//! instead of adding to it. Knows nothing of incidents, and reads no calendars.

use crate::model::{Span, Timestamp};

/// Entries under one name.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Calendar {
    /// What a calendar program shows it as.
    pub name: String,
    /// What is in it, in the order in which it is written.
    pub events: Vec<Entry>,
}

/// One entry.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// The same for the same thing in each export, and nothing else's anywhere.
    pub uid: String,
    /// Higher whenever something about it has changed.
    pub sequence: u32,
    /// When it is; to the second.
    pub at: Timestamp,
    /// How long; a mere instant where it is not above zero.
    pub lasts: Span,
    /// In a line.
    pub title: String,
    /// In as many lines as it takes; empty for none.
    pub description: String,
    /// Where to go; what cannot stand in an address is percent-encoded.
    pub url: Option<String>,
    /// How long before `at` to remind.
    pub alarms: Vec<Span>,
    /// Over or off: shown as cancelled, and nobody is reminded.
    pub cancelled: bool,
    /// When it last changed.
    pub stamp: Timestamp,
}

/// The longest line in octets, without its end.
const LONGEST_LINE: usize = 75;

impl Calendar {
    /// The file. None without an entry: by the standard that is no calendar.
    ///
    /// It is published to whoever opens it, so it names no organiser: programs would take it for an
    /// invitation from them.
    pub fn text(&self) -> Option<String> {
        if self.events.is_empty() {
            return None;
        }
        let mut lines = Lines(String::new());
        lines.add("BEGIN", "VCALENDAR");
        lines.add("VERSION", "2.0");
        lines.add("PRODID", "-//Muster//Muster//EN");
        lines.add("CALSCALE", "GREGORIAN");
        lines.add("METHOD", "PUBLISH");
        // The first is RFC 7986's, the second what programs read before there was one.
        lines.text("NAME", &self.name);
        lines.text("X-WR-CALNAME", &self.name);
        for entry in &self.events {
            entry.write(&mut lines);
        }
        lines.add("END", "VCALENDAR");
        Some(lines.0)
    }
}

impl Entry {
    fn write(&self, lines: &mut Lines) {
        lines.add("BEGIN", "VEVENT");
        lines.text("UID", &self.uid);
        lines.add("SEQUENCE", &self.sequence.to_string());
        lines.add("DTSTAMP", &utc(self.stamp));
        lines.add("LAST-MODIFIED", &utc(self.stamp));
        lines.add("DTSTART", &utc(self.at));
        if self.lasts > Span::default() {
            lines.add("DTEND", &utc(self.at + self.lasts));
        }
        lines.text("SUMMARY", &self.title);
        if !self.description.is_empty() {
            lines.text("DESCRIPTION", &self.description);
        }
        if let Some(url) = self.url.as_deref().map(str::trim)
            && !url.is_empty()
        {
            lines.add("URL", &address(url));
        }
        let status = if self.cancelled {
            "CANCELLED"
        } else {
            "CONFIRMED"
        };
        lines.add("STATUS", status);
        // Something to be done by then keeps nobody from meeting others.
        lines.add("TRANSP", "TRANSPARENT");
        if !self.cancelled {
            for before in &self.alarms {
                lines.add("BEGIN", "VALARM");
                lines.add("ACTION", "DISPLAY");
                lines.add("TRIGGER", &trigger(*before));
                lines.text("DESCRIPTION", &self.title);
                lines.add("END", "VALARM");
            }
        }
        lines.add("END", "VEVENT");
    }
}

/// Lines of the file, folded and ended as RFC 5545 says in 3.1.
struct Lines(String);

impl Lines {
    /// A line whose value is written as it is.
    fn add(&mut self, name: &str, value: &str) {
        let mut octets = 0;
        for c in name.chars().chain([':']).chain(value.chars()) {
            if octets + c.len_utf8() > LONGEST_LINE {
                self.0.push_str("\r\n ");
                octets = 1;
            }
            self.0.push(c);
            octets += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }

    /// A line whose value is anybody's text.
    fn text(&mut self, name: &str, value: &str) {
        self.add(name, &escaped(value));
    }
}

/// A text as RFC 5545 writes one in 3.3.11. All that some reader may take for the end of a line is
/// written as one; control characters have no place there.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut after_return = false;
    for c in text.chars() {
        match c {
            // The second half of a line end.
            '\n' if after_return => {}
            '\r' | '\n' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                out.push_str("\\n");
            }
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(c);
            }
            '\t' => out.push(c),
            _ if c.is_control() => {}
            _ => out.push(c),
        }
        after_return = c == '\r';
    }
    out
}

/// An address with all that cannot stand in one (RFC 3986) percent-encoded.
fn address(url: &str) -> String {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let mut out = String::with_capacity(url.len());
    for byte in url.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(char::from(DIGITS[usize::from(byte >> 4)]));
            out.push(char::from(DIGITS[usize::from(byte & 15)]));
        }
    }
    out
}

/// An instant as `20261124T031407Z`.
fn utc(at: Timestamp) -> String {
    let canonical = at.to_string();
    let seconds = canonical.split('.').next().unwrap_or_default();
    let mut out: String = seconds.chars().filter(|c| !"-:".contains(*c)).collect();
    out.push('Z');
    out
}

/// How long before the start: `-PT30M`; after it for a negative one.
fn trigger(before: Span) -> String {
    let seconds = before.0.div_euclid(1000);
    let sign = if seconds > 0 { "-" } else { "" };
    let seconds = seconds.unsigned_abs();
    let mut out = format!("{sign}P");
    let (days, rest) = (seconds / 86_400, seconds % 86_400);
    if days > 0 {
        out.push_str(&format!("{days}D"));
    }
    if rest > 0 || days == 0 {
        out.push('T');
    }
    let (hours, minutes, seconds) = (rest / 3600, rest / 60 % 60, rest % 60);
    if hours > 0 {
        out.push_str(&format!("{hours}H"));
    }
    // The grammar has no hours with seconds and nothing between.
    if minutes > 0 || (hours > 0 && seconds > 0) {
        out.push_str(&format!("{minutes}M"));
    }
    if seconds > 0 || (days == 0 && rest == 0) {
        out.push_str(&format!("{seconds}S"));
    }
    out
}

#[cfg(test)]
mod tests;
