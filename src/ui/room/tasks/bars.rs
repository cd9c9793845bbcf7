//! The plan on a time axis: planned and real bars, the critical path, what waits for what, and now.
//!
//! A picture for the eye; the table of figures says the same in words.

use leptos::prelude::*;

use super::{Board, Sheet};
use crate::guide::tasks::Line;
use crate::guide::words;
use crate::model::Timestamp;
use crate::model::task::TaskId;
use crate::runbook::plan::Stretch;
use crate::ui::parts::axis::Axis;
use crate::ui::parts::ticks::{self, ticks};

/// Sizes in the picture's own units.
#[derive(Clone, Copy)]
struct Layout {
    class: &'static str,
    width: i64,
    /// Where the time begins: names stand left of it, or above their bars where there is no room.
    label: i64,
    row: i64,
    /// Where the bars lie within their row.
    bars: i64,
    /// How many characters of a name have room.
    letters: usize,
}

const WIDE: Layout = Layout {
    class: "wide-bars",
    width: 720,
    label: 236,
    row: 30,
    bars: 6,
    letters: 34,
};

const NARROW: Layout = Layout {
    class: "narrow-bars",
    width: 320,
    label: 8,
    row: 44,
    bars: 21,
    letters: 44,
};

/// Below the ticks, "now" has a line of its own.
const HEAD: i64 = ticks::HEIGHT + 12;

/// Where tasks lie in the picture.
#[derive(Clone, Copy)]
struct Chart {
    layout: Layout,
    axis: Axis,
}

impl Chart {
    fn of(layout: Layout, stretch: Stretch, now: Timestamp) -> Self {
        // Now is to be seen while there is something to do.
        let to = stretch.to.max(now);
        let axis = Axis::new(layout.label, layout.width, stretch.from, to);
        Self { layout, axis }
    }

    fn x(self, at: Timestamp) -> i64 {
        self.axis.x(at)
    }

    fn top(self, place: usize) -> i64 {
        HEAD + self.layout.row * i64::try_from(place).unwrap_or_default()
    }

    /// The middle of a row's real bar.
    fn middle(self, place: usize) -> i64 {
        self.top(place) + self.layout.bars + 12
    }
}

#[component]
pub fn TaskBars(board: Board) -> impl IntoView {
    let pictures = move || {
        board.sheet.with(|sheet| {
            [WIDE, NARROW]
                .map(|layout| picture(sheet, layout))
                .collect_view()
        })
    };
    view! {
        <div class="sheet task-bars" role="group" aria-label="Tasks on a time axis">
            {pictures}
            <p class="legend small faint" aria-hidden="true">
                <span class="key-planned"></span>" planned "<span class="key-expected"></span>" real or expected "<span class="key-critical"></span>" critical: the end moves with it "
            </p>
        </div>
    }
}

fn picture(sheet: &Sheet, layout: Layout) -> Option<impl IntoView + use<>> {
    let now = sheet.now?;
    let chart = Chart::of(layout, sheet.axis?, now);
    let height = chart.top(sheet.lines.len()) + 4;
    let waits = sheet.lines.iter().enumerate().flat_map(|(place, line)| {
        let before = line.row.task.after.iter();
        let before: Vec<_> = before
            .filter_map(|id| connection(sheet, chart, id, place, line))
            .collect();
        before
    });
    let rows = sheet
        .lines
        .iter()
        .enumerate()
        .map(|(place, line)| bars(chart, place, line));
    let at = chart.x(now).max(chart.layout.label + 10).to_string();
    let summary = format!(
        "{} tasks on a time axis, {} of them critical. “Figures” has the same as a table.",
        sheet.lines.len(),
        sheet.lines.iter().filter(|line| line.row.critical).count()
    );
    Some(view! {
        <svg class=layout.class viewBox=format!("0 0 {} {height}", layout.width) role="img" aria-label=summary>
            {ticks(chart.axis, HEAD, height, now)}
            {waits.collect_view()}
            {rows.collect_view()}
            <line class="now" x1=chart.x(now).to_string() x2=chart.x(now).to_string() y1=(HEAD - 4).to_string() y2=height.to_string()/>
            <text class="now-words" x=at y=(HEAD - 4).to_string() text-anchor="middle">"now"</text>
        </svg>
    })
}

/// A line from the end of what comes before to the start of what waits for it.
fn connection(
    sheet: &Sheet,
    chart: Chart,
    before: &TaskId,
    place: usize,
    line: &Line,
) -> Option<impl IntoView + use<>> {
    let from = sheet.lines.iter().position(|line| line.row.id == *before)?;
    let other = &sheet.lines.get(from)?.row;
    let (x1, y1) = (chart.x(other.expected.to), chart.middle(from));
    let (x2, y2) = (chart.x(line.row.expected.from), chart.middle(place));
    let class = if other.critical && line.row.critical {
        "wait critical"
    } else {
        "wait"
    };
    let bend = x1.max(x2 - 5).min(x1 + 6);
    Some(view! { <path class=class d=format!("M{x1} {y1}H{bend}V{y2}H{x2}")/> })
}

fn bars(chart: Chart, place: usize, line: &Line) -> impl IntoView + use<> {
    let top = chart.top(place) + chart.layout.bars;
    let (planned_x, planned) = span(chart, line.row.planned);
    let (x, width) = span(chart, line.row.expected);
    let class = match (line.row.is_over(), line.row.critical) {
        (true, _) => "expected over",
        (_, true) => "expected critical",
        _ => "expected",
    };
    let title = words::shortened(&line.row.task.title, chart.layout.letters);
    let name = if line.row.critical {
        "bar-name critical"
    } else {
        "bar-name"
    };
    // Beside the bars, or above them.
    let words = chart.top(place) + if chart.layout.bars > 15 { 14 } else { 19 };
    view! {
        <g>
            <title>{line.row.task.title.clone()}</title>
            <text class=name x="8" y=words.to_string()>{title}</text>
            <rect class="planned" x=planned_x width=planned y=top.to_string() height="5" rx="2"/>
            <rect class=class x=x width=width y=(top + 7).to_string() height="11" rx="2"/>
        </g>
    }
}

fn span(chart: Chart, stretch: Stretch) -> (String, String) {
    let (from, width) = chart.axis.span(stretch.from, stretch.to);
    (from.to_string(), width.to_string())
}
