//! What documents change of a plan, for some years and some regions.

use rust_decimal::Decimal;

use super::group::Combine;
use super::indicator::Amended;
use super::limit::GradeLimit;
use super::rule::Rule;
use super::scoring::{Compare, Missing, NotApplicable, Rounding, Scoring};
use super::target::{Ask, Target, Waiver};
use super::{Group, Indicator, Plan};
use crate::source::Place;
use crate::spelling::fold_name;
use crate::text::Text;
use crate::year::{Year, Years};

/// One thing that a document changes.
#[derive(Clone, Debug)]
pub(super) struct Change {
    /// The document, as an index into the plan's layers.
    pub(super) layer: usize,
    pub(super) years: Years,
    /// The regions that it is for, as the document spells them; empty for all.
    pub(super) regions: Vec<String>,
    pub(super) what: What,
    /// Where the document says it.
    pub(super) place: Place,
}

/// What a change is of, and to what.
#[derive(Clone, Debug)]
pub(super) enum What {
    Item(usize, ItemChange),
    Group(usize, GroupChange),
    /// The lower edge of a grade.
    Grade(usize, Decimal),
    Scoring(ScoringChange),
    /// A limit that is added.
    Limit(Box<GradeLimit>),
}

#[derive(Clone, Debug)]
pub(super) enum ItemChange {
    Points(Decimal),
    Weight(Decimal),
    Rule(Box<Rule>),
    Lead(Vec<String>),
    Support(Vec<String>),
    Clause(String),
    NotApplicable(NotApplicable),
    UnmetLimitsGrade(usize),
    Target(Box<Target>),
    Drop(Text),
    Waive(Waiver),
}

#[derive(Clone, Debug)]
pub(super) enum GroupChange {
    Points(Decimal),
    Floor(Decimal),
    Cap(Decimal),
    Combine(Combine),
    Weight(Decimal),
    NotApplicable(NotApplicable),
}

#[derive(Clone, Debug)]
pub(super) enum ScoringChange {
    Total(Decimal),
    Missing(Missing),
    NotAssessable(Missing),
    NotApplicable(NotApplicable),
    Compare(Compare),
    Round(Rounding),
    Near(Decimal),
    Floor(Decimal),
    Cap(Decimal),
    Note(Text),
}

impl Change {
    /// Whether it is for a region.
    pub(super) fn is_for(&self, region: &str) -> bool {
        self.regions.is_empty()
            || self.regions.iter().any(|own| fold_name(own) == fold_name(region))
    }

    /// Whether it bears on a year: targets do on every year, for other years' may refer to them.
    pub(super) fn bears_on(&self, year: Year) -> bool {
        self.years.contains(year) || self.what.is_of_targets()
    }

    /// Whether a plan already is as it would have it in a year.
    pub(super) fn holds(&self, plan: &Plan, year: Year) -> bool {
        match &self.what {
            What::Item(index, change) => {
                plan.indicators.get(*index).is_some_and(|item| change.holds(item, year))
            }
            What::Group(index, change) => {
                plan.groups.get(*index).is_some_and(|group| change.holds(group))
            }
            What::Grade(index, from) => {
                plan.grades.get(*index).is_some_and(|grade| grade.from == *from)
            }
            What::Scoring(change) => change.holds(&plan.scoring),
            What::Limit(_) => false,
        }
    }

    /// Whether it makes a difference to a plan that it was applied to: what is changed of an item
    /// that is not assessed then does not.
    pub(super) fn matters_to(&self, plan: &Plan, year: Year) -> bool {
        match &self.what {
            What::Item(_, ItemChange::Target(_) | ItemChange::Drop(_)) => true,
            What::Item(index, _) => {
                let target = plan.indicators.get(*index).and_then(|item| item.target(year));
                target.is_some_and(|target| !target.is_dropped())
            }
            _ => true,
        }
    }

    /// What it contradicts in a plan that it was applied to, beside items: code, message and help.
    pub(super) fn contradicts(
        &self,
        plan: &Plan,
    ) -> Option<(&'static str, &'static str, &'static str)> {
        match &self.what {
            What::Grade(..) => {
                let grades = plan.grades.iter();
                let falls = grades.clone().zip(grades.skip(1)).all(|(a, b)| a.from > b.from);
                let message = "with this the grades are no longer in order";
                (!falls).then_some(("grade-order", message, "mend the edge of the grade"))
            }
            What::Scoring(ScoringChange::Floor(_) | ScoringChange::Cap(_)) => {
                let Scoring { floor, cap, .. } = plan.scoring;
                let message = "with this the score's cap is not above its floor";
                let crossed = cap.is_some_and(|cap| cap <= floor);
                crossed.then_some(("floor-above-cap", message, "mend `floor` or `cap`"))
            }
            What::Group(index, GroupChange::Floor(_) | GroupChange::Cap(_)) => {
                let group = plan.groups.get(*index)?;
                let crossed = group.floor.zip(group.cap).is_some_and(|(floor, cap)| cap <= floor);
                let message = "with this the group's cap is not above its floor";
                crossed.then_some(("floor-above-cap", message, "mend `floor` or `cap`"))
            }
            _ => None,
        }
    }

    /// Makes an item as it would have it, if it is of this one.
    pub(super) fn apply_to_item(&self, index: usize, item: &mut Indicator) {
        if let What::Item(own, change) = &self.what
            && *own == index
        {
            change.apply(item, self.years, self.layer);
        }
    }

    /// Makes a plan as it would have it.
    pub(super) fn apply(&self, plan: &mut Plan) {
        match &self.what {
            What::Item(index, _) => {
                if let Some(item) = plan.indicators.get_mut(*index) {
                    self.apply_to_item(*index, item);
                }
            }
            What::Group(index, change) => {
                if let Some(group) = plan.groups.get_mut(*index) {
                    change.apply(group);
                }
            }
            What::Grade(index, from) => {
                if let Some(grade) = plan.grades.get_mut(*index) {
                    grade.from = *from;
                }
            }
            What::Scoring(change) => change.apply(&mut plan.scoring),
            What::Limit(limit) => plan.limits.push(limit.as_ref().clone()),
        }
    }
}

impl What {
    pub(super) fn is_of_targets(&self) -> bool {
        matches!(
            self,
            Self::Item(_, ItemChange::Target(_) | ItemChange::Drop(_) | ItemChange::Waive(_))
        )
    }

    /// The item that it changes, by its index.
    pub(super) fn item(&self) -> Option<usize> {
        match self {
            Self::Item(index, _) => Some(*index),
            _ => None,
        }
    }

    /// Whether it changes what the values of an item earn.
    pub(super) fn bears_on_points(&self) -> bool {
        use ItemChange::{Drop, Points, Rule, Target};
        matches!(self, Self::Item(_, Drop(_) | Points(_) | Rule(_) | Target(_)))
    }

    pub(super) fn is_of_item(&self, index: usize) -> bool {
        self.item() == Some(index)
    }

    /// What two changes that cannot both hold have in common; limits are only added.
    pub(super) fn subject(&self) -> Option<(&'static str, usize, &'static str)> {
        match self {
            Self::Item(index, change) => Some(("item", *index, change.key())),
            Self::Group(index, change) => Some(("group", *index, change.key())),
            Self::Grade(index, _) => Some(("grade", *index, "from")),
            Self::Scoring(change) => Some(("scoring", 0, change.key())),
            Self::Limit(_) => None,
        }
    }
}

impl ItemChange {
    /// The years that it is for, where it says so itself.
    pub(super) fn years(&self) -> Option<Years> {
        match self {
            Self::Target(target) => Some(target.years),
            _ => None,
        }
    }

    fn key(&self) -> &'static str {
        match self {
            Self::Points(_) => "points",
            Self::Weight(_) => "weight",
            Self::Rule(_) => "score",
            Self::Lead(_) => "lead",
            Self::Support(_) => "support",
            Self::Clause(_) => "clause",
            Self::NotApplicable(_) => "not-applicable",
            Self::UnmetLimitsGrade(_) => "unmet-limits-grade",
            // A target that is set and dropped at once is contradictory.
            Self::Target(_) | Self::Drop(_) => "targets",
            Self::Waive(_) => "waived",
        }
    }

    fn holds(&self, item: &Indicator, year: Year) -> bool {
        let target = item.target(year);
        match self {
            Self::Points(points) => item.points == *points,
            Self::Weight(weight) => item.weight == *weight,
            Self::Rule(rule) => item.rule == **rule,
            Self::Lead(lead) => item.lead == *lead,
            Self::Support(support) => item.support == *support,
            Self::Clause(clause) => item.clause.as_ref() == Some(clause),
            Self::NotApplicable(how) => item.not_applicable == Some(*how),
            Self::UnmetLimitsGrade(grade) => item.unmet_limits_grade == Some(*grade),
            Self::Target(new) => target.is_some_and(|old| {
                let waiver = new.waiver.as_ref().or(old.waiver.as_ref());
                (&old.ask, &old.stretch, old.waiver.as_ref()) == (&new.ask, &new.stretch, waiver)
            }),
            Self::Drop(_) => target.is_none_or(Target::is_dropped),
            Self::Waive(waiver) => {
                target.is_none_or(|target| target.waiver.as_ref() == Some(waiver))
            }
        }
    }

    pub(super) fn apply(&self, item: &mut Indicator, years: Years, layer: usize) {
        let points_before = matches!(self, Self::Points(_)).then_some(item.points);
        match self {
            Self::Points(points) => item.points = *points,
            Self::Weight(weight) => item.weight = *weight,
            Self::Rule(rule) => item.rule = rule.as_ref().clone(),
            Self::Lead(lead) => item.lead.clone_from(lead),
            Self::Support(support) => item.support.clone_from(support),
            Self::Clause(clause) => item.clause = Some(clause.clone()),
            Self::NotApplicable(how) => item.not_applicable = Some(*how),
            Self::UnmetLimitsGrade(grade) => item.unmet_limits_grade = Some(*grade),
            Self::Target(new) => {
                // A waiver stays until one takes its place: what is asked is another matter.
                let kept = |old: Option<&Target>| {
                    let waiver = new.waiver.clone().or_else(|| old?.waiver.clone());
                    Some(Target { waiver, ..new.as_ref().clone() })
                };
                replace(item, years, layer, kept);
                return;
            }
            Self::Drop(reason) => {
                let ask = || Ask::Dropped(reason.clone());
                let dropped = |old: &Target| Target { ask: ask(), ..old.clone() };
                replace(item, years, layer, |old| old.map(dropped));
                return;
            }
            Self::Waive(waiver) => {
                let waiver = Some(waiver.clone());
                let waived = |old: &Target| Target { waiver: waiver.clone(), ..old.clone() };
                replace(item, years, layer, |old| old.map(waived));
                return;
            }
        }
        item.amended.push(Amended { key: self.key(), layer, points_before });
    }
}

/// Puts new targets in the place of those of some years; `new` makes one of the old, or of none.
fn replace(
    item: &mut Indicator,
    years: Years,
    layer: usize,
    new: impl Fn(Option<&Target>) -> Option<Target>,
) {
    let mut targets = Vec::new();
    let mut bare = vec![years];
    for old in std::mem::take(&mut item.targets) {
        bare = bare.into_iter().flat_map(|years| years.without(old.years)).collect();
        let Some(both) = old.years.shared(years) else {
            targets.push(old);
            continue;
        };
        let rest = old.years.without(years).into_iter();
        targets.extend(rest.map(|years| Target { years, ..old.clone() }));
        if let Some(new) = new(Some(&old)) {
            targets.push(Target { years: both, layer, before: Some(Box::new(old)), ..new });
        }
    }
    if let Some(new) = new(None) {
        let fill = |years| Target { years, layer, before: None, ..new.clone() };
        targets.extend(bare.into_iter().map(fill));
    }
    targets.sort_by_key(|target| target.years);
    item.targets = targets;
}

impl GroupChange {
    fn key(&self) -> &'static str {
        match self {
            Self::Points(_) => "points",
            Self::Floor(_) => "floor",
            Self::Cap(_) => "cap",
            Self::Combine(_) => "combine",
            Self::Weight(_) => "weight",
            Self::NotApplicable(_) => "not-applicable",
        }
    }

    fn holds(&self, group: &Group) -> bool {
        match self {
            Self::Points(points) => group.points == Some(*points),
            Self::Floor(floor) => group.floor == Some(*floor),
            Self::Cap(cap) => group.cap == Some(*cap),
            Self::Combine(combine) => group.combine == *combine,
            Self::Weight(weight) => group.weight == *weight,
            Self::NotApplicable(how) => group.not_applicable == Some(*how),
        }
    }

    fn apply(&self, group: &mut Group) {
        match self {
            Self::Points(points) => group.points = Some(*points),
            Self::Floor(floor) => group.floor = Some(*floor),
            Self::Cap(cap) => group.cap = Some(*cap),
            Self::Combine(combine) => group.combine = *combine,
            Self::Weight(weight) => group.weight = *weight,
            Self::NotApplicable(how) => group.not_applicable = Some(*how),
        }
    }
}

impl ScoringChange {
    fn key(&self) -> &'static str {
        match self {
            Self::Total(_) => "total",
            Self::Missing(_) => "missing",
            Self::NotAssessable(_) => "not-assessable",
            Self::NotApplicable(_) => "not-applicable",
            Self::Compare(_) => "compare",
            Self::Round(_) => "round",
            Self::Near(_) => "near",
            Self::Floor(_) => "floor",
            Self::Cap(_) => "cap",
            Self::Note(_) => "note",
        }
    }

    fn holds(&self, scoring: &Scoring) -> bool {
        let mut changed = scoring.clone();
        self.apply(&mut changed);
        changed == *scoring
    }

    pub(super) fn apply(&self, scoring: &mut Scoring) {
        match self {
            Self::Total(total) => scoring.total = *total,
            Self::Missing(missing) => scoring.missing = *missing,
            Self::NotAssessable(how) => scoring.not_assessable = Some(*how),
            Self::NotApplicable(how) => scoring.not_applicable = *how,
            Self::Compare(compare) => scoring.compare = *compare,
            Self::Round(round) => scoring.round = *round,
            Self::Near(near) => scoring.near = Some(*near),
            Self::Floor(floor) => scoring.floor = *floor,
            Self::Cap(cap) => scoring.cap = Some(*cap),
            Self::Note(note) => scoring.note = Some(note.clone()),
        }
    }
}
