//! The three questions that classify an incident, and the verdict on the answers.
//!
//! Shows what `classify` makes of the answers; decides nothing.

use leptos::prelude::*;

use super::choice::{Answer, Choices};
use crate::classify::priority::{self, Answers, Handling, Overrule, Verdict, criterion_question};
use crate::model::Span;
use crate::model::fact::Classification;
use crate::model::term::{Criterion, Effect, Priority, Scope, Urgency};
use crate::ui::derived::Derived;
use crate::ui::parts::field::{CheckField, SelectField, TextField};

/// The answers, as they are being given.
#[derive(Clone, Copy)]
pub struct Questions {
    effect: RwSignal<Option<Effect>>,
    scope: RwSignal<Option<Scope>>,
    urgency: RwSignal<Option<Urgency>>,
    criteria: RwSignal<std::collections::BTreeMap<Criterion, bool>>,
    /// Whether the person sees it differently.
    differently: RwSignal<bool>,
    own_priority: RwSignal<String>,
    own_major: RwSignal<bool>,
    reason: RwSignal<String>,
    running: Span,
}

impl Questions {
    /// With what was answered before; `running` is how long it has lasted unsolved.
    pub fn new(answers: &Answers, running: Span) -> Self {
        Self {
            effect: RwSignal::new(answers.effect),
            scope: RwSignal::new(answers.scope),
            urgency: RwSignal::new(answers.urgency),
            criteria: RwSignal::new(answers.criteria.clone()),
            differently: RwSignal::new(false),
            own_priority: RwSignal::new("1".to_owned()),
            own_major: RwSignal::new(true),
            reason: RwSignal::new(String::new()),
            running,
        }
    }

    fn answers(self) -> Answers {
        Answers {
            effect: self.effect.get(),
            scope: self.scope.get(),
            urgency: self.urgency.get(),
            criteria: self.criteria.get(),
        }
    }

    /// Takes over what is suggested; what was answered before stands corrected.
    pub fn answer(self, effect: Effect, scope: Scope) {
        self.effect.set(Some(effect));
        self.scope.set(Some(scope));
    }

    /// What follows from the answers, tracked.
    pub fn verdict(self) -> Verdict {
        priority::judge(&self.answers(), self.running)
    }

    fn overrule(self) -> Option<Overrule> {
        let priority = self
            .own_priority
            .get()
            .parse()
            .ok()
            .and_then(Priority::new)
            .filter(|_| self.differently.get())?;
        Some(Overrule {
            priority,
            major: self.own_major.get(),
            reason: self.reason.get().trim().to_owned(),
        })
    }

    /// What is to be written down; none where nothing was answered.
    ///
    /// # Errors
    /// When a person sees it differently and does not say why.
    pub fn classification(self) -> Result<Option<Classification>, String> {
        untrack(|| {
            let overrule = self.overrule();
            if overrule
                .as_ref()
                .is_some_and(|overrule| overrule.reason.is_empty())
            {
                return Err("Say in a few words why you see it differently.".to_owned());
            }
            let answers = self.answers();
            let nothing = answers == Answers::default() && overrule.is_none();
            Ok((!nothing)
                .then(|| priority::classification(&answers, self.running, overrule.as_ref())))
        })
    }
}

fn answer<T>(value: T, label: &'static str, hint: &'static str) -> Answer<T> {
    Answer { value, label, hint }
}

/// Effect, scope and urgency, and what priority 2 needs besides.
#[component]
pub fn ThreeQuestions(
    /// Where the answers go.
    questions: Questions,
    /// Whether the dialog opens with the focus on the first of them.
    #[prop(optional)]
    first: bool,
) -> impl IntoView {
    let effects = vec![
        answer(
            Effect::CannotWork,
            "Cannot work",
            "A service the business lives on is down, or data or safety is at risk",
        ),
        answer(
            Effect::WorkIsHard,
            "Work is hard",
            "An important function is down or badly slow; a detour exists for some",
        ),
        answer(
            Effect::Nuisance,
            "A nuisance",
            "Something small is wrong; everyone gets their work done",
        ),
        answer(
            Effect::NotSure,
            "Not sure",
            "Counts as the gravest until somebody knows",
        ),
    ];
    let scopes = vec![
        answer(
            Scope::Most,
            "Most",
            "Most customers, a whole region, several departments",
        ),
        answer(
            Scope::Many,
            "Many",
            "One large customer, one department, a tenth or more of the users",
        ),
        answer(Scope::Few, "Few", "Single people or teams"),
        answer(
            Scope::NotSure,
            "Not sure",
            "Counts as many until somebody knows",
        ),
    ];
    let urgencies = vec![
        answer(
            Urgency::GettingWorse,
            "Getting worse now",
            "Each minute costs money, trust, data or a legal deadline",
        ),
        answer(
            Urgency::WithinHours,
            "Within hours",
            "It will hurt before the day is over",
        ),
        answer(
            Urgency::CanWait,
            "It can wait",
            "Nothing changes until tomorrow",
        ),
        answer(
            Urgency::NotSure,
            "Not sure",
            "Counts as getting worse until somebody knows",
        ),
    ];
    view! {
        <Choices name="Effect" question="what can people not do?" answers=effects chosen=questions.effect first/>
        <Choices name="Scope" question="who is hit?" answers=scopes chosen=questions.scope/>
        <Choices name="Urgency" question="what if we wait?" answers=urgencies chosen=questions.urgency/>
        <CriteriaAsked questions/>
    }
}

/// What still decides between major and standard at priority 2.
#[component]
pub fn CriteriaAsked(
    /// Where the answers go.
    questions: Questions,
    /// Whether they are what the form asks: then what is left alone is a "no". Beside other
    /// questions it is no answer yet, and the guide asks afterwards.
    #[prop(optional)]
    alone: bool,
) -> impl IntoView {
    let shown = Derived::new(move || questions.verdict().priority == Some(Priority::P2));
    move || {
        shown.get().then(|| {
            let rows = Criterion::ALL.iter().enumerate().map(|(index, criterion)| {
                let criterion = *criterion;
                let first = alone && index == 0;
                let holds = RwSignal::new(
                    questions
                        .criteria
                        .with_untracked(|criteria| criteria.get(&criterion) == Some(&true)),
                );
                write_through(questions, criterion, holds, alone);
                view! { <CheckField label=criterion_question(criterion) value=holds first/> }
            });
            view! {
                <fieldset class="choice criteria">
                    <legend><b>"Priority 2"</b>" is a major incident if one of these is so"</legend>
                    <div class="sheet checks-sheet">{rows.collect_view()}</div>
                </fieldset>
            }
        })
    }
}

/// Writes each tick through to the answers; what was never touched only where it is a "no".
fn write_through(
    questions: Questions,
    criterion: Criterion,
    holds: RwSignal<bool>,
    untouched_is_no: bool,
) {
    leptos::prelude::Effect::new(move |_| {
        let holds = holds.get();
        let answered = questions
            .criteria
            .with_untracked(|criteria| criteria.get(&criterion).copied());
        let says = holds || untouched_is_no || answered.is_some();
        if says && answered != Some(holds) {
            questions.criteria.update(|criteria| {
                criteria.insert(criterion, holds);
            });
        }
    });
}

/// Priority and handling in large letters, and why.
#[component]
pub fn VerdictCard(questions: Questions) -> impl IntoView {
    let verdict = Derived::new(move || questions.verdict());
    let overrule = Derived::new(move || questions.overrule());
    let priority = move || {
        overrule
            .get()
            .map(|overrule| overrule.priority)
            .or_else(|| verdict.with(|verdict| verdict.priority))
    };
    let class = move || {
        priority().map_or_else(
            || "big pending".to_owned(),
            |priority| format!("big p{}", priority.number()),
        )
    };
    let heading = move || {
        let major = overrule.get().map_or_else(
            || verdict.with(|verdict| verdict.handling == Handling::Major),
            |overrule| overrule.major,
        );
        match (priority(), major) {
            (None, _) => "Priority pending",
            (Some(_), true) => "Major incident",
            (Some(_), false) => "Standard incident",
        }
    };
    let why = move || {
        verdict.with(|verdict| {
            if verdict.priority.is_none() {
                "Three answers decide it; you can declare before.".to_owned()
            } else {
                verdict.why.clone()
            }
        })
    };
    let why_handling = move || {
        verdict.with(|verdict| {
            if verdict.priority.is_none() {
                String::new()
            } else {
                verdict.why_handling.clone()
            }
        })
    };
    let assumed = move || {
        verdict.with(|verdict| {
            (!verdict.assumed.is_empty()).then(|| {
                format!(
                    "Not sure about {}: the graver was taken.",
                    verdict.assumed.join(" and ")
                )
            })
        })
    };
    view! {
        <p><span class=class>{move || priority().map_or_else(|| "P?".to_owned(), |priority| priority.to_string())}</span>" "<b>{heading}</b></p>
        <p>{why}</p>
        <p class="faint small more">{why_handling}</p>
        {move || assumed().map(|assumed| view! { <p class="faint small more">{assumed}</p> })}
        <p class="faint small more">
            "The matrix is ServiceNow's base rule, "{priority::MATRIX_FROM.words()}"; what makes impact and major is "{priority::REST_FROM.words()}"."
        </p>
    }
}

/// A person's own verdict, with the reason.
#[component]
pub fn SeeDifferently(questions: Questions) -> impl IntoView {
    let options: Vec<(String, String)> = Priority::ALL
        .iter()
        .map(|priority| (priority.number().to_string(), priority.to_string()))
        .collect();
    let toggle = move |_| {
        questions
            .differently
            .update(|differently| *differently = !*differently)
    };
    view! {
        <button type="button" class="button plain" aria-expanded=move || if questions.differently.get() { "true" } else { "false" } on:click=toggle>"I see it differently …"</button>
        {move || {
            let options = options.clone();
            questions.differently.get().then(|| view! {
                <div class="differently">
                    <SelectField label="Priority" value=questions.own_priority options/>
                    <CheckField label="Handle it as a major incident" value=questions.own_major/>
                    <TextField label="Because" value=questions.reason/>
                </div>
            })
        }}
    }
}

/// What was classified, in a sentence for the log of the page.
pub fn spoken(classification: &Classification) -> String {
    match classification.priority {
        Some(priority) => format!("Classified it as {priority}"),
        None => "Answered how bad it is".to_owned(),
    }
}
