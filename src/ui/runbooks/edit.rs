//! Writing a runbook: its text, and beside it what Muster reads from it.

use leptos::prelude::*;

use super::Preview;
use crate::guide::words;
use crate::runbook::markdown::read;
use crate::ui::parts::field::TextArea;

/// A text that is kept when its button is pressed.
#[component]
pub fn Editor(
    /// What it holds at first.
    text: String,
    /// Keeps it, or says what is wrong.
    kept: impl Fn(&str) -> Result<(), String> + 'static,
) -> impl IntoView {
    let text = RwSignal::new(text);
    let problem = RwSignal::new(None::<String>);
    let keep = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        problem.set(kept(&text.get_untracked()).err());
    };
    let read = move || read("", &text.get());
    view! {
        <form class="runbook-editor" on:submit=keep>
            <div class="runbook-source">
                <TextArea label="Its text, in Markdown" value=text hint="Headings begin sections, list items are tasks; numbered ones wait for each other. Below an item: Takes, Role, After, Done when, To take it back, Only, For, Link." rows=24 first=true/>
                <p class="row"><button type="submit" class="button main">"Keep it"</button></p>
                <p class="problem" role="alert">{problem}</p>
            </div>
            <div class="runbook-read" aria-label="As Muster reads it" role="region" tabindex="0">
                <p class="faint small">{move || words::count(read().tasks.len(), "task", "tasks")}</p>
                {move || view! { <Preview runbook=read()/> }}
            </div>
        </form>
    }
}
