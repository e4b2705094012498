//! What moved the scores of the regions of a year: each item and group, over all of them.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rust_decimal::Decimal;
use rust_decimal::serde::{arbitrary_precision, arbitrary_precision_option};
use serde::Serialize;

use super::Told;
use super::different::Listed;
use super::plan_change::{Fact, PlanChange};
use crate::number::show;
use crate::report::change::What;
use crate::report::line::signed;
use crate::report::result::Assessed;
use crate::report::words::Words;

/// How the scores of regions moved, and by what: the means of the causes add up to that of the scores, with as
/// many digits as scores have.
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
    /// What of the mean a new target did; none where that is not known of all, or more than that.
    #[serde(with = "arbitrary_precision_option")]
    mean_by_target: Option<Decimal>,
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
struct Effects {
    known: Vec<Decimal>,
    not_known: usize,
    by_target: Option<Vec<Decimal>>,
}

impl Effects {
    fn of(effects: impl Iterator<Item = Option<Decimal>>) -> Self {
        let effects: Vec<_> = effects.collect();
        let known: Vec<Decimal> = effects.iter().flatten().copied().collect();
        Self { not_known: effects.len() - known.len(), known, by_target: None }
    }

    fn sum(&self) -> Decimal {
        sum(&self.known)
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
        let scored = pairs.iter().filter_map(|(before, after)| {
            let gain = after.compared.gain_since(&before.compared)?;
            Some((before.compared.score?, after.compared.score?, gain))
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
        let causes =
            causes(told, items, &gains, mean, mean_after.saturating_sub(mean_before), words);
        Some(Self {
            regions: scored.len(),
            risen: gains.iter().filter(|gain| **gain > Decimal::ZERO).count(),
            fallen: gains.iter().filter(|gain| **gain < Decimal::ZERO).count(),
            mean_before,
            mean_after,
            grades: grades_moved(pairs),
            bounds: bounds(pairs, words),
            causes,
        })
    }

    /// Whether anything moved them.
    pub(super) fn is_any(&self) -> bool {
        !self.causes.is_empty()
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

    /// The causes, a row each; that which moved scores most comes first.
    pub(super) fn listed(&self, words: &Words) -> Listed {
        let has_targets = self
            .causes
            .iter()
            .any(|cause| cause.mean_by_target.is_some_and(|mean| !mean.is_zero()));
        let count =
            |count: Option<usize>| count.map_or("–".to_owned(), |count| count.to_string());
        let row = |cause: &Cause<'_>| {
            let between = match cause.least.zip(cause.most) {
                Some((least, most)) if least == most => signed(least),
                Some((least, most)) => words.gains_between(least, most),
                None => "–".to_owned(),
            };
            let target = cause.mean_by_target.map_or("–".to_owned(), signed);
            let name = cause.name_told(words);
            let row =
                [name, signed(cause.mean), count(cause.raised), count(cause.lowered), between];
            row.into_iter().chain(has_targets.then_some(target)).collect()
        };
        let titles = [
            words.word("cause"),
            words.word("mean_in_score"),
            words.word("regions_raised"),
            words.word("regions_lowered"),
            words.word("in_score"),
        ];
        let by_target = has_targets.then(|| words.word("mean_by_target"));
        Listed {
            titles: titles.into_iter().chain(by_target).collect(),
            numbers: if has_targets { &[1, 2, 3, 4, 5] } else { &[1, 2, 3, 4] },
            rows: self.causes.iter().map(row).collect(),
        }
    }
}

impl Cause<'_> {
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

    /// None where it did nothing anywhere.
    fn cause<'a>(
        self,
        kind: CauseOf,
        [id, name]: [&'a str; 2],
        effects: &Effects,
    ) -> Option<Cause<'a>> {
        let moved: Vec<Decimal> =
            effects.known.iter().filter(|effect| !effect.is_zero()).copied().collect();
        if moved.is_empty() && effects.not_known == 0 {
            return None;
        }
        let raised = moved.iter().filter(|effect| effect.is_sign_positive()).count();
        Some(Cause {
            kind,
            id,
            name,
            raised: Some(raised),
            lowered: Some(moved.len() - raised),
            not_known: effects.not_known,
            mean: self.of(&effects.known).normalize(),
            least: moved.iter().min().copied(),
            most: moved.iter().max().copied(),
            mean_by_target: effects.by_target.as_ref().map(|all| self.of(all).normalize()),
        })
    }
}

/// The items and groups that moved most first; then the whole, what several did only together, and rounding.
fn causes<'a>(
    told: &[&Told<'a>],
    items: &BTreeMap<&'a str, Vec<PlanChange<'a>>>,
    gains: &[Decimal],
    mean: Mean,
    mean_gain: Decimal,
    words: &Words,
) -> Vec<Cause<'a>> {
    let mut alone: Vec<(CauseOf, [&'a str; 2], Effects)> = Vec::new();
    for changes in items.values() {
        let Some(first) = changes.first() else { continue };
        let mut effects = Effects::of(changes.iter().map(|change| change.effect));
        effects.by_target = changes.iter().map(by_target).collect();
        alone.push((CauseOf::Item, [first.id, first.name], effects));
    }
    let mut groups: BTreeMap<&'a str, ([&'a str; 2], Vec<Option<Decimal>>)> = BTreeMap::new();
    let changes = told.iter().flat_map(|told| &told.different.groups);
    for (change, _) in changes.filter(|(change, _)| change.has_new_rules) {
        let named = [change.own_id(), change.title()];
        let of_group = groups.entry(change.id()).or_insert((named, Vec::new()));
        of_group.1.push(change.by_rules_alone);
    }
    for (named, effects) in groups.into_values() {
        alone.push((CauseOf::Group, named, Effects::of(effects.into_iter())));
    }
    alone.sort_by_cached_key(|(.., effects)| {
        Reverse(effects.known.iter().map(Decimal::abs).fold(Decimal::ZERO, Decimal::saturating_add))
    });
    let bridges = told.iter().filter_map(|told| told.different.bridge);
    let whole = Effects::of(bridges.clone().map(|bridge| Some(bridge.whole())));
    let rounded = Effects::of(bridges.map(|bridge| Some(bridge.rounding())));
    let known = alone.iter().map(|(.., effects)| effects).chain([&whole, &rounded]);
    let known = known.map(Effects::sum).fold(Decimal::ZERO, Decimal::saturating_add);
    let rest = sum(gains).saturating_sub(known);
    let causes = alone.iter().map(|(kind, named, effects)| mean.cause(*kind, *named, effects));
    let whole = mean.cause(CauseOf::Whole, ["", words.word("whole_rules")], &whole);
    let at_last = |kind: CauseOf, mean: Decimal| {
        (!mean.is_zero()).then(|| Cause {
            kind,
            id: "",
            name: "",
            raised: None,
            lowered: None,
            not_known: 0,
            mean: mean.normalize(),
            least: None,
            most: None,
            mean_by_target: None,
        })
    };
    let is_known = alone.iter().all(|(.., effects)| effects.not_known == 0)
        && told.iter().all(|told| told.different.bridge.is_some());
    let together = if is_known { CauseOf::Together } else { CauseOf::Others };
    let together = at_last(together, mean.of(&[rest]));
    let mut causes: Vec<_> = causes.flatten().chain(whole).chain(together).collect();
    let told = causes.iter().map(|cause| cause.mean).fold(Decimal::ZERO, Decimal::saturating_add);
    causes.extend(at_last(CauseOf::Rounding, mean_gain.saturating_sub(told)));
    causes
}

/// What the new target of an item did; nothing where it has none.
fn by_target(change: &PlanChange<'_>) -> Option<Decimal> {
    let is_target = |fact: &&Fact| fact.what == What::Target.code();
    let target: Vec<_> = change.facts.iter().filter(is_target).cloned().collect();
    if change.is_in_both() { change.did(&target) } else { Some(Decimal::ZERO) }
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
