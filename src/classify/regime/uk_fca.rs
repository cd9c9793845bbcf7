//! FCA and PRA: operational incidents of firms in the United Kingdom, from 2027-03-18.
//!
//! Policy statements PS26/2 and PS7/26. Payment firms have times of their own, which are not here.

use super::duty::{Duty, From, Period};
use super::vocabulary::{Report, Trigger};
use super::{About, InForce};
use crate::classify::Provenance;
use crate::classify::calendar::{Calendar, Date};

pub(super) static ABOUT: About = About {
    title: "FCA / PRA incident reports",
    who: "financial firms in the UK, other than payment firms",
    authority: "the FCA or PRA, by their portal",
    source: "PS26/2, PS7/26",
    provenance: Provenance::Checked,
    in_force: InForce::From(Date::of(2027, 3, 18)),
    zone: Some("Europe/London"),
    triggers: &[Trigger::ThresholdMet, Trigger::Resolved],
    questions: &[],
    clocks: |case| case.clocks(DUTIES),
    test: None,
};

const DUTIES: &[Duty] = &[
    Duty {
        report: Report::Initial,
        from: From::When(Trigger::ThresholdMet, "When was a reporting threshold met?"),
        within: Period::Hours(24),
        article: "PS26/2, PS7/26",
        provenance: Provenance::Checked,
        about: "24 h after a threshold was met. Payment firms have other times.",
        contains: "",
    },
    Duty {
        report: Report::Final,
        from: From::When(Trigger::Resolved, "When was the incident resolved?"),
        within: Period::BusinessDays(Calendar::EnglandWales, 30),
        article: "PS26/2, PS7/26",
        provenance: Provenance::Practice,
        about: "30 working days (checked), counted from when it was resolved (from memory).",
        contains: "",
    },
];
