//! What incidents come to in numbers: times, downtime, availability, cost, promises, over many of them.
//!
//! An incident becomes a [`Case`], which holds all that figures are made of and does not change with
//! the clock; everything else is asked of cases. Definitions are rules.md's section D, common
//! practice that was not checked against a source ([`times::FROM`]). Pure: `now`, zones and the
//! organisation come in. Knows no drafts and no drawing, and leaves out what nobody stated: no figure
//! is ever made of `now` or of nothing.

pub mod case;
pub mod csv;
pub mod distribution;
pub mod downtime;
pub mod exact;
pub mod filter;
pub mod groups;
pub mod meanings;
pub mod money;
pub mod month;
pub mod promises;
pub mod reliability;
#[cfg(test)]
mod testing;
pub mod times;
pub mod trend;

pub use case::{Case, Disorder, Moment, Stated};
pub use distribution::Distribution;
pub use downtime::{Downtime, Outage, Period};
pub use exact::Ratio;
pub use filter::{Filter, Selection, Source, When};
pub use groups::{By, Key, Row};
pub use month::Month;
pub use times::{Figure, Measure};
pub use trend::{Point, Series};
