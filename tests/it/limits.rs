//! What limits the grade, what letters change, and what is said of it, seen from outside.

use crate::world::{Outcome, World};

const HEAD: &str = r#"
format = 1
plan = "p"
[about]
title = "P"
region = "R"
years = "2021-2025"
document = { number = "P〔2021〕1号", date = 2021-01-01 }
[[grade]]
name = "A"
from = 90
[[grade]]
name = "B"
from = 70
[[grade]]
name = "C"
from = 0
[[input]]
id = "x"
name = "X"
least = 0
[[input]]
id = "y"
name = "Y"
least = 0
[[indicator]]
id = "a"
name = "A"
points = 10
targets = { 2021-2025 = ">= 90" }
"#;

const LETTER: &str = r#"
format = 1
amends = "p"
document = { number = "L〔2022〕2号", date = 2022-02-02 }
"#;

fn score(plan: &str, rows: &str) -> Outcome {
    let world = World::new()
        .file("targets/plan.toml", format!("{HEAD}{plan}"))
        .file("v.csv", format!("indicator,value,note\n{rows}\n"));
    world.run("2021 --data v.csv --lang en")
}

/// The lines of the grade and of its limits.
fn grade(plan: &str, rows: &str) -> String {
    let outcome = score(plan, rows);
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    let lines = outcome.stdout.lines().filter(|line| {
        line.starts_with("Grade") || line.starts_with("Limit") || line.starts_with("Score")
    });
    lines.map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ") + "\n").collect()
}

fn limit(when: &str) -> String {
    format!(
        "[[grade-limit]]\nwhen = '{when}'\ngrade = \"C\"\nreason = \"an accident\"\nclause = \"七\"\n"
    )
}

#[test]
fn a_veto_without_points_works_when_the_value_is_missing() {
    let veto = "[[indicator]]\nid = \"v\"\nname = \"V\"\npoints = 0\nclause = \"三\"\n\
                unmet-limits-grade = \"C\"\ntargets = { 2021 = \"<= 0\" }\n";
    let full = "Score 100.00 / 100 = 10 ÷ 10 × 100\n";
    let limited = "Grade C (A by the score, limited)\nLimit at most C (三): V is ";
    assert_eq!(grade(veto, "a,95,"), format!("{full}{limited}missing\n"));
    assert_eq!(grade(veto, "a,95,\nv,1,"), format!("{full}{limited}missed\n"));
    assert_eq!(grade(veto, "a,95,\nv,0,"), format!("{full}Grade A\n"));
    assert_eq!(grade(veto, "a,95,\nv,不适用,none there"), format!("{full}Grade A\n"));
}

/// An item that needs so much of `x`.
const NEEDING: &str = "[[indicator]]\nid = \"n\"\nname = \"N\"\npoints = 0\n\
                       needs = { x = 3 }\ntargets = { 2021 = \"<= 0\" }\n";

#[test]
fn what_cannot_be_assessed_keeps_no_grade() {
    let veto = NEEDING.replace("points = 0\n", "points = 0\nunmet-limits-grade = \"C\"\n");
    let full = "Score 100.00 / 100 = 10 ÷ 10 × 100\n";
    assert_eq!(
        grade(&veto, "a,95,\nn,0,\nx,2,"),
        format!("{full}Grade C (A by the score, limited)\nLimit at most C: N is not assessable\n")
    );
    assert_eq!(grade(&veto, "a,95,\nn,0,\nx,3,"), format!("{full}Grade A\n"));
    let undecided = NEEDING.to_owned() + &limit("n > 0");
    assert_eq!(
        grade(&undecided, "a,95,\nn,0,\nx,2,"),
        format!(
            "{full}Grade C (A by the score, limited)\nLimit at most C (七): an accident \
             (X: 2, less than the 3 needed for N, so it cannot be ruled out)\n"
        )
    );
}

#[test]
fn conditions_count_what_cannot_be_assessed_apart_from_what_is_missing() {
    let strikes = |when: &str, rows: &str| {
        grade(&(NEEDING.to_owned() + &limit(when)), &format!("a,95,\n{rows}")).contains("Limit")
    };
    let (short, missing) = ("n,0,\nx,2,", "n,0,");
    assert!(strikes("not_assessable > 0", short) && !strikes("missing > 0", short));
    assert!(!strikes("not_assessable > 0", missing) && strikes("missing > 0", missing));
    assert!(strikes("state(n) == \"not_assessable\"", short));
    assert!(!strikes("state(n) == \"missing\"", short));
}

/// What does not apply outweighs what cannot be assessed, and that what is missing, in whichever
/// order they stand.
#[test]
fn the_most_settled_absence_is_told() {
    for formula in ["n + y", "y + n", "max(n, y)", "max(y, n)"] {
        let item = format!(
            "{NEEDING}[[indicator]]\nid = \"s\"\nname = \"S\"\nvalue = \"{formula}\"\n\
             targets = {{ 2021 = \"<= 5\" }}\n"
        );
        let told = |rows: &str| score(&item, &format!("a,95,\nn,0,\nx,2,\n{rows}")).stdout;
        assert!(told("").contains("1 met, 2 not assessable"), "{formula}: {}", told(""));
        let other = told("y,不适用,why");
        assert!(other.contains("1 not assessable, 1 not applicable"), "{formula}: {other}");
    }
}

#[test]
fn a_cap_and_a_veto_together_give_the_lower_grade_and_name_both() {
    let plan = "[[indicator]]\nid = \"v\"\nname = \"V\"\npoints = 0\n\
                unmet-limits-grade = \"B\"\ntargets = { 2021 = \"<= 0\" }\n"
        .to_owned()
        + &limit("x > 0");
    assert_eq!(
        grade(&plan, "a,95,\nv,1,\nx,1,"),
        "Score 100.00 / 100 = 10 ÷ 10 × 100\n\
         Grade C (A by the score, limited)\n\
         Limit at most B: V is missed\n\
         Limit at most C (七): an accident\n"
    );
}

#[test]
fn a_condition_is_decided_by_what_can_decide_it() {
    let strikes = |when: &str, rows: &str| {
        let shown = grade(&limit(when), &format!("a,95,\n{rows}"));
        (shown.contains("Limit"), shown.contains("cannot be ruled out"))
    };
    for when in ["x > 0 || y > 0", "y > 0 || x > 0"] {
        assert_eq!(strikes(when, "y,1,"), (true, false), "{when}, x missing");
        assert_eq!(strikes(when, "y,1,\nx,不适用,why"), (true, false), "{when}, x not there");
        assert_eq!(strikes(when, "y,0,"), (true, true), "{when}, undecided");
        assert_eq!(strikes(when, "y,0,\nx,不适用,why"), (false, false), "{when}");
    }
    for when in ["x > 0 && y > 0", "y > 0 && x > 0"] {
        assert_eq!(strikes(when, "y,0,"), (false, false), "{when}");
        assert_eq!(strikes(when, "y,1,"), (true, true), "{when}");
    }
}

#[test]
fn what_is_not_asked_for_strikes_no_limit() {
    let other = |target: &str| {
        format!(
            "[[indicator]]\nid = \"b\"\nname = \"B\"\ntargets = {{ {target} }}\n{}",
            limit("b < 5")
        )
    };
    for target in [
        "2022 = \">= 5\"",
        "2021 = { pending = \"later\" }",
        "2021 = { firm = \">= 5\", waived = { reason = \"r\", by = \"b\", until = 2021-12-31 } }",
    ] {
        assert!(!grade(&other(target), "a,95,").contains("Limit"), "{target}");
    }
    let waived =
        "2021 = { firm = \">= 5\", waived = { reason = \"r\", by = \"b\", until = 2021-12-31 } }";
    assert!(!grade(&other(waived), "a,95,\nb,1,").contains("Limit"));
    assert!(grade(&other("2021 = \">= 5\""), "a,95,").contains("Limit at most C (七)"));
}

/// What does not apply decides before what is missing, in whichever order they stand.
#[test]
fn what_cannot_be_outweighs_what_is_missing() {
    for formula in ["x + y", "y + x", "max(x, y)", "max(y, x)"] {
        let item = format!(
            "[[indicator]]\nid = \"s\"\nname = \"S\"\npoints = 10\nvalue = \"{formula}\"\ntargets = {{ 2021 = \"<= 5\" }}\n"
        );
        let outcome = score(&item, "a,95,\ny,不适用,why");
        assert!(
            outcome.stdout.contains("1 met, 1 not applicable"),
            "{formula}: {}",
            outcome.stdout
        );
    }
}

#[test]
fn every_state_can_stand_in_a_condition() {
    for state in assess::assessment::State::ALL {
        let outcome = score(&limit(&format!("state(a) == \"{}\"", state.code())), "a,95,");
        assert_eq!(outcome.code, 0, "{}: {}", state.code(), outcome.stderr);
    }
}

/// A letter beside the plan.
fn letters(letter: &str, rows: &str) -> Outcome {
    let world = World::new()
        .file("targets/plan.toml", HEAD)
        .file("targets/letter.toml", format!("{LETTER}{letter}"))
        .file("v.csv", format!("indicator,year,region,value\n{rows}\n"));
    world.run("2022 --data v.csv --lang en")
}

#[test]
fn a_waiver_stays_when_a_later_letter_changes_what_is_asked() {
    let world = World::new()
        .file("targets/plan.toml", HEAD)
        .file(
            "targets/1.toml",
            format!("{LETTER}[[waive]]\nindicator = \"a\"\nyears = \"2022\"\nreason = \"flood\"\nby = \"us\"\nuntil = 2022-12-31\n"),
        )
        .file(
            "targets/2.toml",
            format!("{}[[set]]\nindicator = \"a\"\nyears = \"2022\"\ntargets = \">= 95\"\n", LETTER.replace("02-02", "03-03")),
        )
        .file("v.csv", "indicator,value\na,1\n");
    let outcome = world.run("2022 --data v.csv --lang en");
    assert!(outcome.stdout.contains("1 waived"), "{}{}", outcome.stdout, outcome.stderr);
}

#[test]
fn a_misspelt_region_does_not_pass_in_silence() {
    let letter = "[[set]]\nindicator = \"a\"\nregions = [\"Norh\"]\npoints = 5\n";
    let outcome = letters(letter, "a,2022,R,95\na,2022,North,95");
    assert!(
        outcome.stderr.contains(
            "warning[unknown-region]: the plan names the region `Norh`, and no value is for it\n  |\n  = help: did you mean `North`?"
        ) || outcome.stderr.contains("did you mean `North`?"),
        "{}",
        outcome.stderr
    );
}

#[test]
fn what_a_letter_adds_may_need_what_the_plan_measures() {
    let letter = "[scoring]\nnot-assessable = \"leave-out\"\n\
                  [[indicator]]\nid = \"n\"\nname = \"N\"\nneeds = { x = 3, z = 1 }\n\
                  targets = { 2022 = \"<= 0\" }\n\
                  [[input]]\nid = \"z\"\nname = \"Z\"\nneeds = { y = 1 }\n";
    let told = |x: u8| {
        letters(letter, &format!("a,2022,,95\nn,2022,,0\nx,2022,,{x}\ny,2022,,1\nz,2022,,1"))
    };
    assert!(told(3).stdout.contains("2 met"), "{}{}", told(3).stdout, told(3).stderr);
    let short = told(2).stdout;
    assert!(short.contains("X: 2, less than the 3 needed: left out"), "{short}");
    assert!(short.contains("an item whose value is not assessable is left out"), "{short}");
    let circle = letters(&letter.replace("y = 1", "n = 1"), "a,2022,,95");
    assert_eq!(circle.stderr.matches("error[needs-cycle]").count(), 2, "{}", circle.stderr);
}

#[test]
fn letters_alone_amend_the_plan_that_is_built_in_and_others_are_refused() {
    let letter = LETTER.replace("\"p\"", "\"hunchun-2021-2025\"");
    let world = World::new()
        .file("letter.toml", format!("{letter}[[set]]\nindicator = \"air.pm25\"\npoints = 6\n"))
        .file("other.toml", format!("{LETTER}[[set]]\nindicator = \"a\"\npoints = 6\n"))
        .file("v.csv", "indicator,value\nPM2.5,29\n");
    let outcome = world.run("2021 --targets letter.toml --data v.csv --lang en");
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    assert!(outcome.stdout.contains("29 ≤ 30 → 6"), "{}", outcome.stdout);
    let outcome = world.run("2021 --targets other.toml --data v.csv");
    assert_eq!(outcome.code, 2);
    assert!(outcome.stderr.contains("error[unknown-plan]: no target file has the plan `p`"));
}

#[test]
fn a_region_that_nothing_is_asked_of_takes_no_place() {
    let rank = "[[indicator]]\nid = \"r\"\nname = \"Rank\"\npoints = 10\nbetter = \"lower\"\n\
                targets = { 2022 = \"scored\" }\nscore = { rank = { last = 5 } }\n\
                [[drop]]\nindicator = \"r\"\nregions = [\"S\"]\nyears = \"2022\"\nreason = \"none\"\n";
    let outcome = letters(rank, "r,2022,R,1\nr,2022,S,0\nr,2022,T,2");
    assert!(outcome.stdout.contains("place 1 of 2"), "{}{}", outcome.stdout, outcome.stderr);
    assert!(outcome.stdout.contains("place 2 of 2"), "{}", outcome.stdout);
}

/// The year before, the same region was still ranked.
#[test]
fn a_region_is_ranked_in_the_years_in_which_something_is_asked_of_it() {
    let rank = "[[indicator]]\nid = \"r\"\nname = \"Rank\"\npoints = 10\nbetter = \"lower\"\n\
                targets = { 2022-2023 = \"scored\" }\nscore = { rank = { last = 5 } }\n\
                [[drop]]\nindicator = \"r\"\nregions = [\"S\"]\nyears = \"2023\"\nreason = \"none\"\n";
    let world = World::new()
        .file("targets/plan.toml", HEAD)
        .file("targets/letter.toml", format!("{LETTER}{rank}"))
        .file(
            "v.csv",
            "indicator,year,region,value\nr,2022,R,1\nr,2022,S,0\nr,2023,R,1\nr,2023,S,0\n",
        );
    let outcome = world.run("2022-2023 --data v.csv --lang en --region R");
    let (_, details) = outcome.stdout.split_once("\nR, 2022").unwrap();
    let places: Vec<_> = details.matches("place ").collect();
    assert_eq!(places.len(), 2, "{}{}", outcome.stdout, outcome.stderr);
    assert!(outcome.stdout.contains("place 2 of 2") && outcome.stdout.contains("place 1 of 1"));
}

/// While another region lacks its value, a place is not settled.
#[test]
fn the_range_of_a_place_waits_for_the_other_regions() {
    let rank = "[[indicator]]\nid = \"r\"\nname = \"Rank\"\npoints = 10\nbetter = \"lower\"\n\
                targets = { 2022 = \"scored\" }\nscore = { rank = { last = 5 } }\n";
    let outcome = letters(rank, "r,2022,R,1\na,2022,R,95\na,2022,S,95");
    let line = outcome.stdout.lines().find(|line| line.contains(" R  ")).unwrap();
    assert!(line.contains("100.00") && line.contains("75.00–100.00"), "{line}");
}

#[test]
fn explain_says_what_a_value_needs() {
    let plan = format!("{HEAD}{NEEDING}")
        .replace("id = \"x\"", "id = \"x\"\nneeds = { y = 75 }\nunit = \"%\"");
    let world = World::new().file("targets/plan.toml", plan);
    let told = |lang: &str| world.run(&format!("explain n --lang {lang}")).stdout;
    let (zh, en) = (told("zh"), told("en"));
    for (text, line) in [
        (&zh, "X ≥ 3%，方可评价。"),
        (&zh, "X：Y ≥ 75，方可评价。"),
        (&en, "Assessable only with X ≥ 3%."),
        (&en, "X: assessable only with Y ≥ 75."),
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
}

#[test]
fn explain_says_what_it_cannot() {
    let world = World::new()
        .file("targets/plan.toml", format!("{HEAD}[[group]]\nid = \"g\"\ntitle = \"Group\"\n"));
    let said = |args: &str| {
        let outcome = world.run(args);
        assert_eq!((outcome.code, outcome.stdout.as_str()), (2, ""), "{args}");
        outcome.stderr.lines().last().unwrap().to_owned()
    };
    assert_eq!(
        said("explain x"),
        "error: `x` is an input: it is measured and not assessed; explain an item"
    );
    assert_eq!(said("explain Group"), "error: `Group` is a group: explain one of its items");
    assert_eq!(said("explain aa"), "error: the plan has no item `aa`; did you mean `A` or `a`?");
    assert_eq!(
        said("explain a --year 2030"),
        "error: 2030 is not within the years of the plan, 2021-2025"
    );
    assert!(
        said("explain a --value many")
            .starts_with("error: `many` is no number: write a plain number")
    );
}
