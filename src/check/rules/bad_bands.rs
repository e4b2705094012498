//! `bad-bands`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "bad-bands",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "The bands of a score cannot be read, or are not of the kind that the item needs.",
    why: "Bands give points by ranges of the value, each `[\">= 90\", 5]`, the best first. A \
          list with nothing in it, or bands of words where values are numbers, would give no \
          points to anybody.",
    bad: r#"
[[indicator]]
id = "good-days"
name = "优良天数比例"
unit = "%"
lead = ["市生态环境局"]
points = 5
score = { bands = [] }
targets = { 2021-2025 = ">= 90" }
"#,
    good: r#"
[[indicator]]
id = "good-days"
name = "优良天数比例"
unit = "%"
lead = ["市生态环境局"]
points = 5
score = { bands = [[">= 90", 5], [">= 85", 3]] }
targets = { 2021-2025 = ">= 90" }
"#,
    fix: None,
    by: By::Reader,
};
