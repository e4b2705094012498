//! What is told of all regions of a year at once, and not of each: what moved their scores, and what the plan
//! changed in all of them alike, or in some.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::cause::CauseOf;
use super::causes::Causes;
use super::different::Listed;
use super::groups::GroupChange;
use super::plan_change::PlanChange;
use super::shared::{Kind, Shared, grades, named};
use super::{Block, Told};
use crate::report::change::Change;
use crate::report::result::Assessed;
use crate::report::words::Words;

/// What is told of the regions of a year at once, by the years that are compared.
#[derive(Default)]
pub(super) struct Regions<'a> {
    pub(super) years: BTreeMap<Years, OfYears<'a>>,
}

/// The years that are compared, before and after.
pub(super) type Years = (u16, u16);

pub(super) struct OfYears<'a> {
    pub(super) causes: Option<Causes<'a>>,
    pub(super) shared: Vec<Shared<'a>>,
    /// What is said of grades.
    grades: Vec<String>,
    /// What changed in some regions alone, or not alike in all; that of one thing stands together.
    pub(super) some: Vec<Shared<'a>>,
    /// How many regions there are.
    regions: usize,
    /// Whether the figures say what anything did to the score, and not only what items gained.
    has_effects: bool,
}

fn years(before: &Assessed, after: &Assessed) -> Years {
    (before.compared.year, after.compared.year)
}

impl<'a> OfYears<'a> {
    fn of(pairs: &[&'a (Assessed, Assessed)], told: &[&Told<'a>], words: &Words) -> Self {
        // Where it is not known of any, what items gained stands for it.
        let has_effects = told.iter().any(|told| told.different.knows_effects());
        let [items, groups] = plan_changes(told, !has_effects, words);
        let causes = Causes::of(pairs, told, words);
        let both_have = |is_in: &dyn Fn(&Assessed) -> bool| {
            pairs.iter().filter(|(before, after)| is_in(before) && is_in(after)).count()
        };
        let has_item =
            |key: &str| both_have(&|of| of.compared.items.iter().any(|item| item.id == key));
        let has_group = |key: &str| both_have(&|of| of.group(key).is_some());
        let items = items.into_iter().map(|(key, of)| (has_item(key), of));
        let groups = groups.into_iter().map(|(key, of)| (has_group(key), of));
        let (mut shared, mut some) = (Vec::new(), Vec::new());
        for (both_have, changes) in items.chain(groups) {
            let of_all = Shared::of_all(&changes, both_have, pairs.len(), words);
            some.push(Shared::of_some(&changes, of_all.as_ref(), words));
            shared.extend(of_all);
        }
        shared.extend(Shared::of_whole(pairs, told, has_effects, words));
        // What did anything in most regions comes first.
        let moved = |shared: &Shared<'_>| shared.moved().len();
        shared.sort_by_cached_key(|shared| Reverse(moved(shared)));
        some.sort_by_cached_key(|some| Reverse(some.iter().map(moved).sum::<usize>()));
        let grades = if told.len() == pairs.len() { grades(told, words) } else { Vec::new() };
        if grades.is_empty() {
            some.push(Shared::of_grades(told, words));
        }
        let some = some.into_iter().flatten().collect();
        Self { causes, shared, grades, some, regions: pairs.len(), has_effects }
    }

    /// Whether anything is said of all regions.
    fn is_of_all(&self) -> bool {
        !self.shared.is_empty() || !self.grades.is_empty()
    }

    /// Whether the plan changed anything.
    fn is_any(&self) -> bool {
        self.is_of_all() || !self.some.is_empty()
    }

    /// Rows as a table, perhaps with a column of regions.
    fn listed(
        &self,
        rows: Vec<Vec<String>>,
        in_regions: Option<&'static str>,
        words: &Words,
    ) -> Listed {
        let in_score = if self.has_effects { words.word("plan_in_score") } else { words.gained };
        let titles = [words.word("what_of_plan")].into_iter().chain(in_regions);
        let titles = titles.chain([words.word("regions_moved"), in_score, words.what_changed]);
        let numbers: &[usize] = if in_regions.is_some() { &[2, 3] } else { &[1, 2] };
        Listed { titles: titles.collect(), numbers, rows, has_texts: false }
    }

    /// What changed in some regions alone, with these. What changed in many ways has one row.
    fn rows_of_some(&self, words: &Words) -> Vec<Vec<String>> {
        const SEVERAL: usize = 4;
        let row = |shared: &Shared<'_>| {
            let mut row = shared.row(words);
            let count = format!("{}/{}", shared.regions.len(), self.regions);
            row.insert(
                1,
                match named(&shared.regions, words) {
                    Some(named) => words.with_aside(&count, &named),
                    None => count,
                },
            );
            row
        };
        let rows = self.some.chunk_by(Shared::is_of_same).flat_map(|of_one| match of_one.len() {
            ..=SEVERAL => of_one.iter().map(row).collect(),
            _ => Shared::merged(of_one, words).iter().map(row).collect::<Vec<_>>(),
        });
        rows.collect()
    }
}

impl<'a> Regions<'a> {
    /// Of all pairs, and what is different in those that are not the same.
    pub(super) fn of(pairs: &[&'a (Assessed, Assessed)], told: &[Told<'a>], words: &Words) -> Self {
        let mut regions = Self::default();
        let mut of_years: BTreeMap<Years, Vec<&Told<'a>>> = BTreeMap::new();
        for one in told {
            of_years.entry(years(one.before, one.after)).or_default().push(one);
        }
        for (compared, told) in of_years {
            let pairs = pairs.iter().filter(|(old, new)| years(old, new) == compared);
            let pairs: Vec<_> = pairs.copied().collect();
            let told = in_order(told, &pairs);
            if pairs.len() < 2 {
                continue;
            }
            let of = OfYears::of(&pairs, &told, words);
            if of.is_any() || of.causes.is_some() {
                regions.years.insert(compared, of);
            }
        }
        regions
    }

    /// Whether nothing is told that the plan changed.
    pub(super) fn changes_nothing(&self) -> bool {
        !self.years.values().any(OfYears::is_any)
    }

    /// What is still to be told of each, without what is said of all regions and moved nothing there; and
    /// those of which there is anything.
    pub(super) fn not_told<'t>(&self, mut told: Vec<Told<'t>>) -> Vec<Told<'t>> {
        for Told { before, after, different, .. } in &mut told {
            let years = years(before, after);
            different.items.retain(|(change, effect)| !self.has_item(years, change, *effect));
            different.groups.retain(|(change, _)| !self.has_group(years, change));
        }
        told.retain(|Told { before, after, different, .. }| {
            let of_all = self.years.get(&years(before, after));
            let has_grades = of_all.is_some_and(|of| !of.grades.is_empty());
            !different.items.is_empty()
                || !different.groups.is_empty()
                || before.comes_to_another(after)
                || before.has_other_grades(after) && !has_grades
        });
        told
    }

    fn has_item(&self, years: Years, change: &Change<'_>, effect: Option<Decimal>) -> bool {
        let is_said = |shared: &Shared<'_>| {
            change.what.iter().all(|(what, old, new)| shared.says(what.code(), old, new))
        };
        !change.moved()
            && effect.is_none_or(|effect| effect.is_zero())
            && self.shared(years, Kind::Item, change.key()).is_some_and(is_said)
    }

    fn has_group(&self, years: Years, change: &GroupChange<'_>) -> bool {
        let is_said = |shared: &Shared<'_>| {
            // Which part is the lowest is told where it is the same, too.
            let mut others = change.what.iter().filter(|(_, [old, new])| old != new);
            others.all(|(what, [old, new])| shared.says(what, old, new))
        };
        !change.has_moved() && self.shared(years, Kind::Group, change.id()).is_some_and(is_said)
    }

    fn shared(&self, years: Years, kind: Kind, key: &str) -> Option<&Shared<'a>> {
        let mut shared = self.years.get(&years)?.shared.iter();
        shared.find(|shared| shared.kind == kind && shared.key == key)
    }

    /// All that is told of items, groups, grades and the whole.
    fn all(&self) -> impl Iterator<Item = &Shared<'a>> {
        self.years.values().flat_map(|of| of.shared.iter().chain(&of.some))
    }

    /// Whether it is known of any item what it did to the score.
    pub(super) fn has_effects(&self) -> bool {
        let has_effects = self.all().any(|shared| !shared.effects.is_empty());
        self.has_causes() || has_effects && self.years.values().any(|of| of.has_effects)
    }

    /// Whether a group is among them.
    pub(super) fn has_groups(&self) -> bool {
        self.all().any(|shared| shared.kind == Kind::Group) || self.has_cause(CauseOf::Group)
    }

    /// Whether something of a kind moved the scores.
    pub(super) fn has_cause(&self, kind: CauseOf) -> bool {
        self.years.values().filter_map(|of| of.causes.as_ref()).any(|causes| causes.has(kind))
    }

    /// Whether it is not known of some region what something did.
    pub(super) fn has_unknown(&self) -> bool {
        let mut causes = self.years.values().filter_map(|of| of.causes.as_ref());
        self.all().any(|shared| shared.unknown() > 0) || causes.any(Causes::has_unknown)
    }

    /// Whether it is told what moved the scores.
    pub(super) fn has_causes(&self) -> bool {
        self.years.values().any(|of| of.causes.as_ref().is_some_and(Causes::is_any))
    }

    /// Whether it is not known what the plan and what the values did.
    pub(super) fn has_no_parts(&self) -> bool {
        let mut causes = self.years.values().filter_map(|of| of.causes.as_ref());
        causes.any(Causes::has_no_parts)
    }

    /// Whether it is told what of that the plan did, and what the values.
    pub(super) fn has_parts(&self) -> bool {
        let mut causes = self.years.values().filter_map(|of| of.causes.as_ref());
        causes.any(Causes::has_parts)
    }

    /// What moved the scores of each of the years.
    pub(super) fn causes(&self, words: &Words) -> Vec<Block> {
        let mut blocks = Vec::new();
        for (years, of) in &self.years {
            let Some(causes) = &of.causes else { continue };
            let title =
                words.say("scores_moved", &[("years", &words.years_compared(years.0, years.1))]);
            blocks.push(Block::Title(title));
            blocks.extend(causes.lines(words).into_iter().map(Block::Line));
            blocks.extend(causes.is_any().then(|| Block::List(causes.listed(words))));
        }
        blocks
    }

    /// What the plan changed in each of the years; that of all regions under a message.
    pub(super) fn changes(&self, title: &'static str, words: &Words) -> Vec<Block> {
        let mut blocks = Vec::new();
        for (years, of) in self.years.iter().filter(|(_, of)| of.is_any()) {
            let title = if of.is_of_all() { title } else { "changed_in_some" };
            let title = words.say(title, &[("years", &words.years_compared(years.0, years.1))]);
            blocks.push(Block::Title(title));
            blocks.extend(of.grades.iter().cloned().map(Block::Line));
            if !of.shared.is_empty() {
                let rows = of.shared.iter().map(|shared| shared.row(words)).collect();
                blocks.push(Block::List(of.listed(rows, None, words)));
            }
            if !of.some.is_empty() {
                blocks.push(Block::Text(words.word("changed_not_alike").to_owned()));
                let in_regions = Some(words.word("in_regions"));
                blocks.push(Block::List(of.listed(of.rows_of_some(words), in_regions, words)));
            }
        }
        blocks
    }
}

/// In the order of the later result, and not by places.
fn in_order<'t, 'a>(
    mut told: Vec<&'t Told<'a>>,
    pairs: &[&'a (Assessed, Assessed)],
) -> Vec<&'t Told<'a>> {
    let regions = pairs.iter().map(|(_, after)| after.compared.region.as_str());
    let places: BTreeMap<&str, usize> = regions.zip(0..).collect();
    told.sort_by_key(|told| places.get(told.region()));
    told
}

/// The changes of each thing, by what it is paired.
pub(super) type ByKey<'a> = BTreeMap<&'a str, Vec<PlanChange<'a>>>;

/// What the plan changed of items and of groups.
fn plan_changes<'a>(told: &[&Told<'a>], by_gains: bool, words: &Words) -> [ByKey<'a>; 2] {
    let [mut items, mut groups] = [ByKey::new(), ByKey::new()];
    for told in told {
        for (change, _) in &told.different.items {
            let of_key = items.entry(change.key()).or_default();
            of_key.push(PlanChange::of_item(change, told, by_gains, words));
        }
        for (change, effect) in &told.different.groups {
            let of_key = groups.entry(change.id()).or_default();
            of_key.push(PlanChange::of_group(change, *effect, told, words));
        }
    }
    [items, groups]
}
