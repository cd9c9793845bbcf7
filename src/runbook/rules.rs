//! Rules that act: what a runbook or the host has done or proposed when something happens.
//!
//! Rules are text, and pure: from an incident follows what fired and which events that asks for.
//! Such an event is made of its rule and its cause alone, so two people whose browsers fire the same
//! rule for the same cause hold the same event; for causes that they made apart from each other, the
//! same task. Nothing is ever written for silence or for time.

use super::markdown::{marked, role, slug, takes};
use crate::model::incident::{Entry, Incident};
use crate::model::organisation::StatedRule;
use crate::model::task::{Attachment, Rule, Task, TaskChange, TaskId, Then, When};
use crate::model::term::{Priority, Stage};
use crate::model::{Draft, Event, Fact, Timestamp};

/// Reads a rule from a list item: its words, and below them `When` and what follows.
pub(super) fn read(lines: &[&str], number: usize) -> Option<Rule> {
    let (text, fields) = lines.split_first()?;
    let mut when = None;
    let mut then = None;
    for line in fields {
        let Some((name, value)) = marked(line).and_then(|(_, field)| field.split_once(':')) else {
            continue;
        };
        if name.trim().eq_ignore_ascii_case("when") {
            when = read_when(value.trim());
        } else {
            then = read_then(name, value).or(then);
        }
    }
    Some(Rule {
        key: format!("rule-{number}"),
        text: text.trim().to_owned(),
        when: when?,
        then: then?,
    })
}

fn read_when(text: &str) -> Option<When> {
    let (kind, rest) = text.split_once(' ')?;
    let rest = rest.trim();
    match kind.to_ascii_lowercase().as_str() {
        "stage" => Stage::named(&rest.to_ascii_lowercase()).map(When::StageEntered),
        "priority" => {
            let priorities: Option<Vec<Priority>> = rest
                .split(',')
                .map(|number| Priority::new(number.trim().parse().ok()?))
                .collect();
            priorities.map(When::PriorityRaised)
        }
        "task" => rest
            .strip_suffix("done")
            .map(|title| When::TaskDone(TaskId::from(slug(title).as_str()))),
        "silence" => takes(rest).map(|(minutes, _)| When::Silence(minutes)),
        _ => None,
    }
}

fn read_then(name: &str, value: &str) -> Option<Then> {
    let value = value.trim();
    match name.trim().to_ascii_lowercase().as_str() {
        "add task" => Some(Then::AddTask(value.to_owned())),
        "propose task" => Some(Then::ProposeTask(value.to_owned())),
        "propose role" => Some(Then::ProposeRole(role(value))),
        "draft for" => Some(Then::OpenDraft(value.to_ascii_lowercase())),
        "clock" => read_clock(value),
        _ => None,
    }
}

/// What the host's rules are named by.
const HOUSE: &str = "muster.json";

/// The host's rules, as those of a runbook that every incident follows from its beginning.
///
/// # Errors
/// Which rule cannot be read, and what it may say.
pub fn of_house(stated: &[StatedRule]) -> Result<Attachment, String> {
    let rule = |stated: &StatedRule| {
        let unread = |what: &str, text: &str| {
            format!(
                "muster.json: the rule “{}” cannot be read: “{text}” is no {what}. docs/organisation.md has what can stand there.",
                stated.text
            )
        };
        let then = stated.then.split_once(':');
        Ok(Rule {
            key: slug(&stated.text),
            text: stated.text.clone(),
            when: read_when(&stated.when).ok_or_else(|| unread("“when”", &stated.when))?,
            then: then
                .and_then(|(name, value)| read_then(name, value))
                .ok_or_else(|| unread("“then”", &stated.then))?,
        })
    };
    let rules = stated
        .iter()
        .map(rule)
        .collect::<Result<Vec<_>, String>>()?;
    Ok(Attachment {
        runbook: HOUSE.to_owned(),
        title: HOUSE.to_owned(),
        rules,
        ..Attachment::default()
    })
}

/// `30 min Report to the board`.
fn read_clock(text: &str) -> Option<Then> {
    let (minutes, title) = text.split_once("min ")?;
    let (minutes, _) = takes(&format!("{minutes}min"))?;
    Some(Then::StartClock {
        minutes,
        title: title.trim().to_owned(),
    })
}

/// A rule that fired.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Firing<'a> {
    /// The runbook that it is of.
    pub runbook: &'a Attachment,
    /// The rule.
    pub rule: &'a Rule,
    /// What made it fire.
    pub cause: &'a Entry,
}

impl Firing<'_> {
    /// What names the rule, whatever made it fire.
    pub fn source(&self) -> String {
        source(self.runbook, self.rule)
    }

    /// The task that it adds or proposes, by its name for good.
    pub fn task(&self) -> TaskId {
        TaskId::in_runbook(&self.runbook.runbook, &self.rule.key)
    }

    /// What the task says.
    pub fn becomes(&self, title: &str) -> TaskChange {
        TaskChange {
            task: self.task(),
            becomes: Task {
                key: self.rule.key.clone(),
                title: title.to_owned(),
                section: self.runbook.title.clone(),
                ..Task::default()
            },
        }
    }
}

fn source(runbook: &Attachment, rule: &Rule) -> String {
    format!("rule {}@{}/{}", runbook.runbook, runbook.version, rule.key)
}

/// The rules of the host and of the runbooks that are followed, each runbook once, with where they
/// hold from.
fn rules<'a>(
    incident: &'a Incident,
    house: &'a Attachment,
) -> Vec<(&'a Attachment, Option<crate::model::Place>, &'a Rule)> {
    let mut seen: Vec<&str> = Vec::new();
    let mut found: Vec<_> = house.rules.iter().map(|rule| (house, None, rule)).collect();
    for said in &incident.runbooks {
        if !seen.contains(&said.what.runbook.as_str()) {
            seen.push(&said.what.runbook);
            let rules = said.what.rules.iter();
            found.extend(rules.map(|rule| (&said.what, Some(said.place), rule)));
        }
    }
    found
}

/// Every rule that something has made fire, with the first that did. `house` has the host's.
pub fn firings<'a>(incident: &'a Incident, house: &'a Attachment) -> Vec<Firing<'a>> {
    let rules = rules(incident, house).into_iter();
    rules
        .filter_map(|(runbook, from, rule)| {
            let entries = incident.timeline.iter();
            let causes = entries.filter(|entry| {
                entry.stands()
                    && Some(entry.place) > from
                    && is_cause(incident, runbook, &rule.when, &entry.fact)
            });
            let cause = causes.min_by_key(|entry| entry.place)?;
            Some(Firing {
                runbook,
                rule,
                cause,
            })
        })
        .collect()
}

fn is_cause(incident: &Incident, runbook: &Attachment, when: &When, fact: &Fact) -> bool {
    match (when, fact) {
        (When::StageEntered(stage), Fact::StageEntered(entered)) => entered.stage == *stage,
        (When::PriorityRaised(priorities), Fact::Classified(classified)) => classified
            .priority
            .is_some_and(|priority| priorities.contains(&priority)),
        // The host knows no runbook: it means every task of that title.
        (When::TaskDone(key), Fact::TaskCompleted(news)) if runbook.runbook == HOUSE => {
            let record = incident.tasks.get(&news.task);
            let task = record.and_then(|record| record.definition.current());
            task.is_some_and(|task| slug(&task.title) == key.as_str())
        }
        (When::TaskDone(key), Fact::TaskCompleted(news)) => {
            news.task == TaskId::in_runbook(&runbook.runbook, key.as_str())
        }
        _ => false,
    }
}

/// The rules on silence that hold now: since when nobody wrote anything down.
pub fn silences<'a>(
    incident: &'a Incident,
    house: &'a Attachment,
    now: Timestamp,
) -> Vec<Firing<'a>> {
    let written = incident.timeline.iter();
    let last = written
        .filter(|entry| entry.stands() && entry.source.is_none())
        .max_by_key(|entry| (entry.when, entry.place));
    let Some(cause) = last else {
        return Vec::new();
    };
    let quiet = (now - cause.when).whole_minutes();
    let rules = rules(incident, house).into_iter();
    rules
        .filter(|(_, _, rule)| matches!(rule.when, When::Silence(minutes) if quiet >= i64::from(minutes)))
        .map(|(runbook, _, rule)| Firing {
            runbook,
            rule,
            cause,
        })
        .collect()
}

/// The events that rules ask for and that are not there yet. One that was taken back stays so.
pub fn events(incident: &Incident, house: &Attachment) -> Vec<Event> {
    if incident.is_closed() {
        return Vec::new();
    }
    let firings = firings(incident, house).into_iter();
    firings
        .filter_map(|firing| {
            let Then::AddTask(title) = &firing.rule.then else {
                return None;
            };
            let source = firing.source();
            let mut entries = incident.timeline.iter();
            let is_there = entries.any(|entry| entry.source.as_deref() == Some(source.as_str()));
            (!is_there).then(|| event(&firing, &source, title))
        })
        .collect()
}

/// Made of the rule and its cause alone: no clock, no chance, nothing that another copy may not have.
fn event(firing: &Firing<'_>, source: &str, title: &str) -> Event {
    let cause = firing.cause;
    let draft = Fact::TaskChanged(firing.becomes(title)).draft();
    let content = format!("{source}\n{}\n{}", cause.id(), draft.body);
    let draft = Draft {
        on: Some(cause.id()),
        ..draft
    };
    let content: [&[u8]; 2] = [b"muster-rule-1\n", content.as_bytes()];
    Event::made_of(
        &content,
        source.to_owned(),
        cause.place.tick + 1,
        cause.noted,
        draft,
    )
}

#[cfg(test)]
mod tests;
