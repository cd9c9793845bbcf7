//! Finding what was ever written, and past incidents that are like this one.
//!
//! Pure: texts come in as they are shown, small letters by a function, and which incidents are
//! wanted by another. Knows no screen, no clock and no store, and decides nothing about an incident.

pub mod alike;
pub mod documents;
pub mod find;
pub mod index;
mod query;
mod score;
mod terms;
#[cfg(test)]
mod tests;
mod typo;
pub mod words;
pub mod worked;

pub use alike::{Alike, Common, Question, Share, Tuning};
pub use documents::{Document, Field};
pub use find::{Fit, Found, FoundEntry, Mark, Most, Results};
pub use index::{About, Index};
pub use worked::{Followed, Help, Worked, worked};
