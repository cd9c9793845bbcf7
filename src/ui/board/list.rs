//! All incidents in a table, and the search through everything that was ever written.

use leptos::prelude::*;

use crate::guide::brief::{self, Row};
use crate::guide::words;
use crate::model::order;
use crate::model::{Incident, IncidentId, Records};
use crate::search::{Field, FoundEntry, Most};
use crate::ui::derived::Derived;
use crate::ui::parts::each::each;
use crate::ui::parts::field::SelectField;
use crate::ui::parts::priority::PriorityBadge;
use crate::ui::parts::time::WallTime;
use crate::ui::route::Route;
use crate::ui::session::{Session, use_session};

/// How many rows are shown at first, and added on demand.
const ROWS: usize = 50;

/// Of what was found so many are shown at first: each key makes them anew.
const HITS: usize = 20;
/// Entries that are shown of an incident that was found.
const LINES: usize = 2;

/// An incident that was found, and the entries that matched where its title says not enough.
#[derive(Clone, PartialEq, Eq, Debug, Hash)]
struct Found {
    row: Row,
    lines: Vec<Vec<Piece>>,
}

/// A piece of a line, and whether it was typed.
type Piece = (String, bool);

/// What is looked for.
#[derive(Clone, Copy)]
struct Sought {
    typed: RwSignal<String>,
    state: RwSignal<String>,
    priority: RwSignal<String>,
    limit: RwSignal<usize>,
}

impl Sought {
    fn wanted(self, incident: &Incident) -> bool {
        let state = self.state.with(|state| match state.as_str() {
            "open" => !incident.is_closed(),
            "closed" => incident.is_closed(),
            _ => true,
        });
        let priority = self.priority.with(|wanted| match wanted.as_str() {
            "" => true,
            "none" => incident.priority().is_none(),
            number => incident
                .priority()
                .is_some_and(|held| held.number().to_string() == *number),
        });
        state && priority
    }

    /// How many there are, and the first of them.
    fn found(self, session: Session) -> (usize, Vec<Found>) {
        let typed = self.typed.get();
        let limit = self.limit.get();
        let first = limit.saturating_sub(ROWS - HITS);
        if typed.trim().is_empty() {
            return session.ask(|records| self.all(records, limit));
        }
        session.ask_index(|index, records| {
            let ids = records.incident_ids();
            let wanted: Vec<IncidentId> = ids
                .into_iter()
                .filter(|id| records.incident(*id).is_some_and(|held| self.wanted(held)))
                .collect();
            let most = Most {
                incidents: first,
                entries: LINES,
            };
            let results = index.find(&typed, &|id| wanted.binary_search(&id).is_ok(), most);
            let found = results.found.into_iter().filter_map(|found| {
                let row = brief::row(found.incident, records.incident(found.incident)?);
                let lines = found
                    .entries
                    .iter()
                    .filter(|entry| entry.field != Field::Title);
                Some(Found {
                    row,
                    lines: lines.map(pieces).collect(),
                })
            });
            (results.total, found.collect())
        })
    }

    /// Everything, the latest first.
    fn all(self, records: &mut Records, limit: usize) -> (usize, Vec<Found>) {
        let mut rows: Vec<Row> = Vec::new();
        for id in records.incident_ids() {
            let held = records.incident(id).filter(|held| self.wanted(held));
            rows.extend(held.map(|incident| brief::row(id, incident)));
        }
        order::sort_by_key(&mut rows, |row| (std::cmp::Reverse(row.began), row.id));
        let count = rows.len();
        rows.truncate(limit);
        let found = rows.into_iter().map(|row| Found {
            row,
            lines: Vec::new(),
        });
        (count, found.collect())
    }
}

/// How much of an entry is shown before what was typed, in bytes.
const BEFORE: usize = 80;
/// How much of it is shown in all.
const SHOWN: usize = 240;

/// An entry in pieces, from a little before the first that was typed.
fn pieces(entry: &FoundEntry) -> Vec<Piece> {
    let text = entry.text.as_str();
    let first = entry.marks.first().map_or(0, |mark| mark.from);
    let from = (0..=first.saturating_sub(BEFORE))
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0);
    let to = (from + SHOWN..text.len()).find(|at| text.is_char_boundary(*at));
    let to = to.unwrap_or(text.len());
    let mut out: Vec<Piece> = Vec::new();
    let mut push = |from: usize, to: usize, marked: bool| {
        let piece = text.get(from..to).filter(|piece| !piece.is_empty());
        out.extend(piece.map(|piece| (piece.to_owned(), marked)));
    };
    let mut at = from;
    for mark in &entry.marks {
        if mark.to > to {
            break;
        }
        push(at, mark.from, false);
        push(mark.from, mark.to, true);
        at = mark.to;
    }
    push(at, to, false);
    if from > 0 {
        out.insert(0, ("… ".to_owned(), false));
    }
    if to < text.len() {
        out.push((" …".to_owned(), false));
    }
    out
}

#[component]
pub fn List() -> impl IntoView {
    let session = use_session();
    let sought = Sought {
        typed: RwSignal::new(String::new()),
        state: RwSignal::new(String::new()),
        priority: RwSignal::new(String::new()),
        limit: RwSignal::new(ROWS),
    };
    let Sought { typed, limit, .. } = sought;
    // Read in while the person still looks, so that the first letter finds something.
    Effect::new(move |_| {
        if session.is_open() {
            request_animation_frame(move || session.make_searchable());
        }
    });
    let found = Derived::new(move || sought.found(session));
    let count = move || found.with(|(count, _)| *count);
    let shown = move || found.with(|(_, found)| found.len());
    let states = [
        ("", "open and closed"),
        ("open", "open"),
        ("closed", "closed"),
    ];
    let priorities = (1..=5).map(|number| (number.to_string(), format!("priority {number}")));
    let priorities = std::iter::once((String::new(), "any priority".to_owned()))
        .chain(priorities)
        .chain([("none".to_owned(), "priority pending".to_owned())]);
    view! {
        <section aria-label="All incidents" class="all">
            <div class="all-head">
                <h2>"All incidents "<span class="num faint">{count}</span></h2>
                <div class="all-filters">
                    <SelectField label="State" value=sought.state options=states.map(|(name, title)| (name.to_owned(), title.to_owned())).to_vec()/>
                    <SelectField label="Priority" value=sought.priority options=priorities.collect()/>
                    <label class="search"><span class="sr">"Search"</span>
                        <input id="search" type="search" autocomplete="off" placeholder="Search everything ever written   /"
                            prop:value=move || typed.get() on:input=move |event| { typed.set(event_target_value(&event)); limit.set(ROWS); }/>
                    </label>
                </div>
            </div>
            <p class="sr" role="status">{move || (!typed.with(String::is_empty)).then(|| words::count(count(), "incident found", "incidents found"))}</p>
            {move || (session.is_indexing() && !typed.with(String::is_empty)).then(|| view! { <p class="faint small">"Still reading: more may be found in a moment."</p> })}
            {move || if count() == 0 {
                view! { <p class="faint">"Nothing that was written has these words."</p> }.into_any()
            } else {
                view! {
                    <div class="sheet table"><table>
                        <thead><tr><th scope="col">"Incident"</th><th scope="col">"Priority"</th><th scope="col">"Began"</th><th scope="col">"Services"</th><th scope="col" class="n">"Restored after"</th><th scope="col">"State"</th></tr></thead>
                        <tbody>{each(move || found.with(|(_, found)| found.clone()), row)}</tbody>
                    </table></div>
                }.into_any()
            }}
            {move || (count() > shown()).then(|| view! { <button type="button" class="button" on:click=move |_| limit.update(|limit| *limit += ROWS)>"More"</button> })}
        </section>
    }
}

fn row(found: Found) -> impl IntoView {
    let Found { row, lines } = found;
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
                {lines.into_iter().map(line).collect_view()}
            </td>
            <td><PriorityBadge priority=Signal::derive(move || priority)/></td>
            <td class="num">{row.began.map(|at| view! { <WallTime at/> })}</td>
            <td>{services}</td>
            <td class="n num">{row.restored_after.map(words::span)}</td>
            <td>{row.state}</td>
        </tr>
    }
}

fn line(pieces: Vec<Piece>) -> impl IntoView {
    let pieces = pieces.into_iter().map(|(text, marked)| match marked {
        true => view! { <mark>{text}</mark> }.into_any(),
        false => text.into_any(),
    });
    view! { <p class="faint small hit" dir="auto">{pieces.collect_view()}</p> }
}
