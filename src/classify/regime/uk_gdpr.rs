//! UK GDPR: breaches of personal data, in the United Kingdom.
//!
//! From memory, not checked against the text.

use super::duty::{Duty, From, Period};
use super::vocabulary::{Report, Trigger};
use super::{About, InForce};
use crate::classify::Provenance;

pub(super) static ABOUT: About = About {
    title: "UK GDPR",
    who: "whoever processes personal data in the UK",
    authority: "the ICO",
    source: "UK GDPR Art. 33",
    provenance: Provenance::Practice,
    in_force: InForce::Long,
    zone: Some("Europe/London"),
    triggers: &[Trigger::Aware],
    questions: &[],
    clocks: |case| case.clocks(DUTIES),
    test: None,
};

const DUTIES: &[Duty] = &[Duty {
    report: Report::Notification,
    from: From::When(
        Trigger::Aware,
        "When did you become aware that personal data was breached?",
    ),
    within: Period::Hours(72),
    article: "UK GDPR Art. 33",
    provenance: Provenance::Practice,
    about: "72 h after awareness where feasible.",
    contains: "",
}];
