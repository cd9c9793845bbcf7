//! Parts that several screens share.

pub mod alike;
pub mod axis;
pub mod choice;
pub mod dialog;
pub mod each;
pub mod field;
pub mod form;
pub mod markdown;
pub mod notice;
pub mod priority;
pub mod questions;
pub mod term;
pub mod ticks;
pub mod time;
