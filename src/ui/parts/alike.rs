//! Past incidents that resemble one: why they are thought to, and what worked then.

use leptos::prelude::*;

use crate::assist::own::{LEAST, common};
use crate::guide::brief;
use crate::model::{IncidentId, Timestamp};
use crate::search::{Question, worked};
use crate::ui::derived::Derived;
use crate::ui::parts::time::WallTime;
use crate::ui::route::Route;
use crate::ui::session::Session;

/// How many are shown.
const MOST: usize = 3;
/// How many things that helped are shown.
const NAMED: usize = 5;

/// What helped in a past incident.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Helped {
    /// A cause that was confirmed.
    Cause(String),
    /// A workaround that held.
    Workaround(String),
    /// A fix.
    Fix(String),
    /// A runbook that was followed: its id and title.
    Runbook(String, String),
}

/// A past incident, as it is shown.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Past {
    id: IncidentId,
    title: String,
    began: Option<Timestamp>,
    common: String,
    helped: Vec<Helped>,
    more_of: usize,
}

/// The past incidents that are most like what is asked.
pub fn like(session: Session, question: &Question) -> Vec<Past> {
    session.ask_index(|index, records| {
        let found = index.alike(question, MOST).into_iter();
        let found = found.filter(|alike| alike.fit >= LEAST);
        let past = found.filter_map(|alike| {
            let incident = records.incident(alike.incident)?;
            let worked = worked(incident);
            let workarounds = worked.workarounds.into_iter();
            let fixes = worked.fixes.into_iter();
            let causes = worked.causes.into_iter();
            let runbooks = worked.runbooks.into_iter();
            let mut helped: Vec<Helped> = Vec::new();
            helped.extend(workarounds.map(|help| Helped::Workaround(help.text)));
            helped.extend(runbooks.map(|one| Helped::Runbook(one.runbook, one.title)));
            helped.extend(fixes.map(|help| Helped::Fix(help.text)));
            helped.extend(causes.map(|help| Helped::Cause(help.text)));
            let shown = helped.len().min(NAMED);
            Some(Past {
                id: alike.incident,
                title: brief::title(incident),
                began: incident.began_at(),
                common: common(&alike),
                more_of: helped.len() - shown,
                helped: helped.into_iter().take(shown).collect(),
            })
        });
        past.collect()
    })
}

/// The list, with what can be done with what helped.
#[component]
pub fn AlikeList(
    /// What is shown.
    past: Derived<Vec<Past>>,
    /// The words of the button for what helped, and what it does; none: it is only read.
    #[prop(optional)]
    using: Option<Using>,
) -> impl IntoView {
    move || {
        let rows = past.get();
        (!rows.is_empty()).then(|| {
            let rows = rows.into_iter().map(|past| row(past, using));
            view! {
                <section class="alike" aria-label="Incidents like this one">
                    <h2>"Incidents like this one"</h2>
                    <ul class="items sheet">{rows.collect_view()}</ul>
                    <details class="faint small"><summary>"How they are found"</summary>
                        <p>"By the words and services in common: a word counts the more the fewer incidents have it, and more in a title than elsewhere (BM25F; Robertson and Zaragoza 2009). Exercises are left out. Nothing leaves this browser."</p>
                    </details>
                </section>
            }
        })
    }
}

/// What is done with something that helped.
pub type Using = Callback<Helped>;

fn row(past: Past, using: Option<Using>) -> impl IntoView {
    let helped = past.helped.into_iter().map(|helped| {
        let (lead, text, word) = match &helped {
            Helped::Cause(text) => ("Cause then", text, "Raise it as a hypothesis"),
            Helped::Workaround(text) => ("Workaround", text, "It is in place here too"),
            Helped::Fix(text) => ("Fix", text, ""),
            Helped::Runbook(_, title) => ("Runbook", title, "Follow it"),
        };
        let (text, spoken) = (text.clone(), text.clone());
        let button = using.filter(|_| !word.is_empty()).map(|using| {
            let act = move |_| using.run(helped.clone());
            view! { <button type="button" class="button small" on:click=act>{word}<span class="sr">": "{spoken}</span></button> }
        });
        view! { <li><span class="faint small">{lead}": "</span><span dir="auto">{text}</span>" "{button}</li> }
    });
    let helped = helped.collect_view();
    let more = (past.more_of > 0)
        .then(|| view! { <li class="faint small">{format!("and {} more", past.more_of)}</li> });
    view! {
        <li>
            <div class="item-what">
                <p><a href=Route::Incident(past.id).href() dir="auto">{past.title}</a>" "<span class="faint small">{past.began.map(|at| view! { <WallTime at/> })}</span></p>
                <p class="faint small" dir="auto">"In common: "{past.common}</p>
                <ul class="helped">{helped}{more}</ul>
            </div>
        </li>
    }
}
