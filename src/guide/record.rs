//! What checking an incident's record found, in words: who holds what, and what does not fit.
//!
//! Says only what can be known: hashes tell that two copies differ, not who was right.

use super::words::count;
use crate::model::chain::Finding;
use crate::model::{Hole, Incident, Writer};

/// Remarks beyond this many are only counted.
const MOST: usize = 6;

/// Something about the record that people should know.
#[derive(Clone, PartialEq, Eq, Debug, Hash)]
pub struct Remark {
    /// Whether something does not fit, and is not only missing.
    pub alarming: bool,
    /// In a sentence or two.
    pub text: String,
}

/// What to say of findings; empty where the record is whole.
pub fn remarks(incident: &Incident, findings: &[Finding]) -> Vec<Remark> {
    // Findings come in order, so that one writer's holes stand together.
    let mut missing: Vec<(Writer, Vec<Hole>)> = Vec::new();
    let mut remarks = Vec::new();
    for finding in findings {
        let alarm = match finding {
            Finding::Missing(hole) => {
                match missing.last_mut() {
                    Some((writer, holes)) if *writer == hole.writer => holes.push(*hole),
                    _ => missing.push((hole.writer, vec![*hole])),
                }
                continue;
            }
            Finding::Unverified { .. } => continue,
            Finding::Fork(id) => format!(
                "Several entries carry number {} of {}: all are kept and shown. A page that was restored from a backup does this.",
                id.seq,
                whose(incident, id.writer)
            ),
            Finding::Altered(claim) => format!(
                "The entries of {} up to number {} are not those that another copy vouched for: one was changed, here or there. Compare with a colleague's copy.",
                whose(incident, claim.writer),
                claim.seq
            ),
            Finding::SealBroken(id) => format!(
                "What {} had before entry {} does not fit its seal: something was changed since. Compare with a colleague's copy.",
                whose(incident, id.writer),
                id.seq
            ),
            Finding::OutOfOrder(id) => format!(
                "Entry {} of {} says that it is older than the one before it, which no page writes.",
                id.seq,
                whose(incident, id.writer)
            ),
            Finding::FarTick(id) => format!(
                "Entry {} of {} is damaged in its order: it is kept, and has no effect.",
                id.seq,
                whose(incident, id.writer)
            ),
        };
        remarks.push(Remark {
            alarming: true,
            text: alarm,
        });
    }
    remarks.extend(missing.iter().map(|(writer, holes)| Remark {
        alarming: false,
        text: lacking(incident, *writer, holes),
    }));
    let more = remarks.len().saturating_sub(MOST);
    if more > 0 {
        remarks.truncate(MOST);
        remarks.push(Remark {
            alarming: true,
            text: format!("And {}.", count(more, "more remark", "more remarks")),
        });
    }
    remarks
}

fn lacking(incident: &Incident, writer: Writer, holes: &[Hole]) -> String {
    let numbers: Vec<String> = holes
        .iter()
        .map(|hole| {
            if hole.from == hole.to {
                hole.from.to_string()
            } else {
                format!("{} to {}", hole.from, hole.to)
            }
        })
        .collect();
    let all: u64 = holes.iter().map(|hole| hole.count()).sum();
    format!(
        "{} of {} not held here: {}. Ask for a copy and import it.",
        count(
            usize::try_from(all).unwrap_or(usize::MAX),
            "entry",
            "entries"
        ),
        whose(incident, writer) + if all == 1 { " is" } else { " are" },
        numbers.join(", ")
    )
}

/// Whose page it was; its id where nobody introduced it.
fn whose(incident: &Incident, writer: Writer) -> String {
    let name = incident
        .writers
        .get(&writer)
        .map(|person| incident.name(*person))
        .filter(|name| !name.is_empty());
    name.map_or_else(|| format!("page {writer}"), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::testing::{log, writer};
    use crate::model::{Claim, Cursor, Digest, EventId, Fold, chain};

    #[test]
    fn a_whole_record_needs_no_remark() {
        let log = log(5);
        let fold = Fold::of(&[&log], Cursor::Now);
        assert_eq!(remarks(fold.incident(), &chain::verify(&log)), vec![]);
    }

    #[test]
    fn what_is_missing_is_said_by_writer_and_number() {
        let mut log = log(5);
        log.add_claim(Claim {
            writer: writer(9),
            seq: 3,
            digest: Digest([1; 32]),
        });
        let fold = Fold::of(&[&log], Cursor::Now);
        let found = remarks(fold.incident(), &chain::verify(&log));
        assert_eq!(found.len(), 1);
        assert!(!found[0].alarming);
        let expected = format!(
            "3 entries of page {} are not held here: 1 to 3. Ask for a copy and import it.",
            writer(9)
        );
        assert_eq!(found[0].text, expected);
    }

    #[test]
    fn what_does_not_fit_is_alarming_and_of_very_many_the_first_are_said() {
        let log = log(5);
        let fold = Fold::of(&[&log], Cursor::Now);
        let forks: Vec<Finding> = (1..20)
            .map(|seq| {
                Finding::Fork(EventId {
                    writer: writer(1),
                    seq,
                })
            })
            .collect();
        let found = remarks(fold.incident(), &forks);
        assert_eq!(found.len(), MOST + 1);
        assert!(found.iter().all(|remark| remark.alarming));
        assert_eq!(found[MOST].text, "And 13 more remarks.");
    }
}
