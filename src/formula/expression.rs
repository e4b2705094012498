//! An expression as it was written, before its names have a meaning. Two are equal if they say the
//! same, wherever they stand.

use std::ops::Range;

use rust_decimal::Decimal;

/// A part of a formula and where it stands, without brackets around it.
#[derive(Clone, Debug)]
pub(super) struct Expression<'a> {
    pub(super) range: Range<usize>,
    pub(super) form: Form<'a>,
    /// How many parts are within each other, this one counted.
    height: usize,
}

impl<'a> Expression<'a> {
    pub(super) fn new(range: Range<usize>, form: Form<'a>) -> Self {
        let height = 1 + form.height();
        Self { range, form, height }
    }

    /// How many parts are within each other, this one counted: so deep goes who walks through it.
    pub(super) fn height(&self) -> usize {
        self.height
    }
}

impl PartialEq for Expression<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.form == other.form
    }
}

/// What an expression is made of. Chains are flat, so that only brackets make it deep.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Form<'a> {
    Number {
        value: Decimal,
        per_cent: bool,
    },
    Text(&'a str),
    Name(&'a str),
    Call(&'a str, Vec<Expression<'a>>),
    Negated(Box<Expression<'a>>),
    Not(Box<Expression<'a>>),
    /// `a + b - c`, or `a * b / c`: from left to right.
    Chain(Box<Expression<'a>>, Vec<(Operator, Expression<'a>)>),
    Compared(Box<[Expression<'a>; 2]>, Relation),
    /// Joined with `&&`.
    All(Vec<Expression<'a>>),
    /// Joined with `||`.
    Any(Vec<Expression<'a>>),
    /// Conditions with their branches, and the last branch.
    If(Vec<[Expression<'a>; 2]>, Box<Expression<'a>>),
}

impl Form<'_> {
    /// The height of its highest part.
    fn height(&self) -> usize {
        let highest = |parts: &[Expression<'_>]| parts.iter().map(|part| part.height).max();
        let height = match self {
            Self::Number { .. } | Self::Text(_) | Self::Name(_) => None,
            Self::Negated(inner) | Self::Not(inner) => Some(inner.height),
            Self::Call(_, parts) | Self::All(parts) | Self::Any(parts) => highest(parts),
            Self::Compared(sides, _) => highest(&**sides),
            Self::Chain(first, rest) => {
                rest.iter().map(|(_, part)| part.height).chain([first.height]).max()
            }
            Self::If(branches, last) => {
                branches.iter().flatten().map(|part| part.height).chain([last.height]).max()
            }
        };
        height.unwrap_or_default()
    }
}

/// What joins two numbers to a third.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operator {
    Plus,
    Minus,
    Times,
    Over,
}

impl Operator {
    /// The sign of print.
    pub(super) fn sign(self) -> &'static str {
        match self {
            Self::Plus => "+",
            Self::Minus => "−",
            Self::Times => "×",
            Self::Over => "÷",
        }
    }
}

/// How one value is held against another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Relation {
    Equal,
    Unequal,
    Below,
    AtMost,
    Above,
    AtLeast,
}

impl Relation {
    /// The relation that a mark is.
    pub(super) fn of(mark: &str) -> Option<Self> {
        Some(match mark {
            "==" => Self::Equal,
            "!=" => Self::Unequal,
            "<" => Self::Below,
            "<=" => Self::AtMost,
            ">" => Self::Above,
            ">=" => Self::AtLeast,
            _ => return None,
        })
    }

    /// The sign of print.
    pub(super) fn sign(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::Unequal => "≠",
            Self::Below => "<",
            Self::AtMost => "≤",
            Self::Above => ">",
            Self::AtLeast => "≥",
        }
    }

    /// What holds when this does not.
    pub(super) fn negated(self) -> Self {
        match self {
            Self::Equal => Self::Unequal,
            Self::Unequal => Self::Equal,
            Self::Below => Self::AtLeast,
            Self::AtMost => Self::Above,
            Self::Above => Self::AtMost,
            Self::AtLeast => Self::Below,
        }
    }

    /// How the right side stands to the left.
    pub(super) fn mirrored(self) -> Self {
        match self {
            Self::Equal | Self::Unequal => self,
            Self::Below => Self::Above,
            Self::AtMost => Self::AtLeast,
            Self::Above => Self::Below,
            Self::AtLeast => Self::AtMost,
        }
    }
}
