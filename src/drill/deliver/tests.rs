use super::*;
use crate::guide::write;
use crate::model::drill::Speed;
use crate::model::testing::{incident, noon, writer};
use crate::model::{Cursor, EventId, Fold, Kind, Log, LogScope, Standing};
use proptest::prelude::*;

const TEXT: &str = "# Three\n## Situation\nTitle: It is slow\n## At 2 min\nFrom: Ada\nOne\n## At 5 min\nFrom: Bo\nTwo\n## At 5 min\nFrom: Chi\nThree\n## At 9 min\nFrom: Ada\nFour";

fn minute(minutes: i64) -> Timestamp {
    noon() + Span::minutes(minutes)
}

fn begun() -> Log {
    let mut log = Log::new(LogScope::Incident(incident(1)));
    for draft in crate::drill::start::drafts(&read(TEXT).unwrap(), TEXT, Speed::NORMAL) {
        log.append(writer(1), draft, noon());
    }
    log
}

fn fold(log: &Log) -> Fold {
    Fold::of(&[log], Cursor::Now)
}

/// A page looks at its clock.
fn look(log: &mut Log, now: Timestamp) {
    for event in events(fold(log).incident(), now) {
        log.add(event);
    }
}

fn heard(log: &Log) -> Vec<u32> {
    let fold = fold(log);
    let entries = fold.incident().timeline.iter();
    let said = entries.filter(|entry| entry.stands());
    said.filter_map(|entry| match &entry.fact {
        Fact::InjectDelivered(inject) => Some(inject.inject),
        _ => None,
    })
    .collect()
}

#[test]
fn each_comes_at_its_minute_and_once() {
    let mut log = begun();
    for (at, said) in [
        (1, vec![]),
        (2, vec![1]),
        (3, vec![1]),
        (7, vec![1, 2, 3]),
        (30, vec![1, 2, 3, 4]),
    ] {
        look(&mut log, minute(at));
        assert_eq!(heard(&log), said, "{at}");
    }
    let fold = fold(&log);
    let four = fold.incident().drill.delivered.last().unwrap();
    assert_eq!(
        four.when,
        minute(9),
        "as of its minute, whenever a page looked"
    );
    assert_eq!(next_at(fold.incident()), None);
}

#[test]
fn a_pause_holds_them_and_a_leap_brings_them_on() {
    let mut log = begun();
    log.append(writer(1), write::drill::pace(Speed::PAUSED), minute(1));
    look(&mut log, minute(60));
    assert!(heard(&log).is_empty());
    assert_eq!(next_at(fold(&log).incident()), None);
    log.append(
        writer(1),
        write::drill::go_on_from(Speed::NORMAL, 2),
        minute(60),
    );
    look(&mut log, minute(60));
    assert_eq!(heard(&log), [1]);
    assert_eq!(next_at(fold(&log).incident()), Some(minute(63)));
    log.append(writer(1), write::drill::skip(2), minute(61));
    log.append(writer(1), write::drill::end(""), minute(64));
    look(&mut log, minute(99));
    assert_eq!(heard(&log), [1, 3]);
}

#[test]
fn two_copies_that_meet_have_each_once() {
    let (mut one, mut two) = (begun(), begun());
    look(&mut one, minute(3));
    look(&mut two, minute(6));
    // Only one of them knows of the pause when the last is due.
    one.append(writer(1), write::drill::pace(Speed::PAUSED), minute(7));
    one.append(writer(1), write::drill::pace(Speed::NORMAL), minute(8));
    look(&mut one, minute(20));
    look(&mut two, minute(20));
    let mut met = one.clone();
    for (_, event) in two.events() {
        met.add(event.clone());
    }
    for (_, event) in one.events() {
        two.add(event.clone());
    }
    assert!(met == two, "merged either way");
    assert_eq!(heard(&met), [1, 2, 3, 4]);
    let before = met.len();
    look(&mut met, minute(30));
    assert_eq!(met.len(), before);
    let fold = fold(&met);
    let entries = fold.incident().timeline.iter();
    let last = entries.filter(|entry| entry.kind == Kind::InjectDelivered);
    let superseded: Vec<_> = last
        .filter(|entry| entry.standing == Standing::Superseded)
        .collect();
    assert_eq!(superseded.len(), 1, "the last, by the other clock");
    assert!(crate::guide::timeline::is_silent(superseded[0]));
}

#[test]
fn what_was_taken_back_is_not_said_again() {
    let mut log = begun();
    look(&mut log, minute(2));
    let said: EventId = fold(&log).incident().drill.delivered[0].id();
    log.append(writer(1), write::retract(said), minute(3));
    look(&mut log, minute(4));
    assert!(heard(&log).is_empty());
    // Undoing the end lets the clock have run on.
    let end = log.append(writer(1), write::drill::end(""), minute(4)).id;
    log.append(writer(1), write::retract(end), minute(6));
    look(&mut log, minute(6));
    assert_eq!(heard(&log), [2, 3]);
}

#[test]
fn a_text_that_is_no_scenario_delivers_nothing() {
    let mut log = Log::new(LogScope::Incident(incident(1)));
    let start = write::drill::begin(DrillStart {
        scenario: "x".into(),
        title: "X".into(),
        text: "## At the end of all things".into(),
        speed: Speed::MOST,
    });
    log.append(writer(1), start, noon());
    look(&mut log, minute(600));
    assert!(heard(&log).is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// However time is cut into speeds, pauses and looks: each inject once, in order, and none early.
    #[test]
    fn any_cut_of_time_gives_each_once_and_in_order(
        cuts in proptest::collection::vec((1_i64..400_000, prop_oneof![Just(None), (0_u16..12).prop_map(Some)], any::<bool>()), 1..14),
    ) {
        let mut log = begun();
        let mut at = noon();
        for (wait, speed, looks) in cuts {
            at = at + Span(wait);
            // As pages do: what was due before the clock is set is said first, if the page looked.
            if looks {
                look(&mut log, at);
            }
            if let Some(speed) = speed {
                log.append(writer(1), write::drill::pace(Speed::new(speed)), at);
            }
        }
        log.append(writer(1), write::drill::pace(Speed::new(10)), at);
        look(&mut log, at + Span::minutes(2));
        prop_assert_eq!(heard(&log), [1, 2, 3, 4]);
        let fold = fold(&log);
        let clock = Clock::of(fold.incident()).unwrap();
        for said in &fold.incident().drill.delivered {
            prop_assert!(clock.position(said.when) >= Span::minutes(i64::from(said.what.minute)));
        }
    }
}
