//! Pictures as events say them: which bytes, of which type, and what they show.
//!
//! The bytes themselves are kept elsewhere, under their digest; nothing here holds any. Knows which
//! digests a log still speaks of, so that others can keep those and no more.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::fact::Fact;
use super::id::{Digest, EventId};
use super::kind::Kind;
use super::log::Log;

/// The largest picture that is read or kept, in bytes. Muster's own limit.
pub const LARGEST: usize = 1_000_000;
/// All pictures of one file or one incident, in bytes. Muster's own limit.
pub const MOST_TOGETHER: usize = 25_000_000;

/// What kind of picture some bytes are. SVG is none of them: it can run scripts.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum MediaType {
    /// WebP (RFC 9649).
    #[serde(rename = "image/webp")]
    Webp,
    /// PNG (ISO/IEC 15948).
    #[serde(rename = "image/png")]
    Png,
    /// JPEG (ISO/IEC 10918-1).
    #[serde(rename = "image/jpeg")]
    Jpeg,
}

impl MediaType {
    /// All of them.
    pub const ALL: &'static [Self] = &[Self::Webp, Self::Png, Self::Jpeg];

    /// The name by which it is registered (RFC 6838).
    pub fn name(self) -> &'static str {
        match self {
            Self::Webp => "image/webp",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
        }
    }

    /// What some bytes are, by how they begin; none where they are no picture.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [
                b'R',
                b'I',
                b'F',
                b'F',
                _,
                _,
                _,
                _,
                b'W',
                b'E',
                b'B',
                b'P',
                ..,
            ] => Some(Self::Webp),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(Self::Png),
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            _ => None,
        }
    }
}

/// A picture, by the digest of its bytes.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Picture {
    /// SHA-256 of its bytes.
    pub sha256: Digest,
    /// What kind of picture.
    pub media_type: MediaType,
    /// How wide, in pixels.
    pub width: u32,
    /// How high, in pixels.
    pub height: u32,
    /// How many bytes.
    pub bytes: u32,
    /// What it shows, for those who do not see it.
    pub text: String,
    /// The service that it is about.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub service: String,
}

/// A picture, and what it belongs to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Attached {
    /// The picture.
    pub picture: Picture,
    /// The entry, hypothesis or finding that it was added to.
    pub of: Option<EventId>,
}

/// Why some bytes are not the picture that an event speaks of.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NotThePicture {
    /// Larger than is read.
    #[error("it has {} kB; Muster reads pictures of up to {} kB", .0 / 1000, LARGEST / 1000)]
    TooLarge(usize),
    /// Other bytes than those that were added.
    #[error("its bytes are not those that were added")]
    Altered,
    /// No picture, or of another type.
    #[error("its bytes are no {}", .0.name())]
    OtherType(MediaType),
}

impl Picture {
    /// Whether these bytes are the picture.
    ///
    /// # Errors
    /// Why they are not.
    pub fn check(&self, bytes: &[u8]) -> Result<(), NotThePicture> {
        if bytes.len() > LARGEST {
            return Err(NotThePicture::TooLarge(bytes.len()));
        }
        if Digest::of(&[bytes]) != self.sha256 {
            return Err(NotThePicture::Altered);
        }
        if MediaType::of(bytes) != Some(self.media_type) {
            return Err(NotThePicture::OtherType(self.media_type));
        }
        Ok(())
    }
}

/// Pictures of a log, with the events that say them: those that were taken back too, and those that a
/// correction names; not those whose words were dropped for good.
pub fn spoken_of(log: &Log) -> Vec<Picture> {
    let mut pictures = Vec::new();
    for (_, event) in log.events() {
        let Some(body) = event.body.text() else {
            continue;
        };
        let fact = match event.kind {
            Kind::PictureAdded | Kind::Amended => Fact::read(&event.kind, body),
            _ => continue,
        };
        match fact {
            Fact::PictureAdded(picture) => pictures.push(picture),
            // A correction that came from elsewhere does not outlive what it corrects.
            Fact::Amended(amendment) if corrects_a_picture(log, event.on) => {
                let body = amendment.body.as_deref();
                let read = body.map(|body| Fact::read(&Kind::PictureAdded, body.get()));
                if let Some(Fact::PictureAdded(picture)) = read {
                    pictures.push(picture);
                }
            }
            _ => {}
        }
    }
    pictures
}

fn corrects_a_picture(log: &Log, on: Option<EventId>) -> bool {
    let target = on.and_then(|on| log.get(on));
    target.is_some_and(|event| event.kind == Kind::PictureAdded && event.body.text().is_some())
}

/// The digests of all pictures that logs speak of.
pub fn digests<'a>(logs: impl Iterator<Item = &'a Log>) -> BTreeSet<Digest> {
    let mut digests = BTreeSet::new();
    for log in logs {
        digests.extend(spoken_of(log).iter().map(|picture| picture.sha256));
    }
    digests
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fact::Verdict;
    use crate::model::testing::{incident, noon, note, writer};
    use crate::model::{Cursor, Draft, Fold, LogScope};

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n and more";

    fn picture(bytes: &[u8]) -> Picture {
        Picture {
            sha256: Digest::of(&[bytes]),
            media_type: MediaType::Png,
            width: 2,
            height: 1,
            bytes: u32::try_from(bytes.len()).unwrap(),
            text: "The error rate, rising".to_owned(),
            service: String::new(),
        }
    }

    fn on(fact: Fact, on: EventId) -> Draft {
        Draft {
            on: Some(on),
            ..fact.draft()
        }
    }

    #[test]
    fn bytes_are_told_by_how_they_begin() {
        let cases: &[(&[u8], Option<MediaType>)] = &[
            (PNG, Some(MediaType::Png)),
            (b"RIFF\0\0\0\0WEBPVP8 ", Some(MediaType::Webp)),
            (b"\xff\xd8\xff\xe0", Some(MediaType::Jpeg)),
            (b"RIFF\0\0\0\0WAVE", None),
            (b"<svg xmlns='http://www.w3.org/2000/svg'/>", None),
            (b"GIF89a", None),
            (b"\x89PNG", None),
            (b"", None),
        ];
        for (bytes, kind) in cases {
            assert_eq!(MediaType::of(bytes), *kind, "{bytes:?}");
        }
    }

    #[test]
    fn other_bytes_are_not_the_picture() {
        let held = picture(PNG);
        assert_eq!(held.check(PNG), Ok(()));
        assert_eq!(held.check(b"\x89PNG"), Err(NotThePicture::Altered));
        let text = picture(b"<svg/>");
        assert_eq!(
            text.check(b"<svg/>"),
            Err(NotThePicture::OtherType(MediaType::Png))
        );
        let large = vec![0; LARGEST + 1];
        assert_eq!(
            picture(&large).check(&large),
            Err(NotThePicture::TooLarge(LARGEST + 1))
        );
    }

    #[test]
    fn a_picture_of_an_unknown_type_is_a_plain_line() {
        let body = Fact::PictureAdded(picture(PNG)).draft().body;
        let svg = body.replace("image/png", "image/svg+xml");
        assert_eq!(Fact::read(&Kind::PictureAdded, &svg), Fact::Unread);
    }

    #[test]
    fn what_is_taken_back_is_spoken_of_and_what_is_erased_is_not() {
        let scope = LogScope::Incident(incident(1));
        let mut log = Log::new(scope);
        let held = picture(PNG);
        let first = log.append(writer(1), note("at noon"), noon()).id;
        let added = log.append(
            writer(1),
            on(Fact::PictureAdded(held.clone()), first),
            noon(),
        );
        let fold = Fold::of(&[&log], Cursor::Now);
        let attached: Vec<_> = fold.incident().pictures.iter().collect();
        assert_eq!(attached[0].what.of, Some(first));
        assert_eq!(spoken_of(&log), std::slice::from_ref(&held));
        let words = Picture {
            text: "The error rate, falling".to_owned(),
            ..held.clone()
        };
        let fold = Fold::of(&[&log], Cursor::Now);
        let entry = fold.incident().entry(added.id).unwrap();
        let corrected = entry.corrected_to(Some(&Fact::PictureAdded(words.clone())));
        log.append(writer(2), corrected, noon());
        assert_eq!(spoken_of(&log), [held.clone(), words.clone()]);
        log.append(
            writer(1),
            on(Fact::Retracted(Verdict::default()), added.id),
            noon(),
        );
        assert!(
            Fold::of(&[&log], Cursor::Now)
                .incident()
                .pictures
                .is_empty()
        );
        assert_eq!(
            digests([&log].into_iter()),
            BTreeSet::from([held.sha256]),
            "it stays on record"
        );
        log.append(
            writer(1),
            on(Fact::Erased(Verdict::default()), added.id),
            noon(),
        );
        assert_eq!(spoken_of(&log), [], "not by its correction either");
    }
}
