//! The guide: what to do next, what is due, what does not add up, and how each act is written down.
//!
//! Pure questions asked of an incident. Knows no browser and no clock: `now` comes in.

pub mod advise;
pub mod brief;
pub mod calls;
pub mod causes;
pub mod dues;
pub mod handover;
pub mod library;
pub mod organisation;
pub mod proposals;
pub mod record;
pub mod recovery;
pub mod regimes;
pub mod replay;
pub mod review;
pub mod roles;
pub mod rules;
pub mod sample;
pub mod stages;
pub mod step;
pub mod tasks;
pub mod timeline;
pub mod words;
pub mod write;

pub use advise::advise;
pub use step::{
    Act, Advice, Circumstances, ConflictOf, Contradiction, Criterion, Due, Met, StageView, Step,
    TaskAct, Urgency, Zones,
};
