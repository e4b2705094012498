//! What the plan changed in the regions of a year, in all of them alike or in some: said once, and not in
//! each.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::Told;
use super::different::Listed;
use super::groups::GroupChange;
use super::shared::{Kind, Shared, grades, named};
use crate::report::change::Change;
use crate::report::result::Assessed;
use crate::report::words::Words;

/// What all regions of a year share that have the item or the group, by the years that are compared.
#[derive(Default)]
pub(super) struct Alike<'a> {
    pub(super) years: BTreeMap<Years, OfYears<'a>>,
    /// Whether the figures say what anything did to the score, and not only what items gained.
    has_effects: bool,
}

/// The years that are compared, before and after.
pub(super) type Years = (u16, u16);

/// What is said of all regions of a year.
pub(super) struct OfAll {
    pub(super) title: String,
    pub(super) lines: Vec<String>,
    pub(super) listed: Option<Listed>,
    /// What changed in some regions alone, with what is said above it.
    pub(super) apart: Option<(&'static str, Listed)>,
}

#[derive(Default)]
pub(super) struct OfYears<'a> {
    pub(super) shared: Vec<Shared<'a>>,
    /// What is said of grades.
    grades: Vec<String>,
    /// What changed in some regions alone, or not alike in all; that of one thing stands together.
    pub(super) apart: Vec<Shared<'a>>,
    /// How many regions there are.
    regions: usize,
}

pub(super) fn years(before: &Assessed, after: &Assessed) -> Years {
    (before.compared.year, after.compared.year)
}

impl OfYears<'_> {
    /// Whether anything is said of all regions.
    fn is_any(&self) -> bool {
        !self.shared.is_empty() || !self.grades.is_empty()
    }

    /// What changed in some regions alone, with these. What changed otherwise nearly everywhere has one row.
    fn rows_apart(&self, words: &Words) -> Vec<Vec<String>> {
        const SEVERAL: usize = 4;
        let of_one =
            |one: &Shared<'_>, other: &Shared<'_>| (one.kind, one.key) == (other.kind, other.key);
        let row = |shared: &Shared<'_>| {
            let mut row = shared.row(words);
            let count = format!("{}/{}", shared.regions.len(), self.regions);
            let named = named(&shared.regions, words);
            row.insert(1, named.map_or(count.clone(), |named| words.with_aside(&count, &named)));
            row
        };
        let rows = self.apart.chunk_by(of_one).flat_map(|of_one| match of_one.len() {
            ..=SEVERAL => of_one.iter().map(row).collect(),
            _ => Shared::merged(of_one, words).iter().map(row).collect::<Vec<_>>(),
        });
        rows.collect()
    }
}

impl<'a> Alike<'a> {
    /// Of all pairs, and what is different in those that are not the same.
    pub(super) fn of(pairs: &[&'a (Assessed, Assessed)], told: &[Told<'a>], words: &Words) -> Self {
        let mut alike = Self::default();
        let mut of_years: BTreeMap<Years, Vec<&Told<'a>>> = BTreeMap::new();
        for one in told {
            of_years.entry(years(one.before, one.after)).or_default().push(one);
        }
        for (compared, told) in of_years {
            let pairs: Vec<_> =
                pairs.iter().filter(|(old, new)| years(old, new) == compared).collect();
            if pairs.len() < 2 {
                continue;
            }
            let both_have = |is_in: &dyn Fn(&Assessed) -> bool| {
                pairs.iter().filter(|(before, after)| is_in(before) && is_in(after)).count()
            };
            let has_item =
                |key: &str| both_have(&|of| of.compared.items.iter().any(|item| item.id == key));
            let has_group = |key: &str| both_have(&|of| of.group(key).is_some());
            let items = told.iter().flat_map(|told| {
                let items = told.different.items.iter();
                items.map(|(change, effect)| (change.key(), (change, *effect, *told)))
            });
            let groups = told.iter().flat_map(|told| {
                let groups = told.different.groups.iter();
                groups.map(|(change, effect)| (change.id(), (change, *effect, *told)))
            });
            // Where it is not known of any, what items gained stands for it.
            let by_gains = !told.iter().any(|told| told.different.knows_effects());
            let (mut shared, mut apart) = (Vec::new(), Vec::new());
            for (key, changes) in by_key(items) {
                let is_in_both = |(change, ..): &(&Change<'_>, _, _)| change.is_in_both();
                let all = in_all(&changes, is_in_both, has_item(key), pairs.len());
                let all = all.and_then(|all| Shared::of_item(&all, by_gains, words));
                apart.push(Shared::of_items_apart(&changes, all.as_ref(), by_gains, words));
                shared.extend(all);
            }
            for (key, changes) in by_key(groups) {
                let is_in_both = |(change, ..): &(&GroupChange<'_>, _, _)| change.is_in_both();
                let all = in_all(&changes, is_in_both, has_group(key), pairs.len());
                let all = all.and_then(|all| Shared::of_group(&all, words));
                apart.push(Shared::of_groups_apart(&changes, all.as_ref(), words));
                shared.extend(all);
            }
            let regions = pairs.iter().map(|(_, after)| after.compared.region.as_str());
            shared.extend(Shared::of_whole(&told, regions.collect(), words));
            // What did anything in most regions comes first.
            shared.sort_by_key(|shared| Reverse(shared.moved().len()));
            apart.iter_mut().for_each(|apart| {
                apart.sort_by_key(|one| Reverse(one.regions.len()));
            });
            apart.sort_by_key(|apart| {
                Reverse(apart.iter().map(|one| one.moved().len()).sum::<usize>())
            });
            let grades = if told.len() == pairs.len() { grades(&told, words) } else { Vec::new() };
            if grades.is_empty() {
                apart.push(Shared::of_grades_apart(&told, words));
            }
            alike.has_effects |= !by_gains;
            let apart = apart.into_iter().flatten().collect();
            let of = OfYears { shared, grades, apart, regions: pairs.len() };
            if of.is_any() || !of.apart.is_empty() {
                alike.years.insert(compared, of);
            }
        }
        alike
    }

    pub(super) fn is_empty(&self) -> bool {
        self.years.is_empty()
    }

    /// Whether a change of an item is no more than what is said of all regions, and moved nothing.
    pub(super) fn has_item(
        &self,
        years: Years,
        change: &Change<'_>,
        effect: Option<Decimal>,
    ) -> bool {
        let is_said = |shared: &Shared<'_>| {
            change.what.iter().all(|(what, old, new)| shared.says(what.code(), old, new))
        };
        !change.moved()
            && effect.is_none_or(|effect| effect.is_zero())
            && self.shared(years, Kind::Item, change.key()).is_some_and(is_said)
    }

    /// The same of a group.
    pub(super) fn has_group(&self, years: Years, change: &GroupChange<'_>) -> bool {
        let is_said = |shared: &Shared<'_>| {
            // Which part is the lowest is told where it is the same, too.
            let mut others = change.what.iter().filter(|(_, [old, new])| old != new);
            others.all(|(what, [old, new])| shared.says(what, old, new))
        };
        !change.has_moved() && self.shared(years, Kind::Group, change.id()).is_some_and(is_said)
    }

    /// Whether what is another of grades is said of all regions.
    pub(super) fn has_grades(&self, years: Years) -> bool {
        self.years.get(&years).is_some_and(|of| !of.grades.is_empty())
    }

    fn shared(&self, years: Years, kind: Kind, key: &str) -> Option<&Shared<'a>> {
        let mut shared = self.years.get(&years)?.shared.iter();
        shared.find(|shared| shared.kind == kind && shared.key == key)
    }

    /// All that is told of items, groups, grades and the whole.
    fn all(&self) -> impl Iterator<Item = &Shared<'a>> {
        self.years.values().flat_map(|of| of.shared.iter().chain(&of.apart))
    }

    /// Whether it is known of any item what it did to the score.
    pub(super) fn has_effects(&self) -> bool {
        self.has_effects && self.all().next().is_some()
    }

    /// Whether a group is among them.
    pub(super) fn has_groups(&self) -> bool {
        self.all().any(|shared| shared.kind == Kind::Group)
    }

    /// Whether it is not known of some region what something did.
    pub(super) fn has_unknown(&self) -> bool {
        self.all().any(|shared| shared.unknown() > 0)
    }

    /// What is said of each of the years, under a message.
    pub(super) fn lists(&self, title: &'static str, words: &Words) -> Vec<OfAll> {
        let in_score = if self.has_effects { words.word("in_score") } else { words.gained };
        let lists = self.years.iter().map(|((before, after), of)| {
            let years =
                if before == after { after.to_string() } else { format!("{before} → {after}") };
            let listed = Listed {
                titles: vec![
                    words.word("what_of_plan"),
                    words.word("regions_moved"),
                    in_score,
                    words.what_changed,
                ],
                numbers: &[1, 2],
                rows: of.shared.iter().map(|shared| shared.row(words)).collect(),
            };
            let apart = Listed {
                titles: vec![
                    words.word("what_of_plan"),
                    words.word("in_regions"),
                    words.word("regions_moved"),
                    in_score,
                    words.what_changed,
                ],
                numbers: &[2, 3],
                rows: of.rows_apart(words),
            };
            let some = |listed: Listed| Some(listed).filter(|listed| !listed.rows.is_empty());
            OfAll {
                title: words
                    .say(if of.is_any() { title } else { "changed_in_some" }, &[("years", &years)]),
                lines: of.grades.clone(),
                listed: some(listed),
                apart: some(apart).map(|listed| (words.word("changed_apart"), listed)),
            }
        });
        lists.collect()
    }
}

/// The changes of each thing, by what it is paired.
fn by_key<'a, C>(changes: impl Iterator<Item = (&'a str, C)>) -> BTreeMap<&'a str, Vec<C>> {
    let mut all: BTreeMap<&'a str, Vec<C>> = BTreeMap::new();
    for (key, change) in changes {
        all.entry(key).or_default().push(change);
    }
    all
}

/// The changes of a thing in all regions where both results have it; else those by which it came into
/// all regions, or left them.
fn in_all<C: Copy>(
    changes: &[C],
    is_in_both: impl Fn(&C) -> bool,
    both_have: usize,
    regions: usize,
) -> Option<Vec<C>> {
    let is_wanted = |change: &&C| both_have == 0 || is_in_both(change);
    let all: Vec<C> = changes.iter().filter(is_wanted).copied().collect();
    let wanted = if both_have == 0 { regions } else { both_have };
    (all.len() > 1 && all.len() == wanted).then_some(all)
}
