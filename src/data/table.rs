//! A table of values, wherever it is from: its header, what its title says, its rows.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read};
use std::thread;

use super::Reader;
use super::column::{self, Key};
use super::csv::{Record, Records};
use super::header::{Found, Header, ROWS_LOOKED_AT};
use super::lane::Lane;
use super::row::{self, Row};
use super::strip::Cutters;
use super::title::{Title, TitleUnit};
use crate::diagnostic::Diagnostic;
use crate::plan::{Plan, RegionName};
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
    pub(super) units: Vec<TitleUnit>,
    /// The region of rows that say none, where it is not the plan's own.
    pub(super) region: Option<String>,
    /// The remarks under its last row, which may be the title of what follows.
    remarks: Vec<Record>,
    /// Its last row, where it only names something, and may be such a title too.
    bare: Option<Record>,
    /// What the rows above say last.
    pub(super) above: Above,
    /// What a row without a year or a unit of its own is refused for.
    pub(super) doubt: Doubt,
    /// Whether it was refused for a column that holds what another should.
    is_hiding: bool,
}

impl Doubt {
    pub(super) fn is_none(&self) -> bool {
        self.year.is_none() && self.unit.is_none()
    }
}

/// Why it cannot be told of a title what year and what units it says, where columns say them.
#[derive(Debug, Default)]
pub(super) struct Doubt {
    pub(super) year: Option<Diagnostic>,
    pub(super) unit: Option<Diagnostic>,
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
            bare: None,
            above: Above::default(),
            doubt: Doubt::default(),
            is_hiding: false,
        }
    }

    /// Whether there were remarks since the last row.
    pub(super) fn has_remarks(&self) -> bool {
        !self.remarks.is_empty()
    }

    /// Keeps the names that the last row has for those under it.
    pub(super) fn note_names(&mut self, region: &str, year: Year) {
        self.bare = None;
        region.trim().clone_into(self.above.region.get_or_insert_default());
        self.above.year = Some(year);
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
    let mut record = Record::default();
    while first.len() < KEPT && filled < 2 * ROWS_LOOKED_AT && records.read(&mut record)? {
        filled += usize::from(!record.is_blank());
        first.push(record.clone());
    }
    Ok(first)
}

impl Reader<'_> {
    /// Reads a table's rows and says how many there were.
    pub(super) fn read_table<R: Read + Send>(
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
        for record in above.iter().chain(below.first()).filter(|record| record.is_foreign) {
            self.refuse_malformed_row(&table, record);
        }
        let title = self.take_title(&mut table, &header, above);
        if title.is_none() || !self.look_at(table.name, &header) {
            return Ok(0);
        }
        table.header = header;
        let mut rows = Rows { count: 0, is_sound: true };
        let mut below = below.iter().skip(1);
        let units = below.clone().next().is_some_and(|row| table.header.take_units(row));
        for record in below.by_ref().take(usize::from(units)).filter(|record| record.is_foreign) {
            self.refuse_malformed_row(&table, record);
        }
        for record in below {
            self.take(&mut table, record, &mut rows);
        }
        self.read_rows(&mut table, records, &mut rows)?;
        self.look_at_remarks(&mut table, Under::LastRow);
        self.say_unknown();
        self.say_early(table.input);
        if rows.count == 0 && rows.is_sound {
            let fault = Diagnostic::error("no-rows", "the file has a header and no values");
            let place = table.header.record.place(table.name);
            self.find(fault.at(place, "").help("add a row for each value"));
        }
        Ok(rows.count)
    }

    /// Reads the rows under a header, and under those that come again.
    fn read_rows<R: Read + Send>(
        &mut self,
        table: &mut Table<'_>,
        records: Records<R>,
        rows: &mut Rows,
    ) -> io::Result<()> {
        let mut record = Record::default();
        let mut lane = Lane::of(table, records.delimiter());
        thread::scope(move |scope| {
            // Whoever reads ahead for it ends with it.
            let mut records = records;
            let mut cutters = Cutters::new(scope, self.options.threads);
            while !self.gave_up() {
                let blocks = (&mut records, &mut cutters);
                if self.take_blocks(&mut lane, table, blocks, rows)? {
                    continue;
                }
                if !records.read(&mut record)? {
                    break;
                }
                self.take_long(&mut lane, table, &record, rows);
            }
            Ok(())
        })
    }

    /// Takes a record the long way.
    pub(super) fn take_long(
        &mut self,
        lane: &mut Lane,
        table: &mut Table<'_>,
        record: &Record,
        rows: &mut Rows,
    ) {
        Self::leave_lane(lane, table);
        let found = self.count_found();
        match self.take(table, record, rows) {
            Taken::Row if self.count_found() == found => self.learn(lane, table, record),
            Taken::Header => *lane = Lane::of(table, record.delimiter),
            _ => {}
        }
    }

    /// Takes what stands over a table: its year, its units, its region; none where that is not clear.
    fn take_title(
        &mut self,
        table: &mut Table<'_>,
        header: &Header,
        above: &[Record],
    ) -> Option<Title> {
        let title = title_of(table, above, self.plan);
        let place = || header.record.place(table.name);
        if let Some(part) = &title.part {
            let message = format!("the title may be of a part of a year: `{}`", quoted(part));
            let warning = Diagnostic::warning("part-of-year", message).at(place(), "under it");
            self.find(warning.help("give the values of the whole year"));
        }
        let year = title.year().or(table.year).or(self.options.year);
        let mut doubt = Doubt { year: doubtful_year(&title, year), unit: doubtful_unit(&title) };
        // A column that says it may be there and empty: then the row is refused.
        let refused = doubt
            .unit
            .take_if(|_| !header.says_unit())
            .or_else(|| unclear_region(&title, table, header))
            .or_else(|| doubt.year.take_if(|_| !header.says_year()))
            .or_else(|| unknown_year(year, header));
        if let Some(refused) = refused {
            self.find(refused.at(place(), "under it"));
            return None;
        }
        table.doubt = doubt;
        table.year = year;
        table.above.region = title.regions.first().filter(|_| table.region.is_none()).cloned();
        if !title.units.is_empty() {
            table.units.clone_from(&title.units);
        }
        Some(title)
    }

    /// Refuses a column that is not read and holds a region of the plan, or a unit: the values beside
    /// it would be taken for the plan's own, or for numbers in its units.
    fn refuse_hidden(&mut self, table: &mut Table<'_>, record: &Record) {
        if table.is_hiding {
            return;
        }
        let own = self.plan.about().region.as_str();
        let header = &table.header;
        let says_words = |at: &usize| {
            let cell = record.cell(*at);
            !cell.is_empty() && !cell.starts_with(|c: char| c.is_ascii_digit())
        };
        let reporter = header.keys.get(&Key::Reporter).copied();
        let columns: Vec<_> = header.unread().chain(reporter).filter(says_words).collect();
        for at in columns {
            let named = self.names.of(record.cell(at));
            let is_region = !header.keys.contains_key(&Key::Region)
                && matches!(named.region(), RegionName::Known(region) if region != own);
            let is_unit = !header.keys.contains_key(&Key::Unit)
                && Some(at) != reporter
                && named.changes_units();
            let (what, name) = match (is_region, is_unit) {
                (true, _) => ("regions", "`地区` or `region`"),
                (false, true) => ("units", "`单位` or `unit`"),
                (false, false) => continue,
            };
            let message = format!("the column `{}` holds {what}", quoted(header.record.cell(at)));
            let fault = Diagnostic::error("unnamed-column", message);
            let place = header.record.cell_place(table.name, at);
            self.find(fault.at(place, "").help(format!("name it {name}")));
            table.is_hiding = true;
            return;
        }
    }

    /// Takes a record for what it is: a row, the header again, or nothing that is read.
    fn take(&mut self, table: &mut Table<'_>, record: &Record, rows: &mut Rows) -> Taken {
        // What a record has swallowed, or what its bytes were to say, is not read: that has to be said,
        // whatever it seems to be.
        let hides = record.is_cut
            || record.is_broken
            || record.is_foreign
            || record.text.contains('\n') && record.is_ill_quoted();
        if hides && self.refuse_malformed_row(table, record) {
            rows.is_sound = false;
            return Taken::Nothing;
        }
        // Remarks and headers may be wider than the table.
        if record.is_blank() || self.pass_over_remark(table, record) {
            return Taken::Nothing;
        }
        if self.begin_at_header(table, record) {
            return Taken::Header;
        }
        if self.refuse_malformed_row(table, record) {
            rows.is_sound = false;
        } else if !self.pass_over_total(table, record) {
            rows.count += 1;
            self.look_at_remarks(table, Under::Rows);
            self.refuse_hidden(table, record);
            self.row(&Row { table, record });
            table.note(record);
            let is_bare = record.filled().nth(1).is_none();
            table.bare = is_bare.then(|| record.clone());
            return Taken::Row;
        }
        Taken::Nothing
    }

    /// Whether a record is a header, as in files that were joined; then it holds from here on.
    fn begin_at_header(&mut self, table: &mut Table<'_>, record: &Record) -> bool {
        if record.cells == table.header.record.cells {
            table.header.record = record.clone();
            self.begin_table_again(table, true);
            return true;
        }
        // A header names a column where the rows name what they are of; to look at every cell of
        // every row would take long.
        let named = table.header.indicator().or(table.header.values.first().map(|(at, _)| *at));
        let is_long = table.header.indicator().is_some();
        let mut names = |cell: &str| {
            let named = self.names.of(cell);
            !(is_long && named.quantity().is_some()) && named.is_column()
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
        self.begin_table_again(table, false);
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

    /// Of joined files, the rows before a header are its title and no remarks. What the title over
    /// the first says holds for the same header on the next page; for another table nobody can tell.
    fn begin_table_again(&mut self, table: &mut Table<'_>, is_same_header: bool) {
        let mut remarks = std::mem::take(&mut table.remarks);
        remarks.extend(table.bare.take());
        if is_same_header && remarks.is_empty() {
            return;
        }
        let before = (table.year.take(), std::mem::take(&mut table.units));
        let header = table.header.clone();
        table.above = Above::default();
        let title = self.take_title(table, &header, &remarks);
        let refused = title.as_ref().and_then(|title| self.unclear_above(before, title, &header));
        if title.is_none() || refused.is_some() {
            // What stands under it cannot be told.
            table.header.values.clear();
        }
        if let Some(refused) = refused {
            self.find(refused.at(header.record.place(table.name), "another table"));
        }
    }

    /// Why it cannot be told whether the year and the units of the table above are those of this one,
    /// whose own title says none.
    fn unclear_above(
        &self,
        (year, units): (Option<Year>, Vec<TitleUnit>),
        title: &Title,
        header: &Header,
    ) -> Option<Diagnostic> {
        let says_year = title.year().is_some() || header.says_year();
        let says_unit = !title.units.is_empty() || header.says_unit();
        let above = Title { units, ..Title::default() };
        let above = if !says_unit && above.changes_units(self.plan) {
            above.units.first().map(|said| said.unit.to_string())
        } else {
            let is_other = year != self.options.year && !says_year;
            year.filter(|_| is_other).map(|year| year.to_string())
        };
        let message = format!("`{}` is said over the table above, and may hold here too", above?);
        let help = "say it in a column, or in a line over this header as well";
        Some(Diagnostic::error("title-above", message).help(help))
    }

    /// Refuses remarks that may say what values are of or in: where they stand, nobody can tell for
    /// which values.
    fn look_at_remarks(&mut self, table: &mut Table<'_>, under: Under) {
        table.bare = None;
        if table.remarks.is_empty() {
            return;
        }
        for remark in std::mem::take(&mut table.remarks) {
            let title = Title::of(remark.filled().map(|(_, cell)| cell), self.plan);
            let of_year = |year: &Year| Some(*year) != table.year;
            let of_region = |region: &String| Some(region) != table.region.as_ref();
            let heads_rows = under == Under::Rows
                && (!table.header.says_year() && title.years.iter().any(of_year)
                    || !table.header.says_region() && title.regions.iter().any(of_region));
            let Some((at, cell)) = remark.filled().next() else { continue };
            if title.changes_units(self.plan) || heads_rows {
                let message =
                    format!("`{}` may say what values of the table are of, or in", quoted(cell));
                let fault = Diagnostic::error("title-in-rows", message);
                let place = remark.cell_place(table.name, at);
                let help = "say it in a column, or in a line over the header";
                self.find(fault.at(place, "").help(help));
            }
        }
    }

    /// Whether one of the first records of a file without a header explains why; then that is said.
    fn refuse_malformed(&mut self, table: &Table<'_>, first: &[Record]) -> bool {
        first.iter().any(|record| self.refuse_malformed_row(table, record))
    }

    /// Passes over a remark under the table: one that says so, or a lone cell that is no name.
    fn pass_over_remark(&mut self, table: &mut Table<'_>, record: &Record) -> bool {
        let Some((at, first)) = record.filled().next() else { return true };
        let is_alone = record.filled().count() == 1 && table.header.is_key(at);
        if row::is_signature(first) {
            self.look_at_signature(table, record);
            return true;
        }
        let is_remark = row::is_remark(first)
            || (is_alone && !row::is_total(first) || says_unit(record))
                && !self.is_known_in_row(table, first);
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

    /// Refuses the row in which people sign, if it names another region than the values would be of.
    fn look_at_signature(&mut self, table: &Table<'_>, record: &Record) {
        let title = Title::of(record.filled().map(|(_, cell)| cell), self.plan);
        if let Some(refused) = unclear_region(&title, table, &table.header) {
            self.find(refused.at(record.place(table.name), "signed here"));
        }
    }

    /// Passes over a row that adds others up.
    fn pass_over_total(&mut self, table: &Table<'_>, record: &Record) -> bool {
        let keys = record.filled().filter(|(at, _)| table.header.is_key(*at));
        let mut keys = keys.filter(|(_, cell)| row::may_be_total(cell));
        let is_total = |&(_, cell): &(usize, &str)| {
            self.names.of(cell).is_total() && !self.is_known_in_row(table, cell)
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

/// Whether a cell of a row says the unit of measure of what follows.
fn says_unit(record: &Record) -> bool {
    let mut cells = record.filled().map(|(_, cell)| cell.trim_start_matches(['(', '（']));
    record.text.contains("单位")
        && cells.any(|cell| cell.starts_with("单位：") || cell.starts_with("单位:"))
}

/// What the rows over a table, and the name of its sheet, say.
fn title_of(table: &Table<'_>, above: &[Record], plan: &Plan) -> Title {
    let cells = above.iter().flat_map(|row| row.filled().map(|(_, cell)| cell));
    // A label and what it says may stand in cells beside each other.
    let whole = above.iter().map(|row| row.filled().map(|(_, cell)| cell).collect::<Vec<_>>());
    let whole: Vec<String> = whole.map(|cells| cells.join(" ")).collect();
    Title::of(cells.chain(whole.iter().map(String::as_str)).chain(table.title), plan)
}

/// Why it cannot be told what units a title says.
fn doubtful_unit(title: &Title) -> Option<Diagnostic> {
    let unclear = title.unclear.as_ref()?;
    let message = format!("`{}` does not say one unit for all values", quoted(unclear));
    let fault = Diagnostic::error("title-unit", message);
    Some(fault.help("say the units in a column `单位` or `unit`, or behind the names"))
}

/// Why it cannot be told whether values that say no year are of the one that they would be of.
fn doubtful_year(title: &Title, year: Option<Year>) -> Option<Diagnostic> {
    let mut years = title.years.iter();
    let mut doubtful = title.doubtful.iter().filter(|doubtful| Some(**doubtful) != year);
    let message = if let (Some(first), Some(second)) = (years.next(), years.next()) {
        format!("the title names {first} and {second}")
    } else if let Some(doubtful) = doubtful.next() {
        format!("the title may be of {doubtful}")
    } else if let Some(before) = title.year_before.as_ref().filter(|_| title.years.is_empty()) {
        format!("the title may be of the year before: `{}`", quoted(before))
    } else {
        return None;
    };
    let fault = Diagnostic::error("title-year", message);
    Some(fault.help("say in a column `年份` or `year` of which year each value is"))
}

/// Why it cannot be told of which year values are: neither a column nor a title says it.
fn unknown_year(year: Option<Year>, header: &Header) -> Option<Diagnostic> {
    let message = "the header has no column `年份` or `year`";
    let fault = Diagnostic::error("unknown-header", message);
    let help = "several years are asked for: say of which year each value is";
    (year.is_none() && !header.says_year()).then(|| fault.help(help))
}

/// Why it cannot be told of which region the values under a title are that say none.
fn unclear_region(title: &Title, table: &Table<'_>, header: &Header) -> Option<Diagnostic> {
    let other = title.regions.iter().find(|region| Some(*region) != table.region.as_ref());
    let region = other.filter(|_| !header.says_region())?;
    let message = format!("`{region}` is named, and no column says the region");
    let fault = Diagnostic::error("title-region", message);
    Some(fault.help("say whose the values are in a column `地区` or `region`"))
}

/// What remarks stand under, and over.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Under {
    /// Between rows.
    Rows,
    LastRow,
}

/// What a record was taken for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Taken {
    Row,
    Header,
    /// A remark, a total, or what is refused as a whole.
    Nothing,
}

/// How many rows there were, and whether none was refused as a whole.
pub(super) struct Rows {
    pub(super) count: usize,
    is_sound: bool,
}

/// Names that nothing is known by, each with how many rows have it and what is to be said of it.
pub(super) type Unknown = BTreeMap<(&'static str, String), (usize, Diagnostic)>;
