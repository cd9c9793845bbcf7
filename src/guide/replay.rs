//! The incident as it was: what a review looks at, minute by minute.
//!
//! Words and moments only. Which fold is asked (what had happened, or what a person knew) is whoever
//! asks' choice; `now` and the offset come in.

use crate::guide::{brief, timeline, words};
use crate::model::incident::HypothesisState;
use crate::model::term::Role;
use crate::model::{EventId, Incident, Span, Timestamp, order};

/// An entry that was written down so much later than it happened was not known when it did.
const KNOWN_LATER: Span = Span::minutes(2);

/// Something that an incident says of itself, in words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Aspect {
    /// What it is about.
    pub title: &'static str,
    /// How it was.
    pub words: String,
}

/// What stood at the fold's moment, always the same aspects in the same order.
pub fn aspects(incident: &Incident) -> Vec<Aspect> {
    let said = |title: &'static str, words: String| Aspect { title, words };
    let leader = incident.holder(&Role::MajorIncidentManager);
    let affected = incident.affected();
    let services = affected.iter();
    let services = services.map(|(name, level)| format!("{name} {}", words::level(*level)));
    let workarounds = incident.workarounds.iter();
    let workarounds = workarounds
        .filter(|said| said.what.removed_by.is_none())
        .map(|said| said.what.text.clone());
    let guesses = |state: HypothesisState| {
        let guesses = incident.hypotheses.iter();
        let guesses = guesses.filter(move |said| said.what.state == state);
        listed(guesses.map(|said| said.what.text.clone()))
    };
    let fixes = incident.fixes.iter().map(|said| said.what.clone());
    let priority = incident.priority();
    vec![
        said("What is broken", brief::title(incident)),
        said(
            "Priority",
            priority.map_or_else(|| "pending".to_owned(), |priority| priority.to_string()),
        ),
        said("Stage", words::stage(incident.stage()).to_owned()),
        said(
            "Led by",
            leader.map_or_else(
                || "nobody".to_owned(),
                |person| brief::name_or_you(incident, person),
            ),
        ),
        said("Services that are hit", listed(services)),
        said("Workarounds in place", listed(workarounds)),
        said("Open hypotheses", guesses(HypothesisState::Open)),
        said("Confirmed causes", guesses(HypothesisState::Confirmed)),
        said("Fixes", listed(fixes)),
        said("Open tasks", incident.open_tasks().to_string()),
        said("Updates sent", incident.updates.len().to_string()),
    ]
}

fn listed(items: impl Iterator<Item = String>) -> String {
    let items: Vec<String> = items.collect();
    if items.is_empty() {
        "none".to_owned()
    } else {
        items.join("; ")
    }
}

/// An entry as it is told in the replay.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Told {
    /// The event.
    pub event: EventId,
    /// When it happened.
    pub when: Timestamp,
    /// In words.
    pub words: String,
    /// How much later it was written down, where that was not at once.
    pub known_later: Option<Span>,
    /// Whether it changed the course of the incident.
    pub turning_point: bool,
}

/// The last entries that had happened by then, newest first. Those taken back are left out.
pub fn told(incident: &Incident, at: Timestamp, most: usize) -> Vec<Told> {
    let entries = incident.timeline.iter().rev();
    let entries = entries.filter(|entry| entry.stands() && entry.when <= at);
    entries
        .take(most)
        .map(|entry| {
            let line = timeline::line(incident, entry);
            let later = entry.noted - entry.when;
            Told {
                event: entry.id(),
                when: entry.when,
                words: line.said(),
                known_later: (later > KNOWN_LATER && entry.clock_believed).then_some(later),
                turning_point: line.turning_point,
            }
        })
        .collect()
}

/// The moments at which something happened or was written down, in order, each once.
pub fn moments(incident: &Incident) -> Vec<Timestamp> {
    let entries = incident.timeline.iter().filter(|entry| entry.stands());
    let noted = |entry: &crate::model::Entry| entry.clock_believed.then_some(entry.noted);
    let mut moments: Vec<Timestamp> = entries
        .flat_map(|entry| [Some(entry.when), noted(entry)])
        .flatten()
        .collect();
    order::sort(&mut moments);
    moments.dedup();
    moments
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guide::write;
    use crate::model::term::{Level, Nature};
    use crate::model::testing::{incident, noon, writer};
    use crate::model::{Cursor, Fold, Log, LogScope};

    fn minute(n: i64) -> Timestamp {
        noon() + Span::minutes(n)
    }

    /// Declared at 0; hit since -20, written down at 10; a guess at 12, confirmed at 30.
    fn log() -> Log {
        let mut log = Log::new(LogScope::Incident(incident(1)));
        let nobody = Incident::default();
        log.append(writer(1), write::declare(Nature::Real), minute(0));
        let hit = write::affect(&nobody, "Checkout", Level::Down);
        log.append(writer(1), write::at(hit, Some(minute(-20))), minute(10));
        log.append(writer(1), write::hypothesis("A certificate"), minute(12));
        let fold = Fold::of(&[&log], Cursor::Now);
        let guess = fold.incident().hypotheses.first().map(|said| said.id());
        let decided = write::decide_hypothesis(guess.unwrap(), true, "It has expired");
        log.append(writer(1), decided, minute(30));
        log
    }

    fn words_at(log: &Log, at: i64, title: &str) -> String {
        let fold = Fold::of(&[log], Cursor::HappenedBy(minute(at)));
        let aspects = aspects(fold.incident());
        let found = aspects.into_iter().find(|aspect| aspect.title == title);
        found.map(|aspect| aspect.words).unwrap()
    }

    #[test]
    fn it_is_as_it_was_by_what_is_known_now() {
        let log = log();
        for (at, title, words) in [
            (5, "Services that are hit", "Checkout down"),
            (5, "Open hypotheses", "none"),
            (20, "Open hypotheses", "A certificate"),
            (20, "Confirmed causes", "none"),
            (31, "Open hypotheses", "none"),
            (31, "Confirmed causes", "A certificate"),
        ] {
            assert_eq!(words_at(&log, at, title), words, "{title} at {at}");
        }
    }

    #[test]
    fn what_was_written_down_later_says_so() {
        let log = log();
        let fold = Fold::of(&[&log], Cursor::Now);
        let told = told(fold.incident(), minute(5), 10);
        let later: Vec<Option<Span>> = told.iter().map(|told| told.known_later).collect();
        assert_eq!(later, [None, Some(Span::minutes(30))]);
        let moments = moments(fold.incident());
        assert_eq!(moments, [-20, 0, 10, 12, 30].map(minute));
    }

    #[test]
    fn an_empty_record_has_its_aspects_too() {
        assert_eq!(aspects(&Incident::default()).len(), 11);
        assert!(told(&Incident::default(), noon(), 5).is_empty());
    }
}
