//! Muster's own file: one form for one incident and for everything, the same bytes for the same
//! events. See `docs/format.md`.
//!
//! One bad event does not spoil the rest: it is a problem with its place, and the rest is read.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::pictures::{self, Item, Pictures, Wanted};
use super::recognise;
use crate::model::chain;
use crate::model::order;
use crate::model::term::Nature;
use crate::model::{Claim, Event, Incident, Log, LogScope};

/// The version of the form that is written, and the highest that is read.
pub const VERSION: u32 = 1;
/// Features that a file may require and that this version has.
const FEATURES: &[&str] = &[];
/// Problems beyond this many are only counted.
const MOST_PROBLEMS: usize = 200;

/// Why a file cannot be read at all.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum FileError {
    /// Nothing is in it.
    #[error("The file is empty. Ask for it again.")]
    Empty,
    /// Larger than is read.
    #[error("The file has {} MB; Muster reads up to {} MB. Export single incidents instead.", bytes / 1_000_000, recognise::LARGEST_FILE / 1_000_000)]
    TooLarge {
        /// Its size.
        bytes: usize,
    },
    /// Text of another encoding.
    #[error("The file is UTF-16 text. Save it as UTF-8 and try again.")]
    Utf16,
    /// Not text.
    #[error(
        "The file is not UTF-8 text (first at byte {offset}). It may be packed, damaged, or of another kind."
    )]
    NotUtf8 {
        /// Where.
        offset: usize,
    },
    /// Not JSON.
    #[error(
        "The file is not whole JSON: {what} at line {line}, column {column}. It may be cut off; ask for it again."
    )]
    NotJson {
        /// What is wrong.
        what: String,
        /// Where, from 1.
        line: usize,
        /// Where, from 1.
        column: usize,
    },
    /// JSON of another kind.
    #[error("The file is JSON, but not of a form that Muster reads (Muster's own, what a stopped Muster gave out, or Statuspage's incidents.json). Its fields are: {}.", fields.join(", "))]
    Unknown {
        /// The first of its outermost fields.
        fields: Vec<String>,
    },
    /// A Muster file from the future.
    #[error(
        "The file is of version {0} of Muster's form; this Muster reads version {VERSION}. Open it with a newer Muster."
    )]
    Newer(u32),
}

impl FileError {
    /// From what the JSON reader said.
    pub fn json(error: &serde_json::Error) -> Self {
        let what = error.to_string();
        let what = what
            .split(" at line ")
            .next()
            .unwrap_or_default()
            .to_owned();
        Self::NotJson {
            what,
            line: error.line(),
            column: error.column(),
        }
    }
}

/// Something in a file that was left out, and where it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    /// "Line 12, event 3 of incident 0123456789abcdef".
    pub place: String,
    /// What is wrong with it.
    pub what: String,
}

/// What a file holds.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Reading {
    /// Its logs; none of them damaged.
    pub logs: Vec<Log>,
    /// The bytes of pictures that its events speak of; all of them are what they should be.
    pub pictures: Pictures,
    /// What was left out.
    pub problems: Vec<Problem>,
    /// How many more problems there were.
    pub more_problems: usize,
    /// Features that the file requires and that this version lacks: it opens read-only.
    pub lacking: Vec<String>,
}

impl Reading {
    /// Notes something that is left out; of very many only the first are kept.
    pub fn problem(&mut self, place: String, what: String) {
        if self.problems.len() < MOST_PROBLEMS {
            self.problems.push(Problem { place, what });
        } else {
            self.more_problems += 1;
        }
    }

    /// How many events it holds.
    pub fn events(&self) -> usize {
        self.logs.iter().map(Log::len).sum()
    }
}

/// Writes logs as a file: the same logs give the same bytes, in whatever order they come.
pub fn write(logs: &[&Log]) -> String {
    write_with(logs, &Pictures::new())
}

/// Writes logs as a file, with those of these pictures that they speak of.
pub fn write_with(logs: &[&Log], pictures: &Pictures) -> String {
    let mut sorted: Vec<&&Log> = logs.iter().collect();
    order::sort_by_key(&mut sorted, |log| log.scope());
    let mut out =
        format!("{{\"format\":\"muster\",\"version\":{VERSION},\"requires\":[],\"logs\":[");
    for (index, log) in sorted.into_iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        out.push_str(&format!("\n{{\"scope\":\"{}\",\"events\":[", log.scope()));
        for (index, (_, event)) in log.events().enumerate() {
            out.push_str(if index > 0 { ",\n" } else { "\n" });
            out.push_str(&event.to_json());
        }
        out.push_str("\n],\"heads\":[");
        for (index, head) in chain::heads(log).iter().enumerate() {
            out.push_str(if index > 0 { ",\n" } else { "\n" });
            out.push_str(&head_json(head));
        }
        out.push_str("\n]}");
    }
    out.push_str("\n]");
    pictures::push(&mut out, logs, pictures);
    out.push_str("}\n");
    out
}

/// A head as it stands in files.
pub fn head_json(head: &Claim) -> String {
    format!(
        "{{\"digest\":\"{}\",\"seq\":{},\"writer\":\"{}\"}}",
        head.digest, head.seq, head.writer
    )
}

/// The name of a file with one incident: its date and its title.
pub fn name(incident: &Incident) -> String {
    name_as(incident, "muster", "json")
}

/// The name of a file made of one incident: what it is, its date and its title.
pub fn name_as(incident: &Incident, what: &str, ending: &str) -> String {
    let date = incident
        .declared_at()
        .or_else(|| incident.began_at())
        .map(|at| at.to_string());
    let date = date
        .as_ref()
        .and_then(|date| date.get(..10))
        .unwrap_or("undated");
    let slug = slug(incident.title().unwrap_or("untitled incident"));
    let drill = drill_mark(incident.nature() == Nature::Drill);
    format!("{what}-{drill}{date}-{slug}.{ending}")
}

/// What stands in the name of a file that leaves a drill; nothing in others.
pub const fn drill_mark(is_drill: bool) -> &'static str {
    if is_drill { "drill-" } else { "" }
}

/// The name of a file with everything.
pub fn name_of_everything(now: crate::model::Timestamp) -> String {
    let date = now.to_string();
    format!(
        "muster-everything-{}.json",
        date.get(..10).unwrap_or_default()
    )
}

/// Lower-case letters, digits and dashes: what every file system takes.
fn slug(title: &str) -> String {
    let mut slug = String::new();
    for c in title.chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        if slug.len() >= 48 {
            break;
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() {
        "incident".to_owned()
    } else {
        slug.to_owned()
    }
}

#[derive(Deserialize)]
struct FileForm<'a> {
    format: String,
    version: u32,
    #[serde(default)]
    requires: Vec<String>,
    #[serde(borrow)]
    logs: Vec<LogForm<'a>>,
    #[serde(borrow, default)]
    pictures: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct LogForm<'a> {
    scope: String,
    #[serde(borrow)]
    events: Vec<&'a RawValue>,
    #[serde(borrow, default)]
    heads: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
struct HeadForm {
    writer: crate::model::Writer,
    seq: u32,
    digest: crate::model::Digest,
}

struct Part {
    scope: Option<LogScope>,
    named: String,
    events: Vec<Range<usize>>,
    heads: Vec<Range<usize>>,
}

/// Reads a file in steps, so that a page can show progress and stay alive.
pub struct Reader {
    text: String,
    parts: Vec<Part>,
    part: usize,
    next: usize,
    done: usize,
    total: usize,
    /// Line numbers are counted from the last place asked for; problems come in order.
    line: (usize, usize),
    logs: BTreeMap<LogScope, Log>,
    /// The pictures that are still to be read, and what the events say of them.
    pictures: std::vec::IntoIter<Item>,
    wanted: Option<Wanted>,
    reading: Reading,
}

impl Reader {
    /// Checks the outline of a file.
    ///
    /// # Errors
    /// Why the file cannot be read at all.
    pub fn new(text: &str) -> Result<Self, FileError> {
        let form: FileForm<'_> =
            serde_json::from_str(text).map_err(|error| FileError::json(&error))?;
        if form.format != "muster" {
            return Err(FileError::Unknown {
                fields: vec![format!(
                    "format {}",
                    form.format.chars().take(30).collect::<String>()
                )],
            });
        }
        if form.version > VERSION {
            return Err(FileError::Newer(form.version));
        }
        let place = |raw: &RawValue| {
            let start = (raw.get().as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
            start..start + raw.get().len()
        };
        let range = |raw: &&RawValue| place(raw);
        let mut reading = Reading::default();
        let found = form.pictures.map(|section| pictures::items(section, place));
        if let Some(None) = found {
            let what = "they must be an object, digest to base 64; none of them is taken";
            reading.problem("The pictures of the file".to_owned(), what.to_owned());
        }
        let items = found.flatten().unwrap_or_default();
        let parts: Vec<Part> = form
            .logs
            .iter()
            .map(|log| Part {
                scope: log.scope.parse().ok(),
                named: log.scope.chars().take(40).collect(),
                events: log.events.iter().map(range).collect(),
                heads: log.heads.iter().map(range).collect(),
            })
            .collect();
        reading.lacking = form
            .requires
            .into_iter()
            .filter(|feature| !FEATURES.contains(&feature.as_str()))
            .collect();
        let events: usize = parts.iter().map(|part| part.events.len()).sum();
        let total = events + items.len();
        Ok(Self {
            text: text.to_owned(),
            parts,
            part: 0,
            next: 0,
            done: 0,
            total,
            line: (0, 1),
            logs: BTreeMap::new(),
            pictures: items.into_iter(),
            wanted: None,
            reading,
        })
    }

    /// How many events and pictures were looked at, and how many there are.
    pub fn progress(&self) -> (usize, usize) {
        (self.done, self.total)
    }

    /// Looks at up to `most` more events. False when none is left.
    pub fn step(&mut self, most: usize) -> bool {
        for _ in 0..most {
            let Some(part) = self.parts.get(self.part) else {
                // One picture is as much work as many events.
                return self.read_picture();
            };
            match (part.scope, part.events.get(self.next).cloned()) {
                (Some(scope), Some(range)) => self.read_event(scope, range),
                (scope, _) => {
                    self.finish_part(scope);
                    continue;
                }
            }
            self.next += 1;
            self.done += 1;
        }
        true
    }

    fn read_event(&mut self, scope: LogScope, range: Range<usize>) {
        let read = Event::from_json(self.text.get(range.clone()).unwrap_or_default());
        match read {
            Ok(event) => {
                self.logs
                    .entry(scope)
                    .or_insert_with(|| Log::new(scope))
                    .add(event);
            }
            Err(error) => {
                let line = self.line_of(range.start);
                let place = format!("Line {line}, event {} of {scope}", self.next + 1);
                let what = error.to_string();
                self.reading.problem(
                    place,
                    what.split(" at line ")
                        .next()
                        .unwrap_or_default()
                        .to_owned(),
                );
            }
        }
    }

    fn finish_part(&mut self, scope: Option<LogScope>) {
        let Some(part) = self.parts.get(self.part) else {
            return;
        };
        let (heads, named) = (part.heads.clone(), part.named.clone());
        let (first, left) = (
            part.events.first().map_or(0, |range| range.start),
            part.events.len(),
        );
        match scope {
            Some(scope) => heads
                .into_iter()
                .for_each(|range| self.read_head(scope, range)),
            None => {
                let place = format!("Line {}, log {}", self.line_of(first), self.part + 1);
                let what = format!("\"{named}\" names no incident; its {left} events are left out");
                self.reading.problem(place, what);
                self.done += left;
            }
        }
        self.part += 1;
        self.next = 0;
    }

    fn read_head(&mut self, scope: LogScope, range: Range<usize>) {
        let head: Result<HeadForm, _> =
            serde_json::from_str(self.text.get(range.clone()).unwrap_or_default());
        match head {
            Ok(head) if head.seq > 0 => {
                let claim = Claim {
                    writer: head.writer,
                    seq: head.seq,
                    digest: head.digest,
                };
                self.logs
                    .entry(scope)
                    .or_insert_with(|| Log::new(scope))
                    .add_claim(claim);
            }
            _ => {
                let place = format!("Line {}, heads of {scope}", self.line_of(range.start));
                self.reading
                    .problem(place, "a head must have writer, seq and digest".to_owned());
            }
        }
    }

    /// Reads the next picture. False when none is left.
    fn read_picture(&mut self) -> bool {
        let Some(item) = self.pictures.next() else {
            return false;
        };
        let logs = &self.logs;
        let wanted = self.wanted.get_or_insert_with(|| Wanted::by(logs.values()));
        let json = self.text.get(item.at.clone()).unwrap_or_default();
        match wanted.read(&item.name, json) {
            Ok((digest, bytes)) => drop(self.reading.pictures.insert(digest, bytes)),
            Err(why) => {
                let name: String = item.name.chars().take(12).collect();
                let shows: String = wanted.words(&item.name).chars().take(60).collect();
                let line = self.line_of(item.at.start);
                let place = format!("Line {line}, picture {name} {shows}");
                self.reading.problem(
                    place.trim_end().to_owned(),
                    format!("{why}; it is left out"),
                );
            }
        }
        self.done += 1;
        true
    }

    fn line_of(&mut self, offset: usize) -> usize {
        let (from, line) = if offset >= self.line.0 {
            self.line
        } else {
            (0, 1)
        };
        let passed = self.text.as_bytes().get(from..offset).unwrap_or_default();
        let line = line + passed.iter().filter(|byte| **byte == b'\n').count();
        self.line = (offset, line);
        line
    }

    /// What was read; looks at what is left first.
    pub fn finish(mut self) -> Reading {
        while self.step(1000) {}
        self.reading.logs = self.logs.into_values().collect();
        self.reading
    }
}

/// Reads a file at once.
///
/// # Errors
/// Why the file cannot be read at all.
pub fn read(bytes: &[u8]) -> Result<Reading, FileError> {
    Ok(Reader::new(recognise::text(bytes)?)?.finish())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::summary::summarise;
    use crate::model::testing::log;
    use proptest::prelude::*;

    fn held() -> Log {
        log(12)
    }

    #[test]
    fn a_file_is_read_back_as_it_was_written() {
        let log = held();
        let file = write(&[&log]);
        let reading = read(file.as_bytes()).unwrap();
        assert_eq!(reading.problems, vec![]);
        assert_eq!(write(&reading.logs.iter().collect::<Vec<_>>()), file);
        let summary = summarise(&reading.logs[0], None);
        assert_eq!(
            (
                summary.new,
                summary.unverified,
                summary.altered,
                summary.missing
            ),
            (log.len(), 0, 0, 0)
        );
        assert_eq!(summarise(&reading.logs[0], Some(&log)).known, log.len());
    }

    #[test]
    fn what_is_not_a_file_is_refused_with_its_place() {
        let file = write(&[&held()]);
        let cut = &file.as_bytes()[..file.len() / 2];
        let deep = format!(
            "{{\"format\":\"muster\",\"version\":1,\"logs\":{}",
            "[".repeat(200_000)
        );
        let cases: Vec<(&[u8], &str)> = vec![
            (b"", "empty"),
            (b"  \n ", "empty"),
            (cut, "line"),
            (b"{\"a\":1}", "fields are: a"),
            (b"[1,2]", "not whole JSON"),
            (b"\xff\xfe{\x00", "UTF-16"),
            (b"{\"a\":\"\xc3\x28\"}", "byte 6"),
            (b"PK\x03\x04", "not whole JSON"),
            (
                b"{\"format\":\"muster\",\"version\":2,\"logs\":[]}",
                "version 2",
            ),
            (deep.as_bytes(), "not whole JSON"),
        ];
        for (bytes, part) in cases {
            let error = recognise::text(bytes)
                .and_then(|text| {
                    recognise::recognise(text).and_then(|_| Reader::new(text).map(Reader::finish))
                })
                .unwrap_err();
            assert!(error.to_string().contains(part), "{error}");
        }
        assert!(matches!(
            read(&vec![b' '; recognise::LARGEST_FILE + 1]),
            Err(FileError::TooLarge { .. })
        ));
    }

    #[test]
    fn one_bad_event_is_named_and_the_rest_is_taken() {
        let log = held();
        let file = write(&[&log]).replacen("\"seq\":3", "\"seq\":-3", 1);
        let reading = read(file.as_bytes()).unwrap();
        assert_eq!(reading.logs[0].len(), log.len() - 1);
        assert_eq!(reading.problems.len(), 1);
        assert!(
            reading.problems[0].place.starts_with("Line "),
            "{:?}",
            reading.problems
        );
        let summary = summarise(&reading.logs[0], None);
        assert_eq!(summary.missing, 1);
        assert!(summary.unverified > 0);
    }

    #[test]
    fn an_altered_event_is_found() {
        let file = write(&[&held()]).replacen("words 4", "words 5", 1);
        let reading = read(file.as_bytes()).unwrap();
        assert!(summarise(&reading.logs[0], None).altered > 0);
        assert_eq!(summarise(&reading.logs[0], Some(&held())).forks, 1);
    }

    #[test]
    fn names_suit_every_file_system() {
        assert_eq!(
            slug("Card payments: \"fail\" / Größe!"),
            "card-payments-fail-gr-e"
        );
        assert_eq!(slug("支払い"), "incident");
        assert!(slug(&"x".repeat(300)).len() <= 48);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = read(&bytes);
        }

        #[test]
        fn a_mutated_file_is_refused_or_merges_well(at in 0_usize..4000, byte: u8, cut: bool) {
            let log = log(6);
            let mut bytes = write(&[&log]).into_bytes();
            let at = at % bytes.len();
            if cut { bytes.truncate(at) } else { bytes[at] = byte }
            if let Ok(reading) = read(&bytes) {
                for found in reading.logs.iter().filter(|found| found.scope() == log.scope()) {
                    let mut merged = log.clone();
                    merged.merge(found);
                    for (place, event) in log.events() {
                        prop_assert!(merged.with_id(place.id()).any(|(_, held)| held.is_same_as(event)));
                    }
                }
            }
        }
    }
}
