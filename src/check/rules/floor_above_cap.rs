//! `floor-above-cap`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "floor-above-cap",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "The fewest points are not below the most.",
    why: "With `floor` at or above `cap` every value earns the same: the two were swapped, or \
          one belongs to another item.",
    bad: r#"
[[indicator]]
id = "good-days"
name = "优良天数比例"
unit = "%"
lead = ["市生态环境局"]
points = 5
score = { floor = 4, cap = 3 }
targets = { 2021-2025 = ">= 90" }
"#,
    good: r#"
[[indicator]]
id = "good-days"
name = "优良天数比例"
unit = "%"
lead = ["市生态环境局"]
points = 5
score = { floor = -1, cap = 5 }
targets = { 2021-2025 = ">= 90" }
"#,
    fix: None,
    by: By::Reader,
};
