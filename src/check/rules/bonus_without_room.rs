//! `bonus-without-room`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "bonus-without-room",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "The cap leaves no room for the bonus.",
    why: "The bonus is written, and the cap takes all or some of it away again. One of them is \
          not what the rules say.",
    bad: r#"
[[indicator]]
id = "good-days"
name = "优良天数比例"
unit = "%"
lead = ["市生态环境局"]
points = 5
score = { cap = 5, bonus = { add = 1, per = 5, up-to = 2 } }
targets = { 2021-2025 = ">= 90" }
"#,
    good: r#"
[[indicator]]
id = "good-days"
name = "优良天数比例"
unit = "%"
lead = ["市生态环境局"]
points = 5
score = { cap = 7, bonus = { add = 1, per = 5, up-to = 2 } }
targets = { 2021-2025 = ">= 90" }
"#,
    fix: None,
    by: By::Reader,
};
