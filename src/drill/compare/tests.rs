use super::*;
use crate::drill::score::tests::{lead, played, update};

fn later(score: Score, days: i64) -> Score {
    Score {
        begun: score.begun + Span::days(days),
        ..score
    }
}

#[test]
fn a_drill_is_compared_with_those_before_it() {
    let first = played(1, &[(9, lead())], 40);
    let second = later(
        played(1, &[(5, lead()), (8, update("executives", None))], 40),
        1,
    );
    let third = later(played(1, &[(3, lead())], 40), 2);
    let mut other = later(played(1, &[(1, lead())], 40), 1);
    other.scenario = "another".to_owned();
    let running = Score {
        over: false,
        ..first.clone()
    };
    assert_eq!(
        compare(&first, std::slice::from_ref(&second), Over::All),
        None
    );
    let all = [third.clone(), running, second, first, other];
    let same = compare(&third, &all, Over::SameScenario).unwrap();
    assert_eq!(same.begun.len(), 3);
    let find = |comparison: &Comparison, title: &str| {
        comparison
            .rows
            .iter()
            .find(|row| row.title == title)
            .unwrap()
            .clone()
    };
    let led = find(&same, "One person leads");
    let minutes = |minutes| Some(Span::minutes(minutes));
    assert_eq!(led.times, [minutes(9), minutes(5), minutes(3)]);
    assert_eq!(
        (led.median, led.rests_on, led.trend.as_str()),
        (minutes(7), 2, "4 min sooner")
    );
    let told = find(&same, "Executives have a first word");
    assert_eq!(
        (told.times, told.rests_on, told.trend.as_str()),
        (vec![None, minutes(8), None], 1, "not this time")
    );
    assert_eq!(
        find(&same, "A check of recovery passes").trend,
        "not yet in any"
    );
    let whole = compare(&third, &all, Over::All).unwrap();
    assert_eq!(find(&whole, "One person leads").rests_on, 3);
}
