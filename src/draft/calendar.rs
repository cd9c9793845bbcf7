//! What is due, as a calendar that rings where a closed page cannot.
//!
//! Each entry keeps its name, so that the file of a later moment moves it instead of adding another.

use crate::classify::regime::Clock;
use crate::format::ics::{Calendar, Entry};
use crate::guide::{Due, brief, regimes};
use crate::model::{Incident, IncidentId, Span, Timestamp};

/// The reminder before something is due, and the one at the instant itself.
const ALARMS: [Span; 2] = [Span::minutes(10), Span::minutes(0)];

/// The calendar of an incident; none where nothing is due. `clocks` are the regulators', those that
/// have stopped too: they are called off where a calendar has them.
pub fn calendar(
    id: IncidentId,
    incident: &Incident,
    dues: &[Due],
    clocks: &[Clock],
    now: Timestamp,
) -> Option<String> {
    let title = brief::marked_title(incident);
    let entry = |name: &str, at: Timestamp, what: &str, why: &str, cancelled: bool| Entry {
        uid: format!("{name}.{id}@muster"),
        sequence: sequence(now),
        at,
        lasts: Span::minutes(0),
        title: format!("{what}: {title}"),
        description: why.to_owned(),
        url: None,
        alarms: if cancelled {
            Vec::new()
        } else {
            ALARMS.to_vec()
        },
        cancelled,
        stamp: now,
    };
    let mut events: Vec<Entry> = dues
        .iter()
        .map(|due| entry(&due.name, due.at, &due.title, &due.why, false))
        .collect();
    let stopped = clocks.iter().filter(|clock| clock.stopped.is_some());
    events.extend(stopped.filter_map(|clock| {
        let due = clock.due?;
        let what = format!("{}: {}", clock.regime.title(), clock.report.title());
        Some(entry(
            &regimes::name(clock),
            due.strict,
            &what,
            clock.stops_by,
            true,
        ))
    }));
    let calendar = Calendar {
        name: format!("Muster: {title}"),
        events,
    };
    calendar.text()
}

/// Higher with each minute: a later export changes what an earlier one wrote.
pub(super) fn sequence(now: Timestamp) -> u32 {
    const FROM: i64 = 1_767_225_600_000;
    u32::try_from((now.ms() - FROM) / 60_000).unwrap_or(0)
}
