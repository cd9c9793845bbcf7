//! The one screen to run an incident from.
use leptos::prelude::*;
use crate::model::IncidentId;
/// The room.
#[component]
pub fn Room(
    /// Which incident.
    id: IncidentId,
) -> impl IntoView { let _ = id; view! { <main class="page"><h1 tabindex="-1">"Room"</h1></main> } }
