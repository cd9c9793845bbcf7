//! What is known: of one incident under one regime, and of the organisation.
//!
//! Plain facts without rules. Where they come from, and how they were corrected, is not known here.

use super::question::Answers;
use super::vocabulary::{Report, Trigger};
use crate::model::Timestamp;

/// The facts of one regime for one incident.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Known {
    triggers: Vec<(Trigger, Timestamp)>,
    /// The earliest first.
    sent: Vec<(Timestamp, Report)>,
    /// What was answered to the regime's questions.
    pub answers: Answers,
}

impl Known {
    /// A person confirmed a moment. The last word counts.
    pub fn stamp(&mut self, trigger: Trigger, at: Timestamp) {
        self.triggers.retain(|(other, _)| *other != trigger);
        self.triggers.push((trigger, at));
    }

    /// A report was sent. The same may be sent again.
    pub fn send(&mut self, report: Report, at: Timestamp) {
        let place = self.sent.partition_point(|sent| *sent <= (at, report));
        self.sent.insert(place, (at, report));
    }

    /// The moment, if it was confirmed.
    pub fn at(&self, trigger: Trigger) -> Option<Timestamp> {
        let mut triggers = self.triggers.iter();
        triggers
            .find(|(other, _)| *other == trigger)
            .map(|(_, at)| *at)
    }

    /// When such a report was sent first.
    pub fn first(&self, report: Report) -> Option<Timestamp> {
        let mut sent = self.sent.iter();
        sent.find(|(_, other)| *other == report).map(|(at, _)| *at)
    }

    /// When such a report was sent last.
    pub fn last(&self, report: Report) -> Option<Timestamp> {
        let mut sent = self.sent.iter().rev();
        sent.find(|(_, other)| *other == report).map(|(at, _)| *at)
    }
}

/// What kind of organisation it is, where a rule asks for it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Entity {
    /// What it is to DORA.
    pub dora: DoraKind,
    /// DORA: a microenterprise, which need not add up recurring incidents.
    pub microenterprise: bool,
    /// NIS2: essential or important. DORA gives such no relief on rest days.
    pub essential_or_important: bool,
    /// Which row of Regulation 2024/2690 it has; none where it has none.
    pub nis2: Option<Nis2Kind>,
    /// US: serves banks, and is none.
    pub serves_banks: bool,
}

names!(
    /// What a financial entity is to DORA's rest days.
    DoraKind {
        /// A bank.
        CreditInstitution = "credit_institution",
        /// A central counterparty.
        CentralCounterparty = "central_counterparty",
        /// Runs a trading venue.
        TradingVenue = "trading_venue",
        /// Another one whom the authority has named.
        Named = "named_by_authority",
        /// Any other: an insurer, a payment institution, a fund manager.
        Other = "other",
    }
);

impl Default for DoraKind {
    /// The careful choice: no relief.
    fn default() -> Self {
        Self::Named
    }
}

names!(
    /// The digital types that Regulation 2024/2690 sets criteria for.
    Nis2Kind {
        /// Answers DNS queries.
        Dns = "dns",
        /// Runs a top-level domain's names.
        Tld = "tld",
        /// Cloud computing.
        Cloud = "cloud",
        /// Data centres.
        DataCentre = "data_centre",
        /// Content delivery.
        Cdn = "cdn",
        /// Managed services, managed security services.
        Managed = "managed",
        /// An online marketplace.
        Marketplace = "marketplace",
        /// An online search engine.
        Search = "search",
        /// A social network.
        Social = "social",
        /// Trust services.
        Trust = "trust",
    }
);
