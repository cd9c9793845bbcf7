//! One line of the timeline in words: what happened, by whom, and what became of it.
//!
//! The only place that turns kinds of events into sentences; screens and documents show them.

use crate::classify::targets::Audience;
use crate::guide::{brief, proposals, roles, words};
use crate::model::communication::{Notice, PublicDescription, PublicWord};
use crate::model::drill::{Pacing, Speed};
use crate::model::fact::{Action, Change, CheckPlan, Decision, Update};
use crate::model::incident::{Hypothesis, HypothesisState, Standing};
use crate::model::task::{Attachment, TaskId};
use crate::model::term::{CheckBy, EntryMark, Level, Stamp};
use crate::model::{Entry, EventId, Fact, Incident, Kind, Span};

/// A line in words.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Line {
    /// What happened, in a word or two; empty for plain words.
    pub lead: String,
    /// The rest.
    pub text: String,
    /// Smaller, below: reasons, sources.
    pub detail: String,
    /// Whether it changed the course of the incident: by its kind, or because a person marked it so.
    pub turning_point: bool,
    /// What a person marked it as, and why.
    pub mark: Option<(EntryMark, String)>,
}

impl Line {
    /// All of its first line: "Stage: Recover".
    pub fn said(&self) -> String {
        match (self.lead.trim(), self.text.trim()) {
            ("", text) => text.to_owned(),
            (lead, "") => lead.to_owned(),
            (lead, text) => format!("{lead}: {text}"),
        }
    }
}

/// An entry in words.
pub fn line(incident: &Incident, entry: &Entry) -> Line {
    let mut line = match entry.standing {
        Standing::Erased => Line {
            lead: "Erased".to_owned(),
            text: "These words were dropped for good.".to_owned(),
            ..Line::default()
        },
        _ => said(incident, entry),
    };
    line.mark = incident
        .mark(entry.id())
        .filter(|_| entry.stands())
        .map(|said| (said.what.mark, said.what.because.clone()));
    line.turning_point = turns(incident, entry);
    let services = incident.about(entry.id());
    if entry.stands() && !services.is_empty() {
        line.detail = lines(&[("", &line.detail), ("About ", &services.join(", "))]);
    }
    line
}

/// Whether an entry changed the course of the incident: what a person marked it as, or else its kind.
pub fn turns(incident: &Incident, entry: &Entry) -> bool {
    let marked = incident.mark(entry.id());
    let by_kind = || {
        matches!(
            entry.kind,
            Kind::Declared
                | Kind::Classified
                | Kind::Escalated
                | Kind::Downgraded
                | Kind::WorkaroundApplied
                | Kind::FixApplied
                | Kind::DecisionMade
                | Kind::Closed
                | Kind::Reopened
                | Kind::StageEntered
        )
    };
    entry.stands() && marked.map_or_else(by_kind, |said| said.what.mark == EntryMark::TurningPoint)
}

/// The retractions that were written in one action with this one: what was taken back together is
/// put back together.
pub fn taken_back_together(incident: &Incident, retraction: EventId) -> Vec<EventId> {
    let mut together = vec![retraction];
    let Some(last) = incident.entry(retraction) else {
        return together;
    };
    // An action writes its retractions in a row, at one instant.
    let mut seq = retraction.seq;
    while let Some(entry) = seq
        .checked_sub(1)
        .and_then(|seq| {
            incident.entry(EventId {
                writer: retraction.writer,
                seq,
            })
        })
        .filter(|entry| entry.kind == Kind::Retracted && entry.noted == last.noted)
    {
        together.push(entry.id());
        seq = entry.id().seq;
    }
    together
}

/// Whether the line only serves others, and is left out of the timeline.
pub fn is_silent(entry: &Entry) -> bool {
    matches!(
        entry.kind,
        Kind::Retracted | Kind::Amended | Kind::PersonNamed
    ) || is_said_again(entry)
}

/// An inject that was delivered apart, by another setting of the drill's clock: one of them is read.
fn is_said_again(entry: &Entry) -> bool {
    entry.kind == Kind::InjectDelivered && entry.standing == Standing::Superseded
}

fn lead(lead: &str, text: &str) -> Line {
    Line {
        lead: lead.to_owned(),
        text: text.to_owned(),
        ..Line::default()
    }
}

fn because(line: Line, detail: &str) -> Line {
    Line {
        detail: detail.to_owned(),
        ..line
    }
}

fn about<'a>(incident: &'a Incident, entry: &Entry) -> &'a str {
    let target = entry.on.and_then(|on| incident.entry(on));
    target
        .and_then(|target| crate::guide::write::text_of(&target.fact))
        .unwrap_or_default()
}

/// Which rule wrote an entry, and which entry made it.
fn by_rule(incident: &Incident, entry: &Entry) -> String {
    let none = Attachment::default();
    let firings = crate::runbook::rules::firings(incident, &none);
    let of_rule = |firing: &&crate::runbook::rules::Firing<'_>| {
        Some(firing.source().as_str()) == entry.source.as_deref()
    };
    firings.iter().find(of_rule).map_or_else(
        || by_another(incident, entry),
        |firing| crate::guide::rules::why(incident, firing),
    )
}

/// A rule of the host, or of a runbook that is not followed any more: by what it left in the event.
fn by_another(incident: &Incident, entry: &Entry) -> String {
    let Some(rule) = entry.source.as_deref().and_then(rule_in) else {
        return String::new();
    };
    let cause = entry.on.and_then(|on| incident.entry(on));
    // Of what has a cause in its own line only its words: a file can have entries that are each other's.
    let cause = cause.map(|cause| match cause.kind {
        Kind::TaskAdded | Kind::TaskChanged | Kind::Proposed | Kind::Accepted | Kind::Declined => {
            about(incident, entry).to_owned()
        }
        _ => {
            let cause = line(incident, cause);
            format!("{} {}", cause.lead, cause.text)
        }
    });
    let cause = cause.unwrap_or_default();
    let because = match cause.trim().trim_end_matches('.') {
        "" => String::new(),
        cause => format!(", because of: {cause}"),
    };
    format!("The rule {rule}{because}.")
}

/// `rule database-failover@2/rule-1` in words.
fn rule_in(source: &str) -> Option<String> {
    let (of, key) = source.strip_prefix("rule ")?.rsplit_once('/')?;
    let (of, version) = of.split_once('@').unwrap_or((of, ""));
    let version = if version.is_empty() {
        String::new()
    } else {
        format!(", version {version}")
    };
    Some(format!("“{}” of {of}{version}", key.replace('-', " ")))
}

/// Whether an entry is the first word on a task.
fn is_first(incident: &Incident, entry: &Entry, task: &TaskId) -> bool {
    let record = incident.tasks.get(task);
    let first = record.and_then(|record| record.definition.first());
    first.is_some_and(|(setting, _)| setting.id() == entry.id())
}

fn task<'a>(incident: &'a Incident, task: &TaskId) -> &'a str {
    let record = incident.tasks.get(task);
    let task = record.and_then(|record| record.definition.standing().next_back());
    task.map_or("a task that is not held here", |(_, task)| &task.title)
}

fn said(incident: &Incident, entry: &Entry) -> Line {
    match &entry.fact {
        Fact::Joined(joined) if joined.name.is_empty() => {
            lead("Joined", "somebody opened the incident")
        }
        Fact::Joined(joined) => lead("Joined", &joined.name),
        Fact::PersonNamed(named) => lead("Named", &named.name),
        Fact::Declared(declaration) => match words::nature(declaration.nature) {
            Some(nature) => lead("Declared", &nature.to_ascii_lowercase()),
            None => lead("Declared", ""),
        },
        Fact::Described(description) => match (&description.title, &description.summary) {
            (Some(title), _) => lead("Title", title),
            (None, Some(summary)) => lead("Summary", summary),
            (None, None) => lead("Described", ""),
        },
        Fact::PublicDescribed(description) => public_words(description),
        Fact::ImpactConfirmed(confirmation) => lead(
            "Customers",
            if confirmation.customers {
                "are hit, a person confirms"
            } else {
                "are not hit, a person confirms"
            },
        ),
        Fact::Observed(observation) => lead(
            words::stamp(observation.stamp),
            if observation.stamp == Stamp::Restored {
                "people can work again"
            } else {
                ""
            },
        ),
        Fact::Classified(classification) => classified(classification),
        Fact::Escalated(reason) => lead("Escalated to a major incident", &reason.reason),
        Fact::Downgraded(reason) => lead("Downgraded to a standard incident", &reason.reason),
        Fact::StageEntered(stage) => {
            let open = match stage.open.len() {
                0 => String::new(),
                open => format!(
                    "{} left open. ",
                    words::count(open, "criterion was", "criteria were")
                ),
            };
            because(
                lead("Stage", words::stage(stage.stage)),
                format!("{open}{}", stage.reason).trim(),
            )
        }
        Fact::RoleAssigned(assigned) if entry.on.is_some() => because(
            lead(&words::role(&assigned.role), incident.name(assigned.person)),
            &format!("“{}.”", roles::taking_over(&assigned.role)),
        ),
        Fact::HandoverOffered(handover) => {
            let to = incident.name(handover.person);
            let role = words::role_within(&handover.role);
            because(
                lead("Hand-over offered", &format!("{role}, to {to}")),
                &handover.brief,
            )
        }
        Fact::RoleAssigned(assigned) => {
            lead(&words::role(&assigned.role), incident.name(assigned.person))
        }
        Fact::RoleReleased(released) => lead(&words::role(&released.role), "nobody now"),
        Fact::ResponderPaged(page) if page.via.is_empty() => lead("Called", &page.who),
        Fact::ResponderPaged(page) => lead("Called", &format!("{} by {}", page.who, page.via)),
        Fact::ResponderAcknowledged(_) => {
            let call = entry.on.and_then(|on| incident.entry(on));
            match call.map(|call| &call.fact) {
                Some(Fact::ResponderPaged(page)) => lead("Answered", &page.who),
                _ => lead("Answered", ""),
            }
        }
        Fact::ResponderLeft(responder) => {
            lead("Left the response", incident.name(responder.person))
        }
        Fact::ResponderJoined(responder) => {
            lead("Joined the response", incident.name(responder.person))
        }
        Fact::BridgeOpened(bridge) => lead("Bridge", &format!("{} {}", bridge.label, bridge.url)),
        Fact::ServiceAffected(affected) => lead(&affected.service, words::level(affected.level)),
        Fact::ServiceRestored(restored) => lead(&restored.service, "works again"),
        Fact::ServiceDefined(service) => lead("Service", &service.name),
        Fact::ServiceRemoved(removed) => lead("Service removed", &removed.name),
        Fact::ContactDefined(contact) => lead("Contact", &contact.name),
        Fact::ContactRemoved(removed) => lead("Contact removed", &removed.name),
        Fact::AudienceDefined(rules) => lead("Audience", rules.title()),
        Fact::AudienceRemoved(removed) => lead("Audience removed", &removed.name),
        Fact::RegimesChosen(choice) => {
            let names: Vec<String> = choice
                .regimes
                .iter()
                .map(|name| words::regime(name))
                .collect();
            let none = names.is_empty().then(|| "none".to_owned());
            lead(
                "Regimes that apply",
                &none.unwrap_or_else(|| names.join(", ")),
            )
        }
        Fact::RunbookKept(kept) => lead("Runbook kept", &kept.runbook),
        Fact::RunbookRemoved(removed) => lead("Runbook removed", &removed.runbook),
        Fact::RunbookAttached(attachment) => because(
            lead("Runbook", &attachment.title),
            &words::count(attachment.tasks.len(), "task", "tasks"),
        ),
        Fact::TaskAdded(task) => lead("Task", &task.title),
        Fact::TaskChanged(change) if entry.source.is_some() => because(
            lead("Task by a rule", &change.becomes.title),
            &by_rule(incident, entry),
        ),
        // A task that was accepted comes into being so, by a name that others may have given it too.
        Fact::TaskChanged(change) if is_first(incident, entry, &change.task) => {
            lead("Task", &change.becomes.title)
        }
        Fact::TaskChanged(change) => lead("Task changed", &change.becomes.title),
        Fact::TaskMoved(moved) => lead("Task put elsewhere", task(incident, &moved.task)),
        Fact::TaskAssigned(assigned) => {
            let who = assigned
                .person
                .map_or("nobody", |person| incident.name(person));
            lead(&format!("Task for {who}"), task(incident, &assigned.task))
        }
        Fact::TaskStarted(news) => because(lead("Begun", task(incident, &news.task)), &news.text),
        Fact::TaskReported(news) => because(lead("News", task(incident, &news.task)), &news.text),
        Fact::TaskBlocked(news) => because(lead("Blocked", task(incident, &news.task)), &news.text),
        Fact::TaskCompleted(news) => because(lead("Done", task(incident, &news.task)), &news.text),
        Fact::TaskSkipped(news) => {
            because(lead("Left out", task(incident, &news.task)), &news.text)
        }
        Fact::TaskReopened(news) => because(
            lead("To be done again", task(incident, &news.task)),
            &news.text,
        ),
        Fact::ToolOpened(opening) => because(
            lead("Opened", &opening.label),
            task(incident, &opening.task),
        ),
        Fact::HandedOff(hand_off) if hand_off.audience == proposals::ASSISTANT => {
            because(lead("Copied", "a brief for an assistant"), &hand_off.text)
        }
        Fact::HandedOff(hand_off) => lead(
            "Copied",
            &format!(
                "a text for {}; not known to be sent",
                audience(&hand_off.audience)
            ),
        ),
        Fact::Proposed(proposed) => because(
            lead(
                proposals::kind_lead(&proposed.what),
                &proposals::words(incident, &proposed.what),
            ),
            &proposals::rests_on(incident, proposed),
        ),
        Fact::Accepted(acceptance) => because(
            lead("Accepted", &proposals::words_of(incident, entry)),
            match acceptance.helped {
                Some(true) => "It helped, in a person's judgement.",
                Some(false) => "It did not help, in a person's judgement.",
                None => "",
            },
        ),
        Fact::Declined(verdict) => because(
            lead("Declined", &proposals::words_of(incident, entry)),
            &verdict.because,
        ),
        Fact::UpdateApproved(approval) => lead(
            &format!("Approved for {}", audience(&approval.audience)),
            &approval.text,
        ),
        Fact::UpdateSent(update) => update_sent(incident, update),
        Fact::RegimeStamped(stamp) => lead(
            "Clock starts",
            &format!(
                "{}, {}",
                words::regime(&stamp.regime),
                words::trigger(&stamp.trigger)
            ),
        ),
        Fact::RegimeAnswered(answered) => {
            let answer = if answered.answer.is_empty() {
                "not known"
            } else {
                &answered.answer
            };
            let question = words::question(&answered.regime, &answered.question);
            lead(
                &format!("Answer for {}", words::regime(&answered.regime)),
                &format!("{question}: {}", words::spelled(answer)),
            )
        }
        Fact::FormFilled(filled) => because(
            lead(
                &format!("Form for {}", words::regime(&filled.regime)),
                &format!(
                    "{}, {}",
                    words::report(&filled.report),
                    words::spelled(&filled.field)
                ),
            ),
            &filled.text,
        ),
        Fact::Notified(notice) => notified(notice),
        Fact::HypothesisRaised(suspicion) => {
            because(lead("Hypothesis", &suspicion.text), &suspicion.service)
        }
        Fact::HypothesisAssigned(tester) => lead(
            &format!("Tested by {}", incident.name(tester.person)),
            about(incident, entry),
        ),
        Fact::EvidenceAdded(evidence) => because(
            lead(
                if evidence.supports {
                    "Speaks for it"
                } else {
                    "Speaks against it"
                },
                &evidence.text,
            ),
            about(incident, entry),
        ),
        Fact::HypothesisConfirmed(verdict) => {
            because(lead("Confirmed", about(incident, entry)), &verdict.because)
        }
        Fact::HypothesisRuledOut(verdict) => {
            because(lead("Ruled out", about(incident, entry)), &verdict.because)
        }
        Fact::ChangeRecorded(change) => because(
            lead(words::change(change.change), &change.text),
            &found_at(change),
        ),
        Fact::DecisionMade(decision) => {
            because(lead("Decision", &decision.text), &choices(decision))
        }
        Fact::WorkaroundApplied(relief) => because(
            lead("Workaround", &relief.text),
            &eased(&relief.service, relief.level, &relief.cost, &relief.undo),
        ),
        Fact::WorkaroundRemoved(verdict) => because(
            lead("Workaround removed", about(incident, entry)),
            &verdict.because,
        ),
        Fact::ProblemRecorded(problem) => because(
            lead(
                format!("Problem record {}", problem.reference).trim_end(),
                &problem.text,
            ),
            about(incident, entry),
        ),
        Fact::ProblemClosed(verdict) => because(
            lead("Problem record closed", about(incident, entry)),
            &verdict.because,
        ),
        Fact::FixApplied(words) => lead("Fix", &words.text),
        Fact::CheckPlanned(plan) => because(lead("Check planned", &plan.text), &decided_by(plan)),
        Fact::CheckBegun(_) => lead("Holds from now on", about(incident, entry)),
        Fact::CheckPassed(words) => because(
            lead("Check passed", &words.text),
            planned(incident, entry, &words.text),
        ),
        Fact::CheckFailed(words) => because(
            lead("Check failed", &words.text),
            planned(incident, entry, &words.text),
        ),
        Fact::WatchStarted(watch) => lead(
            "Watched from now on",
            &format!("for {}", words::span(Span::minutes(watch.minutes.into()))),
        ),
        Fact::BacklogDrained(words) => lead("Backlog drained", &words.text),
        Fact::Note(words) => lead("", &words.text),
        Fact::PictureAdded(picture) => because(
            lead("Picture", &picture.text),
            &lines(&[
                ("about ", &picture.service),
                ("to: ", about(incident, entry)),
            ]),
        ),
        Fact::DrillBegun(start) => because(lead("Drill begun", &start.title), &pace(start.speed)),
        Fact::DrillPaced(pacing) => paced(pacing),
        Fact::InjectDelivered(inject) => because(
            lead(&inject.from, &inject.text),
            &format!("Drill, minute {}", inject.minute),
        ),
        Fact::InjectSkipped(skipped) => lead(
            "Left out of the drill",
            &format!("inject {}", skipped.inject),
        ),
        Fact::DrillEnded(words) => lead("Drill ended", &words.text),
        Fact::ReviewHeld(words) => lead("Review held", &words.text),
        Fact::FindingAdded(finding) => lead(finding_words(finding.finding), &finding.text),
        Fact::WhyAnswered(words) => {
            because(lead("Why", &words.text), &asked_of(about(incident, entry)))
        }
        Fact::EntryMarked(marking) => because(
            lead(mark_words(marking.mark), about(incident, entry)),
            &marking.because,
        ),
        Fact::EntryTagged(tag) => lead(&format!("About {}", tag.service), about(incident, entry)),
        Fact::RunbookImproved(improved) => {
            lead("Runbook improved", &colon(&improved.title, &improved.text))
        }
        Fact::ActionAdded(action) => {
            because(lead("Improvement", &action.text), &action_details(action))
        }
        Fact::ActionUpdated(update) => lead(
            &format!("Improvement {}", action_words(update.state)),
            about(incident, entry),
        ),
        Fact::Closed(closure) => because(lead("Closed", &closure.outcome), &closure.reason),
        Fact::Reopened(reason) => lead("Reopened", &reason.reason),
        Fact::Linked(link) => lead(words::relation(link.relation), &link.incident.to_string()),
        Fact::SameAs(same) => lead("Same outage as", &same.incident.to_string()),
        Fact::Amended(amendment) => lead("Corrected", &amendment.because),
        Fact::Retracted(verdict) => lead("Taken back", &verdict.because),
        Fact::Erased(verdict) => lead("Erased an entry", &verdict.because),
        Fact::Waived(waiver) => lead(
            "Does not apply",
            &format!("{} {}", waiver.criterion.replace('_', " "), waiver.reason),
        ),
        Fact::Unread => lead(
            &entry.kind.name().replace('_', " "),
            "an entry that this version cannot read; it is kept as it came",
        ),
    }
}

/// How fast a drill's clock runs, in words.
pub fn pace(speed: Speed) -> String {
    match speed.times() {
        0 => "The clock stands still.".to_owned(),
        1 => "The clock runs as the one on the wall.".to_owned(),
        times => format!("The clock runs {times} times as fast as the one on the wall."),
    }
}

fn paced(pacing: &Pacing) -> Line {
    if pacing.to_minute > 0 {
        let to = format!("on to minute {}", pacing.to_minute);
        return because(lead("Drill", &to), &pace(pacing.speed));
    }
    let what = if pacing.speed.is_paused() {
        "Drill paused"
    } else {
        "Drill goes on"
    };
    because(lead(what, ""), &pace(pacing.speed))
}

fn public_words(description: &PublicDescription) -> Line {
    let said = PublicWord::ALL
        .into_iter()
        .filter_map(|word| Some((word, description.word(word)?)));
    let said: Vec<(PublicWord, &String)> = said.collect();
    let texts: Vec<&str> = said.iter().map(|(_, text)| text.as_str()).collect();
    let of = match said.as_slice() {
        [(word, _)] => format!("For the public, {}", words::public_word(*word)),
        _ => "For the public".to_owned(),
    };
    lead(&of, &texts.join(" · "))
}

/// What is said, a line each, behind what it is.
fn lines(said: &[(&str, &str)]) -> String {
    let mut all = String::new();
    for (what, text) in said {
        if text.is_empty() {
            continue;
        }
        if !all.is_empty() {
            all.push('\n');
        }
        all.push_str(what);
        all.push_str(text);
    }
    all
}

/// What stands below a change: the service, and where it can be found.
pub fn found_at(change: &Change) -> String {
    lines(&[
        ("", change.service.as_str()),
        ("Found at ", &change.reference),
    ])
}

/// What stands below a decision: why, the choices that there were, the service.
pub fn choices(decision: &Decision) -> String {
    let options = decision.options.join("; ");
    lines(&[
        ("", decision.because.as_str()),
        ("Choices: ", &options),
        ("Of ", &decision.service),
    ])
}

/// What stands below a workaround: how the service is with it, what it costs, how it is undone.
pub fn eased(service: &str, level: Option<Level>, cost: &str, undo: &str) -> String {
    let with_it = match level {
        Some(level) => format!("{service} is {} with it", words::level(level)),
        None => service.to_owned(),
    };
    lines(&[
        ("", with_it.as_str()),
        ("Costs: ", cost),
        ("Undone so: ", undo),
    ])
}

/// What stands below a hypothesis: its service, who tests it, what was seen, and how it was decided.
pub fn suspected(incident: &Incident, hypothesis: &Hypothesis) -> String {
    let tester = hypothesis.tester.map_or_else(
        || "nobody".to_owned(),
        |person| brief::name_or_you(incident, person),
    );
    let mut said = vec![
        ("Of ", hypothesis.service.as_str()),
        ("Tested by ", tester.as_str()),
    ];
    if hypothesis.state != HypothesisState::Open && hypothesis.tester.is_none() {
        said.truncate(1);
    }
    let seen = hypothesis.evidence.iter().map(|seen| {
        let which = if seen.what.supports {
            "For it: "
        } else {
            "Against it: "
        };
        (which, seen.what.text.as_str())
    });
    said.extend(seen);
    let because = [("Decided: ", hypothesis.because.as_str())];
    said.extend(because);
    lines(&said)
}

/// By what a planned check is decided, and of which service.
pub fn decided_by(plan: &CheckPlan) -> String {
    let span = plan
        .minutes
        .map(|minutes| words::span(Span::minutes(minutes.into())));
    let by = match span {
        Some(span) if plan.by == CheckBy::Threshold => format!("a figure that holds for {span}"),
        _ => words::check_by(plan.by).to_owned(),
    };
    lines(&[("By ", by.as_str()), ("", &plan.service)])
}

/// What was planned, where the result says something else.
fn planned<'a>(incident: &'a Incident, entry: &Entry, result: &str) -> &'a str {
    let plan = about(incident, entry);
    if plan == result { "" } else { plan }
}

fn update_sent(incident: &Incident, update: &Update) -> Line {
    let phase = update
        .phase
        .map(|phase| format!(" ({})", words::phase(phase).to_ascii_lowercase()))
        .unwrap_or_default();
    let what = if update.corrects.is_some() {
        "Correction"
    } else {
        "Update"
    };
    let corrected = update.corrects.and_then(|id| incident.entry(id));
    let corrected = corrected.and_then(|entry| crate::guide::write::text_of(&entry.fact));
    let details = [
        (!update.reference.is_empty()).then(|| format!("Found at {}", update.reference)),
        corrected.map(|text| format!("In the place of “{text}”")),
    ];
    let details: Vec<String> = details.into_iter().flatten().collect();
    Line {
        lead: format!("{what} to {}{phase}", audience(&update.audience)),
        text: update.text.clone(),
        detail: details.join("\n"),
        ..Line::default()
    }
}

fn notified(notice: &Notice) -> Line {
    let regime = words::regime(&notice.regime);
    let details = [
        ("By", &notice.channel),
        ("Reference", &notice.reference),
        ("Late because", &notice.because),
    ];
    let said = details.iter().filter(|(_, text)| !text.is_empty());
    let details: Vec<String> = said.map(|(what, text)| format!("{what}: {text}")).collect();
    Line {
        lead: "Reported to the authority".to_owned(),
        text: format!("{regime}, {}", words::report(&notice.report)),
        detail: details.join("\n"),
        ..Line::default()
    }
}

fn classified(classification: &crate::model::fact::Classification) -> Line {
    let lead = match classification.priority {
        Some(priority) if classification.major => format!("{priority}, major incident"),
        Some(priority) => format!("{priority}, standard incident"),
        None => "Priority pending".to_owned(),
    };
    let detail = classification
        .overruled
        .as_ref()
        .map(|reason| format!("Decided by a person: {reason}"))
        .unwrap_or_default();
    Line {
        lead,
        text: classification.why.clone(),
        detail,
        ..Line::default()
    }
}

/// What a review found, in a word or two.
pub fn finding_words(finding: crate::model::term::FindingKind) -> &'static str {
    use crate::model::term::FindingKind as F;
    match finding {
        F::ContributingFactor => "Contributing factor",
        F::WentWell => "Went well",
        F::WentBadly => "Went badly",
        F::Luck => "Where we were lucky",
    }
}

/// What an entry was, in a word or two.
pub fn mark_words(mark: EntryMark) -> &'static str {
    match mark {
        EntryMark::TurningPoint => "Turning point",
        EntryMark::Delay => "Delay",
    }
}

/// What an answer to why is the why of.
fn asked_of(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    format!("Of: {text}")
}

fn colon(title: &str, text: &str) -> String {
    match text.trim() {
        "" => title.to_owned(),
        text => format!("{title}: {text}"),
    }
}

/// By what an improvement is measured, and where else it is kept.
pub fn action_details(action: &Action) -> String {
    let parts = [("Measured by", &action.success), ("Ticket", &action.ticket)];
    let parts = parts.iter().filter(|(_, text)| !text.trim().is_empty());
    let parts: Vec<String> = parts
        .map(|(what, text)| format!("{what}: {}", text.trim()))
        .collect();
    parts.join("\n")
}

/// Where an improvement stands, in a word or two.
pub fn action_words(state: crate::model::term::ActionState) -> &'static str {
    use crate::model::term::ActionState as S;
    match state {
        S::Open => "open",
        S::InProgress => "in progress",
        S::Done => "done",
        S::Dropped => "dropped",
    }
}

/// An audience as the screen calls it, within a sentence.
pub fn audience(name: &str) -> String {
    Audience::named(name).map_or_else(
        || name.to_owned(),
        |audience| audience.title().to_ascii_lowercase(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guide::write;
    use crate::model::term::{Nature, Stage};
    use crate::model::testing::{incident, noon, writer};
    use crate::model::{Cursor, Fold, Log, LogScope, Span};

    #[test]
    fn what_was_taken_back_together_is_found_together() {
        let mut log = Log::new(LogScope::Incident(incident(1)));
        let none = Incident::default();
        let [lone, declared, titled] = [
            write::declare(Nature::Real),
            write::declare(Nature::Real),
            write::title(&none, "Card payments fail"),
        ]
        .map(|draft| log.append(writer(1), draft, noon()).id);
        let later = noon() + Span::minutes(1);
        let alone = log.append(writer(1), write::retract(lone), noon()).id;
        let first = log.append(writer(1), write::retract(titled), later).id;
        let second = log.append(writer(1), write::retract(declared), later).id;
        let fold = Fold::of(&[&log], Cursor::Now);
        let together = taken_back_together(fold.incident(), second);
        assert_eq!(together, vec![second, first]);
        assert_eq!(taken_back_together(fold.incident(), alone), vec![alone]);
    }

    #[test]
    fn an_entry_is_about_each_service_that_was_said_of_it_wherever() {
        let mut log = Log::new(LogScope::Incident(incident(1)));
        let note = log
            .append(writer(1), write::note("Timeouts rise"), noon())
            .id;
        let mut theirs = log.clone();
        log.append(writer(1), write::tag(note, " Checkout "), noon());
        theirs.append(writer(2), write::tag(note, "Ledger"), noon());
        theirs.append(writer(2), write::tag(note, "Checkout"), noon());
        log.merge(&theirs);
        let of = |log: &Log| {
            let fold = Fold::of(&[log], Cursor::Now);
            let incident = fold.incident();
            let line = line(incident, incident.entry(note).unwrap());
            (line.detail, write::untag(incident, note, "Checkout"))
        };
        let (detail, untagged) = of(&log);
        assert_eq!(detail, "About Checkout, Ledger");
        // Said twice, it is taken back twice.
        assert_eq!(untagged.len(), 2);
        for draft in untagged {
            log.append(writer(1), draft, noon());
        }
        assert_eq!(of(&log).0, "About Ledger");
        let fold = Fold::of(&[&log], Cursor::Now);
        let named: Vec<&str> = fold.incident().services_named().into_iter().collect();
        assert_eq!(named, ["Ledger"]);
    }

    #[test]
    fn the_reason_for_another_stage_is_said() {
        for (open, reason, detail) in [
            (vec![], "", ""),
            (vec![], "It is down again", "It is down again"),
            (vec!["led"], "", "1 criterion was left open."),
            (
                vec!["led", "called"],
                "Everybody knows",
                "2 criteria were left open. Everybody knows",
            ),
        ] {
            let mut log = Log::new(LogScope::Incident(incident(1)));
            let open = open.into_iter().map(str::to_owned).collect();
            let draft = write::enter_stage(&Incident::default(), Stage::Escalation, open, reason);
            log.append(writer(1), draft, noon());
            let fold = Fold::of(&[&log], Cursor::Now);
            let incident = fold.incident();
            let line = line(incident, &incident.timeline[0]);
            assert_eq!(line.detail, detail);
        }
    }
}
