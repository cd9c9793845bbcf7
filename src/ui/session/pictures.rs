//! Pictures between the screens and the journal: kept before their event is written, read when they
//! are shown, swept away when nothing speaks of them any more.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use super::Session;
use crate::format::pictures::Pictures;
use crate::guide::{words, write};
use crate::model::picture::{self, MOST_TOGETHER, Picture};
use crate::model::{Digest, EventId, IncidentId, Log, Timestamp};
use crate::store::vault::Sweep;
use crate::store::{Done, JournalError, KeptPicture};
use crate::ui::browser;
use crate::ui::shrink::Small;

/// A journal that has not answered by then is not waited for.
const PATIENCE: Duration = Duration::from_secs(8);
/// For so long, in milliseconds, a picture that nobody speaks of may be one whose event is on its way.
const ON_ITS_WAY: i64 = 3_600_000;

/// What this page knows of pictures besides its logs.
#[derive(Default)]
pub struct Known {
    /// A picture that was pasted or dropped, until its form takes it.
    given: Option<web_sys::File>,
    /// All that were spoken of while this page was open.
    spoken_of: BTreeSet<Digest>,
}

/// What a person says of a picture.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Said {
    /// What it shows.
    pub text: String,
    /// The service that it is about; may be empty.
    pub service: String,
    /// The entry that it belongs to.
    pub of: Option<EventId>,
}

impl Session {
    /// Changes when pictures came or went.
    pub fn pictures(self) -> RwSignal<u64> {
        self.pictures
    }

    pub(super) fn pictures_changed(self) {
        self.pictures.update(|changes| *changes += 1);
    }

    /// Holds a picture that was pasted or dropped until its form opens.
    pub fn give_picture(self, file: web_sys::File) {
        self.with_state(|state| state.pictures.given = Some(file));
    }

    /// The picture that was pasted or dropped; once.
    pub fn given_picture(self) -> Option<web_sys::File> {
        self.with_state(|state| state.pictures.given.take())
    }

    /// Adds a picture to an incident: first its bytes are kept, then the event that speaks of them.
    ///
    /// # Errors
    /// Why it is not kept, and what to do. Then nothing was written.
    pub async fn add_picture(self, id: IncidentId, small: Small, said: Said) -> Result<(), String> {
        let digest = Digest::of(&[&small.bytes]);
        let together = self.ask_untracked(|records| together(&records.logs_of(id)));
        if together + small.bytes.len() > MOST_TOGETHER {
            let most = MOST_TOGETHER / 1_000_000;
            return Err(format!(
                "The pictures of one incident may have {most} MB together. Erase one that is not needed."
            ));
        }
        let bytes = u32::try_from(small.bytes.len()).unwrap_or(u32::MAX);
        self.keep_pictures(vec![(digest, small.bytes)]).await?;
        let picture = Picture {
            sha256: digest,
            media_type: small.media_type,
            width: small.width,
            height: small.height,
            bytes,
            text: said.text.trim().to_owned(),
            service: said.service.trim().to_owned(),
        };
        self.act(
            id,
            vec![write::picture(picture, said.of)],
            "Added a picture",
        );
        Ok(())
    }

    async fn keep_pictures(self, pictures: Vec<(Digest, Vec<u8>)>) -> Result<(), String> {
        let at = self.instant();
        let kept = pictures
            .into_iter()
            .map(|(digest, bytes)| KeptPicture { digest, bytes, at });
        let kept: Vec<KeptPicture> = kept.collect();
        self.with_state(|state| {
            let digests = kept.iter().map(|kept| kept.digest);
            state.pictures.spoken_of.extend(digests);
        });
        let vault = self.vault();
        let answer = answered(move |done| match vault {
            Some(vault) => vault.keep_pictures(kept, done),
            None => done(Err(JournalError("the database is not open yet".to_owned()))),
        });
        if let Err(error) = answer.await {
            let left = match browser::room_left().await {
                Some(left) => format!(" This site has {} left.", words::bytes(left)),
                None => String::new(),
            };
            return Err(format!("The picture is not kept: {error}.{left}"));
        }
        self.pictures_changed();
        Ok(())
    }

    /// The bytes of a picture, where they are held here and are what they should be.
    pub async fn picture(self, picture: &Picture) -> Option<Vec<u8>> {
        let digest = picture.sha256;
        self.with_state(|state| state.pictures.spoken_of.insert(digest));
        let bytes = self.picture_bytes(digest).await?;
        picture.check(&bytes).is_ok().then_some(bytes)
    }

    async fn picture_bytes(self, digest: Digest) -> Option<Vec<u8>> {
        let vault = self.vault()?;
        let answer = answered(move |done| vault.picture(digest, done)).await;
        answer.ok().flatten()
    }

    /// The bytes of all these pictures that are held here, as far as one file takes them.
    pub async fn held_pictures(self, digests: BTreeSet<Digest>) -> Pictures {
        let mut held = Pictures::new();
        let mut together = 0;
        for digest in digests {
            let Some(bytes) = self.picture_bytes(digest).await else {
                continue;
            };
            together += bytes.len();
            if together > MOST_TOGETHER {
                break;
            }
            if Digest::of(&[&bytes]) == digest {
                held.insert(digest, bytes);
            }
        }
        held
    }

    /// Keeps what a file brought of what is spoken of here; says where it cannot.
    pub(super) async fn take_pictures(self, brought: Pictures) -> usize {
        let spoken_of = self.ask_untracked(|records| picture::digests(records.logs()));
        let wanted = brought.into_iter();
        let wanted: Vec<_> = wanted
            .filter(|(digest, _)| spoken_of.contains(digest))
            .collect();
        if wanted.is_empty() {
            return 0;
        }
        let count = wanted.len();
        match self.keep_pictures(wanted).await {
            Ok(()) => count,
            Err(why) => {
                self.say(&why);
                0
            }
        }
    }

    /// Notes what is spoken of, before something that may end that.
    pub(super) fn note_pictures(self) {
        self.with_state(|state| {
            let spoken_of = picture::digests(state.records.logs());
            state.pictures.spoken_of.extend(spoken_of);
        });
    }

    /// Lets the bytes go that nothing speaks of any more.
    pub(super) fn sweep_pictures(self) {
        let Some(vault) = self.vault() else { return };
        let before = Timestamp::clamped(self.instant().ms() - ON_ITS_WAY);
        let sweep = self.with_state(|state| {
            let spoken_of = picture::digests(state.records.logs());
            let known = state.pictures.spoken_of.iter().copied();
            Sweep {
                dropped: known.filter(|digest| !spoken_of.contains(digest)).collect(),
                spoken_of,
                before,
            }
        });
        vault.sweep_pictures(sweep);
    }
}

/// How many bytes an incident's pictures have, each once.
fn together(logs: &[&Log]) -> usize {
    let mut sizes = BTreeMap::new();
    for log in logs {
        let spoken_of = picture::spoken_of(log).into_iter();
        sizes.extend(spoken_of.map(|picture| (picture.sha256, picture.bytes as usize)));
    }
    sizes.values().sum()
}

/// Waits for the journal, but not for ever.
async fn answered<T: 'static>(ask: impl FnOnce(Done<T>)) -> Result<T, JournalError> {
    let slot = Rc::new(RefCell::new(None));
    let mut resolver = None;
    let promise = js_sys::Promise::new(&mut |resolve, _| resolver = Some(resolve));
    let wake = move || {
        if let Some(resolve) = &resolver {
            drop(resolve.call0(&JsValue::NULL));
        }
    };
    let (filled, woken) = (slot.clone(), wake.clone());
    ask(Box::new(move |answer| {
        *filled.borrow_mut() = Some(answer);
        woken();
    }));
    set_timeout(wake, PATIENCE);
    drop(JsFuture::from(promise).await);
    let answer = slot.borrow_mut().take();
    answer.unwrap_or_else(|| Err(JournalError("the database does not answer".to_owned())))
}
