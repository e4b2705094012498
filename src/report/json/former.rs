//! What this year's values come to by the plan of the year before, as JSON has it.

use rust_decimal::Decimal;
use rust_decimal::serde::{arbitrary_precision, arbitrary_precision_option};
use serde::Serialize;

use crate::assessment::Assessment;
use crate::report::Head;
use crate::report::former::FormerItem;

/// None of the first year.
#[derive(Serialize)]
pub(super) struct ByFormerPlan {
    /// Those that count otherwise by it, or are in another state.
    items: Vec<OneFormerItem>,
}

#[derive(Serialize)]
struct OneFormerItem {
    id: String,
    state: &'static str,
    group: Option<String>,
    #[serde(with = "arbitrary_precision")]
    points: Decimal,
    #[serde(with = "arbitrary_precision")]
    weight: Decimal,
    #[serde(with = "arbitrary_precision_option")]
    earned: Option<Decimal>,
    takes_share: bool,
    sum: String,
}

impl ByFormerPlan {
    pub(super) fn of(assessment: &Assessment<'_>, head: &Head<'_>) -> Option<Self> {
        let items = FormerItem::all(assessment, head)?.into_iter();
        Some(Self { items: items.map(OneFormerItem::of).collect() })
    }
}

impl OneFormerItem {
    fn of((id, item): (String, FormerItem)) -> Self {
        let FormerItem { state, group, weight, worth, earned, takes_share, sum } = item;
        Self {
            id,
            state: state.code(),
            group: Some(group).filter(|group| !group.is_empty()),
            points: worth,
            weight,
            earned,
            takes_share,
            sum,
        }
    }
}
