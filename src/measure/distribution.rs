//! A time over many incidents: median and 90th percentile first, mean beside them, and how many
//! incidents they rest on.
//!
//! Percentiles are by nearest rank (rules.md D, from memory): the ⌈0.9 n⌉th of n in order. Knows
//! figures only, not which incidents they are of.

use super::exact::Ratio;
use super::times::Figure;
use crate::model::{Span, order};

/// Fewer than this many incidents say little; screens mark it. Muster's own default.
pub const FEW: usize = 5;

/// A time over many incidents.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Distribution {
    /// How long it was in each that has the time, from short to long.
    pub spans: Vec<Span>,
    /// Incidents that lack a moment.
    pub missing: usize,
    /// Incidents in which it has not ended.
    pub running: usize,
    /// Incidents whose moments are in the wrong order.
    pub out_of_order: usize,
}

impl Distribution {
    /// Of figures, whichever they are.
    pub fn of<'a>(figures: impl Iterator<Item = &'a Figure>) -> Self {
        let mut all = Self::default();
        for figure in figures {
            match figure {
                Figure::Known { span, .. } => all.spans.push(*span),
                Figure::Missing(_) => all.missing += 1,
                Figure::Running { .. } => all.running += 1,
                Figure::OutOfOrder { .. } => all.out_of_order += 1,
            }
        }
        order::sort(&mut all.spans);
        all
    }

    /// How many incidents the figures rest on: the n of "n of N".
    pub fn count(&self) -> usize {
        self.spans.len()
    }

    /// How many incidents there are: the N of "n of N".
    pub fn of_how_many(&self) -> usize {
        self.count() + self.missing + self.running + self.out_of_order
    }

    /// Whether so few say little.
    pub fn is_small(&self) -> bool {
        self.count() < FEW
    }

    /// The middle one, or what lies between the two in the middle; in milliseconds.
    pub fn median(&self) -> Option<Ratio> {
        let count = self.count();
        let upper = self.spans.get(count / 2)?;
        let lower = self.spans.get((count - 1) / 2)?;
        Ratio::of(i128::from(lower.0) + i128::from(upper.0), 2)
    }

    /// The one at this percentile, by nearest rank; none of nothing. 0 and less give the shortest.
    pub fn percentile(&self, percent: usize) -> Option<Span> {
        let rank = (self.count() * percent.min(100)).div_ceil(100).max(1);
        self.spans.get(rank - 1).copied()
    }

    /// The 90th percentile.
    pub fn p90(&self) -> Option<Span> {
        self.percentile(90)
    }

    /// The mean, in milliseconds.
    pub fn mean(&self) -> Option<Ratio> {
        let sum: i128 = self.spans.iter().map(|span| i128::from(span.0)).sum();
        Ratio::of(sum, self.count() as i128)
    }

    /// "12 of 15", and what the others are: "12 of 15: 2 lack a moment, 1 is running".
    pub fn basis(&self) -> String {
        let verb = |count, one, many| format!("{count} {}", if count == 1 { one } else { many });
        let parts = [
            (self.missing > 0).then(|| verb(self.missing, "lacks a moment", "lack a moment")),
            (self.running > 0).then(|| verb(self.running, "is running", "are running")),
            (self.out_of_order > 0)
                .then(|| verb(self.out_of_order, "is out of order", "are out of order")),
        ];
        let others: Vec<String> = parts.into_iter().flatten().collect();
        let mut text = format!("{} of {}", self.count(), self.of_how_many());
        if !others.is_empty() {
            text.push_str(": ");
            text.push_str(&others.join(", "));
        }
        text
    }
}

#[cfg(test)]
mod tests;
