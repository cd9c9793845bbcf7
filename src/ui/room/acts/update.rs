//! The form in which an update is written, copied, and said to be sent.

use leptos::prelude::*;

use super::super::here::{Here, use_here};
use super::needed;
use crate::classify::targets::Audience;
use crate::draft::update;
use crate::guide::{Act, dues, words, write};
use crate::model::fact::Update;
use crate::model::term::{Nature, Phase, Priority};
use crate::model::{EventId, Timestamp};
use crate::ui::browser;
use crate::ui::derived::Derived;
use crate::ui::parts::field::{SelectField, TextArea, TextField, TimeField, read_time};
use crate::ui::parts::form::EntryForm;
use crate::ui::route::Route;
use crate::ui::said_at::Lean;

/// The audience whose update is due first.
pub fn audience_due(here: Here) -> String {
    here.advice.with_untracked(|advice| {
        let due = advice
            .as_ref()
            .and_then(|advice| advice.next_update.as_ref());
        match due.map(|due| &due.act) {
            Some(Act::SendUpdate(audience)) => audience.clone(),
            _ => Audience::Executives.name().to_owned(),
        }
    })
}

/// When an audience should hear next, by its rhythm.
pub fn next_due(here: Here, audience: &str) -> Option<Timestamp> {
    let organisation = here.session.organisation();
    here.ask_now(|incident| {
        let every = dues::rhythm(
            &organisation,
            audience,
            incident.priority().unwrap_or(Priority::P1),
            dues::phase(incident),
        )?;
        Some(here.instant() + every)
    })
    .flatten()
}

/// What an audience is to be told, as the log has it now.
pub fn draft(here: Here, audience: &str) -> String {
    let now = here.instant();
    let next = next_due(here, audience);
    let organisation = here.session.organisation();
    here.ask_now(|incident| {
        let offset = browser::utc_offset_minutes(now);
        update::update(incident, &organisation, audience, next, now, offset).text()
    })
    .unwrap_or_default()
}

/// Under what the desk keeps the text that a person made for an audience.
pub fn edited_for(audience: &str) -> String {
    format!("to {audience}")
}

/// The audiences that there are, by name and title.
pub fn audiences(here: Here) -> Vec<(String, String)> {
    let organisation = here.session.organisation();
    let mut names: Vec<&str> = Audience::ALL.iter().map(|known| known.name()).collect();
    for rules in &organisation.audiences {
        if !names.contains(&rules.name.as_str()) {
            names.push(&rules.name);
        }
    }
    let titled = |name: &str| (name.to_owned(), dues::audience_title(&organisation, name));
    names.into_iter().map(titled).collect()
}

/// An update: written, copied, and said to be sent.
#[component]
pub fn SendUpdate(
    /// To whom.
    audience: String,
    /// What it says; drafted where nobody has written it yet.
    #[prop(optional)]
    text: Option<String>,
    /// The update that it corrects.
    #[prop(optional)]
    corrects: Option<EventId>,
) -> impl IntoView {
    let here = use_here();
    let to = RwSignal::new(audience.clone());
    let from_desk = text.is_some() && corrects.is_none();
    let drafted = StoredValue::new(text.unwrap_or_else(|| draft(here, &audience)));
    let text = RwSignal::new(drafted.get_value());
    let channel = RwSignal::new(channel_of(here, &audience));
    let (when, reference) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let phase = RwSignal::new(
        here.ask_now(|incident| dues::phase(incident).name().to_owned())
            .unwrap_or_default(),
    );
    let next = RwSignal::new(
        next_due(here, &audience)
            .map(|at| crate::ui::parts::time::wall(at, here.instant()))
            .unwrap_or_default(),
    );
    // Another audience has another draft, unless a person has written by now.
    Effect::new(move |before: Option<String>| {
        let audience = to.get();
        if before.is_some_and(|before| before != audience)
            && text.with_untracked(|text| drafted.with_value(|drafted| text == drafted))
        {
            let new = draft(here, &audience);
            drafted.set_value(new.clone());
            text.set(new);
            channel.set(channel_of(here, &audience));
        }
        audience
    });
    let submit = move || {
        needed(&text.get_untracked(), "Write what they should know.")?;
        let next_due = read_time(next, Lean::Future)?;
        let at = read_time(when, Lean::Past)?;
        let now = here.instant();
        let refused = here.ask_now(|incident| dues::refused(incident, next_due, at, now));
        if let Some(why) = refused.flatten() {
            return Err(why);
        }
        let update = Update {
            audience: to.get_untracked(),
            channel: channel.get_untracked().trim().to_owned(),
            text: text.get_untracked().trim().to_owned(),
            phase: Phase::named(&phase.get_untracked()),
            next_due,
            reference: reference.get_untracked().trim().to_owned(),
            corrects,
            services: here
                .ask_now(|incident| {
                    incident
                        .affected()
                        .iter()
                        .map(|(name, _)| (*name).to_owned())
                        .collect()
                })
                .unwrap_or_default(),
        };
        let what = format!(
            "Sent an update to {}",
            crate::guide::timeline::audience(&update.audience)
        );
        if from_desk {
            // What was sent is not offered again.
            let place = edited_for(&update.audience);
            here.session.keep_unsent(here.id, &place, String::new());
        }
        here.act(vec![write::at(write::update(update), at)], &what);
        here.close_form();
        Ok(())
    };
    let held = Derived::new(move || {
        let organisation = here.session.organisation();
        to.with(|to| here.ask(|incident| update::is_held_back(incident, &organisation, to)))
            .unwrap_or(true)
    });
    let copy = move |_| copy(here, to.get_untracked(), text.get_untracked());
    let phases = Phase::ALL
        .iter()
        .map(|phase| (phase.name().to_owned(), words::phase(*phase).to_owned()))
        .collect();
    let needs = Signal::derive(move || {
        to.with(|to| {
            Audience::named(to)
                .map(|audience| format!("They need: {}", audience.needs()))
                .unwrap_or_default()
        })
    });
    view! {
        <EntryForm button="It was sent" submit more=move || view! { <button type="button" class="button" disabled=move || held.get() on:click=copy>"Copy the text"</button> }>
            <p class="faint small">"Muster sends nothing itself: copy the text, send it where your people read, then say that it was sent."</p>
            <div class="two">
                <SelectField label="To" value=to options=audiences(here)/>
                <SelectField label="Phase" value=phase options=phases/>
            </div>
            <TextArea label="Text" value=text hint=needs rows=6 first=true/>
            {move || held.get().then(|| view! { <p class="held small">"Held back until a person confirms that customers are hit. "<a href=updates_of(here, &to.get())>"Confirm it beside the draft"</a></p> })}
            <div class="two">
                <TextField label="By" value=channel suggestions=["mail", "status page", "chat", "call"].map(str::to_owned).to_vec()/>
                <TimeField label="Next update by" value=next blank="no time named" lean=Lean::Future/>
                <TimeField label="Sent at" value=when/>
                <TextField label="Where it can be found" value=reference/>
            </div>
        </EntryForm>
    }
}

/// Where an audience's draft is, and what it waits for.
fn updates_of(here: Here, audience: &str) -> String {
    Route::Updates(here.id, Some(audience.to_owned())).href()
}

/// How they were told last.
fn channel_of(here: Here, audience: &str) -> String {
    let organisation = here.session.organisation();
    let own = organisation.audience(audience);
    if let Some(rules) = own.filter(|rules| !rules.channel.is_empty()) {
        return rules.channel.clone();
    }
    here.ask_now(|incident| {
        dues::last_update(incident, audience).map(|said| said.what.channel.clone())
    })
    .flatten()
    .unwrap_or_default()
}

/// The text as it may leave: that of a drill says so.
pub fn marked(here: Here, text: &str) -> String {
    let nature = here.ask_now(crate::model::Incident::nature);
    words::marked(nature.unwrap_or(Nature::Real), text)
}

/// Copied is not sent: the log says only that the text left.
pub fn copy(here: Here, audience: String, text: String) {
    let text = marked(here, &text);
    leptos::task::spawn_local(async move {
        if browser::copy(&text).await.is_ok() {
            here.act(
                vec![write::hand_off(&audience, "clipboard", &text)],
                "Copied an update's text",
            );
            here.session
                .say("Copied. Say that it was sent once it was.");
        } else {
            here.session
                .say("This browser does not let a page copy here: select the text and copy it.");
        }
    });
}
