//! The bytes of pictures in a file: a section of their own, beside the logs.
//!
//! Any section gives pictures that events speak of, or a problem that names the picture. Knows nothing
//! of where bytes are kept.

use std::collections::BTreeMap;
use std::ops::Range;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::value::RawValue;

use crate::model::picture::{self, LARGEST, MOST_TOGETHER, NotThePicture, Picture};
use crate::model::{Digest, Log};

/// Bytes by their digest.
pub type Pictures = BTreeMap<Digest, Vec<u8>>;

/// Appends the section, with what the logs speak of; nothing where that is none.
pub fn push(out: &mut String, logs: &[&Log], held: &Pictures) {
    if held.is_empty() {
        return;
    }
    let spoken_of = picture::digests(logs.iter().copied());
    let mut together = 0;
    let mut begun = false;
    for (digest, bytes) in held {
        together += bytes.len();
        if !spoken_of.contains(digest) || bytes.len() > LARGEST || together > MOST_TOGETHER {
            continue;
        }
        out.push_str(if begun {
            ",\n\""
        } else {
            ",\"pictures\":{\n\""
        });
        begun = true;
        out.push_str(&digest.to_string());
        out.push_str("\":\"");
        STANDARD.encode_string(bytes, out);
        out.push('"');
    }
    if begun {
        out.push_str("\n}");
    }
}

/// Something that stands in the section: under which name, and where its text is.
pub struct Item {
    /// The name, which should be a digest.
    pub name: String,
    /// Its value, in the file's text.
    pub at: Range<usize>,
}

/// What stands in the section; none where it is no object.
pub fn items(section: &RawValue, place: impl Fn(&RawValue) -> Range<usize>) -> Option<Vec<Item>> {
    let fields: BTreeMap<String, &RawValue> = serde_json::from_str(section.get()).ok()?;
    let items = fields.into_iter().map(|(name, value)| Item {
        name,
        at: place(value),
    });
    Some(items.collect())
}

/// What a file's events say of its pictures, and how much of them was read.
#[derive(Default)]
pub struct Wanted {
    by_digest: BTreeMap<Digest, Vec<Picture>>,
    together: usize,
}

/// Why a picture is left out.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum LeftOut {
    /// Its name is none.
    #[error("its name is no SHA-256 digest")]
    Unnamed,
    /// No event says what it is.
    #[error("no event of the file speaks of it")]
    NotSpokenOf,
    /// Not text of this kind.
    #[error("its text is no base 64")]
    NotBase64,
    /// Other pictures took the room.
    #[error("the pictures of one file may have {} MB together", MOST_TOGETHER / 1_000_000)]
    TooMany,
    /// Something else.
    #[error(transparent)]
    Other(#[from] NotThePicture),
}

impl Wanted {
    /// What these logs speak of.
    pub fn by<'a>(logs: impl Iterator<Item = &'a Log>) -> Self {
        let mut wanted = Self::default();
        for log in logs {
            for picture in picture::spoken_of(log) {
                let same = wanted.by_digest.entry(picture.sha256).or_default();
                same.push(picture);
            }
        }
        wanted
    }

    /// What a picture shows, by what an event says; empty where none does.
    pub fn words(&self, name: &str) -> &str {
        let said = name.parse().ok().and_then(|name| self.by_digest.get(&name));
        said.and_then(|said| said.first())
            .map_or("", |picture| picture.text.as_str())
    }

    /// Reads one picture.
    ///
    /// # Errors
    /// Why it is left out.
    pub fn read(&mut self, name: &str, json: &str) -> Result<(Digest, Vec<u8>), LeftOut> {
        let digest: Digest = name.parse().map_err(|_| LeftOut::Unnamed)?;
        let said = self.by_digest.get(&digest).ok_or(LeftOut::NotSpokenOf)?;
        // Looked at before it is unpacked: four characters are three bytes.
        let bytes = json.len().saturating_sub(2) / 4 * 3;
        if bytes > LARGEST + 2 {
            return Err(NotThePicture::TooLarge(bytes).into());
        }
        let text: String = serde_json::from_str(json).map_err(|_| LeftOut::NotBase64)?;
        let bytes = STANDARD.decode(text).map_err(|_| LeftOut::NotBase64)?;
        // Of events that say different things of the same bytes, one that is right is enough.
        let mut why = None;
        for picture in said {
            match picture.check(&bytes) {
                Ok(()) if self.together + bytes.len() > MOST_TOGETHER => {
                    return Err(LeftOut::TooMany);
                }
                Ok(()) => {
                    self.together += bytes.len();
                    return Ok((digest, bytes));
                }
                Err(error) => why = why.or(Some(error)),
            }
        }
        Err(why.map_or(LeftOut::NotSpokenOf, LeftOut::Other))
    }
}

#[cfg(test)]
mod tests;
