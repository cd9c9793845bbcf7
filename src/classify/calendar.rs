//! Periods by the calendar: when so many hours, days, months or working days are over, in a zone.
//!
//! Exact and pure. Knows no clock, no zone but the one that comes in, and no regulator: who uses
//! which period is said in `regime`.

mod date;
mod holidays;
mod period;
#[cfg(test)]
pub(crate) mod tests;
mod zone;

pub use date::Date;
pub use holidays::{Calendar, Holidays, Working};
pub use period::{
    Ends, business_days, days, ends_on, hours, months, next_full_hour, roll, two_working_days,
};
pub use zone::{FixedOffset, Wall, Zone, instant, wall};
