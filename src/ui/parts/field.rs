//! Fields of forms: a line, a text, an instant, one of several.
//!
//! A field holds text as it is typed; what it means is asked when the form is sent.

use std::sync::atomic::{AtomicU32, Ordering};

use leptos::html;
use leptos::prelude::*;

use super::time::wall;
use crate::guide::words;
use crate::model::Timestamp;
use crate::ui::browser;
use crate::ui::said_at::{self, Lean};
use crate::ui::session::use_session;

static FIELDS: AtomicU32 = AtomicU32::new(0);

/// An id that no other element of the page has.
pub fn fresh_id(prefix: &str) -> String {
    format!("{prefix}-{}", FIELDS.fetch_add(1, Ordering::Relaxed))
}

/// Puts the focus on an element once it is there: the browser's own first focus comes before that in
/// some cases.
pub fn focus_when_shown<E>(node: NodeRef<E>)
where
    E: html::ElementType + 'static,
    E::Output: AsRef<web_sys::HtmlElement> + Clone + wasm_bindgen::JsCast + 'static,
{
    Effect::new(move |_| {
        if let Some(element) = node.get() {
            request_animation_frame(move || {
                let element: &web_sys::HtmlElement = element.as_ref();
                // Whoever is quicker than the frame keeps what they went to, a form's button too.
                let gone_on = document().active_element().is_some_and(|active| {
                    active
                        .closest("dialog :is(form, input, select, textarea)")
                        .is_ok_and(|found| found.is_some())
                });
                if !gone_on {
                    drop(element.focus());
                }
            });
        }
    });
}

/// One line of text.
#[component]
pub fn TextField(
    /// Its label.
    #[prop(into)]
    label: String,
    /// What it holds.
    value: RwSignal<String>,
    /// A sentence below it.
    #[prop(optional, into)]
    hint: String,
    /// What it offers while one types.
    #[prop(optional)]
    suggestions: Vec<String>,
    /// Whether the dialog opens with the focus here.
    #[prop(optional)]
    first: bool,
) -> impl IntoView {
    let id = fresh_id("field");
    let (list_id, hint_id) = (format!("{id}-list"), format!("{id}-hint"));
    let node = NodeRef::<html::Input>::new();
    if first {
        focus_when_shown(node);
    }
    let list = (!suggestions.is_empty()).then(|| list_id.clone());
    let described = (!hint.is_empty()).then(|| hint_id.clone());
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <input node_ref=node id=id type="text" dir="auto" autocomplete="off" autofocus=first list=list aria-describedby=described
                prop:value=move || value.get() on:input=move |event| value.set(event_target_value(&event))/>
            {(!suggestions.is_empty()).then(|| view! {
                <datalist id=list_id>{suggestions.into_iter().map(|text| view! { <option value=text></option> }).collect_view()}</datalist>
            })}
            {(!hint.is_empty()).then(|| view! { <p class="faint small" id=hint_id>{hint}</p> })}
        </div>
    }
}

/// A text of several lines; Ctrl+Enter sends its form.
#[component]
pub fn TextArea(
    /// Its label.
    #[prop(into)]
    label: String,
    /// What it holds.
    value: RwSignal<String>,
    /// A sentence below it.
    #[prop(optional, into)]
    hint: Signal<String>,
    /// How many lines are seen at once.
    #[prop(default = 4)]
    rows: u32,
    /// Whether the dialog opens with the focus here.
    #[prop(optional)]
    first: bool,
) -> impl IntoView {
    let id = fresh_id("field");
    let hint_id = format!("{id}-hint");
    let node = NodeRef::<html::Textarea>::new();
    if first {
        focus_when_shown(node);
    }
    let send = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            if let Some(form) = node.get_untracked().and_then(|area| area.form()) {
                drop(form.request_submit());
            }
        }
    };
    view! {
        <div class="field">
            <label for=id.clone()>{label}<kbd aria-hidden="true">"Ctrl Enter"</kbd></label>
            <textarea node_ref=node id=id dir="auto" rows=rows.to_string() autofocus=first aria-describedby=hint_id.clone()
                on:keydown=send prop:value=move || value.get() on:input=move |event| value.set(event_target_value(&event))></textarea>
            <p class="faint small" id=hint_id>{hint}</p>
        </div>
    }
}

/// An instant in words, with what was understood beside it.
#[component]
pub fn TimeField(
    /// Its label.
    #[prop(into)]
    label: String,
    /// What it holds; empty means `blank`.
    value: RwSignal<String>,
    /// What an empty field means: "now".
    #[prop(default = "now")]
    blank: &'static str,
    /// Which way a clock time is meant.
    #[prop(default = Lean::Past)]
    lean: Lean,
    /// Whether the dialog opens with the focus here.
    #[prop(optional)]
    first: bool,
) -> impl IntoView {
    let session = use_session();
    let id = fresh_id("field");
    let hint_id = format!("{id}-hint");
    let node = NodeRef::<html::Input>::new();
    if first {
        focus_when_shown(node);
    }
    let read = move || {
        // The minute, so that the words beside the field stay true while it stands open.
        session.clock().minute();
        let now = session.clock().instant();
        (
            now,
            value.with(|text| said_at::instant(text, now, lean, browser::utc_offset_minutes)),
        )
    };
    let hint = move || match read() {
        (_, Ok(None)) => format!(
            "Empty means {blank}. For example: {}.",
            if lean == Lean::Past {
                "02:13, or 10 min ago"
            } else {
                "in 30 min, or 14:30"
            }
        ),
        (now, Ok(Some(at))) => understood(at, now),
        (_, Err(problem)) => problem.to_string(),
    };
    let invalid = move || value.with(|text| !text.is_empty()) && read().1.is_err();
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <input node_ref=node id=id type="text" autocomplete="off" autofocus=first placeholder=blank aria-describedby=hint_id.clone()
                aria-invalid=move || invalid().then_some("true")
                prop:value=move || value.get() on:input=move |event| value.set(event_target_value(&event))/>
            <p class="faint small" id=hint_id>{hint}</p>
        </div>
    }
}

/// "23 Nov, 23:50, 2 h 23 ago".
pub fn understood(at: Timestamp, now: Timestamp) -> String {
    let span = words::span(at - now);
    let distance = if at > now {
        format!("in {span}")
    } else {
        format!("{span} ago")
    };
    format!("{}, {distance}", wall(at, now))
}

/// What a time field means now; none where it is empty.
///
/// # Errors
/// When it cannot be read, with what can be written.
pub fn read_time(value: RwSignal<String>, lean: Lean) -> Result<Option<Timestamp>, String> {
    let read = value.with_untracked(|text| {
        said_at::instant(text, browser::now(), lean, browser::utc_offset_minutes)
    });
    read.map_err(|problem| problem.to_string())
}

/// One of several, by its name.
#[component]
pub fn SelectField(
    /// Its label.
    #[prop(into)]
    label: String,
    /// The value chosen.
    value: RwSignal<String>,
    /// Values and what they are called.
    options: Vec<(String, String)>,
    /// Whether the dialog opens with the focus here.
    #[prop(optional)]
    first: bool,
) -> impl IntoView {
    let id = fresh_id("field");
    let node = NodeRef::<html::Select>::new();
    if first {
        focus_when_shown(node);
    }
    let rows = options
        .into_iter()
        .map(|(name, title)| {
            let this = name.clone();
            view! { <option value=name selected=move || value.with(|value| *value == this)>{title}</option> }
        })
        .collect_view();
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <select node_ref=node id=id autofocus=first on:change=move |event| value.set(event_target_value(&event))>{rows}</select>
        </div>
    }
}

/// Something that is so or not.
#[component]
pub fn CheckField(
    /// What is so when it is checked.
    #[prop(into)]
    label: String,
    /// Whether it is so.
    value: RwSignal<bool>,
    /// Whether the dialog opens with the focus here.
    #[prop(optional)]
    first: bool,
) -> impl IntoView {
    let node = NodeRef::<html::Input>::new();
    if first {
        focus_when_shown(node);
    }
    view! {
        <label class="check-field">
            <input node_ref=node type="checkbox" autofocus=first prop:checked=move || value.get() on:change=move |event| value.set(event_target_checked(&event))/>
            <span>{label}</span>
        </label>
    }
}
