//! Which injects are due, and the events that deliver them.
//!
//! Such an event is made of the drill's beginning, the inject and the instant at which the clock came to
//! it, so two browsers that have the same log write the same one. Where they had set the clock apart, both
//! name the same source: one of the two holds, and the inject is still said once.

use super::clock::Clock;
use super::scenario::{Scenario, ScriptedInject, read};
use crate::model::drill::{DrillStart, Inject};
use crate::model::{Draft, Event, Fact, Incident, Said, Span, Timestamp};

/// What becomes of an inject.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fate {
    /// It was said, then.
    Delivered(Timestamp),
    /// It is left out.
    Skipped,
    /// It comes then, as the clock runs now.
    Due(Timestamp),
    /// The clock stands still before it.
    Waits,
}

/// The scenario that an incident plays, where it plays one that can be read.
pub fn scenario(incident: &Incident) -> Option<Scenario> {
    read(&incident.drill.start()?.what.text).ok()
}

fn source(start: &Said<DrillStart>, number: u32) -> String {
    format!("drill {}#{number}", start.id())
}

fn instant(clock: &Clock, inject: &ScriptedInject) -> Option<Timestamp> {
    clock.when(Span::minutes(i64::from(inject.minute)))
}

fn is_skipped(incident: &Incident, number: u32) -> bool {
    let mut skipped = incident.drill.skipped.iter();
    skipped.any(|said| said.what.inject == number)
}

/// What becomes of an inject.
pub fn fate(incident: &Incident, clock: &Clock, inject: &ScriptedInject) -> Fate {
    let mut delivered = incident.drill.delivered.iter();
    let said = delivered.find(|said| said.what.inject == inject.number);
    match (said, instant(clock, inject)) {
        (Some(said), _) => Fate::Delivered(said.when),
        (None, _) if is_skipped(incident, inject.number) => Fate::Skipped,
        (None, Some(at)) => Fate::Due(at),
        (None, None) => Fate::Waits,
    }
}

/// The next inject that was neither said nor left out.
pub fn next<'a>(
    incident: &Incident,
    scenario: &'a Scenario,
    clock: &Clock,
) -> Option<&'a ScriptedInject> {
    let mut injects = scenario.injects.iter();
    injects.find(|inject| matches!(fate(incident, clock, inject), Fate::Due(_) | Fate::Waits))
}

/// The events that deliver what is due by `now` and was never written. One that was taken back stays so.
pub fn events(incident: &Incident, now: Timestamp) -> Vec<Event> {
    let (Some(start), Some(clock)) = (incident.drill.start(), Clock::of(incident)) else {
        return Vec::new();
    };
    let Some(scenario) = scenario(incident) else {
        return Vec::new();
    };
    let due = scenario.injects.iter().filter_map(|inject| {
        let at = instant(&clock, inject).filter(|at| *at <= now)?;
        let source = source(start, inject.number);
        let mut entries = incident.timeline.iter();
        let is_there = entries.any(|entry| entry.source.as_deref() == Some(source.as_str()));
        let left_out = is_there || is_skipped(incident, inject.number);
        (!left_out).then(|| event(start, inject, source, at))
    });
    due.collect()
}

/// When the next inject is due, as the clock runs now.
pub fn next_at(incident: &Incident) -> Option<Timestamp> {
    let clock = Clock::of(incident)?;
    let scenario = scenario(incident)?;
    let fates = scenario.injects.iter();
    let due = fates.filter_map(|inject| match fate(incident, &clock, inject) {
        Fate::Due(at) => Some(at),
        Fate::Delivered(_) | Fate::Skipped | Fate::Waits => None,
    });
    due.min()
}

fn event(
    start: &Said<DrillStart>,
    inject: &ScriptedInject,
    source: String,
    at: Timestamp,
) -> Event {
    let said = Inject {
        inject: inject.number,
        minute: inject.minute,
        from: inject.from.clone(),
        text: inject.text.clone(),
    };
    let draft = Draft {
        on: Some(start.id()),
        ..Fact::InjectDelivered(said).draft()
    };
    let content = format!("{source}\n{at}\n{}", draft.body);
    let content: [&[u8]; 2] = [b"muster-drill-1\n", content.as_bytes()];
    // Behind the beginning, in the scenario's order, whatever each copy wrote meanwhile.
    let tick = start.place.tick + u64::from(inject.number);
    Event::made_of(&content, source, tick, at, draft)
}

#[cfg(test)]
mod tests;
