//! All runbooks, those that come with Muster and one's own; and taking Markdown files in.

use leptos::html;
use leptos::prelude::*;

use super::keep;
use crate::guide::words;
use crate::runbook::json;
use crate::runbook::markdown::{LARGEST, read};
use crate::runbook::shelf::{Offered, shelf};
use crate::ui::derived::Derived;
use crate::ui::palette::rank::{Findable, rank};
use crate::ui::parts::field::TextField;
use crate::ui::route::Route;
use crate::ui::session::{Session, use_session};
use crate::ui::share::{self, text_of};

#[component]
pub fn RunbookList() -> impl IntoView {
    let session = use_session();
    let held = Derived::new(move || session.ask(|records| shelf(records.library())));
    let typed = RwSignal::new(String::new());
    let rows = move || {
        held.with(|shelf| {
            let entries = shelf.iter().map(|offered| Findable {
                text: &offered.runbook.title,
                also: &offered.runbook.id,
            });
            let found = rank(&typed.get(), entries).into_iter();
            found
                .filter_map(|fit| shelf.get(fit.index))
                .map(row)
                .collect_view()
        })
    };
    view! {
        <main class="page runbooks">
            <h1 tabindex="-1">"Runbooks"</h1>
            <p class="faint lead">"What to do, in which order, with the way back. Follow one in an incident with R, and its tasks are planned at once."</p>
            <TextField label="Find one" value=typed/>
            <ul class="items sheet" aria-label="Runbooks">{rows}</ul>
            <p class="small"><a class="back" href=Route::Organisation.href()>"Services and contacts"</a></p>
            <h2>"Your own"</h2>
            <p><a class="button" href=Route::Runbooks(Some("new".to_owned())).href()>"Write a runbook"</a></p>
            <Import session/>
        </main>
    }
}

fn row(offered: &Offered) -> impl IntoView + use<> {
    let runbook = &offered.runbook;
    let reviewed =
        (!runbook.reviewed.is_empty()).then(|| format!(" · reviewed {}", runbook.reviewed));
    view! {
        <li>
            <div class="item-what"><a href=Route::Runbooks(Some(runbook.id.clone())).href() dir="auto">{runbook.title.clone()}</a></div>
            <div class="item-end"><span class="faint small">{words::count(runbook.tasks.len(), "task", "tasks")}{reviewed}</span>{offered.own.then(|| view! { <span class="tag">"your own"</span> })}</div>
        </li>
    }
}

/// What became of each file.
type Outcome = (String, Result<usize, String>);

#[component]
fn Import(session: Session) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let outcomes = RwSignal::new(Vec::<Outcome>::new());
    let chosen = move |_| {
        let files = share::chosen(input);
        outcomes.set(Vec::new());
        leptos::task::spawn_local(async move {
            for file in files {
                let outcome = (file.name(), take(session, &file).await);
                outcomes.update(|outcomes| outcomes.push(outcome));
            }
        });
    };
    let rows = move || {
        let row = |(name, outcome): Outcome| {
            match outcome {
            Ok(tasks) => view! { <li><b dir="auto">{name}</b>": "{words::count(tasks, "task", "tasks")}", kept"</li> }.into_any(),
            Err(why) => view! { <li class="problem"><b dir="auto">{name}</b>": "{why}</li> }.into_any(),
        }
        };
        outcomes.get().into_iter().map(row).collect_view()
    };
    view! {
        <div class="sheet share-box">
            <label class="file"><span>"Import runbooks"</span><input node_ref=input type="file" multiple=true accept=".md,.markdown,.json,text/markdown,text/plain,application/json" on:change=chosen/></label>
            <p class="faint small">"Markdown as your team has it: check-lists, ordered and nested lists, headings, front matter, code. No sentence is lost; the text itself is kept as it came. Or the JSON that a runbook’s page gives."</p>
            <div role="status"><ul>{rows}</ul></div>
        </div>
    }
}

fn is_json(name: &str) -> bool {
    let ending = name.rsplit_once('.');
    ending.is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("json"))
}

async fn take(session: Session, file: &web_sys::File) -> Result<usize, String> {
    let name = file.name();
    let text = text_of(file, LARGEST).await?;
    let text = if is_json(&name) {
        json::read(&text)?
    } else {
        text
    };
    let name = name
        .rsplit_once('.')
        .map_or(name.as_str(), |(name, _)| name);
    let runbook = read(name, &text);
    keep(session, Some(&runbook.id), &text)?;
    Ok(runbook.tasks.len())
}
