//! Text to [`Decimal`] and back, exactly: no binary float on the way.

mod short;

use std::fmt;

use rust_decimal::{Decimal, RoundingStrategy};

pub(crate) use self::short::Short;

/// Numbers that are read are smaller than this, so that a sum or a difference of two, and the
/// product of one with points or per cent, stays within [`Decimal`]. The product of any two does
/// not: who multiplies values checks.
const LIMIT: Decimal = Decimal::from_parts(2_764_472_320, 232_830, 0, false, 0); // 10^15

/// Whether a number that was worked out is small enough to go on with.
pub fn is_kept(number: Decimal) -> bool {
    number.abs() < LIMIT
}

/// Why a text is no number that can be counted with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberError {
    /// It is not written as a decimal number: `31,4`, `abc`, `1e3`.
    NotANumber,
    /// More digits than are kept exactly, which is 28.
    TooLong,
    /// 1 000 000 000 000 000 or more.
    TooLarge,
}

impl std::error::Error for NumberError {}

impl fmt::Display for NumberError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotANumber => "not a number",
            Self::TooLong => "more than 28 digits cannot be kept exactly",
            Self::TooLarge => "numbers must be smaller than 1 000 000 000 000 000",
        })
    }
}

/// Reads a plain decimal number: an optional sign, digits, at most one point with digits on both
/// sides. Trailing zeros are kept, for `81.70` says more than `81.7`.
///
/// # Errors
///
/// See [`NumberError`]; nothing is rounded to make it fit.
pub fn parse(text: &str) -> Result<Decimal, NumberError> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if !all_digits(whole) || !all_digits(part) {
        return Err(NumberError::NotANumber);
    }
    let number = Decimal::from_str_exact(text).map_err(|_| NumberError::TooLong)?;
    if number.abs() >= LIMIT {
        return Err(NumberError::TooLarge);
    }
    Ok(if number.is_zero() { number.abs() } else { number })
}

/// Reads a number as TOML writes it: also `1_000` and `1.5e-3`.
///
/// # Errors
///
/// See [`NumberError`].
pub fn parse_toml(text: &str) -> Result<Decimal, NumberError> {
    let plain = text.replace('_', "");
    let Some((mantissa, exponent)) = plain.split_once(['e', 'E']) else {
        return parse(&plain);
    };
    let mantissa = parse(mantissa)?;
    let exponent: i32 = exponent.parse().map_err(|_| NumberError::TooLong)?;
    let scale = i64::from(mantissa.scale()) - i64::from(exponent);
    let (mantissa, scale) = match u32::try_from(scale) {
        Ok(scale) => (Some(mantissa.mantissa()), scale),
        Err(_) => {
            let shift = u32::try_from(-scale).ok().and_then(|by| 10_i128.checked_pow(by));
            (shift.and_then(|by| mantissa.mantissa().checked_mul(by)), 0)
        }
    };
    let number = mantissa
        .and_then(|mantissa| Decimal::try_from_i128_with_scale(mantissa, scale).ok())
        .ok_or(NumberError::TooLong)?;
    if number.abs() >= LIMIT { Err(NumberError::TooLarge) } else { Ok(number) }
}

/// Reads a share written in per cent, `5%`, as the number before the sign.
///
/// # Errors
///
/// See [`NumberError`]; a text without `%` is no number here.
pub fn parse_per_cent(text: &str) -> Result<Decimal, NumberError> {
    let number = text.trim_end().strip_suffix('%').ok_or(NumberError::NotANumber)?;
    parse(number.trim())
}

/// A number that has no decimals, not even zeros, as most points are; none where it is a large one.
pub(crate) fn whole(number: Decimal) -> Option<i64> {
    (number.scale() == 0).then(|| i64::try_from(number.mantissa()).ok()).flatten()
}

/// A number as it is shown: with the minus sign of print, `−0.5`, and its own digits.
pub fn show(number: Decimal) -> String {
    let number = if number.is_zero() { number.abs() } else { number };
    let text = whole(number).map_or_else(|| number.to_string(), |whole| whole.to_string());
    match text.strip_prefix('-') {
        Some(digits) => format!("−{digits}"),
        None => text,
    }
}

/// Decimals beyond which points are not shown to people.
pub(crate) const SHOWN: u32 = 6;

/// Points as they are shown: what a division left behind the sixth decimal is cut off, half to
/// even, and trailing zeros that it left are not shown.
pub fn show_points(points: Decimal) -> String {
    show(if points.scale() > SHOWN { points.round_dp(SHOWN).normalize() } else { points })
}

/// Points with the decimals that [`show_points`] shows, for sums that have to add up as they are shown.
pub(crate) fn as_shown(points: Decimal) -> Decimal {
    points.round_dp(SHOWN).normalize()
}

/// A number rounded to so many digits, half up, as spreadsheet programs round it.
pub(crate) fn half_up(number: Decimal, digits: u32) -> Decimal {
    number.round_dp_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero)
}

/// A number with so many digits, as numbers in a column have them; with more where it has more.
pub(crate) fn with_digits(number: Decimal, digits: u32) -> Decimal {
    let mut number = number.normalize();
    if number.scale() < digits {
        number.rescale(digits);
    }
    number
}

/// The sum of points; the largest or least number where that is beyond it.
pub(crate) fn sum(points: impl IntoIterator<Item = Decimal>) -> Decimal {
    points.into_iter().fold(Decimal::ZERO, Decimal::saturating_add)
}

/// Whether [`show_points`] shows all of a number.
pub fn is_shown_whole(points: Decimal) -> bool {
    points.scale() <= SHOWN || points.round_dp(SHOWN) == points
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn keeps_every_digit() {
        for text in ["81.70", "0.10", "-3", "100", "123456789012345.678901234567", "0"] {
            assert_eq!(parse(text).unwrap().to_string(), text);
        }
        assert_eq!(parse("-0").unwrap().to_string(), "0");
    }

    #[test]
    fn refuses_what_is_not_a_plain_number() {
        for text in
            ["", "-", ".5", "5.", "1e3", "1,5", "1_000", "NaN", "inf", "1.2.3", "0x1F", "９"]
        {
            assert_eq!(parse(text), Err(NumberError::NotANumber), "{text}");
        }
    }

    #[test]
    fn refuses_what_cannot_be_kept() {
        let forty = "1234567890123456789012345678901234567890";
        assert_eq!(parse(forty), Err(NumberError::TooLong));
        assert_eq!(parse("0.12345678901234567890123456789"), Err(NumberError::TooLong));
        assert_eq!(parse("1000000000000000"), Err(NumberError::TooLarge));
        assert_eq!(parse_toml("1e400"), Err(NumberError::TooLong));
        assert_eq!(parse_toml("1e-400"), Err(NumberError::TooLong));
        assert_eq!(parse_toml("1e99999999999"), Err(NumberError::TooLong));
    }

    #[test]
    fn reads_the_numbers_of_toml() {
        assert_eq!(parse_toml("1_000.50").unwrap().to_string(), "1000.50");
        assert_eq!(parse_toml("1.5e-3").unwrap().to_string(), "0.0015");
        assert_eq!(parse_toml("1.5e3").unwrap().to_string(), "1500");
        assert_eq!(parse_toml("nan"), Err(NumberError::NotANumber));
    }

    proptest! {
        #[test]
        fn a_number_reads_back_as_it_was_written(whole in 0u64..1_000_000_000_000, part in "[0-9]{1,12}") {
            let text = format!("{whole}.{part}");
            prop_assert_eq!(parse(&text).unwrap().to_string(), text);
        }

        #[test]
        fn no_text_panics(text in ".{0,60}") {
            let _ = (parse(&text), parse_toml(&text), parse_per_cent(&text));
        }
    }
}
