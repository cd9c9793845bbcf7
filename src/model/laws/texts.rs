//! What an event says survives reading, merging and writing, known or not.

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::super::event::Event;
use super::super::log::Log;
use super::config;
use super::world::*;

/// Any JSON value that an event may carry.
fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-9_007_199_254_740_991_i64..=9_007_199_254_740_991).prop_map(Value::from),
        ".{0,6}".prop_map(Value::from),
        "[\\x00-\\x20\"\\\\𐀀-𐀿ﬀ]{0,4}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            fields(inner).prop_map(Value::Object),
        ]
    })
}

fn fields(value: impl Strategy<Value = Value>) -> impl Strategy<Value = Map<String, Value>> {
    prop::collection::btree_map("[a-z𐀀ﬀ\"\n]{0,3}", value, 0..4)
        .prop_map(|map| map.into_iter().collect())
}

/// An event's line as another version may write it: fields that nobody knows, in any order, with
/// white space.
fn foreign_lines() -> impl Strategy<Value = (Value, String)> {
    let header = (1..=4_u64, 1..50_u32, 1..1_000_u64, 0..4_000_000_000_000_i64);
    let unknown = prop::collection::btree_map("[A-Z𐀀ﬀ~]{1,3}", any_value(), 0..4);
    let kind = prop_oneof![
        Just("note".to_owned()),
        Just("described".to_owned()),
        "[a-z_ö]{1,20}"
    ];
    (
        header,
        unknown,
        kind,
        fields(any_value()),
        any::<u64>(),
        any::<bool>(),
    )
        .prop_map(
            |((who, seq, tick, ms), unknown, kind, body, seed, spaced)| {
                let noted = super::super::time::Timestamp::clamped(ms).to_string();
                let mut object = Map::new();
                object.insert("writer".into(), json!(writer(who).to_string()));
                object.insert("seq".into(), json!(seq));
                object.insert("tick".into(), json!(tick));
                object.insert("noted".into(), json!(noted));
                object.insert("kind".into(), json!(kind));
                object.insert("body".into(), Value::Object(body));
                object.insert("on".into(), json!(format!("{}/{}", writer(9), seq)));
                object.extend(unknown);
                let pairs: Vec<(String, Value)> = object.clone().into_iter().collect();
                let space = if spaced { " \n\t" } else { "" };
                let lines: Vec<String> = shuffled(&pairs, seed)
                    .iter()
                    .map(|(name, value)| {
                        let value = if spaced {
                            serde_json::to_string_pretty(value)
                        } else {
                            serde_json::to_string(value)
                        };
                        format!(
                            "{}{space}:{space}{}",
                            Value::from(name.as_str()),
                            value.unwrap()
                        )
                    })
                    .collect();
                (
                    Value::Object(object),
                    format!("{space}{{{}}}{space}", lines.join(&format!("{space},"))),
                )
            },
        )
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn events_read_back_as_they_were_written(script in nasty()) {
        let world = script.play();
        for event in &world.written[0] {
            let line = event.to_json();
            prop_assert_eq!(&Event::from_json(&line).unwrap(), event);
            prop_assert_eq!(&Event::from_own_json(&line).unwrap(), event);
            prop_assert_eq!(Event::from_json(&line).unwrap().to_json(), line);
        }
    }

    #[test]
    fn unknown_kinds_and_fields_survive_reading_merging_and_writing((value, line) in foreign_lines(), script in nasty()) {
        let read = Event::from_json(&line).unwrap();
        let mut log: Log = script.play().everything();
        log.add(read.clone());
        prop_assume!(!log.erased().contains(&read.id));
        let again = log_of(scope(0), log.events().map(|(_, event)| event));
        let written: Vec<String> = again.with_id(read.id).map(|(_, event)| event.to_json()).collect();
        prop_assert!(written.iter().any(|line| serde_json::from_str::<Value>(line).unwrap() == value), "{:?}", written);
        prop_assert!(written.contains(&read.to_json()));
    }

    #[test]
    fn one_event_has_one_spelling((_, line) in foreign_lines(), (_, other) in foreign_lines()) {
        let read = Event::from_json(&line).unwrap();
        prop_assert_eq!(Event::from_json(&read.to_json()).unwrap(), read.clone());
        let other = Event::from_json(&other).unwrap();
        prop_assert_eq!(read == other, read.to_json() == other.to_json());
        prop_assert_eq!(read == other, read.digest() == other.digest());
    }

    #[test]
    fn any_text_is_an_event_or_an_error(text in ".{0,80}", script in honest(), at in any::<prop::sample::Index>(), by in ".{0,3}") {
        drop(Event::from_json(&text));
        for event in script.play().written[0].iter().take(2) {
            let mut line = event.to_json();
            let place = (0..=at.index(line.len())).rev().find(|place| line.is_char_boundary(*place)).unwrap();
            line.insert_str(place, &by);
            drop(Event::from_json(&line));
            line.truncate(place);
            prop_assert!(Event::from_json(&line).is_err());
        }
    }
}
