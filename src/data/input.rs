//! A file of measured values: what it is, how it is read, the tables in it.

use std::collections::BTreeSet;
use std::fmt::Display;
use std::io::{self, Cursor, Read, Seek};

use super::Reader;
use super::csv::Records;
use super::encoding::Encoding;
use super::header::Found;
use super::kind::{BEGINNING, Kind};
use super::table::{Table, first_records};
use super::title::region_of_sheet;
use super::workbook::{self, Sheet, Workbook};
use crate::catalogue::Catalogue;
use crate::diagnostic::Diagnostic;
use crate::plan::Plan;
use crate::source::Source;
use crate::spelling::quoted;
use crate::text::Lang;

/// A file, or a sheet of a workbook, that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Input {
    /// The file's name, with that of the sheet behind it: `a.xlsx#Sheet1`.
    pub name: String,
    /// What it was read as.
    pub read_as: ReadAs,
    /// How many rows of values it has.
    pub rows: usize,
    /// What of it was left out because the plan does not have it.
    pub ignored: Vec<String>,
}

/// What a file was read as.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReadAs {
    /// Separated values.
    Text {
        /// How its characters are written.
        encoding: Encoding,
        /// What separates its cells.
        delimiter: u8,
    },
    /// A sheet of a workbook.
    Sheet {
        /// The workbook's kind: `.xlsx`.
        kind: String,
        /// The sheet's name.
        sheet: String,
    },
    /// Values that were not measured (假设).
    Supposed,
}

impl Input {
    /// So many values that were not measured, under a name to show.
    pub fn supposed(name: impl Into<String>, count: usize) -> Self {
        let name = name.into();
        Self { name, read_as: ReadAs::Supposed, rows: count, ignored: Vec::new() }
    }
}

impl ReadAs {
    /// As people read it: `GB18030, comma`.
    pub fn show(&self, lang: Lang) -> String {
        let catalogue = Catalogue::of(lang);
        match self {
            Self::Sheet { kind, .. } => catalogue.say("input_workbook", &[("kind", kind)]),
            Self::Supposed => catalogue.word("input_supposed").to_owned(),
            Self::Text { encoding, delimiter } => {
                let delimiter = match *delimiter {
                    b',' => catalogue.word("delimiter_comma").to_owned(),
                    b';' => catalogue.word("delimiter_semicolon").to_owned(),
                    b'\t' => catalogue.word("delimiter_tab").to_owned(),
                    other => catalogue.say("delimiter_other", &[("sign", &char::from(other))]),
                };
                let args: [(&str, &dyn Display); 2] =
                    [("encoding", encoding), ("delimiter", &delimiter)];
                catalogue.say("input_text", &args)
            }
        }
    }
}

/// What may separate cells, in the order in which it is tried.
const DELIMITERS: [u8; 3] = [b',', b'\t', b';'];

/// How much of a text is looked at to find out what separates its cells, in bytes.
const LOOKED_AT: u64 = 1 << 16;

impl Reader<'_> {
    /// Reads one more file, or one sheet of a workbook, and says what tables it has. Its faults
    /// are kept, and the rest is read all the same.
    ///
    /// # Errors
    ///
    /// Where the bytes cannot be read, or are no longer what they were when they were first
    /// looked at.
    pub fn read(
        &mut self,
        name: &str,
        sheet: Option<&str>,
        file: &mut (impl Read + Seek + Send),
    ) -> io::Result<Vec<Input>> {
        let mut beginning = Vec::new();
        file.rewind()?;
        file.by_ref().take(BEGINNING).read_to_end(&mut beginning)?;
        file.rewind()?;
        match Kind::of(&beginning, self.options.encoding.is_some()) {
            Kind::Container => {
                self.say_other_kind(name, false);
                self.read_workbook(name, sheet, file)
            }
            Kind::Other(what) => {
                self.find(Kind::refuse(name, what));
                Ok(Vec::new())
            }
            Kind::Text if sheet.is_some() => {
                let fault = Diagnostic::error("not-a-workbook", "the file has no sheets");
                let place = Source::new(name, "").place(0..0);
                self.find(fault.at(place, "").help("leave out the `#` and what follows it"));
                Ok(Vec::new())
            }
            Kind::Text => {
                self.say_other_kind(name, true);
                self.read_text(name, file)
            }
        }
    }

    /// Says that a file is of another kind than its name's ending has it.
    fn say_other_kind(&mut self, name: &str, is_text: bool) {
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
        let is_said_text = match ending.as_deref() {
            Some("csv" | "tsv" | "txt") => true,
            Some("xlsx" | "xlsm" | "xlsb" | "xls" | "ods") => false,
            _ => return,
        };
        if is_text != is_said_text {
            let what = if is_text { "a text" } else { "a workbook" };
            let message = format!("the file is {what} by its bytes, and read as one");
            let warning = Diagnostic::warning("other-kind", message);
            let place = Source::new(name, "").place(0..0);
            self.find(warning.at(place, "").help("give it the ending of what it is"));
        }
    }

    fn read_text(
        &mut self,
        name: &str,
        file: &mut (impl Read + Seek + Send),
    ) -> io::Result<Vec<Input>> {
        let encoding = match Encoding::of(name, file, self.options.encoding)? {
            Ok(encoding) => encoding,
            Err(fault) => {
                self.find(fault);
                return Ok(Vec::new());
            }
        };
        file.rewind()?;
        let delimiter = match self.options.delimiter {
            Some(delimiter) => delimiter,
            None => delimiter(encoding.decode(file.by_ref())?, self.plan)?,
        };
        file.rewind()?;
        let repeated = BTreeSet::new();
        let table = Table::new(self.tables.len(), name, &repeated);
        let records = Records::new(encoding.decode(file)?, delimiter);
        let read_as = ReadAs::Text { encoding, delimiter };
        Ok(vec![self.read_input(table, records, read_as)?])
    }

    fn read_input<R: Read + Send>(
        &mut self,
        table: Table<'_>,
        records: Records<R>,
        read_as: ReadAs,
    ) -> io::Result<Input> {
        let name = table.name.to_owned();
        self.tables.push(name.clone());
        self.errors = 0;
        let rows = self.read_table(table, records)?;
        self.say_unkept(&name);
        if self.gave_up() {
            let message = format!("`{name}` was not read on after {} errors", self.errors);
            self.find(Diagnostic::error("too-many-errors", message).help("mend these first"));
        }
        Ok(Input { name, read_as, rows, ignored: std::mem::take(&mut self.ignored) })
    }

    fn read_workbook(
        &mut self,
        name: &str,
        wanted: Option<&str>,
        file: &mut (impl Read + Seek),
    ) -> io::Result<Vec<Input>> {
        let refuse = |message: String| {
            let fault = Diagnostic::error("bad-workbook", message);
            fault.at(Source::new(name, "").place(0..0), "")
        };
        let Workbook { kind, mut sheets, hidden } = match workbook::read(file, wanted) {
            Ok(workbook) => workbook,
            Err(refused) => {
                let fault = refuse(refused.message);
                self.find(fault.help(refused.help));
                return Ok(Vec::new());
            }
        };
        for sheet in &hidden {
            let message = format!("the sheet `{}` is hidden and not read", quoted(sheet));
            let warning = Diagnostic::warning("hidden-sheet", message);
            let place = Source::new(name, "").place(0..0);
            self.find(warning.at(place, "").help("show it in the workbook if it holds values"));
        }
        if sheets.len() > 1 {
            self.pass_over(name, &mut sheets)?;
        }
        let mut inputs = Vec::new();
        for sheet in &sheets {
            inputs.push(self.read_sheet(name, sheet, &kind.to_string())?);
        }
        Ok(inputs)
    }

    /// Of several sheets, leaves out those that hold no table, if any does.
    fn pass_over(&mut self, name: &str, sheets: &mut Vec<Sheet>) -> io::Result<()> {
        let mut tables = Vec::new();
        for sheet in sheets.iter() {
            let mut records = Records::new(Cursor::new(sheet.text.as_bytes()), b',');
            let found = Found::among(&first_records(&mut records)?, self.plan);
            tables.push(matches!(found, Found::Header(..)));
        }
        if !tables.contains(&true) {
            return Ok(());
        }
        let others = sheets.iter().zip(&tables).filter(|(_, is_table)| !**is_table);
        let others: Vec<_> = others.map(|(sheet, _)| quoted(&sheet.name)).collect();
        for sheet in others {
            let message = format!("the sheet `{sheet}` has no header and is not read");
            let warning = Diagnostic::warning("not-a-table", message);
            let place = Source::new(name, "").place(0..0);
            let help = "name its columns in one row if it holds values";
            self.find(warning.at(place, "").help(help));
        }
        let mut tables = tables.into_iter();
        sheets.retain(|_| tables.next().unwrap_or(true));
        Ok(())
    }

    fn read_sheet(&mut self, name: &str, sheet: &Sheet, kind: &str) -> io::Result<Input> {
        let name = format!("{name}#{}", sheet.name);
        if let Some((count, [cell, shown, held])) = &sheet.rounded {
            let cells = if *count == 1 { "cell shows" } else { "cells show" };
            let message = format!(
                "{count} {cells} something else than held: {cell} shows {shown} and holds {held}"
            );
            let warning = Diagnostic::warning("hidden-digits", message);
            let help = "what is held counts; round it in the sheet if what is shown is meant";
            self.find(warning.at(Source::new(name.as_str(), "").place(0..0), "").help(help));
        }
        if sheet.has_hidden {
            let message = "the sheet has hidden rows or columns, and they are read like the others";
            let warning = Diagnostic::warning("hidden-cells", message);
            let place = Source::new(name.as_str(), "").place(0..0);
            self.find(warning.at(place, "").help("delete them if they are not meant"));
        }
        let mut table = Table::new(self.tables.len(), &name, &sheet.repeated);
        table.title = Some(&sheet.name);
        table.region = region_of_sheet(&sheet.name, self.plan);
        table.is_sheet = true;
        let records = Records::new(Cursor::new(sheet.text.as_bytes()), b',');
        let read_as = ReadAs::Sheet { kind: kind.to_owned(), sheet: sheet.name.clone() };
        self.read_input(table, records, read_as)
    }
}

/// What separates the cells of a text: the first sign by which its first rows have a header, else
/// the one that is there most.
fn delimiter(text: impl Read, plan: &Plan) -> io::Result<u8> {
    let mut beginning = Vec::new();
    text.take(LOOKED_AT).read_to_end(&mut beginning)?;
    let whole = match std::str::from_utf8(&beginning) {
        Ok(_) => beginning.len(),
        Err(error) => error.valid_up_to(),
    };
    beginning.truncate(whole);
    let is_there = |delimiter: &u8| beginning.contains(delimiter);
    if DELIMITERS.iter().filter(|delimiter| is_there(delimiter)).count() < 2 {
        return Ok(DELIMITERS.into_iter().find(is_there).unwrap_or(b','));
    }
    for delimiter in DELIMITERS {
        let mut records = Records::new(beginning.as_slice(), delimiter);
        let first = first_records(&mut records)?;
        if matches!(Found::among(&first, plan), Found::Header(..)) {
            return Ok(delimiter);
        }
    }
    let count = |delimiter: &u8| beginning.iter().filter(|byte| *byte == delimiter).count();
    let most = DELIMITERS.iter().rev().max_by_key(|delimiter| count(delimiter));
    Ok(most.copied().unwrap_or(b','))
}
