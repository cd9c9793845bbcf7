//! What downtime means: availability, error budget and its burning, credits, time between failures.
//!
//! Definitions of rules.md D. Knows lengths and fractions only, no incident.

use super::downtime::{Downtime, Period};
use super::exact::Ratio;
use crate::classify::Provenance;
use crate::model::Span;

/// Where the formulas come from: rules.md D, from memory.
pub const FROM: Provenance = Provenance::Practice;
/// Where the tiers of credits come from.
pub const CREDITS_FROM: Provenance = Provenance::HouseDefault;

/// An aim for availability, in parts in a million, below the whole: 999 000 is 99.9 %.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Slo(u32);

impl Slo {
    /// The aim of 99.9 % that is offered first. Muster's own default.
    pub const USUAL: Self = Self(999_000);

    /// So many parts in a million; none where that is the whole or more, for no budget is left then.
    pub const fn millionths(parts: u32) -> Option<Self> {
        if parts < 1_000_000 {
            Some(Self(parts))
        } else {
            None
        }
    }

    /// Reads percent as people write it: `99.9`, `99,95 %`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().trim_end_matches('%').trim_end();
        let (whole, rest) = text.split_once(['.', ',']).unwrap_or((text, ""));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !digits(whole) || !digits(rest) || rest.len() > 4 {
            return None;
        }
        let parts: u32 = format!("{whole}{rest:0<4}").parse().ok()?;
        Self::millionths(parts)
    }

    /// In percent, as few digits as it needs: `99.9`.
    pub fn percent(self) -> String {
        let text = Ratio::millionths(self.0).percent(4);
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    }

    /// In parts in a million.
    pub const fn parts(self) -> u32 {
        self.0
    }

    /// What may be bad.
    fn may_fail(self) -> Ratio {
        Ratio::millionths(1_000_000 - self.0)
    }
}

/// How much of a period service was there: 1 − downtime / period.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Availability {
    /// With any loss counted as whole.
    pub whole: Ratio,
    /// With each loss counted by its weight.
    pub weighted: Ratio,
}

/// The availability over a period. Agreed maintenance is not known here: leave its outages out where
/// the contract says so.
pub fn availability(down: Downtime, period: Period) -> Availability {
    let left = |lost: Ratio| Ratio::ONE.minus(share(lost, period.length()));
    Availability {
        whole: left(down.whole()),
        weighted: left(down.weighted()),
    }
}

fn share(lost: Ratio, length: Span) -> Ratio {
    lost.per(Ratio::span(length)).unwrap_or(Ratio::ZERO)
}

/// How much may fail over a period, and how much of that has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Budget {
    /// How long service may be lost, in milliseconds: (1 − SLO) × period.
    pub allowed: Ratio,
    /// How much of it is used, any loss counted as whole.
    pub whole: Ratio,
    /// How much of it is used, by weight.
    pub weighted: Ratio,
}

/// The error budget over a period. A share of 1 is all of it; more is possible.
pub fn budget(slo: Slo, down: Downtime, period: Period) -> Budget {
    let allowed = slo.may_fail().times(Ratio::span(period.length()));
    let used = |lost: Ratio| lost.per(allowed).unwrap_or(Ratio::ZERO);
    Budget {
        allowed,
        whole: used(down.whole()),
        weighted: used(down.weighted()),
    }
}

/// How many times faster than even the budget burns: bad share / (1 − SLO).
pub fn burn(bad_share: Ratio, slo: Slo) -> Ratio {
    bad_share.per(slo.may_fail()).unwrap_or(Ratio::ZERO)
}

/// What share of a window's budget burning so fast for so long uses up.
pub fn burnt(burn: Ratio, lasted: Span, window: Span) -> Ratio {
    burn.times(share(Ratio::span(lasted), window))
}

/// A speed of burning at which somebody is told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct BurnAlert {
    /// The least speed, in tenths.
    pub tenths: i64,
    /// Over how long.
    pub over: Span,
    /// How far it can be relied on.
    pub from: Provenance,
}

/// For a window of 30 days (rules.md D): 2 %, 5 % and 10 % of the budget.
pub const BURN_ALERTS: [BurnAlert; 3] = [
    BurnAlert {
        tenths: 144,
        over: Span::hours(1),
        from: Provenance::Checked,
    },
    BurnAlert {
        tenths: 60,
        over: Span::hours(6),
        from: Provenance::Checked,
    },
    BurnAlert {
        tenths: 10,
        over: Span::days(3),
        from: Provenance::Practice,
    },
];

/// Below which availability, in millionths, how many percent are credited: the gravest first.
/// Muster's own default.
pub const CREDITS: [(u32, u8); 3] = [(950_000, 100), (990_000, 25), (999_000, 10)];

/// How many percent are credited at an availability; each tier begins strictly below its figure.
pub fn credit(availability: Ratio) -> u8 {
    let mut tiers = CREDITS.iter();
    let tier = tiers.find(|(below, _)| availability < Ratio::millionths(*below));
    tier.map_or(0, |(_, percent)| *percent)
}

/// Mean time between failures, in milliseconds: (period − downtime) / failures. None without one.
pub fn between_failures(down: Downtime, failures: usize, period: Period) -> Option<Ratio> {
    let up = Ratio::span(Span(period.length().0 - down.union.0));
    each(up, failures)
}

/// The mean time until service was back, in milliseconds: downtime / failures. None without one.
pub fn mean_restore(down: Downtime, failures: usize) -> Option<Ratio> {
    each(down.whole(), failures)
}

fn each(all: Ratio, count: usize) -> Option<Ratio> {
    all.per(Ratio::whole(i64::try_from(count).ok()?))
}

#[cfg(test)]
mod tests;
