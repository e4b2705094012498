//! Separated values: the records of a text as it streams in, each with its own text and its line; or
//! blocks of whole lines, for whoever takes many at a time.

use std::borrow::Cow;
use std::io::{self, Read};
use std::sync::mpsc;
use std::thread::Scope;

use csv::StringRecord;
use csv_core::ReadRecordResult;

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
    /// Whether a lone carriage return ends it, where lines above end in a line feed: most likely it is
    /// half a row.
    pub(super) is_broken: bool,
    /// Whether some of its bytes are not UTF-8.
    pub(super) is_foreign: bool,
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

    /// Whether its quotation marks do not close where its cells end.
    pub(super) fn is_ill_quoted(&self) -> bool {
        record::ill_quoted(&self.text, self.delimiter).is_some()
    }

    /// Whether no cell says anything.
    pub(super) fn is_blank(&self) -> bool {
        self.filled().next().is_none()
    }
}

/// A record longer than this, in bytes, has most likely swallowed others by a quotation mark that is
/// not closed. Nothing behind it is read.
const LONGEST: usize = 1 << 20;

/// How much is read of a text at a time, in bytes.
const BLOCK: usize = 1 << 18;

/// The records of a text in UTF-8.
///
/// They are told apart by the core of the csv crate: its own reader keeps the cells alone, and the text
/// of a record is needed to show what is wrong with it.
pub(super) struct Records<R> {
    /// None once it is read ahead.
    text: Option<R>,
    ahead: Option<Ahead>,
    is_over: bool,
    /// What was read and is not yet told apart into records.
    bytes: Vec<u8>,
    /// Where in it the next record begins.
    next: usize,
    /// How much of it is not to be taken out in blocks.
    singly: usize,
    /// Room of blocks that are no longer used.
    used: Vec<Vec<u8>>,
    core: csv_core::Reader,
    delimiter: u8,
    /// The line on which the next record begins.
    line: usize,
    /// The byte before it.
    last: u8,
    /// Whether a line has ended in a line feed.
    has_feeds: bool,
    /// The cells of the last record, one behind the other, and where each ends.
    cells: Vec<u8>,
    ends: Vec<usize>,
}

/// A text that another thread reads, in blocks of whole lines.
struct Ahead {
    blocks: mpsc::Receiver<io::Result<Vec<u8>>>,
    /// Takes room of blocks that are no longer used.
    used: mpsc::Sender<Vec<u8>>,
}

/// So many blocks may wait to be taken: with few, the threads wait for each other again and again.
const AHEAD: usize = 8;

impl<R: Read> Records<R> {
    pub(super) fn new(text: R, delimiter: u8) -> Self {
        let mut core = csv_core::ReaderBuilder::new().delimiter(delimiter).build();
        // The text has no byte order mark any more, and in the midst of it none is to be left out: it
        // would be, of what is read first.
        core.read_record(b"\n", &mut [0], &mut [0]);
        Self {
            text: Some(text),
            ahead: None,
            is_over: false,
            bytes: Vec::new(),
            next: 0,
            singly: 0,
            used: Vec::new(),
            core,
            delimiter,
            line: 1,
            last: 0,
            has_feeds: false,
            cells: vec![0; 256],
            ends: vec![0; 32],
        }
    }

    pub(super) fn delimiter(&self) -> u8 {
        self.delimiter
    }

    /// Has the rest of a long text read by a thread of its own.
    pub(super) fn read_ahead<'scope>(&mut self, scope: &'scope Scope<'scope, '_>)
    where
        R: Send + 'scope,
    {
        if self.is_over {
            return;
        }
        let Some(text) = self.text.take() else { return };
        // What is read already is not yet a whole line.
        let rest = self.bytes.split_off(self.next);
        let (send, blocks) = mpsc::sync_channel(AHEAD);
        let (used, room) = mpsc::channel();
        self.ahead = Some(Ahead { blocks, used });
        scope.spawn(move || {
            // Where nobody waits for more, the reading has ended.
            let _ = send_blocks(text, rest, &send, &room);
        });
    }

    /// Reads on.
    fn fill(&mut self) -> io::Result<()> {
        self.bytes.drain(..self.next);
        self.next = 0;
        if let Some(ahead) = &self.ahead {
            match ahead.blocks.recv() {
                Ok(block) if self.bytes.is_empty() => self.bytes = block?,
                Ok(block) => self.bytes.extend_from_slice(&block?),
                Err(mpsc::RecvError) => self.is_over = true,
            }
        } else if let Some(text) = &mut self.text {
            let count = text.take(BLOCK as u64).read_to_end(&mut self.bytes)?;
            self.is_over = count < BLOCK;
        }
        Ok(())
    }

    /// Reads the next record, if there is one.
    ///
    /// # Errors
    ///
    /// Where the text cannot be read on.
    pub(super) fn read(&mut self, record: &mut Record) -> io::Result<bool> {
        self.pass_line_ends()?;
        record.line = self.line;
        record.delimiter = self.delimiter;
        record.cells.clear();
        let (mut read, mut written, mut count) = (0, 0, 0);
        loop {
            record.is_cut = read > LONGEST;
            let rest = self.bytes.get(self.next + read..).unwrap_or_default();
            if rest.is_empty() && !self.is_over {
                self.fill()?;
                continue;
            }
            // To the core, nothing more is the end of the text.
            let input = if record.is_cut { &[] } else { rest };
            let cells = self.cells.get_mut(written..).unwrap_or_default();
            let ends = self.ends.get_mut(count..).unwrap_or_default();
            let (result, of_input, of_cells, of_ends) = self.core.read_record(input, cells, ends);
            (read, written, count) = (read + of_input, written + of_cells, count + of_ends);
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => self.cells.resize(2 * self.cells.len(), 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(2 * self.ends.len(), 0),
                ReadRecordResult::End => return Ok(false),
                ReadRecordResult::Record => break,
            }
        }
        // Of `\r\n` the core leaves the second byte for later.
        if self.next + read == self.bytes.len() && !self.is_over {
            self.fill()?;
        }
        let raw = self.bytes.get(self.next..).unwrap_or_default();
        let end = raw.get(read.saturating_sub(1)..).unwrap_or_default();
        let is_fed = matches!(end, [b'\n', ..] | [b'\r', b'\n', ..]);
        record.is_broken = self.has_feeds && matches!(end, [b'\r', next, ..] if *next != b'\n');
        self.has_feeds |= is_fed;
        let cells = self.cells.get(..written).unwrap_or_default();
        let sound = str::from_utf8(cells).unwrap_or_default();
        let mut start = 0;
        for &end in self.ends.iter().take(count) {
            match sound.get(start..end) {
                Some(cell) => record.cells.push_field(cell),
                None => {
                    let cell = cells.get(start..end).unwrap_or_default();
                    record.cells.push_field(&String::from_utf8_lossy(cell));
                }
            }
            start = end;
        }
        let text = self.bytes.get(self.next..self.next + read).unwrap_or_default();
        let behind = text.iter().rev().take_while(|byte| is_line_end(byte)).count();
        let text = text.get(..text.len() - behind).unwrap_or_default();
        let text = String::from_utf8_lossy(text);
        record.is_foreign = matches!(text, Cow::Owned(_)) && !record.is_cut;
        record.text.clear();
        record.text.push_str(&text);
        self.pass(read);
        if record.is_cut {
            self.is_over = true;
            self.bytes.clear();
            self.next = 0;
        }
        Ok(true)
    }

    /// Goes past empty lines.
    fn pass_line_ends(&mut self) -> io::Result<()> {
        loop {
            let rest = self.bytes.get(self.next..).unwrap_or_default();
            let count = rest.iter().take_while(|byte| is_line_end(byte)).count();
            let is_all = count == rest.len();
            self.pass(count);
            if !is_all || self.is_over {
                return Ok(());
            }
            self.fill()?;
        }
    }

    fn pass(&mut self, count: usize) {
        let raw = self.bytes.get(self.next..self.next + count).unwrap_or_default();
        self.line += line_ends(raw, self.last);
        self.last = raw.last().copied().unwrap_or(self.last);
        self.next += count;
        self.singly = self.singly.saturating_sub(count);
    }

    /// Takes out a block of whole lines; none where no line ends in what is left, or none within the
    /// length of a block. How many lines they are is to be said by [`pass_lines`](Self::pass_lines).
    ///
    /// # Errors
    ///
    /// Where the text cannot be read on.
    pub(super) fn take_block(&mut self) -> io::Result<Option<Vec<u8>>> {
        // What is read ahead comes in blocks.
        let enough = if self.ahead.is_some() { 1 } else { BLOCK };
        while self.bytes.len() - self.next < enough && !self.is_over {
            self.fill()?;
        }
        if self.singly > 0 {
            return Ok(None);
        }
        // The core leaves the second byte of `\r\n` for later.
        if self.last == b'\r' && self.bytes.get(self.next) == Some(&b'\n') {
            self.pass(1);
        }
        let left = self.bytes.get(self.next..).unwrap_or_default();
        let Some(end) = memchr::memrchr(b'\n', left) else {
            self.singly = left.len();
            return Ok(None);
        };
        self.bytes.drain(..self.next);
        self.next = 0;
        let mut rest = Vec::new();
        if end + 1 < self.bytes.len() {
            rest = self.used.pop().unwrap_or_default();
            rest.clear();
            rest.extend(self.bytes.drain(end + 1..));
        }
        self.last = b'\n';
        Ok(Some(std::mem::replace(&mut self.bytes, rest)))
    }

    /// Takes the room of a block that is no longer used.
    pub(super) fn read_into(&mut self, room: Vec<u8>) {
        match &self.ahead {
            // Where the text has ended, nothing is read into it any more.
            Some(ahead) => drop(ahead.used.send(room)),
            None => self.used.push(room),
        }
    }

    /// The line on which what was not passed begins.
    pub(super) fn line(&self) -> usize {
        self.line
    }

    /// Goes past lines of what was taken out.
    pub(super) fn pass_lines(&mut self, lines: usize) {
        self.line += lines;
    }

    /// Begins anew with some whole lines.
    pub(super) fn restart(&mut self, lines: &[u8], line: usize) {
        self.bytes.clear();
        self.bytes.extend_from_slice(lines);
        (self.next, self.line, self.last, self.is_over) = (0, line, b'\n', true);
        self.has_feeds = true;
    }

    /// Has so many bytes from here on read record by record: in a block they cannot be told apart.
    pub(super) fn read_singly(&mut self, bytes: usize) {
        self.singly = bytes;
    }

    /// Takes back what was taken out last.
    pub(super) fn put_back(&mut self, mut lines: Vec<u8>) {
        lines.extend_from_slice(self.bytes.get(self.next..).unwrap_or_default());
        (self.bytes, self.next, self.last) = (lines, 0, b'\n');
    }
}

/// Sends a text in blocks of whole lines, but for a line that is longer than a block, and for the last one,
/// which has all that is left; `block` is what of it was read before. Where it cannot be read on, that is
/// the last to be sent.
fn send_blocks(
    mut text: impl Read,
    mut block: Vec<u8>,
    blocks: &mpsc::SyncSender<io::Result<Vec<u8>>>,
    used: &mpsc::Receiver<Vec<u8>>,
) -> Result<(), mpsc::SendError<io::Result<Vec<u8>>>> {
    loop {
        let count = match text.by_ref().take(BLOCK as u64).read_to_end(&mut block) {
            Ok(count) => count,
            Err(error) => return blocks.send(Err(error)),
        };
        if count < BLOCK {
            return blocks.send(Ok(block));
        }
        let end = memchr::memrchr(b'\n', &block).map_or(block.len(), |end| end + 1);
        let mut rest = used.try_recv().unwrap_or_default();
        rest.clear();
        rest.extend(block.drain(end..));
        blocks.send(Ok(std::mem::replace(&mut block, rest)))?;
    }
}

/// How many lines end in some text: `\n`, `\r\n` and a lone `\r` each end one. `last` is the byte
/// before it.
pub(super) fn line_ends(text: &[u8], last: u8) -> usize {
    let count = |end| memchr::memchr_iter(end, text).count();
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
