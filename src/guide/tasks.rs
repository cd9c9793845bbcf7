//! What the guide says about tasks: what is ready and nobody does, who is to report, what takes too
//! long, what waits for what it cannot get, and when service is expected to be back.
//!
//! The plan comes from `runbook`; here it becomes steps, dues and sentences.

use crate::guide::brief;
use crate::guide::dues::urgency;
use crate::guide::step::{Act, Circumstances, Contradiction, Due, Step, TaskAct, step};
use crate::guide::words;
use crate::model::organisation::Organisation;
use crate::model::task::{TaskId, TaskState};
use crate::model::term::Stage;
use crate::model::{Incident, Span, Timestamp};
use crate::runbook::plan::{AT_MOST_PERCENT, Fault, Plan, Restoration, Row};

/// An answer that is nearer than this is soon.
const SOON: Span = Span::minutes(5);

fn act(row: &Row, act: TaskAct) -> Act {
    Act::Task(row.id.clone(), act)
}

/// Reports that are due, and tasks that take longer than they may.
pub fn dues(incident: &Incident, plan: &Plan, now: Timestamp) -> Vec<Due> {
    let rows = plan.rows.iter().filter(|row| !row.is_over());
    rows.filter_map(|row| report(incident, row, now).or_else(|| overrun(row, now)))
        .collect()
}

fn due(row: &Row, what: &str, title: String, at: Timestamp, now: Timestamp, why: String) -> Due {
    Due {
        name: format!("{what}_{}", row.id),
        title,
        at,
        urgency: urgency(at, now, SOON),
        why,
        act: act(row, TaskAct::Report),
    }
}

fn report(incident: &Incident, row: &Row, now: Timestamp) -> Option<Due> {
    let at = row.report_by?;
    let who = row.doer.map_or("somebody", |person| incident.name(person));
    Some(due(
        row,
        "report",
        format!("{who}: news of “{}”", row.task.title),
        at,
        now,
        format!("{who} was to report back by then."),
    ))
}

/// Nobody said when there is news: the estimate says it.
fn overrun(row: &Row, now: Timestamp) -> Option<Due> {
    let begun = row.since.filter(|_| row.state == TaskState::Running)?;
    let minutes = i64::from(row.task.minutes.or(row.task.at_most)?);
    let most = row
        .task
        .at_most
        .map_or(minutes * AT_MOST_PERCENT / 100, i64::from);
    let most = Span::minutes(most.max(minutes));
    Some(due(
        row,
        "overrun",
        format!("News of “{}”", row.task.title),
        begun + most,
        now,
        format!("It was to take {} at the most.", words::span(most)),
    ))
}

/// An overdue report as a step.
pub fn late(due: &Due) -> (String, &'static str) {
    (
        format!("Ask for {}", first_small(&due.title)),
        "Write the news",
    )
}

fn first_small(title: &str) -> String {
    title
        .strip_prefix("News of ")
        .map_or_else(|| title.to_owned(), |rest| format!("news of {rest}"))
}

/// A runbook that fits, while none is followed.
pub fn follow(incident: &Incident, circumstances: &Circumstances) -> Option<Step> {
    let title = circumstances.fitting_runbook.as_ref()?;
    let stage = incident.stage();
    let in_time = stage > Stage::Identification && stage < Stage::Review;
    (in_time && incident.runbooks.is_empty()).then(|| {
        step(
            "follow_runbook",
            format!("Follow “{title}”"),
            "It fits what is broken. Its tasks are planned at once, with when service is expected back.",
            "Choose a runbook",
            Act::AttachRunbook,
        )
    })
}

/// An address of a task with the incident's own words filled in, where it may be opened: `https`,
/// `tel`, `sms`, `mailto` and what the host names.
pub fn address(incident: &Incident, organisation: &Organisation, url: &str) -> Option<String> {
    const SCHEMES: [&str; 4] = ["https", "tel", "sms", "mailto"];
    let (scheme, _) = url.trim().split_once(':')?;
    let own = organisation.schemes.iter().map(String::as_str);
    let mut known = SCHEMES.into_iter().chain(own);
    known.find(|known| scheme.eq_ignore_ascii_case(known))?;
    let service = incident
        .affected()
        .first()
        .map(|(name, _)| (*name).to_owned());
    let words = [
        (
            "{title}",
            words::marked_title(
                incident.nature(),
                incident.title().unwrap_or_default().to_owned(),
            ),
        ),
        ("{service}", service.unwrap_or_default()),
        (
            "{priority}",
            incident
                .priority()
                .map(|priority| priority.to_string())
                .unwrap_or_default(),
        ),
        (
            "{began}",
            incident
                .began_at()
                .map(|at| at.to_string())
                .unwrap_or_default(),
        ),
    ];
    let mut filled = url.trim().to_owned();
    for (name, value) in words {
        filled = filled.replace(name, &words::percent_encoded(&value));
    }
    Some(filled)
}

/// What could be begun and nobody does, the critical ones first.
pub fn steps(plan: &Plan) -> Vec<Step> {
    let ready = || plan.rows.iter().filter(|row| row.is_ready());
    let mut steps: Vec<Step> = Vec::new();
    if let Some(row) = ready().find(|row| row.critical).or_else(|| ready().next()) {
        let why = if row.critical {
            "The end moves with it: it is on the critical path."
        } else {
            "Nothing stands in its way."
        };
        let (title, button, what) = match row.doer {
            Some(_) => (
                format!("Begin “{}”", row.task.title),
                "It was begun",
                TaskAct::Start,
            ),
            None => (
                format!("Give “{}” to somebody", row.task.title),
                "Give it to somebody",
                TaskAct::Assign,
            ),
        };
        steps.push(step("task_ready", title, why, button, act(row, what)));
    }
    let blocked = plan
        .rows
        .iter()
        .filter(|row| row.state == TaskState::Blocked);
    steps.extend(blocked.map(|row| {
        let why = if row.words.is_empty() {
            "It cannot go on."
        } else {
            &row.words
        };
        let title = format!("Clear the way for “{}”", row.task.title);
        step(
            "task_blocked",
            title,
            why,
            "It goes on",
            act(row, TaskAct::Start),
        )
    }));
    steps
}

/// What is wrong with what waits for what.
pub fn contradictions(plan: &Plan) -> Vec<Contradiction> {
    let title = |id: &TaskId| {
        plan.row(id)
            .map_or_else(|| id.to_string(), |row| row.task.title.clone())
    };
    let contradiction = |what: String, task: &TaskId| Contradiction {
        what,
        events: Vec::new(),
        act: Act::Task(task.clone(), TaskAct::Change),
    };
    plan.faults
        .iter()
        .filter_map(|fault| match fault {
            Fault::Missing { task, before } => {
                let what = format!(
                    "“{}” waits for a task that is not there ({before}).",
                    title(task)
                );
                Some(contradiction(what, task))
            }
            Fault::Circle(circle) => {
                let first = circle.first()?;
                let names: Vec<String> =
                    circle.iter().map(|id| format!("“{}”", title(id))).collect();
                let what = format!(
                    "These tasks wait for each other: {}.",
                    names.join(", then ")
                );
                Some(contradiction(what, first))
            }
        })
        .collect()
}

/// When service is expected to be back, in a line, with why or how sure that is. `wall` writes an
/// instant as the reader's clock shows it.
pub fn restoration(plan: &Plan, wall: impl Fn(Timestamp) -> String) -> Option<(String, String)> {
    let title = |id: &TaskId| plan.row(id).map_or("", |row| row.task.title.as_str());
    match &plan.restoration {
        Restoration::Unplanned => None,
        Restoration::Diagnosing(id) => Some((
            "No estimate yet".to_owned(),
            format!("What is wrong is still being found out: “{}”.", title(id)),
        )),
        Restoration::Over(at) => Some((
            format!("Done since {}", wall(*at)),
            "All tasks that bring service back are over.".to_owned(),
        )),
        Restoration::Between {
            early,
            blocked: Some(id),
            ..
        } => Some((
            format!("Not before {}", wall(*early)),
            format!("“{}” is blocked.", title(id)),
        )),
        Restoration::Between {
            early,
            late,
            unknown,
            blocked: None,
        } => Some((
            format!("Between {} and {}", wall(*early), wall(*late)),
            sureness(*unknown),
        )),
    }
}

fn sureness(unknown: usize) -> String {
    let stretched = format!(
        "By the estimates of the tasks that are left; the later time has each at its most, or half as long again where no most is given ({AT_MOST_PERCENT} %, Muster's own default)."
    );
    match unknown {
        0 => stretched,
        unknown => format!(
            "{stretched} {} no estimate and counted as ten minutes.",
            words::count(unknown, "task has", "tasks have")
        ),
    }
}

/// By how much the end has moved, where that is worth a word.
pub fn slip(plan: &Plan) -> Option<Span> {
    plan.slip()
        .filter(|slip| *slip >= Span::minutes(1) || *slip <= Span::minutes(-5))
}

/// How far a task is, in a word.
pub fn state(row: &Row) -> &'static str {
    match row.state {
        TaskState::Open if !row.needed => "not needed",
        TaskState::Open if !row.waits_for.is_empty() => "waits",
        TaskState::Open => "open",
        TaskState::Blocked => "blocked",
        TaskState::Running => "running",
        TaskState::Skipped => "left out",
        TaskState::Done => "done",
    }
}

/// When a task is needed at all, where it says so.
pub fn only(row: &Row) -> Option<String> {
    let only = &row.task.only;
    let priorities: Vec<String> = only.priorities.iter().map(ToString::to_string).collect();
    let parts: Vec<String> = [
        (!priorities.is_empty()).then(|| format!("at {}", priorities.join(", "))),
        (!only.services.is_empty()).then(|| format!("for {}", only.services.join(", "))),
    ]
    .into_iter()
    .flatten()
    .collect();
    (!parts.is_empty()).then(|| format!("Only {}", parts.join(", ")))
}

/// A task as screens show it.
#[derive(Clone, PartialEq, Eq, Debug, Hash)]
pub struct Line {
    /// With all that is known and follows.
    pub row: Row,
    /// Who does it, or whose it is.
    pub who: String,
    /// How far it is, in a word or two, and how grave that is.
    pub state: (Grave, String),
    /// What it waits for, by name.
    pub waits_for: Vec<String>,
    /// When it is needed at all, where it says so.
    pub only: Option<String>,
}

/// How grave the state of a task is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Grave {
    /// As it should be.
    Plain,
    /// Done.
    Good,
    /// To be minded.
    Soon,
    /// Late, or stuck.
    Late,
}

/// All tasks as screens show them.
pub fn lines(incident: &Incident, plan: &Plan, now: Timestamp) -> Vec<Line> {
    let title = |id: &TaskId| plan.row(id).map(|row| row.task.title.clone());
    plan.rows
        .iter()
        .map(|row| Line {
            who: match (row.doer, &row.task.role) {
                (Some(person), _) => brief::name_or_you(incident, person),
                (None, Some(role)) => match incident.holder(role) {
                    Some(person) => format!(
                        "{} ({})",
                        brief::name_or_you(incident, person),
                        words::role_within(role)
                    ),
                    None => words::role(role),
                },
                (None, None) => String::new(),
            },
            state: graded(row, now),
            waits_for: row.waits_for.iter().filter_map(title).collect(),
            only: only(row),
            row: row.clone(),
        })
        .collect()
}

fn graded(row: &Row, now: Timestamp) -> (Grave, String) {
    let word = state(row).to_owned();
    let estimate = row.task.minutes.or(row.task.at_most);
    let over = row
        .since
        .filter(|_| row.state == TaskState::Running)
        .zip(estimate)
        .map(|(since, minutes)| now - (since + Span::minutes(minutes.into())))
        .filter(|over| over.whole_minutes() > 0);
    match (row.state, over) {
        (_, Some(over)) => (Grave::Late, format!("{} over", words::span(over))),
        (TaskState::Blocked, _) => (Grave::Late, word),
        (TaskState::Running, _) => (Grave::Soon, word),
        (TaskState::Done, _) => (Grave::Good, word),
        _ => (Grave::Plain, word),
    }
}

/// How long a task takes, as it was estimated: "10 to 20 min".
pub fn takes(row: &Row) -> String {
    match (row.task.minutes, row.task.at_most) {
        (Some(minutes), Some(most)) if most > minutes => format!("{minutes} to {most} min"),
        (Some(minutes), _) | (None, Some(minutes)) => format!("{minutes} min"),
        (None, None) => "no estimate".to_owned(),
    }
}
