//! Exports and the published schema: it takes whatever any copy writes, and of the bodies of known
//! kinds those that this version could have written itself.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use jsonschema::Validator;
use proptest::prelude::*;
use serde_json::Value;

use super::super::event::Event;
use super::super::fact::Fact;
use super::super::kind::Kind;
use super::config;
use super::world::*;
use crate::format::file;

static SCHEMA: LazyLock<Validator> = LazyLock::new(|| {
    let schema = include_str!("../../../public/muster.schema.json");
    jsonschema::validator_for(&serde_json::from_str(schema).unwrap()).unwrap()
});

/// Where a file does not fit: which event of which log, or the whole path where it is no body.
fn misfits(file: &Value) -> BTreeSet<String> {
    let place = |path: String| {
        let parts: Vec<&str> = path.split('/').collect();
        match parts.as_slice() {
            ["", "logs", log, "events", event, ..] => format!("{log}/{event}"),
            _ => path,
        }
    };
    SCHEMA
        .iter_errors(file)
        .map(|error| place(error.instance_path().to_string()))
        .collect()
}

/// Whether this version could have written the event: it can read the body and would write each
/// field of it that it knows in the same way.
fn is_as_written(event: &Event) -> bool {
    let names_another = match event.kind {
        Kind::Accepted
        | Kind::Declined
        | Kind::HypothesisConfirmed
        | Kind::HypothesisRuledOut
        | Kind::WorkaroundRemoved
        | Kind::ActionUpdated
        | Kind::WhyAnswered
        | Kind::EntryMarked
        | Kind::EntryTagged
        | Kind::Amended
        | Kind::Retracted
        | Kind::Erased => event.on.is_some(),
        _ => true,
    };
    let Some(body) = event.body.text() else {
        return names_another;
    };
    let fact = match (&event.kind, Fact::read(&event.kind, body)) {
        (Kind::Other(_), _) => return true,
        (_, Fact::Unread) => return false,
        (_, fact) => fact,
    };
    let came: Value = serde_json::from_str(body).unwrap();
    let would_write: Value = serde_json::from_str(&fact.draft().body).unwrap();
    let same = |(name, value): (&String, &Value)| came.get(name) == Some(value);
    names_another && would_write.as_object().unwrap().iter().all(same)
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn an_export_fits_the_schema_but_for_bodies_that_no_honest_page_writes(script in nasty()) {
        let world = script.play();
        let logs = [world.everything_of(0), world.everything_of(1)];
        let file = file::write(&logs.iter().collect::<Vec<_>>());
        let mut logs = logs;
        logs.sort_by_key(super::super::log::Log::scope);
        let expected: BTreeSet<String> = logs
            .iter()
            .enumerate()
            .flat_map(|(log, found)| {
                let events = found.events().enumerate();
                let foreign = events.filter(|(_, (_, event))| !is_as_written(event));
                foreign.map(move |(event, _)| format!("{log}/{event}"))
            })
            .collect();
        prop_assert_eq!(misfits(&serde_json::from_str(&file).unwrap()), expected, "{}", file);
    }
}
