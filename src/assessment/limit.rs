//! What limits the grade, whatever the score.

use rust_decimal::Decimal;

use super::absence::{Absence, Lack};
use super::facts::Facts;
use super::tally::GroupTally;
use super::{Item, Score, State};
use crate::formula::Operand;
use crate::plan::{GradeLimit, Member, Quantity, Symbol, Ties, When};

/// A limit of the grade that struck.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Limit<'a> {
    /// The best grade that it lets pass, as an index into the plan's grades.
    pub grade: usize,
    /// What struck.
    pub by: LimitedBy<'a>,
}

/// What limits the grade.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum LimitedBy<'a> {
    /// An item that is missed, lacks its value, or cannot be assessed, as an index into the assessment's items.
    Item(usize),
    /// A condition that holds.
    Condition(&'a GradeLimit),
    /// A condition that cannot be decided, for a value is not there or not assessable: it strikes, lest a value that
    /// nobody brings keeps the grade.
    Undecided(&'a GradeLimit, Lack<'a>),
}

/// Everything that limits the grade, in the plan's order.
pub(super) fn limits<'a>(
    facts: &Facts<'a>,
    items: &[Item<'a>],
    groups: &[GroupTally<'_>],
    score: Option<&Score>,
    by_score: Option<usize>,
) -> Vec<Limit<'a>> {
    let unmet = items.iter().enumerate().filter_map(|(index, item)| {
        let grade = item.indicator.unmet_limits_grade?;
        let is_unmet = matches!(item.state, State::Missed | State::Missing | State::NotAssessable);
        is_unmet.then_some(Limit { grade, by: LimitedBy::Item(index) })
    });
    let results = Results { facts, items, groups, score };
    let conditions = facts.plan.limits().iter().filter_map(|limit| {
        let by = match results.holds(limit) {
            Ok(true) => LimitedBy::Condition(limit),
            Err(
                absence @ (Absence::Value(..)
                | Absence::TooFew { .. }
                | Absence::DivisionByZero
                | Absence::TooLarge),
            ) => LimitedBy::Undecided(limit, Lack::new(absence, facts.plan, None, facts.year())),
            Ok(false) | Err(_) => return None,
        };
        let grades = facts.plan.grades().len();
        Some(Limit { grade: limit.to.grade(by_score, grades), by })
    });
    unmet.chain(conditions).collect()
}

/// The grade that is given: that of the score, or the lowest that a limit lets pass.
pub(super) fn lowest(by_score: Option<usize>, limits: &[Limit<'_>]) -> Option<usize> {
    by_score.map(|grade| limits.iter().map(|limit| limit.grade).fold(grade, usize::max))
}

/// What a condition can see.
struct Results<'a, 'r> {
    facts: &'r Facts<'a>,
    items: &'r [Item<'a>],
    groups: &'r [GroupTally<'r>],
    score: Option<&'r Score>,
}

impl Results<'_, '_> {
    fn holds(&self, limit: &GradeLimit) -> Result<bool, Absence> {
        let ties_even = self.facts.plan.scoring().round.ties == Ties::Even;
        limit.when.truth(ties_even, &|symbol| self.look(symbol)).map_err(Absence::of_fault)
    }

    fn look(&self, symbol: &Symbol) -> Result<Operand, Absence> {
        let count = |state| {
            let items = self.items.iter().filter(|item| item.state == state);
            Ok(Decimal::from(items.count()))
        };
        let number = match symbol {
            Symbol::Value(quantity, when) => {
                if let (Quantity::Item(index), When::ThisYear) = (quantity, when) {
                    self.refuse_unasked(*index)?;
                }
                let year = self.facts.plan.year_of(*when, self.facts.year(), None);
                return self.facts.operand(*quantity, year.ok_or(Absence::NoBound)?);
            }
            Symbol::State(index) => {
                let item = self.items.get(*index).ok_or(Absence::NotCounted)?;
                return Ok(Operand::Text(item.state.code().to_owned()));
            }
            Symbol::Earned(member) => self.tally(*member).map(|(earned, _)| earned),
            Symbol::Share(member) => {
                let (_, share) = self.tally(*member)?;
                share.ok_or(Absence::NotCounted)
            }
            Symbol::LowestShare => {
                let shares = (0..self.items.len()).filter_map(|index| {
                    self.tally(Member::Item(index)).ok().and_then(|(_, share)| share)
                });
                shares.min().ok_or(Absence::NotCounted)
            }
            Symbol::Score => self.score.map(|score| score.exact).ok_or(Absence::NotCounted),
            Symbol::Missed => count(State::Missed),
            Symbol::Missing => count(State::Missing),
            Symbol::NotAssessable => count(State::NotAssessable),
            // The reader lets rules of items alone name these.
            Symbol::Target | Symbol::Points => Err(Absence::NoBound),
        };
        number.map(Operand::Number)
    }

    /// An item that nothing is asked of limits nothing, whatever its value.
    fn refuse_unasked(&self, index: usize) -> Result<(), Absence> {
        let item = self.items.get(index).ok_or(Absence::NotCounted)?;
        let is_unasked = matches!(item.state, State::NotSet | State::Waived | State::Pending);
        if is_unasked { Err(Absence::NotCounted) } else { Ok(()) }
    }

    /// What an item or a group earned, and its share of its points.
    fn tally(&self, member: Member) -> Result<(Decimal, Option<Decimal>), Absence> {
        let counted = match member {
            Member::Item(index) => {
                let item = self.items.get(index).ok_or(Absence::NotCounted)?;
                item.earned.map(|earned| (earned, earned.checked_div(item.points)))
            }
            Member::Group(index) => {
                let group = self.groups.get(index).ok_or(Absence::NotCounted)?;
                let share = group.sum.as_ref().and_then(|sum| sum.together.share());
                group.tally.map(|tally| (tally.earned, share))
            }
        };
        counted.ok_or(Absence::NotCounted)
    }
}
