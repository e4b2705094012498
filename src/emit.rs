//! Diagnostics as text: one style a file. All that they show is in the findings already.

mod concise;
mod github;
mod gitlab;
mod json;
mod junit;
mod sarif;
mod snippet;
mod span;
mod summary;

use std::io::{self, Write};

use sha2::{Digest, Sha256};

use self::summary::Summary;
use crate::diagnostic::Diagnostic;

/// How snippets are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// The width in columns.
    pub width: usize,
    /// Whether colours are used.
    pub colour: bool,
}

/// For whom findings are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// People at a terminal: the source line with a label under it, and what to do.
    Snippet,
    /// People and editors: `file:line:column: level[code]: message`.
    Concise,
    /// Programs: everything, in a format of this program's own.
    Json,
    /// GitHub Actions: workflow commands, which become annotations.
    Github,
    /// Code scanning: SARIF 2.1.0, the OASIS standard.
    Sarif,
    /// Test reports: JUnit's XML.
    Junit,
    /// GitLab: its Code Quality report.
    Gitlab,
}

/// What is shown.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    /// What was found, in order.
    pub findings: &'a [Diagnostic],
    /// The names of the files that were looked at, in order.
    pub files: &'a [String],
    /// How many findings more there were than are shown.
    pub left_out: usize,
}

/// Writes findings in a format, with a summary where it has a place for one.
///
/// # Errors
///
/// What the sink says.
pub fn write(
    shown: &Shown<'_>,
    format: Format,
    style: Style,
    to: &mut dyn Write,
) -> io::Result<()> {
    match format {
        Format::Snippet => {
            for finding in shown.findings {
                writeln!(to, "{}", snippet(finding, style))?;
            }
            writeln!(to, "{}", Summary::of(shown))
        }
        Format::Concise => concise::write(shown, to),
        Format::Json => json::write(shown, to),
        Format::Github => github::write(shown, to),
        Format::Sarif => sarif::write(shown, to),
        Format::Junit => junit::write(shown, to),
        Format::Gitlab => gitlab::write(shown, to),
    }
}

/// The SHA-256 of a text, in hexadecimal.
fn digest(text: &str) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A diagnostic with its source lines and labels under them, ending with a line end.
pub fn snippet(finding: &Diagnostic, style: Style) -> String {
    snippet::render(finding, style)
}
