//! Drills: scenarios with injects on a clock, when each is due, and what a drill came to.
//!
//! Pure questions, asked of a text or of an incident. Knows no browser and no clock: `now` comes in. A
//! drill's score never lacks its parts: each rests on entries of the log, and what does not apply says so.

pub mod clock;
pub mod coming;
pub mod compare;
pub mod deliver;
pub mod expected;
pub mod scenario;
pub mod score;
pub mod shelf;
pub mod start;
