//! The regions that an item is ranked among.

use std::sync::{Arc, OnceLock};

use rust_decimal::Decimal;

use super::absence::Absence;
use super::facts::Facts;
use crate::plan::{Better, Plan, Quantity, Rank, RankTies};
use crate::spelling::fold_name;

/// The values that are ranked.
#[derive(Debug)]
pub(super) struct Field {
    /// The least first.
    values: Vec<Decimal>,
    /// The same, each once.
    distinct: Vec<Decimal>,
    /// Whether a region lacks its value.
    pub(super) is_open: bool,
}

/// The fields of a plan's items, each gathered once for all regions.
#[derive(Debug)]
pub(super) struct Fields(Vec<OnceLock<Arc<Field>>>);

impl Fields {
    /// None is gathered yet.
    pub(super) fn new(plan: &Plan) -> Self {
        Self(plan.indicators().iter().map(|_| OnceLock::new()).collect())
    }
}

impl Field {
    fn of(mut values: Vec<Decimal>, is_open: bool) -> Self {
        values.sort();
        let mut distinct = values.clone();
        distinct.dedup();
        Self { values, distinct, is_open }
    }

    /// How many values there are.
    pub(super) fn len(&self) -> usize {
        self.values.len()
    }

    /// How many places there are, where those that are equal have one.
    pub(super) fn places(&self, ties: RankTies) -> usize {
        match ties {
            RankTies::Dense => self.distinct.len(),
            RankTies::Skip | RankTies::Mean => self.values.len(),
        }
    }

    /// The least value and the largest.
    pub(super) fn ends(&self) -> Option<(Decimal, Decimal)> {
        self.values.first().copied().zip(self.values.last().copied())
    }

    /// The place of one of the values.
    pub(super) fn place(&self, own: Decimal, better: Better, ties: RankTies) -> Decimal {
        let first = Decimal::from(ahead(&self.values, own, better) + 1);
        match ties {
            RankTies::Skip => first,
            RankTies::Dense => Decimal::from(ahead(&self.distinct, own, better) + 1),
            RankTies::Mean => {
                let less = self.values.partition_point(|value| *value < own);
                let equal = self.values.partition_point(|value| *value <= own) - less;
                first + Decimal::from(equal.saturating_sub(1)) / Decimal::TWO
            }
        }
    }
}

/// How many of some values, the least first, are better than one.
fn ahead(values: &[Decimal], own: Decimal, better: Better) -> usize {
    match better {
        Better::Higher => values.len() - values.partition_point(|value| *value <= own),
        Better::Lower => values.partition_point(|value| *value < own),
    }
}

impl Facts<'_> {
    /// The values of an item in the regions that are ranked; this one's own is among them.
    pub(super) fn field(&self, index: usize, rank: &Rank) -> Result<Arc<Field>, Absence> {
        if !is_ranked(rank, self.region()) {
            return Err(Absence::NotRanked);
        }
        let own = self.number(Quantity::Item(index), self.year())?;
        let gather = || Arc::new(self.gather(own, index, rank));
        let known = self.shared_fields().and_then(|Fields(fields)| fields.get(index));
        Ok(known.map_or_else(gather, |known| Arc::clone(known.get_or_init(gather))))
    }

    fn gather(&self, own: Decimal, index: usize, rank: &Rank) -> Field {
        let (mut values, mut is_open) = (vec![own], false);
        for region in self.regions().filter(|region| !self.is_own(region)) {
            if !is_ranked(rank, region.name()) {
                continue;
            }
            match self.elsewhere(region).number(Quantity::Item(index), self.year()) {
                Ok(value) => values.push(value),
                // Who has no value yet may still come before or behind this region.
                Err(Absence::Value(..) | Absence::TooFew { .. }) => {
                    is_open |= region.has_values_of(self.year());
                }
                Err(_) => {}
            }
        }
        Field::of(values, is_open)
    }
}

/// Whether a region is one of those that are ranked.
fn is_ranked(rank: &Rank, region: &str) -> bool {
    if rank.among.is_empty() && rank.except.is_empty() {
        return true;
    }
    let region = fold_name(region);
    let is_named = |names: &[String]| names.iter().any(|name| fold_name(name) == region);
    (rank.among.is_empty() || is_named(&rank.among)) && !is_named(&rank.except)
}
