//! The sample incident: half-way through a major one, for a newcomer to walk on from.
//!
//! Clearly a sample: its nature says so on every screen, and it stays out of all figures.

use crate::classify::priority::{self, Answers};
use crate::guide::write;
use crate::model::communication::PublicDescription;
use crate::model::fact::{Change, Fact, Introduction, Update};
use crate::model::term::{
    ChangeKind, Effect, Level, Nature, Phase, Role, Scope, Stage, Stamp, Urgency,
};
use crate::model::{Draft, Incident, Person, Span, Timestamp};

/// Who writes a line of the sample, as a place in [`people`].
type Who = usize;
const LEAD: Who = 0;
const ENGINEER: Who = 1;
const SCRIBE: Who = 2;

/// The sample's people, under three ids drawn for it.
pub fn people(ids: [Person; 3]) -> [Introduction; 3] {
    let names = ["Sample lead", "Sample engineer", "Sample scribe"];
    let mut names = names.into_iter();
    ids.map(|person| Introduction {
        person,
        name: names.next().unwrap_or_default().to_owned(),
        zone: String::new(),
    })
}

/// The sample's first lines with who writes each, as if it had begun an hour ago.
pub fn lines(now: Timestamp, people: &[Introduction; 3]) -> Vec<(Who, Draft)> {
    let nobody = Incident::default();
    let answers = Answers {
        effect: Some(Effect::CannotWork),
        scope: Some(Scope::Many),
        urgency: Some(Urgency::GettingWorse),
        ..Answers::default()
    };
    let classification = priority::classification(&answers, Span(0), None);
    let update = |audience: &str, channel: &str, text: &str| {
        write::update(Update {
            audience: audience.to_owned(),
            channel: channel.to_owned(),
            text: text.to_owned(),
            phase: Some(Phase::Investigating),
            next_due: Some(now + Span::minutes(8)),
            services: vec!["Checkout".to_owned()],
            ..Update::default()
        })
    };
    let joined = |who: Who| Fact::Joined(people[who].clone()).draft();
    let assign = |role, who: Who| write::assign(&nobody, role, people[who].person);
    let change = Change {
        text: "Timeouts of the gateway from 30 s to 5 s".to_owned(),
        change: ChangeKind::Configuration,
        service: "Card gateway".to_owned(),
        reference: "CHG-2041".to_owned(),
    };
    let lines: Vec<(i64, Who, Draft)> = vec![
        (53, ENGINEER, joined(ENGINEER)),
        (52, ENGINEER, write::declare(Nature::Sample)),
        (
            52,
            ENGINEER,
            write::title(&nobody, "Card payments fail at checkout in Europe"),
        ),
        (52, ENGINEER, write::classify(&nobody, classification)),
        (
            64,
            ENGINEER,
            write::state(&nobody, Stamp::ImpactStarted, None),
        ),
        (57, ENGINEER, write::state(&nobody, Stamp::Detected, None)),
        (
            44,
            LEAD,
            write::communication::confirm_customers(&nobody, true),
        ),
        (
            44,
            LEAD,
            write::communication::describe(
                &nobody,
                PublicDescription {
                    what: Some("card payments that fail at checkout".to_owned()),
                    whom: Some("some customers in Europe".to_owned()),
                    workaround: Some("pay by bank transfer".to_owned()),
                },
            ),
        ),
        (50, LEAD, joined(LEAD)),
        (50, LEAD, write::state(&nobody, Stamp::Acknowledged, None)),
        (
            49,
            LEAD,
            write::enter_stage(&nobody, Stage::Escalation, Vec::new(), ""),
        ),
        (49, LEAD, assign(Role::MajorIncidentManager, LEAD)),
        (47, LEAD, assign(Role::OperationsLead, ENGINEER)),
        (46, LEAD, assign(Role::Scribe, SCRIBE)),
        (46, SCRIBE, joined(SCRIBE)),
        (
            46,
            SCRIBE,
            write::page(&write::Call {
                who: "Payments on call".to_owned(),
                via: "phone".to_owned(),
                then: vec!["Payments lead".to_owned()],
                ..write::Call::default()
            }),
        ),
        (45, SCRIBE, write::bridge("Call", "tel:+000000000")),
        (
            44,
            ENGINEER,
            write::affect(&nobody, "Checkout", Level::PartlyDown),
        ),
        (
            44,
            ENGINEER,
            write::affect(&nobody, "Card gateway", Level::Down),
        ),
        (
            40,
            ENGINEER,
            write::note("38 to 42 % of authorisations time out, only in Europe"),
        ),
        (
            37,
            SCRIBE,
            update(
                "executives",
                "mail",
                "Card payments in Europe fail for about 40 % of orders. We are working on a way around it.",
            ),
        ),
        (
            36,
            SCRIBE,
            update(
                "customers",
                "status page",
                "Some card payments in Europe fail. Other ways to pay work. We are looking into it.",
            ),
        ),
        (194, ENGINEER, write::causes::change(&change, None)),
        (
            33,
            ENGINEER,
            write::hypothesis("The gateway's certificate has expired"),
        ),
        (
            21,
            ENGINEER,
            write::hypothesis("The change to the gateway's timeouts at noon"),
        ),
        (
            12,
            LEAD,
            write::decision(
                "Route cards to the second provider",
                "It answers, and its fees are lower than lost orders",
            ),
        ),
        (
            5,
            ENGINEER,
            write::note("The second provider answers: 3 of 5 test cards pass"),
        ),
    ];
    let dated = lines
        .into_iter()
        .map(|(ago, who, draft)| (who, write::at(draft, Some(now - Span::minutes(ago)))));
    dated.collect()
}

/// How far the sample has come: what follows the first lines, once their events exist.
pub fn next_lines(incident: &Incident, now: Timestamp) -> Vec<(Who, Draft)> {
    let at = |minutes: i64| Some(now - Span::minutes(minutes));
    let stage = write::enter_stage(incident, Stage::Investigation, Vec::new(), "");
    let mut lines = vec![(LEAD, write::at(stage, at(34)))];
    if let Some(call) = incident.pages.first() {
        lines.push((SCRIBE, write::at(write::answer(call.id()), at(43))));
    }
    if let Some(expired) = incident.hypotheses.first() {
        let because = "It is valid until next spring";
        let ruled_out = write::decide_hypothesis(expired.id(), false, because);
        lines.push((ENGINEER, write::at(ruled_out, at(25))));
    }
    if let Some(change) = incident.hypotheses.get(1) {
        let tester = incident.writers.get(&change.place.writer).copied();
        lines.extend(tester.map(|person| {
            let tested = write::causes::assign_hypothesis(change.id(), person);
            (ENGINEER, write::at(tested, at(20)))
        }));
        let seen = write::causes::evidence(change.id(), true, "The first errors came with it");
        lines.push((ENGINEER, write::at(seen, at(18))));
    }
    lines
}
