//! How it is written down that a drill begins, how its clock is set, and that it is over.

use super::words;
use crate::model::drill::{DrillStart, Pacing, SkippedInject, Speed};
use crate::model::{Draft, Fact};

/// A drill begins.
pub fn begin(start: DrillStart) -> Draft {
    Fact::DrillBegun(start).draft()
}

/// The drill's clock runs at this speed from now on.
pub fn pace(speed: Speed) -> Draft {
    go_on_from(speed, 0)
}

/// The drill goes on from this minute of the scenario, at this speed.
pub fn go_on_from(speed: Speed, to_minute: u32) -> Draft {
    Fact::DrillPaced(Pacing { speed, to_minute }).draft()
}

/// The inject of this number is left out.
pub fn skip(inject: u32) -> Draft {
    Fact::InjectSkipped(SkippedInject { inject }).draft()
}

/// The drill is over.
pub fn end(text: &str) -> Draft {
    Fact::DrillEnded(words(text)).draft()
}
