//! A status page for everybody, as a folder of plain files that any static server shows: HTML
//! without scripts, JSON as Statuspage's version 2 has it, and an Atom feed.
//!
//! Made from what was published and nothing else, so nothing else can leak. Every text is taken as
//! hostile. Knows no incident, no clock and no zone: the public reads UTC.
//!
//! Each incident has a page of its own: links from the feed hold for good, and the first page stays
//! small while lines are bad.

mod feed;
mod html;
mod json;
pub(in crate::draft) mod text;

use crate::format::zip::{self, File, ZipError};
use crate::model::term::{Level, Phase, Priority};
use crate::model::{Digest, Timestamp, order};

/// What the public is to see.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Page {
    /// What the organisation is called. Readers of the JSON know the page by it.
    pub name: String,
    /// Where the page will be, if that is known.
    pub url: Option<Address>,
    /// As of when it is.
    pub updated: Timestamp,
    /// The services that it shows, in the order in which it shows them.
    pub components: Vec<Component>,
    /// All incidents that were published, in any order. Of two with one id the later one counts.
    pub incidents: Vec<PublicIncident>,
}

/// A service as the public knows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Component {
    /// Its name for machines.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// How it is.
    pub status: Condition,
}

/// An incident as it was published.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PublicIncident {
    /// Its name for machines; must never change.
    pub id: String,
    /// What it is about, in a line.
    pub title: String,
    /// How bad it is or was.
    pub impact: Impact,
    /// Where it stands.
    pub status: Phase,
    /// When it began.
    pub started_at: Timestamp,
    /// When it was first published.
    pub created_at: Timestamp,
    /// Since when the fix was watched.
    pub monitoring_at: Option<Timestamp>,
    /// When it was over.
    pub resolved_at: Option<Timestamp>,
    /// What was said of it, in the order in which it was said.
    pub updates: Vec<PublicUpdate>,
}

/// Something that was said to the public.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PublicUpdate {
    /// Its name for machines.
    pub id: String,
    /// What it said of the incident.
    pub status: Phase,
    /// Plain text: an empty line ends a paragraph, a line end is kept.
    pub body: String,
    /// When it was said.
    pub at: Timestamp,
    /// The services that it named, as they were then.
    pub components: Vec<Component>,
}

/// How a service is, in Statuspage's four steps.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Condition {
    /// As it should be.
    Operational,
    /// Slow, or failing now and then.
    DegradedPerformance,
    /// Some of it, or for some people, does not work.
    PartialOutage,
    /// It does not work.
    MajorOutage,
}

/// How bad an incident is, in Statuspage's four steps.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Impact {
    /// Nobody outside notices.
    None,
    /// Little.
    Minor,
    /// Much.
    Major,
    /// Most of it, or what matters most.
    Critical,
}

impl PublicIncident {
    fn is_open(&self) -> bool {
        !matches!(self.status, Phase::Resolved | Phase::Postmortem)
    }
}

impl Condition {
    /// All of them, from the best.
    pub const ALL: [Self; 4] = [
        Self::Operational,
        Self::DegradedPerformance,
        Self::PartialOutage,
        Self::MajorOutage,
    ];

    /// The name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Operational => "operational",
            Self::DegradedPerformance => "degraded_performance",
            Self::PartialOutage => "partial_outage",
            Self::MajorOutage => "major_outage",
        }
    }

    /// The name on the page.
    pub fn title(self) -> &'static str {
        match self {
            Self::Operational => "Operational",
            Self::DegradedPerformance => "Degraded performance",
            Self::PartialOutage => "Partial outage",
            Self::MajorOutage => "Major outage",
        }
    }

    /// The one of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|condition| condition.name() == name)
    }

    /// What a service is that is hit so; not hit at all is operational.
    pub fn of(level: Option<Level>) -> Self {
        match level {
            None => Self::Operational,
            Some(Level::Degraded) => Self::DegradedPerformance,
            Some(Level::PartlyDown) => Self::PartialOutage,
            Some(Level::Down) => Self::MajorOutage,
        }
    }

    /// How bad the page as a whole is with a service like that. Statuspage's steps (from memory).
    fn impact(self) -> Impact {
        match self {
            Self::Operational => Impact::None,
            Self::DegradedPerformance => Impact::Minor,
            Self::PartialOutage => Impact::Major,
            Self::MajorOutage => Impact::Critical,
        }
    }
}

impl Impact {
    /// All of them, from the least.
    pub const ALL: [Self; 4] = [Self::None, Self::Minor, Self::Major, Self::Critical];

    /// The name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Minor => "minor",
            Self::Major => "major",
            Self::Critical => "critical",
        }
    }

    /// The name on the page.
    pub fn title(self) -> &'static str {
        match self {
            Self::None => "None",
            Self::Minor => "Minor",
            Self::Major => "Major",
            Self::Critical => "Critical",
        }
    }

    /// The one of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|impact| impact.name() == name)
    }

    /// What a priority looks like from outside. Muster's own default, and what reading a status page
    /// undoes.
    pub fn of(priority: Priority) -> Self {
        match priority.number() {
            1 => Self::Critical,
            2 => Self::Major,
            3 => Self::Minor,
            _ => Self::None,
        }
    }
}

/// Where a page is: a folder on the web, with its slash.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Address(String);

/// Why a text is not where a page can be.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum AddressError {
    /// Nothing that is on the web.
    #[error("the page's address must begin with https:// or http://")]
    NotWeb,
    /// Something in it that cannot be, or that leads to no folder.
    #[error("the page's address must be a folder's, without spaces, ?, # or @")]
    NotAFolder,
}

impl Address {
    /// Reads an address as people paste it: the last slash, or the name of an HTML file, may be
    /// there or not.
    ///
    /// # Errors
    /// When it is not on the web, or not a folder.
    pub fn read(text: &str) -> Result<Self, AddressError> {
        let text = text.trim();
        let rest = text
            .strip_prefix("https://")
            .or_else(|| text.strip_prefix("http://"))
            .ok_or(AddressError::NotWeb)?;
        let folder = match rest.rsplit_once('/') {
            Some((folder, file)) if file.ends_with(".html") => folder,
            _ => rest.trim_end_matches('/'),
        };
        let stands =
            |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:/[]!$&'()*+,;=%".contains(&byte);
        if folder.is_empty() || folder.starts_with('/') || !folder.bytes().all(stands) {
            return Err(AddressError::NotAFolder);
        }
        let scheme = text.len() - rest.len();
        let scheme = text.get(..scheme).unwrap_or_default();
        Ok(Self([scheme, folder, "/"].concat()))
    }

    /// The address, with its slash.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The files of the page, with their paths in its folder.
pub fn files(page: &Page) -> Vec<File> {
    let laid = Laid::of(page);
    let mut files = html::files(&laid);
    files.push(file("status.css", include_str!("status.css").to_owned()));
    files.push(file("feed.atom", feed::feed(&laid)));
    files.extend(json::files(&laid));
    files
}

/// The same in one archive, to be unpacked where the page is. An incident that is published no more
/// keeps its old page there until somebody removes it.
///
/// # Errors
/// When it is more than an archive holds.
pub fn archive(page: &Page) -> Result<Vec<u8>, ZipError> {
    zip::write(&files(page), page.updated)
}

fn file(path: impl Into<String>, text: String) -> File {
    File {
        path: path.into(),
        bytes: text.into_bytes(),
    }
}

/// A page with its incidents in order, newest first.
struct Laid<'a> {
    page: &'a Page,
    /// The page's name for machines.
    id: String,
    incidents: Vec<Told<'a>>,
}

/// An incident with what follows from what was said of it.
struct Told<'a> {
    incident: &'a PublicIncident,
    /// Newest first.
    updates: Vec<&'a PublicUpdate>,
    /// What its page is called, without its ending.
    slug: String,
    /// When something was last said or done.
    changed: Timestamp,
    /// The services that were named, as they are now.
    affected: Vec<Component>,
}

impl<'a> Laid<'a> {
    fn of(page: &'a Page) -> Self {
        let mut incidents: Vec<Told<'_>> = Vec::with_capacity(page.incidents.len());
        for incident in &page.incidents {
            let told = Told::of(incident, page);
            match incidents.iter_mut().find(|held| held.slug == told.slug) {
                Some(held) if held.changed <= told.changed => *held = told,
                Some(_) => {}
                None => incidents.push(told),
            }
        }
        order::sort_by(&mut incidents, |a, b| {
            let [a, b] = [a, b].map(|told| (told.incident.started_at, &told.slug));
            b.cmp(&a)
        });
        let digest = Digest::of(&[b"muster-status-page-1\n", page.name.as_bytes()]);
        Self {
            page,
            id: digest.to_string().chars().take(12).collect(),
            incidents,
        }
    }

    fn open(&self) -> impl Iterator<Item = &Told<'a>> {
        self.incidents.iter().filter(|told| told.incident.is_open())
    }

    fn past(&self) -> impl Iterator<Item = &Told<'a>> {
        self.incidents
            .iter()
            .filter(|told| !told.incident.is_open())
    }

    /// The worst of what is open and of how services are.
    fn indicator(&self) -> Impact {
        let services = self.page.components.iter();
        let services = services.map(|component| component.status.impact());
        let open = self.open().map(|told| told.incident.impact);
        services.chain(open).max().unwrap_or(Impact::None)
    }

    /// Where a file of the page is: in full where that is known, else from the page's folder.
    fn link(&self, path: &str) -> String {
        match &self.page.url {
            Some(url) => [url.as_str(), path].concat(),
            None => path.to_owned(),
        }
    }
}

impl<'a> Told<'a> {
    fn of(incident: &'a PublicIncident, page: &Page) -> Self {
        let mut updates: Vec<&PublicUpdate> = incident.updates.iter().collect();
        order::sort_by(&mut updates, |a, b| a.at.cmp(&b.at));
        let mut affected: Vec<Component> = Vec::new();
        for named in updates.iter().flat_map(|update| &update.components) {
            match affected.iter_mut().find(|held| held.id == named.id) {
                Some(held) => *held = named.clone(),
                None => affected.push(named.clone()),
            }
        }
        for held in &mut affected {
            let shown = page.components.iter().find(|shown| shown.id == held.id);
            held.status = match shown {
                Some(shown) => shown.status,
                None if incident.is_open() => held.status,
                None => Condition::Operational,
            };
        }
        updates.reverse();
        let said = updates.first().map(|update| update.at);
        let changed = said.max(incident.resolved_at).max(incident.monitoring_at);
        Self {
            incident,
            updates,
            slug: slug(&incident.id),
            changed: changed.map_or(incident.created_at, |at| at.max(incident.created_at)),
            affected,
        }
    }

    /// The path of its page.
    fn path(&self) -> String {
        format!("history/{}.html", self.slug)
    }
}

/// A name for a file that no system takes for something else, from anybody's id: itself where it is
/// plain, else a digest. What begins like a digest is never taken as plain.
fn slug(id: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    // Names that Windows keeps for itself are shorter, and so is `index`.
    if (8..=64).contains(&id.len()) && id.bytes().all(plain) && !id.starts_with("x-") {
        return id.to_owned();
    }
    let digest = Digest::of(&[b"muster-status-slug-1\n", id.as_bytes()]);
    let digits: String = digest.to_string().chars().take(32).collect();
    format!("x-{digits}")
}

#[cfg(test)]
mod tests;
