//! From a row of cells to measured values. Every fault of a row is kept, and the next row is read
//! all the same.

use rust_decimal::Decimal;

use super::cell::{self, Cell, CellError};
use super::column::{self, Key, Values};
use super::csv::Record;
use super::held;
use super::measured::Aside;
use super::names::Named;
use super::table::Table;
use super::title::{unit_for, units_in};
use super::{Measured, Origin, Reader, Region, Status, Value, record, workbook};
use crate::diagnostic::Diagnostic;
use crate::number::show;
use crate::plan::{Comparison, Kind, Measure, Method, Quantity, RegionName, Target};
use crate::source::Place;
use crate::spelling::{fold_name, half_width, is_obeyed, one_line, quoted};
use crate::text::Lang;
use crate::unit::Unit;
use crate::year::Year;

/// A row of a table.
pub(super) struct Row<'t> {
    pub(super) table: &'t Table<'t>,
    pub(super) record: &'t Record,
}

/// What the row says of all values in it.
pub(super) struct Said {
    pub(super) quantity: Option<(Quantity, Option<Unit>)>,
    pub(super) region: String,
    pub(super) year: Option<Year>,
    unit: Option<Unit>,
    status: Option<Status>,
}

/// What is known of one value before its cell is read.
struct Slot<'p> {
    quantity: Quantity,
    measure: Measure<'p>,
    region: String,
    year: Year,
    status: Status,
    unit: Option<Unit>,
    /// Where the value stands.
    at: usize,
}

/// First cells of rows that add others up, folded.
const TOTALS: [&str; 18] = [
    "合计",
    "总计",
    "小计",
    "总数",
    "平均",
    "平均值",
    "均值",
    "全市",
    "全州",
    "全省",
    "全县",
    "全区",
    "全国",
    "total",
    "subtotal",
    "sum",
    "average",
    "mean",
];

/// Ends of the names of rows that add others up: 全州合计.
const SUMS: [&str; 3] = ["合计", "总计", "小计"];

/// Beginnings of remarks under a table.
const REMARKS: [&str; 8] =
    ["注", "备注", "说明", "资料来源", "数据来源", "note", "notes", "source"];

/// Beginnings of the row in which people sign, which says nothing of the values.
const SIGNATURES: [&str; 15] = [
    "填报人",
    "填表人",
    "制表人",
    "审核人",
    "负责人",
    "单位负责人",
    "联系人",
    "联系电话",
    "填报日期",
    "填表日期",
    "填报单位",
    "reported by",
    "checked by",
    "filled in by",
    "date",
];

/// What stands for a character that was lost, or for bytes that are none.
const LOST: char = char::REPLACEMENT_CHARACTER;

/// Whether a cell says that its row adds others up.
pub(super) fn is_total(cell: &str) -> bool {
    names_total(&fold_name(cell))
}

/// Whether a folded name does.
pub(super) fn names_total(folded: &str) -> bool {
    TOTALS.contains(&folded) || SUMS.iter().any(|sum| folded.ends_with(sum))
}

/// Whether it is worth while to look whether a cell does: most cells are numbers or longer.
pub(super) fn may_be_total(cell: &str) -> bool {
    const LONGEST: usize = 30;
    cell.len() <= LONGEST && !cell.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether a row is a remark under a table.
pub(super) fn is_remark(cell: &str) -> bool {
    begins_with(&REMARKS, cell)
}

/// Whether people sign a table in a row.
pub(super) fn is_signature(cell: &str) -> bool {
    begins_with(&SIGNATURES, cell)
}

/// Whether one of some words and a colon stand at a cell's beginning.
fn begins_with(words: &[&str], cell: &str) -> bool {
    let Some((before, _)) = cell.split_once([':', '：']) else { return false };
    let before = fold_name(before);
    words.iter().any(|word| fold_name(word) == before)
}

/// Whether a value would be another in another unit.
fn is_sized(value: &Value) -> bool {
    matches!(value, Value::Number(number) if !number.is_zero())
}

impl<'t> Row<'t> {
    /// What stands in a column, if it says anything.
    fn filled(&self, key: Key) -> Option<&'t str> {
        let at = *self.table.header.keys.get(&key)?;
        Some(self.record.cell(at)).filter(|text| !text.is_empty())
    }

    /// Whether rows are of months or days, so that there may be several a year.
    fn is_of_period(&self) -> bool {
        self.table.header.period().is_some()
    }

    fn place(&self, at: usize) -> Place {
        self.record.cell_place(self.table.name, at)
    }

    fn place_of(&self, key: Key) -> Place {
        self.place(self.table.header.keys.get(&key).copied().unwrap_or_default())
    }

    /// Where the year stands of a value in a column: in the row, or in the header.
    fn place_of_year(&self, at: usize) -> Place {
        let header = &self.table.header;
        match header.keys.get(&Key::Year) {
            Some(at) => self.place(*at),
            None => header.record.cell_place(self.table.name, at),
        }
    }

    fn origin(&self, at: usize, stood: Option<String>) -> Origin {
        let line = self.record.line;
        let said = Aside {
            cell: self.table.is_sheet.then(|| workbook::cell_name(line, at)),
            stood,
            source: self.filled(Key::Source).map(one_line),
            note: self.filled(Key::Note).map(one_line),
            reporter: self.filled(Key::Reporter).map(one_line),
        };
        Origin::new(self.table.input, line, said)
    }
}

impl<'a> Reader<'a> {
    /// Refuses a record whose cells cannot be told apart with certainty.
    pub(super) fn refuse_malformed_row(&mut self, table: &Table<'_>, row: &Record) -> bool {
        let width = table.header.record.cells.len();
        let is_control = |c: char| is_obeyed(c) && !matches!(c, '\n' | '\r' | '\t');
        let is_odd = |c: &char| *c == LOST || is_control(*c);
        let odd = row.cells.iter().map(|cell| cell.chars().find(is_odd));
        let odd = odd.enumerate().find_map(|(at, odd)| Some((at, odd?)));
        let is_long = width > 0 && row.cells.len() > width;
        let spare = || row.filled().find(|(at, _)| is_long && *at >= width);
        let fault = if row.is_cut {
            let message = "the row is longer than 1 MiB, and the file is not read on";
            let help =
                "it has probably swallowed others: look for a quotation mark that is not closed";
            ("row-too-large", message.to_owned(), 0, help)
        } else if row.is_broken {
            let message = "a carriage return ends the row, and lines above end in a line feed";
            let help = "delete it where it stands within a row; else end all lines alike";
            ("stray-return", message.to_owned(), row.cells.len().saturating_sub(1), help)
        } else if row.is_foreign {
            let message = "the file is read as UTF-8, and the cell holds bytes that are not";
            let help = "type the cell anew; else say the file's encoding with `--encoding`";
            let at = row.cells.iter().position(|cell| cell.contains(LOST)).unwrap_or_default();
            ("unknown-encoding", message.to_owned(), at, help)
        } else if let Some(at) = record::ill_quoted(&row.text, row.delimiter) {
            let message = "the cell's quotation marks do not close where the cell ends";
            let help = "close them there, or double those that belong to the text";
            ("bad-quotes", message.to_owned(), at, help)
        } else if let Some((at, LOST)) = odd {
            let message = "the cell holds characters that were lost when the file was saved";
            ("lost-character", message.to_owned(), at, "type the cell anew")
        } else if let Some((at, _)) = odd {
            let message = "the cell holds a control character";
            ("control-character", message.to_owned(), at, "type the cell anew")
        } else if let Some((at, _)) = spare() {
            let message = format!("the row has {} cells, the header has {width}", row.cells.len());
            let help = "put a cell that holds a comma in quotation marks: \"1,234\"";
            ("row-too-long", message, at, help)
        } else {
            return false;
        };
        let (code, message, at, help) = fault;
        let place = row.cell_place(table.name, at);
        self.find(Diagnostic::error(code, message).at(place, "").help(help));
        true
    }

    /// Whether a cell of a row names something of the plan.
    pub(super) fn is_known_in_row(&mut self, table: &Table<'_>, cell: &str) -> bool {
        let named = self.names.of(cell);
        named.quantity().is_some()
            || matches!(named.region(), RegionName::Known(_))
            || table.header.keys.contains_key(&Key::Year) && named.year().is_some()
    }

    pub(super) fn row(&mut self, row: &Row<'_>) {
        let Some(said) = self.said(row) else { return };
        for (at, values) in &row.table.header.values {
            if let Some(slot) = self.slot(row, &said, values, *at) {
                self.take_value(row, &slot);
            }
        }
    }

    /// What the row says of all its values; none where it cannot be told.
    pub(super) fn said(&mut self, row: &Row<'_>) -> Option<Said> {
        let quantity = match row.table.header.indicator() {
            Some(at) => self.quantity(row, at).map(Some),
            None => Some(None),
        };
        let year = self.row_year(row).filter(|year| !self.refuse_date(row, *year));
        let region = self.row_region(row);
        let status = self.row_status(row);
        let unit = row.filled(Key::Unit).filter(|text| !cell::is_no_unit(text)).map(Unit::new);
        Some(Said { quantity: quantity?, year: year?, region: region?, status: status?, unit })
    }

    /// Refuses a note that says a unit in which the value would be another number.
    fn refuse_note_with_unit(&mut self, row: &Row<'_>, measure: Measure<'_>) -> bool {
        let may_say = |note: &&str| {
            note.contains("单位") || note.ends_with('计') || note.chars().count() <= 4
        };
        let Some(own) = measure.unit else { return false };
        let Some(note) = row.filled(Key::Note).filter(may_say) else { return false };
        let is_other = |unit: &Unit| unit != own && unit.is_convertible_to(own);
        let says_other = is_other(&Unit::new(note))
            || match units_in(note, self.plan) {
                Ok(units) => units.iter().any(|said| is_other(&said.unit)),
                Err(_) => true,
            };
        if says_other {
            let message = format!("the note says a unit, `{}`", quoted(note));
            let fault = Diagnostic::error("unit-mismatch", message).at(row.place_of(Key::Note), "");
            self.find(fault.help("say it in a column `单位` or `unit`, or behind the value"));
        }
        says_other
    }

    /// What is known of the value in a column.
    fn slot(&mut self, row: &Row<'_>, said: &Said, values: &Values, at: usize) -> Option<Slot<'a>> {
        let is_long = values.of.is_none();
        // A spreadsheet's row ends with its last filled cell.
        if is_long && at >= row.record.cells.len() && !row.table.is_sheet {
            self.refuse(row, at, "short-row", "the row has no value cell", "add it");
            return None;
        }
        let (quantity, named_unit) = match values.of {
            Some(of) => (of, None),
            None => said.quantity.clone()?,
        };
        let plan = self.plan;
        let measure = plan.measure(quantity)?;
        let year = self.one_year(row, said, values, at)?;
        let region = values.region.clone().unwrap_or_else(|| said.region.clone());
        let units = [said.unit.clone(), named_unit, values.unit.clone()];
        let unit = self.one_unit(row, units, at)?;
        if unit.is_none() && self.refuse_note_with_unit(row, measure) {
            return None;
        }
        let status = values.status.or(said.status).unwrap_or(Status::SelfChecked);
        Some(Slot { quantity, measure, region, year, status, unit, at })
    }

    /// What the row gives a value of.
    fn quantity(&mut self, row: &Row<'_>, at: usize) -> Option<(Quantity, Option<Unit>)> {
        let name = row.record.cell(at);
        if name.is_empty() {
            let message = "the row names no indicator";
            let help = if self.names_columns(row) {
                "if it is the second row of the header, write the header in one: `2021年核定值`"
            } else {
                "write its name or id"
            };
            self.refuse(row, at, "no-indicator", message, help);
            return None;
        }
        let found = self.names.of(name).quantity().cloned();
        if found.is_none() {
            self.unknown_indicator(row, name, at);
        }
        found
    }

    /// Whether what stands under the values are the names of columns, or what a status is called.
    fn names_columns(&mut self, row: &Row<'_>) -> bool {
        let mut cells = row.table.header.values.iter().map(|(at, _)| row.record.cell(*at));
        cells.all(|cell| Status::of(cell).is_some() || self.names.of(cell).is_column())
    }

    fn unknown_indicator(&mut self, row: &Row<'_>, name: &str, at: usize) {
        if matches!(self.names.of(name).region(), RegionName::Known(_)) {
            let message = format!("`{}` is a region and no indicator", quoted(name));
            let help = "say in a column `地区` or `region` whose the values are";
            return self.refuse(row, at, "unknown-indicator", &message, help);
        }
        if self.is_said("indicator", name) {
            return;
        }
        // Of what is left out nobody asks what was meant.
        let near = if self.options.ignore_unknown { Vec::new() } else { self.plan.nearest(name) };
        let near: Vec<_> = near.iter().map(|near| format!("`{near}`")).collect();
        let help = match near.as_slice() {
            [] => "give the id, the name or an alias of an indicator of the plan; \
                   `--ignore-unknown` leaves out what the plan does not have"
                .to_owned(),
            near => format!("did you mean {}?", near.join(" or ")),
        };
        let message = format!("the plan has no indicator `{}`", quoted(name));
        let fault = Diagnostic::error("unknown-indicator", message);
        self.say_once("indicator", name, fault.at(row.place(at), "").help(help));
    }

    /// The year that the row says; where it says none, a column or the table may.
    fn row_year(&mut self, row: &Row<'_>) -> Option<Option<Year>> {
        let Some(text) = row.filled(Key::Year) else {
            let above = row.table.above.year.filter(|above| row.table.year != Some(*above));
            let Some(above) = above else { return Some(None) };
            self.refuse_blank(row, Key::Year, "year", &above.to_string());
            return None;
        };
        let year = self.names.of(text).year();
        if year.is_none() {
            let message = format!("`{}` is no year", quoted(text));
            let place = row.place_of(Key::Year);
            let fault = Diagnostic::error("bad-year", message).at(place, "");
            self.find(fault.help("write a year such as `2021`"));
            return None;
        }
        Some(year)
    }

    /// Refuses a date of another year than the row is of.
    fn refuse_date(&mut self, row: &Row<'_>, said: Option<Year>) -> bool {
        let header = &row.table.header;
        let in_columns = header.values.iter().all(|(_, values)| values.year.is_some());
        let of_table = row.table.year.filter(|_| !in_columns);
        let Some(year) = said.or(of_table) else { return false };
        let mut dates = header
            .periods
            .iter()
            .filter_map(|at| Some((*at, column::year_of_date(row.record.cell(*at))?)));
        let Some((at, by_date)) = dates.find(|(_, by_date)| *by_date != year) else { return false };
        let message = format!("the date is of {by_date}, and the value would be of {year}");
        let help = match said {
            Some(_) => "mend one of them",
            None => "say the year in a column `年份` or `year`",
        };
        self.refuse(row, at, "bad-year", &message, help);
        true
    }

    /// The one year that a value is of.
    fn one_year(&mut self, row: &Row<'_>, said: &Said, values: &Values, at: usize) -> Option<Year> {
        if let (Some(by_row), Some(by_column)) = (said.year, values.year)
            && by_row != by_column
        {
            let message = format!("the row says {by_row} and the column {by_column}");
            self.refuse(row, at, "bad-year", &message, "say the year once");
            return None;
        }
        let by_itself = said.year.or(values.year);
        if let Some(doubt) = row.table.doubt.year.clone().filter(|_| by_itself.is_none()) {
            self.find(doubt.at(row.place_of(Key::Year), ""));
            return None;
        }
        let Some(year) = by_itself.or(row.table.year) else {
            let message = "the row says no year";
            self.refuse(row, at, "bad-year", message, "write it, such as `2021`");
            return None;
        };
        if year > self.plan.about().years.last() {
            self.refuse_year(row, year, at);
            return None;
        }
        Some(year)
    }

    fn refuse_year(&mut self, row: &Row<'_>, year: Year, at: usize) {
        if self.is_said("year", &year.to_string()) {
            return;
        }
        let message = format!("{year} is after the plan's years, {}", self.plan.about().years);
        let fault = Diagnostic::error("year-outside-plan", message);
        let help = "mend the year, or leave it out; `--ignore-unknown` does";
        let fault = fault.at(row.place_of_year(at), "").help(help);
        self.say_once("year", &year.to_string(), fault);
    }

    /// Says of values that are earlier than anything that the plan looks at.
    pub(super) fn say_early(&mut self, input: usize) {
        let Some((count, year, place)) = self.early.remove(&input) else { return };
        let (values, are) = if count == 1 { ("value", "is") } else { ("values", "are") };
        let first = self.earliest;
        let message = format!("{count} {values} from before {first} {are} not used, {year} first");
        let warning = Diagnostic::warning("early-year", message).at(place, "the first");
        self.find(
            warning.help(
                "nothing in the plan looks that far back; mend the year, if another was meant",
            ),
        );
    }

    /// The region that the row is of: the plan's own where it says none.
    fn row_region(&mut self, row: &Row<'_>) -> Option<String> {
        let own = row.table.region.as_ref().unwrap_or(&self.plan.about().region);
        let Some(text) = row.filled(Key::Region) else {
            let above = row.table.above.region.as_ref();
            let above =
                above.filter(|above| self.names.of(above).region() != RegionName::Known(own));
            let Some(above) = above else { return Some(own.clone()) };
            self.refuse_blank(row, Key::Region, "region", above);
            return None;
        };
        match self.names.of(text).region() {
            RegionName::Known(name) => Some(name.to_owned()),
            RegionName::Open => Some(one_line(text)),
            RegionName::Unknown => {
                self.unknown_region(row, text);
                None
            }
        }
    }

    /// Refuses an empty cell under one that says something: it may be that of the row above, as in
    /// a table whose cells were merged, or none.
    fn refuse_blank(&mut self, row: &Row<'_>, key: Key, what: &str, above: &str) {
        let message = format!("the row says no {what}, and the rows above say `{}`", quoted(above));
        let fault = Diagnostic::error("blank-under-name", message).at(row.place_of(key), "");
        self.find(fault.help("write it in every row"));
    }

    fn unknown_region(&mut self, row: &Row<'_>, name: &str) {
        if self.is_said("region", name) {
            return;
        }
        let near: Vec<_> = self.plan.nearest_regions(name);
        let help = match near.first() {
            Some(near) => format!("did you mean `{near}`?"),
            None => "the plan lists its regions; `--ignore-unknown` leaves others out".to_owned(),
        };
        let message = format!("the plan has no region `{}`", quoted(name));
        let fault = Diagnostic::error("unknown-region", message);
        self.say_once("region", name, fault.at(row.place_of(Key::Region), "").help(help));
    }

    fn row_status(&mut self, row: &Row<'_>) -> Option<Option<Status>> {
        let Some(text) = row.filled(Key::Status).filter(|text| !cell::is_no_unit(text)) else {
            return Some(None);
        };
        let status = Status::of(text);
        if status.is_none() {
            let message = format!("`{}` does not say who answers for the value", quoted(text));
            let fault = Diagnostic::error("bad-status", message).at(row.place_of(Key::Status), "");
            self.find(fault.help("write `自查` (`self-checked`) or `核定` (`verified`)"));
            return None;
        }
        Some(status)
    }

    /// The one unit that the row, its name and its column say.
    fn one_unit(
        &mut self,
        row: &Row<'_>,
        said: [Option<Unit>; 3],
        at: usize,
    ) -> Option<Option<Unit>> {
        let mut said = said.into_iter().flatten();
        let first = said.next();
        if let (Some(first), Some(other)) =
            (&first, said.find(|other| first.as_ref() != Some(other)))
        {
            let message = format!("two units are said of the value, `{first}` and `{other}`");
            self.refuse(row, at, "unit-mismatch", &message, "say one of them");
            return None;
        }
        Some(first)
    }

    /// Reads the cell of a value and keeps what it says.
    fn take_value(&mut self, row: &Row<'_>, slot: &Slot<'_>) {
        let is_early = slot.year < self.earliest;
        match self.read_cell(row, slot) {
            Ok(Cell::Missing) if is_early => {}
            Ok(Cell::Missing) => {
                let origin = row.origin(slot.at, None);
                let key = (slot.year, slot.quantity);
                if let Some(region) = self.region_mut(&slot.region) {
                    region.absent.entry(key).or_default().push(origin);
                }
            }
            _ if is_early => {
                let place = || (0, slot.year, row.place_of_year(slot.at));
                self.early.entry(row.table.input).or_insert_with(place).0 += 1;
            }
            _ if slot.measure.is_worked_out => {
                let message =
                    format!("the value of `{}` is worked out by the plan", slot.measure.id);
                let help = "give the values that it is worked out from, and leave this one out";
                self.refuse(row, slot.at, "worked-out", &message, help);
            }
            _ if row.table.repeated.contains(&(row.record.line, slot.at)) => {
                let message = "the value is merged with the cell above it or beside it";
                self.refuse(row, slot.at, "merged-value", message, "give each its own value");
            }
            Ok(Cell::Value { value, unit, converted }) => {
                self.take_sound(row, slot, value, unit, converted);
            }
            Ok(Cell::NotApplicable { reason }) => {
                if let Some(reason) = self.reason(row, slot.at, reason) {
                    self.take_sound(row, slot, Value::NotApplicable(reason), None, None);
                }
            }
            Err(error) => {
                let unit = row.table.header.keys.get(&Key::Unit).copied();
                let at = unit.filter(|_| error.is_of_unit).unwrap_or(slot.at);
                self.refuse(row, at, error.code, &error.message, &error.help);
            }
        }
    }

    /// Keeps a value that was read, unless its unit is in doubt.
    fn take_sound(
        &mut self,
        row: &Row<'_>,
        slot: &Slot<'_>,
        value: Value,
        unit: Option<Unit>,
        stood: Option<String>,
    ) {
        if unit.is_none() && self.refuse_unit_above(row, slot, &value) {
            return;
        }
        let is_open = slot.measure.unit.is_none() && *slot.measure.kind == Kind::Number;
        let unit = unit.filter(|_| is_open);
        if unit.as_ref().is_some_and(|unit| self.refuse_second_unit(row, slot, unit)) {
            return;
        }
        self.doubt(row, slot, &value);
        let unit = unit.map(|unit| unit.as_str().to_owned());
        let measured = Measured::new(value, row.origin(slot.at, stood)).with(unit, slot.status);
        self.keep(row, slot, measured);
    }

    /// Refuses a value without a unit under one in another unit of the same kind: it may be in
    /// that, where the cells of the units were merged.
    fn refuse_unit_above(&mut self, row: &Row<'_>, slot: &Slot<'_>, value: &Value) -> bool {
        let Some(own) = slot.measure.unit else { return false };
        if let Some(doubt) = row.table.doubt.unit.clone().filter(|_| is_sized(value)) {
            self.find(doubt.at(row.place(slot.at), ""));
            return true;
        }
        let Some(above) = &row.table.above.unit else { return false };
        let is_other = above != own && above.is_convertible_to(own);
        if is_other && is_sized(value) && row.table.header.keys.contains_key(&Key::Unit) {
            self.refuse_blank(row, Key::Unit, "unit", above.as_str());
            return true;
        }
        false
    }

    /// Reads a cell in the unit that is said of it; where none is, not even in the cell, in that of
    /// the title.
    fn read_cell(&self, row: &Row<'_>, slot: &Slot<'_>) -> Result<Cell, CellError> {
        let text = row.record.cell(slot.at);
        let read = |unit| cell::read(text, unit, row.record.delimiter == b';', slot.measure);
        let by_cell = read(slot.unit.as_ref());
        let says_unit = slot.unit.is_some()
            || matches!(&by_cell, Ok(Cell::Value { unit: Some(_), .. } | Cell::Missing));
        if says_unit {
            return by_cell;
        }
        match unit_for(&row.table.units, slot.quantity, slot.measure)? {
            Some(unit) => read(Some(unit)),
            None => by_cell,
        }
    }

    /// An indicator without a unit of its own takes any, but only one.
    fn refuse_second_unit(&mut self, row: &Row<'_>, slot: &Slot<'_>, unit: &Unit) -> bool {
        let here = || (unit.clone(), row.origin(slot.at, None));
        let (first, origin) = self.units.entry(slot.quantity).or_insert_with(here);
        if first == unit {
            return false;
        }
        let message = format!(
            "the indicator has values in `{unit}`, and in `{first}` at {}",
            origin.place(&self.tables)
        );
        self.refuse(row, slot.at, "unit-mismatch", &message, "give all its values in one unit");
        true
    }

    /// Why an indicator does not apply.
    fn reason(&mut self, row: &Row<'_>, at: usize, in_cell: Option<String>) -> Option<String> {
        let reason = in_cell.or_else(|| row.filled(Key::Note).map(one_line));
        if reason.is_none() {
            let message = "the value does not apply, and no reason is given";
            let help = "give the reason in the column `备注` or `note`, or behind a colon";
            self.refuse(row, at, "no-reason", message, help);
        }
        reason
    }

    /// Says of a readable value that it is probably not what was meant.
    fn doubt(&mut self, row: &Row<'_>, slot: &Slot<'_>, value: &Value) {
        let Value::Number(number) = value else { return };
        let text = row.record.cell(slot.at);
        let measure = slot.measure;
        let per_cent = measure.unit.is_some_and(Unit::is_per_cent);
        let warning = if per_cent && number.abs() > Decimal::ONE_HUNDRED {
            let message = format!("{}% is beyond all of a whole", show(*number));
            let help = "mend the value if it is a share; it counts as it stands";
            Diagnostic::warning("over-100-per-cent", message).help(help)
        } else if number.is_zero() && measure.zero_is_suspect {
            let message = format!("0 is no likely value of `{}`", measure.id);
            let help = "leave the cell empty where nothing was measured; it counts as it stands";
            Diagnostic::warning("suspect-zero", message).help(help)
        } else if per_cent && !half_width(text).contains('%') && self.is_like_share(slot, *number) {
            let message = format!("{}% is very far from its target", show(*number));
            let help = "if it is a share of 1, write it in per cent; it counts as it stands";
            Diagnostic::warning("like-share", message).help(help)
        } else {
            return self.doubt_points(row, slot, *number);
        };
        self.find(warning.at(row.place(slot.at), ""));
    }

    /// Whether a percentage is at most 1 where targets are of another size.
    fn is_like_share(&self, slot: &Slot<'_>, number: Decimal) -> bool {
        let Quantity::Item(index) = slot.quantity else { return false };
        let item = self.plan.indicators().get(index);
        let targets = item.into_iter().flat_map(|item| &item.targets);
        let bounds = targets.flat_map(Target::comparisons).flat_map(Comparison::numbers);
        let is_large = bounds.into_iter().any(|bound| bound.abs() >= Decimal::TEN);
        is_large && !number.is_zero() && number.abs() <= Decimal::ONE
    }

    /// Says of points that a person gave that they are more or fewer than there can be.
    fn doubt_points(&mut self, row: &Row<'_>, slot: &Slot<'_>, given: Decimal) {
        let Quantity::Item(index) = slot.quantity else { return };
        let item = self.plan.indicators().get(index);
        let item = item.filter(|item| item.rule.method == Method::Reported);
        let Some(item) = item else { return };
        let (least, most) = item.rule.bounds(item.points);
        if !(least..=most).contains(&given) {
            let message = format!("{} points are not between {least} and {most}", show(given));
            let warning = Diagnostic::warning("points-beyond", message);
            let help = "mend them; they are held within these ends";
            self.find(warning.at(row.place(slot.at), "").help(help));
        }
    }

    /// Keeps a value, unless there is a different one.
    fn keep(&mut self, row: &Row<'_>, slot: &Slot<'_>, measured: Measured) {
        let key = held::Key::new(slot.year, slot.quantity);
        let place = (self.names.of(&slot.region).folded().to_owned(), slot.year, slot.quantity);
        if self.twice.contains(&place) {
            return;
        }
        let Some(region) = self.region_mut(&slot.region) else { return };
        let (value, origin) = match region.values.add(key, measured) {
            Ok(()) => return,
            // Days that have the same value are days all the same.
            Err((first, _)) if row.is_of_period() && first.is_from(row.table.input) => {
                (first.value.clone(), first.origin().clone())
            }
            Err((first, measured)) => match first.join(measured) {
                None => return,
                Some(other) => other,
            },
        };
        self.twice.insert(place);
        self.refuse_second(row, slot, &value, &origin);
    }

    /// Refuses a value where there is another.
    fn refuse_second(&mut self, row: &Row<'_>, slot: &Slot<'_>, first: &Value, origin: &Origin) {
        let Slot { measure, region, year, at, .. } = slot;
        let (what, region) = (measure.id, quoted(region));
        let value = first.show(*measure, Lang::En);
        let place = origin.place(&self.tables);
        let message = format!("two different values for `{what}`, {region}, {year}");
        let fault = Diagnostic::error("two-values", message);
        let fault = fault.at(row.place(*at), format!("the first is {value}, at {place}"));
        self.find(match row.table.header.period() {
            Some(period) => fault.help(format!(
                "an item has one value a year: of several by `{}`, give the yearly one",
                quoted(period)
            )),
            None => fault.help(
                "keep the right one; or say in a column `自查/核定` (`status`) which is verified",
            ),
        });
    }

    /// Where the region of a name is. Of its spellings the plan's own is shown, else the shortest.
    pub(super) fn region(&mut self, name: &str) -> usize {
        let named = self.names.of(name);
        self.region_of(&named, name)
    }

    /// The same where the name was looked up.
    pub(super) fn region_of(&mut self, named: &Named<'_>, name: &str) -> usize {
        // A region whose name the plan knows has it in the plan's spelling already.
        let regions = &mut self.read.regions;
        let at = match regions.get_index_of(named.folded()) {
            Some(at) => at,
            None => {
                let like = regions.last().map(|(_, like)| like);
                let region = Region::of(self.plan, like);
                regions.insert_full(named.folded().to_owned(), region).0
            }
        };
        let Some((_, region)) = regions.get_index_mut(at) else { return at };
        let is_shorter = |a: &str, b: &str| (a.chars().count(), a) < (b.chars().count(), b);
        if region.name.is_empty() || region.name != name && is_shorter(name, &region.name) {
            name.clone_into(&mut region.name);
        }
        at
    }

    /// The region of a name, for whoever puts something into it.
    fn region_mut(&mut self, name: &str) -> Option<&mut Region> {
        let at = self.region(name);
        self.read.regions.get_index_mut(at).map(|(_, region)| region)
    }

    fn refuse(&mut self, row: &Row<'_>, at: usize, code: &'static str, message: &str, help: &str) {
        let fault = Diagnostic::error(code, message).at(row.place(at), "");
        self.find(fault.help(help));
    }
}
