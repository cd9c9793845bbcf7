//! How much room there is: what lies where, and what may leave local storage.

use std::collections::BTreeSet;

use super::{ASIDE, LOGS, Vault, scope_of_key};
use crate::model::{EventId, LogScope};
use crate::store::segment;
use crate::store::{KeyValueError, PREFIX};

/// Local storage is relieved beyond this many UTF-16 units; browsers give 5 Mi.
const LOCAL_ROOM: usize = 3_000_000;

/// What lies where, for the settings.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Usage {
    /// UTF-16 units of ours in local storage.
    pub local_units: usize,
    /// UTF-16 units that browsers commonly give.
    pub local_room: usize,
    /// Whether local storage is there.
    pub has_local: bool,
    /// Whether the journal is there.
    pub has_journal: bool,
}

impl Usage {
    pub(super) fn is_crowded(self) -> bool {
        self.local_units >= LOCAL_ROOM
    }
}

/// A damaged part that was put aside, for download.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Aside {
    /// Where it lies now.
    pub key: String,
    /// The text as it is.
    pub text: String,
}

impl Vault {
    /// What lies where.
    pub fn usage(&self) -> Usage {
        let has_journal = self.inner.journal.borrow().is_some();
        let mut usage = Usage {
            local_room: 5 * 1024 * 1024,
            has_journal,
            ..Usage::default()
        };
        let Some(local) = &self.inner.local else {
            return usage;
        };
        usage.has_local = true;
        for key in local.keys(PREFIX).unwrap_or_default() {
            let text = local.get(&key).ok().flatten().unwrap_or_default();
            usage.local_units += key.encode_utf16().count() + text.encode_utf16().count();
        }
        usage
    }

    /// Begins to make room, where that may help. Says whether local storage will be tried again.
    pub(super) fn relieve(&self) -> bool {
        {
            let mut state = self.inner.state.borrow_mut();
            if state.relieving {
                return true;
            }
            if state.beyond_relief || !state.opened || self.inner.journal.borrow().is_none() {
                return false;
            }
            state.relieving = true;
        }
        let vault = self.clone();
        self.with_journal(|journal| {
            journal.read(Box::new(move |answer| {
                let mut in_journal = BTreeSet::new();
                for (_, record) in answer.unwrap_or_default() {
                    let Ok(scope) = record.scope.parse::<LogScope>() else {
                        continue;
                    };
                    let events = segment::read(&record.text, scope).map(|segment| segment.events);
                    in_journal.extend(events.into_iter().flatten().map(|event| event.id));
                }
                let made_room = vault.relieve_local(&in_journal);
                {
                    let mut state = vault.inner.state.borrow_mut();
                    state.relieving = false;
                    state.beyond_relief = !made_room;
                }
                vault.write_open_again();
            }));
        });
        true
    }

    pub(super) fn write_open_again(&self) {
        let Some(local) = self.inner.local.clone() else {
            return;
        };
        let open = self.inner.state.borrow().open.clone();
        for (scope, segment) in &open {
            self.write_segment(&*local, *scope, segment);
        }
    }

    /// Removes segments from local storage of which the journal has all; but those that this page
    /// still writes. Says whether there were any.
    pub(super) fn relieve_local(&self, in_journal: &BTreeSet<EventId>) -> bool {
        let Some(local) = &self.inner.local else {
            return false;
        };
        let open: BTreeSet<String> = {
            let state = self.inner.state.borrow();
            let key = |(scope, open): (&LogScope, &super::OpenSegment)| {
                format!("{LOGS}{scope}/{}/{}", self.inner.page, open.number)
            };
            state.open.iter().map(key).collect()
        };
        let mut made_room = false;
        for key in local.keys(LOGS).unwrap_or_default() {
            let Some(scope) = scope_of_key(&key).filter(|_| !open.contains(&key)) else {
                continue;
            };
            let text = local.get(&key).ok().flatten().unwrap_or_default();
            let is_safe = segment::read(&text, scope).is_some_and(|segment| {
                let mut events = segment.events.iter();
                segment.whole
                    && segment.claims.is_empty()
                    && events.all(|event| in_journal.contains(&event.id))
            });
            if is_safe {
                made_room |= local.remove(&key).is_ok();
            }
        }
        made_room
    }

    /// Puts damaged segments aside, so that they are told of once.
    pub(super) fn set_aside(&self, keys: &[String]) {
        let Some(local) = &self.inner.local else {
            return;
        };
        for key in keys {
            let (Some(place), Ok(Some(text))) = (key.strip_prefix(LOGS), local.get(key)) else {
                continue;
            };
            // What is mended by now, as by its own page, stays where it is.
            let scope = scope_of_key(key);
            if scope
                .and_then(|scope| segment::read(&text, scope))
                .is_some_and(|segment| segment.whole)
            {
                continue;
            }
            let aside = format!("{ASIDE}{place}");
            match local.set(&aside, &text) {
                Ok(()) if local.get(&aside) == Ok(Some(text)) => drop(local.remove(key)),
                // No room for two of it: it stays where it is, and is told of again.
                Ok(()) | Err(KeyValueError::Full | KeyValueError::Denied(_)) => {
                    drop(local.remove(&aside));
                }
            }
        }
    }

    /// Damaged parts that were put aside.
    pub fn aside(&self) -> Vec<Aside> {
        let Some(local) = &self.inner.local else {
            return Vec::new();
        };
        let keys = local.keys(ASIDE).unwrap_or_default();
        keys.into_iter()
            .filter_map(|key| {
                let text = local.get(&key).ok().flatten()?;
                Some(Aside { key, text })
            })
            .collect()
    }

    /// Drops a damaged part that nobody needs any more.
    pub fn discard(&self, aside: &str) {
        if let Some(local) = &self.inner.local
            && aside.starts_with(ASIDE)
        {
            drop(local.remove(aside));
        }
    }
}
