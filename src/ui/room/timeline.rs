//! The timeline: one line for whatever just happened, and everything that was written down.
//!
//! Newest first, the last 40 entries and more on demand: what is shown, not what is held, is what
//! opening a room and painting an action cost. A row is made again only when it changed.

use leptos::html;
use leptos::prelude::*;

use super::here::{Form, Here, use_here};
use super::picture::Thumbnail;
use super::record::{Checked, Remarks, SealLine};
use crate::format::pasted;
use crate::guide::{Act, brief, timeline, write};
use crate::model::incident::Standing;
use crate::model::picture::Picture;
use crate::model::term::Nature;
use crate::model::{Entry, EventId, Fact, Incident, Kind, LogScope, Place, Timestamp};
use crate::ui::browser;
use crate::ui::derived::Derived;
use crate::ui::letters;
use crate::ui::parts::each::each;
use crate::ui::parts::time::{WallTime, wall};
use crate::ui::said_at;
use crate::ui::session::Deed;

/// Where the line for whatever just happened is.
pub const INPUT: &str = "#just-happened";
/// Under what its words are kept while they are half typed.
const LINE: &str = "line";
/// How many rows are shown at first.
const ROWS: usize = 40;
/// How many rows "Earlier" adds.
const EARLIER: usize = 240;

/// More events than this are saved at once only where files are taken in.
const MANY: usize = 64;
/// Lines below the first from which a text is folded up.
const LONG: usize = 3;
/// How often a taking back is taken back in turn, at most.
const LONGEST_CHAIN: usize = 16;

/// What of the timeline is shown.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Filter {
    All,
    Turns,
    Service(String),
}

/// An entry as a row shows it.
#[derive(Clone, PartialEq, Eq, Debug, Hash)]
struct Row {
    place: Place,
    lead: String,
    text: String,
    detail: String,
    by: String,
    when: Timestamp,
    /// When it was written down, where that was later.
    noted: Option<Timestamp>,
    clock_doubted: bool,
    source: Option<Box<str>>,
    fate: Fate,
    amended: bool,
    turn: bool,
    /// What a person marked it as, and why.
    mark: Option<(&'static str, String)>,
    has_words: bool,
    /// Why it cannot be taken back, where people outside have it.
    has_left: Option<&'static str>,
    picture: Option<Picture>,
    /// An update that another can correct.
    is_update: bool,
}

/// What became of an entry.
#[derive(Clone, PartialEq, Eq, Debug, Hash)]
enum Fate {
    Stands,
    TakenBack {
        by: String,
        when: Option<Timestamp>,
        retraction: EventId,
    },
    Erased,
    Superseded,
}

impl Row {
    fn id(&self) -> EventId {
        self.place.id()
    }
}

/// The newest rows that the filter lets through, and whether there are earlier ones.
fn rows(incident: &Incident, filter: &Filter, limit: usize) -> (Vec<Row>, bool) {
    let mut rows: Vec<(&Entry, timeline::Line)> =
        Vec::with_capacity(limit.min(incident.timeline.len()));
    let mut more = false;
    for entry in incident
        .timeline
        .iter()
        .rev()
        .filter(|entry| !timeline::is_silent(entry))
    {
        let line = timeline::line(incident, entry);
        if !passes(filter, entry, &line) {
            continue;
        }
        if rows.len() == limit {
            more = true;
            break;
        }
        rows.push((entry, line));
    }
    let retractions = retractions(incident, rows.iter().map(|(entry, _)| *entry));
    let rows = rows
        .into_iter()
        .map(|(entry, line)| row(incident, entry, line, &retractions))
        .collect();
    (rows, more)
}

fn passes(filter: &Filter, entry: &Entry, line: &timeline::Line) -> bool {
    match filter {
        Filter::All => true,
        Filter::Turns => {
            line.turning_point || matches!(entry.kind, Kind::UpdateSent | Kind::Notified)
        }
        Filter::Service(name) => {
            let name = letters::small(name);
            [&line.lead, &line.text, &line.detail]
                .iter()
                .any(|words| letters::small(words).contains(&name))
        }
    }
}

/// Which retraction, by whom, and when.
type Retractions = Vec<(EventId, String, Timestamp)>;

/// Who took entries back, and when: found in one walk, since there may be many.
fn retractions<'a>(incident: &Incident, shown: impl Iterator<Item = &'a Entry>) -> Retractions {
    let wanted: Vec<EventId> = shown
        .filter_map(|entry| match entry.standing {
            Standing::Retracted(by) => Some(by),
            _ => None,
        })
        .collect();
    if wanted.is_empty() {
        return Vec::new();
    }
    let found = incident
        .timeline
        .iter()
        .rev()
        .filter(|entry| entry.kind == Kind::Retracted && wanted.contains(&entry.id()));
    found
        .map(|entry| (entry.id(), author(incident, entry), entry.when))
        .collect()
}

fn author(incident: &Incident, entry: &Entry) -> String {
    entry
        .by
        .map(|person| brief::name_or_you(incident, person))
        .unwrap_or_default()
}

fn row(incident: &Incident, entry: &Entry, line: timeline::Line, retractions: &Retractions) -> Row {
    let fate = match entry.standing {
        Standing::Stands => Fate::Stands,
        Standing::Erased => Fate::Erased,
        Standing::Superseded => Fate::Superseded,
        Standing::Retracted(retraction) => {
            let (by, when) = retractions
                .iter()
                .find(|(id, ..)| *id == retraction)
                .map(|(_, by, when)| (by.clone(), Some(*when)))
                .unwrap_or_default();
            Fate::TakenBack {
                by,
                when,
                retraction,
            }
        }
    };
    let minutes_apart = (entry.noted.ms() - entry.when.ms()).abs() >= 60_000;
    Row {
        place: entry.place,
        by: author(incident, entry),
        when: entry.when,
        // The sample is all made up at once: saying so at every line would hide the rest.
        noted: (entry.dated && minutes_apart && incident.nature() != Nature::Sample)
            .then_some(entry.noted),
        clock_doubted: !entry.clock_believed,
        source: entry.source.clone().filter(|_| entry.is_foreign()),
        fate,
        amended: entry.amended.is_some(),
        turn: line.turning_point,
        mark: line
            .mark
            .map(|(mark, because)| (timeline::mark_words(mark), because)),
        has_words: write::text_of(&entry.fact).is_some() && write::can_be_taken_back(entry).is_ok(),
        has_left: write::can_be_taken_back(entry).err(),
        picture: match &entry.fact {
            Fact::PictureAdded(picture) if entry.stands() => Some(picture.clone()),
            _ => None,
        },
        is_update: entry.kind == Kind::UpdateSent,
        lead: line.lead,
        text: line.text,
        detail: line.detail,
    }
}

/// The region `Timeline`.
#[component]
pub fn Timeline() -> impl IntoView {
    let here = use_here();
    let filter = RwSignal::new(Filter::All);
    let limit = RwSignal::new(ROWS);
    let menu = RwSignal::new(None::<EventId>);
    let shown = Derived::new(move || {
        here.ask(|incident| filter.with(|filter| rows(incident, filter, limit.get())))
            .unwrap_or_default()
    });
    let more = move || shown.with(|(_, more)| *more);
    let checked = Checked::start(here);
    view! {
        <section class="pane timeline" aria-label="Timeline">
            <div class="timeline-head">
                <h2>"Timeline"<span class="faint order">" newest first"</span></h2>
                <FilterChoice filter limit/>
            </div>
            <JustHappened/>
            <Remarks checked/>
            <ol class="log">
                {each(move || shown.with(|(rows, _)| rows.clone()), move |row| view! { <RowView row menu/> })}
            </ol>
            {move || more().then(|| view! {
                <button type="button" class="button" on:click=move |_| limit.update(|limit| *limit += EARLIER)>"Earlier…"</button>
            })}
            <SealLine checked/>
        </section>
    }
}

#[component]
fn FilterChoice(filter: RwSignal<Filter>, limit: RwSignal<usize>) -> impl IntoView {
    let here = use_here();
    let services = here.view(|incident| {
        let named = incident.services_named().into_iter();
        named.map(str::to_owned).collect::<Vec<_>>()
    });
    let choose = move |event| {
        let chosen = event_target_value(&event);
        filter.set(match chosen.as_str() {
            "all" => Filter::All,
            "turns" => Filter::Turns,
            service => Filter::Service(
                service
                    .strip_prefix("service ")
                    .unwrap_or(service)
                    .to_owned(),
            ),
        });
        limit.set(ROWS);
    };
    view! {
        <label class="filter small"><span class="sr">"Show"</span>
            <select on:change=choose>
                <option value="all">"Everything"</option>
                <option value="turns">"Decisions and updates"</option>
                {move || services.get().into_iter().map(|name| {
                    let value = format!("service {name}");
                    view! { <option value=value>{name}</option> }
                }).collect_view()}
            </select>
        </label>
    }
}

/// The line for whatever just happened: type, Enter. A time at its start is offered as its time.
#[component]
fn JustHappened() -> impl IntoView {
    let here = use_here();
    let text = RwSignal::new(here.session.unsent(here.id, LINE));
    // Whoever looks elsewhere in the middle of a line finds it again.
    Effect::new(move |_| here.session.keep_unsent(here.id, LINE, text.get()));
    let declined = RwSignal::new(false);
    let node = NodeRef::<html::Input>::new();
    let offered = Derived::new(move || {
        here.session.clock().minute();
        let said = text.with(|text| {
            said_at::split(text, here.instant(), browser::utc_offset_minutes)
                .map(|said| (said.at, said.words.to_owned()))
        });
        said.filter(|_| !declined.get())
    });
    let log = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let typed = text.get_untracked();
        if typed.trim().is_empty() {
            return;
        }
        let draft = match offered.get_untracked() {
            Some((at, words)) => write::at(write::note(&words), Some(at)),
            None => write::note(&typed),
        };
        text.set(String::new());
        declined.set(false);
        here.act(vec![draft], "Wrote down what happened");
    };
    let escape = move |event: leptos::ev::KeyboardEvent| {
        if event.key() != "Escape" {
            return;
        }
        event.prevent_default();
        if offered.get_untracked().is_some() {
            declined.set(true);
        } else if let Some(input) = node.get_untracked() {
            // Single keys work again from there.
            drop(input.blur());
            browser::focus_soon("#next-step, .room h1");
        }
    };
    // Several lines with times are no line of one's own.
    let paste = move |event: leptos::ev::ClipboardEvent| {
        let given = event.clipboard_data();
        if here.takes_picture(given.as_ref().and_then(web_sys::DataTransfer::files)) {
            event.prevent_default();
            return;
        }
        let given = given.and_then(|given| given.get_data("text/plain").ok());
        if let Some(given) = given.filter(|given| pasted::looks_like(given)) {
            event.prevent_default();
            here.open_form(Form::Pasted(given));
        }
    };
    let typed = move |event| {
        let now = event_target_value(&event);
        if now.is_empty() {
            declined.set(false);
        }
        text.set(now);
    };
    view! {
        <form class="say" on:submit=log>
            <input node_ref=node id="just-happened" type="text" dir="auto" autocomplete="off" enterkeyhint="send" placeholder="What just happened?"
                aria-label="What just happened?" aria-keyshortcuts="n" aria-describedby="said-at" prop:value=move || text.get() on:input=typed on:paste=paste on:keydown=escape/>
            <kbd class="key" aria-hidden="true">"N"</kbd>
            <p id="said-at" class="said-at small">
                {move || offered.get().map(|(at, _)| view! {
                    <span>"Happened at "<b>{wall(at, here.session.clock().minute())}</b></span>
                    <button type="button" class="link" on:click=move |_| { declined.set(true); browser::focus(INPUT); }>"No, now"<kbd aria-hidden="true">"Esc"</kbd></button>
                })}
            </p>
        </form>
    }
}

#[component]
fn RowView(row: Row, menu: RwSignal<Option<EventId>>) -> impl IntoView {
    let here = use_here();
    let id = row.id();
    let saving = here.session.saving();
    // Only a new row waits to be safe: the others need not hear of every entry that is being saved.
    let waits = waits_for(here, id);
    let is_safe = move |waits: &[EventId]| {
        saving.with(|saving| !waits.iter().any(|event| saving.contains(event)))
    };
    let safe = (!waits.is_empty()).then(|| Derived::new(move || is_safe(&waits)));
    let busy = move || safe.is_some_and(|safe| !safe.get());
    let open = Derived::new(move || menu.get() == Some(id));
    let gone = !matches!(row.fate, Fate::Stands);
    let toggle = NodeRef::<html::Button>::new();
    let close = move || {
        menu.set(None);
        if let Some(button) = toggle.get_untracked() {
            drop(button.focus());
        }
    };
    let leave = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Escape" && open.get_untracked() {
            event.prevent_default();
            close();
        }
    };
    let own_words = row.lead.is_empty();
    let lead = if own_words {
        row.by.clone()
    } else {
        row.lead.clone()
    };
    let by = if own_words {
        String::new()
    } else {
        row.by.clone()
    };
    let menu_row = row.clone();
    let taken_back = row.text.clone();
    view! {
        <li class:turn=row.turn class:gone=gone aria-busy=move || busy().then_some("true") on:keydown=leave>
            <span class="when"><WallTime at=row.when/></span>
            <div class="entry" dir="auto">
                <p class="entry-words">
                    <b>{lead}</b>" "{row.text}
                    {(!by.is_empty()).then(|| view! { <span class="faint small by">" "{by}</span> })}
                </p>
                <Detail text=row.detail/>
                {row.picture.map(|picture| view! { <Thumbnail picture/> })}
                {row.mark.map(|(mark, because)| view! { <p class="small"><span class="tag">{mark}</span>" "<span dir="auto">{because}</span></p> })}
                {row.noted.map(|noted| view! { <p class="faint small">"written down at "<WallTime at=noted/></p> })}
                {row.clock_doubted.then(|| view! { <p class="faint small">"by a clock that is off; its place in the order is right"</p> })}
                {row.source.map(|source| view! { <p class="faint small">"from "{source.into_string()}</p> })}
                <FateLine fate=row.fate what=taken_back/>
                {row.amended.then(|| view! { <Earlier id/> })}
                {move || busy().then(|| view! { <p class="faint small">"saving"</p> })}
                {move || open.get().then(|| view! { <Menu row=menu_row.clone() close=Callback::new(move |()| close())/> })}
            </div>
            <button node_ref=toggle type="button" class="button plain more-button" aria-label="What to do with this entry"
                aria-expanded=move || if open.get() { "true" } else { "false" }
                on:click=move |_| menu.update(|menu| *menu = if *menu == Some(id) { None } else { Some(id) })>"⋯"</button>
        </li>
    }
}

/// What stands below an entry's words; of a long text the first line, and the rest when asked for.
#[component]
fn Detail(text: String) -> impl IntoView {
    match text.split_once('\n') {
        None if text.is_empty() => ().into_any(),
        Some((first, rest)) if rest.lines().count() >= LONG => view! {
            <details class="faint small long"><summary>{first.to_owned()}</summary>{rest.to_owned()}</details>
        }
        .into_any(),
        _ => view! { <p class="faint small long">{text}</p> }.into_any(),
    }
}

/// What must be safe before a row is: its event, and those that changed it without a row of their
/// own.
fn waits_for(here: Here, id: EventId) -> Vec<EventId> {
    let saving: Vec<EventId> = here.session.saving().with_untracked(|saving| {
        if saving.len() > MANY {
            // An import: nothing is taken back in one.
            saving.get(&id).into_iter().copied().collect()
        } else {
            saving.iter().copied().collect()
        }
    });
    let changes = |incident: &Incident, event: EventId| {
        let mut at = event;
        // A retraction may itself have been taken back, and so on.
        for _ in 0..LONGEST_CHAIN {
            match incident.entry(at) {
                Some(entry) if at != id && timeline::is_silent(entry) => match entry.on {
                    Some(on) => at = on,
                    None => break,
                },
                _ => break,
            }
        }
        at == id
    };
    if saving.is_empty() {
        return saving;
    }
    let waits = here.ask_now(|incident| {
        let of_this = saving.iter().filter(|event| changes(incident, **event));
        of_this.copied().collect()
    });
    waits.unwrap_or_default()
}

#[component]
fn FateLine(fate: Fate, what: String) -> impl IntoView {
    let here = use_here();
    match fate {
        Fate::Stands | Fate::Erased => ().into_any(),
        Fate::Superseded => {
            view! { <p class="faint small">"a later version of the same foreign item is held"</p> }
                .into_any()
        }
        Fate::TakenBack {
            by,
            when,
            retraction,
        } => {
            let deed = Deed {
                scope: LogScope::Incident(here.id),
                events: vec![retraction],
                what,
            };
            view! {
                <p class="faint small">
                    "taken back"{(!by.is_empty()).then(|| format!(" by {by}"))}{when.map(|at| view! { " at "<WallTime at/> })}" "
                    <button type="button" class="link" on:click=move |_| here.session.put_back(deed.clone())>"Put it back"</button>
                </p>
            }
            .into_any()
        }
    }
}

/// What a corrected entry said first; read when asked for.
#[component]
fn Earlier(id: EventId) -> impl IntoView {
    let here = use_here();
    let shown = RwSignal::new(None::<String>);
    let read = move |_| shown.set(Some(first_words(here, id)));
    view! {
        <p class="faint small">
            "corrected "
            {move || match shown.get() {
                None => view! { <button type="button" class="link" on:click=read>"What it said first"</button> }.into_any(),
                Some(words) => view! { <span>{words}</span> }.into_any(),
            }}
        </p>
    }
}

fn first_words(here: Here, id: EventId) -> String {
    here.session.ask_untracked(|records| {
        let event = records
            .logs_of(here.id)
            .into_iter()
            .find_map(|log| log.get(id));
        let Some(event) = event else {
            return "The first wording is not held here.".to_owned();
        };
        let fact = event
            .body
            .text()
            .map_or(Fact::Unread, |body| Fact::read(&event.kind, body));
        let words = write::text_of(&fact).unwrap_or_default();
        let now = here.instant();
        let at = wall(event.at.unwrap_or(event.noted), now);
        if words.is_empty() {
            format!("It was put at {at}.")
        } else {
            format!("“{words}”, at {at}")
        }
    })
}

#[component]
fn Menu(row: Row, close: Callback<()>) -> impl IntoView {
    let here = use_here();
    let id = row.id();
    let stands = row.fate == Fate::Stands;
    let words = [row.lead.as_str(), row.text.as_str()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    let open = move |form: Form| {
        close.run(());
        here.open_form(form);
    };
    let taken = words.clone();
    let take_back = move |_| {
        close.run(());
        here.session.take_back(here.id, id, &taken);
    };
    let correct = move |_| {
        close.run(());
        here.begin(Act::CorrectUpdate(id));
    };
    let copied = words.clone();
    let copy = move |_| {
        close.run(());
        let text = super::acts::update::marked(here, &copied);
        leptos::task::spawn_local(async move {
            let word = if browser::copy(&text).await.is_ok() {
                "Copied"
            } else {
                "This browser does not let a page copy here"
            };
            here.session.say(word);
        });
    };
    view! {
        <div class="entry-menu row" role="group" aria-label="This entry">
            {(stands && row.has_words).then(|| view! { <button type="button" class="button small" on:click=move |_| open(Form::CorrectWords(id))>"Correct the words"</button> })}
            {stands.then(|| view! {
                <button type="button" class="button small" on:click=move |_| open(Form::CorrectTime(id))>"Correct the time"</button>
                {match row.has_left {
                    None => view! { <button type="button" class="button small" on:click=take_back>"Take back"</button> }.into_any(),
                    Some(why) => view! { <span class="faint small">{why}</span> }.into_any(),
                }}
                {row.is_update.then(|| view! { <button type="button" class="button small" on:click=correct>"Correct it by another"</button> })}
            })}
            {stands.then(|| view! {
                <button type="button" class="button small" on:click=move |_| open(Form::Act(Act::MarkEntry(id)))>"Mark"</button>
                <button type="button" class="button small" on:click=move |_| open(Form::Act(Act::TagEntry(id)))>"About a service"</button>
                <button type="button" class="button small" on:click=move |_| open(Form::Act(Act::AddPicture(Some(id))))>"Add a picture"</button>
            })}
            <button type="button" class="button small" on:click=copy>"Copy"</button>
            {(row.fate != Fate::Erased).then(|| view! { <button type="button" class="button small" on:click=move |_| open(Form::Erase(id))>"Erase for good"</button> })}
        </div>
    }
}
