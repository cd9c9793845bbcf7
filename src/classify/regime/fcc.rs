//! FCC: outages of communications in the United States.
//!
//! 47 CFR Part 4, from memory.

use super::duty::{Duty, From, Period};
use super::vocabulary::{Report, Trigger};
use super::{About, InForce};
use crate::classify::Provenance;

pub(super) static ABOUT: About = About {
    title: "FCC outage reports",
    who: "communications providers in the US",
    authority: "the FCC, by NORS",
    source: "47 CFR 4.9",
    provenance: Provenance::Practice,
    in_force: InForce::Long,
    zone: None,
    triggers: &[Trigger::Discovered],
    questions: &[],
    clocks: |case| case.clocks(DUTIES),
    test: None,
};

const DUTIES: &[Duty] = &[
    Duty {
        report: Report::Notification,
        from: From::When(
            Trigger::Discovered,
            "When was an outage found of at least 30 minutes and 900 000 user minutes?",
        ),
        within: Period::Hours(2),
        article: "47 CFR 4.9",
        provenance: Provenance::Practice,
        about: "120 minutes after such an outage was found.",
        contains: "",
    },
    Duty {
        report: Report::Initial,
        from: From::When(
            Trigger::Discovered,
            "When was an outage found of at least 30 minutes and 900 000 user minutes?",
        ),
        within: Period::Days(3),
        article: "47 CFR 4.9",
        provenance: Provenance::Practice,
        about: "3 days after such an outage was found.",
        contains: "",
    },
    Duty {
        report: Report::Final,
        from: From::When(
            Trigger::Discovered,
            "When was an outage found of at least 30 minutes and 900 000 user minutes?",
        ),
        within: Period::Days(30),
        article: "47 CFR 4.9",
        provenance: Provenance::Practice,
        about: "30 days after such an outage was found.",
        contains: "",
    },
];
