//! The board for a big screen that is left on: what is open, what just happened, how things go.
//!
//! Shows what `guide` and `measure` say of everything that is held; nothing is written here, and nothing
//! need be pressed.

use leptos::prelude::*;

use super::board::{card_row, cards, tell_overdue};
use super::browser;
use super::measures::{self, Columns, Lapse};
use super::route::Route;
use super::session::{Session, use_session};
use crate::guide::replay::told;
use crate::guide::{brief, words};
use crate::measure::trend::Point;
use crate::model::{IncidentId, Span, Timestamp, order};
use crate::ui::derived::Derived;
use crate::ui::parts::each::each;
use crate::ui::parts::time::{full, wall};

/// Entries that the screen has room for.
const ENTRIES: usize = 9;

/// Something that happened in an open incident.
#[derive(Clone, PartialEq, Eq, Debug, Hash)]
struct Happened {
    when: Timestamp,
    words: String,
    title: String,
    incident: IncidentId,
}

/// The newest entries of the incidents that are open, newest first.
fn happened(session: Session, open: &[IncidentId], now: Timestamp) -> Vec<Happened> {
    let mut all: Vec<Happened> = session.ask(|records| {
        let of_each = open.iter().filter_map(|id| {
            let incident = records.incident(*id)?;
            let title = words::marked_title(incident.nature(), brief::title(incident));
            let told = told(incident, now, ENTRIES).into_iter();
            let rows = told.map(move |told| Happened {
                when: told.when,
                words: told.words,
                title: title.clone(),
                incident: *id,
            });
            Some(rows.collect::<Vec<_>>())
        });
        of_each.flatten().collect()
    });
    order::sort_by_key(&mut all, |one| one.when);
    all.reverse();
    all.truncate(ENTRIES);
    all
}

/// The screen.
#[component]
pub fn Wall() -> impl IntoView {
    let session = use_session();
    let cards = Derived::new(move || cards(session));
    let headline =
        Derived::new(move || cards.with(|cards| brief::overall(cards, session.clock().minute())));
    tell_overdue(session, cards);
    let happened = Derived::new(move || {
        // The minute that is running counts too.
        let now = session.clock().minute() + Span::minutes(1);
        let open: Vec<IncidentId> = cards.with(|cards| cards.iter().map(|card| card.id).collect());
        happened(session, &open, now)
    });
    let cases = measures::all_cases(session);
    let lapses = Derived::new(move || {
        let now = session.clock().minute();
        cases.with(|cases| measures::lapses(session, cases, now))
    });
    let by_month = Derived::new(move || {
        let now = session.clock().minute();
        cases.with(|cases| measures::by_month(session, cases, now))
    });
    view! {
        <main class="wall">
            <div class="wall-head">
                <h1 tabindex="-1">{headline.shown()}</h1>
                <Now/>
            </div>
            <section aria-label="Open now"><h2 class="sr">"Open now"</h2><ul class="open">{each(move || cards.get(), card_row)}</ul></section>
            <div class="wall-body">
                <section aria-label="What just happened">
                    <h2>"What just happened"</h2>
                    <ol class="told sheet">{each(move || happened.get(), row)}</ol>
                    {move || happened.with(Vec::is_empty).then(|| view! { <p class="faint">"Nothing is open."</p> })}
                </section>
                <section aria-label="How it goes">
                    <h2>"The last 30 days, and the 30 before"</h2>
                    {move || lapse_table(lapses.get())}
                    <h2>"Incidents by month"</h2>
                    {move || months(by_month.get())}
                </section>
            </div>
            <p class="row wall-foot">
                <button type="button" class="button" on:click=move |_| browser::fill_screen()>"Fill the screen"</button>
                <a class="button" href=Route::Board.href()>"To the board"</a>
                <a class="button" href=Route::Measures(String::new()).href()>"Measures"</a>
            </p>
        </main>
    }
}

/// The time, large enough to be read across a room.
#[component]
fn Now() -> impl IntoView {
    let session = use_session();
    let local = Derived::new(move || {
        let now = session.clock().minute();
        wall(now, now)
    });
    let exact = move || full(session.clock().minute());
    view! { <p class="wall-now num"><b>{local.shown()}</b>" "<span class="faint small">{exact}</span></p> }
}

fn row(one: Happened) -> impl IntoView {
    let session = use_session();
    let when = one.when;
    view! {
        <li>
            <span class="when num">{move || wall(when, session.clock().minute())}</span>" "<span dir="auto">{one.words}</span>
            <br/><a class="small faint" href=Route::Incident(one.incident).href() dir="auto">{one.title}</a>
        </li>
    }
}

fn lapse_table(lapses: Vec<Lapse>) -> AnyView {
    let rows = lapses.into_iter().map(|lapse| {
        view! {
            <tr><th scope="row">{lapse.title}</th><td class="n num"><b>{lapse.now}</b></td><td class="n num faint">{lapse.before}</td></tr>
        }
        .into_any()
    });
    let rows: Vec<AnyView> = rows.collect();
    view! {
        <div class="sheet table figures"><table>
            <thead><tr><th scope="col">"Figure"</th><th scope="col" class="n">"Now"</th><th scope="col" class="n">"Before"</th></tr></thead>
            <tbody>{rows}</tbody>
        </table></div>
    }
    .into_any()
}

fn months(points: Vec<Point>) -> AnyView {
    if points.is_empty() {
        return view! { <p class="faint">"No incident is held."</p> }.into_any();
    }
    let rows = points.iter().map(|point| {
        view! { <tr><th scope="row">{point.title.clone()}</th><td class="n num">{point.words.clone()}</td></tr> }.into_any()
    });
    let rows: Vec<AnyView> = rows.collect();
    let said = words::count(points.len(), "month", "months");
    view! {
        <Columns title="Incidents by month".to_owned() points/>
        <details><summary class="small">"As a table"</summary>
            <div class="sheet table figures"><table aria-label=said><thead><tr><th scope="col">"Month"</th><th scope="col" class="n">"Incidents"</th></tr></thead><tbody>{rows}</tbody></table></div>
        </details>
    }
    .into_any()
}
