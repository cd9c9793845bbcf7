//! A form in a dialog: its fields, its one main button, and what is wrong with it.
//!
//! Enter sends it, Ctrl+Enter does so from a text area. Writes nothing down itself.

use leptos::html;
use leptos::prelude::*;

use super::field::focus_when_shown;

/// What sends a form, as one type, so that there is one form.
pub struct Submit(Box<dyn Fn() -> Result<(), String>>);

impl<F: Fn() -> Result<(), String> + 'static> From<F> for Submit {
    fn from(submit: F) -> Self {
        Self(Box::new(submit))
    }
}

/// Fields above, the button below. What is wrong is said beside the button and read out.
#[component]
pub fn EntryForm(
    /// What the main button says.
    #[prop(into)]
    button: Signal<String>,
    /// Sends it. What is wrong comes back as a sentence.
    #[prop(into)]
    submit: Submit,
    /// Further buttons, after the main one.
    #[prop(optional, into)]
    more: ViewFn,
    /// Whether the dialog opens with the focus on the main button: for what has no fields.
    #[prop(optional)]
    only_asks: bool,
    /// The fields.
    children: Children,
) -> impl IntoView {
    let problem = RwSignal::new(None::<String>);
    let main = NodeRef::<html::Button>::new();
    if only_asks {
        focus_when_shown(main);
    }
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        problem.set((submit.0)().err());
    };
    view! {
        <form class="form" on:submit=send novalidate=true>
            {children()}
            <div class="form-foot">
                <button node_ref=main type="submit" class="button main" autofocus=only_asks>{button}<kbd aria-hidden="true">"Enter"</kbd></button>
                {more.run()}
                <p class="problem" role="alert">{problem}</p>
            </div>
        </form>
    }
}
