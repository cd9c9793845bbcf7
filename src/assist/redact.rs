//! What of a brief is replaced, by choice, before it is given away: names, addresses, what looks like
//! a secret. One name has one stand-in throughout, and an answer's stand-ins can be turned back here.
//!
//! Finds what it was told of and what has a form of its own; what has neither stays. Knows no log.

mod spans;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use self::spans::{Span, spans};
use crate::model::{Digest, Writer, order};

/// What can be replaced.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub enum Part {
    /// Names of people who respond.
    People,
    /// Names of services.
    Services,
    /// Who can be called, by name and number.
    Contacts,
    /// The organisation's own name, and others that a person typed: customers, products.
    Names,
    /// Links and names of hosts.
    Links,
    /// E-mail addresses.
    Mails,
    /// IP and hardware addresses.
    Addresses,
    /// Long numbers, tokens, passwords.
    Secrets,
}

impl Part {
    /// All of them, in the order in which a screen shows them.
    pub const ALL: [Self; 8] = [
        Self::People,
        Self::Services,
        Self::Contacts,
        Self::Names,
        Self::Links,
        Self::Mails,
        Self::Addresses,
        Self::Secrets,
    ];

    /// What a stand-in of it begins with: `Responder 1`.
    pub fn stand_in(self) -> &'static str {
        match self {
            Self::People => "Responder",
            Self::Services => "Service",
            Self::Contacts => "Contact",
            Self::Names => "Name",
            Self::Links => "Link",
            Self::Mails => "Mail",
            Self::Addresses => "Address",
            Self::Secrets => "Secret",
        }
    }

    /// What a person chooses to have replaced.
    pub fn title(self) -> &'static str {
        match self {
            Self::People => "People’s names",
            Self::Services => "Services",
            Self::Contacts => "Contacts and telephone numbers",
            Self::Names => "The organisation, and other names",
            Self::Links => "Links and hosts",
            Self::Mails => "E-mail addresses",
            Self::Addresses => "IP addresses",
            Self::Secrets => "What looks like a secret or an account",
        }
    }

    /// A stable name, for settings.
    pub fn name(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Services => "services",
            Self::Contacts => "contacts",
            Self::Names => "names",
            Self::Links => "links",
            Self::Mails => "mails",
            Self::Addresses => "addresses",
            Self::Secrets => "secrets",
        }
    }
}

/// What a person wants replaced.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Choice {
    /// The parts.
    pub parts: BTreeSet<Part>,
    /// Other names that they typed; replaced with [`Part::Names`].
    pub others: Vec<String>,
}

impl Default for Choice {
    /// All of it: leaving something in is a choice, taking it out is not.
    fn default() -> Self {
        Self {
            parts: Part::ALL.into_iter().collect(),
            others: Vec::new(),
        }
    }
}

/// A name that is known, and all spellings that mean it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Known {
    /// What it is a name of.
    pub part: Part,
    /// The name, which a stand-in is turned back into.
    pub name: String,
    /// Other spellings: a person's first name.
    pub also: Vec<String>,
}

/// `Responder 3`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub struct StandIn {
    /// Of what.
    pub part: Part,
    /// Which one, from 1.
    pub number: u32,
}

impl std::fmt::Display for StandIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.part.stand_in(), self.number)
    }
}

/// Replaces, and remembers what by what.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Redactor {
    parts: BTreeSet<Part>,
    /// Spellings in small letters, by the first byte of their first letter; longest first.
    spellings: Vec<(String, usize)>,
    known: Vec<Known>,
    /// Stand-ins that stand in the texts themselves, so that they mean nobody.
    taken: BTreeSet<StandIn>,
    given: BTreeMap<(Part, String), StandIn>,
    next: BTreeMap<Part, u32>,
}

/// Small words that are names of people only where they are written large.
const ALSO_WORDS: [&str; 16] = [
    "art", "bill", "dawn", "drew", "faith", "grace", "hope", "jack", "joy", "mark", "may", "pat",
    "ray", "rich", "rob", "will",
];

impl Redactor {
    /// Replaces these parts, and of names these.
    pub fn new(choice: &Choice, known: Vec<Known>) -> Self {
        let mut spellings: Vec<(String, usize)> = Vec::new();
        for (at, one) in known.iter().enumerate() {
            if !choice.parts.contains(&one.part) {
                continue;
            }
            let all = std::iter::once(&one.name).chain(&one.also);
            for spelling in all {
                let small = spelling.trim().to_ascii_lowercase();
                let told = spellings.iter().any(|(other, _)| *other == small);
                if small.chars().any(char::is_alphanumeric) && !told {
                    spellings.push((small, at));
                }
            }
        }
        order::sort_by(&mut spellings, |(a, _), (b, _)| {
            b.len().cmp(&a.len()).then_with(|| a.cmp(b))
        });
        Self {
            parts: choice.parts.clone(),
            spellings,
            known,
            ..Self::default()
        }
    }

    /// Notes the stand-ins that a text has already: none of them is given to anything.
    pub fn beware(&mut self, text: &str) {
        self.taken
            .extend(stand_ins(text).into_iter().map(|(_, found)| found));
    }

    /// The text with stand-ins.
    pub fn redact(&mut self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut done = 0;
        for span in self.spans(text) {
            let Some(part) = text.get(span.from..span.to) else {
                continue;
            };
            out.push_str(text.get(done..span.from).unwrap_or_default());
            let stand_in = self.given_to(&span, part);
            out.push_str(&stand_in.to_string());
            done = span.to;
        }
        out.push_str(text.get(done..).unwrap_or_default());
        out
    }

    /// What is to be replaced in a text, in order and without overlaps.
    fn spans(&self, text: &str) -> Vec<Span> {
        let mut found = spans(text, &self.parts);
        for (spelling, at) in &self.spellings {
            let Some(known) = self.known.get(*at) else {
                continue;
            };
            for (from, to) in spans::mentions(text, spelling) {
                let said = text.get(from..to).unwrap_or_default();
                let is_word = known.part == Part::People && ALSO_WORDS.contains(&said);
                if !is_word {
                    spans::add(text, &mut found, known.part, Some(*at), from, to);
                }
            }
        }
        order::sort_by_key(&mut found, |span| span.from);
        // Two stand-ins without a gap could not be told apart: what touches is one.
        let mut apart: Vec<Span> = Vec::with_capacity(found.len());
        for span in found {
            match apart.last_mut().filter(|last| last.to == span.from) {
                Some(last) => {
                    *last = Span {
                        to: span.to,
                        known: None,
                        whole: false,
                        ..*last
                    };
                }
                None => apart.push(span),
            }
        }
        apart
    }

    fn given_to(&mut self, span: &Span, said: &str) -> StandIn {
        let known = span.known.and_then(|at| self.known.get(at));
        let real = known.map_or_else(|| said.to_owned(), |known| known.name.clone());
        // A word that a name is only a part of is another name.
        let real = match known {
            Some(known) if !span.whole || !means(known, said) => said.to_owned(),
            _ => real,
        };
        let key = (span.part, real);
        if let Some(given) = self.given.get(&key) {
            return *given;
        }
        let number = self.next.entry(span.part).or_insert(0);
        let given = loop {
            *number += 1;
            let free = StandIn {
                part: span.part,
                number: *number,
            };
            if !self.taken.contains(&free) {
                break free;
            }
        };
        self.given.insert(key, given);
        given
    }

    /// What was replaced by what: each stand-in with what it stands for.
    pub fn given(&self) -> impl Iterator<Item = (StandIn, &str)> {
        self.given
            .iter()
            .map(|((_, real), given)| (*given, real.as_str()))
    }
}

fn means(known: &Known, said: &str) -> bool {
    let mut all = std::iter::once(&known.name).chain(&known.also);
    all.any(|spelling| spelling.trim().eq_ignore_ascii_case(said))
}

/// The stand-ins in a text, each with where it stands. A number of more than six digits is none.
fn stand_ins(text: &str) -> Vec<((usize, usize), StandIn)> {
    let mut found = Vec::new();
    for part in Part::ALL {
        let word = part.stand_in().to_ascii_lowercase();
        for (from, to) in spans::plain(text, &word) {
            let rest = text.get(to..).unwrap_or_default();
            let gap = rest.chars().next().filter(|c| " \u{a0}".contains(*c));
            let Some(gap) = gap.map(char::len_utf8) else {
                continue;
            };
            let digits = rest.get(gap..).unwrap_or_default();
            let count = digits.bytes().take_while(u8::is_ascii_digit).count();
            let ends = digits.get(count..).and_then(|rest| rest.chars().next());
            let number = digits.get(..count).filter(|digits| digits.len() <= 6);
            let number = number.and_then(|digits| digits.parse().ok());
            let begins = text.get(..from).and_then(|before| before.chars().last());
            if let Some(number) = number
                && !begins.is_some_and(spans::joins)
                && !ends.is_some_and(spans::joins)
            {
                found.push(((from, to + gap + count), StandIn { part, number }));
            }
        }
    }
    order::sort_by_key(&mut found, |((from, _), _)| *from);
    found
}

/// A short name of something, from which it cannot be read.
pub fn digest(text: &str) -> String {
    Writer::from_digest(Digest::of(&[text.as_bytes()])).to_string()
}

/// What an answer's stand-ins stand for.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Meanings(pub BTreeMap<StandIn, String>);

impl Meanings {
    /// The text with the real names, and the stand-ins that mean nothing here. Those of parts for
    /// which `stays` is so are left as they are.
    pub fn turned_back(&self, text: &str, stays: &dyn Fn(Part) -> bool) -> (String, Vec<StandIn>) {
        let (mut out, mut unknown, mut done) = (String::new(), Vec::new(), 0);
        for ((from, to), stand_in) in stand_ins(text) {
            match self.0.get(&stand_in) {
                Some(real) if !stays(stand_in.part) => {
                    out.push_str(text.get(done..from).unwrap_or_default());
                    out.push_str(real);
                    done = to;
                }
                Some(_) => {}
                None => unknown.push(stand_in),
            }
        }
        out.push_str(text.get(done..).unwrap_or_default());
        (out, unknown)
    }
}
