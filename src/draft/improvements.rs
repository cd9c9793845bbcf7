//! What was agreed in reviews, over all incidents: one list, overdue first, as rows, a table and a
//! calendar.
//!
//! Plain values for a screen; decides nothing. `now` comes in.

use crate::format::csv::{push_row, rows};
use crate::format::ics::{Calendar, Entry};
use crate::guide::{brief, timeline, words};
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
    /// The event that said so last; none where nobody has.
    pub said_by: Option<EventId>,
    /// By what one sees that it worked; may be empty.
    pub success: String,
    /// Its number or address in another tool; may be empty.
    pub ticket: String,
}

impl Improvement {
    /// Whether something is left to do.
    pub fn is_open(&self) -> bool {
        matches!(self.state, ActionState::Open | ActionState::InProgress)
    }

    /// Which word on it was the last when a table was given out.
    fn as_of(&self) -> String {
        self.said_by.unwrap_or(self.event).to_string()
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
            said_by: said.what.updated_by,
            success: said.what.action.success.clone(),
            ticket: said.what.action.ticket.clone(),
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

/// Columns by which a row is known again.
const INCIDENT: &str = "Incident";
const ENTRY: &str = "Entry";
const STATE: &str = "State";
const AS_OF: &str = "As of";

/// What a table says anew.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Returned {
    /// Improvements that stand elsewhere now: in which incident, by which event, and where.
    pub changed: Vec<(IncidentId, EventId, ActionState)>,
    /// How many stand as they did.
    pub same: usize,
    /// What was not understood, with the row of the table, and what to do.
    pub problems: Vec<String>,
}

/// Reads a table that was given out and comes back, for where improvements stand; all else in it is
/// left alone. Any text gives an answer.
pub fn returned(text: &str, list: &[Improvement]) -> Returned {
    /// Problems that are told at most.
    const MOST: usize = 20;
    let rows = rows(text);
    let mut read = Returned::default();
    let place = |name: &str| {
        let mut titles = rows.first().into_iter().flatten();
        titles.position(|title| title.trim().eq_ignore_ascii_case(name))
    };
    let columns = (place(INCIDENT), place(ENTRY), place(STATE), place(AS_OF));
    let (Some(incident), Some(entry), Some(state), Some(as_of)) = columns else {
        read.problems.push(format!("The first row must have the columns {INCIDENT}, {ENTRY}, {STATE} and {AS_OF}, as the table that is given out here."));
        return read;
    };
    let mut seen: Vec<EventId> = Vec::new();
    for (row, number) in rows.iter().zip(1..).skip(1) {
        let cell = |place: usize| row.get(place).map(|cell| cell.trim()).unwrap_or_default();
        if row.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let ids = (cell(incident).parse().ok(), cell(entry).parse().ok());
        let held = list
            .iter()
            .find(|one| ids == (Some(one.incident), Some(one.event)));
        let new = ActionState::ALL.iter().find(|state_of| {
            let words = [timeline::action_words(**state_of), state_of.name()];
            words
                .iter()
                .any(|words| words.eq_ignore_ascii_case(cell(state)))
        });
        match (held, new) {
            (None, _) => read.problems.push(format!(
                "Row {number}: no improvement that is held here has this incident and entry."
            )),
            (_, None) => read.problems.push(format!(
                "Row {number}: “{}” is no state. Write open, in progress, done or dropped.",
                words::shortened(cell(state), 40)
            )),
            (Some(one), Some(_)) if seen.contains(&one.event) => {
                read.problems.push(format!("Row {number}: this improvement stands in the table twice; the first row counts."));
            }
            (Some(one), Some(new)) if one.state == *new => {
                seen.push(one.event);
                read.same += 1;
            }
            (Some(one), Some(_)) if cell(as_of) != one.as_of() => {
                seen.push(one.event);
                read.problems.push(format!("Row {number}: somebody said where it stands since the table was given out; it stays {}.", timeline::action_words(one.state)));
            }
            (Some(one), Some(new)) => {
                seen.push(one.event);
                read.changed.push((one.incident, one.event, *new));
            }
        }
    }
    let more = read.problems.len().saturating_sub(MOST);
    if more > 0 {
        read.problems.truncate(MOST);
        read.problems.push(format!("And {more} rows more."));
    }
    read
}

/// A table of them: RFC 4180, one a row.
pub fn csv(list: &[Improvement]) -> String {
    let mut out = String::new();
    let titles = [
        INCIDENT,
        "Title",
        ENTRY,
        "Improvement",
        "Kind",
        "Owner",
        "Due (UTC)",
        STATE,
        AS_OF,
        "Measured by",
        "Ticket",
    ];
    push_row(&mut out, &titles);
    for one in list {
        let due = one.due.map(|due| due.to_string()).unwrap_or_default();
        push_row(
            &mut out,
            &[
                &one.incident.to_string(),
                &one.title,
                &one.event.to_string(),
                &one.text,
                one.kind.name(),
                &one.owner,
                &due,
                timeline::action_words(one.state),
                &one.as_of(),
                &one.success,
                &one.ticket,
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
    fn where_they_stand_comes_back_by_the_table() {
        let some = [("one", None), ("two", Some(7)), ("three", None)];
        let fold = agreed(Nature::Real, &some);
        let list = of(incident(1), fold.incident());
        let given = csv(&list);
        assert_eq!(
            returned(&given, &list),
            Returned {
                same: 3,
                ..Returned::default()
            }
        );
        let (two, three) = (list[1].event, list[2].event);
        // As another program may write it: semicolons, and other columns.
        let id = incident(1);
        let text = format!(
            "Entry;State;Incident;As of\n{two};In progress;{id};{two}\n{three};finished;{id};{three}\n;;;\nx;done;{id};x\n"
        );
        let read = returned(&text, &list);
        assert_eq!(read.changed, [(id, two, ActionState::InProgress)]);
        assert_eq!(read.problems.len(), 2);
        assert!(
            read.problems[0].starts_with("Row 3: “finished”"),
            "{:?}",
            read.problems
        );
        assert!(read.problems[1].starts_with("Row 5: no improvement"));
        // What somebody said since is not taken back by an old table; the first of two rows counts.
        let one = &list[0];
        let text = format!(
            "Entry,State,Incident,As of\n{},open,{id},{}\n{two},done,{id},{two}\n{two},dropped,{id},{two}\n",
            one.event, one.event
        );
        let read = returned(&text, &list);
        assert_eq!(read.changed, [(id, two, ActionState::Done)]);
        assert!(
            read.problems[0].contains("it stays done"),
            "{:?}",
            read.problems
        );
        assert!(read.problems[1].contains("twice"), "{:?}", read.problems);
        for text in ["", "a,b\n1,2", "\"", "\0"] {
            let read = returned(text, &list);
            assert_eq!(
                (read.changed.len(), read.problems.len()),
                (0, 1),
                "{text:?}"
            );
        }
    }

    #[test]
    fn a_sample_binds_nobody() {
        let fold = agreed(Nature::Sample, &[("nothing", None)]);
        assert_eq!(of(incident(1), fold.incident()), []);
        assert_eq!(calendar(&[], noon()), None);
    }
}
