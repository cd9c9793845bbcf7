//! A form in a dialog: its fields, its one main button, and what is wrong with it.
//!
//! Enter sends it, Ctrl+Enter does so from a text area. Writes nothing down itself.

use leptos::prelude::*;

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
    /// The fields.
    children: Children,
) -> impl IntoView {
    let problem = RwSignal::new(None::<String>);
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        problem.set((submit.0)().err());
    };
    view! {
        <form class="form" on:submit=send novalidate=true>
            {children()}
            <div class="form-foot">
                <button type="submit" class="button main">{button}<kbd aria-hidden="true">"Enter"</kbd></button>
                {more.run()}
                <p class="problem" role="alert">{problem}</p>
            </div>
        </form>
    }
}
