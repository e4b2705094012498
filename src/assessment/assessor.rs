//! A plan in a year, made ready to judge many regions by.

use std::sync::OnceLock;

use rust_decimal::Decimal;

use super::facts::Facts;
use super::field::Fields;
use super::fixed::Fixed;
use super::former::FormerPlan;
use super::quick::{Earned, Outcome, Quick};
use super::tally::{GroupSum, Scenario, Tally};
use super::{Assessment, Counts, Item, Range, Score, State, assess_by};
use crate::data::{Measurements, Region};
use crate::number::sum;
use crate::plan::{Book, Combine, Grade, Group, Missing, Plan, Quantity};
use crate::year::Year;

/// Judges regions by a plan as it is for them in a year (考核). What all of them share is worked out
/// once: how values become points, and the places among regions.
#[derive(Debug)]
pub struct Assessor<'a> {
    pub(super) measurements: &'a Measurements<'a>,
    pub(super) plan: &'a Plan,
    pub(super) year: Year,
    pub(super) fields: Fields,
    pub(super) former: Option<FormerPlan<'a>>,
    /// The items, prepared; none where what they earn is not simply added up.
    quick: OnceLock<Option<Vec<Option<Quick>>>>,
}

/// What an assessment came to, without its items.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Brief<'a> {
    /// The plan that it was judged by.
    pub plan: &'a Plan,
    /// The region.
    pub region: &'a str,
    /// The year.
    pub year: Year,
    /// The score; without the parts that it is made of.
    pub score: Option<Score>,
    /// Between which scores it can still end.
    pub range: Option<Range>,
    /// The grade that is given.
    pub grade: Option<&'a Grade>,
    /// The grade that the score alone has.
    pub grade_by_score: Option<&'a Grade>,
    /// How many items are in each state.
    pub counts: Counts,
}

impl<'a> Assessor<'a> {
    /// For the values of any regions; they were read for the same plan or for one with more in it.
    pub fn new(measurements: &'a Measurements<'a>, plan: &'a Plan, year: Year) -> Self {
        let (fields, quick) = (Fields::new(plan), OnceLock::new());
        Self { measurements, plan, year, fields, former: None, quick }
    }

    /// Knows the plan of the year before, which a book has, for regions of which one is given: of all that
    /// are judged it is the same.
    #[must_use]
    pub fn after(self, book: &'a Book, region: &'a str) -> Self {
        let former = Some(FormerPlan::new(book, region, self.year));
        Self { former, ..self }
    }

    /// Judges a region, and says all that there is to say.
    pub fn assess<'s>(&'s self, region: &'s str) -> Assessment<'s> {
        let values = self.measurements.region(region);
        assess_by(Facts::by(self, region, values))
    }

    /// Judges a region whose values are known, and says only what it came to.
    pub fn brief<'s>(&'s self, region: &'s str, values: Option<&'s Region>) -> Brief<'s> {
        let quick = self.quick.get_or_init(|| prepared(self.plan, self.year));
        let brief = quick.as_ref().and_then(|items| self.quick_brief(items, region, values));
        brief.unwrap_or_else(|| assess_by(Facts::by(self, region, values)).brief())
    }

    fn quick_brief<'s>(
        &'s self,
        items: &[Option<Quick>],
        region: &'s str,
        values: Option<&'s Region>,
    ) -> Option<Brief<'s>> {
        let mut facts = None;
        let mut totals = Totals::default();
        let mut numbers = values.map(|values| values.numbers(self.year));
        let mut number = |index| match &mut numbers {
            Some(numbers) => numbers(Quantity::Item(index)),
            None => Some(None),
        };
        for (index, (quick, indicator)) in items.iter().zip(self.plan.indicators()).enumerate() {
            if let Some(quick) = quick
                && let Some(value) = number(index)
                && let Some(outcome) = quick.judge(value)
            {
                totals.add(quick.points, outcome, quick.unmet_limits_grade);
                continue;
            }
            let facts = facts.get_or_insert_with(|| Facts::by(self, region, values));
            let item = facts.item(index, indicator);
            let outcome = Outcome::of(&item, self.plan)?;
            let limit = indicator.unmet_limits_grade;
            totals.add(Fixed::of(indicator.points)?, outcome, limit);
        }
        Some(totals.brief(self, region))
    }
}

/// The items of a plan, prepared, where what they earn is simply added up.
fn prepared(plan: &Plan, year: Year) -> Option<Vec<Option<Quick>>> {
    let adds_up = |group: &Group| {
        group.combine == Combine::Sum
            && group.points.is_none()
            && group.floor.is_none()
            && group.cap.is_none()
    };
    let items = plan.indicators();
    let most = items.iter().map(|item| {
        let (least, most) = item.rule.bounds(item.points);
        item.points.abs().max(least.abs()).max(most.abs())
    });
    let all = sum(most);
    let is_plain = plan.groups().iter().all(adds_up)
        && plan.limits().is_empty()
        && items.iter().all(|item| !item.points.is_zero())
        && Fixed::of(all).is_some();
    let items = items.iter().enumerate();
    is_plain.then(|| items.map(|(index, item)| Quick::of(plan, index, item, year)).collect())
}

impl Outcome {
    /// What counts of an item that was judged the long way; none where it takes its share from
    /// others.
    fn of(item: &Item<'_>, plan: &Plan) -> Option<Self> {
        if item.takes_share(plan) {
            return None;
        }
        let earned = |scenario| match item.part(plan, scenario) {
            Some(tally) => Fixed::of_fine(tally.earned).map(Some),
            None => Some(None),
        };
        let now = earned(Scenario::Now)?;
        let earned = if item.may_change() {
            Earned::Open(now, earned(Scenario::Low)??, earned(Scenario::High)??)
        } else {
            now.map_or(Earned::None, Earned::Settled)
        };
        Some(Self { state: item.state, near: item.near, earned })
    }
}

/// Points, and what was earned of them.
#[derive(Clone, Copy, Debug, Default)]
struct Total {
    points: Fixed,
    earned: Fixed,
}

/// What items come to together.
#[derive(Debug, Default)]
struct Totals {
    /// What does not change any more.
    settled: Total,
    /// What is open, as things stand, at the least and at the most; none where nothing is.
    open: Option<[Total; 3]>,
    counts: Counts,
    /// The lowest grade that an unmet item lets pass.
    limit: Option<usize>,
}

impl Totals {
    fn add(&mut self, points: Fixed, outcome: Outcome, unmet: Option<usize>) {
        let Outcome { state, near, earned } = outcome;
        self.counts.count(state, near);
        match earned {
            Earned::Settled(earned) => self.settled.add(points, earned),
            Earned::Open(now, low, high) => {
                let [own, least, most] = self.open.get_or_insert_default();
                if let Some(now) = now {
                    own.add(points, now);
                }
                least.add(points, low);
                most.add(points, high);
            }
            Earned::None => {}
        }
        // Few items limit it, and the states of the others need not be looked at.
        if unmet.is_some() && matches!(state, State::Missed | State::Missing | State::NotAssessable)
        {
            self.limit = self.limit.max(unmet);
        }
    }

    fn brief<'a>(&self, assessor: &'a Assessor<'_>, region: &'a str) -> Brief<'a> {
        let plan = assessor.plan;
        let with = |open: Option<Total>| self.settled.and(open.unwrap_or_default()).score(plan);
        let rounded = |score: &Score| score.rounded;
        let [now, low, high] = self.open.map_or([None; 3], |open| open.map(Some));
        let score = with(now).filter(|_| !self.is_refused(plan));
        let ends = match self.open {
            Some(_) => with(low).as_ref().map(rounded).zip(with(high).as_ref().map(rounded)),
            None => score.as_ref().map(rounded).map(|score| (score, score)),
        };
        let range = ends.map(|(low, high)| Range::around(low, high, score.as_ref()));
        let by_score = score.as_ref().and_then(|score| Score::grade(plan, score.exact));
        let given = by_score.map(|grade| self.limit.map_or(grade, |limit| grade.max(limit)));
        let grade = |index: Option<usize>| index.and_then(|index| plan.grades().get(index));
        Brief {
            plan,
            region,
            year: assessor.year,
            score,
            range,
            grade: grade(given),
            grade_by_score: grade(by_score),
            counts: self.counts,
        }
    }

    fn is_refused(&self, plan: &Plan) -> bool {
        let scoring = plan.scoring();
        let refused =
            [(scoring.missing, State::Missing), (scoring.not_assessable(), State::NotAssessable)];
        refused.iter().any(|&(how, state)| how == Missing::Refuse && self.counts.get(state) > 0)
    }
}

impl Total {
    fn add(&mut self, points: Fixed, earned: Fixed) {
        self.points = self.points + points;
        self.earned = self.earned + earned;
    }

    fn and(mut self, other: Self) -> Self {
        self.add(other.points, other.earned);
        self
    }

    fn score(self, plan: &Plan) -> Option<Score> {
        let fine = Tally { points: self.points.fine(), earned: self.earned.fine() };
        let tally = Tally { points: self.points.points(), earned: self.earned.points() };
        Score::of(plan, fine, Decimal::ZERO, GroupSum::of(tally))
    }
}
