//! `two-methods`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "two-methods",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "A score has two methods.",
    why: "Points come by one way: `off`, `proportional`, `line`, `bands`, `states`, `rank`, \
          `reported` or `formula`. Two were joined when a rule was copied.",
    bad: r#"
[[indicator]]
id = "good-days"
name = "优良天数比例"
unit = "%"
lead = ["市生态环境局"]
points = 5
score = { off = 1, per = 1, proportional = true }
targets = { 2021-2025 = ">= 90" }
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
