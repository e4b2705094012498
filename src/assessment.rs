//! Plan and measured values make an assessment: every item with its state and points, the score,
//! the grade. Pure: no files, no clock, and it cannot fail.

mod absence;
mod assessor;
mod check;
mod earn;
mod edge;
mod facts;
mod field;
mod fixed;
mod former;
mod item;
mod judge;
mod leeway;
mod lever;
mod limit;
mod owed;
mod quick;
mod require;
mod standing;
mod state;
mod sum;
mod tally;
mod trial;

use rust_decimal::Decimal;

pub use self::absence::{Absence, Lack};
pub use self::assessor::{Assessor, Brief};
pub use self::check::Check;
use self::check::checks;
pub use self::earn::Step;
use self::facts::Facts;
pub use self::facts::Used;
pub use self::item::Item;
pub use self::judge::Basis;
pub use self::leeway::{Leeway, LeewayCount, Left};
pub use self::lever::{Lever, Levers};
use self::limit::limits;
pub use self::limit::{Limit, LimitedBy};
pub use self::owed::Owed;
use self::owed::owed;
pub use self::standing::{Standing, places};
pub use self::state::{Counts, State};
pub use self::sum::Sum;
pub use self::tally::{GroupSum, GroupTally, Score, Tally};
use self::tally::{Outcome, Scenario, tally};
pub use self::trial::{Sample, Trial, Why};
use crate::data::Measurements;
use crate::plan::{Grade, Missing, Plan};
use crate::year::Year;

/// What the assessment of one region in one year came to (考核结果).
#[derive(Debug)]
#[non_exhaustive]
pub struct Assessment<'a> {
    /// The plan that it was judged by.
    pub plan: &'a Plan,
    /// The region.
    pub region: &'a str,
    /// The year.
    pub year: Year,
    /// Every indicator of the plan, in its order.
    pub items: Vec<Item<'a>>,
    /// Every group of the plan, in its order.
    pub groups: Vec<GroupTally<'a>>,
    /// The score; none where nothing could be scored, which is neither 0 nor full marks, and where
    /// the plan scores nothing while a value is missing.
    pub score: Option<Score>,
    /// Between which scores it can still end: what is open earns the least that it can, and the
    /// most. Open is what is missing, not assessable or pending.
    pub range: Option<Range>,
    /// The grade that is given: that of the score, or a lower one where something limits it.
    pub grade: Option<&'a Grade>,
    /// The grade that the score alone has.
    pub grade_by_score: Option<&'a Grade>,
    /// What limits the grade, also where the score has no better one.
    pub limits: Vec<Limit<'a>>,
    /// How many items are in each state.
    pub counts: Counts,
    /// What each responsible unit has to answer for: those with the most first.
    pub owed: Vec<Owed<'a>>,
    /// The values that were both self-checked and verified.
    pub checks: Vec<Check<'a>>,
    facts: Facts<'a>,
}

/// Between which scores the open items can still move the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Range {
    /// With nothing that is open met, rounded as the score is.
    pub low: Decimal,
    /// With all that is open met, rounded as the score is.
    pub high: Decimal,
}

impl Range {
    /// From one end to the other; the score is in it even where what is open does not count yet,
    /// and would only dilute what goes beyond.
    fn around(low: Decimal, high: Decimal, score: Option<&Score>) -> Self {
        let score = score.map(|score| score.rounded);
        Self { low: score.map_or(low, |s| low.min(s)), high: score.map_or(high, |s| high.max(s)) }
    }
}

/// Judges a region's year by the plan as it is for them; the values were read for the same plan or
/// for one with more in it.
pub fn assess<'a>(
    measurements: &'a Measurements<'a>,
    plan: &'a Plan,
    region: &'a str,
    year: Year,
) -> Assessment<'a> {
    assess_by(Facts::new(measurements, plan, region, year))
}

fn assess_by(facts: Facts<'_>) -> Assessment<'_> {
    let (plan, region, year) = (facts.plan, facts.region(), facts.year());
    let indicators = plan.indicators().iter().enumerate();
    let mut items: Vec<_> =
        indicators.map(|(index, indicator)| facts.item(index, indicator)).collect();
    // Where nothing is open, the best and the worst that can come are what is.
    let is_open = items.iter().any(Item::may_change);
    let ends = is_open.then(|| {
        let high = tally(plan, &items, Scenario::High, None);
        (tally(plan, &items, Scenario::Low, Some(&high)), high)
    });
    let full = ends.as_ref().map(|(_, high)| high);
    let now = tally(plan, &items, Scenario::Now, full);
    for (item, part) in items.iter_mut().zip(&now.parts) {
        item.settle(part.as_ref());
    }
    let counts = Counts::of(&items);
    let is_refused = |how, state| how == Missing::Refuse && counts.get(state) > 0;
    let is_refused = is_refused(plan.scoring().missing, State::Missing)
        || is_refused(plan.scoring().not_assessable(), State::NotAssessable);
    let score = Score::new(plan, &now.total).filter(|_| !is_refused);
    let shown = |outcome: &Outcome<'_>| Score::new(plan, &outcome.total).map(|score| score.rounded);
    let ends = match &ends {
        Some((low, high)) => shown(low).zip(shown(high)),
        None => score.as_ref().map(|score| (score.rounded, score.rounded)),
    };
    let range = ends.map(|(low, high)| Range::around(low, high, score.as_ref()));
    let groups: Vec<_> = now.groups.into_iter().map(GroupTally::in_points).collect();
    let by_score = score.as_ref().and_then(|score| Score::grade(plan, score.exact));
    let limits = limits(&facts, &items, &groups, score.as_ref(), by_score);
    let given = limit::lowest(by_score, &limits);
    let grade = |index: Option<usize>| index.and_then(|index| plan.grades().get(index));
    Assessment {
        plan,
        region,
        year,
        groups,
        grade: grade(given),
        grade_by_score: grade(by_score),
        limits,
        range,
        score,
        counts,
        owed: owed(plan, &items),
        checks: checks(&facts, &items),
        items,
        facts,
    }
}

impl<'a> Assessment<'a> {
    /// What it came to, without its items.
    pub fn brief(&self) -> Brief<'a> {
        let Self { plan, region, year, range, grade, grade_by_score, counts, .. } = *self;
        let score = self.score.clone();
        Brief { plan, region, year, score, range, grade, grade_by_score, counts }
    }

    /// The items that somebody has to look at: first the missed, then those
    /// without a value that can be assessed, then the near.
    pub fn attention(&self) -> Vec<&Item<'a>> {
        let mut items: Vec<_> = self.items.iter().filter(|item| item.needs_attention()).collect();
        items.sort_by_key(|item| item.urgency());
        items
    }
}
