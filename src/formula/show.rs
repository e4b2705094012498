//! Shows a formula with its values put in, in the signs of print.

use super::evaluate::Evaluation;
use super::expression::Operator;
use super::tree::Tree;
use crate::number;

/// How the symbols of a formula are shown, and which branches are.
pub(super) struct Substitution<'a, S, A> {
    pub(super) evaluation: Evaluation<'a, S, A>,
    pub(super) show: &'a dyn Fn(&S) -> String,
}

/// How firmly an expression holds together; what is looser than its place asks for stands in
/// brackets.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Bond {
    Any,
    All,
    Not,
    Comparison,
    Sum,
    Product,
    Sign,
    Whole,
}

impl<S, A> Substitution<'_, S, A> {
    pub(super) fn text(&self, tree: &Tree<S>) -> Option<String> {
        self.held(tree, Bond::Any)
    }

    /// An expression at a place that asks for a bond.
    fn held(&self, tree: &Tree<S>, asked: Bond) -> Option<String> {
        if let Tree::If(branches, last) = tree {
            return self.held(self.evaluation.branch(branches, last).ok()?, asked);
        }
        let (text, bond) = self.bonded(tree)?;
        Some(if bond < asked { format!("({text})") } else { text })
    }

    /// An expression behind an operator: there a sign of its own stands in brackets.
    fn behind(&self, tree: &Tree<S>, asked: Bond) -> Option<String> {
        let text = self.held(tree, asked)?;
        Some(if text.starts_with(['-', '−']) { format!("({text})") } else { text })
    }

    fn bonded(&self, tree: &Tree<S>) -> Option<(String, Bond)> {
        Some(match tree {
            Tree::Number { value, per_cent } => {
                let unit = if *per_cent { "%" } else { "" };
                (number::show(*value) + unit, Bond::Whole)
            }
            Tree::Text(text) => (format!("'{text}'"), Bond::Whole),
            Tree::Symbol(symbol) => ((self.show)(symbol), Bond::Whole),
            Tree::Negated(inner) => (format!("−{}", self.behind(inner, Bond::Sign)?), Bond::Sign),
            Tree::Not(inner) => (format!("!{}", self.held(inner, Bond::Whole)?), Bond::Not),
            Tree::Chain(first, rest) => self.chain(first, rest)?,
            Tree::Compared(sides, relation) => {
                let [left, right] = &**sides;
                let (left, right) = (self.held(left, Bond::Sum)?, self.held(right, Bond::Sum)?);
                (format!("{left} {} {right}", relation.sign()), Bond::Comparison)
            }
            Tree::All(parts) => (self.list(parts, Bond::Not, " && ")?, Bond::All),
            Tree::Any(parts) => (self.list(parts, Bond::All, " || ")?, Bond::Any),
            Tree::Call(function, arguments) => {
                let arguments = self.list(arguments, Bond::Any, ", ")?;
                (format!("{}({arguments})", function.name()), Bond::Whole)
            }
            Tree::Rounded(inner, digits) => {
                (format!("round({}, {digits})", self.text(inner)?), Bond::Whole)
            }
            Tree::If(branches, last) => {
                self.bonded(self.evaluation.branch(branches, last).ok()?)?
            }
        })
    }

    fn chain(&self, first: &Tree<S>, rest: &[(Operator, Tree<S>)]) -> Option<(String, Bond)> {
        let is_sum = rest.iter().any(|(with, _)| matches!(with, Operator::Plus | Operator::Minus));
        let (own, next) =
            if is_sum { (Bond::Sum, Bond::Product) } else { (Bond::Product, Bond::Sign) };
        let mut text = self.held(first, own)?;
        for (operator, part) in rest {
            text = format!("{text} {} {}", operator.sign(), self.behind(part, next)?);
        }
        Some((text, own))
    }

    fn list(&self, parts: &[Tree<S>], asked: Bond, between: &str) -> Option<String> {
        let parts: Option<Vec<_>> = parts.iter().map(|part| self.held(part, asked)).collect();
        Some(parts?.join(between))
    }
}
