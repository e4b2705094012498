//! Looking over target files: every rule by its examples, levels, comments, fixes, formats.

use std::collections::BTreeSet;

use assess::check::{self, Levels, RULES, Rule};
use assess::diagnostic::Findings;
use assess::plan::Plan;
use assess::source::Source;
use jiff::civil::date;
use proptest::prelude::*;

use crate::world::{Outcome, World, read, root};

/// What is found in an example of a rule.
fn found_in(example: &str) -> Findings {
    let (plan, letters) = Rule::example(example);
    let letter = |(at, text)| Source::new(format!("letter-{at}.toml"), text);
    let letters: Vec<_> = letters.into_iter().enumerate().map(letter).collect();
    let plan = Source::new("plan.toml", plan);
    check::check(&plan, &letters, &Levels::default(), date(2026, 1, 1))
}

#[test]
fn the_bad_example_of_a_rule_has_its_finding_alone_and_the_good_one_none() {
    let mut wrong = Vec::new();
    // Two cannot be shown by a text.
    assert_eq!(RULES.iter().filter(|rule| rule.bad.is_empty()).count(), 2);
    for rule in RULES.iter().filter(|rule| !rule.bad.is_empty()) {
        let found = found_in(rule.bad);
        if found.is_empty() || found.iter().any(|finding| finding.code != rule.code) {
            wrong.push(format!("## {}, the bad example\n{found}", rule.code));
        }
        if found.iter().any(|finding| finding.labels.is_empty()) {
            wrong.push(format!("## {}, without a place\n{found}", rule.code));
        }
        let found = found_in(rule.good);
        if !found.is_empty() {
            wrong.push(format!("## {}, the good example\n{found}", rule.code));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn every_rule_has_a_code_of_its_own_in_order() {
    let codes: Vec<_> = RULES.iter().map(|rule| rule.code).collect();
    let mut sorted = codes.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(codes, sorted);
}

#[test]
fn the_page_of_checks_is_written_from_the_rules() {
    let page = check::page();
    if std::env::var_os("ASSESS_BLESS").is_some() {
        std::fs::write(root().join("docs/checks.md"), &page).unwrap();
    }
    assert_eq!(read("docs/checks.md"), page, "write it anew: ASSESS_BLESS=1 cargo test");
}

/// Every word in the reader that looks like a code and is none: keys and words of target files.
const NO_CODES: [&str; 13] = [
    "base-year",
    "grade-limit",
    "leave-out",
    "not-applicable",
    "not-assessable",
    "of-target",
    "round-rate",
    "share-of-days",
    "unmet-limits-grade",
    "up-to",
    "worse-than-last-year",
    "zero-at",
    "bad-",
];

#[test]
fn every_code_of_the_reader_is_a_rule() {
    let mut files = vec![root().join("src/run/targets.rs"), root().join("src/diagnostic.rs")];
    let mut folders = vec![root().join("src/plan")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    let is_code = |text: &str| {
        text.contains('-')
            && text.split('-').all(|word| {
                !word.is_empty()
                    && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
            })
            && text.starts_with(|c: char| c.is_ascii_lowercase())
    };
    let mut unknown = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        for word in code.flat_map(|line| line.split('"').skip(1).step_by(2)) {
            if is_code(word) && !NO_CODES.contains(&word) && check::rule(word).is_none() {
                unknown.push(format!("{}: {word}", file.display()));
            }
        }
    }
    assert!(unknown.is_empty(), "{}", unknown.join("\n"));
}

/// The plan of many mistakes, which are found in one run.
const MISTAKES: &str = r#"format = 1
plan = "mistakes"

[about]
title = "珲春市：许多错误"
region = "珲春市"
years = "2021-2025"
document = { number = "珲政办函〔2021〕28号" }

[scoring]
total = 100

[[grade]]
name = "优秀"
from = 120

[[grade]]
name = "合格"
from = 60

[[group]]
id = "air"
title = "大气"
clause = "一(一)1"

[[group]]
id = "empty"
title = { zh = "空", en = "Empty" }

[[indicator]]
id = "pm25"
group = "air"
name = { zh = "细颗粒物", en = "PM2.5" }
aliases = ["细 颗粒物", "PM2.5年均浓度"]
clause = "一(一)1"
unit = "ug/m3" # assess: allow(weaker-target)
lead = ["市生态环境局"]
points = 40
targets = { 2021-2022 = "<= 30", 2024-2025 = ">= 33" }

[[indicator]]
id = "forest"
name = "森林覆盖率"
group = "air"
clause = "一(一)6"
	unit =	"%%" # 中文注释 assess
lead = ["珲春市生态环境局"]
points = 50
targets = { 2022-2023 = ">= 81.53", 2024 = ">= 80", 2025 = { pending = "later" } }
score = { off = 1, per = 1, zero-at = "<= -5" } # assess: allow(no-lead) it has one

[[indicator]]
id = "straw"
name = "秸秆禁烧"
kind = "task"
points = 5
targets = { 2021-2025 = "done" }
score = { formula = "points / 2" }

[[indicator]]
id = "water"
name = "断面水质"
lead = ["市生态环境局"]
points = 5
classes = ["优", "良", "差"]
score = { states = { "优" = 0, "良" = 0, "差" = 0 } }
targets = { 2021 = { firm = "良 or better", waived = { reason = "旱", by = "省", until = 2021-06-30 } }, 2022-2025 = "良 or better" }

[check]
deny = ["year-gapp"]
"#;

#[test]
fn twenty_mistakes_are_found_in_one_run() {
    let long = format!("note = \"{}\"\r\n", "长".repeat(500));
    let text = MISTAKES.replace("total = 100\n", &format!("total = 100\n{long}"));
    let text = format!("\u{feff}{}", text.replace("\r\n", "\n").replace('\n', "\r\n"));
    let world = World::new().file("targets/plan.toml", text);
    let shown = world.run("check --format snippet --today 2026-06-01");
    assert_eq!((shown.code, shown.stderr.as_str()), (0, ""));
    let codes: BTreeSet<_> =
        shown.stdout.split(['[', ']']).skip(1).step_by(2).map(str::to_owned).collect();
    insta::assert_snapshot!(shown.stdout);
    assert!(codes.len() >= 20, "{codes:?}");
}

/// A plan with what `--fix` mends, and comments, blanks and an order of its own.
const TO_FIX: &str = "\u{feff}# 注释\r\nformat=1\r\nplan  = 'fix' # the id\r\n\r\n[about]\r\n\
    title   = \"T\"\r\nregion  = \"珲春市\"\r\nyears   = \"2021-2025\"\r\n\
    document = { number = \"1\", date = 2021-09-28 }\r\nBase_Year = 2020  # 基准年\r\n\r\n\
    [[indicator]]   # 第一项\r\nid     =   \"pm25\"\r\nname   = \"PM2.5\"\r\n\
    unit   = 'ug/m3'    # 单位\r\nlead   = [ \"甲\" ,\r\n  \"乙\" ]\r\n\
    # assess: allow(no-lead) long ago\r\ntargets = { 2021-2025 = \"<= 30\" } # assess: allow(year-gap) too\r\n";

#[test]
fn a_fix_changes_what_it_should_and_nothing_else() {
    let world = World::new().file("plan.toml", TO_FIX).file("values.csv", "指标,数值\nPM2.5,31\n");
    let difference = world.run("check plan.toml --diff");
    assert_eq!(difference.code, 1);
    assert_eq!(std::fs::read_to_string(world.path("plan.toml")).unwrap(), TO_FIX);
    insta::assert_snapshot!(difference.stdout.replace('\r', ""));

    let fixed = world.run("check plan.toml --fix");
    assert_eq!((fixed.code, fixed.stdout.as_str()), (0, "checked 1 file: nothing found\n"));
    assert_eq!(fixed.stderr, "note: 4 findings mended\n");
    let expected = TO_FIX
        .replace("Base_Year", "base-year")
        .replace("'ug/m3'", "\"μg/m³\"")
        .replace("# assess: allow(no-lead) long ago\r\n", "")
        .replace(" # assess: allow(year-gap) too", "");
    assert_eq!(std::fs::read_to_string(world.path("plan.toml")).unwrap(), expected);

    let again = world.run("check plan.toml --fix");
    assert_eq!(again.stderr, "note: 0 findings mended\n");
    assert_eq!(std::fs::read_to_string(world.path("plan.toml")).unwrap(), expected);
    assert_eq!(world.run("check plan.toml --diff").code, 0);
}

#[test]
fn a_spelling_that_is_mended_changes_no_result() {
    let plan = rule("unit-spelling").bad;
    let (plan, _) = Rule::example(plan);
    let world = World::new().file("plan.toml", plan).file("values.csv", "指标,数值\nPM2.5,31\n");
    let report = || world.run("2021 --targets plan.toml --data values.csv --format csv").stdout;
    let before = report();
    assert_eq!(world.run("check plan.toml --fix").code, 0);
    assert!(before.contains("ug/m3") && !report().contains("ug/m3"));
    assert_eq!(report(), before.replace("ug/m3", "μg/m³"));
}

fn rule(code: &str) -> &'static Rule {
    check::rule(code).unwrap()
}

#[test]
fn levels_and_exit_codes() {
    let (odd, _) = Rule::example(rule("odd-direction").bad);
    let (broken, _) = Rule::example(rule("unknown-key").bad);
    let (noted, _) = Rule::example(rule("no-document").bad);
    let denying = format!("{noted}\n[check]\ndeny = [\"no-document\"]\n");
    let world = World::new()
        .file("odd.toml", odd)
        .file("broken.toml", broken)
        .file("noted.toml", noted)
        .file("denying.toml", denying);
    let code = |args: &str| world.run(&format!("check {args}")).code;
    assert_eq!(code("odd.toml"), 0);
    assert_eq!(code("odd.toml --strict"), 1);
    assert_eq!(code("odd.toml --strict --allow odd-direction"), 0);
    assert_eq!(code("odd.toml --deny odd-direction"), 1);
    assert_eq!(code("noted.toml --strict"), 0);
    assert_eq!(code("noted.toml --strict --warn no-document"), 1);
    assert_eq!(code("denying.toml"), 1);
    assert_eq!(code("denying.toml --allow no-document"), 0);
    assert_eq!(code("broken.toml"), 1);
    assert_eq!(code("nowhere.toml"), 2);
    assert_eq!(code(""), 2);
    assert_eq!(code("odd.toml --deny odd-directoin"), 2);
    assert_eq!(code("odd.toml --allow unknown-key"), 2);
    assert_eq!(code("--explain odd-direction"), 0);
    assert_eq!(code("--explain odd-directoin"), 2);
}

#[test]
fn what_was_allowed_is_not_said_when_scoring_either() {
    let (plan, letters) = Rule::example(rule("weaker-target").bad);
    let letter = letters[0]
        .replace("targets =", "# assess: allow(weaker-target) 珲环函〔2022〕1号\ntargets =");
    let values = "指标,数值\nPM2.5,31\n";
    let world =
        World::new().file("t/plan.toml", plan).file("t/letter.toml", letter).file("v.csv", values);
    let outcome = world.run("2022 --targets t --data v.csv --strict -q");
    assert_eq!((outcome.code, outcome.stderr.as_str()), (0, ""));
    assert_eq!(world.run("check t --strict").code, 0);
}

#[test]
fn files_that_no_text_can_show() {
    let (plan, letters) = Rule::example(rule("weaker-target").bad);
    let letter = letters[0].replace("\"example\"", "\"another\"");
    let world = World::new().file("plan.toml", plan).file("letter.toml", letter);
    let world = world.file("gbk.toml", b"format = 1\nplan = \"\xb2\xe2\xca\xd4\"\n");
    let found = world.run("check plan.toml letter.toml gbk.toml");
    assert_eq!(found.code, 1);
    insta::assert_snapshot!(found.stdout);
}

#[test]
fn measured_values_are_checked_without_assessing() {
    let world = World::with_plan()
        .file("v.csv", "指标,数值,单位\nPM2.5,31,mg\nPM25x,3,\n优良天数比例,0.9,\n");
    let found = world.run("check --data v.csv --year 2021 --today 2021-06-01");
    assert_eq!(found.code, 1);
    insta::assert_snapshot!(found.stdout);
}

#[test]
fn shipped_files_are_clean() {
    for files in [
        "targets",
        "examples/county-rules",
        "examples/jilin",
        "examples/returns",
        "targets examples/hunchun-2022-letter",
    ] {
        let paths: Vec<_> =
            files.split(' ').map(|path| root().join(path).display().to_string()).collect();
        let world = World::new();
        let mut command = world.command(env!("CARGO_BIN_EXE_assess"));
        command.arg("check").arg("--strict").args(paths);
        let outcome = Outcome::of(command, b"");
        assert!(outcome.stdout.ends_with(": nothing found\n"), "{}", outcome.stdout);
        assert_eq!(outcome.code, 0);
    }
}

#[test]
fn of_many_findings_so_many_are_shown() {
    let world = World::new().file("plan.toml", MISTAKES);
    let found = world.run("check plan.toml --max 2");
    assert_eq!(found.stdout.lines().count(), 3, "{}", found.stdout);
    assert!(found.stdout.contains(" more not shown\n"), "{}", found.stdout);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// A plan of which a key was renamed, two pieces were swapped or lines were cut is looked over to
    /// the end; if it cannot be read, there is a finding with a place.
    #[test]
    fn a_plan_that_was_damaged_is_found_out(
        which in 0..4_usize,
        first in any::<usize>(),
        second in any::<usize>(),
        how in 0..3,
    ) {
        let plans = ["targets/hunchun-2021-2025.toml", "examples/jilin/plan.toml", "examples/county-rules/plan.toml", "tests/it/fixture/plan.toml"];
        let text = read(plans[which]);
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let (a, b) = (first % lines.len(), second % lines.len());
        match how {
            0 => lines[a] = lines[a].replacen('e', "x", 1),
            1 => {
                let value = |line: &str| line.split_once('=').map(|(_, value)| value.to_owned());
                if let (Some(one), Some(other)) = (value(&lines[a]), value(&lines[b])) {
                    lines[a] = lines[a].replace(&one, &other);
                }
            }
            _ => drop(lines.drain(a.min(b)..(a.min(b) + 3).min(lines.len())).count()),
        }
        let source = Source::new("plan.toml", lines.join("\n"));
        let found = check::check(&source, &[], &Levels::default(), date(2026, 1, 1));
        let is_read = Plan::read(&source).is_ok();
        prop_assert!(is_read || found.has_errors());
        prop_assert!(found.iter().all(|finding| !finding.labels.is_empty()));
    }
}

#[test]
fn rules_find_what_their_examples_do_not_show() {
    let cod =
        "[[indicator]]\nid = \"cod\"\nname = \"COD\"\nunit = \"吨\"\nlead = [\"市生态环境局\"]\n";
    let pm = "[[indicator]]\nid = \"pm25\"\nname = \"PM2.5\"\nunit = \"μg/m³\"\nlead = [\"市生态环境局\"]\n";
    let all = "targets = { 2021-2025 = \"<= 30\" }\n";
    let cases = [
        (
            "odd-direction",
            format!("{cod}targets = {{ 2021-2024 = \"<= 30\", 2025 = \">= 20\" }}\n"),
        ),
        (
            "no-document",
            format!(
                "{cod}{all}# letter\nformat = 1\namends = \"example\"\ndocument = {{ date = 2022-03-01 }}\n[[set]]\nindicator = \"cod\"\npoints = 2\n"
            ),
        ),
        (
            "points-off-total",
            format!(
                "[[group]]\nid = \"air\"\ntitle = \"大气\"\npoints = 10\n{pm}group = \"air\"\npoints = 8\n{all}"
            ),
        ),
        ("no-lead", format!("{}{all}", cod.replace("lead = [\"市生态环境局\"]\n", ""))),
        (
            "unit-names-differ",
            format!("{pm}{all}{}{all}", cod.replace("市生态环境局", "市 生态环境局")),
        ),
        ("unknown-unit", format!("[[input]]\nid = \"n\"\nname = \"数\"\nunit = \"么\"\n{pm}{all}")),
        ("unit-spelling", format!("{}{all}", pm.replace("μg/m³", "微克/m3"))),
        ("never-pays", format!("{pm}points = 5\nscore = {{ met = 0 }}\n{all}")),
        ("bad-allow", format!("# assess: alow(no-lead) why\n{pm}{all}")),
        ("bad-allow", format!("# assess: allow(unknown-key) why\n{pm}{all}")),
        ("bad-allow", format!("# assess: allow(no-laed) why\n{pm}{all}")),
        ("unknown-code", format!("[check]\nwarn = [\"unknown-key\"]\n{pm}{all}")),
        (
            "year-gap",
            format!(
                "{pm}targets = {{ 2021 = \"<= 30\", 2023-2025 = {{ pending = \"later\" }} }}\n[check]\nallow = [\"pending-overdue\"]\n"
            ),
        ),
    ];
    for (code, text) in cases {
        let found = found_in(&text);
        let codes: Vec<_> = found.iter().map(|finding| finding.code).collect();
        assert_eq!(codes, [code], "{text}\n{found}");
    }
}

#[test]
fn comments_allow_on_their_line_and_above_it() {
    let item = |targets: &str| {
        format!(
            "[[indicator]]\nid = \"pm25\"\nname = \"PM2.5\"\nunit = \"μg/m³\"\nlead = [\"甲\"]\n{targets}"
        )
    };
    let odd = "targets = { 2021-2025 = \">= 30\" }";
    let reason = "assess: allow(odd-direction, weaker-later) as the letter has it";
    let found = |text: String| -> Vec<&'static str> {
        found_in(&text).iter().map(|finding| finding.code).collect()
    };
    // Of two codes each has to be needed.
    assert_eq!(found(item(&format!("{odd} # {reason}\n"))), ["unused-allow"]);
    let reason = "assess: allow(odd-direction) as the letter has it";
    assert!(found(item(&format!("{odd} # {reason}\n"))).is_empty());
    assert!(found(item(&format!("#{reason}\n\n# and more\n{odd}\n"))).is_empty());
    assert_eq!(
        found(item(&format!("# {reason}\n# x\nclause = \"一\"\n{odd}\n"))),
        ["unused-allow", "odd-direction"]
    );
    // In a text it is no comment.
    assert_eq!(found(item(&format!("clause = \"# {reason}\"\n{odd}\n"))), ["odd-direction"]);
}
