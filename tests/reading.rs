//! What reading 10,000 events costs in the browser, beside `JSON.parse` and a sort of the same file.
//!
//! Both run in turn in one page, so that the ratio means something on a noisy machine. Run with
//! `cargo xtask bench`, which builds it as the site is built.
#![cfg(target_arch = "wasm32")]

use js_sys::{Function, JsString};
use muster::format::file;
use muster::guide::write;
use muster::model::term::Nature;
use muster::model::{Cursor, Fold, Incident, IncidentId, Log, LogScope, Span, Timestamp, Writer};
use muster::store::segment;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::{console_log, wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const EVENTS: u32 = 10_000;
const TIMES: usize = 9;

/// What a script would do with the file: parse it and put the events into their order.
const BY_SCRIPT: &str = "
    const [log] = JSON.parse(text).logs;
    const order = (a, b) => a.tick - b.tick || (a.writer < b.writer ? -1 : a.writer > b.writer ? 1 : a.seq - b.seq);
    return log.events.sort(order).length;";

fn writer(n: u32) -> Writer {
    Writer::from_bytes([u8::try_from(n % 250).unwrap_or(0) + 1; 10])
}

/// An incident of that many events by four people, mostly notes.
fn log() -> Log {
    let mut log = Log::new(LogScope::Incident(IncidentId::from_bytes([7; 10])));
    let began = Timestamp::clamped(1_795_490_000_000);
    let nobody = Incident::default();
    log.append(writer(0), write::declare(Nature::Test), began);
    log.append(
        writer(0),
        write::title(&nobody, "Card payments fail at checkout in Europe"),
        began,
    );
    for n in 2..EVENTS {
        let words = format!("Line {n}: 38 to 42 % of authorisations time out, only in Europe");
        log.append(
            writer(n % 4),
            write::note(&words),
            began + Span(i64::from(n) * 1000),
        );
    }
    log
}

fn milliseconds(act: impl FnOnce()) -> f64 {
    let from = js_sys::Date::now();
    act();
    js_sys::Date::now() - from
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

#[wasm_bindgen_test]
fn reading_is_told_beside_a_script_that_does_less() {
    let log = log();
    let text = file::write(&[&log]);
    let lines: Vec<String> = log
        .events()
        .map(|(_, event)| segment::event_line(event))
        .collect();
    let stored = segment::write(log.scope(), &lines);
    let script = Function::new_with_args("text", BY_SCRIPT);
    let for_script = JsValue::from(JsString::from(text.as_str()));
    let (mut by_script, mut from_store, mut folding, mut from_file) =
        (vec![], vec![], vec![], vec![]);
    for _ in 0..TIMES {
        by_script.push(milliseconds(|| {
            let sorted = script.call1(&JsValue::NULL, &for_script);
            assert_eq!(
                sorted.ok().and_then(|count| count.as_f64()),
                Some(f64::from(EVENTS))
            );
        }));
        let mut held = Log::new(log.scope());
        from_store.push(milliseconds(|| {
            let events = segment::read(&stored, log.scope()).map(|segment| segment.events);
            events.into_iter().flatten().for_each(|event| {
                held.add(event);
            });
        }));
        folding.push(milliseconds(|| {
            let fold = Fold::of(&[&held], Cursor::Now);
            assert_eq!(fold.incident().timeline.len(), log.len());
        }));
        from_file.push(milliseconds(|| {
            let reading = file::read(text.as_bytes()).map(|reading| reading.events());
            assert_eq!(reading.ok(), Some(log.len()));
        }));
    }
    let (by_script, from_store) = (median(by_script), median(from_store));
    let (folding, from_file) = (median(folding), median(from_file));
    let ratio = (from_store + folding) / by_script;
    console_log!(
        "{EVENTS} events, {} kB, medians of {TIMES}:",
        text.len() / 1000
    );
    console_log!("  JSON.parse and sort, by script: {by_script:.0} ms");
    console_log!(
        "  reading the store: {from_store:.0} ms; folding: {folding:.0} ms; both {ratio:.1} times the script's"
    );
    console_log!(
        "  reading a file from elsewhere: {from_file:.0} ms, {:.1} times the script's",
        from_file / by_script
    );
    // Hashes are checked, chains and clocks are weighed: more is done, but not of another order.
    assert!(
        ratio < 10.0,
        "reading and folding take {ratio:.1} times as long as the script"
    );
}
