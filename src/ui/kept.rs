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
    Whole,
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
            "kept" => Self::Whole,
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
            Self::Whole => {
                "Muster is kept in this browser: this address opens without network, and without its host."
            }
            Self::Withheld => {
                "This address does not open without its host: browsers keep pages only from https addresses. Save the file below before you need it."
            }
            Self::Failed => {
                "This browser does not keep Muster: this address does not open without its host. Save the file below before you need it."
            }
            Self::OneFile => {
                "This is Muster in one file: it needs neither network nor host. Copy it to wherever it may be needed."
            }
        }
    }
}

/// What became of looking for a newer one, where that is worth a word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Newest {
    /// Nothing to say.
    Fine,
    /// A newer one lies ready.
    Waits,
    /// There is a newer one, and a file of it is not what was built.
    Failed,
    /// The host did not answer.
    Unasked,
}

impl Newest {
    fn now() -> Self {
        match browser::start_says("newer").as_str() {
            "waits" => Self::Waits,
            "failed" => Self::Failed,
            "unasked" => Self::Unasked,
            _ => Self::Fine,
        }
    }

    /// In a sentence; empty where there is nothing to say.
    pub fn words(self) -> &'static str {
        match self {
            Self::Fine => "",
            Self::Waits => "A newer one lies ready.",
            Self::Failed => {
                "The host has a newer one, but a file of it is not what was built: it may be half copied, or changed on its way. This one goes on."
            }
            Self::Unasked => "The host could not be asked for a newer one.",
        }
    }
}

/// How looking for a newer one went, as it changes.
pub fn use_newest() -> RwSignal<Newest> {
    as_said(Newest::now)
}

/// The start script's word, as it changes.
pub fn use_kept() -> RwSignal<Kept> {
    as_said(Kept::now)
}

/// What is read from the start script's word, read anew when it has said something, while the
/// calling component lives.
fn as_said<T: Send + Sync + 'static>(now: fn() -> T) -> RwSignal<T> {
    let said = RwSignal::new(now());
    let listening = window_event_listener_untyped("muster-kept", move |_| said.set(now()));
    on_cleanup(move || listening.remove());
    said
}

/// The same for those who hear the page: words for its one polite region.
pub fn newer_in_words() -> impl Fn() -> Option<&'static str> {
    let newest = use_newest();
    move || (newest.get() == Newest::Waits).then_some("A newer Muster lies ready.")
}

/// A line below the head when a newer Muster lies ready. Nothing changes until the person says so.
#[component]
pub fn Newer() -> impl IntoView {
    let session = use_session();
    let newest = use_newest();
    let later = RwSignal::new(false);
    let use_it = move |_| {
        if session.saving().with_untracked(|saving| saving.is_empty()) {
            browser::renew();
        } else {
            session.say("In a moment: what you wrote is still being saved");
        }
    };
    move || {
        (newest.get() == Newest::Waits && !later.get()).then(|| view! {
            <aside aria-label="A newer version">
                <p class="banner">
                    <span><b>"A newer Muster lies ready."</b>" What is saved stays; what is half typed goes."</span>
                    <span class="row">
                        <button type="button" class="button" on:click=use_it>"Use it now"</button>
                        <button type="button" class="button plain" on:click=move |_| later.set(true)>"Later"</button>
                    </span>
                </p>
            </aside>
        })
    }
}
