//! The ticks of a time axis: a line and a time of day each, and the day above where it begins.
//!
//! A day beside each time would run into the next one.

use leptos::prelude::*;

use super::axis::Axis;
use super::time::day_and_clock;
use crate::model::Timestamp;

/// How high the days and times are, above what the lines run through.
pub const HEIGHT: i64 = 22;

/// Draws them, from `top` to `bottom` below. The first names its day where that is not `now`'s.
pub fn ticks(axis: Axis, top: i64, bottom: i64, now: Timestamp) -> impl IntoView + use<> {
    let mut before = now;
    let ticks = axis.ticks().into_iter().map(|at| {
        let x = axis.x(at).to_string();
        let (day, clock) = day_and_clock(at, before);
        before = at;
        view! {
            <line class="tick" x1=x.clone() x2=x.clone() y1=top.to_string() y2=bottom.to_string()/>
            {day.map(|day| view! { <text class="tick-words" x=x.clone() y="9" text-anchor="middle">{day}</text> })}
            <text class="tick-words" x=x y="20" text-anchor="middle">{clock}</text>
        }
    });
    ticks.collect_view()
}
