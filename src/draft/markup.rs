//! Plain text and Markdown: one template serves readers of both.
//!
//! A template may have Markdown's marks. What the log holds is escaped as it is filled in, so that a
//! person's asterisk stays one; for readers of plain text the marks are then taken off again. Only
//! what updates use: headings, emphasis, code, links, lists.

/// Whether a backslash before it means the character itself.
fn is_mark(c: char) -> bool {
    matches!(
        c,
        '\\' | '*' | '_' | '`' | '#' | '[' | ']' | '<' | '>' | '~' | '|' | '!'
    )
}

/// A text of which Markdown shows each character as it is.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        // Elsewhere than in link and image a "!" is only itself.
        if is_mark(c) && c != '!' {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// A Markdown text without its marks; a link's address follows its words in brackets.
pub fn plain(text: &str) -> String {
    let lines = text.split('\n').map(|line| {
        let unmarked = line.trim_start_matches('#');
        let is_heading = unmarked.len() < line.len() && unmarked.starts_with(' ');
        inline(if is_heading {
            unmarked.trim_start()
        } else {
            line
        })
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn inline(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        let after = rest.get(c.len_utf8()..).unwrap_or_default();
        rest = match c {
            '\\' => match after.chars().next().filter(|next| is_mark(*next)) {
                Some(next) => literal(&mut out, next, after.get(1..).unwrap_or_default()),
                None => literal(&mut out, c, after),
            },
            '*' | '_' | '`' => match span(out.chars().next_back(), rest) {
                Some((inside, after)) if c == '`' => {
                    out.push_str(inside);
                    after
                }
                Some((inside, after)) => {
                    out.push_str(&inline(inside));
                    after
                }
                None => literal(&mut out, c, after),
            },
            '[' => match link(after) {
                Some((words, address, after)) => {
                    out.push_str(&inline(words));
                    out.push_str(" (");
                    out.push_str(address);
                    out.push(')');
                    after
                }
                None => literal(&mut out, c, after),
            },
            _ => literal(&mut out, c, after),
        };
    }
    out
}

fn literal<'a>(out: &mut String, c: char, after: &'a str) -> &'a str {
    out.push(c);
    after
}

/// What stands between a run of marks at the start of `text` and the next such run, and what follows
/// that; none where they are not a pair around words.
fn span(before: Option<char>, text: &str) -> Option<(&str, &str)> {
    let mark = text.chars().next()?;
    let inner = text.trim_start_matches(mark);
    let run = text.get(..text.len() - inner.len())?;
    if run.len() > 2 || inner.starts_with(char::is_whitespace) {
        return None;
    }
    // snake_case is no emphasis.
    if mark == '_' && before.is_some_and(char::is_alphanumeric) {
        return None;
    }
    let mut from = 0;
    loop {
        let at = from + inner.get(from..)?.find(run)?;
        let (inside, after) = (inner.get(..at)?, inner.get(at + run.len()..)?);
        // A mark after a space, a backslash or within a word ends nothing.
        let ends_word = !inside.is_empty() && !inside.ends_with([' ', '\t', '\\']);
        let within_word = mark == '_' && after.starts_with(char::is_alphanumeric);
        let closes = ends_word && !within_word;
        if closes {
            return Some((inside, after));
        }
        from = at + run.len();
    }
}

/// A link's words and address, and what follows, where one began just before.
fn link(text: &str) -> Option<(&str, &str, &str)> {
    let (words, rest) = text.split_once("](")?;
    let (address, after) = rest.split_once(')')?;
    let one_line = !words.contains(['[', ']']) && !address.contains([' ', '(']);
    (one_line && !address.is_empty()).then_some((words, address, after))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn marks_are_taken_off() {
        for (markdown, expected) in [
            ("", ""),
            ("Nothing special.", "Nothing special."),
            ("**Impact.** Cards *fail*.", "Impact. Cards fail."),
            ("## Update\n\n- one\n- `two`", "Update\n\n- one\n- two"),
            ("#hashtag stays", "#hashtag stays"),
            (
                "See [the page](https://status.example/1).",
                "See the page (https://status.example/1).",
            ),
            ("5 * 3 * 2", "5 * 3 * 2"),
            (
                "max_open_files and _really_ new",
                "max_open_files and really new",
            ),
            (
                "a \\*literal\\* star, c:\\temp",
                "a *literal* star, c:\\temp",
            ),
            ("**bold _and_ more**", "bold and more"),
            ("an open ** one", "an open ** one"),
            ("[not a link] (really)", "[not a link] (really)"),
        ] {
            assert_eq!(plain(markdown), expected, "{markdown}");
        }
    }

    proptest! {
        /// What was escaped reads as it was written, whatever it is.
        #[test]
        fn escaped_text_is_itself(text in "[ -~äé\n*_`\\\\#\\[\\]()]{0,60}") {
            prop_assert_eq!(plain(&escaped(&text)), text);
        }

        #[test]
        fn any_text_is_read(text in any::<String>()) {
            let _ = plain(&text);
        }
    }
}
