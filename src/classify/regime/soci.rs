//! SOCI: critical infrastructure in Australia.
//!
//! Security of Critical Infrastructure Act 2018 Part 2B; payments under the Cyber Security Act.

use super::clock::Clock;
use super::duty::{Case, Duty, From, Period};
use super::question::{Choice, Kind, Question};
use super::vocabulary::{Report, Trigger};
use super::{About, InForce};
use crate::classify::Provenance;

pub(super) static ABOUT: About = About {
    title: "SOCI",
    who: "responsible entities for critical infrastructure in Australia",
    authority: "the Australian Signals Directorate",
    source: "Security of Critical Infrastructure Act 2018 Part 2B",
    provenance: Provenance::Checked,
    in_force: InForce::Long,
    zone: None,
    triggers: &[Trigger::Aware, Trigger::PaymentMade],
    questions: &[&IMPACT],
    clocks,
    test: None,
};

const RELEVANT: &str = "relevant";

static IMPACT: Question = Question {
    key: "soci_impact",
    text: "What impact does it have on the asset?",
    kind: Kind::Choice(&[
        Choice {
            name: "significant",
            title: "significant: essential goods or services are disrupted",
        },
        Choice {
            name: RELEVANT,
            title: "relevant: on availability, integrity, reliability or confidentiality",
        },
    ]),
    article: "SOCI Act Part 2B",
    provenance: Provenance::Checked,
    prefill: None,
};

const SIGNIFICANT_IMPACT: Duty = Duty {
    report: Report::Notification,
    from: From::When(
        Trigger::Aware,
        "When did you become aware that it has such an impact on the asset?",
    ),
    within: Period::Hours(12),
    article: "SOCI Act Part 2B",
    provenance: Provenance::Checked,
    about: "Significant impact, or not known yet which: 12 h after awareness. It may be oral.",
    contains: "",
};
const RELEVANT_IMPACT: Duty = Duty {
    within: Period::Hours(72),
    about: "Relevant impact: 72 h after awareness.",
    ..SIGNIFICANT_IMPACT
};
const WRITTEN: Duty = Duty {
    report: Report::Written,
    from: From::Sent(Report::Oral),
    within: Period::Hours(84),
    article: "SOCI Act Part 2B",
    provenance: Provenance::Checked,
    about: "84 h after the oral report.",
    contains: "",
};
const PAYMENT: Duty = Duty {
    report: Report::Payment,
    from: From::When(Trigger::PaymentMade, "When was a ransom paid?"),
    within: Period::Hours(72),
    article: "Cyber Security Act 2024 Part 3",
    provenance: Provenance::Checked,
    about: "72 h after a ransom was paid.",
    contains: "",
};

fn clocks(case: &Case<'_>) -> Vec<Clock> {
    let relevant = case.known.answers.choice(&IMPACT) == Some(RELEVANT);
    let mut first = case.clock(if relevant {
        &RELEVANT_IMPACT
    } else {
        &SIGNIFICANT_IMPACT
    });
    let oral = case.known.first(Report::Oral);
    first.stopped = first.stopped.into_iter().chain(oral).min();
    let mut clocks = vec![first];
    if oral.is_some() && !relevant {
        clocks.push(case.clock(&WRITTEN));
    }
    clocks.push(case.clock(&PAYMENT));
    clocks
}
