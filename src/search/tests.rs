//! What is found, in which order, and that an index that was kept up holds what one made at once does.

use proptest::prelude::*;

use super::*;
use crate::guide::write;
use crate::model::term::{Level, Nature};
use crate::model::testing::{incident as id, noon, writer};
use crate::model::{Cursor, EventId, Fold, Incident, IncidentId, Log, LogScope, Span};

const ALL: Most = Most {
    incidents: usize::MAX,
    entries: usize::MAX,
};

fn wanted(_: IncidentId) -> bool {
    true
}

/// Incidents by number, each with texts in fields.
type Texts<'a> = &'a [(u8, &'a [(Field, &'a str)])];

fn document(place: usize, field: Field, text: &str) -> Document {
    Document {
        event: Some(EventId {
            writer: writer(1),
            seq: place as u32 + 1,
        }),
        field,
        when: noon() + Span::minutes(place as i64),
        text: text.to_owned(),
    }
}

fn index(incidents: Texts) -> Index {
    let mut index = Index::new(str::to_lowercase);
    for (number, texts) in incidents {
        for (place, (field, text)) in texts.iter().enumerate() {
            index.add(id(*number), &document(place, *field, text));
        }
    }
    index
}

/// The numbers of the incidents that are found, in order.
fn found(index: &Index, typed: &str) -> Vec<u8> {
    let results = index.find(typed, &wanted, ALL);
    assert_eq!(results.total, results.found.len());
    let number = |found: &Found| (1..=u8::MAX).find(|number| id(*number) == found.incident);
    results.found.iter().filter_map(number).collect()
}

fn check(incidents: Texts, typed: &str, expected: &[u8]) {
    assert_eq!(found(&index(incidents), typed), expected, "{typed:?}");
}

const SHOP: Texts = &[
    (
        1,
        &[
            (Field::Title, "Card payments fail"),
            (Field::Service, "Checkout: down"),
            (
                Field::Text,
                "INC-123: db-01.eu-west.example.com answers 503",
            ),
            (Field::People, "Joined: Zoë"),
        ],
    ),
    (
        2,
        &[
            (Field::Title, "Search is slow"),
            (Field::Text, "The payment provider reports nothing"),
            (Field::Text, "ERR_CONN_REFUSED from INC-124"),
        ],
    ),
    (
        3,
        &[
            (Field::Title, "決済が失敗する"),
            (Field::Text, "Die Größe paßt nicht"),
        ],
    ),
];

#[test]
fn every_word_must_be_somewhere_in_the_incident() {
    check(SHOP, "card checkout", &[1]);
    check(SHOP, "card slow", &[]);
    check(SHOP, "slow provider", &[2]);
    check(SHOP, "the card of checkout", &[1]);
    check(SHOP, "zoe", &[1]);
}

#[test]
fn the_last_word_may_go_on() {
    check(SHOP, "pay", &[1, 2]);
    check(SHOP, "pay fail", &[]);
    check(SHOP, "chec", &[1]);
    check(SHOP, "chekc", &[1]);
    check(SHOP, "\"pay\"", &[]);
    check(SHOP, "\"card pay", &[1]);
}

#[test]
fn slips_are_forgiven() {
    check(SHOP, "chekcout", &[1]);
    check(SHOP, "sheckout", &[1]);
    check(SHOP, "provder reports", &[2]);
    check(SHOP, "504", &[]);
}

#[test]
fn names_and_codes_are_found_whole_and_by_part() {
    for (typed, expected) in [
        ("INC-123", &[1][..]),
        ("inc-12", &[2, 1]),
        ("123", &[1]),
        ("db-01.eu-west.example.com", &[1]),
        ("eu-west", &[1]),
        ("01", &[1]),
        ("err_conn_refused", &[2]),
        ("REFUSED", &[2]),
        ("01-db", &[]),
    ] {
        check(SHOP, typed, expected);
    }
}

#[test]
fn other_scripts_are_found() {
    for (typed, expected) in [
        ("決済", &[3][..]),
        ("失敗", &[3]),
        ("決済失敗", &[]),
        ("決", &[3]),
        ("る", &[3]),
        ("\"済が失敗\"", &[3]),
        ("grosse", &[3]),
        ("GRÖẞE", &[3]),
        ("passt", &[3]),
    ] {
        check(SHOP, typed, expected);
    }
}

#[test]
fn a_phrase_stands_as_it_was_typed() {
    check(SHOP, "\"payments fail\"", &[1]);
    check(SHOP, "\"fail payments\"", &[]);
    check(SHOP, "\"payment provider\" slow", &[2]);
    check(SHOP, "\"fail checkout\"", &[]);
}

#[test]
fn as_typed_goes_before_a_beginning_and_that_before_a_slip() {
    let incidents: Texts = &[
        (1, &[(Field::Title, "cards cards cards")]),
        (2, &[(Field::Title, "care")]),
        (3, &[(Field::Text, "the one card among many other words")]),
    ];
    check(incidents, "card", &[3, 1, 2]);
}

#[test]
fn fields_and_rare_words_count_and_the_latest_is_first_of_equals() {
    let incidents: Texts = &[
        (1, &[(Field::Text, "database"), (Field::Text, "other")]),
        (2, &[(Field::Title, "database"), (Field::Text, "other")]),
        (3, &[(Field::Text, "database")]),
        (4, &[(Field::Text, "database"), (Field::Text, "other")]),
    ];
    assert_eq!(found(&index(incidents), "database").first(), Some(&2));
    let equal: Texts = &[
        (1, &[(Field::Text, "same")]),
        (2, &[(Field::Text, "one"), (Field::Text, "same")]),
        (3, &[(Field::Text, "same"), (Field::Text, "one")]),
    ];
    check(equal, "same one", &[2, 3]);
    check(equal, "", &[2, 3, 1]);
}

#[test]
fn only_wanted_incidents_are_counted_and_no_more_told_than_asked() {
    let index = index(SHOP);
    let results = index.find(
        "",
        &|one| one != id(1),
        Most {
            incidents: 1,
            entries: 0,
        },
    );
    assert_eq!((results.total, results.found.len()), (2, 1));
}

#[test]
fn the_best_entries_are_told_with_what_was_typed_marked() {
    let index = index(SHOP);
    let results = index.find(
        "payment slwo",
        &wanted,
        Most {
            incidents: 5,
            entries: 2,
        },
    );
    let found = &results.found[0];
    let marked: Vec<Vec<&str>> = found
        .entries
        .iter()
        .map(|entry| {
            entry
                .marks
                .iter()
                .map(|mark| &entry.text[mark.from..mark.to])
                .collect()
        })
        .collect();
    assert_eq!((results.total, found.matching), (1, 2));
    assert_eq!(marked, [["payment"], ["slow"]]);
    assert_eq!(found.entries[1].marks[0].fit, Fit::Slip);
    let results = index.find("決済が INC", &wanted, ALL);
    assert_eq!(results.total, 0);
    let results = index.find("\"済が失\"", &wanted, ALL);
    let entry = &results.found[0].entries[0];
    assert_eq!(
        &entry.text[entry.marks[0].from..entry.marks[0].to],
        "済が失"
    );
}

fn appended(log: &mut Log, draft: crate::model::Draft) -> EventId {
    let minutes = Span::minutes(log.events().count() as i64);
    log.append(writer(1), draft, noon() + minutes).id
}

fn folded(log: &Log) -> Incident {
    Fold::of(&[log], Cursor::Now).incident().clone()
}

#[test]
fn an_incident_is_followed_as_events_come_and_what_was_erased_is_gone() {
    let mut log = Log::new(LogScope::Incident(id(1)));
    let mut index = Index::new(str::to_lowercase);
    let none = Incident::default();
    let mut add = |log: &mut Log, draft| {
        let event = appended(log, draft);
        index.note(id(1), &folded(log), event);
        let mut whole = Index::new(str::to_lowercase);
        whole.hold(id(1), &folded(log));
        for typed in [
            "fail",
            "slow",
            "canary",
            "checkout",
            "joined",
            "title",
            "workaround",
        ] {
            assert_eq!(
                index.find(typed, &wanted, ALL),
                whole.find(typed, &wanted, ALL),
                "{typed}"
            );
        }
        assert_eq!(index.entries(), whole.entries());
        (event, format!("{index:?}").contains("canary"))
    };
    add(&mut log, write::declare(Nature::Real));
    add(&mut log, write::title(&none, "Payments fail"));
    let titled = folded(&log);
    add(&mut log, write::title(&titled, "Search is slow"));
    add(&mut log, write::affect(&none, "Checkout", Level::Down));
    let (canary, held) = add(&mut log, write::note("The canary sings"));
    assert!(held);
    add(&mut log, write::tag(canary, "Aviary"));
    let (workaround, _) = add(&mut log, write::workaround("Feed the bird"));
    add(
        &mut log,
        write::remove_workaround(workaround, "It flew away"),
    );
    let (_, held) = add(&mut log, write::retract(workaround));
    assert!(held);
    let erase = write::erase(&folded(&log), canary, "");
    for draft in erase {
        add(&mut log, draft);
    }
    assert!(!add(&mut log, write::note("Done")).1);
}

fn question(title: &str, services: &[&str]) -> Question {
    Question {
        title: title.to_owned(),
        services: services.iter().map(|name| (*name).to_owned()).collect(),
        ..Question::default()
    }
}

fn about(nature: Nature, services: &[&str]) -> About {
    About {
        nature,
        ids: Vec::new(),
        services: services.iter().map(|name| (*name).to_owned()).collect(),
    }
}

#[test]
fn what_is_alike_is_told_with_what_is_in_common() {
    let mut index = Index::new(str::to_lowercase);
    for (number, nature, title, services) in [
        (1, Nature::Real, "Card payments fail", &["Checkout"][..]),
        (2, Nature::Real, "Search is slow", &["Search"]),
        (3, Nature::Drill, "Card payments fail", &["Checkout"]),
        (4, Nature::Sample, "Card payments fail", &["Checkout"]),
        (5, Nature::Real, "Checkout loses baskets", &["Checkout"]),
        (6, Nature::Real, "Card payments fail", &["Checkout"]),
    ] {
        let about = about(nature, services);
        index.replace(id(number), about, &[document(0, Field::Title, title)]);
    }
    let mut asked = question("The payments by CARD are broken", &["Checkout"]);
    asked.leave_out = vec![id(6)];
    let alike = index.alike(&asked, 9);
    let ids: Vec<IncidentId> = alike.iter().map(|alike| alike.incident).collect();
    assert_eq!(ids, [id(1), id(5)]);
    let mut common: Vec<String> = alike[0]
        .shares
        .iter()
        .map(|share| format!("{:?}", share.what))
        .collect();
    common.sort();
    assert_eq!(
        common,
        [
            "Service(\"Checkout\")",
            "Word(\"CARD\")",
            "Word(\"payments\")"
        ]
    );
    let parts: f32 = alike[0].shares.iter().map(|share| share.part).sum();
    assert!((parts - 1.0).abs() < 1e-4 && alike[0].fit > alike[1].fit && alike[0].fit <= 1.0);
    assert_eq!(index.alike(&question("of the", &[]), 9), vec![]);
    assert_eq!(index.alike(&asked, 1).len(), 1);
}

#[test]
fn an_incident_is_not_like_itself_nor_like_those_joined_with_it() {
    let mut index = Index::new(str::to_lowercase);
    let mut log = Log::new(LogScope::Incident(id(1)));
    appended(&mut log, write::declare(Nature::Real));
    appended(
        &mut log,
        write::title(&Incident::default(), "Payments fail"),
    );
    appended(&mut log, write::same_as(id(2)));
    let incident = folded(&log);
    index.hold(id(1), &incident);
    index.replace(
        id(2),
        About::default(),
        &[document(0, Field::Title, "Payments fail")],
    );
    let asked = Question::of(id(1), &incident);
    assert_eq!(asked.title, "Payments fail");
    assert_eq!(index.alike(&asked, 9), vec![]);
    let other = Question {
        leave_out: vec![id(2)],
        ..question("payments", &[])
    };
    assert_eq!(index.alike(&other, 9), vec![]);
}

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z]{1,9}",
        "[a-z]{2,3}-[0-9]{1,4}",
        "[А-Яа-яäöüÄß]{3,8}",
        "[決済失敗障害]{1,5}",
        "\\PC{0,6}",
    ]
}

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(word(), 0..8).prop_map(|words| words.join(" "))
}

fn corpus() -> impl Strategy<Value = Vec<(u8, Field, String)>> {
    let field = prop_oneof![Just(Field::Title), Just(Field::Text), Just(Field::People)];
    prop::collection::vec((1_u8..6, field, text()), 0..14)
}

fn filled(corpus: &[(u8, Field, String)], keep: &dyn Fn(u8) -> bool) -> Index {
    let mut index = Index::new(str::to_lowercase);
    for (place, (number, field, text)) in corpus.iter().enumerate() {
        if keep(*number) {
            index.add(id(*number), &document(place, *field, text));
        }
    }
    index
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn a_texts_own_words_always_find_it(corpus in corpus(), pick: prop::sample::Index) {
        prop_assume!(!corpus.is_empty());
        let index = filled(&corpus, &|_| true);
        let (number, _, text) = &corpus[pick.index(corpus.len())];
        for word in text.split_whitespace() {
            let results = index.find(word, &wanted, ALL);
            prop_assert!(results.found.iter().any(|found| found.incident == id(*number)), "{word:?}");
        }
        let results = index.find(text, &wanted, ALL);
        prop_assert!(results.found.iter().any(|found| found.incident == id(*number)), "{text:?}");
    }

    #[test]
    fn a_word_with_one_slip_is_found(corpus in corpus(), word in "[a-z]{5,14}", slip in 0_usize..4, at: prop::sample::Index, letter in prop::char::range('a', 'z'), before in text()) {
        let mut index = filled(&corpus, &|_| true);
        index.add(id(9), &document(99, Field::Text, &format!("{before} {word}")));
        let mut typed: Vec<char> = word.chars().collect();
        let at = at.index(typed.len() - 1);
        match slip {
            0 => drop(typed.remove(at)),
            1 => typed.insert(at, letter),
            2 => typed[at] = letter,
            _ => typed.swap(at, at + 1),
        }
        let typed: String = typed.into_iter().collect();
        // A word of four letters that five were meant by is within one slip as well.
        for typed in [typed.clone(), format!("{typed} {word}")] {
            let results = index.find(&typed, &wanted, ALL);
            prop_assert!(results.found.iter().any(|found| found.incident == id(9)), "{typed} {word}");
        }
    }

    #[test]
    fn an_index_kept_up_holds_what_one_made_at_once_does(corpus in corpus(), typed in text()) {
        let kept_up = filled(&corpus, &|_| true);
        let mut at_once = Index::new(str::to_lowercase);
        for number in (1..6).rev() {
            let documents: Vec<Document> = corpus.iter().enumerate()
                .filter(|(_, (of, ..))| *of == number)
                .map(|(place, (_, field, text))| document(place, *field, text))
                .rev()
                .collect();
            if !documents.is_empty() {
                at_once.replace(id(number), About::default(), &documents);
            }
        }
        prop_assert_eq!(kept_up.words(), at_once.words());
        prop_assert_eq!(kept_up.find(&typed, &wanted, ALL), at_once.find(&typed, &wanted, ALL));
        let asked = question(&typed, &[]);
        prop_assert_eq!(kept_up.alike(&asked, 9).len(), at_once.alike(&asked, 9).len());
    }

    #[test]
    fn what_was_taken_out_was_never_there(corpus in corpus(), gone in 1_u8..6, typed in text()) {
        let mut index = filled(&corpus, &|_| true);
        index.remove(id(gone));
        let never = filled(&corpus, &|number| number != gone);
        prop_assert_eq!(index.words(), never.words());
        prop_assert_eq!(index.entries(), never.entries());
        prop_assert_eq!(index.find(&typed, &wanted, ALL), never.find(&typed, &wanted, ALL));
        for (_, _, text) in corpus.iter().filter(|(number, ..)| *number == gone) {
            prop_assert_eq!(index.find(text, &wanted, ALL), never.find(text, &wanted, ALL));
        }
        let asked = question(&typed, &[]);
        prop_assert_eq!(index.alike(&asked, 9), never.alike(&asked, 9));
    }

    #[test]
    fn anything_can_be_typed_and_marks_lie_in_the_text(corpus in corpus(), bytes in prop::collection::vec(any::<u8>(), 0..40), typed in text(), quoted: bool) {
        let index = filled(&corpus, &|_| true);
        let bytes = String::from_utf8_lossy(&bytes).into_owned();
        let own = corpus.first().map(|(_, _, text)| text.clone()).unwrap_or_default();
        for typed in [bytes, typed, own] {
            let typed = if quoted { format!("\"{typed}") } else { typed };
            for found in index.find(&typed, &wanted, ALL).found {
                for entry in found.entries {
                    let mut end = 0;
                    for mark in entry.marks {
                        prop_assert!(mark.from >= end && mark.from < mark.to);
                        prop_assert!(entry.text.get(mark.from..mark.to).is_some());
                        end = mark.to;
                    }
                }
            }
            let _ = index.alike(&question(&typed, &["Checkout"]), 3);
        }
    }
}
