//! What the scenario still has, for whoever facilitates: closed until they say that they do.

use leptos::prelude::*;

use crate::drill::clock::Clock;
use crate::drill::coming::{Coming, coming};
use crate::drill::deliver::scenario;
use crate::guide::write;
use crate::ui::derived::Derived;
use crate::ui::parts::dialog::Dialog;
use crate::ui::parts::each::each;
use crate::ui::room::here::{Here, use_here};

/// The dialog.
#[component]
pub fn WhatIsComing(
    /// Whether it is shown.
    open: RwSignal<bool>,
) -> impl IntoView {
    let close = Callback::new(move |()| open.set(false));
    view! {
        <Dialog open=open close title="What is coming">
            <p>"Only whoever facilitates should read on. If you practise, close this: what you have read cannot surprise you."</p>
            <details class="coming">
                <summary>"I facilitate: show it"</summary>
                <Injects/>
            </details>
        </Dialog>
    }
}

#[component]
fn Injects() -> impl IntoView {
    let here = use_here();
    let notes = here.view(|incident| {
        scenario(incident)
            .map(|scenario| scenario.facilitator)
            .unwrap_or_default()
    });
    let injects = Derived::new(move || {
        let now = here.session.clock().minute();
        here.ask(|incident| coming(incident, now))
            .unwrap_or_default()
    });
    view! {
        <p class="coming-notes" dir="auto">{notes.shown()}</p>
        <ol class="coming-list">{each(move || injects.get(), move |inject| row(here, inject))}</ol>
    }
}

fn row(here: Here, inject: Coming) -> impl IntoView {
    let (number, minute) = (inject.number, inject.minute);
    let words = (!inject.over).then(|| {
        let expected = inject.expected.into_iter();
        let expected = expected.map(|one| view! { <li>{one}</li> }).collect_view();
        let look_for = (!inject.look_for.is_empty()).then(|| view! { <p class="small said" dir="auto"><b>"Look for: "</b>{inject.look_for}</p> });
        view! { <p class="said" dir="auto">{inject.text}</p>{look_for}<ul class="small">{expected}</ul> }
    });
    let acts = inject.is_next.then(|| {
        view! {
            <p class="row">
                <button type="button" class="button small" on:click=move |_| send(here, minute)>"Send it now"</button>
                <button type="button" class="button small plain" on:click=move |_| leave_out(here, number)>"Leave it out"</button>
            </p>
        }
    });
    view! {
        <li class:next-inject=inject.is_next>
            <h3><span class="num">{format!("{minute} min")}</span>" "<span dir="auto">{inject.from}</span>" "<span class="tag">{inject.state}</span></h3>
            {words}
            {acts}
        </li>
    }
}

/// The clock goes on from the inject's minute, at the speed that it has.
fn send(here: Here, minute: u32) {
    let speed = here.ask_now(|incident| Clock::of(incident).map(|clock| clock.speed()));
    if let Some(speed) = speed.flatten() {
        here.act(
            vec![write::drill::go_on_from(speed, minute)],
            "Sent an inject now",
        );
    }
}

fn leave_out(here: Here, number: u32) {
    here.act(vec![write::drill::skip(number)], "Left an inject out");
}
