//! Other tabs of this browser: what they say, what they change, and what one leaves behind.

use super::imports;
use super::{GONE, Heard, Mark, Vault, Waiting, removed_by_key, scope_of_key};
use crate::model::{Event, EventId, Kind, LogScope};
use crate::store::segment;
use crate::store::{From, Incoming, Trouble};

/// Beats after which a tab that has not said what became of its events is taken to be gone. Far
/// longer than a large import takes.
const ABSENCE: u8 = 6;

impl Vault {
    /// Another tab changed a key of local storage; no key at all means that it was emptied.
    pub fn storage_changed(&self, key: Option<&str>, text: Option<&str>) {
        let Some(key) = key else {
            self.write_back();
            return;
        };
        if let Some(scope) = removed_by_key(key) {
            match text {
                Some(_) => self.hear_gone(scope),
                None => self.hear_back(scope),
            }
            return;
        }
        let heard = scope_of_key(key).zip(text);
        if let Some(segment) = heard.and_then(|(scope, text)| segment::read(text, scope)) {
            self.hear(segment.scope, segment.events, segment.claims);
        }
    }

    /// Another tab said something.
    pub fn heard(&self, text: &str) {
        let mut lines = text.lines();
        let Some((what, scope)) = lines.next().and_then(|first| first.split_once(' ')) else {
            return;
        };
        let Ok(scope) = scope.parse::<LogScope>() else {
            return;
        };
        match what {
            "events" => {
                let body: Vec<String> = lines.map(str::to_owned).collect();
                if let Some(segment) = segment::read(&segment::write(scope, &body), scope) {
                    self.hear(scope, segment.events, segment.claims);
                }
            }
            "safe" | "weak" => {
                let ids: Vec<EventId> = lines.filter_map(|line| line.parse().ok()).collect();
                self.hear_settled(&ids);
                self.tell(if what == "safe" {
                    Incoming::Safe(ids)
                } else {
                    Incoming::Weak(ids)
                });
            }
            "pictures" => self.tell(Incoming::Pictures),
            "gone" => self.hear_gone(scope),
            "back" => self.hear_back(scope),
            "undone" => {
                let brought = imports::read_brought(lines);
                self.hear_settled(&brought.ids().collect::<Vec<_>>());
                self.tell(Incoming::Undone { scope, brought });
            }
            _ => {}
        }
    }

    fn hear(&self, scope: LogScope, events: Vec<Event>, claims: Vec<crate::model::Claim>) {
        {
            let mut state = self.inner.state.borrow_mut();
            if state.gone.contains(&scope) {
                // A tab that has not heard yet that the log was removed; only "back" undoes that.
                return;
            }
            for event in &events {
                if !state.own.contains(&event.id) && state.heard_of.insert(event.id) {
                    let heard = Heard {
                        scope,
                        line: segment::event_line(event),
                        beats: 0,
                    };
                    state.heard.insert(event.id, heard);
                }
            }
        }
        self.note_erasures(scope, &events);
        let erases = events.iter().any(|event| event.kind == Kind::Erased);
        self.tell(Incoming::Events {
            scope,
            events,
            claims,
            from: From::OtherTab,
        });
        if erases {
            // What this tab wrote meanwhile may hold the words once more.
            self.scrub_local();
            self.scrub_journal();
        }
    }

    fn hear_settled(&self, ids: &[EventId]) {
        let mut state = self.inner.state.borrow_mut();
        for id in ids {
            state.heard.remove(id);
        }
    }

    /// What a tab said and never called safe is kept by this one: that tab is gone.
    pub(super) fn adopt_heard(&self) {
        let mut state = self.inner.state.borrow_mut();
        let state = &mut *state;
        let mut left_behind = Vec::new();
        state.heard.retain(|id, heard| {
            heard.beats = heard.beats.saturating_add(1);
            if heard.beats < ABSENCE {
                return true;
            }
            let mark = Mark {
                scope: heard.scope,
                id: *id,
                kept_locally: false,
            };
            left_behind.push(Waiting {
                mark,
                line: std::mem::take(&mut heard.line),
                told: false,
            });
            false
        });
        state
            .own
            .extend(left_behind.iter().map(|waiting| waiting.mark.id));
        state.queue.extend(left_behind);
    }

    fn hear_gone(&self, scope: LogScope) {
        self.forget_log(scope);
        self.tell(Incoming::Gone(scope));
    }

    fn hear_back(&self, scope: LogScope) {
        self.inner.state.borrow_mut().gone.remove(&scope);
    }

    /// Local storage was emptied while the page is open: what this page wrote is put back.
    fn write_back(&self) {
        self.trouble(Trouble::LocalEmptied);
        self.write_open_again();
        let gone: Vec<LogScope> = self.inner.state.borrow().gone.iter().copied().collect();
        if let Some(local) = &self.inner.local {
            for scope in gone {
                drop(local.set(&format!("{GONE}{scope}"), "1"));
            }
        }
        self.set_local_mark();
        if self.inner.journal.borrow().is_none() {
            // It was the only store: all that is in memory is wanted.
            self.tell(Incoming::Wanted);
        }
    }
}
