//! Checking an incident's record against its own hashes, after the page has painted.

use super::Session;
use super::taking::Pace;
use crate::model::chain::{self, Chains, Finding};
use crate::model::{Digest, IncidentId, LogScope};

/// Events that are hashed before the clock is looked at.
const AT_ONCE: usize = 200;

impl Session {
    /// Checks everything that can be checked about an incident. None once `wanted` says no.
    pub async fn check(self, id: IncidentId, wanted: impl Fn() -> bool) -> Option<Vec<Finding>> {
        let scopes: Vec<LogScope> = self.ask_untracked(|records| {
            let logs = records.logs_of(id);
            logs.iter().map(|log| log.scope()).collect()
        });
        let mut findings = Vec::new();
        let mut pace = Pace::new();
        for scope in scopes {
            let mut chains = Chains::default();
            let mut forks = None;
            loop {
                let found = self.ask_untracked(|records| {
                    let Some(log) = records.log(scope) else {
                        return Some(Vec::new());
                    };
                    // A fork that came meanwhile changes what was hashed already.
                    if forks.replace(log.forked().len()) != Some(log.forked().len()) {
                        chains = Chains::default();
                    }
                    if chains.step(log, AT_ONCE) {
                        return None;
                    }
                    let found = chain::verify_by(log, &chains);
                    records.note_heads(scope, &chains);
                    Some(found)
                });
                if let Some(found) = found {
                    findings.extend(found);
                    break;
                }
                if pace.is_due() {
                    pace.rest().await;
                }
                if !wanted() {
                    return None;
                }
            }
        }
        Some(findings)
    }

    /// The seal over all that is held of an incident; quick once it was checked. Several where
    /// declarations were joined.
    pub fn seals(self, id: IncidentId) -> Vec<Digest> {
        self.ask(|records| {
            let logs = records.logs_of(id);
            let scopes: Vec<LogScope> = logs.iter().map(|log| log.scope()).collect();
            let seals = scopes.into_iter();
            seals.filter_map(|scope| records.seal(scope)).collect()
        })
    }
}
