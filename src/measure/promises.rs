//! Updates that came when they were announced, late, or not at all.
//!
//! Measured against what an update itself announced as the time of the next one to the same audience,
//! for that is what people were told. The rhythm that Muster or the host would have liked is not: it
//! hangs on the priority and phase of each minute, and nobody outside ever heard of it. What was
//! announced once service was back is in no figure: it stays due in the guide until the last word, but
//! nobody waits for it to be able to work.

use super::exact::Ratio;
use crate::model::fact::Update;
use crate::model::incident::Said;
use crate::model::term::Stamp;
use crate::model::{EventId, Incident, Timestamp, order};

/// A next update that was announced for a time.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Promise {
    /// To whom, by its name in files.
    pub audience: String,
    /// The update that announced it.
    pub by: EventId,
    /// For when.
    pub due: Timestamp,
    /// The next update that this audience had, and when.
    pub next: Option<(EventId, Timestamp)>,
}

/// What became of a promise.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Kept {
    /// The update came by then.
    InTime,
    /// It came later.
    Late,
    /// It has not come, and its time is over.
    Missed,
    /// Its time has not come.
    Waiting,
}

impl Promise {
    /// What became of it, at `now`. By the very instant is in time.
    pub fn kept(&self, now: Timestamp) -> Kept {
        match self.next {
            Some((_, at)) if at <= self.due => Kept::InTime,
            Some(_) => Kept::Late,
            None if now > self.due => Kept::Missed,
            None => Kept::Waiting,
        }
    }
}

/// All that were made in an incident, by audience, in order of time.
pub fn promises(incident: &Incident) -> Vec<Promise> {
    let mut updates: Vec<&Said<Update>> = incident.updates.iter().collect();
    order::sort_by(&mut updates, |a, b| {
        let key = |said: &Said<Update>| (said.when, said.place);
        (a.what.audience.cmp(&b.what.audience)).then(key(a).cmp(&key(b)))
    });
    let restored = incident.stamp(Stamp::Restored);
    let mut promises = Vec::new();
    for (place, said) in updates.iter().enumerate() {
        let told_the_end = restored.is_some_and(|restored| said.when >= restored);
        let Some(due) = said.what.next_due.filter(|_| !told_the_end) else {
            continue;
        };
        let next = updates.get(place + 1);
        let next = next.filter(|next| next.what.audience == said.what.audience);
        promises.push(Promise {
            audience: said.what.audience.clone(),
            by: said.id(),
            due,
            next: next.map(|next| (next.id(), next.when)),
        });
    }
    promises
}

/// How many promises to an audience were kept.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Record {
    /// To whom; empty for all together.
    pub audience: String,
    /// Came in time.
    pub in_time: usize,
    /// Came late.
    pub late: usize,
    /// Never came.
    pub missed: usize,
    /// Not due yet; in no share.
    pub waiting: usize,
}

impl Record {
    /// How many of them have been judged.
    pub fn judged(&self) -> usize {
        self.in_time + self.late + self.missed
    }

    /// The share that came in time; none where nothing was announced.
    pub fn share(&self) -> Option<Ratio> {
        Ratio::of(self.in_time as i128, self.judged() as i128)
    }

    fn count(&mut self, kept: Kept) {
        *match kept {
            Kept::InTime => &mut self.in_time,
            Kept::Late => &mut self.late,
            Kept::Missed => &mut self.missed,
            Kept::Waiting => &mut self.waiting,
        } += 1;
    }
}

/// How many promises were kept: to all together first, then by audience.
pub fn records<'a>(promises: impl Iterator<Item = &'a Promise>, now: Timestamp) -> Vec<Record> {
    let mut records = vec![Record::default()];
    for promise in promises {
        let mut others = records.iter().skip(1);
        let known = others.position(|record| record.audience == promise.audience);
        let place = known.map_or(records.len(), |place| place + 1);
        if place == records.len() {
            records.push(Record {
                audience: promise.audience.clone(),
                ..Record::default()
            });
        }
        for place in [0, place] {
            if let Some(record) = records.get_mut(place) {
                record.count(promise.kept(now));
            }
        }
    }
    order::sort_by(&mut records, |a, b| a.audience.cmp(&b.audience));
    records
}

#[cfg(test)]
mod tests;
