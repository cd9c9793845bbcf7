//! The six stages and the field's terms, in words a newcomer understands.

use leptos::prelude::*;

use super::board::walk_sample;
use crate::classify::terms::TERMS;
use crate::guide::stages;
use crate::model::Incident;
use crate::model::term::Stage;
use crate::ui::route::Route;
use crate::ui::session::use_session;

/// The guide.
#[component]
pub fn GuideScreen() -> impl IntoView {
    let session = use_session();
    let new = Incident::default();
    let rows = Stage::ALL
        .iter()
        .map(|stage| {
            let view = stages::view(&new, *stage);
            view! {
                <li class="stage-words">
                    <h3>{view.long}</h3>
                    <p>{view.purpose}</p>
                    <p class="faint small">"Makes sense when: "{view.entry}</p>
                </li>
            }
        })
        .collect_view();
    let terms = TERMS
        .iter()
        .map(|term| view! { <div><dt>{term.name}</dt><dd>{term.meaning}</dd></div> })
        .collect_view();
    view! {
        <main class="page guide-screen">
            <h1 tabindex="-1">"The six stages"</h1>
            <p class="faint lead">"One thing to do stands at the top of every incident's room, with the reason. Nothing is ever blocked: where something is still open, Muster says so and writes down that you went on."</p>
            <p class="row"><button type="button" class="button" on:click=move |_| walk_sample(session)>"Walk through a sample"</button><a class="button" href=Route::Drills.href()>"Practise by a drill"</a></p>
            <h2 class="sr">"Stage by stage"</h2>
            <ol class="stage-list">{rows}</ol>
            <h2 id="terms">"Terms"</h2>
            <dl class="terms">{terms}</dl>
        </main>
    }
}
