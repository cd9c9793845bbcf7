use super::*;
use crate::model::laws::cases;
use proptest::prelude::*;

fn known(part: Part, names: &[&str]) -> Vec<Known> {
    let one = |name: &&str| Known {
        part,
        name: (*name).to_owned(),
        also: Vec::new(),
        exact: Vec::new(),
    };
    names.iter().map(one).collect()
}

fn people_and_services() -> Vec<Known> {
    let mut all = known(Part::People, &["Bo", "Will"]);
    all.push(Known {
        part: Part::People,
        name: "Ada Lind".to_owned(),
        also: vec!["Ada".to_owned(), "Lind".to_owned()],
        exact: Vec::new(),
    });
    all.extend(known(
        Part::Services,
        &[
            "core-payments",
            "payments",
            "core-payments-eu",
            "Search",
            "支付",
            "Service 1",
        ],
    ));
    all
}

fn redactor(texts: &[&str]) -> Redactor {
    let mut redactor = Redactor::new(&Choice::default(), people_and_services());
    texts.iter().for_each(|text| redactor.beware(text));
    redactor
}

/// What the text becomes, and that it can be turned back.
fn check(text: &str, expected: &str) {
    let mut redactor = redactor(&[text]);
    let redacted = redactor.redact(text);
    assert_eq!(redacted, expected, "{text}");
    let (back, unknown) = meanings(&redactor).turned_back(&redacted, &|_| false);
    // What had a stand-in's form before means nobody, and stays.
    assert!(unknown.iter().all(|one| redactor.taken.contains(one)));
    let without = |text: &str| text.to_ascii_lowercase();
    if !text.contains("Lind") && !text.contains("Ada") {
        assert_eq!(without(&back), without(text));
    }
}

fn meanings(redactor: &Redactor) -> Meanings {
    let given = redactor.given();
    Meanings(given.map(|(one, real)| (one, real.to_owned())).collect())
}

#[test]
fn names_become_stand_ins_and_come_back() {
    for (text, expected) in [
        ("Bo restarts payments", "Responder 1 restarts Service 1"),
        (
            "bo, Bo and BO's pager",
            "Responder 1, Responder 1 and Responder 1's pager",
        ),
        ("Both robots boil", "Both robots boil"),
        ("Will will see", "Responder 1 will see"),
        (
            "Ada Lind called Ada; lind answered",
            "Responder 1 called Responder 1; Responder 1 answered",
        ),
        // One name within another: the longest counts.
        (
            "core-payments-eu, core-payments, payments",
            "Service 1, Service 2, Service 3",
        ),
        // A longer word that has a name is another name, with a stand-in of its own.
        ("payments2 and SearchIndex", "Service 1 and Service 2"),
        ("prod_payments_db", "prod_Service 1_db"),
        // Scripts without spaces.
        ("支付失败", "Service 1失败"),
        // What looks like a stand-in already is given to nobody else.
        (
            "Service 2 of payments, Service 2x",
            "Service 2 of Service 1, Service 2x",
        ),
        ("Responder 1 and Bo", "Responder 1 and Responder 2"),
        (
            "the service called Service 1",
            "the service called Service 2",
        ),
        ("Service 1234567 payments", "Service 2 payments"),
    ] {
        if text == "Service 1234567 payments" {
            // "Service 1" is a name here, and no part of a longer number.
            check(text, "Service 1234567 Service 1");
            continue;
        }
        check(text, expected);
    }
}

#[test]
fn letters_of_any_script_are_compared_small_and_short_parts_as_they_are_written() {
    let mut all = known(Part::People, &["Åsa Öberg", "Νίκος", "İbrahim", "Жанна"]);
    all.push(Known {
        part: Part::People,
        name: "Chi Li".to_owned(),
        also: vec!["chi".to_owned()],
        exact: vec!["Li".to_owned()],
    });
    for (text, expected) in [
        ("ÅSA ÖBERG, åsa öberg: ok", "Responder 1, Responder 1: ok"),
        ("ask νίκος or ΝΊΚΟΣ", "ask Responder 1 or Responder 1"),
        (
            "ibrahim, IBRAHIM and İBRAHİM.",
            "Responder 1, Responder 1 and Responder 1.",
        ),
        ("İİ İbrahim’s pager", "İİ Responder 1’s pager"),
        ("ЖАННА", "Responder 1"),
        (
            "CHI and Li, not li nor LI",
            "Responder 1 and Responder 1, not li nor LI",
        ),
    ] {
        let mut redactor = Redactor::new(&Choice::default(), all.clone());
        assert_eq!(redactor.redact(text), expected, "{text}");
    }
    // A name in full is one in any letters, also where it is a part of another's.
    all.extend(known(Part::People, &["Li"]));
    let mut redactor = Redactor::new(&Choice::default(), all);
    assert_eq!(redactor.redact("li, Li"), "Responder 1, Responder 1");
}

#[test]
fn a_name_has_another_digest_in_each_brief() {
    assert_eq!(digest_of_name("a", "Ada"), digest_of_name("a", "Ada"));
    assert_ne!(digest_of_name("a", "Ada"), digest_of_name("b", "Ada"));
    assert_ne!(digest_of_name("a", "Ada"), digest("Ada"));
}

#[test]
fn what_has_a_form_of_its_own_is_found_wherever_it_stands() {
    for (text, expected) in [
        ("see https://wiki.example/a?b=c#d.", "see Link 1."),
        ("(http://10.0.0.1:8080/x)", "(Link 1)"),
        ("db-01.prod.example.com is down", "Link 1 is down"),
        (
            "on db1.internal:5432, twice db1.internal:5432",
            "on Link 1:5432, twice Link 1:5432",
        ),
        ("host=db1.example.net/x", "host=Link 1/x"),
        (
            "It failed.Then main.rs and app.json did",
            "It failed.Then main.rs and app.json did",
        ),
        (
            "at 02:13:45 on 2026-11-24, v1.2.3, 3.5 %",
            "at 02:13:45 on 2026-11-24, v1.2.3, 3.5 %",
        ),
        ("2026-11-24T02:13:45.000Z", "2026-11-24T02:13:45.000Z"),
        ("mail chi@example.org!", "mail Mail 1!"),
        ("chi+x@mail.example.org, root@localhost", "Mail 1, Mail 2"),
        (
            "10.1.2.3 and 10.1.2.3/24 and 10.1.2.3:443",
            "Address 1 and Address 2/24 and Address 2",
        ),
        ("2001:db8::1, fe80::1%eth0", "Address 1, Address 2"),
        (
            "00:1a:2b:3c:4d:5e or 00-1A-2B-3C-4D-5E",
            "Address 1 or Address 2",
        ),
        ("AKIAIOSFODNN7EXAMPLE", "Secret 1"),
        ("id 550e8400-e29b-41d4-a716-446655440000", "id Secret 1"),
        (
            "the password is swordfish, token=abc",
            "the password is Secret 1, token=Secret 2",
        ),
        (
            "card 4111 1111 1111 1111 of 123456789",
            "card Secret 1 of Secret 2",
        ),
        ("call +47 22 33 44 55 now", "call Contact 1 now"),
    ] {
        let mut redactor = redactor(&[text]);
        let redacted = redactor.redact(text);
        if text.starts_with("10.1.2.3") {
            assert!(!redacted.contains("10.1"), "{redacted}");
        } else if text.starts_with("2001") {
            assert!(
                !redacted.contains("db8") && !redacted.contains("fe80"),
                "{redacted}"
            );
        } else {
            assert_eq!(redacted, expected, "{text}");
        }
        let (back, unknown) = meanings(&redactor).turned_back(&redacted, &|_| false);
        assert_eq!((back.as_str(), unknown), (text, vec![]));
    }
}

#[test]
fn only_what_was_chosen_is_replaced() {
    let choice = Choice {
        parts: [Part::Services].into_iter().collect(),
        others: Vec::new(),
    };
    let mut redactor = Redactor::new(&choice, people_and_services());
    let text = "Bo: payments at 10.0.0.1, https://payments.example/";
    assert_eq!(
        redactor.redact(text),
        "Bo: Service 1 at 10.0.0.1, https://Service 1.example/"
    );
    let none = Choice {
        parts: BTreeSet::new(),
        others: Vec::new(),
    };
    let mut redactor = Redactor::new(&none, people_and_services());
    assert_eq!(redactor.redact(text), text);
}

#[test]
fn a_piece_that_reaches_beyond_another_is_one_with_it() {
    let mut redactor = Redactor::new(
        &Choice::default(),
        known(Part::Services, &["billing db.example.com"]),
    );
    let redacted = redactor.redact("the billing db.example.com:5432 is full");
    assert!(
        !redacted.contains("billing") && !redacted.contains("example"),
        "{redacted}"
    );
}

#[test]
fn an_answer_may_spell_a_stand_in_a_little_otherwise() {
    let mut redactor = redactor(&[]);
    assert_eq!(redactor.redact("payments"), "Service 1");
    let meanings = meanings(&redactor);
    for (said, expected) in [
        ("service 1, SERVICE\u{a0}1", "payments, payments"),
        ("Service 1's queue", "payments's queue"),
        (
            "Service 12 and Services 1 and MyService 1",
            "Service 12 and Services 1 and MyService 1",
        ),
    ] {
        assert_eq!(meanings.turned_back(said, &|_| false).0, expected);
    }
    let (text, unknown) = meanings.turned_back("Service 9", &|_| false);
    assert_eq!((text.as_str(), unknown.len()), ("Service 9", 1));
    let (text, unknown) = meanings.turned_back("Service 1", &|part| part == Part::Services);
    assert_eq!(
        (text.as_str(), unknown.len()),
        ("Service 1", 0),
        "it may stay"
    );
}

/// Words that texts of incidents are made of, with names in them.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("Bo".to_owned()),
        Just("payments".to_owned()),
        Just("core-payments-eu".to_owned()),
        Just("Search".to_owned()),
        Just("db1.example.com".to_owned()),
        Just("https://x.example/p".to_owned()),
        Just("chi@example.org".to_owned()),
        Just("10.0.0.1".to_owned()),
        Just("Service 1".to_owned()),
        Just("Service 2".to_owned()),
        Just("Responder 1".to_owned()),
        Just("支付".to_owned()),
        "[ .,;:/@=_#\"'(){}1-9a-zA-Z\u{e9}\u{5d0}-]{0,6}",
        "\\PC{0,4}",
    ];
    prop::collection::vec((piece, prop_oneof![Just(" "), Just(""), Just(", ")]), 0..12).prop_map(
        |pieces| {
            let mut text = String::new();
            for (piece, gap) in pieces {
                text.push_str(&piece);
                text.push_str(gap);
            }
            text
        },
    )
}

/// The words of a text as anybody would cut them.
fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words.map(str::to_ascii_lowercase).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]

    #[test]
    fn with_everything_chosen_no_name_is_left(texts in prop::collection::vec(any_text(), 1..4)) {
        let mut redactor = Redactor::new(&Choice::default(), people_and_services());
        texts.iter().for_each(|text| redactor.beware(text));
        for text in &texts {
            let redacted = redactor.redact(text);
            for gone in ["https://x.example/p", "10.0.0.1", "支付"] {
                prop_assert!(!redacted.contains(gone), "{gone} in {redacted} of {text}");
            }
            let words = words(&redacted);
            for gone in ["bo", "payments", "search"] {
                prop_assert!(!words.iter().any(|word| word == gone), "{gone} in {redacted} of {text}");
            }
        }
    }

    #[test]
    fn stand_ins_come_back_as_what_they_stood_for(texts in prop::collection::vec(any_text(), 1..4)) {
        let mut redactor = Redactor::new(&Choice::default(), people_and_services());
        texts.iter().for_each(|text| redactor.beware(text));
        let redacted: Vec<String> = texts.iter().map(|text| redactor.redact(text)).collect();
        let meanings = meanings(&redactor);
        for (text, redacted) in texts.iter().zip(&redacted) {
            let (back, _) = meanings.turned_back(redacted, &|_| false);
            prop_assert_eq!(back.to_ascii_lowercase(), text.to_ascii_lowercase(), "by {}", redacted);
        }
    }

    #[test]
    fn one_name_has_one_stand_in_and_no_two_have_the_same(texts in prop::collection::vec(any_text(), 1..4)) {
        let mut redactor = Redactor::new(&Choice::default(), people_and_services());
        for text in &texts {
            redactor.redact(text);
        }
        let all: Vec<StandIn> = redactor.given().map(|(one, _)| one).collect();
        let different: BTreeSet<StandIn> = all.iter().copied().collect();
        prop_assert_eq!(all.len(), different.len());
    }
}
