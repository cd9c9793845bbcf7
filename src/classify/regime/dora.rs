//! DORA: major ICT-related incidents of financial entities in the EU.
//!
//! Delegated Regulation 2025/301 Article 5 for the times, 2024/1772 for what is major. A priority
//! has no say in it: "major" comes from the criteria, and the moment from the person who
//! classified.

use super::clock::{Beside, Clock, Due, Later, Start};
use super::duty::{Case, Duty, From, Period, later};
use super::known::{DoraKind, Entity};
use super::question::{Answers, Kind, Prefill, Question, Unit};
use super::truth::{Truth, Verdict, above, all, any, at_least, yes};
use super::vocabulary::{Anchor, Report, Trigger};
use super::{About, InForce};
use crate::classify::Provenance;
use crate::classify::calendar::{Date, Wall, hours, instant, wall};
use crate::model::{Span, Timestamp};

pub(super) static ABOUT: About = About {
    title: "DORA",
    who: "financial entities in the EU",
    authority: "the competent authority of the financial entity",
    source: "Regulation 2022/2554 Art. 19; Delegated Regulations 2025/301 Art. 5 and 2024/1772",
    provenance: Provenance::Checked,
    in_force: InForce::From(Date::of(2025, 1, 17)),
    zone: None,
    triggers: &[Trigger::Aware, Trigger::ClassifiedMajor, Trigger::Recovered],
    questions: QUESTIONS,
    clocks,
    test: Some(test),
};

const ARTICLE: &str = "2025/301 Art. 5";

const INITIAL: Duty = Duty {
    report: Report::Initial,
    from: From::When(
        Trigger::ClassifiedMajor,
        "When was the incident classified as major?",
    ),
    within: Period::EuHours(4),
    article: ARTICLE,
    provenance: Provenance::Checked,
    about: "4 h after it is classified as major, and 24 h after awareness at the latest.",
    contains: "which criteria are met; who cannot meet the deadline says so before it is over",
};

const INTERMEDIATE: Duty = Duty {
    report: Report::Intermediate,
    from: From::Sent(Report::Initial),
    within: Period::EuHours(72),
    article: ARTICLE,
    provenance: Provenance::Checked,
    about: "72 h after the initial notification was sent, even if nothing has changed.",
    contains: "states and thresholds, actions, what has changed",
};

const UPDATED: Duty = Duty {
    report: Report::Updated,
    from: From::When(Trigger::Recovered, "When had regular activities recovered?"),
    within: Period::WithoutDelay,
    article: ARTICLE,
    provenance: Provenance::Checked,
    about: "Without delay once regular activities have recovered.",
    contains: "what has changed since the last intermediate report",
};

const FINAL: Duty = Duty {
    report: Report::Final,
    from: From::Sent(Report::Intermediate),
    within: Period::EuMonths(1),
    article: ARTICLE,
    provenance: Provenance::Checked,
    about: "One month after the last intermediate report was sent.",
    contains: "root cause, costs",
};

fn clocks(case: &Case<'_>) -> Vec<Clock> {
    let mut clocks = vec![initial(case), intermediate(case)];
    clocks.extend(updated(case));
    clocks.push(last(case));
    clocks
}

/// The earlier of two deadlines; but whoever classifies later than the cap has their 4 hours.
fn initial(case: &Case<'_>) -> Clock {
    let mut clock = case.clock(&INITIAL);
    let aware = case.known.at(Trigger::Aware);
    let cap = aware.map(|at| Beside {
        anchor: Anchor::Trigger(Trigger::Aware),
        at,
        due: hours(at, 24),
    });
    let (Some(classified), Some(due)) = (clock.starts.at(), clock.due) else {
        clock.beside = cap;
        return clock;
    };
    clock.beside = cap;
    match cap {
        None => {
            clock.about = "4 h after it was classified as major. Awareness is not stamped: 24 h after it might be earlier.";
        }
        Some(cap) if classified > cap.due => {
            clock.about =
                "4 h after it was classified as major, which was more than 24 h after awareness.";
        }
        Some(cap) if cap.due < due.strict => {
            clock.about = "24 h after awareness: that is before 4 h after it was classified.";
            clock.beside = Some(Beside {
                anchor: Anchor::Trigger(Trigger::ClassifiedMajor),
                at: classified,
                due: due.strict,
            });
            clock.starts = Start::From {
                anchor: cap.anchor,
                at: cap.at,
            };
            clock.due = case.due(cap.at, Period::EuHours(24));
        }
        Some(_) => {
            clock.about =
                "4 h after it was classified as major: that is before 24 h after awareness.";
        }
    }
    clock.due = clock.due.map(|due| relieved(case, due, !has_relief(case)));
    clock
}

fn intermediate(case: &Case<'_>) -> Clock {
    let mut clock = case.clock(&INTERMEDIATE);
    clock.due = clock.due.map(|due| relieved(case, due, !has_relief(case)));
    clock
}

/// Only where recovery came after the last intermediate report: before, that report tells it.
fn updated(case: &Case<'_>) -> Option<Clock> {
    let reported = case.known.first(Report::Intermediate)?;
    let recovered = case.known.at(Trigger::Recovered);
    if recovered.is_some_and(|recovered| recovered <= reported) {
        return None;
    }
    Some(case.clock(&UPDATED))
}

fn last(case: &Case<'_>) -> Clock {
    let mut clock = case.clock(&FINAL);
    let sent = [Report::Intermediate, Report::Updated]
        .into_iter()
        .filter_map(|report| case.known.last(report).map(|at| (at, report)))
        .max();
    if let Some((at, report)) = sent {
        clock.starts = Start::From {
            anchor: Anchor::Report(report),
            at,
        };
        clock.due = case.due(at, Period::EuMonths(1));
    }
    // Everybody may wait for the next working day with this one.
    clock.due = clock.due.map(|due| relieved(case, due, false));
    clock
}

fn has_relief(case: &Case<'_>) -> bool {
    case.entity.dora == DoraKind::Other && !case.entity.essential_or_important
}

/// Article 5(4) to (6): what is due on a weekend or bank holiday may be sent by noon of the next
/// working day.
fn relieved(case: &Case<'_>, due: Due, excluded: bool) -> Due {
    let working = case.eu();
    let day = wall(due.strict, case.zone).date;
    let date = working.on_or_after(day);
    if excluded {
        return due;
    }
    let beyond_data = due.beyond_data || !working.knows(day, date);
    if date == day {
        return Due { beyond_data, ..due };
    }
    let noon = Wall {
        date,
        time: Span::hours(12),
    };
    Due {
        legal: noon_of(instant(noon, case.zone), due.strict),
        beyond_data,
        ..due
    }
}

fn noon_of(noon: Timestamp, strict: Timestamp) -> Option<Later> {
    later(
        strict,
        noon,
        "Due on a weekend or bank holiday: noon of the next working day will do (2025/301 Art. 5(4) to (6)).",
    )
}

static CRITICAL_ICT: Question = Question::checked(
    "dora_critical_ict",
    "Does it hit ICT that supports critical or important functions?",
    Kind::YesNo,
    "2024/1772 Art. 6",
);
static SUPERVISED: Question = Question::checked(
    "dora_supervised_services",
    "Does it hit services that need an authorisation or are supervised?",
    Kind::YesNo,
    "2024/1772 Art. 6",
);
static ACCESS: Question = Question::checked(
    "dora_malicious_access",
    "Did somebody get into network or systems, maliciously and without right?",
    Kind::YesNo,
    "2024/1772 Art. 6, 9",
);
static ACCESS_DATA: Question = Question::checked(
    "dora_access_may_lose_data",
    "May data be lost or leak by that access?",
    Kind::YesNo,
    "2024/1772 Art. 9",
);
static CLIENTS_PERCENT: Question = Question::checked(
    "dora_clients_percent",
    "What share of the clients who use the service is hit?",
    Kind::Number(Unit::Percent),
    "2024/1772 Art. 9(1)",
);
static CLIENTS: Question = Question::checked(
    "dora_clients",
    "How many clients are hit?",
    Kind::Number(Unit::Count),
    "2024/1772 Art. 9(1)",
)
.filled(Prefill::PeopleAffected);
static COUNTERPARTS: Question = Question::checked(
    "dora_counterparts_percent",
    "What share of the financial counterparts of the service is hit?",
    Kind::Number(Unit::Percent),
    "2024/1772 Art. 9(1)",
);
static TRANSACTIONS: Question = Question::checked(
    "dora_transactions_percent",
    "What share of an average day's number of transactions is hit?",
    Kind::Number(Unit::Percent),
    "2024/1772 Art. 9(1)",
);
static AMOUNTS: Question = Question::checked(
    "dora_amounts_percent",
    "What share of an average day's value of transactions is hit?",
    Kind::Number(Unit::Percent),
    "2024/1772 Art. 9(1)",
);
static RELEVANT: Question = Question::checked(
    "dora_relevant_client",
    "Is a client or counterpart hit who matters to your goals or to the market?",
    Kind::YesNo,
    "2024/1772 Art. 9(1)",
);
static MEDIA: Question = Question::checked(
    "dora_media",
    "Have media reported it?",
    Kind::YesNo,
    "2024/1772 Art. 9(2)",
)
.filled(Prefill::Press);
static COMPLAINTS: Question = Question::checked(
    "dora_complaints",
    "Have clients complained repeatedly?",
    Kind::YesNo,
    "2024/1772 Art. 9(2)",
);
static RULES_MISSED: Question = Question::checked(
    "dora_rules_missed",
    "Will rules of a regulator be missed, or is that likely?",
    Kind::YesNo,
    "2024/1772 Art. 9(2)",
);
static CLIENT_LOSS: Question = Question::checked(
    "dora_client_loss",
    "Will clients be lost in a number that matters, or is that likely?",
    Kind::YesNo,
    "2024/1772 Art. 9(2)",
);
static DURATION: Question = Question::checked(
    "dora_duration_minutes",
    "How long has it lasted?",
    Kind::Number(Unit::Minutes),
    "2024/1772 Art. 9(3)",
)
.filled(Prefill::DurationMinutes);
static DOWNTIME: Question = Question::checked(
    "dora_downtime_minutes",
    "How long were ICT services down that support critical or important functions?",
    Kind::Number(Unit::Minutes),
    "2024/1772 Art. 9(3)",
)
.filled(Prefill::DowntimeMinutes);
static STATES: Question = Question::checked(
    "dora_states",
    "In how many Member States does it have an impact?",
    Kind::Number(Unit::Count),
    "2024/1772 Art. 9(4)",
);
static DATA: Question = Question::checked(
    "dora_data",
    "Is data no longer available, authentic, intact or confidential, so that goals or rules suffer?",
    Kind::YesNo,
    "2024/1772 Art. 9(5)",
);
static COSTS: Question = Question::checked(
    "dora_costs_eur",
    "What does it cost, or will it likely cost?",
    Kind::Number(Unit::Euros),
    "2024/1772 Art. 9(6)",
)
.filled(Prefill::Costs);
static RECURRING: Question = Question::checked(
    "dora_recurring",
    "Has the same apparent cause struck at least twice in 6 months, and do these together meet the test?",
    Kind::YesNo,
    "2024/1772 Art. 8(2)",
);

static QUESTIONS: &[&Question] = &[
    &CRITICAL_ICT,
    &SUPERVISED,
    &ACCESS,
    &ACCESS_DATA,
    &CLIENTS_PERCENT,
    &CLIENTS,
    &COUNTERPARTS,
    &TRANSACTIONS,
    &AMOUNTS,
    &RELEVANT,
    &MEDIA,
    &COMPLAINTS,
    &RULES_MISSED,
    &CLIENT_LOSS,
    &DURATION,
    &DOWNTIME,
    &STATES,
    &DATA,
    &COSTS,
    &RECURRING,
];

/// Whether it is major: critical services are hit, and either somebody got in and data may be lost,
/// or two of the other criteria are met; or it recurs and together comes to that (2024/1772 Art. 6,
/// 8, 9). All limits are to be exceeded, not reached.
///
/// Data loss by malicious access counts also where the data criterion is met: the regulation says
/// "not covered" by that one, which would make the graver case the lesser.
pub fn test(answers: &Answers, entity: &Entity) -> Verdict {
    let mut ways = vec![alone(answers)];
    if !entity.microenterprise {
        ways.push(yes(
            answers,
            &RECURRING,
            "the same cause has struck at least twice in 6 months, and together that meets the test",
        ));
    }
    any(ways).verdict(
        "Not major: critical services with data at risk by an intruder, or critical services with two criteria, are not met.",
    )
}

fn alone(answers: &Answers) -> Truth {
    let services = any(vec![
        yes(
            answers,
            &CRITICAL_ICT,
            "ICT for critical or important functions is hit",
        ),
        yes(answers, &SUPERVISED, "supervised services are hit"),
    ]);
    let loss = yes(
        answers,
        &ACCESS_DATA,
        "data may be lost by malicious access",
    );
    let criteria = at_least(2, criteria(answers));
    // Access makes the services critical and is half of the data criterion: the one answer that
    // stands in two places, so both cases are looked at.
    match yes(answers, &ACCESS, "somebody got in maliciously") {
        access @ Truth::Yes(_) => all(vec![access, any(vec![loss, criteria])]),
        Truth::No => all(vec![services, criteria]),
        Truth::Open(access) => either(access, services, loss, criteria),
    }
}

/// Not known whether somebody got in.
fn either(
    mut access: Vec<&'static Question>,
    services: Truth,
    loss: Truth,
    criteria: Truth,
) -> Truth {
    // If the rest is open, these are all the ways in which the access turns it.
    let turns = loss.can_hold() || services.can_fail();
    let outside = all(vec![services, criteria.clone()]);
    let inside = any(vec![loss, criteria]);
    if !inside.can_hold() || !outside.can_fail() {
        return outside;
    }
    if !turns {
        access.clear();
    }
    for case in [outside, inside] {
        if let Truth::Open(missing) = case {
            for question in missing {
                if !access.contains(&question) {
                    access.push(question);
                }
            }
        }
    }
    Truth::Open(access)
}

/// Criteria 1, 2, 3, 4, 5(a) and 6.
fn criteria(answers: &Answers) -> Vec<Truth> {
    let over = |question, limit, reason| above(answers, question, limit, reason);
    let is = |question, reason| yes(answers, question, reason);
    let clients = any(vec![
        over(
            &CLIENTS_PERCENT,
            10_000,
            "more than 10 % of the service's clients",
        ),
        over(&CLIENTS, 100_000, "more than 100 000 clients"),
        over(&COUNTERPARTS, 30_000, "more than 30 % of the counterparts"),
        over(
            &TRANSACTIONS,
            10_000,
            "more than 10 % of a day's transactions",
        ),
        over(&AMOUNTS, 10_000, "more than 10 % of a day's value"),
        is(&RELEVANT, "a relevant client or counterpart"),
    ]);
    let reputation = any(vec![
        is(&MEDIA, "media reports"),
        is(&COMPLAINTS, "repeated complaints"),
        is(&RULES_MISSED, "rules likely missed"),
        is(&CLIENT_LOSS, "clients likely lost"),
    ]);
    let duration = any(vec![
        over(&DURATION, 24 * 60, "longer than 24 h"),
        over(&DOWNTIME, 2 * 60, "down for more than 2 h"),
    ]);
    vec![
        clients,
        reputation,
        duration,
        over(&STATES, 1, "two or more Member States"),
        is(&DATA, "data loss that hurts goals or rules"),
        over(&COSTS, 100_000, "costs above EUR 100 000"),
    ]
}
