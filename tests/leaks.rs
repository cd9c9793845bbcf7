//! What is said to outsiders has nothing that was not written for them: a canary in every free text of
//! every kind of event never comes out, in any state of the incident.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic)]

#[allow(dead_code)]
mod bodies;

use bodies::bodies;
use muster::classify::targets::Audience;
use muster::draft::{published, status_page, update};
use muster::guide::write;
use muster::model::communication::PublicDescription;
use muster::model::fact::{Fact, Update};
use muster::model::id::{IncidentId, LogScope, Writer};
use muster::model::organisation::Organisation;
use muster::model::term::Stamp;
use muster::model::{Cursor, Draft, Fold, Incident, Kind, Log, Span, Timestamp};
use serde_json::Value;

const CANARY: &str = "zanzibar";
const OURS: &str = "payments by card fail";

fn noon() -> Timestamp {
    Timestamp::parse_canonical("2026-11-24T12:00:00.000Z").unwrap()
}

/// The body with the canary in each text in which any text may stand.
fn with_canaries(kind: &Kind, body: &Value) -> Value {
    let mut paths = Vec::new();
    strings(body, String::new(), &mut paths);
    let mut body = body.clone();
    for path in paths {
        let place = body.pointer_mut(&path).unwrap();
        let before = place.clone();
        *place = Value::String(format!("{CANARY} {}", paths_end(&path)));
        if matches!(Fact::read(kind, &body.to_string()), Fact::Unread) {
            *body.pointer_mut(&path).unwrap() = before;
        }
    }
    body
}

fn paths_end(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

fn strings(value: &Value, at: String, found: &mut Vec<String>) {
    match value {
        Value::String(_) => found.push(at),
        Value::Array(list) => {
            for (place, one) in list.iter().enumerate() {
                strings(one, format!("{at}/{place}"), found);
            }
        }
        Value::Object(fields) => {
            for (name, one) in fields {
                strings(one, format!("{at}/{name}"), found);
            }
        }
        _ => {}
    }
}

/// An incident in which everything was said that can be said, and what customers may read of it.
fn incidents() -> Vec<(String, Log)> {
    let ends: [(&str, &[Stamp]); 4] = [
        ("running", &[]),
        ("mitigated", &[Stamp::Mitigated]),
        ("restored", &[Stamp::Mitigated, Stamp::Restored]),
        (
            "resolved",
            &[Stamp::Mitigated, Stamp::Restored, Stamp::Resolved],
        ),
    ];
    let mut all = Vec::new();
    for (name, stamps) in ends {
        for confirmed in [false, true] {
            let mut log = Log::new(LogScope::Incident(IncidentId::from_bytes([1; 10])));
            let writer = Writer::from_bytes([2; 10]);
            let mut now = noon();
            let mut add = |log: &mut Log, draft: Draft| {
                now = now + Span::minutes(1);
                log.append(writer, draft, now).id
            };
            let (mut hypothesis, mut planned) = (None, None);
            for (kind, body) in bodies() {
                // These end the incident, take something away, or are what outsiders may read.
                let left_out = matches!(
                    kind,
                    Kind::Closed
                        | Kind::Erased
                        | Kind::SameAs
                        | Kind::PublicDescribed
                        | Kind::UpdateSent
                        | Kind::Observed
                        | Kind::ImpactConfirmed
                        | Kind::HypothesisConfirmed
                        | Kind::HypothesisRuledOut
                        | Kind::Declared
                        | Kind::Retracted
                        | Kind::Amended
                );
                if left_out {
                    continue;
                }
                let draft = Draft {
                    kind: kind.clone(),
                    body: with_canaries(&kind, &body).to_string().into(),
                    at: None,
                    on: match kind {
                        Kind::HypothesisAssigned | Kind::EvidenceAdded => hypothesis,
                        Kind::CheckBegun | Kind::CheckPassed | Kind::CheckFailed => planned,
                        _ => None,
                    },
                    replaces: Vec::new(),
                };
                let id = add(&mut log, draft);
                match kind {
                    Kind::HypothesisRaised => hypothesis = Some(id),
                    Kind::CheckPlanned => planned = Some(id),
                    _ => {}
                }
            }
            if confirmed {
                add(
                    &mut log,
                    write::decide_hypothesis(hypothesis.unwrap(), true, CANARY),
                );
            }
            let fold = |log: &Log| Fold::of(&[log], Cursor::Now);
            let public = PublicDescription {
                what: Some(OURS.to_owned()),
                ..PublicDescription::default()
            };
            let draft = write::communication::describe(fold(&log).incident(), public);
            add(&mut log, draft);
            for stamp in stamps {
                let draft = write::state(fold(&log).incident(), *stamp, None);
                add(&mut log, draft);
            }
            add(
                &mut log,
                write::update(Update {
                    audience: "customers".to_owned(),
                    text: "We are on it.".to_owned(),
                    services: vec![format!("{CANARY} service")],
                    ..Update::default()
                }),
            );
            all.push((format!("{name}, cause known: {confirmed}"), log));
        }
    }
    all
}

fn outsiders() -> [&'static str; 4] {
    [
        "customers",
        "partners",
        "regulators",
        "somebody of whom nothing is known",
    ]
}

#[test]
fn no_canary_comes_out() {
    let host = format!(
        r#"{{"name": "Bank", "services": [{{"name": "{CANARY} service", "owner": "{CANARY}"}}]}}"#
    );
    let organisation = Organisation::read(&host).unwrap();
    for (state, log) in incidents() {
        let fold = Fold::of(&[&log], Cursor::Now);
        let incident: &Incident = fold.incident();
        let now = noon() + Span::hours(3);
        for audience in outsiders() {
            let drafted = update::update(incident, &organisation, audience, Some(now), now, 60);
            let text = drafted.text();
            assert!(!text.contains(CANARY), "{state}, to {audience}: {text}");
            assert!(text.contains(OURS), "{state}, to {audience}: {text}");
        }
        let page = published::page(
            [(IncidentId::from_bytes([1; 10]), incident)].into_iter(),
            &organisation,
            now,
        );
        assert_eq!(page.incidents.len(), 1, "{state}");
        for file in status_page::files(&page) {
            let text = String::from_utf8(file.bytes).unwrap();
            assert!(!text.contains(CANARY), "{state}: {}", file.path);
        }
    }
}

/// The canary is really there: whoever is inside reads it.
#[test]
fn insiders_read_what_outsiders_do_not() {
    let organisation = Organisation::default();
    for (state, log) in incidents() {
        let fold = Fold::of(&[&log], Cursor::Now);
        let now = noon() + Span::hours(3);
        for audience in [Audience::Executives, Audience::Technical, Audience::Support] {
            let drafted = update::update(
                fold.incident(),
                &organisation,
                audience.name(),
                None,
                now,
                0,
            );
            assert!(
                drafted.text().contains(CANARY),
                "{state}: {}",
                drafted.text()
            );
        }
        let said =
            fold.incident().timeline.iter().filter(|entry| {
                write::text_of(&entry.fact).is_some_and(|text| text.contains(CANARY))
            });
        assert!(said.count() > 10, "{state}");
    }
}
