//! Canonical JSON (RFC 8785) of what an event may carry: objects, arrays, strings, whole numbers,
//! true, false and null.
//!
//! No floats: then equal values have equal bytes without any rule about printing numbers.

use std::borrow::Cow;
use std::fmt;

use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

/// Nesting that a body may have; deeper is an attack on the stack, not an incident.
const DEEPEST: usize = 32;
/// 2^53 - 1, the largest whole number that every JSON reader holds exactly (RFC 7493 section 2.2).
pub const LARGEST_NUMBER: u64 = 9_007_199_254_740_991;

/// A JSON value without floats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Json {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A whole number within ±(2^53 − 1).
    Number(i64),
    /// Text.
    Text(String),
    /// A list.
    List(Vec<Json>),
    /// Fields in canonical order, each name once.
    Object(Vec<(String, Json)>),
}

/// The canonical form of some JSON text.
///
/// # Errors
/// Says what in the text cannot be carried: no JSON, a fraction, a doubled field, nesting too deep.
pub fn canonical(text: &str) -> Result<String, serde_json::Error> {
    let value: Json = serde_json::from_str(text)?;
    Ok(value.to_string())
}

/// Appends `text` as a canonical JSON string.
pub fn push_string(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\u{c}' => out.push_str("\\f"),
            '\r' => out.push_str("\\r"),
            c if c < ' ' => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
}

/// The order of field names: by UTF-16 code units (RFC 8785 section 3.2.3).
pub fn field_order(a: &str, b: &str) -> std::cmp::Ordering {
    a.encode_utf16().cmp(b.encode_utf16())
}

impl Json {
    fn push(&self, out: &mut String) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Bool(true) => out.push_str("true"),
            Self::Bool(false) => out.push_str("false"),
            Self::Number(number) => out.push_str(&number.to_string()),
            Self::Text(text) => push_string(out, text),
            Self::List(items) => {
                out.push('[');
                for (place, item) in items.iter().enumerate() {
                    if place > 0 {
                        out.push(',');
                    }
                    item.push(out);
                }
                out.push(']');
            }
            Self::Object(fields) => {
                out.push('{');
                for (place, (name, value)) in fields.iter().enumerate() {
                    if place > 0 {
                        out.push(',');
                    }
                    push_string(out, name);
                    out.push(':');
                    value.push(out);
                }
                out.push('}');
            }
        }
    }

    /// An object of these fields, in canonical order. A name given twice keeps its last value.
    pub fn object(fields: impl IntoIterator<Item = (String, Json)>) -> Self {
        let mut sorted: Vec<(String, Json)> = Vec::new();
        for (name, value) in fields {
            match sorted.binary_search_by(|(other, _)| field_order(other, &name)) {
                Ok(place) => sorted[place].1 = value,
                Err(place) => sorted.insert(place, (name, value)),
            }
        }
        Self::Object(sorted)
    }
}

/// Canonical JSON.
impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = String::new();
        self.push(&mut out);
        f.write_str(&out)
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        de::DeserializeSeed::deserialize(Nested(DEEPEST), deserializer)
    }
}

/// Reads a value that may be nested this much deeper.
struct Nested(usize);

impl Nested {
    fn deeper<E: de::Error>(&self) -> Result<Nested, E> {
        let left = self.0.checked_sub(1);
        left.map(Nested)
            .ok_or_else(|| E::custom(format!("nested deeper than {DEEPEST} levels")))
    }
}

impl<'de> de::DeserializeSeed<'de> for Nested {
    type Value = Json;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Nested {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON without fractions")
    }
    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }
    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Bool(value))
    }
    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Json, E> {
        if value.unsigned_abs() > LARGEST_NUMBER {
            return Err(E::custom("a number beyond ±9007199254740991"));
        }
        Ok(Json::Number(value))
    }
    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Json, E> {
        let small =
            i64::try_from(value).map_err(|_| E::custom("a number beyond ±9007199254740991"))?;
        self.visit_i64(small)
    }
    fn visit_f64<E: de::Error>(self, _: f64) -> Result<Json, E> {
        Err(E::custom(
            "a number with a fraction or an exponent, or beyond ±9007199254740991",
        ))
    }
    fn visit_str<E>(self, value: &str) -> Result<Json, E> {
        Ok(Json::Text(value.to_owned()))
    }
    fn visit_string<E>(self, value: String) -> Result<Json, E> {
        Ok(Json::Text(value))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(self.deeper()?)? {
            list.push(item);
        }
        Ok(Json::List(list))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Json, A::Error> {
        let mut sorted: Vec<(String, Json)> = Vec::new();
        while let Some(name) = fields.next_key::<Cow<'_, str>>()? {
            let value = fields.next_value_seed(self.deeper()?)?;
            match sorted.binary_search_by(|(other, _)| field_order(other, &name)) {
                Ok(_) => {
                    return Err(de::Error::custom(format!(
                        "the field \"{}\" twice",
                        name.chars().take(40).collect::<String>()
                    )));
                }
                Err(place) => sorted.insert(place, (name.into_owned(), value)),
            }
        }
        Ok(Json::Object(sorted))
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expect: Result<&str, &str>) {
        match (canonical(text), expect) {
            (Ok(found), Ok(expected)) => assert_eq!(found, expected, "{text}"),
            (Err(error), Err(part)) => assert!(error.to_string().contains(part), "{text}: {error}"),
            (found, _) => panic!("{text}: {found:?}"),
        }
    }

    #[test]
    fn text_comes_out_in_its_one_form() {
        check(
            r#" { "b" : [ 1 , -2 ] , "a" : null } "#,
            Ok(r#"{"a":null,"b":[1,-2]}"#),
        );
        check(
            r#""\u0041\/\u000a\u001f\ud83d\ude00""#,
            Ok("\"A/\\n\\u001f😀\""),
        );
        // RFC 8785 section 3.2.3: surrogates sort before U+E000 and above.
        check("{\"\u{e000}\":1,\"😀\":2}", Ok("{\"😀\":2,\"\u{e000}\":1}"));
        check("9007199254740991", Ok("9007199254740991"));
        check("-0", Err("fraction"));
        check("1.5", Err("fraction"));
        check("1e3", Err("fraction"));
        check("9007199254740992", Err("beyond"));
        check("99999999999999999999999", Err("beyond"));
        check(r#"{"a":1,"a":2}"#, Err("twice"));
        check(r#"{"a":1,"\u0061":2}"#, Err("twice"));
        check("\"\\ud800\"", Err("hex escape"));
        check(&("[".repeat(200) + &"]".repeat(200)), Err("deeper"));
        check("[1", Err("EOF"));
    }

    /// Any JSON that a body may carry, with nasty text.
    pub(crate) fn any_json() -> impl Strategy<Value = Json> {
        let leaf = prop_oneof![
            Just(Json::Null),
            any::<bool>().prop_map(Json::Bool),
            (-(LARGEST_NUMBER as i64)..=LARGEST_NUMBER as i64).prop_map(Json::Number),
            any::<String>().prop_map(Json::Text),
        ];
        leaf.prop_recursive(3, 12, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Json::List),
                prop::collection::vec((any::<String>(), inner), 0..4).prop_map(Json::object),
            ]
        })
    }

    proptest! {
        #[test]
        fn printing_then_reading_gives_the_same_value_and_bytes(value in any_json()) {
            let printed = value.to_string();
            prop_assert_eq!(&serde_json::from_str::<Json>(&printed).unwrap(), &value);
            prop_assert_eq!(canonical(&printed).unwrap(), printed);
        }

        #[test]
        fn serde_json_reads_the_same(value in any_json()) {
            let theirs: serde_json::Value = serde_json::from_str(&value.to_string()).unwrap();
            let back: Json = serde_json::from_str(&theirs.to_string()).unwrap();
            prop_assert_eq!(back, value);
        }
    }
}
