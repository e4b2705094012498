//! The numbers that files are full of, in eight bytes.

use std::num::NonZero;

use rust_decimal::Decimal;

/// A number of up to 17 digits, as it was written: [`Decimal`] takes twice the room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Short(NonZero<i64>);

/// So many bits hold how many of the digits are decimals.
const SCALE_BITS: u32 = 5;

/// Digits that always fit beside these, with a sign.
const MOST: i64 = 10_i64.pow(17);

impl Short {
    /// A number of digits, the last `scale` of which are decimals; none where it does not fit.
    pub(crate) fn new(mantissa: i64, scale: u32) -> Option<Self> {
        let fits = -MOST < mantissa && mantissa < MOST && scale <= Decimal::MAX_SCALE;
        // No number that fits has the lowest bits alone: with the highest one turned, none is 0.
        let bits = mantissa << SCALE_BITS | i64::from(scale);
        NonZero::new(bits ^ i64::MIN).filter(|_| fits).map(Self)
    }

    /// The same as a decimal, if it fits.
    pub(crate) fn of(number: Decimal) -> Option<Self> {
        Self::new(i64::try_from(number.mantissa()).ok()?, number.scale())
    }

    /// Its digits.
    pub(crate) fn mantissa(self) -> i64 {
        (self.0.get() ^ i64::MIN) >> SCALE_BITS
    }

    /// How many of them are decimals.
    pub(crate) fn scale(self) -> u32 {
        (self.0.get() & ((1 << SCALE_BITS) - 1)) as u32
    }

    /// The same as a decimal, with its trailing zeros.
    pub(crate) fn decimal(self) -> Decimal {
        Decimal::new(self.mantissa(), self.scale())
    }

    /// Reads a number of digits and at most one point; of these it says the same as
    /// [`parse`](super::parse), and nothing of others.
    pub(crate) fn parse(text: &[u8]) -> Option<Self> {
        Self::at_start(text).filter(|&(_, length)| length == text.len()).map(|(number, _)| number)
    }

    /// The same of the number that a text begins with, and how long that is.
    pub(crate) fn at_start(text: &[u8]) -> Option<(Self, usize)> {
        /// A number of the largest that there are may have as many digits before its point.
        const LONGEST: usize = 15;
        let (mut mantissa, mut point, mut length) = (0_i64, None, 0);
        for &byte in text {
            match byte {
                b'0'..=b'9' => {
                    mantissa = mantissa.wrapping_mul(10).wrapping_add((byte - b'0').into());
                }
                b'.' if point.is_none() && length > 0 => point = Some(length + 1),
                _ => break,
            }
            length += 1;
        }
        let scale = point.map_or(0, |point| length - point);
        let is_whole = (1..=LONGEST).contains(&length) && (point.is_none() || scale > 0);
        let number = Self::new(mantissa, scale as u32).filter(|_| is_whole)?;
        Some((number, length))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number::parse;
    use proptest::prelude::*;

    #[test]
    fn the_smallest_and_the_largest_fit() {
        for mantissa in [0, 1, -1, MOST - 1, 1 - MOST] {
            for scale in [0, 1, 28] {
                let short = Short::new(mantissa, scale).unwrap();
                assert_eq!((short.mantissa(), short.scale()), (mantissa, scale));
            }
        }
        assert_eq!(Short::new(MOST, 0), None);
        assert_eq!(Short::new(i64::MIN, 0), None);
        assert_eq!(Short::new(1, 29), None);
        assert_eq!(size_of::<Option<Short>>(), 8);
    }

    proptest! {
        #[test]
        fn a_number_is_kept_with_its_zeros(mantissa in -MOST + 1..MOST, scale in 0_u32..=28) {
            let number = Decimal::new(mantissa, scale);
            let kept = Short::of(number).unwrap().decimal();
            prop_assert_eq!((kept, kept.scale()), (number, number.scale()));
        }

        #[test]
        fn the_short_way_says_the_same(text in "[0-9.,+ -]{0,18}|[0-9]{1,8}\\.[0-9]{1,8}") {
            if let Some(number) = Short::parse(text.as_bytes()) {
                let (number, long) = (number.decimal(), parse(&text).unwrap());
                prop_assert_eq!((number, number.scale()), (long, long.scale()));
            }
        }
    }
}
