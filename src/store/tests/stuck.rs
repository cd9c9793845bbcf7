//! A journal that fails or does not answer: nothing waits for it for ever, and what it did not take
//! is given to it again.

use super::*;

fn fail_next(journal: &FakeJournal, failure: Failure) {
    journal
        .fault
        .at
        .set(Some((journal.fault.count.get(), failure)));
}

#[test]
fn an_entry_does_not_wait_for_ever_for_a_journal_that_does_not_answer() {
    let (local, journal) = (FakeLocal::default(), FakeJournal::default());
    let tab = Tab::open(1, Some(&local), Some(&journal));
    journal.settle();
    fail_next(&journal, Failure::Silent);
    let event = tab.write(note("words"));
    journal.settle();
    let behind = tab.write(note("behind it"));
    tab.beats(1);
    assert!(!tab.is_weak(&event) && tab.troubles() == 0, "patience");
    tab.beats(1);
    assert!(tab.is_weak(&event) && tab.is_weak(&behind));
    assert_eq!(tab.troubles(), 1, "told once");
    let after = tab.write(note("after it"));
    tab.beats(5);
    assert!(tab.is_weak(&after) && tab.troubles() == 1);
    journal.answer_late();
    for event in [&event, &behind, &after] {
        assert!(tab.is_safe(event) && !tab.is_weak(event));
    }
}

#[test]
fn an_import_does_not_wait_for_ever_either() {
    let (local, journal) = (FakeLocal::default(), FakeJournal::default());
    let tab = Tab::open(1, Some(&local), Some(&journal));
    journal.settle();
    fail_next(&journal, Failure::Silent);
    let events = theirs(3);
    tab.import("one", &events);
    journal.settle();
    tab.beats(2);
    assert!(events.iter().all(|event| tab.is_weak(event)));
    journal.answer_late();
    assert!(events.iter().all(|event| tab.is_safe(event)));
}

#[test]
fn the_page_opens_without_a_journal_that_does_not_say_what_it_holds() {
    let (local, journal) = (FakeLocal::default(), FakeJournal::default());
    let all = script(&local, &journal).ids();
    let tab = Tab::open(2, Some(&local), Some(&journal));
    tab.beats(2);
    assert!(tab.page.borrow().opened && tab.troubles() == 1);
    assert!(tab.ids().len() < all.len());
    journal.settle();
    assert_eq!(tab.ids(), all, "its late answer is read all the same");
}

#[test]
fn what_the_journal_did_not_take_is_given_to_it_again() {
    for with_the_next in [true, false] {
        let (local, journal) = (FakeLocal::default(), FakeJournal::default());
        let tab = Tab::open(1, Some(&local), Some(&journal));
        journal.settle();
        fail_next(&journal, Failure::Denied);
        let event = tab.write(note("words"));
        journal.settle();
        assert!(tab.is_weak(&event) && tab.troubles() == 1);
        if with_the_next {
            tab.write(note("more"));
        } else {
            tab.beats(1);
        }
        journal.settle();
        assert!(tab.is_safe(&event) && !tab.is_weak(&event));
        let only_journal = Tab::open(2, None, Some(&journal));
        journal.settle();
        assert!(only_journal.ids().contains(&event.id));
    }
}

#[test]
fn a_journal_that_comes_late_gets_what_was_written_without_it() {
    let (local, journal) = (FakeLocal::default(), FakeJournal::default());
    let all = script(&local, &journal).ids();
    let tab = Tab::open(2, Some(&local), None);
    let event = tab.write(note("words"));
    assert!(tab.is_weak(&event));
    tab.vault.journal_came(Rc::new(journal.clone()));
    journal.settle();
    assert!(tab.is_safe(&event) && all.is_subset(&tab.ids()));
}

#[test]
fn an_import_that_fits_nowhere_leaves_room_for_what_is_written_next() {
    let (local, journal) = (FakeLocal::default(), FakeJournal::default());
    local.room.set(Some(20_000));
    let tab = Tab::open(1, Some(&local), Some(&journal));
    journal.settle();
    fail_next(&journal, Failure::Full);
    let mut log = Log::new(scope());
    let long = "long ".repeat(10_000);
    let events: Vec<Event> = (0..20)
        .map(|_| log.append(writer(9), note(&long), noon()))
        .collect();
    tab.import("one", &events);
    journal.settle();
    assert!(events.iter().all(|event| tab.is_weak(event)) && tab.troubles() > 0);
    fail_next(&journal, Failure::Denied);
    let event = tab.write(note("words"));
    journal.settle();
    let only_local = Tab::open(2, Some(&local), None);
    assert_eq!(only_local.ids(), BTreeSet::from([event.id]));
}
