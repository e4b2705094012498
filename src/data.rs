//! Measured values: reading them, and finding the one of a region, a year and an indicator.

mod cell;
mod column;
mod csv;
mod encoding;
mod header;
mod held;
mod input;
mod kind;
mod lane;
mod measured;
mod names;
mod record;
mod row;
mod status;
mod strip;
mod table;
mod title;
mod workbook;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use rust_decimal::Decimal;

pub use self::encoding::{Encoding, UnknownEncoding};
use self::held::{Held, Key, Numbers};
pub use self::input::{Input, ReadAs};
use self::measured::Aside;
pub use self::measured::{Measured, Origin};
use self::names::Names;
pub use self::status::Status;
use self::table::Unknown;
use crate::catalogue::Catalogue;
use crate::diagnostic::{Diagnostic, Findings, Level};
use crate::number::{self, Short};
use crate::plan::{Measure, Plan, Quantity};
use crate::source::Place;
use crate::spelling::{fold_name, one_line};
use crate::text::Lang;
use crate::unit::Unit;
use crate::year::Year;

/// All values that were measured, by region, year and indicator.
#[derive(Debug)]
pub struct Measurements<'a> {
    plan: &'a Plan,
    /// By their folded names, in the order of these.
    regions: IndexMap<String, Region>,
}

/// The values of one region.
#[derive(Clone, Debug)]
pub struct Region {
    name: String,
    values: Held,
    absent: BTreeMap<(Year, Quantity), Vec<Origin>>,
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

impl<'a> Measurements<'a> {
    /// No values at all, for a plan.
    pub fn none(plan: &'a Plan) -> Self {
        Self { plan, regions: IndexMap::new() }
    }

    /// Takes a value for what it was not measured as, to see what would come of it; it goes before
    /// what was read. `file` and `line` say where it is supposed.
    pub fn suppose(
        &mut self,
        (region, year, quantity): (&str, Year, Quantity),
        value: Value,
        (file, line): (usize, usize),
    ) {
        let origin = Origin::new(file, line, Aside::default());
        let supposed = Measured::new(value, origin).with(None, Status::Verified);
        let own = self.regions.entry(fold_name(region));
        let own = own.or_insert_with(|| Region::of(self.plan, None));
        if own.name.is_empty() {
            region.clone_into(&mut own.name);
        }
        own.absent.remove(&(year, quantity));
        if let Err((read, supposed)) = own.values.add(Key::new(year, quantity), supposed) {
            *read = supposed;
        }
        self.regions.sort_unstable_keys();
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
        self.regions.get(&fold_name(name))
    }
}

impl Region {
    /// One without values and without a name, likely to get as many values as another.
    fn of(plan: &Plan, like: Option<&Self>) -> Self {
        let values = Held::new(plan, like.map(|like| &like.values));
        Self { name: String::new(), values, absent: BTreeMap::new() }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The value of an indicator or an input.
    pub fn get(&self, year: Year, quantity: Quantity) -> Option<Cow<'_, Measured>> {
        self.values.get(year, quantity)
    }

    /// Reads the numbers of a year one after the other: of an indicator or an input, of a task its
    /// progress, if there is a value; none where it is no number, or too long.
    pub(crate) fn numbers(&self, year: Year) -> impl FnMut(Quantity) -> Option<Option<Short>> {
        let mut numbers = Numbers::of(&self.values);
        move |quantity| numbers.get(Key::new(year, quantity))
    }

    /// The value of an indicator or an input that was both self-checked and verified.
    pub fn verified(&self, year: Year, quantity: Quantity) -> Option<&Measured> {
        let measured = self.values.other(Key::new(year, quantity));
        measured.filter(|measured| measured.self_checked().is_some())
    }

    /// Those of a year, in the plan's order.
    pub fn verified_of(&self, year: Year) -> impl Iterator<Item = Quantity> {
        let others = self.values.others_of_year(year);
        let verified = others.filter(|(_, measured)| measured.self_checked().is_some());
        verified.map(|(quantity, _)| quantity)
    }

    /// The rows that say that there is no value of it.
    pub fn absent(&self, year: Year, quantity: Quantity) -> &[Origin] {
        self.absent.get(&(year, quantity)).map_or(&[], Vec::as_slice)
    }

    /// The last year of which it has a value.
    pub fn latest_year(&self) -> Option<Year> {
        self.values.latest_year()
    }

    /// Whether it has any value of a year.
    pub fn has_values_of(&self, year: Year) -> bool {
        self.values.has_year(year)
    }
}

impl Value {
    /// Reads one value, as a cell of a file holds it.
    ///
    /// # Errors
    ///
    /// Why the quantity takes no such value, and what to write.
    pub fn read(text: &str, measure: Measure<'_>) -> Result<Self, String> {
        let cell = cell::read(text, None, false, measure);
        match cell.map_err(|error| format!("{}: {}", error.message, error.help))? {
            cell::Cell::Value { value, .. } => Ok(value),
            cell::Cell::Missing | cell::Cell::NotApplicable { .. } => {
                Err(format!("`{text}` is no value that could be scored"))
            }
        }
    }

    /// Whether two rows say the same, whatever reason each gives.
    pub(crate) fn agrees_with(&self, other: &Self) -> bool {
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
        match self {
            Self::Number(number) => number::show(*number),
            Self::Class(rank) => measure.class_name(*rank).to_owned(),
            Self::Progress(done) => progress_word(*done, lang)
                .map_or_else(|| format!("{}%", number::show(*done)), str::to_owned),
            Self::NotApplicable(_) => Catalogue::of(lang).word("state_not_applicable").to_owned(),
        }
    }
}

/// The word for a task that is done or not begun; none for one on its way.
pub(crate) fn progress_word(done: Decimal, lang: Lang) -> Option<&'static str> {
    let word = if done.is_zero() {
        "progress_none"
    } else if done == Decimal::ONE_HUNDRED {
        "progress_done"
    } else {
        return None;
    };
    Some(Catalogue::of(lang).word(word))
}

/// How files of measured values are read, where their own bytes do not say it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// The year of rows that say none.
    pub year: Option<Year>,
    /// The encoding of text files; by default each file's own.
    pub encoding: Option<Encoding>,
    /// What separates the cells of text files; by default what makes a header of the first rows.
    pub delimiter: Option<u8>,
    /// Whether what the plan does not have is left out, not refused.
    pub ignore_unknown: bool,
    /// On how many threads rows are told apart; with 0 and 1, on the reader's own. What is read is the
    /// same.
    pub threads: usize,
}

/// Reads files of measured values, one after the other, against a plan.
pub struct Reader<'a> {
    plan: &'a Plan,
    options: Options,
    read: Measurements<'a>,
    /// The names of the files and sheets that were read.
    tables: Vec<String>,
    /// What the names in their rows stand for.
    names: Names<'a>,
    /// The unit of a quantity whose unit the plan does not say, and where it was first said.
    units: BTreeMap<Quantity, (Unit, Origin)>,
    /// By file, how many values are from before any year that is read, and the first of them.
    early: BTreeMap<usize, (usize, Year, Place)>,
    /// Names of the table being read that nothing is known by.
    unknown: Unknown,
    /// How often one of these was met.
    unknown_times: usize,
    /// What has two values; that is said once.
    twice: BTreeSet<(String, Year, Quantity)>,
    /// What of the table being read is left out because the plan does not have it.
    ignored: Vec<String>,
    /// How many errors there are in the table being read.
    errors: usize,
    /// How many warnings of each kind there are in it.
    warnings: BTreeMap<&'static str, usize>,
    /// The first year of which the plan looks at values.
    earliest: Year,
    found: Vec<Diagnostic>,
}

/// So many warnings of one kind are kept of a table.
const MOST_WARNINGS: usize = 200;

/// After this many errors a table is not read on.
const MOST_ERRORS: usize = 1000;

impl<'a> Reader<'a> {
    /// A reader for the values of a plan.
    pub fn new(plan: &'a Plan, options: Options) -> Self {
        Self {
            plan,
            options,
            read: Measurements::none(plan),
            tables: Vec::new(),
            names: Names::new(plan),
            units: BTreeMap::new(),
            early: BTreeMap::new(),
            unknown: Unknown::new(),
            unknown_times: 0,
            twice: BTreeSet::new(),
            ignored: Vec::new(),
            errors: 0,
            warnings: BTreeMap::new(),
            earliest: plan.earliest_year(),
            found: Vec::new(),
        }
    }

    /// The values, and what is to be said of the files that they are from.
    ///
    /// # Errors
    ///
    /// Every finding, where one of them is an error.
    pub fn finish(mut self) -> Result<(Measurements<'a>, Findings), Findings> {
        let found = Findings::sorted(self.found);
        self.read.regions.sort_unstable_keys();
        self.read.regions.values_mut().for_each(|region| region.values.close());
        if found.has_errors() { Err(found) } else { Ok((self.read, found)) }
    }

    /// Keeps a finding; of warnings of one kind the first of a table, for there may be one a row.
    fn find(&mut self, finding: Diagnostic) {
        match finding.level {
            Level::Error => self.errors += 1,
            Level::Note | Level::Warning => {
                let count = self.warnings.entry(finding.code).or_default();
                *count += 1;
                if *count > MOST_WARNINGS {
                    return;
                }
            }
        }
        self.found.push(finding);
    }

    /// How much there was to say of the table being read, also what is not kept.
    fn count_found(&self) -> usize {
        self.errors + self.warnings.values().sum::<usize>() + self.unknown_times
    }

    /// Says how many warnings of a table are not kept.
    fn say_unkept(&mut self, name: &str) {
        for (code, count) in std::mem::take(&mut self.warnings) {
            if count > MOST_WARNINGS {
                let more = count - MOST_WARNINGS;
                let message = format!("`{name}` has {more} more warnings of this kind");
                self.found.push(Diagnostic::warning(code, message));
            }
        }
    }

    fn gave_up(&self) -> bool {
        self.errors >= MOST_ERRORS
    }

    /// Whether a name was said to be unknown; then it is counted.
    fn is_said(&mut self, what: &'static str, name: &str) -> bool {
        let said = self.unknown.get_mut(&(what, one_line(name)));
        let is_said = said.map(|(count, _)| *count += 1).is_some();
        self.unknown_times += usize::from(is_said);
        is_said
    }

    /// Keeps what is to be said of a name that nothing is known by.
    fn say_once(&mut self, what: &'static str, name: &str, fault: Diagnostic) {
        self.unknown.insert((what, one_line(name)), (1, fault));
        self.unknown_times += 1;
    }

    /// Says which names of a table are not known, or that they are left out.
    fn say_unknown(&mut self) {
        for ((what, name), (count, mut fault)) in std::mem::take(&mut self.unknown) {
            let times = if count == 1 { String::new() } else { format!(" ({count} times)") };
            if self.options.ignore_unknown {
                self.ignored.push(format!("the {what} `{name}`{times}"));
            } else {
                fault.message += &times;
                self.find(fault);
            }
        }
    }
}
