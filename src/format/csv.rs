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

/// Rows of a table as spreadsheets write them: RFC 4180, with commas, semicolons or tabs between cells,
/// whichever the first row has most of. Any text gives rows; a quote that is never closed ends with the
/// text.
pub fn rows(text: &str) -> Vec<Vec<String>> {
    let text = text.trim_start_matches('\u{feff}');
    let first = text.lines().next().unwrap_or_default();
    let among = [',', ';', '\t'];
    // The last of those that come equally often would be taken: the comma comes first.
    let between = among.into_iter().rev();
    let between = between.max_by_key(|mark| first.matches(*mark).count());
    let between = between.unwrap_or(',');
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                cell.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if cell.is_empty() => quoted = true,
            '\r' if !quoted => {}
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            c if c == between && !quoted => row.push(std::mem::take(&mut cell)),
            c => cell.push(c),
        }
    }
    if !cell.is_empty() || !row.is_empty() {
        row.push(cell);
        rows.push(row);
    }
    rows
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn rows_are_read_as_spreadsheets_write_them() {
        for (text, expected) in [
            ("a,b\r\n1,2\r\n", vec![vec!["a", "b"], vec!["1", "2"]]),
            ("a;b\n\"x;y\";2", vec![vec!["a", "b"], vec!["x;y", "2"]]),
            ("\u{feff}a\tb\n", vec![vec!["a", "b"]]),
            (
                "\"say \"\"no\"\"\",\"two\nlines\"\n",
                vec![vec!["say \"no\"", "two\nlines"]],
            ),
            ("a,\n", vec![vec!["a", ""]]),
            ("\"open", vec![vec!["open"]]),
            ("", Vec::new()),
        ] {
            assert_eq!(rows(text), expected, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn what_was_written_is_read(table in prop::collection::vec(prop::collection::vec("[a-z\",;\n äß]{0,8}", 2..5), 1..6)) {
            let mut text = String::new();
            // The first row says what stands between cells.
            push_row(&mut text, &["a", "b", "c"]);
            for row in &table {
                let cells: Vec<&str> = row.iter().map(String::as_str).collect();
                push_row(&mut text, &cells);
            }
            let read = rows(&text);
            prop_assert_eq!(read.len(), table.len() + 1);
            for (read, written) in read.iter().skip(1).zip(&table) {
                let runs_nothing = |cell: &String| cell.strip_prefix('\'').map_or(cell.clone(), str::to_owned);
                prop_assert_eq!(read.iter().map(runs_nothing).collect::<Vec<_>>(), written.clone());
            }
        }

        #[test]
        fn any_text_gives_rows(text in any::<String>()) {
            prop_assert!(rows(&text).len() <= text.chars().filter(|c| *c == '\n').count() + 1);
        }
    }

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
