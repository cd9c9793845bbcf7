//! What changed since the last update: a text's sentences, and which of them are new.
//!
//! Compares by words alone: a sentence that only moved, or has other spaces, is the same. Knows
//! nothing of incidents.

use std::ops::Range;

use crate::model::order;

/// Whether a sentence was there before.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Change {
    /// It was.
    Same,
    /// It was not, or not so often.
    New,
}

/// One text against an earlier one.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Changed {
    /// Every sentence of the later text, in order, by its bytes.
    pub after: Vec<(Range<usize>, Change)>,
    /// The sentences of the earlier text that are gone, in order, by their bytes there.
    pub removed: Vec<Range<usize>>,
}

impl Changed {
    /// Whether the texts say the same, in whatever order.
    pub fn is_nothing(&self) -> bool {
        let new = |(_, change): &(Range<usize>, Change)| *change == Change::New;
        self.removed.is_empty() && !self.after.iter().any(new)
    }
}

/// Words that end in a full stop and end no sentence.
const SHORT_FOR: &[&str] = &[
    "approx", "art", "ca", "cf", "dr", "e.g", "eg", "eq", "est", "fig", "i.e", "ie", "incl", "max",
    "min", "mr", "mrs", "ms", "prof", "resp", "sec", "st", "viz", "vs",
];

/// The same, but only before a number: otherwise they end a sentence like other words.
const BEFORE_NUMBER: &[&str] = &[
    "apr", "aug", "chap", "dec", "feb", "jan", "jul", "jun", "mar", "no", "nos", "nov", "nr",
    "oct", "p", "para", "pp", "sep", "sept", "vol",
];

/// The sentences of a text, by their bytes: one after the other, each with the space that follows it,
/// so that together they are the whole text. A line's end ends a sentence too.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    let mut from = 0;
    while let Some(end) = next_end(text, start, from) {
        let rest = text.get(end..).unwrap_or_default();
        let next = text.len() - rest.trim_start().len();
        let blank = text
            .get(start..end)
            .is_none_or(|said| said.trim().is_empty());
        from = next.max(end);
        if !blank {
            found.push(start..from);
            start = from;
        }
    }
    if start < text.len() {
        found.push(start..text.len());
    }
    found
}

/// Where the sentence that starts at `start` ends, looking from `from` on; none where the text does.
fn next_end(text: &str, start: usize, from: usize) -> Option<usize> {
    let rest = text.get(from..)?;
    for (offset, mark) in rest.char_indices() {
        let at = from + offset;
        let after = at + mark.len_utf8();
        match mark {
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => return Some(after),
            '.' | '!' | '?' | '…' | '。' | '！' | '？' => {
                let end = past_closing(text, after);
                if ends(text, start, at, mark, end) {
                    return Some(end);
                }
            }
            _ => {}
        }
    }
    None
}

/// Past more marks, quotes and brackets that close with the sentence.
fn past_closing(text: &str, from: usize) -> usize {
    let rest = text.get(from..).unwrap_or_default();
    let closing = |c: char| "!?.…\"'’”»)]".contains(c);
    from + (rest.len() - rest.trim_start_matches(closing).len())
}

/// Whether a mark at `at` ends the sentence from `start`, whose closing goes to `end`.
fn ends(text: &str, start: usize, at: usize, mark: char, end: usize) -> bool {
    let rest = text.get(end..).unwrap_or_default();
    let wide = matches!(mark, '。' | '！' | '？');
    // Within an address, a number or a name there is no space after it.
    if !wide
        && rest
            .chars()
            .next()
            .is_some_and(|next| !next.is_whitespace())
    {
        return false;
    }
    if mark != '.' {
        return true;
    }
    let next = rest.trim_start().chars().next();
    if next.is_some_and(char::is_lowercase) {
        return false;
    }
    let said = text.get(start..at).unwrap_or_default();
    let word = said
        .rsplit(|c: char| c.is_whitespace() || "([\"'“‘".contains(c))
        .next()
        .unwrap_or_default();
    let is = |list: &[&str]| list.iter().any(|known| known.eq_ignore_ascii_case(word));
    let before_number = next.is_some_and(|next| next.is_ascii_digit());
    // "1. Do this": the number of a list's item.
    let is_item = said.trim() == word && !word.is_empty() && word.len() <= 2 && is_number(word);
    let goes_on = is(SHORT_FOR) || is_item || (before_number && is(BEFORE_NUMBER));
    !(goes_on && next.is_some())
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

/// What of a sentence counts: its words, each a space apart.
fn words(sentence: &str) -> String {
    let mut out = String::with_capacity(sentence.len());
    for word in sentence.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// What is new in `after` and gone from `before`, sentence by sentence. One that was there twice and
/// is there once is gone once.
pub fn changed(before: &str, after: &str) -> Changed {
    let earlier = sentences(before);
    let said: Vec<String> = earlier
        .iter()
        .map(|range| words(before.get(range.clone()).unwrap_or_default()))
        .collect();
    // By words, equals in order: so a sentence is looked up without going through all others.
    let mut sorted: Vec<usize> = (0..said.len()).collect();
    order::sort_by(&mut sorted, |a, b| said.get(*a).cmp(&said.get(*b)));
    let mut kept = vec![false; said.len()];
    // How many of the equals from this place on were found again.
    let mut taken = vec![0_usize; said.len()];
    let after = sentences(after)
        .into_iter()
        .map(|range| {
            let now = words(after.get(range.clone()).unwrap_or_default());
            let known = now.is_empty() || take(&said, &sorted, &mut taken, &mut kept, &now);
            (range, if known { Change::Same } else { Change::New })
        })
        .collect();
    let removed = earlier.into_iter().zip(said).zip(kept);
    Changed {
        after,
        removed: removed
            .filter(|((_, said), kept)| !kept && !said.is_empty())
            .map(|((range, _), _)| range)
            .collect(),
    }
}

/// Takes one of the earlier sentences with these words, if one is left.
fn take(
    said: &[String],
    sorted: &[usize],
    taken: &mut [usize],
    kept: &mut [bool],
    now: &str,
) -> bool {
    let at = |place: usize| said.get(place).map_or("", String::as_str);
    let first = sorted.partition_point(|place| at(*place) < now);
    let Some(count) = taken.get_mut(first) else {
        return false;
    };
    let Some(place) = sorted.get(first + *count).copied() else {
        return false;
    };
    if at(place) != now {
        return false;
    }
    *count += 1;
    if let Some(kept) = kept.get_mut(place) {
        *kept = true;
    }
    true
}

#[cfg(test)]
mod tests;
