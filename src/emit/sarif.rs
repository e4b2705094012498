//! SARIF 2.1.0, which code scanning services read.
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>

use std::io::{self, Write};

use serde_json::{Value, json};

use super::Shown;
use super::span::Span;
use crate::check;
use crate::diagnostic::{Diagnostic, Fix, Label, Level};
use crate::source::Place;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

pub(super) fn write(shown: &Shown<'_>, to: &mut dyn Write) -> io::Result<()> {
    let mut codes: Vec<&str> = shown.findings.iter().map(|finding| finding.code).collect();
    codes.sort_unstable();
    codes.dedup();
    let rules: Vec<Value> = codes.iter().map(|code| rule(code)).collect();
    let results = shown.findings.iter().map(|finding| result(finding, &codes));
    let artifacts = shown.files.iter().map(|file| json!({ "location": { "uri": uri(file) } }));
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "assess",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            } },
            // Columns are counted in characters and not in bytes or in UTF-16.
            "columnKind": "unicodeCodePoints",
            "artifacts": artifacts.collect::<Vec<_>>(),
            "results": results.collect::<Vec<_>>(),
            "properties": { "leftOut": shown.left_out },
        }],
    });
    serde_json::to_writer_pretty(&mut *to, &log)?;
    writeln!(to)
}

fn rule(code: &str) -> Value {
    let Some(rule) = check::rule(code) else { return json!({ "id": code }) };
    json!({
        "id": code,
        "shortDescription": { "text": rule.summary },
        "fullDescription": { "text": rule.why },
        "help": { "text": rule.why, "markdown": rule.page() },
        "defaultConfiguration": { "level": rule.level.to_string() },
    })
}

fn result(finding: &Diagnostic, codes: &[&str]) -> Value {
    let help = finding.help.as_ref().map_or_else(String::new, |help| format!("\n{help}"));
    let (first, others) = match finding.labels.split_first() {
        Some((first, others)) => (Some(first), others),
        None => (None, [].as_slice()),
    };
    let text = first.map_or("", |label| label.place.text());
    json!({
        "ruleId": finding.code,
        "ruleIndex": codes.binary_search(&finding.code).unwrap_or_default(),
        "level": level(finding.level),
        "message": { "text": format!("{}{help}", finding.message) },
        "locations": first.map(location).into_iter().collect::<Vec<_>>(),
        "relatedLocations": others.iter().map(location).collect::<Vec<_>>(),
        "partialFingerprints": {
            "codeAndText/v1": super::digest(&format!("{}\0{text}", finding.code)),
        },
        "fixes": finding.fix.as_deref().map(mending).into_iter().collect::<Vec<_>>(),
    })
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "note",
    }
}

fn location(label: &Label) -> Value {
    let place = json!({
        "artifactLocation": { "uri": uri(label.place.source().name()) },
        "region": region(&label.place),
    });
    match label.text.as_str() {
        "" => json!({ "physicalLocation": place }),
        text => json!({ "physicalLocation": place, "message": { "text": text } }),
    }
}

fn region(place: &Place) -> Value {
    let Span { line, column, end_line, end_column } = Span::of(place);
    json!({
        "startLine": line,
        "startColumn": column,
        "endLine": end_line,
        "endColumn": end_column,
    })
}

fn mending(fix: &Fix) -> Value {
    let file = fix.edits.first().map_or("", |(place, _)| place.source().name());
    let replacements = fix.edits.iter().map(|(place, text)| {
        json!({ "deletedRegion": region(place), "insertedContent": { "text": text } })
    });
    json!({
        "description": { "text": fix.message },
        "artifactChanges": [{
            "artifactLocation": { "uri": uri(file) },
            "replacements": replacements.collect::<Vec<_>>(),
        }],
    })
}

/// A path as a URI: what is not safe in one is in per cent, and every slash leans forward.
fn uri(path: &str) -> String {
    let mut uri = String::new();
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            b'\\' if cfg!(windows) => uri.push('/'),
            other => uri += &format!("%{other:02X}"),
        }
    }
    uri
}
