//! Measured values: reading them, and finding the one of a region, a year and an indicator.

mod cell;
mod csv;
mod header;
mod record;
mod row;
#[allow(dead_code, reason = "the reader of data files is to call it")]
mod workbook;

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use self::csv::Position;
use crate::diagnostic::{Diagnostic, Findings};
use crate::number;
use crate::plan::{Measure, Plan, Quantity};
use crate::source::{Place, Source};
use crate::spelling::fold;
use crate::text::Lang;
use crate::unit::Unit;
use crate::year::Year;

/// All values that were measured, by region, year and indicator.
#[derive(Debug)]
pub struct Measurements<'a> {
    plan: &'a Plan,
    /// By their folded names.
    regions: BTreeMap<String, Region>,
}

/// The values of one region.
#[derive(Clone, Debug, Default)]
pub struct Region {
    name: String,
    values: BTreeMap<(Year, Quantity), Measured>,
    absent: BTreeMap<(Year, Quantity), Vec<Origin>>,
}

/// A measured value (实测值) and where it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Measured {
    /// The value.
    pub value: Value,
    /// The unit that came with it, for an indicator whose unit the plan does not say.
    pub unit: Option<String>,
    /// The rows that give it: several where they agree.
    pub origins: Vec<Origin>,
}

/// A value, checked against what its indicator takes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Value {
    /// A number in the indicator's unit.
    Number(Decimal),
    /// The place in the order of the indicator's classes, 0 being the best.
    Class(usize),
    /// How far a task is, 0 to 100 per cent; at 100 it is done.
    Progress(Decimal),
    /// The indicator does not apply (不适用), for this reason.
    NotApplicable(String),
}

/// A row of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Origin {
    /// The file, by its place in the order of reading, from 0.
    pub file: usize,
    /// Its line there, from 1.
    pub line: usize,
    /// Where the row says that the value is from (来源).
    pub source: Option<String>,
    /// What the row says about it (备注).
    pub note: Option<String>,
    position: Position,
}

impl<'a> Measurements<'a> {
    /// No values at all, for a plan.
    pub fn none(plan: &'a Plan) -> Self {
        Self { plan, regions: BTreeMap::new() }
    }

    /// The plan that they were read for.
    pub fn plan(&self) -> &'a Plan {
        self.plan
    }

    /// The regions that have values, in the order of their names.
    pub fn regions(&self) -> impl Iterator<Item = &Region> {
        self.regions.values()
    }

    /// The region of a name, however that is spelled.
    pub fn region(&self, name: &str) -> Option<&Region> {
        self.regions.get(&fold(name))
    }
}

impl Region {
    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The value of an indicator or an input.
    pub fn get(&self, year: Year, quantity: Quantity) -> Option<&Measured> {
        self.values.get(&(year, quantity))
    }

    /// The rows that say that there is no value of it.
    pub fn absent(&self, year: Year, quantity: Quantity) -> &[Origin] {
        self.absent.get(&(year, quantity)).map_or(&[], Vec::as_slice)
    }

    /// Whether it has any value of a year.
    pub fn has_values_of(&self, year: Year) -> bool {
        let all = (year, Quantity::Item(0))..=(year, Quantity::Input(usize::MAX));
        self.values.range(all).next().is_some()
    }
}

impl Measured {
    /// Takes over another row that gives the same value; so that the order of rows makes no
    /// difference, of `28` and `28.0` the longer is kept, and every reason.
    fn merge(&mut self, other: Self) {
        match (&mut self.value, other.value) {
            (Value::Number(own), Value::Number(more))
            | (Value::Progress(own), Value::Progress(more))
                if more.scale() > own.scale() =>
            {
                *own = more;
            }
            (Value::NotApplicable(own), Value::NotApplicable(more)) if *own != more => {
                let mut reasons: Vec<&str> =
                    own.split(REASONS).chain(more.split(REASONS)).collect();
                reasons.sort_unstable();
                reasons.dedup();
                *own = reasons.join(REASONS);
            }
            _ => {}
        }
        self.unit = self.unit.take().into_iter().chain(other.unit).min();
        self.origins.extend(other.origins);
    }
}

/// Between the reasons of several rows.
const REASONS: &str = "; ";

impl Value {
    /// Reads one value, as a cell of a file holds it.
    ///
    /// # Errors
    ///
    /// Why the quantity takes no such value, and what to write.
    pub fn read(text: &str, measure: Measure<'_>) -> Result<Self, String> {
        let cell = cell::read(text, None, measure);
        match cell.map_err(|error| format!("{}: {}", error.message, error.help))? {
            cell::Cell::Value(value) => Ok(value),
            cell::Cell::Missing | cell::Cell::NotApplicable => {
                Err(format!("`{text}` is no value that could be scored"))
            }
        }
    }

    /// Whether two rows say the same, whatever reason each gives.
    fn agrees_with(&self, other: &Self) -> bool {
        self == other || matches!((self, other), (Self::NotApplicable(_), Self::NotApplicable(_)))
    }

    /// The number that it counts as: of a task its progress; of a class its place, below zero, so
    /// that a worse one is less. None where it does not apply.
    pub fn number(&self) -> Option<Decimal> {
        match self {
            Self::Number(number) | Self::Progress(number) => Some(*number),
            Self::Class(rank) => Some(-Decimal::from(*rank)),
            Self::NotApplicable(_) => None,
        }
    }

    /// As people read it, without its unit.
    pub fn show(&self, measure: Measure<'_>, lang: Lang) -> String {
        match (self, lang) {
            (Self::Number(number), _) => number::show(*number),
            (Self::Class(rank), _) => measure.class_name(*rank).to_owned(),
            (Self::Progress(done), _) => progress_word(*done, lang)
                .map_or_else(|| format!("{}%", number::show(*done)), str::to_owned),
            (Self::NotApplicable(_), Lang::Zh) => "不适用".to_owned(),
            (Self::NotApplicable(_), Lang::En) => "not applicable".to_owned(),
        }
    }
}

/// The word for a task that is done or not begun; none for one on its way.
pub(crate) fn progress_word(done: Decimal, lang: Lang) -> Option<&'static str> {
    match lang {
        Lang::Zh if done == Decimal::ONE_HUNDRED => Some("完成"),
        Lang::En if done == Decimal::ONE_HUNDRED => Some("done"),
        Lang::Zh if done.is_zero() => Some("未完成"),
        Lang::En if done.is_zero() => Some("not done"),
        Lang::Zh | Lang::En => None,
    }
}

/// Reads files of measured values, one after the other, against a plan.
pub struct Reader<'a> {
    plan: &'a Plan,
    year: Option<Year>,
    read: Measurements<'a>,
    sources: Vec<Source>,
    /// The unit of a quantity whose unit the plan does not say, and the file and the place that
    /// it is from.
    units: BTreeMap<Quantity, (Unit, usize, Position)>,
    /// By file, how many rows are from before any year that is read, and the first of them.
    early: BTreeMap<usize, (usize, Year, Place)>,
    found: Vec<Diagnostic>,
}

impl<'a> Reader<'a> {
    /// A reader for the values of a plan. A row that says no year is of the year given here.
    pub fn new(plan: &'a Plan, year: Option<Year>) -> Self {
        Self {
            plan,
            year,
            read: Measurements::none(plan),
            sources: Vec::new(),
            units: BTreeMap::new(),
            early: BTreeMap::new(),
            found: Vec::new(),
        }
    }

    /// Reads one more file and says how many rows it has. Its faults are kept, and the other rows
    /// are read all the same.
    pub fn read(&mut self, name: &str, bytes: &[u8]) -> usize {
        let file = self.sources.len();
        match csv::decode(name, bytes) {
            Ok(source) => {
                self.sources.push(source.clone());
                self.read_rows(file, &source)
            }
            Err(fault) => {
                self.sources.push(Source::new(name, ""));
                self.found.push(fault);
                0
            }
        }
    }

    /// The values, and what is to be said of the files that they are from.
    ///
    /// # Errors
    ///
    /// Every finding, where one of them is an error.
    pub fn finish(self) -> Result<(Measurements<'a>, Findings), Findings> {
        let found = Findings::sorted(self.found);
        if found.has_errors() { Err(found) } else { Ok((self.read, found)) }
    }
}
