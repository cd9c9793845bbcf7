//! Tables: where checks stand, what the watch says, what is asked for before it is over.

use super::*;
use crate::classify::priority::{Answers, classification};
use crate::guide::step::{Advice, Circumstances, Urgency};
use crate::guide::{advise, stages, write};
use crate::model::fact::{CheckPlan, Relief, Update};
use crate::model::term::{Effect, Level, Phase, Scope, Urgency as Soon};
use crate::model::testing::{incident as id, noon, writer};
use crate::model::{Cursor, Draft, Fold, Log, LogScope, Person};

/// An incident that grows by drafts, each written at a minute after noon.
struct Growing {
    log: Log,
    now: Timestamp,
}

impl Growing {
    fn declared(major: bool) -> Self {
        let log = Log::new(LogScope::Incident(id(1)));
        let mut growing = Self { log, now: noon() };
        let effect = if major {
            Effect::CannotWork
        } else {
            Effect::Nuisance
        };
        let answers = Answers {
            effect: Some(effect),
            scope: Some(Scope::Most),
            urgency: Some(Soon::GettingWorse),
            ..Answers::default()
        };
        growing.at(0, |_| write::declare(Nature::Real));
        growing.at(0, |incident| write::title(incident, "Card payments fail"));
        growing.at(0, |incident| {
            write::classify(incident, classification(&answers, Span(0), None))
        });
        growing
    }

    fn at(&mut self, minute: i64, draft: impl FnOnce(&Incident) -> Draft) -> EventId {
        self.now = after(minute);
        let draft = draft(&self.incident());
        self.log.append(writer(1), draft, self.now).id
    }

    fn incident(&self) -> Incident {
        Fold::of(&[&self.log], Cursor::Now).incident().clone()
    }

    fn advice(&self) -> Advice {
        advise(&self.incident(), self.now, &Circumstances::default())
    }

    fn step(&self, name: &str) -> Option<Step> {
        let advice = self.advice();
        let mut steps = advice.next.into_iter().chain(advice.also);
        steps.find(|step| step.name == name)
    }

    fn due(&self, name: &str) -> Option<Due> {
        self.advice()
            .dues
            .into_iter()
            .find(|due| due.name.starts_with(name))
    }

    /// The names of what recovery expects and does not have.
    fn open(&self) -> Vec<&'static str> {
        let criteria = stages::criteria(&self.incident(), Stage::Recovery);
        stages::open(&criteria).iter().map(|one| one.name).collect()
    }

    fn tells(&mut self, minute: i64, audience: &str) {
        let update = Update {
            audience: audience.to_owned(),
            text: "We are on it.".to_owned(),
            ..Update::default()
        };
        self.at(minute, |_| write::update(update));
    }

    /// An update that says how far it is, and when the next one comes.
    fn says(&mut self, minute: i64, audience: &str, phase: Phase, next: Option<i64>) {
        let update = Update {
            audience: audience.to_owned(),
            text: "Service is back.".to_owned(),
            phase: Some(phase),
            next_due: next.map(after),
            ..Update::default()
        };
        self.at(minute, |_| write::update(update));
    }

    fn resolved(&mut self, minute: i64) {
        self.at(minute, |incident| {
            write::state(incident, Stamp::Resolved, None)
        });
    }

    fn plans(&mut self, by: CheckBy, minutes: Option<u32>) -> EventId {
        let plan = CheckPlan {
            text: "Less than 1 % of orders fail".to_owned(),
            by,
            service: String::new(),
            minutes,
        };
        self.at(0, |_| write::recovery::plan_check(&plan))
    }

    fn enters(&mut self, minute: i64, stage: Stage) {
        self.at(minute, |incident| {
            write::enter_stage(incident, stage, Vec::new(), "")
        });
    }

    fn restored(&mut self, minute: i64) {
        self.at(minute, |incident| {
            write::state(incident, Stamp::Restored, None)
        });
    }
}

fn after(minutes: i64) -> Timestamp {
    noon() + Span::minutes(minutes)
}

/// What is said of a planned check.
#[derive(Clone, Copy)]
enum Say {
    Begun(i64),
    Passed(i64),
    Failed(i64),
}
use Say::{Begun, Failed, Passed};

/// The same, with minutes in the place of instants and without ids.
#[derive(PartialEq, Debug)]
enum Stands {
    Open,
    Until(i64),
    Pass,
    Fail,
}

fn stands(by: CheckBy, minutes: Option<u32>, said: &[Say]) -> Stands {
    let mut growing = Growing::declared(true);
    let planned = growing.plans(by, minutes);
    for say in said {
        match *say {
            Begun(at) => growing.at(at, |_| write::recovery::begin_check(planned)),
            Passed(at) => growing.at(at, |incident| {
                write::recovery::judge_check(incident, planned, true, "")
            }),
            Failed(at) => growing.at(at, |incident| {
                write::recovery::judge_check(incident, planned, false, "")
            }),
        };
    }
    let incident = growing.incident();
    match stand(&incident, &incident.planned_checks[0]) {
        Stand::Open => Stands::Open,
        Stand::Holding(until) => Stands::Until((until - noon()).whole_minutes()),
        Stand::Passed(_) => Stands::Pass,
        Stand::Failed(_) => Stands::Fail,
    }
}

#[test]
fn a_threshold_passes_only_once_it_has_held_for_long_enough() {
    let rows: [(&[Say], Stands); 11] = [
        (&[], Stands::Open),
        (&[Begun(1)], Stands::Until(11)),
        (&[Begun(1), Passed(10)], Stands::Until(11)),
        (&[Begun(1), Passed(11)], Stands::Pass),
        (&[Passed(11)], Stands::Open),
        (&[Begun(1), Failed(5)], Stands::Fail),
        (&[Begun(1), Failed(5), Begun(6)], Stands::Until(16)),
        (&[Begun(1), Failed(5), Passed(12)], Stands::Open),
        (&[Begun(1), Failed(5), Begun(6), Passed(16)], Stands::Pass),
        (&[Begun(1), Begun(4), Passed(11)], Stands::Until(14)),
        (&[Begun(1), Passed(11), Failed(20)], Stands::Fail),
    ];
    for (place, (said, expected)) in rows.into_iter().enumerate() {
        let found = stands(CheckBy::Threshold, Some(10), said);
        assert_eq!(found, expected, "row {place}");
    }
}

#[test]
fn what_needs_no_time_is_decided_at_once() {
    for (by, minutes) in [
        (CheckBy::Test, Some(10)),
        (CheckBy::Word, None),
        (CheckBy::Threshold, None),
    ] {
        assert_eq!(stands(by, minutes, &[Passed(1)]), Stands::Pass);
        assert_eq!(stands(by, minutes, &[Begun(1)]), Stands::Open);
        assert_eq!(stands(by, minutes, &[Passed(1), Failed(2)]), Stands::Fail);
    }
}

#[test]
fn all_planned_checks_and_the_last_other_one_prove_recovery() {
    let mut growing = Growing::declared(true);
    assert!(proof(&growing.incident()).is_empty());
    let first = growing.at(1, |_| write::check("Orders", true));
    assert_eq!(proof(&growing.incident()), [first]);
    let planned = growing.plans(CheckBy::Test, None);
    assert!(proof(&growing.incident()).is_empty());
    assert_eq!(next_check(&growing.incident()), Act::JudgeCheck(planned));
    let result = growing.at(3, |incident| {
        write::recovery::judge_check(incident, planned, true, "")
    });
    assert_eq!(proof(&growing.incident()), [result, first]);
    growing.at(4, |_| write::check("Mails", false));
    assert!(proof(&growing.incident()).is_empty());
    assert_eq!(failed(&growing.incident()).unwrap().what.text, "Mails");
    // A result of a plan that was taken back is a check like others.
    growing.at(5, |_| write::retract(planned));
    let last = growing.at(6, |_| write::check("Mails", true));
    assert_eq!(proof(&growing.incident()), [last]);
}

#[test]
fn a_threshold_is_begun_and_then_asked_for_when_its_time_is_over() {
    let mut growing = Growing::declared(true);
    let planned = growing.plans(CheckBy::Threshold, Some(10));
    growing.enters(1, Stage::Recovery);
    assert_eq!(
        growing.step("checked").unwrap().act,
        Act::BeginCheck(planned)
    );
    growing.at(2, |_| write::recovery::begin_check(planned));
    // While it holds there is something else to do first.
    let next = growing.advice().next.unwrap();
    assert_eq!(next.act, Act::State(Stamp::Restored));
    let due = growing.due("check_").unwrap();
    assert_eq!((due.at, due.urgency), (after(12), Urgency::Soon));
    growing.now = after(13);
    let late = growing.advice().next.unwrap();
    assert_eq!(late.act, Act::JudgeCheck(planned));
    assert!(late.title.starts_with("Whether it held: “Less than 1 %"));
    growing.at(14, |incident| {
        write::recovery::judge_check(incident, planned, true, "")
    });
    assert_eq!(growing.due("check_"), None);
    assert!(!growing.open().contains(&"checked"));
}

#[test]
fn the_watch_counts_down_and_asks_at_its_end() {
    let mut growing = Growing::declared(true);
    growing.enters(0, Stage::Recovery);
    growing.restored(1);
    assert!(growing.open().contains(&"watched"));
    growing.at(2, |_| write::recovery::watch(30));
    assert!(!growing.open().contains(&"watched"));
    let watch = watch(&growing.incident()).unwrap();
    assert_eq!((watch.until, watch.failed), (after(32), None));
    assert!(watch.runs(after(31)) && !watch.runs(after(32)));
    assert_eq!(growing.due("watch").unwrap().at, after(32));
    growing.at(20, |_| write::check("Orders", true));
    assert!(growing.due("watch").is_some());
    growing.now = after(33);
    assert_eq!(growing.step("late_watch").unwrap().act, Act::CheckRecovery);
    growing.at(33, |_| write::check("Orders", true));
    assert_eq!(growing.due("watch"), None);
}

#[test]
fn a_check_that_fails_sends_back_unless_somebody_has_seen_to_it() {
    let mut growing = Growing::declared(true);
    growing.enters(0, Stage::Recovery);
    growing.at(1, |_| write::check("Orders", false));
    assert_eq!(
        growing.step("check_failed"),
        None,
        "nothing was said to be back"
    );
    growing.at(2, |_| write::check("Orders", true));
    growing.at(3, |_| write::recovery::watch(30));
    growing.at(4, |_| write::check("Orders", false));
    let step = growing.advice().next.unwrap();
    assert_eq!(step.act, Act::EnterStage(Stage::Investigation));
    assert!(
        growing.open().contains(&"watched"),
        "it has to be watched again"
    );
    assert_eq!(growing.due("watch"), None);
    growing.enters(5, Stage::Investigation);
    assert_eq!(growing.step("check_failed"), None);
    growing.enters(6, Stage::Recovery);
    assert_eq!(growing.step("check_failed"), None);
    growing.restored(7);
    growing.enters(8, Stage::Review);
    growing.at(9, |_| write::check("Orders", false));
    assert!(growing.step("check_failed").is_some(), "in the review too");
    growing.at(10, |_| write::check("Orders", true));
    assert_eq!(growing.step("check_failed"), None);
}

#[test]
fn a_check_that_fails_after_closing_asks_to_open_it_again() {
    let mut growing = Growing::declared(false);
    growing.at(1, |incident| {
        write::close(incident, "It went away", Vec::new(), "")
    });
    assert_eq!(growing.advice().next, None);
    growing.at(2, |_| write::check("Orders", false));
    assert_eq!(growing.advice().next.unwrap().act, Act::Reopen);
}

#[test]
fn a_fix_is_not_service_that_is_restored() {
    for major in [true, false] {
        let mut growing = Growing::declared(major);
        growing.enters(0, Stage::Recovery);
        growing.at(1, |_| write::check("Orders", true));
        assert_eq!(growing.step("unproven_fix"), None);
        growing.at(2, |_| write::fix("Rolled back"));
        let step = growing.step("unproven_fix").unwrap();
        assert_eq!(step.act, Act::CheckRecovery);
        assert!(step.why.contains("not service that is restored"));
        growing.restored(3);
        assert_eq!(growing.step("unproven_fix").is_some(), major);
        growing.at(4, |_| write::check("Orders", true));
        assert_eq!(growing.step("unproven_fix"), None);
    }
}

#[test]
fn a_workaround_is_removed_or_a_problem_record_holds_what_stays() {
    for major in [true, false] {
        let mut growing = Growing::declared(major);
        let open = |growing: &Growing, name: &str| growing.open().contains(&name);
        assert!(!open(&growing, "workarounds"), "there is none");
        let first = growing.at(1, |_| write::workaround("The second provider"));
        let second = growing.at(2, |_| write::workaround("By phone"));
        assert!(open(&growing, "workarounds") && open(&growing, "resolved"));
        let own = growing.at(3, |_| {
            write::causes::problem(Some(first), "P-1", "The limit")
        });
        assert!(open(&growing, "workarounds"), "the second has none");
        assert!(
            !open(&growing, "resolved"),
            "a record holds what is not mended"
        );
        growing.at(4, |_| write::remove_workaround(second, ""));
        assert!(!open(&growing, "workarounds"));
        growing.at(5, |_| write::causes::close_problem(own, "Mended"));
        assert!(open(&growing, "workarounds") && open(&growing, "resolved"));
        let all = growing.at(6, |_| write::causes::problem(None, "", "All of it"));
        assert!(!open(&growing, "workarounds"));
        growing.at(7, |_| write::retract(all));
        assert!(open(&growing, "workarounds"));
        growing.at(8, |_| write::remove_workaround(first, ""));
        assert!(!open(&growing, "workarounds"));
    }
}

#[test]
fn a_workaround_is_due_when_it_expires_even_after_closing() {
    let mut growing = Growing::declared(false);
    let relief = Relief {
        text: "The second provider".to_owned(),
        expires: Some(after(60)),
        undo: "Set the route back".to_owned(),
        ..Relief::default()
    };
    let none = Incident::default();
    let drafts = write::causes::apply_workaround(&none, &relief, false, None);
    let applied = growing.at(1, |_| drafts[0].clone());
    let due = growing.due("workaround_").unwrap();
    assert_eq!(due.at, after(60));
    assert!(due.why.contains("Set the route back"));
    growing.at(2, |incident| write::close(incident, "", Vec::new(), ""));
    growing.now = after(61);
    let step = growing.advice().next.unwrap();
    assert_eq!(step.act, Act::RemoveWorkaround(applied));
    growing.at(62, |_| write::remove_workaround(applied, ""));
    assert_eq!(growing.due("workaround_"), None);
}

#[test]
fn a_workaround_says_how_the_service_is_with_it() {
    let mut growing = Growing::declared(true);
    growing.at(1, |incident| {
        write::affect(incident, "Checkout", Level::Down)
    });
    let relief = |service: &str, level| Relief {
        text: " The second provider ".to_owned(),
        service: service.to_owned(),
        level,
        ..Relief::default()
    };
    let written = |growing: &Growing, relief: &Relief, mitigated: bool| {
        write::causes::apply_workaround(&growing.incident(), relief, mitigated, Some(after(2)))
    };
    let plain = written(&growing, &relief("", Some(Level::Degraded)), false);
    assert_eq!(plain.len(), 1, "of no service no level is told");
    let drafts = written(&growing, &relief(" Checkout ", Some(Level::Degraded)), true);
    assert!(drafts.iter().all(|draft| draft.at == Some(after(2))));
    for draft in drafts {
        growing.at(9, |_| draft);
    }
    let incident = growing.incident();
    assert_eq!(incident.level("Checkout"), Some(Level::Degraded));
    assert_eq!(incident.stamp(Stamp::Mitigated), Some(after(2)));
    let held = &incident.workarounds[0].what;
    assert_eq!(
        (held.text.as_str(), held.service.as_str()),
        ("The second provider", "Checkout")
    );
    assert!(growing.open().contains(&"service_back"));
}

#[test]
fn it_is_offered_to_say_since_when_the_effect_is_smaller() {
    let mut growing = Growing::declared(true);
    assert_eq!(growing.step("eased"), None);
    growing.at(1, |_| write::workaround("By phone"));
    assert_eq!(
        growing.step("eased").unwrap().act,
        Act::State(Stamp::Mitigated)
    );
    growing.restored(2);
    assert_eq!(growing.step("eased"), None);
}

#[test]
fn everybody_who_was_told_hears_of_the_end() {
    let name = "everybody_told_restored";
    let mut growing = Growing::declared(true);
    growing.tells(1, "customers");
    growing.restored(5);
    assert!(!growing.open().contains(&name), "customers have their own");
    growing.tells(2, "executives");
    growing.tells(3, "merchants");
    assert!(!growing.open().is_empty());
    growing.enters(5, Stage::Recovery);
    assert_eq!(growing.step(name), None, "it was said before");
}

#[test]
fn who_was_told_before_the_end_waits_for_it() {
    let name = "everybody_told_restored";
    for major in [true, false] {
        let mut growing = Growing::declared(major);
        growing.enters(0, Stage::Recovery);
        growing.tells(1, "executives");
        growing.tells(2, "merchants");
        growing.restored(5);
        growing.tells(6, "merchants");
        let act = growing.step(name).unwrap().act;
        assert_eq!(act, Act::SendUpdate("executives".to_owned()));
        growing.tells(7, "executives");
        assert!(!growing.open().contains(&name));
    }
}

#[test]
fn roles_are_stood_down_but_for_who_leads() {
    let mut growing = Growing::declared(true);
    let person = Person::from_bytes([1; 10]);
    let assign = |growing: &mut Growing, role: Role| {
        growing.at(1, |incident| write::assign(incident, role, person));
    };
    assign(&mut growing, Role::MajorIncidentManager);
    assert!(!growing.open().contains(&"stood_down"));
    assign(&mut growing, Role::Scribe);
    assign(&mut growing, Role::OperationsLead);
    assert!(growing.open().contains(&"stood_down"));
    let drafts = write::recovery::stand_down(&growing.incident());
    assert_eq!(drafts.len(), 2);
    for draft in drafts {
        growing.at(2, |_| draft);
    }
    assert!(!growing.open().contains(&"stood_down"));
    assert_eq!(growing.incident().leader(), Some(person));
}

#[test]
fn no_hypothesis_is_dropped_in_silence() {
    for major in [true, false] {
        let mut growing = Growing::declared(major);
        let first = growing.at(1, |_| write::hypothesis("The change at noon"));
        growing.at(1, |_| write::hypothesis("A certificate"));
        growing.enters(2, Stage::Recovery);
        let listed = || {
            let criteria = stages::criteria(&growing.incident(), Stage::Recovery);
            let open = criteria.into_iter().filter(|one| one.name == "decided");
            open.map(|one| one.title).collect::<Vec<_>>()
        };
        assert_eq!(
            listed(),
            [
                "“The change at noon” is confirmed or ruled out",
                "“A certificate” is confirmed or ruled out"
            ]
        );
        assert_eq!(growing.step("decided"), None, "service comes first");
        growing.restored(3);
        assert_eq!(
            growing.step("decided").unwrap().act,
            Act::DecideHypothesis(first)
        );
        growing.at(4, |_| write::waive("decided", "The provider does not say"));
        assert_eq!(growing.step("decided"), None);
    }
}

#[test]
fn the_list_to_close_of_a_major_incident() {
    let mut growing = Growing::declared(true);
    let person = Person::from_bytes([1; 10]);
    growing.at(1, |incident| {
        write::affect(incident, "Checkout", Level::Down)
    });
    growing.at(1, |incident| write::assign(incident, Role::Scribe, person));
    growing.at(1, |_| write::hypothesis("The change at noon"));
    growing.at(1, |_| write::workaround("By phone"));
    growing.tells(1, "executives");
    assert_eq!(
        growing.open(),
        [
            "service_back",
            "restored",
            "checked",
            "watched",
            "customers_told_restored",
            "everybody_told_restored",
            "drained",
            "resolved",
            "workarounds",
            "decided",
            "stood_down",
        ]
    );
    // Before service is back nothing but service is asked for.
    growing.enters(2, Stage::Recovery);
    let asked = growing.advice();
    let asked = asked.next.into_iter().chain(asked.also);
    let names: Vec<String> = asked.map(|step| step.name).collect();
    for later in [
        "watched",
        "drained",
        "resolved",
        "workarounds",
        "decided",
        "stood_down",
    ] {
        assert!(!names.iter().any(|name| name == later), "{names:?}");
    }
}

#[test]
fn the_light_path_asks_for_little() {
    let mut growing = Growing::declared(false);
    assert_eq!(growing.open(), ["restored", "resolved"]);
    growing.plans(CheckBy::Word, None);
    assert_eq!(growing.open(), ["restored", "checked", "resolved"]);
}

#[test]
fn nothing_is_closed_while_it_is_watched() {
    let mut growing = Growing::declared(false);
    growing.enters(0, Stage::Recovery);
    growing.restored(1);
    growing.at(1, |incident| write::state(incident, Stamp::Resolved, None));
    assert_eq!(growing.advice().next.unwrap().act, Act::Close);
    growing.at(2, |_| write::recovery::watch(30));
    assert_eq!(growing.advice().next.unwrap().name, "watching");
    growing.now = after(32);
    assert_eq!(growing.advice().next.unwrap().act, Act::Close);
}

#[test]
fn a_promise_stays_due_until_a_resolved_update_goes_out() {
    for (phase, next, due) in [
        (Phase::Monitoring, Some(65), Some(65)),
        (Phase::Monitoring, None, None),
        (Phase::Resolved, Some(65), None),
        (Phase::Resolved, None, None),
    ] {
        for major in [true, false] {
            let mut growing = Growing::declared(major);
            growing.says(1, "customers", Phase::Investigating, Some(30));
            growing.restored(4);
            assert_eq!(growing.due("update_customers").unwrap().at, after(30));
            growing.says(5, "customers", phase, next);
            let at = growing.due("update_customers").map(|due| due.at);
            assert_eq!(at, due.map(after), "{phase:?}, {next:?}, major: {major}");
            assert!(due.is_none() || growing.advice().next_update.is_some());
        }
    }
}

#[test]
fn only_a_resolved_update_says_that_it_is_over() {
    for (audience, name) in [
        ("customers", "customers_told_restored"),
        ("executives", "everybody_told_restored"),
    ] {
        let mut growing = Growing::declared(true);
        growing.enters(0, Stage::Recovery);
        growing.says(1, audience, Phase::Resolved, None);
        growing.restored(5);
        let title = |growing: &Growing| growing.step(name).unwrap().title;
        assert!(
            title(&growing).ends_with("that service is back"),
            "{audience}"
        );
        growing.says(6, audience, Phase::Monitoring, Some(36));
        assert!(growing.open().contains(&name), "{audience}");
        assert!(title(&growing).ends_with("that it is over"), "{audience}");
        growing.resolved(7);
        assert!(growing.open().contains(&name), "{audience}");
        growing.says(8, audience, Phase::Resolved, None);
        assert!(!growing.open().contains(&name), "{audience}");
        // One word for both, where the fault was mended before anybody was told.
        growing.restored(9);
        assert!(title(&growing).ends_with("that it is over"), "{audience}");
    }
}

#[test]
fn the_last_word_waits_for_what_comes_before_it() {
    let mut growing = Growing::declared(true);
    let person = Person::from_bytes([1; 10]);
    growing.at(0, |incident| write::assign(incident, Role::Scribe, person));
    growing.enters(0, Stage::Recovery);
    growing.restored(1);
    growing.at(2, |_| write::check("Orders", true));
    growing.at(3, |_| write::recovery::watch(30));
    let next = |growing: &Growing| growing.advice().next.unwrap().name;
    assert_eq!(next(&growing), "customers_told_restored");
    growing.says(4, "customers", Phase::Monitoring, Some(64));
    assert_eq!(next(&growing), "drained");
    growing.at(5, |_| write::recovery::drained("All mail is out"));
    assert_eq!(next(&growing), "resolved");
    growing.resolved(6);
    assert_eq!(next(&growing), "customers_told_restored");
    growing.says(7, "customers", Phase::Resolved, None);
    assert_eq!(next(&growing), "stood_down");
}

#[test]
fn nothing_is_closed_before_what_still_runs_and_was_promised() {
    let mut growing = Growing::declared(true);
    growing.restored(1);
    growing.at(2, |_| write::recovery::watch(30));
    growing.says(3, "customers", Phase::Monitoring, Some(63));
    growing.says(3, "executives", Phase::Resolved, None);
    growing.enters(4, Stage::Review);
    for name in ["findings", "actions", "reviewed"] {
        growing.at(4, |_| write::waive(name, "It is a small thing"));
    }
    let open = |growing: &Growing| {
        let open = open_before_closing(&growing.incident(), &Organisation::default(), growing.now);
        let names = open.into_iter().map(|(name, _)| name);
        names
            .filter(|name| ["watching", "promised_customers"].contains(&name.as_str()))
            .collect::<Vec<_>>()
    };
    assert_eq!(growing.advice().next.unwrap().name, "watching");
    assert!(growing.due("watch").is_some(), "it runs in the review too");
    assert_eq!(open(&growing), ["watching", "promised_customers"]);
    let close = growing.step("close").unwrap();
    assert!(!close.why.contains("Everything"), "{}", close.why);
    growing.now = after(33);
    assert_eq!(growing.due("watch"), None, "a review comes days later");
    let next = growing.advice().next.unwrap();
    assert_eq!(next.act, Act::SendUpdate("customers".to_owned()));
    assert_eq!(open(&growing), ["promised_customers"]);
    growing.says(34, "customers", Phase::Resolved, None);
    assert_eq!(open(&growing), [""; 0]);
    let next = growing.advice().next.unwrap();
    assert_eq!(next.act, Act::Close);
    assert_eq!(next.why, "Everything that was expected is done.");
}

#[test]
fn once_service_is_back_the_guide_goes_on_to_recovery_from_any_stage() {
    let stages = Stage::ALL.iter().filter(|stage| **stage < Stage::Recovery);
    for stage in stages {
        for major in [true, false] {
            let mut growing = Growing::declared(major);
            growing.at(0, |incident| {
                write::enter_stage(incident, *stage, Vec::new(), "")
            });
            growing.restored(1);
            assert_eq!(growing.due("acknowledge"), None, "{stage:?}");
            if major {
                let next = growing.advice().next.unwrap();
                assert_eq!(next.act, Act::SendUpdate("customers".to_owned()));
                growing.says(2, "customers", Phase::Monitoring, None);
                assert_eq!(growing.advice().next.unwrap().act, Act::CheckRecovery);
                growing.at(3, |_| write::check("Orders", true));
            }
            let next = growing.advice().next.unwrap();
            assert_eq!(
                next.act,
                Act::EnterStage(Stage::Recovery),
                "{stage:?}, major: {major}"
            );
            let asked = growing.advice().also;
            let calls = asked
                .iter()
                .any(|step| matches!(step.act, Act::PageResponder | Act::OpenBridge));
            assert!(!calls, "{stage:?}");
        }
    }
}

#[test]
fn a_mended_fault_goes_on_to_recovery_though_nobody_said_that_service_is_back() {
    let mut growing = Growing::declared(true);
    growing.resolved(1);
    assert_eq!(growing.due("acknowledge"), None);
    let next = growing.advice().next.unwrap();
    assert_eq!(next.act, Act::State(Stamp::Restored));
}

#[test]
fn a_next_update_is_refused_for_a_time_that_has_passed() {
    let (early, now, late) = (Some(after(9)), after(10), Some(after(11)));
    for (next, sent, refused) in [
        (None, None, ""),
        (late, None, ""),
        (Some(now), None, "now"),
        (early, None, "now"),
        (early, Some(after(8)), ""),
        (early, early, "when this one was sent"),
        (early, Some(now), "when this one was sent"),
        (late, late, "when this one was sent"),
    ] {
        let incident = Growing::declared(true).incident();
        let said = dues::refused(&incident, next, sent, now).unwrap_or_default();
        let expected = match refused {
            "" => String::new(),
            after => format!(
                "The next update must come after {after}: name a later time, or leave it empty."
            ),
        };
        assert_eq!(said, expected, "{next:?} {sent:?}");
    }
    let mut log = Log::new(LogScope::Incident(id(1)));
    log.append(writer(1), write::declare(Nature::Retrospective), noon());
    let fold = Fold::of(&[&log], Cursor::Now);
    assert_eq!(dues::refused(fold.incident(), early, None, now), None);
}
