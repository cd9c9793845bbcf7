//! What taking a file in would bring, summed up before it is taken.
//!
//! In pieces, so that a page may paint between them over a large log. Changes nothing.

use crate::model::chain::{self, Chains, Finding};
use crate::model::log::{self, Place, Twin};
use crate::model::{Cursor, Event, Fold, Hole, Kind, Log, LogScope};

/// What taking a file in would bring, for one log.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Summary {
    /// Which log.
    pub scope: LogScope,
    /// Its title, after the file was taken in.
    pub title: String,
    /// Events that are not held yet.
    pub new: usize,
    /// Events that are held already.
    pub known: usize,
    /// Events whose id is held with other content.
    pub forks: usize,
    /// Events that exist somewhere and would still be missing.
    pub missing: u64,
    /// Events that nothing in the file vouches for.
    pub unverified: usize,
    /// Writers whose events do not hash to what the file says of them.
    pub altered: usize,
}

/// A summary on its way: a log of a file beside what is held of it. Neither may change meanwhile.
#[derive(Clone, Debug)]
pub struct Summing {
    summary: Summary,
    counted_to: Option<Place>,
    chains: Chains,
    next: Next,
}

#[derive(Clone, Copy, Debug)]
enum Next {
    Count,
    Hash,
    Check,
    Name,
    Nothing,
}

impl Summing {
    /// Nothing is looked at yet.
    pub fn new(log: &Log) -> Self {
        let summary = Summary {
            scope: log.scope(),
            title: String::new(),
            new: 0,
            known: 0,
            forks: log.forked().len(),
            missing: 0,
            unverified: 0,
            altered: 0,
        };
        Self {
            summary,
            counted_to: None,
            chains: Chains::default(),
            next: Next::Count,
        }
    }

    /// Does a piece of the work, over up to `most` events where they are looked at one by one.
    /// False when nothing is left.
    pub fn step(&mut self, log: &Log, held: Option<&Log>, most: usize) -> bool {
        match self.next {
            Next::Count => {
                if !self.count(log, held, most) {
                    self.next = Next::Hash;
                }
            }
            Next::Hash => {
                if !self.chains.step(log, most) {
                    self.next = Next::Check;
                }
            }
            Next::Check => {
                self.check(log, held);
                self.next = Next::Name;
            }
            Next::Name => {
                self.summary.title = title(log, held);
                self.next = Next::Nothing;
            }
            Next::Nothing => {}
        }
        !matches!(self.next, Next::Nothing)
    }

    /// What was found.
    pub fn finish(self) -> Summary {
        self.summary
    }

    fn count(&mut self, log: &Log, held: Option<&Log>, most: usize) -> bool {
        let mut counted = 0;
        for (place, event) in log.events_after(self.counted_to).take(most) {
            self.counted_to = Some(place);
            counted += 1;
            match held.map_or(Twin::None, |held| held.twin_of(event)) {
                Twin::None => self.summary.new += 1,
                Twin::Same => self.summary.known += 1,
                Twin::Other => self.summary.forks += 1,
            }
        }
        counted == most
    }

    fn check(&mut self, log: &Log, held: Option<&Log>) {
        for finding in chain::verify_foreign_by(log, &self.chains) {
            match finding {
                Finding::Unverified { writer, from } => {
                    let events = log.by_writer(writer);
                    self.summary.unverified +=
                        events.filter(|(place, _)| place.seq >= from).count();
                }
                Finding::Altered(_) | Finding::SealBroken(_) | Finding::OutOfOrder(_) => {
                    self.summary.altered += 1;
                }
                Finding::Fork(_) | Finding::Missing(_) | Finding::FarTick(_) => {}
            }
        }
        let copies: Vec<&Log> = held.into_iter().chain([log]).collect();
        let holes = log::holes_of(&copies).into_iter();
        self.summary.missing = holes.map(Hole::count).sum();
    }
}

/// The title that a log has beside what is held. Only what can have a say in it is folded.
fn title(log: &Log, held: Option<&Log>) -> String {
    let has_a_say = |event: &Event| {
        matches!(event.kind, Kind::Described | Kind::Joined)
            || event.kind.is_structural()
            || event.source.is_some()
    };
    let mut naming = Log::new(log.scope());
    for (_, event) in held.into_iter().chain([log]).flat_map(Log::events) {
        if has_a_say(event) {
            naming.add(event.clone());
        }
    }
    let fold = Fold::of(&[&naming], Cursor::Now);
    let title = fold.incident().title();
    title.unwrap_or("Untitled incident").to_owned()
}

/// What taking a log in would bring, worked out at once.
pub fn summarise(log: &Log, held: Option<&Log>) -> Summary {
    let mut summing = Summing::new(log);
    while summing.step(log, held, usize::MAX) {}
    summing.finish()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::fact::{Description, Fact, Verdict};
    use crate::model::testing::{log, noon, writer};

    fn titled(log: &mut Log, n: u8, title: &str) {
        let replaces = log
            .events()
            .filter(|(_, event)| event.kind == Kind::Described);
        let replaces = replaces.map(|(place, _)| place.id()).collect();
        let mut draft = Fact::Described(Description {
            title: Some(title.to_owned()),
            summary: None,
        })
        .draft();
        draft.replaces = replaces;
        log.append(writer(n), draft, noon());
    }

    fn taken_back(log: &mut Log, n: u8) {
        let last = log.events().next_back().map(|(place, _)| place.id());
        let mut draft = Fact::Retracted(Verdict {
            because: String::new(),
        })
        .draft();
        draft.on = last;
        log.append(writer(n), draft, noon());
    }

    fn grown(from: &Log, steps: &[u8], n: u8) -> Log {
        let mut log = from.clone();
        for step in steps {
            match step % 4 {
                0 => titled(&mut log, n, &format!("Title {step} of {n}")),
                1 => taken_back(&mut log, n),
                _ => drop(log.append(writer(n), crate::model::testing::note("more"), noon())),
            }
        }
        log
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]
        #[test]
        fn pieces_of_any_size_sum_up_to_the_whole(
            here in prop::collection::vec(any::<u8>(), 0..8),
            there in prop::collection::vec(any::<u8>(), 0..8),
            notes in 0_u32..20,
            most in 1_usize..9,
            first_time: bool,
        ) {
            let common = log(notes);
            let (held, mut file) = (grown(&common, &here, 3), grown(&common, &there, 4));
            for head in chain::heads(&file) {
                file.add_claim(head);
            }
            let held = (!first_time).then_some(&held);
            let mut summing = Summing::new(&file);
            while summing.step(&file, held, most) {}
            let summary = summing.finish();
            prop_assert_eq!(&summary, &summarise(&file, held));
            let mut after = held.cloned().unwrap_or_else(|| Log::new(file.scope()));
            let new = after.merge(&file);
            prop_assert_eq!(summary.new, new.len());
            prop_assert_eq!(summary.known, file.len() - new.len());
            prop_assert_eq!((summary.missing, summary.forks, summary.unverified, summary.altered), (0, 0, 0, 0));
            let fold = Fold::of(&[&after], Cursor::Now);
            let whole = fold.incident().title().unwrap_or("Untitled incident");
            prop_assert_eq!(&summary.title, whole);
        }
    }
}
