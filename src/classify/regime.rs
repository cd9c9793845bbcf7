//! Regulators' clocks: what must be reported to whom by when, from moments that people confirmed.
//!
//! One module for each regime, all pure rules with their articles. Nothing here is legal advice,
//! and nothing follows from a priority: whether a regime's own test is met, and since when, is
//! asked of people. Knows no log, no clock, and no zone but the one that comes in.

mod clock;
mod duty;
mod known;
mod question;
#[cfg(test)]
mod tests;
mod truth;
mod vocabulary;

mod apra_230;
mod apra_234;
mod cert_in;
mod circia;
mod cra;
pub mod dora;
mod eidas;
mod fcc;
mod ftc;
mod gdpr;
mod hipaa;
mod hong_kong;
mod mas;
pub mod nis2;
mod nydfs;
mod sec;
mod soci;
mod uk_fca;
mod uk_gdpr;
mod uk_nis;
mod us_banks;

use crate::classify::Provenance;
use crate::classify::calendar::{Date, Holidays, Zone};

pub use clock::{Beside, Clock, Due, Later, Start, State, by_due};
pub use known::{DoraKind, Entity, Known, Nis2Kind};
pub use question::{Answer, AnswerError, Answers, Choice, Kind, Prefill, Question, Unit};
pub use truth::Verdict;
pub use vocabulary::{Anchor, Report, Trigger};

/// When the rules were last compared with their sources.
pub const CHECKED: &str = "2026-11-24";

names!(
    /// A body of law that sets clocks.
    RegimeId {
        /// EU: digital operational resilience of the financial sector.
        Dora = "dora",
        /// EU: network and information security.
        Nis2 = "nis2",
        /// EU: personal data.
        Gdpr = "gdpr",
        /// EU: products with digital elements.
        Cra = "cra",
        /// EU: trust services.
        Eidas = "eidas",
        /// UK: personal data.
        UkGdpr = "uk_gdpr",
        /// UK: network and information systems.
        UkNis = "uk_nis",
        /// UK: financial firms.
        UkFca = "uk_fca",
        /// US: listed companies.
        Sec = "sec",
        /// New York: financial services.
        Nydfs = "nydfs",
        /// US: banks and their service providers.
        UsBanks = "us_banks",
        /// US: health data.
        Hipaa = "hipaa",
        /// US: other financial institutions.
        Ftc = "ftc",
        /// US: critical infrastructure; not in force.
        Circia = "circia",
        /// US: communications providers.
        Fcc = "fcc",
        /// India: everybody with systems there.
        CertIn = "cert_in",
        /// Australia: information security of financial institutions.
        Apra234 = "apra_234",
        /// Australia: operational risk of financial institutions.
        Apra230 = "apra_230",
        /// Australia: critical infrastructure.
        Soci = "soci",
        /// Singapore: financial institutions.
        Mas = "mas",
        /// Hong Kong: critical infrastructure.
        HongKong = "hong_kong",
    }
);

/// Since when a regime binds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum InForce {
    /// Longer than any incident that runs now.
    Long,
    /// From that day on.
    From(Date),
    /// Not yet, as far as was seen when the rules were checked.
    NotYet,
}

/// What there is to say about a regime; one for each module.
struct About {
    title: &'static str,
    who: &'static str,
    authority: &'static str,
    source: &'static str,
    provenance: Provenance,
    in_force: InForce,
    zone: Option<&'static str>,
    triggers: &'static [Trigger],
    questions: &'static [&'static Question],
    clocks: fn(&duty::Case<'_>) -> Vec<Clock>,
    test: Option<fn(&Answers, &Entity) -> Verdict>,
}

impl RegimeId {
    fn about(self) -> &'static About {
        match self {
            Self::Dora => &dora::ABOUT,
            Self::Nis2 => &nis2::ABOUT,
            Self::Gdpr => &gdpr::ABOUT,
            Self::Cra => &cra::ABOUT,
            Self::Eidas => &eidas::ABOUT,
            Self::UkGdpr => &uk_gdpr::ABOUT,
            Self::UkNis => &uk_nis::ABOUT,
            Self::UkFca => &uk_fca::ABOUT,
            Self::Sec => &sec::ABOUT,
            Self::Nydfs => &nydfs::ABOUT,
            Self::UsBanks => &us_banks::ABOUT,
            Self::Hipaa => &hipaa::ABOUT,
            Self::Ftc => &ftc::ABOUT,
            Self::Circia => &circia::ABOUT,
            Self::Fcc => &fcc::ABOUT,
            Self::CertIn => &cert_in::ABOUT,
            Self::Apra234 => &apra_234::ABOUT,
            Self::Apra230 => &apra_230::ABOUT,
            Self::Soci => &soci::ABOUT,
            Self::Mas => &mas::ABOUT,
            Self::HongKong => &hong_kong::ABOUT,
        }
    }

    /// What people call it.
    pub fn title(self) -> &'static str {
        self.about().title
    }

    /// Whom it binds, in a few words.
    pub fn who(self) -> &'static str {
        self.about().who
    }

    /// Who is told.
    pub fn authority(self) -> &'static str {
        self.about().authority
    }

    /// Where it is written.
    pub fn source(self) -> &'static str {
        self.about().source
    }

    /// How far the regime as a whole can be relied on; each clock and question has its own.
    pub fn provenance(self) -> Provenance {
        self.about().provenance
    }

    /// The day on which its rules were last compared with their source.
    pub const fn checked(self) -> &'static str {
        CHECKED
    }

    /// Whether it is offered at all before a host says so.
    pub fn enabled_by_default(self) -> bool {
        self.about().in_force != InForce::NotYet
    }

    /// Since when it binds.
    pub fn in_force_from(self) -> InForce {
        self.about().in_force
    }

    /// Whether it binds on a day.
    pub fn in_force_on(self, date: Date) -> bool {
        match self.about().in_force {
            InForce::Long => true,
            InForce::From(first) => first <= date,
            InForce::NotYet => false,
        }
    }

    /// The zone that its days are counted in, by the name that browsers know, where the regime has
    /// one. Otherwise it is the organisation's.
    pub fn zone(self) -> Option<&'static str> {
        self.about().zone
    }

    /// The moments that a person confirms for it.
    pub fn triggers(self) -> &'static [Trigger] {
        self.about().triggers
    }

    /// What it asks.
    pub fn questions(self) -> &'static [&'static Question] {
        self.about().questions
    }

    /// The question of this key, among those it asks.
    pub fn question(self, key: &str) -> Option<&'static Question> {
        let mut questions = self.questions().iter().copied();
        questions.find(|question| question.key == key)
    }

    /// Whether the incident is one that must be reported, where the regime has a test for it that
    /// answers decide.
    pub fn test(self, answers: &Answers, entity: &Entity) -> Option<Verdict> {
        self.about().test.map(|test| test(answers, entity))
    }
}

/// All clocks of one regime for one incident, those that have not started too.
pub fn clocks(
    id: RegimeId,
    known: &Known,
    entity: &Entity,
    zone: &dyn Zone,
    holidays: &Holidays,
) -> Vec<Clock> {
    let case = duty::Case {
        regime: id,
        known,
        entity,
        zone,
        holidays,
    };
    (id.about().clocks)(&case)
}
