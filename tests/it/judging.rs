//! What becomes of a value: states, the near band, sums, groups, the score.

use assess::assessment::{self, Assessment, Assessor, Brief, Item, State};
use std::io::Cursor;

use assess::data::{Measurements, Options, Reader};
use assess::plan::Plan;
use assess::report::{Format, Head, Input, ReadWith, Screen};
use assess::source::Source;
use assess::text::Lang;
use assess::year::Year;

use crate::world::read;

pub(crate) fn plan(text: &str) -> Plan {
    Plan::read(&Source::new("plan.toml", text)).unwrap_or_else(|found| panic!("{found}"))
}

pub(crate) fn values<'a>(plan: &'a Plan, text: &str) -> Measurements<'a> {
    read_values(plan, text).0
}

/// The values of 2021, and the file that they are from.
fn read_values<'a>(plan: &'a Plan, text: &str) -> (Measurements<'a>, Input) {
    let year = Some("2021".parse().unwrap());
    let mut reader = Reader::new(plan, Options { year, ..Options::default() });
    let mut tables = reader.read("values.csv", None, &mut Cursor::new(text)).unwrap();
    let input = Input { table: tables.remove(0), sha256: "0".repeat(64) };
    (reader.finish().unwrap_or_else(|found| panic!("{found}")).0, input)
}

/// Judges, and holds that a summary says the same.
pub(crate) fn assess<'a>(
    measurements: &'a Measurements<'a>,
    plan: &'a Plan,
    region: &'a str,
    year: Year,
) -> Assessment<'a> {
    let assessment = assessment::assess(measurements, plan, region, year);
    let assessor = Assessor::new(measurements, plan, year);
    let brief = assessor.brief(region, measurements.region(region));
    assert_eq!(brief_told(&brief), brief_told(&assessment.brief()), "{region}, {year}");
    assessment
}

/// What a summary says; points without what endless divisions leave at their end.
fn brief_told(brief: &Brief<'_>) -> impl PartialEq + std::fmt::Debug + use<> {
    let score = brief.score.as_ref().map(|score| {
        let [points, earned] = [score.tally.points, score.tally.earned].map(|all| all.round_dp(15));
        (score.rounded, score.exact, score.free, score.sum.held_at, points, earned)
    });
    let [given, by_score] =
        [brief.grade, brief.grade_by_score].map(Option::<&assess::plan::Grade>::cloned);
    (score, brief.range, given, by_score, brief.counts)
}

pub(crate) fn fixture() -> (&'static Plan, Measurements<'static>) {
    let plan = Box::leak(Box::new(plan(&read("tests/it/fixture/plan.toml"))));
    (plan, values(plan, &read("tests/it/fixture/values.csv")))
}

/// The fixture's report for 2021.
pub(crate) fn render(format: Format, screen: Screen, lang: Lang) -> String {
    let (plan, measurements) = fixture();
    render_of(plan, &measurements, format, screen, lang)
}

pub(crate) fn render_of(
    plan: &Plan,
    measurements: &Measurements<'_>,
    format: Format,
    screen: Screen,
    lang: Lang,
) -> String {
    let assessment = assess(measurements, plan, &plan.about().region, "2021".parse().unwrap());
    let (_, input) = read_values(fixture().0, &read("tests/it/fixture/values.csv"));
    let head = Head {
        plan,
        plan_file: None,
        plan_sha256: "1".repeat(64),
        letters: Vec::new(),
        inputs: vec![input],
        lang,
        all: true,
        unit: None,
        supposed: Vec::new(),
        date: None,
        as_of: None,
        summary: false,
        years: "2021".parse().unwrap(),
        read_with: ReadWith::default(),
    };
    let mut report = format.report(screen);
    let mut out = Vec::new();
    report.begin(&head, &mut out).unwrap();
    report.add(&head, &assessment, &mut out).unwrap();
    report.end(&head, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// How the small plans of these tests begin.
const HEAD: &str = "format = 1\nplan = \"p\"\n\
                    [about]\ntitle = \"P\"\nregion = \"R\"\nyears = \"2021-2025\"\n";

/// A group of such a plan.
fn group(id: &str, combine: &str, rest: &str) -> String {
    format!("[[group]]\nid = \"{id}\"\ntitle = \"{id}\"\ncombine = \"{combine}\"\n{rest}\n")
}

/// An indicator of such a plan, that asks for more than 0.
fn item(id: &str, rest: &str) -> String {
    format!(
        "[[indicator]]\nid = \"{id}\"\nname = \"{id}\"\ntargets = {{ 2021 = \"> 0\" }}\n{rest}\n"
    )
}

/// A plan of one indicator, with what `[scoring]` says and what the indicator says.
fn single(scoring: &str, indicator: &str) -> Plan {
    plan(&format!(
        "{HEAD}[scoring]\n{scoring}\n[[indicator]]\nid = \"x\"\nname = \"X\"\npoints = 6\n{indicator}\n"
    ))
}

fn judged(plan: &Plan, rows: &str, check: impl FnOnce(&Assessment<'_>)) {
    let measurements = values(plan, &format!("indicator,value,year,note\n{rows}\n"));
    check(&assess(&measurements, plan, "R", "2021".parse().unwrap()));
}

fn line(item: &Item<'_>) -> String {
    let near = if item.near { ", near" } else { "" };
    format!("{}{near}: {}", item.state.code(), item.sum(Lang::En))
}

#[track_caller]
fn expect(scoring: &str, indicator: &str, value: &str, expected: &str) {
    let plan = single(scoring, indicator);
    judged(&plan, &format!("x,{value},2021,"), |assessment| {
        assert_eq!(line(&assessment.items[0]), expected, "{indicator}, {value}");
    });
}

#[test]
fn every_comparison_holds_at_its_edge_and_not_beyond() {
    for (target, value, expected) in [
        (">= 90", "90", "met: 90 ≥ 90 → 6"),
        (">= 90", "89.99", "missed: 89.99 < 90 → 0"),
        ("<= 30", "30", "met: 30 ≤ 30 → 6"),
        ("<= 30", "30.0000000001", "missed: 30.0000000001 > 30 → 0"),
        ("> 0", "0", "missed: 0 ≤ 0 → 0"),
        ("> 0", "0.1", "met: 0.1 > 0 → 6"),
        ("< 5", "5.0", "missed: 5.0 ≥ 5 → 0"),
        ("< -0.5", "-0.6", "met: −0.6 < −0.5 → 6"),
        ("6 to 9", "6", "met: 6 ≤ 6 ≤ 9 → 6"),
        ("6 to 9", "9.0", "met: 6 ≤ 9.0 ≤ 9 → 6"),
        ("6 to 9", "9.1", "missed: 9.1 > 9 → 0"),
        ("6 to 9", "5.9", "missed: 5.9 < 6 → 0"),
    ] {
        expect("", &format!("targets = {{ 2021 = \"{target}\" }}"), value, expected);
    }
}

#[test]
fn classes_are_compared_in_their_order() {
    let water = "targets = { 2021 = \"Ⅲ or better\" }";
    expect("", water, "Ⅱ类", "met: Ⅱ is no worse than Ⅲ → 6");
    expect("", water, "III", "met: Ⅲ is no worse than Ⅲ → 6");
    expect("", water, "劣Ⅴ", "missed: 劣Ⅴ is worse than Ⅲ → 0");
    let own = "classes = [\"优\", \"良\", \"差\"]\ntargets = { 2021 = \"良 or better\" }";
    expect("", own, "差", "missed: 差 is worse than 良 → 0");
}

#[test]
fn tasks_are_done_or_not() {
    let task = "kind = \"task\"\ntargets = { 2021 = \"done\" }";
    expect("", task, "完成", "met: done → 6");
    expect("", task, "100%", "met: done → 6");
    expect("", task, "Not done", "missed: not done → 0");
    expect("", task, "99.9%", "missed: 99.9% done, not all → 0");
}

#[test]
fn the_near_band_includes_its_edge_and_needs_room_beyond() {
    let near = "near = \"5%\"";
    for (unit, target, value, expected) in [
        ("", "<= 30", "28.5", "met, near: 28.5 ≤ 30 → 6"),
        ("", "<= 30", "28.49", "met: 28.49 ≤ 30 → 6"),
        ("", ">= 90", "94.5", "met, near: 94.5 ≥ 90 → 6"),
        ("", ">= 90", "94.51", "met: 94.51 ≥ 90 → 6"),
        ("", ">= -10", "-9.5", "met, near: −9.5 ≥ −10 → 6"),
        ("", "6 to 9", "8.6", "met, near: 6 ≤ 8.6 ≤ 9 → 6"),
        ("", "6 to 9", "7.5", "met: 6 ≤ 7.5 ≤ 9 → 6"),
        ("unit = \"%\"\n", ">= 100", "100", "met: 100 ≥ 100 → 6"),
        ("unit = \"个\"\n", ">= 100", "100", "met, near: 100 ≥ 100 → 6"),
        ("unit = \"%\"\n", "<= 0", "0", "met: 0 ≤ 0 → 6"),
    ] {
        expect(near, &format!("{unit}targets = {{ 2021 = \"{target}\" }}"), value, expected);
    }
}

#[test]
fn a_value_is_rounded_before_it_is_compared_where_the_plan_says_so() {
    let target = "targets = { 2021 = \"<= 30\" }";
    expect("compare = \"exact\"", target, "30.4", "missed: 30.4 > 30 → 0");
    expect("compare = \"rounded\"", target, "30.4", "met: 30.4 ≈ 30 ≤ 30 → 6");
    expect("compare = \"rounded\"", target, "30.5", "met: 30.5 ≈ 30 ≤ 30 → 6");
    let up = "compare = \"rounded\"\nround = { ties = \"up\" }";
    expect(up, target, "30.5", "missed: 30.5 ≈ 31 > 30 → 0");
    expect(
        "compare = \"rounded\"",
        "targets = { 2021 = \"<= 30.0\" }",
        "30.04",
        "met: 30.04 ≈ 30.0 ≤ 30.0 → 6",
    );
}

/// A picture places what the verdict compared, and warns where the verdict does.
#[test]
fn a_picture_shows_what_was_judged() {
    let near = "near = \"5%\"";
    let rounded = "near = \"5%\"\ncompare = \"rounded\"";
    for (scoring, unit, target, value, compared, bands) in [
        (near, "", "<= 30", "30.4", "30.4", "28.5–30"),
        (rounded, "", "<= 30", "30.4", "30", "28.5–30"),
        (rounded, "", "6.0 to 9.0", "9.04", "9.0", "6–6.3 8.55–9"),
        (near, "unit = \"%\"\n", ">= 90", "97", "97", "90–94.5"),
        (near, "unit = \"%\"\n", ">= 100", "97", "97", ""),
        (near, "unit = \"%\"\n", "90 to 100", "97", "97", "90–94.5"),
        (near, "", "<= 0", "1", "1", ""),
        (near, "", "0 to 10", "1", "1", "9.5–10"),
        ("", "", "<= 30", "28", "28", ""),
    ] {
        let plan = single(scoring, &format!("{unit}targets = {{ 2021 = \"{target}\" }}"));
        judged(&plan, &format!("x,{value},2021,"), |assessment| {
            let standing = assessment.items[0].standing.unwrap();
            assert_eq!(standing.value.to_string(), compared, "{target}");
            let shown = standing
                .warning_bands()
                .map(|(from, to)| format!("{}–{}", from.normalize(), to.normalize()));
            assert_eq!(shown.collect::<Vec<_>>().join(" "), bands, "{target}");
        });
    }
}

#[test]
fn last_year_is_a_bound_only_where_its_value_is_there() {
    let plan = single("", "targets = { 2021 = \"> last year\" }");
    judged(&plan, "x,90.1,2021,\nx,90.0,2020,", |assessment| {
        assert_eq!(line(&assessment.items[0]), "met: 90.1 > 90.0 (2020) → 6");
    });
    judged(&plan, "x,90.0,2021,\nx,90.00,2020,", |assessment| {
        assert_eq!(line(&assessment.items[0]), "missed: 90.0 ≤ 90.00 (2020) → 0");
    });
    judged(&plan, "x,90.1,2021,", |assessment| {
        assert_eq!(line(&assessment.items[0]), "missing: no value for 2020 → 0");
    });
    judged(&plan, "x,90.1,2021,\nx,不适用,2020,新设", |assessment| {
        assert_eq!(line(&assessment.items[0]), "missing: no value for 2020 → 0");
    });
}

#[test]
fn no_state_stands_for_another() {
    let pending = "targets = { 2021 = { pending = \"later\" } }";
    expect("", pending, "5", "pending: target pending: left out");
    expect("", "targets = { 2022 = \"> 0\" }", "5", "not_set: no target: left out");
    expect("", "targets = { 2021 = \"> 0\" }", "", "missing: no value → 0");
    expect(
        "missing = \"leave-out\"",
        "targets = { 2021 = \"> 0\" }",
        "",
        "missing: no value: left out",
    );
    for mark in ["-", "--", "—", "/", "未监测", "-9999"] {
        expect("", "targets = { 2021 = \"> -99999\" }", mark, "missing: no value → 0");
    }
    let waived = |until: &str| {
        format!(
            "targets = {{ 2021 = {{ firm = \"> 9\", waived = {{ reason = \"r\", by = \"b\", until = {until} }} }} }}"
        )
    };
    expect("", &waived("2021-12-31"), "5", "waived: waived: left out");
    expect("", &waived("2021-12-30"), "5", "missed: 5 ≤ 9 → 0");
}

#[test]
fn what_does_not_apply_counts_as_the_plan_says() {
    let target = "targets = { 2021 = \"> 0\" }\n[[indicator]]\nid = \"y\"\nname = \"Y\"\npoints = 4\ntargets = { 2021 = \"> 0\" }\n\
                  [[indicator]]\nid = \"z\"\nname = \"Z\"\npoints = 2\ntargets = { 2021 = \"> 0\" }";
    for (how, expected, score) in [
        ("leave-out", "not applicable: left out", "66.67"),
        ("full", "not applicable → 6", "83.33"),
        ("zero", "not applicable → 0", "33.33"),
        ("mean", "not applicable, by the share of its group's other items: 6 × 4 ÷ 6 = 4", "66.67"),
    ] {
        let plan = single(&format!("not-applicable = \"{how}\""), target);
        judged(&plan, "x,不适用,2021,无此类\ny,1,2021,\nz,-1,2021,", |assessment| {
            let item = &assessment.items[0];
            assert_eq!(item.state, State::NotApplicable);
            assert_eq!(item.sum(Lang::En), expected);
            assert_eq!(item.reason(Lang::Zh), Some("无此类"));
            assert_eq!(assessment.score.as_ref().unwrap().rounded.to_string(), score, "{how}");
        });
    }
}

#[test]
fn the_range_is_what_the_open_items_can_still_move() {
    let rest = "targets = { 2021 = \"> 0\" }\n[[indicator]]\nid = \"y\"\nname = \"Y\"\npoints = 3\ntargets = { 2021 = \"> 0\" }\n\
                [[indicator]]\nid = \"z\"\nname = \"Z\"\npoints = 1\ntargets = { 2021 = { pending = \"later\" } }";
    judged(&single("", rest), "x,1,2021,", |assessment| {
        let range = assessment.range.unwrap();
        assert_eq!(assessment.score.as_ref().unwrap().rounded.to_string(), "66.67"); // 6 of 9
        assert_eq!(range.low.to_string(), "60.00"); // 6 of 10
        assert_eq!(range.high.to_string(), "100.00"); // 10 of 10
    });
}

#[test]
fn nothing_to_score_is_neither_0_nor_full_marks() {
    judged(&single("", "targets = { 2022 = \"> 0\" }"), "x,1,2021,", |assessment| {
        assert!(
            assessment.score.is_none() && assessment.grade.is_none() && assessment.range.is_none()
        );
    });
}

#[test]
fn a_shown_score_never_seems_to_have_another_grade() {
    let rest = "targets = { 2021 = \"> 0\" }\n[[indicator]]\nid = \"y\"\nname = \"Y\"\npoints = 0.6669\ntargets = { 2021 = \"> 0\" }\n\
                [[grade]]\nname = \"A\"\nfrom = 90\n[[grade]]\nname = \"B\"\nfrom = 0";
    judged(&single("", rest), "x,1,2021,\ny,-1,2021,", |assessment| {
        let score = assessment.score.as_ref().unwrap();
        assert_eq!(score.exact.round_dp(6).to_string(), "89.996850");
        assert_eq!(score.rounded.to_string(), "89.997");
        assert_eq!(assessment.grade.unwrap().name.get(Lang::En), "B");
    });
}

#[test]
fn groups_combine_their_parts_as_they_say() {
    let (plan, measurements) = fixture();
    let assessment = assess(&measurements, plan, "珲春市", "2021".parse().unwrap());
    let tally = |id: &str| {
        let group = assessment.groups.iter().find(|group| group.group.id == id).unwrap();
        let tally = group.tally.unwrap();
        format!("{}/{}", tally.earned.normalize(), tally.points.normalize())
    };
    // tie 6 of 6, missed 0 of 2.5, negative 1 of 1, missing 0 of 1, expired 0 of 1 are 7 of 11.5;
    // what does not apply takes that share of 3.
    assert_eq!(tally("air"), "8.82608695652173913/14.5");
    assert_eq!(tally("numbers"), tally("air"));
    // 1 of 1 and 0 of 1.
    assert_eq!(tally("mean"), "0.5/1");
    // Ⅳ is 0 of 2, the pH 2 of 2.
    assert_eq!(tally("lowest"), "0/2");
    // 3 × 1 and 1 × 0, over 4.
    assert_eq!(tally("weighted"), "0.75/1");
}

#[test]
fn three_thirds_are_a_whole() {
    let grade = |name: &str, from: u32| format!("[[grade]]\nname = \"{name}\"\nfrom = {from}\n");
    let mut text = HEAD.to_owned() + &grade("pass", 50) + &grade("fail", 0) + &item("alone", "");
    let mut rows = String::from("alone,1,2021,\n");
    for id in ["a", "b", "c"] {
        text += &group(id, "mean", "");
        for (n, value) in [1, 0, 0].into_iter().enumerate() {
            text += &item(&format!("{id}{n}"), &format!("group = \"{id}\""));
            rows += &format!("{id}{n},{value},2021,\n");
        }
    }
    // A third of each of three points, and one of one: 2 of 4.
    judged(&plan(&text), &rows, |assessment| {
        let score = assessment.score.as_ref().unwrap();
        assert_eq!(
            (score.exact.to_string(), score.rounded.to_string()),
            ("50".into(), "50.00".into())
        );
        assert_eq!(assessment.grade.unwrap().name.get(Lang::En), "pass");
    });
}

#[test]
fn groups_weigh_the_shares_of_their_parts() {
    let text = |combine: &str| {
        let x = item("x", "group = \"g\"\npoints = 10.5\nweight = 0.6");
        let y = item("y", "group = \"g\"\nweight = 0.4");
        [HEAD, &group("g", combine, ""), &x, &y].concat()
    };
    // Shares 0 and 1 with the weights 0.6 and 0.4.
    judged(&plan(&text("weighted")), "x,-1,2021,\ny,1,2021,", |assessment| {
        assert_eq!(assessment.score.as_ref().unwrap().rounded.to_string(), "40.00");
    });
    judged(&plan(&text("lowest")), "x,1,2021,\ny,-1,2021,", |assessment| {
        assert_eq!(assessment.score.as_ref().unwrap().rounded.to_string(), "0.00");
    });
}

#[test]
fn a_stretch_may_look_at_last_year_alone() {
    let plan = single("", "targets = { 2021 = { firm = \"> 1\", stretch = \"> last year\" } }");
    judged(&plan, "x,5,2021,\nx,4,2020,", |assessment| {
        assert_eq!(assessment.items[0].stretch_met, Some(true));
    });
}

#[test]
fn a_pending_target_waits_even_for_what_does_not_apply() {
    let plan = single("not-applicable = \"zero\"", "targets = { 2021 = { pending = \"later\" } }");
    judged(&plan, "x,不适用,2021,无此类", |assessment| {
        assert_eq!(line(&assessment.items[0]), "pending: target pending: left out");
    });
}

#[test]
fn a_plan_that_refuses_to_score_has_no_score() {
    judged(
        &single("missing = \"refuse\"", "targets = { 2021 = \"> 0\" }"),
        "x,,2021,",
        |assessment| {
            assert!(assessment.score.is_none() && assessment.grade.is_none());
        },
    );
}

#[test]
fn a_class_is_known_wherever_the_targets_name_one() {
    expect(
        "",
        "targets = { 2021 = { expected = \"Ⅲ or better\" } }",
        "Ⅱ",
        "met: Ⅱ is no worse than Ⅲ → 6",
    );
}

#[test]
fn small_points_lose_no_digits() {
    // Two mean groups, one in the other, of points about as small as they may be.
    let part = |id: &str, within: &str, millionths: u32| {
        item(id, &format!("group = \"{within}\"\npoints = 0.{millionths:06}"))
    };
    let parts = [
        part("a", "h", 3),
        part("b", "h", 7),
        part("c", "g", 11),
        part("d", "g", 13),
        part("e", "g", 9),
    ];
    let scoring = "[scoring]\ntotal = 1000000\n[[grade]]\nname = \"pass\"\nfrom = 500000\n";
    let groups = group("g", "mean", "") + &group("h", "mean", "in = \"g\"");
    let plan = plan(&[HEAD, scoring, &groups, &parts.concat()].concat());
    // The parts of `g` are c, d, e and `h`, whose share is a half: (1 + 0 + 0 + 1/2) ÷ 4.
    judged(&plan, "a,1,2021,\nb,-1,2021,\nc,1,2021,\nd,-1,2021,\ne,-1,2021,", |assessment| {
        assert_eq!(assessment.score.as_ref().unwrap().exact.to_string(), "375000");
    });
    judged(&plan, "a,1,2021,\nb,1,2021,\nc,1,2021,\nd,-1,2021,\ne,-1,2021,", |assessment| {
        assert_eq!(assessment.score.as_ref().unwrap().exact.to_string(), "500000");
        assert!(assessment.grade.is_some());
    });
}

#[test]
fn last_years_value_is_no_written_limit() {
    let plan = single("compare = \"rounded\"", "targets = { 2021 = \"> last year\" }");
    judged(&plan, "x,80.4,2021,\nx,80,2020,", |assessment| {
        assert_eq!(line(&assessment.items[0]), "met: 80.4 > 80 (2020) → 6");
    });
}

#[test]
fn a_rounded_value_in_a_range_reads_as_two_true_steps() {
    expect(
        "compare = \"rounded\"",
        "targets = { 2021 = \"6 to 9\" }",
        "5.6",
        "met: 5.6 ≈ 6, 6 ≤ 6 ≤ 9 → 6",
    );
}

#[test]
fn words_in_a_reason_are_no_class() {
    let targets = "targets = { 2021 = \">= 90\", 2025 = { pending = \"to be 95 or better\" } }";
    expect("", targets, "91", "met: 91 ≥ 90 → 6");
}

#[test]
fn the_order_of_rows_makes_no_difference_where_they_agree() {
    let task = single("", "kind = \"task\"\ntargets = { 2021 = \"done\" }");
    let number = single("", "targets = { 2021 = \"> 0\" }");
    for (plan, rows) in
        [(&task, ["x,60%,2021,", "x,60.0%,2021,"]), (&number, ["x,28,2021,", "x,28.0,2021,"])]
    {
        let sum = |first: usize| {
            let mut sum = String::new();
            judged(plan, &format!("{}\n{}", rows[first], rows[1 - first]), |assessment| {
                sum = line(&assessment.items[0]);
            });
            sum
        };
        assert_eq!(sum(0), sum(1));
    }
}

/// A plan of one indicator that needs 324 valid days, and what else it says.
fn needing(scoring: &str, indicator: &str) -> Plan {
    let days = "[[input]]\nid = \"valid-days\"\nname = { zh = \"有效天数\", en = \"valid days\" }\nunit = \"天\"\n";
    let rate = "[[input]]\nid = \"rate\"\nname = \"rate\"\nunit = \"%\"\n";
    single(scoring, &format!("needs = {{ valid-days = 324 }}\n{indicator}\n{days}{rate}"))
}

#[track_caller]
fn told(plan: &Plan, rows: &str, zh: &str, en: &str) {
    judged(plan, rows, |assessment| {
        let item = &assessment.items[0];
        assert_eq!((item.sum(Lang::Zh).as_str(), line(item).as_str()), (zh, en), "{rows}");
    });
}

#[test]
fn a_value_is_assessable_only_with_what_it_needs_in_its_own_year() {
    let plain = needing("", "targets = { 2021 = \"<= 30\" }");
    told(&plain, "x,28,2021,\nvalid-days,324,2021,", "28 ≤ 30 → 6", "met: 28 ≤ 30 → 6");
    told(
        &plain,
        "x,28,2021,\nvalid-days,310,2021,",
        "有效天数 310，少于所需的 324 → 0",
        "not_assessable: valid days: 310, fewer than the 324 needed → 0",
    );
    told(
        &plain,
        "x,28,2021,\nvalid-days,365,2020,",
        "缺有效天数数据 → 0",
        "missing: no value of valid days → 0",
    );
    told(&plain, "valid-days,310,2021,", "缺数据 → 0", "missing: no value → 0");
    let last = needing("not-assessable = \"leave-out\"", "targets = { 2021 = \"< last year\" }");
    let rows = "x,28,2021,\nx,29,2020,\nvalid-days,365,2021,\nvalid-days,300,2020,";
    told(
        &last,
        rows,
        "2020年有效天数 300，少于所需的 324，不计入",
        "not_assessable: valid days for 2020: 300, fewer than the 324 needed: left out",
    );
    // What a value shows is still there.
    judged(&plain, "x,28,2021,\nvalid-days,310,2021,国控站", |assessment| {
        let item = &assessment.items[0];
        assert_eq!(item.value, Some(assess::data::Value::Number(28.into())));
        assert_eq!(item.used.len(), 1);
        assert!(item.needs_attention());
        assert_eq!((assessment.owed[0].count(), assessment.owed[0].not_assessable[0]), (1, 0));
        let range = assessment.range.unwrap();
        assert_eq!(
            (range.low.to_string(), range.high.to_string()),
            ("0.00".into(), "100.00".into())
        );
        assert_eq!(assessment.levers(None).each[0].per_unit, None);
    });
}

#[test]
fn what_rests_on_a_value_that_is_not_assessable_is_not_either() {
    let y = "[[indicator]]\nid = \"y\"\nname = \"Y\"\nvalue = \"z * 2\"\ntargets = { 2021 = \"> 0\" }\n";
    let z = "[[input]]\nid = \"z\"\nname = \"Z\"\nneeds = { rate = 75 }\n";
    let plan = needing(
        "",
        &format!("value = \"y + last_year(y)\"\ntargets = {{ 2021 = \"> 0\" }}\n{y}{z}"),
    );
    let rows = |now: u8, before: u8| {
        format!("z,1,2021,\nz,1,2020,\nrate,{now},2021,\nrate,{before},2020,\nvalid-days,365,2021,")
    };
    told(&plan, &rows(75, 80), "2 + 2 = 4，4 > 0 → 6", "met: 2 + 2 = 4, 4 > 0 → 6");
    told(
        &plan,
        &rows(74, 80),
        "rate 74%，低于Z所需的 75% → 0",
        "not_assessable: rate: 74%, less than the 75% needed for Z → 0",
    );
    told(
        &plan,
        &rows(75, 70),
        "2020年rate 70%，低于Z所需的 75% → 0",
        "not_assessable: rate for 2020: 70%, less than the 75% needed for Z → 0",
    );
}

/// Sixty layers of two values each of which needs both of the next: as many ways as no one can walk.
#[test]
fn needs_that_fan_out_are_asked_once() {
    let mut text = String::from("targets = { 2021 = \"> 0\" }\nneeds = { a0 = 1 }\n");
    let mut rows = String::from("x,1,2021,\n");
    for layer in 0..60 {
        for id in ["a", "b"] {
            let next = layer + 1;
            text += &format!("[[input]]\nid = \"{id}{layer}\"\nname = \"{id}{layer}\"\n");
            if layer < 59 {
                text += &format!("needs = {{ a{next} = 1, b{next} = 1 }}\n");
            }
            rows += &format!("{id}{layer},{},2021,\n", u8::from(layer < 59));
        }
    }
    let short = "not_assessable: a59: 0, less than the 1 needed for a58 → 0";
    judged(&single("", &text), &rows, |assessment| assert_eq!(line(&assessment.items[0]), short));
}

#[test]
fn an_item_that_others_score_needs_what_it_says_all_the_same() {
    let score = "targets = { 2021 = \"scored\" }\nscore = { formula = \"rate / 20\" }";
    let plan = needing("", score);
    told(&plan, "rate,80,2021,\nvalid-days,324,2021,", "80 ÷ 20 = 4", "scored: 80 ÷ 20 = 4");
    let short = "not_assessable: valid days: 1, fewer than the 324 needed → 0";
    told(&plan, "rate,80,2021,\nvalid-days,1,2021,", "有效天数 1，少于所需的 324 → 0", short);
    told(&plan, "rate,80,2021,", "缺有效天数数据 → 0", "missing: no value of valid days → 0");
}

/// Another region's value that is not assessable takes no place, and leaves the places open.
#[test]
fn a_value_that_is_not_assessable_has_no_place() {
    let plan = needing(
        "",
        "better = \"lower\"\ntargets = { 2021 = \"scored\" }\nscore = { rank = { last = 0 } }",
    );
    let rows = |days: u16| {
        format!(
            "indicator,region,value\nx,R,30\nx,S,20\nx,T,40\nvalid-days,R,365\nvalid-days,S,{days}\nvalid-days,T,365\n"
        )
    };
    for (days, sum, is_open) in [
        (365, "place 2 of 3, 6 − (6 − 0) × (2 − 1) ÷ (3 − 1) = 3", false),
        (300, "place 1 of 2, 6 − (6 − 0) × (1 − 1) ÷ (2 − 1) = 6", true),
    ] {
        let measurements = values(&plan, &rows(days));
        let assessment = assess(&measurements, &plan, "R", "2021".parse().unwrap());
        assert_eq!(
            (assessment.items[0].sum(Lang::En).as_str(), assessment.items[0].is_open),
            (sum, is_open)
        );
        let there = assess(&measurements, &plan, "S", "2021".parse().unwrap());
        assert_eq!(there.items[0].state == State::NotAssessable, days == 300);
    }
}

#[test]
fn a_supposed_value_is_assessable() {
    let plan = needing("", "targets = { 2021 = \"<= 30\" }");
    let measurements = values(&plan, "indicator,value\nx,28\nvalid-days,310\n");
    let trial =
        assess::assessment::Trial::new(&measurements, &plan, "R", "2021".parse().unwrap(), 0)
            .unwrap();
    assert_eq!(
        line(&trial.item()),
        "not_assessable: valid days: 310, fewer than the 324 needed → 0"
    );
    assert_eq!(line(&trial.with(assess::data::Value::Number(31.into()))), "missed: 31 > 30 → 0");
    assert_eq!(trial.samples().len(), 2);
}

/// The measured values that an item rests on have those among them that it needs.
#[test]
fn needs_are_among_what_an_item_rests_on() {
    let plan = needing("", "targets = { 2021 = \"< last year\" }");
    let names = plan.rests_on(0, "2021".parse().unwrap()).into_iter();
    let names: Vec<_> =
        names.map(|(of, year)| format!("{} {year}", plan.measure(of).unwrap().id)).collect();
    assert_eq!(names, ["x 2020", "x 2021", "valid-days 2020", "valid-days 2021"]);
}

#[test]
fn a_zero_is_suspect_where_the_plan_says_so_else_of_concentrations() {
    for (says, suspect) in [
        ("unit = \"μg/m³\"", true),
        ("unit = \"ug/m3\"", true),
        ("unit = \"毫克/立方米\"", true),
        ("unit = \"ng/m³\"", true),
        ("unit = \"mg/L\"", true),
        ("unit = \"mg/L\"\nzero = \"plain\"", false),
        ("unit = \"天\"", false),
        ("unit = \"天\"\nzero = \"suspect\"", true),
        ("", false),
    ] {
        let plan = single(
            "",
            &format!(
                "{says}\ntargets = {{ 2021 = \"> 0\" }}\n[[input]]\nid = \"i\"\nname = \"I\"\n{says}\n"
            ),
        );
        for name in ["x", "i"] {
            let measure = plan.measure(plan.find(name).unwrap()).unwrap();
            assert_eq!(measure.zero_is_suspect, suspect, "{name}: {says}");
        }
    }
}

#[test]
fn a_region_is_known_by_its_names_where_the_plan_lists_regions() {
    use assess::plan::RegionName::{Known, Open, Unknown};
    let open = single("", "targets = { 2021 = \"> 0\" }");
    assert!(open.regions().is_empty());
    assert_eq!(open.region_name("anywhere"), Open);
    assert_eq!(open.region_name(" ｒ "), Known("R"), "its own is known even so");
    let listed = |region: &str| {
        let text = format!(
            "{}[[region]]\nname = \"延吉市\"\naliases = [\"延吉\", \"222401\"]\n{}",
            HEAD.replace("\"R\"", &format!("\"{region}\"")),
            item("x", "score = { rank = { last = 0, among = [\"延吉\"] } }")
        );
        plan(&text)
    };
    let other = listed("全州");
    for (name, meaning) in [
        ("延吉市", Known("延吉市")),
        ("延 吉", Known("延吉市")),
        ("２２２４０１", Known("延吉市")),
        ("全州", Known("全州")),
        ("图们市", Unknown),
        ("", Unknown),
    ] {
        assert_eq!(other.region_name(name), meaning, "{name}");
    }
    assert_eq!(other.regions()[0].aliases, ["延吉", "222401"]);
    let assess::plan::Method::Rank(rank) = &other.indicators()[0].rule.method else { panic!() };
    assert_eq!(rank.among, ["延吉市"]);
    // The plan's own region goes by the name that is listed for it.
    assert_eq!(listed("延吉").about().region, "延吉市");
}
