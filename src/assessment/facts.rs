//! What is known of a region's year, and what becomes of an indicator by it.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::absence::{Absence, Lack};
use super::assessor::Assessor;
use super::earn::{Earning, earn};
use super::field::Fields;
use super::former::FormerPlan;
use super::judge::{Verdict, judge};
use super::{Item, Standing, State, Sum};
use crate::data::{Measured, Measurements, Origin, Region, Value};
use crate::formula::{Exact, Formula, Operand, Shown};
use crate::number::show_points;
use crate::plan::{Ask, Comparison, Indicator, Plan, Quantity, Symbol, Target, Ties};
use crate::year::Year;

/// What is known of a region's year.
#[derive(Debug)]
pub(super) struct Facts<'a> {
    pub(super) plan: &'a Plan,
    measurements: &'a Measurements<'a>,
    region: &'a str,
    values: Option<&'a Region>,
    year: Year,
    /// The fields of ranked items, where these are shared by the regions that are judged.
    fields: Option<&'a Fields>,
    /// The plan of the year before, where that is known.
    pub(super) former: Option<&'a FormerPlan<'a>>,
    /// Values that are supposed instead of those that there are.
    supposed: BTreeMap<(Quantity, Year), Value>,
    /// Values that were worked out, so that each is worked out once.
    worked: RefCell<BTreeMap<(Year, usize), Result<Worked, Absence>>>,
    /// Whether values have what they need, so that each is asked once.
    pub(super) required: RefCell<BTreeMap<(Year, Quantity), Result<(), Absence>>>,
}

/// A value that was worked out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Worked {
    pub(super) number: Decimal,
    /// The same before it is rounded to the digits of a decimal.
    exact: Exact,
    /// The formula with its values put in.
    pub(super) shown: Shown,
}

/// A measured value that a formula or a bound used.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Used<'a> {
    /// What it is of.
    pub quantity: Quantity,
    /// The year that it is of.
    pub year: Year,
    /// The value.
    pub measured: Cow<'a, Measured>,
}

/// A value that is to be judged.
struct Found {
    value: Value,
    /// Where it was worked out, the formula with the values put in.
    shown: Option<Shown>,
}

impl<'a> Facts<'a> {
    pub(super) fn new(
        measurements: &'a Measurements<'a>,
        plan: &'a Plan,
        region: &'a str,
        year: Year,
    ) -> Self {
        Self::of(measurements, plan, (region, measurements.region(region)), year)
    }

    fn of(
        measurements: &'a Measurements<'a>,
        plan: &'a Plan,
        (region, values): (&'a str, Option<&'a Region>),
        year: Year,
    ) -> Self {
        let (supposed, worked, required) = Default::default();
        Self {
            plan,
            measurements,
            region,
            values,
            year,
            fields: None,
            former: None,
            supposed,
            worked,
            required,
        }
    }

    /// What is known of a region by an assessor.
    pub(super) fn by(
        assessor: &'a Assessor<'_>,
        region: &'a str,
        values: Option<&'a Region>,
    ) -> Self {
        let Assessor { measurements, plan, year, ref fields, ref former, .. } = *assessor;
        let facts = Self::of(measurements, plan, (region, values), year);
        Self { fields: Some(fields), former: former.as_ref(), ..facts }
    }

    /// The same by another plan.
    pub(super) fn with_plan(&self, plan: &'a Plan, fields: &'a Fields) -> Self {
        let supposed = self.supposed.clone();
        let (worked, required) = Default::default();
        Self { plan, fields: Some(fields), former: None, supposed, worked, required, ..*self }
    }

    /// What is known of another region.
    pub(super) fn elsewhere(&self, region: &'a Region) -> Self {
        let (supposed, worked, required) = Default::default();
        let (values, region) = (Some(region), region.name());
        Self { values, region, supposed, worked, required, ..*self }
    }

    /// The fields of ranked items, where they are the same for all that are judged.
    pub(super) fn shared_fields(&self) -> Option<&'a Fields> {
        self.fields.filter(|_| self.supposed.is_empty())
    }

    /// All regions that have values.
    pub(super) fn regions(&self) -> impl Iterator<Item = &'a Region> {
        self.measurements.regions()
    }

    /// Whether a region is this one.
    pub(super) fn is_own(&self, region: &Region) -> bool {
        self.values.is_some_and(|own| std::ptr::eq(own, region))
    }

    /// The same with another value for an item, given with its index in the plan.
    pub(super) fn supposing(&self, index: usize, value: Value) -> Self {
        self.supposing_of(index, self.year, value)
    }

    /// The same with another value for an item of some year.
    pub(super) fn supposing_of(&self, index: usize, year: Year, value: Value) -> Self {
        let mut supposed = self.supposed.clone();
        supposed.insert((Quantity::Item(index), year), value);
        let (worked, required) = Default::default();
        Self { supposed, worked, required, ..*self }
    }

    fn measured(&self, quantity: Quantity, year: Year) -> Option<Cow<'a, Measured>> {
        self.values?.get(year, quantity)
    }

    /// The values of a year that were both self-checked and verified, in the plan's order.
    pub(super) fn verified_of(&self, year: Year) -> impl Iterator<Item = Quantity> {
        self.values.into_iter().flat_map(move |values| values.verified_of(year))
    }

    /// A value that was both.
    pub(super) fn verified(&self, quantity: Quantity, year: Year) -> Option<&'a Measured> {
        self.values?.verified(year, quantity)
    }

    fn absent(&self, quantity: Quantity, year: Year) -> &'a [Origin] {
        self.values.map_or(&[], |values| values.absent(year, quantity))
    }

    /// Judges an indicator, given with its index in the plan.
    pub(super) fn item(&self, index: usize, indicator: &'a Indicator) -> Item<'a> {
        let target = indicator.target(self.year);
        let own = Quantity::Item(index);
        let measured = self.measured(own, self.year);
        let mut item = Item {
            indicator,
            state: State::NotSet,
            near: false,
            standing: None,
            target,
            value: measured.as_ref().map(|measured| measured.value.clone()),
            measured,
            absent: &[],
            last_year: None,
            used: Vec::new(),
            points: indicator.points,
            bounds: indicator.rule.bounds(indicator.points),
            earned: None,
            is_open: false,
            sum: Sum::NotSet,
            stretch_met: None,
            expired: None,
        };
        let Some(target) = target else { return item };
        let basis = self.plan.rests_on(index, self.year);
        let before = self.year.before();
        let before = basis.contains(&(own, before)).then_some(before);
        item.last_year = before.and_then(|year| self.measured(own, year));
        item.absent = match (&item.measured, before) {
            (None, _) => self.absent(own, self.year),
            (Some(_), Some(year)) if item.last_year.is_none() => self.absent(own, year),
            _ => &[],
        };
        item.used = self.used(index, basis);
        self.judge(&mut item, index, target);
        item
    }

    /// The measured values of other quantities and years that the item rests on.
    fn used(&self, index: usize, basis: BTreeSet<(Quantity, Year)>) -> Vec<Used<'a>> {
        let own = Quantity::Item(index);
        let shown = [(own, self.year), (own, self.year.before())];
        let others = basis.into_iter().filter(|of| !shown.contains(of));
        let used = |(quantity, year)| {
            Some(Used { quantity, year, measured: self.measured(quantity, year)? })
        };
        others.filter_map(used).collect()
    }

    /// The states go before one another in this order: a waiver lifts whatever is asked, and while
    /// nothing is asked there is nothing that could not apply.
    fn judge(&self, item: &mut Item<'a>, index: usize, target: &'a Target) {
        let (in_force, expired) = match &target.waiver {
            Some(waiver) if waiver.covers(self.year) => (Some(waiver), None),
            waiver => (None, waiver.as_ref()),
        };
        item.expired = expired;
        (item.state, item.sum) = match &target.ask {
            Ask::Dropped(_) => (State::NotSet, Sum::Dropped),
            _ if in_force.is_some() => (State::Waived, Sum::Waived),
            Ask::Pending(_) => (State::Pending, Sum::Pending),
            Ask::Firm(comparison) | Ask::Expected(comparison) => {
                let scored = self.score(item, index, comparison);
                if scored.is_err() {
                    (item.near, item.standing, item.stretch_met) = (false, None, None);
                }
                match scored {
                    Ok((state, sum)) => (state, sum),
                    Err(Absence::NotApplicable(reason)) => {
                        item.value = Some(Value::NotApplicable(reason));
                        (State::NotApplicable, Sum::NotApplicable)
                    }
                    Err(Absence::NotRanked) => (State::NotApplicable, Sum::NotRanked),
                    Err(Absence::Pending(_)) => (State::Pending, Sum::Pending),
                    Err(absence) => {
                        let state = match absence {
                            Absence::TooFew { .. } => State::NotAssessable,
                            _ => State::Missing,
                        };
                        let own = Some(Quantity::Item(index));
                        let lack = Lack::new(absence, self.plan, own, self.year);
                        (state, Sum::Missing(lack))
                    }
                }
            }
        };
    }

    /// Judges a value and scores it.
    pub(super) fn score(
        &self,
        item: &mut Item<'a>,
        index: usize,
        comparison: &'a Comparison,
    ) -> Result<(State, Sum<'a>), Absence> {
        let found = match self.found(index, item.indicator) {
            Err(Absence::Value(..)) if self.needs_no_value(index, comparison) => {
                self.require(Quantity::Item(index), self.year)?;
                None
            }
            found => Some(found?),
        };
        let (value, shown) = found.map(|found| (found.value, found.shown)).unzip();
        item.value.clone_from(&value);
        let verdict = |comparison| match &value {
            Some(value) => self.verdict(comparison, value, index, item.indicator),
            None => Ok(None),
        };
        let stretch = item.target.and_then(|target| target.stretch.as_ref());
        let stretch = stretch.map(verdict).and_then(|verdict| verdict.ok().flatten());
        item.stretch_met = stretch.map(|verdict| verdict.met);
        let verdict = verdict(comparison)?;
        let state = match &verdict {
            Some(verdict) if verdict.met => State::Met,
            Some(_) => State::Missed,
            None => State::Scored,
        };
        item.near = verdict.as_ref().is_some_and(|verdict| verdict.near);
        item.standing = verdict
            .as_ref()
            .and_then(|verdict| Standing::of(verdict, item.indicator, self.plan.scoring().near));
        let Earning { points, steps, is_open } =
            earn(self, item.indicator, index, value.as_ref(), verdict.as_ref())?;
        item.earned = Some(points);
        item.is_open = is_open;
        let worked = shown.flatten().zip(item.value.clone());
        Ok((state, Sum::Scored { worked, steps }))
    }

    /// The value of an item this year.
    fn found(&self, index: usize, indicator: &'a Indicator) -> Result<Found, Absence> {
        let quantity = Quantity::Item(index);
        if let Some(value) = self.supposed.get(&(quantity, self.year)) {
            return Ok(Found { value: value.clone(), shown: None });
        }
        if indicator.formula.is_some() {
            let Worked { number, shown, .. } = self.work_out(index, indicator, self.year)?;
            return Ok(Found { value: Value::Number(number), shown: Some(shown) });
        }
        let value = self.assessable(quantity, self.year)?;
        Ok(Found { value, shown: None })
    }

    /// The value that was measured of a quantity, where it applies and can be assessed.
    fn assessable(&self, quantity: Quantity, year: Year) -> Result<Value, Absence> {
        match self.measured(quantity, year).map(|measured| measured.value.clone()) {
            Some(Value::NotApplicable(reason)) if year == self.year => {
                Err(Absence::NotApplicable(reason))
            }
            None | Some(Value::NotApplicable(_)) => Err(Absence::Value(quantity, year)),
            Some(value) => self.require(quantity, year).map(|()| value),
        }
    }

    /// The number that a quantity has in a year: progress in per cent, classes by their place.
    pub(super) fn number(&self, quantity: Quantity, year: Year) -> Result<Decimal, Absence> {
        if let Some(value) = self.supposed.get(&(quantity, year)) {
            return value.number().ok_or(Absence::Value(quantity, year));
        }
        if let Quantity::Item(index) = quantity
            && let Some(item) = self.plan.indicators().get(index)
            && item.formula.is_some()
        {
            return self.work_out(index, item, year).map(|worked| worked.number);
        }
        self.assessable(quantity, year)?.number().ok_or(Absence::Value(quantity, year))
    }

    /// The same for a formula: what was worked out is not rounded between one and the next.
    pub(super) fn operand(&self, quantity: Quantity, year: Year) -> Result<Operand, Absence> {
        if let Quantity::Item(index) = quantity
            && !self.supposed.contains_key(&(quantity, year))
            && let Some(item) = self.plan.indicators().get(index)
            && item.formula.is_some()
        {
            return Ok(Operand::Exact(self.work_out(index, item, year)?.exact));
        }
        self.number(quantity, year).map(Operand::Number)
    }

    fn work_out(&self, index: usize, indicator: &Indicator, year: Year) -> Result<Worked, Absence> {
        if let Some(known) = self.worked.borrow().get(&(year, index)) {
            return known.clone();
        }
        let Some(formula) = &indicator.formula else {
            return Err(Absence::Value(Quantity::Item(index), year));
        };
        let worked = match self
            .require(Quantity::Item(index), year)
            .and_then(|()| self.evaluate(formula, indicator, year, None))
        {
            Err(Absence::NotApplicable(_)) if year != self.year => {
                Err(Absence::Value(Quantity::Item(index), year))
            }
            worked => worked,
        };
        self.worked.borrow_mut().insert((year, index), worked.clone());
        worked
    }

    /// What a formula of an item comes to in a year; where it scores the item, with the bound of its
    /// target.
    pub(super) fn evaluate(
        &self,
        formula: &Formula<Symbol>,
        indicator: &Indicator,
        year: Year,
        bound: Option<Decimal>,
    ) -> Result<Worked, Absence> {
        let look = |symbol: &Symbol| match symbol {
            Symbol::Value(quantity, when) => {
                let year = self.plan.year_of(*when, year, Some(indicator));
                self.operand(*quantity, year.ok_or(Absence::NoBound)?)
            }
            Symbol::Target => bound.map(Operand::Number).ok_or(Absence::NoBound),
            Symbol::Points => Ok(Operand::Number(indicator.points)),
            // The reader lets conditions alone name these.
            _ => Err(Absence::NoBound),
        };
        let even = self.plan.scoring().round.ties == Ties::Even;
        let exact = formula.number(even, &look).map_err(Absence::of_fault)?;
        let number = exact.decimal().ok_or(Absence::TooLarge)?;
        let shown = |symbol: &Symbol| match look(symbol) {
            Ok(Operand::Number(number)) => show_points(number),
            Ok(Operand::Exact(exact)) => exact.decimal().map(show_points).unwrap_or_default(),
            _ => String::new(),
        };
        let none = || Shown { conditions: Vec::new(), terms: show_points(number) };
        let shown = formula.shown(even, &look, &shown).unwrap_or_else(none);
        Ok(Worked { number, exact, shown })
    }

    pub(super) fn verdict(
        &self,
        comparison: &'a Comparison,
        value: &Value,
        index: usize,
        indicator: &'a Indicator,
    ) -> Result<Option<Verdict<'a>>, Absence> {
        let edge = |derived| self.edge(derived, index, indicator);
        judge(comparison, value, edge, indicator, self.plan.scoring())
    }

    pub(super) fn region(&self) -> &'a str {
        self.region
    }

    pub(super) fn year(&self) -> Year {
        self.year
    }

    fn needs_no_value(&self, index: usize, comparison: &Comparison) -> bool {
        *comparison == Comparison::Scored && self.plan.is_scored_by_others(index)
    }
}
