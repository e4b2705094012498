//! `bad-rank`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "bad-rank",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "A score by rank does not say how places become points.",
    why: "Say what the `last` earns, on a straight line `by` place or value, or give `bands` \
          of places: just one of them.",
    bad: r#"
[[indicator]]
id = "good-days"
name = "优良天数比例"
unit = "%"
lead = ["市生态环境局"]
points = 5
score = { rank = { by = "place" } }
targets = { 2021-2025 = ">= 90" }
"#,
    good: r#"
[[indicator]]
id = "good-days"
name = "优良天数比例"
unit = "%"
lead = ["市生态环境局"]
points = 5
score = { rank = { last = 0, by = "place" } }
targets = { 2021-2025 = ">= 90" }
"#,
    fix: None,
    by: By::Reader,
};
