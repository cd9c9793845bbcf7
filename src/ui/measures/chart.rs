//! Points as columns, and a value as a bar: pictures beside the table that says the same.

use leptos::prelude::*;

use crate::measure::trend::{Point, heights};

/// The width of a full bar, in the picture's own units.
pub const FULL: u32 = 120;
/// The height of the highest column.
const HIGH: u32 = 140;
/// From one column to the next.
const STEP: usize = 24;
/// So much of it is the column.
const WIDE: usize = 16;
/// Beside them, for the first and the last name.
const SIDE: usize = 20;
/// Under the columns there is room for their names.
const FOOT: u32 = 24;

/// A value as a bar; nothing where there is none.
pub fn bar(width: Option<u32>) -> impl IntoView {
    width.map(|width| {
        // A value above nothing is seen.
        let width = width.max(1).to_string();
        view! { <svg class="bar" width="120" height="14" viewBox="0 0 120 14" preserveAspectRatio="none" aria-hidden="true"><rect class="fill" x="0" y="1" width=width height="12"></rect></svg> }
    })
}

/// Points beside each other, as months are. A gap where nothing is known.
#[component]
pub fn Columns(
    /// What is drawn.
    title: String,
    /// The points, in order.
    points: Vec<Point>,
) -> impl IntoView {
    let count = points.len();
    let width = (count * STEP).max(STEP);
    // Names that do not fit beside each other are left out: the table has all.
    let every = count.div_ceil(6).max(3);
    let columns = points.iter().zip(heights(&points, HIGH)).enumerate();
    let columns = columns.map(|(place, (point, height))| {
        let x = place * STEP + (STEP - WIDE) / 2;
        let name = (place % every == 0).then(|| point.title.clone());
        let middle = place * STEP + STEP / 2;
        let height = height.map(|height| height.max(1));
        let said = format!("{}: {}", point.title, point.words);
        view! {
            {height.map(|height| view! {
                <rect class="fill" class:few=point.few x=x.to_string() y=(HIGH - height).to_string() width=WIDE.to_string() height=height.to_string()><title>{said}</title></rect>
            })}
            {name.map(|name| view! { <text class="tick" x=middle.to_string() y=(HIGH + 16).to_string()>{name}</text> })}
        }
    });
    let columns = columns.collect_view();
    let label = format!("{title}. The table below has every value.");
    let (from, over) = (SIDE.to_string(), width + 2 * SIDE);
    let view_box = format!("-{from} 0 {over} {}", HIGH + FOOT);
    view! {
        <div class="sheet columns">
            <svg role="img" aria-label=label viewBox=view_box width=over.to_string() height=(HIGH + FOOT).to_string()>
                <line class="axis" x1="0" y1=HIGH.to_string() x2=width.to_string() y2=HIGH.to_string()></line>
                {columns}
            </svg>
        </div>
    }
}
