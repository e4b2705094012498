//! Which measured values the plan's items rest on.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::quantity::{Quantity, Symbol, When};
use super::rule::Method;
use super::target::Target;
use super::{Indicator, Plan};
use crate::formula::Formula;
use crate::year::Year;

/// Measured values, by what they are of and the year.
type Needs = BTreeSet<(Quantity, Year)>;

/// A measured value that a year asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Asked {
    /// What it is of.
    pub quantity: Quantity,
    /// The year that it is of, which may be an earlier one.
    pub year: Year,
    /// The items that rest on it, by their indices; the item alone whose own value it is; none where
    /// only the limits of the grade ask for it.
    pub items: Vec<usize>,
}

impl Plan {
    /// The measured values that a year asks for, each once and in the plan's order; `counts` says
    /// which targets count. What an item rests on stands beside it, its own value first; of several
    /// items that rest on one value, beside the first.
    pub fn asks(&self, year: Year, counts: impl Fn(&Target) -> bool) -> Vec<Asked> {
        let mut needs: BTreeMap<(Quantity, Year), Vec<usize>> = BTreeMap::new();
        for (index, item) in self.indicators.iter().enumerate() {
            if item.target(year).is_some_and(&counts) {
                for need in self.needs(index, year) {
                    needs.entry(need).or_default().push(index);
                }
            }
        }
        for need in self.limits_need(year) {
            needs.entry(need).or_default();
        }
        let asked = |((quantity, year), items)| Asked::new(quantity, year, items);
        let mut asked: Vec<_> = needs.into_iter().map(asked).collect();
        asked.sort_by_key(Asked::order);
        asked
    }

    /// The measured values that an item's value, target and points in a year rest on; the item is
    /// given by its index. Of a year without a target they are none.
    pub fn needs(&self, index: usize, year: Year) -> BTreeSet<(Quantity, Year)> {
        let (mut needs, mut seen) = (Needs::new(), Needs::new());
        let own = Quantity::Item(index);
        let Some(item) = self.indicators.get(index) else { return needs };
        let Some(target) = item.target(year).filter(|target| !target.is_dropped()) else {
            return needs;
        };
        if !self.is_scored_by_others(index) {
            self.add(own, year, &mut needs, &mut seen);
        }
        if target.needs_last_year() || item.rule.worse_than_last_year.is_some() {
            self.add(own, year.before(), &mut needs, &mut seen);
        }
        if let Some(base) = item.base_year.filter(|_| item.needs_base_year(year)) {
            self.add(own, base, &mut needs, &mut seen);
        }
        if let Method::Formula(formula) = &item.rule.method {
            self.add_all(formula, Some(item), year, &mut needs, &mut seen);
        }
        needs
    }

    /// The measured values that the conditions of the grade's limits ask for.
    pub fn limits_need(&self, year: Year) -> BTreeSet<(Quantity, Year)> {
        let (mut needs, mut seen) = (Needs::new(), Needs::new());
        for limit in &self.limits {
            self.add_all(&limit.when, None, year, &mut needs, &mut seen);
        }
        needs
    }

    /// Whether an item is scored by a formula that does not look at its own value.
    pub fn is_scored_by_others(&self, index: usize) -> bool {
        let own = Symbol::Value(Quantity::Item(index), When::ThisYear);
        let rule = self.indicators.get(index).map(|item| &item.rule.method);
        matches!(rule, Some(Method::Formula(formula)) if formula.symbols().all(|s| *s != own))
    }

    /// The first year of which a value can be of use.
    pub fn earliest_year(&self) -> Year {
        let first = self.about.years.first().before();
        let bases = self.indicators.iter().filter_map(|item| item.base_year);
        let formulas = self.indicators.iter().flat_map(|item| {
            let rule = match &item.rule.method {
                Method::Formula(formula) => Some(formula),
                _ => None,
            };
            item.formula.iter().chain(rule)
        });
        let formulas = formulas.chain(self.limits.iter().map(|limit| &limit.when));
        let named = formulas.flat_map(Formula::symbols).filter_map(|symbol| match symbol {
            Symbol::Value(_, When::Year(year)) => Some(*year),
            _ => None,
        });
        bases.chain(self.about.base_year).chain(named).fold(first, Year::min)
    }

    /// The year that a name in a formula is of.
    pub fn year_of(&self, when: When, year: Year, item: Option<&Indicator>) -> Option<Year> {
        match when {
            When::ThisYear => Some(year),
            When::LastYear => Some(year.before()),
            When::BaseYear => item.and_then(|item| item.base_year).or(self.about.base_year),
            When::Year(year) => Some(year),
        }
    }

    fn add(&self, quantity: Quantity, year: Year, needs: &mut Needs, seen: &mut Needs) {
        if !seen.insert((quantity, year)) {
            return;
        }
        let item = match quantity {
            Quantity::Item(index) => self.indicators.get(index),
            Quantity::Input(_) => None,
        };
        match item.and_then(|item| item.formula.as_ref()) {
            Some(formula) => self.add_all(formula, item, year, needs, seen),
            None => {
                needs.insert((quantity, year));
            }
        }
    }

    fn add_all(
        &self,
        formula: &Formula<Symbol>,
        item: Option<&Indicator>,
        year: Year,
        needs: &mut Needs,
        seen: &mut Needs,
    ) {
        for symbol in formula.symbols() {
            let Symbol::Value(quantity, when) = symbol else { continue };
            if let Some(year) = self.year_of(*when, year, item) {
                self.add(*quantity, year, needs, seen);
            }
        }
    }
}

impl Asked {
    fn new(quantity: Quantity, year: Year, items: Vec<usize>) -> Self {
        let own = items.iter().copied().find(|item| quantity == Quantity::Item(*item));
        Self { quantity, year, items: own.map_or(items, |own| vec![own]) }
    }

    /// What the items ask for before what the limits do; of an item its own values, and the latest
    /// year first.
    fn order(&self) -> impl Ord + use<> {
        let item = self.items.first().copied().unwrap_or(usize::MAX);
        let is_own = self.quantity == Quantity::Item(item);
        (item, !is_own, Reverse(self.year), self.quantity)
    }
}
