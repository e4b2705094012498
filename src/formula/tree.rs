//! A checked expression: its leaves are symbols, its kinds fit.

use rust_decimal::Decimal;

use super::expression::{Operator, Relation};

/// A checked expression or a part of it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Tree<S> {
    Number {
        value: Decimal,
        per_cent: bool,
    },
    Text(String),
    Symbol(S),
    Negated(Box<Tree<S>>),
    Not(Box<Tree<S>>),
    /// All sums and differences, or all products and quotients.
    Chain(Box<Tree<S>>, Vec<(Operator, Tree<S>)>),
    Compared(Box<[Tree<S>; 2]>, Relation),
    All(Vec<Tree<S>>),
    Any(Vec<Tree<S>>),
    Call(Function, Vec<Tree<S>>),
    /// Rounded to so many digits behind the point.
    Rounded(Box<Tree<S>>, u32),
    /// Conditions with their branches, and the last branch.
    If(Vec<[Tree<S>; 2]>, Box<Tree<S>>),
}

impl<S> Tree<S> {
    /// Adds the numbers that something is compared with.
    pub(super) fn gather_edges(&self, edges: &mut Vec<Decimal>) {
        match self {
            Self::Number { .. } | Self::Text(_) | Self::Symbol(_) => {}
            Self::Negated(inner) | Self::Not(inner) | Self::Rounded(inner, _) => {
                inner.gather_edges(edges);
            }
            Self::Chain(first, rest) => {
                first.gather_edges(edges);
                rest.iter().for_each(|(_, part)| part.gather_edges(edges));
            }
            Self::Compared(sides, _) => edges.extend(sides.iter().filter_map(|side| match side {
                Self::Number { value, per_cent: false } => Some(*value),
                _ => None,
            })),
            Self::All(parts) | Self::Any(parts) | Self::Call(_, parts) => {
                parts.iter().for_each(|part| part.gather_edges(edges));
            }
            Self::If(branches, last) => {
                branches.iter().flatten().for_each(|part| part.gather_edges(edges));
                last.gather_edges(edges);
            }
        }
    }

    /// Adds what has no parts, in the order of the text.
    pub(super) fn gather<'a>(&'a self, leaves: &mut Vec<&'a Self>) {
        match self {
            Self::Number { .. } | Self::Text(_) | Self::Symbol(_) => leaves.push(self),
            Self::Negated(inner) | Self::Not(inner) | Self::Rounded(inner, _) => {
                inner.gather(leaves);
            }
            Self::Chain(first, rest) => {
                first.gather(leaves);
                rest.iter().for_each(|(_, part)| part.gather(leaves));
            }
            Self::Compared(sides, _) => sides.iter().for_each(|side| side.gather(leaves)),
            Self::All(parts) | Self::Any(parts) | Self::Call(_, parts) => {
                parts.iter().for_each(|part| part.gather(leaves));
            }
            Self::If(branches, last) => {
                branches.iter().flatten().for_each(|part| part.gather(leaves));
                last.gather(leaves);
            }
        }
    }
}

/// A function that every formula knows, but for `round`, whose digits are no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Function {
    Min,
    Max,
    Abs,
    Floor,
    Ceil,
}

impl Function {
    /// All of them.
    pub(super) const ALL: [Self; 5] = [Self::Min, Self::Max, Self::Abs, Self::Floor, Self::Ceil];

    /// As it is written.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Min => "min",
            Self::Max => "max",
            Self::Abs => "abs",
            Self::Floor => "floor",
            Self::Ceil => "ceil",
        }
    }

    /// Whether it is given two numbers or more, and not one.
    pub(super) fn takes_many(self) -> bool {
        matches!(self, Self::Min | Self::Max)
    }
}
