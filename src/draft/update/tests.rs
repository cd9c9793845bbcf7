//! Every draft of the sample, to be read; and what is held back.

use super::*;
use crate::draft::wording::State;
use crate::guide::{sample, write};
use crate::model::communication::PublicWord;
use crate::model::fact::Update;
use crate::model::term::{Phase, Stamp};
use crate::model::testing::{incident as id, noon, writer};
use crate::model::{Cursor, Draft, Fold, Log, LogScope, Person, Span};
use std::fmt::Write as _;

fn folded(log: &Log) -> Incident {
    Fold::of(&[log], Cursor::Now).incident().clone()
}

/// The sample incident, and how it goes on, a state each.
struct Sample(Log);

impl Sample {
    fn new() -> Self {
        let people = sample::people([1, 2, 3].map(|n| Person::from_bytes([n; 10])));
        let mut log = Log::new(LogScope::Incident(id(1)));
        for (who, draft) in sample::lines(noon(), &people) {
            log.append(writer(u8::try_from(who).unwrap() + 1), draft, noon());
        }
        for (who, draft) in sample::next_lines(&folded(&log), noon()) {
            log.append(writer(u8::try_from(who).unwrap() + 1), draft, noon());
        }
        Self(log)
    }

    fn write(&mut self, draft: impl FnOnce(&Incident) -> Draft) {
        let draft = draft(&folded(&self.0));
        self.0.append(writer(1), draft, noon());
    }

    fn goes_on(&mut self, state: State) {
        match state {
            State::Investigating => {}
            State::Identified => self.write(|incident| {
                let change = incident.hypotheses[1].id();
                write::decide_hypothesis(change, true, "It came back with it")
            }),
            State::Mitigated => {
                self.write(|_| write::workaround("Cards go to the second provider"));
                self.write(|incident| write::state(incident, Stamp::Mitigated, None));
            }
            State::Restored => {
                for service in ["Checkout", "Card gateway"] {
                    self.write(|incident| write::restore(incident, service));
                }
                self.write(|incident| write::state(incident, Stamp::Restored, None));
            }
            State::Resolved => {
                self.write(|incident| write::state(incident, Stamp::Resolved, None));
                self.write(|incident| write::close(incident, "", Vec::new(), ""));
            }
        }
    }

    /// The draft for an audience, an hour later, with the next update that its rhythm asks for.
    fn draft(&self, audience: Audience, state: State) -> String {
        let next = noon() + Span::minutes(90);
        let next = (state != State::Resolved).then_some(next);
        let now = noon() + Span::minutes(60);
        let incident = folded(&self.0);
        let organisation = Organisation::default();
        update(&incident, &organisation, audience.name(), next, now, 0).text()
    }
}

/// All drafts of the sample with their headings.
fn drafts() -> Vec<(State, Audience, String)> {
    let mut sample = Sample::new();
    let mut all = Vec::new();
    for state in State::ALL {
        sample.goes_on(state);
        for audience in Audience::ALL {
            all.push((state, audience, sample.draft(audience, state)));
        }
    }
    all
}

#[test]
fn the_drafts_of_the_sample() {
    let mut text = String::new();
    for (state, audience, draft) in drafts() {
        writeln!(text, "{state:?}, {}:\n{draft}\n", audience.name()).unwrap();
    }
    expect_test::expect_file!["expected.txt"].assert_eq(&text);
}

#[test]
fn no_draft_of_the_sample_clashes_with_itself() {
    let incident = folded(&Sample::new().0);
    let what = incident.public.said(PublicWord::What).unwrap();
    // What is looked into is a thing, not a sentence.
    assert!(what.contains(" that "), "{what}");
    for (state, audience, draft) in drafts() {
        let at = format!("{state:?}, {}: {draft}", audience.name());
        for clash in [
            "..",
            ".”.",
            ". .",
            "  ",
            "{",
            "}",
            ": .",
            "is about",
            "paying by card fails",
        ] {
            assert!(!draft.contains(clash), "{clash:?} in {at}");
        }
        for line in draft.lines() {
            for sentence in line.split(". ") {
                let first = sentence.trim_start_matches('“').chars().next();
                assert!(
                    first.is_some_and(|first| !first.is_lowercase()),
                    "{sentence:?} in {at}"
                );
            }
        }
        let over = matches!(state, State::Restored | State::Resolved);
        for present in ["has lasted", "It affects", "Meanwhile", "Until now"] {
            assert!(!over || !draft.contains(present), "{present:?} in {at}");
        }
        for present in ["leads.", "is back", "is mended", "We are", "next update"] {
            let gone = state == State::Resolved;
            assert!(!gone || !draft.contains(present), "{present:?} in {at}");
        }
    }
}

#[test]
fn a_closed_incident_says_no_more_than_its_log() {
    let closed = |stamps: &[Stamp]| {
        let mut sample = Sample::new();
        for stamp in stamps {
            sample.write(|incident| write::state(incident, *stamp, None));
        }
        sample.write(|incident| write::close(incident, "", Vec::new(), ""));
        sample.draft(Audience::Staff, State::Resolved)
    };
    for (stamps, says) in [
        (&[][..], "It was closed."),
        (&[Stamp::Restored], "Service came back."),
        (&[Stamp::Resolved], "The fault was mended."),
        (
            &[Stamp::Restored, Stamp::Resolved],
            "Service came back, and the fault was mended.",
        ),
    ] {
        let text = closed(stamps);
        assert!(text.contains(says), "{text}");
    }
}

#[test]
fn of_what_is_over_no_next_update_is_asked_for() {
    let mut sample = Sample::new();
    for state in State::ALL {
        sample.goes_on(state);
        let known = Known::of(&folded(&sample.0), None, noon(), 0);
        let remarks = remarks(&known, "Card payments failed.", "customers", true);
        let asked = remarks
            .iter()
            .any(|remark| remark.says.starts_with("Say when the next update comes"));
        assert_eq!(asked, state != State::Resolved, "{state:?}");
    }
}

#[test]
fn outsiders_are_held_back_until_somebody_has_decided() {
    let organisation = Organisation::default();
    let sent = |audience: &str| {
        write::update(Update {
            audience: audience.to_owned(),
            text: "Card payments fail.".to_owned(),
            phase: Some(Phase::Investigating),
            ..Update::default()
        })
    };
    for (hit, told, held) in [
        (None, None, true),
        (None, Some("partners"), true),
        (None, Some("customers"), false),
        (Some(true), None, false),
        (Some(false), None, true),
        (Some(false), Some("customers"), true),
    ] {
        let mut sample = Sample(Log::new(LogScope::Incident(id(1))));
        sample.write(|_| write::declare(Nature::Real));
        if let Some(hit) = hit {
            sample.write(|incident| write::communication::confirm_customers(incident, hit));
        }
        if let Some(told) = told {
            sample.write(|_| sent(told));
        }
        let incident = folded(&sample.0);
        let row = format!("{hit:?}, {told:?}");
        assert_eq!(
            is_held_back(&incident, &organisation, "customers"),
            held,
            "{row}"
        );
        assert!(
            !is_held_back(&incident, &organisation, "executives"),
            "{row}"
        );
        let said = leave(&incident, "customers");
        assert_eq!(said.contains("Held back"), held, "{said}");
    }
}
