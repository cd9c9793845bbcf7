//! Wrong wall clocks: they never put an answer before what it answers, and disturb nobody else.

use proptest::prelude::*;

use super::super::clocks::Clocks;
use super::super::event::Event;
use super::super::fold::{Cursor, Fold};
use super::super::id::EventId;
use super::super::log::Log;
use super::super::time::Span;
use super::config;
use super::world::*;

/// What an event's writer certainly had when they wrote it, as far as this copy holds it.
fn what_it_follows(log: &Log, event: &Event) -> Vec<EventId> {
    let own = (event.id.writer, event.id.seq - 1);
    let seen = event.seen.iter().copied().chain([own]);
    let seen = seen.flat_map(|(writer, seq)| (1..=seq).map(move |seq| EventId { writer, seq }));
    let named = event.on.into_iter().chain(event.replaces.iter().copied());
    seen.chain(named).filter(|id| log.holds(*id)).collect()
}

/// Where each event that nobody dated stands in the timeline.
fn undated_lines(fold: &Fold) -> Vec<EventId> {
    fold.incident()
        .timeline
        .iter()
        .filter(|entry| !entry.dated)
        .map(|entry| entry.id())
        .collect()
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn an_answer_never_comes_before_what_it_answers_whatever_the_clocks_show(script in honest()) {
        let world = script.play();
        let everything = world.everything();
        for log in world.pages.iter().map(|page| &page.logs[0]).chain([&everything]) {
            let fold = Fold::of(&[log], Cursor::Now);
            let lines = undated_lines(&fold);
            let line_of = |id| lines.iter().position(|line| *line == id);
            for (_, event) in log.events() {
                for before in what_it_follows(log, event) {
                    let earlier = fold.clocks().noted_when(log.get(before).unwrap());
                    prop_assert!(earlier <= fold.clocks().noted_when(event), "{} before {before}", event.id);
                    if let (Some(earlier), Some(later)) = (line_of(before), line_of(event.id)) {
                        prop_assert!(earlier < later, "{} before {before} in the timeline", event.id);
                    }
                }
            }
        }
    }

    #[test]
    fn right_clocks_are_believed_to_the_millisecond(script in punctual()) {
        let log = script.play().everything();
        let clocks = Clocks::of(&[&log]);
        for (_, event) in log.events() {
            prop_assert!(clocks.believes(event.id));
            prop_assert_eq!(clocks.noted_when(event), event.noted);
        }
    }

    #[test]
    fn what_a_person_dated_stays_as_they_said(script in honest()) {
        let log = script.play().everything();
        for entry in &incident_of(&log).timeline {
            if let (Some(at), None) = (log.get(entry.id()).unwrap().at, entry.amended) {
                prop_assert_eq!(entry.when, at);
            }
        }
    }

    #[test]
    fn a_file_from_the_year_2099_disturbs_nothing_after_it(mut script in punctual(), noted_years in 1..8_000_i64, once: bool) {
        // One machine's clock is decades ahead, for a while or for good.
        script.pages = script.pages.max(2);
        let middle = script.steps.len() / 2;
        if once {
            script.steps.insert(middle, Step::Clock { page: 0, clock: Clock::Off(0) });
        }
        script.steps.insert(0, Step::Clock { page: 0, clock: Clock::Off(noted_years * YEAR) });
        let world = script.play();
        let log = world.everything();
        // Pages are one person's as far as their introductions are there.
        prop_assume!(log.erased().iter().all(|id| id.seq > 1));
        let clocks = Clocks::of(&[&log]);
        for (_, event) in log.events().filter(|(_, event)| event.noted <= world.now) {
            prop_assert!(clocks.believes(event.id), "{} is not believed", event.id);
            prop_assert_eq!(clocks.noted_when(event), event.noted);
        }
    }

    #[test]
    fn who_has_seen_the_file_from_2099_puts_it_back_into_its_time(script in punctual(), years in 1..8_000_i64) {
        let mut log = script.play().everything();
        let now = after(YEAR);
        let far = log.append(writer(800), note("from 2099"), after(years * YEAR + YEAR));
        log.append(writer(801), note("now"), now);
        let clocks = Clocks::of(&[&log]);
        prop_assert!(!clocks.believes(far.id));
        prop_assert!(clocks.noted_when(&far) <= now);
    }
}

#[test]
fn a_clock_that_steps_back_keeps_its_writers_order() {
    let mut log = empty();
    for minutes in [0, -YEAR / 2, 1, YEAR * 73, -YEAR * 56, 2] {
        log.append(writer(1), note(&minutes.to_string()), after(minutes));
    }
    let order: Vec<u32> = incident_of(&log)
        .timeline
        .iter()
        .map(|entry| entry.place.seq)
        .collect();
    assert_eq!(order, [1, 2, 3, 4, 5, 6]);
}

#[test]
fn a_gap_in_what_is_held_does_not_turn_an_order_round() {
    let mut log = empty();
    log.append(writer(1), note("before"), after(60));
    let lost = log.append(writer(1), note("lost"), after(61));
    let later = log.append(writer(2), note("after"), after(0));
    let held = log_of(
        scope(0),
        log.events()
            .map(|(_, event)| event)
            .filter(|event| event.id != lost.id),
    );
    let clocks = Clocks::of(&[&held]);
    assert!(
        clocks.noted_when(&later) >= after(60)
            || !clocks.believes(EventId {
                writer: writer(1),
                seq: 1
            })
    );
    assert_eq!(incident_of(&held).timeline.last().unwrap().id(), later.id);
}

#[test]
fn where_every_clock_is_years_behind_the_time_between_events_is_right() {
    let mut log = empty();
    let first = log.append(writer(1), note("one"), after(-9 * YEAR));
    let second = log.append(writer(1), note("two"), after(60 - 9 * YEAR));
    let clocks = Clocks::of(&[&log]);
    assert_eq!(
        clocks.noted_when(&second) - clocks.noted_when(&first),
        Span::hours(1)
    );
    // A colleague's right clock shows that it cannot be.
    let third = log.append(writer(2), note("three"), after(0));
    let mut pushed = clocks;
    assert!(!pushed.push(&third), "all is weighed again");
    let clocks = Clocks::of(&[&log]);
    assert!(!clocks.believes(first.id) && !clocks.believes(second.id) && clocks.believes(third.id));
    assert!(clocks.noted_when(&second) <= clocks.noted_when(&third));
}
