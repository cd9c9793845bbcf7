//! Hash chains and seals: what makes a changed, removed, moved or transplanted event visible.
//!
//! Each writer's events form a chain that starts from the log's scope:
//! `h(0) = SHA-256("muster-chain-1\n" scope)`,
//! `h(n) = SHA-256(h(n-1) · SHA-256(header) · SHA-256(body))`.
//! A seal is one digest over the heads of all chains. Both are keyless: they prove that two copies
//! agree, not who wrote them. Hashes are derived and never stored event by event.

use std::collections::{BTreeMap, BTreeSet};

use super::event::Event;
use super::id::{Digest, EventId, LogScope, Writer};
use super::log::{Claim, Hole, Log};
use super::order;

/// Forks multiply the ways that a chain may have gone; beyond this many they are only told.
const MOST_PATHS: usize = 64;

/// What checking a log found. None of it stops the log from being read.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Finding {
    /// Several events carry one id.
    Fork(EventId),
    /// Events exist somewhere and are missing here.
    Missing(Hole),
    /// A writer's events do not hash to what a copy said of them: one was altered, reordered or
    /// brought from another incident.
    Altered(Claim),
    /// Nothing says what this writer's events after `from` should hash to.
    Unverified {
        /// Whose events.
        writer: Writer,
        /// The first that no claim covers.
        from: u32,
    },
    /// The seal on an event does not fit what its writer had.
    SealBroken(EventId),
    /// A writer's later event has an earlier tick.
    OutOfOrder(EventId),
    /// The tick is absurdly far ahead; the event has no effect.
    FarTick(EventId),
}

/// The hash that every chain of a scope starts from.
pub fn start(scope: LogScope) -> Digest {
    Digest::of(&[b"muster-chain-1\n", scope.to_string().as_bytes()])
}

/// The chain's next hash.
pub fn next(before: Digest, event: &Event) -> Digest {
    let header = Digest::of(&[event.header_json().as_bytes()]);
    Digest::of(&[&before.0, &header.0, &event.body.digest().0])
}

/// One writer's hashes after each of its events, from the first on, without holes. Where the
/// sequence forked there are several such chains.
pub fn paths(log: &Log, writer: Writer) -> Vec<Vec<Digest>> {
    let complete = log.complete_to(writer);
    let mut paths: Vec<Vec<Digest>> = vec![Vec::new()];
    for seq in 1..=complete {
        let twins: Vec<&Event> = log
            .with_id(EventId { writer, seq })
            .map(|(_, event)| event)
            .collect();
        let mut longer = Vec::new();
        for path in paths {
            let before = path.last().copied().unwrap_or_else(|| start(log.scope()));
            let Some((last, others)) = twins.split_last() else {
                continue;
            };
            for twin in others {
                let mut branch = path.clone();
                branch.push(next(before, twin));
                longer.push(branch);
            }
            let mut path = path;
            path.push(next(before, last));
            longer.push(path);
        }
        longer.truncate(MOST_PATHS);
        paths = longer;
    }
    paths
}

/// The heads of a log, as files carry them: for each writer where its unbroken chain ends, and
/// what copies said that could not be confirmed here. In order; the same for equal logs.
pub fn heads(log: &Log) -> Vec<Claim> {
    let mut heads: BTreeSet<Claim> = BTreeSet::new();
    let mut chains: BTreeMap<Writer, Vec<Vec<Digest>>> = BTreeMap::new();
    for writer in log.writers() {
        let found = paths(log, writer);
        for path in &found {
            if let Some(digest) = path.last() {
                heads.insert(Claim {
                    writer,
                    seq: log.complete_to(writer),
                    digest: *digest,
                });
            }
        }
        chains.insert(writer, found);
    }
    let open = log
        .claims()
        .iter()
        .filter(|claim| !holds(claim, chains.get(&claim.writer)));
    heads.extend(open.copied());
    heads.into_iter().collect()
}

fn holds(claim: &Claim, chains: Option<&Vec<Vec<Digest>>>) -> bool {
    let index = claim.seq as usize;
    index > 0
        && chains.is_some_and(|chains| {
            chains
                .iter()
                .any(|path| path.get(index - 1) == Some(&claim.digest))
        })
}

/// The seal over everything that this copy holds now without a hole.
pub fn seal_now(log: &mut Log) -> Digest {
    seal(log.current_heads().into_iter())
}

/// One digest over heads, given in the order of their writers.
fn seal(heads: impl Iterator<Item = Claim>) -> Digest {
    let mut text = String::from("muster-seal-1\n");
    for head in heads {
        text.push_str(&format!("{} {} {}\n", head.writer, head.seq, head.digest));
    }
    Digest::of(&[text.as_bytes()])
}

/// Checks everything that can be checked about a log.
pub fn verify(log: &Log) -> Vec<Finding> {
    let mut findings: Vec<Finding> = log.forked().iter().copied().map(Finding::Fork).collect();
    findings.extend(log.holes().into_iter().map(Finding::Missing));
    findings.extend(
        log.damaged_events()
            .map(|(place, _)| Finding::FarTick(place.id())),
    );
    let chains = order::map(log.writers().map(|writer| (writer, paths(log, writer))));
    findings.extend(claims_not_held(log, &chains));
    findings.extend(out_of_order(log));
    findings.extend(broken_seals(log, &chains));
    order::sort(&mut findings);
    findings.dedup();
    findings
}

/// Like [`verify`], and also says which events no claim covers: what a file's reader asks.
pub fn verify_foreign(log: &Log) -> Vec<Finding> {
    let mut findings = verify(log);
    for writer in log.writers() {
        let claimed = log
            .claims()
            .iter()
            .filter(|claim| claim.writer == writer)
            .map(|claim| claim.seq)
            .max();
        let held = log
            .by_writer(writer)
            .next_back()
            .map_or(0, |(place, _)| place.seq);
        let from = claimed.unwrap_or(0).min(log.complete_to(writer)) + 1;
        if from <= held {
            findings.push(Finding::Unverified { writer, from });
        }
    }
    findings
}

fn claims_not_held(log: &Log, chains: &BTreeMap<Writer, Vec<Vec<Digest>>>) -> Vec<Finding> {
    log.claims()
        .iter()
        .filter(|claim| claim.seq <= log.complete_to(claim.writer))
        .filter(|claim| !holds(claim, chains.get(&claim.writer)))
        .map(|claim| Finding::Altered(*claim))
        .collect()
}

fn out_of_order(log: &Log) -> Vec<Finding> {
    let mut findings = Vec::new();
    for writer in log.writers() {
        let mut before: Option<(u32, u64)> = None;
        for (place, _) in log.by_writer(writer) {
            if before.is_some_and(|(seq, tick)| seq < place.seq && tick >= place.tick) {
                findings.push(Finding::OutOfOrder(place.id()));
            }
            before = Some((place.seq, place.tick));
        }
    }
    findings
}

fn broken_seals(log: &Log, chains: &BTreeMap<Writer, Vec<Vec<Digest>>>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for writer in log.writers() {
        let mut had: BTreeMap<Writer, u32> = BTreeMap::new();
        for (place, event) in log.by_writer(writer) {
            had.extend(event.seen.iter().copied());
            if let Some(sealed) = event.seal {
                let mut had = had.clone();
                had.insert(writer, place.seq - 1);
                if seal_of(&had, chains).is_some_and(|found| found != sealed) {
                    findings.push(Finding::SealBroken(event.id));
                }
            }
        }
    }
    findings
}

/// The seal that a writer who had this much would have written; none where it cannot be told here.
fn seal_of(
    had: &BTreeMap<Writer, u32>,
    chains: &BTreeMap<Writer, Vec<Vec<Digest>>>,
) -> Option<Digest> {
    let mut heads = Vec::new();
    for (&writer, &seq) in had.iter().filter(|(_, seq)| **seq > 0) {
        let mut paths = chains.get(&writer)?.iter();
        // A fork leaves open which branch was sealed.
        let digest = *paths.next()?.get(seq as usize - 1)?;
        if paths.any(|path| path.get(seq as usize - 1) != Some(&digest)) {
            return None;
        }
        heads.push(Claim {
            writer,
            seq,
            digest,
        });
    }
    Some(seal(heads.into_iter()))
}
