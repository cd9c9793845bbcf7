//! Declaring: what is broken, three answers, and an incident exists. Nothing is required.

use leptos::prelude::*;

use super::browser;
use super::route::{Prefill, Route};
use super::session::use_session;
use crate::classify::priority::Answers;
use crate::guide::organisation::{self, Suggestion};
use crate::guide::{sample, write};
use crate::model::fact::Classification;
use crate::model::term::{Level, Nature, Stamp};
use crate::model::{Draft, Incident, IncidentId, Person, Span, Timestamp, Writer};
use crate::search::Question;
use crate::ui::derived::Derived;
use crate::ui::parts::alike::{AlikeList, like};
use crate::ui::parts::field::{SelectField, TextArea, TextField, TimeField, read_time};
use crate::ui::parts::questions::{Questions, SeeDifferently, ThreeQuestions, VerdictCard, spoken};
use crate::ui::said_at::Lean;
use crate::ui::session::Session;

/// What the form holds besides the answers.
#[derive(Clone, Copy)]
struct Form {
    title: RwSignal<String>,
    service: RwSignal<String>,
    summary: RwSignal<String>,
    began: RwSignal<String>,
    detected: RwSignal<String>,
    nature: RwSignal<String>,
}

/// What was read from the form.
struct Filled {
    title: String,
    service: String,
    summary: String,
    began: Option<Timestamp>,
    detected: Option<Timestamp>,
    nature: Nature,
    classification: Option<Classification>,
}

impl Form {
    fn new(prefill: Prefill) -> Self {
        Self {
            title: RwSignal::new(prefill.title),
            service: RwSignal::new(prefill.service),
            summary: RwSignal::new(prefill.summary),
            began: RwSignal::new(String::new()),
            detected: RwSignal::new(prefill.detected),
            nature: RwSignal::new(Nature::Real.name().to_owned()),
        }
    }

    fn read(self, questions: Questions) -> Result<Filled, String> {
        Ok(Filled {
            title: self.title.get_untracked(),
            service: self.service.get_untracked(),
            summary: self.summary.get_untracked(),
            began: read_time(self.began, Lean::Past)?,
            detected: read_time(self.detected, Lean::Past)?,
            nature: Nature::named(&self.nature.get_untracked()).unwrap_or(Nature::Real),
            classification: questions.classification()?,
        })
    }
}

/// The first words of an incident.
fn drafts(filled: Filled) -> Vec<Draft> {
    let new = Incident::default();
    let given = |text: &str| !text.trim().is_empty();
    let mut drafts = vec![write::declare(filled.nature)];
    drafts.extend(given(&filled.title).then(|| write::title(&new, &filled.title)));
    drafts.extend(given(&filled.summary).then(|| write::summary(&new, &filled.summary)));
    drafts.extend(
        filled
            .classification
            .map(|classification| write::classify(&new, classification)),
    );
    drafts.extend(
        filled
            .began
            .map(|at| write::state(&new, Stamp::ImpactStarted, Some(at))),
    );
    drafts.extend(
        filled
            .detected
            .map(|at| write::state(&new, Stamp::Detected, Some(at))),
    );
    drafts
        .extend(given(&filled.service).then(|| write::affect(&new, &filled.service, Level::Down)));
    drafts
}

/// The declaration.
#[component]
pub fn Declare(
    /// What an alert's link filled in.
    prefill: Prefill,
) -> impl IntoView {
    let session = use_session();
    let questions = Questions::new(&Answers::default(), Span(0));
    let form = Form::new(prefill);
    let problem = RwSignal::new(None::<String>);
    let declare = move || match form.read(questions) {
        Ok(filled) => {
            let said = filled.classification.as_ref().map(spoken);
            let id = session.declare(drafts(filled));
            session.say(&said.map_or_else(
                || "Declared".to_owned(),
                |said| format!("Declared. {said}."),
            ));
            browser::go(&Route::Incident(id).href());
        }
        Err(why) => problem.set(Some(why)),
    };
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        declare();
    };
    // Radio buttons do not send a form by Enter in every browser.
    let enter = move |event: leptos::ev::KeyboardEvent| {
        use wasm_bindgen::JsCast;
        let on_radio = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok())
            .is_some_and(|input| input.type_() == "radio");
        if event.key() == "Enter" && on_radio {
            event.prevent_default();
            declare();
        }
    };
    view! {
        <main class="declare">
            <form on:submit=send on:keydown=enter novalidate=true id="declare">
                <h1 tabindex="-1" class="sr">"Declare an incident"</h1>
                <label class="what-label" for="what">"What is broken, for whom?"</label>
                <input id="what" class="what" type="text" dir="auto" autocomplete="off" autofocus=true data-own-focus="" aria-label="What is broken?" maxlength="500"
                    placeholder="As the people hit by it would say it"
                    prop:value=move || form.title.get() on:input=move |event| form.title.set(event_target_value(&event))/>
                <FocusFirst/>
                <ThreeQuestions questions/>
                <More form questions/>
            </form>
            <div class="declare-side">
            <aside class="sheet verdict">
                <div aria-live="polite" class="verdict-said"><VerdictCard questions/></div>
                <p class="faint small more">"A major incident gets its own process: one person leads, updates go out at set times, service comes back before causes are sought."</p>
                <p class="problem" role="alert">{problem}</p>
                <button type="submit" form="declare" class="button danger" aria-label="Declare incident">"Declare incident"<kbd aria-hidden="true">"Enter"</kbd></button>
                <div class="more"><SeeDifferently questions/></div>
                <p class="faint small more">"Nothing is required: declare now and answer later."</p>
            </aside>
            <LikeIt form/>
            </div>
        </main>
    }
}

/// The words come first: the line has the focus when the screen opens.
#[component]
fn FocusFirst() -> impl IntoView {
    Effect::new(move |_| browser::focus_soon("#what"));
}

/// What the catalogue says of the service that is named, and what it suggests.
#[component]
fn AboutService(form: Form, questions: Questions) -> impl IntoView {
    let session = use_session();
    move || {
        let name = form.service.get();
        let (about, suggestion) = session.ask_organisation(|held| {
            (
                organisation::about(held, &name),
                organisation::suggestion(held, &name),
            )
        });
        let fitting = session.ask_fitting(&form.title.get(), &name);
        let take = suggestion.map(|Suggestion { effect, scope, why }| {
            let take = move |_| {
                questions.answer(effect, scope);
                session.say("Answered as suggested");
            };
            view! { <p class="small row"><span>{why}</span><button type="button" class="button small" on:click=take>"Answer so"</button></p> }
        });
        let fitting = fitting.filter(|_| !name.trim().is_empty());
        view! {
            <div class="about-service" aria-live="polite">
                {(!about.is_empty()).then(|| view! { <p class="faint small" dir="auto">{about}</p> })}
                {take}
                {fitting.map(|title| view! { <p class="faint small" dir="auto">"Runbook that fits: "{title}</p> })}
            </div>
        }
    }
}

/// Past incidents that resemble what is typed; under all else, so that nothing moves under a hand.
#[component]
fn LikeIt(form: Form) -> impl IntoView {
    let session = use_session();
    session.make_searchable();
    let past = Derived::new(move || {
        let question = Question {
            title: form.title.get(),
            words: vec![form.summary.get()],
            services: Some(form.service.get())
                .filter(|name| !name.trim().is_empty())
                .into_iter()
                .collect(),
            leave_out: Vec::new(),
        };
        if question.title.trim().len() < 4 {
            return Vec::new();
        }
        like(session, &question)
    });
    view! { <AlikeList past/> }
}

#[component]
fn More(form: Form, questions: Questions) -> impl IntoView {
    let services = use_session().ask_organisation(|held| {
        let names = held.services.iter().map(|service| service.name.clone());
        names.collect::<Vec<_>>()
    });
    let filled = form.service.with_untracked(|text| !text.is_empty())
        || form.detected.with_untracked(|text| !text.is_empty())
        || form.summary.with_untracked(|text| !text.is_empty());
    let natures = [
        (Nature::Real, "It is happening"),
        (Nature::Retrospective, "It is over; I write it down"),
        (Nature::Drill, "It is an exercise"),
        (Nature::Test, "I am trying Muster out"),
    ];
    let natures = natures
        .map(|(nature, title)| (nature.name().to_owned(), title.to_owned()))
        .to_vec();
    view! {
        <details class="declare-more" open=filled>
            <summary>"When it began, which service, a few sentences"</summary>
            <div class="two">
                <TimeField label="Impact began" value=form.began blank="not known"/>
                <TimeField label="Detected" value=form.detected blank="not stated"/>
                <TextField label="Service" value=form.service suggestions=services/>
                <SelectField label="Is it real?" value=form.nature options=natures/>
            </div>
            <AboutService form questions/>
            <TextArea label="A few sentences" value=form.summary rows=3/>
        </details>
    }
}

/// Puts the sample incident on the board, and opens it. Its people write in it, as colleagues would.
pub fn declare_sample(session: Session) {
    let ids: [Person; 3] = std::array::from_fn(|_| Person::from_bytes(browser::random_bytes()));
    let writers: [Writer; 3] = std::array::from_fn(|_| Writer::from_bytes(browser::random_bytes()));
    let id = IncidentId::from_bytes(browser::random_bytes());
    let now = session.instant();
    let by = |lines: Vec<(usize, Draft)>| {
        let with_writers = lines.into_iter().map(|(who, draft)| (writers[who], draft));
        with_writers.collect::<Vec<_>>()
    };
    session.write_as(id, by(sample::lines(now, &sample::people(ids))));
    if let Some(lines) = session.incident_now(id, |incident| sample::next_lines(incident, now)) {
        session.write_as(id, by(lines));
    }
    browser::go(&Route::Incident(id).href());
}
