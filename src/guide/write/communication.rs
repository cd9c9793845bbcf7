//! How it is written down what outsiders may read, what was approved, and what authorities get.

use super::{at, replacing};
use crate::model::communication::{
    Approval, FormEntry, ImpactConfirmation, Notice, PublicDescription, PublicWord, RegimeAnswer,
    RegimeRecord, RegimeStamp,
};
use crate::model::{Draft, Fact, Incident, Register, Timestamp};

/// Words that outsiders may read; those that are given stand in the place of what holds.
pub fn describe(incident: &Incident, description: PublicDescription) -> Draft {
    let trimmed = |text: Option<String>| text.map(|text| text.trim().to_owned());
    let description = PublicDescription {
        what: trimmed(description.what),
        whom: trimmed(description.whom),
        workaround: trimmed(description.workaround),
    };
    let given = PublicWord::ALL
        .into_iter()
        .filter(|word| description.word(*word).is_some());
    let replaces = given
        .flat_map(|word| incident.public.register(word).to_replace())
        .collect();
    Draft {
        replaces,
        ..Fact::PublicDescribed(description).draft()
    }
}

/// Customers are hit, or they are not; a person says so.
pub fn confirm_customers(incident: &Incident, customers: bool) -> Draft {
    let draft = Fact::ImpactConfirmed(ImpactConfirmation { customers }).draft();
    replacing(draft, Some(&incident.customers_hit))
}

/// This text may go out to this audience.
pub fn approve(audience: &str, text: &str) -> Draft {
    Fact::UpdateApproved(Approval {
        audience: audience.to_owned(),
        text: text.trim().to_owned(),
    })
    .draft()
}

/// What starts a regime's clock happened, now or at a stated time.
pub fn stamp(incident: &Incident, regime: &str, trigger: &str, when: Option<Timestamp>) -> Draft {
    let draft = Fact::RegimeStamped(RegimeStamp {
        regime: regime.to_owned(),
        trigger: trigger.to_owned(),
    })
    .draft();
    let held = of(incident, regime, |record| record.stamps.get(trigger));
    at(replacing(draft, held), when)
}

/// The answer to a regime's question; empty where nobody knows after all.
pub fn answer(incident: &Incident, regime: &str, question: &str, answer: &str) -> Draft {
    let draft = Fact::RegimeAnswered(RegimeAnswer {
        regime: regime.to_owned(),
        question: question.to_owned(),
        answer: answer.trim().to_owned(),
    })
    .draft();
    let held = of(incident, regime, |record| record.answers.get(question));
    replacing(draft, held)
}

/// What stands in a field of an authority's form.
pub fn fill(incident: &Incident, regime: &str, report: &str, field: &str, text: &str) -> Draft {
    let draft = Fact::FormFilled(FormEntry {
        regime: regime.to_owned(),
        report: report.to_owned(),
        field: field.to_owned(),
        text: text.trim().to_owned(),
    })
    .draft();
    let held = of(incident, regime, |record| record.entries(report, field));
    replacing(draft, held)
}

/// A report went to the authority, now or at a stated time; a person says so.
pub fn notify(notice: Notice, when: Option<Timestamp>) -> Draft {
    at(Fact::Notified(notice).draft(), when)
}

fn of<'a, T>(
    incident: &'a Incident,
    regime: &str,
    register: impl Fn(&'a RegimeRecord) -> Option<&'a Register<T>>,
) -> Option<&'a Register<T>> {
    incident.regimes.get(regime).and_then(register)
}

#[cfg(test)]
mod tests;
