use super::super::case::{Moment, Stated};
use super::super::testing::{case, minute, outage};
use super::*;
use crate::classify::calendar::FixedOffset;
use crate::model::EventId;
use crate::model::id::Writer;
use crate::model::laws::config;
use crate::model::term::{Level, Priority};
use proptest::prelude::*;

const DAY: i64 = 1440;

/// A case that began at a minute and was over some minutes later.
fn over(n: u8, began: i64, took: i64) -> Case {
    let stated = |moment, at, seq| Stated {
        moment,
        at: minute(at),
        event: EventId {
            writer: Writer::from_bytes([n; 10]),
            seq,
        },
    };
    Case {
        moments: vec![
            stated(Moment::ImpactStarted, began, 1),
            stated(Moment::Restored, began + took, 2),
        ],
        outages: vec![outage("Mail", Level::PartlyDown, began, began + took)],
        ..case(n, minute(began))
    }
}

/// Each row as "key: incidents (major), restore n, downtime, failures".
fn shown(rows: &[Row]) -> Vec<String> {
    let row = |row: &Row| {
        format!(
            "{}: {} ({}), {}, {} min, {}",
            row.name(),
            row.incidents.len(),
            row.major,
            row.time(Measure::Restore).unwrap().basis(),
            row.downtime.whole().minutes(0),
            row.failures
        )
    };
    rows.iter().map(row).collect()
}

fn check(cases: &[Case], query: &str, now: i64, expected: &[&str]) {
    let filter = Filter::parse(query);
    let zone = FixedOffset(0);
    let selection = Selection::of(cases, &filter, &zone, minute(now));
    let rows = rows(&selection, &Organisation::default(), &zone, minute(now));
    assert_eq!(shown(&rows), expected, "{query}");
}

#[test]
fn months_have_no_gap_and_downtime_counts_where_it_was() {
    // Noon of 24 November 2026, 30 November 22:00 for six hours, 2 February.
    let mut cases = vec![
        over(1, 0, 60),
        over(2, 6 * DAY + 600, 360),
        over(3, 70 * DAY, 10),
    ];
    cases[1].major = true;
    cases[2].moments.pop();
    let now = 80 * DAY;
    check(
        &cases,
        "",
        now,
        &[
            "2026-11: 2 (1), 2 of 2, 180 min, 2",
            "2026-12: 0 (0), 0 of 0, 240 min, 1",
            "2027-01: 0 (0), 0 of 0, 0 min, 0",
            "2027-02: 1 (0), 0 of 1: 1 lacks a moment, 10 min, 1",
        ],
    );
    check(
        &cases,
        "from=2026-12-01&to=2026-12-31",
        now,
        &["2026-12: 0 (0), 0 of 0, 240 min, 1"],
    );
    check(&[], "", now, &[]);
    let mut strange = over(4, 0, 10);
    strange.began = Timestamp::MIN;
    check(
        &[strange],
        "",
        now,
        &[
            "0001-01: 1 (0), 1 of 1, 0 min, 0",
            "2026-11: 0 (0), 0 of 0, 10 min, 1",
        ],
    );
}

#[test]
fn services_and_causes_are_groups_and_so_is_what_nobody_stated() {
    let mut cases = vec![over(1, 0, 60), over(2, 30, 60), over(3, 500, 10)];
    cases[0].outages.push(outage("Search", Level::Down, 0, 5));
    cases[1].outages[0].service = "mail".to_owned();
    cases[2].outages.clear();
    cases[0].causes = vec!["Disk full".to_owned(), "No alert".to_owned()];
    cases[1].causes = vec!["disk full".to_owned()];
    cases[2].priority = None;
    cases[0].priority = Some(Priority::P1);
    let now = DAY;
    check(
        &cases,
        "by=service",
        now,
        &[
            "Mail: 2 (0), 2 of 2, 90 min, 2",
            "Search: 1 (0), 1 of 1, 5 min, 1",
            "none: 1 (0), 1 of 1, 0 min, 0",
        ],
    );
    check(
        &cases,
        "by=service&service=search",
        now,
        &["Search: 1 (0), 1 of 1, 5 min, 1"],
    );
    check(
        &cases,
        "by=cause",
        now,
        &[
            "Disk full: 2 (0), 2 of 2, 90 min, 3",
            "No alert: 1 (0), 1 of 1, 60 min, 2",
            "none: 1 (0), 1 of 1, 0 min, 0",
        ],
    );
    check(
        &cases,
        "by=priority",
        now,
        &[
            "1: 1 (0), 1 of 1, 60 min, 2",
            "2: 1 (0), 1 of 1, 60 min, 1",
            "3: 0 (0), 0 of 0, 0 min, 0",
            "4: 0 (0), 0 of 0, 0 min, 0",
            "5: 0 (0), 0 of 0, 0 min, 0",
            "none: 1 (0), 1 of 1, 0 min, 0",
        ],
    );
    check(
        &cases,
        "by=source",
        now,
        &[
            "own: 3 (0), 3 of 3, 90 min, 3",
            "foreign: 0 (0), 0 of 0, 0 min, 0",
        ],
    );
    let (filter, zone) = (Filter::default(), FixedOffset(0));
    let selection = Selection::of(&cases, &filter, &zone, minute(now));
    let all = total(&selection, &Organisation::default(), &zone, minute(now)).unwrap();
    assert_eq!(all.without_service, 1);
    assert_eq!(all.share_of_major(), Some(Ratio::ZERO));
    assert_eq!(all.mean_restore().unwrap().minutes(0), "30");
    assert_eq!(all.availability().whole.percent(2), "93.75");
    assert_eq!(all.between_failures().unwrap().minutes(0), "450");
}

#[test]
fn a_row_is_asked_for_alone_and_services_of_the_catalogue_are_there() {
    let cases = [over(1, 0, 60), over(2, 40 * DAY, 30)];
    let organisation =
        r#"{"services": [{"name": "mail", "cost_per_minute": 2}, {"name": "Wiki"}]}"#;
    let organisation = Organisation::read(organisation).unwrap();
    let (now, zone) = (minute(60 * DAY), FixedOffset(0));
    let asked = |filter: &Filter| {
        let selection = Selection::of(&cases, filter, &zone, now);
        rows(&selection, &organisation, &zone, now)
    };
    for by in ["month", "service", "priority", "source"] {
        let filter = Filter::parse(&format!("by={by}"));
        // Of what never happened nothing says since when it has not.
        let happened = |row: &Row| !row.incidents.is_empty();
        for row in asked(&filter).into_iter().filter(happened) {
            let alone = row.narrowed(&filter).unwrap();
            assert_eq!(Filter::parse(&alone.query()), alone);
            let again = asked(&alone);
            let same = again.iter().find(|one| one.key == row.key);
            assert_eq!(same.map(|one| &one.incidents), Some(&row.incidents), "{by}");
        }
    }
    let services = asked(&Filter::parse("by=service"));
    assert_eq!(
        shown(&services),
        [
            "Mail: 2 (0), 2 of 2, 90 min, 2",
            "Wiki: 0 (0), 0 of 0, 0 min, 0"
        ]
    );
    assert_eq!(services[0].cost.as_ref().unwrap().whole, Ratio::whole(180));
    assert_eq!(services[1].cost, None);
    assert_eq!(services[1].budget(Slo::USUAL).whole, Ratio::ZERO);
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn months_add_up_to_the_whole(
        begins in prop::collection::vec((0..400_i64, 1..60_i64), 1..10), offset in -720..840_i32,
    ) {
        let cases: Vec<Case> = begins
            .iter()
            .zip(1..)
            .map(|((day, hours), n)| over(n, day * DAY, hours * 60))
            .collect();
        let zone = FixedOffset(offset);
        let (now, nobody) = (minute(401 * DAY), Organisation::default());
        let selection = Selection::of(&cases, &Filter::default(), &zone, now);
        let all = total(&selection, &nobody, &zone, now).unwrap();
        let rows = rows(&selection, &nobody, &zone, now);
        let sum = |part: &dyn Fn(&Row) -> i64| rows.iter().map(part).sum::<i64>();
        prop_assert_eq!(sum(&|row| row.incidents.len() as i64), all.incidents.len() as i64);
        prop_assert_eq!(sum(&|row| row.downtime.union.0), all.downtime.union.0);
        prop_assert_eq!(sum(&|row| row.downtime.weighted_us), all.downtime.weighted_us);
        for pair in rows.windows(2) {
            prop_assert_eq!(pair[0].period.ends(), pair[1].period.begins());
        }
    }
}
