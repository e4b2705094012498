//! What moved the scores of the regions of a year: each item and group, over all of them.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rust_decimal::Decimal;
use rust_decimal::serde::{arbitrary_precision, arbitrary_precision_option};
use serde::Serialize;

use super::Told;
use super::cause::{Alone, Cause, CauseOf, Mean, MeanMoved};
use super::different::Listed;
use super::shared::named;
use crate::number::{SHOWN, show, with_digits};
use crate::report::line::signed;
use crate::report::parts::Parts;
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
    /// That of what the later values come to by the earlier plan; what the plan did to the mean then, and what
    /// the values did before. None where that is not known of all.
    #[serde(with = "arbitrary_precision_option", rename = "mean_by_earlier_plan")]
    mean_between: Option<Decimal>,
    #[serde(with = "arbitrary_precision_option")]
    mean_by_plan: Option<Decimal>,
    #[serde(with = "arbitrary_precision_option")]
    mean_by_values: Option<Decimal>,
    /// The same of all scores before they are rounded.
    #[serde(skip)]
    exact: Option<Parts>,
    /// The earlier year.
    #[serde(skip)]
    year: u16,
    /// From which grade to which, and in how many regions.
    grades: Vec<GradeMoved<'a>>,
    /// The regions whose grade would be another by the earlier plan, with the later values.
    #[serde(skip)]
    other_grades: Vec<&'a str>,
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

impl<'a> Causes<'a> {
    /// None where fewer than two regions have scores that can be compared, or where the figures of none say
    /// by what they moved.
    pub(super) fn of(
        pairs: &[&'a (Assessed, Assessed)],
        told: &[&Told<'a>],
        words: &Words,
    ) -> Option<Self> {
        let gain =
            |before: &Assessed, after: &Assessed| after.compared.gain_since(&before.compared);
        let pairs = pairs.iter().copied().filter(|(before, after)| gain(before, after).is_some());
        let pairs: Vec<_> = pairs.collect();
        let told = told.iter().copied().filter(|told| gain(told.before, told.after).is_some());
        let told: Vec<_> = told.collect();
        if pairs.len() < 2 || told.iter().all(|told| told.different.bridge.is_none()) {
            return None;
        }
        let gains = pairs.iter().filter_map(|(before, after)| gain(before, after));
        let gains: Vec<Decimal> = gains.collect();
        let both = |(before, after): &&(Assessed, Assessed)| {
            Some([before.compared.score?, after.compared.score?])
        };
        let scores = || pairs.iter().filter_map(both);
        let digits = scores().flatten().map(|score| score.scale()).max();
        let mean = Mean { of: pairs.len(), digits: digits.unwrap_or_default().clamp(2, SHOWN) };
        let mean_before = mean.of(scores().map(|[before, _]| before));
        let mean_after = mean.of(scores().map(|[_, after]| after));
        let alone = Alone::all(&told);
        let exact: Option<Vec<_>> = told.iter().map(|told| told.different.parts).collect();
        let between = pairs.iter().map(|(before, after)| {
            // Where nothing is another, it is what it was.
            let told = told.iter().find(|told| std::ptr::eq(told.after, after));
            told.map_or(after.compared.score, |told| Some(told.different.between(before, after)?.0))
        });
        let mean_between = between.collect::<Option<Vec<_>>>().map(|scores| mean.of(scores));
        let parts = mean_between.map(|between| Parts::between(mean_before, between, mean_after));
        let moved = MeanMoved {
            by: mean_after.saturating_sub(mean_before),
            parts,
            exact: exact.map(Parts::sum),
        };
        let causes = Cause::all(&told, &alone, &gains, mean, moved);
        Some(Self {
            regions: pairs.len(),
            risen: gains.iter().filter(|gain| **gain > Decimal::ZERO).count(),
            fallen: gains.iter().filter(|gain| **gain < Decimal::ZERO).count(),
            mean_before,
            mean_after,
            mean_between,
            exact: moved.exact,
            year: pairs.first().map_or(0, |(before, _)| before.compared.year),
            mean_by_plan: parts.map(|parts| parts.by_plan),
            mean_by_values: parts.map(|parts| parts.by_values),
            other_grades: told
                .iter()
                .filter(|told| {
                    let between = told.different.grade_between(told.before, told.after);
                    between.is_some_and(|grade| grade != told.after.grade_by_score)
                })
                .map(|told| told.region())
                .collect(),
            grades: grades_moved(&pairs),
            bounds: bounds(&pairs, words),
            causes,
        })
    }

    /// Whether anything moved them.
    pub(super) fn is_any(&self) -> bool {
        !self.causes.is_empty()
    }

    /// Whether something of a kind is among what moved them.
    pub(super) fn has(&self, kind: CauseOf) -> bool {
        self.causes.iter().any(|cause| cause.kind == kind)
    }

    /// Whether it is not known what the plan and what the values did.
    pub(super) fn has_no_parts(&self) -> bool {
        self.mean_by_plan.is_none()
    }

    /// Whether it is not known of some region what something did.
    pub(super) fn has_unknown(&self) -> bool {
        self.causes.iter().any(|cause| cause.not_known > 0)
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
                ("gain", &signed(change)),
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
        let others = match self.other_grades.len() {
            0 => None,
            count => {
                let text = words.say("others_by_earlier_plan", &[("count", &count)]);
                Some(match named(&self.other_grades, words) {
                    Some(named) => [text, named].join(words.colon),
                    None => text,
                })
            }
        };
        let bounds = self.bounds.as_ref().filter(|_| grades.is_some());
        let bounds = bounds.map(|bounds| format!("{}{}{bounds}", words.grades, words.colon));
        let parts = self.mean_by_plan.zip(self.mean_by_values);
        let parts = parts.map(|(by_plan, by_values)| Parts { by_plan, by_values });
        let exact = self.exact.filter(|exact| !exact.are_none());
        let parts = parts.zip(exact).zip(self.mean_between).map(|((parts, exact), mean)| {
            words.parts_told("mean_parts", (self.year, &show(mean)), parts, exact)
        });
        std::iter::once(scores).chain(parts).chain(grades).chain(others).chain(bounds).collect()
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
        let shown = |mean: Decimal| signed(with_digits(mean, self.mean_after.scale()));
        let known = |part: Option<Decimal>| part.map_or("–".to_owned(), shown);
        let count =
            |count: Option<usize>| count.map_or("–".to_owned(), |count| count.to_string());
        let row = |cause: &Cause<'_>| {
            let between = words.gains_between(cause.least.zip(cause.most));
            let between = between.unwrap_or_else(|| "–".to_owned());
            let parts = has_parts.then(|| [cause.mean_by_values, cause.mean_by_plan].map(known));
            let row = [cause.name_told(words), shown(cause.mean)].into_iter();
            row.chain(parts.into_iter().flatten())
                .chain([count(cause.raised), count(cause.lowered), between])
                .collect()
        };
        let titles = [words.word("cause"), words.word("mean_in_score")].into_iter();
        let parts = has_parts.then(|| ["mean_by_values", "mean_by_plan"].map(|id| words.word(id)));
        let titles = titles.chain(parts.into_iter().flatten());
        let at_last = ["regions_raised", "regions_lowered", "in_score"].map(|id| words.word(id));
        let mut rows: Vec<Vec<String>> = self.causes.iter().map(row).collect();
        if !rows.is_empty() {
            let gain = self.mean_after.saturating_sub(self.mean_before);
            let sum = [words.word("causes_sum").to_owned(), shown(gain)].into_iter();
            let parts = has_parts.then(|| [self.mean_by_values, self.mean_by_plan].map(known));
            let sum = sum.chain(parts.into_iter().flatten());
            let counts = [self.risen, self.fallen].map(|count| count.to_string());
            rows.push(sum.chain(counts).chain(["–".to_owned()]).collect());
        }
        Listed {
            titles: titles.chain(at_last).collect(),
            numbers: if has_parts { &[1, 2, 3, 4, 5, 6] } else { &[1, 2, 3, 4] },
            rows,
            has_texts: false,
        }
    }
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
