//! `.xlsb`: parts of binary records (MS-XLSB).

use std::collections::BTreeMap;
use std::io::{Read, Seek};

use super::archive::Archive;
use super::format::{Format, Written};
use super::grid::{Area, Grid};
use super::moment::Epoch;
use super::record::{self, Bytes};
use super::refused::Refused;
use super::rels::Rels;
use super::shared::{Entry, STYLE_LIMIT, Shared, Texts};
use super::{Book, Kind, Sheet, Workbook};

pub(super) fn read<R: Read + Seek>(
    archive: &mut Archive<R>,
    mut book: Book,
) -> Result<Workbook, Refused> {
    let rels = Rels::read(archive, "xl/_rels/workbook.bin.rels")?;
    let (epoch, listed) = contents(&archive.needed("xl/workbook.bin")?)?;
    let part = |kind, usual| rels.part(kind).unwrap_or(usual);
    let texts = archive.part(part("sharedStrings", "xl/sharedStrings.bin"))?.unwrap_or_default();
    let styles = archive.part(part("styles", "xl/styles.bin"))?.unwrap_or_default();
    let shared = Shared { texts: shared_texts(&texts)?, formats: formats(&styles)?, epoch };
    for entry in listed {
        let Some(path) = rels.worksheet(&entry.id) else { continue };
        if book.wants(&entry.name, entry.is_visible) {
            book.add(sheet(&entry.name, &archive.needed(path)?, &shared)?)?;
        }
    }
    book.close(Kind::Xlsb)
}

/// The records of a part: of each its kind and its bytes (MS-XLSB 2.1.4).
struct Records<'a>(Bytes<'a>);

impl<'a> Records<'a> {
    fn of(part: &'a [u8]) -> Self {
        Self(Bytes(part))
    }

    fn next(&mut self) -> Result<Option<(u32, Bytes<'a>)>, Refused> {
        if self.0.0.is_empty() {
            return Ok(None);
        }
        // A kind keeps the bits that say how long it is.
        let first = u32::from(self.0.u8()?);
        let kind =
            if first < 0x80 { first } else { first & 0x7F | u32::from(self.0.u8()? & 0x7F) << 7 };
        let length = self.length()?;
        Ok(Some((kind, Bytes(self.0.take(length)?))))
    }

    /// Seven bits a byte, the lowest first, in at most four bytes.
    fn length(&mut self) -> Result<usize, Refused> {
        let mut length = 0;
        for shift in [0, 7, 14, 21] {
            let byte = self.0.u8()?;
            length |= usize::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                break;
            }
        }
        Ok(length)
    }
}

/// A text with its length before it.
fn wide(bytes: &mut Bytes) -> Result<String, Refused> {
    match bytes.index()? {
        0xFFFF_FFFF => Ok(String::new()),
        length => bytes.utf16(length),
    }
}

fn contents(part: &[u8]) -> Result<(Epoch, Vec<Entry>), Refused> {
    let mut records = Records::of(part);
    let (mut epoch, mut listed) = (Epoch::Of1900, Vec::new());
    while let Some((kind, mut bytes)) = records.next()? {
        match kind {
            // BrtWbProp
            0x99 if bytes.u32()? & 1 == 1 => epoch = Epoch::Of1904,
            // BrtBundleSh
            0x9C => {
                let is_visible = bytes.u32()? == 0;
                bytes.take(4)?;
                let (id, name) = (wide(&mut bytes)?, wide(&mut bytes)?);
                listed.push(Entry { name, id, is_visible });
            }
            _ => {}
        }
    }
    Ok((epoch, listed))
}

fn shared_texts(part: &[u8]) -> Result<Texts, Refused> {
    let mut records = Records::of(part);
    let mut texts = Texts::default();
    while let Some((kind, mut bytes)) = records.next()? {
        // BrtSSTItem, of which what follows the text is how it looks and is pronounced.
        if kind == 0x13 {
            bytes.u8()?;
            texts.add(wide(&mut bytes)?)?;
        }
    }
    Ok(texts)
}

/// The number formats of the cells' styles.
fn formats(part: &[u8]) -> Result<Vec<Format>, Refused> {
    let mut records = Records::of(part);
    let (mut codes, mut ids, mut is_of_cells) = (BTreeMap::new(), Vec::new(), false);
    while let Some((kind, mut bytes)) = records.next()? {
        match kind {
            // BrtFmt
            0x2C => drop(codes.insert(bytes.u16()?, Format::of_code(&wide(&mut bytes)?))),
            // BrtBeginCellXFs, BrtEndCellXFs, BrtXF
            0x269 => is_of_cells = true,
            0x26A => is_of_cells = false,
            0x2F if is_of_cells && ids.len() < STYLE_LIMIT => {
                bytes.u16()?;
                ids.push(bytes.u16()?);
            }
            _ => {}
        }
    }
    let format = |id| codes.get(&id).copied().unwrap_or_else(|| Format::builtin(id.into()));
    Ok(ids.into_iter().map(format).collect())
}

fn sheet(name: &str, part: &[u8], shared: &Shared) -> Result<Sheet, Refused> {
    let mut records = Records::of(part);
    let (mut grid, mut row) = (Grid::new(name), 0);
    while let Some((kind, mut bytes)) = records.next()? {
        match kind {
            // BrtRowHdr
            0x00 => row = bytes.index()?,
            // Cells with a value, and formulas with one
            0x02..=0x0B | 0x3E => {
                let column = bytes.index()?;
                let style = bytes.index()? & 0xFF_FFFF;
                grid.put(row, column, cell(kind, &mut bytes, style, shared)?)?;
            }
            // BrtMergeCell
            0xB0 => {
                let [top, bottom, left, right] =
                    [bytes.index()?, bytes.index()?, bytes.index()?, bytes.index()?];
                grid.merge(Area { rows: top..=bottom, columns: left..=right });
            }
            _ => {}
        }
    }
    grid.close()
}

fn cell(kind: u32, bytes: &mut Bytes, style: usize, shared: &Shared) -> Result<Written, Refused> {
    match kind {
        0x02 => Ok(shared.number(bytes.rk()?, style)),
        0x03 | 0x0B => Ok(record::error(bytes.u8()?).to_owned().into()),
        0x04 | 0x0A => Ok(record::boolean(bytes.u8()?).to_owned().into()),
        0x05 | 0x09 => Ok(shared.number(bytes.real()?, style)),
        0x06 | 0x08 => Ok(wide(bytes)?.into()),
        0x07 => shared.text(bytes.index()?),
        // BrtCellRString: how its runs look comes behind the text.
        _ => {
            bytes.u8()?;
            Ok(wide(bytes)?.into())
        }
    }
}
