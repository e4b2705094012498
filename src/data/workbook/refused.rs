//! Why a file is not read as a workbook.

use std::io;

use super::{BYTE_LIMIT, CELL_LIMIT};

/// What is wrong, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) struct Refused {
    pub(in super::super) message: String,
    pub(in super::super) help: String,
}

impl Refused {
    pub(super) fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: help.into() }
    }

    pub(super) fn no_workbook(found: &str) -> Self {
        Self::new(
            format!("not a workbook: {found}"),
            "give an .xlsx, .xlsb, .xls or .ods workbook, or CSV",
        )
    }

    /// The file breaks off, or says what cannot be.
    pub(super) fn damaged(what: impl AsRef<str>) -> Self {
        Self::new(
            format!("the workbook is damaged: {}", what.as_ref()),
            "get the file again, or open it in Excel or LibreOffice and save it as .xlsx",
        )
    }

    pub(super) fn password() -> Self {
        Self::new(
            "the workbook has a password",
            "open it and take the password off, then save it again",
        )
    }

    pub(super) fn too_large() -> Self {
        Self::new(
            format!("the workbook unpacks to more than {} MiB", BYTE_LIMIT >> 20),
            "split it into several workbooks, or save the sheet that counts as CSV",
        )
    }

    pub(super) fn too_many_cells(sheet: &str) -> Self {
        Self::new(
            format!(
                "sheet `{sheet}` reaches over more than {CELL_LIMIT} cells, counted from A1 to its \
                 last row and column"
            ),
            "delete what stands far below or beside the table, or save the table as CSV",
        )
    }

    pub(super) fn unknown(wanted: &str, names: &[String]) -> Self {
        let listed = names.iter().take(50).map(|name| format!("`{name}`")).collect::<Vec<_>>();
        let more = if names.len() > listed.len() { ", …" } else { "" };
        Self::new(
            format!("no sheet is named `{wanted}`"),
            match listed.is_empty() {
                true => "the workbook has no sheets with cells".to_owned(),
                false => format!("the sheets are {}{more}", listed.join(", ")),
            },
        )
    }

    pub(super) fn empty(hidden: &[String]) -> Self {
        match hidden {
            [] => Self::new(
                "no sheet of the workbook has a filled cell",
                "give the file that has the values",
            ),
            [first, ..] => Self::new(
                "no visible sheet of the workbook has a filled cell, and hidden ones are passed over",
                format!("show the hidden sheet in Excel, or name it behind the file: `#{first}`"),
            ),
        }
    }
}

impl From<io::Error> for Refused {
    fn from(error: io::Error) -> Self {
        Self::new(
            format!("the workbook cannot be read: {error}"),
            "get the file again, or open it in Excel or LibreOffice and save it as .xlsx",
        )
    }
}
