//! The plan in figures: when each task can, when it must, and how much it may slip.

use leptos::prelude::*;

use super::Board;
use crate::guide::tasks::{self, Line};
use crate::guide::words;
use crate::model::Timestamp;
use crate::runbook::plan::Stretch;
use crate::ui::parts::time::wall;

#[component]
pub fn TaskTable(board: Board) -> impl IntoView {
    let rows = move || {
        board.sheet.with(|sheet| {
            let now = sheet.now;
            let lines = sheet.lines.iter();
            lines
                .filter_map(|line| now.map(|now| row(line, now)))
                .collect_view()
        })
    };
    // The roles stay where a narrow page lays rows out as blocks.
    view! {
        <div class="sheet task-table">
            <table role="table" aria-label="The plan in figures">
                <thead role="rowgroup"><tr role="row">
                    <th role="columnheader" scope="col">"Task"</th><th role="columnheader" scope="col">"State"</th>
                    <th role="columnheader" scope="col">"Planned"</th><th role="columnheader" scope="col">"Real or expected"</th>
                    <th role="columnheader" scope="col">"Slack"</th>
                </tr></thead>
                <tbody role="rowgroup">{rows}</tbody>
            </table>
        </div>
    }
}

fn row(line: &Line, now: Timestamp) -> impl IntoView + use<> {
    let stretch =
        |stretch: Stretch| format!("{} to {}", wall(stretch.from, now), wall(stretch.to, now));
    let slack = match (line.row.is_over(), line.row.critical) {
        (true, _) => String::new(),
        (_, true) => "none: critical".to_owned(),
        _ => words::span(line.row.slack),
    };
    let waits =
        (!line.waits_for.is_empty()).then(|| format!("After {}", line.waits_for.join(", ")));
    let notes: Vec<String> = [Some(line.who.clone()), waits]
        .into_iter()
        .flatten()
        .filter(|note| !note.is_empty())
        .collect();
    view! {
        <tr role="row">
            <th role="rowheader" scope="row" dir="auto">{line.row.task.title.clone()}<span class="faint small">{notes.join(" · ")}</span></th>
            <td role="cell">{line.state.1.clone()}<span class="faint small num">{tasks::takes(&line.row)}</span></td>
            <td role="cell" class="num" data-name="Planned">{stretch(line.row.planned)}</td>
            <td role="cell" class="num" data-name="Real or expected">{stretch(line.row.expected)}</td>
            <td role="cell" class="num" data-name="Slack">{slack}</td>
        </tr>
    }
}
