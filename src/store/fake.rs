//! Stores for tests: they fail where they are told to, and forget like a real one that is ended.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use super::{Done, Goes, Journal, JournalError, KeptPicture, KeyValue, KeyValueError, Record};
use crate::model::{Digest, Timestamp};

/// How an operation fails.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Failure {
    Full,
    Denied,
    /// Half of the text is written, and no error is reported.
    Truncated,
    /// The value is gone afterwards, and no error is reported.
    Gone,
    /// Something else stands there afterwards.
    Foreign,
    /// The answer never comes, though the act is done.
    Silent,
}

/// Counts operations and fails at one of them.
#[derive(Clone, Default)]
pub struct Fault {
    pub count: Rc<Cell<usize>>,
    pub at: Rc<Cell<Option<(usize, Failure)>>>,
}

impl Fault {
    fn next(&self) -> Option<Failure> {
        let number = self.count.get();
        self.count.set(number + 1);
        self.at
            .get()
            .filter(|(at, _)| *at == number)
            .map(|(_, failure)| failure)
    }
}

#[derive(Clone, Default)]
pub struct FakeLocal {
    pub texts: Rc<RefCell<BTreeMap<String, String>>>,
    pub fault: Fault,
    pub written: Rc<Cell<usize>>,
    /// How many bytes it takes, where it is not endless.
    pub room: Rc<Cell<Option<usize>>>,
}

impl FakeLocal {
    /// Another store that holds the same.
    pub fn copy(&self) -> Self {
        let texts = Rc::new(RefCell::new(self.texts.borrow().clone()));
        Self {
            texts,
            room: self.room.clone(),
            ..Self::default()
        }
    }

    fn used(&self) -> usize {
        let texts = self.texts.borrow();
        texts.iter().map(|(key, text)| key.len() + text.len()).sum()
    }
}

impl KeyValue for FakeLocal {
    fn get(&self, key: &str) -> Result<Option<String>, KeyValueError> {
        match self.fault.next() {
            Some(Failure::Gone) => Ok(None),
            Some(Failure::Truncated) => Ok(self
                .texts
                .borrow()
                .get(key)
                .map(|text| text.chars().take(text.len() / 2).collect())),
            Some(Failure::Foreign) => Ok(Some("{\"theme\":\"dark\"}".to_owned())),
            Some(Failure::Full | Failure::Denied | Failure::Silent) => {
                Err(KeyValueError::Denied("fault".to_owned()))
            }
            None => Ok(self.texts.borrow().get(key).cloned()),
        }
    }

    fn set(&self, key: &str, text: &str) -> Result<(), KeyValueError> {
        let stored = match self.fault.next() {
            Some(Failure::Full) => return Err(KeyValueError::Full),
            Some(Failure::Denied | Failure::Silent) => {
                return Err(KeyValueError::Denied("fault".to_owned()));
            }
            Some(Failure::Truncated) => text.chars().take(text.len() / 2).collect(),
            Some(Failure::Foreign) => "not ours".to_owned(),
            Some(Failure::Gone) => {
                self.texts.borrow_mut().remove(key);
                return Ok(());
            }
            None => text.to_owned(),
        };
        let before = self
            .texts
            .borrow()
            .get(key)
            .map_or(0, |held| key.len() + held.len());
        let after = self.used() - before + key.len() + stored.len();
        if self.room.get().is_some_and(|room| after > room) {
            return Err(KeyValueError::Full);
        }
        self.written.set(self.written.get() + text.len());
        self.texts.borrow_mut().insert(key.to_owned(), stored);
        Ok(())
    }

    fn remove(&self, key: &str) -> Result<(), KeyValueError> {
        if self.fault.next().is_some() {
            return Err(KeyValueError::Denied("fault".to_owned()));
        }
        self.texts.borrow_mut().remove(key);
        Ok(())
    }

    fn keys(&self, prefix: &str) -> Result<Vec<String>, KeyValueError> {
        if self.fault.next().is_some() {
            return Err(KeyValueError::Denied("fault".to_owned()));
        }
        Ok(self
            .texts
            .borrow()
            .keys()
            .filter(|key| key.starts_with(prefix))
            .cloned()
            .collect())
    }
}

type Waiting = Rc<RefCell<Vec<Box<dyn FnOnce()>>>>;

/// A journal whose answers wait until [`FakeJournal::settle`] is called.
#[derive(Clone, Default)]
pub struct FakeJournal {
    pub records: Rc<RefCell<BTreeMap<u64, Record>>>,
    pub named: Rc<RefCell<BTreeMap<String, String>>>,
    pub pictures: Rc<RefCell<BTreeMap<Digest, KeptPicture>>>,
    next: Rc<Cell<u64>>,
    pub fault: Fault,
    waiting: Waiting,
    held_back: Waiting,
}

impl FakeJournal {
    /// Lets every operation that was asked for happen, and those that follow from them.
    pub fn settle(&self) {
        loop {
            let waiting: Vec<_> = self.waiting.borrow_mut().drain(..).collect();
            if waiting.is_empty() {
                return;
            }
            waiting.into_iter().for_each(|act| act());
        }
    }

    /// The browser ends: what was asked for and not confirmed never happens.
    pub fn end(&self) {
        self.waiting.borrow_mut().clear();
        self.held_back.borrow_mut().clear();
    }

    fn later<T: 'static>(&self, done: Done<T>, act: impl FnOnce(&Self) -> T + 'static) {
        self.later_but(done, act, |answer, _| answer);
    }

    /// `spoil` says what a damaged answer looks like.
    fn later_but<T: 'static>(
        &self,
        done: Done<T>,
        act: impl FnOnce(&Self) -> T + 'static,
        spoil: impl FnOnce(T, Failure) -> T + 'static,
    ) {
        let journal = self.clone();
        self.waiting.borrow_mut().push(Box::new(move || {
            let failure = journal.fault.next();
            if matches!(failure, Some(Failure::Full | Failure::Denied)) {
                done(Err(JournalError("fault".to_owned())));
                return;
            }
            let answer = act(&journal);
            match failure {
                Some(Failure::Silent) => journal
                    .held_back
                    .borrow_mut()
                    .push(Box::new(move || done(Ok(answer)))),
                Some(failure) => done(Ok(spoil(answer, failure))),
                None => done(Ok(answer)),
            }
        }));
    }

    /// Another journal that holds the same.
    pub fn copy(&self) -> Self {
        Self {
            records: Rc::new(RefCell::new(self.records.borrow().clone())),
            named: Rc::new(RefCell::new(self.named.borrow().clone())),
            pictures: Rc::new(RefCell::new(self.pictures.borrow().clone())),
            next: Rc::new(Cell::new(self.next.get())),
            ..Self::default()
        }
    }

    /// The answers that did not come, come now.
    pub fn answer_late(&self) {
        let late: Vec<_> = self.held_back.borrow_mut().drain(..).collect();
        late.into_iter().for_each(|act| act());
        self.settle();
    }

    /// The browser empties the database.
    pub fn empty(&self) {
        self.records.borrow_mut().clear();
        self.named.borrow_mut().clear();
        self.pictures.borrow_mut().clear();
    }

    fn insert(&self, records: Vec<Record>) {
        for record in records {
            self.next.set(self.next.get() + 1);
            self.records.borrow_mut().insert(self.next.get(), record);
        }
    }
}

/// One of the records is not what was put there; which one differs from length to length.
fn spoil_one(mut records: Vec<(u64, Record)>, failure: Failure) -> Vec<(u64, Record)> {
    if records.is_empty() {
        return records;
    }
    let which = records.len() / 2;
    let text = &mut records[which].1.text;
    match failure {
        Failure::Truncated => *text = text.chars().take(text.len() / 2).collect(),
        Failure::Foreign => *text = "not ours".to_owned(),
        _ => drop(records.remove(which)),
    }
    records
}

impl Journal for FakeJournal {
    fn put(&self, records: Vec<Record>, done: Done<()>) {
        self.later(done, |journal| journal.insert(records));
    }

    fn read(&self, done: Done<Vec<(u64, Record)>>) {
        self.later_but(
            done,
            |journal| {
                let records = journal.records.borrow();
                let pairs = records.iter().map(|(key, record)| (*key, record.clone()));
                pairs.collect()
            },
            spoil_one,
        );
    }

    fn replace(&self, old: Vec<u64>, new: Vec<Record>, done: Done<bool>) {
        self.later(done, move |journal| {
            let all_there = old
                .iter()
                .all(|key| journal.records.borrow().contains_key(key));
            if all_there {
                journal
                    .records
                    .borrow_mut()
                    .retain(|key, _| !old.contains(key));
                journal.insert(new);
            }
            all_there
        });
    }

    fn remove_scope(&self, scope: String, done: Done<()>) {
        self.later(done, move |journal| {
            journal
                .records
                .borrow_mut()
                .retain(|_, record| record.scope != scope)
        });
    }

    fn remove_batch(&self, batch: String, done: Done<()>) {
        self.later(done, move |journal| {
            journal
                .records
                .borrow_mut()
                .retain(|_, record| record.batch != batch)
        });
    }

    fn set_value(&self, name: String, text: String, done: Done<()>) {
        self.later(done, move |journal| {
            journal.named.borrow_mut().insert(name, text);
        });
    }

    fn values(&self, done: Done<Vec<(String, String)>>) {
        self.later(done, |journal| {
            journal.named.borrow().clone().into_iter().collect()
        });
    }

    fn put_pictures(&self, pictures: Vec<KeptPicture>, done: Done<()>) {
        self.later(done, move |journal| {
            let mut held = journal.pictures.borrow_mut();
            held.extend(pictures.into_iter().map(|kept| (kept.digest, kept)));
        });
    }

    fn picture(&self, digest: Digest, done: Done<Option<Vec<u8>>>) {
        self.later_but(
            done,
            move |journal| {
                let held = journal.pictures.borrow();
                held.get(&digest).map(|kept| kept.bytes.clone())
            },
            |answer, failure| match failure {
                Failure::Truncated => answer.map(|bytes| bytes[..bytes.len() / 2].to_vec()),
                Failure::Foreign => Some(b"not ours".to_vec()),
                _ => None,
            },
        );
    }

    fn sweep_pictures(
        &self,
        named: Vec<Digest>,
        before: Timestamp,
        goes: Goes,
        done: Done<Vec<Digest>>,
    ) {
        self.later(done, move |journal| {
            let mut held = journal.pictures.borrow_mut();
            let old = held.values().filter(|kept| kept.at <= before);
            let asked = named.into_iter().chain(old.map(|kept| kept.digest));
            let records: Vec<Record> = journal.records.borrow().values().cloned().collect();
            let gone = goes(asked.collect(), &records);
            gone.iter().for_each(|digest| drop(held.remove(digest)));
            gone
        });
    }
}
