//! `never-zero`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "never-zero",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "Even the worst value leaves points, and the rule does not say that it should.",
    why: "With so few points off for each unit the item cannot fall to nothing: a step was \
          mistyped, or the floor of the rules was left out.",
    bad: r#"
[[indicator]]
id = "good-days"
name = "优良天数比例"
unit = "%"
lead = ["市生态环境局"]
points = 5
score = { off = 0.05, per = 1 }
targets = { 2021-2025 = ">= 90" }
"#,
    good: r#"
[[indicator]]
id = "good-days"
name = "优良天数比例"
unit = "%"
lead = ["市生态环境局"]
points = 5
score = { off = 0.05, per = 1, floor = 0.5 }
targets = { 2021-2025 = ">= 90" }
"#,
    fix: None,
    by: By::Reader,
};
