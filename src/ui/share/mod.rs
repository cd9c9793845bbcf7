//! Export and import.
use leptos::prelude::*;
/// The share screen.
#[component]
pub fn Share() -> impl IntoView { view! { <main class="page"><h1 tabindex="-1">"Share"</h1></main> } }
