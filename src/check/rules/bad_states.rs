//! `bad-states`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "bad-states",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "The points of words are given to an item whose values are no words.",
    why: "`states` gives points to each word of a list such as 完成, 基本完成, 未完成. An item that is \
          measured in numbers has `bands` or a `line`.",
    bad: r#"
[[indicator]]
id = "good-days"
name = "优良天数比例"
unit = "%"
lead = ["市生态环境局"]
points = 5
score = { states = { "完成" = 5, "未完成" = 0 } }
targets = { 2021-2025 = ">= 90" }
"#,
    good: r#"
[[indicator]]
id = "plan"
name = "方案编制"
lead = ["市生态环境局"]
points = 5
score = { states = { "完成" = 5, "未完成" = 0 } }
targets = { 2021-2025 = "scored" }
"#,
    fix: None,
    by: By::Reader,
};
