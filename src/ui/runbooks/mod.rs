//! Runbooks: what is offered, reading one, writing one, and the versions that it had.
//!
//! Shows what `runbook` reads from a text; keeps texts in the library's log.

mod edit;
mod list;

use leptos::prelude::*;

use self::edit::Editor;
use self::list::RunbookList;
use super::browser;
use super::derived::Derived;
use super::route::Route;
use super::session::{Session, use_session};
use crate::guide::{brief, rules, words, write};
use crate::model::Timestamp;
use crate::model::task::Task;
use crate::runbook::json;
use crate::runbook::markdown::{self, Runbook};
use crate::runbook::shelf::{Offered, shelf};
use crate::ui::parts::markdown as shown;
use crate::ui::parts::time::WallTime;

/// What a runbook that is being written begins with.
const BLANK: &str = "---
title: 
fits: 
---

When to follow this, and when not.

## First five minutes

1. **Do this first.** How it is done.
   - Takes: 5 to 10 min
   - Role: operations lead
   - Done when: one sees that it is done
   - To take it back: how

## Verify

- **See that it holds.** What to look at.
  - Takes: 10 min
";

/// All runbooks, or one of them.
#[component]
pub fn Runbooks(
    /// Which one; none for all.
    id: Option<String>,
) -> impl IntoView {
    match id {
        None => view! { <RunbookList/> }.into_any(),
        Some(id) if id == "new" => view! { <New/> }.into_any(),
        Some(id) => view! { <One id/> }.into_any(),
    }
}

/// Keeps a text in the library. Says under which name, or what is wrong with it.
pub fn keep(session: Session, id: Option<&str>, text: &str) -> Result<String, String> {
    let runbook = markdown::read("", text);
    if runbook.title.trim().is_empty() {
        return Err("Give it a title: a line “title: …” between the dashes at the top, or a heading with one #.".to_owned());
    }
    if text.len() > markdown::LARGEST {
        return Err(format!(
            "It is longer than {} kB: make two of it.",
            markdown::LARGEST / 1_000
        ));
    }
    let id = id.map_or(runbook.id, str::to_owned);
    let draft =
        session.ask_untracked(|records| write::tasks::keep_runbook(records.library(), &id, text));
    session.act_in_library(vec![draft], "Kept a runbook");
    Ok(id)
}

#[component]
fn New() -> impl IntoView {
    let session = use_session();
    let kept = move |text: &str| {
        let id = keep(session, None, text)?;
        browser::go(&Route::Runbooks(Some(id)).href());
        Ok(())
    };
    view! {
        <main class="page runbook">
            <h1 tabindex="-1">"Write a runbook"</h1>
            <Editor text=BLANK.to_owned() kept/>
        </main>
    }
}

/// A runbook with what the page says of it.
#[derive(Clone, PartialEq, Debug)]
struct Page {
    offered: Offered,
    versions: Vec<Version>,
}

/// One text that it had.
#[derive(Clone, PartialEq, Debug)]
struct Version {
    when: Timestamp,
    by: String,
    text: Option<String>,
}

fn page(session: Session, id: &str) -> Option<Page> {
    session.ask(|records| {
        let library = records.library();
        let offered = shelf(library)
            .into_iter()
            .find(|offered| offered.runbook.id == id)?;
        let settings = library.library.runbooks.get(id);
        let versions = settings
            .into_iter()
            .flat_map(|register| register.standing());
        let versions = versions.rev().map(|(setting, text)| Version {
            when: setting.when,
            by: library.writers.get(&setting.place.writer).map_or_else(
                || "somebody".to_owned(),
                |person| brief::name_or_you(library, *person),
            ),
            text: text.clone(),
        });
        Some(Page {
            versions: versions.collect(),
            offered,
        })
    })
}

#[component]
fn One(id: String) -> impl IntoView {
    let session = use_session();
    let name = id.clone();
    let held = Derived::new(move || page(session, &name));
    let editing = RwSignal::new(false);
    move || {
        match held.get() {
        None => view! {
            <main class="page"><h1 tabindex="-1">"There is no such runbook here"</h1>
            <p><a class="button main" href=Route::Runbooks(None).href()>"All runbooks"</a></p></main>
        }
        .into_any(),
        Some(page) => view! { <Shown page editing/> }.into_any(),
    }
    }
}

#[component]
fn Shown(page: Page, editing: RwSignal<bool>) -> impl IntoView {
    let session = use_session();
    let Page { offered, versions } = page;
    let Offered { runbook, text, own } = offered;
    let (id, file) = (runbook.id.clone(), format!("{}.md", runbook.id));
    let (json_file, as_json) = (format!("{id}.json"), json::write(&runbook, &text));
    let (kept_id, removed_id, versions_id) = (id.clone(), id.clone(), id);
    let (download, edited) = (text.clone(), text);
    let kept = move |text: &str| {
        keep(session, Some(&kept_id), text)?;
        editing.set(false);
        Ok(())
    };
    let give = move |_| session.give(&file, "text/markdown", &download);
    let give_json = move |_| session.give(&json_file, "application/json", &as_json);
    let remove = move |_| {
        let draft = session
            .ask_untracked(|records| write::tasks::remove_runbook(records.library(), &removed_id));
        session.act_in_library(vec![draft], "Removed a runbook");
        browser::go(&Route::Runbooks(None).href());
    };
    let whose = if own { "your own" } else { "comes with Muster" };
    let sources = (!runbook.rests_on.is_empty()).then(|| view! { <p class="faint small" dir="auto">"Rests on: "{runbook.rests_on.join("; ")}{(!own).then_some(". Named from memory: look there before you quote it.")}</p> });
    view! {
        <main class="page runbook">
            <p class="small"><a class="back" href=Route::Runbooks(None).href()>"All runbooks"</a></p>
            <h1 tabindex="-1" dir="auto">{runbook.title.clone()}</h1>
            <p class="faint">{words::count(runbook.tasks.len(), "task", "tasks")}" · "{whose}{dated(&runbook)}</p>
            {sources}
            <p class="row">
                <button type="button" class="button" on:click=move |_| editing.update(|editing| *editing = !*editing)>{move || if editing.get() { "Read" } else { "Edit" }}</button>
                <button type="button" class="button" on:click=give>"Download as Markdown"</button>
                <button type="button" class="button" on:click=give_json>"Download as JSON"</button>
                <button type="button" class="button plain" on:click=remove>"Remove"</button>
            </p>
            {move || if editing.get() {
                view! { <Editor text=edited.clone() kept=kept.clone()/> }.into_any()
            } else {
                view! { <Preview runbook=runbook.clone()/> }.into_any()
            }}
            <Versions id=versions_id versions/>
        </main>
    }
}

fn dated(runbook: &Runbook) -> String {
    let version = (!runbook.version.is_empty()).then(|| format!(" · version {}", runbook.version));
    let reviewed =
        (!runbook.reviewed.is_empty()).then(|| format!(" · reviewed {}", runbook.reviewed));
    [version, reviewed].into_iter().flatten().collect()
}

/// A runbook as one reads it.
#[component]
fn Preview(runbook: Runbook) -> impl IntoView {
    let mut section = String::new();
    let rows = runbook.tasks.iter().map(|task| {
        let heading = (task.section != section).then(|| task.section.clone());
        section.clone_from(&task.section);
        view! { {heading.map(|heading| view! { <h2 dir="auto">{heading}</h2> })}<TaskText task=task.clone()/> }
    });
    let rows = rows.collect_view();
    let rules = runbook.rules.iter().map(|rule| {
        view! { <li dir="auto">{rule.text.clone()}<span class="faint small">" "{rules::describe(rule)}</span></li> }
    });
    let rules = (!runbook.rules.is_empty())
        .then(|| view! { <h2>"Rules"</h2><ul class="versions">{rules.collect_view()}</ul> });
    view! { <article class="runbook-text">{shown::text(&runbook.about)}{rows}{rules}</article> }
}

#[component]
fn TaskText(task: Task) -> impl IntoView {
    let takes = match (task.minutes, task.at_most) {
        (Some(minutes), Some(most)) => format!("{minutes} to {most} min"),
        (Some(minutes), None) => format!("{minutes} min"),
        _ => String::new(),
    };
    let role = task.role.as_ref().map(words::role).unwrap_or_default();
    let facts = [
        ("Takes", takes),
        ("Role", role),
        ("Done when", task.check.clone()),
        ("To take it back", task.rollback.clone()),
    ];
    let facts = facts.into_iter().filter(|(_, text)| !text.is_empty());
    let facts = facts.map(
        |(name, text)| view! { <div><dt class="faint">{name}</dt><dd dir="auto">{text}</dd></div> },
    );
    view! {
        <section class="sheet task-text">
            <h3 dir="auto">{task.title.clone()}</h3>
            {shown::text(&task.text)}
            <dl class="task-facts small">{facts.collect_view()}</dl>
        </section>
    }
}

#[component]
fn Versions(id: String, versions: Vec<Version>) -> impl IntoView {
    let session = use_session();
    let again = StoredValue::new(id);
    let rows = versions.into_iter().enumerate().map(|(place, version)| {
        let Version { when, by, text } = version;
        let said = if text.is_some() { "kept by " } else { "removed by " };
        let take = text.filter(|_| place > 0).map(|text| {
            let keep_again = move |_| {
                if let Err(why) = again.with_value(|id| keep(session, Some(id), &text)) {
                    session.say(&why);
                }
            };
            view! { <button type="button" class="button small" on:click=keep_again>"Take this one again"</button> }
        });
        view! { <li class="row"><WallTime at=when/><span dir="auto">{said}{by}</span>{(place == 0).then(|| view! { <span class="tag">"holds now"</span> })}{take}</li> }
    });
    let rows = rows.collect_view();
    (!rows.is_empty()).then(|| view! { <h2>"Versions"</h2><ol class="versions">{rows}</ol> })
}
