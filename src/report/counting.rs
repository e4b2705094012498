//! What items count for in the groups that they lie in.

use rust_decimal::Decimal;

use crate::assessment::State;

/// What an item counts for in the group that it lies in, or in the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Counting<'a> {
    /// The id of that group; empty where in none.
    pub(super) group: &'a str,
    pub(super) weight: Decimal,
    pub(super) worth: Decimal,
    pub(super) earned: Option<Decimal>,
    /// Whether it earns the share of the others of its group.
    pub(super) takes_share: bool,
    /// Whether it counts, or may yet.
    pub(super) may_count: bool,
}

impl<'a> Counting<'a> {
    /// The same in another group.
    pub(super) fn lying_in(self, group: &'a str) -> Self {
        Self { group, ..self }
    }
}

/// Whether an item counts, or may yet.
pub(super) fn may_count(earned: Option<Decimal>, state: Option<State>) -> bool {
    earned.is_some() || state.is_some_and(State::may_come)
}
