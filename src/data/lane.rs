//! The short way of the rows that large files are full of: a region, a year and an indicator that
//! another row of the table has named before, and a plain number. What is not plainly sound goes the
//! long way, which alone knows what there is to say of it: the two never differ in what they take.

use std::collections::{HashMap, VecDeque};
use std::io::{self, Read};

use rust_decimal::Decimal;

use super::column::Key;
use super::csv::{Record, Records, line_ends};
use super::names::Named;
use super::row::Row;
use super::strip::{self, Cutters, Kind as Spanned, Layout, Span, Strip};
use super::table::{Rows, Table};
use super::{Reader, held};
use crate::formula::Range;
use crate::number::Short;
use crate::plan::{Kind, Method, Quantity, RegionName};
use crate::spelling::is_of_words;
use crate::unit::Unit;
use crate::year::Year;

/// What cells said in rows that went the long way and were sound.
pub(super) struct Lane {
    /// None where rows of the table have more to say than a value.
    pub(super) layout: Option<Layout>,
    regions: HashMap<Box<[u8]>, usize>,
    years: HashMap<Box<[u8]>, Year>,
    plain: HashMap<Box<[u8]>, Plain>,
    /// The region and the year of the last row that went the short way.
    last: Last,
    /// Whether that was the last row of all.
    is_short: bool,
    /// What tells records of a block apart that go the long way; to make it takes long.
    records: Option<Records<io::Empty>>,
}

/// Whose the last row was, as its cells say it and what that stands for.
#[derive(Default)]
struct Last {
    names: [Vec<u8>; 2],
    is: Option<(usize, Year)>,
}

/// An indicator or an input, and the numbers of which nothing needs to be said: above the least, up to
/// the most, in units of each digit behind the point.
#[derive(Clone, Copy)]
struct Plain {
    quantity: Quantity,
    least: [i64; DIGITS],
    most: [i64; DIGITS],
}

/// More digits behind the point than numbers of the short way have.
const DIGITS: usize = 16;

/// So many names of a kind are kept; others go the long way.
const MOST: usize = 1_000_000;

impl Lane {
    /// For the rows under a header.
    pub(super) fn of(table: &Table<'_>, delimiter: u8) -> Self {
        let layout = layout(table, delimiter);
        let (regions, years, plain) = Default::default();
        let (last, is_short, records) = Default::default();
        Self { layout, regions, years, plain, last, is_short, records }
    }

    /// What the cells of a region and a year stand for, where rows have named them before.
    fn whose(&self, names: [&[u8]; 2]) -> Option<(usize, Year)> {
        if self.last.names == names {
            return self.last.is;
        }
        let [region, year] = names;
        Some((*self.regions.get(region)?, *self.years.get(year)?))
    }

    /// Keeps whose the last row was, which most often the next one is too.
    fn note(&mut self, names: [&[u8]; 2], is: (usize, Year)) {
        self.is_short = true;
        if self.last.is != Some(is) || self.last.names != names {
            for (own, name) in self.last.names.iter_mut().zip(names) {
                own.clear();
                own.extend_from_slice(name);
            }
            self.last.is = Some(is);
        }
    }

    /// What a row has a value of, if that can be taken.
    fn plain(&self, strip: &Strip, row: &strip::Plain) -> Option<&Plain> {
        let name = strip.cell(strip.names.get(row.name as usize)?);
        self.plain.get(name).filter(|plain| plain.takes(row.number))
    }
}

/// Where rows have what, if that is all that they have to say.
fn layout(table: &Table<'_>, delimiter: u8) -> Option<Layout> {
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
    let layout = Layout { region, year, indicator, value: *value, delimiter };
    (is_bare && says_none).then_some(layout)
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
        let most = most.map_or(whole, |most| most.min(whole));
        Some(Self { quantity, least: in_digits(least), most: in_digits(most) })
    }

    fn takes(&self, number: Short) -> bool {
        let (digits, scale) = (number.mantissa(), number.scale() as usize);
        self.least.get(scale).is_some_and(|least| digits > *least)
            && self.most.get(scale).is_some_and(|most| digits <= *most)
    }
}

/// A number in units of one, of tenths and so on, without what is less than one of them.
fn in_digits(number: Decimal) -> [i64; DIGITS] {
    let scale = i64::from(number.scale());
    let in_units = |digits: usize| {
        let shift = digits as i64 - scale;
        let by = 10_i128.pow(shift.unsigned_abs() as u32);
        let whole = number.mantissa();
        let whole = if shift < 0 { whole.div_euclid(by) } else { whole.saturating_mul(by) };
        whole.clamp(i64::MIN.into(), i64::MAX.into()) as i64
    };
    std::array::from_fn(in_units)
}

impl Reader<'_> {
    /// Takes rows the short way, as many as can go it, block by block. Whether there was a block.
    pub(super) fn take_blocks<'scope, R: Read + Send + 'scope>(
        &mut self,
        lane: &mut Lane,
        table: &mut Table<'_>,
        (records, cutters): (&mut Records<R>, &mut Cutters<'scope, '_>),
        rows: &mut Rows,
    ) -> io::Result<bool> {
        let Some(layout) = lane.layout else { return Ok(false) };
        let mut cut = VecDeque::new();
        let mut is_any = false;
        loop {
            while cut.len() < cutters.ahead()
                && let Some(block) = records.take_block()?
            {
                cut.push_back(cutters.cut(block, layout));
                cutters.read_ahead(records);
            }
            let Some(strip) = cut.pop_front() else { return Ok(is_any) };
            let mut strip = strip.wait()?;
            let taken = self.take_strip(lane, table, (&strip, records.line()), rows);
            is_any |= taken > 0;
            if taken == strip.bytes.len() {
                records.pass_lines(strip.lines);
                records.read_into(cutters.take_back(strip));
                continue;
            }
            // What was cut behind it was cut for nothing.
            for behind in cut.into_iter().rev() {
                records.put_back(behind.wait()?.bytes);
            }
            records.pass_lines(line_ends(strip.cell(&(0..taken)), b'\n'));
            let length = strip.bytes.len() - taken;
            records.put_back(strip.bytes.split_off(taken));
            if taken == 0 {
                records.read_singly(length);
            }
            return Ok(is_any);
        }
    }

    /// Takes the rows of a strip; gives back where in its block what was not taken begins.
    fn take_strip(
        &mut self,
        lane: &mut Lane,
        table: &mut Table<'_>,
        (strip, first): (&Strip, usize),
        rows: &mut Rows,
    ) -> usize {
        let mut known = vec![None; strip.names.len()];
        for span in &strip.spans {
            let line = first + span.line;
            let Spanned::Rows { rows: own, .. } = &span.kind else {
                if self.take_text(lane, table, (strip, span.bytes.clone(), line), rows) {
                    continue;
                }
                return span.bytes.end;
            };
            let mut next = 0;
            while next < own.len() {
                let taken = self.take_short(lane, table, (strip, span, next, line), &mut known);
                rows.count += taken;
                next += taken;
                if next == own.len() {
                    break;
                }
                let row = strip.row(span, next);
                let end = row.end;
                if !self.take_text(lane, table, (strip, row, line + next), rows) {
                    return end;
                }
                next += 1;
            }
        }
        strip.end
    }

    /// Takes records the long way. Whether those behind them can be taken as they were cut.
    fn take_text(
        &mut self,
        lane: &mut Lane,
        table: &mut Table<'_>,
        (strip, bytes, line): (&Strip, std::ops::Range<usize>, usize),
        rows: &mut Rows,
    ) -> bool {
        let layout = lane.layout;
        let Some(delimiter) = layout.map(|layout| layout.delimiter) else { return false };
        let records = lane.records.take();
        let mut records = records.unwrap_or_else(|| Records::new(io::empty(), delimiter));
        records.restart(strip.cell(&bytes), line);
        let mut record = Record::default();
        // There is nothing here that could fail to be read.
        while !self.gave_up() && records.read(&mut record).unwrap_or_default() {
            self.take_long(lane, table, &record, rows);
        }
        lane.records = Some(records);
        !self.gave_up() && lane.layout == layout
    }

    /// Takes the rows of a span the short way from one on, up to the first that cannot go it.
    fn take_short(
        &mut self,
        lane: &mut Lane,
        table: &Table<'_>,
        (strip, span, from, line): (&Strip, &Span, usize, usize),
        known: &mut [Option<Plain>],
    ) -> usize {
        let Spanned::Rows { region: name, year, rows } = &span.kind else { return 0 };
        // Rows under a remark, and values of which there are two, have something to be said of them.
        if table.has_remarks() || !self.twice.is_empty() {
            return 0;
        }
        let names = [name, year].map(|cell| strip.cell(cell));
        let known_as = lane.whose(names);
        let known_as =
            known_as.or_else(|| self.meet(lane, table, names, (strip, rows.start + from)));
        let Some((at, year)) = known_as else { return 0 };
        let Some(region) = self.read.regions.get_index_mut(at).map(|(_, region)| region) else {
            return 0;
        };
        let mut adding = held::Adding::to(&mut region.values, table.input as u32);
        let line = (line + from) as u32;
        let rows = strip.rows.get(rows.start + from..rows.end).unwrap_or_default();
        let mut taken = 0;
        for row in rows {
            let Some(known) = known.get_mut(row.name as usize) else { break };
            if known.is_none() {
                *known = lane.plain(strip, row).copied();
            }
            let Some(plain) = known.as_ref().filter(|plain| plain.takes(row.number)) else { break };
            let key = held::Key::new(year, plain.quantity);
            if !adding.add(key, row.number, line + taken) {
                break;
            }
            taken += 1;
        }
        if taken > 0 {
            lane.note(names, (at, year));
        }
        taken as usize
    }

    /// Gets to know a region that no row has named before, if its name is of plain words and the row can
    /// go the short way for the rest: then the long way would have nothing to say of it either.
    fn meet(
        &mut self,
        lane: &mut Lane,
        table: &Table<'_>,
        [cell, year]: [&[u8]; 2],
        (strip, row): (&Strip, usize),
    ) -> Option<(usize, Year)> {
        let (row, year) = (strip.rows.get(row)?, *lane.years.get(year)?);
        let layout = lane.layout.filter(|_| lane.plain(strip, row).is_some())?;
        let name = str::from_utf8(cell).ok()?;
        if !is_of_words(name) || name == table.header.record.cell(layout.region) {
            return None;
        }
        // The lane keeps it, if it can be taken.
        let named = Named::new(name, self.plan);
        if named.is_total() {
            return None;
        }
        let region = match named.region() {
            RegionName::Known(known) => self.region(known),
            RegionName::Open => self.region_of(&named, name),
            RegionName::Unknown => return None,
        };
        if lane.regions.len() < MOST {
            lane.regions.insert(cell.into(), region);
        }
        Some((region, year))
    }

    /// Before a row goes the long way: says what the rows above it say last.
    pub(super) fn leave_lane(lane: &mut Lane, table: &mut Table<'_>) {
        if let Some((_, year)) = lane.last.is.filter(|_| lane.is_short) {
            let [region, _] = &lane.last.names;
            table.note_names(&String::from_utf8_lossy(region), year);
        }
        lane.is_short = false;
    }

    /// After a row went the long way, and nothing had to be said of it: its names are known from here
    /// on.
    pub(super) fn learn(&mut self, lane: &mut Lane, table: &Table<'_>, record: &Record) {
        let Some(layout) = lane.layout else { return };
        let Some(said) = self.said(&Row { table, record }) else { return };
        let (Some((quantity, None)), Some(year)) = (said.quantity, said.year) else { return };
        let named = self.names.of(&said.region);
        let Some(region) = self.read.regions.get_index_of(named.folded()) else { return };
        let Some(plain) = Plain::of(self, quantity).filter(|_| year >= self.earliest) else {
            return;
        };
        if lane.regions.len() >= MOST {
            return;
        }
        let cell = |at: usize| record.cells.get(at).unwrap_or_default().as_bytes().into();
        lane.regions.insert(cell(layout.region), region);
        lane.years.insert(cell(layout.year), year);
        lane.plain.insert(cell(layout.indicator), plain);
    }
}
