//! Something that moved the scores of several regions, and what it did to their mean.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rust_decimal::Decimal;
use rust_decimal::serde::{arbitrary_precision, arbitrary_precision_option};
use serde::Serialize;

use super::Told;
use super::bridge::Bridge;
use super::mover::Mover;
use crate::number::{half_up, sum, with_digits};
use crate::report::parts::Parts;
use crate::report::result::Assessed;
use crate::report::words::Words;

/// Something that moved scores.
#[derive(Serialize)]
pub(super) struct Cause<'a> {
    pub(super) kind: CauseOf,
    id: &'a str,
    name: &'a str,
    /// In how many regions it raised the score, and lowered it.
    pub(super) raised: Option<usize>,
    pub(super) lowered: Option<usize>,
    /// In how many it is not known what it did: that is with what several did together.
    pub(super) not_known: usize,
    /// What it did to a score over all regions.
    #[serde(with = "arbitrary_precision")]
    pub(super) mean: Decimal,
    #[serde(with = "arbitrary_precision_option")]
    pub(super) least: Option<Decimal>,
    #[serde(with = "arbitrary_precision_option")]
    pub(super) most: Option<Decimal>,
    /// What of the mean the plan did: new targets and rules, waivers, what is new or gone; and what all else
    /// did. None where that is not known of all. Of rounding, what the others lack.
    #[serde(with = "arbitrary_precision_option")]
    pub(super) mean_by_plan: Option<Decimal>,
    #[serde(with = "arbitrary_precision_option")]
    pub(super) mean_by_values: Option<Decimal>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum CauseOf {
    Item,
    /// A group with all in it, for its parts act only together, or it came or went with them.
    AsOne,
    /// New rules of a group, or its new place.
    Group,
    /// The scale, the floor and the cap.
    Whole,
    /// The joint effect of several.
    Together,
    /// The same, and those of which it is not known.
    Others,
    Rounding,
}

/// The means over so many regions, with so many digits.
#[derive(Clone, Copy)]
pub(super) struct Mean {
    pub(super) of: usize,
    pub(super) digits: u32,
}

/// By how much a mean of scores moved, as it is shown.
#[derive(Clone, Copy)]
pub(super) struct MeanMoved {
    pub(super) by: Decimal,
    pub(super) parts: Option<Parts>,
    /// What the plan and the values did to all scores, before these are rounded.
    pub(super) exact: Option<Parts>,
}

impl Mean {
    pub(super) fn of(self, all: impl IntoIterator<Item = Decimal>) -> Decimal {
        let mean = sum(all).checked_div(Decimal::from(self.of)).unwrap_or_default();
        with_digits(half_up(mean, self.digits), self.digits)
    }
}

/// What an item, a group or the whole did by itself, region by region.
pub(super) struct Alone<'a> {
    kind: CauseOf,
    id: &'a str,
    name: &'a str,
    known: Vec<Decimal>,
    not_known: usize,
    /// What of that the plan did; none where that, or what it did, is not known of all.
    by_plan: Option<Vec<Decimal>>,
}

impl<'a> Alone<'a> {
    /// The items, the groups and the whole, those that moved the mean most first. A group that is told as one in any
    /// of the regions is so in all.
    pub(super) fn all(told: &[&Told<'a>]) -> Vec<Self> {
        let movers = told.iter().flat_map(|told| &told.different.movers);
        let as_one = movers.filter(|mover| mover.kind == CauseOf::AsOne);
        let as_one: BTreeMap<&str, &Mover<'a>> = as_one.map(|mover| (mover.key, mover)).collect();
        let mut all: BTreeMap<(CauseOf, &str), Self> = BTreeMap::new();
        for told in told {
            let mut movers: BTreeMap<_, (&Mover<'a>, Vec<&Mover<'a>>)> = BTreeMap::new();
            for mover in told.different.movers.iter().filter(|mover| !mover.is_joint()) {
                let around = around(told, mover).into_iter();
                let mut within = around.filter_map(|group| as_one.get(group));
                let booked = within.next_back().copied().unwrap_or(mover);
                let of_one = movers.entry((booked.kind, booked.key));
                of_one.or_insert((booked, Vec::new())).1.push(mover);
            }
            for (key, (first, movers)) in movers {
                all.entry(key).or_insert_with(|| Self::of(first)).add(&movers);
            }
        }
        let mut all: Vec<Self> = all.into_values().collect();
        all.sort_by_cached_key(|one| {
            let moved = sum(one.known.iter().map(Decimal::abs));
            let all = sum(one.known.iter().copied()).abs();
            let all =
                one.parts().map_or(all, |parts| parts.by_plan.abs().max(parts.by_values.abs()));
            Reverse((all, moved))
        });
        all
    }

    fn of(mover: &Mover<'a>) -> Self {
        let Mover { kind, id, name, .. } = *mover;
        Self { kind, id, name, known: Vec::new(), not_known: 0, by_plan: Some(Vec::new()) }
    }

    /// Adds what movers did in a region.
    fn add(&mut self, movers: &[&Mover<'a>]) {
        let in_score: Option<Vec<Decimal>> = movers.iter().map(|mover| mover.in_score).collect();
        let parts: Option<Vec<Parts>> = movers.iter().map(|mover| mover.parts).collect();
        let by_plan = parts.map(|parts| Parts::sum(parts).by_plan);
        let Some(in_score) = in_score else {
            self.not_known += 1;
            self.by_plan = None;
            return;
        };
        self.known.push(sum(in_score));
        match (&mut self.by_plan, by_plan) {
            (Some(all), Some(by_plan)) => all.push(by_plan),
            _ => self.by_plan = None,
        }
    }

    /// Whether it did nothing anywhere, nor the plan and the values against each other.
    fn is_nothing(&self) -> bool {
        let is_nothing = |all: &[Decimal]| all.iter().all(Decimal::is_zero);
        self.not_known == 0
            && is_nothing(&self.known)
            && self.by_plan.as_deref().is_none_or(is_nothing)
    }

    /// What the plan and what the values did in all regions.
    fn parts(&self) -> Option<Parts> {
        let by_plan = sum(self.by_plan.as_ref()?.iter().copied());
        let by_values = sum(self.known.iter().copied()).saturating_sub(by_plan);
        Some(Parts { by_plan, by_values })
    }

    fn cause(&self, mean: Mean) -> Cause<'a> {
        let moved = self.known.iter().filter(|effect| !effect.is_zero()).copied();
        let moved: Vec<Decimal> = moved.collect();
        let raised = moved.iter().filter(|effect| effect.is_sign_positive()).count();
        let mean_of = |all: &[Decimal]| mean.of(all.iter().copied()).normalize();
        let mean_by_plan = self.by_plan.as_deref().map(mean_of);
        let mean = mean_of(&self.known);
        Cause {
            kind: self.kind,
            id: self.id,
            name: self.name,
            raised: Some(raised),
            lowered: Some(moved.len() - raised),
            not_known: self.not_known,
            mean,
            least: moved.iter().min().copied(),
            most: moved.iter().max().copied(),
            mean_by_plan,
            mean_by_values: mean_by_plan.map(|plan| mean.saturating_sub(plan).normalize()),
        }
    }
}

/// The keys of the groups around what moved a score, from the innermost out: of an item those in which it counts, and
/// counted, but for new ones that took it in.
fn around<'t>(told: &'t Told<'_>, mover: &'t Mover<'_>) -> Vec<&'t str> {
    let Told { before, after, .. } = told;
    let keys = |of: &'t Assessed, group: &'t str| {
        of.around(group).map(|group| group.id.as_str()).collect::<Vec<_>>()
    };
    let item = |of: &'t Assessed| of.compared.item(mover.key).map(|item| item.group.as_str());
    match (mover.kind, item(before), item(after)) {
        (CauseOf::Item, Some(old), Some(new)) if before.group(new).is_some() => {
            let new = keys(after, new);
            keys(before, old).into_iter().filter(|key| new.contains(key)).collect()
        }
        (CauseOf::Item, Some(old), _) => keys(before, old),
        (CauseOf::Item, None, Some(new)) => keys(after, new),
        (CauseOf::AsOne, ..) if before.group(mover.key).is_some() => keys(before, mover.key),
        (CauseOf::AsOne, ..) => keys(after, mover.key),
        _ => Vec::new(),
    }
}

impl<'a> Cause<'a> {
    /// What each did to a mean that moved; then what several did only together, and rounding, of scores and of
    /// these means.
    pub(super) fn all(
        told: &[&Told<'a>],
        alone: &[Alone<'a>],
        gains: &[Decimal],
        mean: Mean,
        moved: MeanMoved,
    ) -> Vec<Self> {
        let bridges = told.iter().map(|told| told.different.bridge.as_ref());
        let rounded = sum(bridges.clone().flatten().map(Bridge::rounding));
        let known = sum(alone.iter().flat_map(|one| &one.known).copied());
        let rest = sum(gains.iter().copied()).saturating_sub(known).saturating_sub(rounded);
        let is_known = alone.iter().all(|one| one.not_known == 0)
            && bridges.clone().all(|bridge| bridge.is_some());
        let together = if is_known { CauseOf::Together } else { CauseOf::Others };
        let did: Option<Vec<Parts>> = alone.iter().map(Alone::parts).collect();
        let left = moved.exact.zip(did).map(|(parts, did)| parts.less(Parts::sum(did)));
        // The last digits of the parts are rounded, too.
        let is_any = |number: Decimal| number.abs() > Decimal::new(told.len() as i64, 5);
        let is_told =
            is_any(rest) || left.is_some_and(|left| is_any(left.by_plan) && is_any(left.by_values));
        let together = is_told.then(|| {
            let rest = mean.of([rest]);
            // In the digits that are shown, the two come to what they are parts of.
            let parts = left.map(|left| {
                let by_values = mean.of([left.by_values]);
                let is_by_plan = !mean.of([left.by_plan]).is_zero();
                let by_values = if is_by_plan { by_values } else { rest };
                Parts { by_plan: rest.saturating_sub(by_values), by_values }
            });
            Self::at_last(together, rest, parts)
        });
        let alone = alone.iter().filter(|one| !one.is_nothing());
        let mut causes: Vec<_> =
            alone.map(|one| one.cause(mean)).chain(together.flatten()).collect();
        let lack = |exact: Decimal, shown: fn(&Self) -> Option<Decimal>| {
            exact.saturating_sub(sum(causes.iter().filter_map(shown)))
        };
        let lacks = lack(moved.by, |cause| Some(cause.mean));
        let is_told = causes.iter().all(|cause| cause.mean_by_plan.is_some());
        let parts_lack = moved.parts.filter(|_| is_told).map(|parts| Parts {
            by_plan: lack(parts.by_plan, |cause| cause.mean_by_plan),
            by_values: lack(parts.by_values, |cause| cause.mean_by_values),
        });
        causes.extend(Self::at_last(CauseOf::Rounding, lacks, parts_lack));
        causes
    }

    /// What is no thing of its own: of it only the means are told.
    fn at_last(kind: CauseOf, mean: Decimal, parts: Option<Parts>) -> Option<Self> {
        let is_any = !mean.is_zero() || parts.is_some_and(|parts| !parts.are_none());
        is_any.then(|| Self {
            kind,
            id: "",
            name: "",
            raised: None,
            lowered: None,
            not_known: 0,
            mean: mean.normalize(),
            least: None,
            most: None,
            mean_by_plan: parts.map(|parts| parts.by_plan.normalize()),
            mean_by_values: parts.map(|parts| parts.by_values.normalize()),
        })
    }

    pub(super) fn name_told(&self, words: &Words) -> String {
        let name = match self.kind {
            CauseOf::Item => self.name.to_owned(),
            CauseOf::AsOne => words.with_aside(self.name, words.word("cause_as_one")),
            CauseOf::Group => words.with_aside(self.name, words.word("cause_of_group")),
            CauseOf::Whole => words.word("whole_rules_at_last").to_owned(),
            CauseOf::Together => words.word("cause_together").to_owned(),
            CauseOf::Others => words.word("cause_others").to_owned(),
            CauseOf::Rounding => words.word("cause_rounding").to_owned(),
        };
        match self.not_known {
            0 => name,
            count => words.with_aside(&name, &words.say("regions_unknown", &[("count", &count)])),
        }
    }
}
