//! Remarks on the wording of an update or a review, before a person sends it.
//!
//! By word lists of Muster's own, whole words only, and only in English. A remark is a question to
//! whoever writes, never a refusal: the lists know no context but what is handed in.

mod figures;
mod lists;
mod text;

use std::ops::Range;

use self::lists::Phrase;
use self::text::Word;
use super::changes;
use crate::classify::Provenance;
use crate::classify::targets::Audience;
use crate::model::order;

/// Word lists and lengths are Muster's own.
pub const FROM: Provenance = Provenance::HouseDefault;

/// The audience of a review, beside those that updates have.
pub const REVIEW: &str = "review";

/// What is questionable about some words.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum RemarkKind {
    /// They blame a person, or name one to outsiders.
    Blame,
    /// They guess, and do not say that it is a guess.
    Speculation,
    /// Whoever reads this may not know the word.
    Jargon,
    /// They promise what nobody has estimated.
    PromiseWithoutBasis,
    /// Nothing says when the next word comes.
    NoNextUpdate,
    /// They say outage, and not all is down.
    OutageWord,
    /// They say that nothing happened to something, and the log does not.
    UnprovenNoImpact,
    /// More than this audience reads.
    TooLong,
    /// A figure or time that the log does not have.
    NotInTheLog,
}

impl RemarkKind {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Blame,
        Self::Speculation,
        Self::Jargon,
        Self::PromiseWithoutBasis,
        Self::NoNextUpdate,
        Self::OutageWord,
        Self::UnprovenNoImpact,
        Self::TooLong,
        Self::NotInTheLog,
    ];

    /// The name in files and styles.
    pub fn name(self) -> &'static str {
        match self {
            Self::Blame => "blame",
            Self::Speculation => "speculation",
            Self::Jargon => "jargon",
            Self::PromiseWithoutBasis => "promise_without_basis",
            Self::NoNextUpdate => "no_next_update",
            Self::OutageWord => "outage_word",
            Self::UnprovenNoImpact => "unproven_no_impact",
            Self::TooLong => "too_long",
            Self::NotInTheLog => "not_in_the_log",
        }
    }

    /// The one of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The name on the screen.
    pub fn title(self) -> &'static str {
        match self {
            Self::Blame => "Blame",
            Self::Speculation => "A guess",
            Self::Jargon => "Jargon",
            Self::PromiseWithoutBasis => "A promise without a basis",
            Self::NoNextUpdate => "No next update",
            Self::OutageWord => "“Outage”",
            Self::UnprovenNoImpact => "Unproven “no impact”",
            Self::TooLong => "Too long",
            Self::NotInTheLog => "Not in the log",
        }
    }
}

/// A remark on some words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Remark {
    /// What is questionable.
    pub kind: RemarkKind,
    /// The words meant, by their bytes, on borders of characters; nothing, at the end of the text,
    /// where something is missing.
    pub range: Range<usize>,
    /// Why, and what to do about it; the words meant are shown before it.
    pub says: String,
}

/// What is known besides the text.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Context<'a> {
    /// A time for the next update is set.
    pub next_update_promised: bool,
    /// It is over: no other update is to come.
    pub is_over: bool,
    /// Somebody has estimated when service is back.
    pub estimate_known: bool,
    /// Everything is down, for everybody.
    pub is_full_outage: bool,
    /// The audience belongs to the organisation.
    pub inside: bool,
    /// Times that the log has or that are set, as they are written: `02:13`.
    pub known_times: &'a [String],
    /// People's names.
    pub known_names: &'a [&'a str],
    /// What the log says, each entry as it is written.
    pub known_texts: &'a [&'a str],
}

/// Remarks on a text to an audience (its name in files, or [`REVIEW`]), in the order of the words
/// meant.
pub fn check(text: &str, audience: &str, context: &Context<'_>) -> Vec<Remark> {
    let words = text::words(text);
    let check = Check {
        text,
        words: &words,
        audience: Audience::named(audience),
        context,
    };
    let mut remarks = Vec::new();
    remarks.extend(check.blame());
    remarks.extend(check.speculation());
    remarks.extend(check.jargon());
    remarks.extend(check.promises());
    remarks.extend(check.next_update());
    remarks.extend(check.outage());
    remarks.extend(check.no_impact());
    remarks.extend(check.length());
    remarks.extend(check.figures());
    order::sort_by(&mut remarks, |a: &Remark, b: &Remark| {
        (a.range.start, a.kind, b.range.end).cmp(&(b.range.start, b.kind, a.range.end))
    });
    remarks
}

/// How many words an audience reads; none where length is no question.
fn most_words(audience: Option<Audience>) -> Option<usize> {
    match audience? {
        Audience::Customers | Audience::Staff => Some(120),
        Audience::Executives => Some(150),
        Audience::Partners => Some(200),
        Audience::Technical => Some(250),
        Audience::Support => Some(300),
        Audience::Regulators => None,
    }
}

/// One text on its way through the checks.
struct Check<'a> {
    text: &'a str,
    words: &'a [Word<'a>],
    /// None of a review.
    audience: Option<Audience>,
    context: &'a Context<'a>,
}

impl Check<'_> {
    fn is_review(&self) -> bool {
        self.audience.is_none()
    }

    /// The places of phrases, the longest where several begin or overlap.
    fn places(&self, phrases: &[Phrase]) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        for start in 0..self.words.len() {
            let ends = phrases.iter();
            let ends = ends.filter_map(|phrase| lists::end(self.words, start, phrase));
            found.extend(ends.max().map(|end| start..end));
        }
        let mut free_from = 0;
        found.retain(|words: &Range<usize>| {
            let free = words.start >= free_from;
            free_from = if free { words.end } else { free_from };
            free
        });
        found
    }

    fn bytes(&self, words: &Range<usize>) -> Range<usize> {
        let first = self.words.get(words.start);
        let last = self.words.get(words.end.saturating_sub(1));
        match (first, last) {
            (Some(first), Some(last)) => first.range.start..last.range.end,
            _ => self.text.len()..self.text.len(),
        }
    }

    fn remarks(&self, kind: RemarkKind, places: Vec<Range<usize>>, why: &str) -> Vec<Remark> {
        let remark = |words: Range<usize>| Remark {
            kind,
            range: self.bytes(&words),
            says: why.to_owned(),
        };
        places.into_iter().map(remark).collect()
    }

    fn has(&self, phrases: &[Phrase]) -> bool {
        (0..self.words.len()).any(|start| {
            let mut phrases = phrases.iter();
            phrases.any(|phrase| lists::end(self.words, start, phrase).is_some())
        })
    }

    fn blame(&self) -> Vec<Remark> {
        let mut places = self.places(lists::BLAME);
        places.extend(self.hindsight());
        let why = "Say what happened, and what made it possible, not who did wrong.";
        let mut remarks = self.remarks(RemarkKind::Blame, places, why);
        if !self.context.inside {
            let why = "Do not name people to those outside; name the team or the role.";
            remarks.extend(self.remarks(RemarkKind::Blame, self.names(), why));
        }
        remarks
    }

    /// "The team should have …": judged by what was known later.
    fn hindsight(&self) -> Vec<Range<usize>> {
        let someone = |words: &Range<usize>| {
            let before = words.start.checked_sub(1);
            let before = before.and_then(|place| self.words.get(place));
            let joined = self.words.get(words.start).is_some_and(|word| word.joined);
            before.is_some_and(|before| {
                let known = self.context.known_names.iter();
                let mut known = known.flat_map(|name| name.split_whitespace());
                let is_we = self.is_review() && before.is("we");
                joined
                    && (is_we
                        || lists::SOMEONE.iter().any(|who| before.is(who))
                        || known.any(|name| name == before.text))
            })
        };
        let mut places = self.places(lists::HINDSIGHT);
        places.retain(someone);
        places
    }

    fn names(&self) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = Vec::new();
        for start in 0..self.words.len() {
            let names = self.context.known_names.iter();
            let ends = names.filter_map(|name| text::name_end(self.text, self.words, start, name));
            let free = found.last().is_none_or(|last| last.end <= start);
            found.extend(ends.max().filter(|_| free).map(|end| start..end));
        }
        found
    }

    /// The sentence with these words says itself that it is not sure.
    fn is_marked(&self, words: &Range<usize>) -> bool {
        let bytes = self.bytes(words);
        let sentences = changes::sentences(self.text);
        let sentence = sentences
            .into_iter()
            .find(|sentence| sentence.contains(&bytes.start))
            .unwrap_or(0..0);
        let words = text::words(self.text.get(sentence).unwrap_or_default());
        (0..words.len()).any(|start| {
            let mut marks = lists::NOT_SURE.iter();
            marks.any(|mark| lists::end(&words, start, mark).is_some())
        })
    }

    fn speculation(&self) -> Vec<Remark> {
        // Among those who fix, naming a possible cause is the work.
        if self.audience == Some(Audience::Technical) {
            return Vec::new();
        }
        let mut places = self.places(lists::SPECULATION);
        places.retain(|words| !self.is_marked(words));
        let why = "A guess is read as a fact. Leave it out, or say that it is not confirmed.";
        self.remarks(RemarkKind::Speculation, places, why)
    }

    fn jargon(&self) -> Vec<Remark> {
        let plain = matches!(
            self.audience,
            Some(Audience::Executives | Audience::Customers | Audience::Staff | Audience::Support)
        );
        if !plain {
            return Vec::new();
        }
        let why = "Say it as those who read it would: what they see, and what they can do.";
        self.remarks(RemarkKind::Jargon, self.places(lists::JARGON), why)
    }

    fn promises(&self) -> Vec<Remark> {
        let why = "Nobody can promise that. Say what is being done against it.";
        let never = self.places(lists::NEVER_AGAIN);
        let mut remarks = self.remarks(RemarkKind::PromiseWithoutBasis, never, why);
        if !self.context.estimate_known && !self.is_review() {
            let mut places = self.places(lists::PROMISE);
            places.extend(self.back_by_a_time());
            let mut last_end = 0;
            order::sort_by_key(&mut places, |words| words.start);
            places.retain(|words| {
                let free = words.start >= last_end;
                last_end = last_end.max(words.end);
                free
            });
            let why = "Nobody has estimated that. Say when the next update comes instead.";
            remarks.extend(self.remarks(RemarkKind::PromiseWithoutBasis, places, why));
        }
        remarks
    }

    /// "Fixed by 14:00", and not "fixed by a restart".
    fn back_by_a_time(&self) -> Vec<Range<usize>> {
        let mut places = self.places(lists::BACK_BY);
        for words in &mut places {
            let is_time = |word: &&Word<'_>| {
                word.joined
                    && (word.text.starts_with(|c: char| c.is_ascii_digit())
                        || lists::TIMES.iter().any(|time| word.is(time)))
            };
            let next = self.words.get(words.end).filter(is_time);
            // None at all is marked by no length, and dropped below.
            words.end = next.map_or(words.start, |_| words.end + 1);
        }
        places.retain(|words| !words.is_empty());
        places
    }

    fn next_update(&self) -> Option<Remark> {
        let due = !matches!(self.audience, None | Some(Audience::Regulators));
        let told = self.context.next_update_promised
            || self.context.is_over
            || self.has(lists::NEXT_UPDATE)
            || self.has(lists::LAST_UPDATE);
        (due && !told).then(|| Remark {
            kind: RemarkKind::NoNextUpdate,
            range: self.text.len()..self.text.len(),
            says: "Say when the next update comes, even if there is nothing new to say by then."
                .to_owned(),
        })
    }

    fn outage(&self) -> Vec<Remark> {
        if self.context.is_full_outage || self.is_review() {
            return Vec::new();
        }
        let why = "Not all is down, as far as the log says. Say what does not work, and for whom.";
        self.remarks(RemarkKind::OutageWord, self.places(lists::OUTAGE), why)
    }

    fn no_impact(&self) -> Vec<Remark> {
        let mut places = self.places(lists::NO_IMPACT);
        places.retain(|words| !self.is_in_the_log(words));
        let why = "The log does not show it. Say how it is known, or that it is being looked into.";
        self.remarks(RemarkKind::UnprovenNoImpact, places, why)
    }

    /// Whether an entry of the log has these very words.
    fn is_in_the_log(&self, words: &Range<usize>) -> bool {
        let wanted = self.words.get(words.clone()).unwrap_or_default();
        let mut known = self.context.known_texts.iter();
        known.any(|known| {
            let held = text::words(known);
            let mut windows = held.windows(wanted.len().max(1));
            windows.any(|held| {
                held.iter()
                    .zip(wanted)
                    .all(|(held, word)| held.is(word.text))
            })
        })
    }

    fn length(&self) -> Option<Remark> {
        let most = most_words(self.audience)?;
        let first = self.words.get(most)?;
        let count = self.words.len();
        Some(Remark {
            kind: RemarkKind::TooLong,
            range: first.range.start..self.text.len(),
            says: format!(
                "{count} words; this audience reads about {most}. Say first what matters to them."
            ),
        })
    }

    fn figures(&self) -> Vec<Remark> {
        let times = self.context.known_times.iter().map(String::as_str);
        let known = times.chain(self.context.known_texts.iter().copied());
        let known: Vec<_> = known.flat_map(figures::figures).collect();
        let mut found = figures::figures(self.text);
        found.retain(|figure| !known.iter().any(|held| held.value == figure.value));
        let remark = |figure: figures::Figure| Remark {
            kind: RemarkKind::NotInTheLog,
            says: "This is not in the log. Write down where it comes from.".to_owned(),
            range: figure.range,
        };
        found.into_iter().map(remark).collect()
    }
}

#[cfg(test)]
mod tests;
