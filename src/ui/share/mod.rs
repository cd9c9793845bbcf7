//! Giving copies away and taking files in.

mod along;
mod give;
mod intake;
mod take;

use leptos::prelude::*;

pub use self::along::Along;
use self::give::Give;
pub use self::give::export_incident;
pub use self::intake::Intake;
use self::take::Take;
pub use self::take::{chosen, listed, text_of};

/// The share screen.
#[component]
pub fn Share() -> impl IntoView {
    view! {
        <main class="page share">
            <h1 tabindex="-1">"Share"</h1>
            <p class="faint lead">"Nothing leaves this browser unless you send it. Give a colleague the file; when both have written, exchange files again: nothing is lost and nothing is doubled."</p>
            <div class="share-body">
                <Give/>
                <Take/>
            </div>
        </main>
    }
}
