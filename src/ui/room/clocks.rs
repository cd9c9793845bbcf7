//! Clocks: service targets and regulators' deadlines on one list, by what is due first.
//!
//! Shows what the guide says of them: where each starts, what stops it, and where it is written.

use leptos::prelude::*;

use super::here::{Here, use_here};
use crate::classify::regime::{Anchor, Beside, Clock, RegimeId, Start, State, Verdict, by_due};
use crate::draft::calendar::calendar;
use crate::draft::filed::form_for;
use crate::format::file;
use crate::guide::{Act, Due, Urgency, Zones, regimes, words};
use crate::model::term::Nature;
use crate::model::{Incident, Timestamp};
use crate::ui::browser;
use crate::ui::derived::Derived;
use crate::ui::parts::time::{due_class, wall};
use crate::ui::route::Route;

/// A line of the list.
#[derive(Clone, PartialEq, Debug)]
enum Line {
    Target(Due),
    Regime(Box<Clock>),
}

impl Line {
    fn at(&self) -> Option<Timestamp> {
        match self {
            Self::Target(due) => Some(due.at),
            Self::Regime(clock) if clock.stopped.is_some() => None,
            Self::Regime(clock) => clock.due.map(|due| due.strict).or(clock.starts.at()),
        }
    }
}

/// The list.
#[component]
pub fn Clocks() -> impl IntoView {
    let here = use_here();
    let regimes_lines = Derived::new(move || {
        let organisation = here.session.organisation();
        here.ask(|incident| {
            let mut clocks = regimes::all(incident, &organisation, Zones(browser::offset_in));
            by_due(&mut clocks);
            clocks
        })
        .unwrap_or_default()
    });
    let targets = here.advised(|advice| {
        let dues = advice.dues.iter();
        let own = dues.filter(|due| !matches!(due.act, Act::Notify(..)));
        own.cloned().collect::<Vec<_>>()
    });
    let lines = Derived::new(move || {
        let mut lines: Vec<Line> = targets.get().into_iter().map(Line::Target).collect();
        lines.extend(
            regimes_lines
                .get()
                .into_iter()
                .map(|clock| Line::Regime(Box::new(clock))),
        );
        crate::model::order::sort_by_key(&mut lines, |line| line.at().unwrap_or(Timestamp::MAX));
        lines
    });
    let rows = move || {
        let rows = lines.get().into_iter();
        rows.map(|line| match line {
            Line::Target(due) => target(due).into_any(),
            Line::Regime(clock) => deadline(*clock).into_any(),
        })
        .collect_view()
    };
    view! {
        <h2>"Clocks"</h2>
        <ul class="sheet clocks">{rows}</ul>
        <p><button type="button" class="button small" on:click=move |_| give_calendar(here)>"Calendar (.ics)"</button></p>
        <p class="faint small">"A closed page or a sleeping machine cannot ring. A calendar can: import the file, and again when something has moved."</p>
        <Regimes/>
    }
}

fn give_calendar(here: Here) {
    let organisation = here.session.organisation();
    let now = here.instant();
    let dues = here.advice.with_untracked(|advice| {
        advice
            .as_ref()
            .map(|advice| advice.dues.clone())
            .unwrap_or_default()
    });
    let text = here.ask_now(|incident| {
        let clocks = regimes::all(incident, &organisation, Zones(browser::offset_in));
        calendar(here.id, incident, &dues, &clocks, now)
    });
    match text.flatten() {
        None => here.session.say("Nothing is due"),
        Some(text) => {
            let nature = here.ask_now(crate::model::Incident::nature);
            let drill = file::drill_mark(nature == Some(Nature::Drill));
            let name = format!("muster-{drill}{}.ics", here.id);
            here.session.give(&name, "text/calendar", &text);
        }
    }
}

fn tag(at: Timestamp, urgency: Urgency) -> impl IntoView {
    let here = use_here();
    let text = Derived::new(move || words::due(at, here.session.clock().now()));
    let class = due_class(urgency);
    view! { <span class=class>{text.shown()}</span> }
}

fn target(due: Due) -> impl IntoView {
    let here = use_here();
    let act = due.act;
    view! {
        <li>
            <div class="clock-head"><b dir="auto">{due.title}</b>{tag(due.at, due.urgency)}</div>
            <p class="small faint" dir="auto">{due.why}</p>
            <button type="button" class="button small" on:click=move |_| here.begin(act.clone())>"Do it now"</button>
        </li>
    }
}

/// Where it starts, in a line; and what it would be from the other moment.
fn from(clock: &Clock, now: Timestamp) -> String {
    let at = |instant| wall(instant, now);
    let start = match clock.starts {
        Start::From { anchor, at: since } => format!("From: {}, {}.", anchor.title(), at(since)),
        Start::NotStarted { waiting_for, .. } => {
            format!("Not started: waits for “{}”.", waiting_for.title())
        }
    };
    let beside = clock.beside.map(
        |Beside {
             anchor,
             at: since,
             due,
         }| {
            format!(
                " Beside it: {}, {}, would give {}.",
                anchor.title(),
                at(since),
                at(due)
            )
        },
    );
    let due = clock.due.map(|due| {
        let legal = due
            .legal
            .map(|later| format!(" The law lets it end {}: {}.", at(later.at), later.why));
        let possible = due.possible.map(|later| {
            format!(
                " Possibly {}: {}; do not plan with it.",
                at(later.at),
                later.why
            )
        });
        let beyond = due
            .beyond_data
            .then(|| " Holidays of that year are not known here.".to_owned());
        format!(
            " Due {}.{}{}{}",
            at(due.strict),
            legal.unwrap_or_default(),
            possible.unwrap_or_default(),
            beyond.unwrap_or_default()
        )
    });
    format!(
        "{start}{}{}",
        due.unwrap_or_default(),
        beside.unwrap_or_default()
    )
}

fn standing(clock: &Clock, now: Timestamp) -> (String, &'static str) {
    match clock.state(now) {
        State::NotStarted => ("not started".to_owned(), "tag"),
        State::WithoutDelay { since } => (
            format!("as soon as possible, {}", words::span(since)),
            "tag soon",
        ),
        State::Running { left } if left.whole_minutes() <= 60 => {
            (format!("in {}", words::span(left)), "tag soon")
        }
        State::Running { left } => (format!("in {}", words::span(left)), "tag"),
        State::Extended { left } => (format!("extended, {}", words::span(left)), "tag soon"),
        State::Overdue { by } => (format!("{} late", words::span(by)), "tag late"),
        State::Sent { late: None } => ("sent in time".to_owned(), "tag good"),
        State::Sent { late: Some(by) } => (format!("sent {} late", words::span(by)), "tag late"),
    }
}

fn deadline(clock: Clock) -> impl IntoView {
    let here = use_here();
    let (id, report) = (clock.regime, clock.report);
    let title = format!("{}: {}", id.title(), clock.report.title());
    let shown = clock.clone();
    let state = Derived::new(move || standing(&shown, here.session.clock().minute()));
    let shown = clock.clone();
    let about = Derived::new(move || from(&shown, here.session.clock().minute()));
    let starts = match clock.starts {
        Start::NotStarted {
            waiting_for: Anchor::Trigger(trigger),
            ..
        } => Some(trigger),
        _ => None,
    };
    let source = format!(
        "{} ({}). {}",
        clock.article,
        regimes::relied_on(clock.provenance),
        clock.stops_by
    );
    let form = form_for(id, report).map(|form| {
        let href = Route::Form(here.id, form).href();
        view! { <a class="button small" href=href>"Form"</a> }
    });
    let sent = clock.stopped.is_none();
    view! {
        <li>
            <div class="clock-head"><b>{title}</b>{move || { let (text, class) = state.get(); view! { <span class=class>{text}</span> } }}</div>
            <p class="small">{about.shown()}</p>
            <p class="small faint">{clock.about}" "{source}</p>
            {(!clock.contains.is_empty()).then(|| view! { <p class="small faint">"Must say: "{clock.contains}</p> })}
            <div class="row">
                {starts.map(|trigger| view! { <button type="button" class="button small" on:click=move |_| here.begin(Act::StampRegime(id, trigger))>{trigger.title()}</button> })}
                {sent.then(|| view! { <button type="button" class="button small" on:click=move |_| here.begin(Act::Notify(id, report))>"It was sent"</button> })}
                {form}
            </div>
        </li>
    }
}

/// A regime as it stands: its test, what is asked, its moments.
#[derive(Clone, PartialEq, Debug)]
struct Asked {
    id: RegimeId,
    verdict: Option<Verdict>,
    answered: usize,
}

fn asked(
    id: RegimeId,
    incident: &Incident,
    organisation: &crate::model::organisation::Organisation,
) -> Asked {
    let record = incident.regimes.get(id.name());
    let answered = |key: &str| record.is_some_and(|record| record.answer(key).is_some());
    Asked {
        id,
        verdict: regimes::verdict(id, incident, organisation),
        answered: id
            .questions()
            .iter()
            .filter(|question| answered(question.key))
            .count(),
    }
}

/// Each regime that applies: whether the incident must be reported, and the moments to confirm.
#[component]
fn Regimes() -> impl IntoView {
    let here = use_here();
    let held = Derived::new(move || {
        let organisation = here.session.organisation();
        here.ask(|incident| {
            let ids = regimes::chosen(&organisation).into_iter();
            ids.map(|id| asked(id, incident, &organisation))
                .collect::<Vec<_>>()
        })
        .unwrap_or_default()
    });
    let rows = move || held.get().into_iter().map(regime).collect_view();
    view! {
        {move || if held.with(Vec::is_empty) {
            view! { <p class="faint small">"No regime is chosen. "<a href=Route::Organisation.href()>"Say once which ones bind the organisation"</a>", and their clocks are here."</p> }.into_any()
        } else {
            view! { <h2>"Must it be reported?"</h2><ul class="sheet clocks">{rows}</ul><p class="faint small">{format!("Not legal advice: counsel decides. Rules last checked {}.", crate::classify::regime::CHECKED)}</p> }.into_any()
        }}
    }
}

fn verdict_words(verdict: &Verdict) -> (String, &'static str) {
    match verdict {
        Verdict::Met { because } => (
            format!("Must be reported: {}", because.join("; ")),
            "tag late",
        ),
        Verdict::NotMet { because } => (format!("Need not: {because}"), "tag good"),
        Verdict::Undecided { missing } => (
            format!(
                "Not decided: {} open",
                words::count(missing.len(), "question", "questions")
            ),
            "tag soon",
        ),
    }
}

fn regime(asked: Asked) -> impl IntoView {
    let here = use_here();
    let Asked {
        id,
        verdict,
        answered,
    } = asked;
    let questions = id.questions().len();
    let verdict = verdict.map(|verdict| {
        let missing: Vec<&'static str> = match &verdict {
            Verdict::Undecided { missing } => missing.iter().map(|question| question.text).collect(),
            Verdict::Met { .. } | Verdict::NotMet { .. } => Vec::new(),
        };
        let missing = (!missing.is_empty()).then(|| {
            let rows = missing.into_iter().map(|text| view! { <li class="small faint">{text}</li> });
            view! { <details><summary class="small">"What could still decide it"</summary><ul class="open-questions">{rows.collect_view()}</ul></details> }
        });
        let (text, class) = verdict_words(&verdict);
        view! { <p><span class=class>{text}</span></p>{missing} }
    });
    let moments = id.triggers().iter().map(|trigger| {
        let trigger = *trigger;
        view! { <button type="button" class="button small" on:click=move |_| here.begin(Act::StampRegime(id, trigger))>{trigger.title()}</button> }
    });
    view! {
        <li>
            <div class="clock-head"><b>{id.title()}</b>{(questions > 0).then(|| view! { <span class="tag">{format!("{answered} of {questions} answered")}</span> })}</div>
            {verdict}
            <div class="row">
                {(questions > 0).then(|| view! { <button type="button" class="button small" on:click=move |_| here.begin(Act::AnswerRegime(id))>"Answer its questions"</button> })}
                {moments.collect_view()}
            </div>
        </li>
    }
}
