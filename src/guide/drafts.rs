//! The first draft of an update: what is known, in whole sentences, for a person to correct.
//!
//! Says only what the log holds; what is not known is said to be not known.

use crate::classify::targets::Audience;
use crate::guide::{brief, dues, words};
use crate::model::incident::HypothesisState;
use crate::model::term::{Phase, Stamp};
use crate::model::{Incident, Timestamp};

/// The text of an update to an audience, by its name in files. Times are shown `utc_offset_minutes`
/// east of UTC.
pub fn update(
    incident: &Incident,
    audience: &str,
    next_due: Option<Timestamp>,
    now: Timestamp,
    utc_offset_minutes: i32,
) -> String {
    let inside = !matches!(
        Audience::named(audience),
        Some(Audience::Customers | Audience::Partners)
    );
    let wall = |at: Timestamp| words::wall(at, now, utc_offset_minutes);
    let mut sentences = vec![opening(incident)];
    sentences.extend(
        incident
            .stamp(Stamp::ImpactStarted)
            .map(|at| format!("It began at {}.", wall(at))),
    );
    sentences.extend(services(incident));
    sentences.push(condition(incident, inside));
    if inside {
        sentences.extend(
            incident
                .leader()
                .map(|person| format!("{} leads.", brief::name_or_you(incident, person))),
        );
    }
    sentences.extend(next_due.map(|at| format!("The next update comes by {}.", wall(at))));
    sentences.join(" ")
}

fn opening(incident: &Incident) -> String {
    let title = brief::title(incident);
    let title = title.trim_end_matches('.');
    match (dues::phase(incident), incident.priority()) {
        (Phase::Resolved, _) => format!("Over: {title}."),
        (_, Some(priority)) if incident.is_major() => {
            format!("Major incident ({priority}): {title}.")
        }
        _ => format!("{title}."),
    }
}

fn services(incident: &Incident) -> Option<String> {
    let hit: Vec<String> = incident
        .affected()
        .iter()
        .map(|(name, level)| format!("{name} ({})", words::level(*level)))
        .collect();
    (!hit.is_empty()).then(|| format!("Hit: {}.", hit.join(", ")))
}

fn condition(incident: &Incident, inside: bool) -> String {
    let workaround = incident
        .workarounds
        .iter()
        .rev()
        .find(|said| said.what.removed_by.is_none())
        .map(|said| said.what.text.trim_end_matches('.'));
    let cause = incident
        .hypotheses
        .iter()
        .rev()
        .find(|said| said.what.state == HypothesisState::Confirmed)
        .map(|said| said.what.text.trim_end_matches('.'));
    let mut text = match (
        dues::phase(incident),
        incident.stamp(Stamp::Restored).is_some(),
        workaround,
    ) {
        (Phase::Resolved, ..) => "Service is back and the fault is mended.".to_owned(),
        (_, true, _) => "Service is back; we are watching that it stays so.".to_owned(),
        (_, false, Some(workaround)) => format!("A workaround is in place: {workaround}."),
        (Phase::Identified, ..) => "The cause is known and we are working on it.".to_owned(),
        _ => "We are looking into it; the cause is not known yet.".to_owned(),
    };
    if let Some(cause) = cause.filter(|_| inside) {
        text.push_str(&format!(" Cause: {cause}."));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_incident_of_which_nothing_is_known_is_said_so() {
        let text = update(
            &Incident::default(),
            "customers",
            None,
            Timestamp::clamped(0),
            0,
        );
        assert_eq!(
            text,
            "Untitled incident. We are looking into it; the cause is not known yet."
        );
    }
}
