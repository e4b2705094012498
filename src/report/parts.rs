//! What a plan did to points or scores, and what the values did.

use rust_decimal::Decimal;

/// What the plan did to points or to a score, and what the values did first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Parts {
    pub(super) by_plan: Decimal,
    pub(super) by_values: Decimal,
}

impl Parts {
    /// From what was, by what the later values come to by the earlier plan, to what is.
    pub(super) fn between(before: Decimal, former: Decimal, after: Decimal) -> Self {
        Self { by_plan: after.saturating_sub(former), by_values: former.saturating_sub(before) }
    }

    /// All of it by the plan.
    pub(super) fn of_plan(gain: Decimal) -> Self {
        Self { by_plan: gain, by_values: Decimal::ZERO }
    }

    pub(super) fn sum(all: impl IntoIterator<Item = Self>) -> Self {
        all.into_iter().fold(Self::default(), |sum, parts| Self {
            by_plan: sum.by_plan.saturating_add(parts.by_plan),
            by_values: sum.by_values.saturating_add(parts.by_values),
        })
    }

    /// What others leave of it.
    pub(super) fn less(self, others: Self) -> Self {
        Self {
            by_plan: self.by_plan.saturating_sub(others.by_plan),
            by_values: self.by_values.saturating_sub(others.by_values),
        }
    }

    pub(super) fn map(self, number: impl Fn(Decimal) -> Decimal) -> Self {
        Self { by_plan: number(self.by_plan), by_values: number(self.by_values) }
    }

    pub(super) fn are_both(self) -> bool {
        !self.by_plan.is_zero() && !self.by_values.is_zero()
    }

    pub(super) fn are_none(self) -> bool {
        self.by_plan.is_zero() && self.by_values.is_zero()
    }
}
