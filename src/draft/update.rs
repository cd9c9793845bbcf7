//! The draft of an update to an audience, from the log and the audience's template.
//!
//! Says nothing that the log does not hold. A person corrects and sends it.

use super::check::{Context, Remark, check};
use super::fields::Fields;
use super::markup;
use super::template::{self, Drafted, Field, Filled, Sentence};
use super::wording;
use crate::classify::targets::Audience;
use crate::guide::{dues, timeline, words};
use crate::model::organisation::{Markup, Organisation};
use crate::model::term::{Level, Nature, Phase};
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

/// Whether nothing may go to an audience yet: outsiders hear once a person has confirmed that they
/// are hit. Who sent them something has decided that, unless a person says that they are not.
pub fn is_held_back(incident: &Incident, organisation: &Organisation, audience: &str) -> bool {
    let decided = match incident.customers_hit() {
        Some(hit) => hit,
        None => dues::last_update(incident, audience).is_some(),
    };
    is_outside(organisation, audience) && !decided
}

/// What was decided of whether an audience outside may hear, in a sentence.
pub fn leave(incident: &Incident, audience: &str) -> &'static str {
    match incident.customers_hit() {
        Some(true) => "Customers are hit, a person has confirmed.",
        Some(false) => "A person has said that customers are not hit. Held back.",
        None if dues::last_update(incident, audience).is_some() => {
            "They have heard already: whoever told them took customers to be hit."
        }
        None => {
            "Held back until a person confirms that customers are hit: half of all alarms are smaller than they look."
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
    let field = |name: &str| match fields.field(name) {
        Field::Known(known) => Field::Known(Filled {
            text: markup::escaped(&known.text),
            ..known
        }),
        other => other,
    };
    let mut drafted = template::fill(text, &field, &fields.state_from());
    if incident.nature() == Nature::Drill {
        let declared = incident.declared.iter();
        let mark = Sentence {
            text: words::DRILL.to_owned(),
            from: declared.map(|said| said.id()).collect(),
        };
        drafted.lines.insert(0, vec![mark]);
    }
    if rules.is_none_or(|rules| rules.format == Markup::Plain) {
        for sentence in drafted.lines.iter_mut().flatten() {
            sentence.text = markup::plain(&sentence.text);
        }
    }
    drafted
}

/// What remarks on a text need of the log: worked out once for each change, not at each key press.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Known {
    names: Vec<String>,
    /// What each entry says, as it is written.
    texts: Vec<String>,
    /// Every instant of the log and the next update, as wall times.
    times: Vec<String>,
    /// When the next update is due, as it is written.
    next: Option<String>,
    estimated: bool,
    over: bool,
    full_outage: bool,
}

impl Known {
    /// Of an incident, with the time named for the next update. Times as [`update`] shows them.
    pub fn of(
        incident: &Incident,
        next: Option<Timestamp>,
        now: Timestamp,
        utc_offset_minutes: i32,
    ) -> Self {
        let names = incident.people.keys().map(|person| incident.name(*person));
        let instants = incident.timeline.iter().map(|entry| entry.when).chain(next);
        let walls = |at| {
            [
                words::wall(at, now, utc_offset_minutes),
                words::wall(at, now, 0),
            ]
        };
        let is_down = |(_, level): &(&str, Level)| *level == Level::Down;
        let entries = incident.timeline.iter();
        Self {
            names: names
                .filter(|name| !name.is_empty())
                .map(str::to_owned)
                .collect(),
            texts: entries.map(|entry| said(incident, entry)).collect(),
            times: instants.flat_map(walls).collect(),
            next: next.map(|at| words::wall(at, now, utc_offset_minutes)),
            estimated: incident.open_tasks() > 0,
            over: dues::phase(incident) == Phase::Resolved,
            full_outage: incident.affected().iter().any(is_down),
        }
    }
}

/// What a reader of a text would stumble over, and what the log does not have.
pub fn remarks(known: &Known, text: &str, audience: &str, outside: bool) -> Vec<Remark> {
    let names: Vec<&str> = known.names.iter().map(String::as_str).collect();
    let texts: Vec<&str> = known.texts.iter().map(String::as_str).collect();
    let promised = |next: &String| text.contains(next.as_str());
    let context = Context {
        next_update_promised: known.next.as_ref().is_some_and(promised),
        is_over: known.over,
        estimate_known: known.estimated,
        is_full_outage: known.full_outage,
        inside: !outside,
        known_times: &known.times,
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

#[cfg(test)]
mod tests;
