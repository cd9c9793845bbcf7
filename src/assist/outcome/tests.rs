use super::*;
use crate::model::fact::{Suspicion, Update, Words};
use crate::model::proposal::{Origin, Proposed, ProposedTask, ProposedUpdate};
use crate::model::testing::{incident as id, noon, writer};
use crate::model::{Cursor, Draft, Fact, Fold, Log, LogScope, Person, Span};

/// A copy of the incident, in which one person writes.
struct Copy {
    log: Log,
    who: u8,
    minutes: i64,
}

impl Copy {
    fn of(log: &Log, who: u8, name: &str) -> Self {
        let mut copy = Self {
            log: Log::new(log.scope()),
            who,
            minutes: 0,
        };
        copy.log.merge(log);
        let introduction = crate::model::fact::Introduction {
            person: Person::from_bytes([who; 10]),
            name: name.to_owned(),
            zone: String::new(),
        };
        copy.write(Fact::Joined(introduction).draft());
        copy
    }

    fn write(&mut self, draft: Draft) -> EventId {
        self.minutes += 1;
        let now = noon() + Span::minutes(self.minutes);
        self.log.append(writer(self.who), draft, now).id
    }

    fn incident(&self) -> Incident {
        Fold::of(&[&self.log], Cursor::Now).incident().clone()
    }

    /// As the screen does: what follows from it, and the acceptance.
    fn accept(&mut self, proposal: EventId) {
        let incident = self.incident();
        let said = proposals::record(&incident, proposal).unwrap();
        let followed = write::proposals::followed(&incident, &said.what.proposed.what, None);
        let becomes = followed.map(|draft| self.write(draft));
        self.write(write::proposals::accept(proposal, becomes));
    }

    fn only(&self) -> Outcome {
        let incident = self.incident();
        let [outcome] = outcomes(&incident).try_into().unwrap();
        outcome
    }
}

fn empty() -> Log {
    Log::new(LogScope::Incident(id(1)))
}

fn proposed(what: Proposal) -> Draft {
    write::proposals::propose(Proposed {
        from: Origin::Assistant("The bank's own".to_owned()),
        what,
        because: Vec::new(),
        words: "It fits".to_owned(),
    })
}

fn task() -> Proposal {
    Proposal::Task(ProposedTask {
        title: "Look at the pool".to_owned(),
        ..ProposedTask::default()
    })
}

fn hypothesis() -> Proposal {
    Proposal::Hypothesis(Suspicion {
        text: "The pool is full".to_owned(),
        service: "Checkout".to_owned(),
    })
}

fn merged(copies: &[&Copy]) -> Copy {
    let mut all = Copy::of(&copies[0].log, 9, "Chi");
    for copy in copies {
        all.log.merge(&copy.log);
    }
    all
}

#[test]
fn a_proposal_does_nothing_by_being_there() {
    let mut copy = Copy::of(&empty(), 1, "Ada");
    for what in [task(), hypothesis()] {
        copy.write(proposed(what));
    }
    let incident = copy.incident();
    assert!(incident.tasks.is_empty() && incident.hypotheses.is_empty());
    let states: Vec<State> = outcomes(&incident).iter().map(|one| one.state).collect();
    assert_eq!(states, [State::Open, State::Open]);
    assert_eq!(proposals::open(&incident), 2);
}

#[test]
fn two_who_accept_a_task_apart_mean_one_task() {
    for questions in [false, true] {
        let what = if questions {
            Proposal::Question(Words {
                text: "Since when?".to_owned(),
            })
        } else {
            task()
        };
        let mut first = Copy::of(&empty(), 1, "Ada");
        let proposal = first.write(proposed(what));
        let mut second = Copy::of(&first.log, 2, "Bo");
        first.accept(proposal);
        second.accept(proposal);
        let all = merged(&[&first, &second]);
        let incident = all.incident();
        assert_eq!(incident.tasks.len(), 1);
        assert_eq!(incident.open_tasks(), 1);
        let record = incident.tasks.values().next().unwrap();
        assert_eq!(record.definition.conflict(), vec![], "both said the same");
        let outcome = all.only();
        assert_eq!(outcome.answered, "accepted by Ada; accepted by Bo");
        assert!(!outcome.twice);
        assert_eq!(outcome.became, "the task was not begun");
    }
}

#[test]
fn the_same_answer_pasted_on_two_copies_is_one_proposal() {
    let first_log = empty();
    let mut first = Copy::of(&first_log, 1, "Ada");
    let mut second = Copy::of(&first_log, 2, "Bo");
    let one = first.write(proposed(task()));
    second.write(proposed(task()));
    first.accept(one);
    let all = merged(&[&first, &second]);
    let outcome = all.only();
    assert_eq!((outcome.events.len(), outcome.state), (2, State::Accepted));
    assert_eq!(all.incident().tasks.len(), 1);
}

#[test]
fn two_who_accept_a_hypothesis_apart_are_told() {
    let mut first = Copy::of(&empty(), 1, "Ada");
    let proposal = first.write(proposed(hypothesis()));
    let mut second = Copy::of(&first.log, 2, "Bo");
    first.accept(proposal);
    second.accept(proposal);
    let mut all = merged(&[&first, &second]);
    assert_eq!(all.incident().hypotheses.len(), 2, "both are shown");
    assert!(all.only().twice);
    let one = all.incident().hypotheses[1].id();
    all.write(write::retract(one));
    assert!(!all.only().twice, "one is left");
}

#[test]
fn answers_that_differ_are_both_told() {
    let mut first = Copy::of(&empty(), 1, "Ada");
    let proposal = first.write(proposed(task()));
    let mut second = Copy::of(&first.log, 2, "Bo");
    first.accept(proposal);
    second.write(write::proposals::decline(proposal, "No time"));
    let outcome = merged(&[&first, &second]).only();
    assert_eq!(outcome.state, State::Both);
    assert_eq!(outcome.answered, "accepted by Ada; declined by Bo: No time");
}

#[test]
fn whether_it_helped_is_said_only_from_the_log_or_by_a_person() {
    let mut copy = Copy::of(&empty(), 1, "Ada");
    let proposal = copy.write(proposed(task()));
    copy.accept(proposal);
    let id = copy.incident().tasks.keys().next().unwrap().clone();
    let done = write::tasks::stand(&copy.incident(), &id, TaskState::Done, "");
    copy.write(done);
    let outcome = copy.only();
    assert_eq!(
        (outcome.became.as_str(), outcome.helped.as_str()),
        ("the task was done", "")
    );
    let incident = copy.incident();
    let accepted = incident.entry(outcome.answers[0]).unwrap();
    let judged = write::proposals::judge(accepted, true).unwrap();
    let mut bo = Copy::of(&copy.log, 2, "Bo");
    bo.write(judged);
    let outcome = bo.only();
    assert_eq!(outcome.helped, "yes, Bo says");
    assert_eq!(
        outcome.state,
        State::Accepted,
        "it stays an answer to the same proposal"
    );
}

#[test]
fn a_hypothesis_says_itself_whether_it_was_right() {
    for (confirmed, became, helped) in [
        (Some(true), "confirmed", "yes: it proved right"),
        (Some(false), "ruled out", "no: it proved wrong"),
        (None, "not decided", ""),
    ] {
        let mut copy = Copy::of(&empty(), 1, "Ada");
        let proposal = copy.write(proposed(hypothesis()));
        copy.accept(proposal);
        let raised = copy.incident().hypotheses[0].id();
        if let Some(confirmed) = confirmed {
            copy.write(write::decide_hypothesis(raised, confirmed, ""));
        }
        let outcome = copy.only();
        assert_eq!(
            (outcome.became.as_str(), outcome.helped.as_str()),
            (became, helped)
        );
    }
}

#[test]
fn an_update_is_never_sent_by_accepting_it() {
    let mut copy = Copy::of(&empty(), 1, "Ada");
    let update = |text: &str| ProposedUpdate {
        audience: "executives".to_owned(),
        text: text.to_owned(),
    };
    let proposal = copy.write(proposed(Proposal::Update(update("We know."))));
    copy.accept(proposal);
    assert!(copy.incident().updates.is_empty());
    assert_eq!(copy.only().became, "no update was sent since");
    for (text, became) in [
        ("We know more.", "an update was sent since, in other words"),
        ("We know. ", "sent as proposed"),
    ] {
        let mut after = Copy::of(&copy.log, 2, "Bo");
        after.write(write::update(Update {
            audience: "executives".to_owned(),
            text: text.to_owned(),
            ..Update::default()
        }));
        assert_eq!(after.only().became, became);
    }
}

#[test]
fn only_what_is_linked_is_called_so() {
    use crate::model::proposal::SimilarCase;
    for (incident, became) in [(Some(id(2)), "linked"), (None, "noted"), (Some(id(1)), "")] {
        let mut copy = Copy::of(&empty(), 1, "Ada");
        let proposal = copy.write(proposed(Proposal::Similar(SimilarCase {
            incident,
            text: "The same pool".to_owned(),
        })));
        copy.accept(proposal);
        assert_eq!(copy.only().became, became, "{incident:?}");
        let written = written_in(&copy.incident());
        for event in &written {
            copy.write(write::retract(*event));
        }
        if !written.is_empty() {
            let gone = "what was written of it was taken away again";
            assert_eq!(copy.only().became, gone, "{incident:?}");
        }
    }
}

fn written_in(incident: &Incident) -> Vec<EventId> {
    let [group] = proposals::groups(incident).try_into().unwrap();
    written(incident, &group)
}

#[test]
fn what_was_taken_back_is_open_again() {
    let mut copy = Copy::of(&empty(), 1, "Ada");
    let proposal = copy.write(proposed(task()));
    copy.accept(proposal);
    let answers = copy.only().answers;
    let written = copy
        .incident()
        .timeline
        .iter()
        .rev()
        .take(2)
        .map(|entry| entry.id())
        .collect::<Vec<_>>();
    assert!(written.contains(&answers[0]));
    for event in written {
        copy.write(write::retract(event));
    }
    assert_eq!(copy.only().state, State::Open);
    assert_eq!(copy.incident().open_tasks(), 0);
    // And accepted once more, it is there once more.
    copy.accept(proposal);
    assert_eq!(
        (copy.only().state, copy.incident().open_tasks()),
        (State::Accepted, 1)
    );
}

/// A hostile log may name a task that is there already: accepting never changes it.
#[test]
fn a_proposal_cannot_change_a_task_that_is_there() {
    let mut copy = Copy::of(&empty(), 1, "Ada");
    let there = write::tasks::add(crate::model::task::Task {
        title: "Call the bank".to_owned(),
        ..Default::default()
    });
    copy.write(there);
    let id = copy.incident().tasks.keys().next().unwrap().clone();
    let proposal = copy.write(proposed(Proposal::Task(ProposedTask {
        title: "Call nobody".to_owned(),
        task: Some(id),
        ..ProposedTask::default()
    })));
    copy.accept(proposal);
    let incident = copy.incident();
    let titles: Vec<&str> = incident
        .tasks
        .values()
        .filter_map(|one| one.task())
        .map(|task| task.title.as_str())
        .collect();
    assert_eq!(titles, ["Call the bank"]);
}
