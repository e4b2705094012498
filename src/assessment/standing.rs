//! Where a value stands against what was asked of it, for pictures.

use rust_decimal::Decimal;

use super::judge::{Basis, Verdict, is_all, is_end_of_scale, is_none};
use crate::plan::{Better, Indicator};

/// A number and the ends of what would do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Standing {
    /// The value as it was compared: where the plan compares rounded values, the rounded one.
    pub value: Decimal,
    /// The least that would do, if anything is too little.
    pub least: Option<Decimal>,
    /// The most that would do, if anything is too much.
    pub most: Option<Decimal>,
    /// Up to where a value is near missing the least; none where nothing is.
    pub near_least: Option<Decimal>,
    /// From where a value is near missing the most, likewise.
    pub near_most: Option<Decimal>,
}

impl Standing {
    /// None where no number was compared. `near` is the warning band, in per cent of an end.
    pub(super) fn of(
        verdict: &Verdict<'_>,
        indicator: &Indicator,
        near: Option<Decimal>,
    ) -> Option<Self> {
        let width =
            |end: Decimal| end.abs().checked_mul(near?).map(|all| all / Decimal::ONE_HUNDRED);
        let above = |end: Decimal| end.checked_add(width(end)?);
        let below = |end: Decimal| end.checked_sub(width(end)?);
        match verdict.basis {
            Basis::Number { value, rounded, relation, bound, .. } => {
                // What is said is the relation that holds, not the one that was asked for.
                let asked = if verdict.met { relation } else { relation.opposite() };
                let has_band = !is_end_of_scale(asked, bound, indicator);
                let value = rounded.unwrap_or(value);
                let (near_least, near_most) = (above(bound), below(bound));
                Some(match asked.better() {
                    Better::Higher => Self {
                        value,
                        least: Some(bound),
                        most: None,
                        near_least: near_least.filter(|_| has_band),
                        near_most: None,
                    },
                    Better::Lower => Self {
                        value,
                        least: None,
                        most: Some(bound),
                        near_least: None,
                        near_most: near_most.filter(|_| has_band),
                    },
                })
            }
            Basis::Within { value, rounded, least, most } => Some(Self {
                value: rounded.unwrap_or(value),
                least: Some(least),
                most: Some(most),
                near_least: above(least).filter(|_| !is_none(least)),
                near_most: below(most).filter(|_| !is_all(most, indicator)),
            }),
            Basis::Class { .. } | Basis::Task(_) => None,
        }
    }

    /// The bands within which a met value is near missing its target, each from its lower end.
    pub fn warning_bands(&self) -> impl Iterator<Item = (Decimal, Decimal)> + use<> {
        self.least.zip(self.near_least).into_iter().chain(self.near_most.zip(self.most))
    }
}

/// The places of scores, the best being 1: equal scores share a place, and the places that they
/// take up are left out behind them. What has no score has no place.
pub fn places(scores: &[Option<Decimal>]) -> Vec<Option<usize>> {
    let mut falling: Vec<Decimal> = scores.iter().copied().flatten().collect();
    falling.sort_unstable_by(|one, other| other.cmp(one));
    let better = |score| falling.partition_point(|other| *other > score);
    scores.iter().map(|score| score.map(|score| better(score) + 1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_scores_share_a_place() {
        let scores = [Some(90), None, Some(95), Some(90), Some(80)];
        let scores = scores.map(|score| score.map(Decimal::from));
        assert_eq!(places(&scores), [Some(2), None, Some(1), Some(2), Some(4)]);
    }
}
