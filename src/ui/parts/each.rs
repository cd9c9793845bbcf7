//! A list on the page, of which only what changed is made again.
//!
//! One type of row for Leptos' list, whatever is listed: its machinery is copied for each type.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use leptos::prelude::*;

/// A row that is made when it is first shown.
struct Row {
    key: u64,
    make: Box<dyn FnOnce() -> AnyView + Send>,
}

/// A row for each item. One that stays equal keeps its place on the page; one that changed is
/// another.
pub fn each<T, V>(
    items: impl Fn() -> Vec<T> + Send + Sync + 'static,
    row: impl Fn(T) -> V + Clone + Send + Sync + 'static,
) -> AnyView
where
    T: Hash + Send + 'static,
    V: IntoView + 'static,
{
    let rows = move || {
        let as_row = |item: T| {
            let mut hasher = DefaultHasher::new();
            item.hash(&mut hasher);
            let row = row.clone();
            Row {
                key: hasher.finish(),
                make: Box::new(move || row(item).into_any()),
            }
        };
        items().into_iter().map(as_row).collect()
    };
    list(Box::new(rows))
}

fn list(rows: Box<dyn Fn() -> Vec<Row> + Send + Sync>) -> AnyView {
    view! { <For each=move || rows() key=|row| row.key children=|row| (row.make)()/> }.into_any()
}
