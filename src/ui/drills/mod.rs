//! Drills: scenarios to practise by, one's own among them, and what earlier drills came to.
//!
//! Shows what `drill` reads and scores; a drill that is started is an incident like another.

use leptos::html;
use leptos::prelude::*;

use super::browser;
use super::route::Route;
use super::session::{Session, use_session};
use super::share::{self, text_of};
use crate::drill::clock::Clock;
use crate::drill::scenario::{LARGEST, Problem, Scenario, read};
use crate::drill::score::{Score, score};
use crate::drill::shelf::{Offered, shelf};
use crate::drill::start;
use crate::guide::words;
use crate::model::drill::Speed;
use crate::model::{Cursor, Fold, IncidentId, order};
use crate::ui::derived::Derived;
use crate::ui::parts::field::TextArea;
use crate::ui::parts::time::WallTime;

/// How many problems of a scenario are shown at once.
const PROBLEMS: usize = 20;

/// What a scenario that is being written begins with.
const BLANK: &str = "# What everybody may read beforehand

Trains: what one gets better at
Lasts: 30 min
Roles: major incident manager, scribe

## Situation

Title: What is broken, for whom
Service: Search, partly down

How it begins, in a few sentences.

## Expected

- classified within 5 min
- update customers within 20 min

## For the facilitator

What really happens.

## At 3 min

From: Monitoring

What they say.

Look for: what one should see
Expect: note within 4 min
";

/// What every drill that is held here came to, the latest first: each as of its end.
pub fn scores(session: Session) -> Vec<(IncidentId, Score)> {
    let now = session.clock().minute();
    session.ask(|records| {
        let ids = records.incident_ids().into_iter();
        let scored = ids.filter_map(|id| {
            let incident = records.incident(id)?;
            incident.drill.start()?;
            let ended = Clock::of(incident).and_then(|clock| clock.ended());
            let cursor = ended.map_or(Cursor::Now, Cursor::HappenedBy);
            let fold = Fold::of(&records.logs_of(id), cursor);
            Some((id, score(fold.incident(), now)?))
        });
        let mut scores: Vec<(IncidentId, Score)> = scored.collect();
        order::sort_by_key(&mut scores, |(_, score)| std::cmp::Reverse(score.begun));
        scores
    })
}

/// The scenarios on offer.
fn offered(session: Session) -> Vec<Offered> {
    let played = session.ask(|records| {
        let ids = records.incident_ids().into_iter();
        let texts = ids.filter_map(|id| {
            let start = records.incident(id)?.drill.start()?;
            Some((start.when, start.what.text.clone()))
        });
        let mut texts: Vec<_> = texts.collect();
        order::sort_by_key(&mut texts, |(when, _)| *when);
        texts
    });
    shelf(played.iter().map(|(_, text)| text.as_str()))
}

/// Begins a drill and goes to its room.
fn begin(session: Session, scenario: &Scenario, text: &str) {
    let id = session.declare(start::drafts(scenario, text, Speed::NORMAL));
    session.say("The drill has begun");
    browser::go(&Route::Incident(id).href());
}

/// The screen.
#[component]
pub fn DrillsScreen() -> impl IntoView {
    let session = use_session();
    let offered = Derived::new(move || offered(session));
    view! {
        <main class="page drills">
            <h1 tabindex="-1">"Drills"</h1>
            <p class="lead">"Practise an incident before you have one: in the same room, with the same guide, by a scenario that speaks at its minutes. A drill says so everywhere, and is in no figure."</p>
            <section aria-label="Scenarios">
                <h2>"Scenarios"</h2>
                <ul class="scenarios">{move || offered.get().into_iter().map(|one| row(session, one)).collect_view()}</ul>
            </section>
            <Earlier/>
            <Own/>
        </main>
    }
}

fn row(session: Session, offered: Offered) -> impl IntoView {
    let Offered { scenario, text } = offered;
    let mut facts = vec![
        format!("{} min", scenario.minutes),
        words::count(scenario.injects.len(), "inject", "injects"),
    ];
    let roles: Vec<String> = scenario.roles.iter().map(words::role_within).collect();
    if !roles.is_empty() {
        facts.push(format!("roles: {}", roles.join(", ")));
    }
    let (title, trains, about) = (
        scenario.title.clone(),
        scenario.trains.clone(),
        scenario.about.clone(),
    );
    let name = format!(" {title}");
    let (file, given) = (format!("{}.md", scenario.name), text.clone());
    let give = move |_| session.give(&file, "text/markdown", &given);
    let start = move |_| begin(session, &scenario, &text);
    view! {
        <li class="sheet scenario">
            <h3 dir="auto">{title}</h3>
            {(!trains.is_empty()).then(|| view! { <p dir="auto"><b>"Trains: "</b>{trains}</p> })}
            <p class="faint small">{facts.join(" · ")}</p>
            <p class="small about" dir="auto">{about}</p>
            <p class="row">
                <button type="button" class="button main" on:click=start>"Start the drill"<span class="sr">{name.clone()}</span></button>
                <button type="button" class="button" on:click=give>"Download as Markdown"<span class="sr">{name}</span></button>
            </p>
        </li>
    }
}

/// What earlier drills came to.
#[component]
fn Earlier() -> impl IntoView {
    let session = use_session();
    let scores = Derived::new(move || scores(session));
    move || {
        let scores = scores.get();
        (!scores.is_empty()).then(|| {
            let rows = scores.into_iter().map(|(id, score)| {
                let state = if score.over { String::new() } else { "Still going on. ".to_owned() };
                view! {
                    <li>
                        <div class="item-what">
                            <p><a href=Route::Drill(id).href() dir="auto">{score.title.clone()}</a>" "<span class="faint small"><WallTime at=score.begun/></span></p>
                            <p class="small">{state}{score.summary()}</p>
                        </div>
                        <a class="button small" href=Route::Incident(id).href()>"Room"<span class="sr">" of "{score.title.clone()}</span></a>
                    </li>
                }
            });
            view! {
                <section aria-label="Drills so far">
                    <h2>"Drills so far"</h2>
                    <ul class="items sheet">{rows.collect_view()}</ul>
                </section>
            }
        })
    }
}

/// A scenario of one's own: pasted, or opened from a file.
#[component]
fn Own() -> impl IntoView {
    let session = use_session();
    let text = RwSignal::new(BLANK.to_owned());
    let problems = RwSignal::new(Vec::<Problem>::new());
    let unread = RwSignal::new(String::new());
    let input = NodeRef::<html::Input>::new();
    let chosen = move |_| {
        let file = share::chosen(input).into_iter().next();
        let Some(file) = file else { return };
        leptos::task::spawn_local(async move {
            match text_of(&file, LARGEST).await {
                Ok(read) => {
                    text.set(read);
                    unread.set(String::new());
                }
                Err(why) => unread.set(format!("{}: {why}", file.name())),
            }
        });
    };
    let start = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let text = text.get_untracked();
        match read(&text) {
            Ok(scenario) => begin(session, &scenario, &text),
            Err(wrong) => problems.set(wrong),
        }
    };
    // The first is spoken at once; a long list would be spoken over everything else.
    let first = move || problems.with(|all| all.first().map(Problem::to_string));
    let others = move || {
        let (shown, more) = problems.with(|all| {
            let shown = all.iter().take(PROBLEMS).skip(1);
            let shown: Vec<String> = shown.map(Problem::to_string).collect();
            (shown, all.len().saturating_sub(PROBLEMS))
        });
        let more = (more > 0).then(|| format!("and {more} more."));
        let rows = shown.into_iter().chain(more);
        rows.map(|row| view! { <li>{row}</li> }).collect_view()
    };
    view! {
        <section aria-label="A scenario of your own">
            <h2>"A scenario of your own"</h2>
            <form class="sheet share-box" on:submit=start>
                <label class="file"><span>"Open a scenario"</span><input node_ref=input type="file" accept=".md,.markdown,text/markdown,text/plain" on:change=chosen/></label>
                <p class="problem" role="alert">{move || unread.get()}</p>
                <TextArea label="Its text, in Markdown" value=text hint="A title, “## Situation”, and “## At 4 min” with “From:” for each inject. It is kept by the drill that plays it." rows=14/>
                <p class="row"><button type="submit" class="button">"Start this drill"</button></p>
                <p class="problem" role="alert">{first}</p>
                <ul class="problem">{others}</ul>
            </form>
        </section>
    }
}
