//! The published schema and the documentation of the file: what Muster writes fits them, what it
//! cannot read does not, and the example in `docs/format.md` is a true file.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic)]

mod bodies;

use std::ops::Range;
use std::path::PathBuf;

use jsonschema::Validator;
use muster::format::{file, statuspage};
use muster::guide::sample;
use muster::model::fact::Fact;
use muster::model::id::{Digest, EventId, IncidentId, LogScope, Person, Writer};
use muster::model::term::{
    ActionKind, ActionState, ChangeKind, CheckBy, Criterion, Effect, EntryMark, FindingKind, Level,
    Nature, Phase, Relation, Role, Scope, Stage, Stamp, Urgency,
};
use muster::model::{Body, Cursor, Draft, Event, Fold, Kind, Log, Span, Timestamp, chain};
use serde_json::{Value, json};

use bodies::{OTHER, PERSON, SOON, bodies};

const SCHEMA: &str = include_str!("../public/muster.schema.json");

fn schema() -> Value {
    serde_json::from_str(SCHEMA).unwrap()
}

fn validator() -> Validator {
    let schema = schema();
    assert!(jsonschema::draft202012::meta::is_valid(&schema));
    jsonschema::validator_for(&schema).unwrap()
}

fn misfits(validator: &Validator, file: &Value) -> Vec<String> {
    validator
        .iter_errors(file)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

fn assert_fits(file: &str) {
    let file: Value = serde_json::from_str(file).unwrap();
    assert_eq!(misfits(&validator(), &file), Vec::<String>::new());
}

fn noon() -> Timestamp {
    Timestamp::parse_canonical("2026-11-24T12:00:00.000Z").unwrap()
}

/// A file with one event of this kind, about another where its kind always is.
fn file_with(kind: &str, body: &Value) -> Value {
    let event = json!({
        "kind": kind, "body": body, "writer": PERSON, "seq": 2, "tick": 2,
        "noted": SOON, "on": format!("{PERSON}/1")
    });
    file_of(event)
}

fn file_of(event: Value) -> Value {
    json!({
        "format": "muster", "version": 1, "requires": [],
        "logs": [{"scope": OTHER, "events": [event], "heads": []}]
    })
}

#[test]
fn every_kind_fits_with_all_its_fields() {
    let validator = validator();
    for kind in Kind::KNOWN {
        let found: Vec<_> = bodies().into_iter().filter(|(of, _)| of == kind).collect();
        let [(_, body)] = found.as_slice() else {
            panic!("one body of {kind}: {found:?}")
        };
        let read = Fact::read(kind, &body.to_string());
        let written: Value = serde_json::from_str(&read.draft().body).unwrap();
        assert_eq!(&written, body, "{kind} has all its fields here");
        assert_eq!(
            misfits(&validator, &file_with(kind.name(), body)),
            Vec::<String>::new()
        );
    }
}

/// Whatever takes the place of a field, or is missing: what fits can be read, and what this
/// version writes fits.
#[test]
fn the_schema_and_the_reader_agree_on_every_field() {
    let validator = validator();
    let others = [
        json!(7),
        json!(-1),
        json!(0),
        json!("nonsense"),
        json!(""),
        json!(true),
        json!([]),
        json!(["x"]),
        json!([1]),
        json!({}),
        json!({"x": 1}),
        json!(null),
        json!(PERSON),
        json!(SOON),
    ];
    for (kind, body) in bodies() {
        let fields = body.as_object().unwrap();
        for name in fields.keys() {
            let put = |value: Option<&Value>| {
                let mut fields = fields.clone();
                match value {
                    Some(value) => fields.insert(name.clone(), value.clone()),
                    None => fields.remove(name),
                };
                Value::Object(fields)
            };
            for value in others.iter().map(Some).chain([None]) {
                let body = put(value);
                let found = misfits(&validator, &file_with(kind.name(), &body));
                let fact = Fact::read(&kind, &body.to_string());
                if found.is_empty() {
                    assert_ne!(fact, Fact::Unread, "{kind} {body} fits and cannot be read");
                }
                // An amendment to something else than an object makes the amended event unreadable.
                let is_amendment = kind == Kind::Amended && name == "body";
                if fact != Fact::Unread
                    && !is_amendment
                    && serde_json::from_str::<Value>(&fact.draft().body).unwrap() == body
                {
                    assert_eq!(
                        found,
                        Vec::<String>::new(),
                        "{kind} {body} is written and does not fit"
                    );
                }
            }
        }
    }
}

#[test]
fn every_word_of_the_vocabularies_fits() {
    let schema = schema();
    let check = |name: &str, words: Vec<&str>| {
        assert_eq!(schema["$defs"][name]["enum"], json!(words), "{name}");
    };
    macro_rules! check {
        ($($name:literal: $term:ty,)*) => {
            $(check($name, <$term>::ALL.iter().map(|word| word.name()).collect());)*
        };
    }
    check! {
        "nature": Nature, "effect": Effect, "scope": Scope, "urgency": Urgency, "criterion": Criterion,
        "stage": Stage, "stamp": Stamp, "level": Level, "change_kind": ChangeKind, "check_by": CheckBy, "relation": Relation, "finding_kind": FindingKind, "entry_mark": EntryMark,
        "action_kind": ActionKind, "action_state": ActionState, "phase": Phase,
    }
    let roles = schema["$defs"]["role"]["description"].as_str().unwrap();
    assert!(Role::KNOWN.iter().all(|role| roles.contains(role.name())));
    let rules = schema["$defs"]["event"]["allOf"].as_array().unwrap();
    let of_kinds = rules
        .iter()
        .filter_map(|rule| rule["if"]["properties"]["kind"]["const"].as_str());
    let known: Vec<&str> = Kind::KNOWN.iter().map(Kind::name).collect();
    assert_eq!(of_kinds.collect::<Vec<_>>(), known);
}

#[test]
fn what_other_versions_write_fits() {
    let validator = validator();
    let header = json!({
        "kind": "moon_observed", "body": {"deep": [{"x": null}]}, "writer": PERSON, "seq": 1, "tick": 1,
        "noted": SOON, "mood": {"a": [1, "b"]}
    });
    let more_fields = json!({"text": "x", "colour": {"red": 1}});
    let erased = json!({
        "kind": "note", "erased": "0".repeat(64), "writer": PERSON, "seq": 1, "tick": 1, "noted": SOON
    });
    for file in [
        file_of(header),
        file_with("note", &more_fields),
        file_of(erased),
    ] {
        assert_eq!(misfits(&validator, &file), Vec::<String>::new());
    }
}

#[test]
fn broken_files_do_not_fit() {
    let validator = validator();
    let sound = || file_with("note", &json!({"text": "x"}));
    assert!(validator.is_valid(&sound()));
    let event = |change: fn(&mut Value)| {
        let mut file = sound();
        change(&mut file["logs"][0]["events"][0]);
        file
    };
    let outline = |change: fn(&mut Value)| {
        let mut file = sound();
        change(&mut file);
        file
    };
    fn without(value: &mut Value, name: &str) {
        value.as_object_mut().unwrap().remove(name).unwrap();
    }
    let head = |change: fn(&mut Value)| {
        let mut file = sound();
        file["logs"][0]["heads"] = json!([{"digest": "a".repeat(64), "seq": 1, "writer": PERSON}]);
        assert!(validator.is_valid(&file));
        change(&mut file["logs"][0]["heads"][0]);
        file
    };
    let broken = [
        (
            "another format",
            outline(|file| file["format"] = json!("page")),
        ),
        (
            "a later version",
            outline(|file| file["version"] = json!(2)),
        ),
        ("no version", outline(|file| without(file, "version"))),
        (
            "requires is no list",
            outline(|file| file["requires"] = json!("x")),
        ),
        ("no logs", outline(|file| without(file, "logs"))),
        ("logs by name", outline(|file| file["logs"] = json!({}))),
        (
            "an unknown outermost field",
            outline(|file| file["extra"] = json!(1)),
        ),
        (
            "a scope that is no id",
            outline(|file| file["logs"][0]["scope"] = json!("payments")),
        ),
        (
            "a scope in capitals",
            outline(|file| file["logs"][0]["scope"] = json!("0123456789ABCDEF")),
        ),
        (
            "no events",
            outline(|file| without(&mut file["logs"][0], "events")),
        ),
        (
            "no heads",
            outline(|file| without(&mut file["logs"][0], "heads")),
        ),
        (
            "an event that is a text",
            outline(|file| file["logs"][0]["events"] = json!(["note"])),
        ),
        ("no kind", event(|event| without(event, "kind"))),
        ("an empty kind", event(|event| event["kind"] = json!(""))),
        (
            "a long kind",
            event(|event| event["kind"] = json!("k".repeat(65))),
        ),
        ("no writer", event(|event| without(event, "writer"))),
        (
            "a writer of letters that look alike",
            event(|event| event["writer"] = json!("0123456789abcdei")),
        ),
        ("no seq", event(|event| without(event, "seq"))),
        ("seq 0", event(|event| event["seq"] = json!(0))),
        ("seq -3", event(|event| event["seq"] = json!(-3))),
        (
            "seq beyond 32 bits",
            event(|event| event["seq"] = json!(4_294_967_296_u64)),
        ),
        ("seq as a text", event(|event| event["seq"] = json!("1"))),
        ("no tick", event(|event| without(event, "tick"))),
        ("tick 0", event(|event| event["tick"] = json!(0))),
        (
            "tick beyond 2^53",
            event(|event| event["tick"] = json!(9_007_199_254_740_992_u64)),
        ),
        ("no noted", event(|event| without(event, "noted"))),
        (
            "noted without milliseconds",
            event(|event| event["noted"] = json!("2026-11-24T03:14:07Z")),
        ),
        (
            "noted with an offset",
            event(|event| event["noted"] = json!("2026-11-24T03:14:07.000+01:00")),
        ),
        (
            "noted in the year 0",
            event(|event| event["noted"] = json!("0000-11-24T03:14:07.000Z")),
        ),
        (
            "at in month 13",
            event(|event| event["at"] = json!("2026-13-24T03:14:07.000Z")),
        ),
        (
            "at hour 24",
            event(|event| event["at"] = json!("2026-11-24T24:14:07.000Z")),
        ),
        (
            "neither body nor erased",
            event(|event| without(event, "body")),
        ),
        (
            "both body and erased",
            event(|event| event["erased"] = json!("0".repeat(64))),
        ),
        (
            "a body that is a list",
            event(|event| event["body"] = json!([])),
        ),
        (
            "a fraction in the body",
            event(|event| event["body"]["share"] = json!(0.5)),
        ),
        (
            "a number beyond 2^53",
            event(|event| event["body"]["n"] = json!(9_007_199_254_740_992_u64)),
        ),
        (
            "a fraction in an unknown header field",
            event(|event| event["mood"] = json!({"a": [0.5]})),
        ),
        (
            "erased is no digest",
            event(|event| {
                without(event, "body");
                event["erased"] = json!("0000");
            }),
        ),
        (
            "on names no event",
            event(|event| event["on"] = json!("the first")),
        ),
        (
            "on with a leading zero",
            event(|event| event["on"] = json!(format!("{PERSON}/01"))),
        ),
        (
            "replaces is one id",
            event(|event| event["replaces"] = json!(format!("{PERSON}/1"))),
        ),
        (
            "replaces nothing",
            event(|event| event["replaces"] = json!([])),
        ),
        (
            "replaces one twice",
            event(|event| {
                event["replaces"] = json!([format!("{PERSON}/1"), format!("{PERSON}/1")]);
            }),
        ),
        (
            "seen names nobody",
            event(|event| event["seen"] = json!({})),
        ),
        (
            "seen names a person",
            event(|event| event["seen"] = json!({"Ada": 1})),
        ),
        (
            "seen -1",
            event(|event| event["seen"] = json!({PERSON: -1})),
        ),
        (
            "seal in capitals",
            event(|event| event["seal"] = json!("A".repeat(64))),
        ),
        (
            "source is a number",
            event(|event| event["source"] = json!(1)),
        ),
        (
            "a retraction of nothing",
            event(|event| {
                event["kind"] = json!("retracted");
                without(event, "on");
            }),
        ),
        (
            "a note without text",
            event(|event| event["body"] = json!({})),
        ),
        (
            "a stage that does not exist",
            file_with("stage_entered", &json!({"stage": "panic"})),
        ),
        (
            "priority 6",
            file_with(
                "classified",
                &json!({"scheme": "x", "major": true, "why": "", "priority": 6}),
            ),
        ),
        (
            "priority as a text",
            file_with(
                "classified",
                &json!({"scheme": "x", "major": true, "why": "", "priority": "P1"}),
            ),
        ),
        (
            "a criterion that does not exist",
            file_with(
                "classified",
                &json!({"scheme": "x", "major": true, "why": "", "criteria": {"mood": true}}),
            ),
        ),
        ("reopened without a word", file_with("reopened", &json!({}))),
        (
            "an amendment to a text",
            file_with("amended", &json!({"body": "x"})),
        ),
        ("a head of number 0", head(|head| head["seq"] = json!(0))),
        (
            "a head without digest",
            head(|head| without(head, "digest")),
        ),
        (
            "a head without writer",
            head(|head| without(head, "writer")),
        ),
        ("a head with more", head(|head| head["more"] = json!(1))),
    ];
    let taken: Vec<&str> = broken
        .iter()
        .filter(|(_, file)| validator.is_valid(file))
        .map(|(name, _)| *name)
        .collect();
    assert_eq!(taken, Vec::<&str>::new());
}

#[test]
fn the_sample_incident_fits() {
    let writers = [1, 2, 3].map(|n| Writer::from_bytes([n; 10]));
    let people = sample::people([1, 2, 3].map(|n| Person::from_bytes([n; 10])));
    let mut log = Log::new(LogScope::Incident(IncidentId::from_bytes([9; 10])));
    for (who, draft) in sample::lines(noon(), &people) {
        log.append(writers[who], draft, noon());
    }
    let so_far = Fold::of(&[&log], Cursor::Now);
    for (who, draft) in sample::next_lines(so_far.incident(), noon()) {
        log.append(writers[who], draft, noon());
    }
    assert!(log.len() > 20 && log.writers().count() == 3);
    assert_fits(&file::write(&[&log]));
}

#[test]
fn all_real_incidents_fit() {
    let shared = std::env::var_os("MUSTER_SHARED").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    );
    let path = shared.join("data/statuspage-incidents-2022-2024.json");
    let page = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let reading = statuspage::read(&page).unwrap();
    assert_eq!(reading.logs.len(), 399);
    assert_fits(&file::write(&reading.logs.iter().collect::<Vec<_>>()));
}

// ---- docs/format.md ----

const FILE: &str = "\n```json\n";
const HASHES: &str = "\n```text hashes\n";

fn documentation() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/format.md")
}

/// Two pages that wrote apart for a while, a third that is newer than this version, and each way of
/// taking back.
fn example() -> Log {
    let scope: LogScope = "f1reatpayments00".parse().unwrap();
    let (first, second): (Writer, Writer) = (
        "f1rstpage0000001".parse().unwrap(),
        "sec0ndpage000001".parse().unwrap(),
    );
    let (lead, other) = ("f1rstpers0n00001", "sec0ndpers0n0001");
    let draft = |kind: Kind, body: Value| {
        let fact = Fact::read(&kind, &body.to_string());
        assert_ne!(fact, Fact::Unread, "{kind} {body}");
        fact.draft()
    };
    let about = |draft: Draft, on: EventId| Draft {
        on: Some(on),
        ..draft
    };
    let minute = |n: i64| noon() + Span::minutes(n);
    let id = |writer: Writer, seq: u32| EventId { writer, seq };

    let mut mine = Log::new(scope);
    let said = [
        draft(
            Kind::Joined,
            json!({"person": lead, "name": "First responder", "zone": "Europe/Oslo"}),
        ),
        draft(Kind::Declared, json!({"nature": "real"})),
        draft(Kind::Described, json!({"title": "Cards fail"})),
        draft(
            Kind::Classified,
            json!({
                "scheme": "itil_3x3", "effect": "cannot_work", "scope": "many", "urgency": "getting_worse",
                "impact": 1, "priority": 1, "major": true,
                "why": "Impact 1 and urgency 1 give priority 1, and that is a major incident."
            }),
        ),
        Draft {
            at: Some(minute(-12)),
            ..draft(Kind::Observed, json!({"stamp": "impact_started"}))
        },
    ];
    for draft in said {
        mine.append(first, draft, minute(0));
    }

    let mut theirs = Log::new(scope);
    theirs.merge(&mine);
    theirs.append(
        second,
        draft(
            Kind::Joined,
            json!({"person": other, "name": "Second responder"}),
        ),
        minute(4),
    );
    let better = Draft {
        replaces: vec![id(first, 3)],
        ..draft(
            Kind::Described,
            json!({"title": "Card payments fail in Europe"}),
        )
    };
    theirs.append(second, better, minute(4));
    theirs.append(
        second,
        draft(
            Kind::RoleAssigned,
            json!({"role": "major_incident_manager", "person": other}),
        ),
        minute(5),
    );
    theirs.add(Event {
        id: id("newerpage0000001".parse().unwrap(), 1),
        tick: theirs.tick() + 1,
        noted: minute(6),
        at: None,
        seen: Box::new([(first, 5), (second, 3)]),
        on: None,
        replaces: Box::default(),
        seal: None,
        source: None,
        kind: Kind::named("dashboard_pinned"),
        body: Body::Held(r#"{"panels":[{"label":"authorisations","rows":2}]}"#.into()),
        extra: Box::new([("trust".into(), r#"{"level":2}"#.into())]),
    });

    mine.append(
        first,
        draft(
            Kind::Note,
            json!({"text": "The gateway takes the password swordfish"}),
        ),
        minute(7),
    );
    mine.merge(&theirs);
    mine.append(
        first,
        about(
            draft(Kind::Erased, json!({"because": "It held a password"})),
            id(first, 6),
        ),
        minute(8),
    );
    mine.append(
        first,
        draft(Kind::Note, json!({"text": "38 % of cards time out"})),
        minute(9),
    );
    mine.append(
        first,
        about(
            draft(
                Kind::Amended,
                json!({"body": {"text": "42 % of cards time out"}}),
            ),
            id(first, 8),
        ),
        minute(10),
    );
    mine.append(
        first,
        draft(
            Kind::ServiceAffected,
            json!({"service": "Login", "level": "down"}),
        ),
        minute(11),
    );
    mine.append(
        first,
        about(
            draft(Kind::Retracted, json!({"because": "Login works"})),
            id(first, 10),
        ),
        minute(12),
    );
    mine
}

/// The hashes of the example's first two events and its one seal, with all that goes into them.
fn worked_hashes(log: &Log) -> String {
    let digest = |text: &str| Digest::of(&[text.as_bytes()]);
    let writer: Writer = "f1rstpage0000001".parse().unwrap();
    let mut hash = chain::start(log.scope());
    let mut text = format!(
        "h(0) = SHA-256 of \"muster-chain-1\\n{}\"\n     = {hash}\n",
        log.scope()
    );
    for (_, event) in log.by_writer(writer).take(2) {
        hash = chain::next(hash, event);
        let header = event.header_json();
        text += &format!(
            "\nheader {} = {header}\nSHA-256  = {}\nbody   {} = {}\nSHA-256  = {}\nh({})     = {hash}\n",
            event.id.seq,
            digest(&header),
            event.id.seq,
            event.body.text().unwrap(),
            event.body.digest(),
            event.id.seq,
        );
    }
    let five = chain::paths(log, writer)[0][4];
    let second: Writer = "sec0ndpage000001".parse().unwrap();
    let two = chain::paths(log, second)[0][1];
    let sealed = format!("muster-seal-1\n{writer} 5 {five}\n{second} 2 {two}\n");
    let seal = digest(&sealed);
    assert_eq!(
        log.get(EventId {
            writer: second,
            seq: 3
        })
        .unwrap()
        .seal,
        Some(seal)
    );
    text + &format!(
        "\nsealed, each line with its line feed:\n{sealed}seal of {second}/3 = {seal}\nprinted as {}\n",
        seal.short()
    )
}

/// Where the text of the only fenced block that begins so stands.
fn block(documentation: &str, fence: &str) -> Range<usize> {
    let start = documentation.find(fence).unwrap() + fence.len();
    assert!(
        !documentation[start..].contains(fence),
        "one block of {fence}"
    );
    start..start + documentation[start..].find("\n```\n").unwrap() + 1
}

/// `UPDATE_EXPECT=1` writes the blocks anew, as it does for expected output everywhere here.
#[test]
fn the_example_in_the_documentation_is_a_true_file() {
    let log = example();
    let (file, hashes) = (file::write(&[&log]), worked_hashes(&log));
    let mut documentation = std::fs::read_to_string(documentation()).unwrap();
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        documentation.replace_range(block(&documentation, FILE), &file);
        documentation.replace_range(block(&documentation, HASHES), &hashes);
        std::fs::write(self::documentation(), &documentation).unwrap();
    }
    assert_eq!(documentation[block(&documentation, HASHES)], hashes);
    let shown = &documentation[block(&documentation, FILE)];
    assert_eq!(shown, file);

    let reading = file::read(shown.as_bytes()).unwrap();
    assert_eq!(reading.problems, vec![]);
    let [read] = reading.logs.as_slice() else {
        panic!("one log: {:?}", reading.logs)
    };
    assert_eq!(chain::verify_foreign(read), vec![]);
    assert_eq!(file::write(&[read]), shown);
    assert_fits(shown);
    assert!(!shown.contains("swordfish"));
    let fold = Fold::of(&[read], Cursor::Now);
    let incident = fold.incident();
    assert_eq!(incident.title(), Some("Card payments fail in Europe"));
    assert_eq!(incident.level("Login"), None);
    assert!(
        chain::verify_foreign(
            &file::read(shown.replace("42 %", "2 %").as_bytes())
                .unwrap()
                .logs[0]
        )
        .len()
            == 1
    );
}

/// Every kind has its row in the documentation, with every field of its body.
#[test]
fn the_documentation_names_every_kind_field_and_word() {
    let documentation = std::fs::read_to_string(documentation()).unwrap();
    let (_, kinds) = documentation.split_once("\n## Kinds\n").unwrap();
    for (kind, body) in bodies() {
        let start = format!("| `{kind}` |");
        let rows: Vec<&str> = kinds
            .lines()
            .filter(|line| line.starts_with(&start))
            .collect();
        let [row] = rows.as_slice() else {
            panic!("one row of {kind}: {rows:?}")
        };
        for field in body.as_object().unwrap().keys() {
            assert!(row.contains(&format!("`{field}`")), "{kind} has {field}");
        }
    }
    let schema = schema();
    for (name, of) in schema["$defs"].as_object().unwrap() {
        for word in of["enum"].as_array().into_iter().flatten() {
            let word = word.as_str().unwrap();
            assert!(
                documentation.contains(&format!("`{word}`")),
                "{word} of {name}"
            );
        }
    }
    for role in Role::KNOWN {
        assert!(documentation.contains(&format!("`{}`", role.name())));
    }
}
