//! DORA's and NIS2's own tests: every limit, and what is open against all completions.

use super::*;

const HUGE: u64 = 1_000_000_000_000;

fn answer(question: &Question, value: u64) -> Answer {
    match question.kind {
        Kind::YesNo => Answer::YesNo(value > 0),
        _ => Answer::Number(value),
    }
}

fn answers(id: RegimeId, values: &[Option<u64>]) -> Answers {
    let mut answers = Answers::default();
    for (question, value) in id.questions().iter().zip(values) {
        let answer = value.map(|value| answer(question, value));
        answers.set(question, answer).expect("of its kind");
    }
    answers
}

/// Everything is no or nothing, but these.
fn but(id: RegimeId, facts: &str) -> Answers {
    let mut answers = answers(id, &vec![Some(0); id.questions().len()]);
    for fact in facts.split_whitespace() {
        let (key, text) = fact.split_once('=').expect("key=value");
        let question = id.question(key).unwrap_or_else(|| panic!("{key}"));
        let answer = question.read(text).expect("an answer");
        answers.set(question, Some(answer)).expect("of its kind");
    }
    answers
}

fn is_met(id: RegimeId, entity: Entity, facts: &str) -> bool {
    match id.test(&but(id, facts), &entity) {
        Some(Verdict::Met { because }) => {
            assert!(!because.is_empty(), "{facts}");
            true
        }
        Some(Verdict::NotMet { .. }) => false,
        other => panic!("{facts}: {other:?}"),
    }
}

#[test]
fn doras_limits_are_to_be_exceeded() {
    let met = |facts: &str| is_met(RegimeId::Dora, Entity::default(), facts);
    let one = "dora_critical_ict=yes dora_data=yes";
    for (key, limit, more) in [
        ("dora_clients_percent", "10", "10.001"),
        ("dora_clients", "100000", "100001"),
        ("dora_counterparts_percent", "30", "30.001"),
        ("dora_transactions_percent", "10", "10.001"),
        ("dora_amounts_percent", "10", "10.001"),
        ("dora_relevant_client", "no", "yes"),
        ("dora_media", "no", "yes"),
        ("dora_complaints", "no", "yes"),
        ("dora_rules_missed", "no", "yes"),
        ("dora_client_loss", "no", "yes"),
        ("dora_duration_minutes", "1440", "1441"),
        ("dora_downtime_minutes", "120", "121"),
        ("dora_states", "1", "2"),
        ("dora_costs_eur", "100000", "100001"),
    ] {
        assert!(!met(&format!("{one} {key}={limit}")), "{key}");
        assert!(met(&format!("{one} {key}={more}")), "{key}");
        assert!(!met(&format!("dora_data=yes {key}={more}")), "{key} alone");
    }
}

#[test]
fn what_makes_it_major() {
    let met = |facts: &str| is_met(RegimeId::Dora, Entity::default(), facts);
    for (facts, major) in [
        ("", false),
        ("dora_critical_ict=yes", false),
        ("dora_states=2 dora_data=yes", false),
        (
            "dora_supervised_services=yes dora_states=2 dora_data=yes",
            true,
        ),
        (
            "dora_malicious_access=yes dora_states=2 dora_data=yes",
            true,
        ),
        (
            "dora_malicious_access=yes dora_access_may_lose_data=yes",
            true,
        ),
        ("dora_malicious_access=yes", false),
        ("dora_critical_ict=yes dora_access_may_lose_data=yes", false),
        // Several figures of one criterion count once.
        (
            "dora_critical_ict=yes dora_clients=200000 dora_relevant_client=yes",
            false,
        ),
        (
            "dora_critical_ict=yes dora_duration_minutes=9999 dora_downtime_minutes=9999",
            false,
        ),
        ("dora_recurring=yes", true),
    ] {
        assert_eq!(met(facts), major, "{facts}");
    }
    let micro = Entity {
        microenterprise: true,
        ..Entity::default()
    };
    assert!(!is_met(RegimeId::Dora, micro, "dora_recurring=yes"));
}

#[test]
fn nis2_rows() {
    use Nis2Kind as K;
    let digital = &[K::Cloud, K::Cdn, K::Managed][..];
    let users = &[K::Marketplace, K::Search, K::Social][..];
    let rows: &[(&[K], &str, bool)] = &[
        (K::ALL, "", false),
        (
            K::ALL,
            "nis2_loss_eur=500001 nis2_turnover_eur=100000000",
            true,
        ),
        (
            K::ALL,
            "nis2_loss_eur=500000 nis2_turnover_eur=100000000",
            false,
        ),
        (
            K::ALL,
            "nis2_loss_eur=50001 nis2_turnover_eur=1000000",
            true,
        ),
        (
            K::ALL,
            "nis2_loss_eur=50000 nis2_turnover_eur=1000000",
            false,
        ),
        (K::ALL, "nis2_trade_secrets=yes", true),
        (K::ALL, "nis2_death=yes", true),
        (K::ALL, "nis2_health=yes", true),
        (K::ALL, "nis2_malicious_access=yes", true),
        (K::ALL, "nis2_recurring=yes", true),
        (K::ALL, "nis2_death=yes nis2_planned=yes", false),
        (&[K::Dns], "nis2_down_minutes=30", false),
        (&[K::Dns], "nis2_down_minutes=31", true),
        (&[K::Dns, K::Tld], "nis2_slow_minutes=60", false),
        (&[K::Dns, K::Tld], "nis2_slow_minutes=61", true),
        (
            &[K::Dns],
            "nis2_data=yes nis2_domains=999 nis2_domains_percent=1",
            false,
        ),
        (
            &[K::Dns],
            "nis2_data=yes nis2_domains=1000 nis2_domains_percent=1",
            true,
        ),
        (
            &[K::Dns],
            "nis2_data=yes nis2_domains=999 nis2_domains_percent=1.1",
            true,
        ),
        (&[K::Tld, K::DataCentre], "nis2_down_minutes=1", true),
        (&[K::Tld], "nis2_data=yes", true),
        (digital, "nis2_down_minutes=30", false),
        (digital, "nis2_down_minutes=31", true),
        (
            digital,
            "nis2_users_percent=5.1 nis2_limited_minutes=60",
            false,
        ),
        (
            digital,
            "nis2_users_percent=5 nis2_limited_minutes=61",
            false,
        ),
        (
            digital,
            "nis2_users_percent=5.1 nis2_limited_minutes=61",
            true,
        ),
        (digital, "nis2_users=1000001 nis2_limited_minutes=61", true),
        (digital, "nis2_data_malicious=yes", true),
        (digital, "nis2_data_users_percent=5", false),
        (digital, "nis2_data_users_percent=5.1", true),
        (digital, "nis2_data_users=1000001", true),
        (&[K::DataCentre], "nis2_limited_minutes=60", false),
        (&[K::DataCentre], "nis2_limited_minutes=61", true),
        (&[K::DataCentre], "nis2_data_malicious=yes", true),
        (&[K::DataCentre], "nis2_physical_access=yes", true),
        (users, "nis2_users_percent=5", false),
        (users, "nis2_users_percent=5.1", true),
        (users, "nis2_users=1000000", false),
        (users, "nis2_users=1000001", true),
        (users, "nis2_data_malicious=yes", true),
        (users, "nis2_data_users=1000001", true),
        (users, "nis2_down_minutes=9999", false),
        (&[K::Trust], "nis2_down_minutes=20", false),
        (&[K::Trust], "nis2_down_minutes=21", true),
        (&[K::Trust], "nis2_down_week_minutes=60", false),
        (&[K::Trust], "nis2_down_week_minutes=61", true),
        (&[K::Trust], "nis2_users_percent=1", false),
        (&[K::Trust], "nis2_users_percent=1.1", true),
        (&[K::Trust], "nis2_users=200000", false),
        (&[K::Trust], "nis2_users=200001", true),
        (&[K::Trust], "nis2_physical_access=yes", true),
        (&[K::Trust], "nis2_data_users_percent=0.1", false),
        (&[K::Trust], "nis2_data_users_percent=0.101", true),
        (&[K::Trust], "nis2_data_users=100", false),
        (&[K::Trust], "nis2_data_users=101", true),
    ];
    for (kinds, facts, expected) in rows {
        for kind in *kinds {
            let entity = Entity {
                nis2: Some(*kind),
                ..Entity::default()
            };
            assert_eq!(
                is_met(RegimeId::Nis2, entity, facts),
                *expected,
                "{kind:?} {facts}"
            );
        }
    }
}

#[test]
fn every_kind_is_asked_its_own_questions() {
    let asked = |kind| nis2::questions(kind).len();
    assert_eq!(asked(Nis2Kind::Dns), 13);
    assert_eq!(asked(Nis2Kind::Marketplace), 13);
    assert_eq!(asked(Nis2Kind::Cloud), 15);
}

/// DORA's rule on full answers, in the order of its questions.
fn is_major(values: &[u64], entity: &Entity) -> bool {
    let [
        ict,
        supervised,
        access,
        access_data,
        clients_pc,
        clients,
        counterparts,
        transactions,
        amounts,
        relevant,
        media,
        complaints,
        rules,
        client_loss,
        duration,
        downtime,
        states,
        data,
        costs,
        recurring,
    ] = values
        .try_into()
        .map(|all: [u64; 20]| all)
        .expect("all answers");
    let met = [
        clients_pc > 10_000
            || clients > 100_000
            || counterparts > 30_000
            || transactions > 10_000
            || amounts > 10_000
            || relevant > 0,
        media + complaints + rules + client_loss > 0,
        duration > 1_440 || downtime > 120,
        states >= 2,
        data > 0,
        costs > 100_000,
    ];
    let met = met.iter().filter(|met| **met).count();
    let critical = ict + supervised + access > 0;
    (critical && (met >= 2 || (access > 0 && access_data > 0)))
        || (recurring > 0 && !entity.microenterprise)
}

/// NIS2's rule on full answers, in the order of its questions.
fn is_significant(values: &[u64], entity: &Entity) -> bool {
    let [
        planned,
        loss,
        turnover,
        secrets,
        death,
        health,
        access,
        recurring,
        down,
        week,
        slow,
        limited,
        users_pc,
        users,
        malicious,
        data,
        data_pc,
        data_users,
        domains,
        domains_pc,
        physical,
    ] = values
        .try_into()
        .map(|all: [u64; 21]| all)
        .expect("all answers");
    let too_much = (loss as f64) > (turnover as f64 * 0.05).min(500_000.0);
    let many = users_pc > 5_000 || users > 1_000_000;
    let compromised = malicious > 0 || data_pc > 5_000 || data_users > 1_000_000;
    let own = match entity.nis2 {
        None => false,
        Some(Nis2Kind::Dns) => {
            let few = domains < 1_000 && domains_pc <= 1_000;
            down > 30 || slow > 60 || (data > 0 && !few)
        }
        Some(Nis2Kind::Tld) => down > 0 || slow > 60 || data > 0,
        Some(Nis2Kind::Cloud | Nis2Kind::Cdn | Nis2Kind::Managed) => {
            down > 30 || (many && limited > 60) || compromised
        }
        Some(Nis2Kind::DataCentre) => down > 0 || limited > 60 || malicious > 0 || physical > 0,
        Some(Nis2Kind::Marketplace | Nis2Kind::Search | Nis2Kind::Social) => many || compromised,
        Some(Nis2Kind::Trust) => {
            down > 20
                || week > 60
                || users_pc > 1_000
                || users > 200_000
                || physical > 0
                || data_pc > 100
                || data_users > 100
        }
    };
    let all = too_much || secrets + death + health + access + recurring > 0;
    planned == 0 && (all || own)
}

/// What a missing answer can be, so that every way it can turn is among them.
fn possible(question: &Question) -> &'static [u64] {
    match question.key {
        "nis2_loss_eur" => &[0, 400_000, HUGE],
        _ => &[0, HUGE],
    }
}

/// The verdict by trying everything: met or not if all agree, else the questions that ever turn it.
fn by_trying(
    id: RegimeId,
    values: &[Option<u64>],
    holds: impl Fn(&[u64]) -> bool,
) -> Result<bool, Vec<&'static str>> {
    let questions = id.questions();
    let open: Vec<usize> = (0..values.len())
        .filter(|at| values[*at].is_none())
        .collect();
    let mut full: Vec<u64> = values.iter().map(|value| value.unwrap_or(0)).collect();
    let total: usize = open
        .iter()
        .map(|at| possible(questions[*at]).len())
        .product();
    let results: Vec<bool> = (0..total)
        .map(|mut number| {
            for at in &open {
                let possible = possible(questions[*at]);
                full[*at] = possible[number % possible.len()];
                number /= possible.len();
            }
            holds(&full)
        })
        .collect();
    if results.iter().all(|result| *result == results[0]) {
        return Ok(results[0]);
    }
    let mut turning = Vec::new();
    let mut stride = 1;
    for at in &open {
        let count = possible(questions[*at]).len();
        let turns = (0..total)
            .filter(|number| number / stride % count + 1 < count)
            .any(|number| results[number] != results[number + stride]);
        if turns {
            turning.push(questions[*at].key);
        }
        stride *= count;
    }
    turning.sort_unstable();
    Err(turning)
}

fn agrees(
    id: RegimeId,
    values: &[Option<u64>],
    entity: &Entity,
    holds: fn(&[u64], &Entity) -> bool,
) -> Result<(), TestCaseError> {
    let expected = by_trying(id, values, |full| holds(full, entity));
    let found = match id.test(&answers(id, values), entity) {
        Some(Verdict::Met { .. }) => Ok(true),
        Some(Verdict::NotMet { .. }) => Ok(false),
        Some(Verdict::Undecided { missing }) => {
            let mut keys: Vec<&str> = missing.iter().map(|question| question.key).collect();
            keys.sort_unstable();
            Err(keys)
        }
        None => panic!("{id:?} has a test"),
    };
    prop_assert_eq!(found, expected);
    Ok(())
}

/// Answers that are mostly no, so that the open ones matter; at most nine are open.
fn values(count: usize) -> impl Strategy<Value = Vec<Option<u64>>> {
    let number = prop_oneof![
        6 => Just(0_u64),
        1 => prop::sample::select(vec![
            1, 2, 20, 21, 30, 31, 60, 61, 100, 101, 120, 121, 999, 1_000, 1_001, 1_440, 1_441,
            5_000, 5_001, 10_000, 10_001, 30_000, 30_001, 100_000, 100_001, 200_000, 200_001,
            400_000, 500_000, 500_001, 1_000_000, 1_000_001, 8_000_000, 100_000_000, HUGE,
        ]),
    ];
    let open = prop::collection::vec(0..count, 0..9);
    (prop::collection::vec(number, count), open).prop_map(|(numbers, open)| {
        let mut values: Vec<Option<u64>> = numbers.into_iter().map(Some).collect();
        for at in open {
            values[at] = None;
        }
        values
    })
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn dora_is_decided_as_soon_as_it_can_be(values in values(20), entity in entity()) {
        agrees(RegimeId::Dora, &values, &entity, is_major)?;
    }

    #[test]
    fn nis2_is_decided_as_soon_as_it_can_be(values in values(21), entity in entity()) {
        agrees(RegimeId::Nis2, &values, &entity, is_significant)?;
    }
}
