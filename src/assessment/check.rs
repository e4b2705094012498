//! What the units reported, beside what was verified.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::{Facts, Item};
use crate::data::{Measured, Value};
use crate::plan::Quantity;
use crate::year::Year;

/// A value that was self-checked (自查) by the unit that reports it and verified (核定) by the
/// assessor: the verified one counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Check<'a> {
    /// What it is of.
    pub quantity: Quantity,
    /// The year that it is of.
    pub year: Year,
    /// What the unit reported.
    pub self_checked: &'a Measured,
    /// What was verified.
    pub verified: &'a Measured,
}

impl Check<'_> {
    /// By how much the verified value is above the reported one; of words there is no difference.
    pub fn difference(&self) -> Option<Decimal> {
        match (&self.self_checked.value, &self.verified.value) {
            (Value::Number(own), Value::Number(found))
            | (Value::Progress(own), Value::Progress(found)) => {
                found.checked_sub(*own).map(|by| by.normalize())
            }
            _ => None,
        }
    }

    /// Whether both say the same.
    pub fn is_equal(&self) -> bool {
        self.self_checked.value.agrees_with(&self.verified.value)
    }
}

/// All of the year, and of other years what items rest on, in the plan's order.
pub(super) fn checks<'a>(facts: &Facts<'a>, items: &[Item<'a>]) -> Vec<Check<'a>> {
    let year = facts.year();
    let before = (0..items.len()).map(|index| (Quantity::Item(index), year.before()));
    let before = before.zip(items).filter(|(_, item)| item.last_year.is_some());
    let used = items.iter().flat_map(|item| &item.used);
    let used = used.map(|used| (used.quantity, used.year));
    let own = facts.verified_of(year).map(|quantity| (quantity, year));
    let all: BTreeSet<_> = own.chain(before.map(|(of, _)| of)).chain(used).collect();
    let check = |(quantity, year): (Quantity, Year)| {
        let verified = facts.verified(quantity, year)?;
        let self_checked = verified.self_checked()?;
        Some(Check { quantity, year, self_checked, verified })
    };
    all.into_iter().filter_map(check).collect()
}
