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
    let mut paths = Paths::of(writer);
    paths.grow(log, usize::MAX);
    paths.found
}

/// One writer's chains, as far as they are hashed.
#[derive(Clone, Debug)]
struct Paths {
    writer: Writer,
    hashed_to: u32,
    found: Vec<Vec<Digest>>,
}

impl Paths {
    fn of(writer: Writer) -> Self {
        Self {
            writer,
            hashed_to: 0,
            found: vec![Vec::new()],
        }
    }

    /// Hashes up to `most` more events; how many they were.
    fn grow(&mut self, log: &Log, most: usize) -> usize {
        let mut hashed = 0;
        while hashed < most && self.hashed_to < log.complete_to(self.writer) {
            self.hashed_to += 1;
            hashed += 1;
            let id = EventId {
                writer: self.writer,
                seq: self.hashed_to,
            };
            let mut twins = log.with_id(id).map(|(_, event)| event);
            let Some(first) = twins.next() else { continue };
            let others: Vec<&Event> = twins.collect();
            self.branch(log.scope(), first, &others);
        }
        hashed
    }

    /// Every chain goes on with every twin, the first of them first.
    fn branch(&mut self, scope: LogScope, first: &Event, others: &[&Event]) {
        let mut longer = Vec::new();
        for mut path in std::mem::take(&mut self.found) {
            let before = path.last().copied().unwrap_or_else(|| start(scope));
            let branches: Vec<Vec<Digest>> = others
                .iter()
                .map(|twin| {
                    let mut branch = path.clone();
                    branch.push(next(before, twin));
                    branch
                })
                .collect();
            path.push(next(before, first));
            longer.push(path);
            longer.extend(branches);
        }
        longer.truncate(MOST_PATHS);
        self.found = longer;
    }
}

/// The chains of all writers of a log, worked out piece by piece: hashing is what checking a large
/// log costs, and a page has to paint meanwhile. The log may grow between the pieces, but for forks.
#[derive(Clone, Default, Debug)]
pub struct Chains(Vec<Paths>);

impl Chains {
    /// All of them at once.
    pub fn of(log: &Log) -> Self {
        let mut chains = Self::default();
        chains.step(log, usize::MAX);
        chains
    }

    /// Hashes up to `most` more events. False when none is left.
    pub fn step(&mut self, log: &Log, most: usize) -> bool {
        let mut hashed = 0;
        for writer in log.writers() {
            hashed += self.paths_of(writer).grow(log, most - hashed);
        }
        hashed == most
    }

    fn paths_of(&mut self, writer: Writer) -> &mut Paths {
        let at = self.0.iter().position(|paths| paths.writer == writer);
        let at = at.unwrap_or_else(|| {
            self.0.push(Paths::of(writer));
            self.0.len() - 1
        });
        &mut self.0[at]
    }

    /// Where each chain has come to; several heads where it forked.
    pub fn heads(&self) -> impl Iterator<Item = Claim> + '_ {
        self.0.iter().flat_map(|paths| {
            let digests = paths.found.iter().filter_map(|path| path.last());
            digests.map(|digest| Claim {
                writer: paths.writer,
                seq: paths.hashed_to,
                digest: *digest,
            })
        })
    }

    fn of_writer(&self, writer: Writer) -> Option<&Vec<Vec<Digest>>> {
        let mut all = self.0.iter();
        all.find(|paths| paths.writer == writer)
            .map(|paths| &paths.found)
    }
}

/// The heads of a log, as files carry them: for each writer where its unbroken chain ends, and
/// what copies said that could not be confirmed here. In order; the same for equal logs.
pub fn heads(log: &Log) -> Vec<Claim> {
    let chains = Chains::of(log);
    let mut heads: BTreeSet<Claim> = order::set(chains.heads());
    let open = log
        .claims()
        .iter()
        .filter(|claim| !holds(claim, chains.of_writer(claim.writer)));
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
    verify_by(log, &Chains::of(log))
}

/// Checks a log by its chains, which were worked out before.
pub fn verify_by(log: &Log, chains: &Chains) -> Vec<Finding> {
    let mut findings: Vec<Finding> = log.forked().iter().copied().map(Finding::Fork).collect();
    findings.extend(log.holes().into_iter().map(Finding::Missing));
    findings.extend(
        log.damaged_events()
            .map(|(place, _)| Finding::FarTick(place.id())),
    );
    findings.extend(claims_not_held(log, chains));
    findings.extend(out_of_order(log));
    findings.extend(broken_seals(log, chains));
    order::sort(&mut findings);
    findings.dedup();
    findings
}

/// Like [`verify`], and also says which events no claim covers: what a file's reader asks.
pub fn verify_foreign(log: &Log) -> Vec<Finding> {
    verify_foreign_by(log, &Chains::of(log))
}

/// Like [`verify_foreign`], by chains that were worked out before.
pub fn verify_foreign_by(log: &Log, chains: &Chains) -> Vec<Finding> {
    let mut findings = verify_by(log, chains);
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

fn claims_not_held(log: &Log, chains: &Chains) -> Vec<Finding> {
    log.claims()
        .iter()
        .filter(|claim| claim.seq <= log.complete_to(claim.writer))
        .filter(|claim| !holds(claim, chains.of_writer(claim.writer)))
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

fn broken_seals(log: &Log, chains: &Chains) -> Vec<Finding> {
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
fn seal_of(had: &BTreeMap<Writer, u32>, chains: &Chains) -> Option<Digest> {
    let mut heads = Vec::new();
    for (&writer, &seq) in had.iter().filter(|(_, seq)| **seq > 0) {
        let mut paths = chains.of_writer(writer)?.iter();
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
