//! Rust source as words, marks and texts, without its comments. Knows just enough of the language
//! to never take a comment or a string for code.

/// One piece of source.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Token {
    /// What it is.
    pub what: What,
    /// The line that it begins on, from 1.
    pub line: usize,
}

/// The kinds of pieces.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum What {
    /// A name, a keyword or a number.
    Word(String),
    /// A single mark.
    Mark(char),
    /// A string's content; of a character nothing is kept.
    Text(String),
}

impl Token {
    /// Whether it is this mark.
    pub fn is(&self, mark: char) -> bool {
        self.what == What::Mark(mark)
    }

    /// The word, if it is one.
    pub fn word(&self) -> Option<&str> {
        match &self.what {
            What::Word(word) => Some(word),
            _ => None,
        }
    }

    /// The string's content, if it is one.
    pub fn text(&self) -> Option<&str> {
        match &self.what {
            What::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// All pieces of a source.
pub fn tokens(source: &str) -> Vec<Token> {
    let mut reader = Reader {
        chars: source.chars().collect(),
        at: 0,
        line: 1,
    };
    let mut tokens = Vec::new();
    while let Some(next) = reader.peek(0) {
        let line = reader.line;
        if let Some(what) = reader.piece(next) {
            tokens.push(Token { what, line });
        }
    }
    tokens
}

struct Reader {
    chars: Vec<char>,
    at: usize,
    line: usize,
}

impl Reader {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).copied()
    }

    fn take(&mut self) -> Option<char> {
        let taken = self.peek(0)?;
        self.at += 1;
        self.line += usize::from(taken == '\n');
        Some(taken)
    }

    /// Takes the next piece; none for blanks and comments.
    fn piece(&mut self, next: char) -> Option<What> {
        match (next, self.peek(1)) {
            ('/', Some('/')) => self.line_comment(),
            ('/', Some('*')) => self.block_comment(),
            ('"', _) => Some(self.string()),
            ('\'', _) => self.character_or_lifetime(),
            _ if is_word(next) => Some(self.word_or_raw_string()),
            _ => self
                .take()
                .filter(|mark| !mark.is_whitespace())
                .map(What::Mark),
        }
    }

    fn line_comment(&mut self) -> Option<What> {
        while self.peek(0).is_some_and(|next| next != '\n') {
            self.take();
        }
        None
    }

    fn block_comment(&mut self) -> Option<What> {
        let mut depth = 0;
        loop {
            let pair = (self.take()?, self.peek(0));
            match pair {
                ('/', Some('*')) => depth += 1,
                ('*', Some('/')) => depth -= 1,
                _ => continue,
            }
            self.take();
            if depth == 0 {
                return None;
            }
        }
    }

    fn string(&mut self) -> What {
        self.take();
        let mut text = String::new();
        while let Some(next) = self.take() {
            match next {
                '"' => break,
                '\\' => text.extend(self.take()),
                other => text.push(other),
            }
        }
        What::Text(text)
    }

    fn character_or_lifetime(&mut self) -> Option<What> {
        self.take();
        let is_character = self.peek(0) == Some('\\') || self.peek(1) == Some('\'');
        if !is_character {
            // A lifetime's name says nothing here.
            while self.peek(0).is_some_and(is_word) {
                self.take();
            }
            return None;
        }
        while let Some(next) = self.take() {
            match next {
                '\'' => break,
                '\\' => drop(self.take()),
                _ => {}
            }
        }
        None
    }

    fn word_or_raw_string(&mut self) -> What {
        let mut word = String::new();
        while let Some(next) = self.peek(0).filter(|next| is_word(*next)) {
            word.push(next);
            self.take();
        }
        if !matches!(word.as_str(), "r" | "br" | "cr") {
            return What::Word(word);
        }
        let mut hashes = 0;
        while self.peek(hashes) == Some('#') {
            hashes += 1;
        }
        if self.peek(hashes) == Some('"') {
            self.raw_string(hashes)
        } else {
            What::Word(word)
        }
    }

    fn raw_string(&mut self, hashes: usize) -> What {
        for _ in 0..=hashes {
            self.take();
        }
        let mut text = String::new();
        while let Some(next) = self.take() {
            if next == '"' && (0..hashes).all(|ahead| self.peek(ahead) == Some('#')) {
                for _ in 0..hashes {
                    self.take();
                }
                break;
            }
            text.push(next);
        }
        What::Text(text)
    }
}

fn is_word(next: char) -> bool {
    next == '_' || next.is_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, expected: &str) {
        let shown = |token: &Token| match &token.what {
            What::Word(word) => word.clone(),
            What::Mark(mark) => mark.to_string(),
            What::Text(text) => format!("\"{text}\""),
        };
        assert_eq!(
            tokens(source)
                .iter()
                .map(shown)
                .collect::<Vec<_>>()
                .join(" "),
            expected
        );
    }

    #[test]
    fn comments_are_no_code() {
        check("a // b\n/// c\nd /* e /* f */ g */ h", "a d h");
        check("a /* never closed", "a");
    }

    #[test]
    fn strings_are_no_code() {
        check(r#"a("b // \" c", d)"#, r#"a ( "b // " c" , d )"#);
        check(
            r##"r#"x " y"# b"z" r"w" r#type"##,
            r#""x " y" b "z" "w" r # type"#,
        );
    }

    #[test]
    fn characters_are_no_strings() {
        check(r#"'"' a '\'' b '\u{1F600}' &'static c"#, "a b & c");
    }

    #[test]
    fn lines_are_counted() {
        let lines: Vec<usize> = tokens("a\n\"x\ny\"\nb")
            .iter()
            .map(|token| token.line)
            .collect();
        assert_eq!(lines, [1, 2, 4]);
    }
}
