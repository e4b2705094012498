//! `bad-line`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "bad-line",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "The pairs of a line do not make one.",
    why: "A line gives points between pairs of value and points, `[[60, 0], [90, 6]]`: it \
          needs two or more, and their values rise or fall all the way. A pair out of order is \
          mostly a lost digit.",
    bad: r#"
[[indicator]]
id = "good-days"
name = "优良天数比例"
unit = "%"
lead = ["市生态环境局"]
points = 5
score = { line = [[80, 0]] }
targets = { 2021-2025 = ">= 90" }
"#,
    good: r#"
[[indicator]]
id = "good-days"
name = "优良天数比例"
unit = "%"
lead = ["市生态环境局"]
points = 5
score = { line = [[80, 0], [90, 5]] }
targets = { 2021-2025 = ">= 90" }
"#,
    fix: None,
    by: By::Reader,
};
