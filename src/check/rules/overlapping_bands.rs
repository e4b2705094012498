//! `overlapping-bands`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "overlapping-bands",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "Two bands overlap in part.",
    why: "For a value in both, the order of the list would decide and not the rules. Let one \
          end where the other begins.",
    bad: r#"
[[indicator]]
id = "good-days"
name = "优良天数比例"
unit = "%"
lead = ["市生态环境局"]
points = 5
score = { bands = [["80 to 95", 3], ["90 to 100", 5]] }
targets = { 2021-2025 = ">= 90" }
"#,
    good: r#"
[[indicator]]
id = "good-days"
name = "优良天数比例"
unit = "%"
lead = ["市生态环境局"]
points = 5
score = { bands = [["90 to 100", 5], [">= 80", 3]] }
targets = { 2021-2025 = ">= 90" }
"#,
    fix: None,
    by: By::Reader,
};
