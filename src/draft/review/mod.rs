//! The review of an incident as a document to publish: what the log says of it, in sections, with a
//! chart, as Markdown and as one HTML file.
//!
//! [`document`] is the document as plain values, [`markdown`] and [`html`] only print it, so both say
//! the same. Nothing in it is not in the log, what the log does not have is said to be missing, and
//! every figure names the events that it rests on. Knows no clock, no browser and no zone but the
//! offset that comes in; the same log gives the same bytes.

pub mod chart;
pub mod document;
mod figures;
pub mod html;
pub mod markdown;
pub mod picture;
mod proposals;
mod record;
mod response;
mod sections;
mod summary;
#[cfg(test)]
mod tests;
pub mod wording;

pub use document::{
    Asked, Block, Document, Fact, Line, Mark, Row, Section, State, Table, document, figures_only,
};
