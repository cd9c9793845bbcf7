//! The model's laws, each proved on thousands of generated worlds.
//!
//! Every law runs on 2,000 cases, or on as many as `MUSTER_CASES` asks for beyond that. What a law
//! once failed on stands beside it as a short example.

mod chains;
mod clocks;
mod cost;
mod cursors;
mod exports;
mod folding;
mod imports;
mod merge;
mod records;
mod takeback;
mod texts;
mod values;
pub(crate) mod world;

use proptest::test_runner::Config;

/// How many cases each law is tried on.
pub(crate) fn cases() -> u32 {
    const FEWEST: u32 = 2_000;
    let asked = std::env::var("MUSTER_CASES")
        .ok()
        .and_then(|text| text.parse().ok());
    asked.unwrap_or(FEWEST).max(FEWEST)
}

/// `PROPTEST_CASES` has no say here, and no files are left beside the sources.
pub(crate) fn config() -> Config {
    Config {
        cases: cases(),
        // As many of each as there are by default to its own 256 cases.
        max_global_rejects: cases().saturating_mul(4),
        failure_persistence: None,
        ..Config::default()
    }
}
