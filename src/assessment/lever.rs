//! Where points were lost, and what would bring them back.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::leeway::Left;
use super::tally::{Outcome, Scenario, Tally, tally, tally_of};
use super::{Assessment, Item, Score, State};
use crate::data::Value;
use crate::plan::{Better, Method};

/// An item that lost points.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Lever {
    /// The item, as an index into [`Assessment::items`].
    pub item: usize,
    /// The points that it lacks of what meeting its target earns.
    pub lost: Decimal,
    /// The points that one unit of its value more, or less, brings; none where its value is no
    /// number or one unit brings nothing.
    pub per_unit: Option<Decimal>,
    /// By how much the score grows if nothing is lost.
    pub gain: Decimal,
}

/// The items that lost points, and which of them are enough for the next grade.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Levers {
    /// What would bring most first.
    pub each: Vec<Lever>,
    /// The grade above the one that the score has, as an index into the plan's grades.
    pub next: Option<usize>,
    /// The sets of items each of which is enough for that grade, as indices into
    /// [`Assessment::items`]: single items, else those that bring most, as many as it takes; empty
    /// where all of them are not enough.
    pub enough: Vec<Vec<usize>>,
}

impl Assessment<'_> {
    /// Where points were lost, and what would bring them back. What limits the grade besides the
    /// score is not looked at. On a day of the year, what can no longer be met brings nothing back.
    pub fn levers(&self, day: Option<Date>) -> Levers {
        let Some(score) = &self.score else { return Levers::default() };
        let leeway = day.map(|day| self.leeway(day)).unwrap_or_default();
        let is_lost = |at: &usize| {
            leeway.iter().any(|leeway| leeway.item == *at && leeway.left == Left::OutOfReach)
        };
        let full = tally(self.plan, &self.items, Scenario::High, None);
        let now = self.items.iter().map(|item| item.part(self.plan, Scenario::Now)).collect();
        let raise = Raise { assessment: self, score, full, now };
        let items = self.items.iter().enumerate().filter(|(at, _)| !is_lost(at));
        let mut each: Vec<_> = items.filter_map(|(at, item)| raise.lever(at, item)).collect();
        each.sort_by(|a, b| (b.gain, b.lost).cmp(&(a.gain, a.lost)).then(a.item.cmp(&b.item)));
        let next = match Score::grade(self.plan, score.exact) {
            Some(grade) => grade.checked_sub(1),
            None => self.plan.grades().len().checked_sub(1),
        };
        let edge = next.and_then(|next| self.plan.grades().get(next)).map(|grade| grade.from);
        let enough = edge.map(|edge| raise.enough(&each, edge)).unwrap_or_default();
        Levers { each, next, enough }
    }
}

/// What the score would be if some items lost nothing.
struct Raise<'t> {
    assessment: &'t Assessment<'t>,
    score: &'t Score,
    full: Outcome<'t>,
    /// What each item counts as it is.
    now: Vec<Option<Tally>>,
}

impl Raise<'_> {
    fn lever(&self, index: usize, item: &Item<'_>) -> Option<Lever> {
        let counts = matches!(
            item.state,
            State::Met | State::Missed | State::Scored | State::Missing | State::NotAssessable
        );
        let earned = item.earned.filter(|_| counts)?;
        let lost = full_points(item) - earned;
        if lost <= Decimal::ZERO {
            return None;
        }
        // Both have what divisions left at their ends.
        let gain = (self.score_if(&[index]) - self.score.exact).round_dp(12).normalize();
        Some(Lever { item: index, lost, per_unit: self.per_unit(index, item, earned), gain })
    }

    fn score_if(&self, raised: &[usize]) -> Decimal {
        let (plan, items) = (self.assessment.plan, &self.assessment.items);
        let mut own = self.now.clone();
        for &at in raised {
            if let (Some(own), Some(item)) = (own.get_mut(at), items.get(at)) {
                *own = Some(Tally::fine(item.points, full_points(item)));
            }
        }
        let outcome = tally_of(plan, items, &own, Some(&self.full));
        Score::exact(plan, &outcome.total).unwrap_or(self.score.exact)
    }

    /// What one unit of the value is worth, towards what is better.
    fn per_unit(&self, index: usize, item: &Item<'_>, earned: Decimal) -> Option<Decimal> {
        if item.state == State::NotAssessable {
            // A better value would be no more assessable.
            return None;
        }
        let towards = match item.indicator.better(self.assessment.year)? {
            Better::Higher => Decimal::ONE,
            Better::Lower => Decimal::NEGATIVE_ONE,
        };
        let better = match item.value.as_ref()? {
            Value::Number(value) => Value::Number(value.checked_add(towards)?),
            Value::Progress(done) => Value::Progress((done + towards).min(Decimal::ONE_HUNDRED)),
            Value::Class(_) | Value::NotApplicable(_) => return None,
        };
        if matches!(item.indicator.rule.method, Method::AllOrNothing | Method::Bands(_)) {
            return None;
        }
        let supposed = self.assessment.facts.supposing(index, better);
        let gain = supposed.item(index, item.indicator).earned? - earned;
        (gain > Decimal::ZERO).then(|| gain.round_dp(18).normalize())
    }

    fn enough(&self, levers: &[Lever], edge: Decimal) -> Vec<Vec<usize>> {
        let alone = levers.iter().filter(|lever| self.score.exact + lever.gain >= edge);
        let alone: Vec<_> = alone.map(|lever| vec![lever.item]).collect();
        if !alone.is_empty() {
            return alone;
        }
        let gaining = levers.iter().filter(|lever| lever.gain > Decimal::ZERO);
        let raised: Vec<_> = gaining.map(|lever| lever.item).collect();
        // To raise one more never lowers the score: what has something to lose counts already, so no
        // points that count come or go.
        let sets: Vec<_> = (1..=raised.len()).filter_map(|count| raised.get(..count)).collect();
        let at = sets.partition_point(|set| self.score_if(set) < edge);
        sets.get(at).map(|set| set.to_vec()).into_iter().collect()
    }
}

/// What an item earns when it loses nothing: what meeting its target earns, else the most.
fn full_points(item: &Item<'_>) -> Decimal {
    let rule = &item.indicator.rule;
    if item.indicator.is_extra() {
        // A bonus that was not earned is no loss.
        return item.earned.unwrap_or_default().max(Decimal::ZERO);
    }
    let by_target = matches!(
        rule.method,
        Method::AllOrNothing | Method::Off { .. } | Method::Proportional { .. }
    );
    let (least, most) = item.bounds;
    if by_target { rule.met(item.points).clamp(least.min(most), most) } else { most }
}
