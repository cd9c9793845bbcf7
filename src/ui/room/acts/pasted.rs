//! Lines copied from a chat or a log become entries, each at its own time.

use std::collections::BTreeSet;

use leptos::html;
use leptos::prelude::*;

use super::super::here::use_here;
use super::causes::OfService;
use crate::format::pasted::{self, Clock, Lines, MOST_LINES, Reading};
use crate::guide::words::{self, count};
use crate::model::term::ChangeKind;
use crate::model::{Event, Timestamp};
use crate::ui::browser;
use crate::ui::derived::Derived;
use crate::ui::parts::field::{SelectField, TextArea, TextField};
use crate::ui::parts::form::EntryForm;
use crate::ui::parts::time::wall;
use crate::ui::share::{self, text_of};

/// Bytes of a file of lines that are read at most.
const LARGEST: usize = 2_000_000;
/// Lines that the form shows as it reads them.
const SHOWN: usize = 12;
/// The choice of this machine's zone.
const HERE: &str = "here";
/// The choice of UTC.
const UTC: &str = "utc";
/// The choice of a zone by its name.
const NAMED: &str = "named";
/// What people said, or machines logged.
const NOTES: &str = "notes";
const DAY_FIRST: &str = "day";

/// What times without a zone are of.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Zone {
    Here,
    Utc,
    Named(String),
}

impl Zone {
    fn offset(&self, at: Timestamp) -> i32 {
        match self {
            Self::Here => browser::utc_offset_minutes(at),
            Self::Utc => 0,
            Self::Named(zone) => browser::offset_in(zone, at),
        }
    }
}

#[component]
pub fn Pasted(given: String) -> impl IntoView {
    let here = use_here();
    let text = RwSignal::new(given);
    let (zone, name) = (RwSignal::new(HERE.to_owned()), RwSignal::new(String::new()));
    let order = RwSignal::new(DAY_FIRST.to_owned());
    let (kind, service) = (
        RwSignal::new(NOTES.to_owned()),
        RwSignal::new(String::new()),
    );
    let chosen = move || match zone.get().as_str() {
        UTC => Ok(Zone::Utc),
        NAMED => {
            let name = name.get().trim().to_owned();
            if browser::knows_zone(&name) {
                Ok(Zone::Named(name))
            } else {
                Err(
                    "This browser knows no zone of that name. Write it like Europe/Berlin."
                        .to_owned(),
                )
            }
        }
        _ => Ok(Zone::Here),
    };
    let reading = Derived::new(move || {
        let zone = chosen().unwrap_or(Zone::Here);
        let clock = Clock {
            now: here.session.clock().minute(),
            offset: &|at| zone.offset(at),
            day_first: order.with(|order| order == DAY_FIRST),
        };
        text.with(|text| pasted::read(text, &clock))
    });
    let submit = move || {
        untrack(chosen)?;
        let lines = match ChangeKind::named(&kind.get_untracked()) {
            Some(change) => Lines::Changes(change, service.get_untracked()),
            None => Lines::Notes,
        };
        let events: Vec<Event> = reading.with_untracked(|reading| {
            let read = reading.lines.iter();
            read.map(|line| pasted::event(line, &lines)).collect()
        });
        if events.is_empty() {
            return Err(
                "No line begins with a time. A line like “02:13 payments time out” is taken in."
                    .to_owned(),
            );
        }
        // The same line twice is one entry.
        let all = events
            .iter()
            .map(|event| event.id)
            .collect::<BTreeSet<_>>()
            .len();
        let new = here.session.take_pasted(here.id, events);
        here.session.say(&match (new, all - new) {
            (new, 0) => format!("Took in {}", count(new, "line", "lines")),
            (new, known) => format!(
                "Took in {}; {} here already",
                count(new, "line", "lines"),
                count(known, "was", "were")
            ),
        });
        here.close_form();
        Ok(())
    };
    let asks_zone = Derived::new(move || reading.with(|reading| reading.asks_zone));
    let asks_day = Derived::new(move || reading.with(|reading| reading.asks_day));
    let mut kinds = vec![(NOTES.to_owned(), "what was said or logged".to_owned())];
    kinds.extend(ChangeKind::ALL.iter().map(|kind| {
        (
            kind.name().to_owned(),
            format!("changes: {}", words::change(*kind).to_lowercase()),
        )
    }));
    let are_changes = move || kind.with(|kind| kind != NOTES);
    let is_named = move || zone.with(|zone| zone == NAMED);
    let own_zone = match browser::time_zone() {
        zone if zone.is_empty() => "this machine’s".to_owned(),
        zone => format!("this machine’s, {zone}"),
    };
    let input = NodeRef::<html::Input>::new();
    let opened = move |_| {
        let file = share::chosen(input).into_iter().next();
        leptos::task::spawn_local(async move {
            let Some(file) = file else { return };
            match text_of(&file, LARGEST).await {
                // The form may have been closed since.
                Ok(read) => drop(text.try_set(read)),
                Err(why) => here.session.say(&why),
            }
        });
    };
    view! {
        <EntryForm button="Take them in" submit>
            <TextArea label="Paste them here" value=text rows=8 first=true hint="Lines that begin with a time; what stands below such a line belongs to it."/>
            <label class="file small"><span>"Or a file of such lines"</span><input node_ref=input type="file" accept=".txt,.log,.csv,.md,text/plain" on:change=opened/></label>
            {move || asks_zone.get().then(|| {
                let options = vec![(HERE.to_owned(), own_zone.clone()), (UTC.to_owned(), "UTC".to_owned()), (NAMED.to_owned(), "another".to_owned())];
                view! { <SelectField label="Their times are of which zone?" value=zone options/> }
            })}
            {move || is_named().then(|| view! { <TextField label="Zone" value=name hint="Like Europe/Berlin or America/New_York."/> })}
            {move || asks_day.get().then(|| {
                let options = vec![(DAY_FIRST.to_owned(), "the day first: 03/04 is in April".to_owned()), ("month".to_owned(), "the month first: 03/04 is in March".to_owned())];
                view! { <SelectField label="Their dates have" value=order options/> }
            })}
            <SelectField label="They are" value=kind options=kinds/>
            {move || are_changes().then(|| view! { <OfService value=service/> })}
            <div aria-live="polite">{move || preview(&reading.get(), here.session.clock().minute())}</div>
        </EntryForm>
    }
}

/// What will be taken in, and what will not.
fn preview(reading: &Reading, now: Timestamp) -> AnyView {
    let lines = &reading.lines;
    let left_out = [
        (reading.without, "above the first time"),
        (reading.wordless, "without words"),
        (reading.beyond, "beyond the most that is read at once"),
    ];
    let left_out = left_out.iter().filter(|(lines, _)| *lines > 0);
    let left_out: Vec<AnyView> = left_out
        .map(|(lines, why)| {
            view! { <p class="small">{count(*lines, "line", "lines")}" "{*why}": left out."</p> }
                .into_any()
        })
        .collect();
    let beyond = (reading.beyond > 0).then(
        || view! { <p class="small">{format!("Up to {MOST_LINES} lines are read at once.")}</p> },
    );
    let more = lines.len().saturating_sub(SHOWN);
    let rows: Vec<AnyView> = lines
        .iter()
        .take(SHOWN)
        .map(|line| view! { <li><span class="num small faint">{wall(line.at, now)}</span>" "<span dir="auto">{line.words.clone()}</span></li> }.into_any())
        .collect();
    let more =
        (more > 0).then(|| view! { <p class="small faint">{format!("and {more} more")}</p> });
    let said = match lines.len() {
        0 => String::new(),
        all => format!(
            "As they will stand in the timeline: {}",
            count(all, "entry", "entries")
        ),
    };
    view! { <p class="small"><b>{said}</b></p><ol class="pasted small">{rows}</ol>{more}{left_out}{beyond} }.into_any()
}
