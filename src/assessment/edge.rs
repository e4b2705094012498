//! Bounds that are worked out: from last year's value, the base year's, or a later target.

use rust_decimal::Decimal;

use super::absence::Absence;
use super::facts::Facts;
use super::judge::{Edge, operand};
use crate::number::{is_kept, show};
use crate::plan::{Anchor, Bound, Comparison, Derived, Indicator, Quantity, Target};
use crate::year::Year;

/// What a bound is worked out from, and how that is written.
struct Base {
    number: Decimal,
    terms: String,
    /// The year that it is the value of.
    of: Option<Year>,
}

impl Facts<'_> {
    /// The number of a bound that is worked out, for an item given with its index.
    pub(super) fn edge(
        &self,
        derived: Derived,
        index: usize,
        indicator: &Indicator,
    ) -> Result<Edge, Absence> {
        let Derived { from, per_cent, plus } = derived;
        let base = match (from, per_cent) {
            (Anchor::WayTo(year), share) => {
                let share = share.unwrap_or(Decimal::ONE_HUNDRED);
                self.way_to(year, share, index, indicator)?
            }
            (anchor, None) => self.base(anchor, index, indicator)?,
            (anchor, Some(share)) => {
                let Base { number, of, .. } = self.base(anchor, index, indicator)?;
                let terms = format!("{} × {}%", operand(number), show(share));
                Base { number: share_of(number, share)?, terms, of }
            }
        };
        let number = base.number.checked_add(plus);
        let number = number.filter(|number| is_kept(*number)).ok_or(Absence::TooLarge)?;
        if per_cent.is_none() && plus.is_zero() {
            return Ok(Edge { number, of: base.of, worked: None });
        }
        let terms = match plus {
            plus if plus.is_zero() => base.terms,
            plus if plus.is_sign_negative() => format!("{} − {}", base.terms, show(plus.abs())),
            plus => format!("{} + {}", base.terms, show(plus)),
        };
        Ok(Edge { number: number.normalize(), of: None, worked: Some(terms) })
    }

    /// The value or the bound that another is worked out from.
    fn base(&self, anchor: Anchor, index: usize, indicator: &Indicator) -> Result<Base, Absence> {
        let own = Quantity::Item(index);
        let (number, of) = match anchor {
            Anchor::LastYear => {
                let before = self.year().before();
                (self.number(own, before)?, Some(before))
            }
            Anchor::BaseYear => {
                let year = indicator.base_year.ok_or(Absence::NoBound)?;
                (self.number(own, year)?, Some(year))
            }
            Anchor::Target(year) | Anchor::WayTo(year) => {
                (self.later_bound(year, index, indicator)?, None)
            }
        };
        Ok(Base { number, terms: operand(number), of })
    }

    /// A share of the way from the base year's value to the bound of a later year.
    fn way_to(
        &self,
        year: Year,
        share: Decimal,
        index: usize,
        indicator: &Indicator,
    ) -> Result<Base, Absence> {
        let from = self.base(Anchor::BaseYear, index, indicator)?.number;
        let to = self.later_bound(year, index, indicator)?;
        let way = share_of(to - from, share)?;
        let number = from.checked_add(way).ok_or(Absence::TooLarge)?;
        let (from, to) = (operand(from), operand(to));
        let terms = format!("{from} + ({to} − {from}) × {}%", show(share));
        Ok(Base { number, terms, of: None })
    }

    /// The bound of the target of a later year, which may refer to one later still.
    fn later_bound(
        &self,
        year: Year,
        index: usize,
        indicator: &Indicator,
    ) -> Result<Decimal, Absence> {
        match indicator.target(year).and_then(Target::comparison) {
            Some(Comparison::One(_, Bound::Number(number))) => Ok(*number),
            Some(Comparison::One(_, Bound::Derived(derived))) => {
                Ok(self.edge(*derived, index, indicator)?.number)
            }
            _ => Err(Absence::Pending(year)),
        }
    }
}

fn share_of(number: Decimal, per_cent: Decimal) -> Result<Decimal, Absence> {
    let hundredfold = number.checked_mul(per_cent).ok_or(Absence::TooLarge)?;
    Ok(hundredfold / Decimal::ONE_HUNDRED)
}
