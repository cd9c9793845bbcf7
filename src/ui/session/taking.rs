//! Taking a file in: what it would bring, taking it, and taking it out again.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use leptos::prelude::*;

use super::{Deed, Session};
use crate::format::file::{self, Reading, Summary};
use crate::format::recognise::Form;
use crate::format::statuspage;
use crate::model::order;
use crate::model::{Claim, Draft, Event, EventId, Log, LogScope, Writer};
use crate::ui::browser;

/// Events that are taken in before the page may paint again.
const AT_ONCE: usize = 2_000;

/// An import that was taken, as it can be undone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Taken {
    /// Its id in the stores.
    pub import: String,
    /// What it brought.
    pub brought: Vec<(LogScope, Vec<EventId>)>,
}

impl Taken {
    /// How many events it brought.
    pub fn events(&self) -> usize {
        self.brought.iter().map(|(_, ids)| ids.len()).sum()
    }
}

/// Why an import cannot be undone.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NotUndone {
    /// Later events speak of what it brought.
    #[error(
        "Something that was written since speaks of what this import brought, so it stays. Take single entries back instead, or remove the incident from this device."
    )]
    SpokenOf,
}

/// A file that was read and not yet taken.
#[derive(Clone, Debug)]
pub struct Offer {
    /// What the file is called.
    pub name: String,
    /// How it was read.
    pub form: Form,
    /// What it holds.
    pub reading: Reading,
}

impl Session {
    /// What taking a file in would bring, log by log.
    pub fn summarise(self, offer: &Offer) -> Vec<Summary> {
        self.ask_untracked(|records| {
            let logs = offer.reading.logs.iter();
            logs.map(|log| match offer.form {
                Form::Statuspage => {
                    let (events, drafts) = statuspage::changes(log, records.log(log.scope()));
                    let mut summary = file::summarise(log, records.log(log.scope()));
                    summary.new = events.len() + drafts.len();
                    summary
                }
                Form::Muster => file::summarise(log, records.log(log.scope())),
            })
            .collect()
        })
    }

    /// Takes files in. `progress` is told how many events are in, of how many.
    pub async fn take(self, offers: Vec<Offer>, progress: impl Fn(usize, usize)) {
        let import = Writer::from_bytes(browser::random_bytes()).to_string();
        // Within seconds there are stores to put it in, so that it can be taken out again.
        while self.vault().is_none() {
            breathe().await;
        }
        let all: usize = offers.iter().map(|offer| offer.reading.events()).sum();
        let mut done = 0;
        let mut brought = Vec::new();
        for offer in offers {
            for log in &offer.reading.logs {
                let before = done / AT_ONCE;
                let ids = self.take_log(&import, offer.form, log);
                if !ids.is_empty() {
                    brought.push((log.scope(), ids));
                }
                done += log.len();
                if done / AT_ONCE > before {
                    progress(done, all);
                    breathe().await;
                }
            }
        }
        self.changed();
        let count: usize = brought.iter().map(|(_, ids)| ids.len()).sum();
        self.taken
            .set((count > 0).then_some(Taken { import, brought }));
    }

    fn take_log(self, import: &str, form: Form, log: &Log) -> Vec<EventId> {
        let scope = log.scope();
        let (events, drafts, claims) =
            self.ask_untracked(|records| new_in(form, log, records.log(scope)));
        let ids = self.with_state(|state| state.records.add(scope, events.clone(), &claims));
        let new = order::set(ids.iter().copied());
        let events: Vec<Event> = events
            .into_iter()
            .filter(|event| new.contains(&event.id))
            .collect();
        if !events.is_empty() || !claims.is_empty() {
            self.saving
                .update(|saving| saving.extend(ids.iter().copied()));
            if let Some(vault) = self.vault() {
                vault.keep_imported(import, scope, &events, &claims);
            }
        }
        if !drafts.is_empty() {
            let written = self.append(scope, drafts);
            let deed = Deed {
                scope,
                events: written
                    .iter()
                    .filter(|event| event.on.is_some())
                    .map(|event| event.id)
                    .collect(),
                what: "What the page says now".to_owned(),
            };
            self.deeds.update(|deeds| deeds.push(deed));
        }
        ids
    }

    /// Takes out what the last import brought, unless something written since speaks of it.
    ///
    /// # Errors
    /// When something does.
    pub fn undo_import(self) -> Result<(), NotUndone> {
        let Some(taken) = self.taken.get_untracked() else {
            return Ok(());
        };
        let spoken_of = self.ask_untracked(|records| {
            let mut pairs = taken
                .brought
                .iter()
                .filter_map(|(scope, ids)| Some((records.log(*scope)?, ids)));
            pairs.any(|(log, ids)| is_spoken_of(log, &ids.iter().copied().collect()))
        });
        if spoken_of {
            return Err(NotUndone::SpokenOf);
        }
        if let Some(vault) = self.vault() {
            vault.undo_import(&taken.import, &taken.brought);
        }
        self.with_state(|state| {
            for (scope, ids) in &taken.brought {
                state.records.forget(*scope, &ids.iter().copied().collect());
            }
        });
        self.taken.set(None);
        self.changed();
        Ok(())
    }
}

fn new_in(form: Form, log: &Log, held: Option<&Log>) -> (Vec<Event>, Vec<Draft>, Vec<Claim>) {
    match form {
        Form::Statuspage => {
            let (events, drafts) = statuspage::changes(log, held);
            (events, drafts, Vec::new())
        }
        Form::Muster => {
            let events = log.events().map(|(_, event)| event.clone()).collect();
            let known: Vec<Claim> = held
                .map(|held| held.claims().iter().copied().collect())
                .unwrap_or_default();
            let claims = log
                .claims()
                .iter()
                .copied()
                .filter(|claim| !known.contains(claim))
                .collect();
            (events, Vec::new(), claims)
        }
    }
}

/// Whether an event outside these is about one of them, replaces one, or was written by somebody
/// who had seen one.
fn is_spoken_of(log: &Log, ids: &BTreeSet<EventId>) -> bool {
    let mut first: BTreeMap<Writer, u32> = BTreeMap::new();
    for id in ids {
        let lowest = first.entry(id.writer).or_insert(id.seq);
        *lowest = id.seq.min(*lowest);
    }
    let mut others = log
        .events()
        .filter(|(place, _)| !ids.contains(&place.id()))
        .map(|(_, event)| event);
    others.any(|event| {
        let named = event
            .on
            .iter()
            .chain(event.replaces.iter())
            .any(|id| ids.contains(id));
        let saw = |(writer, up_to): &(Writer, u32)| {
            first.get(writer).is_some_and(|lowest| lowest <= up_to)
        };
        named || event.seen.iter().any(saw)
    })
}

/// Lets the page paint.
pub async fn breathe() {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        set_timeout(
            move || drop(resolve.call0(&wasm_bindgen::JsValue::NULL)),
            Duration::ZERO,
        );
    });
    drop(wasm_bindgen_futures::JsFuture::from(promise).await);
}
