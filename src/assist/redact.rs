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
    /// Spellings that mean it only in these very letters: parts of two letters.
    pub exact: Vec<String>,
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

/// A spelling that is looked for.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Spelling {
    /// In small letters.
    small: Vec<char>,
    /// These very letters, where no others will do.
    exact: Option<String>,
    /// The place of the name that it means.
    known: usize,
}

/// Replaces, and remembers what by what.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Redactor {
    parts: BTreeSet<Part>,
    /// Longest first.
    spellings: Vec<Spelling>,
    /// The places of the spellings that begin with a small letter.
    begins: BTreeMap<char, Vec<usize>>,
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
        let mut spellings: Vec<Spelling> = Vec::new();
        let mut told: BTreeSet<(Vec<char>, Option<String>)> = BTreeSet::new();
        for (at, one) in known.iter().enumerate() {
            if !choice.parts.contains(&one.part) {
                continue;
            }
            let any = std::iter::once(&one.name).chain(&one.also);
            let any = any.map(|spelling| (spelling.trim(), None));
            let exact = one.exact.iter().map(|spelling| spelling.trim());
            let exact = exact.map(|spelling| (spelling, Some(spelling.to_owned())));
            for (spelling, exact) in any.chain(exact) {
                let small: Vec<char> = spelling.chars().map(spans::small).collect();
                let is_word = small.iter().any(|c| c.is_alphanumeric());
                if is_word && told.insert((small.clone(), exact.clone())) {
                    spellings.push(Spelling {
                        small,
                        exact,
                        known: at,
                    });
                }
            }
        }
        order::sort_by(&mut spellings, |a, b| {
            let longest = b.small.len().cmp(&a.small.len());
            longest.then_with(|| a.cmp(b))
        });
        let mut begins: BTreeMap<char, Vec<usize>> = BTreeMap::new();
        for (at, spelling) in spellings.iter().enumerate() {
            if let Some(first) = spelling.small.first() {
                begins.entry(*first).or_default().push(at);
            }
        }
        Self {
            parts: choice.parts.clone(),
            spellings,
            begins,
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
        for (spelling, from, to) in self.mentions(text) {
            let at = self.spellings.get(spelling).map(|spelling| spelling.known);
            let Some((at, known)) = at.and_then(|at| Some((at, self.known.get(at)?))) else {
                continue;
            };
            let said = text.get(from..to).unwrap_or_default();
            let is_word = known.part == Part::People && ALSO_WORDS.contains(&said);
            if !is_word {
                spans::add(text, &mut found, known.part, Some(at), from, to);
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

    /// Where names are mentioned, in bytes, each with the place of its spelling: the longest first.
    fn mentions(&self, text: &str) -> Vec<(usize, usize, usize)> {
        let letters = text.char_indices();
        let letters: Vec<(usize, char)> = letters.map(|(at, c)| (at, spans::small(c))).collect();
        let mut found = Vec::new();
        for (place, (from, first)) in letters.iter().enumerate() {
            for at in self.begins.get(first).into_iter().flatten() {
                let Some(spelling) = self.spellings.get(*at) else {
                    continue;
                };
                let end = place + spelling.small.len();
                let run = letters.get(place..end).unwrap_or_default();
                let to = letters.get(end).map_or(text.len(), |(to, _)| *to);
                let said = text.get(*from..to);
                if run.iter().map(|(_, c)| c).eq(&spelling.small)
                    && (spelling.exact.is_none() || spelling.exact.as_deref() == said)
                    && spans::is_mention(text, *from, to)
                {
                    found.push((*at, *from, to));
                }
            }
        }
        order::sort(&mut found);
        found
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
    let small = |text: &str| text.chars().map(spans::small).collect::<String>();
    let said_small = small(said);
    let mut all = std::iter::once(&known.name).chain(&known.also);
    all.any(|spelling| small(spelling.trim()) == said_small)
        || known.exact.iter().any(|spelling| spelling.trim() == said)
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

/// A short name of a text.
pub fn digest(text: &str) -> String {
    Writer::from_digest(Digest::of(&[text.as_bytes()])).to_string()
}

/// A short name of what a stand-in stands for in a brief. The brief's own name goes into it, so that no
/// list made beforehand reads it and one name has another in each brief. It keeps names out of sight and
/// is no lock: whoever has the digest and guesses a name can see that they guessed right.
pub fn digest_of_name(brief: &str, name: &str) -> String {
    Writer::from_digest(Digest::of(&[brief.as_bytes(), b"\n", name.as_bytes()])).to_string()
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
