//! The review of an incident, where it is held: its course as a chart, findings and why, what was
//! marked, what changes, and wording to look at again.
//!
//! Shows and appends; the document itself is a screen of its own.

mod document;
mod picture;

use leptos::prelude::*;

pub use self::document::ReviewDocument;
use self::picture::{drawing, table};
use super::acts::ActDialog;
use super::here::{Form, Here};
use super::items::{Item, Items};
use super::status::Strip;
use super::work::{act, improvements, item};
use super::{open_beside, where_held};
use crate::draft::review::{self, Asked, Block, Document, Fact, chart, wording};
use crate::guide::review::{Answer, loose, whys};
use crate::guide::{Act, timeline};
use crate::model::term::{EntryMark, FindingKind};
use crate::model::{EventId, IncidentId};
use crate::ui::browser;
use crate::ui::derived::Derived;
use crate::ui::route::Route;

/// So wide is the chart at least, in its own units: narrower, its bars say nothing.
const NARROWEST: i32 = 340;
/// And at most: wider, one's eye loses the row.
const WIDEST: i32 = 1_200;
/// What stands left and right of it.
const BESIDE: i32 = 80;

/// The screen.
#[component]
pub fn ReviewScreen(
    /// Which incident.
    id: IncidentId,
) -> impl IntoView {
    where_held(id, move || view! { <Held id/> }.into_any())
}

#[component]
fn Held(id: IncidentId) -> impl IntoView {
    let here = open_beside(id);
    view! {
        <main class="page review">
            <Strip/>
            <Head here/>
            <Chart here/>
            <div class="review-body">
                <section aria-label="Findings"><Findings here/></section>
                <section aria-label="What changes"><Changes here/></section>
                <section aria-label="The course"><Marks here/></section>
            </div>
            <Wording here/>
            <ActDialog/>
        </main>
    }
}

/// The document as far as its summary and figures.
fn figures(here: Here) -> Derived<Option<Document>> {
    Derived::new(move || {
        let organisation = here.session.organisation();
        let now = here.as_of();
        here.ask(|incident| {
            let began = incident.began_at().unwrap_or(now);
            review::figures_only(&Asked {
                incident,
                organisation: &organisation,
                checked: None,
                now,
                utc_offset_minutes: browser::utc_offset_minutes(began),
            })
        })
    })
}

#[component]
fn Head(here: Here) -> impl IntoView {
    let figures = figures(here);
    let shown = move || {
        figures.get().map(|document| {
            let blocks = document.sections.iter().flat_map(|section| &section.blocks);
            let facts = blocks.filter_map(|block| match block {
                Block::Facts(facts) => Some(plain_facts(facts)),
                _ => None,
            });
            let facts: Vec<AnyView> = facts.collect();
            view! {
                <div class="row"><h1 tabindex="-1">"Review"</h1><span class="tag">{document.state.words()}</span></div>
                {tiles(&document)}
                <details class="figures-of"><summary>"Impact in numbers"</summary>{facts}</details>
            }
            .into_any()
        })
    };
    view! {
        {shown}
        <p class="row">
            <a class="button main" href=Route::ReviewDocument(here.id).href()>"The document"</a>
            <a class="button" href=Route::Replay(here.id).href()>"Replay"</a>
            <a class="button" href=Route::Improvements.href()>"All improvements"</a>
        </p>
    }
}

/// Figures with what they mean; the document says from which entries.
fn plain_facts(facts: &[Fact]) -> AnyView {
    let rows = facts.iter().map(|fact| {
        view! { <div><dt>{fact.term.clone()}</dt><dd class:missing=fact.missing>{fact.value.text.clone()}<small>{fact.note.clone()}</small></dd></div> }.into_any()
    });
    let rows: Vec<AnyView> = rows.collect();
    view! { <dl>{rows}</dl> }.into_any()
}

/// What is known of it in numbers, at a glance.
fn tiles(document: &Document) -> AnyView {
    let blocks = document.sections.iter().flat_map(|section| &section.blocks);
    let facts = blocks.flat_map(|block| match block {
        Block::Facts(facts) => facts.as_slice(),
        _ => &[],
    });
    let known = facts.filter(|fact| !fact.missing);
    let tiles: Vec<AnyView> = known
        .map(|fact| view! { <div class="tile"><dt>{fact.term.clone()}</dt><dd>{fact.value.text.clone()}</dd></div> }.into_any())
        .collect();
    view! { <dl class="tiles">{tiles}</dl> }.into_any()
}

#[component]
fn Chart(here: Here) -> impl IntoView {
    let width = browser::width();
    let width = (width - BESIDE).clamp(NARROWEST, WIDEST);
    let picture = Derived::new(move || {
        let now = here.as_of();
        here.ask(|incident| {
            let began = incident.began_at().unwrap_or(now);
            let frame = chart::Frame {
                now,
                utc_offset_minutes: browser::utc_offset_minutes(began),
                width,
            };
            chart::timeline(incident, &frame)
        })
    });
    move || {
        picture.get().map(|picture| {
            let rows = picture.table.clone();
            view! {
                <section aria-label="Timeline as a chart" class="sheet chart">
                    {drawing(picture)}
                    <details><summary class="small">"The chart as a table"</summary>{table(rows)}</details>
                </section>
            }
            .into_any()
        })
    }
}

/// A finding with the answers to why below it.
#[derive(Clone, PartialEq, Debug)]
struct Found {
    event: EventId,
    kind: Option<FindingKind>,
    text: String,
    whys: Vec<Answer>,
}

#[component]
fn Findings(here: Here) -> impl IntoView {
    let found = here.view(|incident| {
        let mut all: Vec<Found> = Vec::new();
        for kind in FindingKind::ALL {
            let of_kind = incident.findings.iter();
            let of_kind = of_kind.filter(|said| said.what.finding == *kind);
            all.extend(of_kind.map(|said| Found {
                event: said.id(),
                kind: Some(*kind),
                text: said.what.text.clone(),
                whys: whys(incident, said.id()),
            }));
        }
        all
    });
    let loose = here.view(loose);
    let rows = move || {
        let found = found.get();
        if found.is_empty() {
            return view! { <p class="faint empty">"Nothing yet. What made it happen, what helped, what hindered, where it was luck."</p> }.into_any();
        }
        let rows: Vec<AnyView> = found
            .into_iter()
            .map(|found| finding(here, found))
            .collect();
        view! { <ul class="findings">{rows}</ul> }.into_any()
    };
    let loose = move || {
        let loose = loose.get();
        (!loose.is_empty()).then(|| {
            let rows: Vec<AnyView> = loose.into_iter().map(|answer| why(here, answer)).collect();
            view! { <p class="small faint">"Answers whose finding was taken back"</p><ul class="whys">{rows}</ul> }.into_any()
        })
    };
    view! {
        <div class="items-head"><h2>"Findings"</h2><button type="button" class="button small" on:click=move |_| here.begin(Act::AddFinding)>"Add a finding"</button></div>
        {rows}
        {loose}
    }
}

fn finding(here: Here, found: Found) -> AnyView {
    let event = found.event;
    let kind = found.kind.map(timeline::finding_words).unwrap_or_default();
    let answers: Vec<AnyView> = found
        .whys
        .into_iter()
        .map(|answer| why(here, answer))
        .collect();
    let below = (!answers.is_empty()).then(|| view! { <ul class="whys">{answers}</ul> });
    let label = format!("Why? {}", found.text);
    let text = found.text.clone();
    view! {
        <li class="sheet">
            <p><span class="faint small">{kind}</span><br/><b dir="auto">{found.text}</b></p>
            <p class="row"><button type="button" class="button small" aria-label=label on:click=move |_| here.begin(Act::AnswerWhy(event))>"Why?"</button>{correct(here, event, &text)}</p>
            {below}
        </li>
    }
    .into_any()
}

fn why(here: Here, answer: Answer) -> AnyView {
    let event = answer.event;
    let label = format!("Why? {}", answer.text);
    let word = if answer.is_last {
        "Why?"
    } else {
        "And why else?"
    };
    view! {
        <li data-depth=answer.depth.to_string()>
            <p dir="auto">{answer.text.clone()}</p>
            <p class="row"><button type="button" class="button plain small" aria-label=label on:click=move |_| here.begin(Act::AnswerWhy(event))>{word}</button>{correct(here, event, &answer.text)}</p>
        </li>
    }
    .into_any()
}

fn correct(here: Here, event: EventId, text: &str) -> AnyView {
    let label = format!("Correct: {text}");
    view! { <button type="button" class="button plain small" aria-label=label on:click=move |_| here.open_form(Form::CorrectWords(event))>"Correct"</button> }.into_any()
}

#[component]
fn Changes(here: Here) -> impl IntoView {
    let actions = improvements(here);
    let runbooks = here.view(|incident| {
        let attached = incident.runbooks.iter().map(|said| {
            // One that runs twice has its place behind an @.
            let id = said.what.runbook.split('@').next().unwrap_or_default();
            Item {
                detail: "followed in this incident".to_owned(),
                acts: vec![act("Improve it", Act::ImproveRunbook(id.to_owned()))],
                ..item(said, &said.what.title, "")
            }
        });
        let improved = incident.runbooks_improved.iter().map(|said| Item {
            tag: Some(("tag good", "improved".to_owned())),
            detail: said.what.text.clone(),
            href: Some(Route::Runbooks(Some(said.what.runbook.clone())).href()),
            ..item(said, &said.what.title, "")
        });
        improved.chain(attached).collect()
    });
    let reviews = here.view(|incident| {
        let held = incident.reviews.iter().rev();
        held.map(|said| item(said, "Held", &said.what)).collect()
    });
    view! {
        <Items title="Improvements" add=vec![act("Add an improvement", Act::AddAction)] items=actions
            empty="None agreed yet. A review without a change is a story."/>
        <Items title="Runbooks" add=vec![act("Improve a runbook", Act::ImproveRunbook(String::new()))] items=runbooks
            empty="None was followed. Would one have helped?"/>
        <Items title="The review itself" add=vec![act("It was held", Act::HoldReview)] items=reviews empty="Not held yet."/>
    }
}

#[component]
fn Marks(here: Here) -> impl IntoView {
    let marked = here.view(|incident| {
        let entries = incident.timeline.iter().filter(|entry| entry.stands());
        let entries = entries.map(|entry| (entry, timeline::line(incident, entry)));
        let entries = entries.filter(|(_, line)| line.turning_point || line.mark.is_some());
        entries
            .map(|(entry, line)| {
                let (tag, because) = match line.mark {
                    Some((EntryMark::Delay, because)) => {
                        (Some(("tag soon", EntryMark::Delay)), because)
                    }
                    Some((mark, because)) => (Some(("tag", mark)), because),
                    None => (None, String::new()),
                };
                Item {
                    lead: line.lead,
                    text: line.text,
                    detail: because,
                    tag: tag.map(|(class, mark)| (class, timeline::mark_words(mark).to_owned())),
                    when: Some(entry.when),
                    acts: vec![act("Mark", Act::MarkEntry(entry.id()))],
                    ..Item::default()
                }
            })
            .collect()
    });
    view! {
        <Items title="Turning points and delays" add=Vec::new() items=marked empty="The log has none."/>
        <p class="faint small">"Any entry can be marked: in the room's timeline, under its ⋯."</p>
    }
}

/// What somebody wrote, and what is questionable about it.
#[derive(Clone, PartialEq, Debug)]
struct Doubt {
    event: EventId,
    text: String,
    remarks: Vec<(String, String)>,
}

#[component]
fn Wording(here: Here) -> impl IntoView {
    let doubts = here.view(|incident| {
        let remarked = wording::remarks(incident).into_iter();
        remarked
            .map(|one| {
                let quoted = |range: &std::ops::Range<usize>| {
                    one.text.get(range.clone()).unwrap_or_default().to_owned()
                };
                let remarks = one.remarks.iter();
                Doubt {
                    event: one.event,
                    remarks: remarks
                        .map(|remark| (quoted(&remark.range), remark.says.clone()))
                        .collect(),
                    text: one.text.clone(),
                }
            })
            .collect::<Vec<_>>()
    });
    move || {
        let doubts = doubts.get();
        (!doubts.is_empty()).then(|| {
            let rows: Vec<AnyView> = doubts.into_iter().map(|doubt| doubt_view(here, doubt)).collect();
            view! { <section aria-label="Wording"><h2>"Wording to look at again"</h2><ul class="findings">{rows}</ul></section> }.into_any()
        })
    }
}

fn doubt_view(here: Here, doubt: Doubt) -> AnyView {
    let text = doubt.text.clone();
    let remarks = doubt.remarks.into_iter();
    let remarks: Vec<AnyView> = remarks
        .map(|(words, says)| {
            let quoted = (!words.is_empty()).then(|| view! { <q dir="auto">{words}</q>" " });
            view! { <li>{quoted}{says}</li> }.into_any()
        })
        .collect();
    view! {
        <li class="warn">
            <p dir="auto"><b>{doubt.text}</b></p>
            <ul>{remarks}</ul>
            <p class="row">{correct(here, doubt.event, &text)}</p>
        </li>
    }
    .into_any()
}
