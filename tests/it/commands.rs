//! Commands, exit codes, and what goes where.

use crate::world::{Outcome, World};

const GOOD: &str = "indicator,value\npm25,28\ndays,95\n";

#[test]
fn without_values_the_program_says_what_it_needs() {
    let outcome = World::with_plan().run("2021");
    assert_eq!(outcome.code, 2);
    insta::assert_snapshot!(outcome.transcript());
}

#[test]
fn elsewhere_the_built_in_plan_is_used_and_said_so() {
    let world = World::new().file("values.csv", "指标,数值\nPM2.5,28\n");
    let outcome = world.run("2021 --data values.csv --lang en");
    assert_eq!(outcome.code, 0);
    assert_eq!(outcome.stderr, "note: the plan is `hunchun-2021-2025` (built in)\n");
    assert!(outcome.stdout.contains("Plan  hunchun-2021-2025; 珲政办函〔2021〕28号; built in\n"));
}

#[test]
fn a_gate_fails_with_one_and_says_on_what() {
    let world = World::with_plan().file("values.csv", "indicator,value\npm25,31\n");
    let gate = |flags: &str| world.run(&format!("2021 --data values.csv -q {flags}"));
    let outcome = gate("--fail-on missed,missing,pending,near --fail-under 60");
    assert_eq!(outcome.code, 1);
    assert_eq!(
        outcome.stderr,
        "failed: 珲春市, 2021: 1 missed\n\
         failed: 珲春市, 2021: 1 missing\n\
         failed: 珲春市, 2021: the score 0.00 is under 60\n"
    );
    assert_eq!(gate("").code, 0, "a bad year alone is no failure");
    assert_eq!(gate("--fail-on pending,near --fail-under 0").code, 0);
    assert_eq!(gate("--fail-under 0").stderr, "");
}

#[test]
fn a_score_just_under_the_gate_is_not_shown_as_reaching_it() {
    let plan = crate::world::PLAN
        .replace("id = \"days\"", "id = \"days\"\npoints = 0.00002")
        .replace("id = \"pm25\"", "id = \"pm25\"\npoints = 0.99998");
    let world = World::new()
        .file("targets/plan.toml", plan)
        .file("values.csv", "indicator,value\npm25,28\ndays,80\n");
    let outcome = world.run("2021 --data values.csv -q --fail-under 100");
    assert_eq!(outcome.code, 1);
    assert_eq!(outcome.stderr, "failed: 珲春市, 2021: the score 99.998 is under 100\n");
}

#[test]
fn nothing_to_score_fails_a_gate() {
    let plan = crate::world::PLAN
        .replace("\"<= 30\"", "{ pending = \"later\" }")
        .replace("\">= 90\"", "{ pending = \"later\" }");
    let world = World::new().file("targets/plan.toml", plan).file("values.csv", GOOD);
    let outcome = world.run("2021 --data values.csv --lang en -q --fail-under 0");
    assert_eq!(outcome.code, 1);
    assert_eq!(outcome.stderr, "failed: 珲春市, 2021: there is nothing to score\n");
    assert!(
        outcome.stdout.contains("Score  nothing to score\nRange  0.00–100.00\nGrade  none\n"),
        "{}",
        outcome.stdout
    );
}

#[test]
fn warnings_count_when_asked() {
    let world =
        World::with_plan().file("values.csv", "indicator,value,clerk\npm25,28,Li\ndays,101,Li\n");
    let outcome = world.run("2021 --data values.csv --strict");
    assert_eq!(outcome.code, 1);
    insta::assert_snapshot!(outcome.stderr);
    assert_eq!(world.run("2021 --data values.csv").code, 0);
}

#[test]
fn values_come_from_standard_input_too() {
    let world = World::with_plan();
    let outcome = world.run_with("2021 --data - --format csv", GOOD.as_bytes());
    assert_eq!(outcome.code, 0);
    assert!(outcome.stdout.contains(",'-:2,"), "{}", outcome.stdout);
}

#[test]
fn several_files_give_one_assessment() {
    let world = World::with_plan()
        .file("a.csv", "indicator,value\npm25,28\n")
        .file("b.csv", "指标,数值\n优良天数比例,95\n");
    let outcome = world.run("2021 --data a.csv --data b.csv --format csv");
    assert!(
        outcome.stdout.contains("score,珲春市,2021,,,,,,,,,,,100,100.00,"),
        "{}",
        outcome.stdout
    );
}

#[test]
fn the_same_value_twice_keeps_both_places() {
    let world = World::with_plan()
        .file("a.csv", "indicator,value\npm25,28\n")
        .file("b.csv", "indicator,value\nPM2.5,28.0\n");
    let outcome = world.run("2021 --data a.csv --data b.csv --lang en --format csv");
    assert!(outcome.stdout.contains("a.csv:2; b.csv:2"), "{}", outcome.stdout);
}

#[test]
fn every_output_is_written_whole_beside_standard_output() {
    let world = World::with_plan().file("values.csv", GOOD).file("old.md", "old");
    let outcome = world.run("2021 --data values.csv -o a.json -o b.csv -o old.md -o c.txt -o -");
    assert_eq!(outcome.code, 0);
    assert!(outcome.stdout.contains("Small plan"));
    let files = ["a.json", "b.csv", "c.txt", "old.md", "targets/plan.toml", "values.csv"];
    assert_eq!(world.files(), files);
    assert!(std::fs::read_to_string(world.path("old.md")).unwrap().starts_with("# Small plan"));
    let table = std::fs::read_to_string(world.path("c.txt")).unwrap();
    assert_eq!(table, outcome.stdout);
}

/// Runs what must be refused, and sees that nothing was written and nothing is on standard output.
fn refused(world: &World, args: &str) -> String {
    let before = world.files();
    let Outcome { stdout, stderr, code } = world.run(args);
    assert_eq!((code, stdout.as_str()), (2, ""), "{args}: {stderr}");
    assert_eq!(world.files(), before, "{args}");
    format!("$ assess {args}\n{stderr}\n")
}

#[test]
fn bad_usage_is_refused_before_anything_is_written() {
    let world = World::with_plan().file("values.csv", GOOD).file("folder/x.txt", "");
    let all: String = [
        "2021 --data values.csv -o nowhere/a.json",
        "2021 --data values.csv -o folder",
        "2021 --data values.csv -o report.pdf",
        "2021 --data values.csv -o a.json -o ./a.json",
        "2021 --data values.csv -o values.csv",
        "2021 --data values.csv --targets targets/plan.toml --format csv -o targets/plan.toml",
        "2021 --data values.csv --data values.csv",
        "2021 --data folder",
        "2021 --data absent.csv",
        "2021 --data values.csv --targets absent.toml",
        "2021 --data values.csv --targets folder",
        "2021 --data values.csv --plan other",
        "2021 --data values.csv --region 延吉市",
        "2020-2021 --data values.csv",
        "2031 --data values.csv",
        "2025-2021 --data values.csv",
        "21 --data values.csv",
        "2021 --data values.csv --fail-under abc",
        "2021 --data values.csv --fail-on bad",
        "2021 --nonsense",
    ]
    .into_iter()
    .map(|args| refused(&world, args))
    .collect();
    insta::assert_snapshot!(all);
}

#[test]
fn several_plans_need_a_choice() {
    let other = crate::world::PLAN.replace("\"small\"", "\"other\"");
    let world = World::with_plan().file("targets/b.toml", other).file("values.csv", GOOD);
    let refused = refused(&world, "2021 --data values.csv");
    assert!(
        refused.contains(
            "choose one with `--plan ID`: `other` (targets/b.toml), `small` (targets/plan.toml)"
        ),
        "{refused}"
    );
    assert_eq!(world.run("2021 --data values.csv --plan other").code, 0);
}

#[test]
fn a_gate_and_a_plan_look_at_what_cannot_be_assessed() {
    let needs = "[[input]]\nid = \"valid-days\"\nname = \"有效天数\"\nunit = \"天\"\n";
    let plan =
        crate::world::PLAN.replace("unit = \"%\"", "unit = \"%\"\nneeds = { valid-days = 324 }");
    let world = |scoring: &str| {
        World::new()
            .file("targets/plan.toml", format!("{plan}{needs}[scoring]\n{scoring}\n"))
            .file("values.csv", "indicator,value\npm25,28\ndays,95\nvalid-days,310\n")
    };
    let outcome = world("").run("2021 --data values.csv --fail-on not-assessable");
    assert_eq!(outcome.code, 1);
    assert!(
        outcome.stderr.contains("failed: 珲春市, 2021: 1 not assessable"),
        "{}",
        outcome.stderr
    );
    assert_eq!(world("").run("2021 --data values.csv --fail-on missing,missed").code, 0);
    for scoring in ["not-assessable = \"refuse\"", "missing = \"refuse\""] {
        let refused = refused(&world(scoring), "2021 --data values.csv -o report.json");
        let what = "the plan scores nothing while a value is not assessable; for 珲春市, 2021 these are: `days`";
        assert!(refused.contains(what), "{refused}");
    }
    let kept = "missing = \"refuse\"\nnot-assessable = \"leave-out\"";
    assert_eq!(world(kept).run("2021 --data values.csv").code, 0);
}

#[test]
fn a_plan_may_refuse_to_score_while_values_are_missing() {
    let plan = format!("{}\n[scoring]\nmissing = \"refuse\"\n", crate::world::PLAN);
    let world = World::new()
        .file("targets/plan.toml", plan)
        .file("values.csv", "indicator,value\npm25,28\n");
    let refused = refused(&world, "2021 --data values.csv -o report.json");
    assert!(
        refused.contains(
            "the plan scores nothing while a value is missing; for 珲春市, 2021 these are: `days`"
        ),
        "{refused}"
    );
}

/// The language of the machine would make other bytes of the same inputs.
#[test]
fn the_language_is_that_of_the_flag_or_of_the_plan() {
    let values = "indicator,value\npm25,28\n";
    let world = |lang| World::with_plan().file("values.csv", values).lang(lang);
    let zh = |outcome: Outcome| outcome.stdout.contains("得分");
    for lang in ["zh_CN.UTF-8", "en_US.UTF-8", "C.UTF-8", ""] {
        assert!(zh(world(lang).run("2021 --data values.csv --lang zh")));
        assert!(!zh(world(lang).run("2021 --data values.csv")), "the plan's title is English");
    }
}

#[test]
fn several_years_and_regions_have_a_line_each_before_the_details() {
    let values = "region,year,indicator,value\n延吉市,2021,pm25,28\n延吉市,2022,pm25,31\n图们市,2021,pm25,29\n图们市,2022,days,91\n";
    let world = World::with_plan().file("values.csv", values);
    insta::assert_snapshot!(world.run("2021-2022 --data values.csv").stdout);
    let one = world.run("2021 --data values.csv --region 图们市").stdout;
    assert!(one.contains("图们市, 2021") && !one.contains("延吉市"), "{one}");
}

#[test]
fn a_span_needs_the_year_of_every_value() {
    let world = World::with_plan().file("values.csv", GOOD);
    let refused = refused(&world, "2021-2022 --data values.csv");
    assert!(refused.contains("the header has no column `年份` or `year`"), "{refused}");
}

#[test]
fn a_closed_pipe_is_no_error() {
    let values: String = (0..3000).map(|n| format!("r{n},pm25,28\n")).collect();
    let world = World::with_plan().file("values.csv", format!("region,indicator,value\n{values}"));
    let program = env!("CARGO_BIN_EXE_assess");
    let mut shell = world.command("/bin/sh");
    shell.args([
        "-c",
        &format!(
            "{{ {program} 2021 --data values.csv --format csv; echo $? >&2; }} | read -r line"
        ),
    ]);
    let outcome = Outcome::of(shell, b"");
    assert!(outcome.stderr.ends_with("\n0\n"), "{}", outcome.stderr);
}

/// Where nobody reads on, what is to fail is looked for all the same, to the last region.
#[test]
fn a_closed_pipe_hides_no_failure() {
    let values: String = (0..3000).map(|n| format!("r{n},pm25,28\n")).collect();
    let values = format!("region,indicator,value\n{values}last,pm25,40\n");
    let world = World::with_plan().file("values.csv", values);
    let program = env!("CARGO_BIN_EXE_assess");
    for (fails, code) in [("--fail-on missed", 1), ("--fail-on near", 0), ("", 0)] {
        let mut shell = world.command("/bin/sh");
        let run = format!("{program} 2021 --data values.csv --format jsonl {fails}; echo $? >&2");
        shell.args(["-c", &format!("{{ {run}; }} | head -1")]);
        let outcome = Outcome::of(shell, b"");
        assert!(outcome.stderr.ends_with(&format!("\n{code}\n")), "{}", outcome.stderr);
        assert_eq!(outcome.stdout.lines().count(), 1);
    }
}

/// A warning for each of thousands of regions would hide all others.
#[test]
fn years_without_values_are_not_all_listed() {
    let values: String = (0..50).map(|n| format!("r{n},pm25,28,2021\n")).collect();
    let values = format!("region,indicator,value,year\n{values}");
    let world = World::with_plan().file("values.csv", values);
    let outcome = world.run("2022 --data values.csv --summary");
    let told = outcome.stderr.matches("everything is missing").count();
    assert_eq!(told, 20, "{}", outcome.stderr);
    let rest = "30 more warnings of years without a value are not shown";
    assert!(outcome.stderr.contains(rest), "{}", outcome.stderr);
}

#[test]
fn completions_forgive_a_closed_pipe() {
    let world = World::new();
    let program = env!("CARGO_BIN_EXE_assess");
    let mut shell = world.command("/bin/sh");
    shell.args(["-c", &format!("{{ {program} completions bash; echo $? >&2; }} | true")]);
    assert_eq!(Outcome::of(shell, b"").stderr, "0\n");
}

#[test]
fn completions_are_printed() {
    let outcome = World::new().run("completions bash");
    assert_eq!(outcome.code, 0);
    assert!(outcome.stdout.contains("--fail-under"));
}

#[test]
fn the_plan_that_was_found_is_never_overwritten() {
    let world = World::with_plan().file("values.csv", GOOD);
    let refused = refused(&world, "2021 --data values.csv --format csv -o targets/plan.toml");
    assert!(refused.contains("is one of the inputs"), "{refused}");
}

/// What cannot be written keeps the rest from being written, standard output too.
#[cfg(target_os = "linux")]
#[test]
fn nothing_is_written_when_one_output_fails() {
    let world = World::with_plan().file("values.csv", GOOD);
    let refused =
        refused(&world, "2021 --data values.csv --format json -o - -o a.json -o /dev/full");
    assert!(refused.contains("cannot write `/dev/full`"), "{refused}");
}

#[cfg(unix)]
#[test]
fn a_link_is_followed_and_one_to_nothing_refused() {
    let world = World::with_plan().file("values.csv", GOOD).file("real.json", "old");
    std::os::unix::fs::symlink(world.path("real.json"), world.path("link.json")).unwrap();
    std::os::unix::fs::symlink(world.path("none.json"), world.path("loose.json")).unwrap();
    assert_eq!(world.run("2021 --data values.csv -o link.json").code, 0);
    assert!(std::fs::read_to_string(world.path("real.json")).unwrap().contains("assess.result/1"));
    assert!(world.path("link.json").is_symlink());
    assert!(
        refused(&world, "2021 --data values.csv -o loose.json").contains("is a link to nothing")
    );
}

#[test]
fn a_csv_file_says_that_it_is_utf8_and_standard_output_does_not() {
    let world = World::with_plan().file("values.csv", GOOD);
    let outcome = world.run("2021 --data values.csv --format csv -o a.csv -o -");
    let file = std::fs::read_to_string(world.path("a.csv")).unwrap();
    assert_eq!(file.strip_prefix('\u{feff}'), Some(outcome.stdout.as_str()));
}

#[test]
fn a_year_without_any_value_is_said() {
    let world = World::with_plan().file("values.csv", "indicator,value,year\npm25,28,2022\n");
    let outcome = world.run("2021 --data values.csv -q");
    assert!(
        outcome
            .stderr
            .contains("warning[empty-year]: 珲春市 has no value of 2021: everything is missing"),
        "{}",
        outcome.stderr
    );
}

#[test]
fn a_unit_is_one_however_it_is_spelled() {
    let plan = crate::world::PLAN
        .replace("unit = \"μg/m³\"", "unit = \"μg/m³\"\nlead = [\"环保（一）局\"]")
        .replace("unit = \"%\"", "unit = \"%\"\nlead = [\"环保(一)局\", \"环保·（一）局\"]");
    let world = World::new()
        .file("targets/plan.toml", plan)
        .file("values.csv", "indicator,value\npm25,31\ndays,80\n");
    let of = |unit: &str| {
        world.run(&format!("2021 --data values.csv --unit {unit} --format json --lang en"))
    };
    let outcome = of("环保（一）局");
    let result: serde_json::Value = serde_json::from_str(&outcome.stdout).unwrap();
    let assessment = &result["assessments"][0];
    assert_eq!(assessment["items"].as_array().unwrap().len(), 2, "{}", outcome.stdout);
    let owed = assessment["owed"].as_array().unwrap();
    assert_eq!(owed.len(), 1, "{}", outcome.stdout);
    assert_eq!(owed[0]["missed"], serde_json::json!(["pm25", "days"]));
    assert_eq!(of("环保·(一)局"), outcome);
    assert_eq!(of("环保二局").code, 2);
}
