//! What reading and going on costs: in proportion to the log, and not to what came before.
//!
//! Times are only compared with each other, in one run, and generously.

use std::time::{Duration, Instant};

use super::super::fact::*;
use super::super::fold::{Cursor, Fold};
use super::super::id::EventId;
use super::super::kind::Kind;
use super::super::log::{Draft, Log};
use super::super::term::{Level, Stage};
use super::world::*;

/// Ten times as many events may cost this many times as much; were each compared with each, it
/// would be a hundred times.
const GENEROUS: f64 = 40.0;

/// What a busy room writes: mostly notes, now and then a value or a taking back.
fn draft(n: u32, last: &EventId, last_title: Option<EventId>) -> Draft {
    let stage = || StageEntry {
        stage: Stage::ALL[n as usize % 6],
        open: vec![],
        reason: String::new(),
    };
    match n % 50 {
        7 => about(Kind::Retracted, *last),
        11 => Draft {
            body: r#"{"body":{"text":"amended"}}"#.into(),
            ..about(Kind::Amended, *last)
        },
        17 => hit(Level::ALL[n as usize % 3]),
        23 => Fact::StageEntered(stage()).draft(),
        29 => title(&format!("Title {n}"), last_title.into_iter().collect()),
        _ => note("seen"),
    }
}

/// A log of so many events, by five people who write in turns.
fn busy(count: u32) -> Log {
    let mut log = empty();
    let mut last = log.append(writer(0), note("first"), noon()).id;
    let mut last_title = None;
    for n in 1..count {
        let event = log.append(
            writer(u64::from(n / 3 % 5)),
            draft(n, &last, last_title),
            after(i64::from(n / 4)),
        );
        last = event.id;
        last_title = if event.kind == Kind::Described {
            Some(last)
        } else {
            last_title
        };
    }
    log
}

/// The best of some tries: whatever else the machine does only makes it slower.
fn best_of(tries: u32, mut run: impl FnMut()) -> Duration {
    let one = |run: &mut dyn FnMut()| {
        let start = Instant::now();
        run();
        start.elapsed()
    };
    (0..tries).map(|_| one(&mut run)).min().unwrap()
}

fn assert_in_proportion(what: &str, small: Duration, large: Duration) {
    let ratio = large.as_secs_f64() / small.as_secs_f64().max(1e-6);
    assert!(
        ratio < GENEROUS,
        "{what}: {ratio:.0} times as much for ten times as many events"
    );
}

#[test]
fn folding_merging_and_exporting_ten_times_as_many_events_costs_about_ten_times_as_much() {
    let [small, large] = [1_000, 10_000].map(busy);
    let fold = |log: &Log| best_of(5, || drop(Fold::of(&[log], Cursor::Now)));
    assert_in_proportion("fold", fold(&small), fold(&large));
    let merge = |log: &Log| best_of(5, || drop(merged(&empty(), log)));
    assert_in_proportion("merge", merge(&small), merge(&large));
    let export = |log: &Log| best_of(3, || drop(bytes(log)));
    assert_in_proportion("export", export(&small), export(&large));
    let holes = |log: &Log| best_of(5, || drop(log.holes()));
    assert_in_proportion("holes", holes(&small), holes(&large));
}

#[test]
fn adding_an_event_costs_the_same_however_long_the_log_is() {
    let a_hundred_more = |count: u32| {
        let mut log = busy(count);
        let mut fold = Fold::of(&[&log], Cursor::Now);
        let now = after(i64::from(count));
        best_of(5, || {
            for _ in 0..100 {
                let event = log.append(writer(1), note("more"), now);
                fold.push(&[&log], &event);
            }
        })
    };
    let [small, large] = [1_000, 10_000].map(a_hundred_more);
    let ratio = large.as_secs_f64() / small.as_secs_f64().max(1e-6);
    assert!(
        ratio < 5.0,
        "{ratio:.1} times as much with ten times as many events before"
    );
}
