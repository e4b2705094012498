//! Why something that is needed is not there.

use rust_decimal::Decimal;

use crate::catalogue::Catalogue;
use crate::formula::{Absent, Fault, Finality};
use crate::number::show_points;
use crate::plan::{Plan, Quantity};
use crate::text::{Lang, Text};
use crate::unit::Unit;
use crate::year::Year;

/// Why a value, a bound or points cannot be had.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Absence {
    /// No value of this in that year.
    Value(Quantity, Year),
    /// There is a value, and too little beside it for it to be assessable.
    TooFew {
        /// What it is a value of.
        of: Quantity,
        /// Of which year that is.
        year: Year,
        /// What there is too little of.
        needed: Quantity,
        /// How much there is.
        has: Decimal,
        /// How much is needed.
        least: Decimal,
    },
    /// It does not apply, for this reason.
    NotApplicable(String),
    /// The target of that year has no number yet.
    Pending(Year),
    /// The region is none of those that are ranked.
    NotRanked,
    /// Something is divided by zero.
    DivisionByZero,
    /// A number grows beyond what can be kept.
    TooLarge,
    /// There is no bound or no base year to work with.
    NoBound,
    /// What a condition asks for does not count.
    NotCounted,
}

/// An absence, with the names that it takes to tell of it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Lack<'a> {
    /// What is not there.
    pub absence: Absence,
    /// What is not there, or too little of it; none where that is the item's own value.
    pub name: Option<&'a Text>,
    /// Where there is too little of something: what needs it, where that is not the item itself.
    pub needed_for: Option<&'a Text>,
    /// And the unit that its numbers are in.
    pub unit: Option<&'a Unit>,
    /// Of which year, where that is not the year assessed.
    pub year: Option<Year>,
}

impl Absent for Absence {
    /// What does not apply stays so, whatever is missing beside it, or cannot be assessed; and what
    /// cannot be assessed is no better for a value that still comes beside it.
    fn finality(&self) -> Finality {
        match self {
            Self::NotApplicable(_) => Finality::Final,
            Self::TooFew { .. } => Finality::Unusable,
            _ => Finality::Open,
        }
    }
}

impl Absence {
    /// Why a formula has no value.
    pub(super) fn of_fault(fault: Fault<Self>) -> Self {
        match fault {
            Fault::Absent(absence) => absence,
            Fault::DivisionByZero => Self::DivisionByZero,
            Fault::TooLarge | Fault::OtherKind => Self::TooLarge,
        }
    }
}

impl<'a> Lack<'a> {
    /// Names what an item lacks in a year; a condition has no item of its own.
    pub(super) fn new(absence: Absence, plan: &'a Plan, own: Option<Quantity>, year: Year) -> Self {
        let measure = |quantity: Quantity| plan.measure(quantity);
        let other =
            |of: Quantity| measure(of).filter(|_| own != Some(of)).map(|measure| measure.name);
        let elsewhen = |of: Year| (of != year).then_some(of);
        let (name, year) = match absence {
            Absence::Value(quantity, of) => (other(quantity), elsewhen(of)),
            Absence::TooFew { needed, year: of, .. } => {
                (measure(needed).map(|measure| measure.name), elsewhen(of))
            }
            Absence::Pending(of) => (None, Some(of)),
            _ => (None, None),
        };
        let (needed_for, unit) = match absence {
            Absence::TooFew { of, needed, .. } => {
                (other(of), measure(needed).and_then(|measure| measure.unit))
            }
            _ => (None, None),
        };
        Self { absence, name, needed_for, unit, year }
    }

    /// `valid days: 310, fewer than the 324 needed`.
    fn too_few(&self, has: Decimal, least: Decimal, lang: Lang) -> String {
        let counts = self.unit.is_some_and(Unit::is_count);
        let shown = |number| match self.unit.filter(|_| !counts) {
            Some(unit) => unit.behind(&show_points(number)),
            None => show_points(number),
        };
        let (has, least) = (shown(has), shown(least));
        let catalogue = Catalogue::of(lang);
        let name = self.name.map_or("", |name| name.get(lang));
        let what = self.year.map_or_else(
            || name.to_owned(),
            |year| catalogue.say("lack_name_for", &[("name", &name), ("year", &year)]),
        );
        let needed = match self.needed_for {
            Some(name) => {
                let name = name.get(lang);
                catalogue.say("lack_needed_for", &[("least", &least), ("name", &name)])
            }
            None => catalogue.say("lack_needed", &[("least", &least)]),
        };
        let id = if counts { "lack_fewer" } else { "lack_less" };
        catalogue.say(id, &[("what", &what), ("has", &has), ("needed", &needed)])
    }

    /// As people read it: `no value of effective days for 2020`.
    pub fn text(&self, lang: Lang) -> String {
        let catalogue = Catalogue::of(lang);
        let name = self.name.map(|name| name.get(lang));
        let word = match &self.absence {
            Absence::Value(..) => match (&name, &self.year) {
                (None, None) => "lack_value",
                (Some(name), None) => return catalogue.say("lack_value_of", &[("name", name)]),
                (None, Some(year)) => return catalogue.say("lack_value_for", &[("year", year)]),
                (Some(name), Some(year)) => {
                    return catalogue.say("lack_value_of_for", &[("name", name), ("year", year)]);
                }
            },
            Absence::TooFew { has, least, .. } => return self.too_few(*has, *least, lang),
            Absence::NotApplicable(reason) => return reason.clone(),
            Absence::Pending(year) => return catalogue.say("lack_target", &[("year", year)]),
            Absence::NotRanked => "sum_not_ranked",
            Absence::DivisionByZero => "lack_divisor",
            Absence::TooLarge => "lack_digits",
            Absence::NoBound => "lack_bound",
            Absence::NotCounted => "lack_count",
        };
        catalogue.word(word).to_owned()
    }
}
