//! What every target asks of what was read: that it can be shown, judged and reported.

use std::io::Cursor;
use std::sync::LazyLock;

use assess::assessment::assess;
use assess::data::{Measurements, Options, Reader};
use assess::diagnostic::Diagnostic;
use assess::emit::{self, Style};
use assess::plan::Plan;
use assess::report::{Format, Head, Input, ReadWith, Screen};
use assess::source::Source;
use assess::text::Lang;
use assess::year::Year;

/// The plan that files of measured values are read for; it has an item of every kind.
pub static PLAN: LazyLock<Plan> = LazyLock::new(|| {
    let text = include_str!("../../tests/it/reading/plan.toml");
    Plan::read(&Source::new("plan.toml", text)).expect("the plan is sound")
});

/// A year that is one.
pub fn year(year: u16) -> Year {
    year.to_string().parse().expect("a year")
}

/// The options that a byte stands for.
pub fn options(byte: u8) -> Options {
    const ENCODINGS: [&str; 8] =
        ["utf-8", "gb18030", "big5", "utf-16le", "utf-16be", "windows-1252", "shift_jis", "euc-kr"];
    const DELIMITERS: [Option<u8>; 4] = [None, Some(b';'), Some(b'\t'), Some(b'|')];
    let encoding = (byte & 8 != 0).then(|| ENCODINGS[usize::from(byte & 7)]);
    let mut options = Options::default();
    options.year = Some(year(2021));
    options.encoding = encoding.map(|label| label.parse().expect("a label"));
    options.delimiter = DELIMITERS[usize::from(byte >> 4 & 3)];
    options.ignore_unknown = byte & 64 != 0;
    options
}

/// Reads a file of measured values, and everything that may follow of it.
pub fn read(plan: &Plan, options: Options, name: &str, sheet: Option<&str>, bytes: &[u8]) {
    let mut reader = Reader::new(plan, options);
    let tables = reader.read(name, sheet, &mut Cursor::new(bytes)).expect("bytes that are there");
    match reader.finish() {
        Ok((measurements, warnings)) => {
            show_all(&warnings);
            let input = |table| Input { table, sha256: "0".repeat(64) };
            report_all(plan, &measurements, tables.into_iter().map(input).collect());
        }
        Err(found) => {
            assert!(!found.is_empty(), "refused without a reason");
            show_all(&found);
        }
    }
}

/// Every finding can be shown, and every label of it stands on whole characters.
pub fn show_all(found: &[Diagnostic]) {
    // A file may have a thousand faults; those that are alike are shown alike.
    for finding in found.iter().take(50) {
        for label in &finding.labels {
            let text = label.place.source().text();
            assert!(text.get(label.place.range()).is_some(), "a label cuts a character: {finding}");
        }
        let shown = emit::snippet(finding, Style { width: 80, colour: false });
        assert!(shown.contains(finding.code), "{shown}");
        let no_escapes = |c: char| c == '\n' || !c.is_control();
        assert!(shown.chars().all(no_escapes), "shown as it stands: {shown:?}");
    }
}

/// Judges every region and year that has values, and the plan's own region, and reports it.
pub fn report_all(plan: &Plan, measurements: &Measurements<'_>, inputs: Vec<Input>) {
    let own = plan.about().region.as_str();
    let mut regions: Vec<_> = measurements.regions().map(|region| region.name()).collect();
    if !regions.contains(&own) {
        regions.push(own);
    }
    for lang in [Lang::Zh, Lang::En] {
        let head = head(plan, inputs.clone(), lang);
        let json = render(&head, measurements, &regions, Format::Json);
        serde_json::from_slice::<serde_json::Value>(&json).expect("the JSON report is JSON");
    }
    let head = head(plan, inputs, Lang::Zh);
    for format in [Format::Csv, Format::Markdown, Format::Table] {
        let text = render(&head, measurements, &regions, format);
        String::from_utf8(text).expect("a report is UTF-8");
    }
}

fn head(plan: &Plan, inputs: Vec<Input>, lang: Lang) -> Head<'_> {
    let plan_sha256 = "1".repeat(64);
    Head { plan, plan_file: None, plan_sha256, letters: Vec::new(), inputs, lang, all: true, summary: false, unit: None, supposed: Vec::new(), date: None, as_of: None, years: plan.about().years, read_with: ReadWith::default() }
}

fn render(
    head: &Head<'_>,
    measurements: &Measurements<'_>,
    regions: &[&str],
    format: Format,
) -> Vec<u8> {
    let mut report = format.report(Screen { width: 80, colour: false });
    let mut out = Vec::new();
    report.begin(head, &mut out).expect("memory");
    for region in regions.iter().take(4) {
        for year in head.plan.about().years.iter().take(3) {
            let assessment = assess(measurements, head.plan, region, year);
            report.add(head, &assessment, &mut out).expect("memory");
        }
    }
    report.end(head, &mut out).expect("memory");
    out
}
