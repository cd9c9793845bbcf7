//! What this page holds and does: reads incidents for the screens, appends events, takes them back.
//!
//! The only place where the screens' signals, the records and the stores meet. Decides nothing
//! about incidents: what to write comes as drafts from `guide::write`.

use std::collections::{BTreeMap, BTreeSet};

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::browser;
use super::clock::Clock;
use super::command::Keys;
use crate::guide::write;
use crate::model::fact::{Fact, Introduction};
use crate::model::{Draft, Event, EventId, Incident, IncidentId, LogScope, Person, Records, Timestamp, Writer};

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
}

fn yes() -> bool {
    true
}

impl Settings {
    fn new() -> Self {
        Self {
            person: Person::from_bytes(browser::random_bytes()),
            name: String::new(),
            single_keys: true,
            keys: BTreeMap::new(),
            utc: false,
        }
    }

    /// The keys as they are set.
    pub fn as_keys(&self) -> Keys {
        Keys { on: self.single_keys, chosen: self.keys.clone() }
    }
}

/// One action of this person, as it can be taken back.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Deed {
    /// In which log.
    pub scope: LogScope,
    /// The events that it wrote.
    pub events: Vec<EventId>,
    /// What it was, as the screen says it: "Declared the incident".
    pub what: String,
}

/// A short word at the edge of the screen; announced politely.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Notice {
    /// What to say.
    pub text: String,
    /// What can be put back, where the word is about taking back.
    pub redo: Option<Deed>,
}

struct State {
    records: Records,
    /// This page's writer in each log; drawn when it first writes there.
    writers: BTreeMap<LogScope, Writer>,
}

/// What this page holds and does. Copies are the same session.
#[derive(Clone, Copy)]
pub struct Session {
    state: StoredValue<State, LocalStorage>,
    revision: RwSignal<u64>,
    saving: RwSignal<BTreeSet<EventId>>,
    opened: RwSignal<bool>,
    deeds: RwSignal<Vec<Deed>>,
    notice: RwSignal<Option<Notice>>,
    settings: RwSignal<Settings>,
    clock: Clock,
}

/// The session of the page.
pub fn use_session() -> Session {
    expect_context::<Session>()
}

impl Session {
    /// Begins with what the stores hold.
    pub fn open(clock: Clock) -> Self {
        let state = State { records: Records::default(), writers: BTreeMap::new() };
        Self {
            state: StoredValue::new_local(state),
            revision: RwSignal::new(0),
            saving: RwSignal::new(BTreeSet::new()),
            opened: RwSignal::new(true),
            deeds: RwSignal::new(Vec::new()),
            notice: RwSignal::new(None),
            settings: RwSignal::new(Settings::new()),
            clock,
        }
    }

    /// The page's clock.
    pub fn clock(self) -> Clock {
        self.clock
    }

    // ---- reading, tracked ----

    /// Asks something of everything held; asked again when anything changes.
    pub fn ask<T>(self, question: impl FnOnce(&mut Records) -> T) -> T {
        self.revision.track();
        self.ask_untracked(question)
    }

    /// Asks once.
    pub fn ask_untracked<T>(self, question: impl FnOnce(&mut Records) -> T) -> T {
        let mut answer = None;
        self.state.update_value(|state| answer = Some(question(&mut state.records)));
        match answer {
            Some(answer) => answer,
            // The state lives as long as the page; only a page that is being torn down has none.
            None => unreachable!("the session outlives every screen"),
        }
    }

    /// Asks something of one incident; none where nothing of it is held.
    pub fn incident<T>(self, id: IncidentId, question: impl FnOnce(&Incident) -> T) -> Option<T> {
        self.ask(|records| records.incident(id).map(question))
    }

    /// Like [`Session::incident`], asked once: for what is being written down.
    pub fn incident_now<T>(self, id: IncidentId, question: impl FnOnce(&Incident) -> T) -> Option<T> {
        self.ask_untracked(|records| records.incident(id).map(question))
    }

    /// Whether both stores have been read.
    pub fn is_open(self) -> bool {
        self.opened.get()
    }

    /// Events that are not safe yet.
    pub fn saving(self) -> RwSignal<BTreeSet<EventId>> {
        self.saving
    }

    /// The word at the edge of the screen.
    pub fn notice(self) -> RwSignal<Option<Notice>> {
        self.notice
    }

    /// Who uses this browser, and how.
    pub fn settings(self) -> RwSignal<Settings> {
        self.settings
    }

    /// Changes and keeps the settings.
    pub fn change_settings(self, change: impl FnOnce(&mut Settings)) {
        self.settings.update(change);
    }

    /// What the next undo would take back.
    pub fn last_deed(self) -> Option<Deed> {
        self.deeds.with(|deeds| deeds.last().cloned())
    }

    // ---- writing ----

    /// Declares an incident with these first words. Returns its id.
    pub fn declare(self, drafts: Vec<Draft>) -> IncidentId {
        let id = IncidentId::from_bytes(browser::random_bytes());
        self.write(LogScope::Incident(id), drafts, "Declared the incident");
        id
    }

    /// Writes down an action of this person in an incident, `what` as one would say it.
    pub fn act(self, incident: IncidentId, drafts: Vec<Draft>, what: &str) {
        self.write(LogScope::Incident(incident), drafts, what);
    }

    fn write(self, scope: LogScope, drafts: Vec<Draft>, what: &str) {
        let events = self.append(scope, drafts);
        let events = events.iter().filter(|event| event.kind != crate::model::Kind::Joined).map(|event| event.id);
        let deed = Deed { scope, events: events.collect(), what: what.to_owned() };
        self.deeds.update(|deeds| deeds.push(deed));
    }

    fn append(self, scope: LogScope, mut drafts: Vec<Draft>) -> Vec<Event> {
        let now = self.clock.instant();
        let mut written = Vec::new();
        self.state.update_value(|state| {
            let writer = match state.writers.get(&scope) {
                Some(writer) => *writer,
                None => {
                    let writer = Writer::from_bytes(browser::random_bytes());
                    state.writers.insert(scope, writer);
                    drafts.insert(0, self.introduction());
                    writer
                }
            };
            written = state.records.append(scope, writer, drafts, now);
        });
        self.keep(scope, &written);
        self.changed();
        written
    }

    fn introduction(self) -> Draft {
        self.settings.with_untracked(|settings| {
            Fact::Joined(Introduction {
                person: settings.person,
                name: settings.name.clone(),
                zone: browser::time_zone(),
            })
            .draft()
        })
    }

    fn keep(self, _scope: LogScope, events: &[Event]) {
        self.saving.update(|saving| saving.extend(events.iter().map(|event| event.id)));
        let ids: Vec<EventId> = events.iter().map(|event| event.id).collect();
        set_timeout(
            move || self.saving.update(|saving| saving.retain(|id| !ids.contains(id))),
            std::time::Duration::from_millis(1),
        );
    }

    fn changed(self) {
        self.revision.update(|revision| *revision += 1);
    }

    /// Takes back the last action of this person: a retraction, on record.
    pub fn undo(self) {
        let Some(deed) = self.deeds.try_update(Vec::pop).flatten() else {
            self.say("Nothing to undo in this page");
            return;
        };
        let taken_back = self.retract(deed.scope, &deed.events);
        let redo = Deed { events: taken_back, ..deed.clone() };
        self.notice.set(Some(Notice { text: format!("Taken back: {}", deed.what), redo: Some(redo) }));
    }

    /// Takes back single events, as from a line of the timeline.
    pub fn take_back(self, incident: IncidentId, event: EventId, what: &str) {
        let scope = self.scope_of(incident, event);
        let taken_back = self.retract(scope, &[event]);
        let redo = Deed { scope, events: taken_back, what: what.to_owned() };
        self.notice.set(Some(Notice { text: format!("Taken back: {what}"), redo: Some(redo) }));
    }

    /// Puts back what was taken back: retracts the retraction.
    pub fn put_back(self, deed: Deed) {
        self.retract(deed.scope, &deed.events);
        self.say(&format!("Put back: {}", deed.what));
    }

    fn retract(self, scope: LogScope, events: &[EventId]) -> Vec<EventId> {
        let drafts = events.iter().rev().map(|event| write::retract(*event)).collect();
        let written = self.append(scope, drafts);
        let retractions = written.iter().filter(|event| event.on.is_some()).map(|event| event.id);
        retractions.collect()
    }

    /// The log that an event of an incident lies in; joined incidents have several.
    fn scope_of(self, incident: IncidentId, event: EventId) -> LogScope {
        self.ask_untracked(|records| {
            let logs = records.logs_of(incident);
            logs.iter().find(|log| log.holds(event)).map_or(LogScope::Incident(incident), |log| log.scope())
        })
    }

    /// Says a short word at the edge of the screen.
    pub fn say(self, text: &str) {
        self.notice.set(Some(Notice { text: text.to_owned(), redo: None }));
    }

    /// An instant by this page's clock.
    pub fn instant(self) -> Timestamp {
        self.clock.instant()
    }
}
