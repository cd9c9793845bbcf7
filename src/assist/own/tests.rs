use super::*;
use crate::guide::write;
use crate::model::term::Level;
use crate::model::testing::{incident as id, noon, writer};
use crate::model::{Cursor, Draft, Fold, Log, LogScope};
use crate::search::{Followed, Help};

fn told(drafts: impl IntoIterator<Item = Draft>) -> Incident {
    let mut log = Log::new(LogScope::Incident(id(1)));
    for draft in drafts {
        log.append(writer(1), draft, noon());
    }
    Fold::of(&[&log], Cursor::Now).incident().clone()
}

fn deployment() -> Incident {
    told([
        write::title(
            &Incident::default(),
            "Search fails since the last deployment",
        ),
        write::affect(&Incident::default(), "Checkout", Level::Down),
    ])
}

fn past() -> Past {
    let help = |text: &str| Help {
        event: EventId {
            writer: writer(9),
            seq: 1,
        },
        text: text.to_owned(),
    };
    Past {
        id: id(2),
        title: "Checkout fails".to_owned(),
        common: "“checkout”, service Checkout".to_owned(),
        services: vec!["Checkout".to_owned()],
        worked: Worked {
            causes: vec![help("Connections ran out")],
            workarounds: vec![help("Restarted the pool")],
            runbooks: vec![Followed {
                event: help("").event,
                runbook: "bad-deployment".to_owned(),
                title: "Bad deployment".to_owned(),
            }],
            ..Worked::default()
        },
        names: Vec::new(),
    }
}

fn kinds(own: &[Own]) -> Vec<String> {
    let words = |own: &Own| {
        let what = &own.proposed.what;
        format!(
            "{}: {}",
            own.kind,
            crate::guide::proposals::words(&Incident::default(), what)
        )
    };
    own.iter().map(words).collect()
}

#[test]
fn what_helped_and_what_fits_is_proposed_with_why() {
    let incident = deployment();
    let shelf = shelf::shelf(&Incident::default());
    let found = own(&incident, &[], &shelf, &[past()]);
    assert_eq!(
        kinds(&found),
        [
            "Runbook: bad deployment",
            "Incident like this one: Try what helped then: Restarted the pool",
            "Incident like this one: Connections ran out",
            "Incident like this one: incident 2222222222222222: Checkout fails",
        ]
        .map(|line| line.replace("2222222222222222", &id(2).to_string())),
    );
    for one in &found {
        assert!(
            !one.proposed.words.is_empty() && !one.proposed.because.is_empty(),
            "{one:?}"
        );
        for event in &one.proposed.because {
            assert!(incident.entry(*event).is_some());
        }
    }
}

#[test]
fn what_was_proposed_or_done_is_not_proposed_again() {
    let shelf = shelf::shelf(&Incident::default());
    let incident = deployment();
    let proposed: Vec<Draft> = own(&incident, &[], &shelf, &[past()])
        .into_iter()
        .map(|own| write::proposals::propose(own.proposed))
        .collect();
    let title = write::title(
        &Incident::default(),
        "Search fails since the last deployment",
    );
    let hit = write::affect(&Incident::default(), "Checkout", Level::Down);
    let again = told([title.clone(), hit.clone()].into_iter().chain(proposed));
    assert_eq!(own(&again, &[], &shelf, &[past()]), Vec::new());

    let runbook = shelf
        .iter()
        .find(|one| one.runbook.id == "bad-deployment")
        .unwrap();
    let done = told([
        title,
        hit,
        write::tasks::attach(runbook.runbook.attachment()),
        write::hypothesis("Connections ran out"),
        write::link(crate::model::term::Relation::Related, id(2)),
    ]);
    assert_eq!(
        kinds(&own(&done, &[], &shelf, &[past()])),
        ["Incident like this one: Try what helped then: Restarted the pool"]
    );
}

#[test]
fn rules_propose_tasks_and_words_but_name_nobody() {
    use crate::model::organisation::StatedRule;
    let rule = |text: &str, then: &str| StatedRule {
        text: text.to_owned(),
        when: "stage recovery".to_owned(),
        then: then.to_owned(),
    };
    let house = crate::runbook::rules::of_house(&[
        rule("Look at the ledger", "propose task: Compare the ledger"),
        rule("Tell the board", "draft for: executives"),
        rule("A scribe", "propose role: scribe"),
    ])
    .unwrap();
    let stage = crate::model::term::Stage::Recovery;
    let incident = told([write::enter_stage(
        &Incident::default(),
        stage,
        Vec::new(),
        "",
    )]);
    let steps = crate::guide::rules::steps(&incident, &house, noon());
    let found = own(&incident, &steps, &[], &[]);
    assert_eq!(
        kinds(&found),
        ["Rule: Compare the ledger", "Rule: to executives"]
    );
    assert!(found.iter().all(|own| own.decline.is_some()));
    // The rule's own name for its task: accepted here or in the guide, it is one.
    let change = write::proposals::task(&found[0].proposed.what).unwrap();
    let accepted = told([
        write::enter_stage(&Incident::default(), stage, Vec::new(), ""),
        write::tasks::accept(change),
    ]);
    let steps = crate::guide::rules::steps(&accepted, &house, noon());
    assert_eq!(
        kinds(&own(&accepted, &steps, &[], &[])),
        ["Rule: to executives"]
    );
}
