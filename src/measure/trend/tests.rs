use super::super::groups::rows;
use super::super::testing::{case, minute, outage};
use super::super::{Case, Filter, Selection};
use super::*;
use crate::classify::calendar::FixedOffset;
use crate::model::organisation::Organisation;
use crate::model::term::Level;

/// A series by month over two incidents, the second two months after the first.
fn check(series: Series, expected: &[(&str, &str, usize, bool)]) {
    let mut cases: Vec<Case> = [(1, 0), (2, 70 * 1440)]
        .into_iter()
        .map(|(n, began)| case(n, minute(began)))
        .collect();
    cases[0].major = true;
    cases[0].outages = vec![outage("Mail", Level::PartlyDown, 0, 64)];
    let (now, zone) = (minute(72 * 1440), FixedOffset(0));
    let selection = Selection::of(&cases, &Filter::default(), &zone, now);
    let rows = rows(&selection, &Organisation::default(), &zone, now);
    let points = points(&rows, series);
    let found: Vec<_> = points
        .iter()
        .map(|point| {
            (
                point.title.as_str(),
                point.words.as_str(),
                point.rests_on,
                point.few,
            )
        })
        .collect();
    assert_eq!(found, expected, "{}", series.title());
}

#[test]
fn months_without_a_figure_are_gaps_and_few_incidents_are_marked() {
    check(
        Series::Incidents,
        &[
            ("Nov 2026", "1", 1, false),
            ("Dec 2026", "0", 0, false),
            ("Jan 2027", "0", 0, false),
            ("Feb 2027", "1", 1, false),
        ],
    );
    check(
        Series::MajorShare,
        &[
            ("Nov 2026", "100.0 %", 1, true),
            ("Dec 2026", "none", 0, false),
            ("Jan 2027", "none", 0, false),
            ("Feb 2027", "0.0 %", 1, true),
        ],
    );
    check(
        Series::Weighted,
        &[
            ("Nov 2026", "32 min", 1, false),
            ("Dec 2026", "0 min", 0, false),
            ("Jan 2027", "0 min", 0, false),
            ("Feb 2027", "0 min", 0, false),
        ],
    );
    check(
        Series::Median(Measure::Restore),
        &[
            ("Nov 2026", "none", 0, false),
            ("Dec 2026", "none", 0, false),
            ("Jan 2027", "none", 0, false),
            ("Feb 2027", "none", 0, false),
        ],
    );
}

#[test]
fn what_is_not_all_is_not_shown_as_all() {
    for (millionths, text) in [
        (1_000_000, "100.0 %"),
        (999_999, "over 99.999 %"),
        (997_801, "99.780 %"),
        (125_000, "12.5 %"),
        (0, "0.0 %"),
    ] {
        assert_eq!(
            shown(Some(Ratio::millionths(millionths)), Unit::Share),
            text
        );
    }
    assert_eq!(shown(None, Unit::Share), "none");
}

#[test]
fn heights_are_parts_of_the_highest() {
    let point = |value: Option<i64>| Point {
        title: String::new(),
        value: value.map(Ratio::whole),
        words: String::new(),
        rests_on: 0,
        few: false,
    };
    let of = |values: &[Option<i64>]| {
        let points: Vec<Point> = values.iter().map(|value| point(*value)).collect();
        heights(&points, 100)
    };
    assert_eq!(
        of(&[Some(3), None, Some(1), Some(0)]),
        [Some(100), None, Some(33), Some(0)]
    );
    assert_eq!(of(&[Some(0), None]), [Some(0), None]);
    assert_eq!(of(&[]), []);
}
