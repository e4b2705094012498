//! Plan and measured values make an assessment: every item with its state and points, the score,
//! the grade. Pure: no files, no clock, and it cannot fail.

mod facts;
mod item;
mod judge;
mod owed;
mod state;
mod sum;
mod tally;

use rust_decimal::Decimal;

use self::facts::Facts;
pub use self::item::Item;
pub use self::judge::Basis;
pub use self::owed::Owed;
use self::owed::owed;
pub use self::state::{Counts, State};
pub use self::sum::Sum;
pub use self::tally::{GroupTally, Score, Tally};
use self::tally::{Outcome, Scenario, tally};
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
    /// What the score would be if nothing that is open were met, and if all of it were. Open is
    /// what is missing or pending.
    pub range: Option<Range>,
    /// The grade that the score has.
    pub grade: Option<&'a Grade>,
    /// How many items are in each state.
    pub counts: Counts,
    /// What each responsible unit has to answer for: those with the most first.
    pub owed: Vec<Owed<'a>>,
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

/// Judges a region's year by the plan that the values were read for.
pub fn assess<'a>(
    measurements: &'a Measurements<'a>,
    region: &'a str,
    year: Year,
) -> Assessment<'a> {
    let plan = measurements.plan();
    let facts = Facts { plan, values: measurements.region(region), year };
    let indicators = plan.indicators().iter().enumerate();
    let mut items: Vec<_> =
        indicators.map(|(index, indicator)| facts.item(index, indicator)).collect();
    let high = tally(plan, &items, Scenario::High, None);
    let low = tally(plan, &items, Scenario::Low, Some(&high));
    let now = tally(plan, &items, Scenario::Now, Some(&high));
    for (item, part) in items.iter_mut().zip(&now.parts) {
        item.settle(part.as_ref());
    }
    let mut groups = now.groups;
    for group in &mut groups {
        group.tally = group.tally.map(Tally::in_points);
    }
    let counts = Counts::of(&items);
    let is_refused = plan.scoring().missing == Missing::Refuse && counts.get(State::Missing) > 0;
    let score = Score::new(plan, now.total).filter(|_| !is_refused);
    let shown = |outcome: &Outcome<'_>| Score::new(plan, outcome.total).map(|score| score.rounded);
    let range = shown(&low).zip(shown(&high)).map(|(low, high)| Range { low, high });
    Assessment {
        plan,
        region,
        year,
        groups,
        grade: score.as_ref().and_then(|score| Score::grade(plan, score.exact)),
        range,
        score,
        counts,
        owed: owed(plan, &items),
        items,
    }
}

impl<'a> Assessment<'a> {
    /// The items that somebody has to look at: first the missed, then the missing, then the near.
    pub fn attention(&self) -> Vec<&Item<'a>> {
        let mut items: Vec<_> = self.items.iter().filter(|item| item.needs_attention()).collect();
        items.sort_by_key(|item| item.urgency());
        items
    }
}
