//! A group of radio buttons as a list of sentences, each with a digit that chooses it.

use leptos::prelude::*;

/// One answer that can be chosen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Answer<T> {
    /// What is chosen.
    pub value: T,
    /// In a word or two.
    pub label: &'static str,
    /// In a sentence.
    pub hint: &'static str,
}

/// A radio group. While the focus is in it, the digits choose; nothing is chosen at first unless
/// `chosen` says so.
#[component]
pub fn Choices<T>(
    /// The group's accessible name: `Effect`.
    name: &'static str,
    /// What is asked, as one would say it; follows the name.
    question: &'static str,
    /// The answers, in the order of their digits.
    answers: Vec<Answer<T>>,
    /// The answer chosen.
    chosen: RwSignal<Option<T>>,
) -> impl IntoView
where
    T: Copy + PartialEq + Send + Sync + 'static,
{
    let values: Vec<T> = answers.iter().map(|answer| answer.value).collect();
    let group = name.to_ascii_lowercase();
    let fieldset = NodeRef::<leptos::html::Fieldset>::new();
    let by_digit = move |event: leptos::ev::KeyboardEvent| {
        let digit = event
            .key()
            .parse::<usize>()
            .ok()
            .and_then(|digit| digit.checked_sub(1));
        let plain = !event.ctrl_key() && !event.meta_key() && !event.alt_key();
        if let Some((index, value)) = digit
            .filter(|_| plain)
            .and_then(|index| Some((index, *values.get(index)?)))
        {
            event.prevent_default();
            chosen.set(Some(value));
            focus_radio(fieldset, index);
        }
    };
    let question_id = format!("{group}-question");
    let rows = answers
        .into_iter()
        .enumerate()
        .map(|(index, answer)| {
            let value = answer.value;
            let hint_id = format!("{group}-hint-{index}");
            view! {
                <label>
                    <input type="radio" name=group.clone() aria-describedby=hint_id.clone()
                        prop:checked=move || chosen.get() == Some(value)
                        on:change=move |_| chosen.set(Some(value))/>
                    <kbd aria-hidden="true">{index + 1}</kbd>
                    <b>{answer.label}</b>
                    <span class="faint" id=hint_id>{answer.hint}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset node_ref=fieldset class="choice" role="radiogroup" aria-label=name aria-describedby=question_id.clone() on:keydown=by_digit>
            <legend id=question_id.clone()><b>{name}</b>" "{question}</legend>
            <div class="sheet choices">{rows}</div>
        </fieldset>
    }
}

fn focus_radio(fieldset: NodeRef<leptos::html::Fieldset>, index: usize) {
    use wasm_bindgen::JsCast;
    let Some(element) = fieldset.get_untracked() else {
        return;
    };
    let radios = element.query_selector_all("input[type=radio]").ok();
    let radio = radios.and_then(|radios| radios.item(u32::try_from(index).ok()?));
    if let Some(radio) = radio.and_then(|radio| radio.dyn_into::<web_sys::HtmlElement>().ok()) {
        drop(radio.focus());
    }
}
