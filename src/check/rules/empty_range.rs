//! `empty-range`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "empty-range",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "No value of an item is legal.",
    why: "`least` is above `most`: every value that is measured would be refused.",
    bad: r#"
[[indicator]]
id = "good-days"
name = "优良天数比例"
unit = "%"
lead = ["市生态环境局"]
least = 100
most = 0
targets = { 2021-2025 = ">= 90" }
"#,
    good: r#"
[[indicator]]
id = "good-days"
name = "优良天数比例"
unit = "%"
lead = ["市生态环境局"]
least = 0
most = 100
targets = { 2021-2025 = ">= 90" }
"#,
    fix: None,
    by: By::Reader,
};
