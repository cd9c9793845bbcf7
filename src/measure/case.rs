//! An incident as figures need it: its stated moments, outages, promises, and what it is grouped by.
//!
//! Knows no `now`: what runs is only known to run. Whoever asks for a figure brings the time.

use super::downtime::{self, Outage};
use super::promises::{self, Promise};
use crate::guide::words;
use crate::model::incident::HypothesisState;
use crate::model::term::{FindingKind, Nature, Priority, Relation, Stamp};
use crate::model::{EventId, Incident, IncidentId, Span, Timestamp};

/// The instants of an incident that figures rest on, in the order of rules.md D.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Moment {
    /// Customers or staff were first hit.
    ImpactStarted,
    /// Somebody or something noticed.
    Detected,
    /// A person took it on.
    Acknowledged,
    /// It was declared.
    Declared,
    /// The effect was reduced.
    Mitigated,
    /// Service is fully back.
    Restored,
    /// The fault itself is mended.
    Resolved,
    /// The record was closed.
    Closed,
}

impl Moment {
    /// All of them, in order.
    pub const ALL: [Self; 8] = [
        Self::ImpactStarted,
        Self::Detected,
        Self::Acknowledged,
        Self::Declared,
        Self::Mitigated,
        Self::Restored,
        Self::Resolved,
        Self::Closed,
    ];

    /// The stamp that states it; none for declaration and closing.
    pub fn stamp(self) -> Option<Stamp> {
        Some(match self {
            Self::ImpactStarted => Stamp::ImpactStarted,
            Self::Detected => Stamp::Detected,
            Self::Acknowledged => Stamp::Acknowledged,
            Self::Mitigated => Stamp::Mitigated,
            Self::Restored => Stamp::Restored,
            Self::Resolved => Stamp::Resolved,
            Self::Declared | Self::Closed => return None,
        })
    }

    /// As a state of affairs: "Impact started".
    pub fn words(self) -> &'static str {
        match (self, self.stamp()) {
            (_, Some(stamp)) => words::stamp(stamp),
            (Self::Closed, None) => "Closed",
            (_, None) => "Declared",
        }
    }

    /// Whether rules.md D asks this one to come no later than another that follows it.
    ///
    /// But for one pair: where Muster is used, an incident is declared and then taken on.
    pub(super) fn comes_before(self, later: Self) -> bool {
        self < later && (self, later) != (Self::Acknowledged, Self::Declared)
    }
}

/// A moment that somebody stated.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stated {
    /// Which one.
    pub moment: Moment,
    /// When.
    pub at: Timestamp,
    /// By which event.
    pub event: EventId,
}

/// Two moments that cannot both be true.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Disorder {
    /// What should come first, and comes later.
    pub earlier: Stated,
    /// What should come no earlier.
    pub later: Stated,
}

impl Disorder {
    /// In a sentence, as the guide says it.
    pub fn words(&self) -> String {
        format!(
            "“{}” lies {} before “{}”.",
            self.later.moment.words(),
            words::span(self.earlier.at - self.later.at),
            words::lower_first(self.earlier.moment.words())
        )
    }
}

/// An incident, as figures need it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Case {
    /// Which one.
    pub id: IncidentId,
    /// What is broken; empty where nobody has said.
    pub title: String,
    /// Whether it is one.
    pub nature: Nature,
    /// Whether all of it that was declared came from a foreign page.
    pub foreign: bool,
    /// Whether somebody said that it is another incident, reported twice.
    pub duplicate: bool,
    /// The priority that holds; none while it is pending.
    pub priority: Option<Priority>,
    /// Whether it is a major incident.
    pub major: bool,
    /// When it began, by impact, or else detection, or else declaration. Puts it into a month.
    pub began: Timestamp,
    /// Whether its record is closed.
    pub closed: bool,
    /// When it was opened again, where that is how it stands.
    pub reopened: Option<Timestamp>,
    /// The moments that somebody stated, in order of [`Moment`].
    pub moments: Vec<Stated>,
    /// The services that it hit, and when.
    pub outages: Vec<Outage>,
    /// What caused it, as reviews found or as hypotheses were confirmed; empty where nobody said.
    pub causes: Vec<String>,
    /// Updates that were announced for a time.
    pub promises: Vec<Promise>,
    /// How many updates were sent.
    pub updates: usize,
}

impl Case {
    /// The case of an incident; none where it was never declared or its declaration was taken back.
    pub fn of(incident: &Incident) -> Option<Self> {
        let opened = incident.closing.latest();
        let opened = opened.filter(|(_, closure)| closure.is_none());
        Some(Self {
            id: incident.id?,
            title: incident.title().unwrap_or_default().trim().to_owned(),
            nature: incident.declared.first()?.what.nature,
            foreign: incident.declared.iter().all(|said| said.foreign),
            duplicate: is_duplicate(incident),
            priority: incident.priority(),
            major: incident.is_major(),
            began: incident.began_at()?,
            closed: incident.is_closed(),
            reopened: opened.map(|(setting, _)| setting.when),
            moments: moments(incident),
            outages: downtime::outages(incident),
            causes: causes(incident),
            promises: promises::promises(incident),
            updates: incident.updates.len(),
        })
    }

    /// A moment, where somebody stated it.
    pub fn stated(&self, moment: Moment) -> Option<Stated> {
        let mut stated = self.moments.iter();
        stated.find(|stated| stated.moment == moment).copied()
    }

    /// What of the moments cannot all be true: for each that comes too early, the one before it that
    /// is furthest off. Figures that rest on such a pair have no value; see [`super::Figure`].
    pub fn disorder(&self) -> Vec<Disorder> {
        let mut found = Vec::new();
        for later in &self.moments {
            let before = self.moments.iter().filter(|one| self.ordered(one, later));
            let earlier = before.max_by_key(|one| one.at);
            if let Some(earlier) = earlier.filter(|one| one.at > later.at) {
                let (earlier, later) = (*earlier, *later);
                found.push(Disorder { earlier, later });
            }
        }
        found
    }

    fn ordered(&self, earlier: &Stated, later: &Stated) -> bool {
        // What is written down after the fact is declared when it is written down.
        let afterwards = self.nature == Nature::Retrospective && earlier.moment == Moment::Declared;
        earlier.moment.comes_before(later.moment) && !afterwards
    }

    /// How long it has been going on since it began, for an incident that is open.
    pub fn age(&self, now: Timestamp) -> Option<Span> {
        (!self.closed && now >= self.began).then(|| now - self.began)
    }
}

fn moments(incident: &Incident) -> Vec<Stated> {
    let stated = |moment: Moment| {
        let (at, event) = match moment.stamp() {
            Some(stamp) => {
                let (setting, ()) = incident.stamps.get(&stamp)?.current_setting()?;
                (setting.when, setting.id())
            }
            None if moment == Moment::Declared => {
                let declared = incident.declared.iter();
                let first = declared.min_by_key(|said| (said.when, said.place))?;
                (first.when, first.id())
            }
            None => {
                let (setting, closure) = incident.closing.latest()?;
                closure.as_ref()?;
                (setting.when, setting.id())
            }
        };
        Some(Stated { moment, at, event })
    };
    Moment::ALL.into_iter().filter_map(stated).collect()
}

fn is_duplicate(incident: &Incident) -> bool {
    let mut links = incident.links.iter();
    links.any(|said| said.what.relation == Relation::Duplicate)
}

/// Found by a review, or a hypothesis that proved right; each once.
fn causes(incident: &Incident) -> Vec<String> {
    let found = incident.findings.iter().filter_map(|said| {
        let is_cause = said.what.finding == FindingKind::ContributingFactor;
        is_cause.then_some(&said.what.text)
    });
    let confirmed = incident.hypotheses.iter().filter_map(|said| {
        let is_cause = said.what.state == HypothesisState::Confirmed;
        is_cause.then_some(&said.what.text)
    });
    let mut causes: Vec<String> = Vec::new();
    for text in found.chain(confirmed) {
        let text = text.trim();
        if !text.is_empty() && !has(&causes, text) {
            causes.push(text.to_owned());
        }
    }
    causes
}

/// Whether names hold this one, in small or capital letters.
pub(super) fn has(names: &[String], name: &str) -> bool {
    names.iter().any(|held| held.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests;
