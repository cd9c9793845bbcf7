//! The frame around every screen: head, navigation, keys, notices; and which screen is shown.

use std::collections::BTreeSet;

use leptos::ev;
use leptos::prelude::*;

use super::board::Board;
use super::browser;
use super::clock::Clock;
use super::command::Command;
use super::declare::Declare;
use super::drills::DrillsScreen;
use super::guide_screen::GuideScreen;
use super::improvements::ImprovementsScreen;
use super::kept::Newer;
use super::measures::MeasuresScreen;
use super::organisation::OrganisationScreen;
use super::palette::{KeysDialog, Offers, Palette};
use super::parts::notice::Notices;
use super::room::{
    AssistScreen, DrillScreen, FormScreen, ReplayScreen, ReviewDocument, ReviewScreen, Room,
    UpdatesScreen,
};
use super::route::{Prefill, Route};
use super::runbooks::Runbooks;
use super::session::{Session, use_session};
use super::settings::SettingsScreen;
use super::share::{Intake, Share};
use super::troubles::Troubles;
use super::wall::Wall;
use crate::guide::{brief, words};
use crate::model::term::Nature;
use crate::model::{EventId, Incident, IncidentId};
use crate::ui::derived::Derived;

/// Starts the app in the page.
pub fn mount() {
    std::panic::set_hook(Box::new(|info| browser::tell_stopped(&info.to_string())));
    leptos::mount::mount_to_body(App);
}

/// Where commands go: the screen that is shown hears them first.
#[derive(Clone, Copy)]
pub struct Commands {
    last: RwSignal<Option<(u64, Command)>>,
}

impl Commands {
    fn new() -> Self {
        Self {
            last: RwSignal::new(None),
        }
    }

    /// Does a command, from wherever it came.
    pub fn run(self, command: Command) {
        let number = self
            .last
            .with_untracked(|last| last.map_or(0, |(number, _)| number));
        self.last.set(Some((number + 1, command)));
    }

    /// Calls back for every command that is run while the calling component lives.
    pub fn on(self, act: impl Fn(Command) + 'static) {
        let seen = StoredValue::new(
            self.last
                .with_untracked(|last| last.map_or(0, |(number, _)| number)),
        );
        Effect::new(move |_| {
            if let Some((number, command)) = self.last.get()
                && number > seen.get_value()
            {
                seen.set_value(number);
                untrack(|| act(command));
            }
        });
    }
}

/// The commands of the page.
pub fn use_commands() -> Commands {
    expect_context::<Commands>()
}

/// The screen that the address names.
pub fn use_route() -> ReadSignal<Route> {
    expect_context::<ReadSignal<Route>>()
}

#[component]
fn App() -> impl IntoView {
    let clock = Clock::start();
    let session = Session::open(clock);
    let commands = Commands::new();
    let (route, set_route) = signal(Route::parse(&browser::fragment()));
    provide_context(session);
    provide_context(commands);
    provide_context(Offers::new());
    provide_context(route);
    let intake = Intake::new(session);
    provide_context(intake);
    listen_to_drops(intake);
    drop(window_event_listener(ev::hashchange, move |_| {
        set_route.set(Route::parse(&browser::fragment()))
    }));
    listen_to_keys(session, commands);
    let palette_open = RwSignal::new(false);
    let keys_open = RwSignal::new(false);
    let first_focus = StoredValue::new(None);
    commands.on(move |command| match command {
        Command::Palette => palette_open.set(true),
        Command::Keys => keys_open.set(true),
        Command::Declare => browser::go(&Route::Declare(Prefill::default()).href()),
        Command::Board => browser::go(&Route::Board.href()),
        Command::Organisation => browser::go(&Route::Organisation.href()),
        Command::Measures => browser::go(&Route::Measures(String::new()).href()),
        Command::Drills => browser::go(&Route::Drills.href()),
        Command::Runbooks => browser::go(&Route::Runbooks(None).href()),
        Command::Share => browser::go(&Route::Share.href()),
        Command::Settings => browser::go(&Route::Settings.href()),
        Command::Guide => browser::go(&Route::Guide.href()),
        Command::Undo => session.undo(route.get_untracked().incident()),
        Command::Utc => session.change_settings(|settings| settings.utc = !settings.utc),
        Command::Search if !matches!(route.get_untracked(), Route::Board) => {
            // The board is not there yet; its search takes the focus in the heading's stead.
            first_focus.set_value(Some("#search"));
            browser::go(&Route::Board.href());
        }
        // The room and the board hear these themselves.
        _ => {}
    });
    focus_headings(route, first_focus);
    super::focus::keep();
    leptos::task::spawn_local(session.ask_host());
    name_page(session, route);
    Effect::new(move |_| {
        if session.is_open() {
            browser::mark_painted("muster-open");
        }
    });
    view! {
        <a class="skip" href="#main" on:click=skip_to_main>"To the content"</a>
        <Top palette_open/>
        <Troubles/>
        <Newer/>
        <div id="main" class="main" tabindex="-1">
            {move || screen(route.get())}
        </div>
        <Notices/>
        <Palette open=palette_open/>
        <KeysDialog open=keys_open/>
    }
}

/// The fragment is the router's, so the link must not change it.
fn skip_to_main(event: ev::MouseEvent) {
    event.prevent_default();
    browser::focus("#main");
}

fn screen(route: Route) -> AnyView {
    match route {
        Route::Board => view! { <Board/> }.into_any(),
        Route::Declare(prefill) => view! { <Declare prefill/> }.into_any(),
        Route::Incident(id) => view! { <Room id/> }.into_any(),
        Route::Updates(id, audience) => view! { <UpdatesScreen id audience/> }.into_any(),
        Route::Replay(id) => view! { <ReplayScreen id/> }.into_any(),
        Route::Review(id) => view! { <ReviewScreen id/> }.into_any(),
        Route::ReviewDocument(id) => view! { <ReviewDocument id/> }.into_any(),
        Route::Wall => view! { <Wall/> }.into_any(),
        Route::Drill(id) => view! { <DrillScreen id/> }.into_any(),
        Route::Drills => view! { <DrillsScreen/> }.into_any(),
        Route::Assist(id) => view! { <AssistScreen id/> }.into_any(),
        Route::Improvements => view! { <ImprovementsScreen/> }.into_any(),
        Route::Form(id, form) => view! { <FormScreen id form/> }.into_any(),
        Route::Organisation => view! { <OrganisationScreen/> }.into_any(),
        Route::Measures(query) => view! { <MeasuresScreen query/> }.into_any(),
        Route::Runbooks(id) => view! { <Runbooks id/> }.into_any(),
        Route::Share => view! { <Share/> }.into_any(),
        Route::Settings => view! { <SettingsScreen/> }.into_any(),
        Route::Guide => view! { <GuideScreen/> }.into_any(),
        Route::Unknown(path) => view! { <Lost path/> }.into_any(),
    }
}

#[component]
fn Lost(path: String) -> impl IntoView {
    view! {
        <main class="page">
            <h1 tabindex="-1">"Nothing is at this address"</h1>
            <p>{format!("“{path}” names no screen of this version, or an incident that this browser does not hold.")}</p>
            <p><a class="button main" href=Route::Board.href()>"To the board"</a></p>
        </main>
    }
}

#[component]
fn Top(palette_open: RwSignal<bool>) -> impl IntoView {
    let session = use_session();
    let route = use_route();
    let link = move |to: Route, name: &'static str| {
        let here = to.clone();
        let current = move || (route.get() == here).then_some("page");
        view! { <a href=to.href() aria-current=current>{name}</a> }
    };
    let undoes = Derived::new(move || {
        let deed = session.last_deed(route.get().incident());
        deed.map(|deed| deed.what)
    });
    let undo_title = move || {
        undoes.with(|what| match what {
            Some(what) => format!("Takes back: {what}"),
            None => "Nothing to undo".to_owned(),
        })
    };
    view! {
        <header class="top">
            <a class="name" href=Route::Board.href()>"Muster"</a>
            <nav aria-label="Screens">
                {link(Route::Board, "Board")}
                {link(Route::Measures(String::new()), "Measures")}
                {link(Route::Runbooks(None), "Runbooks")}
                <span class="wide">{link(Route::Drills, "Drills")}</span>
                {link(Route::Share, "Share")}
                {link(Route::Guide, "Guide")}
                {link(Route::Settings, "Settings")}
            </nav>
            <div class="end">
                <SavedWord/>
                <button class="button plain" on:click=move |_| palette_open.set(true) aria-keyshortcuts="Control+K">
                    <span class="wide">"Find or do"</span><span class="narrow">"Find"</span><kbd class="wide">"Ctrl K"</kbd>
                </button>
                <button class="button" title=undo_title on:click=move |_| session.undo(route.get_untracked().incident())
                    aria-disabled=move || undoes.with(Option::is_none).then_some("true")>"Undo"</button>
                <a class="button danger" href=Route::Declare(Prefill::default()).href()
                    class:hidden=move || matches!(route.get(), Route::Declare(_))>
                    "Declare"<span class="wide">" incident"</span><kbd class="wide">"D"</kbd>
                </a>
            </div>
        </header>
    }
}

/// Says whether everything written is safe.
#[component]
fn SavedWord() -> impl IntoView {
    let session = use_session();
    let any = |which: RwSignal<BTreeSet<EventId>>| which.with(|ids| !ids.is_empty());
    let word = move || {
        if any(session.unkept()) {
            "Not saved: export now"
        } else if any(session.saving()) {
            "Saving"
        } else if any(session.weak()) {
            "Kept weakly: export soon"
        } else {
            "Saved on this device"
        }
    };
    view! { <span class="small faint wide saved">{word}</span> }
}

/// The page is named after the screen, so that tabs and screen readers tell them apart.
fn name_page(session: Session, route: ReadSignal<Route>) {
    let name = Derived::new(move || match route.get() {
        Route::Board => "Muster".to_owned(),
        Route::Declare(_) => "Declare an incident · Muster".to_owned(),
        Route::Incident(id) => session
            .incident(id, brief::page_title)
            .unwrap_or_else(|| "Muster".to_owned()),
        Route::Updates(id, _) => session
            .incident(id, |incident| {
                format!("Updates: {}", brief::page_title(incident))
            })
            .unwrap_or_else(|| "Muster".to_owned()),
        Route::Review(id) => named(session, id, "Review · Muster"),
        // What a browser names the PDF after.
        Route::ReviewDocument(id) => session
            .incident(id, |incident| {
                let title = format!("Review: {}", brief::title(incident));
                words::marked_title(incident.nature(), title)
            })
            .unwrap_or_else(|| "Muster".to_owned()),
        Route::Wall => "Big screen · Muster".to_owned(),
        Route::Replay(id) => named(session, id, "Replay · Muster"),
        Route::Drill(_) => "What the drill came to · Muster".to_owned(),
        Route::Drills => "Drills · Muster".to_owned(),
        Route::Assist(id) => named(session, id, "Brief and proposals · Muster"),
        Route::Improvements => "Improvements · Muster".to_owned(),
        Route::Form(id, form) => named(session, id, &format!("{} · Muster", form.title())),
        Route::Share => "Share · Muster".to_owned(),
        Route::Settings => "Settings · Muster".to_owned(),
        Route::Organisation => "Services and contacts · Muster".to_owned(),
        Route::Measures(_) => "Measures · Muster".to_owned(),
        Route::Runbooks(None) => "Runbooks · Muster".to_owned(),
        Route::Runbooks(Some(_)) => "Runbook · Muster".to_owned(),
        Route::Guide => "The six stages · Muster".to_owned(),
        Route::Unknown(_) => "Nothing is here · Muster".to_owned(),
    });
    let overdue = session.overdue();
    Effect::new(move |_| {
        let late = overdue.get().map(|what| format!("Overdue! {what} · "));
        document().set_title(&format!("{}{}", late.unwrap_or_default(), name.get()));
    });
}

/// A name that says so where the incident is a drill.
fn named(session: Session, id: IncidentId, name: &str) -> String {
    let nature = session.incident(id, Incident::nature);
    words::marked_title(nature.unwrap_or(Nature::Real), name.to_owned())
}

/// Focus goes to the new screen's heading, so that a screen reader says where one is; or to what
/// the person asked for there. Whoever is quicker than the frame keeps the place they went to.
fn focus_headings(route: ReadSignal<Route>, asked_for: StoredValue<Option<&'static str>>) {
    Effect::new(move |before: Option<Route>| {
        let now = route.get();
        if before.is_some_and(|before| before != now) {
            let left = document().active_element();
            request_animation_frame(move || {
                let asked_for = asked_for.try_update_value(Option::take).flatten();
                let at = document().active_element();
                let taken = at.as_ref().is_some_and(|element| {
                    let gone_to =
                        at != left && element.closest("#main").is_ok_and(|main| main.is_some());
                    gone_to || element.has_attribute("data-own-focus")
                });
                if !taken || asked_for.is_some() {
                    browser::focus(asked_for.unwrap_or("h1"));
                }
            });
        }
        now
    });
}

/// Files may be dropped on any screen; they are shown where files are taken in.
fn listen_to_drops(intake: Intake) {
    drop(window_event_listener(ev::dragover, |event| {
        event.prevent_default()
    }));
    drop(window_event_listener(ev::drop, move |event| {
        event.prevent_default();
        let files = super::share::listed(event.data_transfer().and_then(|data| data.files()));
        if !files.is_empty() {
            browser::go(&Route::Share.href());
            intake.files(files);
        }
    }));
}

fn listen_to_keys(session: Session, commands: Commands) {
    drop(window_event_listener(ev::keydown, move |event| {
        let with_control = event.ctrl_key() || event.meta_key();
        if with_control && !event.alt_key() && event.key().eq_ignore_ascii_case("k") {
            event.prevent_default();
            commands.run(Command::Palette);
            return;
        }
        if with_control || event.alt_key() || event.is_composing() || is_taken(&event) {
            return;
        }
        let keys = session
            .settings()
            .with_untracked(super::session::Settings::as_keys);
        if let Some(command) = keys.command(&event.key()) {
            event.prevent_default();
            commands.run(command);
        }
    }));
}

/// Whether the key belongs to what has the focus: text being typed, a choice, an open dialog.
fn is_taken(event: &ev::KeyboardEvent) -> bool {
    use wasm_bindgen::JsCast;
    if event.default_prevented() {
        return true;
    }
    if document()
        .query_selector("dialog[open]")
        .ok()
        .flatten()
        .is_some()
    {
        return true;
    }
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::HtmlElement>().ok());
    target.is_some_and(|element| {
        let tag = element.tag_name();
        let input = element
            .dyn_ref::<web_sys::HtmlInputElement>()
            .map(web_sys::HtmlInputElement::type_);
        let types = input.as_deref().is_some_and(|kind| {
            !matches!(kind, "radio" | "checkbox" | "button" | "submit" | "file")
        });
        types || tag == "TEXTAREA" || tag == "SELECT" || element.is_content_editable()
    })
}
