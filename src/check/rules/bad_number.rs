//! `bad-number`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "bad-number",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "A number cannot be kept exactly.",
    why: "Points and targets are decimals to the last digit. What has more than 28 digits, is \
          not in decimal, or is none (`nan`, `inf`) would have to be rounded, and no rule says \
          how.",
    bad: r#"
[[indicator]]
id = "good-days"
name = "优良天数比例"
unit = "%"
lead = ["市生态环境局"]
points = nan
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
