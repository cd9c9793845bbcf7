//! An assistant's answer, as somebody pasted it: proposals, and what of it cannot be read.
//!
//! Any text gives proposals or a sentence that says what is wrong and where. Nothing in it can do
//! anything: it has no links, no markup and no names of acts, and what it proposes waits for a person.

#[cfg(test)]
mod tests;

use super::brief::Key;
use super::redact::{Meanings, Part};
use crate::classify::targets::Audience;
use crate::guide::words::count;
use crate::model::fact::{Suspicion, Words};
use crate::model::json::Json;
use crate::model::organisation::Organisation;
use crate::model::proposal::{
    Origin, Proposal, Proposed, ProposedTask, ProposedUpdate, SimilarCase,
};
use crate::model::task::Purpose;
use crate::model::{EventId, order};

/// How many proposals are read at the most.
pub const MOST: usize = 20;
/// The longest text that is looked at, in bytes.
const LARGEST: usize = 200_000;
/// The longest title, in characters.
const TITLE: usize = 160;
/// The longest text of a proposal, in characters.
const TEXT: usize = 2_000;
/// How many entries a proposal can name.
const BECAUSE: usize = 20;
/// How many problems are told before the rest is only counted.
const PROBLEMS: usize = 20;
/// The field that an answer is known by.
const MARK: &str = "muster_answer";

/// Why nothing of a text can be read.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Trouble {
    /// Nothing was pasted.
    #[error("Nothing was pasted yet.")]
    Empty,
    /// More than any answer has.
    #[error("The text has {0} bytes; an answer has {LARGEST} at the most. Paste the answer alone.")]
    TooLong(usize),
    /// There is no answer in it.
    #[error(
        "No answer is in this text. It must have the block of JSON with “muster_answer” that the brief asks for."
    )]
    NoAnswer,
    /// The JSON is broken.
    #[error("The JSON cannot be read in line {line}, at character {column}: {why}.")]
    Broken {
        /// Which line of what was pasted, from 1.
        line: usize,
        /// Which byte of that line, from 1.
        column: usize,
        /// What is wrong there.
        why: String,
    },
    /// Another version of the form.
    #[error("“muster_answer” is not 1: this version reads no other form.")]
    Version,
    /// It does not say which brief it answers.
    #[error("The answer has no “brief”: it must repeat the brief’s name.")]
    NoBrief,
    /// It answers a brief that is not known here.
    #[error(
        "The answer is to the brief “{0}”, which this browser did not give away, or has forgotten. Copy the brief anew and ask again."
    )]
    OtherBrief(String),
    /// Its proposals are no list.
    #[error("“proposals” must be a list.")]
    NoList,
    /// More proposals than anybody decides.
    #[error("The answer has {0} proposals; {MOST} at the most are read. Ask for fewer.")]
    TooMany(usize),
}

/// What was read of an answer.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Reading {
    /// What it proposes, with real names.
    pub proposals: Vec<Proposed>,
    /// What of it cannot be read, or was read otherwise, each with its place.
    pub problems: Vec<String>,
}

/// An answer whose form is right; what it says is not looked at yet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Form {
    /// The brief that it answers.
    pub brief: String,
    items: Vec<Json>,
}

/// What an answer is read by.
#[derive(Clone, Copy)]
pub struct By<'a> {
    /// The brief that it answers.
    pub key: &'a Key,
    /// What stand-ins stand for.
    pub meanings: &'a Meanings,
    /// Whom outsiders are, and what they call services.
    pub organisation: &'a Organisation,
    /// Which audiences are outside, by name.
    pub outside: &'a dyn Fn(&str) -> bool,
    /// What a person calls the assistant; may be empty.
    pub assistant: &'a str,
}

/// Finds the answer in a text that may have more around it. Of several, the last one counts: a brief
/// that was copied along has an example.
///
/// # Errors
/// What is wrong, and where.
pub fn find(text: &str) -> Result<Form, Trouble> {
    if text.trim().is_empty() {
        return Err(Trouble::Empty);
    }
    if text.len() > LARGEST {
        return Err(Trouble::TooLong(text.len()));
    }
    let fields = object(text)?;
    let field = |name: &str| {
        let mut fields = fields.iter();
        fields
            .find(|(other, _)| other == name)
            .map(|(_, value)| value)
    };
    if field(MARK) != Some(&Json::Number(1)) {
        return Err(Trouble::Version);
    }
    let brief = match field("brief") {
        Some(Json::Text(brief)) if !brief.trim().is_empty() => short(brief.trim(), 40),
        _ => return Err(Trouble::NoBrief),
    };
    match field("proposals") {
        Some(Json::List(items)) if items.len() > MOST => Err(Trouble::TooMany(items.len())),
        Some(Json::List(items)) => Ok(Form {
            brief,
            items: items.clone(),
        }),
        _ => Err(Trouble::NoList),
    }
}

/// How many beginnings of an object are tried before each mention of the mark.
const TRIES: usize = 64;

/// The last object that has the mark.
fn object(text: &str) -> Result<Vec<(String, Json)>, Trouble> {
    let marks: Vec<usize> = text
        .rmatch_indices(MARK)
        .take(8)
        .map(|(at, _)| at)
        .collect();
    let mut broken: Option<(usize, Trouble)> = None;
    for mark in marks {
        let before = text.get(..mark).unwrap_or_default();
        for (start, _) in before.rmatch_indices('{').take(TRIES) {
            let rest = text.get(start..).unwrap_or_default();
            let mut values = serde_json::Deserializer::from_str(rest).into_iter::<Json>();
            match values.next() {
                Some(Ok(Json::Object(fields))) if fields.iter().any(|(name, _)| name == MARK) => {
                    return Ok(fields);
                }
                Some(Err(error)) => {
                    let (place, trouble) = told(text, start, &error);
                    // The one that was read furthest says most.
                    if broken.as_ref().is_none_or(|(best, _)| *best < place) {
                        broken = Some((place, trouble));
                    }
                }
                _ => {}
            }
        }
    }
    Err(broken.map_or(Trouble::NoAnswer, |(_, trouble)| trouble))
}

/// Where in the whole text an error is, and what it is.
fn told(text: &str, start: usize, error: &serde_json::Error) -> (usize, Trouble) {
    let before = text.get(..start).unwrap_or_default();
    let lines_before = before.matches('\n').count();
    let last = before.rfind('\n').map_or(0, |at| at + 1);
    let line = lines_before + error.line();
    let column = if error.line() <= 1 {
        start - last + error.column()
    } else {
        error.column()
    };
    let said = error.to_string();
    let why = said.split(" at line ").next().unwrap_or_default();
    let trouble = Trouble::Broken {
        line,
        column,
        why: short(why, 120),
    };
    (line.saturating_mul(LARGEST) + column, trouble)
}

/// The beginning of a text, in characters.
fn short(text: &str, most: usize) -> String {
    crate::guide::words::shortened(text, most)
}

/// What an answer proposes. What cannot be read of it is left out and told, one by one.
pub fn read(form: &Form, by: &By<'_>) -> Reading {
    let mut reading = Reading::default();
    for (place, item) in form.items.iter().enumerate() {
        let mut one = One {
            by,
            place: place + 1,
            problems: Vec::new(),
        };
        match one.proposed(item) {
            Ok(proposed) => {
                let told = reading
                    .proposals
                    .iter()
                    .any(|other| other.what == proposed.what);
                if told {
                    one.problem("says what another says: it is left out".to_owned());
                } else {
                    reading.proposals.push(proposed);
                }
            }
            Err(why) => one.problem(format!("{why}: it is left out")),
        }
        reading.problems.append(&mut one.problems);
    }
    let more = reading.problems.len().saturating_sub(PROBLEMS);
    if more > 0 {
        reading.problems.truncate(PROBLEMS);
        let more = count(more, "more problem", "more problems");
        reading.problems.push(format!("And {more}."));
    }
    reading
}

/// One proposal, while it is read.
struct One<'a> {
    by: &'a By<'a>,
    place: usize,
    problems: Vec<String>,
}

impl One<'_> {
    fn problem(&mut self, what: String) {
        self.problems
            .push(format!("Proposal {} {what}.", self.place));
    }

    fn proposed(&mut self, item: &Json) -> Result<Proposed, String> {
        let Json::Object(fields) = item else {
            return Err("is no object".to_owned());
        };
        let kind = text(fields, "kind", 40)?;
        let because = self.because(fields)?;
        let what = match kind.as_str() {
            "task" => Proposal::Task(ProposedTask {
                title: self.named(needed(fields, "title", TITLE)?),
                text: self.named(text(fields, "text", TEXT)?),
                purpose: Purpose::Other,
                task: None,
            }),
            "hypothesis" => Proposal::Hypothesis(Suspicion {
                text: self.named(needed(fields, "text", TEXT)?),
                service: self.named(text(fields, "service", TITLE)?),
            }),
            "update" => Proposal::Update(self.update(fields)?),
            "question" => Proposal::Question(Words {
                text: self.named(needed(fields, "text", TEXT)?),
            }),
            "similar" => Proposal::Similar(self.similar(fields)?),
            "" => return Err("has no “kind”".to_owned()),
            other => {
                let other = short(other, 40);
                return Err(format!(
                    "is of the kind “{other}”, which is none of task, hypothesis, update, question, similar"
                ));
            }
        };
        let why = self.named(text(fields, "why", TEXT)?);
        Ok(Proposed {
            from: Origin::Assistant(line(self.by.assistant)),
            what,
            because,
            words: why,
        })
    }

    /// With real names.
    fn named(&mut self, said: String) -> String {
        let (text, unknown) = self.by.meanings.turned_back(&said, &|_| false);
        if let Some(first) = unknown.first() {
            self.problem(format!("names “{first}”, which was not in the brief"));
        }
        text
    }

    fn because(&mut self, fields: &[(String, Json)]) -> Result<Vec<EventId>, String> {
        let labels = match get(fields, "because") {
            Some(Json::List(labels)) => labels,
            Some(Json::Text(_)) => return Err("has a “because” that is no list".to_owned()),
            _ => return Err("has no “because”, so nobody can say what it rests on".to_owned()),
        };
        if labels.len() > BECAUSE {
            let labels = labels.len();
            return Err(format!(
                "rests on {labels} entries, and {BECAUSE} are the most"
            ));
        }
        let mut because = Vec::new();
        for label in labels {
            let Json::Text(label) = label else {
                self.problem("has a label that is no text".to_owned());
                continue;
            };
            let found = numbered(label, 'E').and_then(|at| self.by.key.events.get(at));
            match found {
                Some(event) if !because.contains(event) => because.push(*event),
                Some(_) => {}
                None => {
                    let label = short(&line(label), 40);
                    self.problem(format!("rests on “{label}”, which is not in the brief"));
                }
            }
        }
        if because.is_empty() {
            return Err("rests on no entry of the brief".to_owned());
        }
        order::sort(&mut because);
        Ok(because)
    }

    /// Outsiders read no name that was replaced: only what the organisation calls a service for them.
    fn update(&mut self, fields: &[(String, Json)]) -> Result<ProposedUpdate, String> {
        let audience = needed(fields, "audience", TITLE)?.to_ascii_lowercase();
        let organisation = self.by.organisation;
        let known = organisation.audience(&audience);
        let name = known.map_or(audience, |rules| rules.name.clone());
        if Audience::named(&name).is_none() && known.is_none() {
            let name = short(&name, 40);
            return Err(format!("is for “{name}”, an audience that nobody knows"));
        }
        let said = needed(fields, "text", TEXT)?;
        let text = if (self.by.outside)(&name) {
            self.for_outsiders(&said)
        } else {
            self.named(said)
        };
        Ok(ProposedUpdate {
            audience: name,
            text,
        })
    }

    fn for_outsiders(&mut self, said: &str) -> String {
        let mut public = Meanings::default();
        for (stand_in, real) in &self.by.meanings.0 {
            let service = self.by.organisation.service(real);
            let name = service.map(|service| service.public_name.clone());
            let name = name.filter(|name| stand_in.part == Part::Services && !name.is_empty());
            if let Some(name) = name {
                public.0.insert(*stand_in, name);
            }
        }
        let (text, left) = public.turned_back(said, &|_| false);
        if let Some(first) = left.first() {
            self.problem(format!(
                "has a text for outsiders that names “{first}”: it stays so, for a person to write otherwise"
            ));
        }
        text
    }

    fn similar(&mut self, fields: &[(String, Json)]) -> Result<SimilarCase, String> {
        let label = text(fields, "incident", 40)?;
        let said = text(fields, "text", TEXT)?;
        let said = self.named(said);
        let incident = numbered(&label, 'I').and_then(|at| self.by.key.cases.get(at));
        if incident.is_none() && !label.is_empty() {
            let label = short(&label, 40);
            self.problem(format!(
                "names the incident “{label}”, which is not in the brief"
            ));
        }
        if incident.is_none() && said.is_empty() {
            return Err("names no case".to_owned());
        }
        Ok(SimilarCase {
            incident: incident.copied(),
            text: said,
        })
    }
}

/// The place that `E12` or `[e12]` names, from 0.
fn numbered(label: &str, letter: char) -> Option<usize> {
    let label = label.trim().trim_matches(['[', ']', ' ']);
    let mut chars = label.chars();
    let first = chars.next().filter(|c| c.eq_ignore_ascii_case(&letter))?;
    let digits = label.get(first.len_utf8()..)?;
    let plain = !digits.starts_with('0') && digits.bytes().all(|byte| byte.is_ascii_digit());
    let number: usize = digits.parse().ok().filter(|_| plain)?;
    number.checked_sub(1)
}

fn get<'a>(fields: &'a [(String, Json)], name: &str) -> Option<&'a Json> {
    let mut fields = fields.iter();
    fields
        .find(|(other, _)| other == name)
        .map(|(_, value)| value)
}

/// A field's text, cleaned; empty where it is not given.
fn text(fields: &[(String, Json)], name: &str, most: usize) -> Result<String, String> {
    let said = match get(fields, name) {
        None | Some(Json::Null) => return Ok(String::new()),
        Some(Json::Text(said)) => plain(said),
        Some(_) => return Err(format!("has a “{name}” that is no text")),
    };
    let length = said.chars().count();
    if length > most {
        return Err(format!(
            "has a “{name}” of {length} characters, and {most} are the most"
        ));
    }
    Ok(if most <= TITLE { line(&said) } else { said })
}

fn needed(fields: &[(String, Json)], name: &str, most: usize) -> Result<String, String> {
    let said = text(fields, name, most)?;
    if said.is_empty() {
        return Err(format!("has no “{name}”"));
    }
    Ok(said)
}

fn line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}

/// A text without what cannot be seen, and without what a screen would take for a heading or a block
/// of code: an assistant writes words.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for piece in text.split('\n') {
        let words = super::brief::flat(piece);
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(words.trim_start_matches(['#', ' ']));
    }
    let out = out.replace("```", "'''").replace("~~~", "---");
    out.trim().to_owned()
}
