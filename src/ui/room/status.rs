//! The head of the room: what is wrong, how bad, since when, who leads, when the next word is due.

use leptos::prelude::*;

use super::drill::DrillStrip;
use super::here::{Here, use_here};
use crate::guide::brief::{self, Elapsed, Head};
use crate::guide::{Act, Urgency, timeline, words};
use crate::model::incident::Standing;
use crate::model::term::{Nature, Stage};
use crate::model::{Entry, EventId, Incident, IncidentId, Kind, LogScope, Timestamp};
use crate::ui::address::openable;
use crate::ui::derived::Derived;
use crate::ui::parts::priority::PriorityBadge;
use crate::ui::parts::time::WallTime;
use crate::ui::route::Route;
use crate::ui::session::Deed;

/// The region `Status`.
#[component]
pub fn Status() -> impl IntoView {
    let here = use_here();
    let head = here.view(|incident| Some(brief::head(incident)));
    let part = move |read: fn(&Head) -> String| {
        Derived::new(move || head.with(|head| head.as_ref().map(read).unwrap_or_default()))
    };
    let title = part(|head| head.title.clone());
    let priority =
        Derived::new(move || head.with(|head| head.as_ref().and_then(|head| head.priority)));
    let stage = Derived::new(move || {
        head.with(|head| {
            head.as_ref()
                .map_or(Stage::Identification, |head| head.stage)
        })
    });
    view! {
        <section class="status" aria-label="Status">
            <div class="status-line">
                <div class="status-what">
                    <div class="status-title">
                        <PriorityBadge priority/>
                        <h1 tabindex="-1" dir="auto" title=move || title.get() on:click=move |_| edit_title(here)
                            on:keydown=move |event| if event.key() == "Enter" { event.prevent_default(); edit_title(here) }>{title.shown()}</h1>
                        <button type="button" class="button plain edit" on:click=move |_| edit_title(here)>"Edit"<span class="sr">" the title"</span></button>
                    </div>
                    <Sentence head/>
                </div>
                <RunningFor head/>
                <NextUpdate/>
                <Leads head/>
            </div>
            <Notes/>
            <Stages stage/>
        </section>
    }
}

/// The incident in one line, for the screens beside the room.
#[component]
pub fn Strip() -> impl IntoView {
    let here = use_here();
    let head = here.view(|incident| Some(brief::head(incident)));
    let priority =
        Derived::new(move || head.with(|head| head.as_ref().and_then(|head| head.priority)));
    let title = Derived::new(move || {
        head.with(|head| {
            head.as_ref()
                .map(|head| head.title.clone())
                .unwrap_or_default()
        })
    });
    let stage = Derived::new(move || {
        head.with(|head| {
            head.as_ref()
                .map(|head| words::stage(head.stage))
                .unwrap_or_default()
        })
    });
    view! {
        <section class="strip" aria-label="Status">
            <DrillStrip/>
            <PriorityBadge priority/>
            <a href=Route::Incident(here.id).href() dir="auto"><b>{title.shown()}</b></a>
            <span class="faint">{move || stage.get()}</span>
            <NextUpdate/>
        </section>
    }
}

fn edit_title(here: Here) {
    here.begin(Act::WriteTitle);
}

/// Major or standard, what is hit, where to meet, how many people.
#[component]
fn Sentence(head: Derived<Option<Head>>) -> impl IntoView {
    let kind = Derived::new(move || {
        head.with(|head| {
            let head = head.as_ref()?;
            Some(match (head.priority, head.major) {
                (_, true) => "Major incident",
                (Some(_), false) => "Standard incident",
                (None, false) => "Priority pending",
            })
        })
    });
    let nature = Derived::new(move || {
        head.with(|head| head.as_ref().map_or(Nature::Real, |head| head.nature))
    });
    let services = Derived::new(move || {
        head.with(|head| {
            head.as_ref()
                .map(|head| head.services.clone())
                .unwrap_or_default()
        })
    });
    let bridges = Derived::new(move || {
        head.with(|head| {
            head.as_ref()
                .map(|head| head.bridges.clone())
                .unwrap_or_default()
        })
    });
    let people =
        Derived::new(move || head.with(|head| head.as_ref().map_or(0, |head| head.people)));
    view! {
        <p class="sentence faint">
            {move || words::nature(nature.get()).map(|word| view! { <span class="tag nature">{word}</span>" " })}
            <span>{move || kind.get()}</span>" "
            {move || {
                let services = services.get();
                (!services.is_empty()).then(|| view! { <span class="dot">{services}</span>" " })
            }}
            {move || bridges.get().into_iter().map(|(label, url)| view! { <span class="dot"><Bridge label url/></span>" " }).collect_view()}
            <span class="dot">{move || words::count(people.get(), "person", "people")}</span>
        </p>
    }
}

/// Where the response meets: a link where it is one of a harmless kind, else its words.
#[component]
pub fn Bridge(
    /// What it is.
    label: String,
    /// Its address, from the log: it may be anything.
    url: String,
) -> impl IntoView {
    let label = if label.is_empty() {
        "Bridge".to_owned()
    } else {
        label
    };
    match openable(&url) {
        Some(address) => view! { <a href=address.to_owned() target="_blank" rel="noopener noreferrer">{label}</a> }.into_any(),
        None => view! { <span>{label}" "{url}</span> }.into_any(),
    }
}

#[component]
fn RunningFor(head: Derived<Option<Head>>) -> impl IntoView {
    let here = use_here();
    let elapsed = Derived::new(move || {
        head.with(|head| {
            head.as_ref()
                .map_or(Elapsed::Unknown, |head| head.elapsed.clone())
        })
    });
    let label = move || match elapsed.get() {
        Elapsed::RestoredAfter(_) => "Service back after",
        Elapsed::Running(_) | Elapsed::Unknown => "Running for",
    };
    // Only a changed text is painted: the second makes no work.
    let text = Derived::new(move || match elapsed.get() {
        Elapsed::Running(since) => words::span(here.session.clock().now() - since),
        Elapsed::RestoredAfter(span) => words::span(span),
        Elapsed::Unknown => "not known".to_owned(),
    });
    let since = move || match elapsed.get() {
        Elapsed::Running(since) => {
            Some(view! { <span class="faint small">"since "<WallTime at=since/></span> })
        }
        Elapsed::RestoredAfter(_) | Elapsed::Unknown => None,
    };
    view! { <dl class="fact"><dt>{label}</dt><dd><span class="num">{text.shown()}</span>{since}</dd></dl> }
}

#[component]
fn NextUpdate() -> impl IntoView {
    let here = use_here();
    let due = here.advised(|advice| advice.next_update.clone());
    let late = move || {
        due.with(|due| {
            due.as_ref()
                .is_some_and(|due| due.urgency == Urgency::Overdue)
        })
    };
    let label = move || {
        due.with(|due| {
            due.as_ref()
                .map_or_else(|| "Next update".to_owned(), |due| due.title.clone())
        })
    };
    let text = Derived::new(move || {
        due.with(|due| {
            due.as_ref().map_or_else(
                || "none due".to_owned(),
                |due| words::due(due.at, here.session.clock().now()),
            )
        })
    });
    let at = move || {
        due.get()
            .map(|due| view! { <span class="faint small">"by "<WallTime at=due.at/></span> })
    };
    view! { <dl class="fact" class:late=late><dt>{label}</dt><dd><span class="num">{text.shown()}</span>{at}</dd></dl> }
}

#[component]
fn Leads(head: Derived<Option<Head>>) -> impl IntoView {
    let here = use_here();
    let leader =
        Derived::new(move || head.with(|head| head.as_ref().and_then(|head| head.leader.clone())));
    let assign = move |_| here.begin_command();
    let button = move || {
        if leader.with(Option::is_some) {
            "Hand over"
        } else {
            "Name who leads"
        }
    };
    view! {
        <dl class="fact leads">
            <dt>"Led by"</dt>
            <dd>
                <span dir="auto" class="name" class:nobody=move || leader.with(Option::is_none)>{move || leader.get().unwrap_or_else(|| "nobody yet".to_owned())}</span>
                <button type="button" class="button plain" aria-keyshortcuts="a" on:click=assign>{button}<kbd aria-hidden="true" class="wide">"A"</kbd></button>
            </dd>
        </dl>
    }
}

#[component]
fn Stages(stage: Derived<Stage>) -> impl IntoView {
    let place = move || {
        Stage::ALL
            .iter()
            .position(|other| *other == stage.get())
            .map_or(1, |index| index + 1)
    };
    let strip = Stage::ALL
        .iter()
        .copied()
        .map(|this| {
            let current = move || (stage.get() == this).then_some("step");
            let done = move || this < stage.get();
            view! {
                <li class:done=done aria-current=current>
                    <span>{words::stage(this)}</span>
                    {move || done().then(|| view! { <span class="sr">", done"</span> })}
                </li>
            }
        })
        .collect_view();
    view! {
        <div class="stage-row">
            <p class="stage-now" aria-hidden="true"><b>{move || words::stage(stage.get())}</b>" "<span class="faint">{place}" of 6"</span></p>
            <ol class="stages" aria-label="Stages">{strip}</ol>
        </div>
    }
}

/// What else must be known before anything is done here.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
struct Standings {
    closed: Option<(Timestamp, String)>,
    withdrawn_by: Vec<EventId>,
    joined: Vec<IncidentId>,
    missing: Vec<IncidentId>,
}

fn standings(incident: &Incident) -> Standings {
    let closed = incident.closing.latest().and_then(|(setting, closure)| {
        let closure = closure.as_ref()?;
        Some((setting.when, closure.outcome.clone()))
    });
    let taken_back = |entry: &Entry| match entry.standing {
        Standing::Retracted(by) if entry.kind == Kind::Declared => Some(by),
        _ => None,
    };
    let withdrawn_by = if incident.declared.is_empty() {
        let by = incident.timeline.iter().rev().find_map(taken_back);
        by.map(|by| timeline::taken_back_together(incident, by))
            .unwrap_or_default()
    } else {
        Vec::new()
    };
    let joined = if incident.ids.len() > 1 {
        incident.ids.iter().copied().collect()
    } else {
        Vec::new()
    };
    let missing = incident
        .same_as
        .iter()
        .filter(|id| !incident.ids.contains(id))
        .copied()
        .collect();
    Standings {
        closed,
        withdrawn_by,
        joined,
        missing,
    }
}

#[component]
fn Notes() -> impl IntoView {
    let here = use_here();
    let standings = here.view(standings);
    move || {
        let Standings {
            closed,
            withdrawn_by,
            joined,
            missing,
        } = standings.get();
        let closed = closed.map(|(at, outcome)| {
            view! {
                <p class="banner">
                    <span><b>"Closed "</b><WallTime at/>{(!outcome.is_empty()).then(|| format!(". {outcome}"))}</span>
                    <button type="button" class="button" on:click=move |_| here.begin(Act::Reopen)>"Reopen"</button>
                </p>
            }
        });
        let withdrawn = (!withdrawn_by.is_empty()).then(|| {
            let deed = Deed { scope: LogScope::Incident(here.id), events: withdrawn_by, what: "the declaration".to_owned() };
            view! {
                <p class="banner">
                    <span><b>"The declaration was taken back. "</b>"What was written stays on record."</span>
                    <button type="button" class="button" on:click=move |_| here.session.put_back(deed.clone())>"Put it back"</button>
                </p>
            }
        });
        let joined = (!joined.is_empty()).then(|| {
            let ids: Vec<String> = joined.iter().map(ToString::to_string).collect();
            view! { <p class="banner"><span><b>{words::count(ids.len(), "declaration", "declarations")}" of one outage: "</b>{ids.join(" and ")}</span></p> }
        });
        let missing = (!missing.is_empty()).then(|| {
            let ids: Vec<String> = missing.iter().map(ToString::to_string).collect();
            view! { <p class="banner"><span><b>"Also the same outage as "</b>{ids.join(" and ")}", which this browser does not hold. Import its file to see both."</span></p> }
        });
        view! { {closed}{withdrawn}{joined}{missing} }
    }
}
