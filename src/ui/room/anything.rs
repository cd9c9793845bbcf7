//! What can be done in a room besides what the guide asks for: one list for the guide's last part
//! and for the palette.

use leptos::prelude::*;

use super::here::{Form, Here};
use super::work::{Chosen, Tab};
use crate::guide::{Act, words};
use crate::model::term::{Relation, Role, Stamp};
use crate::ui::browser;
use crate::ui::palette::{Offer, Offers};

/// Something that can be begun.
pub struct Doing {
    /// What it is called.
    pub word: &'static str,
    /// The single key that does it, where one does.
    pub key: Option<&'static str>,
    /// What it opens.
    pub form: Form,
    /// Other words that people look for it by.
    also: &'static str,
}

/// All of it, but for closing and reopening, of which only one makes sense at a time.
pub fn all() -> Vec<Doing> {
    let act = |word, key, act, also| Doing {
        word,
        key,
        form: Form::Act(act),
        also,
    };
    vec![
        act(
            "Give the first word",
            Some("f"),
            Act::FirstWord,
            "announce inform customers",
        ),
        act(
            "Words for outsiders",
            None,
            Act::DescribePublicly,
            "public customers",
        ),
        act(
            "Write an update",
            Some("u"),
            Act::SendUpdate("executives".to_owned()),
            "tell inform customers communication",
        ),
        act("Add a task", Some("w"), Act::AddTask, "tasks action todo"),
        act(
            "Follow a runbook",
            Some("r"),
            Act::AttachRunbook,
            "playbook procedure",
        ),
        act(
            "Give a role",
            None,
            Act::AssignRole(Role::OperationsLead),
            "roles assign people lead scribe",
        ),
        act(
            "Say who was called",
            None,
            Act::PageResponder,
            "page call phone people responder",
        ),
        Doing {
            word: "Somebody joined",
            key: None,
            form: Form::JoinResponse,
            also: "people responder",
        },
        act("Name a bridge", None, Act::OpenBridge, "call meeting chat"),
        act(
            "A service is hit",
            None,
            Act::AffectService,
            "services affected component impact",
        ),
        act(
            "Raise a hypothesis",
            None,
            Act::RaiseHypothesis,
            "causes theory suspect",
        ),
        act(
            "A change was made",
            None,
            Act::RecordChange,
            "changes deployment release",
        ),
        act("Write a decision", None, Act::MakeDecision, "decisions"),
        act(
            "A workaround is in place",
            None,
            Act::ApplyWorkaround,
            "mitigated mitigation",
        ),
        act(
            "Record a problem",
            None,
            Act::RecordProblem(None),
            "ticket cause",
        ),
        act(
            "A fix is in place",
            None,
            Act::ApplyFix,
            "fixed resolved solution",
        ),
        act("Plan a check", None, Act::PlanCheck, "verify test recovery"),
        act(
            "Check recovery",
            None,
            Act::CheckRecovery,
            "verify test restored",
        ),
        act(
            "Watch recovery",
            None,
            Act::StartWatch,
            "monitoring observe",
        ),
        act(
            "The backlog is drained",
            None,
            Act::DrainBacklog,
            "queue recovery",
        ),
        act(
            "Paste lines from a chat or a log",
            Some("p"),
            Act::PasteLines,
            "import slack",
        ),
        act(
            "Add a picture",
            None,
            Act::AddPicture(None),
            "screenshot image graph",
        ),
        act(
            "State a time",
            None,
            Act::State(Stamp::ImpactStarted),
            "times began impact",
        ),
        act("Write a summary", None, Act::WriteSummary, "description"),
        act(
            "Link another incident",
            None,
            Act::Link(Relation::Related),
            "links related",
        ),
        act(
            "Same outage as another",
            None,
            Act::Join,
            "duplicate merge join",
        ),
    ]
}

/// Gives a copy away.
pub fn export() -> Doing {
    Doing {
        word: "Export this incident",
        key: Some("e"),
        form: Form::Act(Act::Export),
        also: "",
    }
}

/// The ends of an incident.
pub fn ending(closed: bool) -> Doing {
    let (word, act, also) = if closed {
        ("Reopen", Act::Reopen, "open again")
    } else {
        ("Close the incident", Act::Close, "end finish resolve")
    };
    Doing {
        word,
        key: None,
        form: Form::Act(act),
        also,
    }
}

/// What only the palette has: it stands elsewhere in the room already.
fn elsewhere() -> Vec<Doing> {
    let act = |word, act, also| Doing {
        word,
        key: None,
        form: Form::Act(act),
        also,
    };
    let mut all = vec![
        act("Make it a major incident", Act::Escalate, "escalate grave"),
        act(
            "Downgrade to a standard incident",
            Act::Downgrade,
            "standard lower",
        ),
        act("Edit the title", Act::WriteTitle, "rename name"),
    ];
    let stamps = Stamp::ALL
        .iter()
        .filter(|stamp| **stamp != Stamp::ImpactStarted);
    all.extend(stamps.map(|stamp| {
        act(
            words::stamp(*stamp),
            Act::State(*stamp),
            "state a time times",
        )
    }));
    all
}

/// Begins it: some acts need no form.
pub fn begin(here: Here, form: Form) {
    match form {
        Form::Act(act) => here.begin(act),
        form => here.open_form(form),
    }
}

/// Gives the palette what this room can do, while it is open. `show_work` brings the work to the
/// front where the screen shows one part at a time.
pub fn offer(here: Here, chosen: Chosen, show_work: impl Fn() + Copy + Send + Sync + 'static) {
    let Some(offers) = use_context::<Offers>() else {
        return;
    };
    let doing = move |doing: Doing| Offer {
        text: doing.word.to_owned(),
        also: doing.also,
        act: Callback::new(move |()| begin(here, doing.form.clone())),
    };
    let tab = move |tab: Tab| Offer {
        text: format!("Go to {}", tab.title().to_ascii_lowercase()),
        also: "work tab part",
        act: Callback::new(move |()| {
            show_work();
            chosen.0.set(Some(tab));
            browser::focus_soon("[role=tab][aria-selected=true]");
        }),
    };
    let closed = here
        .ask_now(crate::model::Incident::is_closed)
        .unwrap_or(false);
    let mut all: Vec<Offer> = Tab::ALL.into_iter().map(tab).collect();
    all.extend(self::all().into_iter().map(doing));
    all.push(doing(ending(closed)));
    all.extend(elsewhere().into_iter().map(doing));
    offers.set(all);
    on_cleanup(move || offers.clear());
}
