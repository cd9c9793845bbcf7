//! The tasks of the incident: when service is expected back, and the plan as a list, a board, bars
//! on a time axis, or a table of figures.
//!
//! Shows what `runbook::plan` and the guide say of it; begins acts, decides nothing.

mod bars;
mod board;
mod list;
mod table;

use leptos::prelude::*;

use super::here::{Here, use_here};
use crate::guide::tasks::{self, Grave, Line};
use crate::guide::{Act, TaskAct, words};
use crate::model::task::{Attachment, TaskId, TaskState};
use crate::model::{Span, Timestamp};
use crate::runbook::plan::{Stretch, plan};
use crate::ui::derived::Derived;
use crate::ui::parts::markdown;
use crate::ui::parts::time::wall;

/// How the tasks are shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
enum View {
    List,
    Board,
    Bars,
    Table,
}

impl View {
    const ALL: [Self; 4] = [Self::List, Self::Board, Self::Bars, Self::Table];

    fn title(self) -> &'static str {
        match self {
            Self::List => "List",
            Self::Board => "Board",
            Self::Bars => "Time axis",
            Self::Table => "Figures",
        }
    }
}

/// The plan as of a minute.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Sheet {
    /// The tasks, in the order of the list.
    lines: Vec<Line>,
    /// When service is expected to be back, and why.
    estimate: Option<(String, String)>,
    /// From the first task to the end of the last.
    axis: Option<Stretch>,
    /// How much later the last task ends than planned; none where it does not.
    slip: Option<Span>,
    /// As of when.
    now: Option<Timestamp>,
}

/// What the views of the tasks share.
#[derive(Clone, Copy)]
pub struct Board {
    here: Here,
    sheet: Derived<Sheet>,
    /// The tasks that are folded open.
    open: RwSignal<Vec<TaskId>>,
}

impl Board {
    fn new(here: Here) -> Self {
        let sheet = Derived::new(move || {
            let now = here.session.clock().minute();
            let look = |incident: &crate::model::Incident| {
                let plan = plan(incident, now);
                Sheet {
                    lines: tasks::lines(incident, &plan, now),
                    estimate: tasks::restoration(&plan, |at| wall(at, now)),
                    axis: plan.axis,
                    slip: tasks::slip(&plan),
                    now: Some(now),
                }
            };
            here.ask(look).unwrap_or_default()
        });
        Self {
            here,
            sheet,
            open: RwSignal::new(Vec::new()),
        }
    }

    fn begin(self, id: &TaskId, act: TaskAct) {
        self.here.begin(Act::Task(id.clone(), act));
    }
}

/// The part of the work that is in tasks.
#[component]
pub fn Tasks() -> impl IntoView {
    let here = use_here();
    let board = Board::new(here);
    let shown = use_context::<Shown>().map_or_else(|| RwSignal::new(View::List), |shown| shown.0);
    let any = Derived::new(move || board.sheet.with(|sheet| !sheet.lines.is_empty()));
    view! {
        <div class="items-head">
            <h2>"Tasks"</h2>
            <span class="row">
                <button type="button" class="button small" on:click=move |_| here.begin(Act::AddTask)>"Add a task"</button>
                <button type="button" class="button small" on:click=move |_| here.begin(Act::AttachRunbook)>"Follow a runbook"</button>
            </span>
        </div>
        {move || if any.get() {
            view! { <Estimate board/><ReadFirst here/><Views shown/>{move || match shown.get() {
                View::List => view! { <list::TaskList board/> }.into_any(),
                View::Board => view! { <board::TaskBoard board/> }.into_any(),
                View::Bars => view! { <bars::TaskBars board/> }.into_any(),
                View::Table => view! { <table::TaskTable board/> }.into_any(),
            }} }.into_any()
        } else {
            view! { <p class="faint empty">"Nothing is planned yet. A runbook brings its tasks along; a task of your own needs a line."</p> }.into_any()
        }}
    }
}

/// What one must know first of each runbook that is followed.
#[component]
fn ReadFirst(here: Here) -> impl IntoView {
    let followed = here.view(|incident| {
        let followed = incident.runbooks.iter();
        let mut followed: Vec<(String, String)> = followed
            .map(|said| (titled(&said.what), said.what.about.clone()))
            .filter(|(_, about)| !about.is_empty())
            .collect();
        followed.dedup();
        followed
    });
    let rows = move || {
        let rows = followed.get().into_iter();
        rows.map(|(title, about)| {
            view! { <details class="sheet read-first"><summary dir="auto">{title}<span class="faint small">" · when to stop, and what to know first"</span></summary>{markdown::text(&about)}</details> }
        })
        .collect_view()
    };
    view! { <div class="read-firsts">{rows}</div> }
}

fn titled(attachment: &Attachment) -> String {
    match attachment.version.as_str() {
        "" => attachment.title.clone(),
        version => format!("{}, version {version}", attachment.title),
    }
}

/// Which view was chosen, for as long as the room is open.
#[derive(Clone, Copy)]
pub struct Shown(RwSignal<View>);

impl Default for Shown {
    fn default() -> Self {
        Self(RwSignal::new(View::List))
    }
}

#[component]
fn Estimate(board: Board) -> impl IntoView {
    let line = Derived::new(move || {
        board
            .sheet
            .with(|sheet| (sheet.estimate.clone(), sheet.slip))
    });
    move || {
        let (estimate, slip) = line.get();
        estimate.map(|(text, why)| {
            let slip = slip.map(|slip| {
                let how = if slip.is_negative() { "earlier" } else { "later" };
                let class = if slip.is_negative() { "tag good" } else { "tag late" };
                view! { <span class=class>{words::span(slip)}" "{how}" than planned"</span> }
            });
            view! {
                <div class="estimate">
                    <p><span class="faint">"Service back: "</span><b class="num">{text}</b>" "{slip}</p>
                    <details class="faint small"><summary>"Why?"</summary><p>{why}</p></details>
                </div>
            }
        })
    }
}

#[component]
fn Views(shown: RwSignal<View>) -> impl IntoView {
    let choices = View::ALL.map(|view| {
        view! {
            <label><input type="radio" name="task-view" prop:checked=move || shown.get() == view on:change=move |_| shown.set(view)/><span>{view.title()}</span></label>
        }
    });
    view! { <div class="task-views" role="radiogroup" aria-label="Show the tasks as">{choices.collect_view()}</div> }
}

fn tag((grave, word): (Grave, String)) -> impl IntoView {
    let class = match grave {
        Grave::Plain => "tag",
        Grave::Good => "tag good",
        Grave::Soon => "tag soon",
        Grave::Late => "tag late",
    };
    view! { <span class=class>{word}</span> }
}

/// What is done about a task most often, as it stands.
fn first_act(line: &Line) -> Option<(&'static str, TaskAct)> {
    match line.row.state {
        TaskState::Open if line.row.is_ready() => Some(("Begin", TaskAct::Start)),
        TaskState::Running => Some(("Done", TaskAct::Complete)),
        TaskState::Blocked => Some(("Goes on", TaskAct::Start)),
        TaskState::Open | TaskState::Skipped | TaskState::Done => None,
    }
}

/// What else can be done about it.
fn further_acts(line: &Line) -> Vec<(&'static str, TaskAct)> {
    let mut acts = match line.row.state {
        TaskState::Open => vec![
            ("Give to…", TaskAct::Assign),
            ("Done", TaskAct::Complete),
            ("Blocked", TaskAct::Block),
            ("Leave out", TaskAct::Skip),
        ],
        TaskState::Running | TaskState::Blocked => vec![
            ("News", TaskAct::Report),
            ("Give to…", TaskAct::Assign),
            ("Blocked", TaskAct::Block),
            ("Leave out", TaskAct::Skip),
        ],
        TaskState::Skipped | TaskState::Done => vec![("Do it again", TaskAct::Reopen)],
    };
    if line.row.state == TaskState::Blocked {
        acts.retain(|(_, act)| *act != TaskAct::Block);
        acts.insert(0, ("Done", TaskAct::Complete));
    }
    // Nothing is ever forbidden: what waits can be begun.
    if line.row.state == TaskState::Open && !line.row.is_ready() {
        acts.insert(0, ("Begin all the same", TaskAct::Start));
    }
    acts.push(("Change", TaskAct::Change));
    acts
}

/// A button that begins something about a task.
fn button(board: Board, line: &Line, word: &'static str, act: TaskAct) -> impl IntoView + use<> {
    let id = line.row.id.clone();
    let about = line.row.task.title.clone();
    view! {
        <button type="button" class="button small" on:click=move |_| board.begin(&id, act)>{word}<span class="sr">" “"{about}"”"</span></button>
    }
}
