//! What each responsible unit has to answer for.

use std::cmp::Reverse;

use indexmap::IndexMap;

use super::{Item, State};
use crate::plan::{Plan, distinct};
use crate::spelling::fold_name;

/// The items that a unit leads and that are missed, lack their value, or cannot be assessed.
#[derive(Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Owed<'a> {
    /// The unit; none where neither the items nor the plan name one.
    pub unit: Option<&'a str>,
    /// The items whose target it missed, as indices into [`Assessment::items`](super::Assessment::items).
    pub missed: Vec<usize>,
    /// The items whose value it has to bring, as indices into [`Assessment::items`](super::Assessment::items).
    pub missing: Vec<usize>,
    /// The items whose value cannot be assessed, as indices into [`Assessment::items`](super::Assessment::items).
    pub not_assessable: Vec<usize>,
}

impl Owed<'_> {
    /// How many items the unit has to answer for.
    pub fn count(&self) -> usize {
        self.missed.len() + self.missing.len() + self.not_assessable.len()
    }
}

/// What each leading unit owes; for an item that names none, the plan's coordinator.
pub(super) fn owed<'a>(plan: &'a Plan, items: &[Item<'a>]) -> Vec<Owed<'a>> {
    let mut owed = IndexMap::new();
    let is_owed = |(_, item): &(usize, &Item<'_>)| {
        matches!(item.state, State::Missed | State::Missing | State::NotAssessable)
    };
    for (index, item) in items.iter().enumerate().filter(is_owed) {
        let leads = distinct(plan.leads(item.indicator).iter().map(String::as_str));
        let nobody = leads.is_empty().then_some(None);
        for unit in leads.into_iter().map(Some).chain(nobody) {
            let entry = owed.entry(unit.map(fold_name));
            let entry = entry.or_insert_with(|| Owed { unit, ..Owed::default() });
            match item.state {
                State::Missed => entry.missed.push(index),
                State::Missing => entry.missing.push(index),
                _ => entry.not_assessable.push(index),
            }
        }
    }
    let mut owed: Vec<_> = owed.into_values().collect();
    owed.sort_by_key(|entry| Reverse(entry.count()));
    owed
}
