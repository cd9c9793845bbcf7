//! A group of radio buttons as a list of sentences, each with a digit that chooses it.

use leptos::prelude::*;

use super::field::focus_when_shown;

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
    /// Whether the dialog opens with the focus here.
    #[prop(optional)]
    first: bool,
) -> impl IntoView
where
    T: Copy + PartialEq + Send + Sync + 'static,
{
    let count = answers.len();
    let group = name.to_ascii_lowercase();
    let fieldset = NodeRef::<leptos::html::Fieldset>::new();
    let by_digit = move |event: leptos::ev::KeyboardEvent| {
        let digit = event
            .key()
            .parse::<usize>()
            .ok()
            .and_then(|digit| digit.checked_sub(1));
        let plain = !event.ctrl_key() && !event.meta_key() && !event.alt_key();
        if let Some(index) = digit.filter(|index| plain && *index < count) {
            event.prevent_default();
            choose_radio(fieldset, index);
        }
    };
    // Tab would lead to the one that is chosen, and so does opening.
    let chosen_now = chosen.get_untracked();
    let start = answers
        .iter()
        .position(|answer| Some(answer.value) == chosen_now)
        .unwrap_or(0);
    let start_node = NodeRef::<leptos::html::Input>::new();
    if first {
        focus_when_shown(start_node);
    }
    let question_id = format!("{group}-question");
    let rows = answers
        .into_iter()
        .enumerate()
        .map(|(index, answer)| {
            let value = answer.value;
            let hint_id = format!("{group}-hint-{index}");
            let starts = index == start;
            let node = if starts { start_node } else { NodeRef::new() };
            view! {
                <label>
                    <input node_ref=node type="radio" name=group.clone() autofocus=first && starts aria-describedby=hint_id.clone()
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

/// As a click would: whoever listens hears of it.
fn choose_radio(fieldset: NodeRef<leptos::html::Fieldset>, index: usize) {
    use wasm_bindgen::JsCast;
    let Some(element) = fieldset.get_untracked() else {
        return;
    };
    let radios = element.query_selector_all("input[type=radio]").ok();
    let radio = radios.and_then(|radios| radios.item(u32::try_from(index).ok()?));
    if let Some(radio) = radio.and_then(|radio| radio.dyn_into::<web_sys::HtmlElement>().ok()) {
        drop(radio.focus());
        radio.click();
    }
}
