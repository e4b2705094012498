//! `unreachable-band`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "unreachable-band",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "No value reaches a band.",
    why: "A band above it takes all its values: the list is in the wrong order, or an edge was \
          mistyped. List the best band first.",
    bad: r#"
[[indicator]]
id = "good-days"
name = "优良天数比例"
unit = "%"
lead = ["市生态环境局"]
points = 5
score = { bands = [[">= 85", 3], [">= 95", 5]] }
targets = { 2021-2025 = ">= 90" }
"#,
    good: r#"
[[indicator]]
id = "good-days"
name = "优良天数比例"
unit = "%"
lead = ["市生态环境局"]
points = 5
score = { bands = [[">= 95", 5], [">= 85", 3]] }
targets = { 2021-2025 = ">= 90" }
"#,
    fix: None,
    by: By::Reader,
};
