//! A log: every event that this copy holds of one scope, in one order, merged by union.
//!
//! Invariants: nothing is ever removed but an erased body; the same set of events gives the same
//! log whatever the order or repetition of delivery; no wall clock has a say in the order.
//! Knows nothing of what events mean.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use super::chain;
use super::event::{Body, Event};
use super::id::{Digest, EventId, LogScope, Writer};
use super::kind::Kind;
use super::order;
use super::time::Timestamp;

/// A tick this far beyond the one before it is damage, not time.
pub const LARGEST_TICK_STEP: u64 = 1_000_000;

/// The canonical order: an answer never comes before what it answers.
/// `twin` tells forked events apart, numbered by digest.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub struct Place {
    /// Lamport clock.
    pub tick: u64,
    /// Who wrote it down.
    pub writer: Writer,
    /// In the writer's sequence.
    pub seq: u32,
    /// 0, but for further events of the same tick and id with other content.
    pub twin: u16,
}

impl Place {
    /// The event's id.
    pub fn id(self) -> EventId {
        EventId {
            writer: self.writer,
            seq: self.seq,
        }
    }
}

/// What adding an event did.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Added {
    /// It was not held before.
    New,
    /// It was held already.
    Known,
    /// It was held without its text, though nobody had erased it, and has it now.
    Mended,
    /// Another event of the same id was held: both are kept, and told.
    Fork,
}

/// What is held under an event's id.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Twin {
    /// Nothing.
    None,
    /// The same event, with its text or without.
    Same,
    /// Only others: it would be a fork.
    Other,
}

/// Says that a writer's events up to `seq` hash to `digest`. Comes with files and segments.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub struct Claim {
    /// Whose chain.
    pub writer: Writer,
    /// Up to which event.
    pub seq: u32,
    /// The chain's hash there.
    pub digest: Digest,
}

/// An event before it has a place: what the screen, a rule or an import wants written down.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Draft {
    /// What happened.
    pub kind: Kind,
    /// Canonical JSON.
    pub body: Box<str>,
    /// When it happened, where a person said so.
    pub at: Option<Timestamp>,
    /// The event that this one is about.
    pub on: Option<EventId>,
    /// The events whose value this one replaces.
    pub replaces: Vec<EventId>,
}

/// How far one writer's events are held.
#[derive(Clone, Copy, Default, Debug)]
struct Reach {
    /// Every number up to this one.
    complete: u32,
    /// The highest number, with gaps before it or not.
    highest: u32,
}

/// All that this copy holds of one scope.
#[derive(Clone, Debug)]
pub struct Log {
    scope: LogScope,
    events: BTreeMap<Place, Event>,
    /// The same places by writer and number.
    by_id: BTreeSet<(EventId, u64, u16)>,
    /// Every writer of whom an event is held.
    reach: BTreeMap<Writer, Reach>,
    /// For each writer, what it had told in `seen`, all its events taken together.
    told: BTreeMap<Writer, BTreeMap<Writer, u32>>,
    erased: BTreeSet<EventId>,
    forked: BTreeSet<EventId>,
    claims: BTreeSet<Claim>,
    /// Where the chains of writers without a fork had come to when a head was last asked for.
    reached: BTreeMap<Writer, (u32, Digest)>,
}

/// Two logs are equal when they hold the same, whatever way it came.
impl PartialEq for Log {
    fn eq(&self, other: &Self) -> bool {
        self.scope == other.scope && self.events == other.events && self.claims == other.claims
    }
}

impl Eq for Log {}

impl Log {
    /// An empty log.
    pub fn new(scope: LogScope) -> Self {
        Self {
            scope,
            events: BTreeMap::new(),
            by_id: BTreeSet::new(),
            reach: BTreeMap::new(),
            told: BTreeMap::new(),
            erased: BTreeSet::new(),
            forked: BTreeSet::new(),
            claims: BTreeSet::new(),
            reached: BTreeMap::new(),
        }
    }

    /// What the log is about.
    pub fn scope(&self) -> LogScope {
        self.scope
    }

    /// How many events are held.
    pub fn len(&self) -> usize {
        self.events.len()
    }

    /// Whether none is held.
    pub fn is_empty(&self) -> bool {
        self.events.is_empty()
    }

    /// All events in canonical order, those damaged by an absurd tick included.
    pub fn events(&self) -> impl DoubleEndedIterator<Item = (Place, &Event)> {
        self.events.iter().map(|(place, event)| (*place, event))
    }

    /// Events in canonical order, from the one after this place on.
    pub fn events_after(&self, place: Option<Place>) -> impl Iterator<Item = (Place, &Event)> {
        let from = place.map_or(Bound::Unbounded, Bound::Excluded);
        self.events
            .range((from, Bound::Unbounded))
            .map(|(place, event)| (*place, event))
    }

    /// The events of this id: one, or several where the writer's sequence forked.
    pub fn with_id(&self, id: EventId) -> impl Iterator<Item = (Place, &Event)> {
        self.by_id
            .range((id, 0, 0)..=(id, u64::MAX, u16::MAX))
            .filter_map(|&(id, tick, twin)| {
                let place = Place {
                    tick,
                    writer: id.writer,
                    seq: id.seq,
                    twin,
                };
                self.events.get(&place).map(|event| (place, event))
            })
    }

    /// The event of this id; of several, the first in canonical order.
    pub fn get(&self, id: EventId) -> Option<&Event> {
        self.with_id(id).next().map(|(_, event)| event)
    }

    /// Whether an event of this id is held.
    pub fn holds(&self, id: EventId) -> bool {
        self.with_id(id).next().is_some()
    }

    /// What is held under an event's id already.
    pub fn twin_of(&self, event: &Event) -> Twin {
        let mut twins = self.with_id(event.id).peekable();
        if twins.peek().is_none() {
            Twin::None
        } else if twins.any(|(_, twin)| twin.is_same_as(event)) {
            Twin::Same
        } else {
            Twin::Other
        }
    }

    /// One writer's events in the order of their numbers.
    pub fn by_writer(&self, writer: Writer) -> impl DoubleEndedIterator<Item = (Place, &Event)> {
        let range = (EventId { writer, seq: 0 }, 0, 0)
            ..=(
                EventId {
                    writer,
                    seq: u32::MAX,
                },
                u64::MAX,
                u16::MAX,
            );
        self.by_id.range(range).filter_map(|&(id, tick, twin)| {
            let place = Place {
                tick,
                writer: id.writer,
                seq: id.seq,
                twin,
            };
            self.events.get(&place).map(|event| (place, event))
        })
    }

    /// Every writer of whom an event is held.
    pub fn writers(&self) -> impl Iterator<Item = Writer> + '_ {
        self.reach.keys().copied()
    }

    /// Up to which number all events of a writer are held.
    pub fn complete_to(&self, writer: Writer) -> u32 {
        self.reach.get(&writer).map_or(0, |reach| reach.complete)
    }

    /// Ids under which several events are held.
    pub fn forked(&self) -> &BTreeSet<EventId> {
        &self.forked
    }

    /// Ids whose bodies are to be dropped for good.
    pub fn erased(&self) -> &BTreeSet<EventId> {
        &self.erased
    }

    /// What files and segments said of chains, whether it holds or not.
    pub fn claims(&self) -> &BTreeSet<Claim> {
        &self.claims
    }

    /// Remembers what a file or segment said of a chain.
    pub fn add_claim(&mut self, claim: Claim) {
        self.claims.insert(claim);
    }

    /// The highest tick that the log has come to; ticks that jumped absurdly far do not count.
    pub fn tick(&self) -> u64 {
        match self.events.last_key_value() {
            None => 0,
            // Nearly always the highest one is sound, and no walk is needed.
            Some((place, _)) if place.tick <= LARGEST_TICK_STEP => place.tick,
            Some(_) => self.sound_ticks(),
        }
    }

    fn sound_ticks(&self) -> u64 {
        let mut highest = 0;
        for place in self.events.keys() {
            if place.tick - highest > LARGEST_TICK_STEP {
                break;
            }
            highest = place.tick;
        }
        highest
    }

    /// Events in canonical order, without those whose tick is damage.
    pub fn sound_events(&self) -> impl DoubleEndedIterator<Item = (Place, &Event)> {
        let highest = Place {
            tick: self.tick(),
            writer: Writer::from_bytes([0xff; 10]),
            seq: u32::MAX,
            twin: u16::MAX,
        };
        self.events
            .range(..=highest)
            .map(|(place, event)| (*place, event))
    }

    /// Events whose tick is damage; kept, told, and of no effect.
    pub fn damaged_events(&self) -> impl Iterator<Item = (Place, &Event)> {
        let tick = self.tick();
        self.events
            .iter()
            .rev()
            .take_while(move |(place, _)| place.tick > tick)
            .map(|(place, event)| (*place, event))
    }

    /// Adds an event, from wherever it came.
    pub fn add(&mut self, mut event: Event) -> Added {
        let id = event.id;
        if event.kind == Kind::Erased {
            self.erase(event.on);
        }
        if self.erased.contains(&id) {
            event.body = Body::Erased(event.body.digest());
        }
        let reach = self.reach.get(&id.writer).copied().unwrap_or_default();
        if id.seq > reach.highest {
            self.note_told(&event);
            self.insert_alone(event);
            self.extend_reach(id, reach);
            return Added::New;
        }
        let twins: Vec<Place> = self.with_id(id).map(|(place, _)| place).collect();
        for place in &twins {
            if let Some(held) = self.events.get_mut(place)
                && held.is_same_as(&event)
            {
                // A copy that still has the text mends one that lost it, unless it was erased.
                if held.body.text().is_some() || event.body.text().is_none() {
                    return Added::Known;
                }
                held.body = event.body;
                return Added::Mended;
            }
        }
        self.note_told(&event);
        if twins.is_empty() {
            self.insert_alone(event);
            self.extend_reach(id, reach);
            Added::New
        } else {
            self.insert(event);
            self.forked.insert(id);
            self.reached.remove(&id.writer);
            Added::Fork
        }
    }

    /// Of an id that no other event has.
    fn insert_alone(&mut self, event: Event) {
        let place = Place {
            tick: event.tick,
            writer: event.id.writer,
            seq: event.id.seq,
            twin: 0,
        };
        self.by_id.insert((event.id, event.tick, 0));
        self.events.insert(place, event);
    }

    fn insert(&mut self, event: Event) {
        let id = event.id;
        let tick = event.tick;
        let range = (id, tick, 0)..=(id, tick, u16::MAX);
        let same_place: Vec<_> = self.by_id.range(range).copied().collect();
        let mut twins = vec![event];
        for key in same_place {
            self.by_id.remove(&key);
            let place = Place {
                tick,
                writer: id.writer,
                seq: id.seq,
                twin: key.2,
            };
            twins.extend(self.events.remove(&place));
        }
        if twins.len() > 1 {
            order::sort_by_key(&mut twins, Event::digest);
        }
        for (twin, event) in (0_u16..).zip(twins) {
            self.by_id.insert((id, tick, twin));
            self.events.insert(
                Place {
                    tick,
                    writer: id.writer,
                    seq: id.seq,
                    twin,
                },
                event,
            );
        }
    }

    /// After an event of a new id was put in. Most come in their writer's order: then nothing is
    /// looked up.
    fn extend_reach(&mut self, id: EventId, reach: Reach) {
        let mut complete = reach.complete;
        if id.seq.checked_sub(1) == Some(complete) {
            complete = id.seq;
            while complete < reach.highest
                && self.holds(EventId {
                    writer: id.writer,
                    seq: complete + 1,
                })
            {
                complete += 1;
            }
        }
        let highest = reach.highest.max(id.seq);
        self.reach.insert(id.writer, Reach { complete, highest });
    }

    fn note_told(&mut self, event: &Event) {
        if event.seen.is_empty() {
            return;
        }
        let told = self.told.entry(event.id.writer).or_default();
        for &(writer, seq) in &event.seen {
            let known = told.entry(writer).or_default();
            *known = seq.max(*known);
        }
    }

    fn erase(&mut self, target: Option<EventId>) {
        let Some(target) = target else { return };
        if !self.erased.insert(target) {
            return;
        }
        let places: Vec<Place> = self.with_id(target).map(|(place, _)| place).collect();
        for place in places {
            if let Some(event) = self.events.get_mut(&place) {
                event.body = Body::Erased(event.body.digest());
            }
        }
    }

    /// Takes over everything that another copy of the same log holds. Union: commutative,
    /// associative and idempotent. Returns the ids that were not held before.
    pub fn merge(&mut self, other: &Log) -> Vec<EventId> {
        let mut new = Vec::new();
        for (_, event) in other.events() {
            if matches!(self.add(event.clone()), Added::New | Added::Fork) {
                new.push(event.id);
            }
        }
        self.claims.extend(other.claims.iter().copied());
        new
    }

    /// Writes an event down for a writer who is in this page alone.
    pub fn append(&mut self, writer: Writer, draft: Draft, now: Timestamp) -> Event {
        let mut replaces = draft.replaces;
        order::sort(&mut replaces);
        replaces.dedup();
        let mut event = Event {
            id: EventId {
                writer,
                seq: self.next_seq(writer),
            },
            tick: self.tick() + 1,
            noted: now,
            at: draft.at,
            seen: self.news_for(writer),
            on: draft.on,
            replaces: replaces.into(),
            seal: None,
            source: None,
            kind: draft.kind,
            body: Body::Held(draft.body),
            extra: Box::default(),
        };
        if event.kind.is_weighty() {
            event.seal = Some(chain::seal_now(self));
        }
        self.add(event.clone());
        event
    }

    /// The number of a writer's next event: beyond all that are held, or, where a forged event took
    /// the last number that there is, the first free one.
    pub fn next_seq(&self, writer: Writer) -> u32 {
        let highest = self
            .by_writer(writer)
            .next_back()
            .map_or(0, |(place, _)| place.seq);
        highest
            .checked_add(1)
            .unwrap_or_else(|| self.complete_to(writer).saturating_add(1))
    }

    /// The head of each writer's chain, in the order of writers; of several branches the first.
    /// Costs only what was added since it was last asked for.
    pub fn current_heads(&mut self) -> Vec<Claim> {
        let writers: Vec<Writer> = self.writers().collect();
        writers
            .into_iter()
            .filter_map(|writer| self.current_head(writer))
            .collect()
    }

    /// Takes over where chains have come to that were hashed elsewhere, piece by piece.
    pub fn note_heads(&mut self, chains: &chain::Chains) {
        for head in chains.heads() {
            self.reached.insert(head.writer, (head.seq, head.digest));
        }
        for forked in &self.forked {
            self.reached.remove(&forked.writer);
        }
    }

    fn current_head(&mut self, writer: Writer) -> Option<Claim> {
        let complete = self.complete_to(writer);
        let forks = EventId { writer, seq: 0 }..=EventId {
            writer,
            seq: u32::MAX,
        };
        if self.forked.range(forks).next().is_some() {
            let digest = *chain::paths(self, writer).first()?.last()?;
            return Some(Claim {
                writer,
                seq: complete,
                digest,
            });
        }
        let (mut seq, mut digest) = self
            .reached
            .get(&writer)
            .copied()
            .unwrap_or_else(|| (0, chain::start(self.scope)));
        while seq < complete {
            seq += 1;
            digest = chain::next(digest, self.get(EventId { writer, seq })?);
        }
        self.reached.insert(writer, (seq, digest));
        (seq > 0).then_some(Claim {
            writer,
            seq,
            digest,
        })
    }

    /// What a writer has not yet said that it knows of others.
    fn news_for(&self, writer: Writer) -> Box<[(Writer, u32)]> {
        let told = self.told.get(&writer);
        self.reach
            .iter()
            .map(|(&other, reach)| (other, reach.complete))
            .filter(|&(other, seq)| other != writer && seq > 0)
            .filter(|(other, seq)| {
                told.and_then(|told| told.get(other)).copied().unwrap_or(0) < *seq
            })
            .collect()
    }

    /// What a writer had said in all that it knows of others.
    pub fn told_by(&self, writer: Writer) -> Option<&BTreeMap<Writer, u32>> {
        self.told.get(&writer)
    }

    /// The numbers of each writer that exist, by what others say, and are not held here.
    pub fn holes(&self) -> Vec<Hole> {
        holes_of(&[self])
    }

    /// For each writer the highest number that this log shows to exist.
    fn raise_existing(&self, highest: &mut BTreeMap<Writer, u32>) {
        let mut exists = |writer: Writer, seq: u32| {
            let known = highest.entry(writer).or_default();
            *known = seq.max(*known);
        };
        for (&writer, reach) in &self.reach {
            exists(writer, reach.highest);
        }
        for told in self.told.values() {
            told.iter().for_each(|(&writer, &seq)| exists(writer, seq));
        }
        for event in self.events.values() {
            let named = event.on.iter().chain(&event.replaces);
            named.for_each(|id| exists(id.writer, id.seq));
        }
        for claim in &self.claims {
            exists(claim.writer, claim.seq);
        }
    }

    /// The numbers under which events of a writer are held, in order.
    fn numbers(&self, writer: Writer) -> impl Iterator<Item = u32> + '_ {
        let (first, last) = (
            EventId { writer, seq: 0 },
            EventId {
                writer,
                seq: u32::MAX,
            },
        );
        let range = (first, 0, 0)..=(last, u64::MAX, u16::MAX);
        self.by_id.range(range).map(|(id, ..)| id.seq)
    }
}

/// The numbers that exist, by what these copies of a log say, and that none of them holds.
pub fn holes_of(copies: &[&Log]) -> Vec<Hole> {
    let mut highest = BTreeMap::new();
    for log in copies {
        log.raise_existing(&mut highest);
    }
    let mut holes = Vec::new();
    for (writer, highest) in highest {
        let mut held: Vec<u32> = copies.iter().flat_map(|log| log.numbers(writer)).collect();
        if copies.len() > 1 {
            order::sort(&mut held);
        }
        // None after the last number that there is.
        let mut next = Some(1);
        for seq in held {
            if let Some(from) = next.filter(|from| *from < seq) {
                let to = seq - 1;
                holes.push(Hole { writer, from, to });
            }
            next = seq.checked_add(1);
        }
        if let Some(from) = next.filter(|from| *from <= highest) {
            let to = highest;
            holes.push(Hole { writer, from, to });
        }
    }
    holes
}

/// Events of a writer that exist somewhere, by what others say, and are missing here.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Hole {
    /// Whose events.
    pub writer: Writer,
    /// The first that is missing.
    pub from: u32,
    /// The last that is missing.
    pub to: u32,
}

impl Hole {
    /// How many events are missing.
    pub fn count(self) -> u64 {
        u64::from(self.to) - u64::from(self.from) + 1
    }
}
