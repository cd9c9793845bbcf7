//! What is coming, for whoever facilitates: each inject, what to look for, and what became of it.

use super::clock::Clock;
use super::deliver::{Fate, fate, next, scenario};
use super::expected::Expected;
use crate::guide::words;
use crate::model::{Incident, Timestamp};

/// An inject as the facilitator reads it.
#[derive(Clone, PartialEq, Eq, Debug, Hash)]
pub struct Coming {
    /// Which one, from 1.
    pub number: u32,
    /// Its minute in the scenario.
    pub minute: u32,
    /// Who speaks.
    pub from: String,
    /// What they say.
    pub text: String,
    /// What to look for; may be empty.
    pub look_for: String,
    /// What is expected from then on.
    pub expected: Vec<String>,
    /// What became of it, or will: "in 4 min".
    pub state: String,
    /// Whether it was said or left out: then only its heading is of use.
    pub over: bool,
    /// Whether it is the next one that was neither said nor left out.
    pub is_next: bool,
}

/// All injects, in order.
pub fn coming(incident: &Incident, now: Timestamp) -> Vec<Coming> {
    let (Some(scenario), Some(clock)) = (scenario(incident), Clock::of(incident)) else {
        return Vec::new();
    };
    let next = next(incident, &scenario, &clock).map(|next| next.number);
    let injects = scenario.injects.iter();
    let coming = injects.map(|inject| {
        let fate = fate(incident, &clock, inject);
        Coming {
            over: matches!(fate, Fate::Delivered(_) | Fate::Skipped),
            number: inject.number,
            minute: inject.minute,
            from: inject.from.clone(),
            text: inject.text.clone(),
            look_for: inject.look_for.clone(),
            expected: inject.expected.iter().map(Expected::words).collect(),
            state: match fate {
                Fate::Delivered(_) => "said".to_owned(),
                Fate::Skipped => "left out".to_owned(),
                Fate::Due(at) => words::due(at, now),
                Fate::Waits => "waits: the clock stands still".to_owned(),
            },
            is_next: next == Some(inject.number),
        }
    });
    coming.collect()
}
