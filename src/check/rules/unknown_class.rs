//! `unknown-class`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "unknown-class",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "The points of words name a class that the item does not have.",
    why: "The item lists its classes from the best to the worst. A word beside them is a slip, \
          and the class that was meant would have no points.",
    bad: r#"
[[indicator]]
id = "section"
name = "断面水质"
lead = ["市生态环境局"]
classes = ["优", "良", "差"]
points = 5
score = { states = { "优" = 5, "良好" = 3, "差" = 0 } }
targets = { 2021-2025 = "良 or better" }
"#,
    good: r#"
[[indicator]]
id = "section"
name = "断面水质"
lead = ["市生态环境局"]
classes = ["优", "良", "差"]
points = 5
score = { states = { "优" = 5, "良" = 3, "差" = 0 } }
targets = { 2021-2025 = "良 or better" }
"#,
    fix: None,
    by: By::Reader,
};
