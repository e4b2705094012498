//! `overlapping-bands`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "overlapping-bands",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "Two bands overlap in part.",
    why: "For a value in both, the order of the list would decide and not the rules. Let the \
          wider one hold the narrower.",
    bad: r#"
[[indicator]]
id = "ph"
name = "断面pH值"
lead = ["市生态环境局"]
points = 5
score = { bands = [["6 to 9", 5], ["8 to 10", 3]] }
targets = { 2021-2025 = "scored" }
"#,
    good: r#"
[[indicator]]
id = "ph"
name = "断面pH值"
lead = ["市生态环境局"]
points = 5
score = { bands = [["6 to 9", 5], ["5 to 10", 3]] }
targets = { 2021-2025 = "scored" }
"#,
    fix: None,
    by: By::Reader,
};
