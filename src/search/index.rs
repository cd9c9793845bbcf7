//! What can be found, held so that it is found in an instant, and kept up as events come.
//!
//! Each incident has its words as numbers, one after the other; a question walks all of them. That
//! takes a millisecond for fifty thousand entries, and keeps what is hard about an index easy: one
//! entry more costs only itself, an incident that is taken out leaves nothing behind, and neither
//! has to wait until the rest is sorted. So the index is its own builder: it is filled incident by
//! incident or entry by entry, as slowly as a page likes, and can be asked all the while.
//! Knows no clock and no screen; which incidents are asked about comes in.

use super::documents::{self, Document, FIELDS, Field};
use super::terms::Terms;
use super::words::{self, Small};
use crate::model::term::Nature;
use crate::model::{EventId, Incident, IncidentId, Timestamp};

/// Everything that can be found.
#[derive(Clone, Debug)]
pub struct Index {
    pub(super) small: Small,
    pub(super) terms: Terms,
    /// In the order of their ids.
    pub(super) held: Vec<Held>,
}

/// What is known of an incident besides its texts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct About {
    /// Whether it is one at all.
    pub nature: Nature,
    /// Other ids of the same outage.
    pub ids: Vec<IncidentId>,
    /// The services that were hit, by name.
    pub services: Vec<String>,
}

impl Default for About {
    fn default() -> Self {
        Self {
            nature: Nature::Real,
            ids: Vec::new(),
            services: Vec::new(),
        }
    }
}

impl About {
    /// What is known of an incident.
    pub fn of(incident: &Incident) -> Self {
        Self {
            nature: incident.nature(),
            ids: incident.ids.union(&incident.same_as).copied().collect(),
            services: incident.services.keys().cloned().collect(),
        }
    }
}

/// An incident in the index.
#[derive(Clone, Debug)]
pub(super) struct Held {
    pub(super) id: IncidentId,
    pub(super) about: About,
    /// When the last of its entries was.
    pub(super) latest: Timestamp,
    pub(super) entries: Vec<Indexed>,
    /// The words of all entries, as numbers.
    pub(super) tokens: Vec<u32>,
    /// The texts of all entries.
    pub(super) text: String,
    /// How many words each field has.
    pub(super) lengths: [u32; FIELDS],
}

/// An entry in the index; it begins where the one before it ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct Indexed {
    pub(super) event: Option<EventId>,
    pub(super) field: Field,
    pub(super) when: Timestamp,
    /// Where its words end.
    tokens_to: u32,
    /// Where its text ends.
    text_to: u32,
}

impl Held {
    fn new(id: IncidentId, about: About) -> Self {
        Self {
            id,
            about,
            latest: Timestamp::MIN,
            entries: Vec::new(),
            tokens: Vec::new(),
            text: String::new(),
            lengths: [0; FIELDS],
        }
    }

    fn push(&mut self, document: &Document, terms: &mut Terms, small: Small) {
        let mut form = String::new();
        let tokens = words::tokens(&document.text);
        for token in &tokens {
            let word = document.text.get(token.from..token.to).unwrap_or_default();
            words::fold(word, small, &mut form);
            self.tokens.push(terms.hold(&form));
        }
        self.text.push_str(&document.text);
        self.lengths[document.field as usize] += tokens.len() as u32;
        self.latest = self.latest.max(document.when);
        self.entries.push(Indexed {
            event: document.event,
            field: document.field,
            when: document.when,
            tokens_to: self.tokens.len() as u32,
            text_to: self.text.len() as u32,
        });
    }

    /// The words of an entry, as numbers.
    pub(super) fn tokens(&self, place: usize) -> &[u32] {
        let from = self.end(place, |entry| entry.tokens_to);
        let to = self.end(place + 1, |entry| entry.tokens_to);
        self.tokens.get(from..to).unwrap_or_default()
    }

    /// The text of an entry.
    pub(super) fn text(&self, place: usize) -> &str {
        let from = self.end(place, |entry| entry.text_to);
        let to = self.end(place + 1, |entry| entry.text_to);
        self.text.get(from..to).unwrap_or_default()
    }

    /// Where the entry before this one ends.
    fn end(&self, place: usize, of: fn(&Indexed) -> u32) -> usize {
        let before = place
            .checked_sub(1)
            .and_then(|place| self.entries.get(place));
        before.map_or(0, of) as usize
    }
}

impl Index {
    /// An empty index. `small` gives a text in small letters.
    pub fn new(small: Small) -> Self {
        Self {
            small,
            terms: Terms::default(),
            held: Vec::new(),
        }
    }

    /// How many incidents are held.
    pub fn len(&self) -> usize {
        self.held.len()
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.held.is_empty()
    }

    /// How many entries are held.
    pub fn entries(&self) -> usize {
        self.held.iter().map(|held| held.entries.len()).sum()
    }

    /// How many different words are held.
    pub fn words(&self) -> usize {
        self.terms.held()
    }

    /// Whether an incident is held.
    pub fn holds(&self, id: IncidentId) -> bool {
        self.place(id).is_ok()
    }

    fn place(&self, id: IncidentId) -> Result<usize, usize> {
        self.held.binary_search_by(|held| held.id.cmp(&id))
    }

    /// Takes an incident in as it stands, in the place of what was held of it.
    pub fn hold(&mut self, id: IncidentId, incident: &Incident) {
        self.replace(id, About::of(incident), &documents::documents(id, incident));
    }

    /// Takes in an event that was just added to an incident. Costs as much as that event where it
    /// only adds a line, and as much as the incident where others read differently because of it.
    pub fn note(&mut self, id: IncidentId, incident: &Incident, event: EventId) {
        let entry = incident.entry(event);
        let entry = entry.filter(|entry| {
            documents::only_adds(incident, entry) && self.holds(id) && !self.has(id, event)
        });
        let Some(entry) = entry else {
            return self.hold(id, incident);
        };
        for document in documents::documents_of(incident, entry) {
            self.add(id, &document);
        }
    }

    fn has(&self, id: IncidentId, event: EventId) -> bool {
        let held = self.place(id).ok().and_then(|place| self.held.get(place));
        held.is_some_and(|held| {
            let mut entries = held.entries.iter().rev();
            entries.any(|entry| entry.event == Some(event))
        })
    }

    /// Puts these texts in the place of all that was held of an incident.
    pub fn replace(&mut self, id: IncidentId, about: About, documents: &[Document]) {
        let mut new = Held::new(id, about);
        for document in documents {
            new.push(document, &mut self.terms, self.small);
        }
        match self.place(id) {
            Ok(place) => {
                // After the new ones were held, so that words which stay need not be written again.
                let old = std::mem::replace(&mut self.held[place], new);
                self.release(&old);
            }
            Err(place) => self.held.insert(place, new),
        }
    }

    /// Adds one text to an incident.
    pub fn add(&mut self, id: IncidentId, document: &Document) {
        let place = self.place(id).unwrap_or_else(|place| {
            self.held.insert(place, Held::new(id, About::default()));
            place
        });
        self.held[place].push(document, &mut self.terms, self.small);
    }

    /// Takes an incident out: nothing of it is left.
    pub fn remove(&mut self, id: IncidentId) {
        if let Ok(place) = self.place(id) {
            let old = self.held.remove(place);
            self.release(&old);
        }
    }

    fn release(&mut self, old: &Held) {
        for token in &old.tokens {
            self.terms.release(*token);
        }
    }
}
