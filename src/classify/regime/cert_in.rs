//! CERT-In: cyber incidents in India.
//!
//! Directions of 2022-04-28.

use super::duty::{Duty, From, Period};
use super::vocabulary::{Report, Trigger};
use super::{About, InForce};
use crate::classify::Provenance;

pub(super) static ABOUT: About = About {
    title: "CERT-In",
    who: "companies, service providers and data centres in India",
    authority: "CERT-In",
    source: "Directions of 2022-04-28",
    provenance: Provenance::Checked,
    in_force: InForce::Long,
    zone: Some("Asia/Kolkata"),
    triggers: &[Trigger::Aware],
    questions: &[],
    clocks: |case| case.clocks(DUTIES),
    test: None,
};

const DUTIES: &[Duty] = &[Duty {
    report: Report::Notification,
    from: From::When(
        Trigger::Aware,
        "When was the incident noticed, or when were you told of it?",
    ),
    within: Period::Hours(6),
    article: "Directions of 2022-04-28",
    provenance: Provenance::Checked,
    about: "6 h after it was noticed or told.",
    contains: "",
}];
