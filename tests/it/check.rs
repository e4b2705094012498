//! Looking over target files: every rule by its examples, levels, comments, fixes, formats.

use assess::check::{self, Levels, RULES, Rule};
use assess::diagnostic::Findings;
use assess::source::Source;
use jiff::civil::date;

/// What is found in an example of a rule.
fn found_in(example: &str) -> Findings {
    let (plan, letter) = Rule::example(example);
    let letters: Vec<_> = letter.map(|text| Source::new("letter.toml", text)).into_iter().collect();
    let plan = Source::new("plan.toml", plan);
    check::check(&plan, &letters, &Levels::default(), date(2026, 1, 1))
}

#[test]
fn the_bad_example_of_a_rule_has_its_finding_alone_and_the_good_one_none() {
    let mut wrong = Vec::new();
    // Two cannot be shown by a text.
    for rule in RULES.iter().filter(|rule| !["not-utf8", "unknown-plan"].contains(&rule.code)) {
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
