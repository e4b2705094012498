//! From a row of cells to a measured value. Every fault of a row is kept, and the next row is
//! read all the same.

use csv::StringRecord;
use rust_decimal::Decimal;

use super::cell::{self, Cell};
use super::csv::{Position, Records};
use super::header::{Column, Columns};
use super::{Measured, Origin, Reader, Region, Value, record};
use crate::diagnostic::Diagnostic;
use crate::number::show;
use crate::plan::{Kind, Measure, Method, Quantity};
use crate::source::{Place, Source};
use crate::spelling::{fold, half_width, is_obeyed, one_line, quoted};
use crate::unit::Unit;
use crate::year::Year;

/// A row of a file whose columns are known.
struct Row<'a> {
    file: usize,
    source: &'a Source,
    position: &'a Position,
    columns: &'a Columns,
    cells: &'a StringRecord,
}

impl<'a> Row<'a> {
    /// What stands in a column; none where the row or the file has no such cell.
    fn text(&self, column: Column) -> Option<&'a str> {
        let at = *self.columns.get(&column)?;
        self.cells.get(at).map(str::trim)
    }

    /// What stands in a column, if it says anything.
    fn filled(&self, column: Column) -> Option<&'a str> {
        self.text(column).filter(|text| !text.is_empty())
    }

    fn place(&self, column: Column) -> Place {
        let at = self.columns.get(&column).copied().unwrap_or_default();
        self.position.cell_place(self.source, at)
    }

    fn origin(&self) -> Origin {
        Origin {
            file: self.file,
            line: self.position.line,
            source: self.filled(Column::Source).map(one_line),
            note: self.filled(Column::Note).map(one_line),
            converted: None,
            position: self.position.clone(),
        }
    }
}

impl<'a> Reader<'a> {
    /// Reads a file's rows and says how many there were.
    pub(super) fn read_rows(&mut self, file: usize, source: &Source) -> usize {
        let mut records = Records::new(source);
        let Some((head, header)) = records.next() else {
            let fault = Diagnostic::error("empty-file", "the file is empty");
            let help = "begin with a header such as `指标,数值` or `indicator,value`";
            self.found.push(fault.at(source.place(0..0), "").help(help));
            return 0;
        };
        let Some(columns) = self.columns(source, &head, &header) else { return 0 };
        let (mut count, mut malformed) = (0, false);
        for (position, cells) in records {
            let record = source.text().get(position.range.clone()).unwrap_or_default();
            if self.is_malformed(source, &position, record, header.len(), &cells) {
                malformed = true;
                continue;
            }
            if cells.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            count += 1;
            let row = Row { file, source, position: &position, columns: &columns, cells: &cells };
            self.row(&row);
        }
        self.say_early(file);
        if count == 0 && !malformed {
            let fault = Diagnostic::error("no-rows", "the file has a header and no values");
            self.found.push(fault.at(head.place(source), "").help("add a row for each value"));
        }
        count
    }

    /// Refuses a record whose cells cannot be told apart with certainty.
    fn is_malformed(
        &mut self,
        source: &Source,
        position: &Position,
        record: &str,
        width: usize,
        cells: &StringRecord,
    ) -> bool {
        let is_control = |c: char| is_obeyed(c) && !matches!(c, '\n' | '\r' | '\t');
        let spare =
            || cells.iter().enumerate().skip(width).find(|(_, cell)| !cell.trim().is_empty());
        let fault = if let Some(at) = record::ill_quoted(record) {
            let message = "the cell's quotation marks do not close where the cell ends";
            let help = "close them there, or double those that belong to the text";
            ("bad-quotes", message.to_owned(), at, help)
        } else if let Some(at) = cells.iter().position(|cell| cell.contains(is_control)) {
            let message = "the cell holds a control character";
            ("control-character", message.to_owned(), at, "type the cell anew")
        } else if let Some((at, _)) = spare() {
            let message = format!("the row has {} cells, the header has {width}", cells.len());
            let help = "put a cell that holds a comma in quotation marks: \"1,234\"";
            ("row-too-long", message, at, help)
        } else {
            return false;
        };
        let (code, message, at, help) = fault;
        let fault = Diagnostic::error(code, message).at(position.cell_place(source, at), "");
        self.found.push(fault.help(help));
        true
    }

    /// Says of rows that are too early to be read by any target, not even as last year's.
    fn say_early(&mut self, file: usize) {
        let Some((count, year, place)) = self.early.remove(&file) else { return };
        let (rows, are) = if count == 1 { ("row", "is") } else { ("rows", "are") };
        let first = self.plan.earliest_year();
        let message = format!("{count} {rows} from before {first} {are} not used, {year} first");
        let warning = Diagnostic::warning("early-year", message).at(place, "the first");
        self.found.push(warning.help(
            "no target looks further back than last year; mend the year, if another was meant",
        ));
    }

    fn row(&mut self, row: &Row<'_>) {
        let named = self.quantity(row);
        let year = self.row_year(row);
        let Some((quantity, measure)) = named else { return };
        let said = row.filled(Column::Unit).filter(|text| !cell::is_no_unit(text)).map(Unit::new);
        let cell = self.value(row, said.as_ref(), measure);
        let (Some(year), Some(cell)) = (year, cell) else { return };
        let (value, unit, converted) = match cell {
            Cell::Value { value, unit, converted } => (value, unit, converted),
            Cell::Missing => {
                self.region(row).absent.entry((year, quantity)).or_default().push(row.origin());
                return;
            }
            Cell::NotApplicable { reason } => match self.reason(row, reason) {
                Some(reason) => (Value::NotApplicable(reason), said, None),
                None => return,
            },
        };
        let unit = unit.filter(|_| measure.unit.is_none() && *measure.kind == Kind::Number);
        if unit.as_ref().is_some_and(|unit| !self.unit_agrees(row, unit, quantity)) {
            return;
        }
        self.doubt(row, &value, measure);
        self.doubt_points(row, quantity, &value);
        let unit = unit.map(|unit| unit.as_str().to_owned());
        let origin = Origin { converted, ..row.origin() };
        let measured = Measured { value, unit, origins: vec![origin] };
        self.keep(row, (year, quantity), measured);
    }

    /// What the row gives a value of.
    fn quantity(&mut self, row: &Row<'_>) -> Option<(Quantity, Measure<'a>)> {
        let Some(name) = row.filled(Column::Indicator) else {
            let message = "the row names no indicator";
            self.refuse(row, Column::Indicator, "no-indicator", message, "write its name or id");
            return None;
        };
        let plan = self.plan;
        let Some(quantity) = plan.find(name) else {
            let near: Vec<_> = plan.nearest(name).iter().map(|near| format!("`{near}`")).collect();
            let help = match near.as_slice() {
                [] => "give the id, the name or an alias of an indicator of the plan".to_owned(),
                near => format!("did you mean {}?", near.join(" or ")),
            };
            let message = format!("the plan has no indicator `{}`", quoted(name));
            self.refuse(row, Column::Indicator, "unknown-indicator", &message, &help);
            return None;
        };
        let measure = plan.measure(quantity)?;
        if measure.is_worked_out {
            let message = format!("the value of `{}` is worked out by the plan", measure.id);
            let help = "give the values that it is worked out from, and leave this row out";
            self.refuse(row, Column::Indicator, "worked-out", &message, help);
            return None;
        }
        Some((quantity, measure))
    }

    fn row_year(&mut self, row: &Row<'_>) -> Option<Year> {
        let Some(text) = row.filled(Column::Year) else {
            if self.year.is_none() {
                let message = "the row says no year";
                self.refuse(row, Column::Year, "bad-year", message, "write it, such as `2021`");
            }
            return self.year;
        };
        let Ok(year) = half_width(text).parse::<Year>() else {
            let message = format!("`{}` is no year", quoted(text));
            self.refuse(row, Column::Year, "bad-year", &message, "write a year such as `2021`");
            return None;
        };
        let years = self.plan.about().years;
        if year < self.plan.earliest_year() {
            self.early.entry(row.file).or_insert_with(|| (0, year, row.place(Column::Year))).0 += 1;
        }
        if year > years.last() {
            let message = format!("{year} is after the plan's years, {years}");
            let help = "mend the year, or leave the row out";
            self.refuse(row, Column::Year, "year-outside-plan", &message, help);
            return None;
        }
        Some(year)
    }

    /// Whether a unit is that of the other values of an indicator that has none of its own: it
    /// takes any, but only one.
    fn unit_agrees(&mut self, row: &Row<'_>, unit: &Unit, quantity: Quantity) -> bool {
        let here = || (unit.clone(), row.file, row.position.clone());
        let (first, file, position) = self.units.entry(quantity).or_insert_with(here);
        if first == unit {
            return true;
        }
        let first_place = self.sources.get(*file).map(|source| position.place(source));
        let message = format!("the indicator has values in `{unit}` and in `{first}`");
        let fault = Diagnostic::error("unit-mismatch", message).at(row.place(Column::Unit), "");
        let fault =
            first_place.into_iter().fold(fault, |fault, place| fault.at(place, "the first"));
        self.found.push(fault.help("give all its values in one unit"));
        false
    }

    /// What the value cell of a row says.
    fn value(&mut self, row: &Row<'_>, unit: Option<&Unit>, measure: Measure<'_>) -> Option<Cell> {
        let Some(text) = row.text(Column::Value) else {
            self.refuse(row, Column::Value, "short-row", "the row has no value cell", "add it");
            return None;
        };
        let cell = cell::read(text, unit, false, measure);
        cell.map_err(|error| {
            let column = if error.is_of_unit { Column::Unit } else { Column::Value };
            self.refuse(row, column, error.code, &error.message, &error.help);
        })
        .ok()
    }

    /// Why an indicator does not apply: what the cell says of it, or else the note.
    fn reason(&mut self, row: &Row<'_>, of_cell: Option<String>) -> Option<String> {
        let reason = of_cell.or_else(|| row.filled(Column::Note).map(one_line));
        if reason.is_none() {
            let message = "the value does not apply, and no reason is given";
            let help = "give the reason in the column `备注` or `note`";
            self.refuse(row, Column::Value, "no-reason", message, help);
        }
        reason
    }

    /// Says of a readable value that it is probably not what was meant.
    fn doubt(&mut self, row: &Row<'_>, value: &Value, measure: Measure<'_>) {
        let per_cent = measure.unit.is_some_and(Unit::is_per_cent);
        if let Value::Number(number) = value
            && per_cent
            && number.abs() > Decimal::ONE_HUNDRED
        {
            let message = format!("{}% is beyond all of a whole", show(*number));
            let warning = Diagnostic::warning("over-100-per-cent", message);
            let help = "mend the value if it is a share; it counts as it stands";
            self.found.push(warning.at(row.place(Column::Value), "").help(help));
        }
    }

    /// Says of points that a person gave that they are more or fewer than there can be.
    fn doubt_points(&mut self, row: &Row<'_>, quantity: Quantity, value: &Value) {
        let Quantity::Item(index) = quantity else { return };
        let item = self.plan.indicators().get(index);
        let item = item.filter(|item| item.rule.method == Method::Reported);
        let (Some(item), Value::Number(given)) = (item, value) else { return };
        let (least, most) = item.rule.bounds(item.points);
        if !(least..=most).contains(given) {
            let message = format!("{} points are not between {least} and {most}", show(*given));
            let warning = Diagnostic::warning("points-beyond", message);
            let help = "mend them; they are held within these ends";
            self.found.push(warning.at(row.place(Column::Value), "").help(help));
        }
    }

    /// Keeps a value, unless another row has a different one.
    fn keep(&mut self, row: &Row<'_>, key: (Year, Quantity), measured: Measured) {
        let region = self.region(row);
        let values = &mut region.values;
        let Some(first) = values.get_mut(&key) else {
            values.insert(key, measured);
            return;
        };
        if first.value.agrees_with(&measured.value) {
            first.merge(measured);
            return;
        }
        let first = first.origins.first().cloned();
        let (year, quantity) = key;
        let name = self.plan.measure(quantity).map_or("", |measure| measure.id);
        let region = row.filled(Column::Region).unwrap_or(&self.plan.about().region);
        let message = format!("two different values for `{name}`, {}, {year}", quoted(region));
        let fault = Diagnostic::error("two-values", message);
        let fault = fault.at(row.position.place(row.source), "the second");
        let first =
            first.and_then(|origin| Some(origin.position.place(self.sources.get(origin.file)?)));
        let fault = first.into_iter().fold(fault, |fault, place| fault.at(place, "the first"));
        self.found.push(fault.help("keep the right one"));
    }

    /// The region of a row. Of its spellings the plan's own is shown, else the shortest.
    fn region(&mut self, row: &Row<'_>) -> &mut Region {
        let own = self.plan.about().region.as_str();
        let name = row.filled(Column::Region).map_or(own.to_owned(), one_line);
        let folded = fold(&name);
        let name = if folded == fold(own) { own.to_owned() } else { name };
        let region = self.read.regions.entry(folded).or_default();
        let shorter = |name: &str| (name.chars().count(), name.to_owned());
        if region.name.is_empty() || shorter(&name) < shorter(&region.name) {
            region.name = name;
        }
        region
    }

    fn refuse(
        &mut self,
        row: &Row<'_>,
        column: Column,
        code: &'static str,
        message: &str,
        help: &str,
    ) {
        let fault = Diagnostic::error(code, message).at(row.place(column), "");
        self.found.push(fault.help(help));
    }
}
