//! What a drill came to: steps beside targets, what was expected, what was forgotten, and earlier drills.
//!
//! Shows what `drill::score` and `drill::compare` answer; decides nothing.

use leptos::prelude::*;

use crate::drill::compare::{Comparison, Over, Row, compare};
use crate::drill::score::{Expectation, Forgotten, Reached, Score, Step, Verdict};
use crate::guide::words;
use crate::model::{IncidentId, Span};
use crate::ui::derived::Derived;
use crate::ui::drills::scores;
use crate::ui::parts::time::WallTime;
use crate::ui::room::acts::ActDialog;
use crate::ui::room::status::Strip;
use crate::ui::room::{open_beside, where_held};
use crate::ui::route::Route;

/// How many earlier drills have a column of their own; the median rests on all.
const COLUMNS: usize = 4;

/// The screen.
#[component]
pub fn DrillScreen(
    /// Which incident.
    id: IncidentId,
) -> impl IntoView {
    where_held(id, move || view! { <Held id/> }.into_any())
}

#[component]
fn Held(id: IncidentId) -> impl IntoView {
    let here = open_beside(id);
    let all = Derived::new(move || scores(here.session));
    let this = Derived::new(move || {
        let found = all.with(|all| all.iter().find(|(other, _)| *other == id).cloned());
        found.map(|(_, score)| score)
    });
    view! {
        <main class="updates drill">
            <Strip/>
            <div class="page">
                <p class="small"><a class="back" href=Route::Drills.href()>"All drills"</a></p>
                <h1 tabindex="-1">"What the drill came to"</h1>
                {move || match this.get() {
                    None => view! { <p>"This incident plays no scenario that can be read, so there is nothing to measure it by."</p> }.into_any(),
                    Some(score) => outcome(id, score, all.with(|all| all.iter().map(|(_, score)| score.clone()).collect())).into_any(),
                }}
            </div>
            <ActDialog/>
        </main>
    }
}

fn outcome(id: IncidentId, score: Score, all: Vec<Score>) -> impl IntoView {
    let running = (!score.over).then(|| view! { <p class="banner"><span>"The drill is still going on. This is how it stands now."</span></p> });
    let times = (!score.plain).then(|| view! { <p class="faint small">"Times are the drill's own; the wall's stand beside them."</p> });
    let own = compare(&score, &all, Over::SameScenario);
    let whole = compare(&score, &all, Over::All);
    let others = whole.filter(|whole| own.as_ref().is_none_or(|own| own.begun != whole.begun));
    let (summary, kept, plain) = (score.summary(), score.kept(), score.plain);
    view! {
        {running}
        <p class="lead"><span dir="auto">{score.title.clone()}</span>", "<WallTime at=score.begun/>". "{summary}</p>
        {times}
        <Forgot id forgotten=score.forgotten.clone()/>
        <section aria-label="Steps" class="sheet table">
            <h2>"Steps of the process"</h2>
            <table class="figures">
                <thead><tr><th scope="col">"Step"</th><th scope="col" class="n">"Took"</th><th scope="col">"Verdict"</th></tr></thead>
                <tbody>{score.steps.iter().map(|step| step_row(step, plain)).collect_view()}</tbody>
            </table>
        </section>
        <section aria-label="Expected" class="sheet table">
            <h2>"What the scenario expected"</h2>
            <table class="figures">
                <thead><tr><th scope="col">"Expected"</th><th scope="col" class="n">"Took"</th><th scope="col">"Verdict"</th></tr></thead>
                <tbody>{score.expectations.iter().map(|one| expected_row(&score, one)).collect_view()}</tbody>
            </table>
            <p class="small">{kept}</p>
        </section>
        {own.map(|own| compared("Beside earlier drills of this scenario", own))}
        {others.map(|others| compared("Beside all earlier drills", others))}
    }
}

#[component]
fn Forgot(id: IncidentId, forgotten: Vec<Forgotten>) -> impl IntoView {
    let none = forgotten.is_empty();
    let rows = forgotten.into_iter().map(|one| {
        view! { <li><b dir="auto">{one.what}</b>" "<span class="faint small" dir="auto">{one.why}</span></li> }
    });
    let rows = rows.collect_view();
    view! {
        <section aria-label="Forgotten" class="sheet table">
            <h2>"What was forgotten"</h2>
            {none.then(|| view! { <p>"Nothing that the guide or the scenario asks for."</p> })}
            <ul class="forgotten">{rows}</ul>
            <p class="small"><a class="back" href=Route::Incident(id).href()>"To the room"</a>" · "<a class="back" href=Route::Replay(id).href()>"Replay it"</a></p>
        </section>
    }
}

fn took(reached: Option<Reached>, plain: bool) -> impl IntoView + use<> {
    reached.map(|reached| {
        let wall = (!plain).then(|| view! { <span class="faint small wall">{words::span(reached.wall)}" on the wall"</span> });
        view! { <span>{words::span(reached.drill)}</span>{wall}<span class="faint small wall">"at "<WallTime at=reached.at/></span> }
    })
}

fn verdict(verdict: &Verdict) -> impl IntoView + use<> {
    let class = match verdict {
        Verdict::InTime => "tag good",
        Verdict::Late(_) | Verdict::Never => "tag late",
        Verdict::Done | Verdict::NotYet | Verdict::NotAsked(_) => "tag",
    };
    view! { <span class=class>{verdict.words()}</span> }
}

fn step_row(step: &Step, plain: bool) -> impl IntoView + use<> {
    let why = step.target.as_ref().map(|target| {
        let words = format!("by {}: {}", words::span(target.by), target.why);
        view! { <span class="faint small why">{words}</span> }
    });
    view! { <tr><th scope="row">{step.title.clone()}{why}</th><td class="n num">{took(step.reached, plain)}</td><td>{verdict(&step.verdict)}</td></tr> }
}

fn expected_row(score: &Score, one: &Expectation) -> impl IntoView + use<> {
    let of = one.inject.and_then(|number| {
        let said = score.heard.iter().find(|said| said.inject == number)?;
        Some(format!("From minute {}, {}: ", said.minute, said.from))
    });
    let why = format!("{}{}", of.unwrap_or_default(), one.why);
    view! { <tr><th scope="row">{one.title.clone()}<span class="faint small why" dir="auto">{why}</span></th><td class="n num">{took(one.took, score.plain)}</td><td>{verdict(&one.verdict)}</td></tr> }
}

fn span(span: Option<Span>) -> String {
    span.map_or_else(|| "–".to_owned(), words::span)
}

/// Earlier drills beside this one.
fn compared(title: &'static str, comparison: Comparison) -> impl IntoView {
    let first = comparison.begun.len().saturating_sub(COLUMNS + 1);
    let last = comparison.begun.len() - 1;
    let heads = comparison.begun.iter().enumerate().skip(first);
    let heads = heads.map(|(place, at)| {
        let class = if place == last { "n" } else { "n earlier" };
        let this = (place == last).then_some("this, ");
        view! { <th scope="col" class=class>{this}<WallTime at=*at/></th> }
    });
    let heads = heads.collect_view();
    let totals = |name: &'static str, cells: Vec<String>| {
        let cells = cells.into_iter().enumerate().skip(first);
        let cells = cells.map(|(place, text)| {
            let class = if place == last {
                "n num"
            } else {
                "n num earlier"
            };
            view! { <td class=class>{text}</td> }
        });
        view! { <tr><th scope="row">{name}</th><td class="n"></td>{cells.collect_view()}<td></td></tr> }
    };
    let met = comparison.met.iter();
    let met = met.map(|(met, of)| format!("{met} of {of}")).collect();
    let forgotten = comparison.forgotten.iter().map(usize::to_string).collect();
    let rows = comparison.rows.iter().map(|row| step_beside(row, first));
    view! {
        <section aria-label=title class="sheet table">
            <h2>{title}</h2>
            <table class="figures compared">
                <thead><tr><th scope="col">"Step"</th><th scope="col" class="n">"Median before"</th>{heads}<th scope="col">"Against the median"</th></tr></thead>
                <tbody>
                    {totals("Expected and in time", met)}
                    {totals("Forgotten", forgotten)}
                    {rows.collect_view()}
                </tbody>
            </table>
        </section>
    }
}

fn step_beside(row: &Row, first: usize) -> impl IntoView + use<> {
    let last = row.times.len().saturating_sub(1);
    let cells = row.times.iter().enumerate().skip(first);
    let cells = cells.map(|(place, time)| {
        let class = if place == last {
            "n num"
        } else {
            "n num earlier"
        };
        view! { <td class=class>{span(*time)}</td> }
    });
    let of = format!(" of {}", row.rests_on);
    let of = (row.rests_on > 0).then(|| view! { <span class="faint small">{of}</span> });
    view! { <tr><th scope="row">{row.title.clone()}</th><td class="n num">{span(row.median)}{of}</td>{cells.collect_view()}<td>{row.trend.clone()}</td></tr> }
}
