//! Results that were published: verified against their inputs, and compared.

use std::str::FromStr;

use rust_decimal::Decimal;
use serde_json::Value;

use crate::world::{Outcome, World};

const RULES: &str = "examples/county-rules";

fn world() -> World {
    let world = World::new().copy(RULES);
    let outcome = world.run(&format!(
        "2021-2022 --targets {RULES} --data {RULES}/measurements.csv --lang en -o r.json -q"
    ));
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    world
}

/// Writes a file of the world anew, with one text in the place of another.
fn change(world: &World, file: &str, old: &str, new: &str) {
    let text = std::fs::read_to_string(world.path(file)).unwrap();
    assert!(text.contains(old), "{old} in {file}");
    std::fs::write(world.path(file), text.replacen(old, new, 1)).unwrap();
}

#[test]
fn a_result_is_what_its_inputs_give() {
    let world = world();
    let outcome = world.run("verify r.json");
    assert_eq!(outcome, Outcome::said(0, "r.json: 6 assessments recomputed, all the same\n"));
    // From elsewhere, the inputs are looked for beside the result.
    let there = World::new();
    let path = world.path("r.json");
    let outcome = there.run(&format!("verify {}", path.display()));
    assert_eq!(outcome.code, 0, "{}{}", outcome.stdout, outcome.stderr);
}

#[test]
fn one_digit_is_found_wherever_it_was_changed() {
    for (file, old, new, place) in [
        (
            "measurements.csv",
            ",39.5,",
            ",39.6,",
            "items › pm25 › value: the result says `39.5`, and its inputs give `39.6`",
        ),
        (
            "plan.toml",
            "<= 38",
            "<= 37",
            "items › pm25 › target: the result says `<= 38`, and its inputs give `<= 37`",
        ),
        (
            "plan.toml",
            "off = 2, per = 1, part",
            "off = 3, per = 1, part",
            "items › pm25 › rule › 1: the result says",
        ),
    ] {
        let world = world();
        change(&world, &format!("{RULES}/{file}"), old, new);
        let outcome = world.run("verify r.json");
        assert_eq!(outcome.code, 1, "{}{}", outcome.stdout, outcome.stderr);
        let hash = format!("`{RULES}/{file}` is not the file that the result rests on");
        assert!(outcome.stdout.contains(&hash), "{}", outcome.stdout);
        let place = format!("r.json: assessments › 丙区 2021 › {place}");
        assert!(outcome.stdout.contains(&place), "{}", outcome.stdout);
    }
    let world = world();
    change(&world, "r.json", "\"earned\": 9,", "\"earned\": 8,");
    let outcome = world.run("verify r.json");
    let said = "r.json: assessments › 丙区 2021 › items › pm25 › earned: the result says `8`, and its inputs give `9`\n";
    assert_eq!(outcome, Outcome::said(1, said));
}

/// An entry that is nothing is more than no entry, also at the end of a list.
#[test]
fn an_entry_that_was_added_is_a_difference() {
    let world = world();
    let result = std::fs::read_to_string(world.path("r.json")).unwrap();
    let mut result: Value = serde_json::from_str(&result).unwrap();
    let items = &mut result["assessments"][0]["items"];
    items[0]["value_from"].as_array_mut().unwrap().push(Value::Null);
    std::fs::write(world.path("r.json"), result.to_string()).unwrap();
    let outcome = world.run("verify r.json");
    assert_eq!(outcome.code, 1, "{}{}", outcome.stdout, outcome.stderr);
    let said = "value_from › 2: the result says `null`, and its inputs give `nothing`";
    assert!(outcome.stdout.contains(said), "{}", outcome.stdout);
}

#[test]
fn inputs_that_are_elsewhere_are_given() {
    let world = world();
    std::fs::create_dir(world.path("moved")).unwrap();
    std::fs::rename(world.path(RULES), world.path("moved/all")).unwrap();
    let outcome = world.run("verify r.json");
    assert_eq!(outcome.code, 2);
    assert!(
        outcome.stderr.contains("is not to be found: give it with `--targets`"),
        "{}",
        outcome.stderr
    );
    let outcome = world.run("verify r.json --targets moved/all --data moved/all/measurements.csv");
    assert_eq!(outcome.code, 0, "{}{}", outcome.stdout, outcome.stderr);
}

/// Of two letters of one date, and of files of values, the order is that of their names in the
/// result, wherever they are now.
#[test]
fn inputs_that_are_moved_keep_their_order() {
    let letter = |item: &str, target: &str| {
        format!(
            "format = 1\namends = \"small\"\ndocument = {{ number = \"{item}\", date = \
             2022-03-01 }}\nyears = \"2022\"\n[[set]]\nindicator = \"{item}\"\ntargets = {{ 2022 = \
             \"{target}\" }}\n"
        )
    };
    let world = World::with_plan()
        .file("targets/a/z.toml", letter("pm25", "<= 28"))
        .file("targets/b/a.toml", letter("days", ">= 91"))
        .file("data/a/z.csv", "indicator,value\npm25,27\n")
        .file("data/b/a.csv", "indicator,value\npm25,27\ndays,92\n");
    let args = "2022 --targets targets --targets targets/a --targets targets/b --data data";
    let outcome = world.run(&format!("{args} --lang en -q -o r.json"));
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    std::fs::create_dir(world.path("moved")).unwrap();
    for (from, name) in [
        ("targets", "plan.toml"),
        ("targets/a", "z.toml"),
        ("targets/b", "a.toml"),
        ("data/a", "z.csv"),
        ("data/b", "a.csv"),
    ] {
        let from = world.path(&format!("{from}/{name}"));
        std::fs::rename(from, world.path(&format!("moved/{name}"))).unwrap();
    }
    let outcome = world.run("verify r.json --targets moved --data moved");
    assert_eq!(outcome, Outcome::said(0, "r.json: 1 assessment recomputed, all the same\n"));
}

/// What is piped in is read once, for its hash and for its values.
#[test]
fn values_from_standard_input_are_verified() {
    let world = World::with_plan();
    let values = b"indicator,value\npm25,28\ndays,91\n";
    let outcome = world.run_with("2021 --data - --lang en -q -o r.json", values);
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    let outcome = world.run_with("verify r.json --data -", values);
    assert_eq!(outcome, Outcome::said(0, "r.json: 1 assessment recomputed, all the same\n"));
    let outcome = world.run_with("verify r.json --data -", b"indicator,value\npm25,29\ndays,91\n");
    assert_eq!(outcome.code, 1, "{}", outcome.stderr);
    assert!(outcome.stdout.starts_with("r.json: `-` is not the file"), "{}", outcome.stdout);
    assert!(outcome.stdout.contains("says `28`, and its inputs give `29`"), "{}", outcome.stdout);
    let outcome = world.run_with("verify - --data -", values);
    let why = "`-` is given twice, and standard input can be read but once";
    assert!(outcome.code == 2 && outcome.stderr.contains(why), "{}", outcome.stderr);
}

/// A hash that is another is said once, with both, and also where nothing follows from it.
#[test]
fn a_file_that_is_another_is_said_once() {
    let world = World::with_plan().file("v.csv", "indicator,value\npm25,28\ndays,91\n");
    assert_eq!(world.run("2021 --data v.csv --lang en -q -o r.json").code, 0);
    let world = world.file("v.csv", "indicator,value\npm25,28\ndays,91\n\n");
    assert_eq!(
        world.run("verify r.json"),
        Outcome::said(
            1,
            "r.json: `v.csv` is not the file that the result rests on: its SHA-256 is \
             42329ce59648b77e0fe8c359f4dc6aced45635cacba01dd6bfb18d9dac0bb701, and the result says \
             c95bec52e2978e88e8f408328029831e4a7f67819d214b113741a44e8520a413\n\
             r.json: what it says is still what these inputs give\n"
        )
    );
}

/// The day is of no input: whoever verifies a result is told.
#[test]
fn the_day_that_a_result_bears_is_not_verified() {
    let world = World::with_plan().file("v.csv", "indicator,value\npm25,28\ndays,91\n");
    assert_eq!(world.run("2021 --data v.csv --date 2022-03-01 -q -o r.json").code, 0);
    change(&world, "r.json", "2022-03-01", "2022-03-02");
    let said = "r.json: 1 assessment recomputed, all the same\n\
                r.json: the date that it bears, 2022-03-02, is of no input: not verified\n";
    assert_eq!(world.run("verify r.json"), Outcome::said(0, said));
}

/// A trial that holds is a trial still.
#[test]
fn a_trial_is_verified_as_one() {
    let world = World::with_plan().file("v.csv", "indicator,value\npm25,31\ndays,91\n");
    assert_eq!(world.run("2021 --data v.csv --set pm25=28 -q -o r.json").code, 0);
    let said = "r.json: 1 assessment recomputed, all the same\n\
                r.json: it is a trial and no result, for it supposes pm25 = 28\n";
    assert_eq!(world.run("verify r.json"), Outcome::said(0, said));
}

/// What a result names is also looked for from the folders above it.
#[test]
fn inputs_are_found_from_the_folders_above_a_result() {
    let world = World::with_plan()
        .file("data/v.csv", "indicator,value\npm25,28\ndays,91\n")
        .file("out/2021/none", "");
    assert_eq!(world.run("2021 --data data/v.csv -q -o out/2021/r.json").code, 0);
    let path = world.path("out/2021/r.json");
    let outcome = World::new().run(&format!("verify {}", path.display()));
    assert_eq!(outcome.code, 0, "{}{}", outcome.stdout, outcome.stderr);
}

/// A file and a sheet may both have a `#` in their names.
#[test]
fn a_sheet_is_found_whatever_it_is_called() {
    let mut book = rust_xlsxwriter::Workbook::new();
    for (name, value) in [("Q#1", 28), ("Q", 33)] {
        let sheet = book.add_worksheet();
        sheet.set_name(name).unwrap();
        sheet.write_row(0, 0, ["indicator", "value"]).unwrap();
        sheet.write(1, 0, "pm25").unwrap();
        sheet.write(1, 1, value).unwrap();
    }
    let bytes = book.save_to_buffer().unwrap();
    let world = World::with_plan().file("a.xlsx", &bytes).file("no#1.xlsx", &bytes);
    for file in ["a.xlsx", "no#1.xlsx"] {
        for (sheet, value) in [("Q#1", 28), ("Q", 33)] {
            let outcome = world.run(&format!("2021 --data {file}#{sheet} -q -o r.json"));
            assert_eq!(outcome.code, 0, "{}", outcome.stderr);
            let text = std::fs::read_to_string(world.path("r.json")).unwrap();
            let result: Value = serde_json::from_str(&text).unwrap();
            assert_eq!(result["inputs"][0]["sheet"], sheet);
            assert_eq!(result["assessments"][0]["items"][0]["value"], value);
            let outcome = world.run("verify r.json");
            assert_eq!(outcome.code, 0, "{file}#{sheet}: {}{}", outcome.stdout, outcome.stderr);
        }
    }
    let there = World::new().file("moved/no#1.xlsx", &bytes);
    let path = world.path("r.json");
    let outcome = there.run(&format!("verify {} --data moved", path.display()));
    assert_eq!(outcome.code, 0, "{}{}", outcome.stdout, outcome.stderr);
}

/// Every way in which a run can be asked for is kept in its result.
#[test]
fn a_result_says_all_that_its_run_needs() {
    let plan = World::with_plan().file("v.csv", "a;b\n指标;数值\nPM2.5;31\nOther;1\n");
    for args in [
        "--data v.csv --delimiter ; --ignore-unknown",
        "--data v.csv --ignore-unknown --set PM2.5=29 --date 2022-01-31 --lang zh",
    ] {
        let outcome = plan.run(&format!("2021 {args} -q -o r.json"));
        assert_eq!(outcome.code, 0, "{}", outcome.stderr);
        let verified = plan.run("verify r.json");
        assert_eq!(verified.code, 0, "{args}: {}{}", verified.stdout, verified.stderr);
    }
    // The plan that is built in, where a folder `targets` has another.
    let elsewhere = World::new().copy("examples/hunchun-2021");
    let args = "2021 --data examples/hunchun-2021/measurements.csv -q -o r.json";
    assert_eq!(elsewhere.run(args).code, 0);
    let elsewhere = elsewhere.file("targets/other.toml", crate::world::PLAN);
    let verified = elsewhere.run("verify r.json");
    assert_eq!(verified.code, 0, "{}{}", verified.stdout, verified.stderr);
}

#[test]
fn what_is_no_result_is_refused() {
    let world = World::new()
        .file("a.json", "{\"schema\": \"assess.result/9\"}")
        .file("b.json", "[1")
        .file("c.json", "{\"schema\": \"assess.result/1\"}")
        .copy("targets")
        .copy("examples/hunchun-2021");
    let args = "2021 --data examples/hunchun-2021/measurements.csv -q -o e.jsonl";
    assert_eq!(world.run(args).code, 0);
    for (file, why) in [
        ("e.jsonl", "write the result with `-o FILE.json` and give that"),
        ("a.json", "it is of the schema `assess.result/9`, and `assess.result/1` is expected"),
        ("b.json", "it is no result that `--format json` writes"),
        ("c.json", "missing field `lang`"),
        ("d.json", "cannot read `d.json`"),
    ] {
        for command in [format!("verify {file}"), format!("compare {file} {file}")] {
            let outcome = world.run(&command);
            assert!(outcome.code == 2 && outcome.stderr.contains(why), "{}", outcome.stderr);
        }
    }
}

#[test]
fn two_years_are_compared_in_every_format() {
    let world = World::new().copy(RULES);
    for year in ["2021", "2022"] {
        let args = format!(
            "{year} --targets {RULES} --data {RULES}/measurements.csv --region 丙区 --lang en -q -o {year}.json"
        );
        assert_eq!(world.run(&args).code, 0);
    }
    for format in ["table", "markdown", "json"] {
        let outcome = world.run(&format!("compare 2021.json 2022.json --format {format}"));
        assert_eq!(outcome.code, 1, "{}", outcome.stderr);
        insta::assert_snapshot!(format!("compare_years_{format}"), outcome.stdout);
    }
    let same = world.run("compare 2021.json 2021.json");
    assert!(same.code == 0 && same.stdout.contains("Nothing changed."), "{}", same.stdout);
}

#[test]
fn two_versions_of_a_plan_are_compared() {
    let world = world();
    change(
        &world,
        &format!("{RULES}/plan.toml"),
        "off = 2, per = 1, part",
        "off = 3, per = 1, part",
    );
    let args = format!(
        "2021-2022 --targets {RULES} --data {RULES}/measurements.csv --lang en -q -o new.json"
    );
    assert_eq!(world.run(&args).code, 0);
    let outcome = world.run("compare r.json new.json");
    insta::assert_snapshot!(outcome.stdout);
}

/// What rules did is known in whatever language it is told, where the score's own cap and rounding are others.
#[test]
fn another_rounding_hides_no_other_rule() {
    let world = World::new().copy(RULES);
    let args = format!("2022 --targets {RULES} --data {RULES}/measurements.csv -q -o");
    assert_eq!(world.run(&format!("{args} old.json")).code, 0);
    let plan = format!("{RULES}/plan.toml");
    change(&world, &plan, "off = 2, per = 1, part", "off = 3, per = 1, part");
    change(&world, &plan, "cap            = 105", "cap            = 104");
    change(&world, &plan, "round          = { digits = 2", "round          = { digits = 1");
    assert_eq!(world.run(&format!("{args} new.json")).code, 0);
    for lang in ["zh", "en"] {
        let json = world.run(&format!("compare old.json new.json --format json --lang {lang}"));
        let json: Value = serde_json::from_str(&json.stdout).unwrap();
        let apart = json["years"][0]["not_alike"].as_array().unwrap();
        assert_eq!(
            apart.iter().map(|one| one["moved"].as_u64()).collect::<Vec<_>>(),
            [Some(1), Some(0)]
        );
        assert!(apart.iter().all(|one| one["id"] == "pm25" && one["not_known"] == 0), "{apart:?}");
        let causes = json["years"][0]["scores"]["causes"].as_array().unwrap();
        assert!(!causes[0]["mean_by_plan"].is_null(), "{causes:?}");
    }
}

/// A plan with grades, one of which a condition limits, and with groups.
const TOWN: &str = r#"
format = 1
plan   = "town"

[about]
title  = { en = "Targets of a town", zh = "某镇目标" }
region = "Town"
years  = "2021-2025"

[scoring]
missing = "zero"

[[grade]]
name = { en = "good", zh = "良好" }
from = 80

[[grade]]
name = { en = "pass", zh = "合格" }
from = 60

[[grade-limit]]
when   = "odour > 3"
grade  = "合格"
reason = { en = "smells", zh = "有异味" }
clause = "3"

[[group]]
id    = "air"
title = { en = "Air", zh = "空气" }
points = 10

[[group]]
id    = "water"
title = { en = "Water", zh = "水" }
cap   = 8

[[indicator]]
id      = "pm25"
name    = { en = "Fine dust", zh = "细颗粒物" }
group   = "air"
unit    = "μg/m³"
points  = 6
score   = { off = 0.5, per = 1 }
targets = { 2021 = "<= 32", 2022 = "<= 30" }

[[indicator]]
id      = "days"
name    = { en = "Good days", zh = "优良天数" }
group   = "air"
unit    = "%"
points  = 4
targets = { 2021-2022 = ">= 90" }

[[indicator]]
id      = "odour"
name    = { en = "Complaints", zh = "投诉" }
group   = "water"
points  = 10
targets = { 2021-2022 = "<= 5" }
"#;

const TOWN_VALUES: &str = "\
indicator,year,value,note
pm25,2021,31,
days,2021,91.2,
odour,2021,3,
pm25,2022,31,
days,2022,not applicable,no station
odour,2022,4,
";

/// Two results compared in every format and both languages; each is given by the plan, with texts of
/// it changed, and what else its run is asked for.
fn compared(runs: [(&[(&str, &str)], &str); 2]) -> String {
    let mut said = String::new();
    for lang in ["en", "zh"] {
        let mut world = World::new().file("v.csv", TOWN_VALUES);
        for ((changes, args), name) in runs.into_iter().zip(["before", "after"]) {
            let plan = changes.iter().fold(TOWN.to_owned(), |plan, (old, new)| {
                assert!(plan.contains(old), "{old}");
                plan.replace(old, new)
            });
            world = world.file(&format!("{name}.toml"), plan);
            let outcome = world.run(&format!(
                "{args} --targets {name}.toml --data v.csv --lang {lang} -q -o {name}.json"
            ));
            assert_eq!(outcome.code, 0, "{}", outcome.stderr);
        }
        for format in ["table", "markdown", "json"] {
            let outcome = world.run(&format!("compare before.json after.json --format {format}"));
            assert_eq!(outcome.code, 1, "{}", outcome.stderr);
            said += &format!("--- {lang}, {format}\n{}\n", outcome.stdout);
        }
    }
    said
}

/// What the plan says of groups, the scale, rounding and grades moves a score while no item changes.
#[test]
fn what_changed_of_the_plan_is_named() {
    let changes = [
        ("cap   = 8", "cap   = 9"),
        ("\npoints = 10", "\npoints = 12\nweight = 2\ncombine = \"mean\""),
        ("from = 80", "from = 85"),
        ("\"zero\"", "\"zero\"\ntotal = 120\nround = { digits = 3, ties = \"up\" }"),
    ];
    insta::assert_snapshot!(compared([(&[], "2021"), (&changes, "2021")]));
}

/// What an item did to the score is what the program itself comes to where that item alone changes: in
/// groups that are scaled, weighted, held at an end, or as good as their lowest part.
#[test]
fn what_an_item_did_to_the_score_is_what_it_makes() {
    let world = World::new().copy(RULES);
    let scored = |name: &str, supposed: &[&str]| {
        let set: String = supposed.iter().map(|one| format!(" --set {one}")).collect();
        let outcome = world.run(&format!(
            "2022 --targets {RULES} --data {RULES}/measurements.csv --region 丙区 -q{set} -o {name}"
        ));
        assert_eq!(outcome.code, 0, "{}", outcome.stderr);
        let text = std::fs::read_to_string(world.path(name)).unwrap();
        let result: Value = serde_json::from_str(&text).unwrap();
        result["assessments"][0]["score"].as_f64().unwrap()
    };
    let supposed = [
        "pm25=41",
        "dust=4",
        "satisfaction=80",
        "mended=99",
        "sham=0",
        "closed=100",
        "leadership=10",
        "accidents-minor=4",
        "check-plan=未完成",
    ];
    let before = scored("before.json", &[]);
    scored("after.json", &supposed);
    let outcome = world.run("compare before.json after.json --format json");
    let compared: Value = serde_json::from_str(&outcome.stdout).unwrap();
    let items = compared["pairs"][0]["items"].as_array().unwrap();
    let mut is_scaled = false;
    for one in supposed
        .map(|one| one.split_once('=').unwrap().0)
        .iter()
        .filter(|id| **id != "accidents-minor")
    {
        let Some(item) = items.iter().find(|item| item["id"] == *one) else {
            panic!("{one} is not among {items:?}");
        };
        let own: Vec<_> = supposed.into_iter().filter(|other| other.starts_with(one)).collect();
        let alone = scored("alone.json", &own);
        let effect = item["in_score"].as_f64().unwrap();
        assert!((effect - (alone - before)).abs() < 0.011, "{one}: {effect}, {alone} − {before}");
        is_scaled |= item["gained"] != item["in_score"];
    }
    assert!(is_scaled);
    // One that takes its share from the others of its group.
    let before = scored("before.json", &[]);
    change(
        &world,
        &format!("{RULES}/measurements.csv"),
        "丙区,2022,PM2.5,37,μg/m³,虚构,",
        "丙区,2022,PM2.5,不适用,μg/m³,虚构,停测",
    );
    let after = scored("after.json", &[]);
    let outcome = world.run("compare before.json after.json --format json");
    let compared: Value = serde_json::from_str(&outcome.stdout).unwrap();
    let item = &compared["pairs"][0]["items"][0];
    assert_eq!(item["id"], "pm25");
    let effect = item["in_score"].as_f64().unwrap();
    assert!((effect - (after - before)).abs() < 0.011, "{effect}, {after} − {before}");
}

/// The kinds of group that items are in: how it combines them, and what more it says.
const KINDS: [(&str, &str); 8] = [
    ("sum", ""),
    ("mean", ""),
    ("weighted", ""),
    ("lowest", ""),
    ("mean", "points = 20"),
    ("sum", "points = 20"),
    ("sum", "cap = 25"),
    ("mean", "weight = 3"),
];

/// A plan of four items in two groups, one of which is of a kind, in a third.
fn nested(combine: &str, more: &str) -> String {
    let item = |id: &str, group: &str, points: u8| {
        format!(
            "[[indicator]]\nid = \"{id}\"\nname = \"{id}\"\ngroup = \"{group}\"\n\
             points = {points}\ntargets = {{ 2021 = \"> 0\" }}\n"
        )
    };
    format!(
        "format = 1\nplan = \"p\"\n[about]\ntitle = \"T\"\nregion = \"R\"\nyears = \"2021\"\n\
         [[group]]\nid = \"outer\"\ntitle = \"O\"\ncombine = \"mean\"\n\
         [[group]]\nid = \"inner\"\nin = \"outer\"\ntitle = \"I\"\ncombine = \"{combine}\"\n{more}\n\
         [[group]]\nid = \"other\"\nin = \"outer\"\ntitle = \"X\"\n{}{}{}{}",
        item("a", "inner", 10),
        item("c", "inner", 5),
        item("b", "inner", 30),
        item("d", "other", 40),
    )
}

/// What an item did to the score is all that the score moved, where nothing else changed: whatever it is
/// that changed of it, in a group of any kind.
#[test]
fn a_single_change_is_all_that_moved_the_score() {
    let all = "indicator,year,value,note\na,2021,1,\nb,2021,1,\nc,2021,-1,\nd,2021,1,\n".to_owned();
    let absent = all.replace("b,2021,1,", "b,2021,不适用,none there");
    let b = "id = \"b\"\nname = \"b\"\ngroup = \"inner\"\npoints = 30\n";
    for (combine, more) in KINDS {
        let before = nested(combine, more);
        let of_b = |new: &str| {
            assert!(before.contains(b), "{before}");
            before.replace(b, new)
        };
        let target = format!("{b}targets = {{ 2021 = \"> 0\" }}");
        let waived = format!(
            "{b}targets = {{ 2021 = {{ firm = \"> 0\", waived = {{ reason = \"r\", by = \"b\", \
             until = 2021-12-31 }} }} }}"
        );
        let pending = format!("{b}targets = {{ 2021 = {{ pending = \"later\" }} }}");
        for (what, plan, values) in [
            ("missed", before.replace(&target, &target.replace("> 0", "> 5")), &all),
            ("not applicable", before.clone(), &absent),
            ("waived", before.replace(&target, &waived), &all),
            ("pending", before.replace(&target, &pending), &all),
            ("points", of_b(&b.replace("30", "12")), &all),
            ("weight", of_b(&format!("{b}weight = 4\n")), &all),
            ("moved", of_b(&b.replace("inner", "other")), &all),
            ("alone", of_b(&b.replace("group = \"inner\"\n", "")), &all),
        ] {
            let pair = effects([&before, &plan], [&all, values]);
            let effect = pair["items"][0]["in_score"].as_f64().unwrap();
            let gain =
                pair["score_after"].as_f64().unwrap() - pair["score_before"].as_f64().unwrap();
            assert_eq!(pair["items"].as_array().unwrap().len(), 1, "{pair:#}");
            assert!((effect - gain).abs() < 0.011, "{combine} {more}, {what}: {effect}, {gain}");
        }
        let inner = "id = \"inner\"\nin = \"outer\"";
        for own in ["weight = 7", "floor = 3"] {
            if more.starts_with("weight") && own.starts_with("weight") {
                continue;
            }
            let plan = before.replace(inner, &format!("{inner}\n{own}"));
            let pair = effects([&before, &plan], [&all, &all]);
            let gain =
                pair["score_after"].as_f64().unwrap() - pair["score_before"].as_f64().unwrap();
            let of_groups =
                pair["groups"].as_array().unwrap().iter().map(|group| &group["in_score"]);
            for effect in of_groups.chain([&pair["score_moved"]["groups"]]) {
                let effect = effect.as_f64().unwrap();
                assert!((effect - gain).abs() < 0.011, "{combine} {more}, {own}: {effect}, {gain}");
            }
            assert_eq!(pair["score_moved"]["whole"], 0);
        }
        for whole in ["cap = 50", "floor = 95", "total = 120"] {
            let plan = before.replace(
                "[[group]]\nid = \"outer\"",
                &format!("[scoring]\n{whole}\n[[group]]\nid = \"outer\""),
            );
            let pair = effects([&before, &plan], [&all, &all]);
            let gain =
                pair["score_after"].as_f64().unwrap() - pair["score_before"].as_f64().unwrap();
            let effect = pair["score_moved"]["whole"].as_f64().unwrap();
            assert!((effect - gain).abs() < 0.011, "{combine} {more}, {whole}: {effect}, {gain}");
            assert_eq!(pair["score_moved"]["groups"], 0);
        }
    }
}

/// Where groups lie is of the groups: no item did it, whether they are moved, or held by a new one. What is
/// the same by another id is the same, and an item in a new group is put there alone.
#[test]
fn groups_that_lie_elsewhere_did_it_and_no_item() {
    let values = "indicator,year,value\na,2021,1\nb,2021,1\nc,2021,-1\nd,2021,1\n";
    let number = |value: &Value| value.as_f64().unwrap_or_else(|| panic!("{value}"));
    for (combine, more) in KINDS {
        let before = nested(combine, more);
        let with = |changes: &[(&str, &str)]| {
            let plan = changes.iter().fold(before.clone(), |plan, (old, new)| {
                assert!(plan.contains(old), "{old} in {plan}");
                plan.replace(old, new)
            });
            let pair = effects([&before, &plan], [values; 2]);
            let gain = number(&pair["score_after"]) - number(&pair["score_before"]);
            (pair, gain)
        };
        let outer = "[[group]]\nid = \"outer\"";
        let holder = format!("[[group]]\nid = \"new\"\ntitle = \"N\"\nin = \"outer\"\n{outer}");
        let held = [
            (outer, holder.as_str()),
            ("id = \"inner\"\nin = \"outer\"", "id = \"inner\"\nin = \"new\""),
        ];
        let alone = [("id = \"inner\"\nin = \"outer\"", "id = \"inner\"")];
        let deeper = [("id = \"other\"\nin = \"outer\"", "id = \"other\"\nin = \"inner\"")];
        // Each in the other: neither can be so alone.
        let inverted = [
            ("id = \"inner\"\nin = \"outer\"", "id = \"inner\""),
            (outer, "[[group]]\nin = \"inner\"\nid = \"outer\""),
        ];
        for changes in [&held[..], &alone, &deeper, &inverted] {
            let (pair, gain) = with(changes);
            let moved = &pair["score_moved"];
            assert_eq!(pair["items"].as_array().unwrap().len(), 0, "{pair:#}");
            assert_eq!([&moved["items"], &moved["together"]], [0, 0], "{pair:#}");
            let by_groups = number(&moved["groups"]) + number(&moved["groups_together"]);
            assert!((by_groups - gain).abs() < 0.011, "{combine} {more}: {pair:#}");
            let groups = pair["groups"].as_array().unwrap();
            assert!(groups.iter().all(|group| group["in_score"].is_number()), "{pair:#}");
        }

        // A new group that takes one in did that, and not the one that it took.
        let (pair, gain) = with(&held);
        let groups = pair["groups"].as_array().unwrap();
        let of =
            |id: &str| number(&groups.iter().find(|group| group["id"] == id).unwrap()["in_score"]);
        assert!((of("new") - gain).abs() < 0.011 && of("inner") == 0.0, "{pair:#}");

        let missed = ("id = \"b\"\nname = \"b\"", "id = \"b\"\nname = \"b\"\nweight = 4");
        let renamed = ("\"inner\"", "\"core\"");
        let (pair, gain) = with(&[missed, renamed]);
        assert!((number(&pair["items"][0]["in_score"]) - gain).abs() < 0.011, "{pair:#}");
        let groups = pair["groups"].as_array().unwrap();
        let core = groups.iter().find(|group| group["id"] == "core").unwrap();
        assert_eq!(core["changed"][0]["before"], "inner", "{pair:#}");

        let b = "name = \"b\"\ngroup = \"inner\"";
        let (pair, gain) = with(&[(outer, &holder), (b, "name = \"b\"\ngroup = \"new\"")]);
        // A new group took the item in.
        assert_eq!(number(&pair["items"][0]["in_score"]), 0.0, "{pair:#}");
        let groups = pair["groups"].as_array().unwrap();
        assert!(groups.iter().all(|group| group["in_score"].is_number()), "{pair:#}");
        let of_new = groups.iter().find(|group| group["id"] == "new").unwrap();
        assert!((number(&of_new["in_score"]) - gain).abs() < 0.011, "{pair:#}");
        assert!((number(&pair["score_moved"]["groups"]) - gain).abs() < 0.011, "{pair:#}");

        // One that is gone lets its items out, and that did it.
        let other = "[[group]]\nid = \"other\"\nin = \"outer\"\ntitle = \"X\"\n";
        let (pair, gain) = with(&[(other, ""), ("group = \"other\"", "group = \"outer\"")]);
        let moved = &pair["score_moved"];
        assert_eq!([&moved["items"], &moved["together"]], [0, 0], "{pair:#}");
        assert!((number(&moved["groups"]) - gain).abs() < 0.011, "{pair:#}");

        // An item by another id is the item, wherever else it is now.
        let other = "id = \"b2\"\nname = \"b\"\ngroup = \"other\"";
        let (pair, gain) = with(&[(&format!("id = \"b\"\n{b}"), other)]);
        let items = pair["items"].as_array().unwrap();
        assert_eq!(items.len(), 1, "{pair:#}");
        assert_eq!([&items[0]["id"], &items[0]["changed"][0]["what"]], ["b2", "id"]);
        assert!((number(&items[0]["in_score"]) - gain).abs() < 0.011, "{pair:#}");
    }
}

/// The items of one unit do not say what they did to the score, even where they seem to come to it.
#[test]
fn of_a_unit_alone_the_score_is_not_explained() {
    let item = |id: &str, lead: &str| {
        format!(
            "[[indicator]]\nid = \"{id}\"\nname = \"{id}\"\npoints = 5\nlead = [\"{lead}\"]\n\
             targets = {{ 2021-2022 = \"> 0\" }}\n"
        )
    };
    let plan = format!(
        "format = 1\nplan = \"p\"\n[about]\ntitle = \"T\"\nregion = \"R\"\nyears = \"2021-2022\"\n{}{}",
        item("a", "One"),
        item("b", "Two"),
    );
    let world = World::new()
        .file("p.toml", plan)
        .file("v.csv", "indicator,year,value\na,2021,0\nb,2021,1\na,2022,1\nb,2022,1\n");
    for year in ["2021", "2022"] {
        let outcome = world.run(&format!(
            "{year} --targets p.toml --data v.csv --lang en -q --unit One -o {year}.json"
        ));
        assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    }
    let outcome = world.run("compare 2021.json 2022.json");
    assert!(outcome.stdout.contains("Unit                  One"), "{}", outcome.stdout);
    assert!(outcome.stdout.contains("50.00 → 100.00"), "{}", outcome.stdout);
    assert!(!outcome.stdout.contains("Effect on score"), "{}", outcome.stdout);
    assert!(
        outcome.stdout.contains("Only the items of this unit are listed"),
        "{}",
        outcome.stdout
    );
}

/// An item that does not apply and takes the share of the others loses it with the last of them, and that
/// is booked to this one.
#[test]
fn the_last_that_a_share_is_taken_from_did_it() {
    let item = |id: &str, group: &str, waived: &str| {
        format!(
            "[[indicator]]\nid = \"{id}\"\nname = \"{id}\"\ngroup = \"{group}\"\npoints = 30\n\
             targets = {{ 2021 = {{ firm = \"> 0\"{waived} }} }}\n"
        )
    };
    let plan = |waived: &str| {
        format!(
            "format = 1\nplan = \"p\"\n[about]\ntitle = \"T\"\nregion = \"R\"\nyears = \"2021\"\n\
             [scoring]\nnot-applicable = \"mean\"\n\
             [[group]]\nid = \"one\"\ntitle = \"One\"\n[[group]]\nid = \"two\"\ntitle = \"Two\"\n{}{}{}{}",
            item("a", "one", waived),
            item("b", "one", ""),
            item("c", "two", ""),
            item("d", "two", ""),
        )
    };
    let waived = plan(", waived = { reason = \"r\", by = \"b\", until = 2021-12-31 }");
    let values =
        "indicator,year,value,note\na,2021,1,\nb,2021,不适用,none there\nc,2021,-1,\nd,2021,1,\n";
    for plans in [[plan("").as_str(), &waived], [&waived, plan("").as_str()]] {
        let pair = effects(plans, [values; 2]);
        let effect = |id: &str| {
            let items = pair["items"].as_array().unwrap();
            items.iter().find(|item| item["id"] == id).unwrap()["in_score"].as_f64().unwrap()
        };
        let gain = pair["score_after"].as_f64().unwrap() - pair["score_before"].as_f64().unwrap();
        assert!((effect("a") - gain).abs() < 0.011, "{pair:#}");
        assert!(effect("b").abs() < 0.011, "{pair:#}");
    }
}

/// The first pair of two results of two plans, compared.
fn effects(plans: [&str; 2], values: [&str; 2]) -> Value {
    let mut world = World::new();
    for ((name, plan), values) in ["a", "b"].into_iter().zip(plans).zip(values) {
        world = world.file(&format!("{name}.toml"), plan).file(&format!("{name}.csv"), values);
        let outcome =
            world.run(&format!("2021 --targets {name}.toml --data {name}.csv -q -o {name}.json"));
        assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    }
    let outcome = world.run("compare a.json b.json --format json");
    let compared: Value = serde_json::from_str(&outcome.stdout).unwrap();
    compared["pairs"][0].clone()
}

/// The parts of what moved a score come one after the other: what an item did is the item's, though a cap
/// of the whole takes it, and of a group's new rules and new parts each has its own.
#[test]
fn the_parts_by_which_a_score_moved_come_in_order() {
    let world = World::new().copy(RULES);
    let scored = |plan: &str, name: &str| {
        let outcome = world.run(&format!(
            "2022 --targets {plan} --targets {RULES}/letter-2022.toml --data \
             {RULES}/measurements.csv --region 甲县 -q -o {name}"
        ));
        assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    };
    let plan = std::fs::read_to_string(world.path(&format!("{RULES}/plan.toml"))).unwrap();
    let with = |changes: &[(&str, &str)]| {
        let mut plan = plan.clone();
        for (old, new) in changes {
            assert!(plan.contains(old), "{old}");
            plan = plan.replacen(old, new, 1);
        }
        std::fs::write(world.path("plan.toml"), plan).unwrap();
        scored("plan.toml", "after.json");
        let outcome = world.run("compare before.json after.json --format json");
        let compared: Value = serde_json::from_str(&outcome.stdout).unwrap();
        compared["pairs"][0].clone()
    };
    scored(&format!("{RULES}/plan.toml"), "before.json");

    let capped =
        with(&[("cap            = 105", "cap = 70"), ("2022 = \"<= 35\"", "2022 = \"<= 34\"")]);
    let moved = &capped["score_moved"];
    assert_eq!(moved["items"].to_string(), "-1.25");
    assert_eq!(moved["whole"].to_string(), "-6.826435");
    assert_eq!([&moved["together"], &moved["groups"]].map(ToString::to_string), ["0", "0"]);

    let awards = with(&[
        (
            "score   = { formula = \"value\", cap = 3 }",
            "score = { formula = \"value * 2\", cap = 3 }",
        ),
        ("cap    = 2", "cap = 0.3"),
    ]);
    let moved = &awards["score_moved"];
    assert_eq!([&moved["items"], &moved["groups"]].map(ToString::to_string), ["1", "-0.7"]);
    let groups = awards["groups"].as_array().unwrap();
    let extra = groups.iter().find(|group| group["title"] == "附加分").unwrap();
    assert_eq!(extra["rules_in_score"].to_string(), "-0.7");
    assert_eq!(extra["in_score"].to_string(), "0.3");
}

/// Ids that are moved on or exchanged are told as ids: the items and groups are the same by their names.
#[test]
fn what_has_a_name_is_the_same_by_any_id() {
    let values = "indicator,year,value\nNa,2021,1\nNb,2021,1\nNc,2021,-1\nNd,2021,1\n";
    let before = nested("sum", "").replace("name = \"", "name = \"N");
    let renamed = |of: &[(&str, &str)]| {
        let plan = of.iter().fold(before.clone(), |plan, (old, new)| {
            plan.replace(&format!("id = \"{old}\"\nname"), &format!("id = \"{new}\"\nname"))
        });
        let pair = effects([&before, &plan], [values; 2]);
        let items = pair["items"].as_array().unwrap();
        assert_eq!(pair["groups"].as_array().unwrap().len(), 0, "{pair:#}");
        let told = items.iter().map(|item| {
            assert_eq!(item["changed"].as_array().unwrap().len(), 1, "{item:#}");
            let changed = &item["changed"][0];
            ["what", "before", "after"]
                .map(|key| changed[key].as_str().unwrap().to_owned())
                .join(" ")
        });
        let mut told: Vec<String> = told.collect();
        told.sort();
        told
    };
    // Exchanged; the names of the values stay.
    assert_eq!(renamed(&[("a", "x"), ("b", "a"), ("x", "b")]), ["id a b", "id b a"]);
    assert_eq!(renamed(&[("a", "z"), ("b", "y")]), ["id a z", "id b y"]);
    // Each has the id of the next.
    assert_eq!(renamed(&[("b", "x"), ("a", "b")]), ["id a b", "id b x"]);

    // One is gone, and another has its id: they are not compared.
    let gone = before.replace("id = \"b\"\nname = \"Nb\"", "id = \"x\"\nname = \"Ne\"");
    let gone = gone.replace("id = \"a\"\nname", "id = \"b\"\nname");
    let pair = effects([&before, &gone], [values, &values.replace("\nNb,", "\nNe,")]);
    let items = pair["items"].as_array().unwrap();
    let ids: Vec<&str> = items.iter().map(|item| item["id"].as_str().unwrap()).collect();
    assert_eq!(items.len(), 3, "{pair:#}");
    assert_eq!(ids.iter().filter(|id| **id == "b").count(), 2, "{ids:?}");
    let a = items.iter().find(|item| item["changed"][0]["what"] == "id").unwrap();
    assert_eq!([&a["changed"][0]["before"], &a["changed"][0]["after"]], ["a", "b"], "{a:#}");

    // A title that another group has too says nothing; what a group holds does.
    let groups = before.replace("\"X\"", "\"I\"").replace("\"other\"", "\"others\"");
    let pair = effects([&before.replace("\"X\"", "\"I\""), &groups], [values; 2]);
    let changed = &pair["groups"][0]["changed"];
    assert_eq!([&changed[0]["before"], &changed[0]["after"]], ["other", "others"], "{pair:#}");
    assert_eq!(pair["items"].as_array().unwrap().len(), 0, "{pair:#}");
}

/// What the plan changed for all regions alike is said once, and of regions that nothing moved there is no
/// more to say.
#[test]
fn what_changed_in_all_regions_is_said_once() {
    let plan = |target: &str, edge: u8| {
        format!(
            "format = 1\nplan = \"p\"\n[about]\ntitle = \"T\"\nregion = \"R\"\nyears = \"2021\"\n\
             [[grade]]\nname = \"good\"\nfrom = {edge}\n[[grade]]\nname = \"poor\"\nfrom = 0\n\
             [[indicator]]\nid = \"x\"\nname = \"X\"\npoints = 6\nscore = {{ off = 1, per = 1 }}\n\
             targets = {{ 2021 = \"<= {target}\" }}\n\
             [[indicator]]\nid = \"y\"\nname = \"Y\"\npoints = 4\ntargets = {{ 2021 = \">= 1\" }}\n"
        )
    };
    let world = World::new()
        .file("a.toml", plan("30", 80))
        .file("b.toml", plan("28", 80))
        .file("c.toml", plan("28", 75))
        .file(
            "v.csv",
            "indicator,region,value\nx,A,20\ny,A,1\nx,B,29\ny,B,1\nx,C,31\ny,C,0\nx,D,25\ny,D,1\n",
        );
    for name in ["a", "b", "c"] {
        let outcome = world
            .run(&format!("2021 --targets {name}.toml --data v.csv --lang en -q -o {name}.json"));
        assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    }
    insta::assert_snapshot!("changed_alike", world.run("compare a.json b.json").stdout);
    // Of grades, too, and of regions where nothing but these is another there is no more to say.
    insta::assert_snapshot!("grades_alike", world.run("compare b.json c.json").stdout);
    // Where an item moved nothing and grades are others, it is not said that no item changed.
    insta::assert_snapshot!("target_and_grades_alike", world.run("compare a.json c.json").stdout);
    // In short, no more than that.
    let whole = world.run("compare a.json b.json").stdout;
    let short = world.run("compare a.json b.json --summary").stdout;
    let (beginning, _) = whole.split_once("\n\nB, 2021\n").unwrap();
    assert_eq!(short.trim_end(), beginning);
    let one = world.run("compare a.json b.json --region B --summary").stdout;
    assert!(one.contains("Score: 100.00 → 90.00 (−10.00)") && !one.contains("Sum: “"), "{one}");

    // A waiver in all regions is said once, whatever the states were.
    let plan = std::fs::read_to_string(world.path("a.toml")).unwrap();
    let waived = "{ firm = \">= 1\", waived = { reason = \"flood\", by = \"the city\", until = 2021-12-31 } }";
    std::fs::write(world.path("w.toml"), plan.replace("\">= 1\"", waived)).unwrap();
    let outcome = world.run("2021 --targets w.toml --data v.csv --lang en -q -o w.json");
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    let told = world.run("compare a.json w.json").stdout;
    let reason = "Reason – → flood (approved by the city, until";
    assert!(
        told.contains(&format!("1/4                   +33.333333  State waived; {reason}")),
        "{told}"
    );
    // What the values say, in all regions, is not of the plan.
    let values = "indicator,region,value,note\nx,A,20,\ny,A,不适用,dry\nx,B,29,\ny,B,不适用,dry\nx,C,31,\n\
                  y,C,不适用,dry\nx,D,25,\ny,D,不适用,dry\n";
    std::fs::write(world.path("n.csv"), values).unwrap();
    let outcome = world.run("2021 --targets a.toml --data n.csv --lang en -q -o n.json");
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    let told = world.run("compare a.json n.json").stdout;
    assert!(told.contains("Reason – → dry") && !told.contains("Of the plan"), "{told}");
    let edges = world.run("compare b.json c.json --region B").stdout;
    assert!(edges.contains("Grades: good ≥ 80, poor ≥ 0 → good ≥ 75, poor ≥ 0\n"), "{edges}");
    // By the earlier edges it would have the same grade.
    assert!(!edges.contains("By the earlier grades"), "{edges}");
}

/// What a letter changed in some regions alone is named, a waiver too; places are among those that are there.
#[test]
fn what_the_plan_changed_in_some_regions_is_named() {
    let world = World::new().copy(RULES);
    let scored = |args: &str| {
        let inputs = format!("--targets {RULES} --data {RULES}/measurements.csv -q");
        let outcome = world.run(&format!("{args} {inputs}"));
        assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    };
    scored("2021 -o 2021.json");
    scored("2022 -o 2022.json");
    let told = world.run("compare 2021.json 2022.json --summary --format markdown").stdout;
    let (_, apart) = told.split_once("只在部分地区的变化，或各地区不同的变化：\n").unwrap();
    insta::assert_snapshot!("changed_in_some_regions", apart);
    let json = world.run("compare 2021.json 2022.json --format json").stdout;
    let json: Value = serde_json::from_str(&json).unwrap();
    let apart = json["years"][0]["not_alike"].as_array().unwrap();
    let pm25: Vec<_> = apart.iter().filter(|one| one["id"] == "pm25").collect();
    assert_eq!(pm25[0]["in_regions"], serde_json::json!(["乙县", "甲县"]));
    assert_eq!((&pm25[0]["moved"], pm25[0]["least"].to_string().as_str()), (&1.into(), "-1.2"));
    assert_eq!(pm25[1]["changed"][0]["after"], "≤ 37 μg/m³");

    scored("2022 --region 丙区 --region 甲县 -o two.json");
    let told = world.run("compare 2022.json two.json --format markdown").stdout;
    assert!(told.contains("| 2/3 → 1/2 |"), "{told}");
}

/// What moved the scores of all regions adds up to their mean, and is what is told of each region.
#[test]
fn what_moved_the_scores_adds_up() {
    use rust_decimal::Decimal;
    let world = World::new().copy(RULES);
    for year in ["2021", "2022"] {
        let args =
            format!("{year} --targets {RULES} --data {RULES}/measurements.csv -q -o {year}.json");
        let outcome = world.run(&args);
        assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    }
    let json = world.run("compare 2021.json 2022.json --format json").stdout;
    let json: Value = serde_json::from_str(&json).unwrap();
    let decimal = |value: &Value| value.to_string().parse::<Decimal>().unwrap();
    let scores = &json["years"][0]["scores"];
    let causes = scores["causes"].as_array().unwrap();
    let gain = decimal(&scores["mean_after"]) - decimal(&scores["mean_before"]);
    assert_eq!(causes.iter().map(|cause| decimal(&cause["mean"])).sum::<Decimal>(), gain);
    let pairs = json["pairs"].as_array().unwrap();
    let shown =
        pairs.iter().map(|pair| decimal(&pair["score_after"]) - decimal(&pair["score_before"]));
    assert!((shown.sum::<Decimal>() / Decimal::from(3) - gain).abs() <= Decimal::new(1, 2));
    let items = pairs.iter().flat_map(|pair| pair["items"].as_array().unwrap());
    let moved = items.filter(|item| !decimal(&item["in_score"]).is_zero());
    let moved: std::collections::BTreeSet<_> = moved.map(|item| item["id"].as_str()).collect();
    let told = causes.iter().filter(|cause| cause["kind"] == "item" && !cause["least"].is_null());
    // What lies in a group that is told as one is its doing.
    let told: std::collections::BTreeSet<_> = told.map(|cause| cause["id"].as_str()).collect();
    assert!(told.is_subset(&moved) && told.len() < moved.len(), "{told:?} {moved:?}");
    let as_one: Vec<_> = causes.iter().filter(|cause| cause["kind"] == "as_one").collect();
    assert_eq!(as_one.len(), 1);
    let groups = pairs.iter().flat_map(|pair| pair["groups"].as_array().unwrap());
    let work = groups.filter(|group| group["id"] == as_one[0]["id"]);
    let work: Decimal = work.map(|group| decimal(&group["in_score"])).sum();
    let mean = (work / Decimal::from(3)).round_dp(2);
    assert_eq!(decimal(&as_one[0]["mean"]), mean, "{:#}", as_one[0]);
    for cause in causes.iter().filter(|cause| cause["kind"] == "item") {
        let of_all = pairs.iter().flat_map(|pair| pair["items"].as_array().unwrap());
        let of_item = of_all.filter(|item| item["id"] == cause["id"]);
        let effects: Vec<_> = of_item.map(|item| decimal(&item["in_score"])).collect();
        let mean = (effects.iter().sum::<Decimal>() / Decimal::from(3)).round_dp(2);
        assert_eq!(decimal(&cause["mean"]), mean, "{cause}");
        let raised = effects.iter().filter(|effect| **effect > Decimal::ZERO).count();
        assert_eq!(cause["raised"], raised, "{cause}");
    }
    let told = world.run("compare 2021.json 2022.json --summary").stdout;
    let (_, told) = told.split_once("\n\n总分变动的原因").unwrap();
    let (told, _) = told.split_once("\n\n地区 ").unwrap();
    insta::assert_snapshot!("scores_moved", told);
}

/// What is not the plan's doing, or not known apart, is not told as what the plan did.
#[test]
fn what_the_plan_did_is_told_apart() {
    let plan = |missing: &str, combine: &str, target: u8, years: &str| {
        format!(
            "format = 1\nplan = \"p\"\n[about]\ntitle = \"T\"\nregion = \"R\"\nyears = \"2021-2022\"\n\
             [scoring]\nmissing = \"{missing}\"\n[[group]]\nid = \"g\"\ntitle = \"G\"\n\
             combine = \"{combine}\"\n\
             [[indicator]]\nid = \"x\"\nname = \"X\"\ngroup = \"g\"\npoints = 5\nlead = [\"U\"]\n\
             score = {{ off = 1, per = 1 }}\ntargets = {{ {years} = \"<= {target}\" }}\n\
             [[indicator]]\nid = \"y\"\nname = \"Y\"\ngroup = \"g\"\npoints = 5\nlead = [\"U\"]\n\
             targets = {{ 2021-2022 = \">= 1\" }}\n"
        )
    };
    let values = "indicator,region,value\nx,A,31\ny,A,1\nx,B,32\ny,B,0\ny,C,1\n";
    let world = World::new()
        .file("a.toml", plan("zero", "sum", 30, "2021-2022"))
        .file("b.toml", plan("leave-out", "sum", 29, "2021-2022"))
        .file("c.toml", plan("zero", "lowest", 30, "2021-2022"))
        .file("v.csv", values);
    let scored = |name: &str, more: &str| {
        let args = format!("2021 --targets {name}.toml --data v.csv --lang en -q {more}");
        let outcome = world.run(&args);
        assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    };
    ["a", "b", "c"].iter().for_each(|name| scored(name, &format!("-o {name}.json")));
    // With another reading of what is missing, a harder target does not gain.
    let told = world.run("compare a.json b.json --summary").stdout;
    let row = |told: &str, of: &str| {
        let rows = told.lines().filter(|line| line.starts_with(of));
        rows.map(|row| row.split_whitespace().collect::<Vec<_>>().join(" ")).collect::<Vec<_>>()
    };
    insta::assert_snapshot!("readings_told_apart", told.split_once("\n\nWhat moved").unwrap().1);
    // Of one unit's items nothing is known of what a group did to scores.
    ["a", "c"].iter().for_each(|name| scored(name, &format!("--unit U -o {name}-u.json")));
    let told = world.run("compare a-u.json c-u.json --summary").stdout;
    assert_eq!(
        row(&told, "G "),
        ["G 3 not known – Combined as sum of its parts → lowest of its parts' shares"]
    );
}

/// A plan of items `(id, more keys)` with `head` before them.
fn plan_of(head: &str, items: &[(&str, &str)]) -> String {
    let items = items.iter().map(|(id, more)| {
        format!("[[indicator]]\nid = \"{id}\"\nname = \"{}\"\n{more}\n", id.to_uppercase())
    });
    let items: String = items.collect();
    format!(
        "format = 1\nplan = \"p\"\n[about]\ntitle = \"T\"\nregion = \"R\"\nyears = \"2021-2022\"\n{head}\n{items}"
    )
}

/// What two results of several regions say of all of them, as JSON; each is of a plan, a year and values.
fn told_of_all(old: (&str, u16, &str), new: (&str, u16, &str), format: &str) -> String {
    let world = World::new();
    for (name, (plan, year, values)) in [("a", old), ("b", new)] {
        for (file, text) in [("toml", plan), ("csv", values)] {
            std::fs::write(world.path(&format!("{name}.{file}")), text).unwrap();
        }
        let args =
            format!("{year} --targets {name}.toml --data {name}.csv --lang en -q -o {name}.json");
        let outcome = world.run(&args);
        assert!(
            outcome.code <= 1 && world.path(&format!("{name}.json")).exists(),
            "{}",
            outcome.stderr
        );
    }
    world.run(&format!("compare a.json b.json --summary --format {format}")).stdout
}

/// The causes that are told of all regions: their name or kind, the mean, and what of it the plan and all else
/// did.
fn causes_of(told: &str) -> Vec<String> {
    let told: Value = serde_json::from_str(told).unwrap();
    let scores = &told["years"][0]["scores"];
    let causes = scores["causes"].as_array().unwrap().iter().map(|cause| {
        let name = if cause["name"] == "" { &cause["kind"] } else { &cause["name"] };
        let [mean, by_plan, by_values] =
            ["mean", "mean_by_plan", "mean_by_values"].map(|part| cause[part].to_string());
        format!("{} {mean} {by_plan} {by_values}", name.as_str().unwrap())
    });
    let all = format!("all {} {}", scores["mean_by_plan"], scores["mean_by_values"]);
    causes.chain([all]).collect()
}

/// What target and value did against each other is told, though nothing moved.
#[test]
fn a_target_and_a_value_against_each_other_are_told() {
    let score = "points = 10\nscore = { off = 1, per = 1 }\ntargets = { 2021 = \"<= 30\", 2022 = \"<= 29\" }";
    let plan =
        plan_of("", &[("x", score), ("z", "points = 10\ntargets = { 2021-2022 = \">= 1\" }")]);
    let values = "indicator,region,year,value\nx,A,2021,31\nx,A,2022,30\nx,B,2021,31\nx,B,2022,30\n\
                  z,A,2021,1\nz,A,2022,0\nz,B,2021,1\nz,B,2022,1\n";
    let told = told_of_all((&plan, 2021, values), (&plan, 2022, values), "json");
    // Each point is five of a hundred; half of the regions missed Z.
    assert_eq!(causes_of(&told), ["Z -25 0 -25", "X 0 -5 5", "all -5.00 -20.00"]);
}

/// What another year's value did is not told as what an easier target did; where the values are the same, all
/// is the target's doing.
#[test]
fn what_rests_on_another_value_is_not_the_targets_doing() {
    let plan = |target: &str| {
        let x = format!(
            "points = 10\nscore = {{ met = 10, worse-than-last-year = 0 }}\ntargets = {{ 2021-2022 = \"{target}\" }}"
        );
        plan_of("", &[("x", &x), ("z", "points = 10\ntargets = { 2021-2022 = \">= 1\" }")])
    };
    let values = |last: u8, of_b: u8| {
        format!(
            "indicator,region,year,value\nx,A,2020,{last}\nx,A,2021,29.5\nx,B,2020,20\nx,B,2021,{of_b}\n\
             z,A,2021,1\nz,B,2021,1\n"
        )
    };
    let (old, new) = (plan(">= 30"), plan(">= 29"));
    let told = told_of_all((&old, 2021, &values(31, 40)), (&new, 2021, &values(20, 40)), "json");
    assert_eq!(causes_of(&told), ["X 25 null null", "all null null"]);
    let told = told_of_all((&old, 2021, &values(20, 40)), (&new, 2021, &values(20, 40)), "json");
    assert_eq!(causes_of(&told), ["X 25 25 0", "all 25.00 0.00"]);
}

/// Another reading of all items and a new target are not told apart.
#[test]
fn what_a_reading_did_is_not_told_as_the_values_doing() {
    let plan = |compare: &str, of_2022: &str| {
        let x = format!(
            "points = 10\nscore = {{ off = 1, per = 1, part = \"share\" }}\n\
             targets = {{ 2021 = \"<= 31\", 2022 = \"<= {of_2022}\" }}"
        );
        plan_of(&format!("[scoring]\ncompare = \"{compare}\""), &[("x", &x)])
    };
    let values =
        "indicator,region,year,value\nx,A,2021,31.4\nx,A,2022,31.4\nx,B,2021,20\nx,B,2022,20\n";
    let (old, new) = (plan("exact", "30"), plan("rounded", "30"));
    let told = told_of_all((&old, 2021, values), (&new, 2022, values), "json");
    let causes = causes_of(&told);
    assert!(causes[0].starts_with("X ") && causes[0].ends_with(" null null"), "{causes:?}");
    assert_eq!(causes.last().unwrap(), "all null null");
}

/// A new group that takes an item in did no more than that: what its value did is the item's, and is told once.
#[test]
fn what_a_new_group_took_in_is_told_once() {
    let plan = |group: &str, of_x: &str| {
        let item = |more: &str| {
            format!(
                "points = 25\nscore = {{ off = 1, per = 1 }}\n{more}\ntargets = {{ 2021-2022 = \"<= 30\" }}"
            )
        };
        let [x, y, z] =
            [item(of_x), item(""), "points = 50\ntargets = { 2021-2022 = \"<= 30\" }".to_owned()];
        plan_of(group, &[("x", &x), ("y", &y), ("z", &z)])
    };
    let values = "indicator,region,year,value\nx,A,2021,30\nx,A,2022,48\nx,B,2021,30\nx,B,2022,48\n\
                  y,A,2021,30\ny,A,2022,42\ny,B,2021,30\ny,B,2022,45\nz,A,2021,1\nz,A,2022,1\n\
                  z,B,2021,1\nz,B,2022,1\n";
    let old = plan("", "");
    let new = plan("[[group]]\nid = \"g\"\ntitle = \"G\"", "group = \"g\"");
    let told = told_of_all((&old, 2021, values), (&new, 2022, values), "json");
    // By another plan and in another year, what the values did is not known apart.
    assert_eq!(causes_of(&told), ["X -18 null null", "Y -13.5 null null", "all null null"]);
    let told = told_of_all((&old, 2021, values), (&new, 2022, values), "table");
    assert!(told.contains("X (−18.00)") && !told.contains("G (−18"), "{told}");
    let row = told.lines().find(|line| line.contains("new group")).unwrap();
    assert_eq!(row.split_whitespace().take(3).collect::<Vec<_>>(), ["G", "0/2", "0"], "{told}");
    // With a cap, the group did what that did after all items.
    let new = plan("[[group]]\nid = \"g\"\ntitle = \"G\"\ncap = 5", "group = \"g\"");
    let told = told_of_all((&old, 2021, values), (&new, 2022, values), "json");
    let causes = causes_of(&told);
    assert_eq!(causes[..3], ["X -18 null null", "Y -13.5 null null", "G -2 -2 0"]);
}

/// A region without a score counts for no mean, and hides nothing that is known of the others.
#[test]
fn a_region_without_a_score_hides_nothing() {
    let plan = |from: u8| {
        let head = format!(
            "[scoring]\nmissing = \"leave-out\"\n[[grade]]\nname = \"good\"\nfrom = {from}\n\
             [[grade]]\nname = \"poor\"\nfrom = 0"
        );
        plan_of(
            &head,
            &[(
                "x",
                "points = 10\nscore = { off = 1, per = 1 }\ntargets = { 2021-2022 = \"<= 30\" }",
            )],
        )
    };
    let values = "indicator,region,year,value\nx,A,2021,32\nx,A,2022,32\nx,B,2021,31\nx,B,2022,32\nx,C,2021,30\nx,C,2022,\n";
    let (old, new) = (plan(90), plan(80));
    let told = told_of_all((&old, 2021, values), (&new, 2022, values), "table");
    assert!(
        told.contains(
            "Regions: 2, of which 0 rose, 1 fell and 1 stayed; mean score 85.00 → 80.00 (−5.00)"
        ),
        "{told}"
    );
    assert!(
        told.contains(
            "By the earlier grades 2 of the regions would now have another (1 not known): A, B"
        ),
        "{told}"
    );
    let told = told_of_all((&old, 2021, values), (&new, 2022, values), "json");
    assert_eq!(causes_of(&told), ["X -5 null null", "all null null"]);
    let told = told_of_all((&old, 2021, values), (&old, 2022, values), "json");
    assert_eq!(causes_of(&told), ["X -5 0 -5", "all 0.00 -5.00"]);
}

/// A waiver in all regions for other reasons in some is one, and did what it did.
#[test]
fn a_waiver_for_other_reasons_is_one() {
    let waive = |region: &str, reason: &str| {
        format!(
            "[[waive]]\nindicator = \"x\"\nregions = [\"{region}\"]\nreason = \"{reason}\"\nby = \"the city\"\nuntil = 2021-12-31\n"
        )
    };
    let items = [
        ("x", "points = 10\ntargets = { 2021-2022 = \">= 1\" }"),
        ("z", "points = 10\ntargets = { 2021-2022 = \">= 1\" }"),
    ];
    let old = plan_of("", &items);
    let new = format!("{old}{}{}", waive("A", "flood"), waive("B", "fire"));
    let values = "indicator,region,year,value\nx,A,2021,0\nx,B,2021,0\nz,A,2021,1\nz,B,2021,1\n";
    let told = told_of_all((&old, 2021, values), (&new, 2021, values), "table");
    let row =
        |of: &str| told.lines().filter(|line| line.starts_with("X ") && line.contains(of)).count();
    assert!(
        told.contains("2/2                          +50  State waived; missed 2 before"),
        "{told}"
    );
    assert_eq!((row("flood"), row("fire"), row("+50")), (1, 1, 2), "{told}");
}

/// Items, groups and the whole have a line each, with the regions that they moved; what is not known of some
/// is said, and does not hide the others.
#[test]
fn what_groups_and_new_items_did_in_all_regions_is_said_once() {
    let item = |id: &str, group: &str, target: &str| {
        format!(
            "[[indicator]]\nid = \"{id}\"\nname = \"{id}\"\ngroup = \"{group}\"\npoints = 5\n\
             score = {{ off = 1, per = 1 }}\ntargets = {{ 2021 = \"<= {target}\" }}\n"
        )
    };
    let plan = |cap: u8, combine: &str, items: &str| {
        format!(
            "format = 1\nplan = \"p\"\n[about]\ntitle = \"T\"\nregion = \"R\"\nyears = \"2021\"\n\
             [scoring]\ncap = {cap}\n[[group]]\nid = \"g\"\ntitle = \"G\"\ncombine = \"{combine}\"\n\
             [[group]]\nid = \"h\"\ntitle = \"H\"\n{items}"
        )
    };
    let old = [item("x", "g", "30"), item("y", "g", "30"), item("z", "h", "30")].concat();
    let new = [item("x", "g", "29"), item("y", "g", "30"), item("w", "h", "30")].concat();
    let values = |of_a: u8| {
        format!(
            "indicator,region,value\nx,A,{of_a}\ny,A,31\nz,A,30\nx,B,30\ny,B,33\nz,B,34\nx,C,20\ny,C,20\nz,C,20\n"
        )
    };
    let world = World::new()
        .file("a.toml", plan(100, "mean", &old))
        .file("b.toml", plan(90, "lowest", &new))
        .file("c.toml", plan(100, "lowest", &old))
        .file("d.toml", plan(95, "mean", &old))
        .file("a.csv", values(31))
        .file("b.csv", values(32).replace("\nz,", "\nw,"));
    for name in ["a", "b"] {
        let outcome = world.run(&format!(
            "2021 --targets {name}.toml --data {name}.csv --lang en -q -o {name}.json"
        ));
        assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    }
    let told = world.run("compare a.json b.json").stdout;
    let (alike, _) = told.split_once("\n\nGained:").unwrap();
    insta::assert_snapshot!("groups_alike", alike);
    // Of groups alone it is what they did to the score, too.
    let outcome = world.run("2021 --targets c.toml --data a.csv --lang en -q -o c.json");
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    let told = world.run("compare a.json c.json").stdout;
    assert!(
        told.contains("Of the plan  Regions moved  Effect of targets and rules  What changed"),
        "{told}"
    );
    // A cap that strikes in one region alone is of all, too.
    let outcome = world.run("2021 --targets d.toml --data a.csv --lang en -q -o d.json");
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    let told = world.run("compare a.json d.json").stdout;
    assert!(told.contains("Scale, floor or cap, after all else            1/3"), "{told}");
    let json = world.run("compare a.json b.json --format json").stdout;
    let json: Value = serde_json::from_str(&json).unwrap();
    let changes = json["years"][0]["alike"].as_array().unwrap();
    let told = changes.iter().map(|change| {
        let of = |key: &str| change[key].to_string();
        format!(
            "{} {} {}/{} {}",
            change["kind"],
            change["id"],
            of("moved"),
            of("regions"),
            of("not_known")
        )
    });
    let mut told: Vec<String> = told.map(|told| told.replace('"', "")).collect();
    told.sort();
    assert_eq!(
        told,
        ["group g 2/3 0", "item w 2/3 0", "item x 0/3 3", "item z 0/3 3", "whole  1/3 0"]
    );
}

/// What last year's value did is told with what the value did, and not as what the new target did.
#[test]
fn what_last_year_did_is_not_told_of_the_target() {
    let plan = "format = 1\nplan = \"p\"\n[about]\ntitle = \"T\"\nregion = \"R\"\nyears = \"2021-2022\"\n\
                [[indicator]]\nid = \"x\"\nname = \"X\"\npoints = 6\n\
                score = { off = 1, per = 1, worse-than-last-year = 1 }\n\
                targets = { 2021 = \"<= 40\", 2022 = \"<= 35\" }\n";
    let world = World::new()
        .file("p.toml", plan)
        .file("v.csv", "indicator,year,value\nx,2020,32\nx,2021,31\nx,2022,36\n");
    for year in ["2021", "2022"] {
        let args = format!("{year} --targets p.toml --data v.csv --lang en -q -o {year}.json");
        assert_eq!(world.run(&args).code, 0);
    }
    let told = world.run("compare 2021.json 2022.json --format markdown").stdout;
    // 36 is within 40 and worse than 31: 1 point by either target.
    let apart = "by values (points −5, score −83.333333); by targets and rules (points 0, score 0)";
    assert!(told.contains(apart), "{told}");
}

/// Where a target and the value are both others, each has its part of what was gained; what the value did
/// is what it does by the earlier target.
#[test]
fn a_new_target_and_a_new_value_each_have_their_part() {
    let world = World::new().copy(RULES);
    let inputs = format!("--targets {RULES} --data {RULES}/measurements.csv --region 甲县 -q");
    let scored = |args: &str, name: &str| -> Value {
        let outcome = world.run(&format!("{args} {inputs} -o {name}"));
        assert_eq!(outcome.code, 0, "{}", outcome.stderr);
        let text = std::fs::read_to_string(world.path(name)).unwrap();
        serde_json::from_str::<Value>(&text).unwrap()["assessments"][0]["items"].clone()
    };
    let of = |items: &Value, id: &str| -> Value {
        items.as_array().unwrap().iter().find(|item| item["id"] == id).unwrap().clone()
    };
    let number = |value: &Value| Decimal::from_str(&value.to_string()).unwrap();
    let earlier = scored("2021", "2021.json");
    let later = scored("2022", "2022.json");
    let outcome = world.run("compare 2021.json 2022.json --format json");
    let compared: Value = serde_json::from_str(&outcome.stdout).unwrap();
    let items = compared["pairs"][0]["items"].as_array().unwrap();
    let own_values = ["pm25", "good-days", "sections", "cod"];
    let is_among = |item: &&Value| own_values.contains(&item["id"].as_str().unwrap());
    let split: Vec<&Value> = items.iter().filter(is_among).collect();
    assert_eq!(split.len(), own_values.len());
    for item in &split {
        let id = item["id"].as_str().unwrap();
        let value = of(&later, id)["shown"]["value"].as_str().unwrap().replace(' ', "");
        let trial = of(&scored(&format!("2021 --set {id}={value}"), "trial.json"), id);
        let by_value = number(&trial["earned"]) - number(&of(&earlier, id)["earned"]);
        assert_eq!(number(&item["gained_by_values"]), by_value, "{item:#}");
        let both = number(&item["gained_by_plan"]) + by_value;
        assert_eq!(number(&item["gained"]), both, "{item:#}");
    }
    let told = world.run("compare 2021.json 2022.json --format markdown").stdout;
    // In the score, air counts six tenths.
    for part in ["目标和规则变化（得分 −2、总分 −1.2）", "实际值变化（得分 −2.6、总分 −1.56）"]
    {
        assert!(told.contains(part), "{told}");
    }
    assert_eq!(number(&split[0]["in_score_by_plan"]).to_string(), "-1.2");
    // Years side by side say the same.
    let outcome = world.run(&format!("2021-2022 {inputs} --format markdown"));
    assert!(outcome.stdout.contains("目标和规则变化（得分 −2）"), "{}", outcome.stdout);
}

/// What only has other words, another source or another standing is told as that.
#[test]
fn what_is_only_told_otherwise_is_no_other_rule() {
    let world = World::new().copy(RULES);
    let (plan, data) = (format!("{RULES}/plan.toml"), format!("{RULES}/measurements.csv"));
    let scored = |plan: &str, data: &str, region: &str, name: &str| {
        let outcome = world.run(&format!(
            "2022 --targets {plan} --targets {RULES}/letter-2022.toml --data {data} --region {region} \
             -q -o {name}"
        ));
        assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    };
    let with = |file: &str, changes: &[(&str, &str)], region: &str| {
        let mut text = std::fs::read_to_string(world.path(file)).unwrap();
        for (old, new) in changes {
            assert!(text.contains(old), "{old}");
            text = text.replacen(old, new, 1);
        }
        let other = if file.ends_with(".toml") { "other.toml" } else { "other.csv" };
        std::fs::write(world.path(other), text).unwrap();
        scored(&plan, &data, region, "before.json");
        if file.ends_with(".toml") {
            scored(other, &data, region, "after.json");
        } else {
            scored(&plan, other, region, "after.json");
        }
        world.run("compare before.json after.json").stdout
    };

    let reworded = with(&plan, &[("有考核项得分低于分值一半", "有考核项得分不足一半")], "乙县");
    assert!(
        reworded.contains("等次限制：不高于良好（三十九(六)）：有考核项得分低于分值一半 →"),
        "{reworded}"
    );
    assert!(!reworded.contains("新触发"), "{reworded}");

    let mean = ("not-applicable = \"mean\"", "not-applicable = \"leave-out\"");
    let left_out = with(&plan, &[mean], "丙区");
    assert!(!left_out.contains("计分方法"), "{left_out}");

    let renumbered = with(&plan, &[("〔2021〕1号", "〔2021〕2号")], "甲县");
    assert!(renumbered.contains("依据文件") && renumbered.contains("各项没有变化"), "{renumbered}");

    let title = with(&plan, &[("zh = \"大气\"", "zh = \"空气\"")], "甲县");
    assert!(title.contains("分组 大气 → 空气"), "{title}");

    let figures = [
        ("乙县,2022,抽查项数,10,", "乙县,2022,抽查项数,8,"),
        ("乙县,2022,抽查属实项数,10,", "乙县,2022,抽查属实项数,8,"),
    ];
    let same_points = with(&data, &figures, "乙县");
    assert!(
        same_points.contains("14.5 × 10 ÷ 10") && same_points.contains("14.5 × 8 ÷ 8"),
        "{same_points}"
    );

    let source = with(
        &data,
        &[("乙县,2022,抽查项数,10,项,虚构,", "乙县,2022,抽查项数,10,项,复核,")],
        "乙县",
    );
    assert!(source.contains("所比较的内容均无变化；输入文件本身有变化。"), "{source}");

    let elsewhere = with(&data, &[], "乙县");
    assert!(
        elsewhere.contains("没有变化。") && !elsewhere.contains("输入文件本身有变化"),
        "{elsewhere}"
    );
}

/// A value that was verified and is no more is told with that.
#[test]
fn a_verification_that_is_withdrawn_is_told() {
    const RETURNS: &str = "examples/returns";
    let world = World::new().copy(RETURNS);
    let score = |name: &str| {
        let outcome = world.run(&format!(
            "2021 --targets {RETURNS}/plan.toml --data {RETURNS}/returns -q -o {name}"
        ));
        assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    };
    score("before.json");
    let verified = world.path(&format!("{RETURNS}/returns/核定.csv"));
    let text = std::fs::read_to_string(&verified).unwrap();
    let kept = text.lines().filter(|line| !line.contains("扬尘")).collect::<Vec<_>>().join("\n");
    assert_ne!(kept.len(), text.trim_end().len());
    std::fs::write(&verified, kept).unwrap();
    score("after.json");
    let told = world.run("compare before.json after.json").stdout;
    assert!(told.contains("实际值 93.5%（核定值） → 97%；"), "{told}");
}

/// Of many regions some alone are told of, with their places among all.
#[test]
fn some_regions_alone_are_told_of() {
    let world = World::new().copy(RULES);
    for year in ["2021", "2022"] {
        let outcome = world.run(&format!(
            "{year} --targets {RULES} --data {RULES}/measurements.csv -q -o {year}.json"
        ));
        assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    }
    let told = world.run("compare 2021.json 2022.json --region 甲县");
    assert_eq!(told.code, 1);
    assert!(told.stdout.contains("甲县") && !told.stdout.contains("乙县 20"), "{}", told.stdout);
    let json = world.run("compare 2021.json 2022.json --region 甲县 --format json");
    let json: Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(json["pairs"].as_array().unwrap().len(), 1);
    assert_eq!(json["pairs"][0]["place_before"], 2);
    let unknown = world.run("compare 2021.json 2022.json --region 丁县");
    assert_eq!((unknown.code, unknown.stdout.as_str()), (2, ""));
    assert!(unknown.stderr.contains("丁县"), "{}", unknown.stderr);
    let both = world.run("compare 2021.json 2022.json --region 丙区 --region 【甲县】");
    let at = |region: &str| both.stdout.find(&format!("{region} 2021年 → 2022年")).unwrap();
    assert!(at("甲县") < at("丙区"), "by place: {}", both.stdout);
    assert!(both.stdout.contains("丙区、【甲县】"), "{}", both.stdout);
}

/// What no longer counts has lost nothing, and what counts newly has gained nothing; a limit that
/// strikes is named, beside the grade that the score alone has.
#[test]
fn what_no_longer_counts_and_what_limits_the_grade_is_named() {
    insta::assert_snapshot!(compared([(&[], "2021"), (&[], "2022")]));
    let back = compared([(&[], "2022"), (&[], "2021")]);
    for said in [
        "Good days (Air)         –/4 → 4/4  newly counted        +1.666667  Value – →",
        "优良天数（空气）      –/4 → 4/4  新计入     +1.666667  实际值 – →",
        "Limit of the grade, gone: at most pass (3): smells",
        "不再触发的等次限制：不高于合格（3）：有异味",
    ] {
        assert!(back.contains(said), "{back}");
    }
}

#[test]
fn a_provisional_or_supposed_result_is_another() {
    let args = "2021 --as-of 2021-09-30 --set odour=6";
    insta::assert_snapshot!(compared([(&[], "2021"), (&[], args)]));
    let same = compared([(&[], "2021"), (&[], "2021 --as-of 2021-09-30")]);
    assert!(same.contains("Standing              final → Provisional (2021-09-30)"), "{same}");
    assert!(!same.contains("Nothing changed."), "{same}");
}

/// Over the years likewise.
#[test]
fn over_the_years_what_no_longer_counts_has_lost_nothing() {
    let world = World::new().file("town.toml", TOWN).file("v.csv", TOWN_VALUES);
    for (lang, said) in [
        ("en", "- Good days (no longer counted): Value 91.2% → –; State met → not applicable"),
        ("zh", "- 优良天数（不再计入）：实际值 91.2% → –；状态 达标 → 不适用"),
    ] {
        let args = "2021-2022 --targets town.toml --data v.csv --format markdown -q";
        let outcome = world.run(&format!("{args} --lang {lang}"));
        assert!(outcome.stdout.contains(said), "{}", outcome.stdout);
    }
}

/// What a terminal would obey does not come through a result.
#[test]
fn what_a_terminal_obeys_is_masked() {
    let world = world();
    let text = std::fs::read_to_string(world.path("r.json")).unwrap();
    let mut result: Value = serde_json::from_str(&text).unwrap();
    for pointer in [
        "/plan/id",
        "/plan/readings/0",
        "/program/version",
        "/inputs/0/sha256",
        "/assessments/0/score_sum",
        "/assessments/0/grade",
        "/assessments/0/groups/0/combine",
        "/assessments/0/groups/0/title",
        "/assessments/0/items/0/name",
        "/assessments/0/items/0/shown/value",
        "/assessments/1/region",
    ] {
        *result.pointer_mut(pointer).expect(pointer) = "a\u{1b}[31mb\u{9b}1m".into();
    }
    let world = world.file("wild.json", result.to_string());
    for format in ["table", "markdown", "json"] {
        let outcome = world.run(&format!("compare r.json wild.json --format {format}"));
        assert_eq!(outcome.code, 1, "{}", outcome.stderr);
        assert!(!outcome.stdout.contains(['\u{1b}', '\u{9b}']), "{}", outcome.stdout);
    }
}

/// Of two languages the figures are compared, and no text is a change.
#[test]
fn results_in_two_languages_are_compared_by_figures() {
    let world = World::new().file("town.toml", TOWN).file("v.csv", TOWN_VALUES);
    for (year, lang) in [("2021", "en"), ("2021", "zh"), ("2022", "zh")] {
        let args = format!("{year} --targets town.toml --data v.csv --lang {lang} -q");
        assert_eq!(world.run(&format!("{args} -o {year}.{lang}.json")).code, 0);
    }
    let mut said = String::new();
    for (args, code) in [
        ("2021.en.json 2021.zh.json", 0),
        ("2021.en.json 2022.zh.json", 1),
        ("2022.zh.json 2021.en.json", 1),
        ("2021.zh.json 2022.zh.json --lang en", 1),
    ] {
        for format in ["table", "markdown", "json"] {
            let outcome = world.run(&format!("compare {args} --format {format}"));
            assert_eq!(outcome.code, code, "{args}: {}{}", outcome.stdout, outcome.stderr);
            said += &format!("--- {args}, {format}\n{}\n", outcome.stdout);
        }
    }
    insta::assert_snapshot!(said);
}

/// A comparison goes to a file as to standard output, and never in the place of what it compares.
#[test]
fn a_comparison_is_written_to_a_file() {
    let world = World::new().file("town.toml", TOWN).file("v.csv", TOWN_VALUES);
    for year in ["2021", "2022"] {
        let args = format!("{year} --targets town.toml --data v.csv --lang en -q");
        assert_eq!(world.run(&format!("{args} -o {year}.json")).code, 0);
    }
    for (file, format) in [("c.txt", "table"), ("c.md", "markdown"), ("c.json", "json")] {
        let outcome = world.run(&format!("compare 2021.json 2022.json -o {file}"));
        assert_eq!(outcome, Outcome::said(1, ""));
        let said = world.run(&format!("compare 2021.json 2022.json --format {format}"));
        assert_eq!(std::fs::read_to_string(world.path(file)).unwrap(), said.stdout);
    }
    for (file, why) in [
        ("2021.json", "is one of the inputs and would be lost"),
        ("c.html", "a comparison is no .html: use .txt, .md or .json"),
        ("c", "the ending says no format"),
    ] {
        let outcome = world.run(&format!("compare 2021.json 2022.json -o {file}"));
        assert!(outcome.code == 2 && outcome.stderr.contains(why), "{}", outcome.stderr);
    }
}

/// What a letter changed is named by its document.
#[test]
fn the_document_that_changed_an_item_is_named() {
    let letter = "format = 1\namends = \"small\"\ndocument = { number = \"No. 2\", date = \
                  2022-03-01 }\nyears = \"2022\"\n[[set]]\nindicator = \"pm25\"\ntargets = { 2022 = \
                  \"<= 28\" }\n";
    let world = World::with_plan()
        .file("v.csv", "indicator,value\npm25,28\ndays,91\n")
        .file("targets/letter.toml", letter);
    for (args, name) in
        [("2022 --targets targets/plan.toml", "plan"), ("2022", "letter"), ("2021", "before")]
    {
        assert_eq!(world.run(&format!("{args} --data v.csv --lang en -q -o {name}.json")).code, 0);
    }
    let said = world.run("compare plan.json letter.json").stdout;
    assert!(said.contains("Documents             the plan → the plan + No. 2\n"), "{said}");
    assert!(said.contains("By document – → No. 2; Target ≤ 30 μg/m³ → ≤ 28 μg/m³"), "{said}");
    let said = world.run("compare before.json letter.json").stdout;
    assert!(said.contains("By document – → No. 2; Target ≤ 30 μg/m³ → ≤ 28 μg/m³"), "{said}");
}

/// Figures that no plan can give must not bring the program down.
#[test]
fn wild_figures_are_compared_without_harm() {
    let world = world();
    let text = std::fs::read_to_string(world.path("r.json")).unwrap();
    let mut result: Value = serde_json::from_str(&text).unwrap();
    let wild: Value = serde_json::from_str("79228162514264337593543950335").unwrap();
    result["assessments"][0]["score"] = wild.clone();
    result["assessments"][0]["items"][0]["earned"] = wild;
    let high = result.to_string();
    let low = high.replace("79228162514264337593543950335", "-79228162514264337593543950335");
    let world = world.file("high.json", high).file("low.json", low);
    for format in ["table", "markdown", "json"] {
        let outcome = world.run(&format!("compare low.json high.json --format {format}"));
        assert_eq!(outcome.code, 1, "{}", outcome.stderr);
    }
    assert_eq!(world.run("verify high.json").code, 1);
}

/// Who gives a file asks whether the result is that file's.
#[test]
fn files_that_are_given_are_the_ones_that_are_verified() {
    let world = world();
    let [plan, data] = ["plan.toml", "measurements.csv"].map(|name| {
        let text = std::fs::read_to_string(world.path(&format!("{RULES}/{name}"))).unwrap();
        let (old, new) =
            if name == "plan.toml" { ("<= 38", "<= 37") } else { (",39.5,", ",39.6,") };
        text.replacen(old, new, 1)
    });
    let world = world.file("other.csv", data).file("mine/plan.toml", plan);
    let outcome = world.run("verify r.json --data other.csv");
    assert_eq!(outcome.code, 1, "{outcome:?}");
    assert!(outcome.stdout.contains("`other.csv` is not the file that the result rests on"));
    assert!(outcome.stdout.contains("its inputs give `39.6`"), "{}", outcome.stdout);
    let letter = format!("{RULES}/letter-2022.toml");
    let outcome = world.run(&format!("verify r.json --targets mine/plan.toml --targets {letter}"));
    assert_eq!(outcome.code, 1, "{outcome:?}");
    assert!(outcome.stdout.contains("its inputs give `<= 37`"), "{}", outcome.stdout);
    let outcome = world.run("verify r.json --data nowhere.csv");
    assert!(outcome.code == 2 && outcome.stderr.contains("nowhere.csv"), "{outcome:?}");
}

/// A copy that was not changed, a folder above, is not what stands beside the result.
#[test]
fn the_nearest_file_is_the_one_that_is_verified() {
    let world = world();
    for file in ["plan.toml", "letter-2022.toml", "measurements.csv"] {
        let text = std::fs::read_to_string(world.path(&format!("{RULES}/{file}"))).unwrap();
        let nearer = world.path(&format!("near/{RULES}/{file}"));
        std::fs::create_dir_all(nearer.parent().unwrap()).unwrap();
        std::fs::write(nearer, text.replacen(",39.5,", ",39.6,", 1)).unwrap();
    }
    std::fs::copy(world.path("r.json"), world.path("near/r.json")).unwrap();
    let path = world.path("near/r.json");
    let outcome = World::new().run(&format!("verify {}", path.display()));
    assert_eq!(outcome.code, 1, "{outcome:?}");
    assert!(outcome.stdout.contains("its inputs give `39.6`"), "{}", outcome.stdout);
}

/// Of several regions, a line each says what became of it and of its place; of those that are as they were
/// nothing is told.
#[test]
fn many_regions_are_compared_at_a_glance() {
    let plan = "format = 1\nplan = \"p\"\n[about]\ntitle = \"T\"\nregion = \"R\"\nyears = \"2021\"\n\
                [[indicator]]\nid = \"x\"\nname = \"X\"\npoints = 6\nscore = { off = 1, per = 1 }\n\
                targets = { 2021 = \"<= 30\" }\n";
    let values =
        |of_b: &str| format!("region,indicator,value\nA,x,31\nB,x,{of_b}\nC,x,34\nD,x,35\n");
    let world = World::new()
        .file("plan.toml", plan)
        .file("old.csv", values("33"))
        .file("new.csv", values("30"));
    for name in ["old", "new"] {
        let run = format!("2021 --targets plan.toml --data {name}.csv --lang en -q -o {name}.json");
        assert_eq!(world.run(&run).code, 0);
    }
    let compared = world.run("compare old.json new.json");
    insta::assert_snapshot!(compared.stdout);
    let json = world.run("compare old.json new.json --format json");
    let json: Value = serde_json::from_str(&json.stdout).unwrap();
    let places = |pair: &Value| [pair["place_before"].as_u64(), pair["place_after"].as_u64()];
    let places: Vec<_> = json["pairs"].as_array().unwrap().iter().map(places).collect();
    assert_eq!(places, [[2, 1], [1, 2], [3, 3], [4, 4]].map(|both| both.map(Some)));
    let same = world.run("compare old.json old.json");
    assert_eq!(same.code, 0);
    assert!(same.stdout.ends_with("\nNothing changed.\n"), "{}", same.stdout);
}

/// What the plan says has changed, and nothing that a result shows: that is said, and is no change.
#[test]
fn a_plan_with_another_remark_changes_nothing_that_is_compared() {
    let world = world();
    change(&world, &format!("{RULES}/plan.toml"), "format = 1", "# A remark.\nformat = 1");
    let args = format!("2021-2022 --targets {RULES} --data {RULES}/measurements.csv --lang en");
    assert_eq!(world.run(&format!("{args} -o other.json -q")).code, 0);
    let outcome = world.run("compare r.json other.json");
    assert_eq!(outcome.code, 0, "{outcome:?}");
    let said = "Nothing that is compared changed; the file of the plan or of a letter did.";
    assert!(outcome.stdout.contains(said), "{}", outcome.stdout);
}

/// Some of what a result rests on is not enough, and what it does not rest on is named.
#[test]
fn too_few_files_and_too_many_are_told_apart() {
    let values = "indicator,value,region,year\npm25,31,R,2021\n";
    let others = "indicator,value,region,year\npm25,29,S,2021\n";
    let plan = "format = 1\nplan = \"p\"\n[about]\ntitle = \"T\"\nregion = \"R\"\nyears = \"2021\"\n\
                [[indicator]]\nid = \"pm25\"\nname = \"PM2.5\"\npoints = 6\n\
                targets = { 2021 = \"<= 30\" }\n";
    let world = World::new()
        .file("plan.toml", plan)
        .file("one.csv", values)
        .file("two.csv", others)
        .file("more.csv", others.replace("29", "28"));
    let run = "2021 --targets plan.toml --data one.csv --data two.csv --lang en -q -o r.json";
    assert_eq!(world.run(run).code, 0);
    let outcome = world.run("verify r.json --data one.csv");
    assert_eq!(outcome.code, 2, "{outcome:?}");
    assert!(outcome.stderr.contains("none of the files of `--data` is `two.csv`"), "{outcome:?}");
    let outcome = world.run("verify r.json --data one.csv --data two.csv --data more.csv");
    assert_eq!(outcome.code, 0, "{outcome:?}");
    assert!(outcome.stdout.contains("it does not rest on `more.csv`"), "{}", outcome.stdout);
}

/// This year's values by the plan of the year before: a share of this year's target stays one, a waiver holds,
/// points are those of then, and what is dropped has done what its value did, where it has one.
#[test]
fn what_the_values_did_is_by_the_plan_of_the_year_before() {
    let plan = plan_of(
        "",
        &[
            (
                "way",
                "points = 10\nbase-year = 2020\ntargets = { 2021 = \"<= 50% of the way to 2022\", 2022 = \"<= 50\" }",
            ),
            (
                "waived",
                "points = 10\n[indicator.targets]\n2021-2022 = { firm = \">= 1\", waived = { reason = \"flood\", by = \"C\", until = 2021-12-31 } }",
            ),
            ("gone", "points = 10\ntargets = { 2021-2022 = \">= 1\" }"),
            ("left", "points = 10\ntargets = { 2021-2022 = \">= 1\" }"),
            ("more", "points = 10\ntargets = { 2021-2022 = \"< last year\" }"),
            (
                "rank",
                "points = 10\nbetter = \"lower\"\nscore = { rank = { last = 0, ties = \"skip\" } }\ntargets = { 2021-2022 = \"scored\" }",
            ),
        ],
    );
    let plan = format!(
        "{plan}[[drop]]\nindicator = \"gone\"\nyears = \"2022\"\nreason = \"r\"\n\
         [[drop]]\nindicator = \"left\"\nyears = \"2022\"\nreason = \"r\"\n\
         [[set]]\nindicator = \"more\"\nyears = \"2022\"\npoints = 20\n\
         [[set]]\nindicator = \"rank\"\nyears = \"2022\"\npoints = 5\n"
    );
    // Of the share half of the way from 100 to 50 is 75; 70 meets that, and not 50.
    let of = |region: &str, rank: [u8; 2]| {
        format!(
            "way,{region},2020,100\nway,{region},2021,80\nway,{region},2022,70\n\
             waived,{region},2021,0\nwaived,{region},2022,1\ngone,{region},2021,1\ngone,{region},2022,0\n\
             left,{region},2021,1\nmore,{region},2020,5\nmore,{region},2021,6\nmore,{region},2022,5\n\
             rank,{region},2021,{}\nrank,{region},2022,{}\n",
            rank[0], rank[1]
        )
    };
    let values = format!("indicator,region,year,value\n{}{}", of("A", [1, 2]), of("B", [2, 1]));
    let told = told_of_all((&plan, 2021, &values), (&plan, 2022, &values), "json");
    let told: Value = serde_json::from_str(&told).unwrap();
    let parts = told["pairs"].as_array().unwrap().iter().map(|pair| {
        let parts = pair["items"].as_array().unwrap().iter().map(|item| {
            let of = |key: &str| item[key].to_string();
            let id = item["id"].as_str().unwrap();
            format!("{id} {} {}", of("in_score_by_values"), of("in_score_by_plan"))
        });
        let mut parts: Vec<_> = parts.collect();
        parts.sort();
        let all = format!("all {} {}", pair["score_by_values"], pair["score_by_plan"]);
        parts.push(all);
        parts
    });
    insta::assert_debug_snapshot!(parts.collect::<Vec<_>>());
}

/// How a letter begins.
const LETTER: &str = "format = 1\namends = \"p\"\n\
                      document = { number = \"1\", issuer = \"I\", date = 2022-01-01 }\n";

/// A letter has a say in the years that it is for, and in an earlier one whose target is a share of a later one, or
/// leaves it to the others which way is better. A result that is by other letters in the earlier year tells no plan
/// and no values apart; nor does one that says nothing of its letters' years.
#[test]
fn letters_that_have_a_say_in_the_earlier_year_are_another_plan() {
    let head =
        "format = 1\nplan = \"p\"\n[about]\ntitle = \"T\"\nregion = \"R\"\nyears = \"2021-2022\"\n";
    let item = |targets: &str, more: &str| {
        format!(
            "{head}[[indicator]]\nid = \"x\"\nname = \"X\"\npoints = 10\n{more}\ntargets = {{ {targets} }}\n"
        )
    };
    let letter =
        |change: &str| format!("{LETTER}years = \"2022\"\n[[set]]\nindicator = \"x\"\n{change}\n");
    let share = "2021 = \">= 50% of 2022\", 2022 = \">= 10\"";
    let rank = "score = { rank = { last = 0, ties = \"skip\" } }";
    let cases = [
        (item("2021-2022 = \">= 10\"", ""), letter("points = 20"), "[2022]", true),
        (item("2021-2022 = \">= 10\"", ""), letter("targets = \">= 20\""), "[2022]", true),
        (item(share, ""), letter("targets = \">= 20\""), "[2021,2022]", false),
        (
            item("2021 = \"scored\", 2022 = \">= 10\"", rank),
            letter("targets = \"<= 20\""),
            "[2021,2022]",
            false,
        ),
    ];
    let values = "indicator,region,year,value\nx,A,2021,8\nx,A,2022,9\nx,B,2021,9\nx,B,2022,8\n";
    for (plan, letter, years, known) in cases {
        let world =
            World::new().file("p.toml", &plan).file("l.toml", &letter).file("v.csv", values);
        let scored = |year: u16, targets: &str| -> Value {
            let args = format!("{year} {targets} --data v.csv --lang en -q -o {year}.json");
            let outcome = world.run(&args);
            assert_eq!(outcome.code, 0, "{}", outcome.stderr);
            let text = std::fs::read_to_string(world.path(&format!("{year}.json"))).unwrap();
            serde_json::from_str(&text).unwrap()
        };
        scored(2021, "--targets p.toml");
        let mut later = scored(2022, "--targets p.toml --targets l.toml");
        assert_eq!(later["plan"]["letters"][0]["years"].to_string(), years, "{plan}{letter}");
        let is_known = || -> bool {
            let told = world.run("compare 2021.json 2022.json --format json").stdout;
            let told: Value = serde_json::from_str(&told).unwrap();
            !told["pairs"][0]["score_by_values"].is_null()
        };
        assert_eq!(is_known(), known, "{plan}{letter}");
        later["plan"]["letters"][0].as_object_mut().unwrap().remove("years");
        std::fs::write(world.path("2022.json"), later.to_string()).unwrap();
        assert!(!is_known(), "{plan}{letter}");
    }
}

/// A cap that a letter sets for a year is that of the score of that year, and what it did is the plan's doing.
#[test]
fn a_scale_that_a_letter_sets_is_that_of_its_year() {
    let plan = plan_of(
        "",
        &[
            (
                "x",
                "points = 10\nscore = { proportional = true }\ntargets = { 2021-2022 = \">= 10\" }",
            ),
            (
                "y",
                "points = 10\nscore = { proportional = true }\ntargets = { 2021-2022 = \">= 10\" }",
            ),
        ],
    );
    let letter = format!("{LETTER}years = \"2021\"\n[scoring]\ncap = 70\n");
    let values = "indicator,region,year,value\nx,A,2021,5\nx,A,2022,9\ny,A,2021,5\ny,A,2022,10\n\
                  x,B,2021,5\nx,B,2022,5\ny,B,2021,5\ny,B,2022,5\n";
    let world = World::new().file("p.toml", &plan).file("l.toml", &letter).file("v.csv", values);
    for year in [2021, 2022] {
        let args =
            format!("{year} --targets p.toml --targets l.toml --data v.csv -q -o {year}.json");
        assert_eq!(world.run(&args).code, 0);
    }
    let told = world.run("compare 2021.json 2022.json --format json").stdout;
    let told: Value = serde_json::from_str(&told).unwrap();
    let pair = &told["pairs"][0];
    assert_eq!(pair["score_by_values"].to_string(), "20", "{pair:#}");
    assert_eq!(pair["score_by_plan"].to_string(), "25", "{pair:#}");
    assert_eq!(pair["score_by_earlier_plan"].to_string(), "70.00", "{pair:#}");
}

/// Of a grade that moved between years it is told which it would be by the earlier plan; and of both the plan and the
/// values what did most.
#[test]
fn what_moved_a_grade_between_years_is_told() {
    let head = "[[grade]]\nname = \"good\"\nfrom = 80\n[[grade]]\nname = \"poor\"\nfrom = 0";
    let rule = "points = 10\nscore = { proportional = true }";
    let plan = plan_of(
        head,
        &[
            ("x", &format!("{rule}\ntargets = {{ 2021 = \">= 10\", 2022 = \">= 16\" }}")),
            ("y", &format!("{rule}\ntargets = {{ 2021-2022 = \">= 10\" }}")),
        ],
    );
    let values = "indicator,region,year,value\nx,A,2021,8\nx,A,2022,8\ny,A,2021,8\ny,A,2022,9\n\
                  x,B,2021,10\nx,B,2022,8\ny,B,2021,8\ny,B,2022,6\n";
    let told = told_of_all((&plan, 2021, values), (&plan, 2022, values), "markdown");
    // A: 80, 85 with the values, 70 with the plan; B: 90, 70 with the values, 55 with the plan.
    assert!(told.contains("would now have another grade by their score: A\n"), "{told}");
    let row = |of: &str| told.lines().find(|line| line.starts_with(of)).unwrap();
    let why = "| By values: Y (+5.00). By targets and rules: X (−15.00); \
               the grade moved because of targets and rules |";
    assert!(row("| A, 2021").ends_with(why), "{told}");
    assert!(
        row("| B, 2021").ends_with(
            "; either of the values and of targets and rules would have moved the grade |"
        ),
        "{told}"
    );
    let of_a = values.lines().filter(|line| !line.contains(",B,")).collect::<Vec<_>>().join("\n");
    let told = told_of_all((&plan, 2021, &of_a), (&plan, 2022, &of_a), "table");
    for line in ["By values (+5.00): Y (+5.00)", "By targets and rules (−15.00): X (−15.00)"] {
        assert!(told.lines().any(|told| told == line), "{line}\n{told}");
    }
    assert!(told.contains("the score would now be 85.00 (good): +5.00 by values"), "{told}");
}

/// Two items keep a group lowest: neither does anything alone. One of them is dropped, after its value rose.
#[test]
fn what_keeps_a_group_lowest_is_told_as_why() {
    let item = |id: &'static str, years: &str| {
        let targets = format!("targets = {{ {years} = \">= 10\" }}");
        (id, format!("points = 10\nscore = {{ proportional = true }}\ngroup = \"g\"\n{targets}"))
    };
    let items = [item("a", "2021"), item("b", "2021-2022"), item("c", "2021-2022")];
    let items = items.each_ref().map(|(id, more)| (*id, more.as_str()));
    let group = "[[group]]\nid = \"g\"\ntitle = \"G\"\ncombine = \"lowest\"";
    let plan = plan_of(&format!("{group}\n[scoring]\nmissing = \"zero\""), &items);
    let told = |later: &str, format: &str| {
        let values = format!("indicator,year,value\na,2021,5\nb,2021,5\nc,2021,9\n{later}");
        told_of_all((&plan, 2021, &values), (&plan, 2022, &values), format)
    };
    let of_both = told("a,2022,7\nb,2022,8\nc,2022,9\n", "table");
    for line in [
        "By values (+20.00): G (lowest: A, B → A; +20.00)",
        "By targets and rules (+10.00): G (A (no longer assessed); lowest: A → B; +10.00)",
    ] {
        assert!(of_both.lines().any(|told| told == line), "{line}\n{of_both}");
    }
    let of_one = told("a,2022,7\nc,2022,9\n", "table");
    assert!(of_one.contains("Why: B (missed → missing; −50.00)\n"), "{of_one}");
    let of_both = told("a,2022,7\nb,2022,8\nc,2022,9\n", "json");
    let of_both: Value = serde_json::from_str(&of_both).unwrap();
    let items = of_both["pairs"][0]["items"].as_array().unwrap();
    let a = items.iter().find(|item| item["id"] == "a").unwrap();
    assert_eq!(a["gained_by_values"], 2, "{a:#}");
    assert!(a["gained_by_plan"].is_null(), "{a:#}");
}

/// What is named as why, and all else, come to the change as it is shown; what did most is named whichever way it
/// went. The score by the earlier plan is rounded as that rounds it.
#[test]
fn what_is_named_as_why_adds_up() {
    let proportional = |id| {
        (id, "points = 10\nscore = { proportional = true }\ntargets = { 2021-2022 = \">= 10\" }")
    };
    let plan = plan_of("", &["a", "b", "c"].map(proportional));
    let values =
        "indicator,year,value\na,2021,5\nb,2021,5\nc,2021,5\na,2022,6\nb,2022,5.5\nc,2022,5.5\n";
    let told = told_of_all((&plan, 2021, values), (&plan, 2022, values), "table");
    assert!(told.contains("Why: A (+3.33), B (+1.67), C (+1.67)\n"), "{told}");
    let values =
        "indicator,year,value\na,2021,5\nb,2021,9\nc,2021,5\na,2022,9\nb,2022,6\nc,2022,5\n";
    let told = told_of_all((&plan, 2021, values), (&plan, 2022, values), "table");
    assert!(told.contains("Why: A (+13.33); offset by B (−10.00); rounding +0.01\n"), "{told}");

    let plan = plan_of(
        "[scoring]\nround = { digits = 1 }",
        &[(
            "a",
            "points = 10\nscore = { proportional = true }\ntargets = { 2021 = \">= 10\", 2022 = \">= 5\" }",
        )],
    );
    let values = "indicator,year,value\na,2021,5\na,2022,8.225\n";
    let told = told_of_all((&plan, 2021, values), (&plan, 2022, values), "table");
    // Half to even, and not up.
    assert!(told.contains("the score would now be 82.2: +32.2 by values"), "{told}");
}
