//! Small and capital letters, as the browser has them: the standard library's own tables of all
//! the world's letters would be a fortieth of the download.
//!
//! Builds everywhere, so that what is searched is tested natively.

#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(target_arch = "wasm32")]
use browser::{all_capital, all_small};

/// The text in small letters.
pub fn small(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    all_small(text)
}

/// The character as a small letter, where that is one.
pub fn small_letter(letter: char) -> char {
    if letter.is_ascii() {
        return letter.to_ascii_lowercase();
    }
    let small = all_small(letter.encode_utf8(&mut [0; 4]));
    small.chars().next().unwrap_or(letter)
}

/// The character as a capital: more than one, where that is written so.
pub fn capital(letter: char) -> String {
    if letter.is_ascii() {
        return letter.to_ascii_uppercase().to_string();
    }
    all_capital(letter.encode_utf8(&mut [0; 4]))
}

#[cfg(not(target_arch = "wasm32"))]
fn all_small(text: &str) -> String {
    text.to_lowercase()
}

#[cfg(not(target_arch = "wasm32"))]
fn all_capital(text: &str) -> String {
    text.to_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_any_script_become_small_and_capital() {
        assert_eq!(small("Zahlung FÄLLT aus"), "zahlung fällt aus");
        assert_eq!(small("SRE Lead"), "sre lead");
        assert_eq!(small_letter('Ж'), 'ж');
        assert_eq!(small_letter('K'), 'k');
        assert_eq!(capital('d'), "D");
        assert_eq!(capital('ß'), "SS");
    }
}
