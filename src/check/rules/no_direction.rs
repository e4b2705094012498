//! `no-direction`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "no-direction",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "Nothing says which way a value is better.",
    why: "A ranking, or points for being worse than last year, needs it. The target tells it \
          with `>=` or `<=`; an item that is only scored says `better`.",
    bad: r#"
[[indicator]]
id = "good-days"
name = "优良天数比例"
unit = "%"
lead = ["市生态环境局"]
points = 5
score = { rank = { last = 0 } }
targets = { 2021-2025 = "scored" }
"#,
    good: r#"
[[indicator]]
id = "good-days"
name = "优良天数比例"
unit = "%"
lead = ["市生态环境局"]
better = "higher"
points = 5
score = { rank = { last = 0 } }
targets = { 2021-2025 = "scored" }
"#,
    fix: None,
    by: By::Reader,
};
