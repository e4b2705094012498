//! What items, groups and the rules for them did to the score, in this order: each item is put into the
//! earlier result as it is in the later one; then the rules of groups, the places where they lie and what
//! new ones took in and those that are gone let out, then the rules of the whole.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::groups::GroupDid;
use crate::assessment::State;
use crate::report::change::{Change, ComparedItem, pairs};
use crate::report::counting::Counting;
use crate::report::parts::Parts;
use crate::report::result::{Assessed, GroupBrief, PublishedScale};

/// Two results, whose figures come to their scores.
pub(super) struct Effects<'a> {
    before: &'a Assessed,
    after: &'a Assessed,
    /// Before they are rounded.
    scores: [Decimal; 2],
    /// The earlier result.
    old: Stage<'a>,
    /// The later values by the earlier plan; none where that is not known.
    between: Option<Stage<'a>>,
    /// What the items of the later result come to by the rules of the earlier one.
    by_items: Decimal,
    /// The items of the later result that a new group took in, or one that is gone let out, each with that
    /// group and with the one that it lay in.
    moved: BTreeMap<&'a str, [&'a str; 2]>,
}

/// The items, by their keys, as they count in the earlier groups, and the score that they come to before it is
/// rounded.
struct Stage<'a> {
    items: Vec<(&'a str, Counting<'a>)>,
    score: Decimal,
}

/// An item or a group in the group around it, or in the whole.
#[derive(Clone, Copy)]
struct Part<'k> {
    /// The id of the group, or by what the item is paired.
    key: &'k str,
    weight: Decimal,
    /// Its points, whether it counts or may yet: by these a group is worth that is no sum.
    worth: Decimal,
    /// The points that count and what was earned of them; none where it does not count.
    counted: Option<[Decimal; 2]>,
    /// Whether it earns the share of the others of its group.
    takes_share: bool,
}

/// More digits than points are shown with.
pub(super) const DIGITS: u32 = 12;

impl<'a> Effects<'a> {
    /// None where the figures of one do not come to its score.
    pub(super) fn of(before: &'a Assessed, after: &'a Assessed) -> Option<Self> {
        let scores = [sound_score(before)?, sound_score(after)?];
        let moved = moved_items(before, after);
        let items = before.compared.items.iter();
        let old = Stage { items: items.map(keyed).collect(), score: scores[0] };
        let mut effects =
            Self { before, after, scores, old, between: None, by_items: Decimal::ZERO, moved };
        effects.between = effects.stage_between();
        effects.by_items = effects.with_rules(|_| false, |_| false, |_| false)?;
        Some(effects)
    }

    /// None where it is not known of all items how they count so.
    fn stage_between(&self) -> Option<Stage<'a>> {
        let former = &self.after.compared.former;
        let pairs = pairs(&self.before.compared, &self.after.compared);
        let items = pairs.map(|(before, after)| {
            let key = after.or(before).map_or("", |item| item.id.as_str());
            Some(former.counting(before, after)?.map(|item| (key, item)))
        });
        let items: Vec<_> = items.collect::<Option<Vec<_>>>()?.into_iter().flatten().collect();
        let score = self.score(&self.tree(), items.iter().copied())?;
        Some(Stage { items, score })
    }

    /// The groups as they were, with those that are new.
    fn tree(&self) -> Vec<Cow<'a, GroupBrief>> {
        tree([self.before, self.after], |_| false, |_| false)
    }

    fn score<'i>(
        &self,
        groups: &[Cow<'_, GroupBrief>],
        items: impl Iterator<Item = (&'i str, Counting<'i>)>,
    ) -> Option<Decimal> {
        score(groups, self.before.scale, items)
    }

    /// The later score before it is rounded to what is shown, without what divisions left at its end.
    pub(super) fn score_after(&self) -> Decimal {
        let [_, new] = self.scores;
        new.round_dp(DIGITS)
    }

    /// The same of the earlier score.
    pub(super) fn score_before(&self) -> Decimal {
        let [old, _] = self.scores;
        old.round_dp(DIGITS)
    }

    /// By how much a score is higher with these items as they are in the later result, all else being as it was: the
    /// earlier score with their values, and then, with all the later values, what the plan says of them; where it is
    /// not known what these come to by the earlier plan, the earlier score with both. None where that leaves nothing
    /// to score. That a new group took one in, or one that is gone let it out, is that one's doing. With that, what of
    /// it the plan did, and what the values did first; none where that is not known.
    pub(super) fn of_items(&self, changes: &[&Change<'_>]) -> (Option<Decimal>, Option<Parts>) {
        let former = &self.after.compared.former;
        let by_values =
            self.with(&self.old, changes, |change| former.counting(change.before, change.after));
        let stage = self.between.as_ref().unwrap_or(&self.old);
        let by_plan = self.with(stage, changes, |change| Some(self.later(change)));
        let parts = by_plan.zip(by_values).map(|(by_plan, by_values)| Parts { by_plan, by_values });
        let both = parts.map(|parts| parts.by_plan.saturating_add(parts.by_values).normalize());
        (if self.between.is_some() { both } else { by_plan }, parts)
    }

    /// What all that the plan says did to the score, and what all values did first.
    pub(super) fn of_plan_and_values(&self) -> Option<Parts> {
        let ([old, new], between) = (self.scores, self.between.as_ref()?.score);
        Some(Parts { by_plan: less(new, between), by_values: less(between, old) })
    }

    /// Whether an item counts within these groups, before it is another and after, but for what a group took in or
    /// let out.
    pub(super) fn is_within(&self, change: &Change<'_>, groups: &BTreeSet<&str>) -> bool {
        let before = change.before.map(|item| item.group.as_str());
        let after = change.after.map(|item| self.group_of(item, |_| false));
        before.into_iter().chain(after).all(|group| groups.contains(group))
    }

    /// How an item counts in the later result, but for what a group took in or let out.
    fn later<'c>(&'c self, change: &Change<'c>) -> Option<Counting<'c>> {
        let item = change.after?;
        Some(item.counting().lying_in(self.group_of(item, |_| false)))
    }

    /// By how much the score of a stage is higher where items count otherwise; none where it is not known how.
    fn with<'c>(
        &self,
        stage: &Stage<'c>,
        changes: &[&Change<'c>],
        count: impl Fn(&Change<'c>) -> Option<Option<Counting<'c>>>,
    ) -> Option<Decimal> {
        let keys: BTreeSet<&str> = changes.iter().map(|change| change.key()).collect();
        let (was, others): (Vec<_>, Vec<_>) =
            stage.items.iter().partition(|(key, _)| keys.contains(key));
        let counting = changes.iter().map(|change| Some((change.key(), count(change)?)));
        let is: BTreeMap<&str, Option<Counting<'_>>> = counting.collect::<Option<_>>()?;
        let was: BTreeMap<&str, Counting<'_>> = was.into_iter().collect();
        if is.iter().all(|(key, item)| was.get(key) == item.as_ref()) {
            return Some(Decimal::ZERO);
        }
        let is = is.into_iter().filter_map(|(key, item)| Some((key, item?)));
        let items = others.into_iter().chain(is);
        Some(less(self.score(&self.tree(), items)?, stage.score))
    }

    /// The ids of a group and of those that lie or lay in it.
    pub(super) fn inside<'g>(&'g self, id: &'g str) -> BTreeSet<&'g str> {
        [self.before, self.after].into_iter().flat_map(|all| within(&all.groups, id)).collect()
    }

    /// The same of a group with all that is in it, items and groups, and what the plan says of these; all of it by the
    /// plan where it is not known what the later values come to by the earlier one.
    fn of_group_in_steps(&self, id: &str) -> Option<Parts> {
        let inside = self.inside(id);
        let is_inside = |group: &str| inside.contains(group);
        // Where another took it in or let it out, it is that one's doing.
        let is_moved =
            |group: &str| is_inside(group) && (group != id || self.moved_by(group) == group);
        let groups = tree([self.before, self.after], is_inside, is_moved);
        let [before, after] = [self.before, self.after].map(|all| &all.compared.items);
        let both = before.iter().chain(after).filter(|item| is_inside(&item.group));
        let keys: BTreeSet<&str> = both.map(|item| item.id.as_str()).collect();
        let of = |stage: &Stage<'a>, are_inside: bool| {
            let items = stage.items.iter().filter(|(key, _)| keys.contains(key) == are_inside);
            items.copied().collect::<Vec<_>>()
        };
        let later = after.iter().filter(|item| keys.contains(item.id.as_str()));
        let later = later.map(keyed);
        let stage = self.between.as_ref().unwrap_or(&self.old);
        let by_values =
            self.score(&self.tree(), of(&self.old, false).into_iter().chain(of(stage, true)))?;
        let by_plan = self.score(&groups, of(stage, false).into_iter().chain(later))?;
        let by_values = less(by_values, self.old.score);
        Some(Parts { by_plan: less(by_plan, stage.score), by_values })
    }

    /// What a group did to the score with all that is in it, and what its new rules did.
    pub(super) fn did_of_group(&self, id: &str) -> GroupDid {
        let has_new_rules = self.has_new_rules(id);
        let steps = self.of_group_in_steps(id);
        GroupDid {
            in_score: steps.map(|steps| steps.by_plan.saturating_add(steps.by_values).normalize()),
            parts: steps.filter(|_| self.between.is_some()),
            has_new_rules,
            by_rules: if has_new_rules { self.of_rules_of(id) } else { None },
        }
    }

    /// The names of a group's lowest parts with the later values by the earlier plan, each with the state of an item
    /// without a value; none where that is not known.
    pub(super) fn lowest_between(&self, id: &str) -> Option<Vec<(&'a str, Option<State>)>> {
        let lowest = self.lowest(self.between.as_ref()?, id)?;
        lowest.iter().map(|key| self.named_between(key)).collect()
    }

    /// The title of a group that hides what an item did alone: it is as good as its lowest part, and the item is, or
    /// was, in another, before its value is the later one or after.
    pub(super) fn hidden_in(&self, change: &Change<'a>) -> Option<&'a str> {
        let item = change.before.or(change.after)?;
        let is_other = |group: &GroupBrief, part: &str| {
            let mut stages = std::iter::once(&self.old).chain(&self.between);
            stages.any(|stage| {
                let lowest = self.lowest(stage, &group.id).unwrap_or_default();
                !lowest.is_empty() && !lowest.iter().any(|key| key == part)
            })
        };
        let mut part = item.id.as_str();
        self.before.around(&item.group).find_map(|group| {
            let part = std::mem::replace(&mut part, &group.id);
            (group.combine == "lowest" && is_other(group, part)).then_some(group.title.as_str())
        })
    }

    /// By what a group's lowest parts are paired.
    fn lowest(&self, stage: &Stage<'_>, id: &str) -> Option<Vec<String>> {
        let tree = self.tree();
        let parts = parts_of(id, &tree, stage.items.iter().copied())?;
        let (counted, _) = counted(&parts);
        let share = |[points, earned]: [Decimal; 2]| earned.checked_div(points);
        let least = counted.iter().filter_map(|(_, both)| share(*both)).min()?;
        let lowest = counted.iter().filter(|(_, both)| share(*both) == Some(least));
        let mut lowest: Vec<String> = lowest.map(|(part, _)| part.key.to_owned()).collect();
        // As the earlier result has them.
        let items = self.before.compared.items.iter().map(|item| &item.id);
        let places: Vec<_> =
            items.chain(self.before.groups.iter().map(|group| &group.id)).collect();
        lowest.sort_by_key(|key| places.iter().position(|id| *id == key).unwrap_or(places.len()));
        Some(lowest)
    }

    /// The name of an item or a group with the state of the item, with the later values by the earlier plan.
    fn named_between(&self, key: &str) -> Option<(&'a str, Option<State>)> {
        let [before, after] = [self.before, self.after].map(|of| of.compared.item(key));
        let group = || self.after.group(key).or_else(|| self.before.group(key));
        match after.or(before) {
            Some(item) => Some((&item.name, self.state_between(before, after))),
            None => Some((&group()?.title, None)),
        }
    }

    /// The state of an item with the later value by the earlier plan; none where that is not known.
    pub(super) fn state_between(
        &self,
        before: Option<&ComparedItem>,
        after: Option<&ComparedItem>,
    ) -> Option<State> {
        self.after.compared.former.state(before, after)
    }

    /// What all items did together.
    pub(super) fn of_all_items(&self) -> Decimal {
        let [old, _] = self.scores;
        less(self.by_items, old)
    }

    /// What the plan's rules did then for groups that are in both, and where these lie.
    pub(super) fn of_group_rules(&self) -> Option<Decimal> {
        Some(less(self.with_rules(|_| true, |_| true, |_| true)?, self.by_items))
    }

    /// Whether the plan has new rules for a group, or it was moved, or took items or groups in or let them
    /// out.
    fn has_new_rules(&self, id: &str) -> bool {
        let groups = self.after.groups.iter();
        let mut groups = groups.filter_map(|new| Some((self.before.group(&new.id)?, new)));
        groups.any(|(old, new)| {
            new.id == id && !old.has_rules_of(new)
                || old.parent != new.parent && self.moved_by(&new.id) == id
        }) || self.moved.values().any(|[by, _]| *by == id)
    }

    /// What that of a single group did then.
    fn of_rules_of(&self, id: &str) -> Option<Decimal> {
        let is_moved = |group: &str| self.moved_by(group) == id;
        let with_these = self.with_rules(|group| group == id, is_moved, |group| group == id)?;
        Some(less(with_these, self.by_items))
    }

    /// The group by whose doing one lies elsewhere: a new one that took it in, else one that is gone and let
    /// it out, else its own.
    fn moved_by<'g>(&'g self, id: &'g str) -> &'g str {
        let parent = |of: &'g Assessed| of.group(id)?.parent.as_deref();
        let [old, new] = [parent(self.before), parent(self.after)];
        mover([self.before, self.after], old, new).unwrap_or(id)
    }

    /// The group that an item of the later result lies in, where some groups took in what they took in or
    /// let out what they let out.
    fn group_of<'g>(&'g self, item: &'g ComparedItem, has_moved: impl Fn(&str) -> bool) -> &'g str {
        match self.moved.get(item.id.as_str()) {
            Some([by, place]) if !has_moved(by) => place,
            _ => &item.group,
        }
    }

    /// The score of the items of the later result, where some groups have its rules, some lie where they lie
    /// there, and some have moved items, and the others are as they were.
    fn with_rules(
        &self,
        is_new: impl Fn(&str) -> bool,
        is_moved: impl Fn(&str) -> bool,
        has_moved: impl Fn(&str) -> bool,
    ) -> Option<Decimal> {
        let items = self.after.compared.items.iter();
        let items = items.map(|item| {
            (item.id.as_str(), item.counting().lying_in(self.group_of(item, &has_moved)))
        });
        score(&tree([self.before, self.after], is_new, is_moved), self.before.scale, items)
    }

    /// What the plan's rules did at last for the whole: its scale, floor and cap.
    pub(super) fn of_whole(&self) -> Option<Decimal> {
        let [_, new] = self.scores;
        Some(less(new, self.with_rules(|_| true, |_| true, |_| true)?))
    }
}

/// The group by whose doing something lies elsewhere: a new one that it is in now, else one that is gone and
/// that it was in.
fn mover<'g>(
    [before, after]: [&Assessed; 2],
    old: Option<&'g str>,
    new: Option<&'g str>,
) -> Option<&'g str> {
    let new = new.filter(|new| before.group(new).is_none());
    let gone = old.filter(|old| after.group(old).is_none());
    new.or(gone)
}

/// The items of the later result that a new group took in, or one that is gone let out, each with that group
/// and with the one that it lay in.
fn moved_items<'a>(before: &'a Assessed, after: &'a Assessed) -> BTreeMap<&'a str, [&'a str; 2]> {
    let places = before.compared.items.iter();
    let places: BTreeMap<_, _> =
        places.map(|item| (item.id.as_str(), item.group.as_str())).collect();
    let moved = after.compared.items.iter().filter_map(|item| {
        let place = *places.get(item.id.as_str())?;
        let [old, new] = [place, &item.group].map(|of| Some(of).filter(|of| !of.is_empty()));
        let by = mover([before, after], old, new).filter(|_| old != new)?;
        Some((item.id.as_str(), [by, place]))
    });
    moved.collect()
}

/// The groups of both results: those that only one of them has, and those that both have, some with the
/// rules of the later one, and some where they lie there, and the others as they were.
fn tree(
    [before, after]: [&Assessed; 2],
    is_new: impl Fn(&str) -> bool,
    is_moved: impl Fn(&str) -> bool,
) -> Vec<Cow<'_, GroupBrief>> {
    let of_after = after.groups.iter().map(|new| {
        let Some(old) = before.group(&new.id) else { return Cow::Borrowed(new) };
        let rules = if is_new(&new.id) { new } else { old };
        let place = if is_moved(&new.id) { new } else { old };
        if rules.parent == place.parent {
            return Cow::Borrowed(rules);
        }
        Cow::Owned(GroupBrief { parent: place.parent.clone(), ..rules.clone() })
    });
    let gone = before.groups.iter().filter(|group| after.group(&group.id).is_none());
    of_after.chain(gone.map(Cow::Borrowed)).collect()
}

/// How an item counts, by what it is paired.
fn keyed(item: &ComparedItem) -> (&str, Counting<'_>) {
    (&item.id, item.counting())
}

fn less(score: Decimal, other: Decimal) -> Decimal {
    score.saturating_sub(other).round_dp(DIGITS).normalize()
}

/// The score of a result before it is rounded; none where its figures do not come to what it is.
fn sound_score(of: &Assessed) -> Option<Decimal> {
    let shown = of.compared.score?;
    let groups: Vec<_> = of.groups.iter().map(Cow::Borrowed).collect();
    let score = score(&groups, of.scale, of.compared.items.iter().map(keyed))?;
    // Half of its last digit is what a score is rounded by, but for what divisions left at its end.
    let difference = score.saturating_sub(shown).abs().round_dp(DIGITS);
    let difference = difference.saturating_mul(Decimal::TWO);
    (difference <= Decimal::new(1, shown.scale())).then_some(score)
}

/// A group and those that lie in it, by their ids.
pub(super) fn within<'g>(groups: &'g [GroupBrief], id: &'g str) -> BTreeSet<&'g str> {
    let mut inside = BTreeSet::from([id]);
    // A result may come from anywhere, and its groups lie in each other.
    loop {
        let is_new = |group: &&GroupBrief| {
            group.parent.as_deref().is_some_and(|parent| inside.contains(parent))
                && !inside.contains(group.id.as_str())
        };
        let more: Vec<_> = groups.iter().filter(is_new).map(|group| group.id.as_str()).collect();
        if more.is_empty() {
            return inside;
        }
        inside.extend(more);
    }
}

/// The score of items in groups, before it is rounded; none where nothing counts, or one of them is in
/// a group that is not there.
fn score<'g, 'i: 'g>(
    groups: &'g [Cow<'_, GroupBrief>],
    scale: PublishedScale,
    items: impl Iterator<Item = (&'i str, Counting<'i>)>,
) -> Option<Decimal> {
    let (counted, extras) = counted(&parts_of("", groups, items)?);
    let [points, earned] = sum(&counted);
    let scaled = earned.checked_mul(scale.total)?.checked_div(points)?;
    Some(held(scaled.saturating_add(extras), Some(scale.floor), scale.cap))
}

/// What counts in a group, or in the whole, whose id is empty; none where a figure cannot be, or an item is in a
/// group that is not there.
fn parts_of<'g, 'i: 'g>(
    id: &str,
    groups: &'g [Cow<'_, GroupBrief>],
    items: impl Iterator<Item = (&'i str, Counting<'i>)>,
) -> Option<Vec<Part<'g>>> {
    let mut members: BTreeMap<&str, Vec<Part<'g>>> = BTreeMap::new();
    for (key, item) in items.filter(|(_, item)| item.may_count || item.takes_share) {
        let Counting { group, weight, worth, takes_share, earned, .. } = item;
        let counted = earned.map(|earned| [worth, earned]);
        let part = Part { key, weight, worth, counted, takes_share };
        members.entry(group).or_default().push(part);
    }
    members.values_mut().for_each(|parts| share(parts));
    let mut inmost: Vec<&GroupBrief> = groups.iter().map(Cow::as_ref).collect();
    inmost.sort_by_cached_key(|group| Reverse(depth(groups, group)));
    for group in inmost {
        let Some(parts) = members.remove(group.id.as_str()) else { continue };
        if group.id == id {
            return Some(parts);
        }
        let parent = group.parent.as_deref().unwrap_or_default();
        members.entry(parent).or_default().push(come_to(group, &parts)?);
    }
    let whole = members.remove(id)?;
    members.is_empty().then_some(whole)
}

/// How deep a group lies, itself counted. A result may come from anywhere, and its groups lie in each
/// other.
fn depth(groups: &[Cow<'_, GroupBrief>], group: &GroupBrief) -> usize {
    let up = |group: &&GroupBrief| {
        let parent = group.parent.as_deref()?;
        groups.iter().map(Cow::as_ref).find(|other| other.id == parent)
    };
    std::iter::successors(Some(group), up).take(groups.len()).count()
}

/// Gives those that take their share from the others of their group what these leave them.
fn share(parts: &mut [Part<'_>]) {
    let others: Vec<Part<'_>> = parts.iter().filter(|part| !part.takes_share).copied().collect();
    let [points, earned] = sum(&counted(&others).0);
    let share = earned.checked_div(points);
    let is_alone = others.iter().all(|part| part.worth.is_zero());
    for part in parts.iter_mut().filter(|part| part.takes_share) {
        part.counted = share.map(|share| [part.worth, share.saturating_mul(part.worth)]);
        if is_alone {
            part.worth = Decimal::ZERO;
        }
    }
}

/// What the parts of a group come to; none where a figure cannot be.
fn come_to<'g>(group: &'g GroupBrief, parts: &[Part<'_>]) -> Option<Part<'g>> {
    let weigh =
        |part: &Part<'_>| if group.combine == "weighted" { part.weight } else { Decimal::ONE };
    let worths = || parts.iter().filter(|part| !part.worth.is_zero());
    let worth = if group.combine == "sum" {
        worths().fold(Decimal::ZERO, |all, part| all.saturating_add(part.worth))
    } else {
        mean(worths().map(|part| (weigh(part), part.worth))).unwrap_or_default()
    };
    let own = group.own_points.filter(|_| !worth.is_zero());
    let (counted, extras) = counted(parts);
    let [points, earned] = match group.combine.as_str() {
        _ if counted.is_empty() => [Decimal::ZERO; 2],
        "sum" => sum(&counted),
        combine => {
            let shares: Option<Vec<(Decimal, Decimal)>> = counted
                .iter()
                .map(|(part, [points, earned])| Some((weigh(part), earned.checked_div(*points)?)))
                .collect();
            let shares = shares?.into_iter();
            let share = match combine {
                "lowest" => shares.map(|(_, share)| share).min()?,
                "mean" | "weighted" => mean(shares)?,
                _ => return None,
            };
            [worth, share.checked_mul(worth)?]
        }
    };
    let [points, earned] = match own {
        Some(own) if own != points && !points.is_zero() => {
            [own, earned.checked_div(points)?.checked_mul(own)?]
        }
        _ => [points, earned],
    };
    let earned = held(earned.saturating_add(extras), group.floor, group.cap);
    let is_counted = parts.iter().any(|part| part.counted.is_some());
    Some(Part {
        key: &group.id,
        weight: group.weight,
        worth: own.unwrap_or(worth),
        counted: is_counted.then_some([points, earned]),
        takes_share: false,
    })
}

type Counted<'k> = (Part<'k>, [Decimal; 2]);

/// The parts that count and are worth points, and what the others that count earned.
fn counted<'k>(parts: &[Part<'k>]) -> (Vec<Counted<'k>>, Decimal) {
    let counted = parts.iter().filter_map(|part| Some((*part, part.counted?)));
    let (counted, extras): (Vec<Counted<'_>>, Vec<Counted<'_>>) =
        counted.partition(|(_, [points, _])| !points.is_zero());
    let [_, extras] = sum(&extras);
    (counted, extras)
}

/// The points of parts, and what was earned of them.
fn sum(parts: &[Counted<'_>]) -> [Decimal; 2] {
    parts.iter().fold([Decimal::ZERO; 2], |[points, earned], (_, [more, gained])| {
        [points.saturating_add(*more), earned.saturating_add(*gained)]
    })
}

/// The mean by weight; none of nothing.
fn mean(values: impl Iterator<Item = (Decimal, Decimal)>) -> Option<Decimal> {
    let [weights, sum] = values.fold([Decimal::ZERO; 2], |[weights, sum], (weight, value)| {
        [weights.saturating_add(weight), sum.saturating_add(weight.saturating_mul(value))]
    });
    sum.checked_div(weights)
}

fn held(points: Decimal, floor: Option<Decimal>, cap: Option<Decimal>) -> Decimal {
    let points = floor.map_or(points, |floor| points.max(floor));
    cap.map_or(points, |cap| points.min(cap))
}
