//! The vault: writes each event into both stores, says when it is safe, and opens their union.
//!
//! Invariants: a page writes only segments of its own; nothing is called safe before the journal
//! has confirmed it; every failure is told; nothing is removed before what replaces it is kept.

mod erasing;
mod imports;
mod keeping;
mod opening;
mod pictures;
mod room;
mod tabs;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::{Incoming, Journal, KeyValue, PREFIX, Record, Trouble};
use crate::model::{EventId, LogScope};

pub use self::pictures::Sweep;
pub use self::room::{Aside, Usage};

/// Where segments lie in local storage.
const LOGS: &str = "muster/log/";
/// Where damaged segments are put, out of the way of opening.
const ASIDE: &str = "muster/aside/";
/// Where removed logs are remembered, for tabs that do not hear of it otherwise.
const GONE: &str = "muster/gone/";
/// Beats without an answer from the journal after which nobody waits for it.
const PATIENCE: u8 = 2;

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
    /// Events that the journal is still to be given.
    queue: Vec<Waiting>,
    /// Whether the queue's last batch is with the journal.
    writing: bool,
    /// What the journal was given and has not answered, each under a number of its own.
    pending: BTreeMap<u64, Pending>,
    last_pending: u64,
    /// What other tabs wrote and have not said to be kept yet.
    heard: BTreeMap<EventId, Heard>,
    /// Everything that was ever heard of other tabs.
    heard_of: BTreeSet<EventId>,
    told_local: bool,
    /// Whether local storage is being relieved, and whether that was of no use before.
    relieving: bool,
    beyond_relief: bool,
    gone: BTreeSet<LogScope>,
    /// Logs that were brought back before the journal was read.
    brought_back: BTreeSet<LogScope>,
    erased: BTreeMap<LogScope, BTreeSet<EventId>>,
    opened: bool,
    /// Beats since the journal was asked for what it holds.
    beats_reading: u8,
    /// Whether a journal was read before in this page.
    has_read: bool,
    /// What was appended in this page: not to be healed a second time.
    own: BTreeSet<EventId>,
}

#[derive(Default, Clone)]
struct OpenSegment {
    number: u32,
    lines: Vec<String>,
    bytes: usize,
}

/// An event on its way to being safe.
#[derive(Clone, Copy)]
struct Mark {
    scope: LogScope,
    id: EventId,
    /// Whether local storage has it.
    kept_locally: bool,
}

struct Waiting {
    mark: Mark,
    line: String,
    /// Whether it was called weak or unkept already.
    told: bool,
}

struct Pending {
    marks: Vec<Mark>,
    beats: u8,
    told: bool,
}

struct Heard {
    scope: LogScope,
    line: String,
    beats: u8,
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
        let inner = Inner {
            page,
            local,
            journal: RefCell::new(journal),
            listener,
            broadcast,
            state: RefCell::new(State::default()),
        };
        Self {
            inner: Rc::new(inner),
        }
    }

    fn tell(&self, incoming: Incoming) {
        (self.inner.listener)(incoming);
    }

    fn trouble(&self, trouble: Trouble) {
        self.tell(Incoming::Trouble(trouble));
    }

    fn say(&self, text: &str) {
        (self.inner.broadcast)(text);
    }

    fn with_journal(&self, act: impl FnOnce(&Rc<dyn Journal>)) {
        let journal = self.inner.journal.borrow().clone();
        if let Some(journal) = journal {
            act(&journal);
        }
    }

    /// What to do with an answer where only its failure matters.
    fn or_trouble<T: 'static>(&self) -> super::Done<T> {
        let vault = self.clone();
        Box::new(move |answer| {
            if let Err(error) = answer {
                vault.trouble(Trouble::JournalFailed(error.to_string()));
            }
        })
    }

    /// To be called every few seconds: nothing waits for a journal that does not answer, what it
    /// did not take is tried again, and what a tab that is gone left behind is kept by this one.
    pub fn beat(&self) {
        self.give_up_opening();
        let stuck = {
            let mut state = self.inner.state.borrow_mut();
            let mut stuck = Vec::new();
            for pending in state.pending.values_mut() {
                pending.beats = pending.beats.saturating_add(1);
                if pending.beats >= PATIENCE && !pending.told {
                    pending.told = true;
                    stuck.extend(pending.marks.iter().copied());
                }
            }
            stuck
        };
        if !stuck.is_empty() {
            self.trouble(Trouble::JournalFailed("it does not answer".to_owned()));
            self.tell_weak(&stuck);
        }
        self.tell_behind_stuck();
        self.adopt_heard();
        self.flush();
    }
}

/// The log that lies under a key.
pub(super) fn scope_of_key(key: &str) -> Option<LogScope> {
    key.strip_prefix(LOGS)?.split('/').next()?.parse().ok()
}

/// The log of which a key says that it was removed.
pub(super) fn removed_by_key(key: &str) -> Option<LogScope> {
    key.strip_prefix(GONE)?.parse().ok()
}

fn message(what: &str, scope: LogScope, lines: &[String]) -> String {
    let mut text = format!("{what} {scope}");
    for line in lines {
        text.push('\n');
        text.push_str(line);
    }
    text
}

// ---- small values ----

/// Names of values that are the vault's own.
const OWN_VALUES: &str = "vault/";

impl Vault {
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
    fn bring_values(&self, values: Vec<(String, String)>) {
        for (name, text) in values {
            if !name.starts_with(OWN_VALUES) && self.value(&name).is_none() {
                self.tell(Incoming::Value { name, text });
            }
        }
    }
}

fn own_record(scope: LogScope, lines: &[String]) -> Record {
    Record {
        scope: scope.to_string(),
        batch: String::new(),
        text: super::segment::write(scope, lines),
    }
}
