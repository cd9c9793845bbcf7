//! Between the session and its stores: opening them, writing into them, hearing of other tabs.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;

use super::{Session, Settings, State};
use crate::model::order;
use crate::model::organisation::Organisation;
use crate::model::{Claim, Event, EventId, IncidentId, LogScope, Records, Writer};
use crate::store::browser::{IndexedDb, LocalStorage};
use crate::store::{From, Incoming, Journal, KeyValue, PREFIX, Trouble, Vault};
use crate::ui::browser;
use crate::ui::clock::Clock;

/// The channel by which the tabs of one browser hear each other.
const CHANNEL: &str = "muster";
const SETTINGS: &str = "settings";
const EXPORTS: &str = "exports";
/// A database that has not answered by then is not waited for.
const PATIENCE: Duration = Duration::from_secs(4);
/// How often the vault looks after what the journal has not answered.
const BEAT: Duration = Duration::from_secs(4);

impl Session {
    /// Begins with what the stores hold: local storage at once, the journal when it answers.
    pub fn open(clock: Clock) -> Self {
        let local = LocalStorage::open();
        let denied = local
            .as_ref()
            .err()
            .map(|error| Trouble::LocalDenied(error.to_string()));
        let local: Option<Rc<dyn KeyValue>> =
            local.ok().map(|local| Rc::new(local) as Rc<dyn KeyValue>);
        let stored = |name: &str| {
            local
                .as_ref()
                .and_then(|local| local.get(&format!("{PREFIX}{name}")).ok().flatten())
        };
        let settings = stored(SETTINGS).and_then(|text| serde_json::from_str(&text).ok());
        let exports: BTreeMap<IncidentId, i64> = stored(EXPORTS)
            .map(|text| read_exports(&text))
            .unwrap_or_default();
        let is_new = settings.is_none();
        let state = State {
            records: Records::default(),
            writers: BTreeMap::new(),
            vault: None,
            early: Vec::new(),
            searching: super::searching::Searching::new(),
            pictures: super::pictures::Known::default(),
            once_open: Vec::new(),
            local: local.clone(),
            shelf: None,
            host: Organisation::default(),
            organisation: None,
            house: Default::default(),
        };
        let session = Self {
            state: StoredValue::new_local(state),
            revision: RwSignal::new(0),
            came_in: RwSignal::new(0),
            saving: RwSignal::new(BTreeSet::new()),
            weak: RwSignal::new(BTreeSet::new()),
            unkept: RwSignal::new(BTreeSet::new()),
            opened: RwSignal::new(false),
            deeds: RwSignal::new(Vec::new()),
            notice: RwSignal::new(None),
            troubles: RwSignal::new(denied.into_iter().collect()),
            settings: RwSignal::new(settings.unwrap_or_else(Settings::new)),
            exports: RwSignal::new(exports),
            taken: RwSignal::new(None),
            overdue: RwSignal::new(None),
            indexing: RwSignal::new(false),
            carried: RwSignal::new(None),
            pictures: RwSignal::new(0),
            unsent: StoredValue::new(BTreeMap::new()),
            clock,
        };
        session.open_journal(local, is_new);
        session
    }

    fn open_journal(self, local: Option<Rc<dyn KeyValue>>, settings_are_new: bool) {
        let late = local.clone();
        let give_up = move || {
            if self.vault().is_none() {
                self.start(
                    late,
                    None,
                    Some("it does not answer".to_owned()),
                    settings_are_new,
                );
            }
        };
        set_timeout(give_up, PATIENCE);
        leptos::task::spawn_local(async move {
            let journal = IndexedDb::open(move || self.reopen_journal()).await;
            match (journal, self.vault()) {
                (Ok(journal), None) => {
                    self.start(local, Some(Rc::new(journal)), None, settings_are_new);
                }
                (Ok(journal), Some(vault)) => vault.journal_came(Rc::new(journal)),
                (Err(error), None) => {
                    self.start(local, None, Some(error.to_string()), settings_are_new);
                }
                (Err(_), Some(_)) => {}
            }
        });
    }

    /// The browser closed the database under the page, as when a person clears the site's data.
    fn reopen_journal(self) {
        leptos::task::spawn_local(async move {
            match (
                IndexedDb::open(move || self.reopen_journal()).await,
                self.vault(),
            ) {
                (Ok(journal), Some(vault)) => vault.journal_came(Rc::new(journal)),
                (Err(error), _) => self.told(Trouble::JournalRefused(error.to_string())),
                (Ok(_), None) => {}
            }
        });
    }

    fn start(
        self,
        local: Option<Rc<dyn KeyValue>>,
        journal: Option<Rc<dyn Journal>>,
        refused: Option<String>,
        settings_are_new: bool,
    ) {
        let page = Writer::from_bytes(browser::random_bytes()).to_string();
        let channel = web_sys::BroadcastChannel::new(CHANNEL).ok();
        let speaking = channel.clone();
        let broadcast = move |text: &str| {
            if let Some(channel) = &speaking {
                // A tab that is not told reads local storage's own events.
                drop(channel.post_message(&text.into()));
            }
        };
        let listener = move |incoming| self.hear(incoming, settings_are_new);
        let vault = Vault::open(page, local, journal, Box::new(broadcast), Rc::new(listener));
        self.with_state(|state| state.vault = Some(vault.clone()));
        if let Some(why) = refused {
            self.told(Trouble::JournalRefused(why));
        }
        self.listen(&vault, channel);
        vault.read();
        let beating = vault.clone();
        set_interval(move || beating.beat(), BEAT);
        let early = self.with_state(|state| std::mem::take(&mut state.early));
        for (scope, events) in early {
            vault.keep(scope, &events);
        }
    }

    fn listen(self, vault: &Vault, channel: Option<web_sys::BroadcastChannel>) {
        if let Some(channel) = channel {
            let vault = vault.clone();
            let hear = Closure::<dyn Fn(web_sys::MessageEvent)>::new(
                move |event: web_sys::MessageEvent| {
                    if let Some(text) = event.data().as_string() {
                        vault.heard(&text);
                    }
                },
            );
            channel.set_onmessage(Some(hear.as_ref().unchecked_ref()));
            // Both live as long as the page.
            hear.forget();
            std::mem::forget(channel);
        }
        let vault = vault.clone();
        drop(window_event_listener(ev::storage, move |event| {
            let key = event.key();
            if key
                .as_deref()
                .is_some_and(|key| key.strip_prefix(PREFIX) == Some(SETTINGS))
            {
                if let Some(settings) = event
                    .new_value()
                    .and_then(|text| serde_json::from_str(&text).ok())
                {
                    self.settings.set(settings);
                }
                return;
            }
            if key.as_deref().is_none_or(|key| key.starts_with(PREFIX)) {
                vault.storage_changed(key.as_deref(), event.new_value().as_deref());
            }
        }));
        // A page that comes back from the browser's cache has heard nothing meanwhile.
        drop(window_event_listener(ev::pageshow, |event| {
            if event.persisted() {
                drop(window().location().reload());
            }
        }));
    }

    /// The stores, once they are open.
    pub(super) fn vault(self) -> Option<Vault> {
        self.with_state(|state| state.vault.clone())
    }

    /// Gives events of this page to the stores.
    pub(super) fn keep(self, scope: LogScope, events: &[Event]) {
        self.saving
            .update(|saving| saving.extend(events.iter().map(|event| event.id)));
        match self.vault() {
            Some(vault) => vault.keep(scope, events),
            None => self.with_state(|state| state.early.push((scope, events.to_vec()))),
        }
    }

    fn hear(self, incoming: Incoming, settings_are_new: bool) {
        match incoming {
            Incoming::Events {
                scope,
                events,
                claims,
                from,
            } => {
                let new = self.with_state(|state| state.records.add(scope, events, &claims));
                if from == From::OtherTab {
                    // That tab says when they are safe.
                    self.saving.update(|saving| saving.extend(new));
                }
                self.changed_from_elsewhere();
            }
            Incoming::Safe(ids) => {
                self.settle(&ids);
                self.no_longer(self.weak, &ids);
                self.no_longer(self.unkept, &ids);
            }
            Incoming::Weak(ids) => {
                self.settle(&ids);
                self.weak.update(|weak| weak.extend(ids));
            }
            Incoming::Unkept(ids) => {
                self.settle(&ids);
                self.unkept.update(|unkept| unkept.extend(ids));
            }
            Incoming::Opened { with_journal } => {
                self.opened.set(true);
                // Not from within the stores, which may be asked again.
                for act in self.with_state(|state| std::mem::take(&mut state.once_open)) {
                    set_timeout(act, Duration::ZERO);
                }
                if settings_are_new {
                    // Not before the journal's own have come back, which they do right now.
                    set_timeout(move || self.keep_settings(), Duration::ZERO);
                }
                if with_journal {
                    self.pictures_changed();
                    set_timeout(move || self.sweep_pictures(), Duration::ZERO);
                    self.troubles.update(|troubles| {
                        troubles.retain(|trouble| !matches!(trouble, Trouble::JournalRefused(_)));
                    });
                }
            }
            Incoming::Wanted => self.keep_all_again(),
            Incoming::Pictures => self.pictures_changed(),
            Incoming::Scrubbed => self.sweep_pictures(),
            Incoming::Gone(scope) => {
                self.drop_log(scope);
                self.changed();
            }
            Incoming::Undone { scope, brought } => {
                self.settle(&brought.ids().collect::<Vec<_>>());
                self.with_state(|state| state.records.forget(scope, &brought));
                self.changed_from_elsewhere();
            }
            Incoming::Value { name, text } => self.value_came_back(&name, &text, settings_are_new),
            Incoming::Trouble(trouble) => self.told(trouble),
        }
    }

    /// The stores were emptied under the page, which still has everything in memory.
    fn keep_all_again(self) {
        let Some(vault) = self.vault() else { return };
        let logs: Vec<(LogScope, Vec<Event>, Vec<Claim>)> = self.ask_untracked(|records| {
            let logs = records.logs().map(|log| {
                let events = log.events().map(|(_, event)| event.clone());
                (
                    log.scope(),
                    events.collect(),
                    log.claims().iter().copied().collect(),
                )
            });
            logs.collect()
        });
        for (scope, events, claims) in logs {
            vault.keep_again(scope, &events, &claims);
        }
        self.keep_settings();
    }

    /// Forgets a log, and that anything of it was being saved.
    fn drop_log(self, scope: LogScope) {
        let ids: Vec<EventId> = self.ask_untracked(|records| {
            let log = records.log(scope);
            log.into_iter()
                .flat_map(|log| {
                    log.events()
                        .map(|(place, _)| place.id())
                        .collect::<Vec<_>>()
                })
                .collect()
        });
        for which in [self.saving, self.weak, self.unkept] {
            self.no_longer(which, &ids);
        }
        self.with_state(|state| {
            state.records.remove(scope);
            state.writers.remove(&scope);
        });
        self.deeds
            .update(|deeds| deeds.retain(|deed| deed.scope != scope));
    }

    fn settle(self, ids: &[EventId]) {
        self.no_longer(self.saving, ids);
    }

    fn no_longer(self, which: RwSignal<BTreeSet<EventId>>, ids: &[EventId]) {
        // Nearly always there is nothing to take out, and nobody need look again.
        if which.with_untracked(|held| ids.iter().any(|id| held.contains(id))) {
            which.update(|held| {
                for id in ids {
                    held.remove(id);
                }
            });
        }
    }

    fn told(self, trouble: Trouble) {
        self.troubles.update(|troubles| {
            if !troubles.contains(&trouble) {
                troubles.push(trouble);
            }
        });
    }

    fn value_came_back(self, name: &str, text: &str, settings_are_new: bool) {
        match name {
            SETTINGS if settings_are_new => {
                if let Ok(settings) = serde_json::from_str(text) {
                    self.settings.set(settings);
                    self.keep_settings();
                }
            }
            EXPORTS => self
                .exports
                .update(|exports| exports.extend(read_exports(text))),
            _ => {}
        }
    }

    /// Changes and keeps the settings.
    pub fn change_settings(self, change: impl FnOnce(&mut Settings)) {
        self.settings.update(change);
        self.keep_settings();
    }

    fn keep_settings(self) {
        let text = self
            .settings
            .with_untracked(|settings| serde_json::to_string(settings).unwrap_or_default());
        self.keep_value(SETTINGS, &text);
    }

    fn keep_value(self, name: &str, text: &str) {
        match self.vault() {
            Some(vault) => vault.set_value(name, text),
            None => {
                let local = self.with_state(|state| state.local.clone());
                if let Some(local) = local
                    && let Err(error) = local.set(&format!("{PREFIX}{name}"), text)
                {
                    self.told(Trouble::LocalDenied(error.to_string()));
                }
            }
        }
    }

    /// Notes that a copy of these incidents left this browser now.
    pub fn note_export(self, incidents: impl IntoIterator<Item = IncidentId>) {
        let now = self.instant().ms();
        self.exports
            .update(|exports| exports.extend(incidents.into_iter().map(|id| (id, now))));
        let exports = self.exports.with_untracked(|exports| {
            order::map(exports.iter().map(|(id, at)| (id.to_string(), *at)))
        });
        self.keep_value(
            EXPORTS,
            &serde_json::to_string(&exports).unwrap_or_default(),
        );
    }

    /// Removes an incident from this device; colleagues keep theirs.
    pub fn remove_incident(self, id: IncidentId) {
        let scopes: Vec<LogScope> = self
            .ask_untracked(|records| records.logs_of(id).iter().map(|log| log.scope()).collect());
        self.note_pictures();
        for scope in scopes {
            if let Some(vault) = self.vault() {
                vault.remove(scope);
            }
            self.drop_log(scope);
        }
        self.changed();
        // Once its records are gone: the journal does one thing after the other.
        if let Some(vault) = self.vault() {
            vault.after_removals(move || self.sweep_pictures());
        }
    }
}

/// When copies left, by incident; what cannot be read was never written by us.
fn read_exports(text: &str) -> BTreeMap<IncidentId, i64> {
    let read: BTreeMap<String, i64> = serde_json::from_str(text).unwrap_or_default();
    order::map(
        read.into_iter()
            .filter_map(|(id, at)| Some((id.parse().ok()?, at))),
    )
}
