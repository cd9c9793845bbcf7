//! What the organisation's services and contacts mean for an incident: what else is hit, who must be
//! called, what it costs.

use crate::guide::step::{Act, Step, step};
use crate::model::organisation::{Contact, Organisation, Service};
use crate::model::term::{Effect, Level, Scope};
use crate::model::{Incident, Timestamp};

/// The services that cannot do without this one, directly or through others, nearest first.
pub fn dependents<'a>(organisation: &'a Organisation, service: &str) -> Vec<&'a Service> {
    let mut found: Vec<&Service> = Vec::new();
    let mut of = vec![service];
    let mut next = 0;
    while let Some(name) = of.get(next).copied() {
        next += 1;
        for other in &organisation.services {
            let depends = other
                .depends_on
                .iter()
                .any(|on| on.eq_ignore_ascii_case(name.trim()));
            let known = other.name.eq_ignore_ascii_case(service.trim())
                || found.iter().any(|held| held.name == other.name);
            if depends && !known {
                found.push(other);
                of.push(&other.name);
            }
        }
    }
    found
}

/// Who must be called and was not: those whom this priority calls, and the owners of what is hit.
/// Each with why.
pub fn to_call<'a>(
    organisation: &'a Organisation,
    incident: &Incident,
) -> Vec<(&'a Contact, String)> {
    let called = |contact: &Contact| {
        let mut pages = incident.pages.iter();
        pages.any(|said| {
            said.what
                .page
                .who
                .trim()
                .eq_ignore_ascii_case(&contact.name)
        })
    };
    let mut found: Vec<(&Contact, String)> = Vec::new();
    let mut add = |contact: &'a Contact, why: String| {
        let known = found.iter().any(|(held, _)| held.name == contact.name);
        if !called(contact) && !known {
            found.push((contact, why));
        }
    };
    for (name, _) in incident.affected() {
        let owner = organisation
            .service(name)
            .map(|service| service.owner.as_str());
        if let Some(owner) = owner.and_then(|owner| organisation.contact(owner)) {
            add(owner, format!("They look after {name}, which is hit."));
        }
    }
    if let Some(priority) = incident.priority() {
        for contact in &organisation.contacts {
            if contact.priorities.contains(&priority) {
                add(
                    contact,
                    format!("At {priority} they are called, whoever declared it."),
                );
            }
        }
    }
    found
}

/// A step for each who must be called.
pub fn steps(organisation: &Organisation, incident: &Incident) -> Vec<Step> {
    let calls = to_call(organisation, incident).into_iter();
    calls
        .map(|(contact, why)| {
            step(
                &format!("call_{}", contact.name),
                format!("Call {}", contact.name),
                why,
                "Call them",
                Act::CallContact(contact.name.clone()),
            )
        })
        .collect()
}

/// How a service was from one instant to another: hit to some level.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hit {
    /// To which level.
    pub level: Level,
    /// From when.
    pub from: Timestamp,
    /// Until when; none while it lasts.
    pub to: Option<Timestamp>,
}

/// How each service that was ever hit was over time, by name.
pub fn history(incident: &Incident) -> Vec<(String, Vec<Hit>)> {
    let services = incident.services.iter();
    let all = services.map(|(name, register)| {
        let mut levels: Vec<(Timestamp, Option<Level>)> = register
            .standing()
            .map(|(setting, level)| (setting.when, *level))
            .collect();
        crate::model::order::sort_by_key(&mut levels, |(when, _)| *when);
        let ends = levels.iter().skip(1).map(|(when, _)| Some(*when));
        let hits = levels.iter().zip(ends.chain([None]));
        let hits = hits.filter_map(|((from, level), to)| {
            let (level, from) = ((*level)?, *from);
            Some(Hit { level, from, to })
        });
        (name.clone(), hits.collect())
    });
    all.collect()
}

/// What it has cost until now, in whole units: each service for as long as it was hit, partly hit
/// ones as whole. None where no service that is hit has a cost.
pub fn cost(organisation: &Organisation, incident: &Incident, now: Timestamp) -> Option<u64> {
    let mut total = None;
    for (name, hits) in history(incident) {
        let service = organisation.service(&name);
        let Some(per_minute) = service.and_then(|service| service.cost_per_minute) else {
            continue;
        };
        let lasted = |hit: &Hit| {
            let to = hit.to.unwrap_or(now);
            (to - hit.from).whole_minutes().max(0)
        };
        let minutes: i64 = hits.iter().map(lasted).sum();
        let cost = u64::try_from(minutes).unwrap_or(0) * u64::from(per_minute);
        total = Some(total.unwrap_or(0) + cost);
    }
    total
}

/// What a service's place in the catalogue says of how much is lost with it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Suggestion {
    /// What people cannot do, where it is down.
    pub effect: Effect,
    /// How many they are.
    pub scope: Scope,
    /// Why, in a sentence.
    pub why: String,
}

/// How many services that cannot do without it make one as grave as one of tier 1.
const GRAVE: usize = 3;

/// What to answer when this service is down. Muster's own default: tier 1 stops most people's work,
/// so does what three others cannot do without; tier 2 stops many.
pub fn suggestion(organisation: &Organisation, name: &str) -> Option<Suggestion> {
    let service = organisation.service(name)?;
    let without = dependents(organisation, name).len();
    let (scope, many, because) = match service.tier {
        Some(1) => (Scope::Most, "Most", "it is of tier 1".to_owned()),
        _ if without >= GRAVE => (
            Scope::Most,
            "Most",
            format!("{without} services cannot do without it"),
        ),
        Some(2) => (Scope::Many, "Many", "it is of tier 2".to_owned()),
        _ => return None,
    };
    Some(Suggestion {
        effect: Effect::CannotWork,
        scope,
        why: format!(
            "With {} down: “Cannot work” and “{many}”, for {because} (Muster's own default).",
            service.name
        ),
    })
}

/// What is known of a service, in a line.
pub fn about(organisation: &Organisation, name: &str) -> String {
    let Some(service) = organisation.service(name) else {
        return String::new();
    };
    let names = |services: Vec<&Service>| {
        let names: Vec<&str> = services
            .iter()
            .map(|service| service.name.as_str())
            .collect();
        names.join(", ")
    };
    let hit = names(dependents(organisation, name));
    let parts = [
        service.tier.map(|tier| format!("Tier {tier}")),
        (!service.owner.is_empty()).then(|| format!("looked after by {}", service.owner)),
        service
            .cost_per_minute
            .map(|cost| format!("{cost} {} a minute", organisation.currency).replace("  ", " ")),
        (!service.depends_on.is_empty())
            .then(|| format!("needs {}", service.depends_on.join(", "))),
        (!hit.is_empty()).then(|| format!("without it do not work: {hit}")),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guide::write;
    use crate::model::fact::Classification;
    use crate::model::term::Priority;
    use crate::model::testing::{incident, noon, writer};
    use crate::model::{Cursor, Draft, Fold, Log, LogScope, Span};

    fn shop() -> Organisation {
        Organisation::read(
            r#"{"currency": "EUR",
            "services": [
                {"name": "Network", "owner": "Network team"},
                {"name": "Database", "owner": "Data team", "depends_on": ["Network"], "cost_per_minute": 10},
                {"name": "Checkout", "owner": "Shop team", "depends_on": ["Database", "Cards"], "tier": 1, "cost_per_minute": 100},
                {"name": "Cards", "depends_on": ["Network", "Checkout"]},
                {"name": "Careers page"}
            ],
            "contacts": [
                {"name": "Data team", "reach": "+49 1"}, {"name": "Duty manager", "priorities": [1, 2]},
                {"name": "Head of operations", "priorities": [1]}
            ]}"#,
        )
        .unwrap()
    }

    /// Something that is written down at a minute.
    type Line<'a> = (i64, &'a dyn Fn(&Incident) -> Draft);

    fn fold(drafts: &[Line<'_>]) -> Fold {
        let mut log = Log::new(LogScope::Incident(incident(1)));
        let mut fold = Fold::of(&[&log], Cursor::Now);
        for (minute, draft) in drafts {
            log.append(
                writer(1),
                draft(fold.incident()),
                noon() + Span::minutes(*minute),
            );
            fold = Fold::of(&[&log], Cursor::Now);
        }
        fold
    }

    fn at(priority: Priority) -> impl Fn(&Incident) -> Draft {
        move |incident| {
            let classification = Classification {
                priority: Some(priority),
                ..Classification::default()
            };
            write::classify(incident, classification)
        }
    }

    #[test]
    fn what_depends_on_a_service_is_found_through_others_and_circles() {
        let organisation = shop();
        for (service, expected) in [
            ("network", &["Database", "Cards", "Checkout"][..]),
            ("Database", &["Checkout", "Cards"]),
            ("Cards", &["Checkout"]),
            ("Careers page", &[]),
            ("Nothing", &[]),
        ] {
            let found: Vec<&str> = dependents(&organisation, service)
                .iter()
                .map(|service| service.name.as_str())
                .collect();
            assert_eq!(found, expected, "{service}");
        }
    }

    #[test]
    fn raising_the_priority_calls_whom_a_declaration_would_have_called() {
        let organisation = shop();
        let names = |fold: &Fold| -> Vec<String> {
            let calls = to_call(&organisation, fold.incident());
            calls
                .iter()
                .map(|(contact, _)| contact.name.clone())
                .collect()
        };
        let hit = |incident: &Incident| write::affect(incident, "database", Level::Down);
        let call = |_: &Incident| {
            write::page(&write::Call {
                who: "duty manager".to_owned(),
                ..write::Call::default()
            })
        };
        let at_three = fold(&[(0, &at(Priority::P3)), (1, &hit)]);
        assert_eq!(names(&at_three), ["Data team"]);
        let at_two = fold(&[(0, &at(Priority::P3)), (1, &hit), (2, &at(Priority::P2))]);
        assert_eq!(names(&at_two), ["Data team", "Duty manager"]);
        let raised = fold(&[(0, &at(Priority::P2)), (1, &call), (2, &at(Priority::P1))]);
        assert_eq!(names(&raised), ["Head of operations"]);
    }

    #[test]
    fn costs_run_while_a_service_is_hit() {
        let organisation = shop();
        let down = |incident: &Incident| write::affect(incident, "Checkout", Level::Down);
        let slow = |incident: &Incident| write::affect(incident, "Checkout", Level::Degraded);
        let back = |incident: &Incident| write::restore(incident, "Checkout");
        let free = |incident: &Incident| write::affect(incident, "Careers page", Level::Down);
        let after = |fold: &Fold| cost(&organisation, fold.incident(), noon() + Span::minutes(60));
        assert_eq!(after(&fold(&[(0, &free)])), None);
        assert_eq!(after(&fold(&[(0, &down), (5, &slow)])), Some(6_000));
        assert_eq!(
            after(&fold(&[(0, &down), (10, &back), (50, &down)])),
            Some(2_000)
        );
    }

    #[test]
    fn a_services_place_in_the_catalogue_suggests_the_answers() {
        let scope = |name: &str, organisation: &Organisation| {
            suggestion(organisation, name).map(|suggestion| suggestion.scope)
        };
        let shop = shop();
        for (name, expected) in [
            ("checkout ", Some(Scope::Most)),
            ("Network", Some(Scope::Most)),
            ("Database", None),
            ("Careers page", None),
            ("Nothing", None),
        ] {
            assert_eq!(scope(name, &shop), expected, "{name}");
        }
        let second = r#"{"services": [{"name": "Search", "tier": 2}]}"#;
        let second = Organisation::read(second).unwrap();
        assert_eq!(scope("Search", &second), Some(Scope::Many));
        let why = suggestion(&shop, "Network").unwrap().why;
        assert!(why.contains("3 services cannot do without it"), "{why}");
    }

    #[test]
    fn a_service_is_described_in_a_line() {
        assert_eq!(
            about(&shop(), "Database"),
            "looked after by Data team · 10 EUR a minute · needs Network · without it do not work: Checkout, Cards"
        );
        assert_eq!(about(&shop(), "Nothing"), "");
    }
}
