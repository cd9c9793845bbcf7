//! An assistant without a network: the brief to copy, the answer to paste, the proposals to decide.
//!
//! Shows what `assist` makes of the incident; a person copies, pastes, accepts and declines. Sends
//! nothing, and does nothing that a text asks for.

mod brief;
mod decide;
mod paste;

use leptos::prelude::*;

use self::brief::BriefPane;
pub use self::decide::Decline;
use self::decide::{Decided, OwnProposals, ToDecide};
use self::paste::Paste;
use super::acts::ActDialog;
use super::here::Here;
use super::status::Strip;
use super::{open_beside, where_held};
use crate::assist::brief::{Asked, brief, meanings};
use crate::assist::own::{LEAST, Own, Past, own};
use crate::assist::redact::Meanings;
use crate::assist::{Brief, Choice, Key, Part, Similar};
use crate::guide::rules;
use crate::model::organisation::Organisation;
use crate::model::{Incident, IncidentId};
use crate::search::Question;
use crate::ui::derived::Derived;
use crate::ui::session::Session;

/// How many past incidents are laid beside this one.
const PAST: usize = 3;
/// How many briefs' answers can be read.
const BRIEFS: usize = 8;
/// How many that were only shown: one a minute.
const SHOWN: usize = 60;

/// What the parts of the screen share.
#[derive(Clone, Copy)]
struct Desk {
    here: Here,
    past: Derived<Vec<Past>>,
    brief: Derived<Brief>,
    /// What reads answers to the briefs that were shown here: a text can be copied by hand, too.
    shown: StoredValue<Vec<Key>>,
}

impl Desk {
    fn open(here: Here) -> Self {
        let past = Derived::new(move || past(here));
        let brief = Derived::new(move || {
            let choice = choice(here.session);
            let now = here.session.clock().minute();
            past.with(|past| {
                with_asked(here, past, &choice, now, &|asked| brief(asked)).unwrap_or_default()
            })
        });
        let shown = StoredValue::new(Vec::new());
        Effect::new(move |_| {
            let key = brief.with(|brief| brief.key.clone());
            shown.update_value(|shown: &mut Vec<Key>| {
                let over = (shown.len() + 1).saturating_sub(SHOWN);
                shown.drain(..over);
                shown.push(key);
            });
        });
        Self {
            here,
            past,
            brief,
            shown,
        }
    }

    /// What reads an answer to a brief of this name; none where it is not known here.
    fn key(self, id: &str) -> Option<Key> {
        let find = |shown: &Vec<Key>| shown.iter().find(|key| key.id == id).cloned();
        if let Some(key) = self.shown.with_value(find) {
            return Some(key);
        }
        let settings = self.here.session.settings();
        settings.with_untracked(|settings| {
            let mut briefs = settings.briefs.iter().rev();
            briefs.find(|key| key.id == id).cloned()
        })
    }

    /// What the stand-ins of a brief stand for.
    fn meanings(self, key: &Key) -> Meanings {
        let choice = choice(self.here.session);
        let now = self.here.instant();
        let found = self.past.with_untracked(|past| {
            with_asked(self.here, past, &choice, now, &|asked| meanings(key, asked))
        });
        found.unwrap_or_default()
    }

    /// Answers to this brief can be read from now on, also after the page was opened anew.
    fn keep(self, key: Key) {
        self.here.session.change_settings(|settings| {
            settings.briefs.retain(|held| held.id != key.id);
            settings.briefs.push(key);
            let over = settings.briefs.len().saturating_sub(BRIEFS);
            settings.briefs.drain(..over);
        });
    }
}

/// Asks something that a brief is made for.
fn with_asked<T>(
    here: Here,
    past: &[Past],
    choice: &Choice,
    now: crate::model::Timestamp,
    ask: &dyn Fn(&Asked<'_>) -> T,
) -> Option<T> {
    let organisation = here.session.organisation();
    let similar: Vec<Similar> = past.iter().map(Past::similar).collect();
    here.advice.with(|advice| {
        let advice = advice.as_ref()?;
        here.ask(|incident| {
            ask(&Asked {
                incident,
                organisation: &organisation,
                advice,
                similar: &similar,
                now,
                choice,
            })
        })
    })
}

/// What this person wants replaced, as they left it.
fn choice(session: Session) -> Choice {
    session.settings().with(|settings| {
        let parts = Part::ALL.into_iter();
        let replaced = |part: &Part| !settings.left_in.iter().any(|name| name == part.name());
        let others = settings.other_names.split([',', '\n']);
        let others = others.map(|name| name.trim().to_owned());
        Choice {
            parts: parts.filter(replaced).collect(),
            others: others.filter(|name| !name.is_empty()).collect(),
        }
    })
}

/// The past incidents that are most like this one.
fn past(here: Here) -> Vec<Past> {
    let id = here.id;
    let question = here.ask(|incident| Question::of(id, incident));
    let question = question.unwrap_or_default();
    here.session.ask_index(|index, records| {
        let found = index.alike(&question, PAST).into_iter();
        let found = found.filter(|alike| alike.fit >= LEAST);
        found
            .filter_map(|alike| {
                let incident = records.incident(alike.incident)?;
                Some(Past::of(&alike, incident))
            })
            .collect()
    })
}

/// What Muster proposes itself.
fn own_of(here: Here, past: &[Past]) -> Vec<Own> {
    let now = here.session.clock().minute();
    let (shelf, house) = (here.session.shelf(), here.session.house());
    let found = here.ask(|incident: &Incident| {
        let steps = rules::steps(incident, &house, now);
        own(incident, &steps, &shelf, past)
    });
    found.unwrap_or_default()
}

/// Whether an audience is outside the organisation.
fn is_outside(organisation: &Organisation, audience: &str) -> bool {
    crate::draft::update::is_outside(organisation, audience)
}

/// The screen of an incident's brief and proposals.
#[component]
pub fn AssistScreen(
    /// Which incident.
    id: IncidentId,
) -> impl IntoView {
    where_held(id, move || view! { <Held id/> }.into_any())
}

#[component]
fn Held(id: IncidentId) -> impl IntoView {
    let here = open_beside(id);
    let desk = Desk::open(here);
    view! {
        <main class="assist">
            <Strip/>
            <div class="assist-head">
                <h1 tabindex="-1">"Brief and proposals"</h1>
                <p class="faint">"For an assistant that your organisation trusts. Muster sends nothing and asks nobody: you copy, you paste, you decide."</p>
            </div>
            <div class="assist-body">
                <BriefPane desk/>
                <div class="assist-answers">
                    <Paste desk/>
                    <ToDecide desk/>
                    <OwnProposals desk/>
                    <Decided desk/>
                </div>
            </div>
            <ActDialog/>
        </main>
    }
}
