//! `not-proportional`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "not-proportional",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "An item earns by the share of its target that is reached, and there is no such \
          share.",
    why: "`proportional` is for targets such as `>= 90`, and for tasks. Of `<= 30` half is \
          twice as good: use `off` and `per`, or a `line`.",
    bad: r#"
[[indicator]]
id = "pm25"
name = "PM2.5"
unit = "μg/m³"
lead = ["市生态环境局"]
points = 5
score = { proportional = true }
targets = { 2021-2025 = "<= 30" }
"#,
    good: r#"
[[indicator]]
id = "good-days"
name = "优良天数比例"
unit = "%"
lead = ["市生态环境局"]
points = 5
score = { proportional = true }
targets = { 2021-2025 = ">= 90" }
"#,
    fix: None,
    by: By::Reader,
};
