//! How well a typed line fits an entry of the palette, and the order that follows.
//!
//! Plain text in, numbers out; knows no entry and no browser.

use std::cmp::Reverse;

use crate::model::order;
use crate::ui::letters;

/// Something that can be found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Findable<'a> {
    /// What is shown, and searched by its words, their beginnings and their letters.
    pub text: &'a str,
    /// An id or other words that are not shown; searched from the beginning of each word only.
    pub also: &'a str,
}

/// An entry that fits.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fit {
    /// Its place in what was searched.
    pub index: usize,
    /// How well it fits; more is better.
    pub score: u32,
    /// Which characters of its text were typed, by their place, in order.
    pub marks: Vec<usize>,
}

/// The entries that fit what was typed, best first; of equals the one that came first. Everything,
/// as it came, where nothing was typed.
pub fn rank<'a>(typed: &str, entries: impl IntoIterator<Item = Findable<'a>>) -> Vec<Fit> {
    let words: Vec<Vec<char>> = typed.split_whitespace().map(folded).collect();
    let fit = |(index, entry)| {
        fit(&words, entry).map(|(score, marks)| Fit {
            index,
            score,
            marks,
        })
    };
    let mut fits: Vec<Fit> = entries.into_iter().enumerate().filter_map(fit).collect();
    order::sort_by_key(&mut fits, |fit| (Reverse(fit.score), fit.index));
    fits
}

/// Every word that was typed must fit; the entry fits as well as they do on average.
fn fit(words: &[Vec<char>], entry: Findable<'_>) -> Option<(u32, Vec<usize>)> {
    let text = folded(entry.text);
    let mut score = 0;
    let mut marks = Vec::new();
    for (place, word) in words.iter().enumerate() {
        let shown =
            fit_word(word, &text).map(|(score, marks)| (score + in_order(place, &marks), marks));
        let hidden = fit_hidden(word, entry.also).map(|score| (score, Vec::new()));
        let (word_score, word_marks) = shown
            .into_iter()
            .chain(hidden)
            .max_by_key(|(score, _)| *score)?;
        score += word_score;
        marks.extend(word_marks);
    }
    order::sort(&mut marks);
    marks.dedup();
    let count = u32::try_from(words.len())
        .ok()
        .filter(|count| *count > 0)
        .unwrap_or(1);
    Some((score / count, marks))
}

/// A first word that is also the entry's first is what was most likely meant.
fn in_order(place: usize, marks: &[usize]) -> u32 {
    if place == 0 && marks.first() == Some(&0) {
        5
    } else {
        0
    }
}

fn fit_word(word: &[char], text: &[char]) -> Option<(u32, Vec<usize>)> {
    let whole = starts(word, text)
        .map(|start| {
            let end = start + word.len();
            let ends_word = text.get(end).is_none_or(|next| !next.is_alphanumeric());
            let score = match (begins_word(text, start), ends_word) {
                (true, true) => 90,
                (true, false) => 75,
                (false, _) => 40,
            };
            (score, (start..end).collect())
        })
        .max_by_key(|(score, marks): &(u32, Vec<usize>)| (*score, Reverse(marks.first().copied())));
    whole.or_else(|| scattered(word, text))
}

fn fit_hidden(word: &[char], also: &str) -> Option<u32> {
    let fits = also
        .split_whitespace()
        .any(|other| folded(other).starts_with(word));
    fits.then_some(70)
}

/// Where a word stands in a text.
fn starts<'a>(word: &'a [char], text: &'a [char]) -> impl Iterator<Item = usize> + 'a {
    text.windows(word.len().max(1))
        .enumerate()
        .filter(move |(_, window)| *window == word)
        .map(|(start, _)| start)
}

/// The letters of a word one after the other, each at the beginning of a word or right after the
/// one before: "wju" finds "Write what just happened: up". Anything looser finds everything.
fn scattered(word: &[char], text: &[char]) -> Option<(u32, Vec<usize>)> {
    if word.len() < 2 {
        return None;
    }
    let marks = place_letters(word, text, 0, None)?;
    Some((25, marks))
}

fn place_letters(
    word: &[char],
    text: &[char],
    from: usize,
    before: Option<usize>,
) -> Option<Vec<usize>> {
    let Some((letter, rest)) = word.split_first() else {
        return Some(Vec::new());
    };
    let fits = |place: &usize| text.get(*place) == Some(letter);
    let next = before.map(|before| before + 1).filter(fits);
    let words = (from..text.len())
        .filter(|place| begins_word(text, *place))
        .filter(fits);
    // Beginnings of words are few, so trying each of them stays cheap.
    next.into_iter().chain(words).find_map(|place| {
        let mut marks = vec![place];
        marks.extend(place_letters(rest, text, place + 1, Some(place))?);
        Some(marks)
    })
}

fn begins_word(text: &[char], place: usize) -> bool {
    let letter = text.get(place).is_some_and(|c| c.is_alphanumeric());
    let before = place.checked_sub(1).and_then(|before| text.get(before));
    letter && before.is_none_or(|before| !before.is_alphanumeric())
}

/// Small letters, one for each character, so that places stay the same.
fn folded(text: &str) -> Vec<char> {
    text.chars().map(letters::small_letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(typed: &str, entries: &[&str], expected: &[&str]) {
        let found = rank(
            typed,
            entries.iter().map(|text| Findable { text, also: "" }),
        );
        let found: Vec<&str> = found.iter().map(|fit| entries[fit.index]).collect();
        assert_eq!(found, expected, "{typed:?}");
    }

    #[test]
    fn the_likeliest_comes_first() {
        let commands = [
            "Declare an incident",
            "Go to the board",
            "Write an update",
            "Write what just happened",
            "Settings",
            "Go to the next stage",
        ];
        check("", &commands, &commands);
        check("   ", &commands, &commands);
        check("dec", &commands, &["Declare an incident"]);
        check(
            "write",
            &commands,
            &["Write an update", "Write what just happened"],
        );
        check("UPDATE", &commands, &["Write an update"]);
        check("up wr", &commands, &["Write an update"]);
        check("go st", &commands, &["Go to the next stage"]);
        check("wjh", &commands, &["Write what just happened"]);
        check("gttb", &commands, &["Go to the board"]);
        check("setings", &commands, &[]);
        check("zzz", &commands, &[]);
    }

    #[test]
    fn whole_words_go_before_beginnings_and_those_before_the_middle() {
        let entries = [
            "Unable to pay",
            "Payments fail",
            "Pay desk is down",
            "We repay",
        ];
        check(
            "pay",
            &entries,
            &[
                "Pay desk is down",
                "Unable to pay",
                "Payments fail",
                "We repay",
            ],
        );
        check("s", &["Disk", "Search"], &["Search", "Disk"]);
    }

    #[test]
    fn what_is_not_shown_is_found_from_its_beginning() {
        let entries = [
            Findable {
                text: "Payments fail",
                also: "3f9a2c81d0xyz",
            },
            Findable {
                text: "3f things",
                also: "",
            },
        ];
        let found = rank("3F9A", entries);
        assert_eq!(
            found
                .iter()
                .map(|fit| (fit.index, fit.marks.len()))
                .collect::<Vec<_>>(),
            [(0, 0)]
        );
        assert_eq!(rank("9a2", entries), vec![]);
    }

    #[test]
    fn what_was_typed_is_marked() {
        for (typed, text, marks) in [
            ("wr up", "Write an update", vec![0, 1, 9, 10]),
            ("größe", "Die GRÖßE", vec![4, 5, 6, 7, 8]),
            ("stu", "Send the update", vec![0, 5, 9]),
            ("дос", "Нет доступа", vec![4, 5, 6]),
            ("ı", "ısı", vec![0]),
        ] {
            let found = rank(typed, [Findable { text, also: "" }]);
            assert_eq!(
                found.first().map(|fit| fit.marks.clone()),
                Some(marks),
                "{typed} in {text}"
            );
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn anything_can_be_typed(typed in "\\PC{0,12}", text in "\\PC{0,60}", also in "\\PC{0,20}") {
            for fit in rank(&typed, [Findable { text: &text, also: &also }]) {
                let count = text.chars().count();
                prop_assert!(fit.marks.iter().all(|mark| *mark < count));
            }
        }

        #[test]
        fn a_text_finds_itself(text in "[a-zA-Z]{1,12}( [a-zA-Z]{1,12}){0,4}") {
            let found = rank(&text, [Findable { text: &text, also: "" }]);
            prop_assert_eq!(found.len(), 1);
        }

        #[test]
        fn hostile_repetition_stays_quick(typed in "a{2,40}", count in 1_usize..60) {
            let text = "a ".repeat(count);
            let _ = rank(&typed, [Findable { text: &text, also: "" }]);
            let _ = rank(&format!("{typed}b"), [Findable { text: &text, also: "" }]);
        }
    }
}
