//! The draft of an update to an audience, from the log and the audience's template.
//!
//! Says nothing that the log does not hold. A person corrects and sends it.

use super::check::{Context, Remark, check};
use super::fields::Fields;
use super::template::{self, Drafted};
use super::wording;
use crate::classify::targets::Audience;
use crate::guide::{dues, timeline, words};
use crate::model::organisation::Organisation;
use crate::model::term::Level;
use crate::model::{Incident, Timestamp};

/// Whether an audience is outside the organisation: as the host says, or by its kind. One that
/// nobody knows is taken for outside.
pub fn is_outside(organisation: &Organisation, audience: &str) -> bool {
    if let Some(rules) = organisation.audience(audience) {
        return rules.outside;
    }
    match Audience::named(audience) {
        Some(Audience::Customers | Audience::Partners | Audience::Regulators) | None => true,
        Some(Audience::Executives | Audience::Staff | Audience::Support | Audience::Technical) => {
            false
        }
    }
}

/// The draft for an audience, by its name in files. Times are shown `utc_offset_minutes` east of UTC.
pub fn update(
    incident: &Incident,
    organisation: &Organisation,
    audience: &str,
    next: Option<Timestamp>,
    now: Timestamp,
    utc_offset_minutes: i32,
) -> Drafted {
    let fields = Fields {
        incident,
        organisation,
        outside: is_outside(organisation, audience),
        next,
        now,
        utc_offset_minutes,
    };
    let rules = organisation.audience(audience);
    let own = rules.and_then(|rules| rules.template(dues::phase(incident)));
    let known = Audience::named(audience);
    let text = own.unwrap_or_else(|| wording::template(known, fields.outside, fields.state()));
    template::fill(text, &|name| fields.field(name), &fields.state_from())
}

/// What a reader of a text would stumble over, and what the log does not have.
pub fn remarks(
    incident: &Incident,
    text: &str,
    audience: &str,
    outside: bool,
    next: Option<Timestamp>,
    now: Timestamp,
    utc_offset_minutes: i32,
) -> Vec<Remark> {
    let names = incident.people.keys().map(|person| incident.name(*person));
    let names: Vec<&str> = names.filter(|name| !name.is_empty()).collect();
    let said: Vec<String> = incident
        .timeline
        .iter()
        .map(|entry| said(incident, entry))
        .collect();
    let texts: Vec<&str> = said.iter().map(String::as_str).collect();
    let instants = incident.timeline.iter().map(|entry| entry.when).chain(next);
    let walls = |at| {
        [
            words::wall(at, now, utc_offset_minutes),
            words::wall(at, now, 0),
        ]
    };
    let times: Vec<String> = instants.flat_map(walls).collect();
    let is_down = |(_, level): &(&str, Level)| *level == Level::Down;
    let context = Context {
        next_update_promised: next
            .is_some_and(|at| text.contains(&words::wall(at, now, utc_offset_minutes))),
        estimate_known: incident.open_tasks() > 0,
        is_full_outage: incident.affected().iter().any(is_down),
        inside: !outside,
        known_times: &times,
        known_names: &names,
        known_texts: &texts,
    };
    // Of the host's own audiences the check knows only on which side they stand.
    let kind = match Audience::named(audience) {
        Some(known) => known,
        None if outside => Audience::Customers,
        None => Audience::Staff,
    };
    check(text, kind.name(), &context)
}

fn said(incident: &Incident, entry: &crate::model::Entry) -> String {
    let line = timeline::line(incident, entry);
    format!("{} {} {}", line.lead, line.text, line.detail)
}
