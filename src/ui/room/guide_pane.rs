//! The guide: the one next step, what else, what is due, what each stage expects.

use leptos::prelude::*;

use super::anything::{self, Doing};
use super::here::{Here, use_here};
use crate::guide::step::Met;
use crate::guide::{Act, Contradiction, Criterion, Due, StageView, Step, proposals, words};
use crate::model::Incident;
use crate::model::term::Stage;
use crate::ui::derived::Derived;
use crate::ui::parts::each::each;
use crate::ui::parts::term::explained;
use crate::ui::parts::time::due_class;
use crate::ui::route::Route;

/// How many of the other steps are shown at once.
const ALSO: usize = 3;

/// The region `Guide`.
#[component]
pub fn GuidePane() -> impl IntoView {
    view! {
        <section class="pane guide" aria-label="Guide">
            <div class="part-now">
                <Next/>
                <YourName/>
                <Also/>
                <ToDecide/>
                <DoesNotAddUp/>
                <Dues/>
                <CurrentStage/>
            </div>
            <div class="part-more">
                <Handling/>
                <AllStages/>
                <Anything/>
            </div>
        </section>
    }
}

#[component]
fn Next() -> impl IntoView {
    let here = use_here();
    let next = here.advised(|advice| advice.next.clone());
    let closed = here.view(Incident::is_closed);
    let decline = here.advised(|advice| advice.next.as_ref().and_then(|step| step.decline.clone()));
    let title = move || next.with(|next| next.as_ref().map(|step| step.title.clone()));
    let why = move || next.with(|next| next.as_ref().map(|step| step.why.clone()));
    let button = move || {
        next.with(|next| {
            next.as_ref()
                .map_or_else(String::new, |step| step.button.clone())
        })
    };
    let begin = move |_| {
        if let Some(step) = next.get_untracked() {
            here.begin(step.act);
        }
    };
    let nothing = move || {
        if closed.get() {
            "It is closed"
        } else {
            "Nothing is asked for"
        }
    };
    view! {
        <h2>"Next"</h2>
        <div class="sheet next">
            <p class="next-title">{move || title().unwrap_or_else(|| nothing().to_owned())}</p>
            <p class="faint">{move || why().unwrap_or_else(|| "Write down what happens; everything else is in the lists below.".to_owned())}</p>
            // One element for every step, so that the focus stays on it from step to step.
            <button id="next-step" type="button" class="button main" class:hidden=move || next.with(Option::is_none) aria-keyshortcuts="g" on:click=begin>
                <span>{button}</span><kbd aria-hidden="true">"G"</kbd>
            </button>
            {move || decline.get().map(|decline| decline_button(here, decline))}
        </div>
    }
}

/// Asks once who writes here; nobody has to say.
#[component]
fn YourName() -> impl IntoView {
    let session = use_here().session;
    let unnamed =
        Derived::new(move || session.settings().with(|settings| settings.name.is_empty()));
    let typed = RwSignal::new(String::new());
    let keep = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        session.rename(&typed.get_untracked());
        super::here::keep_focus();
    };
    move || {
        unnamed.get().then(|| view! {
            <form class="your-name" on:submit=keep>
                <label for="who-writes" class="faint small">"Your name stands beside what you write."</label>
                <input id="who-writes" type="text" dir="auto" autocomplete="name" maxlength="120" placeholder="Your name"
                    prop:value=move || typed.get() on:input=move |event| typed.set(event_target_value(&event))/>
                <button type="submit" class="button small">"That is me"</button>
            </form>
        })
    }
}

#[component]
fn Also() -> impl IntoView {
    let also = use_here().advised(|advice| advice.also.clone());
    move || {
        let mut steps = also.get();
        let more = steps.split_off(steps.len().min(ALSO));
        (!steps.is_empty()).then(|| {
            let count = more.len();
            view! {
                <h2>"Also"</h2>
                <ul class="also">{steps.into_iter().map(also_row).collect_view()}</ul>
                {(count > 0).then(|| view! {
                    <details class="more"><summary>{words::count(count, "more step", "more steps")}</summary>
                        <ul class="also">{more.into_iter().map(also_row).collect_view()}</ul>
                    </details>
                })}
            }
        })
    }
}

/// A proposal may be declined: on record, with why.
fn decline_button(here: Here, decline: Act) -> impl IntoView {
    view! { <button type="button" class="button plain small" on:click=move |_| here.begin(decline.clone())>"Decline"</button> }
}

fn also_row(step: Step) -> impl IntoView {
    let here = use_here();
    let act = step.act;
    view! {
        <li>
            <details>
                <summary>{step.title}</summary>
                <p class="faint small">{step.why}</p>
                {step.decline.map(|decline| decline_button(here, decline))}
            </details>
            <button type="button" class="button small" on:click=move |_| here.begin(act.clone())>{step.button}</button>
        </li>
    }
}

/// Says quietly that proposals wait.
#[component]
fn ToDecide() -> impl IntoView {
    let here = use_here();
    let open = here.view(proposals::open);
    move || {
        let open = open.get();
        (open > 0).then(|| {
            let text = words::count(open, "proposal to decide", "proposals to decide");
            view! { <p class="small to-decide"><a href=Route::Assist(here.id).href()>{text}</a></p> }
        })
    }
}

#[component]
fn DoesNotAddUp() -> impl IntoView {
    let here = use_here();
    let conflicts = here.advised(|advice| advice.conflicts.clone());
    let contradictions = here.advised(|advice| advice.contradictions.clone());
    move || {
        let (conflicts, contradictions) = (conflicts.get(), contradictions.get());
        let any = !conflicts.is_empty() || !contradictions.is_empty();
        let mends = contradictions.into_iter().map(|Contradiction { what, act, .. }| {
            view! { <li><span>{what}</span><button type="button" class="button small" on:click=move |_| here.begin(act.clone())>"Correct a time"</button></li> }
        });
        any.then(|| view! {
            <h2>"Does not add up"</h2>
            <ul class="also flagged">{conflicts.into_iter().map(also_row).collect_view()}{mends.collect_view()}</ul>
        })
    }
}

#[component]
fn Dues() -> impl IntoView {
    let dues = use_here().advised(|advice| advice.dues.clone());
    view! {
        {move || (!dues.with(Vec::is_empty)).then(|| view! { <h2>"Due"</h2> })}
        <ul class="dues">
            {each(move || dues.get(), due_row)}
        </ul>
    }
}

fn due_row(due: Due) -> impl IntoView {
    let here = use_here();
    let at = due.at;
    let text = Derived::new(move || words::due(at, here.session.clock().now()));
    let class = due_class(due.urgency);
    let act = due.act;
    view! {
        <li>
            <details>
                <summary><span>{due.title}</span><span class=class>{text.shown()}</span></summary>
                <p class="faint small">{due.why}</p>
                <button type="button" class="button small" on:click=move |_| here.begin(act.clone())>"Do it now"</button>
            </details>
        </li>
    }
}

/// The stages, with the current one told apart.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
struct StagesNow {
    current: Option<StageView>,
    next: Option<Stage>,
}

#[component]
fn CurrentStage() -> impl IntoView {
    let here = use_here();
    let current = here.view(|incident| Some(incident.stage()));
    let closed = here.view(Incident::is_closed);
    let stages = Derived::new(move || {
        let stage = current.get();
        here.advice.with(|advice| {
            let views = advice
                .as_ref()
                .map(|advice| advice.stages.as_slice())
                .unwrap_or_default();
            let current = views.iter().find(|view| Some(view.stage) == stage).cloned();
            let next = Stage::ALL
                .iter()
                .find(|other| Some(**other) > stage)
                .copied();
            StagesNow { current, next }
        })
    });
    let view = Derived::new(move || stages.with(|stages| stages.current.clone()));
    move || {
        view.get().map(|view| {
            let next = stages.with(|stages| stages.next);
            let forward = move |_| here.begin(next.map_or(Act::Close, Act::EnterStage));
            let word = next.map_or_else(|| "Close the incident".to_owned(), |next| format!("Go to {}", words::stage(next)));
            view! {
                <h2>{view.long}</h2>
                <p class="faint small purpose">{view.purpose}</p>
                <Criteria criteria=view.criteria/>
                {move || (!closed.get()).then(|| view! {
                    <button type="button" class="button forward" aria-keyshortcuts="." on:click=forward>{word.clone()}<kbd aria-hidden="true">"."</kbd></button>
                })}
            }
        })
    }
}

/// What a stage expects, each with what meets it.
#[component]
fn Criteria(criteria: Vec<Criterion>) -> impl IntoView {
    if criteria.is_empty() {
        return view! { <p class="faint small">"The light path expects nothing here."</p> }
            .into_any();
    }
    view! { <ul class="checks">{criteria.into_iter().map(criterion_row).collect_view()}</ul> }
        .into_any()
}

fn criterion_row(criterion: Criterion) -> AnyView {
    let here = use_here();
    let act = criterion.act;
    let who = words::role(&criterion.who);
    match criterion.met {
        Met::By(_) => view! { <li class="done"><i class="box" aria-hidden="true"></i><span>{criterion.title}<span class="sr">": so"</span></span></li> }.into_any(),
        Met::Waived(reason) => {
            let because = if reason.is_empty() { String::new() } else { format!(": {reason}") };
            view! { <li class="waived"><i class="box" aria-hidden="true"></i><span>{criterion.title}<span class="faint small">" Does not apply"{because}</span></span></li> }.into_any()
        }
        Met::Open => {
            let waive = Act::Waive(criterion.name.to_owned());
            let name = format!(": “{}” does not apply here", criterion.title);
            view! {
                <li>
                    <i class="box" aria-hidden="true"></i>
                    <span>
                        <button type="button" class="link" title=criterion.why on:click=move |_| here.begin(act.clone())>{criterion.title}</button>
                        <span class="faint small who">{who}</span>
                    </span>
                    <button type="button" class="button plain small" title="Does not apply here" on:click=move |_| here.begin(waive.clone())>"n/a"<span class="sr">{name}</span></button>
                </li>
            }
            .into_any()
        }
    }
}

/// Major or standard, why, and the other way in one action.
#[component]
fn Handling() -> impl IntoView {
    let here = use_here();
    let handling = here.view(|incident| {
        let classification = incident.classified();
        let why = classification
            .map(|held| held.overruled.clone().unwrap_or_else(|| held.why.clone()))
            .unwrap_or_default();
        (
            incident.is_major(),
            incident.is_closed(),
            incident.classified().is_some(),
            why,
        )
    });
    move || {
        let (major, closed, classified, why) = handling.get();
        let heading = match (major, classified) {
            (true, _) => "A major incident",
            (false, true) => "A standard incident",
            (false, false) => "Priority pending",
        };
        let path = match (major, classified) {
            (true, _) => "Named leader, updates at set times, review.",
            (false, true) => "The light path: take it on, restore, close.",
            (false, false) => "Taken as grave until three answers say how bad it is.",
        };
        view! {
            <div class="row"><h2>{heading}</h2>{explained(if classified { if major { "Major incident" } else { "Standard incident" } } else { "Priority" })}</div>
            <p class="faint small">{path}" "{why}</p>
            <p class="row">
                {(!closed).then(|| if major {
                    view! { <button type="button" class="button small" on:click=move |_| here.begin(Act::Downgrade)>"Downgrade"</button> }.into_any()
                } else {
                    view! { <button type="button" class="button small" on:click=move |_| here.begin(Act::Escalate)>"Make it a major incident"</button> }.into_any()
                })}
                <button type="button" class="button small" aria-keyshortcuts="c" on:click=move |_| here.begin(Act::Classify)>"Classify again"<kbd aria-hidden="true">"C"</kbd></button>
            </p>
        }
    }
}

#[component]
fn AllStages() -> impl IntoView {
    let here = use_here();
    let current = here.view(|incident| Some(incident.stage()));
    let stages = here.advised(|advice| advice.stages.clone());
    move || {
        let now = current.get();
        let rows = stages.get().into_iter().map(|view| {
            let this = view.stage;
            let word = match now {
                Some(now) if this < now => "Go back to this stage",
                Some(now) if this == now => "This is the stage now",
                _ => "Go to this stage",
            };
            let is_now = now == Some(this);
            view! {
                <details>
                    <summary>{view.short}<span class="faint small">" "{view.long}</span></summary>
                    <p class="faint small">{view.purpose}</p>
                    <p class="faint small">"Makes sense when: "{view.entry}</p>
                    <Criteria criteria=view.criteria/>
                    {if is_now {
                        view! { <p class="faint small">{word}</p> }.into_any()
                    } else {
                        view! { <button type="button" class="button small" on:click=move |_| here.begin(Act::EnterStage(this))>{word}</button> }.into_any()
                    }}
                </details>
            }
        });
        view! { <h2>"All six stages"</h2><div class="all-stages">{rows.collect_view()}</div> }
    }
}

/// Everything else that can be done here.
#[component]
fn Anything() -> impl IntoView {
    let here = use_here();
    let closed = here.view(Incident::is_closed);
    let button = move |doing: Doing| {
        let Doing {
            word, key, form, ..
        } = doing;
        view! {
            <button type="button" class="button small" on:click=move |_| anything::begin(here, form.clone()) aria-keyshortcuts=key>
                {word}{key.map(|key| view! { <kbd aria-hidden="true">{key.to_ascii_uppercase()}</kbd> })}
            </button>
        }
    };
    let buttons = anything::all().into_iter().map(button).collect_view();
    view! {
        <h2>"Anything else"</h2>
        <div class="anything">
            {buttons}
            <a class="button small" href=Route::Assist(here.id).href() aria-keyshortcuts="q">"Ask an assistant"<kbd aria-hidden="true">"Q"</kbd></a>
            {button(anything::export())}
            {move || button(anything::ending(closed.get()))}
        </div>
    }
}
