//! What people write down about tasks, and the plan that follows from it.

use super as write;
use crate::model::task::{Attachment, OnlyIf, Purpose, Task, TaskId, TaskState};
use crate::model::term::{Level, Priority};
use crate::model::testing::{incident, noon, writer};
use crate::model::{Cursor, Draft, EventId, Fold, Log, LogScope, Span, Timestamp};
use crate::runbook::plan::{Fault, Plan, Restoration, Row, plan};

/// An incident that is written down minute by minute.
struct Room {
    log: Log,
}

impl Room {
    fn new() -> Self {
        Self {
            log: Log::new(LogScope::Incident(incident(1))),
        }
    }

    fn fold(&self) -> Fold {
        Fold::of(&[&self.log], Cursor::Now)
    }

    fn at(&mut self, minute: i64, draft: Draft) -> EventId {
        self.log.append(writer(1), draft, after(minute)).id
    }

    fn stands(&mut self, minute: i64, task: &TaskId, state: TaskState) {
        let draft = write::stand(self.fold().incident(), task, state, "because");
        self.at(minute, draft);
    }

    fn plan(&self, minute: i64) -> Plan {
        plan(self.fold().incident(), after(minute))
    }
}

fn after(minute: i64) -> Timestamp {
    noon() + Span::minutes(minute)
}

fn task(key: &str, minutes: u32, after: &[&str]) -> Task {
    Task {
        key: key.to_owned(),
        title: key.to_owned(),
        minutes: Some(minutes),
        after: after.iter().map(|key| TaskId::from(*key)).collect(),
        ..Task::default()
    }
}

fn attachment(tasks: Vec<Task>) -> Attachment {
    Attachment {
        runbook: "rollback".to_owned(),
        title: "Roll back".to_owned(),
        tasks,
        ..Attachment::default()
    }
}

fn named(key: &str) -> TaskId {
    TaskId::in_runbook("rollback", key)
}

/// The worked example as a runbook.
fn example() -> Attachment {
    let purposes = |mut task: Task| {
        task.purpose = match task.key.as_str() {
            "diagnose" => Purpose::Diagnose,
            "roll back" => Purpose::Restore,
            "verify" => Purpose::Verify,
            _ => Purpose::Other,
        };
        task
    };
    let tasks = [
        task("declare", 5, &[]),
        task("bridge", 10, &["declare"]),
        task("diagnose", 30, &["bridge"]),
        task("tell", 15, &["declare"]),
        task("prepare", 20, &["bridge"]),
        task("roll back", 25, &["diagnose", "prepare"]),
        task("verify", 10, &["roll back"]),
        task("all-clear", 5, &["tell", "verify"]),
    ];
    attachment(tasks.map(purposes).to_vec())
}

fn minute(at: Timestamp) -> i64 {
    (at - noon()).whole_minutes()
}

#[test]
fn nothing_to_do_is_no_plan() {
    let plan = Room::new().plan(5);
    assert_eq!(plan.restoration, Restoration::Unplanned);
    assert!(plan.rows.is_empty() && plan.axis.is_none() && plan.slip().is_none());
}

#[test]
fn the_worked_example_runs_from_its_attachment_to_its_slip() {
    let mut room = Room::new();
    room.at(0, write::attach(example()));
    let plan = room.plan(0);
    assert_eq!(minute(plan.planned_end.unwrap()), 85);
    assert_eq!(plan.slip(), Some(Span(0)));
    assert_eq!(plan.restoration, Restoration::Diagnosing(named("diagnose")));
    let ready: Vec<&str> = plan
        .rows
        .iter()
        .filter(|row| row.is_ready())
        .map(|row| row.task.title.as_str())
        .collect();
    assert_eq!(ready, ["declare"]);
    use TaskState::{Done, Running};
    // In the order of time: a clock that steps back is not believed.
    for (at, key, state) in [
        (0, "declare", Running),
        (5, "declare", Done),
        (5, "tell", Running),
        (5, "bridge", Running),
        (15, "bridge", Done),
        (15, "prepare", Running),
        (15, "diagnose", Running),
        (20, "tell", Done),
        (48, "prepare", Done),
        (57, "diagnose", Done),
    ] {
        room.stands(at, &named(key), state);
    }
    let plan = room.plan(57);
    assert_eq!(plan.slip().map(Span::whole_minutes), Some(12));
    let rows: Vec<(&str, i64, i64, i64, bool)> = plan
        .rows
        .iter()
        .map(|row| {
            let expected = row.expected;
            (
                row.task.title.as_str(),
                minute(expected.from),
                minute(expected.to),
                row.slack.whole_minutes(),
                row.critical,
            )
        })
        .collect();
    assert_eq!(
        rows,
        [
            ("declare", 0, 5, 0, false),
            ("bridge", 5, 15, 0, false),
            ("diagnose", 15, 57, 0, false),
            ("tell", 5, 20, 72, false),
            ("prepare", 15, 48, 9, false),
            ("roll back", 57, 82, 0, true),
            ("verify", 82, 92, 0, true),
            ("all-clear", 92, 97, 0, true),
        ]
    );
    // Service is back when it is verified, not when the all-clear is said; half as long again at the most.
    assert_eq!(
        plan.restoration,
        Restoration::Between {
            early: after(92),
            late: after(57) + Span(38 * 60_000 - 30_000) + Span::minutes(15),
            unknown: 0,
            blocked: None,
        }
    );
    for (key, at) in [("roll back", 80), ("verify", 84)] {
        room.stands(at - 3, &named(key), TaskState::Running);
        room.stands(at, &named(key), TaskState::Done);
    }
    assert_eq!(room.plan(90).restoration, Restoration::Over(after(84)));
}

#[test]
fn a_runbook_attached_twice_apart_is_one_plan() {
    let mut here = Room::new();
    here.at(0, write::attach(example()));
    let mut there = Room {
        log: Log::new(LogScope::Incident(incident(1))),
    };
    there
        .log
        .append(writer(2), write::attach(example()), after(1));
    let done = write::stand(
        there.fold().incident(),
        &named("declare"),
        TaskState::Done,
        "",
    );
    there.log.append(writer(2), done, after(4));
    here.stands(5, &named("declare"), TaskState::Running);
    for (_, event) in there.log.events() {
        here.log.add(event.clone());
    }
    let plan = here.plan(6);
    assert_eq!(plan.rows.len(), 8);
    assert_eq!(
        plan.rows[0].state,
        TaskState::Done,
        "what is done is done, whoever began it later"
    );
}

#[test]
fn what_waits_for_each_other_is_told_and_the_plan_goes_on() {
    let mut room = Room::new();
    let tasks = vec![
        task("a", 5, &["b"]),
        task("b", 5, &["a"]),
        task("c", 5, &["b", "gone"]),
    ];
    room.at(0, write::attach(attachment(tasks)));
    let plan = room.plan(0);
    assert_eq!(
        plan.faults,
        [
            Fault::Missing {
                task: named("c"),
                before: named("gone")
            },
            Fault::Circle(vec![named("b"), named("a")])
        ]
    );
    assert_eq!(minute(plan.expected_end.unwrap()), 10);
}

#[test]
fn tasks_are_needed_only_where_they_say() {
    let only = |priorities: &[Priority], services: &[&str]| OnlyIf {
        priorities: priorities.to_vec(),
        services: services.iter().map(|name| (*name).to_owned()).collect(),
    };
    let with = |key: &str, only: OnlyIf| Task {
        only,
        ..task(key, 10, &[])
    };
    let mut room = Room::new();
    room.at(
        0,
        write::attach(attachment(vec![
            with("always", OnlyIf::default()),
            with("gravest", only(&[Priority::P1], &[])),
            with("cards", only(&[], &["Checkout"])),
        ])),
    );
    let needed =
        |room: &Room| -> Vec<bool> { room.plan(1).rows.iter().map(|row| row.needed).collect() };
    assert_eq!(needed(&room), [true, false, false]);
    let hit = crate::guide::write::affect(room.fold().incident(), "checkout", Level::Down);
    room.at(1, hit);
    let graver = crate::model::fact::Classification {
        priority: Some(Priority::P1),
        ..Default::default()
    };
    let graver = crate::guide::write::classify(room.fold().incident(), graver);
    room.at(1, graver);
    assert_eq!(needed(&room), [true, true, true]);
    assert!(room.plan(1).rows.iter().all(Row::is_ready));
}

#[test]
fn tasks_are_added_changed_moved_given_and_taken_back() {
    let mut room = Room::new();
    let first = TaskId::added_by(room.at(0, write::add(task("", 10, &[]))));
    let second = TaskId::added_by(room.at(1, write::add(task("", 10, &[]))));
    let third_by = room.at(2, write::add(task("", 10, &[])));
    let third = TaskId::added_by(third_by);
    let order = |room: &Room| -> Vec<TaskId> {
        room.plan(3).rows.iter().map(|row| row.id.clone()).collect()
    };
    assert_eq!(order(&room), [first.clone(), second.clone(), third.clone()]);
    let draft = write::put_behind(room.fold().incident(), &third, None);
    room.at(3, draft);
    let draft = write::put_behind(room.fold().incident(), &first, Some(second.clone()));
    let moved = room.at(3, draft);
    assert_eq!(order(&room), [third.clone(), second.clone(), first.clone()]);
    room.at(3, crate::guide::write::retract(moved));
    assert_eq!(order(&room), [third.clone(), first.clone(), second.clone()]);
    room.at(3, crate::guide::write::retract(third_by));
    assert_eq!(order(&room), [first.clone(), second.clone()]);
    let changed = Task {
        title: "another".to_owned(),
        after: vec![second.clone()],
        ..task("", 30, &[])
    };
    let draft = write::change(room.fold().incident(), &first, changed);
    room.at(4, draft);
    let plan = room.plan(4);
    assert_eq!(
        plan.row(&first).unwrap().waits_for,
        std::slice::from_ref(&second)
    );
    assert_eq!(minute(plan.expected_end.unwrap()), 44);

    let person = crate::model::Person::from_bytes([7; 10]);
    let draft = write::assign(
        room.fold().incident(),
        &second,
        Some(person),
        Some(after(20)),
    );
    room.at(5, draft);
    let row = |room: &Room| room.plan(6).row(&second).unwrap().clone();
    assert_eq!(
        (row(&room).doer, row(&room).report_by),
        (Some(person), Some(after(20)))
    );
    room.at(15, write::report(&second, "half of it", Some(after(30))));
    assert_eq!(
        (row(&room).report, row(&room).report_by),
        ("half of it".to_owned(), Some(after(30)))
    );
    room.stands(25, &second, TaskState::Done);
    assert_eq!(row(&room).report_by, None);
}

#[test]
fn what_is_blocked_left_out_or_opened_again_changes_the_end() {
    let mut room = Room::new();
    room.at(
        0,
        write::attach(attachment(vec![task("a", 10, &[]), task("b", 10, &["a"])])),
    );
    let end = |room: &Room, at: i64| minute(room.plan(at).expected_end.unwrap());
    room.stands(0, &named("a"), TaskState::Running);
    room.stands(5, &named("a"), TaskState::Blocked);
    assert_eq!(end(&room, 30), 50);
    let blocked = room.plan(30).restoration;
    assert!(
        matches!(blocked, Restoration::Between { blocked: Some(ref id), .. } if *id == named("a"))
    );
    room.stands(31, &named("a"), TaskState::Skipped);
    assert_eq!(end(&room, 31), 41);
    room.stands(32, &named("b"), TaskState::Done);
    assert_eq!(room.plan(40).restoration, Restoration::Over(after(32)));
    room.stands(41, &named("b"), TaskState::Open);
    let plan = room.plan(41);
    assert_eq!(minute(plan.expected_end.unwrap()), 51);
    assert_eq!(plan.row(&named("b")).unwrap().words, "because");
}

#[test]
fn what_nobody_estimated_is_counted() {
    let mut room = Room::new();
    let unknown = Task {
        minutes: None,
        ..task("a", 0, &[])
    };
    let bounded = Task {
        minutes: None,
        at_most: Some(20),
        ..task("b", 0, &["a"])
    };
    room.at(0, write::attach(attachment(vec![unknown, bounded])));
    let Restoration::Between {
        early,
        late,
        unknown,
        ..
    } = room.plan(0).restoration
    else {
        panic!("there is an estimate");
    };
    assert_eq!((minute(early), minute(late), unknown), (30, 35, 1));
}

#[test]
fn whoever_takes_over_reads_what_runs_and_what_is_blocked() {
    let mut room = Room::new();
    room.at(
        0,
        write::attach(attachment(vec![
            task("promote", 10, &[]),
            task("drain", 20, &[]),
            task("later", 5, &["drain"]),
        ])),
    );
    let engineer = crate::model::Person::from_bytes([7; 10]);
    room.at(
        1,
        crate::guide::write::name_person(engineer, "Queue on call"),
    );
    let given = write::assign(
        room.fold().incident(),
        &named("promote"),
        Some(engineer),
        None,
    );
    room.at(2, given);
    room.stands(3, &named("promote"), TaskState::Running);
    room.at(4, write::report(&named("promote"), "Half of it.", None));
    room.stands(5, &named("drain"), TaskState::Blocked);
    let brief = crate::guide::handover::brief(room.fold().incident(), None, after(6), 0);
    for line in [
        "Running: promote (Queue on call: Half of it).",
        "Blocked: drain (because).",
        "Service back: not before 12:31.",
    ] {
        assert!(brief.contains(line), "{brief}");
    }
}
