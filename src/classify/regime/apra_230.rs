//! APRA CPS 230: operational risk of financial institutions in Australia.

use super::duty::{Duty, From, Period};
use super::vocabulary::{Report, Trigger};
use super::{About, InForce};
use crate::classify::Provenance;

pub(super) static ABOUT: About = About {
    title: "APRA CPS 230",
    who: "financial institutions that APRA supervises",
    authority: "APRA",
    source: "Prudential Standard CPS 230",
    provenance: Provenance::Checked,
    in_force: InForce::Long,
    zone: None,
    triggers: &[Trigger::Aware, Trigger::OutsideTolerance],
    questions: &[],
    clocks: |case| case.clocks(DUTIES),
    test: None,
};

const DUTIES: &[Duty] = &[
    Duty {
        report: Report::Notification,
        from: From::When(
            Trigger::Aware,
            "When did you become aware of a material operational risk incident?",
        ),
        within: Period::Hours(72),
        article: "CPS 230",
        provenance: Provenance::Checked,
        about: "72 h after awareness.",
        contains: "",
    },
    Duty {
        report: Report::Tolerance,
        from: From::When(
            Trigger::OutsideTolerance,
            "When did a critical operation go outside its tolerance?",
        ),
        within: Period::Hours(24),
        article: "CPS 230",
        provenance: Provenance::Checked,
        about: "24 h after a critical operation went outside its tolerance.",
        contains: "",
    },
];
