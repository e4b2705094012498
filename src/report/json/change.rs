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
    changed: Vec<Changed>,
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
        let changed = change.what.into_iter();
        Self {
            id,
            name,
            points_before: change.before.map(|item| item.worth),
            points_after: change.after.map(|item| item.worth),
            earned_before: change.before.and_then(|item| item.earned),
            earned_after: change.after.and_then(|item| item.earned),
            gained: change.gain,
            changed: changed
                .map(|(what, before, after)| Changed { what: what.code(), before, after })
                .collect(),
        }
    }
}
