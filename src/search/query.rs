//! What was typed, as words to look for.
//!
//! Knows neither the index nor what is in it.

use super::words::{self, Cut, Small, Token};

/// How many words are looked for; further ones are left alone.
pub(super) const MOST_WORDS: usize = 16;

/// A word to look for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Word {
    /// Its terms, which must stand side by side where they are several.
    pub(super) terms: Vec<String>,
    /// Whether the last term may go on.
    pub(super) goes_on: bool,
    /// Whether slips of the finger are forgiven.
    pub(super) forgiving: bool,
    /// Whether an incident may do without.
    pub(super) optional: bool,
}

/// What was typed, as words. The last one may still be being typed; what stands in quotation marks
/// must stand so in the text.
pub(super) fn words(typed: &str, small: Small) -> Vec<Word> {
    let mut found = Vec::new();
    let mut pieces = typed.split(is_quote).peekable();
    let mut quoted = false;
    while let Some(piece) = pieces.next() {
        let last = pieces.peek().is_none();
        if quoted {
            found.extend(phrase(piece, last, small));
        } else {
            for chunk in piece.split_whitespace() {
                push_chunk(&mut found, chunk, small);
            }
            if last && !piece.trim().is_empty() {
                let_go_on(&mut found);
            }
        }
        quoted = !quoted;
    }
    let says_something = found.iter().any(|word| !word.optional);
    for word in &mut found {
        word.optional &= says_something;
    }
    found.truncate(MOST_WORDS);
    found
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»')
}

/// What was typed last may go on.
fn let_go_on(found: &mut [Word]) {
    if let Some(word) = found.last_mut() {
        word.goes_on = true;
        word.optional = false;
    }
}

fn terms(text: &str, tokens: &[Token], small: Small) -> Vec<String> {
    tokens
        .iter()
        .map(|token| words::folded(text.get(token.from..token.to).unwrap_or_default(), small))
        .collect()
}

/// Words that must stand side by side. While the closing mark is missing, the last one goes on.
fn phrase(piece: &str, open: bool, small: Small) -> Option<Word> {
    let mut tokens = words::tokens(piece);
    // In the text the run may go on, and its last character be another.
    if in_a_pair(&tokens, tokens.len().saturating_sub(1)) {
        tokens.pop();
    }
    let lone = tokens.last().is_some_and(|token| token.cut == Cut::Last);
    let terms = terms(piece, &tokens, small);
    (!terms.is_empty()).then_some(Word {
        terms,
        goes_on: open || lone,
        forgiving: false,
        optional: false,
    })
}

/// Whether a token is a last character that the pair before it has already.
fn in_a_pair(tokens: &[Token], place: usize) -> bool {
    let before = place.checked_sub(1).and_then(|before| tokens.get(before));
    let token = tokens.get(place).filter(|token| token.cut == Cut::Last);
    token.is_some_and(|token| before.is_some_and(|pair| pair.to == token.to))
}

/// What stands between spaces: a name with a digit in it is one thing, other parts are words.
fn push_chunk(found: &mut Vec<Word>, chunk: &str, small: Small) {
    let tokens = words::tokens(chunk);
    let spaced = tokens.iter().filter(|token| token.cut == Cut::Word).count();
    if spaced == tokens.len() && spaced > 1 && chunk.bytes().any(|byte| byte.is_ascii_digit()) {
        found.extend(phrase(chunk, false, small));
        return;
    }
    for (place, token) in tokens.iter().enumerate() {
        if in_a_pair(&tokens, place) {
            continue;
        }
        let terms = terms(chunk, &[*token], small);
        let optional = terms.iter().all(|term| words::is_stop(term));
        found.push(Word {
            terms,
            goes_on: token.cut == Cut::Last,
            forgiving: token.cut == Cut::Word,
            optional,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One word of each: `*` goes on, `~` forgives nothing, `?` is not needed.
    fn check(typed: &str, expected: &[&str]) {
        let found = words(typed, str::to_lowercase);
        let told: Vec<String> = found
            .iter()
            .map(|word| {
                let mut told = word.terms.join("+");
                told.push_str(if word.goes_on { "*" } else { "" });
                told.push_str(if word.forgiving { "" } else { "~" });
                told.push_str(if word.optional { "?" } else { "" });
                told
            })
            .collect();
        assert_eq!(told, expected, "{typed:?}");
    }

    #[test]
    fn what_was_typed_falls_into_words() {
        check("", &[]);
        check("  \"\" - ", &[]);
        check("Card pay", &["card", "pay*"]);
        check("outage of the p", &["outage", "of?", "the?", "p*"]);
        check("the", &["the*"]);
        check("of the", &["of?", "the*"]);
        check("INC-12", &["inc+12*~"]);
        check("db-01.eu down", &["db+01+eu~", "down*"]);
        check("card-pay", &["card", "pay*"]);
    }

    #[test]
    fn quotation_marks_keep_words_together() {
        check("\"Card payments\"", &["card+payments~"]);
        check("\"Card paym", &["card+paym*~"]);
        check("„Card payments“ x", &["card+payments~", "x*"]);
        check("down \"card\" ", &["down", "card~"]);
        check("\"of the\"", &["of+the~"]);
    }

    #[test]
    fn scripts_without_spaces_are_looked_for_in_pairs() {
        check("決済失敗", &["決済~", "済失~", "失敗*~"]);
        check("決 失敗", &["決*~", "失敗*~"]);
        check("API障害", &["api", "障害*~"]);
        check("\"決済が\"", &["決済+済が~"]);
        check("\"決\"", &["決*~"]);
        check("\"API 決\"", &["api+決*~"]);
    }
}
