//! Workflow commands of GitHub Actions, which it shows beside the lines of a change.
//! <https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands>

use std::io::{self, Write};

use super::Shown;
use super::span::Span;
use super::summary::Summary;
use crate::diagnostic::{Diagnostic, Level};
use crate::spelling::is_obeyed;

pub(super) fn write(shown: &Shown<'_>, to: &mut dyn Write) -> io::Result<()> {
    for finding in shown.findings {
        writeln!(to, "{}", command(finding))?;
    }
    writeln!(to, "{}", Summary::of(shown))
}

fn command(finding: &Diagnostic) -> String {
    let level = match finding.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "notice",
    };
    let mut properties = Vec::new();
    if let Some(label) = finding.labels.first() {
        let Span { line, column, end_line, end_column } = Span::of(&label.place);
        properties.push(format!("file={}", property(label.place.source().name())));
        properties.push(format!("line={line},endLine={end_line},col={column}"));
        // A column is taken for one of the first line, where there are several. It is the last one.
        if end_line == line && end_column > column {
            properties.push(format!("endColumn={}", end_column - 1));
        }
    }
    properties.push(format!("title={}", property(&format!("assess {}", finding.code))));
    let help = finding.help.as_ref().map_or_else(String::new, |help| format!("\n{help}"));
    format!("::{level} {}::{}", properties.join(","), data(&format!("{}{help}", finding.message)))
}

/// A message as a command holds it.
fn data(text: &str) -> String {
    // The log is shown in colours: what obeys would change it.
    let shield = |c| if is_obeyed(c) && !matches!(c, '\r' | '\n') { '\u{fffd}' } else { c };
    let text: String = text.chars().map(shield).collect();
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property as a command holds it.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
