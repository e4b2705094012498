//! `empty-list`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "empty-list",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "A list or a table says nothing.",
    why: "It was begun and not filled in. Leave the key out, or say what belongs there.",
    bad: r#"
[[indicator]]
id = "good-days"
name = "优良天数比例"
unit = "%"
lead = ["市生态环境局"]
needs = {}
targets = { 2021-2025 = ">= 90" }
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
