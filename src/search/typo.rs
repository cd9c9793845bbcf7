//! How many slips of the finger lie between two words.
//!
//! A slip is a letter too many, too few, wrong, or two letters the wrong way round: the restricted
//! Damerau-Levenshtein distance (Damerau 1964; "optimal string alignment"). Knows no index.

/// The longest word, in letters, that slips are looked for in.
pub const LONGEST: usize = 48;

/// How many slips are forgiven in a word of this many letters: house default, and the same as the
/// search engines' that people know.
pub fn forgiven(letters: usize) -> usize {
    match letters {
        0..=3 => 0,
        4..=7 => 1,
        8..=LONGEST => 2,
        _ => 0,
    }
}

/// Which letters a word has, some sharing a bit. A slip changes at most one bit each way.
pub fn letters(word: &str) -> u32 {
    word.chars().fold(0, |bits, c| bits | 1 << (c as u32 & 31))
}

/// The slips between two words; none where there are more than `most`. With `begins`, those between
/// the first and the beginning of the second that fits best.
pub fn slips(typed: &[char], word: &[char], most: usize, begins: bool) -> Option<usize> {
    // As many as the rows have room for.
    let most = most.min(2);
    let longest = typed.len() + most;
    let word = if begins {
        word.get(..longest).unwrap_or(word)
    } else {
        word
    };
    if typed.len() > LONGEST || word.len() > longest || word.len() + most < typed.len() {
        return None;
    }
    // Row after row: what it takes from so many letters typed to so many letters of the word.
    let mut rows = [[0_u8; LONGEST + 4]; 3];
    for (place, cell) in (0..=longest).zip(&mut rows[0]) {
        *cell = u8::try_from(place).unwrap_or(u8::MAX);
    }
    let mut least_before = 0;
    for place in 0..typed.len() {
        let least = next_row(&mut rows, typed, word, place);
        // Two letters the wrong way round reach over one row.
        if least > most && least_before > most {
            return None;
        }
        least_before = least;
    }
    let last = rows[0].get(..=word.len())?;
    let found = if begins {
        last.iter().min()
    } else {
        last.last()
    };
    found
        .map(|slips| usize::from(*slips))
        .filter(|slips| *slips <= most)
}

/// Puts the row of the next letter typed in front. Returns the least of it.
fn next_row(
    rows: &mut [[u8; LONGEST + 4]; 3],
    typed: &[char],
    word: &[char],
    place: usize,
) -> usize {
    rows.rotate_right(1);
    let [row, above, before] = rows;
    row[0] = above[0] + 1;
    let mut least = row[0];
    let letter = typed.get(place);
    let letter_before = place.checked_sub(1).and_then(|before| typed.get(before));
    for (at, other) in word.iter().enumerate() {
        let wrong = u8::from(letter != Some(other));
        let mut cost = (above[at] + wrong).min(above[at + 1] + 1).min(row[at] + 1);
        if at > 0 && letter == word.get(at - 1) && letter_before == Some(other) {
            cost = cost.min(before[at - 1] + 1);
        }
        row[at + 1] = cost;
        least = least.min(cost);
    }
    usize::from(least)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn chars(word: &str) -> Vec<char> {
        word.chars().collect()
    }

    fn check(typed: &str, word: &str, expected: Option<usize>) {
        assert_eq!(
            slips(&chars(typed), &chars(word), 2, false),
            expected,
            "{typed} {word}"
        );
    }

    #[test]
    fn slips_are_counted() {
        check("payment", "payment", Some(0));
        check("paymnt", "payment", Some(1));
        check("paymennt", "payment", Some(1));
        check("pyament", "payment", Some(1));
        check("bayment", "payment", Some(1));
        check("ayment", "payment", Some(1));
        check("bayemnt", "payment", Some(2));
        check("checkout", "payment", None);
        check("größe", "grösse", Some(2));
        check("", "ab", Some(2));
        check("ab", "", Some(2));
        check("", "", Some(0));
    }

    #[test]
    fn a_beginning_is_found_with_slips() {
        let begins = |typed: &str, word: &str| slips(&chars(typed), &chars(word), 1, true);
        assert_eq!(begins("chekc", "checkout"), Some(1));
        assert_eq!(begins("check", "checkout"), Some(0));
        assert_eq!(begins("hceck", "checkout"), Some(1));
        assert_eq!(begins("chaek", "checkout"), None);
    }

    /// The textbook's recursion.
    fn plain(a: &[char], b: &[char]) -> usize {
        let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
        for i in 0..=a.len() {
            for j in 0..=b.len() {
                rows[i][j] = if i == 0 || j == 0 {
                    i + j
                } else {
                    let mut best = (rows[i - 1][j] + 1).min(rows[i][j - 1] + 1);
                    best = best.min(rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]));
                    if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                        best = best.min(rows[i - 2][j - 2] + 1);
                    }
                    best
                };
            }
        }
        rows[a.len()][b.len()]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3000))]
        #[test]
        fn slips_are_those_of_the_textbook(a in "[abc]{0,9}", b in "[abc]{0,9}", most in 0_usize..3) {
            let (a, b) = (chars(&a), chars(&b));
            let expected = Some(plain(&a, &b)).filter(|slips| *slips <= most);
            prop_assert_eq!(slips(&a, &b, most, false), expected);
            let begins = (0..=b.len()).map(|to| plain(&a, &b[..to])).min().filter(|slips| *slips <= most);
            prop_assert_eq!(slips(&a, &b, most, true), begins);
        }

        #[test]
        fn a_slip_changes_one_bit_each_way(a in "[a-zà-ž0-9]{0,12}", b in "[a-zà-ž0-9]{0,12}") {
            let between = plain(&chars(&a), &chars(&b));
            let (a, b) = (letters(&a), letters(&b));
            prop_assert!((a & !b).count_ones() as usize <= between);
            prop_assert!((b & !a).count_ones() as usize <= between);
        }

        #[test]
        fn any_words_can_be_compared(a in "\\PC{0,60}", b in "\\PC{0,60}", most in 0_usize..3, begins: bool) {
            let _ = slips(&chars(&a), &chars(&b), most, begins);
        }
    }
}
