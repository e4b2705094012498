//! `implausible-per-cent`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "implausible-per-cent",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "A target in per cent is beyond a thousand.",
    why: "9000 % is no share of anything: 90.00 lost its point, or the unit is not per cent.",
    bad: r#"
[[indicator]]
id = "good-days"
name = "优良天数比例"
unit = "%"
lead = ["市生态环境局"]
targets = { 2021-2025 = ">= 9000" }
"#,
    good: r#"
[[indicator]]
id = "good-days"
name = "优良天数比例"
unit = "%"
lead = ["市生态环境局"]
targets = { 2021-2025 = ">= 90" }
"#,
    fix: None,
    by: By::Reader,
};
