//! What an item would come to with another value: for explaining it.

use rust_decimal::Decimal;

use super::facts::Facts;
use super::tally::{Part, Scenario};
use super::{Item, State};
use crate::data::{Measurements, Value};
use crate::plan::{
    Band, Better, Bound, Comparison, Indicator, Kind, Method, Plan, Quantity, Relation, Step,
    Target,
};
use crate::unit::Unit;
use crate::year::Year;

/// An item of a region's year, to be tried with values.
#[derive(Debug)]
pub struct Trial<'a> {
    facts: Facts<'a>,
    indicator: &'a Indicator,
    index: usize,
    year: Year,
}

/// A value that shows how an item counts.
#[derive(Debug)]
#[non_exhaustive]
pub struct Sample<'a> {
    /// What is of note about it.
    pub why: Why,
    /// The item with it.
    pub item: Item<'a>,
}

/// What is of note about a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Why {
    /// It is the one that is measured, or asked for.
    Own,
    /// The edge of the target.
    Target,
    /// Just short of it.
    JustShort,
    /// From here on nothing is left.
    NothingLeft,
    /// From here on there is no more bonus.
    BonusEnds,
    /// Nothing particular.
    Between,
}

/// The most values that are shown.
const MOST: usize = 14;

impl<'a> Trial<'a> {
    /// An item, given by its index in the plan, with what is known of a region's year; none where
    /// the plan has no such item.
    pub fn new(
        measurements: &'a Measurements<'a>,
        plan: &'a Plan,
        region: &'a str,
        year: Year,
        index: usize,
    ) -> Option<Self> {
        let facts = Facts::new(measurements, plan, region, year);
        Some(Self { facts, indicator: plan.indicators().get(index)?, index, year })
    }

    /// The item as it is.
    pub fn item(&self) -> Item<'a> {
        let mut item = self.facts.item(self.index, self.indicator);
        let part = item.part(self.facts.plan, Scenario::Now);
        item.settle(part.map(|tally| Part { tally, share: None }).as_ref());
        item
    }

    /// Whether values are tried without last year's, which a rule asks for.
    pub fn supposes_last_year(&self) -> bool {
        let (own, before) = (Quantity::Item(self.index), self.year.before());
        self.indicator.rule.worse_than_last_year.is_some()
            && self.facts.number(own, before).is_err()
    }

    /// The item with another value. Where only last year's value is unknown, it is taken to be no
    /// better.
    pub fn with(&self, value: Value) -> Item<'a> {
        let mut facts = self.facts.supposing(self.index, value.clone());
        let (own, before) = (Quantity::Item(self.index), self.year.before());
        let is_asked = self.indicator.target(self.year).is_some_and(Target::needs_last_year);
        if self.indicator.rule.worse_than_last_year.is_some()
            && !is_asked
            && facts.number(own, before).is_err()
        {
            facts = facts.supposing_of(self.index, before, value);
        }
        facts.item(self.index, self.indicator)
    }

    /// Values around the target, the best first, with what they earn; none where that depends on
    /// what is not known.
    pub fn samples(&self) -> Vec<Sample<'a>> {
        let mut values = self.values();
        for (_, value) in &mut values {
            *value = value.normalize();
        }
        values.sort();
        let mut seen = Vec::new();
        values.retain(|(_, value)| {
            let is_new = !seen.contains(value);
            seen.push(*value);
            is_new
        });
        values.truncate(MOST);
        let better = self.indicator.better(self.year).unwrap_or(Better::Higher);
        values.sort_by_key(|&(_, value)| std::cmp::Reverse(value));
        if better == Better::Lower {
            values.reverse();
        }
        let samples = values.into_iter().map(|(why, number)| {
            let item = self.with(self.value(number));
            // Where values are compared rounded, what is just short may meet the target.
            let is_short = why != Why::JustShort || item.state != State::Met;
            Sample { why: if is_short { why } else { Why::Between }, item }
        });
        samples
            .filter(|sample| sample.item.earned.is_some() && sample.item.value.is_some())
            .collect()
    }

    fn value(&self, number: Decimal) -> Value {
        match &self.indicator.kind {
            Kind::Number => Value::Number(number),
            Kind::Task => Value::Progress(number),
            Kind::Class(_) => Value::Class(usize::try_from(-number).unwrap_or_default()),
        }
    }

    fn values(&self) -> Vec<(Why, Decimal)> {
        let rule = &self.indicator.rule;
        if let Kind::Class(classes) = &self.indicator.kind {
            let ranks = 0..classes.names().count();
            return ranks.map(|rank| (Why::Between, -Decimal::from(rank))).collect();
        }
        if matches!(rule.method, Method::Rank(_)) || self.facts.plan.is_scored_by_others(self.index)
        {
            return Vec::new();
        }
        let mut found = Vec::new();
        let edges = self.edges();
        for &(better, edge) in &edges {
            found.extend([(Why::Target, edge), (Why::JustShort, self.short_of(edge, better))]);
            self.around(better, edge, &mut found);
        }
        match &rule.method {
            Method::Line(pairs) => {
                let middles = pairs.iter().zip(pairs.iter().skip(1));
                found.extend(middles.map(|(a, b)| (Why::Between, (a.0 + b.0) / Decimal::TWO)));
                found.extend(pairs.iter().map(|&(value, _)| (Why::Between, value)));
            }
            Method::Bands(bands) => found.extend(self.of_bands(bands)),
            Method::Reported => {
                let (least, most) = rule.bounds(self.indicator.points);
                let middle = (least + most) / Decimal::TWO;
                found.extend([least, middle, most].map(|points| (Why::Between, points)));
            }
            Method::Formula(formula) => {
                // Where a formula changes is at the numbers that it names.
                let better = self.indicator.better(self.year).unwrap_or(Better::Higher);
                let named = formula.edges();
                for &edge in &named {
                    found.push((Why::Between, edge));
                    found.push((Why::Between, self.short_of(edge, better)));
                }
                if named.is_empty() && edges.is_empty() {
                    let some = [0, 1, 2, 5, 10, 50, 100].map(Decimal::from);
                    found.extend(some.map(|value| (Why::Between, value)));
                }
            }
            _ => {}
        }
        if rule.of_target && matches!(rule.method, Method::Line(_) | Method::Bands(_)) {
            // What these name are per cent of the target.
            let bound = edges.first().map_or(Decimal::ZERO, |&(_, bound)| bound);
            let named = |why| !matches!(why, Why::Target | Why::JustShort);
            for (_, value) in found.iter_mut().filter(|(why, _)| named(*why)) {
                let product = value.checked_mul(bound).unwrap_or_default();
                *value = product / Decimal::ONE_HUNDRED;
            }
        }
        found.retain(|(_, value)| self.is_legal(*value, &edges));
        found
    }

    /// The edges of the target, each with the way that is better beyond it.
    fn edges(&self) -> Vec<(Better, Decimal)> {
        let target = self.indicator.target(self.year).and_then(|target| target.comparison());
        match target {
            Some(Comparison::One(relation, Bound::Number(number))) => {
                vec![(relation.better(), *number)]
            }
            Some(Comparison::One(relation, Bound::Derived(derived))) => {
                let edge = self.facts.edge(*derived, self.index, self.indicator);
                edge.ok().map(|edge| (relation.better(), edge.number)).into_iter().collect()
            }
            Some(Comparison::Within(least, most)) => {
                vec![(Better::Higher, *least), (Better::Lower, *most)]
            }
            Some(Comparison::Done) => vec![(Better::Higher, Decimal::ONE_HUNDRED)],
            _ => Vec::new(),
        }
    }

    /// Where the rule of the target has something to show, around one of its edges.
    fn around(&self, better: Better, edge: Decimal, found: &mut Vec<(Why, Decimal)>) {
        let rule = &self.indicator.rule;
        let (met, cap) = (rule.met(self.indicator.points), rule.cap(self.indicator.points));
        let beyond = |distance: Decimal| match better {
            Better::Higher => edge.checked_add(distance),
            Better::Lower => edge.checked_sub(distance),
        };
        let mut add = |why, value: Option<Decimal>| found.extend(value.map(|value| (why, value)));
        let length = |step: &Step| {
            let share = step.per.checked_mul(edge)? / Decimal::ONE_HUNDRED;
            Some(if rule.of_target { share } else { step.per })
        };
        let distance = |points: Decimal, step: &Step| {
            let product = points.checked_mul(length(step)?)?;
            product.checked_div(step.points)
        };
        match &rule.method {
            Method::Off { step, zero_at } => {
                let per = length(step);
                add(Why::Between, per.and_then(|per| beyond(-per)));
                add(Why::Between, per.and_then(|per| beyond(-per.checked_add(per)?)));
                add(
                    Why::NothingLeft,
                    distance(met - rule.floor, step).and_then(|far| beyond(-far)),
                );
                if let Some(Comparison::One(relation, Bound::Number(zero))) = zero_at {
                    let is_strict = matches!(relation, Relation::Above | Relation::Below);
                    let beyond = self.short_of(*zero, better);
                    add(Why::NothingLeft, Some(if is_strict { beyond } else { *zero }));
                    add(Why::Between, is_strict.then_some(*zero));
                }
            }
            Method::Proportional { .. } | Method::Formula(_) => {
                for tenths in [9, 5, 0] {
                    add(Why::Between, edge.checked_mul(Decimal::new(tenths, 1)));
                }
            }
            _ => {}
        }
        if let Some(bonus) = &rule.bonus {
            add(Why::Between, length(&bonus.step).and_then(beyond));
            let end = distance(bonus.up_to.unwrap_or(cap - met), &bonus.step);
            add(Why::BonusEnds, end.and_then(beyond));
        }
    }

    fn of_bands(&self, bands: &[Band]) -> Vec<(Why, Decimal)> {
        let edges = bands.iter().filter_map(|band| match &band.holds {
            Some(Comparison::One(relation, Bound::Number(edge))) => {
                Some((relation.better(), *edge))
            }
            _ => None,
        });
        let both = edges.flat_map(|(better, edge)| [edge, self.short_of(edge, better)]);
        let ends = bands.iter().filter_map(|band| match &band.holds {
            Some(Comparison::Within(least, most)) => Some([*least, *most]),
            _ => None,
        });
        both.chain(ends.flatten()).map(|edge| (Why::Between, edge)).collect()
    }

    /// The next value short of an edge, by one of its last digits, or a tenth.
    fn short_of(&self, edge: Decimal, better: Better) -> Decimal {
        let counts = self.indicator.unit.as_ref().is_some_and(Unit::is_count);
        let least = u32::from(!counts);
        let tick = Decimal::new(1, edge.normalize().scale().clamp(least, 20));
        match better {
            Better::Higher => edge - tick,
            Better::Lower => edge + tick,
        }
    }

    /// Whether a value can be: in its range, not below zero where the target is not.
    fn is_legal(&self, value: Decimal, edges: &[(Better, Decimal)]) -> bool {
        let range = self.indicator.range;
        let is_in = range.least.is_none_or(|least| value >= least)
            && range.most.is_none_or(|most| value <= most);
        let per_cent = self.indicator.unit.as_ref().is_some_and(Unit::is_per_cent)
            || self.indicator.kind == Kind::Task;
        let all = Decimal::ONE_HUNDRED.max(edges.iter().map(|&(_, e)| e).max().unwrap_or_default());
        let goes_below = edges.iter().any(|(_, edge)| edge.is_sign_negative())
            || range.least.is_some_and(|least| least.is_sign_negative())
            || matches!(&self.indicator.rule.method, Method::Line(pairs) if pairs.iter().any(|p| p.0.is_sign_negative()))
            || matches!(self.indicator.rule.method, Method::Reported);
        is_in && (!per_cent || value <= all) && (goes_below || value >= Decimal::ZERO)
    }
}
