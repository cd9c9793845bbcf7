//! Drills beside each other: each step's time in all of them, with the median of those before.
//!
//! A step that was not taken has no time, and is never counted as nought.

use super::score::{Score, Verdict};
use crate::guide::words;
use crate::measure::distribution::Distribution;
use crate::model::{Span, Timestamp, order};

/// What a comparison is over.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Over {
    /// Drills of the same scenario.
    SameScenario,
    /// All drills.
    All,
}

/// A step in all drills.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// What.
    pub title: String,
    /// How long it took in each, in the drill's time; none where it was not taken.
    pub times: Vec<Option<Span>>,
    /// What lies in the middle of the earlier ones that took it; none where none did.
    pub median: Option<Span>,
    /// On how many earlier ones that rests.
    pub rests_on: usize,
    /// The last one against that, in words.
    pub trend: String,
}

/// Drills beside each other.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Comparison {
    /// When each began, the earliest first; the last is the one that is looked at.
    pub begun: Vec<Timestamp>,
    /// How many of the scenario's expectations were met in time, of how many, in each.
    pub met: Vec<(usize, usize)>,
    /// How many things were forgotten in each.
    pub forgotten: Vec<usize>,
    /// The steps.
    pub rows: Vec<Row>,
}

/// A drill beside those that began before it and are over; none where there is none.
pub fn compare(this: &Score, others: &[Score], over: Over) -> Option<Comparison> {
    let before = others.iter().filter(|other| {
        other.over
            && other.begun < this.begun
            && (over == Over::All || other.scenario == this.scenario)
    });
    let mut all: Vec<&Score> = before.collect();
    if all.is_empty() {
        return None;
    }
    order::sort_by_key(&mut all, |score| score.begun);
    all.push(this);
    let rows = this.steps.iter().enumerate();
    Some(Comparison {
        begun: all.iter().map(|score| score.begun).collect(),
        met: all.iter().map(|score| score.met()).collect(),
        forgotten: all.iter().map(|score| score.forgotten.len()).collect(),
        rows: rows
            .map(|(place, step)| row(&all, place, &step.title))
            .collect(),
    })
}

/// Every drill has the same steps in the same order.
fn row(all: &[&Score], place: usize, title: &str) -> Row {
    let steps = all.iter().map(|score| score.steps.get(place));
    let times: Vec<Option<Span>> = steps
        .map(|step| {
            step.and_then(|step| step.reached)
                .map(|reached| reached.drill)
        })
        .collect();
    let (last, before) = times
        .split_last()
        .map_or((None, &[][..]), |(last, before)| (*last, before));
    let mut earlier = Distribution {
        spans: before.iter().flatten().copied().collect(),
        ..Distribution::default()
    };
    order::sort(&mut earlier.spans);
    let median = earlier.median().map(|ratio| ratio.to_span());
    let asked = all.last().and_then(|score| score.steps.get(place));
    let asked = asked.is_none_or(|step| !matches!(step.verdict, Verdict::NotAsked(_)));
    Row {
        title: title.to_owned(),
        trend: trend(last, median, asked),
        rests_on: earlier.count(),
        median,
        times,
    }
}

fn trend(last: Option<Span>, median: Option<Span>, asked: bool) -> String {
    match (last, median) {
        (None, _) if !asked => "not asked this time".to_owned(),
        (None, None) => "not yet in any".to_owned(),
        (None, Some(_)) => "not this time".to_owned(),
        (Some(_), None) => "for the first time".to_owned(),
        (Some(last), Some(median)) => {
            let apart = Span(last.0 - median.0);
            match apart.0.abs() {
                0..60_000 => "as before".to_owned(),
                _ if apart.is_negative() => format!("{} sooner", words::span(apart)),
                _ => format!("{} later", words::span(apart)),
            }
        }
    }
}

#[cfg(test)]
mod tests;
