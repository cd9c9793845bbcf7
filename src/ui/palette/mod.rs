//! The command palette, and the list of keys.
use leptos::prelude::*;
/// The palette.
#[component]
pub fn Palette(
    /// Whether it is shown.
    open: RwSignal<bool>,
) -> impl IntoView { let _ = open; }
/// The list of keys.
#[component]
pub fn KeysDialog(
    /// Whether it is shown.
    open: RwSignal<bool>,
) -> impl IntoView { let _ = open; }
