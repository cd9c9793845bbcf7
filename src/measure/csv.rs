//! Incidents as CSV, a row each, with the moments and figures as they were measured.
//!
//! Times are UTC, lengths minutes to two digits. A figure that is missing is an empty cell, and why is
//! in the last one.

use super::case::{Case, Moment};
use super::downtime::{self, Outage};
use super::exact::Ratio;
use super::filter::{Selection, Source};
use super::money;
use super::promises;
use super::times::{Figure, Measure, figure};
use crate::format::csv::push_row;
use crate::model::organisation::Organisation;
use crate::model::{Timestamp, order};

/// What stands before the moments.
const FIRST: [&str; 9] = [
    "Incident", "Title", "Nature", "Source", "Priority", "Major", "State", "Services", "Causes",
];

/// What downtime cost, in the organisation's currency.
const COST: &str = "Cost";

/// What stands behind the five times.
const LAST: [&str; 9] = [
    "Downtime in the period (min)",
    "Downtime, weighted (min)",
    COST,
    "Updates sent",
    "Announced updates in time",
    "Announced updates late",
    "Announced updates missed",
    "Period",
    "Remarks",
];

/// The incidents of a selection, in order of when they began.
pub fn csv(selection: &Selection<'_>, organisation: &Organisation, now: Timestamp) -> String {
    let mut out = String::new();
    let mut titles: Vec<String> = FIRST.iter().map(|title| (*title).to_owned()).collect();
    titles.extend(
        Moment::ALL
            .iter()
            .map(|moment| format!("{} (UTC)", moment.words())),
    );
    titles.extend(
        Measure::ALL
            .iter()
            .map(|one| format!("{} (min)", one.title())),
    );
    // The unit stands above, so that the cells are numbers.
    titles.extend(LAST.iter().map(|title| match *title {
        COST if !organisation.currency.is_empty() => format!("{COST} ({})", organisation.currency),
        title => title.to_owned(),
    }));
    push(&mut out, &titles);
    for case in &selection.cases {
        push(&mut out, &row(case, selection, organisation, now));
    }
    out
}

fn push(out: &mut String, cells: &[String]) {
    let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
    push_row(out, &cells);
}

fn row(
    case: &Case,
    selection: &Selection<'_>,
    organisation: &Organisation,
    now: Timestamp,
) -> Vec<String> {
    let mut services: Vec<&str> = case.outages.iter().map(|one| one.service.trim()).collect();
    order::sort(&mut services);
    services.dedup();
    let mut cells = vec![
        case.id.to_string(),
        case.title.clone(),
        case.nature.name().to_owned(),
        Source::of(case).title().to_owned(),
        case.priority
            .map_or_else(|| "pending".to_owned(), |priority| priority.to_string()),
        if case.major { "yes" } else { "no" }.to_owned(),
        if case.closed { "closed" } else { "open" }.to_owned(),
        services.join("; "),
        case.causes.join("; "),
    ];
    cells.extend(Moment::ALL.iter().map(|moment| {
        let stated = case.stated(*moment);
        stated.map_or_else(String::new, |stated| stated.at.to_string())
    }));
    let mut remarks: Vec<String> = case.disorder().iter().map(|one| one.words()).collect();
    for measure in Measure::ALL {
        let figure = figure(case, measure, now);
        let span = figure.span();
        cells.push(span.map_or_else(String::new, |span| Ratio::span(span).minutes(2)));
        // Moments out of order are told already.
        if matches!(figure, Figure::Missing(_) | Figure::Running { .. }) {
            remarks.push(format!("{}: {}.", measure.title(), figure.words()));
        }
    }
    cells.extend(losses(case, selection, organisation));
    cells.extend(kept(case, now));
    cells.push(selection.period.map_or_else(String::new, |period| {
        format!("{} to {}", period.begins(), period.ends())
    }));
    cells.push(remarks.join(" "));
    cells
}

/// Downtime and cost, of services that are asked for.
fn losses(case: &Case, selection: &Selection<'_>, organisation: &Organisation) -> [String; 3] {
    let outages = case.outages.iter();
    let asked = outages.filter(|one| selection.filter.asks_for(&one.service));
    let outages: Vec<&Outage> = asked.collect();
    let Some(period) = selection.period.filter(|_| !outages.is_empty()) else {
        return Default::default();
    };
    let down = downtime::of_outages(outages.iter().copied(), period);
    let cost = money::cost(organisation, &outages, period);
    [
        down.whole().minutes(2),
        down.weighted().minutes(2),
        cost.map_or_else(String::new, |cost| cost.whole.decimal(2)),
    ]
}

fn kept(case: &Case, now: Timestamp) -> [String; 4] {
    let records = promises::records(case.promises.iter(), now);
    let all = records.first().cloned().unwrap_or_default();
    [case.updates, all.in_time, all.late, all.missed].map(|number| number.to_string())
}

/// The name of the file: `muster-measures-2026-11-24.csv`.
pub fn file_name(now: Timestamp) -> String {
    let (year, month, day) = now.utc_date();
    format!("muster-measures-{year:04}-{month:02}-{day:02}.csv")
}

#[cfg(test)]
mod tests;
