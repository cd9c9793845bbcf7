use super::*;
use crate::assist::redact::StandIn;
use crate::model::laws::cases;
use crate::model::testing::writer;
use proptest::prelude::*;

fn event(seq: u32) -> EventId {
    EventId {
        writer: writer(1),
        seq,
    }
}

fn key() -> Key {
    Key {
        id: "k3x9".to_owned(),
        events: vec![event(2), event(5), event(3)],
        cases: vec![crate::model::testing::incident(9)],
        ..Key::default()
    }
}

fn meanings() -> Meanings {
    let mean = |part, number, real: &str| (StandIn { part, number }, real.to_owned());
    Meanings(
        [
            mean(Part::Services, 1, "core-payments-eu"),
            mean(Part::Services, 2, "ledger"),
            mean(Part::People, 1, "Ada"),
        ]
        .into_iter()
        .collect(),
    )
}

fn organisation() -> Organisation {
    Organisation::read(
        r#"{"services": [{"name": "core-payments-eu", "public_name": "Card payments"}, {"name": "ledger"}],
            "audiences": [{"name": "board", "outside": false}]}"#,
    )
    .unwrap()
}

fn reading(text: &str) -> Result<Reading, Trouble> {
    let form = find(text)?;
    let (key, meanings, organisation) = (key(), meanings(), organisation());
    Ok(read(
        &form,
        &By {
            key: &key,
            meanings: &meanings,
            organisation: &organisation,
            outside: &|audience| audience == "customers",
            assistant: " The bank's\nown ",
        },
    ))
}

fn answer(proposals: &str) -> String {
    format!(r#"{{"muster_answer": 1, "brief": "k3x9", "proposals": [{proposals}]}}"#)
}

fn whats(reading: &Reading) -> Vec<&Proposal> {
    reading.proposals.iter().map(|one| &one.what).collect()
}

#[test]
fn each_kind_is_read_with_real_names_and_events() {
    let text = answer(
        r#"{"kind": "task", "title": "Ask Responder 1 about Service 2", "text": "By phone", "because": ["E1", "[e2]", "E1"], "why": "Service 1 began"},
           {"kind": "hypothesis", "text": "Service 1 ran out of threads", "service": "Service 1", "because": ["E3"]},
           {"kind": "update", "audience": "Board", "text": "Service 1 is slow", "because": ["E1"], "why": "x"},
           {"kind": "question", "text": "Since when?", "because": ["E1"], "confidence": null},
           {"kind": "similar", "incident": "I1", "text": "The same pool", "because": ["E1"]}"#,
    );
    let reading = reading(&text).unwrap();
    assert_eq!(reading.problems, Vec::<String>::new());
    let [task, hypothesis, update, question, similar] = reading.proposals.as_slice() else {
        panic!("{reading:?}")
    };
    assert_eq!(
        task,
        &Proposed {
            from: Origin::Assistant("The bank's own".to_owned()),
            what: Proposal::Task(ProposedTask {
                title: "Ask Ada about ledger".to_owned(),
                text: "By phone".to_owned(),
                ..ProposedTask::default()
            }),
            because: vec![event(2), event(5)],
            words: "core-payments-eu began".to_owned(),
        }
    );
    assert_eq!(
        hypothesis.what,
        Proposal::Hypothesis(Suspicion {
            text: "core-payments-eu ran out of threads".to_owned(),
            service: "core-payments-eu".to_owned(),
        })
    );
    assert_eq!(
        update.what,
        Proposal::Update(ProposedUpdate {
            audience: "board".to_owned(),
            text: "core-payments-eu is slow".to_owned(),
        })
    );
    assert!(matches!(question.what, Proposal::Question(_)));
    assert_eq!(
        similar.what,
        Proposal::Similar(SimilarCase {
            incident: Some(crate::model::testing::incident(9)),
            text: "The same pool".to_owned(),
        })
    );
}

#[test]
fn outsiders_read_no_name_that_was_replaced() {
    let text = answer(
        r#"{"kind": "update", "audience": "customers", "text": "Service 1 is slow; Responder 1 works on Service 2.", "because": ["E1"], "why": "Responder 1 says so"}"#,
    );
    let reading = reading(&text).unwrap();
    assert_eq!(
        whats(&reading),
        [&Proposal::Update(ProposedUpdate {
            audience: "customers".to_owned(),
            text: "Card payments is slow; Responder 1 works on Service 2.".to_owned(),
        })]
    );
    assert_eq!(reading.proposals[0].words, "Ada says so", "why is for us");
    assert_eq!(
        reading.problems,
        [
            "Proposal 1 has a text for outsiders that names “Responder 1”: it stays so, for a person to write otherwise."
        ]
    );
}

#[test]
fn an_answer_is_found_in_what_stands_around_it() {
    let one = r#"{"kind": "question", "text": "Since when?", "because": ["E1"]}"#;
    let plain = answer(one);
    let last = format!(
        r#"{{"proposals": [{one}], "brief": "k3x9", "note": "a {{ in it", "muster_answer": 1}}"#
    );
    for text in [
        plain.clone(),
        format!("Sure! Here is {{what}} I think:\n```json\n{plain}\n```\nGood luck. {{}}"),
        format!("{}\n\n{plain}", answer("")),
        format!("The form has “muster_answer”.\n{last}"),
        last.clone(),
        format!("\u{feff}{plain}"),
    ] {
        let reading = reading(&text).unwrap_or_else(|why| panic!("{text}: {why}"));
        assert_eq!(reading.proposals.len(), 1, "{text}");
    }
}

#[test]
fn what_cannot_be_read_is_told_with_its_place() {
    let many = vec![r#"{"kind": "question"}"#; 10_000].join(",");
    for (text, said) in [
        ("  ".to_owned(), "Nothing was pasted"),
        (
            "I cannot help with that.".to_owned(),
            "No answer is in this text",
        ),
        ("{\"a\": 1}".to_owned(), "No answer is in this text"),
        ("x".repeat(200_001), "The text has 200001 bytes"),
        (
            "Here:\n{\"muster_answer\": 1,\n \"brief\": \"k3x9\",\n \"proposals\": [}".to_owned(),
            "in line 4, at character 16",
        ),
        ("{\"muster_answer\": 1, \"x\": 0.5}".to_owned(), "fraction"),
        ("{\"muster_answer\": 1".to_owned(), "EOF"),
        (
            "{\"muster_answer\": 2, \"brief\": \"x\"}".to_owned(),
            "is not 1",
        ),
        ("{\"muster_answer\": \"1\"}".to_owned(), "is not 1"),
        (
            "{\"muster_answer\": 1, \"proposals\": []}".to_owned(),
            "has no “brief”",
        ),
        (
            "{\"muster_answer\": 1, \"brief\": \"x\"}".to_owned(),
            "must be a list",
        ),
        (
            "{\"muster_answer\": 1, \"muster_answer\": 1}".to_owned(),
            "twice",
        ),
        (answer(&vec!["1"; 21].join(",")), "has 21 proposals"),
        (
            format!("{{\"muster_answer\": 1, \"x\": {}", "[".repeat(50_000)),
            "deeper",
        ),
    ] {
        let found = find(&text).unwrap_err().to_string();
        assert!(found.contains(said), "{}: {found}", short(&text, 80));
    }
    assert!(matches!(
        find(&answer(&many)),
        Err(Trouble::TooLong(_) | Trouble::TooMany(10_000))
    ));
}

#[test]
fn one_bad_proposal_does_not_spoil_the_others() {
    for (proposal, problem) in [
        ("7", "Proposal 1 is no object: it is left out."),
        ("{}", "Proposal 1 has no “because”"),
        (r#"{"because": ["E1"]}"#, "has no “kind”"),
        (r#"{"kind": "run", "because": ["E1"]}"#, "of the kind “run”"),
        (
            r#"{"kind": 7, "because": ["E1"]}"#,
            "has a “kind” that is no text",
        ),
        (r#"{"kind": "task", "because": ["E1"]}"#, "has no “title”"),
        (
            r#"{"kind": "task", "title": "x", "because": "E1"}"#,
            "“because” that is no list",
        ),
        (
            r#"{"kind": "task", "title": "x", "because": []}"#,
            "rests on no entry",
        ),
        (
            r#"{"kind": "task", "title": "x", "because": ["E9", "E0", "E01", "F1", ""]}"#,
            "rests on “E9”, which is not in the brief",
        ),
        (
            r#"{"kind": "question", "text": "  \u200b ", "because": ["E1"]}"#,
            "has no “text”",
        ),
        (
            r#"{"kind": "update", "audience": "aliens", "text": "x", "because": ["E1"]}"#,
            "an audience that nobody knows",
        ),
        (
            r#"{"kind": "similar", "incident": "I7", "because": ["E1"]}"#,
            "names no case",
        ),
    ] {
        let text = answer(&format!(
            r#"{proposal}, {{"kind": "question", "text": "Since when?", "because": ["E1"]}}"#
        ));
        let reading = reading(&text).unwrap();
        assert_eq!(reading.proposals.len(), 1, "{proposal}");
        assert!(
            reading.problems.iter().any(|told| told.contains(problem)),
            "{proposal}: {:?}",
            reading.problems
        );
    }
    let long = answer(&format!(
        r#"{{"kind": "question", "text": "{}", "because": ["E1"]}}"#,
        "x".repeat(TEXT + 1)
    ));
    assert!(reading(&long).unwrap().problems[0].contains("2001 characters, and 2000 are the most"));
    let unknown =
        answer(r#"{"kind": "question", "text": "Is Service 9 up?", "because": ["E1", "E7"]}"#);
    let reading = reading(&unknown).unwrap();
    assert_eq!(reading.proposals.len(), 1);
    assert_eq!(
        reading.problems,
        [
            "Proposal 1 rests on “E7”, which is not in the brief.",
            "Proposal 1 names “Service 9”, which was not in the brief."
        ]
    );
}

#[test]
fn words_stay_words() {
    let text = answer(
        r##"{"kind": "task", "title": "<script>alert(1)</script>\n\n# Now", "text": "# Do\n```sh\nrm -rf /\n```\n\u202egnp.exe [x](javascript:1)", "because": ["E1"]}"##,
    );
    let reading = reading(&text).unwrap();
    let Proposal::Task(task) = whats(&reading)[0] else {
        panic!()
    };
    assert_eq!(task.title, "<script>alert(1)</script> Now");
    assert_eq!(
        task.text,
        "Do\n'''sh\nrm -rf /\n'''\ngnp.exe [x](javascript:1)"
    );
    let change = crate::guide::write::proposals::task(whats(&reading)[0]).unwrap();
    assert!(change.becomes.links.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]

    #[test]
    fn any_text_gives_proposals_or_a_sentence(bytes in prop::collection::vec(any::<u8>(), 0..300), text in "\\PC{0,80}") {
        for text in [String::from_utf8_lossy(&bytes).into_owned(), text] {
            let _ = reading(&text);
            let inside = format!("{{\"muster_answer\": 1, \"brief\": \"k3x9\", \"proposals\": [{text}]}} {text}");
            match reading(&inside) {
                Ok(reading) => prop_assert!(reading.proposals.len() <= MOST),
                Err(why) => prop_assert!(why.to_string().len() < 400, "{why}"),
            }
        }
    }

    #[test]
    fn any_json_in_the_place_of_a_proposal_is_read_or_told(value in crate::model::json::tests::any_json(), name in "kind|title|text|because|why|audience|incident|service") {
        let good = Json::object([
            ("kind".to_owned(), Json::Text("update".to_owned())),
            ("audience".to_owned(), Json::Text("board".to_owned())),
            ("text".to_owned(), Json::Text("x".to_owned())),
            ("title".to_owned(), Json::Text("x".to_owned())),
            ("because".to_owned(), Json::List(vec![Json::Text("E1".to_owned())])),
        ]);
        let Json::Object(mut fields) = good else { unreachable!() };
        fields.push((name, value.clone()));
        for item in [value.clone(), Json::object(fields)] {
            let reading = reading(&answer(&item.to_string())).unwrap();
            prop_assert!(!reading.proposals.is_empty() || !reading.problems.is_empty());
        }
    }
}
