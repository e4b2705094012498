//! Whether a value meets a comparison, and what that rests on.

use rust_decimal::Decimal;

use crate::data::Value;
use crate::number::{show, show_points};
use crate::plan::{
    Better, Bound, Compare, Comparison, Derived, Indicator, Relation, Rounding, Scoring,
};
use crate::unit::Unit;
use crate::year::Year;

/// How a value stands to its target.
pub(super) struct Verdict<'a> {
    pub(super) met: bool,
    pub(super) near: bool,
    pub(super) basis: Basis<'a>,
    pub(super) lead: Lead,
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
        /// How the bound was worked out, where it is more than that value.
        worked: Option<String>,
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

/// A bound as a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Edge {
    pub(super) number: Decimal,
    /// The year that it is the value of.
    pub(super) of: Option<Year>,
    /// How it was worked out, where it is more than that value.
    pub(super) worked: Option<String>,
}

impl Edge {
    /// A number that is written down.
    fn written(number: Decimal) -> Self {
        Self { number, of: None, worked: None }
    }

    fn is_written(&self) -> bool {
        self.of.is_none() && self.worked.is_none()
    }
}

/// The verdict; none where nothing is asked. A bound that is worked out is given by `edge`.
pub(super) fn judge<'a, A>(
    comparison: &'a Comparison,
    value: &Value,
    edge: impl FnOnce(Derived) -> Result<Edge, A>,
    indicator: &'a Indicator,
    scoring: &Scoring,
) -> Result<Option<Verdict<'a>>, A> {
    Ok(match (comparison, value) {
        (Comparison::One(relation, bound), Value::Number(value) | Value::Progress(value)) => {
            let edge = match *bound {
                Bound::Number(number) => Edge::written(number),
                Bound::Derived(derived) => edge(derived)?,
            };
            Some(against(*relation, *value, edge, indicator, scoring))
        }
        (Comparison::Within(least, most), Value::Number(value) | Value::Progress(value)) => {
            Some(within(*value, *least, *most, indicator, scoring))
        }
        (Comparison::OrBetter { rank: worst, name }, Value::Class(rank)) => {
            let lead = Decimal::from(*worst) - Decimal::from(*rank);
            let class = indicator.class_name(*rank);
            let met = rank <= worst;
            let basis = Basis::Class { class, worst: name, met };
            Some(Verdict::firm(met, basis, Lead { amount: lead, terms: Terms::Places(lead.abs()) }))
        }
        (Comparison::Done, Value::Progress(done)) => {
            let lead = Lead::between(Better::Higher, *done, Decimal::ONE_HUNDRED);
            Some(Verdict::firm(*done == Decimal::ONE_HUNDRED, Basis::Task(*done), lead))
        }
        _ => None,
    })
}

/// By how much a value is better than the nearest edge of what was asked for, negative where it
/// is short of it; and the subtraction that says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Lead {
    pub(super) amount: Decimal,
    pub(super) terms: Terms,
}

/// What a distance is worked out from, put into words only where somebody reads them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Terms {
    /// The larger number and the smaller.
    Difference(Decimal, Decimal),
    /// Places in an order of classes.
    Places(Decimal),
    /// Nothing: the value is where it should be.
    None,
}

impl Terms {
    /// `31.4 − 30`.
    pub(super) fn show(&self) -> String {
        match *self {
            Self::Difference(more, less) => format!("{} − {}", operand(more), operand(less)),
            Self::Places(count) => show(count),
            Self::None => String::new(),
        }
    }
}

impl Lead {
    fn between(better: Better, value: Decimal, bound: Decimal) -> Self {
        let (more, less) = if value > bound { (value, bound) } else { (bound, value) };
        Self { amount: better.lead(value, bound), terms: Terms::Difference(more, less) }
    }

    fn within(value: Decimal, least: Decimal, most: Decimal) -> Self {
        if value > most {
            Self::between(Better::Lower, value, most)
        } else if value < least {
            Self::between(Better::Higher, value, least)
        } else {
            Self { amount: Decimal::ZERO, terms: Terms::None }
        }
    }
}

impl Basis<'_> {
    /// The value that was compared, where it was rounded first.
    pub(super) fn rounded(&self) -> Option<Decimal> {
        match self {
            Self::Number { rounded, .. } | Self::Within { rounded, .. } => *rounded,
            Self::Class { .. } | Self::Task(_) => None,
        }
    }
}

/// A number in a sum: in brackets where it is negative.
pub(super) fn operand(number: Decimal) -> String {
    if number.is_sign_negative() && !number.is_zero() {
        format!("({})", shown(number))
    } else {
        shown(number)
    }
}

/// A number in a sum: one that a division left endless is cut as points are.
pub(super) fn shown(number: Decimal) -> String {
    if is_short(number) { show(number) } else { show_points(number) }
}

/// Whether a number is shown with all its digits.
pub(super) fn is_short(number: Decimal) -> bool {
    number.scale() <= ENDLESS
}

/// A number with more decimals than this was not written so.
const ENDLESS: u32 = 20;

impl<'a> Verdict<'a> {
    /// One that nothing can be near.
    fn firm(met: bool, basis: Basis<'a>, lead: Lead) -> Self {
        Self { met, near: false, basis, lead }
    }
}

fn against<'a>(
    relation: Relation,
    value: Decimal,
    edge: Edge,
    indicator: &Indicator,
    scoring: &Scoring,
) -> Verdict<'a> {
    let bound = edge.number;
    // What is worked out is no written limit: nothing says to how many digits it is meant.
    let rounded = rounded(value, bound.scale(), scoring).filter(|_| edge.is_written());
    let compared = rounded.unwrap_or(value);
    let met = relation.holds(compared, bound);
    let near =
        met && !is_end_of_scale(relation, bound, indicator) && is_near(compared, bound, scoring);
    let lead = Lead::between(relation.better(), compared, bound);
    let relation = if met { relation } else { relation.opposite() };
    let Edge { of, worked, .. } = edge;
    let basis = Basis::Number { value, rounded, relation, bound, of, worked };
    Verdict { met, near, basis, lead }
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
    let lead = Lead::within(compared, least, most);
    Verdict { met, near: met && (near_least || near_most), basis, lead }
}

/// The value at the target's digits, where the plan compares so and that changes it.
fn rounded(value: Decimal, digits: u32, scoring: &Scoring) -> Option<Decimal> {
    let rounding = Rounding { digits, ..scoring.round };
    let rounds = scoring.compare == Compare::Rounded && value.scale() > digits;
    rounds.then(|| rounding.apply(value)).filter(|rounded| *rounded != value)
}

/// Whether a number is all of a whole, or none of it: nothing lies beyond, so what reaches it
/// cannot do better, and is not near missing it.
pub(super) fn is_end_of_scale(relation: Relation, bound: Decimal, indicator: &Indicator) -> bool {
    match relation {
        Relation::AtLeast => is_all(bound, indicator),
        Relation::AtMost => is_none(bound),
        Relation::Above | Relation::Below => false,
    }
}

pub(super) fn is_all(number: Decimal, indicator: &Indicator) -> bool {
    let per_cent = indicator.unit.as_ref().is_some_and(Unit::is_per_cent);
    per_cent && number == Decimal::ONE_HUNDRED
}

pub(super) fn is_none(number: Decimal) -> bool {
    number.is_zero()
}

/// Whether a value is within the warning band of a bound, its edge included.
fn is_near(value: Decimal, bound: Decimal, scoring: &Scoring) -> bool {
    let Some(near) = scoring.near else { return false };
    (value - bound).abs() * Decimal::ONE_HUNDRED <= bound.abs() * near
}
