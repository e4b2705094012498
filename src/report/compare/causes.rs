//! What moved the scores of the regions of a year: each item and group, over all of them.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use rust_decimal::serde::{arbitrary_precision, arbitrary_precision_option};
use serde::Serialize;

use super::Told;
use super::different::Listed;
use super::plan_change::PlanChange;
use crate::number::show;
use crate::report::line::signed;
use crate::report::result::Assessed;
use crate::report::words::Words;

/// How the scores of regions moved, and by what: the means of the causes add up to that of the scores, with as
/// many digits as scores have, and at least two.
#[derive(Serialize)]
pub(super) struct Causes<'a> {
    /// Of those that have a score in both results.
    regions: usize,
    risen: usize,
    fallen: usize,
    #[serde(with = "arbitrary_precision")]
    mean_before: Decimal,
    #[serde(with = "arbitrary_precision")]
    mean_after: Decimal,
    /// What the plan did to the mean, and what all else; none where that is not known of all.
    #[serde(with = "arbitrary_precision_option")]
    mean_by_plan: Option<Decimal>,
    #[serde(with = "arbitrary_precision_option")]
    mean_by_values: Option<Decimal>,
    /// From which grade to which, and in how many regions.
    grades: Vec<GradeMoved<'a>>,
    /// The edges of grades, where they are the same in all.
    #[serde(skip)]
    bounds: Option<String>,
    causes: Vec<Cause<'a>>,
}

#[derive(Serialize)]
struct GradeMoved<'a> {
    before: &'a str,
    after: &'a str,
    regions: usize,
}

/// Something that moved scores.
#[derive(Serialize)]
struct Cause<'a> {
    kind: CauseOf,
    id: &'a str,
    name: &'a str,
    /// In how many regions it raised the score, and lowered it.
    raised: Option<usize>,
    lowered: Option<usize>,
    /// In how many it is not known what it did: that is with what several did together.
    not_known: usize,
    /// What it did to a score over all regions.
    #[serde(with = "arbitrary_precision")]
    mean: Decimal,
    #[serde(with = "arbitrary_precision_option")]
    least: Option<Decimal>,
    #[serde(with = "arbitrary_precision_option")]
    most: Option<Decimal>,
    /// What of the mean the plan did: new targets and rules, waivers, what is new or gone; and what all else
    /// did. None where that is not known of all. Of rounding, what the others lack.
    #[serde(with = "arbitrary_precision_option")]
    mean_by_plan: Option<Decimal>,
    #[serde(with = "arbitrary_precision_option")]
    mean_by_values: Option<Decimal>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum CauseOf {
    Item,
    /// New rules of a group, or its new place.
    Group,
    /// The scale, the floor and the cap.
    Whole,
    /// What several did only together.
    Together,
    /// The same, and those of which it is not known.
    Others,
    Rounding,
}

/// What a cause did in each region where it is known.
struct OverRegions {
    known: Vec<Decimal>,
    not_known: usize,
    /// What of that the plan did; none where that, or what the cause did, is not known of all.
    by_plan: Option<Vec<Decimal>>,
}

impl OverRegions {
    /// Of what the plan alone did.
    fn of_plan(effects: impl Iterator<Item = Option<Decimal>>) -> Self {
        let effects: Vec<_> = effects.collect();
        let known: Vec<Decimal> = effects.iter().flatten().copied().collect();
        let by_plan = (known.len() == effects.len()).then(|| known.clone());
        Self { not_known: effects.len() - known.len(), by_plan, known }
    }

    fn of_item(changes: &[&PlanChange<'_>]) -> Self {
        let of_all = Self::of_plan(changes.iter().map(|change| change.effect));
        let by_plan: Option<_> = changes.iter().map(|change| change.did_by_plan()).collect();
        Self { by_plan: by_plan.filter(|_| of_all.by_plan.is_some()), ..of_all }
    }
}

impl<'a> Causes<'a> {
    /// None where fewer than two regions have scores that can be compared, or where the figures of none say
    /// by what they moved.
    pub(super) fn of(
        pairs: &[&'a (Assessed, Assessed)],
        told: &[&Told<'a>],
        items: &BTreeMap<&'a str, Vec<PlanChange<'a>>>,
        words: &Words,
    ) -> Option<Self> {
        let gain =
            |before: &Assessed, after: &Assessed| after.compared.gain_since(&before.compared);
        let pairs = pairs.iter().copied().filter(|(before, after)| gain(before, after).is_some());
        let pairs: Vec<_> = pairs.collect();
        let told = told.iter().copied().filter(|told| gain(told.before, told.after).is_some());
        let told: Vec<_> = told.collect();
        let scored = pairs.iter().filter_map(|(before, after)| {
            Some((before.compared.score?, after.compared.score?, gain(before, after)?))
        });
        let scored: Vec<_> = scored.collect();
        if scored.len() < 2 || told.iter().all(|told| told.different.bridge.is_none()) {
            return None;
        }
        let digits = scored.iter().map(|(old, new, _)| old.scale().max(new.scale()));
        let mean = Mean { of: scored.len(), digits: digits.max().unwrap_or_default().max(2) };
        let gains: Vec<Decimal> = scored.iter().map(|(.., gain)| *gain).collect();
        let [mean_before, mean_after] = [
            mean.of(&scored.iter().map(|(old, ..)| *old).collect::<Vec<_>>()),
            mean.of(&scored.iter().map(|(_, new, _)| *new).collect::<Vec<_>>()),
        ];
        let alone = alone(&told, items, mean);
        let mean_gain = mean_after.saturating_sub(mean_before);
        let is_known = told.iter().all(|told| told.different.bridge.is_some());
        let parts = parts(&alone, mean).filter(|_| is_known);
        let causes = causes(&told, &alone, parts, &gains, mean, mean_gain);
        Some(Self {
            regions: scored.len(),
            risen: gains.iter().filter(|gain| **gain > Decimal::ZERO).count(),
            fallen: gains.iter().filter(|gain| **gain < Decimal::ZERO).count(),
            mean_before,
            mean_after,
            mean_by_plan: parts.map(|[by_plan, _]| by_plan),
            mean_by_values: parts.map(|[_, by_values]| by_values),
            grades: grades_moved(&pairs),
            bounds: bounds(&pairs, words),
            causes,
        })
    }

    /// Whether anything moved them.
    pub(super) fn is_any(&self) -> bool {
        !self.causes.is_empty()
    }

    /// Whether a group is among what moved them.
    pub(super) fn has_groups(&self) -> bool {
        self.causes.iter().any(|cause| cause.kind == CauseOf::Group)
    }

    /// How the scores and the grades moved, in sentences.
    pub(super) fn lines(&self, words: &Words) -> Vec<String> {
        let change = self.mean_after.saturating_sub(self.mean_before);
        let same = self.regions.saturating_sub(self.risen).saturating_sub(self.fallen);
        let scores = words.say(
            "scores_of_regions",
            &[
                ("regions", &self.regions),
                ("risen", &self.risen),
                ("fallen", &self.fallen),
                ("same", &same),
                ("before", &show(self.mean_before)),
                ("after", &show(self.mean_after)),
                ("gain", &signed(change.normalize())),
            ],
        );
        let moved = self.grades.iter().map(|moved| {
            let [before, after] = [moved.before, moved.after].map(|grade| match grade {
                "" => words.no_grade,
                grade => grade,
            });
            words.with_aside(&format!("{before} → {after}"), &moved.regions.to_string())
        });
        let moved: Vec<String> = moved.collect();
        let grades = (!moved.is_empty())
            .then(|| [words.word("grades_moved"), &moved.join(words.list_comma)].join(words.colon));
        let bounds = self.bounds.as_ref().filter(|_| grades.is_some());
        let bounds = bounds.map(|bounds| format!("{}{}{bounds}", words.grades, words.colon));
        std::iter::once(scores).chain(grades).chain(bounds).collect()
    }

    /// Whether it is told what the plan and what the values did to the mean: where both did anything, and
    /// that is known of any cause.
    pub(super) fn has_parts(&self) -> bool {
        let did = |part: Option<Decimal>| part.is_some_and(|mean| !mean.is_zero());
        self.things().any(|cause| did(cause.mean_by_plan))
            && self.things().any(|cause| did(cause.mean_by_values))
    }

    /// Items, groups and the whole.
    fn things(&self) -> impl Iterator<Item = &Cause<'a>> {
        self.causes.iter().filter(|cause| cause.raised.is_some())
    }

    /// The causes, a row each, and their sum.
    pub(super) fn listed(&self, words: &Words) -> Listed {
        let has_parts = self.has_parts();
        let known = |part: Option<Decimal>| part.map_or("–".to_owned(), signed);
        let count =
            |count: Option<usize>| count.map_or("–".to_owned(), |count| count.to_string());
        let row = |cause: &Cause<'_>| {
            let between = words.gains_between(cause.least.zip(cause.most));
            let between = between.unwrap_or_else(|| "–".to_owned());
            let parts = has_parts.then(|| [cause.mean_by_plan, cause.mean_by_values].map(known));
            let row = [cause.name_told(words), signed(cause.mean)].into_iter();
            row.chain(parts.into_iter().flatten())
                .chain([count(cause.raised), count(cause.lowered), between])
                .collect()
        };
        let titles = [words.word("cause"), words.word("mean_in_score")].into_iter();
        let parts = has_parts.then(|| ["mean_by_plan", "mean_by_values"].map(|id| words.word(id)));
        let titles = titles.chain(parts.into_iter().flatten());
        let at_last = ["regions_raised", "regions_lowered", "in_score"].map(|id| words.word(id));
        let mut rows: Vec<Vec<String>> = self.causes.iter().map(row).collect();
        if !rows.is_empty() {
            let gain = self.mean_after.saturating_sub(self.mean_before).normalize();
            let sum = [words.word("causes_sum").to_owned(), signed(gain)].into_iter();
            let parts = [self.mean_by_plan, self.mean_by_values];
            let parts =
                has_parts.then(|| parts.map(|part| known(part.map(|part| part.normalize()))));
            let sum = sum.chain(parts.into_iter().flatten());
            let counts = [self.risen, self.fallen].map(|count| count.to_string());
            rows.push(sum.chain(counts).chain(["–".to_owned()]).collect());
        }
        Listed {
            titles: titles.chain(at_last).collect(),
            numbers: if has_parts { &[1, 2, 3, 4, 5, 6] } else { &[1, 2, 3, 4] },
            rows,
        }
    }
}

impl<'a> Cause<'a> {
    /// None where it did nothing anywhere, nor the plan and the values against each other.
    fn of((kind, [id, name], did): &Alone<'a>, mean: Mean) -> Option<Self> {
        let moved = did.known.iter().filter(|effect| !effect.is_zero()).copied();
        let moved: Vec<Decimal> = moved.collect();
        let is_nothing = |by_plan: &Vec<Decimal>| by_plan.iter().all(Decimal::is_zero);
        if moved.is_empty() && did.by_plan.as_ref().is_some_and(is_nothing) {
            return None;
        }
        let raised = moved.iter().filter(|effect| effect.is_sign_positive()).count();
        let mean_by_plan = did.by_plan.as_ref().map(|all| mean.of(all).normalize());
        let of_all = mean.of(&did.known).normalize();
        Some(Self {
            kind: *kind,
            id,
            name,
            raised: Some(raised),
            lowered: Some(moved.len() - raised),
            not_known: did.not_known,
            mean: of_all,
            least: moved.iter().min().copied(),
            most: moved.iter().max().copied(),
            mean_by_plan,
            mean_by_values: mean_by_plan.map(|plan| of_all.saturating_sub(plan).normalize()),
        })
    }

    /// What is no thing of its own: of it only the means are told.
    fn at_last(kind: CauseOf, mean: Decimal, parts: Option<[Decimal; 2]>) -> Option<Self> {
        let is_any = !mean.is_zero() || parts.into_iter().flatten().any(|part| !part.is_zero());
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
            mean_by_plan: parts.map(|[by_plan, _]| by_plan.normalize()),
            mean_by_values: parts.map(|[_, by_values]| by_values.normalize()),
        })
    }

    fn name_told(&self, words: &Words) -> String {
        let name = match self.kind {
            CauseOf::Item => self.name.to_owned(),
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

/// The means over so many regions, with so many digits.
#[derive(Clone, Copy)]
struct Mean {
    of: usize,
    digits: u32,
}

impl Mean {
    fn of(self, all: &[Decimal]) -> Decimal {
        let mean = sum(all).checked_div(Decimal::from(self.of)).unwrap_or_default();
        let mut mean = mean.round_dp(self.digits);
        mean.rescale(self.digits);
        mean
    }
}

/// A cause by its id and name, with what it did alone.
type Alone<'a> = (CauseOf, [&'a str; 2], OverRegions);

/// The items, the groups with new rules and the whole, those that moved the mean most first.
fn alone<'a>(
    told: &[&Told<'a>],
    items: &BTreeMap<&'a str, Vec<PlanChange<'a>>>,
    mean: Mean,
) -> Vec<Alone<'a>> {
    let mut alone: Vec<Alone<'a>> = Vec::new();
    let regions: BTreeSet<&str> = told.iter().map(|told| told.region()).collect();
    for changes in items.values() {
        let changes = changes.iter().filter(|change| regions.contains(change.region));
        let changes: Vec<_> = changes.collect();
        let Some(first) = changes.first() else { continue };
        let effects = OverRegions::of_item(&changes);
        alone.push((CauseOf::Item, [first.id, first.name], effects));
    }
    let mut groups: BTreeMap<&'a str, ([&'a str; 2], Vec<Option<Decimal>>)> = BTreeMap::new();
    let changes = told.iter().flat_map(|told| &told.different.groups);
    for (change, _) in changes.filter(|(change, _)| change.has_new_rules) {
        let named = [change.own_id(), change.title()];
        let (_, effects) = groups.entry(change.id()).or_insert((named, Vec::new()));
        effects.push(change.by_rules_alone);
    }
    for (named, effects) in groups.into_values() {
        alone.push((CauseOf::Group, named, OverRegions::of_plan(effects.into_iter())));
    }
    let bridges = told.iter().filter_map(|told| told.different.bridge);
    let whole = OverRegions::of_plan(bridges.map(|bridge| Some(bridge.whole())));
    alone.push((CauseOf::Whole, [""; 2], whole));
    alone.sort_by_cached_key(|(.., effects)| {
        let moved = effects.known.iter().map(Decimal::abs);
        let moved = moved.fold(Decimal::ZERO, Decimal::saturating_add);
        Reverse((mean.of(&effects.known).abs(), moved))
    });
    alone
}

/// What each did; then what several did only together, and rounding, of scores and of these means.
fn causes<'a>(
    told: &[&Told<'a>],
    alone: &[Alone<'a>],
    parts: Option<[Decimal; 2]>,
    gains: &[Decimal],
    mean: Mean,
    mean_gain: Decimal,
) -> Vec<Cause<'a>> {
    let bridges = told.iter().map(|told| told.different.bridge);
    let rounded: Vec<Decimal> = bridges.clone().flatten().map(|bridge| bridge.rounding()).collect();
    let known = alone.iter().map(|(.., did)| sum(&did.known));
    let known = known.fold(sum(&rounded), Decimal::saturating_add);
    let rest = sum(gains).saturating_sub(known);
    let is_known = alone.iter().all(|(.., did)| did.not_known == 0)
        && bridges.clone().all(|bridge| bridge.is_some());
    let together = if is_known { CauseOf::Together } else { CauseOf::Others };
    let together = Cause::at_last(together, mean.of(&[rest]), None);
    let causes = alone.iter().filter_map(|one| Cause::of(one, mean));
    let mut causes: Vec<_> = causes.chain(together).collect();
    let told = causes.iter().map(|cause| cause.mean).fold(Decimal::ZERO, Decimal::saturating_add);
    let lack = |exact: Decimal, shown: fn(&Cause<'_>) -> Option<Decimal>| {
        exact.saturating_sub(sum(&causes.iter().filter_map(shown).collect::<Vec<_>>()))
    };
    let lacking = parts.map(|[by_plan, by_values]| {
        [lack(by_plan, |cause| cause.mean_by_plan), lack(by_values, |cause| cause.mean_by_values)]
    });
    causes.extend(Cause::at_last(CauseOf::Rounding, mean_gain.saturating_sub(told), lacking));
    causes
}

/// What the plan and what all else did to the mean; none where that is not known of all.
fn parts(alone: &[Alone<'_>], mean: Mean) -> Option<[Decimal; 2]> {
    let by_plan: Option<Vec<_>> = alone.iter().map(|(.., did)| did.by_plan.as_deref()).collect();
    let by_plan = by_plan?.concat();
    let known: Vec<_> = alone.iter().flat_map(|(.., did)| &did.known).copied().collect();
    let by_values = sum(&known).saturating_sub(sum(&by_plan));
    Some([mean.of(&by_plan), mean.of(&[by_values])])
}

/// From which grades to which regions moved, the most first.
fn grades_moved<'a>(pairs: &[&'a (Assessed, Assessed)]) -> Vec<GradeMoved<'a>> {
    let mut moved: BTreeMap<[&str; 2], usize> = BTreeMap::new();
    for (before, after) in pairs.iter().filter(|(before, after)| before.grade != after.grade) {
        *moved.entry([&before.grade, &after.grade]).or_default() += 1;
    }
    let moved = moved.into_iter();
    let moved = moved.map(|([before, after], regions)| GradeMoved { before, after, regions });
    let mut moved: Vec<_> = moved.collect();
    moved.sort_by_key(|moved| Reverse(moved.regions));
    moved
}

/// The edges of grades, where all have the same.
fn bounds(pairs: &[&(Assessed, Assessed)], words: &Words) -> Option<String> {
    let mut all = pairs.iter().flat_map(|(before, after)| [before, after]);
    let first = all.next()?;
    let is_same = all.all(|one| one.grades == first.grades) && !first.grades.is_empty();
    is_same.then(|| first.bounds(words))
}

fn sum(all: &[Decimal]) -> Decimal {
    all.iter().copied().fold(Decimal::ZERO, Decimal::saturating_add)
}
