//! Keeping what was just written: into local storage at once, into the journal as soon as it can.

use std::collections::BTreeMap;

use super::{LOGS, Mark, OpenSegment, Pending, Vault, Waiting, message, own_record};
use crate::model::{Event, EventId, Kind, LogScope};
use crate::store::segment;
use crate::store::{Incoming, KeyValue, KeyValueError, Trouble};

/// A segment holds no more lines than this, so that an append rewrites little.
const LINES_A_SEGMENT: usize = 16;
/// Nor more text than this, in bytes.
const BYTES_A_SEGMENT: usize = 8_000;

impl Vault {
    /// Keeps events that were just written in this page.
    pub fn keep(&self, scope: LogScope, events: &[Event]) {
        let lines: Vec<String> = events.iter().map(segment::event_line).collect();
        let kept_locally = self.keep_locally(scope, &lines);
        self.say(&message("events", scope, &lines));
        {
            let mut state = self.inner.state.borrow_mut();
            for (event, line) in events.iter().zip(lines) {
                state.own.insert(event.id);
                let mark = Mark {
                    scope,
                    id: event.id,
                    kept_locally,
                };
                state.queue.push(Waiting {
                    mark,
                    line,
                    told: false,
                });
            }
        }
        self.note_erasures(scope, events);
        self.flush();
        self.tell_behind_stuck();
        if events.iter().any(|event| event.kind == Kind::Erased) {
            self.scrub_local();
            self.scrub_journal();
        }
    }

    fn keep_locally(&self, scope: LogScope, lines: &[String]) -> bool {
        let Some(local) = self.inner.local.clone() else {
            return false;
        };
        let open = self.inner.state.borrow().open.get(&scope).cloned();
        let mut segment = open.unwrap_or_default();
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

    pub(super) fn write_segment(
        &self,
        local: &dyn KeyValue,
        scope: LogScope,
        segment: &OpenSegment,
    ) -> bool {
        let key = format!("{LOGS}{scope}/{}/{}", self.inner.page, segment.number);
        match local.set(&key, &segment::write(scope, &segment.lines)) {
            Ok(()) => true,
            Err(KeyValueError::Full) if self.relieve() => false,
            Err(error) => {
                self.tell_local(error);
                false
            }
        }
    }

    /// Tells of local storage once, not with every event.
    pub(super) fn tell_local(&self, error: KeyValueError) {
        let told = std::mem::replace(&mut self.inner.state.borrow_mut().told_local, true);
        if !told {
            self.trouble(match error {
                KeyValueError::Full => Trouble::LocalFull,
                KeyValueError::Denied(why) => Trouble::LocalDenied(why),
            });
        }
    }

    /// Gives the queue to the journal; what comes meanwhile goes with the next transaction.
    pub(super) fn flush(&self) {
        let Some(journal) = self.inner.journal.borrow().clone() else {
            // It stays in the queue, should a journal come yet.
            self.tell_queue_weak();
            return;
        };
        let batch = {
            let mut state = self.inner.state.borrow_mut();
            if state.writing || state.queue.is_empty() {
                return;
            }
            state.writing = true;
            std::mem::take(&mut state.queue)
        };
        let mut by_scope: BTreeMap<LogScope, Vec<String>> = BTreeMap::new();
        for waiting in &batch {
            let lines = by_scope.entry(waiting.mark.scope).or_default();
            lines.push(waiting.line.clone());
        }
        let records = by_scope
            .into_iter()
            .map(|(scope, lines)| own_record(scope, &lines))
            .collect();
        // Those that were called weak before are not told of a second time.
        let untold = batch.iter().filter(|waiting| !waiting.told);
        let number = self.wait_for(untold.map(|waiting| waiting.mark).collect());
        let vault = self.clone();
        journal.put(
            records,
            Box::new(move |answer| {
                vault.inner.state.borrow_mut().writing = false;
                let told = vault.answered(number);
                match answer {
                    Ok(()) => vault.taken(&batch),
                    Err(error) => vault.not_taken(batch, told, &error.to_string()),
                }
            }),
        );
    }

    /// Notes what the journal was given, for a beat to look after.
    pub(super) fn wait_for(&self, marks: Vec<Mark>) -> u64 {
        let mut state = self.inner.state.borrow_mut();
        state.last_pending += 1;
        let number = state.last_pending;
        let pending = Pending {
            marks,
            beats: 0,
            told: false,
        };
        state.pending.insert(number, pending);
        number
    }

    /// The journal answered. Says whether nobody was waiting any more.
    pub(super) fn answered(&self, number: u64) -> bool {
        let pending = self.inner.state.borrow_mut().pending.remove(&number);
        pending.is_none_or(|pending| pending.told)
    }

    fn taken(&self, batch: &[Waiting]) {
        let marks: Vec<Mark> = batch.iter().map(|waiting| waiting.mark).collect();
        self.tell_safe(&marks);
        self.scrub_late(&marks);
        self.flush();
    }

    fn not_taken(&self, mut batch: Vec<Waiting>, told: bool, why: &str) {
        let untold = batch.iter().filter(|waiting| !waiting.told && !told);
        let untold: Vec<Mark> = untold.map(|waiting| waiting.mark).collect();
        if !untold.is_empty() {
            self.trouble(Trouble::JournalFailed(why.to_owned()));
            self.tell_weak(&untold);
        }
        batch.iter_mut().for_each(|waiting| waiting.told = true);
        let came_meanwhile = {
            let mut state = self.inner.state.borrow_mut();
            let came_meanwhile = !state.queue.is_empty();
            batch.append(&mut state.queue);
            // What was removed meanwhile is not tried again.
            batch.retain(|waiting| !state.gone.contains(&waiting.mark.scope));
            state.queue = batch;
            came_meanwhile
        };
        // Otherwise it is tried again with the next beat, or with what is written next.
        if came_meanwhile {
            self.flush();
        }
    }

    /// While the journal is not answering, what queues up behind does not wait for it either.
    pub(super) fn tell_behind_stuck(&self) {
        let stuck = {
            let state = self.inner.state.borrow();
            state.writing && state.pending.values().any(|pending| pending.told)
        };
        if stuck {
            self.tell_queue_weak();
        }
    }

    fn tell_queue_weak(&self) {
        let untold: Vec<Mark> = {
            let mut state = self.inner.state.borrow_mut();
            let untold = state.queue.iter_mut().filter(|waiting| !waiting.told);
            untold
                .map(|waiting| {
                    waiting.told = true;
                    waiting.mark
                })
                .collect()
        };
        self.tell_weak(&untold);
    }

    pub(super) fn tell_safe(&self, marks: &[Mark]) {
        if !marks.is_empty() {
            self.tell(Incoming::Safe(ids(marks)));
            self.say_settled("safe", marks);
        }
    }

    pub(super) fn tell_weak(&self, marks: &[Mark]) {
        if marks.is_empty() {
            return;
        }
        let (weak, unkept): (Vec<Mark>, Vec<Mark>) =
            marks.iter().partition(|mark| mark.kept_locally);
        if !weak.is_empty() {
            self.tell(Incoming::Weak(ids(&weak)));
        }
        if !unkept.is_empty() {
            self.tell(Incoming::Unkept(ids(&unkept)));
        }
        self.say_settled("weak", marks);
    }

    /// Other tabs show an event as being saved until they hear what became of it.
    fn say_settled(&self, what: &str, marks: &[Mark]) {
        let mut by_scope: BTreeMap<LogScope, Vec<String>> = BTreeMap::new();
        for mark in marks {
            by_scope
                .entry(mark.scope)
                .or_default()
                .push(mark.id.to_string());
        }
        for (scope, ids) in by_scope {
            self.say(&message(what, scope, &ids));
        }
    }
}

fn ids(marks: &[Mark]) -> Vec<EventId> {
    marks.iter().map(|mark| mark.id).collect()
}
