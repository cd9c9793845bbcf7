//! Muster runs a major incident from a static page.
//!
//! An incident is a log of events; everything else is a question asked of the log. See
//! `ARCHITECTURE.md` for the map of these modules and the arrows between them.

pub mod assist;
pub mod classify;
pub mod draft;
pub mod drill;
pub mod format;
pub mod guide;
pub mod measure;
pub mod model;
pub mod runbook;
pub mod search;
pub mod store;
pub mod ui;
