//! FTC Safeguards Rule: customer information of financial institutions that are no banks, US.
//!
//! 16 CFR 314.4(j).

use super::clock::Clock;
use super::duty::{Case, Duty, From, Period};
use super::question::{Kind, Prefill, Question, Unit};
use super::vocabulary::{Report, Trigger};
use super::{About, InForce};
use crate::classify::Provenance;

pub(super) static ABOUT: About = About {
    title: "FTC Safeguards Rule",
    who: "financial institutions in the US that are no banks",
    authority: "the FTC",
    source: "16 CFR 314.4(j)",
    provenance: Provenance::Checked,
    in_force: InForce::Long,
    zone: None,
    triggers: &[Trigger::Discovered],
    questions: &[&CONSUMERS],
    clocks,
    test: None,
};

static CONSUMERS: Question = Question {
    key: "ftc_consumers",
    text: "How many consumers' information is concerned?",
    kind: Kind::Number(Unit::Count),
    article: "16 CFR 314.4(j)",
    provenance: Provenance::Checked,
    prefill: Some(Prefill::PeopleAffected),
};

const DUTY: Duty = Duty {
    report: Report::Notification,
    from: From::When(Trigger::Discovered, "When was it discovered?"),
    within: Period::Days(30),
    article: "16 CFR 314.4(j)",
    provenance: Provenance::Checked,
    about: "500 consumers or more: 30 days after discovery.",
    contains: "",
};

fn clocks(case: &Case<'_>) -> Vec<Clock> {
    let consumers = case.known.answers.number(&CONSUMERS);
    if consumers.is_some_and(|consumers| consumers < 500) {
        return Vec::new();
    }
    vec![case.clock(&DUTY)]
}
