//! The fold never fails, and adding one event gives what folding everything gives.

use proptest::prelude::*;

use super::super::event::Event;
use super::super::fact::*;
use super::super::fold::{Cursor, Fold};
use super::super::id::EventId;
use super::super::kind::Kind;
use super::super::log::{Draft, Log};
use super::super::term::CheckBy;
use super::config;
use super::world::*;

/// Delivers events one after the other and compares at each.
fn assert_incremental_is_full(history: &[(usize, Event)]) {
    let mut logs = [Log::new(scope(0)), Log::new(scope(1))];
    let mut alone = Fold::of(&[&logs[0]], Cursor::Now);
    let mut joined = Fold::of(&[&logs[0], &logs[1]], Cursor::Now);
    for (scope, event) in history {
        logs[*scope].add(event.clone());
        let both = [&logs[0], &logs[1]];
        joined.push(&both, event);
        assert_eq!(
            joined,
            Fold::of(&both, Cursor::Now),
            "joined, after {event:?}"
        );
        if *scope == 0 {
            alone.push(&both[..1], event);
            assert_eq!(
                alone,
                Fold::of(&both[..1], Cursor::Now),
                "alone, after {event:?}"
            );
        }
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn pushing_each_event_as_it_comes_gives_the_full_fold(script in nasty()) {
        for page in &script.play().pages {
            assert_incremental_is_full(&page.history);
        }
    }

    #[test]
    fn pushing_events_in_any_order_gives_the_full_fold(script in nasty(), seed: u64, passes in 0..3_u32) {
        let world = script.play();
        let mut events: Vec<(usize, Event)> = Vec::new();
        for scope in 0..2 {
            events.extend(world.everything_of(scope).events().map(|(_, event)| (scope, event.clone())));
        }
        if passes == 0 {
            events = shuffled(&events, seed);
        } else {
            // Nearly in order: here most events are folded alone.
            events.sort_by_key(|(_, event)| event.tick);
            for pass in 0..passes {
                let place = (seed >> (8 * pass)) as usize % events.len().max(2);
                if place + 1 < events.len() {
                    events.swap(place, place + 1);
                }
            }
        }
        assert_incremental_is_full(&events);
    }

    #[test]
    fn the_fold_never_fails_and_every_sound_event_is_a_line(script in nasty(), seed: u64, kept: u32) {
        let world = script.play();
        let events = shuffled(&world.written[0], seed);
        let some = events.iter().enumerate().filter(|(n, _)| kept >> (n % 32) & 1 == 1).map(|(_, event)| event);
        let log = log_of(scope(0), some);
        let now = Fold::of(&[&log], Cursor::Now);
        let mut lines: Vec<_> = now.incident().timeline.iter().map(|entry| entry.place).collect();
        lines.sort_unstable();
        let sound: Vec<_> = log.sound_events().map(|(place, _)| place).collect();
        prop_assert_eq!(lines, sound);
        for minutes in [-YEAR * 60, 0, 30, YEAR * 80] {
            drop(Fold::of(&[&log], Cursor::HappenedBy(after(minutes))));
            drop(Fold::of(&[&log], Cursor::KnownTo { person: person(0), at: after(minutes) }));
        }
    }

    #[test]
    fn the_fold_of_joined_logs_does_not_depend_on_their_order(script in nasty()) {
        let world = script.play();
        let (a, b) = (world.everything_of(0), world.everything_of(1));
        prop_assert_eq!(Fold::of(&[&a, &b], Cursor::Now), Fold::of(&[&b, &a], Cursor::Now));
    }

    #[test]
    fn events_with_a_damaged_tick_have_no_effect(script in nasty()) {
        let log = script.play().everything();
        let sound = log_of(scope(0), log.sound_events().map(|(_, event)| event));
        // Erasure goes before: a body that was to be dropped is dropped.
        prop_assume!(log.erased() == sound.erased());
        prop_assume!(log.damaged_events().all(|(place, _)| log.with_id(place.id()).count() == 1));
        prop_assert_eq!(Fold::of(&[&log], Cursor::Now), Fold::of(&[&sound], Cursor::Now));
    }
}

/// One clock jumps ahead after it began; only one page sees that itself, the others see it by way
/// of that page, whose clock is the one disbelieved at first.
#[test]
fn pushing_what_saw_a_wrong_clock_by_way_of_others_gives_the_full_fold() {
    let mut near = empty();
    let mut history = vec![
        near.append(writer(1), note("in time"), after(0)),
        near.append(writer(1), note("an hour ahead"), after(60)),
        near.append(writer(2), note("seen by a page itself"), after(1)),
    ];
    let mut far = log_of(scope(0), &history[2..]);
    for (page, minutes) in [(3, 5), (4, 6), (5, 7), (3, 8)] {
        let by_way_of_others = note("seen by way of others");
        history.push(far.append(writer(page), by_way_of_others, after(minutes)));
    }
    let history: Vec<_> = history.into_iter().map(|event| (0, event)).collect();
    assert_incremental_is_full(&history);
}

#[test]
fn an_event_that_comes_before_what_it_erases_keeps_its_text_out_of_the_fold() {
    let mut log = empty();
    log.append(writer(1), note("first"), noon());
    let later = EventId {
        writer: writer(2),
        seq: 1,
    };
    log.append(
        writer(1),
        about(super::super::kind::Kind::Erased, later),
        noon(),
    );
    let mut fold = Fold::of(&[&log], Cursor::Now);
    let mut elsewhere = log_of(scope(0), log.events().map(|(_, event)| event));
    elsewhere.append(writer(1), note("more"), noon());
    let secret = Event {
        id: later,
        tick: 9,
        ..{
            let mut other = empty();
            other.append(writer(2), note("hunter2"), noon())
        }
    };
    log.add(secret.clone());
    fold.push(&[&log], &secret);
    assert_eq!(fold, Fold::of(&[&log], Cursor::Now));
    assert!(
        fold.incident()
            .timeline
            .iter()
            .all(|entry| entry.id() != later || entry.fact == Fact::Unread)
    );
}

/// Testers, evidence, results of planned checks and closings of problem records count where they say
/// what they are on, and go again when they are taken back.
#[test]
fn what_is_said_of_another_event_lands_there() {
    let on = |fact: Fact, on: Option<EventId>| Draft { on, ..fact.draft() };
    let words = |text: &str| Words {
        text: text.to_owned(),
    };
    let mut log = empty();
    let mut now = 0;
    let mut add = |log: &mut Log, draft: Draft| {
        now += 1;
        log.append(writer(1), draft, after(now)).id
    };
    let suspicion = Suspicion {
        text: "the cache".to_owned(),
        service: String::new(),
    };
    let raised = add(&mut log, Fact::HypothesisRaised(suspicion).draft());
    let plan = CheckPlan {
        text: "mail goes out".to_owned(),
        by: CheckBy::Test,
        service: String::new(),
        minutes: None,
    };
    let planned = add(&mut log, Fact::CheckPlanned(plan).draft());
    let problem = Fact::ProblemRecorded(Problem::default()).draft();
    let recorded = add(&mut log, problem);
    let tester = Responder { person: person(0) };
    let evidence = Evidence {
        supports: false,
        text: "it is empty".to_owned(),
    };
    let mut said = Vec::new();
    for target in [None, Some(planned), Some(raised)] {
        for fact in [
            Fact::HypothesisAssigned(tester.clone()),
            Fact::EvidenceAdded(evidence.clone()),
        ] {
            said.push(add(&mut log, on(fact, target)));
        }
    }
    let begun = Fact::CheckBegun(Acknowledgement {});
    said.push(add(&mut log, on(begun, Some(planned))));
    let passed = Fact::CheckPassed(words("seen"));
    said.push(add(&mut log, on(passed, Some(planned))));
    let closed = Fact::ProblemClosed(Verdict::default());
    said.push(add(&mut log, on(closed, Some(recorded))));

    let incident = incident_of(&log);
    let hypothesis = &incident.hypotheses[0].what;
    assert_eq!(hypothesis.tester, Some(person(0)));
    assert_eq!(hypothesis.evidence.len(), 1);
    assert_eq!(incident.planned_checks[0].what.begun.len(), 1);
    assert_eq!(incident.checks[0].what.of, Some(planned));
    assert_eq!(incident.problems[0].what.closed_by, said.last().copied());

    for event in said {
        add(&mut log, about(Kind::Retracted, event));
    }
    let incident = incident_of(&log);
    let hypothesis = &incident.hypotheses[0].what;
    assert_eq!((hypothesis.tester, hypothesis.evidence.len()), (None, 0));
    assert!(incident.planned_checks[0].what.begun.is_empty());
    assert!(incident.checks.is_empty());
    assert_eq!(incident.problems[0].what.closed_by, None);
}

#[test]
fn what_older_versions_wrote_is_read_and_written_alike() {
    for kind in [
        Kind::HypothesisRaised,
        Kind::DecisionMade,
        Kind::WorkaroundApplied,
    ] {
        let body = r#"{"text":"restart"}"#;
        let fact = Fact::read(&kind, body);
        assert_ne!(fact, Fact::Unread, "{kind}");
        assert_eq!(&*fact.draft().body, body, "{kind}");
    }
}
