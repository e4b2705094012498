//! Blank returns: what they ask for, of whom, and where they are written.

use std::io::{Cursor, Read, Write};

use crate::world::{Outcome, World};

/// A plan with every kind of value that a return asks for.
const PLAN: &str = r#"
format = 1
plan = "returns"

[about]
title = { zh = "某县目标责任", en = "Targets of a county" }
region = "甲县"
years = "2021-2025"
base-year = 2020
coordinator = "生态环境局"

[[grade]]
name = "优秀"
from = 90

[[grade]]
name = "合格"
from = 0

[[grade-limit]]
when = "accidents > 0"
grade = "合格"
reason = "发生事故"

[[input]]
id = "good"
name = { zh = "优良天数", en = "good days" }
unit = "天"

[[input]]
id = "valid"
name = { zh = "有效监测天数", en = "valid days" }
unit = "天"
least = 1

[[input]]
id = "accidents"
name = { zh = "突发环境事件", en = "accidents" }
unit = "起"

[[indicator]]
id = "days"
name = { zh = "优良天数比例", en = "share of good days" }
unit = "%"
value = "good / valid * 100"
clause = "一(一)1"
targets = { 2021-2025 = ">= 90" }

[[indicator]]
id = "loss"
name = { zh = "监测损失", en = "days lost" }
unit = "天"
value = "365 - valid"
lead = ["监测站"]
targets = { 2021-2025 = "<= 10" }

[[indicator]]
id = "intensity"
name = { zh = "日均碳排放", en = "carbon a day" }
unit = "吨"
value = "carbon / valid"
lead = ["工信局"]
targets = { 2021-2025 = "<= 1" }

[[indicator]]
id = "mood"
name = { zh = "群众满意度,\"不断提升\"", en = "satisfaction, \"rising\"" }
unit = "%"
lead = ["统计局", "宣传部"]
targets = { 2021-2025 = "> last year" }

[[indicator]]
id = "carbon"
name = { zh = "碳排放", en = "carbon" }
unit = "吨"
lead = ["统计局"]
targets = { 2021-2025 = "<= 90% of base year" }

[[indicator]]
id = "water"
name = { zh = "出境断面水质", en = "water at the border" }
lead = ["水利局"]
clause = "一(一)2"
targets = { 2021-2025 = { expected = "Ⅲ or better" } }

[[indicator]]
id = "evil"
name = { zh = "=cmd()|'/c calc'!A1", en = "=SUM(A1:A9)" }
unit = "μg/m³"
lead = ["水利局"]
targets = { 2021-2025 = { pending = "later" } }

[[indicator]]
id = "dust"
kind = "task"
name = { zh = "扬尘治理", en = "dust control" }
lead = ["住建局"]
targets = { 2021-2025 = "done" }

[[indicator]]
id = "later"
name = "later"
targets = { 2025 = "> 0" }
"#;

fn world() -> World {
    World::new().file("targets/plan.toml", PLAN)
}

fn written(world: &World, path: &str) -> String {
    std::fs::read_to_string(world.path(path)).unwrap()
}

/// The names in a folder, in their order.
fn names(world: &World, folder: &str) -> Vec<String> {
    let prefix = format!("{folder}/");
    let files = world.files().into_iter();
    files.filter_map(|file| file.strip_prefix(&prefix).map(str::to_owned)).collect()
}

fn refused(world: &World, args: &str) -> String {
    let before = world.files();
    let Outcome { stdout, stderr, code } = world.run(args);
    assert_eq!((code, stdout.as_str()), (2, ""), "{args}: {stderr}");
    assert_eq!(world.files(), before, "{args}");
    stderr
}

#[test]
fn a_return_asks_for_all_that_the_year_rests_on() {
    insta::assert_snapshot!("zh", world().run("template 2021 --lang zh").transcript());
    insta::assert_snapshot!("en", world().run("template 2021 --lang en").transcript());
}

#[test]
fn a_region_is_said_where_it_is_not_the_plans_own() {
    let plan = format!(
        "{PLAN}\n[[set]]\nindicator = \"dust\"\nregions = [\"乙县\"]\ntargets = {{ 2021 = {{ pending = \"later\" }} }}\n"
    );
    let world = World::new().file("targets/plan.toml", plan).lang("zh_CN.UTF-8");
    let own = world.run("template 2021 --region 甲县").stdout;
    assert!(own.starts_with("条款,指标,目标,"), "{own}");
    let other = world.run("template 2021 --region 乙县").stdout;
    assert!(other.starts_with("地区,条款,指标,目标,"), "{other}");
    assert!(other.contains("\n乙县,,扬尘治理,待定,,,2021,住建局,,\n"), "{other}");
    let outcome = world.run("template 2021 --region 乙県");
    assert_eq!(outcome.code, 0);
    assert!(outcome.stderr.contains("did you mean `乙县`?"), "{}", outcome.stderr);
}

#[test]
fn a_region_is_meant_by_any_of_its_names() {
    let plan = format!(
        "{PLAN}\n[[region]]\nname = \"延吉市\"\naliases = [\"222401\"]\n\n[[set]]\nindicator = \"dust\"\nregions = [\"延吉市\"]\ntargets = {{ 2021 = {{ pending = \"later\" }} }}\n"
    );
    let world = World::new().file("targets/plan.toml", plan).lang("zh_CN.UTF-8");
    let by_name = world.run("template 2021 --region 延吉市");
    assert!(by_name.stdout.contains("\n延吉市,,扬尘治理,待定,"), "{}", by_name.stdout);
    assert_eq!(world.run("template 2021 --region 222401"), by_name);
    let own = world.run("template 2021");
    assert_eq!(world.run("template 2021 --region 甲·县"), own);
    for (asked, help) in
        [("延吉", "did you mean `延吉市`"), ("xyz", "these are its regions: `延吉市`")]
    {
        let said = refused(&world, &format!("template 2021 --region {asked}"));
        assert!(said.contains(&format!("no region `{asked}`; {help}")), "{said}");
    }
}

#[test]
fn nothing_is_asked_for_what_is_dropped_or_waived() {
    let changes = r#"
[[waive]]
indicator = "dust"
reason = "closed"
by = "the county"
until = 2021-12-31
regions = ["乙县"]

[[drop]]
indicator = "evil"
reason = "not needed"
regions = ["乙县"]
years = "2021"
"#;
    let world = World::new().file("targets/plan.toml", format!("{PLAN}{changes}"));
    let asks = |args: &str, what: &str| {
        let outcome = world.run(&format!("template {args} --lang en"));
        assert_eq!(outcome.code, 0, "{}", outcome.stderr);
        outcome.stdout.contains(what)
    };
    for what in ["dust control", "=SUM(A1:A9)"] {
        assert!(!asks("2021 --region 乙县", what), "{what}");
        assert!(asks("2022 --region 乙县", what), "{what}");
        assert!(asks("2021", what), "{what}");
    }
}

#[test]
fn a_unit_is_asked_for_what_it_leads_and_the_coordinator_for_the_rest() {
    let world = world();
    let rows = |args: &str| {
        let outcome = world.run(&format!("template 2021 --lang en {args}"));
        assert_eq!(outcome.code, 0, "{}", outcome.stderr);
        let rows = outcome.stdout.lines().skip(1).map(str::to_owned).collect::<Vec<_>>();
        rows.iter().map(|row| row.split(',').nth(1).unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(rows("--unit 生态环境局"), ["good days", "valid days", "accidents"]);
    assert_eq!(rows("--unit 监·测站"), ["valid days"], "punctuation says nothing");
    assert_eq!(rows("--unit 监测站"), ["valid days"], "what its item is worked out from");
    assert_eq!(rows("--unit 工信局"), ["valid days"], "carbon is the own value of another item");
    assert_eq!(rows("--unit 宣传部"), ["\"satisfaction", "\"satisfaction"]);
    assert_eq!(
        rows("--unit 住建局 --unit （水利局）"),
        ["water at the border", "=SUM(A1:A9)", "dust control"]
    );
}

#[test]
fn what_cannot_be_asked_is_refused() {
    let world = world().file("file", "").lang("en_US.UTF-8");
    let all: String = [
        "template 2021 --unit 水利厅",
        "template 2021 --unit xyz",
        "template 2021 -o targets",
        "template 2026",
        "template 2021-2022",
        "template 2021 -o return.docx",
        "template 2021 -o return",
        "template 2021 -o nowhere/return.csv",
        "template 2021 --each-unit nowhere/returns",
        "template 2021 --each-unit file",
        "template 2021 --each-unit returns --unit 水利局",
        "template 2021 --each-unit returns -o return.csv",
    ]
    .into_iter()
    .map(|args| format!("$ assess {args}\n{}\n", refused(&world, args)))
    .collect();
    insta::assert_snapshot!(all);
}

#[test]
fn every_unit_has_a_file_and_what_nobody_answers_for_too() {
    let world = world().file("targets/plan.toml", PLAN.replace("coordinator", "#"));
    let outcome = world.run("template 2021 --each-unit returns --lang zh --format csv");
    assert_eq!((outcome.code, outcome.stdout.as_str()), (0, ""), "{}", outcome.stderr);
    assert!(outcome.stderr.ends_with("note: wrote 7 returns to `returns`\n"), "{}", outcome.stderr);
    let files = [
        "住建局.csv",
        "宣传部.csv",
        "工信局.csv",
        "未指明责任单位.csv",
        "水利局.csv",
        "监测站.csv",
        "统计局.csv",
    ];
    assert_eq!(names(&world, "returns"), files);
    assert_eq!(
        written(&world, "returns/住建局.csv"),
        "\u{feff}条款,指标,目标,数值,单位,年份,责任单位,数据来源,备注\n,扬尘治理,完成,,,2021,住建局,,\n"
    );
    let nobodys = written(&world, "returns/未指明责任单位.csv");
    assert!(nobodys.contains("\n一(一)1,优良天数,,,天,2021,,,\n"), "{nobodys}");
    assert!(nobodys.ends_with("\n,突发环境事件,,,起,2021,,,\n"), "{nobodys}");
}

#[test]
fn no_unit_writes_outside_of_the_folder_or_over_another() {
    let units = r#"lead = ["../up", "a/b", "A:B", "con", ".", "x\\y ", "未指明责任单位"]"#;
    let plan = PLAN.replace(r#"lead = ["住建局"]"#, units).replace("coordinator", "#");
    let world = World::new().file("targets/plan.toml", plan).file("returns/mine.csv", "");
    let outcome = world.run("template 2021 --each-unit returns --lang zh --format csv");
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    let files = [
        "A_B-2.csv",
        "_.csv",
        "_con.csv",
        "_up.csv",
        "a_b.csv",
        "mine.csv",
        "x_y.csv",
        "宣传部.csv",
        "工信局.csv",
        "未指明责任单位-2.csv",
        "未指明责任单位.csv",
        "水利局.csv",
        "监测站.csv",
        "统计局.csv",
    ];
    assert_eq!(names(&world, "returns"), files);
    assert_eq!(world.files().len(), files.len() + 1);
}

#[test]
fn a_return_that_is_there_is_never_overwritten() {
    let world = world()
        .file("returns/水利局.xlsx", "filled in")
        .file("returns/宣传部.xlsx", "filled in")
        .file("return.csv", "filled in")
        .lang("en_US.UTF-8");
    let each = refused(&world, "template 2021 --each-unit returns");
    assert!(each.contains("`returns/宣传部.xlsx` and 1 file more would be overwritten"), "{each}");
    let one = refused(&world, "template 2021 -o return.csv");
    assert!(one.contains("`return.csv` would be overwritten"), "{one}");
    assert_eq!(written(&world, "return.csv"), "filled in");
    assert_eq!(written(&world, "returns/水利局.xlsx"), "filled in");
}

#[cfg(unix)]
#[test]
fn a_link_is_never_overwritten_and_one_to_a_folder_is_followed() {
    let world = world().file("real/mine.csv", "");
    std::os::unix::fs::symlink("real", world.path("returns")).unwrap();
    std::os::unix::fs::symlink("nothing", world.path("return.csv")).unwrap();
    assert_eq!(world.run("template 2021 -o return.csv").code, 2);
    assert!(!world.path("nothing").exists());
    assert_eq!(world.run("template 2021 --each-unit returns").code, 0);
    assert!(world.path("real/水利局.xlsx").exists());
}

#[test]
fn a_workbook_is_the_same_bytes_every_time() {
    let world = world();
    for lang in ["zh", "en"] {
        for name in ["a", "b"] {
            let args = format!("template 2021 --lang {lang} -o {name}-{lang}.xlsx");
            assert_eq!(world.run(&args).code, 0);
        }
        let bytes = |name| std::fs::read(world.path(&format!("{name}-{lang}.xlsx"))).unwrap();
        assert!(bytes("a").starts_with(b"PK\x03\x04"));
        assert_eq!(bytes("a"), bytes("b"));
    }
}

/// The return, with a value in the cell that each row leaves empty for it.
fn filled(form: &str, values: &[&str]) -> String {
    let mut rows = csv::Reader::from_reader(form.as_bytes());
    let mut out = csv::Writer::from_writer(Vec::new());
    let header = rows.headers().unwrap().clone();
    let at = header.iter().position(|name| matches!(name, "数值" | "value")).unwrap();
    out.write_record(&header).unwrap();
    let rows: Vec<_> = rows.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), values.len());
    for (row, value) in rows.iter().zip(values) {
        let cells = row.iter().enumerate();
        out.write_record(cells.map(|(i, cell)| if i == at { value } else { cell })).unwrap();
    }
    String::from_utf8(out.into_inner().unwrap()).unwrap()
}

const VALUES: [&str; 10] = ["330", "360", "91", "90.5", "88", "100", "Ⅱ", "31.4", "60%", "0"];

fn read_back(lang: &str) -> Outcome {
    let world = world();
    let form = world.run(&format!("template 2021 --lang {lang}")).stdout;
    let world = world.file("values.csv", filled(&form, &VALUES));
    world.run("2021 --data values.csv --lang zh --format csv")
}

#[test]
fn a_filled_return_is_read_again() {
    let [zh, en] = ["zh", "en"].map(read_back);
    assert_eq!(zh.code, 0, "{}", zh.stderr);
    assert_eq!(zh.stdout, en.stdout);
    insta::assert_snapshot!(zh.stdout);
}

#[test]
fn a_filled_return_is_read_without_a_warning() {
    for lang in ["zh", "en"] {
        let outcome = read_back(lang);
        assert!(!outcome.stderr.contains("warning"), "{}", outcome.stderr);
    }
}

/// The form as a workbook whose cells for values are filled in: numbers as numbers, else as texts.
fn filled_workbook(form: &[u8], values: &[&str]) -> Vec<u8> {
    let mut old = zip::ZipArchive::new(Cursor::new(form)).unwrap();
    let mut new = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..old.len() {
        let mut part = old.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        new.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
        if name == "xl/worksheets/sheet1.xml" {
            for (row, value) in (4..).zip(values) {
                let (before, cell) = text.split_once(&format!("<c r=\"D{row}\"")).unwrap();
                let (style, after) = cell.split_once("/>").unwrap();
                let cell = match value.parse::<f64>() {
                    Ok(_) => format!("{style}><v>{value}</v></c>"),
                    Err(_) => format!("{style} t=\"inlineStr\"><is><t>{value}</t></is></c>"),
                };
                text = format!("{before}<c r=\"D{row}\"{cell}{after}");
            }
        }
        new.write_all(text.as_bytes()).unwrap();
    }
    new.finish().unwrap().into_inner()
}

#[test]
fn a_filled_workbook_says_the_same_as_the_filled_text() {
    let world = world();
    assert_eq!(world.run("template 2021 --lang zh -o form.xlsx").code, 0);
    let form = std::fs::read(world.path("form.xlsx")).unwrap();
    let world = world.file("filled.xlsx", filled_workbook(&form, &VALUES));
    let found = world.run("2021 --data filled.xlsx --lang zh --format csv -q");
    assert_eq!((found.code, found.stderr.as_str()), (0, ""));
    let expected = read_back("zh").stdout;
    let figures = |report: &str| -> Vec<Vec<String>> {
        let mut reader = csv::Reader::from_reader(report.as_bytes());
        let from = reader.headers().unwrap().iter().position(|name| name == "value_from").unwrap();
        let row = |row: csv::StringRecord| {
            row.iter()
                .enumerate()
                .filter(|(at, _)| *at != from)
                .map(|(_, c)| c.to_owned())
                .collect()
        };
        reader.records().map(|record| row(record.unwrap())).collect()
    };
    assert_eq!(figures(&found.stdout), figures(&expected));
}
