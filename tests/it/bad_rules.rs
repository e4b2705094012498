//! Rules and letters that cannot be meant: each is refused, with its place and what to do.

use crate::world::{Outcome, World};

/// How the plans of these tests begin.
const HEAD: &str = r#"format = 1
plan = "p"

[about]
title = "P"
region = "甲县"
years = "2021-2025"
document = { date = 2021-03-01 }

[[grade]]
name = "优秀"
from = 90

[[grade]]
name = "良好"
from = 75

[[grade]]
name = "不合格"
from = 0

[[input]]
id = "days"
name = "天数"
least = 0

[[input]]
id = "大气-天数"
name = "大气天数"
least = 0

[[indicator]]
id = "other"
name = "Other"
points = 4
targets = { 2021-2025 = "<= 30" }
score = { off = 1, per = 1 }
"#;

/// How the letters begin.
const LETTER: &str = r#"format = 1
amends = "p"
document = { number = "2号", date = 2022-04-01 }
"#;

fn run(files: &[(&str, String)]) -> Outcome {
    let data = "region,year,indicator,value\n甲县,2022,other,28\n";
    let mut world = World::new().file("values.csv", data);
    let mut args = "2022 --data values.csv".to_owned();
    for (name, text) in files {
        world = world.file(name, text);
        args += &format!(" --targets {name}");
    }
    world.run(&args)
}

#[track_caller]
fn refused(what: &str, files: &[(&str, String)]) -> String {
    let outcome = run(files);
    assert_eq!((outcome.code, outcome.stdout.as_str()), (2, ""), "{what}: {}", outcome.stderr);
    format!("## {what}\n\n{}\n", outcome.stderr)
}

#[track_caller]
fn refused_plan(what: &str, rest: &str) -> String {
    refused(what, &[("plan.toml", format!("{HEAD}\n{rest}\n"))])
}

/// The plan with more in it, and letters to it, each with its name.
#[track_caller]
fn refused_letters(what: &str, rest: &str, letters: &[(&str, &str)]) -> String {
    let mut files = vec![("plan.toml", format!("{HEAD}\n{rest}\n"))];
    files.extend(letters.iter().map(|(name, text)| (*name, (*text).to_owned())));
    refused(what, &files)
}

/// An indicator of 6 points with these targets, a rule, and more.
fn item(targets: &str, rest: &str) -> String {
    format!("[[indicator]]\nid = \"x\"\nname = \"X\"\npoints = 6\ntargets = {targets}\n{rest}\n")
}

fn high(score: &str) -> String {
    item("{ 2021-2025 = \">= 90\" }", &format!("score = {score}"))
}

fn low(score: &str) -> String {
    item("{ 2021-2025 = \"<= 30\" }", &format!("score = {score}"))
}

fn scored(rest: &str) -> String {
    item("{ 2021-2025 = \"scored\" }", rest)
}

fn by_formula(formula: &str) -> String {
    scored(&format!("score = {{ formula = \"{formula}\" }}"))
}

fn limit(when: &str, grade: &str) -> String {
    format!("[[grade-limit]]\nwhen = '{when}'\ngrade = \"{grade}\"\nreason = \"r\"")
}

#[test]
fn every_rule_that_cannot_be_meant_has_its_message() {
    let cases = [
        ("bands that overlap", high("{ bands = [[\"80 to 95\", 4], [\"90 to 100\", 6]] }")),
        ("bands the wrong way for the target", low("{ bands = [[\">= 40\", 6], [\">= 30\", 3]] }")),
        ("bands in the wrong order", high("{ bands = [[\">= 85\", 3], [\">= 95\", 6]] }")),
        ("a band behind else", high("{ bands = [[\"else\", 3], [\">= 95\", 6]] }")),
        ("a band of more than the points", high("{ bands = [[\">= 95\", 7]] }")),
        ("a line with one point", high("{ line = [[90, 6]] }")),
        ("a line with a repeated value", high("{ line = [[60, 0], [60, 3], [90, 6]] }")),
        ("a line that turns back", high("{ line = [[60, 0], [90, 6], [70, 3]] }")),
        ("a line whose points fall", high("{ line = [[60, 0], [70, 4], [80, 3], [90, 6]] }")),
        ("proportional on <=", low("{ proportional = true }")),
        (
            "proportional on a target of 0",
            item("{ 2021-2025 = \">= 0\" }", "score = { proportional = true }"),
        ),
        (
            "proportional on a range",
            item("{ 2021-2025 = \"6 to 9\" }", "score = { proportional = true }"),
        ),
        ("per 0", high("{ off = 0.5, per = 0 }")),
        ("off 0", high("{ off = 0, per = 1 }")),
        ("off without per", high("{ off = 0.5 }")),
        (
            "an off that never reaches its floor",
            item(
                "{ 2021-2025 = \">= 90\" }",
                "least = 80\nmost = 100\nscore = { off = 0.5, per = 1 }",
            ),
        ),
        ("a bonus without limit", high("{ bonus = { add = 1, per = 5 } }")),
        (
            "a bonus without room under the cap",
            high("{ cap = 6, bonus = { add = 1, per = 5, up-to = 2 } }"),
        ),
        ("two methods", high("{ off = 1, per = 1, proportional = true }")),
        ("times without proportional", high("{ off = 1, per = 1, times = 0.7 }")),
        (
            "a state twice, in two widths",
            scored("score = { states = { \"A级\" = 6, \"Ａ级\" = 4, \"B级\" = 0 } }"),
        ),
        (
            "a better word with fewer points",
            scored("score = { states = { \"完成\" = 3, \"超额完成\" = 6 } }"),
        ),
        ("met above the cap", high("{ met = 5, cap = 4 }")),
        ("a floor above the cap", high("{ floor = 4, cap = 3 }")),
        ("a floor above the points", high("{ floor = 7 }")),
        (
            "worse than last year without a direction",
            scored("score = { reported = true, worse-than-last-year = 0 }"),
        ),
        ("a rank without a direction", scored("score = { rank = { last = 3 } }")),
        ("off where nothing is asked", scored("score = { off = 1, per = 1 }")),
        ("no rule where nothing is asked", scored("")),
        ("points below 0", item("{ 2021-2025 = \">= 90\" }", "weight = 1").replace("= 6", "= -6")),
        ("a weight of 0", item("{ 2021-2025 = \">= 90\" }", "weight = 0")),
        ("no base year", item("{ 2021-2025 = \"<= 90% of base year\" }", "")),
        ("a share of a year without target", item("{ 2021 = \">= 15% of 2025\" }", "")),
        (
            "a share of an earlier year",
            item("{ 2021 = \">= 15\", 2022 = \">= 150% of 2021\" }", ""),
        ),
        (
            "a share of a target the other way",
            item("{ 2021 = \">= 15% of 2025\", 2025 = \"<= 9\" }", ""),
        ),
        (
            "bands of places out of order",
            scored(
                "better = \"higher\"\nscore = { rank = { bands = [[\"<= 6\", 3], [\"<= 3\", 6]] } }",
            ),
        ),
        (
            "a last place with more than the first",
            scored("better = \"higher\"\nscore = { rank = { last = 8 } }"),
        ),
        (
            "a group's cap below its floor",
            "[[group]]\nid = \"g\"\ntitle = \"G\"\nfloor = 3\ncap = 2".to_owned(),
        ),
        ("a score's cap below its floor", "[scoring]\nfloor = 10\ncap = 5".to_owned()),
        (
            "an input with an item's id",
            "[[input]]\nid = \"other\"\nname = \"Another\"\n".to_owned(),
        ),
        ("the legal values backwards", scored("least = 9\nmost = 6\nscore = { reported = true }")),
        (
            "a grade limited by one that is not there",
            item("{ 2021-2025 = \">= 90\" }", "unmet-limits-grade = \"及格\""),
        ),
        ("a limit that names no grade", limit("missed > 0", "及格")),
        ("an unknown state in a condition", limit("state(other) == \"misssed\"", "良好")),
        ("an unknown id in a condition", limit("state(othr) == \"missed\"", "良好")),
        ("a condition that is a number", limit("missed", "良好")),
        ("grades out of order", "[[grade]]\nname = \"合格\"\nfrom = 60\n".to_owned()),
        (
            "a change for all years and regions",
            "[[set]]\nindicator = \"other\"\npoints = 5".to_owned(),
        ),
        (
            "a change of a year outside",
            "[[set]]\nindicator = \"other\"\nyears = \"2026\"\npoints = 5".to_owned(),
        ),
    ];
    let all: String = cases.iter().map(|(what, text)| refused_plan(what, text)).collect();
    insta::assert_snapshot!(all);
}

#[test]
fn every_formula_that_cannot_be_worked_out_has_its_message() {
    let cycle = |id: &str, value: &str| {
        format!(
            "[[indicator]]\nid = \"{id}\"\nname = \"{id}\"\nvalue = \"{value}\"\ntargets = {{ 2021-2025 = \">= 1\" }}\n"
        )
    };
    let lines = "if value >= 90 { 6 }\nelse if value >= 80 { 3 + * 2 }\nelse { 0 }";
    let cases = [
        ("an unknown name", by_formula("nothing_like_it * 2")),
        ("a typo of a known name", by_formula("valeu * 2")),
        ("a typo of an input", by_formula("dayz * 2")),
        ("a typo of a Chinese id", by_formula("`大汽-天数` * 2")),
        ("a Chinese id without backticks", by_formula("大气-天数 / 天数")),
        ("an unknown function", by_formula("maximum(value, 2)")),
        ("a text for a number", by_formula("value + '3'")),
        ("a truth for a number", by_formula("value > 3")),
        ("a number for a truth", by_formula("if value { 1 } else { 2 }")),
        ("an if without else", by_formula("if value > 3 { 1 }")),
        ("a divisor that may be 0", by_formula("6 * value / days")),
        ("a Chinese divisor that may be 0", by_formula("6 * value / `大气-天数`")),
        ("a guard the wrong way", by_formula("if days > 0 { 1 } else { value / days }")),
        ("a division by 0", by_formula("value / (3 - 3)")),
        ("no target with one bound", by_formula("value - target")),
        ("no base year", by_formula("value - base_year")),
        ("a year that is none", by_formula("in_year(days, 20211)")),
        ("no end", by_formula("min(value, 3")),
        ("nothing", by_formula("")),
        ("full-width signs", by_formula("value（1）")),
        (
            "a fault in the middle of three lines",
            scored(&format!("[indicator.score]\nformula = \"\"\"\n{lines}\"\"\"")),
        ),
        ("a value from itself", cycle("x", "x + 1")),
        ("a value from its own name", cycle("x", "value + 1")),
        ("two values from each other", cycle("x", "y + 1") + &cycle("y", "2 * x")),
        ("a value from last year's own", cycle("x", "last_year(x) + 1")),
    ];
    let all: String = cases.iter().map(|(what, text)| refused_plan(what, text)).collect();
    insta::assert_snapshot!(all);
}

/// A second item and a group, for letters to change.
fn more() -> String {
    high("{ bands = [[\">= 90\", 6], [\">= 80\", 4]] }")
        + "[[group]]\nid = \"g\"\ntitle = \"G\"\n[[indicator]]\nid = \"y\"\nname = \"Y\"\ngroup = \"g\"\ntargets = { 2021 = \">= 1\" }\n"
}

#[test]
fn every_letter_that_cannot_be_meant_has_its_message() {
    let set = |rest: &str| format!("{LETTER}\n[[set]]\n{rest}\n");
    let cases = [
        (
            "an unknown plan",
            LETTER.replace("\"p\"", "\"q\"") + "[[set]]\nindicator = \"other\"\npoints = 5",
        ),
        ("an unknown item", set("indicator = \"othre\"\npoints = 5")),
        ("an unknown group", set("group = \"gg\"\npoints = 5")),
        ("an unknown grade", set("grade = \"优\"\nfrom = 92")),
        (
            "no date",
            LETTER.replace(", date = 2022-04-01", "")
                + "[[set]]\nindicator = \"other\"\npoints = 5",
        ),
        ("a year outside the plan", set("indicator = \"other\"\nyears = \"2020\"\npoints = 5")),
        (
            "a year outside the letter",
            LETTER.to_owned()
                + "years = \"2022\"\n[[set]]\nindicator = \"other\"\nyears = \"2023\"\npoints = 5",
        ),
        ("the same points", set("indicator = \"other\"\npoints = 4")),
        ("the same target", set("indicator = \"other\"\ntargets = \"<= 30\"")),
        ("the same score", set("indicator = \"other\"\nscore = { off = 1.0, per = 1 }")),
        ("the same edge", set("grade = \"优秀\"\nfrom = 90.0")),
        ("the same scale", format!("{LETTER}\n[scoring]\ntotal = 100\n")),
        (
            "a drop of what has no target",
            format!("{LETTER}years = \"2022\"\n[[drop]]\nindicator = \"y\"\nreason = \"r\"\n"),
        ),
        (
            "a waiver of what has no target",
            format!(
                "{LETTER}years = \"2022\"\n[[waive]]\nindicator = \"y\"\nreason = \"r\"\nby = \"b\"\nuntil = 2022-12-31\n"
            ),
        ),
        ("a drop without a reason", format!("{LETTER}\n[[drop]]\nindicator = \"other\"\n")),
        ("no key", set("indicator = \"other\"")),
        ("an item and a group at once", set("indicator = \"other\"\ngroup = \"g\"\npoints = 5")),
        (
            "an item whose id is taken",
            format!(
                "{LETTER}\n[[indicator]]\nid = \"other\"\nname = \"New\"\ntargets = {{ 2022 = \">= 1\" }}\n"
            ),
        ),
        (
            "an item whose name is taken",
            format!(
                "{LETTER}\n[[indicator]]\nid = \"new\"\nname = \"天 数\"\ntargets = {{ 2022 = \">= 1\" }}\n"
            ),
        ),
        (
            "a group whose id is taken",
            format!("{LETTER}\n[[group]]\nid = \"g\"\ntitle = \"New\"\n"),
        ),
        ("an empty letter", LETTER.to_owned()),
        ("points below those of a band", set("indicator = \"x\"\npoints = 5")),
        ("a target that asks for nothing", set("indicator = \"other\"\ntargets = \"scored\"")),
        (
            "a score with a formula of no name",
            set("indicator = \"x\"\nscore = { formula = \"valeu\" }"),
        ),
        (
            "a plan's own key",
            format!("{LETTER}\n[about]\ntitle = \"L\"\n[[grade]]\nname = \"N\"\nfrom = 50\n"),
        ),
    ];
    let mut all: String = cases
        .iter()
        .map(|(what, text)| refused_letters(what, &more(), &[("letter.toml", text)]))
        .collect();
    let twin = |points: u32| set(&format!("indicator = \"other\"\npoints = {points}"));
    all += &refused_letters(
        "two letters of one date that disagree",
        "",
        &[("one.toml", &twin(5)), ("two.toml", &twin(6))],
    );
    insta::assert_snapshot!(all);
}

#[test]
fn a_weaker_target_is_a_warning() {
    let plan = format!("{HEAD}{}", more());
    let letter = format!(
        "{LETTER}\n[[set]]\nindicator = \"other\"\ntargets = \"<= 32\"\n[[set]]\nindicator = \"x\"\nyears = \"2023\"\ntargets = \">= 85\"\n"
    );
    let outcome = run(&[("plan.toml", plan), ("letter.toml", letter)]);
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    insta::assert_snapshot!(outcome.stderr);
}

#[test]
fn a_letter_that_repeats_another_changes_nothing() {
    let letter = format!("{LETTER}\n[[set]]\nindicator = \"other\"\npoints = 5\n");
    let outcome = run(&[
        ("plan.toml", HEAD.to_owned()),
        ("one.toml", letter.clone()),
        ("two.toml", letter.replace("2号", "3号")),
    ]);
    assert_eq!(outcome.code, 2);
    assert!(outcome.stderr.contains("two.toml:7:10"), "{}", outcome.stderr);
}

/// A letter's file that is to be refused, with a plan.
#[track_caller]
fn letter_is_refused(what: &str, plan: &str, letter: &str) {
    refused_letters(what, plan, &[("letter.toml", &format!("{LETTER}\n{letter}\n"))]);
}

/// The bands give a higher value more, and the letter asks for a low one: what is better is known
/// from the plan's targets alone.
#[test]
fn a_letter_cannot_turn_the_target_away_from_the_rule() {
    let turned = "[[set]]\nindicator = \"x\"\ntargets = \"<= 90\"";
    letter_is_refused("bands", &high("{ bands = [[\">= 90\", 6], [\">= 80\", 4]] }"), turned);
    letter_is_refused("a line", &high("{ line = [[80, 0], [90, 6]] }"), turned);
}

#[test]
fn worse_than_last_year_goes_by_the_target_of_the_letter() {
    let plan = format!("{HEAD}{}", low("{ worse-than-last-year = 0 }"));
    let letter = format!("{LETTER}[[set]]\nindicator = \"x\"\ntargets = \">= 90\"\n");
    let data = "year,indicator,value\n2022,x,95\n2021,x,94\n";
    let world =
        World::new().file("plan.toml", plan).file("letter.toml", letter).file("values.csv", data);
    let outcome = world.run(
        "2022 --targets plan.toml --targets letter.toml --data values.csv --format csv -o out.csv",
    );
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    let written = std::fs::read_to_string(world.path("out.csv")).unwrap();
    // 95 is better than 94 where 90 or more is asked.
    assert!(
        !written.contains("worse than last year") && !written.contains("差于上年"),
        "{written}"
    );
}

/// What letters are for: the plan's target is pending, and the letter gives it and its score.
#[test]
fn a_letter_can_score_the_target_that_it_sets() {
    let plan = format!("{HEAD}{}", item("{ 2021-2025 = { pending = \"later\" } }", ""));
    for score in [
        "worse-than-last-year = 0",
        "rank = { last = 3 }",
        "off = 1, per = 5, zero-at = 60",
        "formula = \"6 * value / target\"",
    ] {
        let letter = format!(
            "{LETTER}[[set]]\nindicator = \"x\"\ntargets = \">= 75\"\nscore = {{ {score} }}\n"
        );
        let outcome = run(&[("plan.toml", plan.clone()), ("letter.toml", letter)]);
        assert_eq!(outcome.code, 0, "{score}: {}", outcome.stderr);
    }
}

#[test]
fn a_letter_cannot_contradict_grades_groups_and_scoring() {
    letter_is_refused("grades out of order", "", "[[set]]\ngrade = \"优秀\"\nfrom = 50");
    letter_is_refused("the score's ends crossed", "", "[scoring]\nfloor = 50\ncap = 5");
    let group = "[[group]]\nid = \"g\"\ntitle = \"G\"\ncap = 4\n";
    letter_is_refused("a group's ends crossed", group, "[[set]]\ngroup = \"g\"\nfloor = 5");
}

#[test]
fn a_letter_cannot_make_a_divisor_0() {
    let plan = item("{ 2021-2025 = \"<= 30\" }", "score = { formula = \"6 * value / target\" }");
    letter_is_refused("a bound of 0", &plan, "[[set]]\nindicator = \"x\"\ntargets = \"<= 0\"");
    let plan = item("{ 2021-2025 = \"<= 30\" }", "score = { formula = \"value / points\" }");
    letter_is_refused("points of 0", &plan, "[[set]]\nindicator = \"x\"\npoints = 0");
}

/// Where nothing is left must be where the value is worse than its target.
#[test]
fn nothing_is_left_only_on_the_bad_side_of_the_target() {
    refused_plan("beyond the target", &high("{ off = 1, per = 1, zero-at = 95 }"));
    refused_plan("the wrong way", &high("{ off = 1, per = 1, zero-at = \"> 80\" }"));
    refused_plan("everywhere", &high("{ off = 1, per = 1, zero-at = \"scored\" }"));
}

#[test]
fn no_price_and_no_unit_is_too_much_to_read() {
    for score in ["off = 1, per = 1e-28", "off = 999999999999999, per = 1e-13"] {
        let rest = format!("unit = \"%\"\nscore = {{ {score} }}");
        let plan = format!("{HEAD}{}", item("{ 2021-2025 = \">= 90\" }", &rest));
        let outcome = run(&[("plan.toml", plan)]);
        assert!([0, 2].contains(&outcome.code), "{score}: {}", outcome.stderr);
    }
}

#[test]
fn a_better_class_or_place_earns_no_less() {
    let class = |rest| item("{ 2021-2025 = \"Ⅲ or better\" }", rest);
    let by_class = class("score = { bands = [[\"Ⅱ or better\", 3], [\"Ⅲ or better\", 6]] }");
    refused_plan("classes", &by_class);
    let by_place =
        "better = \"higher\"\nscore = { rank = { bands = [[\"<= 3\", 3], [\"<= 6\", 6]] } }";
    refused_plan("places", &scored(by_place));
}

#[test]
fn what_is_better_agrees_with_the_targets() {
    refused_plan("the other way", &item("{ 2021-2025 = \"<= 30\" }", "better = \"higher\""));
}

/// A letter of one year brings a target and the score that is for it.
#[test]
fn a_letter_of_one_year_can_change_target_and_score_together() {
    let plan = format!("{HEAD}{}", high("{ proportional = true }"));
    for change in [
        "targets = \"scored\"\nscore = { reported = true }",
        "targets = \"<= 5\"\nscore = { off = 1, per = 1 }",
        "targets = \"6 to 9\"\nscore = { off = 1, per = 1 }",
    ] {
        let letter = format!("{LETTER}years = \"2022\"\n[[set]]\nindicator = \"x\"\n{change}\n");
        let outcome = run(&[("plan.toml", plan.clone()), ("letter.toml", letter)]);
        assert_eq!(outcome.code, 0, "{change}: {}", outcome.stderr);
    }
}
