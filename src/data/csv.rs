//! CSV in UTF-8: the records of a file, each with its text and its line.

use std::ops::Range;

use csv::StringRecord;

use super::record;
use crate::diagnostic::Diagnostic;
use crate::source::{Place, Source};

/// The text of a file, or why it has none.
pub(super) fn decode(name: &str, bytes: &[u8]) -> Result<Source, Diagnostic> {
    let save = "in Excel, save as \"CSV UTF-8 (comma delimited)\"";
    if bytes.starts_with(b"PK\x03\x04") {
        let fault =
            Diagnostic::error("not-csv", "the file is a workbook (or another ZIP), not CSV");
        return Err(fault.at(Source::new(name, "").place(0..0), "").help(save));
    }
    Source::from_utf8(name, bytes).map_err(|place| Diagnostic::not_utf8(place, save))
}

/// Where a record stands in its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Position {
    /// The line that it begins on, from 1.
    pub(super) line: usize,
    /// Its bytes in the file's text, without the line end.
    pub(super) range: Range<usize>,
}

impl Position {
    /// The whole record. Only its own lines are kept for the diagnostic.
    pub(super) fn place(&self, source: &Source) -> Place {
        let record = self.record(source);
        Source::excerpt(source.name(), record, self.line).place(0..record.len())
    }

    /// One of its cells; past the last one, its end.
    pub(super) fn cell_place(&self, source: &Source, at: usize) -> Place {
        let mut places = self.cell_places(source, [at]);
        places.pop().unwrap_or_else(|| self.place(source))
    }

    /// Some of its cells.
    pub(super) fn cell_places(
        &self,
        source: &Source,
        cells: impl IntoIterator<Item = usize>,
    ) -> Vec<Place> {
        let record = self.record(source);
        let end = record.len();
        let ranges = record::cells(record);
        let excerpt = Source::excerpt(source.name(), record, self.line);
        let place = |at: usize| excerpt.place(ranges.get(at).cloned().unwrap_or(end..end));
        cells.into_iter().map(place).collect()
    }

    fn record<'a>(&self, source: &'a Source) -> &'a str {
        source.text().get(self.range.clone()).unwrap_or_default()
    }
}

/// The records of a source. What the csv crate says of a record's position is before the line
/// ends that it skips.
pub(super) struct Records<'a> {
    text: &'a str,
    reader: csv::Reader<&'a [u8]>,
    line: usize,
    counted: usize,
}

impl<'a> Records<'a> {
    pub(super) fn new(source: &'a Source) -> Self {
        let text = source.text();
        let mut options = csv::ReaderBuilder::new();
        let reader = options.has_headers(false).flexible(true).from_reader(text.as_bytes());
        Self { text, reader, line: 1, counted: 0 }
    }

    /// The line of a byte at or after the last one asked for.
    fn line_at(&mut self, at: usize) -> usize {
        let passed = self.text.as_bytes().get(self.counted..at).unwrap_or_default();
        let ends = passed.iter().enumerate().filter(|&(i, &byte)| {
            byte == b'\n' || byte == b'\r' && passed.get(i + 1) != Some(&b'\n')
        });
        self.line += ends.count();
        self.counted = at;
        self.line
    }
}

impl Iterator for Records<'_> {
    type Item = (Position, StringRecord);

    fn next(&mut self) -> Option<Self::Item> {
        let mut cells = StringRecord::new();
        let from = offset(&self.reader);
        // The text is UTF-8 and in memory, and records may have any length: reading cannot fail.
        if !self.reader.read_record(&mut cells).unwrap_or(false) {
            return None;
        }
        let raw = self.text.get(from..offset(&self.reader)).unwrap_or_default();
        let start = from + raw.len() - raw.trim_start_matches(['\r', '\n']).len();
        let range = start..from + raw.trim_end_matches(['\r', '\n']).len();
        let line = self.line_at(start);
        Some((Position { line, range }, cells))
    }
}

fn offset(reader: &csv::Reader<&[u8]>) -> usize {
    usize::try_from(reader.position().byte()).unwrap_or(usize::MAX)
}
