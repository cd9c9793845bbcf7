//! What rules of runbooks and of the host propose: steps and dues, each with the rule and what made it fire.
//!
//! Nothing here writes; what a rule does by itself is in `runbook::rules`.

use crate::guide::dues::{SOON, urgency};
use crate::guide::step::{Act, Due, Step, step};
use crate::guide::{timeline, words};
use crate::model::task::{Attachment, Rule, Then, When};
use crate::model::{Incident, Span, Timestamp};
use crate::runbook::rules::{Firing, firings, silences};

/// Why a rule speaks: its own words, its runbook, and what made it fire.
pub fn why(incident: &Incident, firing: &Firing<'_>) -> String {
    let cause = timeline::line(incident, firing.cause);
    let cause = format!("{} {}", cause.lead, cause.text);
    format!(
        "“{}” (a rule of {}), because of: {}.",
        firing.rule.text.trim_end_matches('.'),
        firing.runbook.title,
        cause.trim().trim_end_matches('.')
    )
}

/// A rule in a sentence.
pub fn describe(rule: &Rule) -> String {
    let when = match &rule.when {
        When::StageEntered(stage) => format!("When “{}” is entered", words::stage(*stage)),
        When::PriorityRaised(priorities) => {
            let priorities: Vec<String> = priorities.iter().map(ToString::to_string).collect();
            format!("When the priority becomes {}", priorities.join(" or "))
        }
        When::TaskDone(task) => format!("When the task {task} is done"),
        When::Silence(minutes) => format!("When nothing was said for {minutes} minutes"),
    };
    let then = match &rule.then {
        Then::AddTask(title) => format!("the task “{title}” is added"),
        Then::ProposeTask(title) => format!("the task “{title}” is proposed"),
        Then::ProposeRole(role) => format!("somebody is proposed for {}", words::role_within(role)),
        Then::OpenDraft(audience) => {
            format!("an update to {} is proposed", timeline::audience(audience))
        }
        Then::StartClock { minutes, title } => format!("“{title}” is due {minutes} minutes later"),
    };
    format!("{when}, {then}.")
}

fn name(firing: &Firing<'_>) -> String {
    format!("{}/{}", firing.runbook.runbook, firing.rule.key)
}

/// What rules propose now, but for what a person has declined.
pub fn steps(incident: &Incident, house: &Attachment, now: Timestamp) -> Vec<Step> {
    let firings = firings(incident, house).into_iter();
    firings
        .chain(silences(incident, house, now))
        .filter(|firing| !is_declined(incident, firing))
        .filter_map(|firing| {
            let (title, button, act) = proposed(incident, &firing)?;
            let mut step = step(&name(&firing), title, why(incident, &firing), button, act);
            step.because_of = vec![firing.cause.id()];
            step.decline = Some(Act::Waive(step.name.clone()));
            Some(step)
        })
        .collect()
}

/// Whether a person said no. Of silence, only until something new was written and it was silent again.
fn is_declined(incident: &Incident, firing: &Firing<'_>) -> bool {
    let declined = incident.waived.get(&name(firing));
    declined.is_some_and(|said| {
        !matches!(firing.rule.when, When::Silence(_)) || said.place >= firing.cause.place
    })
}

fn proposed(incident: &Incident, firing: &Firing<'_>) -> Option<(String, &'static str, Act)> {
    let silent = matches!(firing.rule.when, When::Silence(_));
    match &firing.rule.then {
        // For silence nothing is ever written: it is proposed.
        Then::AddTask(title) | Then::ProposeTask(title) => {
            let acts = matches!(firing.rule.then, Then::AddTask(_)) && !silent;
            let is_there = incident.tasks.contains_key(&firing.task());
            (!acts && !is_there).then(|| {
                let change = firing.becomes(title);
                (
                    format!("Add the task “{title}”"),
                    "Add it",
                    Act::AcceptTask(Box::new(change)),
                )
            })
        }
        Then::ProposeRole(role) => incident.holder(role).is_none().then(|| {
            let title = format!("Name the {}", words::role_within(role));
            (title, "Give the role", Act::AssignRole(role.clone()))
        }),
        Then::OpenDraft(audience) => {
            let mut updates = incident.updates.iter();
            let told = updates
                .any(|said| said.what.audience == *audience && said.place > firing.cause.place);
            (!told).then(|| {
                let title = format!("Write to {}", timeline::audience(audience));
                (title, "Write the update", Act::SendUpdate(audience.clone()))
            })
        }
        Then::StartClock { .. } => None,
    }
}

/// The clocks that rules have started, until somebody says that they do not apply any more.
pub fn dues(incident: &Incident, house: &Attachment, now: Timestamp) -> Vec<Due> {
    let firings = firings(incident, house).into_iter();
    firings
        .filter_map(|firing| {
            let Then::StartClock { minutes, title } = &firing.rule.then else {
                return None;
            };
            let name = name(&firing);
            if incident.waived.contains_key(&name) {
                return None;
            }
            let at = firing.cause.when + Span::minutes(i64::from(*minutes));
            Some(Due {
                title: title.clone(),
                at,
                urgency: urgency(at, now, SOON),
                why: why(incident, &firing),
                act: Act::Waive(name.clone()),
                name,
            })
        })
        .collect()
}
