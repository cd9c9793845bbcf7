//! A modal dialog: the browser's own, which keeps the focus inside and gives it back.

use leptos::html;
use leptos::prelude::*;

/// Shows its content while `open`; closes by Escape, by its × and by a click beside it.
#[component]
pub fn Dialog(
    /// Whether it is shown.
    #[prop(into)]
    open: Signal<bool>,
    /// Called when the person closes it: from then on it should not be `open`. Also called, to no
    /// effect, when it was closed from outside.
    close: Callback<()>,
    /// Its heading.
    #[prop(into)]
    title: Signal<String>,
    /// Its content, made anew each time it opens.
    children: ChildrenFn,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let Some(element) = dialog.get() else { return };
        if open.get() && !element.open() {
            // Only an element outside the page refuses.
            drop(element.show_modal());
        } else if !open.get() && element.open() {
            element.close();
        }
    });
    let close_beside = move |event: leptos::ev::MouseEvent| {
        let beside = dialog.get_untracked().is_some_and(|element| {
            event
                .target()
                .is_some_and(|target| target == *AsRef::<web_sys::EventTarget>::as_ref(&element))
        });
        if beside {
            close.run(());
        }
    };
    // The browser tells of a closing a moment later: by then the next form may be open.
    let closed = move |_| {
        if dialog.get_untracked().is_none_or(|element| !element.open()) {
            close.run(());
        }
    };
    view! {
        <dialog node_ref=dialog class="dialog" aria-label=title
            on:close=closed on:mousedown=close_beside>
            {move || open.get().then(|| view! {
                <div class="dialog-body">
                    <div class="dialog-head">
                        <h2>{title}</h2>
                        <button type="button" class="button plain" aria-label="Close" on:click=move |_| close.run(())>"×"</button>
                    </div>
                    {children()}
                </div>
            })}
        </dialog>
    }
}
