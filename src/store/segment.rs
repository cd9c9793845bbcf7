//! A segment: some lines of one log as a text that shows whether it is whole.
//!
//! The first line says how many lines follow and what they hash to. A damaged segment gives what
//! can still be read of it.

use serde::{Deserialize, Serialize};

use crate::model::{Claim, Digest, Event, LogScope, Writer};

#[derive(Serialize, Deserialize)]
struct Header {
    muster: u32,
    scope: LogScope,
    lines: usize,
    digest: Digest,
}

#[derive(Serialize, Deserialize)]
struct HeadLine {
    head: (Writer, u32, Digest),
}

/// What a segment held.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Segment {
    /// Of which log.
    pub scope: LogScope,
    /// Its events.
    pub events: Vec<Event>,
    /// What it said of chains.
    pub claims: Vec<Claim>,
    /// Whether it was whole.
    pub whole: bool,
}

/// An event as a line.
pub fn event_line(event: &Event) -> String {
    event.to_json()
}

/// A claim as a line.
pub fn claim_line(claim: &Claim) -> String {
    // These types always serialise.
    serde_json::to_string(&HeadLine {
        head: (claim.writer, claim.seq, claim.digest),
    })
    .unwrap_or_default()
}

/// What a line says of a chain; none where it is no such line.
pub fn read_claim(line: &str) -> Option<Claim> {
    let HeadLine {
        head: (writer, seq, digest),
    } = serde_json::from_str(line).ok()?;
    Some(Claim {
        writer,
        seq,
        digest,
    })
}

/// Lines of a log as a text.
pub fn write(scope: LogScope, lines: &[String]) -> String {
    let body = lines.join("\n");
    let header = Header {
        muster: 1,
        scope,
        lines: lines.len(),
        digest: Digest::of(&[body.as_bytes()]),
    };
    let header = serde_json::to_string(&header).unwrap_or_default();
    format!("{header}\n{body}")
}

/// Reads a text; none where it is not a segment at all. `scope` is what its key says.
pub fn read(text: &str, scope: LogScope) -> Option<Segment> {
    let (header, body) = text.split_once('\n').unwrap_or((text, ""));
    let header: Option<Header> = serde_json::from_str(header).ok();
    // A foreign value under our key has neither header nor any line that is ours.
    let mut segment = Segment {
        scope,
        events: Vec::new(),
        claims: Vec::new(),
        whole: false,
    };
    let mut lines = 0;
    for line in body.lines() {
        if let Ok(event) = Event::from_own_json(line) {
            segment.events.push(event);
            lines += 1;
        } else if let Some(claim) = read_claim(line) {
            segment.claims.push(claim);
            lines += 1;
        }
    }
    let Some(header) = header else {
        return (lines > 0).then_some(segment);
    };
    segment.whole = header.muster == 1
        && header.scope == scope
        && header.lines == lines
        && header.digest == Digest::of(&[body.as_bytes()]);
    Some(segment)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::testing::{incident, log};

    #[test]
    fn a_whole_segment_is_whole_and_any_cut_is_seen() {
        let log = log(3);
        let scope = LogScope::Incident(incident(1));
        let lines: Vec<String> = log.events().map(|(_, event)| event_line(event)).collect();
        let text = write(scope, &lines);
        let read_back = read(&text, scope).unwrap();
        assert!(read_back.whole && read_back.events.len() == 4);
        for cut in 1..text.len() {
            if let Some(part) = text.get(..cut).and_then(|part| read(part, scope)) {
                assert!(!part.whole, "cut at {cut}");
                assert!(
                    part.events
                        .iter()
                        .all(|event| log.get(event.id) == Some(event))
                );
            }
        }
        assert!(
            !read(&text.replace("words 1", "words 9"), scope)
                .unwrap()
                .whole
        );
        assert_eq!(read("{\"theme\":\"dark\"}", scope), None);
        assert_eq!(read("", scope), None);
        let claim = Claim {
            writer: crate::model::testing::writer(1),
            seq: 2,
            digest: Digest([3; 32]),
        };
        assert_eq!(
            read(&write(scope, &[claim_line(&claim)]), scope)
                .unwrap()
                .claims,
            vec![claim]
        );
    }
}
