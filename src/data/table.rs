//! A table of values, wherever it is from: its header, what its title says, its rows.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read};

use super::Reader;
use super::column::{self, Key};
use super::csv::{Record, Records};
use super::header::{Found, Header, ROWS_LOOKED_AT};
use super::row::{self, Row};
use crate::diagnostic::Diagnostic;
use crate::source::Source;
use crate::spelling::{half_width, quoted};
use crate::unit::Unit;
use crate::year::Year;

/// What is known of a table beside its rows.
pub(super) struct Table<'t> {
    /// Its place in the order of reading.
    pub(super) input: usize,
    /// The name to show.
    pub(super) name: &'t str,
    /// What stands over it, beside the rows above its header: the name of a sheet.
    pub(super) title: Option<&'t str>,
    /// The cells that only repeat the merged cell that they belong to, by line and column.
    pub(super) repeated: &'t BTreeSet<(usize, usize)>,
    /// Whether its rows are those of a spreadsheet, so that cells have names.
    pub(super) is_sheet: bool,
    pub(super) header: Header,
    /// The year of rows that say none.
    pub(super) year: Option<Year>,
    /// The unit of values that say none.
    pub(super) unit: Option<Unit>,
    /// What the rows above say last.
    pub(super) above: Above,
}

/// The region, the year and the unit that were said last: an empty cell under them may be one that was
/// merged with them.
#[derive(Clone, Debug, Default)]
pub(super) struct Above {
    pub(super) region: Option<String>,
    pub(super) year: Option<Year>,
    pub(super) unit: Option<Unit>,
}

impl<'t> Table<'t> {
    pub(super) fn new(input: usize, name: &'t str, repeated: &'t BTreeSet<(usize, usize)>) -> Self {
        Self {
            input,
            name,
            title: None,
            repeated,
            is_sheet: false,
            header: Header::default(),
            year: None,
            unit: None,
            above: Above::default(),
        }
    }

    /// Keeps what a row says for those under it.
    fn note(&mut self, record: &Record) {
        let filled = |key| {
            let at = *self.header.keys.get(&key)?;
            Some(record.cell(at)).filter(|cell| !cell.is_empty())
        };
        let (region, year) = (filled(Key::Region), filled(Key::Year));
        if let Some(region) = region {
            region.clone_into(self.above.region.get_or_insert_default());
        }
        self.above.unit = filled(Key::Unit).map(Unit::new).or(self.above.unit.take());
        self.above.year = year.and_then(column::year).or(self.above.year);
    }
}

/// How many records at most are kept to find the header among.
const KEPT: usize = 3 * ROWS_LOOKED_AT;

/// The first records of a text.
pub(super) fn first_records<R: Read>(records: &mut Records<R>) -> io::Result<Vec<Record>> {
    let mut first = Vec::new();
    let mut filled = 0;
    while first.len() < KEPT && filled < 2 * ROWS_LOOKED_AT {
        let mut record = Record::default();
        if !records.read(&mut record)? {
            break;
        }
        filled += usize::from(!record.is_blank());
        first.push(record);
    }
    Ok(first)
}

/// What the rows above a header say of the values under it.
#[derive(Debug, Default, PartialEq, Eq)]
struct Title {
    units: Vec<Unit>,
    years: BTreeSet<Year>,
}

impl Title {
    fn of<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let mut title = Self::default();
        for text in texts {
            title.units.extend(unit_in(text));
            title.years.extend(years_in(text));
        }
        title.units.dedup();
        title
    }

    /// The one year that it names, if it is one.
    fn year(&self) -> Option<Year> {
        self.years.iter().next().copied().filter(|_| self.years.len() == 1)
    }
}

/// The unit of measure in `单位：万吨`; a unit that fills something in is none.
fn unit_in(text: &str) -> Option<Unit> {
    let narrow = half_width(text);
    let (_, behind) = narrow.rsplit_once("单位:").or(narrow.rsplit_once("unit:"))?;
    let behind = behind.trim().trim_end_matches([')', '）', '】', ']']);
    // The bracket may be the unit's own: dB(A).
    let closed = format!("{behind})");
    let units = [behind, closed.as_str()].map(Unit::new);
    units.into_iter().find(Unit::is_known)
}

/// The years in `2021年度…`.
fn years_in(text: &str) -> Vec<Year> {
    let narrow = half_width(text);
    // What stands before a month is a date, and says when something was written.
    let is_date = |behind: &str| {
        let digits = behind.chars().take_while(char::is_ascii_digit).count();
        (1..=2).contains(&digits)
    };
    let before = |(at, sign): (usize, &str)| {
        let behind = narrow.get(at + sign.len()..)?.trim_start();
        let digits = narrow.get(..at)?.trim_end();
        if is_date(behind) {
            return None;
        }
        let start = digits.len().checked_sub(4)?;
        let is_longer = digits.get(..start)?.ends_with(|c: char| c.is_ascii_digit());
        column::year(digits.get(start..)?).filter(|_| !is_longer)
    };
    let dashed = narrow.match_indices(['—', '–', '-', '至', '~', '～']).filter_map(before);
    narrow.match_indices('年').filter_map(before).chain(dashed).collect()
}

impl Reader<'_> {
    /// Reads a table's rows and says how many there were.
    pub(super) fn read_table<R: Read>(
        &mut self,
        mut table: Table<'_>,
        mut records: Records<R>,
    ) -> io::Result<usize> {
        let first = first_records(&mut records)?;
        let (header, at) = match Found::among(&first, self.plan) {
            Found::Header(header, at) => (*header, at),
            Found::Nearest(row) => {
                if !self.refuse_malformed(&table, &first) {
                    self.refuse_header(table.name, &row);
                }
                return Ok(0);
            }
            Found::Nothing => {
                let fault = Diagnostic::error("empty-file", "the file is empty");
                let help = "begin with a header such as `指标,数值` or `indicator,value`";
                let place = Source::new(table.name, "").place(0..0);
                self.find(fault.at(place, "").help(help));
                return Ok(0);
            }
        };
        let (above, below) = first.split_at(at.min(first.len()));
        self.take_title(&mut table, &header, above);
        if !self.look_at(table.name, &header) || !self.knows_years(&table, &header) {
            return Ok(0);
        }
        table.header = header;
        let mut rows = Rows { count: 0, is_sound: true };
        let mut below = below.iter().skip(1);
        let units = below.clone().next().is_some_and(|row| table.header.take_units(row));
        below.by_ref().take(usize::from(units)).for_each(drop);
        for record in below {
            self.take(&mut table, record, &mut rows);
        }
        let mut record = Record::default();
        while !self.gave_up() && records.read(&mut record)? {
            self.take(&mut table, &record, &mut rows);
        }
        self.say_unknown();
        self.say_early(table.input);
        if rows.count == 0 && rows.is_sound {
            let fault = Diagnostic::error("no-rows", "the file has a header and no values");
            let place = table.header.record.place(table.name);
            self.find(fault.at(place, "").help("add a row for each value"));
        }
        Ok(rows.count)
    }

    /// Takes the year and the unit that stand over a table.
    fn take_title(&mut self, table: &mut Table<'_>, header: &Header, above: &[Record]) {
        let cells = above.iter().flat_map(|row| row.filled().map(|(_, cell)| cell));
        let title = Title::of(cells.chain(table.title));
        table.year = title.year().or(self.options.year);
        if let [first, second, ..] = title.units.as_slice()
            && first != second
        {
            let message = format!("the title says two units, `{first}` and `{second}`");
            let fault = Diagnostic::error("unit-mismatch", message);
            let place = header.record.place(table.name);
            self.find(fault.at(place, "above this").help("say the unit in a column"));
        }
        table.unit = title.units.into_iter().next();
    }

    /// Refuses a table of which no year is known.
    fn knows_years(&mut self, table: &Table<'_>, header: &Header) -> bool {
        let in_columns = || header.values.iter().all(|(_, values)| values.year.is_some());
        let is_known = table.year.is_some() || header.keys.contains_key(&Key::Year) || in_columns();
        if !is_known {
            let message = "the header has no column `年份` or `year`";
            let fault = Diagnostic::error("unknown-header", message);
            let help = "several years are asked for: say of which year each value is";
            self.find(fault.at(header.record.place(table.name), "read as the header").help(help));
        }
        is_known
    }

    /// Takes a record for what it is: a row, the header again, or nothing that is read.
    fn take(&mut self, table: &mut Table<'_>, record: &Record, rows: &mut Rows) {
        // Remarks and headers may be wider than the table.
        let is_none = record.is_blank()
            || self.is_remark(table, record)
            || self.is_header_again(table, record);
        if is_none {
            return;
        }
        if self.is_malformed(table, record) {
            rows.is_sound = false;
        } else if !self.is_total(table, record) {
            rows.count += 1;
            self.row(&Row { table, record });
            table.note(record);
        }
    }

    /// Whether a record is a header, as in files that were joined; then it holds from here on.
    fn is_header_again(&mut self, table: &mut Table<'_>, record: &Record) -> bool {
        if record.cells == table.header.record.cells {
            return true;
        }
        // A header names a column where the rows name what they are of; to look at every cell of
        // every row would take long.
        let named = table.header.indicator().or(table.header.values.first().map(|(at, _)| *at));
        let is_named = named.is_some_and(|at| self.names.of(record.cell(at)).is_column);
        let is_alike =
            |header: &Header| header.indicator().is_some() || table.header.indicator().is_none();
        let header = is_named.then(|| Header::of(record, self.plan)).flatten().filter(is_alike);
        let Some(mut header) = header else { return false };
        if !self.look_at(table.name, &header) {
            // What stands under it cannot be told.
            header.values.clear();
        }
        table.header = header;
        table.above = Above::default();
        true
    }

    /// Whether one of the first records of a file without a header explains why; then that is said.
    fn refuse_malformed(&mut self, table: &Table<'_>, first: &[Record]) -> bool {
        first.iter().any(|record| self.is_malformed(table, record))
    }

    /// Passes over a remark under the table: one that says so, or a lone cell that is no name.
    fn is_remark(&mut self, table: &Table<'_>, record: &Record) -> bool {
        let Some((at, first)) = record.filled().next() else { return true };
        let is_alone = record.filled().count() == 1 && table.header.is_key(at);
        if row::is_signature(first) {
            return true;
        }
        let is_remark = row::is_remark(first)
            || is_alone && !row::is_total(first) && !self.is_known_in_row(table, first);
        if is_remark {
            let what = format!("the remark `{}`", quoted(first));
            let help = "if it is a value, mend the row";
            self.say_passed_over(table, record, ("remark-row", at), &what, help);
        }
        is_remark
    }

    /// Passes over a row that adds others up.
    fn is_total(&mut self, table: &Table<'_>, record: &Record) -> bool {
        let keys = record.filled().filter(|(at, _)| table.header.is_key(*at));
        let mut keys = keys.filter(|(_, cell)| row::may_be_total(cell));
        let is_total = |&(_, cell): &(usize, &str)| {
            self.names.of(cell).is_total && !self.is_known_in_row(table, cell)
        };
        let Some((at, cell)) = keys.find(is_total) else { return false };
        let what = format!("the row `{}`", quoted(cell));
        let help = "totals are not assessed; if it is a region, name it as the plan does";
        self.say_passed_over(table, record, ("total-row", at), &what, help);
        true
    }

    fn say_passed_over(
        &mut self,
        table: &Table<'_>,
        record: &Record,
        (code, at): (&'static str, usize),
        what: &str,
        help: &str,
    ) {
        let warning = Diagnostic::warning(code, format!("{what} is not read as a value"));
        self.find(warning.at(record.cell_place(table.name, at), "").help(help));
    }
}

/// How many rows there were, and whether none was refused as a whole.
struct Rows {
    count: usize,
    is_sound: bool,
}

/// Names that nothing is known by, each with how many rows have it and what is to be said of it.
pub(super) type Unknown = BTreeMap<(&'static str, String), (usize, Diagnostic)>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_name_units_and_years() {
        let title = |text| Title::of([text].into_iter());
        assert_eq!(title("（单位：万吨）").units, [Unit::new("万吨")]);
        assert_eq!(title("填报单位：林业局").units, []);
        assert_eq!(title("单位：dB(A)").units, [Unit::new("dB(A)")]);
        assert_eq!(title("珲春市2021年度完成情况").year(), "2021".parse().ok());
        assert_eq!(title("2021—2025年责任制 2021年度").year(), None);
        assert_eq!(title("第12021年").year(), None);
    }
}
