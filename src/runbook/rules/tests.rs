//! Rules of a small runbook, in incidents that people wrote down together and apart.

use super::*;
use crate::guide::write;
use crate::model::fact::Classification;
use crate::model::task::TaskState;
use crate::model::testing::{incident, noon, writer};
use crate::model::{Cursor, EventId, Fold, Log, LogScope, Span};
use crate::runbook::markdown;

const TEXT: &str = "# Failover

## Steps

- Promote

## Rules

- The backups are looked at when service comes back.
  - When: stage recovery
  - Add task: Check the backups
- The sponsor decides on money.
  - When: priority 1, 2
  - Propose role: executive sponsor
- After the promotion.
  - When: task Promote done
  - Clock: 30 min Rebuild the replica
- Nobody writes.
  - When: silence 20 min
  - Draft for: Executives
- This is no rule.
";

fn attachment() -> Attachment {
    markdown::read("failover", TEXT).attachment()
}

struct Room {
    log: Log,
    house: Attachment,
}

impl Room {
    fn new() -> Self {
        let mut room = Self::over(Log::new(LogScope::Incident(incident(1))));
        room.at(1, 0, |_| write::tasks::attach(attachment()));
        room
    }

    fn over(log: Log) -> Self {
        let house = Attachment::default();
        Self { log, house }
    }

    fn fold(&self) -> Fold {
        Fold::of(&[&self.log], Cursor::Now)
    }

    fn at(&mut self, who: u8, minute: i64, draft: impl FnOnce(&Incident) -> Draft) -> EventId {
        let draft = draft(self.fold().incident());
        self.log
            .append(writer(who), draft, noon() + Span::minutes(minute))
            .id
    }

    fn recovers(&mut self, who: u8, minute: i64) -> EventId {
        self.at(who, minute, |incident| {
            write::enter_stage(incident, Stage::Recovery, Vec::new(), "")
        })
    }

    /// What a browser does when something has changed.
    fn runs_rules(&mut self) -> usize {
        let events = events(self.fold().incident(), &self.house);
        let count = events.len();
        for event in events {
            self.log.add(event);
        }
        count
    }

    fn tasks(&self) -> Vec<String> {
        let fold = self.fold();
        let plan = crate::runbook::plan::plan(fold.incident(), noon());
        plan.rows.iter().map(|row| row.task.title.clone()).collect()
    }

    fn takes(&mut self, other: &Self) {
        for (_, event) in other.log.events() {
            self.log.add(event.clone());
        }
    }
}

#[test]
fn rules_are_read_and_what_is_none_stays_to_be_known() {
    let runbook = markdown::read("failover", TEXT);
    let rules: Vec<(&When, &Then)> = runbook
        .rules
        .iter()
        .map(|rule| (&rule.when, &rule.then))
        .collect();
    assert_eq!(
        rules,
        [
            (
                &When::StageEntered(Stage::Recovery),
                &Then::AddTask("Check the backups".to_owned())
            ),
            (
                &When::PriorityRaised(vec![Priority::P1, Priority::P2]),
                &Then::ProposeRole(crate::model::term::Role::ExecutiveSponsor)
            ),
            (
                &When::TaskDone("promote".into()),
                &Then::StartClock {
                    minutes: 30,
                    title: "Rebuild the replica".to_owned()
                }
            ),
            (
                &When::Silence(20),
                &Then::OpenDraft("executives".to_owned())
            ),
        ]
    );
    assert_eq!(
        runbook.rules[0].text,
        "The backups are looked at when service comes back."
    );
    assert_eq!(runbook.tasks.len(), 1);
    assert!(
        runbook.about.ends_with("- This is no rule."),
        "{}",
        runbook.about
    );
}

#[test]
fn a_rule_acts_once_says_why_and_stays_taken_back() {
    let mut room = Room::new();
    assert_eq!(room.runs_rules(), 0);
    let cause = room.recovers(1, 5);
    assert_eq!(room.runs_rules(), 1);
    assert_eq!(room.runs_rules(), 0, "once");
    assert_eq!(room.tasks(), ["Promote", "Check the backups"]);
    let fold = room.fold();
    let entries = fold.incident().timeline.iter();
    let entry = entries.last().unwrap();
    assert_eq!(entry.on, Some(cause));
    assert_eq!(entry.source.as_deref(), Some("rule failover@/rule-1"));
    let id = entry.id();
    room.at(1, 6, |_| write::retract(id));
    assert_eq!(room.tasks(), ["Promote"]);
    assert_eq!(room.runs_rules(), 0, "taken back is taken back");
    // Entered again: the same rule, and it was answered.
    room.recovers(1, 7);
    assert_eq!(room.runs_rules(), 0);
}

#[test]
fn what_was_before_the_runbook_makes_nothing_fire() {
    let mut room = Room::over(Log::new(LogScope::Incident(incident(1))));
    room.recovers(1, 0);
    room.at(1, 1, |_| write::tasks::attach(attachment()));
    assert_eq!(room.runs_rules(), 0);
}

#[test]
fn two_people_apart_get_the_effect_once() {
    // The same cause, fired in two browsers: the same event.
    let mut here = Room::new();
    here.recovers(1, 5);
    let mut there = Room::over(here.log.clone());
    assert_eq!((here.runs_rules(), there.runs_rules()), (1, 1));
    let count = here.log.events().count();
    here.takes(&there);
    assert_eq!(here.log.events().count(), count, "one event");

    // Causes of their own: one task.
    let mut here = Room::new();
    let mut there = Room::over(here.log.clone());
    here.recovers(1, 5);
    there.recovers(2, 6);
    assert_eq!((here.runs_rules(), there.runs_rules()), (1, 1));
    here.takes(&there);
    there.takes(&here);
    assert_eq!((here.runs_rules(), there.runs_rules()), (0, 0));
    assert_eq!(here.tasks(), ["Promote", "Check the backups"]);
    assert_eq!(here.tasks(), there.tasks());
    assert_eq!(here.fold().incident(), there.fold().incident());
    assert!(
        here.fold()
            .incident()
            .tasks
            .values()
            .all(|record| record.definition.conflict().is_empty())
    );
}

#[test]
fn other_rules_write_nothing() {
    let mut room = Room::new();
    let graver = Classification {
        priority: Some(Priority::P2),
        ..Classification::default()
    };
    room.at(1, 1, |incident| write::classify(incident, graver));
    let promote = TaskId::in_runbook("failover", "promote");
    room.at(1, 2, |incident| {
        write::tasks::stand(incident, &promote, TaskState::Done, "")
    });
    assert_eq!(room.runs_rules(), 0);
    let fold = room.fold();
    let none = Attachment::default();
    let keys: Vec<&str> = firings(fold.incident(), &none)
        .iter()
        .map(|firing| firing.rule.key.as_str())
        .collect();
    assert_eq!(keys, ["rule-2", "rule-3"]);
    let quiet = |minute: i64| {
        silences(
            fold.incident(),
            &Attachment::default(),
            noon() + Span::minutes(minute),
        )
        .len()
    };
    assert_eq!((quiet(21), quiet(22)), (0, 1));
}

#[test]
fn nothing_is_written_into_what_is_closed() {
    let mut room = Room::new();
    room.recovers(1, 5);
    room.at(1, 6, |incident| write::close(incident, "", Vec::new(), ""));
    assert_eq!(room.runs_rules(), 0);
}

fn stated(text: &str, when: &str, then: &str) -> StatedRule {
    StatedRule {
        text: text.to_owned(),
        when: when.to_owned(),
        then: then.to_owned(),
    }
}

#[test]
fn the_hosts_rules_act_in_every_incident_once_wherever_they_fire() {
    let house = of_house(&[
        stated(
            "Look at the backups.",
            "stage recovery",
            "Add task: Check the backups",
        ),
        stated(
            "After a promotion.",
            "task Promote done",
            "Propose task: Compare the data",
        ),
        stated("Silence.", "silence 20 min", "Draft for: partners"),
    ])
    .unwrap();
    let mut here = Room::new();
    here.house = house.clone();
    here.at(1, 1, |incident| {
        write::enter_stage(incident, Stage::Recovery, Vec::new(), "")
    });
    let fold = here.fold();
    let events = events(fold.incident(), &house);
    let sources: Vec<_> = events
        .iter()
        .filter_map(|event| event.source.as_deref())
        .collect();
    assert!(
        sources.contains(&"rule muster.json@/look-at-the-backups"),
        "{sources:?}"
    );
    let quiet = silences(fold.incident(), &house, noon() + Span::minutes(40));
    assert_eq!(quiet.len(), 2, "the runbook's and the host's");
    here.at(1, 2, |incident| {
        let task = incident.tasks.keys().next().cloned().unwrap();
        write::tasks::stand(incident, &task, TaskState::Done, "")
    });
    let fold = here.fold();
    let keys: Vec<&str> = firings(fold.incident(), &house)
        .iter()
        .map(|firing| firing.rule.key.as_str())
        .collect();
    assert!(keys.contains(&"after-a-promotion"), "{keys:?}");
}

#[test]
fn a_hosts_rule_that_cannot_be_read_is_told() {
    for (rule, why) in [
        (stated("Moon", "moon", "Add task: x"), "“moon” is no “when”"),
        (stated("Then", "priority 1", "x"), "“x” is no “then”"),
        (
            stated("Clock", "priority 1", "Clock: soon"),
            "“Clock: soon” is no “then”",
        ),
    ] {
        let told = of_house(&[rule]).unwrap_err();
        assert!(told.contains(why), "{told}");
    }
}
