//! A store that the browser emptied is told of, and filled from the other.

use super::*;

#[test]
fn emptied_stores_are_healed_from_each_other_and_told() {
    let (local, journal) = (FakeLocal::default(), FakeJournal::default());
    let tab = script(&local, &journal);
    let own: BTreeSet<EventId> = tab
        .ids()
        .into_iter()
        .filter(|id| id.writer == writer(1))
        .collect();
    journal.empty();
    let again = Tab::open(2, Some(&local), Some(&journal));
    journal.settle();
    assert!(again.was_told(&Trouble::JournalEmptied));
    assert!(own.is_subset(&again.ids()));
    local.texts.borrow_mut().clear();
    let last = Tab::open(3, Some(&local), Some(&journal));
    journal.settle();
    assert!(last.was_told(&Trouble::LocalEmptied));
    assert!(
        own.is_subset(&last.ids()),
        "what local storage gave back is in the journal"
    );
    let quiet = Tab::open(4, Some(&local), Some(&journal));
    journal.settle();
    assert_eq!(quiet.troubles(), 0, "told once");
}

#[test]
fn a_journal_emptied_of_what_only_it_had_is_told() {
    let (local, journal) = (FakeLocal::default(), FakeJournal::default());
    let tab = Tab::open(1, Some(&local), Some(&journal));
    journal.settle();
    tab.import("one", &theirs(3));
    journal.settle();
    journal.empty();
    let again = Tab::open(2, Some(&local), Some(&journal));
    journal.settle();
    assert!(again.was_told(&Trouble::JournalEmptied));
}

#[test]
fn taking_everything_out_again_is_no_emptying() {
    let (local, journal) = (FakeLocal::default(), FakeJournal::default());
    let tab = Tab::open(1, Some(&local), Some(&journal));
    journal.settle();
    assert_eq!(tab.troubles(), 0, "nor is a first visit");
    let events = theirs(3);
    tab.import("one", &events);
    journal.settle();
    let ids = events.iter().map(|event| event.id).collect();
    tab.vault.undo_import("one", &[(scope(), brought(ids))]);
    tab.write(note("words"));
    tab.remove();
    journal.settle();
    let again = Tab::open(2, Some(&local), Some(&journal));
    journal.settle();
    assert_eq!(again.troubles(), 0);
    assert!(again.ids().is_empty());
}

#[test]
fn local_storage_emptied_while_open_gets_back_what_this_page_writes() {
    let (local, journal) = (FakeLocal::default(), FakeJournal::default());
    let tab = Tab::open(1, Some(&local), Some(&journal));
    let event = tab.write(note("words"));
    journal.settle();
    local.texts.borrow_mut().clear();
    tab.vault.storage_changed(None, None);
    assert!(tab.was_told(&Trouble::LocalEmptied));
    let only_local = Tab::open(2, Some(&local), None);
    assert!(only_local.ids().contains(&event.id));
    assert!(!tab.page.borrow().wanted, "the journal has the rest");
    let alone = Tab::open(3, Some(&local), None);
    alone.vault.storage_changed(None, None);
    assert!(alone.page.borrow().wanted, "it was the only store");
}

#[test]
fn a_journal_emptied_under_the_page_is_filled_from_memory() {
    let (local, journal) = (FakeLocal::default(), FakeJournal::default());
    let tab = script(&local, &journal);
    let all = tab.ids();
    journal.empty();
    local.texts.borrow_mut().clear();
    // The browser has closed the database, and the page opens it anew.
    tab.vault.journal_came(Rc::new(journal.clone()));
    journal.settle();
    assert!(tab.was_told(&Trouble::JournalEmptied) && tab.page.borrow().wanted);
    let events: Vec<Event> = tab.page.borrow().logs[&scope()]
        .events()
        .map(|(_, event)| event.clone())
        .collect();
    tab.vault.keep_again(scope(), &events, &[]);
    journal.settle();
    let again = Tab::open(2, Some(&local), Some(&journal));
    journal.settle();
    assert_eq!(again.ids(), all);
}
