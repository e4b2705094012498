//! Works out a formula, exactly.

use num_rational::BigRational;

use super::expression::{Operator, Relation};
use super::rational::{self, exact, hundredth};
use super::tree::{Function, Tree};
use super::{Absent, Fault, Operand};

/// One working out: how it rounds and where the values come from.
pub(super) struct Evaluation<'a, S, A> {
    pub(super) ties_even: bool,
    pub(super) look: &'a dyn Fn(&S) -> Result<Operand, A>,
}

/// What an expression comes to.
enum Value {
    Number(BigRational),
    Truth(bool),
    Text(String),
}

impl<S, A: Absent> Evaluation<'_, S, A> {
    pub(super) fn number(&self, tree: &Tree<S>) -> Result<BigRational, Fault<A>> {
        match self.value(tree)? {
            Value::Number(number) if rational::is_short(&number) => Ok(number),
            Value::Number(_) => Err(Fault::TooLarge),
            Value::Truth(_) | Value::Text(_) => Err(Fault::OtherKind),
        }
    }

    pub(super) fn truth(&self, tree: &Tree<S>) -> Result<bool, Fault<A>> {
        match self.value(tree)? {
            Value::Truth(truth) => Ok(truth),
            Value::Number(_) | Value::Text(_) => Err(Fault::OtherKind),
        }
    }

    /// The branch of an `if` that is taken.
    pub(super) fn branch<'t>(
        &self,
        branches: &'t [[Tree<S>; 2]],
        last: &'t Tree<S>,
    ) -> Result<&'t Tree<S>, Fault<A>> {
        for [condition, branch] in branches {
            if self.truth(condition)? {
                return Ok(branch);
            }
        }
        Ok(last)
    }

    fn value(&self, tree: &Tree<S>) -> Result<Value, Fault<A>> {
        Ok(match tree {
            Tree::Number { value, per_cent: true } => Value::Number(exact(*value) * hundredth()),
            Tree::Number { value, per_cent: false } => Value::Number(exact(*value)),
            Tree::Text(text) => Value::Text(text.clone()),
            Tree::Symbol(symbol) => match (self.look)(symbol).map_err(Fault::Absent)? {
                Operand::Number(number) => Value::Number(exact(number)),
                Operand::Truth(truth) => Value::Truth(truth),
                Operand::Text(text) => Value::Text(text),
                Operand::Exact(number) => Value::Number(number.0),
            },
            Tree::Negated(inner) => Value::Number(-self.number(inner)?),
            Tree::Not(inner) => Value::Truth(!self.truth(inner)?),
            Tree::Chain(first, rest) => Value::Number(self.chain(first, rest)?),
            Tree::Compared(sides, relation) => Value::Truth(self.compared(sides, *relation)?),
            Tree::All(parts) => Value::Truth(self.all_are(parts, true)?),
            Tree::Any(parts) => Value::Truth(!self.all_are(parts, false)?),
            Tree::Call(function, arguments) => Value::Number(self.call(*function, arguments)?),
            Tree::Rounded(inner, digits) => {
                Value::Number(rational::round(&self.number(inner)?, *digits, self.ties_even))
            }
            Tree::If(branches, last) => return self.value(self.branch(branches, last)?),
        })
    }

    fn chain(
        &self,
        first: &Tree<S>,
        rest: &[(Operator, Tree<S>)],
    ) -> Result<BigRational, Fault<A>> {
        let parts = rest.iter().map(|(_, part)| part);
        let mut numbers = self.numbers(std::iter::once(first).chain(parts))?.into_iter();
        let mut number = numbers.next().ok_or(Fault::OtherKind)?;
        for ((operator, _), part) in rest.iter().zip(numbers) {
            number = match operator {
                Operator::Plus => number + part,
                Operator::Minus => number - part,
                Operator::Times => number * part,
                Operator::Over if part == rational::zero() => return Err(Fault::DivisionByZero),
                Operator::Over => number / part,
            };
            if !rational::is_short(&number) {
                return Err(Fault::TooLarge);
            }
        }
        Ok(number)
    }

    fn compared(&self, [a, b]: &[Tree<S>; 2], relation: Relation) -> Result<bool, Fault<A>> {
        let (a, b) = match (self.value(a), self.value(b)) {
            (Ok(a), Ok(b)) => (a, b),
            (Err(a), Err(b)) => return Err(a.or(b)),
            (Err(fault), Ok(_)) | (Ok(_), Err(fault)) => return Err(fault),
        };
        let order = match (a, b) {
            (Value::Number(a), Value::Number(b)) => a.cmp(&b),
            (Value::Text(a), Value::Text(b)) => a.cmp(&b),
            _ => return Err(Fault::OtherKind),
        };
        Ok(match relation {
            Relation::Equal => order.is_eq(),
            Relation::Unequal => order.is_ne(),
            Relation::Below => order.is_lt(),
            Relation::AtMost => order.is_le(),
            Relation::Above => order.is_gt(),
            Relation::AtLeast => order.is_ge(),
        })
    }

    /// Whether all parts are so. One that is not decides, wherever it stands and whatever is absent
    /// beside it: `x > 0 || y > 0` holds where y does, with or without a value of x.
    fn all_are(&self, parts: &[Tree<S>], so: bool) -> Result<bool, Fault<A>> {
        let mut absent: Option<Fault<A>> = None;
        for part in parts {
            match self.truth(part) {
                Ok(truth) if truth != so => return Ok(false),
                Ok(_) => {}
                Err(fault) => {
                    absent = Some(match absent {
                        Some(first) => first.or(fault),
                        None => fault,
                    });
                }
            }
        }
        absent.map_or(Ok(true), Err)
    }

    /// The numbers of all parts; every one is looked at, for one may be absent for good.
    fn numbers<'t>(
        &self,
        parts: impl Iterator<Item = &'t Tree<S>>,
    ) -> Result<Vec<BigRational>, Fault<A>>
    where
        S: 't,
    {
        let mut numbers = Ok(Vec::new());
        for part in parts {
            numbers = match (numbers, self.number(part)) {
                (Ok(mut numbers), Ok(number)) => {
                    numbers.push(number);
                    Ok(numbers)
                }
                (Err(first), Err(fault)) => Err(first.or(fault)),
                (Err(fault), Ok(_)) | (Ok(_), Err(fault)) => Err(fault),
            };
        }
        numbers
    }

    fn call(&self, function: Function, arguments: &[Tree<S>]) -> Result<BigRational, Fault<A>> {
        let numbers = self.numbers(arguments.iter())?.into_iter();
        let number = match function {
            Function::Min => numbers.min(),
            Function::Max => numbers.max(),
            Function::Abs => numbers.last().map(|a| if a < rational::zero() { -a } else { a }),
            Function::Floor => numbers.last().map(|a| a.floor()),
            Function::Ceil => numbers.last().map(|a| a.ceil()),
        };
        number.ok_or(Fault::OtherKind)
    }
}
