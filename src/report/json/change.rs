//! What changed between two assessments as JSON has it.

use rust_decimal::Decimal;
use rust_decimal::serde::arbitrary_precision_option;
use serde::Serialize;

use crate::report::change::{Change, Compared, changes};

/// What changed since the year before, which has its score and its grade in its own assessment.
#[derive(Serialize)]
pub(super) struct Since<'a> {
    year: u16,
    items: Vec<OneChange<'a>>,
}

impl<'a> Since<'a> {
    pub(super) fn of(before: &'a Compared, after: &'a Compared) -> Self {
        let items = changes(before, after).into_iter().map(OneChange::new).collect();
        Self { year: before.year, items }
    }
}

/// An item that changed.
#[derive(Serialize)]
pub(in crate::report) struct OneChange<'a> {
    id: &'a str,
    name: &'a str,
    #[serde(flatten)]
    points: PointsMoved,
    /// What of the gain the plan did; none where that is not known, or not both count it.
    #[serde(with = "arbitrary_precision_option")]
    gained_by_plan: Option<Decimal>,
    /// What the values did first, by the earlier plan, also where it then counts no longer; none where that is not
    /// known.
    #[serde(with = "arbitrary_precision_option")]
    gained_by_values: Option<Decimal>,
    changed: Vec<Changed>,
}

/// The points of an item or a group and what was earned of them, before and after.
#[derive(Serialize)]
pub(in crate::report) struct PointsMoved {
    #[serde(with = "arbitrary_precision_option")]
    points_before: Option<Decimal>,
    #[serde(with = "arbitrary_precision_option")]
    points_after: Option<Decimal>,
    #[serde(with = "arbitrary_precision_option")]
    earned_before: Option<Decimal>,
    #[serde(with = "arbitrary_precision_option")]
    earned_after: Option<Decimal>,
    /// None where only one of the two counts it.
    #[serde(with = "arbitrary_precision_option")]
    gained: Option<Decimal>,
}

impl PointsMoved {
    pub(in crate::report) fn new(
        [points_before, points_after]: [Option<Decimal>; 2],
        [earned_before, earned_after]: [Option<Decimal>; 2],
        gained: Option<Decimal>,
    ) -> Self {
        Self { points_before, points_after, earned_before, earned_after, gained }
    }
}

#[derive(Serialize)]
pub(in crate::report) struct Changed {
    pub(in crate::report) what: &'static str,
    pub(in crate::report) before: String,
    pub(in crate::report) after: String,
}

impl<'a> OneChange<'a> {
    pub(in crate::report) fn new(change: Change<'a>) -> Self {
        let (id, name) = (change.id(), change.name());
        let sides = [change.before, change.after];
        let gained_by_plan = change.gain_parts().map(|parts| parts.by_plan);
        let changed = change.what.into_iter();
        Self {
            id,
            name,
            points: PointsMoved::new(
                sides.map(|item| item.map(|item| item.worth)),
                sides.map(|item| item.and_then(|item| item.earned)),
                change.gain,
            ),
            gained_by_plan,
            gained_by_values: change.gained_by_values,
            changed: changed
                .map(|(what, before, after)| Changed { what: what.code(), before, after })
                .collect(),
        }
    }
}
