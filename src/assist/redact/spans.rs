//! Where in a text something stands that has a form of its own: a link, an address, a token; and
//! where a name is mentioned. Errs on the side of finding too much.

use std::collections::BTreeSet;

use super::Part;

/// A piece of a text that is to be replaced.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Span {
    /// Where it begins, in bytes.
    pub from: usize,
    /// Where it ends, in bytes.
    pub to: usize,
    /// What it is.
    pub part: Part,
    /// The place of the name that it mentions.
    pub known: Option<usize>,
    /// Whether it is that name alone, and not a longer word that has it.
    pub whole: bool,
}

/// Endings of files, which look like those of hosts.
const FILES: [&str; 38] = [
    "bat", "bin", "c", "cfg", "conf", "cpp", "cs", "css", "csv", "db", "dll", "env", "exe", "go",
    "gz", "h", "html", "ini", "jar", "java", "jpg", "js", "json", "log", "md", "pdf", "php", "png",
    "py", "rb", "rs", "sh", "sql", "tar", "toml", "ts", "txt", "xml",
];

/// How the tokens of well-known makers begin.
const TOKENS: [&str; 10] = [
    "AKIA", "ASIA", "AIza", "ghp_", "gho_", "glpat-", "xoxb-", "xoxp-", "sk-", "eyJ",
];

/// Words after which a secret stands.
const BEFORE_SECRETS: [&str; 8] = [
    "password",
    "passwort",
    "passwd",
    "passphrase",
    "secret",
    "token",
    "apikey",
    "pin",
];

/// Whether two of such characters beside each other are of one word. Scripts that set no spaces, or
/// put small words onto names, join nothing.
pub fn joins(c: char) -> bool {
    c.is_alphanumeric() && (c < '\u{590}' || ('\u{1e00}'..'\u{2000}').contains(&c))
}

/// Adds a piece, grown to whole words, where nothing of it was found yet.
pub fn add(
    text: &str,
    found: &mut Vec<Span>,
    part: Part,
    known: Option<usize>,
    from: usize,
    to: usize,
) {
    let before = text.get(..from).unwrap_or_default();
    let after = text.get(to..).unwrap_or_default();
    let back = before.chars().rev().take_while(|c| joins(*c));
    let back: usize = back.map(char::len_utf8).sum();
    let on = after.chars().take_while(|c| joins(*c));
    let on: usize = on.map(char::len_utf8).sum();
    let (grown_from, grown_to) = (from - back, to + on);
    if from >= to {
        return;
    }
    let mut piece = Span {
        from: grown_from,
        to: grown_to,
        part,
        known,
        whole: (grown_from, grown_to) == (from, to),
    };
    let touched = found
        .iter()
        .position(|other| other.from < piece.to && piece.from < other.to);
    let Some(mut at) = touched else {
        found.push(piece);
        return;
    };
    // What reaches beyond a piece that was found before is one with it, so that no half of it stays.
    loop {
        let other = found.swap_remove(at);
        if other.from <= piece.from && piece.to <= other.to {
            piece = other;
        } else {
            piece = Span {
                from: piece.from.min(other.from),
                to: piece.to.max(other.to),
                part: other.part,
                known: None,
                whole: false,
            };
        }
        let next = found
            .iter()
            .position(|other| other.from < piece.to && piece.from < other.to);
        match next {
            Some(next) => at = next,
            None => break,
        }
    }
    found.push(piece);
}

/// Where a word in small ASCII letters stands, whatever is beside it.
pub fn plain<'a>(text: &'a str, small: &'a str) -> impl Iterator<Item = (usize, usize)> + 'a {
    let (bytes, wanted) = (text.as_bytes(), small.as_bytes());
    let last = bytes.len().checked_sub(wanted.len());
    let places = last.map_or(0..0, |last| 0..last + 1);
    places
        .filter(move |from| {
            let piece = bytes.get(*from..from + wanted.len());
            piece.is_some_and(|piece| piece.eq_ignore_ascii_case(wanted))
                && text.is_char_boundary(*from)
        })
        .map(move |from| (from, from + wanted.len()))
}

/// A character as names are compared: the small letter, one for each character of a text, so that places
/// stay the same. Small letters that only some writings tell apart are one.
pub fn small(c: char) -> char {
    match c {
        'İ' | 'ı' => 'i',
        'ς' => 'σ',
        _ if c.is_ascii() => c.to_ascii_lowercase(),
        _ => c.to_lowercase().next().unwrap_or(c),
    }
}

/// Whether a name at this place is mentioned: as a word, or as a part of one that digits or capitals set
/// off.
pub fn is_mention(text: &str, from: usize, to: usize) -> bool {
    let piece = text.get(from..to).unwrap_or_default();
    let before = text.get(..from).and_then(|text| text.chars().next_back());
    let after = text.get(to..).and_then(|text| text.chars().next());
    parts(before, piece.chars().next()) && parts(piece.chars().next_back(), after)
}

/// Whether a word may end between these two characters.
fn parts(one: Option<char>, next: Option<char>) -> bool {
    let (Some(one), Some(next)) = (one, next) else {
        return true;
    };
    !joins(one)
        || !joins(next)
        || one.is_numeric() != next.is_numeric()
        || (one.is_lowercase() && next.is_uppercase())
}

/// All that has a form of its own, of these parts.
pub fn spans(text: &str, wanted: &BTreeSet<Part>) -> Vec<Span> {
    let mut found = Vec::new();
    let mut put = |part: Part, pieces: Vec<(usize, usize)>| {
        if wanted.contains(&part) {
            for (from, to) in pieces {
                add(text, &mut found, part, None, from, to);
            }
        }
    };
    let tokens = tokens(text);
    put(Part::Links, links(text));
    put(Part::Mails, mails(text));
    put(Part::Addresses, dotted_numbers(text));
    put(Part::Addresses, colons(text));
    put(Part::Addresses, dashes(text));
    put(Part::Links, hosts(text));
    put(Part::Secrets, named_secrets(text));
    put(Part::Secrets, chosen(text, &tokens, is_secret));
    put(Part::Secrets, long_numbers(text));
    put(Part::Contacts, telephones(text));
    found
}

/// Runs of what can be in a host, an address or a token.
fn tokens(text: &str) -> Vec<(usize, usize)> {
    runs(text, |c| c.is_alphanumeric() || "-_.:+/=~[]%".contains(c))
}

fn runs(text: &str, of: impl Fn(char) -> bool) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut open = None;
    for (at, c) in text.char_indices() {
        match (open, of(c)) {
            (None, true) => open = Some(at),
            (Some(from), false) => {
                found.push((from, at));
                open = None;
            }
            _ => {}
        }
    }
    found.extend(open.map(|from| (from, text.len())));
    found
}

/// The piece without what ends a sentence.
fn trimmed(text: &str, (from, to): (usize, usize)) -> (usize, usize) {
    let piece = text.get(from..to).unwrap_or_default();
    let cut = piece.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '\'']);
    (from, from + cut.len())
}

fn chosen(text: &str, tokens: &[(usize, usize)], is: fn(&str) -> bool) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for token in tokens {
        let (from, to) = trimmed(text, *token);
        let piece = text.get(from..to).unwrap_or_default();
        if is(piece) {
            found.push((from, to));
            continue;
        }
        // `host=db1.example.net/path:5432`: each of its parts by itself.
        for (start, end) in runs(piece, |c| !"/=+~%[]:".contains(c)) {
            let part = trimmed(piece, (start, end));
            if is(piece.get(part.0..part.1).unwrap_or_default()) {
                found.push((from + part.0, from + part.1));
            }
        }
    }
    found
}

fn links(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for (at, mark) in text.match_indices("://") {
        let before = text.get(..at).unwrap_or_default();
        let scheme = before
            .chars()
            .rev()
            .take_while(|c| c.is_ascii_alphanumeric() || "+-.".contains(*c));
        let scheme = scheme.count();
        let after = text.get(at + mark.len()..).unwrap_or_default();
        let ends = after.find(|c: char| c.is_whitespace() || "\"<>`|“”".contains(c));
        let to = at + mark.len() + ends.unwrap_or(after.len());
        let from = at - scheme;
        if found.last().is_none_or(|(_, last)| *last <= from) {
            found.push(trimmed(text, (from, to)));
        }
    }
    found
}

fn mails(text: &str) -> Vec<(usize, usize)> {
    let local = |c: &char| c.is_alphanumeric() || ".!#$%&'*+-/=?^_{}~".contains(*c);
    let domain = |c: &char| c.is_alphanumeric() || ".-".contains(*c);
    let mut found = Vec::new();
    for (at, _) in text.match_indices('@') {
        let before = text.get(..at).unwrap_or_default();
        let after = text.get(at + 1..).unwrap_or_default();
        let back = before.chars().rev().take_while(local).map(char::len_utf8);
        let on = after.chars().take_while(domain).map(char::len_utf8);
        let (back, on): (usize, usize) = (back.sum(), on.sum());
        if back > 0 && on > 0 {
            found.push(trimmed(text, (at - back, at + 1 + on)));
        }
    }
    found
}

/// Four numbers and more with dots between: an address, or a version that looks like one.
fn dotted_numbers(text: &str) -> Vec<(usize, usize)> {
    let mut found = runs(text, |c| c.is_ascii_digit() || c == '.');
    for piece in &mut found {
        *piece = trimmed(text, *piece);
    }
    found.retain(|(from, to)| {
        let piece = text.get(*from..*to).unwrap_or_default();
        let parts = piece.split('.');
        parts.filter(|part| !part.is_empty()).count() >= 4
    });
    found
}

fn is_v4(piece: &str) -> bool {
    let (address, _) = piece.split_once([':', '/']).unwrap_or((piece, ""));
    let parts: Vec<&str> = address.split('.').collect();
    parts.len() == 4
        && parts
            .iter()
            .all(|part| !part.is_empty() && part.len() <= 3 && part.parse::<u8>().is_ok())
}

fn is_hex(group: &str, most: usize) -> bool {
    group.len() <= most && group.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// IPv6, and hardware addresses with colons.
fn colons(text: &str) -> Vec<(usize, usize)> {
    let mut found = runs(text, |c| c.is_ascii_hexdigit() || c == ':' || c == '.');
    found.retain_mut(|(from, to)| {
        let piece = text.get(*from..*to).unwrap_or_default();
        // What a colon before or behind it says is not its own.
        let begins = piece.starts_with(':') && !piece.starts_with("::");
        *from += usize::from(begins);
        (*from, *to) = trimmed(text, (*from, *to));
        let piece = text.get(*from..*to).unwrap_or_default();
        let groups: Vec<&str> = piece.split(':').collect();
        let last = groups.last().copied().unwrap_or_default();
        let all = groups.iter().take(groups.len().saturating_sub(1));
        groups.len() >= 3
            && all.clone().all(|group| is_hex(group, 4))
            && (is_hex(last, 4) || is_v4(last))
            && piece.bytes().any(|byte| byte.is_ascii_digit())
            && (piece.contains("::") || groups.len() >= 6)
    });
    found
}

/// Hardware addresses with dashes.
fn dashes(text: &str) -> Vec<(usize, usize)> {
    let mut found = runs(text, |c| c.is_ascii_hexdigit() || c == '-');
    found.retain(|(from, to)| {
        let piece = text.get(*from..*to).unwrap_or_default();
        let groups: Vec<&str> = piece.split('-').collect();
        groups.len() == 6 && groups.iter().all(|group| group.len() == 2)
    });
    found
}

/// Names with dots.
fn hosts(text: &str) -> Vec<(usize, usize)> {
    let mut found = runs(text, |c| c.is_alphanumeric() || "-_.".contains(c));
    found.retain_mut(|(from, to)| {
        let piece = text.get(*from..*to).unwrap_or_default();
        let start = piece.trim_start_matches(['.', '-', '_']);
        *from += piece.len() - start.len();
        *to = *from + start.trim_end_matches(['.', '-', '_']).len();
        is_host(text.get(*from..*to).unwrap_or_default())
    });
    found
}

fn is_host(host: &str) -> bool {
    let labels: Vec<&str> = host.split('.').collect();
    let (Some(last), true) = (labels.last(), labels.len() >= 2) else {
        return false;
    };
    let ends = last.len() >= 2 && last.chars().all(char::is_alphabetic);
    let small = last.to_ascii_lowercase();
    let is_file = labels.len() == 2 && FILES.contains(&small.as_str());
    // "It failed.Then it did not": two sentences.
    let sentence = labels.len() == 2
        && last.chars().next().is_some_and(char::is_uppercase)
        && last.chars().skip(1).all(char::is_lowercase);
    ends && labels.iter().all(|label| !label.is_empty()) && !is_file && !sentence
}

fn is_secret(piece: &str) -> bool {
    let token = TOKENS.iter().any(|begins| piece.starts_with(begins)) && piece.len() >= 12;
    let digits = piece.bytes().filter(u8::is_ascii_digit).count();
    let letters = piece.bytes().filter(u8::is_ascii_alphabetic).count();
    let hex = piece
        .bytes()
        .all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    let mixed = digits >= 2 && letters >= 2;
    // An instant has letters and digits too.
    let instant = piece.len() <= 32 && piece.bytes().filter(|byte| *byte == b':').count() >= 2;
    let solid = !piece.contains('.') || piece.len() >= 32;
    token
        || (mixed && hex && piece.len() >= 12)
        || (mixed && !instant && solid && piece.len() >= 20)
}

/// What stands behind `password:` and the like.
fn named_secrets(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for word in BEFORE_SECRETS {
        for (_, to) in plain(text, word) {
            let rest = text.get(to..).unwrap_or_default();
            let start = rest.trim_start_matches([' ', '"', '\'']);
            let value = start
                .strip_prefix(['=', ':'])
                .or_else(|| start.strip_prefix("is "))
                .or_else(|| start.strip_prefix("was "));
            let Some(value) = value.map(|value| value.trim_start_matches([' ', '"', '\'', '“']))
            else {
                continue;
            };
            let from = text.len() - value.len();
            let ends = value.find(|c: char| c.is_whitespace() || "\"'”,;".contains(c));
            let to = from + ends.unwrap_or(value.len());
            found.push(trimmed(text, (from, to)));
        }
    }
    found
}

/// Nine digits and more, also in groups: accounts, cards, customers' numbers.
fn long_numbers(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for (from, to) in runs(text, |c| c.is_ascii_digit() || c == ' ' || c == '-') {
        let piece = text.get(from..to).unwrap_or_default();
        let groups: Vec<(usize, usize)> = runs(piece, |c| c.is_ascii_digit());
        let long = |group: &&(usize, usize)| group.1 - group.0 >= 9;
        found.extend(
            groups
                .iter()
                .filter(long)
                .map(|(start, end)| (from + start, from + end)),
        );
        // `4111 1111 1111 1111`: groups of four, one after the other.
        let fours = groups.iter().filter(|(start, end)| end - start == 4);
        if let (Some(first), Some(last), true) = (
            groups.first(),
            groups.last(),
            groups.len() >= 3 && fours.count() >= groups.len() - 1,
        ) {
            found.push((from + first.0, from + last.1));
        }
    }
    found
}

/// Telephone numbers as they are dialled from abroad.
fn telephones(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for (from, to) in runs(text, |c| c.is_ascii_digit() || "+ ()-/.".contains(c)) {
        let piece = text.get(from..to).unwrap_or_default();
        if let Some(plus) = piece.find('+') {
            let number = piece
                .get(plus..)
                .unwrap_or_default()
                .trim_end_matches(|c| !char::is_ascii_digit(&c));
            if number.bytes().filter(u8::is_ascii_digit).count() >= 7 {
                found.push((from + plus, from + plus + number.len()));
            }
        }
    }
    found
}
