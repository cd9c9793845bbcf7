//! The worked example, number for number, and the laws beside a scheduler that tries every chain.

use proptest::prelude::*;

use super::*;
use crate::model::laws;

const fn minutes(n: i64) -> Span {
    Span::minutes(n)
}

fn job(takes: i64, after: &[usize]) -> Job {
    Job {
        takes: minutes(takes),
        from: Span(0),
        after: after.to_vec(),
        progress: Progress::Open,
    }
}

/// The project's example: declare, bridge, diagnose, tell customers, prepare the rollback, roll
/// back, verify, all-clear.
fn example() -> Vec<Job> {
    vec![
        job(5, &[]),
        job(10, &[0]),
        job(30, &[1]),
        job(15, &[0]),
        job(20, &[1]),
        job(25, &[2, 4]),
        job(10, &[5]),
        job(5, &[3, 6]),
    ]
}

fn done(job: &mut Job, start: i64, finish: i64) {
    job.progress = Progress::Done {
        start: minutes(start),
        finish: minutes(finish),
    };
}

#[test]
fn the_worked_example_comes_out_number_for_number() {
    let schedule = schedule(&example(), None).unwrap();
    let rows: Vec<[i64; 5]> = schedule
        .slots
        .iter()
        .map(|slot| {
            [
                slot.earliest_start,
                slot.earliest_finish,
                slot.latest_start,
                slot.latest_finish,
                slot.slack(),
            ]
            .map(Span::whole_minutes)
        })
        .collect();
    assert_eq!(
        rows,
        [
            [0, 5, 0, 5, 0],
            [5, 15, 5, 15, 0],
            [15, 45, 15, 45, 0],
            [5, 20, 65, 80, 60],
            [15, 35, 25, 45, 10],
            [45, 70, 45, 70, 0],
            [70, 80, 70, 80, 0],
            [80, 85, 80, 85, 0],
        ]
    );
    let critical: Vec<usize> = (0..8)
        .filter(|&n| schedule.slots[n].is_critical())
        .collect();
    assert_eq!(critical, [0, 1, 2, 5, 6, 7]);
    assert_eq!(schedule.end, minutes(85));
    assert_eq!(schedule.slots[3].free, minutes(60));
    assert_eq!(schedule.slots[4].free, minutes(10));
}

#[test]
fn what_really_happened_moves_the_rest() {
    let mut jobs = example();
    for (place, start, finish) in [(0, 0, 5), (1, 5, 15), (2, 15, 57), (3, 5, 20), (4, 15, 48)] {
        done(&mut jobs[place], start, finish);
    }
    let schedule = schedule(&jobs, Some(minutes(57))).unwrap();
    let at = |place: usize| {
        let slot = schedule.slots[place];
        (
            slot.earliest_start.whole_minutes(),
            slot.earliest_finish.whole_minutes(),
        )
    };
    assert_eq!([at(5), at(6), at(7)], [(57, 82), (82, 92), (92, 97)]);
    assert_eq!(schedule.end.whole_minutes() - 85, 12, "the slip");
    assert_eq!(schedule.slots[4].slack(), minutes(9));
    assert_eq!(schedule.slots[3].slack(), minutes(72));
}

#[test]
fn what_runs_late_moves_with_the_clock() {
    let mut jobs = example();
    done(&mut jobs[0], 0, 5);
    done(&mut jobs[1], 5, 15);
    jobs[2].progress = Progress::Running { start: minutes(15) };
    for (now, end) in [(20, 85), (45, 105), (46, 106), (75, 135)] {
        let schedule = schedule(&jobs, Some(minutes(now))).unwrap();
        assert_eq!(schedule.end, minutes(end), "at {now}");
        // Preparing the rollback has not begun: it moves too.
        assert_eq!(schedule.slots[4].earliest_start, minutes(now));
    }
}

#[test]
fn what_is_passed_over_takes_no_time_and_opens_no_short_cut() {
    let mut jobs = example();
    jobs[5].progress = Progress::Passed;
    let schedule = schedule(&jobs, None).unwrap();
    assert_eq!(schedule.slots[6].earliest_start, minutes(45));
    assert_eq!(schedule.end, minutes(60));
}

#[test]
fn what_was_begun_too_early_holds_nobody() {
    let mut jobs = example();
    done(&mut jobs[5], 2, 4);
    let schedule = schedule(&jobs, Some(minutes(4))).unwrap();
    assert!(schedule.slots.iter().all(|slot| slot.slack() >= Span(0)));
    assert_eq!(schedule.end, minutes(49), "the diagnosis, begun at 19");
}

#[test]
fn circles_are_named_in_order() {
    for (edges, named) in [
        (&[(0, 0)][..], &[0][..]),
        (&[(0, 1), (1, 0)], &[1, 0]),
        // 3 waits for 4, 4 for 5, 5 for 3; 6 only waits for one of them.
        (&[(6, 3), (3, 4), (4, 5), (5, 3), (3, 0)], &[5, 4, 3]),
    ] {
        let mut jobs = vec![job(1, &[]); 8];
        for &(waits, before) in edges {
            jobs[waits].after.push(before);
        }
        let Cycle(found) = schedule(&jobs, None).unwrap_err();
        assert_eq!(found, named);
        for (place, task) in found.iter().enumerate() {
            let before = found[(place + found.len() - 1) % found.len()];
            assert!(jobs[*task].after.contains(&before));
        }
    }
}

#[test]
fn nothing_and_what_is_missing_are_no_trouble() {
    assert_eq!(
        schedule(&[], Some(minutes(3))).unwrap(),
        Schedule::default()
    );
    let lone = schedule(&[job(7, &[4])], None).unwrap();
    assert_eq!(lone.end, minutes(7));
}

/// A thousand tasks in a hundred layers, each after ten of the layer before.
fn thousand() -> Vec<Job> {
    (0..1_000_usize)
        .map(|place| {
            let layer = place / 10;
            let after = layer
                .checked_sub(1)
                .map(|before| before * 10..before * 10 + 10);
            let after: Vec<usize> = after.into_iter().flatten().collect();
            job(1 + (place % 7) as i64, &after)
        })
        .collect()
}

#[test]
fn a_thousand_tasks_are_planned_again_within_a_frame() {
    let jobs = thousand();
    let best = (0..20)
        .map(|_| {
            let began = std::time::Instant::now();
            assert!(schedule(&jobs, Some(minutes(3))).is_ok());
            began.elapsed()
        })
        .min()
        .unwrap();
    // A frame is 16 ms; the tests are hardly optimised.
    assert!(best.as_millis() < 16, "{best:?}");
}

/// Up to twelve tasks, each after some of those before it, in a shuffled order.
fn graphs() -> impl Strategy<Value = Vec<Job>> {
    let task = (
        0..40_i64,
        0..30_i64,
        any::<u16>(),
        0..5_u8,
        0..50_i64,
        0..50_i64,
    );
    (proptest::collection::vec(task, 0..=12), any::<u64>()).prop_map(|(tasks, seed)| {
        let count = tasks.len();
        let mut places: Vec<usize> = (0..count).collect();
        let mut random = seed;
        for place in (1..count).rev() {
            random = random
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            places.swap(place, (random >> 33) as usize % (place + 1));
        }
        let mut jobs = vec![job(0, &[]); count];
        for (rank, (takes, from, mask, progress, start, length)) in tasks.into_iter().enumerate() {
            let after = (0..rank).filter(|before| mask >> before & 1 == 1);
            let start = minutes(start);
            jobs[places[rank]] = Job {
                takes: minutes(takes),
                from: minutes(from),
                after: after.map(|before| places[before]).collect(),
                progress: match progress {
                    0 => Progress::Running { start },
                    1 => Progress::Done {
                        start,
                        finish: Span(start.0 + minutes(length).0),
                    },
                    2 => Progress::Passed,
                    _ => Progress::Open,
                },
            };
        }
        jobs
    })
}

/// When a task is finished, by trying everything that it waits for, again and again.
fn finish(jobs: &[Job], place: usize, now: Span) -> (Span, Span) {
    let job = &jobs[place];
    let before = job.after.iter().map(|before| finish(jobs, *before, now).1);
    let ready = before.fold(job.from, Span::max);
    match job.progress {
        Progress::Done { start, finish } => (start, finish),
        Progress::Running { start } => (start, now.max(Span(start.0 + job.takes.0)).max(start)),
        Progress::Passed => (ready, ready),
        Progress::Open => (ready.max(now), Span(ready.max(now).0 + job.takes.0)),
    }
}

/// The longest chain of lengths behind a task, among those that wait for it.
fn tail(jobs: &[Job], place: usize, at: &[(Span, Span)], end: Span) -> Span {
    let followers = (0..jobs.len()).filter(|other| jobs[*other].after.contains(&place));
    followers
        .filter(|&other| at[other].0 >= at[place].1)
        .map(|other| Span(tail(jobs, other, at, end).0 - (at[other].1.0 - at[other].0.0)))
        .fold(end, Span::min)
}

proptest! {
    #![proptest_config(laws::config())]

    #[test]
    fn times_are_those_of_trying_every_chain(jobs in graphs(), now in 0..60_i64) {
        let now = minutes(now);
        let schedule = schedule(&jobs, Some(now)).unwrap();
        let at: Vec<(Span, Span)> = (0..jobs.len()).map(|place| finish(&jobs, place, now)).collect();
        let end = at.iter().map(|(_, finish)| *finish).max().unwrap_or_default();
        prop_assert_eq!(schedule.end, end);
        for (place, slot) in schedule.slots.iter().enumerate() {
            prop_assert_eq!((slot.earliest_start, slot.earliest_finish), at[place]);
            prop_assert_eq!(slot.latest_finish, tail(&jobs, place, &at, end));
        }
    }

    #[test]
    fn a_delay_within_the_slack_moves_no_end_and_one_beyond_it_moves_it(jobs in graphs(), late in 1..30_i64) {
        let plan = schedule(&jobs, None).unwrap();
        for place in (0..jobs.len()).filter(|place| jobs[*place].progress == Progress::Open) {
            let slack = plan.slots[place].slack();
            let mut later = jobs.clone();
            later[place].takes = Span(jobs[place].takes.0 + minutes(late).0);
            let end = schedule(&later, None).unwrap().end;
            let waits_rightly = jobs.iter().all(|job| !matches!(job.progress, Progress::Done { .. } | Progress::Running { .. }));
            if waits_rightly {
                prop_assert_eq!(end, Span(plan.end.0 + (minutes(late).0 - slack.0).max(0)));
            } else {
                prop_assert!(end >= plan.end);
            }
        }
    }

    #[test]
    fn an_unfinished_plan_has_a_critical_task_wherever_it_ends(jobs in graphs()) {
        let plan = schedule(&jobs, None).unwrap();
        if !jobs.is_empty() {
            prop_assert!(plan.slots.iter().any(|slot| slot.is_critical() && slot.earliest_finish == plan.end));
        }
        for slot in &plan.slots {
            prop_assert!(slot.slack() >= Span(0) && slot.free >= Span(0) && slot.free <= slot.slack());
        }
    }
}
