//! The regions that an item is ranked among.

use rust_decimal::Decimal;

use super::absence::Absence;
use super::facts::Facts;
use crate::plan::{Quantity, Rank};
use crate::spelling::fold_name;

/// The regions that are ranked.
pub(super) struct Field {
    /// Their values; the region's own is the first.
    pub(super) values: Vec<Decimal>,
    /// Whether one of them lacks its value.
    pub(super) is_open: bool,
}

impl Facts<'_> {
    /// The values of an item in the regions that are ranked.
    pub(super) fn field(&self, index: usize, rank: &Rank) -> Result<Field, Absence> {
        let is_named = |names: &[String], region: &str| {
            names.iter().any(|one| fold_name(one) == fold_name(region))
        };
        let is_in = |region: &str| {
            (rank.among.is_empty() || is_named(&rank.among, region))
                && !is_named(&rank.except, region)
        };
        if !is_in(self.region()) {
            return Err(Absence::NotRanked);
        }
        let quantity = Quantity::Item(index);
        let mut field = Field { values: vec![self.number(quantity, self.year())?], is_open: false };
        let is_all = rank.among.is_empty() && rank.except.is_empty();
        let others = self.regions();
        for region in others
            .filter(|region| !self.is_own(region))
            .filter(|region| is_all || is_in(region.name()))
        {
            let facts = self.elsewhere(region);
            match facts.number(quantity, self.year()) {
                Ok(value) => field.values.push(value),
                // Who has no value yet may still come before or behind this region.
                Err(Absence::Value(..) | Absence::TooFew { .. }) => {
                    field.is_open |= region.has_values_of(self.year());
                }
                Err(_) => {}
            }
        }
        Ok(field)
    }
}
