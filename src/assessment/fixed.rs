//! Points as whole numbers of a very small unit: to add them up takes a step each, and a value on a
//! line needs no division.

use std::ops::Add;

use rust_decimal::Decimal;

use super::tally::SOUND;

/// Points in units of 10⁻³³.
///
/// That is so small that what a slope is rounded to is not seen in the eighteenth decimal even of the
/// largest value that is counted so, and so large that [`MOST`](Self::MOST) of them fit.
///
/// Aligned as two words: else the tag of an enum that holds one would be sixteen bytes wide too, and slow
/// to look at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
#[repr(Rust, packed(8))]
pub(super) struct Fixed(i128);

const SCALE: u32 = 33;

/// Decimals of the values that are counted so, and of the points that items have.
pub(super) const DIGITS: u32 = 6;

/// Values that are counted so are smaller than this, in units of their last decimal.
const LARGEST: i64 = 10_i64.pow(14);

/// A value, or the bound or the corner that it is held against, in millionths; none of one that is
/// too long or too large.
pub(super) fn millionths(mantissa: i64, scale: u32) -> Option<i64> {
    const POWERS: [i64; DIGITS as usize + 1] = [1_000_000, 100_000, 10_000, 1_000, 100, 10, 1];
    let by = POWERS.get(scale as usize)?;
    let number = mantissa.checked_mul(*by)?;
    (-LARGEST < number && number < LARGEST).then_some(number)
}

impl Fixed {
    /// As many points as are added up so.
    const MOST: i128 = 100_000 * 10_i128.pow(SCALE);

    /// Some points; none where they are too many.
    pub(super) fn of(points: Decimal) -> Option<Self> {
        Self::scaled(points.mantissa(), SCALE.checked_sub(points.scale())?)
    }

    /// Some points that are counted in millionths.
    pub(super) fn of_fine(points: Decimal) -> Option<Self> {
        match (SCALE - DIGITS).checked_sub(points.scale()) {
            Some(by) => Self::scaled(points.mantissa(), by),
            None => Self::of_fine(points.round_dp(SCALE - DIGITS)),
        }
    }

    fn scaled(mantissa: i128, by: u32) -> Option<Self> {
        let points = mantissa.checked_mul(10_i128.checked_pow(by)?)?;
        (points.abs() <= Self::MOST).then_some(Self(points))
    }

    /// A rise of some millionths of points over a run of some millionths of a value, for each of
    /// these.
    pub(super) fn slope(rise: i64, run: i64) -> Option<Self> {
        let rise = i128::from(rise).checked_mul(10_i128.pow(SCALE - DIGITS))?;
        let run = i128::from(run);
        let half = run.abs() / 2 * rise.signum() * run.signum();
        rise.checked_add(half)?.checked_div(run).map(Self)
    }

    /// So many times as much; none where that is too much.
    pub(super) fn times(self, count: i64) -> Option<Self> {
        self.0.checked_mul(i128::from(count)).filter(|all| all.abs() <= Self::MOST).map(Self)
    }

    /// The same, counted in millionths.
    pub(super) fn fine(self) -> Decimal {
        // So many bits, and a little more than three of them a digit, that it fits for certain.
        const FIT: u32 = 96;
        let bits = i128::BITS - self.0.unsigned_abs().leading_zeros();
        let too_long = (bits.saturating_sub(FIT) * 4).div_ceil(13);
        self.cut(too_long, SCALE - DIGITS)
    }

    /// The same in points, with as many decimals as are sound after endless divisions.
    pub(super) fn points(self) -> Decimal {
        self.cut(SCALE - SOUND, SCALE)
    }

    /// The same as a decimal without some digits at its end.
    fn cut(self, digits: u32, scale: u32) -> Decimal {
        let by = 10_i128.pow(digits);
        let rounded = (self.0 + self.0.signum() * (by / 2)) / by;
        Decimal::from_i128_with_scale(rounded, scale - digits).normalize()
    }
}

impl Add for Fixed {
    type Output = Self;

    /// Sums of plans stay far below what fits, see [`MOST`](Self::MOST).
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}
