//! CSV in UTF-8, a row a value.

use std::collections::BTreeMap;
use std::ops::Range;

use csv::StringRecord;
use rust_decimal::Decimal;

use super::cell::{self, Cell};
use super::header::Column;
use super::{Measured, Origin, Reader, Value, record};
use crate::diagnostic::Diagnostic;
use crate::plan::{Indicator, Kind};
use crate::source::{Place, Source};
use crate::unit::Unit;
use crate::year::Year;

/// A record of a file: its text and where that begins.
#[derive(Clone, Debug)]
pub(super) struct Row {
    file: usize,
    line: usize,
    range: Range<usize>,
}

/// The text of a file, or why it has none.
pub(super) fn decode(name: &str, bytes: &[u8]) -> Result<Source, Diagnostic> {
    let save = "in Excel, save as \"CSV UTF-8 (comma delimited)\"";
    if bytes.starts_with(b"PK\x03\x04") {
        let fault =
            Diagnostic::error("not-csv", "the file is a workbook (or another ZIP), not CSV");
        return Err(fault.at(Source::new(name, "").place(0..0), "").help(save));
    }
    Source::from_utf8(name, bytes).map_err(|place| {
        let fault = Diagnostic::error("not-utf8", "the file is not in UTF-8");
        fault.at(place, "a byte here is not").help(save)
    })
}

/// The columns that a header names.
type Columns = BTreeMap<Column, usize>;

impl<'a> Reader<'a> {
    /// Reads a file's rows and says how many there were.
    pub(super) fn read_source(&mut self, file: usize, source: &Source) -> usize {
        let mut records = Records::new(file, source);
        let Some((row, header)) = records.next() else {
            let fault = Diagnostic::error("empty-file", "the file is empty");
            let help = "begin with a header such as `指标,数值` or `indicator,value`";
            self.found.push(fault.at(source.place(0..0), "").help(help));
            return 0;
        };
        let Some(columns) = self.columns(&row, &header) else {
            return 0;
        };
        let mut count = 0;
        for (row, cells) in records {
            if let Some(at) = record::ill_quoted(self.excerpt(&row).text()) {
                self.refuse_quotes(&row, at);
                continue;
            }
            if cells.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            count += 1;
            self.row(&columns, header.len(), &row, &cells);
        }
        if count == 0 {
            let fault = Diagnostic::error("no-rows", "the file has a header and no values");
            self.found.push(fault.at(self.place(&row), "").help("add a row for each value"));
        }
        count
    }

    fn columns(&mut self, row: &Row, header: &StringRecord) -> Option<Columns> {
        let mut columns = Columns::new();
        let before = self.found.len();
        let mut sound = true;
        for (at, cell) in header.iter().enumerate() {
            let Some(column) = Column::named(cell) else {
                self.say_unread(row, at, cell);
                continue;
            };
            if let Some(first) = columns.insert(column, at) {
                let fault =
                    Diagnostic::error("duplicate-column", format!("two columns are `{cell}`"));
                let fault = fault.at(self.cell_place(row, at), "the second");
                self.found.push(fault.at(self.cell_place(row, first), "the first"));
                sound = false;
            }
        }
        let year = self.year.is_none().then_some(Column::Year);
        for column in [Column::Indicator, Column::Value].into_iter().chain(year) {
            if !columns.contains_key(&column) {
                // That nothing was recognised is one fault, not one for every column.
                self.found.truncate(before);
                self.refuse_header(row, column);
                return None;
            }
        }
        sound.then_some(columns)
    }

    fn say_unread(&mut self, row: &Row, at: usize, cell: &str) {
        if cell.trim().is_empty() {
            return;
        }
        let warning = Diagnostic::warning(
            "unread-column",
            format!("the column `{}` is not read", cell.trim()),
        );
        self.found.push(warning.at(self.cell_place(row, at), ""));
    }

    fn refuse_header(&mut self, row: &Row, column: Column) {
        let names: Vec<_> = column.names().iter().map(|name| format!("`{name}`")).collect();
        let names = names.join(" or ");
        let message = format!("the header has no column {names}");
        let help = match column {
            Column::Year => {
                "the values of several years are asked for: say of which year each is".to_owned()
            }
            _ => "the first line names the columns, such as `指标,数值` or `indicator,value`"
                .to_owned(),
        };
        let fault = Diagnostic::error("unknown-header", message);
        self.found.push(fault.at(self.place(row), "read as the header").help(help));
    }

    fn refuse_quotes(&mut self, row: &Row, at: usize) {
        let message = "the cell's quotation marks do not close where the cell ends";
        let help = "close them there, or double those that belong to the text";
        self.refuse_cell(row, at, "bad-quotes", message, help);
    }

    /// Reads one row; its faults are kept.
    fn row(&mut self, columns: &Columns, width: usize, row: &Row, cells: &StringRecord) {
        let spare = cells.iter().enumerate().skip(width).find(|(_, cell)| !cell.trim().is_empty());
        if let Some((at, _)) = spare {
            let message = format!("the row has {} cells, the header has {width}", cells.len());
            let fault = Diagnostic::error("row-too-long", message);
            let help = "put a cell that holds a comma in quotation marks: \"1,234\"";
            self.found.push(fault.at(self.cell_place(row, at), "one too many").help(help));
            return;
        }
        let cell = |column| columns.get(&column).map(|&at| (at, cells.get(at)));
        let text = |column| cell(column).and_then(|(_, text)| text).map(str::trim);
        let filled = |column| text(column).filter(|text| !text.is_empty());
        let at = |column| columns.get(&column).copied().unwrap_or_default();
        if self.has_control_character(row, cells) {
            return;
        }

        let indicator = self.indicator(row, at(Column::Indicator), filled(Column::Indicator));
        let year = self.row_year(row, at(Column::Year), filled(Column::Year));
        let Some(value) = text(Column::Value) else {
            self.refuse_cell(
                row,
                at(Column::Value),
                "short-row",
                "the row has no value cell",
                "add it",
            );
            return;
        };
        let Some((index, indicator)) = indicator else {
            return;
        };
        let unit = filled(Column::Unit).map(Unit::new);
        let unit_fits = self.unit_fits(row, at(Column::Unit), unit.as_ref(), index, indicator);
        let note = filled(Column::Note).map(str::to_owned);
        let value_at = at(Column::Value);
        let value = match cell::read(value, unit.as_ref(), indicator) {
            Ok(Cell::Missing) => return,
            Ok(Cell::Value(value)) => value,
            Ok(Cell::NotApplicable) => match &note {
                Some(reason) => Value::NotApplicable(reason.clone()),
                None => {
                    let message = "the value does not apply, and no reason is given";
                    self.refuse_cell(
                        row,
                        value_at,
                        "no-reason",
                        message,
                        "give the reason in the column `备注` or `note`",
                    );
                    return;
                }
            },
            Err(error) => {
                self.refuse_cell(row, value_at, "bad-value", &error.message, &error.help);
                return;
            }
        };
        let (Some(year), true) = (year, unit_fits) else {
            return;
        };
        self.doubt(row, value_at, &value, indicator);
        let region = filled(Column::Region).unwrap_or(&self.plan.about().region).to_owned();
        let measured = Measured {
            value,
            unit: unit.filter(|_| indicator.unit.is_none()).map(|unit| unit.as_str().to_owned()),
            origins: vec![Origin {
                file: row.file,
                line: row.line,
                source: filled(Column::Source).map(str::to_owned),
                note,
            }],
        };
        self.keep(row, (region, year, index), measured);
    }

    fn has_control_character(&mut self, row: &Row, cells: &StringRecord) -> bool {
        let is_control = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
        let bad = cells.iter().position(|cell| cell.contains(is_control));
        if let Some(at) = bad {
            let message = "the cell holds a control character";
            self.refuse_cell(row, at, "control-character", message, "type the cell anew");
        }
        bad.is_some()
    }

    fn indicator(
        &mut self,
        row: &Row,
        at: usize,
        name: Option<&str>,
    ) -> Option<(usize, &'a Indicator)> {
        let Some(name) = name else {
            self.refuse_cell(
                row,
                at,
                "no-indicator",
                "the row names no indicator",
                "write its name or id",
            );
            return None;
        };
        let plan = self.plan;
        let known = plan.find(name);
        if known.is_none() {
            let near: Vec<_> =
                plan.nearest(name).into_iter().map(|near| format!("`{near}`")).collect();
            let help = if near.is_empty() {
                "give the id, the name or an alias of an indicator of the plan".to_owned()
            } else {
                format!("did you mean {}?", near.join(" or "))
            };
            let message = format!("the plan has no indicator `{name}`");
            self.refuse_cell(row, at, "unknown-indicator", &message, &help);
        }
        known.and_then(|index| plan.indicators().get(index).map(|indicator| (index, indicator)))
    }

    /// Whether a row's unit is its indicator's. An indicator without a unit of its own takes any,
    /// but only one.
    fn unit_fits(
        &mut self,
        row: &Row,
        at: usize,
        unit: Option<&Unit>,
        index: usize,
        indicator: &Indicator,
    ) -> bool {
        let Some(unit) = unit else { return true };
        let (message, help) = match (&indicator.unit, &indicator.kind) {
            (Some(own), _) if own == unit => return true,
            (Some(own), _) => (
                format!("the unit `{unit}` is not that of the indicator, `{own}`"),
                format!("give the value in {own}"),
            ),
            (None, Kind::Task) if unit.is_per_cent() => return true,
            (None, Kind::Task | Kind::Class(_)) => {
                (format!("the indicator takes no unit, `{unit}`"), "leave the unit out".to_owned())
            }
            (None, Kind::Number) => return self.unit_agrees(row, at, unit, index),
        };
        self.refuse_cell(row, at, "unit-mismatch", &message, &help);
        false
    }

    fn unit_agrees(&mut self, row: &Row, at: usize, unit: &Unit, index: usize) -> bool {
        let first = self.units.entry(index).or_insert_with(|| (unit.clone(), row.clone()));
        if first.0 == *unit {
            return true;
        }
        let (first, place) = first.clone();
        let message = format!("the indicator has values in `{unit}` and in `{first}`");
        let fault = Diagnostic::error("unit-mismatch", message).at(self.cell_place(row, at), "");
        let fault =
            fault.at(self.place(&place), "the first").help("give all its values in one unit");
        self.found.push(fault);
        false
    }

    /// Says of a readable value that it is probably not what was meant.
    fn doubt(&mut self, row: &Row, at: usize, value: &Value, indicator: &Indicator) {
        let per_cent = indicator.unit.as_ref().is_some_and(Unit::is_per_cent);
        if let Value::Number(number) = value
            && per_cent
            && number.abs() > Decimal::ONE_HUNDRED
        {
            let warning =
                Diagnostic::warning("over-100-per-cent", format!("{number} % is more than all"));
            let warning = warning.at(self.cell_place(row, at), "");
            self.found
                .push(warning.help("mend the value if it is a share; it counts as it stands"));
        }
    }

    /// Keeps a value, unless another row has a different one.
    fn keep(&mut self, row: &Row, key: (String, Year, usize), measured: Measured) {
        let (region, year, index) = key;
        let values = self.read.regions.entry(region.clone()).or_default();
        let Some(first) = values.get_mut(&(year, index)) else {
            values.insert((year, index), measured);
            self.rows.insert((region, year, index), row.clone());
            return;
        };
        if first.value == measured.value {
            first.origins.extend(measured.origins);
            return;
        }
        let name = self.plan.indicators().get(index).map_or("", |indicator| indicator.id.as_str());
        let message = format!("two different values for `{name}`, {region}, {year}");
        let fault = Diagnostic::error("two-values", message).at(self.place(row), "the second");
        let first = self.rows.get(&(region, year, index)).map(|row| self.place(row));
        let fault = first.into_iter().fold(fault, |fault, place| fault.at(place, "the first"));
        self.found.push(fault.help("keep the right one"));
    }

    fn row_year(&mut self, row: &Row, at: usize, text: Option<&str>) -> Option<Year> {
        let Some(text) = text else {
            if self.year.is_none() {
                self.refuse_cell(
                    row,
                    at,
                    "bad-year",
                    "the row says no year",
                    "write it, such as `2021`",
                );
            }
            return self.year;
        };
        let Ok(year) = text.parse::<Year>() else {
            let message = format!("`{text}` is no year");
            self.refuse_cell(row, at, "bad-year", &message, "write a year such as `2021`");
            return None;
        };
        let years = self.plan.about().years;
        if year > years.last() {
            let message = format!("{year} is after the plan's years, {years}");
            self.refuse_cell(
                row,
                at,
                "year-outside-plan",
                &message,
                "mend the year, or leave the row out",
            );
            return None;
        }
        Some(year)
    }

    fn refuse_cell(&mut self, row: &Row, at: usize, code: &'static str, message: &str, help: &str) {
        let fault = Diagnostic::error(code, message).at(self.cell_place(row, at), "");
        self.found.push(fault.help(help));
    }

    fn place(&self, row: &Row) -> Place {
        let source = self.excerpt(row);
        source.place(0..source.text().len())
    }

    fn cell_place(&self, row: &Row, at: usize) -> Place {
        let source = self.excerpt(row);
        let end = source.text().len();
        let cell = record::cells(source.text()).into_iter().nth(at).unwrap_or(end..end);
        source.place(cell)
    }

    fn excerpt(&self, row: &Row) -> Source {
        let (name, text) = self.sources.get(row.file).map_or(("", ""), |source| {
            (source.name(), source.text().get(row.range.clone()).unwrap_or_default())
        });
        Source::excerpt(name, text, row.line)
    }
}

/// The records of a source, each with its text and line. What the csv crate says of a record's
/// position is before the line ends that it skips.
struct Records<'a> {
    file: usize,
    text: &'a str,
    reader: csv::Reader<&'a [u8]>,
    line: usize,
    counted: usize,
}

impl<'a> Records<'a> {
    fn new(file: usize, source: &'a Source) -> Self {
        let text = source.text();
        let mut options = csv::ReaderBuilder::new();
        let reader = options.has_headers(false).flexible(true).from_reader(text.as_bytes());
        Self { file, text, reader, line: 1, counted: 0 }
    }

    /// The line of a byte at or after the last one asked for.
    fn line_at(&mut self, at: usize) -> usize {
        let passed = self.text.as_bytes().get(self.counted..at).unwrap_or_default();
        let returns = passed.iter().enumerate().filter(|&(i, &byte)| {
            byte == b'\n' || byte == b'\r' && passed.get(i + 1) != Some(&b'\n')
        });
        self.line += returns.count();
        self.counted = at;
        self.line
    }
}

impl Iterator for Records<'_> {
    type Item = (Row, StringRecord);

    fn next(&mut self) -> Option<Self::Item> {
        let mut cells = StringRecord::new();
        let from = offset(&self.reader);
        // The text is UTF-8 and in memory, and rows may have any length: reading cannot fail.
        if !self.reader.read_record(&mut cells).unwrap_or(false) {
            return None;
        }
        let raw = self.text.get(from..offset(&self.reader)).unwrap_or_default();
        let start = from + raw.len() - raw.trim_start_matches(['\r', '\n']).len();
        let range = start..from + raw.trim_end_matches(['\r', '\n']).len();
        let line = self.line_at(start);
        let row = Row { file: self.file, line, range };
        Some((row, cells))
    }
}

fn offset(reader: &csv::Reader<&[u8]>) -> usize {
    usize::try_from(reader.position().byte()).unwrap_or(usize::MAX)
}
