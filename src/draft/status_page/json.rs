//! The page for programs: Statuspage's API, version 2, as files.
//!
//! Texts go in as they are: escaping is JSON's own affair.

use serde::Serialize;

use super::{Component, Condition, Impact, Laid, PublicUpdate, Told, file};
use crate::format::zip::File;
use crate::model::Timestamp;

#[derive(Serialize)]
struct PageJson<'a> {
    id: &'a str,
    name: &'a str,
    url: &'a str,
    time_zone: &'static str,
    updated_at: Timestamp,
}

#[derive(Serialize)]
struct IncidentJson<'a> {
    id: &'a str,
    name: &'a str,
    status: &'static str,
    impact: &'static str,
    created_at: Timestamp,
    updated_at: Timestamp,
    started_at: Timestamp,
    monitoring_at: Option<Timestamp>,
    resolved_at: Option<Timestamp>,
    shortlink: String,
    page_id: &'a str,
    incident_updates: Vec<UpdateJson<'a>>,
    components: Vec<ComponentJson<'a>>,
}

#[derive(Serialize)]
struct UpdateJson<'a> {
    id: &'a str,
    incident_id: &'a str,
    status: &'static str,
    body: &'a str,
    created_at: Timestamp,
    updated_at: Timestamp,
    display_at: Timestamp,
    affected_components: Vec<AffectedJson<'a>>,
    deliver_notifications: bool,
}

#[derive(Serialize)]
struct AffectedJson<'a> {
    code: &'a str,
    name: &'a str,
    old_status: &'static str,
    new_status: &'static str,
}

#[derive(Serialize)]
struct ComponentJson<'a> {
    id: &'a str,
    name: &'a str,
    status: &'static str,
    created_at: Timestamp,
    updated_at: Timestamp,
    position: usize,
    description: Option<&'a str>,
    showcase: bool,
    start_date: Option<&'a str>,
    group_id: Option<&'a str>,
    page_id: &'a str,
    group: bool,
    only_show_if_degraded: bool,
}

#[derive(Serialize)]
struct StatusJson {
    indicator: &'static str,
    description: &'static str,
}

/// What any of the files has; what it has not is left out.
#[derive(Serialize)]
struct Answer<'a> {
    page: PageJson<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    components: Option<&'a [ComponentJson<'a>]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    incidents: Option<&'a [&'a IncidentJson<'a>]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scheduled_maintenances: Option<[(); 0]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<StatusJson>,
}

/// All of them, where a program that knows the page's address asks for them, and the two that people
/// hand on once more at the top.
pub fn files(laid: &Laid<'_>) -> Vec<File> {
    let components = laid.page.components.iter();
    let components: Vec<ComponentJson<'_>> = (1..)
        .zip(components)
        .map(|(position, component)| {
            let updates = laid.incidents.iter().flat_map(|told| &told.updates);
            whole(laid, component, position, &mut updates.copied())
        })
        .collect();
    let incidents = laid.incidents.iter();
    let incidents: Vec<(bool, IncidentJson<'_>)> = incidents
        .map(|told| (told.incident.is_open(), incident(laid, told)))
        .collect();
    let all: Vec<&IncidentJson<'_>> = incidents.iter().map(|(_, incident)| incident).collect();
    let open = incidents.iter().filter(|(is_open, _)| *is_open);
    let open: Vec<&IncidentJson<'_>> = open.map(|(_, incident)| incident).collect();

    let summary = text(&Answer {
        components: Some(&components),
        incidents: Some(&open),
        scheduled_maintenances: Some([]),
        status: Some(status(laid)),
        ..only_page(laid)
    });
    let history = text(&Answer {
        incidents: Some(&all),
        ..only_page(laid)
    });
    let unresolved = Answer {
        incidents: Some(&open),
        ..only_page(laid)
    };
    let components = Answer {
        components: Some(&components),
        ..only_page(laid)
    };
    let status = Answer {
        status: Some(status(laid)),
        ..only_page(laid)
    };
    let planned = text(&Answer {
        scheduled_maintenances: Some([]),
        ..only_page(laid)
    });
    vec![
        file("api/v2/summary.json", summary.clone()),
        file("api/v2/status.json", text(&status)),
        file("api/v2/components.json", text(&components)),
        file("api/v2/incidents.json", history.clone()),
        file("api/v2/incidents/unresolved.json", text(&unresolved)),
        file("api/v2/scheduled-maintenances.json", planned.clone()),
        file("api/v2/scheduled-maintenances/active.json", planned.clone()),
        file("api/v2/scheduled-maintenances/upcoming.json", planned),
        file("incidents.json", history),
        file("summary.json", summary),
    ]
}

fn text(answer: &Answer<'_>) -> String {
    // Nothing in it can fail to be written.
    let mut text = serde_json::to_string(answer).unwrap_or_default();
    text.push('\n');
    text
}

fn only_page<'a>(laid: &'a Laid<'_>) -> Answer<'a> {
    Answer {
        page: PageJson {
            id: &laid.id,
            name: &laid.page.name,
            url: match &laid.page.url {
                Some(url) => url.as_str(),
                None => "",
            },
            time_zone: "Etc/UTC",
            updated_at: laid.page.updated,
        },
        components: None,
        incidents: None,
        scheduled_maintenances: None,
        status: None,
    }
}

/// The state of the whole in the words that programs know.
fn status(laid: &Laid<'_>) -> StatusJson {
    let indicator = laid.indicator();
    StatusJson {
        indicator: indicator.name(),
        description: match indicator {
            Impact::None => "All Systems Operational",
            Impact::Minor => "Partially Degraded Service",
            Impact::Major => "Partial System Outage",
            Impact::Critical => "Major Service Outage",
        },
    }
}

fn incident<'a>(laid: &'a Laid<'a>, told: &'a Told<'a>) -> IncidentJson<'a> {
    let incident = told.incident;
    let components = (1..).zip(&told.affected);
    IncidentJson {
        id: &incident.id,
        name: &incident.title,
        status: incident.status.name(),
        impact: incident.impact.name(),
        created_at: incident.created_at,
        updated_at: told.changed,
        started_at: incident.started_at,
        monitoring_at: incident.monitoring_at,
        resolved_at: incident.resolved_at,
        shortlink: match &laid.page.url {
            Some(_) => laid.link(&told.path()),
            None => String::new(),
        },
        page_id: &laid.id,
        incident_updates: updates(told),
        components: components
            .map(|(position, component)| {
                whole(laid, component, position, &mut told.updates.iter().copied())
            })
            .collect(),
    }
}

/// Newest first, each with what it changed about the services that it names.
fn updates<'a>(told: &Told<'a>) -> Vec<UpdateJson<'a>> {
    let written = told.updates.iter().enumerate().map(|(index, update)| {
        let earlier = told.updates.get(index + 1..).unwrap_or_default();
        let affected = update.components.iter().map(|component| AffectedJson {
            code: &component.id,
            name: &component.name,
            old_status: before(earlier, &component.id),
            new_status: component.status.name(),
        });
        UpdateJson {
            id: &update.id,
            incident_id: &told.incident.id,
            status: update.status.name(),
            body: &update.body,
            created_at: update.at,
            updated_at: update.at,
            display_at: update.at,
            affected_components: affected.collect(),
            deliver_notifications: false,
        }
    });
    written.collect()
}

/// What was last said of a service before.
fn before(earlier: &[&PublicUpdate], id: &str) -> &'static str {
    let named = earlier
        .iter()
        .find_map(|update| update.components.iter().find(|named| named.id == id));
    named
        .map_or(Condition::Operational, |named| named.status)
        .name()
}

/// A service with all fields that programs look for. It is as old as the first of these words on it.
fn whole<'a>(
    laid: &'a Laid<'_>,
    component: &'a Component,
    position: usize,
    updates: &mut dyn Iterator<Item = &PublicUpdate>,
) -> ComponentJson<'a> {
    let (mut first, mut last) = (None, None);
    for update in updates {
        if update
            .components
            .iter()
            .any(|named| named.id == component.id)
        {
            first = Some(first.map_or(update.at, |at: Timestamp| at.min(update.at)));
            last = last.max(Some(update.at));
        }
    }
    ComponentJson {
        id: &component.id,
        name: &component.name,
        status: component.status.name(),
        created_at: first.unwrap_or(laid.page.updated),
        updated_at: last.unwrap_or(laid.page.updated),
        position,
        description: None,
        showcase: false,
        start_date: None,
        group_id: None,
        page_id: &laid.id,
        group: false,
        only_show_if_degraded: false,
    }
}
