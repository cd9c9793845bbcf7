//! Names of things: writers, people, incidents, events and digests, each a type of its own.
//!
//! Ids are made from bytes that the caller brings (random ones, or a hash); nothing here draws any.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Sixteen characters of Crockford's base 32 in lower case: 80 bits.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Why a text is not an id.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// Not sixteen characters of the alphabet.
    #[error("\"{0}\" is not an id (16 characters of 0-9 and a-z without i, l, o, u)")]
    NotAnId(String),
    /// Not `writer/seq`.
    #[error("\"{0}\" does not name an event (writer/number)")]
    NotAnEventId(String),
    /// Not 64 hexadecimal digits.
    #[error("\"{0}\" is not a SHA-256 digest (64 hexadecimal digits)")]
    NotADigest(String),
}

fn clip(text: &str) -> String {
    text.chars().take(40).collect()
}

/// Reads a value from a JSON string through its own parser.
pub(super) fn from_text<'de, D, T, E>(
    deserializer: D,
    parse: impl Fn(&str) -> Result<T, E>,
) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    E: fmt::Display,
{
    struct Text<F>(F);
    impl<'de, T, E: fmt::Display, F: Fn(&str) -> Result<T, E>> serde::de::Visitor<'de> for Text<F> {
        type Value = T;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a string")
        }
        fn visit_str<X: serde::de::Error>(self, text: &str) -> Result<T, X> {
            (self.0)(text).map_err(X::custom)
        }
    }
    deserializer.deserialize_str(Text(parse))
}

macro_rules! id_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; 16]);

        impl $name {
            /// The id that these 80 bits spell.
            pub fn from_bytes(bytes: [u8; 10]) -> Self {
                let mut text = [0; 16];
                for (place, slot) in text.iter_mut().enumerate() {
                    let bit = place * 5;
                    let high = u16::from(bytes[bit / 8]) << 8;
                    let low = bytes.get(bit / 8 + 1).copied().map_or(0, u16::from);
                    let five = ((high | low) >> (11 - bit % 8)) & 31;
                    *slot = ALPHABET[usize::from(five)];
                }
                Self(text)
            }

            /// The id that a digest's first 80 bits spell.
            pub fn from_digest(digest: Digest) -> Self {
                let mut bytes = [0; 10];
                bytes.copy_from_slice(&digest.0[..10]);
                Self::from_bytes(bytes)
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                // Only ever made of the ASCII alphabet above.
                std::str::from_utf8(&self.0).unwrap_or_default()
            }
        }

        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                <[u8; 16]>::try_from(text.as_bytes())
                    .ok()
                    .filter(|bytes| bytes.iter().all(|byte| ALPHABET.contains(byte)))
                    .map(Self)
                    .ok_or_else(|| IdError::NotAnId(clip(text)))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                from_text(deserializer, str::parse)
            }
        }
    };
}

id_type!(
    /// Who wrote an event down: one open page in one log, or the source of a foreign item.
    Writer
);
id_type!(
    /// A person, for good, whatever they are called.
    Person
);
id_type!(
    /// An incident.
    IncidentId
);

/// What a log is about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LogScope {
    /// One incident.
    Incident(IncidentId),
    /// The runbooks, services, people and regimes of those who share it.
    Library,
}

impl LogScope {
    /// The incident, if the log is one's.
    pub fn incident(self) -> Option<IncidentId> {
        match self {
            Self::Incident(id) => Some(id),
            Self::Library => None,
        }
    }
}

impl fmt::Display for LogScope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Incident(id) => id.fmt(f),
            Self::Library => f.write_str("library"),
        }
    }
}

impl fmt::Debug for LogScope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for LogScope {
    type Err = IdError;
    fn from_str(text: &str) -> Result<Self, IdError> {
        if text == "library" {
            Ok(Self::Library)
        } else {
            text.parse().map(Self::Incident)
        }
    }
}

impl Serialize for LogScope {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for LogScope {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        from_text(deserializer, str::parse)
    }
}

/// One event's name: its writer and its place, from 1, in that writer's own sequence.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventId {
    /// Who wrote it down.
    pub writer: Writer,
    /// 1, 2, 3 … without gaps.
    pub seq: u32,
}

impl fmt::Display for EventId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.writer, self.seq)
    }
}

impl fmt::Debug for EventId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for EventId {
    type Err = IdError;
    fn from_str(text: &str) -> Result<Self, IdError> {
        let wrong = || IdError::NotAnEventId(clip(text));
        let (writer, seq) = text.split_once('/').ok_or_else(wrong)?;
        // One spelling for one id: no sign, no leading zero.
        let plain = seq.bytes().all(|byte| byte.is_ascii_digit()) && !seq.starts_with('0');
        match (writer.parse(), seq.parse()) {
            (Ok(writer), Ok(seq)) if plain => Ok(Self { writer, seq }),
            _ => Err(wrong()),
        }
    }
}

impl Serialize for EventId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for EventId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        from_text(deserializer, str::parse)
    }
}

/// A SHA-256 digest.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(pub [u8; 32]);

impl Digest {
    /// The SHA-256 digest of some parts, one after the other.
    pub fn of(parts: &[&[u8]]) -> Self {
        use sha2::Digest as _;
        let mut hasher = sha2::Sha256::new();
        for part in parts {
            hasher.update(part);
        }
        Self(hasher.finalize().into())
    }

    /// The first ten digits in two groups, as printed with updates and documents: `3f9a2-c81d0`.
    pub fn short(&self) -> String {
        let hex = self.to_string();
        format!("{}-{}", &hex[..5], &hex[5..10])
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.short())
    }
}

impl FromStr for Digest {
    type Err = IdError;
    fn from_str(text: &str) -> Result<Self, IdError> {
        let wrong = || IdError::NotADigest(clip(text));
        let nibble = |byte: u8| match byte {
            b'0'..=b'9' => Some(byte - b'0'),
            b'a'..=b'f' => Some(byte - b'a' + 10),
            _ => None,
        };
        let text_bytes = text.as_bytes();
        if text_bytes.len() != 64 {
            return Err(wrong());
        }
        let mut bytes = [0; 32];
        for (slot, pair) in bytes.iter_mut().zip(text_bytes.chunks_exact(2)) {
            let (high, low) = (nibble(pair[0]), nibble(pair[1]));
            *slot = high
                .zip(low)
                .map(|(high, low)| high << 4 | low)
                .ok_or_else(wrong)?;
        }
        Ok(Self(bytes))
    }
}

impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        from_text(deserializer, str::parse)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ids_that_look_alike_are_refused() {
        for text in [
            "",
            "0123456789abcde",
            "0123456789abcdei",
            "0123456789ABCDEF",
            "0123456789abcdef0",
        ] {
            assert!(text.parse::<Writer>().is_err(), "{text}");
        }
        for text in [
            "0123456789abcdef",
            "0123456789abcdef/",
            "0123456789abcdef/01",
            "0123456789abcdef/+1",
            "0123456789abcdef/0",
            "0123456789abcdef/4294967296",
        ] {
            assert!(text.parse::<EventId>().is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn ids_round_trip_and_keep_their_bits(bytes: [u8; 10], seq in 1_u32.., digest: [u8; 32]) {
            let writer = Writer::from_bytes(bytes);
            prop_assert_eq!(writer.to_string().parse(), Ok(writer));
            let id = EventId { writer, seq };
            prop_assert_eq!(id.to_string().parse(), Ok(id));
            let digest = Digest(digest);
            prop_assert_eq!(digest.to_string().parse(), Ok(digest));
        }

        #[test]
        fn different_bytes_spell_different_ids(a: [u8; 10], b: [u8; 10]) {
            prop_assert_eq!(a == b, Writer::from_bytes(a) == Writer::from_bytes(b));
        }
    }
}
