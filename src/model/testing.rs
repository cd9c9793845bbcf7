//! Small logs for tests.

use super::fact::{Fact, Words};
use super::id::{IncidentId, LogScope, Writer};
use super::log::{Draft, Log};
use super::term::Stage;
use super::time::{Span, Timestamp};

/// Noon on the day that Muster was begun.
pub fn noon() -> Timestamp {
    Timestamp::clamped(1_795_521_600_000)
}

/// The nth writer.
pub fn writer(n: u8) -> Writer {
    Writer::from_bytes([n; 10])
}

/// The nth incident.
pub fn incident(n: u8) -> IncidentId {
    IncidentId::from_bytes([n; 10])
}

/// A note.
pub fn note(text: &str) -> Draft {
    Fact::Note(Words {
        text: text.to_owned(),
    })
    .draft()
}

/// A log of two writers with this many notes and a sealed event.
pub fn log(notes: u32) -> Log {
    let mut log = Log::new(LogScope::Incident(incident(1)));
    for n in 0..notes {
        let who = writer(1 + u8::from(n % 3 == 2));
        log.append(
            who,
            note(&format!("words {n}")),
            noon() + Span::minutes(n.into()),
        );
    }
    let entry = super::fact::StageEntry {
        stage: Stage::Escalation,
        open: Vec::new(),
        reason: String::new(),
    };
    log.append(
        writer(1),
        Fact::StageEntered(entry).draft(),
        noon() + Span::hours(9),
    );
    log
}
