//! The review as a tree of sections, in plain values: what is printed as Markdown and HTML, and what a
//! screen shows.
//!
//! Entries are numbered in the order of the timeline, and all that is stated names the events that it
//! rests on. What is asked at the time of an incident that is over does not change any more. Decides
//! nothing, and prints nothing.

use super::picture::Picture;
use super::{figures, record, sections, summary};
use crate::guide::{brief, timeline, words};
use crate::measure::Case;
use crate::model::chain::Finding;
use crate::model::organisation::Organisation;
use crate::model::term::{Nature, Stage};
use crate::model::{Entry, EventId, Incident, Person, Said, Span, Timestamp, order};

/// What a review is made of.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// The incident as it stands.
    pub incident: &'a Incident,
    /// Its services, what they cost, and in what.
    pub organisation: &'a Organisation,
    /// What checking the record found; none where it was not checked.
    pub checked: Option<&'a [Finding]>,
    /// Now. Has no say once the incident is closed.
    pub now: Timestamp,
    /// How far the document's clock is east of UTC, in minutes.
    pub utc_offset_minutes: i32,
}

/// How far the review is, as far as the log says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// Nothing of a review is in the log.
    Draft,
    /// The review has begun, or found something.
    InReview,
    /// A review was held.
    Reviewed,
}

impl State {
    /// In a word or two.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Draft => "Draft",
            Self::InReview => "In review",
            Self::Reviewed => "Reviewed",
        }
    }
}

/// Words, and the events that they rest on.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Line {
    /// The words: Muster's own, or somebody's with line ends in them.
    pub text: String,
    /// From which events; empty where the words say nothing of the incident, or that nothing is known.
    pub from: Vec<EventId>,
}

/// Something that has a name.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Fact {
    /// Its name.
    pub term: String,
    /// What it is, with the events that it rests on.
    pub value: Line,
    /// What it means, or how it was counted; may be empty.
    pub note: String,
    /// Whether nobody has stated it.
    pub missing: bool,
}

/// How a row stands out.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Mark {
    /// Not at all.
    #[default]
    Plain,
    /// It changed the course of the incident.
    Turning,
    /// It does not hold: taken back, erased or replaced.
    Void,
}

/// A row of a table.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Row {
    /// The number of the entry that it is, where it is one of the whole timeline.
    pub number: Option<usize>,
    /// How it stands out.
    pub mark: Mark,
    /// One for each column.
    pub cells: Vec<Line>,
}

/// A table.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Table {
    /// What it has; empty where the section's heading says it.
    pub caption: String,
    /// What each column has.
    pub header: Vec<String>,
    /// Its rows.
    pub rows: Vec<Row>,
}

/// A part of a section.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Block {
    /// A sentence or two of Muster's.
    Paragraph(Line),
    /// What somebody wrote.
    Quote(Line),
    /// Nothing is in the log of this; says so.
    Missing(String),
    /// Things with names.
    Facts(Vec<Fact>),
    /// Things without.
    List(Vec<Line>),
    /// Rows.
    Table(Table),
    /// A drawing; the section `table` has it as a table.
    Chart {
        /// What is drawn.
        picture: Picture,
        /// The id of the section with its table.
        table: &'static str,
    },
}

/// A section.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Section {
    /// Its name in addresses.
    pub id: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// What is in it, never nothing.
    pub blocks: Vec<Block>,
}

/// The review.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Document {
    /// What was broken.
    pub title: String,
    /// "Drill" and the like, for what was no real incident.
    pub nature: Option<&'static str>,
    /// How far the review is.
    pub state: State,
    /// What the state rests on.
    pub state_from: Vec<EventId>,
    /// How times are to be read.
    pub times: String,
    /// The sections, the summary first.
    pub sections: Vec<Section>,
    /// Each entry's number, in order of the events' ids.
    numbers: Vec<(EventId, usize)>,
}

impl Document {
    /// The number that an event has in the timeline; none of those that only serve others.
    pub fn number(&self, event: EventId) -> Option<usize> {
        number(&self.numbers, event)
    }

    /// What some words rest on: an entry's number, or an event's id where it has none; each once.
    pub fn basis(&self, from: &[EventId]) -> Vec<Result<usize, EventId>> {
        let all = from.iter().map(|id| self.number(*id).ok_or(*id));
        let mut basis: Vec<Result<usize, EventId>> = all.collect();
        order::sort(&mut basis);
        basis.dedup();
        basis
    }

    /// Every event that something in it names.
    pub fn named(&self) -> Vec<EventId> {
        let mut named = self.state_from.clone();
        for block in self.sections.iter().flat_map(|section| &section.blocks) {
            match block {
                Block::Paragraph(line) | Block::Quote(line) => named.extend(&line.from),
                Block::List(lines) => named.extend(lines.iter().flat_map(|line| &line.from)),
                Block::Facts(facts) => {
                    named.extend(facts.iter().flat_map(|fact| &fact.value.from));
                }
                Block::Table(table) => {
                    let cells = table.rows.iter().flat_map(|row| &row.cells);
                    named.extend(cells.flat_map(|cell| &cell.from));
                }
                Block::Missing(_) | Block::Chart { .. } => {}
            }
        }
        order::sort(&mut named);
        named.dedup();
        named
    }
}

fn number(numbers: &[(EventId, usize)], event: EventId) -> Option<usize> {
    let place = numbers.binary_search_by_key(&event, |(id, _)| *id).ok()?;
    numbers.get(place).map(|(_, number)| *number)
}

/// The review of an incident, as far as its log says.
pub fn document(asked: &Asked<'_>) -> Document {
    let incident = asked.incident;
    let view = View::of(asked);
    let (state, state_from) = state(incident);
    let (charted, chart_table) = sections::charted(&view);
    let mut sections = vec![summary::section(&view), figures::section(&view), charted];
    sections.extend(sections::all(&view));
    sections.extend(super::proposals::proposals(&view));
    sections.push(record::completeness(&view));
    sections.push(record::whole(&view));
    sections.push(chart_table);
    Document {
        title: brief::title(incident),
        nature: match incident.nature() {
            // Written down afterwards, it was as real.
            Nature::Real | Nature::Retrospective => None,
            nature => words::nature(nature),
        },
        state,
        state_from,
        times: view.times(),
        sections,
        numbers: view.numbers,
    }
}

/// The figures of the review alone: what a screen shows above the rest.
pub fn figures_only(asked: &Asked<'_>) -> Document {
    let view = View::of(asked);
    let (state, state_from) = state(asked.incident);
    Document {
        title: brief::title(asked.incident),
        nature: None,
        state,
        state_from,
        times: view.times(),
        sections: vec![figures::section(&view)],
        numbers: view.numbers,
    }
}

fn state(incident: &Incident) -> (State, Vec<EventId>) {
    let held: Vec<EventId> = incident.reviews.iter().map(Said::id).collect();
    if !held.is_empty() {
        return (State::Reviewed, held);
    }
    let stage = incident.stage.current_setting();
    let stage = stage.filter(|(_, entry)| entry.stage == Stage::Review);
    let begun = stage.map(|(setting, _)| setting.id());
    let found = incident.findings.iter().map(Said::id);
    let from: Vec<EventId> = begun.into_iter().chain(found).collect();
    let state = if from.is_empty() {
        State::Draft
    } else {
        State::InReview
    };
    (state, from)
}

/// Words of Muster's that rest on nothing.
pub(super) fn own(text: impl Into<String>) -> Line {
    Line {
        text: text.into(),
        from: Vec::new(),
    }
}

/// Words that rest on events.
pub(super) fn resting(text: impl Into<String>, from: Vec<EventId>) -> Line {
    let text = text.into();
    Line { text, from }
}

/// A fact that somebody stated.
pub(super) fn fact(term: &str, value: Line, note: impl Into<String>) -> Fact {
    Fact {
        term: term.to_owned(),
        value,
        note: note.into(),
        missing: false,
    }
}

/// A fact that nobody stated; `says` what is not known.
pub(super) fn missing(term: &str, says: impl Into<String>) -> Fact {
    Fact {
        missing: true,
        ..fact(term, own(says), "")
    }
}

/// A table; where it has no rows, a sentence that says so.
pub(super) fn table(caption: &str, header: &[&str], rows: Vec<Row>, none: &str) -> Block {
    if rows.is_empty() {
        return Block::Missing(none.to_owned());
    }
    Block::Table(Table {
        caption: caption.to_owned(),
        header: header.iter().map(|one| (*one).to_owned()).collect(),
        rows,
    })
}

/// A row of a table that is not the timeline.
pub(super) fn row(cells: Vec<Line>) -> Row {
    Row {
        cells,
        ..Row::default()
    }
}

/// A list; where it is empty, a sentence that says so.
pub(super) fn list(lines: Vec<Line>, none: &str) -> Block {
    if lines.is_empty() {
        Block::Missing(none.to_owned())
    } else {
        Block::List(lines)
    }
}

/// What all sections look at.
pub(super) struct View<'a> {
    pub asked: &'a Asked<'a>,
    pub incident: &'a Incident,
    /// As figures need it; none where it was never declared.
    pub case: Option<Case>,
    /// As of when things are said: now, or the last word of an incident that is closed.
    pub as_of: Timestamp,
    /// The entries that the timeline shows.
    pub entries: Vec<&'a Entry>,
    numbers: Vec<(EventId, usize)>,
    /// The day whose times have no date.
    day: Timestamp,
}

impl<'a> View<'a> {
    fn of(asked: &'a Asked<'a>) -> Self {
        let incident = asked.incident;
        let last = incident.timeline.iter();
        let last = last.map(|entry| entry.when.max(entry.noted)).max();
        let shown = incident.timeline.iter();
        let entries: Vec<&Entry> = shown.filter(|entry| !timeline::is_silent(entry)).collect();
        let counted = entries.iter().zip(1..);
        let mut numbers: Vec<(EventId, usize)> = counted
            .map(|(entry, number)| (entry.id(), number))
            .collect();
        order::sort(&mut numbers);
        // Of forked events the first has the number of both.
        numbers.dedup_by_key(|(id, _)| *id);
        Self {
            asked,
            incident,
            case: Case::of(incident),
            as_of: last.filter(|_| incident.is_closed()).unwrap_or(asked.now),
            entries,
            numbers,
            day: incident.began_at().unwrap_or(asked.now),
        }
    }

    fn offset(&self) -> Span {
        Span::minutes(i64::from(self.asked.utc_offset_minutes))
    }

    /// The number that an event has in the timeline.
    pub fn number(&self, event: EventId) -> Option<usize> {
        number(&self.numbers, event)
    }

    /// An instant on the document's clock, with its date where that is not the incident's first day.
    pub fn when(&self, at: Timestamp) -> String {
        words::wall(at, self.day, self.asked.utc_offset_minutes)
    }

    /// An instant's day on the document's clock.
    pub fn day(&self, at: Timestamp) -> String {
        let (year, month, day) = (at + self.offset()).utc_date();
        let name = usize::try_from(month - 1).ok();
        let name = name.and_then(|month| words::MONTHS_IN_FULL.get(month));
        format!("{day} {} {year}", name.copied().unwrap_or_default())
    }

    fn times(&self) -> String {
        format!(
            "Times are in {}; those without a date are of {}.",
            zone(self.asked.utc_offset_minutes),
            self.day(self.day)
        )
    }

    /// What a person is called.
    pub fn name(&self, person: Person) -> String {
        brief::name_or_you(self.incident, person)
    }

    /// Who said something.
    pub fn who<T>(&self, said: &Said<T>) -> String {
        match said.by {
            _ if said.foreign => "imported".to_owned(),
            Some(person) => self.name(person),
            None => "somebody".to_owned(),
        }
    }
}

/// `UTC`, `UTC+05:30`.
fn zone(utc_offset_minutes: i32) -> String {
    let (hours, minutes) = (
        utc_offset_minutes.unsigned_abs() / 60,
        utc_offset_minutes.unsigned_abs() % 60,
    );
    match utc_offset_minutes {
        0 => "UTC".to_owned(),
        1.. => format!("UTC+{hours:02}:{minutes:02}"),
        _ => format!("UTC−{hours:02}:{minutes:02}"),
    }
}
