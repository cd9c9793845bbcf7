//! The timeline as a chart: moments, stages, services, workarounds, tasks, updates, marks and roles on
//! one axis of time.
//!
//! The axis goes from where it began to a little after service was back: what comes weeks later, as
//! reviews do, would leave no room for the hour that matters, and is in the table alone. Texts never
//! lie upon each other: they are cut or left out, and the table has them. Knows no zone but the offset
//! that comes in.

use super::picture::{Anchor, Picture, Shape, Table, fitted, text_width};
use crate::guide::{dues, timeline, words};
use crate::measure::{Moment, downtime};
use crate::model::organisation::Organisation;
use crate::model::term::Level;
use crate::model::{Incident, Span, Timestamp, order};

/// The width that fits a page of A4 with letters of readable size.
pub const WIDTH: i32 = 760;
/// Room for names, on the left.
const GUTTER: i32 = 150;
/// Room on the right.
const EDGE: i32 = 10;
/// A row, with the space below it.
const ROW: i32 = 20;
/// A bar.
const BAR: i32 = 15;
/// From the top of a row to the base line of its text.
const BASE: i32 = 11;
/// Rows of one lane; more are in the table only.
const MOST_ROWS: usize = 9;
/// Units that a tick has for its label at least.
const TICK: i64 = 64;

/// How a chart is drawn.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Frame {
    /// What goes on is drawn up to here, and nothing later.
    pub now: Timestamp,
    /// How far the clock of the axis is east of UTC, in minutes.
    pub utc_offset_minutes: i32,
    /// How wide, in user units; see [`WIDTH`].
    pub width: i32,
}

/// Which lane something is in, from top to bottom.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Lane {
    Moments,
    Stages,
    Services,
    Workarounds,
    Tasks,
    Updates,
    Marks,
    Roles,
}

impl Lane {
    const ALL: [Self; 8] = [
        Self::Moments,
        Self::Stages,
        Self::Services,
        Self::Workarounds,
        Self::Tasks,
        Self::Updates,
        Self::Marks,
        Self::Roles,
    ];

    const fn title(self) -> &'static str {
        match self {
            Self::Moments => "Moments",
            Self::Stages => "Stages",
            Self::Services => "Services hit",
            Self::Workarounds => "Workarounds",
            Self::Tasks => "Tasks",
            Self::Updates => "Updates",
            Self::Marks => "Marked in the review",
            Self::Roles => "Roles",
        }
    }
}

/// Something that is shown.
struct Item {
    lane: Lane,
    /// The row that it shares with others of that name; empty where it takes any.
    row: String,
    label: String,
    class: &'static str,
    from: Timestamp,
    /// None of what happened at an instant, or goes on.
    to: Option<Timestamp>,
    goes_on: bool,
}

impl Item {
    fn ends(&self, now: Timestamp) -> Timestamp {
        let end = if self.goes_on {
            now
        } else {
            self.to.unwrap_or(self.from)
        };
        end.max(self.from)
    }

    fn is_point(&self) -> bool {
        self.to.is_none() && !self.goes_on
    }
}

/// The chart of an incident.
pub fn timeline(incident: &Incident, frame: &Frame) -> Picture {
    let items = items(incident);
    let (axis, is_cut) = axis(incident, &items, frame);
    let mut drawing = Drawing {
        frame,
        axis,
        shapes: Vec::new(),
        y: 0,
        left_out: 0,
    };
    drawing.draw(&items);
    let mut about = format!(
        "From {} to {}, in lanes: {}.",
        drawing.wall(axis.from),
        drawing.wall(axis.to),
        lanes(&items)
    );
    if is_cut {
        about.push_str(" What came later is in the table only.");
    }
    if drawing.left_out > 0 {
        let more = words::count(drawing.left_out, "more thing", "more things");
        about.push_str(&format!(" For want of room {more} are in the table only."));
    }
    Picture {
        width: frame.width,
        height: drawing.y,
        title: "Timeline of the incident".to_owned(),
        about,
        table: table(&items, &drawing),
        shapes: drawing.shapes,
    }
}

fn lanes(items: &[Item]) -> String {
    let all = Lane::ALL.into_iter();
    let used = all.filter(|lane| items.iter().any(|item| item.lane == *lane));
    let titles: Vec<String> = used.map(|lane| words::lower_first(lane.title())).collect();
    if titles.is_empty() {
        "none, for the log says nothing of when".to_owned()
    } else {
        titles.join(", ")
    }
}

fn items(incident: &Incident) -> Vec<Item> {
    let mut items = Vec::new();
    moments(incident, &mut items);
    stages(incident, &mut items);
    services(incident, &mut items);
    workarounds(incident, &mut items);
    tasks(incident, &mut items);
    updates(incident, &mut items);
    marks(incident, &mut items);
    roles(incident, &mut items);
    items
}

fn moments(incident: &Incident, items: &mut Vec<Item>) {
    for moment in Moment::ALL {
        let at = match (moment, moment.stamp()) {
            (_, Some(stamp)) => incident.stamp(stamp),
            (Moment::Closed, None) => incident.closed_at(),
            (_, None) => incident.declared_at(),
        };
        items.extend(at.map(|from| Item {
            lane: Lane::Moments,
            row: String::new(),
            label: moment.words().to_owned(),
            class: "moment",
            from,
            to: None,
            goes_on: false,
        }));
    }
}

/// Things of which each ends where the next begins.
fn in_turn(
    mut turns: Vec<(Timestamp, Option<String>)>,
    end: Option<Timestamp>,
    mut push: impl FnMut(String, Timestamp, Option<Timestamp>),
) {
    order::sort_by_key(&mut turns, |(at, _)| *at);
    let mut turns = turns.into_iter().peekable();
    while let Some((from, label)) = turns.next() {
        let to = turns.peek().map(|(next, _)| *next);
        let to = to.or_else(|| end.map(|end| end.max(from)));
        if let Some(label) = label {
            push(label, from, to);
        }
    }
}

fn stages(incident: &Incident, items: &mut Vec<Item>) {
    let entered = incident.stage.standing();
    let turns =
        entered.map(|(setting, entry)| (setting.when, Some(words::stage(entry.stage).to_owned())));
    in_turn(turns.collect(), incident.closed_at(), |label, from, to| {
        items.push(Item {
            lane: Lane::Stages,
            row: "Stage".to_owned(),
            label,
            class: "stage",
            from,
            to,
            goes_on: to.is_none(),
        });
    });
}

fn services(incident: &Incident, items: &mut Vec<Item>) {
    for outage in downtime::outages(incident) {
        for piece in &outage.pieces {
            items.push(Item {
                lane: Lane::Services,
                row: outage.service.trim().to_owned(),
                label: words::level(piece.level).to_owned(),
                class: match piece.level {
                    Level::Degraded => "degraded",
                    Level::PartlyDown => "partly",
                    Level::Down => "down",
                },
                from: piece.from,
                to: piece.to,
                goes_on: piece.to.is_none(),
            });
        }
    }
}

fn workarounds(incident: &Incident, items: &mut Vec<Item>) {
    for said in &incident.workarounds {
        let removed = said.what.removed_by.and_then(|by| incident.entry(by));
        let to = removed.map(|entry| entry.when.max(said.when));
        items.push(Item {
            lane: Lane::Workarounds,
            row: String::new(),
            label: said.what.text.trim().to_owned(),
            class: "around",
            from: said.when,
            to: to.or(incident.closed_at().map(|at| at.max(said.when))),
            goes_on: to.is_none() && !incident.is_closed(),
        });
    }
}

/// What people marked as a turning point or a delay.
fn marks(incident: &Incident, items: &mut Vec<Item>) {
    for entry in incident.marks.keys() {
        let Some(said) = incident.mark(*entry) else {
            continue;
        };
        let marked = incident.entry(*entry).filter(|entry| entry.stands());
        items.extend(marked.map(|entry| Item {
            lane: Lane::Marks,
            row: timeline::mark_words(said.what.mark).to_owned(),
            label: timeline::line(incident, entry).said(),
            class: "point",
            from: entry.when,
            to: None,
            goes_on: false,
        }));
    }
}

fn tasks(incident: &Incident, items: &mut Vec<Item>) {
    for record in incident.tasks.values() {
        let (stand, Some(task)) = (record.stand(), record.task()) else {
            continue;
        };
        let Some(since) = stand.since else { continue };
        let from = record.begun_at().unwrap_or(since);
        let is_over = stand.state.is_over();
        items.push(Item {
            lane: Lane::Tasks,
            row: String::new(),
            label: task.title.trim().to_owned(),
            class: "task",
            from,
            // What nobody said to have begun is only known to be over.
            to: (is_over && since > from).then_some(since),
            goes_on: !is_over,
        });
    }
    order::sort_by_key(items, |item| {
        let from = if item.lane == Lane::Tasks {
            item.from
        } else {
            Timestamp::MIN
        };
        (item.lane, from)
    });
}

fn updates(incident: &Incident, items: &mut Vec<Item>) {
    let nobody = Organisation::default();
    for said in &incident.updates {
        let phase = said.what.phase.map(words::phase);
        items.push(Item {
            lane: Lane::Updates,
            row: dues::audience_title(&nobody, &said.what.audience),
            label: phase.unwrap_or("Update").to_owned(),
            class: "point",
            from: said.when,
            to: None,
            goes_on: false,
        });
    }
}

fn roles(incident: &Incident, items: &mut Vec<Item>) {
    for (role, register) in &incident.roles {
        let held = register.standing();
        let turns = held.map(|(setting, person)| {
            let name = person.map(|person| crate::guide::brief::name_or_you(incident, person));
            (setting.when, name)
        });
        in_turn(turns.collect(), incident.closed_at(), |label, from, to| {
            items.push(Item {
                lane: Lane::Roles,
                row: words::role(role),
                label,
                class: "role",
                from,
                to,
                goes_on: to.is_none(),
            });
        });
    }
}

/// What the axis shows.
#[derive(Clone, Copy)]
struct Axis {
    from: Timestamp,
    to: Timestamp,
}

/// From where it began to where it ended with something around, and whether things lie beyond.
fn axis(incident: &Incident, items: &[Item], frame: &Frame) -> (Axis, bool) {
    let core = |item: &&Item| matches!(item.lane, Lane::Moments | Lane::Services);
    let begins = items.iter().filter(core).map(|item| item.from).min();
    let first = begins.or_else(|| incident.timeline.first().map(|entry| entry.when));
    let first = first.unwrap_or(frame.now).min(frame.now);
    let last = match incident.ended_at() {
        // Closing comes when it comes; what hurt was over before.
        Some(ended) => {
            let in_time = |item: &&Item| item.lane == Lane::Services;
            let services = items.iter().filter(in_time).filter_map(|item| item.to);
            services.fold(ended, Timestamp::max)
        }
        None => {
            // What is left open and forgotten ends with what was said last.
            let said = incident.timeline.iter().map(|entry| entry.when);
            said.filter(|at| *at <= frame.now)
                .fold(first, Timestamp::max)
        }
    };
    let last = last.min(frame.now).max(first + Span::minutes(10));
    let margin = Span(((last - first).0 / 12).max(60_000));
    let axis = Axis {
        from: first - Span(margin.0 / 3),
        to: last + margin,
    };
    let is_cut = items
        .iter()
        .any(|item| item.from > axis.to || item.to.is_some_and(|to| to > axis.to));
    (axis, is_cut)
}

/// Steps between ticks, in minutes.
const STEPS: [i64; 20] = [
    1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10_080, 20_160, 40_320, 80_640,
    161_280, 524_160, 5_241_600,
];
const DAY: i64 = 1440;

struct Drawing<'a> {
    frame: &'a Frame,
    axis: Axis,
    shapes: Vec<Shape>,
    y: i32,
    /// Things for which there was no row.
    left_out: usize,
}

impl Drawing<'_> {
    fn offset(&self) -> Span {
        Span::minutes(i64::from(self.frame.utc_offset_minutes))
    }

    fn wall(&self, at: Timestamp) -> String {
        words::wall(at, self.axis.from, self.frame.utc_offset_minutes)
    }

    fn right(&self) -> i32 {
        (self.frame.width - EDGE).max(GUTTER + 100)
    }

    /// Where an instant is; instants beyond are at the edge.
    fn x(&self, at: Timestamp) -> i32 {
        let width = i64::from(self.right() - GUTTER);
        let all = (self.axis.to - self.axis.from).0.max(1);
        let part = (at - self.axis.from).0.clamp(0, all);
        // Half of an unit to either side: the nearest.
        let units = (part * width + all / 2) / all;
        GUTTER + i32::try_from(units).unwrap_or(0)
    }

    fn shows(&self, item: &Item) -> bool {
        item.from <= self.axis.to
            && item.ends(self.frame.now) >= self.axis.from
            && item.from <= self.frame.now
    }

    fn text(&mut self, x: i32, anchor: Anchor, class: &'static str, text: String) {
        if !text.is_empty() {
            self.shapes.push(Shape::Text {
                x,
                y: self.y + BASE,
                anchor,
                class,
                text,
            });
        }
    }

    fn draw(&mut self, items: &[Item]) {
        let top = self.y;
        self.ticks(None);
        let below_ticks = self.y;
        let moments: Vec<&Item> = items
            .iter()
            .filter(|item| item.lane == Lane::Moments && self.shows(item))
            .collect();
        self.moments(&moments);
        let mut lanes = Vec::new();
        for lane in Lane::ALL.into_iter().skip(1) {
            let of_lane: Vec<&Item> = items
                .iter()
                .filter(|item| item.lane == lane && self.shows(item))
                .collect();
            if !of_lane.is_empty() {
                lanes.push(self.y);
                self.lane(lane, &of_lane);
            }
        }
        let bottom = self.y + 4;
        let mut behind = std::mem::take(&mut self.shapes);
        for y in lanes {
            self.shapes.push(Shape::Line {
                x1: 0,
                y1: y,
                x2: self.right(),
                y2: y,
                class: "edge",
            });
        }
        self.y = top;
        self.ticks(Some(bottom));
        for item in &moments {
            let x = self.x(item.from);
            self.shapes.push(Shape::Line {
                x1: x,
                y1: below_ticks,
                x2: x,
                y2: bottom,
                class: "stamp",
            });
        }
        self.shapes.append(&mut behind);
        self.y = bottom;
    }

    /// The labels of the axis, or its lines down to `bottom`.
    fn ticks(&mut self, bottom: Option<i32>) {
        let (from, to) = (self.axis.from + self.offset(), self.axis.to + self.offset());
        let most = (i64::from(self.right() - GUTTER) / TICK).max(1);
        let minutes = (to - from).whole_minutes();
        let fits = |step: &&i64| minutes / **step <= most;
        let step = STEPS.iter().find(fits).copied().unwrap_or(minutes.max(1));
        let first = -(-from.ms()).div_euclid(step * 60_000) * step;
        let (mut at, mut last_day, mut free) = (first, None, 0);
        while at * 60_000 <= to.ms() {
            let local = Timestamp::clamped(at * 60_000);
            let x = self.x(local - self.offset());
            if let Some(bottom) = bottom {
                self.shapes.push(Shape::Line {
                    x1: x,
                    y1: self.y + ROW * 2 - 6,
                    x2: x,
                    y2: bottom,
                    class: "grid",
                });
            } else {
                let day = local.utc_date();
                let of_day = |(_, month, day): (i64, i64, i64)| {
                    let name = usize::try_from(month - 1)
                        .ok()
                        .and_then(|month| words::MONTHS_IN_FULL.get(month));
                    let name = name.and_then(|name| name.get(..3)).unwrap_or_default();
                    format!("{day} {name}")
                };
                let clock = local.to_string();
                let (label, context, key) = if step < DAY {
                    (
                        clock.get(11..16).unwrap_or_default().to_owned(),
                        of_day(day),
                        day,
                    )
                } else {
                    (of_day(day), day.0.to_string(), (day.0, 0, 0))
                };
                self.text(x, Anchor::Middle, "quiet", label);
                // A day or year is named where it begins, if there is room since the one before.
                if last_day != Some(key) {
                    let half = text_width(&context) / 2;
                    if x - half > free {
                        free = x + half + 4;
                        self.y += ROW - 6;
                        self.text(x, Anchor::Middle, "lane", context);
                        self.y -= ROW - 6;
                    }
                    last_day = Some(key);
                }
            }
            at += step;
        }
        self.y += ROW * 2 - 4;
    }

    /// The names of moments, in as many rows as they need.
    fn moments(&mut self, items: &[&Item]) {
        const ROWS: usize = 4;
        let mut sorted: Vec<&Item> = items.to_vec();
        order::sort_by_key(&mut sorted, |item| item.from);
        let mut free = [GUTTER - 10; ROWS];
        let top = self.y;
        let mut used = 0;
        for item in sorted {
            let label = format!("{} {}", item.label, self.wall(item.from));
            let width = text_width(&label);
            let x = self.x(item.from);
            // To the right of its line, or to the left where that is beyond the edge.
            let (start, anchor, at) = if x + 4 + width <= self.right() {
                (x + 4, Anchor::Start, x + 4)
            } else {
                (x - 4 - width, Anchor::End, x - 4)
            };
            let place = free.iter().position(|free| start > *free);
            let Some((place, free)) = place.and_then(|place| Some((place, free.get_mut(place)?)))
            else {
                self.left_out += 1;
                continue;
            };
            *free = start + width + width / 5 + 6;
            used = used.max(place + 1);
            let down = i32::try_from(place).unwrap_or(0) * (ROW - 4);
            self.y = top + down;
            self.text(at, anchor, "moment", label);
        }
        self.y = top + i32::try_from(used).unwrap_or(0) * (ROW - 4) + 4;
    }

    fn lane(&mut self, lane: Lane, items: &[&Item]) {
        self.y += 4;
        if lane == Lane::Stages {
            self.rows(items);
            return;
        }
        self.text(0, Anchor::Start, "lane", lane.title().to_owned());
        match lane {
            Lane::Workarounds | Lane::Tasks => self.packed(items),
            _ => {
                self.y += ROW - 4;
                self.rows(items);
            }
        }
    }

    /// A row for each name.
    fn rows(&mut self, items: &[&Item]) {
        let mut names: Vec<&str> = Vec::new();
        for item in items {
            if !names.contains(&item.row.as_str()) {
                names.push(&item.row);
            }
        }
        for name in names.iter().take(MOST_ROWS) {
            self.text(0, Anchor::Start, "name", fitted(name, GUTTER - 12));
            let of_row: Vec<&Item> = items
                .iter()
                .copied()
                .filter(|item| item.row == *name)
                .collect();
            self.row(&of_row);
            self.y += ROW;
        }
        let beyond = names.get(MOST_ROWS..).unwrap_or_default();
        let more = items
            .iter()
            .filter(|item| beyond.contains(&item.row.as_str()));
        self.left_out += more.count();
    }

    fn row(&mut self, items: &[&Item]) {
        let mut free = GUTTER;
        for item in items {
            self.mark(item);
            let (from, to) = (self.x(item.from), self.x(item.ends(self.frame.now)));
            if item.is_point() {
                continue;
            }
            let from = from.max(free);
            let label = fitted(&item.label, to - from - 8);
            if !label.is_empty() {
                self.text(from + 4, Anchor::Start, "within", label);
            }
            free = free.max(to);
        }
    }

    /// In the first row that has room for it and its words.
    fn packed(&mut self, items: &[&Item]) {
        let mut free: Vec<i32> = Vec::new();
        let top = self.y;
        for item in items {
            let (from, to) = (
                self.x(item.from),
                self.x(item.ends(self.frame.now)).max(self.x(item.from) + 5),
            );
            let whole = text_width(&item.label) + 8;
            // Words go on beyond a short bar where there is room, or stand before it.
            let beyond = fitted(&item.label, self.right() - to - 10);
            let (text_x, anchor, label, left, right) = if whole <= to - from {
                (from + 4, Anchor::Start, item.label.clone(), from, to)
            } else if !beyond.is_empty()
                && (beyond == item.label || self.right() - to >= from - GUTTER)
            {
                let end = to + 6 + text_width(&beyond);
                (to + 6, Anchor::Start, beyond, from, end)
            } else {
                let before = fitted(&item.label, from - GUTTER - 10);
                let start = from - 6 - text_width(&before);
                (from - 6, Anchor::End, before, start, to)
            };
            let place = free
                .iter()
                .position(|free| left > *free)
                .unwrap_or(free.len());
            if place >= MOST_ROWS {
                self.left_out += 1;
                continue;
            }
            if place == free.len() {
                free.push(0);
            }
            if let Some(free) = free.get_mut(place) {
                *free = right + 6;
            }
            self.y = top + i32::try_from(place).unwrap_or(0) * ROW;
            self.mark(item);
            self.text(text_x, anchor, "within", label);
        }
        self.y = top + i32::try_from(free.len()).unwrap_or(0) * ROW;
    }

    fn mark(&mut self, item: &Item) {
        let x = self.x(item.from);
        let title = format!("{}, {}", item.label, self.until(item));
        if item.is_point() {
            let y = self.y + BAR / 2;
            self.shapes.push(Shape::Point {
                x,
                y,
                class: item.class,
                title,
            });
            return;
        }
        let width = (self.x(item.ends(self.frame.now)) - x).max(2);
        self.shapes.push(Shape::Bar {
            x,
            y: self.y,
            width,
            height: BAR,
            class: item.class,
            title,
        });
    }

    fn until(&self, item: &Item) -> String {
        let from = self.wall(item.from);
        match item.to {
            Some(to) => format!("{from} to {}", self.wall(to)),
            None if item.goes_on => format!("since {from}"),
            None => from,
        }
    }
}

fn table(items: &[Item], drawing: &Drawing<'_>) -> Table {
    let header = ["Lane", "Which", "What", "From", "Until", "How long"];
    let rows = items.iter().map(|item| {
        let until = match item.to {
            Some(to) => drawing.wall(to),
            None if item.goes_on => "goes on".to_owned(),
            None => String::new(),
        };
        let lasted = item.to.map(|to| words::span(to - item.from));
        vec![
            item.lane.title().to_owned(),
            item.row.clone(),
            item.label.clone(),
            drawing.wall(item.from),
            until,
            lasted.unwrap_or_default(),
        ]
    });
    Table {
        header: header.iter().map(|one| (*one).to_owned()).collect(),
        rows: rows.collect(),
    }
}
