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
    pub(super) total: Tally,
}

/// Adds up a scenario. `full` is the outcome in which all that may count does: it says what groups
/// are worth that do not simply add up, so that their worth stays the same whatever is open.
pub(super) fn tally<'a>(
    plan: &'a Plan,
    items: &[Item<'_>],
    scenario: Scenario,
    full: Option<&Outcome<'_>>,
) -> Outcome<'a> {
    let parts = parts(plan, items, scenario);
    let tree = Tree { plan, parts: &parts, items, full };
    let groups = plan.groups().iter().enumerate().map(|(index, group)| GroupTally {
        group,
        depth: depth(plan, group),
        tally: tree.group(index, group),
    });
    let groups = groups.collect();
    let total = Tally::sum(tree.members(None).into_iter().map(|(_, tally)| tally));
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
        let points = item.points * FINE;
        let tally = Tally { points, earned: others.scaled_to(points) };
        Some(Part { tally, share: Some(others) })
    };
    items.iter().zip(&plain).map(part).collect()
}

/// The groups with what their items count.
struct Tree<'a> {
    plan: &'a Plan,
    parts: &'a [Option<Part>],
    items: &'a [Item<'a>],
    full: Option<&'a Outcome<'a>>,
}

impl Tree<'_> {
    /// The items and groups in a group that count, with their weights. The plan's reader has
    /// refused groups that lie in themselves.
    fn members(&self, group: Option<usize>) -> Vec<(Decimal, Tally)> {
        let items = self.items.iter().zip(self.parts);
        let items = items.filter(|(item, _)| item.indicator.group == group);
        let items =
            items.filter_map(|(item, part)| Some((item.indicator.weight, part.as_ref()?.tally)));
        let groups = self.plan.groups().iter().enumerate();
        let groups = groups.filter(|(_, inner)| inner.parent == group);
        let groups =
            groups.filter_map(|(index, inner)| Some((inner.weight, self.group(index, inner)?)));
        items.chain(groups).collect()
    }

    /// What a group comes to; none where nothing in it counts.
    fn group(&self, index: usize, group: &Group) -> Option<Tally> {
        let members = self.members(Some(index));
        if members.is_empty() {
            return None;
        }
        if group.combine == Combine::Sum {
            return Some(Tally::sum(members.into_iter().map(|(_, tally)| tally)));
        }
        let is_weighted = group.combine == Combine::Weighted;
        let weigh = |(weight, tally)| (if is_weighted { weight } else { Decimal::ONE }, tally);
        // What is worth nothing has no share of it.
        let has_share = |(_, tally): &(Decimal, Tally)| !tally.points.is_zero();
        let members: Vec<_> = members.into_iter().filter(has_share).map(weigh).collect();
        let full = self.full.and_then(|full| full.groups.get(index)?.tally);
        let worth = full.map_or_else(
            || mean(members.iter().map(|&(w, t)| (w, t.points))),
            |t| Some(t.points),
        )?;
        let earned = match group.combine {
            Combine::Lowest => {
                members.iter().map(|(_, tally)| *tally).min_by(Tally::by_share)?.scaled_to(worth)
            }
            _ => mean(members.iter().map(|&(w, t)| (w, t.scaled_to(worth))))?,
        };
        Some(Tally { points: worth, earned })
    }
}

/// The mean by weight; none of nothing. A weight is never 0.
fn mean(values: impl Iterator<Item = (Decimal, Decimal)>) -> Option<Decimal> {
    let add = |(weights, sum): (Decimal, Decimal), (weight, value)| {
        (weights + weight, sum + weight * value)
    };
    let (weights, sum) = values.fold((Decimal::ZERO, Decimal::ZERO), add);
    (!weights.is_zero()).then(|| (sum / weights).normalize())
}

impl Tally {
    fn sum(parts: impl Iterator<Item = Self>) -> Self {
        parts.fold(Self::default(), |sum, part| Self {
            points: sum.points + part.points,
            earned: sum.earned + part.earned,
        })
    }

    /// What the share that was earned is of other points.
    fn scaled_to(self, points: Decimal) -> Decimal {
        if self.points == points { self.earned } else { self.earned / self.points * points }
    }

    /// By the share earned.
    fn by_share(&self, other: &Self) -> Ordering {
        (self.earned / self.points).cmp(&(other.earned / other.points))
    }

    /// Points as they are read, in the units that are counted with.
    pub(super) fn fine(points: Decimal, earned: Decimal) -> Self {
        Self { points: points * FINE, earned: earned * FINE }
    }

    /// What was counted, in points again.
    pub(super) fn in_points(self) -> Self {
        let points = |fine: Decimal| (fine / FINE).round_dp(SOUND).normalize();
        Self { points: points(self.points), earned: points(self.earned) }
    }
}

/// Points are counted in millionths: they have at most six decimals, so these are whole numbers of
/// at least 1, and a division keeps 28 digits of its quotient however small the points are.
const FINE: Decimal = Decimal::from_parts(1_000_000, 0, 0, false, 0);

/// Decimals of points that are sound after endless divisions; what a figure has beyond them is
/// noise and is cut off.
const SOUND: u32 = 18;

/// Decimals of a score that are exact. Endless divisions on the way leave an error beyond the
/// twentieth; cutting it off makes three thirds a whole again.
const EXACT: u32 = 15;

impl Score {
    /// The score of a tally; none where nothing that has points counts.
    pub(super) fn new(plan: &Plan, tally: Tally) -> Option<Self> {
        if tally.points.is_zero() {
            return None;
        }
        let exact = tally.earned * plan.scoring().total / tally.points;
        let exact = exact.round_dp(EXACT).normalize();
        let edge = |score| Self::grade(plan, score).map(|grade| grade.from);
        let rounded =
            plan.scoring().round.faithfully(exact, |rounded| edge(rounded) == edge(exact));
        Some(Self { tally: tally.in_points(), exact, rounded })
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
