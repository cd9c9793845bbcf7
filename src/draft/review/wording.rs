//! Remarks on the wording of what people wrote for the review, each with the entry that it is about.

use crate::draft::check::{self, Context, REVIEW, Remark};
use crate::guide::timeline;
use crate::model::term::Stamp;
use crate::model::{EventId, Incident, Register};

/// Remarks on one text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Remarked {
    /// The entry that has the text.
    pub event: EventId,
    /// The text, as the remarks' ranges count in it.
    pub text: String,
    /// What is questionable about it, never nothing.
    pub remarks: Vec<Remark>,
}

/// Remarks on the summary, findings, improvements and words of a review, in that order.
pub fn remarks(incident: &Incident) -> Vec<Remarked> {
    let texts = texts(incident);
    let mine: Vec<EventId> = texts.iter().map(|(event, _)| *event).collect();
    // What a review says is no proof of itself.
    let others = incident.timeline.iter();
    let others = others.filter(|entry| entry.stands() && !mine.contains(&entry.id()));
    let known: Vec<String> = others
        .filter(|entry| !timeline::is_silent(entry))
        .map(|entry| {
            let line = timeline::line(incident, entry);
            [line.lead, line.text, line.detail].join(" ")
        })
        .collect();
    let known_texts: Vec<&str> = known.iter().map(String::as_str).collect();
    let people = incident.people.values();
    let names: Vec<&str> = people.map(|record| record.name.as_str()).collect();
    let context = Context {
        inside: true,
        known_names: &names,
        known_texts: &known_texts,
        estimate_known: incident.stamp(Stamp::Restored).is_some(),
        ..Context::default()
    };
    let mut found = Vec::new();
    for (event, text) in texts {
        let mut remarks = check::check(&text, REVIEW, &context);
        // A review counts and measures what no entry has in these figures.
        remarks.retain(|remark| remark.kind != check::RemarkKind::NotInTheLog);
        if !remarks.is_empty() {
            found.push(Remarked {
                event,
                text,
                remarks,
            });
        }
    }
    found
}

fn texts(incident: &Incident) -> Vec<(EventId, String)> {
    let mut texts: Vec<(EventId, String)> = Vec::new();
    texts.extend(set(&incident.summary));
    let findings = incident.findings.iter();
    texts.extend(findings.map(|said| (said.id(), said.what.text.clone())));
    let actions = incident.actions.iter();
    texts.extend(actions.map(|said| (said.id(), said.what.action.text.clone())));
    let reviews = incident.reviews.iter();
    texts.extend(reviews.map(|said| (said.id(), said.what.clone())));
    texts
}

fn set(register: &Register<String>) -> Option<(EventId, String)> {
    let (setting, text) = register.current_setting()?;
    Some((setting.id(), text.clone()))
}
