use super::*;
use crate::guide::write;
use crate::model::term::Nature;
use crate::model::testing::{incident, noon, writer};
use crate::model::{Cursor, Draft, Fold, Log, LogScope};
use proptest::prelude::*;

fn start(speed: u16) -> Draft {
    write::drill::begin(DrillStart {
        scenario: "x".into(),
        title: "X".into(),
        text: String::new(),
        speed: Speed::new(speed),
    })
}

fn began(speed: u16) -> Log {
    let mut log = Log::new(LogScope::Incident(incident(1)));
    log.append(writer(1), write::declare(Nature::Drill), noon());
    log.append(writer(1), start(speed), noon());
    log
}

fn clock(log: &Log) -> Clock {
    let fold = Fold::of(&[log], Cursor::Now);
    Clock::of(fold.incident()).unwrap()
}

fn minute(minutes: i64) -> Timestamp {
    noon() + Span::minutes(minutes)
}

#[test]
fn pauses_speeds_and_leaps_count_from_when_they_were_set() {
    let mut log = began(1);
    let set: [(i64, Draft); 5] = [
        (4, write::drill::pace(Speed::PAUSED)),
        (9, write::drill::pace(Speed::new(10))),
        (10, write::drill::go_on_from(Speed::NORMAL, 30)),
        // Never back.
        (12, write::drill::go_on_from(Speed::NORMAL, 5)),
        (20, write::drill::end("")),
    ];
    for (at, draft) in set {
        log.append(writer(1), draft, minute(at));
    }
    let clock = clock(&log);
    for (wall, position, lived) in [
        (-3, 0, 0),
        (3, 3, 3),
        (7, 4, 4),
        (10, 30, 14),
        (13, 33, 17),
        (20, 40, 24),
        // It is over.
        (99, 40, 24),
    ] {
        let at = minute(wall);
        assert_eq!(clock.position(at), Span::minutes(position), "{wall}");
        assert_eq!(clock.lived(at), Span::minutes(lived), "{wall}");
    }
    for (position, wall) in [
        (0, Some(0)),
        (4, Some(4)),
        (14, Some(10)),
        (30, Some(10)),
        (25, Some(10)),
        (40, Some(20)),
        (41, None),
    ] {
        assert_eq!(
            clock.when(Span::minutes(position)),
            wall.map(minute),
            "{position}"
        );
    }
    assert!(!clock.is_plain());
    assert_eq!(clock.speed(), Speed::PAUSED);
    assert!(super::tests::clock(&began(1)).is_plain());
}

#[test]
fn a_closed_incident_is_no_drill_any_more() {
    let mut log = began(1);
    let closed = crate::model::fact::Closure::default();
    log.append(
        writer(1),
        crate::model::Fact::Closed(closed).draft(),
        minute(6),
    );
    assert_eq!(clock(&log).position(minute(20)), Span::minutes(6));
}

#[test]
fn a_drill_that_is_opened_again_does_not_play_on() {
    let close = || crate::model::Fact::Closed(crate::model::fact::Closure::default()).draft();
    let mut log = began(1);
    let closed = log.append(writer(1), close(), minute(6)).id;
    log.append(
        writer(1),
        write::reopen(&Incident::default(), "One thing more"),
        minute(9),
    );
    for at in [7, 8, 12, 60] {
        assert_eq!(clock(&log).position(minute(at)), Span::minutes(6), "{at}");
    }
    assert_eq!(clock(&log).ended(), Some(minute(6)));
    // A closing that was taken back never was.
    log.append(writer(1), write::retract(closed), minute(10));
    assert_eq!(clock(&log).ended(), None);

    let mut before = Log::new(LogScope::Incident(incident(1)));
    before.append(writer(1), write::declare(Nature::Drill), noon());
    before.append(writer(1), close(), minute(-9));
    before.append(
        writer(1),
        write::reopen(&Incident::default(), "A drill in it"),
        minute(-8),
    );
    before.append(writer(1), start(1), noon());
    assert_eq!(clock(&before).ended(), None);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    /// The clock never goes back, and it comes to each position when it says so.
    #[test]
    fn it_comes_to_each_position_when_it_says_so(
        paces in proptest::collection::vec((0_i64..600_000, 0_u16..80, prop_oneof![4 => Just(0_u32), 1 => 0_u32..40]), 0..8),
        position in 0_i64..2_400_000,
    ) {
        let mut log = began(1);
        let mut at = noon();
        for (wait, speed, to) in paces {
            at = at + Span(wait);
            log.append(writer(1), write::drill::go_on_from(Speed::new(speed), to), at);
        }
        let clock = clock(&log);
        if let Some(when) = clock.when(Span(position)) {
            prop_assert!(clock.position(when).0 >= position);
            prop_assert!(when == noon() || clock.position(when - Span(1)).0 < position);
        }
        let mut before = Span(-1);
        for step in 0..60 {
            let now = clock.position(noon() + Span(step * 60_000));
            prop_assert!(now >= before);
            before = now;
        }
    }
}
