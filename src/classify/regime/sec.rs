//! SEC: material cybersecurity incidents of companies listed in the United States.
//!
//! Form 8-K Item 1.05, General Instruction B.1. Days off are the federal holidays; other days on
//! which the Commission is closed are for the host to add.

use super::clock::{Clock, Later};
use super::duty::{Case, Duty, From, Period};
use super::question::{Choice, Kind, Question};
use super::vocabulary::{Report, Trigger};
use super::{About, InForce};
use crate::classify::Provenance;
use crate::classify::calendar::{Calendar, days};

pub(super) static ABOUT: About = About {
    title: "SEC Form 8-K Item 1.05",
    who: "companies that report to the SEC",
    authority: "the public, by EDGAR",
    source: "Form 8-K Item 1.05, General Instruction B.1",
    provenance: Provenance::Checked,
    in_force: InForce::Long,
    zone: Some("America/New_York"),
    triggers: &[
        Trigger::MaterialityDetermined,
        Trigger::InformationAvailable,
    ],
    questions: &[&DELAY],
    clocks,
    test: None,
};

static DELAY: Question = Question {
    key: "sec_delay_days",
    text: "Has the Attorney General granted a delay, in writing?",
    kind: Kind::Choice(&[
        Choice {
            name: "none",
            title: "no",
        },
        Choice {
            name: "30",
            title: "up to 30 days",
        },
        Choice {
            name: "60",
            title: "another 30 days",
        },
        Choice {
            name: "120",
            title: "a last 60 days, in extraordinary circumstances",
        },
    ]),
    article: "Form 8-K Item 1.05(c)",
    provenance: Provenance::Checked,
    prefill: None,
};

const INITIAL: Duty = Duty {
    report: Report::Initial,
    from: From::When(
        Trigger::MaterialityDetermined,
        "When was the incident determined to be material? That may not be put off without reason.",
    ),
    within: Period::BusinessDays(Calendar::UsFederal, 4),
    article: "Form 8-K Item 1.05, General Instruction B.1",
    provenance: Provenance::Checked,
    about: "4 business days after it was determined to be material. After 17:30 Eastern EDGAR dates a filing with the next day (from memory).",
    contains: "nature, scope, timing, impact",
};
const AMENDMENT: Duty = Duty {
    report: Report::Amendment,
    from: From::When(
        Trigger::InformationAvailable,
        "When did what was missing in the 8-K become known?",
    ),
    within: Period::BusinessDays(Calendar::UsFederal, 4),
    article: "Form 8-K Item 1.05, Instruction 2",
    provenance: Provenance::Checked,
    about: "If the 8-K had gaps: 8-K/A, 4 business days after they can be filled.",
    contains: "what was missing",
};

fn clocks(case: &Case<'_>) -> Vec<Clock> {
    let mut initial = case.clock(&INITIAL);
    let granted = match case.known.answers.choice(&DELAY) {
        Some("30") => 30,
        Some("60") => 60,
        Some("120") => 120,
        _ => 0,
    };
    if granted > 0
        && let Some(due) = &mut initial.due
    {
        due.possible = Some(Later {
            at: days(due.strict, granted, case.zone).legal,
            why: "The Attorney General's delay, for as long as the letter says.",
        });
    }
    vec![initial, case.clock(&AMENDMENT)]
}
