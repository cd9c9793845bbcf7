//! The tasks in columns by how far they are. A card can be dragged to another column; its buttons do
//! the same.

use leptos::prelude::*;

use super::{Board, button, first_act, further_acts, tag};
use crate::guide::TaskAct;
use crate::guide::tasks::{self, Line};
use crate::model::task::{TaskId, TaskState};
use crate::ui::parts::each::each;

/// A column: its heading, the states that it holds, and what bringing a card there means.
struct Column {
    title: &'static str,
    holds: fn(&Line) -> bool,
    means: TaskAct,
}

const COLUMNS: [Column; 4] = [
    Column {
        title: "To do",
        holds: |line| line.row.state == TaskState::Open && line.row.needed,
        means: TaskAct::Reopen,
    },
    Column {
        title: "Running",
        holds: |line| line.row.state == TaskState::Running,
        means: TaskAct::Start,
    },
    Column {
        title: "Blocked",
        holds: |line| line.row.state == TaskState::Blocked,
        means: TaskAct::Block,
    },
    Column {
        title: "Over",
        holds: |line| line.row.is_over(),
        means: TaskAct::Complete,
    },
];

#[component]
pub fn TaskBoard(board: Board) -> impl IntoView {
    let dragged = RwSignal::new(None::<TaskId>);
    let columns = COLUMNS.map(|column| view! { <TaskColumn board column dragged/> });
    view! { <div class="task-board">{columns.collect_view()}</div> }
}

#[component]
fn TaskColumn(board: Board, column: Column, dragged: RwSignal<Option<TaskId>>) -> impl IntoView {
    let Column {
        title,
        holds,
        means,
    } = column;
    let held = move || {
        board.sheet.with(|sheet| {
            sheet
                .lines
                .iter()
                .filter(|line| holds(line))
                .cloned()
                .collect::<Vec<Line>>()
        })
    };
    let count = move || held().len();
    let dropped = move |event: leptos::ev::DragEvent| {
        event.prevent_default();
        event.stop_propagation();
        let Some(id) = dragged.get_untracked() else {
            return;
        };
        dragged.set(None);
        let is_here = held().iter().any(|line| line.row.id == id);
        if !is_here {
            board.begin(&id, means);
        }
    };
    view! {
        <section class="task-column" aria-label=title on:dragover=|event| event.prevent_default() on:drop=dropped>
            <h3>{title}" "<span class="num count">{count}</span></h3>
            <ul>{each(held, move |line| card(board, line, dragged))}</ul>
        </section>
    }
}

fn card(board: Board, line: Line, dragged: RwSignal<Option<TaskId>>) -> impl IntoView {
    let id = line.row.id.clone();
    let main = first_act(&line);
    let other = further_acts(&line)
        .into_iter()
        .filter(|(_, act)| *act != TaskAct::Change);
    let acts = main
        .into_iter()
        .chain(other)
        .map(|(word, act)| button(board, &line, word, act));
    let class = if line.row.critical {
        "task-card sheet critical"
    } else {
        "task-card sheet"
    };
    let waits = line.waits_for.join("”, “");
    view! {
        <li class=class data-task=id.as_str().replace(['\\', '"'], "") draggable="true" on:dragstart=move |_| dragged.set(Some(id.clone()))>
            <p dir="auto">{line.row.task.title.clone()}</p>
            <p class="row small"><span class="faint" dir="auto">{line.who.clone()}</span><span class="faint">{tasks::takes(&line.row)}</span>{line.row.critical.then(|| view! { <span class="tag">"critical"</span> })}{tag(line.state.clone())}</p>
            {(!waits.is_empty()).then(|| view! { <p class="faint small" dir="auto">"After “"{waits}"”"</p> })}
            <details class="task-more"><summary class="small">"Move or do more"</summary><p class="row">{acts.collect_view()}</p></details>
        </li>
    }
}
