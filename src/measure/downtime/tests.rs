use super::super::testing::{declare, folded, minute, outage, worked_outages};
use super::*;
use crate::guide::write;
use crate::model::laws::config;
use crate::model::term::Nature;
use proptest::prelude::*;

#[test]
fn the_worked_example_of_the_rules() {
    let down = downtime(&worked_outages());
    assert_eq!(down.whole().minutes(0), "95");
    assert_eq!(down.weighted().minutes(1), "62.5");
}

#[test]
fn weights_follow_the_levels() {
    let weights: Vec<u16> = Level::ALL.iter().map(|level| weight(*level)).collect();
    assert_eq!(weights, [250, 500, 1000]);
}

#[test]
fn a_change_of_level_goes_on_with_the_outage_and_a_return_is_another() {
    let down = |level| move |incident: &Incident| write::affect(incident, "Mail", level);
    let back = |incident: &Incident| write::restore(incident, "Mail");
    let close = |incident: &Incident| write::close(incident, "", Vec::new(), "");
    let lines: [super::super::testing::Line<'_>; 6] = [
        (0, &declare(Nature::Real)),
        (10, &down(Level::Degraded)),
        (20, &down(Level::Down)),
        (40, &back),
        (60, &down(Level::PartlyDown)),
        (90, &close),
    ];
    let all = |count: usize, now| {
        let outages = outages(&folded(&lines[..count]));
        let down = of_outages(outages.iter(), Period::until(minute(now)));
        let minutes = (down.whole().minutes(0), down.weighted().minutes(2));
        (outages.len(), outages.last().map(|one| one.end), minutes)
    };
    let minutes = |whole: &str, weighted: &str| (whole.to_owned(), weighted.to_owned());
    assert_eq!(all(1, 100), (0, None, minutes("0", "0.00")));
    assert_eq!(all(2, 15), (1, Some(End::Running), minutes("5", "1.25")));
    assert_eq!(all(4, 100), (1, Some(End::Stated), minutes("30", "22.50")));
    assert_eq!(all(5, 80), (2, Some(End::Running), minutes("50", "32.50")));
    // Nobody said that it works again, but the incident is over.
    assert_eq!(
        all(6, 900),
        (2, Some(End::Incident), minutes("60", "37.50"))
    );
}

#[test]
fn a_period_clips_and_never_reaches_beyond_now() {
    let mail = outage("Mail", Level::Down, 10, 50);
    let length = |from, to, now| {
        let period = Period::of(minute(from), minute(to), minute(now))?;
        Some(
            of_outages([&mail].into_iter(), period)
                .union
                .whole_minutes(),
        )
    };
    for (from, to, now, expected) in [
        (0, 100, 200, Some(40)),
        (20, 30, 200, Some(10)),
        (20, 100, 25, Some(5)),
        (60, 100, 200, Some(0)),
        (60, 100, 60, None),
        (60, 60, 100, None),
    ] {
        assert_eq!(length(from, to, now), expected, "{from} to {to} at {now}");
    }
}

fn stretches() -> impl Strategy<Value = Vec<Stretch>> {
    let one = (0..500_i64, -5..120_i64, 0..=1000_u16);
    let one = one.prop_map(|(from, length, weight)| Stretch {
        from: minute(from),
        to: minute(from + length),
        weight,
    });
    prop::collection::vec(one, 0..12)
}

/// Minute by minute, as the definition says it.
fn by_minutes(stretches: &[Stretch]) -> (i64, i64) {
    let (mut union, mut weighted) = (0, 0);
    for at in (0..700).map(minute) {
        let open = stretches.iter().filter(|one| one.from <= at && at < one.to);
        if let Some(heaviest) = open.map(|one| i64::from(one.weight)).max() {
            union += 1;
            weighted += heaviest;
        }
    }
    (union, weighted)
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn the_union_is_what_its_definition_says(stretches in stretches(), seed: u64) {
        let down = downtime(&stretches);
        let minutes = (down.union.whole_minutes(), down.weighted_us / 60_000);
        prop_assert_eq!(minutes, by_minutes(&stretches));
        prop_assert!(down.weighted() <= down.whole());
        let sum: i64 = stretches.iter().map(|one| (one.to - one.from).0.max(0)).sum();
        prop_assert!(down.union.0 <= sum);
        let mut shuffled = stretches.clone();
        shuffled.sort_by_key(|one| (one.from.ms() ^ one.to.ms()).wrapping_mul(seed as i64 | 1));
        prop_assert_eq!(downtime(&shuffled), down);
        let mut twice = stretches.clone();
        twice.extend(stretches);
        prop_assert_eq!(downtime(&twice), down);
    }

    #[test]
    fn periods_side_by_side_hold_what_one_holds(
        hits in prop::collection::vec((0..500_i64, 1..120_i64, 0..3_usize), 0..8), cut in 0..700_i64,
    ) {
        let outages: Vec<Outage> = hits
            .into_iter()
            .map(|(from, length, level)| outage("Mail", Level::ALL[level], from, from + length))
            .collect();
        let within = |from, to| {
            let period = Period::of(minute(from), minute(to), minute(700));
            period.map_or(Downtime::default(), |period| of_outages(outages.iter(), period))
        };
        let (all, left, right) = (within(0, 700), within(0, cut), within(cut, 700));
        prop_assert_eq!(all.union.0, left.union.0 + right.union.0);
        prop_assert_eq!(all.weighted_us, left.weighted_us + right.weighted_us);
    }
}
