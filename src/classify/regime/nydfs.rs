//! NYDFS: financial services under New York law.
//!
//! 23 NYCRR 500.17.

use super::duty::{Duty, From, Period};
use super::vocabulary::{Report, Trigger};
use super::{About, InForce};
use crate::classify::Provenance;

pub(super) static ABOUT: About = About {
    title: "NYDFS",
    who: "entities that New York licenses for financial services",
    authority: "the Superintendent of Financial Services",
    source: "23 NYCRR 500.17",
    provenance: Provenance::Checked,
    in_force: InForce::Long,
    zone: Some("America/New_York"),
    triggers: &[Trigger::Determined, Trigger::PaymentMade],
    questions: &[],
    clocks: |case| case.clocks(DUTIES),
    test: None,
};

const DUTIES: &[Duty] = &[
    Duty {
        report: Report::Notification,
        from: From::When(
            Trigger::Determined,
            "When was it determined that a reportable cybersecurity incident happened?",
        ),
        within: Period::Hours(72),
        article: "23 NYCRR 500.17(a)",
        provenance: Provenance::Checked,
        about: "72 h after it was determined.",
        contains: "",
    },
    Duty {
        report: Report::Payment,
        from: From::When(Trigger::PaymentMade, "When was a ransom paid?"),
        within: Period::Hours(24),
        article: "23 NYCRR 500.17(c)",
        provenance: Provenance::Checked,
        about: "24 h after a ransom was paid.",
        contains: "",
    },
    Duty {
        report: Report::PaymentReasons,
        from: From::When(Trigger::PaymentMade, "When was a ransom paid?"),
        within: Period::Days(30),
        article: "23 NYCRR 500.17(c)",
        provenance: Provenance::Checked,
        about: "30 days after a ransom was paid.",
        contains: "why it was necessary, what else was considered",
    },
];
