//! Plan and measured values make an assessment: every item with its state and points, the score,
//! the grade. Pure: no files, no clock, and it cannot fail.

mod judge;
mod state;
mod sum;
mod tally;

use rust_decimal::Decimal;

use self::judge::{Verdict, judge};
pub use self::state::{Counts, State};
pub use self::sum::Sum;
pub use self::tally::{GroupTally, Score, Tally};
use self::tally::{Scenario, tally};
use crate::data::{Measured, Measurements, Region, Value};
use crate::plan::{
    Ask, Comparison, Grade, Indicator, Missing, NotApplicable, Plan, Target, Waiver,
};
use crate::text::Lang;
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
    /// The score; none where nothing could be scored, which is neither 0 nor full marks.
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

/// One indicator, judged.
#[derive(Debug)]
#[non_exhaustive]
pub struct Item<'a> {
    /// The indicator.
    pub indicator: &'a Indicator,
    /// What became of it.
    pub state: State,
    /// Met, but within the warning band.
    pub near: bool,
    /// The target of the year.
    pub target: Option<&'a Target>,
    /// The value of the year.
    pub measured: Option<&'a Measured>,
    /// The value of the year before, where the target asks for it.
    pub last_year: Option<&'a Measured>,
    /// What it is worth in full.
    pub points: Decimal,
    /// What it earned; none where it does not count.
    pub earned: Option<Decimal>,
    /// How that came about.
    pub sum: Sum<'a>,
    /// Whether the stretch of its target was reached, where it has one and a value.
    pub stretch_met: Option<bool>,
    /// A waiver whose end is past; it has no effect.
    pub expired: Option<&'a Waiver>,
}

/// The items that a unit leads and that are missed or lack their value.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Owed<'a> {
    /// The unit; none where neither the items nor the plan name one.
    pub unit: Option<&'a str>,
    /// The items whose target it missed, as indices into [`Assessment::items`].
    pub missed: Vec<usize>,
    /// The items whose value it has to bring, as indices into [`Assessment::items`].
    pub missing: Vec<usize>,
}

/// Judges a region's year by a plan.
pub fn assess<'a>(
    plan: &'a Plan,
    measurements: &'a Measurements,
    region: &'a str,
    year: Year,
) -> Assessment<'a> {
    let facts = Facts { plan, values: measurements.region(region), year };
    let mut items: Vec<_> = plan
        .indicators()
        .iter()
        .enumerate()
        .map(|(index, indicator)| facts.item(index, indicator))
        .collect();
    let high = tally(plan, &items, Scenario::High, None);
    let low = tally(plan, &items, Scenario::Low, Some(&high));
    let now = tally(plan, &items, Scenario::Now, Some(&high));
    for (item, part) in items.iter_mut().zip(&now.parts) {
        item.settle(part.as_ref());
    }
    let score = Score::new(plan, now.total);
    let shown =
        |outcome: &tally::Outcome<'_>| Score::new(plan, outcome.total).map(|score| score.rounded);
    let range = shown(&low).zip(shown(&high)).map(|(low, high)| Range { low, high });
    Assessment {
        plan,
        region,
        year,
        groups: now.groups,
        grade: score.as_ref().and_then(|score| Score::grade(plan, score.exact)),
        range,
        score,
        counts: Counts::of(&items),
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

/// What is known of a region's year.
#[derive(Clone, Copy)]
struct Facts<'a> {
    plan: &'a Plan,
    values: Option<&'a Region>,
    year: Year,
}

impl<'a> Facts<'a> {
    fn value(self, year: Year, index: usize) -> Option<&'a Measured> {
        self.values?.get(year, index)
    }

    fn item(self, index: usize, indicator: &'a Indicator) -> Item<'a> {
        let target = indicator.target(self.year);
        let measured = self.value(self.year, index);
        let comparison = target.and_then(Target::comparison);
        let last_year = comparison
            .filter(|comparison| comparison.needs_last_year())
            .and_then(|_| self.value(self.year.before(), index));
        let mut item = Item {
            indicator,
            state: State::NotSet,
            near: false,
            target,
            measured,
            last_year,
            points: indicator.points,
            earned: None,
            sum: Sum::NotSet,
            stretch_met: None,
            expired: None,
        };
        if let Some(target) = target {
            self.judge(&mut item, target);
        }
        item
    }

    /// The states go before one another in this order: a waiver lifts whatever is asked, and while
    /// nothing is asked there is nothing that could not apply.
    fn judge(self, item: &mut Item<'a>, target: &'a Target) {
        let (in_force, expired) = match &target.waiver {
            Some(waiver) if waiver.covers(self.year) => (Some(waiver), None),
            waiver => (None, waiver.as_ref()),
        };
        item.expired = expired;
        let value = item.measured.map(|measured| &measured.value);
        let stretch = target.stretch.as_ref().zip(value);
        item.stretch_met = stretch
            .and_then(|(stretch, value)| {
                self.verdict(stretch, value, item.indicator, item.last_year)
            })
            .map(|verdict| verdict.met);
        (item.state, item.sum) = match (&target.ask, value) {
            _ if in_force.is_some() => (State::Waived, Sum::Waived),
            (Ask::Pending(_), _) => (State::Pending, Sum::Pending),
            (_, Some(Value::NotApplicable(_))) => (State::NotApplicable, Sum::NotApplicable),
            (_, None) => (State::Missing, self.missing(self.year)),
            (Ask::Firm(comparison) | Ask::Expected(comparison), Some(value)) => {
                match self.verdict(comparison, value, item.indicator, item.last_year) {
                    Some(verdict) => {
                        item.near = verdict.near;
                        item.earned = Some(if verdict.met { item.points } else { Decimal::ZERO });
                        let state = if verdict.met { State::Met } else { State::Missed };
                        (state, Sum::Judged(verdict.basis))
                    }
                    None => (State::Missing, self.missing(self.year.before())),
                }
            }
        };
    }

    fn missing(self, year: Year) -> Sum<'a> {
        Sum::Missing((year != self.year).then_some(year))
    }

    fn verdict(
        self,
        comparison: &'a Comparison,
        value: &'a Value,
        indicator: &'a Indicator,
        last_year: Option<&'a Measured>,
    ) -> Option<Verdict<'a>> {
        let last_year = match last_year.map(|measured| &measured.value) {
            Some(Value::Number(number)) => Some((*number, self.year.before())),
            _ => None,
        };
        judge(comparison, value, last_year, indicator, self.plan.scoring())
    }
}

impl<'a> Item<'a> {
    /// What the item counts in a scenario, but for one that takes its share from others.
    fn part(&self, plan: &Plan, scenario: Scenario) -> Option<Tally> {
        let scoring = plan.scoring();
        let earned = match (self.state, scenario) {
            (State::Met | State::Missed, _) => self.earned?,
            (State::Missing | State::Pending, Scenario::Low) => Decimal::ZERO,
            (State::Missing | State::Pending, Scenario::High) => self.points,
            (State::Missing, Scenario::Now) => match scoring.missing {
                Missing::Zero | Missing::Refuse => Decimal::ZERO,
                Missing::LeaveOut => return None,
            },
            (State::NotApplicable, _) => match scoring.not_applicable {
                NotApplicable::Full => self.points,
                NotApplicable::Zero => Decimal::ZERO,
                NotApplicable::LeaveOut | NotApplicable::Mean => return None,
            },
            (State::Pending | State::NotSet | State::Waived, _) => return None,
        };
        Some(Tally { points: self.points, earned })
    }

    fn takes_share(&self, plan: &Plan) -> bool {
        self.state == State::NotApplicable && plan.scoring().not_applicable == NotApplicable::Mean
    }

    /// Takes over what the item counts as things stand.
    fn settle(&mut self, part: Option<&tally::Part>) {
        self.earned = part.map(|part| part.tally.earned);
        if let Some(share) = part.and_then(|part| part.share) {
            self.sum = Sum::Share(share);
        }
    }

    /// Why it is in its state, where that is not plain from its figures.
    pub fn reason(&self, lang: Lang) -> Option<&'a str> {
        let target = self.target?;
        match self.state {
            State::Waived => target.waiver.as_ref().map(|waiver| waiver.reason.get(lang)),
            State::Pending => match &target.ask {
                Ask::Pending(why) => Some(why.get(lang)),
                Ask::Firm(_) | Ask::Expected(_) => None,
            },
            State::NotApplicable => match &self.measured?.value {
                Value::NotApplicable(why) => Some(why),
                _ => None,
            },
            State::Met | State::Missed | State::Missing | State::NotSet => None,
        }
    }

    /// How soon somebody has to look at it: when it is missed, lacks its value, or is near.
    fn urgency(&self) -> Option<u8> {
        match self.state {
            State::Missed => Some(0),
            State::Missing => Some(1),
            _ => self.near.then_some(2),
        }
    }

    /// Whether somebody has to look at it.
    pub fn needs_attention(&self) -> bool {
        self.urgency().is_some()
    }
}

/// What each leading unit owes; for an item that names none, the plan's coordinator.
fn owed<'a>(plan: &'a Plan, items: &[Item<'a>]) -> Vec<Owed<'a>> {
    let coordinator = plan.about().coordinator.as_deref();
    let mut owed: Vec<Owed<'a>> = Vec::new();
    for (index, item) in items.iter().enumerate() {
        if !matches!(item.state, State::Missed | State::Missing) {
            continue;
        }
        let lead = item.indicator.lead.iter().map(|unit| Some(unit.as_str()));
        let units: Vec<_> =
            if item.indicator.lead.is_empty() { vec![coordinator] } else { lead.collect() };
        for unit in units {
            let entry = match owed.iter_mut().position(|entry| entry.unit == unit) {
                Some(at) => owed.get_mut(at),
                None => {
                    owed.push(Owed { unit, missed: Vec::new(), missing: Vec::new() });
                    owed.last_mut()
                }
            };
            let Some(entry) = entry else { continue };
            match item.state {
                State::Missed => entry.missed.push(index),
                _ => entry.missing.push(index),
            }
        }
    }
    owed.sort_by_key(|entry| std::cmp::Reverse(entry.missed.len() + entry.missing.len()));
    owed
}
