//! The tasks of an incident on the time axis: planned, as they really went, and what that means for
//! the end.
//!
//! Asks the incident and the schedule; `now` is an argument. Sentences are the guide's.

use std::collections::BTreeMap;

use super::schedule::{Cycle, Job, Progress, Schedule, Slot, schedule};
use crate::model::incident::Incident;
use crate::model::order;
use crate::model::task::{Purpose, Task, TaskId, TaskRecord, TaskState};
use crate::model::{Person, Span, Timestamp};

/// What a task without an estimate is taken to take: Muster's own default.
pub const UNKNOWN: Span = Span::minutes(10);

/// How much longer a task may take where nobody said, in percent of its estimate: Muster's own
/// default.
pub const AT_MOST_PERCENT: i64 = 150;

/// From when to when.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub struct Stretch {
    /// Its start.
    pub from: Timestamp,
    /// Its end.
    pub to: Timestamp,
}

/// A task with all that is known and follows.
#[derive(Clone, PartialEq, Eq, Debug, Hash)]
pub struct Row {
    /// Its name for good.
    pub id: TaskId,
    /// What is to be done.
    pub task: Task,
    /// How far it is.
    pub state: TaskState,
    /// Since when, if anybody ever said.
    pub since: Option<Timestamp>,
    /// What was said with it: a result, a reason.
    pub words: String,
    /// What was reported last.
    pub report: String,
    /// Who does it.
    pub doer: Option<Person>,
    /// By when they report back.
    pub report_by: Option<Timestamp>,
    /// Whether it is needed at all, at this priority and for these services.
    pub needed: bool,
    /// What it waits for and is not over.
    pub waits_for: Vec<TaskId>,
    /// When it was to be done, by the estimates alone.
    pub planned: Stretch,
    /// When it was done, or will be by what is known now.
    pub expected: Stretch,
    /// How much later it may be finished before the end moves.
    pub slack: Span,
    /// How much later it may be finished before another task moves.
    pub free: Span,
    /// Whether the end moves as soon as this does; never of what is over.
    pub critical: bool,
}

impl Row {
    /// Whether somebody could begin it now.
    pub fn is_ready(&self) -> bool {
        self.needed && self.state == TaskState::Open && self.waits_for.is_empty()
    }

    /// Whether nothing more is to be done about it.
    pub fn is_over(&self) -> bool {
        is_over(self.state, self.needed)
    }
}

/// When service is expected to be back.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Restoration {
    /// There are no tasks.
    Unplanned,
    /// What is wrong is still being found out: by this task.
    Diagnosing(TaskId),
    /// All that brings it back is over, since then.
    Over(Timestamp),
    /// Between these two.
    Between {
        /// By the estimates, and what is known of how it went.
        early: Timestamp,
        /// If everything that is left takes as long as it may.
        late: Timestamp,
        /// How many tasks on the way have no estimate of their own.
        unknown: usize,
        /// What cannot go on: it is not before `early`, and may be any time later.
        blocked: Option<TaskId>,
    },
}

/// What is wrong with what waits for what. The plan goes on without it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fault {
    /// These wait for each other, each for the one before it and the first for the last.
    Circle(Vec<TaskId>),
    /// A task waits for one that is not there.
    Missing {
        /// The one that waits.
        task: TaskId,
        /// The one that is not there.
        before: TaskId,
    },
}

/// All tasks of an incident.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Plan {
    /// The tasks, in the order of the list.
    pub rows: Vec<Row>,
    /// When service is expected to be back.
    pub restoration: Restoration,
    /// From the first task to the end of the last, planned and expected together.
    pub axis: Option<Stretch>,
    /// When the last one was to be finished, by the estimates alone.
    pub planned_end: Option<Timestamp>,
    /// When the last one is finished, by what is known now.
    pub expected_end: Option<Timestamp>,
    /// What is wrong with it.
    pub faults: Vec<Fault>,
}

impl Plan {
    /// The task of this name.
    pub fn row(&self, id: &TaskId) -> Option<&Row> {
        self.rows.iter().find(|row| row.id == *id)
    }

    /// What a task stands behind when it goes one place up or down in the list: another task, or
    /// none for the first place. None where it cannot go further.
    pub fn neighbour(&self, id: &TaskId, down: bool) -> Option<Option<TaskId>> {
        let at = self.rows.iter().position(|row| row.id == *id)?;
        let name = |place: usize| self.rows.get(place).map(|row| row.id.clone());
        match (down, at) {
            (true, at) => name(at + 1).map(Some),
            (false, 0) => None,
            (false, 1) => Some(None),
            (false, at) => name(at - 2).map(Some),
        }
    }

    /// By how much the end has moved; negative where it comes sooner.
    pub fn slip(&self) -> Option<Span> {
        Some(Span(self.expected_end?.ms() - self.planned_end?.ms()))
    }
}

const fn minutes(count: u32) -> Span {
    Span::minutes(count as i64)
}

fn takes(task: &Task) -> Span {
    task.minutes.or(task.at_most).map_or(UNKNOWN, minutes)
}

fn takes_at_most(task: &Task) -> Span {
    let stretched = || Span(takes(task).0 * AT_MOST_PERCENT / 100);
    task.at_most
        .map_or_else(stretched, minutes)
        .max(takes(task))
}

/// The tasks of an incident as of now.
pub fn plan(incident: &Incident, now: Timestamp) -> Plan {
    let listed = listed(incident);
    let Some(begin) = listed
        .iter()
        .filter_map(|(_, record, _)| starts(record))
        .min()
    else {
        return Plan {
            rows: Vec::new(),
            restoration: Restoration::Unplanned,
            axis: None,
            planned_end: None,
            expected_end: None,
            faults: Vec::new(),
        };
    };
    let mut faults = Vec::new();
    let mut jobs = jobs(incident, &listed, begin, &mut faults);
    let now = Span(now.ms() - begin.ms());
    let expected = without_circles(&mut jobs, Some(now), |circle| {
        let names = circle.into_iter().filter_map(|place| listed.get(place));
        faults.push(Fault::Circle(names.map(|(id, ..)| (*id).clone()).collect()));
    });
    let longest = lengths(&jobs, &listed, takes_at_most);
    let late = schedule(&longest, Some(now)).unwrap_or_default();
    let untouched: Vec<Job> = jobs
        .iter()
        .map(|job| Job {
            progress: match job.progress {
                Progress::Passed => Progress::Passed,
                _ => Progress::Open,
            },
            ..job.clone()
        })
        .collect();
    let planned = schedule(&untouched, None).unwrap_or_default();
    let axis = Axis { begin };
    let rows: Vec<Row> = listed
        .iter()
        .enumerate()
        .map(|(place, (id, record, task))| {
            let planned = planned.slots.get(place).copied().unwrap_or_default();
            let expected = expected.slots.get(place).copied().unwrap_or_default();
            row(incident, id, record, task, &axis, (planned, expected))
        })
        .collect();
    Plan {
        restoration: restoration(&rows, &axis, &expected, &late),
        axis: Some(Stretch {
            from: begin,
            to: axis.at(expected.end.max(planned.end)),
        }),
        planned_end: Some(axis.at(planned.end)),
        expected_end: Some(axis.at(expected.end)),
        rows,
        faults,
    }
}

struct Axis {
    begin: Timestamp,
}

impl Axis {
    fn at(&self, offset: Span) -> Timestamp {
        self.begin + offset
    }

    fn stretch(&self, slot: &Slot) -> Stretch {
        Stretch {
            from: self.at(slot.earliest_start),
            to: self.at(slot.earliest_finish),
        }
    }
}

type Listed<'a> = (&'a TaskId, &'a TaskRecord, &'a Task);

/// The tasks that are there, in the order of the list: as they came, except where somebody put one
/// elsewhere.
fn listed(incident: &Incident) -> Vec<Listed<'_>> {
    let there = incident.tasks.iter();
    let mut listed: Vec<Listed<'_>> = there
        .filter_map(|(id, record)| Some((id, record, record.task()?)))
        .collect();
    order::sort_by_key(&mut listed, |(_, record, _)| record.added);
    let mut moves: Vec<_> = listed
        .iter()
        .filter_map(|(id, record, _)| {
            let (setting, behind) = record.moved.current_setting()?;
            Some((setting.place, *id, behind.clone()))
        })
        .collect();
    order::sort_by_key(&mut moves, |(place, ..)| *place);
    for (_, id, behind) in moves {
        put_behind(&mut listed, id, behind.as_ref());
    }
    listed
}

fn put_behind(listed: &mut Vec<Listed<'_>>, id: &TaskId, behind: Option<&TaskId>) {
    let place_of =
        |listed: &[Listed<'_>], id: &TaskId| listed.iter().position(|(other, ..)| *other == id);
    let Some(from) = place_of(listed, id) else {
        return;
    };
    // Behind one that is not there any more: where it was.
    let is_there = behind.is_none_or(|behind| behind != id && place_of(listed, behind).is_some());
    if is_there {
        let moved = listed.remove(from);
        let to = behind.and_then(|behind| place_of(listed, behind));
        listed.insert(to.map_or(0, |place| place + 1), moved);
    }
}

fn starts(record: &TaskRecord) -> Option<Timestamp> {
    // Begun before it was written down: from then on.
    let begun = record.begun_at().or(record
        .stand()
        .since
        .filter(|_| record.stand().state.is_over()));
    record
        .added_at()
        .map(|added| begun.map_or(added, |begun| begun.min(added)))
}

/// Whether nothing more is to be done about a task: what is not needed and was not begun, too.
fn is_over(state: TaskState, needed: bool) -> bool {
    state.is_over() || (!needed && state == TaskState::Open)
}

fn is_needed(incident: &Incident, task: &Task) -> bool {
    let only = &task.only;
    let at_priority = only.priorities.is_empty()
        || incident
            .priority()
            .is_some_and(|priority| only.priorities.contains(&priority));
    let is_hit = |name: &String| {
        let mut services = incident.services.keys();
        services.any(|service| service.eq_ignore_ascii_case(name.trim()))
    };
    at_priority && (only.services.is_empty() || only.services.iter().any(is_hit))
}

fn jobs(
    incident: &Incident,
    listed: &[Listed<'_>],
    begin: Timestamp,
    faults: &mut Vec<Fault>,
) -> Vec<Job> {
    let places: BTreeMap<&TaskId, usize> = listed
        .iter()
        .enumerate()
        .map(|(place, (id, ..))| (*id, place))
        .collect();
    let offset = |at: Timestamp| Span(at.ms() - begin.ms());
    let mut jobs = Vec::with_capacity(listed.len());
    for (id, record, task) in listed {
        let mut after = Vec::new();
        for before in &task.after {
            match places.get(before) {
                Some(place) => after.push(*place),
                None => faults.push(Fault::Missing {
                    task: (*id).clone(),
                    before: before.clone(),
                }),
            }
        }
        jobs.push(Job {
            takes: takes(task),
            from: starts(record).map_or(Span(0), offset),
            after,
            progress: progress(record, is_needed(incident, task), offset),
        });
    }
    jobs
}

fn progress(record: &TaskRecord, needed: bool, offset: impl Fn(Timestamp) -> Span) -> Progress {
    let stand = record.stand();
    let since = stand.since.map(&offset).unwrap_or_default();
    let begun = record.begun_at().map_or(since, &offset);
    match stand.state {
        TaskState::Done => Progress::Done {
            start: begun,
            finish: since,
        },
        TaskState::Running => Progress::Running { start: since },
        TaskState::Skipped => Progress::Passed,
        TaskState::Open if !needed => Progress::Passed,
        TaskState::Open | TaskState::Blocked => Progress::Open,
    }
}

/// Takes one wait out of each circle until there is none.
fn without_circles(
    jobs: &mut [Job],
    now: Option<Span>,
    mut told: impl FnMut(Vec<usize>),
) -> Schedule {
    loop {
        match schedule(jobs, now) {
            Ok(schedule) => return schedule,
            Err(Cycle(circle)) => {
                let (Some(first), Some(last)) = (circle.first(), circle.last()) else {
                    return Schedule::default();
                };
                if let Some(job) = jobs.get_mut(*first) {
                    job.after.retain(|before| before != last);
                }
                told(circle);
            }
        }
    }
}

fn lengths(jobs: &[Job], listed: &[Listed<'_>], takes: impl Fn(&Task) -> Span) -> Vec<Job> {
    let with_task = jobs.iter().zip(listed);
    with_task
        .map(|(job, (_, _, task))| Job {
            takes: takes(task),
            ..job.clone()
        })
        .collect()
}

fn row(
    incident: &Incident,
    id: &TaskId,
    record: &TaskRecord,
    task: &Task,
    axis: &Axis,
    slots: (Slot, Slot),
) -> Row {
    let stand = record.stand();
    let (planned, expected) = slots;
    let needed = is_needed(incident, task);
    let waits = |id: &&TaskId| {
        let before = incident.tasks.get(*id);
        let held = before.and_then(|record| Some((record, record.task()?)));
        held.is_some_and(|(record, task)| !is_over(record.stand().state, is_needed(incident, task)))
    };
    Row {
        id: id.clone(),
        task: task.clone(),
        state: stand.state,
        since: stand.since,
        words: stand.text.to_owned(),
        report: record
            .reports
            .last()
            .map(|said| said.what.text.clone())
            .unwrap_or_default(),
        doer: record.doer(&incident.writers),
        report_by: record.report_by(),
        needed,
        waits_for: task.after.iter().filter(waits).cloned().collect(),
        planned: axis.stretch(&planned),
        expected: axis.stretch(&expected),
        slack: expected.slack(),
        free: expected.free,
        critical: !is_over(stand.state, needed) && expected.is_critical(),
    }
}

fn restoration(rows: &[Row], axis: &Axis, expected: &Schedule, late: &Schedule) -> Restoration {
    let restores = |row: &Row| matches!(row.task.purpose, Purpose::Restore | Purpose::Verify);
    // Where nobody said what brings service back, everything does.
    let any = rows.iter().any(|row| restores(row) && row.needed);
    let counts = |row: &Row| row.needed && (!any || restores(row));
    let diagnosing = |row: &&Row| row.task.purpose == Purpose::Diagnose && !row.is_over();
    if let Some(row) = rows.iter().find(diagnosing) {
        return Restoration::Diagnosing(row.id.clone());
    }
    let end = |schedule: &Schedule| {
        let slots = rows.iter().zip(&schedule.slots);
        let counted = slots.filter(|(row, _)| counts(row));
        counted.map(|(_, slot)| slot.earliest_finish).max()
    };
    let (Some(early), Some(latest)) = (end(expected), end(late)) else {
        return Restoration::Unplanned;
    };
    if rows.iter().filter(|row| counts(row)).all(Row::is_over) {
        return Restoration::Over(axis.at(early));
    }
    let left = || rows.iter().filter(|row| row.needed && !row.is_over());
    Restoration::Between {
        early: axis.at(early),
        late: axis.at(latest),
        unknown: left()
            .filter(|row| row.task.minutes.is_none() && row.task.at_most.is_none())
            .count(),
        blocked: left()
            .find(|row| row.state == TaskState::Blocked)
            .map(|row| row.id.clone()),
    }
}
