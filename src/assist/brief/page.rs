//! A page of a brief: Muster's own words, and words of the log behind a bar.
//!
//! Log words come onto one line and are redacted before they are cut, so that no half of a name is
//! left at the end.

use crate::assist::redact::Redactor;

/// How long a quotation is at the most, in bytes.
pub const LONGEST: usize = 600;
/// What is looked at of a text at all, in bytes: far beyond what is quoted.
const LOOKED_AT: usize = 8_000;

pub struct Page {
    pub redactor: Redactor,
    pub text: String,
    looks: bool,
}

impl Page {
    /// A page that only looks at what the log says.
    pub fn looking(redactor: Redactor) -> Self {
        Self {
            redactor,
            text: String::new(),
            looks: true,
        }
    }

    /// A page that is written.
    pub fn writing(redactor: Redactor) -> Self {
        Self {
            redactor,
            text: String::new(),
            looks: false,
        }
    }

    /// A line of Muster's.
    pub fn own(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    pub fn heading(&mut self, title: &str) {
        self.own(&format!("\n## {title}\n"));
    }

    /// Words of the log, behind Muster's own that say what they are.
    pub fn quote(&mut self, label: &str, words: &str) {
        let words = flat(cut(words, LOOKED_AT).0);
        if self.looks {
            self.redactor.beware(&words);
            return;
        }
        let redacted = self.redactor.redact(&words);
        let (shown, is_cut) = cut(&redacted, LONGEST);
        let mark = if is_cut { " … (cut)" } else { "" };
        self.own(&format!("{label} | {shown}{mark}"));
    }
}

/// The beginning of a text, cut where a word ends.
fn cut(text: &str, most: usize) -> (&str, bool) {
    if text.len() <= most {
        return (text, false);
    }
    let mut end = most;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let start = text.get(..end).unwrap_or_default();
    let word = start.rfind(char::is_whitespace).unwrap_or(start.len());
    (start.get(..word).unwrap_or(start), true)
}

/// A text on one line, without what cannot be seen.
pub fn flat(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let unseen = matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}');
        if unseen {
            continue;
        }
        let c = if c.is_whitespace() || c.is_control() {
            ' '
        } else {
            c
        };
        if c != ' ' || !(out.is_empty() || out.ends_with(' ')) {
            out.push(c);
        }
    }
    out.truncate(out.trim_end().len());
    out
}
