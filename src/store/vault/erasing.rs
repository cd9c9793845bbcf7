//! Erased words go from everything that is stored, whoever wrote it there.

use std::collections::BTreeSet;

use super::{ASIDE, LOGS, Mark, Vault};
use crate::model::{Body, Event, EventId, Kind, LogScope};
use crate::store::segment;
use crate::store::{Incoming, Record, Trouble};

impl Vault {
    pub(super) fn note_erasures(&self, scope: LogScope, events: &[Event]) {
        let erased: BTreeSet<EventId> = events
            .iter()
            .filter(|event| event.kind == Kind::Erased)
            .filter_map(|event| event.on)
            .collect();
        let mut state = self.inner.state.borrow_mut();
        let state = &mut *state;
        let all = state.erased.entry(scope).or_default();
        all.extend(erased);
        if all.is_empty() {
            return;
        }
        // What is still to be written must not bring them back.
        let open = state.open.get_mut(&scope).map(|open| open.lines.iter_mut());
        let queue = state.queue.iter_mut().map(|waiting| &mut waiting.line);
        let heard = state.heard.values_mut().map(|heard| &mut heard.line);
        let lines = open.into_iter().flatten().chain(queue).chain(heard);
        lines.for_each(|line| scrub_line(line, all));
    }

    pub(super) fn erased_in(&self, scope: LogScope) -> BTreeSet<EventId> {
        let state = self.inner.state.borrow();
        state.erased.get(&scope).cloned().unwrap_or_default()
    }

    /// What was on its way into the journal while it was erased.
    pub(super) fn scrub_late(&self, marks: &[Mark]) {
        let late = {
            let state = self.inner.state.borrow();
            let is_erased = |mark: &Mark| {
                let erased = state.erased.get(&mark.scope);
                erased.is_some_and(|erased| erased.contains(&mark.id))
            };
            marks.iter().any(is_erased)
        };
        if late {
            self.scrub_journal();
        }
    }

    /// Drops erased words from every segment.
    pub(super) fn scrub_local(&self) {
        let Some(local) = &self.inner.local else {
            return;
        };
        let erased = self.inner.state.borrow().erased.clone();
        for (scope, erased) in erased.iter().filter(|(_, erased)| !erased.is_empty()) {
            for place in [LOGS, ASIDE] {
                let keys = local.keys(&format!("{place}{scope}/")).unwrap_or_default();
                for key in keys {
                    let Ok(Some(text)) = local.get(&key) else {
                        continue;
                    };
                    if let Some(clean) = scrub_text(&text, *scope, erased, place == ASIDE)
                        && let Err(error) = local.set(&key, &clean)
                    {
                        self.tell_local(error);
                    }
                }
            }
        }
    }

    /// Drops erased words from every record of the journal.
    pub(super) fn scrub_journal(&self) {
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
                    if let Some(text) = scrub_text(&record.text, scope, erased, false) {
                        vault.replace_scrubbed(key, Record { text, ..record });
                    }
                }
                // What is asked of the journal from here on comes after that.
                vault.tell(Incoming::Scrubbed);
            }));
        });
    }

    fn replace_scrubbed(&self, key: u64, clean: Record) {
        let vault = self.clone();
        self.with_journal(|journal| {
            journal.replace(
                vec![key],
                vec![clean],
                Box::new(move |answer| match answer {
                    Ok(true) => {}
                    // Another tab has packed it meanwhile: it lies in another record.
                    Ok(false) => vault.scrub_journal(),
                    Err(error) => vault.trouble(Trouble::JournalFailed(error.to_string())),
                }),
            );
        });
    }
}

pub(super) fn scrub_line(line: &mut String, erased: &BTreeSet<EventId>) {
    if erased.is_empty() {
        return;
    }
    if let Ok(mut event) = Event::from_own_json(line)
        && erased.contains(&event.id)
        && event.body.text().is_some()
    {
        event.body = Body::Erased(event.body.digest());
        *line = event.to_json();
    }
}

/// The text without erased words; none where it holds none. What cannot be read goes with them, and
/// goes anyway where it would only be kept to be looked at.
fn scrub_text(
    text: &str,
    scope: LogScope,
    erased: &BTreeSet<EventId>,
    unread_goes: bool,
) -> Option<String> {
    let segment = segment::read(text, scope);
    let holds = segment.as_ref().is_some_and(|segment| {
        let mut events = segment.events.iter();
        events.any(|event| erased.contains(&event.id) && event.body.text().is_some())
    });
    let unread = segment.as_ref().is_none_or(|segment| !segment.whole);
    if !(holds || unread_goes && unread) {
        return None;
    }
    let mut lines = Vec::new();
    if let Some(segment) = segment {
        lines.extend(segment.events.iter().map(segment::event_line));
        lines.iter_mut().for_each(|line| scrub_line(line, erased));
        lines.extend(segment.claims.iter().map(segment::claim_line));
    }
    Some(segment::write(scope, &lines))
}
