//! Everything that is known of findings, for programs. Later versions of format 1 may add fields;
//! none is taken away or given another meaning.

use std::io::{self, Write};

use serde::Serialize;

use super::Shown;
use super::span::Span;
use super::summary::Summary;
use crate::diagnostic::{Diagnostic, Fix};
use crate::source::Place;

#[derive(Serialize)]
struct Report<'a> {
    format: u32,
    summary: Counts,
    findings: Vec<Finding<'a>>,
}

#[derive(Serialize)]
struct Counts {
    files: usize,
    errors: usize,
    warnings: usize,
    notes: usize,
    left_out: usize,
}

#[derive(Serialize)]
struct Finding<'a> {
    code: &'a str,
    level: String,
    message: &'a str,
    help: Option<&'a str>,
    /// The first is the place to mend.
    labels: Vec<Piece<'a>>,
    fix: Option<Mending<'a>>,
}

/// A piece of a file: lines and columns from 1, columns in characters, the end behind the last.
#[derive(Serialize)]
struct Piece<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    /// What is to be said of it, or is to stand there.
    text: &'a str,
}

#[derive(Serialize)]
struct Mending<'a> {
    message: &'a str,
    edits: Vec<Piece<'a>>,
}

pub(super) fn write(shown: &Shown<'_>, to: &mut dyn Write) -> io::Result<()> {
    let Summary { files, errors, warnings, notes, left_out } = Summary::of(shown);
    let summary = Counts { files, errors, warnings, notes, left_out };
    let findings = shown.findings.iter().map(finding).collect();
    serde_json::to_writer_pretty(&mut *to, &Report { format: 1, summary, findings })?;
    writeln!(to)
}

fn finding(finding: &Diagnostic) -> Finding<'_> {
    Finding {
        code: finding.code,
        level: finding.level.to_string(),
        message: &finding.message,
        help: finding.help.as_deref(),
        labels: finding.labels.iter().map(|label| piece(&label.place, &label.text)).collect(),
        fix: finding.fix.as_deref().map(mending),
    }
}

fn mending(fix: &Fix) -> Mending<'_> {
    let edits = fix.edits.iter().map(|(place, text)| piece(place, text)).collect();
    Mending { message: &fix.message, edits }
}

fn piece<'a>(place: &'a Place, text: &'a str) -> Piece<'a> {
    let Span { line, column, end_line, end_column } = Span::of(place);
    Piece { file: place.source().name(), line, column, end_line, end_column, text }
}
