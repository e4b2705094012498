//! GitLab's Code Quality report, which it shows in a merge request.
//! <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use super::Shown;
use super::span::Span;
use crate::diagnostic::{Diagnostic, Level};
use crate::source::Place;

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

/// There is no place for a summary.
pub(super) fn write(shown: &Shown<'_>, to: &mut dyn Write) -> io::Result<()> {
    let mut alike = BTreeMap::new();
    let issues: Vec<_> = shown.findings.iter().map(|finding| issue(finding, &mut alike)).collect();
    serde_json::to_writer_pretty(&mut *to, &issues)?;
    writeln!(to)
}

fn issue<'a>(finding: &'a Diagnostic, alike: &mut BTreeMap<String, usize>) -> Issue<'a> {
    let place = finding.labels.first().map(|label| &label.place);
    let path = place.map_or("", |place| place.source().name());
    let span = place.map(Span::of);
    let lines = span
        .map_or(Lines { begin: 1, end: 1 }, |span| Lines { begin: span.line, end: span.end_line });
    let help = finding.help.as_ref().map_or_else(String::new, |help| format!(" ({help})"));
    Issue {
        description: format!("{}{help}", finding.message),
        check_name: finding.code,
        fingerprint: fingerprint(finding, alike),
        severity: match finding.level {
            Level::Error => "major",
            Level::Warning => "minor",
            Level::Note => "info",
        },
        location: Location { path, lines },
    }
}

/// What tells a finding from all others, and stays when lines before it come and go: its code, its
/// file, the text that it is about, and which of those that are alike it is.
fn fingerprint(finding: &Diagnostic, alike: &mut BTreeMap<String, usize>) -> String {
    let place = finding.labels.first().map(|label| &label.place);
    let file = place.map_or("", |place| place.source().name());
    let text = place.map_or("", Place::text);
    let own = format!("{}\0{file}\0{text}\0{}", finding.code, finding.message);
    let which = alike.entry(own.clone()).or_default();
    *which += 1;
    super::digest(&format!("{own}\0{which}"))
}
