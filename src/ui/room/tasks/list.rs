//! The tasks one below the other: who, a bar of planned and real time, how far, and what comes next.

use leptos::prelude::*;

use super::{Board, button, first_act, further_acts, tag};
use crate::guide::tasks::{self, Line};
use crate::guide::{TaskAct, write};
use crate::model::task::{TaskId, TaskLink};
use crate::runbook::plan::Stretch;
use crate::ui::browser;
use crate::ui::parts::each::each;
use crate::ui::parts::markdown;

#[component]
pub fn TaskList(board: Board) -> impl IntoView {
    let lines = move || {
        board.sheet.with(|sheet| {
            let axis = sheet.axis;
            sheet
                .lines
                .iter()
                .map(|line| (line.clone(), axis))
                .collect()
        })
    };
    view! {
        <ol class="task-list sheet" aria-label="Tasks">{each(lines, move |(line, axis)| row(board, line, axis))}</ol>
    }
}

fn row(board: Board, line: Line, axis: Option<Stretch>) -> impl IntoView {
    let id = line.row.id.clone();
    let moved = id.clone();
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        if !event.alt_key() {
            return;
        }
        let act = match event.key().as_str() {
            "ArrowUp" => TaskAct::Earlier,
            "ArrowDown" => TaskAct::Later,
            _ => return,
        };
        event.prevent_default();
        board.begin(&moved, act);
        // What is put elsewhere on the page loses the focus on its way.
        let selector = format!(
            "[data-task=\"{}\"] summary",
            moved.as_str().replace(['\\', '"'], "")
        );
        request_animation_frame(move || browser::focus(&selector));
    };
    let main = first_act(&line).map(|(word, act)| button(board, &line, word, act).into_any());
    let class = if line.row.critical { "critical" } else { "" };
    view! {
        <li class=class data-task=id.as_str().replace(['\\', '"'], "") on:keydown=on_key>
            <Details board line=line.clone()/>
            <span class="task-who" dir="auto">{line.who.clone()}</span>
            {bar(&line, axis)}
            <span class="task-end">{line.row.critical.then(|| view! { <span class="tag">"critical"</span> })}{tag(line.state.clone())}{main}</span>
        </li>
    }
}

/// The line of a task, and below it, folded up, all that is known of it.
#[component]
fn Details(board: Board, line: Line) -> impl IntoView {
    let id = line.row.id.clone();
    let shown = board.open.with_untracked(|open| open.contains(&id));
    let toggled = move |event: leptos::ev::Event| {
        let is_open = event_target::<web_sys::Element>(&event).has_attribute("open");
        board.open.update(|open| {
            open.retain(|other| *other != id);
            if is_open {
                open.push(id.clone());
            }
        });
    };
    let over = if line.row.is_over() { "over" } else { "" };
    let notes = notes(&line);
    let facts = facts(&line);
    let links = line.row.task.links.iter();
    let links = links.map(|link| tool(board, &line.row.id, link));
    let acts = further_acts(&line)
        .into_iter()
        .map(|(word, act)| button(board, &line, word, act).into_any());
    let moves = [("Up", TaskAct::Earlier), ("Down", TaskAct::Later)];
    let moves = moves.map(|(word, act)| button(board, &line, word, act));
    view! {
        <details class="task" open=shown on:toggle=toggled>
            <summary><span class=over dir="auto">{line.row.task.title.clone()}</span><span class="faint small" dir="auto">{notes}</span></summary>
            <div class="task-inside">
                {facts}
                {markdown::text(&line.row.task.text)}
                <p class="row">{links.collect_view()}</p>
                <p class="row">{acts.collect_view()}{moves.collect_view()}</p>
            </div>
        </details>
    }
}

/// A link into a tool; that it was opened is written down. Of another kind than may be opened: its
/// words.
fn tool(board: Board, task: &TaskId, link: &TaskLink) -> AnyView {
    let (task, label) = (task.clone(), link.label.clone());
    let organisation = board.here.session.organisation();
    let address = board
        .here
        .ask_now(|incident| tasks::address(incident, &organisation, &link.url))
        .flatten();
    let Some(address) = address else {
        return view! { <span class="small" dir="auto">{label}" "{link.url.clone()}</span> }
            .into_any();
    };
    let (shown, opened) = (label.clone(), address.clone());
    let note = move |_| {
        let draft = write::tasks::open_tool(&task, &label, &opened);
        board.here.act(vec![draft], "Opened a tool");
    };
    view! { <a class="button small" href=address target="_blank" rel="noopener noreferrer" on:click=note dir="auto">{shown}</a> }.into_any()
}

/// What one must know at a glance.
fn notes(line: &Line) -> String {
    let mut notes = Vec::new();
    if !line.row.is_over() {
        notes.push(tasks::takes(&line.row));
        if !line.waits_for.is_empty() {
            notes.push(format!("after “{}”", line.waits_for.join("”, “")));
        }
    }
    notes.extend(line.only.clone());
    notes.extend(
        [&line.row.words, &line.row.report]
            .into_iter()
            .filter(|words| !words.is_empty())
            .take(1)
            .cloned(),
    );
    notes.join(" · ")
}

fn facts(line: &Line) -> impl IntoView + use<> {
    let task = &line.row.task;
    let facts = [
        ("Under", task.section.clone()),
        ("Done when", task.check.clone()),
        ("To take it back", task.rollback.clone()),
    ];
    let facts = facts.into_iter().filter(|(_, text)| !text.is_empty());
    let rows = facts.map(
        |(name, text)| view! { <div><dt class="faint">{name}</dt><dd dir="auto">{text}</dd></div> },
    );
    view! { <dl class="task-facts small">{rows.collect_view()}</dl> }
}

/// Planned above, as it went or is expected below.
fn bar(line: &Line, axis: Option<Stretch>) -> impl IntoView + use<> {
    let axis = axis.filter(|axis| axis.to > axis.from)?;
    let place = move |stretch: Stretch| {
        let length = (axis.to - axis.from).0;
        let at = |instant: crate::model::Timestamp| (instant - axis.from).0 * 1_000 / length;
        let (from, to) = (at(stretch.from), at(stretch.to));
        // What takes no time at all is still to be seen.
        (
            from.clamp(0, 992).to_string(),
            (to - from).clamp(8, 1_000).to_string(),
        )
    };
    let (planned_x, planned_width) = place(line.row.planned);
    let (x, width) = place(line.row.expected);
    let class = if line.row.critical {
        "expected critical"
    } else if line.row.is_over() {
        "expected over"
    } else {
        "expected"
    };
    Some(view! {
        <svg class="task-bar" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">
            <rect class="planned" x=planned_x width=planned_width y="0" height="4"/>
            <rect class=class x=x width=width y="5" height="5"/>
        </svg>
    })
}
