//! `never-assessable`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "never-assessable",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "A value needs more than there can be.",
    why: "The input's `most` is below the number that is asked: the value would be not \
          assessable in every year.",
    bad: r#"
[[input]]
id = "days"
name = "有效天数"
unit = "天"
most = 300

[[indicator]]
id = "good-days"
name = "优良天数比例"
unit = "%"
lead = ["市生态环境局"]
needs = { days = 324 }
targets = { 2021-2025 = ">= 90" }
"#,
    good: r#"
[[input]]
id = "days"
name = "有效天数"
unit = "天"
most = 366

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
