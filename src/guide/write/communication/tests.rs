//! What is said to outsiders and authorities: set apart and settled, taken back, erased, in words.

use super as write;
use crate::guide::write::{can_be_taken_back, erase, organisation, retract, settle, update};
use crate::guide::{Act, ConflictOf, advise, timeline};
use crate::model::communication::{Notice, PublicDescription, PublicWord};
use crate::model::fact::Update;
use crate::model::organisation::{AudienceRules, Organisation, RegimeChoice};
use crate::model::term::Phase;
use crate::model::testing::{incident, noon, note, writer};
use crate::model::{
    Cursor, Draft, EventId, Fold, Incident, Kind, Log, LogScope, Span, Standing, Timestamp,
};

fn minute(minute: u8) -> Timestamp {
    noon() + Span::minutes(minute.into())
}

fn folded(log: &Log) -> Incident {
    Fold::of(&[log], Cursor::Now).incident().clone()
}

fn empty() -> Log {
    Log::new(LogScope::Incident(incident(1)))
}

/// A value that two people may set apart from each other.
struct Value {
    set: fn(&Incident, u8) -> Draft,
    holds: fn(&Incident) -> Option<String>,
    conflict: ConflictOf,
    title: &'static str,
}

fn public(incident: &Incident, word: PublicWord, n: u8) -> Draft {
    let text = format!("  Public {n} ");
    write::describe(incident, PublicDescription::of(word, text))
}

fn owned(text: Option<&str>) -> Option<String> {
    text.map(str::to_owned)
}

fn values() -> Vec<Value> {
    let dora = || "dora".to_owned();
    vec![
        Value {
            set: |incident, n| public(incident, PublicWord::What, n),
            holds: |incident| owned(incident.public.said(PublicWord::What)),
            conflict: ConflictOf::Public(PublicWord::What),
            title: "Choose one: for the public, what they notice was set apart",
        },
        Value {
            set: |incident, n| public(incident, PublicWord::Whom, n),
            holds: |incident| owned(incident.public.said(PublicWord::Whom)),
            conflict: ConflictOf::Public(PublicWord::Whom),
            title: "Choose one: for the public, who is hit was set apart",
        },
        Value {
            set: |incident, n| public(incident, PublicWord::Workaround, n),
            holds: |incident| owned(incident.public.said(PublicWord::Workaround)),
            conflict: ConflictOf::Public(PublicWord::Workaround),
            title: "Choose one: for the public, what they can do meanwhile was set apart",
        },
        Value {
            set: |incident, n| write::confirm_customers(incident, n.is_multiple_of(2)),
            holds: |incident| incident.customers_hit().map(|hit| hit.to_string()),
            conflict: ConflictOf::CustomersHit,
            title: "Choose one: whether customers are hit was set apart",
        },
        Value {
            set: |incident, n| write::stamp(incident, "dora", "aware", Some(minute(n))),
            holds: |incident| {
                let at = incident.regimes.get("dora")?.stamp("aware")?;
                Some(at.to_string())
            },
            conflict: ConflictOf::RegimeStamp(dora(), "aware".to_owned()),
            title: "Choose one: when “Became aware” was for DORA was set apart",
        },
        Value {
            set: |incident, n| write::answer(incident, "dora", "clients_hit", &n.to_string()),
            holds: |incident| owned(incident.regimes.get("dora")?.answer("clients_hit")),
            conflict: ConflictOf::RegimeAnswer(dora(), "clients_hit".to_owned()),
            title: "Choose one: “clients hit” for DORA was set apart",
        },
        Value {
            set: |incident, n| write::fill(incident, "dora", "initial", "2.1", &n.to_string()),
            holds: |incident| owned(incident.regimes.get("dora")?.field("initial", "2.1")),
            conflict: ConflictOf::FormField(dora(), "initial".to_owned(), "2.1".to_owned()),
            title: "Choose one: “2.1” in the form DORA, Initial notification was set apart",
        },
    ]
}

/// Two people who set a value without having heard of each other.
fn apart(value: &Value, first: u8, second: u8) -> (Log, [EventId; 2]) {
    let (mut log, mut other) = (empty(), empty());
    let mine = log.append(writer(1), (value.set)(&folded(&log), first), minute(0));
    let theirs = other.append(writer(2), (value.set)(&folded(&other), second), minute(1));
    log.merge(&other);
    (log, [mine.id, theirs.id])
}

#[test]
fn what_was_set_apart_is_found_said_and_settled() {
    for value in values() {
        let (mut log, ids) = apart(&value, 2, 5);
        let held = folded(&log);
        let steps = advise::conflicts(&held);
        let [step] = steps.as_slice() else {
            panic!("{}: {steps:?}", value.title)
        };
        assert_eq!(step.title, value.title);
        assert_eq!(step.act, Act::SettleConflict(value.conflict.clone()));
        assert_eq!(step.because_of, ids);
        for (choice, n) in ids.into_iter().zip([2, 5]) {
            let mut alone = empty();
            alone.append(writer(1), (value.set)(&folded(&alone), n), minute(0));
            let draft = settle(&folded(&log), &value.conflict, choice).unwrap();
            log.append(writer(3), draft, minute(9));
            let settled = folded(&log);
            assert_eq!((value.holds)(&settled), (value.holds)(&folded(&alone)));
            assert_eq!(advise::conflicts(&settled), []);
        }
        let gone = EventId {
            writer: writer(9),
            seq: 1,
        };
        assert_eq!(settle(&folded(&log), &value.conflict, gone), None);
    }
}

#[test]
fn the_same_said_apart_is_no_conflict() {
    for value in values() {
        let (log, _) = apart(&value, 4, 4);
        assert_eq!(advise::conflicts(&folded(&log)), [], "{}", value.title);
    }
}

#[test]
fn taking_back_and_erasing_bring_back_what_was_before() {
    for value in values() {
        let mut log = empty();
        let set = |log: &mut Log, n: u8| {
            let draft = (value.set)(&folded(log), n);
            log.append(writer(1), draft, minute(n)).id
        };
        set(&mut log, 2);
        let before = (value.holds)(&folded(&log));
        assert!(before.is_some(), "{}", value.title);
        let second = set(&mut log, 5);
        let after = (value.holds)(&folded(&log));
        assert_ne!(after, before);
        let back = log.append(writer(1), retract(second), minute(6)).id;
        assert_eq!((value.holds)(&folded(&log)), before);
        log.append(writer(1), retract(back), minute(7));
        assert_eq!((value.holds)(&folded(&log)), after);
        for draft in erase(&folded(&log), second, "") {
            log.append(writer(1), draft, minute(8));
        }
        let erased = folded(&log);
        assert_eq!((value.holds)(&erased), before, "{}", value.title);
        assert_eq!(advise::conflicts(&erased), []);
    }
}

#[test]
fn what_was_replaced_stays_so_when_what_replaced_it_is_taken_back() {
    for value in values() {
        let mut log = empty();
        let ids = [2, 5, 6].map(|n| {
            let draft = (value.set)(&folded(&log), n);
            log.append(writer(1), draft, minute(n)).id
        });
        let last = (value.holds)(&folded(&log));
        log.append(writer(1), retract(ids[1]), minute(8));
        let held = folded(&log);
        assert_eq!((value.holds)(&held), last, "{}", value.title);
        // Another that replaces what holds is then alone.
        let draft = (value.set)(&held, 9);
        assert_eq!(draft.replaces, [ids[2]], "{}", value.title);
    }
}

#[test]
fn each_public_word_is_set_on_its_own() {
    let mut log = empty();
    let all = PublicDescription {
        what: Some("Cards fail".to_owned()),
        whom: Some("Shops".to_owned()),
        workaround: Some("Pay in cash".to_owned()),
    };
    let first = write::describe(&folded(&log), all);
    let first = log.append(writer(1), first, minute(0)).id;
    let two = PublicDescription {
        what: Some("Card payments fail".to_owned()),
        whom: None,
        workaround: Some("  ".to_owned()),
    };
    let draft = write::describe(&folded(&log), two);
    assert_eq!(draft.replaces, [first, first]);
    let second = log.append(writer(2), draft, minute(1)).id;
    let said = |log: &Log| {
        let public = folded(log).public;
        PublicWord::ALL.map(|word| owned(public.said(word)))
    };
    let owned = |texts: [Option<&str>; 3]| texts.map(|text| text.map(str::to_owned));
    assert_eq!(
        said(&log),
        owned([Some("Card payments fail"), Some("Shops"), None])
    );
    log.append(writer(2), retract(second), minute(2));
    assert_eq!(
        said(&log),
        owned([Some("Cards fail"), Some("Shops"), Some("Pay in cash")])
    );
}

#[test]
fn an_answer_that_nobody_knows_is_none_and_a_field_may_stay_empty() {
    let mut log = empty();
    for draft in [
        write::answer(&folded(&log), "dora", "clients", " "),
        write::fill(&folded(&log), "dora", "initial", "2.1", " "),
    ] {
        log.append(writer(1), draft, minute(0));
    }
    let held = folded(&log);
    let dora = &held.regimes["dora"];
    assert_eq!(dora.answer("clients"), None);
    assert_eq!(dora.field("initial", "2.1"), Some(""));
    assert_eq!(dora.field("initial", "2.2"), None);
    assert_eq!(dora.field("final", "2.1"), None);
}

#[test]
fn a_stamp_is_back_dated_and_corrected_like_any_other() {
    let mut log = empty();
    let aware = |log: &Log| folded(log).regimes.get("dora")?.stamp("aware");
    let draft = write::stamp(&folded(&log), "dora", "aware", None);
    let first = log.append(writer(1), draft, minute(30)).id;
    assert_eq!(aware(&log), Some(minute(30)));
    let draft = write::stamp(&folded(&log), "dora", "aware", Some(minute(10)));
    assert_eq!(draft.replaces, [first]);
    let second = log.append(writer(2), draft, minute(31)).id;
    assert_eq!(aware(&log), Some(minute(10)));
    let held = folded(&log);
    let amended = crate::guide::write::amend_time(held.entry(second).unwrap(), minute(12));
    log.append(writer(2), amended, minute(32));
    assert_eq!(aware(&log), Some(minute(12)));
    for id in [second, first] {
        log.append(writer(2), retract(id), minute(33));
    }
    assert_eq!(aware(&log), None);
}

#[test]
fn only_the_approved_text_is_approved_for_its_audience() {
    let mut log = empty();
    let approved = log.append(
        writer(1),
        write::approve("customers", "We know.\n"),
        minute(0),
    );
    let held = folded(&log);
    let of = |audience: &str, text: &str| held.approval(audience, text).map(crate::model::Said::id);
    assert_eq!(of("customers", " We know."), Some(approved.id));
    assert_eq!(of("customers", "We know it."), None);
    assert_eq!(of("executives", "We know."), None);
    log.append(writer(1), retract(approved.id), minute(1));
    assert_eq!(folded(&log).approval("customers", "We know."), None);
}

fn sent() -> Update {
    Update {
        audience: "customers".to_owned(),
        text: "All is well.".to_owned(),
        reference: "https://status.example.org/1".to_owned(),
        ..Update::default()
    }
}

fn notice() -> Notice {
    Notice {
        regime: "dora".to_owned(),
        report: "initial".to_owned(),
        reference: "2026-77".to_owned(),
        channel: "portal".to_owned(),
        because: "The portal was down".to_owned(),
    }
}

#[test]
fn what_left_the_house_cannot_be_taken_back_here_and_the_fold_still_hears_of_it() {
    let mut log = empty();
    let drafts = [
        (update(sent()), false),
        (write::notify(notice(), Some(minute(1))), false),
        (note("seen"), true),
        (write::approve("customers", "We know."), true),
        (
            write::stamp(&Incident::default(), "dora", "aware", None),
            true,
        ),
    ];
    for (draft, may) in drafts {
        let kind = draft.kind.clone();
        let event = log.append(writer(1), draft, minute(2));
        assert_eq!(event.seal.is_some(), !may, "{kind} is sealed");
        let held = folded(&log);
        let verdict = can_be_taken_back(held.entry(event.id).unwrap());
        assert_eq!(verdict.is_ok(), may, "{kind}");
        if let Err(why) = verdict {
            assert!(why.ends_with('.'), "{why}");
        }
    }
    let held = folded(&log);
    let sent: Vec<_> = held.regimes["dora"].sent("initial").collect();
    let [said] = sent.as_slice() else {
        panic!("{sent:?}")
    };
    assert_eq!((said.when, &said.what), (minute(1), &notice()));
    assert_eq!(held.regimes["dora"].sent("final").count(), 0);
    let ids: Vec<EventId> = held.timeline.iter().map(|entry| entry.id()).collect();
    for id in ids {
        log.append(writer(2), retract(id), minute(3));
    }
    let held = folded(&log);
    assert_eq!(held.updates, []);
    assert_eq!(held.regimes.get("dora"), None);
    let gone = held.timeline.iter();
    let gone = gone.filter(|entry| matches!(entry.standing, Standing::Retracted(_)));
    assert_eq!(gone.count(), 5);
}

#[test]
fn each_kind_has_its_sentence() {
    let mut log = empty();
    let nobody = Incident::default();
    let first = log.append(writer(1), update(sent()), minute(0)).id;
    let correction = Update {
        text: "Cards fail.".to_owned(),
        phase: Some(Phase::Investigating),
        corrects: Some(first),
        ..sent()
    };
    let both = PublicDescription {
        what: Some("Cards fail".to_owned()),
        whom: Some("Shops".to_owned()),
        workaround: None,
    };
    let regimes = |names: &[&str]| {
        let choice = RegimeChoice {
            regimes: names.iter().map(|name| (*name).to_owned()).collect(),
            ..RegimeChoice::default()
        };
        organisation::choose_regimes(&nobody, choice)
    };
    let merchants = AudienceRules {
        name: "merchants".to_owned(),
        outside: true,
        ..AudienceRules::default()
    };
    for (draft, lead, text, detail) in [
        (
            update(correction),
            "Correction to customers (investigating)",
            "Cards fail.",
            "Found at https://status.example.org/1\nIn the place of “All is well.”",
        ),
        (
            write::notify(notice(), None),
            "Reported to the authority",
            "DORA, Initial notification",
            "By: portal\nReference: 2026-77\nLate because: The portal was down",
        ),
        (
            write::describe(&nobody, both),
            "For the public",
            "Cards fail · Shops",
            "",
        ),
        (
            public(&nobody, PublicWord::Whom, 1),
            "For the public, who is hit",
            "Public 1",
            "",
        ),
        (
            write::confirm_customers(&nobody, true),
            "Customers",
            "are hit, a person confirms",
            "",
        ),
        (
            write::confirm_customers(&nobody, false),
            "Customers",
            "are not hit, a person confirms",
            "",
        ),
        (
            write::approve("technical", "We know."),
            "Approved for technical teams",
            "We know.",
            "",
        ),
        (
            write::stamp(&nobody, "uk_gdpr", "aware", None),
            "Clock starts",
            "UK GDPR, Became aware",
            "",
        ),
        (
            write::answer(&nobody, "dora", "clients_hit", "not_sure"),
            "Answer for DORA",
            "clients hit: not sure",
            "",
        ),
        (
            write::answer(&nobody, "dora", "clients_hit", ""),
            "Answer for DORA",
            "clients hit: not known",
            "",
        ),
        (
            write::fill(&nobody, "dora", "initial", "2.1", "Cards fail"),
            "Form for DORA",
            "Initial notification, 2.1",
            "Cards fail",
        ),
        (
            organisation::define_audience(&nobody, merchants),
            "Audience",
            "merchants",
            "",
        ),
        (
            organisation::remove_audience(&nobody, "merchants"),
            "Audience removed",
            "merchants",
            "",
        ),
        (
            regimes(&["dora", "uk_gdpr"]),
            "Regimes that apply",
            "DORA, UK GDPR",
            "",
        ),
        (regimes(&[]), "Regimes that apply", "none", ""),
    ] {
        let id = log.append(writer(1), draft, minute(1)).id;
        let held = folded(&log);
        let entry = held.entry(id).unwrap();
        let line = timeline::line(&held, entry);
        assert_eq!(
            (line.lead.as_str(), line.text.as_str(), line.detail.as_str()),
            (lead, text, detail)
        );
        assert!(!matches!(entry.kind, Kind::Other(_)));
    }
}

#[test]
fn the_library_keeps_audiences_and_regimes_and_gives_back_the_host_s() {
    let host = || {
        Organisation::read(
            r#"{
            "audiences": [{"name": "customers", "outside": true}, {"name": "board", "outside": false}],
            "regimes": ["gdpr"], "entity": {"lei": "x"}, "zone": "Europe/Oslo", "holidays": ["2026-12-24"]
        }"#,
        )
        .unwrap()
    };
    let mut log = Log::new(LogScope::Library);
    let now = |log: &Log| folded(log).library.over(host());
    assert_eq!(now(&log), host());

    let rules = |name: &str| AudienceRules {
        name: name.to_owned(),
        outside: true,
        tone: "plain".to_owned(),
        ..AudienceRules::default()
    };
    for name in ["customers", "merchants"] {
        let draft = organisation::define_audience(&folded(&log), rules(name));
        log.append(writer(1), draft, minute(0));
    }
    let draft = organisation::remove_audience(&folded(&log), "board");
    let removed = log.append(writer(1), draft, minute(1)).id;
    let names = |held: &Organisation| -> Vec<String> {
        let audiences = held.audiences.iter();
        audiences.map(|rules| rules.name.clone()).collect()
    };
    assert_eq!(names(&now(&log)), ["customers", "merchants"]);
    assert_eq!(now(&log).audience(" Customers "), Some(&rules("customers")));
    log.append(writer(1), retract(removed), minute(2));
    assert_eq!(names(&now(&log)), ["customers", "board", "merchants"]);

    let choice = RegimeChoice {
        regimes: vec!["dora".to_owned()],
        ..RegimeChoice::default()
    };
    let draft = organisation::choose_regimes(&folded(&log), choice.clone());
    let chosen = log.append(writer(1), draft, minute(3)).id;
    let held = now(&log);
    assert_eq!(held.regimes, choice.regimes);
    assert!(held.entity.is_empty() && held.zone.is_empty() && held.holidays.is_empty());
    let none = organisation::choose_regimes(&folded(&log), RegimeChoice::default());
    assert_eq!(none.replaces, [chosen]);
    log.append(writer(2), none, minute(4));
    assert_eq!(now(&log).regimes, Vec::<String>::new());
}
