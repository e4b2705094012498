//! Workbooks (工作簿) as offices hand them in: each sheet as CSV text that says what its cells hold.
//!
//! The files are read by hand, over crates that unpack them: a number's stored digits, its format
//! and the merges are needed together, and no crafted file may reach a panic or a huge allocation.
//! Nothing is worked out: a formula has the value that was saved with it.

mod amount;
mod archive;
mod format;
mod grid;
mod moment;
mod ods;
mod record;
mod refused;
mod rels;
mod shared;
mod text;
mod xls;
mod xlsb;
mod xlsx;
mod xml;

use std::collections::BTreeSet;
use std::fmt;
use std::io::{Read, Seek};

use self::archive::{Archive, Packed};
pub(super) use self::refused::Refused;

/// What a workbook may unpack to in all, and what the text of its sheets may come to: a file of
/// some kilobytes can unpack to any size.
const BYTE_LIMIT: usize = 256 << 20;

/// The cells of a sheet, counted as the rectangle from A1 to its last row and column: two cells in
/// opposite corners would be a table of 17 thousand million.
const CELL_LIMIT: usize = 4_000_000;

/// The kinds of workbook that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Also `.xlsm`.
    Xlsx,
    /// The binary one of Excel 2007 and later.
    Xlsb,
    /// Of Excel 5 to 2003.
    Xls,
    /// OpenDocument, of LibreOffice and WPS.
    Ods,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Xlsx => ".xlsx",
            Self::Xlsb => ".xlsb",
            Self::Xls => ".xls",
            Self::Ods => ".ods",
        })
    }
}

/// A sheet (工作表) as CSV.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Sheet {
    pub(super) name: String,
    /// Line n is row n of the sheet, and cell k of it is column k, A being 0. A blank row is a
    /// blank line; a line ends behind its last filled cell; line breaks in a cell are blanks.
    pub(super) text: String,
    /// Cells (row from 1, column from 0) that only repeat the text of the merged cell they are of.
    pub(super) repeated: BTreeSet<(usize, usize)>,
    /// Cells that show fewer digits than they hold: how many, and of the first its name, what it
    /// shows and what it holds.
    pub(super) rounded: Option<(usize, [String; 3])>,
    /// Whether rows or columns are hidden, as far as that is known: of .xlsx.
    pub(super) has_hidden: bool,
}

/// What a workbook holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Workbook {
    pub(super) kind: Kind,
    /// Those with any cell, in their order. One that was asked for by name is here even if empty.
    pub(super) sheets: Vec<Sheet>,
    /// The names of hidden sheets, which are passed over.
    pub(super) hidden: Vec<String>,
}

/// Whether a file that begins like this is a container of workbooks: a ZIP or an OLE file. Any
/// other may be text.
pub(super) fn is_container(beginning: &[u8]) -> bool {
    is_zip(beginning) || is_ole(beginning)
}

fn is_zip(beginning: &[u8]) -> bool {
    beginning.starts_with(b"PK\x03\x04") || beginning.starts_with(b"PK\x05\x06")
}

fn is_ole(beginning: &[u8]) -> bool {
    beginning.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
}

/// Reads all visible sheets, or the one that is wanted, even if it is hidden.
pub(super) fn read(
    file: &mut (impl Read + Seek),
    wanted: Option<&str>,
) -> Result<Workbook, Refused> {
    let mut beginning = Vec::new();
    file.rewind()?;
    file.by_ref().take(8).read_to_end(&mut beginning)?;
    file.rewind()?;
    let book = Book::new(wanted);
    if is_ole(&beginning) {
        return xls::read(file, book);
    }
    if !is_zip(&beginning) {
        return Err(Refused::no_workbook("neither a ZIP nor an OLE file"));
    }
    let mut archive = Archive::open(file)?;
    match archive.kind()? {
        Packed::Xlsb => xlsb::read(&mut archive, book),
        Packed::Ods => ods::read(&mut archive, book),
        Packed::Xlsx => xlsx::read(&mut archive, book),
    }
}

/// The name of a cell, as `C12`, of its row from 1 and its column from 0.
pub(super) fn cell_name(row: usize, column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = Some(column);
    while let Some(at) = rest {
        letters.push(char::from(b'A' + u8::try_from(at % 26).unwrap_or_default()));
        rest = (at / 26).checked_sub(1);
    }
    letters.iter().rev().collect::<String>() + &row.to_string()
}

/// Bytes that may still be used.
struct Allowance {
    left: usize,
}

impl Allowance {
    fn take(&mut self, bytes: usize) -> Result<(), Refused> {
        self.left = self.left.checked_sub(bytes).ok_or_else(Refused::too_large)?;
        Ok(())
    }
}

/// A workbook that is being read: which sheets are wanted, and what was read of them.
struct Book<'a> {
    wanted: Option<&'a str>,
    names: Vec<String>,
    hidden: Vec<String>,
    sheets: Vec<Sheet>,
    allowance: Allowance,
}

impl<'a> Book<'a> {
    fn new(wanted: Option<&'a str>) -> Self {
        let allowance = Allowance { left: BYTE_LIMIT };
        Self { wanted, names: Vec::new(), hidden: Vec::new(), sheets: Vec::new(), allowance }
    }

    /// Notes a sheet, and says whether it is to be read.
    fn wants(&mut self, name: &str, visible: bool) -> bool {
        self.names.push(name.to_owned());
        match self.wanted {
            Some(wanted) => wanted == name,
            None if !visible => {
                self.hidden.push(name.to_owned());
                false
            }
            None => true,
        }
    }

    fn add(&mut self, sheet: Sheet) -> Result<(), Refused> {
        // A cell of a set is some 32 bytes.
        self.allowance.take(sheet.text.len() + 32 * sheet.repeated.len())?;
        if self.wanted.is_some() || !sheet.text.is_empty() {
            self.sheets.push(sheet);
        }
        Ok(())
    }

    fn close(self, kind: Kind) -> Result<Workbook, Refused> {
        match self.wanted {
            Some(wanted) if self.sheets.is_empty() => Err(Refused::unknown(wanted, &self.names)),
            None if self.sheets.is_empty() => Err(Refused::empty(&self.hidden)),
            _ => Ok(Workbook { kind, sheets: self.sheets, hidden: self.hidden }),
        }
    }
}

#[cfg(test)]
mod tests;
