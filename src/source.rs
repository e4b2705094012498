//! A named text and places in it. Nothing here knows what the text means.

use std::fmt;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// A text that was read, with the name to show for it: a file's path, `-` for standard input,
/// or the name of the plan that is built in. Cheap to clone.
#[derive(Clone)]
pub struct Source(Arc<Inner>);

struct Inner {
    name: String,
    text: String,
    first_line: usize,
    /// Where each line begins; found when it is first asked for.
    line_starts: OnceLock<Vec<usize>>,
}

impl Source {
    /// A whole file's text. A byte order mark is dropped: it is no part of the first line.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let mut text = text.into();
        if text.starts_with('\u{feff}') {
            text.drain(..'\u{feff}'.len_utf8());
        }
        Self::excerpt(name, text, 1)
    }

    /// A whole file's bytes.
    ///
    /// # Errors
    ///
    /// The place of the first byte that is not UTF-8, after what of its line comes before it.
    pub fn from_utf8(name: impl Into<String>, bytes: &[u8]) -> Result<Self, Place> {
        let error = match std::str::from_utf8(bytes) {
            Ok(text) => return Ok(Self::new(name, text)),
            Err(error) => error,
        };
        let (good, _) = bytes.split_at(error.valid_up_to());
        let line = good.iter().filter(|&&byte| byte == b'\n').count() + 1;
        let before = good.rsplit(|&byte| byte == b'\n').next().unwrap_or_default();
        let before = String::from_utf8_lossy(before).into_owned();
        let end = before.len();
        Err(Self::excerpt(name, before, line).place(end..end))
    }

    /// Some lines of a file, the first of which is line `first_line` there.
    pub fn excerpt(name: impl Into<String>, text: impl Into<String>, first_line: usize) -> Self {
        let line_starts = OnceLock::new();
        Self(Arc::new(Inner { name: name.into(), text: text.into(), first_line, line_starts }))
    }

    /// The name to show.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// The text, without a byte order mark.
    pub fn text(&self) -> &str {
        &self.0.text
    }

    /// The number of the text's first line in its file, from 1.
    pub fn first_line(&self) -> usize {
        self.0.first_line
    }

    /// The lines of the text that a range of bytes touches, whole, as a source of its own, and
    /// where in this one they begin.
    pub fn lines(&self, range: Range<usize>) -> (Self, usize) {
        let first = self.line_of(range.start);
        let starts = self.line_starts();
        let start = starts.get(first).copied().unwrap_or_default();
        let end = starts.get(self.line_of(range.end) + 1).copied().unwrap_or(self.text().len());
        let text = self.text().get(start..end).unwrap_or_default();
        (Self::excerpt(self.name(), text, self.first_line() + first), start)
    }

    fn line_starts(&self) -> &[usize] {
        self.0.line_starts.get_or_init(|| {
            let ends = self.text().match_indices('\n').map(|(at, _)| at + 1);
            std::iter::once(0).chain(ends).collect()
        })
    }

    /// Line and column of a byte, both from 1, the column in characters.
    fn line_column(&self, at: usize) -> (usize, usize) {
        let line = self.line_of(at);
        let start = self.line_starts().get(line).copied().unwrap_or_default();
        let before = self.text().get(start..at).unwrap_or_default();
        (self.first_line() + line, before.chars().count() + 1)
    }

    /// The index of the line that a byte is in.
    fn line_of(&self, at: usize) -> usize {
        self.line_starts().partition_point(|&start| start <= at).saturating_sub(1)
    }

    /// The place of a range of bytes, moved to the nearest whole characters inside the text, so
    /// that a place always slices its text.
    pub fn place(&self, range: Range<usize>) -> Place {
        let start = self.text().floor_char_boundary(range.start);
        let end = self.text().ceil_char_boundary(range.end).max(start);
        Place { source: self.clone(), range: start..end }
    }
}

impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        let same_place = self.first_line() == other.first_line() && self.name() == other.name();
        Arc::ptr_eq(&self.0, &other.0) || same_place && self.text() == other.text()
    }
}

impl Eq for Source {}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Source").field(&self.name()).finish()
    }
}

/// A piece of a source. Only [`Source::place`] makes one, so it is always a valid slice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    source: Source,
    range: Range<usize>,
}

impl Place {
    /// The source that it lies in.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// Where in [`Source::text`] it lies, in bytes.
    pub fn range(&self) -> Range<usize> {
        self.range.clone()
    }

    /// The text that stands there.
    pub fn text(&self) -> &str {
        self.source.text().get(self.range()).unwrap_or_default()
    }

    /// Line and column of its start in the file, both from 1, the column in characters.
    pub fn line_column(&self) -> (usize, usize) {
        self.source.line_column(self.range.start)
    }

    /// Line and column of what follows it, both from 1, the column in characters.
    pub fn end_line_column(&self) -> (usize, usize) {
        self.source.line_column(self.range.end)
    }
}

/// `file:line:column`.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (line, column) = self.line_column();
        write!(f, "{}:{line}:{column}", self.source.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_place_counts_characters_not_bytes() {
        let source = Source::new("计划.toml", "\u{feff}a = 1\n名称 = \"x\"\n");
        let at = source.text().find("\"x\"").unwrap();
        let place = source.place(at..at + 3);
        assert_eq!(place.text(), "\"x\"");
        assert_eq!(place.to_string(), "计划.toml:2:6");
    }

    proptest! {
        #[test]
        fn every_place_slices_its_source(text in ".{0,40}", a in 0usize..200, b in 0usize..200) {
            let source = Source::new("any", text);
            let place = source.place(a..b);
            prop_assert!(source.text().get(place.range()).is_some());
            place.line_column();
        }
    }
}
