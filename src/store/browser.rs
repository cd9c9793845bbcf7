//! The browser's own stores: local storage, and IndexedDB as the journal.
//!
//! No logic: each function does one thing to the browser and hands the answer on. Works on plain
//! http; where a browser refuses, the caller is told why.

use std::rc::Rc;

use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    IdbDatabase, IdbKeyRange, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransaction,
    IdbTransactionMode,
};

use super::{Done, Goes, Journal, JournalError, KeptPicture, KeyValue, KeyValueError, Record};
use crate::model::{Digest, Timestamp};

/// The name of the database, also known to the page's start script.
pub const DATABASE: &str = "muster";
const RECORDS: &str = "records";
const VALUES: &str = "values";
const PICTURES: &str = "pictures";
/// By when they were put there.
const AT: &str = "at";
/// The database's version: 2 brought pictures.
const VERSION: u32 = 2;

/// Local storage, where the browser gives it.
pub struct LocalStorage(web_sys::Storage);

impl LocalStorage {
    /// The page's local storage.
    ///
    /// # Errors
    /// Where it is blocked.
    pub fn open() -> Result<Self, KeyValueError> {
        // `gloo_storage::LocalStorage::raw` would end the app where storage is blocked.
        let window =
            web_sys::window().ok_or_else(|| KeyValueError::Denied("no window".to_owned()))?;
        match window.local_storage() {
            Ok(Some(_)) => Ok(Self(
                <gloo_storage::LocalStorage as gloo_storage::Storage>::raw(),
            )),
            Ok(None) => Err(KeyValueError::Denied("there is none".to_owned())),
            Err(error) => Err(KeyValueError::Denied(words(&error))),
        }
    }
}

impl KeyValue for LocalStorage {
    fn get(&self, key: &str) -> Result<Option<String>, KeyValueError> {
        self.0
            .get_item(key)
            .map_err(|error| KeyValueError::Denied(words(&error)))
    }

    fn set(&self, key: &str, text: &str) -> Result<(), KeyValueError> {
        self.0.set_item(key, text).map_err(|error| {
            let name = error
                .dyn_ref::<web_sys::DomException>()
                .map(web_sys::DomException::name);
            if name.is_some_and(|name| name.contains("Quota")) {
                KeyValueError::Full
            } else {
                KeyValueError::Denied(words(&error))
            }
        })
    }

    fn remove(&self, key: &str) -> Result<(), KeyValueError> {
        self.0
            .remove_item(key)
            .map_err(|error| KeyValueError::Denied(words(&error)))
    }

    fn keys(&self, prefix: &str) -> Result<Vec<String>, KeyValueError> {
        let denied = |error: JsValue| KeyValueError::Denied(words(&error));
        let mut keys = Vec::new();
        for index in 0..self.0.length().map_err(denied)? {
            keys.extend(
                self.0
                    .key(index)
                    .map_err(denied)?
                    .filter(|key| key.starts_with(prefix)),
            );
        }
        Ok(keys)
    }
}

/// What the browser said, in words.
fn words(error: &JsValue) -> String {
    let message = |value: &JsValue| Reflect::get(value, &"message".into()).ok()?.as_string();
    message(error)
        .or_else(|| Reflect::get(error, &"name".into()).ok()?.as_string())
        .or_else(|| error.as_string())
        .unwrap_or_else(|| "no reason given".to_owned())
}

fn failed(error: &JsValue) -> JournalError {
    // Of an event, the reason lies with its target.
    let target = Reflect::get(error, &"target".into()).unwrap_or(JsValue::UNDEFINED);
    let reason = Reflect::get(&target, &"error".into()).unwrap_or(JsValue::UNDEFINED);
    JournalError(words(if reason.is_object() { &reason } else { error }))
}

/// The journal in IndexedDB.
#[derive(Clone)]
pub struct IndexedDb {
    database: Rc<IdbDatabase>,
}

impl IndexedDb {
    /// Opens the database, making it where it is new. `closed` is called when it is closed under
    /// the page: by the browser, or since another page deletes or upgrades it.
    ///
    /// # Errors
    /// Where the browser refuses, as in some private windows.
    pub async fn open(closed: impl FnOnce() + 'static) -> Result<Self, JournalError> {
        let window = web_sys::window().ok_or_else(|| JournalError("no window".to_owned()))?;
        let factory = window
            .indexed_db()
            .map_err(|error| failed(&error))?
            .ok_or_else(|| JournalError("there is none".to_owned()))?;
        let request = factory
            .open_with_u32(DATABASE, VERSION)
            .map_err(|error| failed(&error))?;
        let upgrade = make_stores(&request);
        let opened = settled(&request).await;
        request.set_onupgradeneeded(None);
        drop(upgrade);
        let database = match opened {
            Ok(database) => database,
            // A newer Muster was here: what it added is no concern of ours, and the rest is as it was.
            Err(_) if is_newer(&request) => {
                let request = factory.open(DATABASE).map_err(|error| failed(&error))?;
                settled(&request).await?
            }
            Err(error) => return Err(error),
        };
        let database: IdbDatabase = database.unchecked_into();
        let closed: Function = Closure::once_into_js(closed).unchecked_into();
        database.set_onclose(Some(&closed));
        // Whoever deletes or upgrades the database waits until every page has let go of it.
        let open = database.clone();
        let let_go = move || {
            open.close();
            drop(closed.call0(&JsValue::NULL));
        };
        let let_go = Closure::once_into_js(let_go);
        database.set_onversionchange(Some(let_go.unchecked_ref()));
        Ok(Self {
            database: Rc::new(database),
        })
    }

    /// A transaction that is confirmed only when it is on the disk.
    fn transaction(
        &self,
        stores: &JsValue,
        mode: IdbTransactionMode,
    ) -> Result<IdbTransaction, JournalError> {
        let options = Object::new();
        let strict = Reflect::set(&options, &"durability".into(), &"strict".into());
        strict.map_err(|error| failed(&error))?;
        let transaction: Function = Reflect::get(&self.database, &"transaction".into())
            .map_err(|error| failed(&error))?
            .unchecked_into();
        // web-sys does not offer the options.
        let begun = transaction.call3(&self.database, stores, &mode.into(), &options);
        begun
            .map(JsCast::unchecked_into)
            .map_err(|error| failed(&error))
    }

    fn writing(&self, store: &str) -> Result<(IdbTransaction, IdbObjectStore), JournalError> {
        let transaction = self.transaction(&store.into(), IdbTransactionMode::Readwrite)?;
        let store = transaction
            .object_store(store)
            .map_err(|error| failed(&error))?;
        Ok((transaction, store))
    }

    fn reading(&self, store: &str) -> Result<IdbObjectStore, JournalError> {
        let transaction = self.transaction(&store.into(), IdbTransactionMode::Readonly)?;
        transaction
            .object_store(store)
            .map_err(|error| failed(&error))
    }

    async fn put_all(self, records: Vec<Record>) -> Result<(), JournalError> {
        let (transaction, store) = self.writing(RECORDS)?;
        add(&store, &records)?;
        completed(&transaction).await
    }

    async fn read_all(self) -> Result<Vec<(u64, Record)>, JournalError> {
        let store = self.reading(RECORDS)?;
        let keys = store.get_all_keys().map_err(|error| failed(&error))?;
        let values = store.get_all().map_err(|error| failed(&error))?;
        let keys = Array::from(&settled(&keys).await?);
        let values = Array::from(&settled(&values).await?);
        Ok(keys
            .iter()
            .zip(values.iter())
            .filter_map(|(key, value)| Some((number(&key)?, record(&value)?)))
            .collect())
    }

    async fn replace_all(self, old: Vec<u64>, new: Vec<Record>) -> Result<bool, JournalError> {
        let (transaction, store) = self.writing(RECORDS)?;
        for key in &old {
            let found = store
                .count_with_key(&key_of(*key))
                .map_err(|error| failed(&error))?;
            if settled(&found).await?.as_f64() != Some(1.0) {
                // Another tab was here first; nothing was changed yet.
                return Ok(false);
            }
        }
        for key in &old {
            store
                .delete(&key_of(*key))
                .map_err(|error| failed(&error))?;
        }
        add(&store, &new)?;
        completed(&transaction).await.map(|()| true)
    }

    async fn remove_where(self, index: &str, value: String) -> Result<(), JournalError> {
        let (transaction, store) = self.writing(RECORDS)?;
        let index = store.index(index).map_err(|error| failed(&error))?;
        let keys = index
            .get_all_keys_with_key(&value.into())
            .map_err(|error| failed(&error))?;
        for key in Array::from(&settled(&keys).await?).iter() {
            store.delete(&key).map_err(|error| failed(&error))?;
        }
        completed(&transaction).await
    }

    async fn put_value(self, name: String, text: String) -> Result<(), JournalError> {
        let (transaction, store) = self.writing(VALUES)?;
        store
            .put_with_key(&text.into(), &name.into())
            .map_err(|error| failed(&error))?;
        completed(&transaction).await
    }

    async fn all_values(self) -> Result<Vec<(String, String)>, JournalError> {
        let store = self.reading(VALUES)?;
        let keys = store.get_all_keys().map_err(|error| failed(&error))?;
        let values = store.get_all().map_err(|error| failed(&error))?;
        let keys = Array::from(&settled(&keys).await?);
        let values = Array::from(&settled(&values).await?);
        Ok(keys
            .iter()
            .zip(values.iter())
            .filter_map(|(key, value)| key.as_string().zip(value.as_string()))
            .collect())
    }

    async fn put_all_pictures(self, pictures: Vec<KeptPicture>) -> Result<(), JournalError> {
        let (transaction, store) = self.writing(PICTURES)?;
        for picture in pictures {
            let value = Object::new();
            let bytes = Uint8Array::from(picture.bytes.as_slice());
            for (name, field) in [("bytes", bytes.into()), (AT, instant(picture.at))] {
                Reflect::set(&value, &name.into(), &field).map_err(|error| failed(&error))?;
            }
            store
                .put_with_key(&value, &picture.digest.to_string().into())
                .map_err(|error| failed(&error))?;
        }
        completed(&transaction).await
    }

    async fn one_picture(self, digest: Digest) -> Result<Option<Vec<u8>>, JournalError> {
        let store = self.reading(PICTURES)?;
        let found = store
            .get(&digest.to_string().into())
            .map_err(|error| failed(&error))?;
        let found = settled(&found).await?;
        let bytes = Reflect::get(&found, &"bytes".into()).ok();
        let bytes = bytes.and_then(|bytes| bytes.dyn_into::<Uint8Array>().ok());
        Ok(bytes.map(|bytes| bytes.to_vec()))
    }

    async fn sweep(
        self,
        named: Vec<Digest>,
        before: Timestamp,
        goes: Goes,
    ) -> Result<Vec<Digest>, JournalError> {
        let stores = Array::of2(&RECORDS.into(), &PICTURES.into());
        let transaction = self.transaction(&stores, IdbTransactionMode::Readwrite)?;
        let store = |name: &str| {
            let store = transaction.object_store(name);
            store.map_err(|error| failed(&error))
        };
        let (records, pictures) = (store(RECORDS)?, store(PICTURES)?);
        let by_age = pictures.index(AT).map_err(|error| failed(&error))?;
        let old = IdbKeyRange::upper_bound(&instant(before)).map_err(|error| failed(&error))?;
        let old = by_age
            .get_all_keys_with_key(&old)
            .map_err(|error| failed(&error))?;
        let mut asked = named;
        let old = Array::from(&settled(&old).await?);
        asked.extend(
            old.iter()
                .filter_map(|key| key.as_string()?.parse::<Digest>().ok()),
        );
        if asked.is_empty() {
            return Ok(asked);
        }
        let held = records.get_all().map_err(|error| failed(&error))?;
        let held = Array::from(&settled(&held).await?);
        let held: Vec<Record> = held.iter().filter_map(|value| record(&value)).collect();
        let gone = goes(asked, &held);
        for digest in &gone {
            pictures
                .delete(&digest.to_string().into())
                .map_err(|error| failed(&error))?;
        }
        completed(&transaction).await.map(|()| gone)
    }
}

/// Whether the database is of a later version than ours.
fn is_newer(request: &IdbOpenDbRequest) -> bool {
    let error = request.error().ok().flatten();
    error.is_some_and(|error| error.name() == "VersionError")
}

fn make_stores(request: &IdbOpenDbRequest) -> wasm_bindgen::closure::Closure<dyn Fn()> {
    let asked = request.clone();
    let upgrade = wasm_bindgen::closure::Closure::<dyn Fn()>::new(move || {
        let Ok(database) = asked.result() else { return };
        let database: IdbDatabase = database.unchecked_into();
        // What an earlier version made stays as it is.
        let is_there = |name: &str| database.object_store_names().contains(name);
        let parameters = web_sys::IdbObjectStoreParameters::new();
        parameters.set_auto_increment(true);
        if !is_there(RECORDS)
            && let Ok(records) =
                database.create_object_store_with_optional_parameters(RECORDS, &parameters)
        {
            // Without an index, opening fails later and is told.
            drop(records.create_index_with_str("scope", "scope"));
            drop(records.create_index_with_str("batch", "batch"));
        }
        if !is_there(VALUES) {
            drop(database.create_object_store(VALUES));
        }
        if !is_there(PICTURES)
            && let Ok(pictures) = database.create_object_store(PICTURES)
        {
            drop(pictures.create_index_with_str(AT, AT));
        }
    });
    request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
    upgrade
}

fn add(store: &IdbObjectStore, records: &[Record]) -> Result<(), JournalError> {
    for record in records {
        let value = Object::new();
        for (name, text) in [
            ("scope", &record.scope),
            ("batch", &record.batch),
            ("text", &record.text),
        ] {
            Reflect::set(&value, &name.into(), &text.into()).map_err(|error| failed(&error))?;
        }
        store.add(&value).map_err(|error| failed(&error))?;
    }
    Ok(())
}

fn record(value: &JsValue) -> Option<Record> {
    let text = |name: &str| Reflect::get(value, &name.into()).ok()?.as_string();
    Some(Record {
        scope: text("scope")?,
        batch: text("batch")?,
        text: text("text")?,
    })
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn number(key: &JsValue) -> Option<u64> {
    key.as_f64().filter(|key| *key >= 0.0).map(|key| key as u64)
}

#[allow(clippy::cast_precision_loss)]
fn key_of(key: u64) -> JsValue {
    JsValue::from_f64(key as f64)
}

/// An instant as a key.
#[allow(clippy::cast_precision_loss)]
fn instant(at: Timestamp) -> JsValue {
    JsValue::from_f64(at.ms() as f64)
}

/// Waits for a request; the browser's own functions resolve, so that nothing of ours is left over.
async fn settled(request: &IdbRequest) -> Result<JsValue, JournalError> {
    let promise = Promise::new(&mut |resolve: Function, reject: Function| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    JsFuture::from(promise)
        .await
        .map_err(|error| failed(&error))?;
    request.result().map_err(|error| failed(&error))
}

async fn completed(transaction: &IdbTransaction) -> Result<(), JournalError> {
    let promise = Promise::new(&mut |resolve: Function, reject: Function| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onerror(Some(&reject));
        transaction.set_onabort(Some(&reject));
    });
    JsFuture::from(promise)
        .await
        .map(|_| ())
        .map_err(|error| failed(&error))
}

impl Journal for IndexedDb {
    fn put(&self, records: Vec<Record>, done: Done<()>) {
        let journal = self.clone();
        spawn_local(async move { done(journal.put_all(records).await) });
    }

    fn read(&self, done: Done<Vec<(u64, Record)>>) {
        let journal = self.clone();
        spawn_local(async move { done(journal.read_all().await) });
    }

    fn replace(&self, old: Vec<u64>, new: Vec<Record>, done: Done<bool>) {
        let journal = self.clone();
        spawn_local(async move { done(journal.replace_all(old, new).await) });
    }

    fn remove_scope(&self, scope: String, done: Done<()>) {
        let journal = self.clone();
        spawn_local(async move { done(journal.remove_where("scope", scope).await) });
    }

    fn remove_batch(&self, batch: String, done: Done<()>) {
        let journal = self.clone();
        spawn_local(async move { done(journal.remove_where("batch", batch).await) });
    }

    fn set_value(&self, name: String, text: String, done: Done<()>) {
        let journal = self.clone();
        spawn_local(async move { done(journal.put_value(name, text).await) });
    }

    fn values(&self, done: Done<Vec<(String, String)>>) {
        let journal = self.clone();
        spawn_local(async move { done(journal.all_values().await) });
    }

    fn put_pictures(&self, pictures: Vec<KeptPicture>, done: Done<()>) {
        let journal = self.clone();
        spawn_local(async move { done(journal.put_all_pictures(pictures).await) });
    }

    fn picture(&self, digest: Digest, done: Done<Option<Vec<u8>>>) {
        let journal = self.clone();
        spawn_local(async move { done(journal.one_picture(digest).await) });
    }

    fn sweep_pictures(
        &self,
        named: Vec<Digest>,
        before: Timestamp,
        goes: Goes,
        done: Done<Vec<Digest>>,
    ) {
        let journal = self.clone();
        spawn_local(async move { done(journal.sweep(named, before, goes).await) });
    }
}
