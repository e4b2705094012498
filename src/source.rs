//! A named text and places in it. Nothing here knows what the text means.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// A text that was read, with the name to show for it: a file's path, `-` for standard input,
/// or the name of the plan that is built in. Cheap to clone.
#[derive(Clone, PartialEq, Eq)]
pub struct Source(Arc<Inner>);

#[derive(PartialEq, Eq)]
struct Inner {
    name: String,
    text: String,
    first_line: usize,
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
    /// The line of the first byte that is not UTF-8, without its text: in another encoding the
    /// bytes before it mean something else too.
    pub fn from_utf8(name: impl Into<String>, bytes: &[u8]) -> Result<Self, Place> {
        let error = match std::str::from_utf8(bytes) {
            Ok(text) => return Ok(Self::new(name, text)),
            Err(error) => error,
        };
        let (good, _) = bytes.split_at(error.valid_up_to());
        let line = good.iter().filter(|&&byte| byte == b'\n').count() + 1;
        Err(Self::excerpt(name, "", line).place(0..0))
    }

    /// Some lines of a file, the first of which is line `first_line` there.
    pub fn excerpt(name: impl Into<String>, text: impl Into<String>, first_line: usize) -> Self {
        Self(Arc::new(Inner { name: name.into(), text: text.into(), first_line }))
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

    /// The place of a range of bytes, moved to the nearest whole characters inside the text, so
    /// that a place always slices its text.
    pub fn place(&self, range: Range<usize>) -> Place {
        let start = self.text().floor_char_boundary(range.start);
        let end = self.text().ceil_char_boundary(range.end).max(start);
        Place { source: self.clone(), range: start..end }
    }
}

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
        let before = self.source.text().get(..self.range.start).unwrap_or_default();
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = self.source.first_line() + before.matches('\n').count();
        let column = before.get(line_start..).unwrap_or_default().chars().count();
        (line, column + 1)
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
