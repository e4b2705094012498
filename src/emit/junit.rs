//! JUnit's XML, which every CI shows as tests: a suite a file, a case a finding. A file without
//! findings is a case that passes.

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::Shown;
use super::summary::Summary;
use crate::diagnostic::{Diagnostic, Level};
use crate::spelling::printable;

pub(super) fn write(shown: &Shown<'_>, to: &mut dyn Write) -> io::Result<()> {
    let mut xml = Writer::new_with_indent(&mut *to, b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let summary = Summary::of(shown);
    let failures = (summary.errors + summary.warnings).to_string();
    let suites = suites(shown);
    let tests: usize = suites.iter().map(|(_, findings)| findings.len().max(1)).sum();
    let root = BytesStart::new("testsuites").with_attributes([
        ("name", "assess check"),
        ("tests", tests.to_string().as_str()),
        ("failures", failures.as_str()),
        ("errors", "0"),
    ]);
    xml.write_event(Event::Start(root))?;
    for (file, findings) in &suites {
        suite(file, findings, &summary, &mut xml)?;
    }
    xml.write_event(Event::End(BytesEnd::new("testsuites")))?;
    drop(xml);
    writeln!(to)
}

/// The files with their findings; what has no file is in one of its own.
fn suites<'a>(shown: &Shown<'a>) -> Vec<(&'a str, Vec<&'a Diagnostic>)> {
    const NOWHERE: &str = "assess";
    let file = |finding: &'a Diagnostic| {
        finding.labels.first().map_or(NOWHERE, |label| label.place.source().name())
    };
    let mut names: Vec<&str> = shown.files.iter().map(String::as_str).collect();
    names.extend(shown.findings.iter().map(file));
    names.sort_unstable();
    names.dedup();
    let of = |name| shown.findings.iter().filter(|found| file(found) == name).collect();
    names.into_iter().map(|name| (name, of(name))).collect()
}

fn suite<W: Write>(
    file: &str,
    findings: &[&Diagnostic],
    summary: &Summary,
    xml: &mut Writer<W>,
) -> io::Result<()> {
    let failures = findings.iter().filter(|found| found.level > Level::Note).count().to_string();
    let tests = findings.len().max(1).to_string();
    let name = printable(file);
    let start = BytesStart::new("testsuite").with_attributes([
        ("name", name.as_str()),
        ("tests", tests.as_str()),
        ("failures", failures.as_str()),
        ("errors", "0"),
    ]);
    xml.write_event(Event::Start(start))?;
    if findings.is_empty() {
        let case = [("name", name.as_str()), ("classname", name.as_str())];
        xml.write_event(Event::Empty(BytesStart::new("testcase").with_attributes(case)))?;
    }
    for finding in findings {
        case(&name, finding, xml)?;
    }
    element("system-out", &[], &summary.to_string(), xml)?;
    xml.write_event(Event::End(BytesEnd::new("testsuite")))
}

fn case<W: Write>(file: &str, finding: &Diagnostic, xml: &mut Writer<W>) -> io::Result<()> {
    let at = finding.labels.first().map(|label| label.place.line_column());
    let at = at.map_or_else(String::new, |(line, column)| format!(" at {line}:{column}"));
    let name = format!("{}{at}", finding.code);
    let start = BytesStart::new("testcase");
    let start = start.with_attributes([("name", name.as_str()), ("classname", file)]);
    xml.write_event(Event::Start(start))?;
    let message = printable(&finding.message);
    let text = match &finding.help {
        Some(help) => format!("{}\n{}", printable(&finding.to_string()), printable(help)),
        None => printable(&finding.to_string()),
    };
    if finding.level > Level::Note {
        let level = finding.level.to_string();
        element("failure", &[("type", &level), ("message", &message)], &text, xml)?;
    } else {
        element("system-out", &[], &text, xml)?;
    }
    xml.write_event(Event::End(BytesEnd::new("testcase")))
}

fn element<W: Write>(
    name: &str,
    attributes: &[(&str, &str)],
    text: &str,
    xml: &mut Writer<W>,
) -> io::Result<()> {
    let start = BytesStart::new(name).with_attributes(attributes.iter().copied());
    xml.write_event(Event::Start(start))?;
    xml.write_event(Event::Text(BytesText::new(text)))?;
    xml.write_event(Event::End(BytesEnd::new(name)))
}
