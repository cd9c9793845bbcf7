//! Stores that fail at every operation in turn: what was shown as safe is there on reopening.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use proptest::prelude::*;

use super::fake::{Failure, FakeJournal, FakeLocal};
use super::{Incoming, Trouble, Vault};
use crate::model::testing::{incident, noon, note, writer};
use crate::model::{Draft, Event, EventId, Log, LogScope, Writer};

/// One page: a vault, what it holds in memory, and what it was told.
struct Tab {
    vault: Vault,
    page: Rc<RefCell<Page>>,
    writer: Writer,
}

#[derive(Default)]
struct Page {
    logs: BTreeMap<LogScope, Log>,
    safe: BTreeSet<EventId>,
    weak: BTreeSet<EventId>,
    troubles: Vec<Trouble>,
    said: Vec<String>,
    opened: bool,
}

fn scope() -> LogScope {
    LogScope::Incident(incident(1))
}

impl Tab {
    fn open(n: u8, local: Option<&FakeLocal>, journal: Option<&FakeJournal>) -> Self {
        let page = Rc::new(RefCell::new(Page::default()));
        let heard = page.clone();
        let said = page.clone();
        let vault = Vault::open(
            format!("page{n}"),
            local.map(|local| Rc::new(local.clone()) as Rc<_>),
            journal.map(|journal| Rc::new(journal.clone()) as Rc<_>),
            Box::new(move |text| said.borrow_mut().said.push(text.to_owned())),
            Rc::new(move |incoming| heard.borrow_mut().take(incoming)),
        );
        vault.read();
        Self {
            vault,
            page,
            writer: writer(n),
        }
    }

    fn write(&self, draft: Draft) -> Event {
        let event = {
            let mut page = self.page.borrow_mut();
            let log = page
                .logs
                .entry(scope())
                .or_insert_with(|| Log::new(scope()));
            log.append(self.writer, draft, noon())
        };
        self.vault.keep(scope(), std::slice::from_ref(&event));
        event
    }

    fn ids(&self) -> BTreeSet<EventId> {
        self.page
            .borrow()
            .logs
            .values()
            .flat_map(|log| {
                log.events()
                    .map(|(place, _)| place.id())
                    .collect::<Vec<_>>()
            })
            .collect()
    }

    fn troubles(&self) -> usize {
        self.page.borrow().troubles.len()
    }
}

impl Page {
    fn take(&mut self, incoming: Incoming) {
        match incoming {
            Incoming::Events {
                scope,
                events,
                claims,
                ..
            } => {
                let log = self.logs.entry(scope).or_insert_with(|| Log::new(scope));
                events.into_iter().for_each(|event| {
                    let _ = log.add(event);
                });
                claims.into_iter().for_each(|claim| log.add_claim(claim));
            }
            Incoming::Safe(ids) => self.safe.extend(ids),
            Incoming::Weak(ids) | Incoming::Unkept(ids) => self.weak.extend(ids),
            Incoming::Gone(scope) => drop(self.logs.remove(&scope)),
            Incoming::Undone { .. } | Incoming::Value { .. } => {}
            Incoming::Trouble(trouble) => self.troubles.push(trouble),
            Incoming::Opened => self.opened = true,
        }
    }
}

/// Writes, imports, erases, removes nothing; the browser may end at any moment.
fn script(local: &FakeLocal, journal: &FakeJournal) -> Tab {
    let tab = Tab::open(1, Some(local), Some(journal));
    journal.settle();
    for n in 0..20 {
        tab.write(note(&format!("words {n}")));
        if n % 3 == 0 {
            journal.settle();
        }
    }
    let mut other = Log::new(scope());
    let imported: Vec<Event> = (0..3)
        .map(|n| other.append(writer(9), note(&format!("theirs {n}")), noon()))
        .collect();
    tab.vault.keep_imported("one", scope(), &imported, &[]);
    imported.iter().for_each(|event| {
        tab.page
            .borrow_mut()
            .logs
            .entry(scope())
            .or_insert_with(|| Log::new(scope()))
            .add(event.clone());
    });
    journal.settle();
    tab
}

#[test]
fn what_was_safe_is_there_again_whatever_fails() {
    let (local, journal) = (FakeLocal::default(), FakeJournal::default());
    script(&local, &journal);
    let (local_operations, journal_operations) =
        (local.fault.count.get(), journal.fault.count.get());
    assert!(local_operations > 20 && journal_operations > 5);
    for failure in [
        Failure::Full,
        Failure::Denied,
        Failure::Truncated,
        Failure::Gone,
        Failure::Foreign,
    ] {
        for at in 0..local_operations {
            let (local, journal) = (FakeLocal::default(), FakeJournal::default());
            local.fault.at.set(Some((at, failure)));
            let tab = script(&local, &journal);
            assert_reopens(
                &tab,
                &local,
                &journal,
                &format!("local {failure:?} at {at}"),
            );
        }
    }
    for at in 0..journal_operations {
        let (local, journal) = (FakeLocal::default(), FakeJournal::default());
        journal.fault.at.set(Some((at, Failure::Denied)));
        let tab = script(&local, &journal);
        assert!(
            at == 1 || tab.troubles() > 0 || tab.page.borrow().weak.is_empty(),
            "told at {at}"
        );
        assert_reopens(&tab, &local, &journal, &format!("journal at {at}"));
    }
}

fn assert_reopens(tab: &Tab, local: &FakeLocal, journal: &FakeJournal, case: &str) {
    journal.end();
    local.fault.at.set(None);
    journal.fault.at.set(None);
    let again = Tab::open(2, Some(local), Some(journal));
    journal.settle();
    let held = again.ids();
    let safe = &tab.page.borrow().safe;
    assert!(
        safe.is_subset(&held),
        "{case}: lost {:?}",
        safe.difference(&held)
    );
    let events = tab.ids();
    assert!(
        safe.len() + tab.page.borrow().weak.len() == events.len(),
        "{case}: every event was called safe or weak"
    );
    // Both stores are forgotten by the browser in turn: the other has enough.
    let only_journal = Tab::open(3, None, Some(journal));
    journal.settle();
    assert!(
        safe.is_subset(&only_journal.ids()),
        "{case}: the journal alone has what was safe"
    );
}

#[test]
fn reading_that_fails_is_told_and_hides_nothing_healthy() {
    let (local, journal) = (FakeLocal::default(), FakeJournal::default());
    let tab = script(&local, &journal);
    let all = tab.ids();
    drop(tab);
    let before = local.fault.count.get();
    Tab::open(2, Some(&local), Some(&journal));
    journal.settle();
    let operations = local.fault.count.get() - before;
    for failure in [
        Failure::Denied,
        Failure::Truncated,
        Failure::Gone,
        Failure::Foreign,
    ] {
        for at in 0..operations {
            local.fault.count.set(0);
            local.fault.at.set(Some((at, failure)));
            let tab = Tab::open(2, Some(&local), Some(&journal));
            journal.settle();
            assert_eq!(tab.ids(), all, "{failure:?} at {at}");
            assert!(tab.page.borrow().opened);
        }
    }
}

#[test]
fn a_damaged_segment_is_told_with_its_text_and_the_rest_opens() {
    let local = FakeLocal::default();
    let tab = Tab::open(1, Some(&local), None);
    (0..40).for_each(|n| drop(tab.write(note(&format!("words {n}")))));
    let key = local
        .texts
        .borrow()
        .keys()
        .find(|key| key.ends_with("/1"))
        .cloned()
        .unwrap();
    let cut: String = local.texts.borrow()[&key].chars().take(900).collect();
    local.texts.borrow_mut().insert(key.clone(), cut.clone());
    local
        .texts
        .borrow_mut()
        .insert("neighbour".into(), "theirs".into());
    let again = Tab::open(2, Some(&local), None);
    let page = again.page.borrow();
    let damaged = page.troubles.iter().find_map(|trouble| match trouble {
        Trouble::Damaged { key, text, saved } => Some((key.clone(), text.clone(), *saved)),
        _ => None,
    });
    let (told_key, told_text, saved) = damaged.unwrap();
    assert_eq!((told_key, told_text), (key, cut));
    assert_eq!(page.logs[&scope()].len(), 40 - 16 + saved);
    assert_eq!(local.texts.borrow()["neighbour"], "theirs");
}

#[test]
fn without_a_journal_nothing_waits_for_ever() {
    let local = FakeLocal::default();
    let tab = Tab::open(1, Some(&local), None);
    let event = tab.write(note("words"));
    assert!(tab.page.borrow().weak.contains(&event.id) && tab.page.borrow().opened);
    let nowhere = Tab::open(2, None, None);
    let event = nowhere.write(note("words"));
    assert!(nowhere.page.borrow().weak.contains(&event.id));
}

#[test]
fn emptied_stores_are_healed_from_each_other_and_told() {
    let (local, journal) = (FakeLocal::default(), FakeJournal::default());
    let tab = script(&local, &journal);
    let own: BTreeSet<EventId> = tab
        .ids()
        .into_iter()
        .filter(|id| id.writer == writer(1))
        .collect();
    journal.records.borrow_mut().clear();
    let again = Tab::open(2, Some(&local), Some(&journal));
    journal.settle();
    assert!(
        again
            .page
            .borrow()
            .troubles
            .contains(&Trouble::JournalEmptied)
    );
    assert!(own.is_subset(&again.ids()));
    local.texts.borrow_mut().clear();
    let last = Tab::open(3, Some(&local), Some(&journal));
    journal.settle();
    assert!(last.page.borrow().troubles.contains(&Trouble::LocalEmptied));
    assert!(
        own.is_subset(&last.ids()),
        "what local storage gave back is in the journal"
    );
}

#[test]
fn an_append_costs_the_same_at_ten_and_at_ten_thousand_events() {
    let (local, journal) = (FakeLocal::default(), FakeJournal::default());
    let tab = Tab::open(1, Some(&local), Some(&journal));
    let cost = |from: usize, events: usize| {
        let (operations, bytes) = (local.fault.count.get(), local.written.get());
        (0..events).for_each(|n| drop(tab.write(note(&format!("words {:05}", from + n)))));
        journal.settle();
        (
            local.fault.count.get() - operations,
            local.written.get() - bytes,
        )
    };
    let few = cost(0, 160);
    cost(160, 9_840);
    let many = cost(10_000, 160);
    assert!(many.0 <= few.0 + 2, "{few:?} {many:?}");
    assert!(many.1 * 10 <= few.1 * 12, "{few:?} {many:?}");
}

#[test]
fn many_small_records_are_packed_into_one() {
    let (local, journal) = (FakeLocal::default(), FakeJournal::default());
    let tab = Tab::open(1, Some(&local), Some(&journal));
    (0..60).for_each(|n| {
        tab.write(note(&format!("words {n}")));
        journal.settle();
    });
    assert!(journal.records.borrow().len() >= 60);
    let again = Tab::open(2, Some(&local), Some(&journal));
    journal.settle();
    assert_eq!(journal.records.borrow().len(), 1);
    assert_eq!(again.ids(), tab.ids());
    let last = Tab::open(3, None, Some(&journal));
    journal.settle();
    assert_eq!(last.ids(), tab.ids());
}

#[test]
fn an_import_is_undone_and_a_removed_log_stays_away() {
    let (local, journal) = (FakeLocal::default(), FakeJournal::default());
    let tab = script(&local, &journal);
    let theirs: Vec<EventId> = tab
        .ids()
        .into_iter()
        .filter(|id| id.writer == writer(9))
        .collect();
    tab.vault.undo_import("one", &[(scope(), theirs.clone())]);
    journal.settle();
    let again = Tab::open(2, Some(&local), Some(&journal));
    journal.settle();
    assert!(theirs.iter().all(|id| !again.ids().contains(id)) && again.ids().len() == 20);
    again.vault.remove(scope());
    journal.settle();
    local
        .texts
        .borrow_mut()
        .retain(|key, _| !key.starts_with("muster/gone"));
    let last = Tab::open(3, Some(&local), Some(&journal));
    journal.settle();
    assert!(last.ids().is_empty(), "the journal remembers the removal");
    // Imported again on purpose.
    let mut log = Log::new(scope());
    let event = log.append(writer(5), note("again"), noon());
    last.vault
        .keep_imported("two", scope(), std::slice::from_ref(&event), &[]);
    journal.settle();
    let back = Tab::open(4, Some(&local), Some(&journal));
    journal.settle();
    assert_eq!(back.ids(), BTreeSet::from([event.id]));
}

#[test]
fn erased_words_leave_both_stores() {
    let (local, journal) = (FakeLocal::default(), FakeJournal::default());
    let tab = Tab::open(1, Some(&local), Some(&journal));
    let secret = tab.write(note("hunter2"));
    (0..30).for_each(|n| drop(tab.write(note(&format!("words {n}")))));
    journal.settle();
    tab.write(Draft {
        on: Some(secret.id),
        ..crate::model::Fact::Erased(crate::model::fact::Verdict::default()).draft()
    });
    journal.settle();
    tab.write(note("after"));
    journal.settle();
    assert!(
        local
            .texts
            .borrow()
            .values()
            .all(|text| !text.contains("hunter2"))
    );
    assert!(
        journal
            .records
            .borrow()
            .values()
            .all(|record| !record.text.contains("hunter2"))
    );
    let again = Tab::open(2, Some(&local), Some(&journal));
    journal.settle();
    assert_eq!(again.ids(), tab.ids());
    assert!(
        !again
            .page
            .borrow()
            .troubles
            .iter()
            .any(|trouble| matches!(trouble, Trouble::Damaged { .. }))
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn tabs_that_write_at_once_end_with_the_same(steps in prop::collection::vec((0_u8..3, 0_u8..4), 1..60)) {
        let (local, journal) = (FakeLocal::default(), FakeJournal::default());
        let tabs: Vec<Tab> = (1..=3).map(|n| Tab::open(n, Some(&local), Some(&journal))).collect();
        let mut delivered = [0_usize; 3];
        let mut count = 0;
        for (who, what) in steps {
            match what {
                0 | 1 => { tabs[usize::from(who)].write(note("words")); count += 1; }
                2 => journal.settle(),
                _ => deliver(&tabs, &mut delivered),
            }
        }
        journal.settle();
        deliver(&tabs, &mut delivered);
        for tab in &tabs {
            prop_assert_eq!(tab.ids().len(), count);
            prop_assert_eq!(&tab.page.borrow().logs, &tabs[0].page.borrow().logs);
        }
        let again = Tab::open(7, Some(&local), Some(&journal));
        journal.settle();
        prop_assert_eq!(again.ids(), tabs[0].ids());
    }
}

/// What each tab said since the last time reaches the others.
fn deliver(tabs: &[Tab], delivered: &mut [usize; 3]) {
    for (n, tab) in tabs.iter().enumerate() {
        let said: Vec<String> = tab.page.borrow().said[delivered[n]..].to_vec();
        delivered[n] += said.len();
        for (other, listener) in tabs.iter().enumerate() {
            if other != n {
                said.iter().for_each(|text| listener.vault.heard(text));
            }
        }
    }
}
