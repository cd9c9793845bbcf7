//! The review as Markdown: CommonMark alone, so that it reads the same everywhere.
//!
//! CommonMark has no tables; a row is an item of a list, with the name of each column. Whatever anybody
//! wrote is shown as it is written: no character of it is a mark.

use super::document::{Block, Document, Fact, Line, Mark, Row, Table};
use crate::draft::markup;
use crate::draft::status_page::text;

/// Entries that are named behind a figure; of more only their number is said.
const MOST_NAMED: usize = 12;

/// The document as Markdown.
pub fn markdown(document: &Document) -> String {
    let mut out = String::new();
    parts(&mut out, &["# ", &words(&document.title, ""), "\n\n"]);
    out.push_str("**Review: ");
    out.push_str(document.state.words());
    out.push_str(".**");
    if let Some(nature) = document.nature {
        parts(&mut out, &[" **", nature, ": this was no real incident.**"]);
    }
    parts(
        &mut out,
        &[
            &basis(document, &document.state_from),
            " ",
            &words(&document.times, ""),
            "\n",
        ],
    );
    for section in &document.sections {
        parts(&mut out, &["\n## ", section.title, "\n\n"]);
        for (place, block) in section.blocks.iter().enumerate() {
            if place > 0 {
                out.push('\n');
            }
            push_block(&mut out, document, block);
        }
    }
    out
}

fn parts(out: &mut String, parts: &[&str]) {
    for part in parts {
        out.push_str(part);
    }
}

fn push_block(out: &mut String, document: &Document, block: &Block) {
    match block {
        Block::Paragraph(line) => parts(out, &[&said(document, line, ""), "\n"]),
        Block::Quote(line) => parts(out, &["> ", &said(document, line, "> "), "\n"]),
        Block::Missing(says) => parts(out, &["*", &words(says, ""), "*\n"]),
        Block::List(lines) => {
            for line in lines {
                parts(out, &["- ", &said(document, line, "  "), "\n"]);
            }
        }
        Block::Facts(facts) => {
            for fact in facts {
                push_fact(out, document, fact);
            }
        }
        Block::Table(table) => push_table(out, document, table),
        Block::Chart { picture, table } => {
            let title = document
                .sections
                .iter()
                .find(|section| section.id == *table);
            let title = title.map_or("", |section| section.title);
            parts(out, &[&words(&picture.about, ""), " See “", title, "”.\n"]);
        }
    }
}

fn push_fact(out: &mut String, document: &Document, fact: &Fact) {
    parts(out, &["- **", &words(&fact.term, ""), ":** "]);
    if fact.missing {
        out.push('*');
    }
    out.push_str(&words(&fact.value.text, "  "));
    if fact.missing {
        out.push('*');
    }
    out.push_str(&basis(document, &fact.value.from));
    if !fact.note.trim().is_empty() {
        parts(out, &["\\\n  ", &words(&fact.note, "  ")]);
    }
    out.push('\n');
}

fn push_table(out: &mut String, document: &Document, table: &Table) {
    // A table of one column says in its header what its items are.
    if !table.caption.is_empty() {
        parts(out, &["### ", &words(&table.caption, ""), "\n\n"]);
    }
    for row in &table.rows {
        push_row(out, document, table, row);
    }
}

fn push_row(out: &mut String, document: &Document, table: &Table, row: &Row) {
    out.push_str("- ");
    match row.mark {
        Mark::Void => out.push_str("*Does not hold.* "),
        Mark::Turning if row.number.is_some() => out.push_str("*Turning point.* "),
        Mark::Turning | Mark::Plain => {}
    }
    let mut first = true;
    for (name, cell) in table.header.iter().zip(&row.cells) {
        if cell.text.trim().is_empty() {
            continue;
        }
        if !first {
            out.push_str(" · ");
        }
        first = false;
        if table.header.len() > 1 {
            parts(out, &["**", &words(name, ""), ":** "]);
        }
        out.push_str(&said(document, cell, "  "));
    }
    out.push('\n');
}

fn said(document: &Document, line: &Line, indent: &str) -> String {
    [words(&line.text, indent), basis(document, &line.from)].concat()
}

/// The entries that something rests on, in brackets, as text.
fn basis(document: &Document, from: &[crate::model::EventId]) -> String {
    let basis = document.basis(from);
    if basis.is_empty() {
        return String::new();
    }
    let few = basis.iter().take(MOST_NAMED).map(|one| match one {
        Ok(number) => number.to_string(),
        Err(id) => id.to_string(),
    });
    let mut text = few.collect::<Vec<_>>().join(", ");
    let more = basis.len().saturating_sub(MOST_NAMED);
    if more > 0 {
        text.push_str(&format!(" and {more} more"));
    }
    [" \\[", &text, "\\]"].concat()
}

/// Anybody's words: each line with a break behind it, each paragraph after an empty line, all of it
/// within what `indent` belongs to.
fn words(text: &str, indent: &str) -> String {
    let text = text::unturned(&text::clean(text));
    let mut out = String::with_capacity(text.len());
    let mut empty = false;
    for line in text.lines().map(str::trim) {
        if line.is_empty() {
            empty = true;
            continue;
        }
        if !out.is_empty() {
            parts(
                &mut out,
                &[
                    if empty { "\n" } else { "\\\n" },
                    if empty { indent.trim_end() } else { "" },
                ],
            );
            parts(&mut out, &[if empty { "\n" } else { "" }, indent]);
        }
        empty = false;
        push_line(&mut out, line);
    }
    out
}

fn push_line(out: &mut String, line: &str) {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let begins_list = digits > 0
        && line
            .get(digits..)
            .is_some_and(|rest| rest.starts_with(['.', ')']));
    if line.starts_with(['-', '+', '=']) {
        out.push('\\');
        push_words(out, line);
    } else if begins_list {
        out.push_str(line.get(..digits).unwrap_or_default());
        out.push('\\');
        push_words(out, line.get(digits..).unwrap_or_default());
    } else {
        push_words(out, line);
    }
}

/// Words within a line: runs of spaces are one, and no name of a character becomes one.
fn push_words(out: &mut String, line: &str) {
    for (place, word) in line.split_whitespace().enumerate() {
        if place > 0 {
            out.push(' ');
        }
        out.push_str(
            &markup::escaped(word)
                .replace('&', "\\&")
                .replace('!', "\\!"),
        );
    }
}
