//! The services: how they are, how they were over time, and what it costs.

use leptos::prelude::*;

use super::here::use_here;
use super::items::{Item, Items};
use super::work::act;
use crate::guide::organisation::{self, Hit};
use crate::guide::{Act, words};
use crate::model::term::Level;
use crate::model::{Incident, Timestamp};
use crate::ui::derived::Derived;
use crate::ui::parts::axis::Axis;
use crate::ui::parts::ticks::{self, ticks};
use crate::ui::parts::time::wall;

/// Services and how they are.
#[component]
pub fn Services() -> impl IntoView {
    let here = use_here();
    let organisation = here.session.organisation();
    let items = here.view(move |incident| {
        let service = |incident: &Incident, name: &str| Item {
            detail: organisation::about(&organisation, name),
            ..service(incident, name)
        };
        let mut hit: Vec<Item> = incident
            .affected()
            .into_iter()
            .map(|(name, _)| service(incident, name))
            .collect();
        hit.extend(
            incident
                .services
                .keys()
                .filter(|name| incident.level(name).is_none())
                .map(|name| service(incident, name)),
        );
        hit
    });
    let cost = Derived::new(move || {
        let organisation = here.session.organisation();
        let now = here.session.clock().minute();
        let cost = here.ask(|incident| organisation::cost(&organisation, incident, now));
        let cost = cost.flatten().filter(|cost| *cost > 0);
        cost.map(|cost| {
            format!(
                "About {cost} {} until now, by what a minute of each service costs.",
                organisation.currency
            )
        })
    });
    view! {
        {move || cost.get().map(|cost| view! { <p class="num">{cost}</p> })}
        <Items title="Services" add=vec![act("A service is hit", Act::AffectService)] items
            empty="No service is named yet. Naming them tells who must help, and when it is over."/>
        <OverTime/>
    }
}

pub(super) fn service(incident: &Incident, name: &str) -> Item {
    let when = incident
        .services
        .get(name)
        .and_then(|register| register.latest())
        .map(|(setting, _)| setting.when);
    let (tag, acts) = match incident.level(name) {
        Some(level) => {
            let class = if level == crate::model::term::Level::Degraded {
                "tag soon"
            } else {
                "tag late"
            };
            (
                (class, words::level(level).to_owned()),
                vec![act("Works again", Act::RestoreService(name.to_owned()))],
            )
        }
        None => (("tag good", "works".to_owned()), Vec::new()),
    };
    Item {
        lead: name.to_owned(),
        tag: Some(tag),
        when,
        acts,
        ..Item::default()
    }
}

/// The services that were hit, and the instant that the picture ends with.
#[derive(Clone, PartialEq, Debug, Default)]
struct Past {
    services: Vec<(String, Vec<Hit>)>,
    now: Option<Timestamp>,
}

/// How each service was, minute by minute: a picture, and the same as a table.
#[component]
fn OverTime() -> impl IntoView {
    let here = use_here();
    let past = Derived::new(move || {
        let now = here.session.clock().minute();
        let past = here.ask(|incident| Past {
            services: organisation::history(incident),
            now: Some(incident.ended_at().map_or(now, |end| end.min(now))),
        });
        past.unwrap_or_default()
    });
    move || {
        past.with(|past| {
            let now = past.now.filter(|_| !past.services.is_empty())?;
            let begins = past.services.iter().flat_map(|(_, hits)| hits);
            let from = begins.map(|hit| hit.from).min()?;
            let ends = past.services.iter().flat_map(|(_, hits)| hits);
            let to = ends.filter_map(|hit| hit.to).fold(now, Timestamp::max);
            let pictures = [("wide-bars", 180, 720), ("narrow-bars", 8, 320)];
            let pictures = pictures.map(|(class, label, width)| {
                let axis = Axis::new(label, width, from, to);
                picture(class, axis, label < 100, past, to)
            });
            let rows: Vec<_> = past.services.iter().flat_map(|(name, hits)| {
                hits.iter().map(|hit| row(name, hit, now))
            }).collect();
            Some(view! {
                <div class="items-head"><h2>"Over time"</h2></div>
                <div class="sheet task-bars service-bars">{pictures.collect_view()}</div>
                <details class="sheet as-table">
                    <summary>"As a table"</summary>
                    <div class="task-table">
                        <table role="table" aria-label="Services over time">
                            <thead role="rowgroup"><tr role="row">
                                <th role="columnheader" scope="col">"Service"</th><th role="columnheader" scope="col">"It was"</th>
                                <th role="columnheader" scope="col">"From"</th><th role="columnheader" scope="col">"To"</th><th role="columnheader" scope="col">"For"</th>
                            </tr></thead>
                            <tbody role="rowgroup">{rows}</tbody>
                        </table>
                    </div>
                </details>
            })
        })
    }
}

const HEAD: i64 = ticks::HEIGHT + 6;

/// Levels differ in height, so that no eye needs their colours.
fn height(level: Level) -> (i64, &'static str) {
    match level {
        Level::Degraded => (5, "hit degraded"),
        Level::PartlyDown => (10, "hit partly"),
        Level::Down => (15, "hit down"),
    }
}

fn picture(
    class: &'static str,
    axis: Axis,
    narrow: bool,
    past: &Past,
    to: Timestamp,
) -> impl IntoView + use<> {
    let row_height = if narrow { 38 } else { 26 };
    let count = i64::try_from(past.services.len()).unwrap_or_default();
    let bottom = HEAD + count * row_height + 2;
    let rows = past.services.iter().zip(0_i64..).map(|((name, hits), place)| {
        let base = HEAD + (place + 1) * row_height - 4;
        let bars = hits.iter().map(|hit| {
            let (height, class) = height(hit.level);
            let (x, width) = axis.span(hit.from, hit.to.unwrap_or(to));
            view! {
                <rect class=class x=x.to_string() width=width.to_string() y=(base - height).to_string() height=height.to_string()>
                    <title>{format!("{name}: {}", words::level(hit.level))}</title>
                </rect>
            }
        });
        let words = if narrow { base - 19 } else { base - 4 };
        view! { <g><text class="bar-name" x="8" y=words.to_string()>{words::shortened(name, 30)}</text>{bars.collect_view()}</g> }
    });
    let summary = format!(
        "{} on a time axis. “As a table” has the same in words.",
        words::count(past.services.len(), "service", "services")
    );
    view! {
        <svg class=class viewBox=format!("0 0 {} {bottom}", if narrow { 320 } else { 720 }) role="img" aria-label=summary>
            {ticks(axis, HEAD, bottom, to)}{rows.collect_view()}
        </svg>
    }
}

fn row(name: &str, hit: &Hit, now: Timestamp) -> impl IntoView + use<> {
    let to = hit
        .to
        .map_or_else(|| "still so".to_owned(), |to| wall(to, now));
    let lasted = words::span(hit.to.unwrap_or(now) - hit.from);
    view! {
        <tr role="row">
            <th role="rowheader" scope="row" dir="auto">{name.to_owned()}</th>
            <td role="cell">{words::level(hit.level)}</td>
            <td role="cell" class="num" data-name="From">{wall(hit.from, now)}</td>
            <td role="cell" class="num" data-name="To">{to}</td>
            <td role="cell" class="num" data-name="For">{lasted}</td>
        </tr>
    }
}
