//! How it is written down that recovery is checked and watched, and that the response ends.

use super::{about, release, words};
use crate::guide::recovery::held_roles;
use crate::model::fact::{Acknowledgement, CheckPlan, Watch};
use crate::model::{Draft, EventId, Fact, Incident};

/// How recovery will be checked.
pub fn plan_check(plan: &CheckPlan) -> Draft {
    Fact::CheckPlanned(CheckPlan {
        text: plan.text.trim().to_owned(),
        service: plan.service.trim().to_owned(),
        ..plan.clone()
    })
    .draft()
}

/// What a planned check waits for holds from now on.
pub fn begin_check(planned: EventId) -> Draft {
    about(Fact::CheckBegun(Acknowledgement {}).draft(), planned)
}

/// What came of a planned check; without words of its own it says what was planned.
pub fn judge_check(incident: &Incident, planned: EventId, passed: bool, text: &str) -> Draft {
    let mut all = incident.planned_checks.iter();
    let found = all.find(|said| said.id() == planned);
    let plan = found.map_or("", |said| said.what.plan.text.as_str());
    let text = if text.trim().is_empty() { plan } else { text };
    about(super::check(text, passed), planned)
}

/// Recovery is watched from now on, for so many minutes.
pub fn watch(minutes: u32) -> Draft {
    Fact::WatchStarted(Watch { minutes }).draft()
}

/// What had waited was worked off.
pub fn drained(text: &str) -> Draft {
    Fact::BacklogDrained(words(text)).draft()
}

/// Everybody is free of their role, but for who leads.
pub fn stand_down(incident: &Incident) -> Vec<Draft> {
    let roles = held_roles(incident).into_iter();
    roles.map(|role| release(incident, role.clone())).collect()
}
