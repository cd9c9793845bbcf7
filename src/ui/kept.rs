//! Whether this page opens again without network and host, and whether a newer Muster waits.
//!
//! The start script sees to both, for it must be able to when the app cannot start; here its word is
//! only shown.

use leptos::prelude::*;

use super::browser;
use super::session::use_session;

/// What the start script says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kept {
    /// Nothing yet.
    Unknown,
    /// All files lie in the browser.
    Kept,
    /// Browsers do not do it on plain http.
    Withheld,
    /// It was tried, and did not work.
    Failed,
    /// The page is one file and needs nothing else.
    OneFile,
}

impl Kept {
    fn now() -> Self {
        match browser::start_says("kept").as_str() {
            "kept" => Self::Kept,
            "withheld" => Self::Withheld,
            "failed" => Self::Failed,
            "one-file" => Self::OneFile,
            _ => Self::Unknown,
        }
    }

    /// In a sentence.
    pub fn words(self) -> &'static str {
        match self {
            Self::Unknown => "Muster is being kept in this browser, for when the network is away.",
            Self::Kept => {
                "Muster is kept in this browser: this address opens without network, and without its host."
            }
            Self::Withheld => {
                "This address does not open without its host: browsers keep pages only from https addresses. Save the file below before you need it."
            }
            Self::Failed => {
                "The browser did not keep Muster: this address does not open without its host. Save the file below before you need it."
            }
            Self::OneFile => {
                "This is Muster in one file: it needs neither network nor host. Copy it to wherever it may be needed."
            }
        }
    }
}

/// The start script's word, as it changes.
pub fn use_kept() -> RwSignal<Kept> {
    let kept = RwSignal::new(Kept::now());
    hear(move || kept.set(Kept::now()));
    kept
}

/// Calls back when the start script has said something, while the calling component lives.
fn hear(act: impl Fn() + 'static) {
    let listening = window_event_listener_untyped("muster-kept", move |_| act());
    on_cleanup(move || listening.remove());
}

/// A line below the head when a newer Muster lies ready. Nothing changes until the person says so.
#[component]
pub fn Newer() -> impl IntoView {
    let session = use_session();
    let waits = RwSignal::new(!browser::start_says("newer").is_empty());
    hear(move || waits.set(!browser::start_says("newer").is_empty()));
    let use_it = move |_| {
        if session.saving().with_untracked(|saving| saving.is_empty()) {
            browser::renew();
        } else {
            session.say("In a moment: what you wrote is still being saved");
        }
    };
    view! {
        <div role="status" class="troubles">
            {move || waits.get().then(|| view! {
                <p class="banner">
                    <span><b>"A newer Muster lies ready."</b>" What is saved stays; what is half typed goes."</span>
                    <span class="row">
                        <button type="button" class="button" on:click=use_it>"Use it now"</button>
                        <button type="button" class="button plain" on:click=move |_| waits.set(false)>"Later"</button>
                    </span>
                </p>
            })}
        </div>
    }
}
