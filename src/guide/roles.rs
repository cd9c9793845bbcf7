//! Roles in the response: what each is for, who should have one, and handing one over.
//!
//! Sources: PagerDuty's incident response documentation for the split of roles and for the span of
//! control (three to seven people report to one; from eight on, split).

use std::collections::BTreeSet;

use crate::guide::step::{Act, Step, step};
use crate::guide::{brief, words};
use crate::model::term::{Role, Stage};
use crate::model::{Incident, Person};

/// No more people than these report to one.
const SPAN_OF_CONTROL: usize = 7;
/// From so many roles on, one person has too many.
const TOO_MANY_ROLES: usize = 3;

/// What a role is for, in a line.
pub fn duty(role: &Role) -> &'static str {
    match role {
        Role::MajorIncidentManager => {
            "Leads: decides, hands out work, keeps the record, fixes nothing."
        }
        Role::Deputy => "Keeps the timers, stands by to take over.",
        Role::OperationsLead => "Leads those who fix.",
        Role::CommunicationsLead => "Owns every text that goes out.",
        Role::Scribe => "Keeps the timeline.",
        Role::CustomerLiaison => "Speaks for customers, counts who is hit.",
        Role::SubjectMatterExpert | Role::Expert(_) => "Knows a system: condition, actions, needs.",
        Role::ExecutiveSponsor => "Decides on money and risk, does not steer the fix.",
        Role::Own(_) => "A role of your own.",
    }
}

/// What whoever has a role does, in order.
pub fn checklist(role: &Role) -> &'static [&'static str] {
    match role {
        Role::MajorIncidentManager => &[
            "Say aloud: I have command.",
            "Ask each expert for condition, actions and needs.",
            "Give every task one name and a time to report back.",
            "Ask for objections before a risky step, then decide.",
            "Hand over before you are tired, never in silence.",
        ],
        Role::Deputy => &[
            "Watch the times of updates and reports; remind aloud.",
            "Call in whoever is missing.",
            "Know enough to take command within a minute.",
        ],
        Role::OperationsLead => &[
            "Restore first, look for the cause later.",
            "One change at a time, each with its way back.",
            "Tell the major incident manager before and after each change.",
            "Keep onlookers out of the way of those who fix.",
        ],
        Role::CommunicationsLead => &[
            "Send the first word within minutes, however little is known.",
            "Name in each update when the next one comes, and keep to it.",
            "No guesses, no blame, no promise of a time.",
            "Log what was sent, and when.",
        ],
        Role::Scribe => &[
            "Write down decisions with who and why.",
            "Put the time to what is reported late.",
            "Ask aloud when something was not understood.",
        ],
        Role::CustomerLiaison => &[
            "Count who is hit, and what they cannot do.",
            "Bring customers' words to the major incident manager.",
            "Give support the known answers.",
        ],
        Role::SubjectMatterExpert | Role::Expert(_) => &[
            "Report condition, actions, needs.",
            "Say what you are about to do before you do it.",
            "Say “I do not know” early.",
        ],
        Role::ExecutiveSponsor => &[
            "Be reachable for decisions on money and risk.",
            "Keep other executives informed, and off the bridge.",
        ],
        Role::Own(_) => &[],
    }
}

/// What one says aloud who takes a role over.
pub fn taking_over(role: &Role) -> String {
    match role {
        Role::MajorIncidentManager => "I have command".to_owned(),
        role => format!("I am {} now", words::role_within(role)),
    }
}

/// Hand-overs that wait for the other to confirm.
pub fn handovers(incident: &Incident) -> Vec<Step> {
    let waiting = incident.roles.keys().filter_map(|role| {
        let offer = incident.handover(role)?;
        let to = brief::name_or_you(incident, offer.what.handover.person);
        let from = incident.holder(role).map_or_else(
            || "nobody".to_owned(),
            |held| brief::name_or_you(incident, held),
        );
        let mut asked = step(
            "handover",
            format!("{to}: confirm that you are {}", words::role_within(role)),
            format!(
                "{from} has handed over and keeps the role until {to} says: {}.",
                taking_over(role)
            ),
            "Confirm",
            Act::ConfirmHandover(role.clone()),
        );
        asked.because_of.push(offer.id());
        Some(asked)
    });
    waiting.collect()
}

/// Who is part of the response: there, writing, or in a role.
fn responders(incident: &Incident) -> BTreeSet<Person> {
    let people = incident.people.iter();
    let there = people
        .filter(|(_, record)| record.responding_since.is_some() || record.last_wrote.is_some())
        .map(|(person, _)| *person);
    let in_roles = incident
        .roles
        .keys()
        .filter_map(|role| incident.holder(role));
    there.chain(in_roles).collect()
}

/// Roles that matter and have nobody, people with too many, and too many people under one: for a
/// major incident that somebody leads and that is not over.
pub fn staffing(incident: &Incident) -> Vec<Step> {
    let Some(lead) = incident.leader() else {
        return Vec::new();
    };
    if !incident.is_major() || incident.is_closed() || incident.stage() >= Stage::Review {
        return Vec::new();
    }
    let people = responders(incident);
    let mut steps = Vec::new();
    steps.extend(vacancy(incident, &people, lead));
    steps.extend(overload(incident, &people));
    steps.extend(span(incident, &people, lead));
    steps
}

/// The first role that this many people should have filled and have not.
fn vacancy(incident: &Incident, people: &BTreeSet<Person>, lead: Person) -> Option<Step> {
    let lead = brief::name_or_you(incident, lead);
    let needed = [
        (2, Role::CommunicationsLead, format!("{lead} leads; somebody else should write what goes out.")),
        (3, Role::OperationsLead, format!("{} people respond; one of them should lead those who fix, so that {lead} can decide.", people.len())),
        (4, Role::Scribe, "Nobody keeps the timeline; what is not written down is asked again, and missed in the review.".to_owned()),
    ];
    let (_, role, why) = needed
        .into_iter()
        .find(|(from, role, _)| people.len() >= *from && incident.holder(role).is_none())?;
    Some(step(
        "vacancy",
        format!("Name the {}", words::role_within(&role)),
        why,
        "Give the role",
        Act::AssignRole(role),
    ))
}

/// Somebody who has too many roles, while others are there to take one.
fn overload(incident: &Incident, people: &BTreeSet<Person>) -> Option<Step> {
    let held = |person: Person| -> Vec<&Role> {
        let roles = incident.roles.keys();
        roles
            .filter(|role| incident.holder(role) == Some(person))
            .collect()
    };
    let (person, roles) = people
        .iter()
        .map(|person| (*person, held(*person)))
        .max_by_key(|(_, roles)| roles.len())?;
    let is_free = |person: &Person| held(*person).is_empty();
    if roles.len() < TOO_MANY_ROLES || !people.iter().any(is_free) {
        return None;
    }
    let name = brief::name_or_you(incident, person);
    let all: Vec<String> = roles.iter().map(|role| words::role_within(role)).collect();
    // Command is given away last.
    let role = roles.into_iter().next_back()?.clone();
    Some(step(
        "overload",
        format!("Take a role off {name}"),
        format!("{name} is {} at once; others are there.", all.join(", ")),
        "Hand one over",
        Act::HandOver(role),
    ))
}

/// Too many people who report to one. Those without a role report to the operations lead, or to who
/// leads where there is none.
fn span(incident: &Incident, people: &BTreeSet<Person>, lead: Person) -> Option<Step> {
    let leads: BTreeSet<Person> = [
        Role::MajorIncidentManager,
        Role::Deputy,
        Role::OperationsLead,
        Role::CommunicationsLead,
        Role::Scribe,
        Role::CustomerLiaison,
        Role::ExecutiveSponsor,
    ]
    .iter()
    .chain(
        incident
            .roles
            .keys()
            .filter(|role| matches!(role, Role::Own(_))),
    )
    .filter_map(|role| incident.holder(role))
    .collect();
    let operations = incident
        .holder(&Role::OperationsLead)
        .filter(|held| *held != lead);
    let without = people.difference(&leads).count();
    let (one, reports) = match operations {
        Some(operations) => (operations, without),
        None => (lead, people.len().saturating_sub(1)),
    };
    if reports <= SPAN_OF_CONTROL {
        return None;
    }
    let name = brief::name_or_you(incident, one);
    let (title, act) = match operations {
        None => (
            "Name the operations lead".to_owned(),
            Act::AssignRole(Role::OperationsLead),
        ),
        Some(_) => (
            format!("Split those who report to {name} into teams"),
            Act::AssignRole(Role::Own("".into())),
        ),
    };
    Some(step(
        "span",
        title,
        format!(
            "{reports} people report to {name}; more than {SPAN_OF_CONTROL} is too many to hear. Give each team a lead."
        ),
        "Give the role",
        act,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guide::write;
    use crate::model::testing::{incident as id, noon, writer};
    use crate::model::{Cursor, Draft, Fold, Log, LogScope};

    fn person(n: u8) -> Person {
        Person::from_bytes([n; 10])
    }

    struct Room(Log);

    impl Room {
        /// A major incident of priority 1 with this many people, whom the first leads.
        fn of(people: u8) -> Self {
            let mut room = Self(Log::new(LogScope::Incident(id(1))));
            room.write(write::declare(crate::model::term::Nature::Real));
            room.write(
                crate::model::Fact::Escalated(crate::model::fact::Reason::default()).draft(),
            );
            for n in 1..=people {
                room.write(write::name_person(person(n), &format!("P{n}")));
                room.write(write::join_response(person(n)));
            }
            room.assign(Role::MajorIncidentManager, 1);
            room
        }

        fn write(&mut self, draft: Draft) {
            self.0.append(writer(1), draft, noon());
        }

        fn incident(&self) -> Incident {
            Fold::of(&[&self.0], Cursor::Now).incident().clone()
        }

        fn assign(&mut self, role: Role, n: u8) {
            let draft = write::assign(&self.incident(), role, person(n));
            self.write(draft);
        }

        fn titles(&self) -> Vec<String> {
            staffing(&self.incident())
                .into_iter()
                .map(|step| step.title)
                .collect()
        }
    }

    #[test]
    fn roles_that_matter_are_asked_for_as_people_come() {
        let expected = [(1, vec![]), (2, vec!["Name the communications lead"])];
        for (people, titles) in expected {
            assert_eq!(Room::of(people).titles(), titles, "{people} people");
        }
        let mut room = Room::of(4);
        room.assign(Role::CommunicationsLead, 2);
        assert_eq!(room.titles(), ["Name the operations lead"]);
        room.assign(Role::OperationsLead, 3);
        assert_eq!(room.titles(), ["Name the scribe"]);
        room.assign(Role::Scribe, 4);
        assert_eq!(room.titles(), [""; 0]);
    }

    #[test]
    fn one_person_with_three_roles_is_told_while_others_are_there() {
        let mut room = Room::of(2);
        room.assign(Role::CommunicationsLead, 1);
        room.assign(Role::Scribe, 1);
        assert_eq!(room.titles(), ["Take a role off P1"]);
        let step = staffing(&room.incident()).remove(0);
        assert_eq!(step.act, Act::HandOver(Role::Scribe));
        room.assign(Role::Scribe, 2);
        assert_eq!(room.titles(), [""; 0]);
        let mut alone = Room::of(1);
        for role in [Role::CommunicationsLead, Role::OperationsLead, Role::Scribe] {
            alone.assign(role, 1);
        }
        assert_eq!(alone.titles(), [""; 0], "nobody is there to take one");
    }

    #[test]
    fn eight_people_are_too_many_for_one() {
        let spans = |room: &Room| {
            let steps = staffing(&room.incident());
            steps
                .into_iter()
                .find(|step| step.name == "span")
                .map(|step| step.why)
        };
        assert_eq!(spans(&Room::of(8)), None, "seven report to the eighth");
        let mut room = Room::of(9);
        assert!(spans(&room).unwrap().starts_with("8 people report to P1"));
        room.assign(Role::OperationsLead, 2);
        assert_eq!(spans(&room), None, "seven report to the operations lead");
        room.write(write::join_response(person(10)));
        assert!(spans(&room).unwrap().starts_with("8 people report to P2"));
        room.assign(Role::Own("Network lead".into()), 10);
        assert_eq!(spans(&room), None);
    }

    #[test]
    fn a_handover_waits_for_the_other_and_ends_with_their_word() {
        let mut room = Room::of(2);
        let lead = Role::MajorIncidentManager;
        let offer = write::offer_handover(&room.incident(), lead.clone(), person(2), "All of it.");
        room.write(offer);
        let waiting = handovers(&room.incident());
        assert_eq!(waiting.len(), 1);
        assert_eq!(
            waiting[0].title,
            "P2: confirm that you are major incident manager"
        );
        assert_eq!(
            room.incident().leader(),
            Some(person(1)),
            "nothing has changed yet"
        );
        let confirmed = write::confirm_handover(&room.incident(), &lead).unwrap();
        room.write(confirmed);
        assert_eq!(room.incident().leader(), Some(person(2)));
        assert_eq!(handovers(&room.incident()), vec![]);
        assert_eq!(write::confirm_handover(&room.incident(), &lead), None);
    }

    #[test]
    fn an_offer_is_over_once_the_role_went_elsewhere() {
        let mut room = Room::of(3);
        let offer =
            write::offer_handover(&room.incident(), Role::MajorIncidentManager, person(2), "");
        room.write(offer);
        room.assign(Role::MajorIncidentManager, 3);
        assert_eq!(handovers(&room.incident()), vec![]);
    }

    #[test]
    fn every_role_that_muster_knows_has_a_duty_and_a_checklist() {
        for role in Role::KNOWN {
            assert!(
                !duty(role).is_empty() && checklist(role).len() >= 2,
                "{role:?}"
            );
        }
        let expert = Role::expert(" Database ");
        assert_eq!(expert.system(), Some("Database"));
        assert_eq!(Role::named(expert.name()), expert);
        assert_eq!(Role::expert(""), Role::SubjectMatterExpert);
    }
}
