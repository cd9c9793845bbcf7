//! The sample incident: half-way through a major one, for a newcomer to walk on from.
//!
//! Clearly a sample: its nature says so on every screen, and it stays out of all figures.

use crate::classify::priority::{self, Answers};
use crate::guide::write;
use crate::model::fact::Update;
use crate::model::term::{Effect, Level, Nature, Phase, Role, Scope, Stage, Stamp, Urgency};
use crate::model::{Draft, Incident, Person, Span, Timestamp};

/// The sample's first words, as if it had begun an hour ago. `people` are three ids drawn for it.
pub fn drafts(now: Timestamp, people: [Person; 3]) -> Vec<Draft> {
    let nobody = Incident::default();
    let ago = |minutes: i64| Some(now - Span::minutes(minutes));
    let answers = Answers {
        effect: Some(Effect::CannotWork),
        scope: Some(Scope::Many),
        urgency: Some(Urgency::GettingWorse),
        ..Answers::default()
    };
    let classification = priority::classification(&answers, Span(0), None);
    let [lead, operations, scribe] = people;
    let update = |audience: &str, channel: &str, text: &str| Update {
        audience: audience.to_owned(),
        channel: channel.to_owned(),
        text: text.to_owned(),
        phase: Some(Phase::Investigating),
        next_due: Some(now + Span::minutes(8)),
        services: vec!["Checkout".to_owned()],
    };
    let drafts: Vec<(i64, Draft)> = vec![
        (52, write::declare(Nature::Sample)),
        (
            52,
            write::title(&nobody, "Card payments fail at checkout in Europe"),
        ),
        (52, write::classify(&nobody, classification)),
        (64, write::state(&nobody, Stamp::ImpactStarted, None)),
        (57, write::state(&nobody, Stamp::Detected, None)),
        (50, write::state(&nobody, Stamp::Acknowledged, None)),
        (50, write::name_person(lead, "Sample lead")),
        (50, write::name_person(operations, "Sample engineer")),
        (50, write::name_person(scribe, "Sample scribe")),
        (
            49,
            write::enter_stage(&nobody, Stage::Escalation, Vec::new(), ""),
        ),
        (49, write::assign(&nobody, Role::MajorIncidentManager, lead)),
        (47, write::assign(&nobody, Role::OperationsLead, operations)),
        (46, write::assign(&nobody, Role::Scribe, scribe)),
        (46, write::page("Payments on call", "phone")),
        (45, write::bridge("Call", "tel:+000000000")),
        (44, write::affect(&nobody, "Checkout", Level::PartlyDown)),
        (44, write::affect(&nobody, "Card gateway", Level::Down)),
        (
            40,
            write::note("38 to 42 % of authorisations time out, only in Europe"),
        ),
        (
            37,
            write::update(update(
                "executives",
                "mail",
                "Card payments in Europe fail for about 40 % of orders. We are working on a way around it.",
            )),
        ),
        (
            36,
            write::update(update(
                "customers",
                "status page",
                "Some card payments in Europe fail. Other ways to pay work. We are looking into it.",
            )),
        ),
        (
            33,
            write::hypothesis("The gateway's certificate has expired"),
        ),
        (
            21,
            write::hypothesis("The change to the gateway's timeouts at noon"),
        ),
        (
            12,
            write::decision(
                "Route cards to the second provider",
                "It answers, and its fees are lower than lost orders",
            ),
        ),
        (
            5,
            write::note("The second provider answers: 3 of 5 test cards pass"),
        ),
    ];
    drafts
        .into_iter()
        .map(|(minutes, draft)| write::at(draft, ago(minutes)))
        .collect()
}

/// How far the sample has come: what follows the first words, once their events exist.
pub fn next_stage(incident: &Incident, now: Timestamp) -> Vec<Draft> {
    let at = |minutes: i64| Some(now - Span::minutes(minutes));
    let mut drafts = vec![write::at(
        write::enter_stage(incident, Stage::Investigation, Vec::new(), ""),
        at(34),
    )];
    if let Some(expired) = incident.hypotheses.first() {
        let because = "It is valid until next spring";
        drafts.push(write::at(
            write::decide_hypothesis(expired.id(), false, because),
            at(25),
        ));
    }
    drafts
}
