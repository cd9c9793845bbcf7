//! UK NIS: operators of essential services and digital services in the United Kingdom.
//!
//! From memory. A Bill would make it 24 h and 72 h; it was at report stage in the Commons in April
//! 2026, and what became of it is not known here.

use super::duty::{Duty, From, Period};
use super::vocabulary::{Report, Trigger};
use super::{About, InForce};
use crate::classify::Provenance;

pub(super) static ABOUT: About = About {
    title: "UK NIS",
    who: "operators of essential services, digital services in the UK",
    authority: "the competent authority or the ICO",
    source: "Network and Information Systems Regulations 2018 reg. 11, 12",
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
        "When did you become aware of an incident with a significant effect?",
    ),
    within: Period::Hours(72),
    article: "NIS Regulations 2018 reg. 11, 12",
    provenance: Provenance::Practice,
    about: "72 h after awareness. A Bill would add a warning within 24 h.",
    contains: "",
}];
