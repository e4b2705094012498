//! `beyond-floor`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "beyond-floor",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "A band, a line or a word gives fewer points than the item can fall to.",
    why: "Points below the floor are never given. A penalty needs a `floor` below 0 of its \
          own.",
    bad: r#"
[[indicator]]
id = "good-days"
name = "优良天数比例"
unit = "%"
lead = ["市生态环境局"]
points = 5
score = { bands = [[">= 90", 5], ["else", -2]] }
targets = { 2021-2025 = ">= 90" }
"#,
    good: r#"
[[indicator]]
id = "good-days"
name = "优良天数比例"
unit = "%"
lead = ["市生态环境局"]
points = 5
score = { bands = [[">= 90", 5], ["else", -2]], floor = -2 }
targets = { 2021-2025 = ">= 90" }
"#,
    fix: None,
    by: By::Reader,
};
