//! Improvements of all incidents in one list, overdue first; where each stands is said right here.

use leptos::html;
use leptos::prelude::*;

use super::session::{Session, use_session};
use super::share::{self, text_of};
use crate::draft::improvements::{self, Improvement, calendar, csv, in_order, returned};
use crate::guide::{timeline, words, write};
use crate::model::term::ActionState;
use crate::model::{Draft, IncidentId, Timestamp};
use crate::ui::derived::Derived;
use crate::ui::parts::each::each;
use crate::ui::parts::time::WallTime;
use crate::ui::route::Route;

/// Bytes of a table that are read at most.
const LARGEST: usize = 1_000_000;

fn all(session: Session) -> Vec<Improvement> {
    session.ask(|records| {
        let mut list: Vec<Improvement> = Vec::new();
        for id in records.incident_ids() {
            list.extend(
                records
                    .incident(id)
                    .map(|incident| improvements::of(id, incident))
                    .unwrap_or_default(),
            );
        }
        in_order(&mut list);
        list
    })
}

/// The screen.
#[component]
pub fn ImprovementsScreen() -> impl IntoView {
    let session = use_session();
    let list = Derived::new(move || all(session));
    let headline = Derived::new(move || {
        let now = session.clock().minute();
        list.with(|list| {
            let open = list.iter().filter(|one| one.is_open()).count();
            let late = list.iter().filter(|one| one.is_overdue(now)).count();
            let open = words::count(open, "is open", "are open");
            if late == 0 {
                format!("{open}, none is overdue.")
            } else {
                format!("{open}, {late} overdue.")
            }
        })
    });
    let give_csv = move |_| {
        let text = list.with_untracked(|list| csv(list));
        session.give("improvements.csv", "text/csv", &text);
    };
    let give_calendar = move |_| {
        let now = session.instant();
        match list.with_untracked(|list| calendar(list, now)) {
            Some(text) => session.give("improvements.ics", "text/calendar", &text),
            None => session.say("None has a day"),
        }
    };
    let problems = RwSignal::new(Vec::<String>::new());
    let input = NodeRef::<html::Input>::new();
    let take = move |_| {
        let files = share::chosen(input);
        problems.set(Vec::new());
        leptos::task::spawn_local(async move {
            for file in files {
                let read = text_of(&file, LARGEST).await;
                let found = read.map(|text| take_back(session, list, &text));
                let found = found.unwrap_or_else(|why| vec![why]);
                problems.update(|problems| problems.extend(found));
            }
        });
    };
    view! {
        <main class="page improvements">
            <h1 tabindex="-1">"Improvements"</h1>
            {move || if list.with(Vec::is_empty) {
                view! { <p class="lead faint">"None was agreed yet. A review's tab in an incident is where they are."</p> }.into_any()
            } else {
                view! {
                    <p class="lead">{headline.shown()}</p>
                    <ul class="items sheet">{each(move || {
                        let now = session.clock().minute();
                        list.with(|list| list.iter().map(|one| (one.clone(), one.is_overdue(now))).collect())
                    }, row)}</ul>
                    <p class="row">
                        <button type="button" class="button" on:click=give_csv>"Export as CSV"</button>
                        <button type="button" class="button" on:click=give_calendar>"Calendar (.ics)"</button>
                    </p>
                    <div class="sheet share-box">
                        <label class="file"><span>"Take in where they stand"</span><input node_ref=input type="file" accept=".csv,text/csv" on:change=take/></label>
                        <p class="faint small">"The CSV from here, with its column “State” changed: open, in progress, done or dropped."</p>
                    </div>
                    <div class="problem" role="alert"><ul>{move || problems.get().into_iter().map(|problem| view! { <li>{problem}</li> }).collect_view()}</ul></div>
                }.into_any()
            }}
        </main>
    }
}

/// Takes in where improvements stand by a table; says what was not understood.
fn take_back(session: Session, list: Derived<Vec<Improvement>>, text: &str) -> Vec<String> {
    let read = list.with_untracked(|list| returned(text, list));
    let mut by_incident: Vec<(IncidentId, Vec<Draft>)> = Vec::new();
    for (incident, event, state) in &read.changed {
        let draft = write::update_action(*event, *state);
        match by_incident.iter_mut().find(|(id, _)| id == incident) {
            Some((_, drafts)) => drafts.push(draft),
            None => by_incident.push((*incident, vec![draft])),
        }
    }
    // One action for each incident, to be taken back as one.
    for (incident, drafts) in by_incident {
        session.act(incident, drafts, "Said where improvements stand");
    }
    session.say(&format!(
        "{}, {} as before",
        words::count(read.changed.len(), "is changed", "are changed"),
        words::count(read.same, "stands", "stand")
    ));
    read.problems
}

fn due(at: Option<Timestamp>, late: bool) -> impl IntoView {
    at.map(|at| {
        let class = if late { "tag late" } else { "tag" };
        view! { <span class=class>{if late { "overdue since " } else { "by " }}<WallTime at/></span> }
    })
}

fn row((one, late): (Improvement, bool)) -> impl IntoView {
    let session = use_session();
    let (incident, event, state) = (one.incident, one.event, one.state);
    let options = ActionState::ALL.iter().map(|each| {
        let chosen = *each == state;
        view! { <option value=each.name() selected=chosen>{timeline::action_words(*each)}</option> }
    });
    let options = options.collect_view();
    let say = move |new: leptos::ev::Event| {
        if let Some(new) = ActionState::named(&event_target_value(&new)).filter(|new| *new != state)
        {
            session.act(
                incident,
                vec![write::update_action(event, new)],
                "Said where an improvement stands",
            );
        }
    };
    let label = format!("Where it stands: {}", one.text);
    let owner = if one.owner.is_empty() {
        "nobody named".to_owned()
    } else {
        one.owner
    };
    view! {
        <li>
            <div class="item-what">
                <p><b dir="auto">{one.text}</b>" "<span class="faint small">{one.kind.name()}</span></p>
                <p class="faint small"><span dir="auto">{owner}</span>" · "<a href=Route::Incident(incident).href() dir="auto">{one.title}</a></p>
            </div>
            <div class="item-end row">{due(one.due, late)}<select aria-label=label on:change=say>{options}</select></div>
        </li>
    }
}
