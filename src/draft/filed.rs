//! A regulator's form as an incident has it: the forms' own answers from what was stamped and answered
//! under the regime, and what people wrote into its fields.

use super::forms::{Form, FormId, fill};
use crate::classify::regime::{RegimeId, Report};
use crate::model::communication::RegimeRecord;
use crate::model::organisation::Organisation;
use crate::model::{Incident, Timestamp};

/// The regime and the report that a form is for.
pub fn report_of(form: FormId) -> (RegimeId, Report) {
    match form {
        FormId::DoraInitial => (RegimeId::Dora, Report::Initial),
        FormId::DoraIntermediate => (RegimeId::Dora, Report::Intermediate),
        FormId::DoraFinal => (RegimeId::Dora, Report::Final),
        FormId::Gdpr => (RegimeId::Gdpr, Report::Notification),
    }
}

/// The form for a report, where there is one.
pub fn form_for(regime: RegimeId, report: Report) -> Option<FormId> {
    FormId::ALL
        .into_iter()
        .find(|form| report_of(*form) == (regime, report))
}

/// What a regime's question is called where a form asks the same.
const SAME: [(&str, &str); 6] = [
    ("dora_clients", "clients"),
    ("dora_clients_percent", "clients_percent"),
    ("dora_counterparts_percent", "counterparts_percent"),
    ("dora_transactions_percent", "transactions_percent"),
    ("dora_relevant_client", "relevant_clients"),
    ("dora_costs_eur", "costs"),
];

fn answers(record: &RegimeRecord) -> Vec<(String, String)> {
    let stamps = ["aware", "classified_major"].into_iter();
    let stamps = stamps.filter_map(|trigger| {
        let at = record.stamp(trigger)?;
        Some((trigger.to_owned(), at.to_string()))
    });
    let answered = SAME.iter().filter_map(|(question, asked)| {
        let answer = record.answer(question)?;
        Some(((*asked).to_owned(), answer.to_owned()))
    });
    stamps.chain(answered).collect()
}

fn written(record: &RegimeRecord, report: Report) -> Vec<(String, String)> {
    let fields = record.forms.get(report.name()).into_iter().flatten();
    let fields = fields.filter_map(|(number, register)| {
        let text = register.current()?;
        Some((number.clone(), text.clone()))
    });
    fields.collect()
}

/// The form, filled as far as the log goes.
pub fn filed(
    form: FormId,
    incident: &Incident,
    organisation: &Organisation,
    now: Timestamp,
    utc_offset_minutes: i32,
) -> Form {
    let (regime, report) = report_of(form);
    let none = RegimeRecord::default();
    let record = incident.regimes.get(regime.name()).unwrap_or(&none);
    fill(
        form,
        incident,
        organisation,
        &answers(record),
        now,
        utc_offset_minutes,
        &written(record, report),
    )
}
