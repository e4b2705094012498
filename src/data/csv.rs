//! Separated values: the records of a text as it streams in, each with its own text and its line.

use std::io::{self, Read};
use std::ops::Range;

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
    /// Whether there are quotation marks in it.
    pub(super) is_quoted: bool,
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
    /// Where the next record begins; what stands before it goes with the next reading.
    next: usize,
    is_full: bool,
}

impl<R: Read> Read for Window<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.bytes.drain(..self.next.min(self.bytes.len()));
        self.next = 0;
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
    /// Where the next record begins in the whole text.
    passed: u64,
    /// The line on which it does.
    line: usize,
    /// The byte before it.
    last: u8,
    /// The text of the last record, in the window.
    text: Range<usize>,
}

impl<R: Read> Records<R> {
    pub(super) fn new(text: R, delimiter: u8) -> Self {
        let mut options = csv::ReaderBuilder::new();
        let reader = options
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(Window { inner: text, bytes: Vec::new(), next: 0, is_full: false });
        Self { reader, delimiter, passed: 0, line: 1, last: 0, text: 0..0 }
    }

    /// Reads the next record, if there is one, with its text.
    ///
    /// # Errors
    ///
    /// Where the text cannot be read on, or is not in UTF-8.
    pub(super) fn read(&mut self, record: &mut Record) -> io::Result<bool> {
        let is_there = self.read_cells(record)?;
        self.add_text(record);
        Ok(is_there)
    }

    /// Reads the next record, if there is one; its text is left out until it is asked for.
    ///
    /// # Errors
    ///
    /// Where the text cannot be read on, or is not in UTF-8.
    pub(super) fn read_cells(&mut self, record: &mut Record) -> io::Result<bool> {
        record.delimiter = self.delimiter;
        record.text.clear();
        if !self.reader.read_record(&mut record.cells)? {
            return Ok(false);
        }
        let end = self.reader.position().byte();
        let length = usize::try_from(end - self.passed).unwrap_or(usize::MAX);
        self.passed = end;
        let window = self.reader.get_mut();
        let raw = window.bytes.get(window.next..).unwrap_or_default();
        let raw = raw.get(..length).unwrap_or(raw);
        // What the csv crate says of a record's position is before the line ends that it skips.
        let start = raw.iter().take_while(|byte| is_line_end(byte)).count();
        let behind = raw.iter().rev().take_while(|byte| is_line_end(byte)).count();
        let (before, rest) = raw.split_at(start);
        record.line = self.line + line_ends(before, self.last);
        self.line = record.line + line_ends(rest, before.last().copied().unwrap_or(self.last));
        self.last = raw.last().copied().unwrap_or(self.last);
        self.text = window.next + start..window.next + raw.len() - behind.min(rest.len());
        record.is_cut = window.is_full;
        record.is_quoted = rest.contains(&b'"');
        window.next += raw.len();
        Ok(true)
    }

    /// Adds the text of the record that was read last.
    pub(super) fn add_text(&self, record: &mut Record) {
        let text = self.reader.get_ref().bytes.get(self.text.clone()).unwrap_or_default();
        record.text.clear();
        record.text.push_str(&String::from_utf8_lossy(text));
    }
}

/// How many lines end in some text: `\n`, `\r\n` and a lone `\r` each end one. `last` is the byte
/// before it.
fn line_ends(text: &[u8], last: u8) -> usize {
    let count = |end| text.iter().filter(|&&byte| byte == end).count();
    let returns = count(b'\r');
    if returns == 0 && last != b'\r' {
        return count(b'\n');
    }
    let before = [last].into_iter().chain(text.iter().copied());
    let pairs = before.zip(text).filter(|&(before, &byte)| before == b'\r' && byte == b'\n');
    returns + count(b'\n') - pairs.count()
}

fn is_line_end(byte: &u8) -> bool {
    matches!(byte, b'\r' | b'\n')
}
