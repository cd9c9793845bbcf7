//! Giving copies away: everything, or one incident, as a file.

use leptos::prelude::*;

use std::collections::BTreeSet;

use super::Along;
use crate::format::file;
use crate::format::pictures::Pictures;
use crate::guide::{brief, words};
use crate::model::order;
use crate::model::term::Nature;
use crate::model::{Digest, Incident, IncidentId, LogScope, picture};
use crate::ui::browser;
use crate::ui::derived::Derived;
use crate::ui::parts::field::CheckField;
use crate::ui::parts::time::WallTime;
use crate::ui::session::{Session, use_session};

/// How many single incidents are offered; the rest is exported from its room.
const OFFERED: usize = 12;

/// Offers one incident as a file, with every log that belongs to it, and the library where asked.
pub fn export_incident(session: Session, id: IncidentId, with_library: bool) {
    session.once_open(move || export_held(session, id, with_library));
}

fn export_held(session: Session, id: IncidentId, with_library: bool) {
    let digests =
        session.ask_untracked(|records| picture::digests(records.logs_of(id).into_iter()));
    with_pictures(session, digests, move |pictures| {
        export_now(session, id, with_library, pictures)
    });
}

/// Gives a file the pictures that it speaks of, where it speaks of any.
fn with_pictures(
    session: Session,
    digests: BTreeSet<Digest>,
    give: impl FnOnce(&Pictures) + 'static,
) {
    if digests.is_empty() {
        give(&Pictures::new());
        return;
    }
    leptos::task::spawn_local(async move {
        let all = digests.len();
        let held = session.held_pictures(digests).await;
        give(&held);
        let lacking = all - held.len();
        if lacking > 0 {
            let lacking = words::count(lacking, "picture is", "pictures are");
            session.say(&format!(
                "Exported; {lacking} not in the file: not held here, or more than one file takes"
            ));
        }
    });
}

fn export_now(session: Session, id: IncidentId, with_library: bool, pictures: &Pictures) {
    let (name, text, ids) = session.ask_untracked(|records| {
        let name = records.incident(id).map(file::name).unwrap_or_default();
        let mut logs = records.logs_of(id);
        let library = records.by_scope().get(&LogScope::Library);
        logs.extend(library.filter(|_| with_library));
        let ids: Vec<IncidentId> = logs
            .iter()
            .filter_map(|log| log.scope().incident())
            .collect();
        (name, file::write_with(&logs, pictures), ids)
    });
    offer(session, &name, &text, ids);
}

fn export_everything(session: Session) {
    let digests = session.ask_untracked(|records| picture::digests(records.logs()));
    with_pictures(session, digests, move |pictures| {
        everything_now(session, pictures)
    });
}

fn everything_now(session: Session, pictures: &Pictures) {
    let now = session.instant();
    let (text, ids) = session.ask_untracked(|records| {
        let logs: Vec<_> = records.logs().collect();
        (file::write_with(&logs, pictures), records.incident_ids())
    });
    offer(session, &file::name_of_everything(now), &text, ids);
}

fn offer(session: Session, name: &str, text: &str, ids: Vec<IncidentId>) {
    match browser::download(name, "application/json", text) {
        Ok(()) => {
            session.note_export(ids);
            session.say(&format!("Exported as {name}"));
        }
        Err(_) => session.say("The browser did not let the file be saved. Allow downloads for this site and try again."),
    }
}

/// An incident as a line of the list.
#[derive(Clone, PartialEq, Eq)]
struct Line {
    id: IncidentId,
    title: String,
    nature: Nature,
    began: Option<crate::model::Timestamp>,
}

fn line(id: IncidentId, incident: &Incident) -> Line {
    Line {
        id,
        title: brief::title(incident),
        nature: incident.nature(),
        began: incident.began_at(),
    }
}

#[component]
pub fn Give() -> impl IntoView {
    let session = use_session();
    let lines = Derived::new(move || {
        session.ask(|records| {
            let ids = records.incident_ids();
            let mut lines: Vec<Line> = ids
                .into_iter()
                .filter_map(|id| records.incident(id).map(|incident| line(id, incident)))
                .collect();
            order::sort_by_key(&mut lines, |line| std::cmp::Reverse(line.began));
            lines
        })
    });
    let count = move || lines.with(Vec::len);
    let with_library = RwSignal::new(false);
    view! {
        <section aria-label="Give">
            <h2>"Give a copy"</h2>
            <div class="sheet share-box">
                <p>{move || match count() { 0 => "This browser holds no incident yet.".to_owned(), 1 => "This browser holds one incident.".to_owned(), many => format!("This browser holds {many} incidents.") }}</p>
                <p><button type="button" class="button main" on:click=move |_| session.once_open(move || export_everything(session))>"Export"</button>" "<span class="faint small">"everything, as one file"</span></p>
                <p class="small">"Where they cannot reach this page, give them Muster too:"</p>
                <Along/>
            </div>
            {move || (count() > 0).then(|| view! {
                <h2>"Or a single incident"</h2>
                <CheckField label="With my runbooks, services and contacts" value=with_library/>
                <ul class="items sheet">
                    {lines.get().into_iter().take(OFFERED).map(|line| give_row(session, line, with_library)).collect_view()}
                </ul>
            })}
        </section>
    }
}

fn give_row(session: Session, line: Line, with_library: RwSignal<bool>) -> impl IntoView {
    let Line {
        id,
        title,
        nature,
        began,
    } = line;
    let nature =
        words::nature(nature).map(|word| view! { " "<span class="tag nature">{word}</span> });
    let exported = move || {
        session
            .last_export(id)
            .map(|at| view! { <span class="faint small">"last given "<WallTime at/></span> })
    };
    let name = format!(" {title}");
    view! {
        <li>
            <div class="item-what"><p dir="auto">{title}{nature}</p><p class="faint small">{began.map(|at| view! { <WallTime at/> })}" "{exported}</p></div>
            <button type="button" class="button small" on:click=move |_| export_incident(session, id, with_library.get_untracked())>"Give"<span class="sr">{name}</span></button>
        </li>
    }
}
