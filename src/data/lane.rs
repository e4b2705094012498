//! The short way of the rows that large files are full of: a region, a year and an indicator that
//! another row of the table has named before, and a plain number. What is not plainly sound goes the
//! long way, which alone knows what there is to say of it: the two never differ in what they take.

use std::collections::HashMap;

use rust_decimal::Decimal;

use super::column::Key;
use super::csv::Record;
use super::measured::Aside;
use super::row::Row;
use super::table::Table;
use super::{Measured, Origin, Reader, Value};
use crate::formula::Range;
use crate::number;
use crate::plan::{Kind, Method, Quantity};
use crate::unit::Unit;
use crate::year::Year;

/// What cells said in rows that went the long way and were sound.
#[derive(Default)]
pub(super) struct Lane {
    /// None where rows of the table have more to say than a value.
    columns: Option<Columns>,
    regions: HashMap<Box<str>, usize>,
    years: HashMap<Box<str>, Year>,
    plain: HashMap<Box<str>, Plain>,
    /// The region and the year of the last row: most often the next one's too.
    last: Option<Last>,
}

struct Last {
    region: (Box<str>, usize),
    year: (Box<str>, Year),
}

/// Where a row says what.
#[derive(Clone, Copy)]
struct Columns {
    region: usize,
    year: usize,
    indicator: usize,
    value: usize,
}

/// An indicator or an input, and the numbers of which nothing needs to be said.
#[derive(Clone, Copy)]
struct Plain {
    quantity: Quantity,
    least: Decimal,
    most: Decimal,
}

/// So many names of a kind are kept; others go the long way.
const MOST: usize = 1_000_000;

impl Lane {
    /// For the rows under a header.
    pub(super) fn of(table: &Table<'_>) -> Self {
        Self { columns: Columns::of(table), ..Self::default() }
    }

    /// What the names of a region and a year stand for.
    fn whose(&mut self, region: &str, year: &str) -> Option<(usize, Year)> {
        if let Some(last) = &self.last
            && *last.region.0 == *region
            && *last.year.0 == *year
        {
            return Some((last.region.1, last.year.1));
        }
        let (at, of) = (*self.regions.get(region)?, *self.years.get(year)?);
        self.last = Some(Last { region: (region.into(), at), year: (year.into(), of) });
        Some((at, of))
    }

    fn learn<T>(names: &mut HashMap<Box<str>, T>, name: &str, meaning: T) {
        if names.len() < MOST && !names.contains_key(name) {
            names.insert(name.into(), meaning);
        }
    }
}

impl Columns {
    fn of(table: &Table<'_>) -> Option<Self> {
        let header = &table.header;
        let is_bare = !table.is_sheet
            && table.units.is_empty()
            && table.doubt.is_none()
            && header.keys.len() == 3
            && header.record.cells.len() == 4;
        let [(value, values)] = header.values.as_slice() else { return None };
        let says_none = values.of.is_none()
            && values.region.is_none()
            && values.year.is_none()
            && values.unit.is_none()
            && values.status.is_none();
        let [region, year] = [Key::Region, Key::Year].map(|key| header.keys.get(&key).copied());
        let (region, year, indicator) = (region?, year?, header.indicator()?);
        (is_bare && says_none).then_some(Self { region, year, indicator, value: *value })
    }
}

impl Plain {
    /// None of what is not simply a number, or not simply measured.
    fn of(reader: &Reader<'_>, quantity: Quantity) -> Option<Self> {
        let measure = reader.plan.measure(quantity)?;
        let is_given = |index: usize| {
            let item = reader.plan.indicators().get(index);
            item.is_none_or(|item| item.rule.method == Method::Reported)
        };
        let is_given = matches!(quantity, Quantity::Item(index) if is_given(index));
        if *measure.kind != Kind::Number || measure.is_worked_out || is_given {
            return None;
        }
        let Range { least, most } = measure.range;
        let per_cent = measure.unit.is_some_and(Unit::is_per_cent);
        // A share of one may stand where per cent are meant, and a zero where nothing was measured.
        let one_up = if per_cent { Decimal::ONE } else { Decimal::ZERO };
        let whole = if per_cent { Decimal::ONE_HUNDRED } else { Decimal::MAX };
        let least = least.map_or(one_up, |least| least.max(one_up));
        Some(Self { quantity, least, most: most.map_or(whole, |most| most.min(whole)) })
    }
}

impl Reader<'_> {
    /// Takes a row the short way, if it can go that.
    pub(super) fn take_short(
        &mut self,
        lane: &mut Lane,
        table: &mut Table<'_>,
        record: &Record,
    ) -> bool {
        let Some(columns) = lane.columns.filter(|_| self.twice.is_empty()) else { return false };
        let cell = |at: usize| record.cells.get(at).unwrap_or_default();
        let is_plain =
            record.cells.len() == 4 && !record.is_quoted && !record.is_cut && !table.has_remarks();
        let number = number::parse_short(cell(columns.value)).filter(|_| is_plain);
        let Some(number) = number else { return false };
        let (name, year) = (cell(columns.region), cell(columns.year));
        let Some(plain) = lane.plain.get(cell(columns.indicator)).copied() else { return false };
        let Some((region, year)) = lane.whose(name, year) else { return false };
        if number <= plain.least || number > plain.most {
            return false;
        }
        let Some((_, region)) = self.read.regions.get_index_mut(region) else { return false };
        let key = (year, plain.quantity);
        let origin = Origin::new(table.input, record.line, Aside::default());
        if region.values.add(key, Measured::new(Value::Number(number), origin)).is_err() {
            return false;
        }
        true
    }

    /// Before a row goes the long way: says what the rows above it say last.
    pub(super) fn leave_lane(lane: &mut Lane, table: &mut Table<'_>) {
        if let Some(Last { region: (region, _), year: (_, year) }) = lane.last.take() {
            table.note_names(&region, year);
        }
    }

    /// After a row went the long way, and nothing had to be said of it: its names are known from here
    /// on.
    pub(super) fn learn(&mut self, lane: &mut Lane, table: &Table<'_>, record: &Record) {
        let Some(columns) = lane.columns else { return };
        let Some(said) = self.said(&Row { table, record }) else { return };
        let (Some((quantity, None)), Some(year)) = (said.quantity, said.year) else { return };
        let folded = &self.names.of(&said.region).folded;
        let Some(region) = self.read.regions.get_index_of(folded) else { return };
        let Some(plain) = Plain::of(self, quantity).filter(|_| year >= self.earliest) else {
            return;
        };
        let cell = |at: usize| record.cells.get(at).unwrap_or_default();
        Lane::learn(&mut lane.regions, cell(columns.region), region);
        Lane::learn(&mut lane.years, cell(columns.year), year);
        Lane::learn(&mut lane.plain, cell(columns.indicator), plain);
    }
}
