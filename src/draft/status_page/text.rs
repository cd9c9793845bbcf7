//! Anybody's text on its way into HTML and XML, and times in words.

use crate::guide::words::MONTHS_IN_FULL;
use crate::model::Timestamp;

/// A text of one line, escaped for text and attributes of HTML and XML. What turns the direction of
/// all that follows is left out; in a heading it would reach past the text.
pub fn line(text: &str) -> String {
    let kept = unturned(&clean(text));
    let words: Vec<&str> = kept.split_whitespace().collect();
    escaped(&words.join(" "))
}

/// Without what turns the direction of all that follows.
pub fn unturned(text: &str) -> String {
    let kept = |c: &char| !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().filter(kept).collect()
}

/// A text of one line, or other words where it has none.
pub fn line_or(text: &str, instead: &str) -> String {
    let line = line(text);
    if line.is_empty() {
        instead.to_owned()
    } else {
        line
    }
}

/// A plain text as HTML: a paragraph for each of its own, each in its own direction.
pub fn paragraphs(text: &str) -> String {
    let mut out = String::new();
    let mut is_within = false;
    for line in clean(text).lines().map(str::trim_end) {
        match (line.is_empty(), is_within) {
            (true, true) => out.push_str("</p>\n"),
            (true, false) => {}
            (false, true) => out.push_str("<br>\n"),
            (false, false) => out.push_str("<p dir=\"auto\">"),
        }
        out.push_str(&escaped(line));
        is_within = !line.is_empty();
    }
    if is_within {
        out.push_str("</p>\n");
    }
    out
}

/// Without what HTML or XML 1.0 forbids (control characters, noncharacters), and with one kind of
/// line end.
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut after_return = false;
    for c in text.chars() {
        match c {
            '\n' if after_return => {}
            '\r' | '\n' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\t' => out.push(c),
            _ if c.is_control() || is_noncharacter(c) => {}
            _ => out.push(c),
        }
        after_return = c == '\r';
    }
    out
}

fn is_noncharacter(c: char) -> bool {
    let code = u32::from(c);
    code & 0xfffe == 0xfffe || (0xfdd0..=0xfdef).contains(&code)
}

/// For text and for attributes in quotes, in HTML and in XML.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}

/// A day: `24 November 2026`.
pub fn day(at: Timestamp) -> String {
    let (year, month, day) = at.utc_date();
    let name = usize::try_from(month - 1)
        .ok()
        .and_then(|month| MONTHS_IN_FULL.get(month));
    format!("{day} {} {year}", name.copied().unwrap_or_default())
}

/// A day and time with the zone's name: `24 November 2026, 03:14 UTC`.
pub fn when(at: Timestamp) -> String {
    let canonical = at.to_string();
    let clock = canonical.get(11..16).unwrap_or_default();
    format!("{}, {clock} UTC", day(at))
}
