//! The JSON Schemas: every shipped file and every result follows them, and what the reader refuses
//! has its verdict under them on record.

use std::collections::BTreeSet;

use assess::check::{RULES, Rule};
use assess::diagnostic::Level;
use assess::plan::Book;
use assess::schema;
use assess::source::Source;
use jsonschema::Validator;
use serde_json::{Map, Value, json};
use toml::Value as Toml;

use crate::world::{World, read, root};

fn validator(schema: &str) -> Validator {
    jsonschema::draft202012::new(&serde_json::from_str(schema).unwrap()).unwrap()
}

/// A target file as an editor hands it to the schema: dates are strings.
fn as_json(toml: &Toml) -> Value {
    match toml {
        Toml::Table(table) => {
            Value::Object(table.iter().map(|(key, value)| (key.clone(), as_json(value))).collect())
        }
        Toml::Array(list) => list.iter().map(as_json).collect(),
        Toml::Datetime(date) => json!(date.to_string()),
        Toml::String(text) => json!(text),
        Toml::Integer(number) => json!(number),
        Toml::Float(number) => json!(number),
        Toml::Boolean(is) => json!(is),
    }
}

fn parsed(text: &str) -> Option<Value> {
    text.parse::<toml::Table>().ok().map(|table| as_json(&Toml::Table(table)))
}

/// Every target file that ships or that tests hold to be good.
fn good_files() -> Vec<(String, String)> {
    let mut paths = vec![
        "targets/hunchun-2021-2025.toml".to_owned(),
        "tests/it/fixture/plan.toml".to_owned(),
        "tests/it/reading/plan.toml".to_owned(),
    ];
    for entry in std::fs::read_dir(root().join("examples")).unwrap() {
        let path = entry.unwrap().path();
        for file in path.read_dir().into_iter().flatten() {
            let file = file.unwrap().path();
            if file.extension().is_some_and(|ending| ending == "toml") {
                paths.push(file.strip_prefix(root()).unwrap().display().to_string());
            }
        }
    }
    paths.sort();
    assert!(paths.len() >= 8, "{paths:?}");
    let mut files: Vec<_> = paths.into_iter().map(|path| (path.clone(), read(&path))).collect();
    for rule in RULES.iter().filter(|rule| !rule.good.is_empty()) {
        let (plan, letters) = Rule::example(rule.good);
        let all = std::iter::once(plan).chain(letters);
        files.extend(all.map(|text| (format!("{}, good", rule.code), text)));
    }
    files
}

#[test]
fn every_good_file_is_valid() {
    let validator = validator(schema::TARGET);
    let mut wrong = Vec::new();
    for (name, text) in good_files() {
        let file = parsed(&text).unwrap();
        wrong.extend(validator.iter_errors(&file).map(|error| format!("{name}: {error}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_the_reader_refuses_has_its_verdict() {
    let validator = validator(schema::TARGET);
    let mut verdicts = String::new();
    for rule in RULES.iter().filter(|rule| rule.level == Level::Error && !rule.bad.is_empty()) {
        let (plan, letters) = Rule::example(rule.bad);
        let files: Vec<_> = std::iter::once(plan).chain(letters).collect();
        let is_valid = |text: &String| parsed(text).map(|file| validator.is_valid(&file));
        let verdict = match files.iter().map(is_valid).collect::<Option<Vec<_>>>() {
            None => "no TOML",
            Some(valid) if valid.iter().all(|valid| *valid) => "valid",
            Some(_) => "refused",
        };
        verdicts += &format!("{:24} {verdict}\n", rule.code);
    }
    insta::assert_snapshot!(verdicts);
}

/// Every object of a schema that has a closed list of keys, by what leads to it.
fn closed_objects<'s>(
    value: &'s Value,
    path: &str,
    found: &mut Vec<(String, &'s Map<String, Value>)>,
) {
    match value {
        Value::Object(object) => {
            if object.get("additionalProperties") == Some(&json!(false))
                && let Some(keys) = object.get("properties").and_then(Value::as_object)
            {
                found.push((path.to_owned(), keys));
            }
            for (key, value) in object {
                closed_objects(value, &format!("{path}/{key}"), found);
            }
        }
        Value::Array(list) => {
            for (at, value) in list.iter().enumerate() {
                closed_objects(value, &format!("{path}/{at}"), found);
            }
        }
        _ => {}
    }
}

/// A good file with one of its keys written otherwise, for every key that is not the user's own.
fn with_a_key_renamed(value: &Toml, known: &BTreeSet<&str>) -> Vec<(String, Toml)> {
    let mut all = Vec::new();
    match value {
        Toml::Table(table) => {
            for (key, inner) in table {
                if known.contains(key.as_str()) {
                    let mut other = table.clone();
                    let value = other.remove(key).unwrap();
                    other.insert(format!("{key}zz"), value);
                    all.push((key.clone(), Toml::Table(other)));
                }
                for (name, inner) in with_a_key_renamed(inner, known) {
                    let mut other = table.clone();
                    other.insert(key.clone(), inner);
                    all.push((format!("{key}.{name}"), Toml::Table(other)));
                }
            }
        }
        Toml::Array(list) => {
            for (at, inner) in list.iter().enumerate() {
                for (name, inner) in with_a_key_renamed(inner, known) {
                    let mut other = list.clone();
                    other[at] = inner;
                    all.push((name, Toml::Array(other)));
                }
            }
        }
        _ => {}
    }
    all
}

/// A file in which every key of target files stands once or more, as far as one file can have it.
const EVERY_KEY: &str = include_str!("schema/every-key.toml");
/// The letter to it.
const EVERY_KEY_OF_A_LETTER: &str = include_str!("schema/every-key-letter.toml");

#[test]
fn the_schema_knows_the_keys_that_the_reader_knows() {
    let plan = Source::new("every-key.toml", EVERY_KEY);
    let letter = Source::new("every-key-letter.toml", EVERY_KEY_OF_A_LETTER);
    Book::read(&plan, std::slice::from_ref(&letter)).unwrap_or_else(|found| panic!("{found}"));
    let schema: Value = serde_json::from_str(schema::TARGET).unwrap();
    let mut objects = Vec::new();
    closed_objects(&schema, "", &mut objects);
    let known: BTreeSet<&str> =
        objects.iter().flat_map(|(_, keys)| keys.keys()).map(String::as_str).collect();
    let validator = validator(schema::TARGET);

    // What the schema knows, the reader reads: every key is in one of the two files.
    let mut used = BTreeSet::new();
    for text in [EVERY_KEY, EVERY_KEY_OF_A_LETTER] {
        let table: toml::Table = text.parse().unwrap();
        assert!(validator.is_valid(&as_json(&Toml::Table(table.clone()))));
        for (name, renamed) in with_a_key_renamed(&Toml::Table(table), &known) {
            used.insert(name.rsplit('.').next().unwrap().to_owned());
            let is_valid = validator.is_valid(&as_json(&renamed));
            let text = toml::to_string(&renamed).unwrap();
            let source = Source::new("renamed.toml", text);
            let is_read = match name.as_str() {
                _ if source.text().contains("amends") => Book::read(&plan, &[source]).is_ok(),
                _ => Book::read(&source, &[]).is_ok(),
            };
            assert!(!is_read && !is_valid, "{name}: read: {is_read}, valid: {is_valid}");
        }
    }
    let unused: Vec<_> = known.iter().filter(|key| !used.contains(**key)).collect();
    assert!(unused.is_empty(), "{unused:?}");
}

/// Results of every kind: all states, letters, checks of values, spans, one unit, a day of the year.
fn results() -> Vec<Value> {
    let fixture = World::new()
        .file("plan.toml", read("tests/it/fixture/plan.toml"))
        .file("values.csv", read("tests/it/fixture/values.csv"));
    let args = "2021 --targets plan.toml --data values.csv --set missed=28 --format json -q";
    let supposed = fixture.run(args).stdout;
    let fixture_args = "2021-2025 --targets plan.toml --data values.csv --format json -q";
    let fixture = fixture.run(fixture_args).stdout;
    let expected = ["county-rules", "hunchun-2021", "jilin", "returns"];
    let expected = expected.map(|name| read(&format!("examples/{name}/expected/report.json")));
    let during = World::new().copy("targets").copy("examples/hunchun-2021");
    let args = "2021 --data examples/hunchun-2021/measurements.csv --as-of 2021-09-30";
    let during = during.run(&format!("{args} --format json -q")).stdout;
    let texts = expected.into_iter().chain([fixture, supposed, during]);
    texts.map(|text| serde_json::from_str(&text).unwrap()).collect()
}

#[test]
fn results_follow_their_schema() {
    follow(&results(), schema::RESULT);
}

/// Comparisons of every kind: years, versions of a plan, one region and several, a unit, with items, groups and
/// whole groups that came and went.
fn comparisons() -> Vec<Value> {
    let world = World::new().copy("examples/county-rules");
    let plan = read("examples/county-rules/plan.toml");
    let other = plan
        .replace("combine = \"lowest\"", "combine = \"mean\"")
        .replace("id    = \"cuts\"\nin    = \"quality\"", "id    = \"cuts\"")
        .replace("from = 78", "from = 76")
        .replace("cap            = 105", "cap            = 90")
        .replace("<= 36", "<= 34");
    assert_ne!(plan, other);
    let world = world.file("other.toml", other);
    let data = "--data examples/county-rules/measurements.csv -q";
    for (name, args) in [
        ("2021", "2021 --targets examples/county-rules"),
        ("2022", "2022 --targets examples/county-rules"),
        ("one", "2022 --targets examples/county-rules --region 丙区"),
        ("other", "2022 --targets other.toml --ignore-unknown"),
    ] {
        let outcome = world.run(&format!("{args} {data} -o {name}.json"));
        assert!(outcome.code <= 1, "{}", outcome.stderr);
    }
    let both = ["2021 2022", "2022 2021", "2022 other", "2022 one", "one 2022", "2021 2021"];
    let texts = both.map(|both| {
        let (one, other) = both.split_once(' ').unwrap();
        world.run(&format!("compare {one}.json {other}.json --format json")).stdout
    });
    let only = world.run("compare 2021.json 2022.json --region 丙区 --format json").stdout;
    let texts = texts.into_iter().chain([only]);
    texts.map(|text| serde_json::from_str(&text).unwrap()).collect()
}

#[test]
fn comparisons_follow_their_schema() {
    follow(&comparisons(), schema::COMPARISON);
    have_every_key(&comparisons(), schema::COMPARISON);
}

/// Documents are as a schema has them.
fn follow(documents: &[Value], schema: &str) {
    let validator = validator(schema);
    for document in documents {
        let faults: Vec<_> =
            validator.iter_errors(document).map(|fault| fault.to_string()).collect();
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}

/// Every key of a schema is in one of the documents.
fn have_every_key(documents: &[Value], schema: &str) {
    let schema: Value = serde_json::from_str(schema).unwrap();
    let mut objects = Vec::new();
    closed_objects(&schema, "", &mut objects);
    let mut found = BTreeSet::new();
    documents.iter().for_each(|document| keys(document, &mut found));
    let known = objects.iter().flat_map(|(_, keys)| keys.keys());
    let unused: Vec<_> = known.filter(|key| !found.contains(*key)).collect();
    assert!(unused.is_empty(), "{unused:?}");
}

fn keys(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                found.insert(key.clone());
                keys(value, found);
            }
        }
        Value::Array(list) => list.iter().for_each(|value| keys(value, found)),
        _ => {}
    }
}

#[test]
fn results_have_every_key_of_their_schema() {
    have_every_key(&results(), schema::RESULT);
}

#[test]
fn the_program_prints_them() {
    let world = World::new();
    assert_eq!(world.run("schema").stdout, schema::TARGET);
    assert_eq!(world.run("schema target").stdout, schema::TARGET);
    assert_eq!(world.run("schema result").stdout, schema::RESULT);
    assert_eq!(world.run("schema compare").stdout, schema::COMPARISON);
}
