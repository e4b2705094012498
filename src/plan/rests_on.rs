//! Which measured values the plan's items rest on.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::need::Need;
use super::quantity::{Quantity, Symbol, When};
use super::rule::Method;
use super::target::Target;
use super::{Indicator, Input, Plan};
use crate::formula::Formula;
use crate::year::Year;

/// Values, by what they are of and the year.
type Values = BTreeSet<(Quantity, Year)>;

/// What something rests on, as far as it was followed.
#[derive(Default)]
struct Found {
    measured: Values,
    /// These, and those that are worked out from them.
    all: Values,
}

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
                for need in self.rests_on(index, year) {
                    needs.entry(need).or_default().push(index);
                }
            }
        }
        for need in self.limits_rest_on(year) {
            needs.entry(need).or_default();
        }
        let asked = |((quantity, year), items)| Asked::new(quantity, year, items);
        let mut asked: Vec<_> = needs.into_iter().map(asked).collect();
        asked.sort_by_key(Asked::order);
        asked
    }

    /// The measured values that an item's value, target and points in a year rest on, and those
    /// that decide whether these can be assessed; the item is given by its index. Of a year without
    /// a target they are none.
    pub fn rests_on(&self, index: usize, year: Year) -> BTreeSet<(Quantity, Year)> {
        self.found(index, year).measured
    }

    /// The measured values that the conditions of the grade's limits ask for.
    pub(crate) fn limits_rest_on(&self, year: Year) -> BTreeSet<(Quantity, Year)> {
        let mut found = Found::default();
        for limit in &self.limits {
            self.add_all(&limit.when, None, year, &mut found);
        }
        found.measured
    }

    /// What an item rests on in a year that needs something else to be assessable, and what: itself
    /// among them.
    pub(crate) fn needs(&self, index: usize, year: Year) -> Vec<(Quantity, &[Need])> {
        let found = self.found(index, year).all;
        let all: BTreeSet<_> = found.into_iter().map(|(quantity, _)| quantity).collect();
        let needs = all.into_iter().map(|quantity| (quantity, self.needs_of(quantity)));
        needs.filter(|(_, needs)| !needs.is_empty()).collect()
    }

    /// What the values of a quantity need to be assessable.
    pub(crate) fn needs_of(&self, quantity: Quantity) -> &[Need] {
        let needs = match quantity {
            Quantity::Item(index) => self.indicators.get(index).map(|item| &item.needs),
            Quantity::Input(index) => self.inputs.get(index).map(|input| &input.needs),
        };
        needs.map_or(&[], Vec::as_slice)
    }

    /// Whether any value needs something else to be assessable.
    pub(crate) fn has_needs(&self) -> bool {
        let of_item = |item: &Indicator| !item.needs.is_empty();
        let of_input = |input: &Input| !input.needs.is_empty();
        self.indicators.iter().any(of_item) || self.inputs.iter().any(of_input)
    }

    fn found(&self, index: usize, year: Year) -> Found {
        let mut found = Found::default();
        let own = Quantity::Item(index);
        let Some(item) = self.indicators.get(index) else { return found };
        let Some(target) = item.target(year).filter(|target| !target.is_dropped()) else {
            return found;
        };
        if self.is_scored_by_others(index) {
            found.all.insert((own, year));
            self.add_needs(own, year, &mut found);
        } else {
            self.add(own, year, &mut found);
        }
        if target.needs_last_year() || item.rule.worse_than_last_year.is_some() {
            self.add(own, year.before(), &mut found);
        }
        if let Some(base) = item.base_year.filter(|_| item.needs_base_year(year)) {
            self.add(own, base, &mut found);
        }
        if let Method::Formula(formula) = &item.rule.method {
            self.add_all(formula, Some(item), year, &mut found);
        }
        found
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
    pub(crate) fn year_of(&self, when: When, year: Year, item: Option<&Indicator>) -> Option<Year> {
        match when {
            When::ThisYear => Some(year),
            When::LastYear => Some(year.before()),
            When::BaseYear => item.and_then(|item| item.base_year).or(self.about.base_year),
            When::Year(year) => Some(year),
        }
    }

    fn add(&self, quantity: Quantity, year: Year, found: &mut Found) {
        if !found.all.insert((quantity, year)) {
            return;
        }
        let item = match quantity {
            Quantity::Item(index) => self.indicators.get(index),
            Quantity::Input(_) => None,
        };
        match item.and_then(|item| item.formula.as_ref()) {
            Some(formula) => self.add_all(formula, item, year, found),
            None => {
                found.measured.insert((quantity, year));
            }
        }
        self.add_needs(quantity, year, found);
    }

    fn add_needs(&self, quantity: Quantity, year: Year, found: &mut Found) {
        for need in self.needs_of(quantity) {
            self.add(need.of, year, found);
        }
    }

    fn add_all(
        &self,
        formula: &Formula<Symbol>,
        item: Option<&Indicator>,
        year: Year,
        found: &mut Found,
    ) {
        for symbol in formula.symbols() {
            let Symbol::Value(quantity, when) = symbol else { continue };
            if let Some(year) = self.year_of(*when, year, item) {
                self.add(*quantity, year, found);
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
