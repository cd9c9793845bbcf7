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
use crate::ui::session::taking::{Offer, Pace, breathe};
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

/// What is on its way in. Copies are the same.
#[derive(Clone, Copy)]
pub struct Intake {
    session: Session,
    /// Files that were read, each with what it would bring.
    pub offers: RwSignal<Vec<(Offer, Vec<Summary>)>>,
    /// Files that were refused.
    pub refused: RwSignal<Vec<Refused>>,
    /// What is being done just now.
    pub progress: RwSignal<Option<Progress>>,
    /// What came of the last import.
    pub result: RwSignal<Option<TakenIn>>,
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
        }
    }

    /// Reads files that were chosen or dropped.
    pub fn files(self, files: Vec<web_sys::File>) {
        self.result.set(None);
        leptos::task::spawn_local(async move {
            for file in files {
                self.file(file).await;
            }
            self.progress.set(None);
        });
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

    /// Reads text that was pasted.
    pub fn pasted(self, text: String) {
        self.result.set(None);
        leptos::task::spawn_local(async move {
            self.bytes("The pasted text".to_owned(), text.as_bytes())
                .await;
            self.progress.set(None);
        });
    }

    async fn bytes(self, name: String, bytes: &[u8]) {
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
                let summaries = self.session.summarise(&offer, told).await;
                self.offers.update(|offers| offers.push((offer, summaries)));
            }
            Err(error) => self.refuse(&name, &error.to_string()),
        }
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
        self.progress.set(Some(Progress {
            what: format!("{what} {name}"),
            done,
            all,
        }));
    }

    fn refuse(self, name: &str, why: &str) {
        self.refused.update(|refused| {
            refused.push(Refused {
                name: name.to_owned(),
                why: why.to_owned(),
            })
        });
    }

    /// Takes in what was read.
    pub fn take(self) {
        let mut offers = Vec::new();
        self.offers.update(|read| offers.append(read));
        let offers: Vec<Offer> = offers.into_iter().map(|(offer, _)| offer).collect();
        self.forget();
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
            let incidents = offers.iter().map(|offer| offer.reading.logs.len()).sum();
            self.session.take(offers, told).await;
            let new = self.session.taken().with_untracked(|taken| {
                taken
                    .as_ref()
                    .map_or(0, super::super::session::taking::Taken::events)
            });
            self.progress.set(None);
            self.result.set(Some(TakenIn { new, incidents }));
        });
    }

    /// Drops what was read without taking it.
    pub fn forget(self) {
        self.offers.set(Vec::new());
        self.refused.set(Vec::new());
    }
}

/// What is on its way in.
pub fn use_intake() -> Intake {
    use_context::<Intake>().unwrap_or_else(|| Intake::new(use_session()))
}
