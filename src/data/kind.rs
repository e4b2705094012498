//! What a file is by its first bytes, whatever its name says.

use super::workbook;
use crate::diagnostic::Diagnostic;
use crate::source::Source;

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    /// A ZIP archive or an OLE file, as workbooks are.
    Container,
    /// Something that holds no table.
    Other(&'static str),
}

/// How many bytes tell.
pub(super) const BEGINNING: u64 = 4096;

/// Beginnings of files that hold no table, and what they are.
const OTHERS: &[(&[u8], &str)] = &[
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"{\\rtf", "a document in RTF"),
    (b"Rar!", "an archive"),
    (b"7z\xbc\xaf", "an archive"),
    (b"\x1f\x8b", "an archive"),
    (b"SQLite format 3", "a database"),
];

/// Beginnings of pages of the web, which many programs write under names that end in `.xls`.
const PAGES: [&str; 5] = ["<html", "<!doctype", "<table", "<?xml", "<meta"];

impl Kind {
    /// By the first bytes of a file; in a text whose encoding is known they may be zero.
    pub(super) fn of(beginning: &[u8], is_encoding_known: bool) -> Self {
        let known = OTHERS.iter().find(|(magic, _)| beginning.starts_with(magic));
        if workbook::is_container(beginning) {
            return Self::Container;
        }
        if let Some((_, what)) = known {
            return Self::Other(what);
        }
        let is_marked = beginning.starts_with(b"\xff\xfe") || beginning.starts_with(b"\xfe\xff");
        if !is_marked && !is_encoding_known && beginning.contains(&0) {
            return Self::Other(BINARY);
        }
        let text = String::from_utf8_lossy(beginning);
        let text = text.trim_start().trim_start_matches('\u{feff}').trim_start();
        let begins = |page: &str| {
            let beginning = text.get(..page.len());
            beginning.is_some_and(|beginning| beginning.eq_ignore_ascii_case(page))
        };
        if PAGES.iter().any(|page| begins(page)) {
            return Self::Other(PAGE);
        }
        Self::Text
    }

    /// Why the file is not read.
    pub(super) fn refuse(name: &str, what: &str) -> Diagnostic {
        let help = match what {
            PAGE => "open it in Excel and save it as .xlsx or CSV",
            BINARY => "if it is a text in UTF-16, say `--encoding utf-16le`",
            _ => "give the values as CSV or as a workbook (.xlsx, .xls, .ods)",
        };
        let code = if what == BINARY { "not-text" } else { "not-data" };
        let fault = Diagnostic::error(code, format!("the file is {what}"));
        fault.at(Source::new(name, "").place(0..0), "").help(help)
    }
}

const PAGE: &str = "a page of the web, not a workbook";

const BINARY: &str = "not a text: it holds zero bytes";
