//! Wherever a drill's words can leave, they say that it is one; and it is in no figure.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic)]

use muster::classify::targets::Audience;
use muster::draft::filed::filed;
use muster::draft::forms::FormId;
use muster::draft::forms::export::{csv, html, json};
use muster::draft::{calendar, published, update};
use muster::drill::{shelf::shelf, start};
use muster::format::file;
use muster::guide::{Circumstances, advise, brief, words, write};
use muster::measure::case::Case;
use muster::measure::filter::Filter;
use muster::model::communication::PublicDescription;
use muster::model::drill::Speed;
use muster::model::fact::{Fact, Update};
use muster::model::id::{IncidentId, LogScope, Writer};
use muster::model::organisation::Organisation;
use muster::model::term::Phase;
use muster::model::{Cursor, Fold, Log, Span, Timestamp};

fn noon() -> Timestamp {
    Timestamp::parse_canonical("2026-11-24T12:00:00.000Z").unwrap()
}

/// A drill that is well under way: classified, its customers confirmed as hit and told.
fn under_way() -> Fold {
    let offered = shelf(std::iter::empty()).remove(0);
    let mut log = Log::new(LogScope::Incident(IncidentId::from_bytes([1; 10])));
    let mut drafts = start::drafts(&offered.scenario, &offered.text, Speed::NORMAL);
    drafts.push(
        Fact::PublicDescribed(PublicDescription {
            what: Some("payments by card fail".into()),
            ..PublicDescription::default()
        })
        .draft(),
    );
    drafts.push(write::update(Update {
        audience: "customers".into(),
        text: "Payments by card fail.".into(),
        phase: Some(Phase::Investigating),
        next_due: Some(noon() + Span::minutes(30)),
        ..Update::default()
    }));
    let folded = Fold::of(&[&log], Cursor::Now);
    drafts.push(write::communication::confirm_customers(
        folded.incident(),
        true,
    ));
    for draft in drafts {
        log.append(Writer::from_bytes([1; 10]), draft, noon());
    }
    Fold::of(&[&log], Cursor::Now)
}

#[test]
fn every_text_that_leaves_says_that_it_is_a_drill() {
    let fold = under_way();
    let incident = fold.incident();
    let organisation = Organisation::default();
    let now = noon() + Span::minutes(5);
    for audience in Audience::ALL {
        let text = update::update(incident, &organisation, audience.name(), None, now, 0).text();
        assert!(
            text.starts_with(words::DRILL),
            "{}: {text}",
            audience.name()
        );
        assert_eq!(
            words::marked(incident.nature(), &text),
            text,
            "and says it once"
        );
    }
    assert_eq!(
        words::marked(incident.nature(), "Cards fail."),
        format!("{}\nCards fail.", words::DRILL)
    );
    assert!(brief::page_title(incident).starts_with("DRILL: "));
    assert!(file::name(incident).starts_with("muster-drill-2026-11-24-"));
    for id in FormId::ALL {
        let form = filed(id, incident, &organisation, now, 0);
        assert!(form.drill, "{}", id.name());
        for text in [json(&form), csv(&form), html(&form)] {
            assert!(text.contains("DRILL: "), "{}", id.name());
        }
    }
    let dues = advise(incident, now, &Circumstances::default()).dues;
    let ics =
        calendar::calendar(IncidentId::from_bytes([1; 10]), incident, &dues, &[], now).unwrap();
    let summaries = ics.lines().filter(|line| line.starts_with("SUMMARY:"));
    assert!(
        summaries.clone().count() > 0 && summaries.into_iter().all(|line| line.contains("DRILL: ")),
        "{ics}"
    );
}

#[test]
fn no_drill_is_on_a_status_page_or_in_a_figure() {
    let fold = under_way();
    let id = IncidentId::from_bytes([1; 10]);
    let page = published::page(
        [(id, fold.incident())].into_iter(),
        &Organisation::default(),
        noon(),
    );
    assert!(page.incidents.is_empty());
    let cases = [Case::of(fold.incident()).unwrap()];
    let now = noon() + Span::days(1);
    let of = |query: &str| {
        muster::measure::filter::Selection::of(
            &cases,
            &Filter::parse(query),
            &muster::classify::calendar::FixedOffset(0),
            now,
        )
        .cases
        .len()
    };
    assert_eq!((of(""), of("nature=drill")), (0, 1));
}
