//! Formulas: one expression over the values of a plan, as `good-days / effective-days * 100`. It is
//! checked when it is read, so that what can go wrong later is a value that is not there.
//!
//! What its names mean is not known here: who reads a formula gives a symbol for each, and who works
//! it out gives the values of the symbols. All sums are exact.

mod check;
mod evaluate;
pub(crate) mod expression;
mod interval;
mod parse;
mod rational;
mod show;
#[cfg(test)]
mod tests;
mod token;
pub(crate) mod tree;

use std::fmt;

use num_rational::BigRational;
use rust_decimal::Decimal;

use check::Checker;
use evaluate::Evaluation;
use tree::Tree;

/// A formula longer than this, in bytes, is not read.
const LONGEST: usize = 2000;

/// What an expression is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A number: `value * 2`.
    Number,
    /// A condition, which holds or does not: `value > 2`.
    Truth,
    /// A text, which can be compared only: `state(pm25)`.
    Text,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Number => "a number",
            Self::Truth => "a condition",
            Self::Text => "a text",
        })
    }
}

/// The numbers that a value can be, both ends included; all of them by default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Range {
    /// No value is less than this.
    pub least: Option<Decimal>,
    /// No value is more than this.
    pub most: Option<Decimal>,
}

/// What a name means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known<S> {
    /// What stands for it in the formula, and is looked up when that is worked out.
    pub symbol: S,
    /// What its value is.
    pub kind: Kind,
    /// What its value can be, for a number.
    pub range: Range,
}

/// A name in a formula whose meaning is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked<'a> {
    /// The function that it is given to: `last_year` in `last_year(x)`. A bare name has none.
    pub of: Option<&'a str>,
    /// The name, without backticks. Empty where a function is given something that is no name:
    /// then only whether the function is known counts.
    pub name: &'a str,
    /// The year behind the name: 2021 in `in_year(x, 2021)`; from 1900 to 2199.
    pub year: Option<u16>,
}

/// Why a name has no meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unknown {
    /// There is no such function.
    Function,
    /// There is no such name.
    Name,
    /// Something else, which is said.
    Other(String),
}

/// The value of a symbol.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Operand {
    /// A number.
    Number(Decimal),
    /// Whether a condition holds.
    Truth(bool),
    /// A text.
    Text(String),
    /// A number that another formula came to.
    Exact(Exact),
}

/// What a formula comes to, before it is rounded to the digits of a decimal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exact(BigRational);

impl Exact {
    /// The number: exact if it has at most 28 digits, else rounded to so many, half to even; none
    /// from 10^15 on.
    pub fn decimal(&self) -> Option<Decimal> {
        rational::decimal(&self.0)
    }
}

/// What is absent where nothing is looked up.
enum Never {}

impl Absent for Never {
    fn finality(&self) -> Finality {
        match *self {}
    }
}

/// A formula with its values put in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Why the branch was taken, where there is more than one and that can be said: what did not hold
    /// of the branches before it, as the comparisons that do, and what it asks for itself.
    pub conditions: Vec<String>,
    /// The branch that was taken, or all of it.
    pub terms: String,
}

/// How a language says what formulas write in signs.
#[derive(Clone, Copy, Debug)]
pub struct Spoken {
    /// Before a condition.
    pub when: &'static str,
    /// Between a condition and what is so then.
    pub then: &'static str,
    /// Before what is so else.
    pub otherwise: &'static str,
    /// Between conditions that must all hold.
    pub and: &'static str,
    /// Between conditions one of which must hold.
    pub or: &'static str,
    /// Before a condition that must not hold.
    pub not: &'static str,
}

/// How settled it is that there is no value, whatever else comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Finality {
    /// A value may yet come.
    Open,
    /// There is one that cannot be used, and what comes beside it does not mend that.
    Unusable,
    /// None is asked for.
    Final,
}

/// Why a symbol has no value.
pub trait Absent {
    /// How settled that is. Of several symbols without a value the most settled is why the formula
    /// has none, wherever in it that stands.
    fn finality(&self) -> Finality;
}

/// Why a formula has no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault<A> {
    /// A symbol has no value, and why.
    Absent(A),
    /// A divisor is 0: a value is outside the range that was given for it.
    DivisionByZero,
    /// The result is 1 000 000 000 000 000 or more, or a number on the way to it has more than
    /// about 600 digits.
    TooLarge,
    /// A value, or the result, is not of the kind that was said when the formula was read.
    OtherKind,
}

/// What is wrong with a formula.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormulaError {
    /// The bytes of the text that are wrong; empty at its end.
    pub range: std::ops::Range<usize>,
    /// What is wrong, in one sentence that starts lower-case.
    pub message: String,
    /// What to do about it; empty where [`Unknown::Other`] says all.
    pub help: String,
}

impl<A: Absent> Fault<A> {
    /// Of two faults the one that is told: the first, unless the other is more settled.
    fn or(self, other: Self) -> Self {
        if other.finality() > self.finality() { other } else { self }
    }

    fn finality(&self) -> Finality {
        match self {
            Self::Absent(absent) => absent.finality(),
            Self::DivisionByZero | Self::TooLarge | Self::OtherKind => Finality::Open,
        }
    }
}

impl FormulaError {
    fn new(
        range: &std::ops::Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self { range: range.clone(), message: message.into(), help: help.into() }
    }
}

impl std::error::Error for FormulaError {}

impl fmt::Display for FormulaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

/// An expression that has been checked: every name has a symbol, the kinds fit, and no divisor can
/// be 0.
#[derive(Clone, Debug, PartialEq)]
pub struct Formula<S> {
    text: String,
    tree: Tree<S>,
    range: Range,
}

impl<S: Clone + PartialEq> Formula<S> {
    /// Reads a formula that is to be of a kind. `resolve` says what its names mean, once for each
    /// place where one stands; `known_names` are offered for one that is mistyped.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong, in the order of the text: it cannot be read, a name has no
    /// meaning, kinds do not fit, or a divisor may be 0.
    pub fn parse(
        text: &str,
        wanted: Kind,
        known_names: &[&str],
        resolve: &mut dyn FnMut(Asked<'_>) -> Result<Known<S>, Unknown>,
    ) -> Result<Self, FormulaError> {
        let expression = parse::parse(text)?;
        let (tree, range) = Checker::new(text, known_names, resolve).check(&expression, wanted)?;
        Ok(Self { text: text.to_owned(), tree, range })
    }

    /// The text as it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What it is made of, for who puts it into another language.
    pub(crate) fn tree(&self) -> &Tree<S> {
        &self.tree
    }

    /// Every symbol, in the order of the text; one that stands twice comes twice.
    pub fn symbols(&self) -> impl Iterator<Item = &S> {
        self.leaves().filter_map(|leaf| match leaf {
            Tree::Symbol(symbol) => Some(symbol),
            _ => None,
        })
    }

    /// Every text that stands in it.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.leaves().filter_map(|leaf| match leaf {
            Tree::Text(text) => Some(text.as_str()),
            _ => None,
        })
    }

    fn leaves(&self) -> impl Iterator<Item = &Tree<S>> {
        let mut leaves = Vec::new();
        self.tree.gather(&mut leaves);
        leaves.into_iter()
    }

    /// What its value can be if every symbol keeps within its range; all numbers for a condition.
    pub fn range(&self) -> Range {
        self.range
    }

    /// Works out a number. `ties_even` says where `round` puts a half: to even, or away from 0. Only what is
    /// needed is looked up: neither the branches that are not taken, nor what comes after the part
    /// that decides an `&&` or `||`.
    ///
    /// # Errors
    ///
    /// See [`Fault`]; [`Fault::OtherKind`] where the formula is no number.
    pub fn number<A: Absent>(
        &self,
        ties_even: bool,
        look: &dyn Fn(&S) -> Result<Operand, A>,
    ) -> Result<Exact, Fault<A>> {
        Evaluation { ties_even, look }.number(&self.tree).map(Exact)
    }

    /// Works out whether a condition holds, as [`Self::number`] works out a number.
    ///
    /// # Errors
    ///
    /// See [`Fault`]; [`Fault::OtherKind`] where the formula is no condition.
    pub fn truth<A: Absent>(
        &self,
        ties_even: bool,
        look: &dyn Fn(&S) -> Result<Operand, A>,
    ) -> Result<bool, Fault<A>> {
        Evaluation { ties_even, look }.truth(&self.tree)
    }

    /// The expression with its values put in, `330 ÷ 365 × 100`, in the signs of print. `show` gives
    /// the text of a symbol. Of an `if` there is the branch that is taken, and for what; if that
    /// cannot be said, there is nothing.
    pub fn shown<A: Absent>(
        &self,
        ties_even: bool,
        look: &dyn Fn(&S) -> Result<Operand, A>,
        show: &dyn Fn(&S) -> String,
    ) -> Option<Shown> {
        let branches = show::Branches::Taken(Evaluation { ties_even, look });
        show::Substitution { branches, show }.shown(&self.tree)
    }

    /// The whole expression in words and signs of print; `show` gives the text of a symbol.
    pub fn told(&self, words: &Spoken, show: &dyn Fn(&S) -> String) -> String {
        let branches = show::Branches::<S, Never>::All(words);
        show::Substitution { branches, show }.text(&self.tree).unwrap_or_default()
    }

    /// The numbers that something in it is compared with.
    pub fn edges(&self) -> Vec<Decimal> {
        let mut edges = Vec::new();
        self.tree.gather_edges(&mut edges);
        edges
    }
}
