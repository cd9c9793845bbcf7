//! Text to words that can be found: where each one stands, and the form in which it is compared.
//!
//! Words are runs of letters and digits, so `INC-123`, host names and error codes fall into parts
//! that stand side by side, and can be found by a part or as a whole. Scripts that set no spaces
//! are cut into pairs of characters. Knows no index and no incident; small letters beyond Latin come
//! from a function that is passed in, since the tables for that would weigh more than this module.

/// Gives a text in small letters, in any script.
pub type Small = fn(&str) -> String;

/// What a token is of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cut {
    /// A whole run of letters and digits.
    Word,
    /// Two characters of a script without spaces.
    Pair,
    /// The last character of such a run, so that it is found when it is all that was typed.
    Last,
}

/// A piece of a text that can be found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Token {
    /// Where it begins, in bytes of the text.
    pub from: usize,
    /// Where it ends, in bytes of the text.
    pub to: usize,
    /// What it is of.
    pub cut: Cut,
}

/// The tokens of a text, in order; pairs overlap.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut open: Option<Run> = None;
    for (at, c) in text.char_indices() {
        let part = part(c, open.as_ref());
        let goes_on = open.as_ref().is_some_and(|run| part == Some(run.part));
        if !goes_on {
            close(&mut tokens, open.take(), at);
            open = part.map(|part| Run::new(part, at));
        } else if let Some(run) = &mut open {
            run.next(&mut tokens, at);
        }
    }
    close(&mut tokens, open, text.len());
    tokens
}

/// What a character belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Spaced,
    Unspaced,
}

/// A run of characters that goes on: where it began, and where its last two characters did.
struct Run {
    part: Part,
    from: usize,
    before: Option<usize>,
    last: usize,
}

impl Run {
    fn new(part: Part, at: usize) -> Self {
        Self {
            part,
            from: at,
            before: None,
            last: at,
        }
    }

    fn next(&mut self, tokens: &mut Vec<Token>, at: usize) {
        if self.part == Part::Unspaced {
            self.pair(tokens, at);
        }
        self.before = Some(self.last);
        self.last = at;
    }

    /// The pair that ends here, if two characters came before.
    fn pair(&self, tokens: &mut Vec<Token>, to: usize) {
        if let Some(from) = self.before {
            let cut = Cut::Pair;
            tokens.push(Token { from, to, cut });
        }
    }
}

fn close(tokens: &mut Vec<Token>, run: Option<Run>, to: usize) {
    let Some(run) = run else { return };
    let (from, cut) = match run.part {
        Part::Spaced => (run.from, Cut::Word),
        Part::Unspaced => {
            run.pair(tokens, to);
            (run.last, Cut::Last)
        }
    };
    tokens.push(Token { from, to, cut });
}

fn part(c: char, open: Option<&Run>) -> Option<Part> {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric().then_some(Part::Spaced);
    }
    if is_accent(c) {
        // Belongs to the letter before it; alone it is nothing.
        return open.map(|run| run.part);
    }
    match c {
        // Thai, Lao, Burmese and Khmer, with marks that are no letters of their own.
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' => {
            Some(Part::Unspaced)
        }
        _ if !c.is_alphanumeric() => None,
        // Kana, Han, Hangul.
        '\u{3005}'..='\u{312f}'
        | '\u{3400}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7af}'
        | '\u{f900}'..='\u{faff}'
        | '\u{ff66}'..='\u{ff9f}'
        | '\u{20000}'..='\u{3ffff}' => Some(Part::Unspaced),
        _ => Some(Part::Spaced),
    }
}

/// Whether it is an accent that is written after its letter.
fn is_accent(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// The letters of U+00C0 to U+017F without their accents, small.
const PLAIN: &[u8; 192] = b"aaaaaaaceeeeiiiidnooooo-ouuuuytsaaaaaaaceeeeiiiidnooooo-ouuuuyty\
aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllllllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

/// Puts a word's form for comparing into `out`: small letters, without accents.
pub fn fold(word: &str, small: Small, out: &mut String) {
    out.clear();
    if word.is_ascii() {
        out.push_str(word);
        out.make_ascii_lowercase();
    } else if word.chars().all(is_plain) {
        word.chars().for_each(|c| push_plain(c, out));
    } else {
        small(word).chars().for_each(|c| push_plain(c, out));
    }
}

/// Whether our own few tables have it: Latin, its accents, and its wide forms.
fn is_plain(c: char) -> bool {
    c < '\u{180}' || is_accent(c) || ('\u{ff01}'..='\u{ff5e}').contains(&c)
}

fn push_plain(c: char, out: &mut String) {
    match c {
        'ß' | 'ẞ' => out.push_str("ss"),
        'æ' | 'Æ' => out.push_str("ae"),
        'œ' | 'Œ' => out.push_str("oe"),
        'þ' | 'Þ' => out.push_str("th"),
        '\u{c0}'..='\u{17f}' => {
            let place = c as usize - 0xc0;
            out.push(PLAIN.get(place).copied().map_or(c, char::from));
        }
        '\u{ff01}'..='\u{ff5e}' => {
            let narrow = char::from_u32(c as u32 - 0xfee0).unwrap_or(c);
            out.push(narrow.to_ascii_lowercase());
        }
        _ if is_accent(c) => {}
        _ => out.push(c.to_ascii_lowercase()),
    }
}

/// A word's form for comparing.
pub fn folded(word: &str, small: Small) -> String {
    let mut out = String::new();
    fold(word, small, &mut out);
    out
}

/// English words that say nothing of an incident, sorted. They are found like any other, but need
/// not be there, and never make incidents alike.
const STOP_WORDS: &[&str] = &[
    "a", "an", "and", "are", "as", "at", "be", "been", "but", "by", "for", "from", "had", "has",
    "have", "in", "is", "it", "its", "of", "on", "or", "our", "s", "some", "that", "the", "their",
    "there", "these", "this", "to", "was", "we", "were", "will", "with",
];

/// Whether a word, in its form for comparing, says nothing of an incident.
pub fn is_stop(term: &str) -> bool {
    STOP_WORDS.binary_search(&term).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = tokens(text)
            .iter()
            .map(|token| folded(&text[token.from..token.to], str::to_lowercase))
            .collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn a_text_falls_into_words() {
        check("", &[]);
        check(" — … ", &[]);
        check(
            "Card payments FAIL, 30%!",
            &["card", "payments", "fail", "30"],
        );
        check("INC-123", &["inc", "123"]);
        check(
            "db-01.eu-west.example.com:5432",
            &["db", "01", "eu", "west", "example", "com", "5432"],
        );
        check("ERR_CONN 0x80070005", &["err", "conn", "0x80070005"]);
        check("customer's", &["customer", "s"]);
    }

    #[test]
    fn accents_and_capitals_make_no_difference() {
        check("GRÖSSE Größe grösse", &["grosse", "grosse", "grosse"]);
        check("cafe\u{301} café CAFÉ", &["cafe", "cafe", "cafe"]);
        check("ŁÓDŹ Ærø Þór œuvre", &["lodz", "aero", "thor", "oeuvre"]);
        check("ＡＰＩ ５０３", &["api", "503"]);
        check("НЕТ Доступа ΩΜΈΓΑ", &["нет", "доступа", "ωμέγα"]);
        check("\u{301}", &[]);
    }

    #[test]
    fn scripts_without_spaces_are_cut_into_pairs() {
        check("決済が失敗", &["決済", "済が", "が失", "失敗", "敗"]);
        check("決", &["決"]);
        check("API障害503", &["api", "障害", "害", "503"]);
        check("결제 실패", &["결제", "제", "실패", "패"]);
    }

    #[test]
    fn every_plain_letter_stands_at_its_place() {
        for (letters, plain) in [
            ("ÀÅàå", b'a'),
            ("ÇçĆč", b'c'),
            ("ÐðĎđ", b'd'),
            ("ÈëĒě", b'e'),
            ("Ĝģ", b'g'),
            ("Ĥħ", b'h'),
            ("ÌïĨı", b'i'),
            ("Ĵĵ", b'j'),
            ("Ķĸ", b'k'),
            ("Ĺł", b'l'),
            ("ÑñŃŋ", b'n'),
            ("ÒØöøŌő", b'o'),
            ("Ŕř", b'r'),
            ("Śšſ", b's'),
            ("Ţŧ", b't'),
            ("ÙüŨų", b'u'),
            ("Ŵŵ", b'w'),
            ("ÝýÿŶŸ", b'y'),
            ("Źž", b'z'),
        ] {
            for letter in letters.chars() {
                assert_eq!(PLAIN[letter as usize - 0xc0], plain, "{letter}");
            }
        }
        assert!(STOP_WORDS.is_sorted());
    }
}
