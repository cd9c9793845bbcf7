//! What of an incident can be found: its entries in words, each with the part of it that it says.
//!
//! Asks the timeline for the words, so that what is found is what a screen shows. Knows no index.

use crate::guide::timeline;
use crate::model::{Entry, EventId, Fact, Incident, IncidentId, Kind, Timestamp};

/// What a document says of its incident.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Field {
    /// What is broken, as its title says now.
    Title,
    /// The summary, as it is now.
    Summary,
    /// How a service is.
    Service,
    /// Any other entry.
    Text,
    /// Who takes part.
    People,
    /// The incident's own id.
    Id,
}

/// How many fields there are.
pub(super) const FIELDS: usize = 6;

/// A text that can be found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Document {
    /// The event that says it; none for the incident's id.
    pub event: Option<EventId>,
    /// What it says of its incident.
    pub field: Field,
    /// When it happened.
    pub when: Timestamp,
    /// The words, as a screen shows them.
    pub text: String,
}

/// All that can be found of an incident.
pub fn documents(id: IncidentId, incident: &Incident) -> Vec<Document> {
    let mut all = vec![Document {
        event: None,
        field: Field::Id,
        when: incident.began_at().unwrap_or(Timestamp::MIN),
        text: id.to_string(),
    }];
    for entry in &incident.timeline {
        all.extend(documents_of(incident, entry));
    }
    all
}

/// What can be found of an entry: nothing of one that does not stand, or only serves others.
pub fn documents_of(incident: &Incident, entry: &Entry) -> Vec<Document> {
    if !entry.stands() || matches!(entry.kind, Kind::Retracted | Kind::Amended | Kind::Erased) {
        return Vec::new();
    }
    let texts = match &entry.fact {
        Fact::Described(described) => {
            let title = described.title.iter().map(|text| (Field::Title, text));
            let summary = described.summary.iter().map(|text| (Field::Summary, text));
            title
                .chain(summary)
                .map(|(field, text)| (current(incident, entry, field), text.clone()))
                .collect()
        }
        fact => vec![(field(fact), words(incident, entry))],
    };
    texts
        .into_iter()
        .map(|(field, text)| Document {
            event: Some(entry.id()),
            field,
            when: entry.when,
            text,
        })
        .collect()
}

/// The field of a title or a summary: one that no longer holds is an entry like others.
fn current(incident: &Incident, entry: &Entry, field: Field) -> Field {
    let register = match field {
        Field::Title => &incident.title,
        _ => &incident.summary,
    };
    match register.current_setting() {
        Some((setting, _)) if setting.id() == entry.id() => field,
        _ => Field::Text,
    }
}

fn words(incident: &Incident, entry: &Entry) -> String {
    let line = timeline::line(incident, entry);
    let mut text = line.lead;
    for (before, more) in [(": ", line.text), (" \u{b7} ", line.detail)] {
        if !more.is_empty() {
            if !text.is_empty() {
                text.push_str(before);
            }
            text.push_str(&more);
        }
    }
    text
}

fn field(fact: &Fact) -> Field {
    match fact {
        Fact::ServiceAffected(_) | Fact::ServiceRestored(_) => Field::Service,
        Fact::Joined(_)
        | Fact::PersonNamed(_)
        | Fact::RoleAssigned(_)
        | Fact::RoleReleased(_)
        | Fact::ResponderPaged(_)
        | Fact::ResponderAcknowledged(_)
        | Fact::ResponderJoined(_)
        | Fact::ResponderLeft(_) => Field::People,
        _ => Field::Text,
    }
}

/// Whether an entry only adds a line of its own: nothing else reads differently because of it, so
/// that what can be found need not be gathered again. Of those that are not sure, no.
pub fn only_adds(incident: &Incident, entry: &Entry) -> bool {
    let kind_adds = matches!(
        entry.kind,
        Kind::Note
            | Kind::UpdateSent
            | Kind::UpdateApproved
            | Kind::HandedOff
            | Kind::Proposed
            | Kind::Accepted
            | Kind::Declined
            | Kind::HypothesisRaised
            | Kind::HypothesisAssigned
            | Kind::EvidenceAdded
            | Kind::HypothesisConfirmed
            | Kind::HypothesisRuledOut
            | Kind::ChangeRecorded
            | Kind::DecisionMade
            | Kind::WorkaroundApplied
            | Kind::WorkaroundRemoved
            | Kind::ProblemRecorded
            | Kind::ProblemClosed
            | Kind::FixApplied
            | Kind::CheckPlanned
            | Kind::CheckBegun
            | Kind::CheckPassed
            | Kind::CheckFailed
            | Kind::WatchStarted
            | Kind::BacklogDrained
            | Kind::PictureAdded
            | Kind::DrillPaced
            | Kind::InjectSkipped
            | Kind::DrillEnded
            | Kind::TaskStarted
            | Kind::TaskReported
            | Kind::TaskBlocked
            | Kind::TaskCompleted
            | Kind::TaskSkipped
            | Kind::ToolOpened
            | Kind::StageEntered
            | Kind::Escalated
            | Kind::BridgeOpened
            | Kind::FindingAdded
            | Kind::WhyAnswered
            | Kind::EntryMarked
            | Kind::RunbookImproved
            | Kind::ActionAdded
            | Kind::ActionUpdated
    );
    // What came late may be what others are about, and a foreign item may take another's place.
    kind_adds && entry.source.is_none() && !is_spoken_of(incident, entry.id())
}

fn is_spoken_of(incident: &Incident, id: EventId) -> bool {
    incident.timeline.iter().any(|other| {
        let corrects = match &other.fact {
            Fact::UpdateSent(update) => update.corrects,
            _ => None,
        };
        other.on == Some(id) || corrects == Some(id)
    })
}
