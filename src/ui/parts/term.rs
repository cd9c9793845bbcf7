//! A mark beside a word of the field: opens what the word means, where it stands.

use leptos::prelude::*;

use crate::classify::terms;

/// The mark, and what it opens: the browser's own popover, which Escape closes. Nothing for a word
/// that is not explained.
pub fn explained(name: &'static str) -> AnyView {
    let Some(meaning) = terms::meaning(name) else {
        return ().into_any();
    };
    let id = format!("term-{}", name.to_ascii_lowercase().replace(' ', "-"));
    let label = format!("What does “{name}” mean?");
    view! {
        <button type="button" class="explain" popovertarget=id.clone() aria-label=label>"?"</button>
        <div class="explanation sheet" popover="auto" id=id><p><b>{name}</b></p><p>{meaning}</p></div>
    }
    .into_any()
}
