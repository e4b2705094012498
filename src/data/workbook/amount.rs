//! Numbers of cells, kept as decimal digits.

use std::fmt;

/// The digits that Excel keeps of a number.
const DIGITS: usize = 15;

/// Powers of ten beyond this are of no number that a cell can hold.
const EXPONENT_LIMIT: i64 = 400;

/// Longer than any number that a program writes into a cell.
const TEXT_LIMIT: usize = 1000;

/// A number of at most 15 digits: `±mantissa × 10^exponent`, the mantissa without zeros at its end.
///
/// A cell holds a binary number, and 81.53 is stored as 81.530000000000001: what was typed is what
/// is left when the digits that Excel does not keep are rounded away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Amount {
    negative: bool,
    mantissa: u64,
    exponent: i32,
}

impl Amount {
    /// From a binary number. None for those that are none, as infinity.
    pub(super) fn from_f64(number: f64) -> Option<Self> {
        number.is_finite().then(|| Self::from_text(&format!("{number:.14e}"))).flatten()
    }

    /// `number / 10^decimals`.
    pub(super) fn from_int(number: i32, decimals: i32) -> Self {
        let (negative, mantissa) = (number < 0, u64::from(number.unsigned_abs()));
        Self { negative, mantissa, exponent: 0 }.over_ten_to(decimals)
    }

    /// From how a file writes it: `81.530000000000001`, `1E-3`. None if it is no number.
    pub(super) fn from_text(text: &str) -> Option<Self> {
        let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
        let (plain, power) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
        let (whole, part) = plain.split_once('.').unwrap_or((plain, ""));
        let mut digits = whole.bytes().chain(part.bytes());
        // No number is this long; a text may be.
        if text.len() > TEXT_LIMIT
            || whole.len() + part.len() == 0
            || !digits.all(|byte| byte.is_ascii_digit())
        {
            return None;
        }
        let power = power.parse::<i64>().ok()?;
        let number = Self::of_digits(whole, part, power)?;
        Some(Self { negative: text.starts_with('-') && number.mantissa != 0, ..number })
    }

    fn of_digits(whole: &str, part: &str, power: i64) -> Option<Self> {
        let digits = whole.bytes().chain(part.bytes()).skip_while(|&byte| byte == b'0');
        let digits = digits.map(|byte| u64::from(byte - b'0')).collect::<Vec<_>>();
        let kept = digits.iter().take(DIGITS).fold(0, |sum, digit| sum * 10 + digit);
        let up = digits.get(DIGITS).is_some_and(|&digit| digit >= 5);
        let dropped = i64::try_from(digits.len().saturating_sub(DIGITS)).ok()?;
        let exponent = power.checked_sub(i64::try_from(part.len()).ok()?)?.checked_add(dropped)?;
        let mantissa = kept + u64::from(up);
        if mantissa != 0 && exponent.abs() > EXPONENT_LIMIT {
            return None;
        }
        let exponent = i32::try_from(exponent).unwrap_or_default();
        Some(Self { negative: false, mantissa, exponent }.trimmed())
    }

    fn trimmed(mut self) -> Self {
        if self.mantissa == 0 {
            return Self { negative: false, mantissa: 0, exponent: 0 };
        }
        while self.mantissa.is_multiple_of(10) {
            self.mantissa /= 10;
            self.exponent += 1;
        }
        self
    }

    /// A hundred times the number: its figure in per cent.
    pub(super) fn hundredfold(self) -> Self {
        self.over_ten_to(-2)
    }

    /// `number / 10^decimals`.
    pub(super) fn over_ten_to(self, decimals: i32) -> Self {
        Self { exponent: self.exponent - decimals, ..self }.trimmed()
    }

    /// Rounded to so many decimals, half away from zero, as cells are shown.
    pub(super) fn rounded(self, decimals: u32) -> Self {
        let drop = i64::from(self.exponent) + i64::from(decimals);
        let Some(drop) = u32::try_from(-drop).ok().filter(|&drop| drop > 0) else {
            return self;
        };
        // A mantissa has 15 digits: with 16 dropped, nothing is left.
        let unit = 10_u64.checked_pow(drop.min(17)).unwrap_or(u64::MAX);
        let mantissa = (self.mantissa + unit / 2) / unit;
        let exponent = -i32::try_from(decimals).unwrap_or_default();
        Self { mantissa, exponent, ..self }.trimmed()
    }

    /// With so many decimals.
    pub(super) fn fixed(self, decimals: u32) -> String {
        let text = self.rounded(decimals).to_string();
        let missing = |part: &str| (decimals as usize).saturating_sub(part.len());
        match text.split_once('.') {
            Some((_, part)) => text.clone() + &"0".repeat(missing(part)),
            None if decimals > 0 => text + "." + &"0".repeat(missing("")),
            None => text,
        }
    }
}

impl fmt::Display for Amount {
    /// In plain digits, never with an exponent.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.negative { "-" } else { "" };
        let digits = self.mantissa.to_string();
        let Ok(decimals) = usize::try_from(-i64::from(self.exponent)) else {
            let zeros = usize::try_from(self.exponent).unwrap_or_default();
            return write!(f, "{sign}{digits}{}", "0".repeat(zeros));
        };
        if decimals == 0 {
            return write!(f, "{sign}{digits}");
        }
        let digits = format!("{digits:0>width$}", width = decimals + 1);
        let (whole, part) = digits.split_at_checked(digits.len() - decimals).unwrap_or_default();
        write!(f, "{sign}{whole}.{part}")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn float(number: f64) -> String {
        Amount::from_f64(number).unwrap().to_string()
    }

    fn text(number: &str) -> String {
        Amount::from_text(number).map_or_else(|| "none".to_owned(), |number| number.to_string())
    }

    #[test]
    fn keeps_the_digits_that_were_typed() {
        assert_eq!(float(81.53), "81.53");
        assert_eq!(float(0.1 + 0.2), "0.3");
        assert_eq!(float(1e-7), "0.0000001");
        assert_eq!(float(1e20), "100000000000000000000");
        assert_eq!(float(-0.0), "0");
        assert_eq!(float(-1234.5), "-1234.5");
        assert_eq!(float(260.0 / 3.0), "86.6666666666667");
        assert_eq!(float(f64::MAX).len(), 309);
        assert_eq!(float(f64::from_bits(1)).len(), 340);
        assert_eq!(Amount::from_f64(f64::NAN), None);
        assert_eq!(Amount::from_f64(f64::INFINITY), None);
    }

    #[test]
    fn reads_what_files_write() {
        assert_eq!(text("81.530000000000001"), "81.53");
        assert_eq!(text("99.999999999999999"), "100");
        assert_eq!(text("1E-3"), "0.001");
        assert_eq!(text("+1.5e+2"), "150");
        assert_eq!(text("1234567890123456789"), "1234567890123460000");
        assert_eq!(text("0.000e99999"), "0");
        for none in ["", "-", ".", "1e", "1e999", "1e99999999999999999999", "1,5", "Inf", "１"] {
            assert_eq!(text(none), "none", "{none}");
        }
    }

    #[test]
    fn rounds_half_away_from_zero() {
        let fixed = |number: &str, decimals| Amount::from_text(number).unwrap().fixed(decimals);
        assert_eq!(fixed("86.6666666666667", 2), "86.67");
        assert_eq!(fixed("2.5", 0), "3");
        assert_eq!(fixed("-2.5", 0), "-3");
        assert_eq!(fixed("0.4", 0), "0");
        assert_eq!(fixed("1e-300", 3), "0.000");
        assert_eq!(fixed("99.96", 1), "100.0");
        assert_eq!(fixed("1200", 2), "1200.00");
        assert_eq!(fixed("1.2", 3), "1.200");
    }

    proptest! {
        #[test]
        fn a_decimal_of_15_digits_survives_a_cell(
            mantissa in 0_u64..1_000_000_000_000_000, scale in 0_usize..20, negative: bool,
        ) {
            let digits = format!("{mantissa:0>width$}", width = scale + 1);
            let (whole, part) = digits.split_at(digits.len() - scale);
            let sign = if negative && mantissa > 0 { "-" } else { "" };
            let typed = format!("{sign}{whole}.{part}");
            let number: f64 = typed.parse().unwrap();
            let plain = typed.trim_end_matches('0').trim_end_matches('.').to_owned();
            prop_assert_eq!(&float(number), &plain);
            prop_assert_eq!(&text(&typed), &plain);
            prop_assert_eq!(&text(&format!("{number:.16e}")), &plain);
            prop_assert_eq!(&text(&number.to_string()), &plain);
        }

        #[test]
        fn per_cent_is_exact(mantissa in 0_u64..1_000_000_000_000_000, scale in 2_u32..20) {
            let typed = format!("{mantissa}e-{scale}");
            let hundred = format!("{mantissa}e-{}", scale - 2);
            let number = Amount::from_f64(typed.parse().unwrap()).unwrap();
            prop_assert_eq!(number.hundredfold().to_string(), text(&hundred));
        }

        #[test]
        fn any_float_and_any_text_is_read(bits: u64, written in "\\PC{0,40}") {
            let number = f64::from_bits(bits);
            let shown = Amount::from_f64(number).map(|number| number.to_string());
            prop_assert_eq!(shown.is_some(), number.is_finite());
            let _ = text(&written);
        }
    }
}
