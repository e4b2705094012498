//! Pieces of SQL, and the exact fractions that are counted with.

use rust_decimal::Decimal;

use super::refusal::Refused;

/// A piece of SQL that has a value, and how many layers of columns it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sql {
    pub(super) text: String,
    pub(super) depth: usize,
    /// The number that it is, where that is known.
    number: Option<i128>,
    /// Whether it is of the type of whole numbers for certain.
    is_whole: bool,
}

/// Puts pieces into a text.
macro_rules! sql {
    ($text:literal $(, $piece:expr)* $(,)?) => {
        $crate::sql::expression::Sql::new(
            format!($text $(, $piece.text)*),
            [0_usize $(, $piece.depth)*].into_iter().max().unwrap_or_default(),
        )
    };
}
pub(super) use sql;

impl Sql {
    pub(super) fn new(text: impl Into<String>, depth: usize) -> Self {
        Self { text: text.into(), depth, number: None, is_whole: false }
    }

    pub(super) fn int(number: i128) -> Self {
        Self { text: number.to_string(), depth: 0, number: Some(number), is_whole: false }
    }

    /// Nothing: no value.
    pub(super) fn null() -> Self {
        Self::new("NULL", 0)
    }

    pub(super) fn truth(is_so: bool) -> Self {
        Self::new(if is_so { "TRUE" } else { "FALSE" }, 0)
    }

    pub(super) fn is_true(&self) -> bool {
        self.text == "TRUE"
    }

    pub(super) fn is_false(&self) -> bool {
        self.text == "FALSE"
    }

    /// Whether it is of the type of whole numbers for certain, or is written down.
    pub(super) fn is_whole(&self) -> bool {
        self.is_whole || self.number.is_some()
    }

    /// The same, known to be of the type of whole numbers.
    pub(super) fn whole(self) -> Self {
        Self { is_whole: true, ..self }
    }

    pub(super) fn number(&self) -> Option<i128> {
        self.number
    }

    pub(super) fn is(&self, number: i128) -> bool {
        self.number == Some(number)
    }

    pub(super) fn times(&self, other: &Self) -> Result<Self, Refused> {
        match (self.number, other.number) {
            (Some(a), Some(b)) => product(a, b).map(Self::int),
            (Some(0), _) | (_, Some(0)) => Ok(Self::int(0)),
            (Some(1), _) => Ok(other.clone()),
            (_, Some(1)) => Ok(self.clone()),
            // The column first.
            (Some(_), None) => Ok(sql!("({} * {})", other, self)),
            _ => Ok(sql!("({} * {})", self, other)),
        }
    }

    pub(super) fn plus(&self, other: &Self) -> Result<Self, Refused> {
        match (self.number, other.number) {
            (Some(a), Some(b)) => Ok(Self::int(a.checked_add(b).ok_or_else(Refused::too_large)?)),
            (Some(0), _) => Ok(other.clone()),
            (_, Some(0)) => Ok(self.clone()),
            (_, Some(b)) if b < 0 => Ok(sql!("({} - {})", self, Self::int(-b))),
            _ => Ok(sql!("({} + {})", self, other)),
        }
    }

    pub(super) fn negated(&self) -> Result<Self, Refused> {
        self.times(&Self::int(-1))
    }

    /// How it stands to another number.
    pub(super) fn compared(&self, sign: &str, other: &Self) -> Self {
        match (self.number, other.number) {
            (Some(a), Some(b)) => Self::truth(match sign {
                "=" => a == b,
                "<>" => a != b,
                "<" => a < b,
                "<=" => a <= b,
                ">" => a > b,
                _ => a >= b,
            }),
            _ => sql!("({} {} {})", self, Self::new(sign, 0), other),
        }
    }

    pub(super) fn and(&self, other: &Self) -> Self {
        if self.is_false() || other.is_true() {
            return self.clone();
        }
        if other.is_false() || self.is_true() {
            return other.clone();
        }
        sql!("({} AND {})", self, other)
    }

    pub(super) fn or(&self, other: &Self) -> Self {
        if self.is_true() || other.is_false() {
            return self.clone();
        }
        if other.is_true() || self.is_false() {
            return other.clone();
        }
        sql!("({} OR {})", self, other)
    }

    pub(super) fn not(&self) -> Self {
        if self.is_true() || self.is_false() {
            return Self::truth(self.is_false());
        }
        sql!("(NOT {})", self)
    }
}

pub(super) fn product(a: i128, b: i128) -> Result<i128, Refused> {
    // What is longer than the type of the engines would be read as something else.
    const MOST: u128 = 100_000_000_000_000_000_000_000_000_000_000_000_000;
    let product = a.checked_mul(b).filter(|product| product.unsigned_abs() < MOST);
    product.ok_or_else(Refused::too_large)
}

/// 10 to some digits.
pub(super) fn ten_to(digits: u32) -> Result<i128, Refused> {
    10_i128.checked_pow(digits).ok_or_else(Refused::too_large)
}

/// A number written down, in units of so many digits behind the point.
pub(super) fn in_units(number: Decimal, digits: u32) -> Result<i128, Refused> {
    let number = number.normalize();
    let shift = digits.checked_sub(number.scale()).ok_or_else(Refused::too_large)?;
    product(number.mantissa(), ten_to(shift)?)
}

fn common_factor(a: i128, b: i128) -> i128 {
    let (mut a, mut b) = (a.unsigned_abs(), b.unsigned_abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    i128::try_from(a).unwrap_or(1).max(1)
}

/// A fraction: `num * times / (den * over)`. What is known when the query is written is kept apart
/// and made short.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Ratio {
    num: Sql,
    times: i128,
    /// Above 0, or nothing.
    den: Sql,
    /// Above 0.
    over: i128,
}

impl Ratio {
    fn new(num: &Sql, times: i128, den: &Sql, over: i128) -> Result<Self, Refused> {
        let (num, times) = match num.number() {
            Some(number) => (Sql::int(1), product(times, number)?),
            None => (num.clone(), times),
        };
        let (den, over) = match den.number() {
            Some(number) => (Sql::int(1), product(over, number)?),
            None => (den.clone(), over),
        };
        let factor = common_factor(times, over);
        Ok(Self { num, times: times / factor, den, over: over / factor })
    }

    /// A number that is written down.
    pub(super) fn of(number: Decimal) -> Result<Self, Refused> {
        let one = Sql::int(1);
        Self::new(&one, number.mantissa(), &one, ten_to(number.scale())?)
    }

    pub(super) fn int(number: i128) -> Self {
        Self { num: Sql::int(1), times: number, den: Sql::int(1), over: 1 }
    }

    /// A whole number of units, of which there are so many in 1.
    pub(super) fn units(number: &Sql, in_one: i128) -> Result<Self, Refused> {
        Self::new(number, 1, &Sql::int(1), in_one)
    }

    /// Whether its divisor is known.
    pub(super) fn is_even(&self) -> bool {
        self.den.is(1)
    }

    /// Its numerator and denominator as they are.
    pub(super) fn parts(&self) -> Result<(Sql, Sql), Refused> {
        Ok((self.num.times(&Sql::int(self.times))?, self.den.times(&Sql::int(self.over))?))
    }

    /// The number that it is, by numerator and denominator, where that is known.
    pub(super) fn known(&self) -> Option<(i128, i128)> {
        (self.num.is(1) && self.den.is(1)).then_some((self.times, self.over))
    }

    pub(super) fn times(&self, other: &Self) -> Result<Self, Refused> {
        let (a, b) = (common_factor(self.times, other.over), common_factor(other.times, self.over));
        let times = product(self.times / a, other.times / b)?;
        let over = product(self.over / b, other.over / a)?;
        Self::new(&self.num.times(&other.num)?, times, &self.den.times(&other.den)?, over)
    }

    /// Divided by another, of which a piece of SQL says the sign.
    pub(super) fn over(&self, other: &Self) -> Result<Self, Refused> {
        let (sign, size) = if other.num.is(1) {
            (Sql::int(1), Sql::int(1))
        } else {
            (sql!("CASE WHEN {} < 0 THEN -1 ELSE 1 END", other.num), sql!("ABS({})", other.num))
        };
        if other.times == 0 {
            return Err(Refused::new("it divides by zero"));
        }
        let over = if other.times < 0 { -other.over } else { other.over };
        let num = other.den.times(&sign)?;
        self.times(&Self::new(&num, over, &size, other.times.abs())?)
    }

    /// Divided by another that is above 0, or where the result is not used.
    pub(super) fn over_positive(&self, other: &Self) -> Result<Self, Refused> {
        if other.times <= 0 {
            return Ok(Self::int(0));
        }
        let (num, times) = (other.den.clone(), other.over);
        self.times(&Self { num, times, den: other.num.clone(), over: other.times })
    }

    pub(super) fn plus(&self, other: &Self) -> Result<Self, Refused> {
        let over = product(self.over / common_factor(self.over, other.over), other.over)?;
        let times = |ratio: &Self| product(ratio.times, over / ratio.over);
        let (a, b) = (times(self)?, times(other)?);
        let (a, b) = (self.num.times(&Sql::int(a))?, other.num.times(&Sql::int(b))?);
        if self.den == other.den {
            return Self::new(&a.plus(&b)?, 1, &self.den, over);
        }
        let sum = a.times(&other.den)?.plus(&b.times(&self.den)?)?;
        Self::new(&sum, 1, &self.den.times(&other.den)?, over)
    }

    pub(super) fn negated(&self) -> Self {
        Self { times: -self.times, ..self.clone() }
    }

    pub(super) fn minus(&self, other: &Self) -> Result<Self, Refused> {
        self.plus(&other.negated())
    }

    /// How it stands to another.
    pub(super) fn compared(&self, sign: &str, other: &Self) -> Result<Sql, Refused> {
        let factor = common_factor(self.over, other.over);
        let (a, b) =
            (product(self.times, other.over / factor)?, product(other.times, self.over / factor)?);
        let factor = common_factor(a, b);
        let (a, b) =
            (self.num.times(&Sql::int(a / factor))?, other.num.times(&Sql::int(b / factor))?);
        if self.den == other.den {
            return Ok(a.compared(sign, &b));
        }
        Ok(a.times(&other.den)?.compared(sign, &b.times(&self.den)?))
    }

    /// The pieces that are no known numbers: what it is worked out from.
    pub(super) fn pieces(&self) -> [&Sql; 2] {
        [&self.num, &self.den]
    }

    /// The same of other pieces.
    pub(super) fn with(&self, num: Sql, den: Sql) -> Self {
        Self { num, den, ..self.clone() }
    }
}

impl Ratio {
    /// Several with one number under the line that is known when the query is written: their
    /// numerators, what stands under each of them beside that, and the number.
    pub(super) fn together(ratios: &[&Self]) -> Result<(Vec<(Sql, Sql)>, i128), Refused> {
        let common =
            |over: i128, ratio: &&Self| product(over / common_factor(over, ratio.over), ratio.over);
        let over = ratios.iter().try_fold(1, common)?;
        let part = |ratio: &&Self| {
            let times = product(ratio.times, over / ratio.over)?;
            Ok((ratio.num.times(&Sql::int(times))?, ratio.den.clone()))
        };
        Ok((ratios.iter().map(part).collect::<Result<_, Refused>>()?, over))
    }

    /// Whole numbers over what is not known, and over what is.
    pub(super) fn made_of(num: &Sql, den: &Sql, over: i128) -> Result<Self, Refused> {
        Self::new(num, 1, den, over)
    }
}
