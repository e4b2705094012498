//! Target files with faults: every one is shown, with its place and what to do.

use crate::world::{PLAN, World};

/// The transcript of scoring with a target file that must be refused.
fn refused(text: impl AsRef<[u8]>) -> String {
    let world =
        World::new().file("plan.toml", text).file("values.csv", "indicator,value\npm25,28\n");
    let outcome = world.run("2021 --targets plan.toml --data values.csv -o report.json");
    assert_eq!((outcome.code, outcome.stdout.as_str()), (2, ""), "{}", outcome.stderr);
    assert_eq!(world.files(), ["plan.toml", "values.csv"]);
    outcome.stderr
}

/// The plan with one text in it replaced.
fn with(old: &str, new: &str) -> String {
    assert!(PLAN.contains(old), "{old}");
    PLAN.replacen(old, new, 1)
}

#[test]
fn five_mistakes_are_shown_in_one_run() {
    let text = with("region = \"珲春市\"", "regon = \"珲春市\"")
        .replace("\"<= 30\"", "\"=> 30\"")
        .replace("id = \"days\"", "id = \"pm25\"")
        .replace("2021-2025 = \">= 90\"", "2021 = \">= 90\", 2026 = \">= 90 %\"");
    insta::assert_snapshot!(refused(text));
}

#[test]
fn labels_stand_right_under_chinese_text_tabs_and_long_lines() {
    let long = "“长”".repeat(120);
    let text = PLAN
        .replace("aliases = [\"PM2.5\"]", &format!("aliases = [\"{long}\", 5, \"PM2.5\"]"))
        .replace("unit = \"%\"", "\tunit =\t25 # 百分比")
        .replace('\n', "\r\n");
    insta::assert_snapshot!(refused(format!("\u{feff}{text}")));
}

#[test]
fn what_is_no_toml_is_shown_with_the_rest() {
    let text = with("name = \"优良天数比例\"", "名称 = \"优良天数比例\"")
        .replace("format = 1", "format = ")
        .replace("\"%\"", "5");
    insta::assert_snapshot!(refused(text));
    insta::assert_snapshot!(refused(b"format = 1\nplan = \"\xb2\xe2\xca\xd4\"\n"));
}

#[test]
fn every_fault_has_its_message() {
    let item = "[[indicator]]\nid = \"x\"\nname = \"X\"\n";
    let cases = [
        ("an empty file", String::new()),
        ("a later format", with("format = 1", "format = 2")),
        ("a wrong type", with("plan = \"small\"", "plan = [1]")),
        ("a missing key", with("years = \"2021-2025\"\n", "")),
        ("years backwards", with("years = \"2021-2025\"", "years = \"2025-2021\"")),
        (
            "a number of 40 digits",
            with("unit = \"%\"", "unit = \"%\"\npoints = 1234567890123456789012345678901234567890"),
        ),
        ("negative points", with("unit = \"%\"", "unit = \"%\"\npoints = -1")),
        ("points that are not a number", with("unit = \"%\"", "unit = \"%\"\npoints = nan")),
        ("a percentage of 9000", with("\">= 90\"", "\">= 9000\"")),
        (
            "two spans over one year",
            with("{ 2021-2025 = \">= 90\" }", "{ 2021-2023 = \">= 90\", 2023-2025 = \">= 91\" }"),
        ),
        ("a number alone", with("\">= 90\"", "90")),
        ("a range backwards", with("\">= 90\"", "\"9 to 6\"")),
        ("firm and pending", with("\">= 90\"", "{ firm = \">= 90\", pending = \"later\" }")),
        ("an unknown group", with("id = \"days\"", "id = \"days\"\ngroup = \"air\"")),
        (
            "groups in a circle",
            format!(
                "{PLAN}\n[[group]]\nid = \"a\"\nin = \"b\"\ntitle = \"A\"\n[[group]]\nid = \"b\"\nin = \"a\"\ntitle = \"B\"\n"
            ),
        ),
        ("one alias twice", with("name = \"优良天数比例\"", "name = \"pm 2.5\"")),
        ("no such day", with("years =", "document = { date = 2021-02-30 }\nyears =")),
        ("a date in quotes", with("years =", "document = { date = \"2021-02-28\" }\nyears =")),
        (
            "grades in no order",
            format!(
                "{PLAN}\n[[grade]]\nname = \"B\"\nfrom = 60\n[[grade]]\nname = \"A\"\nfrom = 90\n"
            ),
        ),
        ("an unknown word", format!("{PLAN}\n[scoring]\nmissing = \"ignore\"\n")),
        ("near without per cent", format!("{PLAN}\n[scoring]\nnear = \"5\"\n")),
        (
            "a task with a number",
            format!("{PLAN}\n{item}kind = \"task\"\ntargets = {{ 2021 = \">= 1\" }}\n"),
        ),
        (
            "a task with a unit",
            format!(
                "{PLAN}\n{item}kind = \"task\"\nunit = \"%\"\ntargets = {{ 2021 = \"done\" }}\n"
            ),
        ),
        ("an unknown class", format!("{PLAN}\n{item}targets = {{ 2021 = \"Ⅵ or better\" }}\n")),
        (
            "one class twice",
            format!(
                "{PLAN}\n{item}classes = [\"优\", \"优\"]\ntargets = {{ 2021 = \"优 or better\" }}\n"
            ),
        ),
        ("an empty name", with("name = \"优良天数比例\"", "name = \" \"")),
        ("an escape sequence", with("name = \"优良天数比例\"", "name = \"\\u001b[31m\"")),
        ("one language only", with("name = \"优良天数比例\"", "name = { zh = \"优良天数比例\" }")),
        (
            "a waiver without an end",
            with("\">= 90\"", "{ firm = \">= 90\", waived = { reason = \"r\", by = \"b\" } }"),
        ),
        (
            "a method that is not known",
            with("unit = \"%\"", "unit = \"%\"\nscore = { of = 0.5, per = 1 }"),
        ),
    ];
    let all: String =
        cases.into_iter().map(|(what, text)| format!("## {what}\n\n{}\n", refused(text))).collect();
    insta::assert_snapshot!(all);
}

#[test]
fn deep_nesting_is_refused() {
    let mut text = PLAN.to_owned();
    for n in 0..3000 {
        text.push_str(&format!("\n[[group]]\nid = \"g{n}\"\ntitle = \"G\"\n"));
        if n > 0 {
            text.push_str(&format!("in = \"g{}\"\n", n - 1));
        }
    }
    assert!(refused(text).contains("error[group-depth]: the group lies in 16 others or more"));
    assert!(refused("[".repeat(100_000)).contains("not-toml"));
}

#[test]
fn one_fault_is_reported_once() {
    let text = format!("{PLAN}\n[[group]]\nid = \" \"\ntitle = \"G\"\n");
    let found = refused(text);
    assert_eq!(found.matches("error[").count(), 1, "{found}");
}

#[test]
fn of_two_targets_for_a_year_the_later_in_the_file_is_the_second() {
    let targets = "targets = { 2023 = \">= 90\", 2021-2024 = \">= 91\" }";
    let found = refused(with("targets = { 2021-2025 = \">= 90\" }", targets));
    assert!(found.contains("---- the first  ^^^^^^^^^ the second"), "{found}");
}

/// The transcripts of plans that must be refused, each under what is wrong with it.
fn all_refused(cases: impl IntoIterator<Item = (&'static str, String)>) -> String {
    let told = |(what, text): (&str, String)| format!("## {what}\n\n{}\n", refused(text));
    cases.into_iter().map(told).collect()
}

#[test]
fn every_need_that_cannot_be_meant_has_its_message() {
    let days = "[[input]]\nid = \"days\"\nname = \"D\"\nleast = 0\nmost = 366\n";
    let plan = PLAN.replace("id = \"days\"", "id = \"good\"");
    let more = |rest: &str| format!("{plan}\n{days}{rest}");
    let needs = |of: &str, needs: &str| {
        let (id, more) = (format!("id = \"{of}\"\n"), format!("{days}{CLASSES}"));
        let own = format!("{id}needs = {needs}\n");
        format!("{plan}\n{more}").replacen(&id, &own, 1)
    };
    let input = |id: &str, needs: &str| {
        format!("[[input]]\nid = \"{id}\"\nname = \"{id}\"\nneeds = {{ {needs} = 1 }}\n")
    };
    let chain: String = (0..70).map(|n| input(&format!("n{n}"), &format!("n{}", n + 1))).collect();
    let cases = [
        ("no table", needs("pm25", "324")),
        ("nothing needed", needs("pm25", "{}")),
        ("a name instead of an id, and a slip", needs("pm25", "{ D = 1, dais = 324 }")),
        ("a dot without quotes", needs("pm25", "{ air.days = 324 }")),
        ("no number", needs("pm25", "{ days = \"324\" }")),
        ("nothing of it", needs("pm25", "{ days = 0 }")),
        ("more than there can be", needs("pm25", "{ days = 367 }")),
        ("itself", needs("pm25", "{ pm25 = 1 }")),
        ("a class", needs("pm25", "{ water = 1 }")),
        ("two that need each other", more(&(input("a", "b") + &input("b", "a")))),
        (
            "a value that needs what is worked out from it",
            needs("pm25", "{ worked = 1 }")
                + "[[indicator]]\nid = \"worked\"\nname = \"W\"\nvalue = \"pm25 + 1\"\ntargets = { 2021 = \"> 0\" }\n",
        ),
        ("many behind one another", more(&(chain + &input("n70", "days")))),
        ("an unknown word", format!("{plan}\n[scoring]\nnot-assessable = \"ignore\"\n")),
    ];
    insta::assert_snapshot!(all_refused(cases));
}

/// An indicator whose values are classes.
const CLASSES: &str =
    "[[indicator]]\nid = \"water\"\nname = \"Water\"\ntargets = { 2021 = \"Ⅲ or better\" }\n";

#[test]
fn every_zero_that_cannot_be_meant_has_its_message() {
    let cases = [
        ("an unknown word", with("unit = \"%\"", "unit = \"%\"\nzero = 0")),
        (
            "of classes",
            format!("{PLAN}\n{CLASSES}")
                .replace("id = \"water\"", "id = \"water\"\nzero = \"plain\""),
        ),
        (
            "of what is worked out",
            with("unit = \"%\"", "unit = \"%\"\nzero = \"suspect\"\nvalue = \"pm25\""),
        ),
        (
            "a value of an input",
            format!(
                "{PLAN}\n[[input]]\nid = \"x\"\nname = \"X\"\nzero = \"sometimes\"\nvalue = \"pm25\"\n"
            ),
        ),
    ];
    insta::assert_snapshot!(all_refused(cases));
}

#[test]
fn every_region_that_cannot_be_meant_has_its_message() {
    let region = |name: &str, aliases: &str| {
        format!("[[region]]\nname = \"{name}\"\naliases = [{aliases}]\n")
    };
    let both = region("延吉市", "\"延吉\", \"222401\"") + &region("图们市", "\"图们\"");
    let set = |regions: &str| {
        format!("{PLAN}\n{both}[[set]]\nindicator = \"days\"\nregions = [{regions}]\npoints = 2\n")
    };
    let ranked = "score = { rank = { last = 0, among = [\"延吉\", \"图门市\"] } }\nunit = \"%\"";
    let cases = [
        ("no name", format!("{PLAN}\n[[region]]\naliases = [\"延吉\"]\n")),
        ("an unknown key", format!("{PLAN}\n{}code = 222401\n", region("延吉市", ""))),
        ("one name twice", format!("{PLAN}\n{}", both.clone() + &region("延 吉", ""))),
        (
            "one alias twice",
            format!("{PLAN}\n{}", both.clone() + &region("敦化市", "\"２２２４０１\"")),
        ),
        ("a name of nothing", format!("{PLAN}\n{}", region("敦化市", "\"（）\""))),
        ("an unknown region in a change", set("\"延吉\", \"龙井市\"")),
        ("one region twice in a change", set("\"延吉\", \"延吉市\"")),
        ("an unknown region in a ranking", with("unit = \"%\"", ranked) + &both),
    ];
    insta::assert_snapshot!(all_refused(cases));
}

#[test]
fn a_letter_names_the_regions_of_the_plan() {
    let plan = format!("{PLAN}\n[[region]]\nname = \"延吉市\"\naliases = [\"延吉\"]\n");
    let letter = "format = 1\namends = \"small\"\nregions = [\"延几市\"]\n\
                  document = { date = 2021-02-02 }\n[[set]]\nindicator = \"days\"\npoints = 2\n";
    let world = World::new()
        .file("targets/plan.toml", &plan)
        .file("targets/letter.toml", letter)
        .file("values.csv", "indicator,region,value\ndays,延吉市,95\npm25,珲春市,20\n");
    let outcome = world.run("2021 --data values.csv");
    assert_eq!(outcome.code, 2);
    insta::assert_snapshot!(outcome.stderr);
    // By an alias it is the same region.
    let world = world.file("targets/letter.toml", letter.replace("延几市", "延吉"));
    let outcome = world.run("2021 --data values.csv --lang en --format csv --region 延吉");
    assert!(
        outcome.stdout.contains("item,延吉市,2021,days"),
        "{}{}",
        outcome.stdout,
        outcome.stderr
    );
    assert!(outcome.stdout.contains(",met,,2,2,"), "{}", outcome.stdout);
}
