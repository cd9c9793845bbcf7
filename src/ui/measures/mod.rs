//! Measures: how long things took, what it cost, whether updates kept their word.
//!
//! Shows what `measure` says of the incidents that are held; what is asked for stands in the address.

mod chart;
mod filters;

use leptos::prelude::*;

pub use self::chart::Columns;
use self::chart::bar;
use self::filters::Filters;
use super::session::{Session, use_session};
use crate::classify::calendar::Zone;
use crate::measure::groups::{rows, total};
use crate::measure::reliability::Slo;
use crate::measure::trend::{Point, Unit, heights, points, shown};
use crate::measure::{By, Case, Filter, Ratio, Row, Selection, Series, csv, meanings};
use crate::measure::{Distribution, Measure};
use crate::model::{Span, Timestamp};
use crate::ui::browser;
use crate::ui::derived::Derived;
use crate::ui::route::Route;

/// Days as this machine has them.
struct Machine;

impl Zone for Machine {
    fn offset_minutes(&self, at: Timestamp) -> i32 {
        browser::utc_offset_minutes(at)
    }
}

/// What can be followed over rows.
const SERIES: [Series; 15] = [
    Series::Incidents,
    Series::Major,
    Series::MajorShare,
    Series::Median(Measure::Detect),
    Series::Median(Measure::Acknowledge),
    Series::Median(Measure::Mitigate),
    Series::Median(Measure::Restore),
    Series::P90(Measure::Restore),
    Series::Mean(Measure::Restore),
    Series::Median(Measure::Resolve),
    Series::P90(Measure::Resolve),
    Series::Downtime,
    Series::Weighted,
    Series::Availability,
    Series::UpdatesInTime,
];

/// What the address asks for: which incidents, what is drawn, against which objective.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Asked {
    filter: Filter,
    /// A place in [`SERIES`].
    series: usize,
    slo: Slo,
}

impl Asked {
    fn parse(query: &str) -> Self {
        let of = |name: &str| {
            let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
        };
        Self {
            filter: Filter::parse(query),
            series: of("show")
                .and_then(|place| place.parse().ok())
                .filter(|place| *place < SERIES.len())
                .unwrap_or(0),
            slo: of("slo").and_then(Slo::parse).unwrap_or(Slo::USUAL),
        }
    }

    fn series(&self) -> Series {
        SERIES
            .get(self.series)
            .copied()
            .unwrap_or(Series::Incidents)
    }

    fn query(&self) -> String {
        let mut parts = vec![self.filter.query()];
        if self.series > 0 {
            parts.push(format!("show={}", self.series));
        }
        if self.slo != Slo::USUAL {
            parts.push(format!("slo={}", self.slo.percent()));
        }
        parts.retain(|part| !part.is_empty());
        parts.join("&")
    }

    fn href(&self) -> String {
        Route::Measures(self.query()).href()
    }
}

/// What the screen shows, worked out at once.
#[derive(Clone, PartialEq, Default)]
struct Shown {
    total: Option<Row>,
    rows: Vec<Row>,
    left_out: String,
}

fn shown_of(session: Session, cases: &[Case], asked: &Asked, now: Timestamp) -> Shown {
    let organisation = session.organisation();
    let selection = Selection::of(cases, &asked.filter, &Machine, now);
    Shown {
        total: total(&selection, &organisation, &Machine, now),
        rows: rows(&selection, &organisation, &Machine, now),
        left_out: selection.left_out.words(),
    }
}

/// What figures are made of, for every incident: worked out for each change, not for each minute.
pub fn all_cases(session: Session) -> Derived<Vec<Case>> {
    Derived::new(move || {
        session.ask(|records| {
            let ids = records.incident_ids().into_iter();
            ids.filter_map(|id| records.incident(id).and_then(Case::of))
                .collect()
        })
    })
}

/// The screen.
#[component]
pub fn MeasuresScreen(
    /// The address' query.
    query: String,
) -> impl IntoView {
    let session = use_session();
    let asked = StoredValue::new(Asked::parse(&query));
    let cases = all_cases(session);
    let held = Derived::new(move || {
        let now = session.clock().minute();
        cases.with(|cases| asked.with_value(|asked| shown_of(session, cases, asked, now)))
    });
    let give = move |_| {
        let now = session.instant();
        let text = cases.with_untracked(|cases| {
            asked.with_value(|asked| {
                let selection = Selection::of(cases, &asked.filter, &Machine, now);
                csv::csv(&selection, &session.organisation(), now)
            })
        });
        session.give(&csv::file_name(now), "text/csv", &text);
    };
    let count = move || held.with(|held| held.total.as_ref().map_or(0, |row| row.incidents.len()));
    view! {
        <main class="page measures">
            <h1 tabindex="-1">"Measures"</h1>
            <p class="faint lead">"Each figure says how many incidents it rests on; what nobody stated is left out, never guessed. Exercises, tests and samples are not in it."</p>
            <Filters asked cases/>
            {move || if count() == 0 {
                view! { <p class="sheet share-box none-fits">"No incident fits. "<a href=Route::Measures(String::new()).href()>"Ask for all"</a></p> }.into_any()
            } else {
                view! {
                    <Totals held asked/>
                    <Times held/>
                    <Groups held asked/>
                }.into_any()
            }}
            <p class="row">
                <button type="button" class="button" on:click=give>"Export as CSV"</button>
                <span class="faint small">{move || held.with(|held| held.left_out.clone())}</span>
            </p>
            <Meanings/>
        </main>
    }
}

/// A number with what it is and what it rests on.
fn tile(title: &'static str, value: String, rests_on: String) -> AnyView {
    view! { <div class="tile"><dt>{title}</dt><dd><b class="num">{value}</b><span class="faint small">{rests_on}</span></dd></div> }.into_any()
}

fn incidents(count: usize) -> String {
    crate::guide::words::count(count, "incident", "incidents")
}

#[component]
fn Totals(held: Derived<Shown>, asked: StoredValue<Asked>) -> impl IntoView {
    let tiles = move || {
        let slo = asked.with_value(|asked| asked.slo);
        held.with(|held| held.total.as_ref().map(|row| tiles(row, slo)))
    };
    view! { <section aria-label="All together"><h2>"All together"</h2><dl class="tiles">{tiles}</dl></section> }
}

fn tiles(row: &Row, slo: Slo) -> Vec<AnyView> {
    let n = row.incidents.len();
    let share = |value: Option<Ratio>| shown(value, Unit::Share);
    let outages = format!("from {} outages of services", row.failures);
    let (kept, judged) = row
        .promises
        .first()
        .map_or((0, 0), |record| (record.in_time, record.judged()));
    let mut tiles = vec![
        tile(
            "Incidents",
            n.to_string(),
            format!("{} major, {}", row.major, share(row.share_of_major())),
        ),
        tile(
            "Downtime",
            shown(Some(row.downtime.whole()), Unit::Time),
            outages,
        ),
        tile(
            "Downtime, weighted",
            shown(Some(row.downtime.weighted()), Unit::Time),
            "partial loss counts in part".to_owned(),
        ),
        tile(
            "Availability",
            share(Some(row.availability().whole)),
            "of all services as one".to_owned(),
        ),
        tile(
            "Error budget used",
            share(Some(row.budget(slo).whole)),
            format!("of {} % promised", slo.percent()),
        ),
        tile(
            "Updates in time",
            share(row.updates_in_time()),
            format!("{kept} of {judged} announced"),
        ),
    ];
    if let Some(between) = row.between_failures() {
        tiles.push(tile(
            "Between failures",
            shown(Some(between), Unit::Time),
            "mean".to_owned(),
        ));
    }
    if let Some(cost) = &row.cost {
        tiles.push(tile(
            "Cost",
            cost.weighted.decimal(0),
            "by the services' cost of a minute".to_owned(),
        ));
    }
    tiles
}

/// The five times: middle, nearly worst, mean.
#[component]
fn Times(held: Derived<Shown>) -> impl IntoView {
    let rows = move || {
        held.with(|held| {
            let times = held.total.as_ref().map(|row| row.times.as_slice());
            let rows = times.unwrap_or_default().iter();
            rows.map(|(measure, times)| time_row(*measure, times))
                .collect_view()
        })
    };
    view! {
        <section aria-label="Times">
            <h2>"How long it took"</h2>
            <div class="sheet table figures"><table class="times">
                <thead><tr><th scope="col">"Time to"</th><th scope="col" class="n">"Median"</th><th scope="col" class="n">"90th percentile"</th><th scope="col" class="n">"Mean"</th><th scope="col">"Rests on"</th></tr></thead>
                <tbody>{rows}</tbody>
            </table></div>
        </section>
    }
}

fn time_row(measure: Measure, times: &Distribution) -> impl IntoView + use<> {
    let time = |value: Option<Ratio>| shown(value, Unit::Time);
    let few = times.count() > 0 && times.is_small();
    view! {
        <tr>
            <th scope="row"><span title=measure.meaning()>{measure.title()}</span></th>
            <td class="n num">{time(times.median())}</td>
            <td class="n num">{time(times.p90().map(Ratio::span))}</td>
            <td class="n num">{time(times.mean())}</td>
            <td>{times.basis()}{few.then(|| view! { " "<span class="tag soon">"few"</span> })}</td>
        </tr>
    }
}

/// The rows that were asked for, as a picture and as a table.
#[component]
fn Groups(held: Derived<Shown>, asked: StoredValue<Asked>) -> impl IntoView {
    let view = move || {
        let asked = asked.get_value();
        held.with(|held| groups(&held.rows, &asked))
    };
    view! { <section aria-label="By group">{view}</section> }
}

fn groups(rows: &[Row], asked: &Asked) -> AnyView {
    let series = asked.series();
    let points = points(rows, series);
    let title = format!(
        "{} by {}",
        series.title(),
        asked.filter.by.title().to_lowercase()
    );
    let columns = (asked.filter.by == By::Month && rows.len() > 1)
        .then(|| view! { <Columns title=title.clone() points=points.clone()/> });
    let widths = heights(&points, chart::FULL);
    let lines = rows.iter().zip(points).zip(widths);
    let lines = lines.map(|((row, point), width)| line(row, point, width, asked));
    let lines = lines.collect_view();
    let overlap = asked.filter.by.overlaps().then(|| {
        view! { <p class="faint small">"An incident that hit several stands in several rows."</p> }
    });
    let label = title.clone();
    view! {
        <h2>{title}</h2>
        {columns}
        <div class="sheet table figures"><table class="groups" aria-label=label>
            <thead><tr>
                <th scope="col">{asked.filter.by.title()}</th><th scope="col">{series.title()}</th><th scope="col">"Rests on"</th>
                <th scope="col" class="n">"Incidents"</th><th scope="col" class="n">"Major"</th><th scope="col" class="n">"Downtime"</th>
                <th scope="col" class="n">"Availability"</th><th scope="col" class="n">"Budget used"</th>
            </tr></thead>
            <tbody>{lines}</tbody>
        </table></div>
        {overlap}
    }
    .into_any()
}

fn line(row: &Row, point: Point, width: Option<u32>, asked: &Asked) -> impl IntoView + use<> {
    let Point {
        title,
        words,
        rests_on,
        few,
        ..
    } = point;
    let narrowed = row.narrowed(&asked.filter).map(|filter| {
        let asked = Asked {
            filter,
            ..asked.clone()
        };
        asked.href()
    });
    let name = match narrowed {
        Some(href) => view! { <a href=href dir="auto">{title}</a> }.into_any(),
        None => view! { <span dir="auto">{title}</span> }.into_any(),
    };
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td class="num drawn">{bar(width)}<span>{words}{few.then(|| view! { " "<span class="tag soon">"few"</span> })}</span></td>
            <td class="num">{rests_on}</td>
            <td class="n num">{row.incidents.len()}</td>
            <td class="n num">{row.major}</td>
            <td class="n num">{shown(Some(row.downtime.whole()), Unit::Time)}</td>
            <td class="n num">{shown(Some(row.availability().whole), Unit::Share)}</td>
            <td class="n num">{shown(Some(row.budget(asked.slo).whole), Unit::Share)}</td>
        </tr>
    }
}

#[component]
fn Meanings() -> impl IntoView {
    let times = Measure::ALL.iter();
    let times = times.map(|measure| (measure.title(), measure.meaning().to_owned()));
    let others = meanings::ALL.iter();
    let others = others.map(|meaning| (meaning.title, meaning.words()));
    let rows = times.chain(others);
    let rows = rows.map(|(title, text)| view! { <dt>{title}</dt><dd>{text}</dd> });
    view! { <details class="meanings"><summary>"What each figure means"</summary><dl>{rows.collect_view()}</dl></details> }
}

/// The last thirty days in a line, for the board.
#[component]
pub fn Lately() -> impl IntoView {
    let session = use_session();
    let asked = Asked::parse("last=30");
    let href = asked.href();
    let cases = all_cases(session);
    let said = Derived::new(move || {
        let now = session.clock().minute();
        let row = cases.with(|cases| {
            let selection = Selection::of(cases, &asked.filter, &Machine, now);
            total(&selection, &session.organisation(), &Machine, now)
        })?;
        if row.incidents.is_empty() {
            return None;
        }
        let restored = row.time(Measure::Restore)?;
        let median = restored.median().map(|median| {
            let time = shown(Some(median), Unit::Time);
            format!(" · median time to restore {time} ({})", restored.basis())
        });
        let updates = row.updates_in_time().map(|share| {
            format!(
                " · {} of announced updates in time",
                shown(Some(share), Unit::Share)
            )
        });
        Some(format!(
            "Last 30 days: {}, {} major{}{}",
            incidents(row.incidents.len()),
            row.major,
            median.unwrap_or_default(),
            updates.unwrap_or_default()
        ))
    });
    move || {
        let href = href.clone();
        said.get()
            .map(|said| view! { <p class="lately"><span class="faint">{said}</span>" "<a href=href>"Measures"</a>" "<a href=Route::Improvements.href()>"Improvements"</a></p> })
    }
}

/// A figure of the last thirty days, beside the thirty before.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Lapse {
    /// What it is.
    pub title: &'static str,
    /// As it is now.
    pub now: String,
    /// As it was.
    pub before: String,
}

/// A figure of some incidents, in words.
type Told = fn(&Row) -> String;

/// How the last thirty days went, beside the thirty before.
pub fn lapses(session: Session, cases: &[Case], now: Timestamp) -> Vec<Lapse> {
    let asked = Asked::parse("last=30");
    let organisation = session.organisation();
    let row = |by: Timestamp| {
        let selection = Selection::of(cases, &asked.filter, &Machine, by);
        total(&selection, &organisation, &Machine, by)
    };
    let (latest, before) = (row(now), row(now - Span::days(30)));
    let figures: [(&'static str, Told); 6] = [
        ("Incidents", |row| row.incidents.len().to_string()),
        ("Major incidents", |row| row.major.to_string()),
        ("Time to restore, median", |row| {
            let restored = row.time(Measure::Restore);
            shown(restored.and_then(Distribution::median), Unit::Time)
        }),
        ("Downtime", |row| {
            shown(Some(row.downtime.whole()), Unit::Time)
        }),
        ("Availability", |row| {
            shown(Some(row.availability().whole), Unit::Share)
        }),
        ("Updates in time", |row| {
            shown(row.updates_in_time(), Unit::Share)
        }),
    ];
    let said = |row: &Option<Row>, figure: Told| {
        row.as_ref()
            .map_or_else(|| shown(None, Unit::Count), figure)
    };
    let figures = figures.into_iter();
    figures
        .map(|(title, figure)| Lapse {
            title,
            now: said(&latest, figure),
            before: said(&before, figure),
        })
        .collect()
}

/// How many incidents there were in each month of the last year.
pub fn by_month(session: Session, cases: &[Case], now: Timestamp) -> Vec<Point> {
    let asked = Asked::parse("last=365");
    let shown = shown_of(session, cases, &asked, now);
    points(&shown.rows, Series::Incidents)
}
