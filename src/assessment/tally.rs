//! From the points of items to those of groups, to the score and its range.

use std::cmp::{Ordering, Reverse};

use rust_decimal::Decimal;

use super::Item;
use crate::number::whole;
use crate::plan::{Combine, Group, Plan};

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
    /// How its parts made it up; none where nothing in it counts.
    pub sum: Option<GroupSum>,
}

/// How the parts of a group, or of the whole, made it up.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GroupSum {
    /// How the parts that are worth points were combined.
    pub combine: Combine,
    /// Those parts, each with its weight.
    pub parts: Vec<(Decimal, Tally)>,
    /// What they came to together, before it is scaled to the group's own points.
    pub together: Tally,
    /// The parts that are worth no points, which are added as they stand.
    pub extras: Vec<Decimal>,
    /// The points that what they came to was scaled to, where the group has its own.
    pub scaled_to: Option<Decimal>,
    /// What they earned then.
    pub scaled: Decimal,
    /// The same with the extras, before it is held at floor or cap.
    pub free: Decimal,
    /// The floor or the cap that it is held at.
    pub held_at: Option<Decimal>,
}

/// The score (总分) and how it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Score {
    /// What was earned of which points.
    pub tally: Tally,
    /// How the groups and items outside any group made that up.
    pub sum: GroupSum,
    /// The score on the plan's scale, before it is held within floor and cap, and rounded.
    pub free: Decimal,
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
    /// Not yet on the plan's scale, and without what is worth no points.
    pub(super) total: GroupSum,
}

/// Adds up a scenario. `full` is the outcome in which all that may count does: it says what groups
/// are worth that do not simply add up, so that their worth stays the same whatever is open.
pub(super) fn tally<'a>(
    plan: &'a Plan,
    items: &[Item<'_>],
    scenario: Scenario,
    full: Option<&Outcome<'_>>,
) -> Outcome<'a> {
    let own: Vec<_> = items.iter().map(|item| item.part(plan, scenario)).collect();
    tally_of(plan, items, &own, full)
}

/// Adds up what each item counts by itself.
pub(super) fn tally_of<'a>(
    plan: &'a Plan,
    items: &[Item<'_>],
    own: &[Option<Tally>],
    full: Option<&Outcome<'_>>,
) -> Outcome<'a> {
    let parts = parts(plan, items, own);
    let mut members = Members::of(plan, items, &parts);
    // What is in no group is listed behind the groups.
    let alone = members.take(None);
    let depths: Vec<usize> = plan.groups().iter().map(|group| depth(plan, group)).collect();
    let tally =
        |(group, &depth): (&'a Group, &usize)| GroupTally { group, depth, tally: None, sum: None };
    let mut groups: Vec<_> = plan.groups().iter().zip(&depths).map(tally).collect();
    // What a group is made up of comes before the group.
    let mut order: Vec<usize> = (0..groups.len()).collect();
    order.sort_by_key(|&index| Reverse(depths.get(index)));
    for index in order {
        let Some(tally) = groups.get_mut(index) else { continue };
        let group = tally.group;
        let full = full.and_then(|full| full.groups.get(index)?.sum.as_ref());
        let (earned, sum) = come_to(group, members.take(Some(index)), full).unzip();
        if let Some(earned) = earned {
            members.add(group.parent, (group.weight, earned));
        }
        (tally.tally, tally.sum) = (earned, sum);
    }
    let mut whole = members.take(None);
    whole.extend(alone);
    let (parts_worth, extras) = apart(whole);
    let together = Tally::sum(parts_worth.iter().map(|&(_, tally)| tally));
    let free = extras.iter().fold(together.earned, |sum, extra| sum.saturating_add(*extra));
    let total = GroupSum { parts: parts_worth, extras, free, ..GroupSum::of(together) };
    Outcome { groups, total, parts }
}

/// The members that are worth points, and what the others earned.
fn apart(mut members: Vec<(Decimal, Tally)>) -> (Vec<(Decimal, Tally)>, Vec<Decimal>) {
    let extras = members.extract_if(.., |(_, tally)| tally.points.is_zero());
    let extras = extras.map(|(_, tally)| tally.earned).collect();
    (members, extras)
}

fn depth(plan: &Plan, group: &Group) -> usize {
    let up = |group: &&Group| group.parent.and_then(|parent| plan.groups().get(parent));
    std::iter::successors(up(&group), up).count()
}

/// What each item counts, where some take their share from the others of their group.
fn parts(plan: &Plan, items: &[Item<'_>], own: &[Option<Tally>]) -> Vec<Option<Part>> {
    let share = |group| {
        let others = items.iter().zip(own).filter(|(item, _)| item.indicator.group == group);
        let others = others.filter_map(|(_, part)| *part);
        let others = Tally::sum(others.filter(|part| !part.points.is_zero()));
        (!others.points.is_zero()).then_some(others)
    };
    let part = |(item, own): (&Item<'_>, &Option<Tally>)| {
        if !item.takes_share(plan) {
            return own.map(|tally| Part { tally, share: None });
        }
        let others = share(item.indicator.group)?;
        let points = item.points * FINE;
        let tally = Tally { points, earned: others.scaled_to(points) };
        Some(Part { tally, share: Some(others) })
    };
    items.iter().zip(own).map(part).collect()
}

/// What makes up each group, and the whole: items and groups that count, with their weights.
struct Members(Vec<Vec<(Decimal, Tally)>>);

impl Members {
    /// The items; groups are added when it is known what they come to.
    fn of(plan: &Plan, items: &[Item<'_>], parts: &[Option<Part>]) -> Self {
        let mut members = Self(vec![Vec::new(); plan.groups().len() + 1]);
        for (item, part) in items.iter().zip(parts) {
            if let Some(part) = part {
                members.add(item.indicator.group, (item.indicator.weight, part.tally));
            }
        }
        members
    }

    /// The whole comes behind the groups.
    fn at(&mut self, group: Option<usize>) -> Option<&mut Vec<(Decimal, Tally)>> {
        let whole = self.0.len().checked_sub(1)?;
        self.0.get_mut(group.unwrap_or(whole))
    }

    fn add(&mut self, to: Option<usize>, member: (Decimal, Tally)) {
        if let Some(members) = self.at(to) {
            members.push(member);
        }
    }

    fn take(&mut self, group: Option<usize>) -> Vec<(Decimal, Tally)> {
        self.at(group).map(std::mem::take).unwrap_or_default()
    }
}

/// What a group comes to, and how; none where nothing in it counts. `full` is how it comes about where
/// all that may count does.
fn come_to(
    group: &Group,
    members: Vec<(Decimal, Tally)>,
    full: Option<&GroupSum>,
) -> Option<(Tally, GroupSum)> {
    if members.is_empty() {
        return None;
    }
    let (parts, extras) = apart(members);
    let together = together(group, &parts, full);
    let own = group.points.map(|points| points * FINE).filter(|_| !together.points.is_zero());
    let scaled = match own {
        Some(points) => Tally { points, earned: together.scaled_to(points) },
        None => together,
    };
    let earned = extras.iter().fold(scaled.earned, |sum, extra| sum.saturating_add(*extra));
    let floor = group.floor.map(|floor| floor * FINE).filter(|floor| earned < *floor);
    let cap = group.cap.map(|cap| cap * FINE).filter(|cap| earned > *cap);
    let held_at = floor.or(cap);
    let tally = Tally { points: scaled.points, earned: held_at.unwrap_or(earned) };
    let (combine, scaled_to) = (group.combine, own);
    let (scaled, free) = (scaled.earned, earned);
    let sum = GroupSum { combine, parts, together, extras, scaled_to, scaled, free, held_at };
    Some((tally, sum))
}

/// What the parts that are worth points come to together.
fn together(group: &Group, parts: &[(Decimal, Tally)], full: Option<&GroupSum>) -> Tally {
    if group.combine == Combine::Sum {
        return Tally::sum(parts.iter().map(|&(_, tally)| tally));
    }
    let is_weighted = group.combine == Combine::Weighted;
    let weigh = |&(weight, tally)| (if is_weighted { weight } else { Decimal::ONE }, tally);
    let parts: Vec<_> = parts.iter().map(weigh).collect();
    let worth = match full {
        Some(full) => Some(full.together.points),
        None => mean(parts.iter().map(|&(weight, tally)| (weight, tally.points))),
    };
    let Some(worth) = worth.filter(|worth| !worth.is_zero()) else { return Tally::default() };
    let earned = match group.combine {
        Combine::Lowest => {
            let lowest = parts.iter().map(|(_, tally)| *tally).min_by(Tally::by_share);
            lowest.map(|lowest| lowest.scaled_to(worth))
        }
        _ => mean(parts.iter().map(|&(weight, tally)| (weight, tally.scaled_to(worth)))),
    };
    earned.map_or_else(Tally::default, |earned| Tally { points: worth, earned })
}

/// The mean by weight; none of nothing. A weight is never 0.
fn mean(values: impl Iterator<Item = (Decimal, Decimal)>) -> Option<Decimal> {
    let add = |(weights, sum): (Decimal, Decimal), (weight, value): (Decimal, Decimal)| {
        (weights + weight, sum.saturating_add(weight.saturating_mul(value)))
    };
    let (weights, sum) = values.fold((Decimal::ZERO, Decimal::ZERO), add);
    (!weights.is_zero()).then(|| (sum / weights).normalize())
}

impl Tally {
    fn sum(parts: impl Iterator<Item = Self>) -> Self {
        parts.fold(Self::default(), |sum, part| Self {
            points: sum.points.saturating_add(part.points),
            earned: sum.earned.saturating_add(part.earned),
        })
    }

    /// What the share that was earned is of other points.
    fn scaled_to(self, points: Decimal) -> Decimal {
        if self.points == points {
            return self.earned;
        }
        let share = self.earned.checked_div(self.points).unwrap_or_default();
        share.saturating_mul(points)
    }

    /// By the share earned.
    fn by_share(&self, other: &Self) -> Ordering {
        self.share().cmp(&other.share())
    }

    /// Points as they are read, in the units that are counted with.
    pub(super) fn fine(points: Decimal, earned: Decimal) -> Self {
        Self { points: points * FINE, earned: earned * FINE }
    }

    /// What was counted, in points again.
    pub(super) fn in_points(self) -> Self {
        Self { points: in_points(self.points), earned: in_points(self.earned) }
    }

    /// What was earned of it; none of nothing.
    pub fn share(&self) -> Option<Decimal> {
        self.earned.checked_div(self.points)
    }
}

impl GroupTally<'_> {
    /// What was counted, in points again.
    pub(super) fn in_points(self) -> Self {
        let tally = self.tally.map(Tally::in_points);
        let sum = self.sum.as_ref().map(GroupSum::in_points);
        Self { tally, sum, ..self }
    }
}

impl GroupSum {
    /// Parts that were simply added up, without what each of them came to.
    pub(super) fn of(together: Tally) -> Self {
        Self {
            combine: Combine::Sum,
            parts: Vec::new(),
            together,
            extras: Vec::new(),
            scaled_to: None,
            scaled: together.earned,
            free: together.earned,
            held_at: None,
        }
    }

    /// What is added to the parts that are worth points, in points.
    fn extra(&self) -> Decimal {
        self.extras.iter().fold(Decimal::ZERO, |sum, extra| sum.saturating_add(*extra)) / FINE
    }

    /// What was counted, in points again.
    pub(super) fn in_points(&self) -> Self {
        Self {
            combine: self.combine,
            parts: self.parts.iter().map(|&(weight, tally)| (weight, tally.in_points())).collect(),
            together: self.together.in_points(),
            extras: self.extras.iter().copied().map(in_points).collect(),
            scaled_to: self.scaled_to.map(in_points),
            scaled: in_points(self.scaled),
            free: in_points(self.free),
            held_at: self.held_at.map(in_points),
        }
    }
}

fn in_points(fine: Decimal) -> Decimal {
    if let Some(fine) = whole(fine)
        && fine % FINE_UNITS == 0
    {
        return Decimal::from(fine / FINE_UNITS);
    }
    // A division by a million is a shift of the point.
    let (mut points, scale) = (fine, fine.scale() + FINE_DIGITS);
    if scale <= SOUND && points.set_scale(scale).is_ok() {
        return points.normalize();
    }
    (fine / FINE).round_dp(SOUND).normalize()
}

/// Adding up saturates: no plan that means something comes near the end of the numbers, and the
/// others are not worth a failure.
///
/// Points are counted in millionths: they have at most six decimals, so these are whole numbers of
/// at least 1, and a division keeps 28 digits of its quotient however small the points are.
const FINE: Decimal = Decimal::from_parts(1_000_000, 0, 0, false, 0);
const FINE_UNITS: i64 = 1_000_000;
const FINE_DIGITS: u32 = 6;

/// Decimals of points that are sound after endless divisions; what a figure has beyond them is
/// noise and is cut off.
pub(super) const SOUND: u32 = 18;

/// Decimals of a score that are exact. Endless divisions on the way leave an error beyond the
/// twentieth; cutting it off makes three thirds a whole again.
const EXACT: u32 = 15;

impl Score {
    /// The score of all parts together; none where nothing that has points counts.
    pub(super) fn new(plan: &Plan, sum: &GroupSum) -> Option<Self> {
        Self::of(plan, sum.together, sum.extra(), sum.in_points())
    }

    /// The score of all parts together, before it is rounded.
    pub(super) fn exact(plan: &Plan, sum: &GroupSum) -> Option<Decimal> {
        let free = Self::free(plan, sum.together, sum.extra())?;
        Some(Self::held_at(plan, free).unwrap_or(free))
    }

    /// The score of what was earned together, as it was counted, and of what is added to it; `sum` says
    /// in points how that came about.
    pub(super) fn of(plan: &Plan, fine: Tally, extras: Decimal, sum: GroupSum) -> Option<Self> {
        let free = Self::free(plan, fine, extras)?;
        let held_at = Self::held_at(plan, free);
        let exact = held_at.unwrap_or(free);
        let edge = |score| Self::grade(plan, score);
        let round = plan.scoring().round;
        let rounded = round.faithfully(exact, |rounded| edge(rounded) == edge(exact));
        let sum = GroupSum { held_at, ..sum };
        Some(Self { tally: sum.together, sum, free, exact, rounded })
    }

    /// What was earned together, on the plan's scale, with what is added to it.
    fn free(plan: &Plan, fine: Tally, extras: Decimal) -> Option<Decimal> {
        let scaled = fine.earned.saturating_mul(plan.scoring().total);
        let scaled = scaled.checked_div(fine.points)?;
        Some(scaled.saturating_add(extras).round_dp(EXACT).normalize())
    }

    /// The floor or the cap that a score is held at.
    fn held_at(plan: &Plan, free: Decimal) -> Option<Decimal> {
        let scoring = plan.scoring();
        let floor = Some(scoring.floor).filter(|floor| free < *floor);
        floor.or(scoring.cap.filter(|cap| free > *cap))
    }

    /// The score with so many digits that it does not seem to reach a number that it is below.
    pub fn shown_below(&self, plan: &Plan, limit: Decimal) -> Decimal {
        plan.scoring().round.faithfully(self.exact, |rounded| rounded < limit)
    }

    /// The grade of a score: the best whose lower edge it reaches, as an index into the plan's.
    pub(super) fn grade(plan: &Plan, score: Decimal) -> Option<usize> {
        plan.grades().iter().position(|grade| score >= grade.from)
    }
}
