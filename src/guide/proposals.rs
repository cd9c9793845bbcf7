//! Proposals in words: what is proposed, by whom, and what it rests on. And which are one.
//!
//! Decides nothing: what becomes of one is in `guide::write::proposals`, whether it helped in `assist`.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::guide::{brief, timeline, words, write};
use crate::model::incident::{Entry, Incident, Said};
use crate::model::proposal::{Answer, Origin, Proposal, ProposalRecord, Proposed};
use crate::model::{EventId, IncidentId};

/// Longer words of an entry are shortened where a proposal rests on it.
const CITED: usize = 60;

/// The audience that a brief is noted to have been copied for.
pub const ASSISTANT: &str = "assistant";

/// What sort of proposal it is, as a line of the timeline begins.
pub fn kind_lead(what: &Proposal) -> &'static str {
    match what {
        Proposal::Task(_) => "Proposed task",
        Proposal::Hypothesis(_) => "Proposed hypothesis",
        Proposal::Update(_) => "Proposed update",
        Proposal::Question(_) => "Proposed question",
        Proposal::Similar(_) => "Proposed similar case",
        Proposal::Runbook(_) => "Proposed runbook",
    }
}

/// What is proposed, in its own words.
pub fn words(incident: &Incident, what: &Proposal) -> String {
    match what {
        Proposal::Task(task) if task.text.is_empty() => task.title.clone(),
        Proposal::Task(task) => format!("{}: {}", task.title, task.text),
        Proposal::Hypothesis(suspicion) if suspicion.service.is_empty() => suspicion.text.clone(),
        Proposal::Hypothesis(suspicion) => format!("{}: {}", suspicion.service, suspicion.text),
        Proposal::Update(update) if update.text.is_empty() => {
            format!("to {}", timeline::audience(&update.audience))
        }
        Proposal::Update(update) => {
            format!(
                "to {}: {}",
                timeline::audience(&update.audience),
                update.text
            )
        }
        Proposal::Question(question) => question.text.clone(),
        Proposal::Similar(case) => match (case.incident, case.text.as_str()) {
            (Some(id), "") => id_words(incident, id),
            (Some(id), text) => format!("{}: {text}", id_words(incident, id)),
            (None, text) => text.to_owned(),
        },
        Proposal::Runbook(runbook) => runbook.replace('-', " "),
    }
}

fn id_words(incident: &Incident, id: IncidentId) -> String {
    if incident.ids.contains(&id) {
        brief::title(incident)
    } else {
        format!("incident {id}")
    }
}

/// What accepting it writes, in a sentence. `on_shelf` is whether a runbook is there to be followed.
pub fn effect(incident: &Incident, what: &Proposal, on_shelf: bool) -> &'static str {
    match what {
        Proposal::Task(_) | Proposal::Question(_) => {
            let is_there = write::proposals::task(what)
                .and_then(|change| incident.tasks.get(&change.task))
                .is_some_and(|record| record.task().is_some());
            if is_there {
                "The task is there already: accepting only says so."
            } else {
                "Accepting adds a task."
            }
        }
        Proposal::Hypothesis(_) => "Accepting raises a hypothesis, for somebody to test.",
        Proposal::Update(_) => {
            "Accepting opens its text where updates are written. Nothing is sent."
        }
        Proposal::Similar(case) if case.incident.is_some() => "Accepting links that incident.",
        Proposal::Similar(_) => "Accepting writes a note.",
        Proposal::Runbook(_) if on_shelf => "Accepting follows the runbook: its tasks are added.",
        Proposal::Runbook(_) => "No such runbook is on the shelf: accepting only says so.",
    }
}

/// Who or what proposes it, within a sentence.
pub fn from(origin: &Origin) -> String {
    match origin {
        Origin::Assistant(name) if name.is_empty() => "an assistant".to_owned(),
        Origin::Assistant(name) => format!("{name} (an assistant)"),
        Origin::Rule(rule) => format!("the rule {rule}"),
        Origin::Runbook(_) => "the shelf of runbooks".to_owned(),
        Origin::Alike(_) => "an incident like this one".to_owned(),
    }
}

/// The proposal that an answer is about, in words.
pub(super) fn words_of(incident: &Incident, answer: &Entry) -> String {
    let said = answer.on.and_then(|on| record(incident, on));
    said.map_or_else(
        || "a proposal that is not held here".to_owned(),
        |said| words(incident, &said.what.proposed.what),
    )
}

/// The proposal that an event made, while it stands.
pub fn record(incident: &Incident, event: EventId) -> Option<&Said<ProposalRecord>> {
    incident.proposals.iter().find(|said| said.id() == event)
}

/// Who proposes it and why, in a line of the timeline.
pub(super) fn rests_on(incident: &Incident, proposed: &Proposed) -> String {
    let cited: Vec<String> = proposed
        .because
        .iter()
        .filter_map(|event| cited(incident, *event))
        .collect();
    let mut line = format!("By {}.", from(&proposed.from));
    if !proposed.words.is_empty() {
        line = format!("{line} {}", proposed.words);
    }
    if !cited.is_empty() {
        line = format!("{line} Rests on: {}.", cited.join("; "));
    }
    line
}

/// An entry that a proposal rests on, in a few words; none where it is not held. Of another proposal
/// only that it is one, so that no two can cite each other for ever.
pub fn cited(incident: &Incident, event: EventId) -> Option<String> {
    let entry = incident.entry(event)?;
    if matches!(entry.fact, crate::model::Fact::Proposed(_)) {
        return Some("another proposal".to_owned());
    }
    let line = timeline::line(incident, entry);
    let said = format!("{} {}", line.lead, line.text);
    Some(self::words::shortened(
        said.trim().trim_end_matches('.'),
        CITED,
    ))
}

/// Equal proposals, as one: the first that was made, and all answers to any of them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Group<'a> {
    /// The first.
    pub first: &'a Said<ProposalRecord>,
    /// The events of all of them.
    pub events: Vec<EventId>,
    /// What people answered to any, in order.
    pub answers: Vec<&'a Said<Answer>>,
}

impl Group<'_> {
    /// What is proposed, by whom and why.
    pub fn proposed(&self) -> &Proposed {
        &self.first.what.proposed
    }

    /// Whether nobody has answered.
    pub fn is_open(&self) -> bool {
        self.answers.is_empty()
    }
}

/// All proposals of an incident, equal ones as one, in the order in which they were made.
pub fn groups(incident: &Incident) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    // The places of groups by what is proposed, as a number that few of them share.
    let mut places: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for said in &incident.proposals {
        let what = &said.what.proposed.what;
        let mut hasher = DefaultHasher::new();
        what.hash(&mut hasher);
        let alike = places.entry(hasher.finish()).or_default();
        let mut equal = alike.iter().copied().filter(|place| {
            let group = groups.get(*place);
            group.is_some_and(|group| group.proposed().what == *what)
        });
        match equal.next().and_then(|place| groups.get_mut(place)) {
            Some(group) => {
                group.events.push(said.id());
                group.answers.extend(&said.what.answers);
            }
            None => {
                alike.push(groups.len());
                groups.push(Group {
                    first: said,
                    events: vec![said.id()],
                    answers: said.what.answers.iter().collect(),
                });
            }
        }
    }
    groups
}

/// How many proposals nobody has answered.
pub fn open(incident: &Incident) -> usize {
    let groups = groups(incident);
    groups.iter().filter(|group| group.is_open()).count()
}

#[cfg(test)]
mod tests {
    use crate::guide::{timeline, write};
    use crate::model::fact::Words;
    use crate::model::proposal::{Origin, Proposal, Proposed};
    use crate::model::task::{Task, TaskChange};
    use crate::model::term::Nature;
    use crate::model::testing::{incident, noon, writer};
    use crate::model::{Cursor, Draft, Event, EventId, Fact, Fold, Log, LogScope};

    /// A file can have entries that are each other's reason, or their own: a line of any of them ends.
    #[test]
    fn entries_that_cite_each_other_are_told_all_the_same() {
        let proposal = EventId {
            writer: writer(1),
            seq: 2,
        };
        let by_rule = |name: &[u8], on: EventId| {
            let change = TaskChange {
                task: "a#b".into(),
                becomes: Task::default(),
            };
            let draft = Draft {
                on: Some(on),
                ..Fact::TaskChanged(change).draft()
            };
            Event::made_of(&[name], "rule a/b".to_owned(), 1, noon(), draft)
        };
        let of_proposal = by_rule(b"one", proposal);
        let mut of_itself = by_rule(b"two", proposal);
        of_itself.on = Some(of_itself.id);
        let mut log = Log::new(LogScope::Incident(incident(1)));
        log.append(writer(1), write::declare(Nature::Real), noon());
        let proposed = Proposed {
            from: Origin::Assistant(String::new()),
            what: Proposal::Question(Words {
                text: "Is it the proxy?".to_owned(),
            }),
            because: vec![of_proposal.id, of_itself.id, proposal],
            words: String::new(),
        };
        log.append(writer(1), Fact::Proposed(proposed).draft(), noon());
        log.add(of_proposal);
        log.add(of_itself);
        let fold = Fold::of(&[&log], Cursor::Now);
        let told = fold.incident().timeline.iter();
        let told = told.filter(|entry| !timeline::line(fold.incident(), entry).lead.is_empty());
        assert_eq!(told.count(), 4);
    }
}
