//! Separated values: the records of a text as it streams in, each with its own text and its line.

use std::io::{self, Read};

use csv::StringRecord;

use super::record;
use crate::source::{Place, Source};

/// A record: its cells, and its text for whoever has to show it.
#[derive(Clone, Debug, Default)]
pub(super) struct Record {
    /// The line that it begins on, from 1.
    pub(super) line: usize,
    /// Its text as it stands in the file, without the line end.
    pub(super) text: String,
    pub(super) cells: StringRecord,
    pub(super) delimiter: u8,
    /// Whether it is longer than a record may be; the rest of the text is not read.
    pub(super) is_cut: bool,
}

impl Record {
    /// The whole record.
    pub(super) fn place(&self, name: &str) -> Place {
        let text = self.text.as_str();
        Source::excerpt(name, text, self.line).place(0..text.len())
    }

    /// One of its cells; past the last one, its end.
    pub(super) fn cell_place(&self, name: &str, at: usize) -> Place {
        let mut places = self.cell_places(name, [at]);
        places.pop().unwrap_or_else(|| self.place(name))
    }

    /// Some of its cells.
    pub(super) fn cell_places(
        &self,
        name: &str,
        cells: impl IntoIterator<Item = usize>,
    ) -> Vec<Place> {
        let end = self.text.len();
        let ranges = record::cells(&self.text, self.delimiter);
        let excerpt = Source::excerpt(name, self.text.as_str(), self.line);
        let place = |at: usize| excerpt.place(ranges.get(at).cloned().unwrap_or(end..end));
        cells.into_iter().map(place).collect()
    }

    /// What stands in a cell, without the blanks around it; empty past the last.
    pub(super) fn cell(&self, at: usize) -> &str {
        self.cells.get(at).map_or("", str::trim)
    }

    /// The cells that say something.
    pub(super) fn filled(&self) -> impl Iterator<Item = (usize, &str)> {
        let trimmed = self.cells.iter().map(str::trim).enumerate();
        trimmed.filter(|(_, cell)| !cell.is_empty())
    }

    /// Whether no cell says anything.
    pub(super) fn is_blank(&self) -> bool {
        self.filled().next().is_none()
    }
}

/// A record longer than this, in bytes, has most likely swallowed others by a quotation mark that is
/// not closed. Nothing behind it is read.
const LONGEST: usize = 1 << 20;

/// What was read of a text and is not yet told apart into records. The csv crate keeps the cells
/// alone, and the text of a record is needed to show what is wrong with it.
struct Window<R> {
    inner: R,
    bytes: Vec<u8>,
    is_full: bool,
}

impl<R: Read> Read for Window<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.bytes.len() > LONGEST {
            self.is_full = true;
            return Ok(0);
        }
        let count = self.inner.read(buffer)?;
        self.bytes.extend_from_slice(buffer.get(..count).unwrap_or_default());
        Ok(count)
    }
}

/// The records of a text in UTF-8.
pub(super) struct Records<R> {
    reader: csv::Reader<Window<R>>,
    delimiter: u8,
    /// How many bytes the window has let go.
    passed: u64,
    line: usize,
    /// The byte before the window.
    last: u8,
}

impl<R: Read> Records<R> {
    pub(super) fn new(text: R, delimiter: u8) -> Self {
        let mut options = csv::ReaderBuilder::new();
        let reader = options
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(Window { inner: text, bytes: Vec::new(), is_full: false });
        Self { reader, delimiter, passed: 0, line: 1, last: 0 }
    }

    /// Reads the next record, if there is one.
    ///
    /// # Errors
    ///
    /// Where the text cannot be read on, or is not in UTF-8.
    pub(super) fn read(&mut self, record: &mut Record) -> io::Result<bool> {
        record.delimiter = self.delimiter;
        if !self.reader.read_record(&mut record.cells)? {
            return Ok(false);
        }
        let end = self.reader.position().byte();
        let length = usize::try_from(end - self.passed).unwrap_or(usize::MAX);
        self.passed = end;
        let mut window = std::mem::take(&mut self.reader.get_mut().bytes);
        let raw = window.get(..length).unwrap_or(&window);
        // What the csv crate says of a record's position is before the line ends that it skips.
        let start = raw.iter().take_while(|byte| is_line_end(byte)).count();
        let behind = raw.iter().rev().take_while(|byte| is_line_end(byte)).count();
        self.pass(raw.get(..start).unwrap_or_default());
        record.line = self.line;
        let text = raw.get(start..raw.len() - behind).unwrap_or_default();
        record.text.clear();
        record.text.push_str(&String::from_utf8_lossy(text));
        self.pass(raw.get(start..).unwrap_or_default());
        window.drain(..length.min(window.len()));
        let inner = self.reader.get_mut();
        inner.bytes = window;
        record.is_cut = inner.is_full;
        Ok(true)
    }

    /// Counts the lines of some text: `\n`, `\r\n` and a lone `\r` each end one.
    fn pass(&mut self, text: &[u8]) {
        for &byte in text {
            let ends = byte == b'\r' || byte == b'\n' && self.last != b'\r';
            self.line += usize::from(ends);
            self.last = byte;
        }
    }
}

fn is_line_end(byte: &u8) -> bool {
    matches!(byte, b'\r' | b'\n')
}
