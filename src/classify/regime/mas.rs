//! MAS: technology incidents of financial institutions in Singapore.
//!
//! Notices on technology risk management.

use super::duty::{Duty, From, Period};
use super::vocabulary::{Report, Trigger};
use super::{About, InForce};
use crate::classify::Provenance;

pub(super) static ABOUT: About = About {
    title: "MAS",
    who: "financial institutions in Singapore",
    authority: "the Monetary Authority of Singapore",
    source: "Notices on technology risk management",
    provenance: Provenance::Checked,
    in_force: InForce::Long,
    zone: Some("Asia/Singapore"),
    triggers: &[Trigger::Discovered],
    questions: &[],
    clocks: |case| case.clocks(DUTIES),
    test: None,
};

const DUTIES: &[Duty] = &[
    Duty {
        report: Report::Notification,
        from: From::When(Trigger::Discovered, "When was the incident discovered?"),
        within: Period::Hours(1),
        article: "TRM notices",
        provenance: Provenance::Checked,
        about: "1 h after it was discovered.",
        contains: "",
    },
    Duty {
        report: Report::Cause,
        from: From::When(Trigger::Discovered, "When was the incident discovered?"),
        within: Period::Days(14),
        article: "TRM notices",
        provenance: Provenance::Checked,
        about: "14 days after it was discovered.",
        contains: "root cause, impact, what was done",
    },
];
