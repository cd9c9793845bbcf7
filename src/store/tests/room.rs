//! Little room, and parts that are put aside.

use super::*;

#[test]
fn when_local_storage_is_full_what_the_journal_has_leaves_it() {
    let (local, journal) = (FakeLocal::default(), FakeJournal::default());
    local.room.set(Some(12_000));
    let tab = Tab::open(1, Some(&local), Some(&journal));
    journal.settle();
    for n in 0..200 {
        tab.write(note(&format!("words {n}")));
        journal.settle();
    }
    assert_eq!(tab.troubles(), 0, "there was room for all that is live");
    assert!(tab.page.borrow().weak.is_empty());
    let last = tab.write(note("the last"));
    let only_local = Tab::open(2, Some(&local), None);
    assert!(only_local.ids().contains(&last.id));
    journal.settle();
    let again = Tab::open(3, Some(&local), Some(&journal));
    journal.settle();
    assert_eq!(again.ids(), tab.ids());
}

#[test]
fn where_there_is_no_room_at_all_that_is_told_once_and_the_journal_has_it() {
    let (local, journal) = (FakeLocal::default(), FakeJournal::default());
    let tab = Tab::open(1, Some(&local), Some(&journal));
    journal.settle();
    local.room.set(Some(0));
    let events: Vec<Event> = (0..50)
        .map(|n| tab.write(note(&format!("words {n}"))))
        .collect();
    journal.settle();
    assert_eq!(tab.page.borrow().troubles, [Trouble::LocalFull]);
    assert!(events.iter().all(|event| tab.is_safe(event)));
    let read = journal.fault.count.get();
    tab.write(note("one more"));
    journal.settle();
    assert_eq!(
        journal.fault.count.get(),
        read + 1,
        "the journal is not read again for nothing"
    );
}

#[test]
fn a_damaged_segment_is_put_aside_and_told_once() {
    let (local, journal) = (FakeLocal::default(), FakeJournal::default());
    let tab = Tab::open(1, Some(&local), None);
    (0..5).for_each(|n| drop(tab.write(note(&format!("words {n}")))));
    let key = local
        .texts
        .borrow()
        .keys()
        .find(|key| key.starts_with("muster/log"))
        .cloned();
    let key = key.unwrap();
    let cut: String = local.texts.borrow()[&key].chars().take(700).collect();
    local.texts.borrow_mut().insert(key.clone(), cut.clone());
    let again = Tab::open(2, Some(&local), Some(&journal));
    journal.settle();
    assert_eq!(again.troubles(), 1);
    let saved = again.ids();
    assert!(!saved.is_empty());
    let aside = again.vault.aside();
    assert_eq!(aside.len(), 1);
    assert_eq!(aside[0].text, cut);
    let last = Tab::open(3, Some(&local), Some(&journal));
    journal.settle();
    assert_eq!(last.ids(), saved, "what was whole in it is in the journal");
    assert_eq!(last.troubles(), 0);
    last.vault.discard(&aside[0].key);
    assert!(last.vault.aside().is_empty());
    // Nothing but parts put aside can be dropped so.
    local
        .texts
        .borrow_mut()
        .insert("neighbour".into(), "theirs".into());
    last.vault.discard("neighbour");
    assert_eq!(local.texts.borrow()["neighbour"], "theirs");
}

#[test]
fn a_damaged_segment_stays_where_it_is_until_the_journal_has_what_was_whole() {
    let (local, journal) = (FakeLocal::default(), FakeJournal::default());
    let tab = Tab::open(1, Some(&local), None);
    (0..5).for_each(|n| drop(tab.write(note(&format!("words {n}")))));
    local
        .texts
        .borrow_mut()
        .values_mut()
        .for_each(|text| text.truncate(700));
    let before = local.texts.borrow().clone();
    let again = Tab::open(2, Some(&local), Some(&journal));
    journal.end();
    drop(again);
    let kept = |texts: &BTreeMap<String, String>| {
        texts.iter().any(|(key, _)| key.starts_with("muster/log"))
    };
    assert!(kept(&before) && kept(&local.texts.borrow()));
}
