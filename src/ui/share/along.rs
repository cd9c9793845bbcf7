//! Muster itself as a file, for those who cannot reach this page: or not any more.

use leptos::prelude::*;

use crate::format::one_file::{self, OneFileError};
use crate::ui::browser;
use crate::ui::kept::{Kept, use_kept};
use crate::ui::session::{Session, use_session};

/// The file's name, on the host and where it is saved.
const NAME: &str = "muster.html";

/// The button that saves it.
#[component]
pub fn Along() -> impl IntoView {
    let session = use_session();
    let kept = use_kept();
    let busy = RwSignal::new(false);
    let save = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        leptos::task::spawn_local(async move {
            session.say(&saved(session).await.unwrap_or_else(|why| why));
            busy.set(false);
        });
    };
    move || {
        if kept.get() == Kept::OneFile {
            return view! { <p class="faint small">"This page is one file: give them a copy of it."</p> }.into_any();
        }
        view! {
            <p><button type="button" class="button" on:click=save aria-busy=move || busy.get().then_some("true")>"Save Muster as one file"</button></p>
            <p class="faint small">"Opens from a disk or a stick. Your muster.json is in it, incidents are not."</p>
        }
        .into_any()
    }
}

/// What came of it, in a sentence.
async fn saved(session: Session) -> Result<String, String> {
    let page = browser::fetched(NAME).await;
    let page = page.ok_or(
        "The host does not give muster.html now. A colleague who saved it can pass it on.",
    )?;
    let said = session.organisation_text().await;
    let with = |said: &str| one_file::with_organisation(&page, said);
    let (file, note) = match (with(said.as_deref().unwrap_or("{}")), &said) {
        (Ok(file), Some(_)) => (file, ""),
        (Ok(file), None) => (file, ", without a muster.json: the host gave none"),
        // Better one without it than none.
        (Err(OneFileError::NotJson), _) => (
            with("{}").map_err(|error| error.to_string())?,
            ", without the muster.json: it is not JSON",
        ),
        (Err(error), _) => return Err(error.to_string()),
    };
    browser::download(NAME, "text/html", &file).map_err(|_| {
        "The browser did not let the file be saved. Allow downloads for this site and try again."
    })?;
    Ok(format!("Saved {NAME}{note}"))
}
