//! What worked in a past incident: what to try first in one that is like it.
//!
//! Read from the incident alone, each with the event that says it. Decides nothing: whether it fits
//! here, a person says.

use crate::model::incident::HypothesisState;
use crate::model::task::Attachment;
use crate::model::term::Stamp;
use crate::model::{EventId, Incident, Said, Timestamp, order};

/// The audience of what everybody may read, by its name in files.
const CUSTOMERS: &str = "customers";

/// Something that helped.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Help {
    /// The event that says so.
    pub event: EventId,
    /// What, in the words of its entry.
    pub text: String,
}

/// What worked in an incident; in each list in the order of when it happened.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Worked {
    /// Causes that were confirmed.
    pub causes: Vec<Help>,
    /// Workarounds that held until service was back.
    pub workarounds: Vec<Help>,
    /// Fixes.
    pub fixes: Vec<Help>,
    /// How it was closed, where it is.
    pub outcome: Option<Help>,
    /// Runbooks that were followed, by title.
    pub runbooks: Vec<Followed>,
    /// The last update that customers were sent.
    pub last_update: Option<Help>,
}

/// A runbook that was followed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Followed {
    /// The event that attached it.
    pub event: EventId,
    /// Its name for good, as the shelf has it.
    pub runbook: String,
    /// What it is called.
    pub title: String,
}

impl Worked {
    /// Whether there is nothing to try: an update alone only tells.
    pub fn is_empty(&self) -> bool {
        self.causes.is_empty()
            && self.workarounds.is_empty()
            && self.fixes.is_empty()
            && self.runbooks.is_empty()
    }
}

/// What worked in an incident.
pub fn worked(incident: &Incident) -> Worked {
    let causes = incident.hypotheses.iter();
    let causes = causes.filter(|said| said.what.state == HypothesisState::Confirmed);
    let held = incident.workarounds.iter();
    let held = held.filter(|said| held_out(incident, said.what.removed_by));
    let fixes = incident.fixes.iter();
    Worked {
        causes: in_order(causes.map(|said| (said.when, help(said, &said.what.text)))),
        workarounds: in_order(held.map(|said| (said.when, help(said, &said.what.text)))),
        fixes: in_order(fixes.map(|said| (said.when, help(said, &said.what)))),
        outcome: outcome(incident),
        runbooks: incident.runbooks.iter().map(followed).collect(),
        last_update: last_update(incident),
    }
}

fn help<T>(said: &Said<T>, text: &str) -> Help {
    Help {
        event: said.id(),
        text: text.to_owned(),
    }
}

fn in_order(helps: impl Iterator<Item = (Timestamp, Help)>) -> Vec<Help> {
    let mut helps: Vec<(Timestamp, Help)> = helps.collect();
    order::sort_by_key(&mut helps, |(when, _)| *when);
    helps.into_iter().map(|(_, help)| help).collect()
}

/// Whether a workaround was there until service was back: one that was taken away before did not
/// help, or not enough.
fn held_out(incident: &Incident, removed_by: Option<EventId>) -> bool {
    let Some(removal) = removed_by else {
        return true;
    };
    let removed = incident.entry(removal).map(|entry| entry.when);
    let restored = incident.stamp(Stamp::Restored);
    restored.is_some() && removed >= restored
}

fn outcome(incident: &Incident) -> Option<Help> {
    let (setting, closure) = incident.closing.latest()?;
    let text = &closure.as_ref()?.outcome;
    (!text.trim().is_empty()).then(|| Help {
        event: setting.id(),
        text: text.clone(),
    })
}

fn followed(said: &Said<Attachment>) -> Followed {
    Followed {
        event: said.id(),
        runbook: said.what.runbook.clone(),
        title: said.what.title.clone(),
    }
}

fn last_update(incident: &Incident) -> Option<Help> {
    let updates = incident.updates.iter();
    let public = updates.filter(|said| said.what.audience == CUSTOMERS);
    let last = public.max_by_key(|said| (said.when, said.place))?;
    Some(help(last, &last.what.text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guide::write;
    use crate::model::fact::Update;
    use crate::model::term::Nature;
    use crate::model::testing::{incident, noon, writer};
    use crate::model::{Cursor, Draft, Fold, Log, LogScope, Span};

    /// What is done, given the events so far.
    type Act<'a> = &'a dyn Fn(&[EventId]) -> Draft;

    /// An incident of these acts, a minute apart.
    fn told(acts: &[Act<'_>]) -> Incident {
        let mut log = Log::new(LogScope::Incident(incident(1)));
        let mut ids = Vec::new();
        for act in acts {
            let now = noon() + Span::minutes(ids.len() as i64);
            let event = log.append(writer(1), act(&ids), now);
            ids.push(event.id);
        }
        Fold::of(&[&log], Cursor::Now).incident().clone()
    }

    fn texts(helps: &[Help]) -> Vec<&str> {
        helps.iter().map(|help| help.text.as_str()).collect()
    }

    #[test]
    fn what_held_until_service_was_back_worked() {
        let none = Incident::default();
        let incident = told(&[
            &|_| write::declare(Nature::Real),
            &|_| write::workaround("Restarted the workers"),
            &|_| write::workaround("Routed through the second provider"),
            &|ids| write::remove_workaround(ids[1], "It did not last"),
            &|_| write::fix("Raised the limit of connections"),
            &|_| write::state(&none, Stamp::Restored, None),
            &|ids| write::remove_workaround(ids[2], "Not needed any more"),
            &|_| write::hypothesis("Connections ran out"),
            &|_| write::hypothesis("A full disk"),
            &|ids| write::decide_hypothesis(ids[7], true, "Seen in the metrics"),
            &|ids| write::decide_hypothesis(ids[8], false, "Half empty"),
            &|_| write::close(&none, "Fixed for good", Vec::new(), ""),
        ]);
        let worked = worked(&incident);
        assert_eq!(
            texts(&worked.workarounds),
            ["Routed through the second provider"]
        );
        assert_eq!(texts(&worked.fixes), ["Raised the limit of connections"]);
        assert_eq!(texts(&worked.causes), ["Connections ran out"]);
        assert_eq!(
            worked.outcome.map(|help| help.text).as_deref(),
            Some("Fixed for good")
        );
    }

    #[test]
    fn what_was_never_taken_away_worked_and_what_went_before_did_not() {
        let kept = told(&[&|_| write::workaround("Cache for an hour")]);
        assert_eq!(texts(&worked(&kept).workarounds), ["Cache for an hour"]);
        let removed = told(&[&|_| write::workaround("Cache for an hour"), &|ids| {
            write::remove_workaround(ids[0], "")
        }]);
        assert!(worked(&removed).is_empty());
    }

    #[test]
    fn the_last_word_to_customers_is_told_and_runbooks_are_named() {
        let update = |audience: &str, text: &str| {
            write::update(Update {
                audience: audience.to_owned(),
                text: text.to_owned(),
                ..Update::default()
            })
        };
        let incident = told(&[
            &|_| update("customers", "We know of it."),
            &|_| update("customers", "It works again."),
            &|_| update("executives", "It cost us."),
            &|_| {
                write::tasks::attach(Attachment {
                    runbook: "database-failover".to_owned(),
                    title: "Database failover".to_owned(),
                    ..Attachment::default()
                })
            },
        ]);
        let worked = worked(&incident);
        assert_eq!(
            worked.last_update.map(|help| help.text).as_deref(),
            Some("It works again.")
        );
        assert_eq!(worked.runbooks.len(), 1);
        assert_eq!(worked.runbooks[0].runbook, "database-failover");
    }
}
