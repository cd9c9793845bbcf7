//! Who must hear of an incident: each audience with its channel, its rhythm, and its last word.
//!
//! Plain values for a screen, compared before anything is drawn again.

use super::update::is_outside;
use crate::classify::targets::Audience;
use crate::guide::{Advice, Due, brief, dues, words};
use crate::model::organisation::{AudienceRules, Organisation};
use crate::model::term::Priority;
use crate::model::{EventId, Incident, Span, Timestamp};

/// An audience, as it stands in an incident.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Seat {
    /// Its name in files.
    pub audience: String,
    /// Its name on the screen.
    pub title: String,
    /// Whether it is outside the organisation.
    pub outside: bool,
    /// The host's rules for it.
    pub rules: AudienceRules,
    /// When the next word is due, if one is.
    pub due: Option<Due>,
    /// "by mail, every 30 min, approved by the communications lead".
    pub how: String,
    /// The last word that it had: by which event, when, and what.
    pub last: Option<(EventId, Timestamp, String)>,
}

/// Every audience: those of the field, the host's own, and whoever had a word.
pub fn seats(incident: &Incident, organisation: &Organisation, advice: &Advice) -> Vec<Seat> {
    let mut names: Vec<&str> = Audience::ALL.iter().map(|known| known.name()).collect();
    let own = organisation
        .audiences
        .iter()
        .map(|rules| rules.name.as_str());
    let told = incident
        .updates
        .iter()
        .map(|said| said.what.audience.as_str());
    for name in own.chain(told) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let seat = |name: &&str| seat(incident, organisation, advice, name);
    names.iter().map(seat).collect()
}

fn seat(incident: &Incident, organisation: &Organisation, advice: &Advice, name: &str) -> Seat {
    let rules = organisation.audience(name).cloned().unwrap_or_default();
    let last = dues::last_update(incident, name);
    let channel = match (&rules.channel, last) {
        (channel, _) if !channel.is_empty() => channel.clone(),
        (_, Some(said)) => said.what.channel.clone(),
        _ => String::new(),
    };
    let rhythm = rhythm(organisation, incident, name);
    let parts = [
        (!channel.is_empty()).then(|| format!("by {channel}")),
        rhythm.map(|every| format!("every {}", words::span(every))),
        (!rules.approver.is_empty())
            .then(|| format!("approved by {}", words::spelled(&rules.approver))),
    ];
    let due = advice
        .dues
        .iter()
        .find(|due| due.name == format!("update_{name}"));
    Seat {
        audience: name.to_owned(),
        title: dues::audience_title(organisation, name),
        outside: is_outside(organisation, name),
        due: due.cloned(),
        how: parts.into_iter().flatten().collect::<Vec<_>>().join(", "),
        last: last.map(|said| (said.id(), said.when, said.what.text.clone())),
        rules,
    }
}

/// How often an audience hears now: as the host says, or by Muster's own default.
pub fn rhythm(organisation: &Organisation, incident: &Incident, name: &str) -> Option<Span> {
    let priority = incident.priority().unwrap_or(Priority::P1);
    dues::rhythm(organisation, name, priority, dues::phase(incident))
}

/// Who approved, and when.
pub fn approval(
    incident: &Incident,
    audience: &str,
    text: &str,
    wall: impl Fn(Timestamp) -> String,
) -> Option<String> {
    let said = incident.approval(audience, text)?;
    let by = said.by.map_or_else(
        || "somebody".to_owned(),
        |person| brief::name_or_you(incident, person),
    );
    Some(format!("Approved by {by}, {}.", wall(said.when)))
}
