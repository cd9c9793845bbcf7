//! Figures over 399 real incidents, compared with those of a calculation in another language.
//!
//! `tests/measures.mjs` reads the same file and knows only the definitions; it is run by Node.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic)]

use std::path::PathBuf;
use std::process::Command;

use muster::classify::calendar::FixedOffset;
use muster::format::statuspage;
use muster::measure::groups::{rows, total};
use muster::measure::{Case, Filter, Measure, Ratio, Row, Selection, csv};
use muster::model::organisation::Organisation;
use muster::model::{Cursor, Fold, Timestamp};
use serde_json::{Map, Value, json};

/// After the last incident of the page.
const NOW: &str = "2025-01-01T00:00:00Z";

fn real_page() -> PathBuf {
    let shared = std::env::var_os("MUSTER_SHARED").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    );
    shared.join("data/statuspage-incidents-2022-2024.json")
}

fn now() -> Timestamp {
    Timestamp::parse_rfc3339(NOW).unwrap()
}

fn cases() -> Vec<Case> {
    let path = real_page();
    let text = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let reading = statuspage::read(&text).unwrap();
    let logs = reading.logs.iter();
    logs.filter_map(|log| Case::of(Fold::of(&[log], Cursor::Now).incident()))
        .collect()
}

/// What the other calculation says.
fn expected() -> Value {
    let script = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/measures.mjs");
    let node = Command::new("node")
        .arg(script)
        .arg(real_page())
        .arg(NOW)
        .output()
        .unwrap();
    assert!(
        node.status.success(),
        "{}",
        String::from_utf8_lossy(&node.stderr)
    );
    serde_json::from_slice(&node.stdout).unwrap()
}

/// Numbers as JavaScript prints them: whole ones without a point.
fn number(minutes: &str) -> Value {
    let number: f64 = minutes.parse().unwrap();
    if number.fract() == 0.0 {
        json!(number as i64)
    } else {
        json!(number)
    }
}

fn times(row: &Row, measure: Measure) -> Value {
    let times = row.time(measure).unwrap();
    let (n, of) = (times.count(), times.of_how_many());
    let (Some(median), Some(p90), Some(mean)) = (times.median(), times.p90(), times.mean()) else {
        return json!({ "n": n, "of": of });
    };
    json!({
        "n": n,
        "of": of,
        "median": number(&median.minutes(2)),
        "p90": number(&Ratio::span(p90).minutes(2)),
        "mean": mean.minutes(2),
    })
}

fn figures(row: &Row) -> Value {
    json!({
        "incidents": row.incidents.len(),
        "major": row.major,
        "mitigate": times(row, Measure::Mitigate),
        "restore": times(row, Measure::Restore),
        "resolve": times(row, Measure::Resolve),
        "union": number(&row.downtime.whole().minutes(2)),
        "weighted": number(&row.downtime.weighted().minutes(2)),
    })
}

/// The rows that a filter asks for, by name.
fn asked(cases: &[Case], query: &str, name: impl Fn(&Row) -> Option<String>) -> Value {
    let (zone, organisation) = (FixedOffset(0), Organisation::default());
    let selection = Selection::of(cases, &Filter::parse(query), &zone, now());
    let rows = rows(&selection, &organisation, &zone, now());
    let named = rows
        .iter()
        .filter_map(|row| Some((name(row)?, figures(row))));
    Value::Object(named.collect::<Map<_, _>>())
}

#[test]
fn an_independent_calculation_comes_to_the_same() {
    let (cases, expected) = (cases(), expected());
    assert_eq!(cases.len(), 399);
    let (zone, nobody) = (FixedOffset(0), Organisation::default());
    let selection = Selection::of(&cases, &Filter::default(), &zone, now());
    let all = total(&selection, &nobody, &zone, now()).unwrap();
    assert_eq!(figures(&all), expected["all"]);
    assert_eq!(json!(all.without_service), expected["unnamed"]);
    assert_eq!((all.incidents.len(), all.major), (399, 1));

    let name = |row: &Row| Some(row.name());
    // The page has months to the last incident; what follows is empty on both sides.
    let period = "from=2022-01-01&to=2024-12-31";
    let mut months = asked(&cases, &format!("{period}&by=month"), name);
    let months = months.as_object_mut().unwrap();
    let theirs = expected["months"].as_object().unwrap();
    months.retain(|month, figures| theirs.contains_key(month) || figures["incidents"] != json!(0));
    assert_eq!(Value::Object(months.clone()), expected["months"]);
    assert!(months.len() > 24, "{}", months.len());

    let impact = |row: &Row| {
        let impacts = ["critical", "major", "minor", "none", "maintenance"];
        let place: usize = row.name().parse().unwrap();
        Some(impacts[place - 1].to_owned())
    };
    assert_eq!(asked(&cases, "by=priority", impact), expected["impacts"]);

    let named = |row: &Row| (row.name() != "none").then(|| row.name());
    assert_eq!(asked(&cases, "by=service", named), expected["services"]);
}

#[test]
fn a_page_that_states_no_detection_has_no_time_to_detect() {
    let cases = cases();
    let (zone, nobody) = (FixedOffset(0), Organisation::default());
    let selection = Selection::of(&cases, &Filter::default(), &zone, now());
    let all = total(&selection, &nobody, &zone, now()).unwrap();
    for (measure, basis) in [
        (Measure::Detect, "0 of 399: 399 lack a moment"),
        (Measure::Acknowledge, "0 of 399: 399 lack a moment"),
        (Measure::Mitigate, "0 of 399: 399 lack a moment"),
        (Measure::Restore, "399 of 399"),
        (Measure::Resolve, "399 of 399"),
    ] {
        assert_eq!(all.time(measure).unwrap().basis(), basis);
    }
    let none = Selection::of(&cases, &Filter::parse("source=own"), &zone, now());
    assert_eq!((none.cases.len(), none.period), (0, None));
    assert_eq!(
        csv::csv(&selection, &nobody, now()).matches("\r\n").count(),
        400
    );
    assert!(cases.iter().all(|case| case.disorder().is_empty()));
}
