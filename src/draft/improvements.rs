//! What was agreed in reviews, over all incidents: one list, overdue first, as rows, a table and a
//! calendar.
//!
//! Plain values for a screen; decides nothing. `now` comes in.

use crate::format::csv::push_row;
use crate::format::ics::{Calendar, Entry};
use crate::guide::{brief, timeline};
use crate::model::term::{ActionKind, ActionState, Nature};
use crate::model::{EventId, Incident, IncidentId, Span, Timestamp, order};

/// An improvement that was agreed.
#[derive(Clone, PartialEq, Eq, Debug, Hash)]
pub struct Improvement {
    /// In which incident.
    pub incident: IncidentId,
    /// What that one is called.
    pub title: String,
    /// By which event.
    pub event: EventId,
    /// What changes.
    pub text: String,
    /// What kind of change it is.
    pub kind: ActionKind,
    /// Who sees to it; empty where nobody was named.
    pub owner: String,
    /// By when.
    pub due: Option<Timestamp>,
    /// Where it stands.
    pub state: ActionState,
}

impl Improvement {
    /// Whether something is left to do.
    pub fn is_open(&self) -> bool {
        matches!(self.state, ActionState::Open | ActionState::InProgress)
    }

    /// Whether it should have been done.
    pub fn is_overdue(&self, now: Timestamp) -> bool {
        self.is_open() && self.due.is_some_and(|due| due < now)
    }
}

/// What an incident agreed; exercises and samples agree nothing that binds.
pub fn of(id: IncidentId, incident: &Incident) -> Vec<Improvement> {
    if matches!(incident.nature(), Nature::Sample | Nature::Test) {
        return Vec::new();
    }
    let actions = incident.actions.iter();
    actions
        .map(|said| Improvement {
            incident: id,
            title: brief::marked_title(incident),
            event: said.id(),
            text: said.what.action.text.clone(),
            kind: said.what.action.action,
            owner: said
                .what
                .action
                .owner
                .map(|person| brief::name_or_you(incident, person))
                .unwrap_or_default(),
            due: said.what.action.due,
            state: said.what.state,
        })
        .collect()
}

/// In the order in which they are looked at: what is open before what is over, the earliest due
/// first, and what has no day last.
pub fn in_order(list: &mut [Improvement]) {
    order::sort_by_key(list, |one| {
        let due = one.due.unwrap_or(Timestamp::MAX);
        (!one.is_open(), due, one.incident, one.event)
    });
}

/// A table of them: RFC 4180, one a row.
pub fn csv(list: &[Improvement]) -> String {
    let mut out = String::new();
    let titles = [
        "Incident",
        "Title",
        "Improvement",
        "Kind",
        "Owner",
        "Due (UTC)",
        "State",
    ];
    push_row(&mut out, &titles);
    for one in list {
        let due = one.due.map(|due| due.to_string()).unwrap_or_default();
        push_row(
            &mut out,
            &[
                &one.incident.to_string(),
                &one.title,
                &one.text,
                one.kind.name(),
                &one.owner,
                &due,
                timeline::action_words(one.state),
            ],
        );
    }
    out
}

/// A calendar of those with a day, which updates in place: what is done is called off. None where
/// none has a day.
pub fn calendar(list: &[Improvement], now: Timestamp) -> Option<String> {
    let with_day = list.iter().filter_map(|one| Some((one, one.due?)));
    let events = with_day.map(|(one, due)| Entry {
        uid: format!("improvement.{}.{}@muster", one.incident, one.event),
        sequence: super::calendar::sequence(now),
        at: due,
        lasts: Span::minutes(0),
        title: one.text.clone(),
        description: match one.owner.as_str() {
            "" => one.title.clone(),
            owner => format!("{}\n{owner}", one.title),
        },
        url: None,
        alarms: if one.is_open() {
            vec![Span::days(1), Span::minutes(0)]
        } else {
            Vec::new()
        },
        cancelled: !one.is_open(),
        stamp: now,
    });
    let calendar = Calendar {
        name: "Muster: improvements".to_owned(),
        events: events.collect(),
    };
    calendar.text()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guide::write;
    use crate::model::testing::{incident, noon, writer};
    use crate::model::{Cursor, Fold, Log, LogScope};

    fn agreed(nature: Nature, actions: &[(&str, Option<i64>)]) -> Fold {
        let mut log = Log::new(LogScope::Incident(incident(1)));
        log.append(writer(1), write::declare(nature), noon());
        for (text, due) in actions {
            let due = due.map(|days| noon() + Span::days(days));
            let action = write::action(ActionKind::Prevent, text, None, due);
            log.append(writer(1), action, noon());
        }
        let fold = Fold::of(&[&log], Cursor::Now);
        let first = fold.incident().actions.first().map(|said| said.id());
        let done = write::update_action(first.unwrap(), ActionState::Done);
        log.append(writer(1), done, noon());
        Fold::of(&[&log], Cursor::Now)
    }

    #[test]
    fn what_is_due_first_stands_first_and_what_is_over_last() {
        let some = [
            ("done", Some(-9)),
            ("some day", None),
            ("in a week", Some(7)),
            ("=late", Some(-2)),
        ];
        let fold = agreed(Nature::Real, &some);
        let mut list = of(incident(1), fold.incident());
        in_order(&mut list);
        let texts: Vec<&str> = list.iter().map(|one| one.text.as_str()).collect();
        assert_eq!(texts, ["=late", "in a week", "some day", "done"]);
        let overdue: Vec<bool> = list.iter().map(|one| one.is_overdue(noon())).collect();
        assert_eq!(overdue, [true, false, false, false]);
        // A spreadsheet runs nothing of it.
        assert!(csv(&list).contains("\"'=late\""));
        let calendar = calendar(&list, noon()).unwrap();
        assert_eq!(calendar.matches("BEGIN:VEVENT").count(), 3);
        assert_eq!(calendar.matches("STATUS:CANCELLED").count(), 1);
    }

    #[test]
    fn a_sample_binds_nobody() {
        let fold = agreed(Nature::Sample, &[("nothing", None)]);
        assert_eq!(of(incident(1), fold.incident()), []);
        assert_eq!(calendar(&[], noon()), None);
    }
}
