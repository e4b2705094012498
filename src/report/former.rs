//! How items count with this year's values by the plan of the year before: what the values did since that
//! year comes first, and then what the plan did.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::Head;
use super::change::ComparedItem;
use super::counting::{Counting, may_count};
use crate::assessment::{Assessment, Item, State};

/// How an item counts by the plan of the year before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FormerItem {
    pub(super) state: State,
    pub(super) group: String,
    pub(super) weight: Decimal,
    pub(super) worth: Decimal,
    pub(super) earned: Option<Decimal>,
    pub(super) takes_share: bool,
}

/// The items that count otherwise by the plan of the year before, by their ids.
pub(super) type FormerItems = BTreeMap<String, FormerItem>;

/// How items count with the later values by the earlier plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Former {
    #[default]
    Unknown,
    /// As they did: all that is other is the plan's doing.
    AsBefore,
    /// As they do: all that is other is the values' doing.
    AsNow,
    /// As they do, but for these.
    ButFor(FormerItems),
}

impl FormerItem {
    fn of(item: &Item<'_>, of: &Assessment<'_>) -> Self {
        let group = item.indicator.group.and_then(|group| of.plan.groups().get(group));
        Self {
            state: item.state,
            group: group.map(|group| group.id.clone()).unwrap_or_default(),
            weight: item.indicator.weight,
            worth: item.points,
            earned: item.earned,
            takes_share: item.takes_share(of.plan),
        }
    }

    /// Those of the items listed that count otherwise, or are in another state, by the plan of the year before;
    /// none where that plan is not known.
    pub(super) fn all(assessment: &Assessment<'_>, head: &Head<'_>) -> Option<FormerItems> {
        let former = assessment.by_former_plan()?;
        let pairs = former.items.iter().zip(&assessment.items);
        let others = pairs.filter(|(_, now)| head.lists(now)).filter_map(|(item, now)| {
            let id = item.indicator.id.clone();
            let [item, now] = [Self::of(item, &former), Self::of(now, assessment)];
            (item != now).then_some((id, item))
        });
        Some(others.collect())
    }

    fn counting(&self) -> Counting<'_> {
        let Self { ref group, weight, worth, earned, takes_share, state } = *self;
        let may_count = may_count(earned, Some(state));
        Counting { group, weight, worth, earned, takes_share, may_count }
    }

    /// Whether there was no value that could be held against the target.
    fn is_without_value(&self) -> bool {
        matches!(self.state, State::Missing | State::NotAssessable)
    }
}

impl Former {
    /// How an item counts with the later values by the earlier plan; within, none where that plan does not
    /// ask for it. Of what is not asked for any more and has no value, the earlier value holds: nobody had to
    /// measure it.
    pub(super) fn counting<'a>(
        &'a self,
        before: Option<&'a ComparedItem>,
        after: Option<&'a ComparedItem>,
    ) -> Option<Option<Counting<'a>>> {
        let [old, new] = [before, after].map(|item| item.map(ComparedItem::counting));
        match self {
            // What the earlier plan does not ask for comes to nothing by it.
            Self::Unknown => before.is_none().then_some(None),
            Self::AsBefore => Some(old),
            Self::AsNow => Some(new),
            Self::ButFor(items) => {
                let former = items.get(after.or(before).map_or("", |item| &item.own_id));
                let is_asked = after.is_some_and(ComparedItem::is_asked);
                Some(match former {
                    Some(former) if !is_asked && former.is_without_value() => old,
                    Some(former) => Some(former.counting()),
                    None => new,
                })
            }
        }
    }
}
