//! GDPR: breaches of personal data, in the EU.
//!
//! Regulation 2016/679 Articles 33 and 34. The "Digital Omnibus" of November 2025 would make it 96
//! hours and high risk only; its adoption was not seen, so the hours are 72.

use super::clock::Clock;
use super::duty::{Case, Duty, From, Period};
use super::question::{Kind, Question};
use super::vocabulary::{Report, Trigger};
use super::{About, InForce};
use crate::classify::Provenance;

pub(super) static ABOUT: About = About {
    title: "GDPR",
    who: "whoever processes personal data in the EU",
    authority: "the supervisory authority for data protection",
    source: "Regulation 2016/679 Art. 33, 34",
    provenance: Provenance::Checked,
    in_force: InForce::Long,
    zone: None,
    triggers: &[Trigger::Aware],
    questions: &[&RISK, &HIGH_RISK, &FOR_OTHERS],
    clocks,
    test: None,
};

static RISK: Question = Question {
    key: "gdpr_risk",
    text: "May the breach be a risk to people's rights and freedoms? If unsure: yes.",
    kind: Kind::YesNo,
    article: "GDPR Art. 33(1)",
    provenance: Provenance::Checked,
    prefill: None,
};
static HIGH_RISK: Question = Question {
    key: "gdpr_high_risk",
    text: "Is the risk to people likely high?",
    kind: Kind::YesNo,
    article: "GDPR Art. 34(1)",
    provenance: Provenance::Checked,
    prefill: None,
};
static FOR_OTHERS: Question = Question {
    key: "gdpr_processor",
    text: "Is it data that you process for somebody else?",
    kind: Kind::YesNo,
    article: "GDPR Art. 33(2)",
    provenance: Provenance::Checked,
    prefill: None,
};

const AWARE: From = From::When(
    Trigger::Aware,
    "When did you become aware that personal data was breached?",
);

const AUTHORITY: Duty = Duty {
    report: Report::Notification,
    from: AWARE,
    within: Period::EuHours(72),
    article: "GDPR Art. 33",
    provenance: Provenance::Checked,
    about: "72 h after awareness where feasible; later needs reasons. It may be sent in parts.",
    contains: "nature, numbers of people and records, contact, likely effects, measures",
};
const PEOPLE: Duty = Duty {
    report: Report::People,
    from: AWARE,
    within: Period::WithoutDelay,
    article: "GDPR Art. 34",
    provenance: Provenance::Checked,
    about: "Without delay, because the risk to people is high.",
    contains: "nature, contact, likely effects, measures, in plain words",
};
const CLIENTS: Duty = Duty {
    report: Report::Clients,
    from: AWARE,
    within: Period::WithoutDelay,
    article: "GDPR Art. 33(2)",
    provenance: Provenance::Checked,
    about: "A processor tells the controller without delay.",
    contains: "",
};

fn clocks(case: &Case<'_>) -> Vec<Clock> {
    let mut clocks = Vec::new();
    if !case.is_no(&RISK) || case.is_yes(&HIGH_RISK) {
        clocks.push(case.clock(&AUTHORITY));
    }
    if case.is_yes(&HIGH_RISK) {
        clocks.push(case.clock(&PEOPLE));
    }
    if case.is_yes(&FOR_OTHERS) {
        clocks.push(case.clock(&CLIENTS));
    }
    clocks
}
