//! The answer: pasted, read, and put up for decision. Nothing of it is in the log before that.

use leptos::prelude::*;

use super::Desk;
use crate::assist::Key;
use crate::assist::answer::{self, By, Reading, Trouble};
use crate::assist::redact::Meanings;
use crate::guide::{proposals, words, write};
use crate::model::proposal::Proposed;
use crate::ui::derived::Derived;
use crate::ui::parts::field::{TextArea, TextField};

/// What was pasted, as it is read, with what the stand-ins of its brief stand for.
fn read(
    desk: Desk,
    text: &str,
    assistant: &str,
    meanings: &dyn Fn(&Key) -> Meanings,
) -> Result<Reading, Trouble> {
    let form = answer::find(text)?;
    let key = desk
        .key(&form.brief)
        .ok_or_else(|| Trouble::OtherBrief(form.brief.clone()))?;
    let meanings = meanings(&key);
    let organisation = desk.here.session.organisation();
    let by = By {
        key: &key,
        meanings: &meanings,
        organisation: &organisation,
        outside: &|audience| super::is_outside(&organisation, audience),
        assistant,
    };
    Ok(answer::read(&form, &by))
}

/// The region `Answer`.
#[component]
pub fn Paste(desk: Desk) -> impl IntoView {
    let here = desk.here;
    let session = here.session;
    let text = RwSignal::new(String::new());
    let named = session
        .settings()
        .with_untracked(|settings| settings.assistant.clone());
    let assistant = RwSignal::new(named);
    // While an answer is typed or mended, its brief stays the same.
    let last = StoredValue::new((String::new(), Meanings::default()));
    let meanings = move |key: &Key| {
        let known = last.with_value(|(id, found)| (*id == key.id).then(|| found.clone()));
        known.unwrap_or_else(|| {
            let found = desk.meanings(key);
            last.set_value((key.id.clone(), found.clone()));
            found
        })
    };
    let reading = Derived::new(move || {
        text.with(|text| {
            (!text.trim().is_empty()).then(|| untrack(|| read(desk, text, "", &meanings)))
        })
    });
    let put_up = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if !reading.with_untracked(|reading| matches!(reading, Some(Ok(_)))) {
            session.say("Nothing can be put up yet: paste an answer first");
            return;
        }
        // Read once more, as the log is now and with the name of who answered.
        let called = assistant.get_untracked();
        let found = text.with_untracked(|text| {
            untrack(|| read(desk, text, &called, &|key| desk.meanings(key)))
        });
        let Ok(found) = found else {
            return;
        };
        let new = here.ask_now(|incident| {
            let held = &incident.proposals;
            let new = found
                .proposals
                .into_iter()
                .filter(|one| !held.iter().any(|said| said.what.proposed.what == one.what));
            new.collect::<Vec<Proposed>>()
        });
        let new = new.unwrap_or_default();
        if new.is_empty() {
            session.say("Nothing in it is new here");
            return;
        }
        let said = words::count(new.len(), "proposal", "proposals");
        let drafts = new.into_iter().map(write::proposals::propose);
        here.act(drafts.collect(), &format!("Put up {said}"));
        session.say(&format!("{said} to decide, below"));
        session.change_settings(|settings| called.trim().clone_into(&mut settings.assistant));
        text.set(String::new());
    };
    let found = Derived::new(move || {
        reading.with(|reading| match reading {
            Some(Ok(reading)) => reading.proposals.len(),
            _ => 0,
        })
    });
    view! {
        <section class="sheet assist-paste" aria-label="Answer">
            <h2>"The answer"</h2>
            <form class="form" on:submit=put_up novalidate=true>
                <TextArea label="Paste the answer" value=text rows=5 hint=Signal::derive(|| "Anything may stand around it. It is read here, and does nothing by itself.".to_owned())/>
                <TextField label="Who answered" value=assistant hint="The assistant’s name, for the record. May stay empty."/>
                <div aria-live="polite">{move || reading.get().map(|reading| preview(desk, reading))}</div>
                <p class="row"><button type="submit" class="button" aria-disabled=move || (found.get() == 0).then_some("true")>"Put up for decision"</button></p>
            </form>
        </section>
    }
}

/// What was read, before it is put up.
fn preview(desk: Desk, reading: Result<Reading, Trouble>) -> AnyView {
    let reading = match reading {
        Ok(reading) => reading,
        Err(trouble) => {
            return view! { <p class="problem">{trouble.to_string()}</p> }.into_any();
        }
    };
    let count = reading.proposals.len();
    let summary = match count {
        0 => "No proposal can be read.".to_owned(),
        count => format!(
            "{} can be read:",
            words::count(count, "proposal", "proposals")
        ),
    };
    let lines = reading.proposals.into_iter().map(|proposed| {
        let said = desk
            .here
            .ask_now(|incident| proposals::words(incident, &proposed.what))
            .unwrap_or_default();
        let said = words::shortened(&said, 160);
        view! { <li><span class="faint small">{proposals::kind_lead(&proposed.what)}</span>" "<span dir="auto">{said}</span></li> }
    });
    let problems = reading.problems.into_iter();
    let problems = problems.map(|problem| view! { <li class="problem" dir="auto">{problem}</li> });
    view! {
        <p>{summary}</p>
        <ul class="read">{lines.collect_view()}</ul>
        <ul class="read">{problems.collect_view()}</ul>
    }
    .into_any()
}
