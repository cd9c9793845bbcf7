//! Who uses this browser, and how they like it: kept on this device, never exported.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::assist::Key;
use crate::model::Person;
use crate::ui::browser;
use crate::ui::command::Keys;

/// Who uses this browser, and how they like it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Settings {
    /// The person's id, drawn once.
    pub person: Person,
    /// What they are called; empty until they say.
    #[serde(default)]
    pub name: String,
    /// Whether single keys do something.
    #[serde(default = "yes")]
    pub single_keys: bool,
    /// Keys that were chosen, by command.
    #[serde(default)]
    pub keys: BTreeMap<String, char>,
    /// Whether UTC stands beside local time.
    #[serde(default)]
    pub utc: bool,
    /// Whether an overdue update rings, as a notification and a sound.
    #[serde(default)]
    pub rings: bool,
    /// A `muster.json` that was imported: it holds in the stead of the host's. Empty for none.
    #[serde(default)]
    pub organisation: String,
    /// What a brief for an assistant leaves in its own words, by name of the part.
    #[serde(default)]
    pub left_in: Vec<String>,
    /// Other names that a brief replaces, with commas between.
    #[serde(default)]
    pub other_names: String,
    /// What the assistant is called that answers here.
    #[serde(default)]
    pub assistant: String,
    /// What reads the answers to the last briefs that were copied here: labels and digests, no names.
    #[serde(default)]
    pub briefs: Vec<Key>,
}

fn yes() -> bool {
    true
}

impl Settings {
    /// Of somebody who has not said anything yet.
    pub fn new() -> Self {
        Self {
            person: Person::from_bytes(browser::random_bytes()),
            name: String::new(),
            single_keys: true,
            keys: BTreeMap::new(),
            utc: false,
            rings: false,
            organisation: String::new(),
            left_in: Vec::new(),
            other_names: String::new(),
            assistant: String::new(),
            briefs: Vec::new(),
        }
    }

    /// The keys as they are set.
    pub fn as_keys(&self) -> Keys {
        Keys {
            on: self.single_keys,
            chosen: self.keys.clone(),
        }
    }
}
