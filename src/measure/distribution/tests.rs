use super::*;
use crate::measure::Moment;
use crate::model::laws::config;
use proptest::prelude::*;

fn of(minutes: &[i64]) -> Distribution {
    let mut spans: Vec<Span> = minutes.iter().map(|n| Span::minutes(*n)).collect();
    order::sort(&mut spans);
    Distribution {
        spans,
        ..Distribution::default()
    }
}

#[test]
fn the_worked_example_of_the_rules() {
    let found = of(&[610, 12, 18, 25, 31, 44, 52, 60, 75, 140]);
    assert_eq!(found.mean().unwrap().minutes(1), "106.7");
    assert_eq!(found.median(), Some(Ratio::span(Span::minutes(48))));
    assert_eq!(found.p90(), Some(Span::minutes(140)));
}

#[test]
fn small_counts_are_marked_and_nothing_is_made_of_nothing() {
    for (minutes, median, p90, small) in [
        (&[][..], None, None, true),
        (&[7], Some("7.0"), Some(7), true),
        (&[7, 8], Some("7.5"), Some(8), true),
        (&[1, 2, 3, 4, 5], Some("3.0"), Some(5), false),
    ] {
        let found = of(minutes);
        let shown = found.median().map(|median| median.minutes(1));
        assert_eq!(shown.as_deref(), median);
        assert_eq!(found.p90().map(Span::whole_minutes), p90);
        assert_eq!(found.is_small(), small);
        assert_eq!(found.mean().is_some(), !minutes.is_empty());
    }
}

#[test]
fn others_are_counted_and_named() {
    let missing = Figure::Missing(vec![Moment::Detected]);
    let found = Distribution::of([&missing, &missing].into_iter());
    assert_eq!(found.basis(), "0 of 2: 2 lack a moment");
    let mut found = of(&[5, 6]);
    assert_eq!(found.basis(), "2 of 2");
    (found.missing, found.running, found.out_of_order) = (1, 2, 1);
    assert_eq!(
        found.basis(),
        "2 of 6: 1 lacks a moment, 2 are running, 1 is out of order"
    );
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn percentiles_are_members_in_order_and_the_mean_lies_between(
        minutes in prop::collection::vec(0..10_000_i64, 1..40), low in 0..=100_usize, high in 0..=100_usize,
    ) {
        let found = of(&minutes);
        let (low, high) = (low.min(high), low.max(high));
        prop_assert!(found.percentile(low) <= found.percentile(high));
        prop_assert!(found.spans.contains(&found.percentile(low).unwrap()));
        prop_assert_eq!(found.percentile(100), found.spans.last().copied());
        prop_assert_eq!(found.percentile(0), found.spans.first().copied());
        // Nearest rank: the least that at least so many percent are no longer than.
        let p90 = found.p90().unwrap();
        let within = |span: Span| found.spans.iter().filter(|one| **one <= span).count() * 100;
        prop_assert!(within(p90) >= 90 * minutes.len());
        prop_assert!(within(Span(p90.0 - 1)) < 90 * minutes.len());
        let (first, last) = (found.spans[0], *found.spans.last().unwrap());
        for middle in [found.mean().unwrap(), found.median().unwrap()] {
            prop_assert!(Ratio::span(first) <= middle && middle <= Ratio::span(last));
        }
    }
}
