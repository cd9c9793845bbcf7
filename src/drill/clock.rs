//! The drill's own clock: which minute of the scenario it is, and when another one comes.
//!
//! A function of the log and an instant. Pauses and speeds count from when they were set; whoever sets the
//! clock forward leaves minutes out, which nobody has lived through: they are no time that a step took.

use crate::model::drill::{DrillRecord, DrillStart, Pacing, Speed};
use crate::model::incident::Said;
use crate::model::term::Nature;
use crate::model::{Incident, Span, Timestamp, order};

/// A stretch at one speed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Stretch {
    from: Timestamp,
    /// Of the scenario, at its beginning.
    position: Span,
    /// Of the drill as it was lived, at its beginning.
    lived: Span,
    speed: Speed,
}

impl Stretch {
    fn passed(&self, at: Timestamp) -> Span {
        let wall = (at - self.from).0.max(0);
        Span(wall.saturating_mul(i64::from(self.speed.times())))
    }
}

/// The clock of one drill.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Clock {
    begun: Timestamp,
    stretches: Vec<Stretch>,
    /// When it was stopped for good, if it was.
    ended: Option<Timestamp>,
}

impl Clock {
    /// The clock of an incident that is a drill by a scenario.
    ///
    /// A file can say of any incident that a drill has begun: only one that was declared as a drill is one.
    pub fn of(incident: &Incident) -> Option<Self> {
        if incident.nature() != Nature::Drill {
            return None;
        }
        let drill = &incident.drill;
        let start = drill.start()?;
        let begun = start.when;
        let first = Stretch {
            from: begun,
            position: Span(0),
            lived: Span(0),
            speed: start.what.speed,
        };
        let mut clock = Self {
            begun,
            stretches: vec![first],
            ended: ended(incident, start),
        };
        for said in in_order(drill) {
            clock.set(said.when, &said.what);
        }
        Some(clock)
    }

    fn set(&mut self, when: Timestamp, pacing: &Pacing) {
        let Some(last) = self.stretches.last().copied() else {
            return;
        };
        if self.ended.is_some_and(|ended| when > ended) {
            return;
        }
        let from = when.max(last.from);
        let passed = last.passed(from);
        let position = Span(last.position.0.saturating_add(passed.0));
        self.stretches.push(Stretch {
            from,
            position: position.max(Span::minutes(i64::from(pacing.to_minute))),
            lived: Span(last.lived.0.saturating_add(passed.0)),
            speed: pacing.speed,
        });
    }

    fn at(&self, at: Timestamp) -> (Span, Span) {
        let at = self.ended.map_or(at, |ended| at.min(ended));
        let end = self
            .stretches
            .partition_point(|stretch| stretch.from <= at)
            .max(1);
        let Some(stretch) = self.stretches.get(end - 1) else {
            return (Span(0), Span(0));
        };
        let passed = stretch.passed(at).0;
        (
            Span(stretch.position.0.saturating_add(passed)),
            Span(stretch.lived.0.saturating_add(passed)),
        )
    }

    /// How far into the scenario it is.
    pub fn position(&self, at: Timestamp) -> Span {
        self.at(at).0
    }

    /// How much of the drill's time was lived through since it began: without pauses and what was left
    /// out.
    pub fn lived(&self, at: Timestamp) -> Span {
        self.at(at).1
    }

    /// How much of the wall's time passed since it began, pauses and all.
    pub fn on_the_wall(&self, at: Timestamp) -> Span {
        let at = self.ended.map_or(at, |ended| at.min(ended));
        Span((at - self.begun).0.max(0))
    }

    /// When it came, or will come, to this far into the scenario; none while it stands still before.
    pub fn when(&self, position: Span) -> Option<Timestamp> {
        let mut stretches = self.stretches.iter().peekable();
        while let Some(stretch) = stretches.next() {
            let reached = stretch.reaches(position);
            let until = stretches.peek().map(|next| next.from).or(self.ended);
            match reached {
                Some(at) if until.is_none_or(|until| at <= until) => return Some(at),
                _ => {}
            }
        }
        None
    }

    /// When it began.
    pub fn begun(&self) -> Timestamp {
        self.begun
    }

    /// When it was stopped for good, if it was.
    pub fn ended(&self) -> Option<Timestamp> {
        self.ended
    }

    /// How fast it runs now; paused once it is over.
    pub fn speed(&self) -> Speed {
        match (self.ended, self.stretches.last()) {
            (None, Some(last)) => last.speed,
            _ => Speed::PAUSED,
        }
    }

    /// Whether drill time and wall time are the same all through.
    pub fn is_plain(&self) -> bool {
        let mut stretches = self.stretches.iter();
        stretches.all(|stretch| stretch.speed == Speed::NORMAL && stretch.position == stretch.lived)
    }
}

impl Stretch {
    /// When it comes so far, if it goes on long enough.
    fn reaches(&self, position: Span) -> Option<Timestamp> {
        let left = position.0.saturating_sub(self.position.0);
        if left <= 0 {
            return Some(self.from);
        }
        let times = i64::from(self.speed.times());
        // Rounded up: at that very instant it has come so far.
        (times > 0).then(|| self.from + Span(left.saturating_add(times - 1) / times))
    }
}

/// A drill is over when somebody says so, or closes the incident: for good, also where that is opened
/// again. What was closed and opened again before the drill began does not count.
fn ended(incident: &Incident, begun: &Said<DrillStart>) -> Option<Timestamp> {
    let said = incident.drill.ended.iter().map(|said| said.when);
    let closings = incident.closing.standing();
    let closed = closings
        .filter(|(setting, closure)| closure.is_some() && setting.place > begun.place)
        .map(|(setting, _)| setting.when);
    let ends = said.chain(closed).chain(incident.closed_at());
    ends.min().map(|at| at.max(begun.when))
}

fn in_order(drill: &DrillRecord) -> Vec<&Said<Pacing>> {
    let mut paces: Vec<&Said<Pacing>> = drill.paces.iter().collect();
    order::sort_by_key(&mut paces, |said| (said.when, said.place));
    paces
}

#[cfg(test)]
mod tests;
