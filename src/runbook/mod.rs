//! Runbooks that run: templates, the tasks of an incident, their critical path.
//!
//! Pure: the time comes in as an argument. Knows the incident as the fold gives it, and neither the
//! guide nor any screen.

pub mod json;
pub mod markdown;
pub mod pieces;
pub mod plan;
pub mod rules;
pub mod schedule;
pub mod shelf;
