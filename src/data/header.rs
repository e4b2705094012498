//! Where a table begins and what its columns are. One reading for every shape: what a row does not
//! say of a value, its column's header says.

use std::collections::BTreeMap;

use super::column::{self, Column, Key, Values};
use super::csv::Record;
use super::{Reader, row::is_total};
use crate::catalogue::{Catalogue, ITEMS_SHEET};
use crate::diagnostic::Diagnostic;
use crate::number;
use crate::plan::{Plan, RegionName};
use crate::spelling::{half_width, nearest, quoted};
use crate::text::Lang;
use crate::unit::Unit;

/// The header is looked for in this many rows that are not blank, and as many tell what a column
/// without a name holds.
pub(super) const ROWS_LOOKED_AT: usize = 30;

/// How the header of a report in CSV begins.
const OWN_REPORT: &str = "row,region,year,id,name,group,clause,unit,target,";

/// Whether a header is that of a report of this program.
fn is_own_report(record: &Record) -> bool {
    let is_own_sheet = |lang: Lang| {
        let words = ITEMS_SHEET.map(|id| Catalogue::of(lang).word(id));
        words.iter().enumerate().all(|(at, word)| record.cell(at) == *word)
    };
    record.text.starts_with(OWN_REPORT) || [Lang::Zh, Lang::En].into_iter().any(is_own_sheet)
}

/// What the columns of a table hold.
#[derive(Clone, Debug, Default)]
pub(super) struct Header {
    pub(super) record: Record,
    /// Where what is said of all values in a row stands.
    pub(super) keys: BTreeMap<Key, usize>,
    /// The columns of months, days, hours.
    pub(super) periods: Vec<usize>,
    /// The columns of values.
    pub(super) values: Vec<(usize, Values)>,
    /// The columns that are not known, those without a name among them.
    unknown: Vec<usize>,
    /// A column of texts without a name, which may be of what the values are.
    unnamed: Option<usize>,
    /// Two columns that say the same, the second first.
    twice: Option<(usize, usize)>,
}

/// What the first rows of a text are.
pub(super) enum Found {
    /// The header, and its place among the rows.
    Header(Box<Header>, usize),
    /// No header; the row that is most like one.
    Nearest(Record),
    /// There is no row at all.
    Nothing,
}

impl Found {
    /// Looks for the header among the first rows.
    pub(super) fn among(rows: &[Record], plan: &Plan) -> Self {
        let filled = rows.iter().enumerate().filter(|(_, row)| !row.is_blank());
        let filled: Vec<_> = filled.take(ROWS_LOOKED_AT).collect();
        let mut headers = filled.iter().filter_map(|(at, row)| Some((*at, Header::of(row, plan)?)));
        let Some((at, first)) = headers.next() else {
            let has_numbers = |row: &Record| row.filled().any(|(_, cell)| is_number(cell));
            let known = |(_, row): &&(usize, &Record)| {
                (!has_numbers(row), known(row, plan), row.filled().count())
            };
            // Of equals the first.
            let nearest = filled.iter().rev().max_by_key(known);
            return nearest.map_or(Self::Nothing, |(_, row)| Self::Nearest((*row).clone()));
        };
        // A title may by chance name an indicator; the header under it says more.
        let says = |header: &Header| known(&header.record, plan);
        let is_title = says(&first) == 1;
        let below = headers.take_while(|(later, _)| is_title && later - at <= 2);
        let better = below.filter(|(_, later)| says(later) > 1).last();
        let (at, mut header) = better.unwrap_or((at, first));
        header.name_first_column(rows.get(at + 1..).unwrap_or_default(), plan);
        Self::Header(Box::new(header), at)
    }
}

/// How many cells of a row are known in a header.
fn known(row: &Record, plan: &Plan) -> usize {
    row.filled().filter(|(_, cell)| Column::of(cell, plan).is_known()).count()
}

impl Header {
    /// The columns of a row, if they make a header by which every value gets its indicator.
    pub(super) fn of(row: &Record, plan: &Plan) -> Option<Self> {
        let mut header = Self { record: row.clone(), ..Self::default() };
        for at in 0..row.cells.len() {
            match Column::of(row.cell(at), plan) {
                Column::Key(key) => header.add_key(key, at),
                Column::Values(values) => header.add_values(values, at),
                Column::Unknown if is_number(row.cell(at)) => return None,
                Column::Unknown | Column::Blank => header.unknown.push(at),
            }
        }
        header.settle();
        (!header.values.is_empty()).then_some(header)
    }

    fn add_key(&mut self, key: Key, at: usize) {
        if key == Key::Period {
            self.periods.push(at);
        }
        let first = *self.keys.entry(key).or_insert(at);
        if first != at && !matches!(key, Key::Other | Key::Period) {
            self.twice = self.twice.or(Some((at, first)));
        }
    }

    fn add_values(&mut self, values: Values, at: usize) {
        let is_same = |other: &Values| {
            let said = |v: &Values| (v.of, v.region.clone(), v.year, v.status);
            said(other) == said(&values)
        };
        if let Some((first, _)) = self.values.iter().find(|(_, other)| is_same(other)) {
            self.twice = self.twice.or(Some((at, *first)));
        }
        self.values.push((at, values));
    }

    /// Either the rows name indicators or the columns do; what does not go with it is not read.
    fn settle(&mut self) {
        let rows_name =
            self.indicator().is_some() && self.values.iter().any(|(_, values)| values.of.is_none());
        let (kept, others): (Vec<_>, Vec<_>) = std::mem::take(&mut self.values)
            .into_iter()
            .partition(|(_, values)| values.of.is_none() == rows_name);
        self.values = kept;
        self.unknown.extend(others.into_iter().map(|(at, _)| at));
        if !rows_name {
            let names = self.keys.extract_if(.., |key, _| matches!(key, Key::Indicator(_)));
            self.unknown.extend(names.map(|(_, at)| at));
        }
        self.unknown.sort_unstable();
    }

    /// Where the rows name their indicators.
    pub(super) fn indicator(&self) -> Option<usize> {
        let best = self.keys.range(Key::Indicator(0)..=Key::Indicator(u8::MAX)).next();
        best.map(|(_, at)| *at)
    }

    /// Of a table that has indicators across and no column for regions or years, finds out by the
    /// cells which of these the first column holds.
    fn name_first_column(&mut self, below: &[Record], plan: &Plan) {
        let first_value = self.values.first().map_or(0, |(at, _)| *at);
        let has = |key| self.keys.contains_key(&key);
        let (has_region, has_year) = (has(Key::Region), has(Key::Year));
        if self.indicator().is_some() || has_region {
            return;
        }
        let holds = |at: usize, is: &dyn Fn(&str) -> bool| {
            let cells = below.iter().take(ROWS_LOOKED_AT).map(|row| row.cell(at));
            cells.filter(|cell| !cell.is_empty() && !is_total(cell)).map(is).collect::<Vec<_>>()
        };
        let mut before = self.unknown.iter().copied().filter(|at| *at < first_value);
        let key = before.find_map(|at| {
            let years = holds(at, &|cell| column::year(cell).is_some());
            let regions = holds(at, &|cell| matches!(plan.region_name(cell), RegionName::Known(_)));
            let all = |found: &[bool]| !found.is_empty() && found.iter().all(|is| *is);
            if all(&years) && !has_year {
                Some((Key::Year, at))
            } else {
                regions.contains(&true).then_some((Key::Region, at))
            }
        });
        if let Some((key, at)) = key {
            self.keys.insert(key, at);
            self.unknown.retain(|other| *other != at);
        } else if !has_year {
            let is_text = |cell: &str| !is_number(cell);
            let says = |at: &usize| holds(*at, &is_text).contains(&true);
            let mut blank = self.unknown.iter().copied().take_while(|at| *at < first_value);
            self.unnamed = blank.find(|at| self.record.cell(*at).is_empty() && says(at));
        }
    }

    /// Takes the units from a row of units under the header, if this is one.
    pub(super) fn take_units(&mut self, row: &Record) -> bool {
        let unit = |at: usize| Some(row.cell(at)).filter(|cell| !cell.is_empty()).map(Unit::new);
        let units: Vec<_> = self.values.iter().map(|(at, _)| unit(*at)).collect();
        let are_units = units.iter().flatten().all(Unit::is_known);
        if !are_units || units.iter().flatten().next().is_none() || self.indicator().is_some() {
            return false;
        }
        for ((_, values), unit) in self.values.iter_mut().zip(units) {
            values.unit = values.unit.take().or(unit);
        }
        true
    }

    /// Whether a column says something of the values in its row.
    pub(super) fn is_key(&self, at: usize) -> bool {
        let is_other = |key: &Key| matches!(key, Key::Source | Key::Note);
        let is_value = self.values.iter().any(|(value, _)| *value == at);
        !is_value && !self.keys.iter().any(|(key, own)| *own == at && is_other(key))
    }

    /// The columns that are not read.
    pub(super) fn unread(&self) -> impl Iterator<Item = usize> {
        self.unknown.iter().copied()
    }

    /// Whether the year of every value is said, by a column or by the headers of the values.
    pub(super) fn says_year(&self) -> bool {
        self.says(Key::Year, |values| values.year.is_some())
    }

    /// Whether the region of every value is said.
    pub(super) fn says_region(&self) -> bool {
        self.says(Key::Region, |values| values.region.is_some())
    }

    /// Whether the unit of every value is said.
    pub(super) fn says_unit(&self) -> bool {
        self.says(Key::Unit, |values| values.unit.is_some())
    }

    fn says(&self, key: Key, says: impl Fn(&Values) -> bool) -> bool {
        self.keys.contains_key(&key) || self.values.iter().all(|(_, values)| says(values))
    }

    /// Where values are that are of less than a year.
    pub(super) fn period(&self) -> Option<&str> {
        self.keys.get(&Key::Period).map(|at| self.record.cell(*at))
    }
}

fn is_number(cell: &str) -> bool {
    number::parse(half_width(cell).trim().trim_end_matches('%')).is_ok()
}

impl Reader<'_> {
    /// Says what is wrong with a header, and what of it is not read; whether it can be used.
    pub(super) fn look_at(&mut self, name: &str, header: &Header) -> bool {
        if is_own_report(&header.record) {
            let fault = Diagnostic::error("own-report", "the file is a report of this program");
            let help = "keep reports apart from measured values";
            self.find(fault.at(header.record.place(name), "").help(help));
            return false;
        }
        self.say_unread(name, header);
        if let Some(at) = header.unnamed {
            let message = "a column beside the values has no name, and may say what they are of";
            let fault = Diagnostic::error("unnamed-column", message);
            let help =
                "name it: `地区` (`region`), `年份` (`year`), or `序号` (`no.`) if it is neither";
            self.find(fault.at(header.record.cell_place(name, at), "").help(help));
            return false;
        }
        if let Some(period) = header.period() {
            let message =
                format!("by the column `{}` values may be of parts of a year", quoted(period));
            let at = header.keys.get(&Key::Period).copied().unwrap_or_default();
            let warning = Diagnostic::warning("part-of-year", message);
            let warning = warning.at(header.record.cell_place(name, at), "");
            self.find(warning.help("give the values of the whole year"));
        }
        let Some((second, first)) = header.twice else { return true };
        let places = header.record.cell_places(name, [second, first]);
        let message = format!("two columns are `{}`", quoted(header.record.cell(first)));
        let fault = Diagnostic::error("duplicate-column", message);
        let labelled = places.into_iter().zip(["the second", "the first"]);
        let fault = labelled.fold(fault, |fault, (place, text)| fault.at(place, text));
        self.find(fault.help("name one of them otherwise, and it is not read"));
        false
    }

    /// Says which columns are not read, the first few with their places.
    fn say_unread(&mut self, name: &str, header: &Header) {
        const SHOWN: usize = 5;
        let record = &header.record;
        let named = header.unknown.iter().copied().filter(|&at| !record.cell(at).is_empty());
        let unread: Vec<usize> = named.collect();
        let shown: Vec<usize> = unread.iter().copied().take(SHOWN).collect();
        let names = shown.iter().map(|&at| format!("`{}`", quoted(record.cell(at))));
        let names = names.collect::<Vec<_>>().join(", ");
        let message = match unread.len() {
            0 => return,
            1 => format!("the column {names} is not read"),
            count if count <= SHOWN => format!("the columns {names} are not read"),
            count => format!("the columns {names} and {} more are not read", count - SHOWN),
        };
        if self.options.ignore_unknown {
            self.ignored.push(message);
            return;
        }
        let places = record.cell_places(name, shown.iter().copied());
        let warning = Diagnostic::warning("unread-column", message);
        let warning = places.into_iter().fold(warning, |warning, place| warning.at(place, ""));
        let near = shown.iter().find_map(|&at| self.near_column(record.cell(at), record));
        self.find(match near {
            Some(near) => warning.help(format!("did you mean `{near}`?")),
            None => warning.help("delete it if nothing is missed by that"),
        });
    }

    /// What a header cell may have been meant to be, and no other is.
    fn near_column(&self, cell: &str, header: &Record) -> Option<String> {
        if cell.chars().count() < 3 && cell.is_ascii() {
            return None;
        }
        let is_there = |name: &&str| {
            let meant = Column::of(name, self.plan);
            header.filled().any(|(_, other)| Column::of(other, self.plan) == meant)
        };
        let near = nearest(cell, column::names()).into_iter().chain(self.plan.nearest(cell));
        near.into_iter().find(|name| !is_there(name)).map(str::to_owned)
    }

    pub(super) fn refuse_header(&mut self, name: &str, row: &Record) {
        let cells: Vec<&str> = row.filled().map(|(_, cell)| cell).collect();
        let known: Vec<&str> =
            cells.iter().copied().filter(|cell| Column::of(cell, self.plan).is_known()).collect();
        let message = match known.as_slice() {
            [] => "no header was found: no cell of the first rows names a column".to_owned(),
            known => {
                let names: Vec<_> =
                    known.iter().map(|cell| format!("`{}`", quoted(cell))).collect();
                let (names, is) = (names.join(", "), if known.len() == 1 { "is" } else { "are" });
                format!(
                    "no header was found: {names} {is} known, but no cell beside names an \
                     indicator of the plan, nor are `指标` and `数值` both there"
                )
            }
        };
        let unknown = cells.iter().filter(|cell| !known.contains(*cell));
        let near = unknown.into_iter().find_map(|cell| {
            let near = nearest(cell, column::NEEDED).first().map(|near| (*near).to_owned());
            Some((cell, near.or_else(|| self.plan.nearest(cell).first().map(|n| (*n).to_owned()))?))
        });
        let is_one = row.cells.len() == 1 && row.text.contains(['，', '；', '|', ',', ';', '\t']);
        let help = match near {
            _ if is_one => {
                "separate the cells with commas, or say by what they are with `--delimiter`"
                    .to_owned()
            }
            Some((cell, near)) if known.len() < 2 => {
                format!("did you mean `{near}` by `{}`?", quoted(cell))
            }
            _ => {
                "name the columns in one row: `指标,数值` or `indicator,value`, a row a value; or \
                  indicators of the plan beside `地区` (`region`) or `年份` (`year`)"
                    .to_owned()
            }
        };
        let fault = Diagnostic::error("unknown-header", message);
        self.find(fault.at(row.place(name), "the row most like a header").help(help));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_in_the_documentation() {
        let page = include_str!("../../docs/data.md");
        let (_, table) = page.split_once("| column | names |").unwrap();
        let (table, _) = table.split_once("\n\n").unwrap();
        let listed: Vec<_> = table.split([',', '|']).map(str::trim).collect();
        let lost: Vec<_> = column::names().filter(|name| !listed.contains(name)).collect();
        assert!(lost.is_empty(), "{lost:?}");
    }

    #[test]
    fn no_name_stands_for_two_columns() {
        let mut names: Vec<_> = column::names().map(crate::spelling::fold_name).collect();
        let count = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
