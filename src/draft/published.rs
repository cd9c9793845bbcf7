//! The status page of this browser: what was sent to customers, and nothing else.
//!
//! An incident is on it once a word to customers was sent. Its title and its services are there only
//! as they were written for outsiders.

use super::status_page::{Component, Condition, Impact, Page, PublicIncident, PublicUpdate};
use crate::guide::dues;
use crate::model::communication::PublicWord;
use crate::model::fact::Update;
use crate::model::organisation::{Organisation, Service};
use crate::model::term::{Nature, Phase, Stamp};
use crate::model::{Incident, IncidentId, Said, Timestamp};

/// Whom the status page is for.
const READERS: &str = "customers";
/// What an incident is called for which nobody wrote a title that outsiders may read.
const UNNAMED: &str = "A problem with our service";

/// The page as of now.
pub fn page<'a>(
    incidents: impl Iterator<Item = (IncidentId, &'a Incident)>,
    organisation: &Organisation,
    now: Timestamp,
) -> Page {
    let mut open: Vec<&Incident> = Vec::new();
    let mut published = Vec::new();
    for (id, incident) in incidents {
        if let Some(public) = public(id, incident, organisation) {
            if !incident.is_closed() {
                open.push(incident);
            }
            published.push(public);
        }
    }
    let named = organisation.services.iter();
    let named = named.filter(|service| !service.public_name.trim().is_empty());
    Page {
        name: if organisation.name.trim().is_empty() {
            "Service status".to_owned()
        } else {
            organisation.name.clone()
        },
        url: None,
        updated: now,
        components: named.map(|service| component(service, &open)).collect(),
        incidents: published,
    }
}

fn component(service: &Service, open: &[&Incident]) -> Component {
    let levels = open.iter().filter_map(|incident| {
        let mut names = incident.services.keys();
        let name = names.find(|name| name.eq_ignore_ascii_case(&service.name))?;
        incident.level(name)
    });
    let name = service.public_name.trim();
    Component {
        id: id_of(name),
        name: name.to_owned(),
        status: Condition::of(levels.max()),
    }
}

/// A name for machines, of the public name alone.
fn id_of(name: &str) -> String {
    let plain = name
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { '-' });
    plain.collect::<String>().to_lowercase()
}

fn public(
    id: IncidentId,
    incident: &Incident,
    organisation: &Organisation,
) -> Option<PublicIncident> {
    if !matches!(incident.nature(), Nature::Real | Nature::Retrospective) {
        return None;
    }
    let sent: Vec<&Said<Update>> = incident
        .updates
        .iter()
        .filter(|said| said.what.audience == READERS)
        .collect();
    let first = sent.iter().map(|said| said.when).min()?;
    let status = sent.iter().max_by_key(|said| (said.when, said.place));
    let status = status.and_then(|said| said.what.phase);
    let over = |phase: Phase| matches!(phase, Phase::Resolved | Phase::Postmortem);
    let told = |wanted: fn(Phase) -> bool| {
        let phases = sent
            .iter()
            .filter(|said| said.what.phase.is_some_and(wanted));
        phases.map(|said| said.when).min()
    };
    let title = incident.public.said(PublicWord::What).unwrap_or(UNNAMED);
    Some(PublicIncident {
        id: id.to_string(),
        title: capital(title),
        impact: incident.priority().map_or(Impact::Minor, Impact::of),
        status: status.unwrap_or_else(|| dues::phase(incident)),
        started_at: incident
            .stamp(Stamp::ImpactStarted)
            .unwrap_or(first)
            .min(first),
        created_at: first,
        monitoring_at: told(|phase| phase == Phase::Monitoring),
        resolved_at: status
            .filter(|phase| over(*phase))
            .and_then(|_| told(|phase| matches!(phase, Phase::Resolved | Phase::Postmortem))),
        updates: sent
            .into_iter()
            .map(|said| update(said, organisation))
            .collect(),
    })
}

fn update(said: &Said<Update>, organisation: &Organisation) -> PublicUpdate {
    let services = said.what.services.iter().filter_map(|name| {
        let service = organisation.service(name)?;
        let public = service.public_name.trim();
        (!public.is_empty()).then(|| Component {
            id: id_of(public),
            name: public.to_owned(),
            status: Condition::PartialOutage,
        })
    });
    PublicUpdate {
        id: said.id().to_string(),
        status: said.what.phase.unwrap_or(Phase::Investigating),
        body: said.what.text.clone(),
        at: said.when,
        components: services.collect(),
    }
}

/// The words go on in a sentence where they were written; here they begin one.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => UNNAMED.to_owned(),
    }
}
