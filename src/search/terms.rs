//! Every word that is indexed, once, under a number.
//!
//! A few flat lists that are walked from end to end: forty thousand words take less than a
//! millisecond, and nothing has to be kept in order while words come and go. A word that nothing has
//! any more is overwritten, so that what was erased is gone. Knows no incident.

use super::typo;

/// Whom a slot of the table leads to: nobody yet, or nobody any more.
const EMPTY: u32 = u32::MAX;
const LEFT: u32 = u32::MAX - 1;

/// The words, by number.
#[derive(Clone, Default, Debug)]
pub(super) struct Terms {
    /// All words, one after the other; zeros where one was.
    text: String,
    /// Where each one begins and ends in the text.
    spans: Vec<(u32, u32)>,
    /// Which letters each one has.
    letters: Vec<u32>,
    /// How many letters each one has; 0 where slips are not looked for.
    lengths: Vec<u8>,
    /// How often each one is held.
    times: Vec<u32>,
    /// Numbers that nobody has.
    free: Vec<u32>,
    /// The table from words to numbers: open addressing, and a power of two.
    slots: Vec<u32>,
    /// How many slots are not empty.
    taken: usize,
    /// How many bytes of the text are words.
    live: usize,
}

impl Terms {
    /// One more than the highest number.
    pub(super) fn len(&self) -> usize {
        self.spans.len()
    }

    /// How many words are held.
    pub(super) fn held(&self) -> usize {
        self.spans.len() - self.free.len()
    }

    /// The word of a number.
    pub(super) fn word(&self, number: u32) -> &str {
        let span = self.spans.get(number as usize);
        span.and_then(|(from, to)| self.text.get(*from as usize..*to as usize))
            .unwrap_or_default()
    }

    /// The number of a word, if it is held.
    pub(super) fn number(&self, word: &str) -> Option<u32> {
        let slot = self.slot(word)?;
        self.slots.get(slot).copied()
    }

    /// Holds a word once more.
    pub(super) fn hold(&mut self, word: &str) -> u32 {
        if let Some(number) = self.number(word) {
            if let Some(times) = self.times.get_mut(number as usize) {
                *times += 1;
            }
            return number;
        }
        if self.taken * 4 >= self.slots.len() * 3 {
            self.grow();
        }
        let number = self.write(word);
        self.enter(number);
        number
    }

    /// Holds it once less; with the last time the word is gone.
    pub(super) fn release(&mut self, number: u32) {
        let Some(times) = self
            .times
            .get_mut(number as usize)
            .filter(|times| **times > 0)
        else {
            return;
        };
        *times -= 1;
        if *times == 0 {
            self.forget(number);
        }
    }

    fn forget(&mut self, number: u32) {
        if let Some(slot) = self.slot(self.word(number)) {
            self.slots[slot] = LEFT;
        }
        let place = number as usize;
        let (from, to) = std::mem::take(&mut self.spans[place]);
        let range = from as usize..to as usize;
        self.live -= range.len();
        let zeros = "\0".repeat(range.len());
        self.text.replace_range(range, &zeros);
        (self.letters[place], self.lengths[place]) = (0, 0);
        self.free.push(number);
        if self.text.len() > 2 * self.live + 4096 {
            self.close_up();
        }
    }

    /// Writes the words anew without what lies between them.
    fn close_up(&mut self) {
        let mut text = String::with_capacity(self.live);
        for (from, to) in &mut self.spans {
            let word = self.text.get(*from as usize..*to as usize);
            let begins = text.len();
            text.push_str(word.unwrap_or_default());
            (*from, *to) = (begins as u32, text.len() as u32);
        }
        self.text = text;
    }

    fn write(&mut self, word: &str) -> u32 {
        let from = self.text.len();
        self.text.push_str(word);
        self.live += word.len();
        let span = (from as u32, self.text.len() as u32);
        let (letters, length) = (typo::letters(word), length(word));
        if let Some(number) = self.free.pop() {
            let place = number as usize;
            self.spans[place] = span;
            (self.letters[place], self.lengths[place]) = (letters, length);
            self.times[place] = 1;
            return number;
        }
        self.spans.push(span);
        self.letters.push(letters);
        self.lengths.push(length);
        self.times.push(1);
        (self.spans.len() - 1) as u32
    }

    /// The slot of a word that is held.
    fn slot(&self, word: &str) -> Option<usize> {
        let mut slot = self.first_slot(word)?;
        loop {
            match self.slots[slot] {
                EMPTY => return None,
                LEFT => {}
                number if self.word(number) == word => return Some(slot),
                _ => {}
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
    }

    /// Where the table begins to look for a word; none in an empty table.
    fn first_slot(&self, word: &str) -> Option<usize> {
        let last = self.slots.len().checked_sub(1)?;
        // FNV-1a, 32 bits.
        let hash = word.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
            (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
        });
        Some((hash ^ (hash >> 15)) as usize & last)
    }

    /// Enters a word that is written and not in the table.
    fn enter(&mut self, number: u32) {
        let Some(mut slot) = self.first_slot(self.word(number)) else {
            return;
        };
        while self.slots[slot] < LEFT {
            slot = (slot + 1) & (self.slots.len() - 1);
        }
        if self.slots[slot] == EMPTY {
            self.taken += 1;
        }
        self.slots[slot] = number;
    }

    /// Makes room for twice the words that are held.
    fn grow(&mut self) {
        let room = (self.held() * 2 + 64).next_power_of_two();
        self.slots.clear();
        self.slots.resize(room, EMPTY);
        self.taken = 0;
        for number in 0..self.spans.len() {
            if self.times[number] > 0 {
                self.enter(number as u32);
            }
        }
    }

    /// The numbers of the words that begin like this.
    pub(super) fn beginning(&self, with: &str) -> Vec<u32> {
        let wanted = typo::letters(with);
        let has_letters = |place: &usize| self.letters[*place] & wanted == wanted;
        (0..self.len())
            .filter(has_letters)
            .map(|place| place as u32)
            .filter(|number| self.word(*number).starts_with(with))
            .collect()
    }

    /// The numbers of the words that were meant, if some letters are wrong, and how many are. With
    /// `begins` those that begin as was meant.
    pub(super) fn mistyped(&self, typed: &str, begins: bool) -> Vec<(u32, usize)> {
        let most = typo::forgiven(usize::from(length(typed)));
        if most == 0 {
            return Vec::new();
        }
        let letters = typo::letters(typed);
        let typed: Vec<char> = typed.chars().collect();
        let mut word = Vec::with_capacity(typo::LONGEST);
        let mut found = Vec::new();
        for (place, (has, length)) in self.letters.iter().zip(&self.lengths).enumerate() {
            let length = usize::from(*length);
            let too_many =
                (has & !letters).count_ones() as usize > most || length > typed.len() + most;
            if (letters & !has).count_ones() as usize > most
                || length + most < typed.len()
                || length == 0
                || (too_many && !begins)
            {
                continue;
            }
            word.clear();
            word.extend(self.word(place as u32).chars());
            let slips = typo::slips(&typed, &word, most, begins).filter(|slips| *slips > 0);
            found.extend(slips.map(|slips| (place as u32, slips)));
        }
        found
    }
}

/// How many letters a word has; 0 where slips are not forgiven: in numbers, names of machines and
/// codes one digit is another thing, and pairs of characters are too short.
fn length(word: &str) -> u8 {
    if word.bytes().any(|byte| byte.is_ascii_digit()) {
        return 0;
    }
    let letters = word.chars().count();
    u8::try_from(letters)
        .ok()
        .filter(|letters| usize::from(*letters) <= typo::LONGEST)
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn words(terms: &Terms, numbers: &[u32]) -> Vec<String> {
        let mut words: Vec<String> = numbers
            .iter()
            .map(|number| terms.word(*number).to_owned())
            .collect();
        words.sort();
        words
    }

    #[test]
    fn words_are_found_by_their_beginning_and_with_slips() {
        let mut terms = Terms::default();
        for word in [
            "payment", "payments", "pay", "repay", "503", "504", "checkout",
        ] {
            terms.hold(word);
        }
        let begin = |with: &str| words(&terms, &terms.beginning(with));
        assert_eq!(begin("pay"), ["pay", "payment", "payments"]);
        assert_eq!(begin("50"), ["503", "504"]);
        assert_eq!(begin("x"), [""; 0]);
        let meant = |typed: &str, begins| {
            let found = terms.mistyped(typed, begins);
            let numbers: Vec<u32> = found.iter().map(|(number, _)| *number).collect();
            words(&terms, &numbers)
        };
        assert_eq!(meant("paymnet", false), ["payment"]);
        assert_eq!(meant("payment", false), ["payments"]);
        assert_eq!(meant("503", false), [""; 0]);
        assert_eq!(meant("chekc", true), ["checkout"]);
    }

    #[test]
    fn a_word_that_nothing_has_is_gone() {
        let mut terms = Terms::default();
        let number = terms.hold("secret");
        terms.hold("secret");
        terms.release(number);
        assert_eq!(terms.number("secret"), Some(number));
        terms.release(number);
        terms.release(number);
        assert_eq!(terms.number("secret"), None);
        assert!(!format!("{terms:?}").contains("secret"));
        assert_eq!(terms.hold("other"), number);
    }

    proptest! {
        #[test]
        fn words_come_and_go_as_in_a_map(steps in prop::collection::vec(("[ab]{0,4}", any::<bool>()), 0..400)) {
            let mut terms = Terms::default();
            let mut plain: BTreeMap<String, u32> = BTreeMap::new();
            for (word, comes) in steps {
                if comes {
                    terms.hold(&word);
                    *plain.entry(word).or_default() += 1;
                } else if let Some(times) = plain.get_mut(&word) {
                    terms.release(terms.number(&word).unwrap());
                    *times -= 1;
                    if *times == 0 {
                        plain.remove(&word);
                    }
                }
                prop_assert_eq!(terms.len() - terms.free.len(), plain.len());
            }
            for (word, times) in &plain {
                let number = terms.number(word).unwrap();
                prop_assert_eq!(terms.word(number), word);
                prop_assert_eq!(terms.times[number as usize], *times);
            }
            prop_assert_eq!(terms.live, plain.keys().map(String::len).sum::<usize>());
            prop_assert!(terms.text.len() <= 2 * terms.live + 4096);
        }
    }
}
