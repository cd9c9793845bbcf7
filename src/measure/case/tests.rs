use super::super::testing::{case, clock, declare, folded, minute, state};
use super::super::times::{Figure, Measure, figure, figures};
use super::*;
use crate::guide::write;
use crate::model::id::Writer;
use crate::model::laws::config;
use crate::model::term::Level;
use crate::model::{EventId, Kind};
use proptest::prelude::*;

fn stated(moment: Moment, at: Timestamp) -> Stated {
    let writer = Writer::from_bytes([1; 10]);
    let event = EventId {
        writer,
        seq: moment as u32 + 1,
    };
    Stated { moment, at, event }
}

/// A case with these moments, by clock times.
fn with(moments: &[(Moment, &str)], closed: bool) -> Case {
    let moments = moments
        .iter()
        .map(|(moment, at)| stated(*moment, clock(at)));
    let mut case = case(1, clock("09:00"));
    case.moments = moments.collect();
    case.closed = closed;
    case
}

/// What each of the five times is, in words.
fn check(moments: &[(Moment, &str)], closed: bool, expected: [&str; 5]) {
    let case = with(moments, closed);
    let found: Vec<String> = figures(&case, clock("14:00"))
        .iter()
        .map(|(_, figure)| figure.words())
        .collect();
    assert_eq!(found, expected, "{moments:?}");
}

#[test]
fn the_worked_example_of_the_rules() {
    let incident = folded(&[
        (0, &declare(Nature::Real)),
        (1, &state(Stamp::ImpactStarted, clock("09:00"))),
        (2, &state(Stamp::Detected, clock("09:07"))),
        (3, &state(Stamp::Acknowledged, clock("09:12"))),
        (4, &state(Stamp::Mitigated, clock("10:02"))),
        (5, &state(Stamp::Restored, clock("10:45"))),
        (6, &state(Stamp::Resolved, clock("13:30"))),
        (300, &|incident: &Incident| {
            write::close(incident, "", Vec::new(), "")
        }),
    ]);
    let case = Case::of(&incident).unwrap();
    let figures = figures(&case, minute(600));
    let minutes: Vec<i64> = figures
        .iter()
        .filter_map(|(_, figure)| figure.span().map(Span::whole_minutes))
        .collect();
    assert_eq!(minutes, [7, 5, 62, 105, 270]);
    let (_, restore) = &figures[3];
    let says = |stamp| {
        let (setting, ()) = incident.stamps[&stamp].current_setting().unwrap();
        setting.id()
    };
    assert_eq!(
        restore.events(),
        [says(Stamp::ImpactStarted), says(Stamp::Restored)]
    );
    assert!(case.closed && case.began == clock("09:00"));
}

#[test]
fn what_nobody_stated_is_missing_and_what_has_not_come_is_running() {
    use Moment::*;
    check(
        &[
            (ImpactStarted, "09:00"),
            (Restored, "10:45"),
            (Closed, "13:00"),
        ],
        true,
        [
            "nobody stated “Detected”",
            "nobody stated “Detected” and “Acknowledged”",
            "nobody stated “Mitigated”",
            "1 h 45",
            "nobody stated “Resolved”",
        ],
    );
    check(
        &[
            (ImpactStarted, "09:00"),
            (Detected, "09:10"),
            (Declared, "09:12"),
        ],
        false,
        [
            "10 min",
            "running for 4 h 50",
            "running for 5 h 00",
            "running for 5 h 00",
            "running for 5 h 00",
        ],
    );
    check(
        &[
            (ImpactStarted, "09:00"),
            (Declared, "09:12"),
            (Resolved, "11:00"),
        ],
        false,
        [
            "nobody stated “Detected”",
            "nobody stated “Detected” and “Acknowledged”",
            "nobody stated “Mitigated”",
            "nobody stated “Service restored”",
            "2 h 00",
        ],
    );
    check(
        &[(Declared, "09:12")],
        false,
        [
            "nobody stated “Impact started” and “Detected”",
            "nobody stated “Detected”",
            "nobody stated “Impact started”",
            "nobody stated “Impact started”",
            "nobody stated “Impact started”",
        ],
    );
}

#[test]
fn moments_in_the_wrong_order_have_no_time_and_are_told() {
    use Moment::*;
    let moments = [
        (ImpactStarted, "09:30"),
        (Detected, "09:07"),
        (Acknowledged, "09:12"),
        (Declared, "09:10"),
        (Restored, "10:45"),
        (Closed, "10:00"),
    ];
    let case = with(&moments, true);
    assert_eq!(
        figure(&case, Measure::Detect, clock("12:00")).words(),
        "out of order: “Detected” lies 23 min before “impact started”"
    );
    assert_eq!(figure(&case, Measure::Detect, clock("12:00")).span(), None);
    let told: Vec<String> = case.disorder().iter().map(Disorder::words).collect();
    assert_eq!(
        told,
        [
            "“Detected” lies 23 min before “impact started”.",
            "“Acknowledged” lies 18 min before “impact started”.",
            "“Declared” lies 20 min before “impact started”.",
            "“Closed” lies 45 min before “service restored”.",
        ]
    );
    let mut after = with(&[(Declared, "12:00"), (Restored, "10:45")], true);
    assert_eq!(after.disorder().len(), 1);
    after.nature = Nature::Retrospective;
    assert_eq!(after.disorder(), []);
}

#[test]
fn reopening_lets_the_end_run_again_until_it_is_closed() {
    let lines: [super::super::testing::Line<'_>; 5] = [
        (0, &declare(Nature::Real)),
        (1, &state(Stamp::ImpactStarted, minute(0))),
        (30, &state(Stamp::Restored, minute(30))),
        (40, &|incident: &Incident| {
            write::close(incident, "", Vec::new(), "")
        }),
        (50, &|incident: &Incident| {
            write::reopen(incident, "It failed again")
        }),
    ];
    let closed = Case::of(&folded(&lines[..4])).unwrap();
    let restore = |case: &Case| figure(case, Measure::Restore, minute(60));
    assert_eq!(restore(&closed).span(), Some(Span::minutes(30)));
    let open = Case::of(&folded(&lines)).unwrap();
    assert_eq!(open.reopened, Some(minute(50)));
    assert!(
        matches!(restore(&open), Figure::Running { so_far, .. } if so_far == Span::minutes(60))
    );
}

#[test]
fn withdrawn_incidents_are_no_cases_and_causes_come_from_reviews_and_hypotheses() {
    let withdrawn = folded(&[
        (0, &declare(Nature::Real)),
        (1, &|incident: &Incident| {
            write::retract(incident.declared[0].id())
        }),
    ]);
    assert_eq!(Case::of(&withdrawn), None);
    assert_eq!(Case::of(&Incident::default()), None);
    let found = folded(&[
        (0, &declare(Nature::Drill)),
        (1, &|_: &Incident| write::hypothesis("Disk full")),
        (2, &|_: &Incident| write::hypothesis("A bad deploy")),
        (3, &|incident: &Incident| {
            write::decide_hypothesis(incident.hypotheses[0].id(), true, "")
        }),
        (4, &|_: &Incident| {
            write::finding(FindingKind::ContributingFactor, "No alert on the disk")
        }),
        (5, &|_: &Incident| {
            write::finding(FindingKind::Luck, "It was night")
        }),
        (6, &|_: &Incident| {
            write::finding(FindingKind::ContributingFactor, "disk full")
        }),
        (7, &|_: &Incident| {
            write::link(Relation::Duplicate, crate::model::testing::incident(2))
        }),
        (8, &|incident: &Incident| {
            write::affect(incident, "Mail", Level::Down)
        }),
    ]);
    let case = Case::of(&found).unwrap();
    assert_eq!(case.causes, ["No alert on the disk", "disk full"]);
    assert_eq!((case.nature, case.duplicate), (Nature::Drill, true));
    assert_eq!(case.age(minute(60)), Some(Span::minutes(60)));
    assert_eq!(found.timeline[0].kind, Kind::Declared);
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn no_time_is_negative_and_none_is_made_of_what_is_missing(
        minutes in prop::collection::vec(prop::option::of(-600..600_i64), 8), now in -700..700_i64, closed: bool,
        reopened in prop::option::of(-600..600_i64),
    ) {
        let mut case = case(1, minute(0));
        let moments = Moment::ALL.into_iter().zip(minutes);
        case.moments = moments.filter_map(|(moment, at)| Some(stated(moment, minute(at?)))).collect();
        case.closed = closed;
        case.reopened = reopened.filter(|_| !closed).map(minute);
        for measure in Measure::ALL {
            let (from, to) = measure.between();
            match figure(&case, measure, minute(now)) {
                Figure::Known { span, from: begin, to: end } => {
                    prop_assert_eq!((case.stated(from), case.stated(to)), (Some(begin), Some(end)));
                    prop_assert!(!span.is_negative());
                }
                Figure::Running { so_far, .. } => prop_assert!(!closed && !so_far.is_negative()),
                Figure::Missing(missing) => {
                    prop_assert!(!missing.is_empty());
                    let stated = missing.iter().filter(|moment| case.stated(**moment).is_some());
                    prop_assert!(stated.count() == 0 || case.reopened.is_some());
                }
                Figure::OutOfOrder { from, to } => prop_assert!(to.at < from.at),
            }
        }
        for wrong in case.disorder() {
            prop_assert!(wrong.later.at < wrong.earlier.at && wrong.earlier.moment < wrong.later.moment);
        }
    }
}
