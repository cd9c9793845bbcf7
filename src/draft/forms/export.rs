//! A filled form as a file: JSON for machines, CSV for spreadsheets, HTML for paper.
//!
//! The same form is always the same bytes. Nothing that anybody wrote can become markup, a formula
//! or another field; control characters, which no text needs, are left out of CSV and HTML.

use super::{Field, Filled, Form, Giver, Kind, Required, Value, count, to_judge, unchecked};
use crate::classify::Provenance;
use crate::format::csv::{plain, push_row};
use crate::guide::words;
use crate::model::json::push_string;
use crate::model::{Span, Timestamp};

/// `DD:HH:MM`, as 2025/302 asks for lengths of time; begun minutes are not counted.
pub(super) fn length(span: Span) -> String {
    let minutes = span.whole_minutes().max(0);
    let (days, hours) = (minutes / 1440, minutes / 60 % 24);
    format!("{days:02}:{hours:02}:{:02}", minutes % 60)
}

/// `2026-11-24T03:14:07Z`: UTC to the second, as 2025/302 asks for times.
fn date(at: Timestamp) -> String {
    let text = at.to_string();
    format!("{}Z", text.get(..19).unwrap_or_default())
}

/// A value as it is written in a form.
pub fn shown(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Date(at) => date(*at),
        Value::Length(span) => length(*span),
        Value::Number(amount) => amount.to_string(),
        Value::YesNo(true) => "Yes".to_owned(),
        Value::YesNo(false) => "No".to_owned(),
        Value::Chosen(chosen) => chosen.join("; "),
    }
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "text",
        Kind::Date => "date",
        Kind::Length => "length",
        Kind::Number { .. } => "number",
        Kind::YesNo => "yes_no",
        Kind::Choice(_) => "choice",
        Kind::Choices(_) => "choices",
        Kind::Lei => "lei",
        Kind::Currency => "currency",
    }
}

fn provenance(provenance: Provenance) -> &'static str {
    match provenance {
        Provenance::Checked => "checked",
        Provenance::Practice => "practice",
        Provenance::HouseDefault => "house_default",
    }
}

/// Where a value comes from, in words.
pub fn origin(filled: &Filled) -> String {
    match filled {
        Filled::FromLog { .. } => "the log".to_owned(),
        Filled::Given { by, .. } => match by {
            Giver::Form => "the form itself".to_owned(),
            Giver::Organisation => "the organisation".to_owned(),
            Giver::Answer(key) => format!("the answer {key}"),
        },
        Filled::ByPerson(_) => "a person".to_owned(),
        Filled::Unfit { .. } => "cannot be read".to_owned(),
        Filled::Missing => String::new(),
    }
}

/// Whether a field must be filled, in words.
pub fn requirement(required: Required) -> String {
    match required {
        Required::Always => "required".to_owned(),
        Required::If { condition, holds } => {
            let holds = match holds {
                Some(true) => "it is",
                Some(false) => "it is not",
                None => "to be judged",
            };
            format!("required if {condition} ({holds})")
        }
        Required::Optional => "optional".to_owned(),
    }
}

/// The state of the form in a sentence or two.
pub fn state(form: &Form) -> String {
    let (filled, required) = count(form);
    let mut text = format!("{filled} of {required} required fields are filled.");
    let open = to_judge(form).len();
    if open > 0 {
        text.push_str(&format!(
            " Of {open} more a person must tell whether they are required."
        ));
    }
    match unchecked(form) {
        0 => text.push_str(" All fields were checked against the source."),
        some => text.push_str(&format!(
            " {some} fields are not from the source; each of them says so."
        )),
    }
    text
}

/// The form as JSON, one field a line. Exact: what is written here is what was said.
pub fn json(form: &Form) -> String {
    let mut out = String::from("{");
    for (name, text) in [
        ("form", form.id.name()),
        ("regime", form.regime),
        ("report", form.report),
        ("source", form.source),
        ("title", &form.title),
        ("state", &state(form)),
    ] {
        text_field(&mut out, name, text);
    }
    next(&mut out, "fields");
    out.push('[');
    for field in &form.fields {
        out.push_str(if out.ends_with('[') { "\n" } else { ",\n" });
        json_field(&mut out, field);
    }
    out.push_str("\n]}\n");
    out
}

/// The name of an object's next field.
fn next(out: &mut String, name: &str) {
    if !out.ends_with('{') {
        out.push(',');
    }
    push_string(out, name);
    out.push(':');
}

fn text_field(out: &mut String, name: &str, text: &str) {
    next(out, name);
    push_string(out, text);
}

fn json_field(out: &mut String, field: &Field) {
    out.push('{');
    for (name, text) in [
        ("number", field.number),
        ("name", field.name),
        ("section", field.section),
        ("kind", kind(field.kind)),
        ("provenance", provenance(field.provenance)),
    ] {
        text_field(out, name, text);
    }
    if let Kind::Number { unit, .. } = field.kind {
        text_field(out, "unit", unit);
    }
    next(out, "required");
    match field.required {
        Required::Always => out.push_str("true"),
        Required::Optional => out.push_str("false"),
        Required::If { condition, holds } => {
            out.push_str(match holds {
                Some(true) => "true",
                Some(false) => "false",
                None => "null",
            });
            text_field(out, "condition", condition);
        }
    }
    next(out, "value");
    match field.filled.value() {
        None => out.push_str("null"),
        Some(Value::YesNo(yes)) => out.push_str(if *yes { "true" } else { "false" }),
        Some(Value::Number(amount)) => out.push_str(&amount.to_string()),
        Some(Value::Chosen(chosen)) => list(out, chosen.iter().copied()),
        Some(value) => push_string(out, &shown(value)),
    }
    match &field.filled {
        Filled::FromLog { events, .. } => {
            text_field(out, "from", "log");
            next(out, "events");
            let events: Vec<String> = events.iter().map(ToString::to_string).collect();
            list(out, events.iter().map(String::as_str));
        }
        Filled::Given { by, .. } => match by {
            Giver::Form => text_field(out, "from", "form"),
            Giver::Organisation => text_field(out, "from", "organisation"),
            Giver::Answer(key) => {
                text_field(out, "from", "answer");
                text_field(out, "answer", key);
            }
        },
        Filled::ByPerson(_) => text_field(out, "from", "person"),
        Filled::Unfit { text, why } => {
            text_field(out, "unread", text);
            text_field(out, "why", why);
        }
        Filled::Missing => {}
    }
    if !field.note.is_empty() {
        text_field(out, "note", &field.note);
    }
    out.push('}');
}

fn list<'a>(out: &mut String, texts: impl Iterator<Item = &'a str>) {
    out.push('[');
    for text in texts {
        if !out.ends_with('[') {
            out.push(',');
        }
        push_string(out, text);
    }
    out.push(']');
}

/// The form as CSV, in which nothing runs that somebody wrote. The JSON has the exact text.
pub fn csv(form: &Form) -> String {
    let mut out = String::new();
    push_row(
        &mut out,
        &[
            "Number",
            "Field",
            "Value",
            "Required",
            "From",
            "Remark",
            "Provenance of the field",
        ],
    );
    if form.drill {
        push_row(&mut out, &["", words::DRILL, "", "", "", "", ""]);
    }
    for field in &form.fields {
        let value = field.filled.value().map(shown).unwrap_or_default();
        push_row(
            &mut out,
            &[
                field.number,
                field.name,
                &value,
                &requirement(field.required),
                &origin(&field.filled),
                &remark(field),
                field.provenance.words(),
            ],
        );
    }
    push_row(
        &mut out,
        &["", "State", &state(form), "", form.source, "", ""],
    );
    out
}

/// What stands beside a value: what could not be read, or what the log says.
fn remark(field: &Field) -> String {
    match &field.filled {
        Filled::Unfit { text, why } => format!("Not taken: {text} ({why})"),
        _ => field.note.clone(),
    }
}

const STYLE: &str = "body{font:11pt/1.4 system-ui,sans-serif;color:#111;background:#fff;max-width:62rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem;margin:0}h2{font-size:1.1rem;margin:1.5rem 0 .5rem}
table{border-collapse:collapse;width:100%;table-layout:fixed}
th,td{border:1px solid #888;padding:.3rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
th:first-child{width:3.5rem}th:nth-child(2){width:36%}
td{white-space:pre-wrap}small{display:block;color:#444;white-space:normal}
.missing{font-weight:bold}
@media print{body{margin:0;max-width:none;font-size:9pt}tr{break-inside:avoid}h2{break-after:avoid}thead{display:table-header-group}}";

/// The form as one document to print: no script, nothing from elsewhere, every text escaped.
pub fn html(form: &Form) -> String {
    let mut out = String::from(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>",
    );
    push_escaped(&mut out, form.id.title());
    out.push_str("</title>\n<style>\n");
    out.push_str(STYLE);
    out.push_str("\n</style>\n</head>\n<body>\n");
    element(&mut out, "h1", form.id.title());
    element(&mut out, "p", &form.title);
    element(&mut out, "p", &state(form));
    element(&mut out, "p", &format!("{}. {}", form.source, form.about));
    let mut section = "";
    for field in &form.fields {
        if field.section != section {
            out.push_str(if section.is_empty() {
                ""
            } else {
                "</tbody>\n</table>\n"
            });
            section = field.section;
            element(&mut out, "h2", section);
            out.push_str("<table>\n<thead><tr><th scope=\"col\">No.</th><th scope=\"col\">Field</th><th scope=\"col\">Value</th></tr></thead>\n<tbody>\n");
        }
        html_field(&mut out, field);
    }
    out.push_str("</tbody>\n</table>\n</body>\n</html>\n");
    out
}

fn html_field(out: &mut String, field: &Field) {
    out.push_str("<tr><th scope=\"row\">");
    push_escaped(out, field.number);
    out.push_str("</th><td>");
    push_escaped(out, field.name);
    element(out, "small", &requirement(field.required));
    if field.provenance != Provenance::Checked {
        let words = field.provenance.words();
        element(out, "small", &format!("Not from the source: {words}."));
    }
    out.push_str("</td><td>");
    match field.filled.value() {
        Some(value) => element(out, "bdi", &shown(value)),
        None if field.is_due() => out.push_str("<span class=\"missing\">Missing</span>"),
        None => out.push('–'),
    }
    let origin = origin(&field.filled);
    if field.filled.value().is_some() {
        element(out, "small", &format!("From {origin}."));
    }
    let remark = remark(field);
    if !remark.is_empty() {
        element(out, "small", &remark);
    }
    out.push_str("</td></tr>\n");
}

fn element(out: &mut String, name: &str, text: &str) {
    out.push_str(&format!("<{name}>"));
    push_escaped(out, text);
    out.push_str(&format!("</{name}>"));
    if !matches!(name, "small" | "bdi") {
        out.push('\n');
    }
}

fn push_escaped(out: &mut String, text: &str) {
    for c in plain(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // Marks that turn the direction of what follows, until they are closed.
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            c => out.push(c),
        }
    }
}
