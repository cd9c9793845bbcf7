//! An assistant without a network: a brief to give to one, the answer as proposals, and the proposals
//! that need no assistant.
//!
//! Pure: sends nothing, asks nobody, and writes nothing down. What it reads becomes an event only by a
//! person's hand, through `guide::write::proposals`.

pub mod answer;
pub mod brief;
pub mod outcome;
pub mod own;
pub mod redact;

pub use brief::{Brief, Key, Similar};
pub use outcome::{Outcome, outcomes};
pub use own::Own;
pub use redact::{Choice, Part};

pub use crate::guide::proposals::ASSISTANT as AUDIENCE;
