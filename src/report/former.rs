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
    /// How its points come about.
    pub(super) sum: String,
}

/// How an item counts by the plan of the year before, for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ToldFormer<'a> {
    /// It counts as in one of the two results, or that is not known.
    Nothing,
    /// How its points come about.
    Sum(&'a str),
    /// As before, for its value is not asked for any more.
    EarlierValue,
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
            sum: String::new(),
        }
    }

    /// Those of the items listed that count otherwise, or are in another state, by the plan of the year before;
    /// none where that plan is not known.
    pub(super) fn all(assessment: &Assessment<'_>, head: &Head<'_>) -> Option<FormerItems> {
        let former = assessment.by_former_plan()?;
        let pairs = former.items.iter().zip(&assessment.items);
        let others = pairs.filter(|(_, now)| head.lists(now)).filter_map(|(then, now)| {
            let [item, now] = [Self::of(then, &former), Self::of(now, assessment)];
            let id = then.indicator.id.clone();
            (item != now).then(|| (id, Self { sum: then.sum(head.lang), ..item }))
        });
        Some(others.collect())
    }

    fn counting(&self) -> Counting<'_> {
        let Self { ref group, weight, worth, earned, takes_share, state, .. } = *self;
        let may_count = may_count(earned, Some(state));
        Counting { group, weight, worth, earned, takes_share, may_count }
    }

    /// Whether its earlier value holds: there is none that could be held against the target, and now nobody has to
    /// measure it.
    fn keeps_value(&self, after: Option<&ComparedItem>) -> bool {
        matches!(self.state, State::Missing | State::NotAssessable)
            && !after.is_some_and(ComparedItem::is_asked)
    }
}

impl Former {
    /// How an item counts with the later values by the earlier plan, where that is otherwise.
    fn otherwise(
        &self,
        before: Option<&ComparedItem>,
        after: Option<&ComparedItem>,
    ) -> Option<&FormerItem> {
        let Self::ButFor(items) = self else { return None };
        items.get(after.or(before)?.own_id.as_str())
    }

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
            Self::ButFor(_) => Some(match self.otherwise(before, after) {
                Some(former) if former.keeps_value(after) => old,
                Some(former) => Some(former.counting()),
                None => new,
            }),
        }
    }

    /// The state of an item with the later value by the earlier plan; none where that is not known.
    pub(super) fn state(
        &self,
        before: Option<&ComparedItem>,
        after: Option<&ComparedItem>,
    ) -> Option<State> {
        let [old, new] = [before, after].map(|item| item.and_then(|item| item.known_state));
        match self {
            Self::Unknown => None,
            Self::AsBefore => old,
            Self::AsNow => new,
            Self::ButFor(_) => match self.otherwise(before, after) {
                Some(former) if former.keeps_value(after) => old,
                Some(former) => Some(former.state),
                None => new,
            },
        }
    }

    /// How an item counts so, for people.
    pub(super) fn told<'a>(
        &'a self,
        before: Option<&ComparedItem>,
        after: Option<&ComparedItem>,
    ) -> ToldFormer<'a> {
        match self.otherwise(before, after) {
            Some(former) if former.keeps_value(after) => ToldFormer::EarlierValue,
            Some(former) if !former.sum.is_empty() => ToldFormer::Sum(&former.sum),
            _ => ToldFormer::Nothing,
        }
    }
}
