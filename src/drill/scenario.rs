//! Scenarios as Markdown: a situation to begin with, and injects at their minutes (docs/drills.md).
//!
//! Any bytes give a scenario or problems, each with its line and what to do about it. Nothing is guessed:
//! a line that looks like a field and is none is told, since an inject that never comes spoils an hour.

use super::expected::Expected;
use crate::model::term::{Effect, Level, Role, Scope, Urgency};
use crate::runbook::markdown::{role, slug, takes};

/// The longest text that is read, in bytes. Muster's own limit.
pub const LARGEST: usize = 200_000;
/// The most injects that a scenario may have. Muster's own limit.
const MOST_INJECTS: usize = 200;
/// The last minute that a scenario may come to: a day. Muster's own limit.
const LAST_MINUTE: u32 = 1440;

/// A scenario, read.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Scenario {
    /// Its name for good, made from its title: drills of one name are compared.
    pub name: String,
    /// What it is called.
    pub title: String,
    /// What it trains, in a sentence.
    pub trains: String,
    /// How many minutes it lasts.
    pub minutes: u32,
    /// The roles that should be filled.
    pub roles: Vec<Role>,
    /// What one should know before choosing it.
    pub about: String,
    /// How it begins.
    pub situation: Situation,
    /// What is expected from the beginning on.
    pub expected: Vec<Expected>,
    /// What only the facilitator reads.
    pub facilitator: String,
    /// What is said, in the order of the minutes.
    pub injects: Vec<ScriptedInject>,
}

/// How a drill begins: what everybody is told.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Situation {
    /// The incident's title.
    pub title: String,
    /// The services that are hit.
    pub services: Vec<(String, Level)>,
    /// Effect, scope and urgency, where those who practise need not find them.
    pub answers: Option<(Effect, Scope, Urgency)>,
    /// A few sentences.
    pub words: String,
}

/// Something that somebody says at a minute.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ScriptedInject {
    /// Which one it is, from 1.
    pub number: u32,
    /// When, in minutes of the scenario.
    pub minute: u32,
    /// Who speaks.
    pub from: String,
    /// What they say.
    pub text: String,
    /// What the facilitator should look for; may be empty.
    pub look_for: String,
    /// What is expected from then on.
    pub expected: Vec<Expected>,
    /// The line of its heading, from 1.
    line: usize,
}

/// What is wrong with a text.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("Line {line}: {what}")]
pub struct Problem {
    /// Where, from 1.
    pub line: usize,
    /// What, and what to do.
    pub what: String,
}

/// Reads a scenario.
///
/// # Errors
/// All that is wrong with it, by line.
pub fn read(text: &str) -> Result<Scenario, Vec<Problem>> {
    if text.len() > LARGEST {
        return Err(vec![Problem {
            line: 1,
            what: format!(
                "The text has {} bytes; at most {LARGEST} are read. Leave out what nobody will say.",
                text.len()
            ),
        }]);
    }
    let mut reader = Reader::default();
    for (number, line) in text.lines().enumerate() {
        reader.see(number + 1, line.trim());
    }
    reader.flush();
    reader.finish()
}

/// The section that a line stands in.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum Section {
    #[default]
    Head,
    Situation,
    Expected,
    Facilitator,
    Inject,
    /// One that could not be read: its lines are passed over.
    Unknown,
}

#[derive(Default)]
struct Reader {
    scenario: Scenario,
    problems: Vec<Problem>,
    section: Section,
    /// The line that is being taken, from 1.
    line: usize,
    situation_line: usize,
    /// What goes on over several lines, and where it began.
    pending: Option<(usize, String)>,
}

/// Fields whose words may go on in the next line.
const LONG: [&str; 3] = ["trains", "look for", "expect"];
/// Fields of one line.
const SHORT: [&str; 6] = ["lasts", "roles", "title", "service", "answers", "from"];

impl Reader {
    /// A line as it stands in the text: words that go on in the next one are put together first.
    fn see(&mut self, number: usize, line: &str) {
        let begins = line.is_empty()
            || line.starts_with('#')
            || is_item(line)
            || field(line, &LONG).is_some()
            || field(line, &SHORT).is_some();
        match &mut self.pending {
            Some((_, words)) if !begins => {
                words.push(' ');
                words.push_str(line);
            }
            _ => {
                self.flush();
                self.pending = Some((number, line.to_owned()));
            }
        }
        let ends = line.is_empty() || line.starts_with('#') || field(line, &SHORT).is_some();
        if ends {
            self.flush();
        }
    }

    fn flush(&mut self) {
        if let Some((number, words)) = self.pending.take() {
            self.line = number;
            self.take(&words);
        }
    }

    fn wrong(&mut self, what: impl Into<String>) {
        self.wrong_at(self.line, what);
    }

    fn wrong_at(&mut self, line: usize, what: impl Into<String>) {
        let what = what.into();
        self.problems.push(Problem { line, what });
    }

    fn take(&mut self, line: &str) {
        if let Some(heading) = line.strip_prefix("## ") {
            self.section = self.begin(heading.trim());
        } else if let Some(title) = line.strip_prefix("# ") {
            self.title(title.trim());
        } else {
            match self.section {
                Section::Head => self.head(line),
                Section::Situation => self.situation(line),
                Section::Expected => self.expected(line),
                Section::Facilitator => add(&mut self.scenario.facilitator, line),
                Section::Inject => self.inject(line),
                Section::Unknown => {}
            }
        }
    }

    fn title(&mut self, title: &str) {
        if self.scenario.title.is_empty() && self.section == Section::Head {
            title.clone_into(&mut self.scenario.title);
        } else {
            self.wrong(
                "There is a second title. A scenario has one heading with one “#”, at its top.",
            );
        }
    }

    fn begin(&mut self, heading: &str) -> Section {
        let lower = heading.to_ascii_lowercase();
        match lower.as_str() {
            "situation" if self.situation_line > 0 => {
                self.wrong("There is a second “## Situation”. Put both into one.");
                Section::Situation
            }
            "situation" => {
                self.situation_line = self.line;
                Section::Situation
            }
            "expected" => Section::Expected,
            "for the facilitator" => Section::Facilitator,
            _ => match lower.strip_prefix("at ") {
                Some(time) => self.begin_inject(time),
                None => {
                    self.wrong(format!("“## {heading}” is no section of a scenario. There are “## Situation”, “## Expected”, “## For the facilitator” and “## At 4 min”."));
                    Section::Unknown
                }
            },
        }
    }

    fn begin_inject(&mut self, time: &str) -> Section {
        let Some((minute, None)) = takes(time.trim()) else {
            self.wrong(format!(
                "“At {time}” names no minute. Write it as “## At 4 min”."
            ));
            return Section::Unknown;
        };
        if minute > LAST_MINUTE {
            self.wrong(format!("Minute {minute} is too late: a scenario lasts a day at the most. Write a minute up to {LAST_MINUTE}."));
            return Section::Unknown;
        }
        let before = self.scenario.injects.last().map_or(0, |last| last.minute);
        if minute < before {
            self.wrong(format!("Minute {minute} stands behind minute {before}. Put the sections in the order of their minutes."));
        }
        if self.scenario.injects.len() == MOST_INJECTS {
            self.wrong(format!(
                "There are more than {MOST_INJECTS} injects. Make two scenarios of it."
            ));
            return Section::Unknown;
        }
        self.scenario.injects.push(ScriptedInject {
            number: u32::try_from(self.scenario.injects.len() + 1).unwrap_or(u32::MAX),
            minute,
            line: self.line,
            ..ScriptedInject::default()
        });
        Section::Inject
    }

    fn head(&mut self, line: &str) {
        let scenario = &mut self.scenario;
        match field(line, &["trains", "lasts", "roles"]) {
            Some(("trains", value)) => value.clone_into(&mut scenario.trains),
            Some(("lasts", value)) => match takes(value) {
                Some((minutes, None)) if (1..=LAST_MINUTE).contains(&minutes) => {
                    scenario.minutes = minutes;
                }
                _ => self.wrong(format!("“{value}” is no length of time between a minute and a day. Write it as “Lasts: 60 min”.")),
            },
            Some((_, value)) => {
                let names = value.split(',').map(str::trim);
                scenario.roles = names.filter(|name| !name.is_empty()).map(role).collect();
            }
            None => add(&mut scenario.about, line),
        }
    }

    fn situation(&mut self, line: &str) {
        let situation = &mut self.scenario.situation;
        match field(line, &["title", "service", "answers"]) {
            Some(("title", value)) => value.clone_into(&mut situation.title),
            Some(("service", value)) => match service(value) {
                Some(service) => situation.services.push(service),
                None => self.wrong(format!("“{value}” does not say how a service is. Write it as “Service: Checkout, down”, or “partly down” or “degraded”.")),
            },
            Some((_, value)) => match answers(value) {
                Some(answers) => situation.answers = Some(answers),
                None => self.wrong(format!("“{value}” are no three answers. Write effect, scope and urgency, as “Answers: cannot_work, many, getting_worse”.")),
            },
            None => add(&mut situation.words, line),
        }
    }

    fn expected(&mut self, line: &str) {
        let Some(item) = line.strip_prefix("- ").or_else(|| line.strip_prefix("* ")) else {
            if !line.is_empty() {
                self.wrong("This is no list item. Begin each thing that is expected with “- ”.");
            }
            return;
        };
        match Expected::read(item) {
            Ok(expected) => self.scenario.expected.push(expected),
            Err(what) => self.wrong(what),
        }
    }

    fn inject(&mut self, line: &str) {
        let found = field(line, &["from", "look for", "expect"]);
        let expected = match found {
            Some(("expect", value)) => match Expected::read(value) {
                Ok(expected) => Some(expected),
                Err(what) => return self.wrong(what),
            },
            _ => None,
        };
        let Some(inject) = self.scenario.injects.last_mut() else {
            return;
        };
        inject.expected.extend(expected);
        match found {
            Some(("from", _)) if !inject.from.is_empty() => self.wrong("Somebody speaks here already. Begin a section of its own, such as “## At 4 min”, for whoever speaks next."),
            Some(("from", value)) => value.clone_into(&mut inject.from),
            Some(("look for", value)) => add(&mut inject.look_for, value),
            Some(_) => {}
            None => add(&mut inject.text, line),
        }
    }

    fn finish(mut self) -> Result<Scenario, Vec<Problem>> {
        self.whole();
        if !self.problems.is_empty() {
            crate::model::order::sort_by_key(&mut self.problems, |problem| problem.line);
            return Err(self.problems);
        }
        let mut scenario = self.scenario;
        let last = scenario.injects.last().map_or(0, |inject| inject.minute);
        scenario.minutes = scenario.minutes.max(last).max(1);
        scenario.name = slug(&scenario.title);
        let situation = &mut scenario.situation;
        let texts = [
            &mut scenario.about,
            &mut scenario.facilitator,
            &mut situation.words,
        ];
        let said = scenario.injects.iter_mut();
        for text in texts.into_iter().chain(said.map(|inject| &mut inject.text)) {
            *text = text.trim().to_owned();
        }
        Ok(scenario)
    }

    /// What a scenario cannot do without.
    fn whole(&mut self) {
        if slug(&self.scenario.title).is_empty() {
            self.wrong_at(
                1,
                "The scenario has no title. Begin with a line such as “# The database fails over”.",
            );
        }
        if self.situation_line == 0 {
            self.wrong_at(1, "Nothing says how it begins. Add a section “## Situation” with a line “Title: Card payments fail”.");
        } else if self.scenario.situation.title.is_empty() {
            self.wrong_at(self.situation_line, "The situation has no title. Add a line such as “Title: Card payments fail”: it is what everybody reads first.");
        }
        if self.scenario.injects.is_empty() {
            self.wrong_at(
                1,
                "Nobody says anything. Add at least one section such as “## At 4 min”.",
            );
        }
        let mut incomplete = Vec::new();
        for inject in &self.scenario.injects {
            if inject.from.is_empty() {
                incomplete.push((
                    inject.line,
                    "Nobody speaks here. Add a line such as “From: Monitoring”.",
                ));
            }
            if inject.text.trim().is_empty() {
                incomplete.push((
                    inject.line,
                    "Nothing is said here. Write the words below the line with “From:”.",
                ));
            }
        }
        for (line, what) in incomplete {
            self.wrong_at(line, what);
        }
    }
}

/// Whether a line begins an item of a list.
fn is_item(line: &str) -> bool {
    ["- ", "* "].iter().any(|mark| line.starts_with(mark))
}

/// A line of the form `Name: value` with one of these names.
fn field<'a>(line: &'a str, names: &[&'static str]) -> Option<(&'static str, &'a str)> {
    let (name, value) = line.split_once(':')?;
    let found = names
        .iter()
        .find(|known| known.eq_ignore_ascii_case(name.trim()))?;
    Some((found, value.trim()))
}

/// One more line of a text.
fn add(text: &mut String, line: &str) {
    if line.is_empty() && (text.is_empty() || text.ends_with("\n\n")) {
        return;
    }
    if !text.is_empty() && !text.ends_with("\n\n") {
        text.push('\n');
    }
    text.push_str(line);
    if line.is_empty() {
        text.push('\n');
    }
}

/// `Checkout, partly down`.
fn service(text: &str) -> Option<(String, Level)> {
    let (name, level) = text.rsplit_once(',')?;
    let level = level.trim().to_ascii_lowercase().replace(' ', "_");
    let name = name.trim();
    (!name.is_empty()).then_some((name.to_owned(), Level::named(&level)?))
}

/// `cannot_work, many, getting_worse`.
fn answers(text: &str) -> Option<(Effect, Scope, Urgency)> {
    let mut parts = text.split(',').map(str::trim);
    let effect = Effect::named(parts.next()?)?;
    let scope = Scope::named(parts.next()?)?;
    let urgency = Urgency::named(parts.next()?)?;
    parts.next().is_none().then_some((effect, scope, urgency))
}

#[cfg(test)]
mod tests;
