//! What can still be lost during the year before a target is out of reach.

use jiff::civil::Date;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::{Assessment, Item};
use crate::data::Value;
use crate::number::is_kept;
use crate::plan::{Accrual, Compare, Comparison, Relation};
use crate::unit::Unit;

/// What an item has left on a day of its year. It is provisional: the year goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Leeway {
    /// The item, by its index.
    pub item: usize,
    /// How much can still be lost.
    pub left: Left,
    /// What it is reckoned from.
    pub count: LeewayCount,
}

/// How much can still be lost: in the unit of a count, or in days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// So much, perhaps nothing.
    Some(Decimal),
    /// The target can no longer be met.
    OutOfReach,
    /// Whatever comes, it is met.
    Safe,
}

/// What a leeway is reckoned from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LeewayCount {
    /// A count: what may come together in the year, and what has.
    Count {
        /// The most that there may be.
        allowed: Decimal,
        /// What there is.
        counted: Decimal,
    },
    /// A share of days.
    Days {
        /// The days of the year.
        year: i64,
        /// Those that are over, with the day itself.
        elapsed: i64,
        /// How many of the year's may be lost.
        allowed: i64,
        /// How many were, to the nearest whole day.
        lost: i64,
    },
}

impl Assessment<'_> {
    /// What the items have left on a day of the assessed year whose values grow during it; none where
    /// the day is in another year.
    pub fn leeway(&self, day: Date) -> Vec<Leeway> {
        if i32::from(self.year.number()) != i32::from(day.year()) {
            return Vec::new();
        }
        // Of a share that is rounded before it is compared, days do not say where it ends.
        let is_rounded = self.plan.scoring().compare == Compare::Rounded;
        let is_told =
            |item: &Item<'_>| !(is_rounded && item.indicator.accrues == Some(Accrual::ShareOfDays));
        let items = self.items.iter().enumerate().filter(|(_, item)| is_told(item));
        items.filter_map(|(index, item)| item_leeway(index, item, day)).collect()
    }
}

fn item_leeway(index: usize, item: &Item<'_>, day: Date) -> Option<Leeway> {
    let accrual = item.indicator.accrues?;
    let Some(Comparison::One(relation, _)) = item.target?.comparison() else { return None };
    let standing = item.standing.as_ref()?;
    let Some(Value::Number(value)) = item.value else { return None };
    let (left, count) = match accrual {
        Accrual::Count => {
            let bound = standing.most?;
            // What is counted is whole, days too; what is weighed or measured is not.
            let is_whole = match &item.indicator.unit {
                Some(unit) => unit.is_count() || *unit == Unit::new("天"),
                None => value.fract().is_zero() && bound.fract().is_zero(),
            };
            let allowed = match relation {
                Relation::Below if is_whole && bound.fract().is_zero() => bound - Decimal::ONE,
                _ if is_whole => bound.floor(),
                _ => bound,
            };
            let can_be = (!value.is_sign_negative() || value.is_zero())
                && (!is_whole || value.fract().is_zero());
            if !can_be {
                return None;
            }
            let left = allowed.checked_sub(value)?;
            let is_lost = *relation == Relation::Below && !is_whole && left.is_zero();
            let left = if is_lost || left.is_sign_negative() && !left.is_zero() {
                Left::OutOfReach
            } else {
                Left::Some(left)
            };
            (left, LeewayCount::Count { allowed, counted: value })
        }
        Accrual::ShareOfDays => days(*relation, standing.least.or(standing.most)?, value, day)?,
    };
    Some(Leeway { item: index, left, count })
}

/// Of a share of days: how many of those that are left may be lost.
fn days(
    relation: Relation,
    bound: Decimal,
    value: Decimal,
    day: Date,
) -> Option<(Left, LeewayCount)> {
    let (year, elapsed) = (i64::from(day.days_in_year()), i64::from(day.day_of_year()));
    let of_year = part_of(year, bound)?;
    // What is no share leaves nothing to reckon with.
    if !(Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(&value) {
        return None;
    }
    // The days in which the share has it that are wanted, or unwanted.
    let so_far = part_of(elapsed, value)?.round_dp(0).to_i64()?;
    let strict = of_year.fract().is_zero();
    let (allowed, lost) = match relation {
        Relation::AtLeast => (year - of_year.ceil().to_i64()?, elapsed - so_far),
        Relation::Above => (year - of_year.floor().to_i64()? - 1, elapsed - so_far),
        Relation::AtMost => (of_year.floor().to_i64()?, so_far),
        Relation::Below if strict => (of_year.to_i64()? - 1, so_far),
        Relation::Below => (of_year.floor().to_i64()?, so_far),
    };
    let left = match allowed - lost {
        left if left < 0 => Left::OutOfReach,
        left if left >= year - elapsed => Left::Safe,
        left => Left::Some(left.into()),
    };
    Some((left, LeewayCount::Days { year, elapsed, allowed, lost }))
}

/// A share in per cent of some days.
fn part_of(days: i64, per_cent: Decimal) -> Option<Decimal> {
    let part = Decimal::from(days).checked_mul(per_cent)? / Decimal::ONE_HUNDRED;
    is_kept(part).then_some(part)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    /// Reckoned by hand.
    #[test]
    fn a_share_of_days_leaves_so_many() {
        let day = date(2021, 9, 30);
        let left = |relation, bound: i64, value: &str, day| {
            let (left, count) = days(relation, bound.into(), value.parse().unwrap(), day).unwrap();
            let LeewayCount::Days { elapsed, allowed, lost, .. } = count else { panic!() };
            (left, elapsed, allowed, lost)
        };
        // 365 × 90 % = 328.5: 329 good days are needed, 36 may be lost; 273 × 98.9 % ≈ 270.
        let some = |left: i64| Left::Some(left.into());
        assert_eq!(left(Relation::AtLeast, 90, "98.9", day), (some(33), 273, 36, 3));
        // 273 × 85 % ≈ 232: 41 are lost.
        assert_eq!(left(Relation::AtLeast, 90, "85", day), (Left::OutOfReach, 273, 36, 41));
        // On 30 December one day is left, and more than one may be lost.
        let late = date(2021, 12, 30);
        assert_eq!(left(Relation::AtLeast, 90, "98.9", late), (Left::Safe, 364, 36, 4));
        // 366 × 50 % = 183 in a leap year: more than half is 184.
        assert_eq!(left(Relation::Above, 50, "100", date(2024, 6, 30)), (some(182), 182, 182, 0));
        // At most 1 % of 365 days are 3.
        assert_eq!(left(Relation::AtMost, 1, "0", day), (some(3), 273, 3, 0));
        for impossible in ["130", "100.1", "-0.1"] {
            let value = impossible.parse().unwrap();
            for day in [date(2021, 1, 1), day] {
                assert_eq!(days(Relation::AtLeast, 90.into(), value, day), None, "{impossible}");
            }
        }
    }
}
