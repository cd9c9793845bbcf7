//! The review as one HTML file: its style and its chart are in it, it runs nothing and fetches nothing.
//!
//! Light or dark as the reader has it, and on A4 in print, the summary on a page of its own. Whatever
//! anybody wrote is text.

use super::document::{Block, Document, Fact, Line, Mark, Row, Table};
use super::picture;
use crate::draft::status_page::text::{escaped, line, line_or, paragraphs, unturned};
use crate::model::EventId;

/// Entries that are named behind a figure; of more only their number is said.
const MOST_NAMED: usize = 12;

/// Should a text ever get through as markup, the browser runs and loads none of it.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

const STYLE: &str = include_str!("review.css");

/// The document as HTML.
pub fn html(document: &Document) -> String {
    let title = line_or(&document.title, "Untitled incident");
    // What names the tab and the PDF says what it is.
    let nature = document.nature.map(|nature| [nature, ": "].concat());
    let nature = nature.unwrap_or_default();
    let mut out = String::with_capacity(32_768);
    parts(
        &mut out,
        &[
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n",
            "<meta http-equiv=\"Content-Security-Policy\" content=\"",
            POLICY,
            "\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n",
            "<meta name=\"color-scheme\" content=\"light dark\">\n<title>",
            &nature,
            "Review: ",
            &title,
            "</title>\n<style>\n",
            STYLE,
            "</style>\n</head>\n<body>\n",
        ],
    );
    header(&mut out, document, &title);
    out.push_str("<main>\n");
    for section in &document.sections {
        parts(
            &mut out,
            &[
                "<section id=\"",
                section.id,
                "\" aria-labelledby=\"",
                section.id,
                "-h\">\n",
            ],
        );
        parts(
            &mut out,
            &["<h2 id=\"", section.id, "-h\">", section.title, "</h2>\n"],
        );
        for block in &section.blocks {
            push_block(&mut out, document, block);
        }
        out.push_str("</section>\n");
        if section.id == "summary" {
            contents(&mut out, document);
        }
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn parts(out: &mut String, parts: &[&str]) {
    for part in parts {
        out.push_str(part);
    }
}

fn header(out: &mut String, document: &Document, title: &str) {
    out.push_str("<header>\n<p class=\"state\">Incident review: <strong>");
    out.push_str(document.state.words());
    out.push_str("</strong>");
    out.push_str(&basis(document, &document.state_from));
    if let Some(nature) = document.nature {
        parts(
            out,
            &[
                " <strong class=\"nature\">",
                nature,
                ": this was no real incident</strong>",
            ],
        );
    }
    parts(
        out,
        &["</p>\n<h1><bdi>", title, "</bdi></h1>\n<p class=\"times\">"],
    );
    parts(
        out,
        &[
            &line(&document.times),
            " Numbers in brackets are entries of the timeline.</p>\n</header>\n",
        ],
    );
}

fn contents(out: &mut String, document: &Document) {
    out.push_str("<nav aria-label=\"Sections\">\n<ol>\n");
    for section in document.sections.iter().skip(1) {
        parts(
            out,
            &[
                "<li><a href=\"#",
                section.id,
                "\">",
                section.title,
                "</a></li>\n",
            ],
        );
    }
    out.push_str("</ol>\n</nav>\n");
}

fn push_block(out: &mut String, document: &Document, block: &Block) {
    match block {
        Block::Paragraph(said) => {
            parts(
                out,
                &[
                    "<p>",
                    &line(&said.text),
                    &basis(document, &said.from),
                    "</p>\n",
                ],
            );
        }
        Block::Quote(said) => {
            parts(out, &["<blockquote>\n", &paragraphs(&unturned(&said.text))]);
            let basis = basis(document, &said.from);
            if !basis.is_empty() {
                parts(out, &["<p class=\"of\">", basis.trim_start(), "</p>\n"]);
            }
            out.push_str("</blockquote>\n");
        }
        Block::Missing(says) => parts(out, &["<p class=\"missing\">", &line(says), "</p>\n"]),
        Block::List(lines) => {
            out.push_str("<ul>\n");
            for said in lines {
                parts(out, &["<li>", &words(document, said), "</li>\n"]);
            }
            out.push_str("</ul>\n");
        }
        Block::Facts(facts) => {
            out.push_str("<dl>\n");
            for fact in facts {
                push_fact(out, document, fact);
            }
            out.push_str("</dl>\n");
        }
        Block::Table(table) => push_table(out, document, table),
        Block::Chart { picture, table } => {
            out.push_str("<figure>\n");
            out.push_str(&picture::svg(picture, "chart"));
            parts(
                out,
                &["<figcaption>", &line(&picture.about), " <a href=\"#", table],
            );
            out.push_str("\">The same as a table</a>.</figcaption>\n</figure>\n");
        }
    }
}

fn push_fact(out: &mut String, document: &Document, fact: &Fact) {
    parts(out, &["<div><dt>", &line(&fact.term), "</dt><dd"]);
    out.push_str(if fact.missing {
        " class=\"missing\">"
    } else {
        ">"
    });
    out.push_str(&words(document, &fact.value));
    if !fact.note.trim().is_empty() {
        parts(out, &["<small>", &line(&fact.note), "</small>"]);
    }
    out.push_str("</dd></div>\n");
}

fn push_table(out: &mut String, document: &Document, table: &Table) {
    out.push_str("<table>\n");
    if !table.caption.is_empty() {
        parts(out, &["<caption>", &line(&table.caption), "</caption>\n"]);
    }
    out.push_str("<thead><tr>");
    for name in &table.header {
        parts(out, &["<th scope=\"col\">", &line(name), "</th>"]);
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for row in &table.rows {
        push_row(out, document, row);
    }
    out.push_str("</tbody>\n</table>\n");
}

fn push_row(out: &mut String, document: &Document, row: &Row) {
    out.push_str("<tr");
    match row.mark {
        Mark::Plain => {}
        Mark::Turning => out.push_str(" class=\"turning\""),
        Mark::Void => out.push_str(" class=\"void\""),
    }
    if let Some(number) = row.number {
        parts(out, &[" id=\"e", &number.to_string(), "\""]);
    }
    out.push('>');
    for cell in &row.cells {
        parts(out, &["<td>", &words(document, cell), "</td>"]);
    }
    out.push_str("</tr>\n");
}

/// Words with what they rest on; each line of them in its own direction.
fn words(document: &Document, said: &Line) -> String {
    let lines = said.text.lines().map(line).filter(|line| !line.is_empty());
    let lines: Vec<String> = lines
        .map(|line| ["<bdi>", &line, "</bdi>"].concat())
        .collect();
    [lines.join("<br>"), basis(document, &said.from)].concat()
}

/// The entries that something rests on, in brackets, as links.
fn basis(document: &Document, from: &[EventId]) -> String {
    let basis = document.basis(from);
    if basis.is_empty() {
        return String::new();
    }
    let mut out = " <span class=\"from\">[".to_owned();
    for (place, one) in basis.iter().take(MOST_NAMED).enumerate() {
        if place > 0 {
            out.push_str(", ");
        }
        match one {
            Ok(number) => {
                let number = number.to_string();
                parts(&mut out, &["<a href=\"#e", &number, "\">", &number, "</a>"]);
            }
            Err(id) => out.push_str(&escaped(&id.to_string())),
        }
    }
    let more = basis.len().saturating_sub(MOST_NAMED);
    if more > 0 {
        out.push_str(&format!(" and {more} more"));
    }
    out.push_str("]</span>");
    out
}
