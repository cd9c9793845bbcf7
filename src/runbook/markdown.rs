//! Runbooks as Markdown: the tasks that a text holds, as somebody would run them.
//!
//! Any text gives a runbook, and every sentence of it is in the runbook somewhere: in a task, or in
//! what one must know first. The text itself stays what it is; nothing here writes it again. What
//! Muster's own fields mean is in `docs/runbooks.md`.

use std::collections::BTreeSet;

use super::rules;
use crate::model::task::{Attachment, OnlyIf, Purpose, Rule, Task, TaskId, TaskLink};
use crate::model::term::{Priority, Role};

/// A text is not longer than this, in bytes.
pub const LARGEST: usize = 200_000;

/// A title is not longer than this, in bytes; what is longer stands in the text below it.
const TITLE: usize = 120;

/// A runbook as it was read.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Runbook {
    /// Its name for good.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// Which version it is.
    pub version: String,
    /// When somebody last looked whether it is right.
    pub reviewed: String,
    /// The public practice that it rests on.
    pub rests_on: Vec<String>,
    /// Words in the title of an incident that it is for.
    pub fits: Vec<String>,
    /// Services that it is for.
    pub services: Vec<String>,
    /// What one must know first, in Markdown.
    pub about: String,
    /// Its tasks, in order.
    pub tasks: Vec<Task>,
    /// Its rules.
    pub rules: Vec<Rule>,
}

impl Runbook {
    /// As it is attached to an incident.
    pub fn attachment(&self) -> Attachment {
        self.attachment_for("")
    }

    /// As it is attached for one part of an incident, where it runs more than once: a region, say.
    pub fn attachment_for(&self, part: &str) -> Attachment {
        let (part, mark) = (part.trim(), slug(part));
        let whole = mark.is_empty();
        Attachment {
            runbook: if whole {
                self.id.clone()
            } else {
                format!("{}@{mark}", self.id)
            },
            title: if whole {
                self.title.clone()
            } else {
                format!("{} ({part})", self.title)
            },
            version: self.version.clone(),
            about: self.about.clone(),
            tasks: self.tasks.clone(),
            rules: self.rules.clone(),
        }
    }
}

/// Reads a runbook. `name` is what its file is called, for a text that does not say so itself.
pub fn read(name: &str, text: &str) -> Runbook {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let lines: Vec<&str> = text.lines().collect();
    let (front, body) = front_matter(&lines);
    let mut reading = Reading::default();
    for block in blocks(body) {
        reading.take(block);
    }
    reading.end_gate();
    let field = |name: &str| front_field(front, name);
    let list = |name: &str, at: char| -> Vec<String> {
        let parts = field(name).unwrap_or_default();
        let parts = parts.trim_matches(['[', ']']).split(at).map(unquoted);
        parts
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let title = field("title")
        .or(reading.title.clone())
        .unwrap_or_else(|| name.to_owned());
    let heading = reading
        .title
        .filter(|heading| *heading != title)
        .unwrap_or_default();
    Runbook {
        id: field("id").map_or_else(|| slug(&title), |id| slug(&id)),
        version: field("version").unwrap_or_default(),
        reviewed: field("reviewed").unwrap_or_default(),
        rests_on: list("rests on", ';'),
        fits: list("fits", ','),
        services: list("services", ','),
        about: format!("{heading}\n\n{}", reading.about).trim().to_owned(),
        rules: reading.rules,
        tasks: named(reading.tasks),
        title,
    }
}

/// The lines between two lines of three dashes at the top, and the rest.
fn front_matter<'a>(lines: &'a [&'a str]) -> (&'a [&'a str], &'a [&'a str]) {
    let is_fence = |line: &&str| line.trim_end() == "---";
    let end = lines.iter().skip(1).position(is_fence);
    match (lines.first().filter(|line| is_fence(line)), end) {
        (Some(_), Some(end)) => (
            lines.get(1..=end).unwrap_or_default(),
            lines.get(end + 2..).unwrap_or_default(),
        ),
        _ => (&[], lines),
    }
}

fn front_field(front: &[&str], name: &str) -> Option<String> {
    front.iter().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        let value = unquoted(value);
        (key.trim().eq_ignore_ascii_case(name) && !value.is_empty()).then(|| value.to_owned())
    })
}

fn unquoted(text: &str) -> &str {
    text.trim().trim_matches(['"', '\''])
}

/// A name of small letters, digits and dashes.
pub(crate) fn slug(text: &str) -> String {
    let mut slug = String::new();
    for c in text.chars() {
        if c.is_ascii_alphanumeric() || !c.is_ascii() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}

/// A piece of a text.
#[derive(Debug)]
enum Block<'a> {
    Heading(usize, &'a str),
    /// A list item of the outermost level, without its mark, and its other lines as far out as it.
    Item {
        ordered: bool,
        lines: Vec<&'a str>,
    },
    /// A paragraph, and the code blocks right behind it.
    Prose(Vec<&'a str>),
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}

/// The line without so much of what stands before its words.
fn outdented(line: &str, by: usize) -> &str {
    line.get(by.min(indent(line))..).unwrap_or(line)
}

pub(super) fn fence(line: &str) -> Option<&str> {
    let start = line.trim_start();
    ["```", "~~~"]
        .into_iter()
        .find(|mark| start.starts_with(mark))
}

/// How a list item goes on behind its mark, and whether the list has numbers.
pub(super) fn marked(line: &str) -> Option<(bool, &str)> {
    let start = line.trim_start();
    // Three dashes or stars alone are a rule, no list.
    let is_rule = |mark: char| {
        start.chars().all(|c| c == mark || c == ' ') && start.matches(mark).count() > 2
    };
    if ['-', '*'].into_iter().any(is_rule) {
        return None;
    }
    for mark in ["- ", "* ", "+ "] {
        if let Some(rest) = start.strip_prefix(mark) {
            return Some((false, rest));
        }
    }
    let digits = start.len() - start.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = start.get(digits..)?;
    let rest = rest
        .strip_prefix(". ")
        .or_else(|| rest.strip_prefix(") "))?;
    (1..=4).contains(&digits).then_some((true, rest))
}

fn heading(line: &str) -> Option<(usize, &str)> {
    let level = line.len() - line.trim_start_matches('#').len();
    let rest = line.get(level..)?.strip_prefix(' ')?;
    (1..=6)
        .contains(&level)
        .then(|| (level, rest.trim().trim_end_matches('#').trim_end()))
}

fn blocks<'a>(lines: &[&'a str]) -> Vec<Block<'a>> {
    let mut blocks: Vec<Block<'a>> = Vec::new();
    let mut open: Option<&str> = None;
    let mut after_blank = true;
    // How far in the words of the item that is open stand.
    let mut inside = 0;
    for &line in lines {
        if open.is_some() || fence(line).is_some() {
            let ends = open.is_some() && fence(line) == open && line.trim().len() == 3;
            match blocks.last_mut() {
                Some(Block::Item { lines, .. }) => lines.push(outdented(line, inside)),
                Some(Block::Prose(lines)) => lines.push(line),
                _ => blocks.push(Block::Prose(vec![line])),
            }
            open = match open {
                None => fence(line),
                Some(_) if ends => None,
                still => still,
            };
            after_blank = false;
            continue;
        }
        if line.trim().is_empty() {
            if let Some(Block::Item { lines, .. } | Block::Prose(lines)) = blocks.last_mut() {
                lines.push("");
            }
            after_blank = true;
            continue;
        }
        let in_item = matches!(blocks.last(), Some(Block::Item { .. }));
        let outermost = indent(line) < 2 || (!in_item && indent(line) < 4);
        if let Some((level, text)) = heading(line) {
            blocks.push(Block::Heading(level, text));
        } else if let (true, Some((ordered, rest))) = (outermost, marked(line)) {
            inside = line.len() - rest.len();
            blocks.push(Block::Item {
                ordered,
                lines: vec![rest],
            });
        } else {
            match blocks.last_mut() {
                Some(Block::Item { lines, .. }) if indent(line) >= 2 || !after_blank => {
                    lines.push(outdented(line, inside));
                }
                Some(Block::Prose(lines)) if !after_blank => lines.push(line),
                _ => blocks.push(Block::Prose(vec![line])),
            }
        }
        after_blank = false;
    }
    blocks
}

/// Headings of what one must know, and that is not done.
const INFORMATION: [&str; 20] = [
    "meaning",
    "impact",
    "about",
    "overview",
    "background",
    "summary",
    "description",
    "additional",
    "related",
    "see also",
    "reference",
    "further",
    "notes",
    "stop condition",
    "when to",
    "context",
    "full context",
    "symptom",
    "severity",
    "introduction",
];

fn is_information(heading: &str) -> bool {
    let heading = heading.to_ascii_lowercase();
    INFORMATION.iter().any(|start| heading.starts_with(start))
}

/// What the tasks under a heading are there for.
fn purpose(section: &str) -> Purpose {
    let section = section.to_ascii_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| section.contains(word));
    if has(&["diagnos", "investigat", "triage", "find out", "look into"]) {
        Purpose::Diagnose
    } else if has(&["verif", "validat", "confirm"]) {
        Purpose::Verify
    } else if has(&[
        "mitigat",
        "restor",
        "recover",
        "resol",
        "fix",
        "roll back",
        "rollback",
        "contain",
        "fail over",
    ]) {
        Purpose::Restore
    } else if has(&["communicat", "tell", "inform", "notify"]) {
        Purpose::Inform
    } else {
        Purpose::Other
    }
}

/// A task while its runbook is read.
struct Draft {
    task: Task,
    /// What it waits for, as the text says it; none where it does not say.
    after: Option<Vec<String>>,
    /// What it waits for by its place: earlier tasks.
    before: Vec<usize>,
}

#[derive(Default)]
struct Reading {
    title: Option<String>,
    about: String,
    tasks: Vec<Draft>,
    /// The headings that lead here, with their levels.
    headings: Vec<(usize, String)>,
    /// The level of the heading whose words are only to be known.
    information: Option<usize>,
    /// The tasks of the main section before, which those of this one wait for.
    gate: Vec<usize>,
    /// Where this main section begins.
    section_from: usize,
    /// The numbered task before this one in the same list.
    in_row: Option<usize>,
    /// Whether the items here are rules.
    in_rules: bool,
    rules: Vec<Rule>,
    /// A paragraph that ends in a colon, and introduces the list behind it.
    introduction: Option<String>,
}

impl Reading {
    fn take(&mut self, block: Block<'_>) {
        match block {
            Block::Heading(level, text) => self.heading(level, text),
            Block::Item { lines, .. } if self.in_rules && self.rule(&lines) => {}
            Block::Item { ordered, lines } if self.is_information() => {
                let mark = if ordered { "1. " } else { "- " };
                self.know(&item_again(mark, &lines));
            }
            Block::Prose(lines) if self.is_information() => self.know(&lines.join("\n")),
            Block::Item { ordered, lines } => self.item(ordered, &lines),
            Block::Prose(lines) => self.prose(&lines),
        }
    }

    /// What stands above the first heading of a section is to be known, too.
    fn is_information(&self) -> bool {
        self.information.is_some() || self.headings.is_empty()
    }

    fn know(&mut self, text: &str) {
        let text = text.trim_end();
        // Items of one list stay together.
        let is_item = |line: &str| marked(line).is_some();
        let last = self.about.lines().last().unwrap_or_default();
        let gap = if is_item(text) && (is_item(last) || last.starts_with("  ")) {
            "\n"
        } else {
            "\n\n"
        };
        if !self.about.is_empty() {
            self.about.push_str(gap);
        }
        self.about.push_str(text);
    }

    fn heading(&mut self, level: usize, text: &str) {
        self.end_introduction();
        self.in_row = None;
        if level == 1 && self.title.is_none() && self.headings.is_empty() {
            self.title = Some(text.to_owned());
            return;
        }
        if self.information.is_some_and(|outer| level <= outer) {
            self.information = None;
        }
        self.headings.retain(|(outer, _)| *outer < level);
        if self.headings.is_empty() {
            self.end_gate();
        }
        self.in_rules = text.eq_ignore_ascii_case("rules");
        if self.information.is_none() && (is_information(text) || self.in_rules) {
            self.information = Some(level);
        }
        if self.information.is_some() {
            self.know(&format!("{} {text}", "#".repeat(level)));
        }
        self.headings.push((level, text.to_owned()));
    }

    /// What comes now waits for all of the section that ends here.
    fn end_gate(&mut self) {
        self.end_introduction();
        if self.section_from < self.tasks.len() {
            let within = self.tasks.get(self.section_from..).unwrap_or_default();
            let waited_for: BTreeSet<usize> = within
                .iter()
                .flat_map(|draft| draft.before.iter().copied())
                .collect();
            self.gate = (self.section_from..self.tasks.len())
                .filter(|place| !waited_for.contains(place))
                .collect();
            self.section_from = self.tasks.len();
        }
        self.in_row = None;
    }

    /// Takes a rule; says whether it is one. Others are words that one must know.
    fn rule(&mut self, lines: &[&str]) -> bool {
        let number = self.rules.len() + 1;
        let rule = rules::read(lines, number);
        self.rules.extend(rule.clone());
        rule.is_some()
    }

    fn section(&self) -> String {
        let names: Vec<&str> = self
            .headings
            .iter()
            .map(|(_, name)| name.as_str())
            .collect();
        names.join(": ")
    }

    fn item(&mut self, ordered: bool, lines: &[&str]) {
        if let (false, Some(introduction)) = (ordered, self.introduction.as_mut()) {
            // Choices or points of the paragraph above.
            introduction.push('\n');
            introduction.push_str(&item_again("- ", lines));
            return;
        }
        let introduction = self.introduction.take();
        let mut draft = task_of(lines);
        if let Some(introduction) = introduction {
            let text = &mut draft.task.text;
            *text = format!("{introduction}\n\n{text}").trim_end().to_owned();
        }
        let before = if ordered { self.in_row } else { None };
        self.push(draft, before);
        self.in_row = ordered.then(|| self.tasks.len() - 1);
    }

    fn prose(&mut self, lines: &[&str]) {
        self.end_introduction();
        self.in_row = None;
        let text = lines.join("\n").trim_end().to_owned();
        if text.ends_with(':') {
            self.introduction = Some(text);
        } else {
            self.push(task_of(lines), None);
        }
    }

    /// An introduction that nothing follows, or whose points are all there, is a task.
    fn end_introduction(&mut self) {
        if let Some(text) = self.introduction.take() {
            let lines: Vec<&str> = text.lines().collect();
            self.push(task_of(&lines), None);
        }
    }

    fn push(&mut self, mut draft: Draft, before: Option<usize>) {
        draft.task.section = self.section();
        if draft.task.purpose == Purpose::Other {
            draft.task.purpose = purpose(&draft.task.section);
        }
        draft.before = before.map_or_else(|| self.gate.clone(), |before| vec![before]);
        self.tasks.push(draft);
    }
}

fn item_again(mark: &str, lines: &[&str]) -> String {
    let mut text = String::from(mark);
    for (place, line) in lines.iter().enumerate() {
        if place > 0 {
            text.push('\n');
            if !line.is_empty() {
                text.push_str("  ");
            }
        }
        text.push_str(line);
    }
    text.trim_end().to_owned()
}

/// The task that an item or a paragraph is.
fn task_of(lines: &[&str]) -> Draft {
    let ends_lead =
        |line: &&str| line.is_empty() || fence(line).is_some() || marked(line).is_some();
    let lead_ends = lines
        .iter()
        .skip(1)
        .position(ends_lead)
        .map_or(lines.len(), |at| at + 1);
    let (lead, rest) = lines.split_at(lead_ends.min(lines.len()));
    let lead = lead
        .iter()
        .map(|line| line.trim())
        .collect::<Vec<_>>()
        .join(" ");
    let lead = ["[ ] ", "[x] ", "[X] "]
        .iter()
        .find_map(|mark| lead.strip_prefix(mark))
        .unwrap_or(&lead)
        .trim();
    let (title, words) = title_of(lead);
    let mut draft = Draft {
        task: Task::default(),
        after: None,
        before: Vec::new(),
    };
    let rest = fields(rest, &mut draft);
    let text = format!("{words}\n\n{}", rest.trim_matches('\n'));
    links(&mut draft.task.links, &format!("{lead}\n{text}"));
    draft.task.title = plain(title);
    draft.task.text = text.trim().to_owned();
    draft
}

/// What goes into one line, and what is left for the text.
fn title_of(lead: &str) -> (&str, &str) {
    if let Some((bold, rest)) = lead
        .strip_prefix("**")
        .and_then(|rest| rest.split_once("**"))
    {
        return (
            bold.trim_end_matches(['.', ':']),
            rest.trim_start_matches([':', '.']).trim(),
        );
    }
    let whole = |text: &str| text.len() <= TITLE;
    match first_sentence(lead) {
        Some((first, rest)) if whole(first) && !first.contains("](") => (trimmed(first), rest),
        None if whole(lead) && !lead.contains("](") => (trimmed(lead), ""),
        // A link that the title cannot keep stays in the text.
        _ => (shortened(lead), lead),
    }
}

/// The first of several sentences, and the others.
fn first_sentence(text: &str) -> Option<(&str, &str)> {
    let mut ends = text.match_indices(['.', '?', '!']).map(|(at, _)| at + 1);
    ends.find_map(|at| {
        let (first, rest) = text.split_at_checked(at)?;
        let next = rest.strip_prefix(' ')?.trim_start();
        // What goes on in small letters is an abbreviation.
        let begins = next.chars().next().is_some_and(|c| !c.is_ascii_lowercase());
        begins.then_some((first, next))
    })
}

fn trimmed(text: &str) -> &str {
    text.trim_end_matches(['.', ':'])
}

/// The beginning of a text, at a word's end.
fn shortened(text: &str) -> &str {
    if text.len() <= TITLE {
        return trimmed(text);
    }
    let fits = text
        .char_indices()
        .take_while(|(at, _)| *at < TITLE)
        .filter(|(_, c)| *c == ' ')
        .last();
    let cut = fits.or_else(|| text.char_indices().take_while(|(at, _)| *at < TITLE).last());
    cut.and_then(|(at, _)| text.get(..at))
        .unwrap_or(text)
        .trim_end()
}

/// Without marks of emphasis, and with links as their words.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, label, _, after)) = link(rest) {
        plain.push_str(before);
        plain.push_str(label);
        rest = after;
    }
    plain.push_str(rest);
    plain.replace("**", "").replace("__", "").trim().to_owned()
}

/// The first link of a text: what stands before it, its words, its address, what stands behind.
fn link(text: &str) -> Option<(&str, &str, &str, &str)> {
    let middle = text.find("](")?;
    let (head, tail) = (text.get(..middle)?, text.get(middle + 2..)?);
    let start = head.rfind('[')?;
    let end = tail.find(')')?;
    Some((
        head.get(..start)?,
        head.get(start + 1..)?,
        tail.get(..end)?,
        tail.get(end + 1..)?,
    ))
}

fn links(links: &mut Vec<TaskLink>, text: &str) {
    let mut rest = text;
    while let Some((_, label, url, after)) = link(rest) {
        let link = TaskLink {
            label: label.trim().to_owned(),
            url: url.trim().to_owned(),
        };
        if !links.contains(&link) {
            links.push(link);
        }
        rest = after;
    }
}

/// Takes Muster's own fields out of what stands below an item; gives the rest back.
fn fields(lines: &[&str], draft: &mut Draft) -> String {
    let mut rest: Vec<&str> = Vec::new();
    let mut open = None;
    let mut lines = lines.iter().peekable();
    while let Some(line) = lines.next() {
        if fence(line).is_some() {
            open = match open {
                None => fence(line),
                Some(mark) if fence(line) == Some(mark) => None,
                still => still,
            };
        }
        let field = marked(line).filter(|_| indent(line) < 2 && open.is_none());
        let Some((name, value)) = field.and_then(|(_, text)| text.split_once(':')) else {
            rest.push(line);
            continue;
        };
        let mut value = value.trim().to_owned();
        let from = lines.clone();
        while let Some(more) = lines.next_if(|line| indent(line) >= 2 && marked(line).is_none()) {
            value.push(' ');
            value.push_str(more.trim());
        }
        if !set(draft, name.trim(), &value) {
            lines = from;
            rest.push(line);
        }
    }
    rest.join("\n")
}

/// Sets a field; says whether it is one, and could be read.
fn set(draft: &mut Draft, name: &str, value: &str) -> bool {
    let task = &mut draft.task;
    let list = || {
        value
            .split(';')
            .map(|part| part.trim().to_owned())
            .filter(|part| !part.is_empty())
    };
    match name.trim_matches('*').to_ascii_lowercase().as_str() {
        "takes" => match takes(value) {
            Some((minutes, at_most)) => (task.minutes, task.at_most) = (Some(minutes), at_most),
            None => return false,
        },
        "role" => task.role = Some(role(value)),
        "for" => match value.to_ascii_lowercase().as_str() {
            "diagnosis" => task.purpose = Purpose::Diagnose,
            "restoration" => task.purpose = Purpose::Restore,
            "verification" => task.purpose = Purpose::Verify,
            "information" => task.purpose = Purpose::Inform,
            _ => return false,
        },
        "key" => task.key = slug(value),
        "after" if value.eq_ignore_ascii_case("nothing") => draft.after = Some(Vec::new()),
        "after" => draft.after = Some(list().collect()),
        "done when" => value.clone_into(&mut task.check),
        "to take it back" => value.clone_into(&mut task.rollback),
        "only" => match only(value) {
            Some(only) => task.only = only,
            None => return false,
        },
        "link" => {
            let url = value.trim_matches(['<', '>']);
            match link(value) {
                Some(_) => links(&mut task.links, value),
                None => task.links.push(TaskLink {
                    label: url.to_owned(),
                    url: url.to_owned(),
                }),
            }
        }
        _ => return false,
    }
    true
}

/// `5 min`, `5 to 15 min`, `1 to 2 h`.
pub(crate) fn takes(text: &str) -> Option<(u32, Option<u32>)> {
    let (numbers, unit) = match (text.strip_suffix("min"), text.strip_suffix('h')) {
        (Some(numbers), _) => (numbers, 1),
        (None, Some(numbers)) => (numbers, 60),
        (None, None) => return None,
    };
    let minutes = |text: &str| text.trim().parse::<u32>().ok()?.checked_mul(unit);
    let (from, to) = match numbers
        .split_once(" to ")
        .or_else(|| numbers.split_once('-'))
    {
        Some((from, to)) => (minutes(from)?, Some(minutes(to)?)),
        None => (minutes(numbers)?, None),
    };
    Some((from, to.filter(|to| *to > from)))
}

/// A role of the field, or the host's own.
pub(crate) fn role(text: &str) -> Role {
    let name = text.to_ascii_lowercase().replace([' ', '-'], "_");
    let known = Role::KNOWN.iter().find(|role| role.name() == name);
    known.cloned().unwrap_or_else(|| Role::named(text))
}

/// `priority 1, 2; service Checkout`.
fn only(text: &str) -> Option<OnlyIf> {
    let mut only = OnlyIf::default();
    for part in text.split(';').map(str::trim) {
        if let Some(numbers) = part.strip_prefix("priority") {
            for number in numbers.split(',') {
                only.priorities
                    .push(Priority::new(number.trim().parse().ok()?)?);
            }
        } else {
            let names = part
                .strip_prefix("service")?
                .split(',')
                .map(|name| name.trim().to_owned());
            only.services.extend(names.filter(|name| !name.is_empty()));
        }
    }
    Some(only)
}

/// Gives each task its key, and what it waits for as keys.
fn named(drafts: Vec<Draft>) -> Vec<Task> {
    let mut keys: Vec<String> = Vec::new();
    let mut taken: BTreeSet<String> = BTreeSet::new();
    for draft in &drafts {
        let given = if draft.task.key.is_empty() {
            slug(&draft.task.title)
        } else {
            draft.task.key.clone()
        };
        let given = if given.is_empty() {
            "task".to_owned()
        } else {
            given
        };
        let mut key = given.clone();
        let mut number = 2;
        while !taken.insert(key.clone()) {
            key = format!("{given}-{number}");
            number += 1;
        }
        keys.push(key);
    }
    let key = |place: &usize| keys.get(*place).map(|key| TaskId::from(key.as_str()));
    let tasks = drafts.into_iter().enumerate();
    tasks
        .map(|(place, draft)| Task {
            key: keys.get(place).cloned().unwrap_or_default(),
            after: match &draft.after {
                Some(said) => said
                    .iter()
                    .map(|title| TaskId::from(slug(title).as_str()))
                    .collect(),
                None => draft.before.iter().filter_map(key).collect(),
            },
            ..draft.task
        })
        .collect()
}

#[cfg(test)]
mod tests;
