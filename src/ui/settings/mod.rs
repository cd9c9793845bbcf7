//! This device: name, keys, storage.
use leptos::prelude::*;
/// The settings.
#[component]
pub fn SettingsScreen() -> impl IntoView { view! { <main class="page"><h1 tabindex="-1">"Settings"</h1></main> } }
