//! A text as words, with what stands between them. Addresses and names of things in systems are one
//! word each, so that no list finds a word within them.

use std::ops::Range;

/// A word of a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Word<'a> {
    /// Its bytes.
    pub range: Range<usize>,
    /// As it is written.
    pub text: &'a str,
    /// Nothing but space, a hyphen or quotes stands between it and the one before.
    pub joined: bool,
}

impl Word<'_> {
    /// Whether it is this word, whatever its letters' case and its apostrophes' form.
    pub fn is(&self, other: &str) -> bool {
        let mut letters = self.text.chars().map(folded);
        let mut others = other.chars().map(folded);
        loop {
            match (letters.next(), others.next()) {
                (None, None) => return true,
                (mine, other) if mine != other => return false,
                _ => {}
            }
        }
    }

    /// Whether it begins like this.
    pub fn begins(&self, with: &str) -> bool {
        let mut letters = self.text.chars().map(folded);
        with.chars().all(|c| letters.next() == Some(folded(c)))
    }
}

fn folded(c: char) -> char {
    match c {
        '’' | 'ʼ' => '\'',
        c => c.to_ascii_lowercase(),
    }
}

/// What may stand around a word and is no part of it.
fn is_mark(c: char) -> bool {
    !c.is_alphanumeric() && !matches!(c, '_' | '/' | '@' | '#' | '%')
}

/// An address, a path, a host's or a variable's name.
fn is_technical(chunk: &str) -> bool {
    let inner_dot = chunk.char_indices().any(|(at, c)| {
        let next = chunk.get(at + 1..).and_then(|rest| rest.chars().next());
        c == '.' && next.is_some_and(char::is_alphabetic)
    });
    // "e.g.", "a.m.": single letters are no host.
    let letters_only = chunk.split('.').all(|part| part.chars().count() <= 1);
    chunk.contains(['@', '_', '\\'])
        || chunk.contains("://")
        || chunk.starts_with('/')
        || chunk.matches('/').count() > 1
        || (inner_dot && !letters_only)
}

/// The words of a text, in order.
pub(super) fn words(text: &str) -> Vec<Word<'_>> {
    let mut found: Vec<Word<'_>> = Vec::new();
    let mut start = 0;
    for chunk in text.split_inclusive(char::is_whitespace) {
        add_chunk(text, start, chunk.trim_end(), &mut found);
        start += chunk.len();
    }
    found
}

fn add_chunk<'a>(text: &'a str, start: usize, chunk: &'a str, found: &mut Vec<Word<'a>>) {
    let inner = chunk.trim_start_matches(is_mark);
    let start = start + (chunk.len() - inner.len());
    let inner = inner.trim_end_matches(is_mark);
    if is_technical(inner) {
        add(text, start..start + inner.len(), found);
        return;
    }
    let mut from = None;
    let mut last = ' ';
    for (at, c) in inner.char_indices() {
        let next = inner.get(at + c.len_utf8()..);
        let next = next.and_then(|rest| rest.chars().next()).unwrap_or(' ');
        // "don't", "02:13", "1,200": one word each.
        let letters = folded(c) == '\'' && last.is_alphanumeric() && next.is_alphanumeric();
        let digits = ":.,".contains(c) && last.is_ascii_digit() && next.is_ascii_digit();
        let within = from.is_some() && (letters || digits);
        last = c;
        match (c.is_alphanumeric() || within, from) {
            (true, None) => from = Some(at),
            (false, Some(first)) => {
                add(text, start + first..start + at, found);
                from = None;
            }
            _ => {}
        }
    }
    if let Some(first) = from {
        add(text, start + first..start + inner.len(), found);
    }
}

fn add<'a>(text: &'a str, range: Range<usize>, found: &mut Vec<Word<'a>>) {
    let Some(word) = text.get(range.clone()).filter(|word| !word.is_empty()) else {
        return;
    };
    let before = found.last().map(|last| last.range.end);
    let gap = before.and_then(|end| text.get(end..range.start));
    let joins = |c: char| c.is_whitespace() || "-‐‑\"'“”‘’*".contains(c);
    found.push(Word {
        joined: gap.is_some_and(|gap| !gap.is_empty() && gap.chars().all(joins)),
        range,
        text: word,
    });
}

/// Names that are words too: at the start of a sentence they may be only that.
const ALSO_WORDS: &[&str] = &[
    "April", "Art", "August", "Bill", "Dawn", "Drew", "Faith", "Frank", "Grace", "Grant", "Hope",
    "Jack", "Joy", "June", "Mark", "May", "Pat", "Rich", "Rob", "Rose", "Sue", "Will",
];

/// Names that are months too.
const ALSO_MONTHS: &[&str] = &["April", "August", "June", "May"];

/// Where a person's name that starts at the word `start` ends, if it does. Written as it is known:
/// many names are words in small letters.
pub(super) fn name_end(text: &str, words: &[Word<'_>], start: usize, name: &str) -> Option<usize> {
    let mut end = start;
    for part in self::words(name) {
        let word = words.get(end)?;
        let owned = word.text.strip_suffix("'s");
        let owned = owned.or_else(|| word.text.strip_suffix("’s"));
        let same = part.text == word.text || owned == Some(part.text);
        if !same || (end > start && !word.joined) {
            return None;
        }
        end += 1;
    }
    let alone = words.get(start).filter(|_| end == start + 1);
    let is_word = alone.is_some_and(|word| {
        let among = |list: &[&str]| list.contains(&word.text);
        let near = [start.checked_sub(1), Some(start + 1)];
        let number = near.into_iter().flatten().any(|place| {
            let word = words.get(place);
            word.is_some_and(|word| word.text.starts_with(|c: char| c.is_ascii_digit()))
        });
        (among(ALSO_WORDS) && starts_sentence(text, word.range.start))
            || (among(ALSO_MONTHS) && number)
    });
    // A name in capitals: "nobody" or "on call" is none.
    let capital = words
        .get(start)
        .is_some_and(|word| word.text.starts_with(char::is_uppercase));
    (end > start && capital && !is_word).then_some(end)
}

fn starts_sentence(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default().trim_end();
    before.is_empty() || before.ends_with(['.', '!', '?', ':', '\n'])
}
