//! A regulator's form: what the log fills, what is missing, and copies to hand in.
//!
//! Shows what `draft::forms` makes of the log; what a person writes goes into the log, field by field.

use leptos::prelude::*;

use super::acts::ActDialog;
use super::here::{Here, use_here};
use super::status::Strip;
use super::{open_beside, where_held};
use crate::draft::filed::{filed, report_of};
use crate::draft::forms::export::{csv, html, json, origin, requirement, shown, state};
use crate::draft::forms::{Field, Filled, Form, FormId, Kind};
use crate::format::file;
use crate::guide::{Act, regimes, words, write};
use crate::model::IncidentId;
use crate::ui::browser;
use crate::ui::derived::Derived;
use crate::ui::route::Route;

/// The screen of one form.
#[component]
pub fn FormScreen(
    /// Which incident.
    id: IncidentId,
    /// Which form.
    form: FormId,
) -> impl IntoView {
    where_held(id, move || view! { <Held id form/> }.into_any())
}

fn current(here: Here, form: FormId) -> Option<Form> {
    let organisation = here.session.organisation();
    let now = here.session.clock().minute();
    let offset = browser::utc_offset_minutes(now);
    here.ask(|incident| filed(form, incident, &organisation, now, offset))
}

#[component]
fn Held(id: IncidentId, form: FormId) -> impl IntoView {
    let here = open_beside(id);
    let shown = Derived::new(move || current(here, form));
    let state =
        Derived::new(move || shown.with(|form| form.as_ref().map(state).unwrap_or_default()));
    let (regime, report) = report_of(form);
    let about = shown.with_untracked(|form| {
        form.as_ref()
            .map(|form| format!("{} {}.", form.about, form.source))
            .unwrap_or_default()
    });
    view! {
        <main class="updates filing">
            <Strip/>
            <div class="page">
                <p class="small"><a class="back" href=Route::Updates(id, None).href()>"Updates and clocks"</a></p>
                <h1 tabindex="-1">{form.title()}</h1>
                {move || shown.with(|form| form.as_ref().is_some_and(|form| form.drill)).then(|| view! { <p class="banner"><b>{words::DRILL}</b>" Nothing of this is handed in."</p> })}
                <p class="num">{state.shown()}</p>
                <p class="faint small">{about}" Not legal advice: whoever hands it in answers for it."</p>
                <p class="row">
                    <Give form kind="json" label="Download as JSON"/>
                    <Give form kind="csv" label="Download as CSV"/>
                    <Give form kind="html" label="Download to print"/>
                    <button type="button" class="button main" on:click=move |_| here.begin(Act::Notify(regime, report))>"It was sent"</button>
                </p>
                <Fields form shown/>
            </div>
            <ActDialog/>
        </main>
    }
}

#[component]
fn Give(form: FormId, kind: &'static str, label: &'static str) -> impl IntoView {
    let here = use_here();
    let give = move |_| {
        let Some(filled) = current(here, form) else {
            return;
        };
        let (text, mime) = match kind {
            "json" => (json(&filled), "application/json"),
            "csv" => (csv(&filled), "text/csv"),
            _ => (html(&filled), "text/html"),
        };
        let drill = file::drill_mark(filled.drill);
        let name = format!("{drill}{}.{kind}", form.name());
        here.session.give(&name, mime, &text);
    };
    view! { <button type="button" class="button" on:click=give>{label}</button> }
}

/// A field as its line shows it: what changes redraws the line alone.
#[derive(Clone, PartialEq, Debug)]
struct Line {
    field: Field,
    heading: bool,
}

#[component]
fn Fields(form: FormId, shown: Derived<Option<Form>>) -> impl IntoView {
    let numbers = shown.with_untracked(|form| {
        let fields = form.iter().flat_map(|form| form.fields.iter());
        fields.map(|field| field.number).collect::<Vec<_>>()
    });
    let rows = numbers.into_iter().map(|number| {
        let line = Derived::new(move || {
            shown.with(|form| {
                let fields = &form.as_ref()?.fields;
                let at = fields.iter().position(|field| field.number == number)?;
                let field = fields.get(at)?.clone();
                let before = at.checked_sub(1).and_then(|before| fields.get(before));
                let heading = before.is_none_or(|before| before.section != field.section);
                Some(Line { field, heading })
            })
        });
        move || line.get().map(|line| row(form, line))
    });
    view! { <div class="form-fields">{rows.collect_view()}</div> }
}

fn row(form: FormId, line: Line) -> impl IntoView {
    let here = use_here();
    let Line { field, heading } = line;
    let (text, class) = match &field.filled {
        Filled::Missing if field.is_due() => ("missing".to_owned(), "tag late"),
        Filled::Missing if field.is_to_judge() => ("to be judged".to_owned(), "tag soon"),
        Filled::Missing => ("empty".to_owned(), "tag"),
        Filled::Unfit { why, .. } => ((*why).to_owned(), "tag late"),
        filled => (format!("from {}", origin(filled)), "tag good"),
    };
    let value = match &field.filled {
        Filled::Unfit { text, .. } => text.clone(),
        filled => filled.value().map(shown).unwrap_or_default(),
    };
    let before = value.clone();
    let keep = move |event: leptos::ev::Event| {
        let typed = event_target_value(&event);
        if typed.trim() == before.trim() {
            return;
        }
        let (regime, report) = report_of(form);
        here.act_on("Filled in a field", |incident| {
            write::communication::fill(
                incident,
                regime.name(),
                report.name(),
                field.number,
                typed.trim(),
            )
        });
    };
    let id = format!("field-{}", field.number.replace('.', "-"));
    let (hint, label) = (
        format!("{id}-hint"),
        format!("{} {}", field.number, field.name),
    );
    let help = format!("{} It is {}.", field.help, requirement(field.required));
    let doubt = (field.provenance != crate::classify::Provenance::Checked)
        .then(|| format!(" {}.", regimes::relied_on(field.provenance)));
    let choices = match field.kind {
        Kind::Choice(choices) | Kind::Choices(choices) => choices.join("; "),
        Kind::YesNo => "yes; no".to_owned(),
        _ => String::new(),
    };
    let long = matches!(field.kind, Kind::Text);
    let entry = if long {
        view! { <textarea id=id.clone() rows="2" dir="auto" aria-describedby=hint.clone() prop:value=value on:change=keep></textarea> }.into_any()
    } else {
        view! { <input id=id.clone() type="text" dir="auto" aria-describedby=hint.clone() prop:value=value on:change=keep/> }.into_any()
    };
    view! {
        {heading.then(|| view! { <h2>{field.section}</h2> })}
        <div class="field form-field">
            <label for=id>{label}<span class=class>{text}</span></label>
            {entry}
            <p class="faint small" id=hint>{help}{doubt}{(!choices.is_empty()).then(|| format!(" One of: {choices}."))}{(!field.note.is_empty()).then(|| format!(" {}", field.note))}</p>
        </div>
    }
}
