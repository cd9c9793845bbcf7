//! One event: a parsed header and a body that stays the canonical JSON it came as.
//!
//! The body is read only where the fold needs it, so unknown kinds and fields survive by
//! construction. Knows nothing of logs: what an event *means* is decided by the fold.

use std::fmt;

use serde::Deserialize;
use serde::de::{self, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::id::{Digest, EventId, Writer};
use super::json::{self, Json, LARGEST_NUMBER};
use super::kind::Kind;
use super::log::Draft;
use super::order;
use super::time::Timestamp;

/// How much text one event's body may hold, in bytes.
pub const LARGEST_BODY: usize = 1_000_000;

/// What an event carries besides its header.
#[derive(Clone, PartialEq, Eq)]
pub enum Body {
    /// Canonical JSON, always an object.
    Held(Box<str>),
    /// Dropped for good; its digest keeps the hash chain verifiable.
    Erased(Digest),
}

impl Body {
    /// SHA-256 of the canonical text, whether it is still held or not.
    pub fn digest(&self) -> Digest {
        match self {
            Self::Held(text) => Digest::of(&[text.as_bytes()]),
            Self::Erased(digest) => *digest,
        }
    }

    /// The text, unless it was erased.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Held(text) => Some(text),
            Self::Erased(_) => None,
        }
    }
}

/// One line of a log.
#[derive(Clone, PartialEq, Eq)]
pub struct Event {
    /// Who wrote it down, and its place in that writer's sequence.
    pub id: EventId,
    /// Lamport clock: one more than the highest tick that its writer had.
    pub tick: u64,
    /// The writer's wall time when it was written down, right or wrong.
    pub noted: Timestamp,
    /// When it happened, where a person said so.
    pub at: Option<Timestamp>,
    /// What its writer had newly learnt of others since its own last event: all of that writer's
    /// events up to this number. Sorted by writer.
    pub seen: Box<[(Writer, u32)]>,
    /// The event that this one is about: takes back, changes, erases, confirms, ends.
    pub on: Option<EventId>,
    /// The events whose value this one puts another in place of. Sorted.
    pub replaces: Box<[EventId]>,
    /// Digest over all heads that its writer then had, on events of weight.
    pub seal: Option<Digest>,
    /// The foreign item or the rule and cause that the event was made from, where it was.
    pub source: Option<Box<str>>,
    /// What happened.
    pub kind: Kind,
    /// That kind's own fields.
    pub body: Body,
    /// Header fields that this version does not know, as canonical JSON, in canonical order.
    pub extra: Box<[(Box<str>, Box<str>)]>,
}

/// Why a line is no event.
#[derive(Debug, thiserror::Error)]
pub enum EventError {
    /// Not JSON, or a field has the wrong form.
    #[error("{0}")]
    Form(#[from] serde_json::Error),
    /// The body is larger than any body may be.
    #[error("the body has {0} bytes; {LARGEST_BODY} are allowed")]
    TooLarge(usize),
}

impl Event {
    /// An event that is made of something else: its writer's id is that of `content`, which must hold
    /// all that the event says, so that whoever makes it holds the same one.
    pub fn made_of(
        content: &[&[u8]],
        source: String,
        tick: u64,
        noted: Timestamp,
        draft: Draft,
    ) -> Self {
        Self {
            id: EventId {
                writer: Writer::from_digest(Digest::of(content)),
                seq: 1,
            },
            tick,
            noted,
            at: draft.at,
            seen: Box::default(),
            on: draft.on,
            replaces: Box::default(),
            seal: None,
            source: Some(source.into()),
            kind: draft.kind,
            body: Body::Held(draft.body),
            extra: Box::default(),
        }
    }

    /// Reads an event from anywhere: body and unknown fields are brought into canonical form.
    ///
    /// # Errors
    /// Says which field is missing or has the wrong form.
    pub fn from_json(text: &str) -> Result<Self, EventError> {
        let mut event: Self = serde_json::from_str(text)?;
        event.canonicalise()?;
        Ok(event)
    }

    /// Reads an event that this program wrote itself, without looking into its body.
    ///
    /// # Errors
    /// When the line is damaged.
    pub fn from_own_json(line: &str) -> Result<Self, EventError> {
        Ok(serde_json::from_str(line)?)
    }

    /// Brings body and unknown fields into canonical form, after reading them as they came.
    ///
    /// # Errors
    /// When they hold what canonical JSON cannot carry.
    pub fn canonicalise(&mut self) -> Result<(), EventError> {
        if let Body::Held(text) = &self.body {
            if text.len() > LARGEST_BODY {
                return Err(EventError::TooLarge(text.len()));
            }
            self.body = Body::Held(json::canonical(text)?.into());
        }
        for (_, value) in &mut self.extra {
            *value = json::canonical(value)?.into();
        }
        Ok(())
    }

    /// The event as one line of canonical JSON (RFC 8785).
    pub fn to_json(&self) -> String {
        let mut out = String::with_capacity(200);
        self.push_fields(&mut out, true);
        out
    }

    /// The header as canonical JSON: everything but the body. The hash chain runs over it.
    pub fn header_json(&self) -> String {
        let mut out = String::with_capacity(160);
        self.push_fields(&mut out, false);
        out
    }

    fn push_fields(&self, out: &mut String, with_body: bool) {
        let mut fields = FieldWriter {
            out,
            extra: self.extra.iter(),
            next: None,
        };
        fields.next = fields.extra.next();
        fields.out.push('{');
        if let Some(at) = self.at {
            fields.text("at", &at.to_string());
        }
        if with_body {
            match &self.body {
                Body::Held(text) => fields.raw("body", text),
                Body::Erased(digest) => fields.text("erased", &digest.to_string()),
            }
        }
        fields.text("kind", self.kind.name());
        fields.text("noted", &self.noted.to_string());
        if let Some(on) = self.on {
            fields.text("on", &on.to_string());
        }
        if !self.replaces.is_empty() {
            let ids = self
                .replaces
                .iter()
                .map(|id| Json::Text(id.to_string()))
                .collect();
            fields.raw("replaces", &Json::List(ids).to_string());
        }
        if let Some(seal) = self.seal {
            fields.text("seal", &seal.to_string());
        }
        if !self.seen.is_empty() {
            let pairs = self
                .seen
                .iter()
                .map(|(writer, seq)| (writer.to_string(), Json::Number((*seq).into())));
            fields.raw("seen", &Json::object(pairs).to_string());
        }
        fields.raw("seq", &self.id.seq.to_string());
        if let Some(source) = &self.source {
            fields.text("source", source);
        }
        fields.raw("tick", &self.tick.to_string());
        fields.text("writer", self.id.writer.as_str());
        fields.rest();
        fields.out.push('}');
    }

    /// Whether two events are the same one, though one of them may have lost its body.
    pub fn is_same_as(&self, other: &Self) -> bool {
        let same_header = self.tick == other.tick
            && self.id == other.id
            && self.noted == other.noted
            && self.at == other.at
            && self.kind == other.kind
            && self.on == other.on
            && self.replaces == other.replaces
            && self.seen == other.seen
            && self.seal == other.seal
            && self.source == other.source
            && self.extra == other.extra;
        same_header
            && match (&self.body, &other.body) {
                (Body::Held(a), Body::Held(b)) => a == b,
                (a, b) => a.digest() == b.digest(),
            }
    }

    /// SHA-256 over header and body digest: tells apart two events of the same id.
    pub fn digest(&self) -> Digest {
        Digest::of(&[self.header_json().as_bytes(), &self.body.digest().0])
    }
}

impl fmt::Debug for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_json())
    }
}

/// Writes known fields in order and lets the unknown ones in where they belong.
struct FieldWriter<'a> {
    out: &'a mut String,
    extra: std::slice::Iter<'a, (Box<str>, Box<str>)>,
    next: Option<&'a (Box<str>, Box<str>)>,
}

impl FieldWriter<'_> {
    fn raw(&mut self, name: &str, value: &str) {
        while let Some((extra, extra_value)) = self.next {
            if json::field_order(extra, name).is_gt() {
                break;
            }
            self.field(extra, extra_value);
            self.next = self.extra.next();
        }
        self.field(name, value);
    }

    fn field(&mut self, name: &str, value: &str) {
        if !self.out.ends_with('{') || self.out.len() > 1 {
            self.out.push(',');
        }
        json::push_string(self.out, name);
        self.out.push(':');
        self.out.push_str(value);
    }

    fn text(&mut self, name: &str, value: &str) {
        let mut quoted = String::with_capacity(value.len() + 2);
        json::push_string(&mut quoted, value);
        self.raw(name, &quoted);
    }

    fn rest(&mut self) {
        while let Some((name, value)) = self.next {
            self.field(name, value);
            self.next = self.extra.next();
        }
    }
}

impl<'de> Deserialize<'de> for Event {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(EventVisitor)
    }
}

struct EventVisitor;

/// A field given twice has no one meaning.
fn once<T, E: de::Error>(slot: &mut Option<T>, value: T, name: &'static str) -> Result<(), E> {
    match slot.replace(value) {
        None => Ok(()),
        Some(_) => Err(E::duplicate_field(name)),
    }
}

impl<'de> Visitor<'de> for EventVisitor {
    type Value = Event;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an event")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Event, A::Error> {
        let (mut writer, mut seq, mut tick, mut noted, mut at) = (None, None, None, None, None);
        let (mut seen, mut on, mut replaces, mut seal) = (None, None, None, None);
        let (mut source, mut kind, mut body, mut erased) = (None, None, None, None);
        let mut extra: Vec<(Box<str>, Box<str>)> = Vec::new();
        while let Some(name) = fields.next_key::<FieldName<'de>>()? {
            match name.as_str() {
                "writer" => once(&mut writer, fields.next_value::<Writer>()?, "writer")?,
                "seq" => once(&mut seq, fields.next_value::<u32>()?, "seq")?,
                "tick" => once(&mut tick, fields.next_value::<u64>()?, "tick")?,
                "noted" => once(&mut noted, fields.next_value::<Timestamp>()?, "noted")?,
                "at" => once(&mut at, fields.next_value::<Timestamp>()?, "at")?,
                "seen" => once(&mut seen, fields.next_value::<SeenField>()?, "seen")?,
                "on" => once(&mut on, fields.next_value::<EventId>()?, "on")?,
                "replaces" => once(
                    &mut replaces,
                    fields.next_value::<Vec<EventId>>()?,
                    "replaces",
                )?,
                "seal" => once(&mut seal, fields.next_value::<Digest>()?, "seal")?,
                "source" => once(&mut source, fields.next_value::<Box<str>>()?, "source")?,
                "kind" => once(&mut kind, fields.next_value::<KindField>()?.0, "kind")?,
                "body" => once(&mut body, fields.next_value::<&'de RawValue>()?, "body")?,
                "erased" => once(&mut erased, fields.next_value::<Digest>()?, "erased")?,
                other => match extra.binary_search_by(|(known, _)| json::field_order(known, other))
                {
                    Ok(_) => return Err(de::Error::custom("an unknown field twice")),
                    Err(place) => {
                        let value: &RawValue = fields.next_value()?;
                        extra.insert(place, (other.into(), value.get().into()));
                    }
                },
            }
        }
        let missing = de::Error::missing_field;
        let seq = seq.ok_or_else(|| missing("seq"))?;
        let tick = tick.ok_or_else(|| missing("tick"))?;
        if seq == 0 || tick == 0 || tick > LARGEST_NUMBER {
            return Err(de::Error::custom("seq and tick count from 1"));
        }
        let body = match (body, erased) {
            (Some(text), None) if text.get().starts_with('{') => Body::Held(text.get().into()),
            (Some(_), None) => return Err(de::Error::custom("body must be an object")),
            (None, Some(digest)) => Body::Erased(digest),
            (None, None) => return Err(missing("body")),
            (Some(_), Some(_)) => return Err(de::Error::custom("both body and erased")),
        };
        let mut replaces = replaces.unwrap_or_default();
        order::sort(&mut replaces);
        replaces.dedup();
        Ok(Event {
            id: EventId {
                writer: writer.ok_or_else(|| missing("writer"))?,
                seq,
            },
            tick,
            noted: noted.ok_or_else(|| missing("noted"))?,
            at,
            seen: seen.map(|field| field.0).unwrap_or_default(),
            on,
            replaces: replaces.into(),
            seal,
            source,
            kind: kind.ok_or_else(|| missing("kind"))?,
            body,
            extra: extra.into(),
        })
    }
}

/// A field's name, borrowed where the text allows it.
enum FieldName<'de> {
    Borrowed(&'de str),
    Owned(String),
}

impl FieldName<'_> {
    fn as_str(&self) -> &str {
        match self {
            Self::Borrowed(text) => text,
            Self::Owned(text) => text,
        }
    }
}

impl<'de> Deserialize<'de> for FieldName<'de> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NameVisitor;
        impl<'de> Visitor<'de> for NameVisitor {
            type Value = FieldName<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a field name")
            }
            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<FieldName<'de>, E> {
                Ok(FieldName::Borrowed(text))
            }
            fn visit_str<E>(self, text: &str) -> Result<FieldName<'de>, E> {
                Ok(FieldName::Owned(text.to_owned()))
            }
        }
        deserializer.deserialize_str(NameVisitor)
    }
}

struct KindField(Kind);

impl<'de> Deserialize<'de> for KindField {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = FieldName::deserialize(deserializer)?;
        if name.as_str().is_empty() || name.as_str().len() > 64 {
            return Err(de::Error::custom("kind must have 1 to 64 characters"));
        }
        Ok(Self(Kind::named(name.as_str())))
    }
}

struct SeenField(Box<[(Writer, u32)]>);

impl<'de> Deserialize<'de> for SeenField {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct SeenVisitor;
        impl<'de> Visitor<'de> for SeenVisitor {
            type Value = SeenField;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("writers and how far they were seen")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<SeenField, A::Error> {
                let mut pairs: Vec<(Writer, u32)> = Vec::new();
                while let Some((writer, seq)) = fields.next_entry::<Writer, u32>()? {
                    match pairs.binary_search_by(|(other, _)| other.cmp(&writer)) {
                        Ok(_) => return Err(de::Error::custom("a writer twice in seen")),
                        Err(place) => pairs.insert(place, (writer, seq)),
                    }
                }
                Ok(SeenField(pairs.into()))
            }
        }
        deserializer.deserialize_map(SeenVisitor)
    }
}

/// Checks that a text is JSON at all, without keeping any of it.
///
/// # Errors
/// Where it is not, with line and column.
pub fn is_json(text: &str) -> Result<(), serde_json::Error> {
    serde_json::from_str::<IgnoredAny>(text).map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    const WRITER: &str = "0123456789abcdef";

    fn line(fields: &str) -> String {
        format!(
            r#"{{"writer":"{WRITER}","seq":1,"tick":1,"noted":"2026-11-24T03:14:07.000Z","kind":"note"{fields}}}"#
        )
    }

    #[test]
    fn reads_any_order_and_writes_one() {
        let event = Event::from_json(&line(
            r#","zeta":{"b":1,"a":[ ]},"body":{"text":"x","more":{"z":1,"a":2}},"alpha":1,"oz":true"#,
        ))
        .unwrap();
        expect_test::expect![[r#"{"alpha":1,"body":{"more":{"a":2,"z":1},"text":"x"},"kind":"note","noted":"2026-11-24T03:14:07.000Z","oz":true,"seq":1,"tick":1,"writer":"0123456789abcdef","zeta":{"a":[],"b":1}}"#]]
        .assert_eq(&event.to_json());
        assert_eq!(Event::from_own_json(&event.to_json()).unwrap(), event);
        assert!(!event.header_json().contains("body"));
    }

    #[test]
    fn wrong_lines_say_what_is_wrong() {
        for (fields, part) in [
            ("", "missing field `body`"),
            (r#","body":[]"#, "must be an object"),
            (r#","body":{},"body":{}"#, "duplicate field `body`"),
            (r#","body":{},"x":1,"x":2"#, "twice"),
            (r#","body":{"a":1.5}"#, "fraction"),
            (r#","body":{},"at":"2026-11-24"}"#, "not a UTC time"),
            (r#","body":{},"on":"x"}"#, "does not name an event"),
            (r#","body":{},"erased":"00""#, "not a SHA-256"),
            (
                r#","body":{},"seen":{"0123456789abcdef":-1}"#,
                "invalid value",
            ),
        ] {
            let error = Event::from_json(&line(fields)).unwrap_err().to_string();
            assert!(error.contains(part), "{fields}: {error}");
        }
        assert!(
            Event::from_json(&line(r#","body":{}"#).replace("\"seq\":1", "\"seq\":0")).is_err()
        );
    }

    #[test]
    fn an_erased_body_leaves_the_header_and_its_digest() {
        let event = Event::from_json(&line(r#","body":{"text":"secret"}"#)).unwrap();
        let mut erased = event.clone();
        erased.body = Body::Erased(event.body.digest());
        assert!(erased.is_same_as(&event) && event.is_same_as(&erased));
        assert_eq!(erased.digest(), event.digest());
        assert!(!erased.to_json().contains("secret"));
        assert_eq!(Event::from_json(&erased.to_json()).unwrap(), erased);
    }
}
