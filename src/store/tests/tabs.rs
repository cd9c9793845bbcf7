//! What one tab wrote is shown in the others as being saved until it is, whoever sees to that.

use super::*;

#[test]
fn an_entry_of_another_tab_is_being_saved_until_that_tab_has_saved_it() {
    let (local, journal) = (FakeLocal::default(), FakeJournal::default());
    let tabs = [
        Tab::open(1, Some(&local), Some(&journal)),
        Tab::open(2, Some(&local), Some(&journal)),
    ];
    journal.settle();
    let mut delivered = [0; 2];
    let event = tabs[0].write(note("words"));
    deliver(&tabs, &mut delivered);
    assert!(tabs[1].ids().contains(&event.id));
    assert!(tabs[1].page.borrow().saving.contains(&event.id));
    journal.settle();
    deliver(&tabs, &mut delivered);
    assert!(tabs[1].is_safe(&event) && tabs[1].page.borrow().saving.is_empty());
}

#[test]
fn what_a_tab_left_behind_is_kept_by_the_one_that_heard_it() {
    let (local, journal) = (FakeLocal::default(), FakeJournal::default());
    local.room.set(Some(0));
    let tabs = [
        Tab::open(1, Some(&local), Some(&journal)),
        Tab::open(2, Some(&local), Some(&journal)),
    ];
    journal.settle();
    let event = tabs[0].write(note("words"));
    deliver(&tabs, &mut [0; 2]);
    // The first tab crashes before the journal has it.
    journal.end();
    tabs[1].beats(8);
    journal.settle();
    assert!(tabs[1].is_safe(&event));
    let again = Tab::open(3, None, Some(&journal));
    journal.settle();
    assert_eq!(again.ids(), BTreeSet::from([event.id]));
}

#[test]
fn what_is_heard_twice_is_kept_once() {
    let (local, journal) = (FakeLocal::default(), FakeJournal::default());
    let tabs = [
        Tab::open(1, Some(&local), Some(&journal)),
        Tab::open(2, Some(&local), Some(&journal)),
    ];
    let event = tabs[0].write(note("words"));
    journal.settle();
    deliver(&tabs, &mut [0; 2]);
    // Local storage's own word of it comes after the other tab's.
    let segments = local.texts.borrow().clone();
    for (key, text) in &segments {
        tabs[1].vault.storage_changed(Some(key), Some(text));
    }
    tabs[1].beats(9);
    journal.settle();
    assert_eq!(journal.records.borrow().len(), 1);
    assert!(tabs[1].is_safe(&event));
}
