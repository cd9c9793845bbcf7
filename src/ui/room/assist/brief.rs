//! The brief: what is replaced, how long it is, exactly what is copied.

use leptos::prelude::*;

use super::Desk;
use crate::assist::{AUDIENCE, Brief, Part};
use crate::guide::{words, write};
use crate::ui::browser;
use crate::ui::derived::Derived;
use crate::ui::parts::field::TextField;

/// The region `Brief`.
#[component]
pub fn BriefPane(desk: Desk) -> impl IntoView {
    let length = Derived::new(move || desk.brief.with(length));
    let text = move || desk.brief.with(|brief| brief.text.clone());
    let copied = move |_| given_away(desk, &desk.brief.get_untracked());
    let copy = move |_| {
        // What is written down is what is copied, whatever comes into the log meanwhile.
        let brief = desk.brief.get_untracked();
        leptos::task::spawn_local(async move {
            let session = desk.here.session;
            if browser::copy(&brief.text).await.is_ok() {
                given_away(desk, &brief);
                session.say("Copied. Paste it where your assistant is, and its answer here.");
            } else {
                session.say(
                    "This browser does not let a page copy here: select the text and copy it.",
                );
            }
        });
    };
    view! {
        <section class="sheet assist-brief" aria-label="Brief">
            <h2>"The brief"</h2>
            <Replaced desk/>
            <p class="row">
                <button type="button" class="button main" on:click=copy>"Copy the brief"</button>
                <span class="faint small num">{length.shown()}</span>
            </p>
            <label class="faint small" for="brief-text">"Exactly this is copied:"</label>
            <textarea id="brief-text" class="brief-text" readonly=true rows="18" dir="auto" spellcheck="false"
                on:copy=copied prop:value=text></textarea>
            <p class="faint small">"A name that nobody told Muster stays: a customer in a note, a nickname. Read it before you give it away."</p>
        </section>
    }
}

fn length(brief: &Brief) -> String {
    let characters = brief.text.chars().count();
    let left_out = match brief.left_out {
        0 => String::new(),
        left_out => format!(
            "; {} left out",
            words::count(left_out, "older entry", "older entries")
        ),
    };
    format!(
        "{} characters, {}{left_out}",
        thousands(characters),
        words::count(brief.key.events.len(), "entry", "entries")
    )
}

/// `12,345`.
fn thousands(number: usize) -> String {
    match (number / 1000, number % 1000) {
        (0, rest) => rest.to_string(),
        (whole, rest) => format!("{whole},{rest:03}"),
    }
}

/// The record says what left the house, and answers to it can be read.
fn given_away(desk: Desk, brief: &Brief) {
    let replaced: Vec<String> = brief
        .replaced
        .iter()
        .map(|(part, count)| format!("{} {count}", part.title().to_ascii_lowercase()))
        .collect();
    let replaced = if replaced.is_empty() {
        "Nothing was replaced".to_owned()
    } else {
        format!("Replaced: {}", replaced.join(", "))
    };
    let said = format!("Brief {}, {}. {replaced}.", brief.key.id, length(brief));
    desk.keep(brief.key.clone());
    desk.here.act(
        vec![write::hand_off(AUDIENCE, "clipboard", &said)],
        "Copied a brief",
    );
}

/// What is replaced, each by choice, with how often.
#[component]
fn Replaced(desk: Desk) -> impl IntoView {
    let session = desk.here.session;
    let rows = Part::ALL.map(|part| {
        let settings = session.settings();
        let on = Derived::new(move || {
            settings.with(|settings| !settings.left_in.iter().any(|name| name == part.name()))
        });
        let count = Derived::new(move || {
            let found = desk.brief.with(|brief| brief.replaced.get(&part).copied());
            found.map(|count| count.to_string()).unwrap_or_default()
        });
        let choose = move |event: leptos::ev::Event| {
            let on = event_target_checked(&event);
            session.change_settings(|settings| {
                settings.left_in.retain(|name| name != part.name());
                if !on {
                    settings.left_in.push(part.name().to_owned());
                }
            });
        };
        let example = format!("→ {} 1", part.stand_in());
        view! {
            <label class="check-field">
                <input type="checkbox" prop:checked=move || on.get() on:change=choose/>
                <span>{part.title()}" "<span class="faint small">{example}</span></span>
                <span class="num faint small">{count.shown()}</span>
            </label>
        }
    });
    let others = RwSignal::new(
        session
            .settings()
            .with_untracked(|settings| settings.other_names.clone()),
    );
    Effect::new(move |before: Option<String>| {
        let typed = others.get();
        if before.is_some_and(|before| before != typed) {
            session.change_settings(|settings| settings.other_names.clone_from(&typed));
        }
        typed
    });
    view! {
        <fieldset class="replaced">
            <legend>"Replaced before it is copied"</legend>
            {rows.collect_view()}
        </fieldset>
        <TextField label="Other names to replace" value=others hint="Customers, products; with commas between. Remembered on this device."/>
    }
}
