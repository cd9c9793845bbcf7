//! Every incident at a glance.
use leptos::prelude::*;
/// The board.
#[component]
pub fn Board() -> impl IntoView { view! { <main class="page"><h1 tabindex="-1">"Board"</h1></main> } }
