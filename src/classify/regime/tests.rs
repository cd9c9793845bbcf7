//! The worked examples of all regimes, to the minute; and laws that all of them keep.

mod major;
mod rows;

use proptest::prelude::*;

use super::*;
use crate::classify::calendar::tests::{at, place, shown};
use crate::classify::calendar::{Calendar, FixedOffset, wall};
use crate::model::laws::config;
use crate::model::{Span, Timestamp};

/// Reads facts, one a line: `aware 2026-11-24T08:00+01:00`, `sent initial …`, `is cra_what both`.
fn known(id: RegimeId, facts: &str) -> Known {
    let mut known = Known::default();
    for line in facts
        .split(';')
        .map(str::trim)
        .filter(|line| !line.is_empty())
    {
        let words: Vec<&str> = line.split(' ').collect();
        match words[..] {
            ["sent", report, time] => {
                let report = Report::named(report).expect("a report");
                known.send(report, at(time));
            }
            ["is", key, text] => {
                let question = id.question(key).expect("a question");
                let answer = question.read(text).expect("an answer");
                known
                    .answers
                    .set(question, Some(answer))
                    .expect("of its kind");
            }
            [trigger, time] => {
                let trigger = Trigger::named(trigger).expect("a trigger");
                known.stamp(trigger, at(time));
            }
            _ => panic!("{line}"),
        }
    }
    known
}

/// A clock in a line: `initial 2026-11-21T02:30+01:00 law 2026-11-23T12:00+01:00`.
fn line(clock: &Clock, zone: &dyn Zone) -> String {
    let mut line = clock.report.name().to_owned();
    match (clock.starts, clock.due) {
        (Start::NotStarted { waiting_for, .. }, _) => {
            let name = match waiting_for {
                Anchor::Trigger(trigger) => trigger.name(),
                Anchor::Report(report) => report.name(),
            };
            line += &format!(" waits for {name}");
        }
        (Start::From { .. }, None) => line += " without delay",
        (Start::From { .. }, Some(due)) => {
            line += &format!(" {}", shown(due.strict, zone));
            for (name, later) in [("law", due.legal), ("possible", due.possible)] {
                if let Some(later) = later {
                    line += &format!(" {name} {}", shown(later.at, zone));
                }
            }
            if due.beyond_data {
                line += " beyond data";
            }
        }
    }
    if let Some(beside) = clock.beside {
        line += &format!(" not {}", shown(beside.due, zone));
    }
    if clock.stopped.is_some() {
        line += " sent";
    }
    line
}

/// All clocks of a regime, a line each.
fn check(id: RegimeId, zone: &str, entity: Entity, facts: &str, expected: &[&str]) {
    let zone = place(zone);
    let known = known(id, facts);
    let clocks = clocks(id, &known, &entity, zone, &Holidays::default());
    let lines: Vec<String> = clocks.iter().map(|clock| line(clock, zone)).collect();
    assert_eq!(lines, expected, "{id:?}: {facts}");
}

#[test]
fn nothing_runs_before_a_person_says_so() {
    for id in RegimeId::ALL {
        let clocks = clocks(
            *id,
            &Known::default(),
            &Entity::default(),
            &FixedOffset(0),
            &Holidays::default(),
        );
        assert!(!clocks.is_empty(), "{id:?}");
        for clock in clocks {
            let Start::NotStarted {
                waiting_for,
                question,
            } = clock.starts
            else {
                panic!("{clock:?} has started");
            };
            assert!(question.ends_with(['?', '.']), "{question}");
            assert!(clock.due.is_none());
            assert_eq!(clock.state(Timestamp::MAX), State::NotStarted);
            if let Anchor::Trigger(trigger) = waiting_for {
                assert!(id.triggers().contains(&trigger), "{id:?} {trigger:?}");
            }
        }
    }
}

#[test]
fn names_lead_back_and_keys_are_no_two() {
    let mut keys: Vec<&str> = Vec::new();
    for id in RegimeId::ALL {
        assert_eq!(RegimeId::named(id.name()), Some(*id));
        for text in [id.title(), id.who(), id.authority(), id.source()] {
            assert!(!text.is_empty());
        }
        for question in id.questions() {
            assert!(question.key.starts_with(prefix(*id)), "{}", question.key);
            assert_eq!(
                id.question(question.key).map(|q| q.text),
                Some(question.text)
            );
            keys.push(question.key);
        }
    }
    let all = keys.len();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), all);
    for trigger in Trigger::ALL {
        assert_eq!(Trigger::named(trigger.name()), Some(*trigger));
        assert!(trigger.question().ends_with('?') && !trigger.title().is_empty());
    }
    for report in Report::ALL {
        assert_eq!(Report::named(report.name()), Some(*report));
        assert!(report.question().ends_with('?') && report.stops_by().ends_with('.'));
    }
    assert_eq!(RegimeId::named("psd2"), None);
}

fn prefix(id: RegimeId) -> &'static str {
    id.name()
}

#[test]
fn what_is_not_in_force_is_not_offered() {
    let off: Vec<&RegimeId> = RegimeId::ALL
        .iter()
        .filter(|id| !id.enabled_by_default())
        .collect();
    assert_eq!(off, [&RegimeId::Circia]);
    let on = |id: RegimeId, year, month, day| id.in_force_on(Date::of(year, month, day));
    assert!(!on(RegimeId::UkFca, 2027, 3, 17) && on(RegimeId::UkFca, 2027, 3, 18));
    assert!(!on(RegimeId::Cra, 2026, 9, 10) && on(RegimeId::Cra, 2026, 9, 11));
    assert!(!on(RegimeId::Circia, 2035, 1, 1) && on(RegimeId::Gdpr, 2020, 1, 1));
}

#[test]
fn answers_are_read_as_they_were_written() {
    for (key, text, read) in [
        ("dora_media", "yes", Some(Answer::YesNo(true))),
        ("dora_media", "no", Some(Answer::YesNo(false))),
        ("dora_media", "Yes", None),
        ("dora_clients", "100001", Some(Answer::Number(100_001))),
        ("dora_clients", "1e5", None),
        ("dora_clients", "", None),
        ("dora_clients", "99999999999999999999", None),
        ("dora_clients_percent", "10", Some(Answer::Number(10_000))),
        ("dora_clients_percent", "10.5", Some(Answer::Number(10_500))),
        ("dora_clients_percent", "0.001", Some(Answer::Number(1))),
        ("dora_clients_percent", "10.5.1", None),
        ("dora_clients_percent", ".5", None),
        ("dora_clients_percent", "5.", None),
    ] {
        let question = RegimeId::Dora.question(key).expect("a question");
        assert_eq!(question.read(text).ok(), read, "{key} {text}");
        if let Some(answer) = read {
            assert_eq!(question.write(answer), text);
        }
    }
    let percent = RegimeId::Dora
        .question("dora_clients_percent")
        .expect("a question");
    // More than the limit stays more, however little.
    assert_eq!(percent.read("10.00001"), Ok(Answer::Number(10_001)));
    assert_eq!(percent.read("10.0001"), Ok(Answer::Number(10_001)));
    assert_eq!(percent.read("10.00000"), Ok(Answer::Number(10_000)));
    let what = RegimeId::Cra.question("cra_what").expect("a question");
    assert_eq!(what.read("both"), Ok(Answer::Choice("both")));
    assert!(what.read("neither").is_err());
    let mut answers = Answers::default();
    assert!(answers.set(what, Some(Answer::YesNo(true))).is_err());
    assert!(answers.set(what, Some(Answer::Choice("neither"))).is_err());
    assert_eq!(answers.set(what, Some(Answer::Choice("both"))), Ok(()));
    assert_eq!(answers.get("cra_what"), Some(Answer::Choice("both")));
    assert_eq!(answers.set(what, None), Ok(()));
    assert_eq!(answers, Answers::default());
}

#[test]
fn a_clock_at_its_instants() {
    let zone = FixedOffset(60);
    let state = |facts: &str, now: &str| {
        let known = known(RegimeId::Gdpr, facts);
        let entity = Entity::default();
        let clocks = clocks(RegimeId::Gdpr, &known, &entity, &zone, &Holidays::default());
        clocks[0].state(at(now))
    };
    let aware = "aware 2026-11-24T08:30+01:00";
    let minutes = Span::minutes;
    for (now, expected) in [
        (
            "2026-11-24T08:30+01:00",
            State::Running {
                left: Span::hours(72),
            },
        ),
        ("2026-11-27T08:30+01:00", State::Running { left: Span(0) }),
        (
            "2026-11-27T08:31+01:00",
            State::Extended { left: minutes(29) },
        ),
        ("2026-11-27T09:00+01:00", State::Extended { left: Span(0) }),
        ("2026-11-27T09:01+01:00", State::Overdue { by: minutes(1) }),
    ] {
        assert_eq!(state(aware, now), expected, "{now}");
    }
    for (sent, late) in [
        ("2026-11-27T09:00+01:00", None),
        ("2026-11-27T09:02+01:00", Some(minutes(2))),
    ] {
        let facts = format!("{aware};sent notification {sent}");
        assert_eq!(
            state(&facts, "2027-01-01T00:00+01:00"),
            State::Sent { late }
        );
    }
    let facts = "aware 2026-11-24T08:30+01:00;is gdpr_risk no;is gdpr_processor yes";
    let since = Span::hours(1);
    assert_eq!(
        state(facts, "2026-11-24T09:30+01:00"),
        State::WithoutDelay { since }
    );
}

#[test]
fn the_last_word_on_a_moment_counts_and_all_reports_do() {
    let facts = "aware 2026-11-24T08:00Z;aware 2026-11-24T09:00Z;sent intermediate 2026-11-26T08:00Z;sent intermediate 2026-11-25T08:00Z";
    let known = known(RegimeId::Dora, facts);
    assert_eq!(known.at(Trigger::Aware), Some(at("2026-11-24T09:00Z")));
    assert_eq!(
        known.first(Report::Intermediate),
        Some(at("2026-11-25T08:00Z"))
    );
    assert_eq!(
        known.last(Report::Intermediate),
        Some(at("2026-11-26T08:00Z"))
    );
    assert_eq!(known.last(Report::Final), None);
}

#[test]
fn clocks_in_the_order_in_which_they_want_something() {
    let zone = FixedOffset(0);
    let of = |id: RegimeId, facts: &str| {
        let known = known(id, facts);
        clocks(id, &known, &Entity::default(), &zone, &Holidays::default())
    };
    let mut all = of(
        RegimeId::Gdpr,
        "aware 2026-11-24T08:00Z;is gdpr_high_risk yes",
    );
    all.extend(of(RegimeId::CertIn, "aware 2026-11-24T08:00Z"));
    all.extend(of(
        RegimeId::Eidas,
        "aware 2026-11-24T08:00Z;sent notification 2026-11-24T09:00Z",
    ));
    all.extend(of(RegimeId::UsBanks, ""));
    by_due(&mut all);
    let order: Vec<(RegimeId, Report)> = all.iter().map(|one| (one.regime, one.report)).collect();
    let expected = [
        (RegimeId::Gdpr, Report::People),
        (RegimeId::CertIn, Report::Notification),
        (RegimeId::Gdpr, Report::Notification),
        (RegimeId::UsBanks, Report::Notification),
        (RegimeId::Eidas, Report::Notification),
    ];
    assert_eq!(order, expected);
}

fn stamped(id: RegimeId, stamps: &[i64], answered: &[u8], sent: &[i64]) -> Known {
    let mut known = Known::default();
    for (trigger, ms) in id.triggers().iter().zip(stamps) {
        known.stamp(*trigger, Timestamp::clamped(*ms));
    }
    for (report, ms) in Report::ALL.iter().zip(sent) {
        known.send(*report, Timestamp::clamped(*ms));
    }
    for (question, answer) in id.questions().iter().zip(answered) {
        let answer = match (question.kind, answer % 4) {
            (_, 0) => None,
            (Kind::YesNo, n) => Some(Answer::YesNo(n == 1)),
            (Kind::Number(_), n) => Some(Answer::Number(u64::from(n) * 300)),
            (Kind::Choice(choices), n) => {
                let choice = choices.get(usize::from(n)).unwrap_or(&choices[0]);
                Some(Answer::Choice(choice.name))
            }
        };
        known.answers.set(question, answer).expect("of its kind");
    }
    known
}

fn entity() -> impl Strategy<Value = Entity> {
    (any::<[bool; 3]>(), 0..5_usize, 0..11_usize).prop_map(|(bools, dora, nis2)| Entity {
        dora: DoraKind::ALL[dora],
        microenterprise: bools[0],
        essential_or_important: bools[1],
        nis2: Nis2Kind::ALL.get(nis2).copied(),
        serves_banks: bools[2],
    })
}

const ZONES: [&str; 6] = [
    "Europe/Berlin",
    "Europe/London",
    "America/New_York",
    "Australia/Sydney",
    "Asia/Kolkata",
    "America/Santiago",
];

fn any_ms() -> impl Strategy<Value = i64> {
    at("2026-01-01T00:00Z").ms()..at("2029-01-01T00:00Z").ms()
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_deadline_is_never_before_its_start(
        index in 0..RegimeId::ALL.len(), zone in 0..ZONES.len(), entity in entity(),
        stamps in prop::collection::vec(any_ms(), 0..4),
        answered in prop::collection::vec(any::<u8>(), 21),
        sent in prop::collection::vec(any_ms(), 0..20),
    ) {
        let id = RegimeId::ALL[index];
        let known = stamped(id, &stamps, &answered, &sent);
        for clock in clocks(id, &known, &entity, place(ZONES[zone]), &Holidays::default()) {
            prop_assert_eq!(clock.regime, id);
            let Some(start) = clock.starts.at() else {
                prop_assert!(clock.due.is_none());
                continue;
            };
            if let Some(due) = clock.due {
                prop_assert!(due.strict > start, "{:?}", clock);
                let legal = due.legal.map_or(due.strict, |legal| legal.at);
                prop_assert!(due.legal.is_none() || legal > due.strict, "{:?}", clock);
                prop_assert!(due.possible.is_none_or(|later| later.at > legal), "{:?}", clock);
            }
        }
    }

    #[test]
    fn a_later_moment_gives_no_earlier_deadline(
        index in 0..RegimeId::ALL.len(), entity in entity(), later in 0..400_000_000_i64,
        stamps in prop::collection::vec(any_ms(), 4), moved in 0..3_usize,
        answered in prop::collection::vec(any::<u8>(), 21),
    ) {
        let id = RegimeId::ALL[index];
        let trigger = id.triggers()[moved % id.triggers().len()];
        // DORA forgives who classifies more than 24 h after awareness: there the law is not in order.
        prop_assume!(id != RegimeId::Dora || trigger == Trigger::ClassifiedMajor);
        let zone = FixedOffset(60);
        let holidays = Holidays::default();
        let before = stamped(id, &stamps, &answered, &[]);
        let mut after = before.clone();
        after.stamp(trigger, before.at(trigger).expect("stamped") + Span(later));
        let before = clocks(id, &before, &entity, &zone, &holidays);
        let after = clocks(id, &after, &entity, &zone, &holidays);
        for (one, other) in before.iter().zip(&after) {
            prop_assert_eq!(one.report, other.report);
            let (Some(one), Some(other)) = (one.due, other.due) else { continue };
            // Periods of days keep the time of day, also of a start on a day off.
            let last = |due: Due| wall(due.strict, &zone).date;
            prop_assert!(last(one) <= last(other));
            if one.legal.is_none() && other.legal.is_none() {
                prop_assert!(one.strict <= other.strict);
            }
        }
    }
}
