//! What is known of a region's year, and what becomes of an indicator by it.

use rust_decimal::Decimal;

use super::judge::{Verdict, judge};
use super::{Item, State, Sum};
use crate::data::{Measured, Origin, Region, Value};
use crate::plan::{Ask, Comparison, Indicator, Plan, Target};
use crate::year::Year;

/// What is known of a region's year.
#[derive(Clone, Copy)]
pub(super) struct Facts<'a> {
    pub(super) plan: &'a Plan,
    pub(super) values: Option<&'a Region>,
    pub(super) year: Year,
}

impl<'a> Facts<'a> {
    fn value(self, year: Year, index: usize) -> Option<&'a Measured> {
        self.values?.get(year, index)
    }

    fn absent(self, year: Year, index: usize) -> &'a [Origin] {
        self.values.map_or(&[], |values| values.absent(year, index))
    }

    /// Judges an indicator, given with its index in the plan.
    pub(super) fn item(self, index: usize, indicator: &'a Indicator) -> Item<'a> {
        let target = indicator.target(self.year);
        let mut item = Item {
            indicator,
            state: State::NotSet,
            near: false,
            target,
            measured: self.value(self.year, index),
            absent: &[],
            last_year: None,
            points: indicator.points,
            earned: None,
            sum: Sum::NotSet,
            stretch_met: None,
            expired: None,
        };
        if let Some(target) = target {
            let before = target.needs_last_year().then(|| self.year.before());
            item.last_year = before.and_then(|year| self.value(year, index));
            item.absent = match (item.measured, before) {
                (None, _) => self.absent(self.year, index),
                (Some(_), Some(year)) if item.last_year.is_none() => self.absent(year, index),
                _ => &[],
            };
            self.judge(&mut item, target);
        }
        item
    }

    /// The states go before one another in this order: a waiver lifts whatever is asked, and while
    /// nothing is asked there is nothing that could not apply.
    fn judge(self, item: &mut Item<'a>, target: &'a Target) {
        let (in_force, expired) = match &target.waiver {
            Some(waiver) if waiver.covers(self.year) => (Some(waiver), None),
            waiver => (None, waiver.as_ref()),
        };
        item.expired = expired;
        let value = item.measured.map(|measured| &measured.value);
        let stretch = target.stretch.as_ref().zip(value);
        item.stretch_met = stretch
            .and_then(|(stretch, value)| {
                self.verdict(stretch, value, item.indicator, item.last_year)
            })
            .map(|verdict| verdict.met);
        (item.state, item.sum) = match (&target.ask, value) {
            _ if in_force.is_some() => (State::Waived, Sum::Waived),
            (Ask::Pending(_), _) => (State::Pending, Sum::Pending),
            (_, Some(Value::NotApplicable(_))) => (State::NotApplicable, Sum::NotApplicable),
            (_, None) => (State::Missing, self.missing(self.year)),
            (Ask::Firm(comparison) | Ask::Expected(comparison), Some(value)) => {
                match self.verdict(comparison, value, item.indicator, item.last_year) {
                    Some(verdict) => {
                        item.near = verdict.near;
                        item.earned = Some(if verdict.met { item.points } else { Decimal::ZERO });
                        let state = if verdict.met { State::Met } else { State::Missed };
                        (state, Sum::Judged(verdict.basis))
                    }
                    None => (State::Missing, self.missing(self.year.before())),
                }
            }
        };
    }

    fn missing(self, year: Year) -> Sum<'a> {
        Sum::Missing((year != self.year).then_some(year))
    }

    fn verdict(
        self,
        comparison: &'a Comparison,
        value: &'a Value,
        indicator: &'a Indicator,
        last_year: Option<&'a Measured>,
    ) -> Option<Verdict<'a>> {
        let last_year = match last_year.map(|measured| &measured.value) {
            Some(Value::Number(number)) => Some((*number, self.year.before())),
            _ => None,
        };
        judge(comparison, value, last_year, indicator, self.plan.scoring())
    }
}
