//! Instants on screen: wall time with its date where it is not today, UTC beside it on demand.

use leptos::prelude::*;

use crate::guide::{Urgency, words};
use crate::model::{Span, Timestamp};
use crate::ui::browser;
use crate::ui::derived::Derived;
use crate::ui::session::use_session;

/// `03:14`, or `23 Nov, 03:14`, or `23 Nov 2025, 03:14`, in the machine's zone.
pub fn wall(at: Timestamp, now: Timestamp) -> String {
    words::wall_of(local(at), local(now))
}

/// The same in two: the day, where it is another than that of `other`, and the time of day.
pub fn day_and_clock(at: Timestamp, other: Timestamp) -> (Option<String>, String) {
    (
        words::day_of(local(at), local(other)),
        words::clock_of(local(at)),
    )
}

/// Moved into the machine's zone.
fn local(at: Timestamp) -> Timestamp {
    at + Span::minutes(i64::from(browser::utc_offset_minutes(at)))
}

/// The full instant: date, time to the second, offset, and the same in UTC.
pub fn full(at: Timestamp) -> String {
    let offset = browser::utc_offset_minutes(at);
    let local = (at + Span::minutes(i64::from(offset))).to_string();
    let utc = at.to_string();
    let (date, time) = (
        local.get(..10).unwrap_or_default(),
        local.get(11..19).unwrap_or_default(),
    );
    let sign = if offset < 0 { '-' } else { '+' };
    let (hours, minutes) = (offset.abs() / 60, offset.abs() % 60);
    let utc = utc.get(..19).unwrap_or_default().replace('T', " ");
    format!("{date} {time} {sign}{hours:02}:{minutes:02} ({utc} UTC)")
}

/// How a due looks, by how near it is.
pub fn due_class(urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::Overdue => "tag late",
        Urgency::Soon => "tag soon",
        Urgency::Later => "tag",
    }
}

/// An instant as wall time; its title says it in full.
#[component]
pub fn WallTime(
    /// When.
    at: Timestamp,
) -> impl IntoView {
    let session = use_session();
    // A date appears when the day changes, so a minute is fine enough.
    let text = Derived::new(move || wall(at, session.clock().minute()));
    let utc = move || {
        session.settings().with(|settings| settings.utc).then(|| {
            let text = at.to_string();
            view! { <span class="faint">" "{text.get(11..16).unwrap_or_default().to_owned()}"Z"</span> }
        })
    };
    view! { <time datetime=at.to_string() title=full(at)>{text.shown()}{utc}</time> }
}
