//! Every example has its expected output beside it.

use rust_decimal::Decimal;

use crate::world::{World, read, root};

/// The command of an example, and where its output is kept. `ASSESS_BLESS=1` writes it anew, to be
/// read before it is committed.
fn expect(args: &str, path: &str) {
    let outcome = world().run(args);
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    if std::env::var_os("ASSESS_BLESS").is_some() {
        std::fs::write(root().join(path), &outcome.stdout).unwrap();
    }
    let expected = read(path);
    for (number, (found, expected)) in outcome.stdout.lines().zip(expected.lines()).enumerate() {
        assert_eq!(found, expected, "{path}:{}, {args}", number + 1);
    }
    assert_eq!(outcome.stdout.len(), expected.len(), "{path}, {args}");
}

fn world() -> World {
    let examples = ["hunchun-2021", "hunchun-2022-letter", "jilin", "county-rules", "returns"];
    let world = World::new().copy("targets");
    examples.iter().fold(world, |world, name| world.copy(&format!("examples/{name}")))
}

#[test]
fn hunchun_2021() {
    let run = "2021 --data examples/hunchun-2021/measurements.csv";
    let folder = "examples/hunchun-2021/expected";
    expect(&format!("{run} --lang zh"), &format!("{folder}/report.zh.txt"));
    expect(&format!("{run} --lang en"), &format!("{folder}/report.en.txt"));
    expect(&format!("{run} --lang en --format json"), &format!("{folder}/report.json"));
    expect(&format!("{run} --lang en --format csv"), &format!("{folder}/report.csv"));
    expect(&format!("{run} --lang zh --format markdown"), &format!("{folder}/report.md"));
}

#[test]
fn jilin() {
    let run = "2021-2024 --targets examples/jilin/plan.toml --data examples/jilin/measurements.csv";
    let folder = "examples/jilin/expected";
    expect(&format!("{run} --lang zh"), &format!("{folder}/report.zh.txt"));
    expect(&format!("{run} --lang en --format markdown"), &format!("{folder}/report.md"));
    expect(&format!("{run} --lang en --format json"), &format!("{folder}/report.json"));
}

const COUNTY: &str = "2021-2022 --targets examples/county-rules \
                      --data examples/county-rules/measurements.csv";

#[test]
fn county_rules() {
    let folder = "examples/county-rules/expected";
    expect(&format!("{COUNTY} --lang zh"), &format!("{folder}/report.zh.txt"));
    expect(&format!("{COUNTY} --lang en --format json"), &format!("{folder}/report.json"));
    let one = format!("{COUNTY} --region 丙区 --lang en");
    expect(&format!("{one} --format markdown"), &format!("{folder}/bing.en.md"));
    expect(&format!("{one} --format csv"), &format!("{folder}/bing.en.csv"));
}

#[test]
fn returns() {
    let run = "2021 --targets examples/returns/plan.toml --data examples/returns/returns";
    let folder = "examples/returns/expected";
    expect(&format!("{run} --lang zh"), &format!("{folder}/report.zh.txt"));
    expect(&format!("{run} --lang en --format json"), &format!("{folder}/report.json"));
    expect(&format!("{run} --lang en --format csv"), &format!("{folder}/report.csv"));
    expect(&format!("{run} --lang en --format markdown"), &format!("{folder}/report.en.md"));
    let one = format!("{run} --unit 住建局 --lang zh");
    expect(&one, &format!("{folder}/zhujianju.zh.txt"));
}

/// Every figure that was worked out by hand from the rules' text, to the last digit: items, groups,
/// scores and grades of three regions and two years.
#[test]
fn county_rules_agree_with_the_sums_by_hand() {
    let found = world().run(&format!("{COUNTY} --lang zh --format json"));
    let found: serde_json::Value = serde_json::from_str(&found.stdout).unwrap();
    let number = |value: &serde_json::Value| match value {
        serde_json::Value::Null => String::new(),
        value => value.to_string().trim_matches('"').to_owned(),
    };
    let mut count = 0;
    for row in csv::Reader::from_reader(read("examples/county-rules/by-hand.csv").as_bytes())
        .records()
        .map(Result::unwrap)
    {
        let [region, year, kind, id, by_hand] = [0, 1, 2, 3, 4].map(|at| &row[at]);
        let assessments = found["assessments"].as_array().unwrap();
        let is_it = |one: &&serde_json::Value| {
            one["region"] == region && one["year"] == year.parse::<u16>().unwrap()
        };
        let one = assessments.iter().find(is_it).unwrap();
        let of = |list: &str| {
            let list = one[list].as_array().unwrap();
            number(&list.iter().find(|entry| entry["id"] == id).unwrap()["earned"])
        };
        let program = match (kind, id) {
            ("item", _) => of("items"),
            ("group", _) => of("groups"),
            ("score", "rounded") => number(&one["score"]),
            ("score", _) => continue,
            ("grade", "given") => number(&one["grade"]),
            ("grade", "by-score") => number(&one["grade_by_score"]),
            other => panic!("what is {other:?}?"),
        };
        assert!(is_same(by_hand, &program), "{region} {year} {id}: {by_hand} and {program}");
        count += 1;
    }
    assert_eq!(count, 300);
}

/// Whether a figure, which may be a fraction `a/b`, is what a decimal of at least fifteen digits
/// says; other texts are the same if they are.
fn is_same(exact: &str, decimal: &str) -> bool {
    let (above, below) = exact.split_once('/').unwrap_or((exact, "1"));
    let parsed = [above, below, decimal].map(str::parse::<Decimal>);
    match parsed {
        [Ok(above), Ok(below), Ok(decimal)] => (above / below).round_dp(15) == decimal.round_dp(15),
        _ => exact == decimal,
    }
}

#[test]
fn a_letter_makes_pending_items_judged_and_both_documents_are_told() {
    let letter = "--targets targets --targets examples/hunchun-2022-letter/letter.toml";
    let data = "examples/hunchun-2022-letter/measurements.csv";
    let count = |args: &str| {
        let found = world().run(&format!("2022 {args} --data {data} --format json"));
        let found: serde_json::Value = serde_json::from_str(&found.stdout).unwrap();
        found["assessments"][0]["counts"]["pending"].to_string()
    };
    assert_eq!(count("--targets targets"), "12");
    assert_eq!(count(letter), "0");
    let told = world().run(&format!("explain emissions.nox {letter} --year 2022 --lang zh"));
    insta::assert_snapshot!(told.stdout);
}

#[test]
fn explaining_tells_what_a_value_earns() {
    let items = [
        "pm25",
        "good-days",
        "ozone",
        "pm10",
        "air-index",
        "dust",
        "sections",
        "outflow-class",
        "reuse",
        "towns",
        "cod",
        "nox",
        "soil",
        "straw",
        "satisfaction",
        "plant",
        "notices",
        "leadership",
        "closed",
        "waste",
        "credit",
        "bonus",
    ];
    let mut told = String::new();
    for (at, item) in items.into_iter().enumerate() {
        let lang = if at % 2 == 0 { "zh" } else { "en" };
        let args = format!("explain {item} --targets examples/county-rules --lang {lang}");
        told += &format!("$ assess {args}\n{}\n", world().run(&args).transcript());
    }
    insta::assert_snapshot!(told);
}
