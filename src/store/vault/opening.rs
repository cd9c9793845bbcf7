//! Opening: both stores are read, each heals the other, and what was emptied is told.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::erasing::scrub_line;
use super::{OWN_VALUES, Vault, own_record, removed_by_key, scope_of_key};
use crate::model::{Claim, Event, EventId, LogScope};
use crate::store::segment::{self, Segment};
use crate::store::{From, Incoming, Journal, JournalError, PREFIX, Record, Trouble};

/// A log with more journal records than this is packed into one.
const RECORDS_A_LOG: usize = 24;
/// In both stores, once both have been written: the one without it was emptied.
const MARK: &str = "mark";

/// What local storage held.
#[derive(Default)]
struct Held {
    events: BTreeMap<LogScope, Vec<Event>>,
    claims: BTreeMap<LogScope, Vec<Claim>>,
    /// Logs that it says were removed from this device.
    gone: BTreeSet<LogScope>,
    /// Keys of damaged segments.
    damaged: Vec<String>,
}

/// What the journal holds of one log.
#[derive(Default)]
struct Found {
    keys: Vec<u64>,
    own: Vec<String>,
    events: Vec<Event>,
    claims: Vec<Claim>,
}

impl Vault {
    /// Reads both stores. Apart from opening, so that the listener can reach the vault.
    pub fn read(&self) {
        let held = self.read_local();
        let Some(journal) = self.inner.journal.borrow().clone() else {
            self.open_without_journal(&held);
            return;
        };
        self.inner.state.borrow_mut().beats_reading = 0;
        // Whether a removed log stays away is the journal's to say: it is never behind.
        let kept = held
            .events
            .keys()
            .filter(|scope| !held.gone.contains(scope));
        kept.for_each(|scope| self.tell_held(&held, *scope));
        let vault = self.clone();
        let asked = journal.clone();
        journal.values(Box::new(move |values| {
            asked.read(Box::new(move |records| {
                match values.and_then(|values| Ok((values, records?))) {
                    Ok((values, records)) => vault.read_journal(values, records, held),
                    Err(error) => vault.refused(&error, &held),
                }
            }));
        }));
    }

    /// A journal that answers only now is used from now on.
    pub fn journal_came(&self, journal: Rc<dyn Journal>) {
        *self.inner.journal.borrow_mut() = Some(journal);
        self.read();
        self.flush();
    }

    fn refused(&self, error: &JournalError, held: &Held) {
        *self.inner.journal.borrow_mut() = None;
        self.trouble(Trouble::JournalRefused(error.to_string()));
        self.open_without_journal(held);
        // What waited has no journal to wait for.
        self.flush();
    }

    fn open_without_journal(&self, held: &Held) {
        held.gone.iter().for_each(|scope| self.clear_gone(*scope));
        let kept = held
            .events
            .keys()
            .filter(|scope| !held.gone.contains(scope));
        kept.for_each(|scope| self.tell_held(held, *scope));
        self.tell_opened(false);
    }

    fn tell_opened(&self, with_journal: bool) {
        self.inner.state.borrow_mut().opened = true;
        self.tell(Incoming::Opened { with_journal });
    }

    /// Nobody waits for ever for a journal that does not say what it holds.
    pub(super) fn give_up_opening(&self) {
        {
            let mut state = self.inner.state.borrow_mut();
            if state.opened {
                return;
            }
            state.beats_reading += 1;
            if state.beats_reading < super::PATIENCE {
                return;
            }
        }
        self.trouble(Trouble::JournalRefused("it does not answer".to_owned()));
        self.tell_opened(false);
    }

    fn read_local(&self) -> Held {
        let mut held = Held::default();
        let Some(local) = self.inner.local.clone() else {
            return held;
        };
        let keys = match local.keys(PREFIX) {
            Ok(keys) => keys,
            Err(error) => {
                self.trouble(Trouble::LocalDenied(error.to_string()));
                return held;
            }
        };
        let gone = keys.iter().filter_map(|key| removed_by_key(key));
        held.gone = gone.collect();
        for key in &keys {
            let Some(scope) = scope_of_key(key) else {
                continue;
            };
            match local.get(key) {
                Ok(Some(text)) => {
                    let segment = self.read_segment(key, &text, scope);
                    if !segment.whole {
                        held.damaged.push(key.clone());
                    }
                    held.events.entry(scope).or_default().extend(segment.events);
                    held.claims.entry(scope).or_default().extend(segment.claims);
                }
                Ok(None) => {}
                Err(error) => self.trouble(Trouble::LocalDenied(error.to_string())),
            }
        }
        held
    }

    fn tell_held(&self, held: &Held, scope: LogScope) {
        let events = held.events.get(&scope).cloned().unwrap_or_default();
        let claims = held.claims.get(&scope).cloned().unwrap_or_default();
        self.note_erasures(scope, &events);
        self.tell(Incoming::Events {
            scope,
            events,
            claims,
            from: From::Store,
        });
    }

    fn read_segment(&self, key: &str, text: &str, scope: LogScope) -> Segment {
        let segment = segment::read(text, scope).unwrap_or_else(|| Segment {
            scope,
            events: Vec::new(),
            claims: Vec::new(),
            whole: false,
        });
        if !segment.whole {
            self.trouble(Trouble::Damaged {
                key: key.to_owned(),
                text: text.to_owned(),
                saved: segment.events.len(),
            });
        }
        segment
    }

    fn read_journal(
        &self,
        values: Vec<(String, String)>,
        records: Vec<(u64, Record)>,
        mut held: Held,
    ) {
        let values: BTreeMap<String, String> = values.into_iter().collect();
        let emptied = self.compare_marks(values.contains_key(&format!("{OWN_VALUES}{MARK}")));
        self.settle_gone(&values, &records, &mut held);
        let mut in_journal: BTreeSet<EventId> = BTreeSet::new();
        let mut by_scope: BTreeMap<LogScope, Found> = BTreeMap::new();
        for (key, record) in records {
            let Ok(scope) = record.scope.parse::<LogScope>() else {
                continue;
            };
            if self.inner.state.borrow().gone.contains(&scope) {
                continue;
            }
            let segment = self.read_segment(&format!("journal/{key}"), &record.text, scope);
            in_journal.extend(segment.events.iter().map(|event| event.id));
            let found = by_scope.entry(scope).or_default();
            if record.batch.is_empty() && segment.whole {
                found.keys.push(key);
                let lines = segment.events.iter().map(segment::event_line);
                found.own.extend(lines);
                let lines = segment.claims.iter().map(segment::claim_line);
                found.own.extend(lines);
            }
            found.events.extend(segment.events);
            found.claims.extend(segment.claims);
        }
        let mut packing = Vec::new();
        for (scope, found) in by_scope {
            self.note_erasures(scope, &found.events);
            if found.keys.len() > RECORDS_A_LOG {
                packing.push((scope, found.keys, found.own));
            }
            self.tell(Incoming::Events {
                scope,
                events: found.events,
                claims: found.claims,
                from: From::Store,
            });
        }
        self.tell_opened(true);
        let was_read = std::mem::replace(&mut self.inner.state.borrow_mut().has_read, true);
        if was_read && emptied {
            // It was emptied under this page, which still has everything in memory.
            self.tell(Incoming::Wanted);
        }
        self.heal(&held, &in_journal);
        packing
            .into_iter()
            .for_each(|(scope, keys, lines)| self.pack(scope, keys, lines));
        self.bring_values(values.into_iter().collect());
        self.scrub_local();
        self.scrub_journal();
        if self.usage().is_crowded() {
            self.relieve_local(&in_journal);
        }
    }

    /// Each store carries a mark once it has been written. Says whether the journal lost its own.
    fn compare_marks(&self, journal_has: bool) -> bool {
        let local_has = self.local_has_mark();
        if journal_has {
            if local_has == Some(false) {
                self.trouble(Trouble::LocalEmptied);
                self.set_local_mark();
            }
            return false;
        }
        let was_read = self.inner.state.borrow().has_read;
        let emptied = local_has == Some(true) || was_read;
        if emptied {
            self.trouble(Trouble::JournalEmptied);
        }
        let vault = self.clone();
        self.with_journal(|journal| {
            journal.set_value(
                format!("{OWN_VALUES}{MARK}"),
                "1".to_owned(),
                Box::new(move |answer| {
                    if answer.is_ok() {
                        vault.set_local_mark();
                    }
                }),
            );
        });
        emptied
    }

    fn local_has_mark(&self) -> Option<bool> {
        let local = self.inner.local.as_ref()?;
        let mark = local.get(&format!("{PREFIX}{MARK}"));
        mark.ok().map(|mark| mark.is_some())
    }

    pub(super) fn set_local_mark(&self) {
        if let Some(local) = &self.inner.local {
            // Without the mark, emptying is not noticed; nothing is lost by that.
            drop(local.set(&format!("{PREFIX}{MARK}"), "1"));
        }
    }

    /// Decides which logs are removed. What local storage says of that may be a minute old.
    fn settle_gone(
        &self,
        values: &BTreeMap<String, String>,
        records: &[(u64, Record)],
        held: &mut Held,
    ) {
        let in_journal = values.keys().filter_map(|name| {
            name.strip_prefix(super::imports::FATE)?
                .parse::<LogScope>()
                .ok()
        });
        let named: BTreeSet<LogScope> = in_journal.chain(held.gone.iter().copied()).collect();
        for scope in named {
            let fate = values
                .get(&super::imports::fate_name(scope))
                .map(String::as_str);
            let said_gone = held.gone.contains(&scope);
            let imported = self.inner.state.borrow_mut().brought_back.remove(&scope);
            if imported || fate == Some(super::imports::BACK) {
                if said_gone {
                    self.tell_held(held, scope);
                }
                if said_gone || fate != Some(super::imports::BACK) {
                    self.remember_back(scope);
                }
                continue;
            }
            let was_told = held.events.remove(&scope).is_some() && !said_gone;
            self.clear_gone(scope);
            if fate.is_none() {
                self.set_fate(scope, super::imports::GONE_FATE);
            }
            let name = scope.to_string();
            if records.iter().any(|(_, record)| record.scope == name) {
                self.with_journal(|journal| journal.remove_scope(name, Box::new(drop)));
            }
            if was_told {
                self.tell(Incoming::Gone(scope));
            }
        }
    }

    /// Events that the journal lost, or never got, are written back from local storage.
    fn heal(&self, held: &Held, in_journal: &BTreeSet<EventId>) {
        let mut records = Vec::new();
        for (scope, events) in &held.events {
            if self.inner.state.borrow().gone.contains(scope) {
                continue;
            }
            let own = &self.inner.state.borrow().own;
            let missing = events
                .iter()
                .filter(|event| !in_journal.contains(&event.id) && !own.contains(&event.id));
            let lines: Vec<String> = missing.map(segment::event_line).collect();
            if !lines.is_empty() {
                records.push(own_record(*scope, &lines));
            }
        }
        let damaged = held.damaged.clone();
        if records.is_empty() {
            self.set_aside(&damaged);
            return;
        }
        let vault = self.clone();
        self.with_journal(|journal| {
            journal.put(
                records,
                Box::new(move |answer| match answer {
                    // What was whole in a damaged segment is in the journal now.
                    Ok(()) => vault.set_aside(&damaged),
                    Err(error) => vault.trouble(Trouble::JournalFailed(error.to_string())),
                }),
            );
        });
    }

    fn pack(&self, scope: LogScope, keys: Vec<u64>, mut lines: Vec<String>) {
        let erased = self.erased_in(scope);
        lines.iter_mut().for_each(|line| scrub_line(line, &erased));
        // Where it fails, the small records are still there.
        self.with_journal(|journal| {
            journal.replace(keys, vec![own_record(scope, &lines)], Box::new(drop));
        });
    }
}
