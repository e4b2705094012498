//! One fixture with every state through every format; the formats agree.

use std::str::FromStr;

use assess::text::Lang;
use rust_decimal::Decimal;
use serde_json::Value;

use crate::world::World;

fn report(args: &str) -> String {
    let world = World::new().copy("tests/it/fixture");
    let all = format!(
        "2021 --targets tests/it/fixture/plan.toml --data tests/it/fixture/values.csv {args}"
    );
    let outcome = world.run(&all);
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    outcome.stdout
}

#[test]
fn every_format_shows_every_state() {
    for lang in ["zh", "en"] {
        for format in ["table", "markdown", "csv", "json"] {
            let text = report(&format!("--lang {lang} --format {format} --all"));
            insta::assert_snapshot!(format!("{format}_{lang}"), text);
        }
    }
}

#[test]
fn a_line_of_json_lines_is_an_assessment_of_the_json() {
    let all = "2021-2022 --targets tests/it/fixture/plan.toml --data tests/it/fixture/values.csv";
    let world = World::new().copy("tests/it/fixture");
    let run = |format: &str| world.run(&format!("{all} --format {format} -q")).stdout;
    let whole: Value = serde_json::from_str(&run("json")).unwrap();
    let assessments = whole["assessments"].as_array().unwrap();
    let text = run("jsonl");
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), assessments.len());
    assert!(lines.len() > 1 && text.ends_with('\n'));
    for (line, assessment) in lines.into_iter().zip(assessments) {
        let mut line: serde_json::Map<String, Value> = serde_json::from_str(line).unwrap();
        assert_eq!(line.remove("plan"), Some(whole["plan"]["id"].clone()));
        assert_eq!(line.remove("plan_sha256"), Some(whole["plan"]["sha256"].clone()));
        assert_eq!(line.remove("date"), Some(whole["date"].clone()));
        assert_eq!(line.remove("supposed"), Some(whole["supposed"].clone()));
        assert_eq!(line.remove("as_of"), Some(whole["as_of"].clone()));
        // A line says nothing of another.
        let mut assessment = assessment.clone();
        let since = assessment.as_object_mut().and_then(|assessment| assessment.remove("since"));
        assert_eq!(since.is_some(), assessment["year"] == 2022);
        assert_eq!(Value::Object(line), assessment);
    }
}

#[test]
fn what_is_supposed_is_said_in_every_format() {
    let world = World::with_plan().file("v.csv", "指标,数值\nPM2.5,31\n优良天数比例,92%\n");
    for (lang, mark) in [
        ("zh", "假设：pm25 = 29.5（试算，不是考核结果）"),
        ("en", "pm25 = 29.5 (a trial, no result)"),
    ] {
        for format in ["table", "markdown", "csv"] {
            let args =
                format!("2021 --data v.csv --set PM2.5=29.5 --format {format} --lang {lang} -q");
            let text = world.run(&args).stdout;
            let bare = |text: &str| text.replace(['：', ' '], "");
            assert!(bare(&text).contains(&bare(mark)), "{text}");
            assert!(text.contains("--set:1"), "{text}");
        }
    }
    let result = |more: &str| -> Value {
        let outcome = world.run(&format!("2021 --data v.csv --format json -q {more}"));
        serde_json::from_str(&outcome.stdout).unwrap_or_else(|_| panic!("{}", outcome.stderr))
    };
    let supposed = result("--set PM2.5=29.5 --set days=89%");
    assert_eq!(supposed["supposed"][0]["item"], "pm25");
    assert_eq!(supposed["supposed"][1]["value"], "89%");
    assert_eq!(supposed["inputs"][1]["kind"], "supposed");
    let states = |result: &Value| -> Vec<String> {
        let items = result["assessments"][0]["items"].as_array().unwrap();
        items.iter().map(|item| item["state"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(states(&supposed), ["met", "missed"]);
    assert_eq!(states(&result("")), ["missed", "met"]);
    assert_eq!(result("")["supposed"], Value::Array(Vec::new()));

    // A trial scores as the same value in the file would.
    let measured = World::with_plan().file("v.csv", "指标,数值\nPM2.5,29.5\n优良天数比例,89%\n");
    let measured = measured.run("2021 --data v.csv --format json -q").stdout;
    let measured: Value = serde_json::from_str(&measured).unwrap();
    let points = |result: &Value| result["assessments"][0]["score"].clone();
    assert_eq!(points(&measured), points(&supposed));

    for (args, why) in [
        ("--set PM25", "is not `ITEM=VALUE`"),
        ("--set PM2.6=3", "the plan has no item `PM2.6`; did you mean"),
        ("--set PM2.5=x", "`x` is no number"),
        ("--set PM2.5=1 --set pm25=2", "`--set` gives `pm25` two values"),
    ] {
        let outcome = world.run(&format!("2021 --data v.csv -q {args}"));
        assert!(outcome.code == 2 && outcome.stderr.contains(why), "{}", outcome.stderr);
    }
}

/// The figures of one item or score, as a format has them.
type Figures = Vec<(String, String, String)>;

fn json() -> Value {
    serde_json::from_str(&report("--lang en --format json")).unwrap()
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn of_json() -> Figures {
    let items = json()["assessments"][0]["items"].as_array().unwrap().clone();
    items
        .iter()
        .map(|item| (text(&item["name"]), text(&item["earned"]), text(&item["sum"])))
        .collect()
}

fn of_csv() -> Figures {
    let text = report("--lang en --format csv");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().unwrap().clone();
    let at = |name| header.iter().position(|column| column == name).unwrap();
    let (name, earned, sum) = (at("name"), at("earned"), at("sum"));
    let rows = reader.records().map(Result::unwrap).filter(|row| &row[0] == "item");
    rows.map(|row| (row[name].to_owned(), row[earned].to_owned(), row[sum].to_owned())).collect()
}

/// From a table row of Markdown: name, earned, sum.
fn of_markdown() -> Figures {
    let text = report("--lang en --format markdown --all");
    let rows = text.lines().filter(|line| line.starts_with("| "));
    let mut figures = Vec::new();
    for row in rows {
        let row = row.replace("\\|", "\u{1}").replace("&lt;", "<");
        let cells: Vec<_> = row
            .trim_matches('|')
            .split('|')
            .map(|cell| cell.trim().replace('\u{1}', "|"))
            .collect();
        if cells.len() == 9 && cells[5].contains('/') {
            let earned = cells[5].split('/').next().unwrap().replace('–', "").replace('−', "-");
            figures.push((cells[1].clone(), earned, cells[6].clone()));
        }
    }
    figures
}

#[test]
fn the_formats_agree_on_every_figure() {
    let json = of_json();
    assert_eq!(json.len(), 17);
    assert_eq!(of_csv(), json);
    let mut markdown = of_markdown();
    // Points that a division left endless are shown to people with six decimals.
    let shown = |earned: &str| match Decimal::from_str(earned) {
        Ok(earned) if earned.scale() > 6 => earned.round_dp(6).to_string(),
        _ => earned.to_owned(),
    };
    let json: Figures =
        json.into_iter().map(|(name, earned, sum)| (name, shown(&earned), sum)).collect();
    let order = |name: &str| json.iter().position(|(other, ..)| other == name);
    markdown.sort_by_key(|(name, ..)| order(name));
    assert_eq!(markdown, json);
    let mut table = of_table();
    table.sort_by_key(|(name, ..)| order(name));
    assert_eq!(table, json);
}

/// From a table wide enough to break no line: name, earned, sum.
fn of_table() -> Figures {
    use assess::report::{Format, Screen};
    let text =
        crate::judging::render(Format::Table, Screen { width: 1000, colour: false }, Lang::En);
    let lines: Vec<&str> = text.lines().collect();
    let head = lines.iter().find(|line| line.contains("Points")).unwrap();
    let at = |title: &str| head.find(title).unwrap();
    let (name, target, points, sum, source) =
        (at("Indicator"), at("Target"), at("State"), at("Sum"), at("Value from"));
    let mut figures = Vec::new();
    for line in lines {
        // Columns of characters are columns of the screen in this English fixture, but for the
        // one Chinese clause and the signs, none of which is wide.
        let cells: Vec<char> = wide(line);
        let cell = |from: usize, to: usize| {
            cells
                .get(from..to.min(cells.len()))
                .unwrap_or(&[])
                .iter()
                .filter(|c| **c != '\0')
                .collect::<String>()
                .trim()
                .to_owned()
        };
        let earned = cell(points, sum);
        let Some((earned, _)) = earned.rsplit(' ').next().and_then(|text| text.split_once('/'))
        else {
            continue;
        };
        if !cell(sum, source).is_empty() {
            figures.push((cell(name, target), earned.replace('–', ""), cell(sum, source)));
        }
    }
    figures
}

/// A line with a place for every column of the screen.
fn wide(line: &str) -> Vec<char> {
    let columns = |c: char| unicode_width::UnicodeWidthChar::width(c).unwrap_or(0);
    line.chars()
        .flat_map(|c| {
            std::iter::once(c).chain(std::iter::repeat_n('\0', columns(c).saturating_sub(1)))
        })
        .collect()
}

/// Score, range, grade and group figures stand alike in every format.
#[test]
fn the_formats_agree_on_the_whole() {
    let assessment = json_assessment();
    let figure = |key: &str| text(&assessment[key]);
    let range =
        format!("{}–{}", text(&assessment["range"]["low"]), text(&assessment["range"]["high"]));
    for format in ["table", "markdown"] {
        let report = report(&format!("--lang en --format {format}"));
        for expected in
            [&figure("score"), &range, &figure("grade"), "5 met (2 near), 5 missed, 2 missing"]
        {
            assert!(report.contains(expected), "{format}: {expected}");
        }
        for group in assessment["groups"].as_array().unwrap() {
            let short =
                |key: &str| Decimal::from_str(&text(&group[key])).unwrap().round_dp(6).normalize();
            let expected = format!("{}/{}", short("earned"), short("points"));
            assert!(report.contains(&expected), "{format}: {expected}");
        }
    }
    let csv = report("--lang en --format csv");
    let row = |kind: &str| {
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let row = reader.records().map(Result::unwrap).find(|row| &row[0] == kind).unwrap();
        (row[14].to_owned(), row[21].to_owned())
    };
    assert_eq!(row("score"), (figure("score"), figure("grade")));
    assert_eq!(row("low").0, text(&assessment["range"]["low"]));
    assert_eq!(row("high").0, text(&assessment["range"]["high"]));
    assert_eq!(row("total").0, figure("earned"));
}

fn json_assessment() -> Value {
    json()["assessments"][0].clone()
}

/// In a plan whose groups all add up, the items' points add up to the score by hand.
#[test]
fn the_points_add_up_to_the_score() {
    let world = World::new().copy("targets").copy("examples/hunchun-2021");
    let args = "2021 --data examples/hunchun-2021/measurements.csv --format json";
    let result: Value = serde_json::from_str(&world.run(args).stdout).unwrap();
    let assessment = &result["assessments"][0];
    let number = |value: &Value| Decimal::from_str(&value.to_string()).unwrap();
    let counted =
        assessment["items"].as_array().unwrap().iter().filter(|item| !item["earned"].is_null());
    let (mut earned, mut points) = (Decimal::ZERO, Decimal::ZERO);
    for item in counted {
        earned += number(&item["earned"]);
        points += number(&item["points"]);
    }
    assert_eq!((earned, points), (number(&assessment["earned"]), number(&assessment["points"])));
    let score = earned * Decimal::ONE_HUNDRED / points;
    assert_eq!(score.round_dp(2), number(&assessment["score"]));
}

#[test]
fn numbers_keep_their_digits_in_json() {
    let text = report("--format json");
    for figure in
        ["\"value\": 12.30", "\"target\": \">= 81.70\"", "\"last_year\": 82.80", "\"points\": 2.5"]
    {
        assert!(text.contains(figure), "{figure}");
    }
}

#[test]
fn the_table_fits_its_width_and_stands_straight() {
    use assess::report::{Format, Screen};
    for width in [60, 80, 120] {
        let screen = Screen { width, colour: false };
        let text = crate::judging::render(Format::Table, screen, Lang::Zh);
        for line in text.lines() {
            let columns = unicode_width::UnicodeWidthStr::width(line);
            assert!(columns <= usize::from(width), "{columns} > {width}: {line}");
        }
        insta::assert_snapshot!(format!("table_{width}"), text);
    }
}

#[test]
fn a_summary_is_a_line_for_each_region_and_year() {
    let world = World::new().copy("examples/county-rules");
    let all = "2021 --targets examples/county-rules/plan.toml \
               --data examples/county-rules/measurements.csv --ignore-unknown -q";
    let run = |args: &str| world.run(&format!("{all} {args}"));
    for format in ["table", "markdown", "csv", "jsonl"] {
        let outcome = run(&format!("--summary --as-of 2021-06-30 --format {format}"));
        insta::assert_snapshot!(format!("summary_{format}"), outcome.stdout);
    }

    let whole: Value = serde_json::from_str(&run("--format json").stdout).unwrap();
    let lines = run("--summary --format jsonl").stdout;
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let assessments = whole["assessments"].as_array().unwrap();
    assert_eq!(lines.len(), assessments.len());
    for (line, assessment) in lines.iter().zip(assessments) {
        for name in ["region", "year", "score", "range", "grade", "counts"] {
            assert_eq!(line[name], assessment[name], "{name}");
        }
    }

    let refused = run("--summary -o report.html");
    assert_eq!(refused.code, 2);
    assert!(refused.stderr.contains("`--summary` is for tables"), "{}", refused.stderr);
    assert!(!world.path("report.html").exists());
}

/// A plan may name its groups in any order; reports have each before those that lie in it.
#[test]
fn groups_stand_where_they_lie() {
    let group = |id: &str, more: &str| {
        format!("[[group]]\nid = \"{id}\"\ntitle = \"Group {id}\"\n{more}\n")
    };
    let item = |id: &str, group: &str| {
        format!(
            "[[indicator]]\nid = \"{id}\"\nname = \"{id}\"\ngroup = \"{group}\"\npoints = 1\n\
             targets = {{ 2021 = \"> 0\" }}\n"
        )
    };
    let plan = format!(
        "format = 1\nplan = \"p\"\n[about]\ntitle = \"T\"\nregion = \"R\"\nyears = \"2021\"\n{}{}{}{}{}",
        group("one", ""),
        group("two", ""),
        group("inner", "in = \"one\""),
        item("x", "inner"),
        item("y", "two"),
    );
    let world = World::new()
        .file("p.toml", plan)
        .file("v.csv", "indicator,year,value\nx,2021,1\ny,2021,1\n");
    for format in ["table", "markdown", "html"] {
        let outcome = world
            .run(&format!("2021 --targets p.toml --data v.csv --lang en -q --format {format}"));
        let at = |title: &str| outcome.stdout.find(title).unwrap();
        assert!(at("Group one") < at("Group inner"), "{format}");
        assert!(at("Group inner") < at("Group two"), "{format}");
    }
}

#[test]
fn the_number_of_threads_never_shows() {
    let plan = "format = 1\nplan = \"threads\"\n\n[about]\ntitle = \"Threads\"\nregion = \"all\"\n\
                years = \"2021-2022\"\n\n[[indicator]]\nid = \"pm25\"\nname = \"PM2.5\"\n\
                unit = \"μg/m³\"\npoints = 3\nscore = { off = 0.5, per = 1 }\n\
                targets = { 2021-2022 = \"<= 30\" }\n";
    let rows = (0..100_u32).flat_map(|region| {
        ["2021", "2022"]
            .map(|year| format!("县{region},{year},PM2.5,{}.{}\n", 25 + region % 12, region % 7))
    });
    let values = format!("地区,年份,指标,数值\n{}", rows.collect::<String>());
    let world = World::new().file("plan.toml", plan).file("v.csv", values);
    for format in ["table", "markdown", "csv", "json", "jsonl", "html"] {
        let run = |threads: &str| {
            let all = "2021-2022 --targets plan.toml --data v.csv -q";
            world.run(&format!("{all} --format {format} --threads {threads}"))
        };
        let one = run("1");
        assert_eq!(one.code, 0, "{}", one.stderr);
        for threads in ["2", "5"] {
            assert!(run(threads).stdout == one.stdout, "{format} on {threads} threads");
        }
    }
}
