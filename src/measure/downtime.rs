//! How long services were down: outages, their union, and what partial ones weigh.
//!
//! Overlapping effects count once. Where several weigh differently at an instant, the heaviest counts
//! (rules.md D, from memory). Lengths are whole milliseconds, weighted ones whole microseconds, for
//! weights are in thousandths.

use super::exact::Ratio;
use crate::classify::Provenance;
use crate::guide::organisation;
use crate::model::term::Level;
use crate::model::{Incident, Span, Timestamp, order};

/// Where the weights of levels come from.
pub const WEIGHTS_FROM: Provenance = Provenance::HouseDefault;

/// How much of a service is lost at a level, in thousandths. Muster's own default.
pub const fn weight(level: Level) -> u16 {
    match level {
        Level::Down => 1000,
        Level::PartlyDown => 500,
        Level::Degraded => 250,
    }
}

/// A stretch of time that figures are asked for, never beyond `now`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Period {
    from: Timestamp,
    to: Timestamp,
}

impl Period {
    /// From one instant to just before another, cut at `now`: nothing is known of later. None where
    /// nothing is left.
    pub fn of(from: Timestamp, to: Timestamp, now: Timestamp) -> Option<Self> {
        let to = to.min(now);
        (from < to).then_some(Self { from, to })
    }

    /// All there ever was.
    pub fn until(now: Timestamp) -> Self {
        let from = Timestamp::MIN;
        Self { from, to: now }
    }

    /// Its first instant.
    pub fn begins(self) -> Timestamp {
        self.from
    }

    /// The first instant after it.
    pub fn ends(self) -> Timestamp {
        self.to
    }

    /// How long it is.
    pub fn length(self) -> Span {
        self.to - self.from
    }

    /// Whether an instant lies in it.
    pub fn holds(self, at: Timestamp) -> bool {
        self.from <= at && at < self.to
    }

    /// What of another lies in it.
    pub fn within(self, other: Self) -> Option<Self> {
        Self::of(self.from.max(other.from), self.to, other.to)
    }
}

/// How an outage ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum End {
    /// Somebody said that the service works again.
    Stated,
    /// Nobody did, but the incident is closed: taken to be when that incident's service was back.
    Incident,
    /// It lasts.
    Running,
}

/// A part of an outage at one level.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Piece {
    /// How badly the service was hit.
    pub level: Level,
    /// From when.
    pub from: Timestamp,
    /// Until when; none while it lasts.
    pub to: Option<Timestamp>,
}

/// A service that did not work, from when it was hit until it worked again, however its level
/// changed: one failure.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Outage {
    /// The service, as the log has it.
    pub service: String,
    /// Its levels, one after the other.
    pub pieces: Vec<Piece>,
    /// How it ended.
    pub end: End,
}

/// Some time in which something was lost.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stretch {
    /// From when.
    pub from: Timestamp,
    /// Until when.
    pub to: Timestamp,
    /// How much, in thousandths.
    pub weight: u16,
}

impl Outage {
    /// What of it lies in a period.
    pub fn stretches(&self, period: Period) -> Vec<Stretch> {
        let pieces = self.pieces.iter().filter_map(|piece| {
            let from = piece.from.max(period.from);
            let to = piece.to.map_or(period.to, |to| to.min(period.to));
            let weight = weight(piece.level);
            (from < to).then_some(Stretch { from, to, weight })
        });
        pieces.collect()
    }
}

/// How long something was lost.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Downtime {
    /// The union of all stretches: any loss counts as whole.
    pub union: Span,
    /// The same with each instant weighing what was lost, in microseconds.
    pub weighted_us: i64,
}

impl Downtime {
    /// The union in milliseconds, as a fraction to count on with.
    pub fn whole(self) -> Ratio {
        Ratio::span(self.union)
    }

    /// The weighted length in milliseconds.
    pub fn weighted(self) -> Ratio {
        Ratio::of(self.weighted_us.into(), 1000).unwrap_or(Ratio::ZERO)
    }
}

/// The union of stretches, and what it weighs. Their order does not matter.
pub fn downtime(stretches: &[Stretch]) -> Downtime {
    let real = stretches.iter().filter(|one| one.from < one.to);
    let ends = real.flat_map(|one| [(one.from, true, one.weight), (one.to, false, one.weight)]);
    let mut ends: Vec<(Timestamp, bool, u16)> = ends.collect();
    order::sort_by_key(&mut ends, |(at, _, _)| *at);
    let mut down = Downtime::default();
    let mut open: Vec<u16> = Vec::new();
    let mut since = Timestamp::MIN;
    for (at, begins, weight) in ends {
        if let Some(heaviest) = open.iter().max() {
            let lasted = at - since;
            down.union = Span(down.union.0 + lasted.0);
            down.weighted_us += lasted.0 * i64::from(*heaviest);
        }
        since = at;
        if begins {
            open.push(weight);
        } else if let Some(place) = open.iter().position(|held| *held == weight) {
            open.swap_remove(place);
        }
    }
    down
}

/// The union of outages in a period.
pub fn of_outages<'a>(outages: impl Iterator<Item = &'a Outage>, period: Period) -> Downtime {
    let stretches: Vec<Stretch> = outages.flat_map(|one| one.stretches(period)).collect();
    downtime(&stretches)
}

/// The outages of an incident, by service, in order of time.
pub fn outages(incident: &Incident) -> Vec<Outage> {
    // What nobody ended would grow for ever in an incident that is over.
    let over = incident.ended_at().filter(|_| incident.is_closed());
    let mut outages: Vec<Outage> = Vec::new();
    for (service, hits) in organisation::history(incident) {
        let first = outages.len();
        for hit in hits {
            let (end, to) = match (hit.to, over) {
                (Some(to), _) => (End::Stated, Some(to)),
                (None, Some(over)) => (End::Incident, Some(over.max(hit.from))),
                (None, None) => (End::Running, None),
            };
            let piece = Piece {
                level: hit.level,
                from: hit.from,
                to,
            };
            // A change of level goes on with the same outage.
            let mut before = outages.iter_mut().skip(first);
            let goes_on = before.next_back().filter(|one| ends_at(one, piece.from));
            if let Some(outage) = goes_on {
                outage.pieces.push(piece);
                outage.end = end;
            } else {
                outages.push(Outage {
                    service: service.clone(),
                    pieces: vec![piece],
                    end,
                });
            }
        }
    }
    outages
}

fn ends_at(outage: &Outage, at: Timestamp) -> bool {
    outage.pieces.last().is_some_and(|last| last.to == Some(at))
}

#[cfg(test)]
mod tests;
