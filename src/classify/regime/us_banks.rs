//! US banks: notification incidents, to the regulator, and from service providers to banks.
//!
//! 12 CFR 53, 225, 304.

use super::clock::Clock;
use super::duty::{Case, Duty, From, Period};
use super::question::{Kind, Question};
use super::vocabulary::{Report, Trigger};
use super::{About, InForce};
use crate::classify::Provenance;

pub(super) static ABOUT: About = About {
    title: "US bank incident notification",
    who: "banks in the US and those who serve them",
    authority: "the bank's federal regulator; a provider tells the bank's contact",
    source: "12 CFR 53, 225, 304",
    provenance: Provenance::Checked,
    in_force: InForce::Long,
    zone: None,
    triggers: &[Trigger::Determined],
    questions: &[&FOUR_HOURS],
    clocks,
    test: None,
};

static FOUR_HOURS: Question = Question {
    key: "us_banks_four_hours",
    text: "For those who serve banks: is the service disrupted for 4 h or more, or likely to be?",
    kind: Kind::YesNo,
    article: "12 CFR 53.4",
    provenance: Provenance::Checked,
    prefill: None,
};

const REGULATOR: Duty = Duty {
    report: Report::Notification,
    from: From::When(
        Trigger::Determined,
        "When was it determined that a notification incident happened?",
    ),
    within: Period::Hours(36),
    article: "12 CFR 53.3",
    provenance: Provenance::Checked,
    about: "36 h after it was determined.",
    contains: "",
};
const BANKS: Duty = Duty {
    report: Report::Clients,
    from: From::When(
        Trigger::Determined,
        "When was it determined that the service is or will be disrupted for 4 h or more?",
    ),
    within: Period::WithoutDelay,
    article: "12 CFR 53.4",
    provenance: Provenance::Checked,
    about: "As soon as possible, because the service is disrupted for 4 h or more.",
    contains: "",
};

fn clocks(case: &Case<'_>) -> Vec<Clock> {
    if !case.entity.serves_banks {
        vec![case.clock(&REGULATOR)]
    } else if case.is_no(&FOUR_HOURS) {
        Vec::new()
    } else {
        vec![case.clock(&BANKS)]
    }
}
