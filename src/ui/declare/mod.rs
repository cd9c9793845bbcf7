//! Three answers, and an incident exists.
use leptos::prelude::*;
use super::route::Prefill;
/// The declaration.
#[component]
pub fn Declare(
    /// What an alert's link filled in.
    prefill: Prefill,
) -> impl IntoView { let _ = prefill; view! { <main class="page"><h1 tabindex="-1">"Declare an incident"</h1></main> } }
