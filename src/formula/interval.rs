//! What the value of an expression can be: from an end to an end, and whether it can be 0.

use std::cmp::Ordering;

use num_bigint::Sign;
use num_rational::BigRational;

use super::Range;
use super::expression::{Operator, Relation};
use super::rational::{self, exact};

/// Ends that are longer than this, in bits, are not worth their sums: the interval is taken to have
/// no end there.
const LONGEST: u64 = 512;

/// An end of an interval; in the order of the number line.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum End {
    Lowest,
    At(BigRational),
    Highest,
}

use End::{At, Highest, Lowest};

impl End {
    fn side(&self) -> Ordering {
        match self {
            Lowest => Ordering::Less,
            Highest => Ordering::Greater,
            At(number) => match rational::sign(number) {
                Sign::Minus => Ordering::Less,
                Sign::NoSign => Ordering::Equal,
                Sign::Plus => Ordering::Greater,
            },
        }
    }

    fn negated(self) -> Self {
        match self {
            Lowest => Highest,
            Highest => Lowest,
            At(number) => At(-number),
        }
    }

    fn plus(&self, other: &Self) -> Self {
        match (self, other) {
            (At(a), At(b)) => At(a + b),
            (At(_), endless) | (endless, _) => endless.clone(),
        }
    }

    fn times(&self, other: &Self) -> Self {
        if let (At(a), At(b)) = (self, other) {
            return At(a * b);
        }
        match (self.side(), other.side()) {
            (Ordering::Equal, _) | (_, Ordering::Equal) => At(rational::zero()),
            (a, b) if a == b => Highest,
            _ => Lowest,
        }
    }

    /// 1 divided by it; `at_zero` for 0.
    fn inverse(&self, at_zero: Self) -> Self {
        match self {
            At(_) if self.side().is_eq() => at_zero,
            At(number) => At(number.recip()),
            Lowest | Highest => At(rational::zero()),
        }
    }

    fn map(&self, with: impl FnOnce(&BigRational) -> BigRational) -> Self {
        match self {
            At(number) => At(with(number)),
            Lowest | Highest => self.clone(),
        }
    }
}

/// All numbers from an end to an end, both included, with or without 0. Where nothing can be it,
/// behind a condition that never holds, the ends may be the wrong way round.
#[derive(Clone, Debug)]
pub(super) struct Interval {
    least: End,
    most: End,
    without_zero: bool,
}

impl Interval {
    fn new(least: End, most: End, without_zero: bool) -> Self {
        let is_long = |end: &End| matches!(end, At(number) if rational::length(number) > LONGEST);
        Self {
            least: if is_long(&least) { Lowest } else { least },
            most: if is_long(&most) { Highest } else { most },
            without_zero,
        }
    }

    /// All numbers.
    fn all() -> Self {
        Self::new(Lowest, Highest, false)
    }

    /// Just one number.
    pub(super) fn one(number: BigRational) -> Self {
        Self::new(At(number.clone()), At(number), false)
    }

    /// What a range tells.
    pub(super) fn within(range: Range) -> Self {
        let least = range.least.map_or(Lowest, |least| At(exact(least)));
        Self::new(least, range.most.map_or(Highest, |most| At(exact(most))), false)
    }

    /// The range that holds it, as decimals.
    pub(super) fn range(&self) -> Range {
        let decimal = |end: &End| match end {
            At(number) => rational::decimal(number),
            Lowest | Highest => None,
        };
        Range { least: decimal(&self.least), most: decimal(&self.most) }
    }

    /// Whether 0 can be the value.
    pub(super) fn may_be_zero(&self) -> bool {
        !self.without_zero && self.least.side().is_le() && self.most.side().is_ge()
    }

    /// Whether the value is 0 and nothing else.
    pub(super) fn is_zero(&self) -> bool {
        self.least.side().is_eq() && self.most.side().is_eq()
    }

    /// Whether no value is negative.
    pub(super) fn is_never_negative(&self) -> bool {
        self.least.side().is_ge()
    }

    fn is_never_positive(&self) -> bool {
        self.most.side().is_le()
    }

    /// What is in both.
    pub(super) fn and(&self, other: &Self) -> Self {
        let least = self.least.clone().max(other.least.clone());
        let most = self.most.clone().min(other.most.clone());
        Self::new(least, most, self.without_zero || other.without_zero)
    }

    /// What is in one or the other, or between.
    pub(super) fn or(&self, other: &Self) -> Self {
        let least = self.least.clone().min(other.least.clone());
        let most = self.most.clone().max(other.most.clone());
        Self::new(least, most, !self.may_be_zero() && !other.may_be_zero())
    }

    /// What a number can be that stands so to one of this interval.
    pub(super) fn standing(&self, relation: Relation) -> Self {
        let strict = !self.may_be_zero();
        let (low, high) = (self.least.clone(), self.most.clone());
        match relation {
            Relation::Equal => self.clone(),
            Relation::Unequal => Self::new(Lowest, Highest, self.is_zero()),
            Relation::Above => Self::new(low, Highest, self.is_never_negative()),
            Relation::AtLeast => Self::new(low, Highest, strict && self.is_never_negative()),
            Relation::Below => Self::new(Lowest, high, self.is_never_positive()),
            Relation::AtMost => Self::new(Lowest, high, strict && self.is_never_positive()),
        }
    }

    /// What comes of joining a value of this with one of the other. Of a quotient, the divisor is
    /// never 0.
    pub(super) fn joined(&self, operator: Operator, other: &Self) -> Self {
        match operator {
            Operator::Plus => self.plus(other),
            Operator::Minus => self.plus(&other.negated()),
            Operator::Times => self.times(other),
            Operator::Over => self.times(&other.inverse()),
        }
    }

    pub(super) fn negated(&self) -> Self {
        let (least, most) = (self.most.clone().negated(), self.least.clone().negated());
        Self::new(least, most, self.without_zero)
    }

    fn plus(&self, other: &Self) -> Self {
        let one_side = (self.is_never_negative() && other.is_never_negative())
            || (self.is_never_positive() && other.is_never_positive());
        let without_zero = one_side && !(self.may_be_zero() && other.may_be_zero());
        Self::new(self.least.plus(&other.least), self.most.plus(&other.most), without_zero)
    }

    fn times(&self, other: &Self) -> Self {
        let corner = |a: &End, b: &End| a.times(b);
        let (low, high) = (corner(&self.least, &other.least), corner(&self.most, &other.most));
        let (left, right) = (corner(&self.least, &other.most), corner(&self.most, &other.least));
        let least = low.clone().min(high.clone()).min(left.clone()).min(right.clone());
        let most = low.max(high).max(left).max(right);
        Self::new(least, most, !self.may_be_zero() && !other.may_be_zero())
    }

    fn inverse(&self) -> Self {
        if self.is_never_negative() {
            Self::new(self.most.inverse(Highest), self.least.inverse(Highest), true)
        } else if self.is_never_positive() {
            Self::new(self.most.inverse(Lowest), self.least.inverse(Lowest), true)
        } else {
            Self::new(Lowest, Highest, true)
        }
    }

    pub(super) fn abs(&self) -> Self {
        if self.is_never_negative() {
            return self.clone();
        }
        let mirrored = self.negated();
        if self.is_never_positive() {
            return mirrored;
        }
        let most = self.most.clone().max(mirrored.most);
        Self::new(At(rational::zero()), most, self.without_zero)
    }

    /// What the lesser of two values can be.
    pub(super) fn lesser(&self, other: &Self) -> Self {
        let least = self.least.clone().min(other.least.clone());
        let most = self.most.clone().min(other.most.clone());
        Self::new(least, most, !self.may_be_zero() && !other.may_be_zero())
    }

    /// What the greater of two values can be.
    pub(super) fn greater(&self, other: &Self) -> Self {
        self.negated().lesser(&other.negated()).negated()
    }

    pub(super) fn floor(&self) -> Self {
        let floor = |end: &End| end.map(|number| rational::floor(number, 0));
        Self::new(floor(&self.least), floor(&self.most), false)
    }

    pub(super) fn ceil(&self) -> Self {
        self.negated().floor().negated()
    }

    /// What a value can be that is rounded to so many digits, wherever a half goes.
    pub(super) fn rounded(&self, digits: u32) -> Self {
        let least = self.least.map(|number| rational::floor(number, digits));
        Self::new(least, self.most.map(|number| rational::ceil(number, digits)), false)
    }
}

impl Default for Interval {
    fn default() -> Self {
        Self::all()
    }
}
