//! Exact fractions, and the decimals that go in and come out.

use num_bigint::{BigInt, Sign};
use num_rational::BigRational;
use rust_decimal::Decimal;

/// The digits that a decimal keeps.
const DIGITS: usize = 28;
/// A result has fewer digits than this before the point: it is smaller than 10^15.
const WHOLE_DIGITS: usize = 15;
/// How long numerator and denominator may become, in bits: some 600 digits. More than is ever
/// meant, and so short that the longest formula takes no time.
const LONGEST: u64 = 2048;

fn ten_to(digits: u32) -> BigInt {
    BigInt::from(10).pow(digits)
}

/// The number as a fraction.
pub(super) fn exact(number: Decimal) -> BigRational {
    BigRational::new(number.mantissa().into(), ten_to(number.scale()))
}

/// 0.
pub(super) fn zero() -> BigRational {
    BigRational::from_integer(BigInt::ZERO)
}

/// 1/100.
pub(super) fn hundredth() -> BigRational {
    BigRational::new(BigInt::from(1), ten_to(2))
}

pub(super) fn sign(number: &BigRational) -> Sign {
    number.numer().sign()
}

/// Whether one may go on to calculate with a number.
pub(super) fn is_short(number: &BigRational) -> bool {
    length(number) <= LONGEST
}

/// The bits of the longer of numerator and denominator.
pub(super) fn length(number: &BigRational) -> u64 {
    number.numer().bits().max(number.denom().bits())
}

/// The number as a decimal: exact, or rounded to 28 digits, half to even; none from 10^15 on.
pub(super) fn decimal(number: &BigRational) -> Option<Decimal> {
    let whole = number.trunc().to_integer();
    if whole.bits() > 50 {
        return None; // 2^50 is more than 10^15
    }
    let digits = if whole == BigInt::ZERO { 0 } else { whole.magnitude().to_string().len() };
    let scale = u32::try_from(DIGITS.saturating_sub(digits)).ok()?;
    let scaled = round(number, scale, true) * ten_to(scale);
    let mantissa = i128::try_from(scaled.to_integer()).ok()?;
    let decimal = Decimal::try_from_i128_with_scale(mantissa, scale).ok()?.normalize();
    let small = decimal.trunc().abs().to_string().len() <= WHOLE_DIGITS;
    small.then_some(decimal)
}

/// The number rounded to so many digits behind the point; a half goes to even, or away from 0.
pub(super) fn round(number: &BigRational, digits: u32, ties_even: bool) -> BigRational {
    let shift = BigRational::from_integer(ten_to(digits));
    let scaled = number * &shift;
    let two = BigInt::from(2);
    let is_tie = *scaled.denom() == two;
    // Half of a tie is a quarter off a whole number, and twice the nearest one is even.
    let rounded = if is_tie && ties_even { (scaled / &two).round() * two } else { scaled.round() };
    rounded / shift
}

/// The number rounded down to so many digits behind the point.
pub(super) fn floor(number: &BigRational, digits: u32) -> BigRational {
    let shift = BigRational::from_integer(ten_to(digits));
    (number * &shift).floor() / shift
}

/// The number rounded up to so many digits behind the point.
pub(super) fn ceil(number: &BigRational, digits: u32) -> BigRational {
    let shift = BigRational::from_integer(ten_to(digits));
    (number * &shift).ceil() / shift
}
