//! A time axis in a picture: where instants lie, and which of them are named.
//!
//! Numbers in the picture's own units; draws nothing.

use crate::model::Timestamp;

/// Where instants lie in a picture.
#[derive(Clone, Copy)]
pub struct Axis {
    width: i64,
    /// Where the time begins.
    label: i64,
    from: Timestamp,
    length: i64,
}

impl Axis {
    /// From one instant to another, between `label` and `width`, with a little room behind the end.
    pub fn new(label: i64, width: i64, from: Timestamp, to: Timestamp) -> Self {
        let length = (to - from).0.max(60_000);
        Self {
            width,
            label,
            from,
            length: length + length / 25,
        }
    }

    /// Where an instant lies; what lies outside stands at the edge.
    pub fn x(self, at: Timestamp) -> i64 {
        self.label
            + (at - self.from).0.clamp(0, self.length) * (self.width - self.label) / self.length
    }

    /// Where a stretch begins and how wide it is: never too narrow to be seen.
    pub fn span(self, from: Timestamp, to: Timestamp) -> (i64, i64) {
        let (from, to) = (self.x(from), self.x(to));
        (from, (to - from).max(3))
    }

    /// Instants for the ticks: as many whole steps as have room.
    pub fn ticks(self) -> Vec<Timestamp> {
        const STEPS: [i64; 9] = [5, 10, 15, 30, 60, 120, 240, 720, 1_440];
        let most = (self.width - self.label) / 75;
        let fits = |minutes: &&i64| self.length / (**minutes * 60_000) <= most;
        let step = STEPS.iter().find(fits).copied().unwrap_or(10_080) * 60_000;
        let first = self.from.ms().div_euclid(step) + 1;
        let ticks = (0..=most).map(|n| Timestamp::clamped((first + n) * step));
        // One at the edge would be cut.
        let edge = self.length - self.length / 20;
        ticks.filter(|at| (*at - self.from).0 <= edge).collect()
    }
}
