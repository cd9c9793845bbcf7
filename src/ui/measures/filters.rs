//! What is asked for: each choice goes into the address, and the address asks.

use leptos::prelude::*;

use super::{Asked, SERIES};
use crate::measure::reliability::Slo;
use crate::measure::{By, Case, Source, When};
use crate::model::term::Priority;
use crate::ui::browser;
use crate::ui::derived::Derived;
use crate::ui::parts::field::{SelectField, TextField};

/// Days that are offered, and what they are called.
const DAYS: [(u16, &str); 4] = [
    (30, "last 30 days"),
    (90, "last 90 days"),
    (180, "last half year"),
    (365, "last year"),
];

fn choices<const N: usize>(first: &str, more: [(String, String); N]) -> Vec<(String, String)> {
    std::iter::once((String::new(), first.to_owned()))
        .chain(more)
        .collect()
}

/// Asks anew where a choice differs from what the address says.
fn ask(now: &Asked, then: &Asked) {
    if now != then {
        browser::go(&then.href());
    }
}

fn when(asked: &Asked) -> String {
    match asked.filter.when {
        When::Ever => String::new(),
        When::Last(days) => days.to_string(),
        When::Between(..) => "days".to_owned(),
    }
}

fn priority(asked: &Asked) -> String {
    match asked.filter.priorities.as_slice() {
        [Some(one)] => one.number().to_string(),
        [None] => "none".to_owned(),
        _ => String::new(),
    }
}

/// A signal of a select, and what choosing does.
fn chosen(
    asked: StoredValue<Asked>,
    of: fn(&Asked) -> String,
    set: impl Fn(&mut Asked, &str) + 'static,
) -> RwSignal<String> {
    let signal = RwSignal::new(asked.with_value(of));
    Effect::new(move |before: Option<String>| {
        let value = signal.get();
        if before.is_some_and(|before| before != value) {
            let now = asked.get_value();
            let mut then = now.clone();
            set(&mut then, &value);
            then.filter = then.filter.tidy();
            ask(&now, &then);
        }
        value
    });
    signal
}

/// The filters.
#[component]
pub fn Filters(asked: StoredValue<Asked>, cases: Derived<Vec<Case>>) -> impl IntoView {
    let period = chosen(asked, when, |asked, value| {
        if value != "days" {
            asked.filter.when = value.parse().map_or(When::Ever, When::Last);
        }
    });
    let gravity = chosen(asked, priority, |asked, value| {
        asked.filter.priorities = match value {
            "" => Vec::new(),
            "none" => vec![None],
            number => number
                .parse()
                .ok()
                .and_then(Priority::new)
                .map(Some)
                .into_iter()
                .collect(),
        };
    });
    let major = chosen(
        asked,
        |asked| match asked.filter.major {
            None => String::new(),
            Some(major) => if major { "yes" } else { "no" }.to_owned(),
        },
        |asked, value| {
            asked.filter.major = match value {
                "yes" => Some(true),
                "no" => Some(false),
                _ => None,
            };
        },
    );
    let source = chosen(
        asked,
        |asked| asked.filter.source.map_or("", Source::name).to_owned(),
        |asked, value| {
            let mut all = Source::ALL.into_iter();
            asked.filter.source = all.find(|source| source.name() == value);
        },
    );
    let service = chosen(
        asked,
        |asked| match asked.filter.services.as_slice() {
            [one] => one.clone(),
            _ => String::new(),
        },
        |asked, value| {
            asked.filter.services = Some(value.to_owned())
                .filter(|name| !name.is_empty())
                .into_iter()
                .collect();
        },
    );
    let by = chosen(
        asked,
        |asked| asked.filter.by.name().to_owned(),
        |asked, value| asked.filter.by = By::named(value).unwrap_or_default(),
    );
    let series = chosen(
        asked,
        |asked| asked.series.to_string(),
        |asked, value| asked.series = value.parse().unwrap_or(0),
    );
    let slo = RwSignal::new(asked.with_value(|asked| asked.slo.percent()));
    let objective = move |_| {
        let now = asked.get_value();
        let read = Slo::parse(slo.get_untracked().trim().trim_end_matches('%').trim());
        let then = Asked {
            slo: read.unwrap_or(now.slo),
            ..now.clone()
        };
        ask(&now, &then);
    };
    let services = cases.with_untracked(|cases| {
        let mut names: Vec<String> = Vec::new();
        for outage in cases.iter().flat_map(|case| &case.outages) {
            if !names.contains(&outage.service) {
                names.push(outage.service.clone());
            }
        }
        crate::model::order::sort(&mut names);
        names
    });
    let services = std::iter::once((String::new(), "any".to_owned()))
        .chain(services.into_iter().map(|name| (name.clone(), name)))
        .collect::<Vec<_>>();
    let mut days = choices(
        "ever",
        DAYS.map(|(days, title)| (days.to_string(), title.to_owned())),
    );
    if asked.with_value(|asked| matches!(asked.filter.when, When::Between(..))) {
        days.push(("days".to_owned(), "the days in the address".to_owned()));
    }
    let priorities = choices(
        "any",
        [1, 2, 3, 4, 5].map(|number| (number.to_string(), format!("priority {number}"))),
    )
    .into_iter()
    .chain([("none".to_owned(), "pending".to_owned())])
    .collect::<Vec<_>>();
    let text = |name: &str, title: &str| (name.to_owned(), title.to_owned());
    view! {
        <form class="filters" aria-label="Which incidents" on:submit=move |event: leptos::ev::SubmitEvent| { event.prevent_default(); objective(()); }>
            <SelectField label="When they began" value=period options=days/>
            <SelectField label="Priority" value=gravity options=priorities/>
            <SelectField label="Major" value=major options=choices("either", [text("yes", "major"), text("no", "standard")])/>
            <SelectField label="Service" value=service options=services/>
            <SelectField label="From" value=source options=choices("anywhere", Source::ALL.map(|source| text(source.name(), source.title())))/>
            <SelectField label="Rows" value=by options=By::ALL.map(|by| text(by.name(), by.title())).to_vec()/>
            <SelectField label="Drawn" value=series options=SERIES.iter().enumerate().map(|(place, series)| (place.to_string(), series.title())).collect()/>
            <TextField label="Objective, %" value=slo/>
            <button type="submit" class="button small">"Use it"</button>
        </form>
    }
}
