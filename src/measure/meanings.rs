//! What each figure means, in a sentence, with its source and how far it can be relied on.
//!
//! For whoever asks what a number says; the five times say it themselves
//! ([`super::Measure::meaning`]).

use super::{downtime, reliability, times};
use crate::classify::Provenance;

/// A figure's meaning.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Meaning {
    /// The figure.
    pub title: &'static str,
    /// What it says, and by which formula.
    pub text: &'static str,
    /// How far the formula can be relied on.
    pub from: Provenance,
}

impl Meaning {
    /// With how far it can be relied on: "… (common practice)".
    pub fn words(&self) -> String {
        format!("{} ({})", self.text, self.from.words())
    }
}

const fn meaning(title: &'static str, text: &'static str, from: Provenance) -> Meaning {
    Meaning { title, text, from }
}

/// How many incidents a figure rests on.
pub const BASIS: Meaning = meaning(
    "n of N",
    "How many of the incidents have both moments that the figure needs; the others are not in it, and fewer than 5 say little",
    Provenance::HouseDefault,
);
/// The median.
pub const MEDIAN: Meaning = meaning(
    "Median",
    "Half of the incidents took longer, half less: the middle one, or the mean of the two in the middle",
    times::FROM,
);
/// The 90th percentile.
pub const P90: Meaning = meaning(
    "90th percentile",
    "Nine in ten took no longer: the one at rank 0.9 n, rounded up, from short to long",
    times::FROM,
);
/// The mean.
pub const MEAN: Meaning = meaning(
    "Mean",
    "The sum divided by how many they are (the field's MTTx); one very long incident moves it far",
    times::FROM,
);
/// Downtime.
pub const DOWNTIME: Meaning = meaning(
    "Downtime",
    "How long anything was lost: outages that overlap count once",
    reliability::FROM,
);
/// Weighted downtime.
pub const WEIGHTED: Meaning = meaning(
    "Weighted downtime",
    "The same, but each instant counts by the worst that was lost: down 1, partly down 0.5, slow or failing at times 0.25",
    downtime::WEIGHTS_FROM,
);
/// Availability.
pub const AVAILABILITY: Meaning = meaning(
    "Availability",
    "1 − downtime / period; agreed maintenance counts as downtime, unless it is filtered out",
    reliability::FROM,
);
/// The error budget.
pub const BUDGET: Meaning = meaning(
    "Error budget",
    "(1 − aim) × period: how much downtime the aim allows, and what share of it is used",
    reliability::FROM,
);
/// The burn rate.
pub const BURN: Meaning = meaning(
    "Burn rate",
    "Bad share / (1 − aim): how many times faster than even the budget is used",
    reliability::FROM,
);
/// Credits.
pub const CREDIT: Meaning = meaning(
    "Credit",
    "Below 99.9 % availability 10 %, below 99.0 % 25 %, below 95.0 % all; what the contract says goes before",
    reliability::CREDITS_FROM,
);
/// The mean time between failures.
pub const BETWEEN_FAILURES: Meaning = meaning(
    "Mean time between failures",
    "(Period − downtime) / outages that lie in it, at least in part",
    reliability::FROM,
);
/// The mean time to restore a service.
pub const MEAN_RESTORE: Meaning = meaning(
    "Mean time a failure lasted",
    "Downtime / outages that lie in the period, at least in part",
    reliability::FROM,
);
/// The cost.
pub const COST: Meaning = meaning(
    "Cost",
    "Each service's downtime × what the organisation says that a minute of it costs; without credits and fines",
    Provenance::Practice,
);
/// Updates in time.
pub const UPDATES: Meaning = meaning(
    "Updates in time",
    "Of the updates that were announced for a time, how many came by then; those not yet due are in no share",
    Provenance::HouseDefault,
);
/// The share of major incidents.
pub const MAJOR: Meaning = meaning(
    "Share of major",
    "Major incidents / all incidents that began in the period",
    Provenance::Practice,
);

/// All of them, as a page explains them.
pub const ALL: [Meaning; 15] = [
    BASIS,
    MEDIAN,
    P90,
    MEAN,
    DOWNTIME,
    WEIGHTED,
    AVAILABILITY,
    BUDGET,
    BURN,
    CREDIT,
    BETWEEN_FAILURES,
    MEAN_RESTORE,
    COST,
    UPDATES,
    MAJOR,
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::downtime::weight;
    use crate::measure::reliability::CREDITS;
    use crate::model::term::Level;

    #[test]
    fn the_words_say_the_figures_that_are_used() {
        let weights = [Level::Down, Level::PartlyDown, Level::Degraded].map(weight);
        assert_eq!(weights, [1000, 500, 250]);
        assert!(
            WEIGHTED
                .text
                .ends_with("down 1, partly down 0.5, slow or failing at times 0.25")
        );
        assert_eq!(CREDITS, [(950_000, 100), (990_000, 25), (999_000, 10)]);
        assert_eq!(crate::measure::distribution::FEW, 5);
        assert_eq!(
            MAJOR.words(),
            "Major incidents / all incidents that began in the period (common practice)"
        );
    }
}
