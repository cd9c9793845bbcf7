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

/// One log of ten thousand events may cost this many times as much as ten of a thousand; were each
/// event compared with each, it would be ten times. Both touch as much memory, so that a machine
/// whose caches others use slows both.
const GENEROUS: f64 = 4.0;

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

/// Tries without which nothing is believed, and after which too slow is too slow.
const TRIES: std::ops::Range<u32> = 5..60;

fn timed(run: impl FnOnce()) -> Duration {
    let start = Instant::now();
    run();
    start.elapsed()
}

/// How many times as long the second takes, each by the best of its tries, made in turns: whatever
/// else the machine does only makes one slower, and is waited out.
fn ratio(most: f64, mut small: impl FnMut(), mut large: impl FnMut()) -> f64 {
    let mut best = [Duration::MAX; 2];
    let mut ratio = f64::INFINITY;
    for tried in 1..TRIES.end {
        best[0] = best[0].min(timed(&mut small));
        best[1] = best[1].min(timed(&mut large));
        ratio = best[1].as_secs_f64() / best[0].as_secs_f64().max(1e-6);
        if tried >= TRIES.start && ratio < most {
            break;
        }
    }
    ratio
}

#[test]
fn one_long_log_costs_about_as_much_as_ten_short_ones_of_as_many_events() {
    let short: Vec<Log> = (0..10).map(|_| busy(1_000)).collect();
    let long = [busy(10_000)];
    let compared = |what: &str, work: &dyn Fn(&Log)| {
        let all = |logs: &[Log]| logs.iter().for_each(work);
        let ratio = ratio(GENEROUS, || all(&short), || all(&long));
        assert!(
            ratio < GENEROUS,
            "{what}: {ratio:.1} times as much in one log as in ten"
        );
    };
    compared("fold", &|log| drop(Fold::of(&[log], Cursor::Now)));
    compared("merge", &|log| drop(merged(&empty(), log)));
    compared("export", &|log| drop(bytes(log)));
    compared("holes", &|log| drop(log.holes()));
}

#[test]
fn adding_an_event_costs_the_same_however_long_the_log_is() {
    let adding = |count: u32| {
        let mut log = busy(count);
        let mut fold = Fold::of(&[&log], Cursor::Now);
        let now = after(i64::from(count));
        move || {
            for _ in 0..100 {
                let event = log.append(writer(1), note("more"), now);
                fold.push(&[&log], &event);
            }
        }
    };
    let ratio = ratio(5.0, adding(1_000), adding(10_000));
    assert!(
        ratio < 5.0,
        "{ratio:.1} times as much with ten times as many events before"
    );
}
