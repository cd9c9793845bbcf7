//! The feed: Atom (RFC 4287), an entry for each incident with all that was said of it.
//!
//! Entries' ids hang on the incidents' own ids alone, the feed's on the page's name: they stay when
//! the page moves.

use super::html::{name, phase};
use super::text::{escaped, line, line_or, paragraphs, when};
use super::{Laid, Told};
use crate::model::Digest;

/// Older incidents are in the JSON and in the history. Muster's own default.
const ENTRIES: usize = 50;

/// The whole feed.
pub fn feed(laid: &Laid<'_>) -> String {
    let name = name(laid);
    let changed = laid.incidents.iter().map(|told| told.changed).max();
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\">\n\
         <id>{}</id>\n\
         <title>{name}</title>\n\
         <updated>{}</updated>\n\
         <author><name>{}</name></author>\n\
         <generator>Muster</generator>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n",
        urn("feed", &laid.id),
        changed.unwrap_or(laid.page.updated),
        line_or(&laid.page.name, "Status"),
        escaped(&match &laid.page.url {
            Some(url) => url.as_str().to_owned(),
            None => "index.html".to_owned(),
        }),
    );
    if laid.page.url.is_some() {
        let itself = escaped(&laid.link("feed.atom"));
        out.push_str(&format!(
            "<link rel=\"self\" type=\"application/atom+xml\" href=\"{itself}\"/>\n"
        ));
    }
    for told in laid.incidents.iter().take(ENTRIES) {
        out.push_str(&entry(laid, told));
    }
    out.push_str("</feed>\n");
    out
}

fn entry(laid: &Laid<'_>, told: &Told<'_>) -> String {
    format!(
        "<entry>\n\
         <id>{}</id>\n\
         <title>{}</title>\n\
         <published>{}</published>\n\
         <updated>{}</updated>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n\
         <content type=\"html\">{}</content>\n\
         </entry>\n",
        urn("incident", &told.incident.id),
        line_or(&told.incident.title, "Incident"),
        told.incident.created_at,
        told.changed,
        escaped(&laid.link(&told.path())),
        escaped(&content(told)),
    )
}

/// What was said, as HTML.
fn content(told: &Told<'_>) -> String {
    let mut out = String::new();
    for update in &told.updates {
        let (status, at) = (phase(update.status), when(update.at));
        out.push_str(&format!("<p><strong>{status}</strong>, {at}</p>\n"));
        out.push_str(&paragraphs(&update.body));
    }
    let services: Vec<String> = told
        .affected
        .iter()
        .map(|named| line(&named.name))
        .collect();
    if !services.is_empty() {
        out.push_str(&format!("<p>Services: {}</p>\n", services.join(", ")));
    }
    if out.is_empty() {
        out.push_str(&format!("<p>{}</p>\n", phase(told.incident.status)));
    }
    out
}

/// A name for good: a UUID made of a digest (RFC 9562, version 8).
fn urn(what: &str, id: &str) -> String {
    let source = ["muster-status-", what, "\n", id].concat();
    let digits = Digest::of(&[source.as_bytes()]).to_string();
    let mut out = "urn:uuid:".to_owned();
    for (place, digit) in digits.chars().take(32).enumerate() {
        if matches!(place, 8 | 12 | 16 | 20) {
            out.push('-');
        }
        out.push(match (place, digit) {
            (12, _) => '8',
            // The variant's two bits, and two of the digest's.
            (16, '0' | '4' | '8' | 'c') => '8',
            (16, '1' | '5' | '9' | 'd') => '9',
            (16, '2' | '6' | 'a' | 'e') => 'a',
            (16, _) => 'b',
            (_, digit) => digit,
        });
    }
    out
}
