//! Findings in every style: one fixture through all of them.

use assess::diagnostic::{Diagnostic, Level};
use assess::emit::{self, Format, Shown, Style};
use assess::source::{Place, Source};
use serde_json::Value;

use crate::world::read;

/// The place of a text in a source.
fn place(source: &Source, text: &str) -> Place {
    let at = source.text().find(text).unwrap();
    source.place(at..at + text.len())
}

/// Files with what makes places hard to count, and findings with what makes messages hard to write.
fn fixture() -> (Vec<Diagnostic>, Vec<String>) {
    let long = "长".repeat(500);
    let plan = format!(
        "\u{feff}format = 1\r\nname = \"珲春市\"\tunit = \"ug/m3\" # 单位\r\nlong = \"{long}\" # 500 + here\r\n"
    );
    let plan = Source::new("targets/plan 1%,a.toml", plan);
    let letter = Source::new("targets/函\u{1b}[31m.toml", "format = 1\namends = \"x\"\n");
    let mut both = Diagnostic::new(Level::Error, "changes-disagree", "two | changes, \"a\" & 'b'")
        .at(place(&letter, "\"x\""), "the second")
        .at(place(&plan, "\"珲春市\""), "the first");
    both.help = Some("keep one,\nor the other: 100%".to_owned());
    let mut fixed =
        Diagnostic::new(Level::Warning, "unit-spelling", "`ug/m3` is <script>alert(1)</script>")
            .at(place(&plan, "\"ug/m3\""), "")
            .fix("write `μg/m³`", place(&plan, "\"ug/m3\""), "\"μg/m³\"");
    if let Some(fix) = &mut fixed.fix {
        fix.edits.push((place(&plan, "unit"), "Unit".to_owned()));
    }
    let far = Diagnostic::new(
        Level::Note,
        "no-document",
        "100% of a line\nof two,\r\nand an \u{1b}[31mescape\u{7}",
    )
    .at(place(&plan, "here"), "here: 5%, or so");
    let nowhere = Diagnostic::new(Level::Error, "not-utf8", "no place");
    let again = far.clone();
    let files = ["targets/plan 1%,a.toml", "targets/sound.toml", "targets/函\u{1b}[31m.toml"];
    (vec![nowhere, fixed, far, again, both], files.map(str::to_owned).into())
}

const ALL: [(&str, Format); 7] = [
    ("snippet", Format::Snippet),
    ("concise", Format::Concise),
    ("json", Format::Json),
    ("github", Format::Github),
    ("sarif", Format::Sarif),
    ("junit", Format::Junit),
    ("gitlab", Format::Gitlab),
];

fn written(findings: &[Diagnostic], files: &[String], format: Format) -> String {
    let shown = Shown { findings, files, left_out: 7 };
    let mut text = Vec::new();
    emit::write(&shown, format, Style { width: 80, colour: false }, &mut text).unwrap();
    String::from_utf8(text).unwrap()
}

#[test]
fn one_fixture_goes_through_every_style() {
    let (findings, files) = fixture();
    for (name, format) in ALL {
        let text = written(&findings, &files, format);
        let is_obeyed = |c: char| c.is_control() && c != '\n';
        assert!(!text.contains(is_obeyed), "{name}: {text:?}");
        assert!(text.ends_with('\n'), "{name}");
        let version = concat!("\"version\": \"", env!("CARGO_PKG_VERSION"), "\"");
        insta::assert_snapshot!(name, text.replace(version, "\"version\": \"…\""));
    }
}

#[test]
fn without_findings_every_style_is_whole() {
    let files = ["a.toml".to_owned()];
    for (name, format) in ALL {
        let text = written(&[], &files, format);
        match format {
            Format::Json | Format::Sarif | Format::Gitlab => {
                serde_json::from_str::<Value>(&text).unwrap();
            }
            Format::Junit => assert!(text.contains("<testcase name=\"a.toml\""), "{text}"),
            _ => assert_eq!(text, "checked 1 file: 7 more not shown\n", "{name}"),
        }
    }
}

#[test]
fn sarif_follows_the_published_schema() {
    let schema = read("tests/it/schemas/sarif-2.1.0.json");
    // As published, one pattern has a bracket that closes nothing.
    let schema = schema.replace("[a-zA-Z]{2}]?$", "[a-zA-Z]{2}$");
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let (findings, files) = fixture();
    for findings in [findings.as_slice(), &[]] {
        let log: Value = serde_json::from_str(&written(findings, &files, Format::Sarif)).unwrap();
        let faults: Vec<_> = validator.iter_errors(&log).map(|fault| fault.to_string()).collect();
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}

#[test]
fn places_in_numbers_are_the_places_of_the_text() {
    let (findings, files) = fixture();
    let report: Value = serde_json::from_str(&written(&findings, &files, Format::Json)).unwrap();
    let number = |label: &Value, key: &str| usize::try_from(label[key].as_u64().unwrap()).unwrap();
    for (finding, shown) in findings.iter().zip(report["findings"].as_array().unwrap()) {
        for (label, shown) in finding.labels.iter().zip(shown["labels"].as_array().unwrap()) {
            let text = label.place.source().text();
            let line = text.split('\n').nth(number(shown, "line") - 1).unwrap();
            let (from, to) = (number(shown, "column") - 1, number(shown, "end_column") - 1);
            let piece: String = line.chars().skip(from).take(to - from).collect();
            assert_eq!(piece, label.place.text());
        }
    }
}

/// What GitHub makes of a command: its level, its properties and its message.
fn understood(command: &str) -> (String, Vec<(String, String)>, String) {
    let plain = |text: &str| {
        text.replace("%3A", ":")
            .replace("%2C", ",")
            .replace("%0D", "\r")
            .replace("%0A", "\n")
            .replace("%25", "%")
    };
    let (head, message) = command.strip_prefix("::").unwrap().split_once("::").unwrap();
    let (level, properties) = head.split_once(' ').unwrap();
    let pair = |text: &str| text.split_once('=').map(|(key, value)| (key.to_owned(), plain(value)));
    (
        level.to_owned(),
        properties.split(',').map(|text| pair(text).unwrap()).collect(),
        plain(message),
    )
}

#[test]
fn annotations_say_to_github_what_the_findings_say() {
    let (findings, files) = fixture();
    let text = written(&findings, &files, Format::Github);
    let commands: Vec<&str> = text.lines().collect();
    assert_eq!(commands.len(), findings.len() + 1);
    for (finding, command) in findings.iter().zip(commands) {
        let (level, properties, message) = understood(command);
        let help = finding.help.as_ref().map(|help| format!("\n{help}")).unwrap_or_default();
        // Escape sequences are shown, and not sent to the log.
        let shown = |text: &str| text.replace(['\u{1b}', '\u{7}'], "\u{fffd}");
        assert_eq!(message, shown(&format!("{}{help}", finding.message)));
        assert_eq!(level == "notice", finding.level == Level::Note);
        let file = properties.iter().find(|(key, _)| key == "file").map(|(_, file)| file.as_str());
        let own = finding
            .labels
            .first()
            .map(|label| label.place.source().name().replace('\u{1b}', "\u{fffd}"));
        assert_eq!(file, own.as_deref());
    }
}

#[test]
fn junit_counts_what_it_holds() {
    let (findings, files) = fixture();
    let text = written(&findings, &files, Format::Junit);
    let number = |name: &str| -> usize {
        let (_, rest) = text.split_once(&format!(" {name}=\"")).unwrap();
        rest.split('"').next().unwrap().parse().unwrap()
    };
    assert_eq!(text.matches("<testcase").count(), number("tests"));
    assert_eq!(text.matches("<failure").count(), number("failures"));
    assert_eq!(text.matches("<testsuite ").count(), 4);
}
