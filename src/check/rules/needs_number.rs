//! `needs-number`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "needs-number",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "A value needs so much of something that is not counted.",
    why: "`needs` compares a number, of valid days for example, with the least that is enough. \
          Classes and tasks are no numbers.",
    bad: r#"
[[indicator]]
id = "section"
name = "断面水质"
lead = ["市生态环境局"]
targets = { 2021-2025 = "Ⅲ or better" }

[[indicator]]
id = "good-days"
name = "优良天数比例"
unit = "%"
lead = ["市生态环境局"]
needs = { section = 1 }
targets = { 2021-2025 = ">= 90" }
"#,
    good: r#"
[[input]]
id = "days"
name = "有效天数"
unit = "天"

[[indicator]]
id = "good-days"
name = "优良天数比例"
unit = "%"
lead = ["市生态环境局"]
needs = { days = 324 }
targets = { 2021-2025 = ">= 90" }
"#,
    fix: None,
    by: By::Reader,
};
