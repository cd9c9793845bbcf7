//! CIRCIA: critical infrastructure in the United States.
//!
//! The final rule was not in force by a source of 2026-09-25, so this is not offered unasked.

use super::duty::{Duty, From, Period};
use super::vocabulary::{Report, Trigger};
use super::{About, InForce};
use crate::classify::Provenance;

pub(super) static ABOUT: About = About {
    title: "CIRCIA",
    who: "critical infrastructure in the US, once the rule is in force",
    authority: "CISA",
    source: "6 USC 681b",
    provenance: Provenance::Checked,
    in_force: InForce::NotYet,
    zone: None,
    triggers: &[Trigger::ReasonableBelief, Trigger::PaymentMade],
    questions: &[],
    clocks: |case| case.clocks(DUTIES),
    test: None,
};

const DUTIES: &[Duty] = &[
    Duty {
        report: Report::Notification,
        from: From::When(
            Trigger::ReasonableBelief,
            "When was there reason to believe that a covered incident happened?",
        ),
        within: Period::Hours(72),
        article: "6 USC 681b",
        provenance: Provenance::Checked,
        about: "72 h after there was reason to believe it. Not in force yet.",
        contains: "",
    },
    Duty {
        report: Report::Payment,
        from: From::When(Trigger::PaymentMade, "When was a ransom paid?"),
        within: Period::Hours(24),
        article: "6 USC 681b",
        provenance: Provenance::Checked,
        about: "24 h after a ransom was paid. Not in force yet.",
        contains: "",
    },
];
