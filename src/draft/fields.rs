//! What the fields of an update hold: from the log, each with the events that it came from.
//!
//! For outsiders only words that were written for them, and times that a person stated. Sentences
//! are the template's.

use super::template::{Field, Filled};
use super::wording::State;
use crate::guide::{brief, dues, organisation, tasks, words};
use crate::model::incident::{HypothesisState, Workaround};
use crate::model::organisation::Organisation;
use crate::model::task::TaskState;
use crate::model::term::{Phase, Role, Stamp};
use crate::model::{EventId, Incident, Register, Said, Timestamp};
use crate::runbook::plan::plan;

/// Running and blocked tasks that are named; the rest is in the plan.
const NAMED: usize = 4;

/// What an update is drafted from.
#[derive(Clone, Copy)]
pub struct Fields<'a> {
    /// The incident.
    pub incident: &'a Incident,
    /// Its services and what they cost.
    pub organisation: &'a Organisation,
    /// Whether the audience is outside the organisation.
    pub outside: bool,
    /// When the next word is promised for.
    pub next: Option<Timestamp>,
    /// Now.
    pub now: Timestamp,
    /// How far the reader's clock is east of UTC.
    pub utc_offset_minutes: i32,
}

fn known(text: impl Into<String>, from: Vec<EventId>) -> Field {
    Field::Known(Filled {
        text: text.into(),
        from,
    })
}

fn or_not_yet(field: Option<Field>) -> Field {
    field.unwrap_or(Field::NotYet)
}

/// Words that a person wrote; none where they are empty.
fn written(register: &Register<String>) -> Option<Field> {
    let (setting, text) = register.current_setting()?;
    (!text.trim().is_empty()).then(|| known(text.trim(), vec![setting.id()]))
}

fn in_place(said: &&Said<Workaround>) -> bool {
    said.what.removed_by.is_none()
}

impl Fields<'_> {
    /// What a field of this name holds.
    pub fn field(&self, name: &str) -> Field {
        match name {
            "what" if self.outside => written(&self.incident.public.what)
                .unwrap_or_else(|| known("a problem with our service", Vec::new())),
            "whom" => or_not_yet(written(&self.incident.public.whom)),
            "workaround" if self.outside => or_not_yet(written(&self.incident.public.workaround)),
            "began" => self.stamp(Stamp::ImpactStarted),
            "restored" => self.stamp(Stamp::Restored),
            "next" => or_not_yet(self.next.map(|at| known(self.time(at), Vec::new()))),
            "organisation" if !self.organisation.name.is_empty() => {
                known(self.organisation.name.clone(), Vec::new())
            }
            "organisation" => Field::NotYet,
            _ if self.outside => Field::NoSuch,
            _ => self.inside(name),
        }
    }

    /// What only the organisation's own people may read.
    fn inside(&self, name: &str) -> Field {
        let incident = self.incident;
        match name {
            "title" | "what" => {
                let set = incident.title.current_setting();
                let from = set.map(|(setting, _)| setting.id()).into_iter().collect();
                known(brief::title(incident), from)
            }
            "summary" => or_not_yet(written(&incident.summary)),
            "standing" => self.standing(),
            "lasted" => or_not_yet(self.lasted()),
            "services" => or_not_yet(self.services()),
            "cost" => or_not_yet(self.cost()),
            "condition" => known(self.condition(), self.state_from()),
            "workaround" => or_not_yet(self.workaround()),
            "cause" => or_not_yet(self.hypotheses(HypothesisState::Confirmed)),
            "tested" => or_not_yet(self.hypotheses(HypothesisState::Open)),
            "doing" => or_not_yet(self.tasks(TaskState::Running)),
            "blocked" => or_not_yet(self.tasks(TaskState::Blocked)),
            "estimate" => or_not_yet(self.estimate()),
            "decision" => or_not_yet(
                incident
                    .decisions
                    .last()
                    .map(|said| known(said.what.text.trim(), vec![said.id()])),
            ),
            "leader" => or_not_yet(self.leader()),
            "told" => or_not_yet(self.told()),
            _ => Field::NoSuch,
        }
    }

    /// A time with its zone, and in UTC where that is another.
    fn time(&self, at: Timestamp) -> String {
        let wall = words::wall(at, self.now, self.utc_offset_minutes);
        if self.utc_offset_minutes == 0 {
            return format!("{wall} UTC");
        }
        let utc = words::wall(at, self.now, 0);
        format!("{wall} {} ({utc} UTC)", zone(self.utc_offset_minutes))
    }

    /// Stamps are stated by people: what was not stated is not told.
    fn stamp(&self, stamp: Stamp) -> Field {
        let register = self.incident.stamps.get(&stamp);
        let set = register.and_then(Register::current_setting);
        or_not_yet(set.map(|(setting, ())| known(self.time(setting.when), vec![setting.id()])))
    }

    /// How far it is, as far as the log tells it.
    pub fn state(&self) -> State {
        let has = |stamp| self.incident.stamp(stamp).is_some();
        match dues::phase(self.incident) {
            Phase::Resolved | Phase::Postmortem => State::Resolved,
            _ if has(Stamp::Restored) => State::Restored,
            Phase::Monitoring => State::Mitigated,
            Phase::Identified => State::Identified,
            Phase::Investigating => State::Investigating,
        }
    }

    /// The events that say how far it is.
    pub fn state_from(&self) -> Vec<EventId> {
        let stamp = |stamp: Stamp| {
            let register = self.incident.stamps.get(&stamp)?;
            register.current_setting().map(|(setting, ())| setting.id())
        };
        let from = match self.state() {
            State::Resolved => stamp(Stamp::Resolved),
            State::Restored => stamp(Stamp::Restored),
            State::Mitigated => stamp(Stamp::Mitigated),
            State::Identified => {
                let mut hypotheses = self.incident.hypotheses.iter().rev();
                let confirmed =
                    hypotheses.find(|said| said.what.state == HypothesisState::Confirmed);
                confirmed.map(Said::id)
            }
            State::Investigating => self.incident.declared.first().map(Said::id),
        };
        from.into_iter().collect()
    }

    fn standing(&self) -> Field {
        let incident = self.incident;
        let from = incident.classification.current_setting();
        let from = from.map(|(setting, _)| setting.id()).into_iter().collect();
        let text = match (self.state(), incident.priority()) {
            (State::Resolved, _) => "Over".to_owned(),
            (_, Some(priority)) if incident.is_major() => format!("Major incident, {priority}"),
            (_, Some(priority)) => format!("Incident, {priority}"),
            (_, None) => "Incident".to_owned(),
        };
        known(text, from)
    }

    fn lasted(&self) -> Option<Field> {
        let began = self.incident.stamp(Stamp::ImpactStarted)?;
        let ended = self.incident.ended_at().unwrap_or(self.now);
        Some(known(words::span(ended - began), Vec::new()))
    }

    fn services(&self) -> Option<Field> {
        let hit = self.incident.affected();
        let names: Vec<String> = hit
            .iter()
            .map(|(name, level)| format!("{name} ({})", words::level(*level)))
            .collect();
        let from = hit.iter().filter_map(|(name, _)| {
            let (setting, _) = self.incident.services.get(*name)?.latest()?;
            Some(setting.id())
        });
        (!names.is_empty()).then(|| known(names.join(", "), from.collect()))
    }

    fn cost(&self) -> Option<Field> {
        let cost = organisation::cost(self.organisation, self.incident, self.now)?;
        let text = format!("{cost} {}", self.organisation.currency);
        (cost > 0).then(|| known(text.trim(), Vec::new()))
    }

    fn workaround(&self) -> Option<Field> {
        let mut workarounds = self.incident.workarounds.iter().rev();
        let said = workarounds.find(in_place)?;
        Some(known(said.what.text.trim(), vec![said.id()]))
    }

    fn hypotheses(&self, state: HypothesisState) -> Option<Field> {
        let found = self.incident.hypotheses.iter();
        let found: Vec<_> = found.filter(|said| said.what.state == state).collect();
        let texts: Vec<&str> = found.iter().map(|said| sentence(&said.what.text)).collect();
        let from = found.iter().map(|said| said.id()).collect();
        (!texts.is_empty()).then(|| known(texts.join("; "), from))
    }

    fn tasks(&self, state: TaskState) -> Option<Field> {
        let plan = plan(self.incident, self.now);
        let rows = plan
            .rows
            .iter()
            .filter(|row| row.state == state)
            .take(NAMED);
        let titles: Vec<&str> = rows.map(|row| sentence(&row.task.title)).collect();
        (!titles.is_empty()).then(|| known(titles.join("; "), Vec::new()))
    }

    fn estimate(&self) -> Option<Field> {
        let plan = plan(self.incident, self.now);
        let wall = |at| words::wall(at, self.now, self.utc_offset_minutes);
        let (when, _) = tasks::restoration(&plan, wall)?;
        Some(known(when.to_ascii_lowercase(), Vec::new()))
    }

    fn leader(&self) -> Option<Field> {
        let person = self.incident.leader()?;
        let role = self.incident.roles.get(&Role::MajorIncidentManager)?;
        let from = role.latest().map(|(setting, _)| setting.id());
        Some(known(
            brief::name_or_you(self.incident, person),
            from.into_iter().collect(),
        ))
    }

    /// How it is, in a sentence; what is over in the past.
    fn condition(&self) -> &'static str {
        let has = |stamp| self.incident.stamp(stamp).is_some();
        match self.state() {
            State::Investigating => "We are looking into it, and do not know the cause yet",
            State::Identified => "We know the cause, and are working on it",
            State::Mitigated => "People can work again by a detour; the fault is not mended",
            State::Restored => "Service is back, and we are watching that it stays so",
            // Some are closed without that anybody said how it ended.
            State::Resolved => match (has(Stamp::Restored), has(Stamp::Resolved)) {
                (true, true) => "Service came back, and the fault was mended",
                (true, false) => "Service came back",
                (false, true) => "The fault was mended",
                (false, false) => "It was closed",
            },
        }
    }

    /// What customers were told last; once service is back, nothing that was said before.
    fn told(&self) -> Option<Field> {
        let said = dues::last_update(self.incident, "customers")?;
        let back = self.incident.stamp(Stamp::Restored);
        if back.is_some_and(|back| said.when < back) {
            return None;
        }
        Some(known(said.what.text.trim(), vec![said.id()]))
    }
}

fn sentence(text: &str) -> &str {
    text.trim().trim_end_matches('.')
}

/// `UTC+2`, `UTC-3:30`.
fn zone(utc_offset_minutes: i32) -> String {
    let sign = if utc_offset_minutes < 0 { '-' } else { '+' };
    let minutes = utc_offset_minutes.unsigned_abs();
    match minutes % 60 {
        0 => format!("UTC{sign}{}", minutes / 60),
        odd => format!("UTC{sign}{}:{odd:02}", minutes / 60),
    }
}
