//! A short word at the edge of the screen: what was done, taken back, heard or refused.

use std::time::Duration;

use leptos::prelude::*;

use crate::ui::kept::newer_in_words;
use crate::ui::session::use_session;

/// How long a word stays: long enough to read it and to reach its button.
const STAYS: Duration = Duration::from_secs(12);

/// The one polite live region of the page, and the notice on show.
#[component]
pub fn Notices() -> impl IntoView {
    let session = use_session();
    let notice = session.notice();
    Effect::new(move |_| {
        let shown = notice.get();
        if shown.is_some() {
            set_timeout(
                move || {
                    if notice.with_untracked(|now| *now == shown) {
                        notice.set(None);
                    }
                },
                STAYS,
            );
        }
    });
    view! {
        <div class="notices" role="status" aria-live="polite">
            <span class="sr">{newer_in_words()}</span>
            {move || notice.get().map(|notice| {
                let redo = notice.redo.clone();
                view! {
                    <div class="notice">
                        <span>{notice.text.clone()}</span>
                        {redo.map(|deed| view! {
                            <button class="button plain" on:click=move |_| session.put_back(deed.clone())>"Put it back"</button>
                        })}
                        <button class="button plain" aria-label="Dismiss" on:click=move |_| session.notice().set(None)>"×"</button>
                    </div>
                }
            })}
        </div>
    }
}
