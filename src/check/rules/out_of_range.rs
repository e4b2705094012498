//! `out-of-range`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "out-of-range",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "A number is outside what it can be.",
    why: "Points below 0, a step of 0, more decimals than are kept: the message says the \
          limits. A penalty is not an item with negative points, but one with a `floor` below \
          0.",
    bad: r#"
[[indicator]]
id = "good-days"
name = "优良天数比例"
unit = "%"
lead = ["市生态环境局"]
points = -5
targets = { 2021-2025 = ">= 90" }
"#,
    good: r#"
[[indicator]]
id = "good-days"
name = "优良天数比例"
unit = "%"
lead = ["市生态环境局"]
points = 5
targets = { 2021-2025 = ">= 90" }
"#,
    fix: None,
    by: By::Reader,
};
