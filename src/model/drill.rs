//! A drill as its log says it: the scenario that is played, how fast, and what was said in it.
//!
//! Only what was said. What a scenario's text means, when an inject is due and what the drill came to is
//! for `drill`; nothing here reads the text.

use serde::{Deserialize, Serialize};

use super::incident::Said;

/// How many minutes of the drill pass in one of the clock on the wall; nought while it is paused.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize,
)]
#[serde(from = "u16", into = "u16")]
pub struct Speed(u16);

impl Speed {
    /// The drill stands still.
    pub const PAUSED: Self = Self(0);
    /// As the clock on the wall.
    pub const NORMAL: Self = Self(1);
    /// Faster than this nobody can play. Muster's own limit.
    pub const MOST: Self = Self(60);

    /// So many minutes in one, at the most [`Speed::MOST`].
    pub fn new(times: u16) -> Self {
        Self(times.min(Self::MOST.0))
    }

    /// So many minutes in one.
    pub fn times(self) -> u16 {
        self.0
    }

    /// Whether the drill stands still.
    pub fn is_paused(self) -> bool {
        self == Self::PAUSED
    }
}

impl From<u16> for Speed {
    fn from(times: u16) -> Self {
        Self::new(times)
    }
}

impl From<Speed> for u16 {
    fn from(speed: Speed) -> Self {
        speed.0
    }
}

/// A drill begins. Whoever has the log has the whole scenario.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct DrillStart {
    /// The scenario's name for good: drills of one name are compared.
    pub scenario: String,
    /// What it is called.
    pub title: String,
    /// The scenario, to the letter.
    pub text: String,
    /// How fast the clock runs.
    pub speed: Speed,
}

/// The drill's clock runs at another speed from now on.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Pacing {
    /// How fast.
    pub speed: Speed,
    /// The minute of the scenario that it goes on from, where what lay between is left out; never back.
    #[serde(default, skip_serializing_if = "is_none")]
    pub to_minute: u32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde asks")]
fn is_none(minute: &u32) -> bool {
    *minute == 0
}

/// Somebody of the scenario said something.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Inject {
    /// Which of the scenario's injects, from 1.
    pub inject: u32,
    /// Its minute in the scenario.
    pub minute: u32,
    /// Who speaks.
    pub from: String,
    /// What they say, in plain words.
    pub text: String,
}

/// An inject that is left out.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SkippedInject {
    /// Which of the scenario's injects, from 1.
    pub inject: u32,
}

/// What an incident's log says of the drill that it is.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct DrillRecord {
    /// How it began; of several, the first holds.
    pub begun: Vec<Said<DrillStart>>,
    /// How its clock was set since.
    pub paces: Vec<Said<Pacing>>,
    /// What was said in it.
    pub delivered: Vec<Said<Inject>>,
    /// What is left out.
    pub skipped: Vec<Said<SkippedInject>>,
    /// When it was ended, with a word; of several, the earliest holds.
    pub ended: Vec<Said<String>>,
}

impl DrillRecord {
    /// How it began; none where no scenario is played.
    pub fn start(&self) -> Option<&Said<DrillStart>> {
        self.begun.first()
    }
}
