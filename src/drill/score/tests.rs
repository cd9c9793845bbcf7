use super::*;
use crate::drill::deliver;
use crate::guide::write;
use crate::model::drill::Speed;
use crate::model::fact::Update;
use crate::model::testing::{incident, noon, writer};
use crate::model::{Cursor, Draft, Fold, Log, LogScope, Person};
use expect_test::{Expect, expect};

const TEXT: &str = "# Two\nRoles: scribe\n## Situation\nTitle: Cards fail\nAnswers: cannot_work, most, getting_worse\n## Expected\n- role major incident manager within 5 min\n- update executives within 10 min: they ask\n- backlog\n## At 2 min\nFrom: Monitoring\nIt is slow\nExpect: hypothesis within 4 min\n## At 6 min\nFrom: An executive\nHow long?\nExpect: update executives within 5 min\n## At 8 min\nFrom: A customer\nHello?\nExpect: update customers within 5 min\n## At 9 min\nFrom: Weather\nRain";

pub(in crate::drill) fn played(speed: u16, acts: &[(i64, Draft)], end: i64) -> Score {
    let end_at = noon() + Span::minutes(end);
    score(&drill(speed, acts, end), end_at).unwrap()
}

/// The incident of a drill, as of its end.
fn drill(speed: u16, acts: &[(i64, Draft)], end: i64) -> Incident {
    let scenario = crate::drill::scenario::read(TEXT).unwrap();
    let mut log = Log::new(LogScope::Incident(incident(1)));
    for draft in crate::drill::start::drafts(&scenario, TEXT, Speed::new(speed)) {
        log.append(writer(1), draft, noon());
    }
    for (minute, draft) in acts {
        log.append(writer(1), draft.clone(), noon() + Span::minutes(*minute));
    }
    let end = noon() + Span::minutes(end);
    let fold = Fold::of(&[&log], Cursor::Now);
    for event in deliver::events(fold.incident(), end) {
        log.add(event);
    }
    log.append(writer(1), write::drill::end(""), end);
    Fold::of(&[&log], Cursor::HappenedBy(end))
        .incident()
        .clone()
}

pub(in crate::drill) fn lead() -> Draft {
    write::assign(
        &Incident::default(),
        Role::MajorIncidentManager,
        Person::from_bytes([1; 10]),
    )
}

pub(in crate::drill) fn update(audience: &str, promised: Option<i64>) -> Draft {
    write::update(Update {
        audience: audience.to_owned(),
        text: "It is slow".to_owned(),
        next_due: promised.map(|minutes| noon() + Span::minutes(minutes)),
        ..Update::default()
    })
}

fn check(score: &Score, expected: &Expect) {
    let mut out = format!(
        "lasted {}, on the wall {}\n",
        words::span(score.lasted),
        words::span(score.on_the_wall)
    );
    for step in &score.steps {
        let took = step
            .reached
            .map(|one| words::span(one.drill))
            .unwrap_or_default();
        let by = step
            .target
            .as_ref()
            .map(|one| format!(", by {}", words::span(one.by)))
            .unwrap_or_default();
        out.push_str(&format!(
            "{}: {took}{by}: {}\n",
            step.title,
            step.verdict.words()
        ));
    }
    for one in &score.expectations {
        let of = one
            .inject
            .map(|number| format!("{number}. "))
            .unwrap_or_default();
        let took = one
            .took
            .map(|one| words::span(one.drill))
            .unwrap_or_default();
        out.push_str(&format!(
            "- {of}{}: {took}: {}\n",
            one.title,
            one.verdict.words()
        ));
    }
    for said in &score.heard {
        let answers = said.answered.as_ref().map(Vec::len);
        out.push_str(&format!("> {} {}: {answers:?}\n", said.minute, said.from));
    }
    for one in &score.forgotten {
        out.push_str(&format!("! {}\n", one.what));
    }
    out.push_str(&format!("{:?}\n", score.met()));
    expected.assert_eq(&out);
}

#[test]
fn a_score_lists_its_parts() {
    let score = played(
        1,
        &[
            (3, lead()),
            (4, update("executives", Some(9))),
            (8, update("executives", None)),
            (20, update("customers", Some(30))),
        ],
        40,
    );
    check(
        &score,
        &expect![[r#"
            lasted 40 min, on the wall 40 min
            Stage “Escalate”: : never
            Stage “Communicate”: : never
            Stage “Work around”: : never
            Stage “Recover”: : never
            The priority is known: : known from the beginning
            Somebody has taken it on: 3 min, by 15 min: in time
            One person leads: 3 min: done; no rule says by when
            Those who can help are called: : never
            Everybody knows where to meet: : never
            Executives have a first word: 4 min, by 15 min: in time
            Customers have a first word: 20 min, by 15 min: 5 min late
            A possible cause is named: : never
            A workaround or a fix is in place: : never
            Service is said to be back: , by 4 h 00: not by the end; its time had not come
            A check of recovery passes: : never
            - Somebody is major incident manager within 5 min: 3 min: in time
            - An update to executives within 10 min: 4 min: in time
            - What had waited is worked off: : never
            - 1. A possible cause is named within 4 min: : never
            - 2. An update to executives within 5 min: 2 min: in time
            - 3. An update to customers within 5 min: 12 min: 7 min late
            > 2 Monitoring: Some(0)
            > 6 An executive: Some(1)
            > 8 A customer: Some(1)
            > 9 Weather: None
            ! Escalate: Those who can help are called
            ! Escalate: Everybody knows where to meet
            ! Work around: The services that are hit are named
            ! Work around: A workaround or a fix is in place
            ! Work around: Something is being tested
            ! Recover: Service is fully back
            ! Recover: Recovery was checked, and holds
            ! Recover: Recovery is watched for a while
            ! Recover: Customers heard that it is over
            ! Recover: Everybody else who was told heard that it is over
            ! Recover: The backlog is drained
            ! Recover: The fault itself is mended
            ! Nobody was scribe
            ! Nobody took up what came at minute 2: Monitoring
            ! What had waited is worked off: it never came
            ! 1 announced update never came
            (3, 6)
        "#]],
    );
}

#[test]
fn nothing_done_is_nothing_met() {
    let score = played(1, &[], 40);
    assert_eq!(score.met(), (0, 6));
    assert!(score.steps.iter().all(|step| step.reached.is_none()));
    // The one inject that expects nothing is not called unanswered.
    let unheard = score
        .forgotten
        .iter()
        .filter(|one| one.what.starts_with("Nobody took up"));
    assert_eq!(unheard.count(), 3);
}

#[test]
fn what_is_not_due_yet_is_not_forgotten() {
    // The second inject comes at minute 6 and asks for something by minute 11.
    for (end, unheard) in [(5, 0), (8, 1), (10, 1), (12, 2), (40, 3)] {
        let score = played(1, &[], end);
        let named = score.forgotten.iter();
        let named = named.filter(|one| one.what.starts_with("Nobody took up"));
        assert_eq!(named.count(), unheard, "{end}: {:?}", score.forgotten);
    }
}

#[test]
fn a_faster_clock_counts_its_own_time_and_says_the_wall_s() {
    let score = played(10, &[(1, lead())], 4);
    let led = score
        .steps
        .iter()
        .find(|step| step.name == "led")
        .unwrap()
        .reached
        .unwrap();
    assert_eq!((led.drill, led.wall), (Span::minutes(10), Span::minutes(1)));
    assert!(!score.plain);
    assert_eq!(
        (score.lasted, score.on_the_wall),
        (Span::minutes(40), Span::minutes(4))
    );
    let role = &score.expectations[0];
    assert_eq!(role.verdict, Verdict::Late(Span::minutes(5)));
}

#[test]
fn every_part_rests_on_entries_that_there_are() {
    let incident = drill(1, &[(3, lead()), (4, update("executives", None))], 40);
    let score = score(&incident, noon() + Span::minutes(40)).unwrap();
    let reached = score.steps.iter().filter_map(|step| step.reached);
    let took = score.expectations.iter().filter_map(|one| one.took);
    let answers = score
        .heard
        .iter()
        .flat_map(|said| said.answered.iter().flatten());
    let rests_on = score.forgotten.iter().flat_map(|one| &one.rests_on);
    let mut all: Vec<EventId> = reached.chain(took).map(|one| one.by).collect();
    all.extend(score.heard.iter().map(|said| said.entry));
    all.extend(answers.chain(rests_on));
    assert!(all.len() > 8, "{all:?}");
    for id in all {
        assert!(incident.entry(id).is_some_and(Entry::stands), "{id}");
    }
    let told = score
        .steps
        .iter()
        .find(|step| step.name == "executives_told")
        .unwrap();
    assert_eq!(told.target.as_ref().unwrap().by, FIRST_WORD);
    assert_eq!(told.verdict, Verdict::InTime);
}

#[test]
fn an_incident_without_a_scenario_has_no_score() {
    assert_eq!(score(&Incident::default(), noon()), None);
}
