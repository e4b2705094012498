//! Places in numbers, as other programs want them.

use crate::source::Place;

/// A place: lines and columns from 1, columns in characters, the end behind the last of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) end_line: usize,
    pub(super) end_column: usize,
}

impl Span {
    pub(super) fn of(place: &Place) -> Self {
        let (line, column) = place.line_column();
        let (end_line, end_column) = place.end_line_column();
        Self { line, column, end_line, end_column }
    }
}
