//! The guide's one answer: the next step, what else, what is due, what does not add up.
//!
//! The order is what an experienced major incident manager would say next: agree on what it is,
//! lead, tell, restore; only then the cause. It never asks for a cause before service is back.

use crate::classify::priority::{self, Answers, criterion_question};
use crate::guide::causes;
use crate::guide::dues;
use crate::guide::organisation;
use crate::guide::recovery;
use crate::guide::regimes;
use crate::guide::roles;
use crate::guide::rules;
use crate::guide::stages;
use crate::guide::step::{
    Act, Advice, Circumstances, ConflictOf, Contradiction, Criterion, Due, Met, StageView, Step,
    Urgency, step,
};
use crate::guide::tasks;
use crate::guide::words;
use crate::model::communication::PublicWord;
use crate::model::term::{Criterion as Asked, Nature, Priority, Stage, Stamp};
use crate::model::{EventId, Incident, Register, Span, Timestamp, order};
use crate::runbook::plan::{Plan, plan};

/// An incident that lives in one browser alone is mentioned after this long.
const ALONE_FOR: Span = Span::minutes(20);
/// An export older than this is mentioned again, while things happen.
const EXPORT_OLD: Span = Span::hours(2);

/// Everything that the guide has to say now.
pub fn advise(incident: &Incident, now: Timestamp, circumstances: &Circumstances) -> Advice {
    let plan = plan(incident, now);
    let dues = dues::dues(incident, &plan, now, circumstances);
    let mut contradictions = contradictions(incident, now);
    contradictions.extend(tasks::contradictions(&plan));
    contradictions.extend(regimes::contradictions(incident, now));
    let mut advice = Advice {
        next: None,
        also: Vec::new(),
        next_update: dues
            .iter()
            .find(|due| matches!(due.act, Act::SendUpdate(_)))
            .cloned(),
        dues,
        stages: Stage::ALL
            .iter()
            .map(|stage| stages::view(incident, *stage))
            .collect(),
        conflicts: conflicts(incident),
        contradictions,
    };
    for step in steps(incident, now, circumstances, &plan, &advice) {
        let mut said = advice.next.iter().chain(&advice.also);
        if said.any(|other| other.act == step.act) {
            continue;
        }
        match advice.next {
            None => advice.next = Some(step),
            Some(_) => advice.also.push(step),
        }
    }
    advice
}

/// All steps that make sense now, best first.
fn steps(
    incident: &Incident,
    now: Timestamp,
    circumstances: &Circumstances,
    plan: &Plan,
    advice: &Advice,
) -> Vec<Step> {
    let Advice {
        dues,
        stages,
        conflicts,
        contradictions,
        ..
    } = advice;
    if incident.declared.is_empty() {
        return Vec::new();
    }
    if incident.is_closed() {
        return recovery::go_back(incident)
            .into_iter()
            .chain(after_closing(dues))
            .collect();
    }
    let mut steps = Vec::new();
    // Who has not even said what is broken is asked for that before anything is called late.
    steps.extend(identify(incident, stages));
    steps.extend(roles::handovers(incident));
    let overdue = || dues.iter().filter(|due| due.urgency == Urgency::Overdue);
    let legal = |due: &&Due| matches!(due.act, Act::Notify(..));
    // What the law wants late costs more with every hour than anything of our own.
    steps.extend(
        overdue()
            .filter(legal)
            .filter_map(|due| late(incident, due)),
    );
    steps.extend(
        overdue()
            .filter(|due| !legal(due))
            .filter_map(|due| late(incident, due)),
    );
    steps.extend(conflicts.iter().cloned());
    steps.extend(recovery::go_back(incident));
    steps.extend(recovery::unproven_fix(incident, now));
    steps.extend(ask_criteria(incident, now));
    steps.extend(organisation::steps(&circumstances.organisation, incident));
    steps.extend(stage_steps(incident, stages, now));
    steps.extend(recovery::eased(incident));
    steps.extend(causes::steps(incident));
    steps.extend(regimes::steps(
        incident,
        &circumstances.organisation,
        circumstances.zones,
    ));
    steps.extend(rules::steps(incident, &circumstances.house, now));
    steps.extend(tasks::follow(incident, circumstances));
    steps.extend(tasks::steps(plan));
    steps.extend(roles::staffing(incident));
    steps.extend(contradictions.iter().map(contradicted));
    steps.extend(
        dues.iter()
            .filter(|due| due.urgency == Urgency::Soon)
            .filter_map(soon),
    );
    steps.extend(only_copy(incident, now, circumstances));
    steps
}

fn identify(incident: &Incident, stages: &[StageView]) -> Vec<Step> {
    let open = |name: &str| {
        stages
            .iter()
            .flat_map(|stage| &stage.criteria)
            .any(|criterion| criterion.name == name && criterion.met == Met::Open)
    };
    let mut steps = Vec::new();
    if open("titled") {
        steps.push(step(
            "title",
            "Say what is broken, for whom",
            "Everybody who joins reads this line first.",
            "Write the title",
            Act::WriteTitle,
        ));
    }
    if open("classified") {
        let why = match incident.classified() {
            Some(classification) => classification.why.clone(),
            None => "Three answers give the priority, and with it who is called and how often word goes out.".to_owned(),
        };
        steps.push(step(
            "classify",
            "Answer how bad it is",
            why,
            "Classify",
            Act::Classify,
        ));
    }
    steps
}

/// An overdue thing as a step; clocks that nobody can stop by writing are only shown.
fn late(incident: &Incident, due: &Due) -> Option<Step> {
    let (title, button) = match &due.act {
        Act::SendUpdate(audience) => {
            let last = dues::last_update(incident, audience);
            let title = match last {
                Some(_) => format!(
                    "Tell {} what changed",
                    audience_words(audience, title_in(due))
                ),
                None => format!(
                    "Give {} a first word",
                    audience_words(audience, title_in(due))
                ),
            };
            (title, "Write the update")
        }
        Act::State(Stamp::Acknowledged) => ("Take it on".to_owned(), "I take it on"),
        Act::Escalate => ("Make it a major incident".to_owned(), "Escalate"),
        Act::CallNext(_) => (
            due.title
                .replacen(": answer", " does not answer: call the next", 1),
            "Call the next",
        ),
        Act::HoldReview => return None,
        Act::RemoveWorkaround(_) | Act::JudgeCheck(_) | Act::CheckRecovery => recovery::late(due)?,
        Act::Task(..) => tasks::late(due),
        Act::UpdateAction(_) => (due.title.clone(), "Say where it stands"),
        Act::Notify(..) => (format!("Report: {}", due.title), "Say that it was sent"),
        _ => return None,
    };
    Some(Step {
        because_of: Vec::new(),
        decline: None,
        ..step(
            &format!("late_{}", due.name),
            title,
            due.why.clone(),
            button,
            due.act.clone(),
        )
    })
}

fn soon(due: &Due) -> Option<Step> {
    match &due.act {
        Act::Notify(..) => Some(step(
            &format!("soon_{}", due.name),
            format!("Prepare the report: {}", due.title),
            due.why.clone(),
            "Say that it was sent",
            due.act.clone(),
        )),
        Act::SendUpdate(audience) => Some(step(
            &format!("soon_{}", due.name),
            format!(
                "Prepare the next update to {}",
                audience_words(audience, title_in(due))
            ),
            due.why.clone(),
            "Write the update",
            due.act.clone(),
        )),
        _ => None,
    }
}

/// What the due of an update calls its audience.
fn title_in(due: &Due) -> &str {
    due.title.trim_end_matches(": update")
}

/// An audience within a sentence; the host's own by its title.
fn audience_words(audience: &str, title: &str) -> String {
    match audience {
        "executives" => "the executives".to_owned(),
        "customers" => "customers".to_owned(),
        "technical" => "the technical teams".to_owned(),
        _ => title.to_owned(),
    }
}

fn ask_criteria(incident: &Incident, now: Timestamp) -> Option<Step> {
    let classification = incident.classified()?;
    let (setting, _) = incident.classification.current_setting()?;
    if incident.priority() != Some(Priority::P2)
        || incident.is_major()
        || classification.overruled.is_some()
        || setting.foreign
    {
        return None;
    }
    // A person who downgraded it has answered.
    if incident
        .major
        .current_setting()
        .is_some_and(|(major, _)| major.place > setting.place)
    {
        return None;
    }
    let running = incident.began_at().map_or(Span(0), |began| now - began);
    let to_ask: Vec<Asked> = priority::judge(&Answers::from(classification), running).to_ask;
    let first = to_ask.first()?;
    let mut step = step(
        "criteria",
        "See whether it is a major incident",
        format!(
            "Priority 2 needs a few more answers: {}",
            criterion_question(*first)
        ),
        "Answer",
        Act::AnswerCriteria,
    );
    step.because_of.push(setting.id());
    Some(step)
}

/// What the current stage still expects, one by one; then the next stage; at the end, closing.
fn stage_steps(incident: &Incident, stages: &[StageView], now: Timestamp) -> Vec<Step> {
    let current = incident.stage();
    if current < Stage::Recovery && stages::is_past(incident) {
        return past_steps(incident);
    }
    let Some(index) = stages.iter().position(|view| view.stage == current) else {
        return Vec::new();
    };
    let Some(view) = stages.get(index) else {
        return Vec::new();
    };
    // Titles and answers have their own steps.
    let open = stages::open(&view.criteria)
        .into_iter()
        .filter(|criterion| !matches!(criterion.act, Act::WriteTitle | Act::Classify));
    let back = stages::is_back(incident);
    let (wait, mut open): (Vec<_>, Vec<_>) =
        open.partition(|criterion| !back && waits_for_service(criterion));
    order::sort_by_key(&mut open, |criterion| rank(incident, criterion, now));
    let mut steps: Vec<Step> = open
        .into_iter()
        .map(|criterion| open_criterion(incident, criterion))
        .collect();
    if !steps.is_empty() {
        return steps;
    }
    if !wait.is_empty() || (!back && current > Stage::Recovery) {
        let restored = stages::criteria(incident, Stage::Recovery)
            .into_iter()
            .find(|criterion| criterion.act == Act::State(Stamp::Restored));
        return restored
            .iter()
            .map(|criterion| open_criterion(incident, criterion))
            .collect();
    }
    let next = stages
        .get(index + 1)
        .filter(|next| !next.criteria.is_empty());
    let then = match next {
        Some(next) => {
            let why = format!(
                "Everything that {} expects is done. {}",
                view.short, next.purpose
            );
            step(
                "next_stage",
                format!("Go on: {}", next.long),
                why,
                &format!("Go to {}", next.short),
                Act::EnterStage(next.stage),
            )
        }
        None => {
            steps.extend(recovery::keep_watching(incident, now));
            steps.extend(promised(incident));
            let why = if steps.is_empty() {
                "Everything that was expected is done."
            } else {
                "What the stages expect is done; what is named above still goes on."
            };
            step("close", "Close the incident", why, "Close", Act::Close)
        }
    };
    steps.push(then);
    steps
}

/// In which order what is open is asked for: what people can do, what only time can bring, the last
/// word to those who know that service is back, and then everybody is free.
fn rank(incident: &Incident, criterion: &Criterion, now: Timestamp) -> u8 {
    match &criterion.act {
        act if recovery::only_waits(incident, act, now) => 1,
        Act::SendUpdate(audience) if recovery::has_heard(incident, audience) => 2,
        Act::StandDown => 3,
        _ => 0,
    }
}

/// Service is back, or the fault is mended, in a stage that gathers people: nobody is called any more.
/// Who waits is told, recovery is proven, and then it goes on there.
fn past_steps(incident: &Incident) -> Vec<Step> {
    let back = stages::is_back(incident);
    let criteria = stages::criteria(incident, Stage::Recovery);
    let open = stages::open(&criteria);
    let told = open.iter().filter(|criterion| match &criterion.act {
        Act::SendUpdate(audience) => back && !recovery::has_heard(incident, audience),
        _ => false,
    });
    let proven = open.iter().filter(|criterion| match criterion.name {
        "restored" => true,
        "checked" => back,
        _ => false,
    });
    let steps = told
        .chain(proven)
        .map(|criterion| open_criterion(incident, criterion));
    let recovery = Stage::Recovery;
    let go_on = step(
        "next_stage",
        format!("Go on: {}", stages::describe(recovery).long),
        "What is left is to prove that it holds, to tell those who wait, and to close.",
        &format!("Go to {}", words::stage(recovery)),
        Act::EnterStage(recovery),
    );
    steps.chain([go_on]).collect()
}

/// Updates that were promised: who waits for one hears it before it is closed.
fn promised(incident: &Incident) -> Vec<Step> {
    let promises = dues::promises(incident).into_iter();
    let steps = promises.map(|(audience, _)| {
        step(
            &format!("promised_{audience}"),
            format!(
                "Tell {} that it is over",
                audience_words(audience, audience)
            ),
            "The last update said that another one comes.",
            "Write the update",
            Act::SendUpdate(audience.to_owned()),
        )
    });
    steps.collect()
}

/// What only makes sense once service is back: the fault, its cause, the last word, the review.
fn waits_for_service(criterion: &Criterion) -> bool {
    let of_the_fault = matches!(
        criterion.act,
        Act::RaiseHypothesis | Act::AddFinding | Act::AddAction | Act::HoldReview
    );
    of_the_fault || recovery::waits_for_service(criterion)
}

fn open_criterion(incident: &Incident, criterion: &Criterion) -> Step {
    let (title, button): (String, &str) = match &criterion.act {
        Act::AssignRole(role) => (
            format!("Name the {}", words::role_within(role)),
            "Name who leads",
        ),
        Act::State(Stamp::Acknowledged) => ("Take it on".to_owned(), "I take it on"),
        Act::PageResponder => ("Call those who can help".to_owned(), "Say who was called"),
        Act::OpenBridge => ("Say where everybody meets".to_owned(), "Name the bridge"),
        Act::SendUpdate(audience) => {
            let last = dues::last_update(incident, audience);
            let whom = audience_words(audience, audience);
            let mended = incident.stamp(Stamp::Resolved).is_some();
            let title = if last.is_none() {
                format!("Give {whom} a first word")
            } else if mended || recovery::has_heard(incident, audience) {
                format!("Tell {whom} that it is over")
            } else {
                format!("Tell {whom} that service is back")
            };
            (title, "Write the update")
        }
        Act::AffectService => (
            "Name the services that are hit".to_owned(),
            "Name a service",
        ),
        Act::RaiseHypothesis => (
            "Say what it might be, and who tests it".to_owned(),
            "Raise a hypothesis",
        ),
        Act::ApplyWorkaround => (
            "Find a way for people to work again".to_owned(),
            "A workaround is in place",
        ),
        Act::RestoreService(service) => {
            (format!("See that {service} works again"), "It works again")
        }
        Act::State(Stamp::Restored) => ("Say when service was back".to_owned(), "Service is back"),
        Act::State(Stamp::Resolved) => ("Mend the fault itself".to_owned(), "It is mended"),
        Act::CheckRecovery | Act::BeginCheck(_) | Act::JudgeCheck(_) => {
            recovery::check_words(incident, &criterion.act)
        }
        Act::StartWatch => (
            "Watch for a while whether it holds".to_owned(),
            "Begin to watch",
        ),
        Act::DrainBacklog => (
            "See that the backlog is drained".to_owned(),
            "It is drained",
        ),
        Act::RecordProblem(_) => (
            "Take the workaround away, or record the problem".to_owned(),
            "Record the problem",
        ),
        Act::DecideHypothesis(_) => (
            format!("See whether {}", words::lower_first(&criterion.title)),
            "Decide",
        ),
        Act::StandDown => (
            "Tell everybody that they are free of their role".to_owned(),
            "They are stood down",
        ),
        Act::AddFinding => (
            "Write down what contributed, helped and hindered".to_owned(),
            "Add a finding",
        ),
        Act::AddAction => ("Agree on what changes".to_owned(), "Add an improvement"),
        Act::HoldReview => ("Hold the review".to_owned(), "The review was held"),
        _ => (criterion.title.clone(), "Do it"),
    };
    step(
        criterion.name,
        title,
        criterion.why.clone(),
        button,
        criterion.act.clone(),
    )
}

fn after_closing(dues: &[Due]) -> Vec<Step> {
    dues.iter()
        .filter(|due| due.urgency != Urgency::Later)
        .map(|due| {
            let button = match due.act {
                Act::HoldReview => "The review was held",
                Act::RemoveWorkaround(_) => "It was removed",
                _ => "Say where it stands",
            };
            step(
                &due.name,
                due.title.clone(),
                due.why.clone(),
                button,
                due.act.clone(),
            )
        })
        .collect()
}

fn contradicted(contradiction: &Contradiction) -> Step {
    let mut step = step(
        "contradiction",
        "Two times do not add up",
        contradiction.what.clone(),
        "Correct a time",
        contradiction.act.clone(),
    );
    step.because_of.clone_from(&contradiction.events);
    step
}

fn only_copy(incident: &Incident, now: Timestamp, circumstances: &Circumstances) -> Option<Step> {
    if circumstances.others_hold_it || incident.nature() == Nature::Sample {
        return None;
    }
    let declared = incident.declared_at()?;
    let why = match circumstances.last_export {
        Some(at) if now - at > EXPORT_OLD => format!("The last copy left this browser {} ago. If this machine fails, what came since is lost.", words::span(now - at)),
        None if now - declared > ALONE_FOR => "This browser holds the only copy. If this machine fails, the incident's record is lost.".to_owned(),
        _ => return None,
    };
    Some(step(
        "only_copy",
        "Give a copy to a colleague",
        why,
        "Export",
        Act::Export,
    ))
}

/// What people set apart from each other, each as a step that settles it.
pub fn conflicts(incident: &Incident) -> Vec<Step> {
    let mut found = Vec::new();
    let mut look = |what: ConflictOf, title: &str, events: Vec<EventId>| {
        if !events.is_empty() {
            let mut step = step(
                "conflict",
                format!("Choose one: {title} was set apart"),
                "Two people set it without having seen each other's. The later one holds for now.",
                "Choose",
                Act::SettleConflict(what),
            );
            step.because_of = events;
            found.push(step);
        }
    };
    look(ConflictOf::Title, "the title", apart(&incident.title));
    look(ConflictOf::Summary, "the summary", apart(&incident.summary));
    for word in PublicWord::ALL {
        look(
            ConflictOf::Public(word),
            &format!("for the public, {}", words::public_word(word)),
            apart(incident.public.register(word)),
        );
    }
    look(
        ConflictOf::CustomersHit,
        "whether customers are hit",
        apart(&incident.customers_hit),
    );
    look(
        ConflictOf::Classification,
        "the priority",
        apart(&incident.classification),
    );
    look(ConflictOf::Stage, "the stage", apart(&incident.stage));
    look(
        ConflictOf::Closing,
        "closed or open",
        apart(&incident.closing),
    );
    if apart(&incident.classification).is_empty() {
        look(
            ConflictOf::Major,
            "major or standard",
            apart(&incident.major),
        );
    }
    for (stamp, register) in &incident.stamps {
        look(
            ConflictOf::Stamp(*stamp),
            &format!("“{}”", words::stamp(*stamp)),
            apart_in_time(register),
        );
    }
    for (role, register) in &incident.roles {
        look(
            ConflictOf::Role(role.clone()),
            &words::role_within(role),
            apart(register),
        );
    }
    for (service, register) in &incident.services {
        look(
            ConflictOf::Service(service.clone()),
            &format!("how {service} is"),
            apart(register),
        );
    }
    for (regime, record) in &incident.regimes {
        let of = words::regime(regime);
        for (trigger, register) in &record.stamps {
            look(
                ConflictOf::RegimeStamp(regime.clone(), trigger.clone()),
                &format!("when “{}” was for {of}", words::trigger(trigger)),
                apart_in_time(register),
            );
        }
        for (question, register) in &record.answers {
            look(
                ConflictOf::RegimeAnswer(regime.clone(), question.clone()),
                &format!("“{}” for {of}", words::question(regime, question)),
                apart(register),
            );
        }
        for (report, form) in &record.forms {
            for (field, register) in form {
                let (report_words, field_words) = (words::report(report), words::spelled(field));
                look(
                    ConflictOf::FormField(regime.clone(), report.clone(), field.clone()),
                    &format!("“{field_words}” in the form {of}, {report_words}"),
                    apart(register),
                );
            }
        }
    }
    for (task, record) in &incident.tasks {
        let title = record.task().map_or("", |task| task.title.as_str());
        look(
            ConflictOf::Task(task.clone()),
            &format!("“{title}”"),
            apart(&record.definition),
        );
        look(
            ConflictOf::TaskOwner(task.clone()),
            &format!("who does “{title}”"),
            apart(&record.owner),
        );
    }
    for (event, by) in &incident.amended_apart {
        look(
            ConflictOf::Event(*event),
            "the wording of an entry",
            by.clone(),
        );
    }
    found
}

fn apart<T: PartialEq>(register: &Register<T>) -> Vec<EventId> {
    register
        .conflict()
        .iter()
        .map(|(setting, _)| setting.id())
        .collect()
}

/// Stamps differ by their time, not by their value.
fn apart_in_time(register: &Register<()>) -> Vec<EventId> {
    let heads = register.heads();
    let own: Vec<_> = heads
        .iter()
        .filter(|(setting, ())| !setting.foreign)
        .collect();
    let differ = own.windows(2).any(|pair| pair[0].0.when != pair[1].0.when);
    if differ {
        own.iter().map(|(setting, ())| setting.id()).collect()
    } else {
        Vec::new()
    }
}

/// Times that cannot all be true; said, never refused.
pub fn contradictions(incident: &Incident, now: Timestamp) -> Vec<Contradiction> {
    let order = [
        Stamp::ImpactStarted,
        Stamp::Detected,
        Stamp::Acknowledged,
        Stamp::Mitigated,
        Stamp::Restored,
        Stamp::Resolved,
    ];
    let stated: Vec<(Stamp, Timestamp, EventId)> = order
        .iter()
        .filter_map(|stamp| {
            let (setting, ()) = incident.stamps.get(stamp)?.current_setting()?;
            Some((*stamp, setting.when, setting.id()))
        })
        .collect();
    let mut found = Vec::new();
    for (index, &(later, later_at, later_id)) in stated.iter().enumerate() {
        for &(earlier, earlier_at, earlier_id) in stated.iter().take(index) {
            let comparable = !(earlier == Stamp::Acknowledged && later == Stamp::Mitigated);
            if comparable && later_at < earlier_at {
                found.push(Contradiction {
                    what: format!(
                        "“{}” lies {} before “{}”.",
                        words::stamp(later),
                        words::span(earlier_at - later_at),
                        words::stamp(earlier).to_ascii_lowercase()
                    ),
                    events: vec![later_id, earlier_id],
                    act: Act::State(later),
                });
            }
        }
        if later_at > now + crate::model::clocks::TOLERANCE {
            found.push(Contradiction {
                what: format!(
                    "“{}” lies {} in the future.",
                    words::stamp(later),
                    words::span(later_at - now)
                ),
                events: vec![later_id],
                act: Act::State(later),
            });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classify::priority::classification;
    use crate::guide::write;
    use crate::model::fact::CheckPlan;
    use crate::model::term::{CheckBy, Effect, Level, Role, Scope, Urgency as Soon};
    use crate::model::testing::{incident, noon, writer};
    use crate::model::{Cursor, Draft, Fold, Log, LogScope, Person};
    use proptest::prelude::*;

    /// An incident that grows by drafts, a minute each.
    struct Growing {
        log: Log,
        fold: Fold,
        now: Timestamp,
    }

    impl Growing {
        fn declared(major: bool) -> Self {
            let log = Log::new(LogScope::Incident(incident(1)));
            let fold = Fold::of(&[&log], Cursor::Now);
            let mut growing = Self {
                log,
                fold,
                now: noon(),
            };
            let effect = if major {
                Effect::CannotWork
            } else {
                Effect::Nuisance
            };
            let answers = Answers {
                effect: Some(effect),
                scope: Some(Scope::Most),
                urgency: Some(Soon::GettingWorse),
                ..Answers::default()
            };
            growing.write(|_| write::declare(Nature::Real));
            growing.write(|incident| write::title(incident, "Card payments fail"));
            growing.write(|incident| {
                write::classify(incident, classification(&answers, Span(0), None))
            });
            growing
        }

        fn write(&mut self, draft: impl FnOnce(&Incident) -> Draft) {
            let draft = draft(self.fold.incident());
            self.log.append(writer(1), draft, self.now);
            self.fold = Fold::of(&[&self.log], Cursor::Now);
            self.now = self.now + Span::minutes(1);
        }

        fn advice(&self) -> Advice {
            advise(self.fold.incident(), self.now, &Circumstances::default())
        }

        fn asked(&self) -> Vec<Act> {
            let advice = self.advice();
            let steps = advice.next.into_iter().chain(advice.also);
            steps
                .map(|step| step.act)
                .chain(advice.dues.into_iter().map(|due| due.act))
                .collect()
        }
    }

    /// What asks for the fault or its cause, instead of for service.
    fn asks_for_a_cause(act: &Act) -> bool {
        matches!(
            act,
            Act::RaiseHypothesis
                | Act::DecideHypothesis(_)
                | Act::AddFinding
                | Act::AddAction
                | Act::HoldReview
                | Act::State(Stamp::Resolved)
        )
    }

    #[test]
    fn a_workaround_is_asked_for_before_anything_about_the_cause() {
        let mut growing = Growing::declared(true);
        growing.write(|incident| write::affect(incident, "Checkout", Level::Down));
        growing
            .write(|incident| write::enter_stage(incident, Stage::Investigation, Vec::new(), ""));
        let next = growing.advice().next.map(|step| step.act);
        assert_eq!(next, Some(Act::ApplyWorkaround));
    }

    #[test]
    fn a_review_that_is_entered_too_soon_asks_for_service_first() {
        for major in [true, false] {
            let mut growing = Growing::declared(major);
            growing
                .write(|incident| write::enter_stage(incident, Stage::Review, Vec::new(), "Tired"));
            let next = growing.advice().next.map(|step| step.act);
            assert_eq!(next, Some(Act::State(Stamp::Restored)), "major: {major}");
            growing.write(|incident| write::state(incident, Stamp::Restored, None));
            let next = growing.advice().next.map(|step| step.act);
            let then = if major { Act::AddFinding } else { Act::Close };
            assert_eq!(next, Some(then), "major: {major}");
        }
    }

    /// One of the things that people write down before service is back.
    fn anything(choice: u8, incident: &Incident) -> Draft {
        let stage = Stage::ALL[usize::from(choice) % Stage::ALL.len()];
        let first = incident.hypotheses.first().map(crate::model::Said::id);
        match choice % 22 {
            0 => write::affect(incident, "Checkout", Level::Down),
            1 => write::restore(incident, "Checkout"),
            2 => write::hypothesis("The change at noon"),
            3 => first.map_or_else(
                || write::hypothesis("Another"),
                |first| write::decide_hypothesis(first, choice > 100, ""),
            ),
            4 => write::workaround("The second provider"),
            5 => write::fix("Rolled back"),
            6 => write::check("Authorisations", choice > 100),
            7 => write::state(incident, Stamp::Mitigated, None),
            8 => write::assign(
                incident,
                Role::MajorIncidentManager,
                Person::from_bytes([1; 10]),
            ),
            9 => write::page(&write::Call {
                who: "On call".to_owned(),
                ..write::Call::default()
            }),
            10 => write::waive("relieved", "None exists"),
            11 => write::downgrade(incident, ""),
            12 => write::escalate(incident, ""),
            13 => write::recovery::watch(30),
            14 => write::recovery::drained("All mail is out"),
            15 => write::causes::problem(None, "", "The limit"),
            16 => write::causes::hypothesis("A disk", "Checkout"),
            17 => first.map_or_else(
                || write::workaround("Another"),
                |first| write::causes::evidence(first, true, "It fits"),
            ),
            18 => write::recovery::plan_check(&CheckPlan {
                text: "Orders".to_owned(),
                by: CheckBy::Threshold,
                service: String::new(),
                minutes: Some(10),
            }),
            19 => incident.planned_checks.first().map_or_else(
                || write::note("Nothing is planned"),
                |planned| write::recovery::begin_check(planned.id()),
            ),
            20 => incident.planned_checks.first().map_or_else(
                || write::note("Nothing is planned"),
                |planned| write::recovery::judge_check(incident, planned.id(), choice > 100, ""),
            ),
            _ => write::enter_stage(incident, stage, Vec::new(), ""),
        }
    }

    proptest! {
        #[test]
        fn no_cause_is_asked_for_before_service_is_back(
            major in any::<bool>(),
            choices in prop::collection::vec(any::<(u8, u8)>(), 0..12),
        ) {
            let mut growing = Growing::declared(major);
            for (choice, wait) in choices {
                growing.write(|incident| anything(choice, incident));
                growing.now = growing.now + Span::minutes(wait.into());
                let asked = growing.asked();
                prop_assert!(!asked.iter().any(asks_for_a_cause), "{asked:?}");
                prop_assert!(growing.advice().next.is_some());
            }
        }
    }
}
