//! Says what colleagues' events brought, in batches; own events and timers are never announced.

use std::time::Duration;

use leptos::prelude::*;

use super::here::Here;
use crate::guide::{brief, words};
use crate::model::{Incident, Person};
use crate::ui::derived::Derived;

/// What arrives within this time is one message.
const BATCH: Duration = Duration::from_secs(3);

/// How many entries each of the others has written.
type Counts = Vec<(Person, usize)>;

/// Announces entries of others while the calling component lives.
pub fn announce(here: Here) {
    let known = StoredValue::new(
        here.ask_now(|incident| counts(here, incident))
            .unwrap_or_default(),
    );
    let waiting = StoredValue::new(false);
    let size = Derived::new(move || here.ask(|incident| incident.timeline.len()).unwrap_or(0));
    Effect::new(move |before: Option<usize>| {
        let now = size.get();
        if before.is_some_and(|before| before != now) && !waiting.get_value() {
            waiting.set_value(true);
            // Counting walks the whole timeline, so it is done after what was changed is painted.
            set_timeout(move || say(here, known, waiting), BATCH);
        }
        now
    });
}

fn say(here: Here, known: StoredValue<Counts>, waiting: StoredValue<bool>) {
    // The room may have been left since.
    let Some(before) = known.try_get_value() else {
        return;
    };
    waiting.set_value(false);
    let news = here.ask_now(|incident| {
        let now = counts(here, incident);
        let new = now.iter().filter_map(|(person, count)| {
            let new = count
                .checked_sub(count_of(&before, *person))
                .filter(|new| *new > 0)?;
            let name = brief::name_or_you(incident, *person);
            Some(format!(
                "{} from {name}",
                words::count(new, "new entry", "new entries")
            ))
        });
        (new.collect::<Vec<_>>().join(", "), now)
    });
    if let Some((sentence, now)) = news {
        known.set_value(now);
        if !sentence.is_empty() {
            here.session.say(&sentence);
        }
    }
}

fn counts(here: Here, incident: &Incident) -> Counts {
    let me = here
        .session
        .settings()
        .with_untracked(|settings| settings.person);
    let mut counts = Counts::new();
    for by in incident
        .timeline
        .iter()
        .filter_map(|entry| entry.by)
        .filter(|by| *by != me)
    {
        match counts.iter_mut().find(|(person, _)| *person == by) {
            Some((_, count)) => *count += 1,
            None => counts.push((by, 1)),
        }
    }
    counts
}

fn count_of(counts: &Counts, person: Person) -> usize {
    let mut counts = counts.iter();
    counts
        .find(|(other, _)| *other == person)
        .map_or(0, |(_, count)| *count)
}
