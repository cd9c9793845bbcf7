//! What is said to those outside, and to authorities: what events say of it, and what the fold makes
//! of it.
//!
//! Audiences, regimes, triggers, questions, reports and fields are names here, as files have them.
//! Which there are, and what follows from them, is for `classify`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::incident::Said;
use super::register::Register;
use super::time::Timestamp;

/// Words that a person wrote so that outsiders may read them; of those left out nothing is said.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct PublicDescription {
    /// What people outside notice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub what: Option<String>,
    /// Who is hit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub whom: Option<String>,
    /// What they can do meanwhile.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub workaround: Option<String>,
}

/// Whether customers are hit, as a person confirms it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ImpactConfirmation {
    /// They are, or they are not.
    pub customers: bool,
}

/// A person lets a text go out.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Approval {
    /// To whom.
    pub audience: String,
    /// The text, to the letter.
    pub text: String,
}

/// A regime's clock starts; its instant is the event's own time.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RegimeStamp {
    /// Whose clock.
    pub regime: String,
    /// What starts it: awareness, classification …
    pub trigger: String,
}

/// A regime's question is answered.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RegimeAnswer {
    /// Whose question.
    pub regime: String,
    /// Which one.
    pub question: String,
    /// `yes`, `no`, a number in digits, or the name of a choice; empty where nobody knows after all.
    pub answer: String,
}

/// A report went to an authority; a person says so.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Notice {
    /// Under which regime.
    pub regime: String,
    /// Which of its reports.
    pub report: String,
    /// How the authority or its portal refers to it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reference: String,
    /// By which channel.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub channel: String,
    /// Why it went late, where it did.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub because: String,
}

/// What a person wrote into a field of an authority's form.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct FormEntry {
    /// Whose form.
    pub regime: String,
    /// For which report.
    pub report: String,
    /// Which field.
    pub field: String,
    /// What stands in it; empty where it is to stay empty.
    pub text: String,
}

/// One of the words that outsiders may read.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub enum PublicWord {
    /// What they notice.
    What,
    /// Who is hit.
    Whom,
    /// What they can do meanwhile.
    Workaround,
}

impl PublicWord {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::What, Self::Whom, Self::Workaround];
}

impl PublicDescription {
    /// What it says of one of them.
    pub fn word(&self, word: PublicWord) -> Option<&String> {
        match word {
            PublicWord::What => self.what.as_ref(),
            PublicWord::Whom => self.whom.as_ref(),
            PublicWord::Workaround => self.workaround.as_ref(),
        }
    }

    /// Only one of them.
    pub fn of(word: PublicWord, text: String) -> Self {
        let mut description = Self::default();
        match word {
            PublicWord::What => description.what = Some(text),
            PublicWord::Whom => description.whom = Some(text),
            PublicWord::Workaround => description.workaround = Some(text),
        }
        description
    }
}

/// What outsiders may read, each set on its own.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PublicWords {
    /// What they notice.
    pub what: Register<String>,
    /// Who is hit.
    pub whom: Register<String>,
    /// What they can do meanwhile.
    pub workaround: Register<String>,
}

impl PublicWords {
    /// All settings of one of them.
    pub fn register(&self, word: PublicWord) -> &Register<String> {
        match word {
            PublicWord::What => &self.what,
            PublicWord::Whom => &self.whom,
            PublicWord::Workaround => &self.workaround,
        }
    }

    /// The same, to be set.
    pub(super) fn register_mut(&mut self, word: PublicWord) -> &mut Register<String> {
        match word {
            PublicWord::What => &mut self.what,
            PublicWord::Whom => &mut self.whom,
            PublicWord::Workaround => &mut self.workaround,
        }
    }

    /// What holds of one of them; none where nobody has said, or said nothing.
    pub fn said(&self, word: PublicWord) -> Option<&str> {
        said(self.register(word))
    }
}

/// What was said of one regime.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RegimeRecord {
    /// What starts its clocks, by trigger, each as its event's time.
    pub stamps: BTreeMap<String, Register<()>>,
    /// Answers, by question.
    pub answers: BTreeMap<String, Register<String>>,
    /// Reports that went to the authority, in canonical order.
    pub notices: Vec<Said<Notice>>,
    /// What people wrote into forms, by report and then by field.
    pub forms: BTreeMap<String, BTreeMap<String, Register<String>>>,
}

impl RegimeRecord {
    /// When a trigger was, as it holds now.
    pub fn stamp(&self, trigger: &str) -> Option<Timestamp> {
        let (setting, ()) = self.stamps.get(trigger)?.current_setting()?;
        Some(setting.when)
    }

    /// The answer that holds; none where nobody knows.
    pub fn answer(&self, question: &str) -> Option<&str> {
        said(self.answers.get(question)?)
    }

    /// All settings of a field.
    pub fn entries(&self, report: &str, field: &str) -> Option<&Register<String>> {
        self.forms.get(report)?.get(field)
    }

    /// What a person wrote into a field; none where nobody did, empty where it is to stay empty.
    pub fn field(&self, report: &str, field: &str) -> Option<&str> {
        self.entries(report, field)?.current().map(String::as_str)
    }

    /// The times that this report went out, in canonical order.
    pub fn sent(&self, report: &str) -> impl DoubleEndedIterator<Item = &Said<Notice>> {
        self.notices
            .iter()
            .filter(move |said| said.what.report == report)
    }
}

fn said(register: &Register<String>) -> Option<&str> {
    let text = register.current()?.trim();
    (!text.is_empty()).then_some(text)
}
