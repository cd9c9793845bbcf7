//! The one screen to run an incident from: status, guide, work, timeline.
//!
//! Shows what `guide` answers and appends what `guide::write` drafts; decides nothing.

mod acts;
mod anything;
mod arrivals;
mod assist;
mod causes;
mod clocks;
mod drill;
mod filing;
mod guide_pane;
mod here;
mod items;
mod picture;
mod record;
mod recovery;
mod replay;
mod review;
mod services;
mod status;
mod tasks;
mod timeline;
mod updates;
mod work;

use leptos::prelude::*;

use self::acts::ActDialog;
pub use self::assist::AssistScreen;
pub use self::drill::DrillScreen;
use self::drill::DrillStrip;
pub use self::filing::FormScreen;
use self::guide_pane::GuidePane;
use self::here::{Form, Here};
pub use self::replay::ReplayScreen;
pub use self::review::{ReviewDocument, ReviewScreen};
use self::status::Status;
use self::timeline::Timeline;
pub use self::updates::UpdatesScreen;
use self::work::Work;
use super::app::use_commands;
use super::browser;
use super::command::Command;
use super::route::Route;
use super::session::use_session;
use crate::guide::Act;
use crate::model::IncidentId;
use crate::model::term::Stage;
use crate::ui::derived::Derived;

/// The room of an incident, or what to do where this browser does not hold it.
#[component]
pub fn Room(
    /// Which incident.
    id: IncidentId,
) -> impl IntoView {
    where_held(id, move || view! { <Held id/> }.into_any())
}

/// A screen of an incident where this browser holds it, or what to do where it does not; while the
/// stores are being read, that.
fn where_held(id: IncidentId, screen: impl Fn() -> AnyView + Send + 'static) -> impl IntoView {
    let session = use_session();
    // One value: a screen that is shown stays as it is, with what is half typed in it, when the
    // stores have been read meanwhile.
    let shown = Derived::new(move || match session.incident(id, |_| ()) {
        Some(()) => Shown::Held,
        None if session.is_open() => Shown::NotHeld,
        None => Shown::Reading,
    });
    move || {
        match shown.get() {
        Shown::Held => screen(),
        Shown::NotHeld => view! { <NotHeld id/> }.into_any(),
        Shown::Reading => view! { <main class="page"><h1 tabindex="-1">"Reading what this browser holds"</h1></main> }.into_any(),
    }
    }
}

/// What stands at an incident's address.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    Held,
    NotHeld,
    Reading,
}

#[component]
fn NotHeld(id: IncidentId) -> impl IntoView {
    view! {
        <main class="page">
            <h1 tabindex="-1">"This browser does not hold that incident"</h1>
            <p>"Incidents live in the browsers that work on them, and travel as files. Ask a colleague who has it for an export, then import the file here."</p>
            <p class="faint small">"Its id is "<code>{id.to_string()}</code>"."</p>
            <p class="row">
                <a class="button main" href=Route::Share.href()>"Import a file"</a>
                <a class="button" href=Route::Board.href()>"To the board"</a>
            </p>
        </main>
    }
}

/// Which part a narrow screen shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Part {
    Now,
    Work,
    Timeline,
    More,
}

impl Part {
    const ALL: [Self; 4] = [Self::Now, Self::Work, Self::Timeline, Self::More];

    fn name(self) -> &'static str {
        match self {
            Self::Now => "now",
            Self::Work => "work",
            Self::Timeline => "timeline",
            Self::More => "more",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Now => "Now",
            Self::Work => "Work",
            Self::Timeline => "Timeline",
            Self::More => "More",
        }
    }
}

#[component]
fn Held(id: IncidentId) -> impl IntoView {
    let here = Here::open(id);
    provide_context(here);
    provide_context(tasks::Shown::default());
    let part = RwSignal::new(Part::Now);
    let chosen = work::Chosen::new();
    provide_context(chosen);
    anything::offer(here, chosen, move || part.set(Part::Work));
    use_commands().on(move |command| hear(here, command));
    arrivals::announce(here);
    // Each part begins at its top: how far down another was read says nothing of this one.
    let show = move |this| {
        part.set(this);
        window().scroll_to_with_x_and_y(0.0, 0.0);
    };
    // Pictures are for the room; other files go where files are taken in.
    let dropped = move |event: leptos::ev::DragEvent| {
        if here.takes_picture(event.data_transfer().and_then(|given| given.files())) {
            event.prevent_default();
            event.stop_propagation();
        }
    };
    view! {
        <main class="room" on:drop=dropped data-part=move || part.get().name()>
            <DrillStrip/>
            <Status/>
            <div class="room-body">
                <GuidePane/>
                <Work/>
                <Timeline/>
            </div>
            <nav class="dock" aria-label="Parts of the room">
                {Part::ALL.map(|this| view! {
                    <button type="button" aria-current=move || (part.get() == this).then_some("true") on:click=move |_| show(this)>{this.title()}</button>
                })}
            </nav>
            <ActDialog/>
        </main>
    }
}

/// Opens an incident for a screen beside its room, whose parts and keys then know it.
fn open_beside(id: IncidentId) -> Here {
    let here = Here::open(id);
    provide_context(here);
    use_commands().on(move |command| hear_beside(here, command));
    here
}

/// Does the room's commands on the screens beside it: what just happened is written in the room.
fn hear_beside(here: Here, command: Command) {
    match command {
        Command::Note => browser::go(&Route::Incident(here.id).href()),
        command => hear(here, command),
    }
}

/// Does the commands that are the room's.
fn hear(here: Here, command: Command) {
    match command {
        Command::Note => browser::focus(timeline::INPUT),
        Command::NextStep => {
            let next = here
                .advice
                .with_untracked(|advice| advice.as_ref().and_then(|advice| advice.next.clone()));
            match next {
                Some(step) => here.begin(step.act),
                None => here.session.say("Nothing is left to do here"),
            }
        }
        Command::FirstWord => here.begin(Act::FirstWord),
        Command::Review => browser::go(&Route::Review(here.id).href()),
        Command::Updates => browser::go(&Route::Updates(here.id, None).href()),
        Command::Assist => browser::go(&Route::Assist(here.id).href()),
        Command::Update => {
            here.open_form(Form::Act(Act::SendUpdate(acts::update::audience_due(here))))
        }
        Command::Paste => here.begin(Act::PasteLines),
        Command::Classify => here.open_form(Form::Act(Act::Classify)),
        Command::Assign => here.begin_command(),
        Command::AddTask => here.begin(Act::AddTask),
        Command::AttachRunbook => here.begin(Act::AttachRunbook),
        Command::NextStage => next_stage(here),
        Command::Export => export(here),
        _ => {}
    }
}

fn next_stage(here: Here) {
    let current = here.ask_now(crate::model::Incident::stage);
    let next =
        current.and_then(|current| Stage::ALL.iter().find(|stage| **stage > current).copied());
    match next {
        Some(stage) => here.begin(Act::EnterStage(stage)),
        None => here.begin(Act::Close),
    }
}

/// Gives a copy of the incident away.
fn export(here: Here) {
    crate::ui::share::export_incident(here.session, here.id, false);
}
