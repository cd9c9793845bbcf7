//! Statuspage's `incidents.json` (version 2) as logs of incidents.
//!
//! Each item becomes an event whose writer is the hash of the item and what it says: who imports
//! the same file holds the same events. An item that says something else in a later file is
//! amended, in the importer's own name.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::file::{FileError, Reading};
use crate::model::fact::{
    Affected, Classification, Closure, Declaration, Description, Observation, Restored, Update,
};
use crate::model::order;
use crate::model::term::{Level, Nature, Phase, Priority, Stamp};
use crate::model::{Digest, Draft, Entry, Event, Fact, IncidentId, Kind, Log, LogScope, Timestamp};

/// The scheme under which imported classifications are filed.
pub const SCHEME: &str = "statuspage";

#[derive(Deserialize)]
struct PageFile<'a> {
    page: Page,
    #[serde(borrow)]
    incidents: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
struct Page {
    id: String,
    #[serde(default)]
    name: String,
}

#[derive(Deserialize)]
struct ForeignIncident {
    id: String,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    status: Option<String>,
    #[serde(default)]
    impact: Option<String>,
    created_at: String,
    #[serde(default)]
    started_at: Option<String>,
    #[serde(default)]
    monitoring_at: Option<String>,
    #[serde(default)]
    resolved_at: Option<String>,
    #[serde(default)]
    shortlink: Option<String>,
    #[serde(default)]
    postmortem_body: Option<String>,
    #[serde(default)]
    incident_updates: Vec<ForeignUpdate>,
}

#[derive(Deserialize)]
struct ForeignUpdate {
    id: String,
    #[serde(default)]
    status: Option<String>,
    #[serde(default)]
    body: Option<String>,
    #[serde(default)]
    created_at: Option<String>,
    #[serde(default)]
    display_at: Option<String>,
    #[serde(default)]
    updated_at: Option<String>,
    #[serde(default)]
    affected_components: Option<Vec<Component>>,
}

#[derive(Deserialize)]
struct Component {
    name: String,
}

/// Reads a page's incidents.
///
/// # Errors
/// When the file as a whole is none; single incidents that cannot be read are problems.
pub fn read(text: &str) -> Result<Reading, FileError> {
    let file: PageFile<'_> = serde_json::from_str(text).map_err(|error| FileError::json(&error))?;
    let mut reading = Reading::default();
    let mut logs: BTreeMap<LogScope, Log> = BTreeMap::new();
    for (index, raw) in file.incidents.iter().enumerate() {
        let read = serde_json::from_str::<ForeignIncident>(raw.get())
            .map_err(|error| error.to_string())
            .and_then(|foreign| Importing::of(&file.page, foreign));
        match read {
            Ok(log) => {
                logs.entry(log.scope())
                    .and_modify(|held| drop(held.merge(&log)))
                    .or_insert(log);
            }
            Err(what) => reading.problem(format!("Incident {} of the page", index + 1), what),
        }
    }
    reading.logs = logs.into_values().collect();
    Ok(reading)
}

/// One foreign incident on its way into a log.
struct Importing {
    log: Log,
    source: String,
    created: Timestamp,
}

impl Importing {
    fn of(page: &Page, foreign: ForeignIncident) -> Result<Log, String> {
        let source = format!("statuspage:{}/{}", page.id, foreign.id);
        let id = IncidentId::from_digest(Digest::of(&[b"muster-incident-1\n", source.as_bytes()]));
        let created = time(&foreign.created_at, "created_at")?;
        let mut importing = Self {
            log: Log::new(LogScope::Incident(id)),
            source,
            created,
        };
        let began = optional(foreign.started_at.as_deref(), "started_at")?.unwrap_or(created);
        let resolved = optional(foreign.resolved_at.as_deref(), "resolved_at")?;
        let monitoring = optional(foreign.monitoring_at.as_deref(), "monitoring_at")?;
        let impact = foreign.impact.as_deref().unwrap_or("none");
        importing.declaration(page, &foreign, impact);
        importing.stamps(began, monitoring, resolved);
        let last_said = importing.updates(&foreign.incident_updates, impact, resolved)?;
        let over = matches!(
            foreign.status.as_deref(),
            Some("resolved" | "postmortem" | "completed")
        );
        if let Some(at) = resolved.or(last_said).filter(|_| over) {
            let outcome = "Resolved, by the page it was imported from".to_owned();
            importing.add(
                "#closed",
                created,
                at,
                &Fact::Closed(Closure {
                    outcome,
                    ..Closure::default()
                }),
            );
        }
        Ok(importing.log)
    }

    fn declaration(&mut self, page: &Page, foreign: &ForeignIncident, impact: &str) {
        let created = self.created;
        let link = foreign
            .shortlink
            .clone()
            .filter(|link| link.starts_with("https://"));
        self.add(
            "#declared",
            created,
            created,
            &Fact::Declared(Declaration {
                nature: Nature::Retrospective,
                link,
            }),
        );
        let title = foreign.name.clone().filter(|name| !name.trim().is_empty());
        if title.is_some() {
            self.add(
                "#title",
                created,
                created,
                &Fact::Described(Description {
                    title,
                    summary: None,
                }),
            );
        }
        let summary = foreign
            .postmortem_body
            .clone()
            .filter(|body| !body.trim().is_empty());
        if summary.is_some() {
            self.add(
                "#summary",
                created,
                created,
                &Fact::Described(Description {
                    title: None,
                    summary,
                }),
            );
        }
        let classification = Classification {
            scheme: SCHEME.to_owned(),
            priority: Some(priority(impact)),
            major: impact == "critical",
            why: format!(
                "{} gave it the impact “{impact}”; the priority is Muster's reading of that.",
                page_name(page)
            ),
            ..Classification::default()
        };
        self.add(
            "#impact",
            created,
            created,
            &Fact::Classified(classification),
        );
    }

    fn stamps(
        &mut self,
        began: Timestamp,
        monitoring: Option<Timestamp>,
        resolved: Option<Timestamp>,
    ) {
        let stamps = [
            (Stamp::ImpactStarted, Some(began)),
            (Stamp::Mitigated, monitoring),
            (Stamp::Restored, resolved),
            (Stamp::Resolved, resolved),
        ];
        for (stamp, at) in stamps {
            if let Some(at) = at {
                self.add(
                    &format!("#{}", stamp.name()),
                    self.created,
                    at,
                    &Fact::Observed(Observation { stamp }),
                );
            }
        }
    }

    /// The updates, and the services that they name. Returns when the last one was.
    fn updates(
        &mut self,
        updates: &[ForeignUpdate],
        impact: &str,
        resolved: Option<Timestamp>,
    ) -> Result<Option<Timestamp>, String> {
        let mut first_named: BTreeMap<&str, Timestamp> = BTreeMap::new();
        let mut last = None;
        for update in updates {
            let said = update
                .display_at
                .as_deref()
                .or(update.created_at.as_deref());
            let at = optional(said, "display_at")?.unwrap_or(self.created);
            let noted = optional(update.updated_at.as_deref(), "updated_at")?.unwrap_or(at);
            let components = update.affected_components.as_deref().unwrap_or_default();
            for component in components {
                let first = first_named.entry(&component.name).or_insert(at);
                *first = at.min(*first);
            }
            let fact = Fact::UpdateSent(Update {
                audience: "customers".to_owned(),
                channel: "status page".to_owned(),
                text: update.body.clone().unwrap_or_default(),
                phase: update.status.as_deref().and_then(phase),
                next_due: None,
                services: components
                    .iter()
                    .map(|component| component.name.clone())
                    .collect(),
                ..Update::default()
            });
            self.add(&format!("/{}", update.id), noted, at, &fact);
            last = last.max(Some(at));
        }
        for (name, at) in first_named {
            let service = name.to_owned();
            let affected = Fact::ServiceAffected(Affected {
                service: service.clone(),
                level: level(impact),
            });
            self.add(&format!("#service/{name}"), self.created, at, &affected);
            if let Some(resolved) = resolved {
                let restored = Fact::ServiceRestored(Restored { service });
                self.add(
                    &format!("#service/{name}/restored"),
                    self.created,
                    resolved,
                    &restored,
                );
            }
        }
        Ok(last)
    }

    fn add(&mut self, part: &str, noted: Timestamp, at: Timestamp, fact: &Fact) {
        let source = format!("{}{part}", self.source);
        let draft = fact.draft();
        let content = format!("{source}\n{noted}\n{at}\n{}\n{}", draft.kind, draft.body);
        // Must not hang on what else the file holds: updates come after what they are about.
        let tick = if draft.kind == Kind::Declared { 1 } else { 2 };
        let draft = Draft {
            at: Some(at),
            ..draft
        };
        let content: [&[u8]; 2] = [b"muster-source-1\n", content.as_bytes()];
        self.log
            .add(Event::made_of(&content, source, tick, noted, draft));
    }
}

fn page_name(page: &Page) -> &str {
    if page.name.is_empty() {
        "The page"
    } else {
        &page.name
    }
}

fn time(text: &str, field: &str) -> Result<Timestamp, String> {
    Timestamp::parse_rfc3339(text).map_err(|error| format!("{field}: {error}"))
}

fn optional(text: Option<&str>, field: &str) -> Result<Option<Timestamp>, String> {
    text.map(|text| time(text, field)).transpose()
}

/// House default: the page's impact says how it looks from outside, not what it does inside.
fn priority(impact: &str) -> Priority {
    match impact {
        "critical" => Priority::P1,
        "major" => Priority::P2,
        "minor" => Priority::P3,
        "maintenance" => Priority::P5,
        _ => Priority::P4,
    }
}

fn level(impact: &str) -> Level {
    match impact {
        "critical" => Level::Down,
        "major" => Level::PartlyDown,
        _ => Level::Degraded,
    }
}

fn phase(status: &str) -> Option<Phase> {
    match status {
        "investigating" => Some(Phase::Investigating),
        "identified" => Some(Phase::Identified),
        "monitoring" => Some(Phase::Monitoring),
        "resolved" | "completed" => Some(Phase::Resolved),
        "postmortem" => Some(Phase::Postmortem),
        _ => None,
    }
}

/// What of a newly read log is really new, given what is held: events that are not held, and
/// amendments of items that say something else now.
pub fn changes(log: &Log, held: Option<&Log>) -> (Vec<Event>, Vec<Draft>) {
    let Some(held) = held else {
        return (
            log.events().map(|(_, event)| event.clone()).collect(),
            Vec::new(),
        );
    };
    let fold = crate::model::Fold::of(&[held], crate::model::Cursor::Now);
    // An item taken back here stays taken back, and is not brought in again.
    let entries = fold.incident().timeline.iter();
    let by_source: BTreeMap<&str, &Entry> = order::map(
        entries
            .filter(|entry| entry.standing != crate::model::Standing::Superseded)
            .filter_map(|entry| Some((entry.source.as_deref()?, entry))),
    );
    let mut new = Vec::new();
    let mut amendments = Vec::new();
    for (_, event) in log.events() {
        match event
            .source
            .as_deref()
            .and_then(|source| by_source.get(source))
        {
            None => new.push(event.clone()),
            Some(entry) => amendments.extend(amendment(entry, event)),
        }
    }
    (new, amendments)
}

fn amendment(entry: &Entry, event: &Event) -> Option<Draft> {
    let fact = Fact::read(&event.kind, event.body.text()?);
    let same_time = event.at.is_none_or(|at| at == entry.when);
    if !entry.stands() || (fact == entry.fact && same_time) {
        return None;
    }
    Some(Draft {
        at: event.at,
        ..entry.corrected_to(Some(&fact))
    })
}
