//! The six stages: what each is for, what it expects, and whether that is so in an incident.
//!
//! ITIL's names; the criteria are Muster's own defaults. Communication goes on through all of
//! them: the stage begins it, and the dues keep it going.

use crate::guide::recovery;
use crate::guide::step::{Act, Criterion, Met, StageView};
use crate::guide::words;
use crate::model::term::{Nature, Role, Stage, Stamp};
use crate::model::{EventId, Incident, Register};

/// What a stage is, whatever the incident.
pub struct StageWords {
    /// ITIL's name.
    pub long: &'static str,
    /// What it is for.
    pub purpose: &'static str,
    /// What must be so before it makes sense.
    pub entry: &'static str,
}

/// A stage in words.
pub fn describe(stage: Stage) -> StageWords {
    let (long, purpose, entry) = match stage {
        Stage::Identification => (
            "Identification and classification",
            "Say what is broken, for whom, and how bad it is. Three answers give the priority, and whether it is a major incident.",
            "Somebody noticed something.",
        ),
        Stage::Escalation => (
            "Escalation and coordination",
            "One person leads, those who can help are called, and everybody meets in one place. Whoever leads fixes nothing.",
            "The priority is known, or taken as grave because it is not.",
        ),
        Stage::Communication => (
            "Stakeholder communication",
            "Those who must know hear it from us first, and hear when the next word comes. From here on this goes on through every stage.",
            "Somebody leads.",
        ),
        Stage::Investigation => (
            "Investigation and workaround",
            "Get people working again by whatever holds; the cause can wait. Name what it might be, test it, rule it out aloud.",
            "Those who must know have had a first word.",
        ),
        Stage::Recovery => (
            "Resolution and recovery",
            "The fix is in, service is back, and that is proven by looking, not by hoping. Then watch it for a while.",
            "People can work, by a workaround or a fix.",
        ),
        Stage::Review => (
            "Post-incident review",
            "What happened, what made it sensible at the time, and what we change. Blameless: people did their best with what they knew.",
            "Service is back.",
        ),
    };
    StageWords {
        long,
        purpose,
        entry,
    }
}

/// A stage as it stands in an incident.
pub fn view(incident: &Incident, stage: Stage) -> StageView {
    let words = describe(stage);
    let entered = incident
        .stage
        .standing()
        .filter(|(_, entry)| entry.stage == stage)
        .map(|(setting, _)| setting.when);
    let declared = (stage == Stage::Identification)
        .then(|| incident.declared_at())
        .flatten();
    StageView {
        stage,
        short: words::stage(stage),
        long: words.long,
        purpose: words.purpose,
        entry: words.entry,
        entered: entered.chain(declared).min(),
        criteria: criteria(incident, stage),
    }
}

/// Who hears of an incident at all, from its record: a retrospective one is over.
pub fn is_live(incident: &Incident) -> bool {
    incident.nature() != Nature::Retrospective && !incident.is_closed()
}

/// Whether service is said to be back, or that saying so does not apply.
pub fn is_back(incident: &Incident) -> bool {
    incident.stamp(Stamp::Restored).is_some() || incident.waived.contains_key("restored")
}

/// Whether the trouble itself is over: service is back, or the fault is mended.
pub(super) fn is_past(incident: &Incident) -> bool {
    is_back(incident) || incident.stamp(Stamp::Resolved).is_some()
}

/// What a stage expects before the next one. The light path of a standard incident expects less.
pub fn criteria(incident: &Incident, stage: Stage) -> Vec<Criterion> {
    let major = incident.is_major();
    let all = match stage {
        Stage::Identification => identification(incident),
        Stage::Escalation => escalation(incident, major),
        Stage::Communication => communication(incident, major),
        Stage::Investigation => investigation(incident, major),
        Stage::Recovery => recovery::criteria(incident, major),
        Stage::Review => review(incident, major),
    };
    all.into_iter()
        .map(|criterion| waived(incident, criterion))
        .collect()
}

fn waived(incident: &Incident, criterion: Criterion) -> Criterion {
    match (&criterion.met, incident.waived.get(criterion.name)) {
        (Met::Open, Some(said)) => Criterion {
            met: Met::Waived(said.what.clone()),
            ..criterion
        },
        _ => criterion,
    }
}

pub(super) fn criterion(
    name: &'static str,
    title: &str,
    who: Role,
    why: &str,
    by: Vec<EventId>,
    act: Act,
) -> Criterion {
    let met = if by.is_empty() {
        Met::Open
    } else {
        Met::By(by)
    };
    Criterion {
        name,
        title: title.to_owned(),
        who,
        why: why.to_owned(),
        met,
        act,
    }
}

fn set_by<T>(register: &Register<T>) -> Vec<EventId> {
    register
        .current_setting()
        .map(|(setting, _)| setting.id())
        .into_iter()
        .collect()
}

pub(super) fn stamped(incident: &Incident, stamp: Stamp) -> Vec<EventId> {
    incident.stamps.get(&stamp).map(set_by).unwrap_or_default()
}

fn held(incident: &Incident, role: &Role) -> Vec<EventId> {
    let setting = incident.roles.get(role).and_then(Register::latest);
    setting
        .filter(|(_, holder)| holder.is_some())
        .map(|(setting, _)| setting.id())
        .into_iter()
        .collect()
}

fn identification(incident: &Incident) -> Vec<Criterion> {
    let lead = Role::MajorIncidentManager;
    let titled = incident
        .title()
        .map(|_| set_by(&incident.title))
        .unwrap_or_default();
    let classified = incident
        .priority()
        .map(|_| set_by(&incident.classification))
        .unwrap_or_default();
    vec![
        criterion(
            "titled",
            "What is broken is said in a line",
            lead.clone(),
            "Everybody who joins reads this line first.",
            titled,
            Act::WriteTitle,
        ),
        criterion(
            "classified",
            "The priority is known",
            lead,
            "It decides who is called, and how often word goes out.",
            classified,
            Act::Classify,
        ),
    ]
}

fn escalation(incident: &Incident, major: bool) -> Vec<Criterion> {
    let lead = Role::MajorIncidentManager;
    let leads = held(incident, &lead);
    let acknowledged = stamped(incident, Stamp::Acknowledged);
    let taken_on = if acknowledged.is_empty() {
        leads.clone()
    } else {
        acknowledged
    };
    if !major {
        return vec![criterion(
            "acknowledged",
            "Somebody has taken it on",
            lead,
            "Until then everybody may think that somebody else has.",
            taken_on,
            Act::State(Stamp::Acknowledged),
        )];
    }
    let called: Vec<EventId> = incident
        .pages
        .iter()
        .map(crate::model::Said::id)
        .chain(
            incident
                .timeline
                .iter()
                .filter(|entry| entry.stands() && entry.kind == crate::model::Kind::ResponderJoined)
                .map(crate::model::Entry::id),
        )
        .collect();
    let bridges = incident
        .bridges
        .iter()
        .map(crate::model::Said::id)
        .collect();
    vec![
        criterion(
            "led",
            "One person leads",
            lead.clone(),
            "Without a leader everybody fixes, and nobody decides.",
            leads,
            Act::AssignRole(lead.clone()),
        ),
        criterion(
            "called",
            "Those who can help are called",
            lead.clone(),
            "Help that comes an hour later is an hour of outage.",
            called,
            Act::PageResponder,
        ),
        criterion(
            "bridged",
            "Everybody knows where to meet",
            lead,
            "Work that is done in private messages is done twice.",
            bridges,
            Act::OpenBridge,
        ),
    ]
}

fn communication(incident: &Incident, major: bool) -> Vec<Criterion> {
    let told = |audience: &str| -> Vec<EventId> {
        incident
            .updates
            .iter()
            .filter(|said| said.what.audience == audience)
            .map(crate::model::Said::id)
            .collect()
    };
    let who = Role::CommunicationsLead;
    if !major {
        let any = incident
            .updates
            .iter()
            .map(crate::model::Said::id)
            .collect();
        return vec![criterion(
            "told",
            "Those who are hit have had a word",
            who,
            "A word early saves a dozen questions.",
            any,
            Act::SendUpdate("customers".to_owned()),
        )];
    }
    vec![
        criterion(
            "executives_told",
            "Executives have had a first word",
            who.clone(),
            "They must not hear of it from outside.",
            told("executives"),
            Act::SendUpdate("executives".to_owned()),
        ),
        criterion(
            "customers_told",
            "Customers have had a first word",
            who,
            "Silence costs more trust than the outage.",
            told("customers"),
            Act::SendUpdate("customers".to_owned()),
        ),
    ]
}

fn investigation(incident: &Incident, major: bool) -> Vec<Criterion> {
    let who = Role::OperationsLead;
    let relieved: Vec<EventId> = incident
        .workarounds
        .iter()
        .map(crate::model::Said::id)
        .chain(incident.fixes.iter().map(crate::model::Said::id))
        .chain(stamped(incident, Stamp::Restored))
        .collect();
    let mut all = Vec::new();
    if major {
        let services = incident.services.values().flat_map(set_by).collect();
        all.push(criterion(
            "services",
            "The services that are hit are named",
            who.clone(),
            "It tells who must help, and when it is over.",
            services,
            Act::AffectService,
        ));
    }
    let by = relieved.clone();
    all.push(criterion(
        "relieved",
        "A workaround or a fix is in place",
        who.clone(),
        "People can work again before anybody knows why it broke.",
        by,
        Act::ApplyWorkaround,
    ));
    if major {
        let raised = incident
            .hypotheses
            .iter()
            .map(crate::model::Said::id)
            .chain(relieved.iter().copied())
            .collect();
        all.push(criterion(
            "hypothesis",
            "Something is being tested",
            who.clone(),
            "A guess that is written down can be ruled out; one in a head is tried twice.",
            raised,
            Act::RaiseHypothesis,
        ));
    }
    all
}

fn review(incident: &Incident, major: bool) -> Vec<Criterion> {
    if !major {
        return Vec::new();
    }
    let who = Role::MajorIncidentManager;
    let factors = incident
        .findings
        .iter()
        .map(crate::model::Said::id)
        .collect();
    let actions = incident
        .actions
        .iter()
        .map(crate::model::Said::id)
        .collect();
    let reviews = incident
        .reviews
        .iter()
        .map(crate::model::Said::id)
        .collect();
    vec![
        criterion(
            "findings",
            "What contributed, helped and hindered is written down",
            who.clone(),
            "Several things come together; one root cause is a comfort, not an answer.",
            factors,
            Act::AddFinding,
        ),
        criterion(
            "actions",
            "Improvements are agreed",
            who.clone(),
            "A review without a change is a story.",
            actions,
            Act::AddAction,
        ),
        criterion(
            "reviewed",
            "The review was held",
            who,
            "Those who were there remember it best in the first days.",
            reviews,
            Act::HoldReview,
        ),
    ]
}

/// Criteria of a stage that are neither met nor waived.
pub fn open(criteria: &[Criterion]) -> Vec<&Criterion> {
    criteria
        .iter()
        .filter(|criterion| criterion.met == Met::Open)
        .collect()
}
