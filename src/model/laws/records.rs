//! All logs together: what is asked of them never hangs on when it was asked, or on the way in.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::super::event::Event;
use super::super::fact::{Fact, SameAs};
use super::super::fold::{Cursor, Fold};
use super::super::id::{EventId, IncidentId};
use super::super::kind::Kind;
use super::super::log::{Claim, Draft, Log};
use super::super::records::{Brought, Records};
use super::config;
use super::world::*;

/// How some events reach the records.
#[derive(Clone, Debug)]
struct Delivery {
    seed: u64,
    /// How many come at once, in turn.
    batches: Vec<usize>,
    /// In how many of the turns somebody looks at the screen.
    looks: u16,
}

fn delivery() -> impl Strategy<Value = Delivery> {
    (
        any::<u64>(),
        prop::collection::vec(1..14_usize, 1..4),
        any::<u16>(),
    )
        .prop_map(|(seed, batches, looks)| Delivery {
            seed,
            batches,
            looks,
        })
}

fn id(scope_number: usize) -> IncidentId {
    scope(scope_number).incident().unwrap()
}

fn look(records: &mut Records) {
    for id in records.incident_ids() {
        let incident = records.incident(id).unwrap();
        assert_eq!(incident.id, Some(id));
    }
}

impl Delivery {
    fn take_in(&self, records: &mut Records, events: &[(usize, Event)]) {
        let mut left = shuffled(events, self.seed);
        for (turn, size) in self.batches.iter().cycle().enumerate() {
            if left.is_empty() {
                return;
            }
            let batch: Vec<(usize, Event)> = left.drain(..(*size).min(left.len())).collect();
            for which in batch
                .iter()
                .map(|(scope, _)| *scope)
                .collect::<BTreeSet<_>>()
            {
                let events = batch
                    .iter()
                    .filter(|(scope, _)| *scope == which)
                    .map(|(_, event)| event.clone());
                records.add(scope(which), events.collect(), &[]);
            }
            if self.looks >> (turn % 16) & 1 == 1 {
                look(records);
            }
        }
    }
}

/// Every answer is what folding everything anew gives.
fn assert_answers_are_full_folds(records: &mut Records) {
    for id in records
        .logs()
        .filter_map(|log| log.scope().incident())
        .collect::<Vec<_>>()
    {
        let expected = Fold::of(&records.logs_of(id), Cursor::Now);
        assert_eq!(records.fold(id), Some(&expected));
    }
}

/// What each incident says of itself, and which are one.
fn answers(records: &mut Records) -> BTreeMap<IncidentId, (BTreeSet<IncidentId>, Fold)> {
    let ids = records.incident_ids();
    ids.into_iter()
        .map(|id| {
            let members = records
                .logs_of(id)
                .iter()
                .filter_map(|log| log.scope().incident())
                .collect();
            (id, (members, records.fold(id).unwrap().clone()))
        })
        .collect()
}

fn same_as(other: usize) -> Draft {
    Fact::SameAs(SameAs {
        incident: id(other),
    })
    .draft()
}

/// Some declarations; of these pairs the first says that it is the second, and may take it back.
fn declarations(pairs: &[(usize, usize, bool)]) -> Vec<(usize, Event)> {
    let mut logs: Vec<Log> = (0..6).map(|n| Log::new(scope(n))).collect();
    let mut events = Vec::new();
    for (n, log) in logs.iter_mut().enumerate() {
        events.push((
            n,
            log.append(
                writer(n as u64),
                title(&format!("Title {n}"), vec![]),
                after(0),
            ),
        ));
    }
    for &(from, to, taken_back) in pairs {
        let joined = logs[from].append(writer(from as u64), same_as(to), after(1));
        events.push((from, joined.clone()));
        if taken_back {
            let parted = logs[from].append(
                writer(from as u64),
                about(Kind::Retracted, joined.id),
                after(2),
            );
            events.push((from, parted));
        }
    }
    events
}

/// The declarations that are one outage, by hand: what can be reached from each.
fn reachable(pairs: &[(usize, usize, bool)], from: usize) -> BTreeSet<IncidentId> {
    let mut reached = BTreeSet::from([from]);
    for _ in 0..6 {
        for &(a, b, taken_back) in pairs {
            if !taken_back && (reached.contains(&a) || reached.contains(&b)) {
                reached.extend([a, b]);
            }
        }
    }
    reached.into_iter().map(id).collect()
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn answers_do_not_hang_on_order_on_batches_or_on_when_somebody_looked(
        script in nasty(), deliveries in prop::array::uniform2(delivery()),
    ) {
        let world = script.play();
        let events: Vec<(usize, Event)> =
            (0..2).flat_map(|scope| world.written[scope].iter().map(move |event| (scope, event.clone()))).collect();
        let mut found = Vec::new();
        for delivery in deliveries {
            let mut records = Records::default();
            delivery.take_in(&mut records, &events);
            assert_answers_are_full_folds(&mut records);
            found.push(answers(&mut records));
        }
        prop_assert_eq!(&found[0], &found[1]);
    }

    #[test]
    fn declarations_of_one_outage_are_one_incident_under_the_lowest_id(
        pairs in prop::collection::vec((0..6_usize, 0..6_usize, prop::bool::weighted(0.3)), 0..7), delivery in delivery(),
    ) {
        let mut records = Records::default();
        delivery.take_in(&mut records, &declarations(&pairs));
        for n in 0..6 {
            let together = reachable(&pairs, n);
            prop_assert_eq!(Some(&records.lead(id(n))), together.first());
            let incident = records.incident(id(n)).unwrap();
            prop_assert_eq!(&incident.ids, &together);
            prop_assert_eq!(incident.timeline.iter().filter(|entry| entry.kind == Kind::Described).count(), together.len());
        }
        assert_answers_are_full_folds(&mut records);
    }

    #[test]
    fn own_events_and_those_of_others_may_come_in_turns(script in honest(), delivery in delivery(), own in prop::collection::vec(what_to_write(), 1..6)) {
        let world = script.play();
        let events: Vec<(usize, Event)> =
            (0..2).flat_map(|scope| world.written[scope].iter().map(move |event| (scope, event.clone()))).collect();
        let mut records = Records::default();
        let (early, late) = events.split_at(events.len() / 2);
        delivery.take_in(&mut records, early);
        look(&mut records);
        for (n, (which, kind)) in own.iter().enumerate() {
            let last = records.log(scope(*which)).and_then(|log| log.events().next_back()).map(|(place, _)| place.id());
            let draft = match (kind, last) {
                (Some(kind), Some(on)) => about(kind.clone(), on),
                _ => same_as(1 - which),
            };
            let written = records.append(scope(*which), writer(600 + *which as u64), vec![draft], after(n as i64));
            prop_assert_eq!(written.len(), 1);
            assert_answers_are_full_folds(&mut records);
        }
        delivery.take_in(&mut records, late);
        assert_answers_are_full_folds(&mut records);
    }

    #[test]
    fn what_an_import_brought_can_be_taken_out_again_as_if_it_had_never_come(script in nasty(), delivery in delivery(), cut in any::<prop::sample::Index>()) {
        let world = script.play();
        let mut events: Vec<(usize, Event)> =
            (0..2).flat_map(|scope| world.written[scope].iter().map(move |event| (scope, event.clone()))).collect();
        // What was erased here is erased, whatever becomes of the import.
        events.retain(|(_, event)| event.kind != Kind::Erased);
        prop_assume!(!events.is_empty());
        let mut records = Records::default();
        let imported: Vec<(usize, Event)> = events.split_off(cut.index(events.len()));
        delivery.take_in(&mut records, &events);
        let before = answers(&mut records);
        let mut new: BTreeMap<usize, Brought> = BTreeMap::new();
        for (which, event) in imported {
            let claim = Claim { writer: event.id.writer, seq: event.id.seq, digest: event.digest() };
            let brought = new.entry(which).or_default();
            brought.note(&event, records.log(scope(which)));
            brought.claims.insert(claim);
            records.add(scope(which), vec![event], &[claim]);
        }
        look(&mut records);
        for (which, brought) in &new {
            records.forget(scope(*which), brought);
        }
        assert_answers_are_full_folds(&mut records);
        prop_assert_eq!(answers(&mut records), before);
    }

    #[test]
    fn a_log_that_was_removed_leaves_the_others_as_they_are_alone(
        pairs in prop::collection::vec((0..6_usize, 0..6_usize, prop::bool::weighted(0.3)), 0..7), delivery in delivery(), gone in 0..6_usize,
    ) {
        let events = declarations(&pairs);
        let mut records = Records::default();
        delivery.take_in(&mut records, &events);
        look(&mut records);
        records.remove(scope(gone));
        let left: Vec<(usize, Event)> = events.into_iter().filter(|(scope, _)| *scope != gone).collect();
        let mut fresh = Records::default();
        delivery.take_in(&mut fresh, &left);
        prop_assert!(records.log(scope(gone)).is_none());
        prop_assert_eq!(answers(&mut records), answers(&mut fresh));
    }
}

fn what_to_write() -> impl Strategy<Value = (usize, Option<Kind>)> {
    (
        0..2_usize,
        prop::sample::select(vec![
            None,
            Some(Kind::Retracted),
            Some(Kind::Erased),
            Some(Kind::Note),
        ]),
    )
}

#[test]
fn a_declaration_that_was_joined_by_mistake_and_corrected_is_parted_again() {
    for correction in [
        Draft {
            body: format!(r#"{{"body":{{"incident":"{}"}}}}"#, id(2)).into(),
            ..about(
                Kind::Amended,
                EventId {
                    writer: writer(0),
                    seq: 2,
                },
            )
        },
        about(
            Kind::Erased,
            EventId {
                writer: writer(0),
                seq: 2,
            },
        ),
        about(
            Kind::Retracted,
            EventId {
                writer: writer(0),
                seq: 2,
            },
        ),
    ] {
        let mut records = Records::default();
        for (which, event) in declarations(&[(0, 1, false)]) {
            records.add(scope(which), vec![event], &[]);
        }
        assert_eq!(records.lead(id(0)), records.lead(id(1)));
        look(&mut records);
        let kind = correction.kind.clone();
        records.append(scope(0), writer(0), vec![correction], after(3));
        assert_ne!(records.lead(id(0)), records.lead(id(1)), "{kind}");
        assert_answers_are_full_folds(&mut records);
    }
}

#[test]
fn a_copy_with_the_text_mends_one_that_lost_it_at_once() {
    let mut log = empty();
    let event = log.append(writer(1), title("Mail is down", vec![]), after(0));
    let mut records = Records::default();
    let lost = Event {
        body: super::super::event::Body::Erased(event.body.digest()),
        ..event.clone()
    };
    records.add(scope(0), vec![lost], &[]);
    assert_eq!(records.incident(id(0)).unwrap().title(), None);
    assert_eq!(records.add(scope(0), vec![event.clone()], &[]), [event.id]);
    assert_eq!(
        records.incident(id(0)).unwrap().title(),
        Some("Mail is down")
    );
}
