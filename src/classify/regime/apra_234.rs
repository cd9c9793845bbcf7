//! APRA CPS 234: information security of financial institutions in Australia.
//!
//! Paragraphs 35 and 36.

use super::duty::{Duty, From, Period};
use super::vocabulary::{Report, Trigger};
use super::{About, InForce};
use crate::classify::Provenance;
use crate::classify::calendar::Calendar;

pub(super) static ABOUT: About = About {
    title: "APRA CPS 234",
    who: "financial institutions that APRA supervises",
    authority: "APRA",
    source: "Prudential Standard CPS 234 35, 36",
    provenance: Provenance::Checked,
    in_force: InForce::Long,
    zone: None,
    triggers: &[Trigger::Aware, Trigger::WeaknessFound],
    questions: &[],
    clocks: |case| case.clocks(DUTIES),
    test: None,
};

const DUTIES: &[Duty] = &[
    Duty {
        report: Report::Notification,
        from: From::When(
            Trigger::Aware,
            "When did you become aware of a material information security incident?",
        ),
        within: Period::Hours(72),
        article: "CPS 234 35",
        provenance: Provenance::Checked,
        about: "72 h after awareness.",
        contains: "",
    },
    Duty {
        report: Report::Weakness,
        from: From::When(
            Trigger::WeaknessFound,
            "When did you become aware of a material weakness in a control that cannot be mended in time?",
        ),
        within: Period::BusinessDays(Calendar::Australia, 10),
        article: "CPS 234 36",
        provenance: Provenance::Practice,
        about: "10 business days after awareness of the weakness.",
        contains: "",
    },
];
