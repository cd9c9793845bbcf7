//! ITIL's priority: effect and scope give the impact; impact and urgency give the priority.
//!
//! The 3×3 matrix is priority = impact + urgency − 1, as in ServiceNow's base rules (checked).
//! What gives impact, and what makes an incident a major one, are Muster's own defaults.

use std::collections::BTreeMap;

use crate::classify::Provenance;
use crate::model::Span;
use crate::model::fact::Classification;
use crate::model::term::{Criterion, Effect, Impact, Priority, Scope, Urgency};

/// The name of this scheme in files.
pub const SCHEME: &str = "itil_3x3";
/// A priority 2 that lasts this long is a major incident.
pub const PATIENCE: Span = Span::minutes(60);
/// The matrix is ServiceNow's base rule.
pub const MATRIX_FROM: Provenance = Provenance::Checked;
/// What impact follows from effect and scope, and when an incident is major.
pub const REST_FROM: Provenance = Provenance::HouseDefault;

/// What a person has answered so far. Nothing is required.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Answers {
    /// What people cannot do.
    pub effect: Option<Effect>,
    /// How many they are.
    pub scope: Option<Scope>,
    /// How soon it gets worse.
    pub urgency: Option<Urgency>,
    /// What priority 2 needs besides.
    pub criteria: BTreeMap<Criterion, bool>,
}

impl From<&Classification> for Answers {
    fn from(classification: &Classification) -> Self {
        Self {
            effect: classification.effect,
            scope: classification.scope,
            urgency: classification.urgency,
            criteria: classification.criteria.clone(),
        }
    }
}

/// Major, standard, or not to be told yet.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Handling {
    /// Its own process: one person leads, updates at set times, review.
    Major,
    /// The light path.
    Standard,
    /// The answers do not say.
    Pending,
}

/// What follows from the answers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Verdict {
    /// ITIL's impact.
    pub impact: Option<Impact>,
    /// The priority; none while it is pending.
    pub priority: Option<Priority>,
    /// Major or standard.
    pub handling: Handling,
    /// The reason in a sentence.
    pub why: String,
    /// Why it is major, or why it is not.
    pub why_handling: String,
    /// Answers that were not sure, for which the graver level was taken.
    pub assumed: Vec<&'static str>,
    /// Criteria that would still decide between major and standard.
    pub to_ask: Vec<Criterion>,
}

/// ITIL's impact of an effect on a scope. Not sure counts as the graver level.
pub fn impact(effect: Effect, scope: Scope) -> Option<Impact> {
    let few = scope == Scope::Few;
    let number = match effect {
        Effect::CannotWork | Effect::NotSure => 1 + u8::from(few),
        Effect::WorkIsHard => 2 + u8::from(few),
        Effect::Nuisance => 3,
    };
    Impact::new(number)
}

fn urgency_number(urgency: Urgency) -> u8 {
    match urgency {
        Urgency::GettingWorse | Urgency::NotSure => 1,
        Urgency::WithinHours => 2,
        Urgency::CanWait => 3,
    }
}

/// The verdict on some answers; `running` is how long it has lasted unsolved.
pub fn judge(answers: &Answers, running: Span) -> Verdict {
    let impact = answers
        .effect
        .zip(answers.scope)
        .and_then(|(effect, scope)| impact(effect, scope));
    let priority = impact
        .zip(answers.urgency)
        .and_then(|(impact, urgency)| Priority::new(impact.number() + urgency_number(urgency) - 1));
    let (handling, why_handling) = handling(priority, &answers.criteria, running);
    Verdict {
        impact,
        priority,
        handling,
        why: reason(answers, priority),
        why_handling,
        assumed: assumed(answers),
        to_ask: to_ask(priority, handling, &answers.criteria),
    }
}

fn handling(
    priority: Option<Priority>,
    criteria: &BTreeMap<Criterion, bool>,
    running: Span,
) -> (Handling, String) {
    let Some(priority) = priority else {
        return (
            Handling::Pending,
            "Priority pending: three answers decide it.".to_owned(),
        );
    };
    if priority == Priority::P1 {
        return (Handling::Major, "Major: every priority 1 is.".to_owned());
    }
    if priority != Priority::P2 {
        return (
            Handling::Standard,
            format!(
                "Not major: priority {} is handled on the light path.",
                priority.number()
            ),
        );
    }
    if let Some((criterion, _)) = criteria.iter().find(|(_, holds)| **holds) {
        return (
            Handling::Major,
            format!("Major: priority 2, and {}.", criterion_words(*criterion)),
        );
    }
    if running >= PATIENCE {
        return (
            Handling::Major,
            "Major: priority 2, and not solved after 60 minutes.".to_owned(),
        );
    }
    let why = "Not major yet: priority 2 becomes major when three teams are needed, data or safety is at risk, a legal clock may run, the press asks, or after 60 minutes.";
    (Handling::Standard, why.to_owned())
}

/// A criterion as the end of a sentence.
pub fn criterion_words(criterion: Criterion) -> &'static str {
    match criterion {
        Criterion::SeveralTeams => "three or more teams are needed",
        Criterion::DataOrSafety => "data, security or safety may be harmed",
        Criterion::LegalClock => "a legal deadline may apply",
        Criterion::Press => "the press or the public has noticed",
    }
}

/// A criterion as a question.
pub fn criterion_question(criterion: Criterion) -> &'static str {
    match criterion {
        Criterion::SeveralTeams => "Are three or more teams needed?",
        Criterion::DataOrSafety => "May data, security or people's safety be harmed?",
        Criterion::LegalClock => "May a legal deadline apply, such as telling a regulator?",
        Criterion::Press => "Has the press or the public noticed?",
    }
}

fn to_ask(
    priority: Option<Priority>,
    handling: Handling,
    criteria: &BTreeMap<Criterion, bool>,
) -> Vec<Criterion> {
    if priority != Some(Priority::P2) || handling == Handling::Major {
        return Vec::new();
    }
    Criterion::ALL
        .iter()
        .filter(|criterion| !criteria.contains_key(criterion))
        .copied()
        .collect()
}

fn assumed(answers: &Answers) -> Vec<&'static str> {
    let unsure = [
        (answers.effect == Some(Effect::NotSure), "effect"),
        (answers.scope == Some(Scope::NotSure), "scope"),
        (answers.urgency == Some(Urgency::NotSure), "urgency"),
    ];
    unsure
        .into_iter()
        .filter(|(unsure, _)| *unsure)
        .map(|(_, name)| name)
        .collect()
}

/// What is known in one sentence, then what was taken for each answer that is not sure, then what is
/// still open.
fn reason(answers: &Answers, priority: Option<Priority>) -> String {
    let sentences: Vec<&str> = [
        (answers.effect == Some(Effect::NotSure))
            .then_some("The effect is not sure, so the gravest is taken."),
        (answers.scope == Some(Scope::NotSure))
            .then_some("How many are hit is not sure, so many are taken."),
        (answers.urgency == Some(Urgency::NotSure))
            .then_some("How soon it gets worse is not sure, so now is taken."),
    ]
    .into_iter()
    .flatten()
    .collect();
    let missing: Vec<&str> = [
        (answers.effect.is_none(), "effect"),
        (answers.scope.is_none(), "scope"),
        (answers.urgency.is_none(), "urgency"),
    ]
    .into_iter()
    .filter(|(missing, _)| *missing)
    .map(|(_, name)| name)
    .collect();
    if missing.len() == 3 {
        return "Nothing is answered yet; that can wait.".to_owned();
    }
    let open = (priority.is_none()).then(|| format!("Still open: {}.", missing.join(", ")));
    let known = known(answers);
    known
        .iter()
        .map(String::as_str)
        .chain(sentences)
        .chain(open.as_deref())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The sentence of what was answered and is sure; none where nothing is.
fn known(answers: &Answers) -> Option<String> {
    let effect = match answers.effect {
        Some(Effect::CannotWork) => Some("a service the business lives on is down"),
        Some(Effect::WorkIsHard) => Some("an important function is down or badly slow"),
        Some(Effect::Nuisance) => Some("something small is wrong"),
        Some(Effect::NotSure) | None => None,
    };
    let people = match answers.scope {
        Some(Scope::Most) => Some("most people"),
        Some(Scope::Many) => Some("many people"),
        Some(Scope::Few) => Some("a few people"),
        Some(Scope::NotSure) | None => None,
    };
    let urgency = match answers.urgency {
        Some(Urgency::GettingWorse) => Some("it gets worse while we wait"),
        Some(Urgency::WithinHours) => Some("it will hurt within hours"),
        Some(Urgency::CanWait) => Some("it can wait until tomorrow"),
        Some(Urgency::NotSure) | None => None,
    };
    let hit = match (effect, people) {
        (Some(effect), Some(people)) => Some(format!("{effect} for {people}")),
        (Some(effect), None) => Some(effect.to_owned()),
        (None, Some(people)) => Some(format!("{people} are hit")),
        (None, None) => None,
    };
    let parts = hit.into_iter().chain(urgency.map(str::to_owned));
    let sentence = parts.collect::<Vec<_>>().join(", and ");
    (!sentence.is_empty()).then(|| format!("{}.", capital(&sentence)))
}

fn capital(text: &str) -> String {
    let mut text = text.to_owned();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}

/// A person sees it differently than the scheme.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Overrule {
    /// The priority that they give it.
    pub priority: Priority,
    /// Whether they handle it as a major incident.
    pub major: bool,
    /// Why.
    pub reason: String,
}

/// What is written down: the answers with their verdict, or with what a person made of it.
pub fn classification(
    answers: &Answers,
    running: Span,
    overrule: Option<&Overrule>,
) -> Classification {
    let verdict = judge(answers, running);
    let why = match verdict.priority {
        Some(_) => format!("{} {}", verdict.why, verdict.why_handling),
        None => verdict.why,
    };
    Classification {
        scheme: SCHEME.to_owned(),
        effect: answers.effect,
        scope: answers.scope,
        urgency: answers.urgency,
        criteria: answers.criteria.clone(),
        impact: verdict.impact,
        priority: overrule.map_or(verdict.priority, |overrule| Some(overrule.priority)),
        major: overrule.map_or(verdict.handling == Handling::Major, |overrule| {
            overrule.major
        }),
        why,
        overruled: overrule.map(|overrule| overrule.reason.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(effect: Effect, scope: Scope, urgency: Urgency) -> Answers {
        Answers {
            effect: Some(effect),
            scope: Some(scope),
            urgency: Some(urgency),
            criteria: BTreeMap::new(),
        }
    }

    #[test]
    fn the_whole_matrix() {
        use {Effect as E, Scope as S, Urgency as U};
        let expected = [
            // effect, scope, then priority at: getting worse, within hours, can wait, not sure
            (E::CannotWork, S::Most, [1, 2, 3, 1]),
            (E::CannotWork, S::Many, [1, 2, 3, 1]),
            (E::CannotWork, S::Few, [2, 3, 4, 2]),
            (E::CannotWork, S::NotSure, [1, 2, 3, 1]),
            (E::WorkIsHard, S::Most, [2, 3, 4, 2]),
            (E::WorkIsHard, S::Many, [2, 3, 4, 2]),
            (E::WorkIsHard, S::Few, [3, 4, 5, 3]),
            (E::WorkIsHard, S::NotSure, [2, 3, 4, 2]),
            (E::Nuisance, S::Most, [3, 4, 5, 3]),
            (E::Nuisance, S::Many, [3, 4, 5, 3]),
            (E::Nuisance, S::Few, [3, 4, 5, 3]),
            (E::Nuisance, S::NotSure, [3, 4, 5, 3]),
            (E::NotSure, S::Most, [1, 2, 3, 1]),
            (E::NotSure, S::Many, [1, 2, 3, 1]),
            (E::NotSure, S::Few, [2, 3, 4, 2]),
            (E::NotSure, S::NotSure, [1, 2, 3, 1]),
        ];
        for (effect, scope, priorities) in expected {
            for (urgency, number) in U::ALL.iter().zip(priorities) {
                let verdict = judge(&answers(effect, scope, *urgency), Span(0));
                assert_eq!(
                    verdict.priority,
                    Priority::new(number),
                    "{effect:?} {scope:?} {urgency:?}"
                );
            }
        }
    }

    #[test]
    fn a_graver_answer_never_lowers_the_priority() {
        for effects in Effect::ALL[..3].windows(2) {
            for scope in Scope::ALL {
                for urgency in Urgency::ALL {
                    let grave = judge(&answers(effects[0], *scope, *urgency), Span(0)).priority;
                    let light = judge(&answers(effects[1], *scope, *urgency), Span(0)).priority;
                    assert!(grave <= light, "{effects:?} {scope:?} {urgency:?}");
                }
            }
        }
    }

    #[test]
    fn priority_two_is_major_by_its_criteria_or_by_its_age() {
        let p2 = answers(Effect::WorkIsHard, Scope::Many, Urgency::GettingWorse);
        let verdict = judge(&p2, Span::minutes(59));
        assert_eq!(
            (verdict.handling, verdict.to_ask.len()),
            (Handling::Standard, 4)
        );
        assert_eq!(judge(&p2, PATIENCE).handling, Handling::Major);
        let mut asked = p2.clone();
        asked.criteria = [(Criterion::SeveralTeams, false), (Criterion::Press, true)].into();
        let verdict = judge(&asked, Span(0));
        assert_eq!(verdict.handling, Handling::Major);
        assert!(
            verdict.why_handling.contains("press"),
            "{}",
            verdict.why_handling
        );
        let p3 = answers(Effect::Nuisance, Scope::Few, Urgency::GettingWorse);
        assert_eq!(judge(&p3, Span::hours(9)).handling, Handling::Standard);
    }

    #[test]
    fn missing_answers_leave_it_pending_and_say_what_is_known() {
        let verdict = judge(&Answers::default(), Span(0));
        assert_eq!(
            (verdict.priority, verdict.handling),
            (None, Handling::Pending)
        );
        let some = Answers {
            effect: Some(Effect::CannotWork),
            ..Answers::default()
        };
        expect_test::expect![
            "A service the business lives on is down. Still open: scope, urgency."
        ]
        .assert_eq(&judge(&some, Span(0)).why);
        let all = answers(Effect::CannotWork, Scope::Most, Urgency::GettingWorse);
        expect_test::expect!["A service the business lives on is down for most people, and it gets worse while we wait."]
            .assert_eq(&judge(&all, Span(0)).why);
    }

    /// Every answer, and none, to each of the three questions.
    fn all_answers() -> Vec<Answers> {
        fn and_none<T: Copy>(all: &[T]) -> Vec<Option<T>> {
            let all = all.iter().copied().map(Some);
            all.chain([None]).collect()
        }
        let mut found = Vec::new();
        for effect in and_none(Effect::ALL) {
            for scope in and_none(Scope::ALL) {
                for urgency in and_none(Urgency::ALL) {
                    found.push(Answers {
                        effect,
                        scope,
                        urgency,
                        ..Answers::default()
                    });
                }
            }
        }
        found
    }

    #[test]
    fn every_reason_is_clean_sentences() {
        for answers in all_answers() {
            let why = judge(&answers, Span(0)).why;
            assert!(why.ends_with('.'), "{why}");
            for sentence in why.trim_end_matches('.').split(". ") {
                assert!(
                    sentence.starts_with(|first: char| first.is_ascii_uppercase()),
                    "{why}"
                );
                // An assumption stands in a sentence of its own.
                let assumes = sentence.matches(", so ").count();
                assert!(assumes <= 1, "{why}");
                assert!(assumes == 0 || !sentence.contains(", and "), "{why}");
                assert!(!sentence.contains("for nobody"), "{why}");
                assert!(!sentence.starts_with("For "), "{why}");
            }
        }
    }

    #[test]
    fn what_is_not_sure_is_said_with_what_is_taken() {
        use {Effect as E, Scope as S, Urgency as U};
        for (effect, scope, urgency, why) in [
            (
                E::NotSure,
                S::NotSure,
                U::NotSure,
                "The effect is not sure, so the gravest is taken. How many are hit is not sure, so many are taken. How soon it gets worse is not sure, so now is taken.",
            ),
            (
                E::NotSure,
                S::Many,
                U::WithinHours,
                "Many people are hit, and it will hurt within hours. The effect is not sure, so the gravest is taken.",
            ),
            (
                E::CannotWork,
                S::NotSure,
                U::GettingWorse,
                "A service the business lives on is down, and it gets worse while we wait. How many are hit is not sure, so many are taken.",
            ),
            (
                E::WorkIsHard,
                S::Few,
                U::NotSure,
                "An important function is down or badly slow for a few people. How soon it gets worse is not sure, so now is taken.",
            ),
            (
                E::NotSure,
                S::NotSure,
                U::CanWait,
                "It can wait until tomorrow. The effect is not sure, so the gravest is taken. How many are hit is not sure, so many are taken.",
            ),
        ] {
            assert_eq!(judge(&answers(effect, scope, urgency), Span(0)).why, why);
        }
    }

    #[test]
    fn a_person_may_see_it_differently() {
        let all = answers(Effect::CannotWork, Scope::Most, Urgency::GettingWorse);
        let overrule = Overrule {
            priority: Priority::P3,
            major: false,
            reason: "Only the test shop".into(),
        };
        let written = classification(&all, Span(0), Some(&overrule));
        assert_eq!(
            (written.priority, written.major),
            (Some(Priority::P3), false)
        );
        assert_eq!(written.overruled.as_deref(), Some("Only the test shop"));
        assert_eq!(Answers::from(&written), all);
    }
}
