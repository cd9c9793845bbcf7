//! Every incident at a glance: what is open, most pressing first; and all that ever was.

mod list;

use leptos::prelude::*;

use self::list::List;
use super::browser;
use super::command::Command;
use super::declare::declare_sample;
use super::measures::Lately;
use super::route::{Prefill, Route};
use super::session::{Session, use_session};
use crate::guide::brief::{self, Card, Elapsed};
use crate::guide::{Circumstances, Zones, words};
use crate::model::Incident;
use crate::model::term::{Nature, Stage};
use crate::ui::app::use_commands;
use crate::ui::derived::Derived;
use crate::ui::parts::each::each;
use crate::ui::parts::priority::PriorityBadge;
use crate::ui::parts::time::due_class;

/// Incidents that a foreign page brought long ago are not open, whatever their last word was.
fn is_open(incident: &Incident) -> bool {
    !incident.is_closed() && !incident.declared.is_empty()
}

/// What is open, as cards, the most pressing first.
pub fn cards(session: Session) -> Vec<Card> {
    let now = session.clock().minute();
    let (organisation, house) = (session.organisation(), session.house());
    let circumstances = Circumstances {
        // The board does not nag about copies, so nothing of that need be known.
        others_hold_it: true,
        zones: Zones(browser::offset_in),
        organisation,
        house,
        utc_offset_minutes: browser::utc_offset_minutes(now),
        ..Circumstances::default()
    };
    session.ask(|records| {
        let mut cards: Vec<Card> = Vec::new();
        for id in records.incident_ids() {
            let card = records
                .incident(id)
                .filter(|incident| is_open(incident))
                .map(|incident| brief::card(id, incident, now, &circumstances));
            cards.extend(card);
        }
        brief::order(&mut cards);
        cards
    })
}

/// What is overdue names the page here too.
pub fn tell_overdue(session: Session, cards: Derived<Vec<Card>>) {
    let overdue = Derived::new(move || {
        cards.with(|cards| brief::overdue(cards).map(|due| due.title.clone()))
    });
    Effect::new(move |_| session.overdue().set(overdue.get()));
    on_cleanup(move || {
        let _ = session.overdue().try_set(None);
    });
}

/// The board.
#[component]
pub fn Board() -> impl IntoView {
    let session = use_session();
    let cards = Derived::new(move || cards(session));
    let count = Derived::new(move || session.ask(|records| records.incident_ids().len()));
    let headline =
        Derived::new(move || cards.with(|cards| brief::overall(cards, session.clock().minute())));
    tell_overdue(session, cards);
    use_commands().on(|command| {
        if command == Command::Search {
            browser::focus("#search");
        }
    });
    view! {
        <main class="board">
            <h1 tabindex="-1">{move || if session.is_open() || count.get() > 0 { headline.get() } else { "Reading what this browser holds".to_owned() }}</h1>
            {move || (session.is_open() && count.get() == 0).then(|| view! { <Empty/> })}
            {move || (!cards.with(Vec::is_empty)).then(|| view! {
                <section aria-label="Open now">
                    <div class="all-head"><h2>"Open now"</h2><a class="button plain small" href=Route::Wall.href()>"For a big screen"</a></div>
                    <ul class="open">{each(move || cards.get(), card_row)}</ul>
                </section>
            })}
            {move || (count.get() > 0).then(|| view! { <Lately/><List/> })}
        </main>
    }
}

#[component]
fn Empty() -> impl IntoView {
    let session = use_session();
    view! {
        <section class="empty-board" aria-label="Begin">
            <p class="lead">"Muster guides you through an incident: what it is, who leads, who must hear what by when, how service comes back, and what to learn. It lives in this browser alone; nothing is sent anywhere."</p>
            <p class="row">
                <a class="button danger" href=Route::Declare(Prefill::default()).href()>"Declare incident"<kbd aria-hidden="true">"D"</kbd></a>
                <button type="button" class="button" on:click=move |_| declare_sample(session)>"Walk through a sample"</button>
                <a class="button" href=Route::Drills.href()>"Practise by a drill"</a>
                <a class="button" href=Route::Share.href()>"Import a file"</a>
                <a class="button plain" href=Route::Guide.href()>"The six stages, in words"</a>
            </p>
        </section>
    }
}

/// An open incident in a line.
pub fn card_row(card: Card) -> impl IntoView {
    let session = use_session();
    let Card {
        id,
        head,
        due,
        need,
    } = card;
    let elapsed = head.elapsed.clone();
    let text = Derived::new(move || match &elapsed {
        Elapsed::Running(since) => words::span(session.clock().now() - *since),
        Elapsed::RestoredAfter(span) => format!("back after {}", words::span(*span)),
        Elapsed::Unknown => String::new(),
    });
    let place = Stage::ALL
        .iter()
        .position(|stage| *stage == head.stage)
        .unwrap_or(0);
    let six = (0..Stage::ALL.len())
        .map(|index| view! { <i class:on={index < place} class:now={index == place}></i> })
        .collect_view();
    let priority = head.priority;
    let leader = head.leader.clone().map_or_else(
        || "nobody leads yet".to_owned(),
        |leader| format!("led by {leader}"),
    );
    let mut facts = vec![leader, words::count(head.people, "person", "people")];
    if !head.services.is_empty() {
        facts.push(head.services.clone());
    }
    let due_view = due.map(|due| {
        let class = due_class(due.urgency);
        let at = due.at;
        let said = Derived::new(move || words::due(at, session.clock().now()));
        view! { <span class=class>{due.title}": "{said.shown()}</span> }
    });
    let sample = head.nature == Nature::Sample;
    let remove = move |_| {
        session.remove_incident(id);
        session.say("The sample is gone");
    };
    view! {
        <li class="sheet card">
            <PriorityBadge priority=Signal::derive(move || priority)/>
            <div class="card-what">
                <h3><a href=Route::Incident(id).href() dir="auto">{head.title}</a>{words::nature(head.nature).map(|word| view! { " "<span class="tag nature">{word}</span> })}</h3>
                <p class="faint small">{facts.join(" · ")}</p>
            </div>
            <div class="card-stage"><div class="six" aria-hidden="true">{six}</div><span class="small">{words::stage(head.stage)}</span></div>
            <div class="card-time"><span class="big num">{text.shown()}</span></div>
            <div class="card-due">
                {due_view}
                {need.map(|need| view! { <p class="faint small">"Next: "{need}</p> })}
            </div>
            {sample.then(|| view! { <button type="button" class="button small" on:click=remove>"Remove the sample"</button> })}
        </li>
    }
}

/// Opens the sample incident, a new one where there is none.
pub fn walk_sample(session: Session) {
    let held = session.ask_untracked(|records| {
        let ids = records.incident_ids();
        ids.into_iter().find(|id| {
            records
                .incident(*id)
                .is_some_and(|incident| incident.nature() == Nature::Sample)
        })
    });
    match held {
        Some(id) => browser::go(&Route::Incident(id).href()),
        None => declare_sample(session),
    }
}
