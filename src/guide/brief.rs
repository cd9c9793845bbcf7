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

/// What is late on a card.
fn late(card: &Card) -> Option<&Due> {
    card.due
        .as_ref()
        .filter(|due| due.urgency == Urgency::Overdue)
}

/// How grave a card is, the gravest lowest. A pending priority may yet turn out to be any, so it
/// stands before all but what is known to be gravest.
fn gravity(card: &Card) -> u8 {
    match card.head.priority {
        Some(Priority::P1) => 0,
        None => 1,
        Some(priority) => priority.number(),
    }
}

/// Where a card stands among the others, the most pressing lowest.
fn pressing(card: &Card) -> (bool, bool, u8, Option<Timestamp>, IncidentId) {
    let playful = !matches!(card.head.nature, Nature::Real | Nature::Retrospective);
    let late = late(card);
    let since = late.map(|due| due.at);
    (playful, late.is_none(), gravity(card), since, card.id)
}

/// The order of open incidents: real ones before exercises, what is late before what is not, then the
/// gravest first, and of those that are late the longest.
pub fn order(cards: &mut [Card]) {
    order::sort_by_key(cards, pressing);
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

/// The most pressing of the real incidents.
fn foremost(cards: &[Card]) -> Option<&Card> {
    let real = cards.iter().filter(|card| card.head.nature == Nature::Real);
    real.min_by_key(|card| pressing(card))
}

/// What is overdue in the real incident that stands first on the board.
pub fn overdue(cards: &[Card]) -> Option<&Due> {
    foremost(cards).and_then(late)
}

/// Of a title so many letters are in the headline.
const SHORT_TITLE: usize = 40;

/// The board's largest line: what needs a person now, over all open incidents. It speaks of the one
/// that stands first, and names it where another could be meant.
pub fn overall(cards: &[Card], now: Timestamp) -> String {
    let Some(first) = foremost(cards) else {
        return if cards.is_empty() {
            "Nothing is open."
        } else {
            "Nothing real is open."
        }
        .to_owned();
    };
    let real = cards.iter().filter(|card| card.head.nature == Nature::Real);
    let (open, which) = match real.count() {
        1 => ("One incident is open.".to_owned(), String::new()),
        many => {
            let title = words::shortened(&first.head.title, SHORT_TITLE);
            (
                format!("{many} incidents are open."),
                format!(" for “{title}”"),
            )
        }
    };
    match (late(first), &first.need) {
        (Some(due), _) => {
            let said = words::due(due.at, now);
            format!("{open} {} is {said}{which}.", due.title)
        }
        (None, Some(need)) => format!("{open} Next{which}: {}.", words::lower_first(need)),
        (None, None) => open,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guide::step::Act;
    use crate::model::Span;
    use crate::model::testing::{incident, noon};

    /// A card as the board would make it: its late due in minutes, and its priority.
    fn card(n: u8, priority: Option<Priority>, late_by: Option<i64>) -> Card {
        let mut head = head(&Incident::default());
        head.title = format!("Incident {n}");
        head.priority = priority;
        head.nature = Nature::Real;
        let due = late_by.map(|minutes| Due {
            name: "update:customers".to_owned(),
            title: "Customers: update".to_owned(),
            at: noon() - Span::minutes(minutes),
            urgency: Urgency::Overdue,
            why: String::new(),
            act: Act::Classify,
        });
        Card {
            id: incident(n),
            head,
            due,
            need: Some("Name who leads".to_owned()),
        }
    }

    fn ordered(mut cards: Vec<Card>) -> Vec<String> {
        order(&mut cards);
        cards.into_iter().map(|card| card.head.title).collect()
    }

    #[test]
    fn what_is_late_stands_first_then_the_gravest_and_a_pending_priority_after_p1() {
        let cards = vec![
            card(1, None, None),
            card(2, Some(Priority::P2), None),
            card(3, Some(Priority::P1), None),
            card(4, Some(Priority::P4), Some(10)),
            card(5, Some(Priority::P5), None),
            card(6, None, Some(1)),
            card(7, Some(Priority::P4), Some(206)),
        ];
        let order = [6, 7, 4, 3, 1, 2, 5].map(|n| format!("Incident {n}"));
        assert_eq!(ordered(cards), order);
    }

    #[test]
    fn an_exercise_that_is_late_stands_after_what_is_real() {
        let mut drill = card(1, Some(Priority::P1), Some(60));
        drill.head.nature = Nature::Drill;
        let cards = vec![drill, card(2, Some(Priority::P5), None)];
        assert_eq!(ordered(cards), ["Incident 2", "Incident 1"]);
    }

    #[test]
    fn the_headline_names_the_incident_where_several_are_open() {
        let one = card(1, Some(Priority::P3), Some(206));
        let mut other = card(2, Some(Priority::P1), None);
        let alone = overall(std::slice::from_ref(&one), noon());
        assert_eq!(
            alone,
            "One incident is open. Customers: update is 3 h 26 late."
        );
        let both = overall(&[other.clone(), one], noon());
        assert_eq!(
            both,
            "2 incidents are open. Customers: update is 3 h 26 late for “Incident 1”."
        );
        other.head.title = "Card payments fail at checkout in all of Europe".to_owned();
        let calm = overall(&[card(3, None, None), other], noon());
        assert_eq!(
            calm,
            "2 incidents are open. Next for “Card payments fail at checkout in all o…”: name who leads."
        );
    }

    #[test]
    fn an_exercise_does_not_make_the_headline_name_the_one_that_is_real() {
        let mut drill = card(1, Some(Priority::P1), Some(60));
        drill.head.nature = Nature::Drill;
        let real = card(2, None, None);
        assert_eq!(
            overall(&[drill.clone(), real], noon()),
            "One incident is open. Next: name who leads."
        );
        assert_eq!(overall(&[drill], noon()), "Nothing real is open.");
        assert_eq!(overall(&[], noon()), "Nothing is open.");
    }
}
