//! `nothing-asked`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "nothing-asked",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "A score needs a target, and the target asks for nothing.",
    why: "`off`, `proportional` and a bonus measure from the target. What is only scored has \
          `bands`, a `line`, `states`, a `rank` or a formula.",
    bad: r#"
[[indicator]]
id = "good-days"
name = "优良天数比例"
unit = "%"
lead = ["市生态环境局"]
points = 5
score = { off = 1, per = 1 }
targets = { 2021-2025 = "scored" }
"#,
    good: r#"
[[indicator]]
id = "good-days"
name = "优良天数比例"
unit = "%"
lead = ["市生态环境局"]
points = 5
score = { off = 1, per = 1 }
targets = { 2021-2025 = ">= 90" }
"#,
    fix: None,
    by: By::Reader,
};
