//! `years-overlap`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "years-overlap",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "Two targets are for one year.",
    why: "Which of them is assessed would depend on their order. Let one span end the year \
          before the other begins.",
    bad: r#"
[[indicator]]
id = "good-days"
name = "优良天数比例"
unit = "%"
lead = ["市生态环境局"]
targets = { 2021-2023 = ">= 90", 2023-2025 = ">= 91" }
"#,
    good: r#"
[[indicator]]
id = "good-days"
name = "优良天数比例"
unit = "%"
lead = ["市生态环境局"]
targets = { 2021-2022 = ">= 90", 2023-2025 = ">= 91" }
"#,
    fix: None,
    by: By::Reader,
};
