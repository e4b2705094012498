//! The parts of the work by themselves: `cargo bench --bench parts [NAME]`.

use std::error::Error;
use std::fmt::Write as _;
use std::hint::black_box;
use std::io::Cursor;

use assess::assessment::assess;
use assess::data::{Measurements, Options, Reader};
use assess::number;
use assess::plan::Plan;
use assess::report::{Format, Head, ReadWith, Screen};
use assess::source::Source;
use assess::text::Lang;
use assess::unit::Unit;
use assess::year::{Year, Years};
use criterion::{BenchmarkId, Criterion, Throughput};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Items of a plan that is made up, and regions with values.
const ITEMS: usize = 45;
const REGIONS: usize = 40;

/// Ways to score, with a target and a value that takes the way to its end.
const RULES: [(&str, &str, &str, &str); 8] = [
    ("met", "", "'<= 30'", "29.4"),
    ("off", "score = { off = 0.5, per = 1 }", "'<= 30'", "31.4"),
    ("proportional", "score = { proportional = true }", "'>= 90'", "81.7"),
    ("line", "score = { line = [[20, 0], [70, 3]] }", "'scored'", "41.3"),
    ("bands", "score = { bands = [['>= 95', 6], ['>= 85', 5], ['>= 60', 2]] }", "'scored'", "61.5"),
    ("states", "score = { states = { '优秀' = 6, '良好' = 4, '合格' = 2 } }", "'scored'", "合格"),
    ("rank", "better = 'higher'\nscore = { rank = { last = 1 } }", "'scored'", "41.3"),
    (
        "formula",
        "score = { formula = 'if value >= 85 { 6 } else { points * value / 100 * 0.8 }' }",
        "'scored'",
        "81.7",
    ),
];

fn main() -> Result<()> {
    let mut bench = Criterion::default().configure_from_args();
    small_texts(&mut bench);
    plans(&mut bench)?;
    reading(&mut bench)?;
    judging(&mut bench)?;
    reports(&mut bench)?;
    bench.final_summary();
    Ok(())
}

/// A number and a unit.
fn small_texts(bench: &mut Criterion) {
    let mut group = bench.benchmark_group("text");
    for text in ["31.4", "-0.05", "1234567.123456789"] {
        group.bench_function(BenchmarkId::new("number", text), |b| {
            b.iter(|| number::parse(black_box(text)));
        });
    }
    for text in ["μg/m³", "万千瓦时"] {
        group.bench_function(BenchmarkId::new("unit", text), |b| {
            b.iter(|| Unit::new(black_box(text)));
        });
    }
    group.finish();
}

/// The plan that ships with the program.
fn plans(bench: &mut Criterion) -> Result<()> {
    let source = shipped();
    Plan::read(&source)?;
    bench.bench_function("plan", |b| b.iter(|| Plan::read(black_box(&source))));
    Ok(())
}

/// The same values as rows that go the short way, as rows that say more, and as a workbook.
fn reading(bench: &mut Criterion) -> Result<()> {
    let plan = made_up("score = { off = 0.5, per = 1 }", "'<= 30'")?;
    let long = rows("31.4").replace('\n', ",μg/m³,监测站\n");
    let long = long.replacen(",μg/m³,监测站", ",unit,source", 1);
    let files = [
        ("rows", "values.csv", rows("31.4").into_bytes()),
        ("rows that say more", "values.csv", long.into_bytes()),
        ("workbook", "values.xlsx", workbook(&rows("31.4"))?),
    ];
    let mut group = bench.benchmark_group("reading");
    group.throughput(Throughput::Elements(u64::try_from(ITEMS * REGIONS)?));
    for (name, file, bytes) in &files {
        read(&plan, file, bytes)?;
        group.bench_function(*name, |b| b.iter(|| read(&plan, file, black_box(bytes)).is_ok()));
    }
    group.finish();
    Ok(())
}

/// A region's year, of the plan that ships and of plans whose items all have one rule.
fn judging(bench: &mut Criterion) -> Result<()> {
    let year = year()?;
    let mut group = bench.benchmark_group("judging");
    let plan = Plan::read(&shipped())?;
    let values = read(&plan, "values.csv", VALUES)?;
    group.bench_function("the shipped plan", |b| {
        b.iter(|| assess(black_box(&values), &plan, &plan.about().region, year));
    });
    for (name, rule, target, value) in RULES {
        let plan = made_up(rule, target)?;
        let values = rows(value);
        let values = read(&plan, "values.csv", values.as_bytes())?;
        group.bench_function(name, |b| {
            b.iter(|| assess(black_box(&values), &plan, "region 7", year));
        });
    }
    group.finish();
    Ok(())
}

/// The shipped example in each format.
fn reports(bench: &mut Criterion) -> Result<()> {
    let (plan, years) = (Plan::read(&shipped())?, Years::from(year()?));
    let values = read(&plan, "values.csv", VALUES)?;
    let assessment = assess(&values, &plan, &plan.about().region, years.first());
    let head = Head {
        plan: &plan,
        plan_file: None,
        plan_sha256: String::new(),
        letters: Vec::new(),
        inputs: Vec::new(),
        years,
        lang: Lang::Zh,
        all: false,
        summary: false,
        unit: None,
        supposed: Vec::new(),
        read_with: ReadWith::default(),
        as_of: None,
        date: None,
    };
    let mut group = bench.benchmark_group("report");
    for format in [
        Format::Table,
        Format::Json,
        Format::Jsonl,
        Format::Csv,
        Format::Markdown,
        Format::Html,
        Format::Xlsx,
        Format::Docx,
    ] {
        let write = || -> std::io::Result<Vec<u8>> {
            let mut out = Vec::new();
            let mut report = format.report(Screen { width: 80, colour: false });
            report.begin(&head, &mut out)?;
            report.add(&head, &assessment, &mut out)?;
            report.end(&head, &mut out)?;
            Ok(out)
        };
        write()?;
        group.bench_function(format.ending(), |b| b.iter(write));
    }
    group.finish();
    Ok(())
}

const VALUES: &[u8] = include_bytes!("../examples/hunchun-2021/measurements.csv");

fn shipped() -> Source {
    Source::new("plan.toml", include_str!("../targets/hunchun-2021-2025.toml"))
}

fn year() -> Result<Year> {
    Ok("2021".parse()?)
}

/// A plan of items that are all scored alike.
fn made_up(rule: &str, target: &str) -> Result<Plan> {
    let mut text = "format = 1\nplan = 'made-up'\n[about]\ntitle = 'Made up'\nregion = 'all'\n\
                    years = '2021'\n"
        .to_owned();
    let unit = if rule.contains("states") { "" } else { "unit = 'μg/m³'" };
    for item in 0..ITEMS {
        write!(
            text,
            "[[indicator]]\nid = 'i{item}'\nname = '指标{item}'\npoints = 6\n{unit}\n{rule}\n\
             targets = {{ 2021 = {target} }}\n"
        )?;
    }
    Ok(Plan::read(&Source::new("plan.toml", text))?)
}

/// A row for each region and item.
fn rows(value: &str) -> String {
    let mut text = "region,year,indicator,value\n".to_owned();
    for region in 0..REGIONS {
        for item in 0..ITEMS {
            text += &format!("region {region},2021,指标{item},{value}\n");
        }
    }
    text
}

fn workbook(rows: &str) -> Result<Vec<u8>> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, line) in (0..).zip(rows.lines()) {
        for (column, cell) in (0..).zip(line.split(',')) {
            sheet.write_string(row, column, cell)?;
        }
    }
    Ok(book.save_to_buffer()?)
}

fn read<'p>(plan: &'p Plan, name: &str, bytes: &[u8]) -> Result<Measurements<'p>> {
    let mut reader = Reader::new(plan, Options { year: Some(year()?), ..Options::default() });
    reader.read(name, None, &mut Cursor::new(bytes))?;
    Ok(reader.finish()?.0)
}
