//! What changed alike in all regions of a year: said once, and not in each.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::different::{Different, Listed};
use crate::report::change::{Change, What};
use crate::report::line::signed;
use crate::report::result::Assessed;
use crate::report::words::Words;

/// The changes of the plan that all regions of a year have which have the item.
#[derive(Default)]
pub(super) struct Alike<'a> {
    years: BTreeMap<Years, Vec<Shared<'a>>>,
    /// Whether it is known of any what it did to the score, and not only what it gained.
    has_effects: bool,
}

/// The years that are compared, before and after.
type Years = (u16, u16);

/// An item with what changed of it in all regions.
struct Shared<'a> {
    key: &'a str,
    name: &'a str,
    what: Vec<(What, String, String)>,
    regions: usize,
    /// What that did to the score of each region; none where that is not known of one, for more of it
    /// changed there.
    effects: Option<Vec<Decimal>>,
}

/// How an item changed in a region, and what that did to the score.
type Changed<'p, 'a> = (&'p Change<'a>, Option<Decimal>);

impl<'a> Alike<'a> {
    /// Of all pairs, and what is different in those that are not the same.
    pub(super) fn of<'p>(
        pairs: impl Iterator<Item = &'p (Assessed, Assessed)>,
        different: impl Iterator<Item = (Years, &'p Different<'a>)>,
    ) -> Self
    where
        'a: 'p,
    {
        let regions = regions(pairs);
        let mut found: BTreeMap<(Years, &'a str), Vec<Changed<'p, 'a>>> = BTreeMap::new();
        for (years, different) in different {
            for (change, effect) in &different.items {
                found.entry((years, change.key())).or_default().push((change, *effect));
            }
        }
        let mut alike = Self::default();
        for ((years, key), changes) in found {
            let count = regions.get(&(years, key)).copied().unwrap_or_default();
            if count < 2 || changes.len() < count {
                continue;
            }
            if let Some(shared) = Shared::of(key, &changes) {
                alike.has_effects |= changes.iter().any(|(_, effect)| effect.is_some());
                alike.years.entry(years).or_default().push(shared);
            }
        }
        for items in alike.years.values_mut() {
            // What did anything in most regions comes first.
            items.sort_by_key(|shared| Reverse(shared.moved().map(|moved| moved.len())));
        }
        alike
    }

    /// Whether a change is no more than what is said of all regions, and moved nothing.
    pub(super) fn has_all_of(
        &self,
        years: Years,
        change: &Change<'_>,
        effect: Option<Decimal>,
    ) -> bool {
        let shared = self.years.get(&years).into_iter().flatten();
        let Some(shared) = shared.into_iter().find(|shared| shared.key == change.key()) else {
            return false;
        };
        !change.moved()
            && effect.is_none_or(|effect| effect.is_zero())
            && change.what.iter().all(|what| shared.what.contains(what))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.years.is_empty()
    }

    /// A table for each of the years, with its title.
    pub(super) fn lists(&self, words: &Words) -> Vec<(String, Listed)> {
        let lists = self.years.iter().map(|((before, after), items)| {
            let years =
                if before == after { after.to_string() } else { format!("{before} → {after}") };
            let row = |shared: &Shared<'_>| {
                let what: Vec<String> = shared
                    .what
                    .iter()
                    .map(|(what, old, new)| words.before_after(*what, old, new))
                    .collect();
                let moved = shared.moved().map(|moved| moved.len().to_string());
                let moved = format!("{}/{}", moved.as_deref().unwrap_or("–"), shared.regions);
                vec![
                    shared.name.to_owned(),
                    moved,
                    shared.shown_effects(words),
                    what.join(words.comma),
                ]
            };
            let listed = Listed {
                titles: vec![
                    words.indicator,
                    words.word("regions_moved"),
                    if self.has_effects { words.word("in_score") } else { words.gained },
                    words.what_changed,
                ],
                numbers: &[1, 2],
                rows: items.iter().map(row).collect(),
            };
            (words.say("changed_alike", &[("years", &years)]), listed)
        });
        lists.collect()
    }
}

/// In how many regions both years have an item.
fn regions<'p>(
    pairs: impl Iterator<Item = &'p (Assessed, Assessed)>,
) -> BTreeMap<(Years, &'p str), usize> {
    let mut regions = BTreeMap::new();
    for (before, after) in pairs {
        let old: BTreeSet<&str> =
            before.compared.items.iter().map(|item| item.id.as_str()).collect();
        for item in after.compared.items.iter().filter(|item| old.contains(item.id.as_str())) {
            *regions.entry((years(before, after), item.id.as_str())).or_default() += 1;
        }
    }
    regions
}

impl<'a> Shared<'a> {
    /// None where no part of the changes is the same in all regions.
    fn of(key: &'a str, changes: &[Changed<'_, 'a>]) -> Option<Self> {
        let (first, _) = changes.first()?;
        let is_shared = |what: &&(What, String, String)| {
            is_of_plan(what.0) && changes.iter().all(|(change, _)| change.what.contains(what))
        };
        let what: Vec<_> = first.what.iter().filter(is_shared).cloned().collect();
        if what.is_empty() {
            return None;
        }
        let effects = changes.iter().map(|(change, effect)| did(&what, change, *effect));
        let effects = effects.collect();
        Some(Self { key, name: first.name(), what, regions: changes.len(), effects })
    }

    /// What it did in the regions where it did anything; none where that is not known.
    fn moved(&self) -> Option<Vec<Decimal>> {
        let effects = self.effects.as_ref()?.iter().copied();
        Some(effects.filter(|effect| !effect.is_zero()).collect())
    }

    /// From the least to the most.
    fn shown_effects(&self, words: &Words) -> String {
        let Some(moved) = self.moved() else { return "–".to_owned() };
        match moved.iter().min().zip(moved.iter().max()) {
            None => "0".to_owned(),
            Some((least, most)) if least == most => signed(*least),
            Some((least, most)) => {
                let [least, most] = [least, most].map(|effect| signed(*effect));
                words.say("gains_between", &[("least", &least), ("most", &most)])
            }
        }
    }
}

/// What the shared changes of an item did in a region: all that the item did, or, where its value changed
/// too, what the new target did.
fn did(
    shared: &[(What, String, String)],
    change: &Change<'_>,
    effect: Option<Decimal>,
) -> Option<Decimal> {
    let is_more = |what: &&(What, String, String)| {
        !matches!(what.0, What::State | What::Reason | What::Sum) && !shared.contains(what)
    };
    let more: Vec<_> = change.what.iter().filter(is_more).collect();
    if more.is_empty() {
        return effect.or(change.gain);
    }
    let is_target = shared.iter().all(|(what, ..)| {
        matches!(what, What::Target | What::Stretch | What::By | What::Lead | What::Name | What::Id)
    });
    let split = change.split.filter(|_| is_target)?;
    Some(split.in_score.map_or(split.by_target, |[by_target, _]| by_target))
}

pub(super) fn years(before: &Assessed, after: &Assessed) -> Years {
    (before.compared.year, after.compared.year)
}

/// Whether something of an item is what the plan says of it.
fn is_of_plan(what: What) -> bool {
    !matches!(what, What::Value | What::State | What::Reason | What::Sum)
}
