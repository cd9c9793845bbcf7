//! One line of the timeline in words: what happened, by whom, and what became of it.
//!
//! The only place that turns kinds of events into sentences; screens and documents show them.

use crate::classify::targets::Audience;
use crate::guide::words;
use crate::model::incident::Standing;
use crate::model::term::Stamp;
use crate::model::{Entry, EventId, Fact, Incident, Kind};

/// A line in words.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Line {
    /// What happened, in a word or two; empty for plain words.
    pub lead: String,
    /// The rest.
    pub text: String,
    /// Smaller, below: reasons, sources.
    pub detail: String,
    /// Whether it changed the course of the incident.
    pub turning_point: bool,
}

/// An entry in words.
pub fn line(incident: &Incident, entry: &Entry) -> Line {
    let mut line = match entry.standing {
        Standing::Erased => Line {
            lead: "Erased".to_owned(),
            text: "These words were dropped for good.".to_owned(),
            ..Line::default()
        },
        _ => said(incident, entry),
    };
    line.turning_point = entry.stands()
        && matches!(
            entry.kind,
            Kind::Declared
                | Kind::Classified
                | Kind::Escalated
                | Kind::Downgraded
                | Kind::WorkaroundApplied
                | Kind::FixApplied
                | Kind::DecisionMade
                | Kind::Closed
                | Kind::Reopened
                | Kind::StageEntered
        );
    line
}

/// The retractions that were written in one action with this one: what was taken back together is
/// put back together.
pub fn taken_back_together(incident: &Incident, retraction: EventId) -> Vec<EventId> {
    let mut together = vec![retraction];
    let Some(last) = incident.entry(retraction) else {
        return together;
    };
    // An action writes its retractions in a row, at one instant.
    let mut seq = retraction.seq;
    while let Some(entry) = seq
        .checked_sub(1)
        .and_then(|seq| {
            incident.entry(EventId {
                writer: retraction.writer,
                seq,
            })
        })
        .filter(|entry| entry.kind == Kind::Retracted && entry.noted == last.noted)
    {
        together.push(entry.id());
        seq = entry.id().seq;
    }
    together
}

/// Whether the line only serves others, and is left out of the timeline.
pub fn is_silent(entry: &Entry) -> bool {
    matches!(
        entry.kind,
        Kind::Retracted | Kind::Amended | Kind::PersonNamed
    )
}

fn lead(lead: &str, text: &str) -> Line {
    Line {
        lead: lead.to_owned(),
        text: text.to_owned(),
        ..Line::default()
    }
}

fn because(line: Line, detail: &str) -> Line {
    Line {
        detail: detail.to_owned(),
        ..line
    }
}

fn about<'a>(incident: &'a Incident, entry: &Entry) -> &'a str {
    let target = entry.on.and_then(|on| incident.entry(on));
    target
        .and_then(|target| crate::guide::write::text_of(&target.fact))
        .unwrap_or_default()
}

fn said(incident: &Incident, entry: &Entry) -> Line {
    match &entry.fact {
        Fact::Joined(joined) if joined.name.is_empty() => {
            lead("Joined", "somebody opened the incident")
        }
        Fact::Joined(joined) => lead("Joined", &joined.name),
        Fact::PersonNamed(named) => lead("Named", &named.name),
        Fact::Declared(declaration) => match words::nature(declaration.nature) {
            Some(nature) => lead("Declared", &nature.to_ascii_lowercase()),
            None => lead("Declared", ""),
        },
        Fact::Described(description) => match (&description.title, &description.summary) {
            (Some(title), _) => lead("Title", title),
            (None, Some(summary)) => lead("Summary", summary),
            (None, None) => lead("Described", ""),
        },
        Fact::Observed(observation) => lead(
            words::stamp(observation.stamp),
            if observation.stamp == Stamp::Restored {
                "people can work again"
            } else {
                ""
            },
        ),
        Fact::Classified(classification) => classified(classification),
        Fact::Escalated(reason) => lead("Escalated to a major incident", &reason.reason),
        Fact::Downgraded(reason) => lead("Downgraded to a standard incident", &reason.reason),
        Fact::StageEntered(stage) => {
            let open = match stage.open.len() {
                0 => String::new(),
                open => format!(
                    "{} left open. ",
                    words::count(open, "criterion was", "criteria were")
                ),
            };
            because(
                lead("Stage", words::stage(stage.stage)),
                format!("{open}{}", stage.reason).trim(),
            )
        }
        Fact::RoleAssigned(assigned) => {
            lead(&words::role(&assigned.role), incident.name(assigned.person))
        }
        Fact::RoleReleased(released) => lead(&words::role(&released.role), "nobody now"),
        Fact::ResponderPaged(page) if page.via.is_empty() => lead("Called", &page.who),
        Fact::ResponderPaged(page) => lead("Called", &format!("{} by {}", page.who, page.via)),
        Fact::ResponderJoined(responder) => {
            lead("Joined the response", incident.name(responder.person))
        }
        Fact::BridgeOpened(bridge) => lead("Bridge", &format!("{} {}", bridge.label, bridge.url)),
        Fact::ServiceAffected(affected) => lead(&affected.service, words::level(affected.level)),
        Fact::ServiceRestored(restored) => lead(&restored.service, "works again"),
        Fact::HandedOff(hand_off) => lead(
            "Copied",
            &format!(
                "a text for {}; not known to be sent",
                audience(&hand_off.audience)
            ),
        ),
        Fact::UpdateSent(update) => {
            let phase = update
                .phase
                .map(|phase| format!(" ({})", words::phase(phase).to_ascii_lowercase()))
                .unwrap_or_default();
            Line {
                lead: format!("Update to {}{phase}", audience(&update.audience)),
                text: update.text.clone(),
                ..Line::default()
            }
        }
        Fact::HypothesisRaised(words) => lead("Hypothesis", &words.text),
        Fact::HypothesisConfirmed(verdict) => {
            because(lead("Confirmed", about(incident, entry)), &verdict.because)
        }
        Fact::HypothesisRuledOut(verdict) => {
            because(lead("Ruled out", about(incident, entry)), &verdict.because)
        }
        Fact::DecisionMade(decision) => {
            because(lead("Decision", &decision.text), &decision.because)
        }
        Fact::WorkaroundApplied(words) => lead("Workaround", &words.text),
        Fact::WorkaroundRemoved(verdict) => because(
            lead("Workaround removed", about(incident, entry)),
            &verdict.because,
        ),
        Fact::FixApplied(words) => lead("Fix", &words.text),
        Fact::CheckPassed(words) => lead("Check passed", &words.text),
        Fact::CheckFailed(words) => lead("Check failed", &words.text),
        Fact::Note(words) => lead("", &words.text),
        Fact::ReviewHeld(words) => lead("Review held", &words.text),
        Fact::FindingAdded(finding) => lead(finding_words(finding.finding), &finding.text),
        Fact::ActionAdded(action) => lead("Improvement", &action.text),
        Fact::ActionUpdated(update) => lead(
            &format!("Improvement {}", action_words(update.state)),
            about(incident, entry),
        ),
        Fact::Closed(closure) => because(lead("Closed", &closure.outcome), &closure.reason),
        Fact::Reopened(reason) => lead("Reopened", &reason.reason),
        Fact::Linked(link) => lead(words::relation(link.relation), &link.incident.to_string()),
        Fact::SameAs(same) => lead("Same outage as", &same.incident.to_string()),
        Fact::Amended(amendment) => lead("Corrected", &amendment.because),
        Fact::Retracted(verdict) => lead("Taken back", &verdict.because),
        Fact::Erased(verdict) => lead("Erased an entry", &verdict.because),
        Fact::Waived(waiver) => lead(
            "Does not apply",
            &format!("{} {}", waiver.criterion.replace('_', " "), waiver.reason),
        ),
        Fact::Unread => lead(
            &entry.kind.name().replace('_', " "),
            "an entry that this version cannot read; it is kept as it came",
        ),
    }
}

fn classified(classification: &crate::model::fact::Classification) -> Line {
    let lead = match classification.priority {
        Some(priority) if classification.major => format!("{priority}, major incident"),
        Some(priority) => format!("{priority}, standard incident"),
        None => "Priority pending".to_owned(),
    };
    let detail = classification
        .overruled
        .as_ref()
        .map(|reason| format!("Decided by a person: {reason}"))
        .unwrap_or_default();
    Line {
        lead,
        text: classification.why.clone(),
        detail,
        turning_point: false,
    }
}

/// What a review found, in a word or two.
pub fn finding_words(finding: crate::model::term::FindingKind) -> &'static str {
    use crate::model::term::FindingKind as F;
    match finding {
        F::ContributingFactor => "Contributing factor",
        F::WentWell => "Went well",
        F::WentBadly => "Went badly",
        F::Luck => "Where we were lucky",
    }
}

/// Where an improvement stands, in a word or two.
pub fn action_words(state: crate::model::term::ActionState) -> &'static str {
    use crate::model::term::ActionState as S;
    match state {
        S::Open => "open",
        S::InProgress => "in progress",
        S::Done => "done",
        S::Dropped => "dropped",
    }
}

/// An audience as the screen calls it, within a sentence.
pub fn audience(name: &str) -> String {
    Audience::named(name).map_or_else(
        || name.to_owned(),
        |audience| audience.title().to_ascii_lowercase(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guide::write;
    use crate::model::term::{Nature, Stage};
    use crate::model::testing::{incident, noon, writer};
    use crate::model::{Cursor, Fold, Log, LogScope, Span};

    #[test]
    fn what_was_taken_back_together_is_found_together() {
        let mut log = Log::new(LogScope::Incident(incident(1)));
        let none = Incident::default();
        let [lone, declared, titled] = [
            write::declare(Nature::Real),
            write::declare(Nature::Real),
            write::title(&none, "Card payments fail"),
        ]
        .map(|draft| log.append(writer(1), draft, noon()).id);
        let later = noon() + Span::minutes(1);
        let alone = log.append(writer(1), write::retract(lone), noon()).id;
        let first = log.append(writer(1), write::retract(titled), later).id;
        let second = log.append(writer(1), write::retract(declared), later).id;
        let fold = Fold::of(&[&log], Cursor::Now);
        let together = taken_back_together(fold.incident(), second);
        assert_eq!(together, vec![second, first]);
        assert_eq!(taken_back_together(fold.incident(), alone), vec![alone]);
    }

    #[test]
    fn the_reason_for_another_stage_is_said() {
        for (open, reason, detail) in [
            (vec![], "", ""),
            (vec![], "It is down again", "It is down again"),
            (vec!["led"], "", "1 criterion was left open."),
            (
                vec!["led", "called"],
                "Everybody knows",
                "2 criteria were left open. Everybody knows",
            ),
        ] {
            let mut log = Log::new(LogScope::Incident(incident(1)));
            let open = open.into_iter().map(str::to_owned).collect();
            let draft = write::enter_stage(&Incident::default(), Stage::Escalation, open, reason);
            log.append(writer(1), draft, noon());
            let fold = Fold::of(&[&log], Cursor::Now);
            let incident = fold.incident();
            let line = line(incident, &incident.timeline[0]);
            assert_eq!(line.detail, detail);
        }
    }
}
