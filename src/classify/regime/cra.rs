//! Cyber Resilience Act: exploited vulnerabilities and severe incidents of digital products, EU.
//!
//! Regulation 2024/2847 Article 14, which applies since 2026-09-11.

use super::clock::Clock;
use super::duty::{Case, Duty, From, Period};
use super::question::{Choice, Kind, Question};
use super::vocabulary::{Report, Trigger};
use super::{About, InForce};
use crate::classify::Provenance;
use crate::classify::calendar::Date;

pub(super) static ABOUT: About = About {
    title: "Cyber Resilience Act",
    who: "makers of products with digital elements on the EU market",
    authority: "the coordinating CSIRT and ENISA, by the single platform",
    source: "Regulation 2024/2847 Art. 14",
    provenance: Provenance::Checked,
    in_force: InForce::From(Date::of(2026, 9, 11)),
    zone: None,
    triggers: &[Trigger::Aware, Trigger::FixAvailable],
    questions: &[&WHAT],
    clocks,
    test: None,
};

const VULNERABILITY: &str = "vulnerability";
const INCIDENT: &str = "incident";

static WHAT: Question = Question {
    key: "cra_what",
    text: "What is it?",
    kind: Kind::Choice(&[
        Choice {
            name: VULNERABILITY,
            title: "a vulnerability that is exploited",
        },
        Choice {
            name: INCIDENT,
            title: "a severe incident that hits the product's security",
        },
        Choice {
            name: "both",
            title: "both",
        },
    ]),
    article: "2024/2847 Art. 14(1), (3)",
    provenance: Provenance::Checked,
    prefill: None,
};

const AWARE: From = From::When(
    Trigger::Aware,
    "When did you become aware of the exploited vulnerability or the severe incident?",
);
const ARTICLE: &str = "2024/2847 Art. 14";

const FIRST: &[Duty] = &[
    Duty {
        report: Report::Warning,
        from: AWARE,
        within: Period::EuHours(24),
        article: ARTICLE,
        provenance: Provenance::Checked,
        about: "24 h after awareness.",
        contains: "",
    },
    Duty {
        report: Report::Notification,
        from: AWARE,
        within: Period::EuHours(72),
        article: ARTICLE,
        provenance: Provenance::Checked,
        about: "72 h after awareness.",
        contains: "",
    },
];
const FINAL_ON_FIX: Duty = Duty {
    report: Report::FinalOnFix,
    from: From::When(
        Trigger::FixAvailable,
        "When did a fix or a mitigation become available?",
    ),
    within: Period::EuDays(14),
    article: ARTICLE,
    provenance: Provenance::Checked,
    about: "For a vulnerability: 14 days after a fix or mitigation is available.",
    contains: "",
};
const FINAL: Duty = Duty {
    report: Report::Final,
    from: From::Sent(Report::Notification),
    within: Period::EuMonths(1),
    article: ARTICLE,
    provenance: Provenance::Checked,
    about: "For an incident: one month after the notification was sent.",
    contains: "",
};

fn clocks(case: &Case<'_>) -> Vec<Clock> {
    let mut clocks = case.clocks(FIRST);
    let what = case.known.answers.choice(&WHAT);
    if what != Some(INCIDENT) {
        clocks.push(case.clock(&FINAL_ON_FIX));
    }
    if what != Some(VULNERABILITY) {
        clocks.push(case.clock(&FINAL));
    }
    clocks
}
