//! The drill that a room plays: its clock and speed, and what is said at its minutes.
//!
//! Shows what `drill` answers; every page that has the room open delivers what is due, since all write the
//! same events.

mod coming;
mod outcome;

use leptos::prelude::*;

use self::coming::WhatIsComing;
pub use self::outcome::DrillScreen;
use super::here::{Here, use_here};
use crate::drill::clock::Clock;
use crate::drill::deliver as due;
use crate::guide::{words, write};
use crate::model::drill::Speed;
use crate::model::term::Nature;
use crate::model::{Event, Incident, IncidentId, Timestamp};
use crate::ui::app::use_route;
use crate::ui::browser;
use crate::ui::derived::Derived;
use crate::ui::room::here::wake_in;
use crate::ui::route::Route;
use crate::ui::session::Session;

/// The speeds that are offered: minutes of the drill in one of the wall's.
const SPEEDS: [(u16, &str); 5] = [(0, "Pause"), (1, "×1"), (2, "×2"), (4, "×4"), (10, "×10")];
/// The most of an inject's words that is read out; all of it stands in the timeline.
const READ_OUT: usize = 220;

/// Delivers what is due while the calling component lives, and says what came.
pub fn deliver(session: Session, id: IncidentId) {
    let looked = RwSignal::new(0_u32);
    let asked = Derived::new(move || {
        looked.track();
        session.clock().minute();
        let now = session.instant();
        let asked = session.incident(id, |incident| {
            (due::events(incident, now), due::next_at(incident))
        });
        asked.unwrap_or_default()
    });
    Effect::new(move |_| {
        let (events, _) = asked.get();
        if !events.is_empty() {
            session.take_from_rules(id, events);
        }
    });
    wake(session, asked, looked);
    read_out(session, id);
}

type Asked = (Vec<Event>, Option<Timestamp>);

/// Looks again at the instant when the next inject is due.
fn wake(session: Session, asked: Derived<Asked>, looked: RwSignal<u32>) {
    wake_in(looked, move || {
        let next = asked.with(|(_, next)| *next)?;
        let wait = (next - session.instant()).0.max(0);
        // What lies further away is seen by the minute.
        u64::try_from(wait).ok().filter(|wait| *wait < 86_400_000)
    });
}

/// Says what was said last, whichever page delivered it.
fn read_out(session: Session, id: IncidentId) {
    let last = Derived::new(move || {
        let said = session.incident(id, |incident| {
            let delivered = &incident.drill.delivered;
            let words = delivered.last().map(|said| {
                let text = words::shortened(&said.what.text, READ_OUT);
                format!("{}: {text}", said.what.from)
            });
            (delivered.len(), words.unwrap_or_default())
        });
        said.unwrap_or_default()
    });
    Effect::new(move |before: Option<usize>| {
        let (count, words) = last.get();
        if before.is_some_and(|before| before < count) {
            session.say(&words);
        }
        count
    });
}

/// How the drill stands, but for its clock.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
struct Playing {
    /// Whether it is a drill at all.
    drill: bool,
    /// How many minutes its scenario has; none where it plays none.
    minutes: Option<u32>,
    /// How fast the clock runs.
    speed: Speed,
    /// Whether it is over.
    over: bool,
}

fn playing(incident: &Incident) -> Playing {
    let clock = Clock::of(incident);
    Playing {
        drill: incident.nature() == Nature::Drill,
        minutes: due::scenario(incident).map(|scenario| scenario.minutes),
        speed: clock.as_ref().map(Clock::speed).unwrap_or_default(),
        over: clock.is_some_and(|clock| clock.ended().is_some()),
    }
}

/// Says that it is a drill, as long as one is in sight of it; with the clock, where it has one.
#[component]
pub fn DrillStrip() -> impl IntoView {
    let here = use_here();
    let playing = here.view(playing);
    let part = move |read: fn(&Playing) -> bool| Derived::new(move || playing.with(read));
    let drill = part(|playing| playing.drill);
    let plays = part(|playing| playing.minutes.is_some());
    let over = part(|playing| playing.over);
    let route = use_route();
    let elsewhere = Derived::new(move || !matches!(route.get(), Route::Drill(_)));
    move || {
        drill.get().then(|| {
            view! {
                <section class="drill-strip" aria-label="Drill">
                    <b>"Drill"</b>" "<span class="small drill-word">"An exercise, no real incident."</span>
                    {move || plays.get().then(|| view! { <Minute playing/> })}
                    {move || match (plays.get(), over.get()) {
                        (true, false) => view! { <Control playing/> }.into_any(),
                        (true, true) if elsewhere.get() => view! { <a class="button small" href=Route::Drill(here.id).href()>"What it came to"</a> }.into_any(),
                        _ => ().into_any(),
                    }}
                </section>
            }
        })
    }
}

/// The drill's clock.
#[component]
fn Minute(playing: Derived<Playing>) -> impl IntoView {
    let here = use_here();
    let text = Derived::new(move || {
        let now = here.session.clock().now();
        let position = here.ask(|incident| Clock::of(incident).map(|clock| clock.position(now)));
        let position = position.flatten().unwrap_or_default().whole_minutes();
        let of = playing.with(|playing| playing.minutes.unwrap_or_default());
        let state = playing.with(|playing| match (playing.over, playing.speed.is_paused()) {
            (true, _) => ", over",
            (false, true) => ", paused",
            (false, false) => "",
        });
        format!("minute {position} of {of}{state}")
    });
    view! { <span class="num drill-minute">{text.shown()}</span> }
}

/// Sets the clock, shows what is coming, ends it.
#[component]
fn Control(playing: Derived<Playing>) -> impl IntoView {
    let here = use_here();
    let open = RwSignal::new(false);
    let speeds = SPEEDS.map(|(times, name)| {
        let speed = Speed::new(times);
        let pressed = move || playing.with(|playing| playing.speed == speed).to_string();
        let set = move |_| set_pace(here, playing, speed);
        view! { <button type="button" class="button small" aria-pressed=pressed on:click=set>{name}</button> }
    });
    let end = move |_| {
        here.act(vec![write::drill::end("")], "Ended the drill");
        browser::go(&Route::Drill(here.id).href());
    };
    view! {
        <span class="speeds" role="group" aria-label="Speed of the drill">{speeds.collect_view()}</span>
        <button type="button" class="button small plain" on:click=move |_| open.set(true)>"What is coming"</button>
        <button type="button" class="button small" on:click=end>"End the drill"</button>
        <WhatIsComing open/>
    }
}

fn set_pace(here: Here, playing: Derived<Playing>, speed: Speed) {
    if playing.with_untracked(|playing| playing.speed != speed) {
        here.act(vec![write::drill::pace(speed)], "Set the drill's clock");
    }
}
