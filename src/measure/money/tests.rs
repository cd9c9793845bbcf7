use super::super::testing::{minute, outage};
use super::*;
use crate::model::term::Level;

#[test]
fn the_worked_example_of_the_rules() {
    let share = Ratio::millionths(600_000);
    let revenue = revenue_per_minute(24_000_000, share);
    assert_eq!(revenue.decimal(2), "27.40");
    assert_eq!(staff_per_minute(8, 90).decimal(2), "12.00");
}

#[test]
fn each_service_costs_for_as_long_as_it_was_hit_and_others_are_named() {
    let organisation = Organisation::read(
        r#"{"services": [{"name": "Checkout", "cost_per_minute": 100}, {"name": "Database", "cost_per_minute": 10}, {"name": "Wiki"}]}"#,
    )
    .unwrap();
    let outages = [
        outage("Checkout", Level::Down, 0, 40),
        outage("checkout ", Level::PartlyDown, 30, 60),
        outage("Database", Level::Degraded, 0, 20),
        outage("Wiki", Level::Down, 0, 20),
        outage("Unknown", Level::Down, 0, 20),
        outage("Search", Level::Down, 500, 520),
    ];
    let all: Vec<&Outage> = outages.iter().collect();
    let period = Period::until(minute(100));
    let found = cost(&organisation, &all, period).unwrap();
    assert_eq!(found.whole, Ratio::whole(6200));
    assert_eq!(found.weighted, Ratio::whole(5050));
    let services = [
        ("Checkout".to_owned(), Ratio::whole(6000)),
        ("Database".to_owned(), Ratio::whole(200)),
    ];
    assert_eq!(found.services, services);
    assert_eq!(found.unpriced, ["Wiki", "Unknown"]);
    assert_eq!(cost(&organisation, &all[3..], period), None);
}
