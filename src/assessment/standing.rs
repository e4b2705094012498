//! Where a value stands against what was asked of it, for pictures.

use rust_decimal::Decimal;

use super::judge::Basis;
use crate::plan::Better;

/// A number and the ends of what would do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Standing {
    /// The value.
    pub value: Decimal,
    /// The least that would do, if anything is too little.
    pub least: Option<Decimal>,
    /// The most that would do, if anything is too much.
    pub most: Option<Decimal>,
    /// How near to an end a value is near missing it, in per cent of the end.
    pub near: Option<Decimal>,
}

impl Standing {
    /// None where no number was compared.
    pub(super) fn of(basis: &Basis<'_>, met: bool, near: Option<Decimal>) -> Option<Self> {
        match *basis {
            Basis::Number { value, relation, bound, .. } => {
                // What is said is the relation that holds, not the one that was asked for.
                let asked = if met { relation } else { relation.opposite() };
                let (least, most) = match asked.better() {
                    Better::Higher => (Some(bound), None),
                    Better::Lower => (None, Some(bound)),
                };
                Some(Self { value, least, most, near })
            }
            Basis::Within { value, least, most, .. } => {
                Some(Self { value, least: Some(least), most: Some(most), near })
            }
            Basis::Class { .. } | Basis::Task(_) => None,
        }
    }

    /// The bands within which a met value is near missing its target, each from its lower end.
    pub fn warning_bands(&self) -> Vec<(Decimal, Decimal)> {
        let Some(near) = self.near else { return Vec::new() };
        let width =
            |end: Decimal| end.abs().checked_mul(near).map(|all| all / Decimal::ONE_HUNDRED);
        let above = self.least.and_then(|end| Some((end, end.checked_add(width(end)?)?)));
        let below = self.most.and_then(|end| Some((end.checked_sub(width(end)?)?, end)));
        above.into_iter().chain(below).collect()
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
