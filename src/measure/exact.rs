//! Exact fractions, so that no figure depends on how a machine rounds.
//!
//! Knows nothing of what is counted. Only printing rounds.

use std::cmp::Ordering;

use crate::model::Span;

/// A fraction in lowest terms.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Ratio {
    over: i128,
    under: i128,
}

impl Ratio {
    /// Nothing.
    pub const ZERO: Self = Self { over: 0, under: 1 };
    /// The whole.
    pub const ONE: Self = Self { over: 1, under: 1 };

    /// `over / under`; none where that is no number.
    pub fn of(over: i128, under: i128) -> Option<Self> {
        let common = common_divisor(over, under);
        if under == 0 || common == 0 {
            return None;
        }
        let common = if under < 0 { -common } else { common };
        Some(Self {
            over: over / common,
            under: under / common,
        })
    }

    /// A whole number.
    pub const fn whole(number: i64) -> Self {
        Self {
            over: number as i128,
            under: 1,
        }
    }

    /// A length of time in milliseconds.
    pub const fn span(span: Span) -> Self {
        Self::whole(span.0)
    }

    /// So many parts in a million.
    pub fn millionths(parts: u32) -> Self {
        Self::of(i128::from(parts), 1_000_000).unwrap_or(Self::ZERO)
    }

    /// This times another; the nearest that can be held where it is too large.
    pub fn times(self, other: Self) -> Self {
        let over = self.over.saturating_mul(other.over);
        Self::of(over, self.under.saturating_mul(other.under)).unwrap_or(Self::ZERO)
    }

    /// This divided by another; none where that is nothing.
    pub fn per(self, other: Self) -> Option<Self> {
        let over = self.over.saturating_mul(other.under);
        Self::of(over, self.under.saturating_mul(other.over))
    }

    /// This and another.
    pub fn plus(self, other: Self) -> Self {
        let left = self.over.saturating_mul(other.under);
        let right = other.over.saturating_mul(self.under);
        let under = self.under.saturating_mul(other.under);
        Self::of(left.saturating_add(right), under).unwrap_or(Self::ZERO)
    }

    /// This without another.
    pub fn minus(self, other: Self) -> Self {
        self.plus(Self {
            over: other.over.saturating_neg(),
            under: other.under,
        })
    }

    /// As a length of time, where this is one in milliseconds, to the nearest one.
    pub fn to_span(self) -> Span {
        Span(i64::try_from(self.rounded(0)).unwrap_or(i64::MAX))
    }

    /// In decimals, rounded to the nearest, halves away from zero: `106.7`.
    pub fn decimal(self, digits: u32) -> String {
        let number = self.rounded(digits);
        let sign = if number < 0 { "-" } else { "" };
        let mut text = number.unsigned_abs().to_string();
        let digits = digits as usize;
        while text.len() <= digits {
            text.insert(0, '0');
        }
        if digits > 0 {
            text.insert(text.len() - digits, '.');
        }
        text.insert_str(0, sign);
        text
    }

    /// In hundredths, without a sign for them: `99.780`.
    pub fn percent(self, digits: u32) -> String {
        self.times(Self::whole(100)).decimal(digits)
    }

    /// In minutes, where this is a length of time in milliseconds: `14368.33`.
    pub fn minutes(self, digits: u32) -> String {
        self.times(Self {
            over: 1,
            under: 60_000,
        })
        .decimal(digits)
    }

    /// How many of `units` this is where `most` is all of them, to the nearest: a place on a chart.
    pub fn part_of(self, most: Self, units: u32) -> u32 {
        let part = self.per(most).unwrap_or(Self::ZERO);
        u32::try_from(part.times(Self::whole(units.into())).rounded(0)).unwrap_or(0)
    }

    /// The nearest whole number of units of the last digit.
    fn rounded(self, digits: u32) -> i128 {
        let scaled = self.over.saturating_mul(10_i128.saturating_pow(digits));
        let (whole, rest) = (scaled / self.under, scaled % self.under);
        let away = rest.abs() >= self.under - rest.abs();
        whole + if away { scaled.signum() } else { 0 }
    }
}

/// Compared digit by digit of their continued fractions: products could be too large.
impl Ord for Ratio {
    fn cmp(&self, other: &Self) -> Ordering {
        let (mut a, mut b, mut c, mut d) = (self.over, self.under, other.over, other.under);
        loop {
            let whole = a.div_euclid(b).cmp(&c.div_euclid(d));
            let (left, right) = (a.rem_euclid(b), c.rem_euclid(d));
            if whole != Ordering::Equal || left == 0 || right == 0 {
                return whole.then(left.cmp(&right));
            }
            // What is left is smaller where its inverse is larger.
            (a, b, c, d) = (d, right, b, left);
        }
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

fn common_divisor(a: i128, b: i128) -> i128 {
    let (mut a, mut b) = (a.saturating_abs(), b.saturating_abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::laws::config;
    use proptest::prelude::*;

    #[test]
    fn fractions_are_printed_to_the_nearest_digit() {
        for (over, under, digits, text) in [
            (1067, 10, 1, "106.7"),
            (2, 3, 2, "0.67"),
            (1, 2, 0, "1"),
            (-1, 2, 0, "-1"),
            (-1, 3, 0, "0"),
            (1, -4, 2, "-0.25"),
            (5, 1, 0, "5"),
            (999_999, 1_000_000, 2, "1.00"),
        ] {
            assert_eq!(Ratio::of(over, under).unwrap().decimal(digits), text);
        }
        assert_eq!(Ratio::of(1, 0), None);
        assert_eq!(Ratio::of(0, 0), None);
        assert_eq!(Ratio::of(0, -7), Some(Ratio::ZERO));
    }

    proptest! {
        #![proptest_config(config())]

        #[test]
        fn order_and_sums_are_those_of_the_numbers(
            a in -10_000_i64..10_000, b in 1_i64..10_000, c in -10_000_i64..10_000, d in 1_i64..10_000,
        ) {
            let left = Ratio::of(a.into(), b.into()).unwrap();
            let right = Ratio::of(c.into(), d.into()).unwrap();
            prop_assert_eq!(left.cmp(&right), (a * d).cmp(&(c * b)));
            prop_assert_eq!(left.plus(right).minus(right), left);
            if c != 0 {
                prop_assert_eq!(left.times(right).per(right), Some(left));
            }
        }
    }
}
