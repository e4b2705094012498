//! A table of values, wherever it is from: its header, what its title says, its rows.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read};

use super::Reader;
use super::column::{self, Key};
use super::csv::{Record, Records};
use super::header::{Found, Header, ROWS_LOOKED_AT};
use super::row::{self, Row};
use super::title::Title;
use crate::diagnostic::Diagnostic;
use crate::source::Source;
use crate::spelling::quoted;
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
    /// The units of values that say none.
    pub(super) units: Vec<Unit>,
    /// The region of rows that say none, where it is not the plan's own.
    pub(super) region: Option<String>,
    /// The remarks under its last rows, which may be the title of what follows.
    remarks: Vec<Record>,
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
            units: Vec::new(),
            region: None,
            remarks: Vec::new(),
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

    /// Takes the year and the units that stand over a table; what they do not say is as before.
    fn take_title(&mut self, table: &mut Table<'_>, header: &Header, above: &[Record]) {
        let cells = above.iter().flat_map(|row| row.filled().map(|(_, cell)| cell));
        // A label and what it says may stand in cells beside each other.
        let whole = above.iter().map(|row| row.filled().map(|(_, cell)| cell).collect::<String>());
        let whole: Vec<String> = whole.collect();
        let texts = cells.chain(whole.iter().map(String::as_str)).chain(table.title);
        let title = Title::of(texts, self.plan);
        table.year = title.year().or(table.year).or(self.options.year);
        if !title.units.is_empty() {
            table.units.clone_from(&title.units);
        }
        let place = || header.record.place(table.name);
        if let Some(part) = &title.part {
            let message = format!("the title may be of a part of a year: `{}`", quoted(part));
            let warning = Diagnostic::warning("part-of-year", message).at(place(), "under it");
            self.find(warning.help("give the values of the whole year"));
        }
        let names_regions = header.keys.contains_key(&Key::Region)
            || header.values.iter().all(|(_, values)| values.region.is_some());
        if let Some(region) = title.regions.first()
            && table.region.is_none()
            && !names_regions
        {
            let message = format!("the title names `{region}`, and no column says the region");
            let fault = Diagnostic::error("title-region", message).at(place(), "under it");
            self.find(fault.help("say whose the values are in a column `地区` or `region`"));
        }
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
            self.take_remarks_for_title(table);
            return true;
        }
        // A header names a column where the rows name what they are of; to look at every cell of
        // every row would take long.
        let named = table.header.indicator().or(table.header.values.first().map(|(at, _)| *at));
        let is_long = table.header.indicator().is_some();
        let mut names = |cell: &str| {
            let named = self.names.of(cell);
            named.is_column && !(is_long && named.quantity.is_some())
        };
        let is_number =
            |cell: &str| cell.starts_with(|c: char| c.is_ascii_digit()) && !cell.contains('年');
        let cell = named.map(|at| record.cell(at)).filter(|cell| !is_number(cell));
        let is_named = cell.is_some_and(&mut names);
        let is_alike =
            |header: &Header| header.indicator().is_some() || table.header.indicator().is_none();
        let header = is_named.then(|| Header::of(record, self.plan)).flatten().filter(is_alike);
        let Some(mut header) = header else {
            return self.refuse_other_header(table, record);
        };
        if !self.look_at(table.name, &header) {
            // What stands under it cannot be told.
            header.values.clear();
        }
        table.header = header;
        self.take_remarks_for_title(table);
        true
    }

    /// Refuses a row that repeats the names of columns and is no header that could be read: what
    /// stands under it is of other things than what stands above.
    fn refuse_other_header(&mut self, table: &mut Table<'_>, record: &Record) -> bool {
        let names =
            [Key::Indicator(0), Key::Indicator(1), Key::Indicator(2), Key::Region, Key::Year];
        let at = |key: &Key| table.header.keys.get(key).copied();
        let repeats = |at: usize| {
            let own = table.header.record.cell(at);
            !own.is_empty() && record.cell(at) == own
        };
        let is_header = names.iter().filter_map(at).any(repeats);
        if is_header {
            self.refuse_header(table.name, record);
            table.header.values.clear();
        }
        is_header
    }

    /// Of joined files, the rows before a header are its title and no remarks.
    fn take_remarks_for_title(&mut self, table: &mut Table<'_>) {
        let remarks = std::mem::take(&mut table.remarks);
        let header = table.header.clone();
        self.take_title(table, &header, &remarks);
        table.above = Above::default();
    }

    /// Whether one of the first records of a file without a header explains why; then that is said.
    fn refuse_malformed(&mut self, table: &Table<'_>, first: &[Record]) -> bool {
        first.iter().any(|record| self.is_malformed(table, record))
    }

    /// Passes over a remark under the table: one that says so, or a lone cell that is no name.
    fn is_remark(&mut self, table: &mut Table<'_>, record: &Record) -> bool {
        let Some((at, first)) = record.filled().next() else { return true };
        let is_alone = record.filled().count() == 1 && table.header.is_key(at);
        if row::is_signature(first) {
            return true;
        }
        let is_remark = row::is_remark(first)
            || is_alone && !row::is_total(first) && !self.is_known_in_row(table, first);
        if is_remark && table.remarks.len() < ROWS_LOOKED_AT {
            table.remarks.push(record.clone());
        }
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
