//! The bytes of pictures: confirmed, or told; there while something speaks of them, and gone after.

use super::*;
use crate::model::picture::{self, MediaType, Picture};
use crate::model::{Digest, Fact, Timestamp};
use crate::store::vault::Sweep;
use crate::store::{JournalError, KeptPicture};

const BYTES: &[u8] = b"\x89PNG\r\n\x1a\n and more";

fn digest() -> Digest {
    Digest::of(&[BYTES])
}

fn kept(at: Timestamp) -> KeptPicture {
    KeptPicture {
        digest: digest(),
        bytes: BYTES.to_vec(),
        at,
    }
}

fn added() -> Draft {
    Fact::PictureAdded(Picture {
        sha256: digest(),
        media_type: MediaType::Png,
        width: 2,
        height: 2,
        bytes: 17,
        text: "the graph".to_owned(),
        service: String::new(),
    })
    .draft()
}

type Answer<T> = Rc<RefCell<Option<Result<T, JournalError>>>>;

fn asked<T: 'static>() -> (Answer<T>, crate::store::Done<T>) {
    let answer = Answer::default();
    let slot = answer.clone();
    (
        answer,
        Box::new(move |said| *slot.borrow_mut() = Some(said)),
    )
}

impl Tab {
    fn keep_picture(&self) -> Answer<()> {
        let (answer, done) = asked();
        self.vault.keep_pictures(vec![kept(noon())], done);
        answer
    }

    fn picture(&self, journal: &FakeJournal) -> Option<Vec<u8>> {
        let (answer, done) = asked();
        self.vault.picture(digest(), done);
        journal.settle();
        let answer = answer.borrow_mut().take();
        answer.and_then(Result::ok).flatten()
    }

    /// As the session asks for it.
    fn sweep(&self, dropped: Vec<Digest>, before: Timestamp) {
        let page = self.page.borrow();
        let spoken_of = picture::digests(page.logs.values());
        drop(page);
        self.vault.sweep_pictures(Sweep {
            spoken_of,
            dropped,
            before,
        });
    }
}

fn long_after() -> Timestamp {
    Timestamp::clamped(noon().ms() + 7_200_000)
}

fn long_before() -> Timestamp {
    Timestamp::clamped(noon().ms() - 7_200_000)
}

#[test]
fn what_was_confirmed_is_there_after_the_browsers_end() {
    let (local, journal) = (FakeLocal::default(), FakeJournal::default());
    let tab = Tab::open(1, Some(&local), Some(&journal));
    journal.settle();
    let answer = tab.keep_picture();
    assert_eq!(*answer.borrow(), None, "nothing is confirmed yet");
    journal.settle();
    assert_eq!(*answer.borrow(), Some(Ok(())));
    assert!(
        local
            .texts
            .borrow()
            .values()
            .all(|text| !text.contains("PNG")),
        "local storage never holds pictures"
    );
    journal.end();
    let again = Tab::open(2, Some(&local), Some(&journal));
    journal.settle();
    assert_eq!(again.picture(&journal).as_deref(), Some(BYTES));
    assert_eq!(tab.page.borrow().said.last().unwrap(), "pictures library");
}

#[test]
fn without_a_journal_it_is_refused_in_words() {
    let tab = Tab::open(1, Some(&FakeLocal::default()), None);
    let answer = tab.keep_picture();
    let said = answer.borrow().clone().unwrap().unwrap_err().to_string();
    assert!(said.contains("no database"), "{said}");
    let (answer, done) = asked();
    tab.vault.picture(digest(), done);
    assert!(answer.borrow().as_ref().unwrap().is_err());
}

#[test]
fn what_is_spoken_of_stays_whoever_sweeps() {
    let journal = FakeJournal::default();
    let (one, other) = (
        Tab::open(1, None, Some(&journal)),
        Tab::open(2, None, Some(&journal)),
    );
    journal.settle();
    one.keep_picture();
    one.write(added());
    journal.settle();
    // The other has not heard of the event, but a record has it.
    other.sweep(vec![digest()], long_after());
    journal.settle();
    assert!(other.picture(&journal).is_some());
    // No record has it yet, but this page's memory does.
    journal.records.borrow_mut().clear();
    one.sweep(vec![], long_after());
    journal.settle();
    assert!(one.picture(&journal).is_some());
}

#[test]
fn what_another_tab_is_about_to_speak_of_stays() {
    let journal = FakeJournal::default();
    let (one, other) = (
        Tab::open(1, None, Some(&journal)),
        Tab::open(2, None, Some(&journal)),
    );
    journal.settle();
    one.keep_picture();
    journal.settle();
    other.sweep(vec![], long_before());
    journal.settle();
    assert!(other.picture(&journal).is_some(), "its event is on its way");
    other.sweep(vec![], long_after());
    journal.settle();
    assert!(other.picture(&journal).is_none(), "nobody wrote one");
}

#[test]
fn an_erased_picture_goes_and_one_that_was_taken_back_stays() {
    let journal = FakeJournal::default();
    let tab = Tab::open(1, None, Some(&journal));
    journal.settle();
    tab.keep_picture();
    let event = tab.write(added());
    let mut draft = Fact::Retracted(crate::model::fact::Verdict::default()).draft();
    draft.on = Some(event.id);
    tab.write(draft);
    journal.settle();
    tab.sweep(vec![digest()], long_after());
    journal.settle();
    assert!(tab.picture(&journal).is_some());
    tab.erase(&event);
    journal.settle();
    tab.sweep(vec![digest()], long_before());
    journal.settle();
    assert!(tab.picture(&journal).is_none());
    let records = journal.records.borrow();
    let name = digest().to_string();
    assert!(records.values().all(|record| !record.text.contains(&name)));
}

#[test]
fn pictures_of_a_removed_incident_go_with_it() {
    let journal = FakeJournal::default();
    let tab = Tab::open(1, None, Some(&journal));
    journal.settle();
    tab.keep_picture();
    tab.write(added());
    journal.settle();
    tab.remove();
    journal.settle();
    tab.sweep(vec![digest()], long_before());
    journal.settle();
    assert!(tab.picture(&journal).is_none());
}

/// Whatever fails: what was confirmed and is spoken of is there on reopening, unless the failure is in
/// that very reading; and what is not done is told.
#[test]
fn nothing_confirmed_is_lost_with_every_operation_failing_in_turn() {
    for failure in [Failure::Full, Failure::Denied, Failure::Silent] {
        for at in 0..24 {
            let journal = FakeJournal::default();
            journal.fault.at.set(Some((at, failure)));
            let tab = Tab::open(1, None, Some(&journal));
            journal.settle();
            let answer = tab.keep_picture();
            journal.settle();
            let confirmed = matches!(*answer.borrow(), Some(Ok(())));
            if confirmed {
                let event = tab.write(added());
                journal.settle();
                tab.beats(3);
                journal.settle();
                tab.sweep(vec![digest()], long_after());
                journal.settle();
                let all_well = tab.is_safe(&event) && tab.troubles() == 0;
                assert!(all_well || journal.fault.count.get() > at);
            } else {
                assert!(failure == Failure::Silent || answer.borrow().as_ref().unwrap().is_err());
            }
            journal.end();
            journal.fault.at.set(None);
            let again = Tab::open(2, None, Some(&journal));
            journal.settle();
            if confirmed {
                assert_eq!(
                    again.picture(&journal).as_deref(),
                    Some(BYTES),
                    "{failure:?} at {at}"
                );
            }
        }
    }
}
