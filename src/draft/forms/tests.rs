use super::export::{csv, html, json};
use super::*;
use crate::guide::write;
use crate::model::fact::{Classification, Update};
use crate::model::term::{ActionKind, FindingKind, Level, Nature, Phase, Priority, Stamp};
use crate::model::testing::{incident, noon, writer};
use crate::model::{Cursor, Draft, Fold, Log, LogScope};
use proptest::prelude::*;

fn bank() -> Organisation {
    Organisation::read(
        r#"{"name": "Sample bank", "currency": "EUR", "services": [
            {"name": "Checkout", "tier": 1, "cost_per_minute": 100}, {"name": "Search", "tier": 3}]}"#,
    )
    .unwrap()
}

/// Something that is written down at a minute.
type Line<'a> = (i64, Box<dyn Fn(&Incident) -> Draft + 'a>);

fn fold(lines: &[Line<'_>]) -> Incident {
    let mut log = Log::new(LogScope::Incident(incident(1)));
    let mut fold = Fold::of(&[&log], Cursor::Now);
    for (minute, draft) in lines {
        let draft = draft(fold.incident());
        log.append(writer(1), draft, noon() + Span::minutes(*minute));
        fold = Fold::of(&[&log], Cursor::Now);
    }
    fold.incident().clone()
}

fn line<'a>(minute: i64, draft: impl Fn(&Incident) -> Draft + 'a) -> Line<'a> {
    (minute, Box::new(draft))
}

/// An incident with a bit of everything, told in these words wherever words are free.
fn full(words: &str) -> Incident {
    let classification = Classification {
        priority: Some(Priority::P1),
        major: true,
        ..Classification::default()
    };
    let state = |stamp| move |incident: &Incident| write::state(incident, stamp, None);
    let update = Update {
        audience: "regulators".to_owned(),
        channel: "mail".to_owned(),
        text: words.to_owned(),
        phase: Some(Phase::Investigating),
        next_due: None,
        services: Vec::new(),
        ..Update::default()
    };
    let hit = |service: &'static str, level| {
        move |incident: &Incident| write::affect(incident, service, level)
    };
    let back = |service: &'static str| move |incident: &Incident| write::restore(incident, service);
    fold(&[
        line(0, |_| write::declare(Nature::Real)),
        line(1, |incident| write::title(incident, words)),
        line(2, |incident| write::summary(incident, words)),
        line(3, move |incident| {
            write::classify(incident, classification.clone())
        }),
        line(4, state(Stamp::ImpactStarted)),
        line(9, state(Stamp::Detected)),
        line(10, hit("Checkout", Level::Down)),
        line(20, hit("Search", Level::PartlyDown)),
        line(30, hit("Checkout", Level::Degraded)),
        line(40, back("Search")),
        line(41, |_| write::hypothesis(words)),
        line(42, |_| write::hypothesis("Something else")),
        line(43, |_| write::workaround(words)),
        line(44, move |_| write::update(update.clone())),
        line(50, |incident| {
            write::decide_hypothesis(incident.hypotheses[0].id(), true, words)
        }),
        line(60, hit("Checkout", Level::Down)),
        line(70, |_| write::fix(words)),
        line(71, |incident| {
            write::remove_workaround(incident.workarounds[0].id(), words)
        }),
        line(75, state(Stamp::Restored)),
        line(80, state(Stamp::Resolved)),
        line(90, |_| {
            write::finding(FindingKind::ContributingFactor, words)
        }),
        line(91, |_| {
            write::action(ActionKind::Prevent, words, None, Some(noon()))
        }),
    ])
}

fn pair(name: &str, text: &str) -> (String, String) {
    (name.to_owned(), text.to_owned())
}

fn filled(form: FormId, incident: &Incident, says: &[(String, String)]) -> Form {
    let answers = [
        pair("aware", "2026-11-24 13:09"),
        pair("classified_major", "2026-11-24T13:30:00+01:00"),
        pair("clients", "1200"),
    ];
    let now = noon() + Span::hours(3);
    fill(form, incident, &bank(), &answers, now, 60, says)
}

fn empty(form: FormId) -> Form {
    let nobody = (Incident::default(), Organisation::default());
    fill(form, &nobody.0, &nobody.1, &[], noon(), 0, &[])
}

fn value(form: &Form, number: &str) -> String {
    let field = form.field(number).unwrap();
    let value = field.filled.value();
    value.map_or_else(|| format!("{:?}", field.filled), export::shown)
}

#[test]
fn every_field_stands_once_in_order_and_says_what_belongs_there() {
    for (id, count) in [
        (FormId::DoraInitial, 25),
        (FormId::DoraIntermediate, 60),
        (FormId::DoraFinal, 76),
        (FormId::Gdpr, 16),
    ] {
        let form = empty(id);
        assert_eq!(FormId::named(id.name()), Some(id));
        assert_eq!(form.fields.len(), count, "{id:?}");
        let place = |field: &Field| -> (u32, u32) {
            let (section, number) = field.number.split_once('.').unwrap_or(("0", field.number));
            (section.parse().unwrap(), number.parse().unwrap())
        };
        let places: Vec<_> = form.fields.iter().map(place).collect();
        assert!(places.windows(2).all(|pair| pair[0] < pair[1]), "{id:?}");
        // No number is left out: 1.1 to 1.15, 2.1 to 2.10, 3.1 to 3.35, 4.1 to 4.16; 1 to 16.
        let lengths = [(0, 16), (1, 15), (2, 10), (3, 35), (4, 16)];
        for (section, length) in lengths {
            let of = places.iter().filter(|(known, _)| *known == section).count();
            assert!(of == 0 || of == length, "{id:?}, section {section}: {of}");
        }
        for field in &form.fields {
            assert!(
                field.help.ends_with('.') && !field.name.is_empty(),
                "{}",
                field.number
            );
            assert!(!field.name.ends_with('.'), "{}", field.name);
            if let Required::If { condition, .. } = field.required {
                assert!(!condition.ends_with('.'), "{condition}");
            }
            if let Kind::Choice(options) | Kind::Choices(options) = field.kind {
                let mut sorted = options.to_vec();
                crate::model::order::sort(&mut sorted);
                sorted.dedup();
                assert_eq!(sorted.len(), options.len(), "{}", field.number);
                assert!(options.iter().all(|option| !option.contains(SEPARATOR)));
            }
        }
    }
    assert_eq!(FormId::named("tax"), None);
}

#[test]
fn what_depends_on_a_choice_names_a_choice_that_is_there() {
    for spec in FormId::DoraFinal.specs().chain(FormId::Gdpr.specs()) {
        let asked::Asked::If(_, test) = &spec.asked else {
            continue;
        };
        let of = |number: &str| {
            let mut specs = FormId::DoraFinal.specs().chain(FormId::Gdpr.specs());
            specs
                .find(|spec| spec.number == number)
                .map(|spec| spec.kind)
        };
        match test {
            asked::Test::Chosen(number, wanted) => match of(number) {
                Some(Kind::Choice(options) | Kind::Choices(options)) => {
                    assert!(
                        wanted.iter().all(|option| options.contains(option)),
                        "{}",
                        spec.number
                    );
                }
                other => panic!("{} asks {number}, which is {other:?}", spec.number),
            },
            asked::Test::Yes(number) => assert_eq!(of(number), Some(Kind::YesNo)),
            asked::Test::Filled(number) => assert_eq!(of(number), Some(Kind::Length)),
            asked::Test::Past(number, _) => assert_eq!(of(number), Some(Kind::Date)),
            asked::Test::Person => {}
        }
    }
}

#[test]
fn of_an_empty_incident_all_that_is_required_is_missing() {
    for id in FormId::ALL {
        let form = empty(id);
        let always = form
            .fields
            .iter()
            .filter(|field| field.required == Required::Always);
        // The form knows only which report it is.
        let always: Vec<&str> = always
            .map(|field| field.number)
            .filter(|number| *number != "1.1")
            .collect();
        let missing: Vec<&str> = missing(&form).iter().map(|field| field.number).collect();
        assert_eq!(missing, always, "{id:?}");
        let known = usize::from(id != FormId::Gdpr);
        assert_eq!(count(&form), (known, always.len() + known), "{id:?}");
        assert!(!to_judge(&form).is_empty());
    }
    let numbers = |form: &Form| -> String {
        let missing = missing(form);
        missing
            .iter()
            .map(|field| field.number)
            .collect::<Vec<_>>()
            .join(" ")
    };
    expect_test::expect!["1.2 1.3 1.4 1.7 1.8 1.9 1.10 1.11 1.12 1.15 2.1 2.2 2.3 2.4 2.5 2.7 2.9"]
        .assert_eq(&numbers(&empty(FormId::DoraInitial)));
    expect_test::expect!["1 2 3 4 7 13 14"].assert_eq(&numbers(&empty(FormId::Gdpr)));
}

#[test]
fn the_log_fills_what_it_says() {
    let form = filled(FormId::DoraFinal, &full("Cards fail"), &[]);
    let from_log: Vec<String> = form
        .fields
        .iter()
        .filter(|field| field.filled.value().is_some())
        .map(|field| {
            format!(
                "{} [{}] {}",
                field.number,
                export::origin(&field.filled),
                value(&form, field.number)
            )
        })
        .collect();
    expect_test::expect![[r#"
        1.1 [the form itself] final report
        1.2 [the organisation] Sample bank
        1.15 [the organisation] EUR
        2.1 [the log] 040g2081040g2081
        2.2 [the answer aware] 2026-11-24T12:09:00Z
        2.3 [the answer classified_major] 2026-11-24T12:30:00Z
        2.4 [the log] Cards fail. Cards fail. Services affected: Checkout (down), Search (partly down). Impact began 2026-11-24 13:04 (UTC+01:00). Service was restored 2026-11-24 14:15 (UTC+01:00). Cause, confirmed: Cards fail. Internal severity: priority 1 on a scale from 1 (gravest) to 5.
        3.2 [the log] 2026-11-24T12:04:00Z
        3.3 [the log] 2026-11-24T13:15:00Z
        3.4 [the answer clients] 1200
        3.15 [the log] 00:01:16
        3.16 [the log] 00:00:45
        3.27 [the log] Checkout (down), Search (partly down)
        3.33 [the log] Yes
        3.34 [the log] Workaround, 2026-11-24 13:43 (UTC+01:00): Cards fail. Taken away 2026-11-24 14:11 (UTC+01:00).
        4.5 [the log] Cards fail. Confirmed by: Cards fail.
        4.6 [the log] Fix, 2026-11-24 14:10 (UTC+01:00): Cards fail.
        Measure (planned, due 2026-11-24 13:00 (UTC+01:00)): Cards fail.
        Contributing factor: Cards fail.
        4.7 [the log] 2026-11-24T13:10:00Z
        4.8 [the log] 2026-11-24T13:20:00Z"#]].assert_eq(&from_log.join("\n"));
    for field in &form.fields {
        if let Filled::FromLog { events, .. } = &field.filled {
            assert!(!events.is_empty(), "{} names no event", field.number);
        }
    }
    let notes: Vec<String> = form
        .fields
        .iter()
        .filter(|field| !field.note.is_empty())
        .map(|field| format!("{} {}", field.number, field.note))
        .collect();
    expect_test::expect![[r#"
        2.3 An internal priority was given 2026-11-24 13:03 (UTC+01:00). It does not say that the incident is major under DORA.
        3.22 Hit, and of the first tier in the organisation's own list: Checkout. Whether the law counts them as critical, a person must say.
        3.31 Updates to regulators were sent 2026-11-24 13:44 (UTC+01:00).
        4.5 Still being tested: Something else.
        4.13 By the organisation's own cost of each service a minute: about 6500 EUR, without anything else that it cost."#]].assert_eq(&notes.join("\n"));
    let gdpr = filled(FormId::Gdpr, &full("Cards fail"), &[]);
    let told: Vec<String> = ["1", "4", "5", "7", "14"]
        .iter()
        .map(|number| format!("{number} {}", value(&gdpr, number)))
        .collect();
    expect_test::expect![[r#"
        1 Sample bank
        4 2026-11-24T12:09:00Z
        5 2026-11-24T12:04:00Z
        7 Cards fail. Cards fail. Services affected: Checkout (down), Search (partly down). Impact began 2026-11-24 13:04 (UTC+01:00). Service was restored 2026-11-24 14:15 (UTC+01:00). Cause, confirmed: Cards fail.
        14 Workaround, 2026-11-24 13:43 (UTC+01:00): Cards fail. Taken away 2026-11-24 14:11 (UTC+01:00).
        Fix, 2026-11-24 14:10 (UTC+01:00): Cards fail.
        Measure (planned, due 2026-11-24 13:00 (UTC+01:00)): Cards fail.
        Contributing factor: Cards fail."#]].assert_eq(&told.join("\n"));
}

#[test]
fn a_priority_is_no_classification_and_a_guess_no_cause() {
    let guessed = fold(&[
        line(0, |_| write::declare(Nature::Real)),
        line(1, |incident| write::title(incident, "Cards fail")),
        line(2, |incident| {
            let priority = Some(Priority::P1);
            let classification = Classification {
                priority,
                major: true,
                ..Classification::default()
            };
            write::classify(incident, classification)
        }),
        line(3, |_| write::hypothesis("A cable")),
        line(4, |_| write::fix("Another cable")),
    ]);
    let form = fill(FormId::DoraFinal, &guessed, &bank(), &[], noon(), 0, &[]);
    for number in ["2.3", "4.5", "4.7", "4.8", "3.15", "3.16", "3.33", "4.1"] {
        assert_eq!(
            form.field(number).unwrap().filled,
            Filled::Missing,
            "{number}"
        );
    }
    assert!(form.field("4.5").unwrap().note.contains("A cable"));
    assert!(
        form.field("4.7")
            .unwrap()
            .note
            .contains("no cause is confirmed")
    );
    assert!(value(&form, "2.4").contains("none confirmed: A cable."));
}

#[test]
fn what_still_runs_is_told_and_not_filled() {
    let running = fold(&[
        line(0, |_| write::declare(Nature::Real)),
        line(0, |incident| {
            write::state(incident, Stamp::ImpactStarted, None)
        }),
        line(10, |incident| {
            write::affect(incident, "Checkout", Level::Down)
        }),
    ]);
    let now = noon() + Span::hours(25);
    let form = fill(
        FormId::DoraIntermediate,
        &running,
        &bank(),
        &[],
        now,
        0,
        &[],
    );
    for (number, so_far) in [("3.15", "01:01:00"), ("3.16", "01:00:50")] {
        let field = form.field(number).unwrap();
        assert_eq!(field.filled, Filled::Missing, "{number}");
        assert!(field.note.contains(so_far), "{}", field.note);
    }
}

#[test]
fn a_person_goes_before_answers_and_answers_before_the_log() {
    let says = [
        pair("2.2", "2026-11-24 13:05"),
        pair("2.2", "  "),
        pair("2.5", "geographical spread; reputational impact"),
        pair("3.4", "many"),
        pair("9.9", "nothing"),
    ];
    let form = filled(FormId::DoraIntermediate, &full("Cards fail"), &says);
    // The last that was said is nothing: the answer stands, and not the stamp.
    let aware = Filled::Given {
        value: Value::Date(noon() + Span::minutes(9)),
        by: Giver::Answer("aware"),
    };
    assert_eq!(form.field("2.2").unwrap().filled, aware);
    assert!(matches!(
        form.field("3.4").unwrap().filled,
        Filled::Unfit { .. }
    ));
    assert!(missing(&form).iter().any(|field| field.number == "3.4"));
    let holds = |number: &str| match form.field(number).unwrap().required {
        Required::If { holds, .. } => holds,
        other => panic!("{number} {other:?}"),
    };
    for (number, expected) in [
        ("2.6", Some(true)),
        ("3.13", Some(true)),
        ("3.20", Some(false)),
        ("3.25", None),
        ("3.3", Some(true)),
        ("3.34", Some(true)),
        ("1.13", None),
        ("2.10", Some(false)),
    ] {
        assert_eq!(holds(number), expected, "{number}");
    }
}

#[test]
fn reasons_are_asked_for_after_72_hours() {
    let answers = [pair("aware", "2026-11-24T12:00:00Z")];
    for (minutes, expected) in [(72 * 60, Some(false)), (72 * 60 + 1, Some(true))] {
        let now = noon() + Span::minutes(minutes);
        let nobody = (Incident::default(), Organisation::default());
        let form = fill(FormId::Gdpr, &nobody.0, &nobody.1, &answers, now, 0, &[]);
        match form.field("6").unwrap().required {
            Required::If { holds, .. } => assert_eq!(holds, expected, "{minutes}"),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn what_is_not_from_the_source_says_so() {
    for id in FormId::ALL {
        let form = empty(id);
        let expected = if id == FormId::Gdpr { 5 } else { 0 };
        assert_eq!(unchecked(&form), expected);
        let marked = html(&form).matches("Not from the source").count();
        assert_eq!(marked, expected);
        assert_eq!(
            csv(&form).matches("common practice").count(),
            unchecked(&form)
        );
        assert_eq!(
            json(&form).matches("\"provenance\":\"practice\"").count(),
            unchecked(&form)
        );
    }
}

/// The cells of a CSV text by RFC 4180, read on their own.
fn cells(csv: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut quoted = false;
    let mut chars = csv.chars().peekable();
    while let Some(c) = chars.next() {
        match (quoted, c) {
            (true, '"') if chars.peek() == Some(&'"') => {
                chars.next();
                cell.push('"');
            }
            (_, '"') => quoted = !quoted,
            (false, ',') => row.push(std::mem::take(&mut cell)),
            (false, '\r') => assert_eq!(chars.next(), Some('\n')),
            (true, _) => cell.push(c),
            (false, _) => panic!("{c:?} outside quotes"),
        }
        if !quoted && c == '\r' {
            row.push(std::mem::take(&mut cell));
            rows.push(std::mem::take(&mut row));
        }
    }
    assert!(!quoted && row.is_empty() && cell.is_empty());
    rows
}

/// Whatever was written, no file has anything in it that the same form of harmless words has not.
fn check_harmless(hostile: &str) {
    let harmless = full("Cards fail");
    let hostile_log = full(hostile);
    for id in FormId::ALL {
        let says = |text: &str| -> Vec<(String, String)> {
            id.specs().map(|spec| pair(spec.number, text)).collect()
        };
        for (bad, good) in [
            (filled(id, &hostile_log, &[]), filled(id, &harmless, &[])),
            (
                filled(id, &hostile_log, &says(hostile)),
                filled(id, &harmless, &says("Cards fail")),
            ),
        ] {
            let text: serde_json::Value = serde_json::from_str(&json(&bad)).unwrap();
            let fields = text["fields"].as_array().unwrap();
            assert_eq!(fields.len(), bad.fields.len());
            for (field, written) in bad.fields.iter().zip(fields) {
                if let Some(Value::Text(said)) = field.filled.value() {
                    assert_eq!(written["value"].as_str(), Some(said.as_str()));
                }
            }
            assert_eq!(json(&bad), json(&bad.clone()));

            let rows = cells(&csv(&bad));
            assert_eq!(rows.len(), bad.fields.len() + 2);
            for cell in rows.iter().flatten() {
                let first = cell.trim_start().chars().next();
                assert!(
                    !first.is_some_and(|c| "=+-@|＝＋－＠".contains(c)),
                    "{cell:?}"
                );
                assert!(!cell.starts_with(['\t', '\r', '\n']), "{cell:?}");
            }
            assert!(rows.iter().all(|row| row.len() == 7));

            let page = html(&bad);
            let tags = |page: &str| -> Vec<String> {
                let tags = page.split('<').skip(1);
                tags.map(|tag| tag.split('>').next().unwrap_or_default().to_owned())
                    .collect()
            };
            // The same fields in the same states have the same tags, whatever the words.
            let same = |a: &Form, b: &Form| {
                let states = a.fields.iter().zip(&b.fields);
                states.into_iter().all(|(a, b)| {
                    std::mem::discriminant(&a.filled) == std::mem::discriminant(&b.filled)
                        && a.note.is_empty() == b.note.is_empty()
                })
            };
            if same(&bad, &good) {
                assert_eq!(tags(&page), tags(&html(&good)));
            }
            let mut known = tags(&page);
            crate::model::order::sort(&mut known);
            known.dedup();
            let expected = tags(&html(&empty(FormId::Gdpr)));
            let allowed = |tag: &String| {
                expected.contains(tag)
                    || ["bdi", "/bdi", "span class=\"missing\"", "/span"].contains(&tag.as_str())
            };
            assert!(known.iter().all(allowed), "{known:?}");
            assert!(!page.contains("\u{202e}") && !page.contains('\0'));
        }
    }
}

#[test]
fn hostile_words_stay_words() {
    for hostile in [
        "</td></style><script>alert(1)</script>",
        "\"><img src=x onerror='alert(1)'>",
        "=cmd|' /C calc'!A0",
        "+1",
        "-1",
        "@SUM(1)",
        "\t=1",
        "\r=1",
        "\u{1}=1",
        "  =1",
        "＝1",
        "|1",
        "\",\"=1+1\",\"",
        "a\r\nb,\"c\"\n=d",
        "\\\"},{\"number\":\"9\"",
        "\u{202e}txt.exe\u{0}\u{2028}",
        "&lt;b&gt; & <!-- -->",
        "]]>",
    ] {
        check_harmless(hostile);
    }
}

#[test]
fn files_are_as_they_are_documented() {
    let says = [
        pair("1.9", "+49 30 1"),
        pair("2.9", "no"),
        pair("1.4", "trading venue; credit institution"),
    ];
    let form = filled(FormId::DoraInitial, &full("Cards fail"), &says);
    let lines = |text: &str, has: &[&str]| -> String {
        let lines = text
            .lines()
            .filter(|line| has.iter().any(|has| line.contains(has)));
        lines.collect::<Vec<_>>().join("\n")
    };
    expect_test::expect![[r#"
        {"form":"dora_initial","regime":"DORA","report":"initial notification","source":"Commission Implementing Regulation (EU) 2025/302, Annexes I and II","title":"Cards fail","state":"10 of 18 required fields are filled. Of 6 more a person must tell whether they are required. All fields were checked against the source.","fields":[
        {"number":"1.1","name":"Type of submission","section":"General information about the financial entity","kind":"choice","provenance":"checked","required":true,"value":["initial notification"],"from":"form"},
        {"number":"1.4","name":"Type of financial entity affected","section":"General information about the financial entity","kind":"choices","provenance":"checked","required":true,"value":["credit institution","trading venue"],"from":"person"},
        {"number":"2.2","name":"Date and time of detection of the major ICT-related incident","section":"Content of the initial notification","kind":"date","provenance":"checked","required":true,"value":"2026-11-24T12:09:00Z","from":"answer","answer":"aware"},
        {"number":"2.6","name":"Materiality thresholds for the classification criterion ‘Geographical spread’","section":"Content of the initial notification","kind":"choices","provenance":"checked","required":null,"condition":"geographical spread is among the criteria in 2.5","value":null},
        {"number":"2.9","name":"Activation of business continuity plan, if activated","section":"Content of the initial notification","kind":"yes_no","provenance":"checked","required":true,"value":false,"from":"person"},"#]].assert_eq(&lines(
        &json(&form),
        &[
            "\"1.1\"", "\"1.4\"", "\"2.2\"", "\"2.9\"", "\"2.6\"", "\"form\"",
        ],
    ));
    expect_test::expect![[r#"
        "Number","Field","Value","Required","From","Remark","Provenance of the field"
        "1.9","Primary contact person telephone","'+49 30 1","required","a person","","checked against its source"
        "","State","10 of 18 required fields are filled. Of 6 more a person must tell whether they are required. All fields were checked against the source.","","Commission Implementing Regulation (EU) 2025/302, Annexes I and II","","""#]].assert_eq(&lines(&csv(&form), &["\"1.9\"", "Number", "State"]));
    let page = html(&form);
    for part in [
        "<!doctype html>",
        "default-src 'none'",
        "@media print",
        "Missing",
        "+49 30 1",
    ] {
        assert!(page.contains(part), "{part}");
    }
    assert!(!page.contains("<script") && !page.contains("http:") && !page.contains("https:"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn any_words_stay_words(text in any::<String>()) {
        check_harmless(&text);
    }
}
