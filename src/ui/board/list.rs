//! All incidents in a table, and the search through everything that was ever written.

use leptos::prelude::*;

use crate::guide::brief::{self, Row};
use crate::guide::{timeline, words};
use crate::model::order;
use crate::model::{Incident, IncidentId};
use crate::ui::derived::Derived;
use crate::ui::letters;
use crate::ui::parts::each::each;
use crate::ui::parts::priority::PriorityBadge;
use crate::ui::parts::time::WallTime;
use crate::ui::route::Route;
use crate::ui::session::use_session;

/// How many rows are shown at first, and added on demand.
const ROWS: usize = 50;

/// An incident that was found, and the words that matched where its title does not.
#[derive(Clone, PartialEq, Eq, Debug, Hash)]
struct Found {
    row: Row,
    line: Option<String>,
}

fn find(id: IncidentId, incident: &Incident, words: &[String]) -> Option<Found> {
    let row = brief::row(id, incident);
    if words.is_empty() {
        return Some(Found { row, line: None });
    }
    let holds = |text: &str| {
        let text = letters::small(text);
        words.iter().all(|word| text.contains(word))
    };
    let mut short = row.title.clone();
    for service in &row.services {
        short.push(' ');
        short.push_str(service);
    }
    short.push(' ');
    short.push_str(&id.to_string());
    if holds(&short) {
        return Some(Found { row, line: None });
    }
    let line = incident
        .timeline
        .iter()
        .rev()
        .filter(|entry| entry.stands())
        .find_map(|entry| {
            let line = timeline::line(incident, entry);
            let said = [line.lead, line.text, line.detail].join(" ");
            holds(&said).then(|| said.trim().chars().take(200).collect())
        })?;
    Some(Found {
        row,
        line: Some(line),
    })
}

#[component]
pub fn List() -> impl IntoView {
    let session = use_session();
    let typed = RwSignal::new(String::new());
    let limit = RwSignal::new(ROWS);
    let found = Derived::new(move || {
        let words: Vec<String> = typed.with(|typed| {
            letters::small(typed)
                .split_whitespace()
                .map(str::to_owned)
                .collect()
        });
        session.ask(|records| {
            let ids = records.incident_ids();
            let mut found: Vec<Found> = ids
                .into_iter()
                .filter_map(|id| {
                    records
                        .incident(id)
                        .and_then(|incident| find(id, incident, &words))
                })
                .collect();
            order::sort_by_key(&mut found, |found| {
                (std::cmp::Reverse(found.row.began), found.row.id)
            });
            found
        })
    });
    let count = move || found.with(Vec::len);
    view! {
        <section aria-label="All incidents" class="all">
            <div class="all-head">
                <h2>"All incidents "<span class="num faint">{count}</span></h2>
                <label class="search"><span class="sr">"Search"</span>
                    <input id="search" type="search" autocomplete="off" placeholder="Search everything ever written   /"
                        prop:value=move || typed.get() on:input=move |event| { typed.set(event_target_value(&event)); limit.set(ROWS); }/>
                </label>
            </div>
            <p class="sr" role="status">{move || (!typed.with(String::is_empty)).then(|| words::count(count(), "incident found", "incidents found"))}</p>
            {move || if count() == 0 {
                view! { <p class="faint">"Nothing that was written has these words."</p> }.into_any()
            } else {
                view! {
                    <div class="sheet table"><table>
                        <thead><tr><th scope="col">"Incident"</th><th scope="col">"Priority"</th><th scope="col">"Began"</th><th scope="col">"Services"</th><th scope="col" class="n">"Restored after"</th><th scope="col">"State"</th></tr></thead>
                        <tbody>{each(move || found.with(|found| found.iter().take(limit.get()).cloned().collect()), row)}</tbody>
                    </table></div>
                }.into_any()
            }}
            {move || (count() > limit.get()).then(|| view! { <button type="button" class="button" on:click=move |_| limit.update(|limit| *limit += ROWS)>"More"</button> })}
        </section>
    }
}

fn row(found: Found) -> impl IntoView {
    let Found { row, line } = found;
    let priority = row.priority;
    let services = match row.services.as_slice() {
        many if many.len() > 3 => format!(
            "{} and {} more",
            many.iter().take(2).cloned().collect::<Vec<_>>().join(", "),
            many.len() - 2
        ),
        few => few.join(", "),
    };
    view! {
        <tr>
            <td>
                <a href=Route::Incident(row.id).href() dir="auto">{row.title}</a>
                {words::nature(row.nature).map(|word| view! { " "<span class="tag nature">{word}</span> })}
                {line.map(|line| view! { <p class="faint small found" dir="auto">{line}</p> })}
            </td>
            <td><PriorityBadge priority=Signal::derive(move || priority)/></td>
            <td class="num">{row.began.map(|at| view! { <WallTime at/> })}</td>
            <td>{services}</td>
            <td class="n num">{row.restored_after.map(words::span)}</td>
            <td>{row.state}</td>
        </tr>
    }
}
