//! The units that answer for what a plan asks, however their names are spelled.

use std::collections::BTreeSet;

use super::{Indicator, Plan};
use crate::spelling::fold_name;

impl Plan {
    /// Every unit (责任单位) that answers for something, each once, in the order of the file.
    pub fn units(&self) -> Vec<&str> {
        let named = self.indicators.iter().flat_map(|item| item.lead.iter().chain(&item.support));
        distinct(named.chain(&self.about.coordinator).map(String::as_str))
    }

    /// The unit of a name, as the plan first writes it.
    pub fn unit(&self, name: &str) -> Option<&str> {
        self.units().into_iter().find(|unit| is_same_unit(unit, name))
    }

    /// Who leads an item (牵头单位): the coordinator, where it names nobody; empty where the plan
    /// has none.
    pub fn leads<'a>(&'a self, item: &'a Indicator) -> &'a [String] {
        match item.lead.as_slice() {
            [] => self.about.coordinator.as_slice(),
            leads => leads,
        }
    }

    /// Whether a unit leads or supports an item.
    pub fn is_of_unit(&self, item: &Indicator, unit: &str) -> bool {
        self.leads(item).iter().chain(&item.support).any(|own| is_same_unit(own, unit))
    }
}

/// Whether two names are of one unit.
pub(crate) fn is_same_unit(one: &str, other: &str) -> bool {
    one == other || fold_name(one) == fold_name(other)
}

/// Each unit once, as it is first spelled.
pub(crate) fn distinct<'a>(units: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let mut seen = BTreeSet::new();
    units.into_iter().filter(|unit| seen.insert(fold_name(unit))).collect()
}
