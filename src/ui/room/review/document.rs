//! The review as a document: read, printed, and given away as Markdown or as one HTML file.
//!
//! Shows what `draft::review` says; the page and the files are printed from the same values.

use leptos::prelude::*;

use super::super::acts::ActDialog;
use super::super::here::Here;
use super::super::{open_beside, where_held};
use super::picture::drawing;
use crate::draft::review::{self, Asked, Block, Document, Fact, Line, Mark, Row, Table};
use crate::format::file;
use crate::model::chain::Finding;
use crate::model::{EventId, IncidentId};
use crate::ui::browser;
use crate::ui::derived::Derived;
use crate::ui::route::Route;
use crate::ui::session::use_session;

/// Entries that are named behind a figure; of more only their number is said.
const MOST_NAMED: usize = 12;

/// The screen.
#[component]
pub fn ReviewDocument(
    /// Which incident.
    id: IncidentId,
) -> impl IntoView {
    where_held(id, move || view! { <Held id/> }.into_any())
}

#[component]
fn Held(id: IncidentId) -> impl IntoView {
    let here = open_beside(id);
    let checked = checked(here);
    let document = Derived::new(move || {
        let organisation = here.session.organisation();
        let now = here.as_of();
        here.ask(|incident| {
            checked.with(|checked| {
                let began = incident.began_at().unwrap_or(now);
                Some(review::document(&Asked {
                    incident,
                    organisation: &organisation,
                    checked: checked.as_deref(),
                    now,
                    utc_offset_minutes: browser::utc_offset_minutes(began),
                }))
            })
        })
        .flatten()
    });
    let article = move || document.get().map(article);
    view! {
        <main class="page document-page">
            <Tools here document/>
            {article}
            <ActDialog/>
        </main>
    }
}

/// What checking the record found, once it is checked.
fn checked(here: Here) -> RwSignal<Option<Vec<Finding>>> {
    let checked = RwSignal::new(None);
    Effect::new(move |_| {
        here.session.came_in().track();
        if !here.session.is_open() {
            return;
        }
        leptos::task::spawn_local(async move {
            let found = here.session.check(here.id, || true).await;
            // The screen may have been left since.
            let _ = checked.try_set(found);
        });
    });
    checked
}

#[component]
fn Tools(here: Here, document: Derived<Option<Document>>) -> impl IntoView {
    let session = use_session();
    let name = move |ending: &str| {
        let named = here.ask_now(|incident| file::name_as(incident, "review", ending));
        named.unwrap_or_default()
    };
    let give = move |ending: &'static str, mime: &'static str, print: fn(&Document) -> String| {
        let text = document.with_untracked(|document| document.as_ref().map(print));
        if let Some(text) = text {
            session.give(&name(ending), mime, &text);
        }
    };
    let markdown = move |_| give("md", "text/markdown", review::markdown::markdown);
    let html = move |_| give("html", "text/html", review::html::html);
    view! {
        <div class="row document-tools">
            <a class="back" href=Route::Review(here.id).href()>"Back to the review"</a>
            <button type="button" class="button main" on:click=move |_| browser::print()>"Print, or save as PDF"</button>
            <button type="button" class="button" on:click=html>"Download as HTML"</button>
            <button type="button" class="button" on:click=markdown>"Download as Markdown"</button>
        </div>
    }
}

/// The whole document.
fn article(document: Document) -> AnyView {
    let nature = document.nature.map(
        |nature| view! { " "<strong class="nature">{nature}": this was no real incident"</strong> },
    );
    let contents = document.sections.iter().skip(1);
    let contents: Vec<AnyView> = contents
        .map(|section| {
            let to = format!("#doc-{}", section.id);
            view! { <li><button type="button" class="link" on:click=move |_| browser::focus(&to)>{section.title}</button></li> }.into_any()
        })
        .collect();
    let contents = view! { <nav aria-label="Sections"><ol>{contents}</ol></nav> };
    let mut contents = Some(contents.into_any());
    let sections = document.sections.iter().map(|section| {
        let blocks: Vec<AnyView> = section
            .blocks
            .iter()
            .map(|block| self::block(&document, block))
            .collect();
        let id = format!("doc-{}", section.id);
        let contents = contents.take();
        view! { <section id=id.clone() tabindex="-1" aria-labelledby=format!("{id}-h")><h2 id=format!("{id}-h")>{section.title}</h2>{blocks}</section>{contents} }.into_any()
    });
    let sections: Vec<AnyView> = sections.collect();
    let times = format!(
        "{} Numbers in brackets are entries of the timeline.",
        document.times
    );
    let basis = basis(&document, &document.state_from);
    view! {
        <article class="document">
            <p class="state">"Incident review: "<strong>{document.state.words()}</strong>{basis}{nature}</p>
            <h1 tabindex="-1" dir="auto">{document.title.clone()}</h1>
            <p class="times">{times}</p>
            {sections}
        </article>
    }
    .into_any()
}

/// A part of a section.
fn block(document: &Document, block: &Block) -> AnyView {
    match block {
        Block::Paragraph(said) => view! { <p>{words(document, said)}</p> }.into_any(),
        Block::Quote(said) => view! { <blockquote>{words(document, said)}</blockquote> }.into_any(),
        Block::Missing(says) => view! { <p class="missing">{says.clone()}</p> }.into_any(),
        Block::List(lines) => {
            let lines: Vec<AnyView> = lines
                .iter()
                .map(|said| view! { <li>{words(document, said)}</li> }.into_any())
                .collect();
            view! { <ul>{lines}</ul> }.into_any()
        }
        Block::Facts(facts) => facts_view(document, facts),
        Block::Table(table) => table_view(document, table),
        Block::Chart { picture, .. } => view! {
            <figure>{drawing(picture.clone())}<figcaption>{picture.about.clone()}" The last section has the same as a table."</figcaption></figure>
        }
        .into_any(),
    }
}

/// Things with names.
fn facts_view(document: &Document, facts: &[Fact]) -> AnyView {
    let rows = facts.iter().map(|fact| {
        let note = (!fact.note.trim().is_empty()).then(|| view! { <small>{fact.note.clone()}</small> });
        view! { <div><dt>{fact.term.clone()}</dt><dd class:missing=fact.missing>{words(document, &fact.value)}{note}</dd></div> }.into_any()
    });
    let rows: Vec<AnyView> = rows.collect();
    view! { <dl>{rows}</dl> }.into_any()
}

fn table_view(document: &Document, table: &Table) -> AnyView {
    let head = table.header.iter();
    let head: Vec<AnyView> = head
        .map(|name| view! { <th scope="col">{name.clone()}</th> }.into_any())
        .collect();
    let rows: Vec<AnyView> = table
        .rows
        .iter()
        .map(|row| row_view(document, table, row))
        .collect();
    let caption = (!table.caption.is_empty())
        .then(|| view! { <caption dir="auto">{table.caption.clone()}</caption> });
    view! { <table class="stacks">{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table> }.into_any()
}

fn row_view(document: &Document, table: &Table, row: &Row) -> AnyView {
    let class = match row.mark {
        Mark::Plain => "",
        Mark::Turning => "turning",
        Mark::Void => "void",
    };
    let id = row.number.map(|number| format!("doc-e{number}"));
    // Where there is no room for columns, each cell has its own name.
    let cells = row.cells.iter().zip(&table.header);
    let cells: Vec<AnyView> = cells
        .map(|(cell, name)| {
            view! { <td data-head=name.clone()>{words(document, cell)}</td> }.into_any()
        })
        .collect();
    view! { <tr class=class id=id tabindex="-1">{cells}</tr> }.into_any()
}

/// Words with what they rest on; each line of them in its own direction.
fn words(document: &Document, said: &Line) -> AnyView {
    let lines = said.text.lines().filter(|line| !line.trim().is_empty());
    let lines: Vec<AnyView> = lines
        .enumerate()
        .map(|(place, line)| {
            let break_before = (place > 0).then(|| view! { <br/> });
            view! { {break_before}<bdi>{line.to_owned()}</bdi> }.into_any()
        })
        .collect();
    view! { {lines}{basis(document, &said.from)} }.into_any()
}

/// The entries that something rests on, in brackets; each leads there.
fn basis(document: &Document, from: &[EventId]) -> Option<AnyView> {
    let basis = document.basis(from);
    if basis.is_empty() {
        return None;
    }
    let more = basis.len().saturating_sub(MOST_NAMED);
    let named = basis.into_iter().take(MOST_NAMED).enumerate();
    let named: Vec<AnyView> = named
        .map(|(place, one)| {
            let before = if place > 0 { ", " } else { "" };
            match one {
                Ok(number) => {
                    let to = format!("#doc-e{number}");
                    view! { {before}<button type="button" class="link" on:click=move |_| browser::focus(&to)>{number}</button> }.into_any()
                }
                Err(id) => format!("{before}{id}").into_any(),
            }
        })
        .collect();
    let more = (more > 0).then(|| format!(" and {more} more"));
    Some(view! { <span class="from">" ["{named}{more}"]"</span> }.into_any())
}
