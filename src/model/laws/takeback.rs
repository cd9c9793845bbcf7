//! Retracting, amending and erasing: the same whatever the order in which copies hear of it.

use proptest::prelude::*;

use super::super::chain;
use super::super::event::Event;
use super::super::fact::{Fact, Words};
use super::super::fold::{Cursor, Fold};
use super::super::id::EventId;
use super::super::incident::{Incident, Standing};
use super::super::kind::Kind;
use super::super::log::{Draft, Log};
use super::config;
use super::world::*;

/// What people do to an event, or to what others did to it, before all of them have heard of it.
#[derive(Clone, Copy, Debug)]
struct Act {
    what: Doing,
    /// Which of the events that the person has.
    on: u8,
    /// Which of the acts before this one the person has heard of.
    heard: u8,
}

#[derive(Clone, Copy, Debug)]
enum Doing {
    Retract,
    Amend(u8),
    Redate(i64),
    Erase,
}

fn acts(most: usize) -> impl Strategy<Value = Vec<Act>> {
    let doing = prop_oneof![
        3 => Just(Doing::Retract),
        2 => (0..3_u8).prop_map(Doing::Amend),
        1 => (-60..60_i64).prop_map(Doing::Redate),
        1 => Just(Doing::Erase),
    ];
    let act =
        (doing, any::<u8>(), any::<u8>()).prop_map(|(what, on, heard)| Act { what, on, heard });
    prop::collection::vec(act, 1..=most)
}

/// An incident with a title that was set twice, and a note.
fn base() -> Log {
    let mut log = empty();
    let first = log.append(writer(1), title("First", vec![]), after(0));
    log.append(writer(1), title("Second", vec![first.id]), after(1));
    log.append(writer(1), note("seen"), after(2));
    log
}

fn draft_of(what: Doing, on: EventId, incident: &Incident) -> Draft {
    let entry = incident.entry(on).unwrap();
    match what {
        Doing::Retract => about(Kind::Retracted, on),
        Doing::Erase => about(Kind::Erased, on),
        Doing::Redate(minutes) => at(entry.corrected_to(None), after(minutes)),
        Doing::Amend(n) if entry.kind == Kind::Described => entry.corrected_to(Some(&described(n))),
        Doing::Amend(n) => entry.corrected_to(Some(&Fact::Note(Words {
            text: format!("amended {n}"),
        }))),
    }
}

fn described(n: u8) -> Fact {
    let draft = title(&format!("Amended {n}"), vec![]);
    Fact::read(&draft.kind, &draft.body)
}

/// The events of these acts, each by a writer of its own.
fn events_of(acts: &[Act]) -> Vec<Event> {
    let mut written: Vec<Event> = Vec::new();
    for (n, act) in acts.iter().enumerate() {
        let mut log = base();
        let heard = written
            .iter()
            .enumerate()
            .filter(|(n, _)| act.heard >> n & 1 == 1);
        heard.for_each(|(_, event)| drop(log.merge(&log_of(scope(0), [event]))));
        let ids: Vec<EventId> = log.events().map(|(place, _)| place.id()).collect();
        let on = ids[usize::from(act.on) % ids.len()];
        let draft = draft_of(act.what, on, &incident_of(&log));
        written.push(log.append(writer(10 + n as u64), draft, after(10 + n as i64)));
    }
    written
}

/// Every order of some items.
fn orders<T: Clone>(items: &[T]) -> Vec<Vec<T>> {
    if items.is_empty() {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for n in 0..items.len() {
        let mut rest = items.to_vec();
        let first = rest.remove(n);
        all.extend(orders(&rest).into_iter().map(|mut order| {
            order.insert(0, first.clone());
            order
        }));
    }
    all
}

/// A copy that heard of these events one after the other.
fn heard_in_order(events: &[Event]) -> (Log, Fold) {
    let mut log = base();
    let mut fold = Fold::of(&[&log], Cursor::Now);
    for event in events {
        log.add(event.clone());
        fold.push(&[&log], event);
    }
    (log, fold)
}

fn retraction(log: &mut Log, on: EventId) -> EventId {
    log.append(writer(2), about(Kind::Retracted, on), after(60))
        .id
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn retract_amend_and_erase_give_the_same_in_every_order(acts in acts(4)) {
        let events = events_of(&acts);
        let (log, fold) = heard_in_order(&events);
        for order in orders(&events) {
            let (other_log, other_fold) = heard_in_order(&order);
            prop_assert_eq!(&other_log, &log);
            prop_assert_eq!(&other_fold, &fold);
        }
        prop_assert_eq!(&Fold::of(&[&log], Cursor::Now), &fold);
    }

    #[test]
    fn an_event_is_taken_back_exactly_where_a_retraction_of_it_stands(script in honest()) {
        let incident = incident_of(&script.play().everything());
        let is_retracted = |id| matches!(incident.entry(id).unwrap().standing, Standing::Retracted(_));
        for entry in &incident.timeline {
            if let Standing::Retracted(by) = entry.standing {
                let by = incident.entry(by).unwrap();
                prop_assert_eq!((&by.kind, by.on, is_retracted(by.id())), (&Kind::Retracted, Some(entry.id()), false));
                prop_assert!(entry.place < by.place);
            }
            if let (Kind::Retracted, Some(on), false) = (&entry.kind, entry.on, is_retracted(entry.id())) {
                prop_assert!(is_retracted(on), "{} takes back {on}", entry.id());
            }
        }
    }

    #[test]
    fn taking_back_a_taking_back_restores_and_so_on(times in 0..12_usize) {
        let mut log = base();
        let mut on = EventId { writer: writer(1), seq: 2 };
        for _ in 0..times {
            on = retraction(&mut log, on);
        }
        let expected = if times % 2 == 0 { "Second" } else { "First" };
        let incident = incident_of(&log);
        prop_assert_eq!(incident.title(), Some(expected));
    }

    #[test]
    fn taking_back_a_value_restores_the_last_that_stands(retracted in prop::collection::vec(any::<(bool, bool)>(), 1..8)) {
        let mut log = empty();
        let mut ids = Vec::new();
        for n in 0..retracted.len() {
            let replaces = ids.last().copied().into_iter().collect();
            ids.push(log.append(writer(1), title(&format!("Title {n}"), replaces), after(n as i64)).id);
        }
        for (id, (retracted, restored)) in ids.iter().zip(&retracted) {
            if *retracted {
                let by = retraction(&mut log, *id);
                restored.then(|| retraction(&mut log, by));
            }
        }
        let stands = |&(retracted, restored): &(bool, bool)| !retracted || restored;
        let expected = retracted.iter().rposition(stands).map(|n| format!("Title {n}"));
        let incident = incident_of(&log);
        prop_assert_eq!(incident.title(), expected.as_deref());
        prop_assert!(incident.title.conflict().is_empty());
    }

    #[test]
    fn what_is_erased_is_gone_from_every_copy_and_the_chains_still_verify(script in honest(), seed: u64) {
        let world = script.play();
        let mut all = world.everything();
        let secret = all.append(writer(700), note("hunter2"), world.now);
        let (mut copy, mut late) = (all.clone(), empty());
        chain::heads(&copy).into_iter().for_each(|claim| copy.add_claim(claim));
        all.append(writer(701), about(Kind::Erased, secret.id), world.now);
        late.merge(&copy);
        for log in shuffled(&[all.clone(), copy.clone(), late.clone()], seed) {
            copy.merge(&log);
            late.merge(&log);
            all.merge(&log);
        }
        for log in [&all, &copy, &late] {
            prop_assert!(!bytes(log).contains("hunter2"));
            prop_assert_eq!(chain::verify(log), vec![]);
            let incident = incident_of(log);
            prop_assert_eq!(&incident.entry(secret.id).unwrap().standing, &Standing::Erased);
        }
    }

    #[test]
    fn amendments_made_apart_are_told_on_both_sides_and_settled_once(values in any::<(bool, bool, bool)>()) {
        let on = EventId { writer: writer(1), seq: 3 };
        let amended = |log: &mut Log, who: u64, text: bool| {
            let words = Fact::Note(Words { text: text.to_string() });
            let draft = incident_of(log).entry(on).unwrap().corrected_to(Some(&words));
            log.append(writer(who), draft, after(60)).id
        };
        let (mut a, mut b) = (base(), base());
        let apart = vec![amended(&mut a, 2, values.0), amended(&mut b, 3, values.1)];
        b.merge(&a);
        a.merge(&b);
        for log in [&a, &b] {
            let incident = incident_of(log);
            let told = incident.amended_apart.get(&on).map(|ids| { let mut ids = ids.clone(); ids.sort_unstable(); ids });
            let mut expected = apart.clone();
            expected.sort_unstable();
            prop_assert_eq!(told, (values.0 != values.1).then_some(expected));
        }
        amended(&mut a, 4, values.2);
        b.merge(&a);
        let incident = incident_of(&b);
        prop_assert!(incident.amended_apart.is_empty());
        prop_assert_eq!(&incident.entry(on).unwrap().fact, &Fact::Note(Words { text: values.2.to_string() }));
    }
}

#[test]
fn amended_and_taken_back_apart_it_is_taken_back_and_the_amendment_stays_readable() {
    let acts =
        [(Doing::Amend(1), 1), (Doing::Retract, 1)].map(|(what, on)| Act { what, on, heard: 0 });
    let (_, fold) = heard_in_order(&events_of(&acts));
    let entry = fold
        .incident()
        .entry(EventId {
            writer: writer(1),
            seq: 2,
        })
        .unwrap();
    assert_eq!(entry.fact, described(1));
    assert!(matches!(entry.standing, Standing::Retracted(_)));
    assert_eq!(fold.incident().title(), Some("First"));
}

#[test]
fn what_erases_itself_gives_the_same_however_often_it_comes() {
    let mut log = base();
    let itself = EventId {
        writer: writer(2),
        seq: 1,
    };
    let event = log.append(writer(2), about(Kind::Erased, itself), after(3));
    log.add(event.clone());
    assert!(log.get(itself).unwrap().body.text().is_none());
    let mut elsewhere = base();
    elsewhere.add(event.clone());
    elsewhere.add(event);
    assert_eq!(log, elsewhere);
}
