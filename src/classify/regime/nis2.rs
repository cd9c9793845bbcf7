//! NIS2: significant incidents of essential and important entities in the EU.
//!
//! Directive 2022/2555 Article 23 for the times; national law may differ. Implementing Regulation
//! 2024/2690 for what is significant, for the digital types that it names. DORA takes its place in
//! finance.

use super::clock::{Clock, Start};
use super::duty::{Case, Duty, From, Period};
use super::known::{Entity, Nis2Kind};
use super::question::{Answers, Kind, Prefill, Question, Unit};
use super::truth::{Truth, Verdict, above, all, any, yes};
use super::vocabulary::{Report, Trigger};
use super::{About, InForce};
use crate::classify::Provenance;

pub(super) static ABOUT: About = About {
    title: "NIS2",
    who: "essential and important entities in the EU",
    authority: "the national CSIRT or competent authority",
    source: "Directive 2022/2555 Art. 23; Implementing Regulation 2024/2690",
    provenance: Provenance::Checked,
    in_force: InForce::Long,
    zone: None,
    triggers: &[Trigger::Aware, Trigger::Resolved],
    questions: QUESTIONS,
    clocks,
    test: Some(test),
};

const ARTICLE: &str = "2022/2555 Art. 23(4)";
const AWARE: From = From::When(
    Trigger::Aware,
    "When did you become aware that the incident is significant?",
);

const WARNING: Duty = Duty {
    report: Report::Warning,
    from: AWARE,
    within: Period::EuHours(24),
    article: ARTICLE,
    provenance: Provenance::Checked,
    about: "24 h after awareness. National law may differ.",
    contains: "whether it may be malicious, whether it may reach other states",
};

const NOTIFICATION: Duty = Duty {
    report: Report::Notification,
    from: AWARE,
    within: Period::EuHours(72),
    article: ARTICLE,
    provenance: Provenance::Checked,
    about: "72 h after awareness. National law may differ.",
    contains: "a first assessment, severity and impact, indicators of compromise",
};

const FINAL: Duty = Duty {
    report: Report::Final,
    from: From::Sent(Report::Notification),
    within: Period::EuMonths(1),
    article: ARTICLE,
    provenance: Provenance::Checked,
    about: "One month after the notification was sent. If it still goes on then, a progress report takes its place.",
    contains: "what happened, how severe, the cause, what was done, effects across borders",
};

const PROGRESS: Duty = Duty {
    report: Report::Progress,
    about: "One month after the notification was sent, because it still goes on then.",
    contains: "where things stand",
    ..FINAL
};

const FINAL_AFTER: Duty = Duty {
    from: From::When(Trigger::Resolved, "When had the incident been handled?"),
    about: "One month after it was handled, because it still went on when the final report would have been due.",
    ..FINAL
};

fn clocks(case: &Case<'_>) -> Vec<Clock> {
    let mut notification = case.clock(&NOTIFICATION);
    if case.entity.nis2 == Some(Nis2Kind::Trust)
        && let Start::From { at, .. } = notification.starts
    {
        notification.due = case.due(at, Period::EuHours(24));
        notification.about = "24 h after awareness, for trust services.";
    }
    let mut clocks = vec![case.clock(&WARNING), notification];
    clocks.extend(last(case));
    clocks
}

/// The final report; or a progress report first, where the incident goes on for so long.
fn last(case: &Case<'_>) -> Vec<Clock> {
    let usual = case.clock(&FINAL);
    let Some(due) = usual.due else {
        return vec![usual];
    };
    let handled = case.known.at(Trigger::Resolved);
    let goes_on = match handled {
        Some(at) => at > due.strict,
        None => case.known.first(Report::Progress).is_some(),
    };
    if goes_on {
        vec![case.clock(&PROGRESS), case.clock(&FINAL_AFTER)]
    } else {
        vec![usual]
    }
}

const RULES: &str = "2024/2690";

const fn ask(key: &'static str, text: &'static str, kind: Kind) -> Question {
    Question::checked(key, text, kind, RULES)
}

static PLANNED: Question = ask(
    "nis2_planned",
    "Is it nothing but the planned result of planned maintenance?",
    Kind::YesNo,
);
static LOSS: Question = ask(
    "nis2_loss_eur",
    "How much is the direct financial loss, or may it become?",
    Kind::Number(Unit::Euros),
)
.filled(Prefill::Costs);
static TURNOVER: Question = ask(
    "nis2_turnover_eur",
    "How much was last year's turnover?",
    Kind::Number(Unit::Euros),
);
static SECRETS: Question = ask(
    "nis2_trade_secrets",
    "Have trade secrets been taken out, or may they be?",
    Kind::YesNo,
);
static DEATH: Question = ask(
    "nis2_death",
    "Has somebody died by it, or may somebody?",
    Kind::YesNo,
);
static HEALTH: Question = ask(
    "nis2_health",
    "Has somebody's health been harmed seriously, or may it be?",
    Kind::YesNo,
);
static ACCESS: Question = ask(
    "nis2_malicious_access",
    "Did somebody get in, by suspicion maliciously, who can disrupt operations severely?",
    Kind::YesNo,
);
static RECURRING: Question = Question {
    provenance: Provenance::Practice,
    ..ask(
        "nis2_recurring",
        "Has the same apparent cause struck twice in 6 months, and do these together meet the limit for loss?",
        Kind::YesNo,
    )
};
static DOWN: Question = ask(
    "nis2_down_minutes",
    "How long was the service down completely?",
    Kind::Number(Unit::Minutes),
)
.filled(Prefill::DowntimeMinutes);
static DOWN_WEEK: Question = ask(
    "nis2_down_week_minutes",
    "How long was it down in one calendar week, all in all?",
    Kind::Number(Unit::Minutes),
);
static SLOW: Question = ask(
    "nis2_slow_minutes",
    "How long did answers take more than 10 seconds on average?",
    Kind::Number(Unit::Minutes),
);
static LIMITED: Question = ask(
    "nis2_limited_minutes",
    "How long was the service limited?",
    Kind::Number(Unit::Minutes),
);
static USERS_PERCENT: Question = ask(
    "nis2_users_percent",
    "For what share of the users in the Union was it down or limited?",
    Kind::Number(Unit::Percent),
);
static USERS: Question = ask(
    "nis2_users",
    "For how many users in the Union was it down or limited?",
    Kind::Number(Unit::Count),
)
.filled(Prefill::PeopleAffected);
static DATA_MALICIOUS: Question = ask(
    "nis2_data_malicious",
    "Is data no longer intact, confidential or authentic, by suspicion maliciously?",
    Kind::YesNo,
);
static DATA: Question = ask(
    "nis2_data",
    "Is data of the service no longer intact, confidential or authentic?",
    Kind::YesNo,
);
static DATA_PERCENT: Question = ask(
    "nis2_data_users_percent",
    "What share of the users in the Union is hit by compromised data?",
    Kind::Number(Unit::Percent),
);
static DATA_USERS: Question = ask(
    "nis2_data_users",
    "How many users in the Union are hit by compromised data?",
    Kind::Number(Unit::Count),
);
static DOMAINS: Question = ask(
    "nis2_domains",
    "For how many domains is the data wrong?",
    Kind::Number(Unit::Count),
);
static DOMAINS_PERCENT: Question = ask(
    "nis2_domains_percent",
    "For what share of your domains is the data wrong?",
    Kind::Number(Unit::Percent),
);
static PHYSICAL: Question = ask(
    "nis2_physical_access",
    "Did somebody get into the premises without right?",
    Kind::YesNo,
);

static QUESTIONS: &[&Question] = &[
    &PLANNED,
    &LOSS,
    &TURNOVER,
    &SECRETS,
    &DEATH,
    &HEALTH,
    &ACCESS,
    &RECURRING,
    &DOWN,
    &DOWN_WEEK,
    &SLOW,
    &LIMITED,
    &USERS_PERCENT,
    &USERS,
    &DATA_MALICIOUS,
    &DATA,
    &DATA_PERCENT,
    &DATA_USERS,
    &DOMAINS,
    &DOMAINS_PERCENT,
    &PHYSICAL,
];

/// The questions that bear on an organisation of this kind.
pub fn questions(kind: Nis2Kind) -> Vec<&'static Question> {
    match test(
        &Answers::default(),
        &Entity {
            nis2: Some(kind),
            ..Entity::default()
        },
    ) {
        Verdict::Undecided { missing } => missing,
        Verdict::Met { .. } | Verdict::NotMet { .. } => Vec::new(),
    }
}

/// Whether it is significant by Regulation 2024/2690: any criterion that holds for all, or one of
/// the row of the organisation's type; planned maintenance is not. For an organisation without a
/// row only those for all are looked at, as a hint: national law decides.
pub fn test(answers: &Answers, entity: &Entity) -> Verdict {
    let mut criteria = for_all(answers);
    if let Some(kind) = entity.nis2 {
        criteria.extend(own_row(answers, kind));
    }
    let planned = match answers.yes(&PLANNED) {
        Some(true) => Truth::No,
        Some(false) => Truth::Yes(Vec::new()),
        None => Truth::Open(vec![&PLANNED]),
    };
    all(vec![planned, any(criteria)]).verdict(
        "Not significant: no criterion for all and none of the organisation's type is met, or it was planned maintenance.",
    )
}

fn for_all(answers: &Answers) -> Vec<Truth> {
    let is = |question, reason| yes(answers, question, reason);
    vec![
        loss(answers),
        is(&SECRETS, "trade secrets taken"),
        is(&DEATH, "a death"),
        is(&HEALTH, "serious harm to health"),
        is(&ACCESS, "malicious access that can disrupt severely"),
        is(&RECURRING, "the same cause twice in 6 months"),
    ]
}

/// More than EUR 500 000 or 5 % of the turnover, whichever is lower.
fn loss(answers: &Answers) -> Truth {
    const LIMIT: u64 = 500_000;
    let reason = "a direct loss above EUR 500 000 or 5 % of turnover";
    match (answers.number(&LOSS), answers.number(&TURNOVER)) {
        (Some(loss), _) if loss > LIMIT => Truth::Yes(vec![reason]),
        (Some(0), _) => Truth::No,
        (Some(loss), Some(turnover)) if loss.saturating_mul(20) > turnover => {
            Truth::Yes(vec![reason])
        }
        (Some(_), Some(_)) => Truth::No,
        (Some(_), None) => Truth::Open(vec![&TURNOVER]),
        (None, Some(_)) => Truth::Open(vec![&LOSS]),
        (None, None) => Truth::Open(vec![&LOSS, &TURNOVER]),
    }
}

/// The criteria of one type.
fn own_row(answers: &Answers, kind: Nis2Kind) -> Vec<Truth> {
    let over = |question, limit, reason| above(answers, question, limit, reason);
    let is = |question, reason| yes(answers, question, reason);
    let users = || {
        any(vec![
            over(
                &USERS_PERCENT,
                5_000,
                "more than 5 % of the users in the Union",
            ),
            over(&USERS, 1_000_000, "more than a million users in the Union"),
        ])
    };
    let data = || {
        any(vec![
            is(
                &DATA_MALICIOUS,
                "data compromised, by suspicion maliciously",
            ),
            over(
                &DATA_PERCENT,
                5_000,
                "data compromised for more than 5 % of the users",
            ),
            over(
                &DATA_USERS,
                1_000_000,
                "data compromised for more than a million users",
            ),
        ])
    };
    let down = |minutes, reason| over(&DOWN, minutes, reason);
    let slow = || over(&SLOW, 60, "answers slower than 10 s for more than 1 h");
    let limited = || over(&LIMITED, 60, "limited for more than 1 h");
    let physical = || is(&PHYSICAL, "access to the premises");
    match kind {
        Nis2Kind::Dns => vec![
            down(30, "down for more than 30 min"),
            slow(),
            all(vec![
                is(&DATA, "data compromised"),
                any(vec![
                    over(&DOMAINS, 999, "1000 domains or more"),
                    over(&DOMAINS_PERCENT, 1_000, "more than 1 % of the domains"),
                ]),
            ]),
        ],
        Nis2Kind::Tld => vec![down(0, "down"), slow(), is(&DATA, "data compromised")],
        Nis2Kind::Cloud | Nis2Kind::Cdn | Nis2Kind::Managed => vec![
            down(30, "down for more than 30 min"),
            all(vec![users(), limited()]),
            data(),
        ],
        Nis2Kind::DataCentre => vec![
            down(0, "down"),
            limited(),
            is(
                &DATA_MALICIOUS,
                "data compromised, by suspicion maliciously",
            ),
            physical(),
        ],
        Nis2Kind::Marketplace | Nis2Kind::Search | Nis2Kind::Social => vec![users(), data()],
        Nis2Kind::Trust => vec![
            down(20, "down for more than 20 min"),
            over(&DOWN_WEEK, 60, "down for more than 1 h in a calendar week"),
            over(
                &USERS_PERCENT,
                1_000,
                "limited for more than 1 % of the users",
            ),
            over(&USERS, 200_000, "limited for more than 200 000 users"),
            physical(),
            over(&DATA_PERCENT, 100, "data of more than 0.1 % of the users"),
            over(&DATA_USERS, 100, "data of more than 100 users"),
        ],
    }
}

/// How far a type's row can be relied on.
pub const fn row_provenance(kind: Nis2Kind) -> Provenance {
    match kind {
        Nis2Kind::Managed | Nis2Kind::Search | Nis2Kind::Social => Provenance::Practice,
        _ => Provenance::Checked,
    }
}
