//! Incidents in brief: what the head of the room and the board show.
//!
//! Plain values, cheap to compare, so that a screen redraws only what changed.

use crate::guide::advise::advise;
use crate::guide::step::{Circumstances, Due, Urgency};
use crate::guide::words;
use crate::model::order;
use crate::model::term::{Nature, Priority, Stage, Stamp};
use crate::model::{Incident, IncidentId, Timestamp};

/// The title, or what stands in its place.
pub fn title(incident: &Incident) -> String {
    incident
        .title()
        .map_or_else(|| "Untitled incident".to_owned(), str::to_owned)
}

/// The title where nothing else says what it is of: that of a drill begins by saying so.
pub fn marked_title(incident: &Incident) -> String {
    words::marked_title(incident.nature(), title(incident))
}

/// The name of the room's page: what matters most first, since a tab shows only that.
pub fn page_title(incident: &Incident) -> String {
    let priority = incident
        .priority()
        .map(|priority| format!("{priority} "))
        .unwrap_or_default();
    let closed = if incident.is_closed() { "Closed: " } else { "" };
    let name = format!("{closed}{priority}{} · Muster", title(incident));
    words::marked_title(incident.nature(), name)
}

/// How long it has been, and what that is.
#[derive(Clone, PartialEq, Eq, Debug, Hash)]
pub enum Elapsed {
    /// It goes on since then.
    Running(Timestamp),
    /// Service was back after this long.
    RestoredAfter(crate::model::Span),
    /// Nobody has said when it began.
    Unknown,
}

/// How long it has been.
pub fn elapsed(incident: &Incident) -> Elapsed {
    let Some(began) = incident.began_at() else {
        return Elapsed::Unknown;
    };
    match incident.ended_at() {
        Some(ended) if ended >= began => Elapsed::RestoredAfter(ended - began),
        Some(_) | None => Elapsed::Running(began),
    }
}

/// What the head of the room shows.
#[derive(Clone, PartialEq, Eq, Debug, Hash)]
pub struct Head {
    /// What is broken.
    pub title: String,
    /// None while it is pending.
    pub priority: Option<Priority>,
    /// Whether it is a major incident.
    pub major: bool,
    /// Whether it is one at all.
    pub nature: Nature,
    /// The stage.
    pub stage: Stage,
    /// How long it has been.
    pub elapsed: Elapsed,
    /// Who leads.
    pub leader: Option<String>,
    /// "Checkout down, Search slow", worst first.
    pub services: String,
    /// Whether it is closed.
    pub closed: bool,
    /// Labels and addresses of where the response meets.
    pub bridges: Vec<(String, String)>,
    /// How many people wrote or joined.
    pub people: usize,
}

/// The head of the room.
pub fn head(incident: &Incident) -> Head {
    let affected = incident.affected();
    let services: Vec<String> = affected
        .iter()
        .take(3)
        .map(|(name, level)| format!("{name} {}", words::level(*level)))
        .collect();
    let more = affected.len().saturating_sub(3);
    let mut services = services.join(", ");
    if more > 0 {
        services.push_str(&format!(" and {more} more"));
    }
    Head {
        title: title(incident),
        priority: incident.priority(),
        major: incident.is_major(),
        nature: incident.nature(),
        stage: incident.stage(),
        elapsed: elapsed(incident),
        leader: incident
            .leader()
            .map(|person| name_or_you(incident, person)),
        services,
        closed: incident.is_closed(),
        bridges: incident
            .bridges
            .iter()
            .map(|said| (said.what.label.clone(), said.what.url.clone()))
            .collect(),
        people: incident
            .people
            .values()
            .filter(|record| record.last_wrote.is_some() || record.responding_since.is_some())
            .count(),
    }
}

/// A person's name; those who have not said theirs are "somebody".
pub fn name_or_you(incident: &Incident, person: crate::model::Person) -> String {
    let name = incident.name(person);
    if name.is_empty() {
        "somebody".to_owned()
    } else {
        name.to_owned()
    }
}

/// An open incident on the board.
#[derive(Clone, PartialEq, Eq, Debug, Hash)]
pub struct Card {
    /// Which one.
    pub id: IncidentId,
    /// As in the room's head.
    pub head: Head,
    /// The most pressing due.
    pub due: Option<Due>,
    /// What it needs from a person now.
    pub need: Option<String>,
}

/// An open incident, as the board shows it.
pub fn card(
    id: IncidentId,
    incident: &Incident,
    now: Timestamp,
    circumstances: &Circumstances,
) -> Card {
    let advice = advise(incident, now, circumstances);
    let due = advice.dues.into_iter().next();
    Card {
        id,
        head: head(incident),
        due,
        need: advice.next.map(|step| step.title),
    }
}

/// The order of open incidents: real ones before exercises, the most overdue and gravest first.
pub fn order(cards: &mut [Card]) {
    order::sort_by_key(cards, |card| {
        let playful = !matches!(card.head.nature, Nature::Real | Nature::Retrospective);
        let overdue = card
            .due
            .as_ref()
            .is_none_or(|due| due.urgency != Urgency::Overdue);
        let priority = card.head.priority.map_or(0, Priority::number);
        (playful, priority, overdue, card.id)
    });
}

/// One line of the list of all incidents.
#[derive(Clone, PartialEq, Eq, Debug, Hash)]
pub struct Row {
    /// Which one.
    pub id: IncidentId,
    /// What was broken.
    pub title: String,
    /// None while it is pending.
    pub priority: Option<Priority>,
    /// Whether it is a major one.
    pub major: bool,
    /// Whether it is one at all.
    pub nature: Nature,
    /// When it began.
    pub began: Option<Timestamp>,
    /// Service was back after this long.
    pub restored_after: Option<crate::model::Span>,
    /// All services that were hit.
    pub services: Vec<String>,
    /// Whether it is over.
    pub closed: bool,
    /// Where it stands, in a word or two.
    pub state: &'static str,
}

/// An incident as a line of the list.
pub fn row(id: IncidentId, incident: &Incident) -> Row {
    let restored_after = match elapsed(incident) {
        Elapsed::RestoredAfter(span) => Some(span),
        Elapsed::Running(_) | Elapsed::Unknown => None,
    };
    let state = if incident.is_closed() {
        "Closed"
    } else if incident.stamp(Stamp::Restored).is_some() {
        "Restored"
    } else {
        "Open"
    };
    Row {
        id,
        title: title(incident),
        priority: incident.priority(),
        major: incident.is_major(),
        nature: incident.nature(),
        began: incident.began_at(),
        restored_after,
        services: incident.services.keys().cloned().collect(),
        closed: incident.is_closed(),
        state,
    }
}

/// What is overdue longest, over all real incidents.
pub fn overdue(cards: &[Card]) -> Option<&Due> {
    let real = cards.iter().filter(|card| card.head.nature == Nature::Real);
    let dues = real.filter_map(|card| card.due.as_ref());
    dues.filter(|due| due.urgency == Urgency::Overdue)
        .min_by_key(|due| due.at)
}

/// The board's largest line: what needs a person now, over all open incidents.
pub fn overall(cards: &[Card], now: Timestamp) -> String {
    let real: Vec<&Card> = cards
        .iter()
        .filter(|card| card.head.nature == Nature::Real)
        .collect();
    if real.is_empty() {
        return if cards.is_empty() {
            "Nothing is open."
        } else {
            "Nothing real is open."
        }
        .to_owned();
    }
    let open = if real.len() == 1 {
        "One incident is open.".to_owned()
    } else {
        format!("{} incidents are open.", real.len())
    };
    match overdue(cards) {
        Some(due) => format!("{open} {} is {}.", due.title, words::due(due.at, now)),
        None => match real.first().and_then(|card| card.need.as_ref()) {
            Some(need) => format!("{open} Next: {}.", words::lower_first(need)),
            None => open,
        },
    }
}
