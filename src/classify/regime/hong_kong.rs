//! Hong Kong: operators of critical infrastructure.
//!
//! Cap. 653, from 2026-01-01. For banks under the HKMA no fixed hour was found.

use super::clock::Clock;
use super::duty::{Case, Duty, From, Period};
use super::question::{Kind, Question};
use super::vocabulary::{Report, Trigger};
use super::{About, InForce};
use crate::classify::Provenance;
use crate::classify::calendar::Date;

pub(super) static ABOUT: About = About {
    title: "Hong Kong Cap. 653",
    who: "operators of critical infrastructure in Hong Kong",
    authority: "the Commissioner of Critical Infrastructure",
    source: "Cap. 653",
    provenance: Provenance::Checked,
    in_force: InForce::From(Date::of(2026, 1, 1)),
    zone: Some("Asia/Hong_Kong"),
    triggers: &[Trigger::Aware],
    questions: &[&CORE],
    clocks,
    test: None,
};

static CORE: Question = Question {
    key: "hong_kong_core_function",
    text: "Is a core function disrupted, or likely to be?",
    kind: Kind::YesNo,
    article: "Cap. 653",
    provenance: Provenance::Checked,
    prefill: None,
};

const AWARE: From = From::When(Trigger::Aware, "When did you become aware of the incident?");

const CORE_HIT: Duty = Duty {
    report: Report::Notification,
    from: AWARE,
    within: Period::Hours(12),
    article: "Cap. 653",
    provenance: Provenance::Checked,
    about: "A core function is hit, or not known yet: 12 h after awareness.",
    contains: "",
};
const OTHERWISE: Duty = Duty {
    within: Period::Hours(48),
    about: "No core function is hit: 48 h after awareness.",
    ..CORE_HIT
};
const WRITTEN: Duty = Duty {
    report: Report::Written,
    from: AWARE,
    within: Period::Days(14),
    article: "Cap. 653",
    provenance: Provenance::Practice,
    about: "14 days after awareness.",
    contains: "",
};

fn clocks(case: &Case<'_>) -> Vec<Clock> {
    let first = if case.is_no(&CORE) {
        &OTHERWISE
    } else {
        &CORE_HIT
    };
    vec![case.clock(first), case.clock(&WRITTEN)]
}
