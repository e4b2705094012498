//! Whether a value meets a comparison, and what that rests on.

use rust_decimal::Decimal;

use crate::data::Value;
use crate::plan::{Bound, Compare, Comparison, Indicator, Relation, Rounding, Scoring};
use crate::unit::Unit;
use crate::year::Year;

/// How a value stands to its target.
pub(super) struct Verdict<'a> {
    pub(super) met: bool,
    pub(super) near: bool,
    pub(super) basis: Basis<'a>,
}

/// What a verdict rests on: the relation between value and bound that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Basis<'a> {
    /// A number against one bound: `31.4 > 30`.
    Number {
        /// The value as it was measured.
        value: Decimal,
        /// The value that was compared, where it was rounded first.
        rounded: Option<Decimal>,
        /// How it stands to the bound.
        relation: Relation,
        /// The bound.
        bound: Decimal,
        /// The year that the bound is the value of.
        of: Option<Year>,
    },
    /// A number between two: `6 ≤ 7.2 ≤ 9`.
    Within {
        /// The value as it was measured.
        value: Decimal,
        /// The value that was compared, where it was rounded first.
        rounded: Option<Decimal>,
        /// The lower end.
        least: Decimal,
        /// The upper end.
        most: Decimal,
    },
    /// A class against the worst that will do.
    Class {
        /// The class that was measured.
        class: &'a str,
        /// The worst that will do.
        worst: &'a str,
        /// Whether it will do.
        met: bool,
    },
    /// How far a task is, in per cent.
    Task(Decimal),
}

/// The verdict; none where the bound is last year's value and that is not there.
pub(super) fn judge<'a>(
    comparison: &'a Comparison,
    value: &'a Value,
    last_year: Option<(Decimal, Year)>,
    indicator: &'a Indicator,
    scoring: &Scoring,
) -> Option<Verdict<'a>> {
    match (comparison, value) {
        (Comparison::One(relation, bound), Value::Number(value)) => {
            let (bound, of) = match *bound {
                Bound::Number(number) => (number, None),
                Bound::LastYear => last_year.map(|(number, year)| (number, Some(year)))?,
            };
            Some(against(*relation, *value, bound, of, indicator, scoring))
        }
        (Comparison::Within(least, most), Value::Number(value)) => {
            Some(within(*value, *least, *most, indicator, scoring))
        }
        (Comparison::OrBetter { rank: worst, name }, Value::Class(rank)) => {
            let met = rank <= worst;
            let class = indicator.class_name(*rank);
            Some(Verdict::firm(met, Basis::Class { class, worst: name, met }))
        }
        (Comparison::Done, Value::Progress(done)) => {
            Some(Verdict::firm(*done == Decimal::ONE_HUNDRED, Basis::Task(*done)))
        }
        _ => None,
    }
}

impl<'a> Verdict<'a> {
    /// One that nothing can be near.
    fn firm(met: bool, basis: Basis<'a>) -> Self {
        Self { met, near: false, basis }
    }
}

fn against<'a>(
    relation: Relation,
    value: Decimal,
    bound: Decimal,
    of: Option<Year>,
    indicator: &Indicator,
    scoring: &Scoring,
) -> Verdict<'a> {
    // Last year's value is no written limit: nothing says to how many digits it is meant.
    let rounded = rounded(value, bound.scale(), scoring).filter(|_| of.is_none());
    let compared = rounded.unwrap_or(value);
    let met = relation.holds(compared, bound);
    let near =
        met && !is_end_of_scale(relation, bound, indicator) && is_near(compared, bound, scoring);
    let relation = if met { relation } else { relation.opposite() };
    let basis = Basis::Number { value, rounded, relation, bound, of };
    Verdict { met, near, basis }
}

fn within<'a>(
    value: Decimal,
    least: Decimal,
    most: Decimal,
    indicator: &Indicator,
    scoring: &Scoring,
) -> Verdict<'a> {
    let rounded = rounded(value, least.scale().max(most.scale()), scoring);
    let compared = rounded.unwrap_or(value);
    let met = (least..=most).contains(&compared);
    let near_least = !is_none(least) && is_near(compared, least, scoring);
    let near_most = !is_all(most, indicator) && is_near(compared, most, scoring);
    let basis = Basis::Within { value, rounded, least, most };
    Verdict { met, near: met && (near_least || near_most), basis }
}

/// The value at the target's digits, where the plan compares so and that changes it.
fn rounded(value: Decimal, digits: u32, scoring: &Scoring) -> Option<Decimal> {
    let rounding = Rounding { digits, ..scoring.round };
    let rounds = scoring.compare == Compare::Rounded && value.scale() > digits;
    rounds.then(|| rounding.apply(value)).filter(|rounded| *rounded != value)
}

/// Whether a number is all of a whole, or none of it: nothing lies beyond, so what reaches it
/// cannot do better, and is not near missing it.
fn is_end_of_scale(relation: Relation, bound: Decimal, indicator: &Indicator) -> bool {
    match relation {
        Relation::AtLeast => is_all(bound, indicator),
        Relation::AtMost => is_none(bound),
        Relation::Above | Relation::Below => false,
    }
}

fn is_all(number: Decimal, indicator: &Indicator) -> bool {
    let per_cent = indicator.unit.as_ref().is_some_and(Unit::is_per_cent);
    per_cent && number == Decimal::ONE_HUNDRED
}

fn is_none(number: Decimal) -> bool {
    number.is_zero()
}

/// Whether a value is within the warning band of a bound, its edge included.
fn is_near(value: Decimal, bound: Decimal, scoring: &Scoring) -> bool {
    let Some(near) = scoring.near else { return false };
    (value - bound).abs() * Decimal::ONE_HUNDRED <= bound.abs() * near
}
