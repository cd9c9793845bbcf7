//! Whatever is done to a file behind its writers' backs is found.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::super::chain::{self, Finding};
use super::super::event::{Body, Event};
use super::super::id::{EventId, Writer};
use super::super::log::{Claim, Hole, Log};
use super::config;
use super::world::*;

/// What was done to a file.
#[derive(Clone, Copy, Debug)]
enum Tampering {
    Remove,
    OtherWords,
    OtherTime,
    Swap,
    Transplant,
}

fn tampering() -> impl Strategy<Value = Tampering> {
    prop::sample::select(vec![
        Tampering::Remove,
        Tampering::OtherWords,
        Tampering::OtherTime,
        Tampering::Swap,
        Tampering::Transplant,
    ])
}

fn events_of(log: &Log) -> Vec<Event> {
    log.events().map(|(_, event)| event.clone()).collect()
}

/// A file as its reader has it: events and heads.
fn opened(events: &[Event], heads: &[Claim]) -> Log {
    let mut log = log_of(scope(0), events);
    heads.iter().for_each(|head| log.add_claim(*head));
    log
}

fn reworded(event: &Event) -> Event {
    Event {
        body: Body::Held(r#"{"text":"never said"}"#.into()),
        ..event.clone()
    }
}

/// Does something to one event of a file. None where it changes nothing.
fn tamper(
    events: &mut Vec<Event>,
    place: usize,
    how: Tampering,
    elsewhere: &Log,
) -> Option<EventId> {
    let event = events.get(place)?.clone();
    match how {
        Tampering::Remove => drop(events.remove(place)),
        Tampering::OtherWords => events[place] = reworded(&event),
        Tampering::OtherTime => events[place].at = event.at.is_none().then(noon),
        Tampering::Swap => {
            let other = events
                .iter()
                .position(|other| other.id.writer == event.id.writer && other.id != event.id)?;
            events[place].id.seq = events[other].id.seq;
            events[other].id.seq = event.id.seq;
        }
        Tampering::Transplant => {
            let (_, foreign) = elsewhere.events().next()?;
            events[place] = Event {
                id: event.id,
                ..foreign.clone()
            };
        }
    }
    // Of two incidents the first events may be alike to the letter.
    events
        .get(place)
        .is_none_or(|now| !now.is_same_as(&event))
        .then_some(event.id)
}

fn is_about(finding: &Finding, writer: Writer) -> bool {
    match finding {
        Finding::Missing(hole) => hole.writer == writer,
        Finding::Altered(claim) => claim.writer == writer,
        Finding::Fork(_)
        | Finding::Unverified { .. }
        | Finding::SealBroken(_)
        | Finding::OutOfOrder(_)
        | Finding::FarTick(_) => false,
    }
}

/// Which events of each writer its author had when they wrote an event.
fn had(log: &Log, id: EventId) -> BTreeMap<Writer, u32> {
    let mut had = BTreeMap::from([(id.writer, id.seq - 1)]);
    let own = log
        .by_writer(id.writer)
        .filter(|(place, _)| place.seq <= id.seq);
    for (writer, seq) in own.flat_map(|(_, event)| event.seen.iter().copied()) {
        let known = had.entry(writer).or_default();
        *known = seq.max(*known);
    }
    had
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_file_that_nobody_touched_is_clean(script in honest()) {
        let log = script.play().everything();
        let file = opened(&events_of(&log), &chain::heads(&log));
        prop_assert_eq!(chain::verify_foreign(&file), vec![]);
    }

    #[test]
    fn whatever_is_removed_altered_reordered_or_brought_from_another_incident_is_found(
        script in honest(), place in any::<prop::sample::Index>(), how in tampering(),
    ) {
        let world = script.play();
        let log = world.everything();
        prop_assume!(!log.is_empty());
        let mut events = events_of(&log);
        let id = tamper(&mut events, place.index(log.len()), how, &world.everything_of(1));
        prop_assume!(id.is_some());
        let id = id.unwrap();
        let findings = chain::verify(&opened(&events, &chain::heads(&log)));
        prop_assert!(findings.iter().any(|finding| is_about(finding, id.writer)), "{:?}", findings);
        if let Tampering::Remove = how {
            let hole = Hole { writer: id.writer, from: id.seq, to: id.seq };
            prop_assert!(findings.contains(&Finding::Missing(hole)));
        }
        // Whoever has the real file finds it by merging alone.
        let both = merged(&log, &opened(&events, &[]));
        let forked = log.events().any(|(place, _)| both.forked().contains(&place.id()));
        prop_assert_eq!(forked, !matches!(how, Tampering::Remove));
        for id in both.forked() {
            prop_assert!(chain::verify(&both).contains(&Finding::Fork(*id)));
            prop_assert!(both.with_id(*id).count() > 1);
        }
    }

    #[test]
    fn a_whole_incident_passed_off_as_another_is_found(script in honest()) {
        let log = script.play().everything_of(1);
        let file = opened(&events_of(&log), &chain::heads(&log));
        let findings = chain::verify(&file);
        for writer in log.writers() {
            prop_assert!(findings.iter().any(|finding| is_about(finding, writer)), "{:?}", findings);
        }
    }

    #[test]
    fn events_that_nothing_vouches_for_are_told(script in honest(), cut in any::<prop::sample::Index>()) {
        let log = script.play().everything();
        prop_assume!(!log.is_empty());
        let (last, _) = log.events().nth(cut.index(log.len())).unwrap();
        let earlier: Vec<Event> = events_of(&log).into_iter().filter(|event| event.tick < last.tick).collect();
        let file = opened(&events_of(&log), &chain::heads(&log_of(scope(0), &earlier)));
        for writer in log.writers() {
            let vouched = earlier.iter().filter(|event| event.id.writer == writer).count();
            let unverified = Finding::Unverified { writer, from: vouched as u32 + 1 };
            let all = log.by_writer(writer).count() == vouched;
            prop_assert_eq!(chain::verify_foreign(&file).contains(&unverified), !all);
        }
    }

    #[test]
    fn who_also_rewrites_the_heads_is_found_by_every_seal_of_those_who_had_seen(
        script in honest(), place in any::<prop::sample::Index>(),
    ) {
        let log = script.play().everything();
        prop_assume!(!log.is_empty());
        let (altered, _) = log.events().nth(place.index(log.len())).unwrap();
        let events: Vec<Event> = log.events()
            .map(|(place, event)| if place == altered { reworded(event) } else { event.clone() })
            .collect();
        let rewritten = log_of(scope(0), &events);
        let file = opened(&events, &chain::heads(&rewritten));
        let had_it = |id| had(&log, id).get(&altered.writer).is_some_and(|seq| altered.seq <= *seq);
        let sealed = log.events().filter(|(_, event)| event.seal.is_some()).map(|(place, _)| place.id());
        let mut expected: Vec<Finding> = sealed.filter(|id| had_it(*id)).map(Finding::SealBroken).collect();
        expected.sort();
        prop_assert_eq!(chain::verify_foreign(&file), expected);
    }

    #[test]
    fn heads_do_not_hang_on_how_a_copy_came_about(script in nasty(), seed: u64) {
        let log = script.play().everything();
        let mut other = log_of(scope(0), &shuffled(&events_of(&log), seed));
        log.claims().iter().for_each(|claim| other.add_claim(*claim));
        prop_assert_eq!(chain::heads(&log), chain::heads(&other));
        let (mut log, mut other) = (log, other);
        // The second copy was asked before it had everything; what it remembers must not be wrong.
        let mut early = Log::new(scope(0));
        for event in shuffled(&events_of(&log), seed) {
            early.add(event);
            chain::seal_now(&mut early);
        }
        prop_assert_eq!(chain::seal_now(&mut log), chain::seal_now(&mut other));
        prop_assert_eq!(chain::seal_now(&mut early), chain::seal_now(&mut other));
    }
}

#[test]
fn a_later_event_with_an_earlier_tick_is_found() {
    let mut log = empty();
    log.append(writer(1), note("first"), noon());
    let second = log.append(writer(1), note("second"), noon());
    let mut events = events_of(&log);
    events[1].tick = 1;
    events[0].tick = 2;
    assert!(chain::verify(&log_of(scope(0), &events)).contains(&Finding::OutOfOrder(second.id)));
}
