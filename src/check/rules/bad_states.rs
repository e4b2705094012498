//! `bad-states`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "bad-states",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "The points of words are given to an item whose values are no words.",
    why: "`states` gives points to each word of a list such as 完成, 基本完成, 未完成. A number has \
          `bands` or a `line`, a task its progress.",
    bad: r#"
[[indicator]]
id = "straw"
name = "秸秆禁烧"
kind = "task"
lead = ["市农业农村局"]
points = 5
score = { states = { "完成" = 5, "未完成" = 0 } }
targets = { 2021-2025 = "done" }
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
