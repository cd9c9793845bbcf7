//! Rows of a table: incidents by month, service, priority, cause or source, each row with its figures.
//!
//! Where an incident belongs to several rows it is in each, so rows need not add up; see
//! [`By::overlaps`]. What nobody stated is a row of its own and never left out.

use super::case::{Case, has};
use super::distribution::Distribution;
use super::downtime::{self, Downtime, Outage, Period};
use super::exact::Ratio;
use super::filter::{Filter, Selection, Source, When, priority_name};
use super::money::{self, Cost};
use super::month::Month;
use super::promises::{self, Record};
use super::reliability::{self, Availability, Budget, Slo};
use super::times::{Figure, Measure, figure};
use crate::classify::calendar::Zone;
use crate::model::organisation::Organisation;
use crate::model::term::Priority;
use crate::model::{IncidentId, Timestamp, order};

/// What rows are made of.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum By {
    /// All incidents in one row.
    All,
    /// When they began; downtime by when it was.
    #[default]
    Month,
    /// What was hit.
    Service,
    /// How grave they were.
    Priority,
    /// Why they happened.
    Cause,
    /// Whose record they come from.
    Source,
}

impl By {
    /// All of them, in order.
    pub const ALL: [Self; 6] = [
        Self::All,
        Self::Month,
        Self::Service,
        Self::Priority,
        Self::Cause,
        Self::Source,
    ];

    /// The name in addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Month => "month",
            Self::Service => "service",
            Self::Priority => "priority",
            Self::Cause => "cause",
            Self::Source => "source",
        }
    }

    /// The one of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }

    /// The name on the screen.
    pub const fn title(self) -> &'static str {
        match self {
            Self::All => "All together",
            Self::Month => "Month",
            Self::Service => "Service",
            Self::Priority => "Priority",
            Self::Cause => "Cause",
            Self::Source => "Source",
        }
    }

    /// Whether an incident may be in several rows.
    pub const fn overlaps(self) -> bool {
        matches!(self, Self::Service | Self::Cause)
    }
}

/// What a row is of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Key {
    /// Everything.
    All,
    /// A month.
    Month(Month),
    /// A service; none where no service was named.
    Service(Option<String>),
    /// A priority; none while it is pending.
    Priority(Option<Priority>),
    /// A cause; none where none was stated.
    Cause(Option<String>),
    /// Own or foreign.
    Source(Source),
}

impl Key {
    /// As people read it.
    pub fn title(&self) -> String {
        match self {
            Self::All => "All incidents".to_owned(),
            Self::Month(month) => month.title(),
            Self::Service(Some(text)) | Self::Cause(Some(text)) => text.clone(),
            Self::Service(None) => "No service named".to_owned(),
            Self::Cause(None) => "None stated".to_owned(),
            Self::Priority(Some(priority)) => priority.to_string(),
            Self::Priority(None) => "Pending".to_owned(),
            Self::Source(source) => source.title().to_owned(),
        }
    }

    fn holds_case(&self, case: &Case, zone: &dyn Zone) -> bool {
        let hits = |name: &str| {
            let mut outages = case.outages.iter();
            outages.any(|one| is_same(&one.service, name))
        };
        match self {
            Self::All => true,
            Self::Month(month) => *month == Month::of(case.began, zone),
            Self::Service(Some(name)) => hits(name),
            Self::Service(None) => case.outages.is_empty(),
            Self::Priority(priority) => *priority == case.priority,
            Self::Cause(Some(text)) => has(&case.causes, text),
            Self::Cause(None) => case.causes.is_empty(),
            Self::Source(source) => *source == Source::of(case),
        }
    }

    /// Of a month all downtime counts that lies in it, of whichever incident.
    fn holds_outage(&self, case: &Case, outage: &Outage, zone: &dyn Zone) -> bool {
        match self {
            Self::Month(_) => true,
            Self::Service(name) => name
                .as_ref()
                .is_some_and(|name| is_same(&outage.service, name)),
            _ => self.holds_case(case, zone),
        }
    }
}

fn is_same(service: &str, name: &str) -> bool {
    service.trim().eq_ignore_ascii_case(name)
}

/// The figures of some incidents.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// What they have in common.
    pub key: Key,
    /// The time that downtime was looked for in.
    pub period: Period,
    /// The incidents, in order of when they began.
    pub incidents: Vec<IncidentId>,
    /// How many of them were major ones.
    pub major: usize,
    /// The five times, in order of [`Measure`].
    pub times: Vec<(Measure, Distribution)>,
    /// The downtime in the period, also of incidents that began before it.
    pub downtime: Downtime,
    /// How many outages lie in the period, at least in part; overlapping ones are several.
    pub failures: usize,
    /// Incidents that name no service: no downtime is known of them.
    pub without_service: usize,
    /// Announced updates, to all together and then by audience.
    pub promises: Vec<Record>,
    /// What the downtime cost; none where no service that was hit has a cost.
    pub cost: Option<Cost>,
}

impl Row {
    /// What share of the incidents were major ones; none without an incident.
    pub fn share_of_major(&self) -> Option<Ratio> {
        Ratio::of(self.major as i128, self.incidents.len() as i128)
    }

    /// One of the five times.
    pub fn time(&self, measure: Measure) -> Option<&Distribution> {
        let mut times = self.times.iter();
        times
            .find(|(one, _)| *one == measure)
            .map(|(_, times)| times)
    }

    /// How much of the period service was there.
    pub fn availability(&self) -> Availability {
        reliability::availability(self.downtime, self.period)
    }

    /// The error budget of the period.
    pub fn budget(&self, slo: Slo) -> Budget {
        reliability::budget(slo, self.downtime, self.period)
    }

    /// Mean time between failures, in milliseconds; none without one.
    pub fn between_failures(&self) -> Option<Ratio> {
        reliability::between_failures(self.downtime, self.failures, self.period)
    }

    /// The mean time until service was back, in milliseconds; none without a failure.
    pub fn mean_restore(&self) -> Option<Ratio> {
        reliability::mean_restore(self.downtime, self.failures)
    }

    /// How many announced updates came in time.
    pub fn updates_in_time(&self) -> Option<Ratio> {
        self.promises.first()?.share()
    }

    /// The filter that asks for this row alone; none where no filter can.
    pub fn narrowed(&self, filter: &Filter) -> Option<Filter> {
        let mut filter = filter.clone();
        match &self.key {
            Key::All | Key::Cause(_) | Key::Service(None) => return None,
            Key::Month(month) => {
                filter.when = When::Between(Some(month.first()), Some(month.last()))
            }
            Key::Service(Some(name)) => filter.services = vec![name.clone()],
            Key::Priority(priority) => filter.priorities = vec![*priority],
            Key::Source(source) => filter.source = Some(*source),
        }
        Some(filter.tidy())
    }

    /// What the row is of, in an address or a file: `2026-11`, `1`, `none`.
    pub fn name(&self) -> String {
        match &self.key {
            Key::All => By::All.name().to_owned(),
            Key::Month(month) => month.name(),
            Key::Service(name) | Key::Cause(name) => {
                name.clone().unwrap_or_else(|| "none".to_owned())
            }
            Key::Priority(priority) => priority_name(*priority),
            Key::Source(source) => source.name().to_owned(),
        }
    }
}

/// The rows of a selection, as its filter asks. Months come without a gap, services and causes with
/// the most incidents first, and what nobody stated last.
pub fn rows(
    selection: &Selection<'_>,
    organisation: &Organisation,
    zone: &dyn Zone,
    now: Timestamp,
) -> Vec<Row> {
    let Some(period) = selection.period else {
        return Vec::new();
    };
    let asked = Asked {
        selection,
        organisation,
        zone,
        now,
    };
    let keys = match selection.filter.by {
        By::All => vec![Key::All],
        By::Month => months(selection, period, zone),
        By::Service => services(selection, organisation),
        By::Priority => priorities(selection),
        By::Cause => causes(selection),
        By::Source => Source::ALL.into_iter().map(Key::Source).collect(),
    };
    let rows = keys.into_iter().filter_map(|key| asked.row(key, period));
    let mut rows: Vec<Row> = rows.collect();
    if selection.filter.by.overlaps() {
        order::sort_by_key(&mut rows, |row| {
            let unstated = matches!(row.key, Key::Service(None) | Key::Cause(None));
            (unstated, usize::MAX - row.incidents.len())
        });
    }
    rows
}

/// All together, whatever the filter's rows are made of; none where there is no period.
pub fn total(
    selection: &Selection<'_>,
    organisation: &Organisation,
    zone: &dyn Zone,
    now: Timestamp,
) -> Option<Row> {
    let asked = Asked {
        selection,
        organisation,
        zone,
        now,
    };
    asked.row(Key::All, selection.period?)
}

/// What all rows have in common.
struct Asked<'a> {
    selection: &'a Selection<'a>,
    organisation: &'a Organisation,
    zone: &'a dyn Zone,
    now: Timestamp,
}

impl Asked<'_> {
    fn row(&self, key: Key, period: Period) -> Option<Row> {
        let period = match key {
            Key::Month(month) => month.within(period, self.zone)?,
            _ => period,
        };
        let cases = self.selection.cases.iter().copied();
        let cases: Vec<&Case> = cases
            .filter(|case| key.holds_case(case, self.zone))
            .collect();
        let outages = self.outages(&key, period);
        let promises = cases.iter().flat_map(|case| &case.promises);
        Some(Row {
            period,
            incidents: cases.iter().map(|case| case.id).collect(),
            major: cases.iter().filter(|case| case.major).count(),
            times: times(&cases, self.now),
            downtime: downtime::of_outages(outages.iter().copied(), period),
            failures: outages.len(),
            without_service: cases.iter().filter(|case| case.outages.is_empty()).count(),
            promises: promises::records(promises, self.now),
            cost: money::cost(self.organisation, &outages, period),
            key,
        })
    }

    /// The outages that a row counts, of services that are asked for.
    fn outages(&self, key: &Key, period: Period) -> Vec<&Outage> {
        let mut found = Vec::new();
        for case in &self.selection.reaching {
            for outage in &case.outages {
                if self.selection.filter.asks_for(&outage.service)
                    && key.holds_outage(case, outage, self.zone)
                    && !outage.stretches(period).is_empty()
                {
                    found.push(outage);
                }
            }
        }
        found
    }
}

fn times(cases: &[&Case], now: Timestamp) -> Vec<(Measure, Distribution)> {
    let all = Measure::ALL.into_iter().map(|measure| {
        let figures = cases.iter().map(|case| figure(case, measure, now));
        let figures: Vec<Figure> = figures.collect();
        (measure, Distribution::of(figures.iter()))
    });
    all.collect()
}

/// How many months are shown without a gap: thirty years. Beyond, one time that was mistyped would
/// make thousands of empty rows.
const MOST_MONTHS: usize = 360;

/// From the first to the last with anything in it; of a period that is asked for, all of them.
fn months(selection: &Selection<'_>, period: Period, zone: &dyn Zone) -> Vec<Key> {
    let mut held = happenings(selection, period);
    if selection.filter.when != When::Ever {
        held.extend([period.begins(), Timestamp::clamped(period.ends().ms() - 1)]);
    }
    let mut held: Vec<Month> = held.into_iter().map(|at| Month::of(at, zone)).collect();
    order::sort(&mut held);
    held.dedup();
    let (Some(first), Some(last)) = (held.first().copied(), held.last().copied()) else {
        return Vec::new();
    };
    let all = std::iter::successors(Some(first), |month| Some(month.next()));
    let all: Vec<Month> = all
        .take_while(|month| *month <= last)
        .take(MOST_MONTHS + 1)
        .collect();
    let months = if all.len() > MOST_MONTHS { held } else { all };
    months.into_iter().map(Key::Month).collect()
}

/// The instants at which incidents began, and at which outages began and ended, in a period.
fn happenings(selection: &Selection<'_>, period: Period) -> Vec<Timestamp> {
    let mut all: Vec<Timestamp> = selection.cases.iter().map(|case| case.began).collect();
    for outage in selection.outages() {
        for stretch in outage.stretches(period) {
            all.extend([stretch.from, Timestamp::clamped(stretch.to.ms() - 1)]);
        }
    }
    all
}

/// Services that were hit, and those of the catalogue: of those that never failed it is good to know.
fn services(selection: &Selection<'_>, organisation: &Organisation) -> Vec<Key> {
    let hit = selection
        .outages()
        .into_iter()
        .map(|one| one.service.as_str());
    let known = organisation.services.iter();
    let known = known.map(|service| service.name.as_str());
    let known = known.filter(|name| selection.filter.asks_for(name));
    let names = distinct(hit.chain(known));
    with_unstated(
        names,
        Key::Service,
        |case| case.outages.is_empty(),
        selection,
    )
}

fn causes(selection: &Selection<'_>) -> Vec<Key> {
    let causes = selection.cases.iter().flat_map(|case| &case.causes);
    let names = distinct(causes.map(String::as_str));
    with_unstated(names, Key::Cause, |case| case.causes.is_empty(), selection)
}

/// Keys of these names, and of nothing where an incident has none.
fn with_unstated(
    names: Vec<String>,
    key: fn(Option<String>) -> Key,
    lacks: fn(&Case) -> bool,
    selection: &Selection<'_>,
) -> Vec<Key> {
    let mut keys: Vec<Key> = names.into_iter().map(|name| key(Some(name))).collect();
    if selection.cases.iter().any(|case| lacks(case)) {
        keys.push(key(None));
    }
    keys
}

/// Each name once, as it was first spelled, in order.
fn distinct<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for name in names.map(str::trim) {
        if !has(&found, name) {
            found.push(name.to_owned());
        }
    }
    order::sort(&mut found);
    found
}

/// All five, and pending ones where there are some.
fn priorities(selection: &Selection<'_>) -> Vec<Key> {
    let all = Priority::ALL.into_iter().map(Some);
    let pending = selection
        .reaching
        .iter()
        .any(|case| case.priority.is_none());
    let all = all.chain(pending.then_some(None));
    let asked = &selection.filter.priorities;
    all.filter(|one| asked.is_empty() || asked.contains(one))
        .map(Key::Priority)
        .collect()
}

#[cfg(test)]
mod tests;
