//! The browser's own stores, in a browser: each does what the vault takes for granted, and the
//! vault keeps and opens over both.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::panic)]

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use js_sys::{Function, Promise};
use muster::model::fact::{Fact, Verdict, Words};
use muster::model::{Digest, Draft, Event, EventId, IncidentId, Log, LogScope, Timestamp, Writer};
use muster::store::browser::{IndexedDb, LocalStorage};
use muster::store::{
    Done, Goes, Incoming, Journal, JournalError, KeptPicture, KeyValue, KeyValueError, PREFIX,
    Record, Trouble, Vault,
};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Waits for the journal's answer.
async fn answer<T: 'static>(ask: impl FnOnce(Done<T>)) -> Result<T, JournalError> {
    let slot = Rc::new(RefCell::new(None));
    let answered = slot.clone();
    let mut ask = Some(ask);
    let promise = Promise::new(&mut |resolve: Function, _| {
        let answered = answered.clone();
        if let Some(ask) = ask.take() {
            ask(Box::new(move |answer| {
                *answered.borrow_mut() = Some(answer);
                drop(resolve.call0(&JsValue::NULL));
            }));
        }
    });
    JsFuture::from(promise).await.unwrap();
    slot.borrow_mut().take().unwrap()
}

async fn put(journal: &IndexedDb, records: Vec<Record>) {
    answer(|done| journal.put(records, done)).await.unwrap();
}

/// What the journal holds of one log.
async fn held(journal: &IndexedDb, scope: &str) -> Vec<(u64, Record)> {
    let all = answer(|done| journal.read(done)).await.unwrap();
    all.into_iter()
        .filter(|(_, record)| record.scope == scope)
        .collect()
}

async fn journal() -> IndexedDb {
    IndexedDb::open(|| {}).await.unwrap()
}

fn record(scope: &str, batch: &str, text: &str) -> Record {
    Record {
        scope: scope.to_owned(),
        batch: batch.to_owned(),
        text: text.to_owned(),
    }
}

fn texts(held: &[(u64, Record)]) -> Vec<&str> {
    held.iter()
        .map(|(_, record)| record.text.as_str())
        .collect()
}

fn run(code: &str) -> JsValue {
    Function::new_no_args(code).call0(&JsValue::NULL).unwrap()
}

#[wasm_bindgen_test]
async fn the_journal_gives_back_what_it_was_given_in_order() {
    let journal = journal().await;
    let odd = "line\n\u{1f4df} \"quoted\" \u{0}";
    put(
        &journal,
        vec![record("order", "", "one"), record("order", "import", odd)],
    )
    .await;
    put(&journal, vec![record("order", "", "")]).await;
    let first = held(&journal, "order").await;
    assert_eq!(texts(&first), ["one", odd, ""]);
    assert_eq!(first[1].1.batch, "import");
    assert!(first.is_sorted_by_key(|(key, _)| *key));
    let again = IndexedDb::open(|| {}).await.unwrap();
    assert_eq!(
        held(&again, "order").await,
        first,
        "another connection reads the same"
    );
}

#[wasm_bindgen_test]
async fn records_are_replaced_all_or_none() {
    let journal = journal().await;
    put(
        &journal,
        vec![
            record("replace", "", "a"),
            record("replace", "", "b"),
            record("replace", "", "c"),
        ],
    )
    .await;
    let keys: Vec<u64> = held(&journal, "replace")
        .await
        .iter()
        .map(|(key, _)| *key)
        .collect();
    let packed = vec![record("replace", "", "ab")];
    let done = answer(|done| journal.replace(keys[..2].to_vec(), packed.clone(), done)).await;
    assert_eq!(done, Ok(true));
    assert_eq!(texts(&held(&journal, "replace").await), ["c", "ab"]);
    // One of these is gone by now: another tab was here first.
    let done = answer(|done| journal.replace(keys[1..].to_vec(), packed, done)).await;
    assert_eq!(done, Ok(false));
    assert_eq!(texts(&held(&journal, "replace").await), ["c", "ab"]);
}

#[wasm_bindgen_test]
async fn of_two_that_replace_the_same_at_once_one_does() {
    let (one, other) = (journal().await, journal().await);
    put(&one, vec![record("race", "", "a"), record("race", "", "b")]).await;
    let keys: Vec<u64> = held(&one, "race")
        .await
        .iter()
        .map(|(key, _)| *key)
        .collect();
    let results: Rc<RefCell<Vec<bool>>> = Rc::default();
    let noted = results.clone();
    other.replace(
        keys.clone(),
        vec![record("race", "", "theirs")],
        Box::new(move |answer| noted.borrow_mut().push(answer.unwrap())),
    );
    let mine = answer(|done| one.replace(keys, vec![record("race", "", "mine")], done)).await;
    results.borrow_mut().push(mine.unwrap());
    let last = held(&one, "race").await;
    assert_eq!(last.len(), 1, "{last:?}");
    assert_eq!(results.borrow().iter().filter(|done| **done).count(), 1);
}

#[wasm_bindgen_test]
async fn logs_and_imports_are_removed_and_nothing_else() {
    let journal = journal().await;
    put(
        &journal,
        vec![
            record("gone", "", "own"),
            record("gone", "import 1", "theirs"),
            record("stays", "import 1", "theirs"),
            record("stays", "import 2", "theirs too"),
            record("stays", "", "own"),
        ],
    )
    .await;
    answer(|done| journal.remove_scope("gone".to_owned(), done))
        .await
        .unwrap();
    assert!(held(&journal, "gone").await.is_empty());
    assert_eq!(held(&journal, "stays").await.len(), 3);
    answer(|done| journal.remove_batch("import 1".to_owned(), done))
        .await
        .unwrap();
    assert_eq!(texts(&held(&journal, "stays").await), ["theirs too", "own"]);
    answer(|done| journal.remove_scope("never there".to_owned(), done))
        .await
        .unwrap();
}

#[wasm_bindgen_test]
async fn small_values_are_kept_by_name() {
    let journal = journal().await;
    for text in ["first", "second"] {
        answer(|done| journal.set_value("test/value".to_owned(), text.to_owned(), done))
            .await
            .unwrap();
    }
    let values = answer(|done| journal.values(done)).await.unwrap();
    let ours: Vec<&(String, String)> = values
        .iter()
        .filter(|(name, _)| name == "test/value")
        .collect();
    assert_eq!(ours, [&("test/value".to_owned(), "second".to_owned())]);
}

#[wasm_bindgen_test]
async fn whatever_is_written_is_asked_to_be_on_the_disk() {
    let journal = journal().await;
    run("globalThis.asked = []; \
         globalThis.plain = IDBDatabase.prototype.transaction; \
         IDBDatabase.prototype.transaction = function (...all) { \
             const begun = globalThis.plain.apply(this, all); \
             globalThis.asked.push(begun.mode + ' ' + begun.durability); \
             return begun; };");
    put(&journal, vec![record("strict", "", "text")]).await;
    let keys: Vec<u64> = held(&journal, "strict")
        .await
        .iter()
        .map(|(key, _)| *key)
        .collect();
    answer(|done| journal.replace(keys, vec![record("strict", "import", "text")], done))
        .await
        .unwrap();
    answer(|done| journal.remove_batch("import".to_owned(), done))
        .await
        .unwrap();
    answer(|done| journal.remove_scope("strict".to_owned(), done))
        .await
        .unwrap();
    answer(|done| journal.set_value("test/strict".to_owned(), "1".to_owned(), done))
        .await
        .unwrap();
    let asked = run("IDBDatabase.prototype.transaction = globalThis.plain; \
                     return globalThis.asked.filter((one) => one.startsWith('readwrite')).join(',');");
    assert_eq!(
        asked.as_string().unwrap(),
        ["readwrite strict"; 5].join(",")
    );
}

#[wasm_bindgen_test]
async fn what_the_browser_refuses_is_an_error_with_its_words() {
    run("globalThis.plainOpen = IDBFactory.prototype.open; \
         IDBFactory.prototype.open = () => { throw new DOMException('not here', 'SecurityError'); };");
    let refused = IndexedDb::open(|| {}).await.err();
    run("IDBFactory.prototype.open = globalThis.plainOpen;");
    assert_eq!(refused, Some(JournalError("not here".to_owned())));
    let journal = journal().await;
    run("globalThis.plainAdd = IDBObjectStore.prototype.add; \
         IDBObjectStore.prototype.add = function (...all) { \
             const request = globalThis.plainAdd.apply(this, all); this.transaction.abort(); return request; };");
    let failed = answer(|done| journal.put(vec![record("aborted", "", "text")], done)).await;
    run("IDBObjectStore.prototype.add = globalThis.plainAdd;");
    assert!(failed.is_err());
    assert!(held(&journal, "aborted").await.is_empty());
}

#[wasm_bindgen_test]
fn local_storage_keeps_texts_and_lists_only_keys_of_a_prefix() {
    let local = LocalStorage::open().unwrap();
    for (key, text) in [
        ("muster/test/a", "1"),
        ("muster/test/b", "\u{1f4df}"),
        ("musterade", "theirs"),
        ("", "theirs"),
    ] {
        local.set(key, text).unwrap();
    }
    let mut keys = local.keys("muster/test/").unwrap();
    keys.sort();
    assert_eq!(keys, ["muster/test/a", "muster/test/b"]);
    assert!(
        local
            .keys(PREFIX)
            .unwrap()
            .iter()
            .all(|key| key.starts_with(PREFIX))
    );
    assert_eq!(local.get("muster/test/b"), Ok(Some("\u{1f4df}".to_owned())));
    local.remove("muster/test/b").unwrap();
    local.remove("muster/test/b").unwrap();
    assert_eq!(local.get("muster/test/b"), Ok(None));
    for key in ["muster/test/a", "musterade", ""] {
        local.remove(key).unwrap();
    }
}

#[wasm_bindgen_test]
fn a_full_local_storage_is_told_apart_from_a_denied_one() {
    let local = LocalStorage::open().unwrap();
    let mut text = "x".repeat(1 << 20);
    let mut filled = Vec::new();
    let mut refused = None;
    while !text.is_empty() {
        let key = format!("neighbour/{}", filled.len());
        match local.set(&key, &text) {
            Ok(()) => filled.push(key),
            Err(error) => {
                refused = Some(error);
                text.truncate(text.len() / 2);
            }
        }
    }
    assert_eq!(refused, Some(KeyValueError::Full));
    local.set("muster/test/none", "text").unwrap_err();
    assert_eq!(
        local.get("muster/test/none"),
        Ok(None),
        "whole or not at all"
    );
    filled.iter().for_each(|key| local.remove(key).unwrap());
    local.set("muster/test/some", "text").unwrap();
    local.remove("muster/test/some").unwrap();
    run("Storage.prototype.plainSet = Storage.prototype.setItem; \
         Storage.prototype.setItem = () => { throw new DOMException('not here', 'SecurityError'); };");
    let denied = local.set("muster/test/some", "text");
    run(
        "Storage.prototype.setItem = Storage.prototype.plainSet; delete Storage.prototype.plainSet;",
    );
    assert_eq!(denied, Err(KeyValueError::Denied("not here".to_owned())));
}

/// A page over the browser's own stores.
struct Page {
    vault: Vault,
    log: Rc<RefCell<Log>>,
    safe: Rc<RefCell<BTreeSet<EventId>>>,
    troubles: Rc<RefCell<Vec<Trouble>>>,
    opened: Rc<RefCell<bool>>,
    writer: Writer,
}

impl Page {
    async fn open(n: u8, scope: LogScope) -> Self {
        let log = Rc::new(RefCell::new(Log::new(scope)));
        let safe: Rc<RefCell<BTreeSet<EventId>>> = Rc::default();
        let troubles: Rc<RefCell<Vec<Trouble>>> = Rc::default();
        let opened = Rc::new(RefCell::new(false));
        let (to_log, to_safe, to_troubles, to_opened) =
            (log.clone(), safe.clone(), troubles.clone(), opened.clone());
        let listener = move |incoming| match incoming {
            Incoming::Events {
                scope: of, events, ..
            } if of == scope => {
                for event in events {
                    to_log.borrow_mut().add(event);
                }
            }
            Incoming::Safe(ids) => to_safe.borrow_mut().extend(ids),
            Incoming::Trouble(trouble) => to_troubles.borrow_mut().push(trouble),
            Incoming::Opened { with_journal } => *to_opened.borrow_mut() = with_journal,
            _ => {}
        };
        let vault = Vault::open(
            format!("page{n}"),
            Some(Rc::new(LocalStorage::open().unwrap())),
            Some(Rc::new(journal().await)),
            Box::new(|_| {}),
            Rc::new(listener),
        );
        vault.read();
        let page = Self {
            vault,
            log,
            safe,
            troubles,
            opened,
            writer: Writer::from_bytes([n; 10]),
        };
        page.until(|page| *page.opened.borrow()).await;
        page
    }

    /// Lets the browser work until something is so.
    async fn until(&self, what: impl Fn(&Self) -> bool) {
        for _ in 0..2_000 {
            if what(self) {
                return;
            }
            let promise = Promise::new(&mut |resolve, _| {
                drop(
                    web_sys::window()
                        .unwrap()
                        .set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, 5),
                );
            });
            JsFuture::from(promise).await.unwrap();
        }
        panic!("it never came");
    }

    fn write(&self, draft: Draft) -> Event {
        let now = Timestamp::clamped(1_795_521_600_000);
        let event = self.log.borrow_mut().append(self.writer, draft, now);
        self.vault
            .keep(self.log.borrow().scope(), std::slice::from_ref(&event));
        event
    }

    async fn until_safe(&self) {
        let written = || {
            self.log
                .borrow()
                .by_writer(self.writer)
                .map(|(place, _)| place.id())
                .collect::<BTreeSet<_>>()
        };
        self.until(|page| written().is_subset(&page.safe.borrow()))
            .await;
    }
}

fn note(text: &str) -> Draft {
    Fact::Note(Words {
        text: text.to_owned(),
    })
    .draft()
}

fn scope(n: u8) -> LogScope {
    LogScope::Incident(IncidentId::from_bytes([n; 10]))
}

fn empty_local() {
    let local = LocalStorage::open().unwrap();
    local
        .keys(PREFIX)
        .unwrap()
        .iter()
        .for_each(|key| local.remove(key).unwrap());
}

#[wasm_bindgen_test]
async fn a_vault_opens_again_what_it_called_safe() {
    let page = Page::open(1, scope(1)).await;
    (0..100).for_each(|n| drop(page.write(note(&format!("words {n}")))));
    page.until_safe().await;
    for with_local in [true, false] {
        if !with_local {
            empty_local();
        }
        let again = Page::open(2, scope(1)).await;
        assert_eq!(*again.log.borrow(), *page.log.borrow());
        let told = again.troubles.borrow().contains(&Trouble::LocalEmptied);
        assert_eq!(told, !with_local);
    }
}

#[wasm_bindgen_test]
async fn two_pages_that_pack_at_once_double_and_lose_nothing() {
    let page = Page::open(3, scope(3)).await;
    for n in 0..60 {
        page.write(note(&format!("words {n}")));
        page.until_safe().await;
    }
    assert!(held(&journal().await, &scope(3).to_string()).await.len() >= 60);
    let one = Page::open(4, scope(3)).await;
    let other = Page::open(5, scope(3)).await;
    one.write(note("meanwhile"));
    one.until_safe().await;
    other.write(note("meanwhile too"));
    other.until_safe().await;
    let packed = held(&journal().await, &scope(3).to_string()).await;
    assert!(packed.len() <= 3, "{}", packed.len());
    empty_local();
    let last = Page::open(6, scope(3)).await;
    assert_eq!(last.log.borrow().len(), 62);
}

#[wasm_bindgen_test]
async fn erased_and_removed_words_leave_the_browser() {
    let page = Page::open(7, scope(7)).await;
    let secret = page.write(note("hunter2"));
    page.write(note("words"));
    page.until_safe().await;
    page.write(Draft {
        on: Some(secret.id),
        ..Fact::Erased(Verdict::default()).draft()
    });
    page.until_safe().await;
    let everything = async || {
        let local = LocalStorage::open().unwrap();
        let keys = local.keys(PREFIX).unwrap();
        let mut all: Vec<String> = keys
            .iter()
            .filter_map(|key| local.get(key).unwrap())
            .collect();
        all.extend(
            held(&journal().await, &scope(7).to_string())
                .await
                .into_iter()
                .map(|(_, record)| record.text),
        );
        all.join("\n")
    };
    for _ in 0..200 {
        if !everything().await.contains("hunter2") {
            break;
        }
    }
    let left = everything().await;
    assert!(!left.contains("hunter2") && left.contains("words"));
    page.vault.remove(scope(7));
    for _ in 0..200 {
        if held(&journal().await, &scope(7).to_string())
            .await
            .is_empty()
        {
            break;
        }
    }
    let left = everything().await;
    assert!(!left.contains("words"));
    let again = Page::open(8, scope(7)).await;
    assert!(again.log.borrow().is_empty());
}

fn kept(bytes: &[u8], at: i64) -> KeptPicture {
    KeptPicture {
        digest: Digest::of(&[bytes]),
        bytes: bytes.to_vec(),
        at: Timestamp::clamped(at),
    }
}

async fn picture(journal: &IndexedDb, bytes: &[u8]) -> Option<Vec<u8>> {
    let digest = Digest::of(&[bytes]);
    answer(|done| journal.picture(digest, done)).await.unwrap()
}

async fn sweep(journal: &IndexedDb, named: Vec<Digest>, before: i64) -> Vec<Digest> {
    let before = Timestamp::clamped(before);
    let goes: Goes = Box::new(|asked, records| {
        let spoken_of = |digest: &Digest| {
            let name = digest.to_string();
            records.iter().any(|record| record.text.contains(&name))
        };
        asked
            .into_iter()
            .filter(|digest| !spoken_of(digest))
            .collect()
    });
    answer(|done| journal.sweep_pictures(named, before, goes, done))
        .await
        .unwrap()
}

#[wasm_bindgen_test]
async fn pictures_are_given_back_byte_by_byte_and_swept_by_what_records_say() {
    let journal = journal().await;
    let (old, new) = (b"\x89PNG\r\n\x1a\n old \0\xff", b"RIFF0000WEBP new");
    let all = vec![kept(old, 1_000), kept(new, 3_000)];
    answer(|done| journal.put_pictures(all, done))
        .await
        .unwrap();
    let again = IndexedDb::open(|| {}).await.unwrap();
    assert_eq!(picture(&again, old).await.as_deref(), Some(old.as_slice()));
    assert_eq!(picture(&again, b"never put").await, None);
    let name = Digest::of(&[old]).to_string();
    put(&journal, vec![record("pictures", "", &name)]).await;
    assert_eq!(sweep(&journal, vec![], 2_000).await, [], "a record has it");
    answer(|done| journal.remove_scope("pictures".to_owned(), done))
        .await
        .unwrap();
    assert_eq!(sweep(&journal, vec![], 2_000).await, [Digest::of(&[old])]);
    assert_eq!(picture(&journal, old).await, None);
    assert!(picture(&journal, new).await.is_some(), "it is too new");
    let named = vec![Digest::of(&[new])];
    assert_eq!(sweep(&journal, named.clone(), 2_000).await, named);
    assert_eq!(picture(&journal, new).await, None);
}

/// As the first version made the database, with something in it.
const FIRST_VERSION: &str = "return new Promise((resolve, reject) => {
    const going = indexedDB.deleteDatabase('muster');
    going.onerror = () => reject(going.error);
    going.onsuccess = () => {
        const opening = indexedDB.open('muster', 1);
        opening.onupgradeneeded = () => {
            const records = opening.result.createObjectStore('records', { autoIncrement: true });
            records.createIndex('scope', 'scope');
            records.createIndex('batch', 'batch');
            opening.result.createObjectStore('values');
        };
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
            const database = opening.result;
            // As a tab with the first version does, which is still open.
            database.onversionchange = () => database.close();
            const adding = database.transaction(['records', 'values'], 'readwrite');
            adding.objectStore('records').add({ scope: 'first', batch: '', text: 'from the first version' });
            adding.objectStore('values').put('1', 'vault/mark');
            adding.oncomplete = () => resolve();
        };
    };
})";

#[wasm_bindgen_test]
async fn a_database_of_the_first_version_gets_room_for_pictures_and_loses_nothing() {
    let made: Promise = run(FIRST_VERSION).into();
    JsFuture::from(made).await.unwrap();
    let journal = journal().await;
    assert_eq!(
        texts(&held(&journal, "first").await),
        ["from the first version"]
    );
    let values = answer(|done| journal.values(done)).await.unwrap();
    assert_eq!(values, [("vault/mark".to_owned(), "1".to_owned())]);
    let bytes = b"\xff\xd8\xff more";
    answer(|done| journal.put_pictures(vec![kept(bytes, 1)], done))
        .await
        .unwrap();
    assert!(picture(&journal, bytes).await.is_some());
    // Keys go on where they were.
    put(&journal, vec![record("first", "", "from this version")]).await;
    assert_eq!(held(&journal, "first").await.len(), 2);
}
