//! What a word says, by how few have it.
//!
//! Numbers only.

/// How much a word says that so many of all have: Robertson and Spärck Jones' weight, with one
/// added so that it is never below nothing, in binary digits.
pub(super) fn rarity(all: usize, having: usize) -> f32 {
    let (all, having) = (all as f32, having as f32);
    bits(1.0 + (all - having + 0.5) / (having + 0.5))
}

/// The binary logarithm of a number from 1 up, by straight lines between the powers of two: never a
/// tenth off, and the library's own need not be downloaded.
fn bits(number: f32) -> f32 {
    (number.max(1.0).to_bits() - 1.0_f32.to_bits()) as f32 / (1 << 23) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_few_have_says_more() {
        for having in 0..400 {
            assert!(rarity(400, having) > rarity(400, having + 1));
        }
        assert!(rarity(400, 400) < 0.01);
        assert!(rarity(0, 0) >= 0.0 && rarity(0, 9) >= 0.0);
    }

    #[test]
    fn the_logarithm_is_never_a_tenth_off() {
        for step in 0..10_000 {
            let number = 1.0 + step as f32 * 0.37;
            assert!((bits(number) - number.log2()).abs() < 0.1, "{number}");
        }
    }
}
