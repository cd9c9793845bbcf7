use super::*;
use crate::guide::write;
use crate::model::fact::{Assignment, Classification, Observation, Release};
use crate::model::term::Level;
use crate::model::testing::{incident, noon, writer};
use crate::model::{Cursor, Draft, Fold, Log, LogScope, Person};

/// The minute from which on a deed counts as done, asked for from minute 10 on.
fn done(deed: &str, acts: &[(i64, Draft)]) -> Option<i64> {
    let mut log = Log::new(LogScope::Incident(incident(1)));
    log.append(writer(1), write::note("It begins"), noon());
    let begun = Fold::of(&[&log], Cursor::Now).incident().timeline[0].place;
    for (minute, draft) in acts {
        log.append(writer(1), draft.clone(), noon() + Span::minutes(*minute));
    }
    let deed = Deed::read(deed).unwrap();
    let fold = Fold::of(&[&log], Cursor::Now);
    let found = deed.found(fold.incident(), begun, noon() + Span::minutes(10));
    found.map(|(_, at)| (at - noon()).0 / 60_000)
}

fn take(role: Role) -> Draft {
    let person = Person::from_bytes([1; 10]);
    Fact::RoleAssigned(Assignment { role, person }).draft()
}

fn release(role: Role) -> Draft {
    Fact::RoleReleased(Release { role }).draft()
}

fn priority(number: u8) -> Draft {
    Fact::Classified(Classification {
        priority: Priority::new(number),
        ..Classification::default()
    })
    .draft()
}

fn hit(service: &str) -> Draft {
    write::affect(&Incident::default(), service, Level::Down)
}

fn back(service: &str) -> Draft {
    write::restore(&Incident::default(), service)
}

fn restored() -> Draft {
    let stamp = Stamp::Restored;
    Fact::Observed(Observation { stamp }).draft()
}

/// What is asked for, what was done at which minute, and from when on it counts.
type Case = (&'static str, Vec<(i64, Draft)>, Option<i64>);

#[test]
fn a_state_counts_from_before_only_while_it_holds() {
    let scribe = || take(Role::Scribe);
    let cases: [Case; 14] = [
        ("role scribe", vec![(3, scribe())], Some(10)),
        (
            "role scribe",
            vec![(3, scribe()), (5, release(Role::Scribe))],
            None,
        ),
        (
            "role scribe",
            vec![(3, scribe()), (5, release(Role::Scribe)), (12, scribe())],
            Some(12),
        ),
        (
            "role scribe",
            vec![(3, scribe()), (5, release(Role::MajorIncidentManager))],
            Some(10),
        ),
        (
            "role scribe",
            vec![(3, scribe()), (15, release(Role::Scribe))],
            Some(10),
        ),
        ("priority 1", vec![(3, priority(1))], Some(10)),
        ("priority 1", vec![(3, priority(1)), (5, priority(3))], None),
        (
            "classified",
            vec![(3, priority(1)), (5, priority(3))],
            Some(10),
        ),
        (
            "service",
            vec![(3, hit("A")), (4, hit("B")), (5, back("A"))],
            Some(10),
        ),
        ("service", vec![(3, hit("A")), (5, back("A"))], None),
        ("restored", vec![(3, restored())], Some(10)),
        ("restored", vec![(3, restored()), (5, hit("A"))], None),
        (
            "restored",
            vec![(3, restored()), (5, hit("A")), (14, restored())],
            Some(14),
        ),
        // An act that was done before is none that was asked for.
        ("note", vec![(3, write::note("Seen"))], None),
    ];
    for (deed, acts, at) in cases {
        assert_eq!(done(deed, &acts), at, "{deed} of {acts:?}");
    }
}

#[test]
fn names_of_one_s_own_keep_their_letters() {
    let own = take(Role::named("Bridge owner"));
    assert_eq!(done("Role Bridge owner", &[(12, own)]), Some(12));
    for (text, deed) in [
        ("ROLE Scribe", Deed::Role(Role::Scribe)),
        (
            "role Major incident manager",
            Deed::Role(Role::MajorIncidentManager),
        ),
        ("Update Executives", Deed::Told("executives".to_owned())),
        ("update The board", Deed::Told("The board".to_owned())),
        ("Clock NIS2", Deed::Clock("nis2".to_owned())),
        ("Hypothesis Ruled Out", Deed::RuledOut),
        ("Stage Recovery", Deed::Stage(Stage::Recovery)),
        ("Note", Deed::Note),
    ] {
        assert_eq!(Deed::read(text), Some(deed), "{text}");
    }
}
