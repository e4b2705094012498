//! What a known unit is of, and how large it is.

use num_bigint::BigInt;
use num_rational::BigRational;
use rust_decimal::Decimal;

use super::Conversion;
use super::registry::{self, Dimension};
use crate::number::is_kept;

/// Units that are multiplied or divided in one: 吨/平方公里·月 has three. More are no unit, and
/// would take long.
const MOST_PARTS: usize = 4;

/// The digits that a result may have, behind the point and in all.
const MOST_DIGITS: u32 = 28;

/// What a unit is of (mass by volume, say) and its size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Scale {
    over: Vec<Dimension>,
    under: Vec<Dimension>,
    size: BigRational,
}

impl Scale {
    /// Of a unit by its key: one of the table, or some of them with `/` and `·`; `m-3` is `/m3`.
    pub(super) fn of(key: &str) -> Option<Self> {
        // No unit of the table is a rate.
        let simple = (!key.contains('/')).then(|| registry::find(key)).flatten();
        if let Some((dimension, size)) = simple {
            return Some(Self { over: vec![dimension], under: Vec::new(), size: whole(size) });
        }
        let mut scale = Self { over: Vec::new(), under: Vec::new(), size: whole(1) };
        let sides = key.split('/').enumerate();
        let parts = sides.flat_map(|(at, side)| side.split('·').map(move |part| (part, at > 0)));
        if parts.clone().count() > MOST_PARTS {
            return None;
        }
        for (part, is_under) in parts {
            scale.take(part, is_under)?;
        }
        scale.over.sort_unstable();
        scale.under.sort_unstable();
        Some(scale)
    }

    /// Multiplies by one more unit, or divides by it.
    fn take(&mut self, part: &str, is_under: bool) -> Option<()> {
        let (part, is_inverse) = match part.strip_suffix("-1") {
            Some(part) => (part.to_owned(), true),
            None => (part.replace('-', ""), part.contains('-')),
        };
        let (dimension, size) = registry::find(&part)?;
        let size = whole(size);
        if is_under || is_inverse {
            self.under.push(dimension);
            self.size /= size;
        } else {
            self.over.push(dimension);
            self.size *= size;
        }
        Some(())
    }

    /// Whether it is one unit of this dimension and no rate.
    pub(super) fn is_of(&self, dimension: Dimension) -> bool {
        self.over == [dimension] && self.under.is_empty()
    }

    /// Whether it is a hundredth of a whole.
    pub(super) fn is_per_cent(&self) -> bool {
        self.is_of(Dimension::Share) && self.size == whole(10)
    }

    /// Whether it is a mass by a volume.
    pub(super) fn is_concentration(&self) -> bool {
        self.over == [Dimension::Mass] && self.under == [Dimension::Volume]
    }

    /// Whether it counts things, or days, one by one.
    pub(super) fn is_count(&self) -> bool {
        let is_thing = matches!(self.over.as_slice(), [Dimension::Count(_)])
            && self.under.is_empty()
            && self.size == whole(1);
        is_thing || (self.is_of(Dimension::Time) && self.size == whole(86_400))
    }

    /// Brings a number from this unit to another.
    pub(super) fn convert(&self, number: Decimal, to: &Self) -> Conversion {
        if self.over != to.over || self.under != to.under {
            return Conversion::Impossible;
        }
        times(number, &(&self.size / &to.size)).map_or(Conversion::Inexact, Conversion::Exact)
    }
}

fn whole(number: impl Into<BigInt>) -> BigRational {
    BigRational::from_integer(number.into())
}

/// The product, where it ends and can be kept. Tens in the ratio move the point and leave the
/// digits as they are: 0.0310 mg are 31.0 μg.
fn times(number: Decimal, ratio: &BigRational) -> Option<Decimal> {
    let (factor, up) = without_tens(ratio.numer());
    let (divisor, down) = without_tens(ratio.denom());
    let product = BigInt::from(number.mantissa()) * factor;
    let (digits, more) = divide(&product, &divisor)?;
    let scale = i64::from(number.scale()) + i64::from(down) + i64::from(more) - i64::from(up);
    let missing = u32::try_from(-scale).unwrap_or(0);
    let digits = i128::try_from(digits * ten_to(missing)).ok()?;
    let is_short = digits.unsigned_abs() < 10_u128.pow(MOST_DIGITS);
    let scale = u32::try_from(scale.max(0)).ok().filter(|_| is_short)?;
    let exact = Decimal::try_from_i128_with_scale(digits, scale).ok()?;
    // The last zeros of a whole number say nothing of how exactly it was measured.
    let exact = if number.scale() == 0 { exact.normalize() } else { exact };
    is_kept(exact).then_some(exact)
}

/// The number without the zeros at its end, and how many those are.
fn without_tens(number: &BigInt) -> (BigInt, u32) {
    let ten = BigInt::from(10);
    let (mut rest, mut tens) = (number.clone(), 0);
    while rest != BigInt::ZERO && &rest % &ten == BigInt::ZERO {
        rest /= &ten;
        tens += 1;
    }
    (rest, tens)
}

/// The quotient's digits, and how many more of them are behind the point than before.
fn divide(number: &BigInt, by: &BigInt) -> Option<(BigInt, u32)> {
    (0..=MOST_DIGITS).find_map(|more| {
        let longer = number * ten_to(more);
        (&longer % by == BigInt::ZERO).then(|| (longer / by, more))
    })
}

fn ten_to(digits: u32) -> BigInt {
    BigInt::from(10).pow(digits)
}
