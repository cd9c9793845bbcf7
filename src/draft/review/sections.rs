//! The sections between the figures and the record: what happened, who did what, what was learnt.

use super::document::{
    Block, Fact, Line, Row, Section, View, fact, list, missing, own, resting, row, table,
};
use super::picture::Table as Drawn;
use super::{chart, record, response};
use crate::guide::{review, timeline, words};
use crate::measure::{Measure, Moment, times};
use crate::model::communication::PublicWord;
use crate::model::fact::Update;
use crate::model::incident::Improvement;
use crate::model::task::TaskState;
use crate::model::term::{ActionKind, ActionState, FindingKind};
use crate::model::{EventId, Incident, Said, Timestamp, order};

/// The id of the section that has the chart as a table.
const CHART_TABLE: &str = "chart-table";

/// The timeline as a chart with its turning points, and the chart as a table.
pub(super) fn charted(view: &View<'_>) -> (Section, Section) {
    let frame = chart::Frame {
        now: view.as_of,
        utc_offset_minutes: view.asked.utc_offset_minutes,
        width: chart::WIDTH,
    };
    let picture = chart::timeline(view.incident, &frame);
    let drawn = drawn(&picture.table);
    let chart = Block::Chart {
        picture,
        table: CHART_TABLE,
    };
    let charted = section(
        "timeline",
        "Timeline",
        vec![chart, record::turning_points(view), record::delays(view)],
    );
    (
        charted,
        section(CHART_TABLE, "The chart as a table", vec![drawn]),
    )
}

fn drawn(from: &Drawn) -> Block {
    let rows = from.rows.iter();
    let rows = rows.map(|cells| row(cells.iter().map(own).collect()));
    let header: Vec<&str> = from.header.iter().map(String::as_str).collect();
    table("", &header, rows.collect(), "The chart is empty.")
}

/// All of them, in order.
pub(super) fn all(view: &View<'_>) -> Vec<Section> {
    vec![
        detection(view),
        response(view),
        factors(view),
        findings(view),
        response::decisions(view),
        response::hypotheses(view),
        response::changes(view),
        response::mending(view),
        actions(view),
        updates(view),
        customers(view),
        regulators(view),
    ]
}

pub(super) fn section(id: &'static str, title: &'static str, blocks: Vec<Block>) -> Section {
    Section { id, title, blocks }
}

fn stated(view: &View<'_>, moment: Moment) -> Fact {
    let stated = view.case.as_ref().and_then(|case| case.stated(moment));
    let Some(stated) = stated else {
        return missing(moment.words(), "Nobody stated when.");
    };
    let noted = view.incident.entry(stated.event).and_then(|entry| entry.by);
    let noted = noted.map(|person| format!("Noted by {}.", view.name(person)));
    let line = resting(view.when(stated.at), vec![stated.event]);
    fact(moment.words(), line, noted.unwrap_or_default())
}

fn measured(view: &View<'_>, measure: Measure) -> Fact {
    let Some(case) = &view.case else {
        return missing(measure.title(), "No declaration stands in the log.");
    };
    let figure = times::figure(case, measure, view.as_of);
    Fact {
        missing: figure.span().is_none(),
        ..fact(
            measure.title(),
            resting(figure.words(), figure.events()),
            "",
        )
    }
}

fn detection(view: &View<'_>) -> Section {
    let mut facts = vec![
        stated(view, Moment::ImpactStarted),
        stated(view, Moment::Detected),
        measured(view, Measure::Detect),
        stated(view, Moment::Declared),
    ];
    facts.push(match view.incident.classification.current_setting() {
        Some((setting, said)) => {
            let priority = said.priority.map(|priority| priority.to_string());
            let priority = priority.unwrap_or_else(|| "Pending".to_owned());
            let overruled = said.overruled.as_ref();
            let overruled = overruled.map(|reason| format!(" Decided by a person: {reason}"));
            let note = [said.why.as_str(), overruled.as_deref().unwrap_or("")].concat();
            let line = resting(
                format!("{priority}, {}", view.when(setting.when)),
                vec![setting.id()],
            );
            fact("Priority", line, note)
        }
        None => missing("Priority", "No priority was set."),
    });
    section("detection", "Detection", vec![Block::Facts(facts)])
}

fn response(view: &View<'_>) -> Section {
    let facts = vec![
        stated(view, Moment::Acknowledged),
        measured(view, Measure::Acknowledge),
        stated(view, Moment::Mitigated),
        measured(view, Measure::Mitigate),
        stated(view, Moment::Restored),
        measured(view, Measure::Restore),
    ];
    let blocks = vec![
        Block::Facts(facts),
        roles(view),
        calls(view),
        stages(view),
        tasks(view),
    ];
    section("response", "Response", blocks)
}

fn roles(view: &View<'_>) -> Block {
    let mut rows: Vec<Row> = Vec::new();
    for (role, register) in &view.incident.roles {
        for (setting, person) in register.standing() {
            let who = match person {
                Some(person) => view.name(*person),
                None => "nobody any more".to_owned(),
            };
            rows.push(row(vec![
                own(words::role(role)),
                resting(who, vec![setting.id()]),
                own(view.when(setting.when)),
            ]));
        }
    }
    table(
        "Who had which role",
        &["Role", "Who", "From"],
        rows,
        "No role was given to anybody.",
    )
}

fn calls(view: &View<'_>) -> Block {
    let calls = view.incident.pages.iter().map(|said| {
        let answered = said.what.answered.map(|at| view.when(at));
        row(vec![
            resting(&said.what.page.who, vec![said.id()]),
            own(&said.what.page.via),
            own(view.when(said.when)),
            own(answered.unwrap_or_else(|| "no answer in the log".to_owned())),
        ])
    });
    let header = ["Who was called", "How", "When", "Answered"];
    table("Calls", &header, calls.collect(), "No call is in the log.")
}

fn stages(view: &View<'_>) -> Block {
    let entered = view.incident.stage.standing().map(|(setting, entry)| {
        let open: Vec<String> = entry.open.iter().map(|name| words::spelled(name)).collect();
        let open = match (open.is_empty(), entry.reason.trim()) {
            (true, reason) => reason.to_owned(),
            (false, "") => open.join(", "),
            (false, reason) => format!("{} ({reason})", open.join(", ")),
        };
        row(vec![
            resting(words::stage(entry.stage), vec![setting.id()]),
            own(view.when(setting.when)),
            own(open),
        ])
    });
    let header = ["Stage", "Entered", "Left open, and why"];
    table(
        "Stages",
        &header,
        entered.collect(),
        "No stage was entered.",
    )
}

fn tasks(view: &View<'_>) -> Block {
    let incident = view.incident;
    let mut tasks: Vec<(Timestamp, Row)> = Vec::new();
    for record in incident.tasks.values() {
        let (stand, Some(task)) = (record.stand(), record.task()) else {
            continue;
        };
        let (Some(since), state) = (stand.since, stand.state) else {
            continue;
        };
        let state = match state {
            TaskState::Open => "to be done again",
            TaskState::Blocked => "blocked",
            TaskState::Running => "begun",
            TaskState::Skipped => "left out",
            TaskState::Done => "done",
        };
        let from: Vec<EventId> = record
            .state
            .heads()
            .iter()
            .map(|(setting, _)| setting.id())
            .collect();
        let doer = record
            .doer(&incident.writers)
            .map(|person| view.name(person));
        let cells = vec![
            resting(&task.title, from),
            own(state),
            own(view.when(since)),
            own(doer.unwrap_or_default()),
            own(stand.text),
        ];
        tasks.push((record.begun_at().unwrap_or(since), row(cells)));
    }
    order::sort_by_key(&mut tasks, |(at, _)| *at);
    let rows = tasks.into_iter().map(|(_, row)| row).collect();
    let header = ["Task", "State", "Since", "By", "Result"];
    table(
        "Tasks that were worked on",
        &header,
        rows,
        "No task was begun.",
    )
}

/// What the review found of one kind.
pub(super) fn found(view: &View<'_>, kind: FindingKind) -> Vec<Line> {
    let found = view.incident.findings.iter();
    let found = found.filter(|said| said.what.finding == kind);
    found
        .map(|said| resting(said.what.text.trim(), vec![said.id()]))
        .collect()
}

fn factors(view: &View<'_>) -> Section {
    let found = found(view, FindingKind::ContributingFactor);
    let none = "No contributing factor is in the log.";
    let mut blocks = vec![list(found, none)];
    for said in &view.incident.findings {
        let answers = review::whys(view.incident, said.id());
        if !answers.is_empty() {
            blocks.push(whys(said.what.text.trim(), answers));
        }
    }
    let loose = review::loose(view.incident);
    if !loose.is_empty() {
        blocks.push(whys("Answers whose finding was taken back", loose));
    }
    section("factors", "Contributing factors, and why", blocks)
}

/// Answers to why, each in the column of how often why was asked.
fn whys(of: &str, answers: Vec<review::Answer>) -> Block {
    let rows = answers.into_iter().map(|answer| {
        let why = format!("Why {}", answer.depth);
        row(vec![
            own(why),
            resting(answer.text.trim(), vec![answer.event]),
        ])
    });
    table(of, &["Asked", "Answer"], rows.collect(), "")
}

fn findings(view: &View<'_>) -> Section {
    let mut blocks = Vec::new();
    for (kind, none) in [
        (
            FindingKind::WentWell,
            "What went well: nothing is in the log.",
        ),
        (
            FindingKind::WentBadly,
            "What went badly: nothing is in the log.",
        ),
        (
            FindingKind::Luck,
            "Where we were lucky: nothing is in the log.",
        ),
    ] {
        let rows = found(view, kind).into_iter().map(|line| row(vec![line]));
        blocks.push(table(
            timeline::finding_words(kind),
            &["Finding"],
            rows.collect(),
            none,
        ));
    }
    let held = view.incident.reviews.iter().map(|said| {
        let text = said.what.trim();
        let when = view.when(said.when);
        let text = if text.is_empty() {
            format!("Held on {when}.")
        } else {
            format!("Held on {when}: {text}")
        };
        resting(text, vec![said.id()])
    });
    blocks.push(list(
        held.collect(),
        "No review is known to have been held.",
    ));
    section("findings", "What went well, badly, and by luck", blocks)
}

/// Improvements: what is open first, then by when it is due.
pub(super) fn improvements(incident: &Incident) -> Vec<&Said<Improvement>> {
    let mut all: Vec<&Said<Improvement>> = incident.actions.iter().collect();
    order::sort_by_key(&mut all, |said| {
        let over = matches!(said.what.state, ActionState::Done | ActionState::Dropped);
        (
            over,
            said.what.action.due.unwrap_or(Timestamp::MAX),
            said.place,
        )
    });
    all
}

fn kind_words(kind: ActionKind) -> &'static str {
    match kind {
        ActionKind::Prevent => "prevent",
        ActionKind::Mitigate => "mitigate",
        ActionKind::Detect => "detect",
        ActionKind::Process => "process",
    }
}

fn actions(view: &View<'_>) -> Section {
    let rows = improvements(view.incident).into_iter().map(|said| {
        let action = &said.what.action;
        let owner = action.owner.map(|person| view.name(person));
        let due = action.due.map(|due| view.day(due));
        let state = timeline::action_words(said.what.state);
        row(vec![
            resting(
                lines(&action.text, &timeline::action_details(action)),
                vec![said.id()],
            ),
            own(kind_words(action.action)),
            own(owner.unwrap_or_else(|| "nobody yet".to_owned())),
            own(due.unwrap_or_else(|| "no date".to_owned())),
            resting(state, said.what.updated_by.into_iter().collect()),
        ])
    });
    let header = ["What", "Kind", "Owner", "Due", "State"];
    let none = "No improvement was agreed.";
    let mut blocks = vec![table("", &header, rows.collect(), none)];
    let improved = view.incident.runbooks_improved.iter().map(|said| {
        row(vec![
            own(view.when(said.when)),
            resting(said.what.title.trim(), vec![said.id()]),
            own(said.what.text.trim()),
            own(view.who(said)),
        ])
    });
    let improved: Vec<Row> = improved.collect();
    if !improved.is_empty() {
        let header = ["When", "Runbook", "What is better now", "By"];
        blocks.push(table("Runbooks that were improved", &header, improved, ""));
    }
    section("actions", "Actions", blocks)
}

/// Words, and smaller ones below them.
pub(super) fn lines(text: &str, below: &str) -> String {
    let parts = [text.trim(), below.trim()];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join("\n")
}

fn updates(view: &View<'_>) -> Section {
    let mut updates: Vec<&Said<Update>> = view.incident.updates.iter().collect();
    order::sort_by_key(&mut updates, |said| (said.when, said.place));
    let rows = updates.into_iter().map(|said| {
        let mut to = timeline::audience(&said.what.audience);
        if !said.what.channel.trim().is_empty() {
            to.push_str(&format!(", by {}", said.what.channel.trim()));
        }
        let phase = said.what.phase.map(words::phase);
        row(vec![
            own(view.when(said.when)),
            own(to),
            own(phase.unwrap_or_default()),
            resting(said.what.text.trim(), vec![said.id()]),
        ])
    });
    let header = ["When", "To", "Phase", "What it said"];
    let table = table("", &header, rows.collect(), "No update is in the log.");
    section("updates", "Updates that were sent", vec![table])
}

/// Whom the customer message goes to, by their name in files.
const CUSTOMERS: &str = "customers";

fn customers(view: &View<'_>) -> Section {
    let incident = view.incident;
    let words = PublicWord::ALL.into_iter().map(|word| {
        let term = match word {
            PublicWord::What => "What they noticed",
            PublicWord::Whom => "Who was hit",
            PublicWord::Workaround => "What they could do meanwhile",
        };
        let register = incident.public.register(word);
        let said = register.current_setting();
        let said = said.filter(|(_, text)| !text.trim().is_empty());
        said.map_or_else(
            || missing(term, "Nothing was written for outsiders."),
            |(setting, text)| fact(term, resting(text.trim(), vec![setting.id()]), ""),
        )
    });
    let mut blocks = vec![Block::Facts(words.collect())];
    let to_them = incident.updates.iter();
    let to_them = to_them.filter(|said| said.what.audience == CUSTOMERS);
    blocks.push(match to_them.max_by_key(|said| (said.when, said.place)) {
        Some(last) => Block::Quote(resting(last.what.text.trim(), vec![last.id()])),
        None => Block::Missing("No message to customers is in the log.".to_owned()),
    });
    section("customers", "Message to customers", blocks)
}

fn regulators(view: &View<'_>) -> Section {
    let mut rows: Vec<(Timestamp, Row)> = Vec::new();
    for (regime, record) in &view.incident.regimes {
        let name = words::regime(regime);
        for (trigger, register) in &record.stamps {
            if let Some((setting, ())) = register.current_setting() {
                let what = resting(words::trigger(trigger), vec![setting.id()]);
                let cells = vec![own(view.when(setting.when)), own(&name), what, own("")];
                rows.push((setting.when, row(cells)));
            }
        }
        for said in &record.notices {
            let notice = &said.what;
            let parts = [
                ("By", &notice.channel),
                ("Reference", &notice.reference),
                ("Late because", &notice.because),
            ];
            let parts = parts.iter().filter(|(_, text)| !text.trim().is_empty());
            let parts: Vec<String> = parts
                .map(|(what, text)| format!("{what}: {}", text.trim()))
                .collect();
            let what = format!("Report sent: {}", words::report(&notice.report));
            let what = resting(what, vec![said.id()]);
            let cells = vec![
                own(view.when(said.when)),
                own(&name),
                what,
                own(parts.join("\n")),
            ];
            rows.push((said.when, row(cells)));
        }
    }
    order::sort_by_key(&mut rows, |(at, _)| *at);
    let rows = rows.into_iter().map(|(_, row)| row).collect();
    let header = ["When", "Regime", "What", "How"];
    let none = "No report to an authority is in the log.";
    let table = table("", &header, rows, none);
    section("regulators", "Reports to authorities", vec![table])
}

pub(super) fn or_none(text: &str) -> String {
    match text.trim() {
        "" => "not said".to_owned(),
        text => text.to_owned(),
    }
}
