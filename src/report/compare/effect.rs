//! What single items did to the score: beside the later one stands what it would be, had an item been
//! as it was before.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::report::change::{Change, ComparedItem};
use crate::report::result::{Assessed, GroupBrief, PublishedPlan};

/// The later of two results, scored again from its figures.
pub(super) struct Effects<'a> {
    after: &'a Assessed,
    plan: &'a PublishedPlan,
    score: Decimal,
}

/// What counts in a group, or in the whole.
#[derive(Clone, Copy)]
struct Part {
    weight: Decimal,
    points: Decimal,
    earned: Decimal,
    /// Whether it earns the share of the others of its group.
    takes_share: bool,
}

/// More digits than points are shown with.
const DIGITS: u32 = 12;

impl<'a> Effects<'a> {
    /// None where the figures do not come to the score: those of one unit alone do not.
    pub(super) fn of(after: &'a Assessed, plan: &'a PublishedPlan) -> Option<Self> {
        let shown = after.compared.score?;
        let score = score(&after.groups, plan, after.compared.items.iter())?;
        let difference = score.saturating_sub(shown).abs();
        let is_sound = difference <= Decimal::new(1, shown.scale());
        is_sound.then_some(Self { after, plan, score })
    }

    /// By how much the score is higher than if the item had been as before, all else being as it is;
    /// none where that would leave nothing to score, or the group is gone that it was in.
    pub(super) fn by(&self, change: &Change<'_>) -> Option<Decimal> {
        let place =
            |item: &ComparedItem| (item.group.clone(), item.weight, item.worth, item.earned);
        if change.before.map(place) == change.after.map(place) {
            return Some(Decimal::ZERO);
        }
        let groups = &self.after.groups;
        let has_place = |item: &ComparedItem| {
            item.group.is_empty() || groups.iter().any(|g| g.id == item.group)
        };
        if change.before.is_some_and(|item| item.earned.is_some() && !has_place(item)) {
            return None;
        }
        let others = self.after.compared.items.iter().filter(|item| item.id != change.id());
        let other = score(groups, self.plan, others.chain(change.before))?;
        Some(self.score.saturating_sub(other).round_dp(DIGITS).normalize())
    }
}

/// The score of items in groups, before it is rounded.
fn score<'a>(
    groups: &[GroupBrief],
    plan: &PublishedPlan,
    items: impl Iterator<Item = &'a ComparedItem>,
) -> Option<Decimal> {
    let mut members: BTreeMap<&str, Vec<Part>> = BTreeMap::new();
    for item in items {
        let ComparedItem { weight, worth: points, takes_share, .. } = *item;
        let Some(earned) = item.earned else { continue };
        let part = Part { weight, points, earned, takes_share };
        members.entry(item.group.as_str()).or_default().push(part);
    }
    members.values_mut().for_each(share);
    let mut inmost: Vec<&GroupBrief> = groups.iter().collect();
    inmost.sort_by_key(|group| Reverse(depth(groups, group)));
    for group in inmost {
        let Some(parts) = members.remove(group.id.as_str()) else { continue };
        let parent = group.parent.as_deref().unwrap_or_default();
        members.entry(parent).or_default().push(come_to(group, &parts)?);
    }
    let whole = members.remove("")?;
    let (worth, extras) = apart(&whole);
    let [points, earned] = sum(&worth);
    let scaled = earned.checked_mul(plan.total)?.checked_div(points)?;
    Some(held(scaled.saturating_add(extras), Some(plan.floor), plan.cap))
}

/// How many groups a group lies in. A result may come from anywhere, and its groups lie in each other.
fn depth(groups: &[GroupBrief], group: &GroupBrief) -> usize {
    let up = |group: &&GroupBrief| {
        let parent = group.parent.as_deref()?;
        groups.iter().find(|other| other.id == parent)
    };
    std::iter::successors(Some(group), up).take(groups.len()).count()
}

/// Gives those that take their share from the others of their group what these leave them.
fn share(parts: &mut Vec<Part>) {
    let others: Vec<Part> = parts.iter().filter(|part| !part.takes_share).copied().collect();
    let [points, earned] = sum(&apart(&others).0);
    let share = earned.checked_div(points);
    parts.retain(|part| !part.takes_share || share.is_some());
    for part in parts.iter_mut().filter(|part| part.takes_share) {
        part.earned = share.unwrap_or_default().saturating_mul(part.points);
    }
}

/// What the parts of a group come to; a figure that cannot be is none.
fn come_to(group: &GroupBrief, parts: &[Part]) -> Option<Part> {
    let (worth, extras) = apart(parts);
    let share = |part: &Part| part.earned.checked_div(part.points).unwrap_or_default();
    let [sum_points, sum_earned] = sum(&worth);
    let is_sum = group.combine == "sum";
    let (points, earned) = if worth.is_empty() {
        (Decimal::ZERO, Decimal::ZERO)
    } else if is_sum && group.own_points.is_none_or(|own| own == sum_points) {
        (sum_points, sum_earned)
    } else {
        // What such a group is worth does not depend on what counts in it.
        let points = group.own_points.or(group.points)?;
        let share = match group.combine.as_str() {
            "sum" => sum_earned.checked_div(sum_points)?,
            "lowest" => worth.iter().map(share).min()?,
            "weighted" => mean(worth.iter().map(|part| (part.weight, share(part))))?,
            _ => mean(worth.iter().map(|part| (Decimal::ONE, share(part))))?,
        };
        (points, share.checked_mul(points)?)
    };
    let earned = held(earned.saturating_add(extras), group.floor, group.cap);
    Some(Part { weight: group.weight, points, earned, takes_share: false })
}

/// The parts that are worth points, and what the others earned.
fn apart(parts: &[Part]) -> (Vec<Part>, Decimal) {
    let (worth, extras): (Vec<Part>, Vec<Part>) =
        parts.iter().copied().partition(|part| !part.points.is_zero());
    let [_, extras] = sum(&extras);
    (worth, extras)
}

/// The points of parts, and what was earned of them.
fn sum(parts: &[Part]) -> [Decimal; 2] {
    parts.iter().fold([Decimal::ZERO; 2], |[points, earned], part| {
        [points.saturating_add(part.points), earned.saturating_add(part.earned)]
    })
}

fn mean(shares: impl Iterator<Item = (Decimal, Decimal)>) -> Option<Decimal> {
    let [weights, sum] = shares.fold([Decimal::ZERO; 2], |[weights, sum], (weight, share)| {
        [weights.saturating_add(weight), sum.saturating_add(weight.saturating_mul(share))]
    });
    sum.checked_div(weights)
}

fn held(points: Decimal, floor: Option<Decimal>, cap: Option<Decimal>) -> Decimal {
    let points = floor.map_or(points, |floor| points.max(floor));
    cap.map_or(points, |cap| points.min(cap))
}
