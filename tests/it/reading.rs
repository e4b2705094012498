//! What is read of files as offices hand them in: every case of `reading/cases.toml`, and every
//! block of `docs/data.md`.

use std::collections::BTreeSet;
use std::io::Cursor;

use assess::data::{Measurements, Options, Reader, Value};
use assess::diagnostic::{Diagnostic, Level};
use assess::number::show;
use assess::plan::Plan;
use assess::source::Source;
use assess::text::Lang;
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};
use toml::{Table, Value as Toml};

use crate::world::read;

/// A file that is handed in.
struct File {
    name: String,
    bytes: Vec<u8>,
}

/// What came of reading some files.
struct Read {
    values: Vec<String>,
    warnings: Vec<String>,
    errors: Vec<String>,
}

fn plan(open: bool) -> Plan {
    let text = read("tests/it/reading/plan.toml");
    let text = match text.split_once("# regions") {
        Some((before, _)) if open => before.to_owned(),
        _ => text,
    };
    Plan::read(&Source::new("plan.toml", text)).unwrap_or_else(|found| panic!("{found}"))
}

fn encoded(text: &str, encoding: &str) -> Vec<u8> {
    let text = text.strip_prefix('\n').unwrap_or(text);
    let utf_16 = |mark: bool, to: fn(u16) -> [u8; 2]| {
        let mark = mark.then_some('\u{feff}');
        let text: String = mark.into_iter().chain(text.chars()).collect();
        text.encode_utf16().flat_map(to).collect()
    };
    match encoding {
        "utf-8" => text.into(),
        "utf-8-bom" => format!("\u{feff}{text}").into(),
        "utf-16le" => utf_16(false, u16::to_le_bytes),
        "utf-16le-bom" => utf_16(true, u16::to_le_bytes),
        "utf-16be-bom" => utf_16(true, u16::to_be_bytes),
        "hex" => {
            let digits: Vec<u8> = text.bytes().filter(u8::is_ascii_hexdigit).collect();
            let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16);
            digits.chunks(2).map(|pair| byte(pair).unwrap()).collect()
        }
        label => {
            let encoding = Encoding::for_label(label.as_bytes()).unwrap();
            assert!(encoding != UTF_16LE && encoding != UTF_16BE);
            let (bytes, _, lossy) = encoding.encode(text);
            assert!(!lossy, "{label} cannot write {text}");
            bytes.into_owned()
        }
    }
}

fn read_files(plan: &Plan, files: &[File], options: Options) -> Read {
    let mut reader = Reader::new(plan, options);
    let mut tables = 0;
    for file in files {
        tables += reader.read(&file.name, None, &mut Cursor::new(&file.bytes)).unwrap().len();
    }
    let several = files.len() > 1;
    match reader.finish() {
        Ok((measurements, found)) => {
            assert!(tables > 0);
            let values = all_values(&measurements);
            Read { values, warnings: codes(&found, Level::Warning, several), errors: Vec::new() }
        }
        Err(found) => {
            let errors = codes(&found, Level::Error, several);
            Read { values: Vec::new(), warnings: Vec::new(), errors }
        }
    }
}

/// The codes of findings; of errors with their places.
fn codes(found: &[Diagnostic], level: Level, several: bool) -> Vec<String> {
    let of_level = found.iter().filter(|finding| finding.level == level);
    let shown = of_level.map(|finding| match (finding.labels.first(), level) {
        (Some(label), Level::Error) => {
            let (line, column) = label.place.line_column();
            let source = label.place.source().text();
            let before = source.lines().next().unwrap_or_default().chars().take(column - 1);
            let cell = before.filter(|c| [',', ';', '\t'].contains(c)).count() + 1;
            let file =
                if several { format!("{}:", label.place.source().name()) } else { String::new() };
            format!("{} at {file}{line}:{cell}", finding.code)
        }
        _ => finding.code.to_owned(),
    });
    let mut shown: Vec<_> = shown.collect();
    shown.sort();
    shown
}

/// Every value and every cell that says that there is none: `pm25 | 延边州 | 2021 | 31`.
fn all_values(measurements: &Measurements<'_>) -> Vec<String> {
    let plan = measurements.plan();
    let mut all = BTreeSet::new();
    let quantities = || {
        let items = (0..plan.indicators().len()).map(assess::plan::Quantity::Item);
        items.chain((0..plan.inputs().len()).map(assess::plan::Quantity::Input))
    };
    for region in measurements.regions() {
        for year in plan.earliest_year().number()..=plan.about().years.last().number() {
            let year = year.to_string().parse().unwrap();
            for quantity in quantities() {
                let measure = plan.measure(quantity).unwrap();
                let value = match region.get(year, quantity) {
                    Some(measured) => match &measured.value {
                        Value::Number(number) | Value::Progress(number) => {
                            show(*number).replace('−', "-")
                        }
                        Value::NotApplicable(reason) => format!("not applicable: {reason}"),
                        value => value.show(measure, Lang::En),
                    },
                    None if !region.absent(year, quantity).is_empty() => "missing".to_owned(),
                    None => continue,
                };
                all.insert(format!("{} | {} | {year} | {value}", measure.id, region.name()));
            }
        }
    }
    all.into_iter().collect()
}

fn strings(table: &Table, key: &str) -> Vec<String> {
    let list = table.get(key).and_then(Toml::as_array);
    let texts = list.into_iter().flatten().map(|text| text.as_str().unwrap().to_owned());
    let mut texts: Vec<_> = texts.collect();
    texts.sort();
    texts
}

fn options(case: &Table) -> Options {
    let empty = Table::new();
    let options = case.get("options").and_then(Toml::as_table).unwrap_or(&empty);
    let text = |key: &str| options.get(key).and_then(Toml::as_str);
    let year = text("year").unwrap_or("2021");
    Options {
        year: year.parse().ok(),
        encoding: text("encoding").map(|label| label.parse().unwrap()),
        delimiter: text("delimiter")
            .map(|sign| if sign == "tab" { b'\t' } else { sign.as_bytes()[0] }),
        ignore_unknown: options.get("ignore-unknown").and_then(Toml::as_bool).unwrap_or(false),
        ..Options::default()
    }
}

fn files(case: &Table) -> Vec<File> {
    let file = |table: &Table| {
        let text = |key: &str| table.get(key).and_then(Toml::as_str);
        File {
            name: text("name")
                .filter(|_| !table.contains_key("trap"))
                .unwrap_or("values.csv")
                .to_owned(),
            bytes: encoded(text("data").unwrap(), text("encoding").unwrap_or("utf-8")),
        }
    };
    match case.get("files").and_then(Toml::as_array) {
        Some(several) => several.iter().map(|table| file(table.as_table().unwrap())).collect(),
        None => vec![file(case)],
    }
}

/// What is wrong with a case.
fn check(case: &Table) -> Option<String> {
    let plan = plan(case.get("open").and_then(Toml::as_bool).unwrap_or(false));
    let read = read_files(&plan, &files(case), options(case));
    let errors = strings(case, "errors");
    let mut found = read.errors;
    // A case says as much of the place as matters to it: the line, the cell, or nothing.
    for (error, found) in errors.iter().zip(&mut found) {
        if found
            .strip_prefix(error)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with([':', ' ']))
        {
            found.clone_from(error);
        }
    }
    let expected = (errors, strings(case, "values"), strings(case, "warnings"));
    let is_right = match expected.0.is_empty() {
        true => found.is_empty() && read.values == expected.1 && read.warnings == expected.2,
        false => found == expected.0,
    };
    (!is_right).then(|| {
        let name = case["name"].as_str().unwrap();
        let found = (found, read.values, read.warnings);
        format!("{name}\n  expected {expected:?}\n  found    {found:?}\n")
    })
}

/// What is wrong with a block of the documentation: a file, and the table of what is read of it,
/// or why it is refused.
fn check_block(block: &str) -> Option<String> {
    let (text, behind) = block.split_once("\n```\n").expect("a block that is closed");
    let said: Vec<&str> =
        behind.trim_start().lines().take_while(|line| !line.trim().is_empty()).collect();
    let file = File { name: "values.csv".to_owned(), bytes: format!("{text}\n").into() };
    let read = read_files(&plan(false), &[file], options(&Table::new()));
    let (said, found) = if let Some(codes) = said[0].strip_prefix("Refused: ") {
        let codes = codes.split('`').skip(1).step_by(2).map(str::to_owned).collect();
        let code = |error: &String| error.split(" at ").next().unwrap().to_owned();
        (codes, read.errors.iter().map(code).collect())
    } else {
        assert_eq!(said[0], "| item | region | year | value |", "{text}");
        let row = |row: &&str| row.trim().trim_matches('|').trim().to_owned();
        let mut rows: Vec<String> = said[2..].iter().map(row).collect();
        rows.sort();
        (rows, if read.errors.is_empty() { read.values } else { read.errors })
    };
    (said != found).then(|| format!("{text}\n  said  {said:?}\n  found {found:?}\n"))
}

#[test]
fn every_block_of_the_page_on_data_is_true() {
    let page = read("docs/data.md");
    let blocks: Vec<&str> = page.split("```csv read\n").skip(1).collect();
    assert!(blocks.len() > 5);
    let wrong: Vec<_> = blocks.into_iter().filter_map(check_block).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_case_is_read_as_it_says() {
    let cases: Table = read("tests/it/reading/cases.toml").parse().unwrap();
    let cases = cases["case"].as_array().unwrap();
    assert!(cases.len() > 200);
    let wrong: Vec<_> = cases.iter().filter_map(|case| check(case.as_table().unwrap())).collect();
    assert!(wrong.is_empty(), "{} of {}\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}
