//! The critical path: when each task can start, when it must, and what sets the end.
//!
//! The critical path method: earliest start is the latest earliest finish of what comes before,
//! latest finish the earliest latest start of what comes after, slack the difference. What was done
//! or is running stands where it really was. Knows numbers only: no names, no clock, no incident.

use crate::model::Span;

/// How far a task is, by offsets from the plan's start.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Progress {
    /// Not begun.
    Open,
    /// Begun then.
    Running {
        /// When it was begun.
        start: Span,
    },
    /// Begun and finished then.
    Done {
        /// When it was begun.
        start: Span,
        /// When it was finished.
        finish: Span,
    },
    /// Not done at all: takes no time, but what waits for it still waits for what it waited for.
    Passed,
}

/// A task as numbers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Job {
    /// How long it takes, by estimate.
    pub takes: Span,
    /// It cannot have been begun before: the plan did not have it.
    pub from: Span,
    /// The places, in the same list, of what must be finished before. Those beyond the list are
    /// left alone.
    pub after: Vec<usize>,
    /// How far it is.
    pub progress: Progress,
}

/// When a task can, and when it must.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Slot {
    /// When it can start at the earliest, or was started.
    pub earliest_start: Span,
    /// When it can be finished at the earliest, or was finished.
    pub earliest_finish: Span,
    /// When it must start so that the end does not move.
    pub latest_start: Span,
    /// When it must be finished so that the end does not move.
    pub latest_finish: Span,
    /// How late it may be finished before another task has to move.
    pub free: Span,
}

impl Slot {
    /// How late it may be finished before the end moves.
    pub fn slack(&self) -> Span {
        Span(self.latest_finish.0 - self.earliest_finish.0)
    }

    /// Whether the end moves as soon as this does.
    pub fn is_critical(&self) -> bool {
        self.slack().0 <= 0
    }
}

/// All tasks on one axis.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Schedule {
    /// One for each job, in the same order.
    pub slots: Vec<Slot>,
    /// When the last one is finished.
    pub end: Span,
}

/// Tasks that wait for each other, each for the one before it and the first for the last.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{} tasks wait for each other", .0.len())]
pub struct Cycle(pub Vec<usize>);

/// Puts tasks on the axis. `now` is how far time has come, where it is to be minded: what is not
/// begun cannot be begun before it.
///
/// # Errors
/// When tasks wait for each other.
pub fn schedule(jobs: &[Job], now: Option<Span>) -> Result<Schedule, Cycle> {
    let order = in_order(jobs)?;
    let mut slots = vec![Slot::default(); jobs.len()];
    for &place in &order {
        let (start, finish) = earliest(jobs, &slots, place, now);
        if let Some(slot) = slots.get_mut(place) {
            (slot.earliest_start, slot.earliest_finish) = (start, finish);
        }
    }
    let end = slots
        .iter()
        .map(|slot| slot.earliest_finish)
        .max()
        .unwrap_or_default();
    for slot in &mut slots {
        slot.latest_finish = end;
        slot.free = Span(end.0 - slot.earliest_finish.0);
    }
    for &place in order.iter().rev() {
        let (Some(job), Some(slot)) = (jobs.get(place), slots.get_mut(place)) else {
            continue;
        };
        let length = slot.earliest_finish.0 - slot.earliest_start.0;
        slot.latest_start = Span(slot.latest_finish.0 - length);
        let after = *slot;
        for &before in &job.after {
            // What was begun too early did not wait: it holds nobody any more.
            let waits = |before: &&mut Slot| before.earliest_finish <= after.earliest_start;
            if let Some(before) = slots.get_mut(before).filter(waits) {
                before.latest_finish = before.latest_finish.min(after.latest_start);
                let free = Span(after.earliest_start.0 - before.earliest_finish.0);
                before.free = before.free.min(free);
            }
        }
    }
    Ok(Schedule { slots, end })
}

fn earliest(jobs: &[Job], slots: &[Slot], place: usize, now: Option<Span>) -> (Span, Span) {
    let Some(job) = jobs.get(place) else {
        return Default::default();
    };
    let now = now.unwrap_or(job.from);
    let before = job.after.iter().filter_map(|before| slots.get(*before));
    let ready = before.map(|slot| slot.earliest_finish).max();
    let ready = ready.unwrap_or(job.from).max(job.from);
    match job.progress {
        Progress::Done { start, finish } => (start.min(finish), finish),
        Progress::Running { start } => (start, Span(start.0 + job.takes.0).max(now).max(start)),
        Progress::Passed => (ready, ready),
        Progress::Open => {
            let start = ready.max(now);
            (start, Span(start.0 + job.takes.0))
        }
    }
}

/// The places of all jobs, each after those that it waits for; among equals in the given order.
fn in_order(jobs: &[Job]) -> Result<Vec<usize>, Cycle> {
    let mut waiting: Vec<usize> = vec![0; jobs.len()];
    let mut followers: Vec<Vec<usize>> = vec![Vec::new(); jobs.len()];
    for (place, job) in jobs.iter().enumerate() {
        for &before in &job.after {
            if let (Some(followers), Some(waiting)) =
                (followers.get_mut(before), waiting.get_mut(place))
            {
                followers.push(place);
                *waiting += 1;
            }
        }
    }
    let free = waiting.iter().enumerate().filter(|(_, waits)| **waits == 0);
    let mut order: Vec<usize> = free.map(|(place, _)| place).collect();
    let mut next = 0;
    while let Some(&place) = order.get(next) {
        next += 1;
        for &follower in followers.get(place).into_iter().flatten() {
            if let Some(waits) = waiting.get_mut(follower) {
                *waits -= 1;
                if *waits == 0 {
                    order.push(follower);
                }
            }
        }
    }
    if order.len() == jobs.len() {
        Ok(order)
    } else {
        Err(cycle(jobs, &waiting))
    }
}

/// One circle among those that still wait.
fn cycle(jobs: &[Job], waiting: &[usize]) -> Cycle {
    let is_waiting = |place: &usize| waiting.get(*place).is_some_and(|waits| *waits > 0);
    let mut walked: Vec<usize> = Vec::new();
    let mut here = (0..jobs.len()).find(|place| is_waiting(place));
    while let Some(place) = here {
        if let Some(start) = walked.iter().position(|before| *before == place) {
            walked.drain(..start);
            walked.reverse();
            break;
        }
        walked.push(place);
        // Whoever waits, waits for somebody who waits: the walk must come back.
        let before = jobs.get(place).map(|job| job.after.as_slice());
        here = before.unwrap_or_default().iter().copied().find(is_waiting);
    }
    Cycle(walked)
}

#[cfg(test)]
mod tests;
