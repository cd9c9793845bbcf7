//! The one clock of the screens: `now`, once a second.
//!
//! Views that show minutes should read [`Clock::minute`], so that a second changes nothing in them.

use std::time::Duration;

use leptos::prelude::*;

use super::browser;
use crate::model::{Span, Timestamp};
use crate::ui::derived::Derived;

/// What time it is, as a signal.
#[derive(Clone, Copy)]
pub struct Clock {
    now: RwSignal<Timestamp>,
    minute: Derived<Timestamp>,
}

impl Clock {
    /// Starts the clock; it runs as long as the page.
    pub fn start() -> Self {
        let now = RwSignal::new(browser::now());
        let minute = Derived::new(move || {
            let ms = now.get().ms();
            Timestamp::clamped(ms - ms.rem_euclid(Span::minutes(1).0))
        });
        // A page without timers shows a standing clock, which is seen at once.
        drop(set_interval_with_handle(
            move || now.set(browser::now()),
            Duration::from_secs(1),
        ));
        Self { now, minute }
    }

    /// The second, tracked.
    pub fn now(self) -> Timestamp {
        self.now.get()
    }

    /// The minute, tracked: changes once a minute.
    pub fn minute(self) -> Timestamp {
        self.minute.get()
    }

    /// This instant, not tracked: for what is being written down.
    pub fn instant(self) -> Timestamp {
        browser::now()
    }
}
