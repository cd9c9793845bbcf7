//! Taking a file in: what it would bring, taking it, and taking it out again.

use std::collections::BTreeMap;
use std::time::Duration;

use leptos::prelude::*;

use super::{Deed, Session};
use crate::format::file::Reading;
use crate::format::recognise::Form;
use crate::format::statuspage;
use crate::format::summary::{self, Summary, Summing};
use crate::model::order;
use crate::model::{Brought, Claim, Draft, Event, Log, LogScope, Place, Records, Writer};
use crate::ui::browser;

/// Events that are looked at before the clock is.
const AT_ONCE: usize = 500;
/// Longer than this the page does not go without painting, in milliseconds.
const LONGEST_WORK: f64 = 24.0;

/// An import that was taken, as it can be undone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Taken {
    /// Its id in the stores.
    pub import: String,
    /// What it brought.
    pub brought: Vec<(LogScope, Brought)>,
}

impl Taken {
    /// How many events it brought.
    pub fn events(&self) -> usize {
        self.brought.iter().map(|(_, brought)| brought.len()).sum()
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

/// How many incidents files touch; one that several of them hold counts once.
pub fn incidents_of(offers: &[Offer]) -> usize {
    summary::incidents(offers.iter().flat_map(|offer| &offer.reading.logs))
}

impl Session {
    /// How many entries a file would bring beside what the files before it in the same choice do.
    pub fn adds(self, offer: &Offer, summaries: &[Summary], before: &[&Offer]) -> usize {
        let logs = offer.reading.logs.iter().zip(summaries);
        let added = logs.map(|(log, summary)| {
            let earlier = before.iter().flat_map(|offer| {
                let same = |held: &&Log| held.scope() == log.scope();
                let logs = offer.reading.logs.iter().filter(same);
                logs.map(|log| (offer.form, log))
            });
            let earlier: Vec<(Form, &Log)> = earlier.collect();
            match earlier.is_empty() {
                true => summary.new,
                false => self.ask_untracked(|records| {
                    summary::adds(offer.form, log, records.log(log.scope()), &earlier)
                }),
            }
        });
        added.sum()
    }

    /// What taking a file in would bring, log by log. `progress` is told how many logs are summed
    /// up, of how many.
    pub async fn summarise(self, offer: &Offer, progress: impl Fn(usize, usize)) -> Vec<Summary> {
        let mut pace = Pace::new();
        let mut summaries = Vec::new();
        let logs = &offer.reading.logs;
        for log in logs {
            let scope = log.scope();
            let mut summing = Summing::new(log);
            while self.ask_untracked(|records| summing.step(log, records.log(scope), AT_ONCE)) {
                if pace.is_due() {
                    progress(summaries.len(), logs.len());
                    pace.rest().await;
                }
            }
            let mut summary = summing.finish();
            if offer.form == Form::Statuspage {
                summary.new = self.ask_untracked(|records| {
                    summary::adds(offer.form, log, records.log(scope), &[])
                });
            }
            summaries.push(summary);
        }
        summaries
    }

    /// Takes files in. `progress` is told how many events are in, of how many.
    pub async fn take(self, offers: Vec<Offer>, progress: impl Fn(usize, usize)) {
        let import = Writer::from_bytes(browser::random_bytes()).to_string();
        // Within seconds there are stores to put it in, so that it can be taken out again.
        while self.vault().is_none() {
            breathe().await;
        }
        let all: usize = offers.iter().map(|offer| offer.reading.events()).sum();
        let mut pace = Pace::new();
        let mut done = 0;
        let mut brought = Vec::new();
        self.note_pictures();
        let mut pictures = crate::format::pictures::Pictures::new();
        for Offer {
            form, mut reading, ..
        } in offers
        {
            pictures.append(&mut reading.pictures);
            for log in reading.logs {
                let (mut taking, drafts) =
                    self.ask_untracked(|records| Taking::new(form, log, records));
                while self.with_state(|state| taking.step(&mut state.records, AT_ONCE)) {
                    if pace.is_due() {
                        progress(done + taking.done, all);
                        pace.rest().await;
                    }
                }
                done += taking.done;
                if pace.is_due() {
                    progress(done, all);
                    pace.rest().await;
                }
                let scope = taking.log.scope();
                let from_log = self.keep_taken(&import, taking);
                if !from_log.is_empty() {
                    brought.push((scope, from_log));
                }
                self.amend(scope, drafts);
            }
        }
        progress(all, all);
        self.take_pictures(pictures).await;
        // What was taken is folded next.
        pace.rest().await;
        self.changed_from_elsewhere();
        let count: usize = brought.iter().map(|(_, brought)| brought.len()).sum();
        self.taken
            .set((count > 0).then_some(Taken { import, brought }));
    }

    /// Gives the stores what an import brought to one log.
    fn keep_taken(self, import: &str, taking: Taking) -> Brought {
        let Taking {
            log, new, brought, ..
        } = taking;
        if new.is_empty() && brought.claims.is_empty() {
            return brought;
        }
        self.saving
            .update(|saving| saving.extend(new.iter().map(|event| event.id)));
        if let Some(vault) = self.vault() {
            let claims: Vec<Claim> = brought.claims.iter().copied().collect();
            vault.keep_imported(import, log.scope(), &new, &claims);
        }
        brought
    }

    /// Amends what a later file of the same page says differently, in this person's name.
    fn amend(self, scope: LogScope, drafts: Vec<Draft>) {
        if drafts.is_empty() {
            return;
        }
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
                .filter_map(|(scope, brought)| Some((records.log(*scope)?, brought)));
            pairs.any(|(log, brought)| is_spoken_of(log, brought))
        });
        if spoken_of {
            return Err(NotUndone::SpokenOf);
        }
        self.note_pictures();
        if let Some(vault) = self.vault() {
            vault.undo_import(&taken.import, &taken.brought);
        }
        self.with_state(|state| {
            for (scope, brought) in &taken.brought {
                state.records.forget(*scope, brought);
            }
        });
        self.taken.set(None);
        self.changed_from_elsewhere();
        self.sweep_pictures();
        Ok(())
    }
}

/// A log of a file on its way into memory, some events at a time.
struct Taking {
    /// What is taken.
    log: Log,
    last: Option<Place>,
    done: usize,
    /// What was not held before, or only without its text.
    new: Vec<Event>,
    /// What is to be taken out again if the import is undone.
    brought: Brought,
}

impl Taking {
    /// Nothing is taken yet; and what is to be written besides.
    fn new(form: Form, log: Log, records: &Records) -> (Self, Vec<Draft>) {
        let held = records.log(log.scope());
        let (log, drafts) = match form {
            Form::Statuspage => {
                let (events, drafts) = statuspage::changes(&log, held);
                let mut new = Log::new(log.scope());
                for event in events {
                    new.add(event);
                }
                (new, drafts)
            }
            Form::Muster | Form::Stored => (log, Vec::new()),
        };
        let is_new = |claim: &&Claim| held.is_none_or(|held| !held.claims().contains(claim));
        let brought = Brought {
            claims: order::set(log.claims().iter().filter(is_new).copied()),
            ..Brought::default()
        };
        let taking = Self {
            log,
            last: None,
            done: 0,
            new: Vec::new(),
            brought,
        };
        (taking, drafts)
    }

    /// Takes up to `most` more events. False when nothing is left.
    fn step(&mut self, records: &mut Records, most: usize) -> bool {
        let events = self.log.events_after(self.last).take(most);
        let (places, events): (Vec<Place>, Vec<Event>) =
            events.map(|(place, event)| (place, event.clone())).unzip();
        self.last = places.last().copied().or(self.last);
        self.done += events.len();
        let left = events.len() == most;
        let claims: Vec<Claim> = match left {
            true => Vec::new(),
            false => self.brought.claims.iter().copied().collect(),
        };
        let held = records.log(self.log.scope());
        events
            .iter()
            .for_each(|event| self.brought.note(event, held));
        let ids = order::set(records.add(self.log.scope(), events.clone(), &claims));
        self.new
            .extend(events.into_iter().filter(|event| ids.contains(&event.id)));
        left
    }
}

/// Whether an event that an import did not bring is about one that it did, replaces one, or was
/// written by somebody who had seen one. Of a fork, the event that was there before is meant.
fn is_spoken_of(log: &Log, brought: &Brought) -> bool {
    let ids = &brought.events;
    let mut first: BTreeMap<Writer, u32> = BTreeMap::new();
    for id in ids {
        let lowest = first.entry(id.writer).or_insert(id.seq);
        *lowest = id.seq.min(*lowest);
    }
    let mut others = log
        .events()
        .filter(|(_, event)| !brought.has(event))
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

/// How long the page has been at work without painting.
pub struct Pace {
    since: f64,
}

impl Pace {
    /// It has just painted.
    pub fn new() -> Self {
        Self {
            since: browser::uptime(),
        }
    }

    /// Whether it should paint by now.
    pub fn is_due(&self) -> bool {
        browser::uptime() - self.since > LONGEST_WORK
    }

    /// Lets it paint.
    pub async fn rest(&mut self) {
        breathe().await;
        self.since = browser::uptime();
    }
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
