//! Keeping events: two stores, each holding events, opened as the union of both.
//!
//! Local storage is quick and heard by other tabs; the journal is what is safe. Everything but
//! `browser` is pure and driven by callbacks. Knows nothing of what events mean, but that an
//! erased event's words must go.

use crate::model::{Brought, Claim, Digest, Event, EventId, LogScope, Timestamp};

#[cfg(target_arch = "wasm32")]
pub mod browser;
#[cfg(test)]
mod fake;
pub mod segment;
pub mod stored;
#[cfg(test)]
mod tests;
pub mod vault;

pub use vault::Vault;

/// Every key of ours begins so: origins are shared with neighbours.
pub const PREFIX: &str = "muster/";

/// Why local storage did not do what it was asked.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum KeyValueError {
    /// No room is left.
    #[error("no room is left")]
    Full,
    /// The browser does not let the page in.
    #[error("the browser refused: {0}")]
    Denied(String),
}

/// A small synchronous store of texts by key: local storage.
pub trait KeyValue {
    /// The text under a key.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn get(&self, key: &str) -> Result<Option<String>, KeyValueError>;
    /// Puts a text under a key, whole or not at all.
    ///
    /// # Errors
    /// When there is no room, or the store refuses.
    fn set(&self, key: &str, text: &str) -> Result<(), KeyValueError>;
    /// Removes a key.
    ///
    /// # Errors
    /// When the store refuses.
    fn remove(&self, key: &str) -> Result<(), KeyValueError>;
    /// All keys that begin so.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn keys(&self, prefix: &str) -> Result<Vec<String>, KeyValueError>;
}

/// Why the journal did not do what it was asked.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{0}")]
pub struct JournalError(pub String);

/// A text in the journal: some lines of one log.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Record {
    /// Whose log.
    pub scope: String,
    /// What it came with: empty for this browser's own events, else the import's id.
    pub batch: String,
    /// Lines as in segments, with their header.
    pub text: String,
}

/// A picture's bytes in the journal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KeptPicture {
    /// SHA-256 of the bytes: the name that they lie under.
    pub digest: Digest,
    /// As they are shown.
    pub bytes: Vec<u8>,
    /// When they were put there.
    pub at: Timestamp,
}

/// Which of some pictures go, by what all records say.
pub type Goes = Box<dyn FnOnce(Vec<Digest>, &[Record]) -> Vec<Digest>>;

/// Called when the journal is done.
pub type Done<T> = Box<dyn FnOnce(Result<T, JournalError>)>;

/// A durable store of records: what it has confirmed survives the browser's sudden end.
pub trait Journal {
    /// Adds records in one transaction; confirmed when they are on the disk.
    fn put(&self, records: Vec<Record>, done: Done<()>);
    /// Reads everything, with the key of each record.
    fn read(&self, done: Done<Vec<(u64, Record)>>);
    /// Puts records in the place of others, in one transaction. False, and nothing done, where one
    /// of those is not there any more.
    fn replace(&self, old: Vec<u64>, new: Vec<Record>, done: Done<bool>);
    /// Removes all records of a log.
    fn remove_scope(&self, scope: String, done: Done<()>);
    /// Removes all records that came with an import.
    fn remove_batch(&self, batch: String, done: Done<()>);
    /// Keeps a small value by name.
    fn set_value(&self, name: String, text: String, done: Done<()>);
    /// Reads all small values.
    fn values(&self, done: Done<Vec<(String, String)>>);
    /// Keeps pictures in one transaction, each under its digest; confirmed when they are on the disk.
    fn put_pictures(&self, pictures: Vec<KeptPicture>, done: Done<()>);
    /// Reads a picture's bytes; none where it is not held.
    fn picture(&self, digest: Digest, done: Done<Option<Vec<u8>>>);
    /// In one transaction: asks which go of these pictures and of all that were put before an instant,
    /// and removes those. Says which.
    fn sweep_pictures(
        &self,
        named: Vec<Digest>,
        before: Timestamp,
        goes: Goes,
        done: Done<Vec<Digest>>,
    );
}

/// Where events came from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum From {
    /// This device, as the page opened.
    Store,
    /// Another tab, while the page is open.
    OtherTab,
}

/// What the vault tells the page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Incoming {
    /// Events that were read or heard.
    Events {
        /// Of which log.
        scope: LogScope,
        /// In no order.
        events: Vec<Event>,
        /// What was said of chains.
        claims: Vec<Claim>,
        /// Where they came from.
        from: From,
    },
    /// These are safe: the journal has them.
    Safe(Vec<EventId>),
    /// These are only in local storage: the end of the browser may cost the last minute.
    Weak(Vec<EventId>),
    /// These are nowhere but on this page: export them.
    Unkept(Vec<EventId>),
    /// What can be read was read.
    Opened {
        /// Whether the journal is among it.
        with_journal: bool,
    },
    /// A store was emptied under this page: all that it holds is to be kept again.
    Wanted,
    /// A log was removed from this device.
    Gone(LogScope),
    /// Another tab kept pictures: what was missing may be there.
    Pictures,
    /// Erased words have left the journal: what only they spoke of may go.
    Scrubbed,
    /// An import was undone in another tab.
    Undone {
        /// Of which log.
        scope: LogScope,
        /// What it had brought there.
        brought: Brought,
    },
    /// A small value that local storage had lost, from the journal.
    Value {
        /// Its name.
        name: String,
        /// What it says.
        text: String,
    },
    /// Something is wrong with a store.
    Trouble(Trouble),
}

/// What is wrong with a store, and what a person can do.
#[derive(Clone, PartialEq, Eq, Debug, Hash)]
pub enum Trouble {
    /// Local storage has no room.
    LocalFull,
    /// Local storage cannot be used.
    LocalDenied(String),
    /// The journal cannot be used: nothing is really safe.
    JournalRefused(String),
    /// The journal did not take something.
    JournalFailed(String),
    /// The journal had something and is empty now.
    JournalEmptied,
    /// Local storage had something and is empty now.
    LocalEmptied,
    /// A stored text is damaged; what was whole in it was read.
    Damaged {
        /// Where it lies.
        key: String,
        /// The text as it is, for download.
        text: String,
        /// How many lines of it could be read.
        saved: usize,
    },
}

impl Trouble {
    /// What happened, what it means, and what a person can do; the last may be empty.
    pub fn words(&self) -> (String, String) {
        match self {
            Self::LocalFull => (
                "Local storage is full. What you write is kept in the journal alone.".to_owned(),
                "Export, then remove old incidents from this device in Settings.".to_owned(),
            ),
            Self::LocalDenied(why) => (
                format!("The browser does not let Muster use local storage ({why}). Other tabs hear of changes later."),
                "Leave private browsing, or allow this site to store data.".to_owned(),
            ),
            Self::JournalRefused(why) => (
                format!("The browser does not let Muster use its database ({why}). If the browser is ended by force, the last minute may be lost."),
                "Leave private browsing, allow this site to store data, and export often.".to_owned(),
            ),
            Self::JournalFailed(why) => (
                format!("The journal did not take the last entries ({why}). They are kept less safely."),
                "Export now; free some space on the disk, then reload.".to_owned(),
            ),
            Self::JournalEmptied => (
                "The browser emptied Muster's journal. What local storage still had was written back.".to_owned(),
                "Look whether something is missing; a colleague's file or an export brings it back.".to_owned(),
            ),
            Self::LocalEmptied => (
                "Local storage lost what it held: it was emptied, or the browser was ended by force. The journal kept everything.".to_owned(),
                String::new(),
            ),
            Self::Damaged { saved, .. } => (
                format!("A stored part is damaged. {saved} of its entries could be read; the rest of what is stored is not touched."),
                "Download the damaged part, and import a colleague's file or an export to fill the gap.".to_owned(),
            ),
        }
    }
}
