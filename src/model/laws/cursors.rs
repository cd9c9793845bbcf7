//! What had happened by some time, and what a person knew then.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::super::fact::Fact;
use super::super::fold::{Cursor, Fold};
use super::super::id::EventId;
use super::super::log::Log;
use super::super::term::Level;
use super::super::time::Timestamp;
use super::config;
use super::world::*;

fn ids(fold: &Fold) -> BTreeSet<EventId> {
    fold.incident()
        .timeline
        .iter()
        .map(|entry| entry.id())
        .collect()
}

fn known(log: &Log, who: usize, at: Timestamp) -> Fold {
    Fold::of(
        &[log],
        Cursor::KnownTo {
            person: person(who),
            at,
        },
    )
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn at_the_end_of_time_everything_has_happened(script in nasty()) {
        let log = script.play().everything();
        let (now, ever) = (Fold::of(&[&log], Cursor::Now), Fold::of(&[&log], Cursor::HappenedBy(Timestamp::MAX)));
        prop_assert_eq!(now.incident(), ever.incident());
    }

    #[test]
    fn what_had_happened_by_a_time_is_the_timeline_up_to_it(script in nasty(), minutes in -400..2_000_i64) {
        let log = script.play().everything();
        let then = after(minutes);
        let now = Fold::of(&[&log], Cursor::Now);
        let by_then = Fold::of(&[&log], Cursor::HappenedBy(then));
        let expected: Vec<_> = now.incident().timeline.iter().filter(|entry| entry.when <= then).map(|entry| entry.place).collect();
        let lines: Vec<_> = by_then.incident().timeline.iter().map(|entry| entry.place).collect();
        prop_assert_eq!(lines, expected);
    }

    #[test]
    fn nobody_knew_what_their_pages_had_not_seen(script in honest()) {
        let world = script.play();
        let log = world.everything();
        for (n, page) in world.pages.iter().enumerate() {
            for id in ids(&known(&log, n, Timestamp::MAX)) {
                prop_assert!(page.logs[0].holds(id), "{id} was unknown to page {n}");
            }
        }
    }

    #[test]
    fn with_right_clocks_nobody_knew_at_a_time_what_came_later(script in punctual()) {
        let world = script.play();
        let log = world.everything();
        // Where the introduction was erased, nobody can tell who wrote.
        let introduced = |writer| !log.erased().contains(&EventId { writer, seq: 1 });
        for (n, page) in world.pages.iter().enumerate().filter(|(_, page)| introduced(page.writers[0])) {
            for (then, held) in &page.held {
                let knew = ids(&known(&log, n, *then));
                prop_assert!(knew.is_subset(held), "page {n} at {then}");
                let own = log.events().filter(|(_, event)| event.noted <= *then && page.writers[0] == event.id.writer);
                for (place, _) in own {
                    prop_assert!(knew.contains(&place.id()));
                }
            }
        }
    }

    #[test]
    fn who_has_seen_everything_knows_what_is_known_now(script in honest()) {
        let world = script.play();
        let mut log = world.everything();
        // Whoever has everything says so with their next event.
        let page = &world.pages[0];
        let mut introduction = Fact::Joined(super::super::fact::Introduction {
            person: page.person, name: "One".to_owned(), zone: String::new(),
        }).draft();
        introduction.at = None;
        log.append(writer(500), introduction, world.now);
        let (knew, now) = (known(&log, 0, Timestamp::MAX), Fold::of(&[&log], Cursor::Now));
        prop_assert_eq!(knew.incident(), now.incident());
    }

    #[test]
    fn knowledge_only_grows(script in honest(), minutes in prop::collection::vec(-500..900_i64, 2)) {
        let log = script.play().everything();
        let (early, late) = (minutes[0].min(minutes[1]), minutes[0].max(minutes[1]));
        prop_assert!(ids(&known(&log, 0, after(early))).is_subset(&ids(&known(&log, 0, after(late)))));
    }
}

#[test]
fn a_value_set_later_still_hides_what_it_replaced_from_one_set_before_it() {
    let mut log = empty();
    let first = log.append(writer(1), title("Mail is slow", vec![]), after(0));
    let second = log.append(writer(1), title("Mail is down", vec![first.id]), after(120));
    log.append(
        writer(1),
        at(title("Mail and shop are slow", vec![second.id]), after(60)),
        after(130),
    );
    let by = |minutes| {
        Fold::of(&[&log], Cursor::HappenedBy(after(minutes)))
            .incident()
            .clone()
    };
    assert_eq!(by(30).title(), Some("Mail is slow"));
    assert_eq!(by(90).title(), Some("Mail and shop are slow"));
    assert!(by(90).title.conflict().is_empty());
}

#[test]
fn a_review_sees_a_level_as_it_was_known_and_as_it_had_happened() {
    let mut log = empty();
    let introduce = |who| {
        Fact::Joined(super::super::fact::Introduction {
            person: person(who),
            name: "One".to_owned(),
            zone: String::new(),
        })
        .draft()
    };
    log.append(writer(1), introduce(1), after(0));
    log.append(writer(1), hit(Level::ALL[0]), after(1));
    // Said at minute 50, about minute 10.
    log.append(writer(1), at(hit(Level::ALL[2]), after(10)), after(50));
    let level = |cursor| Fold::of(&[&log], cursor).incident().level("mail");
    assert_eq!(level(Cursor::HappenedBy(after(20))), Some(Level::ALL[2]));
    assert_eq!(
        level(Cursor::KnownTo {
            person: person(1),
            at: after(20)
        }),
        Some(Level::ALL[0])
    );
    assert_eq!(
        level(Cursor::KnownTo {
            person: person(1),
            at: after(50)
        }),
        Some(Level::ALL[2])
    );
    assert_eq!(
        level(Cursor::KnownTo {
            person: person(2),
            at: after(50)
        }),
        None
    );
}
