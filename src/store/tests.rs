//! Stores that fail at every operation in turn: what was shown as safe is there on reopening.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use proptest::prelude::*;

use super::fake::{Failure, FakeJournal, FakeLocal};
use super::{From, Incoming, Trouble, Vault};
use crate::model::testing::{incident, noon, note, writer};
use crate::model::{Added, Brought, Draft, Event, EventId, Log, LogScope, Writer};

mod emptied;
mod erased;
mod pictures;
mod removed;
mod room;
mod stuck;
mod tabs;

/// Events of which no twin was held.
fn brought(ids: Vec<EventId>) -> Brought {
    Brought {
        events: ids.into_iter().collect(),
        ..Brought::default()
    }
}

/// One page: a vault, what it holds in memory, and what it was told.
struct Tab {
    vault: Vault,
    page: Rc<RefCell<Page>>,
    writer: Writer,
}

#[derive(Default)]
struct Page {
    logs: BTreeMap<LogScope, Log>,
    /// What another tab wrote and nobody has called safe or weak.
    saving: BTreeSet<EventId>,
    safe: BTreeSet<EventId>,
    weak: BTreeSet<EventId>,
    troubles: Vec<Trouble>,
    said: Vec<String>,
    opened: bool,
    wanted: bool,
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

    /// Takes in what a colleague wrote.
    fn import(&self, name: &str, events: &[Event]) {
        for event in events {
            let mut page = self.page.borrow_mut();
            let log = page.logs.entry(scope());
            log.or_insert_with(|| Log::new(scope())).add(event.clone());
        }
        self.vault.keep_imported(name, scope(), events, &[]);
    }

    fn remove(&self) {
        self.page.borrow_mut().logs.remove(&scope());
        self.vault.remove(scope());
    }

    fn erase(&self, event: &Event) {
        self.write(Draft {
            on: Some(event.id),
            ..crate::model::Fact::Erased(crate::model::fact::Verdict::default()).draft()
        });
    }

    fn beats(&self, count: usize) {
        (0..count).for_each(|_| self.vault.beat());
    }

    fn ids(&self) -> BTreeSet<EventId> {
        let page = self.page.borrow();
        let places = page.logs.values().flat_map(Log::events);
        places.map(|(place, _)| place.id()).collect()
    }

    fn is_safe(&self, event: &Event) -> bool {
        self.page.borrow().safe.contains(&event.id)
    }

    fn is_weak(&self, event: &Event) -> bool {
        self.page.borrow().weak.contains(&event.id)
    }

    fn was_told(&self, trouble: &Trouble) -> bool {
        self.page.borrow().troubles.contains(trouble)
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
                from,
            } => {
                let log = self.logs.entry(scope).or_insert_with(|| Log::new(scope));
                for event in events {
                    let id = event.id;
                    if log.add(event) == Added::New && from == From::OtherTab {
                        self.saving.insert(id);
                    }
                }
                claims.into_iter().for_each(|claim| log.add_claim(claim));
            }
            Incoming::Safe(ids) => {
                for id in ids {
                    self.saving.remove(&id);
                    self.weak.remove(&id);
                    self.safe.insert(id);
                }
            }
            Incoming::Weak(ids) | Incoming::Unkept(ids) => {
                for id in &ids {
                    self.saving.remove(id);
                }
                self.weak.extend(ids);
            }
            Incoming::Gone(scope) => drop(self.logs.remove(&scope)),
            Incoming::Undone { .. }
            | Incoming::Value { .. }
            | Incoming::Pictures
            | Incoming::Scrubbed => {}
            Incoming::Trouble(trouble) => self.troubles.push(trouble),
            Incoming::Opened { .. } => self.opened = true,
            Incoming::Wanted => self.wanted = true,
        }
    }
}

/// What a colleague wrote.
fn theirs(count: u32) -> Vec<Event> {
    let mut log = Log::new(scope());
    (0..count)
        .map(|n| log.append(writer(9), note(&format!("theirs {n}")), noon()))
        .collect()
}

/// What each tab said since the last time reaches the others.
fn deliver(tabs: &[Tab], delivered: &mut [usize]) {
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

/// Every text in either store.
fn texts(local: &FakeLocal, journal: &FakeJournal) -> String {
    let local = local.texts.borrow();
    let journal = journal.records.borrow();
    let texts = local.values().cloned();
    let records = journal.values().map(|record| record.text.clone());
    texts.chain(records).collect::<Vec<_>>().join("\n")
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
    tab.import("one", &theirs(3));
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
    for failure in [Failure::Full, Failure::Denied, Failure::Silent] {
        for at in 0..journal_operations {
            let (local, journal) = (FakeLocal::default(), FakeJournal::default());
            journal.fault.at.set(Some((at, failure)));
            let tab = script(&local, &journal);
            tab.beats(3);
            journal.settle();
            let case = format!("journal {failure:?} at {at}");
            let page = tab.page.borrow();
            assert!(page.opened, "{case}: opened");
            assert!(
                page.weak.is_empty() || !page.troubles.is_empty(),
                "{case}: what is weak was told of"
            );
            drop(page);
            assert_reopens(&tab, &local, &journal, &case);
        }
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
    let before = journal.fault.count.get();
    Tab::open(2, Some(&local), Some(&journal));
    journal.settle();
    let asked = journal.fault.count.get() - before;
    for failure in [
        Failure::Denied,
        Failure::Truncated,
        Failure::Gone,
        Failure::Foreign,
    ] {
        for at in 0..operations {
            let (local, journal) = (local.copy(), journal.copy());
            local.fault.at.set(Some((at, failure)));
            let tab = Tab::open(2, Some(&local), Some(&journal));
            journal.settle();
            assert_eq!(tab.ids(), all, "local {failure:?} at {at}");
            assert!(tab.page.borrow().opened);
        }
    }
    let own: BTreeSet<EventId> = all
        .iter()
        .copied()
        .filter(|id| id.writer == writer(1))
        .collect();
    for failure in [
        Failure::Full,
        Failure::Denied,
        Failure::Truncated,
        Failure::Gone,
        Failure::Foreign,
        Failure::Silent,
    ] {
        for at in 0..asked {
            let (local, journal) = (local.copy(), journal.copy());
            journal.fault.at.set(Some((at, failure)));
            let tab = Tab::open(2, Some(&local), Some(&journal));
            journal.settle();
            tab.beats(3);
            let case = format!("journal {failure:?} at {at}");
            assert!(tab.page.borrow().opened, "{case}: opened");
            assert!(own.is_subset(&tab.ids()), "{case}: local storage has these");
            if !all.is_subset(&tab.ids()) && failure != Failure::Gone {
                assert!(tab.troubles() > 0, "{case}: what is missing was told of");
            }
            journal.answer_late();
            let again = Tab::open(3, Some(&local), Some(&journal));
            journal.settle();
            assert_eq!(again.ids(), all, "{case}: nothing was harmed");
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
            prop_assert_eq!(&tab.page.borrow().saving, &BTreeSet::new());
        }
        let again = Tab::open(7, Some(&local), Some(&journal));
        journal.settle();
        prop_assert_eq!(again.ids(), tabs[0].ids());
    }
}
