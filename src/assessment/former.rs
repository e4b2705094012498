//! How much of what an item gained or lost since the year before its new target did.

use rust_decimal::Decimal;

use super::facts::Facts;
use super::{Assessment, State};
use crate::plan::Target;

/// The target of the year before, with what this year's value earns by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Former<'a> {
    /// The target of the year before.
    pub target: &'a Target,
    /// The points.
    pub earned: Decimal,
}

impl<'a> Assessment<'a> {
    /// What an item, given by its index in the plan, earns by the target of the year before; none where
    /// that is the same or is not there, or where its value is not scored by either.
    pub fn by_former_target(&self, index: usize) -> Option<Former<'a>> {
        let state = self.items.get(index)?.state;
        let is_scored = matches!(state, State::Met | State::Missed | State::Scored);
        is_scored.then(|| self.facts.by_former_target(index)).flatten()
    }
}

impl<'a> Facts<'a> {
    fn by_former_target(&self, index: usize) -> Option<Former<'a>> {
        let indicator = self.plan.indicators().get(index)?;
        let target = indicator.target(self.year().before())?;
        let comparison = target.comparison()?;
        if indicator.target(self.year())?.comparison()? == comparison {
            return None;
        }
        let mut item = self.item(index, indicator);
        self.score(&mut item, index, comparison).ok()?;
        Some(Former { target, earned: item.earned? })
    }
}
