//! The command palette: find an incident or do anything, by a few letters; and the list of keys.

pub mod rank;

use leptos::html;
use leptos::prelude::*;

use self::rank::{Findable, rank};
use super::app::{use_commands, use_route};
use super::browser;
use super::command::Command;
use super::letters;
use super::parts::dialog::Dialog;
use super::route::Route;
use super::session::{Session, use_session};
use crate::guide::brief;
use crate::model::IncidentId;
use crate::ui::derived::Derived;

/// How many entries are shown at once.
const SHOWN: usize = 12;

/// Something that the screen that is open can do.
#[derive(Clone)]
pub struct Offer {
    /// What it is called.
    pub text: String,
    /// Other words that it is found by.
    pub also: &'static str,
    /// Does it.
    pub act: Callback<()>,
}

/// What the screen that is open can do, beside the commands.
#[derive(Clone, Copy)]
pub struct Offers(StoredValue<Vec<Offer>>);

impl Offers {
    /// Nothing yet.
    pub fn new() -> Self {
        Self(StoredValue::new(Vec::new()))
    }

    /// From now on these.
    pub fn set(self, offers: Vec<Offer>) {
        self.0.set_value(offers);
    }

    /// The screen is left.
    pub fn clear(self) {
        self.0.set_value(Vec::new());
    }
}

/// Something that can be chosen.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Entry {
    Do(Command, Option<char>),
    /// By its place among what the screen offers.
    Offered(usize, String, &'static str),
    Open(IncidentId, String),
}

impl Entry {
    fn text(&self) -> &str {
        match self {
            Self::Do(command, _) => command.title(),
            Self::Offered(_, text, _) => text,
            Self::Open(_, title) => title,
        }
    }

    fn also(&self) -> String {
        match self {
            Self::Do(command, _) => command.name().to_owned(),
            Self::Offered(_, _, also) => (*also).to_owned(),
            Self::Open(id, _) => id.to_string(),
        }
    }
}

fn entries(session: Session, offers: Offers, in_room: bool) -> Vec<Entry> {
    let keys = session
        .settings()
        .with_untracked(super::session::Settings::as_keys);
    let commands = Command::ALL
        .into_iter()
        .filter(|command| *command != Command::Palette && (in_room || !command.needs_room()));
    // What is of the room first: that is where one is.
    let (room, anywhere): (Vec<Command>, Vec<Command>) =
        commands.partition(|command| command.needs_room());
    let commands = room.into_iter().chain(anywhere);
    let mut entries: Vec<Entry> = commands
        .map(|command| Entry::Do(command, keys.on.then(|| keys.key(command))))
        .collect();
    // What a key does stands there already.
    let has = |entries: &[Entry], text: &str| entries.iter().any(|entry| entry.text() == text);
    offers.0.with_value(|offers| {
        for (place, offer) in offers.iter().enumerate() {
            if !has(&entries, &offer.text) {
                entries.push(Entry::Offered(place, offer.text.clone(), offer.also));
            }
        }
    });
    session.ask_untracked(|records| {
        for id in records.incident_ids() {
            entries.extend(
                records
                    .incident(id)
                    .map(|incident| Entry::Open(id, brief::marked_title(incident))),
            );
        }
    });
    entries
}

/// The palette.
#[component]
pub fn Palette(
    /// Whether it is shown.
    open: RwSignal<bool>,
) -> impl IntoView {
    let close = Callback::new(move |()| open.set(false));
    view! { <Dialog open close title="Find or do"><Finder open/></Dialog> }
}

#[component]
fn Finder(open: RwSignal<bool>) -> impl IntoView {
    let session = use_session();
    let commands = use_commands();
    let in_room = matches!(use_route().get_untracked(), Route::Incident(_));
    let offers = expect_context::<Offers>();
    let all = StoredValue::new(entries(session, offers, in_room));
    let typed = RwSignal::new(String::new());
    let at = RwSignal::new(0_usize);
    let node = NodeRef::<html::Input>::new();
    Effect::new(move |_| {
        if let Some(input) = node.get() {
            request_animation_frame(move || drop(input.focus()));
        }
    });
    let found = Derived::new(move || {
        all.with_value(|all| {
            let also: Vec<String> = all.iter().map(Entry::also).collect();
            let findable = all.iter().zip(&also).map(|(entry, also)| Findable {
                text: entry.text(),
                also,
            });
            let fits = typed.with(|typed| rank(typed, findable));
            fits.into_iter()
                .take(SHOWN)
                .filter_map(|fit| all.get(fit.index).cloned())
                .collect::<Vec<Entry>>()
        })
    });
    let choose = move |entry: Entry| {
        open.set(false);
        match entry {
            Entry::Do(command, _) => request_animation_frame(move || commands.run(command)),
            Entry::Offered(place, ..) => {
                let offer = offers.0.with_value(|offers| offers.get(place).cloned());
                if let Some(offer) = offer {
                    // The palette gives the focus back first.
                    request_animation_frame(move || offer.act.run(()));
                }
            }
            Entry::Open(id, _) => browser::go(&Route::Incident(id).href()),
        }
    };
    let key = move |event: leptos::ev::KeyboardEvent| {
        let last = found.with_untracked(Vec::len).saturating_sub(1);
        match event.key().as_str() {
            "ArrowDown" => at.update(|at| *at = if *at >= last { 0 } else { *at + 1 }),
            "ArrowUp" => at.update(|at| *at = at.checked_sub(1).unwrap_or(last)),
            "Enter" => {
                if let Some(entry) =
                    found.with_untracked(|found| found.get(at.get_untracked()).cloned())
                {
                    choose(entry);
                }
            }
            _ => return,
        }
        event.prevent_default();
    };
    let rows = move || {
        found.get().into_iter().enumerate().map(|(index, entry)| {
            let chosen = entry.clone();
            let hint = match &entry {
                Entry::Do(_, Some(key)) => view! { <kbd>{letters::capital(*key)}</kbd> }.into_any(),
                Entry::Do(_, None) | Entry::Offered(..) => ().into_any(),
                Entry::Open(..) => view! { <span class="faint small">"incident"</span> }.into_any(),
            };
            view! {
                <li id=format!("found-{index}") role="option" aria-selected=move || if at.get() == index { "true" } else { "false" }
                    on:mousedown=move |event| event.prevent_default() on:click=move |_| choose(chosen.clone())>
                    <span dir="auto">{entry.text().to_owned()}</span>{hint}
                </li>
            }
        }).collect_view()
    };
    view! {
        <input node_ref=node class="finder" autofocus=true type="text" role="combobox" aria-label="Find or do" aria-expanded="true" aria-controls="found" aria-autocomplete="list"
            aria-activedescendant=move || found.with(|found| !found.is_empty()).then(|| format!("found-{}", at.get())) autocomplete="off" placeholder="A few letters: an incident, or what to do"
            prop:value=move || typed.get() on:input=move |event| { typed.set(event_target_value(&event)); at.set(0); } on:keydown=key/>
        <ul id="found" class="found" role="listbox" aria-label="Found">{rows}</ul>
        <p class="faint small" role="status">{move || found.with(Vec::is_empty).then_some("Nothing fits.")}</p>
    }
}

/// The list of keys.
#[component]
pub fn KeysDialog(
    /// Whether it is shown.
    open: RwSignal<bool>,
) -> impl IntoView {
    let session = use_session();
    view! {
        <Dialog open close=Callback::new(move |()| open.set(false)) title="Keys">
            {move || {
                let keys = session.settings().with(super::session::Settings::as_keys);
                let on = keys.on;
                let row = move |command: &Command| view! { <li><kbd>{letters::capital(keys.key(*command))}</kbd><span>{command.title()}</span></li> };
                let (room, anywhere): (Vec<Command>, Vec<Command>) = Command::ALL.iter().partition(|command| command.needs_room());
                view! {
                    {(!on).then(|| view! { <p class="problem">"Single keys are switched off in the settings."</p> })}
                    <div class="keys-columns">
                        <div><h3>"Anywhere"</h3><ul>{anywhere.iter().map(&row).collect_view()}<li><kbd>"Ctrl K"</kbd><span>"Find or do anything"</span></li></ul></div>
                        <div><h3>"In a room"</h3><ul>{room.iter().map(&row).collect_view()}<li><kbd>"Esc"</kbd><span>"Leave a field or a dialog"</span></li></ul></div>
                    </div>
                    <p class="faint small"><a href=Route::Settings.href() on:click=move |_| open.set(false)>"Change or switch off the keys"</a></p>
                }
            }}
        </Dialog>
    }
}
