//! Why something that is needed is not there.

use crate::formula::{Absent, Fault};
use crate::plan::{Plan, Quantity};
use crate::text::{Lang, Text};
use crate::year::Year;

/// Why a value, a bound or points cannot be had.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Absence {
    /// No value of this in that year.
    Value(Quantity, Year),
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
    /// What it is a value of, where that is not the item itself.
    pub name: Option<&'a Text>,
    /// Of which year, where that is not the year assessed.
    pub year: Option<Year>,
}

impl Absent for Absence {
    /// What does not apply stays so, whatever is missing beside it.
    fn is_final(&self) -> bool {
        matches!(self, Self::NotApplicable(_))
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
        let (name, year) = match absence {
            Absence::Value(quantity, of) => {
                let other = plan.measure(quantity).filter(|_| own != Some(quantity));
                (other.map(|measure| measure.name), (of != year).then_some(of))
            }
            Absence::Pending(of) => (None, Some(of)),
            _ => (None, None),
        };
        Self { absence, name, year }
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
