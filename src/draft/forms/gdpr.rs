//! The fields of a notification under Article 33 of the GDPR.
//!
//! The article says what must be told, and no form: numbers and order are Muster's. What it asks for
//! is checked against its text; what else authorities usually ask for is marked as practice.

use super::asked::{Asked, Test};
use super::{Kind, Spec};
use crate::classify::Provenance;
use crate::model::Span;

pub(super) const SOURCE: &str = "Regulation (EU) 2016/679 (GDPR), Article 33";
pub(super) const ABOUT: &str = "Article 33 prescribes no form, and authorities have their own: these are the contents, to be taken over there. What cannot be told yet may follow in phases (Article 33(4)). Every breach is to be documented, whether it is notified or not (Article 33(5)).";

const WHO: &str = "Who notifies";
const WHEN: &str = "When";
const WHAT: &str = "Nature of the breach";
const THEN: &str = "Consequences and measures";

const fn field(
    number: &'static str,
    name: &'static str,
    section: &'static str,
    kind: Kind,
    asked: Asked,
    help: &'static str,
) -> Spec {
    Spec {
        number,
        name,
        section,
        help,
        asked,
        kind,
        provenance: Provenance::Checked,
        answer: None,
    }
}

impl Spec {
    const fn in_practice(self) -> Self {
        Self {
            provenance: Provenance::Practice,
            ..self
        }
    }
}

const WHERE_POSSIBLE: Asked = Asked::If("it is possible to say", Test::Person);

use Asked::{Always, If, Optional};
use Kind::{Choices, Date, Text};

const fn count(unit: &'static str) -> Kind {
    Kind::Number { unit, places: 0 }
}

/// All fields.
pub(super) const FIELDS: &[Spec] = &[
    field(
        "1",
        "Name of the controller",
        WHO,
        Text,
        Always,
        "Who decides on the data, by the full legal name.",
    )
    .in_practice(),
    field(
        "2",
        "Name of the data protection officer or other contact point",
        WHO,
        Text,
        Always,
        "Who can tell the authority more: Article 33(3)(b).",
    ),
    field(
        "3",
        "Contact details of the data protection officer or other contact point",
        WHO,
        Text,
        Always,
        "How they are reached: Article 33(3)(b).",
    ),
    field(
        "4",
        "When the controller became aware",
        WHEN,
        Date,
        Always,
        "The 72 hours of Article 33(1) count from here.",
    )
    .in_practice()
    .by("aware"),
    field(
        "5",
        "When the breach began",
        WHEN,
        Date,
        Optional,
        "As far as it is known.",
    )
    .in_practice(),
    field(
        "6",
        "Reasons for the delay",
        WHEN,
        Text,
        If(
            "72 hours have gone by since the controller became aware",
            Test::Past("4", Span::hours(72)),
        ),
        "Why it was not told within 72 hours: Article 33(1).",
    ),
    field(
        "7",
        "Nature of the personal data breach",
        WHAT,
        Text,
        Always,
        "What happened to the data: Article 33(3)(a). Muster offers the incident's own words; say what they mean for personal data.",
    ),
    field(
        "8",
        "Kind of breach",
        WHAT,
        Choices(&["confidentiality", "integrity", "availability"]),
        Optional,
        "Disclosed, altered, or lost and out of reach.",
    )
    .in_practice(),
    field(
        "9",
        "Categories of data subjects concerned",
        WHAT,
        Text,
        WHERE_POSSIBLE,
        "Whose data it is: customers, staff, children …: Article 33(3)(a).",
    ),
    field(
        "10",
        "Approximate number of data subjects concerned",
        WHAT,
        count("people"),
        WHERE_POSSIBLE,
        "How many people, about: Article 33(3)(a).",
    )
    .by("people_concerned"),
    field(
        "11",
        "Categories of personal data records concerned",
        WHAT,
        Text,
        WHERE_POSSIBLE,
        "Which data: names, payments, health …: Article 33(3)(a).",
    ),
    field(
        "12",
        "Approximate number of personal data records concerned",
        WHAT,
        count("records"),
        WHERE_POSSIBLE,
        "How many records, about: Article 33(3)(a).",
    )
    .by("records_concerned"),
    field(
        "13",
        "Likely consequences of the personal data breach",
        THEN,
        Text,
        Always,
        "What may come of it for the people: Article 33(3)(c).",
    ),
    field(
        "14",
        "Measures taken or proposed",
        THEN,
        Text,
        Always,
        "What was or will be done about the breach, and against its effects: Article 33(3)(d).",
    ),
    field(
        "15",
        "Whether the people concerned were told",
        THEN,
        Text,
        Optional,
        "Where the risk for them is high they must be told without undue delay (Article 34): when, how many, by which way; or why not.",
    )
    .in_practice(),
    field(
        "16",
        "What will follow",
        THEN,
        Text,
        If("not everything can be told yet", Test::Person),
        "What is told in a later phase, and about when: Article 33(4).",
    ),
];
