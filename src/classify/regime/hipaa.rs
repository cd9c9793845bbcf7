//! HIPAA: breaches of health data in the United States.
//!
//! 45 CFR 164.404 to 164.410. Calendar days, and no rest day moves them.

use super::clock::Clock;
use super::duty::{Case, DAY_ENDS, Duty, From, Period, with_day};
use super::question::{Kind, Prefill, Question, Unit};
use super::vocabulary::{Report, Trigger};
use super::{About, InForce};
use crate::classify::Provenance;
use crate::classify::calendar::{Date, ends_on, wall};

pub(super) static ABOUT: About = About {
    title: "HIPAA",
    who: "health providers and insurers in the US, and their business associates",
    authority: "HHS, the people concerned, and the media",
    source: "45 CFR 164.404 to 164.410",
    provenance: Provenance::Checked,
    in_force: InForce::Long,
    zone: None,
    triggers: &[Trigger::Discovered],
    questions: &[&PEOPLE_HIT, &ONE_STATE],
    clocks,
    test: None,
};

static PEOPLE_HIT: Question = Question {
    key: "hipaa_people",
    text: "How many people's health data is concerned?",
    kind: Kind::Number(Unit::Count),
    article: "45 CFR 164.408",
    provenance: Provenance::Checked,
    prefill: Some(Prefill::PeopleAffected),
};
static ONE_STATE: Question = Question {
    key: "hipaa_one_state",
    text: "Are more than 500 of them residents of one state?",
    kind: Kind::YesNo,
    article: "45 CFR 164.406",
    provenance: Provenance::Checked,
    prefill: None,
};

const DISCOVERED: From = From::When(
    Trigger::Discovered,
    "When was the breach discovered, or should it have been known?",
);

const PEOPLE: Duty = Duty {
    report: Report::People,
    from: DISCOVERED,
    within: Period::Days(60),
    article: "45 CFR 164.404, 164.410",
    provenance: Provenance::Checked,
    about: "Without delay, and 60 calendar days after discovery at the latest. A business associate tells the covered entity by then.",
    contains: "",
};
const MEDIA: Duty = Duty {
    report: Report::Media,
    article: "45 CFR 164.406",
    about: "More than 500 people in one state: 60 calendar days after discovery at the latest.",
    ..PEOPLE
};
const AUTHORITY: Duty = Duty {
    report: Report::Notification,
    article: "45 CFR 164.408",
    about: "500 people or more, or not known yet how many: 60 calendar days after discovery at the latest.",
    ..PEOPLE
};

fn clocks(case: &Case<'_>) -> Vec<Clock> {
    let people = case.known.answers.number(&PEOPLE_HIT);
    let mut clocks = vec![case.clock(&PEOPLE)];
    // Not more than 500 people cannot be more than 500 in one state.
    if !case.is_no(&ONE_STATE) && people.is_none_or(|people| people > 500) {
        clocks.push(case.clock(&MEDIA));
    }
    let mut authority = case.clock(&AUTHORITY);
    if people.is_some_and(|people| people < 500) {
        after_the_year(case, &mut authority);
    }
    clocks.push(authority);
    clocks
}

/// Small breaches are reported together, 60 days after the year in which they were discovered.
fn after_the_year(case: &Case<'_>, clock: &mut Clock) {
    clock.about = "Fewer than 500 people: 60 days after the end of the year of discovery.";
    clock.due = clock.starts.at().map(|at| {
        let shown = wall(at, case.zone);
        let last_day = Date::of(shown.date.year(), 12, 31).plus_days(60);
        with_day(ends_on(last_day, shown.time, case.zone), DAY_ENDS)
    });
}
