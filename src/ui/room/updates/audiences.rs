//! Who must hear: each audience with when, by which channel, and by whose leave.

use leptos::prelude::*;

use super::Letters;
use crate::draft::audiences::Seat;
use crate::draft::published::page;
use crate::draft::status_page::archive;
use crate::guide::{Due, words};
use crate::model::term::Nature;
use crate::ui::browser;
use crate::ui::derived::Derived;
use crate::ui::parts::each::each;
use crate::ui::parts::time::due_class;
use crate::ui::room::here::Here;
use crate::ui::route::Route;

/// An audience as a line of the list.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Row {
    audience: String,
    title: String,
    due: Option<Due>,
    how: String,
    told: bool,
}

impl From<&Seat> for Row {
    fn from(seat: &Seat) -> Self {
        Self {
            audience: seat.audience.clone(),
            title: seat.title.clone(),
            due: seat.due.clone(),
            how: seat.how.clone(),
            told: seat.last.is_some(),
        }
    }
}

#[component]
pub fn Audiences(letters: Letters) -> impl IntoView {
    let rows = move || {
        letters
            .seats
            .with(|seats| seats.iter().map(Row::from).collect())
    };
    view! {
        <div class="updates-who">
            <nav class="sheet who" aria-label="Audiences">
                {each(rows, move |seat| row(letters, seat))}
            </nav>
            <p><button type="button" class="button" on:click=move |_| give_status_page(letters.here)>"Status page (zip)"</button></p>
            <p class="faint small">"What was sent to customers, as a folder of plain files for any host: pages, Statuspage’s JSON, a feed. Nothing else is in it."</p>
        </div>
    }
}

fn give_status_page(here: Here) {
    if here.ask_now(crate::model::Incident::nature) == Some(Nature::Drill) {
        here.session
            .say("This is a drill: its updates are on no status page");
        return;
    }
    let organisation = here.session.organisation();
    let now = here.instant();
    let page = here.session.ask_untracked(|records| {
        let ids = records.incident_ids();
        let incidents: Vec<_> = ids
            .into_iter()
            .filter_map(|id| Some((id, records.incident(id)?.clone())))
            .collect();
        let incidents = incidents.iter().map(|(id, incident)| (*id, incident));
        page(incidents, &organisation, now)
    });
    let given = archive(&page)
        .map_err(|error| error.to_string())
        .and_then(|bytes| {
            browser::download_bytes("status-page.zip", "application/zip", &bytes)
                .map_err(|_| crate::ui::session::REFUSED.to_owned())
        });
    match given {
        Ok(()) => here
            .session
            .say("Status page written: put the folder on any host"),
        Err(why) => here.session.say(&why),
    }
}

fn row(letters: Letters, seat: Row) -> impl IntoView {
    let Row {
        audience,
        title,
        due,
        how,
        told,
    } = seat;
    let name = audience.clone();
    let current = Derived::new(move || {
        letters
            .chosen
            .with(|chosen| chosen.as_ref().is_some_and(|seat| seat.audience == name))
    });
    let href = Route::Updates(letters.here.id, Some(audience)).href();
    let tag = due.map_or_else(
        || view! { <span class="tag">{if told { "told" } else { "not yet" }}</span> }.into_any(),
        |due| {
            let class = due_class(due.urgency);
            let text = Derived::new(move || words::due(due.at, letters.here.session.clock().now()));
            view! { <span class=class>{text.shown()}</span> }.into_any()
        },
    );
    view! {
        <a href=href aria-current=move || current.get().then_some("page")>
            <b dir="auto">{title}</b>{tag}
            <small dir="auto">{how}</small>
        </a>
    }
}
