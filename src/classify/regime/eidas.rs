//! eIDAS: trust services in the EU. One report, to the supervisory body and to people.
//!
//! Regulation 910/2014 Articles 19a and 24(2).

use super::duty::{Duty, From, Period};
use super::vocabulary::{Report, Trigger};
use super::{About, InForce};
use crate::classify::Provenance;

pub(super) static ABOUT: About = About {
    title: "eIDAS",
    who: "trust service providers in the EU",
    authority: "the supervisory body, and the people affected",
    source: "Regulation 910/2014 Art. 19a, 24(2)",
    provenance: Provenance::Checked,
    in_force: InForce::Long,
    zone: None,
    triggers: &[Trigger::Aware],
    questions: &[],
    clocks: |case| case.clocks(DUTIES),
    test: None,
};

const DUTIES: &[Duty] = &[Duty {
    report: Report::Notification,
    from: From::When(
        Trigger::Aware,
        "When did you become aware of the breach with a significant effect?",
    ),
    within: Period::EuHours(24),
    article: "910/2014 Art. 19a, 24(2)",
    provenance: Provenance::Checked,
    about: "24 h after awareness; the people affected are told too.",
    contains: "",
}];
