//! What is being done: services, causes, people, updates, recovery, review, in tabs.
//!
//! The tab that the stage needs is open at first; the one that a person chose stays.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::here::{Form, use_here};
use super::items::{Item, Items};
use crate::classify::targets::Audience;
use crate::guide::{Act, brief, calls, roles, timeline, words};
use crate::model::incident::Called;
use crate::model::term::{ActionState, Relation, Role, Stage, Stamp};
use crate::model::{Incident, IncidentId, Said};
use crate::ui::derived::Derived;
use crate::ui::route::Route;

/// The part of the work that a person chose; none while they did not.
#[derive(Clone, Copy)]
pub struct Chosen(pub RwSignal<Option<Tab>>);

impl Chosen {
    /// None yet.
    pub fn new() -> Self {
        Self(RwSignal::new(None))
    }
}

/// A part of the work.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Tab {
    Tasks,
    Services,
    Causes,
    People,
    Updates,
    Decisions,
    Recovery,
    Times,
    Review,
    Links,
}

impl Tab {
    /// In their order.
    pub const ALL: [Self; 10] = [
        Self::Tasks,
        Self::Services,
        Self::Causes,
        Self::People,
        Self::Updates,
        Self::Decisions,
        Self::Recovery,
        Self::Times,
        Self::Review,
        Self::Links,
    ];

    /// Its name.
    pub fn title(self) -> &'static str {
        match self {
            Self::Tasks => "Tasks",
            Self::Services => "Services",
            Self::Causes => "Causes",
            Self::People => "People",
            Self::Updates => "Updates",
            Self::Decisions => "Decisions",
            Self::Recovery => "Recovery",
            Self::Times => "Times",
            Self::Review => "Review",
            Self::Links => "Links",
        }
    }

    /// What is worked on now: what the stage works on, or the tasks where there are any.
    fn needed(incident: &Incident) -> Self {
        let stage = incident.stage();
        if incident.open_tasks() > 0 && !matches!(stage, Stage::Identification | Stage::Review) {
            return Self::Tasks;
        }
        match stage {
            Stage::Identification => Self::Services,
            Stage::Escalation => Self::People,
            Stage::Communication => Self::Updates,
            Stage::Investigation => Self::Causes,
            Stage::Recovery => Self::Recovery,
            Stage::Review => Self::Review,
        }
    }

    /// How many there are to see; none where a number says nothing.
    fn count(self, incident: &Incident) -> Option<usize> {
        let count = match self {
            Self::Tasks => incident.open_tasks(),
            Self::Services => incident.services.len(),
            Self::Causes => incident.hypotheses.len(),
            Self::People => incident
                .people
                .values()
                .filter(|record| record.last_wrote.is_some() || record.responding_since.is_some())
                .count(),
            Self::Updates => incident.updates.len(),
            Self::Decisions => incident.decisions.len(),
            Self::Recovery => incident.checks.len(),
            Self::Times => return None,
            Self::Review => incident.findings.len() + incident.actions.len(),
            Self::Links => incident.links.len(),
        };
        (count > 0).then_some(count)
    }

    fn panel(self) -> AnyView {
        match self {
            Self::Tasks => view! { <super::tasks::Tasks/> }.into_any(),
            Self::Services => view! { <super::services::Services/> }.into_any(),
            Self::Causes => view! { <super::causes::Causes/> }.into_any(),
            Self::People => view! { <People/> }.into_any(),
            Self::Updates => view! { <Updates/> }.into_any(),
            Self::Decisions => view! { <Decisions/> }.into_any(),
            Self::Recovery => view! { <super::recovery::Recovery/> }.into_any(),
            Self::Times => view! { <Times/> }.into_any(),
            Self::Review => view! { <Review/> }.into_any(),
            Self::Links => view! { <Links/> }.into_any(),
        }
    }
}

/// The middle of the room.
#[component]
pub fn Work() -> impl IntoView {
    let here = use_here();
    let chosen = expect_context::<Chosen>().0;
    let needed = here.view(|incident| Some(Tab::needed(incident)));
    let shown = Derived::new(move || {
        let needed = || needed.get().unwrap_or(Tab::Services);
        chosen.get().unwrap_or_else(needed)
    });
    let counts = here.view(|incident| Tab::ALL.map(|tab| tab.count(incident)));
    let list = NodeRef::<html::Div>::new();
    let go = move |event: leptos::ev::KeyboardEvent| {
        let now = Tab::ALL
            .iter()
            .position(|tab| *tab == shown.get_untracked())
            .unwrap_or(0);
        let last = Tab::ALL.len() - 1;
        let to = match event.key().as_str() {
            "ArrowRight" => (now + 1) % Tab::ALL.len(),
            "ArrowLeft" => now.checked_sub(1).unwrap_or(last),
            "Home" => 0,
            "End" => last,
            _ => return,
        };
        event.prevent_default();
        chosen.set(Tab::ALL.get(to).copied());
        focus_tab(list, to);
    };
    let tabs = Tab::ALL
        .iter()
        .enumerate()
        .map(|(index, &tab)| {
            let selected = move || shown.get() == tab;
            let count = move || counts.with(|counts| counts.get(index).copied().flatten());
            view! {
                <button type="button" role="tab" id=format!("tab-{}", tab.title()) aria-controls="tab-panel"
                    aria-selected=move || if selected() { "true" } else { "false" }
                    tabindex=move || if selected() { "0" } else { "-1" }
                    on:click=move |_| chosen.set(Some(tab))>
                    {tab.title()}{move || count().map(|count| view! { <span class="num count">" "{count}</span> })}
                </button>
            }
        })
        .collect_view();
    view! {
        <section class="pane work" aria-label="Work">
            <Summary/>
            <div node_ref=list class="tabs" role="tablist" aria-label="Parts of the work" on:keydown=go>{tabs}</div>
            <div id="tab-panel" class="tab-panel" role="tabpanel" tabindex="0" aria-labelledby=move || format!("tab-{}", shown.get().title())>
                {move || shown.get().panel()}
            </div>
        </section>
    }
}

fn focus_tab(list: NodeRef<html::Div>, index: usize) {
    let tab = list
        .get_untracked()
        .and_then(|list| list.children().item(u32::try_from(index).ok()?));
    if let Some(tab) = tab.and_then(|tab| tab.dyn_into::<web_sys::HtmlElement>().ok()) {
        drop(tab.focus());
    }
}

#[component]
fn Summary() -> impl IntoView {
    let here = use_here();
    let summary = here.view(|incident| incident.summary.current().cloned().unwrap_or_default());
    move || {
        let text = summary.get();
        (!text.trim().is_empty()).then(|| {
            view! {
                <div class="summary">
                    <p dir="auto">{text}</p>
                    <button type="button" class="button plain small" on:click=move |_| here.begin(Act::WriteSummary)>"Edit"<span class="sr">" the summary"</span></button>
                </div>
            }
        })
    }
}

pub(super) fn act(word: &'static str, act: Act) -> (&'static str, Form) {
    (word, Form::Act(act))
}

pub(super) fn item<T>(said: &Said<T>, lead: &str, text: &str) -> Item {
    Item {
        lead: lead.to_owned(),
        text: text.to_owned(),
        when: Some(said.when),
        ..Item::default()
    }
}

pub(super) fn newest_first<T>(said: &[Said<T>], item: impl Fn(&Said<T>) -> Item) -> Vec<Item> {
    said.iter().rev().map(item).collect()
}

#[component]
fn People() -> impl IntoView {
    let here = use_here();
    let roles = here.view(roles);
    let responders = here.view(|incident| {
        let there = incident
            .people
            .iter()
            .filter(|(_, record)| record.last_wrote.is_some() || record.responding_since.is_some());
        there
            .map(|(person, record)| Item {
                lead: brief::name_or_you(incident, *person),
                text: record.zone.clone(),
                detail: if record.responding_since.is_some() {
                    "joined the response".to_owned()
                } else {
                    String::new()
                },
                acts: match record.responding_since {
                    Some(_) => vec![act("Left", Act::Leave(*person))],
                    None => Vec::new(),
                },
                when: record.responding_since.or(record.last_wrote),
                ..Item::default()
            })
            .collect()
    });
    let pages = here.view(|incident| newest_first(&incident.pages, |said| called(incident, said)));
    let bridges = here.view(|incident| {
        newest_first(&incident.bridges, |said| Item {
            url: Some(said.what.url.clone()),
            ..item(said, &said.what.label, "")
        })
    });
    view! {
        <Items title="Roles" term="Major incident manager" add=vec![act("Give a role", Act::AssignRole(Role::OperationsLead))] items=roles empty="Nobody has a role."/>
        <Items title="Bridges" term="Bridge" add=vec![act("Name a bridge", Act::OpenBridge)] items=bridges empty="Nobody has said where to meet."/>
        <Items title="Called" add=vec![act("Say who was called", Act::PageResponder)] items=pages empty="Nobody is said to have been called."/>
        <Items title="Here" add=vec![("Somebody joined", Form::JoinResponse)] items=responders empty="Nobody is here."/>
    }
}

fn called(incident: &Incident, said: &Said<Called>) -> Item {
    let Called { page, answered, .. } = &said.what;
    let via = if page.via.is_empty() {
        String::new()
    } else {
        format!("by {}", page.via)
    };
    let then = if page.then.is_empty() {
        String::new()
    } else {
        format!("then {}", page.then.join(", "))
    };
    let has_answered = calls::has_answered(incident, said);
    let (tag, acts) = match (answered, has_answered) {
        (Some(_), _) => (("tag good", "answered"), Vec::new()),
        (None, true) => (("tag good", "is here"), Vec::new()),
        (None, false) => (
            ("tag soon", "no answer yet"),
            vec![
                act("Answered", Act::Answer(said.id())),
                act("Call the next", Act::CallNext(said.id())),
            ],
        ),
    };
    Item {
        detail: then,
        tag: Some((tag.0, tag.1.to_owned())),
        acts,
        ..item(said, &page.who, &via)
    }
}

/// The roles that a major incident knows, held or not; and what else is held.
fn roles(incident: &Incident) -> Vec<Item> {
    let needed = [
        Role::MajorIncidentManager,
        Role::OperationsLead,
        Role::CommunicationsLead,
        Role::Scribe,
    ];
    let others = incident
        .roles
        .keys()
        .filter(|role| !needed.contains(role) && incident.holder(role).is_some());
    let all = needed.iter().chain(others).cloned();
    all.map(|role| {
        let held = incident.holder(&role);
        let since = incident
            .roles
            .get(&role)
            .and_then(|register| register.latest())
            .map(|(setting, _)| setting.when);
        let offer = incident.handover(&role);
        let offered = offer.map(|said| {
            let to = brief::name_or_you(incident, said.what.handover.person);
            ("tag soon", format!("offered to {to}"))
        });
        let mut acts = match held {
            Some(_) => vec![
                act("Hand over", Act::HandOver(role.clone())),
                ("Release", Form::Release(role.clone())),
            ],
            None => vec![act("Give", Act::AssignRole(role.clone()))],
        };
        if offer.is_some() {
            acts.insert(0, act("Confirm", Act::ConfirmHandover(role.clone())));
        }
        Item {
            lead: words::role(&role),
            text: held.map_or_else(
                || "nobody".to_owned(),
                |person| brief::name_or_you(incident, person),
            ),
            detail: roles::duty(&role).to_owned(),
            points: roles::checklist(&role),
            tag: offered,
            when: held.and(since),
            acts,
            ..Item::default()
        }
    })
    .collect()
}

#[component]
fn Updates() -> impl IntoView {
    let here = use_here();
    let updates = here.view(|incident| {
        newest_first(&incident.updates, |said| {
            let channel = if said.what.channel.is_empty() {
                String::new()
            } else {
                format!("By {}. ", said.what.channel)
            };
            let phase = said
                .what
                .phase
                .map(|phase| format!("{}. ", words::phase(phase)))
                .unwrap_or_default();
            let audience = Audience::named(&said.what.audience).map_or_else(
                || said.what.audience.clone(),
                |audience| audience.title().to_owned(),
            );
            Item {
                detail: format!("{phase}{channel}"),
                ..item(said, &audience, &said.what.text)
            }
        })
    });
    let copied = here.view(|incident| {
        newest_first(&incident.hand_offs, |said| {
            item(
                said,
                &timeline::audience(&said.what),
                "copied; not known to be sent",
            )
        })
    });
    let add = vec![
        act("Tell executives", Act::SendUpdate("executives".to_owned())),
        act("Tell customers", Act::SendUpdate("customers".to_owned())),
    ];
    view! {
        <p><a class="button" href=Route::Updates(here.id, None).href()>"Write by audience, and the clocks"</a></p>
        <Items title="Updates sent" add items=updates empty="Nobody outside has had a word yet."/>
        <Items title="Texts copied" add=Vec::new() items=copied empty="None."/>
    }
}

#[component]
fn Decisions() -> impl IntoView {
    let items = use_here().view(|incident| {
        newest_first(&incident.decisions, |said| Item {
            detail: timeline::choices(&said.what),
            ..item(said, "", &said.what.text)
        })
    });
    view! {
        <Items title="Decisions" add=vec![act("Write a decision", Act::MakeDecision)] items
            empty="No decision is written down. Who decided what, and why, is what the review asks first."/>
    }
}

#[component]
fn Times() -> impl IntoView {
    let here = use_here();
    let stamps = here.view(|incident| {
        Stamp::ALL
            .iter()
            .map(|stamp| {
                let when = incident.stamp(*stamp);
                let word = if when.is_some() { "Correct" } else { "State" };
                let tag = if when.is_none() {
                    Some(("tag", "not stated".to_owned()))
                } else {
                    None
                };
                Item {
                    lead: words::stamp(*stamp).to_owned(),
                    when,
                    tag,
                    acts: vec![act(word, Act::State(*stamp))],
                    ..Item::default()
                }
            })
            .collect()
    });
    let contradictions = here.advised(|advice| {
        let flagged = advice.contradictions.iter();
        flagged
            .map(|contradiction| Item {
                text: contradiction.what.clone(),
                tag: Some(("tag late", "cannot be".to_owned())),
                acts: vec![act("Correct", contradiction.act.clone())],
                ..Item::default()
            })
            .collect::<Vec<_>>()
    });
    view! {
        <Items title="Times that are measured by" term="Stamp" add=Vec::new() items=stamps empty=""/>
        {move || (!contradictions.with(Vec::is_empty)).then(|| view! {
            <Items title="Does not add up" add=Vec::new() items=contradictions empty=""/>
        })}
    }
}

/// What was agreed, newest first.
pub(super) fn improvements(here: super::here::Here) -> Derived<Vec<Item>> {
    here.view(|incident| {
        newest_first(&incident.actions, |said| {
            let class = if said.what.state == ActionState::Done {
                "tag good"
            } else {
                "tag"
            };
            let action = &said.what.action;
            let owner = action
                .owner
                .map(|person| brief::name_or_you(incident, person))
                .unwrap_or_default();
            let details = timeline::action_details(action);
            let detail = [owner.as_str(), details.as_str()]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join("\n");
            Item {
                tag: Some((class, timeline::action_words(said.what.state).to_owned())),
                detail,
                when: action.due,
                acts: vec![act("Say where it stands", Act::UpdateAction(said.id()))],
                ..item(said, "", &action.text)
            }
        })
    })
}

#[component]
fn Review() -> impl IntoView {
    let here = use_here();
    let findings = here.view(|incident| {
        newest_first(&incident.findings, |said| {
            item(
                said,
                timeline::finding_words(said.what.finding),
                &said.what.text,
            )
        })
    });
    let actions = improvements(here);
    let reviews = here
        .view(|incident| newest_first(&incident.reviews, |said| item(said, "Held", &said.what)));
    view! {
        <p class="row"><a class="button" href=Route::Review(here.id).href()>"The review"<kbd aria-hidden="true">"V"</kbd></a>" "<a class="button" href=Route::Replay(here.id).href()>"Replay"</a></p>
        <Items title="Findings" term="Blameless review" add=vec![act("Add a finding", Act::AddFinding)] items=findings
            empty="Nothing yet. What made it happen, what helped, what hindered, where it was luck."/>
        <Items title="Improvements" add=vec![act("Add an improvement", Act::AddAction)] items=actions
            empty="None agreed yet. A review without a change is a story."/>
        <Items title="The review" add=vec![act("It was held", Act::HoldReview)] items=reviews empty="Not held yet."/>
    }
}

#[component]
fn Links() -> impl IntoView {
    let here = use_here();
    let linked = here.view(|incident| {
        incident
            .links
            .iter()
            .map(|said| (said.what.relation, said.what.incident, said.when))
            .collect::<Vec<_>>()
    });
    // Titles come from other incidents, which change on their own.
    let items = Derived::new(move || {
        let links = linked.get();
        links
            .into_iter()
            .map(|(relation, id, when)| Item {
                lead: other_title(here, id),
                text: words::relation(relation).to_ascii_lowercase(),
                href: Some(Route::Incident(id).href()),
                when: Some(when),
                ..Item::default()
            })
            .collect()
    });
    let add = vec![
        act("Link another incident", Act::Link(Relation::Related)),
        act("Same outage as another", Act::Join),
    ];
    view! { <Items title="Other incidents" add items empty="It stands alone so far."/> }
}

/// Another incident's title, or its id where this browser does not hold it.
fn other_title(here: super::here::Here, id: IncidentId) -> String {
    here.session
        .incident(id, brief::title)
        .unwrap_or_else(|| format!("Incident {id}, not held here"))
}
