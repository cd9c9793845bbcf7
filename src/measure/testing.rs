//! Small cases for tests.

use super::case::Case;
use super::downtime::{End, Outage, Piece, Stretch};
use crate::guide::write;
use crate::model::term::{Level, Nature, Priority, Stamp};
use crate::model::testing::{incident, noon, writer};
use crate::model::{Cursor, Draft, Fold, Incident, IncidentId, Log, LogScope, Span, Timestamp};

/// So many minutes after noon.
pub fn minute(minutes: i64) -> Timestamp {
    noon() + Span::minutes(minutes)
}

/// A clock time of the day of [`noon`]: `09:07`.
pub fn clock(text: &str) -> Timestamp {
    Timestamp::parse_rfc3339(&format!("2026-11-24T{text}:00Z")).unwrap()
}

/// What is written down at a minute.
pub type Line<'a> = (i64, &'a dyn Fn(&Incident) -> Draft);

/// The incident of what was written down.
pub fn folded(lines: &[Line<'_>]) -> Incident {
    let mut log = Log::new(LogScope::Incident(incident(1)));
    for (at, draft) in lines {
        let fold = Fold::of(&[&log], Cursor::Now);
        log.append(writer(1), draft(fold.incident()), minute(*at));
    }
    Fold::of(&[&log], Cursor::Now).incident().clone()
}

/// A declaration.
pub fn declare(nature: Nature) -> impl Fn(&Incident) -> Draft {
    move |_| write::declare(nature)
}

/// A stamp, at a time of its own.
pub fn state(stamp: Stamp, at: Timestamp) -> impl Fn(&Incident) -> Draft {
    move |incident| write::state(incident, stamp, Some(at))
}

/// A case of which only this is known.
pub fn case(n: u8, began: Timestamp) -> Case {
    Case {
        id: IncidentId::from_bytes([n; 10]),
        title: format!("Case {n}"),
        nature: Nature::Real,
        foreign: false,
        duplicate: false,
        priority: Some(Priority::P2),
        major: false,
        began,
        closed: true,
        reopened: None,
        moments: Vec::new(),
        outages: Vec::new(),
        causes: Vec::new(),
        promises: Vec::new(),
        updates: 0,
    }
}

/// A service that was down from one minute to another.
pub fn outage(service: &str, level: Level, from: i64, to: i64) -> Outage {
    Outage {
        service: service.to_owned(),
        pieces: vec![Piece {
            level,
            from: minute(from),
            to: Some(minute(to)),
        }],
        end: End::Stated,
    }
}

/// The outages of the worked example in rules.md D.
pub fn worked_outages() -> Vec<Stretch> {
    [
        ("09:00", "09:40", 1000),
        ("09:30", "10:15", 500),
        ("11:00", "11:20", 250),
    ]
    .into_iter()
    .map(|(from, to, weight)| Stretch {
        from: clock(from),
        to: clock(to),
        weight,
    })
    .collect()
}
