//! An assessment as JSON has it.

use rust_decimal::Decimal;
use rust_decimal::serde::{arbitrary_precision, arbitrary_precision_option};
use serde::Serialize;

use super::change::Since;
use super::former::ByFormerPlan;
use super::item::{OneCheck, OneItem};
use crate::assessment::{
    Assessment, Counts, GroupTally, Item, Leeway, LeewayCount, Left, Lever, Limit, LimitedBy, State,
};
use crate::plan::{Grade, GradeLimit, Limited, Plan, Scoring};
use crate::report::words::Words;
use crate::report::{Head, page, sums};
use crate::text::Lang;

/// A grade with the lowest score that has it.
#[derive(Serialize)]
struct OneGrade<'a> {
    name: &'a str,
    #[serde(with = "arbitrary_precision")]
    from: Decimal,
}

#[derive(Serialize)]
pub(in crate::report) struct OneAssessment<'a> {
    region: &'a str,
    year: u16,
    #[serde(with = "arbitrary_precision_option")]
    score: Option<Decimal>,
    score_sum: String,
    scale: Scale,
    range: Option<OneRange>,
    grade: Option<&'a str>,
    grade_by_score: Option<&'a str>,
    grades: Vec<OneGrade<'a>>,
    limits: Vec<OneLimit<'a>>,
    /// The conditions that may limit the grade, whether they struck or not.
    grade_limits: Vec<OneGradeLimit<'a>>,
    #[serde(with = "arbitrary_precision_option")]
    points: Option<Decimal>,
    #[serde(with = "arbitrary_precision_option")]
    earned: Option<Decimal>,
    extras: Vec<Exact>,
    counts: AllCounts,
    groups: Vec<OneGroup<'a>>,
    items: Vec<OneItem<'a>>,
    owed: Vec<OneOwed<'a>>,
    checks: Vec<OneCheck<'a>>,
    leeway: Vec<OneLeeway<'a>>,
    levers: Vec<OneLever<'a>>,
    next_grade: Option<NextGrade<'a>>,
    by_former_plan: Option<ByFormerPlan>,
    /// Since the year before, where the same document has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) since: Option<Since<'a>>,
}

/// What the score is out of for this region and year, and the ends that it is held between.
#[derive(Serialize)]
struct Scale {
    #[serde(with = "arbitrary_precision")]
    total: Decimal,
    #[serde(with = "arbitrary_precision")]
    floor: Decimal,
    #[serde(with = "arbitrary_precision_option")]
    cap: Option<Decimal>,
    /// To how many digits the score is rounded, and where a half goes: `even` or `up`.
    digits: u32,
    ties: &'static str,
}

impl Scale {
    fn of(plan: &Plan) -> Self {
        let Scoring { total, floor, cap, round, .. } = *plan.scoring();
        Self { total, floor, cap, digits: round.digits, ties: round.ties.code() }
    }
}

#[derive(Serialize)]
struct OneLimit<'a> {
    grade: &'a str,
    reason: String,
    item: Option<&'a str>,
    clause: Option<&'a str>,
    undecided: bool,
    /// Whether the score alone would have a better grade.
    in_effect: bool,
}

/// A condition that limits the grade where it strikes: to one, or by so many.
#[derive(Serialize)]
struct OneGradeLimit<'a> {
    when: &'a str,
    at_most: Option<&'a str>,
    lower_by: Option<usize>,
    reason: &'a str,
    clause: Option<&'a str>,
}

impl<'a> OneGradeLimit<'a> {
    fn of(limit: &'a GradeLimit, plan: &'a Plan, lang: Lang) -> Self {
        let (at_most, lower_by) = match limit.to {
            Limited::AtMost(grade) => (plan.grades().get(grade), None),
            Limited::Lower(by) => (None, Some(by)),
        };
        Self {
            when: limit.when.text(),
            at_most: at_most.map(|grade| grade.name.get(lang)),
            lower_by,
            reason: limit.reason.get(lang),
            clause: limit.clause.as_deref(),
        }
    }
}

/// What an item has left to lose during the year.
#[derive(Serialize)]
struct OneLeeway<'a> {
    item: &'a str,
    state: &'static str,
    #[serde(with = "arbitrary_precision_option")]
    left: Option<Decimal>,
    unit: Option<&'a str>,
    days: Option<OfDays>,
    shown: String,
}

/// The days that a leeway is reckoned from.
#[derive(Serialize)]
struct OfDays {
    year: i64,
    elapsed: i64,
    allowed: i64,
    lost: i64,
}

#[derive(Serialize)]
struct OneLever<'a> {
    item: &'a str,
    #[serde(with = "arbitrary_precision")]
    lost: Decimal,
    #[serde(with = "arbitrary_precision_option")]
    per_unit: Option<Decimal>,
    #[serde(with = "arbitrary_precision")]
    gain: Decimal,
}

#[derive(Serialize)]
struct NextGrade<'a> {
    grade: &'a str,
    #[serde(with = "arbitrary_precision")]
    from: Decimal,
    enough: Vec<Vec<&'a str>>,
}

#[derive(Serialize)]
struct Exact(#[serde(with = "arbitrary_precision")] Decimal);

#[derive(Serialize)]
struct OneRange {
    #[serde(with = "arbitrary_precision")]
    low: Decimal,
    #[serde(with = "arbitrary_precision")]
    high: Decimal,
}

#[derive(Serialize)]
pub(in crate::report) struct AllCounts {
    met: usize,
    missed: usize,
    scored: usize,
    missing: usize,
    not_assessable: usize,
    pending: usize,
    not_set: usize,
    not_applicable: usize,
    waived: usize,
    near: usize,
}

#[derive(Serialize)]
struct OneGroup<'a> {
    id: &'a str,
    r#in: Option<&'a str>,
    title: &'a str,
    clause: Option<&'a str>,
    combine: &'static str,
    #[serde(with = "arbitrary_precision")]
    weight: Decimal,
    /// What its parts are scaled to, and between which ends they are held, by the plan.
    #[serde(with = "arbitrary_precision_option")]
    own_points: Option<Decimal>,
    #[serde(with = "arbitrary_precision_option")]
    floor: Option<Decimal>,
    #[serde(with = "arbitrary_precision_option")]
    cap: Option<Decimal>,
    #[serde(with = "arbitrary_precision_option")]
    points: Option<Decimal>,
    #[serde(with = "arbitrary_precision_option")]
    earned: Option<Decimal>,
    sum: String,
}

#[derive(Serialize)]
struct OneOwed<'a> {
    unit: Option<&'a str>,
    missed: Vec<&'a str>,
    missing: Vec<&'a str>,
    not_assessable: Vec<&'a str>,
}

impl<'a> OneAssessment<'a> {
    pub(in crate::report) fn of(assessment: &'a Assessment<'a>, head: &'a Head<'_>) -> Self {
        let score = assessment.score.as_ref();
        let tally = score.map(|score| score.tally);
        let levers = page::listed_levers(assessment, head);
        let next = levers.next.and_then(|next| assessment.plan.grades().get(next));
        let name = |grade: Option<&'a Grade>| grade.map(|grade| grade.name.get(head.lang));
        let bounds =
            |grade: &'a Grade| OneGrade { name: grade.name.get(head.lang), from: grade.from };
        let limits = assessment.limits.iter();
        let ids = |items: &[usize]| {
            let id =
                |&index: &usize| assessment.items.get(index).map(|item| item.indicator.id.as_str());
            items.iter().filter_map(id).collect::<Vec<_>>()
        };
        let one_lever = |lever: &Lever| {
            let item = assessment.items.get(lever.item)?;
            let Lever { lost, per_unit, gain, .. } = *lever;
            Some(OneLever { item: &item.indicator.id, lost, per_unit, gain })
        };
        let owed = assessment.owed.iter().filter(|owed| head.lists_unit(owed.unit));
        let owed = owed.map(|owed| OneOwed {
            unit: owed.unit,
            missed: ids(&owed.missed),
            missing: ids(&owed.missing),
            not_assessable: ids(&owed.not_assessable),
        });
        Self {
            region: assessment.region,
            year: assessment.year.number(),
            score: score.map(|score| score.rounded),
            score_sum: sums::score(&assessment.brief(), Words::of(head.lang)),
            scale: Scale::of(assessment.plan),
            range: assessment.range.map(|range| OneRange { low: range.low, high: range.high }),
            grade: name(assessment.grade),
            grade_by_score: name(assessment.grade_by_score),
            grades: assessment.plan.grades().iter().map(bounds).collect(),
            limits: limits.map(|limit| OneLimit::of(limit, assessment, head.lang)).collect(),
            grade_limits: assessment
                .plan
                .limits()
                .iter()
                .map(|limit| OneGradeLimit::of(limit, assessment.plan, head.lang))
                .collect(),
            points: tally.map(|tally| tally.points),
            earned: tally.map(|tally| tally.earned),
            extras: score
                .map(|score| score.sum.extras.iter().copied().map(Exact).collect())
                .unwrap_or_default(),
            counts: AllCounts::of(&assessment.counts),
            groups: assessment
                .groups
                .iter()
                .map(|group| OneGroup::of(group, assessment, head.lang))
                .collect(),
            items: assessment
                .items
                .iter()
                .filter(|item| head.lists(item))
                .map(|item| OneItem::of(item, assessment, head))
                .collect(),
            owed: owed.collect(),
            checks: page::listed_checks(assessment, head)
                .filter_map(|check| OneCheck::of(check, assessment, head))
                .collect(),
            next_grade: next.map(|grade| NextGrade {
                grade: grade.name.get(head.lang),
                from: grade.from,
                enough: levers.enough.iter().map(|set| ids(set)).collect(),
            }),
            leeway: OneLeeway::all(assessment, head),
            levers: levers.each.iter().filter_map(one_lever).collect(),
            by_former_plan: ByFormerPlan::of(assessment, head),
            since: None,
        }
    }
}

impl<'a> OneLeeway<'a> {
    fn all(assessment: &'a Assessment<'a>, head: &Head<'_>) -> Vec<Self> {
        let words = Words::of(head.lang);
        let shown = page::leeway(assessment, head, words);
        let all = page::listed_leeway(assessment, head).into_iter().zip(shown);
        let one =
            |((item, leeway), [_, _, _, left, count]): ((&'a Item<'a>, Leeway), [String; 5])| {
                let (state, number) = match leeway.left {
                    Left::Some(left) => ("open", Some(left)),
                    Left::OutOfReach => ("out_of_reach", None),
                    Left::Safe => ("safe", None),
                };
                let (unit, days) = match leeway.count {
                    LeewayCount::Days { year, elapsed, allowed, lost } => {
                        (Some("d"), Some(OfDays { year, elapsed, allowed, lost }))
                    }
                    LeewayCount::Count { .. } => (item.unit(), None),
                };
                let shown = words.with_aside(&left, &count);
                Self { item: &item.indicator.id, state, left: number, unit, days, shown }
            };
        all.map(one).collect()
    }
}

impl AllCounts {
    pub(in crate::report) fn of(counts: &Counts) -> Self {
        Self {
            met: counts.get(State::Met),
            missed: counts.get(State::Missed),
            scored: counts.get(State::Scored),
            missing: counts.get(State::Missing),
            not_assessable: counts.get(State::NotAssessable),
            pending: counts.get(State::Pending),
            not_set: counts.get(State::NotSet),
            not_applicable: counts.get(State::NotApplicable),
            waived: counts.get(State::Waived),
            near: counts.near(),
        }
    }
}

impl<'a> OneGroup<'a> {
    fn of(group: &GroupTally<'a>, assessment: &'a Assessment<'a>, lang: Lang) -> Self {
        Self {
            id: &group.group.id,
            r#in: group_id(assessment, group.group.parent),
            title: group.group.title.get(lang),
            clause: group.group.clause.as_deref(),
            combine: group.group.combine.code(),
            weight: group.group.weight,
            own_points: group.group.points,
            floor: group.group.floor,
            cap: group.group.cap,
            points: group.tally.map(|tally| tally.points),
            earned: group.tally.map(|tally| tally.earned),
            sum: page::group_sum(group, Words::of(lang)),
        }
    }
}

pub(super) fn group_id<'a>(assessment: &Assessment<'a>, group: Option<usize>) -> Option<&'a str> {
    let groups = assessment.plan.groups();
    group.and_then(|group| groups.get(group)).map(|group| group.id.as_str())
}

impl<'a> OneLimit<'a> {
    fn of(limit: &Limit<'a>, assessment: &'a Assessment<'a>, lang: Lang) -> Self {
        let item = match limit.by {
            LimitedBy::Item(index) => assessment.items.get(index).map(|item| item.indicator),
            LimitedBy::Condition(_) | LimitedBy::Undecided(..) => None,
        };
        let clause = match limit.by {
            LimitedBy::Item(_) => item.and_then(|item| item.clause.as_deref()),
            LimitedBy::Condition(limit) | LimitedBy::Undecided(limit, _) => limit.clause.as_deref(),
        };
        let grade = assessment.plan.grades().get(limit.grade);
        Self {
            grade: grade.map_or("", |grade| grade.name.get(lang)),
            reason: page::limit(limit, assessment, Words::of(lang)),
            item: item.map(|item| item.id.as_str()),
            clause,
            undecided: matches!(limit.by, LimitedBy::Undecided(..)),
            in_effect: page::has_effect(limit, assessment),
        }
    }
}
