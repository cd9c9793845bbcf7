//! The status page with 389 real incidents: what it writes has the fields of a real page, and reads
//! back as the same incidents. And a sample of it, written to a folder for other programs to judge.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use muster::draft::status_page::{
    Address, Component, Condition, Impact, Page, PublicIncident, PublicUpdate, files,
};
use muster::format::statuspage;
use muster::model::term::{Phase, Stamp};
use muster::model::{Cursor, Fold, Incident, Log, Timestamp};
use serde_json::Value;

fn real_page() -> String {
    let shared = std::env::var_os("MUSTER_SHARED").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    );
    let path = shared.join("data/statuspage-incidents-2022-2024.json");
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The page's incidents, without planned maintenance, which is nothing that is published here.
fn real_incidents() -> Value {
    let mut real: Value = serde_json::from_str(&real_page()).unwrap();
    let incidents = real["incidents"].as_array_mut().unwrap();
    incidents.retain(|one| one["impact"] != "maintenance");
    assert_eq!(incidents.len(), 389);
    real
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

fn time(value: &Value) -> Option<Timestamp> {
    value
        .as_str()
        .map(|text| Timestamp::parse_rfc3339(text).unwrap())
}

fn items(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn component(named: &Value) -> Component {
    let id = named["id"].as_str().or(named["name"].as_str()).unwrap();
    Component {
        id: id.to_lowercase().replace(' ', "-"),
        name: text(&named["name"]),
        status: Condition::Operational,
    }
}

fn published(real: &Value) -> PublicIncident {
    let update = |said: &Value| PublicUpdate {
        id: text(&said["id"]),
        status: Phase::named(&text(&said["status"])).unwrap(),
        body: text(&said["body"]),
        at: time(&said["display_at"]).unwrap(),
        components: items(&said["affected_components"])
            .iter()
            .map(component)
            .collect(),
    };
    PublicIncident {
        id: text(&real["id"]),
        title: text(&real["name"]),
        impact: Impact::named(&text(&real["impact"])).unwrap(),
        status: Phase::named(&text(&real["status"])).unwrap(),
        started_at: time(&real["started_at"]).unwrap(),
        created_at: time(&real["created_at"]).unwrap(),
        monitoring_at: time(&real["monitoring_at"]),
        resolved_at: time(&real["resolved_at"]),
        // A real page has the newest first.
        updates: items(&real["incident_updates"])
            .iter()
            .rev()
            .map(update)
            .collect(),
    }
}

/// The real page as one that was published here.
fn republished(real: &Value) -> Page {
    let mut components: BTreeMap<String, Component> = BTreeMap::new();
    for named in items(&real["incidents"])
        .iter()
        .flat_map(|one| items(&one["components"]))
    {
        let component = component(named);
        components.insert(component.id.clone(), component);
    }
    Page {
        name: text(&real["page"]["name"]),
        url: Address::read(&text(&real["page"]["url"])).ok(),
        updated: time(&real["page"]["updated_at"]).unwrap(),
        components: components.into_values().collect(),
        incidents: items(&real["incidents"]).iter().map(published).collect(),
    }
}

fn written(page: &Page, path: &str) -> String {
    let files = files(page);
    let file = files.iter().find(|file| file.path == path).unwrap();
    String::from_utf8(file.bytes.clone()).unwrap()
}

/// What is known of an incident, by its id on the page that it came from.
fn known(log: &Log) -> (String, Vec<String>) {
    let source = log
        .events()
        .find_map(|(_, event)| event.source.clone())
        .unwrap();
    let id = source.split(['/', '#']).nth(1).unwrap().to_owned();
    let fold = Fold::of(&[log], Cursor::Now);
    let incident: &Incident = fold.incident();
    let mut known = vec![
        format!("{:?}", incident.title()),
        format!("{:?} {}", incident.priority(), incident.is_major()),
        format!("{:?} {:?}", incident.declared_at(), incident.closed_at()),
        format!("{:?}", incident.services.keys().collect::<Vec<_>>()),
    ];
    known.extend(
        Stamp::ALL
            .iter()
            .map(|stamp| format!("{:?}", incident.stamp(*stamp))),
    );
    let mut said: Vec<String> = incident
        .updates
        .iter()
        .map(|said| {
            format!(
                "{} {:?} {:?} {}",
                said.when, said.what.phase, said.what.services, said.what.text
            )
        })
        .collect();
    // Of updates of one instant the order is the ids'.
    said.sort();
    known.extend(said);
    (id, known)
}

fn all_known(text: &str) -> BTreeMap<String, Vec<String>> {
    let reading = statuspage::read(text).unwrap();
    assert_eq!(reading.problems, vec![]);
    reading.logs.iter().map(known).collect()
}

#[test]
fn what_is_published_reads_back_as_the_same_incidents() {
    let real = real_incidents();
    let (ours, theirs) = (
        all_known(&written(&republished(&real), "incidents.json")),
        all_known(&real.to_string()),
    );
    assert_eq!(theirs.len(), 389);
    assert_eq!(
        ours.keys().collect::<Vec<_>>(),
        theirs.keys().collect::<Vec<_>>()
    );
    for (id, theirs) in &theirs {
        assert_eq!(&ours[id], theirs, "{id}");
    }
}

/// Each key of each object, with the path to it.
fn keys(value: &Value, path: &str, into: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| keys(item, path, into)),
        Value::Object(fields) => {
            for (key, value) in fields {
                let path = format!("{path}/{key}");
                keys(value, &path, into);
                into.insert(path);
            }
        }
        _ => {}
    }
}

#[test]
fn every_field_of_a_real_page_is_there() {
    let real = real_incidents();
    let page = republished(&real);
    let ours: Value = serde_json::from_str(&written(&page, "incidents.json")).unwrap();
    let (mut theirs, mut mine) = (BTreeSet::new(), BTreeSet::new());
    keys(&real, "", &mut theirs);
    keys(&ours, "", &mut mine);
    assert!(theirs.len() > 25);
    let missing: Vec<&String> = theirs.difference(&mine).collect();
    assert!(missing.is_empty(), "{missing:?}");
    // Newest first, as theirs.
    let began: Vec<String> = items(&ours["incidents"])
        .iter()
        .map(|one| text(&one["started_at"]))
        .collect();
    assert!(began.is_sorted_by(|newer, older| newer >= older));
}

/// A page with something of everything, and with texts that nobody should trust.
fn sample() -> Page {
    let at = |text: &str| Timestamp::parse_rfc3339(text).unwrap();
    let component = |id: &str, name: &str, status| Component {
        id: id.to_owned(),
        name: name.to_owned(),
        status,
    };
    let payments = |status| vec![component("payments", "Card payments & refunds", status)];
    let update = |id: &str, when: &str, status, body: &str, components| PublicUpdate {
        id: id.to_owned(),
        status,
        body: body.to_owned(),
        at: at(when),
        components,
    };
    Page {
        name: "Acme <Cloud> & Söhne".to_owned(),
        url: Address::read("https://status.example/").ok(),
        updated: at("2026-11-24T03:20:00Z"),
        components: vec![
            component(
                "payments",
                "Card payments & refunds",
                Condition::PartialOutage,
            ),
            component("search", "Search", Condition::DegradedPerformance),
            component("mail", "البريد", Condition::Operational),
            component("login", "Login 🔑", Condition::MajorOutage),
        ],
        incidents: vec![
            PublicIncident {
                id: "4f6j8m0p2r4t6w8y".to_owned(),
                title: "Card payments fail <script>alert(1)</script>".to_owned(),
                impact: Impact::Critical,
                status: Phase::Monitoring,
                started_at: at("2026-11-24T02:13:00Z"),
                created_at: at("2026-11-24T02:20:00Z"),
                monitoring_at: Some(at("2026-11-24T03:15:00Z")),
                resolved_at: None,
                updates: vec![
                    update(
                        "4f6j8m0p2r4t6w8y-1",
                        "2026-11-24T02:20:00Z",
                        Phase::Investigating,
                        "Card payments fail for most customers.\n\nBank transfers work.",
                        payments(Condition::MajorOutage),
                    ),
                    update(
                        "4f6j8m0p2r4t6w8y-2",
                        "2026-11-24T03:15:00Z",
                        Phase::Monitoring,
                        "]]> \u{1}\u{202e}A fix is in.\r\nWe watch it & report by 03:45 UTC. 🧯",
                        payments(Condition::PartialOutage),
                    ),
                ],
            },
            PublicIncident {
                id: "Search was slow".to_owned(),
                title: "Search was slow".to_owned(),
                impact: Impact::Minor,
                status: Phase::Postmortem,
                started_at: at("2026-11-20T09:00:00Z"),
                created_at: at("2026-11-20T09:10:00Z"),
                monitoring_at: None,
                resolved_at: Some(at("2026-11-20T11:00:00Z")),
                updates: vec![
                    update(
                        "s-1",
                        "2026-11-20T09:10:00Z",
                        Phase::Identified,
                        "Search is slow.",
                        Vec::new(),
                    ),
                    update(
                        "s-2",
                        "2026-11-20T11:00:00Z",
                        Phase::Resolved,
                        "Search is quick again.",
                        Vec::new(),
                    ),
                    update(
                        "s-3",
                        "2026-11-23T10:00:00Z",
                        Phase::Postmortem,
                        "An index was missing.",
                        Vec::new(),
                    ),
                ],
            },
            PublicIncident {
                id: "nothing-was-said".to_owned(),
                title: String::new(),
                impact: Impact::None,
                status: Phase::Resolved,
                started_at: at("2026-11-20T07:00:00Z"),
                created_at: at("2026-11-20T07:00:00Z"),
                monitoring_at: None,
                resolved_at: Some(at("2026-11-20T07:30:00Z")),
                updates: Vec::new(),
            },
        ],
    }
}

/// Writes the sample to the folder in `MUSTER_STATUS_PAGE`, for `tests/journeys/validated.ts`; else to
/// one of the build's own.
#[test]
fn a_sample_is_written_to_a_folder() {
    let folder = std::env::var_os("MUSTER_STATUS_PAGE").map_or_else(
        || PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("status-page"),
        PathBuf::from,
    );
    for file in files(&sample()) {
        let path = folder.join(&file.path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &file.bytes).unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), file.bytes);
    }
    assert!(folder.join("index.html").is_file());
}
