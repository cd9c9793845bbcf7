//! What regimes ask besides moments, so that one screen can ask for all of them and a log can hold
//! the answers as texts under keys.
//!
//! Knows no rule: what an answer means is said where the question is put.

use crate::classify::Provenance;

/// A question of one regime.
#[derive(PartialEq, Eq, Debug)]
pub struct Question {
    /// Its name in files; no two have the same.
    pub key: &'static str,
    /// The question.
    pub text: &'static str,
    /// What an answer looks like.
    pub kind: Kind,
    /// The rule that needs it.
    pub article: &'static str,
    /// How far that rule can be relied on.
    pub provenance: Provenance,
    /// What else in the incident may already say it; a person still confirms.
    pub prefill: Option<Prefill>,
}

/// What an answer looks like.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Yes or no.
    YesNo,
    /// A number; where nobody knows, an estimate.
    Number(Unit),
    /// One of these.
    Choice(&'static [Choice]),
}

/// One of several answers.
#[derive(PartialEq, Eq, Debug)]
pub struct Choice {
    /// Its name in files.
    pub name: &'static str,
    /// In words.
    pub title: &'static str,
}

/// What a number counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unit {
    /// Thousandths of a percent: 10 % is 10 000, for some limits are as fine as 0.1 %.
    Percent,
    /// Whole people, domains, states.
    Count,
    /// Whole euros.
    Euros,
    /// Whole minutes.
    Minutes,
}

impl Unit {
    /// What stands behind the number.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Percent => "%",
            Self::Count => "",
            Self::Euros => "EUR",
            Self::Minutes => "min",
        }
    }
}

/// A fact of the incident that may answer a question.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Prefill {
    /// From impact to resolution, in minutes.
    DurationMinutes,
    /// How long service was down, in minutes.
    DowntimeMinutes,
    /// How many people are affected.
    PeopleAffected,
    /// What it has cost, in euros.
    Costs,
    /// Whether press or public have noticed.
    Press,
}

/// An answer. Not to have answered is to have none.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Answer {
    /// Yes or no.
    YesNo(bool),
    /// So many, in the question's unit.
    Number(u64),
    /// The name of one of the choices.
    Choice(&'static str),
}

/// Why an answer cannot be taken.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum AnswerError {
    /// The text is none of the answers.
    #[error("this is not an answer to \"{0}\"")]
    NotAnAnswer(&'static str),
}

impl Question {
    /// A question whose rule was checked.
    pub(super) const fn checked(
        key: &'static str,
        text: &'static str,
        kind: Kind,
        article: &'static str,
    ) -> Self {
        Self {
            key,
            text,
            kind,
            article,
            provenance: Provenance::Checked,
            prefill: None,
        }
    }

    /// The same, which something else in the incident may already answer.
    pub(super) const fn filled(self, prefill: Prefill) -> Self {
        Self {
            prefill: Some(prefill),
            ..self
        }
    }

    /// Reads an answer as files have it: `yes`, `no`, `12`, `0.5`, or a choice's name.
    ///
    /// # Errors
    /// When it is none.
    pub fn read(&self, text: &str) -> Result<Answer, AnswerError> {
        let answer = match (self.kind, text) {
            (Kind::YesNo, "yes") => Some(Answer::YesNo(true)),
            (Kind::YesNo, "no") => Some(Answer::YesNo(false)),
            (Kind::YesNo, _) => None,
            (Kind::Number(Unit::Percent), _) => percent(text).map(Answer::Number),
            (Kind::Number(_), _) => digits(text).map(Answer::Number),
            (Kind::Choice(choices), _) => choices
                .iter()
                .find(|choice| choice.name == text)
                .map(|choice| Answer::Choice(choice.name)),
        };
        answer.ok_or(AnswerError::NotAnAnswer(self.text))
    }

    /// An answer as files have it.
    pub fn write(&self, answer: Answer) -> String {
        match answer {
            Answer::YesNo(yes) => if yes { "yes" } else { "no" }.to_owned(),
            Answer::Choice(name) => name.to_owned(),
            Answer::Number(number) if self.kind == Kind::Number(Unit::Percent) => {
                let (whole, part) = (number / 1000, number % 1000);
                let text = format!("{whole}.{part:03}");
                text.trim_end_matches('0').trim_end_matches('.').to_owned()
            }
            Answer::Number(number) => number.to_string(),
        }
    }

    fn takes(&self, answer: Answer) -> bool {
        match (self.kind, answer) {
            (Kind::YesNo, Answer::YesNo(_)) | (Kind::Number(_), Answer::Number(_)) => true,
            (Kind::Choice(choices), Answer::Choice(name)) => {
                choices.iter().any(|choice| choice.name == name)
            }
            _ => false,
        }
    }
}

fn digits(text: &str) -> Option<u64> {
    let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

/// Thousandths of a percent. What is finer is rounded up, so that more than a limit stays more.
fn percent(text: &str) -> Option<u64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    digits(part)?;
    let mut thousandths = digits(whole)?.checked_mul(1000)?;
    let mut step = 100;
    for digit in part.bytes().map(|byte| u64::from(byte - b'0')) {
        if step == 0 {
            return thousandths.checked_add(u64::from(part.bytes().skip(3).any(|b| b != b'0')));
        }
        thousandths = thousandths.checked_add(digit * step)?;
        step /= 10;
    }
    Some(thousandths)
}

/// Answers by question.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Answers(Vec<(&'static str, Answer)>);

impl Answers {
    /// Sets an answer, or takes it back.
    ///
    /// # Errors
    /// When it is of another kind than the question.
    pub fn set(
        &mut self,
        question: &'static Question,
        answer: Option<Answer>,
    ) -> Result<(), AnswerError> {
        if answer.is_some_and(|answer| !question.takes(answer)) {
            return Err(AnswerError::NotAnAnswer(question.text));
        }
        self.0.retain(|(key, _)| *key != question.key);
        if let Some(answer) = answer {
            self.0.push((question.key, answer));
        }
        Ok(())
    }

    /// The answer to the question of this key.
    pub fn get(&self, key: &str) -> Option<Answer> {
        let mut answers = self.0.iter();
        answers
            .find(|(other, _)| *other == key)
            .map(|(_, answer)| *answer)
    }

    /// Yes, no, or not answered.
    pub(super) fn yes(&self, question: &Question) -> Option<bool> {
        match self.get(question.key) {
            Some(Answer::YesNo(yes)) => Some(yes),
            _ => None,
        }
    }

    /// The number, if there is one.
    pub(super) fn number(&self, question: &Question) -> Option<u64> {
        match self.get(question.key) {
            Some(Answer::Number(number)) => Some(number),
            _ => None,
        }
    }

    /// The name of what was chosen.
    pub(super) fn choice(&self, question: &Question) -> Option<&'static str> {
        match self.get(question.key) {
            Some(Answer::Choice(name)) => Some(name),
            _ => None,
        }
    }
}
