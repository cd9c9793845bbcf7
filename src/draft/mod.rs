//! Texts that a person is about to send or hand in: updates to each audience, forms of authorities,
//! checks of wording, what is new since the last update.
//!
//! Offers and remarks only: sends nothing, decides nothing, knows no clock and no browser.

pub mod audiences;
pub mod calendar;
pub mod changes;
pub mod check;
pub mod fields;
pub mod filed;
pub mod forms;
pub mod improvements;
pub mod markup;
pub mod published;
pub mod review;
pub mod status_page;
pub mod template;
pub mod update;
pub mod wording;
