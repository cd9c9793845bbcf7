//! Rows of a table as CSV, for spreadsheets: RFC 4180, and nothing that runs.
//!
//! Knows rows of texts only: no columns, no incident.

/// A text without control characters but ends of lines and tabs; every end of a line is one `\n`.
pub fn plain(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    text.chars()
        .map(|c| if c == '\r' { '\n' } else { c })
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .collect()
}

/// What a cell of a spreadsheet must not begin with: it would be read as a formula. The wide forms
/// are taken for the same by some.
const FORMULA: [char; 12] = [
    '=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠', '|',
];

/// Writes a row: every cell quoted, quotes doubled, the line ends in CR LF.
///
/// So that a spreadsheet runs nothing that somebody wrote, a cell that begins with `=`, `+`, `-`,
/// `@`, `|`, a tab or an end of line, with or without space before it, gets an apostrophe in front;
/// telephone numbers do too.
pub fn push_row(out: &mut String, cells: &[&str]) {
    for (place, cell) in cells.iter().enumerate() {
        out.push_str(if place > 0 { ",\"" } else { "\"" });
        let cell = plain(cell);
        if cell.starts_with(FORMULA) || cell.trim_start().starts_with(FORMULA) {
            out.push('\'');
        }
        out.push_str(&cell.replace('"', "\"\""));
        out.push('"');
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_run_nothing() {
        for (cell, written) in [
            ("Checkout", "\"Checkout\"\r\n"),
            ("say \"no\", please", "\"say \"\"no\"\", please\"\r\n"),
            ("=1+1", "\"'=1+1\"\r\n"),
            ("  @SUM(A1)", "\"'  @SUM(A1)\"\r\n"),
            ("a\r\nb\u{7}", "\"a\nb\"\r\n"),
            ("", "\"\"\r\n"),
        ] {
            let mut out = String::new();
            push_row(&mut out, &[cell]);
            assert_eq!(out, written, "{cell:?}");
        }
    }
}
