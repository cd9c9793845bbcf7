//! Whether service is proven to be back, and what is still to be done before it is over: checks, the
//! watch, workarounds and their problem records, the backlog, roles.
//!
//! A fix that was applied is not service that is restored (ITIL's resolution and recovery; the list
//! and its figures are Muster's own). Nothing here keeps a clock: where an answer depends on it, `now`
//! comes in.

use crate::guide::causes;
use crate::guide::dues::{self, due, is_last_word};
use crate::guide::stages::{self, criterion, is_back, is_live, stamped};
use crate::guide::step::{Act, Criterion, Due, Met, Step, step};
use crate::guide::words;
use crate::model::fact::Update;
use crate::model::incident::{Check, PlannedCheck, ProblemRecord, Workaround};
use crate::model::organisation::Organisation;
use crate::model::term::{CheckBy, Nature, Role, Stage, Stamp};
use crate::model::{EventId, Incident, Said, Span, Timestamp};

/// How long recovery is watched where nobody says otherwise, in minutes. Muster's own default.
pub const WATCH_MINUTES: u32 = 30;
/// Longer words are shortened where they are named.
const NAMED: usize = 60;

/// Where a planned check stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stand {
    /// Nobody has looked yet; of a threshold, it was not said to hold.
    Open,
    /// The threshold was said to hold; it has held for long enough then.
    Holding(Timestamp),
    /// It is so, by this event.
    Passed(EventId),
    /// It is not so, by this event.
    Failed(EventId),
}

/// Where a planned check stands. A threshold counts as passed only where that was said as long after
/// it began to hold as it was to hold; after a failure it has to begin anew.
pub fn stand(incident: &Incident, planned: &Said<PlannedCheck>) -> Stand {
    let minutes = holds_for(planned);
    let results = || {
        let all = incident.checks.iter();
        all.filter(|said| said.what.of == Some(planned.id()))
    };
    let last = latest(results());
    let failed = latest(results().filter(|said| !said.what.passed));
    let begun = |until: Timestamp| {
        let all = planned.what.begun.iter().filter(|said| {
            let anew = failed.is_none_or(|failed| is_after(said, failed));
            anew && said.when <= until
        });
        latest(all).map(|said| said.when + minutes)
    };
    if let Some(last) = last.filter(|last| last.what.passed) {
        let held = begun(last.when).is_some_and(|until| until <= last.when);
        if held || minutes == Span(0) {
            return Stand::Passed(last.id());
        }
    }
    match (begun(Timestamp::MAX), last) {
        (Some(until), _) if minutes > Span(0) => Stand::Holding(until),
        (_, Some(last)) if !last.what.passed => Stand::Failed(last.id()),
        _ => Stand::Open,
    }
}

fn is_after<A, B>(said: &Said<A>, other: &Said<B>) -> bool {
    (said.when, said.place) > (other.when, other.place)
}

/// For how long a check must be so; nothing where it is decided at once.
fn holds_for(planned: &Said<PlannedCheck>) -> Span {
    let plan = &planned.what.plan;
    let minutes = plan.minutes.filter(|_| plan.by == CheckBy::Threshold);
    Span::minutes(minutes.unwrap_or_default().into())
}

fn latest<'a, T>(said: impl Iterator<Item = &'a Said<T>>) -> Option<&'a Said<T>> {
    said.max_by_key(|said| (said.when, said.place))
}

/// What can be done about a planned check now; none where it has passed.
pub fn act(incident: &Incident, planned: &Said<PlannedCheck>) -> Option<Act> {
    match stand(incident, planned) {
        Stand::Passed(_) => None,
        Stand::Open | Stand::Failed(_) if holds_for(planned) > Span(0) => {
            Some(Act::BeginCheck(planned.id()))
        }
        _ => Some(Act::JudgeCheck(planned.id())),
    }
}

/// Checks that nobody had planned: looked at once, written down.
fn loose(incident: &Incident) -> impl Iterator<Item = &Said<Check>> {
    let is_planned = |id: EventId| {
        let mut planned = incident.planned_checks.iter();
        planned.any(|said| said.id() == id)
    };
    let all = incident.checks.iter();
    all.filter(move |said| !said.what.of.is_some_and(is_planned))
}

/// The check that failed last and was not made good since.
pub fn failed(incident: &Incident) -> Option<&Said<Check>> {
    let planned = incident.planned_checks.iter();
    let planned = planned.filter_map(|planned| match stand(incident, planned) {
        Stand::Failed(by) => incident.checks.iter().find(|said| said.id() == by),
        _ => None,
    });
    let loose = latest(loose(incident)).filter(|said| !said.what.passed);
    latest(planned.chain(loose))
}

/// The checks that prove recovery: every planned one and the last of the others; empty while one of
/// them is missing or failed.
pub fn proof(incident: &Incident) -> Vec<EventId> {
    let last = latest(loose(incident));
    let mut by: Vec<EventId> = Vec::new();
    for planned in &incident.planned_checks {
        match stand(incident, planned) {
            Stand::Passed(id) => by.push(id),
            _ => return Vec::new(),
        }
    }
    match last {
        Some(said) if !said.what.passed => Vec::new(),
        Some(said) => by.into_iter().chain([said.id()]).collect(),
        None => by,
    }
}

/// What checks recovery next: the planned checks in turn, those that only wait for time last; else
/// one that is written down at once.
pub fn next_check(incident: &Incident) -> Act {
    let planned = || incident.planned_checks.iter();
    let waits = |said: &&Said<PlannedCheck>| matches!(stand(incident, said), Stand::Holding(_));
    let ready = planned().filter(|said| !waits(said));
    let mut acts = ready
        .chain(planned().filter(waits))
        .filter_map(|said| act(incident, said));
    acts.next().unwrap_or(Act::CheckRecovery)
}

/// A planned check by its words, within a sentence.
fn named(incident: &Incident, id: EventId) -> String {
    let mut planned = incident.planned_checks.iter();
    let found = planned.find(|said| said.id() == id);
    let text = found.map_or("the check", |said| said.what.plan.text.trim());
    format!("“{}”", words::shortened(text, NAMED))
}

/// The step that an act about a check is offered by: its title, and its button.
pub(super) fn check_words(incident: &Incident, act: &Act) -> (String, &'static str) {
    match act {
        Act::BeginCheck(id) => (
            format!("See to it that this holds: {}", named(incident, *id)),
            "It holds from now on",
        ),
        Act::JudgeCheck(id) => (
            format!("Check that this is so: {}", named(incident, *id)),
            "Write down the result",
        ),
        _ => ("Check that recovery holds".to_owned(), "Write down a check"),
    }
}

/// The watch that was begun last.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Watching {
    /// The event that began it.
    pub by: EventId,
    /// From when.
    pub from: Timestamp,
    /// Until when.
    pub until: Timestamp,
    /// The check that failed meanwhile; the watch is over with it.
    pub failed: Option<EventId>,
}

impl Watching {
    /// Whether it goes on at an instant.
    pub fn runs(&self, now: Timestamp) -> bool {
        self.failed.is_none() && now < self.until
    }
}

/// The watch that was begun last, with what came of it.
pub fn watch(incident: &Incident) -> Option<Watching> {
    let last = latest(incident.watches.iter())?;
    let until = last.when + Span::minutes(last.what.minutes.into());
    let within =
        |said: &&Said<Check>| !said.what.passed && said.when >= last.when && said.when <= until;
    Some(Watching {
        by: last.id(),
        from: last.when,
        until,
        failed: incident.checks.iter().find(within).map(Said::id),
    })
}

/// Workarounds that are in place, in the order in which they were applied.
pub fn in_place(incident: &Incident) -> impl Iterator<Item = &Said<Workaround>> {
    let all = incident.workarounds.iter();
    all.filter(|said| said.what.removed_by.is_none())
}

/// Problem records that stay open.
pub fn open_problems(incident: &Incident) -> impl Iterator<Item = &Said<ProblemRecord>> {
    let all = incident.problems.iter();
    all.filter(|said| said.what.closed_by.is_none())
}

/// Workarounds in place that no open problem record holds: neither one of its own, nor one that is
/// about all of them.
pub fn without_problem(incident: &Incident) -> impl Iterator<Item = &Said<Workaround>> {
    in_place(incident).filter(|said| {
        !open_problems(incident).any(|problem| {
            let of = problem.what.workaround;
            of.is_none_or(|of| of == said.id())
        })
    })
}

/// Whether an audience has heard anything since service is back.
pub(super) fn has_heard(incident: &Incident, audience: &str) -> bool {
    let last = dues::last_update(incident, audience);
    let restored = incident.stamp(Stamp::Restored);
    last.zip(restored)
        .is_some_and(|(said, restored)| said.when >= restored)
}

/// Whether an update tells of the end that holds: what was over before service failed anew does not.
fn tells_the_end(incident: &Incident, said: &Said<Update>) -> bool {
    let back = match incident.stamp(Stamp::Restored) {
        Some(restored) => said.when >= restored,
        None => is_back(incident),
    };
    back && is_last_word(incident, said)
}

/// The audiences that were told of the incident, and not that it is over.
fn not_told(incident: &Incident) -> Vec<&str> {
    let mut audiences: Vec<&str> = Vec::new();
    for said in &incident.updates {
        let audience = said.what.audience.as_str();
        let heard = incident
            .updates
            .iter()
            .any(|other| other.what.audience == audience && tells_the_end(incident, other));
        if !heard && !audiences.contains(&audience) {
            audiences.push(audience);
        }
    }
    audiences
}

/// What recovery expects before it is over. The light path of a standard incident asks for less.
pub(super) fn criteria(incident: &Incident, major: bool) -> Vec<Criterion> {
    let mut all = services_back(incident);
    if major || !incident.planned_checks.is_empty() {
        all.push(criterion(
            "checked",
            "Recovery was checked, and holds",
            Role::OperationsLead,
            "A fix that was applied is not service that is restored.",
            proof(incident),
            next_check(incident),
        ));
    }
    if major {
        let held = watch(incident).filter(|watch| watch.failed.is_none());
        all.push(criterion(
            "watched",
            "Recovery is watched for a while",
            Role::OperationsLead,
            "What comes back often comes back twice.",
            held.map(|watch| watch.by).into_iter().collect(),
            Act::StartWatch,
        ));
    }
    all.extend(told(incident, major));
    if major {
        all.push(criterion(
            "drained",
            "The backlog is drained",
            Role::OperationsLead,
            "Orders, mails and jobs that waited are still late for somebody.",
            incident.drained.iter().map(Said::id).collect(),
            Act::DrainBacklog,
        ));
    }
    all.extend(mended(incident));
    all.extend(decided(incident));
    if major {
        all.extend(stood_down(incident));
    }
    all
}

fn services_back(incident: &Incident) -> Vec<Criterion> {
    let who = Role::OperationsLead;
    let services = incident.affected().into_iter();
    let mut all: Vec<Criterion> = services
        .map(|(service, _)| Criterion {
            name: "service_back",
            title: format!("{service} works again"),
            who: who.clone(),
            why: "Service that is not said to be back is taken to be down.".to_owned(),
            met: Met::Open,
            act: Act::RestoreService(service.to_owned()),
        })
        .collect();
    all.push(criterion(
        "restored",
        "Service is fully back",
        who,
        "It ends the clock that matters most to people.",
        stamped(incident, Stamp::Restored),
        Act::State(Stamp::Restored),
    ));
    all
}

/// The last word: customers of a major incident hear it at all events, everybody else who was told.
fn told(incident: &Incident, major: bool) -> Vec<Criterion> {
    let after = |said: &&Said<Update>| tells_the_end(incident, said);
    let is_own = |audience: &str| major && audience == "customers";
    let mut all = Vec::new();
    if major {
        let updates = incident.updates.iter().filter(after);
        let to_customers = updates.filter(|said| said.what.audience == "customers");
        all.push(criterion(
            "customers_told_restored",
            "Customers heard that it is over",
            Role::CommunicationsLead,
            "The last word, of the phase “Resolved”, is the one that they remember.",
            to_customers.map(Said::id).collect(),
            Act::SendUpdate("customers".to_owned()),
        ));
    }
    let mut others = incident.updates.iter();
    if others.any(|said| !is_own(&said.what.audience)) {
        let mut waiting = not_told(incident).into_iter();
        let waiting = waiting.find(|audience| !is_own(audience));
        let by = match waiting {
            Some(_) => Vec::new(),
            None => incident
                .updates
                .iter()
                .filter(after)
                .map(Said::id)
                .collect(),
        };
        all.push(criterion(
            "everybody_told_restored",
            "Everybody else who was told heard that it is over",
            Role::CommunicationsLead,
            "Who was told of the trouble waits for its end.",
            by,
            Act::SendUpdate(waiting.unwrap_or_default().to_owned()),
        ));
    }
    all
}

/// The fault is mended, or an open problem record holds what is not; no workaround stays without one.
fn mended(incident: &Incident) -> Vec<Criterion> {
    let who = Role::OperationsLead;
    let problems = || open_problems(incident).map(Said::id);
    let stamped = stamped(incident, Stamp::Resolved);
    let by = if stamped.is_empty() {
        problems().collect()
    } else {
        stamped
    };
    let mut all = vec![criterion(
        "resolved",
        "The fault itself is mended",
        who.clone(),
        "A workaround left in place is the next incident. What cannot be mended now goes into a problem record.",
        by,
        Act::State(Stamp::Resolved),
    )];
    if !incident.workarounds.is_empty() {
        let left = without_problem(incident).next().map(Said::id);
        let removed = incident.workarounds.iter();
        let removed = removed.filter_map(|said| said.what.removed_by);
        let by = match left {
            Some(_) => Vec::new(),
            None => removed.chain(problems()).collect(),
        };
        all.push(criterion(
            "workarounds",
            "No workaround is left without a problem record",
            who,
            "What stays in place is forgotten, unless a record holds what is still to be mended.",
            by,
            Act::RecordProblem(left),
        ));
    }
    all
}

/// Each open hypothesis by its words, so that none is dropped in silence.
fn decided(incident: &Incident) -> impl Iterator<Item = Criterion> {
    causes::undecided(incident).map(|said| Criterion {
        name: "decided",
        title: format!("{} is confirmed or ruled out", causes::named(&said.what)),
        who: Role::OperationsLead,
        why: "A guess that is dropped in silence is tested again next time.".to_owned(),
        met: Met::Open,
        act: Act::DecideHypothesis(said.id()),
    })
}

/// Roles that are held, but for who leads: the review still needs somebody.
pub fn held_roles(incident: &Incident) -> Vec<&Role> {
    let roles = incident.roles.keys();
    let others = roles.filter(|role| **role != Role::MajorIncidentManager);
    others
        .filter(|role| incident.holder(role).is_some())
        .collect()
}

fn stood_down(incident: &Incident) -> Option<Criterion> {
    let others = incident.roles.iter();
    let others = others.filter(|(role, _)| **role != Role::MajorIncidentManager);
    let given: Vec<EventId> = others
        .filter_map(|(_, register)| register.latest())
        .map(|(setting, _)| setting.id())
        .collect();
    if given.is_empty() {
        return None;
    }
    let by = if held_roles(incident).is_empty() {
        given
    } else {
        Vec::new()
    };
    Some(criterion(
        "stood_down",
        "Roles are stood down",
        Role::MajorIncidentManager,
        "Who is not told that it is over stays awake. Whoever leads stays for the review.",
        by,
        Act::StandDown,
    ))
}

/// What only makes sense once service is back.
pub(super) fn waits_for_service(criterion: &Criterion) -> bool {
    matches!(
        criterion.name,
        "watched"
            | "drained"
            | "resolved"
            | "workarounds"
            | "decided"
            | "stood_down"
            | "customers_told_restored"
            | "everybody_told_restored"
    )
}

/// What ends by itself: workarounds, the time for which a threshold must hold, the watch. Workarounds
/// go on when the incident is closed.
pub fn dues(incident: &Incident, now: Timestamp) -> Vec<Due> {
    let mut dues = Vec::new();
    if incident.nature() != Nature::Retrospective {
        dues.extend(in_place(incident).filter_map(|said| runs_out(said, now)));
    }
    if is_live(incident) {
        dues.extend(incident.planned_checks.iter().filter_map(|planned| {
            match stand(incident, planned) {
                Stand::Holding(until) => Some(has_held(incident, planned, until, now)),
                _ => None,
            }
        }));
        dues.extend(watch_ends(incident, now));
    }
    dues
}

fn runs_out(said: &Said<Workaround>, now: Timestamp) -> Option<Due> {
    let title = format!(
        "Workaround ends: {}",
        words::shortened(said.what.text.trim(), NAMED)
    );
    let why = if said.what.undo.is_empty() {
        "It was said to last until then.".to_owned()
    } else {
        format!(
            "It was said to last until then. It is undone so: {}",
            said.what.undo
        )
    };
    let act = Act::RemoveWorkaround(said.id());
    let name = format!("workaround_{}", said.id());
    Some(due(&name, &title, said.what.expires?, now, why, act))
}

fn has_held(
    incident: &Incident,
    planned: &Said<PlannedCheck>,
    until: Timestamp,
    now: Timestamp,
) -> Due {
    let name = named(incident, planned.id());
    let why = format!("It was to hold for {}.", words::span(holds_for(planned)));
    let act = Act::JudgeCheck(planned.id());
    due(
        &format!("check_{}", planned.id()),
        &format!("Whether it held: {name}"),
        until,
        now,
        why,
        act,
    )
}

/// The watch's end, until somebody has said then how it is.
fn watch_ends(incident: &Incident, now: Timestamp) -> Option<Due> {
    let watch = watch(incident).filter(|watch| watch.failed.is_none())?;
    let mut checks = incident.checks.iter();
    // A review comes days later: who has come so far has seen how it ended.
    let reviewed = incident.stage() == Stage::Review && !watch.runs(now);
    if reviewed || checks.any(|said| said.when >= watch.until) {
        return None;
    }
    let why = format!(
        "Recovery is watched for {}, so that what comes back twice is seen.",
        words::span(watch.until - watch.from)
    );
    Some(due(
        "watch",
        "The watch ends",
        watch.until,
        now,
        why,
        Act::CheckRecovery,
    ))
}

/// How what has ended is offered: its title, and its button.
pub(super) fn late(due: &Due) -> Option<(String, &'static str)> {
    match &due.act {
        Act::RemoveWorkaround(_) => Some((due.title.clone(), "It was removed")),
        Act::JudgeCheck(_) => Some((due.title.clone(), "Write down the result")),
        Act::CheckRecovery => Some((
            "The watch has ended: say whether recovery holds".to_owned(),
            "Write down a check",
        )),
        _ => None,
    }
}

/// A check that failed since service was said to be back, or while it was watched: it is not over.
pub fn go_back(incident: &Incident) -> Option<Step> {
    let failed = failed(incident)?;
    if let Some(closed) = incident.closed_at() {
        return (failed.when >= closed).then(|| {
            does_not_hold(
                failed,
                "Recovery does not hold: open it again",
                "it was closed",
                "Open it again",
                Act::Reopen,
            )
        });
    }
    let watched = watch(incident).map(|watch| watch.from);
    let since = [incident.stamp(Stamp::Restored), watched];
    let since = since.into_iter().flatten().min()?;
    // Who has gone on since then has seen to it, and checks again.
    let entered = incident.stage.current_setting();
    let seen_to = entered
        .is_some_and(|(setting, _)| (setting.when, setting.place) > (failed.when, failed.place));
    let is_now = failed.when >= since && !seen_to;
    (is_now && incident.stage() >= Stage::Recovery).then(|| {
        does_not_hold(
            failed,
            "Recovery does not hold: go back to the workaround",
            "service was said to be back",
            "Go back",
            Act::EnterStage(Stage::Investigation),
        )
    })
}

fn does_not_hold(failed: &Said<Check>, title: &str, after: &str, button: &str, act: Act) -> Step {
    let why = format!("“{}” failed after {after}.", failed.what.text.trim());
    let mut step = step("check_failed", title, why, button, act);
    step.because_of.push(failed.id());
    step
}

/// A fix that was applied and not yet proven by checks.
pub fn unproven_fix(incident: &Incident, now: Timestamp) -> Option<Step> {
    let fix = latest(incident.fixes.iter())?;
    let proven = !proof(incident).is_empty() && {
        let mut checks = incident.checks.iter();
        checks.any(|said| said.what.passed && said.when >= fix.when)
    };
    // The light path takes a person's word.
    let said_so = !incident.is_major() && is_back(incident);
    if proven || said_so || incident.waived.contains_key("checked") {
        return None;
    }
    let act = next_check(incident);
    if only_waits(incident, &act, now) {
        return None;
    }
    let (title, button) = check_words(incident, &act);
    let why = format!(
        "“{}” was applied; that is not service that is restored, until checks pass.",
        words::shortened(fix.what.trim(), NAMED)
    );
    let mut step = step("unproven_fix", title, why, button, act);
    step.because_of.push(fix.id());
    Some(step)
}

/// Whether an act is about a planned check that waits for nothing but time.
pub(super) fn only_waits(incident: &Incident, act: &Act, now: Timestamp) -> bool {
    let Act::JudgeCheck(id) = act else {
        return false;
    };
    let mut planned = incident.planned_checks.iter();
    let found = planned.find(|said| said.id() == *id);
    found.is_some_and(|said| matches!(stand(incident, said), Stand::Holding(until) if now < until))
}

/// A workaround is in place, and nobody has said since when the effect is smaller.
pub fn eased(incident: &Incident) -> Option<Step> {
    if incident.stamp(Stamp::Mitigated).is_some() || is_back(incident) {
        return None;
    }
    let first = in_place(incident).next()?;
    let mut step = step(
        "eased",
        "Say since when the effect is smaller",
        "A workaround is in place: service is partly back, and the clock of mitigation can stop.",
        "It is smaller",
        Act::State(Stamp::Mitigated),
    );
    step.because_of.push(first.id());
    Some(step)
}

/// While recovery is watched nothing is over yet.
pub(super) fn keep_watching(incident: &Incident, now: Timestamp) -> Option<Step> {
    let watch = watch(incident).filter(|watch| watch.runs(now))?;
    let why = format!(
        "The watch goes on for {}. A check that fails meanwhile says that it is not over.",
        words::span(watch.until - now)
    );
    let mut step = step(
        "watching",
        "Keep watching that it holds",
        why,
        "Write down a check",
        Act::CheckRecovery,
    );
    step.because_of.push(watch.by);
    Some(step)
}

/// What is still open if it is closed now, by name and as a state of affairs: what the stages expect,
/// the watch while it runs, and updates that were promised.
pub fn open_before_closing(
    incident: &Incident,
    organisation: &Organisation,
    now: Timestamp,
) -> Vec<(String, String)> {
    let criteria = Stage::ALL
        .iter()
        .flat_map(|stage| stages::criteria(incident, *stage))
        .filter(|criterion| criterion.met == Met::Open)
        .map(|criterion| (criterion.name.to_owned(), criterion.title));
    let watching = watch(incident).filter(|watch| watch.runs(now));
    let watching = watching.map(|_| ("watching".to_owned(), "The watch is over".to_owned()));
    let promised = dues::promises(incident).into_iter().map(|(audience, _)| {
        let title = dues::audience_title(organisation, audience);
        let title = format!("{title}: the update that was promised was sent");
        (format!("promised_{audience}"), title)
    });
    criteria.chain(watching).chain(promised).collect()
}

#[cfg(test)]
mod tests;
