//! The ZIP files that most workbooks are: their parts, unpacked with a limit.

use std::collections::BTreeMap;
use std::io::{Read, Seek};

use zip::ZipArchive;
use zip::result::ZipError;

use super::refused::Refused;
use super::{Allowance, BYTE_LIMIT};

/// The kinds of workbook that are ZIP files.
pub(super) enum Packed {
    Xlsx,
    Xlsb,
    Ods,
}

/// A ZIP file.
pub(super) struct Archive<R> {
    zip: ZipArchive<R>,
    /// Parts by their folded names: some programs write `XL\Workbook.xml`.
    parts: BTreeMap<String, usize>,
    allowance: Allowance,
}

impl<R: Read + Seek> Archive<R> {
    pub(super) fn open(file: R) -> Result<Self, Refused> {
        let zip = ZipArchive::new(file)?;
        let named = |at| Some((folded(&zip.name_for_index(at)?.ok()?), at));
        let parts = (0..zip.len()).filter_map(named).collect();
        Ok(Self { parts, zip, allowance: Allowance { left: BYTE_LIMIT } })
    }

    /// Which workbook it is.
    pub(super) fn kind(&mut self) -> Result<Packed, Refused> {
        if self.parts.contains_key("xl/workbook.xml") {
            return Ok(Packed::Xlsx);
        }
        if self.parts.contains_key("xl/workbook.bin") {
            return Ok(Packed::Xlsb);
        }
        let kind = self.part("mimetype")?.unwrap_or_default();
        match kind.trim_ascii().strip_prefix(b"application/vnd.oasis.opendocument.") {
            Some(b"spreadsheet" | b"spreadsheet-template") => Ok(Packed::Ods),
            Some(_) => Err(Refused::no_workbook("an OpenDocument file of another kind")),
            None => Err(self.no_workbook()),
        }
    }

    fn no_workbook(&self) -> Refused {
        let has = |folder: &str| self.parts.keys().any(|name| name.starts_with(folder));
        if has("word/") {
            return Refused::no_workbook("a Word document");
        }
        if has("ppt/") {
            return Refused::no_workbook("a PowerPoint presentation");
        }
        Refused::new("a ZIP archive, not a workbook", "unpack it, and give what is in it")
    }

    /// The bytes of a part, if it is there.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, Refused> {
        let Some(&at) = self.parts.get(&folded(name)) else { return Ok(None) };
        let part = self.zip.by_index(at)?;
        // What a part says of its size may be a lie: one byte more than is left shows that.
        let mut bytes = Vec::new();
        let most = u64::try_from(self.allowance.left).unwrap_or(u64::MAX).saturating_add(1);
        part.take(most).read_to_end(&mut bytes)?;
        self.allowance.take(bytes.len())?;
        Ok(Some(bytes))
    }

    /// The bytes of a part that must be there.
    pub(super) fn needed(&mut self, name: &str) -> Result<Vec<u8>, Refused> {
        self.part(name)?.ok_or_else(|| Refused::damaged(format!("it has no part `{name}`")))
    }
}

fn folded(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
}

impl From<ZipError> for Refused {
    fn from(error: ZipError) -> Self {
        match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)
            | ZipError::InvalidPassword => Self::password(),
            error => Self::damaged(error.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use super::*;

    #[test]
    fn unpacks_no_more_than_is_allowed() {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for name in ["a", "b"] {
            zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(&[b' '; 6000]).unwrap();
        }
        let mut archive = Archive::open(zip.finish().unwrap()).unwrap();
        archive.allowance.left = 10_000;
        assert_eq!(archive.needed("A").unwrap().len(), 6000);
        assert_eq!(archive.needed("b").unwrap_err(), Refused::too_large());
        assert_eq!(archive.part("c"), Ok(None));
    }
}
