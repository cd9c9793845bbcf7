use super::super::testing::{case, minute, outage};
use super::*;
use crate::classify::calendar::FixedOffset;
use crate::model::laws::config;
use crate::model::term::Level;
use proptest::prelude::*;

#[test]
fn addresses_are_filters_and_the_rest_is_left_alone() {
    for (query, printed) in [
        ("", ""),
        ("by=month", ""),
        ("by=service&by=nonsense", "by=service"),
        (
            "to=2026-03-31&from=2026-01-01",
            "from=2026-01-01&to=2026-03-31",
        ),
        (
            "from=2026-03-01&to=2026-01-01",
            "from=2026-01-01&to=2026-03-01",
        ),
        ("from=2026-02-30&from=2026-13-01&to=yesterday", ""),
        ("last=30&from=2026-01-01", "last=30"),
        ("?last=0&last=-1&last=99999999", ""),
        (
            "service=API+Requests&service=api%20requests&service=%20",
            "service=API%20Requests",
        ),
        (
            "priority=3&priority=1&priority=9&priority=1&priority=none",
            "priority=1,3,none",
        ),
        (
            "major=yes&major=perhaps&source=foreign",
            "major=yes&source=foreign",
        ),
        ("nature=drill&nature=drill&nature=x", "nature=drill"),
        ("=&&&x=%zz&service", ""),
    ] {
        assert_eq!(Filter::parse(query).query(), printed, "{query}");
    }
}

/// Titles of what passes, and how many are left out for what they are.
fn check(cases: &[Case], query: &str, expected: &[&str], left_out: &str) {
    let filter = Filter::parse(query);
    let selection = Selection::of(cases, &filter, &FixedOffset(0), minute(1000));
    let titles = selection.cases.iter().map(|case| case.title.as_str());
    assert_eq!(titles.collect::<Vec<_>>(), expected, "{query}");
    assert_eq!(selection.left_out.words(), left_out, "{query}");
    let out = selection.left_out;
    let kept_out = out.drills + out.tests + out.samples + out.duplicates + out.not_asked_for;
    assert_eq!(kept_out + expected.len(), cases.len(), "{query}");
}

#[test]
fn what_is_no_incident_counts_only_where_it_is_asked_for() {
    let mut cases: Vec<Case> = (1..8).map(|n| case(n, minute(n.into()))).collect();
    for (case, nature) in cases.iter_mut().zip(Nature::ALL) {
        case.nature = *nature;
    }
    cases[5].duplicate = true;
    cases[6].foreign = true;
    cases[6].major = true;
    cases[6].priority = None;
    cases[6].outages = vec![outage("Mail", Level::Down, 7, 20)];
    // Real, test, retrospective, sample, drill, a duplicate, a foreign one.
    let usual = "Left out: 1 drill, 1 test, 1 sample, 1 duplicate.";
    check(&cases, "", &["Case 1", "Case 3", "Case 7"], usual);
    let asked = "Left out: 1 test, 1 sample, 1 duplicate.";
    check(&cases, "nature=drill", &["Case 5"], asked);
    check(
        &cases,
        "nature=drill&nature=real",
        &["Case 1", "Case 5", "Case 7"],
        asked,
    );
    check(&cases, "source=foreign", &["Case 7"], usual);
    check(&cases, "source=own", &["Case 1", "Case 3"], usual);
    check(&cases, "major=yes", &["Case 7"], usual);
    check(&cases, "priority=none", &["Case 7"], usual);
    check(&cases, "service=mail", &["Case 7"], usual);
    check(&cases, "service=Wiki", &[], usual);
    check(&cases, "from=2026-11-25", &[], usual);
}

#[test]
fn days_begin_where_the_reader_is() {
    let at = |text: &str| Timestamp::parse_rfc3339(text).unwrap();
    let cases = [
        case(1, at("2026-11-23T22:59:59Z")),
        case(2, at("2026-11-23T23:00:00Z")),
        case(3, at("2026-11-24T22:59:59Z")),
        case(4, at("2026-11-24T23:00:00Z")),
    ];
    let filter = Filter::parse("from=2026-11-24&to=2026-11-24");
    let count = |now: &str| {
        let selection = Selection::of(&cases, &filter, &FixedOffset(60), at(now));
        let length = selection.period.map(|period| period.length());
        (selection.cases.len(), selection.reaching.len(), length)
    };
    assert_eq!(count("2026-12-01T00:00:00Z"), (2, 4, Some(Span::days(1))));
    assert_eq!(count("2026-11-24T11:00:00Z").2, Some(Span::hours(12)));
    // What is stated for later than now counts as just now.
    assert_eq!(count("2026-11-24T11:00:00Z").0, 3);
    assert_eq!(count("2026-11-23T11:00:00Z"), (0, 4, None));
}

fn filters() -> impl Strategy<Value = Filter> {
    let date = || prop::option::of((1..=9999_i32, 1..=12_u32, 1..=28_u32));
    let when = (date(), date(), any::<u16>(), any::<bool>());
    let lists = (
        prop::collection::vec("\\PC{0,20}", 0..4),
        prop::collection::vec(0..6_u8, 0..4),
        prop::collection::vec(prop::sample::select(Nature::ALL), 0..3),
    );
    let choices = (any::<Option<bool>>(), 0..3_usize, 0..By::ALL.len());
    (when, lists, choices).prop_map(|(when, lists, (major, source, by))| {
        let day = |day: Option<(i32, u32, u32)>| day.and_then(|(y, m, d)| Date::new(y, m, d));
        let (from, to, last, is_last) = when;
        let between = When::Between(day(from), day(to));
        let filter = Filter {
            when: if is_last { When::Last(last) } else { between },
            services: lists.0,
            priorities: lists.1.into_iter().map(Priority::new).collect(),
            natures: lists.2,
            major,
            source: Source::ALL.get(source).copied(),
            by: By::ALL[by],
        };
        filter.tidy()
    })
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn printing_and_reading_agree(filter in filters()) {
        prop_assert_eq!(Filter::parse(&filter.query()), filter);
    }

    #[test]
    fn any_text_is_a_filter(
        text in ".*",
        pairs in prop::collection::vec(("from|to|last|service|priority|major|nature|source|by", ".{0,12}|[0-9]{4}-[0-9]{2}-[0-9]{2}"), 0..6),
    ) {
        let pairs: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
        for text in [text, pairs.join("&")] {
            let filter = Filter::parse(&text);
            prop_assert_eq!(&Filter::parse(&filter.query()), &filter);
            let cases = [case(1, minute(0))];
            let selection = Selection::of(&cases, &filter, &FixedOffset(-600), minute(10));
            prop_assert!(selection.cases.len() <= selection.reaching.len());
        }
    }
}
