//! The pages that people read: no script, no inline style, nothing from elsewhere.

use super::text::{day, escaped, line, line_or, paragraphs, when};
use super::{Component, Condition, Impact, Laid, Told, file};
use crate::format::zip::File;
use crate::model::Timestamp;
use crate::model::term::Phase;

/// The past incidents that the first page shows; all are in the history. Muster's own default.
const ON_FIRST_PAGE: usize = 20;

/// Should a text ever get through as markup, the browser runs and loads none of it.
const POLICY: &str =
    "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'";

/// The first page, the history, and a page for each incident.
pub fn files(laid: &Laid<'_>) -> Vec<File> {
    let mut files = vec![
        file("index.html", first(laid)),
        file("history/index.html", history(laid)),
    ];
    let incidents = laid.incidents.iter();
    files.extend(incidents.map(|told| file(told.path(), own(laid, told))));
    files
}

/// How the page as a whole is, as its first line says it.
fn headline(impact: Impact) -> &'static str {
    match impact {
        Impact::None => "All systems operational",
        Impact::Minor => "Some systems are degraded",
        Impact::Major => "Some systems are down",
        Impact::Critical => "Major outage",
    }
}

/// The page's name: "Acme status".
pub fn name(laid: &Laid<'_>) -> String {
    match line(&laid.page.name) {
        name if name.is_empty() => "Status".to_owned(),
        name => format!("{name} status"),
    }
}

fn first(laid: &Laid<'_>) -> String {
    let overall = laid.indicator();
    let headline = headline(overall);
    let mut main = format!(
        "<h1 class=\"overall {}\">{headline}</h1>\n<p class=\"facts\">As of {}</p>\n",
        overall.name(),
        time(laid.page.updated)
    );
    let open: String = laid
        .open()
        .map(|told| in_full(told, Place::First))
        .collect();
    if !open.is_empty() {
        main.push_str(&section("open", "Open incidents", &open));
    }
    if !laid.page.components.is_empty() {
        let items: String = laid.page.components.iter().map(component).collect();
        let list = format!("<ul class=\"services\">\n{items}</ul>\n");
        main.push_str(&section("services", "Services", &list));
    }
    let past: Vec<&Told<'_>> = laid.past().collect();
    let mut shown = by_day(past.iter().take(ON_FIRST_PAGE).copied(), Place::First);
    if past.is_empty() {
        shown.push_str("<p>None.</p>\n");
    }
    shown.push_str("<p><a href=\"history/index.html\">All incidents</a></p>\n");
    main.push_str(&section("past", "Past incidents", &shown));
    let title = format!("{}: {headline}", name(laid));
    framed(laid, &title, Place::First, "", &main)
}

fn history(laid: &Laid<'_>) -> String {
    let mut main = "<h1>All incidents</h1>\n".to_owned();
    if laid.incidents.is_empty() {
        main.push_str("<p>None.</p>\n");
    }
    main.push_str(&by_day(laid.incidents.iter(), Place::History));
    let title = format!("All incidents: {}", name(laid));
    framed(laid, &title, Place::History, "history/index.html", &main)
}

fn own(laid: &Laid<'_>, told: &Told<'_>) -> String {
    let title = format!("{}: {}", title(told), name(laid));
    framed(
        laid,
        &title,
        Place::Own,
        &told.path(),
        &in_full(told, Place::Own),
    )
}

/// Which page something stands on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    First,
    History,
    Own,
}

impl Place {
    /// From there to the page's folder.
    fn up(self) -> &'static str {
        match self {
            Self::First => "",
            Self::History | Self::Own => "../",
        }
    }
}

fn framed(laid: &Laid<'_>, title: &str, place: Place, path: &str, main: &str) -> String {
    let (up, name) = (place.up(), name(laid));
    let canonical = match &laid.page.url {
        Some(url) => format!(
            "<link rel=\"canonical\" href=\"{}\">\n",
            escaped(&[url.as_str(), path].concat())
        ),
        None => String::new(),
    };
    let header = match place {
        Place::First => format!("<p><bdi>{name}</bdi></p>"),
        _ => format!("<p><a href=\"../index.html\"><bdi>{name}</bdi></a></p>"),
    };
    format!(
        "<!DOCTYPE html>\n\
         <html lang=\"en\">\n\
         <head>\n\
         <meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{title}</title>\n\
         {canonical}\
         <link rel=\"icon\" href=\"data:,\">\n\
         <link rel=\"stylesheet\" href=\"{up}status.css\">\n\
         <link rel=\"alternate\" type=\"application/atom+xml\" title=\"{name}\" href=\"{up}feed.atom\">\n\
         </head>\n\
         <body>\n\
         <header>{header}</header>\n\
         <main>\n\
         {main}\
         </main>\n\
         <footer><p>All times are in UTC. <a href=\"{up}feed.atom\">Atom feed</a>, \
         <a href=\"{up}api/v2/summary.json\">JSON</a>.</p></footer>\n\
         </body>\n\
         </html>\n"
    )
}

fn section(id: &str, heading: &str, content: &str) -> String {
    format!(
        "<section aria-labelledby=\"{id}\">\n<h2 id=\"{id}\">{heading}</h2>\n{content}</section>\n"
    )
}

fn time(at: Timestamp) -> String {
    format!("<time datetime=\"{at}\">{}</time>", when(at))
}

fn component(component: &Component) -> String {
    format!(
        "<li><bdi>{}</bdi> <span class=\"state {}\">{}</span></li>\n",
        line_or(&component.name, "Unnamed"),
        component.status.impact().name(),
        component.status.title()
    )
}

fn title(told: &Told<'_>) -> String {
    line_or(&told.incident.title, "Incident")
}

/// Incidents under the days on which they began, each with what was said last.
fn by_day<'a, 'b: 'a>(incidents: impl Iterator<Item = &'a Told<'b>>, place: Place) -> String {
    // On the first page they stand in a section that has a heading of its own.
    let rank = if place == Place::First { 3 } else { 2 };
    let mut out = String::new();
    let mut last = None;
    for told in incidents {
        let began = told.incident.started_at;
        let date = began.utc_date();
        if last != Some(date) {
            let canonical = began.to_string();
            let machine = canonical.get(..10).unwrap_or_default();
            let words = day(began);
            out.push_str(&format!(
                "<h{rank}><time datetime=\"{machine}\">{words}</time></h{rank}>\n"
            ));
            last = Some(date);
        }
        out.push_str(&in_short(told, place, rank + 1));
    }
    out
}

fn in_short(told: &Told<'_>, place: Place, rank: u8) -> String {
    let said = told.updates.first().map(|update| {
        let words = paragraphs(&update.body);
        format!(
            "{}<div class=\"words\">\n{words}</div>\n",
            said(update.status, update.at)
        )
    });
    format!(
        "<article class=\"incident {}\">\n\
         <h{rank}><a href=\"{}{}\"><bdi>{}</bdi></a></h{rank}>\n{}</article>\n",
        told.incident.impact.name(),
        place.up(),
        told.path(),
        title(told),
        said.unwrap_or_default(),
    )
}

/// With all that was said; under its own heading, or the page's.
fn in_full(told: &Told<'_>, place: Place) -> String {
    let incident = told.incident;
    let name = title(told);
    let heading = match place {
        Place::Own => format!("<h1><bdi>{name}</bdi></h1>"),
        _ => format!("<h3><a href=\"{}\"><bdi>{name}</bdi></a></h3>", told.path()),
    };
    let mut facts = vec![
        ("Status", phase(incident.status).to_owned()),
        ("Impact", incident.impact.title().to_owned()),
        ("Began", time(incident.started_at)),
    ];
    let end = incident.resolved_at.map(|at| ("Resolved", time(at)));
    facts.extend(end);
    let services: Vec<String> = told
        .affected
        .iter()
        .map(|named| service(named, incident.is_open()))
        .collect();
    if !services.is_empty() {
        facts.push(("Services", services.join(", ")));
    }
    let facts: String = facts
        .iter()
        .map(|(term, fact)| format!("<div><dt>{term}</dt><dd>{fact}</dd></div>\n"))
        .collect();
    let updates: String = told
        .updates
        .iter()
        .map(|update| {
            let words = paragraphs(&update.body);
            let said = said(update.status, update.at);
            format!("<li>\n{said}<div class=\"words\">\n{words}</div>\n</li>\n")
        })
        .collect();
    let updates = match updates.as_str() {
        "" => String::new(),
        items => format!("<ol class=\"updates\" reversed>\n{items}</ol>\n"),
    };
    format!(
        "<article class=\"incident {}\">\n{heading}\n<dl class=\"facts\">\n{facts}</dl>\n{updates}</article>\n",
        incident.impact.name()
    )
}

/// A service that was named; while that lasts, with how it is.
fn service(service: &Component, is_open: bool) -> String {
    let name = line_or(&service.name, "Unnamed");
    match service.status {
        status if is_open && status != Condition::Operational => {
            let status = status.title().to_ascii_lowercase();
            format!("<bdi>{name}</bdi> ({status})")
        }
        _ => format!("<bdi>{name}</bdi>"),
    }
}

fn said(status: Phase, at: Timestamp) -> String {
    format!(
        "<p class=\"said\"><strong>{}</strong> {}</p>\n",
        phase(status),
        time(at)
    )
}

/// A phase as outsiders read it.
pub fn phase(phase: Phase) -> &'static str {
    crate::guide::words::phase(phase)
}
