//! Forms of authorities, filled as far as the log goes: DORA's three reports and GDPR's notification.
//!
//! Every value says where it comes from; what nobody has said stays missing. The words of a person
//! stand before an answer, an answer before the log. Nothing is guessed, and nothing is sent.

mod asked;
mod dora;
pub mod export;
mod gdpr;
mod known;
mod read;

use crate::classify::Provenance;
use crate::guide::brief;
use crate::model::organisation::Organisation;
use crate::model::term::Nature;
use crate::model::{EventId, Incident, Span, Timestamp};

pub use read::{Amount, SEPARATOR};

/// One form of an authority.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FormId {
    /// DORA's initial notification.
    DoraInitial,
    /// DORA's intermediate report.
    DoraIntermediate,
    /// DORA's final report.
    DoraFinal,
    /// GDPR's notification of a personal data breach.
    Gdpr,
}

impl FormId {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::DoraInitial,
        Self::DoraIntermediate,
        Self::DoraFinal,
        Self::Gdpr,
    ];

    /// The name in files and addresses.
    pub fn name(self) -> &'static str {
        match self {
            Self::DoraInitial => "dora_initial",
            Self::DoraIntermediate => "dora_intermediate",
            Self::DoraFinal => "dora_final",
            Self::Gdpr => "gdpr_33",
        }
    }

    /// The one of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.name() == name)
    }

    /// The name on the screen.
    pub fn title(self) -> &'static str {
        match self {
            Self::DoraInitial => "DORA: initial notification of a major ICT-related incident",
            Self::DoraIntermediate => "DORA: intermediate report on a major ICT-related incident",
            Self::DoraFinal => "DORA: final report on a major ICT-related incident",
            Self::Gdpr => "GDPR: notification of a personal data breach",
        }
    }

    fn regime(self) -> &'static str {
        match self {
            Self::Gdpr => "GDPR",
            _ => "DORA",
        }
    }

    fn report(self) -> &'static str {
        match self {
            Self::DoraInitial => dora::INITIAL,
            Self::DoraIntermediate => dora::INTERMEDIATE,
            Self::DoraFinal => dora::FINAL,
            Self::Gdpr => "notification",
        }
    }

    fn source(self) -> &'static str {
        match self {
            Self::Gdpr => gdpr::SOURCE,
            _ => dora::SOURCE,
        }
    }

    fn about(self) -> &'static str {
        match self {
            Self::Gdpr => gdpr::ABOUT,
            Self::DoraInitial => dora::ABOUT_INITIAL,
            _ => dora::ABOUT_LATER,
        }
    }

    fn specs(self) -> impl Iterator<Item = &'static Spec> {
        let all: &'static [Spec] = match self {
            Self::Gdpr => gdpr::FIELDS,
            _ => dora::FIELDS,
        };
        all.iter().filter(move |spec| dora::is_of(self, spec))
    }

    /// The answers that are taken over into its fields: each one's key, and the field's number.
    pub fn answers(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.specs()
            .filter_map(|spec| Some((spec.answer?, spec.number)))
    }
}

/// What a field takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Free words.
    Text,
    /// A date and time.
    Date,
    /// Days, hours and minutes.
    Length,
    /// A number, of this unit, with up to this many places after the point.
    Number {
        /// What is counted.
        unit: &'static str,
        /// How many places after the point are kept.
        places: u8,
    },
    /// Yes or no.
    YesNo,
    /// One of these.
    Choice(&'static [&'static str]),
    /// One or more of these.
    Choices(&'static [&'static str]),
    /// One or more legal entity identifiers (ISO 17442).
    Lei,
    /// A currency's three letters (ISO 4217).
    Currency,
}

/// What a field holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Value {
    /// Free words, or codes.
    Text(String),
    /// A date and time.
    Date(Timestamp),
    /// Days, hours and minutes.
    Length(Span),
    /// A number.
    Number(Amount),
    /// Yes or no.
    YesNo(bool),
    /// What was chosen, in the form's own words and order.
    Chosen(Vec<&'static str>),
}

/// Whether a field must be filled.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Required {
    /// In every case.
    Always,
    /// Under a condition.
    If {
        /// In words, to stand after "if".
        condition: &'static str,
        /// Whether it holds; none where only a person can tell, or cannot be told yet.
        holds: Option<bool>,
    },
    /// In no case.
    Optional,
}

/// Where a value that is not from the log comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Giver {
    /// It follows from which form this is.
    Form,
    /// The organisation, as the host or the library has it.
    Organisation,
    /// The answer with this key.
    Answer(&'static str),
}

/// What a field holds, and where that comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Filled {
    /// Events of the log say it.
    FromLog {
        /// What they say.
        value: Value,
        /// Which they are.
        events: Vec<EventId>,
    },
    /// It was known besides the log.
    Given {
        /// What.
        value: Value,
        /// By whom.
        by: Giver,
    },
    /// A person has filled it.
    ByPerson(Value),
    /// Somebody has said something that this field cannot take; it counts as missing.
    Unfit {
        /// What was said.
        text: String,
        /// What would be taken, in a sentence.
        why: &'static str,
    },
    /// Nobody has said anything.
    Missing,
}

impl Filled {
    /// The value, if there is one.
    pub fn value(&self) -> Option<&Value> {
        match self {
            Self::FromLog { value, .. } | Self::Given { value, .. } | Self::ByPerson(value) => {
                Some(value)
            }
            Self::Unfit { .. } | Self::Missing => None,
        }
    }
}

/// A field of a form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Field {
    /// Its number: the form's own in DORA's, Muster's in GDPR's.
    pub number: &'static str,
    /// What it is called there.
    pub name: &'static str,
    /// The heading that it stands under.
    pub section: &'static str,
    /// What belongs into it, in Muster's words.
    pub help: &'static str,
    /// Whether it must be filled.
    pub required: Required,
    /// What it takes.
    pub kind: Kind,
    /// How far the field itself can be relied on: that the form has it, and when it must be filled.
    pub provenance: Provenance,
    /// What it holds.
    pub filled: Filled,
    /// What the log says that is not yet an answer; mostly nothing.
    pub note: String,
}

impl Field {
    /// Whether it must be filled, as far as that is known.
    pub fn is_due(&self) -> bool {
        match self.required {
            Required::Always => true,
            Required::If { holds, .. } => holds == Some(true),
            Required::Optional => false,
        }
    }

    /// Whether it is empty and a person must tell whether it has to be filled.
    pub fn is_to_judge(&self) -> bool {
        let open = matches!(self.required, Required::If { holds: None, .. });
        open && self.filled.value().is_none()
    }
}

/// A form, filled as far as it can be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Form {
    /// Which one.
    pub id: FormId,
    /// The incident's title, or what stands in its place.
    pub title: String,
    /// Whether it is of a drill, and must not be handed in.
    pub drill: bool,
    /// The law: `DORA`.
    pub regime: &'static str,
    /// Which of its reports.
    pub report: &'static str,
    /// Where the fields come from.
    pub source: &'static str,
    /// What a person must know who hands it in.
    pub about: &'static str,
    /// Its fields, in order.
    pub fields: Vec<Field>,
}

impl Form {
    /// The field of this number.
    pub fn field(&self, number: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.number == number)
    }
}

/// A field as the law has it.
struct Spec {
    number: &'static str,
    name: &'static str,
    section: &'static str,
    help: &'static str,
    asked: asked::Asked,
    kind: Kind,
    provenance: Provenance,
    /// The key of the answer that fills it, where one does.
    answer: Option<&'static str>,
}

impl Spec {
    /// The same, filled by the answer with this key.
    const fn by(self, key: &'static str) -> Self {
        Self {
            answer: Some(key),
            ..self
        }
    }
}

/// All that a form is filled from.
struct Sources<'a> {
    form: FormId,
    incident: &'a Incident,
    organisation: &'a Organisation,
    answers: &'a [(String, String)],
    now: Timestamp,
    utc_offset_minutes: i32,
    person_says: &'a [(String, String)],
}

/// Fills a form. `answers` are by key (see [`FormId::answers`]), what a person says by the field's
/// number; of two for the same field the last counts, and an empty one says nothing. Choices are
/// named as the form names them, [`SEPARATOR`] between them. Times without a zone are read, and
/// times within texts are written, `utc_offset_minutes` east of UTC.
///
/// That an incident was classified as major under DORA is never concluded from its priority: only
/// the answer `classified_major` says so.
pub fn fill(
    form: FormId,
    incident: &Incident,
    organisation: &Organisation,
    answers: &[(String, String)],
    now: Timestamp,
    utc_offset_minutes: i32,
    person_says: &[(String, String)],
) -> Form {
    let sources = Sources {
        form,
        incident,
        organisation,
        answers,
        now,
        utc_offset_minutes,
        person_says,
    };
    let mut fields: Vec<Field> = form.specs().map(|spec| field(spec, &sources)).collect();
    let asked = form.specs().map(|spec| &spec.asked);
    let required: Vec<Required> = asked
        .map(|asked| asked::required(asked, &fields, now))
        .collect();
    for (field, required) in fields.iter_mut().zip(required) {
        field.required = required;
    }
    Form {
        id: form,
        title: brief::marked_title(incident),
        drill: incident.nature() == Nature::Drill,
        regime: form.regime(),
        report: form.report(),
        source: form.source(),
        about: form.about(),
        fields,
    }
}

fn field(spec: &Spec, sources: &Sources<'_>) -> Field {
    let known = known::known(spec.number, sources);
    let said = last(sources.person_says, spec.number);
    let answer = spec.answer.and_then(|key| {
        let text = last(sources.answers, key)?;
        Some((key, text))
    });
    let offset = sources.utc_offset_minutes;
    let unfit = |text: &str, why| Filled::Unfit {
        text: text.to_owned(),
        why,
    };
    let filled = match (said, answer) {
        (Some(text), _) => match read::read(spec.kind, text, offset) {
            Ok(value) => Filled::ByPerson(value),
            Err(why) => unfit(text, why),
        },
        (None, Some((key, text))) => match read::read(spec.kind, text, offset) {
            Ok(value) => Filled::Given {
                value,
                by: Giver::Answer(key),
            },
            Err(why) => unfit(text, why),
        },
        (None, None) => known.filled,
    };
    Field {
        number: spec.number,
        name: spec.name,
        section: spec.section,
        help: spec.help,
        required: Required::Optional,
        kind: spec.kind,
        provenance: spec.provenance,
        filled,
        note: known.note,
    }
}

/// The last that was said under a name, if it says anything.
fn last<'a>(said: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let (_, text) = said.iter().rev().find(|(key, _)| key == name)?;
    Some(text.trim()).filter(|text| !text.is_empty())
}

/// The fields that must be filled and are not.
pub fn missing(form: &Form) -> Vec<&Field> {
    let fields = form.fields.iter();
    let missing = fields.filter(|field| field.is_due() && field.filled.value().is_none());
    missing.collect()
}

/// Of the fields that must be filled, how many are, and how many there are.
pub fn count(form: &Form) -> (usize, usize) {
    let required = form.fields.iter().filter(|field| field.is_due()).count();
    (required - missing(form).len(), required)
}

/// The empty fields of which a person must tell whether they have to be filled.
pub fn to_judge(form: &Form) -> Vec<&Field> {
    let fields = form.fields.iter();
    fields.filter(|field| field.is_to_judge()).collect()
}

/// How many fields were not checked against the law's text.
pub fn unchecked(form: &Form) -> usize {
    let fields = form.fields.iter();
    fields
        .filter(|field| field.provenance != Provenance::Checked)
        .count()
}

#[cfg(test)]
mod tests;
