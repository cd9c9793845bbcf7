use super::super::downtime::downtime;
use super::super::testing::{minute, worked_outages};
use super::*;

/// 30 days.
fn month() -> Period {
    let end = minute(0);
    Period::of(end - Span::days(30), end, end).unwrap()
}

#[test]
fn the_worked_example_of_the_rules() {
    let down = downtime(&worked_outages());
    let found = availability(down, month());
    assert_eq!(found.whole.percent(3), "99.780");
    assert_eq!(found.weighted.percent(3), "99.855");
    assert_eq!((credit(found.whole), credit(found.weighted)), (10, 10));
    let budget = budget(Slo::USUAL, down, month());
    assert_eq!(budget.allowed.minutes(1), "43.2");
    assert_eq!(budget.weighted.percent(1), "144.7");
    assert_eq!(
        between_failures(down, 3, month()).unwrap().minutes(2),
        "14368.33"
    );
    assert_eq!(mean_restore(down, 3).unwrap().minutes(2), "31.67");
    assert_eq!(
        (between_failures(down, 0, month()), mean_restore(down, 0)),
        (None, None)
    );
}

#[test]
fn burning_is_counted_against_what_may_fail() {
    let burn = burn(Ratio::millionths(15_000), Slo::USUAL);
    assert_eq!(burn, Ratio::whole(15));
    let burnt_of = |burn, lasted| burnt(burn, lasted, Span::days(30)).percent(3);
    assert_eq!(burnt_of(burn, Span::hours(1)), "2.083");
    let alerts: Vec<String> = BURN_ALERTS
        .iter()
        .map(|alert| burnt_of(Ratio::of(alert.tenths.into(), 10).unwrap(), alert.over))
        .collect();
    assert_eq!(alerts, ["2.000", "5.000", "10.000"]);
}

#[test]
fn a_tier_begins_strictly_below_its_figure() {
    for (millionths, percent) in [
        (1_000_000, 0),
        (999_000, 0),
        (998_999, 10),
        (990_000, 10),
        (989_999, 25),
        (950_000, 25),
        (949_999, 100),
        (0, 100),
    ] {
        assert_eq!(
            credit(Ratio::millionths(millionths)),
            percent,
            "{millionths}"
        );
    }
}

#[test]
fn aims_are_read_as_people_write_them() {
    for (text, percent) in [
        ("99.9", Some("99.9")),
        (" 99,95 % ", Some("99.95")),
        ("99", Some("99")),
        ("99.9999", Some("99.9999")),
        ("90.0", Some("90")),
        ("0", Some("0")),
        ("100", None),
        ("99.99999", None),
        ("-1", None),
        ("", None),
        (".9", None),
        ("9.9.9", None),
        ("99999999999", None),
    ] {
        let read = Slo::parse(text).map(Slo::percent);
        assert_eq!(read.as_deref(), percent, "{text:?}");
    }
    assert_eq!(Slo::parse("99.9"), Some(Slo::USUAL));
}
