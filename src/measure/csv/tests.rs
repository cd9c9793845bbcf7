use super::super::Filter;
use super::super::testing::{case, declare, folded, minute, outage, state};
use super::*;
use crate::classify::calendar::FixedOffset;
use crate::model::term::{Level, Nature, Stamp};
use expect_test::expect;

#[test]
fn a_row_has_what_was_stated_and_says_what_was_not() {
    let incident = folded(&[
        (0, &declare(Nature::Real)),
        (1, &state(Stamp::ImpactStarted, minute(-10))),
        (2, &state(Stamp::Detected, minute(-20))),
        (30, &state(Stamp::Restored, minute(30))),
    ]);
    let mut case = Case::of(&incident).unwrap();
    case.title = "=HYPERLINK(\"x\")".to_owned();
    case.outages = vec![outage("Mail", Level::Degraded, 0, 30)];
    case.causes = vec!["@cause".to_owned()];
    let written = written(&[case]);
    let (head, row) = written.split_once("\r\n").unwrap();
    expect![[r#"
        "Incident"
        "Title"
        "Nature"
        "Source"
        "Priority"
        "Major"
        "State"
        "Services"
        "Causes"
        "Impact started (UTC)"
        "Detected (UTC)"
        "Acknowledged (UTC)"
        "Declared (UTC)"
        "Mitigated (UTC)"
        "Service restored (UTC)"
        "Resolved (UTC)"
        "Closed (UTC)"
        "Time to detect (min)"
        "Time to acknowledge (min)"
        "Time to mitigate (min)"
        "Time to restore (min)"
        "Time to resolve (min)"
        "Downtime in the period (min)"
        "Downtime, weighted (min)"
        "Cost (EUR)"
        "Updates sent"
        "Announced updates in time"
        "Announced updates late"
        "Announced updates missed"
        "Period"
        "Remarks""#]]
    .assert_eq(&head.replace("\",\"", "\"\n\""));
    expect![[r#"
        "040g2081040g2081"
        "'=HYPERLINK(""x"")"
        "real"
        "Declared here"
        "pending"
        "no"
        "open"
        "Mail"
        "'@cause"
        "2026-11-24T11:50:00.000Z"
        "2026-11-24T11:40:00.000Z"
        ""
        "2026-11-24T12:00:00.000Z"
        ""
        "2026-11-24T12:30:00.000Z"
        ""
        ""
        ""
        ""
        ""
        "40.00"
        ""
        "30.00"
        "7.50"
        "60.00"
        "0"
        "0"
        "0"
        "0"
        "2026-11-24T11:50:00.000Z to 2026-11-24T13:00:00.000Z"
        "“Detected” lies 10 min before “impact started”. Time to acknowledge: nobody stated “Acknowledged”. Time to mitigate: nobody stated “Mitigated”. Time to resolve: running for 1 h 10.""#]].assert_eq(&row.trim_end().replace("\",\"", "\"\n\""));
    assert_eq!(file_name(minute(0)), "muster-measures-2026-11-24.csv");
}

/// All of these as CSV, an hour after noon.
fn written(cases: &[Case]) -> String {
    let organisation =
        r#"{"currency": "EUR", "services": [{"name": "Mail", "cost_per_minute": 2}]}"#;
    let organisation = Organisation::read(organisation).unwrap();
    let selection = Selection::of(cases, &Filter::default(), &FixedOffset(0), minute(60));
    csv(&selection, &organisation, minute(60))
}

#[test]
fn every_row_has_every_column() {
    let strange = Case {
        title: "a,\"b\"\r\n\tc".to_owned(),
        ..case(1, minute(0))
    };
    let written = written(&[strange]);
    let quotes = written.matches('"').count();
    let columns = FIRST.len() + Moment::ALL.len() + Measure::ALL.len() + LAST.len();
    // Two about each cell, and two for each quote within.
    assert_eq!(quotes, 2 * 2 * columns + 4);
    assert_eq!(written.matches("\r\n").count(), 2);
}
