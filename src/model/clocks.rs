//! Which wall clocks to believe: when an event happened, as far as it can be told.
//!
//! A laptop's clock may be years off or step backwards. Causality is sound (an event's writer
//! had seen what it says it had seen), so a clock that is ahead of what came after it is found
//! out. Disbelieved events take their time from what they followed, and disturb nothing after
//! them. Times that a person or a foreign item stated are left as stated. The instant as noted is
//! always kept too.

use std::collections::{BTreeMap, BTreeSet};

use super::event::Event;
use super::fact::Fact;
use super::id::{EventId, Person, Writer};
use super::kind::Kind;
use super::log::{Log, Place};
use super::order;
use super::time::{Span, Timestamp};

/// Two sound clocks may differ by this much.
pub const TOLERANCE: Span = Span::minutes(2);
/// Muster did not exist before: an earlier clock is wrong. 2026-01-01T00:00:00Z.
const MUSTER_BEGAN_MS: i64 = 1_767_225_600_000;

/// A stretch of one writer's events through which its clock did not step back.
type Run = (Writer, u32);

/// The person behind a page; the page itself where nobody knows.
type Witness = (Option<Person>, Option<Writer>);

/// What an event's writer certainly had when they wrote it, beyond what they had said before.
fn follows(event: &Event) -> impl Iterator<Item = EventId> {
    let own_before = EventId {
        writer: event.id.writer,
        seq: event.id.seq.saturating_sub(1),
    };
    let seen = event
        .seen
        .iter()
        .map(|&(writer, seq)| EventId { writer, seq });
    seen.chain([own_before])
        .chain(event.on)
        .chain(event.replaces.iter().copied())
}

/// When it was, and by which clock.
type Placed = (Timestamp, Option<Run>);

/// Where each event was placed in time. Writers are few and mostly write on at the end, so a list
/// for each of them takes half the time that one map over all events does.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
struct Whens(BTreeMap<Writer, Vec<(u32, Placed)>>);

impl Whens {
    fn get(&self, id: EventId) -> Option<Placed> {
        let (seq, placed) = self.up_to(id)?;
        (seq == id.seq).then_some(placed)
    }

    /// The event itself or, where it is missing, what its writer had written before it.
    fn up_to(&self, id: EventId) -> Option<(u32, Placed)> {
        let list = self.0.get(&id.writer)?;
        let last = list.last().copied().filter(|(seq, _)| *seq <= id.seq);
        last.or_else(|| {
            let end = list.partition_point(|(seq, _)| *seq <= id.seq);
            end.checked_sub(1)
                .and_then(|place| list.get(place))
                .copied()
        })
    }

    /// Of twins the earliest counts.
    fn insert(&mut self, id: EventId, placed: Placed) {
        let list = self.0.entry(id.writer).or_default();
        let end = match list.last() {
            Some((seq, _)) if *seq >= id.seq => list.partition_point(|(seq, _)| *seq < id.seq),
            _ => list.len(),
        };
        match list.get_mut(end) {
            Some((seq, other)) if *seq == id.seq => *other = placed.min(*other),
            _ => list.insert(end, (id.seq, placed)),
        }
    }
}

/// (ahead, behind): an event of the second had seen an event of the first that was noted later.
type Conflicts = BTreeSet<(Run, Run)>;

/// What the wall clocks in some logs are worth.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Clocks {
    runs: Runs,
    /// Who wrote, by their introductions: two pages of one person say nothing more than one.
    people: BTreeMap<Writer, Person>,
    conflicts: Conflicts,
    /// The weighings that showed a conflict which was not known: an event that is new may show
    /// another in each of them.
    earlier: Vec<Weighing>,
    last: Weighing,
}

/// One try at placing all events by the clocks that are to be believed.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
struct Weighing {
    disbelieved: BTreeSet<Run>,
    /// What the clocks that are believed say at the earliest.
    earliest: Option<Timestamp>,
    whens: Whens,
    /// Conflicts by way of others, whose clocks are not believed: those of this weighing and of
    /// the ones before it.
    conflicts_by_others: Conflicts,
}

/// Each writer's runs, in their order.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
struct Runs(BTreeMap<Writer, Vec<Stretch>>);

#[derive(Clone, PartialEq, Eq, Debug)]
struct Stretch {
    from: u32,
    to: u32,
    /// Number and highest instant noted up to there; only where it rose.
    noted: Vec<(u32, Timestamp)>,
}

impl Stretch {
    fn highest_by(&self, seq: u32) -> Option<Timestamp> {
        let end = self.noted.partition_point(|(number, _)| *number <= seq);
        end.checked_sub(1).map(|last| self.noted[last].1)
    }
}

impl Clocks {
    /// Weighs the clocks of some logs that are folded together.
    pub fn of(logs: &[&Log]) -> Self {
        let mut clocks = Self::default();
        let mut events: Vec<(Place, &Event)> =
            logs.iter().flat_map(|log| log.sound_events()).collect();
        // One log alone is in order already.
        if logs.len() > 1 {
            order::sort_by_key(&mut events, |(place, _)| *place);
        }
        let mut had_by: BTreeMap<Writer, BTreeMap<Writer, u32>> = BTreeMap::new();
        // In canonical order: nobody has seen what comes after their own, whatever they say.
        for (_, event) in &events {
            clocks.runs.extend(event);
            let had = had_by.entry(event.id.writer).or_default();
            for id in follows(event) {
                let seq = had.entry(id.writer).or_default();
                *seq = id.seq.max(*seq);
            }
            // A clock that stepped back may contradict all that was had before it did.
            let stepped_back = clocks
                .runs
                .of(event.id)
                .is_some_and(|run| run.1 == event.id.seq);
            let found = if stepped_back {
                clocks.conflicts_of(
                    event,
                    had.iter().map(|(&writer, &seq)| EventId { writer, seq }),
                )
            } else {
                clocks.conflicts_of(event, follows(event))
            };
            clocks.conflicts.extend(found);
            clocks.introduce(event);
        }
        clocks.weigh(&events);
        clocks
    }

    /// Places all events by the clocks that are to be believed, until that shows no conflict that
    /// was not known. Ends, since of two clocks in conflict one is disbelieved.
    fn weigh(&mut self, events: &[(Place, &Event)]) {
        let mut known = Conflicts::new();
        loop {
            let weighing = self.weighing(events, known.clone());
            if weighing.conflicts_by_others == known {
                self.last = weighing;
                return;
            }
            known.clone_from(&weighing.conflicts_by_others);
            self.earlier.push(weighing);
        }
    }

    fn weighing(&self, events: &[(Place, &Event)], known: Conflicts) -> Weighing {
        let mut weighing = Weighing {
            disbelieved: self.disbelieved(&known),
            conflicts_by_others: known,
            ..Weighing::default()
        };
        let believed = events.iter().filter(|(_, event)| {
            event.source.is_none() && weighing.believes(self.runs.of(event.id))
        });
        weighing.earliest = believed.map(|(_, event)| event.noted).min();
        for (_, event) in events {
            let found = weighing.place_in_time(event, self.runs.of(event.id));
            weighing.conflicts_by_others.extend(found);
        }
        weighing
    }

    /// Takes in the newest event of all. False where that changes the worth of a clock: then the
    /// whole must be weighed again.
    pub fn push(&mut self, event: &Event) -> bool {
        let before = self.runs.count(event.id.writer);
        self.runs.extend(event);
        let new_run = self.runs.count(event.id.writer) > before;
        let found = self.conflicts_of(event, follows(event));
        let stepped_back = new_run && before > 0;
        // A first clock that can be right shows that the others cannot.
        let impossible = new_run && !self.runs.impossible().is_subset(&self.last.disbelieved);
        // Contradictions count by person.
        let contradicted = !self.conflicts.is_empty() || !self.earlier.is_empty();
        let introduced = self.introduce(event) && contradicted;
        if stepped_back || impossible || introduced || !found.is_subset(&self.conflicts) {
            return false;
        }
        let own = self.runs.of(event.id);
        let mut weighings = self.earlier.iter_mut().chain([&mut self.last]);
        weighings.all(|weighing| weighing.push(event, own))
    }

    /// When an event happened, as far as its writer's clock and causality tell.
    pub fn when(&self, event: &Event) -> Timestamp {
        event.at.unwrap_or_else(|| self.noted_when(event))
    }

    /// When an event was written down, as far as can be told.
    pub fn noted_when(&self, event: &Event) -> Timestamp {
        self.last
            .whens
            .get(event.id)
            .map_or(event.noted, |(when, _)| when)
    }

    /// Whether the clock that an event was noted by is believed.
    pub fn believes(&self, id: EventId) -> bool {
        self.last.believes(self.runs.of(id))
    }

    /// Remembers whose page this is. True where the event says so first.
    fn introduce(&mut self, event: &Event) -> bool {
        if event.kind != Kind::Joined || self.people.contains_key(&event.id.writer) {
            return false;
        }
        let Fact::Joined(joined) = Fact::read(&event.kind, event.body.text().unwrap_or_default())
        else {
            return false;
        };
        self.people.insert(event.id.writer, joined.person);
        true
    }

    /// Whose clocks an event shows to be ahead of its own.
    fn conflicts_of(&self, event: &Event, had: impl Iterator<Item = EventId>) -> Conflicts {
        let mut found = Conflicts::new();
        let Some(own) = self.runs.of(event.id) else {
            return found;
        };
        for EventId { writer, seq } in had {
            for stretch in self.runs.0.get(&writer).into_iter().flatten() {
                let run = (writer, stretch.from);
                let ahead = stretch
                    .highest_by(seq)
                    .is_some_and(|high| high > event.noted + TOLERANCE);
                if run != own && ahead {
                    found.insert((run, own));
                }
            }
        }
        found
    }

    /// Disbelieves one clock after the other, until those left do not contradict each other: first
    /// the one that most people contradict; of two, the one that began later.
    fn disbelieved(&self, by_others: &Conflicts) -> BTreeSet<Run> {
        let mut disbelieved = self.runs.impossible();
        loop {
            let mut against: BTreeMap<Run, BTreeSet<Witness>> = BTreeMap::new();
            for &(ahead, behind) in self.conflicts.union(by_others) {
                if !disbelieved.contains(&ahead) && !disbelieved.contains(&behind) {
                    against
                        .entry(ahead)
                        .or_default()
                        .insert(self.witness(behind.0));
                    against
                        .entry(behind)
                        .or_default()
                        .insert(self.witness(ahead.0));
                }
            }
            let worst = against
                .iter()
                .max_by_key(|(run, witnesses)| (witnesses.len(), self.runs.began(**run), **run));
            match worst {
                Some((&run, _)) => disbelieved.insert(run),
                None => return disbelieved,
            };
        }
    }

    fn witness(&self, writer: Writer) -> Witness {
        let person = self.people.get(&writer).copied();
        (person, person.is_none().then_some(writer))
    }
}

impl Runs {
    fn of(&self, id: EventId) -> Option<Run> {
        let stretches = self.0.get(&id.writer)?;
        let next = stretches.partition_point(|stretch| stretch.from <= id.seq);
        next.checked_sub(1)
            .map(|place| (id.writer, stretches[place].from))
    }

    fn count(&self, writer: Writer) -> usize {
        self.0.get(&writer).map_or(0, Vec::len)
    }

    fn extend(&mut self, event: &Event) {
        // What a foreign item says of time is no reading of a clock here.
        if event.source.is_some() {
            return;
        }
        let EventId { writer, seq } = event.id;
        let stretches = self.0.entry(writer).or_default();
        match stretches.last_mut() {
            // Not in the writer's order: a fork, or forged.
            Some(Stretch { to, .. }) if seq <= *to => {}
            Some(Stretch { noted, to, .. })
                if noted
                    .last()
                    .is_none_or(|(_, high)| event.noted + TOLERANCE >= *high) =>
            {
                *to = seq;
                if noted.last().is_none_or(|(_, high)| event.noted > *high) {
                    noted.push((seq, event.noted));
                }
            }
            _ => stretches.push(Stretch {
                from: seq,
                to: seq,
                noted: vec![(seq, event.noted)],
            }),
        }
    }

    /// Clocks that say that Muster did not exist yet. Where all do, there is nothing better: how
    /// much time passed between two events is right even by a clock that is years behind.
    fn impossible(&self) -> BTreeSet<Run> {
        let mut impossible = BTreeSet::new();
        let mut possible = false;
        for (&writer, stretches) in &self.0 {
            for stretch in stretches {
                match stretch.noted.first() {
                    Some((_, first)) if first.ms() < MUSTER_BEGAN_MS => {
                        impossible.insert((writer, stretch.from));
                    }
                    _ => possible = true,
                }
            }
        }
        if possible {
            impossible
        } else {
            BTreeSet::new()
        }
    }

    fn began(&self, run: Run) -> Option<Timestamp> {
        let stretches = self.0.get(&run.0)?;
        stretches
            .iter()
            .find(|stretch| stretch.from == run.1)?
            .noted
            .first()
            .map(|(_, noted)| *noted)
    }
}

impl Weighing {
    fn believes(&self, run: Option<Run>) -> bool {
        run.is_none_or(|run| !self.disbelieved.contains(&run))
    }

    /// Takes in the newest event of all. False where this weighing would now come out otherwise.
    fn push(&mut self, event: &Event, own: Option<Run>) -> bool {
        let is_earliest = self.earliest.is_none_or(|earliest| event.noted < earliest);
        if event.source.is_none() && is_earliest && self.believes(own) {
            return false;
        }
        self.place_in_time(event, own)
            .is_none_or(|conflict| self.conflicts_by_others.contains(&conflict))
    }

    /// Returns the clock that is ahead of the event's own, by way of others, where both were
    /// believed so far.
    fn place_in_time(&mut self, event: &Event, own: Option<Run>) -> Option<(Run, Run)> {
        if event.source.is_some() {
            return None;
        }
        let known = |id: EventId| self.whens.up_to(id).map(|(_, placed)| placed);
        let after = follows(event).filter_map(known).max();
        let mut conflict = None;
        let placed = match after {
            _ if !self.believes(own) => after.or(self.earliest.map(|earliest| (earliest, None))),
            Some((when, by)) if event.noted < when => {
                conflict = by
                    .zip(own)
                    .filter(|(by, own)| by != own && event.noted + TOLERANCE < when);
                after
            }
            _ => None,
        };
        let placed = placed.unwrap_or((event.noted, own));
        self.whens.insert(event.id, placed);
        conflict
    }
}
