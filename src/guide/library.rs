//! The library in words, and what two people changed in it apart from each other.
//!
//! Compares and words only; `write::organisation::settle` writes what a person chooses.

use crate::guide::{brief, words};
use crate::model::organisation::{AudienceRules, Contact, RegimeChoice, Rhythm, Service};
use crate::model::{EventId, Incident, Register, Setting, Timestamp, Writer};

/// Something that the library holds one of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Item {
    /// A runbook, by its id.
    Runbook(String),
    /// A service.
    Service(String),
    /// A person or team.
    Contact(String),
    /// An audience.
    Audience(String),
    /// The regimes that apply.
    Regimes,
}

/// One of the values that stand apart.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Choice {
    /// The event that set it.
    pub event: EventId,
    /// The value in words.
    pub words: String,
    /// Who set it.
    pub by: String,
    /// When.
    pub when: Timestamp,
}

/// What was changed by people who had not seen each other's change.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Apart {
    /// What it is about.
    pub item: Item,
    /// The same in words.
    pub title: String,
    /// The values to choose from.
    pub choices: Vec<Choice>,
}

/// Everything in the library that was changed apart and not settled yet.
pub fn apart(library: &Incident) -> Vec<Apart> {
    let held = &library.library;
    let mut found = Vec::new();
    let mut look = |item: Item, title: String, choices: Vec<Choice>| {
        if !choices.is_empty() {
            found.push(Apart {
                item,
                title,
                choices,
            });
        }
    };
    for (name, register) in &held.runbooks {
        let words = |text: &String| runbook_in_words(text);
        let title = format!("The runbook “{name}”");
        look(
            Item::Runbook(name.clone()),
            title,
            choices(library, register, &words),
        );
    }
    for (name, register) in &held.services {
        let title = format!("The service “{name}”");
        look(
            Item::Service(name.clone()),
            title,
            choices(library, register, &service),
        );
    }
    for (name, register) in &held.contacts {
        let title = format!("The contact “{name}”");
        look(
            Item::Contact(name.clone()),
            title,
            choices(library, register, &contact),
        );
    }
    for (name, register) in &held.audiences {
        let title = format!("The audience “{name}”");
        look(
            Item::Audience(name.clone()),
            title,
            choices(library, register, &audience),
        );
    }
    let chosen = held.regimes.conflict().into_iter();
    let chosen = chosen.map(|(setting, choice)| {
        let words = regimes(choice);
        by(
            library,
            setting.place.writer,
            setting.id(),
            setting.when,
            words,
        )
    });
    look(
        Item::Regimes,
        "The regimes that apply".to_owned(),
        chosen.collect(),
    );
    found
}

fn choices<T: PartialEq>(
    library: &Incident,
    register: &Register<Option<T>>,
    words: &dyn Fn(&T) -> String,
) -> Vec<Choice> {
    let choice = |(setting, value): (&Setting<Option<T>>, &Option<T>)| {
        let said = value.as_ref().map_or_else(|| "removed".to_owned(), words);
        by(
            library,
            setting.place.writer,
            setting.id(),
            setting.when,
            said,
        )
    };
    register.conflict().into_iter().map(choice).collect()
}

fn by(
    library: &Incident,
    writer: Writer,
    event: EventId,
    when: Timestamp,
    words: String,
) -> Choice {
    let person = library.writers.get(&writer);
    Choice {
        event,
        words,
        by: person.map_or_else(
            || "somebody".to_owned(),
            |person| brief::name_or_you(library, *person),
        ),
        when,
    }
}

fn joined<const N: usize>(parts: [Option<String>; N]) -> String {
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(" · ")
}

/// A list with a word before it; none where it is empty.
fn list(before: &str, names: &[String]) -> Option<String> {
    (!names.is_empty()).then(|| format!("{before} {}", names.join(", ")))
}

/// A text with a word before it; none where it is empty.
fn said(before: &str, text: &str) -> Option<String> {
    (!text.is_empty()).then(|| format!("{before} {text}"))
}

fn service(service: &Service) -> String {
    joined([
        said("looked after by", &service.owner),
        list("needs", &service.depends_on),
        service.tier.map(|tier| format!("tier {tier}")),
        service
            .cost_per_minute
            .map(|cost| format!("{cost} a minute")),
        said("outside", &service.public_name),
    ])
}

/// A contact: how they are reached, who comes next, when they are called.
pub fn contact(contact: &Contact) -> String {
    let at: Vec<String> = contact.priorities.iter().map(ToString::to_string).collect();
    joined([
        Some(contact.reach.clone()).filter(|reach| !reach.is_empty()),
        list("then", &contact.then),
        list("called at", &at),
    ])
}

/// Rhythms as a person types them: `1: 20, 1 monitoring: 60`.
pub fn cadence(cadence: &[Rhythm]) -> String {
    let rhythm = |rhythm: &Rhythm| {
        let phase = rhythm.phase.map(|phase| format!(" {}", phase.name()));
        let (priority, minutes) = (rhythm.priority.number(), rhythm.minutes);
        format!("{priority}{}: {minutes}", phase.unwrap_or_default())
    };
    let parts: Vec<String> = cadence.iter().map(rhythm).collect();
    parts.join(", ")
}

/// An audience: on which side it stands, how and how often it is told.
pub fn audience(rules: &AudienceRules) -> String {
    joined([
        Some(if rules.outside { "outside" } else { "inside" }.to_owned()),
        said("by", &rules.channel),
        said("minutes by priority", &cadence(&rules.cadence)),
        said("approved by", &rules.approver),
        (!rules.templates.is_empty()).then(|| "with a text of its own".to_owned()),
    ])
}

fn regimes(choice: &RegimeChoice) -> String {
    let names: Vec<String> = choice
        .regimes
        .iter()
        .map(|name| words::regime(name))
        .collect();
    if names.is_empty() {
        "none".to_owned()
    } else {
        names.join(", ")
    }
}

fn runbook_in_words(text: &str) -> String {
    let title = text
        .lines()
        .find(|line| !line.trim().is_empty() && line.trim() != "---");
    let lines = words::count(text.lines().count(), "line", "lines");
    format!("{} · {lines}", title.unwrap_or_default().trim())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guide::write::organisation as write;
    use crate::model::testing::{noon, writer};
    use crate::model::{Cursor, Draft, Fold, Log, LogScope};

    fn folded(log: &Log) -> Fold {
        Fold::of(&[log], Cursor::Now)
    }

    fn service_of(owner: &str) -> Service {
        Service {
            name: "Checkout".to_owned(),
            owner: owner.to_owned(),
            ..Service::default()
        }
    }

    #[test]
    fn what_was_changed_apart_is_offered_once_and_settled_by_a_choice() {
        let mut log = Log::new(LogScope::Library);
        let nobody = Incident::default();
        let mut both = |draft: &dyn Fn(u8) -> Draft| {
            let of = |n: u8, draft: Draft| (writer(n), draft);
            for (who, draft) in [of(1, draft(1)), of(2, draft(2))] {
                log.append(who, draft, noon());
            }
        };
        both(&|n| {
            write::define_service(
                &nobody,
                service_of(if n == 1 { "Payments" } else { "Shop" }),
            )
        });
        both(&|n| {
            let rules = AudienceRules {
                name: "customers".to_owned(),
                outside: n == 1,
                ..AudienceRules::default()
            };
            write::define_audience(&nobody, rules)
        });
        both(&|n| {
            let choice = RegimeChoice {
                regimes: vec![if n == 1 { "dora" } else { "gdpr" }.to_owned()],
                ..RegimeChoice::default()
            };
            write::choose_regimes(&nobody, choice)
        });
        // The same said twice is no conflict.
        both(&|_| {
            write::define_contact(
                &nobody,
                Contact {
                    name: "Shop".to_owned(),
                    ..Contact::default()
                },
            )
        });
        let found = apart(folded(&log).incident());
        let said: Vec<(String, Vec<String>)> = found
            .iter()
            .map(|apart| {
                let words = apart.choices.iter().map(|choice| choice.words.clone());
                (apart.title.clone(), words.collect())
            })
            .collect();
        let expected: Vec<(String, Vec<String>)> = [
            (
                "The service “Checkout”",
                ["looked after by Payments", "looked after by Shop"],
            ),
            ("The audience “customers”", ["outside", "inside"]),
            ("The regimes that apply", ["DORA", "GDPR"]),
        ]
        .map(|(title, words)| (title.to_owned(), words.map(str::to_owned).to_vec()))
        .to_vec();
        assert_eq!(said, expected);
        for apart in &found {
            let first = apart.choices.first().map(|choice| choice.event).unwrap();
            let draft = write::settle(folded(&log).incident(), &apart.item, first).unwrap();
            log.append(writer(3), draft, noon());
        }
        let settled = folded(&log);
        assert_eq!(super::apart(settled.incident()), []);
        let held = &settled.incident().library;
        let service = held
            .services
            .get("Checkout")
            .and_then(|held| held.current());
        assert_eq!(service, Some(&Some(service_of("Payments"))));
        assert_eq!(
            held.regimes.current().map(|choice| choice.regimes.clone()),
            Some(vec!["dora".to_owned()])
        );
    }
}
