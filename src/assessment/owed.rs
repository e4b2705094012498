//! What each responsible unit has to answer for.

use super::{Item, State};
use crate::plan::Plan;

/// The items that a unit leads and that are missed or lack their value.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Owed<'a> {
    /// The unit; none where neither the items nor the plan name one.
    pub unit: Option<&'a str>,
    /// The items whose target it missed, as indices into [`Assessment::items`](super::Assessment::items).
    pub missed: Vec<usize>,
    /// The items whose value it has to bring, as indices into [`Assessment::items`](super::Assessment::items).
    pub missing: Vec<usize>,
}

/// What each leading unit owes; for an item that names none, the plan's coordinator.
pub(super) fn owed<'a>(plan: &'a Plan, items: &[Item<'a>]) -> Vec<Owed<'a>> {
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
