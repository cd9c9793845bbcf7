//! This device: the person's name, the keys, time zones, what is stored.

use leptos::html;
use leptos::prelude::*;

use super::browser;
use super::command::Command;
use super::kept::{self, Kept};
use super::route::Route;
use super::session::use_session;
use crate::guide::{brief, words};
use crate::model::IncidentId;
use crate::store::vault::Aside;
use crate::ui::derived::Derived;
use crate::ui::parts::dialog::Dialog;
use crate::ui::parts::each::each;
use crate::ui::share::{self, Along, text_of};

/// More is no `muster.json`, in bytes.
const LARGEST: usize = 500_000;

/// The settings.
#[component]
pub fn SettingsScreen() -> impl IntoView {
    view! {
        <main class="page settings">
            <h1 tabindex="-1">"Settings"</h1>
            <p class="faint lead">"Kept in this browser alone."</p>
            <Name/>
            <Organisation/>
            <Times/>
            <Ringing/>
            <KeysSetting/>
            <WithoutNetwork/>
            <Storage/>
        </main>
    }
}

#[component]
fn Name() -> impl IntoView {
    let session = use_session();
    let typed = RwSignal::new(
        session
            .settings()
            .with_untracked(|settings| settings.name.clone()),
    );
    let keep = move |_| session.rename(&typed.get_untracked());
    view! {
        <section aria-label="You">
            <h2>"You"</h2>
            <div class="field">
                <label for="your-name">"Your name"</label>
                <input id="your-name" type="text" autocomplete="name" dir="auto" maxlength="120" aria-describedby="your-name-hint"
                    prop:value=move || typed.get() on:input=move |event| typed.set(event_target_value(&event)) on:change=keep/>
                <p id="your-name-hint" class="faint small">"Stands beside what you write, in every copy of an incident that you share."</p>
            </div>
        </section>
    }
}

/// The organisation's file, for pages that no host says anything beside.
#[component]
fn Organisation() -> impl IntoView {
    let session = use_session();
    let input = NodeRef::<html::Input>::new();
    let problem = RwSignal::new(None::<String>);
    let imported = Derived::new(move || {
        session
            .settings()
            .with(|settings| !settings.organisation.is_empty())
    });
    let keep = move |text: String| {
        session.host_says(&text)?;
        session.change_settings(|settings| settings.organisation = text);
        session.say("Imported muster.json");
        Ok(())
    };
    let chosen = move |_| {
        let file = share::chosen(input).into_iter().next();
        leptos::task::spawn_local(async move {
            if let Some(file) = file {
                let read = text_of(&file, LARGEST).await;
                problem.set(read.and_then(keep).err());
            }
        });
    };
    let without = move |_| {
        session.change_settings(|settings| settings.organisation.clear());
        leptos::task::spawn_local(session.ask_host());
    };
    view! {
        <section aria-label="Organisation">
            <h2>"Organisation"</h2>
            <label class="file"><span>"Import muster.json"</span><input node_ref=input type="file" accept=".json,application/json" on:change=chosen/></label>
            <p class="faint small">"Services, contacts, bridges, roles and rules for this browser, in the stead of what the host says. A page opened from disk cannot read the file beside it."</p>
            <p class="problem" role="alert">{problem}</p>
            {move || imported.get().then(|| view! {
                <p class="row"><span class="tag">"An imported file holds"</span><button type="button" class="button small" on:click=without>"Without it"</button></p>
            })}
        </section>
    }
}

#[component]
fn Times() -> impl IntoView {
    let session = use_session();
    let utc = move || session.settings().with(|settings| settings.utc);
    view! {
        <section aria-label="Times">
            <h2>"Times"</h2>
            <label class="check-field"><input type="checkbox" prop:checked=utc on:change=move |event| session.change_settings(|settings| settings.utc = event_target_checked(&event))/>
                <span>"Show UTC beside local time"</span></label>
            <p class="faint small">{format!("This browser's zone is {}.", browser::time_zone())}</p>
        </section>
    }
}

/// Overdue updates, told aloud.
#[component]
fn Ringing() -> impl IntoView {
    let session = use_session();
    let on = move || session.settings().with(|settings| settings.rings);
    let choose = move |event: leptos::ev::Event| {
        let on = event_target_checked(&event);
        if on {
            browser::ask_to_notify();
        }
        session.change_settings(|settings| settings.rings = on);
    };
    view! {
        <section aria-label="Overdue">
            <h2>"Overdue updates"</h2>
            <label class="check-field"><input type="checkbox" prop:checked=on on:change=choose/>
                <span>"Ring when an update becomes overdue: a notification and a sound"</span></label>
            <p class="faint small">"Only while the incident’s page is open and the machine awake. For the rest, take the calendar from an incident’s clocks."</p>
        </section>
    }
}

#[component]
fn KeysSetting() -> impl IntoView {
    let session = use_session();
    let on = move || session.settings().with(|settings| settings.single_keys);
    let problem = RwSignal::new(None::<String>);
    let rows = Command::ALL
        .into_iter()
        .map(|command| {
            let key = move || session.settings().with(|settings| settings.as_keys().key(command).to_string());
            let name = command.title();
            let choose = move |event: leptos::ev::Event| {
                let typed = event_target_value(&event);
                let Some(key) = typed.trim().chars().next_back() else {
                    problem.set(Some("A key is one character.".to_owned()));
                    return;
                };
                let mut keys = session.settings().with_untracked(super::session::Settings::as_keys);
                match keys.choose(command, key) {
                    Ok(()) => {
                        problem.set(None);
                        session.change_settings(|settings| settings.keys = keys.chosen);
                    }
                    Err(other) => {
                        problem.set(Some(format!("“{key}” already does something: {}.", other.title())));
                        session.settings().notify();
                    }
                }
            };
            view! {
                <li><label><span>{name}</span><input type="text" class="key-field" maxlength="1" autocomplete="off" prop:value=key on:change=choose/></label></li>
            }
        })
        .collect_view();
    view! {
        <section aria-label="Keys">
            <h2>"Keys"</h2>
            <label class="check-field"><input type="checkbox" prop:checked=on on:change=move |event| session.change_settings(|settings| settings.single_keys = event_target_checked(&event))/>
                <span>"Single keys do something while no field has the focus"</span></label>
            <p class="problem" role="alert">{problem}</p>
            <ul class="keys-list sheet">{rows}</ul>
            <button type="button" class="button" on:click=move |_| session.change_settings(|settings| settings.keys.clear())>"The usual keys again"</button>
        </section>
    }
}

/// Whether Muster opens again when neither network nor host is there, and the file that always does.
#[component]
fn WithoutNetwork() -> impl IntoView {
    let (kept, newest) = (kept::use_kept(), kept::use_newest());
    view! {
        <section aria-label="Without a network">
            <h2>"Without a network"</h2>
            <p>{move || kept.get().words()}" "{move || newest.get().words()}</p>
            {move || (kept.get() != Kept::OneFile).then(|| view! { <Along/> })}
        </section>
    }
}

#[component]
fn Storage() -> impl IntoView {
    let session = use_session();
    let usage = Derived::new(move || {
        session.ask(|_| ());
        session.saving().track();
        // Before that, nothing is known of them.
        session.is_open().then(|| session.usage())
    });
    let local = move || {
        let Some(usage) = usage.get() else {
            return "The stores are being opened.".to_owned();
        };
        if !usage.has_local {
            return "Local storage cannot be used here.".to_owned();
        }
        let kilobytes = usage.local_units.div_ceil(1000);
        format!(
            "Local storage: {kilobytes} kB of about {} kB.",
            usage.local_room / 1000
        )
    };
    let journal = move || match usage.get() {
        None => "",
        Some(usage) if usage.has_journal => {
            "The journal (IndexedDB) is there: what is shown as saved survives the browser's sudden end."
        }
        Some(_) => {
            "The journal (IndexedDB) cannot be used here: the last minute may be lost if the browser is ended by force."
        }
    };
    let left = RwSignal::new(None::<u64>);
    Effect::new(move |_| {
        session.pictures().track();
        leptos::task::spawn_local(async move { left.set(browser::room_left().await) });
    });
    let left = move || {
        let left = left.get();
        left.map(|left| {
            let left = words::bytes(left);
            view! { <p>{format!("Pictures lie in the journal too. This browser has {left} left for this site.")}</p> }
        })
    };
    let removing = RwSignal::new(None::<(IncidentId, String)>);
    let open = Signal::derive(move || removing.with(Option::is_some));
    let close = Callback::new(move |()| removing.set(None));
    let incidents = Derived::new(move || {
        session.ask(|records| {
            let ids = records.incident_ids();
            ids.into_iter()
                .filter_map(|id| {
                    records
                        .incident(id)
                        .map(|incident| (id, brief::title(incident)))
                })
                .collect::<Vec<_>>()
        })
    });
    view! {
        <section aria-label="Storage">
            <h2>"What this device holds"</h2>
            <p>{local}</p>
            <p>{journal}</p>
            {left}
            <p><a href=Route::Share.href()>"Export everything"</a>" before you clear this site's data: nobody else has it unless you gave it."</p>
            <details>
                <summary>"Remove an incident from this device"</summary>
                <ul class="items sheet">
                    {each(move || incidents.get(), move |(id, title): (IncidentId, String)| {
                        let shown = title.clone();
                        let named = format!(" {title}");
                        view! { <li><span class="item-what" dir="auto">{shown}</span>
                            <button type="button" class="button small" on:click=move |_| removing.set(Some((id, title.clone())))>"Remove"<span class="sr">{named}</span></button></li> }
                    })}
                </ul>
            </details>
            <SetAside/>
            <Dialog open close title="Remove from this device">
                {move || removing.get().map(|(id, title)| view! {
                    <p>"“"<b dir="auto">{title}</b>"” goes from this browser, in every tab. Copies that you gave away stay with those who have them. This cannot be undone here."</p>
                    <p class="row">
                        <button type="button" class="button danger" on:click=move |_| { session.remove_incident(id); removing.set(None); session.say("Removed from this device"); }>"Remove"</button>
                        <button type="button" class="button" on:click=move |_| removing.set(None)>"Keep it"</button>
                    </p>
                })}
            </Dialog>
        </section>
    }
}

/// Damaged parts of what was stored: for whoever can make something of them, until they are dropped.
#[component]
fn SetAside() -> impl IntoView {
    let session = use_session();
    let parts = Memo::new(move |_| {
        session.ask(|_| ());
        session.troubles().track();
        session.aside()
    });
    let row = move |Aside { key, text }: Aside| {
        let (name, drop_key) = (key.clone(), key.clone());
        let saving = move |_| super::troubles::download(session, &key, &text);
        view! {
            <li><code class="item-what">{name}</code>
                <button type="button" class="button small" on:click=saving>"Download"</button>
                <button type="button" class="button small" on:click=move |_| session.discard(&drop_key)>"Drop it"</button></li>
        }
    };
    move || {
        (!parts.with(Vec::is_empty)).then(|| view! {
            <h3>"Damaged parts, put aside"</h3>
            <p class="faint small">"What could be read of them is kept. Download them for somebody who knows their way around files, or drop them."</p>
            <ul class="items sheet">{parts.get().into_iter().map(row).collect_view()}</ul>
        })
    }
}
