//! Which wall clocks to believe: when an event happened, as far as it can be told.
//!
//! A laptop's clock may be years off or step backwards. Causality is sound (an event's writer
//! had seen what it says it had seen), so a clock that is ahead of what came after it is found
//! out. Disbelieved events take their time from what they followed, and disturb nothing after
//! them. Times that a person stated are left as stated. The instant as noted is always kept too.

use std::collections::{BTreeMap, BTreeSet};

use super::event::Event;
use super::id::{EventId, Writer};
use super::log::{Log, Place};
use super::time::{Span, Timestamp};

/// Two sound clocks may differ by this much.
pub const TOLERANCE: Span = Span::minutes(2);
/// Muster did not exist before: an earlier clock is wrong. 2026-01-01T00:00:00Z.
const MUSTER_BEGAN_MS: i64 = 1_767_225_600_000;

/// A stretch of one writer's events through which its clock did not step back.
type Run = (Writer, u32);

/// What the wall clocks in some logs are worth.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Clocks {
    /// Each writer's runs: first number → highest instant noted so far, for each number.
    runs: BTreeMap<Writer, Vec<Stretch>>,
    /// (ahead, behind): an event of the second had seen an event of the first that was noted later.
    conflicts: BTreeSet<(Run, Run)>,
    disbelieved: BTreeSet<Run>,
    /// Where each event was placed in time.
    whens: BTreeMap<EventId, Timestamp>,
    earliest: Option<Timestamp>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
struct Stretch {
    from: u32,
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
        for log in logs {
            for writer in log.writers() {
                for (_, event) in log.by_writer(writer) {
                    clocks.extend_run(event);
                }
            }
        }
        for log in logs {
            for (_, event) in log.sound_events() {
                let found = clocks.conflicts_of(event);
                clocks.conflicts.extend(found);
            }
        }
        clocks.disbelieve();
        let mut events: Vec<(Place, &Event)> = logs.iter().flat_map(|log| log.sound_events()).collect();
        // One log alone is in order already.
        if logs.len() > 1 {
            events.sort_by_key(|(place, _)| *place);
        }
        clocks.earliest =
            events.iter().filter(|(_, event)| clocks.believes(event.id)).map(|(_, event)| event.noted).min();
        for (_, event) in events {
            clocks.place_in_time(event);
        }
        clocks
    }

    /// Takes in the newest event of all. False where that changes the worth of a clock: then the
    /// whole must be weighed again.
    pub fn push(&mut self, event: &Event) -> bool {
        let before = self.runs.get(&event.id.writer).map_or(0, Vec::len);
        self.extend_run(event);
        let new_run = self.runs.get(&event.id.writer).map_or(0, Vec::len) > before;
        let found = self.conflicts_of(event);
        let stepped_back = new_run && before > 0;
        let too_early = new_run && event.source.is_none() && event.noted.ms() < MUSTER_BEGAN_MS;
        let earlier_than_all = self.earliest.is_none_or(|earliest| event.noted < earliest);
        if stepped_back || too_early || earlier_than_all || !found.is_subset(&self.conflicts) {
            return false;
        }
        self.place_in_time(event);
        true
    }

    /// When an event happened, as far as its writer's clock and causality tell.
    pub fn when(&self, event: &Event) -> Timestamp {
        event.at.unwrap_or_else(|| self.noted_when(event))
    }

    /// When an event was written down, as far as can be told.
    pub fn noted_when(&self, event: &Event) -> Timestamp {
        self.whens.get(&event.id).copied().unwrap_or(event.noted)
    }

    /// Whether the clock that an event was noted by is believed.
    pub fn believes(&self, id: EventId) -> bool {
        self.run_of(id).is_none_or(|run| !self.disbelieved.contains(&run))
    }

    fn run_of(&self, id: EventId) -> Option<Run> {
        let stretches = self.runs.get(&id.writer)?;
        let next = stretches.partition_point(|stretch| stretch.from <= id.seq);
        next.checked_sub(1).map(|place| (id.writer, stretches[place].from))
    }

    fn extend_run(&mut self, event: &Event) {
        let EventId { writer, seq } = event.id;
        let stretches = self.runs.entry(writer).or_default();
        match stretches.last_mut() {
            Some(Stretch { noted, .. }) if noted.last().is_none_or(|(_, high)| event.noted + TOLERANCE >= *high) => {
                if noted.last().is_none_or(|(_, high)| event.noted > *high) {
                    noted.push((seq, event.noted));
                }
            }
            _ => stretches.push(Stretch { from: seq, noted: vec![(seq, event.noted)] }),
        }
    }

    /// Whose clocks an event shows to be ahead of its own.
    fn conflicts_of(&self, event: &Event) -> BTreeSet<(Run, Run)> {
        let mut found = BTreeSet::new();
        let Some(own) = self.run_of(event.id) else { return found };
        let own_before = (event.id.writer, event.id.seq.saturating_sub(1));
        for &(writer, seq) in event.seen.iter().chain(std::iter::once(&own_before)) {
            for stretch in self.runs.get(&writer).into_iter().flatten() {
                let run = (writer, stretch.from);
                let ahead = stretch.highest_by(seq).is_some_and(|high| high > event.noted + TOLERANCE);
                if run != own && ahead {
                    found.insert((run, own));
                }
            }
        }
        found
    }

    /// Disbelieves one clock after the other, until those left do not contradict each other: first
    /// the one that most writers contradict; of two, the one that began later.
    fn disbelieve(&mut self) {
        let impossible = self.runs.iter().flat_map(|(&writer, stretches)| {
            stretches.iter().filter_map(move |stretch| {
                let (_, first) = stretch.noted.first()?;
                (first.ms() < MUSTER_BEGAN_MS).then_some((writer, stretch.from))
            })
        });
        self.disbelieved = impossible.collect();
        loop {
            let mut against: BTreeMap<Run, BTreeSet<Writer>> = BTreeMap::new();
            for &(ahead, behind) in &self.conflicts {
                if !self.disbelieved.contains(&ahead) && !self.disbelieved.contains(&behind) {
                    against.entry(ahead).or_default().insert(behind.0);
                    against.entry(behind).or_default().insert(ahead.0);
                }
            }
            let worst = against.iter().max_by_key(|(run, writers)| (writers.len(), self.began(**run), **run));
            match worst {
                Some((&run, _)) => self.disbelieved.insert(run),
                None => return,
            };
        }
    }

    fn began(&self, run: Run) -> Option<Timestamp> {
        let stretches = self.runs.get(&run.0)?;
        stretches.iter().find(|stretch| stretch.from == run.1)?.noted.first().map(|(_, noted)| *noted)
    }

    fn place_in_time(&mut self, event: &Event) {
        let known = |id: EventId| self.whens.get(&id).copied();
        let own_before = EventId { writer: event.id.writer, seq: event.id.seq.saturating_sub(1) };
        let after = event
            .seen
            .iter()
            .map(|&(writer, seq)| EventId { writer, seq })
            .chain([own_before])
            .chain(event.on)
            .chain(event.replaces.iter().copied())
            .filter_map(known)
            .max();
        let when = if self.believes(event.id) || event.source.is_some() {
            after.map_or(event.noted, |after| after.max(event.noted))
        } else {
            after.or(self.earliest).unwrap_or(event.noted)
        };
        let earliest_of_twins = self.whens.get(&event.id).map_or(when, |other| when.min(*other));
        self.whens.insert(event.id, earliest_of_twins);
    }
}
