//! The six stages and the field's terms, in words.
use leptos::prelude::*;
/// The guide.
#[component]
pub fn GuideScreen() -> impl IntoView { view! { <main class="page"><h1 tabindex="-1">"The six stages"</h1></main> } }
