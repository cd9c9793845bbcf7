//! What this page holds and does: reads incidents for the screens, appends events, takes them back.
//!
//! The only place where the screens' signals, the records and the stores meet. Decides nothing
//! about incidents: what to write comes as drafts from `guide::write`.

mod checking;
mod keeping;
pub mod pictures;
mod searching;
mod settings;
pub mod taking;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;

use self::searching::Searching;
pub use self::settings::Settings;
use self::taking::Taken;
use super::browser;
use super::clock::Clock;
use crate::guide::write;
use crate::model::fact::{Fact, Introduction};
use crate::model::incident::Standing;
use crate::model::organisation::Organisation;
use crate::model::task::Attachment;
use crate::model::{
    Draft, Event, EventId, Incident, IncidentId, Kind, LogScope, Records, Timestamp, Writer,
};
use crate::runbook::rules;
use crate::runbook::shelf::{self, Offered};
use crate::store::vault::{Aside, Usage};
use crate::store::{KeyValue, Trouble, Vault};

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
    /// The stores; none until the browser has opened its database.
    vault: Option<Vault>,
    /// Written before the stores were open.
    early: Vec<(LogScope, Vec<Event>)>,
    /// What everything that was written is found by.
    searching: Searching,
    /// What is known of pictures.
    pictures: pictures::Known,
    /// What waits until both stores have been read.
    once_open: Vec<Box<dyn FnOnce()>>,
    /// Local storage, which is there at once.
    local: Option<Rc<dyn KeyValue>>,
    /// The runbooks on offer, and on how much of the library they rest.
    shelf: Option<(Extent, Rc<Vec<Offered>>)>,
    /// What the host's `muster.json` says.
    host: Organisation,
    /// The same with what the library says, and on how much of the library that rests.
    organisation: Option<(Extent, Arc<Organisation>)>,
    /// Its rules.
    house: Arc<Attachment>,
}

/// What is said where a file is not taken.
pub const REFUSED: &str = "The browser refused the download";

/// What this page holds and does. Copies are the same session.
#[derive(Clone, Copy)]
pub struct Session {
    state: StoredValue<State, LocalStorage>,
    revision: RwSignal<u64>,
    came_in: RwSignal<u64>,
    saving: RwSignal<BTreeSet<EventId>>,
    weak: RwSignal<BTreeSet<EventId>>,
    unkept: RwSignal<BTreeSet<EventId>>,
    opened: RwSignal<bool>,
    deeds: RwSignal<Vec<Deed>>,
    notice: RwSignal<Option<Notice>>,
    troubles: RwSignal<Vec<Trouble>>,
    settings: RwSignal<Settings>,
    exports: RwSignal<BTreeMap<IncidentId, i64>>,
    taken: RwSignal<Option<Taken>>,
    overdue: RwSignal<Option<String>>,
    indexing: RwSignal<bool>,
    carried: RwSignal<Option<Carried>>,
    pictures: RwSignal<u64>,
    unsent: StoredValue<BTreeMap<(IncidentId, String), String>>,
    clock: Clock,
}

/// A text that a person takes from one screen to the desk where updates are written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Carried {
    /// Of which incident.
    pub incident: IncidentId,
    /// To whom.
    pub audience: String,
    /// What it says.
    pub text: String,
}

/// Drafts that may name the events that they become.
type Naming = Box<dyn FnOnce(&dyn Fn(u32) -> EventId) -> Vec<Draft>>;

/// How much of a log is held: its events, and up to which tick.
type Extent = (usize, u64);

fn library_extent(records: &Records) -> Extent {
    let log = records.log(LogScope::Library);
    log.map_or((0, 0), |log| (log.events().count(), log.tick()))
}

/// The session of the page.
pub fn use_session() -> Session {
    expect_context::<Session>()
}

impl Session {
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
        self.with_state(|state| question(&mut state.records))
    }

    fn with_state<T>(self, act: impl FnOnce(&mut State) -> T) -> T {
        let mut answer = None;
        self.state.update_value(|state| answer = Some(act(state)));
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
    pub fn incident_now<T>(
        self,
        id: IncidentId,
        question: impl FnOnce(&Incident) -> T,
    ) -> Option<T> {
        self.ask_untracked(|records| records.incident(id).map(question))
    }

    /// Changes whenever events came in that this page did not write.
    pub fn came_in(self) -> RwSignal<u64> {
        self.came_in
    }

    /// The runbooks on offer: read anew where the library changed, not with every entry.
    pub fn shelf(self) -> Rc<Vec<Offered>> {
        self.with_state(|state| {
            let rests_on = library_extent(&state.records);
            let held = state.shelf.as_ref().filter(|(on, _)| *on == rests_on);
            if let Some((_, shelf)) = held {
                return Rc::clone(shelf);
            }
            let shelf = Rc::new(shelf::shelf(state.records.library()));
            state.shelf = Some((rests_on, Rc::clone(&shelf)));
            shelf
        })
    }

    /// What runbooks are offered, once.
    pub fn shelf_now(self) -> Rc<Vec<Offered>> {
        untrack(|| self.shelf())
    }

    /// What the host and the library say of the organisation.
    pub fn organisation(self) -> Arc<Organisation> {
        self.with_state(|state| {
            let rests_on = library_extent(&state.records);
            let held = state
                .organisation
                .as_ref()
                .filter(|(on, _)| *on == rests_on);
            if let Some((_, organisation)) = held {
                return Arc::clone(organisation);
            }
            let library = &state.records.library().library;
            let organisation = Arc::new(library.over(state.host.clone()));
            state.organisation = Some((rests_on, Arc::clone(&organisation)));
            organisation
        })
    }

    /// Asks something of the organisation; asked again when anything changes.
    pub fn ask_organisation<T>(self, question: impl FnOnce(&Organisation) -> T) -> T {
        self.revision.track();
        question(&self.organisation())
    }

    /// The title of the runbook that fits a title and a service best.
    pub fn ask_fitting(self, title: &str, service: &str) -> Option<String> {
        let shelf = self.shelf();
        shelf::fitting(&shelf, title, &[service]).map(|runbook| runbook.title.clone())
    }

    /// The host's rules.
    pub fn house(self) -> Arc<Attachment> {
        self.with_state(|state| Arc::clone(&state.house))
    }

    /// Takes in what a `muster.json` says.
    ///
    /// # Errors
    /// What is wrong with it; then it has no effect.
    pub fn host_says(self, text: &str) -> Result<(), String> {
        let host = Organisation::read(text)?;
        let house = Arc::new(rules::of_house(&host.rules)?);
        self.with_state(|state| {
            state.host = host;
            state.house = house;
            state.organisation = None;
        });
        self.changed();
        Ok(())
    }

    /// Reads the `muster.json` that was imported here, or else the host's; what is wrong is told.
    pub async fn ask_host(self) {
        let text = self.organisation_text().await;
        if let Err(why) = self.host_says(text.as_deref().unwrap_or("{}")) {
            self.say(&why);
        }
    }

    /// The `muster.json` that holds here, as it was written; none where it cannot be had.
    pub async fn organisation_text(self) -> Option<String> {
        let imported = self
            .settings
            .with_untracked(|settings| settings.organisation.clone());
        if imported.is_empty() {
            browser::organisation().await
        } else {
            Some(imported)
        }
    }

    /// What is overdue in the room that is open: the page is named after it.
    pub fn overdue(self) -> RwSignal<Option<String>> {
        self.overdue
    }

    /// Whether both stores have been read.
    pub fn is_open(self) -> bool {
        self.opened.get()
    }

    /// Does what needs all that this browser holds, as soon as it has been read: at once, or in a
    /// moment. A copy given away by halves would look whole.
    pub fn once_open(self, act: impl FnOnce() + 'static) {
        if self.opened.get_untracked() {
            act();
        } else {
            self.say("In a moment: this browser's incidents are still being read");
            self.with_state(|state| state.once_open.push(Box::new(act)));
        }
    }

    /// Offers a text as a file; says so where the browser refuses.
    pub fn give(self, name: &str, mime: &str, text: &str) {
        if browser::download(name, mime, text).is_err() {
            self.say(REFUSED);
        }
    }

    /// Events that are not safe yet.
    pub fn saving(self) -> RwSignal<BTreeSet<EventId>> {
        self.saving
    }

    /// Events that only local storage has: the browser's sudden end may cost them.
    pub fn weak(self) -> RwSignal<BTreeSet<EventId>> {
        self.weak
    }

    /// Events that no store took: they are lost with this page unless they are exported.
    pub fn unkept(self) -> RwSignal<BTreeSet<EventId>> {
        self.unkept
    }

    /// The word at the edge of the screen.
    pub fn notice(self) -> RwSignal<Option<Notice>> {
        self.notice
    }

    /// What is wrong with the stores.
    pub fn troubles(self) -> RwSignal<Vec<Trouble>> {
        self.troubles
    }

    /// Who uses this browser, and how.
    pub fn settings(self) -> RwSignal<Settings> {
        self.settings
    }

    /// The import that was taken last in this page, while it can be undone.
    pub fn taken(self) -> RwSignal<Option<Taken>> {
        self.taken
    }

    /// When a copy of an incident last left this browser.
    pub fn last_export(self, id: IncidentId) -> Option<Timestamp> {
        self.exports
            .with(|exports| exports.get(&id).copied())
            .map(Timestamp::clamped)
    }

    /// The text that is on its way to the desk; whoever takes it leaves none behind.
    pub fn carried(self) -> RwSignal<Option<Carried>> {
        self.carried
    }

    /// What was typed at a place of an incident's screens and not sent yet; empty where nothing was.
    pub fn unsent(self, id: IncidentId, place: &str) -> String {
        let key = (id, place.to_owned());
        let held = |unsent: &BTreeMap<_, String>| unsent.get(&key).cloned();
        self.unsent.with_value(held).unwrap_or_default()
    }

    /// Keeps what is typed there for as long as the page lives; an empty text is forgotten.
    pub fn keep_unsent(self, id: IncidentId, place: &str, text: String) {
        let key = (id, place.to_owned());
        self.unsent.update_value(|unsent| {
            if text.is_empty() {
                unsent.remove(&key);
            } else {
                unsent.insert(key, text);
            }
        });
    }

    /// What the stores hold, in numbers.
    pub fn usage(self) -> Usage {
        self.vault().map(|vault| vault.usage()).unwrap_or_default()
    }

    /// Damaged parts of what was stored, put aside for download.
    pub fn aside(self) -> Vec<Aside> {
        self.vault().map(|vault| vault.aside()).unwrap_or_default()
    }

    /// Drops a damaged part that was put aside.
    pub fn discard(self, aside: &str) {
        if let Some(vault) = self.vault() {
            vault.discard(aside);
        }
        self.changed();
    }

    /// What the next undo would take back, on a screen about this incident or about none.
    pub fn last_deed(self, at: Option<IncidentId>) -> Option<Deed> {
        self.deeds.with(|deeds| {
            let place = self.undone_next(deeds, at)?;
            deeds.get(place).cloned()
        })
    }

    /// Within an incident what was done in another stays: nobody sees there what is taken back.
    fn undone_next(self, deeds: &[Deed], at: Option<IncidentId>) -> Option<usize> {
        let Some(id) = at else {
            return deeds.len().checked_sub(1);
        };
        let own: Vec<LogScope> = self.ask_untracked(|records| {
            let logs = records.logs_of(id);
            logs.iter().map(|log| log.scope()).collect()
        });
        deeds
            .iter()
            .rposition(|deed| deed.scope.incident().is_none() || own.contains(&deed.scope))
    }

    /// An instant by this page's clock.
    pub fn instant(self) -> Timestamp {
        self.clock.instant()
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

    /// Writes down an action whose later events name its earlier ones: `drafts` is told the id that
    /// each will have, by its place from 0. It must not ask the session.
    pub fn act_naming(
        self,
        incident: IncidentId,
        drafts: impl FnOnce(&dyn Fn(u32) -> EventId) -> Vec<Draft> + 'static,
        what: &str,
    ) {
        let scope = LogScope::Incident(incident);
        let written = self.append_naming(scope, Box::new(drafts));
        self.remember(scope, &written, what);
    }

    /// Writes down an action of this person in the library.
    pub fn act_in_library(self, drafts: Vec<Draft>, what: &str) {
        self.write(LogScope::Library, drafts, what);
    }

    /// Takes in what rules have written: events of their own, the same in every browser.
    pub fn take_from_rules(self, incident: IncidentId, events: Vec<Event>) {
        let scope = LogScope::Incident(incident);
        self.with_state(|state| state.records.add(scope, events.clone(), &[]));
        self.keep(scope, &events);
        self.changed();
    }

    /// Takes in what a person copied from elsewhere, each line once; what was taken back stands again. Says
    /// how many lines stand now that did not.
    pub fn take_pasted(self, incident: IncidentId, mut events: Vec<Event>) -> usize {
        let scope = LogScope::Incident(incident);
        let mut ids: BTreeSet<EventId> = BTreeSet::new();
        events.retain(|event| ids.insert(event.id));
        let put_back = self.incident_now(incident, |incident| {
            let entries = ids.iter().filter_map(|id| incident.entry(*id));
            let drafts = entries.filter_map(|entry| match entry.standing {
                Standing::Retracted(by) => Some(write::retract(by)),
                _ => None,
            });
            drafts.collect::<Vec<Draft>>()
        });
        let put_back = put_back.unwrap_or_default();
        let new: Vec<Event> = self.with_state(|state| {
            let log = state.records.log(scope);
            let is_new = |event: &Event| log.is_none_or(|log| log.get(event.id).is_none());
            let new: Vec<Event> = events.into_iter().filter(is_new).collect();
            state.records.add(scope, new.clone(), &[]);
            new
        });
        let stands = new.len() + put_back.len();
        if stands == 0 {
            return 0;
        }
        self.keep(scope, &new);
        let again = if put_back.is_empty() {
            Vec::new()
        } else {
            self.append(scope, put_back)
        };
        self.changed();
        let written = new.iter().chain(&again);
        let written = written.filter(|event| event.kind != Kind::Joined);
        let deed = Deed {
            scope,
            events: written.map(|event| event.id).collect(),
            what: "Took in pasted lines".to_owned(),
        };
        self.deeds.update(|deeds| deeds.push(deed));
        stands
    }

    /// Writes lines of made-up people: the sample's.
    pub fn write_as(self, incident: IncidentId, lines: Vec<(Writer, Draft)>) {
        let (scope, now) = (LogScope::Incident(incident), self.clock.instant());
        let written: Vec<Event> = self.with_state(|state| {
            let lines = lines.into_iter();
            let events = lines
                .flat_map(|(writer, draft)| state.records.append(scope, writer, vec![draft], now));
            events.collect()
        });
        self.keep(scope, &written);
        self.changed();
    }

    fn write(self, scope: LogScope, drafts: Vec<Draft>, what: &str) {
        let written = self.append(scope, drafts);
        self.remember(scope, &written, what);
    }

    /// What was written in one action is taken back in one.
    fn remember(self, scope: LogScope, written: &[Event], what: &str) {
        let events = written
            .iter()
            .filter(|event| event.kind != Kind::Joined)
            .map(|event| event.id);
        let deed = Deed {
            scope,
            events: events.collect(),
            what: what.to_owned(),
        };
        self.deeds.update(|deeds| deeds.push(deed));
    }

    fn append(self, scope: LogScope, drafts: Vec<Draft>) -> Vec<Event> {
        self.append_naming(scope, Box::new(move |_| drafts))
    }

    fn append_naming(self, scope: LogScope, drafts: Naming) -> Vec<Event> {
        let now = self.clock.instant();
        let written = self.with_state(|state| {
            let held = state.writers.get(&scope).copied();
            let writer = held.unwrap_or_else(|| Writer::from_bytes(browser::random_bytes()));
            let introduction = held.is_none().then(|| self.introduction());
            state.writers.insert(scope, writer);
            let log = state.records.log(scope);
            let next = log.map_or(1, |log| log.next_seq(writer)) + u32::from(held.is_none());
            let named = |place: u32| EventId {
                writer,
                seq: next.saturating_add(place),
            };
            let drafts = drafts(&named);
            let drafts = introduction.into_iter().chain(drafts).collect();
            state.records.append(scope, writer, drafts, now)
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

    /// What came in must be checked, and everybody looks again.
    fn changed_from_elsewhere(self) {
        self.came_in.update(|times| *times += 1);
        self.changed();
    }

    fn changed(self) {
        self.revision.update(|revision| *revision += 1);
    }

    /// Takes back the last action of this person, on a screen about this incident or about none: a
    /// retraction, on record.
    pub fn undo(self, at: Option<IncidentId>) {
        let next = self
            .deeds
            .with_untracked(|deeds| self.undone_next(deeds, at));
        let deed = next.and_then(|place| self.deeds.try_update(|deeds| deeds.remove(place)));
        let Some(deed) = deed else {
            self.say(&self.nothing_to_undo());
            return;
        };
        if let Some(why) = self.has_left(deed.scope, &deed.events) {
            self.say(why);
            return;
        }
        let taken_back = self.retract(deed.scope, &deed.events);
        let redo = Deed {
            events: taken_back,
            ..deed.clone()
        };
        let elsewhere = deed.scope.incident().filter(|_| at.is_none());
        let of = elsewhere.map(|id| format!(" in {}", self.quoted_title(id)));
        self.notice.set(Some(Notice {
            text: format!("Taken back{}: {}", of.unwrap_or_default(), deed.what),
            redo: Some(redo),
        }));
    }

    fn nothing_to_undo(self) -> String {
        let last = self.deeds.with_untracked(|deeds| deeds.last().cloned());
        let last = last.and_then(|deed| Some((deed.scope.incident()?, deed.what)));
        match last {
            Some((id, what)) => format!(
                "Nothing to undo here. The last of yours was in {}: {what}",
                self.quoted_title(id)
            ),
            None => "Nothing to undo in this page".to_owned(),
        }
    }

    fn quoted_title(self, id: IncidentId) -> String {
        let title = self.incident_now(id, crate::guide::brief::title);
        format!("“{}”", title.unwrap_or_else(|| id.to_string()))
    }

    /// Why one of these events cannot be taken back: what people outside have cannot be called back.
    fn has_left(self, scope: LogScope, events: &[EventId]) -> Option<&'static str> {
        self.incident_now(scope.incident()?, |incident| {
            let mut entries = events.iter().filter_map(|event| incident.entry(*event));
            entries.find_map(|entry| write::can_be_taken_back(entry).err())
        })
        .flatten()
    }

    /// Takes back single events, as from a line of the timeline.
    pub fn take_back(self, incident: IncidentId, event: EventId, what: &str) {
        let scope = self.scope_of(incident, event);
        if let Some(why) = self.has_left(scope, &[event]) {
            self.say(why);
            return;
        }
        let taken_back = self.retract(scope, &[event]);
        let redo = Deed {
            scope,
            events: taken_back,
            what: what.to_owned(),
        };
        self.notice.set(Some(Notice {
            text: format!("Taken back: {what}"),
            redo: Some(redo),
        }));
    }

    /// Puts back what was taken back: retracts the retraction.
    pub fn put_back(self, deed: Deed) {
        self.retract(deed.scope, &deed.events);
        self.say(&format!("Put back: {}", deed.what));
    }

    /// Drops an event's words for good, in every copy that hears of it.
    pub fn erase(self, incident: IncidentId, event: EventId, because: &str) {
        let drafts = self.incident_now(incident, |held| write::erase(held, event, because));
        for draft in drafts.unwrap_or_default() {
            let scope = self.scope_of(incident, draft.on.unwrap_or(event));
            self.append(scope, vec![draft]);
        }
        self.say("Erased for good");
    }

    fn retract(self, scope: LogScope, events: &[EventId]) -> Vec<EventId> {
        let drafts = events
            .iter()
            .rev()
            .map(|event| write::retract(*event))
            .collect();
        let written = self.append(scope, drafts);
        let retractions = written
            .iter()
            .filter(|event| event.on.is_some())
            .map(|event| event.id);
        retractions.collect()
    }

    /// The log that an event of an incident lies in; joined incidents have several.
    fn scope_of(self, incident: IncidentId, event: EventId) -> LogScope {
        self.ask_untracked(|records| {
            let logs = records.logs_of(incident);
            logs.iter()
                .find(|log| log.holds(event))
                .map_or(LogScope::Incident(incident), |log| log.scope())
        })
    }

    /// Says what this person is called, here and in every log that this page writes.
    pub fn rename(self, name: &str) {
        let name = name.trim();
        if self
            .settings
            .with_untracked(|settings| settings.name == name)
        {
            return;
        }
        self.change_settings(|settings| name.clone_into(&mut settings.name));
        let me = self.settings.with_untracked(|settings| settings.person);
        let scopes: Vec<LogScope> =
            self.with_state(|state| state.writers.keys().copied().collect());
        for scope in scopes {
            self.append(scope, vec![write::name_person(me, name)]);
        }
    }

    /// Says a short word at the edge of the screen.
    pub fn say(self, text: &str) {
        self.notice.set(Some(Notice {
            text: text.to_owned(),
            redo: None,
        }));
    }
}
