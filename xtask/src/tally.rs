//! Counts what passed and what failed, as each test runner tells it.

use std::fmt;
use std::ops::AddAssign;

/// How many tests passed and failed. Prints as the last line of a run.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Tally {
    /// Tests that passed.
    pub passed: u64,
    /// Tests that failed.
    pub failed: u64,
}

impl Tally {
    /// One check, passed or failed.
    pub fn check(passed: bool) -> Self {
        Self {
            passed: u64::from(passed),
            failed: u64::from(!passed),
        }
    }

    /// A runner that ended badly counts as a failure, also where it named none.
    pub fn ended(mut self, well: bool) -> Self {
        if !well && self.failed == 0 {
            self.failed = 1;
        }
        self
    }

    /// From `cargo test` or wasm-bindgen's runner: `test result: ok. 3 passed; 0 failed; …`
    pub fn of_cargo(printed: &str) -> Self {
        let mut tally = Self::default();
        for line in printed.lines() {
            if let Some((_, result)) = line.split_once("test result: ") {
                tally += Self::of_words(result);
            }
        }
        tally
    }

    /// From Playwright's list: its last lines are `2 failed`, `12 passed (1.2m)`.
    pub fn of_playwright(printed: &str) -> Self {
        let mut tally = Self::default();
        for line in printed.lines().filter(|line| {
            line.trim()
                .starts_with(|first: char| first.is_ascii_digit())
        }) {
            let words: Vec<&str> = line.split_whitespace().collect();
            match words.as_slice() {
                [_, "passed"] | [_, "passed", _] | [_, "failed"] => tally += Self::of_words(line),
                // It passed at the second try; its name stands above.
                [count, "flaky"] => tally.passed += count.parse::<u64>().unwrap_or(0),
                [count, "interrupted"] | [count, "did", "not", "run"] => {
                    tally.failed += count.parse::<u64>().unwrap_or(0);
                }
                _ => {}
            }
        }
        tally
    }

    /// Each number that stands before `passed` or `failed`.
    fn of_words(text: &str) -> Self {
        let words: Vec<&str> = text.split_whitespace().collect();
        let mut tally = Self::default();
        for pair in words.windows(2) {
            let [count, what] = pair else { continue };
            let count = count.parse::<u64>().unwrap_or(0);
            match what.trim_end_matches(';') {
                "passed" => tally.passed += count,
                "failed" => tally.failed += count,
                _ => {}
            }
        }
        tally
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, more: Self) {
        self.passed += more.passed;
        self.failed += more.failed;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} passed, {} failed", self.passed, self.failed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(found: Tally, passed: u64, failed: u64) {
        assert_eq!(found, Tally { passed, failed });
    }

    #[test]
    fn cargo_tells_of_each_of_its_programs() {
        let printed = "running 2 tests\n\
            test result: ok. 2 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.03s\n\
            test tests::a ... FAILED\n\
            test result: FAILED. 4 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out\n";
        check(Tally::of_cargo(printed), 6, 3);
        check(Tally::of_cargo("error: could not compile"), 0, 0);
    }

    #[test]
    fn playwright_tells_at_the_end() {
        let printed = "  ✓  1 [journeys] › start.spec.ts:3:1 › 12 passed here (1.1s)\n\n  \
            2 failed\n    [journeys] › room.spec.ts:9:1 › a room\n  1 flaky\n  2 did not run\n  3 skipped\n  14 passed (1.2m)\n";
        check(Tally::of_playwright(printed), 15, 4);
        check(Tally::of_playwright("  1 passed (976ms)\n"), 1, 0);
    }

    #[test]
    fn a_runner_that_breaks_off_has_failed() {
        check(Tally::default().ended(false), 0, 1);
        check(
            Tally {
                passed: 3,
                failed: 2,
            }
            .ended(false),
            3,
            2,
        );
        check(
            Tally {
                passed: 3,
                failed: 0,
            }
            .ended(true),
            3,
            0,
        );
    }
}
