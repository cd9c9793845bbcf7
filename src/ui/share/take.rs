//! Taking files in: chosen, dropped or pasted; summed up before anything is taken.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::intake::{Offered, Progress, Refused, TakenIn, use_intake};
use crate::format::file::Problem;
use crate::format::summary::Summary;
use crate::guide::words;
use crate::model::LogScope;
use crate::ui::derived::Derived;
use crate::ui::route::Route;
use crate::ui::session::taking::Offer;
use crate::ui::session::use_session;

/// How many logs of a file are listed one by one.
const LISTED: usize = 8;
/// How many problems are listed one by one.
const PROBLEMS: usize = 10;

#[component]
pub fn Take() -> impl IntoView {
    let intake = use_intake();
    let input = NodeRef::<html::Input>::new();
    let chosen = move |_| {
        intake.files(self::chosen(input));
    };
    let pasted = move |event: leptos::ev::ClipboardEvent| {
        let text = event
            .clipboard_data()
            .and_then(|data| data.get_data("text/plain").ok())
            .unwrap_or_default();
        if !text.trim().is_empty() {
            event.prevent_default();
            intake.pasted(text);
        }
    };
    view! {
        <section aria-label="Take">
            <h2>"Take files in"</h2>
            <div class="sheet share-box drop">
                <label class="file"><span>"Import file"</span>
                    <input node_ref=input type="file" multiple=true accept=".json,application/json" on:change=chosen/>
                </label>
                <p class="faint small">"Muster's own files, what a stopped Muster gave out, or a status page's incidents.json. You may also drop files anywhere on the page. Nothing is taken before you have seen what it brings."</p>
                <label class="field"><span class="small">"Or paste a file's text here"</span><textarea rows="1" on:paste=pasted></textarea></label>
            </div>
            <ProgressLine/>
            <RefusedList/>
            <Offers/>
            <ResultLine/>
        </section>
    }
}

/// The text of a file that has at most so many bytes.
///
/// # Errors
/// What is wrong with it, in a sentence.
pub async fn text_of(file: &web_sys::File, largest: usize) -> Result<String, String> {
    #[allow(clippy::cast_precision_loss)]
    if file.size() > largest as f64 {
        return Err(format!("It is larger than {} kB.", largest / 1_000));
    }
    let unread = |_| "The browser could not read the file. Is it still where it was?".to_owned();
    let buffer = JsFuture::from(file.array_buffer()).await.map_err(unread)?;
    let bytes = js_sys::Uint8Array::new(&buffer).to_vec();
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        format!("It is not UTF-8 text: byte {at} cannot be read.")
    })
}

/// The files that a person has chosen; the same may be chosen again afterwards.
pub fn chosen(input: NodeRef<html::Input>) -> Vec<web_sys::File> {
    let Some(input) = input.get_untracked() else {
        return Vec::new();
    };
    let files = listed(input.files());
    input.set_value("");
    files
}

/// The files of a list.
pub fn listed(files: Option<web_sys::FileList>) -> Vec<web_sys::File> {
    let Some(files) = files else {
        return Vec::new();
    };
    (0..files.length())
        .filter_map(|index| files.item(index))
        .collect()
}

#[component]
fn ProgressLine() -> impl IntoView {
    let progress = use_intake().progress;
    move || {
        progress.get().map(|Progress { what, done, all }| {
            let share = if all == 0 { None } else { Some(done) };
            view! {
                <p class="progress"><span>{what}</span>
                    <progress max=all.max(1).to_string() value=share.map(|done| done.to_string()) aria-label="Progress"></progress>
                    {(all > 0).then(|| view! { <span class="faint small num">{format!("{done} of {all}")}</span> })}
                </p>
            }
        })
    }
}

#[component]
fn RefusedList() -> impl IntoView {
    let refused = use_intake().refused;
    view! {
        <div role="alert">
            {move || refused.get().into_iter().map(|Refused { name, why }| view! {
                <p class="banner refused"><span><b dir="auto">{name}</b>": "{why}" Nothing was changed."</span></p>
            }).collect_view()}
        </div>
    }
}

#[component]
fn Offers() -> impl IntoView {
    let intake = use_intake();
    let any = Derived::new(move || intake.offers.with(|offers| !offers.is_empty()));
    let new = Derived::new(move || {
        let sum = |offers: &Vec<Offered>| offers.iter().map(|read| read.adds).sum::<usize>();
        intake.offers.with(sum)
    });
    let heading = NodeRef::<html::H2>::new();
    // What was found is read out, and the button is next.
    Effect::new(move |_| {
        if any.get()
            && let Some(element) = heading.get()
        {
            request_animation_frame(move || drop(element.focus()));
        }
    });
    move || {
        any.get().then(|| {
            view! {
                <h2 node_ref=heading tabindex="-1">"What it brings"</h2>
                {move || intake.offers.with(|offers| offers.iter().map(|read| offer_view(&read.offer, &read.summaries)).collect_view())}
                <p class="row">
                    <button type="button" class="button main" on:click=move |_| intake.take()>"Import"</button>
                    <button type="button" class="button" on:click=move |_| intake.forget()>"Leave it"</button>
                    <span class="faint small">{move || if new.get() == 0 { "Nothing in it is new here.".to_owned() } else { format!("{} would come in.", words::count(new.get(), "entry", "entries")) }}</span>
                </p>
            }
        })
    }
}

fn offer_view(offer: &Offer, summaries: &[Summary]) -> impl IntoView + use<> {
    let sum = |part: fn(&Summary) -> usize| summaries.iter().map(part).sum::<usize>();
    let (new, known) = (sum(|summary| summary.new), sum(|summary| summary.known));
    let (forks, unverified, altered) = (
        sum(|summary| summary.forks),
        sum(|summary| summary.unverified),
        sum(|summary| summary.altered),
    );
    let missing: u64 = summaries.iter().map(|summary| summary.missing).sum();
    let rows: Vec<_> = summaries
        .iter()
        .take(LISTED)
        .map(|summary| (summary.title.clone(), summary.new, summary.known))
        .collect();
    let more = summaries.len().saturating_sub(LISTED);
    let incidents = words::count(summaries.len(), "incident", "incidents");
    let (name, pictures) = (offer.name.clone(), offer.reading.pictures.len());
    view! {
        <div class="sheet share-box offer">
            <p><b dir="auto">{name}</b></p>
            <dl class="brings">
                <div><dt>"Incidents"</dt><dd class="num">{incidents}</dd></div>
                <div><dt>"New"</dt><dd class="num">{new}</dd></div>
                <div><dt>"Already here"</dt><dd class="num">{known}</dd></div>
                {(pictures > 0).then(|| view! { <div><dt>"Pictures"</dt><dd class="num">{pictures}</dd></div> })}
            </dl>
            {(missing > 0).then(|| view! { <p class="tag soon">{format!("{} elsewhere and would still be missing here; a colleague's file may bring more.", words::count(usize::try_from(missing).unwrap_or(usize::MAX), "entry exists", "entries exist"))}</p> })}
            {(forks > 0).then(|| view! { <p class="tag late">{format!("{} held here with other content under the same number. Both are kept and shown.", words::count(forks, "entry is", "entries are"))}</p> })}
            {(altered > 0).then(|| view! { <p class="tag late">{format!("The entries of {} are not what the file's own hashes say: somebody changed them.", words::count(altered, "writer", "writers"))}</p> })}
            {(unverified > 0).then(|| view! { <p class="faint small">{format!("{} that nothing in the file vouches for.", words::count(unverified, "entry", "entries"))}</p> })}
            <ul class="brings-list">
                {rows.into_iter().map(|(title, new, known)| view! { <li><span dir="auto">{title}</span><span class="faint small num">{format!("{new} new, {known} known")}</span></li> }).collect_view()}
            </ul>
            {(more > 0).then(|| view! { <p class="faint small">{format!("and {more} more")}</p> })}
            <Problems problems=offer.reading.problems.clone() more=offer.reading.more_problems/>
        </div>
    }
}

#[component]
fn Problems(problems: Vec<Problem>, more: usize) -> impl IntoView {
    let count = problems.len() + more;
    (count > 0).then(|| {
        view! {
            <details class="problems"><summary>{words::count(count, "part is", "parts are")}" left out, since they cannot be read"</summary>
                <ul>{problems.into_iter().take(PROBLEMS).map(|problem| view! { <li class="small">{problem.place}": "{problem.what}</li> }).collect_view()}</ul>
            </details>
        }
    })
}

#[component]
fn ResultLine() -> impl IntoView {
    let intake = use_intake();
    let session = use_session();
    let problem = RwSignal::new(None::<String>);
    let undo = move |_| match session.undo_import() {
        Ok(()) => {
            intake.result.set(None);
            session.say("The import was taken out again");
        }
        Err(why) => problem.set(Some(why.to_string())),
    };
    let saving = move || session.saving().with(|saving| !saving.is_empty());
    let only = move || {
        session.taken().with(
            |taken| match taken.as_ref().map(|taken| taken.brought.as_slice()) {
                Some([(LogScope::Incident(id), _)]) => Some(*id),
                _ => None,
            },
        )
    };
    view! {
        <div role="status">
            {move || intake.result.get().map(|TakenIn { new, incidents }| view! {
                <p class="banner" aria-busy=move || saving().then_some("true")>
                    <span><b>{if new == 0 { "Nothing was new.".to_owned() } else { format!("{} taken in.", words::count(new, "entry", "entries")) }}</b>
                    {(incidents > 0).then(|| format!(" {}.", words::count(incidents, "incident", "incidents")))}</span>
                    {move || match only() {
                        Some(id) => view! { <a class="button" href=Route::Incident(id).href()>"Open it"</a> }.into_any(),
                        None => view! { <a class="button" href=Route::Board.href()>"To the board"</a> }.into_any(),
                    }}
                    {move || session.taken().with(Option::is_some).then(|| view! { <button type="button" class="button" on:click=undo>"Undo the import"</button> })}
                </p>
            })}
            {move || problem.get().map(|problem| view! { <p class="banner refused">{problem}</p> })}
        </div>
    }
}
