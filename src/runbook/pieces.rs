//! Instructions in pieces that a screen can lay out: words, headings, code.
//!
//! Only what helps at 3 a.m.: code keeps its shape, lines that were broken to fit a page are one.

use super::markdown;

/// A piece of a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Piece {
    /// Paragraphs and lists, a line each.
    Words(String),
    /// A heading.
    Heading(String),
    /// A block of code, in its own shape.
    Code(String),
}

/// Splits at the fences of code blocks. A fence that is never closed reaches to the end.
pub fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut held: Vec<&str> = Vec::new();
    let mut fence: Option<(&str, usize)> = None;
    for line in text.lines() {
        let start = line.trim_start();
        let mark = markdown::fence(line);
        match (fence, mark) {
            (None, Some(mark)) => {
                push(&mut pieces, words, &mut held);
                fence = Some((mark, line.len() - start.len()));
            }
            (Some((open, _)), Some(mark)) if open == mark && start.trim_end().len() == 3 => {
                push(&mut pieces, Piece::Code, &mut held);
                fence = None;
            }
            // Code within a list stands as far in as its fence.
            (Some((_, indent)), _) => {
                let spaces = line.len() - start.len();
                held.push(line.get(indent.min(spaces)..).unwrap_or(line));
            }
            (None, None)
                if start.starts_with('#') && start.trim_start_matches('#').starts_with(' ') =>
            {
                push(&mut pieces, words, &mut held);
                held.push(start.trim_start_matches('#').trim_start());
                push(&mut pieces, Piece::Heading, &mut held);
            }
            (None, None) => held.push(line),
        }
    }
    let last = if fence.is_some() { Piece::Code } else { words };
    push(&mut pieces, last, &mut held);
    pieces
}

fn push(pieces: &mut Vec<Piece>, piece: fn(String) -> Piece, held: &mut Vec<&str>) {
    let text = held.join("\n");
    held.clear();
    if !text.trim().is_empty() {
        pieces.push(piece(text.trim_matches('\n').to_owned()));
    }
}

fn words(text: String) -> Piece {
    Piece::Words(unwrapped(&text))
}

/// Lines that were only broken to fit a page are one again.
fn unwrapped(words: &str) -> String {
    let mut text = String::new();
    for line in words.lines() {
        let start = line.trim_start();
        let numbered = start.trim_start_matches(|c: char| c.is_ascii_digit());
        let is_item = ["- ", "* ", "+ "]
            .iter()
            .any(|mark| start.starts_with(mark))
            || (numbered.len() < start.len() && numbered.starts_with(['.', ')']));
        // A quote, a table, or an end of line that was meant.
        let meant = start.starts_with(['>', '|']) || text.ends_with("  ");
        let begins =
            text.is_empty() || start.is_empty() || text.ends_with('\n') || is_item || meant;
        if !begins {
            text.push(' ');
            text.push_str(start);
        } else {
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(line);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_broken_to_fit_are_one_again() {
        for (text, expected) in [
            ("a\nb", "a b"),
            ("a\n\nb\nc", "a\n\nb c"),
            ("- a\n  b\n- c\n  1. d\n     e", "- a b\n- c\n  1. d e"),
            ("a  \nb", "a  \nb"),
            ("> a\n> b\n| c |\n| d |", "> a\n> b\n| c |\n| d |"),
            ("2024\nb", "2024 b"),
        ] {
            assert_eq!(unwrapped(text), expected, "{text:?}");
        }
    }

    #[test]
    fn code_is_told_from_words_and_nothing_is_lost() {
        let words = |text: &str| Piece::Words(text.to_owned());
        let code = |text: &str| Piece::Code(text.to_owned());
        for (text, expected) in [
            ("", vec![]),
            ("a\nb", vec![words("a b")]),
            (
                "a\n```sh\nls\n```\nb",
                vec![words("a"), code("ls"), words("b")],
            ),
            (
                "- a\n  ```\n  ls\n    -l\n  ```",
                vec![words("- a"), code("ls\n  -l")],
            ),
            ("```\nopen", vec![code("open")]),
            (
                "a\n## b\nc",
                vec![words("a"), Piece::Heading("b".to_owned()), words("c")],
            ),
            ("#tag", vec![words("#tag")]),
            ("~~~\n```\n~~~", vec![code("```")]),
        ] {
            assert_eq!(pieces(text), expected, "{text}");
        }
    }
}
