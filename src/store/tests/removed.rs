//! Logs that were removed from this device, and imports that were undone, stay away; what is
//! brought in again on purpose stays.

use super::*;

#[test]
fn an_import_is_undone_and_a_removed_log_stays_away() {
    let (local, journal) = (FakeLocal::default(), FakeJournal::default());
    let tab = script(&local, &journal);
    let theirs: Vec<EventId> = tab
        .ids()
        .into_iter()
        .filter(|id| id.writer == writer(9))
        .collect();
    tab.vault
        .undo_import("one", &[(scope(), brought(theirs.clone()))]);
    journal.settle();
    let again = Tab::open(2, Some(&local), Some(&journal));
    journal.settle();
    assert!(theirs.iter().all(|id| !again.ids().contains(id)) && again.ids().len() == 20);
    again.remove();
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
    last.import("two", std::slice::from_ref(&event));
    journal.settle();
    let back = Tab::open(4, Some(&local), Some(&journal));
    journal.settle();
    assert_eq!(back.ids(), BTreeSet::from([event.id]));
}

#[test]
fn the_words_of_a_removed_log_leave_both_stores_at_once() {
    let (local, journal) = (FakeLocal::default(), FakeJournal::default());
    let tab = script(&local, &journal);
    tab.write(note("still on its way"));
    tab.remove();
    journal.settle();
    assert!(!texts(&local, &journal).contains("words"));
    assert!(!texts(&local, &journal).contains("theirs"));
    assert!(!texts(&local, &journal).contains("still"));
}

/// Local storage reaches the disk up to a minute late: after the browser's end by force it may be
/// as it was before.
#[test]
fn a_removal_holds_though_local_storage_forgot_it() {
    let (local, journal) = (FakeLocal::default(), FakeJournal::default());
    let tab = script(&local, &journal);
    let stale = local.copy();
    tab.remove();
    journal.settle();
    for n in 2..4 {
        let again = Tab::open(n, Some(&stale), Some(&journal));
        journal.settle();
        assert!(again.ids().is_empty(), "opened as {n}");
    }
    assert!(!texts(&stale, &journal).contains("words"));
}

#[test]
fn what_was_brought_back_stays_though_local_storage_forgot_that() {
    let (local, journal) = (FakeLocal::default(), FakeJournal::default());
    let tab = script(&local, &journal);
    tab.remove();
    journal.settle();
    let stale = local.copy();
    let events = theirs(3);
    tab.import("two", &events);
    journal.settle();
    assert!(events.iter().all(|event| tab.is_safe(event)));
    let again = Tab::open(2, Some(&stale), Some(&journal));
    journal.settle();
    assert!(events.iter().all(|event| again.ids().contains(&event.id)));
    again.remove();
    journal.settle();
    let last = Tab::open(3, Some(&stale), Some(&journal));
    journal.settle();
    assert!(last.ids().is_empty(), "and can be removed again");
}

#[test]
fn an_import_before_the_journal_has_answered_brings_a_removed_log_back() {
    for forgotten in [false, true] {
        let (local, journal) = (FakeLocal::default(), FakeJournal::default());
        script(&local, &journal).remove();
        journal.settle();
        if forgotten {
            local.texts.borrow_mut().clear();
        }
        let tab = Tab::open(2, Some(&local), Some(&journal));
        let events = theirs(3);
        tab.import("two", &events);
        journal.settle();
        assert!(
            events
                .iter()
                .all(|event| tab.is_safe(event) && tab.ids().contains(&event.id))
        );
        let again = Tab::open(3, Some(&local), Some(&journal));
        journal.settle();
        assert!(events.iter().all(|event| again.ids().contains(&event.id)));
    }
}

#[test]
fn without_a_journal_local_storage_says_what_is_gone() {
    let local = FakeLocal::default();
    let tab = Tab::open(1, Some(&local), None);
    tab.write(note("words"));
    let late = local.texts.borrow().clone();
    tab.remove();
    // A segment that another tab had still been writing.
    local.texts.borrow_mut().extend(late);
    let again = Tab::open(2, Some(&local), None);
    assert!(again.ids().is_empty());
    assert!(
        local
            .texts
            .borrow()
            .keys()
            .all(|key| !key.starts_with("muster/log"))
    );
    // A journal from earlier days, which does not know of it yet.
    let (other, journal) = (FakeLocal::default(), FakeJournal::default());
    script(&other, &journal);
    let with = Tab::open(3, Some(&local), Some(&journal));
    journal.settle();
    assert!(with.ids().is_empty());
}

#[test]
fn a_tab_that_writes_while_another_removes_ends_with_nothing_too() {
    let (local, journal) = (FakeLocal::default(), FakeJournal::default());
    let tabs = [
        Tab::open(1, Some(&local), Some(&journal)),
        Tab::open(2, Some(&local), Some(&journal)),
    ];
    let mut delivered = [0; 2];
    tabs[0].write(note("words"));
    deliver(&tabs, &mut delivered);
    journal.settle();
    tabs[1].remove();
    // Neither has heard the other.
    tabs[0].write(note("more words"));
    tabs[0].import("one", &theirs(3));
    deliver(&tabs, &mut delivered);
    journal.settle();
    deliver(&tabs, &mut delivered);
    tabs[0].beats(9);
    tabs[1].beats(9);
    journal.settle();
    assert!(tabs.iter().all(|tab| tab.ids().is_empty()));
    let again = Tab::open(3, Some(&local), Some(&journal));
    journal.settle();
    assert!(again.ids().is_empty());
    // Brought in again, all of them have it.
    let events = theirs(3);
    tabs[0].import("two", &events);
    deliver(&tabs, &mut delivered);
    journal.settle();
    assert_eq!(tabs[1].ids(), tabs[0].ids());
    assert_eq!(tabs[1].ids().len(), 3);
}
