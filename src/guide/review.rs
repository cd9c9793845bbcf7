//! What a review asks of an incident: the whys of its findings as trees, and what is missing in them.
//!
//! Plain values for screens and documents; decides nothing that a person must.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::incident::Why;
use crate::model::{EventId, Incident, Said};

/// Whys that are shown under each other; deeper ones stand at this depth. Five are the field's custom.
const DEEPEST: usize = 8;

/// An answer to why, in its place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Answer {
    /// By which event.
    pub event: EventId,
    /// The answer.
    pub text: String,
    /// 1 where it answers the finding itself.
    pub depth: usize,
    /// Whether nobody asked why of it yet.
    pub is_last: bool,
}

/// The answers to why under a finding, each before those to it.
pub fn whys(incident: &Incident, finding: EventId) -> Vec<Answer> {
    let mut tree = Tree::of(incident);
    tree.walk(finding);
    tree.answers
}

/// Answers whose finding or answer does not stand any more: nothing is dropped in silence.
pub fn loose(incident: &Incident) -> Vec<Answer> {
    let mut tree = Tree::of(incident);
    for said in &incident.findings {
        tree.walk(said.id());
    }
    tree.answers.clear();
    let rest = &incident.whys;
    let held: BTreeSet<EventId> = rest.iter().map(Said::id).collect();
    // What answers none of the others begins a tree; what only answers itself in a circle comes last.
    let is_answered = |of: Option<EventId>| of.is_some_and(|of| held.contains(&of));
    for said in rest.iter().filter(|said| !is_answered(said.what.of)) {
        tree.place(said, 1);
    }
    for said in rest {
        tree.place(said, 1);
    }
    tree.answers
}

struct Tree<'a> {
    /// By what they answer, in their order.
    whys: BTreeMap<EventId, Vec<&'a Said<Why>>>,
    /// A file can say that two answers are each other's why.
    seen: BTreeSet<EventId>,
    answers: Vec<Answer>,
}

impl<'a> Tree<'a> {
    fn of(incident: &'a Incident) -> Self {
        let mut whys: BTreeMap<EventId, Vec<&Said<Why>>> = BTreeMap::new();
        for said in &incident.whys {
            if let Some(of) = said.what.of {
                whys.entry(of).or_default().push(said);
            }
        }
        Self {
            whys,
            seen: BTreeSet::new(),
            answers: Vec::new(),
        }
    }

    fn walk(&mut self, of: EventId) {
        // Without recursion: a file can nest as deep as it likes.
        let mut open: Vec<(&Said<Why>, usize)> = Vec::new();
        self.push_answers_to(of, 1, &mut open);
        self.drain(open);
    }

    fn place(&mut self, said: &'a Said<Why>, depth: usize) {
        self.drain(vec![(said, depth)]);
    }

    fn push_answers_to(
        &self,
        of: EventId,
        depth: usize,
        open: &mut Vec<(&'a Said<Why>, usize)>,
    ) -> usize {
        let before = open.len();
        let answers = self.whys.get(&of).into_iter().flatten().rev();
        open.extend(answers.map(|said| (*said, depth)));
        open.len() - before
    }

    fn drain(&mut self, mut open: Vec<(&'a Said<Why>, usize)>) {
        while let Some((said, depth)) = open.pop() {
            if !self.seen.insert(said.id()) {
                continue;
            }
            let more = self.push_answers_to(said.id(), (depth + 1).min(DEEPEST), &mut open);
            self.answers.push(Answer {
                event: said.id(),
                text: said.what.text.clone(),
                depth,
                is_last: more == 0,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guide::write;
    use crate::model::term::{FindingKind, Nature};
    use crate::model::testing::{incident, noon, writer};
    use crate::model::{Cursor, Draft, Fold, Log, LogScope};

    fn id(seq: u32) -> EventId {
        EventId {
            writer: writer(1),
            seq,
        }
    }

    fn told(drafts: Vec<Draft>) -> Incident {
        let mut log = Log::new(LogScope::Incident(incident(1)));
        log.append(writer(1), write::declare(Nature::Real), noon());
        for draft in drafts {
            log.append(writer(1), draft, noon());
        }
        Fold::of(&[&log], Cursor::Now).incident().clone()
    }

    fn words(answers: Vec<Answer>) -> Vec<(usize, String, bool)> {
        let words = answers.into_iter();
        words
            .map(|one| (one.depth, one.text, one.is_last))
            .collect()
    }

    fn finding() -> Draft {
        write::finding(FindingKind::WentBadly, "An hour to fail over")
    }

    #[test]
    fn answers_stand_below_what_they_answer() {
        // 2 is the finding; 3 and 5 answer it, 4 answers 3.
        let told = told(vec![
            finding(),
            write::review::why(id(2), "Three people know how"),
            write::review::why(id(3), "Its runbook is with the provider"),
            write::review::why(id(2), "Nobody was told"),
        ]);
        let expected = [
            (1, "Three people know how".to_owned(), false),
            (2, "Its runbook is with the provider".to_owned(), true),
            (1, "Nobody was told".to_owned(), true),
        ];
        assert_eq!(words(whys(&told, id(2))), expected);
        assert_eq!(loose(&told), []);
    }

    #[test]
    fn what_has_lost_its_question_is_told() {
        let told = told(vec![
            finding(),
            write::review::why(id(2), "a"),
            write::review::why(id(3), "b"),
            write::retract(id(2)),
        ]);
        let still = [(1, "a".to_owned(), false), (2, "b".to_owned(), true)];
        assert_eq!(words(whys(&told, id(2))), still);
        assert_eq!(told.findings.len(), 0);
        let expected = [(1, "a".to_owned(), false), (2, "b".to_owned(), true)];
        assert_eq!(words(loose(&told)), expected);
    }

    #[test]
    fn circles_and_deep_ones_end() {
        // 2 and 3 answer each other; from 4 on each answers the one before.
        let mut drafts = vec![
            write::review::why(id(3), "a"),
            write::review::why(id(2), "b"),
        ];
        drafts.push(finding());
        drafts.extend((4..2_000).map(|seq| write::review::why(id(seq), "deeper")));
        let told = told(drafts);
        assert_eq!(loose(&told).len(), 2);
        let deep = whys(&told, id(4));
        assert_eq!(deep.len(), 1_996);
        assert_eq!(deep.iter().map(|one| one.depth).max(), Some(DEEPEST));
    }

    #[test]
    fn a_mark_says_whether_it_turned() {
        use crate::guide::timeline;
        use crate::model::term::EntryMark;
        let told = told(vec![
            write::note("The second provider answers"),
            write::review::mark(id(2), EntryMark::TurningPoint, "From here on it was better"),
            write::review::mark(id(1), EntryMark::Delay, ""),
        ]);
        let turns = |seq| {
            let entry = told.entry(id(seq));
            entry.is_some_and(|entry| timeline::turns(&told, entry))
        };
        // A declaration turns by its kind, unless a person says otherwise.
        assert_eq!([turns(1), turns(2)], [false, true]);
        assert_eq!(write::review::unmark(&told, id(9)), []);
        // Marked twice, and unmarked: it has none.
        let first = [
            write::note("The second provider answers"),
            write::review::mark(id(2), EntryMark::TurningPoint, ""),
            write::review::mark(id(2), EntryMark::Delay, ""),
        ];
        let twice = self::told(first.to_vec());
        let unmarked = write::review::unmark(&twice, id(2));
        assert_eq!(unmarked.len(), 2);
        let none = self::told(first.into_iter().chain(unmarked).collect());
        assert_eq!(none.mark(id(2)), None);
    }
}
