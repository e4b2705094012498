//! Many rows at a time: a block of a text, cut into rows of four cells. Nothing is known here of what
//! the cells mean, so that blocks are cut on any thread.

use std::collections::HashMap;
use std::io::{self, Read};
use std::ops::Range;
use std::sync::{Arc, Mutex, mpsc};
use std::thread::Scope;

use memchr::{memchr, memchr_iter, memchr2};

use super::csv::{Records, line_ends};
use crate::number::Short;

/// Where rows of four cells have what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Layout {
    pub(super) region: usize,
    pub(super) year: usize,
    pub(super) indicator: usize,
    pub(super) value: usize,
    pub(super) delimiter: u8,
}

/// A block, cut into spans of rows.
#[derive(Debug, Default)]
pub(super) struct Strip {
    pub(super) bytes: Vec<u8>,
    pub(super) spans: Vec<Span>,
    pub(super) rows: Vec<Plain>,
    /// The cells that name what the rows have values of.
    pub(super) names: Vec<Range<usize>>,
    /// Where a record begins that does not end in the block; else its end.
    pub(super) end: usize,
    /// How many lines end before that.
    pub(super) lines: usize,
}

/// Records behind one another.
#[derive(Debug)]
pub(super) struct Span {
    /// Where they stand in the block.
    pub(super) bytes: Range<usize>,
    /// The line of the first, from 0 for that of the block.
    pub(super) line: usize,
    pub(super) kind: Kind,
}

/// What records are.
#[derive(Debug)]
pub(super) enum Kind {
    /// Rows of one region and year, each on a line of its own.
    Rows {
        /// The cell that names the region.
        region: Range<usize>,
        /// The cell that names the year.
        year: Range<usize>,
        /// Which of the strip's rows they are.
        rows: Range<usize>,
    },
    /// All others.
    Odd,
}

/// A row: what it has a value of, by its place among the names, and the value.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plain {
    pub(super) name: u32,
    pub(super) number: Short,
}

/// More rows are not one span: to find a row in it takes as long as it has rows.
const MOST_ROWS: usize = 1000;

impl Strip {
    /// Cuts a block into the room of a strip that is no longer used.
    pub(super) fn cut(block: Vec<u8>, layout: Layout, used: Self) -> Self {
        let mut knife = Knife::new(block, layout, used);
        if knife.has_marks {
            knife.cut_quoted();
        } else {
            knife.cut_plain();
        }
        knife.strip
    }

    /// Where one of the rows of a span stands.
    pub(super) fn row(&self, span: &Span, at: usize) -> Range<usize> {
        let all = self.cell(&span.bytes);
        let mut lines = memchr_iter(b'\n', all).map(|end| span.bytes.start + end + 1);
        let start = at.checked_sub(1).and_then(|before| lines.nth(before));
        let start = start.unwrap_or(span.bytes.start);
        start..lines.next().unwrap_or(span.bytes.end)
    }

    /// Some bytes of its block.
    pub(super) fn cell(&self, at: &Range<usize>) -> &[u8] {
        self.bytes.get(at.clone()).unwrap_or_default()
    }
}

/// What cuts a block.
struct Knife {
    strip: Strip,
    layout: Layout,
    /// Whether there are quotation marks.
    has_marks: bool,
    /// Whether a carriage return may end a line by itself.
    has_returns: bool,
    /// Where a name is among the names, by its hash.
    known: HashMap<Box<[u8]>, u32>,
    /// The name of the last row.
    last: u32,
}

impl Knife {
    fn new(bytes: Vec<u8>, layout: Layout, used: Strip) -> Self {
        // Most blocks have neither: one look tells.
        let first = memchr2(b'"', b'\r', &bytes);
        let rest = first.and_then(|at| bytes.get(at..)).unwrap_or_default();
        let [has_marks, has_returns] = [b'"', b'\r'].map(|byte| memchr(byte, rest).is_some());
        let Strip { mut spans, mut rows, mut names, .. } = used;
        spans.clear();
        rows.clear();
        names.clear();
        let strip = Strip { end: bytes.len(), bytes, spans, rows, names, lines: 0 };
        Self { strip, layout, has_marks, has_returns, known: HashMap::new(), last: 0 }
    }

    /// A block without quotation marks: every line is a record.
    fn cut_plain(&mut self) {
        let bytes = std::mem::take(&mut self.strip.bytes);
        let mut start = 0;
        while start < bytes.len() {
            start = match self.row_like_the_last(&bytes, start) {
                Some(end) => end,
                None => self.line(&bytes, start),
            };
        }
        self.strip.bytes = bytes;
    }

    /// Takes a line, and says where it ends.
    fn line(&mut self, bytes: &[u8], start: usize) -> usize {
        let delimiter = self.layout.delimiter;
        let (mut count, mut at) = (0, [0; 3]);
        let mut end = start;
        for &byte in bytes.get(start..).unwrap_or_default() {
            if byte == b'\n' {
                break;
            }
            if byte == delimiter {
                if let Some(at) = at.get_mut(count) {
                    *at = end;
                }
                count += 1;
            }
            end += 1;
        }
        let [first, second, third] = at;
        let cells = [start..first, first + 1..second, second + 1..third, third + 1..end];
        self.record(bytes, start..end + 1, (count == 3).then_some(cells));
        end + 1
    }

    /// Takes a row that says the region and the year first, and the same as the row before it, and then
    /// has the value of what follows on that row's: most rows of large files. Says where it ends.
    fn row_like_the_last(&mut self, bytes: &[u8], start: usize) -> Option<usize> {
        let Layout { indicator: 2, value: 3, .. } = self.layout else { return None };
        let span = self.strip.spans.last_mut()?;
        let Kind::Rows { region, year, rows } = &mut span.kind else { return None };
        let next = if self.last + 1 < self.strip.names.len() as u32 { self.last + 1 } else { 0 };
        let whose = bytes.get(span.bytes.start..=region.end.max(year.end))?;
        let name = self.strip.names.get(next as usize)?;
        let name = bytes.get(name.start..=name.end)?;
        let rest = bytes.get(start..)?.strip_prefix(whose)?.strip_prefix(name)?;
        let (number, length) = Short::at_start(rest)?;
        if rest.get(length) != Some(&b'\n') || rows.len() == MOST_ROWS {
            return None;
        }
        let end = bytes.len() - rest.len() + length + 1;
        (span.bytes.end, rows.end, self.last) = (end, rows.end + 1, next);
        self.strip.rows.push(Plain { name: next, number });
        self.strip.lines += 1;
        Some(end)
    }

    /// A block with quotation marks. A mark opens only at the start of a cell; behind one that
    /// closes, marks stand for themselves.
    fn cut_quoted(&mut self) {
        let delimiter = self.layout.delimiter;
        let bytes = std::mem::take(&mut self.strip.bytes);
        let (mut start, mut cell, mut count) = (0, 0, 0);
        let mut cells = [const { 0..0 }; 4];
        let (mut at, mut opens) = (0, 0);
        while let Some(&byte) = bytes.get(at) {
            if byte == b'"' && at == opens {
                at = closing_mark(&bytes, at + 1) + 1;
                continue;
            }
            if byte == delimiter || byte == b'\n' {
                if let Some(place) = cells.get_mut(count) {
                    *place = cell..at;
                }
                (count, cell) = (count + 1, at + 1);
            }
            at += 1;
            if [delimiter, b'\n', b'\r'].contains(&byte) {
                opens = at;
            }
            if byte == b'\n' {
                // What a row has in a cell may go on over several lines; the short way counts one.
                let is_line = bytes.get(start..at - 1).is_some_and(|row| !row.contains(&b'\n'));
                let cells = (count == 4 && is_line).then(|| cells.clone());
                self.record(&bytes, start..at, cells);
                (start, count) = (at, 0);
            }
        }
        self.strip.end = start;
        self.strip.bytes = bytes;
    }

    /// Takes a record, if it is a row with its cells.
    fn record(&mut self, bytes: &[u8], record: Range<usize>, cells: Option<[Range<usize>; 4]>) {
        match cells.and_then(|cells| self.row(bytes, &record, cells)) {
            Some(()) => self.strip.lines += 1,
            None => self.odd(bytes, record),
        }
    }

    /// Takes a row, if its cells are plain.
    fn row(
        &mut self,
        bytes: &[u8],
        record: &Range<usize>,
        mut cells: [Range<usize>; 4],
    ) -> Option<()> {
        if self.has_returns {
            let line = bytes.get(record.start..record.end - 1)?;
            if let Some(at) = memchr(b'\r', line) {
                // Anywhere else it ends a record of its own.
                (at + 1 == line.len()).then_some(())?;
                cells.last_mut()?.end -= 1;
            }
        }
        let cell = |at: usize| unquoted(bytes, cells.get(at)?);
        let number = Short::parse(bytes.get(cell(self.layout.value)?)?)?;
        let (region, year) = (cell(self.layout.region)?, cell(self.layout.year)?);
        let name = self.name(bytes, cell(self.layout.indicator)?)?;
        let Strip { spans, rows, lines, .. } = &mut self.strip;
        let row = Plain { name, number };
        if let Some(Span {
            bytes: all, kind: Kind::Rows { region: own, year: of, rows: have }, ..
        }) = spans.last_mut()
            && have.len() < MOST_ROWS
            && bytes.get(own.clone()) == bytes.get(region.clone())
            && bytes.get(of.clone()) == bytes.get(year.clone())
        {
            (all.end, have.end) = (record.end, have.end + 1);
        } else {
            let kind = Kind::Rows { region, year, rows: rows.len()..rows.len() + 1 };
            spans.push(Span { bytes: record.clone(), line: *lines, kind });
        }
        rows.push(row);
        Some(())
    }

    /// The place of a name among the names.
    fn name(&mut self, bytes: &[u8], cell: Range<usize>) -> Option<u32> {
        let name = bytes.get(cell.clone())?;
        // Files have the same names in the same order again and again.
        let names = &self.strip.names;
        let count = u32::try_from(names.len()).ok()?;
        let next = if self.last + 1 < count { self.last + 1 } else { 0 };
        for guess in [next, self.last] {
            if names.get(guess as usize).is_some_and(|at| bytes.get(at.clone()) == Some(name)) {
                self.last = guess;
                return Some(guess);
            }
        }
        self.last = match self.known.get(name) {
            Some(&known) => known,
            None => {
                self.known.insert(name.into(), count);
                self.strip.names.push(cell);
                count
            }
        };
        Some(self.last)
    }

    fn odd(&mut self, bytes: &[u8], record: Range<usize>) {
        let lines = line_ends(bytes.get(record.clone()).unwrap_or_default(), b'\n');
        match self.strip.spans.last_mut() {
            Some(Span { bytes: all, kind: Kind::Odd, .. }) => all.end = record.end,
            _ => {
                let line = self.strip.lines;
                self.strip.spans.push(Span { bytes: record, line, kind: Kind::Odd });
            }
        }
        self.strip.lines += lines;
    }
}

/// The mark that closes a cell; a doubled one does not.
fn closing_mark(bytes: &[u8], mut from: usize) -> usize {
    loop {
        let rest = bytes.get(from..).unwrap_or_default();
        let Some(at) = memchr(b'"', rest) else { return bytes.len() };
        if bytes.get(from + at + 1) != Some(&b'"') {
            return from + at;
        }
        from += at + 2;
    }
}

/// A cell without the marks around it; none where it has others.
fn unquoted(bytes: &[u8], cell: &Range<usize>) -> Option<Range<usize>> {
    let inside = match bytes.get(cell.clone())? {
        [b'"', inside @ .., b'"'] => {
            return memchr(b'"', inside).is_none().then_some(cell.start + 1..cell.end - 1);
        }
        inside => inside,
    };
    (inside.first() != Some(&b'"')).then(|| cell.clone())
}

/// Threads that cut blocks; they are started when there is more than one.
pub(super) struct Cutters<'scope, 'env> {
    scope: &'scope Scope<'scope, 'env>,
    threads: usize,
    work: Option<mpsc::Sender<Work>>,
    /// Strips that are no longer used: to ask for their room again and again takes long.
    used: Vec<Strip>,
}

/// A block to be cut, and where the strip goes.
struct Work {
    block: Vec<u8>,
    layout: Layout,
    used: Strip,
    to: mpsc::SyncSender<Strip>,
}

/// A strip that is being cut.
pub(super) enum Cutting {
    Cut(Strip),
    Awaited(mpsc::Receiver<Strip>),
}

impl<'scope, 'env> Cutters<'scope, 'env> {
    pub(super) fn new(scope: &'scope Scope<'scope, 'env>, threads: usize) -> Self {
        Self { scope, threads, work: None, used: Vec::new() }
    }

    /// How many blocks at the most are cut before the first of them is asked for.
    pub(super) fn ahead(&self) -> usize {
        // With few, the threads wait for each other again and again.
        const LEAST: usize = 16;
        if self.threads < 2 { 1 } else { LEAST.max(2 * self.threads) }
    }

    /// Has a long text read ahead, where there are threads for it.
    pub(super) fn read_ahead<R: Read + Send + 'scope>(&self, records: &mut Records<R>) {
        if self.threads > 1 {
            records.read_ahead(self.scope);
        }
    }

    /// Begins to cut a block.
    pub(super) fn cut(&mut self, block: Vec<u8>, layout: Layout) -> Cutting {
        let used = self.used.pop().unwrap_or_default();
        if self.threads < 2 {
            return Cutting::Cut(Strip::cut(block, layout, used));
        }
        let (to, from) = mpsc::sync_channel(1);
        let work = self.work.get_or_insert_with(|| start(self.scope, self.threads));
        match work.send(Work { block, layout, used, to }) {
            Ok(()) => Cutting::Awaited(from),
            Err(mpsc::SendError(work)) => Cutting::Cut(Strip::cut(work.block, layout, work.used)),
        }
    }

    /// Takes back a strip that is no longer used; gives its bytes, to be read into.
    pub(super) fn take_back(&mut self, mut strip: Strip) -> Vec<u8> {
        let bytes = std::mem::take(&mut strip.bytes);
        self.used.push(strip);
        bytes
    }
}

/// Starts threads that cut blocks until none can come any more.
fn start<'scope>(scope: &'scope Scope<'scope, '_>, threads: usize) -> mpsc::Sender<Work> {
    let (send, receive) = mpsc::channel::<Work>();
    let receive = Arc::new(Mutex::new(receive));
    for _ in 0..threads {
        let receive = Arc::clone(&receive);
        scope.spawn(move || {
            let next = || receive.lock().ok()?.recv().ok();
            while let Some(Work { block, layout, used, to }) = next() {
                // Where nobody waits for it any more, the reading has ended.
                let _ = to.send(Strip::cut(block, layout, used));
            }
        });
    }
    send
}

impl Cutting {
    /// The strip, when it is cut.
    ///
    /// # Errors
    ///
    /// Where the thread that cuts it has ended without.
    pub(super) fn wait(self) -> io::Result<Strip> {
        match self {
            Self::Cut(strip) => Ok(strip),
            Self::Awaited(strip) => strip.recv().map_err(io::Error::other),
        }
    }
}
