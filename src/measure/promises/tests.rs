use super::super::testing::{declare, folded, minute, state};
use super::*;
use crate::guide::write;
use crate::model::Draft;
use crate::model::term::Nature;

/// An update to an audience that announces the next one for a minute.
fn told(audience: &str, next: Option<i64>) -> impl Fn(&Incident) -> Draft {
    let update = Update {
        audience: audience.to_owned(),
        next_due: next.map(minute),
        ..Update::default()
    };
    move |_| write::update(update.clone())
}

#[test]
fn what_was_announced_is_kept_late_missed_or_waited_for() {
    let incident = folded(&[
        (0, &declare(Nature::Real)),
        (5, &told("customers", Some(35))),
        (6, &told("executives", Some(30))),
        (35, &told("customers", Some(65))),
        (40, &told("executives", None)),
        (66, &told("customers", Some(96))),
    ]);
    let promises = promises(&incident);
    let kept = |now: i64| -> Vec<Kept> {
        let promises = promises.iter();
        promises.map(|promise| promise.kept(minute(now))).collect()
    };
    use Kept::{InTime, Late, Missed, Waiting};
    assert_eq!(kept(96), [InTime, Late, Waiting, Late]);
    assert_eq!(kept(97), [InTime, Late, Missed, Late]);
    let records = records(promises.iter(), minute(96));
    let counts: Vec<_> = records
        .iter()
        .map(|one| {
            (
                one.audience.as_str(),
                one.in_time,
                one.judged(),
                one.waiting,
            )
        })
        .collect();
    assert_eq!(
        counts,
        [
            ("", 1, 3, 1),
            ("customers", 1, 2, 1),
            ("executives", 0, 1, 0)
        ]
    );
    assert_eq!(records[0].share().unwrap().percent(1), "33.3");
    assert_eq!(Record::default().share(), None);
}

#[test]
fn once_service_is_back_nothing_more_is_promised() {
    let incident = folded(&[
        (0, &declare(Nature::Real)),
        (5, &told("customers", Some(35))),
        (20, &state(Stamp::Restored, minute(20))),
        (20, &told("customers", Some(50))),
    ]);
    let promises = promises(&incident);
    assert_eq!(promises.len(), 1);
    assert_eq!(promises[0].kept(minute(500)), Kept::InTime);
}
