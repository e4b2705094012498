//! `.xls` of Excel 5 to 2003: one stream of binary records in an OLE file (MS-XLS).

use std::collections::BTreeMap;
use std::io::{Read, Seek};

use cfb::CompoundFile;

use super::format::{Format, Written};
use super::grid::{Area, Grid};
use super::moment::Epoch;
use super::record::{self, Bytes};
use super::refused::Refused;
use super::shared::Shared;
use super::text::{Continued, Writing};
use super::{Allowance, BYTE_LIMIT, Book, Kind, Sheet, Workbook};

pub(super) fn read<R: Read + Seek>(file: R, mut book: Book) -> Result<Workbook, Refused> {
    let stream = stream(file)?;
    let globals = Globals::read(&stream)?;
    // Sheets may be said to begin anywhere, also all at one place.
    let mut allowance = Allowance { left: BYTE_LIMIT };
    for (at, name, is_visible) in &globals.sheets {
        if book.wants(name, *is_visible) {
            let from = stream.get(*at..).ok_or_else(record::broken)?;
            book.add(globals.sheet(name, from, &mut allowance)?)?;
        }
    }
    book.close(Kind::Xls)
}

/// The stream that holds the workbook.
fn stream<R: Read + Seek>(file: R) -> Result<Vec<u8>, Refused> {
    let mut ole = CompoundFile::open(file)?;
    let Some(name) = ["/Workbook", "/Book"].into_iter().find(|name| ole.is_stream(name)) else {
        return Err(no_workbook(&ole));
    };
    let mut bytes = Vec::new();
    let most = u64::try_from(BYTE_LIMIT).unwrap_or(u64::MAX).saturating_add(1);
    ole.open_stream(name)?.take(most).read_to_end(&mut bytes)?;
    if bytes.len() > BYTE_LIMIT {
        return Err(Refused::too_large());
    }
    Ok(bytes)
}

fn no_workbook<R>(ole: &CompoundFile<R>) -> Refused {
    let has = |name: &str| ole.exists(name);
    if has("/EncryptedPackage") {
        return Refused::password();
    }
    if has("/WordDocument") {
        return Refused::no_workbook("an old Word document");
    }
    if has("/PowerPoint Document") {
        return Refused::no_workbook("an old PowerPoint presentation");
    }
    Refused::no_workbook("an OLE file without a workbook in it")
}

/// The records of a stream.
struct Records<'a>(Bytes<'a>);

impl<'a> Records<'a> {
    /// The kind of the next one, and what it holds.
    fn next(&mut self) -> Result<Option<(u16, Continued<'a>)>, Refused> {
        if self.0.0.is_empty() {
            return Ok(None);
        }
        let (kind, length) = (self.0.u16()?, self.0.short_index()?);
        let now = Bytes(self.0.take(length)?);
        Ok(Some((kind, Continued { now, rest: self.0 })))
    }
}

/// What comes before the sheets.
struct Globals {
    writing: Writing,
    shared: Shared,
    /// Where each sheet begins, its name, and whether it is visible.
    sheets: Vec<(usize, String, bool)>,
}

impl Globals {
    fn read(stream: &[u8]) -> Result<Self, Refused> {
        let mut records = Records(Bytes(stream));
        let mut globals =
            Self { writing: version(&mut records)?, shared: Shared::default(), sheets: Vec::new() };
        let (mut codes, mut styles) = (BTreeMap::new(), Vec::new());
        while let Some((kind, mut from)) = records.next()? {
            match kind {
                0x0A => break,
                // FilePass
                0x2F => return Err(Refused::password()),
                0x041E => {
                    let id = from.now.u16()?;
                    let code = globals.code(&mut from)?;
                    codes.insert(id, Format::of_code(&code));
                }
                // XF
                0xE0 => {
                    from.now.u16()?;
                    styles.push(from.now.u16()?);
                }
                _ => globals.take(kind, from)?,
            }
        }
        let format = |id| codes.get(&id).copied().unwrap_or_else(|| Format::builtin(id.into()));
        globals.shared.formats = styles.into_iter().map(format).collect();
        Ok(globals)
    }

    fn take(&mut self, kind: u16, mut from: Continued) -> Result<(), Refused> {
        match (kind, self.writing) {
            // CodePage
            (0x42, Writing::CodePage(_)) => self.writing = Writing::of_code_page(from.now.u16()?),
            // Date1904
            (0x22, _) if from.now.u16()? == 1 => self.shared.epoch = Epoch::Of1904,
            // BoundSheet8
            (0x85, _) => {
                let (at, state, kind) = (from.now.index()?, from.now.u8()?, from.now.u8()?);
                // Any other is a chart or a macro sheet.
                if kind == 0 {
                    let name = self.writing.short(&mut from)?;
                    self.sheets.push((at, name, state & 3 == 0));
                }
            }
            // SST
            (0xFC, _) => {
                from.now.take(4)?;
                for _ in 0..from.now.u32()? {
                    self.shared.texts.add(from.shared_text()?)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn code(&self, from: &mut Continued) -> Result<String, Refused> {
        match self.writing {
            Writing::CodePage(_) => self.writing.short(from),
            Writing::Unicode => self.writing.long(from),
        }
    }

    fn sheet(&self, name: &str, from: &[u8], allowance: &mut Allowance) -> Result<Sheet, Refused> {
        let mut records = Records(Bytes(from));
        let (mut grid, mut depth, mut formula) = (Grid::new(name), 0_usize, None);
        while let Some((kind, mut from)) = records.next()? {
            allowance.take(4 + from.now.0.len())?;
            match kind {
                // Charts in the sheet begin and end as it does.
                0x0809 => depth += 1,
                0x0A if depth <= 1 => break,
                0x0A => depth -= 1,
                _ if depth > 1 => {}
                0xE5 => merge(&mut from.now, &mut grid)?,
                0xBD => self.row_of_numbers(&mut from.now, &mut grid)?,
                0x06 => formula = self.formula(&mut from.now, &mut grid)?,
                // The text of the formula before it.
                0x0207 => {
                    if let Some((row, column)) = formula.take() {
                        grid.put(row, column, self.writing.long(&mut from)?)?;
                    }
                }
                0x0203 | 0x027E | 0xFD | 0x0204 | 0xD6 | 0x0205 => {
                    let (row, column) = (from.now.short_index()?, from.now.short_index()?);
                    grid.put(row, column, self.cell(kind, &mut from)?)?;
                }
                _ => {}
            }
        }
        grid.close()
    }

    fn cell(&self, kind: u16, from: &mut Continued) -> Result<Written, Refused> {
        let style = from.now.short_index()?;
        match kind {
            0x0203 => Ok(self.shared.number(from.now.real()?, style)),
            0x027E => Ok(self.shared.number(from.now.rk()?, style)),
            0xFD => self.shared.text(from.now.index()?),
            0x0205 => match (from.now.u8()?, from.now.u8()?) {
                (value, 0) => Ok(record::boolean(value).to_owned().into()),
                (code, _) => Ok(record::error(code).to_owned().into()),
            },
            _ => Ok(self.writing.long(from)?.into()),
        }
    }

    /// MulRk: a row of numbers, each with its style; the last column stands at the end.
    fn row_of_numbers(&self, bytes: &mut Bytes, grid: &mut Grid) -> Result<(), Refused> {
        let (row, first) = (bytes.short_index()?, bytes.short_index()?);
        for column in first..first + bytes.0.len() / 6 {
            let style = bytes.short_index()?;
            grid.put(row, column, self.shared.number(bytes.rk()?, style))?;
        }
        Ok(())
    }

    /// Puts the value that was saved with a formula. A text comes in a record of its own: then the
    /// place of the formula is given.
    fn formula(
        &self,
        bytes: &mut Bytes,
        grid: &mut Grid,
    ) -> Result<Option<(usize, usize)>, Refused> {
        let [row, column, style] =
            [bytes.short_index()?, bytes.short_index()?, bytes.short_index()?];
        let mut value = *bytes;
        let &[kind, _, code, _, _, _, high, higher] = value.take(8)? else {
            return Err(record::broken());
        };
        let written = match (kind, high, higher) {
            (0, 0xFF, 0xFF) => return Ok(Some((row, column))),
            (1, 0xFF, 0xFF) => record::boolean(code).to_owned().into(),
            (2, 0xFF, 0xFF) => record::error(code).to_owned().into(),
            (_, 0xFF, 0xFF) => Written::default(),
            _ => self.shared.number(bytes.real()?, style),
        };
        grid.put(row, column, written)?;
        Ok(None)
    }
}

/// How texts are written, by the version that the first record names.
fn version(records: &mut Records) -> Result<Writing, Refused> {
    match records.next()? {
        Some((0x0809, mut from)) => Ok(match from.now.u16()? {
            0x0500 => Writing::of_code_page(0),
            _ => Writing::Unicode,
        }),
        _ => Err(Refused::damaged("it does not begin as a workbook does")),
    }
}

/// MergeCells: areas by their first and last row and column.
fn merge(bytes: &mut Bytes, grid: &mut Grid) -> Result<(), Refused> {
    for _ in 0..bytes.u16()? {
        let [top, bottom, left, right] = [
            bytes.short_index()?,
            bytes.short_index()?,
            bytes.short_index()?,
            bytes.short_index()?,
        ];
        grid.merge(Area { rows: top..=bottom, columns: left..=right });
    }
    Ok(())
}
