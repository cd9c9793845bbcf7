//! A value that several people may set: what holds, what was set apart from each other.
//!
//! An event that sets a value names those that it replaces. What no standing event replaces is a
//! head; two heads were made apart from each other. Retracting a value brings back what it
//! replaced, unless something else replaced that too.

use std::collections::BTreeSet;

use super::id::EventId;
use super::log::Place;
use super::time::Timestamp;

/// One setting of the value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Setting<T> {
    /// By which event.
    pub place: Place,
    /// Since when, as far as it can be told.
    pub when: Timestamp,
    /// Made from a foreign item; such settings are never in conflict.
    pub foreign: bool,
    /// None when it was retracted or erased: it only says what it replaced.
    pub value: Option<T>,
    replaces: Vec<EventId>,
}

impl<T> Setting<T> {
    /// The event that set it.
    pub fn id(&self) -> EventId {
        self.place.id()
    }
}

/// All settings of one value, in canonical order.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Register<T> {
    settings: Vec<Setting<T>>,
}

impl<T> Default for Register<T> {
    fn default() -> Self {
        Self {
            settings: Vec::new(),
        }
    }
}

impl<T> Register<T> {
    /// Adds a setting; events come in canonical order. What it replaces must have come before.
    pub fn set(
        &mut self,
        place: Place,
        when: Timestamp,
        foreign: bool,
        replaces: &[EventId],
        value: Option<T>,
    ) {
        let known = |id: &EventId| {
            self.settings
                .iter()
                .any(|setting| setting.id() == *id && setting.place < place)
        };
        let replaces = replaces.iter().copied().filter(known).collect();
        self.settings.push(Setting {
            place,
            when,
            foreign,
            value,
            replaces,
        });
    }

    /// Every setting that stands, replaced or not, in canonical order.
    pub fn standing(&self) -> impl DoubleEndedIterator<Item = (&Setting<T>, &T)> {
        self.settings
            .iter()
            .filter_map(|setting| setting.value.as_ref().map(|value| (setting, value)))
    }

    /// What nothing that stands has replaced.
    pub fn heads(&self) -> Vec<(&Setting<T>, &T)> {
        let covered = self.covered();
        self.standing()
            .filter(|(setting, _)| !covered.contains(&setting.id()))
            .collect()
    }

    /// Reaches through retracted settings too: what those replaced was replaced.
    fn covered(&self) -> BTreeSet<EventId> {
        let mut covered = BTreeSet::new();
        for setting in self.settings.iter().rev() {
            if setting.value.is_some() || covered.contains(&setting.id()) {
                covered.extend(setting.replaces.iter().copied());
            }
        }
        covered
    }

    /// What holds now: the only head, or the latest of several.
    pub fn current(&self) -> Option<&T> {
        self.current_setting().map(|(_, value)| value)
    }

    /// What holds now, with the event that set it.
    pub fn current_setting(&self) -> Option<(&Setting<T>, &T)> {
        // A person's word goes before what a foreign page says.
        self.heads()
            .into_iter()
            .max_by_key(|(setting, _)| (!setting.foreign, setting.when, setting.place))
    }

    /// Whether an event has set this value.
    pub fn knows(&self, id: EventId) -> bool {
        self.settings.iter().any(|setting| setting.id() == id)
    }

    /// What holds at the end of the series, by when it happened and not by when it was said: a
    /// back-dated level never overrides a later one.
    pub fn latest(&self) -> Option<(&Setting<T>, &T)> {
        self.standing()
            .max_by_key(|(setting, _)| (setting.when, setting.place))
    }

    /// The first that was ever set and stands.
    pub fn first(&self) -> Option<(&Setting<T>, &T)> {
        self.standing().next()
    }

    /// The ids that a new setting should name in `replaces`: all that hold now.
    pub fn to_replace(&self) -> Vec<EventId> {
        self.heads()
            .iter()
            .map(|(setting, _)| setting.id())
            .collect()
    }
}

impl<T: PartialEq> Register<T> {
    /// The settings that people made apart from each other and that differ; empty without conflict.
    pub fn conflict(&self) -> Vec<(&Setting<T>, &T)> {
        let mut heads = self.heads();
        heads.retain(|(setting, _)| !setting.foreign);
        let differ = heads.windows(2).any(|pair| pair[0].1 != pair[1].1);
        if differ { heads } else { Vec::new() }
    }
}
