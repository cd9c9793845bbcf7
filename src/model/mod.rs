//! The nouns: event, log, incident, and the fold that turns one into the other.
//!
//! Knows nobody: no other module of this crate, no browser, no clock, no randomness.

pub mod chain;
pub mod clocks;
pub mod communication;
pub mod drill;
pub mod event;
pub mod fact;
pub mod fold;
pub mod id;
pub mod incident;
pub mod json;
pub mod kind;
#[cfg(test)]
pub(crate) mod laws;
pub mod log;
pub mod order;
pub mod organisation;
pub mod picture;
pub mod proposal;
pub mod records;
pub mod register;
pub mod task;
pub mod term;
#[cfg(test)]
pub(crate) mod testing;
pub mod time;

pub use event::{Body, Event};
pub use fact::Fact;
pub use fold::{Cursor, Fold};
pub use id::{Digest, EventId, IncidentId, LogScope, Person, Writer};
pub use incident::{Entry, Incident, Said, Standing};
pub use kind::Kind;
pub use log::{Added, Claim, Draft, Hole, Log, Place};
pub use records::{Brought, Records};
pub use register::{Register, Setting};
pub use time::{Span, Timestamp};
