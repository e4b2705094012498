//! A region and year of a published result.

use rust_decimal::Decimal;
use rust_decimal::serde::arbitrary_precision;
use serde::{Deserialize, Serialize};

use super::PublishedPlan;
use super::assessed::{Assessed, GroupBrief};
use super::item::PublishedItem;
use crate::assessment::{Counts, State};
use crate::number::show;
use crate::plan::{Rounding, Ties};
use crate::report::change::{Compared, ComparedItem, LimitBy, ToldLimit};
use crate::report::former::{Former, FormerItem};
use crate::report::words::Words;
use crate::spelling::{one_line, printable};

/// A grade with the lowest score that has it.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
struct PublishedGrade {
    name: String,
    from: Decimal,
}

#[derive(Debug, Deserialize)]
pub(super) struct PublishedAssessment {
    pub(super) region: String,
    pub(super) year: u16,
    score: Option<Decimal>,
    #[serde(default)]
    score_sum: String,
    #[serde(default)]
    scale: Option<PublishedScale>,
    #[serde(default)]
    range: Option<PublishedRange>,
    grade: Option<String>,
    #[serde(default)]
    grade_by_score: Option<String>,
    #[serde(default)]
    grades: Vec<PublishedGrade>,
    #[serde(default)]
    limits: Vec<PublishedLimit>,
    #[serde(default)]
    grade_limits: Vec<PublishedGradeLimit>,
    #[serde(default)]
    points: Option<Decimal>,
    #[serde(default)]
    earned: Option<Decimal>,
    #[serde(default)]
    extras: Vec<Decimal>,
    #[serde(default)]
    groups: Vec<GroupBrief>,
    items: Vec<PublishedItem>,
    #[serde(default)]
    checks: Vec<PublishedCheck>,
    #[serde(default)]
    by_former_plan: Option<PublishedFormer>,
}

/// What the values come to by the plan of the year before.
#[derive(Debug, Deserialize)]
struct PublishedFormer {
    items: Vec<PublishedFormerItem>,
}

/// An item that counts otherwise by that plan.
#[derive(Debug, Deserialize)]
struct PublishedFormerItem {
    id: String,
    state: String,
    group: Option<String>,
    points: Decimal,
    weight: Decimal,
    earned: Option<Decimal>,
    takes_share: bool,
    #[serde(default)]
    sum: String,
}

/// What a value is besides being one: verified, where it is.
#[derive(Debug, Deserialize)]
struct PublishedCheck {
    of: String,
    year: u16,
    verified: Option<serde_json::Value>,
}

/// What scores are out of, and the ends that they are held between.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(in crate::report) struct PublishedScale {
    pub(in crate::report) total: Decimal,
    pub(in crate::report) floor: Decimal,
    pub(in crate::report) cap: Option<Decimal>,
    #[serde(default)]
    pub(super) digits: Option<u32>,
    #[serde(default)]
    pub(super) ties: Option<PublishedTies>,
}

/// Where a half goes when a score is rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum PublishedTies {
    Even,
    Up,
}

/// Between which scores the score can still end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub(in crate::report) struct PublishedRange {
    #[serde(with = "arbitrary_precision")]
    pub(in crate::report) low: Decimal,
    #[serde(with = "arbitrary_precision")]
    pub(in crate::report) high: Decimal,
}

/// A condition that may limit the grade.
#[derive(Debug, Deserialize)]
struct PublishedGradeLimit {
    when: String,
    #[serde(default)]
    reason: Option<String>,
    #[serde(default)]
    clause: Option<String>,
    at_most: Option<String>,
    lower_by: Option<usize>,
}

#[derive(Debug, Deserialize)]
struct PublishedLimit {
    reason: String,
    #[serde(default)]
    item: Option<String>,
    #[serde(default)]
    clause: Option<String>,
    #[serde(default)]
    in_effect: Option<bool>,
}

// A result may come from anywhere: what a terminal would obey is not let through.
impl PublishedAssessment {
    pub(super) fn assessed(&self, plan: &PublishedPlan, words: &Words, by_codes: bool) -> Assessed {
        let listed = self.items.iter();
        let listed = listed.filter(|item| item.state != "not_set" || item.reason.is_some());
        let mut counts = Counts::default();
        for item in listed.clone() {
            if let Some(state) = item.known_state() {
                counts.count(state, item.near);
            }
        }
        let items = listed.map(|item| {
            let compared = if by_codes { item.by_codes(words) } else { item.compared(words) };
            let value_by = if self.is_verified(item) {
                words.with_aside(&compared.value, words.verified)
            } else {
                compared.value.clone()
            };
            let by_layers = item.by_layers(plan);
            ComparedItem { value_by, by_layers, ..compared }
        });
        let items = items.collect();
        let scale = self.scale.unwrap_or_else(|| plan.scale());
        let limits = self.limits.iter().filter(|_| !by_codes);
        let grade = |grade: &Option<String>| grade.as_deref().map(printable).unwrap_or_default();
        let mut assessed = Assessed {
            compared: Compared {
                region: printable(&self.region),
                year: self.year,
                score: self.score,
                grade: String::new(),
                total: scale.total,
                limits: limits
                    .map(|limit| {
                        limit.told(self.grade_by_score.as_deref(), &self.grade_limits, words)
                    })
                    .collect(),
                items,
                former: self
                    .by_former_plan
                    .as_ref()
                    .map_or(Former::Unknown, |former| former.former(by_codes)),
            },
            counts,
            scale,
            sum: printable(&one_line(&self.score_sum)),
            range: self.range,
            grade: grade(&self.grade),
            grade_by_score: grade(&self.grade_by_score),
            grades: self.grades.iter().map(|one| (printable(&one.name), one.from)).collect(),
            grade_limits: self
                .grade_limits
                .iter()
                .map(|limit| limit.text(words, by_codes))
                .collect(),
            tally: self.tally(),
            groups: self.groups.iter().map(|group| group.printable(by_codes)).collect(),
        };
        assessed.show_grade(words);
        assessed
    }

    /// Whether the value of an item is a verified one.
    fn is_verified(&self, item: &PublishedItem) -> bool {
        let of_item = |check: &&PublishedCheck| check.of == item.id && check.year == self.year;
        self.checks.iter().find(of_item).is_some_and(|check| check.verified.is_some())
    }

    /// The points that count, and what was earned of them and beside them.
    fn tally(&self) -> Option<[Decimal; 2]> {
        let extras = self.extras.iter().copied();
        let earned = extras.fold(self.earned?, Decimal::saturating_add);
        Some([self.points?, earned].map(|points| points.normalize()))
    }
}

impl PublishedScale {
    /// How a score is rounded that is shown with so many digits where none are said.
    pub(super) fn rounding(self, shown: u32) -> Rounding {
        let ties = match self.ties {
            Some(PublishedTies::Up) => Ties::Up,
            Some(PublishedTies::Even) | None => Ties::Even,
        };
        Rounding { digits: self.digits.unwrap_or(shown), ties }
    }

    /// What is other of it than in another, with its name, as it was and is; empty for no cap.
    pub(in crate::report) fn changes(&self, after: &Self, words: &Words) -> Vec<String> {
        let shown = |number: Option<Decimal>| {
            number.map(|number| show(number.normalize())).unwrap_or_default()
        };
        let facts = [
            (words.scale, [Some(self.total), Some(after.total)]),
            (words.lowest_points, [Some(self.floor), Some(after.floor)]),
            (words.highest_points, [self.cap, after.cap]),
        ];
        let facts = facts.map(|(name, both)| (name, both.map(shown))).into_iter();
        let facts = facts.filter(|(_, [old, new])| old != new);
        facts.map(|(name, [old, new])| words.bound_was_and_is(name, &old, &new)).collect()
    }
}

impl PublishedLimit {
    fn told(
        &self,
        by_score: Option<&str>,
        conditions: &[PublishedGradeLimit],
        words: &Words,
    ) -> ToldLimit {
        let limit = printable(&self.reason);
        let in_effect = self.in_effect != Some(false);
        let told = match by_score {
            Some(by_score) if !in_effect => words.limit_idle(&limit, &printable(by_score)),
            _ => limit.clone(),
        };
        let by_clause = || {
            let all = conditions.iter().map(|one| one.clause.as_deref());
            LimitBy::clause(self.clause.as_deref(), all)
        };
        let by_item = self.item.as_deref().map(|item| LimitBy::Item(printable(item)));
        let by = by_item.or_else(by_clause);
        ToldLimit { limit, by, told, in_effect }
    }
}

impl PublishedGradeLimit {
    /// The reason with the condition, and what it does; by codes without what has names.
    fn text(&self, words: &Words, by_codes: bool) -> String {
        let reason = self.reason.as_ref().filter(|_| !by_codes);
        let when = match reason {
            Some(reason) => words.with_aside(reason, &self.when),
            None => self.when.clone(),
        };
        let grade = self.at_most.clone().filter(|_| !by_codes);
        let lower = |by: usize| words.say("grades_lower", &[("by", &by)]);
        let to = grade.or_else(|| self.lower_by.map(lower));
        printable(&match to {
            Some(to) => format!("{when}{}{to}", words.colon),
            None => when,
        })
    }
}

impl PublishedFormer {
    /// By codes without sums, which have words in them.
    fn former(&self, by_codes: bool) -> Former {
        let items = self.items.iter().map(|item| {
            let former = FormerItem {
                state: State::of_code(&item.state)?,
                group: item.group.as_deref().map(printable).unwrap_or_default(),
                weight: item.weight,
                worth: item.points,
                earned: item.earned.map(|earned| earned.normalize()),
                takes_share: item.takes_share,
                sum: if by_codes { String::new() } else { printable(&item.sum) },
            };
            Some((printable(&item.id), former))
        });
        items.collect::<Option<_>>().map_or(Former::Unknown, Former::ButFor)
    }
}
