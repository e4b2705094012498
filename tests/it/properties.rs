//! What must always hold.

use std::io::Cursor;
use std::str::FromStr;
use std::sync::LazyLock;

use assess::assessment::{Assessment, Assessor, Item};
use assess::data::{Options, Reader};
use assess::emit::{self, Style};
use assess::plan::{Book, Plan, Quantity};
use assess::report::{CompareFormat, Comparison, Format, Published, Screen};
use assess::source::Source;
use assess::text::Lang;
use assess::year::Year;
use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::Value;

use crate::judging::{assess, fixture, plan, values};
use crate::world::{mutated, read};

/// The gains and losses that a text tells.
fn gains(text: &str) -> impl Iterator<Item = Decimal> {
    let words = text.split([' ', '(', ')', ',', ';']);
    let signed = words.filter(|word| word.starts_with(['+', '−']));
    signed.filter_map(|word| word.replace('−', "-").parse().ok())
}

const PIECES: [&str; 16] = [
    "",
    "\"",
    "'",
    "[",
    "]",
    "{",
    "}",
    "=",
    ",",
    "\n",
    "\r",
    "=> 5",
    "9999999999999999999999999999999999",
    "指标",
    "\u{feff}",
    "-",
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_target_file_panics_and_an_unreadable_one_says_where(
        at in 0usize..6000, cut in 0usize..60, piece in 0usize..PIECES.len(),
    ) {
        let text = mutated(&read("tests/it/fixture/plan.toml"), at, cut, PIECES[piece]);
        match Plan::read(&Source::new("plan.toml", text)) {
            Ok(plan) => {
                let mut reader = Reader::new(&plan, Options::default());
                reader.read("values.csv", None, &mut Cursor::new(read("tests/it/fixture/values.csv").as_bytes())).unwrap();
                if let Ok((measurements, _)) = reader.finish() {
                    assess(&measurements, &plan, "珲春市", "2021".parse().unwrap());
                }
            }
            Err(found) => {
                prop_assert!(!found.is_empty());
                for finding in found.iter() {
                    prop_assert!(!finding.labels.is_empty());
                    emit::snippet(finding, Style { width: 80, colour: false });
                }
            }
        }
    }

    #[test]
    fn no_data_file_panics(text in "[\\PC\"\r\n,]{0,200}", header in any::<bool>()) {
        let (plan, _) = fixture();
        let mut reader = Reader::new(plan, Options { year: Some("2021".parse().unwrap()), ..Options::default() });
        let mut content = if header { b"indicator,value,year,note\n".to_vec() } else { Vec::new() };
        content.extend(text.bytes());
        reader.read("values.csv", None, &mut Cursor::new(&content)).unwrap();
        if let Err(found) = reader.finish() {
            for finding in found.iter() {
                emit::snippet(finding, Style { width: 80, colour: true });
            }
        }
    }

    #[test]
    fn a_mutated_data_file_never_panics(at in 0usize..2000, cut in 0usize..30, piece in 0usize..PIECES.len()) {
        let (plan, _) = fixture();
        let mut reader = Reader::new(plan, Options::default());
        reader.read("values.csv", None, &mut Cursor::new(mutated(&read("tests/it/fixture/values.csv"), at, cut, PIECES[piece]).as_bytes())).unwrap();
        if let Err(found) = reader.finish() {
            for finding in found.iter() {
                emit::snippet(finding, Style { width: 80, colour: false });
            }
        }
    }

    /// The order of rows says nothing but from which lines the values are.
    #[test]
    fn shuffled_rows_give_the_same_result(order in Just((0..15).collect::<Vec<usize>>()).prop_shuffle()) {
        let rows = [
            "tie,30,2021", "missed,81.6,2021", "negative,-0.4,2021", "pending,12.30,2021", "not-set,7,2021",
            "waived,0,2021", "expired,0.5,2021", "last-year,82.85,2021", "last-year,82.80,2020", "no-history,5,2021",
            "class,IV,2021", "within,7.25,2021", "task-done,完成,2021", "task-part,60%,2021", "alone,0.50,2021",
        ];
        let result = |order: &[usize]| {
            let rows: Vec<_> = order.iter().map(|&row| rows[row]).collect();
            let plan = plan(&read("tests/it/fixture/plan.toml"));
            let measurements = values(&plan, &format!("indicator,value,year\n{}\n", rows.join("\n")));
            let text = render(&plan, &measurements, Format::Json);
            let lines = text.lines().filter(|line| !line.contains("\"line\": "));
            lines.collect::<Vec<_>>().join("\n")
        };
        prop_assert_eq!(result(&order), result(&(0..15).collect::<Vec<_>>()));
    }

    /// Items and groups are known by their names: other ids are all that is told where nothing else is.
    #[test]
    fn other_ids_change_nothing_else(
        combines in proptest::collection::vec(0usize..4, 3),
        items in proptest::collection::vec((0usize..6, 0usize..4, 1u32..5, 1u32..4), 2..6),
        turn in 1usize..6,
    ) {
        let text = plan_of(&combines, &items, (0, 0), 0);
        let count = items.len();
        // Each item has the id of another, and each group too.
        let mut other = text.clone();
        for at in 0..count {
            other = other.replace(&format!("id = \"i{at}\""), &format!("id = \"new{}\"", (at + turn) % count));
        }
        for at in 0..3 {
            other = other.replace(&format!("\"g{at}\""), &format!("\"group{}\"", (at + turn) % 3));
        }
        let other = other.replace("\"new", "\"i").replace("\"group", "\"g");
        let rows = rows_of(&items, &[]).replace("\ni", "\nItem");
        let [before, after] = [&text, &other].map(|text| {
            let plan = plan(text);
            Published::read(&render(&plan, &values(&plan, &rows), Format::Json)).unwrap()
        });
        let mut told = Vec::new();
        Comparison::of(("a", &before), ("b", &after), None).unwrap().write(CompareFormat::Json, &mut told).unwrap();
        let told: Value = serde_json::from_slice(&told).unwrap();
        for kind in ["items", "groups"] {
            for change in told["pairs"][0][kind].as_array().unwrap() {
                for changed in change["changed"].as_array().unwrap() {
                    prop_assert!(changed["what"] == "id" || changed["what"] == "in", "{change:#}");
                }
                prop_assert!(change["in_score"].is_null() || change["in_score"] == 0, "{change:#}");
            }
        }
        let moved = &told["pairs"][0]["score_moved"];
        prop_assert!(moved.is_null() || moved["groups"] == 0 && moved["items"] == 0, "{moved:#}");
    }

    /// What is said to have moved a score is what the program makes of it: each item alone as it is later,
    /// then all of them, then the groups; and the parts come to the whole.
    #[test]
    fn a_comparison_says_what_moved_the_score(
        combines in (proptest::collection::vec(0usize..4, 3), proptest::collection::vec(0usize..4, 3)),
        items in proptest::collection::vec(
            (0usize..6, 0usize..4, 1u32..5, 1u32..4), 2..6
        ),
        later in proptest::collection::vec(
            (any::<bool>(), (0usize..6, 0usize..4, 1u32..5, 1u32..4)), 6
        ),
        missing in (0usize..2, 0usize..3),
        not_applicable in 0usize..4,
    ) {
        let (old, new) = &combines;
        let later: Vec<_> = items.iter().zip(later).map(|(&item, (is_other, other))| if is_other { other } else { item }).collect();
        let scored = |combines: &[usize], items: &[_]| {
            let plan = plan(&plan_of(combines, items, missing, not_applicable));
            let (score, _) = score_of(&plan, items, &[]);
            score
        };
        let result = |combines: &[usize], items: &[_]| {
            let plan = plan(&plan_of(combines, items, missing, not_applicable));
            Published::read(&render(&plan, &values(&plan, &rows_of(items, &[])), Format::Json)).unwrap()
        };
        let [before, after] = [result(old, &items), result(new, &later)];
        let mut told = Vec::new();
        let comparison = Comparison::of(("a", &before), ("b", &after), None).unwrap();
        comparison.write(CompareFormat::Json, &mut told).unwrap();
        let told: Value = serde_json::from_slice(&told).unwrap();
        let pair = &told["pairs"][0];
        let Some((score, ended)) = scored(old, &items).zip(scored(new, &later)) else {
            prop_assert!(pair["score_moved"].is_null());
            return Ok(());
        };
        let number = |value: &Value| Decimal::from_str(&value.to_string()).unwrap_or_else(|_| panic!("{value}, {pair:#}"));
        // Scores have six decimals.
        let is_near = |one: Decimal, other: Decimal| (one - other).abs() <= Decimal::new(2, 6);
        for item in pair["items"].as_array().unwrap() {
            let at: usize = item["id"].as_str().unwrap()[1..].parse().unwrap();
            let mut alone = items.clone();
            alone[at] = later[at];
            match scored(old, &alone) {
                Some(alone) => prop_assert!(is_near(number(&item["in_score"]), alone - score), "{item:#} {alone} {score}"),
                None => prop_assert!(item["in_score"].is_null(), "{item:#}"),
            }
        }
        let moved = &pair["score_moved"];
        if let Some(by_items) = scored(old, &later) {
            prop_assert!(is_near(number(&moved["items"]) + number(&moved["together"]), by_items - score), "{pair:#}");
            prop_assert!(is_near(number(&moved["groups"]) + number(&moved["groups_together"]), ended - by_items), "{pair:#}");
        }
        prop_assert!(number(&moved["rounding"]).abs() <= Decimal::new(5, 6), "{pair:#}");
        // A group that is told as one did what all its items do together, and these are told in no other place.
        let causes = pair["causes"].as_array().unwrap();
        for one in causes.iter().filter(|cause| cause["kind"] == "as_one") {
            let id = one["id"].as_str().unwrap();
            let inside: &[usize] = if id == "g1" { &[1, 2] } else { &[id[1..].parse().unwrap()] };
            let mut together = items.clone();
            for at in 0..items.len() {
                if [items[at].1, later[at].1].iter().all(|group| inside.contains(group)) {
                    together[at] = later[at];
                    let told = causes.iter().any(|cause| cause["kind"] == "item" && cause["id"] == format!("i{at}"));
                    prop_assert!(!told, "{pair:#}");
                }
            }
            if let Some(together) = scored(old, &together) {
                prop_assert!(is_near(number(&one["in_score"]), together - score), "{one:#} {pair:#}");
            }
        }
        // The causes add up, as do their parts.
        let sum = |key: &str| -> Decimal {
            causes.iter().map(|cause| &cause[key]).filter(|gain| !gain.is_null()).map(&number).sum()
        };
        prop_assert!(is_near(sum("in_score") + number(&moved["rounding"]), number(&moved["change"])), "{pair:#}");
        for part in ["by_plan", "by_values"] {
            let of_score = &pair[format!("score_{part}").as_str()];
            prop_assert!(of_score.is_null() || is_near(sum(&format!("in_score_{part}")), number(of_score)), "{pair:#}");
        }
        let mut told = Vec::new();
        let comparison = Comparison::of(("a", &before), ("b", &after), Some(Lang::En)).unwrap();
        comparison.write(CompareFormat::Markdown, &mut told).unwrap();
        let told = String::from_utf8(told).unwrap();
        let mut why = told.lines().filter_map(|line| {
            let (head, causes) = line.split_once(": ")?;
            let of_part = ["By values (", "By targets and rules ("].iter().any(|part| head.starts_with(part));
            (head == "Why" || of_part).then(|| (gains(head).next().unwrap_or(number(&moved["change"])), causes))
        }).peekable();
        prop_assert!(why.peek().is_some() || number(&moved["change"]).is_zero(), "{told}");
        for (change, causes) in why {
            prop_assert_eq!(gains(causes).sum::<Decimal>(), change, "{}", told);
            let rounding = causes.split_once("rounding ").map_or("+0", |(_, rest)| rest);
            prop_assert!(gains(rounding).all(|gain| gain.abs() <= Decimal::new(6, 6)), "{told}");
        }
    }

    /// What moved the scores of regions adds up to their mean; and it is the plan's doing where only that is
    /// another, and the values' where only these are.
    #[test]
    fn what_moved_the_scores_of_regions_adds_up(
        combines in (proptest::collection::vec(0usize..4, 3), proptest::collection::vec(0usize..4, 3)),
        items in proptest::collection::vec((0usize..6, 0usize..4, 1u32..5, 1u32..4), 2..6),
        later in proptest::collection::vec((0usize..4, 1u32..5, 1u32..4), 6),
        values_of in proptest::collection::vec(any::<[bool; 3]>(), 6),
        by in 0usize..3,
        missing in (0usize..2, 0usize..3),
        not_applicable in 0usize..4,
    ) {
        let (old, new) = &combines;
        let moved: Vec<_> = items
            .iter()
            .zip(later)
            .map(|(&(state, ..), (group, points, weight))| (state, group, points, weight))
            .collect();
        let settled = |which: usize| -> Vec<(usize, bool)> {
            values_of.iter().map(|of| of[which]).enumerate().collect()
        };
        let of_region = |combines: &[usize], items: &[_], settled: &[_]| -> Value {
            let plan = plan(&plan_of(combines, items, missing, not_applicable));
            let rows = rows_of(items, settled);
            serde_json::from_str(&render(&plan, &values(&plan, &rows), Format::Json)).unwrap()
        };
        // What is of one file has one hash.
        let hashed = |mut result: Value, plan: &str, values: &str| {
            result["plan"]["sha256"] = plan.into();
            result["inputs"] = serde_json::json!([{ "file": "v.csv", "sha256": values, "kind": "text" }]);
            Published::read(&result.to_string()).unwrap()
        };
        let result = |combines: &[usize], items: &[_], values: [&[(usize, bool)]; 2]| {
            let [mut one, mut other] = values.map(|values| of_region(combines, items, values));
            other["assessments"][0]["region"] = "S".into();
            one["assessments"].as_array_mut().unwrap().push(other["assessments"][0].take());
            one
        };
        let (other, more) = (settled(0), settled(1));
        let before = hashed(result(old, &items, [&[], &other]), "old", "old");
        // By the plan, by the values, by both.
        let after = match by {
            0 => hashed(result(new, &moved, [&[], &other]), "new", "old"),
            1 => hashed(result(old, &items, [&settled(2), &more]), "old", "new"),
            _ => hashed(result(new, &moved, [&settled(2), &more]), "new", "new"),
        };
        let mut told = Vec::new();
        let comparison = Comparison::of(("a", &before), ("b", &after), None).unwrap();
        comparison.write(CompareFormat::Json, &mut told).unwrap();
        let told: Value = serde_json::from_slice(&told).unwrap();
        let Some(scores) = told["years"].get(0).map(|years| &years["scores"]) else { return Ok(()) };
        if scores.is_null() {
            return Ok(());
        }
        let number = |value: &Value| Decimal::from_str(&value.to_string()).unwrap_or_else(|_| panic!("{value}, {scores:#}"));
        let causes = scores["causes"].as_array().unwrap();
        let sum: Decimal = causes.iter().map(|cause| number(&cause["mean"])).sum();
        prop_assert_eq!(sum, number(&scores["mean_after"]) - number(&scores["mean_before"]));
        for part in ["mean_by_plan", "mean_by_values"] {
            if !scores[part].is_null() {
                let known = causes.iter().filter(|cause| !cause[part].is_null());
                let sum: Decimal = known.map(|cause| number(&cause[part])).sum();
                prop_assert_eq!(sum, number(&scores[part]), "{:#}", scores);
            }
        }
        let others = causes.iter().filter(|cause| cause["kind"] != "rounding");
        for cause in others.filter(|cause| by < 2 && cause["not_known"] == 0) {
            let by_plan = if by == 0 { number(&cause["mean"]) } else { Decimal::ZERO };
            prop_assert_eq!(number(&cause["mean_by_plan"]), by_plan, "{:#}", scores);
        }
    }

    /// By the plan of the year before, this year's values come to what they come to by a plan that is written so:
    /// with the targets, points and waivers of then, and with what a share was of in another year.
    #[test]
    fn the_plan_of_the_year_before_asks_what_it_asked(
        items in proptest::collection::vec((0usize..9, 0usize..8, 0usize..4, any::<[bool; 2]>()), 1..5),
        values_of in proptest::collection::vec(proptest::collection::vec(0u8..25, 4), 10),
        not_applicable in 0usize..4,
    ) {
        const ASKED: [&str; 9] = [
            "\">= 10\"", "\"<= 12\"", "\"> last year\"", "\">= 60% of 2025\"", "\"scored\"",
            "{ pending = \"p\" }", "", "\">= 90% of base year\"", "\">= 50% of 2022\"",
        ];
        let rule = |which: usize| ["", "score = { off = 0.5, per = 1 }", "score = { rank = { last = 2, ties = \"skip\" } }", "score = { met = 8, worse-than-last-year = 1 }"][which];
        let head = format!(
            "format = 1\nplan = \"p\"\n[about]\ntitle = \"T\"\nregion = \"R\"\nyears = \"2021-2025\"\nbase-year = 2020\n\
             [scoring]\nnot-applicable = \"{}\"\nround = {{ digits = 6 }}\n[[group]]\nid = \"g\"\ntitle = \"G\"\ncombine = \"mean\"\n",
            ["leave-out", "full", "zero", "mean"][not_applicable],
        );
        let (mut plan_text, mut written, mut changes) = (head.clone(), head, String::new());
        for (at, &(was, is, of_rule, [is_changed, is_waived])) in items.iter().enumerate() {
            // A share of this year's target needs one with a number.
            let was = if was == 8 && is > 1 { 0 } else { was };
            // What is only scored needs a rule that needs no target.
            let end = if of_rule == 3 { "" } else { "2025 = \">= 20\"" };
            let of_rule = if [was, is].contains(&4) { 2 } else { of_rule };
            let of_year = |year: u16, asked: &str| match asked {
                "" => String::new(),
                asked => format!("{year} = {asked}, "),
            };
            let begin = format!(
                "[[indicator]]\nid = \"i{at}\"\nname = \"I{at}\"\ngroup = \"g\"\npoints = 10\n{}\n", rule(of_rule)
            );
            plan_text += &format!("{begin}targets = {{ {}{}{end} }}\n", of_year(2021, ASKED[was]), of_year(2022, ASKED[is]));
            let aside = if was == 8 { of_year(2024, ASKED[is]) } else { String::new() };
            let asked = ASKED[was].replace("2022", "2024");
            // Where a target is waived until the end of the year before, it is so in that year's plan.
            let waived = "[[waive]]\nindicator = \"ITEM\"\nyears = \"2022\"\nreason = \"r\"\nby = \"b\"\nuntil = 2022-12-31\n";
            // Which way is better may be said by this year's target alone.
            let better = match (ASKED[was], end, is) {
                ("\"scored\"", "", 1) => "better = \"lower\"\n",
                ("\"scored\"", "", 0 | 2 | 3 | 7) => "better = \"higher\"\n",
                _ => "",
            };
            written += &format!("{begin}{better}targets = {{ {}{aside}{end} }}\n", of_year(2022, &asked));
            if is_waived && !ASKED[was].is_empty() {
                let waived = waived.replace("ITEM", &format!("i{at}"));
                changes += &waived.replace("2022", "2021");
                written += &waived;
            }
            if is_changed && !ASKED[is].is_empty() {
                changes += &format!("[[set]]\nindicator = \"i{at}\"\nyears = \"2022\"\npoints = 15\n");
            }
        }
        plan_text += &changes;
        let read = |text: &str| Book::read(&Source::new("p.toml", text.to_owned()), &[]).ok();
        let books = read(&plan_text).zip(read(&written));
        prop_assume!(books.is_some());
        let (book, written) = books.unwrap();
        let mut rows = String::from("indicator,region,year,value,note\n");
        for (at, of_item) in values_of.iter().enumerate().take(2 * items.len()) {
            for (year, &value) in (2020..).zip(of_item).take(3) {
                let value = match value {
                    0 => "不适用".to_owned(),
                    1 => continue,
                    value => value.to_string(),
                };
                rows += &format!("i{},{},{year},{value},why\n", at / 2, ["R", "S"][at % 2]);
            }
        }
        let year: Year = "2022".parse().unwrap();
        let [measurements, of_written] = [&book, &written].map(|book| values(book.plan(), &rows));
        for region in ["R", "S"] {
            let plans = [book.at(region, year), written.at(region, year)];
            let assessor = Assessor::new(&measurements, &plans[0], year).after(&book, region);
            let assessment = assessor.assess(region);
            let former = assessment.by_former_plan().unwrap();
            let expected = Assessor::new(&of_written, &plans[1], year);
            let expected = expected.assess(region);
            for (item, expected) in former.items.iter().zip(&expected.items) {
                let of = |item: &Item<'_>| (item.state, item.earned, item.points);
                prop_assert_eq!(of(item), of(expected), "{} {}\n{}{}", region, item.indicator.id, plan_text, rows);
            }
            let score = |of: &Assessment<'_>| of.score.as_ref().map(|score| score.rounded);
            prop_assert_eq!(score(&former), score(&expected));
        }
    }

    /// A better value never earns less, whatever the comparison.
    #[test]
    fn a_better_value_never_earns_less(
        value in -10_000i64..10_000, more in 0i64..1000, bound in -100i64..100, relation in 0usize..4,
    ) {
        let relation = [">=", ">", "<=", "<"][relation];
        let plan = plan(&format!(
            "format = 1\nplan = \"p\"\n[about]\ntitle = \"P\"\nregion = \"R\"\nyears = \"2021\"\n\
             [[indicator]]\nid = \"x\"\nname = \"X\"\ntargets = {{ 2021 = \"{relation} {bound}\" }}\n"
        ));
        let earned = |hundredths: i64| {
            let value = Decimal::new(hundredths, 2);
            let measurements = values(&plan, &format!("indicator,value\nx,{value}\n"));
            assess(&measurements, &plan, "R", "2021".parse().unwrap()).items[0].earned.unwrap()
        };
        let better = if relation.starts_with('>') { value + more } else { value - more };
        prop_assert!(earned(value) <= earned(better));
    }

    /// The score lies in its range, and so does every score that the open items can still bring.
    #[test]
    fn the_range_holds_whatever_becomes_of_the_open_items(
        combines in proptest::collection::vec(0usize..4, 3),
        items in proptest::collection::vec((0usize..6, 0usize..4, 1u32..5, 1u32..4), 2..7),
        missing in (0usize..2, 0usize..3),
        not_applicable in 0usize..4,
    ) {
        let text = plan_of(&combines, &items, missing, not_applicable);
        let plan = plan(&text);
        let open: Vec<usize> = (0..items.len()).filter(|&at| matches!(items[at].0, 2 | 3 | 5)).collect();
        let result = score_of(&plan, &items, &[]);
        let Some((low, high)) = result.1 else {
            prop_assert!(result.0.is_none());
            return Ok(());
        };
        if let Some(score) = result.0 {
            prop_assert!(low <= score && score <= high, "{low} {score} {high}\n{text}");
        }
        // Every way in which the open items can turn out, the pending targets being set.
        let settled = plan_of(&combines, &items.iter().map(|&(state, g, p, w)| (if state == 3 { 2 } else { state }, g, p, w)).collect::<Vec<_>>(), missing, not_applicable);
        let settled = self::plan(&settled);
        for turn in 0..1u32 << open.len() {
            let met: Vec<(usize, bool)> = open.iter().enumerate().map(|(bit, &at)| (at, turn >> bit & 1 == 1)).collect();
            if let (Some(score), _) = score_of(&settled, &items, &met) {
                prop_assert!(low <= score && score <= high, "{low} {score} {high} {met:?}\n{text}");
            }
        }
    }
}

/// Items by state (met, missed, missing, pending, not applicable, not assessable), group, points and weight.
fn plan_of(
    combines: &[usize],
    items: &[(usize, usize, u32, u32)],
    (missing, not_assessable): (usize, usize),
    not_applicable: usize,
) -> String {
    let missing = ["zero", "leave-out"][missing];
    let not_assessable =
        ["not-assessable = \"zero\"", "not-assessable = \"leave-out\"", ""][not_assessable];
    let not_applicable = ["leave-out", "full", "zero", "mean"][not_applicable];
    let mut text = format!(
        "format = 1\nplan = \"p\"\n[about]\ntitle = \"P\"\nregion = \"R\"\nyears = \"2021\"\n\
         [scoring]\nmissing = \"{missing}\"\n{not_assessable}\nnot-applicable = \"{not_applicable}\"\nround = {{ digits = 6 }}\n"
    );
    for (at, &combine) in combines.iter().enumerate() {
        let combine = ["sum", "mean", "lowest", "weighted"][combine];
        let parent = if at == 2 { "in = \"g1\"\n" } else { "" };
        text += &format!(
            "[[group]]\nid = \"g{at}\"\ntitle = \"G{at}\"\ncombine = \"{combine}\"\n{parent}"
        );
    }
    for (at, (state, group, points, weight)) in items.iter().enumerate() {
        let group = if *group < 3 { format!("group = \"g{group}\"\n") } else { String::new() };
        let target = if *state == 3 { "{ pending = \"later\" }" } else { "\">= 1\"" };
        let needs = if *state == 5 { format!("needs = {{ d{at} = 10 }}\n") } else { String::new() };
        text += &format!("[[input]]\nid = \"d{at}\"\nname = \"D{at}\"\n");
        text += &format!(
            "[[indicator]]\nid = \"i{at}\"\nname = \"Item{at}\"\npoints = {points}\nweight = {weight}\n{group}{needs}targets = {{ 2021 = {target} }}\n"
        );
    }
    text
}

type Scored = (Option<Decimal>, Option<(Decimal, Decimal)>);

fn score_of(plan: &Plan, items: &[(usize, usize, u32, u32)], settled: &[(usize, bool)]) -> Scored {
    let measurements = values(plan, &rows_of(items, settled));
    let assessment = assess(&measurements, plan, "R", "2021".parse().unwrap());
    let score = assessment.score.as_ref().map(|score| score.rounded);
    (score, assessment.range.map(|range| (range.low, range.high)))
}

/// The values of items by their states, but for those that are settled as met or missed.
fn rows_of(items: &[(usize, usize, u32, u32)], settled: &[(usize, bool)]) -> String {
    let mut rows = String::from("indicator,value,note\n");
    for (at, (state, ..)) in items.iter().enumerate() {
        let value = match (settled.iter().find(|(open, _)| *open == at), state) {
            (Some((_, true)), _) | (None, 0) => "1",
            (Some((_, false)), _) | (None, 1) => "0",
            (None, 4) => "不适用",
            (None, 5) => "1",
            _ => "",
        };
        let is_settled = settled.iter().any(|(open, _)| *open == at);
        rows += &format!("d{at},{},\n", if is_settled { 10 } else { 9 });
        rows += &format!("i{at},{value},why\n");
    }
    rows
}

fn render(plan: &Plan, measurements: &assess::data::Measurements<'_>, format: Format) -> String {
    let screen = Screen { width: 80, colour: false };
    crate::judging::render_of(plan, measurements, format, screen, assess::text::Lang::Zh)
}

/// What the CSV report says of the values can be read as measured values again.
#[test]
fn the_csv_report_reads_back() {
    let (plan, measurements) = fixture();
    let text = render(plan, &measurements, Format::Csv);
    let mut written = csv::Reader::from_reader(text.as_bytes());
    let header = written.headers().unwrap().clone();
    let at = |name| header.iter().position(|column| column == name).unwrap();
    let mut again = csv::Writer::from_writer(Vec::new());
    again.write_record(["indicator", "value", "note"]).unwrap();
    for row in written.records().map(Result::unwrap).filter(|row| &row[0] == "item") {
        again.write_record([&row[at("id")], &row[at("value")], &row[at("note")]]).unwrap();
    }
    let again = String::from_utf8(again.into_inner().unwrap()).unwrap();
    let again = values(plan, &again);
    let year = "2021".parse().unwrap();
    for index in 0..plan.indicators().len() {
        let value = |measurements: &assess::data::Measurements<'_>| {
            let measured = measurements
                .region("珲春市")
                .unwrap()
                .get(year, Quantity::Item(index))
                .map(|measured| measured.value.clone());
            measured.filter(|value| !matches!(value, assess::data::Value::NotApplicable(_)))
        };
        assert_eq!(value(&measurements), value(&again), "{}", plan.indicators()[index].id);
    }
}

/// Cells as they stand in files; the first of each are sound everywhere.
const REGIONS: [&str; 9] =
    ["延边州", "延吉市", "珲春市", "延吉", " 延吉市", "和龙市", "", "甲市", "合计"];
/// As they stand where a plan lists no regions.
const ANY_REGIONS: [&str; 8] =
    ["A", "b 1", "\"B 1\"", "甲县", "地区", "\"丙\n县\"", "\"say \"\"丁\"\"\"", "注：虚构"];
const YEARS: [&str; 8] = ["2021", "2022", "2023", "2021年", "2020", " 2021", "", "2019"];
const INDICATORS: [&str; 8] =
    ["PM2.5", "good-days", "森林覆盖率", "化学需氧量", "so2", "wetland", "秸秆禁烧", "降水"];
const VALUES: [&str; 16] = [
    "31.4",
    "28",
    "28.0",
    "87.1",
    "100",
    "12.345678901234567",
    "007",
    "1,234.5",
    "0",
    "0.92",
    "101",
    "1001",
    "-3",
    "60%",
    "",
    "1234567890123456",
];
const SOUND: [usize; 4] = [6, 6, 6, 8];

proptest! {
    /// Rows with more columns go the long way; what those of four columns say is the same.
    #[test]
    fn the_short_way_takes_what_the_long_one_takes(
        rows in prop::collection::vec(
            (0..REGIONS.len(), 0..YEARS.len(), 0..INDICATORS.len(), 0..VALUES.len(), 0..150_u8),
            1..60,
        ),
    ) {
        static PLAN: LazyLock<Plan> = LazyLock::new(|| plan(&read("tests/it/reading/plan.toml")));
        let plan: &Plan = &PLAN;
        let said = |more: &str, threads: usize| {
            let mut text = format!("地区,年份,指标,数值{more}\n");
            for &(region, year, indicator, value, other) in &rows {
                let [region, year, indicator, value] = match other {
                    // Of two values of the same one is refused.
                    5.. => {
                        let [regions, years, indicators, values] = SOUND;
                        let (region, year) = (region % regions, year % years);
                        let indicator = indicator % indicators;
                        [region, year, indicator, (region % 2 + indicator) % values]
                    }
                    _ => [region, year, indicator, value],
                };
                let value = VALUES[value];
                let value = if value.contains(',') || other == 1 { format!("\"{value}\"") } else { value.to_owned() };
                let (region, year) = (REGIONS[region], YEARS[year]);
                match other {
                    0 => text += &format!("地区,年份,指标,数值{more}\n"),
                    2 => text += &format!("注：虚构,,,{more}\n"),
                    _ => text += &format!("{region},{year},{},{value}{}\n", INDICATORS[indicator], ",".repeat(usize::from(!more.is_empty()))),
                }
            }
            let mut reader = Reader::new(plan, Options { threads, ..Options::default() });
            reader.read("v.csv", None, &mut Cursor::new(text)).unwrap();
            match reader.finish() {
                Ok((read, found)) => {
                    let all = read.regions().map(|region| {
                        let years = ["2019", "2020", "2021", "2022", "2023"].map(|year| year.parse().unwrap());
                        let items = (0..plan.indicators().len()).map(Quantity::Item);
                        let values = items.flat_map(|item| years.iter().map(move |year| region.get(*year, item)));
                        format!("{} {:?}", region.name(), values.collect::<Vec<_>>())
                    });
                    (all.collect::<Vec<_>>(), found)
                }
                Err(found) => (Vec::new(), found),
            }
        };
        let (short, short_found) = said("", 0);
        let (long, long_found) = said(",备注", 0);
        prop_assert_eq!(&short, &long);
        let (on_threads, on_threads_found) = said("", 2);
        prop_assert_eq!((&short, &short_found), (&on_threads, &on_threads_found));
        let list = |found: &assess::diagnostic::Findings| {
            let line = |finding: &assess::diagnostic::Diagnostic| {
                let place = finding.labels.first().map(|label| label.place.line_column().0);
                format!("{} {} {place:?}", finding.code, finding.message)
            };
            found.iter().map(line).collect::<Vec<_>>()
        };
        prop_assert_eq!(list(&short_found), list(&long_found));
    }
}

/// A text of many blocks: rows of all sorts, where blocks are cut too.
fn long_text(rows: usize, is_sound: bool, more: &str, end: &str) -> String {
    let mut state = 2021_u64;
    let mut next = |below: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let last = ",".repeat(usize::from(!more.is_empty()));
    let mut text = format!("地区,年份,指标,数值{more}{end}");
    for row in 0..rows {
        let region = match next(400) {
            // The name of a column is no region's, and is refused.
            4 if is_sound => "D".to_owned(),
            kind if kind < ANY_REGIONS.len() => ANY_REGIONS[kind].to_owned(),
            _ => format!("县 {:04}", row / 15),
        };
        let (year, item) = (2021 + row / 2 % 5, ["PM2.5", "so2"][row % 2]);
        // Equal values agree, however often they come.
        let value = ["12.5", "12.50", "\"12.5\""][next(3)];
        text += &format!("{region},{year},{item},{value}{last}{end}");
        match next(2_000) {
            0 => text += end,
            1 => text += &format!("地区,年份,指标,数值{more}{end}"),
            2 => text += &format!("合计,{year},{item},99{last}{end}"),
            _ => {}
        }
    }
    text
}

/// The values of a text, and what is said of it.
fn read_on(plan: &Plan, text: &str, threads: usize) -> (Vec<String>, Vec<String>) {
    let mut reader = Reader::new(plan, Options { threads, ..Options::default() });
    let inputs = reader.read("v.csv", None, &mut Cursor::new(text)).unwrap();
    let (values, found) = match reader.finish() {
        Ok((read, found)) => {
            let region = |region: &assess::data::Region| {
                let years = (2021..=2025).map(|year: u16| year.to_string().parse().unwrap());
                let both = years.flat_map(|year| [0, 2].map(|item| (year, Quantity::Item(item))));
                let values = both.map(|(year, item)| region.get(year, item));
                format!("{} {:?}", region.name(), values.collect::<Vec<_>>())
            };
            (read.regions().map(region).collect(), found)
        }
        Err(found) => (Vec::new(), found),
    };
    let found = found.iter().map(|finding| {
        let place = finding.labels.first().map(|label| label.place.line_column().0);
        format!("{} {} {place:?}", finding.code, finding.message)
    });
    let rows = inputs.iter().map(|input| format!("{} rows", input.rows));
    (values, rows.chain(found).collect())
}

#[test]
fn blocks_that_are_cut_on_threads_are_one_text() {
    let item = |id: &str| {
        format!(
            "[[indicator]]\nid = \"{id}\"\nname = \"{id}\"\ntargets = {{ 2021-2025 = \"<= 20\" }}\n"
        )
    };
    let head =
        "format = 1\nplan = \"p\"\n[about]\ntitle = \"P\"\nregion = \"R\"\nyears = \"2021-2025\"\n";
    let plan = plan(&format!("{head}{}{}{}", item("PM2.5"), item("noise"), item("so2")));
    // Lines that end in a lone return go the long way, which takes long.
    for (rows, is_sound, line_end) in
        [(45_000, true, "\n"), (15_000, false, "\n"), (15_000, true, "\r\n"), (5_000, true, "\r")]
    {
        let text = long_text(rows, is_sound, "", line_end);
        let first = read_on(&plan, &text, 0);
        assert_eq!(first.0.len() > 100, is_sound, "{:?}", first.1);
        for threads in [2, 5] {
            assert_eq!(read_on(&plan, &text, threads), first, "{threads} threads");
        }
    }
    // Where the reading gives up at once, whoever reads ahead ends too.
    let bad =
        format!("{}{}", "县 1,2021,so2,?\n".repeat(1_100), "县 2,2021,so2,1\n".repeat(300_000));
    let bad = format!("地区,年份,指标,数值\n县 2,2021,so2,1\n{bad}");
    assert_eq!(read_on(&plan, &bad, 2), read_on(&plan, &bad, 0));
    // The last line may have no end, and a cell may be longer than a block.
    let text = long_text(45_000, true, "", "\n");
    assert!(text.len() > 1 << 20, "there are several blocks: {}", text.len());
    for tail in ["县 9999,2025,so2,12.5", &format!("县 9999,2025,so2,\"{}", "1".repeat(600_000))]
    {
        let text = format!("{text}{tail}");
        assert_eq!(read_on(&plan, &text, 2), read_on(&plan, &text, 0));
    }
    for (is_sound, line_end) in [(true, "\n"), (false, "\n"), (true, "\r\n"), (true, "\r")] {
        let short = read_on(&plan, &long_text(5_000, is_sound, "", line_end), 0);
        let long = read_on(&plan, &long_text(5_000, is_sound, ",备注", line_end), 0);
        assert_eq!(long, short, "the long way");
    }
}
