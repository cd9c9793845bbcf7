use super::*;
use crate::guide::write;
use crate::model::drill::Speed;
use crate::model::testing::{incident, noon, writer};
use crate::model::{Cursor, Fold, Log, LogScope, Span};

#[test]
fn what_comes_with_muster_is_worth_an_hour() {
    let shelf = shelf(std::iter::empty());
    assert_eq!(shelf.len(), BUILT_IN.len());
    for Offered { scenario, .. } in &shelf {
        let name = &scenario.name;
        assert!(scenario.injects.len() >= 12, "{name}");
        assert_eq!(scenario.minutes, 60, "{name}");
        assert!(
            !scenario.trains.is_empty() && !scenario.facilitator.is_empty(),
            "{name}"
        );
        let mut speakers: Vec<&str> = scenario
            .injects
            .iter()
            .map(|one| one.from.as_str())
            .collect();
        speakers.sort_unstable();
        speakers.dedup();
        assert!(speakers.len() >= 5, "{name}: {speakers:?}");
        for inject in &scenario.injects {
            assert!(
                !inject.look_for.is_empty() && !inject.expected.is_empty(),
                "{name}, minute {}",
                inject.minute
            );
        }
    }
}

/// What is expected can be met: each names only what the log can show, and regimes that there are.
#[test]
fn what_is_expected_can_be_said() {
    use crate::classify::regime::RegimeId;
    use crate::classify::targets::Audience;
    use crate::drill::expected::Deed;
    for Offered { scenario, .. } in shelf(std::iter::empty()) {
        let from_injects = scenario.injects.iter().flat_map(|one| &one.expected);
        for expected in scenario.expected.iter().chain(from_injects) {
            match &expected.deed {
                Deed::Clock(regime) | Deed::Reported(regime) => {
                    assert!(RegimeId::named(regime).is_some(), "{regime}")
                }
                Deed::Told(audience) => assert!(Audience::named(audience).is_some(), "{audience}"),
                Deed::Role(role) | Deed::HandedOver(role) => {
                    assert!(crate::model::term::Role::KNOWN.contains(role))
                }
                _ => {}
            }
        }
    }
}

#[test]
fn a_scenario_of_one_s_own_is_offered_once_in_its_latest_words() {
    let own = "# Own\n## Situation\nTitle: It is slow\n## At 1 min\nFrom: Bo\nHello";
    let later = own.replace("Hello", "Hello again");
    let shelf = shelf([own, BUILT_IN[0], "nonsense", &later].into_iter());
    assert_eq!(shelf.len(), BUILT_IN.len() + 1);
    assert_eq!(shelf[BUILT_IN.len()].text, later);
}

#[test]
fn a_drill_begins_as_its_situation_says() {
    let text = "# Own\n## Situation\nTitle: It is slow\nService: Search, down\nAnswers: cannot_work, most, getting_worse\nSince noon.\n## At 1 min\nFrom: Bo\nHello";
    let scenario = read(text).unwrap();
    let mut log = Log::new(LogScope::Incident(incident(1)));
    for draft in crate::drill::start::drafts(&scenario, text, Speed::NORMAL) {
        log.append(writer(1), draft, noon());
    }
    log.append(writer(1), write::drill::skip(1), noon() + Span::minutes(1));
    let fold = Fold::of(&[&log], Cursor::Now);
    let incident = fold.incident();
    assert_eq!(incident.nature(), crate::model::term::Nature::Drill);
    assert_eq!(incident.title(), Some("It is slow"));
    assert!(incident.is_major() && incident.level("Search").is_some());
    assert_eq!(
        incident.drill.start().map(|said| said.what.text.as_str()),
        Some(text)
    );
}
