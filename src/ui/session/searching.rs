//! The index of everything that was ever written, kept up with the records.
//!
//! Made in slices, so that the page stays alive: an incident is taken in a few hundred entries at a
//! time, and an event that only adds a line costs as much as that line.

use std::collections::BTreeMap;

use leptos::prelude::*;

use super::Session;
use super::taking::Pace;
use crate::model::{EventId, IncidentId, Records};
use crate::search::{About, Document, Field, Index, documents};
use crate::ui::letters;

/// Entries that are taken in before looking at the clock.
const SLICE: usize = 100;
/// So many new events are noted one by one; more, and the incident is read anew.
const FEW: usize = 8;

/// How much of an incident the index has seen: how many events, up to which tick.
type Seen = (usize, u64);

/// The index, and how far it is.
pub(super) struct Searching {
    index: Index,
    seen: BTreeMap<IncidentId, Seen>,
    /// Incidents that changed since they were taken in.
    stale: Vec<IncidentId>,
    /// An incident that is taken in by halves, as it stood when it was begun, and its next entry.
    half: Option<(IncidentId, Seen, usize)>,
}

impl Searching {
    pub(super) fn new() -> Self {
        Self {
            index: Index::new(letters::small),
            seen: BTreeMap::new(),
            stale: Vec::new(),
            half: None,
        }
    }

    /// Goes on by a slice. Whether there is more to do.
    fn step(&mut self, records: &mut Records) -> bool {
        if self.stale.is_empty() {
            let mut ids = records.incident_ids();
            self.drop_gone(&ids);
            ids.retain(|id| self.seen.get(id) != Some(&extent(records, *id)));
            self.stale = ids;
        }
        let Some(id) = self.stale.last().copied() else {
            return false;
        };
        let extent = extent(records, id);
        if !self.note_few(records, id, extent) {
            self.take_slice(records, id, extent);
        }
        if self.seen.get(&id) == Some(&extent) {
            self.stale.pop();
        }
        true
    }

    fn drop_gone(&mut self, ids: &[IncidentId]) {
        let held = self.seen.keys().copied();
        let gone: Vec<IncidentId> = held.filter(|id| ids.binary_search(id).is_err()).collect();
        for id in gone {
            self.index.remove(id);
            self.seen.remove(&id);
        }
    }

    /// Takes in the newest events alone, where nothing else has changed.
    fn note_few(&mut self, records: &mut Records, id: IncidentId, (count, tick): Seen) -> bool {
        let Some((before, before_tick)) = self.seen.get(&id).copied() else {
            return false;
        };
        let new = count.saturating_sub(before);
        if new == 0 || new > FEW || tick <= before_tick {
            return false;
        }
        let logs = records.logs_of(id);
        let later: Vec<EventId> = logs
            .iter()
            .flat_map(|log| log.events().rev().take(FEW + 1))
            .filter(|(place, _)| place.tick > before_tick)
            .map(|(_, event)| event.id)
            .collect();
        if later.len() != new {
            return false;
        }
        if let Some(incident) = records.incident(id) {
            for event in later {
                self.index.note(id, incident, event);
            }
        }
        self.seen.insert(id, (count, tick));
        true
    }

    fn take_slice(&mut self, records: &mut Records, id: IncidentId, extent: Seen) {
        let Some(incident) = records.incident(id) else {
            self.seen.insert(id, extent);
            return;
        };
        let from = match self.half {
            Some((half, seen, next)) if half == id && seen == extent => next,
            _ => {
                let name = Document {
                    event: None,
                    field: Field::Id,
                    when: incident.began_at().unwrap_or(crate::model::Timestamp::MIN),
                    text: id.to_string(),
                };
                self.index.replace(id, About::of(incident), &[name]);
                0
            }
        };
        let entries = incident.timeline.iter().skip(from).take(SLICE);
        for document in entries.flat_map(|entry| documents::documents_of(incident, entry)) {
            self.index.add(id, &document);
        }
        let next = from + SLICE;
        if next < incident.timeline.len() {
            self.half = Some((id, extent, next));
        } else {
            self.half = None;
            self.seen.insert(id, extent);
        }
    }
}

fn extent(records: &Records, id: IncidentId) -> Seen {
    let logs = records.logs_of(id);
    let count = logs.iter().map(|log| log.len()).sum();
    let tick = logs.iter().map(|log| log.tick()).max();
    (count, tick.unwrap_or(0))
}

impl Session {
    /// Brings the index up with what is held, a slice at a time. [`Session::ask_index`] hears of it.
    pub fn make_searchable(self) {
        if self.indexing.get_untracked() {
            return;
        }
        self.indexing.set(true);
        leptos::task::spawn_local(async move {
            let mut pace = Pace::new();
            while self.step_index() {
                if pace.is_due() {
                    pace.rest().await;
                }
            }
            self.indexing.set(false);
        });
    }

    fn step_index(self) -> bool {
        self.with_state(|state| state.searching.step(&mut state.records))
    }

    /// Asks the index, and the records beside it; hears of changes. What changed since is in it as
    /// far as that takes no time; of the rest it is told when it is.
    pub fn ask_index<T>(self, question: impl FnOnce(&Index, &mut Records) -> T) -> T {
        self.revision.track();
        let busy = self.indexing.get();
        let pace = Pace::new();
        while !busy && self.step_index() {
            if pace.is_due() {
                // Not within what is being worked out now.
                request_animation_frame(move || self.make_searchable());
                break;
            }
        }
        self.with_state(|state| question(&state.searching.index, &mut state.records))
    }

    /// Whether the index is still being made.
    pub fn is_indexing(self) -> bool {
        self.indexing.get()
    }
}
