//! `beyond-cap`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "beyond-cap",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "A band, a line or a word gives more points than the item can earn.",
    why: "What is above the cap is never given: either the points of the item are too low, or \
          the band was copied from an item that is worth more.",
    bad: r#"
[[indicator]]
id = "good-days"
name = "优良天数比例"
unit = "%"
lead = ["市生态环境局"]
points = 5
score = { bands = [[">= 95", 7], [">= 90", 5]] }
targets = { 2021-2025 = ">= 90" }
"#,
    good: r#"
[[indicator]]
id = "good-days"
name = "优良天数比例"
unit = "%"
lead = ["市生态环境局"]
points = 5
score = { bands = [[">= 95", 7], [">= 90", 5]], cap = 7 }
targets = { 2021-2025 = ">= 90" }
"#,
    fix: None,
    by: By::Reader,
};
