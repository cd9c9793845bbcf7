//! What was chosen, dropped or pasted, on its way to being taken in: read, refused, summed up.
//!
//! Lives as long as the page, so that a file may be dropped on any screen.

use leptos::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::format::file::{FileError, Reader, Reading};
use crate::format::recognise::{self, Form, LARGEST_FILE};
use crate::format::statuspage;
use crate::format::summary::Summary;
use crate::guide::words;
use crate::store::stored;
use crate::ui::session::taking::{self, Offer, Pace, breathe};
use crate::ui::session::{Session, use_session};

/// Events that are read before the clock is looked at.
const AT_ONCE: usize = 200;

/// A file that was refused, and why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refused {
    /// What it is called.
    pub name: String,
    /// Why, and what to do.
    pub why: String,
}

/// A step that takes a while.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Progress {
    /// What is being done: "Reading incidents.json".
    pub what: String,
    /// How much of it is done.
    pub done: usize,
    /// Of how much; 0 where it is not known.
    pub all: usize,
}

/// What was taken in last.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TakenIn {
    /// New events.
    pub new: usize,
    /// Incidents that were touched.
    pub incidents: usize,
}

/// A file that was read, and what it would bring.
#[derive(Clone, Debug)]
pub struct Offered {
    /// The file.
    pub offer: Offer,
    /// What it would bring, log by log.
    pub summaries: Vec<Summary>,
    /// How many entries it would bring that no file before it in the same choice does.
    pub adds: usize,
}

/// What is on its way in. Copies are the same.
#[derive(Clone, Copy)]
pub struct Intake {
    session: Session,
    /// Files that were read, each with what it would bring.
    pub offers: RwSignal<Vec<Offered>>,
    /// Files that were refused.
    pub refused: RwSignal<Vec<Refused>>,
    /// What is being done just now.
    pub progress: RwSignal<Option<Progress>>,
    /// What came of the last import.
    pub result: RwSignal<Option<TakenIn>>,
    /// How often something was chosen or left: what is read for an earlier choice counts no more.
    choices: StoredValue<u32>,
}

impl Intake {
    /// Nothing yet.
    pub fn new(session: Session) -> Self {
        Self {
            session,
            offers: RwSignal::new(Vec::new()),
            refused: RwSignal::new(Vec::new()),
            progress: RwSignal::new(None),
            result: RwSignal::new(None),
            choices: StoredValue::new(0),
        }
    }

    /// Reads files that were chosen or dropped, in place of what was offered before.
    pub fn files(self, files: Vec<web_sys::File>) {
        // A picker that was closed without a choice changes nothing.
        if files.is_empty() {
            return;
        }
        let choice = self.begin();
        leptos::task::spawn_local(async move {
            for file in files {
                choice.file(file).await;
            }
            choice.end();
        });
    }

    /// Reads text that was pasted, in place of what was offered before.
    pub fn pasted(self, text: String) {
        let choice = self.begin();
        leptos::task::spawn_local(async move {
            let name = "The pasted text".to_owned();
            choice.bytes(name, text.as_bytes()).await;
            choice.end();
        });
    }

    fn begin(self) -> Choice {
        self.forget();
        self.result.set(None);
        Choice {
            intake: self,
            number: self.choices.get_value(),
        }
    }

    /// Takes in what was read.
    pub fn take(self) {
        let mut offers = Vec::new();
        self.offers.update(|read| offers.append(read));
        let offers: Vec<Offer> = offers.into_iter().map(|read| read.offer).collect();
        self.refused.set(Vec::new());
        self.progress.set(Some(Progress {
            what: "Taking in".to_owned(),
            done: 0,
            all: 0,
        }));
        leptos::task::spawn_local(async move {
            let progress = self.progress;
            let told = move |done, all| {
                progress.set(Some(Progress {
                    what: "Taking in".to_owned(),
                    done,
                    all,
                }))
            };
            let incidents = taking::incidents_of(&offers);
            self.session.take(offers, told).await;
            let taken = self.session.taken();
            let new = taken.with_untracked(|taken| taken.as_ref().map_or(0, taking::Taken::events));
            self.progress.set(None);
            self.result.set(Some(TakenIn { new, incidents }));
        });
    }

    /// Drops what was read without taking it, and what is still being read.
    pub fn forget(self) {
        self.choices.update_value(|number| *number += 1);
        self.progress.set(None);
        self.offers.set(Vec::new());
        self.refused.set(Vec::new());
    }
}

/// What was chosen, dropped or pasted at once, while it is read. What comes later takes its place.
#[derive(Clone, Copy)]
struct Choice {
    intake: Intake,
    number: u32,
}

impl Choice {
    fn counts(self) -> bool {
        self.intake.choices.get_value() == self.number
    }

    fn end(self) {
        if self.counts() {
            self.intake.progress.set(None);
        }
    }

    async fn file(self, file: web_sys::File) {
        let name = file.name();
        self.working("Reading", &name, 0, 0);
        // Looked at before it is loaded: the largest files would take the page with them.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let size = file.size() as usize;
        if size > LARGEST_FILE {
            self.refuse(&name, &FileError::TooLarge { bytes: size }.to_string());
            return;
        }
        match JsFuture::from(file.array_buffer()).await {
            Ok(buffer) => {
                let bytes = js_sys::Uint8Array::new(&buffer).to_vec();
                self.bytes(name, &bytes).await;
            }
            Err(_) => self.refuse(
                &name,
                "The browser could not read the file. Is it still where it was?",
            ),
        }
    }

    async fn bytes(self, name: String, bytes: &[u8]) {
        if !self.counts() {
            return;
        }
        match self.read(&name, bytes).await {
            Ok((_, reading)) if !reading.lacking.is_empty() => {
                let why = format!(
                    "The file needs what this Muster does not have: {}. Open it with a newer Muster.",
                    reading.lacking.join(", ")
                );
                self.refuse(&name, &why);
            }
            Ok((form, reading)) => {
                let offer = Offer {
                    name,
                    form,
                    reading,
                };
                let told = |done, all| self.working("Summing up", &offer.name, done, all);
                let summaries = self.intake.session.summarise(&offer, told).await;
                self.offer(offer, summaries);
            }
            Err(error) => self.refuse(&name, &error.to_string()),
        }
    }

    /// Offers what was read, beside what came before it in the same choice.
    fn offer(self, offer: Offer, summaries: Vec<Summary>) {
        if !self.counts() {
            return;
        }
        let session = self.intake.session;
        self.intake.offers.update(|offers| {
            let adds = {
                let before: Vec<&Offer> = offers.iter().map(|read| &read.offer).collect();
                session.adds(&offer, &summaries, &before)
            };
            offers.push(Offered {
                offer,
                summaries,
                adds,
            });
        });
    }

    async fn read(self, name: &str, bytes: &[u8]) -> Result<(Form, Reading), FileError> {
        let text = recognise::text(bytes)?;
        breathe().await;
        let form = recognise::recognise(text)?;
        breathe().await;
        let reading = match form {
            Form::Statuspage => statuspage::read(text)?,
            Form::Muster => self.read_own(name, text).await?,
            Form::Stored => {
                let stored = stored::as_file(text).map_err(|error| FileError::json(&error))?;
                let mut reading = self.read_own(name, &stored.file).await?;
                for damaged in stored.damaged {
                    let lines = words::count(damaged.lines, "line", "lines");
                    reading.problem(damaged.place, format!("{lines} cannot be read any more"));
                }
                reading
            }
        };
        Ok((form, reading))
    }

    async fn read_own(self, name: &str, text: &str) -> Result<Reading, FileError> {
        let mut reader = Reader::new(text)?;
        let mut pace = Pace::new();
        while reader.step(AT_ONCE) {
            if pace.is_due() {
                let (done, all) = reader.progress();
                self.working("Reading", name, done, all);
                pace.rest().await;
            }
        }
        Ok(reader.finish())
    }

    fn working(self, what: &str, name: &str, done: usize, all: usize) {
        if self.counts() {
            self.intake.progress.set(Some(Progress {
                what: format!("{what} {name}"),
                done,
                all,
            }));
        }
    }

    fn refuse(self, name: &str, why: &str) {
        if self.counts() {
            self.intake.refused.update(|refused| {
                refused.push(Refused {
                    name: name.to_owned(),
                    why: why.to_owned(),
                })
            });
        }
    }
}

/// What is on its way in.
pub fn use_intake() -> Intake {
    use_context::<Intake>().unwrap_or_else(|| Intake::new(use_session()))
}
