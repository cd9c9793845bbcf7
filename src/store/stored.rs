//! What both stores held, as the start script gives it out where the app has stopped
//! (`muster-stored.json`): made into a file of Muster's own form, which is read like any other.
//!
//! Anybody may have written it: nothing is trusted here but that a line is JSON, and the reading of
//! files looks at everything else.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::segment;
use super::vault::{removed_by_key, scope_of_key};
use crate::model::{Claim, Digest, LogScope, Writer};

/// A part of what was stored that is not whole.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Damaged {
    /// Its key, or its place in the journal.
    pub place: String,
    /// How many of its lines cannot be read.
    pub lines: usize,
}

/// The stores as one text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stored {
    /// In Muster's own form.
    pub file: String,
    /// What could not be read.
    pub damaged: Vec<Damaged>,
}

/// As the start script writes it. What it says of errors and settings is of no use elsewhere.
#[derive(Deserialize)]
struct Form<'a> {
    #[serde(borrow)]
    local: BTreeMap<String, &'a RawValue>,
    #[serde(borrow)]
    journal: Vec<&'a RawValue>,
    #[serde(borrow, default)]
    pictures: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct RecordForm {
    scope: String,
    text: String,
}

/// Muster's own form.
#[derive(Serialize)]
struct FileForm<'a> {
    format: &'static str,
    version: u32,
    requires: [&'static str; 0],
    logs: Vec<LogForm<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pictures: Option<&'a RawValue>,
}

#[derive(Serialize)]
struct LogForm<'a> {
    scope: LogScope,
    events: Vec<&'a RawValue>,
    heads: Vec<HeadForm>,
}

#[derive(Serialize)]
struct HeadForm {
    writer: Writer,
    seq: u32,
    digest: Digest,
}

/// Lines of one log: of both stores, each once.
#[derive(Default)]
struct Lines<'a> {
    events: BTreeSet<&'a str>,
    claims: BTreeSet<Claim>,
}

/// A text of one of the stores: where it lay, of which log it is, and itself where it can be read.
struct Part {
    place: String,
    scope: LogScope,
    text: Option<String>,
}

/// Makes a file of what was stored. What this device had removed stays away, unless the journal
/// still has it: of the two, it is the one that knows.
///
/// # Errors
/// Where it is not what the start script writes, and in which line and column.
pub fn as_file(text: &str) -> Result<Stored, serde_json::Error> {
    let form: Form<'_> = serde_json::from_str(text)?;
    let removed: BTreeSet<LogScope> = form
        .local
        .keys()
        .filter_map(|key| removed_by_key(key))
        .collect();
    let mut damaged = Vec::new();
    let mut parts = in_journal(&form.journal, &mut damaged);
    let known: BTreeSet<LogScope> = parts.iter().map(|part| part.scope).collect();
    parts.extend(
        in_local(&form.local)
            .filter(|part| known.contains(&part.scope) || !removed.contains(&part.scope)),
    );
    let mut logs: BTreeMap<LogScope, Lines<'_>> = BTreeMap::new();
    for part in &parts {
        let log = logs.entry(part.scope).or_default();
        let lines = part.text.as_ref().map_or(1, |text| take(log, text));
        if lines > 0 {
            let place = part.place.clone();
            damaged.push(Damaged { place, lines });
        }
    }
    let file = FileForm {
        format: "muster",
        version: 1,
        requires: [],
        logs: logs.into_iter().map(log).collect(),
        pictures: form.pictures,
    };
    Ok(Stored {
        file: serde_json::to_string(&file)?,
        damaged,
    })
}

fn in_local(local: &BTreeMap<String, &RawValue>) -> impl Iterator<Item = Part> {
    local.iter().filter_map(|(key, value)| {
        Some(Part {
            place: key.clone(),
            scope: scope_of_key(key)?,
            text: serde_json::from_str(value.get()).ok(),
        })
    })
}

fn in_journal(journal: &[&RawValue], damaged: &mut Vec<Damaged>) -> Vec<Part> {
    let mut parts = Vec::new();
    for (value, number) in journal.iter().zip(1..) {
        let place = format!("journal record {number}");
        let record = serde_json::from_str::<RecordForm>(value.get()).ok();
        let scope = record.as_ref().and_then(|record| record.scope.parse().ok());
        match (record, scope) {
            (Some(record), Some(scope)) => parts.push(Part {
                place,
                scope,
                text: Some(record.text),
            }),
            _ => damaged.push(Damaged { place, lines: 1 }),
        }
    }
    parts
}

/// Takes a segment's lines; how many of them cannot be read.
fn take<'a>(log: &mut Lines<'a>, text: &'a str) -> usize {
    let mut unread = 0;
    // The first line only says whether the rest is whole, and each line here is looked at anyway.
    for line in text.lines().skip(1) {
        if let Some(claim) = segment::read_claim(line) {
            log.claims.insert(claim);
        } else if serde_json::from_str::<&RawValue>(line).is_ok() {
            log.events.insert(line);
        } else {
            unread += 1;
        }
    }
    unread
}

fn log((scope, lines): (LogScope, Lines<'_>)) -> LogForm<'_> {
    let events = lines.events.into_iter();
    let heads = lines.claims.into_iter();
    LogForm {
        scope,
        events: events
            .filter_map(|line| serde_json::from_str(line).ok())
            .collect(),
        heads: heads
            .map(|claim| HeadForm {
                writer: claim.writer,
                seq: claim.seq,
                digest: claim.digest,
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::format::file;
    use crate::model::testing::{incident, log};
    use crate::model::{Event, Log};

    fn lines(log: &Log) -> Vec<String> {
        log.events().map(|(_, event)| event.to_json()).collect()
    }

    fn key(scope: LogScope, page: &str) -> String {
        format!("muster/log/{scope}/{page}")
    }

    #[test]
    fn both_stores_come_back_as_one_log_and_each_event_once() {
        let log = log(9);
        let scope = log.scope();
        let all = lines(&log);
        let (early, late) = all.split_at(6);
        let claim = Claim {
            writer: crate::model::testing::writer(1),
            seq: 2,
            digest: Digest([3; 32]),
        };
        let text = json!({
            "local": { (key(scope, "a")): segment::write(scope, late), "muster/settings": "{}", "muster/journal": "x" },
            "journal": [
                { "scope": scope, "batch": "", "text": segment::write(scope, early), "other": 1 },
                { "scope": scope, "batch": "0123", "text": segment::write(scope, &all) },
                { "scope": scope, "batch": "", "text": segment::write(scope, &[segment::claim_line(&claim)]) },
            ],
            "pictures": {},
            "local_error": "told",
        });
        let stored = as_file(&text.to_string()).unwrap();
        assert_eq!(stored.damaged, []);
        let reading = file::read(stored.file.as_bytes()).unwrap();
        assert_eq!(reading.problems, []);
        let [read] = reading.logs.as_slice() else {
            panic!("{} logs", reading.logs.len());
        };
        assert_eq!(lines(read), all);
        assert!(read.claims().contains(&claim));
    }

    #[test]
    fn what_is_damaged_is_named_and_the_rest_is_read() {
        let log = log(5);
        let scope = log.scope();
        let all = lines(&log);
        let whole = segment::write(scope, &all);
        let cut = &whole[..whole.len() - 10];
        let text = json!({ "local": { (key(scope, "a")): cut }, "journal": [] });
        let stored = as_file(&text.to_string()).unwrap();
        let damaged = Damaged {
            place: key(scope, "a"),
            lines: 1,
        };
        assert_eq!(stored.damaged, [damaged]);
        let reading = file::read(stored.file.as_bytes()).unwrap();
        assert_eq!(reading.events(), all.len() - 1);
    }

    #[test]
    fn what_was_removed_stays_away_unless_the_journal_has_it() {
        let log = log(2);
        let scope = log.scope();
        let text = segment::write(scope, &lines(&log));
        let gone = format!("muster/gone/{scope}");
        let left =
            json!({ "local": { (gone.clone()): "1", (key(scope, "a")): text }, "journal": [] });
        let left = as_file(&left.to_string()).unwrap();
        assert_eq!(file::read(left.file.as_bytes()).unwrap().events(), 0);
        let back = json!({
            "local": { (gone): "1" },
            "journal": [{ "scope": scope, "batch": "", "text": text }],
        });
        let back = as_file(&back.to_string()).unwrap();
        assert_eq!(file::read(back.file.as_bytes()).unwrap().events(), 3);
    }

    #[test]
    fn one_odd_value_does_not_cost_the_others() {
        let log = log(2);
        let scope = log.scope();
        let whole = json!(segment::write(scope, &lines(&log)));
        // Half of a pair of UTF-16 units, as a cut leaves it.
        let text = format!(
            r#"{{"local":{{"{}":{whole},"{}":"\ud800","{}":null}},"journal":[null,{{"scope":1}},{{}}]}}"#,
            key(scope, "a"),
            key(scope, "b"),
            key(scope, "c")
        );
        let stored = as_file(&text).unwrap();
        assert_eq!(stored.damaged.len(), 5);
        assert_eq!(file::read(stored.file.as_bytes()).unwrap().events(), 3);
    }

    #[test]
    fn a_hostile_one_gives_a_file_that_is_looked_at_like_any_other() {
        let scope = LogScope::Incident(incident(1));
        let header = segment::write(scope, &[]);
        for line in [
            "\"a text\"",
            "{}",
            "[1, 2]",
            "{\"writer\":\"0123456789abcdef\",\"seq\":0}",
            "</script>",
            "]}",
            "null",
        ] {
            let text = json!({ "local": {}, "journal": [{ "scope": scope, "text": format!("{header}{line}") }] });
            let stored = as_file(&text.to_string()).unwrap();
            let reading = file::read(stored.file.as_bytes()).unwrap();
            assert_eq!(reading.events(), 0, "{line}");
            assert_eq!(reading.problems.len() + stored.damaged.len(), 1, "{line}");
        }
        for text in [
            "",
            "[]",
            "{\"local\": 1, \"journal\": []}",
            "{\"local\": {}}",
        ] {
            assert!(as_file(text).is_err(), "{text}");
        }
        let foreign = json!({ "local": {"muster/log/none": "x"}, "journal": [{"scope": "../x", "text": ""}] });
        let stored = as_file(&foreign.to_string()).unwrap();
        assert!(file::read(stored.file.as_bytes()).unwrap().logs.is_empty());
        assert_eq!(stored.damaged.len(), 1);
    }

    #[test]
    fn an_event_is_what_it_was() {
        let text = "{\"writer\":\"0123456789abcdef\",\"seq\":1,\"tick\":1,\"noted\":\"2026-11-24T03:14:07.000Z\",\"kind\":\"of_later\",\"body\":{\"x\":1},\"more\":[]}";
        let event = Event::from_json(text).unwrap();
        let scope = LogScope::Incident(incident(1));
        let stored = json!({ "local": {}, "journal": [{ "scope": scope, "text": segment::write(scope, &[event.to_json()]) }] });
        let stored = as_file(&stored.to_string()).unwrap();
        let reading = file::read(stored.file.as_bytes()).unwrap();
        let back: Vec<&Event> = reading
            .logs
            .iter()
            .flat_map(|log| log.events())
            .map(|(_, event)| event)
            .collect();
        assert_eq!(back, [&event]);
    }
}
