//! What two people changed in the library apart from each other, to choose from.

use leptos::prelude::*;

use crate::guide::library::{self, Apart, Choice};
use crate::guide::write;
use crate::ui::derived::Derived;
use crate::ui::parts::time::wall;
use crate::ui::session::use_session;

/// Everything that waits for a choice; nothing where nothing does.
#[component]
pub fn SetApart() -> impl IntoView {
    let session = use_session();
    let held = Derived::new(move || session.ask(|records| library::apart(records.library())));
    move || {
        (!held.with(Vec::is_empty)).then(|| {
            let rows = held.get().into_iter().map(row);
            view! {
                <section class="organisation-part" aria-label="Changed apart">
                    <h2>"Changed apart"</h2>
                    <p class="faint small">"Two people changed this without having seen each other's. The later one holds for now: choose what holds; both stay on record."</p>
                    {rows.collect_view()}
                </section>
            }
        })
    }
}

fn row(apart: Apart) -> impl IntoView {
    let session = use_session();
    let now = session.clock().instant();
    let item = StoredValue::new(apart.item);
    let choices = apart.choices.into_iter().map(|choice| {
        let Choice {
            event,
            words,
            by,
            when,
        } = choice;
        let settle = move |_| {
            let draft = session.ask_untracked(|records| {
                item.with_value(|item| write::organisation::settle(records.library(), item, event))
            });
            session.act_in_library(
                draft.into_iter().collect(),
                "Settled what was changed apart",
            );
        };
        let by = format!("{by}, {}", wall(when, now));
        view! {
            <li><button type="button" class="button choose" on:click=settle>
                <span dir="auto">{words}</span><span class="faint small">{by}</span>
            </button></li>
        }
    });
    view! { <h3 dir="auto">{apart.title}</h3><ul class="choose-list">{choices.collect_view()}</ul> }
}
