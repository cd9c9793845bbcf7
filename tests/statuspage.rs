//! 399 real incidents of a public page, read from the shared data beside the repository.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeMap;
use std::path::PathBuf;

use muster::format::{file, statuspage};
use muster::model::term::Stamp;
use muster::model::{Cursor, Fold, Incident, LogScope};

fn real_page() -> String {
    let shared = std::env::var_os("MUSTER_SHARED").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    );
    let path = shared.join("data/statuspage-incidents-2022-2024.json");
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn fold(log: &muster::model::Log) -> Incident {
    Fold::of(&[log], Cursor::Now).incident().clone()
}

#[test]
fn every_incident_comes_in_with_its_updates_and_stamps() {
    let reading = statuspage::read(&real_page()).unwrap();
    assert_eq!(reading.problems, vec![]);
    assert_eq!(reading.logs.len(), 399);
    let incidents: Vec<Incident> = reading.logs.iter().map(fold).collect();
    assert_eq!(
        incidents
            .iter()
            .map(|incident| incident.updates.len())
            .sum::<usize>(),
        2165
    );
    for incident in &incidents {
        assert!(
            incident.title().is_some() && incident.is_closed(),
            "{:?}",
            incident.title
        );
        assert!(incident.stamp(Stamp::ImpactStarted) <= incident.stamp(Stamp::Restored));
        assert!(muster::guide::advise::conflicts(incident).is_empty());
        let advice = muster::guide::advise(
            incident,
            incident.ended_at().unwrap(),
            &muster::guide::Circumstances::default(),
        );
        assert_eq!(
            (advice.next, advice.dues.len()),
            (None, 0),
            "an imported incident that is over asks for nothing"
        );
    }
}

#[test]
fn importing_again_changes_nothing_and_two_people_hold_the_same() {
    let (mine, theirs) = (
        statuspage::read(&real_page()).unwrap(),
        statuspage::read(&real_page()).unwrap(),
    );
    assert_eq!(
        file::write(&mine.logs.iter().collect::<Vec<_>>()),
        file::write(&theirs.logs.iter().collect::<Vec<_>>())
    );
    for (log, again) in mine.logs.iter().zip(&theirs.logs) {
        let (new, amendments) = statuspage::changes(again, Some(log));
        assert!(new.is_empty() && amendments.is_empty());
    }
}

#[test]
fn a_later_file_adds_what_is_new_and_amends_what_differs() {
    let before = statuspage::read(&real_page()).unwrap();
    let mut later: serde_json::Value = serde_json::from_str(&real_page()).unwrap();
    let incident = &mut later["incidents"][0];
    incident["incident_updates"][0]["body"] = "Other words".into();
    let mut added = incident["incident_updates"][1].clone();
    added["id"] = "added".into();
    incident["incident_updates"]
        .as_array_mut()
        .unwrap()
        .push(added);
    let later = statuspage::read(&later.to_string()).unwrap();
    let held: BTreeMap<LogScope, _> = before
        .logs
        .into_iter()
        .map(|log| (log.scope(), log))
        .collect();
    let (mut new, mut amended) = (0, 0);
    for log in &later.logs {
        let (events, drafts) = statuspage::changes(log, held.get(&log.scope()));
        new += events.len();
        amended += drafts.len();
        if let Some(draft) = drafts.into_iter().next() {
            let mut mine = held[&log.scope()].clone();
            let writer = muster::model::Writer::from_bytes([7; 10]);
            let now = muster::model::Timestamp::parse_rfc3339("2026-11-24T03:00:00Z").unwrap();
            mine.append(writer, draft, now);
            assert!(
                fold(&mine)
                    .updates
                    .iter()
                    .any(|said| said.what.text == "Other words")
            );
            let (events, drafts) = statuspage::changes(log, Some(&mine));
            assert!(
                events.len() == 1 && drafts.is_empty(),
                "amended once is enough"
            );
        }
    }
    assert_eq!((new, amended), (1, 1));
}

#[test]
fn a_file_with_everything_is_read_back() {
    let reading = statuspage::read(&real_page()).unwrap();
    let text = file::write(&reading.logs.iter().collect::<Vec<_>>());
    let back = file::read(text.as_bytes()).unwrap();
    assert_eq!((back.problems.len(), back.logs.len()), (0, 399));
    assert_eq!(file::write(&back.logs.iter().collect::<Vec<_>>()), text);
}
