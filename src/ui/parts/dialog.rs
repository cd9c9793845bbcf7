//! A modal dialog: the browser's own, which keeps the focus inside and gives it back.
//!
//! What a person typed in it is not thrown away by a slip: they are asked first.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::ui::browser;

/// What was typed in a dialog since it opened, and whether the person is being asked about it.
#[derive(Clone, Copy)]
struct Typed {
    /// Whether this dialog asks at all.
    keeps: bool,
    any: StoredValue<bool>,
    asks: RwSignal<bool>,
    /// Where in the form they were last.
    at: StoredValue<Option<HtmlElement>, LocalStorage>,
    /// Where the link leads that they clicked; empty where it was none.
    leads: StoredValue<String>,
    close: Callback<()>,
}

impl Typed {
    fn new(keeps: bool, close: Callback<()>) -> Self {
        Self {
            keeps,
            any: StoredValue::new(false),
            asks: RwSignal::new(false),
            at: StoredValue::new_local(None),
            leads: StoredValue::new(String::new()),
            close,
        }
    }

    /// Another form is there, or none: nothing is typed in it.
    fn forget(self) {
        self.any.set_value(false);
        self.asks.set(false);
        self.at.set_value(None);
    }

    /// Whoever writes on has answered.
    fn note(self) {
        self.any.set_value(true);
        self.asks.set(false);
    }

    fn is_kept_back(self) -> bool {
        self.keeps && self.any.get_value()
    }

    fn ask(self, leads: String) {
        self.leads.set_value(leads);
        self.asks.set(true);
    }

    /// Closes, or asks where that would throw something away.
    fn leave(self) {
        if self.is_kept_back() {
            self.ask(String::new());
        } else {
            self.close.run(());
        }
    }

    /// By Escape: at the second one the person means it.
    fn escape(self, event: &web_sys::Event) {
        if self.is_kept_back() && !self.asks.get_untracked() && !event.default_prevented() {
            event.prevent_default();
            self.ask(String::new());
        }
    }

    /// A link within the page would take the form away.
    fn follow(self, event: &web_sys::Event) {
        let link = target(event).and_then(|target| {
            let link = target.closest("a[href^='#']:not([target])");
            link.ok().flatten()?.get_attribute("href")
        });
        if let Some(leads) = link.filter(|_| self.is_kept_back()) {
            event.prevent_default();
            self.ask(leads);
        }
    }

    fn note_place(self, event: &web_sys::Event) {
        let in_form = target(event).filter(|target| {
            let form = target.closest("form");
            form.is_ok_and(|form| form.is_some())
        });
        if let Some(element) = in_form.and_then(|target| target.dyn_into().ok()) {
            self.at.set_value(Some(element));
        }
    }

    /// Closes, and goes where the person was going.
    fn drop_it(self) {
        let leads = self.leads.get_value();
        self.close.run(());
        if !leads.is_empty() {
            browser::go(&leads);
        }
    }

    fn write_on(self) {
        // First the focus: what had it is gone with the question.
        if let Some(element) = self.at.get_value() {
            drop(element.focus());
        }
        self.asks.set(false);
    }
}

fn target(event: &web_sys::Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

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
    /// Whether what was typed in it is dropped only after a question.
    #[prop(optional)]
    keeps: bool,
    /// Its content, made anew each time it opens.
    children: ChildrenFn,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    let typed = Typed::new(keeps, close);
    Effect::new(move |_| {
        let Some(element) = dialog.get() else { return };
        let open = open.get();
        typed.forget();
        if open && !element.open() {
            // Only an element outside the page refuses.
            drop(element.show_modal());
        } else if !open && element.open() {
            element.close();
        }
    });
    let is_itself = move |event: &web_sys::Event| {
        dialog.get_untracked().is_some_and(|element| {
            event
                .target()
                .is_some_and(|target| target == *AsRef::<web_sys::EventTarget>::as_ref(&element))
        })
    };
    let close_beside = move |event: leptos::ev::MouseEvent| {
        if is_itself(&event) {
            // The focus goes to the question and not beside it.
            event.prevent_default();
            typed.leave();
        }
    };
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        // What a word is being composed with is no wish to leave.
        if event.key() == "Escape" && !event.is_composing() {
            typed.escape(&event);
        }
    };
    // Where the browser closes without a key, as by a phone's back. A field for files has one too.
    let on_cancel = move |event: leptos::ev::Event| {
        if is_itself(&event) {
            typed.escape(&event);
        }
    };
    // The browser tells of a closing a moment later: by then the next form may be open.
    let closed = move |_| {
        if dialog.get_untracked().is_none_or(|element| !element.open()) {
            close.run(());
        }
    };
    // A text field says that it was changed only when the question takes the focus: no answer to it.
    view! {
        <dialog node_ref=dialog class="dialog" aria-label=title
            on:close=closed on:cancel=on_cancel on:keydown=on_key on:mousedown=close_beside
            on:input=move |_| typed.note() on:change=move |_| typed.any.set_value(true)
            on:focusin=move |event| typed.note_place(&event) on:click=move |event| typed.follow(&event)>
            {move || open.get().then(|| view! {
                <div class="dialog-body">
                    <div class="dialog-head">
                        <h2>{title}</h2>
                        <button type="button" class="button plain" aria-label="Close" on:click=move |_| typed.leave()>"×"</button>
                    </div>
                    {move || typed.asks.get().then(|| view! { <Question typed/> })}
                    {children()}
                </div>
            })}
        </dialog>
    }
}

/// Whether what was typed is dropped.
#[component]
fn Question(typed: Typed) -> impl IntoView {
    let keep = NodeRef::<html::Button>::new();
    Effect::new(move |_| {
        if let Some(button) = keep.get() {
            drop(button.focus());
        }
    });
    view! {
        <div class="asks" role="alert">
            <p>"What you typed is not kept yet."</p>
            <p class="row">
                <button node_ref=keep type="button" class="button" on:click=move |_| typed.write_on()>"Keep writing"</button>
                <button type="button" class="button plain" on:click=move |_| typed.drop_it()>"Drop it"<kbd aria-hidden="true">"Esc"</kbd></button>
            </p>
        </div>
    }
}
