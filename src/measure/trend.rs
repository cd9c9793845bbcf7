//! One figure over rows, month by month above all: plain points, of which chart and table are made.
//!
//! A row without the figure has a point without a value: a gap, never a nought. Draws nothing.

use super::distribution::FEW;
use super::exact::Ratio;
use super::groups::Row;
use super::times::Measure;
use crate::guide::words;
use crate::model::Span;

/// What is followed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Series {
    /// How many incidents began.
    Incidents,
    /// How many of them were major ones.
    Major,
    /// What share of them were.
    MajorShare,
    /// The median of a time.
    Median(Measure),
    /// The 90th percentile of a time.
    P90(Measure),
    /// The mean of a time.
    Mean(Measure),
    /// Downtime, any loss counted as whole.
    Downtime,
    /// Downtime by weight.
    Weighted,
    /// Availability, any loss counted as whole.
    Availability,
    /// The share of announced updates that came in time.
    UpdatesInTime,
}

/// What a point's value counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unit {
    /// Things.
    Count,
    /// Parts of a whole.
    Share,
    /// Milliseconds.
    Time,
}

/// A figure of one row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Point {
    /// The row's title: "Nov 2026".
    pub title: String,
    /// The figure, in the series' unit; none where the row has none.
    pub value: Option<Ratio>,
    /// The same as a table shows it: "1 h 04", "12.5 %", "none".
    pub words: String,
    /// How many incidents, or announcements, it rests on.
    pub rests_on: usize,
    /// Whether so few say little; never of what is merely counted or of downtime.
    pub few: bool,
}

impl Series {
    /// What its values count.
    pub const fn unit(self) -> Unit {
        match self {
            Self::Incidents | Self::Major => Unit::Count,
            Self::MajorShare | Self::Availability | Self::UpdatesInTime => Unit::Share,
            Self::Median(_) | Self::P90(_) | Self::Mean(_) | Self::Downtime | Self::Weighted => {
                Unit::Time
            }
        }
    }

    /// The name on the screen: "Time to restore, median".
    pub fn title(self) -> String {
        let (measure, how) = match self {
            Self::Incidents => return "Incidents".to_owned(),
            Self::Major => return "Major incidents".to_owned(),
            Self::MajorShare => return "Share of major incidents".to_owned(),
            Self::Downtime => return "Downtime".to_owned(),
            Self::Weighted => return "Downtime, weighted".to_owned(),
            Self::Availability => return "Availability".to_owned(),
            Self::UpdatesInTime => return "Updates in time".to_owned(),
            Self::Median(measure) => (measure, "median"),
            Self::P90(measure) => (measure, "90th percentile"),
            Self::Mean(measure) => (measure, "mean"),
        };
        format!("{}, {how}", measure.title())
    }

    fn value(self, row: &Row) -> Option<Ratio> {
        match self {
            Self::Incidents => Some(whole(row.incidents.len())),
            Self::Major => Some(whole(row.major)),
            Self::MajorShare => row.share_of_major(),
            Self::Median(measure) => row.time(measure)?.median(),
            Self::P90(measure) => row.time(measure)?.p90().map(Ratio::span),
            Self::Mean(measure) => row.time(measure)?.mean(),
            Self::Downtime => Some(row.downtime.whole()),
            Self::Weighted => Some(row.downtime.weighted()),
            Self::Availability => Some(row.availability().whole),
            Self::UpdatesInTime => row.updates_in_time(),
        }
    }

    fn rests_on(self, row: &Row) -> usize {
        match self {
            Self::Median(measure) | Self::P90(measure) | Self::Mean(measure) => {
                row.time(measure).map_or(0, |times| times.count())
            }
            Self::UpdatesInTime => row.promises.first().map_or(0, |record| record.judged()),
            Self::Downtime | Self::Weighted | Self::Availability => row.failures,
            Self::Incidents | Self::Major | Self::MajorShare => row.incidents.len(),
        }
    }

    const fn is_of_a_sample(self) -> bool {
        matches!(
            self,
            Self::Median(_) | Self::P90(_) | Self::Mean(_) | Self::MajorShare | Self::UpdatesInTime
        )
    }
}

fn whole(number: usize) -> Ratio {
    Ratio::whole(i64::try_from(number).unwrap_or(i64::MAX))
}

/// A series over rows, a point each.
pub fn points(rows: &[Row], series: Series) -> Vec<Point> {
    let points = rows.iter().map(|row| {
        let (value, rests_on) = (series.value(row), series.rests_on(row));
        Point {
            title: row.key.title(),
            words: shown(value, series.unit()),
            few: series.is_of_a_sample() && value.is_some() && rests_on < FEW,
            value,
            rests_on,
        }
    });
    points.collect()
}

/// A value as a table shows it; "none" where there is none.
pub fn shown(value: Option<Ratio>, unit: Unit) -> String {
    match (value, unit) {
        (None, _) => "none".to_owned(),
        (Some(value), Unit::Count) => value.decimal(0),
        (Some(value), Unit::Share) => format!("{} %", percent(value)),
        // No downtime at all is not "under a minute".
        (Some(Ratio::ZERO), Unit::Time) => "0 min".to_owned(),
        (Some(value), Unit::Time) => words::span(Span(value.to_span().0)),
    }
}

/// A digit more where all but little is there: 99.78 and not 99.8, 12.5 and not 12.50.
fn percent(value: Ratio) -> String {
    let near_whole = value > Ratio::millionths(990_000) && value < Ratio::ONE;
    let text = value.percent(if near_whole { 3 } else { 1 });
    // What is not all of it is not shown as all.
    if near_whole && text.starts_with("100") {
        return "over 99.999".to_owned();
    }
    text
}

/// How high each point stands where the highest has `full`: a chart's heights. None without a value.
pub fn heights(points: &[Point], full: u32) -> Vec<Option<u32>> {
    let most = points.iter().filter_map(|point| point.value).max();
    let most = most
        .filter(|most| *most > Ratio::ZERO)
        .unwrap_or(Ratio::ONE);
    let heights = points
        .iter()
        .map(|point| Some(point.value?.part_of(most, full)));
    heights.collect()
}

#[cfg(test)]
mod tests;
