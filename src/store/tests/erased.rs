//! Erased words leave everything that is stored, whoever was writing at that moment.

use super::*;

#[test]
fn erased_words_leave_both_stores() {
    let (local, journal) = (FakeLocal::default(), FakeJournal::default());
    let tab = Tab::open(1, Some(&local), Some(&journal));
    let secret = tab.write(note("hunter2"));
    (0..30).for_each(|n| drop(tab.write(note(&format!("words {n}")))));
    journal.settle();
    tab.erase(&secret);
    journal.settle();
    tab.write(note("after"));
    journal.settle();
    assert!(!texts(&local, &journal).contains("hunter2"));
    let again = Tab::open(2, Some(&local), Some(&journal));
    journal.settle();
    assert_eq!(again.ids(), tab.ids());
    assert_eq!(again.troubles(), 0, "no segment was damaged by it");
}

#[test]
fn words_erased_before_the_journal_has_them_never_get_there() {
    let (local, journal) = (FakeLocal::default(), FakeJournal::default());
    let tab = Tab::open(1, Some(&local), Some(&journal));
    journal.settle();
    tab.write(note("on its way"));
    // These wait for that one.
    let secret = tab.write(note("hunter2"));
    tab.erase(&secret);
    journal.settle();
    assert!(!texts(&local, &journal).contains("hunter2"));
    assert!(tab.is_safe(&secret));
}

#[test]
fn a_tab_that_is_still_writing_does_not_bring_erased_words_back() {
    let (local, journal) = (FakeLocal::default(), FakeJournal::default());
    let tabs = [
        Tab::open(1, Some(&local), Some(&journal)),
        Tab::open(2, Some(&local), Some(&journal)),
    ];
    let mut delivered = [0; 2];
    let secret = tabs[0].write(note("hunter2"));
    deliver(&tabs, &mut delivered);
    journal.settle();
    tabs[1].erase(&secret);
    journal.settle();
    // The first has not heard of it yet, and writes its segment anew.
    tabs[0].write(note("after"));
    journal.settle();
    deliver(&tabs, &mut delivered);
    journal.settle();
    assert!(!texts(&local, &journal).contains("hunter2"));
}

#[test]
fn words_packed_by_another_tab_meanwhile_are_erased_too() {
    let (local, journal) = (FakeLocal::default(), FakeJournal::default());
    let tab = Tab::open(1, Some(&local), Some(&journal));
    journal.settle();
    let secret = tab.write(note("hunter2"));
    (0..40).for_each(|n| {
        tab.write(note(&format!("words {n}")));
        journal.settle();
    });
    // The other packs what it reads, just when the words are erased.
    let packing = Tab::open(2, Some(&local), Some(&journal));
    tab.erase(&secret);
    journal.settle();
    assert!(!texts(&local, &journal).contains("hunter2"));
    assert!(tab.ids().is_superset(&packing.ids()));
}

#[test]
fn an_import_that_brings_the_words_again_is_stored_without_them() {
    let (local, journal) = (FakeLocal::default(), FakeJournal::default());
    let tab = Tab::open(1, Some(&local), Some(&journal));
    journal.settle();
    let events = theirs(3);
    tab.import("one", &events);
    tab.erase(&events[1]);
    journal.settle();
    assert!(!texts(&local, &journal).contains("theirs 1"));
    assert!(texts(&local, &journal).contains("theirs 2"));
}

#[test]
fn damaged_parts_put_aside_lose_them_too() {
    let (local, journal) = (FakeLocal::default(), FakeJournal::default());
    let tab = Tab::open(1, Some(&local), Some(&journal));
    journal.settle();
    let secret = tab.write(note("hunter2"));
    tab.write(note("words"));
    journal.settle();
    let key = local
        .texts
        .borrow()
        .keys()
        .find(|key| key.starts_with("muster/log"))
        .cloned();
    let key = key.unwrap();
    // Cut within the line that holds the words.
    let cut = local.texts.borrow()[&key]
        .split("hunter2")
        .next()
        .unwrap()
        .to_owned()
        + "hunter2";
    local.texts.borrow_mut().insert(key.clone(), cut);
    let again = Tab::open(2, Some(&local), Some(&journal));
    journal.settle();
    assert_eq!(again.vault.aside().len(), 1);
    again.erase(&secret);
    journal.settle();
    assert!(!texts(&local, &journal).contains("hunter2"));
}
