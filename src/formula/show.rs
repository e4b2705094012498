//! Shows a formula with its values put in, in the signs of print.

use rust_decimal::Decimal;

use super::evaluate::Evaluation;
use super::expression::{Operator, Relation};
use super::tree::Tree;
use super::{Absent, Shown, Spoken};
use crate::number;

/// How the symbols of a formula are shown, and which branches are.
pub(super) struct Substitution<'a, S, A> {
    pub(super) branches: Branches<'a, S, A>,
    pub(super) show: &'a dyn Fn(&S) -> String,
}

/// Which branches of an `if` are shown.
pub(super) enum Branches<'a, S, A> {
    /// The one that is taken.
    Taken(Evaluation<'a, S, A>),
    /// All, in words.
    All(&'a Spoken),
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

/// What decided which branch is taken.
struct Told<'t, S> {
    text: String,
    /// What was compared with a number and did not hold: the left side, how it stands to the number.
    edge: Option<(&'t Tree<S>, Relation, Decimal)>,
}

impl<S: PartialEq> Told<'_, S> {
    /// Whether another that did not hold either says no more: `80 < 95` beside `80 < 90`.
    fn covers(&self, other: &Self) -> bool {
        if self.text == other.text {
            return true;
        }
        let Some(((left, relation, edge), (other_left, other_relation, other_edge))) =
            self.edge.zip(other.edge)
        else {
            return false;
        };
        let is_tighter = match relation {
            Relation::Below | Relation::AtMost => edge <= other_edge,
            Relation::Above | Relation::AtLeast => edge >= other_edge,
            Relation::Equal | Relation::Unequal => false,
        };
        is_tighter && relation == other_relation && left == other_left
    }
}

impl<S: PartialEq, A: Absent> Substitution<'_, S, A> {
    /// The branch that is taken, and for what: the conditions before its own did not hold.
    pub(super) fn shown(&self, tree: &Tree<S>) -> Option<Shown> {
        let mut conditions: Vec<Told<'_, S>> = Vec::new();
        let mut tree = tree;
        while let (Tree::If(branches, last), Branches::Taken(evaluation)) = (tree, &self.branches) {
            let taken = evaluation.branch(branches, last).ok()?;
            for [condition, branch] in branches {
                if std::ptr::eq(branch, taken) {
                    conditions.extend(self.text(condition).map(|text| Told { text, edge: None }));
                    break;
                }
                for told in self.failed(condition, evaluation) {
                    conditions.retain(|before| !told.covers(before));
                    if !conditions.iter().any(|before| before.covers(&told)) {
                        conditions.push(told);
                    }
                }
            }
            tree = taken;
        }
        let conditions = conditions.into_iter().map(|told| told.text).collect();
        Some(Shown { conditions, terms: self.text(tree)? })
    }

    /// What makes that a condition does not hold: comparisons, as those that do.
    fn failed<'t>(&self, tree: &'t Tree<S>, evaluation: &Evaluation<'_, S, A>) -> Vec<Told<'t, S>> {
        match tree {
            Tree::Compared(sides, relation) => {
                let [left, right] = &**sides;
                let relation = relation.negated();
                let Some(text) = self.comparison(left, relation, right) else { return Vec::new() };
                let edge = match right {
                    Tree::Number { value, per_cent: false } => Some((left, relation, *value)),
                    _ => None,
                };
                vec![Told { text, edge }]
            }
            // One of them is enough.
            Tree::All(parts) => {
                let failed = parts.iter().find(|part| matches!(evaluation.truth(part), Ok(false)));
                failed.map(|part| self.failed(part, evaluation)).unwrap_or_default()
            }
            Tree::Any(parts) => {
                parts.iter().flat_map(|part| self.failed(part, evaluation)).collect()
            }
            Tree::Not(inner) => {
                self.text(inner).map(|text| Told { text, edge: None }).into_iter().collect()
            }
            _ => Vec::new(),
        }
    }

    fn comparison(&self, left: &Tree<S>, relation: Relation, right: &Tree<S>) -> Option<String> {
        let (left, right) = (self.held(left, Bond::Sum)?, self.held(right, Bond::Sum)?);
        Some(format!("{left} {} {right}", relation.sign()))
    }

    pub(super) fn text(&self, tree: &Tree<S>) -> Option<String> {
        self.held(tree, Bond::Any)
    }

    /// An expression at a place that asks for a bond.
    fn held(&self, tree: &Tree<S>, asked: Bond) -> Option<String> {
        if let (Tree::If(branches, last), Branches::Taken(evaluation)) = (tree, &self.branches) {
            return self.held(evaluation.branch(branches, last).ok()?, asked);
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
            Tree::Not(inner) => (
                format!("{}{}", self.sign("!", |s| s.not), self.held(inner, Bond::Whole)?),
                Bond::Not,
            ),
            Tree::Chain(first, rest) => self.chain(first, rest)?,
            Tree::Compared(sides, relation) => {
                let [left, right] = &**sides;
                (self.comparison(left, *relation, right)?, Bond::Comparison)
            }
            Tree::All(parts) => {
                (self.list(parts, Bond::Not, self.sign(" && ", |s| s.and))?, Bond::All)
            }
            Tree::Any(parts) => {
                (self.list(parts, Bond::All, self.sign(" || ", |s| s.or))?, Bond::Any)
            }
            Tree::Call(function, arguments) => {
                let arguments = self.list(arguments, Bond::Any, ", ")?;
                (format!("{}({arguments})", function.name()), Bond::Whole)
            }
            Tree::Rounded(inner, digits) => {
                (format!("round({}, {digits})", self.text(inner)?), Bond::Whole)
            }
            Tree::If(branches, last) => match &self.branches {
                Branches::Taken(evaluation) => {
                    self.bonded(evaluation.branch(branches, last).ok()?)?
                }
                Branches::All(words) => (self.all_branches(words, branches, last)?, Bond::Any),
            },
        })
    }

    /// A sign, or how it is said where words are wanted.
    fn sign(&self, sign: &'static str, said: impl Fn(&Spoken) -> &'static str) -> &'static str {
        match &self.branches {
            Branches::Taken(_) => sign,
            Branches::All(words) => said(words),
        }
    }

    fn all_branches(
        &self,
        words: &Spoken,
        branches: &[[Tree<S>; 2]],
        last: &Tree<S>,
    ) -> Option<String> {
        let mut text = String::new();
        for [condition, branch] in branches {
            let (condition, branch) = (self.text(condition)?, self.held(branch, Bond::All)?);
            text += &format!("{}{condition}{}{branch}", words.when, words.then);
            text += words.otherwise;
        }
        Some(text + &self.held(last, Bond::All)?)
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
