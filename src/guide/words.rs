//! Words for times, stages, roles and levels, the same on every screen and in every document.
//!
//! Plain text only; offsets from UTC come in, zones are not known here.

use crate::classify::regime::{RegimeId, Report, Trigger};
use crate::model::communication::PublicWord;
use crate::model::term::{ChangeKind, CheckBy, Level, Nature, Phase, Relation, Role, Stage, Stamp};
use crate::model::{Span, Timestamp};

/// "12 min", "1 h 04", "3 days 2 h"; the magnitude only.
pub fn span(span: Span) -> String {
    let minutes = Span(span.0.abs()).whole_minutes();
    match minutes {
        0 => "under a minute".to_owned(),
        1..60 => format!("{minutes} min"),
        60..2880 => format!("{} h {:02}", minutes / 60, minutes % 60),
        _ => format!("{} days {} h", minutes / 1440, minutes % 1440 / 60),
    }
}

/// "3 min late", "in 2 h 41", "due now".
pub fn due(at: Timestamp, now: Timestamp) -> String {
    let left = at - now;
    match left.0.abs() {
        0..60_000 => "due now".to_owned(),
        _ if left.is_negative() => format!("{} late", span(left)),
        _ => format!("in {}", span(left)),
    }
}

/// The months in short, from January.
pub const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// The months in full, from January.
pub const MONTHS_IN_FULL: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// `03:14`, or with its date where that is not today: `23 Nov, 03:14`, `23 Nov 2025, 03:14`.
pub fn wall(at: Timestamp, now: Timestamp, utc_offset_minutes: i32) -> String {
    let offset = Span::minutes(i64::from(utc_offset_minutes));
    wall_of(at + offset, now + offset)
}

/// The same of instants that are moved into their zone already: the offset may have changed between.
pub fn wall_of(local: Timestamp, today: Timestamp) -> String {
    let clock = clock_of(local);
    match day_of(local, today) {
        Some(day) => format!("{day}, {clock}"),
        None => clock,
    }
}

/// The time of day alone of an instant that is moved into its zone already: `03:14`.
pub fn clock_of(local: Timestamp) -> String {
    local.to_string().get(11..16).unwrap_or_default().to_owned()
}

/// The day, where that is another than `today`'s: `23 Nov`, `23 Nov 2025`. Both are moved into their
/// zone already.
pub fn day_of(local: Timestamp, today: Timestamp) -> Option<String> {
    let (year, month, day) = local.utc_date();
    if today.utc_date() == (year, month, day) {
        return None;
    }
    let name = usize::try_from(month - 1)
        .ok()
        .and_then(|month| MONTHS.get(month))
        .copied()
        .unwrap_or_default();
    Some(if today.utc_date().0 == year {
        format!("{day} {name}")
    } else {
        format!("{day} {name} {year}")
    })
}

/// A text that goes on within a sentence.
pub fn lower_first(text: &str) -> String {
    let mut text = text.to_owned();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    text
}

/// A stage in a word or two.
pub fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Identification => "Identify",
        Stage::Escalation => "Escalate",
        Stage::Communication => "Communicate",
        Stage::Investigation => "Work around",
        Stage::Recovery => "Recover",
        Stage::Review => "Review",
    }
}

/// A role as it is called.
pub fn role(role: &Role) -> String {
    if let Some(system) = role.system() {
        return format!("Expert for {system}");
    }
    match role {
        Role::MajorIncidentManager => "Major incident manager",
        Role::Deputy => "Deputy",
        Role::OperationsLead => "Operations lead",
        Role::CommunicationsLead => "Communications lead",
        Role::Scribe => "Scribe",
        Role::CustomerLiaison => "Customer liaison",
        Role::SubjectMatterExpert => "Subject-matter expert",
        Role::ExecutiveSponsor => "Executive sponsor",
        Role::Expert(name) | Role::Own(name) => name,
    }
    .to_owned()
}

/// A role within a sentence: the host's own stays as it is written.
pub fn role_within(role: &Role) -> String {
    match role {
        Role::Own(name) => name.to_string(),
        Role::Expert(_) => self::role(role).replacen('E', "e", 1),
        known => self::role(known).to_ascii_lowercase(),
    }
}

/// What outsiders may read, within a sentence.
pub fn public_word(word: PublicWord) -> &'static str {
    match word {
        PublicWord::What => "what they notice",
        PublicWord::Whom => "who is hit",
        PublicWord::Workaround => "what they can do meanwhile",
    }
}

/// A name as files have it, for reading: of a regime, a report, a question, where nothing better is
/// known of it.
pub fn spelled(name: &str) -> String {
    name.replace('_', " ")
}

/// A regime by its name in files.
pub fn regime(name: &str) -> String {
    RegimeId::named(name).map_or_else(|| spelled(name), |id| id.title().to_owned())
}

/// What starts a regime's clock, by its name in files.
pub fn trigger(name: &str) -> String {
    Trigger::named(name).map_or_else(|| spelled(name), |one| one.title().to_owned())
}

/// A report by its name in files.
pub fn report(name: &str) -> String {
    Report::named(name).map_or_else(|| spelled(name), |one| one.title().to_owned())
}

/// What a regime asks, by its key.
pub fn question(regime: &str, key: &str) -> String {
    let question = RegimeId::named(regime).and_then(|id| id.question(key));
    question.map_or_else(|| spelled(key), |question| question.text.to_owned())
}

/// A stamp as a state of affairs.
pub fn stamp(stamp: Stamp) -> &'static str {
    match stamp {
        Stamp::ImpactStarted => "Impact started",
        Stamp::Detected => "Detected",
        Stamp::Acknowledged => "Acknowledged",
        Stamp::Mitigated => "Mitigated",
        Stamp::Restored => "Service restored",
        Stamp::Resolved => "Resolved",
    }
}

/// A level as people say it.
pub fn level(level: Level) -> &'static str {
    match level {
        Level::Degraded => "slow or failing at times",
        Level::PartlyDown => "partly down",
        Level::Down => "down",
    }
}

/// A change as it is called.
pub fn change(change: ChangeKind) -> &'static str {
    match change {
        ChangeKind::Deployment => "Deployment",
        ChangeKind::Configuration => "Configuration",
        ChangeKind::Infrastructure => "Infrastructure",
        ChangeKind::Other => "Another change",
    }
}

/// By what a check is decided.
pub fn check_by(by: CheckBy) -> &'static str {
    match by {
        CheckBy::Threshold => "a figure that holds for a time",
        CheckBy::Test => "a person's test",
        CheckBy::Word => "a customer's word",
    }
}

/// What an incident's nature is called; nothing for a real one.
pub fn nature(nature: Nature) -> Option<&'static str> {
    match nature {
        Nature::Real => None,
        Nature::Test => Some("Test"),
        Nature::Retrospective => Some("Retrospective"),
        Nature::Sample => Some("Sample"),
        Nature::Drill => Some("Drill"),
    }
}

/// What every text of a drill begins with, so that nobody takes it for the real thing.
pub const DRILL: &str = "DRILL: exercise, no real incident.";

/// A text as it may leave: that of a drill begins by saying so, whatever a person made of it.
pub fn marked(nature: Nature, text: &str) -> String {
    if nature == Nature::Drill && !text.trim_start().starts_with("DRILL:") {
        format!("{DRILL}\n{text}")
    } else {
        text.to_owned()
    }
}

/// A title as it stands where nothing else says what it is of: a page's name, a mail's subject.
pub fn marked_title(nature: Nature, title: String) -> String {
    if nature == Nature::Drill {
        format!("DRILL: {title}")
    } else {
        title
    }
}

/// A phase as outsiders read it.
pub fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::Investigating => "Investigating",
        Phase::Identified => "Identified",
        Phase::Monitoring => "Monitoring",
        Phase::Resolved => "Resolved",
        Phase::Postmortem => "Review published",
    }
}

/// A relation, before the other incident's title.
pub fn relation(relation: Relation) -> &'static str {
    match relation {
        Relation::Duplicate => "Duplicate of",
        Relation::Parent => "Part of",
        Relation::CausedBy => "Caused by",
        Relation::Related => "Related to",
    }
}

/// How many bytes, in the unit that reads best: "182 kB". Units of 1000, as disks are sold.
pub fn bytes(count: u64) -> String {
    match count {
        0..1_000 => format!("{count} bytes"),
        1_000..1_000_000 => format!("{} kB", count / 1_000),
        1_000_000..1_000_000_000 => format!("{}.{} MB", count / 1_000_000, count / 100_000 % 10),
        _ => format!("{} GB", count / 1_000_000_000),
    }
}

/// "one thing", "3 things".
pub fn count(number: usize, one: &str, many: &str) -> String {
    if number == 1 {
        format!("1 {one}")
    } else {
        format!("{number} {many}")
    }
}

/// Percent-encoding (RFC 3986): all but what needs none anywhere.
pub fn percent_encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// Percent-decoding as links have it, `+` for a space; what is malformed stays as it is.
pub fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let [first, tail @ ..] = rest {
        let escaped = match tail {
            [high, low, ..] if *first == b'%' => hex(*high).zip(hex(*low)),
            _ => None,
        };
        match escaped {
            Some((high, low)) => {
                out.push(high << 4 | low);
                rest = tail.get(2..).unwrap_or_default();
            }
            None => {
                out.push(if *first == b'+' { b' ' } else { *first });
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

fn hex(byte: u8) -> Option<u8> {
    char::from(byte)
        .to_digit(16)
        .and_then(|digit| u8::try_from(digit).ok())
}

/// The beginning of a text, with a mark where it goes on.
pub fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let start: String = text.chars().take(most - 1).collect();
    format!("{}…", start.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_and_dues_read_as_said() {
        for (minutes, text) in [
            (0, "under a minute"),
            (12, "12 min"),
            (64, "1 h 04"),
            (-64, "1 h 04"),
            (3001, "2 days 2 h"),
        ] {
            assert_eq!(span(Span::minutes(minutes)), text);
        }
        let now = Timestamp::clamped(0);
        assert_eq!(due(now + Span::minutes(161), now), "in 2 h 41");
        assert_eq!(due(now - Span::minutes(3), now), "3 min late");
        assert_eq!(due(now - Span(59_000), now), "due now");
    }

    #[test]
    fn a_time_has_its_date_where_it_is_not_today() {
        let at = |text: &str| Timestamp::parse_rfc3339(text).unwrap();
        let now = at("2026-11-24T03:00:00Z");
        assert_eq!(wall(at("2026-11-24T02:13:00Z"), now, 0), "02:13");
        assert_eq!(wall(at("2026-11-23T23:13:00Z"), now, 0), "23 Nov, 23:13");
        assert_eq!(wall(at("2026-11-23T23:13:00Z"), now, 60), "00:13");
        assert_eq!(
            wall(at("2025-11-23T23:13:00Z"), now, 0),
            "23 Nov 2025, 23:13"
        );
    }
}
