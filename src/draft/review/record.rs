//! The record itself: how complete it is, its seal, and every entry with who noted it.

use super::document::{
    Block, Fact, Mark, Row, Section, View, fact, list, missing, own, resting, row, table,
};
use crate::guide::{record, timeline, words};
use crate::measure::Moment;
use crate::model::incident::Standing;
use crate::model::term::EntryMark;
use crate::model::{Entry, EventId, Fact as Said, Span};

/// How complete the record is, and its seal.
pub(super) fn completeness(view: &View<'_>) -> Section {
    let mut counts = vec![
        counted(view),
        stamps(view),
        order(view),
        void(view),
        clocks(view),
        apart(view),
        unread(view),
    ];
    counts.extend(pictures(view));
    counts.push(seal(view));
    let title = "How complete the record is";
    Section {
        id: "record",
        title,
        blocks: vec![Block::Facts(counts), checked(view)],
    }
}

fn counted(view: &View<'_>) -> Fact {
    let count = words::count(view.entries.len(), "entry", "entries");
    let imported = view.entries.iter().filter(|entry| is_imported(entry));
    let note = match imported.count() {
        0 => String::new(),
        some => {
            format!("{some} of them were made from something else: an imported page or a rule.")
        }
    };
    let ends = [view.entries.first(), view.entries.last()];
    let from = ends.into_iter().flatten().map(|entry| entry.id()).collect();
    let ids: Vec<String> = view.incident.ids.iter().map(ToString::to_string).collect();
    let ids = match ids.as_slice() {
        [] => "an incident that was never declared".to_owned(),
        ids => format!("incident {}", ids.join(", ")),
    };
    fact("Entries", resting(format!("{count}, of {ids}"), from), note)
}

fn is_imported(entry: &Entry) -> bool {
    entry.is_foreign()
}

fn stamps(view: &View<'_>) -> Fact {
    let term = "Moments that nobody stated";
    let Some(case) = &view.case else {
        return missing(term, "All of them: no declaration stands in the log.");
    };
    let unstated = Moment::ALL.into_iter();
    let unstated = unstated.filter(|moment| case.stated(*moment).is_none());
    let unstated: Vec<&str> = unstated.map(Moment::words).collect();
    if unstated.is_empty() {
        let from = case.moments.iter().map(|stated| stated.event).collect();
        return fact(term, resting("None: all are in the log.", from), "");
    }
    missing(term, unstated.join(", "))
}

fn order(view: &View<'_>) -> Fact {
    let term = "Moments in the wrong order";
    let disorder = view.case.as_ref().map(|case| case.disorder());
    let disorder = disorder.unwrap_or_default();
    if disorder.is_empty() {
        return fact(term, own("None."), "");
    }
    let texts: Vec<String> = disorder.iter().map(|one| one.words()).collect();
    let events = disorder.iter();
    let from = events.flat_map(|one| [one.earlier.event, one.later.event]);
    fact(
        term,
        resting(texts.join(" "), from.collect()),
        "Figures that rest on them have no value.",
    )
}

/// A fact that counts entries, and names them.
fn of_entries(term: &str, entries: Vec<EventId>, note: &str) -> Fact {
    match entries.len() {
        0 => fact(term, own("None."), ""),
        some => fact(
            term,
            resting(words::count(some, "entry", "entries"), entries),
            note,
        ),
    }
}

fn these(view: &View<'_>, wanted: impl Fn(&Entry) -> bool) -> Vec<EventId> {
    let entries = view.entries.iter().filter(|entry| wanted(entry));
    entries.map(|entry| entry.id()).collect()
}

fn void(view: &View<'_>) -> Fact {
    let void = these(view, |entry| !entry.stands());
    let note = "Taken back, erased or replaced by a later version. They count nowhere; the timeline marks them.";
    of_entries("Entries that do not hold", void, note)
}

/// A document has the words of pictures, never their bytes.
fn pictures(view: &View<'_>) -> Option<Fact> {
    let pictures = these(view, |entry| {
        entry.stands() && matches!(entry.fact, Said::PictureAdded(_))
    });
    let note = "The pictures themselves are in the incident’s file; here is what they show.";
    (!pictures.is_empty()).then(|| of_entries("Pictures", pictures, note))
}

fn clocks(view: &View<'_>) -> Fact {
    let doubted = these(view, |entry| !entry.clock_believed);
    let note = "They were noted by a machine whose clock does not fit those of the others.";
    of_entries("Entries with a doubtful time", doubted, note)
}

fn apart(view: &View<'_>) -> Fact {
    let apart = view.incident.amended_apart.keys().copied().collect();
    let note = "Two people corrected each without having seen the other’s words; one of them holds for now.";
    of_entries("Entries corrected in two ways", apart, note)
}

fn unread(view: &View<'_>) -> Fact {
    let unread = these(view, |entry| {
        entry.fact == Said::Unread && entry.standing != Standing::Erased
    });
    let note = "Another version of Muster wrote them; they are kept as they came.";
    of_entries("Entries that this version cannot read", unread, note)
}

fn seal(view: &View<'_>) -> Fact {
    let sealed = view.entries.iter().rev();
    let mut sealed = sealed.filter_map(|entry| Some((entry, entry.seal?)));
    let Some((entry, seal)) = sealed.next() else {
        return missing("Seal", "No entry has one.");
    };
    let line = resting(seal.to_string(), vec![entry.id()]);
    let note = format!(
        "A hash over all that {} had when it was written, {}. Who holds the log can check it.",
        noted_by(view, entry),
        view.when(entry.noted)
    );
    fact("Last seal", line, note)
}

/// What checking the hashes found.
fn checked(view: &View<'_>) -> Block {
    let Some(findings) = view.asked.checked else {
        return Block::Missing(
            "The record’s hashes were not checked for this document.".to_owned(),
        );
    };
    let remarks = record::remarks(view.incident, findings);
    let lines = remarks.into_iter().map(|remark| own(remark.text)).collect();
    match list(lines, "") {
        Block::Missing(_) => {
            let says = "The record’s hashes were checked: nothing is known to be missing, and nothing does not fit.";
            Block::Paragraph(own(says))
        }
        list => list,
    }
}

/// Every entry, in order of when it happened.
pub(super) fn whole(view: &View<'_>) -> Section {
    let rows = view.entries.iter().map(|entry| entry_row(view, entry));
    let header = ["No.", "When", "What", "Noted by"];
    let says = "Nothing is in the log.";
    Section {
        id: "timeline-whole",
        title: "Every entry",
        blocks: vec![table("", &header, rows.collect(), says)],
    }
}

/// The entries that changed the course.
pub(super) fn turning_points(view: &View<'_>) -> Block {
    let mut rows: Vec<Row> = Vec::new();
    for entry in view.entries.iter().filter(|entry| is_turning(view, entry)) {
        let line = resting(what(view, entry), vec![entry.id()]);
        rows.push(row(vec![
            own(view.when(entry.when)),
            line,
            own(noted_by(view, entry)),
        ]));
    }
    let header = ["When", "What", "Noted by"];
    let says = "The log has no turning point.";
    table("Turning points", &header, rows, says)
}

/// Where time was lost, as people marked it.
pub(super) fn delays(view: &View<'_>) -> Block {
    let delays = view.entries.iter().filter(|entry| {
        let marked = view.incident.mark(entry.id());
        entry.stands() && marked.is_some_and(|said| said.what.mark == EntryMark::Delay)
    });
    let rows = delays.map(|entry| {
        let marked = view.incident.mark(entry.id());
        let because = marked.map(|said| resting(said.what.because.trim(), vec![said.id()]));
        row(vec![
            own(view.when(entry.when)),
            resting(what(view, entry), vec![entry.id()]),
            because.unwrap_or_default(),
        ])
    });
    let header = ["When", "What", "Why it took time"];
    let says = "No entry is marked as a delay.";
    table("Delays", &header, rows.collect(), says)
}

/// Turning points, and the stamps.
fn is_turning(view: &View<'_>, entry: &Entry) -> bool {
    entry.stands()
        && (timeline::turns(view.incident, entry) || matches!(entry.fact, Said::Observed(_)))
}

fn entry_row(view: &View<'_>, entry: &Entry) -> Row {
    let number = view.number(entry.id());
    let shown = number.map(|number| number.to_string()).unwrap_or_default();
    let mut when = view.when(entry.when);
    if !entry.clock_believed {
        when.push_str(" (clock in doubt)");
    }
    let mut text = what(view, entry);
    let mark = match &entry.standing {
        Standing::Stands if is_turning(view, entry) => Mark::Turning,
        Standing::Stands => Mark::Plain,
        _ => Mark::Void,
    };
    if let Some(says) = fate(view, entry) {
        text.push('\n');
        text.push_str(&says);
    }
    Row {
        number,
        mark,
        // Its own number stands beside it already.
        cells: vec![own(shown), own(when), own(text), own(source(view, entry))],
    }
}

/// What happened, with what was said below it.
fn what(view: &View<'_>, entry: &Entry) -> String {
    let line = timeline::line(view.incident, entry);
    let mut text = line.lead;
    if !line.text.trim().is_empty() {
        if !text.is_empty() {
            text.push_str(": ");
        }
        text.push_str(line.text.trim());
    }
    if !line.detail.trim().is_empty() {
        text.push('\n');
        text.push_str(line.detail.trim());
    }
    if let Some((mark, because)) = &line.mark {
        text.push('\n');
        text.push_str(timeline::mark_words(*mark));
        if !because.trim().is_empty() {
            text.push_str(": ");
            text.push_str(because.trim());
        }
    }
    text
}

/// What became of an entry that does not hold, and of one that was corrected.
fn fate(view: &View<'_>, entry: &Entry) -> Option<String> {
    match entry.standing {
        Standing::Stands => entry.amended.map(|by| {
            let correction = view.incident.entry(by);
            let because = correction.map(|entry| timeline::line(view.incident, entry).text);
            told(view, "Corrected", by, because)
        }),
        Standing::Retracted(by) => {
            let retraction = view.incident.entry(by);
            let because = retraction.map(|entry| timeline::line(view.incident, entry).text);
            Some(told(view, "Taken back", by, because))
        }
        Standing::Erased => Some("Erased.".to_owned()),
        Standing::Superseded => Some("A later version of the same item is held.".to_owned()),
    }
}

fn told(view: &View<'_>, what: &str, by: EventId, because: Option<String>) -> String {
    let entry = view.incident.entry(by);
    let when = entry.map_or_else(String::new, |entry| {
        format!(", {}, {}", noted_by(view, entry), view.when(entry.noted))
    });
    let because = because.unwrap_or_default();
    match because.trim() {
        "" => format!("{what}{when}."),
        because => format!("{what}{when}: {because}"),
    }
}

/// Who wrote an entry down.
fn noted_by(view: &View<'_>, entry: &Entry) -> String {
    entry.by.map_or_else(
        || {
            if is_imported(entry) {
                "imported".to_owned()
            } else {
                "somebody".to_owned()
            }
        },
        |person| view.name(person),
    )
}

/// Who wrote it down, from what, and when, where that was not when it happened.
fn source(view: &View<'_>, entry: &Entry) -> String {
    let mut text = noted_by(view, entry);
    if let Some(source) = &entry.source {
        text.push_str(&format!(" (from {source})"));
    }
    let later = entry.noted - entry.when;
    if entry.dated && (later >= Span::minutes(1) || later.is_negative()) {
        text.push_str(&format!(", {}", view.when(entry.noted)));
    }
    text
}
