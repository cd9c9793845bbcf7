//! Everything that this copy holds: all logs, and the incidents folded from them when asked for.
//!
//! Knows where no event came from or is kept; declarations of one outage are one incident here.

use std::collections::{BTreeMap, BTreeSet};

use super::chain::{self, Chains};
use super::event::Event;
use super::fold::{Cursor, Fold, same_as};
use super::id::{Digest, EventId, IncidentId, LogScope, Writer};
use super::incident::Incident;
use super::log::{Added, Claim, Draft, Log, Twin};
use super::order;
use super::time::Timestamp;

/// What an import brought into one log, so that just that can be taken out again.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Brought {
    /// Events of whose ids none was held before.
    pub events: BTreeSet<EventId>,
    /// Events beside others of their ids, told apart by what they hash to.
    pub twins: Vec<(EventId, Digest)>,
    /// What it said of chains, and nobody had.
    pub claims: BTreeSet<Claim>,
}

impl Brought {
    /// Notes an event that is about to be added to what is held.
    pub fn note(&mut self, event: &Event, held: Option<&Log>) {
        match held.map_or(Twin::None, |log| log.twin_of(event)) {
            Twin::None => drop(self.events.insert(event.id)),
            // One that only brings its text again stays.
            Twin::Same => {}
            Twin::Other => self.twins.push((event.id, event.digest())),
        }
    }

    /// How many events it is.
    pub fn len(&self) -> usize {
        self.events.len() + self.twins.len()
    }

    /// Whether it is nothing.
    pub fn is_empty(&self) -> bool {
        self.len() == 0 && self.claims.is_empty()
    }

    /// The ids of the events.
    pub fn ids(&self) -> impl Iterator<Item = EventId> + '_ {
        let twins = self.twins.iter().map(|(id, _)| *id);
        self.events.iter().copied().chain(twins)
    }

    /// Whether an event is among them.
    pub fn has(&self, event: &Event) -> bool {
        self.events.contains(&event.id)
            || self
                .twins
                .iter()
                .any(|(id, digest)| *id == event.id && *digest == event.digest())
    }
}

/// All logs of this copy.
#[derive(Default, Debug)]
pub struct Records {
    logs: BTreeMap<LogScope, Log>,
    /// By the lowest id of each outage; missing where nobody has asked since the last change.
    folds: BTreeMap<IncidentId, Fold>,
    /// The library's fold; missing where nobody has asked since the last change.
    library: Option<Fold>,
    /// Each incident's outage, by its lowest id; only those that were joined.
    joined: BTreeMap<IncidentId, IncidentId>,
}

impl Records {
    /// The log of a scope, if anything of it is held.
    pub fn log(&self, scope: LogScope) -> Option<&Log> {
        self.logs.get(&scope)
    }

    /// All logs, in the order of their scopes.
    pub fn logs(&self) -> impl Iterator<Item = &Log> {
        self.logs.values()
    }

    /// All logs by scope.
    pub fn by_scope(&self) -> &BTreeMap<LogScope, Log> {
        &self.logs
    }

    /// The seal over all that is held of a scope.
    pub fn seal(&mut self, scope: LogScope) -> Option<Digest> {
        self.logs.get_mut(&scope).map(chain::seal_now)
    }

    /// Takes over what was hashed of a scope's chains, so that its seal need not hash it again.
    pub fn note_heads(&mut self, scope: LogScope, chains: &Chains) {
        if let Some(log) = self.logs.get_mut(&scope) {
            log.note_heads(chains);
        }
    }

    /// Every incident, joined ones once, by the lowest id.
    pub fn incident_ids(&self) -> Vec<IncidentId> {
        let ids = self.logs.keys().filter_map(|scope| scope.incident());
        ids.filter(|id| self.lead(*id) == *id).collect()
    }

    /// The id under which an incident's outage is known: the lowest of those joined.
    pub fn lead(&self, id: IncidentId) -> IncidentId {
        self.joined.get(&id).copied().unwrap_or(id)
    }

    /// The logs that make up an incident.
    pub fn logs_of(&self, id: IncidentId) -> Vec<&Log> {
        members(&self.logs, &self.joined, self.lead(id))
    }

    /// An incident as it stands; none where nothing of it is held.
    pub fn incident(&mut self, id: IncidentId) -> Option<&Incident> {
        self.fold(id).map(Fold::incident)
    }

    /// What the library holds, as its log stands.
    pub fn library(&mut self) -> &Incident {
        let log = self.logs.get(&LogScope::Library);
        let fold = self.library.get_or_insert_with(|| {
            let logs: Vec<&Log> = log.into_iter().collect();
            Fold::of(&logs, Cursor::Now)
        });
        fold.incident()
    }

    /// An incident's fold; made when first asked for.
    pub fn fold(&mut self, id: IncidentId) -> Option<&Fold> {
        let lead = self.lead(id);
        if !self.folds.contains_key(&lead) {
            let logs = self.logs_of(lead);
            if logs.iter().all(|log| log.is_empty()) {
                return None;
            }
            let fold = Fold::of(&logs, Cursor::Now);
            self.folds.insert(lead, fold);
        }
        self.folds.get(&lead)
    }

    /// Writes events down, in order, for a writer who is in this page alone.
    pub fn append(
        &mut self,
        scope: LogScope,
        writer: Writer,
        drafts: Vec<Draft>,
        now: Timestamp,
    ) -> Vec<Event> {
        let mut written = Vec::new();
        for draft in drafts {
            let first = !self.logs.contains_key(&scope);
            let log = self.logs.entry(scope).or_insert_with(|| Log::new(scope));
            let event = log.append(writer, draft, now);
            if first || may_join(log, &event) {
                self.rejoin();
            }
            self.refold(scope, &event);
            written.push(event);
        }
        written
    }

    /// Takes in events from elsewhere. Returns the ids of those that were not held before, or
    /// only without their text.
    pub fn add(&mut self, scope: LogScope, events: Vec<Event>, claims: &[Claim]) -> Vec<EventId> {
        let mut few = events.len() <= 8;
        let mut new = Vec::new();
        // Another log may have said all along that it is joined with this one.
        let mut joins = !self.logs.contains_key(&scope);
        for event in events {
            let log = self.logs.entry(scope).or_insert_with(|| Log::new(scope));
            let (id, tick) = (event.id, event.tick);
            let means = may_change_others(&event);
            // Only of few is each folded by itself.
            let copy = few.then(|| event.clone());
            let added = log.add(event);
            if added == Added::Known {
                continue;
            }
            new.push(id);
            joins |= means || is_late(log, id, tick) || added == Added::Mended;
            few &= added != Added::Mended;
            if let Some(event) = copy.filter(|_| few) {
                self.refold(scope, &event);
            }
        }
        if let Some(log) = self.logs.get_mut(&scope) {
            claims.iter().for_each(|claim| log.add_claim(*claim));
        }
        if joins && !new.is_empty() {
            self.rejoin();
        }
        if !few && !new.is_empty() {
            self.forget_fold(scope);
        }
        new
    }

    /// Forgets a whole log, as when it is removed from this device.
    pub fn remove(&mut self, scope: LogScope) {
        self.forget_fold(scope);
        self.logs.remove(&scope);
        self.rejoin();
    }

    /// Forgets what an import brought, as when it is undone.
    pub fn forget(&mut self, scope: LogScope, brought: &Brought) {
        let Some(log) = self.logs.get(&scope) else {
            return;
        };
        let mut left = Log::new(scope);
        for (_, event) in log.events().filter(|(_, event)| !brought.has(event)) {
            left.add(event.clone());
        }
        for claim in log.claims().difference(&brought.claims) {
            left.add_claim(*claim);
        }
        self.forget_fold(scope);
        if left.is_empty() {
            self.logs.remove(&scope);
        } else {
            self.logs.insert(scope, left);
        }
        self.library = None;
        self.rejoin();
    }

    fn forget_fold(&mut self, scope: LogScope) {
        match scope.incident() {
            Some(id) => {
                let lead = self.lead(id);
                self.folds.remove(&lead);
            }
            None => self.library = None,
        }
    }

    fn refold(&mut self, scope: LogScope, event: &Event) {
        let Some(id) = scope.incident() else {
            self.library = None;
            return;
        };
        let lead = self.lead(id);
        let logs = members(&self.logs, &self.joined, lead);
        if let Some(fold) = self.folds.get_mut(&lead) {
            fold.push(&logs, event);
        }
    }

    /// Works out anew which declarations are one outage.
    fn rejoin(&mut self) {
        let mut joined: BTreeMap<IncidentId, IncidentId> = BTreeMap::new();
        for log in self.logs.values() {
            let Some(id) = log.scope().incident() else {
                continue;
            };
            let held = same_as(log)
                .into_iter()
                .filter(|other| self.logs.contains_key(&LogScope::Incident(*other)));
            for other in held {
                let find = |id: IncidentId| joined.get(&id).copied().unwrap_or(id);
                let (a, b) = (find(id), find(other));
                let lead = a.min(b);
                for lead_of in joined
                    .values_mut()
                    .filter(|lead_of| **lead_of == a || **lead_of == b)
                {
                    *lead_of = lead;
                }
                joined.extend([id, other, a, b].map(|member| (member, lead)));
            }
        }
        // What was joined or parted since is folded anew; the rest keeps its fold.
        let pairs = joined.iter().chain(&self.joined);
        let stale = order::set(pairs.flat_map(|(member, lead)| [*member, *lead]));
        let changed = joined != self.joined;
        let logs = &self.logs;
        self.folds.retain(|id, _| {
            !(changed && stale.contains(id)) && logs.contains_key(&LogScope::Incident(*id))
        });
        self.joined = joined;
    }
}

/// Whether an event that was just added may join or part declarations.
fn may_join(log: &Log, event: &Event) -> bool {
    may_change_others(event) || is_late(log, event.id, event.tick)
}

/// Whether an event says something about others, by its kind or its source.
fn may_change_others(event: &Event) -> bool {
    event.kind.is_structural() || event.source.is_some()
}

/// One that comes late, or beside another of its id, may change what others mean.
fn is_late(log: &Log, id: EventId, tick: u64) -> bool {
    tick < log.tick() || log.forked().contains(&id)
}

fn members<'a>(
    logs: &'a BTreeMap<LogScope, Log>,
    joined: &BTreeMap<IncidentId, IncidentId>,
    lead: IncidentId,
) -> Vec<&'a Log> {
    let others = joined
        .iter()
        .filter(|(member, of)| **of == lead && **member != lead)
        .map(|(member, _)| *member);
    std::iter::once(lead)
        .chain(others)
        .filter_map(|id| logs.get(&LogScope::Incident(id)))
        .collect()
}
