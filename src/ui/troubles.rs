//! What is wrong with the stores, in a line each, below the head of the page.

use leptos::prelude::*;

use super::browser;
use super::parts::each::each;
use super::session::{Session, use_session};
use crate::store::Trouble;

/// The troubles of the stores; each stays until it is dismissed.
#[component]
pub fn Troubles() -> impl IntoView {
    let session = use_session();
    let troubles = session.troubles();
    view! {
        <div role="alert" class="troubles">
            {each(move || troubles.get(), move |trouble: Trouble| {
                let (what, mend) = trouble.words();
                let damaged = match &trouble {
                    Trouble::Damaged { key, text, .. } => Some((key.clone(), text.clone())),
                    _ => None,
                };
                let dismiss = move |_| troubles.update(|troubles| troubles.retain(|other| *other != trouble));
                view! {
                    <p class="banner trouble">
                        <span><b>{what}</b>" "{mend}</span>
                        {damaged.map(|(key, text)| view! { <button type="button" class="button" on:click=move |_| download(session, &key, &text)>"Download the damaged part"</button> })}
                        <button type="button" class="button plain" on:click=dismiss>"Understood"</button>
                    </p>
                }
            })}
        </div>
    }
}

/// Offers a damaged part as a file.
pub fn download(session: Session, key: &str, text: &str) {
    let name = format!("{}.txt", key.replace('/', "-"));
    if browser::download(&name, "text/plain", text).is_err() {
        session.say("The browser did not let the file be saved.");
    }
}
