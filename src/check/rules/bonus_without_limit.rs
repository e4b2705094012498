//! `bonus-without-limit`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "bonus-without-limit",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "Nothing limits a bonus.",
    why: "Rules that add points for each unit beyond the target also say how many at most. \
          Without `up-to` or a `cap` a single slip in a value could lift the whole score.",
    bad: r#"
[[indicator]]
id = "good-days"
name = "优良天数比例"
unit = "%"
lead = ["市生态环境局"]
points = 5
score = { bonus = { add = 1, per = 5 } }
targets = { 2021-2025 = ">= 90" }
"#,
    good: r#"
[[indicator]]
id = "good-days"
name = "优良天数比例"
unit = "%"
lead = ["市生态环境局"]
points = 5
score = { bonus = { add = 1, per = 5, up-to = 2 } }
targets = { 2021-2025 = ">= 90" }
"#,
    fix: None,
    by: By::Reader,
};
