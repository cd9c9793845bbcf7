//! One source file, read for what the arrows ask: which modules it declares and under what
//! condition, and all its pieces but those that only tests see.

use super::token::{Token, tokens};

/// A source file as the arrows see it.
#[derive(Debug, Default)]
pub struct Source {
    /// Its modules that live in files of their own.
    pub modules: Vec<Declared>,
    /// Its pieces, without those for tests alone.
    pub tokens: Vec<Token>,
    /// What holds for the file as a whole.
    pub condition: Condition,
}

/// `mod name;`
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Declared {
    /// Its name.
    pub name: String,
    /// Its file, where an attribute names it.
    pub path: Option<String>,
    /// When it is built.
    pub condition: Condition,
}

/// When code is built at all.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Condition {
    /// Only for tests.
    pub test: bool,
    /// Only for the browser.
    pub browser: bool,
}

impl Condition {
    /// Both hold: a module's own, and that of the file that declares it.
    pub fn and(self, other: Self) -> Self {
        Self {
            test: self.test || other.test,
            browser: self.browser || other.browser,
        }
    }
}

/// Words that an item begins with, so that a comma does not end it.
const ITEMS: [&str; 15] = [
    "async",
    "const",
    "enum",
    "extern",
    "fn",
    "impl",
    "macro_rules",
    "mod",
    "pub",
    "static",
    "struct",
    "trait",
    "type",
    "unsafe",
    "use",
];

/// Reads a file.
pub fn read(text: &str) -> Source {
    let tokens = tokens(text);
    let mut source = Source::default();
    let mut attributes: Vec<&[Token]> = Vec::new();
    let mut rest = tokens.as_slice();
    while let Some((first, after)) = rest.split_first() {
        if let Some((attribute, whole_file, after)) = attribute(rest) {
            if whole_file {
                source.condition = source.condition.and(condition(&[attribute]));
            } else {
                attributes.push(attribute);
            }
            rest = after;
            continue;
        }
        let condition = condition(&attributes);
        if let Some(name) = declared(rest) {
            source.modules.push(Declared {
                name,
                path: path(&attributes),
                condition,
            });
            rest = after_item(rest);
        } else if condition.test {
            rest = after_item(rest);
        } else {
            source.tokens.push(first.clone());
            rest = after;
        }
        attributes.clear();
    }
    source
}

/// An attribute's inside, whether it is about the whole file, and what follows.
fn attribute(tokens: &[Token]) -> Option<(&[Token], bool, &[Token])> {
    let rest = tokens.strip_prefix_mark('#')?;
    let (whole_file, rest) = match rest.strip_prefix_mark('!') {
        Some(rest) => (true, rest),
        None => (false, rest),
    };
    rest.first().filter(|token| token.is('['))?;
    let end = matching(rest)?;
    Some((rest.get(1..end)?, whole_file, rest.get(end + 1..)?))
}

trait StripMark {
    fn strip_prefix_mark(&self, mark: char) -> Option<&Self>;
}

impl StripMark for [Token] {
    fn strip_prefix_mark(&self, mark: char) -> Option<&Self> {
        self.split_first()
            .filter(|(first, _)| first.is(mark))
            .map(|(_, rest)| rest)
    }
}

/// Where the bracket that comes first is closed.
fn matching(tokens: &[Token]) -> Option<usize> {
    let mut depth = 0_usize;
    for (index, token) in tokens.iter().enumerate() {
        if ['(', '[', '{'].into_iter().any(|mark| token.is(mark)) {
            depth += 1;
        } else if [')', ']', '}'].into_iter().any(|mark| token.is(mark)) {
            depth = depth.checked_sub(1)?;
            if depth == 0 {
                return Some(index);
            }
        }
    }
    None
}

/// The module's name, where the item is `mod name;`.
fn declared(item: &[Token]) -> Option<String> {
    let mut rest = item;
    if rest.first()?.word() == Some("pub") {
        rest = rest.get(1..)?;
        if rest.first()?.is('(') {
            rest = rest.get(matching(rest)? + 1..)?;
        }
    }
    let [keyword, name, end, ..] = rest else {
        return None;
    };
    let is_declaration = keyword.word() == Some("mod") && end.is(';');
    name.word().filter(|_| is_declaration).map(str::to_owned)
}

/// What follows an item: after its `;`, its `}`, or, where it is a field or the like, its `,`.
fn after_item(item: &[Token]) -> &[Token] {
    let first = item.first().and_then(Token::word).unwrap_or_default();
    let has_commas = ITEMS.contains(&first);
    let mut at = 0;
    while let Some(token) = item.get(at) {
        if token.is('}') {
            // The end of what the item stands in.
            return item.get(at..).unwrap_or_default();
        }
        let opened = ['(', '[', '{'].into_iter().any(|mark| token.is(mark));
        let ends =
            token.is(';') || (token.is(',') && !has_commas) || (token.is('{') && first != "use");
        if opened {
            at += matching(item.get(at..).unwrap_or_default()).unwrap_or(item.len());
        }
        at += 1;
        if ends {
            break;
        }
    }
    item.get(at..).unwrap_or_default()
}

fn path(attributes: &[&[Token]]) -> Option<String> {
    attributes.iter().find_map(|attribute| match attribute {
        [name, equals, text] if name.word() == Some("path") && equals.is('=') => {
            text.text().map(str::to_owned)
        }
        _ => None,
    })
}

fn condition(attributes: &[&[Token]]) -> Condition {
    let never = |fact: fn(&[Token]) -> bool| {
        attributes.iter().any(|attribute| match attribute {
            [name, inside @ ..] if name.word() == Some("cfg") => holds(inside, fact) == Some(false),
            _ => false,
        })
    };
    Condition {
        test: never(is_test),
        browser: never(is_browser),
    }
}

fn is_test(flag: &[Token]) -> bool {
    matches!(flag, [word] if word.word() == Some("test"))
}

fn is_browser(flag: &[Token]) -> bool {
    let last = flag.last().and_then(Token::text);
    flag.first().and_then(Token::word) == Some("target_arch") && last == Some("wasm32")
}

/// Whether a condition in brackets can hold when `fact` does not: unknown where it depends on more.
fn holds(brackets: &[Token], fact: fn(&[Token]) -> bool) -> Option<bool> {
    let end = matching(brackets)?;
    let flag = brackets.get(1..end)?;
    one_holds(flag, fact)
}

fn one_holds(flag: &[Token], fact: fn(&[Token]) -> bool) -> Option<bool> {
    if fact(flag) {
        return Some(false);
    }
    let inside = flag.get(1..)?;
    let parts = || parts(inside).map(|part| one_holds(part, fact));
    match flag.first()?.word()? {
        "not" => holds(inside, fact).map(|holds| !holds),
        "all" if parts().any(|part| part == Some(false)) => Some(false),
        "any" if parts().all(|part| part == Some(false)) => Some(false),
        _ => None,
    }
}

/// What stands between the commas of `(a, b(c, d))`.
fn parts(brackets: &[Token]) -> impl Iterator<Item = &[Token]> {
    let inside = brackets
        .get(1..brackets.len().saturating_sub(1))
        .unwrap_or_default();
    let mut depth = 0_i32;
    inside.split(move |token| {
        depth += i32::from(token.is('(')) - i32::from(token.is(')'));
        depth == 0 && token.is(',')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        read(text)
            .tokens
            .iter()
            .filter_map(|token| token.word().map(str::to_owned))
            .collect()
    }

    #[test]
    fn what_only_tests_see_is_left_out() {
        assert_eq!(
            words("a #[cfg(test)] mod tests { use b::{c, d}; fn e() {} } f"),
            ["a", "f"]
        );
        assert_eq!(words("#[cfg(test)] use a::{b, c}; d"), ["d"]);
        assert_eq!(
            words("#[test] #[cfg(test)] fn a<B, C>(d: E) { f } g"),
            ["g"]
        );
        assert_eq!(words("#[cfg(test)] fn a(); b"), ["b"]);
        assert_eq!(words("S { #[cfg(test)] a: b(c, d), e }"), ["S", "e"]);
        assert_eq!(words("S { #[cfg(test)] a: b } c"), ["S", "c"]);
        assert_eq!(
            words("#[cfg(all(test, not(target_arch = \"wasm32\")))] mod a; b"),
            ["b"]
        );
    }

    #[test]
    fn what_more_than_tests_see_stays() {
        assert_eq!(words("#[cfg(not(test))] a"), ["a"]);
        assert_eq!(words("#[cfg(any(test, feature = \"x\"))] a"), ["a"]);
        assert_eq!(words("#[derive(Debug)] a"), ["a"]);
    }

    fn modules(text: &str) -> Vec<(String, Option<String>, bool, bool)> {
        let told = |declared: Declared| {
            (
                declared.name,
                declared.path,
                declared.condition.test,
                declared.condition.browser,
            )
        };
        read(text).modules.into_iter().map(told).collect()
    }

    #[test]
    fn modules_are_found_with_their_conditions() {
        let text = "pub mod a; #[cfg(test)] pub(crate) mod b; #[cfg(target_arch = \"wasm32\")] mod c;
            #[path = \"x/d.rs\"] pub mod d; mod inline { mod e; } #[cfg(not(target_arch = \"wasm32\"))] mod f;
            #[cfg(all(test, target_arch = \"wasm32\"))] mod g;";
        let name = |name: &str| name.to_owned();
        assert_eq!(
            modules(text),
            [
                (name("a"), None, false, false),
                (name("b"), None, true, false),
                (name("c"), None, false, true),
                (name("d"), Some(name("x/d.rs")), false, false),
                (name("e"), None, false, false),
                (name("f"), None, false, false),
                (name("g"), None, true, true),
            ]
        );
    }

    #[test]
    fn a_file_can_be_for_tests_as_a_whole() {
        assert!(read("#![cfg(test)] use a;").condition.test);
        assert!(!read("#![allow(x)] use a;").condition.test);
    }
}
