//! Values that several people set: conflicts are found on both sides, and settled once.

use std::fmt::Debug;

use proptest::prelude::*;

use super::super::communication::*;
use super::super::fact::*;
use super::super::id::EventId;
use super::super::incident::Incident;
use super::super::log::{Draft, Log};
use super::super::organisation::{AudienceRules, RegimeChoice};
use super::super::register::Register;
use super::super::term::*;
use super::config;
use super::world::*;

/// The values that an incident has, of each kind of register one.
#[derive(Clone, Copy, Debug)]
enum Value {
    Title,
    Summary,
    PublicWhom,
    CustomersHit,
    Priority,
    Stage,
    Restored,
    Lead,
    Mail,
    Aware,
    Clients,
    Field,
    Audience,
    Regimes,
    Closing,
}

const VALUES: [Value; 15] = [
    Value::Title,
    Value::Summary,
    Value::PublicWhom,
    Value::CustomersHit,
    Value::Priority,
    Value::Stage,
    Value::Restored,
    Value::Lead,
    Value::Mail,
    Value::Aware,
    Value::Clients,
    Value::Field,
    Value::Audience,
    Value::Regimes,
    Value::Closing,
];

/// What an incident says of a value.
#[derive(PartialEq, Eq, Debug)]
struct Answer {
    holds: Option<String>,
    heads: Vec<EventId>,
    conflict: Vec<EventId>,
}

fn answer<T: PartialEq + Debug>(register: Option<&Register<T>>) -> Answer {
    let empty = Register::default();
    let register = register.unwrap_or(&empty);
    Answer {
        holds: register.current().map(|value| format!("{value:?}")),
        heads: register.to_replace(),
        conflict: register
            .conflict()
            .iter()
            .map(|(setting, _)| setting.id())
            .collect(),
    }
}

fn dora(incident: &Incident) -> Option<&RegimeRecord> {
    incident.regimes.get("dora")
}

impl Value {
    fn in_incident(self, incident: &Incident) -> Answer {
        match self {
            Self::Title => answer(Some(&incident.title)),
            Self::Summary => answer(Some(&incident.summary)),
            Self::PublicWhom => answer(Some(&incident.public.whom)),
            Self::CustomersHit => answer(Some(&incident.customers_hit)),
            Self::Priority => answer(Some(&incident.classification)),
            Self::Stage => answer(Some(&incident.stage)),
            Self::Restored => answer(incident.stamps.get(&Stamp::Restored)),
            Self::Lead => answer(incident.roles.get(&Role::MajorIncidentManager)),
            Self::Mail => answer(incident.services.get("mail")),
            Self::Aware => answer(dora(incident).and_then(|dora| dora.stamps.get("aware"))),
            Self::Clients => answer(dora(incident).and_then(|dora| dora.answers.get("clients"))),
            Self::Field => answer(dora(incident).and_then(|dora| dora.entries("initial", "2.1"))),
            Self::Audience => answer(incident.library.audiences.get("all")),
            Self::Regimes => answer(Some(&incident.library.regimes)),
            Self::Closing => answer(Some(&incident.closing)),
        }
    }

    fn of(self, log: &Log) -> Answer {
        self.in_incident(&incident_of(log))
    }

    fn fact(self, n: u8) -> Fact {
        let words = format!("words {n}");
        match self {
            Self::Title => Fact::Described(Description {
                title: Some(words),
                summary: None,
            }),
            Self::Summary => Fact::Described(Description {
                title: None,
                summary: Some(words),
            }),
            Self::PublicWhom => {
                Fact::PublicDescribed(PublicDescription::of(PublicWord::Whom, words))
            }
            Self::CustomersHit => Fact::ImpactConfirmed(ImpactConfirmation {
                customers: n.is_multiple_of(2),
            }),
            Self::Aware => Fact::RegimeStamped(RegimeStamp {
                regime: "dora".to_owned(),
                trigger: "aware".to_owned(),
            }),
            Self::Clients => Fact::RegimeAnswered(RegimeAnswer {
                regime: "dora".to_owned(),
                question: "clients".to_owned(),
                answer: words,
            }),
            Self::Field => Fact::FormFilled(FormEntry {
                regime: "dora".to_owned(),
                report: "initial".to_owned(),
                field: "2.1".to_owned(),
                text: words,
            }),
            Self::Audience => Fact::AudienceDefined(AudienceRules {
                name: "all".to_owned(),
                tone: words,
                ..AudienceRules::default()
            }),
            Self::Regimes => Fact::RegimesChosen(RegimeChoice {
                regimes: vec![words],
                ..RegimeChoice::default()
            }),
            Self::Priority => Fact::Classified(Classification {
                priority: Priority::new(n % 5 + 1),
                ..Classification::default()
            }),
            Self::Stage => Fact::StageEntered(StageEntry {
                stage: Stage::ALL[usize::from(n) % 6],
                open: vec![],
                reason: String::new(),
            }),
            Self::Restored => Fact::Observed(Observation {
                stamp: Stamp::Restored,
            }),
            Self::Lead => Fact::RoleAssigned(Assignment {
                role: Role::MajorIncidentManager,
                person: person(usize::from(n)),
            }),
            Self::Mail => Fact::ServiceAffected(Affected {
                service: "mail".to_owned(),
                level: Level::ALL[usize::from(n) % 3],
            }),
            Self::Closing => Fact::Closed(Closure {
                outcome: words,
                ..Closure::default()
            }),
        }
    }

    /// Sets it as the screen does: in place of all that holds there.
    fn set(self, log: &mut Log, who: u64, n: u8, minute: i64) -> EventId {
        let replaces = self.of(log).heads;
        log.append(
            writer(who),
            Draft {
                replaces,
                ..self.fact(n).draft()
            },
            after(minute),
        )
        .id
    }
}

fn value() -> impl Strategy<Value = Value> {
    prop::sample::select(&VALUES[..])
}

fn settings(fewest: usize) -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(0..3_u8, fewest..4)
}

fn set_all(value: Value, log: &mut Log, who: u64, settings: &[u8]) -> Option<EventId> {
    settings.iter().map(|n| value.set(log, who, *n, 10)).last()
}

fn exchange(a: &mut Log, b: &mut Log) {
    a.merge(b);
    b.merge(a);
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn values_set_apart_are_in_conflict_on_both_sides_where_they_differ_and_settled_once(
        value in value(), before in settings(0), by_a in settings(1), by_b in settings(1), settled in 0..3_u8,
    ) {
        let mut a = empty();
        set_all(value, &mut a, 1, &before);
        let mut b = a.clone();
        let heads = [set_all(value, &mut a, 2, &by_a), set_all(value, &mut b, 3, &by_b)].map(Option::unwrap);
        exchange(&mut a, &mut b);
        prop_assert_eq!(value.of(&a), value.of(&b));
        let (mut found, mut expected) = (value.of(&a).conflict, heads.to_vec());
        found.sort_unstable();
        expected.sort_unstable();
        let differ = value.fact(*by_a.last().unwrap()) != value.fact(*by_b.last().unwrap());
        prop_assert_eq!(found, if differ { expected } else { vec![] });
        let settling = value.set(&mut b, 3, settled, 20);
        exchange(&mut a, &mut b);
        for log in [&a, &b] {
            prop_assert_eq!(value.of(log).heads, vec![settling]);
            prop_assert_eq!(value.of(log).conflict, vec![]);
        }
    }

    #[test]
    fn settled_on_both_sides_apart_only_the_settlings_are_in_conflict(
        value in value(), by_a in settings(1), by_b in settings(1), settled in any::<(u8, u8)>(),
    ) {
        let (mut a, mut b) = (empty(), empty());
        set_all(value, &mut a, 2, &by_a);
        set_all(value, &mut b, 3, &by_b);
        exchange(&mut a, &mut b);
        let settlings = [value.set(&mut a, 2, settled.0, 20), value.set(&mut b, 3, settled.1, 20)];
        exchange(&mut a, &mut b);
        prop_assert_eq!(value.of(&a), value.of(&b));
        let mut heads = value.of(&a).heads;
        heads.sort_unstable();
        let mut expected = settlings.to_vec();
        expected.sort_unstable();
        prop_assert_eq!(heads, expected);
        let last = value.set(&mut a, 2, 0, 30);
        exchange(&mut a, &mut b);
        prop_assert_eq!(value.of(&b).heads, vec![last]);
    }

    #[test]
    fn in_any_world_setting_a_value_in_place_of_all_that_holds_settles_it(script in nasty(), value in value(), n in 0..3_u8) {
        let world = script.play();
        let mut log = world.everything();
        let settling = value.set(&mut log, 900, n, 0);
        let answer = value.of(&log);
        // Somebody may have erased or taken back what they could not yet have seen.
        prop_assume!(incident_of(&log).entry(settling).unwrap().stands());
        prop_assert_eq!(answer.heads, vec![settling]);
        prop_assert_eq!(answer.conflict, vec![]);
    }

    #[test]
    fn taking_back_the_settling_brings_the_conflict_back(value in value(), by_a in settings(1), by_b in settings(1)) {
        let (mut a, mut b) = (empty(), empty());
        set_all(value, &mut a, 2, &by_a);
        set_all(value, &mut b, 3, &by_b);
        exchange(&mut a, &mut b);
        let before = value.of(&a);
        let settling = value.set(&mut a, 2, 0, 20);
        let retracted = a.append(writer(2), about(super::super::kind::Kind::Retracted, settling), after(30)).id;
        prop_assert_eq!(value.of(&a), before);
        a.append(writer(2), about(super::super::kind::Kind::Retracted, retracted), after(40));
        prop_assert_eq!(value.of(&a).heads, vec![settling]);
    }

    #[test]
    fn a_level_said_later_about_earlier_never_overrides_a_later_one(
        said in prop::collection::vec((1..4_u64, 0..3_usize, prop::option::of(-300..60_i64)), 1..10), seed: u64,
    ) {
        let mut pages: Vec<Log> = (0..4).map(|_| empty()).collect();
        let mut last = None;
        for (n, (who, level, dated)) in said.into_iter().enumerate() {
            let noted = n as i64;
            let draft = hit(Level::ALL[level]);
            let draft = Draft { at: dated.map(after), ..draft };
            let event = pages[who as usize].append(writer(who), draft, after(noted));
            last = last.max(Some((event.at.unwrap_or(event.noted), event.tick, event.id, level)));
        }
        let mut all = empty();
        shuffled(&pages, seed).iter().for_each(|page| drop(all.merge(page)));
        let level = last.map(|(_, _, _, level)| Level::ALL[level]);
        prop_assert_eq!(incident_of(&all).level("mail"), level);
    }
}

#[test]
fn the_later_of_two_values_holds_until_somebody_settles() {
    let (mut a, mut b) = (empty(), empty());
    a.append(
        writer(1),
        at(title("Mail is down", vec![]), after(5)),
        after(20),
    );
    b.append(writer(2), title("Mail is slow", vec![]), after(10));
    exchange(&mut a, &mut b);
    assert_eq!(incident_of(&a).title(), Some("Mail is slow"));
    assert_eq!(incident_of(&b).title(), Some("Mail is slow"));
}
