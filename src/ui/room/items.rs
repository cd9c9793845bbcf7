//! A list in the room: lines with a mark, a time and what can be done about each.

use leptos::prelude::*;

use super::here::{Form, use_here};
use super::status::Bridge;
use crate::model::Timestamp;
use crate::ui::derived::Derived;
use crate::ui::parts::term::explained;
use crate::ui::parts::time::WallTime;

/// One line of a list.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Item {
    /// In bold, before the words.
    pub lead: String,
    /// The words.
    pub text: String,
    /// Smaller, below.
    pub detail: String,
    /// What to do, point by point, when asked for.
    pub points: &'static [&'static str],
    /// A mark: its class and its word.
    pub tag: Option<(&'static str, String)>,
    /// When it was.
    pub when: Option<Timestamp>,
    /// An address in the page: another incident.
    pub href: Option<String>,
    /// Where the response meets: an address from the log.
    pub url: Option<String>,
    /// What can be done about it.
    pub acts: Vec<(&'static str, Form)>,
}

/// A part of the work: its heading, what can be added, and its lines.
#[component]
pub fn Items(
    /// Its heading.
    title: &'static str,
    /// The term behind it, where it has one.
    #[prop(optional)]
    term: &'static str,
    /// What can be added, on a button beside the heading.
    add: Vec<(&'static str, Form)>,
    /// What it says while it is empty.
    empty: &'static str,
    /// Its lines.
    items: Derived<Vec<Item>>,
) -> impl IntoView {
    let lines = move || {
        let items = items.get();
        if items.is_empty() {
            return view! { <p class="faint empty">{empty}</p> }.into_any();
        }
        view! { <ul class="items sheet">{items.into_iter().map(item_row).collect_view()}</ul> }
            .into_any()
    };
    view! {
        <div class="items-head"><div class="row"><h2>{title}</h2>{explained(term)}</div><Buttons forms=add/></div>
        {lines}
    }
}

fn item_row(item: Item) -> impl IntoView {
    let Item {
        lead,
        text,
        detail,
        points,
        tag,
        when,
        href,
        url,
        acts,
    } = item;
    let lead_view = match (href, url) {
        (Some(href), _) => view! { <a href=href>{lead}</a> }.into_any(),
        (None, Some(url)) => view! { <Bridge label=lead url/> }.into_any(),
        (None, None) => view! { <b>{lead}</b> }.into_any(),
    };
    view! {
        <li>
            <div class="item-what" dir="auto">
                <p>{lead_view}" "<span class="item-text">{text}</span></p>
                {detail_view(detail, points)}
            </div>
            <div class="item-end">
                {tag.map(|(class, word)| view! { <span class=class>{word}</span> })}
                {when.map(|at| view! { <span class="faint small"><WallTime at/></span> })}
                <Buttons forms=acts/>
            </div>
        </li>
    }
}

fn detail_view(detail: String, points: &'static [&'static str]) -> AnyView {
    match (detail.is_empty(), points.is_empty()) {
        (true, true) => ().into_any(),
        (_, true) => view! { <p class="faint small pre">{detail}</p> }.into_any(),
        _ => {
            let points = points.iter().map(|point| view! { <li>{*point}</li> });
            view! {
                <details class="small points"><summary class="faint">{detail}</summary><ul>{points.collect_view()}</ul></details>
            }
            .into_any()
        }
    }
}

#[component]
fn Buttons(forms: Vec<(&'static str, Form)>) -> impl IntoView {
    let here = use_here();
    let buttons = forms.into_iter().map(|(word, form)| {
        let begin = move |_| match form.clone() {
            Form::Act(act) => here.begin(act),
            form => here.open_form(form),
        };
        view! { <button type="button" class="button small" on:click=begin>{word}</button> }
    });
    view! { <span class="row">{buttons.collect_view()}</span> }
}
