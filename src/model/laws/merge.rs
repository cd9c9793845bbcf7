//! Merge is union: nothing depends on order, repetition, or who began.

use proptest::prelude::*;

use super::super::chain;
use super::super::event::{Body, Event};
use super::super::id::EventId;
use super::super::log::{Added, Log};
use super::config;
use super::world::*;

/// Two logs that hold the same also answer the same, and go on in the same way.
fn assert_same(a: &Log, b: &Log) {
    assert_eq!(a, b);
    assert_eq!(bytes(a), bytes(b));
    assert_eq!(a.tick(), b.tick());
    assert_eq!(a.holes(), b.holes());
    assert_eq!(a.erased(), b.erased());
    assert_eq!(a.forked(), b.forked());
    assert_eq!(chain::verify_foreign(a), chain::verify_foreign(b));
    for writer in a.writers().chain([writer(900)]) {
        assert_eq!(a.complete_to(writer), b.complete_to(writer));
        assert_eq!(a.told_by(writer), b.told_by(writer));
        let (mut a, mut b) = (a.clone(), b.clone());
        let draft = || super::super::fact::Fact::Closed(Default::default()).draft();
        let (next_a, next_b) = (
            a.append(writer, draft(), noon()),
            b.append(writer, draft(), noon()),
        );
        assert_eq!(next_a, next_b, "the next event of {writer}");
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn merge_is_commutative(script in nasty()) {
        let world = script.play();
        let logs = world.pages.iter().map(|page| &page.logs[0]);
        let (first, rest) = world.pages.split_first().unwrap();
        for other in rest {
            assert_same(&merged(&first.logs[0], &other.logs[0]), &merged(&other.logs[0], &first.logs[0]));
        }
        prop_assert_eq!(logs.count(), world.pages.len());
    }

    #[test]
    fn merge_is_associative(script in nasty(), picks in prop::array::uniform3(0..4_usize)) {
        let world = script.play();
        let [a, b, c] = picks.map(|n| &world.pages[n % world.pages.len()].logs[0]);
        assert_same(&merged(&merged(a, b), c), &merged(a, &merged(b, c)));
    }

    #[test]
    fn merge_is_idempotent(script in nasty()) {
        let world = script.play();
        let mut all = world.everything();
        let before = all.clone();
        for page in &world.pages {
            prop_assert_eq!(all.merge(&page.logs[0]), Vec::new());
        }
        prop_assert_eq!(all.merge(&before), Vec::new());
        assert_same(&all, &before);
    }

    #[test]
    fn any_order_and_any_repetition_of_delivery_gives_the_same_log_and_bytes(
        script in nasty(), seeds in prop::array::uniform2(any::<u64>()), repeated in any::<u16>(),
    ) {
        let world = script.play();
        let events = &world.written[0];
        let again = events.iter().enumerate().filter(|(n, _)| repeated >> (n % 16) & 1 == 1).map(|(_, event)| event.clone());
        let twice: Vec<Event> = events.iter().cloned().chain(again).collect();
        let in_order = log_of(scope(0), events);
        for seed in seeds {
            assert_same(&in_order, &log_of(scope(0), &shuffled(&twice, seed)));
        }
    }

    #[test]
    fn copies_that_lost_a_body_change_nothing_where_another_has_it(script in nasty(), seed: u64) {
        let world = script.play();
        let events = &world.written[0];
        let mut twice = events.clone();
        for event in events {
            twice.push(Event { body: Body::Erased(event.body.digest()), ..event.clone() });
        }
        assert_same(&log_of(scope(0), events), &log_of(scope(0), &shuffled(&twice, seed)));
    }

    #[test]
    fn pages_that_exchange_everything_hold_the_same(script in nasty(), seed: u64) {
        let world = script.play();
        let mut logs: Vec<Log> = world.pages.iter().map(|page| page.logs[0].clone()).collect();
        for pair in shuffled(&(0..logs.len()).collect::<Vec<_>>(), seed).windows(2) {
            let given = logs[pair[0]].clone();
            logs[pair[1]].merge(&given);
        }
        let last = shuffled(&(0..logs.len()).collect::<Vec<_>>(), seed).last().copied().unwrap();
        let full = logs[last].clone();
        for log in &mut logs {
            log.merge(&full);
            assert_same(log, &full);
        }
    }

    #[test]
    fn merge_tells_what_was_new(script in nasty()) {
        let world = script.play();
        let (first, last) = (&world.pages[0].logs[0], &world.pages[world.pages.len() - 1].logs[0]);
        let mut both = first.clone();
        let new = both.merge(last);
        let held = |log: &Log| log.len();
        prop_assert_eq!(held(&both), held(first) + new.len());
        for (_, event) in last.events() {
            prop_assert!(both.with_id(event.id).any(|(_, held)| held.is_same_as(event)));
        }
    }

    #[test]
    fn nothing_is_ever_lost_in_a_log(script in nasty(), seed: u64) {
        let world = script.play();
        let log = log_of(scope(0), &shuffled(&world.written[0], seed));
        for event in &world.written[0] {
            let held = log.with_id(event.id).find(|(_, held)| held.is_same_as(event)).map(|(_, held)| held);
            prop_assert!(held.is_some());
            let erased = log.erased().contains(&event.id);
            prop_assert_eq!(held.unwrap().body.text().is_none(), erased || event.body.text().is_none());
        }
    }

    #[test]
    fn an_answer_never_comes_before_what_it_answers_in_the_canonical_order(script in honest()) {
        let world = script.play();
        let log = world.everything();
        for (place, event) in log.events() {
            let seen = event.seen.iter().flat_map(|&(writer, seq)| (1..=seq).map(move |seq| EventId { writer, seq }));
            let own = (1..place.seq).map(|seq| EventId { writer: place.writer, seq });
            for before in seen.chain(own).chain(event.on).chain(event.replaces.iter().copied()) {
                for (earlier, _) in log.with_id(before) {
                    prop_assert!(earlier < place, "{before} before {}", event.id);
                }
            }
        }
    }

    #[test]
    fn holes_are_told_by_writer_and_number(script in honest(), missing: u32) {
        let world = script.play();
        let all = world.everything();
        let kept = all.events().enumerate().filter(|(n, _)| missing >> (n % 32) & 1 == 0).map(|(_, (_, event))| event);
        let mut log = log_of(scope(0), kept);
        chain::heads(&all).into_iter().for_each(|claim| log.add_claim(claim));
        let told: Vec<EventId> = log.holes().into_iter().flat_map(|hole| {
            assert_eq!(hole.count(), u64::from(hole.to - hole.from) + 1);
            (hole.from..=hole.to).map(move |seq| EventId { writer: hole.writer, seq })
        }).collect();
        let mut lost: Vec<EventId> = all.events().map(|(place, _)| place.id()).filter(|id| !log.holds(*id)).collect();
        lost.sort_unstable();
        prop_assert_eq!(told, lost);
    }
}

#[test]
fn a_writers_last_possible_number_is_no_hole() {
    let mut log = empty();
    let event = log.append(writer(1), note("first"), noon());
    log.add(Event {
        id: EventId {
            seq: u32::MAX,
            ..event.id
        },
        tick: 2,
        ..event
    });
    let holes = log.holes();
    assert_eq!(
        (holes.len(), holes[0].from, holes[0].to),
        (1, 2, u32::MAX - 1)
    );
}

#[test]
fn a_writer_whose_last_possible_number_is_taken_can_still_write() {
    let mut log = empty();
    let event = log.append(writer(1), note("first"), noon());
    log.add(Event {
        id: EventId {
            seq: u32::MAX,
            ..event.id
        },
        tick: 2,
        ..event
    });
    let next = log.append(writer(1), note("still here"), noon());
    assert_eq!(next.id.seq, 2);
    assert!(log.holds(next.id) && log.forked().is_empty());
}

#[test]
fn of_two_events_with_one_id_both_are_kept_and_told_on_both_sides() {
    let mut base = empty();
    base.append(writer(1), note("before"), noon());
    let (mut a, mut b) = (base.clone(), base);
    let one = a.append(writer(1), note("one"), noon());
    let other = b.append(writer(1), note("other"), noon());
    assert_eq!(a.add(other.clone()), Added::Fork);
    b.add(one);
    assert_same(&a, &b);
    assert_eq!(a.len(), 3);
    assert_eq!(a.forked().iter().copied().collect::<Vec<_>>(), [other.id]);
}

#[test]
fn a_tick_that_jumps_a_million_is_kept_and_told_and_the_log_goes_on_as_before() {
    let mut log = empty();
    log.append(writer(1), note("sound"), noon());
    let far = Event {
        id: EventId {
            writer: writer(2),
            seq: 1,
        },
        tick: 1_000_002,
        ..log
            .get(EventId {
                writer: writer(1),
                seq: 1,
            })
            .unwrap()
            .clone()
    };
    log.add(far.clone());
    assert_eq!(log.tick(), 1);
    assert_eq!(
        log.damaged_events()
            .map(|(place, _)| place.id())
            .collect::<Vec<_>>(),
        [far.id]
    );
    assert_eq!(chain::verify(&log), [chain::Finding::FarTick(far.id)]);
    assert_eq!(log.append(writer(1), note("goes on"), noon()).tick, 2);
    assert!(bytes(&log).contains(&far.to_json()));
    // A jump of a million is still sound.
    let near = Event {
        id: EventId {
            writer: writer(3),
            seq: 1,
        },
        tick: 1_000_002,
        ..far
    };
    log.add(near);
    assert_eq!(log.tick(), 1_000_002);
}
