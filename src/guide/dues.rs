//! What is due by when: targets of the priority, the next word to each audience, the review.
//!
//! Figures come from `classify::targets`; nothing here keeps a clock.

use crate::classify::priority::PATIENCE;
use crate::classify::targets::{self, Audience, Within};
use crate::guide::calls;
use crate::guide::recovery;
use crate::guide::regimes;
use crate::guide::rules;
use crate::guide::stages::{is_live, is_past};
use crate::guide::step::{Act, Circumstances, Due, Urgency};
use crate::guide::tasks;
use crate::guide::words;
use crate::model::fact::Update;
use crate::model::order;
use crate::model::organisation::Organisation;
use crate::model::term::{ActionState, Nature, Phase, Priority, Stamp};
use crate::model::{Incident, Said, Span, Timestamp};
use crate::runbook::plan::Plan;

/// What is nearer than this is soon.
pub(super) const SOON: Span = Span::minutes(15);
/// A review or an improvement is soon a day before.
const SOON_FOR_DAYS: Span = Span::days(1);
/// The first word to each audience of a major incident, after it was declared.
pub const FIRST_WORD: Span = Span::minutes(15);

/// Everything that is due, the most overdue first.
pub fn dues(
    incident: &Incident,
    plan: &Plan,
    now: Timestamp,
    circumstances: &Circumstances,
) -> Vec<Due> {
    let mut dues = Vec::new();
    if let Some(priority) = incident.priority()
        && is_live(incident)
    {
        dues.extend(acknowledge(incident, priority, now, circumstances));
        dues.extend(restore(incident, priority, now, circumstances));
        dues.extend(patience(incident, priority, now));
        dues.extend(answers(incident, priority, now));
        for audience in expecting(&circumstances.organisation) {
            dues.extend(update(
                incident,
                &circumstances.organisation,
                audience,
                priority,
                now,
            ));
        }
    }
    if is_live(incident) {
        dues.extend(promised(incident, &circumstances.organisation, now));
        dues.extend(tasks::dues(incident, plan, now));
        dues.extend(rules::dues(incident, &circumstances.house, now));
    }
    let organisation = &circumstances.organisation;
    dues.extend(regimes::dues(
        incident,
        organisation,
        circumstances.zones,
        now,
    ));
    dues.extend(recovery::dues(incident, now));
    dues.extend(review(incident, now, circumstances));
    dues.extend(improvements(incident, now));
    order::sort_by(&mut dues, |a, b| (a.at, &a.name).cmp(&(b.at, &b.name)));
    dues
}

/// How near a due is; what is nearer than `soon` is soon.
pub(super) fn urgency(at: Timestamp, now: Timestamp, soon: Span) -> Urgency {
    // now == due is on time.
    if now > at {
        Urgency::Overdue
    } else if at - now <= soon {
        Urgency::Soon
    } else {
        Urgency::Later
    }
}

pub(super) fn due(
    name: &str,
    title: &str,
    at: Timestamp,
    now: Timestamp,
    why: String,
    act: Act,
) -> Due {
    Due {
        name: name.to_owned(),
        title: title.to_owned(),
        at,
        urgency: urgency(at, now, SOON),
        why,
        act,
    }
}

fn acknowledge(
    incident: &Incident,
    priority: Priority,
    now: Timestamp,
    circumstances: &Circumstances,
) -> Option<Due> {
    // What is over needs nobody to take it on.
    if incident.is_acknowledged() || is_past(incident) {
        return None;
    }
    let start = incident.declared_at()?;
    let within = targets::acknowledge(priority);
    let at = within.after(start, circumstances.utc_offset_minutes);
    let why = format!(
        "Somebody takes a {priority} on within {} of its declaration (Muster's own default).",
        within.words()
    );
    Some(due(
        "acknowledge",
        "Take it on",
        at,
        now,
        why,
        Act::State(Stamp::Acknowledged),
    ))
}

fn restore(
    incident: &Incident,
    priority: Priority,
    now: Timestamp,
    circumstances: &Circumstances,
) -> Option<Due> {
    if incident.stamp(Stamp::Restored).is_some() {
        return None;
    }
    let start = incident.began_at()?;
    let within = targets::restore(priority);
    let at = within.after(start, circumstances.utc_offset_minutes);
    let why = format!(
        "Service is back within {} at {priority}, from when it began (Muster's own default).",
        within.words()
    );
    Some(due(
        "restore",
        "Service back",
        at,
        now,
        why,
        Act::State(Stamp::Restored),
    ))
}

/// Whoever was called should have answered.
fn answers(incident: &Incident, priority: Priority, now: Timestamp) -> Vec<Due> {
    let waiting = calls::waiting(incident, priority).into_iter();
    let as_due = waiting.map(|call| {
        let title = format!("{}: answer", call.who);
        due(&call.name, &title, call.until, now, call.why, call.act)
    });
    as_due.collect()
}

fn patience(incident: &Incident, priority: Priority, now: Timestamp) -> Option<Due> {
    if priority != Priority::P2 || incident.is_major() || incident.stamp(Stamp::Restored).is_some()
    {
        return None;
    }
    let decided = incident
        .major
        .current_setting()
        .map(|(setting, _)| setting.when)?;
    let began = incident.began_at()?;
    // Who downgraded it knew how old it was.
    if decided - began >= PATIENCE {
        return None;
    }
    let why = "A priority 2 that is not solved after 60 minutes is a major incident (Muster's own default).".to_owned();
    Some(due(
        "patience",
        "Becomes a major incident",
        began + PATIENCE,
        now,
        why,
        Act::Escalate,
    ))
}

/// What outsiders were last told, or else what has happened.
pub fn phase(incident: &Incident) -> Phase {
    if incident.stamp(Stamp::Resolved).is_some() || incident.is_closed() {
        Phase::Resolved
    } else if incident.stamp(Stamp::Restored).is_some()
        || incident.stamp(Stamp::Mitigated).is_some()
    {
        Phase::Monitoring
    } else if incident
        .hypotheses
        .iter()
        .any(|said| said.what.state == crate::model::incident::HypothesisState::Confirmed)
    {
        Phase::Identified
    } else {
        Phase::Investigating
    }
}

/// The audiences that expect to hear: executives and customers, and those whose rhythm the host has
/// set.
fn expecting(organisation: &Organisation) -> Vec<&str> {
    let mut names = vec![Audience::Executives.name(), Audience::Customers.name()];
    for rules in &organisation.audiences {
        if !rules.cadence.is_empty() && !names.contains(&rules.name.as_str()) {
            names.push(&rules.name);
        }
    }
    names
}

/// How often an audience hears at a priority, in a phase: as the host says, or else by Muster's own
/// default; none where it hears of changes only.
pub fn rhythm(
    organisation: &Organisation,
    audience: &str,
    priority: Priority,
    phase: Phase,
) -> Option<Span> {
    let own = organisation.audience(audience);
    if let Some(rules) = own.filter(|rules| !rules.cadence.is_empty()) {
        let rhythm = rules.rhythm(priority, phase)?;
        return (rhythm.minutes > 0).then(|| Span::minutes(i64::from(rhythm.minutes)));
    }
    targets::cadence(Audience::named(audience)?, priority, phase)
}

/// What an audience is called.
pub fn audience_title(organisation: &Organisation, name: &str) -> String {
    let own = organisation
        .audience(name)
        .map_or("", |rules| rules.title.as_str());
    match Audience::named(name) {
        _ if !own.is_empty() => own.to_owned(),
        Some(known) => known.title().to_owned(),
        None => name.to_owned(),
    }
}

/// Why a next update cannot be promised for a time, in a sentence; none where it can. It comes after
/// the update that promises it was sent, by default now; of what is only written down later anything
/// may have been promised.
pub fn refused(
    incident: &Incident,
    next: Option<Timestamp>,
    sent: Option<Timestamp>,
    now: Timestamp,
) -> Option<String> {
    let is_late = next.is_some_and(|next| next <= sent.unwrap_or(now));
    (is_late && incident.nature() != Nature::Retrospective).then(|| {
        let after = if sent.is_some() {
            "when this one was sent"
        } else {
            "now"
        };
        format!("The next update must come after {after}: name a later time, or leave it empty.")
    })
}

/// Whose rhythm it is.
fn rhythm_of(organisation: &Organisation, audience: &str) -> &'static str {
    let own = organisation.audience(audience);
    if own.is_some_and(|rules| !rules.cadence.is_empty()) {
        "the organisation's own rhythm"
    } else {
        "Muster's own default"
    }
}

/// When an audience should next hear; an announced next time goes before the rhythm.
fn update(
    incident: &Incident,
    organisation: &Organisation,
    audience: &str,
    priority: Priority,
    now: Timestamp,
) -> Option<Due> {
    let last = last_update(incident, audience);
    let restored = incident.stamp(Stamp::Restored);
    let told_the_end = last
        .zip(restored)
        .is_some_and(|(said, restored)| said.when >= restored);
    if told_the_end || (!incident.is_major() && last.is_none()) {
        return None;
    }
    let (at, why) = match last {
        Some(said) => {
            if said.what.next_due.is_some() {
                return None;
            }
            let every = rhythm(organisation, audience, priority, phase(incident))?;
            let whose = rhythm_of(organisation, audience);
            (
                said.when + every,
                format!("Every {} at {priority} ({whose}).", words::span(every)),
            )
        }
        None => {
            let start = incident
                .major
                .current_setting()
                .map(|(setting, _)| setting.when)
                .or(incident.declared_at())?;
            (
                start + FIRST_WORD,
                format!(
                    "A first word within {} of a major incident (Muster's own default).",
                    words::span(FIRST_WORD)
                ),
            )
        }
    };
    let name = format!("update_{audience}");
    let act = Act::SendUpdate(audience.to_owned());
    Some(due(
        &name,
        &format!("{}: update", audience_title(organisation, audience)),
        at,
        now,
        why,
        act,
    ))
}

/// The last update that an audience had.
pub fn last_update<'a>(incident: &'a Incident, audience: &str) -> Option<&'a Said<Update>> {
    incident
        .updates
        .iter()
        .filter(|said| said.what.audience == audience)
        .max_by_key(|said| (said.when, said.place))
}

/// Whether an update says that it is over: by its phase; where it has none, by coming once service is
/// back and naming no next time.
pub fn is_last_word(incident: &Incident, said: &Said<Update>) -> bool {
    match said.what.phase {
        Some(phase) => matches!(phase, Phase::Resolved | Phase::Postmortem),
        None => {
            let restored = incident.stamp(Stamp::Restored);
            said.what.next_due.is_none() && restored.is_some_and(|restored| said.when >= restored)
        }
    }
}

/// For when each audience was last promised an update; the last word promises nothing more.
pub(super) fn promises(incident: &Incident) -> Vec<(&str, Timestamp)> {
    let mut audiences: Vec<&str> = incident
        .updates
        .iter()
        .map(|said| said.what.audience.as_str())
        .collect();
    order::sort(&mut audiences);
    audiences.dedup();
    let promise = |name| {
        let said = last_update(incident, name)?;
        let at = said.what.next_due?;
        (!is_last_word(incident, said)).then_some((name, at))
    };
    audiences.into_iter().filter_map(promise).collect()
}

/// Updates that were announced for a time, to whatever audience.
fn promised(incident: &Incident, organisation: &Organisation, now: Timestamp) -> Vec<Due> {
    promises(incident)
        .into_iter()
        .map(|(name, at)| {
            let title = audience_title(organisation, name);
            let why = "The last update said that the next one comes by then.".to_owned();
            due(
                &format!("update_{name}"),
                &format!("{title}: update"),
                at,
                now,
                why,
                Act::SendUpdate(name.to_owned()),
            )
        })
        .collect()
}

fn review(incident: &Incident, now: Timestamp, circumstances: &Circumstances) -> Option<Due> {
    // A page that was imported has its review elsewhere; pasted lines and rules' tasks say nothing of that.
    let mut declared = incident.declared.iter();
    let imported = !incident.declared.is_empty() && declared.all(|said| said.foreign);
    if !incident.is_major() || !incident.reviews.is_empty() || imported {
        return None;
    }
    if incident.waived.contains_key("reviewed") {
        return None;
    }
    let start = incident.ended_at()?;
    let within = targets::review(incident.priority()?);
    let at = within.after(start, circumstances.utc_offset_minutes);
    let why = match within {
        Within::Span(_) => {
            "Within 3 days of service being back, as PagerDuty's process has it (checked)."
                .to_owned()
        }
        Within::BusinessDays(_) => format!(
            "Within {} of service being back (PagerDuty's process for its second level, checked).",
            within.words()
        ),
    };
    let mut due = due("review", "Review", at, now, why, Act::HoldReview);
    due.urgency = urgency(at, now, SOON_FOR_DAYS);
    Some(due)
}

fn improvements(incident: &Incident, now: Timestamp) -> Vec<Due> {
    let open = incident
        .actions
        .iter()
        .filter(|said| !matches!(said.what.state, ActionState::Done | ActionState::Dropped));
    open.filter_map(|said| {
        let at = said.what.action.due?;
        let title = format!("Improvement: {}", said.what.action.text);
        let mut due = due(
            &format!("action_{}", said.id()),
            &title,
            at,
            now,
            "Agreed in the review.".to_owned(),
            Act::UpdateAction(said.id()),
        );
        due.urgency = urgency(at, now, SOON_FOR_DAYS);
        Some(due)
    })
    .collect()
}
