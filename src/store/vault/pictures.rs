//! The bytes of pictures: kept in the journal alone, under their digest, while something speaks of them.
//!
//! Bytes are put before the event that speaks of them is written, so a picture is never lost to the
//! browser's end between the two; what nobody speaks of is swept away later.

use std::collections::BTreeSet;

use super::Vault;
use crate::model::{Digest, LogScope, Timestamp};
use crate::store::{Done, Incoming, JournalError, KeptPicture, Record, Trouble};

/// Which pictures may go.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sweep {
    /// Those that the logs of this page speak of: they stay.
    pub spoken_of: BTreeSet<Digest>,
    /// Those that were spoken of in this page, and are not any more.
    pub dropped: Vec<Digest>,
    /// What was put before this and nobody speaks of, goes. Later than that, another tab may be about
    /// to write the event.
    pub before: Timestamp,
}

impl Vault {
    /// Keeps pictures; what came of it is said, for there is no other store that has them.
    pub fn keep_pictures(&self, pictures: Vec<KeptPicture>, done: Done<()>) {
        let Some(journal) = self.inner.journal.borrow().clone() else {
            done(Err(no_journal()));
            return;
        };
        let vault = self.clone();
        journal.put_pictures(
            pictures,
            Box::new(move |answer| {
                if answer.is_ok() {
                    vault.say(&super::message("pictures", LogScope::Library, &[]));
                }
                done(answer);
            }),
        );
    }

    /// A picture's bytes as they lie in the journal; none where it is not held here.
    pub fn picture(&self, digest: Digest, done: Done<Option<Vec<u8>>>) {
        let journal = self.inner.journal.borrow().clone();
        match journal {
            Some(journal) => journal.picture(digest, done),
            None => done(Err(no_journal())),
        }
    }

    /// Does something once the journal has done what it was asked so far: a removal takes two steps.
    pub fn after_removals(&self, act: impl FnOnce() + 'static) {
        let vault = self.clone();
        self.with_journal(|journal| {
            let second = move |_| {
                vault.with_journal(|journal| journal.values(Box::new(move |_| act())));
            };
            journal.values(Box::new(second));
        });
    }

    /// Removes pictures that nothing speaks of any more: neither this page nor any record.
    pub fn sweep_pictures(&self, sweep: Sweep) {
        let vault = self.clone();
        self.with_journal(|journal| {
            let Sweep {
                spoken_of,
                dropped,
                before,
            } = sweep;
            let goes = move |asked: Vec<Digest>, records: &[Record]| {
                let goes =
                    |digest: &Digest| !spoken_of.contains(digest) && !is_in(records, *digest);
                asked.into_iter().filter(goes).collect()
            };
            let told = move |answer: Result<Vec<Digest>, JournalError>| match answer {
                Ok(gone) if gone.is_empty() => {}
                Ok(_) => vault.tell(Incoming::Pictures),
                Err(error) => vault.trouble(Trouble::JournalFailed(error.to_string())),
            };
            journal.sweep_pictures(dropped, before, Box::new(goes), Box::new(told));
        });
    }
}

/// Whether any record has the digest's digits. One too many stays; none goes that is spoken of.
fn is_in(records: &[Record], digest: Digest) -> bool {
    let name = digest.to_string();
    records.iter().any(|record| record.text.contains(&name))
}

fn no_journal() -> JournalError {
    JournalError(
        "this browser gives Muster no database, and pictures are kept in no other place".to_owned(),
    )
}
