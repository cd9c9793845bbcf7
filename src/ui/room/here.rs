//! What the panes of the room share: which incident, what the guide says of it, which form is open.
//!
//! Begins acts: those that need nothing more are written down at once, the others open their form.

use std::time::Duration;

use leptos::prelude::*;

use crate::assist::Own;
use crate::guide::{
    self, Act, Advice, Circumstances, TaskAct, Urgency, Zones, stages, step::Met, words, write,
};
use crate::model::proposal::Proposal;
use crate::model::task::{TaskId, TaskState};
use crate::model::term::{Nature, Role, Stage, Stamp};
use crate::model::{Draft, EventId, Incident, IncidentId, Timestamp};
use crate::runbook::plan::plan;
use crate::runbook::rules;
use crate::runbook::shelf::{self, Offered};
use crate::ui::browser;
use crate::ui::derived::Derived;
use crate::ui::focus;
use crate::ui::session::{Session, use_session};
use crate::ui::share::listed;
use crate::ui::shrink;

/// What a dialog of the room asks for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Form {
    /// What an act needs.
    Act(Act),
    /// Who is free of a role again.
    Release(Role),
    /// Who is there now.
    JoinResponse,
    /// Other words for an entry.
    CorrectWords(EventId),
    /// Another time for an entry.
    CorrectTime(EventId),
    /// A workaround with these words, from an incident like this one.
    Workaround(String),
    /// Lines copied from a chat or a log.
    Pasted(String),
    /// Why a proposal is declined.
    Decline(Box<Offer>),
    /// Whether an entry's words are dropped for good.
    Erase(EventId),
    /// When and how a text was sent.
    Sent(Box<Outgoing>),
}

/// A proposal that a person answers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Offer {
    /// One in the log, by its first event.
    Held(EventId, Proposal),
    /// One that Muster makes itself; it comes into the log with its answer.
    Own(Own),
}

impl Offer {
    /// What is proposed.
    pub fn what(&self) -> &Proposal {
        match self {
            Self::Held(_, what) => what,
            Self::Own(own) => &own.proposed.what,
        }
    }
}

/// A text that goes to an audience.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Outgoing {
    /// To whom.
    pub audience: String,
    /// What it says.
    pub text: String,
    /// The update that it corrects.
    pub corrects: Option<EventId>,
}

/// What the panes of the room share.
#[derive(Clone, Copy)]
pub struct Here {
    /// Which incident.
    pub id: IncidentId,
    /// What this page holds.
    pub session: Session,
    /// The form that is open.
    pub form: RwSignal<Option<Form>>,
    /// What the guide says; asked once a change, once a minute and when something falls due.
    pub advice: Derived<Option<Advice>>,
}

/// The room that the calling component is in.
pub fn use_here() -> Here {
    expect_context::<Here>()
}

impl Here {
    /// Opens the room of an incident.
    pub fn open(id: IncidentId) -> Self {
        let session = use_session();
        let fallen_due = RwSignal::new(0_u32);
        let advice = Derived::new(move || {
            fallen_due.track();
            session.clock().minute();
            let now = session.clock().instant();
            // Asked for before the incident is: the state is looked at by one at a time.
            let (shelf, organisation, house) =
                (session.shelf(), session.organisation(), session.house());
            session.incident(id, |incident| {
                let circumstances = Circumstances {
                    organisation,
                    house,
                    zones: Zones(browser::offset_in),
                    fitting_runbook: fitting(&shelf, incident),
                    ..circumstances(session, id, incident)
                };
                guide::advise(incident, now, &circumstances)
            })
        });
        wake_at_next_due(session, advice, fallen_due);
        tell_overdue(session, id, advice);
        run_rules(session, id);
        super::drill::deliver(session, id);
        Self {
            id,
            session,
            form: RwSignal::new(None),
            advice,
        }
    }

    /// Asks something of the incident; asked again when anything changes.
    pub fn ask<T>(self, question: impl FnOnce(&Incident) -> T) -> Option<T> {
        self.session.incident(self.id, question)
    }

    /// Asks once.
    pub fn ask_now<T>(self, question: impl FnOnce(&Incident) -> T) -> Option<T> {
        self.session.incident_now(self.id, question)
    }

    /// A pane's view of the incident: what it shows changes only when this does.
    pub fn view<T>(self, question: impl Fn(&Incident) -> T + Send + Sync + 'static) -> Derived<T>
    where
        T: Default + PartialEq + Send + Sync + 'static,
    {
        Derived::new(move || self.ask(&question).unwrap_or_default())
    }

    /// A pane's part of what the guide says.
    pub fn advised<T>(self, part: impl Fn(&Advice) -> T + Send + Sync + 'static) -> Derived<T>
    where
        T: Default + PartialEq + Send + Sync + 'static,
    {
        Derived::new(move || {
            self.advice
                .with(|advice| advice.as_ref().map(&part))
                .unwrap_or_default()
        })
    }

    /// Writes an action down.
    pub fn act(self, drafts: Vec<Draft>, what: &str) {
        self.session.act(self.id, drafts, what);
    }

    /// Writes an action down whose draft needs the incident as it stands.
    pub fn act_on(self, what: &str, draft: impl FnOnce(&Incident) -> Draft) {
        if let Some(draft) = self.ask_now(draft) {
            self.act(vec![draft], what);
        }
    }

    /// Names who leads, offers command to another, or confirms what was offered.
    pub fn begin_command(self) {
        let role = Role::MajorIncidentManager;
        let (held, offered) = self
            .ask_now(|incident| {
                let offered = incident.handover(&role).is_some();
                (incident.leader().is_some(), offered)
            })
            .unwrap_or_default();
        self.open_form(Form::Act(match (held, offered) {
            (_, true) => Act::ConfirmHandover(role),
            (true, false) => Act::HandOver(role),
            (false, false) => Act::AssignRole(role),
        }));
    }

    /// Opens the form for the first picture among some files. False where there is none.
    pub fn takes_picture(self, files: Option<web_sys::FileList>) -> bool {
        let mut files = listed(files).into_iter();
        let Some(picture) = files.find(shrink::is_picture) else {
            return false;
        };
        // Another picture in its place, where the form is open.
        self.close_form();
        self.session.give_picture(picture);
        self.open_form(Form::Act(Act::AddPicture(None)));
        true
    }

    /// Opens a form.
    pub fn open_form(self, form: Form) {
        self.form.set(Some(form));
    }

    /// Closes the form that is open.
    pub fn close_form(self) {
        self.form.set(None);
    }

    /// Begins an act: at once where nothing more need be said, since everything can be taken back.
    pub fn begin(self, act: Act) {
        match act {
            Act::Export => crate::ui::room::export(self),
            Act::WriteNote => browser::focus(super::timeline::INPUT),
            Act::Escalate => self.act_on("Made it a major incident", |incident| {
                write::escalate(incident, "")
            }),
            Act::RestoreService(service) => {
                self.act_on(&format!("{service} works again"), |incident| {
                    write::restore(incident, &service)
                });
            }
            Act::Answer(call) => {
                let draft = vec![write::answer(call)];
                self.act(draft, "Somebody answered");
            }
            Act::Leave(person) => {
                let draft = vec![write::leave_response(person)];
                self.act(draft, "Somebody left");
            }
            Act::SuspectChange(change) => {
                let raised = |incident: &Incident| write::causes::suspect_change(incident, change);
                if let Some(draft) = self.ask_now(raised).flatten() {
                    self.act(vec![draft], "Raised a hypothesis");
                }
            }
            Act::BeginCheck(planned) => {
                let draft = vec![write::recovery::begin_check(planned)];
                self.act(draft, "A check holds from now on");
            }
            Act::StandDown => {
                let drafts = self
                    .ask_now(write::recovery::stand_down)
                    .unwrap_or_default();
                if !drafts.is_empty() {
                    self.act(drafts, "Stood everybody down");
                }
            }
            Act::AcceptTask(change) => {
                let draft = vec![write::tasks::accept(*change)];
                self.act(draft, "Added a task");
            }
            Act::Task(task, TaskAct::Start) => self.act_on("Began a task", |incident| {
                write::tasks::stand(incident, &task, TaskState::Running, "")
            }),
            Act::Task(task, TaskAct::Earlier) => self.move_task(&task, false),
            Act::Task(task, TaskAct::Later) => self.move_task(&task, true),
            Act::State(Stamp::Acknowledged) if !self.is_stated(Stamp::Acknowledged) => {
                self.act_on("Took it on", |incident| {
                    write::state(incident, Stamp::Acknowledged, None)
                });
            }
            Act::EnterStage(stage) if self.is_ready_for(stage) => {
                self.act_on(
                    &format!("Went to “{}”", words::stage(stage)),
                    |incident| write::enter_stage(incident, stage, Vec::new(), ""),
                );
            }
            Act::CorrectUpdate(event) => {
                if let Some(correction) = self
                    .ask_now(|incident| correction(incident, event))
                    .flatten()
                {
                    self.open_form(Form::Sent(Box::new(correction)));
                }
            }
            act => self.open_form(Form::Act(act)),
        }
        keep_focus();
    }

    fn move_task(self, task: &TaskId, down: bool) {
        let now = self.instant();
        let behind = self.ask_now(|incident| plan(incident, now).neighbour(task, down));
        if let Some(behind) = behind.flatten() {
            self.act_on("Put a task elsewhere", |incident| {
                write::tasks::put_behind(incident, task, behind)
            });
        }
    }

    fn is_stated(self, stamp: Stamp) -> bool {
        self.ask_now(|incident| incident.stamp(stamp).is_some())
            .unwrap_or(false)
    }

    /// Whether nothing is open that a stage further on would leave behind.
    fn is_ready_for(self, stage: Stage) -> bool {
        self.ask_now(|incident| stage > incident.stage() && left_open(incident, stage).is_empty())
            .unwrap_or(false)
    }

    /// This instant, for what is shown as of now; asked anew each minute. What was written down within the
    /// running minute lies before it.
    pub fn as_of(self) -> Timestamp {
        self.session.clock().minute();
        self.session.instant()
    }

    /// This instant, for what is being written down.
    pub fn instant(self) -> Timestamp {
        self.session.instant()
    }
}

/// The update with which an update is corrected: its words, to be put right.
fn correction(incident: &Incident, event: EventId) -> Option<Outgoing> {
    let said = incident.updates.iter().find(|said| said.id() == event)?;
    Some(Outgoing {
        audience: said.what.audience.clone(),
        text: format!("Correction: {}", said.what.text),
        corrects: Some(event),
    })
}

/// Names and titles of what is still open in the stages before one, from the current one on.
pub fn left_open(incident: &Incident, stage: Stage) -> Vec<(String, String)> {
    let current = incident.stage();
    let between = Stage::ALL
        .iter()
        .filter(|other| **other >= current && **other < stage);
    let criteria = between.flat_map(|stage| stages::criteria(incident, *stage));
    let open = criteria.filter(|criterion| criterion.met == Met::Open);
    open.map(|criterion| (criterion.name.to_owned(), criterion.title))
        .collect()
}

/// What the guide must be told besides the incident.
fn circumstances(session: Session, id: IncidentId, incident: &Incident) -> Circumstances {
    let me = session
        .settings()
        .with_untracked(|settings| settings.person);
    let others_hold_it = incident
        .people
        .iter()
        .any(|(person, record)| *person != me && record.last_wrote.is_some());
    Circumstances {
        last_export: session.last_export(id),
        others_hold_it,
        utc_offset_minutes: browser::utc_offset_minutes(session.instant()),
        ..Circumstances::default()
    }
}

/// An overdue update cannot be overlooked: the page is named after it, and where the person allowed
/// it, it rings, once for each.
fn tell_overdue(session: Session, id: IncidentId, advice: Derived<Option<Advice>>) {
    let overdue = Derived::new(move || {
        advice.with(|advice| {
            let due = advice.as_ref()?.next_update.as_ref()?;
            (due.urgency == Urgency::Overdue).then(|| (due.title.clone(), due.at))
        })
    });
    Effect::new(move |before: Option<Option<(String, Timestamp)>>| {
        let now = overdue.get();
        session
            .overdue()
            .set(now.as_ref().map(|(title, _)| title.clone()));
        let rings = session.settings().with_untracked(|settings| settings.rings);
        // What was late already when the room was opened rings for nobody.
        if let (Some((title, _)), true) =
            (&now, rings && before.is_some_and(|before| before != now))
        {
            let nature = session.incident_now(id, Incident::nature);
            let nature = nature.unwrap_or(Nature::Real);
            browser::ring(&words::marked_title(nature, format!("{title} is overdue")));
        }
        now
    });
    on_cleanup(move || {
        let _ = session.overdue().try_set(None);
    });
}

/// Writes down what rules ask for, when something has changed.
fn run_rules(session: Session, id: IncidentId) {
    let asked = Derived::new(move || {
        let house = session.house();
        let events = session.incident(id, |incident| rules::events(incident, &house));
        events.unwrap_or_default()
    });
    Effect::new(move |_| {
        let events = asked.get();
        if !events.is_empty() {
            session.take_from_rules(id, events);
        }
    });
}

/// The runbook that fits what is broken best.
fn fitting(shelf: &[Offered], incident: &Incident) -> Option<String> {
    let hit: Vec<&str> = incident.services.keys().map(String::as_str).collect();
    let best = shelf::fitting(shelf, incident.title().unwrap_or_default(), &hit);
    best.map(|runbook| runbook.title.clone())
}

/// Asks the guide again at the instant when the next thing falls due.
fn wake_at_next_due(session: Session, advice: Derived<Option<Advice>>, fallen_due: RwSignal<u32>) {
    wake_in(fallen_due, move || {
        let now = session.clock().instant();
        let next = advice.with(|advice| {
            let dues = advice
                .as_ref()
                .map(|advice| advice.dues.as_slice())
                .unwrap_or_default();
            dues.iter().map(|due| due.at).filter(|at| *at >= now).min()
        });
        // What lies further away is seen by the minute.
        let wait = next.and_then(|next| u64::try_from((next - now).0).ok());
        wait.filter(|wait| *wait < 60_000)
    });
}

/// Counts `woken` up once so many milliseconds have passed; asked anew when what the wait was made of
/// changes, while the calling component lives.
pub fn wake_in(woken: RwSignal<u32>, wait: impl Fn() -> Option<u64> + 'static) {
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let stop = move || {
        if let Some(handle) = timer.try_update_value(Option::take).flatten() {
            handle.clear();
        }
    };
    Effect::new(move |_| {
        let wait = wait();
        stop();
        let wake = move || {
            // The room may have been left since.
            let _ = woken.try_update(|times| *times = times.wrapping_add(1));
        };
        let handle = wait
            .and_then(|wait| set_timeout_with_handle(wake, Duration::from_millis(wait + 20)).ok());
        timer.set_value(handle);
    });
    on_cleanup(stop);
}

/// Where the focus is nowhere, and nothing stands in the place of what had it, the heading takes it: a
/// person at the keys is never lost.
pub fn keep_focus() {
    focus::otherwise("#next-step, .room h1");
}
