//! A page imported on several machines: one event for one item, and the newest word holds.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::super::clocks::Clocks;
use super::super::fact::{Fact, Update};
use super::super::id::EventId;
use super::super::incident::{Incident, Standing};
use super::super::kind::Kind;
use super::super::log::Log;
use super::super::time::Span;
use super::config;
use super::world::*;
use crate::format::statuspage;

/// What a page says of one update.
#[derive(Clone, Debug)]
struct Item {
    id: u8,
    text: u8,
    said: i64,
    /// When it was last changed.
    edited: i64,
    service: Option<u8>,
}

/// A page as it was, and as it is later: some updates reworded, some added.
#[derive(Clone, Debug)]
struct Page {
    before: Vec<Item>,
    later: Vec<Item>,
}

fn item() -> impl Strategy<Value = Item> {
    (
        0..6_u8,
        0..3_u8,
        0..300_i64,
        300..600_i64,
        prop::option::of(0..2_u8),
    )
        .prop_map(|(id, text, said, edited, service)| Item {
            id,
            text,
            said,
            edited,
            service,
        })
}

fn items() -> impl Strategy<Value = Vec<Item>> {
    prop::collection::vec(item(), 0..6).prop_map(|items| {
        let by_id: BTreeMap<u8, Item> = items.into_iter().map(|item| (item.id, item)).collect();
        by_id.into_values().collect()
    })
}

/// Nothing vanishes from a page; what changed may say when, or not.
fn pages() -> impl Strategy<Value = Page> {
    (items(), items(), any::<bool>()).prop_map(|(before, changes, says_when)| {
        let mut later: BTreeMap<u8, Item> =
            before.iter().map(|item| (item.id, item.clone())).collect();
        for change in changes {
            let edited = change.edited + 600;
            let item = later.entry(change.id).or_insert_with(|| change.clone());
            *item = Item {
                edited: if says_when { edited } else { item.edited },
                text: change.text,
                ..item.clone()
            };
        }
        Page {
            before,
            later: later.into_values().collect(),
        }
    })
}

fn json_of(items: &[Item]) -> String {
    let updates: Vec<Value> = items
        .iter()
        .map(|item| {
            json!({
                "id": format!("u{}", item.id),
                "status": "investigating",
                "body": format!("text {}", item.text),
                "display_at": after(item.said).to_string(),
                "updated_at": after(item.edited).to_string(),
                "affected_components": item.service.map(|n| vec![json!({ "name": service(n) })]),
            })
        })
        .collect();
    json!({
        "page": { "id": "p", "name": "Page" },
        "incidents": [{ "id": "i", "name": "Mail", "impact": "major", "status": "investigating",
                        "created_at": noon().to_string(), "incident_updates": updates }],
    })
    .to_string()
}

fn read(items: &[Item]) -> Log {
    statuspage::read(&json_of(items)).unwrap().logs.remove(0)
}

/// Takes a page in as the app does: what is new, and amendments in the importer's own name.
fn import(log: &mut Log, items: &[Item], who: u64) -> usize {
    let page = read(items);
    let (new, amendments) = statuspage::changes(&page, (!log.is_empty()).then_some(&*log));
    let count = new.len() + amendments.len();
    new.into_iter()
        .for_each(|event| drop(log.merge(&log_of(page.scope(), [&event]))));
    amendments
        .into_iter()
        .for_each(|draft| drop(log.append(writer(who), draft, after(2_000))));
    count
}

fn imported(items: &[Item], who: u64) -> Log {
    let mut log = Log::new(read(items).scope());
    import(&mut log, items, who);
    log
}

/// What the updates that stand say, by the item that they are.
fn said(incident: &Incident) -> BTreeMap<String, String> {
    let standing = incident.timeline.iter().filter(|entry| entry.stands());
    let texts = standing.filter_map(|entry| match &entry.fact {
        Fact::UpdateSent(Update { text, .. }) => {
            Some((entry.source.clone()?.to_string(), text.clone()))
        }
        _ => None,
    });
    texts.collect()
}

fn expected(items: &[Item]) -> BTreeMap<String, String> {
    items
        .iter()
        .map(|item| {
            (
                format!("statuspage:p/i/u{}", item.id),
                format!("text {}", item.text),
            )
        })
        .collect()
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn two_machines_hold_one_event_for_one_item_and_importing_again_changes_nothing(page in pages(), seed: u64) {
        let mut a = imported(&page.before, 1);
        let b = imported(&shuffled(&page.before, seed), 2);
        prop_assert_eq!(&bytes(&a), &bytes(&b));
        let before = a.clone();
        prop_assert_eq!(import(&mut a, &shuffled(&page.before, !seed), 1), 0);
        prop_assert_eq!(a.merge(&b), vec![]);
        prop_assert_eq!(a, before);
    }

    #[test]
    fn a_later_page_adds_what_is_new_and_amends_what_says_something_else(page in pages()) {
        let mut log = imported(&page.before, 1);
        let before = log.len();
        import(&mut log, &page.later, 1);
        let incident = incident_of(&log);
        prop_assert_eq!(said(&incident), expected(&page.later));
        let old: BTreeMap<u8, u8> = page.before.iter().map(|item| (item.id, item.text)).collect();
        let reworded = page.later.iter().filter(|item| old.get(&item.id).is_some_and(|text| *text != item.text)).count();
        // When a service was first named may change too.
        let is_update = |on| incident.entry(on).is_some_and(|entry| entry.kind == Kind::UpdateSent);
        let amended = incident.timeline.iter()
            .filter(|entry| entry.kind == Kind::Amended && entry.on.is_some_and(is_update)).count();
        let added_updates = page.later.len() - page.before.len();
        prop_assert_eq!(amended, reworded);
        prop_assert!(log.len() >= before + added_updates + amended);
        prop_assert_eq!(import(&mut log, &page.later, 1), 0);
    }

    #[test]
    fn whoever_imported_which_versions_all_end_with_the_newest_words(page in pages(), order: bool) {
        let mut both_versions = imported(&page.before, 1);
        import(&mut both_versions, &page.later, 1);
        let mut also_both = imported(&page.before, 2);
        import(&mut also_both, &page.later, 2);
        let only_later = imported(&page.later, 3);
        let mut all = both_versions.clone();
        let mut others = [&also_both, &only_later];
        if order {
            others.reverse();
        }
        others.into_iter().for_each(|log| drop(all.merge(log)));
        let mut elsewhere = only_later;
        elsewhere.merge(&also_both);
        elsewhere.merge(&both_versions);
        prop_assert_eq!(bytes(&all), bytes(&elsewhere));
        let incident = incident_of(&all);
        prop_assert_eq!(said(&incident), expected(&page.later));
        prop_assert!(incident.amended_apart.is_empty(), "two who amended alike are no conflict");
    }

    #[test]
    fn of_each_item_one_version_stands(script in nasty()) {
        let incident = incident_of(&script.play().everything());
        let mut versions: BTreeMap<&str, Vec<&Standing>> = BTreeMap::new();
        for entry in &incident.timeline {
            if let Some(source) = &entry.source {
                versions.entry(source).or_default().push(&entry.standing);
            }
        }
        for standings in versions.values() {
            let untouched = standings.iter().all(|standing| matches!(standing, Standing::Stands | Standing::Superseded));
            let stand = standings.iter().filter(|standing| ***standing == Standing::Stands).count();
            prop_assert!(stand == 1 || !untouched && stand == 0, "{:?}", standings);
        }
    }

    #[test]
    fn items_from_the_year_2099_leave_the_time_of_everything_else_alone(mut page in items(), years in 1..80_i64) {
        page.iter_mut().for_each(|item| item.edited += years * YEAR);
        let mut log = imported(&page, 1);
        for (n, who) in [5, 6, 5].into_iter().enumerate() {
            let now = noon() + Span::minutes(700 + n as i64);
            let event = log.append(writer(who), note("now"), now);
            let clocks = Clocks::of(&[&log]);
            prop_assert!(clocks.believes(event.id));
            prop_assert_eq!(clocks.noted_when(&event), now);
        }
    }
}

#[test]
fn what_a_person_says_holds_before_what_a_page_says() {
    let mut log = imported(&[], 1);
    log.append(
        writer(1),
        at(title("Mail is down in Ulm", vec![]), after(-600)),
        after(10),
    );
    let incident = incident_of(&log);
    assert_eq!(incident.title(), Some("Mail is down in Ulm"));
    assert!(incident.title.conflict().is_empty());
}

#[test]
fn an_item_that_was_taken_back_here_stays_so_when_the_page_is_imported_again() {
    let items = [Item {
        id: 1,
        text: 1,
        said: 1,
        edited: 2,
        service: None,
    }];
    let mut log = imported(&items, 1);
    let item: EventId = incident_of(&log).updates[0].id();
    log.append(writer(1), about(Kind::Retracted, item), after(30));
    let reworded = [Item {
        text: 2,
        edited: 700,
        ..items[0].clone()
    }];
    assert_eq!(import(&mut log, &reworded, 1), 0);
    assert!(incident_of(&log).updates.is_empty());
}
