//! What comes in and goes out as a whole: imports and their undoing, logs removed and brought back.

use super::{GONE, LOGS, Mark, OWN_VALUES, Vault, message};
use crate::model::{Brought, Claim, Event, Kind, LogScope};
use crate::store::segment;
use crate::store::{JournalError, KeyValueError, Record, Trouble};

/// An import is put down in records of about this many bytes.
const BYTES_A_RECORD: usize = 400_000;
/// The journal remembers by values of these names which logs were removed, and which brought back.
pub(super) const FATE: &str = "vault/log/";
pub(super) const GONE_FATE: &str = "gone";
pub(super) const BACK: &str = "back";

pub(super) fn fate_name(scope: LogScope) -> String {
    debug_assert!(FATE.starts_with(OWN_VALUES));
    format!("{FATE}{scope}")
}

impl Vault {
    /// Keeps what an import brought into a log, apart, so that it can be taken out again.
    pub fn keep_imported(&self, import: &str, scope: LogScope, events: &[Event], claims: &[Claim]) {
        self.bring_back(scope);
        self.note_erasures(scope, events);
        let records = chunks(events, claims);
        for lines in &records {
            self.say(&message("events", scope, lines));
        }
        self.put_batch(import, scope, records, events);
        if events.iter().any(|event| event.kind == Kind::Erased) {
            self.scrub_local();
            self.scrub_journal();
        }
    }

    /// Keeps a log once more as it is in memory, where the journal was emptied under this page.
    pub fn keep_again(&self, scope: LogScope, events: &[Event], claims: &[Claim]) {
        self.put_batch("", scope, chunks(events, claims), events);
    }

    fn put_batch(&self, batch: &str, scope: LogScope, records: Vec<Vec<String>>, events: &[Event]) {
        let marks: Vec<Mark> = events
            .iter()
            .map(|event| Mark {
                scope,
                id: event.id,
                kept_locally: false,
            })
            .collect();
        let Some(journal) = self.inner.journal.borrow().clone() else {
            self.import_locally(batch, scope, &records, marks);
            return;
        };
        let put = records.iter().map(|lines| Record {
            scope: scope.to_string(),
            batch: batch.to_owned(),
            text: segment::write(scope, lines),
        });
        let put = put.collect();
        let number = self.wait_for(marks.clone());
        let vault = self.clone();
        let batch = batch.to_owned();
        journal.put(
            put,
            Box::new(move |answer: Result<(), JournalError>| {
                vault.answered(number);
                match answer {
                    Ok(()) => {
                        vault.tell_safe(&marks);
                        vault.scrub_late(&marks);
                    }
                    Err(error) => {
                        vault.trouble(Trouble::JournalFailed(error.to_string()));
                        vault.import_locally(&batch, scope, &records, marks);
                    }
                }
            }),
        );
    }

    /// Where there is no journal, an import goes into local storage: all of it, or nothing, so that
    /// there is room for what is written next.
    fn import_locally(
        &self,
        batch: &str,
        scope: LogScope,
        records: &[Vec<String>],
        mut marks: Vec<Mark>,
    ) {
        let keys: Vec<String> = (0..records.len())
            .map(|number| format!("{LOGS}{scope}/import-{batch}/{number}"))
            .collect();
        let kept = self.inner.local.clone().is_some_and(|local| {
            let mut pairs = keys.iter().zip(records);
            let failed =
                pairs.find_map(|(key, lines)| local.set(key, &segment::write(scope, lines)).err());
            if let Some(error) = failed {
                keys.iter().for_each(|key| drop(local.remove(key)));
                self.tell_local(error);
                return false;
            }
            true
        });
        marks.iter_mut().for_each(|mark| mark.kept_locally = kept);
        self.tell_weak(&marks);
    }

    /// Takes out again what an import brought. Other tabs are told which events go.
    pub fn undo_import(&self, import: &str, brought: &[(LogScope, Brought)]) {
        self.with_journal(|journal| journal.remove_batch(import.to_owned(), self.or_trouble()));
        let middle = format!("/import-{import}/");
        self.remove_keys(|key| key.contains(&middle));
        for (scope, brought) in brought {
            self.say(&message("undone", *scope, &brought_lines(brought)));
        }
    }

    fn remove_keys(&self, which: impl Fn(&str) -> bool) {
        let Some(local) = &self.inner.local else {
            return;
        };
        let keys = local.keys(LOGS).unwrap_or_default();
        for key in keys.iter().filter(|key| which(key)) {
            if let Err(error) = local.remove(key) {
                self.trouble(Trouble::LocalDenied(error.to_string()));
            }
        }
    }

    /// Removes a log from this device. Remembered, so that no store and no tab brings it back.
    pub fn remove(&self, scope: LogScope) {
        self.inner.state.borrow_mut().brought_back.remove(&scope);
        self.clear_gone(scope);
        self.say(&message("gone", scope, &[]));
        let vault = self.clone();
        self.with_journal(|journal| {
            journal.set_value(
                fate_name(scope),
                GONE_FATE.to_owned(),
                Box::new(move |answer| match answer {
                    // The records go once their removal is on record, so that it is not by halves.
                    Ok(()) => vault.with_journal(|journal| {
                        journal.remove_scope(scope.to_string(), vault.or_trouble());
                    }),
                    Err(error) => vault.trouble(Trouble::JournalFailed(error.to_string())),
                }),
            );
        });
    }

    /// Forgets what this page and local storage have of a log that is removed.
    pub(super) fn clear_gone(&self, scope: LogScope) {
        self.forget_log(scope);
        if let Some(local) = &self.inner.local {
            let key = format!("{GONE}{scope}");
            let remembered = local.get(&key).ok().flatten().is_some();
            // Full is no trouble here: the journal remembers, and what follows makes room.
            if !remembered && let Err(KeyValueError::Denied(why)) = local.set(&key, "1") {
                self.tell_local(KeyValueError::Denied(why));
            }
        }
        let prefix = format!("{LOGS}{scope}/");
        self.remove_keys(|key| key.starts_with(&prefix));
    }

    /// This page neither holds nor writes a log any more.
    pub(super) fn forget_log(&self, scope: LogScope) {
        let mut state = self.inner.state.borrow_mut();
        state.gone.insert(scope);
        state.open.remove(&scope);
        state.queue.retain(|waiting| waiting.mark.scope != scope);
        state.heard.retain(|_, heard| heard.scope != scope);
    }

    pub(super) fn set_fate(&self, scope: LogScope, fate: &str) {
        self.with_journal(|journal| {
            journal.set_value(fate_name(scope), fate.to_owned(), self.or_trouble());
        });
    }

    /// A log that was removed is brought in again on purpose.
    fn bring_back(&self, scope: LogScope) {
        {
            let mut state = self.inner.state.borrow_mut();
            if !state.gone.remove(&scope) {
                if !state.opened {
                    // What the journal remembers of it is not known yet.
                    state.brought_back.insert(scope);
                }
                return;
            }
        }
        // In this order: what is left of the old goes, and the new comes after.
        self.with_journal(|journal| journal.remove_scope(scope.to_string(), self.or_trouble()));
        self.remember_back(scope);
    }

    pub(super) fn remember_back(&self, scope: LogScope) {
        if let Some(local) = &self.inner.local {
            // Where it stays, the journal knows better on the next opening.
            drop(local.remove(&format!("{GONE}{scope}")));
        }
        self.say(&message("back", scope, &[]));
        self.set_fate(scope, BACK);
    }
}

/// What an import had brought, as tabs tell each other: an id, an id and a digest, or a claim.
fn brought_lines(brought: &Brought) -> Vec<String> {
    let events = brought.events.iter().map(ToString::to_string);
    let twins = brought.twins.iter();
    let twins = twins.map(|(id, digest)| format!("{id} {digest}"));
    let claims = brought.claims.iter().map(segment::claim_line);
    events.chain(twins).chain(claims).collect()
}

pub(super) fn read_brought<'a>(lines: impl Iterator<Item = &'a str>) -> Brought {
    let mut brought = Brought::default();
    for line in lines {
        if let Some(claim) = segment::read_claim(line) {
            brought.claims.insert(claim);
        } else if let Ok(id) = line.parse() {
            brought.events.insert(id);
        } else if let Some((id, digest)) = line.split_once(' ')
            && let (Ok(id), Ok(digest)) = (id.parse(), digest.parse())
        {
            brought.twins.push((id, digest));
        }
    }
    brought
}

fn chunks(events: &[Event], claims: &[Claim]) -> Vec<Vec<String>> {
    let lines = events
        .iter()
        .map(segment::event_line)
        .chain(claims.iter().map(segment::claim_line));
    let mut records: Vec<Vec<String>> = vec![Vec::new()];
    let mut bytes = 0;
    for line in lines {
        if bytes > BYTES_A_RECORD {
            records.push(Vec::new());
            bytes = 0;
        }
        bytes += line.len();
        if let Some(last) = records.last_mut() {
            last.push(line);
        }
    }
    records
}
