//! A region and year of a published result, as it is compared with another.

use rust_decimal::Decimal;
use serde::Deserialize;

use super::assessment::{PublishedRange, PublishedScale};
use crate::assessment::Counts;
use crate::number::show;
use crate::report::change::Compared;
use crate::report::words::Words;
use crate::spelling::printable;

/// What of an assessment is compared beside what any two have.
#[derive(Clone, Debug)]
pub(in crate::report) struct Assessed {
    pub(in crate::report) compared: Compared,
    /// How many items are in each state.
    pub(in crate::report) counts: Counts,
    /// What the score is out of, and the ends that it is held between.
    pub(in crate::report) scale: PublishedScale,
    /// How the score came about.
    pub(in crate::report) sum: String,
    pub(in crate::report) range: Option<PublishedRange>,
    /// The grade that is given, without that of the score alone.
    pub(in crate::report) grade: String,
    pub(in crate::report) grade_by_score: String,
    /// The grades, each with the lowest score that has it.
    pub(in crate::report) grades: Vec<(String, Decimal)>,
    /// The conditions that may limit the grade: `missing > 2: fair`.
    pub(in crate::report) grade_limits: Vec<String>,
    /// The points that count, and what was earned of them and beside them.
    pub(in crate::report) tally: Option<[Decimal; 2]>,
    pub(in crate::report) groups: Vec<GroupBrief>,
}

/// What of a group is compared.
#[derive(Clone, Debug, Deserialize)]
pub(in crate::report) struct GroupBrief {
    pub(in crate::report) id: String,
    #[serde(default, rename = "in")]
    pub(in crate::report) parent: Option<String>,
    pub(in crate::report) title: String,
    pub(in crate::report) combine: String,
    pub(in crate::report) weight: Decimal,
    #[serde(default)]
    pub(in crate::report) own_points: Option<Decimal>,
    #[serde(default)]
    pub(in crate::report) floor: Option<Decimal>,
    #[serde(default)]
    pub(in crate::report) cap: Option<Decimal>,
    #[serde(default)]
    pub(in crate::report) points: Option<Decimal>,
    pub(in crate::report) earned: Option<Decimal>,
    pub(in crate::report) sum: String,
    /// Its title; empty where titles are not compared.
    #[serde(skip)]
    pub(in crate::report) compared_title: String,
    /// Its id in its own result; `id` is the same, or that of what it is paired with in another.
    #[serde(skip)]
    pub(in crate::report) own_id: String,
}

impl Assessed {
    /// The grade with that of the score alone, where it is another.
    pub(super) fn show_grade(&mut self, words: &Words) {
        // Results of a plan without grades have neither.
        self.compared.grade = if self.grade_by_score.is_empty() || self.grade == self.grade_by_score
        {
            self.grade.clone()
        } else {
            let given = if self.grade.is_empty() { words.no_grade } else { &self.grade };
            words.limited_grade(given, &self.grade_by_score)
        };
    }

    /// A score rounded as its own is.
    pub(in crate::report) fn rounded(&self, score: Decimal) -> Decimal {
        let shown = self.compared.score.map_or(0, |score| score.scale());
        let rounding = self.scale.rounding(shown);
        let grade = |score: Decimal| self.grades.iter().position(|(_, from)| score >= *from);
        rounding.faithfully(score, |shown| grade(shown) == grade(score))
    }

    /// Calls its items, its groups and, by their places, its grades as another does.
    pub(in crate::report) fn call_as(&mut self, other: &Self, words: &Words) {
        if self.grades.len() == other.grades.len() {
            for name in [&mut self.grade, &mut self.grade_by_score] {
                let place = self.grades.iter().position(|(own, _)| own == name);
                if let Some((called, _)) = place.and_then(|place| other.grades.get(place)) {
                    name.clone_from(called);
                }
            }
            for ((own, _), (called, _)) in self.grades.iter_mut().zip(&other.grades) {
                own.clone_from(called);
            }
        }
        self.show_grade(words);
        for item in &mut self.compared.items {
            if let Some(called) = other.compared.item(&item.id) {
                item.name.clone_from(&called.name);
            }
        }
        for group in &mut self.groups {
            if let Some(called) = other.group(&group.id) {
                group.title.clone_from(&called.title);
            }
        }
    }

    /// Whether the plan of another has other grades, or limits them otherwise.
    pub(in crate::report) fn has_other_grades(&self, other: &Self) -> bool {
        self.grades != other.grades
            || !self.own_limits(other).is_empty()
            || !other.own_limits(self).is_empty()
    }

    /// Whether the grades of another have other names: of these it cannot be told which is the same.
    pub(in crate::report) fn has_other_grade_names(&self, other: &Self) -> bool {
        let names = |of: &Self| of.grades.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
        names(self) != names(other)
    }

    /// The conditions that limit the grade here and not in another.
    fn own_limits(&self, other: &Self) -> Vec<&str> {
        let own = self.grade_limits.iter().filter(|own| !other.grade_limits.contains(own));
        own.map(String::as_str).collect()
    }

    /// The conditions that limit the grade in one of this and a later one alone.
    pub(in crate::report) fn limit_rules_to(&self, after: &Self, words: &Words) -> Option<String> {
        let both = [self.own_limits(after), after.own_limits(self)];
        let [old, new] = both.map(|own| match own.as_slice() {
            [] => "–".to_owned(),
            own => own.join(words.list_comma),
        });
        (old != new).then(|| words.what_from_to(words.word("limit_rules"), &old, &new))
    }

    /// Whether another has another score or grade, may end elsewhere, or is limited otherwise.
    pub(in crate::report) fn comes_to_another(&self, other: &Self) -> bool {
        self.compared.score != other.compared.score
            || self.compared.grade != other.compared.grade
            || self.compared.limits != other.compared.limits
            || self.range != other.range
    }

    /// A group by its id.
    pub(in crate::report) fn group(&self, id: &str) -> Option<&GroupBrief> {
        self.groups.iter().find(|group| group.id == id)
    }

    /// A group and those that it lies in, by the id of the innermost.
    pub(in crate::report) fn around(&self, id: &str) -> impl Iterator<Item = &GroupBrief> {
        let up = |group: &&GroupBrief| self.group(group.parent.as_deref()?);
        // A result may come from anywhere, and its groups lie in each other.
        std::iter::successors(self.group(id), up).take(self.groups.len())
    }

    /// Whether the plan of another has other rules for groups or the whole, or grades them otherwise.
    pub(in crate::report) fn has_other_rules(&self, other: &Self) -> bool {
        let has_other = |of: &Self, than: &Self| {
            of.groups.iter().any(|group| {
                let same = than.group(&group.id);
                !same.is_some_and(|same| same.parent == group.parent && same.has_rules_of(group))
            })
        };
        self.has_other_grades(other)
            || self.scale != other.scale
            || has_other(self, other)
            || has_other(other, self)
    }

    /// Whether the score can still end elsewhere.
    pub(in crate::report) fn is_open(&self) -> bool {
        self.range.is_some_and(|range| range.low != range.high)
    }

    /// Between which scores it can end.
    pub(in crate::report) fn shown_range(&self, words: &Words) -> String {
        let range = self.range.map(|range| words.range_of(range.low, range.high));
        range.unwrap_or_else(|| words.nothing_to_score.to_owned())
    }

    /// From which score each grade is given.
    pub(in crate::report) fn bounds(&self, words: &Words) -> String {
        let bounds = self.grades.iter();
        let bounds = bounds.map(|(name, from)| format!("{name} ≥ {}", show(from.normalize())));
        bounds.collect::<Vec<_>>().join(words.list_comma)
    }
}

impl GroupBrief {
    /// Whether what a part of it gains may be another amount in it.
    pub(in crate::report) fn is_scaled(&self) -> bool {
        self.combine != "sum" || [self.own_points, self.floor, self.cap].iter().any(Option::is_some)
    }

    /// Whether the plan has the rules of another for it: how it combines, its weight, points, floor and cap.
    pub(in crate::report) fn has_rules_of(&self, other: &Self) -> bool {
        self.combine == other.combine
            && self.weight == other.weight
            && self.own_points == other.own_points
            && self.floor == other.floor
            && self.cap == other.cap
    }

    /// By codes without its sum, which has words in it.
    pub(super) fn printable(&self, by_codes: bool) -> Self {
        Self {
            id: printable(&self.id),
            own_id: printable(&self.id),
            parent: self.parent.as_deref().map(printable),
            title: printable(&self.title),
            compared_title: if by_codes { String::new() } else { printable(&self.title) },
            combine: printable(&self.combine),
            sum: if by_codes { String::new() } else { printable(&self.sum) },
            ..self.clone()
        }
    }
}
