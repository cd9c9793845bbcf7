//! Which incidents figures are made of, and how that is kept in an address.
//!
//! Printer and parser stand side by side: any text is some filter, what is not understood is left
//! out, and what was printed is read as it was. Drills, tests and samples are in no figure unless they
//! are asked for by name; what was written down afterwards is as real as anything. Doubles are in
//! none, or they would count twice. Knows no screen.

use super::case::{Case, has};
use super::downtime::{Outage, Period};
use super::groups::By;
use super::month::midnight;
use crate::classify::calendar::{Date, Zone};
use crate::guide::words::{count, percent_decoded, percent_encoded};
use crate::model::term::{Nature, Priority};
use crate::model::{Span, Timestamp, order};

/// From when to when.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum When {
    /// As long as anything is known.
    #[default]
    Ever,
    /// So many days until now, 24 hours each.
    Last(u16),
    /// From the beginning of one day to the end of another, where they are given.
    Between(Option<Date>, Option<Date>),
}

/// Whose record an incident comes from.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Source {
    /// Declared in Muster.
    Own,
    /// Imported from a foreign page.
    Foreign,
}

impl Source {
    /// Both, in order.
    pub const ALL: [Self; 2] = [Self::Own, Self::Foreign];

    /// The name in addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Foreign => "foreign",
        }
    }

    /// The name on the screen.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Own => "Declared here",
            Self::Foreign => "Imported",
        }
    }

    /// A case's own.
    pub const fn of(case: &Case) -> Self {
        if case.foreign {
            Self::Foreign
        } else {
            Self::Own
        }
    }
}

/// What is asked for. Empty lists and none ask for everything.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Filter {
    /// When the incidents began.
    pub when: When,
    /// One of these was hit.
    pub services: Vec<String>,
    /// One of these holds; none is one that is pending.
    pub priorities: Vec<Option<Priority>>,
    /// Major ones, or the others.
    pub major: Option<bool>,
    /// Whether they are one; where this is empty, real ones and those written down afterwards.
    pub natures: Vec<Nature>,
    /// Where from.
    pub source: Option<Source>,
    /// What rows are made of.
    pub by: By,
}

/// The natures that are incidents.
const COUNTED: [Nature; 2] = [Nature::Real, Nature::Retrospective];

/// How long a service's name may be in an address.
const LONGEST: usize = 200;

impl Filter {
    /// What an address' query asks for, with or without its `?`.
    pub fn parse(query: &str) -> Self {
        let query = query.strip_prefix('?').unwrap_or(query);
        let (mut filter, mut last) = (Self::default(), None);
        let (mut from, mut to) = (None, None);
        for pair in query.split('&') {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let value = percent_decoded(value);
            match name {
                "from" => from = date(&value).or(from),
                "to" => to = date(&value).or(to),
                "last" => last = value.parse().ok().filter(|days| *days > 0).or(last),
                "service" => filter.services.push(value.chars().take(LONGEST).collect()),
                "priority" => filter
                    .priorities
                    .extend(value.split(',').filter_map(priority)),
                "major" => filter.major = yes_or_no(&value).or(filter.major),
                "nature" => filter.natures.extend(Nature::named(&value)),
                "source" => {
                    let mut all = Source::ALL.into_iter();
                    filter.source = all.find(|one| one.name() == value).or(filter.source);
                }
                "by" => filter.by = By::named(&value).unwrap_or(filter.by),
                _ => {}
            }
        }
        filter.when = last.map_or(When::Between(from, to), When::Last);
        filter.tidy()
    }

    /// The same in the form that parsing gives: nothing twice, in order, the earlier day first.
    pub fn tidy(mut self) -> Self {
        self.when = match self.when {
            When::Between(None, None) | When::Last(0) => When::Ever,
            When::Between(Some(from), Some(to)) if to < from => When::Between(Some(to), Some(from)),
            when => when,
        };
        let mut services: Vec<String> = Vec::new();
        for service in &self.services {
            let service = service.trim();
            if !service.is_empty() && !has(&services, service) {
                services.push(service.to_owned());
            }
        }
        order::sort(&mut services);
        self.services = services;
        // A pending one stands behind the others.
        order::sort_by_key(&mut self.priorities, |one| {
            one.map_or(u8::MAX, Priority::number)
        });
        self.priorities.dedup();
        order::sort(&mut self.natures);
        self.natures.dedup();
        self
    }

    /// As an address' query, without `?`; empty where everything is asked for.
    pub fn query(&self) -> String {
        let mut out = String::new();
        match self.when {
            When::Ever => {}
            When::Last(days) => push(&mut out, "last", &days.to_string()),
            When::Between(from, to) => {
                for (name, date) in [("from", from), ("to", to)] {
                    if let Some(date) = date {
                        push(&mut out, name, &date.to_string());
                    }
                }
            }
        }
        for service in &self.services {
            push(&mut out, "service", &percent_encoded(service));
        }
        let priorities = self.priorities.iter();
        let priorities: Vec<String> = priorities.map(|one| priority_name(*one)).collect();
        if !priorities.is_empty() {
            push(&mut out, "priority", &priorities.join(","));
        }
        if let Some(major) = self.major {
            push(&mut out, "major", if major { "yes" } else { "no" });
        }
        for nature in &self.natures {
            push(&mut out, "nature", nature.name());
        }
        if let Some(source) = self.source {
            push(&mut out, "source", source.name());
        }
        if self.by != By::default() {
            push(&mut out, "by", self.by.name());
        }
        out
    }

    /// The period that is asked for, never beyond `now`; none where it has not begun.
    pub fn period(&self, zone: &dyn Zone, now: Timestamp) -> Option<Period> {
        let (from, to) = match self.when {
            When::Ever => (None, None),
            When::Last(days) => (Some(now - Span::days(days.into())), None),
            When::Between(from, to) => (
                from.map(|date| midnight(date, zone)),
                to.map(|date| midnight(date.plus_days(1), zone)),
            ),
        };
        Period::of(from.unwrap_or(Timestamp::MIN), to.unwrap_or(now), now)
    }

    /// Whether a service is asked for.
    pub fn asks_for(&self, service: &str) -> bool {
        self.services.is_empty() || has(&self.services, service.trim())
    }

    /// Whether figures may be made of it at all.
    fn counts(&self, case: &Case) -> bool {
        let natures = match self.natures.as_slice() {
            [] => &COUNTED[..],
            asked => asked,
        };
        natures.contains(&case.nature) && !case.duplicate
    }

    /// Whether an incident is asked for, whenever it was.
    fn holds(&self, case: &Case) -> bool {
        let mut outages = case.outages.iter();
        (self.services.is_empty() || outages.any(|one| self.asks_for(&one.service)))
            && (self.priorities.is_empty() || self.priorities.contains(&case.priority))
            && self.major.is_none_or(|major| major == case.major)
            && self.source.is_none_or(|source| source == Source::of(case))
    }
}

fn push(out: &mut String, name: &str, value: &str) {
    if !out.is_empty() {
        out.push('&');
    }
    out.push_str(name);
    out.push('=');
    out.push_str(value);
}

fn date(text: &str) -> Option<Date> {
    let (year, rest) = text.trim().split_once('-')?;
    let (month, day) = rest.split_once('-')?;
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

fn priority(text: &str) -> Option<Option<Priority>> {
    match text.trim() {
        "none" => Some(None),
        number => Some(Some(Priority::new(number.parse().ok()?)?)),
    }
}

/// A priority's name in addresses.
pub(super) fn priority_name(priority: Option<Priority>) -> String {
    priority.map_or_else(|| "none".to_owned(), |one| one.number().to_string())
}

fn yes_or_no(text: &str) -> Option<bool> {
    match text {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

/// Incidents that no figure is made of, and why.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct LeftOut {
    /// Exercises.
    pub drills: usize,
    /// Trials of Muster.
    pub tests: usize,
    /// Samples.
    pub samples: usize,
    /// Another incident, reported twice.
    pub duplicates: usize,
    /// Real ones that are not asked for, or began at another time.
    pub not_asked_for: usize,
}

impl LeftOut {
    /// In a line: "Left out: 2 drills, 1 sample."; empty where nothing is but by choice.
    pub fn words(&self) -> String {
        let kinds = [
            (self.drills, "drill", "drills"),
            (self.tests, "test", "tests"),
            (self.samples, "sample", "samples"),
            (self.duplicates, "duplicate", "duplicates"),
        ];
        let there = kinds.iter().filter(|(number, ..)| *number > 0);
        let parts: Vec<String> = there.map(|(n, one, many)| count(*n, one, many)).collect();
        if parts.is_empty() {
            return String::new();
        }
        format!("Left out: {}.", parts.join(", "))
    }
}

/// What a filter leaves.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Selection<'a> {
    /// What was asked.
    pub filter: Filter,
    /// The time that figures are about; of all time, it begins with the first incident. None where
    /// there is nothing.
    pub period: Option<Period>,
    /// Incidents that began in it: counts and times are theirs.
    pub cases: Vec<&'a Case>,
    /// All that are asked for, whenever they began: downtime of an earlier one may reach into it.
    pub reaching: Vec<&'a Case>,
    /// What is in no figure.
    pub left_out: LeftOut,
}

impl<'a> Selection<'a> {
    /// What a filter leaves of these.
    pub fn of(cases: &'a [Case], filter: &Filter, zone: &dyn Zone, now: Timestamp) -> Self {
        let mut left_out = LeftOut::default();
        let counts = |case: &&Case| filter.counts(case) || left_out.count(case);
        let mut reaching: Vec<&Case> = cases.iter().filter(counts).collect();
        let all = reaching.len();
        reaching.retain(|case| filter.holds(case));
        let asked = filter.period(zone, now);
        let period = asked.and_then(|asked| since_the_first(asked, &reaching));
        let mut begun = reaching.clone();
        // A clock that shows minutes must not hide what began in this one.
        let began = |case: &Case| case.began.min(now - Span(1));
        begun.retain(|case| period.is_some_and(|period| period.holds(began(case))));
        order::sort_by(&mut begun, |a, b| (a.began, a.id).cmp(&(b.began, b.id)));
        left_out.not_asked_for += all - begun.len();
        Self {
            filter: filter.clone(),
            period,
            cases: begun,
            reaching,
            left_out,
        }
    }

    /// The outages of the services that are asked for.
    pub fn outages(&self) -> Vec<&'a Outage> {
        let outages = self.reaching.iter().flat_map(|case| &case.outages);
        outages
            .filter(|one| self.filter.asks_for(&one.service))
            .collect()
    }
}

impl LeftOut {
    /// Counts one that no figure is made of; always false.
    fn count(&mut self, case: &Case) -> bool {
        *match case.nature {
            Nature::Drill => &mut self.drills,
            Nature::Test => &mut self.tests,
            Nature::Sample => &mut self.samples,
            Nature::Real | Nature::Retrospective if case.duplicate => &mut self.duplicates,
            Nature::Real | Nature::Retrospective => &mut self.not_asked_for,
        } += 1;
        false
    }
}

/// All time would make every service look as good as new: it begins with the first incident.
fn since_the_first(asked: Period, cases: &[&Case]) -> Option<Period> {
    if asked.begins() > Timestamp::MIN {
        return Some(asked);
    }
    let pieces = cases.iter().flat_map(|case| &case.outages);
    let pieces = pieces.flat_map(|one| &one.pieces).map(|piece| piece.from);
    let first = cases.iter().map(|case| case.began).chain(pieces).min()?;
    Period::of(first, asked.ends(), asked.ends())
}

#[cfg(test)]
mod tests;
