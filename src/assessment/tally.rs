//! From the points of items to those of groups, to the score and its range.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::Item;
use crate::plan::{Combine, Grade, Group, Plan};

/// Points, and what was earned of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// The points that count.
    pub points: Decimal,
    /// What was earned.
    pub earned: Decimal,
}

/// A group and what it came to.
#[derive(Debug)]
#[non_exhaustive]
pub struct GroupTally<'a> {
    /// The group.
    pub group: &'a Group,
    /// How many groups it lies in.
    pub depth: usize,
    /// Its points; none where nothing in it counts.
    pub tally: Option<Tally>,
}

/// The score (总分) and how it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Score {
    /// What was earned of which points.
    pub tally: Tally,
    /// The score on the plan's scale, before it is rounded.
    pub exact: Decimal,
    /// The score as it is shown: rounded once, by the plan's rule, with more digits where the
    /// rounded one would seem to have another grade.
    pub rounded: Decimal,
}

/// How what is open is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scenario {
    /// As the plan says.
    Now,
    /// Nothing of it is met.
    Low,
    /// All of it is met.
    High,
}

/// What an item counts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    pub(super) tally: Tally,
    /// The tally of the others, where the item takes its share from them.
    pub(super) share: Option<Tally>,
}

/// What items and groups count in a scenario.
pub(super) struct Outcome<'a> {
    pub(super) parts: Vec<Option<Part>>,
    pub(super) groups: Vec<GroupTally<'a>>,
    pub(super) total: Option<Tally>,
}

pub(super) fn tally<'a>(plan: &'a Plan, items: &[Item<'_>], scenario: Scenario) -> Outcome<'a> {
    let parts = parts(plan, items, scenario);
    let tree = Tree { plan, parts: &parts, items };
    let groups = plan.groups().iter().enumerate().map(|(index, group)| GroupTally {
        group,
        depth: depth(plan, group),
        tally: tree.combine(Some(index), group.combine),
    });
    let groups = groups.collect();
    let total = tree.combine(None, Combine::Sum);
    Outcome { groups, total, parts }
}

fn depth(plan: &Plan, group: &Group) -> usize {
    let up = |group: &&Group| group.parent.and_then(|parent| plan.groups().get(parent));
    std::iter::successors(up(&group), up).count()
}

/// What each item counts; last those that take their share from the others of their group.
fn parts(plan: &Plan, items: &[Item<'_>], scenario: Scenario) -> Vec<Option<Part>> {
    let plain: Vec<_> = items.iter().map(|item| item.part(plan, scenario)).collect();
    let share = |group| {
        let others = items.iter().zip(&plain).filter(|(item, _)| item.indicator.group == group);
        let others = Tally::sum(others.filter_map(|(_, part)| *part));
        (!others.points.is_zero()).then_some(others)
    };
    let part = |(item, plain): (&Item<'_>, &Option<Tally>)| {
        if !item.takes_share(plan) {
            return plain.map(|tally| Part { tally, share: None });
        }
        let others = share(item.indicator.group)?;
        let earned = item.points * others.earned / others.points;
        let tally = Tally { points: item.points, earned };
        Some(Part { tally, share: Some(others) })
    };
    items.iter().zip(&plain).map(part).collect()
}

/// The groups with what their items count.
struct Tree<'a> {
    plan: &'a Plan,
    parts: &'a [Option<Part>],
    items: &'a [Item<'a>],
}

impl Tree<'_> {
    /// What the parts of a group come to; none where no part counts. The plan's reader has
    /// refused groups that lie in themselves.
    fn combine(&self, group: Option<usize>, how: Combine) -> Option<Tally> {
        let items = self.items.iter().zip(self.parts);
        let items = items.filter(|(item, _)| item.indicator.group == group);
        let items =
            items.filter_map(|(item, part)| Some((item.indicator.weight, part.as_ref()?.tally)));
        let groups = self.plan.groups().iter().enumerate();
        let groups = groups.filter(|(_, inner)| inner.parent == group);
        let groups = groups.filter_map(|(index, inner)| {
            Some((inner.weight, self.combine(Some(index), inner.combine)?))
        });
        let parts: Vec<_> = items.chain(groups).collect();
        if parts.is_empty() {
            return None;
        }
        match how {
            Combine::Sum => Some(Tally::sum(parts.iter().map(|&(_, tally)| tally))),
            Combine::Mean => {
                Some(Tally::mean(parts.iter().map(|&(_, tally)| (Decimal::ONE, tally))))
            }
            Combine::Weighted => Some(Tally::mean(parts.iter().copied())),
            Combine::Lowest => parts.into_iter().map(|(_, tally)| tally).min_by(Tally::by_share),
        }
    }
}

impl Tally {
    fn sum(parts: impl Iterator<Item = Self>) -> Self {
        parts.fold(Self::default(), |sum, part| Self {
            points: sum.points + part.points,
            earned: sum.earned + part.earned,
        })
    }

    /// The mean by weight. A weight is never 0, so there is something to divide by.
    fn mean(parts: impl Iterator<Item = (Decimal, Self)>) -> Self {
        let (mut weights, mut sum) = (Decimal::ZERO, Self::default());
        for (weight, part) in parts {
            weights += weight;
            sum.points += weight * part.points;
            sum.earned += weight * part.earned;
        }
        let mean = |sum: Decimal| (sum / weights).normalize();
        Self { points: mean(sum.points), earned: mean(sum.earned) }
    }

    /// By the share earned, without dividing. What is worth no points has no share and comes last.
    fn by_share(&self, other: &Self) -> Ordering {
        match (self.points.is_zero(), other.points.is_zero()) {
            (false, false) => (self.earned * other.points).cmp(&(other.earned * self.points)),
            (worthless, other_worthless) => worthless.cmp(&other_worthless),
        }
    }
}

impl Score {
    /// The score of a tally; none where nothing that has points counts.
    pub(super) fn new(plan: &Plan, tally: Option<Tally>) -> Option<Self> {
        let tally = tally.filter(|tally| !tally.points.is_zero())?;
        let exact = tally.earned * plan.scoring().total / tally.points;
        let edge = |score| Self::grade(plan, score).map(|grade| grade.from);
        let rounded =
            plan.scoring().round.faithfully(exact, |rounded| edge(rounded) == edge(exact));
        Some(Self { tally, exact, rounded })
    }

    /// The score with so many digits that it does not seem to reach a number that it is below.
    pub fn shown_below(&self, plan: &Plan, limit: Decimal) -> Decimal {
        plan.scoring().round.faithfully(self.exact, |rounded| rounded < limit)
    }

    /// The grade of a score: the best whose lower edge it reaches.
    pub(super) fn grade(plan: &Plan, score: Decimal) -> Option<&Grade> {
        plan.grades().iter().find(|grade| score >= grade.from)
    }
}
