//! Diagnostics as text: one style a file.

mod snippet;

use crate::diagnostic::Diagnostic;

/// How diagnostics are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// The width in columns.
    pub width: usize,
    /// Whether colours are used.
    pub colour: bool,
}

/// A diagnostic with its source lines and labels under them, ending with a line end.
pub fn snippet(finding: &Diagnostic, style: Style) -> String {
    snippet::render(finding, style)
}
