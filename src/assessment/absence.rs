//! Why something that is needed is not there.

use rust_decimal::Decimal;

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
        let (name, needed_for) =
            [self.name, self.needed_for].map(|name| name.map_or("", |name| name.get(lang))).into();
        match lang {
            Lang::Zh => {
                let year = self.year.map(|year| format!("{year}年")).unwrap_or_default();
                let less = if counts { "少于" } else { "低于" };
                format!("{year}{name} {has}，{less}{needed_for}所需的 {least}")
            }
            Lang::En => {
                let when = self.year.map(|year| format!(" for {year}")).unwrap_or_default();
                let less = if counts { "fewer" } else { "less" };
                let needing = self.needed_for.map(|_| format!(" for {needed_for}"));
                let needing = needing.unwrap_or_default();
                format!("{name}{when}: {has}, {less} than the {least} needed{needing}")
            }
        }
    }

    /// As people read it: `no value of effective days for 2020`.
    pub fn text(&self, lang: Lang) -> String {
        let name = self.name.map_or("", |name| name.get(lang));
        let year = self.year.map(|year| year.to_string()).unwrap_or_default();
        let fixed = match (&self.absence, lang) {
            (Absence::Value(..), Lang::Zh) => {
                let year = if year.is_empty() { year } else { format!("{year}年") };
                return format!("缺{name}{year}数据");
            }
            (Absence::Value(..), Lang::En) => {
                let of = if name.is_empty() { "" } else { " of " };
                let when = if year.is_empty() { "" } else { " for " };
                return format!("no value{of}{name}{when}{year}");
            }
            (Absence::TooFew { has, least, .. }, _) => return self.too_few(*has, *least, lang),
            (Absence::NotApplicable(reason), _) => return reason.clone(),
            (Absence::Pending(_), Lang::Zh) => return format!("{year}年目标待定"),
            (Absence::Pending(_), Lang::En) => return format!("the target of {year} is pending"),
            (Absence::NotRanked, Lang::Zh) => "不参与排名",
            (Absence::NotRanked, Lang::En) => "not among the regions that are ranked",
            (Absence::DivisionByZero, Lang::Zh) => "除数为零",
            (Absence::DivisionByZero, Lang::En) => "division by zero",
            (Absence::TooLarge, Lang::Zh) => "数值过大，无法精确计算",
            (Absence::TooLarge, Lang::En) => "a number is too large to be kept exactly",
            (Absence::NoBound, Lang::Zh) => "没有可比的数值",
            (Absence::NoBound, Lang::En) => "there is nothing to compare with",
            (Absence::NotCounted, Lang::Zh) => "所涉项目未计分",
            (Absence::NotCounted, Lang::En) => "what it asks for does not count",
        };
        fixed.to_owned()
    }
}
