//! What taking a file in would bring, summed up before it is taken.
//!
//! In pieces, so that a page may paint between them over a large log. Changes nothing.

use std::collections::BTreeSet;

use super::recognise::Form;
use super::statuspage;
use crate::model::chain::{self, Chains, Finding};
use crate::model::log::{self, Place, Twin};
use crate::model::{Cursor, Event, Fold, Hole, Kind, Log, LogScope, Timestamp, Writer};

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

/// How many incidents logs are of; one that several of them speak of counts once.
pub fn incidents<'a>(logs: impl Iterator<Item = &'a Log>) -> usize {
    logs.map(Log::scope).collect::<BTreeSet<LogScope>>().len()
}

/// How many entries of a log are new beside what is held and beside what the files before it bring
/// to the same incident.
pub fn adds(form: Form, log: &Log, held: Option<&Log>, earlier: &[(Form, &Log)]) -> usize {
    match form {
        Form::Statuspage => {
            let before = after_taking(held, earlier);
            let (events, drafts) = statuspage::changes(log, before.as_ref());
            events.len() + drafts.len()
        }
        Form::Muster | Form::Stored => {
            let logs = || held.into_iter().chain(earlier.iter().map(|(_, log)| *log));
            let is_new = |event: &Event| logs().all(|log| log.twin_of(event) == Twin::None);
            log.events().filter(|(_, event)| is_new(event)).count()
        }
    }
}

/// What would be held of an incident once the files before were taken in.
fn after_taking(held: Option<&Log>, earlier: &[(Form, &Log)]) -> Option<Log> {
    let mut after = held.cloned();
    for (form, log) in earlier {
        let (events, drafts) = match form {
            Form::Statuspage => statuspage::changes(log, after.as_ref()),
            Form::Muster | Form::Stored => {
                let events = log.events().map(|(_, event)| event.clone());
                (events.collect(), Vec::new())
            }
        };
        let after = after.get_or_insert_with(|| Log::new(log.scope()));
        for event in events {
            after.add(event);
        }
        // Only what is amended matters here, not who does it or when.
        for draft in drafts {
            after.append(Writer::from_bytes([0; 10]), draft, Timestamp::clamped(0));
        }
    }
    after
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::fact::{Description, Fact, Verdict};
    use crate::model::testing::{log, noon, note, writer};

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
                _ => drop(log.append(writer(n), note("more"), noon())),
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

    #[test]
    fn what_a_file_before_brings_is_not_new_again() {
        let early = log(4);
        let mut late = early.clone();
        late.append(writer(3), note("later"), noon());
        let own = |log| [(Form::Muster, log)];
        assert_eq!(adds(Form::Muster, &late, None, &[]), late.len());
        assert_eq!(adds(Form::Muster, &early, None, &own(&early)), 0);
        assert_eq!(adds(Form::Muster, &late, None, &own(&early)), 1);
        assert_eq!(adds(Form::Muster, &early, None, &own(&late)), 0);
        assert_eq!(adds(Form::Muster, &late, Some(&late), &own(&early)), 0);
    }

    /// The log of the one incident of a page, whose one update says this.
    fn page(said: &str) -> Log {
        let text = r#"{"page":{"id":"p","name":"Shop"},"incidents":[{"id":"i1","name":"Payments fail",
            "status":"investigating","impact":"major","created_at":"2026-11-24T02:13:00Z","incident_updates":[
            {"id":"u1","status":"investigating","body":"SAID","created_at":"2026-11-24T02:13:00Z"}]}]}"#;
        let mut logs = statuspage::read(&text.replace("SAID", said)).unwrap().logs;
        logs.pop().unwrap()
    }

    #[test]
    fn a_page_chosen_twice_brings_its_entries_and_its_corrections_once() {
        let (first, corrected) = (page("We are looking."), page("It was one region."));
        let of_page = |log| (Form::Statuspage, log);
        let adds = |log, earlier: &[(Form, &Log)]| adds(Form::Statuspage, log, None, earlier);
        assert_eq!(adds(&first, &[]), first.len());
        assert_eq!(adds(&first, &[of_page(&first)]), 0);
        assert_eq!(adds(&corrected, &[of_page(&first)]), 1);
        let before = [of_page(&first), of_page(&corrected)];
        assert_eq!(adds(&corrected, &before), 0);
    }

    #[test]
    fn an_incident_of_two_files_is_one() {
        let mut other = Log::new(LogScope::Incident(crate::model::testing::incident(2)));
        other.append(writer(3), note("elsewhere"), noon());
        assert_eq!(incidents([log(2), log(4)].iter()), 1);
        assert_eq!(incidents([log(2), other].iter()), 2);
    }
}
