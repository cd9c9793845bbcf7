//! Which incidents have the words that were typed, the likeliest first, and where they have them.
//!
//! Every word must be somewhere in the incident. Words as they were typed go before words that begin
//! so, and those before words that were probably meant; within that the order is BM25's (Robertson &
//! Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009) over weighted fields,
//! and of equals the latest comes first. Knows no screen and no clock.

use super::documents::{FIELDS, Field};
use super::index::{Held, Index};
use super::query::{self, Word};
use super::score;
use super::terms::Terms;
use super::words;
use crate::model::{EventId, IncidentId, Timestamp, order};

/// How much more a word says in a field than in an entry's text. House defaults.
const WEIGHTS: [u32; FIELDS] = [8, 4, 6, 1, 2, 4];

/// BM25's k1 and b: the middle of what Robertson & Zaragoza (2009, 3.4) found to be good.
const K1: f32 = 1.2;
const B: f32 = 0.75;

/// How many letters it takes until a beginning is looked for with slips.
const SLIPPERY: usize = 5;

/// How a word of a text fits what was typed, the best first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Fit {
    /// As it was typed.
    Exact,
    /// It begins so.
    Beginning,
    /// It was probably meant: one slip of the finger.
    Slip,
    /// It was possibly meant: two slips, or a slip in a beginning.
    Slips,
}

impl Fit {
    /// What it counts, in eighths of an exact fit. House defaults.
    fn eighths(self) -> u32 {
        [8, 4, 2, 1][self as usize]
    }
}

/// How much is wanted at most.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Most {
    /// Incidents.
    pub incidents: usize,
    /// Entries of each.
    pub entries: usize,
}

/// What was found.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Results {
    /// How many incidents there are in all.
    pub total: usize,
    /// The first of them, the likeliest first.
    pub found: Vec<Found>,
}

/// An incident that was found.
#[derive(Clone, PartialEq, Debug)]
pub struct Found {
    /// Which one.
    pub incident: IncidentId,
    /// How well its words fit on the whole: BM25's score, of no unit.
    pub score: f32,
    /// How many of its entries have a word that was typed.
    pub matching: usize,
    /// The best of them, the best first.
    pub entries: Vec<FoundEntry>,
}

/// An entry that was found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FoundEntry {
    /// The event; none for the incident's id.
    pub event: Option<EventId>,
    /// What it says of its incident.
    pub field: Field,
    /// When it happened.
    pub when: Timestamp,
    /// Its words.
    pub text: String,
    /// What of them was typed, in order and apart from each other.
    pub marks: Vec<Mark>,
}

/// A piece of a text that was typed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Mark {
    /// Where it begins, in bytes; always between two characters.
    pub from: usize,
    /// Where it ends, in bytes; always between two characters.
    pub to: usize,
    /// How it fits.
    pub fit: Fit,
}

impl Index {
    /// What has the words that were typed, of the incidents that are wanted. Where nothing was typed,
    /// all of those, the latest first.
    pub fn find(&self, typed: &str, wanted: &dyn Fn(IncidentId) -> bool, most: Most) -> Results {
        let words = query::words(typed, self.small);
        let sought = Sought::of(&self.terms, &words);
        let tallies: Vec<Tally> = self.held.iter().map(|held| sought.tally(held)).collect();
        let rarities = self.rarities(words.len(), &tallies);
        let average = self.average_length();
        let mut ranked: Vec<Ranked> = Vec::new();
        for (held, tally) in self.held.iter().zip(&tallies) {
            if let Some(class) = tally.class(&words).filter(|_| wanted(held.id)) {
                let score = tally.score(&rarities, length(held) / average);
                ranked.push(Ranked { class, score, held });
            }
        }
        order::sort_by(&mut ranked, |a, b| {
            let best = a.class.cmp(&b.class).then(b.score.total_cmp(&a.score));
            let latest = b.held.latest.cmp(&a.held.latest);
            best.then(latest).then(a.held.id.cmp(&b.held.id))
        });
        let first = ranked.iter().take(most.incidents);
        let found = first.map(|ranked| {
            let mut entries = sought.entries(ranked.held, &words, &rarities);
            let matching = entries.len();
            entries.truncate(most.entries);
            let entries = entries.iter();
            Found {
                incident: ranked.held.id,
                score: ranked.score,
                matching,
                entries: entries
                    .map(|entry| sought.marked(ranked.held, entry.place))
                    .collect(),
            }
        });
        Results {
            total: ranked.len(),
            found: found.collect(),
        }
    }

    /// How much each word says, by how few incidents have it.
    fn rarities(&self, words: usize, tallies: &[Tally]) -> Vec<f32> {
        let having = |word: usize| {
            let has = |tally: &&Tally| tally.0.get(word).is_some_and(|counted| counted.times > 0);
            tallies.iter().filter(has).count()
        };
        (0..words)
            .map(|word| score::rarity(self.held.len(), having(word)))
            .collect()
    }

    fn average_length(&self) -> f32 {
        let all: f32 = self.held.iter().map(length).sum();
        (all / self.held.len().max(1) as f32).max(1.0)
    }
}

/// An incident's length in words, those of its title and the like as many times as they count.
fn length(held: &Held) -> f32 {
    let weighted = held.lengths.iter().zip(WEIGHTS);
    weighted
        .map(|(length, weight)| length * weight)
        .sum::<u32>() as f32
}

/// An incident that has all words.
struct Ranked<'a> {
    /// How far its words are from what was typed; less is better.
    class: u32,
    score: f32,
    held: &'a Held,
}

/// A word that a term fits, and where the next one that it fits is told.
#[derive(Clone, Copy)]
struct Match {
    word: usize,
    fit: Fit,
    next: u32,
}

/// The terms that are looked for.
struct Sought<'a> {
    terms: &'a Terms,
    /// For each term one more than the place of its first match; 0 for most.
    firsts: Vec<u32>,
    /// A bit for each term, set where it fits a word: few enough to stay at hand while all are walked.
    fitting: Vec<u32>,
    matches: Vec<Match>,
    /// For each word what must follow its first term.
    follows: Vec<Follow<'a>>,
}

/// What must follow a word's first term.
#[derive(Default)]
struct Follow<'a> {
    terms: Vec<u32>,
    /// How the term after those begins.
    begins: Option<&'a str>,
}

/// How often an incident has each word, and how well the best one fits.
struct Tally(Vec<Counted>);

#[derive(Clone, Copy)]
struct Counted {
    /// In eighths, and weighted.
    times: u32,
    best: Fit,
}

impl Tally {
    /// How far the words are from what was typed; none where one is missing.
    fn class(&self, words: &[Word]) -> Option<u32> {
        let needed = self.0.iter().zip(words).filter(|(_, word)| !word.optional);
        let mut class = 0;
        for (counted, _) in needed {
            if counted.times == 0 {
                return None;
            }
            class += counted.best as u32;
        }
        Some(class)
    }

    fn score(&self, rarities: &[f32], length: f32) -> f32 {
        let norm = K1 * (1.0 - B + B * length);
        let each = self.0.iter().zip(rarities);
        each.map(|(counted, rarity)| {
            let times = counted.times as f32 / 8.0;
            rarity * times / (times + norm)
        })
        .sum()
    }
}

/// An entry that has a word, and what it is worth.
struct Candidate {
    place: usize,
    /// How many of the words that are needed it has.
    has: usize,
    score: f32,
}

impl<'a> Sought<'a> {
    fn of(terms: &'a Terms, words: &'a [Word]) -> Self {
        let mut sought = Self {
            terms,
            firsts: vec![0; terms.len()],
            fitting: vec![0; terms.len().div_ceil(32)],
            matches: Vec::new(),
            follows: Vec::new(),
        };
        for (place, word) in words.iter().enumerate() {
            let follow = match word.terms.as_slice() {
                [] => Some(Follow::default()),
                [only] => {
                    sought.single(place, word, only);
                    Some(Follow::default())
                }
                [first, rest @ ..] => sought.several(place, word, first, rest),
            };
            sought.follows.push(follow.unwrap_or_default());
        }
        sought
    }

    fn push(&mut self, term: u32, word: usize, fit: Fit) {
        let Some(first) = self.firsts.get_mut(term as usize) else {
            return;
        };
        // The best fit of a word is looked for first.
        let known = self.matches.get((*first as usize).wrapping_sub(1));
        if known.is_some_and(|known| known.word == word) {
            return;
        }
        let next = *first;
        self.matches.push(Match { word, fit, next });
        *first = self.matches.len() as u32;
        self.fitting[term as usize / 32] |= 1 << (term % 32);
    }

    fn single(&mut self, place: usize, word: &Word, term: &str) {
        if let Some(exact) = self.terms.number(term) {
            self.push(exact, place, Fit::Exact);
        }
        let beginning = if word.goes_on {
            self.terms.beginning(term)
        } else {
            Vec::new()
        };
        for term in &beginning {
            self.push(*term, place, Fit::Beginning);
        }
        if !word.forgiving {
            return;
        }
        for (meant, slips) in self.terms.mistyped(term, false) {
            let fit = if slips == 1 { Fit::Slip } else { Fit::Slips };
            self.push(meant, place, fit);
        }
        let unknown = word.goes_on && beginning.is_empty() && term.chars().count() >= SLIPPERY;
        if unknown {
            for (meant, _) in self.terms.mistyped(term, true) {
                self.push(meant, place, Fit::Slips);
            }
        }
    }

    /// Terms side by side; none where one of them is nowhere.
    fn several(
        &mut self,
        place: usize,
        word: &'a Word,
        first: &str,
        rest: &'a [String],
    ) -> Option<Follow<'a>> {
        let first = self.terms.number(first)?;
        let (last, middle) = rest.split_last()?;
        let begins = word.goes_on.then_some(last.as_str());
        let closed = (!word.goes_on).then_some(last);
        let mut terms = Vec::new();
        for term in middle.iter().chain(closed) {
            terms.push(self.terms.number(term)?);
        }
        self.push(first, place, Fit::Exact);
        Some(Follow { terms, begins })
    }

    /// Calls for each place of an entry that fits a word: which, how, and how many tokens it takes.
    fn each(&self, tokens: &[u32], found: &mut dyn FnMut(Match, usize, usize)) {
        for (place, token) in tokens.iter().enumerate() {
            let fitting = self.fitting.get(*token as usize / 32);
            if fitting.is_none_or(|bits| bits >> (token % 32) & 1 == 0) {
                continue;
            }
            let mut next = self.firsts.get(*token as usize).copied().unwrap_or(0);
            while let Some(matched) = self.matches.get((next as usize).wrapping_sub(1)) {
                if let Some((fit, count)) = self.follows_on(*matched, &tokens[place..]) {
                    found(Match { fit, ..*matched }, place, count);
                }
                next = matched.next;
            }
        }
    }

    /// How a word fits that begins here, and over how many tokens.
    fn follows_on(&self, matched: Match, tokens: &[u32]) -> Option<(Fit, usize)> {
        let follow = self.follows.get(matched.word)?;
        let end = 1 + follow.terms.len();
        if tokens.get(1..end)? != follow.terms.as_slice() {
            return None;
        }
        let Some(begins) = follow.begins else {
            return Some((matched.fit, end));
        };
        let last = self.terms.word(*tokens.get(end)?);
        let goes_on = last.strip_prefix(begins)?;
        let fit = if goes_on.is_empty() {
            Fit::Exact
        } else {
            Fit::Beginning
        };
        Some((fit, end + 1))
    }

    fn tally(&self, held: &Held) -> Tally {
        let none = Counted {
            times: 0,
            best: Fit::Slips,
        };
        let mut counted = vec![none; self.follows.len()];
        for (place, entry) in held.entries.iter().enumerate() {
            let weight = WEIGHTS[entry.field as usize];
            self.each(held.tokens(place), &mut |matched, _, _| {
                if let Some(counted) = counted.get_mut(matched.word) {
                    counted.times += weight * matched.fit.eighths();
                    counted.best = counted.best.min(matched.fit);
                }
            });
        }
        Tally(counted)
    }

    /// The entries that have a word, the best first.
    fn entries(&self, held: &Held, words: &[Word], rarities: &[f32]) -> Vec<Candidate> {
        let mut candidates = Vec::new();
        let mut best: Vec<Option<Fit>> = Vec::new();
        for place in 0..held.entries.len() {
            best.clear();
            best.resize(words.len(), None);
            self.each(held.tokens(place), &mut |matched, _, _| {
                if let Some(best) = best.get_mut(matched.word) {
                    *best = Some(best.map_or(matched.fit, |best| best.min(matched.fit)));
                }
            });
            let mut candidate = Candidate {
                place,
                has: 0,
                score: 0.0,
            };
            let mut any = false;
            for ((best, word), rarity) in best.iter().zip(words).zip(rarities) {
                let Some(fit) = best else { continue };
                any = true;
                candidate.has += usize::from(!word.optional);
                candidate.score += rarity * fit.eighths() as f32;
            }
            candidates.extend(any.then_some(candidate));
        }
        order::sort_by(&mut candidates, |a, b| {
            let (one, other) = (&held.entries[a.place], &held.entries[b.place]);
            let weight = |field: Field| WEIGHTS[field as usize];
            let best = b.has.cmp(&a.has).then(b.score.total_cmp(&a.score));
            best.then(weight(other.field).cmp(&weight(one.field)))
                .then(other.when.cmp(&one.when))
                .then(one.event.cmp(&other.event))
                .then(one.field.cmp(&other.field))
        });
        candidates
    }

    /// An entry with what was typed marked.
    fn marked(&self, held: &Held, place: usize) -> FoundEntry {
        let entry = &held.entries[place];
        let text = held.text(place);
        let tokens = words::tokens(text);
        let mut marks: Vec<Mark> = Vec::new();
        self.each(held.tokens(place), &mut |matched, at, count| {
            let (first, last) = (tokens.get(at), tokens.get(at + count - 1));
            if let (Some(first), Some(last)) = (first, last) {
                let (from, to, fit) = (first.from, last.to, matched.fit);
                marks.push(Mark { from, to, fit });
            }
        });
        FoundEntry {
            event: entry.event,
            field: entry.field,
            when: entry.when,
            text: text.to_owned(),
            marks: apart(marks),
        }
    }
}

/// Marks in order, those that overlap as one.
fn apart(mut marks: Vec<Mark>) -> Vec<Mark> {
    order::sort_by(&mut marks, |a, b| (a.from, b.to).cmp(&(b.from, a.to)));
    let mut apart: Vec<Mark> = Vec::new();
    for mark in marks {
        match apart.last_mut().filter(|last| mark.from < last.to) {
            Some(last) => {
                last.to = last.to.max(mark.to);
                last.fit = last.fit.min(mark.fit);
            }
            None => apart.push(mark),
        }
    }
    apart
}
