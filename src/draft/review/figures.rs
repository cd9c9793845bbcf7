//! Impact in numbers, each with what it means and the events that it rests on.
//!
//! Definitions are `measure`'s. A figure that the log does not give is said to be missing, never
//! nought.

use super::document::{
    Block, Fact, Line, Row, Section, View, fact, missing, own, resting, row, table,
};
use crate::guide::words;
use crate::measure::downtime::{self, End, Outage};
use crate::measure::promises::Kept;
use crate::measure::{Case, Figure, Moment, Period, Stated, meanings, money, promises, times};
use crate::model::{EventId, Incident, Timestamp};

/// Impact in numbers.
pub(super) fn section(view: &View<'_>) -> Section {
    let mut facts = vec![length(view)];
    let mut blocks = Vec::new();
    if let Some(case) = &view.case {
        facts.extend(five_times(case, view.as_of));
        facts.push(down(case, view));
        facts.push(cost(view));
        facts.push(kept(case, view));
        facts.push(people(view));
        blocks.push(Block::Facts(facts));
        blocks.push(services(case, view));
    } else {
        blocks.push(Block::Facts(facts));
        let says = "No declaration stands in the log, so there are no figures.";
        blocks.push(Block::Missing(says.to_owned()));
    }
    Section {
        id: "impact",
        title: "Impact in numbers",
        blocks,
    }
}

/// The first of some moments that somebody stated.
fn first_of(case: &Case, moments: &[Moment]) -> Option<Stated> {
    moments.iter().find_map(|moment| case.stated(*moment))
}

/// How long it took, by the best that is known: as the room and the board say it.
pub(super) fn length(view: &View<'_>) -> Fact {
    let term = "How long";
    let Some(case) = &view.case else {
        return missing(term, "No declaration stands in the log.");
    };
    let began = first_of(
        case,
        &[Moment::ImpactStarted, Moment::Detected, Moment::Declared],
    );
    let Some(began) = began else {
        return missing(term, "Nobody has said when it began.");
    };
    let since = format!(
        "{}, {}",
        words::lower_first(began.moment.words()),
        view.when(began.at)
    );
    let ended = first_of(case, &[Moment::Restored, Moment::Resolved, Moment::Closed]);
    let Some(ended) = ended else {
        let line = resting(format!("It goes on, since: {since}"), vec![began.event]);
        return fact(term, line, "Nobody has stated that service is back.");
    };
    let until = format!(
        "{}, {}",
        words::lower_first(ended.moment.words()),
        view.when(ended.at)
    );
    let from = vec![began.event, ended.event];
    if ended.at < began.at {
        let says = format!("Cannot be told: {until}, lies before {since}");
        return Fact {
            missing: true,
            ..fact(term, resting(says, from), "")
        };
    }
    let mut note = format!("From: {since}; to: {until}.");
    if case.stated(Moment::ImpactStarted).is_none() {
        note.push_str(" Nobody stated when impact started.");
    }
    if case.stated(Moment::Restored).is_none() {
        note.push_str(" Nobody stated when service was restored.");
    }
    fact(term, resting(words::span(ended.at - began.at), from), note)
}

fn five_times(case: &Case, as_of: Timestamp) -> Vec<Fact> {
    let all = times::figures(case, as_of).into_iter();
    all.map(|(measure, figure)| {
        let line = resting(figure.words(), figure.events());
        Fact {
            missing: matches!(figure, Figure::Missing(_) | Figure::OutOfOrder { .. }),
            ..fact(measure.title(), line, measure.meaning())
        }
    })
    .collect()
}

/// What was said of how a service was, in the order of the log.
fn said_of(incident: &Incident, service: &str) -> Vec<EventId> {
    let register = incident.services.get(service).into_iter();
    let settings = register.flat_map(|register| register.standing());
    settings.map(|(setting, _)| setting.id()).collect()
}

/// The events that outages rest on, with what ended those that nobody ended.
fn events(view: &View<'_>, case: &Case) -> Vec<EventId> {
    let mut from: Vec<EventId> = Vec::new();
    for outage in &case.outages {
        from.extend(said_of(view.incident, &outage.service));
        if outage.end == End::Incident {
            let end = first_of(case, &[Moment::Restored, Moment::Resolved, Moment::Closed]);
            from.extend(end.map(|end| end.event));
        }
    }
    from
}

fn down(case: &Case, view: &View<'_>) -> Fact {
    let term = meanings::DOWNTIME.title;
    if case.outages.is_empty() {
        return missing(
            term,
            "Nobody has said which service was hit, and how badly.",
        );
    }
    let down = downtime::of_outages(case.outages.iter(), Period::until(view.as_of));
    let weighted = down.weighted().to_span();
    let text = format!(
        "{}; weighted {}",
        words::span(down.union),
        words::span(weighted)
    );
    let note = format!(
        "{} Weighted: partly down counts half, slow or failing at times a quarter ({}).",
        meanings::DOWNTIME.words() + ".",
        downtime::WEIGHTS_FROM.words()
    );
    fact(term, resting(text, events(view, case)), note)
}

/// What it cost, as far as services have a cost.
pub(super) fn cost(view: &View<'_>) -> Fact {
    let term = "Cost";
    let Some(case) = &view.case else {
        return missing(term, "No declaration stands in the log.");
    };
    let organisation = view.asked.organisation;
    let outages: Vec<&Outage> = case.outages.iter().collect();
    let cost = money::cost(organisation, &outages, Period::until(view.as_of));
    let Some(cost) = cost else {
        return missing(
            term,
            "No service that was hit has a cost in the organisation’s catalogue.",
        );
    };
    let amount = format!("{} {}", cost.whole.decimal(0), organisation.currency);
    let mut note = "Minutes without service, at what the organisation says a minute costs; any loss counts as whole.".to_owned();
    if !cost.unpriced.is_empty() {
        note.push_str(&format!(
            " Not in it, for want of a cost: {}.",
            cost.unpriced.join(", ")
        ));
    }
    fact(term, resting(amount.trim(), events(view, case)), note)
}

fn kept(case: &Case, view: &View<'_>) -> Fact {
    let term = "Updates";
    let sent = words::count(case.updates, "was sent", "were sent");
    let from: Vec<EventId> = view.incident.updates.iter().map(|said| said.id()).collect();
    if case.updates == 0 {
        return missing(term, "No update is in the log.");
    }
    let records = promises::records(case.promises.iter(), view.as_of);
    let all = records.into_iter().next().unwrap_or_default();
    let text = match all.judged() {
        0 => format!("{sent}; none had announced when the next one would come"),
        judged => format!(
            "{sent}; {} of {judged} that were announced came in time",
            all.in_time
        ),
    };
    let missed = case.promises.iter();
    let missed = missed
        .filter(|one| one.kept(view.as_of) == Kept::Missed)
        .count();
    let note = match missed {
        0 => "An update is in time where it came by when the one before it had announced it."
            .to_owned(),
        _ => format!("Of those announced, {missed} did not come at all."),
    };
    fact(term, resting(text, from), note)
}

/// Who wrote something down, or was said to take part.
fn people(view: &View<'_>) -> Fact {
    let term = "People";
    let mut people: Vec<_> = Vec::new();
    let mut from: Vec<EventId> = Vec::new();
    for entry in view.entries.iter().filter(|entry| entry.stands()) {
        if let Some(person) = entry.by.filter(|person| !people.contains(person)) {
            people.push(person);
            from.push(entry.id());
        }
    }
    if people.is_empty() {
        return missing(term, "Nobody is named in the log.");
    }
    let text = words::count(
        people.len(),
        "person wrote in the log",
        "people wrote in the log",
    );
    fact(
        term,
        resting(text, from),
        "Each by the first entry that is theirs.",
    )
}

fn services(case: &Case, view: &View<'_>) -> Block {
    let mut rows: Vec<Row> = Vec::new();
    for outage in &case.outages {
        let mut name = own(outage.service.trim());
        name.from = said_of(view.incident, &outage.service);
        for piece in &outage.pieces {
            let until = piece.to.map(|to| view.when(to));
            let ended = match (until, outage.end) {
                (Some(until), End::Incident) => format!("{until}, with the incident"),
                (Some(until), _) => until,
                (None, _) => "it lasts".to_owned(),
            };
            let to = piece.to.unwrap_or(view.as_of);
            let lasted = if to >= piece.from {
                words::span(to - piece.from)
            } else {
                String::new()
            };
            let cells: Vec<Line> = vec![
                name.clone(),
                own(words::level(piece.level)),
                own(view.when(piece.from)),
                own(ended),
                own(lasted),
            ];
            rows.push(row(cells));
        }
    }
    let header = ["Service", "How it was", "From", "Until", "How long"];
    table(
        "Services that were hit",
        &header,
        rows,
        "No service was named.",
    )
}
