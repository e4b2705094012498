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

/// The styles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// The source line with a label under it.
    Snippet,
    /// One line each.
    Concise,
    /// JSON.
    Json,
    /// GitHub.
    Github,
    /// SARIF.
    Sarif,
    /// JUnit.
    Junit,
    /// GitLab.
    Gitlab,
}

/// What is shown.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    /// The findings.
    pub findings: &'a [Diagnostic],
    /// The files.
    pub files: &'a [String],
    /// How many are left out.
    pub left_out: usize,
}

/// Writes them.
///
/// # Errors
///
/// What the sink says.
pub fn write(
    shown: &Shown<'_>,
    format: Format,
    style: Style,
    to: &mut dyn std::io::Write,
) -> std::io::Result<()> {
    for finding in shown.findings {
        match format {
            Format::Snippet => writeln!(to, "{}", snippet(finding, style))?,
            _ => writeln!(to, "{finding}")?,
        }
    }
    Ok(())
}

/// A diagnostic with its source lines and labels under them, ending with a line end.
pub fn snippet(finding: &Diagnostic, style: Style) -> String {
    snippet::render(finding, style)
}
