//! The priority as a badge: its letter and number, never colour alone.

use leptos::prelude::*;

use crate::model::term::Priority;

/// `P1` … `P5`, or "P?" while it is pending.
#[component]
pub fn PriorityBadge(
    /// None while it is pending.
    #[prop(into)]
    priority: Signal<Option<Priority>>,
) -> impl IntoView {
    let class = move || match priority.get() {
        Some(priority) => format!("priority p{}", priority.number()),
        None => "priority pending".to_owned(),
    };
    let text = move || {
        priority
            .get()
            .map_or_else(|| "P?".to_owned(), |priority| priority.to_string())
    };
    let label = move || match priority.get() {
        Some(priority) => format!("Priority {}", priority.number()),
        None => "Priority pending".to_owned(),
    };
    view! { <span class=class role="img" aria-label=label>{text}</span> }
}
