//! What downtime costs.
//!
//! A service's cost a minute is the organisation's own word; formulas to come by one are rules.md D,
//! from memory. Credits and fines are not counted here. Amounts are exact, in whole units of the
//! organisation's currency.

use super::case::has;
use super::downtime::{self, Outage, Period};
use super::exact::Ratio;
use crate::model::organisation::Organisation;

/// What some outages cost.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cost {
    /// With any loss counted as whole, as the room counts it.
    pub whole: Ratio,
    /// With each loss counted by its weight.
    pub weighted: Ratio,
    /// What each service has to do with it: its name and its part of `whole`.
    pub services: Vec<(String, Ratio)>,
    /// Services that were hit and have no cost: what they cost is not in the figures.
    pub unpriced: Vec<String>,
}

/// What outages cost in a period; none where no service that was hit has a cost. Several outages of
/// one service at a time cost once.
pub fn cost(organisation: &Organisation, outages: &[&Outage], period: Period) -> Option<Cost> {
    let mut cost = Cost {
        whole: Ratio::ZERO,
        weighted: Ratio::ZERO,
        services: Vec::new(),
        unpriced: Vec::new(),
    };
    for name in service_names(outages, period) {
        let service = organisation.service(&name);
        let Some(per_minute) = service.and_then(|service| service.cost_per_minute) else {
            cost.unpriced.push(name);
            continue;
        };
        let of_service = outages.iter().copied();
        let of_service = of_service.filter(|one| one.service.trim().eq_ignore_ascii_case(&name));
        let down = downtime::of_outages(of_service, period);
        let per_ms = Ratio::of(per_minute.into(), 60_000)?;
        let whole = down.whole().times(per_ms);
        cost.whole = cost.whole.plus(whole);
        cost.weighted = cost.weighted.plus(down.weighted().times(per_ms));
        cost.services.push((name, whole));
    }
    (!cost.services.is_empty()).then_some(cost)
}

/// The services that were hit in a period, each once, as they were first spelled.
pub(super) fn service_names(outages: &[&Outage], period: Period) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for outage in outages {
        let name = outage.service.trim();
        if !outage.stretches(period).is_empty() && !has(&names, name) {
            names.push(name.to_owned());
        }
    }
    names
}

/// Minutes of a year of 365 days.
const MINUTES_A_YEAR: i64 = 525_600;

/// What a minute without service loses: revenue of a year / 525 600 × the share that hangs on it.
pub fn revenue_per_minute(a_year: i64, share: Ratio) -> Ratio {
    let a_minute = Ratio::whole(a_year).per(Ratio::whole(MINUTES_A_YEAR));
    a_minute.unwrap_or(Ratio::ZERO).times(share)
}

/// What a minute of people's work costs: people × what one costs an hour / 60.
pub fn staff_per_minute(people: u32, an_hour: u32) -> Ratio {
    Ratio::of(i128::from(people) * i128::from(an_hour), 60).unwrap_or(Ratio::ZERO)
}

#[cfg(test)]
mod tests;
