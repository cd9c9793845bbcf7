//! The vault: writes each event into both stores, says when it is safe, and opens their union.
//!
//! Invariants: a page writes only segments of its own; nothing is called safe before the journal
//! has confirmed it; every failure is told; nothing is removed before what replaces it is kept.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::segment::{self, Segment};
use super::{From, Incoming, Journal, KeyValue, KeyValueError, PREFIX, Record, Trouble};
use crate::model::{Claim, Event, EventId, Kind, LogScope};

/// A segment holds no more lines than this, so that an append rewrites little.
const LINES_A_SEGMENT: usize = 16;
/// Nor more text than this, in bytes.
const BYTES_A_SEGMENT: usize = 8_000;
/// A log with more journal records than this is packed into one.
const RECORDS_A_LOG: usize = 24;
/// An import is put down in records of about this many bytes.
const BYTES_A_RECORD: usize = 400_000;
/// Local storage is relieved beyond this many UTF-16 units; browsers give 5 Mi.
const LOCAL_ROOM: usize = 3_000_000;
/// Tells that the journal has been written: with it gone, local storage was emptied.
const MARK: &str = "muster/journal";
/// The batch under which the removal of a log is remembered.
const GONE: &str = "gone";

/// The stores of this page. Copies are the same vault.
#[derive(Clone)]
pub struct Vault {
    inner: Rc<Inner>,
}

struct Inner {
    page: String,
    local: Option<Rc<dyn KeyValue>>,
    journal: RefCell<Option<Rc<dyn Journal>>>,
    listener: Rc<dyn Fn(Incoming)>,
    /// Says something to the other tabs.
    broadcast: Box<dyn Fn(&str)>,
    state: RefCell<State>,
}

#[derive(Default)]
struct State {
    /// This page's open segment of each log.
    open: BTreeMap<LogScope, OpenSegment>,
    /// Events that wait for the journal, each with whether local storage has it.
    waiting: Vec<Waiting>,
    writing: bool,
    told_full: bool,
    gone: BTreeSet<LogScope>,
    erased: BTreeMap<LogScope, BTreeSet<EventId>>,
    opened: bool,
    /// What was appended before the journal was read: not to be healed a second time.
    own: BTreeSet<EventId>,
}

#[derive(Default, Clone)]
struct OpenSegment {
    number: u32,
    lines: Vec<String>,
    bytes: usize,
}

struct Waiting {
    scope: LogScope,
    id: EventId,
    line: String,
    kept_locally: bool,
}

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

impl Vault {
    /// Opens the stores: local storage at once, the journal when it answers. `page` is an id drawn
    /// for this page; `broadcast` says something to other tabs.
    pub fn open(
        page: String,
        local: Option<Rc<dyn KeyValue>>,
        journal: Option<Rc<dyn Journal>>,
        broadcast: Box<dyn Fn(&str)>,
        listener: Rc<dyn Fn(Incoming)>,
    ) -> Self {
        let journal = RefCell::new(journal);
        let inner = Inner {
            page,
            local,
            journal,
            listener,
            broadcast,
            state: RefCell::new(State::default()),
        };
        Self {
            inner: Rc::new(inner),
        }
    }

    /// Reads both stores. Apart from opening, so that the listener can reach the vault.
    pub fn read(&self) {
        let local = self.read_local();
        let Some(journal) = self.inner.journal.borrow().clone() else {
            self.inner.state.borrow_mut().opened = true;
            self.tell(Incoming::Opened);
            return;
        };
        let vault = self.clone();
        journal.read(Box::new(move |answer| match answer {
            Ok(records) => vault.read_journal(records, &local),
            Err(error) => {
                vault.lose_journal(Trouble::JournalRefused(error.to_string()));
                vault.inner.state.borrow_mut().opened = true;
                vault.tell(Incoming::Opened);
            }
        }));
    }

    fn tell(&self, incoming: Incoming) {
        (self.inner.listener)(incoming);
    }

    fn lose_journal(&self, trouble: Trouble) {
        *self.inner.journal.borrow_mut() = None;
        self.tell(Incoming::Trouble(trouble));
        // What waited has no journal to wait for.
        self.flush();
    }

    // ---- opening ----

    /// Reads local storage. Returns the events that it holds, by log, for the journal to be healed.
    fn read_local(&self) -> BTreeMap<LogScope, Vec<Event>> {
        let mut held: BTreeMap<LogScope, Vec<Event>> = BTreeMap::new();
        let Some(local) = self.inner.local.clone() else {
            return held;
        };
        let keys = match local.keys(PREFIX) {
            Ok(keys) => keys,
            Err(error) => {
                self.tell(Incoming::Trouble(Trouble::LocalDenied(error.to_string())));
                return held;
            }
        };
        let gone = keys
            .iter()
            .filter_map(|key| key.strip_prefix("muster/gone/")?.parse::<LogScope>().ok());
        self.inner.state.borrow_mut().gone.extend(gone);
        let mut claims: BTreeMap<LogScope, Vec<Claim>> = BTreeMap::new();
        for key in &keys {
            let Some(scope) = scope_of_key(key) else {
                continue;
            };
            if self.inner.state.borrow().gone.contains(&scope) {
                // Removed, but the removal was cut short.
                drop(local.remove(key));
                continue;
            }
            match local.get(key) {
                Ok(Some(text)) => {
                    let segment = self.read_segment(key, &text, scope);
                    held.entry(scope).or_default().extend(segment.events);
                    claims.entry(scope).or_default().extend(segment.claims);
                }
                Ok(None) => {}
                Err(error) => self.tell(Incoming::Trouble(Trouble::LocalDenied(error.to_string()))),
            }
        }
        for (scope, events) in &held {
            let claims = claims.remove(scope).unwrap_or_default();
            self.note_erasures(*scope, events);
            self.tell(Incoming::Events {
                scope: *scope,
                events: events.clone(),
                claims,
                from: From::Store,
            });
        }
        held
    }

    fn read_segment(&self, key: &str, text: &str, scope: LogScope) -> Segment {
        match segment::read(text, scope) {
            Some(segment) => {
                if !segment.whole {
                    let damaged = Trouble::Damaged {
                        key: key.to_owned(),
                        text: text.to_owned(),
                        saved: segment.events.len(),
                    };
                    self.tell(Incoming::Trouble(damaged));
                }
                segment
            }
            None => {
                self.tell(Incoming::Trouble(Trouble::Damaged {
                    key: key.to_owned(),
                    text: text.to_owned(),
                    saved: 0,
                }));
                Segment {
                    scope,
                    events: Vec::new(),
                    claims: Vec::new(),
                    whole: false,
                }
            }
        }
    }

    fn read_journal(&self, records: Vec<(u64, Record)>, local: &BTreeMap<LogScope, Vec<Event>>) {
        let was_written = self.local_has_mark();
        if records.is_empty() && was_written == Some(true) && !local.is_empty() {
            self.tell(Incoming::Trouble(Trouble::JournalEmptied));
        }
        if !records.is_empty() && was_written == Some(false) {
            self.tell(Incoming::Trouble(Trouble::LocalEmptied));
            self.set_mark();
        }
        let gone = records
            .iter()
            .filter(|(_, record)| record.batch == GONE)
            .filter_map(|(_, record)| record.scope.parse::<LogScope>().ok());
        self.inner.state.borrow_mut().gone.extend(gone);
        let mut in_journal: BTreeSet<EventId> = BTreeSet::new();
        let mut by_scope: BTreeMap<LogScope, Found> = BTreeMap::new();
        for (key, record) in records {
            let Ok(scope) = record.scope.parse::<LogScope>() else {
                continue;
            };
            if record.batch == GONE {
                continue;
            }
            if self.inner.state.borrow().gone.contains(&scope) {
                self.with_journal(|journal| {
                    journal.remove_scope(scope.to_string(), Box::new(drop))
                });
                continue;
            }
            let segment = self.read_segment(&format!("journal/{key}"), &record.text, scope);
            in_journal.extend(segment.events.iter().map(|event| event.id));
            let found = by_scope.entry(scope).or_default();
            if record.batch.is_empty() && segment.whole {
                found.keys.push(key);
                found
                    .own
                    .extend(segment.events.iter().map(segment::event_line));
                found
                    .own
                    .extend(segment.claims.iter().map(segment::claim_line));
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
        self.inner.state.borrow_mut().opened = true;
        self.tell(Incoming::Opened);
        self.heal(local, &in_journal);
        packing
            .into_iter()
            .for_each(|(scope, keys, lines)| self.pack(scope, keys, lines));
        self.read_values();
        self.scrub_local();
        self.scrub_journal();
        self.relieve_local(&in_journal);
    }

    /// Events that the journal lost, or never got, are written back from local storage.
    fn heal(&self, local: &BTreeMap<LogScope, Vec<Event>>, in_journal: &BTreeSet<EventId>) {
        let mut records = Vec::new();
        for (scope, events) in local {
            let own = &self.inner.state.borrow().own;
            let missing = events
                .iter()
                .filter(|event| !in_journal.contains(&event.id) && !own.contains(&event.id));
            let lines: Vec<String> = missing.map(segment::event_line).collect();
            if !lines.is_empty() {
                records.push(Record {
                    scope: scope.to_string(),
                    batch: String::new(),
                    text: segment::write(*scope, &lines),
                });
            }
        }
        if records.is_empty() {
            return;
        }
        let vault = self.clone();
        self.with_journal(|journal| {
            journal.put(
                records,
                Box::new(move |answer| match answer {
                    Ok(()) => vault.set_mark(),
                    Err(error) => {
                        vault.tell(Incoming::Trouble(Trouble::JournalFailed(error.to_string())))
                    }
                }),
            );
        });
    }

    fn pack(&self, scope: LogScope, keys: Vec<u64>, mut lines: Vec<String>) {
        let erased = self
            .inner
            .state
            .borrow()
            .erased
            .get(&scope)
            .cloned()
            .unwrap_or_default();
        lines.iter_mut().for_each(|line| scrub_line(line, &erased));
        let record = Record {
            scope: scope.to_string(),
            batch: String::new(),
            text: segment::write(scope, &lines),
        };
        // Where it fails, the small records are still there.
        self.with_journal(|journal| journal.replace(keys, vec![record], Box::new(drop)));
    }

    fn with_journal(&self, act: impl FnOnce(&Rc<dyn Journal>)) {
        let journal = self.inner.journal.borrow().clone();
        if let Some(journal) = journal {
            act(&journal);
        }
    }

    fn local_has_mark(&self) -> Option<bool> {
        let local = self.inner.local.as_ref()?;
        local.get(MARK).ok().map(|mark| mark.is_some())
    }

    fn set_mark(&self) {
        if self.local_has_mark() == Some(false)
            && let Some(local) = &self.inner.local
        {
            // Without the mark, emptying is not noticed; nothing is lost by that.
            drop(local.set(MARK, "1"));
        }
    }

    // ---- appending ----

    /// Keeps events that were just written in this page.
    pub fn keep(&self, scope: LogScope, events: &[Event]) {
        let lines: Vec<String> = events.iter().map(segment::event_line).collect();
        let kept_locally = self.keep_locally(scope, &lines);
        self.say(&message("events", &scope.to_string(), &lines));
        {
            let mut state = self.inner.state.borrow_mut();
            for (event, line) in events.iter().zip(lines) {
                state.own.insert(event.id);
                state.waiting.push(Waiting {
                    scope,
                    id: event.id,
                    line,
                    kept_locally,
                });
            }
        }
        self.note_erasures(scope, events);
        self.flush();
        if events.iter().any(|event| event.kind == Kind::Erased) {
            self.scrub_local();
            self.scrub_journal();
        }
    }

    fn say(&self, text: &str) {
        (self.inner.broadcast)(text);
    }

    fn keep_locally(&self, scope: LogScope, lines: &[String]) -> bool {
        let Some(local) = self.inner.local.clone() else {
            return false;
        };
        let mut segment = self
            .inner
            .state
            .borrow()
            .open
            .get(&scope)
            .cloned()
            .unwrap_or_default();
        let mut kept = true;
        for line in lines {
            if segment.lines.len() >= LINES_A_SEGMENT
                || (segment.bytes + line.len() > BYTES_A_SEGMENT && !segment.lines.is_empty())
            {
                kept &= self.write_segment(&*local, scope, &segment);
                segment = OpenSegment {
                    number: segment.number + 1,
                    ..OpenSegment::default()
                };
            }
            segment.bytes += line.len();
            segment.lines.push(line.clone());
        }
        kept &= self.write_segment(&*local, scope, &segment);
        self.inner.state.borrow_mut().open.insert(scope, segment);
        kept
    }

    fn write_segment(&self, local: &dyn KeyValue, scope: LogScope, segment: &OpenSegment) -> bool {
        let key = format!("muster/log/{scope}/{}/{}", self.inner.page, segment.number);
        match local.set(&key, &segment::write(scope, &segment.lines)) {
            Ok(()) => true,
            Err(error) => {
                self.tell_local(error);
                false
            }
        }
    }

    /// Tells of local storage once, not with every event.
    fn tell_local(&self, error: KeyValueError) {
        let told = std::mem::replace(&mut self.inner.state.borrow_mut().told_full, true);
        if !told {
            self.tell(Incoming::Trouble(match error {
                KeyValueError::Full => Trouble::LocalFull,
                KeyValueError::Denied(why) => Trouble::LocalDenied(why),
            }));
        }
    }

    /// Gives what waits to the journal; what comes meanwhile goes with the next transaction.
    fn flush(&self) {
        let batch: Vec<Waiting> = {
            let mut state = self.inner.state.borrow_mut();
            if state.writing || state.waiting.is_empty() {
                return;
            }
            std::mem::take(&mut state.waiting)
        };
        let Some(journal) = self.inner.journal.borrow().clone() else {
            self.tell_weak(&batch);
            return;
        };
        self.inner.state.borrow_mut().writing = true;
        let mut by_scope: BTreeMap<LogScope, Vec<String>> = BTreeMap::new();
        for waiting in &batch {
            by_scope
                .entry(waiting.scope)
                .or_default()
                .push(waiting.line.clone());
        }
        let records = by_scope
            .into_iter()
            .map(|(scope, lines)| Record {
                scope: scope.to_string(),
                batch: String::new(),
                text: segment::write(scope, &lines),
            })
            .collect();
        let vault = self.clone();
        journal.put(
            records,
            Box::new(move |answer| {
                vault.inner.state.borrow_mut().writing = false;
                match answer {
                    Ok(()) => {
                        vault.set_mark();
                        vault.tell(Incoming::Safe(
                            batch.iter().map(|waiting| waiting.id).collect(),
                        ));
                    }
                    Err(error) => {
                        vault.tell(Incoming::Trouble(Trouble::JournalFailed(error.to_string())));
                        vault.tell_weak(&batch);
                    }
                }
                vault.flush();
            }),
        );
    }

    fn tell_weak(&self, batch: &[Waiting]) {
        let (weak, unkept): (Vec<&Waiting>, Vec<&Waiting>) =
            batch.iter().partition(|waiting| waiting.kept_locally);
        let ids = |some: &[&Waiting]| some.iter().map(|waiting| waiting.id).collect::<Vec<_>>();
        if !weak.is_empty() {
            self.tell(Incoming::Weak(ids(&weak)));
        }
        if !unkept.is_empty() {
            self.tell(Incoming::Unkept(ids(&unkept)));
        }
    }

    // ---- imports and removal ----

    /// Keeps what an import brought into a log, apart, so that it can be taken out again.
    pub fn keep_imported(&self, import: &str, scope: LogScope, events: &[Event], claims: &[Claim]) {
        self.bring_back(scope);
        self.note_erasures(scope, events);
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
        let ids: Vec<EventId> = events.iter().map(|event| event.id).collect();
        for lines in &records {
            self.say(&message("events", &scope.to_string(), lines));
        }
        let Some(journal) = self.inner.journal.borrow().clone() else {
            self.import_locally(import, scope, &records, ids);
            return;
        };
        let put = records.iter().map(|lines| Record {
            scope: scope.to_string(),
            batch: import.to_owned(),
            text: segment::write(scope, lines),
        });
        let vault = self.clone();
        let import = import.to_owned();
        journal.put(
            put.collect(),
            Box::new(move |answer| match answer {
                Ok(()) => {
                    vault.set_mark();
                    vault.tell(Incoming::Safe(ids));
                }
                Err(error) => {
                    vault.tell(Incoming::Trouble(Trouble::JournalFailed(error.to_string())));
                    vault.import_locally(&import, scope, &records, ids);
                }
            }),
        );
    }

    fn import_locally(
        &self,
        import: &str,
        scope: LogScope,
        records: &[Vec<String>],
        ids: Vec<EventId>,
    ) {
        let Some(local) = self.inner.local.clone() else {
            self.tell(Incoming::Unkept(ids));
            return;
        };
        let mut kept = true;
        for (number, lines) in records.iter().enumerate() {
            let key = format!("muster/log/{scope}/import-{import}/{number}");
            if let Err(error) = local.set(&key, &segment::write(scope, lines)) {
                self.tell_local(error);
                kept = false;
            }
        }
        self.tell(if kept {
            Incoming::Weak(ids)
        } else {
            Incoming::Unkept(ids)
        });
    }

    /// Takes out again what an import brought. Other tabs are told which events go.
    pub fn undo_import(&self, import: &str, removed: &[(LogScope, Vec<EventId>)]) {
        let vault = self.clone();
        self.with_journal(|journal| {
            journal.remove_batch(
                import.to_owned(),
                Box::new(move |answer| {
                    if let Err(error) = answer {
                        vault.tell(Incoming::Trouble(Trouble::JournalFailed(error.to_string())));
                    }
                }),
            );
        });
        let middle = format!("/import-{import}/");
        self.remove_keys(|key| key.contains(&middle));
        for (scope, ids) in removed {
            let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
            self.say(&message("undone", &scope.to_string(), &ids));
        }
    }

    fn remove_keys(&self, which: impl Fn(&str) -> bool) {
        let Some(local) = &self.inner.local else {
            return;
        };
        let keys = local.keys("muster/log/").unwrap_or_default();
        for key in keys.iter().filter(|key| which(key)) {
            if let Err(error) = local.remove(key) {
                self.tell(Incoming::Trouble(Trouble::LocalDenied(error.to_string())));
            }
        }
    }

    /// Removes a log from this device. Remembered, so that no store and no tab brings it back.
    pub fn remove(&self, scope: LogScope) {
        self.inner.state.borrow_mut().gone.insert(scope);
        self.inner.state.borrow_mut().open.remove(&scope);
        if let Some(local) = &self.inner.local
            && let Err(error) = local.set(&format!("muster/gone/{scope}"), "1")
        {
            self.tell_local(error);
        }
        let record = Record {
            scope: scope.to_string(),
            batch: GONE.to_owned(),
            text: String::new(),
        };
        let vault = self.clone();
        self.with_journal(|journal| {
            journal.put(
                vec![record],
                Box::new(move |answer| {
                    if let Err(error) = answer {
                        vault.tell(Incoming::Trouble(Trouble::JournalFailed(error.to_string())));
                    }
                    // The records go only once their removal is on record; on the next opening if not.
                }),
            );
        });
        let prefix = format!("muster/log/{scope}/");
        self.remove_keys(|key| key.starts_with(&prefix));
        self.say(&message("gone", &scope.to_string(), &[]));
    }

    /// A log that was removed is brought in again on purpose.
    fn bring_back(&self, scope: LogScope) {
        if !self.inner.state.borrow_mut().gone.remove(&scope) {
            return;
        }
        if let Some(local) = &self.inner.local {
            drop(local.remove(&format!("muster/gone/{scope}")));
        }
        // In this order: the removal's record goes with all the old ones, the new come after.
        self.with_journal(|journal| journal.remove_scope(scope.to_string(), Box::new(drop)));
    }

    // ---- erasing ----

    fn note_erasures(&self, scope: LogScope, events: &[Event]) {
        let erased = events
            .iter()
            .filter(|event| event.kind == Kind::Erased)
            .filter_map(|event| event.on);
        let mut state = self.inner.state.borrow_mut();
        let all = state.erased.entry(scope).or_default();
        all.extend(erased);
        let erased = all.clone();
        if !erased.is_empty()
            && let Some(open) = state.open.get_mut(&scope)
        {
            open.lines
                .iter_mut()
                .for_each(|line| scrub_line(line, &erased));
        }
    }

    /// Drops erased words from every segment, whoever wrote it.
    fn scrub_local(&self) {
        let Some(local) = &self.inner.local else {
            return;
        };
        let erased = self.inner.state.borrow().erased.clone();
        for (scope, erased) in erased.iter().filter(|(_, erased)| !erased.is_empty()) {
            for key in local
                .keys(&format!("muster/log/{scope}/"))
                .unwrap_or_default()
            {
                let Ok(Some(text)) = local.get(&key) else {
                    continue;
                };
                if let Some(clean) = scrub_text(&text, *scope, erased)
                    && let Err(error) = local.set(&key, &clean)
                {
                    self.tell_local(error);
                }
            }
        }
    }

    /// Drops erased words from every record of the journal.
    fn scrub_journal(&self) {
        let erased = self.inner.state.borrow().erased.clone();
        if erased.values().all(BTreeSet::is_empty) {
            return;
        }
        let vault = self.clone();
        self.with_journal(|journal| {
            journal.read(Box::new(move |answer| {
                for (key, record) in answer.unwrap_or_default() {
                    let Ok(scope) = record.scope.parse::<LogScope>() else {
                        continue;
                    };
                    let Some(erased) = erased.get(&scope) else {
                        continue;
                    };
                    if let Some(text) = scrub_text(&record.text, scope, erased) {
                        let vault = vault.clone();
                        let clean = Record { text, ..record };
                        vault.clone().with_journal(|journal| {
                            journal.replace(
                                vec![key],
                                vec![clean],
                                Box::new(move |answer| {
                                    if let Err(error) = answer {
                                        vault.tell(Incoming::Trouble(Trouble::JournalFailed(
                                            error.to_string(),
                                        )));
                                    }
                                }),
                            );
                        });
                    }
                }
            }));
        });
    }

    // ---- room ----

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

    /// Removes segments of other pages from local storage where it grows full and the journal has
    /// all that they hold.
    fn relieve_local(&self, in_journal: &BTreeSet<EventId>) {
        let Some(local) = &self.inner.local else {
            return;
        };
        if self.usage().local_units < LOCAL_ROOM {
            return;
        }
        let own = format!("/{}/", self.inner.page);
        for key in local.keys("muster/log/").unwrap_or_default() {
            let Some(scope) = scope_of_key(&key).filter(|_| !key.contains(&own)) else {
                continue;
            };
            let text = local.get(&key).ok().flatten().unwrap_or_default();
            let safe = segment::read(&text, scope).is_some_and(|segment| {
                segment.whole
                    && segment.claims.is_empty()
                    && segment
                        .events
                        .iter()
                        .all(|event| in_journal.contains(&event.id))
            });
            if safe {
                drop(local.remove(&key));
            }
        }
    }

    // ---- small values ----

    /// A small value by name, such as the settings.
    pub fn value(&self, name: &str) -> Option<String> {
        let local = self.inner.local.as_ref()?;
        local.get(&format!("{PREFIX}{name}")).ok().flatten()
    }

    /// Keeps a small value, in both stores.
    pub fn set_value(&self, name: &str, text: &str) {
        if let Some(local) = &self.inner.local
            && let Err(error) = local.set(&format!("{PREFIX}{name}"), text)
        {
            self.tell_local(error);
        }
        self.with_journal(|journal| {
            journal.set_value(name.to_owned(), text.to_owned(), Box::new(drop))
        });
    }

    /// Values that local storage lost come back from the journal.
    fn read_values(&self) {
        let vault = self.clone();
        self.with_journal(|journal| {
            journal.values(Box::new(move |answer| {
                for (name, text) in answer.unwrap_or_default() {
                    if vault.value(&name).is_none() {
                        vault.tell(Incoming::Value { name, text });
                    }
                }
            }));
        });
    }

    // ---- other tabs ----

    /// Another tab changed a key of local storage; no key at all means that it was emptied.
    pub fn storage_changed(&self, key: Option<&str>, text: Option<&str>) {
        let Some(key) = key else {
            self.write_back();
            return;
        };
        if let Some(scope) = key
            .strip_prefix("muster/gone/")
            .and_then(|scope| scope.parse().ok())
        {
            if text.is_some() {
                self.hear_gone(scope);
            }
            return;
        }
        let heard = scope_of_key(key)
            .zip(text)
            .and_then(|(scope, text)| segment::read(text, scope));
        if let Some(segment) = heard {
            self.hear(segment);
        }
    }

    /// Another tab said something.
    pub fn heard(&self, text: &str) {
        let mut lines = text.lines();
        let Some((what, scope)) = lines.next().and_then(|first| first.split_once(' ')) else {
            return;
        };
        let Ok(scope) = scope.parse::<LogScope>() else {
            return;
        };
        match what {
            "events" => {
                let body: Vec<String> = lines.map(str::to_owned).collect();
                if let Some(segment) = segment::read(&segment::write(scope, &body), scope) {
                    self.hear(segment);
                }
            }
            "gone" => self.hear_gone(scope),
            "undone" => {
                let ids = lines.filter_map(|line| line.parse().ok()).collect();
                self.tell(Incoming::Undone { scope, ids });
            }
            _ => {}
        }
    }

    fn hear(&self, segment: Segment) {
        // A tab that imports a removed log on purpose has brought it back for all.
        self.inner.state.borrow_mut().gone.remove(&segment.scope);
        self.note_erasures(segment.scope, &segment.events);
        self.tell(Incoming::Events {
            scope: segment.scope,
            events: segment.events,
            claims: segment.claims,
            from: From::OtherTab,
        });
    }

    fn hear_gone(&self, scope: LogScope) {
        self.inner.state.borrow_mut().gone.insert(scope);
        self.inner.state.borrow_mut().open.remove(&scope);
        self.tell(Incoming::Gone(scope));
    }

    /// Local storage was emptied while the page is open: what this page wrote is put back.
    fn write_back(&self) {
        self.tell(Incoming::Trouble(Trouble::LocalEmptied));
        let Some(local) = self.inner.local.clone() else {
            return;
        };
        let open = self.inner.state.borrow().open.clone();
        for (scope, segment) in &open {
            self.write_segment(&*local, *scope, segment);
        }
        self.set_mark();
    }
}

#[derive(Default)]
struct Found {
    keys: Vec<u64>,
    own: Vec<String>,
    events: Vec<Event>,
    claims: Vec<Claim>,
}

fn scope_of_key(key: &str) -> Option<LogScope> {
    key.strip_prefix("muster/log/")?
        .split('/')
        .next()?
        .parse()
        .ok()
}

fn message(what: &str, scope: &str, lines: &[String]) -> String {
    let mut text = format!("{what} {scope}");
    for line in lines {
        text.push('\n');
        text.push_str(line);
    }
    text
}

fn scrub_line(line: &mut String, erased: &BTreeSet<EventId>) {
    if erased.is_empty() {
        return;
    }
    if let Ok(mut event) = Event::from_own_json(line)
        && erased.contains(&event.id)
        && event.body.text().is_some()
    {
        event.body = crate::model::Body::Erased(event.body.digest());
        *line = event.to_json();
    }
}

/// The text without erased words; none where it holds none. A damaged text is cleaned too.
fn scrub_text(text: &str, scope: LogScope, erased: &BTreeSet<EventId>) -> Option<String> {
    let segment = segment::read(text, scope)?;
    let holds = segment
        .events
        .iter()
        .any(|event| erased.contains(&event.id) && event.body.text().is_some());
    if !holds {
        return None;
    }
    let mut lines: Vec<String> = segment.events.iter().map(segment::event_line).collect();
    lines.iter_mut().for_each(|line| scrub_line(line, erased));
    lines.extend(segment.claims.iter().map(segment::claim_line));
    Some(segment::write(scope, &lines))
}
