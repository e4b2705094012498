//! What this year's value earns by the target of the year before.

use rust_decimal::Decimal;

use super::facts::Facts;
use super::tally::{Part, Scenario};
use super::{Assessment, State};
use crate::plan::Comparison;

/// The target of the year before (上年目标), where this year has another, with what this year's value earns
/// by it: the difference is what the new target did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FormerTarget<'a> {
    /// What it asks for.
    pub comparison: &'a Comparison,
    /// What the value earns by it, in the item's points.
    pub earned: Decimal,
    /// Whether what the item earns rests on its target and its own value of the year alone, and on no
    /// other value, year or region.
    pub by_own_value: bool,
}

impl<'a> Assessment<'a> {
    /// Whether the points of an item, given by its index in the plan, rest on its target and its own value of
    /// the year alone, and on no other value, year or region.
    pub fn rests_on_own_value(&self, index: usize) -> bool {
        let target = self.items.get(index).and_then(|item| item.target?.comparison());
        let is_derived = target.is_some_and(|target| target.derived().is_some());
        !is_derived && self.plan.is_scored_by_own_value(index)
    }

    /// The former target of an item that was scored, given by its index in the plan; none where it is the
    /// same, where there is none, or where the value cannot be scored by it.
    pub fn former_target(&self, index: usize) -> Option<FormerTarget<'a>> {
        let state = self.items.get(index)?.state;
        let is_scored = matches!(state, State::Met | State::Missed | State::Scored);
        is_scored.then(|| self.facts.former_target(index)).flatten()
    }
}

impl<'a> Facts<'a> {
    fn former_target(&self, index: usize) -> Option<FormerTarget<'a>> {
        let indicator = self.plan.indicators().get(index)?;
        let asked = |year| indicator.target(year)?.comparison();
        let [former, now] = [asked(self.year().before())?, asked(self.year())?];
        if former == now {
            return None;
        }
        let mut item = self.item(index, indicator);
        (item.state, item.sum) = self.score(&mut item, index, former).ok()?;
        let part = item.part(self.plan, Scenario::Now);
        item.settle(part.map(|tally| Part { tally, share: None }).as_ref());
        let is_derived = [former, now].iter().any(|asked| asked.derived().is_some());
        let by_own_value = !is_derived && self.plan.is_scored_by_own_value(index);
        Some(FormerTarget { comparison: former, earned: item.earned?, by_own_value })
    }
}
